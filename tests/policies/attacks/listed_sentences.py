"""Attacks by sentences in properties: conditions, statements, filters and queries of which any form that is not listed
limits nothing (2026-11-30)."""

import json

from ..blind import ME, RG, TAGS, aws, az
from ..harness import Given
from . import Attack

R = "me-central-1"
IDN, EXP, RSL = ("FJ-IDN-",), ("FJ-EXP-",), ("FJ-RSL-", "FJ-ESC-")
CEDAR = "docs.cedarpolicy.com, 'Operators'"
SEEN = {"cloudwatchMetricsEnabled": True, "metricName": "x", "sampledRequestsEnabled": True}


def _permit(name: str, condition: str, head: str = "principal, action, resource") -> Attack:
    return Attack(name, IDN, (aws("verifiedpermissions/Policy", {
        "policyStoreId": "PSEXAMPLEabcdefg111111", "definition": {"static": {
            "statement": f"permit ({head}) {condition};", "description": "base"}}}),), "critical", CEDAR)  # fmt: skip


CEDAR_ATTACKS = (
    _permit("a permit asks only that no one is suspended", "when { principal.suspended == false }"),
    _permit("a permit asks for an attribute that all of them have", "when { principal has name }"),
    _permit("a permit asks for an address with an at sign", 'when { principal.email like "*@*" }'),
    _permit("a permit asks for an address of the internet", 'when { context.ip.isInRange(ip("0.0.0.0/0")) }'),
    _permit("a permit asks for all of no groups", "when { principal.groups.containsAll([]) }"),
    _permit("a permit asks for an amount that is nought or more by a sum", "when { context.amount + 1 > 0 }"),
    _permit("a permit is for everybody but one role", 'when { principal.role != "visitor" }'),
    _permit("a permit holds for guests and for others by two branches",
            "when { if principal.guest then true else principal.name != resource.name }"),
    _permit("a permit compares a name of the caller with another of them", "when { principal.id == principal.sub }"),
    _permit("a permit is for whoever signs in", "", "principal is AgentCore::OAuthUser, action, resource"),
    _permit("a permit is withheld from one bank only", 'unless { principal.bank == "other" }'),
    _permit("a permit has a condition that is too long to be read",
            "when { " + "true && " * 2_000 + "true }"),
    _permit("a permit allows amounts up to a million million", "when { context.amount < 1000000000000 }"),
)  # fmt: skip
