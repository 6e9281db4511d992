"""Residency: where data is stored and processed."""
