"""Encryption at rest on AWS, with one file for each type of service."""
