"""Quotas of a site's queues and what is used of them, as Kueue counts it (pkg/cache/scheduler, v0.17.0). Pure.

All queues of a site are in one cohort. The components set no lending limit, so all nominal quota is shared: a queue may
use what the cohort has left, up to its own quota and its borrowing limit (`available`, resource_node.go).
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from math import floor, inf

from falaj.simulation.jobs.job import Amounts, Job

ROUNDING = 1e-6
"""Difference of vCPUs or GiB that counts as rounding: Kueue counts in thousandths and bytes."""

SAME = 1e-12
"""Difference of shares that counts as none."""

NOTHING = Amounts(0, 0, 0)


def plus(left: Amounts, right: Amounts) -> Amounts:
    """Returns the sum."""
    return Amounts(left.gpus + right.gpus, left.cpu + right.cpu, left.memory + right.memory)


def minus(left: Amounts, right: Amounts) -> Amounts:
    """Returns the difference."""
    return Amounts(left.gpus - right.gpus, left.cpu - right.cpu, left.memory - right.memory)


def times(unit: Amounts, units: float) -> Amounts:
    """Returns a quota of some units, with vCPUs and GiB rounded down as the controller writes them."""
    if units == inf:
        return Amounts(inf, inf, inf)
    cpu = units * unit.cpu
    # Pools without GPUs are counted in vCPUs, which need not be whole.
    return Amounts(units * unit.gpus, floor(cpu) if unit.gpus else cpu, floor(units * unit.memory))


@dataclass(slots=True, eq=False)
class ClusterQueue:
    """The queue of a tenant."""

    tenant: str
    weight: float
    nominal: dict[str, Amounts]
    """Key of a pool -> quota."""
    limit: dict[str, Amounts]
    """Key of a pool -> quota and what may be borrowed."""
    usage: dict[str, Amounts] = field(default_factory=dict)
    admitted: dict[Job, None] = field(default_factory=dict)
    """Jobs that use quota, in the order of their admission."""
    stop: str = "None"

    def is_borrowing(self, key: str) -> bool:
        """Returns whether it uses more than its quota of any resource of a pool."""
        return any(used > own + ROUNDING for used, own in zip(self.usage[key], self.nominal[key], strict=True))


class Cohort:
    """The queues of a site."""

    def __init__(self, queues: Iterable[ClusterQueue]) -> None:
        self.queues = {queue.tenant: queue for queue in queues}
        self.total: dict[str, Amounts] = {}
        """Key of a pool -> quota of all queues."""
        self.used: dict[str, Amounts] = {}
        self.reserved: dict[str, Amounts] = {}
        """What is kept for jobs that wait for others to end."""
        self.lendable = NOTHING
        """Quota of all queues in all pools."""
        for queue in self.queues.values():
            queue.usage = {key: queue.usage.get(key, NOTHING) for key in queue.nominal}
        self.count()

    def count(self) -> None:
        """Adds the quotas up after a change of them."""
        self.total, self.used, self.lendable = {}, {}, NOTHING
        for queue in self.queues.values():
            for key, own in queue.nominal.items():
                self.total[key] = plus(self.total.get(key, NOTHING), own)
                self.used[key] = plus(self.used.get(key, NOTHING), queue.usage[key])
                self.lendable = plus(self.lendable, own)

    def add(self, queue: ClusterQueue, key: str, amounts: Amounts) -> None:
        """Adds usage."""
        queue.usage[key] = plus(queue.usage[key], amounts)
        self.used[key] = plus(self.used[key], amounts)

    def remove(self, queue: ClusterQueue, key: str, amounts: Amounts) -> None:
        """Removes usage."""
        queue.usage[key] = minus(queue.usage[key], amounts)
        self.used[key] = minus(self.used[key], amounts)

    def reserve(self, key: str, amounts: Amounts) -> None:
        """Keeps quota for a job for which others are being evicted, so that no third one takes it meanwhile."""
        self.reserved[key] = plus(self.reserved.get(key, NOTHING), amounts)

    def lacks(self, queue: ClusterQueue, key: str, asks: Amounts) -> bool:
        """Returns whether less than `asks` is available to a queue."""
        used = plus(self.used[key], self.reserved.get(key, NOTHING))
        return any(
            ask > 0 and ask > min(total - others, limit - own) + ROUNDING
            for ask, total, others, limit, own in zip(
                asks, self.total[key], used, queue.limit[key], queue.usage[key], strict=True
            )
        )

    def borrowers(self, queue: ClusterQueue, key: str) -> list[ClusterQueue]:
        """Returns the other queues that use more than their quota of a pool: only from them jobs are evicted."""
        return [
            other
            for other in self.queues.values()
            if other is not queue and key in other.nominal and other.is_borrowing(key)
        ]

    def is_beyond(self, queue: ClusterQueue, key: str, asks: Amounts) -> bool:
        """Returns whether a queue could not have as much even if nothing else ran (`potentialAvailable`)."""
        limits = zip(asks, self.total[key], queue.limit[key], strict=True)
        return any(ask > 0 and ask > min(total, limit) + ROUNDING for ask, total, limit in limits)

    def share(self, queue: ClusterQueue, change: Mapping[str, Amounts]) -> float:
        """Returns the dominant resource share by weight (fair_sharing.go), with a change of usage by key of a pool.

        It is the largest ratio, over the resources, of what is borrowed to what the cohort can lend.
        """
        borrowed = [0.0, 0.0, 0.0]
        for key, own in queue.nominal.items():
            usage = plus(queue.usage[key], change[key]) if key in change else queue.usage[key]
            for index in range(3):
                borrowed[index] += max(usage[index] - own[index], 0.0)
        lendable = self.lendable
        ratio = max(
            (more / can for more, can in zip(borrowed, lendable, strict=True) if more > ROUNDING and can > 0),
            default=0.0,
        )
        return (ratio / queue.weight if queue.weight else inf) if ratio else 0.0
