"""Cost anomalies: single days that deviate from a robust seasonal decomposition, and days from which on the level is
another.

Robust STL (Cleveland et al. 1990, in statsmodels) removes the weekly season and the trend. A day is anomalous if its
remainder is many median absolute deviations from the median and the difference is large enough to matter. Changes of
the level are found before (`levels`) and removed, so that a permanent increase is one anomaly, for good.
"""

import calendar
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING, NamedTuple

from falaj.finops.showback.levels import MIN_DAYS, LevelChange, level_changes, missing_days

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Values = NDArray[np.float64]

SCORE_THRESHOLD = 5.0
"""In standard deviations of a normal distribution with the same median absolute deviation."""

MIN_AED, MIN_SHARE = 20.0, 0.1
"""An anomalous day is reported only if it differs by at least this much, in AED and as a share of the expected cost."""

_MIN_DEVIATION = 0.02
"""Minimum deviation as a share of a usual day: a flat price has no deviation, so any difference would be anomalous."""

_MAD_TO_STANDARD_DEVIATION = 1.4826
"""Factor from median absolute deviation to standard deviation of a normal distribution."""

_TREND_DAYS = 35
"""A trend that follows only a few days absorbs an anomaly: the usual 11 days find half as many."""

_SEASONAL_WINDOW = 701
"""Far more weeks than there are, so that each day of the week has one constant seasonal value."""

_SEASONAL_JUMP = 100
"""Days between which the season is interpolated: it is constant, so this changes nothing but the time."""

_OTHERS, _USUAL_SHARE, _USUAL_SHARE_OF_JOBS = 2, 0.5, 0.4
"""A deviation is usual if this many other days have at least this share of it, wherever they are: batch work of every
tenth day, weekends that vary more than working days, and costs with heavy tails. The cost of work on some days only
(`OF_JOBS`) is more skewed.
"""

_RECURRING = 0.5
"""A day at the same place of every earlier month that deviated by this share of the deviation makes it usual."""


class Deviation(NamedTuple):
    """An anomalous day of a series, or the first of a new level (`lasting`; then cost and expected cost are those of
    an average day since).
    """

    day: date
    expected: float
    score: float
    cost: float
    lasting: bool


@dataclass(frozen=True)
class Anomaly:
    """An anomalous day of one series, or the first of a new level: actual and expected cost of a day in AED."""

    day: date
    business_unit: str
    service: str
    cost: float
    expected: float
    score: float
    lasting: bool = False


def _all_days(daily: Mapping[date, float]) -> list[date]:
    first, last = min(daily), max(daily)
    return [first + timedelta(days=step) for step in range((last - first).days + 1)]


def anomalous_days(daily: Mapping[date, float]) -> list[Deviation]:
    """Returns the anomalous days and the first days of new levels in chronological order; with too few days, none.
    Missing days are no anomalies.
    """
    if not daily or len(days := _all_days(daily)) < MIN_DAYS:
        return []
    changes = level_changes(daily)
    steps = [_step(change, changes, daily) for change in changes]
    return sorted([step for step in steps if abs(step.cost - step.expected) > MIN_AED] + _days(days, daily, changes))


def _step(change: LevelChange, changes: Sequence[LevelChange], daily: Mapping[date, float]) -> Deviation:
    until = min((other.day for other in changes if other.day > change.day), default=date.max)
    costs = [cost for day, cost in daily.items() if change.day <= day < until and cost > 0]
    mean = sum(costs) / len(costs)
    return Deviation(change.day, mean / change.factor, change.evidence**0.5, mean, lasting=True)


def _days(days: Sequence[date], daily: Mapping[date, float], changes: Sequence[LevelChange]) -> list[Deviation]:
    """Returns the single anomalous days, after the changes of the level have been removed."""
    import numpy as np

    missing = set(missing_days(daily))
    factors = np.array([np.prod([change.factor for change in changes if change.day <= day]) for day in days])
    cost = np.array([daily.get(day, 0.0) for day in days])
    level_cost = _filled(days, cost / factors, missing)
    expected, remainder, usual = _decompose(level_cost)
    median = float(np.median(remainder))
    deviation = max(
        _MAD_TO_STANDARD_DEVIATION
        * float(np.median(np.abs(remainder - median)))
        * _degrees_of_freedom_factor(len(days)),
        _MIN_DEVIATION * usual,
    )
    if usual == 0:  # occasional work: most days have no cost, so the median is meaningless
        deviation = max(deviation, float(remainder.std()), 1e-9)
    scores, expected = (remainder - median) / deviation, expected * factors
    differs = np.abs(cost - expected) > np.maximum(MIN_AED, MIN_SHARE * np.abs(expected))
    unusual = np.abs(scores) > max(SCORE_THRESHOLD, _largest_usual(scores, continuous=bool((level_cost > 0).all())))
    by_day = dict(zip(days, scores, strict=True))
    return [
        Deviation(days[index], float(expected[index]), float(scores[index]), float(cost[index]), lasting=False)
        for index in map(int, np.flatnonzero(unusual & differs))
        if days[index] not in missing and not _recurs(days[index], by_day)
    ]


def _largest_usual(scores: "Values", *, continuous: bool) -> float:
    """Returns the largest deviation of which `_OTHERS` further days have the usual share."""
    import numpy as np

    share = _USUAL_SHARE if continuous else _USUAL_SHARE_OF_JOBS
    return float(np.sort(np.abs(scores))[-1 - _OTHERS]) / share


def _filled(days: Sequence[date], cost: "Values", missing: set[date]) -> "Values":
    """Returns the cost with the median of the same weekday on missing days."""
    import numpy as np

    known = np.array([day not in missing for day in days])
    weekday = np.array([day.weekday() for day in days])
    result = cost.copy()
    for index in np.flatnonzero(~known):
        same = cost[known & (weekday == weekday[index])]
        result[index] = np.median(same if len(same) else cost[known])
    return result


def _recurs(day: date, scores: Mapping[date, float]) -> bool:
    """Whether every earlier month deviated in the same way at the same place: counted from its start, from its end, or
    by weekday, such as the first Sunday.
    """
    earlier = sorted({other.replace(day=1) for other in scores if (other.year, other.month) < (day.year, day.month)})
    from_end, week = _length(day) - day.day, (day.day - 1) // 7
    for place in (
        lambda month: day.day - 1,
        lambda month: _length(month) - 1 - from_end,
        lambda month: 7 * week + (day.weekday() - month.weekday()) % 7,
    ):
        days = [month + timedelta(days=place(month)) for month in earlier]
        known = [other for other in days if other in scores]
        if known and all(scores[other] / scores[day] >= _RECURRING for other in known):
            return True
    return False


def _length(month: date) -> int:
    return calendar.monthrange(month.year, month.month)[1]


def _decompose(cost: "Values") -> "tuple[Values, Values, float]":
    """Returns expected cost, remainder and usual level. If every day has a cost, logarithms are decomposed, as the
    variation is proportional to the cost.
    """
    import numpy as np
    from statsmodels.tsa.seasonal import STL

    weekday_medians = np.resize([np.median(cost[first::7]) for first in range(7)], len(cost))
    if np.median(np.abs(cost - weekday_medians)) <= 1e-9 * np.median(np.abs(cost)):  # robust weights need noise
        return weekday_medians, cost - weekday_medians, float(np.median(np.abs(cost)))
    logarithmic = bool((cost > 0).all())
    observed = np.log(cost) if logarithmic else cost
    trend = min(_TREND_DAYS, len(cost) - 1 - len(cost) % 2)  # an odd number below the number of days
    decomposition = STL(
        observed, period=7, seasonal=_SEASONAL_WINDOW, seasonal_deg=0, trend=trend, robust=True,
        seasonal_jump=_SEASONAL_JUMP,
    ).fit()  # fmt: skip
    fitted = decomposition.trend + decomposition.seasonal
    expected = np.exp(fitted) if logarithmic else fitted
    return expected, observed - fitted, 1.0 if logarithmic else float(np.median(np.abs(cost)))


def _degrees_of_freedom_factor(days: int) -> float:
    """Corrects the deviation of a fit's remainder, which is below the noise by the parameters of weekdays and trend."""
    return (days / (days - 7 - 2 * days / _TREND_DAYS)) ** 0.5


def _new_services(
    series: Mapping[tuple[str, str], Mapping[date, float]], known: Collection[tuple[str, str]]
) -> Iterator[Anomaly]:
    """Yields the services that a business unit uses for the first time, after four weeks of files without them: what a
    day of use costs on average, if that matters beside what the unit paid a day before. All of a unit that is new
    itself is new, which is no anomaly.
    """
    first = min((day for daily in series.values() for day in daily), default=date.max)
    for (unit, service), daily in series.items():
        used = {day: cost for day, cost in daily.items() if cost > 0}
        start = min(used, default=first)
        if (unit, service) in known or (start - first).days < MIN_DAYS:
            continue
        before = sum(
            cost for (other, _), days in series.items() if other == unit for day, cost in days.items() if day < start
        )
        mean, usual = sum(used.values()) / len(used), before / (start - first).days
        if before > 0 and mean > max(MIN_AED, MIN_SHARE * usual):
            yield Anomaly(start, unit, service, mean, 0.0, SCORE_THRESHOLD, lasting=len(used) > 1)


def anomalies(series: Mapping[tuple[str, str], Mapping[date, float]]) -> list[Anomaly]:
    """Returns the anomalies of all series by (business unit, service): changes of the level first, then the largest
    difference.
    """
    detected = [
        Anomaly(item.day, unit, service, item.cost, item.expected, item.score, item.lasting)
        for (unit, service), daily in series.items()
        for item in anomalous_days(daily)
    ]
    detected += _new_services(series, {(item.business_unit, item.service) for item in detected})
    return sorted(
        detected, key=lambda item: (not item.lasting, -abs(item.cost - item.expected), item.day, item.service)
    )
