"""Conditions on numbers, which the engine hands over as floats and some programs write as text."""

from .conditions import Condition
from .reading import Plain
from .verdicts import Verdict


def _number(value: Plain) -> float | None:
    try:
        return float(value) if isinstance(value, int | float | str) and not isinstance(value, bool) else None
    except ValueError:
        return None


def at_least(limit: int, *, missing: Verdict = Verdict.FAIL) -> Condition:
    """A number that is not smaller."""
    return Condition(f"must be at least {limit}", lambda value: (_number(value) or 0) >= limit, missing=missing)


def at_most(limit: int, *, missing: Verdict = Verdict.FAIL) -> Condition:
    """A number that is not greater."""

    def test(value: Plain) -> bool:
        number = _number(value)
        return number is not None and number <= limit

    return Condition(f"must be at most {limit}", test, missing=missing)
