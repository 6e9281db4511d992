"""What a job may ask of a pool's quota at most to be admitted, or to have others evicted for it. Pure.

Both are necessary conditions, which columns of jobs are compared with; `Cohort.lacks` and `preemption.Failures` then
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

from falaj.simulation.jobs.cohort import NOTHING, ROUNDING, SAME, ClusterQueue, Cohort, minus
from falaj.simulation.jobs.job import Amounts

if TYPE_CHECKING:
    from numpy.typing import NDArray

SLACK = 1e-6
"""What a box is larger by, so that the rounding of its own computation leaves no job out."""

RESOURCES = range(len(Amounts._fields))
"""Indices of the resources in `Amounts`."""


@dataclass(frozen=True, slots=True)
class Prospects:
    """What the jobs of a queue may ask for now."""

    cohort: Cohort
    queue: ClusterQueue

    def boxes(self, key: str, least: Amounts) -> Sequence[Amounts]:
        """Returns the boxes of a pool's quota that hold `least`."""
        return boxes(self.cohort, self.queue, key, least)

    def evicting(self, key: str, asks: NDArray[np.float64]) -> NDArray[np.bool_]:
        """Returns which columns of `asks` are free in a pool, or may have others evicted for them."""
        return evicting(self.cohort, self.queue, key, asks)


def boxes(cohort: Cohort, queue: ClusterQueue, key: str, least: Amounts = NOTHING) -> Sequence[Amounts]:
    """Returns the boxes of a pool's quota that hold `least`: free quota, and what could be taken back from queues that
    borrow."""
    if key not in queue.nominal:
        return ()
    limit, usage, own = queue.limit[key], queue.usage[key], queue.nominal[key]
    gpus, cpu, memory = cohort.room(key)
    more = (limit[0] - usage[0], limit[1] - usage[1], limit[2] - usage[2])
    left = (min(gpus, more[0]), min(cpu, more[1]), min(memory, more[2]))
    free, lenders = _enlarged(*left), cohort.borrowers(queue, key)
    found = (free,) if _is_within(least, free) else ()
    if not lenders:
        return found
    for other in lenders:
        lent = other.usage[key]
        gpus, cpu, memory = gpus + lent[0], cpu + lent[1], memory + lent[2]
    most = (min(gpus, more[0]), min(cpu, more[1]), min(memory, more[2]))
    if not _is_within(least, _enlarged(*most)):
        return found
    nominal = minus(own, usage)
    below = _below_share(queue, key, cohort.lendable, max(map(cohort.share, lenders)))
    # Of what is free anyway, a job within its queue's quota of the rest may borrow.
    within = _enlarged(*[min(most[at], max(nominal[at], left[at])) for at in RESOURCES])
    fairer = _enlarged(*[min(most[at], below[at] + nominal[at]) for at in RESOURCES])
    return (*found, *[box for box in (within, fairer) if _is_within(least, box) and not _is_within(box, free)])


def evicting(cohort: Cohort, queue: ClusterQueue, key: str, asks: NDArray[np.float64]) -> NDArray[np.bool_]:
    """Returns for columns of GPUs, vCPUs and GiB whether they are free, or `preemption` would look for jobs to evict.

    It is `Cohort.lacks` and `_Search.may_succeed` of preemption, of all columns at once."""
    left, usage, own = cohort.left(queue, key), queue.usage[key], queue.nominal[key]
    short = [asks[at] > max(left[at] + ROUNDING, 0.0) for at in RESOURCES]
    may: NDArray[np.bool_] = ~(short[0] | short[1] | short[2])
    lenders = cohort.borrowers(queue, key)
    if not lenders or may.all():
        return may
    after = [usage[at] + asks[at] for at in RESOURCES]
    beyond = [short[at] & (after[at] > own[at] + ROUNDING) for at in RESOURCES]
    is_within = ~(beyond[0] | beyond[1] | beyond[2])
    share = _shares(cohort, queue, key, [np.maximum(after[at] - own[at], 0.0) for at in RESOURCES])
    for other in lenders:
        is_fairer = is_within | (share < cohort.share(other) - SAME / 2)
        for at, more in enumerate(other.over[key]):
            if more > ROUNDING:
                may |= short[at] & is_fairer
    return may


def _shares(cohort: Cohort, queue: ClusterQueue, key: str, over: Sequence[NDArray[np.float64]]) -> NDArray[np.float64]:
    """Returns the share of a queue if it used so much more than its quota of a pool (`Cohort.share_with`)."""
    ratio: NDArray[np.float64] = np.zeros_like(over[0])
    for at, lent in enumerate(cohort.lendable):
        if lent > 0:
            more = over[at] + sum(beyond[at] for other, beyond in queue.over.items() if other != key)
            np.maximum(ratio, np.where(more > ROUNDING, more / lent, 0.0), out=ratio)
    return ratio / queue.weight if queue.weight else np.where(ratio > 0, inf, 0.0)


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
