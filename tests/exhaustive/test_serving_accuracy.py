"""The simulation of served models against an event-by-event simulation with SimPy: 50,000 requests, one queue before
replicas that the autoscaler adds and removes. tests/exhaustive/test_serving_routing.py compares queues of replicas."""

from collections import deque
from decimal import Decimal
from typing import Any

import numpy as np
import pytest

from falaj.finops.experiment import replay as events
from falaj.finops.experiment.assumptions import Autoscaler, VariantAssumptions
from falaj.finops.experiment.autoscaling import desired_by_load
from falaj.finops.experiment.replay import ReplayResult, replay
from falaj.finops.experiment.trace import Request
from falaj.simulation.outcome import Answers
from falaj.simulation.serving import simulate_requests
from tests.unit.simulation.serving_platforms import DAY, month, platform, pool, requests, service

COUNT = 50_000


def _requests(mean: float) -> tuple[np.ndarray, np.ndarray]:
    """Returns the arrivals of some 50,000 requests, which follow the hour of the day, and their seconds."""
    random = np.random.default_rng(11)
    moments = np.sort(random.uniform(0, DAY, 2 * COUNT))
    at = moments[random.uniform(size=2 * COUNT) < 0.5 + 0.45 * np.sin(2 * np.pi * moments / DAY)]
    # Each request takes one second a generated token.
    return at, np.ceil(np.minimum(random.lognormal(np.log(mean) - 0.5, 1.0, len(at)), 1000.0))


def _both(
    slots: int, per_slot: float, start: float, mean: float, most: int, **model: Any
) -> tuple[ReplayResult, Answers]:
    """Returns the requests as both simulations serve them."""
    at, tokens = _requests(mean)
    variant = VariantAssumptions(
        usd_per_hour=Decimal(36),
        prefill_tokens_per_second=Decimal(10**9),
        decode_tokens_per_second=Decimal(1),
        slots=slots,
        least=1,
        most=most,
        start_seconds=Decimal(str(start)),
        kind="assumed",
        source="test",
    )
    expected = replay(
        [Request(float(moment), 0, int(length)) for moment, length in zip(at, tokens, strict=True)],
        variant,
        Autoscaler(target=Decimal(str(per_slot))),
    )
    settings = {"slots": slots, "max": most, "target": per_slot * slots, **model}
    of = service(cold_start_seconds=start, late_seconds=expected.p95_s, **settings)
    machines = pool(max=most, decision_seconds=0.0, start_seconds=0.0, idle_seconds=0.0)
    outcome = simulate_requests(platform(of, pools=(machines,)), month(requests(at, seconds=tokens), DAY))
    return expected, outcome.answers["chat"]


def _assert_equal(expected: ReplayResult, answers: Answers) -> None:
    assert answers.p95 == pytest.approx(expected.p95_s, rel=0.05)
    assert answers.late / answers.requests == pytest.approx(0.05, rel=0.05)
    assert answers.p50 == pytest.approx(expected.p50_s, rel=0.05)
    assert answers.replica_hours == pytest.approx(expected.replica_hours, rel=0.02)


@pytest.mark.parametrize(
    ("slots", "per_slot", "start", "mean"),
    [(16, 0.7, 60.0, 60.0), (16, 1.0, 120.0, 120.0), (32, 0.8, 30.0, 60.0), (16, 1.0, 300.0, 30.0)],
)
def test_it_agrees_with_an_event_by_event_simulation(slots: int, per_slot: float, start: float, mean: float) -> None:
    _assert_equal(*_both(slots, per_slot, start, mean, most=12))


@pytest.mark.parametrize(
    ("slots", "target", "start", "mean"),
    # In the last two cases replicas are busy for a long time, and what ends says less than what comes.
    [
        (16, 0.15, 60.0, 60.0),
        (16, 0.08, 120.0, 120.0),
        (32, 0.3, 300.0, 60.0),
        (16, 0.24, 60.0, 60.0),
        (16, 0.1, 60.0, 150.0),
    ],
)
def test_it_agrees_where_replicas_follow_finished_requests(
    monkeypatch: pytest.MonkeyPatch, slots: int, target: float, start: float, mean: float
) -> None:
    """The other simulation counts the ends of requests, and scales by those of the last two minutes."""
    ended: deque[int] = deque([0], maxlen=9)

    def desired(running: Any) -> int:
        ended.append(len(running.latencies) - sum(replica.busy for replica in running.replicas))
        rate = (ended[-1] - ended[0]) / (15 * (len(ended) - 1))
        current = sum(not replica.leaving for replica in running.replicas)
        number = desired_by_load(rate, target, current, float(running.scaler.tolerance))
        return min(max(number, running.variant.least), running.variant.most)

    monkeypatch.setattr(events._Service, "_desired", desired)  # pyright: ignore[reportPrivateUsage]
    expected, answers = _both(slots, 1.0, start, mean, most=12, follows="requests", target=target)
    assert expected.most_replicas > 3
    _assert_equal(expected, answers)
