"""Conditions on numbers. The engine passes numbers as floats, and some programs write them as text."""

import math

from .conditions import Condition
from .reading import Plain
from .verdicts import Verdict


def number_of(value: Plain) -> float | None:
    """Returns the number that a value is, or contains as text; None if it is not a number, and infinity for an integer
    in a text of JSON that no float holds."""
    try:
        return float(value) if isinstance(value, int | float | str) and not isinstance(value, bool) else None
    except ValueError:
        return None
    except OverflowError:
        return -math.inf if isinstance(value, int) and value < 0 else math.inf


def at_least(limit: int, *, missing: Verdict = Verdict.FAIL) -> Condition:
    """Returns a condition: the number is at least `limit`."""
    return Condition(f"must be at least {limit}", lambda value: (number_of(value) or 0) >= limit, missing=missing)


def at_most(limit: int, *, missing: Verdict = Verdict.FAIL) -> Condition:
    """Returns a condition: the number is at most `limit`."""

    def test(value: Plain) -> bool:
        number = number_of(value)
        return number is not None and number <= limit

    return Condition(f"must be at most {limit}", test, missing=missing)
