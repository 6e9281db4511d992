"""The guardrails: the rules that every resource of an AI platform in the UAE must meet."""
