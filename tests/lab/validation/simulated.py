"""The scenario on `falaj.simulation`: the same jobs, pools, quotas and prices, and the laboratory's delays."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal
from math import inf
from unittest.mock import patch

import numpy as np

from falaj.components.core.validation.enums import Capacity, NodeAutoscaler
from falaj.facts.prices import catalogue
from falaj.facts.regions import REGIONS
from falaj.simulation.jobs import simulate_jobs
from falaj.simulation.jobs.job import Job as SimulatedJob
from falaj.simulation.jobs.ledger import Ledger
from falaj.simulation.jobs.node import Node
from falaj.simulation.jobs.pool import Pool
from falaj.simulation.jobs.runs import Runs
from falaj.simulation.platform_model import Platform, PoolModel, RunModel
from falaj.simulation.pool_models import PoolContext, pool_models
from falaj.simulation.queue_models import queue_model
from falaj.simulation.run_model import RELEASE_SECONDS, REQUEUE_SECONDS
from falaj.simulation.work import Jobs, Work
from tests.lab.validation.figures import JobLife, NodeLife, Run
from tests.lab.validation.scenario import AED_PER_USD, POOLS, REGION, Job, idle_seconds, queueing_args
from tests.unit.simulation.small_months import START

SITE = "lab"

MESSAGES = 3 / 2
"""Messages until quota is free, after an eviction by those after the end of a program: the suspended job, the status of
the job and that of the workload; otherwise the last two. Only the end waits for `RELEASE_SECONDS`."""

ADMISSION_SECONDS = 0.2
"""What `Delays.turn` has beyond the time until quota is free: the median from the last release of quota until a job
that waited is admitted. The model has that delay itself (`REQUEUE_SECONDS`); in it the same median is 0.2 s, of two
draws of each run that counts (2026-11-28)."""

LENGTH_SECONDS = 3600.0
"""Long enough for all jobs to end, and for all nodes to go."""


@dataclass(frozen=True)
class Delays:
    """What the laboratory takes for steps that take no time in the simulation, or another time; in seconds."""

    node_start: float
    """From the request for a machine to a ready node."""
    pod_start: float
    """From a pod on a ready node to its program."""
    turn: float
    """From the end of a program until another job has its quota."""


@dataclass
class _Recorder:
    """Listens to what the simulation does."""

    admitted: dict[int, float] = field(default_factory=dict[int, float])
    nodes: list[NodeLife] = field(default_factory=list[NodeLife])
    jobs: dict[int, SimulatedJob] = field(default_factory=dict[int, SimulatedJob])
    starts: int = 0

    def start(self, runs: Runs, job: SimulatedJob, pool: Pool) -> None:
        _START(runs, job, pool)
        self.starts += 1
        self.jobs[job.index] = job
        self.admitted.setdefault(job.index, job.admitted_at)

    def close(self, ledger: Ledger, pool: PoolModel, node: Node, now: float, is_removed: bool) -> None:
        _CLOSE(ledger, pool, node, now, is_removed)
        capacity = Capacity.SPOT if node.is_spot else Capacity.ON_DEMAND
        life = NodeLife(pool.name, node.machine.name, capacity.value, node.requested, now, node.aed_per_hour)
        self.nodes.append(life)


_START, _CLOSE = Runs.start, Ledger.close


def simulated(jobs: Sequence[Job], delays: Delays) -> Run:
    """Returns what the simulation says of the jobs of a scenario."""
    recorder = _Recorder()
    with (
        patch.object(Runs, "start", lambda runs, job, pool: recorder.start(runs, job, pool)),
        patch.object(Ledger, "close", lambda *arguments, **named: recorder.close(*arguments, **named)),
    ):
        simulate_jobs(platform(delays), _work(jobs))
    lives = [
        JobLife(job.name, job.tenant, job.submit, recorder.admitted[index], of.first_begin, of.ended)
        for index, job in enumerate(jobs)
        for of in [recorder.jobs[index]]
    ]
    return Run(lives, recorder.nodes, recorder.starts - len(jobs))


def platform(delays: Delays) -> Platform:
    """Returns the platform that the stack of the scenario has in the simulation, as fast as the laboratory."""
    context = PoolContext(
        site=SITE,
        region=REGION,
        autoscaler=NodeAutoscaler.KARPENTER,
        zones=REGIONS[REGION].zones,
        office_hours=(0, 24),
        sleeps=False,
        parts=(),
        profiles={pool.profile for pool in POOLS.values()},
        own_machines={},
        prices=catalogue(),
        aed_per_usd=Decimal(str(AED_PER_USD)),
    )
    pools, _ = pool_models(context, POOLS)
    args, freed = queueing_args(), delays.turn - ADMISSION_SECONDS
    return Platform(
        stack="validation",
        pools=tuple(_as_fast(pool, delays) for pool in pools),
        queues=tuple(queue_model(SITE, tenant, args) for tenant in args.tenants),
        services=(),
        # The jobs save no checkpoints: one that is evicted starts again.
        runs=RunModel(
            checkpoint_seconds=inf,
            save_seconds=inf,
            restart_seconds=delays.pod_start,
            interruptions_per_hour=0.0,
            deadline_interval_seconds=300,
            pods_ready_seconds=60,
            recover_seconds=60,
            release_seconds=freed,
            evicted_seconds=max(freed - RELEASE_SECONDS, 0.0) * MESSAGES,
            requeue_seconds=REQUEUE_SECONDS,
        ),
        system_aed_per_month={},
    )


def _as_fast(pool: PoolModel, delays: Delays) -> PoolModel:
    return replace(
        pool,
        start_seconds=delays.node_start,
        idle_seconds=idle_seconds(pool.name),
        # Its jobs take any machine on which they fit.
        has_gpu_counts=False,
        notice_seconds=1.0,
        grace_seconds=1.0,
        least_billed_seconds=0.0,
    )


def _work(jobs: Sequence[Job]) -> Work:
    tenants = tuple(sorted({job.tenant for job in jobs}))
    columns = Jobs(
        submit=np.array([job.submit for job in jobs]),
        run=np.array([job.run for job in jobs]),
        gpus=np.array([job.gpus for job in jobs], dtype=float),
        cpu=np.array([job.cpu for job in jobs], dtype=float),
        memory_gib=np.array([job.memory_gib for job in jobs], dtype=float),
        tenant=np.array([tenants.index(job.tenant) for job in jobs], dtype=np.int32),
        interruptible=np.ones(len(jobs), dtype=bool),
        deadline=np.full(len(jobs), inf),
        tenants=tenants,
    )
    return Work(START, LENGTH_SECONDS, columns)
