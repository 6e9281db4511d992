"""Residency: the locations in which data is stored and processed."""
