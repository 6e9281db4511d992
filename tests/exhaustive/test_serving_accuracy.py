"""The simulation of served models against an event-by-event simulation with SimPy: 50,000 requests, one queue before
replicas that the autoscaler adds and removes. tests/exhaustive/test_serving_routing.py compares queues of replicas."""

from decimal import Decimal

import numpy as np
import pytest

from falaj.finops.experiment.assumptions import Autoscaler, VariantAssumptions
from falaj.finops.experiment.replay import replay
from falaj.finops.experiment.trace import Request
from falaj.simulation.serving import simulate_requests
from tests.unit.simulation.serving_platforms import DAY, month, platform, pool, requests, service

COUNT = 50_000


@pytest.mark.parametrize(
    ("slots", "per_slot", "start", "mean"),
    [(16, 0.7, 60.0, 60.0), (16, 1.0, 120.0, 120.0), (32, 0.8, 30.0, 60.0), (16, 1.0, 300.0, 30.0)],
)
def test_it_agrees_with_an_event_by_event_simulation(slots: int, per_slot: float, start: float, mean: float) -> None:
    random = np.random.default_rng(11)
    moments = np.sort(random.uniform(0, DAY, 2 * COUNT))
    at = moments[random.uniform(size=2 * COUNT) < 0.5 + 0.45 * np.sin(2 * np.pi * moments / DAY)]
    # Each request takes one second a generated token.
    tokens = np.ceil(np.minimum(random.lognormal(np.log(mean) - 0.5, 1.0, len(at)), 1000.0))
    variant = VariantAssumptions(
        usd_per_hour=Decimal(36),
        prefill_tokens_per_second=Decimal(10**9),
        decode_tokens_per_second=Decimal(1),
        slots=slots,
        least=1,
        most=12,
        start_seconds=Decimal(str(start)),
        kind="assumed",
        source="test",
    )
    expected = replay(
        [Request(float(moment), 0, int(length)) for moment, length in zip(at, tokens, strict=True)],
        variant,
        Autoscaler(target=Decimal(str(per_slot))),
    )
    model = service(
        slots=slots, max=variant.most, target=per_slot * slots, cold_start_seconds=start, late_seconds=expected.p95_s
    )
    machines = pool(max=variant.most, decision_seconds=0.0, start_seconds=0.0, idle_seconds=0.0)
    outcome = simulate_requests(platform(model, pools=(machines,)), month(requests(at, seconds=tokens), DAY))
    answers = outcome.answers["chat"]
    assert answers.p95 == pytest.approx(expected.p95_s, rel=0.05)
    assert answers.late / answers.requests == pytest.approx(0.05, rel=0.05)
    assert answers.p50 == pytest.approx(expected.p50_s, rel=0.05)
    assert answers.replica_hours == pytest.approx(expected.replica_hours, rel=0.02)
