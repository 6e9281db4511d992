"""Break-even request rate of two variants, from their fixed and variable cost."""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from falaj.finops.experiment.windows import MeasurementWindow

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Values = NDArray[np.float64]

MIN_RATE_VARIATION = 0.05
"""Minimum variation of the request rate (standard deviation by mean) to separate fixed from variable cost."""

RESAMPLES = 1000
SEED = 7


@dataclass(frozen=True)
class CostLine:
    """Cost in USD per hour: `fixed`, plus `variable` for each request per second."""

    fixed: float
    variable: float

    def at(self, rate: float) -> float:
        """Returns the cost in USD per hour at a rate in requests per second."""
        return self.fixed + self.variable * rate


@dataclass(frozen=True)
class BreakEven:
    """The candidate is cheaper above `rate` requests per second, or below it; without a rate, `why` gives the reason.

    `low` and `high` bound 95 % of the bootstrap resamples; `missed` is the share of resamples without a crossing.
    """

    a: CostLine
    b: CostLine
    rate: float | None
    cheaper_above: bool
    low: float | None
    high: float | None
    missed: float
    why: str


def crossing(a: CostLine, b: CostLine) -> float | None:
    """Returns the rate at which the lines cross; None if they do not cross above zero."""
    fixed, variable = b.fixed - a.fixed, a.variable - b.variable
    if fixed * variable <= 0:
        return None
    return fixed / variable


def break_even(a: Sequence[MeasurementWindow], b: Sequence[MeasurementWindow]) -> BreakEven | None:
    """Returns the break-even rate from measured windows by least squares; None if the rate varied too little."""
    import numpy as np

    sides = [_rates_and_costs(side) for side in (a, b)]
    if any(rates.std() < MIN_RATE_VARIATION * rates.mean() for rates, _ in sides):
        return None
    line_a, line_b = (_fit(rates, costs) for rates, costs in sides)
    rate = crossing(line_a, line_b)
    if rate is None:
        cheaper = "the candidate" if line_b.at(1.0) < line_a.at(1.0) else "the baseline"
        return BreakEven(line_a, line_b, None, False, None, None, 1.0, f"{cheaper} is cheaper at every rate")
    random = np.random.default_rng(SEED)
    resamples = [_resampled_crossing(sides, random) for _ in range(RESAMPLES)]
    crossings = [resample for resample in resamples if resample is not None]
    low, high = (
        (float(bound) for bound in np.quantile(crossings, (0.025, 0.975))) if crossings else (math.nan, math.nan)
    )
    cheaper_above = line_b.variable < line_a.variable
    direction = "above" if cheaper_above else "below"
    reason = f"the candidate is cheaper {direction} {rate:.3g} requests a second"
    return BreakEven(line_a, line_b, rate, cheaper_above, low, high, 1 - len(crossings) / RESAMPLES, reason)


def _rates_and_costs(side: Sequence[MeasurementWindow]) -> "tuple[Values, Values]":
    import numpy as np

    rates = np.array([window.requests / window.hours / 3600 for window in side])
    return rates, np.array([window.usd / window.hours for window in side])


def _resampled_crossing(sides: "list[tuple[Values, Values]]", random: "np.random.Generator") -> float | None:
    lines: list[CostLine] = []
    for rates, costs in sides:
        indices = random.integers(0, len(rates), len(rates))
        lines.append(_fit(rates[indices], costs[indices]))
    return crossing(*lines)


def _fit(rates: "Values", costs: "Values") -> CostLine:
    """Fits a line by least squares with non-negative coefficients: a cost that falls with the load is noise."""
    centred = rates - rates.mean()
    sum_of_squares = float(centred @ centred)
    variable = float(centred @ costs) / sum_of_squares if sum_of_squares > 0 else 0.0
    fixed = float(costs.mean()) - variable * float(rates.mean())
    if variable <= 0:
        return CostLine(float(costs.mean()), 0.0)
    if fixed < 0:
        return CostLine(0.0, float(rates @ costs) / float(rates @ rates))
    return CostLine(fixed, variable)
