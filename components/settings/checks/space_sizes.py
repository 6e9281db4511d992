"""Warns about quotas of tenants that limit nothing, such as one with a few zeros too many. Pure."""

from collections.abc import Iterator, Mapping

from falaj.components.core.validation.enums import Profile
from falaj.components.settings.checks.site_capacity import MachineSize, cloud_capacity, onprem_capacity
from falaj.components.settings.onprem import OnPremSettings
from falaj.components.settings.sites import SiteSettings
from falaj.components.settings.tenants import TenantSettings

MOST_TIMES = 10
"""A quota up to this multiple of what the pools have gives no warning: a space may be planned before its pools grow."""


def space_size_warnings(
    name: str, site: SiteSettings | OnPremSettings, tenants: Mapping[str, TenantSettings]
) -> Iterator[str]:
    """Yields a warning for each quota on a site that is a multiple of what the tenant's pools can have at most.

    Nothing is said of machines whose size is unknown.
    """
    capacity = onprem_capacity(site) if isinstance(site, OnPremSettings) else cloud_capacity(site)
    nodes = _nodes(site)
    for owner, tenant in tenants.items():
        space = tenant.spaces.get(name)
        pools = {
            key: pool.sizes
            for key, pool in capacity.pools.items()
            if pool.tenant in (None, owner) and pool.profile is not Profile.SYSTEM
        }
        most = _most(pools, nodes)
        if space is None or most is None:
            continue
        for field, offered in zip(("cpu", "memory_gib", "gpus"), most, strict=True):
            quota = getattr(space, field)
            if quota > MOST_TIMES * max(offered, 1):
                yield (
                    f"tenant {owner} may use {quota:,} of `{field}`, and the pools that are open to it have at most "
                    f"{offered:,.0f}: the quota limits nothing; lower `spaces.{name}.{field}`, or let the pools grow"
                )


def _nodes(site: SiteSettings | OnPremSettings) -> dict[str, int]:
    """Returns pool -> its number of machines at most."""
    if not isinstance(site, OnPremSettings):
        return {name: pool.max for name, pool in site.pools.items()}
    rented = site.burst.pools if site.burst else {}
    return {name: len(pool.nodes) for name, pool in site.pools.items()} | {
        name: pool.max for name, pool in rented.items()
    }


def _most(pools: Mapping[str, tuple[MachineSize, ...]], nodes: Mapping[str, int]) -> tuple[float, float, float] | None:
    """Returns vCPU, memory in GiB and GPUs of pools with as many of their largest machines as they may have; None if
    the size of one is unknown."""
    cpu, memory_gib, gpus = 0.0, 0.0, 0.0
    for name, sizes in pools.items():
        rooms = [size.room for size in sizes]
        known = [room for room in rooms if room is not None]
        if len(known) < len(rooms):
            return None
        cpu += nodes[name] * max(room.cpu_m for room in known) / 1000
        memory_gib += nodes[name] * max(room.memory_mib for room in known) / 1024
        gpus += nodes[name] * max(size.gpus for size in sizes)
    return cpu, memory_gib, gpus
