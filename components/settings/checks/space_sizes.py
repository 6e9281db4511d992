"""Warns about quotas of tenants that limit nothing, such as one with a few zeros too many. Pure."""

from collections.abc import Iterator, Mapping, Sequence

from falaj.components.core.validation.enums import Profile
from falaj.components.settings.checks.site_capacity import PoolCapacity, cloud_capacity, onprem_capacity
from falaj.components.settings.onprem import OnPremSettings
from falaj.components.settings.sites import SiteSettings
from falaj.components.settings.tenants import TenantSettings

MOST_TIMES = 10
"""A quota up to this multiple of what the pools have gives no warning: a space may be planned before its pools grow."""


def space_size_warnings(
    name: str, site: SiteSettings | OnPremSettings, tenants: Mapping[str, TenantSettings]
) -> Iterator[str]:
    """Yields a warning for each quota on a site that is a multiple of what the tenant's pools can have at most.

    Nothing is said of machines whose size is unknown, and of what no pool has yet.
    """
    capacity = onprem_capacity(site) if isinstance(site, OnPremSettings) else cloud_capacity(site)
    for owner, tenant in tenants.items():
        space = tenant.spaces.get(name)
        pools = [pool for pool in capacity.pools.values() if pool.tenant in (None, owner)]
        most = _most([pool for pool in pools if pool.profile is not Profile.SYSTEM])
        if space is None or most is None:
            continue
        for field, offered in zip(("cpu", "memory_gib", "gpus"), most, strict=True):
            quota = getattr(space, field)
            if quota > MOST_TIMES * offered > 0:
                yield (
                    f"tenant {owner} may use {quota:,} of `{field}`, and the pools that are open to it have at most "
                    f"{offered:,.0f}: the quota limits nothing; lower `spaces.{name}.{field}`, or let the pools grow"
                )


def _most(pools: Sequence[PoolCapacity]) -> tuple[float, float, float] | None:
    """Returns vCPU, memory in GiB and GPUs of pools with as many of their largest machines as they may have; None if
    the size of one is unknown."""
    cpu, memory_gib, gpus = 0.0, 0.0, 0.0
    for pool in pools:
        rooms = [size.room for size in pool.sizes]
        known = [room for room in rooms if room is not None]
        if len(known) < len(rooms):
            return None
        cpu += pool.most * max(room.cpu_m for room in known) / 1000
        memory_gib += pool.most * max(room.memory_mib for room in known) / 1024
        gpus += pool.most * max(size.gpus for size in pool.sizes)
    return cpu, memory_gib, gpus
