"""Moments of traces as seconds since 1970."""

from datetime import UTC, datetime

from falaj.finops.errors import BadInput, shown
from falaj.finops.times import EXPECTED, YEARS, in_utc

__all__ = ["EARLIEST", "EXPECTED", "LATEST", "instant", "moment"]

EARLIEST = datetime(YEARS[0], 1, 1, tzinfo=UTC).timestamp()
LATEST = datetime(YEARS[1] + 1, 1, 1, tzinfo=UTC).timestamp() - 1
"""The first and the last second of the years of measurements."""


def instant(text: object, where: str, *, needs_zone: bool = True) -> float:
    """Returns a time in ISO 8601 as seconds since 1970; without a zone it is in UTC. Raises `BadInput` if it is none,
    or has no zone where it needs one.
    """
    try:
        read = datetime.fromisoformat(text) if isinstance(text, str) else None
        if read is None or (needs_zone and read.tzinfo is None):
            raise ValueError
        return in_utc(read).timestamp()
    except ValueError:
        zone = ", with its zone" if needs_zone else ""
        raise BadInput(where, f"{shown(text)} is not {EXPECTED}{zone}") from None


def moment(seconds: float) -> datetime:
    """Returns seconds since 1970 as a time in UTC."""
    return datetime.fromtimestamp(seconds, UTC)
