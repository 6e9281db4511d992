"""A month of requests through services, replicas and machines: hand-computed cases, and what always holds."""

from collections import defaultdict
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from falaj.components.core.validation.enums import Capacity, Profile
from falaj.simulation.outcome import Cause, Outcome
from falaj.simulation.serving import simulate_requests
from tests.thorough import many
from tests.unit.simulation.serving_platforms import DAY, month, platform, pool, random_requests, requests, service

HOUR = 3600.0


def _causes(outcome: Outcome) -> dict[Cause, float]:
    sums = defaultdict[Cause, float](float)
    for charge in outcome.charges:
        sums[charge.cause] += charge.aed
    return dict(sums)


def test_the_first_request_of_an_idle_service_waits_for_scaler_machine_and_model() -> None:
    asleep = service(min=0, max=1, late_seconds=124.0)
    outcome = simulate_requests(platform(asleep), month(requests([1000.0, 1000.5], seconds=1.0)))
    answers = outcome.answers["chat"]
    # 5 s of the scaler, 10 s until the request for a machine, 90 s of the machine, 20 s of the model, 1 s of service.
    assert (answers.requests, answers.late) == (2, 2)
    assert answers.p50 == pytest.approx(((5 + 10 + 90 + 20 + 1) + (125 - 0.5 + 2)) / 2)
    patient = service(min=0, max=1, late_seconds=126.1)
    outcome = simulate_requests(platform(patient), month(requests([1000.0, 1000.5], seconds=1.0)))
    assert outcome.answers["chat"].late == 1


def test_the_last_replica_goes_after_its_cool_down_and_the_machine_after_its_idle_time() -> None:
    outcome = simulate_requests(platform(service(min=0)), month(requests([1000.0], seconds=1.0)))
    # Ready at 1125, served until 1126, removed at the first evaluation after 600 s: 1740; the machine is asked for at
    # 1015 and ends 300 s after its last replica.
    assert outcome.answers["chat"].replica_hours == pytest.approx((1740 - 1015) / HOUR)
    assert outcome.node_hours == {"site/gpu on-demand": pytest.approx((1740 + 300 - 1015) / HOUR)}
    second = 36.0 / HOUR
    assert _causes(outcome) == {
        Cause.STARTING: pytest.approx(110 * second),
        Cause.WORK: pytest.approx(1 * second),
        Cause.IDLE: pytest.approx((1740 - 1125 - 1 + 300) * second),
    }
    assert {charge.tenant: charge.cause for charge in outcome.charges if charge.tenant is None} == {None: Cause.IDLE}
    assert (outcome.gpu_hours_paid, outcome.gpu_hours_used) == (pytest.approx(1025 / HOUR), pytest.approx(1 / HOUR))


def test_a_service_without_requests_costs_its_least_replicas() -> None:
    for least, hours in ((0, 0.0), (2, 48.0)):
        outcome = simulate_requests(platform(service(min=least)), month(None))
        answers = outcome.answers["chat"]
        assert (answers.requests, answers.late, answers.replica_hours) == (0, 0, hours)
        assert outcome.aed == pytest.approx(hours * 36)
        assert Cause.WORK not in _causes(outcome)


def test_tokens_take_the_speeds_of_a_replica() -> None:
    spoken = requests([100.0], prompt=500, generated=100)
    outcome = simulate_requests(platform(service(seconds_per_request=0.25)), month(spoken))
    # The first token after 0.25 + 500 / 1000 s; the slot is busy for another 100 / 50 s.
    assert outcome.answers["chat"].p50 == pytest.approx(0.75)
    assert _causes(outcome)[Cause.WORK] == pytest.approx(2.75 * 36 / HOUR)


def test_a_measured_time_replaces_the_speeds() -> None:
    spoken = requests([100.0], prompt=500, generated=100, seconds=4.0)
    outcome = simulate_requests(platform(service()), month(spoken))
    assert outcome.answers["chat"].p50 == pytest.approx(0.5)
    assert _causes(outcome)[Cause.WORK] == pytest.approx(4 * 36 / HOUR)
    short = requests([100.0], prompt=500, generated=100, seconds=0.2)
    assert simulate_requests(platform(service()), month(short)).answers["chat"].p50 == pytest.approx(0.2)


def test_a_second_replica_comes_when_the_load_asks_for_it_and_goes_after_the_window() -> None:
    # 32 requests in the system at the evaluation of 15 s: two replicas, the second ready at 135 s.
    work = month(requests([14.0] * 32, seconds=300.0), length=2 * HOUR)
    outcome = simulate_requests(platform(service(slots=16, target=16.0)), work)
    # 16 requests start on the second replica. The others end at 314 s, so that the evaluation of 300 s is the
    # last to recommend two, and counts for less than 300 s.
    assert outcome.answers["chat"].p95 == 300 + 135 - 14
    assert outcome.answers["chat"].replica_hours == pytest.approx((2 * HOUR + 600 - 25) / HOUR)


@pytest.mark.parametrize(
    ("follows", "target", "replicas"),
    [("queue", 2.0, 3), ("waiting", 2.0, 2), ("requests", 0.02, 1), ("tokens", 40.0, 2), ("cpu", 0.9, 1)],
)
def test_the_load_is_what_the_service_follows(follows: str, target: float, replicas: int) -> None:
    # At 15 s five requests have come; two are served in two slots, at 25 tokens a second each, and three wait. None
    # has ended.
    busy = service(follows=follows, target=target, slots=2, tokens_per_second=25.0, max=3)
    work = month(requests([0.0] * 5, seconds=400.0), length=300.0)
    outcome = simulate_requests(platform(busy, pools=(pool(decision_seconds=0.0),)), work)
    first = {3: 2, 2: 1, 1: 0}[replicas]
    later = outcome.node_hours["site/gpu on-demand"] * HOUR - 300
    assert first * 285 - 1 <= later


def test_services_share_machines_and_pay_for_their_parts() -> None:
    half = {"cpu": 2.0, "gpus": 0, "memory_gib": 8.0}
    chat, other = service(**half), service(name="other", tenant="shop", **half)
    work = month(requests([10.0], seconds=1800.0), length=HOUR)
    outcome = simulate_requests(platform(chat, other), work)
    assert outcome.node_hours == {"site/gpu on-demand": 1.0}
    by_tenant = {(charge.tenant, charge.cause): charge.aed for charge in outcome.charges}
    assert by_tenant == {
        ("bank", Cause.WORK): pytest.approx(9.0),
        ("bank", Cause.IDLE): pytest.approx(9.0),
        ("shop", Cause.IDLE): pytest.approx(18.0),
    }


def test_a_pool_at_its_limit_makes_requests_late_and_costs_no_more() -> None:
    many = requests(np.arange(0, 3000, 1.0), seconds=4.0)
    answers = {
        most: simulate_requests(platform(service(max=6, late_seconds=20.0), pools=(pool(max=most),)), month(many))
        for most in (2, 6)
    }
    assert answers[2].answers["chat"].late > answers[6].answers["chat"].late
    assert answers[2].node_hours["site/gpu on-demand"] <= 48.0


def test_interrupted_replicas_are_replaced() -> None:
    spot = pool(capacity=Capacity.SPOT)
    work = month(random_requests(1, 2000, DAY))
    outcome = simulate_requests(platform(service(), pools=(spot,), interruptions=0.5), work, seed=3)
    assert outcome.interruptions > 0
    assert outcome.answers["chat"].late < 2000
    assert set(outcome.node_hours) == {"site/gpu spot"}
    assert outcome.aed == pytest.approx(outcome.node_hours["site/gpu spot"] * 12)
    calm = simulate_requests(platform(service(), pools=(spot,)), work, seed=3)
    assert calm.interruptions == 0
    assert calm.answers["chat"].late < outcome.answers["chat"].late


def test_only_pools_that_serve_are_charged() -> None:
    training = pool(name="training", profile=Profile.TRAINING, min=1)
    idle = pool(name="idle", profile=Profile.INFERENCE_GPU, min=1)
    outcome = simulate_requests(platform(service(), pools=(pool(), training, idle)), month(None, HOUR))
    assert outcome.node_hours == {"site/gpu on-demand": 1.0, "site/idle on-demand": 1.0}
    assert set(outcome.hours) == {"site/gpu", "site/idle"}
    assert {charge.tenant: charge.aed for charge in outcome.charges} == {"bank": 36.0, None: 36.0}


def test_hours_show_used_and_idle_machines() -> None:
    work = month(requests([0.0], seconds=1800.0), length=2 * HOUR)
    first, second = simulate_requests(platform(service()), work).hours["site/gpu"]
    assert (first.used, first.idle, first.on_demand, first.spot) == pytest.approx((0.5, 0.5, 1.0, 0.0), abs=0.1)
    assert (second.used, second.idle) == (0.0, 1.0)


def test_the_same_seed_gives_the_same_outcome() -> None:
    spot = platform(service(), pools=(pool(capacity=Capacity.SPOT),), interruptions=0.5)
    work = month(random_requests(1, 500, DAY))
    assert simulate_requests(spot, work, 1) == simulate_requests(spot, work, 1)
    assert simulate_requests(spot, work, 1) != simulate_requests(spot, work, 2)


SERVICES = st.fixed_dictionaries(
    {
        "min": st.integers(0, 2),
        "max": st.integers(2, 5),
        "slots": st.integers(1, 4),
        "follows": st.sampled_from(["queue", "waiting", "requests", "prompts", "tokens", "cpu"]),
        "target": st.floats(0.2, 3),
        "down_seconds": st.sampled_from([0.0, 60.0, 300.0]),
        "cold_start_seconds": st.sampled_from([0.0, 20.0, 400.0]),
        "cpu": st.sampled_from([1.0, 4.0]),
        "gpus": st.just(0),
    }
)
POOLS = st.fixed_dictionaries(
    {
        "capacity": st.sampled_from(list(Capacity)),
        "profile": st.sampled_from([Profile.INFERENCE_CPU, Profile.INFERENCE_GPU]),
        "min": st.integers(0, 1),
        "max": st.integers(1, 4),
        "idle_seconds": st.sampled_from([0.0, 300.0]),
        "sleeps": st.sampled_from([None, (7.0, 19.0)]),
    }
)


@settings(max_examples=many(40), deadline=None)
@given(SERVICES, POOLS, st.integers(0, 100), st.sampled_from([0.0, 0.5]))
def test_what_always_holds(model: dict[str, Any], machines: dict[str, Any], seed: int, interruptions: float) -> None:
    work = month(random_requests(seed, 200, DAY / 4, 30.0), DAY / 2)
    count = len(work.requests.at) if work.requests else 0
    outcome = simulate_requests(
        platform(service(**model), pools=(pool(**machines),), interruptions=interruptions), work, seed
    )
    answers = outcome.answers["chat"]
    assert answers.requests == count
    assert 0 <= answers.late <= count
    assert 0 <= answers.p50 <= answers.p95
    # Replicas that leave are counted while they complete a request of at most 120 s, or the notice of their machine.
    leaving = (count + outcome.interruptions * model["max"]) * 120 / HOUR
    assert answers.replica_hours <= model["max"] * 12 + leaving + 1e-6
    if (machines["capacity"], machines["sleeps"], machines["max"]) == (Capacity.ON_DEMAND, None, 4):
        assert answers.replica_hours >= model["min"] * 12 - 1
    prices = {"on-demand": 36.0, "spot": 12.0}
    expected = sum(hours * prices[key.split()[1]] for key, hours in outcome.node_hours.items())
    assert outcome.aed == pytest.approx(expected)
    assert sum(outcome.node_hours.values()) <= machines["max"] * 12 + outcome.interruptions * 120 / HOUR + 1e-6
    assert all(charge.aed > 0 for charge in outcome.charges)
    assert all(0 <= hour.used <= hour.spot + hour.on_demand + 1e-9 for hour in outcome.hours["site/gpu"])


OFFICE: dict[str, Any] = {"office_min": 3, "office_hours": (6.5, 20.0)}


def test_more_replicas_are_kept_in_office_hours_in_dubai() -> None:
    kept = service(min=1, **OFFICE)
    # Two more on Monday from 6:30, whose machines are asked for 10 s later; the evaluation at 19:59:45 is the last to
    # recommend them, and counts for 300 s.
    on_monday = simulate_requests(platform(kept), month(None)).answers["chat"].replica_hours
    assert on_monday == pytest.approx(24 + 2 * (13.5 + (285 - 10) / HOUR))
    week = simulate_requests(platform(kept), month(None, length=7 * DAY)).answers["chat"].replica_hours
    assert week - 168 == pytest.approx(5 * (on_monday - 24))


def test_the_load_still_decides_beyond_the_replicas_of_office_hours() -> None:
    work = month(requests(np.full(40, 10 * HOUR), seconds=3600.0))
    with_hours, without = platform(service(min=1, **OFFICE)), platform(service(min=1))
    kept, alone = (simulate_requests(each, work).answers["chat"] for each in (with_hours, without))
    assert kept.p50 < alone.p50
    assert kept.replica_hours > 24 + 2 * 13.5


def test_a_service_that_scales_to_zero_is_awake_in_office_hours() -> None:
    asleep = service(min=0, office_min=2, office_hours=(6.5, 20.0))
    outcome = simulate_requests(platform(asleep), month(requests([12 * HOUR, 22 * HOUR], seconds=1.0)))
    answers = outcome.answers["chat"]
    assert (answers.requests, answers.late) == (2, 1)
    # One from 6:30, removed 600 s after 20:00, and a second one at the next evaluation. At night the request wakes one.
    awake = 2 * 13.5 * HOUR + (600 - 10) + (285 - 15 - 10)
    assert answers.replica_hours == pytest.approx((awake + (735 - 5 - 10)) / HOUR)


def test_the_month_may_begin_in_office_hours() -> None:
    of_day = {"office_min": 3, "office_hours": (0.0, 24.0)}
    assert simulate_requests(platform(service(min=1, **of_day)), month(None)).answers["chat"].replica_hours == 72
