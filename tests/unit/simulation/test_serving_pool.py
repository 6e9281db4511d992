"""Machines of replicas: packing, start, removal, interruption, sleep, and whom they are charged to."""

from random import Random
from typing import Any

import numpy as np
import pytest

from falaj.components.core.validation.enums import Capacity, Profile
from falaj.simulation.jobs.market import Market
from falaj.simulation.outcome import Cause
from falaj.simulation.platform_model import MachineType, ServiceModel
from falaj.simulation.serving.nodes import Replica
from falaj.simulation.serving.pool import ServingPool
from falaj.simulation.work import SpotCapacity
from tests.unit.simulation.serving_platforms import DAY, MACHINE, MONDAY, pool, service

SMALL = MachineType("m.small", cpu=4, memory_gib=16, gpus=0, on_demand_aed=3.6, spot_aed=1.8)
BIG = MachineType("m.big", cpu=16, memory_gib=64, gpus=0, on_demand_aed=10.8, spot_aed=None)
HOUR = 3600.0


def serving_pool(market: SpotCapacity | None = None, rate: float = 0.0, **changes: Any) -> ServingPool:
    """Returns a pool of two machine types without GPUs, and its market."""
    cpu = {"profile": Profile.INFERENCE_CPU, "machines": (SMALL, BIG), "name": "cpu"}
    random = Random(1)  # noqa: S311 - reproducible
    return ServingPool(pool(**(cpu | changes)), Market(market, rate, random), MONDAY, 30 * DAY)


def _replicas(count: int, **changes: Any) -> list[Replica]:
    model: ServiceModel = service(**({"cpu": 3.0, "gpus": 0} | changes))
    return [Replica(model, 0.0) for _ in range(count)]


def _types(pool: ServingPool) -> list[str]:
    return [node.machine.name for node in pool.nodes]


def test_one_machine_is_the_cheapest_on_which_all_pending_replicas_fit() -> None:
    serving = serving_pool()
    serving.place(_replicas(1), 0.0)
    assert _types(serving) == ["m.small"]
    serving = serving_pool()
    serving.place(_replicas(2), 0.0)
    assert _types(serving) == ["m.big"]
    # Five fit on the big one; the sixth needs another.
    serving = serving_pool()
    serving.place(_replicas(6), 0.0)
    assert _types(serving) == ["m.big", "m.small"]
    assert [len(node.replicas) for node in serving.nodes] == [5, 1]


def test_a_replica_is_ready_after_decision_start_and_cold_start() -> None:
    serving, (first, second) = serving_pool(), _replicas(2, cpu=2.0)
    serving.place([first], 1000.0)
    assert (first.ready, serving.nodes[0].asked) == (1000.0 + 10 + 90 + 20, 1010.0)
    # The second fits on the machine that is on its way, the third on it when it is there.
    serving.place([second], 1050.0)
    assert (second.ready, len(serving.nodes)) == (1120.0, 1)
    (third,) = _replicas(1, cpu=0.0, memory_gib=0.0)
    serving.place([third], 2000.0)
    assert third.ready == 2020.0


def test_replicas_go_to_the_machine_with_most_room() -> None:
    serving = serving_pool(machines=(SMALL,))
    serving.begin(_replicas(1, cpu=3.0) + _replicas(1, cpu=2.0))
    (third,) = _replicas(1, cpu=1.0)
    serving.place([third], 10.0)
    assert [len(node.replicas) for node in serving.nodes] == [1, 2]


def test_a_pool_without_room_lets_replicas_wait_until_there_is_some() -> None:
    serving, (first, second) = serving_pool(machines=(SMALL,), max=1), _replicas(2)
    serving.place([first, second], 0.0)
    assert serving.pending == [second]
    serving.remove(first, 500.0)
    serving.update(495.0)
    assert serving.pending == [second]
    serving.update(510.0)
    assert (serving.pending, second.ready) == ([], 530.0)


def test_replicas_that_fit_on_no_machine_wait_and_cost_nothing() -> None:
    serving = serving_pool()
    serving.place(_replicas(1, cpu=17.0) + _replicas(1), 0.0)
    assert (len(serving.pending), _types(serving)) == (1, ["m.small"])
    serving.pending.clear()
    serving.place(_replicas(1, gpus=1), 0.0)
    assert (len(serving.pending), len(serving.nodes)) == (1, 1)


def test_an_empty_machine_ends_after_its_idle_time() -> None:
    serving, (first,) = serving_pool(machines=(SMALL,)), _replicas(1)
    serving.place([first], 0.0)
    serving.remove(first, 1000.0)
    serving.update(1005.0)
    serving.update(1299.0)
    assert len(serving.nodes) == 1
    serving.update(1305.0)
    assert serving.nodes == []
    # From the request at 10 s to 300 s after its last replica.
    assert serving.ledger.node_seconds == {False: 1290.0}


def test_the_least_machines_stay() -> None:
    serving = serving_pool(machines=(SMALL,), min=2)
    serving.begin(_replicas(1))
    assert len(serving.nodes) == 2
    serving.update(10_000.0)
    assert len(serving.nodes) == 2
    serving.settle(HOUR)
    assert sum(serving.ledger.paid.values()) + serving.ledger.served["chat"].aed == pytest.approx(2 * 3.6)


def test_money_goes_to_starting_serving_and_free_parts() -> None:
    serving, (first,) = serving_pool(machines=(SMALL,), decision_seconds=0.0, tenant="owner"), _replicas(1)
    serving.place([first], 0.0)
    serving.settle(HOUR)
    # 90 s of the whole machine start for the replica, then 20 s of its three quarters; the rest is free.
    paid, second = serving.ledger.paid, 3.6 / HOUR
    assert paid["bank", Cause.STARTING] == pytest.approx((90 + 20 * 0.75) * second)
    assert serving.ledger.served["chat"].aed == pytest.approx((HOUR - 110) * 0.75 * second)
    assert serving.ledger.served["chat"].seconds == pytest.approx(HOUR - 110)
    assert paid["owner", Cause.IDLE] == pytest.approx((HOUR - 90) * 0.25 * second)
    assert serving.ledger.occupied_seconds["chat"] == pytest.approx(HOUR)
    assert serving.ledger.gpu_seconds == 0


def test_replicas_of_different_shapes_never_pay_more_than_the_machine() -> None:
    serving = serving_pool(machines=(SMALL,))
    serving.begin(_replicas(1, cpu=3.0, memory_gib=1.0) + _replicas(1, cpu=1.0, memory_gib=12.0, name="other"))
    serving.settle(HOUR)
    served = serving.ledger.served
    assert len(serving.nodes) == 1
    assert (served["chat"].aed, served["other"].aed) == (pytest.approx(1.8), pytest.approx(1.8))
    assert not any(serving.ledger.paid.values())


def test_a_machine_is_billed_for_the_least_time() -> None:
    serving, (first,) = serving_pool(machines=(SMALL,), least_billed_seconds=600.0, start_seconds=0.0), _replicas(1)
    serving.place([first], 0.0)
    serving.remove(first, 50.0)
    serving.update(60.0)
    serving.update(360.0)
    assert serving.nodes == []
    assert serving.ledger.node_seconds == {False: 600.0}


def test_machines_without_a_spot_price_are_bought_on_demand_or_not_at_all() -> None:
    bought = {
        Capacity.ON_DEMAND: [("m.small", False), ("m.big", False)],
        Capacity.RESERVED: [("m.small", False), ("m.big", False)],
        Capacity.SPOT_FIRST: [("m.small", True), ("m.big", False)],
        Capacity.SPOT: [("m.small", True)],
    }
    for capacity, expected in bought.items():
        serving = serving_pool(capacity=capacity)
        serving.place(_replicas(1), 0.0)
        serving.place(_replicas(1, cpu=8.0), 0.0)
        assert [(node.machine.name, node.is_spot) for node in serving.nodes] == expected


def test_the_cheapest_spot_machine_that_fits_is_bought() -> None:
    # Cheaper on spot than the small one, dearer on demand.
    medium = MachineType("m.medium", cpu=8, memory_gib=32, gpus=0, on_demand_aed=7.2, spot_aed=1.2)
    for capacity, expected in ((Capacity.SPOT_FIRST, "m.medium"), (Capacity.ON_DEMAND, "m.small")):
        serving = serving_pool(machines=(SMALL, medium), capacity=capacity)
        serving.place(_replicas(1), 0.0)
        assert _types(serving) == [expected]


def test_spot_machines_beyond_the_market_are_interrupted_with_notice() -> None:
    market = SpotCapacity(np.array([0.0, 1000.0]), np.array([[1, 1], [1, 0]], dtype=np.int32), 10_000.0)
    serving = serving_pool(market, machines=(SMALL,), capacity=Capacity.SPOT)
    moved: list[tuple[Replica, float]] = []
    serving.moved = lambda replica, now: moved.append((replica, now))
    first, second, third = _replicas(3)
    serving.begin([first])
    serving.place([second, third], 100.0)
    assert ([node.is_spot for node in serving.nodes], serving.pending) == ([True, True], [third])
    serving.pending.clear()
    serving.update(990.0)
    assert serving.interruptions == 0
    serving.update(1005.0)
    assert (serving.interruptions, moved) == (1, [(second, 1005.0)])
    assert [node.replicas for node in serving.nodes] == [[first]]
    # Billed from the request at 110 s to the end of the notice.
    assert serving.ledger.node_seconds == {True: 1005.0 + 120 - 110}


def test_a_replica_that_completes_its_last_requests_is_not_replaced_with_its_machine() -> None:
    market = SpotCapacity(np.array([0.0, 1000.0]), np.array([[1], [0]], dtype=np.int32), 10_000.0)
    serving = serving_pool(market, machines=(SMALL,), capacity=Capacity.SPOT)
    moved: list[Replica] = []
    serving.moved = lambda replica, now: moved.append(replica)
    (leaving,) = _replicas(1)
    serving.begin([leaving])
    serving.remove(leaving, 2000.0)
    serving.update(1005.0)
    assert (serving.interruptions, moved, serving.nodes) == (1, [], [])
    serving.update(2000.0)


def test_a_rate_interrupts_spot_machines_and_no_others() -> None:
    for capacity, least in ((Capacity.SPOT, 5), (Capacity.ON_DEMAND, 0)):
        serving = serving_pool(None, 1.0, machines=(SMALL,), capacity=capacity, min=1)
        serving.begin([])
        for hour in range(1, 50):
            serving.update(hour * HOUR)
        assert serving.interruptions >= least
        assert (serving.interruptions > 0) == (least > 0)
        assert len(serving.nodes) == 1


def test_a_pool_that_sleeps_has_no_machines_at_night_and_at_weekends() -> None:
    serving = serving_pool(machines=(SMALL,), min=1, sleeps=(7.0, 19.0))
    serving.begin([])
    assert serving.nodes == []
    counts = dict[float, int]()
    for hour in range(1, 7 * 24):
        serving.update(hour * HOUR)
        counts[hour] = len(serving.nodes)
    # Monday from 7 to 19; Friday too; Saturday (day 5) not.
    assert [counts[hour] for hour in (6, 7, 18, 19, 4 * 24 + 12, 5 * 24 + 12)] == [0, 1, 1, 0, 1, 0]


def test_machines_are_consolidated_out_of_office_hours_only() -> None:
    def consolidated(profile: Profile, hour: float) -> int:
        serving = serving_pool(machines=(SMALL,), profile=profile)
        first, second = _replicas(1, cpu=2.0), _replicas(1, cpu=3.0)
        serving.begin([*first, *second])
        serving.remove(second[0], 100.0)
        serving.update(150.0)
        serving.place(_replicas(1, cpu=0.5), 200.0)
        for node in serving.nodes:
            for replica in node.replicas:
                replica.is_serving = True
        serving.moved = lambda replica, now: serving.place([Replica(replica.service, now)], now)
        serving.update(hour * HOUR)
        return len(serving.nodes)

    # By night, but not until the idle time after the last change at 200 s.
    assert consolidated(Profile.INFERENCE_CPU, 450 / HOUR) == 2
    assert consolidated(Profile.INFERENCE_CPU, 700 / HOUR) == 1
    assert consolidated(Profile.INFERENCE_CPU, 12.0) == 2
    assert consolidated(Profile.INFERENCE_CPU, 20.0) == 1
    assert consolidated(Profile.INFERENCE_GPU, 20.0) == 2


def test_gpus_are_counted() -> None:
    serving = serving_pool(machines=(MACHINE,))
    serving.begin(_replicas(1, gpus=1))
    serving.settle(HOUR)
    assert serving.ledger.gpu_seconds == HOUR
