"""The policy documents among planned AWS resources: who may do what, and who may be whom."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from tests.scan.plan import Planned

TRUST = "assumeRolePolicy"


@dataclass(frozen=True)
class Document:
    """One policy document; `trust` says who may take a role."""

    label: str
    trust: bool
    content: dict[str, Any]

    @property
    def statements(self) -> list[dict[str, Any]]:
        """Its statements, one alone being a list of one."""
        found = self.content["Statement"]
        return found if isinstance(found, list) else [found]


def documents(items: Iterable[Planned]) -> list[Document]:
    """Every document: any JSON text with statements, wherever in the inputs it stands."""
    return [
        Document(item.label, path == TRUST, content)
        for item in items
        if item.type.startswith("aws:")
        for path, content in _found(item.inputs, "")
    ]


def _found(value: Any, path: str) -> Iterator[tuple[str, dict[str, Any]]]:
    if isinstance(value, dict):
        for key, part in value.items():
            yield from _found(part, key)
    elif isinstance(value, list):
        for part in value:
            yield from _found(part, path)
    elif isinstance(value, str) and value.startswith("{") and "Statement" in value:
        yield path, json.loads(value)


def as_list(value: Any) -> list[Any]:
    """What a statement may give as one or as several."""
    return value if isinstance(value, list) else [value]
