"""The cheapest whole machines with at least so many units: GPUs, or vCPUs of machines without GPUs."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from falaj.simulation.bounds.job_groups import ROUNDING
from falaj.simulation.bounds.offerings import Offering

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from falaj.simulation.work import Numbers

STEPS = 2048
"""Most units of the tables; more are counted in larger units, which machines are rounded up to."""


@dataclass(frozen=True)
class Covering:
    """Prices of whole machines for a number of units, in AED per hour. Resources beside the units are not counted."""

    size: float
    """GPUs, or vCPUs, of a unit of the tables."""
    on_demand: "Numbers"
    """Index: units that on-demand machines must have at least."""
    spot: "Numbers"
    """Row: most spot machines that there are; index as of `on_demand`, infinite where they have fewer units. The last
    row is of any number of machines."""

    @classmethod
    def of(cls, offerings: Sequence[Offering], most: float) -> "Covering":
        """Returns the tables for up to `most` GPUs, or vCPUs."""
        whole = all(offering.machine.gpus for offering in offerings)
        size = max(1.0, float(np.ceil(most / STEPS))) if whole else max(0.25, most / STEPS)
        height = int(np.ceil(most / size)) + 1
        units = [(int(np.ceil(_units(offering) / size)), offering.price, offering.is_spot) for offering in offerings]
        on_demand = _rows([(count, price) for count, price, is_spot in units if not is_spot], height)[-1]
        return cls(size, on_demand, _rows([(count, price) for count, price, is_spot in units if is_spot], height))

    def units(self, amount: "Numbers") -> "NDArray[np.int64]":
        """Returns amounts of GPUs, or vCPUs, in units that whole machines must have at least."""
        return np.ceil(amount / self.size - ROUNDING).astype(np.int64)

    def spot_row(self, machines: "Numbers") -> "NDArray[np.int64]":
        """Returns the row of `spot` for numbers of machines."""
        return np.minimum(machines, len(self.spot) - 1).astype(np.int64)

    def price(self, bound: int, free: int, row: int) -> float:
        """Returns the price of the cheapest machines for `bound` units that must be on demand, and `free` others."""
        return float(np.min(self.on_demand[bound : bound + free + 1] + self.spot[row, free::-1][: free + 1]))


def _units(offering: Offering) -> float:
    return offering.machine.gpus or offering.machine.cpu


def _rows(machines: Sequence[tuple[int, float]], height: int) -> "Numbers":
    """Returns for at most 0, 1, 2 ... machines the least price of at least so many units, until more change nothing."""
    rows = [np.concatenate([[0.0], np.full(height - 1, np.inf)])]
    while True:
        row = rows[-1]
        for units, price in machines:
            reached = min(units, height)
            row = np.minimum(row, price + np.concatenate([np.zeros(reached), rows[-1][: height - reached]]))
        if np.array_equal(row, rows[-1]):
            return np.array(rows)
        rows.append(row)
