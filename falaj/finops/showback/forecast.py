"""Forecast for the rest of the month: linear trend and weekdays by least squares, with a prediction interval."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Values = NDArray[np.float64]

CONFIDENCE = 0.9

WEEKS_FOR_WEEKDAYS, WEEKS_FOR_TREND = 3, 4
"""Minimum weeks of history for weekday effects and for a trend; with fewer, they are indistinguishable from noise."""

MIN_DAYS = 3


@dataclass(frozen=True)
class ForecastDays:
    """The expected cost of the remaining days, and the interval of their sum; no interval if there is too little
    history.
    """

    by_day: Mapping[date, float]
    low: float | None
    high: float | None

    @property
    def expected(self) -> float:
        """The sum of all remaining days."""
        return sum(self.by_day.values())


def forecast(
    history: Mapping[date, float], remaining: Sequence[date], anomalous: frozenset[date] = frozenset()
) -> ForecastDays:
    """Forecasts the remaining days. Days with an anomaly are excluded, as they may not recur."""
    import numpy as np

    if not remaining or not history:
        return ForecastDays(dict.fromkeys(remaining, 0.0), 0.0, 0.0)
    measured_days = [day for day in sorted(history) if day not in anomalous] or sorted(history)
    if len(measured_days) < MIN_DAYS:
        mean = sum(history[day] for day in measured_days) / len(measured_days)
        return ForecastDays(dict.fromkeys(remaining, mean), None, None)
    first, span = measured_days[0], (measured_days[-1] - measured_days[0]).days + 1
    past, future = _design(measured_days, first, span), _design(remaining, first, span)
    cost = np.array([history[day] for day in measured_days])
    coefficients, _, rank, _ = np.linalg.lstsq(past, cost, rcond=None)
    expected = np.maximum(future @ coefficients, 0.0)
    half_width = _half_width(past, future, cost - past @ coefficients, len(measured_days) - int(rank))
    total = float(expected.sum())
    by_day = dict(zip(remaining, (float(value) for value in expected), strict=True))
    return (
        ForecastDays(by_day, max(total - half_width, 0.0), total + half_width)
        if half_width is not None
        else ForecastDays(by_day, None, None)
    )


def _design(days: Sequence[date], first: date, span: int) -> "Values":
    """Returns the design matrix: a constant, weekdays and a trend, as far as the history is long enough."""
    import numpy as np

    columns = [np.ones(len(days))]
    if span >= WEEKS_FOR_WEEKDAYS * 7:
        columns.extend(np.array([float(day.weekday() == weekday) for day in days]) for weekday in range(1, 7))
    if span >= WEEKS_FOR_TREND * 7:
        columns.append(np.array([float((day - first).days) for day in days]))
    return np.column_stack(columns)


def _half_width(past: "Values", future: "Values", residuals: "Values", degrees_of_freedom: int) -> float | None:
    """Returns half the width of the interval of the sum: noise of the remaining days plus uncertainty of the fit, by
    Student's t. None without degrees of freedom.
    """
    import numpy as np
    from scipy.special import stdtrit

    if degrees_of_freedom < 1:
        return None
    row_sum = future.sum(axis=0)
    variance = float(residuals @ residuals) / degrees_of_freedom
    sum_variance = variance * (len(future) + float(row_sum @ np.linalg.pinv(past.T @ past) @ row_sum))
    return float(stdtrit(degrees_of_freedom, (1 + CONFIDENCE) / 2)) * max(sum_variance, 0.0) ** 0.5
