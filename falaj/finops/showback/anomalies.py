"""Cost anomalies: days that deviate from a robust seasonal decomposition.

STL with robust weights (Cleveland et al. 1990, of statsmodels) takes the week and the trend away; a day is odd where
the rest is many median deviations from its median, and worth a look at all. A step up is odd in its first days and then
the new normal.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Values = NDArray[np.float64]

LEAST_DAYS = 28
"""Four weeks: with less there is no week to take away. Simulated with noise of 6 % and days off at half the cost: of
usual days 0.8 % are called odd at 28 days, 0.1 % at 54, 0.01 % at 90; of days at 1.6 times their cost 96 to 99 % are
found.
"""

SCORE = 5.0
"""In standard deviations of a normal distribution with that median deviation."""

LEAST_AED, LEAST_PART = 20.0, 0.1
"""An odd day is less interesting than that where it is off by less, in dirhams or of the expected day."""

_STEADY = 0.02
"""The least deviation, of a usual day: a flat price has none at all, and every fils would be odd."""

_TO_DEVIATION = 1.4826
"""Of a median deviation, for a normal distribution."""

_TREND_DAYS = 35
"""A trend that follows a few days takes an odd one for its own: the usual 11 days find half as well."""

_SEASON = 701
"""Far more weeks than there are: each day of the week is the same all the time."""


@dataclass(frozen=True)
class Anomaly:
    """An anomalous day of one series: actual and expected cost in AED."""

    day: date
    business_unit: str
    service: str
    cost: float
    expected: float
    score: float


def anomalous_days(daily: Mapping[date, float]) -> list[tuple[date, float, float]]:
    """(Day, expected, score) of the odd ones. The days must follow each other; with too few there are none."""
    import numpy as np

    days = sorted(daily)
    if len(days) < LEAST_DAYS:
        return []
    cost = np.array([daily[day] for day in days])
    expected, rest, usual = _apart(cost)
    middle = float(np.median(rest))
    deviation = max(_TO_DEVIATION * float(np.median(np.abs(rest - middle))) * _fitted(len(days)), _STEADY * usual)
    if usual == 0:  # work that comes now and then: on most days there is none, and a median says nothing
        deviation = max(deviation, float(rest.std()), 1e-9)
    scores = (rest - middle) / deviation
    least = np.maximum(LEAST_AED, LEAST_PART * np.abs(expected))
    chosen = np.flatnonzero((np.abs(scores) > SCORE) & (np.abs(cost - expected) > least))
    return [(days[index], float(expected[index]), float(scores[index])) for index in chosen]


def _apart(cost: "Values") -> "tuple[Values, Values, float]":
    """What was to be expected, the rest and what is usual. Where every day costs something by its logarithm: days off
    vary as much less as they cost less.
    """
    import numpy as np
    from statsmodels.tsa.seasonal import STL

    flat = np.array([np.median(cost[index % 7 :: 7]) for index in range(len(cost))])
    if np.median(np.abs(cost - flat)) <= 1e-9 * np.median(np.abs(cost)):  # robust weights need some noise
        return flat, cost - flat, float(np.median(np.abs(cost)))
    by_factor = bool((cost > 0).all())
    seen = np.log(cost) if by_factor else cost
    trend = min(_TREND_DAYS, len(cost) - 1 - len(cost) % 2)  # odd, and shorter than what it is a trend of
    result = STL(seen, period=7, seasonal=_SEASON, seasonal_deg=0, trend=trend, robust=True).fit()
    fitted = result.trend + result.seasonal
    expected = np.exp(fitted) if by_factor else fitted
    return expected, seen - fitted, 1.0 if by_factor else float(np.median(np.abs(cost)))


def _fitted(days: int) -> float:
    """What a fit leaves over is less than the noise: by the days of the week and the bends of the trend."""
    return (days / (days - 7 - 2 * days / _TREND_DAYS)) ** 0.5


def anomalies(series: Mapping[tuple[str, str], Mapping[date, float]]) -> list[Anomaly]:
    """Of all series by (business unit, service); the dearest first."""
    result = [
        Anomaly(day, unit, service, daily[day], expected, score)
        for (unit, service), daily in series.items()
        for day, expected, score in anomalous_days(daily)
    ]
    return sorted(result, key=lambda one: (-abs(one.cost - one.expected), one.day, one.service))
