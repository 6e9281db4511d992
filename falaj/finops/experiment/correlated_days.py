"""Intervals of a mean over days that may resemble their neighbours.

A week or two cannot show how much consecutive days resemble each other: a lag-one estimate from seven days is far too
small, and with it up to 43 % of equal variants were found to differ (simulated on 2026-11-27). So no estimate is used.
A mean is rejected only if it is rejected under every correlation up to a highest one: the likelihood of the days
under the mixture of all alternatives, divided by the greatest likelihood under that mean, must reach 1 / alpha
(universal inference; Wasserman, Ramdas and Balakrishnan, PNAS 117(29), 2020). Under each of the correlations that ratio
is at most a martingale of expectation one, so the interval remains valid however often it is evaluated. Scale and
mixture are those of the mixture t-test (`sequential`).
"""

import math
from typing import TYPE_CHECKING

from falaj.finops.experiment.sequential import tuning

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Values = NDArray[np.float64]

MAX_CORRELATION = 0.9
"""The highest correlation of consecutive days, of a first-order autoregression, under which an interval may hold."""

_CORRELATIONS = (0.0, 0.2, 0.4, 0.6, 0.75)
"""Lower correlations that are tried too."""

_INDEPENDENT = 0.7
"""Share of independent days, which most services have, in the mixture of the alternatives; the other correlations share
the rest. It decides the width of the interval, not its validity.
"""

_SPREAD = 16.0
"""Variance of the mixture of means, in that of the mixture t-test. Differences that are large against the noise of a
day are found in the first two weeks only by a wide mixture; 16 is a compromise between 1 (long experiments) and 64
(short ones).
"""

_STEPS, _MIN_DEVIATIONS, _MAX_DEVIATIONS = 120, 0.01, 1000.0
"""Means at which the evidence is computed, and the distances of the nearest and the farthest, in standard
deviations of a day.
"""


def half_width(by_day: "Values", alpha: float, first: int, highest: float = MAX_CORRELATION) -> float:
    """Returns half the width of the interval around the mean of the days, as much to both sides, which holds under
    every correlation up to the `highest`. Infinite if so few days reject no mean; zero if the days are equal.
    """
    import numpy as np

    deviation = float(np.std(by_day, ddof=1))
    if deviation <= 1e-12 * max(float(np.abs(by_day).max()), 1e-300):
        return 0.0
    days = (by_day - by_day.mean()) / deviation
    distance = np.geomspace(_MIN_DEVIATIONS, _MAX_DEVIATIONS, _STEPS)
    evidence = log_evidence(days, np.concatenate([distance, -distance]), alpha, first, highest).reshape(2, -1)
    excess = evidence.min(axis=0) - math.log(1 / alpha)
    accepted = np.flatnonzero(excess < 0)
    last = int(accepted[-1]) if len(accepted) else 0
    if last == len(distance) - 1:
        return math.inf
    share = float(excess[last] / (excess[last] - excess[last + 1])) if excess[last] < 0 else 0.0
    return deviation * float(distance[last] + share * (distance[last + 1] - distance[last]))


def mixture(highest: float) -> tuple[tuple[float, float], ...]:
    """Returns the correlations up to the `highest`, each with its share in the mixture of the alternatives."""
    if not highest:
        return ((0.0, 1.0),)
    others = (*(each for each in _CORRELATIONS if 0 < each < highest), highest)
    return ((0.0, _INDEPENDENT), *((each, (1 - _INDEPENDENT) / len(others)) for each in others))


def log_evidence(
    days: "Values", means: "Values", alpha: float, first: int, highest: float = MAX_CORRELATION
) -> "Values":
    """Returns the logarithm of the evidence against each mean: of the mixture's likelihood by the greatest likelihood
    of any correlation. `first` is the number of days for which the mixture is tuned.
    """
    import numpy as np

    correlation, share = np.array(mixture(highest)).T[:, :, None]
    number, spread, innovation = len(days), _SPREAD * tuning(alpha, first), 1 - correlation**2
    whitened = np.hstack([np.tile(days[0], innovation.shape), (days[1:] - correlation * days[:-1]) / innovation**0.5])
    one = (1 - correlation) / innovation**0.5  # a mean of 1, whitened, on each day after the first
    information = 1 + (number - 1) * one**2
    total = whitened[:, :1] + one * whitened[:, 1:].sum(1, keepdims=True)
    squares = (whitened**2).sum(1, keepdims=True) - 2 * means * total + means**2 * information
    explained = spread * (total - means * information) ** 2 / (1 + spread * information)
    determinant = (number - 1) * np.log(innovation)
    under_mean = -(determinant + number * np.log(squares)) / 2
    widened = determinant + np.log1p(spread * information)
    under_mixture = np.log(share) - (widened + number * np.log(squares - explained)) / 2
    return np.logaddexp.reduce(under_mixture, axis=0) - under_mean.max(axis=0)
