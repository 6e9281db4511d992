"""What a job may ask of a pool's quota at most to be admitted, or to have others evicted for it. Pure.

The amounts are necessary conditions, which columns of jobs are compared with; `Cohort.lacks` and `preemption.targets`
then decide about the few that are left. Each is a box: a job is within it if it asks for no more of any resource.
"""

from collections.abc import Sequence
from math import inf

from falaj.simulation.jobs.cohort import NOTHING, ROUNDING, SAME, ClusterQueue, Cohort, minus, plus
from falaj.simulation.jobs.job import Amounts

SLACK = 1e-6
"""What a box is larger by, so that the rounding of its own computation leaves no job out."""


def boxes(cohort: Cohort, queue: ClusterQueue, key: str) -> Sequence[Amounts]:
    """Returns the boxes of a pool's quota: free quota, and what could be taken back from queues that borrow."""
    if key not in queue.nominal:
        return ()
    free = _room(cohort, queue, key, NOTHING)
    lenders = cohort.borrowers(queue, key)
    if not lenders:
        return (free,)
    lent = NOTHING
    for other in lenders:
        lent = plus(lent, other.usage[key])
    most = _room(cohort, queue, key, lent)
    share = max(cohort.share(other, {}) for other in lenders)
    own = minus(queue.nominal[key], queue.usage[key])
    possible = (_least(most, _enlarged(own)), _least(most, _below_share(queue, key, cohort.lendable, share)))
    return (free, *(box for box in possible if not _is_within(box, free)))


def _room(cohort: Cohort, queue: ClusterQueue, key: str, evicted: Amounts) -> Amounts:
    """Returns what is available to a queue once some usage of others has ended."""
    others = minus(plus(cohort.used[key], cohort.reserved.get(key, NOTHING)), evicted)
    return _enlarged(_least(minus(cohort.total[key], others), minus(queue.limit[key], queue.usage[key])))


def _below_share(queue: ClusterQueue, key: str, lendable: Amounts, share: float) -> Amounts:
    """Returns with how much more of a pool a queue has a smaller share than `share`.

    Equal shares are frequent, and evict nothing: the box is between them and those that are smaller by `SAME`."""
    weighted = (share - SAME / 2) * queue.weight if queue.weight else 0.0
    elsewhere = NOTHING
    for other, own in queue.nominal.items():
        if other != key:
            elsewhere = plus(elsewhere, Amounts(*(max(more, 0.0) for more in minus(queue.usage[other], own))))
    most = (max(weighted * lent, ROUNDING) if lent > 0 else inf for lent in lendable)
    return plus(minus(Amounts(*most), elsewhere), minus(queue.nominal[key], queue.usage[key]))


def _least(left: Amounts, right: Amounts) -> Amounts:
    return Amounts(*map(min, left, right))


def _enlarged(box: Amounts) -> Amounts:
    """Returns a box that also holds what is within rounding; a job that asks for none of a resource is always in."""
    return Amounts(*(max(edge + ROUNDING + SLACK, 0.0) for edge in box))


def _is_within(box: Amounts, other: Amounts) -> bool:
    return all(inside <= edge for inside, edge in zip(box, other, strict=True))
