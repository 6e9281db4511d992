"""Exposure: networks, public endpoints, resource policies, containers and plaintext secrets."""
