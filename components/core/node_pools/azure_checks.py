"""Validation that only node pools on Azure have. Pure; paths of problems are relative to the pool."""

from collections.abc import Iterator

from falaj.components.core.node_pools.azure_enums import OsDiskType
from falaj.components.core.node_pools.azure_nodes import (
    LARGEST_EPHEMERAL_GIB,
    ephemeral_room_gib,
    managed_disk_mbps,
    os_disk_type,
    root_disk_gib,
    vm_size,
)
from falaj.components.core.node_pools.azure_upgrades import is_none
from falaj.components.core.node_pools.checks import NODE_GROUP_ONLY, CloudPoolProblems, offered_machines
from falaj.components.core.node_pools.gpu_offers import gpu_resources
from falaj.components.core.node_pools.gpu_resources import GPU
from falaj.components.core.node_pools.profiles import TRAITS
from falaj.components.core.node_pools.spec import NodePoolSpec
from falaj.components.core.validation.enums import Capacity, Profile
from falaj.components.core.validation.problems import Problem


def _problems(region: str, pool: NodePoolSpec) -> Iterator[Problem]:
    options, names = pool.azure, list(pool.machines)
    if len(names) != 1:
        yield Problem("machines", names, "one VM size (an AKS pool has one)", "add a pool for each size")
    if pool.capacity in NODE_GROUP_ONLY:
        yield Problem("capacity", pool.capacity.value, "spot, on-demand or spot-first on Azure", "choose one of these")
    if options.spot_max_usd is not None and pool.capacity is not Capacity.SPOT:
        yield Problem("azure.spot_max_usd", options.spot_max_usd, "only if capacity is spot", "remove it")
    if options.deallocate and pool.capacity is Capacity.SPOT:
        allowed = "false for spot: a deallocated spot machine keeps its quota and disk, and may never start again"
        yield Problem("azure.deallocate", True, allowed, "remove it")
    if options.capacity_reservation_group is not None and pool.capacity is Capacity.SPOT:
        given = options.capacity_reservation_group
        yield Problem("azure.capacity_reservation_group", given, "nothing for spot", "remove it, or set on-demand")
    yield from _upgrade_problems(pool)
    yield from _zone_problems(region, pool)
    yield from _disk_problems(region, pool)
    if options.gpu_partition and not all(machine.mig for machine in offered_machines(region, pool)):
        allowed = "only for VM sizes with A100, H100 or H200"
        yield Problem("azure.gpu_partition", options.gpu_partition, allowed, "choose such a size")
    if pool.sharing is not None and pool.sharing.mig_profile and options.gpu_partition:
        allowed = "only without `azure.gpu_partition`, by which AKS partitions the GPUs"
        yield Problem("sharing.mig_profile", pool.sharing.mig_profile, allowed, "keep one of the two")


def _upgrade_problems(pool: NodePoolSpec) -> Iterator[Problem]:
    upgrade = pool.azure.upgrade
    if upgrade is None:
        return
    if pool.capacity is Capacity.SPOT:
        given = upgrade.model_dump(exclude_none=True, warnings=False)
        yield Problem("azure.upgrade", given, "nothing for spot", "remove it, or set on-demand")
    if pool.profile is Profile.SYSTEM and not is_none(upgrade.max_unavailable):
        allowed = "nothing for profile system: AKS refuses it"
        yield Problem("azure.upgrade.max_unavailable", upgrade.max_unavailable, allowed, "set `max_surge` instead")


def _zone_problems(region: str, pool: NodePoolSpec) -> Iterator[Problem]:
    pinned, machine = pool.pinned_zones, vm_size(region, pool)
    if machine is not None and machine.zone_ids:
        for zone in pinned or ():
            if zone not in machine.zone_ids:
                path = "zone" if pool.zone is not None else f"zones.{(pinned or ()).index(zone)}"
                allowed = f"a zone that offers {machine.name}: {', '.join(machine.zone_ids)}"
                yield Problem(path, zone, allowed, "choose one of these, or another size")
    if pool.azure.proximity_placement_group is not None and (pinned is None or len(pinned) > 1):
        condition = "`azure.proximity_placement_group` is given: the group is in one zone"
        yield Problem.missing("zone", condition, "add `zone`, or `zones: []`")


def _disk_problems(region: str, pool: NodePoolSpec) -> Iterator[Problem]:
    if pool.azure.os_disk_type is not OsDiskType.EPHEMERAL:
        return
    if pool.azure.deallocate:
        allowed = "Managed with `azure.deallocate`: a deallocated machine loses its local disks"
        yield Problem("azure.os_disk_type", OsDiskType.EPHEMERAL.value, allowed, "keep one of the two")
    machine, gib = vm_size(region, pool), root_disk_gib(pool)
    room = ephemeral_room_gib(machine)
    largest = LARGEST_EPHEMERAL_GIB if room is None else room
    if machine is not None and gib > largest:
        allowed = f"at most {largest} GiB as an ephemeral OS disk of {machine.name}"
        fix = "set `disk_gib` to that, or `azure.os_disk_type` to Managed"
        if room == 0:
            allowed, fix = f"no ephemeral OS disk: {machine.name} has no room for one", "set it to Managed"
        yield Problem("azure.os_disk_type", f"Ephemeral of {gib} GiB", allowed, fix)


def pool_warnings(region: str, pool: NodePoolSpec) -> Iterator[str]:
    """Yields warnings about a valid pool: zones and disks of its VM size that are not known, slow OS disks, and shares
    of GPUs that the cluster autoscaler does not count."""
    machine, traits = vm_size(region, pool), TRAITS[pool.profile]
    if machine is None:
        return
    yield from _share_warnings(region, pool)
    if machine.gpus and pool.pinned_zones and not machine.zone_ids:
        yield (
            f"the zones of {machine.name} are not known: AKS refuses the pool if {', '.join(pool.pinned_zones)} does "
            f"not offer it (az vm list-skus --location {region} --size {machine.name} --zone)"
        )
    is_ephemeral = os_disk_type(region, pool) is OsDiskType.EPHEMERAL
    if is_ephemeral and machine.ephemeral_os_gib is None:
        yield (
            f"the local disks of {machine.name} are not known: AKS refuses the pool if an OS disk of "
            f"{root_disk_gib(pool)} GiB does not fit (az vm list-skus, MaxResourceVolumeMB and NvmeSizePerDiskInMiB)"
        )
    mbps = managed_disk_mbps(root_disk_gib(pool))
    if not is_ephemeral and machine.gpus and mbps < traits.disk_throughput_mbps:
        yield (
            f"a managed OS disk of {root_disk_gib(pool)} GiB reads {mbps} MB/s, not the "
            f"{traits.disk_throughput_mbps} of profile {pool.profile.value}, so images and models load slowly; set "
            f"`azure.os_disk_type` to Ephemeral if {machine.name} has room for it"
        )


def _share_warnings(region: str, pool: NodePoolSpec) -> Iterator[str]:
    """Yields a warning for a pool whose nodes have GPUs and no whole one.

    The cluster autoscaler takes a node with AKS's label `accelerator` and no `nvidia.com/gpu` for one whose driver is
    not installed yet (kubernetes/autoscaler, processors/customresources/gpu_processor.go; cloudprovider/azure,
    `GPULabel`; azure-aks-docs fb060ab, articles/aks/use-nvidia-gpu.md). Issues: kubernetes/autoscaler 8095, whose mend
    is kubernetes-sigs/cluster-autoscaler pull request 92, and Azure/AKS 5161; nodes of a pool that is not autoscaled
    abort the scale-up of every pool: kubernetes/autoscaler 10301 (AKS 1.35.7). All open when read on 2026-11-29.
    """
    offered = gpu_resources(region, pool)
    if offered and GPU not in offered:
        is_autoscaled = pool.min < pool.max
        grows = f"the pool may stay at `min` ({pool.min})" if is_autoscaled else "no pool of the cluster may grow"
        fix = "set `min` to the nodes that are needed, or offer" if is_autoscaled else "set `max` above `min`, or offer"
        yield (
            f"the cluster autoscaler takes nodes that offer {', '.join(sorted(offered))} instead of {GPU} for not "
            f"ready, so {grows}; {fix} whole GPUs (kubernetes/autoscaler issues 8095 and 10301, Azure/AKS issue "
            "5161)"
        )


POOL_PROBLEMS: CloudPoolProblems = _problems
