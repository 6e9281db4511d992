"""What a YAML file or a program gives, before it is validated: anything may be of any type."""

from collections.abc import Mapping, Sequence
from typing import Any, cast


def as_mapping(value: object) -> Mapping[str, Any]:
    """The mapping that a value is; empty for anything else."""
    return cast(Mapping[str, Any], value) if isinstance(value, Mapping) else {}


def as_list(value: object) -> Sequence[Any]:
    """The list that a value is; empty for anything else."""
    return cast(Sequence[Any], value) if isinstance(value, list | tuple) else ()


def is_mapping(value: object) -> bool:
    """Whether a value is a mapping; its type stays as it was for the type checker."""
    return isinstance(value, Mapping)


def is_list(value: object) -> bool:
    """Whether a value is a list; its type stays as it was for the type checker."""
    return isinstance(value, list | tuple)
