"""Cost anomalies: days that deviate from a robust seasonal decomposition.

Robust STL (Cleveland et al. 1990, in statsmodels) removes the weekly season and the trend. A day is anomalous if its
remainder is many median absolute deviations from the median and the difference is large enough to matter. After a
permanent increase, the first days are anomalous; then it is the new normal.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Values = NDArray[np.float64]

MIN_DAYS = 28
"""Four weeks: fewer days give no weekly season. Simulated with noise of 6 % and days off at half the cost: of normal
days, 0.8 % are reported at 28 days, 0.1 % at 54, 0.01 % at 90; of days at 1.6 times their cost, 96 to 99 % are found.
"""

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
    """Returns (day, expected cost, score) of the anomalous days. The days must be consecutive; with
    too few days, none.
    """
    import numpy as np

    days = sorted(daily)
    if len(days) < MIN_DAYS:
        return []
    cost = np.array([daily[day] for day in days])
    expected, remainder, usual = _decompose(cost)
    median = float(np.median(remainder))
    deviation = max(
        _MAD_TO_STANDARD_DEVIATION
        * float(np.median(np.abs(remainder - median)))
        * _degrees_of_freedom_factor(len(days)),
        _MIN_DEVIATION * usual,
    )
    if usual == 0:  # occasional work: most days have no cost, so the median is meaningless
        deviation = max(deviation, float(remainder.std()), 1e-9)
    scores = (remainder - median) / deviation
    min_difference = np.maximum(MIN_AED, MIN_SHARE * np.abs(expected))
    anomalous = np.flatnonzero((np.abs(scores) > SCORE_THRESHOLD) & (np.abs(cost - expected) > min_difference))
    return [(days[index], float(expected[index]), float(scores[index])) for index in anomalous]


def _decompose(cost: "Values") -> "tuple[Values, Values, float]":
    """Returns expected cost, remainder and usual level. If every day has a cost, logarithms are decomposed, as the
    variation is proportional to the cost.
    """
    import numpy as np
    from statsmodels.tsa.seasonal import STL

    weekday_medians = np.array([np.median(cost[index % 7 :: 7]) for index in range(len(cost))])
    if np.median(np.abs(cost - weekday_medians)) <= 1e-9 * np.median(np.abs(cost)):  # robust weights need noise
        return weekday_medians, cost - weekday_medians, float(np.median(np.abs(cost)))
    logarithmic = bool((cost > 0).all())
    observed = np.log(cost) if logarithmic else cost
    trend = min(_TREND_DAYS, len(cost) - 1 - len(cost) % 2)  # an odd number below the number of days
    decomposition = STL(observed, period=7, seasonal=_SEASONAL_WINDOW, seasonal_deg=0, trend=trend, robust=True).fit()
    fitted = decomposition.trend + decomposition.seasonal
    expected = np.exp(fitted) if logarithmic else fitted
    return expected, observed - fitted, 1.0 if logarithmic else float(np.median(np.abs(cost)))


def _degrees_of_freedom_factor(days: int) -> float:
    """Corrects the deviation of a fit's remainder, which is below the noise by the parameters of weekdays and trend."""
    return (days / (days - 7 - 2 * days / _TREND_DAYS)) ** 0.5


def anomalies(series: Mapping[tuple[str, str], Mapping[date, float]]) -> list[Anomaly]:
    """Returns the anomalies of all series by (business unit, service), largest difference first."""
    detected = [
        Anomaly(day, unit, service, daily[day], expected, score)
        for (unit, service), daily in series.items()
        for day, expected, score in anomalous_days(daily)
    ]
    return sorted(detected, key=lambda anomaly: (-abs(anomaly.cost - anomaly.expected), anomaly.day, anomaly.service))
