"""Kueue's admission of a site's jobs (pkg/scheduler/scheduler.go, v0.17.0).

Queues are BestEffortFIFO: a job that does not fit waits aside, and those behind it are tried, until quota becomes free.
It is then tried again a second later (pkg/cache/queue/inadmissible_workloads.go): those that stayed in the queue, since
others were evicted for them, and new ones come first.
A cycle takes one head of each queue, also one for which nothing can be done (scheduler.go, `schedule`): so a queue that
borrows may get quota that jobs behind the head of another queue could have had, and lose it to them in the next cycle.
Of the heads the fairest comes first: one that does not borrow, then the one whose queue has the smallest share with it,
then the oldest (fair_sharing_iterator.go). A job takes the first flavor into which it fits or for which others can be
evicted (`MayStopSearch` for both in the components). A cycle takes no time; those in which certainly nothing can be
done for any head are counted without being evaluated (`backlog`).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from math import inf
from typing import Protocol

from falaj.components.core.training.deadline import Machine
from falaj.components.core.validation.enums import Capacity
from falaj.simulation.jobs.backlog import Backlog
from falaj.simulation.jobs.clock import Clock
from falaj.simulation.jobs.cohort import NOTHING, ClusterQueue, Cohort, Three, minus, plus
from falaj.simulation.jobs.job import Amounts, Job
from falaj.simulation.jobs.kind_columns import Kind
from falaj.simulation.jobs.pool import Pool
from falaj.simulation.jobs.preemption import Lenders
from falaj.simulation.jobs.prospects import Prospects

EXCLUDED: Mapping[Machine, frozenset[Capacity]] = {
    Machine.NONE: frozenset(),
    Machine.SPOT: frozenset({Capacity.ON_DEMAND}),
    Machine.ON_DEMAND: frozenset({Capacity.SPOT, Capacity.SPOT_FIRST}),
}
"""Capacity types of pools on which a run with a deadline must not be (components/kubernetes/queues,
deadline_controller.py)."""


class Runs(Protocol):
    """What admission does to jobs."""

    def start(self, job: Job, pool: Pool) -> None:
        """Creates the pods of an admitted job."""
        ...

    def evict(self, job: Job) -> None:
        """Ends its pods and puts it back into the queue."""
        ...


@dataclass(frozen=True, slots=True)
class _Choice:
    """What could be done for the head of a queue."""

    job: Job
    queue: ClusterQueue
    key: str
    evicts: list[Job]
    order: tuple[bool, float, float, int]


class Admission:
    """The queues of a site and the jobs that wait in them."""

    def __init__(
        self, cohort: Cohort, pools: Mapping[str, Pool], runs: Runs, clock: Clock, requeue_seconds: float = 0.0
    ) -> None:
        """`requeue_seconds`: from free quota until jobs that were put aside are tried again."""
        self.cohort = cohort
        self._pools, self._runs, self._clock, self._requeue_seconds = pools, runs, clock, requeue_seconds
        self._requeues = False
        """Whether jobs that were put aside are about to be tried again."""
        self._waiting = {tenant: Backlog([*queue.nominal], self._demand) for tenant, queue in cohort.queues.items()}
        self._is_due = False
        self._lenders = Lenders()
        self._lines = [
            (queue, self._waiting[tenant], Prospects(cohort, queue, self._lenders))
            for tenant, queue in cohort.queues.items()
        ]
        """Each queue, the jobs that wait in it, and what they may ask for."""

    def submit(self, job: Job) -> None:
        """Puts a job into its queue."""
        job.is_queued = True
        self._waiting[job.kind.tenant].push(job)
        self._soon()

    def withdraw(self, job: Job) -> None:
        """Takes a job that waits out of its queue."""
        job.is_queued = False
        self._waiting[job.kind.tenant].pop(job)

    def free(self, job: Job) -> None:
        """Gives the quota of a job back, if it has any."""
        queue = self.cohort.queues[job.kind.tenant]
        if job not in queue.admitted:
            return
        del queue.admitted[job]
        if job.pool is not None:
            key = job.pool.model.key
            self.cohort.remove(queue, key, job.kind.demand[key])
        self.retry()

    def retry(self) -> None:
        """Tries jobs again, after quota became free or changed: heads that wait for others to end at once, and those
        that were put aside when Kueue has collected further releases."""
        for waiting in self._waiting.values():
            waiting.unblock()
        self.cohort.release_reserved()
        self._soon()
        if not self._requeues:
            self._requeues = True
            if self._requeue_seconds:
                self._clock.after(self._requeue_seconds, self._requeue)
            else:
                self._requeue()

    def _requeue(self) -> None:
        self._requeues = False
        for waiting in self._waiting.values():
            waiting.retry()
        self._soon()

    def waiting(self, tenant: str) -> int:
        """Returns how many jobs of a tenant wait."""
        return len(self._waiting[tenant])

    def _soon(self) -> None:
        if not self._is_due:
            self._is_due = True
            self._clock.after(0, self._cycle)

    def _cycle(self) -> None:
        self._is_due = False
        self._lenders.clear()
        while heads := self._heads():
            choices = [choice for queue, job in heads if (choice := self._nominate(queue, job)) is not None]
            for choice in sorted(choices, key=lambda choice: choice.order):
                if choice.evicts:
                    self._preempt(choice, self._waiting[choice.queue.tenant])
                elif not self.cohort.lacks(choice.queue, choice.key, choice.job.kind.demand[choice.key]):
                    self._admit(choice)
            if choices:
                self._lenders.clear()
                for waiting in self._waiting.values():
                    waiting.forget()

    def _heads(self) -> list[tuple[ClusterQueue, Job]]:
        """Returns the heads that may be admitted, in the next cycle that has any. All others up to then are put aside.

        In the cycles before, no quota is used: so all queues take part in them at once."""
        cycles, queues = inf, list[tuple[ClusterQueue, Backlog]]()
        for queue, waiting, prospects in self._lines:
            if queue.stop == "None" and not waiting.blocked and not waiting.is_over:
                cycles = min(cycles, waiting.ahead(prospects))
                queues.append((queue, waiting))
        return [(queue, job) for queue, waiting in queues if (job := waiting.after(cycles)) is not None]

    def _nominate(self, queue: ClusterQueue, job: Job) -> _Choice | None:
        """Returns what could be done for a head; one for which nothing can be done is put aside."""
        choice = self._choose(queue, job)
        if choice is None:
            self._waiting[queue.tenant].put_aside(job)
        return choice

    def _preempt(self, choice: _Choice, waiting: Backlog) -> None:
        """Evicts jobs for the head of a queue, which then waits for their end. Jobs that end for another one are not
        counted on (`preemptedWorkloads.HasAny`)."""
        is_ongoing = any(job.leaving for job in choice.evicts) and waiting.sticky is not choice.job
        freed: Three = NOTHING
        for job in choice.evicts:
            freed = plus(freed, job.kind.demand[choice.key])
        if not is_ongoing and not self._fits(choice, freed):
            return
        waiting.blocked = True
        if is_ongoing:
            return
        waiting.stick(choice.job)
        self.cohort.reserve(choice.key, minus(choice.job.kind.demand[choice.key], freed))
        for job in choice.evicts:
            self._runs.evict(job)

    def _fits(self, choice: _Choice, freed: Three) -> bool:
        """Returns whether a job fits without those that are evicted for it, after what came before it in the cycle
        (scheduler.go, `fits`). Otherwise none is evicted, and it is considered again in the next cycle."""
        return not self.cohort.lacks(choice.queue, choice.key, minus(choice.job.kind.demand[choice.key], freed))

    def _admit(self, choice: _Choice) -> None:
        job, queue = choice.job, choice.queue
        self._waiting[queue.tenant].pop(job)
        job.is_queued = False
        self.cohort.add(queue, choice.key, job.kind.demand[choice.key])
        queue.admitted[job] = None
        self._runs.start(job, self._pools[choice.key])

    def _demand(self, kind: Kind) -> Mapping[str, Amounts]:
        """Returns what jobs of a kind ask for, by pool on which they may run now."""
        jobs, machines = kind
        return {key: asks for key, asks in jobs.demand.items() if not self._excludes(key, machines)}

    def _excludes(self, key: str, machines: Machine) -> bool:
        # Most jobs are bound to none: a comparison takes less time than to look the capacity type up.
        return machines is not Machine.NONE and self._pools[key].model.capacity in EXCLUDED[machines]

    def _choose(self, queue: ClusterQueue, job: Job) -> _Choice | None:
        for key, asks in job.kind.demand.items():
            if self._excludes(key, job.bound_to) or self.cohort.is_beyond(queue, key, asks):
                continue
            evicts: list[Job] = []
            if self.cohort.lacks(queue, key, asks):
                evicts = self._lenders.targets(self.cohort, queue, key, asks)
                if not evicts:
                    continue
            share = self.cohort.share_with(queue, key, asks)
            order = (queue.is_borrowing_with(key, asks), share, job.timestamp, job.index)
            return _Choice(job, queue, key, evicts, order)
        return None
