"""Karpenter's batch window and its removal of empty nodes, as the laboratory's real one does them."""

import pytest

from falaj.simulation.jobs import simulate_jobs
from falaj.simulation.jobs.batch import Batch
from falaj.simulation.jobs.clock import Clock
from falaj.simulation.outcome import Outcome
from tests.unit.simulation.job_months import job, platform, pool, queue, work

KEY = "s/gpu on-demand"


def _month(*jobs: tuple[float, float, float, str, bool, float]) -> Outcome:
    """Returns a month on the pool of `job_months`, whose nodes are requested 10 s after the first job."""
    return simulate_jobs(platform(pool(removal_is_validated=True)), work(*jobs))


@pytest.mark.parametrize(
    ("run", "removed"),
    [
        # 210 s until the node, 100 s until the computation, 600 s of idle time; a look every 10 s, 15 s, 5 s of drain.
        (1000, 210 + 100 + 1000 + 600 + 0 + 15 + 5),
        (1003, 210 + 100 + 1003 + 600 + 7 + 15 + 5),
    ],
)
def test_an_empty_node_is_removed_after_a_look_a_validation_and_a_drain(run: float, removed: float) -> None:
    outcome = _month(job(0, run, fixed=True))
    assert outcome.node_hours[KEY] * 3600 == pytest.approx(removed - 10)


def test_a_node_that_gets_work_while_it_is_validated_stays() -> None:
    # The node is found empty at 1910 s, and is not at 1925 s: from then on, looks are at 1935 s, 1945 s and so on.
    outcome = _month(job(0, 1000, fixed=True), job(1920, 1000, fixed=True))
    assert outcome.node_hours[KEY] * 3600 == pytest.approx(1920 + 100 + 1000 + 600 + 5 + 15 + 5 - 10)


def test_a_node_that_drains_takes_no_work() -> None:
    outcome = _month(job(0, 1000, fixed=True), job(1927, 1000, fixed=True))
    second = 200 + 100 + 1000 + 600 + 8
    assert outcome.node_hours[KEY] * 3600 == pytest.approx(1920 + second + 15 + 5)


def test_a_node_that_empties_during_a_validation_is_looked_at_after_it() -> None:
    # Both nodes are there at 210 s. One is found empty at 1910 s; the other, at 1915 s, is looked at when the first
    # goes, at 1925 s, not at the next ten seconds.
    outcome = _month(job(0, 1000, fixed=True), job(0, 1005, fixed=True))
    assert outcome.node_hours[KEY] * 3600 == pytest.approx((1925 + 5 - 10) + (1925 + 15 + 5 - 10))


def _decided(times: list[float], idle: float = 1.0, longest: float = 10.0) -> list[float]:
    clock, decided = Clock(100.0), list[float]()
    batch = Batch(clock, idle, longest)
    batch.add(lambda: decided.append(clock.now))
    for time in times:
        clock.at(time, batch.request)
    clock.run()
    return decided


@pytest.mark.parametrize(
    ("times", "decided"),
    [
        ([5.0], [6.0]),
        ([5.0, 5.5, 6.2], [7.2]),
        ([5.0, 6.5], [6.0, 7.5]),
        ([5.0 + 0.9 * number for number in range(13)], [15.0, 16.8]),
    ],
)
def test_further_pods_extend_a_batch_up_to_ten_seconds(times: list[float], decided: list[float]) -> None:
    assert _decided(times) == pytest.approx(decided)


def test_pods_of_all_pools_extend_one_batch() -> None:
    """Karpenter has one provisioner: a pod of the other pool comes 9 s after the first one, so both are decided on at
    18 s at the latest."""
    pools = [pool(name, removal_is_validated=True, longest_decision_seconds=18.0) for name in ("gpu", "other")]
    queues = [queue("a", {"s/gpu": 4}), queue("b", {"s/other": 4})]
    outcome = simulate_jobs(platform(*pools, queues=queues), work(job(0, 900, 4, "a"), job(9, 900, 4, "b")))
    assert (outcome.waits["a"].max, outcome.waits["b"].max) == (18 + 200 + 100, 18 - 9 + 200 + 100)


def test_the_cluster_autoscaler_decides_at_the_end_of_its_interval() -> None:
    assert _decided([5.0, 9.0, 14.0], idle=10.0, longest=10.0) == [15.0]


def test_no_delay_decides_at_once() -> None:
    assert _decided([5.0, 5.0, 7.0], idle=0.0, longest=0.0) == [5.0, 7.0]


def test_idle_time_counts_from_the_first_of_several_changes_within_ten_seconds() -> None:
    """Two pods of a node go at 1310 and 1316 s: Karpenter notes the first only, and finds the node empty at 1910 s."""
    outcome = _month(job(0, 1000, 2, fixed=True), job(0, 1006, 2, fixed=True))
    assert outcome.node_hours[KEY] * 3600 == pytest.approx(1310 + 600 + 15 + 5 - 10)
