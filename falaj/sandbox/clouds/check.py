"""Validation of inputs against the SDK's types: unknown and missing properties, wrong types, invalid enum values."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from falaj.sandbox.clouds.sdk_schema import Property, Schema, Sdk, Type, nearest
from falaj.sandbox.clouds.spec import ResourceType
from falaj.sandbox.clouds.values import ASSET, UNKNOWN, Json, Props

Failure = tuple[str, str]
"""(property path, message)."""

_INDEX = re.compile(r"\[\d+\]")
_PYTHON_TYPES: dict[str, tuple[type, ...]] = {
    "string": (str,),
    "number": (int, float),
    "integer": (int, float),
    "boolean": (bool,),
    "list": (list, tuple),
    "map": (Mapping,),
    "object": (Mapping,),
}


def check_inputs(
    sdk: Sdk, schema: Schema, resource_type: ResourceType, inputs: Props, strict_enums: bool
) -> list[Failure]:
    """Returns all failures of a resource's inputs, in the order of the inputs; empty if the inputs are valid.

    strict_enums: also reject values outside open enums. Azure's API does; the AWS SDK's lists are incomplete.
    """
    checker = _Checker(sdk, resource_type, strict_enums)
    return list(checker.properties(schema.inputs, inputs, "", schema.token))


@dataclass(frozen=True)
class _Checker:
    sdk: Sdk
    resource_type: ResourceType
    strict_enums: bool

    def properties(self, allowed: Mapping[str, Property], given: Props, path: str, owner: str) -> Iterator[Failure]:
        prefix = f"{path}." if path else ""
        for name, value in given.items():
            if name.startswith("__"):
                continue  # internal to the engine and the provider
            if name not in allowed:
                yield prefix + name, f"unknown property of {owner}{nearest(name, allowed) or '.'}"
            elif value is not None:
                yield from self.value(allowed[name].type, value, prefix + name)
        for name, definition in allowed.items():
            if definition.required and given.get(name) is None:
                yield prefix + name, f"missing required property of {owner}."

    def value(self, type_: Type, value: Json, path: str) -> Iterator[Failure]:
        if value is UNKNOWN or type_.kind == "any":
            return
        if type_.kind == "union":
            yield from self._union(type_, value, path)
        elif type_.kind == "enum":
            yield from self._enum(type_, value, path)
        elif type_.kind == "asset":
            if not (isinstance(value, Mapping) and ASSET in value):
                yield path, f"expected an asset or archive, got {_kind(value)}."
        elif not _is(type_.kind, value):
            yield path, f"expected {_article(type_.kind)}, got {_kind(value)}{_shown(value)}."
        else:
            yield from self._inside(type_, value, path)

    def _inside(self, type_: Type, value: Json, path: str) -> Iterator[Failure]:
        if type_.kind == "object" and type_.ref and isinstance(value, Mapping):
            owner = type_.ref[1].removesuffix("Args")
            yield from self.properties(self.sdk.properties(type_.ref), value, path, owner)
        elif type_.kind == "map" and isinstance(value, Mapping):
            for key, item in value.items():
                if item is not None:
                    yield from self.value(type_.of[0], item, f"{path}.{key}")
        elif type_.kind == "list" and isinstance(value, Sequence):
            for index, item in enumerate(value):
                yield from self.value(type_.of[0], item, f"{path}[{index}]")
        elif (
            isinstance(value, str)
            and (values := self.resource_type.enums.get(_INDEX.sub("[*]", path)))
            and value not in values
        ):
            yield path, _not_one_of(value, values)

    def _enum(self, type_: Type, value: Json, path: str) -> Iterator[Failure]:
        if isinstance(value, float) and value.is_integer():
            value = int(value)
        closed = not type_.open or self.strict_enums
        if not isinstance(value, str | int):
            yield path, f"expected a string, got {_kind(value)}."
        elif _INDEX.sub("[*]", path) not in self.resource_type.open_enums and closed and str(value) not in type_.values:
            yield path, _not_one_of(str(value), type_.values)

    def _union(self, type_: Type, value: Json, path: str) -> Iterator[Failure]:
        attempts = [list(self.value(member, value, path)) for member in type_.of]
        if all(attempts):
            # The union member that fits best fails at the deepest path; its failures are the useful ones.
            yield from max(attempts, key=lambda failures: max(len(where) for where, _ in failures))


def _is(kind: str, value: Json) -> bool:
    if isinstance(value, bool) and kind != "boolean":
        return False
    if kind == "integer" and isinstance(value, float):
        return value.is_integer()
    return isinstance(value, _PYTHON_TYPES[kind])


def _kind(value: Json) -> str:
    for kind in ("boolean", "string", "number", "map", "list"):
        if _is(kind, value):
            return _article(kind)
    return "nothing"


def _article(kind: str) -> str:
    named = {"map": "object"}.get(kind, kind)
    return f"an {named}" if named[0] in "aeiou" else f"a {named}"


def _shown(value: Json) -> str:
    return f" ({value:g})" if isinstance(value, float) and not isinstance(value, bool) else ""


def _not_one_of(value: str, values: Sequence[str]) -> str:
    near = nearest(value, dict.fromkeys(values))
    shown = ", ".join(f'"{item}"' for item in values[:12]) + (", ..." if len(values) > 12 else "")
    return f'expected one of {shown}, got "{value}"{near or "."}'
