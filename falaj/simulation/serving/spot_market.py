"""Spot machines that a pool can get and keep: from a trace, or interruptions at a constant rate."""

import math
from bisect import bisect_right
from collections.abc import Mapping
from typing import TYPE_CHECKING

import numpy as np

from falaj.simulation.platform_model import PoolModel

if TYPE_CHECKING:
    from falaj.simulation.work import SpotCapacity

UNLIMITED = 1 << 30
"""Machines of a market without a trace."""


class SpotMarket:
    """Spot machines of a pool. Its zones are one market here."""

    def __init__(self, capacity: "SpotCapacity | None", interruptions_per_hour: float, seed: int) -> None:
        """`interruptions_per_hour` applies where there is no trace."""
        self._rate = 0.0 if capacity else interruptions_per_hour / 3600
        self._random = np.random.default_rng(seed)
        self._length = capacity.length if capacity else math.inf
        self._at = capacity.at.tolist() if capacity else [0.0]
        self._machines = capacity.machines.sum(axis=1).tolist() if capacity else [UNLIMITED]

    def machines(self, now: float) -> int:
        """Returns the number of machines that can be had and kept."""
        moment = now % self._length if self._length < math.inf else 0.0
        return self._machines[bisect_right(self._at, moment) - 1]

    def lost(self, asked: float) -> float:
        """Returns when a machine that is requested now will be interrupted; infinite if not by this market."""
        return asked + self._random.exponential(1 / self._rate) if self._rate else math.inf


def market(
    pool: PoolModel, capacity: "Mapping[str, SpotCapacity]", interruptions_per_hour: float, seed: int
) -> SpotMarket:
    """Returns the market of a pool: its own trace, or that of all pools, or none."""
    return SpotMarket(capacity.get(pool.key, capacity.get("*")), interruptions_per_hour, seed)
