"""Simulated months of tenants' queues: jobs of real traces, Kueue's admission, and what the machines really cost.

Time advances in steps of one decision of the controller. Jobs that are stopped at a checkpoint wait for the next month.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from falaj.components.core.tenancy.spend_quota import (
    DUBAI,
    PricedFlavor,
    Quota,
    Seen,
    TenantBudget,
    decide,
    expected_aed_per_hour,
    month_at,
    price_ratio,
)

STEP_HOURS = 1 / 4
"""A quarter of an hour: a decision every five minutes, and ten minutes until the spend is known."""

START = datetime(2026, 11, 1, tzinfo=DUBAI)

QUANTILES = (0.0, 0.1, 0.2, 0.25, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 0.95, 1.0)


@dataclass(frozen=True)
class Trace:
    """Jobs of a cluster."""

    hours: tuple[float, ...]
    """Running time of its jobs in hours at `QUANTILES`."""
    gpus: tuple[tuple[int, float], ...]
    """GPUs of a job and their share of the jobs."""


PHILLY = Trace(
    (0.0, 0.017, 0.025, 0.036, 0.12, 0.33, 0.55, 0.82, 1.6, 3.57, 13.88, 79.8),
    ((1, 0.62), (2, 0.12), (4, 0.16), (8, 0.10)),
)
"""Microsoft's Philly cluster, 83,154 jobs (msr-fiddle, philly-traces). GPUs are those of its two traces in Gavel."""

GAVEL = Trace(
    (0.001, 0.396, 1.635, 3.333, 10.442, 19.474, 29.062, 43.607, 71.241, 110.603, 157.213, 490.719),
    ((1, 0.369), (2, 0.191), (4, 0.382), (8, 0.058)),
)
"""Long jobs: the 1,181 of Gavel's trace msr_0e4a51_seed0, their steps by its measured throughput on V100
(stanford-futuredata, gavel; one GPU's throughput times the GPUs where a job's own was not measured)."""

ALIBABA = Trace(
    (0.001, 0.014, 0.033, 0.04, 0.056, 0.065, 0.098, 0.229, 0.336, 1.117, 1.577, 370.099),
    ((1, 0.97), (2, 0.004), (4, 0.007), (8, 0.019)),
)
"""Short jobs: the 2,054 pods with GPUs that ended in Alibaba's trace cluster-trace-gpu-v2023 (openb_pod_list_default;
from the start to the deletion)."""


@dataclass
class Job:
    """A training job of a trace."""

    arrival: float
    """Hours since the start of the month."""
    gpus: int
    hours: float
    """Hours of work left."""


@dataclass
class Ledger:
    """What a tenant's month has cost and when its work waited."""

    spent: float = 0.0
    expected: float = 0.0
    queue: list[Job] = field(default_factory=list[Job])
    running: list[Job] = field(default_factory=list[Job])
    waits: list[float] = field(default_factory=list[float])

    @property
    def units(self) -> int:
        """GPUs in use."""
        return sum(job.gpus for job in self.running)


@dataclass(frozen=True)
class Outcome:
    """A tenant's month."""

    budget: float
    spent: float
    is_waiting: bool
    """Whether work waited at the end of the month."""

    @property
    def overshoot(self) -> float:
        """Cost beyond the budget, as a fraction of it."""
        return max(self.spent / self.budget - 1, 0.0)

    @property
    def idle(self) -> float:
        """Money that was left while work waited, as a fraction of the budget."""
        return max(1 - self.spent / self.budget, 0.0) if self.is_waiting else 0.0


Policy = Callable[[Mapping[str, Seen], datetime], Mapping[str, Quota]]


def controller(budgets: Mapping[str, TenantBudget]) -> Policy:
    """The controller's own decisions."""
    return lambda seen, now: decide(budgets, seen, month_at(now), STEP_HOURS)


def constant(units: Mapping[str, int], borrow: int, flavor: str) -> Policy:
    """A quota that is computed once, as `queue_quotas.affordable` does."""
    quota = {tenant: Quota({flavor: own}, {flavor: borrow}) for tenant, own in units.items()}
    return lambda _seen, _now: quota


def trace_jobs(trace: Trace, seed: int, gpu_hours: float, hours: float = 720) -> list[Job]:
    """Returns jobs with the running times of a trace, in bursts, until they add up to `gpu_hours`."""
    chance = random.Random(seed)  # noqa: S311
    jobs: list[Job] = []
    total, arrival = 0.0, 0.0
    while total < gpu_hours:
        if chance.random() < 0.1:
            arrival = chance.uniform(0, hours * 0.9)
        gpus = chance.choices([gpus for gpus, _ in trace.gpus], [share for _, share in trace.gpus])[0]
        job = Job(arrival, gpus, max(_quantile(trace, chance.random()), STEP_HOURS))
        jobs.append(job)
        total += job.gpus * job.hours
    return sorted(jobs, key=lambda job: job.arrival)


def _quantile(trace: Trace, share: float) -> float:
    above = next(index for index, quantile in enumerate(QUANTILES) if share <= quantile and index)
    low, high = QUANTILES[above - 1], QUANTILES[above]
    shortest, longest = trace.hours[above - 1], trace.hours[above]
    return shortest + (longest - shortest) * (share - low) / (high - low)


def simulate(
    budgets: Mapping[str, TenantBudget],
    jobs: Mapping[str, Sequence[Job]],
    policy: Policy,
    pool: PricedFlavor,
    paid_ratio: Callable[[float], float],
    hours: float = 720,
) -> dict[str, Outcome]:
    """Runs a month on one pool. `paid_ratio` is the paid price by the expected one at an hour of the month."""
    ledgers = {tenant: Ledger() for tenant in budgets}
    ahead = {tenant: [Job(job.arrival, job.gpus, job.hours) for job in own] for tenant, own in jobs.items()}
    for step in range(round(hours / STEP_HOURS)):
        hour = step * STEP_HOURS
        for tenant, ledger in ledgers.items():
            while ahead[tenant] and ahead[tenant][0].arrival <= hour:
                ledger.queue.append(ahead[tenant].pop(0))
        quotas = policy(_seen(budgets, ledgers, pool.name), START + timedelta(hours=hour))
        _admit(ledgers, quotas, pool, hour)
        for tenant, ledger in ledgers.items():
            _run(ledger, budgets[tenant], pool, paid_ratio(hour))
    return {
        tenant: Outcome(budgets[tenant].aed_per_month, ledger.spent, bool(ledger.queue))
        for tenant, ledger in ledgers.items()
    }


def _seen(budgets: Mapping[str, TenantBudget], ledgers: Mapping[str, Ledger], pool: str) -> dict[str, Seen]:
    return {
        tenant: Seen(
            ledger.spent,
            price_ratio(budgets[tenant], ledger.spent, ledger.expected),
            {pool: ledger.units},
            len(ledger.queue),
        )
        for tenant, ledger in ledgers.items()
    }


def _admit(ledgers: Mapping[str, Ledger], quotas: Mapping[str, Quota], pool: PricedFlavor, hour: float) -> None:
    for tenant, ledger in ledgers.items():
        if quotas[tenant].stop == "HoldAndDrain":
            ledger.queue[:0], ledger.running = ledger.running, []
        if quotas[tenant].stop != "None":
            continue
        total = sum(other.units for other in ledgers.values())
        limit = quotas[tenant].units[pool.name] + quotas[tenant].borrow[pool.name]
        room = min(limit - ledger.units, pool.max_units - total)
        waiting: list[Job] = []
        for index, job in enumerate(ledger.queue):
            if room < 1:
                waiting += ledger.queue[index:]
                break
            if job.gpus > room:
                waiting.append(job)
                continue
            room -= job.gpus
            ledger.running.append(job)
            ledger.waits.append(hour - job.arrival)
        ledger.queue = waiting


def _run(ledger: Ledger, budget: TenantBudget, pool: PricedFlavor, ratio: float) -> None:
    expected = expected_aed_per_hour(budget, {pool.name: ledger.units}) * STEP_HOURS
    ledger.expected += expected
    ledger.spent += expected * ratio
    for job in ledger.running:
        job.hours -= STEP_HOURS
    ledger.running = [job for job in ledger.running if job.hours > 0]
