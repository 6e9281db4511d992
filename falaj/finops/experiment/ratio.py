"""Ratios of sums over windows with their error, by the delta method.

Cost per request is the sum of costs divided by the sum of requests, not a mean of ratios, so that windows are weighted
by requests. Its error is that of the linearised residuals (cost - ratio x requests) / mean requests.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from statistics import NormalDist
from typing import TYPE_CHECKING

from falaj.finops.experiment.sequential import margin

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Values = NDArray[np.float64]

MAX_CORRELATION = 0.97
"""Maximum correlation of consecutive windows; a higher one cannot be distinguished from a trend."""


@dataclass(frozen=True)
class IntervalEstimate:
    """A value with its errors. `deviation` is that of one window; `low` and `high` are valid for repeated evaluation,
    `once_low` and `once_high` for a single one.
    """

    value: float
    deviation: float
    windows: int
    low: float
    high: float
    once_low: float
    once_high: float

    def times(self, factor: float) -> "IntervalEstimate":
        """Converts to another unit."""
        return IntervalEstimate(
            self.value * factor,
            self.deviation * factor,
            self.windows,
            *(bound * factor for bound in (self.low, self.high, self.once_low, self.once_high)),
        )


def ratio(numerator: Sequence[float], denominator: Sequence[float]) -> tuple[float, "Values"]:
    """Returns the ratio of the sums, and each window's contribution to its error."""
    import numpy as np

    numerators, denominators = np.asarray(numerator, dtype=float), np.asarray(denominator, dtype=float)
    value = float(numerators.sum() / denominators.sum())
    return value, (numerators - value * denominators) / denominators.mean()


def deviation(influence: "Values", floor: float = 0.0) -> float:
    """Returns the standard deviation of one window's contribution, widened if consecutive windows are correlated."""
    import numpy as np

    return float(np.sqrt(max(float(np.var(influence, ddof=1)), floor**2) * variance_inflation(influence)))


def variance_inflation(influence: "Values") -> float:
    """Returns how many windows carry the information of one independent window: (1 + r) / (1 - r), where r is the
    correlation of consecutive windows in a first-order autoregression, corrected for small numbers of windows
    (Kendall).
    """
    centred = influence - influence.mean()
    sum_of_squares = float(centred @ centred)
    correlation = float(centred[1:] @ centred[:-1]) / sum_of_squares if sum_of_squares > 0 else 0.0
    correlation += (1 + 3 * correlation) / len(influence)
    correlation = min(max(correlation, 0.0), MAX_CORRELATION)
    return (1 + correlation) / (1 - correlation)


def chance_floor(hits: float, total: float, windows: int) -> float:
    """Returns the minimum deviation of one window of a share: no error in a thousand requests does not prove that there
    is none.

    It is that of the binomial distribution with one hit and one miss added (the smallest form of the Agresti-Coull
    correction).
    """
    share = (hits + 1) / (total + 2)
    return (share * (1 - share) / (total / windows)) ** 0.5


def interval_estimate(value: float, deviation_: float, windows: int, alpha: float, planned: int) -> IntervalEstimate:
    """Returns the value with both intervals: the always valid one, and that of a single evaluation."""
    sequential_margin = margin(windows, alpha, planned) * deviation_
    single_margin = NormalDist().inv_cdf(1 - alpha / 2) * deviation_ / windows**0.5
    return IntervalEstimate(
        value,
        deviation_,
        windows,
        value - sequential_margin,
        value + sequential_margin,
        value - single_margin,
        value + single_margin,
    )


def difference_deviation(
    a: "Values", b: "Values", paired: bool, floors: tuple[float, float] = (0.0, 0.0)
) -> tuple[float, int]:
    """Returns the deviation of one window of the difference b - a, and the equivalent number of windows.

    Paired windows of the same hours are compared with each other, so that effects on both variants cancel out.
    """
    floor = (floors[0] ** 2 + floors[1] ** 2) ** 0.5
    if paired:
        return deviation(b - a, floor), len(a)
    windows = min(len(a), len(b))
    variance = deviation(a, floors[0]) ** 2 / len(a) + deviation(b, floors[1]) ** 2 / len(b)
    return (variance * windows) ** 0.5, windows
