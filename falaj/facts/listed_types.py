"""The taggable types that the components create: what identifies a resource in the account's own list of tagged
resources, and whether that list has the type at all.

The lists and their sources:

- AWS: `GetResources` of the Resource Groups Tagging API supports all resource types, except users and roles of IAM and
  Auto Scaling groups (Resource Groups Tagging API Reference, "Services that support the Resource Groups Tagging API",
  read on 2026-11-28). It identifies a resource by its ARN.
- Azure: the tables `resources` and `resourcecontainers` of Resource Graph (MicrosoftDocs/azure-docs,
  articles/governance/resource-graph/reference/supported-tables-resources.md, read on 2026-11-28). They identify a
  resource by its ID; upper and lower case do not differ.

Which types have tags is said by the providers' SDKs; `tests/unit/reconcile/test_listed_types.py` compares them.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

from falaj.facts.rows import files, rows

_COLUMNS = ("type", "identity", "unlisted")


@dataclass(frozen=True, slots=True)
class ListedType:
    """A taggable type of a provider."""

    type: str
    """Type token."""
    identity: str
    """Output that identifies a resource in the list; or the end of its ARN, with `{id}` for the resource's ID, if the
    type has no such output."""
    unlisted: str
    """Why the list never has the type; empty if it has."""


@cache
def listed_types() -> Mapping[str, ListedType]:
    """Returns the taggable types that the components create on all clouds, by token."""
    found = (row.cells for file in files("listed_types") for row in rows(file, ("type",), _COLUMNS))
    return {cells["type"]: ListedType(cells["type"], cells["identity"], cells["unlisted"]) for cells in found}
