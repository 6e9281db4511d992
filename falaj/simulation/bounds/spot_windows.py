"""How long, and for how many machines, a market has spot capacity between two times."""

from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from falaj.simulation.platform_model import PoolModel
from falaj.simulation.work import SpotCapacity, Work

if TYPE_CHECKING:
    from falaj.simulation.work import Numbers


def market(work: Work, pool: PoolModel) -> SpotCapacity | None:
    """Returns the spot machines that a pool can use at a time, as one zone; None if they are not limited. A machine
    that is reclaimed computes until its notice has passed."""
    capacity = work.spot_of(pool.key)
    if capacity is None:
        return None
    machines = capacity.machines.sum(axis=1)
    period, notice = capacity.length, min(pool.notice_seconds, capacity.length)
    at = np.unique(np.concatenate([capacity.at, (capacity.at + notice) % period]))
    most = np.array([_most(capacity.at, machines, period, time - notice, time) for time in at.tolist()])
    return SpotCapacity(at, most[:, None], period)


def _most(at: "Numbers", machines: NDArray[np.int32], period: float, start: float, end: float) -> int:
    """Returns the largest number of machines after `start` and up to `end`."""
    times, levels = np.concatenate([at - period, at]), np.concatenate([machines, machines])
    first = int(np.searchsorted(times, start, side="right")) - 1
    last = int(np.searchsorted(times, end, side="right"))
    return int(levels[max(first, 0) : last].max())


def machines_at(capacity: SpotCapacity, times: "Numbers") -> "Numbers":
    """Returns the machines that the market has at times."""
    step = np.searchsorted(capacity.at, times % capacity.length, side="right") - 1
    return capacity.machines[step, 0].astype(float)


def changes(capacity: SpotCapacity, length: float) -> "Numbers":
    """Returns the times in [0, length) at which the number of machines may change."""
    repeats = int(np.ceil(length / capacity.length))
    times = (np.arange(repeats)[:, None] * capacity.length + capacity.at[None, :]).ravel()
    return times[times < length]


def seconds_available(capacity: SpotCapacity, start: "Numbers", end: "Numbers") -> "Numbers":
    """Returns the seconds between two times in which the market has any machine."""
    has_any = capacity.machines[:, 0] > 0
    return _integral(capacity, has_any, end) - _integral(capacity, has_any, start)


def machine_hours(capacity: SpotCapacity, length: float) -> float:
    """Returns the machine-hours that the market has from 0 to `length` seconds."""
    return float(_integral(capacity, capacity.machines[:, 0], np.array([length]))[0]) / 3600


def _integral(capacity: SpotCapacity, level: "NDArray[np.bool_] | NDArray[np.int32]", times: "Numbers") -> "Numbers":
    knots = np.append(capacity.at, capacity.length)
    total = np.concatenate([[0.0], np.cumsum(level * np.diff(knots))])
    whole, rest = np.divmod(times, capacity.length)
    return whole * total[-1] + np.interp(rest, knots, total)
