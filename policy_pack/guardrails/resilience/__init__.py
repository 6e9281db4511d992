"""Resilience: deletion protection, backups, redundancy."""
