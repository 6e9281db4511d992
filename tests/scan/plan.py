"""What a stack plans, as data: every cloud resource with its final inputs, and what it refers to."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

SECRET = "4dabf18193072939515e22adb298388d"  # how the engine's state marks a special value


@dataclass(frozen=True)
class Planned:
    """One resource of a stack: `name` is its Pulumi name, `refers` maps a property to the names that it leans on."""

    stack: str
    type: str
    name: str
    id: str
    inputs: Mapping[str, Any]
    refers: Mapping[str, tuple[tuple[str, str], ...]]

    @property
    def label(self) -> str:
        """How findings name it: unlike the id, the same in every run."""
        return f"{self.stack}/{self.name}"


def planned(stack: str, state: Iterable[Mapping[str, Any]]) -> list[Planned]:
    """The cloud resources of a stack's state after `up`: all values are known there."""
    return [_planned(stack, row) for row in state if row.get("custom") and not row["type"].startswith("pulumi:")]


def _planned(stack: str, row: Mapping[str, Any]) -> Planned:
    inputs = {
        key: _plain(value) for key, value in row.get("inputs", {}).items() if key not in ("__defaults", "tagsAll")
    }
    refers = {key: tuple(map(_named, urns)) for key, urns in row.get("propertyDependencies", {}).items() if urns}
    return Planned(stack, row["type"], _named(row["urn"])[1], row["id"], inputs, refers)


def _named(urn: str) -> tuple[str, str]:
    """(type, name) of a URN."""
    *_, kinds, name = urn.split("::")
    return kinds.rsplit("$", 1)[-1], name


def _plain(value: Any) -> Any:
    """The value without the engine's marks: defaults left out, a secret as a word that no scanner takes for one."""
    if isinstance(value, Mapping):
        if SECRET in value:
            return "secret"
        return {key: _plain(item) for key, item in value.items() if key != "__defaults"}
    if isinstance(value, list):
        return [_plain(item) for item in value]
    return value
