"""Encryption at rest on AWS, one file for each kind of service."""
