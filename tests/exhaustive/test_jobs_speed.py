"""How long the simulation of queued work takes: a tenth of the promised 100,000 jobs in 60 s on one core."""

import random
from time import process_time

import numpy as np

from falaj.components.core.validation.enums import Capacity
from falaj.simulation.jobs import simulate_jobs
from falaj.simulation.platform_model import MachineType, RunModel
from falaj.simulation.work import Jobs, Work
from tests.unit.components.budget_month import PHILLY, _quantile  # pyright: ignore[reportPrivateUsage]
from tests.unit.simulation.job_months import HOUR, START, platform, pool, queue

JOBS, SECONDS = 10_000, 6.0


def philly(count: int) -> Jobs:
    """Returns jobs of Microsoft's cluster over a month, of three tenants; one of ten must not be interrupted."""
    chance = random.Random(1)  # noqa: S311 - reproducible
    submit = sorted(chance.uniform(0, 700 * HOUR) for _ in range(count))
    run = [max(_quantile(PHILLY, chance.random()) * HOUR, 60) for _ in range(count)]
    sizes, shares = zip(*PHILLY.gpus, strict=True)
    gpus = np.array(chance.choices(sizes, shares, k=count), dtype=float)
    tenant = np.array([chance.randrange(3) for _ in range(count)], dtype=np.int32)
    interruptible = np.array([chance.random() < 0.9 for _ in range(count)])
    never = np.full(count, np.inf)
    return Jobs(
        np.array(submit), np.array(run), gpus, 8 * gpus, 30 * gpus, tenant, interruptible, never, ("a", "b", "c")
    )


def test_a_month_of_many_jobs_is_simulated_in_seconds() -> None:
    machines = (MachineType("four", 47, 180, 4, 26.0, 7.7), MachineType("other", 47, 180, 4, 22.0, 9.0))
    gpu = pool(capacity=Capacity.SPOT_FIRST, returns_to_spot=True, machines=machines, max=30)
    queues = [queue(tenant, {gpu.key: units}, {}) for tenant, units in (("a", 60.0), ("b", 45.0), ("c", 15.0))]
    model = platform(gpu, queues=queues, runs=RunModel(1800, 30, 120, 0.1, 300))
    month = Work(START, 720 * HOUR, philly(JOBS))
    begin = process_time()
    outcome = simulate_jobs(model, month)
    assert outcome.waits["*"].jobs > 0.95 * JOBS
    assert process_time() - begin < SECONDS
