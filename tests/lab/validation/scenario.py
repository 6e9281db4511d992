"""An hour of jobs of three tenants, some of which borrow, and the pools and queues that it runs on; by seed."""

from collections.abc import Mapping
from dataclasses import dataclass
from math import exp, log
from random import Random

from falaj.components.core.node_pools.spec import NodePoolSpec
from falaj.components.core.tenancy.queue_specs import QueueSpec
from falaj.components.core.tenancy.queueing_args import QueueingArgs
from falaj.components.core.tenancy.tenancy import SpaceSpec, Tier
from falaj.components.core.validation.enums import Capacity, NodeAutoscaler, Profile
from tests.samples import COST_TAGS

SPEED = 20
"""Seconds of the scenario in one second of the laboratory: its hour takes three minutes."""

REGION, AED_PER_USD = "me-central-1", 3.6725

POOLS: Mapping[str, NodePoolSpec] = {
    "gpuspot": NodePoolSpec(
        profile=Profile.TRAINING, machines=["g5.12xlarge", "g5.48xlarge"], capacity=Capacity.SPOT, max=20
    ),
    "cpuspot": NodePoolSpec(
        profile=Profile.BATCH, machines=["m5.2xlarge", "m5.4xlarge"], capacity=Capacity.SPOT, max=20
    ),
}
"""Pools of machines with 4 or 8 GPUs, and with 8 or 16 vCPUs; both so large that quotas limit them, not `max`."""

START_SECONDS = 100
"""Time from the request for a machine to its node, in seconds of the scenario: 90 s (`falaj.facts.clouds`), rounded to
whole seconds of the laboratory, which its node class takes."""

BUDGETS = {"alpha": 54_000, "beta": 36_000, "gamma": 18_000}
"""Tenant -> AED a month."""

GPU_PERCENT = 98
"""Share of the budgets for machines with GPUs."""

SPACES = {"alpha": 34, "beta": 24, "gamma": 16}
"""Tenant -> GPUs of its ResourceQuota: how many it may borrow beside its own."""

JOBS = {"alpha": 100, "beta": 65, "gamma": 35}
"""Tenant -> number of jobs."""

CPU_JOBS = 0.2
"""Share of jobs without GPUs."""

GPUS = {1: 0.5, 2: 0.25, 4: 0.15, 8: 0.1}
"""GPUs of a job -> share of the jobs with GPUs."""

VCPUS = {2: 0.5, 4: 0.5}
"""vCPUs of a job -> share of the jobs without GPUs."""

MEDIAN_SECONDS, SPREAD, SHORTEST_SECONDS, LONGEST_SECONDS = 480.0, 0.6, 160.0, 1600.0
"""Seconds that jobs run, of the scenario: log-normal with this median and standard deviation of the logarithm, between
two limits. Run times of GPU clusters are log-normal over more decades; that of a test ends within minutes."""


@dataclass(frozen=True)
class Job:
    """A job of the scenario; times are in seconds of the laboratory."""

    name: str
    tenant: str
    submit: float
    run: float
    gpus: int
    cpu: int
    memory_gib: int


def jobs(seed: int, minutes: int = 60) -> list[Job]:
    """Returns the jobs by submission, which is uniform over the hour. In fewer `minutes`, as many come a minute."""
    random = Random(f"validation {seed}")  # noqa: S311 - reproducible
    tenants = [tenant for tenant, count in JOBS.items() for _ in range(count * minutes // 60)]
    random.shuffle(tenants)
    times = sorted(random.uniform(0, minutes * 60 / SPEED) for _ in tenants)
    return [
        _job(random, f"seed-{seed}-{number}", tenant, at)
        for number, (tenant, at) in enumerate(zip(tenants, times, strict=True))
    ]


def _job(random: Random, name: str, tenant: str, submit: float) -> Job:
    seconds = exp(random.gauss(log(MEDIAN_SECONDS), SPREAD))
    # kwok reads whole milliseconds.
    run = round(min(max(seconds, SHORTEST_SECONDS), LONGEST_SECONDS) / SPEED, 3)
    if random.random() < CPU_JOBS:
        cpu = _drawn(random, VCPUS)
        return Job(name, tenant, submit, run, 0, cpu, 2 * cpu)
    gpus = _drawn(random, GPUS)
    return Job(name, tenant, submit, run, gpus, 4 * gpus, 16 * gpus)


def _drawn(random: Random, shares: Mapping[int, float]) -> int:
    return random.choices([*shares], [*shares.values()])[0]


def pool_of(job: Job) -> str:
    """Returns the pool that a job runs on."""
    return "gpuspot" if job.gpus else "cpuspot"


IDLE_SECONDS = {"gpuspot": 600, "cpuspot": 120}
"""Pool -> seconds of the scenario for which an empty node is kept: those of the measured seeds."""


def idle_seconds(pool: str) -> float:
    """Returns how long an empty node of a pool is kept, in seconds of the laboratory."""
    return IDLE_SECONDS[pool] / SPEED


def spaces() -> dict[str, SpaceSpec]:
    """Returns the ResourceQuota of each tenant."""
    return {
        tenant: SpaceSpec(cpu=24 * gpus + 48, memory_gib=96 * gpus + 192, gpus=gpus) for tenant, gpus in SPACES.items()
    }


def queueing_args() -> QueueingArgs:
    """Returns the queues that the deployment creates, and that the simulation replays."""
    return QueueingArgs(
        region=REGION,
        node_autoscaler=NodeAutoscaler.KARPENTER,
        pools=POOLS,
        tenants={
            tenant: QueueSpec(
                tier=Tier.ENTERPRISE,
                aed_per_month=aed,
                space=spaces()[tenant],
                pool_percent={"gpuspot": GPU_PERCENT, "cpuspot": 100 - GPU_PERCENT},
            )
            for tenant, aed in BUDGETS.items()
        },
        aed_per_usd=AED_PER_USD,
        install=False,
        tags=COST_TAGS,
    )
