"""What a job may ask of a pool's quota at most to be admitted, or to have others evicted for it. Pure.

Both are necessary conditions, which columns of jobs are compared with; `Cohort.lacks` and `preemption.Lenders` then
decide about the few that are left. First come boxes: a job is within one if it asks for no more of any resource. Of
those within, most lack a resource that no queue has borrowed, or would have the larger share themselves: the second
condition tells these as `preemption` does.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import inf
from typing import TYPE_CHECKING

import numpy as np

from falaj.simulation.jobs.cohort import (
    NOTHING,
    RESOURCES,
    ROUNDING,
    SAME,
    ClusterQueue,
    Cohort,
    Three,
    any_resource,
    column,
    minus,
    plus,
    shares,
)
from falaj.simulation.jobs.preemption import Gate

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from falaj.simulation.jobs.preemption import Lender, Lenders

SLACK = 1e-6
"""What a box is larger by, so that the rounding of its own computation leaves no job out."""

EPSILON = 4e-15
"""The same, relative to the quotas, of the box of smaller shares."""


@dataclass(frozen=True, slots=True)
class Prospects:
    """What the jobs of a queue may ask for now."""

    cohort: Cohort
    queue: ClusterQueue
    lenders: Lenders

    def boxes(self, key: str, least: Three) -> Sequence[Three]:
        """Returns the boxes of a pool's quota that hold `least`."""
        return boxes(self.cohort, self.queue, key, least)

    def may_be_admitted(self, key: str, asks: Three) -> bool:
        """Returns whether a job that asks for so much is free in a pool, or may have others evicted for it."""
        return may_be_admitted(self.cohort, self.queue, key, asks, self.lenders)

    def evicting(self, key: str, asks: NDArray[np.float64]) -> NDArray[np.bool_]:
        """Returns which columns of `asks` are free in a pool, or may have others evicted for them."""
        return evicting(self.cohort, self.queue, key, asks, self.lenders)


def boxes(cohort: Cohort, queue: ClusterQueue, key: str, least: Three = NOTHING) -> Sequence[Three]:
    """Returns the boxes of a pool's quota that hold `least`: free quota, and what could be taken back from queues that
    borrow."""
    of = cohort.edges.get(key)
    if of is None:
        of = cohort.edges[key] = {}
    edges = of.get(queue.tenant)
    if edges is None:
        if key not in queue.nominal:
            return ()
        edges = of[queue.tenant] = Edges(cohort, queue, key)
    return edges.boxes(least)


def may_be_admitted(cohort: Cohort, queue: ClusterQueue, key: str, asks: Three, known: Lenders) -> bool:
    """Returns whether `asks` is free, or may have jobs evicted for it: `evicting` for one job."""
    if not cohort.lacks(queue, key, asks):
        return True
    gate = known.gates.get((queue.tenant, key))
    if gate is None:
        gate = known.gates[queue.tenant, key] = _gate(cohort, queue, key, known)
    is_enough = _is_within(asks, gate.freed)
    # Most are refused here, for which no search is made.
    if not (is_enough or _is_within(asks, gate.several) or _is_within(asks, gate.own)):
        return False
    search = known.search(cohort, queue, key, asks)
    if not search.may_succeed or known.has_failed(search.reason):
        return False
    return search.is_within_nominal or is_enough or search.own_share <= gate.largest_share + 2 * SAME


def _gate(cohort: Cohort, queue: ClusterQueue, key: str, known: Lenders) -> Gate:
    lenders = [known.lender(cohort, other, key) for other in cohort.borrowers(queue, key)]
    freed, left = cohort.room(key), cohort.left(queue, key)
    for lender in lenders:
        freed = plus(freed, lender.first)
    nominal = minus(queue.nominal[key], queue.usage[key])
    own = max(nominal[0], left[0]), max(nominal[1], left[1]), max(nominal[2], left[2])
    largest = max((lender.largest_share for lender in lenders), default=-inf)
    gpus, cpu, memory = (_fairer(cohort, queue, key, largest + 4 * SAME, at) for at in RESOURCES)
    return Gate(_all_enlarged(freed), (gpus, cpu, memory), _all_enlarged(own), largest)


class Edges:
    """The boxes of a pool's quota for a queue. Mostly GPUs are short, and the other edges are not computed."""

    __slots__ = ("_boxes", "_gpus", "_key", "_lenders", "_of", "_queue", "_share")

    def __init__(self, cohort: Cohort, queue: ClusterQueue, key: str) -> None:
        self._of, self._queue, self._key = cohort, queue, key
        self._lenders = cohort.borrowers(queue, key)
        self._share = max(map(cohort.share, self._lenders), default=-inf)
        self._gpus = self._edges(0)
        self._boxes: Sequence[Three] | None = None

    def boxes(self, least: Three) -> Sequence[Three]:
        """Returns the boxes that hold `least`."""
        gpus, cpu, memory = least
        if gpus > max(self._gpus):
            return ()
        if self._boxes is None:
            free, *others = zip(self._gpus, self._edges(1), self._edges(2), strict=True)
            self._boxes = (free, *[box for box in others if not _is_within(box, free)])
        return [box for box in self._boxes if gpus <= box[0] and cpu <= box[1] and memory <= box[2]]

    def _edges(self, at: int) -> Sequence[float]:
        """Returns how much of a resource the boxes hold: of what is free; within the queue's quota of what is short;
        and with a smaller share than the largest of the queues that borrow."""
        cohort, queue, key = self._of, self._queue, self._key
        usage, room = queue.usage[key][at], cohort.room(key)[at]
        more = queue.limit[key][at] - usage
        left = more if more < room else room
        if not self._lenders:
            return (_enlarged(left),)
        most = room
        for other in self._lenders:
            most += other.usage[key][at]
        most = more if more < most else most
        # Of what is free anyway, a job within its queue's quota of the rest may borrow.
        within = min(most, max(queue.nominal[key][at] - usage, left))
        return _enlarged(left), _enlarged(within), min(_enlarged(most), _fairer(cohort, queue, key, self._share, at))


def _fairer(cohort: Cohort, queue: ClusterQueue, key: str, share: float, at: int) -> float:
    """Returns how much of a resource the box of jobs holds with which a queue has a smaller share than `share`.

    Equal shares are frequent, and evict nothing: the box is between them and those that are smaller by `SAME`. So it is
    larger by the rounding of its computation only."""
    usage, own, lendable, below = queue.usage[key][at], queue.nominal[key][at], cohort.lendable[at], inf
    if lendable > 0:
        weighted = (share - SAME / 2) * queue.weight if queue.weight else 0.0
        below = max(weighted * lendable, ROUNDING)
    for other, over in queue.over.items():
        if other != key:
            below -= over[at]
    return below + own - usage + EPSILON * (usage + own + lendable)


def evicting(
    cohort: Cohort, queue: ClusterQueue, key: str, asks: NDArray[np.float64], known: Lenders
) -> NDArray[np.bool_]:
    """Returns for columns of GPUs, vCPUs and GiB whether they are free, or `preemption` would look for jobs to evict
    and might find enough.

    It is `Cohort.lacks` and `_Search.may_succeed` of preemption, of all columns at once, less what needs more than one
    job of each queue while none leaves its queue with a share as large."""
    gpus, cpu, memory = cohort.left(queue, key)
    short = asks > column((max(gpus + ROUNDING, 0.0), max(cpu + ROUNDING, 0.0), max(memory + ROUNDING, 0.0)))
    free: NDArray[np.bool_] = ~any_resource(short)
    lenders = cohort.borrowers(queue, key)
    if not lenders or free.all():
        return free
    after = asks + column(queue.usage[key])
    is_within = ~any_resource(short & (after > column(queue.nominal[key]) + ROUNDING))
    share, may = shares(cohort, queue, key, after), np.zeros_like(free)
    for other in lenders:
        lent = [short[at] for at in RESOURCES if other.over[key][at] > ROUNDING]
        if lent:
            may |= np.logical_or.reduce(lent) & (is_within | (share < cohort.share(other) - SAME / 2))
    if (fairer := may & ~is_within).any():
        may &= is_within | _may_suffice(
            cohort, key, asks, share, fairer, [known.lender(cohort, of, key) for of in lenders]
        )
    for reason in known.failed(queue.tenant):
        if reason.key == key:
            may &= (share != reason.share) | any_resource(short * asks != column(reason.short))
    return free | may


def _may_suffice(
    cohort: Cohort,
    key: str,
    asks: NDArray[np.float64],
    share: NDArray[np.float64],
    of: NDArray[np.bool_],
    lenders: Sequence[Lender],
) -> NDArray[np.bool_]:
    """Returns which columns, `of` some, may have several jobs of a queue evicted, or find one of each queue enough."""
    freed = cohort.room(key)
    for lender in lenders:
        freed = plus(freed, lender.first)
    enough = ~any_resource(asks > np.maximum(column(freed) + ROUNDING + SLACK, 0.0))
    if enough[of].all():
        return enough
    return enough | (share <= max(lender.largest_share for lender in lenders) + 2 * SAME)


def _enlarged(edge: float) -> float:
    """Returns an edge that also holds what is within rounding; a job that asks for none of a resource is always in."""
    more = ROUNDING + SLACK
    return edge + more if edge > -more else 0.0


def _all_enlarged(box: Three) -> Three:
    return _enlarged(box[0]), _enlarged(box[1]), _enlarged(box[2])


def _is_within(box: Three, other: Three) -> bool:
    return box[0] <= other[0] and box[1] <= other[1] and box[2] <= other[2]
