"""Small platforms and months of jobs, of which the outcome can be computed by hand."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

import numpy as np

from falaj.components.core.tenancy.spend_quota import DUBAI
from falaj.components.core.validation.enums import Capacity, Profile
from falaj.simulation.outcome import Cause, Outcome
from falaj.simulation.platform_model import MachineType, Platform, PoolModel, QueueModel, RunModel
from falaj.simulation.work import Jobs, SpotCapacity, Work

HOUR = 3600.0
START = datetime(2026, 11, 2, tzinfo=DUBAI)
"""A Monday."""

FOUR_GPUS = MachineType("four", 40, 160, 4, 36.0, 12.0)
"""AED 36 per hour on demand and 12 on spot: 9 and 3 per GPU."""
ONE_GPU = MachineType("one", 10, 40, 1, 10.0, 4.0)

RUNS = RunModel(
    checkpoint_seconds=1000,
    save_seconds=50,
    restart_seconds=100,
    interruptions_per_hour=0,
    deadline_interval_seconds=300,
)


def pool(name: str = "gpu", **changes: Any) -> PoolModel:
    """Returns a pool of four-GPU machines on demand: ten seconds until a decision, 200 until a node is ready, and 600
    until an empty one is removed."""
    fields: dict[str, Any] = {
        "site": "s",
        "name": name,
        "profile": Profile.TRAINING,
        "capacity": Capacity.ON_DEMAND,
        "machines": (FOUR_GPUS,),
        "min": 0,
        "max": 4,
        "zones": 1,
        "tenant": None,
        "decision_seconds": 10.0,
        "start_seconds": 200.0,
        "idle_seconds": 600.0,
        "returns_to_spot": False,
        "notice_seconds": 120.0,
        "least_billed_seconds": 60.0,
    }
    return PoolModel(**(fields | changes))


def queue(
    tenant: str, units: Mapping[str, float], borrow: Mapping[str, float] | None = None, **more: Any
) -> QueueModel:
    """Returns a queue without a budget; without `borrow` it borrows nothing."""
    return QueueModel("s", tenant, units, dict.fromkeys(units, 0) if borrow is None else borrow, None, **more)


def platform(*pools: PoolModel, queues: Sequence[QueueModel] = (), runs: RunModel = RUNS) -> Platform:
    """Returns a platform without services."""
    return Platform("small", pools, tuple(queues), (), runs, {})


def job(
    submit: float, run: float, gpus: float = 4, tenant: str = "a", *, fixed: bool = False, deadline: float = np.inf
) -> tuple[float, float, float, str, bool, float]:
    """Returns a job of `work`, with times in seconds. `fixed`: it must not be interrupted."""
    return submit, run, gpus, tenant, not fixed, deadline


def work(*jobs: tuple[float, float, float, str, bool, float], hours: float = 10, **more: Any) -> Work:
    """Returns a month of jobs, each with 8 vCPUs and 30 GiB per GPU, or 4 vCPUs and 8 GiB without GPUs."""
    rows = sorted(jobs, key=lambda row: row[0])
    tenants = tuple(dict.fromkeys(row[3] for row in rows))
    gpus = np.array([row[2] for row in rows], dtype=float)
    columns = Jobs(
        submit=np.array([row[0] for row in rows], dtype=float),
        run=np.array([row[1] for row in rows], dtype=float),
        gpus=gpus,
        cpu=np.where(gpus > 0, 8 * gpus, 4.0),
        memory_gib=np.where(gpus > 0, 30 * gpus, 8.0),
        tenant=np.array([tenants.index(row[3]) for row in rows], dtype=np.int32),
        interruptible=np.array([row[4] for row in rows], dtype=bool),
        deadline=np.array([row[5] for row in rows], dtype=float),
        tenants=tenants,
    )
    return Work(START, hours * HOUR, columns, None, **more)


def market(*steps: tuple[float, Sequence[int]], length: float = 100 * HOUR) -> dict[str, SpotCapacity]:
    """Returns spot machines for all pools: pairs of a second and the machines in each zone from then on."""
    times, machines = zip(*steps, strict=True)
    return {"*": SpotCapacity(np.array(times, dtype=float), np.array(machines, dtype=np.int32), length)}


def aed(outcome: Outcome, cause: Cause, tenant: str | None = "a") -> float:
    """Returns what a tenant was charged for a cause."""
    return sum(row.aed for row in outcome.charges if row.cause is cause and row.tenant == tenant)


def seconds(outcome: Outcome, cause: Cause, tenant: str | None = "a", aed_per_hour: float = 36.0) -> float:
    """Returns the machine-seconds at a price that the charge stands for."""
    return aed(outcome, cause, tenant) * HOUR / aed_per_hour
