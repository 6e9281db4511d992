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
    any_resource,
    column,
    minus,
    plus,
    shares,
)
from falaj.simulation.jobs.job import Amounts

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from falaj.simulation.jobs.preemption import Lender, Lenders

SLACK = 1e-6
"""What a box is larger by, so that the rounding of its own computation leaves no job out."""


@dataclass(frozen=True, slots=True)
class Prospects:
    """What the jobs of a queue may ask for now."""

    cohort: Cohort
    queue: ClusterQueue
    lenders: Lenders

    @property
    def failed(self) -> int:
        """How many searches for jobs to evict found nothing since the last change."""
        return len(self.lenders.failed(self.queue.tenant))

    def boxes(self, key: str, least: Amounts) -> Sequence[Amounts]:
        """Returns the boxes of a pool's quota that hold `least`."""
        return boxes(self.cohort, self.queue, key, least)

    def evicting(self, key: str, asks: NDArray[np.float64]) -> NDArray[np.bool_]:
        """Returns which columns of `asks` are free in a pool, or may have others evicted for them."""
        return evicting(self.cohort, self.queue, key, asks, self.lenders)


def boxes(cohort: Cohort, queue: ClusterQueue, key: str, least: Amounts = NOTHING) -> Sequence[Amounts]:
    """Returns the boxes of a pool's quota that hold `least`: free quota, and what could be taken back from queues that
    borrow."""
    if key not in queue.nominal:
        return ()
    edges = cohort.edges.get((queue.tenant, key))
    if edges is None:
        edges = cohort.edges[queue.tenant, key] = _edges(cohort, queue, key)
    return [box for box in edges if _is_within(least, box)]


def _edges(cohort: Cohort, queue: ClusterQueue, key: str) -> Sequence[Amounts]:
    limit, usage, own = queue.limit[key], queue.usage[key], queue.nominal[key]
    gpus, cpu, memory = cohort.room(key)
    more = (limit[0] - usage[0], limit[1] - usage[1], limit[2] - usage[2])
    left = (min(gpus, more[0]), min(cpu, more[1]), min(memory, more[2]))
    free, lenders = _enlarged(*left), cohort.borrowers(queue, key)
    if not lenders:
        return (free,)
    for other in lenders:
        lent = other.usage[key]
        gpus, cpu, memory = gpus + lent[0], cpu + lent[1], memory + lent[2]
    most = (min(gpus, more[0]), min(cpu, more[1]), min(memory, more[2]))
    nominal = minus(own, usage)
    below = _below_share(queue, key, cohort.lendable, max(map(cohort.share, lenders)))
    # Of what is free anyway, a job within its queue's quota of the rest may borrow.
    within = _enlarged(*[min(most[at], max(nominal[at], left[at])) for at in RESOURCES])
    fairer = _enlarged(*[min(most[at], below[at] + nominal[at]) for at in RESOURCES])
    return (free, *[box for box in (within, fairer) if not _is_within(box, free)])


def evicting(
    cohort: Cohort, queue: ClusterQueue, key: str, asks: NDArray[np.float64], known: Lenders
) -> NDArray[np.bool_]:
    """Returns for columns of GPUs, vCPUs and GiB whether they are free, or `preemption` would look for jobs to evict
    and might find enough.

    It is `Cohort.lacks` and `_Search.may_succeed` of preemption, of all columns at once, less what needs more than one
    job of each queue while none leaves its queue with a share as large."""
    left = column(cohort.left(queue, key))
    short = asks > np.maximum(left + ROUNDING, 0.0)
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
        freed = plus(Amounts(*freed), lender.first)
    enough = ~any_resource(asks > np.maximum(column(freed) + ROUNDING + SLACK, 0.0))
    if enough[of].all():
        return enough
    return enough | (share <= max(lender.largest_share for lender in lenders) + 2 * SAME)


def _below_share(queue: ClusterQueue, key: str, lendable: Amounts, share: float) -> list[float]:
    """Returns with how much beyond its quota of a pool a queue has a smaller share than `share`.

    Equal shares are frequent, and evict nothing: the box is between them and those that are smaller by `SAME`."""
    weighted = (share - SAME / 2) * queue.weight if queue.weight else 0.0
    most = [max(weighted * lent, ROUNDING) if lent > 0 else inf for lent in lendable]
    for other, over in queue.over.items():
        if other != key:
            most = [edge - more for edge, more in zip(most, over, strict=True)]
    return most


def _enlarged(gpus: float, cpu: float, memory: float) -> Amounts:
    """Returns a box that also holds what is within rounding; a job that asks for none of a resource is always in."""
    more = ROUNDING + SLACK
    return Amounts(
        gpus + more if gpus > -more else 0.0,
        cpu + more if cpu > -more else 0.0,
        memory + more if memory > -more else 0.0,
    )


def _is_within(box: Amounts, other: Amounts) -> bool:
    return box[0] <= other[0] and box[1] <= other[1] and box[2] <= other[2]
