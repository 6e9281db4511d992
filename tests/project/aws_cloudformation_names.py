"""Counterparts of Pulumi's names in CloudFormation, where they do not follow from the spelling."""

from __future__ import annotations

import csv
from collections.abc import Mapping
from functools import cache
from pathlib import Path

NOT_COUNTED = ("region", "tagsAll")
"""Inputs of every type that belong to Pulumi's provider: the region of the request, and `tags` with its defaults."""

_FILE = Path(__file__).with_suffix(".csv")


@cache
def _rows() -> tuple[Mapping[str, str], ...]:
    with _FILE.open(encoding="utf-8", newline="") as file:
        return tuple(csv.DictReader(file))


def counterpart(token: str, stated: str) -> str:
    """Returns the CloudFormation type of a Pulumi type, and after a slash the property that holds its own ones."""
    own = [row["cloudformation"] for row in _rows() if row["type"] == token and not row["property"]]
    return own[0] if own else stated


def renames(token: str) -> Mapping[str, str]:
    """Returns Pulumi path -> CloudFormation path, "" for a property without counterpart."""
    own = [row for row in _rows() if row["type"] == token and row["property"]]
    return {row["property"]: row["cloudformation"] for row in own}


def reasons() -> Mapping[tuple[str, str], str]:
    """Returns (type, property) -> why it has no counterpart; without property, why the type has no schema."""
    return {(row["type"], row["property"]): row["reason"] for row in _rows() if not row["cloudformation"]}
