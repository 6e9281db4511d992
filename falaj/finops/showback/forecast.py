"""Forecast for the rest of the month, with a prediction interval of the sum.

A regression on weekday, turn of the month, trend and the changes of the level that were found, with autoregressive
errors. All correlations of consecutive days are simulated, each as often as it is likely, so that the interval holds
what is not known about them too.
"""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from falaj.finops.showback.autoregression import Fit, fits
from falaj.finops.showback.levels import calendar_columns, level_changes, missing_days

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Values = NDArray[np.float64]
    Chosen = NDArray[np.bool_]

CONFIDENCE = 0.9

DAYS_FOR_CALENDAR, DAYS_FOR_LOGARITHMS = 21, 28
"""Minimum days of history for effects of weekdays, and for proportional noise and growth; with fewer, they are
indistinguishable from noise.
"""

GROWTHS = {0.0005: 0.5, 0.005: 0.5}
"""Standard deviation of the relative growth of a day -> probability: half of the series hardly grow in a few months."""

SURE_GROWTH = 0.75
"""Probability of growth from which on the expected cost follows a trend. The interval holds both cases anyway."""

MIN_DAYS, MAX_DAYS = 3, 92
"""Days of history for an interval, and days that are used: what is older says little about this month's trend."""

_SMALL = 1e-9
"""Least cost and noise of a day, so that a series of zeros has a forecast."""

_SAMPLES, _SEED = 4000, 7
"""Simulated months; the same ones each time, so that the same bill has the same forecast."""


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
    """Forecasts the remaining days. Days with an anomaly or with more credits than cost are excluded, as they may not
    recur.
    """
    import numpy as np

    if not remaining or not history:
        return ForecastDays(dict.fromkeys(remaining, 0.0), 0.0, 0.0)
    credited = {day for day, value in history.items() if value < 0}
    left_out = anomalous | credited | frozenset(missing_days(history))
    days = ([day for day in sorted(history) if day not in left_out] or sorted(history))[-MAX_DAYS:]
    cost = np.array([history[day] for day in days])
    if len(days) < MIN_DAYS:
        return ForecastDays(dict.fromkeys(remaining, float(cost.mean())), None, None)
    logarithmic = bool((cost > 0).all()) and len(days) >= DAYS_FOR_LOGARITHMS
    changes = [change.day for change in level_changes(history) if days[0] < change.day <= days[-1]]
    design = _design([*days, *remaining], len(days), changes)
    scale = 1.0 if logarithmic else max(float(np.abs(cost).mean()), _SMALL)
    samples, usual = _samples([*days, *remaining], np.log(cost) if logarithmic else cost, design, scale)
    samples = np.exp(samples) if logarithmic else samples
    # Means and sums are cut off at zero, not samples: theirs would be too high where the cost is low for its noise.
    expected = np.maximum(samples[usual].mean(0), 0.0)
    months = np.maximum(samples.sum(1), 0.0)
    low, high = (float(bound) for bound in np.quantile(months, ((1 - CONFIDENCE) / 2, (1 + CONFIDENCE) / 2)))
    return ForecastDays(dict(zip(remaining, map(float, expected), strict=True)), low, high)


def _design(days: Sequence[date], past: int, changes: Sequence[date]) -> "Values":
    """Returns the design matrix of past and future days, as far as the history is long enough. The last column is the
    trend, if there is one.
    """
    import numpy as np

    if past < DAYS_FOR_CALENDAR:
        return np.ones((len(days), 1))
    number = np.array([float(day.toordinal()) for day in days])
    steps = [np.array([float(day >= change) for day in days]) for change in changes]
    return np.column_stack([*calendar_columns(days, past), *steps, number - number[:past].mean()])


def _samples(days: Sequence[date], values: "Values", design: "Values", scale: float) -> "tuple[Values, Chosen]":
    """Returns simulated values of the days after those of `values`, one row a simulation, and which of them are of the
    likelier growth. `scale` is what a relative growth of 1 is in units of the values.
    """
    import numpy as np

    past = len(values)
    number = np.array([float(day.toordinal()) for day in days])
    fitted: list[Fit] = []
    likelihood: list[float] = []
    grows: list[bool] = []
    for prior, probability in _priors(design[:past], values, scale):
        fitted += (of_prior := fits(number[:past], design[:past], values, prior))
        likelihood += [fit.log_likelihood + math.log(probability) for fit in of_prior]
        grows += [len(fitted) > len(of_prior)] * len(of_prior)
    shares = np.exp(np.array(likelihood) - max(likelihood))
    random = np.random.default_rng(_SEED)
    counts = random.multinomial(_SAMPLES, shares / shares.sum())
    last, gaps = (design[past - 1], float(values[-1])), np.diff(number[past - 1 :])
    samples = [
        _continued(random, int(count), fit, last, design[past:], gaps)
        for fit, count in zip(fitted, counts, strict=True)
    ]
    growing = np.repeat(grows, counts)
    return np.vstack(samples), growing if growing.mean() > SURE_GROWTH else ~growing


def _priors(design: "Values", values: "Values", scale: float) -> "list[tuple[Values, float]]":
    """Returns the standard deviations of the coefficients before the history is seen, in those of the error, with their
    probability: for a series that hardly grows, and for one that does. Only the trend's is finite.
    """
    import numpy as np

    if design.shape[1] == 1:
        return [(np.array([np.inf]), 1.0)]
    residual = values - design[:, :-1] @ np.linalg.lstsq(design[:, :-1], values, rcond=None)[0]
    noise = max(float(residual.std()), 1e-6 * float(np.abs(values).mean()), _SMALL)
    others = np.full(design.shape[1] - 1, np.inf)
    return [(np.append(others, growth * scale / noise), probability) for growth, probability in GROWTHS.items()]


def _continued(
    random: "np.random.Generator", number: int, fit: Fit, last: "tuple[Values, float]", future: "Values", gaps: "Values"
) -> "Values":
    """Returns simulated continuations of the series with one correlation: error variance, coefficients and errors are
    drawn. `last` is the last day's row of the design and its value.
    """
    import numpy as np

    deviation = np.sqrt(fit.squares / random.chisquare(fit.degrees_of_freedom, number))
    factor = np.linalg.svd(fit.spread, hermitian=True)
    root = factor.U * np.sqrt(np.maximum(factor.S, 0.0))
    drawn = fit.coefficients + deviation[:, None] * (random.normal(size=(number, len(root))) @ root.T)
    error = last[1] - drawn @ last[0]
    result = drawn @ future.T
    for index, weight in enumerate(fit.correlation**gaps):
        error = weight * error + deviation * np.sqrt(1 - weight**2) * random.normal(size=number)
        result[:, index] += error
    return result
