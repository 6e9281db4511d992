"""Readers of resource properties that may be unknown, secret, missing or of an unexpected type."""

from collections.abc import Mapping
from decimal import Decimal, InvalidOperation
from typing import Any

from falaj.finops.plan import UNKNOWN

_GREATEST = Decimal(10) ** 9
"""No quantity of a resource is larger: a number beyond it is a slip, and the usual one is taken."""


def get_path(value: Any, *steps: str | int) -> Any:
    """The value under a path of keys and indices; None where there is none or it is not known."""
    for step in steps:
        try:
            value = value[step]
        except (KeyError, IndexError, TypeError):
            return None
    return None if value is UNKNOWN else value


def get_str(value: Any, *steps: str | int, default: str = "") -> str:
    """A text; `default` for anything else, the empty one included."""
    result = get_path(value, *steps)
    return result if isinstance(result, str) and result else default


def get_str_list(value: Any, *steps: str | int) -> list[str]:
    """The texts of a list."""
    return [item for item in get_list(value, *steps) if isinstance(item, str) and item]


def get_list(value: Any, *steps: str | int) -> list[Any]:
    """A list; an empty one for anything else."""
    result = get_path(value, *steps)
    return result if isinstance(result, list) else []


def get_dict(value: Any, *steps: str | int) -> Mapping[str, Any]:
    """A mapping; an empty one for anything else."""
    result = get_path(value, *steps)
    return result if isinstance(result, Mapping) else {}


def get_number(value: Any, default: Decimal | int) -> Decimal:
    """A number of zero or more, that may be written with a unit (`100Gi`); `default` where none can be read."""
    if isinstance(value, bool) or not isinstance(value, int | float | str):
        return Decimal(default)
    try:
        result = Decimal(str(value).removesuffix("i").rstrip("KMGTB "))
    except InvalidOperation:
        return Decimal(default)
    return result if result.is_finite() and 0 <= result <= _GREATEST else Decimal(default)
