"""Access to unvalidated values of YAML files and programs, which may be of any type."""

from collections.abc import Mapping, Sequence
from typing import Any, cast


def as_mapping(value: object) -> Mapping[str, Any]:
    """Returns the value if it is a mapping, otherwise an empty mapping."""
    return cast(Mapping[str, Any], value) if isinstance(value, Mapping) else {}


def as_list(value: object) -> Sequence[Any]:
    """Returns the value if it is a list or tuple, otherwise an empty tuple."""
    return cast(Sequence[Any], value) if isinstance(value, list | tuple) else ()


def is_mapping(value: object) -> bool:
    """Returns whether a value is a mapping, without narrowing its type for the type checker."""
    return isinstance(value, Mapping)


def is_list(value: object) -> bool:
    """Returns whether a value is a list or tuple, without narrowing its type for the type checker."""
    return isinstance(value, list | tuple)
