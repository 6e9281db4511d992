"""The spot market of a pool: from a trace of capacity, or reclaims at a constant rate.

A trace says how many machines can be had and kept in each zone: what is in use beyond that is reclaimed, machines drawn
at random. Without a trace there is always capacity, and each machine is reclaimed after an exponential time.
"""

from bisect import bisect_right
from random import Random
from typing import Protocol, TypeVar

from falaj.simulation.platform_model import Platform, PoolModel
from falaj.simulation.work import SpotCapacity, Work

RETRY_SECONDS = 180.0
"""Seconds after which a machine is requested again where the cloud had none: AWS's provider of Karpenter considers an
offering unavailable for 3 minutes (aws/karpenter-provider-aws, pkg/cache/cache.go at commit 0839cc0,
`UnavailableOfferingsTTL`)."""


class _InZone(Protocol):
    zone: int


Machine = TypeVar("Machine", bound=_InZone)


class Market:
    """Spot machines of a pool."""

    def __init__(self, capacity: SpotCapacity | None, reclaims_per_hour: float, random: Random) -> None:
        self._times = [] if capacity is None else [float(time) for time in capacity.at]
        self._machines = [] if capacity is None else [[int(count) for count in row] for row in capacity.machines]
        self._length = 0.0 if capacity is None else float(capacity.length)
        self._reclaims = reclaims_per_hour
        self._random = random
        self.zones = len(self._machines[0]) if self._machines else 1
        self.in_use = [0] * self.zones
        self._none_until = [0.0] * self.zones
        """Time until which a zone is taken to have no spot machine."""

    @property
    def has_trace(self) -> bool:
        """Whether a trace says what capacity there is."""
        return bool(self._machines)

    def free(self, zone: int, now: float) -> float:
        """Returns how many more machines can be had in a zone; infinite without a trace."""
        return self._capacity(now)[zone] - self.in_use[zone] if self._machines else float("inf")

    def best_zone(self, now: float) -> int:
        """Returns the zone with the most free capacity."""
        return max(range(self.zones), key=lambda zone: (self.free(zone, now), -zone))

    def offered(self, zone: int | None, now: float) -> int | None:
        """Returns the zone in which a machine can be had now, any or a given one; None if there is none. A zone that
        has none is not asked again for three minutes."""
        zone = self.best_zone(now) if zone is None else zone
        if self._none_until[zone] > now:
            return None
        if self.free(zone, now) >= 1:
            return zone
        self._none_until[zone] = now + RETRY_SECONDS
        return None

    def next_change(self, now: float) -> float:
        """Returns when the capacity may change next."""
        turns, moment = divmod(now, self._length)
        index = bisect_right(self._times, moment)
        later = self._times[index] if index < len(self._times) else self._length
        return max(turns * self._length + later, now + 1e-6)

    def reclaimed(self, nodes: list[Machine], now: float) -> list[Machine]:
        """Returns which of the nodes on spot machines the cloud reclaims now. `nodes` are those that are not about to
        end: where one ends anyway, no other is taken for it."""
        chosen: list[Machine] = []
        for zone, capacity in enumerate(self._capacity(now)):
            inside = [node for node in nodes if node.zone == zone]
            if len(inside) > capacity:
                chosen += self._random.sample(inside, len(inside) - capacity)
        return chosen

    def life_seconds(self) -> float:
        """Draws how long a machine is kept; infinite if a trace decides, or if machines are never reclaimed."""
        if self._machines or not self._reclaims:
            return float("inf")
        return self._random.expovariate(self._reclaims) * 3600

    def _capacity(self, now: float) -> list[int]:
        return self._machines[bisect_right(self._times, now % self._length) - 1]


def market_of(platform: Platform, pool: PoolModel, work: Work, seed: int) -> Market:
    """Returns the spot market of a pool: its own trace, or that of all pools, or reclaims at a constant rate."""
    random = Random(f"{seed} {pool.key}")  # noqa: S311 - reproducible
    return Market(work.spot_of(pool.key), platform.runs.interruptions_per_hour, random)
