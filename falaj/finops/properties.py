"""Readers of resource properties that may be unknown, secret, missing or of an unexpected type."""

from collections.abc import Mapping
from decimal import ROUND_CEILING, Decimal, InvalidOperation
from typing import Any

from falaj.finops.plan import UNKNOWN
from falaj.finops.work.quantities import quantity

_MAX_QUANTITY = Decimal(10) ** 9
"""Upper limit of a resource's quantity: a larger number is an error, and the default is used instead."""


def get_path(value: Any, *steps: str | int) -> Any:
    """Returns the value under a path of keys and indices; None if it is missing or unknown."""
    for step in steps:
        if isinstance(value, dict):
            value = value.get(step)  # far faster than an exception where most properties are not stated
            continue
        try:
            value = value[step]
        except (KeyError, IndexError, TypeError):
            return None
    return None if value is UNKNOWN else value


def unknown_at(value: Any, *paths: str) -> tuple[str, ...]:
    """Returns those of the paths, written with dots, whose values are known only after the update: the shortest part
    of each that is unknown, once. A list is unknown if any of its items is.
    """
    found = (_unknown_part(value, path.split(".")) for path in paths)
    return tuple(dict.fromkeys(part for part in found if part))


def _unknown_part(value: Any, steps: list[str]) -> str:
    for number, step in enumerate(steps, start=1):
        value = value.get(step) if isinstance(value, Mapping) else None
        if value is UNKNOWN or (isinstance(value, list) and UNKNOWN in value):
            return ".".join(steps[:number])
    return ""


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
    # A dict is found at once; the check of an abstract class takes ten times as long.
    return result if result is not None and isinstance(result, (dict, Mapping)) else {}


def get_number(value: Any, default: Decimal | int) -> Decimal:
    """Returns a non-negative number without a unit; `default` if there is none."""
    if isinstance(value, bool) or not isinstance(value, int | float | str):
        return Decimal(default)
    try:
        result = Decimal(str(value))
    except InvalidOperation:
        return Decimal(default)
    return result if result.is_finite() and 0 <= result <= _MAX_QUANTITY else Decimal(default)


def get_count(value: Any, default: Decimal | int) -> Decimal | None:
    """Returns a non-negative number; `default` if none is stated, and None if what is stated cannot be read as one or
    is above all that exists. What such a number is charged for has no price."""
    count = Decimal(default) if value is None else get_number(value, -1)
    return count if count >= 0 else None


def get_gib(value: Any, default: Decimal | int) -> Decimal:
    """Returns the size of a disk in GiB: a number of GiB, as cloud APIs have it, or a Kubernetes quantity with a suffix
    (`200Gi` of a node class); `default` if there is neither.
    """
    if isinstance(value, str) and value and not value[-1].isdecimal():
        return whole_gib(value) or Decimal(default)
    return get_number(value, default)


def whole_gib(value: object) -> Decimal:
    """Returns a Kubernetes quantity of bytes in GiB, rounded up as the volume drivers do (RoundUpGiB of
    aws-ebs-csi-driver and azuredisk-csi-driver; read 2026-11-27). Zero for anything that is no quantity.
    """
    return (quantity(value) / 2**30).to_integral_value(ROUND_CEILING)
