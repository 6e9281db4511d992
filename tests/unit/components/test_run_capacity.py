"""Runs with a deadline as the controller sees them: moved when they fall behind, not before, and never late."""

from __future__ import annotations

import random
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from statistics import mean

import pytest
from hypothesis import given
from hypothesis import strategies as st

from falaj.components.core.training.deadline import Machine
from falaj.components.core.training.run_capacity import PATIENCE_SECONDS, Record, Seen, Terms, choose_capacity, count
from tests.unit.components.deadline_simulation import Placed, simulate_placed

HOUR = 3600.0
START = datetime(2026, 12, 1, tzinfo=UTC)
CHECKPOINT, RESTART = 1450.0, 300.0
CHANGE = PATIENCE_SECONDS + RESTART + CHECKPOINT


def at(hours: float) -> datetime:
    return START + timedelta(hours=hours)


def terms(work: float = 48, deadline: float = 72) -> Terms:
    return Terms(at(deadline).isoformat(), work * HOUR, RESTART, CHECKPOINT)


def chosen(hours: float, done: float, on: Machine, waited: float | None = None) -> Machine:
    """The choice at a time, with hours of computation; `waited`: seconds without ready pods."""
    since = at(hours) - timedelta(seconds=waited or 0)
    return choose_capacity(terms(), Record(done * HOUR), Seen(START, on, since, waited is None), at(hours))


SPOT, ON_DEMAND, NONE = Machine.SPOT, Machine.ON_DEMAND, Machine.NONE


@pytest.mark.parametrize(
    ("hours", "done", "on", "waited", "expected"),
    [
        # Uniform progress at 36 h is 24 h of work.
        (36, 23, SPOT, None, SPOT),
        (36, 23.9, SPOT, 601, ON_DEMAND),
        (36, 24.1, SPOT, 7200, SPOT),
        (36, 23.9, NONE, 601, ON_DEMAND),
        # A machine that starts, or quota that comes, is worth waiting for.
        (36, 23.9, SPOT, 599, SPOT),
        (0.1, 0, NONE, 360, SPOT),
        # Two changes of 2,350 s are 0.87 h of uniform progress.
        (36, 24.8, ON_DEMAND, None, ON_DEMAND),
        (36, 24.9, ON_DEMAND, None, SPOT),
        # A machine that starts on demand is not given up.
        (36, 23, ON_DEMAND, 5000, ON_DEMAND),
        (36, 24.5, ON_DEMAND, 5000, ON_DEMAND),
        # The time left is the work left and less than two changes.
        (60, 37.2, SPOT, 10, ON_DEMAND),
        (60, 37.2, ON_DEMAND, None, ON_DEMAND),
        (60, 37.2, SPOT, None, SPOT),
        # Longer than estimated: spot machines until the last moment.
        (60, 50, SPOT, 7200, SPOT),
        (71.9, 50, SPOT, 1, ON_DEMAND),
        # After the deadline.
        (80, 20, NONE, 1, ON_DEMAND),
        (80, 20, ON_DEMAND, None, ON_DEMAND),
    ],
)
def test_what_it_chooses(hours: float, done: float, on: Machine, waited: float | None, expected: Machine) -> None:
    assert chosen(hours, done, on, waited) is expected


def test_a_run_without_slack_takes_on_demand_machines_at_once_and_keeps_what_computes() -> None:
    tight = Terms(at(48.1).isoformat(), 48 * HOUR, RESTART, CHECKPOINT)
    for seen, expected in (
        (Seen(START, NONE, START, is_ready=False), ON_DEMAND),
        (Seen(START, SPOT, START, is_ready=False), ON_DEMAND),
        (Seen(START, SPOT, START, is_ready=True), SPOT),
    ):
        assert choose_capacity(tight, Record(), seen, at(0)) is expected


def test_it_counts_the_time_for_which_its_pods_are_ready() -> None:
    first = count(terms(), Record(), Seen(START, SPOT, at(1), is_ready=True), at(2))
    assert first == Record(HOUR - RESTART, at(2).isoformat(), at(1).isoformat())
    later = count(terms(), first, Seen(START, SPOT, at(1), is_ready=True), at(4))
    assert later.done == 3 * HOUR - RESTART
    waiting = count(terms(), later, Seen(START, SPOT, at(4.1), is_ready=False), at(5))
    assert waiting == Record(later.done, at(5).isoformat(), "")
    again = count(terms(), waiting, Seen(START, SPOT, at(5), is_ready=True), at(6))
    assert again.done == later.done - CHECKPOINT + HOUR - RESTART


def test_without_a_record_only_the_present_attempt_counts() -> None:
    assert count(terms(), Record(), Seen(START, SPOT, at(30), is_ready=False), at(31)).done == 0
    assert count(terms(), Record(), Seen(START, SPOT, at(30), is_ready=True), at(31)).done == HOUR - RESTART


@given(
    st.lists(st.booleans(), max_size=300),
    st.floats(min_value=2, max_value=30),
    st.floats(min_value=0, max_value=20),
)
def test_it_is_never_late(available: list[bool], work: float, slack: float) -> None:
    """However spot machines come and go, if there is slack for three changes and two decisions."""
    deadline = work + slack + 3 * CHANGE / HOUR + 2 * 300 / HOUR
    placed = simulate_placed(terms(work, deadline), START, available)
    assert placed.ended <= deadline * HOUR


def markov(share: float, mean_hours: float, seed: int) -> list[bool]:
    """Returns spot availability that is there for a share of the time, in spells of a mean length."""
    rng = random.Random(seed)  # noqa: S311 - reproducible
    state, series = rng.random() < share, list[bool]()
    for _ in range(90 * 12):
        leaving = 1 / 12 / mean_hours * ((1 - share) if state else share) * 2
        state = state ^ (rng.random() < leaving)
        series.append(state)
    return series


def on_demand_share(series: Sequence[Sequence[bool]]) -> float:
    placed = [simulate_placed(terms(), START, available) for available in series]
    assert all(item.ended <= 72 * HOUR for item in placed)
    return mean(item.on_demand / (item.on_demand + item.spot) for item in placed)


def test_with_spot_machines_all_the_time_it_never_moves() -> None:
    placed = simulate_placed(terms(), START, [True] * 1000)
    assert placed == Placed(placed.ended, placed.spot, 0, 0)


def test_it_uses_what_spot_capacity_there_is() -> None:
    """66 % of the time must be computed: with capacity for 80 % of the time hardly any is bought on demand."""
    assert on_demand_share([markov(0.9, 6, seed) for seed in range(10)]) < 0.15
    assert on_demand_share([markov(0.4, 6, seed) for seed in range(10)]) < 0.75
    assert on_demand_share([[]]) == 1
