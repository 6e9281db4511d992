"""Operations that a custom role of Azure may have on a whole subscription, of `data/azure_operations.csv`.

Services add operations every month, and the words of a name do not say what an operation gives, so the harmless are
listed: what Reader sees, what starts and stops machines, what asks, what watches and what deploys parts that nothing
else trusts. Everything else is for a resource group or a resource, or is listed with a reason in the settings.

Operations and what they do: definitions of built-in roles with their descriptions (iann0036/iam-dataset 2073fa52
azure/built-in-roles-raw.json, read 2026-11-30), and custom roles of public programs, as Azure/ALZ-Bicep,
Azure/avdaccelerator and Azure/bicep-registry-modules define them (read 2026-11-30).
"""

import csv
from collections.abc import Collection
from dataclasses import dataclass
from functools import cache, lru_cache

from ..engine.data_folder import DATA
from .azure_patterns import matches, name_of

ACTIONS, DATA_ACTIONS = "actions", "dataActions"


@dataclass(frozen=True, slots=True)
class ListedOperation:
    """Operations by a pattern of their names, but those of other patterns."""

    pattern: str
    kind: str
    """`actions` or `dataActions`."""
    but: tuple[str, ...]
    why: str


@cache
def listed_operations() -> tuple[ListedOperation, ...]:
    """Returns the rows of the table."""
    with (DATA / "azure_operations.csv").open(encoding="utf-8", newline="") as file:
        return tuple(
            ListedOperation(row["operation"], row["kind"], tuple(row["but"].split()), row["why"])
            for row in csv.DictReader(file)
        )


@lru_cache(maxsize=4096)
def _is_in_table(name: str, kind: str) -> bool:
    # A star of the action matches stars of the patterns only, so whatever it stands for is listed too.
    return any(
        row.kind == kind and matches(row.pattern, name) and not any(_may_meet(name, other) for other in row.but)
        for row in listed_operations()
    )


def _may_meet(name: str, pattern: str) -> bool:
    """Returns whether an action may be one of a pattern: by its name, or by what its stars may stand for."""
    if "*" not in name:
        return matches(pattern, name)
    head, other = name.partition("*")[0], pattern.lower().partition("*")[0]
    return head.startswith(other) or other.startswith(head)


def is_listed(action: str, kind: str, allowed: Collection[str]) -> bool:
    """Returns whether an action of a custom role is harmless on a whole subscription, or among those that the settings
    allow, which are in lower case."""
    name = name_of(action)
    return name in allowed or _is_in_table(name, kind)
