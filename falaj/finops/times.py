"""Times of measurements."""

from datetime import UTC, datetime

YEARS = (2000, 2099)
"""Years of measurements: a year outside is an error of the file."""

EXPECTED = f"a time such as 2026-11-24T10:00:00Z, in the years {YEARS[0]} to {YEARS[1]}"


def in_utc(time: datetime) -> datetime:
    """Returns a time in UTC, which it is in if it has no time zone. Raises `ValueError` outside of `YEARS`, also for
    times that UTC does not have (`OverflowError` of the standard library).
    """
    try:
        result = time.replace(tzinfo=UTC) if time.tzinfo is None else time.astimezone(UTC)
    except OverflowError as error:
        raise ValueError(str(error)) from None
    if not YEARS[0] <= result.year <= YEARS[1]:
        raise ValueError(f"{result.isoformat()} is not {EXPECTED}")
    return result
