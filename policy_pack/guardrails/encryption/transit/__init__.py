"""Encryption in transit: TLS 1.2 or later."""
