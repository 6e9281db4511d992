"""Three days of jobs that all differ, of three tenants who borrow from each other, on two pools."""

from dataclasses import replace
from math import inf
from typing import Any

import numpy as np

from falaj.components.core.validation.enums import Capacity
from falaj.simulation.jobs import simulate_jobs
from falaj.simulation.outcome import Outcome
from falaj.simulation.platform_model import MachineType
from tests.unit.simulation.job_months import HOUR, RUNS, job, platform, pool, queue, work

MACHINES = (MachineType("four", 47, 180, 4, 26.0, 7.7),)
HOURS = 72


def contested_month(seed: int, count: int = 200, **changes: Any) -> Outcome:
    """Returns what the days cost with so many jobs, of which the first 80 are of two tenants. `changes` are those of
    the pool of spot machines."""
    chance = np.random.default_rng(seed)
    jobs = [
        job(
            round(chance.uniform(0, HOURS), 1) * HOUR,
            chance.uniform(600, 30_000),
            int(chance.choice([1, 1, 2, 4, 8])),
            "abc"[chance.integers(3 if number > 80 else 2)],
            deadline=chance.choice([np.inf, HOURS * HOUR]),
        )
        for number in range(count)
    ]
    month = work(*jobs, hours=HOURS)
    assert month.jobs is not None
    cpu = month.jobs.gpus * chance.uniform(3, 11, len(jobs))
    month = replace(month, jobs=replace(month.jobs, cpu=cpu))
    pools = (
        pool("spot", **({"capacity": Capacity.SPOT, "machines": MACHINES, "max": 5} | changes)),
        pool("fixed", machines=MACHINES, max=4),
    )
    quotas = {"a": 5.0, "b": 3.0, "c": 12.0}
    queues = [
        queue(tenant, {each.key: units for each in pools}, {each.key: inf for each in pools})
        for tenant, units in quotas.items()
    ]
    runs = replace(RUNS, interruptions_per_hour=0.05, release_seconds=1.0)
    return simulate_jobs(platform(*pools, queues=queues, runs=runs), month)
