"""Ratios of sums over windows with their error, by the delta method.

A cost per request is the sum of costs by the sum of requests and not a mean of ratios: a window with few requests must
not count like one with many. Its error is that of the linearised residuals (cost - ratio x requests) / mean requests.
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

MOST_CORRELATION = 0.97
"""Of one window with the next; what is beyond cannot be told from a trend."""


@dataclass(frozen=True)
class IntervalEstimate:
    """A figure with its errors. `deviation` is that of one window; `low` and `high` hold under peeking."""

    value: float
    deviation: float
    windows: int
    low: float
    high: float
    once_low: float
    once_high: float

    def times(self, factor: float) -> "IntervalEstimate":
        """In another unit."""
        return IntervalEstimate(
            self.value * factor,
            self.deviation * factor,
            self.windows,
            *(bound * factor for bound in (self.low, self.high, self.once_low, self.once_high)),
        )


def ratio(top: Sequence[float], bottom: Sequence[float]) -> tuple[float, "Values"]:
    """The ratio of the sums, and what each window adds to its error."""
    import numpy as np

    over, under = np.asarray(top, dtype=float), np.asarray(bottom, dtype=float)
    value = float(over.sum() / under.sum())
    return value, (over - value * under) / under.mean()


def deviation(influence: "Values", floor: float = 0.0) -> float:
    """The standard deviation of one window's part, wider where windows resemble their neighbours."""
    import numpy as np

    return float(np.sqrt(max(float(np.var(influence, ddof=1)), floor**2) * resemblance(influence)))


def resemblance(influence: "Values") -> float:
    """How many windows say as much as one that owes nothing to its neighbours: (1 + r) / (1 - r) of the correlation r
    with the next, as in an autoregression of the first order. r is corrected for being small in few windows (Kendall).
    """
    centred = influence - influence.mean()
    whole = float(centred @ centred)
    correlation = float(centred[1:] @ centred[:-1]) / whole if whole > 0 else 0.0
    correlation += (1 + 3 * correlation) / len(influence)
    correlation = min(max(correlation, 0.0), MOST_CORRELATION)
    return (1 + correlation) / (1 - correlation)


def chance_floor(hits: float, of: float, windows: int) -> float:
    """The least deviation of one window of a share: no error in a thousand requests is no proof that there is none.

    The binomial's, with one hit and one miss added (Agresti and Coull's remedy in its smallest form).
    """
    share = (hits + 1) / (of + 2)
    return (share * (1 - share) / (of / windows)) ** 0.5


def measured(value: float, deviation_: float, windows: int, alpha: float, planned: int) -> IntervalEstimate:
    """With both intervals: always valid, and of a single look."""
    always = margin(windows, alpha, planned) * deviation_
    once = NormalDist().inv_cdf(1 - alpha / 2) * deviation_ / windows**0.5
    return IntervalEstimate(value, deviation_, windows, value - always, value + always, value - once, value + once)


def apart(a: "Values", b: "Values", paired: bool, floors: tuple[float, float] = (0.0, 0.0)) -> tuple[float, int]:
    """The deviation of one window of the difference b - a, and how many windows that stands for.

    Windows of the same hours are compared with each other, so that what comes over both does not count.
    """
    floor = (floors[0] ** 2 + floors[1] ** 2) ** 0.5
    if paired:
        return deviation(b - a, floor), len(a)
    windows = min(len(a), len(b))
    variance = deviation(a, floors[0]) ** 2 / len(a) + deviation(b, floors[1]) ** 2 / len(b)
    return (variance * windows) ** 0.5, windows
