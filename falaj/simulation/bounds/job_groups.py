"""Jobs by the machines that they share: jobs of two groups never run on the same pool."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np

from falaj.simulation.bounds.offerings import Offering, offerings, pools_of
from falaj.simulation.platform_model import Platform, PoolModel
from falaj.simulation.work import Jobs, Work

if TYPE_CHECKING:
    from falaj.simulation.work import Flags, Numbers

ROUNDING = 1e-9
"""Resources by which a job may exceed a machine, for sums of decimal fractions."""


@dataclass(frozen=True)
class JobGroup:
    """Jobs and what can be bought for them; arrays have a row per job."""

    offerings: tuple[Offering, ...]
    submit: "Numbers"
    end: "Numbers"
    """Time by which the job must have ended."""
    latest: "Numbers"
    """Time by which it must have started if it is not paused."""
    run: "Numbers"
    """Seconds in the month for which it must have machines: its start and its computation."""
    need: "Numbers"
    """Columns: GPUs, vCPUs, memory in GiB."""
    interruptible: "Flags"
    allowed: "Flags"
    """Column per offering: whether the job may run there."""

    @property
    def pools(self) -> tuple[PoolModel, ...]:
        """The pools of the offerings."""
        return tuple({offering.pool.key: offering.pool for offering in self.offerings}.values())

    def part(self, rows: "Flags") -> "JobGroup":
        """Returns the group with some of its jobs."""
        return JobGroup(
            self.offerings,
            self.submit[rows],
            self.end[rows],
            self.latest[rows],
            self.run[rows],
            self.need[rows],
            self.interruptible[rows],
            self.allowed[rows],
        )


def job_groups(
    platform: Platform, work: Work, wait_seconds: float | None = None, whole_pods: bool = False
) -> Iterator[JobGroup]:
    """Yields the groups of the month's jobs.

    Every job starts once at least, which takes `RunModel.restart_seconds`. With `wait_seconds`, the time from its
    submission to its end in which it does not compute is at most that long in total. Of a job that cannot end in the
    month counts what must have been done at the end of the month. With `whole_pods`, a job has the fewest equal pods
    that a pool can run, as in the simulation, and each of them is on one machine.
    """
    for group in _groups(platform, work, wait_seconds, whole_pods):
        runnable = group.part(group.allowed.any(axis=1) & (group.run > 0))
        if len(runnable.run):
            yield runnable


def jobs_left_out(platform: Platform, work: Work) -> int:
    """Returns the number of jobs that no pool of the platform can run."""
    jobs = 0 if work.jobs is None else len(work.jobs.submit)
    return jobs - sum(int(group.allowed.any(axis=1).sum()) for group in _groups(platform, work, None, False))


def _groups(platform: Platform, work: Work, wait_seconds: float | None, whole_pods: bool) -> Iterator[JobGroup]:
    if work.jobs is not None:
        for keys, has_gpus, rows in _shared_pools(platform, work.jobs):
            pools = tuple(pool for pool in platform.pools if pool.key in keys)
            group = _group(platform, work, work.jobs, offerings(pools, has_gpus), rows, wait_seconds)
            yield replace(group, allowed=group.allowed & _holds_pods(group)) if whole_pods else group


def _shared_pools(platform: Platform, jobs: Jobs) -> Iterator[tuple[set[str], bool, "Flags"]]:
    """Yields pools that are connected by tenants that may use several of them, and the jobs of these tenants."""
    for has_gpus in (True, False):
        connected: list[tuple[set[str], set[int]]] = []
        for index, tenant in enumerate(jobs.tenants):
            keys, tenants = {pool.key for pool in pools_of(platform, tenant, has_gpus)}, {index}
            for other in [entry for entry in connected if entry[0] & keys]:
                connected.remove(other)
                keys, tenants = keys | other[0], tenants | other[1]
            connected.append((keys, tenants))
        for keys, tenants in connected:
            rows = np.isin(jobs.tenant, sorted(tenants)) & ((jobs.gpus > 0) == has_gpus)
            if keys and rows.any():
                yield keys, has_gpus, rows


def _group(
    platform: Platform, work: Work, jobs: Jobs, bought: tuple[Offering, ...], rows: "Flags", wait_seconds: float | None
) -> JobGroup:
    starting = platform.runs.restart_seconds
    submit, run, deadline = jobs.submit[rows], jobs.run[rows] + starting, jobs.deadline[rows]
    # A deadline that cannot be kept binds nothing: such a job may end at any time.
    end = np.where(deadline >= submit + run, deadline, np.inf)
    left = work.length - submit
    if wait_seconds is not None:
        slack = max(wait_seconds - starting, 0.0)
        end = np.minimum(end, submit + run + slack)
        left = left - slack
    # Kubernetes counts devices, so a fraction of a GPU takes one.
    need = np.column_stack([np.ceil(jobs.gpus[rows]), jobs.cpu[rows], jobs.memory_gib[rows]])
    allowed = _fits(need, bought)
    for column, offering in enumerate(bought):
        admits = [offering.pool in pools_of(platform, tenant, offering.machine.gpus > 0) for tenant in jobs.tenants]
        allowed[:, column] &= np.array(admits)[jobs.tenant[rows]] & (jobs.interruptible[rows] | (not offering.is_spot))
    return JobGroup(
        bought,
        submit,
        np.minimum(end, work.length),
        end - run,
        np.clip(np.minimum(run, left), 0.0, None),
        need,
        jobs.interruptible[rows],
        allowed,
    )


def _holds_pods(group: JobGroup) -> "Flags":
    """Whether an offering holds a pod of a job, if it has the fewest equal pods that the offering's pool can run."""
    resources = np.array([offering.resources for offering in group.offerings], dtype=np.float64)
    parts = np.divide(
        group.need[:, None, :],
        resources,
        out=np.where(group.need[:, None, :] > 0, np.inf, 0.0) + np.zeros_like(resources),
        where=resources > 0,
    ).max(axis=2)
    pods = np.maximum(np.ceil(parts - ROUNDING), 1.0)
    keys = np.array([offering.pool.key for offering in group.offerings])
    fewest = np.column_stack([pods[:, keys == key].min(axis=1) for key in keys])
    return pods <= fewest


def _fits(need: "Numbers", bought: tuple[Offering, ...]) -> "Flags":
    """Whether an offering can hold the smallest part of a job, with one GPU device, and its pool at full size the whole
    job. A job without GPUs may be divided at will."""
    devices = need[:, :1]
    largest: dict[str, Numbers] = {}
    for offering in bought:
        known = largest.get(offering.pool.key, np.zeros(3))
        largest[offering.pool.key] = np.maximum(known, offering.pool.max * np.array(offering.resources))
    fits = [
        ((devices == 0) | (need / np.maximum(devices, 1) <= np.array(offering.resources) + ROUNDING)).all(axis=1)
        & (need <= largest[offering.pool.key] + ROUNDING).all(axis=1)
        for offering in bought
    ]
    return np.column_stack(fits)
