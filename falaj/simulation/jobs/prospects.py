"""What a job may ask of a pool's quota at most to be admitted, or to have others evicted for it. Pure.

The amounts are necessary conditions, which columns of jobs are compared with; `Cohort.lacks` and `preemption.targets`
then decide about the few that are left. Each is a box: a job is within it if it asks for no more of any resource.
"""

from collections.abc import Iterable, Sequence
from math import inf

from falaj.simulation.jobs.cohort import ROUNDING, SAME, ClusterQueue, Cohort
from falaj.simulation.jobs.job import Amounts

SLACK = 1e-6
"""What a box is larger by, so that the rounding of its own computation leaves no job out."""


def boxes(cohort: Cohort, queue: ClusterQueue, key: str) -> Sequence[Amounts]:
    """Returns the boxes of a pool's quota: free quota, and what could be taken back from queues that borrow."""
    if key not in queue.nominal:
        return ()
    left = cohort.left(queue, key)
    free, lenders = _enlarged(left), cohort.borrowers(queue, key)
    if not lenders:
        return (free,)
    room = cohort.room(key)
    for other in lenders:
        room = [more + lent for more, lent in zip(room, other.usage[key], strict=True)]
    own = (limit - usage for limit, usage in zip(queue.limit[key], queue.usage[key], strict=True))
    most = [*map(min, room, own)]
    share = max(cohort.share(other) for other in lenders)
    nominal = [quota - usage for quota, usage in zip(queue.nominal[key], queue.usage[key], strict=True)]
    below = _below_share(queue, key, cohort.lendable, share)
    shares = (edge + more for edge, more in zip(below, nominal, strict=True))
    # Of what is free anyway, a job within its queue's quota of the rest may borrow.
    possible = (_enlarged(map(min, most, map(max, nominal, left))), _enlarged(map(min, most, shares)))
    return (free, *(box for box in possible if not _is_within(box, free)))


def _below_share(queue: ClusterQueue, key: str, lendable: Amounts, share: float) -> list[float]:
    """Returns with how much beyond its quota of a pool a queue has a smaller share than `share`.

    Equal shares are frequent, and evict nothing: the box is between them and those that are smaller by `SAME`."""
    weighted = (share - SAME / 2) * queue.weight if queue.weight else 0.0
    most = [max(weighted * lent, ROUNDING) if lent > 0 else inf for lent in lendable]
    for other, over in queue.over.items():
        if other != key:
            most = [edge - more for edge, more in zip(most, over, strict=True)]
    return most


def _enlarged(box: Iterable[float]) -> Amounts:
    """Returns a box that also holds what is within rounding; a job that asks for none of a resource is always in."""
    gpus, cpu, memory = (max(edge + ROUNDING + SLACK, 0.0) for edge in box)
    return Amounts(gpus, cpu, memory)


def _is_within(box: Amounts, other: Amounts) -> bool:
    return box[0] <= other[0] and box[1] <= other[1] and box[2] <= other[2]
