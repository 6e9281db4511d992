"""Durations: those of ISO 8601 (`P7DT12H`, `P2W`), days and hours as .NET writes them (`7.12:00:00`), and spans."""

import re

from .conditions import Condition
from .lazy_regex import lazy_regex
from .reading import Plain
from .verdicts import Verdict

_NUMBER = r"(\d+(?:[.,]\d+)?)"
_DATE, _TIME = (
    (("Y", 365 * 86400), ("M", 30 * 86400), ("W", 7 * 86400), ("D", 86400)),
    (("H", 3600), ("M", 60), ("S", 1)),
)
_ISO = lazy_regex(
    "P" + "".join(f"(?:{_NUMBER}{unit})?" for unit, _ in _DATE)
    + "(?:T" + "".join(f"(?:{_NUMBER}{unit})?" for unit, _ in _TIME) + ")?",
    re.IGNORECASE,
)  # fmt: skip
_NET = lazy_regex(r"(?:(\d{1,9})\.)?(\d{1,9}):(\d{1,9})(?::(\d{1,9}(?:\.\d+)?))?")
_PART = lazy_regex(r"(\d{1,9}(?:\.\d{1,9})?)\s{0,3}([dhms])(?!s\b|icro|illi)", re.IGNORECASE)
_UNITS = {"d": 86400, "h": 3600, "m": 60, "s": 1}
_SECONDS = tuple(seconds for _, seconds in (*_DATE, *_TIME))


def seconds_of(value: Plain) -> float | None:
    """Returns the seconds of a duration, with months of 30 days; None if the value is no duration."""
    text = value.strip() if isinstance(value, str) else ""
    if found := _ISO.fullmatch(text):
        return _sum(found.groups(), _SECONDS)
    if found := _NET.fullmatch(text):
        return _sum(found.groups(), (86400, 3600, 60, 1))
    return None


def seconds_of_span(text: str) -> float:
    """Returns the seconds of a span of numbers with units: `7d` of Kusto, `2d3h` of Go with days."""
    return sum(float(number) * _UNITS[unit.lower()] for number, unit in _PART.findall(text))


def _sum(numbers: tuple[str | None, ...], seconds: tuple[int, ...]) -> float:
    return sum(float((number or "0").replace(",", ".")) * each for number, each in zip(numbers, seconds, strict=True))


def at_most_duration(limit: str, missing: Verdict) -> Condition:
    """Returns a condition: a value that is a duration is at most `limit`, which is one of ISO 8601."""
    most = seconds_of(limit) or 0.0
    return Condition(f"must be at most {limit}", lambda value: (seconds_of(value) or 0.0) <= most, missing)
