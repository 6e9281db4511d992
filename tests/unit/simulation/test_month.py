"""A month is the sum of its jobs, its requests and the charges of the system."""

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import numpy as np
import pytest

from falaj.simulation import jobs, serving
from falaj.simulation.experiments import split
from falaj.simulation.month import combined, simulate, system_charges
from falaj.simulation.outcome import Answers, Cause, Charge, Hour, Outcome, Waits
from falaj.simulation.platform_model import Platform, RunModel
from falaj.simulation.trace_alignment import aligned_work
from falaj.simulation.work import Jobs, Requests, Work

PLATFORM = Platform(
    stack="small",
    pools=(),
    queues=(),
    services=(),
    runs=RunModel(1450, 30, 210, 0.1, 300),
    system_aed_per_month={"control planes": 300.0, "system nodes": 430.0},
    warnings=("left out: storage",),
    experiments={"intents": {"intents-a": 0.9, "intents-b": 0.1}},
)
WORK = Work(datetime(2026, 12, 1, tzinfo=UTC), 365 * 3600.0, notes=("cut to a month",))
WAITS, ANSWERS = Waits(2, 1.0, 2.0, 3.0, 1), Answers(10, 1, 0.1, 0.2, 5.0)
HOUR = Hour(1.0, 0.0, 1.0, 0.0, 0.0)

JOBS = Outcome(
    charges=[Charge("b", "training", Cause.WORK, 2.0), Charge("a", "training", Cause.WORK, 1.0),
             Charge("b", "training", Cause.WORK, 3.0), Charge(None, "training", Cause.IDLE, 4.0)],
    waits={"*": WAITS},
    deadlines=3,
    deadlines_missed=1,
    interruptions=2,
    gpu_hours_paid=10.0,
    gpu_hours_used=6.0,
    node_hours={"main/gpu spot": 2.0},
    hours={"main/gpu": [HOUR]},
    warnings=("one job never runs",),
)  # fmt: skip
SERVED = Outcome(
    charges=[Charge("a", "inference-gpu", Cause.IDLE, 5.0)],
    answers={"assistant": ANSWERS},
    interruptions=1,
    gpu_hours_paid=2.0,
    gpu_hours_used=1.0,
    node_hours={"main/serve on-demand": 1.0},
    hours={"main/serve": [HOUR]},
)


def requests(*services: str) -> Requests:
    """Returns a thousand requests, to these services in turn."""
    count = 1000
    nothing = np.zeros(count)
    return Requests(
        at=np.arange(count, dtype=float),
        prompt=nothing,
        generated=nothing,
        seconds=np.full(count, np.nan),
        service=(np.arange(count) % len(services)).astype(np.int32),
        services=services,
    )


@pytest.fixture
def parts(monkeypatch: pytest.MonkeyPatch) -> dict[str, Work]:
    """Replaces both simulations; the work that they get is here afterwards."""
    seen: dict[str, Work] = {}

    def part(name: str, outcome: Outcome) -> Callable[[Platform, Work, int], Outcome]:
        def simulation(_platform: Platform, work: Work, _seed: int = 0) -> Outcome:
            seen[name] = work
            return outcome

        return simulation

    monkeypatch.setattr(jobs, "simulate_jobs", part("jobs", JOBS))
    monkeypatch.setattr(serving, "simulate_requests", part("requests", SERVED))
    return seen


@pytest.mark.usefixtures("parts")
def test_a_month_has_all_charges_figures_and_warnings() -> None:
    month = simulate(PLATFORM, WORK)
    # Half an average month of 730 hours.
    assert month.aed == pytest.approx(1 + 2 + 3 + 4 + 5 + 365)
    assert [(each.tenant, each.profile, each.cause, each.aed) for each in month.charges] == [
        (None, "system", Cause.SYSTEM, 365.0),
        (None, "training", Cause.IDLE, 4.0),
        ("a", "inference-gpu", Cause.IDLE, 5.0),
        ("a", "training", Cause.WORK, 1.0),
        ("b", "training", Cause.WORK, 5.0),
    ]
    assert (month.waits, month.answers) == ({"*": WAITS}, {"assistant": ANSWERS})
    assert (month.deadlines, month.deadlines_missed, month.interruptions) == (3, 1, 3)
    assert month.gpu_utilisation == pytest.approx(7 / 12)
    assert month.node_hours == {"main/gpu spot": 2.0, "main/serve on-demand": 1.0}
    assert month.hours == {"main/gpu": [HOUR], "main/serve": [HOUR]}
    assert month.warnings == (
        "left out: storage",
        "cut to a month",
        "1 jobs had not ended by the end of the month: what is left of them is not in the bill",
        "one job never runs",
    )


def test_the_charges_of_the_system_follow_the_length_of_the_work() -> None:
    assert sum(charge.aed for charge in system_charges(PLATFORM, 730 * 3600)) == pytest.approx(730)
    assert sum(charge.aed for charge in system_charges(PLATFORM, 73 * 3600)) == pytest.approx(73)


def test_a_warning_is_said_once() -> None:
    twice = combined([JOBS, JOBS], [], ["one job never runs"])
    assert twice.warnings == ("one job never runs",)


def test_requests_to_an_experiment_go_to_its_variants(parts: dict[str, Work]) -> None:
    month = simulate(PLATFORM, replace(WORK, requests=requests("intents", "assistant")), seed=3)
    split_up = parts["requests"].requests
    assert split_up is not None
    counts = np.bincount(split_up.service, minlength=len(split_up.services))
    by_name = dict(zip(split_up.services, counts.tolist(), strict=True))
    assert by_name["intents"] == 0
    assert by_name["assistant"] == 500
    assert by_name["intents-a"] + by_name["intents-b"] == 500
    assert 25 <= by_name["intents-b"] <= 75
    assert any(
        "500 requests to assistant are left out: no such service; there are: none" in text for text in month.warnings
    )


def test_the_same_seed_splits_requests_alike_and_leaves_others_as_they_are() -> None:
    work = replace(WORK, requests=requests("intents"))
    first, again, other = (split(PLATFORM, work, seed).requests for seed in (1, 1, 2))
    assert first is not None
    assert again is not None
    assert other is not None
    assert first.service.tolist() == again.service.tolist() != other.service.tolist()
    assert split(PLATFORM, WORK, 1) is WORK
    plain = split(PLATFORM, replace(WORK, requests=requests("assistant")), 1).requests
    assert plain is not None
    assert plain.services == ("assistant",)


def test_an_experiment_that_is_decided_has_one_variant() -> None:
    decided = replace(PLATFORM, experiments={"intents": {"intents-a": 0.0, "intents-b": 1.0}})
    only = split(decided, replace(WORK, requests=requests("intents")), 1).requests
    assert only is not None
    assert {only.services[number] for number in only.service.tolist()} == {"intents-b"}


def test_traces_of_different_times_count_from_the_earliest() -> None:
    one = np.array([10.0])
    queued = Jobs(one, one, one, one, one, np.zeros(1, np.int32), np.ones(1, np.bool_), one + 90, ("a",))
    first = replace(WORK, jobs=queued, length=100.0, notes=("a", "b"))
    later = replace(
        WORK, requests=requests("x"), start=WORK.start + timedelta(seconds=500), length=1000.0, notes=("b",)
    )
    for works in ([first, later], [later, first]):
        both = aligned_work(works)
        assert (both.start, both.length) == (WORK.start, 1500.0)
        assert both.jobs is not None
        assert both.requests is not None
        assert (both.jobs.submit.tolist(), both.jobs.deadline.tolist()) == ([10.0], [100.0])
        assert (both.requests.at[0], both.requests.at[-1]) == (500.0, 1499.0)
        assert sorted(both.notes) == ["a", "b"]
    moved = aligned_work([replace(first, start=WORK.start + timedelta(seconds=7)), replace(later, start=WORK.start)])
    assert moved.jobs is not None
    assert (moved.jobs.submit.tolist(), moved.jobs.deadline.tolist()) == ([17.0], [107.0])
