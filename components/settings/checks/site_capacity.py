"""What a site offers to workloads: machines, vaults, shared files and queues. Pure."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from falaj.components.core.node_pools.cheapest_pool import KUBERNETES_ARCH
from falaj.components.core.node_pools.gpu_offers import gpu_resources
from falaj.components.core.node_pools.spec import NodePoolSpec
from falaj.components.core.node_pools.system_capacity import allocatable
from falaj.components.core.validation.enums import Capacity, Profile
from falaj.components.settings.onprem import OnPremSettings
from falaj.components.settings.sites import SiteBaseSettings
from falaj.components.settings.workloads import ClusterSettings
from falaj.facts.machines import Machine, find
from falaj.facts.node_capacity import NodeCapacity, own_capacity


@dataclass(frozen=True)
class MachineSize:
    """What workloads can request of a machine type, None if its size is unknown, the GPUs that pods can request of it,
    and the memory of one in GiB, None if it is unknown."""

    room: NodeCapacity | None
    gpus: float
    gpu_memory_gib: float | None = None


@dataclass(frozen=True)
class PoolCapacity:
    """A node pool: its profile, the tenant that it is reserved for, the sizes of its machine types, the extended
    resources of its GPUs, the architectures of its machines and, in a cloud, its capacity type (None if unknown).
    `most`: machines at most."""

    profile: Profile
    tenant: str | None
    sizes: tuple[MachineSize, ...]
    most: int
    resources: frozenset[str] | None = None
    architectures: frozenset[str] | None = None
    capacity: Capacity | None = None


@dataclass(frozen=True)
class SiteCapacity:
    """Node pools, vault purposes and shared settings that a site offers to workloads. `has_queues` is None if another
    stack decides it."""

    pools: Mapping[str, PoolCapacity]
    purposes: frozenset[str]
    shared: ClusterSettings
    has_shared_files: bool = False
    has_queues: bool | None = None


def cloud_capacity(site: SiteBaseSettings) -> SiteCapacity:
    """Returns the capacity of a site on a cloud."""
    purposes = frozenset(purpose.value for purpose in site.vaults)
    return SiteCapacity(
        _pool_capacities(site.region, site.pools), purposes, site.cluster, has_shared_files=site.has_shared_files
    )


def onprem_capacity(site: OnPremSettings) -> SiteCapacity:
    """Returns the capacity of an on-premises site. The architectures of its own machines are not known."""
    sizes = {
        name: MachineSize(own_capacity(machine.vcpu, float(machine.memory_gib)), machine.gpus)
        for name, machine in site.machines.items()
    }
    pools = {
        name: PoolCapacity(pool.profile, pool.tenant, (sizes.get(pool.machine, MachineSize(None, 0)),), len(pool.nodes))
        for name, pool in site.pools.items()
    }
    if site.burst is not None:
        pools |= _pool_capacities(site.burst.region, site.burst.pools)
    purposes = site.store.buckets if site.store else ()
    return SiteCapacity(
        pools,
        frozenset(purpose.value for purpose in purposes),
        site.cluster,
        has_shared_files=site.shared_storage_class is not None,
    )


def _pool_capacities(region: str, pools: Mapping[str, NodePoolSpec]) -> dict[str, PoolCapacity]:
    machines = {name: find(region, name) for pool in pools.values() for name in pool.machines}
    return {
        name: PoolCapacity(
            pool.profile,
            pool.tenant,
            tuple(_size(region, pool, machine, machines[machine]) for machine in pool.machines),
            pool.max,
            gpu_resources(region, pool),
            _architectures([machines[machine] for machine in pool.machines]),
            pool.capacity,
        )
        for name, pool in pools.items()
    }


def _size(region: str, pool: NodePoolSpec, name: str, machine: Machine | None) -> MachineSize:
    if machine is None:
        return MachineSize(allocatable(region, name, pool), 0)
    whole = machine.gpu_memory_gib
    memory = whole * machine.gpus / machine.gpu_devices if whole and machine.gpu_devices else whole
    return MachineSize(allocatable(region, name, pool), machine.gpu_devices, memory)


def _architectures(machines: Sequence[Machine | None]) -> frozenset[str] | None:
    """Returns the architectures of machine types; None if one of them is unknown."""
    known = [machine for machine in machines if machine is not None]
    return frozenset(KUBERNETES_ARCH[machine.arch] for machine in known) if len(known) == len(machines) else None
