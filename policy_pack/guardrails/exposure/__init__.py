"""Exposure: networks, public endpoints, resource policies, containers, plaintext secrets."""
