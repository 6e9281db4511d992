"""Numbers in settings and arguments: a boolean is not a number, although Python counts `True` as 1."""

from typing import Any, cast

from pydantic_core import CoreSchema, core_schema

from falaj.components.core.validation.problems import refusal

NUMBERS = {"int": "a whole number", "float": "a number", "decimal": "a number"}
"""Types of pydantic's schemas that accept a boolean -> what they accept, in words."""

_NO_SCHEMAS = ("default", "metadata", "serialization")
"""Parts of a schema that contain no schema of a value."""


def without_booleans(schema: CoreSchema) -> CoreSchema:
    """Returns the schema with each schema of a number, at any depth, replaced by one that refuses booleans."""
    return _replaced(schema)


def _replaced(part: Any) -> Any:
    if isinstance(part, list | tuple):
        parts = cast("list[Any]", part)
        return type(parts)(_replaced(item) for item in parts)
    if not isinstance(part, dict):
        return part
    fields = cast("dict[str, Any]", part)
    kind = fields.get("type")
    if isinstance(kind, str) and kind in NUMBERS:
        return core_schema.no_info_before_validator_function(_refuse_boolean(NUMBERS[kind]), cast(CoreSchema, fields))
    for key, value in fields.items():
        if key not in _NO_SCHEMAS:
            fields[key] = _replaced(value)
    return fields


def _refuse_boolean(allowed: str) -> Any:
    def check(value: object) -> object:
        if isinstance(value, bool):
            raise refusal(allowed, "write the number")
        return value

    return check
