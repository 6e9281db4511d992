"""Forecast of the rest of the month: linear trend and weekdays by least squares, with an interval."""

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
"""With less history a difference between days of the week, or a trend, is noise."""

LEAST_DAYS = 3


@dataclass(frozen=True)
class ForecastDays:
    """What is still to come: expected by day, and the bounds of the sum; without bounds there is too little history."""

    by_day: Mapping[date, float]
    low: float | None
    high: float | None

    @property
    def expected(self) -> float:
        """The sum of all days."""
        return sum(self.by_day.values())


def forecast(
    history: Mapping[date, float], coming: Sequence[date], anomalous: frozenset[date] = frozenset()
) -> ForecastDays:
    """Foretell the days to come. Days with an anomaly do not count; they need not come again."""
    import numpy as np

    if not coming or not history:
        return ForecastDays(dict.fromkeys(coming, 0.0), 0.0, 0.0)
    measured_days = [day for day in sorted(history) if day not in anomalous] or sorted(history)
    if len(measured_days) < LEAST_DAYS:
        mean = sum(history[day] for day in measured_days) / len(measured_days)
        return ForecastDays(dict.fromkeys(coming, mean), None, None)
    first, span = measured_days[0], (measured_days[-1] - measured_days[0]).days + 1
    past, future = _design(measured_days, first, span), _design(coming, first, span)
    cost = np.array([history[day] for day in measured_days])
    solved, _, rank, _ = np.linalg.lstsq(past, cost, rcond=None)
    expected = np.maximum(future @ solved, 0.0)
    wide = _half_width(past, future, cost - past @ solved, len(measured_days) - int(rank))
    total = float(expected.sum())
    by_day = dict(zip(coming, (float(each) for each in expected), strict=True))
    return (
        ForecastDays(by_day, max(total - wide, 0.0), total + wide)
        if wide is not None
        else ForecastDays(by_day, None, None)
    )


def _design(chosen: Sequence[date], first: date, span: int) -> "Values":
    import numpy as np

    columns = [np.ones(len(chosen))]
    if span >= WEEKS_FOR_WEEKDAYS * 7:
        columns.extend(np.array([float(day.weekday() == weekday) for day in chosen]) for weekday in range(1, 7))
    if span >= WEEKS_FOR_TREND * 7:
        columns.append(np.array([float((day - first).days) for day in chosen]))
    return np.column_stack(columns)


def _half_width(past: "Values", future: "Values", residuals: "Values", freedom: int) -> float | None:
    """Of the sum of the days to come: their own noise and what the fit may be off, by Student's t."""
    import numpy as np
    from scipy.special import stdtrit

    if freedom < 1:
        return None
    whole = future.sum(axis=0)
    variance = float(residuals @ residuals) / freedom
    of_sum = variance * (len(future) + float(whole @ np.linalg.pinv(past.T @ past) @ whole))
    return float(stdtrit(freedom, (1 + CONFIDENCE) / 2)) * max(of_sum, 0.0) ** 0.5
