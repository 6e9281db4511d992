"""Which running jobs Kueue evicts for one that waits, with fair sharing as the components configure it. Pure.

`reclaimWithinCohort: Any` with the strategies LessThanOrEqualToFinalShare and LessThanInitialShare (v0.17.0,
pkg/scheduler/preemption/preemption.go `fairPreemptions`, fairsharing/ordering.go). All jobs of the model have one
priority, so none is evicted for a job of its own queue.

Only the resources of which less is free than the job asks for decide whose jobs may be evicted, and whether the job
stays within the quota of its queue (`flavorResourcesNeedPreemption`, `cqIsBorrowing`). From a queue that borrowed them
jobs are then evicted for as long as it borrows anything, in any pool (fairsharing/ordering.go, `nextTarget`).
"""

from __future__ import annotations

from collections.abc import Callable
from operator import attrgetter

from falaj.simulation.jobs.cohort import ROUNDING, SAME, ClusterQueue, Cohort
from falaj.simulation.jobs.job import Amounts, Job


class Failures:
    """Searches for jobs to evict that failed since the last change of the cohort or its jobs.

    If no job could be evicted but one of each queue, whatever it leaves its queue with, then what asks for more fails
    too, if it could have the same queues' jobs evicted: its own share is larger."""

    def __init__(self) -> None:
        self._failed: dict[tuple[str, str], list[tuple[Amounts, list[ClusterQueue]]]] = {}
        self.used = 0
        """Searches that were spared."""

    def clear(self) -> None:
        """Forgets them after a change."""
        self._failed.clear()

    def targets(self, cohort: Cohort, queue: ClusterQueue, key: str, asks: Amounts) -> list[Job]:
        """Returns the jobs to evict so that `asks` fits into a queue's quota of a pool; empty if that is not
        possible."""
        search = _Search(cohort, queue, key, asks)
        if not search.may_succeed:
            return []
        failed = self._failed.setdefault((queue.tenant, key), [])
        if not search.is_within_nominal and any(
            less[0] <= asks[0] and less[1] <= asks[1] and less[2] <= asks[2] and lenders == search.lenders
            for less, lenders in failed
        ):
            self.used += 1
            return []
        found = search.run()
        if search.is_hopeless:
            failed.append((asks, search.lenders))
        return found


def candidates(queue: ClusterQueue, key: str) -> list[Job]:
    """Returns the jobs of a queue that use a pool, those that end already first and the latest admitted next."""
    jobs = [job for job in queue.admitted if job.pool is not None and job.pool.model.key == key]
    # Three sorts by one attribute take less time than one by three.
    jobs.sort(key=_INDEX)
    jobs.sort(key=_ADMITTED, reverse=True)
    jobs.sort(key=_LEAVING, reverse=True)
    return jobs


_INDEX, _ADMITTED, _LEAVING = attrgetter("index"), attrgetter("admitted_at"), attrgetter("leaving")


class _Search:
    def __init__(self, cohort: Cohort, queue: ClusterQueue, key: str, asks: Amounts) -> None:
        self.cohort, self.queue, self.key, self.asks = cohort, queue, key, asks
        self.own_share = cohort.share_with(queue, key, asks)
        self.contested = cohort.contested(queue, key, asks)
        self.lenders = [
            other
            for other in cohort.borrowers(queue, key)
            if any(other.over[key][resource] > ROUNDING for resource in self.contested)
        ]
        self.is_within_nominal = all(
            queue.usage[key][resource] + asks[resource] <= queue.nominal[key][resource] + ROUNDING
            for resource in self.contested
        )
        self.evicted: list[Job] = []
        self.is_hopeless = False
        """Whether it failed, and no job could be evicted whose queue keeps the larger share."""
        self.left: dict[str, list[Job]] = {}
        """Tenant -> candidates that have not been looked at, the first one at the end."""

    @property
    def may_succeed(self) -> bool:
        """Whether any queue has a larger share than this one would have: otherwise no strategy evicts."""
        if self.is_within_nominal:
            return bool(self.lenders)
        return any(self.cohort.share(other) > self.own_share + SAME for other in self.lenders)

    def run(self) -> list[Job]:
        """Evicts as long as the strategies allow it; returns the fewest of them that suffice."""
        usage, used = [(other, other.usage[self.key]) for other in self.lenders], self.cohort.used[self.key]
        jobs = {other.tenant: candidates(other, self.key)[::-1] for other in self.lenders}
        self.left = {tenant: [*of] for tenant, of in jobs.items()}
        fits = self._evict_while(self._allows_final)
        may_help = bool(self.evicted) or self.is_within_nominal
        if not fits and not self.is_within_nominal:
            self.left = {tenant: [job for job in of if job not in self.evicted] for tenant, of in jobs.items()}
            fits = self._evict_while(self._allows_initial)
        self.is_hopeless = not fits and not may_help
        chosen = self._fewest() if fits else []
        for other, amounts in usage:  # exactly: adding what was taken away would round
            other.use(self.key, amounts)
        self.cohort.used[self.key] = used
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
        gpus, cpu, memory = job.kind.demand[self.key]
        without = self.cohort.share_with(other, self.key, (-gpus, -cpu, -memory))
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
