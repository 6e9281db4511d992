"""Readers of resource properties that may be unknown, secret, missing or of an unexpected type."""

from collections.abc import Mapping
from decimal import Decimal, InvalidOperation
from typing import Any

from falaj.finops.plan import UNKNOWN

_MAX_QUANTITY = Decimal(10) ** 9
"""Upper limit of a resource's quantity: a larger number is an error, and the default is used instead."""


def get_path(value: Any, *steps: str | int) -> Any:
    """Returns the value under a path of keys and indices; None if it is missing or unknown."""
    for step in steps:
        try:
            value = value[step]
        except (KeyError, IndexError, TypeError):
            return None
    return None if value is UNKNOWN else value


def get_str(value: Any, *steps: str | int, default: str = "") -> str:
    """Returns a string; `default` for anything else, including the empty string."""
    result = get_path(value, *steps)
    return result if isinstance(result, str) and result else default


def get_str_list(value: Any, *steps: str | int) -> list[str]:
    """Returns the non-empty strings of a list."""
    return [item for item in get_list(value, *steps) if isinstance(item, str) and item]


def get_list(value: Any, *steps: str | int) -> list[Any]:
    """Returns a list; an empty one for anything else."""
    result = get_path(value, *steps)
    return result if isinstance(result, list) else []


def get_dict(value: Any, *steps: str | int) -> Mapping[str, Any]:
    """Returns a mapping; an empty one for anything else."""
    result = get_path(value, *steps)
    return result if isinstance(result, Mapping) else {}


def get_number(value: Any, default: Decimal | int) -> Decimal:
    """Returns a non-negative number, which may have a unit (`100Gi`); `default` if there is none."""
    if isinstance(value, bool) or not isinstance(value, int | float | str):
        return Decimal(default)
    try:
        result = Decimal(str(value).removesuffix("i").rstrip("KMGTB "))
    except InvalidOperation:
        return Decimal(default)
    return result if result.is_finite() and 0 <= result <= _MAX_QUANTITY else Decimal(default)
