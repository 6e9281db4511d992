"""What the bound counts: small months computed by hand."""

from dataclasses import replace

import numpy as np
import pytest

from falaj.components.core.validation.enums import Capacity, Profile
from falaj.simulation.bounds import clairvoyant
from falaj.simulation.platform_model import MONTH_SECONDS, MachineType, QueueModel, ServiceModel
from falaj.simulation.work import Requests, Work
from tests.unit.simulation.small_months import HOUR, job, month, platform, pool

FOUR = MachineType("four", 32, 128, 4, 40.0, 10.0)
ONE = MachineType("one", 8, 32, 1, 16.0, None)
CPU = MachineType("cpu", 16, 64, 0, 4.0, 1.0)


def jobs_aed(work: Work, *machines: MachineType, wait: float | None = None, starting: float = 0.0) -> float:
    return clairvoyant(platform(pool("gpu", machines), starting=starting), work, wait).parts["jobs"]


def test_a_job_pays_for_its_share_of_the_cheapest_machine() -> None:
    assert jobs_aed(month([job(0, 4, 1)], 24), FOUR, ONE) == pytest.approx(4 * 10 / 4)


def test_a_job_that_cannot_be_interrupted_pays_for_on_demand_machines() -> None:
    assert jobs_aed(month([job(0, 4, 1, interruptible=False)], 24), FOUR, ONE) == pytest.approx(4 * 40 / 4)


def test_a_job_that_may_not_wait_needs_a_whole_machine() -> None:
    work = month([job(0, 4, 1, interruptible=False)], 24)
    assert jobs_aed(work, FOUR, ONE, wait=0) == pytest.approx(4 * 16)
    assert jobs_aed(work, FOUR, ONE, wait=2 * HOUR) == pytest.approx(max(4 * 10, 2 * 16))


def test_pauses_save_at_most_a_machine_for_the_time_of_the_pause() -> None:
    work = month([job(0, 20, 1)], 24)
    assert jobs_aed(work, FOUR, wait=0) == pytest.approx(20 * 10)
    assert jobs_aed(work, FOUR, wait=2 * HOUR) == pytest.approx((20 - 2) * 10 - 2 * 10 + 2 * 10)


def test_a_pause_may_save_an_on_demand_machine_where_spot_machines_are_few() -> None:
    work = month([job(0, 20, 4), job(0, 20, 4)], 24, spot=[1])
    assert jobs_aed(work, FOUR, wait=HOUR) == pytest.approx(20 * (10 + 40) - 2 * 40)


def test_the_scarcest_resource_is_paid_and_the_others_of_a_machine_only_once() -> None:
    greedy, lean = job(0, 4, 1, cpu=30), job(0, 4, 3, cpu=2)
    alone = jobs_aed(month([greedy], 24), FOUR)
    assert alone == pytest.approx(4 * 10 * 30 / 32)
    assert jobs_aed(month([greedy, lean], 24), FOUR) == pytest.approx(4 * 10)


def test_spot_machines_are_used_only_while_there_are_any() -> None:
    # Every second hour has a machine: of eight hours until the deadline, four are on spot and two on demand.
    work = month([job(0, 6, 4, deadline=8)], 24, spot=[1, 0])
    assert jobs_aed(work, FOUR) == pytest.approx(4 * 10 + 2 * 40)
    assert jobs_aed(month([job(0, 6, 4)], 24, spot=[1, 0]), FOUR) == pytest.approx(6 * 10)


def test_a_deadline_that_cannot_be_kept_binds_nothing() -> None:
    assert jobs_aed(month([job(0, 6, 4, deadline=5)], 24, spot=[1, 0]), FOUR) == pytest.approx(6 * 10)


def test_jobs_share_the_spot_machines_of_the_month() -> None:
    # 12 hours of one machine for 16 hours of work.
    work = month([job(0, 8, 4), job(0, 8, 4)], 24, spot=[1, 0])
    assert jobs_aed(work, FOUR) == pytest.approx(12 * 10 + 4 * 40)


def test_a_reclaimed_machine_computes_until_its_notice_has_passed() -> None:
    work = month([job(0, 8, 4, deadline=8)], 24, spot=[1, 0])
    warned = replace(pool("gpu", [FOUR]), notice_seconds=HOUR / 2)
    aed = clairvoyant(platform(warned), work).parts["jobs"]
    assert aed == pytest.approx(6 * 10 + 2 * 40)


def test_every_job_starts_once() -> None:
    assert jobs_aed(month([job(0, 4, 4)], 24), FOUR, starting=HOUR) == pytest.approx(5 * 10)


def test_what_must_be_done_after_the_month_is_not_counted() -> None:
    work = month([job(20, 10, 4)], 24)
    assert jobs_aed(work, FOUR) == pytest.approx(4 * 10)
    assert jobs_aed(work, FOUR, wait=HOUR) == pytest.approx(3 * 10)


def test_kept_machines_are_paid_for_and_carry_work() -> None:
    kept = platform(pool("gpu", [FOUR], least=1))
    assert clairvoyant(kept, month([job(0, 4, 4)], 24)).aed == pytest.approx(24 * 10)
    assert clairvoyant(kept, month([job(0, 4, 12)], 24)).aed == pytest.approx(24 * 10)
    assert clairvoyant(kept, month([job(0, 24, 12)], 24)).aed == pytest.approx(3 * 24 * 10)
    assert clairvoyant(kept, month([], 24)).parts["kept"] == pytest.approx(24 * 10)


def test_a_pool_keeps_no_spot_machines_that_there_may_not_be() -> None:
    least = replace(pool("gpu", [FOUR], least=1), capacity=Capacity.SPOT)
    first = replace(least, capacity=Capacity.SPOT_FIRST)
    assert clairvoyant(platform(least), month([], 24)).aed == pytest.approx(24 * 10)
    assert clairvoyant(platform(least), month([], 24, spot=[0, 1])).aed == 0
    assert clairvoyant(platform(least), month([job(0, 4, 4)], 24, spot=[1, 1])).aed == pytest.approx(4 * 10)
    assert clairvoyant(platform(first), month([], 24, spot=[0, 1])).aed == pytest.approx(24 * 10)


def test_a_pool_that_sleeps_keeps_its_machines_on_weekdays_in_its_hours() -> None:
    asleep = replace(pool("gpu", [FOUR], least=1), sleeps=(8.0, 18.0))
    # 1 November 2026 is a Sunday.
    assert clairvoyant(platform(asleep), month([], 48)).aed == pytest.approx(10 * 10)


def test_prepaid_machines_cost_nothing_until_all_are_in_use() -> None:
    own = replace(pool("own", [replace(FOUR, on_demand_aed=0.0, spot_aed=None)]), max=1)
    rented = pool("rented", [FOUR])
    work = month([job(0, 24, 4, interruptible=False)] * 2, 24)
    assert clairvoyant(platform(own, rented), work).aed == pytest.approx(24 * 40)


def test_a_job_that_fits_nowhere_is_left_out_and_reported() -> None:
    bound = clairvoyant(platform(pool("gpu", [FOUR])), month([job(0, 4, 64), job(0, 4, 1, cpu=33)], 24))
    assert (bound.aed, bound.jobs_left_out) == (0, 2)
    assert "2 jobs fit on no machines" in bound.how


def test_jobs_use_the_pools_of_their_queues() -> None:
    cheap, dear = pool("cheap", [FOUR]), pool("dear", [ONE])
    queue = QueueModel("site", "tenant", {"site/dear": 8.0}, {}, None)
    both = platform(cheap, dear)
    work = month([job(0, 4, 1)], 24)
    assert clairvoyant(both, work).aed == pytest.approx(4 * 10 / 4)
    assert clairvoyant(replace(both, queues=(queue,)), work).aed == pytest.approx(4 * 16)


def test_jobs_without_gpus_use_machines_without_gpus() -> None:
    mixed = platform(pool("gpu", [FOUR]), pool("cpu", [CPU], Profile.BATCH))
    assert clairvoyant(mixed, month([job(0, 4, 0, cpu=8)], 24)).aed == pytest.approx(4 * 1.0 / 2)


def service(least: int) -> ServiceModel:
    return ServiceModel(
        "chat", "tenant", "site/gpu", 8, 32, 1, least, 8, 1, "queue", 2, 100, 10, 0, 5, 15, 300, 300, 60
    )


def serving(least: int, generated: float, prompt: float, hours: float = 24, office: int = 0) -> float:
    requests = Requests(
        np.arange(100, dtype=np.float64) * 10,
        np.full(100, prompt),
        np.full(100, generated),
        np.full(100, np.nan),
        np.zeros(100, dtype=np.int32),
        ("chat",),
    )
    gpu = replace(pool("gpu", [FOUR], Profile.INFERENCE_GPU), capacity=Capacity.ON_DEMAND)
    work = Work(month([], hours).start, hours * HOUR, None, requests)
    chat = replace(service(least), office_min=office, office_hours=(8.0, 18.5) if office else None)
    return clairvoyant(platform(gpu, services=[chat]), work).parts["services"]


def test_requests_need_slots_and_readers_of_replicas() -> None:
    # 100 requests of 40 s on two slots: 2,000 s of a quarter of a machine. Prompts of 5 s are read meanwhile.
    assert serving(0, generated=400, prompt=0) == pytest.approx(2000 / HOUR * 10)
    assert serving(0, generated=400, prompt=500) == pytest.approx(2250 / HOUR * 10)
    assert serving(0, generated=10, prompt=500) == pytest.approx(500 / HOUR * 10)


def test_the_least_replicas_need_whole_machines() -> None:
    assert serving(1, generated=400, prompt=0) == pytest.approx(24 * 40)
    assert serving(5, generated=400, prompt=0) == pytest.approx(24 * 80)


def test_the_least_replicas_of_office_hours_need_machines_in_these_hours() -> None:
    """The month begins on a Sunday, when no hours are those of the office."""
    assert serving(1, generated=400, prompt=0, office=5) == pytest.approx(24 * 40)
    assert serving(1, generated=400, prompt=0, hours=48, office=5) == pytest.approx(48 * 40 + 10.5 * 40)
    assert serving(0, generated=400, prompt=0, hours=48, office=4) == pytest.approx(10.5 * 40)


def test_the_system_is_charged_by_the_length_of_the_month() -> None:
    bound = clairvoyant(platform(pool("gpu", [FOUR]), system=730.0), month([], 24))
    assert bound.aed == pytest.approx(730.0 * 24 * HOUR / MONTH_SECONDS)
