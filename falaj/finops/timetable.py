"""Weekly schedules: the share of a week between start and stop times."""

import re
from collections.abc import Mapping, Set
from decimal import Decimal
from itertools import product

from falaj.facts.calendar import TIMEZONE, UTC_OFFSET_HOURS, WINDOWS_TIMEZONE

DAY = 24 * 60
WEEK = 7 * DAY
"""Minutes per week."""

ZONES: Mapping[str, int] = {
    "UTC": UTC_OFFSET_HOURS * 60,
    "Etc/UTC": UTC_OFFSET_HOURS * 60,
    TIMEZONE: 0,
    WINDOWS_TIMEZONE: 0,
}
"""Time zone -> minutes by which Dubai is ahead of it. Schedules in other zones are not supported."""

DAYS = ("sun", "mon", "tue", "wed", "thu", "fri", "sat")
"""Days of the week as in cron, starting with 0."""

_CRON_RANGE = re.compile(r"(\*|[0-9a-z]{1,4})(?:-([0-9a-z]{1,4}))?(?:/([0-9]{1,4}))?")


def cron_moments(cron: str, zone: str) -> Set[int] | None:
    """Returns the moments of the week of a five-field cron expression, in Dubai time; None if it is not weekly or
    cannot be parsed.
    """
    fields = cron.lower().split()
    if len(fields) != 5 or fields[2:4] != ["*", "*"]:
        return None
    minutes, hours = _field(fields[0], 0, 59), _field(fields[1], 0, 23)
    days = _field(fields[4], 0, 7, DAYS)
    if minutes is None or hours is None or days is None:
        return None
    return moments({day % 7 for day in days}, hours, minutes, zone)


def moments(days: Set[int], hours: Set[int], minutes: Set[int], zone: str) -> Set[int] | None:
    """Returns the minutes since Sunday 00:00 in Dubai of all combinations; None if the time zone is not supported."""
    if zone not in ZONES:
        return None
    return {
        (day * DAY + hour * 60 + minute + ZONES[zone]) % WEEK for day, hour, minute in product(days, hours, minutes)
    }


def running_share(starts: Set[int], stops: Set[int]) -> Decimal | None:
    """Returns the share of the week from each start to the next stop; None without a start or a stop, or if both are at
    one moment, which is ambiguous.
    """
    if not starts or not stops or starts & stops:
        return None
    events = sorted(starts | stops)
    following = dict(zip(events, [*events[1:], events[0] + WEEK], strict=True))
    return Decimal(sum(following[moment] - moment for moment in starts)) / WEEK


def _field(text: str, minimum: int, maximum: int, names: tuple[str, ...] = ()) -> Set[int] | None:
    """Returns the values of one cron field (numbers, names, ranges, steps and lists of them); None if it is invalid."""
    result: set[int] = set()
    for item in text.split(","):
        match = _CRON_RANGE.fullmatch(item)
        if match is None:
            return None
        first, last, step = match.groups()
        start = minimum if first == "*" else _value(first, names)
        end = maximum if first == "*" or (step and not last) else _value(last or first, names)
        if start is None or end is None or not minimum <= start <= end <= maximum or (first == "*" and last):
            return None
        if step is not None and int(step) == 0:
            return None
        result.update(range(start, end + 1, int(step or 1)))
    return result


def _value(text: str, names: tuple[str, ...]) -> int | None:
    return int(text) if text.isdigit() else names.index(text) if text in names else None
