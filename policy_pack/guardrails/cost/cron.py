"""How often expressions of schedules start something: cron expressions of Unix and AWS, rates, and words.

Expressions of AWS have `cron(minutes hours day-of-month month day-of-week year)` and `rate(5 minutes)` (botocore
1.44.8, scheduler, CreateSchedule; minutes with ranges, lists and steps as strings in public repositories, read
2026-11-30);
those of Velero and of jobs of Kubernetes have five fields, `@hourly` or `@every 10m` (velero-io/velero d2241adba
pkg/apis/velero/v1/schedule_types.go, a cron expression; words by robfig/cron bc59245 doc.go, "Predefined schedules"
and "Intervals", read 2026-12-01).
"""

import re

from ..engine.lazy_regex import lazy_regex
from ..engine.number_conditions import number_of
from ..engine.reading import Plain

_RATE = lazy_regex(r"rate\(\s*(?P<number>\d{1,9})\s+(?P<unit>minute|hour|day)s?\s*\)", re.IGNORECASE)
_CRON = lazy_regex(r"(?:cron\()?\s*(?P<minutes>\S+)\s+(?P<hours>\S+)\s+(?P<days>\S+)\s+\S+\s+(?P<weekdays>[^\s)]+)",
                   re.IGNORECASE)  # fmt: skip
_EVERY = lazy_regex(r"@every\s+(?P<period>\S+)")
_DURATION = lazy_regex(r"(\d{1,9}(?:\.\d{1,9})?)(h|m|s)")
_SECONDS = {"h": 3_600, "m": 60, "s": 1}
_HOUR, _DAY, _MONTH = 60, 24, 30
"""Minutes of an hour, hours of a day, days of a month."""
_WEEK = 7
_WEEKDAYS = ("sun", "mon", "tue", "wed", "thu", "fri", "sat")
_MINUTES = {"minute": 1, "hour": _HOUR, "day": _HOUR * _DAY}
_WORDS = {"@hourly": _DAY, "@daily": 1, "@midnight": 1, "@weekly": 1 / 7, "@monthly": 1 / 30, "@yearly": 1 / 365,
          "@annually": 1 / 365}  # fmt: skip
"""Word -> runs a day."""


def runs_an_hour(expression: Plain) -> float:
    """Returns how many runs an expression starts in an hour, in every hour; at most one if it names the hour."""
    text = str(expression)
    if rate := _RATE.match(text):
        minutes = max(1, int(rate["number"])) * _MINUTES[rate["unit"].lower()]
        return _HOUR / minutes
    cron = _CRON.match(text)
    if cron is None or cron["hours"].isdigit():
        return 1
    return _named(cron["minutes"], _HOUR)


def runs_a_day(expression: Plain) -> float:
    """Returns how many runs an expression starts in a day, on average; 0 if it is none that is known here."""
    text = str(expression).strip()
    if text.lower() in _WORDS:
        return _WORDS[text.lower()]
    if every := _EVERY.match(text):
        return _DAY / max(hours_of(every["period"]), 1 / _SECONDS["h"])
    if rate := _RATE.match(text):
        return _HOUR * _DAY / (max(1, int(rate["number"])) * _MINUTES[rate["unit"].lower()])
    cron = _CRON.match(text)
    if cron is None:
        return 0
    of_day = _named(cron["minutes"], _HOUR) * _named(cron["hours"], _DAY)
    return of_day * _share(cron["days"], _MONTH) * _share(cron["weekdays"], _WEEK)


def hours_of(duration: Plain) -> float:
    """Returns the hours of a duration of Go, such as `720h0m0s`; 0 if it is none."""
    return sum(float(number) * _SECONDS[unit] for number, unit in _DURATION.findall(str(duration))) / _SECONDS["h"]


def _share(field: str, whole: int) -> float:
    """Returns the share of days that a field names."""
    return min(1, _named(field, whole) / whole)


def _named(field: str, whole: int) -> float:
    """Returns how many values of `whole` a field of an expression names: of minutes, 30 of `*/2`, 5 of `10-14`."""
    return sum(_times(part, whole) for part in field.split(","))


def _times(part: str, whole: int) -> float:
    span, _, step = part.partition("/")
    first, _, last = map(_number, span.partition("-"))
    count = (last - first) % whole + 1 if "-" in span else whole if span in ("*", "?") or step else 1
    return max(1, count / (number_of(step) or 1))


def _number(text: str) -> float:
    """Returns the number of a value, which may be the name of a day of the week."""
    return number_of(text) or (_WEEKDAYS.index(text.lower()) if text.lower() in _WEEKDAYS else 0)
