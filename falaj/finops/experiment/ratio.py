"""Ratios of sums over days with their error, by the delta method.

Cost per request is the sum of costs divided by the sum of requests, not a mean of ratios, so that days are weighted by
requests. Its error is that of the linearised residuals (cost - ratio x requests) / mean requests: between days, because
whatever disturbs a variant disturbs its neighbouring hours too, and between users if these were assigned to variants,
because more days do not replace the users.
"""

import math
from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from falaj.finops.experiment.correlated_days import MAX_CORRELATION, half_width
from falaj.finops.experiment.sequential import critical_value

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from falaj.finops.experiment.sides import Side
    from falaj.finops.experiment.windows import MeasurementWindow

    Values = NDArray[np.float64]

Measure = Callable[["MeasurementWindow"], float]


@dataclass(frozen=True)
class Confidence:
    """Error probability of an interval, the number of days of its earliest evaluation, and the highest correlation of
    consecutive days under which it holds.
    """

    alpha: float
    first: int
    correlation: float = MAX_CORRELATION


@dataclass(frozen=True)
class IntervalEstimate:
    """A value with its errors. `low` and `high` are valid for repeated evaluation, `once_low` and `once_high` for a
    single one. `deviation` is that of one independent day; `lasting` is the standard error that further days do not
    reduce.
    """

    value: float
    deviation: float
    lasting: float
    days: int
    low: float
    high: float
    once_low: float
    once_high: float

    def times(self, factor: float) -> "IntervalEstimate":
        """Converts to another unit."""
        names = ("value", "deviation", "lasting", "low", "high", "once_low", "once_high")
        return replace(self, **{name: getattr(self, name) * factor for name in names})


@dataclass(frozen=True)
class Ratio:
    """A ratio of sums. `by_day` is the contribution of each day to its error, `lasting` the variance of the users'
    contributions (zero if requests were assigned), `floor` the minimum deviation of one day.
    """

    value: float
    by_day: "Values"
    lasting: float = 0.0
    floor: float = 0.0

    def scaled(self, value: float, factor: float) -> "Ratio":
        """Returns a linear function of the ratio: a new value, and errors multiplied by `factor`."""
        return Ratio(value, self.by_day * factor, self.lasting * factor**2, self.floor * abs(factor))

    def logarithm(self) -> "Ratio":
        """Returns the natural logarithm."""
        return self.scaled(math.log(self.value), 1 / self.value)

    def minus(self, other: "Ratio") -> "Ratio":
        """Returns the difference of two variants. The same days are compared, so effects on both cancel out."""
        value, by_day = self.value - other.value, self.by_day - other.by_day
        return Ratio(value, by_day, self.lasting + other.lasting, math.hypot(self.floor, other.floor))


def ratio(side: "Side", numerator: Measure, denominator: Measure) -> Ratio:
    """Returns the ratio of the sums of two measures of a variant."""
    import numpy as np

    days, users = (
        tuple(np.array([measure(block) for block in blocks], dtype=float) for measure in (numerator, denominator))
        for blocks in (side.days, side.users)
    )
    return ratio_of(days, users if side.users else None)


def ratio_of(days: "tuple[Values, ...]", users: "tuple[Values, ...] | None" = None) -> Ratio:
    """Returns the ratio of sums of (numerators, denominators) by day, and by user if users were assigned."""
    value = float(days[0].sum() / days[1].sum())
    by_day = (days[0] - value * days[1]) / days[1].mean()
    if users is None:
        return Ratio(value, by_day)
    by_user = (users[0] - value * users[1]) / users[1].mean()
    return Ratio(value, by_day, float(by_user.var(ddof=1)) / len(by_user))


def share(side: "Side", hits: Measure, total: Measure) -> Ratio:
    """Returns the ratio of a number of hits to a total number: no error in a thousand requests does not prove that
    there is none.

    Its deviation is at least that of the binomial distribution with one hit and one miss added (the smallest form of
    the Agresti-Coull correction).
    """
    result, number = ratio(side, hits, total), sum(map(total, side.days))
    corrected = (sum(map(hits, side.days)) + 1) / (number + 2)
    return replace(result, floor=(corrected * (1 - corrected) / (number / len(side.days))) ** 0.5)


def deviation(ratio_: Ratio, confidence: Confidence) -> float:
    """Returns the standard deviation of independent days that give the interval of these days, which may resemble their
    neighbours; at least the ratio's `floor`.
    """
    days = len(ratio_.by_day)
    half = half_width(ratio_.by_day, confidence.alpha, confidence.first, confidence.correlation)
    return max(half * math.sqrt(days) / critical_value(days, confidence.alpha, confidence.first), ratio_.floor)


def interval_estimate(ratio_: Ratio, confidence: Confidence) -> IntervalEstimate:
    """Returns the value with both intervals: the always valid one, and that of a single evaluation (Student's t)."""
    from scipy.special import stdtrit

    days = len(ratio_.by_day)
    one_day, lasting = deviation(ratio_, confidence), math.sqrt(ratio_.lasting)
    error = math.hypot(one_day / math.sqrt(days), lasting)
    always = critical_value(days, confidence.alpha, confidence.first) * error
    once = float(stdtrit(days - 1, 1 - confidence.alpha / 2)) * error
    value = ratio_.value
    return IntervalEstimate(value, one_day, lasting, days, value - always, value + always, value - once, value + once)


def days_needed(distance: float, estimate: IntervalEstimate, confidence: Confidence, most: int) -> int:
    """Returns the number of days, at most `most`, after which half the interval is narrower than `distance`."""
    for days in range(estimate.days + 1, most):
        error = math.hypot(estimate.deviation / math.sqrt(days), estimate.lasting)
        if critical_value(days, confidence.alpha, confidence.first) * error < distance:
            return days
    return most
