"""The date that dated facts are compared with."""

import os
from datetime import UTC, date, datetime

VARIABLE = "FALAJ_TODAY"
"""Environment variable with another date, `YYYY-MM-DD`, so that a check can answer for a day to come and a test for a
fixed day. `falaj check` prints a warning while it is set."""


class InvalidDay(ValueError):
    """`FALAJ_TODAY` is no date. The message is one sentence."""


def today() -> date:
    """Returns today's date in UTC, or the date in `FALAJ_TODAY`. Raises `InvalidDay` if that is no date."""
    given = os.environ.get(VARIABLE)
    if not given:
        return datetime.now(UTC).date()
    try:
        return date.fromisoformat(given)
    except ValueError:
        raise InvalidDay(f"{VARIABLE}: {given!r} is no date; write it like 2027-06-30") from None
