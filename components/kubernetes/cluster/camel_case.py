"""Fields of pods for custom resources, which Pulumi passes on as they are written."""

import re
from collections.abc import Mapping, Sequence
from typing import Any, TypeGuard


def camel_case(fields: Mapping[str, Any]) -> dict[str, Any]:
    """Returns the fields with names in camel case instead of snake case, recursively."""
    return {re.sub(r"_([a-z])", lambda match: match[1].upper(), key): _value(value) for key, value in fields.items()}


def _value(value: object) -> Any:
    if _is_mapping(value):
        return camel_case(value)
    return [_value(item) for item in value] if _is_list(value) else value


def _is_mapping(value: object) -> TypeGuard[Mapping[str, Any]]:
    return isinstance(value, Mapping)


def _is_list(value: object) -> TypeGuard[Sequence[Any]]:
    return isinstance(value, list | tuple)
