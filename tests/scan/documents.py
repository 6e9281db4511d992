"""IAM policy documents in planned AWS resources: permissions and trust policies."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from tests.scan.plan import Planned

TRUST = "assumeRolePolicy"


@dataclass(frozen=True)
class Document:
    """A policy document; `trust` is true of a role's trust policy."""

    label: str
    trust: bool
    content: dict[str, Any]

    @property
    def statements(self) -> list[dict[str, Any]]:
        """Statements of the document; a single statement becomes a list."""
        value = self.content["Statement"]
        return value if isinstance(value, list) else [value]


def documents(items: Iterable[Planned]) -> list[Document]:
    """Returns every policy document in the inputs: any JSON text with statements."""
    return [
        Document(item.label, path == TRUST, content)
        for item in items
        if item.type.startswith("aws:")
        for path, content in _json_documents(item.inputs, "")
    ]


def _json_documents(value: Any, path: str) -> Iterator[tuple[str, dict[str, Any]]]:
    if isinstance(value, dict):
        for key, item in value.items():
            yield from _json_documents(item, key)
    elif isinstance(value, list):
        for item in value:
            yield from _json_documents(item, path)
    elif isinstance(value, str) and value.startswith("{") and "Statement" in value:
        yield path, json.loads(value)


def as_list(value: Any) -> list[Any]:
    """Returns a list; a statement may contain one value instead of a list."""
    return value if isinstance(value, list) else [value]
