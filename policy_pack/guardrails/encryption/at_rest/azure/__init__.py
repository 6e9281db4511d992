"""Encryption at rest on Azure, with one file for each type of service."""
