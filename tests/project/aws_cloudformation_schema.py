"""CloudFormation's resource schemas: places in them, found by the names of another SDK, and their limits."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

_LIMITS = {
    "minimum": "min",
    "maximum": "max",
    "minLength": "minLength",
    "maxLength": "maxLength",
    "enum": "enum",
}

DroppedPatterns = set[str]
"""Patterns that Python's regular expressions cannot express, or match in exponential time."""

_ANY_TEXT = re.compile(r"\^?(\.\*|\[\\[sS]\\[sS]\]\*)\$?")
_EXPONENTIAL = re.compile(r"\?\[[^]]+\]\+\)[*+]")
"""An optional separator before a repetition inside a repetition."""


def normal(name: str) -> str:
    """Returns a name without case, separators and plural, as far as these differ between the SDKs."""
    plain = re.sub(r"[^a-z0-9]", "", name.lower())
    return re.sub(r"ies$", "y", plain) if plain.endswith("ies") else plain.removesuffix("s")


class Schema:
    """The schema of one type."""

    def __init__(self, name: str, content: Mapping[str, Any], dropped: DroppedPatterns) -> None:
        self.name = name.rpartition("::")[2].lower()
        self.content, self.dropped = content, dropped
        self.read_only = {
            path.removeprefix("/properties/").replace("/items/", "/*/").replace("/properties/", "/")
            for path in content.get("readOnlyProperties", ())
        }

    def at(self, path: str) -> Place:
        """Returns the place of a dotted path; arrays on the way are entered. Raises KeyError for a wrong path."""
        place = Place(self, self.content, "")
        for step in filter(None, path.split(".")):
            place = place.exact(step)
        return place

    def resolve(self, node: Any) -> Mapping[str, Any]:
        """Follows a reference to a definition of this schema; one to another schema states nothing."""
        while isinstance(node, Mapping) and "$ref" in node:
            file, _, name = node["$ref"].partition("#/")
            if file:
                return {}
            node = self.content
            for step in name.split("/"):
                node = node[step]
        return node if isinstance(node, Mapping) else {}


@dataclass(frozen=True)
class Place:
    """One value in a schema. `path` is that of `readOnlyProperties`."""

    schema: Schema
    source: Any
    path: str

    @property
    def node(self) -> Mapping[str, Any]:
        """The node without references."""
        return self.schema.resolve(self.source)

    @property
    def read_only(self) -> bool:
        """Whether a request may not state it."""
        return self.path in self.schema.read_only

    def item(self) -> Place:
        """Returns the place of an element, or the place itself: a block is a list of one in Terraform's names."""
        node = self.node
        return Place(self.schema, node["items"], f"{self.path}/*") if "items" in node else self

    def _children(self) -> Iterator[tuple[str, Place]]:
        own = self.item()
        for name, source in own.node.get("properties", {}).items():
            yield name, Place(self.schema, source, f"{own.path}/{name}" if own.path else name)

    def exact(self, name: str) -> Place:
        """Returns the property of that name. Raises KeyError."""
        return dict(self._children())[name]

    def child(self, name: str) -> Place | None:
        """Returns the property with this name in another spelling, or with the type's name before it."""
        children, wanted = dict(self._children()), normal(name)
        same = [other for other in children if other.lower() == name.lower()]
        alike = [other for other in children if normal(other) == wanted]
        longer = [other for other in children if wanted != "id" and not self.path and self._is_owned(other, wanted)]
        found = [*same, *alike, *longer]
        return children[found[0]] if found else None

    def _is_owned(self, name: str, wanted: str) -> bool:
        """Whether a name is the wanted one after (a part of) the type's name: `AlarmName`, `ResourceTags`."""
        owner = normal(name).removesuffix(wanted)
        return owner != normal(name) and (owner in self.schema.name or owner == "resource")

    def limits(self) -> dict[str, Any]:
        """Returns the limits of a scalar."""
        node = self.node
        if node.get("type") in ("array", "object") or isinstance(node.get("type"), list):
            return {}
        found = {ours: node[theirs] for theirs, ours in _LIMITS.items() if theirs in node}
        if "const" in node:
            found["enum"] = [node["const"]]
        if found.get("minLength") == 0:
            del found["minLength"]
        if "pattern" in node and self._compiles(node["pattern"]):
            found["pattern"] = node["pattern"]
        return found

    def _compiles(self, pattern: str) -> bool:
        if _ANY_TEXT.fullmatch(pattern):
            return False
        try:
            usable = bool(re.compile(pattern)) and not _EXPONENTIAL.search(pattern)
        except re.error:
            usable = False
        if not usable:
            self.schema.dropped.add(pattern)
        return usable

    def array_limits(self) -> dict[str, Any]:
        """Returns the limits of an array's size."""
        node = self.node
        return {name: node[name] for name in ("minItems", "maxItems") if node.get(name) and "items" in node}

    def map_limits(self) -> dict[str, Any]:
        """Returns the limits of a mapping's size and keys. CloudFormation writes tags as an array of pairs."""
        keys = dict(self._children()).get("Key")
        patterns = list(self.node.get("patternProperties", {}))
        keys_limits = keys.limits() if keys else {}
        if len(patterns) == 1 and self._compiles(patterns[0]):
            keys_limits = {"pattern": patterns[0]}
        return {**self.array_limits(), **({"keys": keys_limits} if keys_limits else {})}

    def map_values(self) -> Place:
        """Returns the place of a mapping's values."""
        values = dict(self._children()).get("Value")
        patterns = list(self.node.get("patternProperties", {}).values())
        if values:
            return values
        return Place(self.schema, patterns[0] if len(patterns) == 1 else {}, f"{self.path}/*")
