"""Schemas of custom resources: the part of OpenAPI that CRDs need."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from math import inf

from falaj.sandbox.clouds.values import UNKNOWN, Json

UNDECLARED = "field not declared in schema"


@dataclass(frozen=True)
class FieldSchema:
    """The schema of a value.

    kind: a JSON type, `quantity` (string or integer), or `any`.
    properties: of an object. items: of an array, or of an object with arbitrary keys.
    pattern: of a whole string. minimum, maximum: of a number. min_length, max_length: of a string, array or object.
    """

    kind: str
    properties: Mapping[str, FieldSchema] = field(default_factory=dict)
    items: FieldSchema | None = None
    required: tuple[str, ...] = ()
    pattern: str = ""
    minimum: int | None = None
    maximum: int | None = None
    min_length: int = 0
    max_length: int | None = None


_PYTHON: Mapping[str, tuple[type, ...]] = {
    "string": (str,),
    "boolean": (bool,),
    "integer": (int, float),
    "number": (int, float),
    "quantity": (str, int, float),
    "array": (list, tuple),
    "object": (dict, Mapping),
}

ANY, BOOLEAN, TEXT = FieldSchema("any"), FieldSchema("boolean"), FieldSchema("string")


def string(pattern: str) -> FieldSchema:
    """Builds the schema of a string that matches the pattern as a whole."""
    return FieldSchema("string", pattern=pattern)


def one_of(*values: str) -> FieldSchema:
    """Builds the schema of one of the strings."""
    return FieldSchema("string", pattern="|".join(re.escape(value) for value in values))


def integer(minimum: int | None = None, maximum: int | None = None) -> FieldSchema:
    """Builds the schema of an integer."""
    return FieldSchema("integer", minimum=minimum, maximum=maximum)


def array(items: FieldSchema) -> FieldSchema:
    """Builds the schema of an array."""
    return FieldSchema("array", items=items)


def map_of(items: FieldSchema) -> FieldSchema:
    """Builds the schema of an object with arbitrary keys."""
    return FieldSchema("object", items=items)


def object_of(*required: str, **fields: FieldSchema) -> FieldSchema:
    """Builds the schema of an object with exactly these fields."""
    return FieldSchema("object", properties=fields, required=required)


def schema_errors(schema: FieldSchema, value: Json, path: str) -> Iterator[tuple[str, str]]:
    """Yields (path, message) of each error in a value."""
    if value is UNKNOWN or value is None or schema.kind == "any":
        return
    if not _has_kind(schema.kind, value):
        yield path, f"must be of type {schema.kind}"
    elif isinstance(value, str | list | tuple | Mapping) and not schema.min_length <= len(value) <= _max_length(schema):
        yield (
            path,
            f"Invalid value: must have {schema.min_length} to {schema.max_length or 'any number of'} "
            "items, characters or properties",
        )
    elif isinstance(value, Mapping):
        yield from _object_errors(schema, value, path)
    elif isinstance(value, str):
        if schema.pattern and not re.fullmatch(schema.pattern, value):
            yield path, f"Invalid value: \"{value}\": should match '{schema.pattern}'"
    elif isinstance(value, Sequence):
        for index, item in enumerate(value):
            yield from schema_errors(schema.items or ANY, item, f"{path}[{index}]")
    elif isinstance(value, int | float):
        yield from _number_errors(schema, value, path)


def _max_length(schema: FieldSchema) -> float:
    return inf if schema.max_length is None else schema.max_length


def _has_kind(kind: str, value: Json) -> bool:
    if isinstance(value, bool) or kind == "boolean":
        return isinstance(value, bool) and kind == "boolean"
    whole_number = kind == "number" or not isinstance(value, float) or value == int(value)
    return isinstance(value, _PYTHON[kind]) and whole_number


def _object_errors(schema: FieldSchema, value: Mapping[str, Json], path: str) -> Iterator[tuple[str, str]]:
    for name in schema.required:
        if value.get(name) is None:
            yield f"{path}.{name}", "Required value"
    for name, item in value.items():
        item_schema = schema.items or schema.properties.get(name)
        if item_schema is None:
            yield f"{path}.{name}", UNDECLARED
        else:
            yield from schema_errors(item_schema, item, f"{path}.{name}")


def _number_errors(schema: FieldSchema, value: float, path: str) -> Iterator[tuple[str, str]]:
    if schema.minimum is not None and value < schema.minimum:
        yield path, f"Invalid value: {value:g}: should be greater than or equal to {schema.minimum}"
    if schema.maximum is not None and value > schema.maximum:
        yield path, f"Invalid value: {value:g}: should be less than or equal to {schema.maximum}"
