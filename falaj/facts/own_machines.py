"""What a node of a machine of one's own says of itself, and what the bill reads: annotations of the node."""

MACHINE = "falaj/machine"
"""Its kind, as the settings call it."""

AED_PER_HOUR = "falaj/aed-per-hour"
"""Dirhams for an hour of it without VAT, used or not: purchase, electricity and people."""
