"""Planned cloud resources of a stack: final inputs, and references to other resources."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

SIGNATURE = "4dabf18193072939515e22adb298388d"  # key that marks a special value in the engine's state


@dataclass(frozen=True)
class Planned:
    """A resource of a stack: `name` is its Pulumi name, `refers` maps a property to the (type, name) it depends on."""

    stack: str
    type: str
    name: str
    id: str
    inputs: Mapping[str, Any]
    refers: Mapping[str, tuple[tuple[str, str], ...]]

    @property
    def label(self) -> str:
        """Name of the resource in findings; unlike the id, it is the same in every run."""
        return f"{self.stack}/{self.name}"


OF_THE_PROVIDER = ("__defaults", "tagsAll", "region")
"""Inputs that the Pulumi provider takes, and no property of the cloud. A template names its region outside."""


def planned(stack: str, state: Iterable[Mapping[str, Any]]) -> list[Planned]:
    """Returns the cloud resources of a stack's state after `up`, where all values are known."""
    return [_planned(stack, row) for row in state if row.get("custom") and not row["type"].startswith("pulumi:")]


def _planned(stack: str, row: Mapping[str, Any]) -> Planned:
    inputs = {key: _plain(value) for key, value in row.get("inputs", {}).items() if key not in OF_THE_PROVIDER}
    refers = {
        key: tuple(map(_type_and_name, urns)) for key, urns in row.get("propertyDependencies", {}).items() if urns
    }
    return Planned(stack, row["type"], _type_and_name(row["urn"])[1], row["id"], inputs, refers)


def _type_and_name(urn: str) -> tuple[str, str]:
    """Returns (type, name) of a URN."""
    *_, kinds, name = urn.split("::")
    return kinds.rsplit("$", 1)[-1], name


def _plain(value: Any) -> Any:
    """Returns the value without the engine's markers; a secret becomes a word that no scanner reports as a secret."""
    if isinstance(value, Mapping):
        if SIGNATURE in value:
            return "secret"
        return {key: _plain(item) for key, item in value.items() if key != "__defaults"}
    if isinstance(value, list):
        return [_plain(item) for item in value]
    return value
