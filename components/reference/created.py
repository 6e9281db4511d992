"""What the program of each component creates, and what is charged for it.

`data/created_types.csv` is made by running the programs without a cloud (`python -m tests.project.created_types`).
"""

import csv
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

FILE = Path(__file__).parent / "data" / "created_types.csv"
COLUMNS = ("component", "type", "charges")


@dataclass(frozen=True)
class CreatedType:
    """A resource type that a component creates. `charges`: each with its unit; empty for a type without charges."""

    token: str
    charges: Sequence[str]


@cache
def created_types() -> Mapping[str, Sequence[CreatedType]]:
    """Returns the types by the name of the component, `aws.Vault`."""
    result: dict[str, list[CreatedType]] = {}
    with FILE.open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            charges = row["charges"].split("; ") if row["charges"] else []
            result.setdefault(row["component"], []).append(CreatedType(row["type"], charges))
    return result


def rules_on(types: Sequence[CreatedType], types_by_rule: Mapping[str, Sequence[str]]) -> list[str]:
    """Returns the rules that name one of the types, or the group of its API, but not those on a whole provider."""
    named = {name for created in types for name in (created.token, _group(created.token))}
    return sorted(rule for rule, tokens in types_by_rule.items() if named.intersection(tokens))


def _group(token: str) -> str:
    """Returns the prefix of a type that its module has in common: `kubernetes:apps/` of `kubernetes:apps/v1:...`."""
    package, module, _ = token.split(":")
    return f"{package}:{module.partition('/')[0]}/"
