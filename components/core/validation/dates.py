"""Days as arguments of components."""

import re
from datetime import date
from typing import Annotated

from pydantic import AfterValidator

from falaj.components.core.validation.problems import refusal

_DAY = re.compile(r"20[0-9]{2}-[0-9]{2}-[0-9]{2}")


def _calendar_day(day: str) -> str:
    try:
        is_day = _DAY.fullmatch(day) is not None and bool(date.fromisoformat(day))
    except ValueError:
        is_day = False
    if not is_day:
        raise refusal("a day of the calendar, YYYY-MM-DD", "write it like 2026-12-31")
    return day


CalendarDay = Annotated[str, AfterValidator(_calendar_day)]
"""A day of this century, `YYYY-MM-DD`."""


def years_after(day: str, years: int) -> str:
    """Returns the same day of a later year."""
    return f"{int(day[:4]) + years}{day[4:]}"


def midnight(day: str) -> str:
    """Returns the first moment of a day in UTC."""
    return f"{day}T00:00:00Z"
