"""Machines of queued work: start, packing, removal, interruptions and their charges, against figures by hand."""

from datetime import timedelta
from typing import Any

import pytest

from falaj.components.core.validation.enums import Capacity, Profile
from falaj.simulation.jobs import simulate_jobs
from falaj.simulation.outcome import Cause, Outcome
from falaj.simulation.platform_model import MachineType, RunModel
from tests.unit.simulation.job_months import (
    FOUR_GPUS,
    HOUR,
    ONE_GPU,
    RUNS,
    START,
    aed,
    job,
    market,
    platform,
    pool,
    seconds,
    work,
)

SPOT, SPOT_FIRST = Capacity.SPOT, Capacity.SPOT_FIRST
NEVER_SAVED = RunModel(1000, 500, 100, 0, 300)
"""A checkpoint takes longer than any notice."""


def test_a_job_waits_for_its_node_and_each_second_is_charged_once() -> None:
    """Decision at 10 s, ready at 210, computes from 310; three saves in 3,500 s of work; removed 600 s later."""
    outcome = simulate_jobs(platform(pool()), work(job(0, 3500)))
    assert outcome.waits["*"].max == 310
    assert seconds(outcome, Cause.STARTING) == pytest.approx(200 + 100)
    assert seconds(outcome, Cause.WORK) == pytest.approx(3500)
    assert seconds(outcome, Cause.LOST) == pytest.approx(3 * 50)
    assert seconds(outcome, Cause.IDLE, None) == pytest.approx(600)
    assert outcome.node_hours == {"s/gpu on-demand": pytest.approx(4550 / HOUR)}
    assert outcome.aed == pytest.approx(4550 / HOUR * 36)
    assert outcome.gpu_utilisation == pytest.approx(3500 / 4550)
    assert outcome.waits["*"].unfinished == 0


def test_work_that_must_not_be_interrupted_saves_no_checkpoints() -> None:
    outcome = simulate_jobs(platform(pool()), work(job(0, 3500, fixed=True)))
    assert aed(outcome, Cause.LOST) == 0
    assert seconds(outcome, Cause.WORK) == pytest.approx(3500)


def test_a_second_job_takes_the_room_of_the_first_without_a_new_node() -> None:
    outcome = simulate_jobs(platform(pool()), work(job(0, 900, 1), job(400, 900, 1)))
    assert outcome.node_hours["s/gpu on-demand"] == pytest.approx((400 + 100 + 900 + 600 - 10) / HOUR)
    assert outcome.waits["*"].max == 310
    assert outcome.waits["*"].p50 == pytest.approx((310 + 100) / 2)
    assert seconds(outcome, Cause.WORK, aed_per_hour=9) == pytest.approx(1800)


def test_pods_go_to_machines_with_exactly_as_many_gpus_where_there_are_several_types() -> None:
    small = (ONE_GPU, MachineType("other", 10, 40, 1, 11.0, 5.0))
    jobs = [job(0, 900, 1), job(0, 900, 1), job(0, 900, 2), job(700, 900, 1)]

    def machines(*types: MachineType, has_gpu_counts: bool = False) -> Outcome:
        return simulate_jobs(platform(pool(machines=(*types, FOUR_GPUS), has_gpu_counts=has_gpu_counts)), work(*jobs))

    # Three share a machine with four; the fourth has one of its own.
    assert seconds(machines(*small), Cause.WORK, aed_per_hour=9) == pytest.approx(4 * 900 + 900 * 10 / 9)
    apart = machines(*small, has_gpu_counts=True)
    # Three machines with one GPU, and one with four for the job of two GPUs, each from its request on.
    assert seconds(apart, Cause.WORK, aed_per_hour=10) == pytest.approx(3 * 900 + 2 * 900 * 9 / 10)
    # With one small type only, a shortage of it would stop the jobs.
    assert machines(ONE_GPU, has_gpu_counts=True) == machines(ONE_GPU)


def test_pods_of_one_batch_share_a_large_machine_even_if_small_ones_cost_less() -> None:
    """Two small machines cost AED 8 per hour, the large one 12: what Karpenter does."""
    both = pool(capacity=SPOT, machines=(FOUR_GPUS, ONE_GPU))
    outcome = simulate_jobs(platform(both), work(job(0, 900, 1), job(0, 900, 1)))
    assert outcome.aed == pytest.approx(1800 / HOUR * 12)


def test_large_pods_are_packed_first_but_get_nodes_in_the_order_of_the_scheduler() -> None:
    """Pods of 3, 3, 1 and 1 GPUs fit on two machines of four, which Karpenter requests in any order of the jobs. If the
    small ones came first, the scheduler puts both on the machine that is ready first, and a third is requested."""
    for sizes, machines in (((3, 3, 1, 1), 2), ((1, 1, 3, 3), 3)):
        outcome = simulate_jobs(platform(pool()), work(*(job(0, 900, gpus) for gpus in sizes)))
        assert outcome.node_hours["s/gpu on-demand"] == pytest.approx(machines * 1800 / HOUR), sizes


def test_a_pod_that_finds_no_room_on_a_starting_node_gets_another() -> None:
    """The first node has room for one pod of three GPUs; the second pod's is requested ten seconds after it came."""
    outcome = simulate_jobs(platform(pool()), work(job(0, 900, 3), job(50, 900, 3)))
    assert (outcome.waits["*"].p50, outcome.waits["*"].max) == (310, 310)


def test_a_pod_alone_gets_the_cheapest_machine_that_fits() -> None:
    both = pool(capacity=SPOT, machines=(FOUR_GPUS, ONE_GPU))
    outcome = simulate_jobs(platform(both), work(job(0, 900, 1)))
    assert outcome.aed == pytest.approx(1800 / HOUR * 4)


def test_a_machine_without_a_spot_price_is_bought_on_demand_only() -> None:
    unknown = MachineType("unknown", 40, 160, 4, 9.0, None)
    both = pool(capacity=SPOT, machines=(FOUR_GPUS, unknown))
    assert list(simulate_jobs(platform(both), work(job(0, 900))).node_hours) == ["s/gpu spot"]
    fixed = simulate_jobs(
        platform(pool(capacity=SPOT_FIRST, machines=(FOUR_GPUS, unknown))), work(job(0, 900, fixed=True))
    )
    assert fixed.aed == pytest.approx(1800 / HOUR * 9)


def test_a_gang_runs_once_all_its_machines_are_ready() -> None:
    """Eight GPUs are two pods of four; they use two machines at the same time."""
    outcome = simulate_jobs(platform(pool()), work(job(0, 900, 8)))
    assert outcome.node_hours["s/gpu on-demand"] == pytest.approx(2 * 1800 / HOUR)
    assert outcome.gpu_hours_used == pytest.approx(8 * 900 / HOUR)


def test_a_fraction_of_a_gpu_counts_as_a_device() -> None:
    outcome = simulate_jobs(platform(pool()), work(*(job(0, 900, 0.25) for _ in range(5))))
    assert outcome.node_hours["s/gpu on-demand"] == pytest.approx(2 * 1800 / HOUR)


def test_a_pool_never_has_more_machines_than_its_maximum() -> None:
    outcome = simulate_jobs(platform(pool(max=1)), work(job(0, 900), job(50, 900)))
    assert outcome.waits["*"].max == 310 - 50 + 900 + 100
    assert outcome.node_hours["s/gpu on-demand"] == pytest.approx((200 + 2 * 1000 + 600) / HOUR)


def test_the_minimum_of_a_pool_is_there_from_the_start_and_stays() -> None:
    outcome = simulate_jobs(platform(pool(min=1)), work(job(0, 900), job(5000, 900), hours=2))
    assert outcome.waits["*"].max == 100
    assert outcome.node_hours["s/gpu on-demand"] == pytest.approx(2)


def test_a_spot_pool_waits_for_spot_machines_for_its_minimum_too() -> None:
    spot = market((0, [0]), (1000, [1]))
    outcome = simulate_jobs(platform(pool(capacity=SPOT, min=1)), work(hours=1, spot=spot))
    assert outcome.node_hours == {"s/gpu spot": pytest.approx((HOUR - 6 * 180) / HOUR)}


def test_a_short_life_is_billed_for_the_least_time() -> None:
    quick = pool(start_seconds=0, idle_seconds=0, least_billed_seconds=600)
    outcome = simulate_jobs(platform(quick), work(job(0, 100)))
    assert outcome.node_hours["s/gpu on-demand"] == pytest.approx(600 / HOUR)
    assert seconds(outcome, Cause.IDLE, None) == pytest.approx(600 - 200)


def test_a_job_that_no_pool_can_run_is_unfinished_with_a_warning() -> None:
    outcome = simulate_jobs(platform(pool()), work(job(0, 900, 64), job(0, 900)))
    assert outcome.waits["*"].unfinished == outcome.waits["a"].unfinished == 1
    assert [warning for warning in outcome.warnings if warning.startswith("1 jobs of a ask for more")]
    assert simulate_jobs(platform(pool()), work(job(0, 900))).warnings == ()


def test_work_without_gpus_stays_off_gpu_machines() -> None:
    cpu = pool("cpu", profile=Profile.BATCH, machines=(MachineType("cpu", 16, 64, 0, 2.0, 1.0),))
    outcome = simulate_jobs(platform(pool(), cpu), work(job(0, 900, 0)))
    assert list(outcome.node_hours) == ["s/cpu on-demand"]
    assert seconds(outcome, Cause.WORK, aed_per_hour=2.0 * 4 / 16) == pytest.approx(900)
    assert simulate_jobs(platform(pool()), work(job(0, 900, 0))).waits["*"].unfinished == 1


def reclaimed(runs: RunModel = RUNS, **changes: Any) -> Outcome:
    """A job on the only spot machine, which is gone from second 2,000 to 5,000."""
    spot = market((0, [1]), (2000, [0]), (5000, [1]))
    model = platform(pool(capacity=SPOT, **changes), runs=runs)
    return simulate_jobs(model, work(job(0, 3500), spot=spot))


def test_with_enough_notice_only_the_restart_is_lost() -> None:
    """It computes from 310; at 2,000 it has saved once (50 s), and saves again, so 1,640 s of work are kept. Spot
    machines are requested again every 180 s after the first failure at 2,060 s; the one at 5,120 s is answered."""
    outcome = reclaimed()
    assert outcome.interruptions == 1
    assert seconds(outcome, Cause.WORK, aed_per_hour=12) == pytest.approx(3500)
    # Two saves before the loss, the restart, and one save in the 1,860 s that are left.
    assert seconds(outcome, Cause.LOST, aed_per_hour=12) == pytest.approx(50 + 50 + 100 + 50)
    assert seconds(outcome, Cause.STARTING, aed_per_hour=12) == pytest.approx(200 + 100 + 200)


def test_without_enough_notice_the_work_since_the_last_checkpoint_is_lost() -> None:
    outcome = reclaimed(NEVER_SAVED)
    # One checkpoint at 1,310 + 500; 190 s of work after it, and the notice of 120 s in which none can be saved.
    lost = 500 + 190 + 120 + 100 + 2 * 500
    assert seconds(outcome, Cause.LOST, aed_per_hour=12) == pytest.approx(lost)
    assert seconds(outcome, Cause.WORK, aed_per_hour=12) == pytest.approx(3500)


def test_spot_first_goes_on_on_demand_and_returns_once_there_is_spot() -> None:
    model = pool(capacity=SPOT_FIRST, returns_to_spot=True)
    spot = market((0, [1]), (2000, [0]), (5000, [1]))
    outcome = simulate_jobs(platform(model), work(job(0, 9000), spot=spot))
    assert outcome.waits["*"].unfinished == 0
    # On demand from 2,060 s. A spot machine is requested at 5,160 s, three minutes after the last failure; it is ready
    # at 5,360, which is seen at 5,400, and a checkpoint takes 50 s.
    assert outcome.node_hours["s/gpu on-demand"] == pytest.approx((5400 + 50 - 2060) / HOUR)
    assert (
        simulate_jobs(platform(pool(capacity=SPOT_FIRST)), work(job(0, 9000), spot=spot)).node_hours["s/gpu on-demand"]
        > 2 * outcome.node_hours["s/gpu on-demand"]
    )


def test_a_lost_machine_stops_all_pods_of_a_gang() -> None:
    spot = market((0, [2]), (2000, [1]), (5000, [2]))
    outcome = simulate_jobs(platform(pool(capacity=SPOT)), work(job(0, 3500, 8), spot=spot))
    assert outcome.interruptions == 1
    assert outcome.gpu_hours_used == pytest.approx(8 * 3500 / HOUR)
    # The machine that is left waits for the other, from 2,060 s until both are ready.
    assert seconds(outcome, Cause.STARTING, aed_per_hour=12) > 3000


@pytest.mark.parametrize(("then", "interruptions", "unfinished"), [(1, 1, 0), (0, 2, 2)])
def test_a_machine_that_is_about_to_end_counts_as_reclaimed(then: int, interruptions: int, unfinished: int) -> None:
    # The first machine ends at 2,050 s, after its checkpoint: at 2,020 s the market counts the other one only.
    spot = market((0, [2]), (2000, [1]), (2020, [then]))
    outcome = simulate_jobs(platform(pool(capacity=SPOT)), work(job(0, 7000), job(0, 7000), spot=spot))
    assert outcome.interruptions == interruptions
    assert outcome.waits["*"].unfinished == unfinished


def test_machines_are_reclaimed_at_the_given_rate() -> None:
    model = platform(pool(capacity=SPOT, max=50), runs=RunModel(1000, 50, 100, 0.5, 300))
    outcome = simulate_jobs(model, work(*(job(0, 200 * HOUR) for _ in range(50)), hours=100))
    assert outcome.interruptions == pytest.approx(0.5 * outcome.node_hours["s/gpu spot"], rel=0.05)


def test_a_pool_sleeps_at_night_and_at_weekends() -> None:
    """A job of 20 hours, submitted on Friday at 7:00, runs from 8 to 18, and goes on on Monday."""
    friday = START + timedelta(days=4, hours=7)
    month = work(job(0, 20 * HOUR), hours=24 * 7)
    outcome = simulate_jobs(platform(pool(sleeps=(8.0, 18.0))), type(month)(friday, month.length, month.jobs))
    hours = [hour.on_demand for hour in outcome.hours["s/gpu"]]
    assert hours[0] == 0
    assert hours[2] == 4
    assert max(hours[12:73]) == 0
    assert hours[75] == 4
    assert outcome.waits["*"].unfinished == 0


def test_the_same_seed_gives_the_same_month_and_another_one_another() -> None:
    model = platform(pool(capacity=SPOT), runs=RunModel(1000, 50, 100, 0.5, 300))
    month = work(*(job(600 * index, 9000, 1 + index % 4) for index in range(40)), hours=48)
    assert simulate_jobs(model, month, 1) == simulate_jobs(model, month, 1)
    assert simulate_jobs(model, month, 1).aed != simulate_jobs(model, month, 2).aed


def test_the_hours_of_the_picture_add_up_to_the_node_hours() -> None:
    outcome = simulate_jobs(platform(pool()), work(*(job(700 * index, 2000, 2) for index in range(20))))
    hours = outcome.hours["s/gpu"]
    assert sum(hour.on_demand for hour in hours) == pytest.approx(4 * outcome.node_hours["s/gpu on-demand"])
    assert all(hour.used + hour.idle == pytest.approx(hour.on_demand + hour.spot) for hour in hours)
    assert sum(hour.used for hour in hours) >= outcome.gpu_hours_used
