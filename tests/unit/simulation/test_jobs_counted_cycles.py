"""Cycles that are counted only: the month is the same as if each head were evaluated in a cycle of its own."""

from dataclasses import replace
from math import inf

import numpy as np
import pytest

from falaj.components.core.validation.enums import Capacity
from falaj.simulation.jobs import backlog, simulate_jobs
from falaj.simulation.jobs.admission import Admission
from falaj.simulation.outcome import Outcome
from falaj.simulation.platform_model import MachineType
from tests.unit.simulation.job_months import HOUR, RUNS, job, platform, pool, queue, work

MACHINES = (MachineType("four", 47, 180, 4, 26.0, 7.7),)
HOURS = 36


def _month(seed: int) -> Outcome:
    """Returns a day and a half of jobs that all differ, of three tenants who borrow from each other, on two pools."""
    chance = np.random.default_rng(seed)
    jobs = [
        job(
            round(chance.uniform(0, HOURS), 1) * HOUR,
            chance.uniform(600, 30_000),
            int(chance.choice([1, 1, 2, 4, 8])),
            "abc"[chance.integers(3 if number > 40 else 2)],
            deadline=chance.choice([np.inf, HOURS * HOUR]),
        )
        for number in range(100)
    ]
    month = work(*jobs, hours=HOURS)
    assert month.jobs is not None
    cpu = month.jobs.gpus * chance.uniform(3, 11, len(jobs))
    month = replace(month, jobs=replace(month.jobs, cpu=cpu))
    pools = (
        pool("spot", capacity=Capacity.SPOT, machines=MACHINES, max=5),
        pool("fixed", machines=MACHINES, max=4),
    )
    quotas = {"a": 5.0, "b": 3.0, "c": 12.0}
    queues = [
        queue(tenant, {each.key: units for each in pools}, {each.key: inf for each in pools})
        for tenant, units in quotas.items()
    ]
    runs = replace(RUNS, interruptions_per_hour=0.05, release_seconds=1.0)
    return simulate_jobs(platform(*pools, queues=queues, runs=runs), month)


@pytest.mark.parametrize("seed", [1, 3, 4])
def test_counting_the_cycles_of_heads_that_do_not_fit_changes_nothing(
    seed: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    evaluated: list[int] = []
    choose = Admission._choose  # pyright: ignore[reportPrivateUsage]
    monkeypatch.setattr(Admission, "_choose", lambda *given: evaluated.append(given[2].index) or choose(*given))
    months: list[Outcome] = []
    counts: list[int] = []
    for few in (10**9, 0):
        monkeypatch.setattr(backlog, "FEW_KINDS", few)
        months.append(_month(seed))
        counts.append(len(evaluated))
        evaluated.clear()
    assert months[0] == months[1]
    assert counts[1] < 0.5 * counts[0]
