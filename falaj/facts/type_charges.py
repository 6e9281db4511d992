"""Resource types without a charge of their own, and types that are charged by their use alone.

`type_charges.csv` has, for each, where that is known from:

- `infracost-free-DAY`: the list of free resources of github.com/infracost/infracost (internal/providers/terraform/aws/
  registry.go at 95ba4f49, 2026-08-21), matched by name with the types of pulumi-aws 7.51.1. Left out are those that
  start machines or are charged while they are not used;
- `infracost-DAY`: how Infracost charges for the type itself, at the same commit (internal/resources/aws, `NoPrice`);
- `vendor-DAY`: the vendor's pricing page or documentation, as opened on that day;
- `article-DAY`: what others write of the vendor's price list, as opened on that day;
- `judged-DAY`: judged by hand from what the type configures, for types of pulumi-aws 7.51.1 and azure-native 3.29.0
  that no list has; only a sample of the doubtful ones was held against the vendors' documentation.

A type that is charged for its existence or size is in neither group, and has no price unless `falaj.finops` has one: a
type that is not known is never free.
"""

from collections.abc import Mapping
from enum import StrEnum
from functools import cache

from falaj.facts.rows import rows


class TypeCharge(StrEnum):
    """What a resource type is charged for."""

    FREE = "free"
    """Nothing: it configures, connects or groups other resources, which are charged themselves."""
    USE = "use"
    """Requests, data, runs or storage; nothing as long as it is not used."""


@cache
def type_charges() -> Mapping[str, TypeCharge]:
    """Returns what types are charged for, by type token. Raises `BadRow`."""
    table = rows("type_charges.csv", ("type",), {"type", "charged", "source"})
    return {row.key: row.need("charged", TypeCharge, ", ".join(TypeCharge)) for row in table}
