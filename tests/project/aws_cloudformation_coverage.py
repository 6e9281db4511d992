"""How much of planned resources CloudFormation's schemas describe."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from falaj.sandbox.clouds.aws.account import SDK
from falaj.sandbox.clouds.aws.cloudformation import table
from falaj.sandbox.clouds.sdk_schema import Property, Type, sdk
from tests.project.aws_cloudformation_names import NOT_COUNTED, reasons

Place = tuple[str, str]
"""(type, property path)."""


@dataclass
class Coverage:
    """Planned property paths: with a counterpart in a schema, with a reason why they have none, and with neither."""

    matched: set[Place] = field(default_factory=set)
    explained: set[Place] = field(default_factory=set)
    bare: set[Place] = field(default_factory=set)

    @property
    def share(self) -> float:
        """The share of all paths that have a counterpart."""
        return len(self.matched) / len(self.matched | self.explained | self.bare)

    def add(self, token: str, inputs: Mapping[str, Any]) -> None:
        """Counts the properties of one planned resource."""
        for path in _paths(sdk(SDK).schema(token).inputs, inputs, ""):
            self._of(token, path).add((token, path))

    def _of(self, token: str, path: str) -> set[Place]:
        above = list(_above(path))
        row = table()["types"].get(token)
        if row and not set(above) & set(row["unmatched"]):
            return self.matched
        known = {(token, ""), *((owner, place) for place in above for owner in (token, "*"))}
        return self.explained if known & reasons().keys() else self.bare


def _above(path: str) -> Iterator[str]:
    """Yields a path and those of the properties that contain it."""
    steps = path.split(".")
    yield from (".".join(steps[:length]) for length in range(1, len(steps) + 1))


def _paths(properties: Mapping[str, Property], values: Mapping[str, Any], path: str) -> Iterator[str]:
    for name, value in values.items():
        where = f"{path}.{name}" if path else name
        if name in properties and where not in NOT_COUNTED:
            yield where
            yield from _inside(properties[name].type, value, where)


def _inside(type_: Type, value: Any, path: str) -> Iterator[str]:
    if type_.kind == "list" and isinstance(value, list):
        for item in value:
            yield from _inside(type_.of[0], item, f"{path}[*]")
    elif type_.kind == "object" and type_.ref and isinstance(value, Mapping):
        yield from _paths(sdk(SDK).properties(type_.ref), value, path)
