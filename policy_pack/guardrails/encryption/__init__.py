"""Encryption at rest, in transit, and of the keys themselves."""
