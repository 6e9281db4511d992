"""Checks of runs with a deadline: the pools between which they move, and the time that is left. Pure."""

from collections.abc import Iterator, Mapping
from datetime import UTC, datetime

from falaj.components.core.validation.enums import Capacity
from falaj.components.core.validation.problems import Problem
from falaj.components.settings.checks.site_capacity import PoolCapacity, SiteCapacity
from falaj.components.settings.tenants import TenantWork
from falaj.components.settings.workloads import RunSettings, SpaceSettings

KINDS = ((Capacity.SPOT, Capacity.SPOT_FIRST), (Capacity.ON_DEMAND,))
"""Capacity types of pools: a run with a deadline needs a pool of each kind."""


def deadline_problems(
    tenant: str, path: str, run: RunSettings, capacity: SiteCapacity, space: SpaceSettings | None
) -> Iterator[Problem]:
    """Yields the problem of a run with a deadline on a site without pools between which it can move."""
    if run.deadline is None:
        return
    shares = space.queue.pool_percent if space and space.queue else None
    pools = [
        pool
        for name, pool in capacity.pools.items()
        if _is_open(pool, tenant, run) and (shares is None or shares.get(name))
    ]
    if any(pool.capacity is None for pool in pools):
        allowed = "only on a site of a cloud: own machines cost the same at any time"
        yield Problem(f"{path}.deadline", run.deadline, allowed, "remove it")
        return
    for kinds in KINDS:
        if not any(pool.capacity in kinds for pool in pools):
            words = " or ".join(kind.value for kind in kinds)
            allowed = (
                f"where a pool of profile {run.profile.value} and capacity {words} has machines that fit the run, and "
                "a share of the queue's budget"
            )
            yield Problem(f"{path}.deadline", run.deadline, allowed, "add such a pool to the site and to pool_percent")


def deadline_warnings(site: str, tenants: Mapping[str, TenantWork]) -> Iterator[str]:
    """Yields a warning for each run on a site that cannot end in time if it starts now."""
    now = datetime.now(UTC)
    for name, tenant in tenants.items():
        for key, run in tenant.runs.items():
            if run.site == site and (warning := run.deadline_warning(now)):
                yield f"tenant {name}, run {key}: {warning}"


def _is_open(pool: PoolCapacity, tenant: str, run: RunSettings) -> bool:
    fits = any(size.gpus >= run.gpus for size in pool.sizes)
    return pool.profile is run.profile and pool.tenant in (None, tenant) and fits
