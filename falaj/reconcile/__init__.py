"""Compares the state of a stack with what the accounts of its sites list under its tags. All requests are read-only."""
