"""Zones and OS disks of node pools on Azure, derived from the facts about their VM size. Pure."""

from collections.abc import Mapping

from falaj.components.core.node_pools.azure_enums import OsDiskType
from falaj.components.core.node_pools.profiles import TRAITS
from falaj.components.core.node_pools.spec import NodePoolSpec
from falaj.components.core.validation.regions import zones_of
from falaj.facts.machines import Machine, find

MANAGED_DISK_MBPS: Mapping[int, int] = {
    32: 25,
    64: 50,
    128: 100,
    256: 125,
    512: 150,
    1024: 200,
    4096: 250,
    8192: 500,
    16384: 750,
}
"""Largest size in GiB of a Premium SSD class, P4 to P70 -> provisioned MB/s (MicrosoftDocs/azure-docs 1d25717,
includes/disk-storage-premium-ssd-sizes.md of 2023-03-16, base throughput; azure-aks-docs fb060ab, concepts-storage.md
of 2026-08-21, has the same for P10 to P30). P40 and P50 have the same."""


LARGEST_EPHEMERAL_GIB = 2040
"""Largest ephemeral OS disk in GiB, also on a larger local disk (azure-compute-docs ephemeral-os-disks.md,
2026-09-08)."""


def vm_size(region: str, pool: NodePoolSpec) -> Machine | None:
    """Returns the facts about the pool's VM size, or None if the region does not offer it."""
    return find(region, pool.machines[0]) if pool.machines else None


def agent_pool_zones(region: str, zones: int, pool: NodePoolSpec) -> tuple[str, ...]:
    """Returns the zones of an agent pool, in a site of `zones` zones; none for a regional pool.

    A pool has the zones that it names. Otherwise it has the zones of the site in which its VM size is known to be
    offered: AKS refuses the whole pool if one of them lacks the size. Machines with GPUs are in few zones, so where
    theirs are not known, Azure chooses the place.
    """
    if pool.pinned_zones is not None:
        return pool.pinned_zones
    machine, spread = vm_size(region, pool), zones_of(region, zones)
    if machine is not None and machine.zone_ids:
        return tuple(zone for zone in spread if zone in machine.zone_ids)
    return () if machine is not None and machine.gpus else spread


def provisioned_zones(region: str, zones: int, pool: NodePoolSpec) -> tuple[str, ...]:
    """Returns the zones in which node auto-provisioning may create nodes; it knows where each size is offered."""
    return zones_of(region, zones) if pool.pinned_zones is None else pool.pinned_zones


def root_disk_gib(pool: NodePoolSpec) -> int:
    """Returns the size of the OS disk in GiB."""
    return pool.disk_gib or TRAITS[pool.profile].disk_gib


def ephemeral_room_gib(machine: Machine | None) -> int | None:
    """Returns the largest ephemeral OS disk of a VM size in GiB, None if it is not known."""
    room = machine.ephemeral_os_gib if machine is not None else None
    return None if room is None else min(room, LARGEST_EPHEMERAL_GIB)


def os_disk_type(region: str, pool: NodePoolSpec) -> OsDiskType:
    """Returns the type of the OS disk: as specified, otherwise ephemeral if the VM size is known to have room for it.

    A deallocated machine keeps its OS disk, so it has a managed one.
    """
    if pool.azure.os_disk_type is not None:
        return pool.azure.os_disk_type
    room = ephemeral_room_gib(vm_size(region, pool))
    fits = room is not None and root_disk_gib(pool) <= room and not pool.azure.deallocate
    return OsDiskType.EPHEMERAL if fits else OsDiskType.MANAGED


def managed_disk_mbps(gib: int) -> int:
    """Returns the throughput in MB/s of a managed OS disk of a size (Premium SSD)."""
    return next((mbps for size, mbps in MANAGED_DISK_MBPS.items() if gib <= size), 900)
