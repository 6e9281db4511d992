"""Kueue's queues in simulated months: quotas, borrowing, preemption, budgets and requeues, against cases by hand."""

from datetime import timedelta
from types import SimpleNamespace
from typing import cast

import pytest

from falaj.components.core.tenancy.spend_quota import PricedFlavor, TenantBudget
from falaj.components.core.validation.enums import Capacity
from falaj.simulation.jobs import simulate_jobs
from falaj.simulation.jobs.cohort import ClusterQueue, Cohort
from falaj.simulation.jobs.job import Amounts, Job, JobClass, Shape
from falaj.simulation.jobs.pool import Pool
from falaj.simulation.jobs.preemption import Lenders
from falaj.simulation.jobs.spend import BudgetController
from falaj.simulation.outcome import Cause
from falaj.simulation.platform_model import QueueModel
from falaj.simulation.work import Work
from tests.unit.simulation.job_months import HOUR, START, aed, job, market, platform, pool, queue, work

KEY = "s/gpu"


def gpus(count: float) -> Amounts:
    return Amounts(count, 0, 0)


def cohort(*rows: tuple[str, float, float, float]) -> Cohort:
    """Returns queues of one pool: tenant, weight, quota, and usage."""
    return Cohort(
        ClusterQueue(tenant, weight, {KEY: gpus(own)}, {KEY: gpus(100)}, {KEY: gpus(used)})
        for tenant, weight, own, used in rows
    )


def running(queues: Cohort, tenant: str, count: float, admitted_at: float) -> Job:
    """Returns a job that runs and is counted in the usage of its queue."""
    kind = JobClass(tenant, "s", True, gpus(count), {KEY: Shape(1, int(count), 0, 0)}, {KEY: gpus(count)}, False)
    there = cast("Pool", SimpleNamespace(model=pool()))
    admitted = Job(int(admitted_at), kind, 0, 0, 0, 0, admitted_at=admitted_at, pool=there)
    queues.queues[tenant].admitted[admitted] = None
    return admitted


def chosen(queues: Cohort, tenant: str, count: float) -> list[Job]:
    return Lenders().targets(queues, queues.queues[tenant], KEY, gpus(count))


def test_a_queue_may_use_its_quota_what_others_leave_and_no_more_than_its_limit() -> None:
    queues = cohort(("a", 1, 4, 0), ("b", 1, 4, 2))
    assert not queues.lacks(queues.queues["a"], KEY, gpus(6))
    assert queues.lacks(queues.queues["a"], KEY, gpus(7))
    queues.queues["a"].limit[KEY] = gpus(5)
    assert queues.lacks(queues.queues["a"], KEY, gpus(6))
    assert queues.is_beyond(queues.queues["a"], KEY, gpus(6))
    assert not queues.is_beyond(queues.queues["a"], KEY, gpus(5))


def test_the_share_is_what_is_borrowed_by_what_can_be_lent_by_weight() -> None:
    queues = cohort(("a", 2, 4, 6), ("b", 1, 4, 1))
    assert queues.share(queues.queues["a"]) == pytest.approx(2 / 8 / 2)
    assert queues.share(queues.queues["b"]) == 0
    assert queues.share_with(queues.queues["b"], KEY, gpus(5)) == pytest.approx(2 / 8)


def test_a_tenant_within_its_quota_takes_it_back_from_the_job_admitted_last() -> None:
    queues = cohort(("a", 1, 4, 0), ("b", 1, 4, 8))
    first, last = running(queues, "b", 4, 1), running(queues, "b", 4, 2)
    assert chosen(queues, "a", 4) == [last]
    assert first not in chosen(queues, "a", 2)
    assert queues.queues["b"].usage[KEY] == gpus(8)


def test_no_job_is_evicted_from_a_queue_that_does_not_borrow() -> None:
    queues = cohort(("a", 1, 4, 4), ("b", 1, 4, 4))
    running(queues, "b", 4, 1)
    assert chosen(queues, "a", 4) == []


def test_who_borrows_evicts_only_from_a_queue_that_would_still_have_the_larger_share() -> None:
    """a with 5 of 4 has a share of 1/12; b keeps 2/12 with 6 of 4, but 0 if a job of 4 GPUs is evicted."""
    queues = cohort(("a", 1, 4, 4), ("b", 1, 4, 7), ("c", 1, 4, 1))
    small = running(queues, "b", 1, 1)
    assert chosen(queues, "a", 1) == [small]
    equal = cohort(("a", 1, 4, 4), ("b", 1, 4, 5), ("c", 1, 4, 3))
    running(equal, "b", 1, 1)
    assert chosen(equal, "a", 1) == []


def test_a_large_job_is_evicted_if_its_queue_has_the_larger_share_before() -> None:
    """LessThanInitialShare: a would have 1/8, b has 4/8 now."""
    queues = cohort(("a", 1, 4, 0), ("b", 1, 4, 8))
    large = running(queues, "b", 8, 1)
    assert chosen(queues, "a", 5) == [large]


def test_jobs_that_need_not_be_evicted_are_spared() -> None:
    """The job of 1 GPU was admitted last, but without it the one of 4 suffices."""
    queues = cohort(("a", 1, 4, 0), ("b", 1, 4, 8))
    running(queues, "b", 3, 1)
    four, one = running(queues, "b", 4, 2), running(queues, "b", 1, 3)
    assert chosen(queues, "a", 4) == [four]
    assert one not in chosen(queues, "a", 4)


def test_a_quota_holds_even_if_machines_are_free() -> None:
    outcome = simulate_jobs(platform(pool(), queues=[queue("a", {KEY: 4})]), work(job(0, 900), job(0, 900)))
    assert outcome.waits["*"].max == 310 + 900 + 100


def test_idle_quota_of_others_is_borrowed_up_to_the_limit() -> None:
    def waits(borrow: float) -> float:
        queues = [queue("a", {KEY: 4}, {KEY: borrow}), queue("b", {KEY: 4})]
        return simulate_jobs(platform(pool(), queues=queues), work(job(0, 900), job(0, 900))).waits["*"].max

    assert waits(4) == 310
    assert waits(3) == 310 + 900 + 100


def test_a_small_job_overtakes_one_that_does_not_fit() -> None:
    """BestEffortFIFO: a uses one GPU of four; the job of four waits, the one of one behind it does not."""
    month = work(job(0, 9000, 1), job(500, 900, 4), job(600, 900, 1))
    outcome = simulate_jobs(platform(pool(), queues=[queue("a", {KEY: 4})]), month)
    assert outcome.waits["*"].p50 == 310
    assert outcome.waits["*"].max > 8000


def test_lent_quota_is_taken_back_and_the_evicted_job_goes_on_from_its_checkpoint() -> None:
    queues = [queue("a", {KEY: 4}, {KEY: 4}), queue("b", {KEY: 4}, {KEY: 0})]
    month = work(job(0, 5000), job(0, 5000), job(3000, 500, 4, "b"))
    outcome = simulate_jobs(platform(pool(max=2), queues=queues), month)
    # It computes from 310 to 3,000 with two saves, so 2,590 s are kept; the eviction takes the save of 50 s.
    assert outcome.waits["b"].max == 50 + 100
    assert outcome.waits["*"].unfinished == 0
    assert aed(outcome, Cause.WORK) == pytest.approx(2 * 5000 / HOUR * 36)
    assert aed(outcome, Cause.LOST) == pytest.approx((4 * 50 + 2 * 50 + 50 + 100 + 2 * 50) / HOUR * 36)


def test_the_cheaper_capacity_type_is_tried_first_and_borrowed_before_on_demand_is_used() -> None:
    spot, fixed = pool("spot", capacity=Capacity.SPOT), pool("fixed")
    units = {"s/fixed": 8.0, "s/spot": 4.0}
    queues = [queue("a", units, {"s/spot": 4, "s/fixed": 0}), queue("b", units)]
    outcome = simulate_jobs(platform(fixed, spot, queues=queues), work(*(job(0, 900) for _ in range(3))))
    assert outcome.node_hours["s/spot spot"] == pytest.approx(2 * 1800 / HOUR)
    assert outcome.node_hours["s/fixed on-demand"] == pytest.approx(1800 / HOUR)


def test_a_job_without_machines_is_evicted_and_requeued_later_and_later() -> None:
    """No spot machine for four hours. Each try holds the quota for 20 minutes, and the delays are 1, 2, 4, 8, 16, 30
    and 30 minutes, so the eighth try is at 13,860 s. Machines are requested at 13,870 s and every 190 s from then on:
    the request at 14,440 s is answered. Another tenant's job does not wait meanwhile."""
    spot = market((0, [0]), (4 * HOUR, [4]))
    queues = [queue("a", {"s/spot": 4.0, "s/fixed": 0.0}), queue("b", {"s/fixed": 4.0})]
    model = platform(pool("spot", capacity=Capacity.SPOT), pool("fixed"), queues=queues)
    outcome = simulate_jobs(model, work(job(0, 900), job(0, 900, 4, "b"), spot=spot))
    assert outcome.waits["a"].max == 14_440 + 200 + 100
    assert outcome.waits["b"].max == 310


def budgeted(aed_per_month: float, stops: str = "HoldAndDrain", hours: float = 730.0) -> QueueModel:
    flavor = PricedFlavor(KEY, 9.0, 16, unit={"cpu": 10, "memory_gib": 40, "gpus": 1})
    budget = TenantBudget(aed_per_month, hours, stops, [flavor])
    return QueueModel("s", "a", {KEY: 4}, {KEY: 0}, budget)


def month_of(aed_per_month: float, *rows: tuple[float, float, float, str, bool, float], hours: float = 720.0):
    full = work(*rows, hours=hours)
    month = Work(START - timedelta(days=1), full.length, full.jobs)
    return simulate_jobs(platform(pool(), queues=[budgeted(aed_per_month)]), month)


def test_the_budget_stops_the_queue_and_the_money_is_spent() -> None:
    """100 jobs of a day want AED 21,600; the budget is 5,000. The tenant pays for starts, and not for idle time."""
    outcome = month_of(5000, *(job(HOUR * index, 24 * HOUR, 1) for index in range(100)))
    spent = sum(row.aed for row in outcome.charges if row.tenant == "a")
    assert 4900 <= spent <= 5100
    assert outcome.waits["a"].unfinished > 50


def test_the_budget_is_whole_again_in_the_next_month() -> None:
    jobs = [job(HOUR * index, 24 * HOUR, 1) for index in range(200)]
    one, two = month_of(5000, *jobs), month_of(5000, *jobs, hours=1460)
    assert aed(two, Cause.WORK) == pytest.approx(2 * aed(one, Cause.WORK), rel=0.05)


def test_a_budget_that_suffices_stops_nothing() -> None:
    outcome = month_of(50_000, *(job(HOUR * index, 1000, 1) for index in range(20)))
    assert outcome.waits["*"].unfinished == 0
    assert outcome.waits["*"].max == 310


@pytest.mark.parametrize(("rows", "decisions"), [((), 0), ((job(0, 1000, 1),), 144)])
def test_budgets_are_only_controlled_for_jobs(
    monkeypatch: pytest.MonkeyPatch, rows: tuple[tuple[float, float, float, str, bool, float], ...], decisions: int
) -> None:
    """A month has 8,929 decisions of five minutes. Without jobs they took most of the time of a simulation."""
    made: list[float] = []
    decide = BudgetController._decide  # pyright: ignore[reportPrivateUsage]

    def counted(self: BudgetController) -> None:
        made.append(0.0)
        decide(self)

    monkeypatch.setattr(BudgetController, "_decide", counted)
    model = platform(pool(min=1), queues=[budgeted(5000)])
    outcome = simulate_jobs(model, work(*rows, hours=12.0))
    assert len(made) == (decisions and decisions + 1)
    assert outcome.node_hours == {"s/gpu on-demand": 12.0}
