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
        edges = of[queue.tenant] = _edges(cohort, queue, key)
    gpus, cpu, memory = least
    return [box for box in edges if gpus <= box[0] and cpu <= box[1] and memory <= box[2]]


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
    several = _fairer(cohort, queue, key, (inf, inf, inf), largest + 4 * SAME)
    return Gate(_enlarged(*freed), several, _enlarged(*own), largest)


def _edges(cohort: Cohort, queue: ClusterQueue, key: str) -> Sequence[Three]:
    usage, left = queue.usage[key], cohort.left(queue, key)
    free, lenders = _enlarged(*left), cohort.borrowers(queue, key)
    if not lenders:
        return (free,)
    gpus, cpu, memory = cohort.room(key)
    for other in lenders:
        lent = other.usage[key]
        gpus, cpu, memory = gpus + lent[0], cpu + lent[1], memory + lent[2]
    more, nominal = minus(queue.limit[key], usage), minus(queue.nominal[key], usage)
    most = (min(gpus, more[0]), min(cpu, more[1]), min(memory, more[2]))
    # Of what is free anyway, a job within its queue's quota of the rest may borrow.
    within = _enlarged(
        min(most[0], max(nominal[0], left[0])),
        min(most[1], max(nominal[1], left[1])),
        min(most[2], max(nominal[2], left[2])),
    )
    fairer = _fairer(cohort, queue, key, _enlarged(*most), max(map(cohort.share, lenders)))
    return (free, *[box for box in (within, fairer) if not _is_within(box, free)])


def _fairer(cohort: Cohort, queue: ClusterQueue, key: str, most: Three, share: float) -> Three:
    """Returns the box of jobs with which a queue has a smaller share than `share`, within `most`.

    It leaves equal shares out, so it is larger by the rounding of its computation only."""
    below = _below_share(queue, key, cohort.lendable, share)
    usage, own, lendable = queue.usage[key], queue.nominal[key], cohort.lendable
    gpus = below[0] + own[0] - usage[0] + EPSILON * (usage[0] + own[0] + lendable[0])
    cpu = below[1] + own[1] - usage[1] + EPSILON * (usage[1] + own[1] + lendable[1])
    memory = below[2] + own[2] - usage[2] + EPSILON * (usage[2] + own[2] + lendable[2])
    return min(most[0], gpus), min(most[1], cpu), min(most[2], memory)


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


def _below_share(queue: ClusterQueue, key: str, lendable: Three, share: float) -> Three:
    """Returns with how much beyond its quota of a pool a queue has a smaller share than `share`.

    Equal shares are frequent, and evict nothing: the box is between them and those that are smaller by `SAME`."""
    weighted = (share - SAME / 2) * queue.weight if queue.weight else 0.0
    gpus, cpu, memory = lendable
    most = (
        max(weighted * gpus, ROUNDING) if gpus > 0 else inf,
        max(weighted * cpu, ROUNDING) if cpu > 0 else inf,
        max(weighted * memory, ROUNDING) if memory > 0 else inf,
    )
    for other, over in queue.over.items():
        if other != key:
            most = minus(most, over)
    return most


def _enlarged(gpus: float, cpu: float, memory: float) -> Three:
    """Returns a box that also holds what is within rounding; a job that asks for none of a resource is always in."""
    more = ROUNDING + SLACK
    return (
        gpus + more if gpus > -more else 0.0,
        cpu + more if cpu > -more else 0.0,
        memory + more if memory > -more else 0.0,
    )


def _is_within(box: Three, other: Three) -> bool:
    return box[0] <= other[0] and box[1] <= other[1] and box[2] <= other[2]
