"""Validation of request bodies against the types of Azure's REST API, in the API version that the SDK uses.

The SDK's own types lack limits and values, and accept what the service refuses. The table is derived from Microsoft's
types (`python -m tests.project.azure_rest_types`, which names the source). Its nodes:

- `"string"`, `"integer"`, `"boolean"`, `"any"`, or an object with `type` and limits;
- `{"enum": [...]}`; `{"items": node}`, an array;
- `"#Name"`, an object type of the same namespace: `properties` (`name!` is required, null is read-only), `additional`
  (the type of other properties), and for types with a discriminator `by` and `kinds`.
"""

from __future__ import annotations

import json
import re
from collections.abc import Collection, Iterator, Mapping
from functools import cache
from pathlib import Path
from typing import Any

from falaj.sandbox.clouds.azure.arm import arm_error
from falaj.sandbox.clouds.spec import Operation
from falaj.sandbox.clouds.values import Json, Props

TABLE = Path(__file__).with_name("data") / "rest_types.json"

_ENVELOPE = frozenset(("id", "name", "type", "apiVersion"))
"""Properties of every body that come from the address."""
_RENAMED = {
    ("roleDefinitions", "roleType"): ("properties", "type"),
    ("storageAccounts", "enableHttpsTrafficOnly"): ("properties", "supportsHttpsTrafficOnly"),
    ("storageAccounts", "networkRuleSet"): ("properties", "networkAcls"),
    ("IPRule", "iPAddressOrRange"): ("", "value"),
    ("VirtualNetworkRule", "virtualNetworkResourceId"): ("", "id"),
    ("Encryption", "encryptionIdentity"): ("", "identity"),
    ("EncryptionIdentity", "encryptionUserAssignedIdentity"): ("", "userAssignedIdentity"),
}
"""(object type, name in the SDK) -> (nested object, name in the API), for names that the SDK changes."""
_VERSIONED = re.compile(r"azure-native(_\w+)?:\w+/v\d{8}\w*:")

Node = Any
"""A node of the table."""

Failure = tuple[str, str]
"""(property path, message)."""


@cache
def table() -> Mapping[str, Any]:
    """Returns the table: `source`, `types` by token and `objects` by namespace and API version."""
    result: Mapping[str, Any] = json.loads(TABLE.read_text(encoding="utf-8"))
    return result


def body_error(op: Operation, address: Collection[str]) -> str | None:
    """Returns Azure's error for the body of a create or update, or None. `address`: inputs that are in the URL only.

    A body of another API version than the SDK's default is not checked.
    """
    failures = [] if _VERSIONED.search(op.urn) else body_failures(op.token, op.inputs, address)
    if not failures:
        return None
    wrong = "; ".join(f"'{path}' {message}" for path, message in failures)
    return arm_error(400, "InvalidRequestContent", f"The request content was invalid: {wrong}.")


def body_failures(token: str, inputs: Props, address: Collection[str]) -> list[Failure]:
    """Returns what Azure's REST API would refuse in a resource's inputs, as (property path, message)."""
    row = table()["types"].get(token)
    if row is None:
        return []
    types = _Types(table()["objects"][row["namespace"]])
    body = {key: value for key, value in inputs.items() if key not in address and key not in _ENVELOPE}
    return list(types.object(row["body"], body, ""))


class _Types:
    def __init__(self, objects: Mapping[str, Node]) -> None:
        self.objects = objects

    def value(self, node: Node, value: Json, path: str) -> Iterator[Failure]:
        if value is None or node == "any":
            return
        if isinstance(node, str) and node.startswith("#"):
            yield from self._object_value(node[1:], value, path)
        elif isinstance(node, dict) and "items" in node:
            yield from self._array(node, value, path)
        elif isinstance(node, dict) and "enum" in node:
            values = [str(item) for item in node["enum"]]
            if isinstance(value, str) and value.lower() not in [item.lower() for item in values]:
                yield path, f"has the invalid value '{value}'; valid values: {', '.join(values)}"
        else:
            yield from _scalar(node if isinstance(node, dict) else {"type": node}, value, path)

    def _object_value(self, name: str, value: Json, path: str) -> Iterator[Failure]:
        if isinstance(value, Mapping):
            yield from self.object(name, value, path)
        elif isinstance(value, list) and "additional" in self.objects[name]:
            return  # the SDK takes a list of identities, and sends a mapping
        else:
            yield path, "must be an object"

    def _array(self, node: Node, value: Json, path: str) -> Iterator[Failure]:
        if not isinstance(value, list):
            yield path, "must be an array"
            return
        if not node.get("minLength", 0) <= len(value) <= node.get("maxLength", len(value)):
            yield path, f"has {len(value)} items, outside its limits"
        for index, item in enumerate(value):
            yield from self.value(node["items"], item, f"{path}[{index}]")

    def object(self, name: str, value: Props, path: str) -> Iterator[Failure]:
        definition = self._resolved(name, value)
        given: set[str] = set()
        for key, item in value.items():
            if key.startswith("__") or item is None:
                continue
            where = f"{path}.{key}" if path else key
            owner, property_ = self._find(name, definition, key)
            given.add(f"{owner}/{property_.rstrip('!')}")
            if property_:
                node = self._properties(definition, owner)[property_]
                yield from [(where, "is read-only")] if node is None else self.value(node, item, where)
            elif "additional" in definition:
                yield from self.value(definition["additional"], item, where)
            else:
                yield where, f"is not a property of {name}"
        yield from self._missing(definition, given, path)

    def _resolved(self, name: str, value: Props) -> Node:
        """Returns a definition, merged with that of its kind if it has a discriminator."""
        definition = self.objects[name]
        if "by" not in definition:
            return definition
        kind = definition["kinds"].get(str(value.get(definition["by"])))
        more = self.objects[kind[1:]] if kind else {"properties": {}}
        return {**more, "properties": {**definition["properties"], **more["properties"]}}

    def _properties(self, definition: Node, owner: str) -> Mapping[str, Node]:
        """Returns the properties of a definition, or with `owner` those of the nested object of that name."""
        own: Mapping[str, Node] = definition["properties"]
        nested = own.get(owner, own.get(f"{owner}!")) if owner else None
        return self.objects[nested[1:]]["properties"] if nested else own

    def _find(self, object_name: str, definition: Node, key: str) -> tuple[str, str]:
        """Returns (nested object, name in the table) of a property. The SDK flattens the object `properties`, and
        writes names without hyphens.
        """
        renamed, key = _RENAMED.get((object_name, key), ("", key))
        for owner in ("", "properties"):
            if owner < renamed or (owner and not self._has_nested(definition, owner)):
                continue
            for name in self._properties(definition, owner):
                if name.rstrip("!").replace("-", "").lower() == key.replace("-", "").lower():
                    return owner, name
        return "", ""

    def _has_nested(self, definition: Node, owner: str) -> bool:
        own = definition["properties"]
        node = own.get(owner, own.get(f"{owner}!"))
        return isinstance(node, str) and node.startswith("#")

    def _missing(self, definition: Node, given: set[str], path: str) -> Iterator[Failure]:
        """Returns the required properties that are not given, also those of a flattened object."""
        flattened = any(name.startswith("properties/") for name in given)
        for owner in ("", "properties") if flattened else ("",):
            for name, node in self._properties(definition, owner).items():
                bare = name.rstrip("!")
                optional = not name.endswith("!") or node is None or (not path and bare in _ENVELOPE)
                if not optional and f"{owner}/{bare}" not in given and not (flattened and bare == "properties"):
                    yield (f"{path}.{bare}" if path else bare), "is required"


def _scalar(node: Node, value: Json, path: str) -> Iterator[Failure]:
    kind = node["type"]
    if kind == "string":
        yield from _text(node, value, path)
    elif kind == "boolean" and not isinstance(value, bool):
        yield path, "must be a boolean"
    elif kind == "integer":
        if isinstance(value, bool) or not isinstance(value, int | float):
            yield path, "must be a number"
        elif not node.get("minValue", value) <= value <= node.get("maxValue", value):
            yield path, f"is {value:g}, outside {node.get('minValue', '')} to {node.get('maxValue', '')}"


def _text(node: Node, value: Json, path: str) -> Iterator[Failure]:
    if not isinstance(value, str):
        yield path, "must be a string"
        return
    if not node.get("minLength", 0) <= len(value) <= node.get("maxLength", len(value)):
        yield path, f"has {len(value)} characters, outside {node.get('minLength', 0)} to {node.get('maxLength', '')}"
    if "pattern" in node and not re.search(node["pattern"], value):
        yield path, f"does not match {node['pattern']}"
