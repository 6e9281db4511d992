"""Runs with a deadline: never late, on spot machines while there is slack, on on-demand machines when there is none."""

import random
from collections.abc import Sequence
from statistics import mean

import pytest
from hypothesis import given
from hypothesis import strategies as st

from falaj.components.core.training.deadline import DeadlineRun, Machine, Progress, choose_machine
from tests.unit.components.deadline_simulation import greedy, simulate

HOUR, STEP = 3600.0, 300.0
RUN = DeadlineRun(work=48 * HOUR, deadline=70 * HOUR, change=600, interval=STEP)
SPOT_PRICE = 1 / 3


def markov(share: float, mean_hours: float, seed: int, hours: int = 80) -> list[bool]:
    """Returns spot availability that is there for a share of the time, in spells of a mean length."""
    rng = random.Random(seed)  # noqa: S311 - reproducible
    state, series = rng.random() < share, []
    for _ in range(int(hours * HOUR / STEP)):
        leaving = STEP / HOUR / mean_hours * ((1 - share) if state else share) * 2
        state = state ^ (rng.random() < leaving)
        series.append(state)
    return series


@given(
    st.lists(st.booleans(), max_size=400),
    st.floats(min_value=1, max_value=30),
    st.floats(min_value=0, max_value=20),
    st.floats(min_value=60, max_value=1200),
)
def test_it_is_never_late(available: list[bool], hours: float, slack: float, change: float) -> None:
    """However spot capacity comes and goes: even with three changes and one decision of slack."""
    run = DeadlineRun(hours * HOUR, (hours + slack) * HOUR + 3 * change + STEP, change, STEP)
    assert simulate(run, available).ended <= run.deadline


def test_with_spot_capacity_all_the_time_it_never_buys_on_demand() -> None:
    outcome = simulate(RUN, [True] * 1000)
    assert (outcome.on_demand, outcome.changes) == (0, 1)
    assert outcome.spot == RUN.work + RUN.change


def test_without_any_it_buys_no_more_than_its_work_and_ends_in_time() -> None:
    outcome = simulate(RUN, [])
    assert outcome.spot == 0
    assert outcome.ended <= RUN.deadline
    assert outcome.on_demand <= RUN.work + outcome.changes * RUN.change


def at(hours: float, done: float, on: Machine, has_spot: bool) -> Machine:
    return choose_machine(RUN, Progress(hours * HOUR, done * HOUR, on), has_spot)


@pytest.mark.parametrize(
    ("hours", "done", "on", "has_spot", "expected"),
    [
        # Uniform progress at 35 h is 24 h of work.
        (35, 24.1, Machine.NONE, False, Machine.NONE),
        (35, 23.9, Machine.NONE, False, Machine.ON_DEMAND),
        (35, 23.9, Machine.NONE, True, Machine.SPOT),
        # It is ahead by two changes at 24.23 h.
        (35, 24.2, Machine.ON_DEMAND, True, Machine.ON_DEMAND),
        (35, 24.3, Machine.ON_DEMAND, True, Machine.SPOT),
        (35, 24.3, Machine.ON_DEMAND, False, Machine.NONE),
        # 22 h of slack are gone: the time left is the work left and less than two changes.
        (50, 28.2, Machine.NONE, True, Machine.ON_DEMAND),
        (50, 28.2, Machine.ON_DEMAND, True, Machine.ON_DEMAND),
        (50, 28.2, Machine.SPOT, True, Machine.SPOT),
        (50, 48, Machine.ON_DEMAND, True, Machine.NONE),
    ],
)
def test_what_it_chooses(hours: float, done: float, on: Machine, has_spot: bool, expected: Machine) -> None:
    assert at(hours, done, on, has_spot) is expected


def costs(series: Sequence[Sequence[bool]]) -> tuple[float, float]:
    """Returns the mean cost of the policy and of the greedy one."""
    policies = (choose_machine, greedy)
    ours, theirs = (mean(simulate(RUN, item, policy).cost(SPOT_PRICE) for item in series) for policy in policies)
    return ours, theirs


def test_it_costs_less_than_to_wait_until_the_last_moment() -> None:
    """As the paper reports: spot capacity that returns late finds a greedy run on on-demand machines for good."""
    ours, theirs = costs([markov(0.4, 6, seed) for seed in range(40)])
    assert ours < theirs < RUN.work / HOUR
    plenty, greedy_plenty = costs([markov(0.95, 6, seed) for seed in range(20)])
    assert plenty < 0.45 * RUN.work / HOUR
    assert plenty == pytest.approx(greedy_plenty, rel=0.1)


def test_a_deadline_that_on_demand_machines_miss_is_refused() -> None:
    with pytest.raises(ValueError, match=r"deadline: 3600.0; at least 4200"):
        DeadlineRun(HOUR, HOUR, 600, STEP)
