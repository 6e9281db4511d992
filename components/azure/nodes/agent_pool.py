"""What AKS is told about a node pool, whether it is written inside the cluster or beside it."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Annotated, TypedDict

from pulumi_azure_native import containerservice

from falaj.components.core.node_pools.checks import pool_problems
from falaj.components.core.node_pools.profiles import AKS_SPOT_LABEL, AKS_SPOT_TAINT
from falaj.components.core.node_pools.regional_pool import RegionalPool
from falaj.components.core.node_pools.spec import NodePoolSpec
from falaj.components.core.validation.enums import Capacity, NodeAutoscaler, Profile
from falaj.components.core.validation.problems import Problem
from falaj.components.core.validation.regions import zones_of
from falaj.components.core.validation.text_forms import TextForm

AgentPoolName = Annotated[
    str, TextForm(r"^[a-z][a-z0-9]{0,11}$", "at most 12 lower-case letters and digits, first a letter", "gpuspot")
]
"""AKS: at most 12 lower-case letters and digits, a letter first."""


@dataclass(frozen=True)
class AgentPool(RegionalPool):
    """A node pool as an agent pool of AKS."""

    zones: int
    """Zones that the nodes are spread over, 1 to 3, where the region has zones."""
    version: str
    """Kubernetes minor version."""
    node_autoscaler: NodeAutoscaler

    @property
    def is_spot(self) -> bool:
        """Whether Azure may evict its nodes."""
        return self.spec.capacity is Capacity.SPOT

    @property
    def is_autoscaled(self) -> bool:
        """Whether the cluster autoscaler owns the count; beside node auto-provisioning it may own none."""
        return self.node_autoscaler is NodeAutoscaler.CLUSTER_AUTOSCALER

    @property
    def node_zones(self) -> tuple[str, ...]:
        """Zones of its nodes: the one asked for, else as many of the region's as the site has."""
        return (self.spec.zone,) if self.spec.zone else zones_of(self.region, self.zones)


def agent_pool_problems(region: str, pool: NodePoolSpec) -> Iterator[Problem]:
    """What keeps a pool from being an agent pool of AKS, with paths inside the pool."""
    yield from pool_problems(region, pool)
    if pool.capacity is Capacity.SPOT_FIRST:
        allowed = "spot or on-demand: an AKS agent pool is one of them as a whole"
        fix = "make two pools, or set node_autoscaler to karpenter"
        yield Problem("capacity", pool.capacity.value, allowed, fix)


class PoolShape(TypedDict):
    """The arguments that a pool inside the cluster and one beside it take alike."""

    availability_zones: tuple[str, ...] | None
    count: int
    enable_auto_scaling: bool
    enable_encryption_at_host: bool
    enable_node_public_ip: bool
    max_count: int | None
    min_count: int | None
    mode: containerservice.AgentPoolMode
    node_labels: Mapping[str, str]
    node_taints: list[str]
    orchestrator_version: str
    os_disk_size_gb: int
    os_disk_type: containerservice.OSDiskType
    os_sku: containerservice.OSSKU
    os_type: containerservice.OSType
    security_profile: containerservice.AgentPoolSecurityProfileArgs
    tags: Mapping[str, str]
    type: containerservice.AgentPoolType
    upgrade_settings: containerservice.AgentPoolUpgradeSettingsArgs | None
    vm_size: str


def shape(pool: AgentPool) -> PoolShape:
    """The pool in AKS's words; its disks are encrypted through the cluster's disk encryption set and on the host."""
    return PoolShape(
        # A region without zones refuses the property, even empty.
        availability_zones=pool.node_zones or None,
        # AKS wants a number at creation; from then on the autoscaler owns it.
        count=pool.spec.min,
        enable_auto_scaling=pool.is_autoscaled,
        enable_encryption_at_host=True,
        enable_node_public_ip=False,
        max_count=pool.spec.max if pool.is_autoscaled else None,
        min_count=pool.spec.min if pool.is_autoscaled else None,
        mode=_mode(pool),
        node_labels=_labels(pool),
        node_taints=_taints(pool),
        orchestrator_version=pool.version,
        os_disk_size_gb=pool.root_disk_gib,
        # A pool that sleeps at zero pays for no disk either way; managed disks fit every size.
        os_disk_type=containerservice.OSDiskType.MANAGED,
        os_sku=containerservice.OSSKU.UBUNTU,
        os_type=containerservice.OSType.LINUX,
        security_profile=containerservice.AgentPoolSecurityProfileArgs(
            ssh_access=containerservice.AgentPoolSSHAccess.DISABLED
        ),
        tags=pool.tags,
        type=containerservice.AgentPoolType.VIRTUAL_MACHINE_SCALE_SETS,
        upgrade_settings=_upgrades(pool),
        vm_size=pool.spec.machines[0],
    )


def _mode(pool: AgentPool) -> containerservice.AgentPoolMode:
    modes = containerservice.AgentPoolMode
    return modes.SYSTEM if pool.spec.profile is Profile.SYSTEM else modes.USER


# AKS puts its spot label and taint there by itself. Declared too, a refresh finds what was asked for.
def _labels(pool: AgentPool) -> dict[str, str]:
    spot = {AKS_SPOT_LABEL: "spot"} if pool.is_spot else {}
    return pool.labels | spot


def _taints(pool: AgentPool) -> list[str]:
    spot = (AKS_SPOT_TAINT,) if pool.is_spot else ()
    return [str(taint) for taint in (*pool.taints, *spot)]


def _upgrades(pool: AgentPool) -> containerservice.AgentPoolUpgradeSettingsArgs | None:
    """How nodes are replaced: spot pools take no such setting, and GPUs are too scarce for a spare machine."""
    if pool.is_spot:
        return None
    if pool.gpus:
        return containerservice.AgentPoolUpgradeSettingsArgs(max_surge="0", max_unavailable="1")
    return containerservice.AgentPoolUpgradeSettingsArgs(max_surge="10%")
