"""Quotas of a site's queues and what is used of them, as Kueue counts it (pkg/cache/scheduler, v0.17.0). Pure.

All queues of a site are in one cohort. The components set no lending limit, so all nominal quota is shared: a queue may
use what the cohort has left, up to its own quota and its borrowing limit (`available`, resource_node.go).
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from math import floor, inf
from typing import TYPE_CHECKING

import numpy as np

from falaj.simulation.jobs.job import Amounts, Job, Three

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from falaj.simulation.jobs.prospects import Edges

ROUNDING = 1e-6
"""Difference of vCPUs or GiB that counts as rounding: Kueue counts in thousandths and bytes."""

SAME = 1e-12
"""Difference of shares that counts as none."""

NOTHING = Amounts(0, 0, 0)

RESOURCES = range(len(Amounts._fields))
"""Indices of the resources in `Amounts`."""


def plus(left: Three, right: Three) -> Three:
    """Returns the sum."""
    return left[0] + right[0], left[1] + right[1], left[2] + right[2]


def minus(left: Three, right: Three) -> Three:
    """Returns the difference."""
    return left[0] - right[0], left[1] - right[1], left[2] - right[2]


def times(unit: Amounts, units: float) -> Three:
    """Returns a quota of some units, with vCPUs and GiB rounded down as the controller writes them."""
    if units == inf:
        return inf, inf, inf
    cpu = units * unit.cpu
    # Pools without GPUs are counted in vCPUs, which need not be whole.
    return units * unit.gpus, floor(cpu) if unit.gpus else cpu, floor(units * unit.memory)


@dataclass(slots=True, eq=False)
class ClusterQueue:
    """The queue of a tenant. Its share and what it borrows are computed once for each change of its usage."""

    tenant: str
    weight: float
    nominal: dict[str, Three]
    """Key of a pool -> quota."""
    limit: dict[str, Three]
    """Key of a pool -> quota and what may be borrowed."""
    usage: dict[str, Three] = field(default_factory=dict)
    admitted: dict[Job, None] = field(default_factory=dict)
    """Jobs that use quota, in the order of their admission."""
    stop: str = "None"
    over: dict[str, Three] = field(default_factory=dict)
    """Key of a pool -> what it uses beyond its quota."""
    borrowing: set[str] = field(default_factory=set)
    """Keys of the pools of which it uses more than its quota of any resource."""
    share: float | None = None
    """Its share now; None if that must be computed again."""

    def is_borrowing_with(self, key: str, asks: Three) -> bool:
        """Returns whether it would use more than its quota of any resource of a pool with `asks` more."""
        return _is_beyond(plus(self.usage[key], asks), self.nominal[key])

    def use(self, key: str, usage: Three) -> bool:
        """Sets what it uses of a pool. Returns whether that changes what it uses beyond its quota."""
        own = self.nominal[key]
        gpus, cpu, memory = usage[0] - own[0], usage[1] - own[1], usage[2] - own[2]
        over = (gpus if gpus > 0 else 0.0, cpu if cpu > 0 else 0.0, memory if memory > 0 else 0.0)
        self.usage[key] = usage
        if self.over.get(key) == over:
            return False
        self.over[key], self.share = over, None
        if _is_beyond(usage, own):
            self.borrowing.add(key)
        else:
            self.borrowing.discard(key)
        return True


def _is_beyond(usage: Three, own: Three) -> bool:
    return usage[0] > own[0] + ROUNDING or usage[1] > own[1] + ROUNDING or usage[2] > own[2] + ROUNDING


def column(of: Three) -> NDArray[np.float64]:
    """Returns three amounts as a column, to compare with columns of amounts."""
    return np.array(of, dtype=float)[:, None]


def any_resource(which: NDArray[np.bool_]) -> NDArray[np.bool_]:
    """Returns which columns of three are true for any resource. It takes less time than `any` of few columns."""
    return which[0] | which[1] | which[2]


def shares(cohort: Cohort, queue: ClusterQueue, key: str, usage: NDArray[np.float64]) -> NDArray[np.float64]:
    """Returns the share of a queue if it used so much of a pool, for columns of GPUs, vCPUs and GiB
    (`Cohort.share_with`)."""
    others = [over for other, over in queue.over.items() if other != key]
    lent = column(cohort.lendable)
    lent[lent <= 0] = inf
    more = np.maximum(usage - column(queue.nominal[key]), 0.0)
    for over in others:
        more += column(over)
    ratios = (more > ROUNDING) * (more / lent)
    ratio: NDArray[np.float64] = np.maximum(np.maximum(ratios[0], ratios[1]), ratios[2])
    return ratio / queue.weight if queue.weight else np.where(ratio > 0, inf, 0.0)


class Cohort:
    """The queues of a site."""

    def __init__(self, queues: Iterable[ClusterQueue]) -> None:
        self.queues = {queue.tenant: queue for queue in queues}
        self.total: dict[str, Three] = {}
        """Key of a pool -> quota of all queues."""
        self.used: dict[str, Three] = {}
        self.reserved: dict[str, Three] = {}
        """Key of a pool -> what is kept for jobs that wait for others to end, beyond what those will free; negative
        where those will free more."""
        self.lendable: Three = NOTHING
        """Quota of all queues in all pools."""
        self.edges: dict[str, dict[str, Edges]] = {}
        """Key of a pool -> tenant -> what `prospects` computed since the last change that matters to it."""
        self._rooms: dict[str, Three] = {}
        """Key of a pool -> its room, since the last change."""
        for queue in self.queues.values():
            queue.usage = {key: queue.usage.get(key, NOTHING) for key in queue.nominal}
        self.count()

    def count(self) -> None:
        """Adds the quotas up after a change of them."""
        self.total, self.used, self.lendable = {}, {}, NOTHING
        self.edges.clear()
        self._rooms.clear()
        for queue in self.queues.values():
            for key, own in queue.nominal.items():
                self.total[key] = plus(self.total.get(key, NOTHING), own)
                self.used[key] = plus(self.used.get(key, NOTHING), queue.usage[key])
                self.lendable = plus(self.lendable, own)
                queue.use(key, queue.usage[key])
            queue.share = None

    def add(self, queue: ClusterQueue, key: str, amounts: Three) -> None:
        """Adds usage."""
        self.used[key] = plus(self.used[key], amounts)
        self._forget(key, queue.use(key, plus(queue.usage[key], amounts)))

    def remove(self, queue: ClusterQueue, key: str, amounts: Three) -> None:
        """Removes usage."""
        self.used[key] = minus(self.used[key], amounts)
        self._forget(key, queue.use(key, minus(queue.usage[key], amounts)))

    def reserve(self, key: str, amounts: Three) -> None:
        """Keeps quota for a job for which others are being evicted, so that no third one takes it meanwhile."""
        self._forget(key)
        self.reserved[key] = plus(self.reserved.get(key, NOTHING), amounts)

    def release_reserved(self) -> None:
        """Keeps no quota any more."""
        for key in self.reserved:
            self._forget(key)
        self.reserved.clear()

    def restore(
        self,
        key: str,
        used: Three,
        usage: Iterable[tuple[ClusterQueue, Three, float | None]],
        edges: dict[str, dict[str, Edges]],
    ) -> None:
        """Sets again exactly what the cohort and its queues used of a pool, with their shares and the edges of then:
        adding what was removed would round."""
        self._forget(key)
        self.used[key], self.edges = used, edges
        for queue, amounts, share in usage:
            queue.use(key, amounts)
            queue.share = share

    def room(self, key: str) -> Three:
        """Returns what no queue uses of each resource of a pool, and none has reserved; less than 0 where quotas were
        lowered since."""
        room = self._rooms.get(key)
        if room is None:
            total, used, reserved = self.total[key], self.used[key], self.reserved.get(key, NOTHING)
            room = self._rooms[key] = (
                total[0] - (used[0] + max(reserved[0], 0.0)),
                total[1] - (used[1] + max(reserved[1], 0.0)),
                total[2] - (used[2] + max(reserved[2], 0.0)),
            )
        return room

    def _forget(self, key: str, changes_shares: bool = False) -> None:
        """Forgets what was computed before a change of a pool: all edges only if that changes the share of a queue."""
        self._rooms.pop(key, None)
        if changes_shares:
            self.edges.clear()
        else:
            self.edges.pop(key, None)

    def left(self, queue: ClusterQueue, key: str) -> Three:
        """Returns what is available to a queue of each resource of a pool."""
        room, limit, own = self.room(key), queue.limit[key], queue.usage[key]
        gpus, cpu, memory = limit[0] - own[0], limit[1] - own[1], limit[2] - own[2]
        # A conditional expression takes a third of the time of `min`.
        return (
            gpus if gpus < room[0] else room[0],
            cpu if cpu < room[1] else room[1],
            memory if memory < room[2] else room[2],
        )

    def lacks(self, queue: ClusterQueue, key: str, asks: Three) -> bool:
        """Returns whether less than `asks` is available to a queue."""
        gpus, cpu, memory = self.left(queue, key)
        return (
            (asks[0] > 0 and asks[0] > gpus + ROUNDING)
            or (asks[1] > 0 and asks[1] > cpu + ROUNDING)
            or (asks[2] > 0 and asks[2] > memory + ROUNDING)
        )

    def contested(self, queue: ClusterQueue, key: str, asks: Three) -> list[int]:
        """Returns the resources of which less than `asks` is available to a queue, as indices of `Amounts`."""
        left = self.left(queue, key)
        return [at for at, ask in enumerate(asks) if ask > 0 and ask > left[at] + ROUNDING]

    def borrowers(self, queue: ClusterQueue, key: str) -> list[ClusterQueue]:
        """Returns the other queues that use more than their quota of a pool: only from them jobs are evicted."""
        return [other for other in self.queues.values() if key in other.borrowing and other is not queue]

    def is_beyond(self, queue: ClusterQueue, key: str, asks: Three) -> bool:
        """Returns whether a queue could not have as much even if nothing else ran (`potentialAvailable`)."""
        total, limit = self.total[key], queue.limit[key]
        return (
            (asks[0] > 0 and asks[0] > min(total[0], limit[0]) + ROUNDING)
            or (asks[1] > 0 and asks[1] > min(total[1], limit[1]) + ROUNDING)
            or (asks[2] > 0 and asks[2] > min(total[2], limit[2]) + ROUNDING)
        )

    def share(self, queue: ClusterQueue) -> float:
        """Returns the dominant resource share by weight (fair_sharing.go).

        It is the largest ratio, over the resources, of what is borrowed to what the cohort can lend.
        """
        if queue.share is None:
            queue.share = self._share(queue)
        return queue.share

    def share_with(self, queue: ClusterQueue, key: str, change: Three) -> float:
        """Returns the same with a change of usage of a pool."""
        usage, own = queue.usage[key], queue.nominal[key]
        gpus, cpu, memory = usage[0] + change[0] - own[0], usage[1] + change[1] - own[1], usage[2] + change[2] - own[2]
        return self._share(queue, key, (max(gpus, 0.0), max(cpu, 0.0), max(memory, 0.0)))

    def _share(self, queue: ClusterQueue, key: str | None = None, instead: Three = NOTHING) -> float:
        """Returns the share of a queue, `instead` being what it uses beyond its quota of the pool `key`."""
        gpus = cpu = memory = ratio = 0.0
        for pool, over in queue.over.items():
            more = instead if pool == key else over
            gpus, cpu, memory = gpus + more[0], cpu + more[1], memory + more[2]
        lent = self.lendable
        if gpus > ROUNDING and lent[0] > 0:
            ratio = gpus / lent[0]
        if cpu > ROUNDING and lent[1] > 0:
            ratio = max(ratio, cpu / lent[1])
        if memory > ROUNDING and lent[2] > 0:
            ratio = max(ratio, memory / lent[2])
        return (ratio / queue.weight if queue.weight else inf) if ratio else 0.0
