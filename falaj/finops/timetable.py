"""Weekly schedules: the part of a week between opening and closing times."""

import re
from collections.abc import Mapping, Set
from decimal import Decimal
from itertools import product

from falaj.facts.calendar import TIMEZONE, UTC_OFFSET_HOURS, WINDOWS_TIMEZONE

DAY = 24 * 60
WEEK = 7 * DAY
"""Minutes of a week."""

ZONES: Mapping[str, int] = {
    "UTC": UTC_OFFSET_HOURS * 60,
    "Etc/UTC": UTC_OFFSET_HOURS * 60,
    TIMEZONE: 0,
    WINDOWS_TIMEZONE: 0,
}
"""Time zone -> minutes that Dubai is ahead of it. Schedules of other zones are not read."""

DAYS = ("sun", "mon", "tue", "wed", "thu", "fri", "sat")
"""Days of the week as cron counts them, from 0."""

_PART = re.compile(r"(\*|[0-9a-z]+)(?:-([0-9a-z]+))?(?:/([0-9]+))?")


def cron_moments(cron: str, zone: str) -> Set[int] | None:
    """Moments of the week of a five-field cron, in Dubai's time; None where it is not weekly or cannot be read."""
    fields = cron.lower().split()
    if len(fields) != 5 or fields[2:4] != ["*", "*"]:
        return None
    minutes, hours = _field(fields[0], 0, 59), _field(fields[1], 0, 23)
    days = _field(fields[4], 0, 7, DAYS)
    if minutes is None or hours is None or days is None:
        return None
    return moments({day % 7 for day in days}, hours, minutes, zone)


def moments(days: Set[int], hours: Set[int], minutes: Set[int], zone: str) -> Set[int] | None:
    """Minutes after Sunday's beginning in Dubai at which all of these meet; None in a zone that is not read."""
    if zone not in ZONES:
        return None
    return {
        (day * DAY + hour * 60 + minute + ZONES[zone]) % WEEK for day, hour, minute in product(days, hours, minutes)
    }


def share_awake(opens: Set[int], closes: Set[int]) -> Decimal | None:
    """Part of the week from each opening to what comes next; None where it is never opened, never closed, or both at
    one moment: who is awake then, nobody can say."""
    if not opens or not closes or opens & closes:
        return None
    after = sorted(opens | closes)
    following = dict(zip(after, [*after[1:], after[0] + WEEK], strict=True))
    return Decimal(sum(following[moment] - moment for moment in opens)) / WEEK


def _field(text: str, least: int, most: int, names: tuple[str, ...] = ()) -> Set[int] | None:
    """The values of one field: numbers, names, ranges, steps and lists of them; None where it is not one."""
    result: set[int] = set()
    for part in text.split(","):
        match = _PART.fullmatch(part)
        if match is None:
            return None
        first, last, step = match.groups()
        begin = least if first == "*" else _value(first, names)
        end = most if first == "*" or (step and not last) else _value(last or first, names)
        if begin is None or end is None or not least <= begin <= end <= most or (first == "*" and last):
            return None
        if step is not None and int(step) == 0:
            return None
        result.update(range(begin, end + 1, int(step or 1)))
    return result


def _value(word: str, names: tuple[str, ...]) -> int | None:
    return int(word) if word.isdigit() else names.index(word) if word in names else None
