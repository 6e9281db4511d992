"""Encryption at rest on Azure, one file for each kind of service."""
