"""Hours of working days in a month, in Dubai time, outside which pools sleep. Pure."""

from bisect import bisect_right
from collections.abc import Iterator
from datetime import datetime, timedelta
from math import inf

from falaj.components.core.tenancy.spend_quota import DUBAI
from falaj.facts.calendar import is_weekend


def changes(hours: tuple[float, float], start: datetime, length: float) -> Iterator[tuple[float, bool]]:
    """Yields the seconds at which a pool wakes (true) or falls asleep (false), from second 0 on.

    The first one says how the month begins.
    """
    opens, closes = hours
    local = start.astimezone(DUBAI)
    midnight = local.replace(hour=0, minute=0, second=0, microsecond=0)
    days = [midnight + timedelta(days=day) for day in range(int(length // 86_400) + 2)]
    open_hours = [
        (
            (day + timedelta(hours=opens) - local).total_seconds(),
            (day + timedelta(hours=closes) - local).total_seconds(),
        )
        for day in days
        if not is_weekend(day)
    ]
    yield 0.0, any(begin <= 0 < end for begin, end in open_hours)
    for begin, end in open_hours:
        yield from ((time, wakes) for time, wakes in ((begin, True), (end, False)) if 0 < time <= length)


class Hours:
    """Hours of working days in a month."""

    def __init__(self, hours: tuple[float, float], start: datetime, length: float) -> None:
        self._times, self._included = zip(*changes(hours, start, length), strict=True)

    def include(self, now: float) -> bool:
        """Whether a second of the month is within the hours."""
        return self._included[bisect_right(self._times, now) - 1]

    def next_change(self, now: float) -> float:
        """Returns the second at which they begin or end next; infinite if they do not in this month."""
        later = bisect_right(self._times, now)
        return self._times[later] if later < len(self._times) else inf
