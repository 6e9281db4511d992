"""Resilience: deletion protection, backups and redundancy."""
