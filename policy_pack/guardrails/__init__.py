"""The guardrails: what must hold for every resource of an AI platform in the UAE."""
