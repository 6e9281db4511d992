"""Jobs for which others are evicted: what is kept for them, and that they stay at the head (kueue v0.17.0)."""

from dataclasses import replace
from types import SimpleNamespace
from typing import cast

from falaj.simulation.jobs import simulate_jobs
from falaj.simulation.jobs.admission import Admission, Runs
from falaj.simulation.jobs.clock import Clock
from falaj.simulation.jobs.cohort import ClusterQueue, Cohort
from falaj.simulation.jobs.job import Amounts, Job, JobClass, Shape
from falaj.simulation.jobs.pool import Pool
from falaj.simulation.jobs.preemption import Lenders
from tests.unit.simulation.job_months import RUNS, job, platform, pool, queue, work

KEY = "s/gpu"


def test_no_third_job_takes_the_quota_for_which_others_are_being_evicted() -> None:
    """scheduler.go, `schedule`: the usage of a job that preempts is added to the snapshot, in each cycle until it is
    admitted, and a later one that then does not fit is skipped.

    b borrows 4 GPUs of 12, of which 2 are free. a needs 4 at 3,000 s: one job of b ends for it at 3,050 s. c would fit
    into the free ones at 3,010 s, and is skipped until a has its quota; only then has it another one evicted."""
    queues = [queue(tenant, {KEY: 4}, {KEY: 8}) for tenant in "abc"]
    running = [job(0, 9000, 4, "b"), job(0, 9000, 2, "b"), job(1, 9000, 2, "b"), job(0, 9000, 2, "c")]
    month = work(*running, job(3000, 900, 4, "a"), job(3010, 900, 2, "c"))
    late = replace(RUNS, evicted_seconds=50.0)
    outcome = simulate_jobs(platform(pool(), queues=queues, runs=late), month)
    assert outcome.waits["a"].max == 50 + 100
    assert outcome.waits["c"].p50 == (310 + 40 + 50 + 100) / 2


def test_jobs_that_did_not_fit_are_tried_again_a_second_after_quota_is_free() -> None:
    """inadmissible_workloads.go, `requeueBatchPeriod`; a job that evicts others stays in the queue, and waits for none.

    a's second job waits for its first one, and b for a job of c that is evicted at 5,000 s."""
    waits: list[tuple[float, float]] = []
    for seconds in (0.0, 1.0):
        queues = [queue("a", {KEY: 4}, {KEY: 0}), queue("b", {KEY: 4}, {KEY: 0}), queue("c", {KEY: 0}, {KEY: 4})]
        month = work(job(0, 900, 4, "a"), job(10, 900, 4, "a"), job(0, 9000, 4, "c"), job(5000, 900, 4, "b"))
        runs = replace(RUNS, evicted_seconds=60.0, requeue_seconds=seconds)
        outcome = simulate_jobs(platform(pool(), queues=queues, runs=runs), month)
        waits.append((outcome.waits["a"].max, outcome.waits["b"].max))
    assert waits[1] == (waits[0][0] + 1, waits[0][1])


def test_only_queues_that_borrow_what_is_short_lose_jobs() -> None:
    """preemption.go, `cqIsBorrowing` and `queueWithinNominalInResourcesNeedingPreemption`.

    a needs a GPU, of which c has borrowed some; b has borrowed vCPUs only, of which there are enough."""
    quota = Amounts(4, 40, 400)
    used = {"a": Amounts(1, 39, 0), "b": Amounts(4, 60, 0), "c": Amounts(7, 10, 0)}
    cohort = Cohort(
        ClusterQueue(tenant, 1, {KEY: quota}, {KEY: Amounts(99, 999, 9999)}, {KEY: usage})
        for tenant, usage in used.items()
    )
    for tenant in "bc":
        each = job_of(1, tenant, 1)
        each.pool = cast("Pool", SimpleNamespace(model=pool()))
        cohort.queues[tenant].admitted[each] = None
    # a exceeds its quota of vCPUs, but those are not short: it may take a GPU back whatever the shares are.
    evicted = Lenders().targets(cohort, cohort.queues["a"], KEY, Amounts(1, 8, 0))
    assert [each.kind.tenant for each in evicted] == ["c"]


def test_quota_is_free_before_the_machine_is() -> None:
    """The queue admits a job while the pods of the one that was evicted for it still save their checkpoint: another
    machine is started for it, and it takes the one that becomes free first."""
    queues = [queue(tenant, {KEY: 4}, {KEY: 4}) for tenant in "ab"]
    month = work(job(0, 9000, 4, "b"), job(0, 9000, 4, "b"), job(3000, 900, 4, "a"))
    outcome = simulate_jobs(platform(pool(max=3), queues=queues), month)
    full = simulate_jobs(platform(pool(max=2), queues=queues), month)
    assert outcome.waits["a"].max == full.waits["a"].max == 50 + 100
    # The third machine was requested at 3,010 s, and the evicted job goes on there.
    assert outcome.node_hours["s/gpu on-demand"] > full.node_hours["s/gpu on-demand"]


class _Recorded:
    """Which jobs were started and evicted."""

    def __init__(self) -> None:
        self.started: list[int] = []
        self.evicted: list[int] = []

    def start(self, job: Job, pool: Pool) -> None:
        job.pool = pool
        self.started.append(job.index)

    def evict(self, job: Job) -> None:
        job.leaving = True
        self.evicted.append(job.index)


def gpus(count: float) -> Amounts:
    return Amounts(count, 0, 0)


def job_of(index: int, tenant: str, count: int) -> Job:
    kind = JobClass(tenant, "s", True, gpus(count), {KEY: Shape(1, count, 0, 0)}, {KEY: gpus(count)}, False)
    return Job(index, kind, index, 1.0, 1.0, float(index))


def test_an_older_job_that_comes_back_does_not_take_the_place_of_the_one_that_preempts() -> None:
    """cluster_queue.go, `stickyWorkload`: otherwise the older one takes what was freed, and the younger one evicts
    again and again (kubernetes-sigs/kueue#6929 and #7101)."""
    cohort = Cohort(ClusterQueue(tenant, 1, {KEY: gpus(4)}, {KEY: gpus(8)}) for tenant in "ab")
    pools, runs, clock = {KEY: cast("Pool", SimpleNamespace(model=pool()))}, _Recorded(), Clock(10.0)
    admission = Admission(cohort, pools, cast("Runs", runs), clock)
    first, victim, older, preemptor = job_of(1, "b", 4), job_of(2, "b", 4), job_of(3, "a", 4), job_of(4, "a", 4)
    for time, each in enumerate((first, victim, preemptor, older)):
        clock.at(float(time), admission.submit, each)
    for each in (first, victim):
        each.admitted_at = each.index
    clock.at(5.0, admission.free, victim)
    clock.run()
    assert runs.evicted == [victim.index]
    assert runs.started == [first.index, victim.index, preemptor.index]


def test_a_job_that_is_evicted_before_its_pods_have_nodes_leaves_nothing_behind() -> None:
    """Its pods are gone at once, so no node that becomes ready within the second of its end takes them: the end of that
    attempt would otherwise end the job later, without its computation."""
    queues = [queue("a", {KEY: 4}, {KEY: 0}), queue("b", {KEY: 0}, {KEY: 4})]
    # The node for b is ready at 210 s; a takes the quota back at 209.5 s, and the node.
    month = work(job(0, 300, 4, "b"), job(209.5, 1000, 4, "a"))
    outcome = simulate_jobs(platform(pool(), queues=queues), month)
    assert outcome.waits["a"].max == 0.5 + 100
    assert outcome.waits["b"].max == 210 + 100 + 1000 + 100
