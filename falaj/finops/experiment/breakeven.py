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

LEAST_SPREAD = 0.05
"""Rates that differ by less than 5 % (deviation by mean) do not tell fixed from variable cost."""

RESAMPLES = 1000
SEED = 7


@dataclass(frozen=True)
class CostLine:
    """USD an hour: `fixed`, and `variable` for each request a second."""

    fixed: float
    variable: float

    def at(self, rate: float) -> float:
        """USD an hour at that many requests a second."""
        return self.fixed + self.variable * rate


@dataclass(frozen=True)
class BreakEven:
    """The candidate is cheaper above `rate` requests a second, or below it; without a rate `why` says the rest.

    `low` and `high` bound 95 % of the bootstrap's resamples, `missed` is the share of them in which no lines cross.
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
    """Where the lines cross at a rate above zero."""
    fixed, variable = b.fixed - a.fixed, a.variable - b.variable
    if fixed * variable <= 0:
        return None
    return fixed / variable


def break_even(a: Sequence[MeasurementWindow], b: Sequence[MeasurementWindow]) -> BreakEven | None:
    """From measured windows by least squares; None where the rate varied too little to say."""
    import numpy as np

    sides = [_points(side) for side in (a, b)]
    if any(rates.std() < LEAST_SPREAD * rates.mean() for rates, _ in sides):
        return None
    line_a, line_b = (_fit(rates, costs) for rates, costs in sides)
    rate = crossing(line_a, line_b)
    if rate is None:
        first = "the candidate" if line_b.at(1.0) < line_a.at(1.0) else "the baseline"
        return BreakEven(line_a, line_b, None, False, None, None, 1.0, f"{first} is cheaper at every rate")
    random = np.random.default_rng(SEED)
    drawn = [_again(sides, random) for _ in range(RESAMPLES)]
    crossings = [one for one in drawn if one is not None]
    low, high = (
        (float(bound) for bound in np.quantile(crossings, (0.025, 0.975))) if crossings else (math.nan, math.nan)
    )
    above = line_b.variable < line_a.variable
    where = "above" if above else "below"
    why = f"the candidate is cheaper {where} {rate:.3g} requests a second"
    return BreakEven(line_a, line_b, rate, above, low, high, 1 - len(crossings) / RESAMPLES, why)


def _points(side: Sequence[MeasurementWindow]) -> "tuple[Values, Values]":
    import numpy as np

    rates = np.array([one.requests / one.hours / 3600 for one in side])
    return rates, np.array([one.usd / one.hours for one in side])


def _again(sides: "list[tuple[Values, Values]]", random: "np.random.Generator") -> float | None:
    lines: list[CostLine] = []
    for rates, costs in sides:
        chosen = random.integers(0, len(rates), len(rates))
        lines.append(_fit(rates[chosen], costs[chosen]))
    return crossing(*lines)


def _fit(rates: "Values", costs: "Values") -> CostLine:
    """Least squares with neither part below zero: a cost that falls with the load is noise."""
    centred = rates - rates.mean()
    whole = float(centred @ centred)
    variable = float(centred @ costs) / whole if whole > 0 else 0.0
    fixed = float(costs.mean()) - variable * float(rates.mean())
    if variable <= 0:
        return CostLine(float(costs.mean()), 0.0)
    if fixed < 0:
        return CostLine(0.0, float(rates @ costs) / float(rates @ rates))
    return CostLine(fixed, variable)
