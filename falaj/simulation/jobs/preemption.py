"""Which running jobs Kueue evicts for one that waits, with fair sharing as the components configure it. Pure.

`reclaimWithinCohort: Any` with the strategies LessThanOrEqualToFinalShare and LessThanInitialShare (v0.17.0,
pkg/scheduler/preemption/preemption.go `fairPreemptions`, fairsharing/ordering.go). All jobs of the model have one
priority, so none is evicted for a job of its own queue.

Only the resources of which less is free than the job asks for decide whose jobs may be evicted, and whether the job
stays within the quota of its queue (`flavorResourcesNeedPreemption`, `cqIsBorrowing`). From a queue that borrowed them
jobs are then evicted for as long as it borrows anything, in any pool (fairsharing/ordering.go, `nextTarget`).
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import cached_property
from math import inf
from operator import attrgetter
from typing import NamedTuple

from falaj.simulation.jobs.cohort import NOTHING, ROUNDING, SAME, ClusterQueue, Cohort, Three
from falaj.simulation.jobs.job import Job


class Lender:
    """What may be evicted from a queue that borrows quota of a pool, until its usage or its jobs change."""

    def __init__(self, cohort: Cohort, queue: ClusterQueue, key: str) -> None:
        self.jobs = candidates(queue, key)
        self.first = self.jobs[0].kind.demand[key] if self.jobs else NOTHING
        """What the first of them frees."""
        self._cohort, self._queue, self._key = cohort, queue, key
        self._shares: dict[Job, float] = {}

    @cached_property
    def largest_share(self) -> float:
        """The largest share that the queue has without one of them; -inf without jobs.

        It is the largest over jobs and resources, and for a resource that without the job that has least of it."""
        if not self.jobs:
            return -inf
        demands = [job.kind.demand[self._key] for job in self.jobs]
        gpus, cpu, memory = (min(column) for column in zip(*demands, strict=True))
        return self._cohort.share_with(self._queue, self._key, (-gpus, -cpu, -memory))

    def share_without(self, job: Job) -> float:
        """Returns the share of the queue without a job."""
        share = self._shares.get(job)
        if share is None:
            share = self._shares[job] = _share_without(self._cohort, self._queue, self._key, job)
        return share


class Reason(NamedTuple):
    """All that a search depends on beside the cohort and its jobs: what is not short now is not short later."""

    tenant: str
    key: str
    share: float
    """The share that the queue would have."""
    short: tuple[float, float, float]
    """How much the job asks for of what is short, and 0 of the others."""


class Gate(NamedTuple):
    """Boxes of which one holds what a job of a queue asks for, if it lacks quota and may have others evicted."""

    freed: Three
    """With one job of each queue evicted."""
    several: Three
    """With a share no larger than `largest_share`."""
    own: Three
    """Within the quota of its queue."""
    largest_share: float
    """The largest share that a queue has without one of its jobs."""


class Lenders:
    """What may be evicted from the queues of a cohort, since the last change of it or its jobs."""

    def __init__(self) -> None:
        self._known: dict[tuple[str, str], Lender] = {}
        self._found: dict[Reason, list[Job]] = {}
        self._failed: dict[str, list[Reason]] = {}
        self._searches: dict[tuple[str, str, Three], _Search] = {}
        """Tenant, pool and what a job asks for -> the search for jobs to evict."""
        self.gates: dict[tuple[str, str], Gate] = {}
        """Tenant and pool -> what `prospects` computed."""
        self.searches = 0
        """Searches for jobs to evict."""

    def clear(self) -> None:
        """Forgets them after a change."""
        self._known.clear()
        self._found.clear()
        self._failed.clear()
        self._searches.clear()
        self.gates.clear()

    def failed(self, tenant: str) -> Sequence[Reason]:
        """Returns the searches for a tenant that found nothing."""
        return self._failed.get(tenant, ())

    def lender(self, cohort: Cohort, queue: ClusterQueue, key: str) -> Lender:
        """Returns what may be evicted from a queue."""
        found = self._known.get((queue.tenant, key))
        if found is None:
            found = self._known[queue.tenant, key] = Lender(cohort, queue, key)
        return found

    def has_failed(self, reason: Reason) -> bool:
        """Returns whether a search found nothing for a reason."""
        found = self._found.get(reason)
        return found is not None and not found

    def search(self, cohort: Cohort, queue: ClusterQueue, key: str, asks: Three) -> _Search:
        """Returns the search for jobs to evict."""
        of = (queue.tenant, key, asks)
        found = self._searches.get(of)
        if found is None:
            found = self._searches[of] = _Search(cohort, queue, key, asks, self)
        return found

    def targets(self, cohort: Cohort, queue: ClusterQueue, key: str, asks: Three) -> list[Job]:
        """Returns the jobs to evict so that `asks` fits into a queue's quota of a pool; empty if that is not
        possible."""
        search = self.search(cohort, queue, key, asks)
        if not search.may_succeed:
            return []
        found = self._found.get(reason := search.reason)
        if found is None:
            self.searches += 1
            found = self._found[reason] = search.run()
            if not found:
                self._failed.setdefault(queue.tenant, []).append(reason)
        return found


def candidates(queue: ClusterQueue, key: str) -> list[Job]:
    """Returns the jobs of a queue that use a pool, those that end already first and the latest admitted next."""
    jobs = [job for job in queue.admitted if job.pool is not None and job.pool.model.key == key]
    # Three sorts by one attribute take less time than one by three.
    jobs.sort(key=_INDEX)
    jobs.sort(key=_ADMITTED, reverse=True)
    jobs.sort(key=_LEAVING, reverse=True)
    return jobs


def _share_without(cohort: Cohort, queue: ClusterQueue, key: str, job: Job) -> float:
    gpus, cpu, memory = job.kind.demand[key]
    return cohort.share_with(queue, key, (-gpus, -cpu, -memory))


_INDEX, _ADMITTED, _LEAVING = attrgetter("index"), attrgetter("admitted_at"), attrgetter("leaving")


class _Search:
    def __init__(self, cohort: Cohort, queue: ClusterQueue, key: str, asks: Three, known: Lenders) -> None:
        self.cohort, self.queue, self.key, self.asks, self.known = cohort, queue, key, asks, known
        self.own_share = cohort.share_with(queue, key, asks)
        self.contested = cohort.contested(queue, key, asks)
        self.lenders: list[ClusterQueue] = []
        for other in cohort.borrowers(queue, key):
            over = other.over[key]
            for at in self.contested:
                if over[at] > ROUNDING:
                    self.lenders.append(other)
                    break
        usage, own = queue.usage[key], queue.nominal[key]
        self.is_within_nominal = True
        """Whether what is short stays within the quota of the queue."""
        for at in self.contested:
            self.is_within_nominal &= usage[at] + asks[at] <= own[at] + ROUNDING
        self.evicted: list[Job] = []
        self.left: dict[str, list[Job]] = {}
        """Tenant -> candidates that have not been looked at, the first one at the end."""

    @property
    def reason(self) -> Reason:
        """What decides what is found."""
        gpus, cpu, memory = self.asks
        of = self.contested
        short = (gpus if 0 in of else 0.0, cpu if 1 in of else 0.0, memory if 2 in of else 0.0)
        return Reason(self.queue.tenant, self.key, self.own_share, short)

    @property
    def may_succeed(self) -> bool:
        """Whether any queue has a larger share than this one would have: otherwise no strategy evicts."""
        if self.is_within_nominal:
            return bool(self.lenders)
        share = self.own_share + SAME
        return any(self.cohort.share(other) > share for other in self.lenders)

    def run(self) -> list[Job]:
        """Evicts as long as the strategies allow it; returns the fewest of them that suffice."""
        usage, used = [(each, each.usage[self.key], each.share) for each in self.lenders], self.cohort.used[self.key]
        edges = {**self.cohort.edges}
        known = {other.tenant: self.known.lender(self.cohort, other, self.key) for other in self.lenders}
        jobs = {tenant: lender.jobs[::-1] for tenant, lender in known.items()}
        fits = False
        if self.is_within_nominal or any(self.own_share <= of.largest_share + 2 * SAME for of in known.values()):
            self.left = {tenant: [*of] for tenant, of in jobs.items()}
            fits = self._evict_while(self._allows_final)
        if not fits and not self.is_within_nominal:
            gone = set(self.evicted)
            self.left = {tenant: [job for job in of if job not in gone] for tenant, of in jobs.items()}
            fits = self._evict_while(self._allows_initial)
        chosen = self._fewest() if fits else []
        self.cohort.restore(self.key, used, usage, edges)
        return chosen

    def _evict_while(self, allows: Callable[[ClusterQueue, Job], bool]) -> bool:
        """Evicts jobs of the queue with the largest share, again and again. Returns whether the job then fits."""
        cohort, left = self.cohort, self.left
        while lenders := [other for other in self.lenders if left[other.tenant] and other.borrowing]:
            other = max(lenders, key=cohort.share) if len(lenders) > 1 else lenders[0]
            jobs = left[other.tenant]
            # Shares stay the same until a job is evicted.
            while jobs:
                job = jobs.pop()
                if self.is_within_nominal or allows(other, job):
                    cohort.remove(other, self.key, job.kind.demand[self.key])
                    self.evicted.append(job)
                    break
            else:
                continue
            if not cohort.lacks(self.queue, self.key, self.asks):
                return True
        return False

    def _allows_final(self, other: ClusterQueue, job: Job) -> bool:
        is_changed = any(gone.kind.tenant == other.tenant for gone in self.evicted)
        without = (
            _share_without(self.cohort, other, self.key, job)
            if is_changed
            else self.known.lender(self.cohort, other, self.key).share_without(job)
        )
        return self.own_share <= without + SAME

    def _allows_initial(self, other: ClusterQueue, job: Job) -> bool:
        # The rule does not depend on the job, and is applied to a queue once.
        self.left[other.tenant].clear()
        return self.own_share < self.cohort.share(other) - SAME

    def _fewest(self) -> list[Job]:
        """Spares the jobs without which the others suffice, those chosen last first (`fillBackWorkloads`)."""
        chosen = [*self.evicted]
        for job in self.evicted[-2::-1]:
            self._put_back(job)
            if self.cohort.lacks(self.queue, self.key, self.asks):
                self.cohort.remove(self.cohort.queues[job.kind.tenant], self.key, job.kind.demand[self.key])
            else:
                chosen.remove(job)
        self.evicted = [*chosen]
        return chosen

    def _put_back(self, job: Job) -> None:
        self.cohort.add(self.cohort.queues[job.kind.tenant], self.key, job.kind.demand[self.key])
