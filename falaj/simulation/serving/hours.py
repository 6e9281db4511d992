"""Hours in which a pool works, in Dubai time."""

from datetime import datetime, timedelta

from falaj.facts.calendar import UTC_OFFSET_HOURS, WORKING_DAYS

DAY = 86_400.0


def second_of_week(start: datetime) -> float:
    """Returns the seconds from Monday, 00:00 in Dubai, to `start`."""
    in_dubai = start.astimezone(tz=None) if start.tzinfo is None else start
    shifted = in_dubai - (in_dubai.utcoffset() or timedelta()) + timedelta(hours=UTC_OFFSET_HOURS)
    midnight = shifted.replace(hour=0, minute=0, second=0, microsecond=0)
    return shifted.weekday() * DAY + (shifted - midnight).total_seconds()


def is_working(offset: float, now: float, hours: tuple[float, float]) -> bool:
    """Whether second `now` is within these hours of a working day. `offset` is that of `second_of_week`."""
    day, second = divmod(offset + now, DAY)
    return day % 7 < len(WORKING_DAYS) and hours[0] * 3600 <= second < hours[1] * 3600
