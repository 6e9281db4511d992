"""Types of AWS and Azure that no guardrail evaluates are refused, unless somebody has reviewed them.

A guardrail refuses what it knows; a type that no guardrail names would pass with whatever it exposes, grants or sends.
So types are an allow-list: those that a guardrail evaluates, and those of `data/reviewed_types.csv`, judged on
2026-11-28 by what is known of each type of pulumi-aws 7.51.1 and pulumi-azure-native 3.29.0, with the reason why no
guardrail of its own is needed; the documentation of each was not read, but for 24 types of Azure of 2026-11-29. Kinds
of Kubernetes have FJ-ESC-103.

Left off on purpose are ways around the plan (functions that a deployment calls, new accounts, what deploys by
templates and profiles of others), networks that AWS made, with their way to the internet (default VPCs), Lightsail,
Global Accelerator, what shares data by its nature (AWS Data Exchange, Azure Data Share, further parts of AWS Clean
Rooms), what replaces every tag of a scope, and services too new to be known.
"""

import csv
from collections.abc import Collection, Iterator, Mapping
from functools import cache

from ..engine.data_folder import DATA
from ..engine.families import unverifiable_rule
from ..engine.reading import Resource
from ..engine.rows import Guardrail, Predicate, Severity
from ..engine.verdicts import Outcome, failed, passed
from .allowed_types import is_allowed

REASONS: Mapping[str, str] = {
    "cost": "only costs money, and FJ-COST-004 asks for its price",
    "limit": "only restricts, retains or schedules",
    "link": "joins resources that are evaluated themselves",
    "name": "is a name, a contact or a group of resources",
    "network": "is a network without an entry of its own: rules on addresses, groups and routes decide who enters",
    "parameters": "has settings that neither open nor decrypt anything",
    "part": "is a part of a resource that is evaluated, and says neither who reaches it nor where data goes",
    "private-endpoint": "is evaluated by FJ-EXP-209, whatever the service",
    "texts": "rules on every text read whom and what place it names: FJ-IDN-116, 118 and 211, FJ-RES-103 and 104",
    "watch": "observes resources, and reports to resources that are evaluated",
}
"""Reason in the list -> why a type needs no guardrail of its own."""

_PACKAGES = ("aws:", "azure-native:")


@cache
def reviewed_types() -> Mapping[str, str]:
    """Returns the types of the list with their reasons."""
    with (DATA / "reviewed_types.csv").open(encoding="utf-8", newline="") as file:
        return {row["type"]: row["reason"] for row in csv.DictReader(file)}


def evaluated_types(guardrails: Collection[Guardrail]) -> frozenset[str]:
    """Returns the types that guardrails name, without prefixes, which say nothing about a single type."""
    named = {token for item in guardrails for token in item.types if not token.endswith((":", "/"))}
    return frozenset(named.union(*(check.tokens for item in guardrails for check in item.checks)))


def _check_type(known: Collection[str], allowed: Mapping[str, str]) -> Predicate:
    def predicate(resource: Resource) -> Iterator[Outcome]:
        if resource.type not in known:
            text = f"no guardrail evaluates what {resource.type} exposes, grants or sends"
            yield passed() if is_allowed(resource, allowed) else failed(text)

    return predicate


def reviewed_type_guardrail(guardrails: Collection[Guardrail], allowed: Mapping[str, str]) -> Guardrail:
    """Returns the guardrail. `guardrails` are all others; `allowed` are the types in the settings."""
    return unverifiable_rule(
        112, Severity.HIGH, "Resources are of types that guardrails evaluate, or that were reviewed",
        "a type that no guardrail reads passes with whatever it opens, grants or sends",
        "Use a type that the guardrails evaluate, or read what its properties can open, grant and send, and list it "
        "under escape.allowed_types in enforcement.yaml, with the reason",
        predicate=_check_type(evaluated_types(guardrails) | reviewed_types().keys(), allowed), types=_PACKAGES,
    )  # fmt: skip
