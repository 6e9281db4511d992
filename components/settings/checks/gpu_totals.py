"""Checks that the GPUs of a site's pools suffice for all its served models at once, at their maximum. Pure.

A replica that finds no GPU stays pending: an autoscaled service stops growing, and a rollout that starts the new
replica first waits for ever.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from falaj.components.core.node_pools.gpu_offers import gpu_resources
from falaj.components.core.node_pools.gpu_resources import GPU, SHARED_GPU, SLICES
from falaj.components.core.node_pools.spec import NodePoolSpec
from falaj.components.core.validation.enums import Profile
from falaj.components.core.validation.problems import Problem
from falaj.components.settings.onprem import OnPremSettings
from falaj.components.settings.stack import Settings
from falaj.components.settings.tenants import TenantWork
from falaj.facts.machines import find


@dataclass(frozen=True)
class GpuPool:
    """A pool of profile `inference-gpu` at its maximum size: the tenant that it is reserved for, and the number of each
    extended resource; None if a machine type is unknown. `limit` is the field that limits the size, with its value."""

    tenant: str | None
    devices: Mapping[str, int] | None
    limit: tuple[str, object]


@dataclass(frozen=True)
class GpuDemand:
    """GPUs of one served model at its maximum, with the additional replica of a rollout."""

    service: str
    tenant: str
    resource: str
    devices: int
    pool: str | None


def gpu_total_problems(settings: Settings, root: str) -> Iterator[Problem]:
    """Yields the pools of a stack that are too small for its served models, with paths under `root`."""
    for name, site in settings.sites.items():
        pools, path = cloud_gpu_pools(site.region, site.pools), f"{root}.sites.{name}"
        yield from pool_total_problems(path, pools, gpu_demands(name, settings.tenants))
    for name, cluster in settings.onprem.items():
        path = f"{root}.onprem.{name}"
        yield from pool_total_problems(path, own_gpu_pools(cluster), gpu_demands(name, settings.tenants))


def pool_total_problems(path: str, pools: Mapping[str, GpuPool], demands: Sequence[GpuDemand]) -> Iterator[Problem]:
    """Yields the pools of a site that are too small, with paths under `path`. Services that may run on any pool of
    several are compared with the sum of these."""
    eligible = {demand: _eligible(demand, pools) for demand in demands}
    for names in dict.fromkeys(eligible.values()):
        for resource in sorted({demand.resource for demand in demands if eligible[demand] == names}):
            wanted = [item for item in demands if item.resource == resource and set(eligible[item]) <= set(names)]
            offered = _offered(resource, [pools[name] for name in names])
            total = sum(demand.devices for demand in wanted)
            if offered is not None and total > offered:
                field, given = pools[names[0]].limit
                each = ", ".join(f"{demand.service} {demand.devices}" for demand in wanted)
                yield Problem(
                    f"{path}.pools.{names[0]}.{field}",
                    given,
                    f"enough for {total} x {resource}, of which {' and '.join(names)} have {offered}: {each} "
                    "(maximum and surge)",
                    "raise it, which costs nothing until the replicas exist, or lower the services' max",
                )


def _eligible(demand: GpuDemand, pools: Mapping[str, GpuPool]) -> tuple[str, ...]:
    """Returns the pools that may run the replicas; none if another check refuses the service."""
    return tuple(
        name
        for name, pool in pools.items()
        if pool.tenant in (None, demand.tenant)
        and demand.pool in (None, name)
        and (pool.devices is None or demand.resource in pool.devices)
    )


def _offered(resource: str, pools: Sequence[GpuPool]) -> int | None:
    """Returns the number of a resource in these pools; None if it is unknown."""
    numbers = [None if pool.devices is None else pool.devices.get(resource, 0) for pool in pools]
    known = [number for number in numbers if number is not None]
    return sum(known) if known and len(known) == len(numbers) else None


def gpu_demands(site: str, tenants: Mapping[str, TenantWork]) -> list[GpuDemand]:
    """Returns the demands of all served models on a site."""
    return [
        GpuDemand(
            service=f"{tenant}.{path}",
            tenant=tenant,
            resource=serving.gpu.resource,
            devices=(serving.max + serving.surge) * serving.nodes * serving.gpu.count,
            pool=serving.pool,
        )
        for tenant, work in tenants.items()
        for path, service_site, serving in work.servings()
        if service_site == site and serving.gpu is not None
    ]


def cloud_gpu_pools(region: str, pools: Mapping[str, NodePoolSpec]) -> dict[str, GpuPool]:
    """Returns the pools of a site on a cloud. Of several machine types, that with the fewest GPUs counts."""
    found: dict[str, GpuPool] = {}
    for name, pool in pools.items():
        machines = [find(region, machine) for machine in pool.machines]
        known = [machine.gpu_devices for machine in machines if machine is not None]
        least = min(known) if known and len(known) == len(machines) else None
        devices = None
        if least is not None:
            slices = pool.sharing.time_slices if pool.sharing else None
            parts = {**SLICES, GPU: 1, SHARED_GPU: slices or 0}
            devices = {resource: pool.max * least * parts[resource] for resource in gpu_resources(region, pool)}
        if pool.profile is Profile.INFERENCE_GPU:
            found[name] = GpuPool(pool.tenant, devices, ("max", pool.max))
    return found


def own_gpu_pools(site: OnPremSettings) -> dict[str, GpuPool]:
    """Returns the pools of an on-premises cluster, whose GPUs count as whole."""
    return {
        name: GpuPool(
            pool.tenant,
            {GPU: len(pool.nodes) * site.machines[pool.machine].gpus} if pool.machine in site.machines else None,
            ("nodes", [*pool.nodes]),
        )
        for name, pool in site.pools.items()
        if pool.profile is Profile.INFERENCE_GPU
    }
