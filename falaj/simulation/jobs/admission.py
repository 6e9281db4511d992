"""Kueue's admission of a site's jobs (pkg/scheduler/scheduler.go, v0.17.0).

Queues are BestEffortFIFO: a job that does not fit waits aside, and those behind it are tried, until quota becomes free.
A cycle takes one head of each queue, also one for which nothing can be done (scheduler.go, `schedule`): so a queue that
borrows may get quota that jobs behind the head of another queue could have had, and lose it to them in the next cycle.
Of the heads the fairest comes first: one that does not borrow, then the one whose queue has the smallest share with it,
then the oldest (fair_sharing_iterator.go). A job takes the first flavor into which it fits or for which others can be
evicted (`MayStopSearch` for both in the components). A cycle takes no time.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from heapq import heappop, heappush
from typing import Protocol

from falaj.components.core.training.deadline import Machine
from falaj.components.core.validation.enums import Capacity
from falaj.simulation.jobs.clock import Clock
from falaj.simulation.jobs.cohort import ClusterQueue, Cohort
from falaj.simulation.jobs.job import Job, JobClass
from falaj.simulation.jobs.pool import Pool
from falaj.simulation.jobs.preemption import targets

EXCLUDED: Mapping[Machine, frozenset[Capacity]] = {
    Machine.NONE: frozenset(),
    Machine.SPOT: frozenset({Capacity.ON_DEMAND}),
    Machine.ON_DEMAND: frozenset({Capacity.SPOT, Capacity.SPOT_FIRST}),
}
"""Capacity types of pools on which a run with a deadline must not be (components/kubernetes/queues,
deadline_controller.py)."""

Kind = tuple[JobClass, Machine]


class Runs(Protocol):
    """What admission does to jobs."""

    def start(self, job: Job, pool: Pool) -> None:
        """Creates the pods of an admitted job."""
        ...

    def evict(self, job: Job) -> None:
        """Ends its pods and puts it back into the queue."""
        ...


@dataclass(slots=True)
class _Waiting:
    """Jobs of a queue that wait."""

    kinds: dict[Kind, list[tuple[float, int, Job]]] = field(default_factory=dict)
    """Jobs that are alike, as a heap by their order."""
    aside: set[Kind] = field(default_factory=set)
    """Those of which none fits until quota becomes free."""
    blocked: bool = False
    """Whether its head waits for jobs that end."""
    sticky: Job | None = None
    """The job for which others were evicted: it stays at the head (cache/queue/cluster_queue.go, `stickyWorkload`)."""

    def head(self) -> Job | None:
        """Returns the first job that is not aside."""
        if self.blocked:
            return None
        if self.sticky is not None:
            return self.sticky
        heads = [heap[0] for kind, heap in self.kinds.items() if kind not in self.aside]
        return min(heads)[2] if heads else None

    def push(self, job: Job) -> None:
        """Adds a job."""
        heappush(self.kinds.setdefault((job.kind, job.bound_to), []), (job.timestamp, job.index, job))

    def pop(self, job: Job) -> None:
        """Removes a job, which is mostly the first of its kind."""
        kind = (job.kind, job.bound_to)
        heap = self.kinds[kind]
        if heap[0][2] is job:
            heappop(heap)
        else:
            self.kinds[kind] = heap = sorted(entry for entry in heap if entry[2] is not job)
        if not heap:
            del self.kinds[kind]
        if self.sticky is job:
            self.sticky = None

    def put_aside(self, job: Job) -> None:
        """Leaves jobs of this kind waiting until quota becomes free."""
        self.aside.add((job.kind, job.bound_to))
        if self.sticky is job:
            self.sticky = None

    @property
    def count(self) -> int:
        """Number of jobs."""
        return sum(len(heap) for heap in self.kinds.values())


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

    def __init__(self, cohort: Cohort, pools: Mapping[str, Pool], runs: Runs, clock: Clock) -> None:
        self.cohort = cohort
        self._pools, self._runs, self._clock = pools, runs, clock
        self._waiting = {tenant: _Waiting() for tenant in cohort.queues}
        self._is_due = False

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
        """Gives the quota of a job back."""
        queue = self.cohort.queues[job.kind.tenant]
        del queue.admitted[job]
        if job.pool is not None:
            key = job.pool.model.key
            self.cohort.remove(queue, key, job.kind.demand[key])
        self.retry()

    def retry(self) -> None:
        """Tries all jobs again, after quota became free or changed."""
        for waiting in self._waiting.values():
            waiting.aside.clear()
            waiting.blocked = False
        self.cohort.reserved.clear()
        self._soon()

    def waiting(self, tenant: str) -> int:
        """Returns how many jobs of a tenant wait."""
        return self._waiting[tenant].count

    def _soon(self) -> None:
        if not self._is_due:
            self._is_due = True
            self._clock.after(0, self._cycle)

    def _cycle(self) -> None:
        self._is_due = False
        while heads := [*self._heads()]:
            choices = [choice for queue, job in heads if (choice := self._nominate(queue, job)) is not None]
            for choice in sorted(choices, key=lambda choice: choice.order):
                if choice.evicts:
                    self._preempt(choice, self._waiting[choice.queue.tenant])
                elif not self.cohort.lacks(choice.queue, choice.key, choice.job.kind.demand[choice.key]):
                    self._admit(choice)

    def _preempt(self, choice: _Choice, waiting: _Waiting) -> None:
        """Evicts jobs for the head of a queue, which then waits for their end. Jobs that end for another one are not
        counted on (`preemptedWorkloads.HasAny`)."""
        waiting.blocked = True
        is_ongoing = any(job.leaving for job in choice.evicts)
        if is_ongoing and waiting.sticky is not choice.job:
            return
        waiting.sticky = choice.job
        self.cohort.reserve(choice.key, choice.job.kind.demand[choice.key])
        for job in choice.evicts:
            self._runs.evict(job)

    def _admit(self, choice: _Choice) -> None:
        job, queue = choice.job, choice.queue
        self._waiting[queue.tenant].pop(job)
        job.is_queued = False
        self.cohort.add(queue, choice.key, job.kind.demand[choice.key])
        queue.admitted[job] = None
        self._runs.start(job, self._pools[choice.key])

    def _heads(self) -> Iterator[tuple[ClusterQueue, Job]]:
        """Yields the first job of each queue that is not aside."""
        for tenant, waiting in self._waiting.items():
            queue = self.cohort.queues[tenant]
            if queue.stop == "None" and (job := waiting.head()) is not None:
                yield queue, job

    def _nominate(self, queue: ClusterQueue, job: Job) -> _Choice | None:
        """Returns what could be done for a head; one for which nothing can be done is put aside."""
        choice = self._choose(queue, job)
        if choice is None:
            self._waiting[queue.tenant].put_aside(job)
        return choice

    def _choose(self, queue: ClusterQueue, job: Job) -> _Choice | None:
        for key, asks in job.kind.demand.items():
            if self._pools[key].model.capacity in EXCLUDED[job.bound_to] or self.cohort.is_beyond(queue, key, asks):
                continue
            evicts: list[Job] = []
            if self.cohort.lacks(queue, key, asks):
                evicts = targets(self.cohort, queue, key, asks)
                if not evicts:
                    continue
            self.cohort.add(queue, key, asks)
            order = (queue.is_borrowing(key), self.cohort.share(queue, {}), job.timestamp, job.index)
            self.cohort.remove(queue, key, asks)
            return _Choice(job, queue, key, evicts, order)
        return None
