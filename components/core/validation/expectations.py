"""Describes in words what pydantic expected of a value: what is allowed, and how to fix it."""

from collections.abc import Callable, Mapping
from datetime import date
from decimal import Decimal
from typing import Any

from pydantic_core import ErrorDetails

from falaj.components.core.validation.declarations import ValueLimits

Expectation = tuple[str, str]
"""What is allowed, and the fix."""

KINDS: Mapping[str, str] = {
    "bool": "true or false",
    "dict": "a mapping, `name: value`",
    "ip_v4_address": "an IPv4 address such as 10.20.0.4",
    "is_instance_of": "a list",  # of `Sequence`: no field takes instances of another class
    "list": "a list",
    "model": "a mapping of its fields, `name: value`",
    "sequence_str": "a list",
    "string": "text",
    "tuple": "a list",
}
"""Prefix of an error type -> what the value must be."""

WHOLE_NUMBER, NUMBER = ("int_",), ("float_", "decimal_", "finite_number")
RANGE = ("greater_than", "less_than")


def expectation(detail: ErrorDetails, limits: ValueLimits) -> Expectation:
    """Returns what is allowed at a validation error, by the limits declared there, and the fix."""
    kind = detail["type"]
    for prefixes, explained in _EXPLANATIONS:
        if kind.startswith(prefixes):
            return explained(detail, limits)
    for prefix, allowed in KINDS.items():
        if kind.startswith(prefix):
            return allowed, _rewrite(allowed, detail["input"])
    words = detail["msg"].removeprefix("Value error, ").removeprefix("Input should be ")
    return words, "change it accordingly"


def _whole_number(_detail: ErrorDetails, limits: ValueLimits) -> Expectation:
    return _typed("a whole number", limits)


def _number(_detail: ErrorDetails, limits: ValueLimits) -> Expectation:
    return _typed("a number", limits)


def _typed(kind: str, limits: ValueLimits) -> Expectation:
    within = _range(limits)
    if not within:
        return kind, f"write {kind}"
    joined = f"{kind} from {within}" if " to " in within else f"{kind}, {within}"
    return joined, f"write {joined}"


def _within_range(_detail: ErrorDetails, limits: ValueLimits) -> Expectation:
    within = _range(limits)
    return within, f"choose a number from {within}" if " to " in within else f"choose a number that is {within}"


def _range(limits: ValueLimits) -> str:
    if limits.ge is not None and limits.le is not None:
        return f"{_plain(limits.ge)} to {_plain(limits.le)}"
    parts = (
        (limits.ge, "{} or more"),
        (limits.gt, "more than {}"),
        (limits.le, "at most {}"),
        (limits.lt, "less than {}"),
    )
    return " and ".join(words.format(_plain(bound)) for bound, words in parts if bound is not None)


def _plain(bound: Any) -> str:
    """Returns a bound without an exponent, which Python writes for floats below 0.0001."""
    return f"{Decimal(str(bound)):f}" if isinstance(bound, float) else f"{bound}"


def _length(unit: str, limits: ValueLimits) -> str:
    least, most = limits.min_length, limits.max_length
    if least and most:
        return f"{least} to {_counted(most, unit)}"
    return f"at most {_counted(most, unit)}" if most else f"{_counted(least or 0, unit)} or more"


def _items(detail: ErrorDetails, limits: ValueLimits) -> Expectation:
    least, most, given = limits.min_length or 0, limits.max_length, len(detail["input"])
    fix = f"remove {given - most} of the {given}" if most and given > most else f"add {_counted(least - given, 'item')}"
    return _length("item", limits), fix


def _characters(detail: ErrorDetails, limits: ValueLimits) -> Expectation:
    least, most, given = limits.min_length or 0, limits.max_length, len(detail["input"])
    if most and given > most:
        return _length("character", limits), f"shorten it by {_counted(given - most, 'character')}"
    return _length("character", limits), f"write {_counted(least, 'character')} or more"


def _counted(count: int, unit: str) -> str:
    return f"{count} {unit}" + ("s" if count != 1 else "")


_LONGEST_SHOWN = 60
"""Characters of a value that a fix repeats."""


def _rewrite(allowed: str, given: object) -> str:
    """Returns how to write a given value as an allowed one."""
    if allowed == "text" and isinstance(given, int | float | date):
        return "write it in quotes"
    if allowed == "a list" and isinstance(given, str | int | float) and len(str(given)) <= _LONGEST_SHOWN:
        return f"write a list, [{given}]"
    return f"write {allowed}"


_EXPLANATIONS: tuple[tuple[tuple[str, ...], Callable[[ErrorDetails, ValueLimits], Expectation]], ...] = (
    (WHOLE_NUMBER, _whole_number),
    (NUMBER, _number),
    (RANGE, _within_range),
    (("too_short", "too_long"), _items),
    (("string_too_",), _characters),
)
"""Prefixes of error types -> function that explains them."""
