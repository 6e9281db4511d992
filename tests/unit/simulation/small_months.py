"""Months of a few jobs on a few machine types, small enough to try every schedule."""

from collections.abc import Sequence
from datetime import datetime

import numpy as np
from hypothesis import strategies as st

from falaj.components.core.tenancy.spend_quota import DUBAI
from falaj.components.core.validation.enums import Capacity, Profile
from falaj.simulation.platform_model import MachineType, Platform, PoolModel, RunModel, ServiceModel
from falaj.simulation.work import Jobs, SpotCapacity, Work

HOUR = 3600.0
START = datetime(2026, 11, 1, tzinfo=DUBAI)


def pool(name: str, machines: Sequence[MachineType], profile: Profile = Profile.TRAINING, least: int = 0) -> PoolModel:
    """Returns a pool of a site without delays."""
    return PoolModel(
        "site", name, profile, Capacity.SPOT_FIRST, tuple(machines), least, 8, 1, None, 0, 0, 0, True, 0, 0
    )


def platform(
    *pools: PoolModel, services: Sequence[ServiceModel] = (), system: float = 0.0, starting: float = 0.0
) -> Platform:
    """Returns a platform without queues; `starting` are the seconds that a job takes to start."""
    runs = RunModel(3600, 0, starting, 0, 300)
    return Platform("small", pools, (), tuple(services), runs, {"control plane": system})


def job(
    submit: float,
    run: float,
    gpus: float,
    *,
    cpu: float = 1,
    memory_gib: float = 1,
    interruptible: bool = True,
    deadline: float = np.inf,
) -> tuple[float, ...]:
    """Returns a row of `jobs`, in hours."""
    return submit, run, gpus, cpu, memory_gib, float(interruptible), deadline


def month(rows: Sequence[tuple[float, ...]], hours: float, spot: Sequence[int] | None = None) -> Work:
    """Returns a month of a tenant's jobs; `spot` are the spot machines of each hour."""
    table = np.array(sorted(rows), dtype=float).reshape(-1, 7)
    submit, run, gpus, cpu, memory_gib, interruptible, deadline = table.T
    jobs = Jobs(
        submit * HOUR,
        run * HOUR,
        gpus,
        cpu,
        memory_gib,
        np.zeros(len(table), dtype=np.int32),
        interruptible > 0,
        deadline * HOUR,
        ("tenant",),
    )
    market = {} if spot is None else {"*": _market(spot)}
    return Work(START, hours * HOUR, jobs, None, market)


def _market(spot: Sequence[int]) -> SpotCapacity:
    return SpotCapacity(
        np.arange(len(spot), dtype=np.float64) * HOUR, np.array(spot, dtype=np.int32)[:, None], len(spot) * HOUR
    )


MACHINES = st.builds(
    lambda gpus, cpu, price, discount: MachineType(
        "machine", cpu * gpus, 4.0 * gpus, gpus, price * gpus, None if discount is None else price * gpus * discount
    ),
    st.sampled_from([1, 2, 4]),
    st.sampled_from([2.0, 3.0]),
    st.sampled_from([1.0, 1.5, 2.0, 3.0]),
    st.sampled_from([None, 0.3, 0.6, 1.1]),
)

HOURS = 6

JOBS = st.builds(
    lambda submit, run, gpus, cpu, interruptible, slack: job(
        submit,
        run,
        gpus,
        cpu=cpu * gpus,
        memory_gib=gpus,
        interruptible=interruptible,
        deadline=np.inf if slack is None else submit + run + slack,
    ),
    st.integers(0, HOURS - 1),
    st.integers(1, 4),
    st.sampled_from([0.5, 1, 1, 2, 3]),
    st.sampled_from([0.5, 1.0, 2.0]),
    st.booleans(),
    st.sampled_from([None, None, 0, 1, 2]),
)

MONTHS = st.builds(
    lambda rows, spot: month(rows, HOURS, spot),
    st.lists(JOBS, min_size=1, max_size=4),
    st.one_of(st.none(), st.lists(st.integers(0, 3), min_size=2, max_size=HOURS)),
)

PLATFORMS = st.builds(
    lambda first, second, least, starting: platform(
        pool("first", first, least=least), *([pool("second", second)] if second else []), starting=starting
    ),
    st.lists(MACHINES, min_size=1, max_size=2),
    st.lists(MACHINES, max_size=1),
    st.sampled_from([0, 0, 0, 1]),
    st.sampled_from([0.0, 0.0, HOUR]),
)
