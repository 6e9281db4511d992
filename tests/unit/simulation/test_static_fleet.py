"""Fleets that are bought for the month's peak: computed by hand."""

from dataclasses import replace

import numpy as np
import pytest

from falaj.components.core.validation.enums import Capacity, Profile
from falaj.simulation.bounds import static_on_demand, static_spot
from falaj.simulation.platform_model import MONTH_SECONDS, MachineType, ServiceModel
from falaj.simulation.work import Requests, Work
from tests.unit.simulation.small_months import HOUR, job, month, platform, pool

FOUR = MachineType("four", 32, 128, 4, 40.0, 10.0)
ONE = MachineType("one", 8, 32, 1, 16.0, None)
GPU = pool("gpu", [FOUR, ONE])


def test_the_fleet_is_that_of_the_peak_with_whole_machines_all_month() -> None:
    work = month([job(0, 2, 4), job(1, 2, 4), job(3, 1, 1)], 24)
    assert static_on_demand(platform(GPU), work) == pytest.approx(2 * 40 * 24)


def test_a_job_that_ends_leaves_its_machine_to_one_that_starts() -> None:
    assert static_on_demand(platform(GPU), month([job(0, 2, 4), job(2, 2, 4)], 24)) == pytest.approx(40 * 24)


def test_the_machine_is_the_cheapest_for_the_peak() -> None:
    assert static_on_demand(platform(GPU), month([job(0, 2, 1)], 24)) == pytest.approx(16 * 24)


def test_the_scarcest_resource_decides() -> None:
    work = month([job(0, 2, 1, cpu=30), job(0, 2, 1, cpu=30)], 24)
    assert static_on_demand(platform(pool("gpu", [FOUR])), work) == pytest.approx(2 * 40 * 24)


def test_max_of_the_pool_is_no_limit() -> None:
    small = replace(GPU, max=1)
    work = month([job(0, 2, 4)] * 3, 24)
    assert static_on_demand(platform(small), work) == pytest.approx(3 * 40 * 24)


def test_jobs_that_no_machine_holds_together_are_divided_between_types() -> None:
    tall = MachineType("tall", 32, 1024, 1, 30.0, None)
    # No type holds both: ONE lacks memory, and a job of 8 GPUs exceeds 4 of TALL in its pool.
    pools = platform(replace(pool("a", [ONE]), max=8), replace(pool("b", [tall]), max=1))
    work = month([job(0, 2, 1, memory_gib=500), job(0, 2, 8)], 24)
    assert static_on_demand(pools, work) == pytest.approx((30 + 8 * 16) * 24)


def test_prepaid_machines_are_used_first() -> None:
    own = replace(pool("own", [replace(FOUR, on_demand_aed=0.0, spot_aed=None)]), max=1)
    work = month([job(0, 2, 4)] * 3, 24)
    assert static_on_demand(platform(own, GPU), work) == pytest.approx(2 * 40 * 24)


def test_spot_is_for_jobs_that_can_be_interrupted() -> None:
    work = month([job(0, 2, 4), job(0, 2, 4, interruptible=False)], 24)
    assert static_spot(platform(GPU), work) == pytest.approx((10 + 40) * 24)


def test_without_a_spot_price_there_is_no_static_spot() -> None:
    assert static_spot(platform(pool("gpu", [ONE])), month([job(0, 2, 1)], 24)) is None
    assert static_spot(platform(pool("gpu", [ONE])), month([job(0, 2, 1, interruptible=False)], 24)) is not None


def test_the_system_and_kept_machines_of_services_belong_to_every_fleet() -> None:
    serving = replace(pool("cpu", [ONE], Profile.INFERENCE_GPU, least=2), capacity=Capacity.ON_DEMAND)
    fleet = platform(serving, system=730.0)
    expected = 2 * 16 * 24 + 730 * 24 * HOUR / MONTH_SECONDS
    assert static_on_demand(fleet, month([], 24)) == pytest.approx(expected)
    assert static_spot(fleet, month([], 24)) == pytest.approx(expected)


@pytest.mark.parametrize(
    ("least", "office", "most", "machines"), [(0, 0, 8, 2), (0, 0, 1, 1), (3, 0, 8, 3), (0, 3, 8, 3), (1, 2, 8, 2)]
)
def test_replicas_serve_the_busiest_minutes_within_their_limits(
    least: int, office: int, most: int, machines: int
) -> None:
    chat = ServiceModel(
        "chat", "tenant", "site/gpu", 8, 32, 1, least, most, 1, "queue", 2, 100, 10, 0, 5, 15, 300, 300, 60, office
    )
    # 30 requests of 40 s within 300 s: four slots, of two replicas.
    requests = Requests(
        np.arange(30, dtype=np.float64) * 10,
        np.zeros(30),
        np.full(30, 400.0),
        np.full(30, np.nan),
        np.zeros(30, dtype=np.int32),
        ("chat",),
    )
    gpu = replace(pool("gpu", [ONE], Profile.INFERENCE_GPU), capacity=Capacity.ON_DEMAND)
    work = Work(month([], 24).start, 24 * HOUR, None, requests)
    assert static_on_demand(platform(gpu, services=[chat]), work) == pytest.approx(machines * 16 * 24)
