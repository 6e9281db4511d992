"""Accounts of sites, and their rules for IAM."""
