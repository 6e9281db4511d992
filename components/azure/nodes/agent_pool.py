"""AKS agent pools: arguments common to the cluster's system pool and to separate pools."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import TypedDict

import pulumi
from pulumi_azure_native import containerservice

from falaj.components.azure.nodes.kubelet import agent_pool_kubelet
from falaj.components.core.node_pools.azure_nodes import agent_pool_zones, os_disk_type
from falaj.components.core.node_pools.azure_upgrades import PoolUpgradeSpec
from falaj.components.core.node_pools.checks import pool_problems
from falaj.components.core.node_pools.profiles import AKS_SPOT_LABEL, AKS_SPOT_TAINT
from falaj.components.core.node_pools.regional_pool import RegionalPool
from falaj.components.core.node_pools.spec import NodePoolSpec
from falaj.components.core.validation.enums import Capacity, NodeAutoscaler, Profile
from falaj.components.core.validation.problems import Problem


@dataclass(frozen=True)
class AgentPool(RegionalPool):
    """A node pool that is implemented as an AKS agent pool."""

    zones: int
    """Number of availability zones of the site, 1 to 3; ignored in a region without zones."""
    version: pulumi.Input[str] | None
    """Kubernetes minor version; None for that of the cluster."""
    node_autoscaler: NodeAutoscaler

    @property
    def is_spot(self) -> bool:
        """Whether the nodes are spot machines, which Azure may evict."""
        return self.spec.capacity is Capacity.SPOT

    @property
    def is_autoscaled(self) -> bool:
        """Whether the cluster autoscaler scales the pool; it cannot if the cluster uses node auto-provisioning."""
        return self.node_autoscaler is NodeAutoscaler.CLUSTER_AUTOSCALER

    @property
    def node_zones(self) -> tuple[str, ...]:
        """Availability zones of the nodes; none in a region without zones and for a regional pool."""
        return agent_pool_zones(self.region, self.zones, self.spec)

    @property
    def os_disk_type(self) -> containerservice.OSDiskType:
        """Type of the OS disk."""
        return containerservice.OSDiskType(os_disk_type(self.region, self.spec).value)


def agent_pool_problems(region: str, pool: NodePoolSpec) -> Iterator[Problem]:
    """Returns the reasons why a pool cannot be an AKS agent pool; paths are relative to the pool."""
    yield from pool_problems(region, pool)
    if pool.capacity is Capacity.SPOT_FIRST:
        allowed = "spot or on-demand: an AKS agent pool has one capacity type"
        fix = "make two pools, or set node_autoscaler to karpenter"
        yield Problem("capacity", pool.capacity.value, allowed, fix)


class PoolShape(TypedDict):
    """Arguments common to an agent pool in the cluster resource and a separate agent pool resource."""

    availability_zones: tuple[str, ...] | None
    capacity_reservation_group_id: pulumi.Input[str] | None
    count: int
    enable_auto_scaling: bool
    enable_encryption_at_host: bool
    enable_node_public_ip: bool
    kubelet_config: containerservice.KubeletConfigArgs | None
    max_count: int | None
    max_pods: pulumi.Input[int] | None
    min_count: int | None
    mode: containerservice.AgentPoolMode
    node_labels: Mapping[str, str]
    node_taints: list[str]
    orchestrator_version: pulumi.Input[str] | None
    os_disk_size_gb: int
    os_disk_type: containerservice.OSDiskType
    os_sku: containerservice.OSSKU
    os_type: containerservice.OSType
    proximity_placement_group_id: pulumi.Input[str] | None
    security_profile: containerservice.AgentPoolSecurityProfileArgs | None
    tags: Mapping[str, str]
    type: containerservice.AgentPoolType
    upgrade_settings: containerservice.AgentPoolUpgradeSettingsArgs | None
    vm_size: str


def shape(pool: AgentPool) -> PoolShape:
    """Returns the AKS arguments of the pool.

    Disks are encrypted with the cluster's disk encryption set, and by encryption at host.
    """
    return PoolShape(
        # A region without zones refuses the property, even if it is empty.
        availability_zones=pool.node_zones or None,
        capacity_reservation_group_id=pool.spec.azure.capacity_reservation_group,
        # AKS requires a count at creation; afterwards the autoscaler changes it.
        count=pool.spec.min,
        enable_auto_scaling=pool.is_autoscaled,
        enable_encryption_at_host=True,
        enable_node_public_ip=False,
        kubelet_config=agent_pool_kubelet(pool.spec.azure.kubelet),
        max_count=pool.spec.max if pool.is_autoscaled else None,
        max_pods=pool.spec.azure.max_pods,
        min_count=pool.spec.min if pool.is_autoscaled else None,
        mode=_mode(pool),
        node_labels=_labels(pool),
        node_taints=_taints(pool),
        orchestrator_version=pool.version,
        os_disk_size_gb=pool.root_disk_gib,
        os_disk_type=pool.os_disk_type,
        os_sku=containerservice.OSSKU(pool.spec.azure.os_sku.value),
        os_type=containerservice.OSType.LINUX,
        proximity_placement_group_id=pool.spec.azure.proximity_placement_group,
        security_profile=_security(pool),
        tags=pool.tags,
        type=containerservice.AgentPoolType.VIRTUAL_MACHINE_SCALE_SETS,
        upgrade_settings=_upgrades(pool),
        vm_size=pool.spec.machines[0],
    )


def _security(pool: AgentPool) -> containerservice.AgentPoolSecurityProfileArgs | None:
    """Returns the profile that removes SSH from the nodes, a preview that a subscription has to register."""
    if not pool.spec.azure.disable_ssh:
        return None
    return containerservice.AgentPoolSecurityProfileArgs(ssh_access=containerservice.AgentPoolSSHAccess.DISABLED)


def _mode(pool: AgentPool) -> containerservice.AgentPoolMode:
    modes = containerservice.AgentPoolMode
    return modes.SYSTEM if pool.spec.profile is Profile.SYSTEM else modes.USER


# AKS adds its spot label and taint itself. They are declared too, so that a refresh finds no difference.
def _labels(pool: AgentPool) -> dict[str, str]:
    spot = {AKS_SPOT_LABEL: "spot"} if pool.is_spot else {}
    return pool.labels | spot


def _taints(pool: AgentPool) -> list[str]:
    spot = (AKS_SPOT_TAINT,) if pool.is_spot else ()
    return [str(taint) for taint in (*pool.taints, *spot)]


def _upgrades(pool: AgentPool) -> containerservice.AgentPoolUpgradeSettingsArgs | None:
    """Returns how nodes are replaced in upgrades: by default without surge nodes in GPU pools, because GPUs are scarce.

    Spot pools do not accept the setting.
    """
    if pool.is_spot:
        return None
    given = pool.spec.azure.upgrade or PoolUpgradeSpec()
    scarce = bool(pool.gpus) and given.max_surge is None
    return containerservice.AgentPoolUpgradeSettingsArgs(
        max_surge="0" if scarce else given.max_surge or "10%",
        max_unavailable="1" if scarce else given.max_unavailable,
        drain_timeout_in_minutes=given.drain_minutes,
        node_soak_duration_in_minutes=given.soak_minutes,
    )
