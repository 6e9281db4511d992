"""Network rules of a storage account, for settings and the emulated cloud."""

LARGEST_RANGE_PREFIX = 30
"""Prefix of the smallest block of a storage account's rules; smaller ones are single addresses (azure-docs
storage-network-security-limitations.md, 2025-06-18)."""
