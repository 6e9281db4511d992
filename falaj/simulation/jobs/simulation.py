"""A month of queued work: the parts of the platform, put together and run."""

import gc
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from math import inf, isfinite

from falaj.simulation.jobs import summary
from falaj.simulation.jobs.admission import Admission
from falaj.simulation.jobs.clock import Clock
from falaj.simulation.jobs.cohort import ClusterQueue, Cohort, Three, plus, times
from falaj.simulation.jobs.consolidation import Consolidation
from falaj.simulation.jobs.deadlines import DeadlineController, missed
from falaj.simulation.jobs.job import Amounts, Job, JobClass
from falaj.simulation.jobs.karpenter import karpenter
from falaj.simulation.jobs.ledger import Ledger
from falaj.simulation.jobs.market import market_of
from falaj.simulation.jobs.pool import Pool
from falaj.simulation.jobs.runs import Runs
from falaj.simulation.jobs.shapes import JobClasses, flavor_order, per_unit
from falaj.simulation.jobs.sleeping import changes
from falaj.simulation.jobs.spend import BudgetController, Spend
from falaj.simulation.outcome import Outcome
from falaj.simulation.platform_model import Platform, PoolModel, QueueModel
from falaj.simulation.work import Jobs, Work

NEW_OBJECTS, NEVER = 100_000, 1_000_000
"""New objects after which they are looked through; looks among them after which all are."""


def simulate_jobs(platform: Platform, work: Work, seed: int = 0) -> Outcome:
    """Returns what the jobs of a month cost and how long they wait, with the charges of the pools for queued work.

    The seed decides which spot machines are reclaimed, and when. Jobs that no pool can run are unfinished, with a
    warning.
    """
    with _with_few_collections():
        return _Month(platform, work, seed).run()


@contextmanager
def _with_few_collections() -> Iterator[None]:
    """Looks for unreachable cycles among new objects only, and seldom: a month makes none before it ends, and each look
    among all objects goes through all jobs that wait, for a twelfth of the time."""
    before = gc.get_threshold()
    gc.set_threshold(before[0] and NEW_OBJECTS, before[1], NEVER)
    try:
        yield
    finally:
        gc.set_threshold(*before)


class _Month:
    def __init__(self, platform: Platform, work: Work, seed: int) -> None:
        self.platform, self.work = platform, work
        self.clock = Clock(work.length)
        self.ledger = Ledger()
        spend = Spend(self.clock)
        self.runs = Runs(platform.runs, self.clock, self.ledger, spend.charged)
        self.karpenters = {
            pool.site: karpenter(self.clock, pool) for pool in platform.pools if pool.removal_is_validated
        }
        self.pools = {pool.key: self._pool(pool, seed) for pool in flavor_order(platform)}
        self.runs.pools = self.pools
        self.runs.admissions = {
            site: self._admission(site, spend) for site in dict.fromkeys(queue.site for queue in platform.queues)
        }
        self.deadlines = DeadlineController(platform.runs, work.start, self.runs, self.clock)
        self.jobs: list[Job] = []
        self.never: Counter[str] = Counter()

    def run(self) -> Outcome:
        """Runs the month."""
        if self.work.jobs is not None:
            self._submit_next(_jobs(self.platform, self.work.jobs, self.work.length, self.never))
        self.clock.run()
        for job in [*self.runs.running]:
            self.runs.settle(job)
        for pool in self.pools.values():
            pool.close()
        return self._outcome()

    def _submit_next(self, jobs: Iterator[Job]) -> None:
        if (job := next(jobs, None)) is not None:
            self.clock.at(job.submit, self._submit, job, jobs)

    def _submit(self, job: Job, jobs: Iterator[Job]) -> None:
        self.jobs.append(job)
        self.deadlines.watch(job)
        self.runs.submit(job)
        self._submit_next(jobs)

    def _pool(self, model: PoolModel, seed: int) -> Pool:
        market = market_of(self.platform, model, self.work, seed)
        shared = self.karpenters[model.site] if model.removal_is_validated else None
        pool = Pool(model, self.clock, self.ledger, market, self.runs, shared)
        # It looks every minute, and moves only nodes with pods.
        if model.returns_to_spot and self.work.has_jobs:
            Consolidation(pool, self.clock)
        if model.sleeps is not None:
            for time, wakes in changes(model.sleeps, self.work.start, self.work.length):
                self.clock.at(time, pool.wake if wakes else pool.sleep)
        return pool

    def _admission(self, site: str, spend: Spend) -> Admission:
        queues = [queue for queue in self.platform.queues if queue.site == site]
        budgets = {queue.tenant: queue.budget for queue in queues if queue.budget is not None}
        known = {flavor.name: flavor.unit for budget in budgets.values() for flavor in budget.flavors}
        units = {key: per_unit(pool.model, known) for key, pool in self.pools.items()}
        cohort = Cohort(_cluster_queue(queue, units) for queue in queues)
        admission = Admission(cohort, self.pools, self.runs, self.clock, self.platform.runs.requeue_seconds)
        # The controller decides 9,000 times a month.
        if budgets and self.work.has_jobs:
            BudgetController(site, budgets, units, admission, spend, self.runs, self.clock, self.work.start)
        return admission

    def _outcome(self) -> Outcome:
        ledger, length = self.ledger, self.work.length
        self._count_waiting()
        deadlines, late = missed(self.jobs, length)
        return Outcome(
            charges=ledger.charges,
            waits=summary.waits(self.jobs, self.never, length),
            deadlines=deadlines,
            deadlines_missed=late,
            interruptions=sum(pool.interruptions for pool in self.pools.values()),
            gpu_hours_paid=ledger.gpu_hours_paid,
            gpu_hours_used=ledger.gpu_hours_used,
            node_hours=dict(sorted(ledger.node_hours.items())),
            hours=summary.hours(ledger, self.pools, length),
            on_demand=ledger.machines,
            warnings=tuple(_warnings(self.never)),
        )

    def _count_waiting(self) -> None:
        """Counts a job until its first computation as waiting for the pool that it would take first."""
        for job in self.jobs:
            key, asks = next(iter(job.kind.demand.items()))
            until = min(job.first_begin, self.work.length)
            if until > job.submit:
                self.ledger.waiting[key].append((job.submit, until, asks.gpus or asks.cpu))


def _cluster_queue(queue: QueueModel, units: dict[str, Amounts]) -> ClusterQueue:
    nominal: dict[str, Three] = {key: times(units[key], count) for key, count in queue.units.items() if key in units}
    limit = {key: plus(own, times(units[key], queue.borrow.get(key, inf))) for key, own in nominal.items()}
    return ClusterQueue(queue.tenant, queue.weight, nominal, limit)


def _jobs(platform: Platform, jobs: Jobs, length: float, never: Counter[str]) -> Iterator[Job]:
    """Yields the jobs of the month, and counts those by tenant that can never run."""
    found = JobClasses(platform)
    classes: dict[tuple[str, Amounts, bool], JobClass | None] = {}
    columns = (jobs.submit, jobs.run, jobs.gpus, jobs.cpu, jobs.memory_gib, jobs.tenant, jobs.interruptible)
    rows = zip(*(column.tolist() for column in (*columns, jobs.deadline)), strict=True)
    for index, (submit, run, gpus, cpu, memory, tenant, interruptible, deadline) in enumerate(rows):
        if submit > length:
            continue
        key = (jobs.tenants[tenant], Amounts(gpus, cpu, memory), bool(interruptible))
        if key not in classes:
            classes[key] = found.find(*key)
        if (kind := classes[key]) is None:
            never[key[0]] += 1
        else:
            yield Job(index, kind, submit, run, deadline if isfinite(deadline) else inf, submit)


def _warnings(never: Counter[str]) -> Iterator[str]:
    for tenant, count in sorted(never.items()):
        yield f"{count} jobs of {tenant} ask for more than any machine or pool that it may use has; they never start."
