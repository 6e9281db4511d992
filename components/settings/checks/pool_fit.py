"""Checks that pods of tenants' workloads fit on the machines of a site's pools, each and in their number. Pure."""

import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from falaj.components.core.node_pools.open_pools import is_open
from falaj.components.core.tenancy.tenancy import Tier
from falaj.components.core.validation.enums import Profile
from falaj.components.core.validation.problems import Problem
from falaj.components.settings.checks.gpu_shares import GpuRequest, gpu_problems
from falaj.components.settings.checks.site_capacity import MachineSize, PoolCapacity, SiteCapacity
from falaj.components.settings.tenants import TenantWork


@dataclass(frozen=True)
class WorkloadRequest:
    """Resource request of one pod of a workload. `pool` is the only pool that may run it, or None for any.
    `architectures` are those of the image; None if the choice of the pool checks them. What is not `interruptible`
    stays off pools of spot machines."""

    profile: Profile
    cpu: float
    memory_gib: float
    gpus: int
    pool: str | None
    gpu: GpuRequest | None
    architectures: Sequence[str] | None
    interruptible: bool


def fit_problems(
    name: str, tenant: TenantWork, path: str, request: WorkloadRequest, capacity: SiteCapacity
) -> Iterator[Problem]:
    """Yields the problem of a tenant's pod that runs on no machine of the site's pools."""
    if tenant.tier is Tier.SMB and (request.gpus or request.profile is Profile.INFERENCE_GPU):
        yield Problem(f"{path}.gpus", request.gpus, "none for a tenant of tier smb", "run it on CPUs")
        return
    open_pools = open_pools_of(name, request, capacity)
    if not open_pools:
        machines = "" if request.interruptible else ", with machines that are not spot"
        allowed = f"a pool of profile {request.profile.value} that is open to the tenant{machines}"
        yield Problem(path, request.pool or request.profile.value, allowed, "add such a pool to the site")
    elif not any(_runs_on(pool, request) for pool in open_pools.values()):
        machines = {architecture for pool in open_pools.values() for architecture in pool.architectures or ()}
        allowed = f"{' or '.join(sorted(machines))}, the architecture of {', '.join(sorted(open_pools))}"
        fix = "build the image for it and say so, or add a pool with other machines"
        yield Problem(f"{path}.architectures", request.architectures, allowed, fix)
    elif not any(_fits(size, request) for pool in open_pools.values() for size in pool.sizes):
        requested = _amounts(request.cpu, request.memory_gib, request.gpus)
        allowed = f"what a machine of {', '.join(sorted(open_pools))} has left for pods{_most(open_pools)}"
        yield Problem(path, requested, allowed, "request less, or give the pool larger machines")
    else:
        yield from gpu_problems(path, request.gpu, {key: pool.resources for key, pool in open_pools.items()})


def _amounts(cpu: float, memory_gib: float, gpus: float) -> str:
    return f"{cpu:g} vCPU, {memory_gib:g} GiB and {gpus:g} GPU{'' if gpus == 1 else 's'}"


def _most(pools: Mapping[str, PoolCapacity]) -> str:
    """Returns the most that is left of each resource, rounded down; nothing if no size is known."""
    sizes = [size for pool in pools.values() for size in pool.sizes]
    rooms = [size.room for size in sizes if size.room]
    if not rooms:
        return ""
    cpu, memory = (
        max(room.cpu_m for room in rooms) // 100 / 10,
        max(room.memory_mib for room in rooms) * 10 // 1024 / 10,
    )
    return f": {_amounts(cpu, memory, max(size.gpus for size in sizes))} at most"


def open_pools_of(tenant: str, request: WorkloadRequest, capacity: SiteCapacity) -> dict[str, PoolCapacity]:
    """Returns the pools on which a tenant's pod may run."""
    return {
        key: pool
        for key, pool in capacity.pools.items()
        if is_open(pool, tenant, (request.profile,), request.interruptible) and request.pool in (None, key)
    }


def number_problems(
    path: str, pods: int, request: WorkloadRequest, pools: Mapping[str, PoolCapacity]
) -> Iterator[Problem]:
    """Yields the problem of a run of more pods than its pools can ever hold: it would wait for ever."""
    held = [pool.most * max(_pods_on(size, request) for size in pool.sizes) for pool in pools.values()]
    if pods > sum(held) > 0:
        allowed = f"at most {sum(held):.0f}, the room of {' and '.join(sorted(pools))} with all machines"
        yield Problem(f"{path}.nodes", pods, allowed, "lower it, or let the pools grow")


def _pods_on(size: MachineSize, request: WorkloadRequest) -> float:
    """Returns how many pods fit on a machine; without bound for one of unknown size."""
    room = size.room
    if room is None:
        return math.inf
    wanted = ((room.cpu_m, request.cpu * 1000), (room.memory_mib, request.memory_gib * 1024), (size.gpus, request.gpus))
    return min(offered // needed for offered, needed in wanted if needed)


def _runs_on(pool: PoolCapacity, request: WorkloadRequest) -> bool:
    """Returns whether a pool has machines for the image. Machines of unknown architecture count as fitting."""
    if pool.architectures is None or request.architectures is None:
        return True
    return bool(pool.architectures & {*request.architectures})


def _fits(size: MachineSize, request: WorkloadRequest) -> bool:
    """Returns whether a pod fits on a machine. A machine of unknown size counts as large enough."""
    room, gpus = size.room, size.gpus
    if room is None:
        return True
    return room.cpu_m >= request.cpu * 1000 and room.memory_mib >= request.memory_gib * 1024 and gpus >= request.gpus
