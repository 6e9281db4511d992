"""Conditions on numbers, which the engine passes as floats and some programs write as text."""

from .conditions import Condition
from .reading import Plain
from .verdicts import Verdict


def number_of(value: Plain) -> float | None:
    """The number that a value is or spells; None where it is neither."""
    try:
        return float(value) if isinstance(value, int | float | str) and not isinstance(value, bool) else None
    except ValueError:
        return None


def at_least(limit: int, *, missing: Verdict = Verdict.FAIL) -> Condition:
    """A number of at least `limit`."""
    return Condition(f"must be at least {limit}", lambda value: (number_of(value) or 0) >= limit, missing=missing)


def at_most(limit: int, *, missing: Verdict = Verdict.FAIL) -> Condition:
    """A number of at most `limit`."""

    def test(value: Plain) -> bool:
        number = number_of(value)
        return number is not None and number <= limit

    return Condition(f"must be at most {limit}", test, missing=missing)
