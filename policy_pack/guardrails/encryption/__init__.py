"""Encryption at rest and in transit, and the keys themselves."""
