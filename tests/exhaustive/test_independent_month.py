"""Two simulations that share no code agree on cost and order of ten settings."""

from dataclasses import replace
from itertools import combinations

import numpy as np
import pytest

from falaj.components.core.validation.enums import Capacity, Profile
from falaj.simulation.jobs import simulate_jobs
from falaj.simulation.platform_model import MachineType, Platform, PoolModel, QueueModel, RunModel
from falaj.simulation.traces import sample_work
from falaj.simulation.work import Work
from tests.exhaustive.independent_month import IndependentMonth

FOUR = MachineType("four", 47, 180, 4, 25.0, 8.0)
TWO = MachineType("two", 23, 90, 2, 13.5, 4.4)
ONE = MachineType("one", 11, 45, 1, 7.0, 2.3)
RUNS = RunModel(900, 20, 120, 0.0, 300)
POOL = PoolModel(
    "site", "gpu", Profile.TRAINING, Capacity.ON_DEMAND, (FOUR,), 0, 8, 1, None, 1, 120, 600, False, 100, 60
)
SETTINGS: dict[str, tuple[PoolModel, RunModel, float]] = {
    "base": (POOL, RUNS, 32),
    "short idle time": (replace(POOL, idle_seconds=60), RUNS, 32),
    "long idle time": (replace(POOL, idle_seconds=3600), RUNS, 32),
    "small machines too": (replace(POOL, machines=(FOUR, TWO, ONE)), RUNS, 32),
    "few machines": (replace(POOL, max=3), RUNS, 32),
    "small quota": (POOL, RUNS, 8),
    "kept machines": (replace(POOL, min=2), RUNS, 32),
    "spot": (replace(POOL, capacity=Capacity.SPOT), RUNS, 32),
    "spot with interruptions": (replace(POOL, capacity=Capacity.SPOT), replace(RUNS, interruptions_per_hour=0.2), 32),
    "slow starts": (replace(POOL, start_seconds=600), replace(RUNS, restart_seconds=600), 32),
}


def month() -> Work:
    """A month of short and long jobs of 1 to 8 GPUs."""
    work = sample_work("philly", 3, names={"tenant": 1.0}, amount=3000)
    assert work.jobs is not None
    return replace(work, jobs=replace(work.jobs, run=np.minimum(work.jobs.run, 20 * 3600.0)))


def platform_of(name: str) -> tuple[Platform, float]:
    pool, runs, quota = SETTINGS[name]
    queue = QueueModel("site", "tenant", {pool.key: quota}, {pool.key: 0.0}, None)
    return Platform("independent", (pool,), (queue,), (), runs, {}), quota


def test_cost_waits_and_order_of_ten_settings_agree() -> None:
    work = month()
    first, second = dict[str, float](), dict[str, float]()
    for name in SETTINGS:
        platform, quota = platform_of(name)
        outcome, other = simulate_jobs(platform, work, 1), IndependentMonth(platform, work, quota, 1).result()
        first[name], second[name] = outcome.aed, other.aed
        # Where machines are few, small pods may keep a gang from starting: the other simulation serves pods in turn.
        assert outcome.waits["*"].jobs == pytest.approx(len(other.waits), abs=1), name
        assert outcome.waits["*"].p95 == pytest.approx(float(np.quantile(other.waits, 0.95)), rel=0.2), name
    assert first == pytest.approx(second, rel=0.1)
    for one, other in combinations(SETTINGS, 2):
        if abs(second[one] - second[other]) > 0.1 * second[one]:
            assert (first[one] < first[other]) == (second[one] < second[other]), (one, other)
