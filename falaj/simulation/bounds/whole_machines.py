"""Bound for jobs that may not wait for long: what must run at a moment needs whole machines at that moment."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from falaj.simulation.bounds.covering import Covering
from falaj.simulation.bounds.job_groups import JobGroup
from falaj.simulation.bounds.spot_windows import changes, machines_at, market
from falaj.simulation.work import SpotCapacity, Work

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from falaj.simulation.work import Flags, Numbers

SHARES = (0.25, 0.5, 1.0, 2.0)
"""Which interruptible jobs are counted: those that pauses make cheaper by at most this share of what they cost. Every
choice gives a bound; the largest is taken."""


def whole_machines_aed(group: JobGroup, work: Work, slack_seconds: float | None) -> float:
    """Returns the AED below which no policy can run the group's jobs if none is without machines for more than
    `slack_seconds` in total, from its submission to its end.

    A job that cannot be interrupted runs at every moment from its latest start to its earliest end. An interruptible
    one may be paused in the first `run` seconds after its submission, which saves at most machines for it alone, for as
    long as the pause; without a limit on waiting, it is not counted.
    """
    moments = _Moments.of(group, work)
    if slack_seconds is None or moments.is_fixed.all():
        return moments.cost(moments.is_fixed)
    own = moments.own_price()
    saved, share = own * slack_seconds / 3600, moments.least_price_of_a_unit()
    value = moments.units * share * np.clip(moments.until - moments.since, 0.0, None) / 3600
    choices = [moments.is_fixed | (saved <= value * limit) for limit in SHARES]
    return max(moments.cost(chosen) - float(saved[chosen & ~moments.is_fixed].sum()) for chosen in choices)


@dataclass(frozen=True)
class _Moments:
    """When jobs run, and what is for sale then."""

    covering: Covering
    limits: tuple[SpotCapacity, ...] | None
    """Markets of spot machines; None if a pool has an unlimited one."""
    length: float
    units: "Numbers"
    """GPUs, or vCPUs, of each job."""
    is_fixed: "Flags"
    """Jobs that cannot be interrupted."""
    since: "Numbers"
    until: "Numbers"

    @classmethod
    def of(cls, group: JobGroup, work: Work) -> "_Moments":
        units = np.where(group.need[:, 0] > 0, group.need[:, 0], group.need[:, 1])
        on_spot = np.array([offering.is_spot for offering in group.offerings])
        is_fixed: Flags = (group.allowed & on_spot).sum(axis=1) == 0
        since, until = np.where(is_fixed, group.latest, group.submit), group.submit + group.run
        markets = [market(work, pool) for pool in {o.pool.key: o.pool for o in group.offerings if o.is_spot}.values()]
        limited = tuple(limit for limit in markets if limit is not None)
        until = np.maximum(since, until)
        peak = float(np.max(_running(units, since, until, np.unique(since)), initial=1.0))
        covering = Covering.of(group.offerings, peak)
        limits = limited if len(limited) == len(markets) else None
        return cls(covering, limits, work.length, units, is_fixed, since, until)

    def spot_rows(self, times: "Numbers") -> "NDArray[np.int64]":
        """Returns the rows of the table of spot machines at times. Markets count together, as if machines of one could
        be had in the other."""
        if self.limits is None:
            return np.full(len(times), len(self.covering.spot) - 1, dtype=np.int64)
        return self.covering.spot_row(sum((machines_at(limit, times) for limit in self.limits), np.zeros(len(times))))

    def own_price(self) -> "Numbers":
        """Returns AED per hour of machines for each job alone, that can be had at any moment."""
        known = self.limits or ()
        rows = self.spot_rows(np.unique(np.concatenate([[0.0], *(limit.at for limit in known)])))
        units = np.minimum(self.covering.units(self.units), len(self.covering.on_demand) - 1)
        if int(rows.min()) < len(self.covering.spot) - 1:  # Spot machines may be in use by others.
            return self.covering.on_demand[units]
        return np.array([self.covering.price(0, count, -1) for count in range(int(units.max()) + 1)])[units]

    def least_price_of_a_unit(self) -> float:
        """Returns the least AED per hour of a GPU, or vCPU, on any machine."""
        tables = np.minimum(self.covering.on_demand[1:], self.covering.spot[-1, 1:])
        return float(np.min(tables / np.arange(1, len(tables) + 1))) / self.covering.size

    def cost(self, counted: "Flags") -> float:
        """Returns the AED of the cheapest whole machines at every moment for the jobs that are counted."""
        rows = counted & (self.since < self.until)
        if not rows.any():
            return 0.0
        steps = [changes(limit, self.length) for limit in self.limits or ()]
        times = np.unique(np.concatenate([self.since[rows], self.until[rows], *steps]))
        fixed, free = rows & self.is_fixed, rows & ~self.is_fixed
        bound = _running(self.units[fixed], self.since[fixed], self.until[fixed], times)
        total = bound + _running(self.units[free], self.since[free], self.until[free], times)
        needed = self.covering.units(bound)
        kinds, kind = np.unique(
            np.column_stack([needed, self.covering.units(total) - needed, self.spot_rows(times)]),
            axis=0,
            return_inverse=True,
        )
        prices = np.array([self.covering.price(*each) for each in kinds.tolist()])
        return float((prices[kind.ravel()[:-1]] * np.diff(times)).sum()) / 3600


def _running(units: "Numbers", since: "Numbers", until: "Numbers", times: "Numbers") -> "Numbers":
    """Returns the units of the jobs that run just after each time."""
    start, end = np.argsort(since), np.argsort(until)
    started = np.concatenate([[0.0], np.cumsum(units[start])])[np.searchsorted(since[start], times, side="right")]
    ended = np.concatenate([[0.0], np.cumsum(units[end])])[np.searchsorted(until[end], times, side="right")]
    # Sums of the same numbers in another order differ in the last digits.
    return np.around(np.maximum(started - ended, 0.0), 6).astype(np.float64)
