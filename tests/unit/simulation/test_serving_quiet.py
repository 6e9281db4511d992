"""Evaluations of the autoscaler in which nothing can change are left out, and the month is the same to the byte."""

from collections import Counter
from typing import Any

import numpy as np
import pytest

from falaj.components.core.validation.enums import Capacity, Profile
from falaj.simulation.outcome import Outcome
from falaj.simulation.platform_model import Platform
from falaj.simulation.serving import simulate_requests
from falaj.simulation.serving.service import Service
from falaj.simulation.work import Work
from tests.unit.simulation.serving_platforms import DAY, month, platform, pool, random_requests, requests, service

MONTH, SYNCS_A_DAY = 30 * DAY, 5760
NAMES = ("chat", "other", "third")
FOLLOWS = ("queue", "waiting", "requests", "prompts", "tokens", "cpu")


def evaluations(monkeypatch: pytest.MonkeyPatch, of: Platform, work: Work) -> tuple[Counter[str], Outcome]:
    """Returns how often the autoscaler of each service is evaluated in a month, and the month."""
    counts: Counter[str] = Counter()
    scale = Service.scale

    def counted(self: Service, sync: int) -> None:
        counts[self.model.name] += 1
        scale(self, sync)

    monkeypatch.setattr(Service, "scale", counted)
    return counts, simulate_requests(of, work)


@pytest.mark.parametrize("follows", FOLLOWS)
@pytest.mark.parametrize("least", [0, 1])
def test_a_month_without_requests_is_hardly_evaluated(
    monkeypatch: pytest.MonkeyPatch, follows: str, least: int
) -> None:
    """Before 2026-12-02 there were 172,800 evaluations, in each month that the advice simulates."""
    idle = service(follows=follows, min=least, max=4)
    counts, outcome = evaluations(monkeypatch, platform(idle), month(None, MONTH))
    assert counts["chat"] < 100
    assert outcome.answers["chat"].replica_hours == 720 * least
    assert [hour.on_demand for hour in outcome.hours["site/gpu"]] == [float(least)] * 720


def test_hours_of_replicas_are_kept_without_requests(monkeypatch: pytest.MonkeyPatch) -> None:
    """22 working days, on which the hours begin and end."""
    idle = service(min=1, max=3, office_min=2, office_hours=(8.0, 18.0))
    counts, outcome = evaluations(monkeypatch, platform(idle), month(None, MONTH))
    assert counts["chat"] < 100 * 22
    assert outcome.answers["chat"].replica_hours == pytest.approx(720 + 22 * 10, rel=0.01)


def test_only_days_with_requests_are_evaluated(monkeypatch: pytest.MonkeyPatch) -> None:
    """One service has requests on the first and the last day, another one of its pool has none."""
    first = random_requests(3, 3000, DAY)
    at = np.concatenate((first.at, first.at + MONTH - DAY))
    both = platform(service(slots=32), service(name="other", cpu=1.0))
    counts, outcome = evaluations(monkeypatch, both, month(requests(at, seconds=4.0), MONTH))
    assert SYNCS_A_DAY < counts["chat"] == counts["other"] < 2.1 * SYNCS_A_DAY
    assert outcome.answers["chat"].requests == 2 * len(first.at)


def _services(random: np.random.Generator) -> list[Any]:
    found: list[Any] = []
    for name in NAMES:
        least = int(random.integers(0, 3))
        most = max(least + int(random.integers(0, 4)), 1)
        hours = {"office_min": min(most, least + 1), "office_hours": (8.0, 10.5)} if random.random() < 0.4 else {}
        more: dict[str, Any] = {
            "follows": str(random.choice(FOLLOWS)),
            "target": float(random.choice([0.2, 1.0, 4.0])),
            "slots": int(random.choice([1, 4, 16, 32])),
            "cpu": float(random.choice([1.0, 4.0])),
            "gpus": int(random.integers(0, 2)),
            "down_seconds": float(random.choice([0.0, 60.0, 300.0, 900.0])),
        }
        found.append(service(name=name, min=least, max=most, **more, **hours))
    return found


def _drawn(seed: int) -> tuple[Platform, Work]:
    """Returns three services that share a pool, and a few days with no, few or many requests."""
    random, length = np.random.default_rng(seed), 2.5 * DAY
    at = np.sort(random.uniform(0, length * random.uniform(0.01, 1), int(random.choice([0, 1, 5, 40, 2000]))))
    of = random.integers(0, int(random.integers(1, 4)), size=len(at))
    tokens = {"prompt": int(random.choice([0, 500])), "generated": int(random.choice([0, 60]))}
    come = requests(at, seconds=[None, 3.0, 40.0][seed % 3], services=NAMES, service=of, **tokens)
    machines = pool(
        max=8,
        min=int(random.integers(0, 3)),
        capacity=[Capacity.ON_DEMAND, Capacity.ON_DEMAND, Capacity.SPOT, Capacity.SPOT_FIRST][seed % 4],
        sleeps=(8.0, 18.0) if seed % 10 == 0 else None,
        profile=[Profile.INFERENCE_GPU, Profile.INFERENCE_CPU][int(random.integers(0, 2))],
    )
    return platform(*_services(random), pools=(machines,), interruptions=0.05), month(come, length)


@pytest.mark.parametrize("seed", range(24))
def test_what_is_left_out_changes_nothing(monkeypatch: pytest.MonkeyPatch, seed: int) -> None:
    of, work = _drawn(seed)
    found = simulate_requests(of, work, seed)
    monkeypatch.setattr(Service, "quiet_until", lambda _self, sync: sync)  # pyright: ignore[reportUnknownLambdaType]
    assert repr(found) == repr(simulate_requests(of, work, seed))
