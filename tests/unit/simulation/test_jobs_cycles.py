"""Cycles of Kueue's scheduler, and when a job's quota is free."""

from dataclasses import dataclass, field, replace
from types import SimpleNamespace
from typing import cast

import pytest

from falaj.simulation.jobs import simulate_jobs
from falaj.simulation.jobs.admission import Admission
from falaj.simulation.jobs.clock import Clock
from falaj.simulation.jobs.cohort import ClusterQueue, Cohort
from falaj.simulation.jobs.job import Amounts, Job, JobClass, Shape
from falaj.simulation.jobs.ledger import Ledger
from falaj.simulation.jobs.pool import Pool
from falaj.simulation.jobs.runs import Runs
from tests.unit.simulation.job_months import RUNS, job, platform, pool, queue, work

KEY = "s/gpu"


@dataclass
class Recorder:
    """Notes what admission does."""

    done: list[tuple[str, str]] = field(default_factory=list[tuple[str, str]])

    def start(self, job: Job, pool: Pool) -> None:
        job.pool = pool
        self.done.append(("start", job.kind.tenant))

    def evict(self, job: Job) -> None:
        job.leaving = True
        self.done.append(("evict", job.kind.tenant))


def _job(tenant: str, count: int, number: int) -> Job:
    asks = Amounts(count, 0, 0)
    kind = JobClass(tenant, "s", True, asks, {KEY: Shape(1, count, 0, 0)}, {KEY: asks}, False)
    return Job(number, kind, number, 100, 0, number)


def _done(used: float, *jobs: Job) -> list[tuple[str, str]]:
    """Returns what happens to jobs of `a`, which uses some of its four GPUs, and of `b`, which uses all of its four."""
    four, limit = Amounts(4, 0, 0), Amounts(100, 0, 0)
    queues = Cohort(
        ClusterQueue(tenant, 1, {KEY: four}, {KEY: limit}, {KEY: Amounts(usage, 0, 0)})
        for tenant, usage in (("a", used), ("b", 4))
    )
    clock, recorder = Clock(10), Recorder()
    there = cast("Pool", SimpleNamespace(model=pool()))
    admission = Admission(queues, {KEY: there}, recorder, clock)
    for waiting in jobs:
        admission.submit(waiting)
    clock.run()
    return recorder.done


def test_a_job_behind_a_head_that_does_not_fit_comes_in_the_next_cycle() -> None:
    """Two GPUs are free. The head of `a` asks for four, so `b` borrows both; then `a` takes them back for the next."""
    assert _done(2, _job("a", 4, 1), _job("a", 2, 2), _job("b", 2, 3)) == [("start", "b"), ("evict", "b")]


def test_a_head_that_does_not_borrow_comes_first_in_its_cycle() -> None:
    assert _done(2, _job("b", 2, 1), _job("a", 2, 2)) == [("start", "a")]


def test_a_queue_gets_quota_for_one_job_in_a_cycle() -> None:
    """Three GPUs are free. `b` gets one in the cycle in which `a` gets its first, and loses it for a second of `a`."""
    jobs = (_job("a", 1, 1), _job("a", 2, 2), _job("b", 1, 3))
    assert _done(1, *jobs) == [("start", "a"), ("start", "b"), ("evict", "b")]


@pytest.mark.parametrize("seconds", [0.0, 50.0])
def test_quota_is_free_some_time_after_the_job_has_left_its_node(seconds: float) -> None:
    """The first computes from 310 to 1210 s; the node stays, so the second starts 100 s after it is admitted."""
    runs = replace(RUNS, release_seconds=seconds)
    month = platform(pool(), queues=[queue("a", {KEY: 4})], runs=runs)
    outcome = simulate_jobs(month, work(job(0, 900, 4), job(0, 900, 4)))
    assert outcome.waits["a"].max == pytest.approx(1210 + seconds + 100)
    assert outcome.node_hours["s/gpu on-demand"] * 3600 == pytest.approx(1200 + seconds + 100 + 900 + 600)
    assert outcome.waits["a"].unfinished == 0


def test_a_job_whose_pods_have_ended_is_not_evicted() -> None:
    running, ended = _job("a", 1, 1), _job("a", 1, 2)
    ended.ended = 5.0
    runs = Runs(RUNS, Clock(10), Ledger(), lambda *_: None)
    for one in (running, ended):
        runs.evict(one)
    assert (running.leaving, ended.leaving) == (True, False)
