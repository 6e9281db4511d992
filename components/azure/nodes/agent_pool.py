"""What AKS is told about a node pool, whether it is written inside the cluster or beside it."""

from collections.abc import Mapping
from typing import Annotated, Self, TypedDict

from pulumi_azure_native import containerservice
from pydantic import Field, model_validator

from falaj.components.azure.common.location import Placed
from falaj.components.core.node_pools.pools import CheckedPool
from falaj.components.core.node_pools.profiles import AKS_SPOT_LABEL, AKS_SPOT_TAINT, labels, taints
from falaj.components.core.site.versions import KubernetesVersion
from falaj.components.core.validation.enums import Capacity, NodeAutoscaler, Profile
from falaj.components.core.validation.problems import refusal
from falaj.components.core.validation.regions import zones_of
from falaj.components.core.validation.tags import merged

PoolName = Annotated[str, Field(pattern=r"^[a-z][a-z0-9]{0,11}$")]
"""AKS: at most 12 lower-case letters and digits, a letter first."""


class CheckedAzurePool(Placed, CheckedPool):
    """The validated arguments of a node pool on Azure."""

    name: PoolName
    zones: Annotated[int, Field(ge=1, le=3)]
    version: KubernetesVersion
    node_autoscaler: NodeAutoscaler = NodeAutoscaler.CLUSTER_AUTOSCALER

    @model_validator(mode="after")
    def _is_bought_one_way(self) -> Self:
        if self.capacity is Capacity.SPOT_FIRST:
            allowed = "spot or on-demand: an AKS agent pool is one of them as a whole"
            raise refusal(allowed, "make two pools, or set node_autoscaler to karpenter", "capacity", "spot-first")
        return self

    @property
    def is_spot(self) -> bool:
        """Whether Azure may take its machines back."""
        return self.capacity is Capacity.SPOT

    @property
    def is_autoscaled(self) -> bool:
        """Whether the cluster autoscaler owns the count; beside node auto-provisioning it may own none."""
        return self.node_autoscaler is NodeAutoscaler.CLUSTER_AUTOSCALER

    @property
    def placed_zones(self) -> tuple[str, ...]:
        """Zones of its machines: the one asked for, else as many of the region's as the site has."""
        return (self.zone,) if self.zone else zones_of(self.region, self.zones)


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


def shape(pool: CheckedAzurePool) -> PoolShape:
    """The pool in AKS's words; its disks are encrypted through the cluster's disk encryption set and on the host."""
    return PoolShape(
        # A region without zones refuses the property, even empty.
        availability_zones=pool.placed_zones or None,
        # AKS wants a number at creation; from then on the autoscaler owns it.
        count=pool.min,
        enable_auto_scaling=pool.is_autoscaled,
        enable_encryption_at_host=True,
        enable_node_public_ip=False,
        max_count=pool.max if pool.is_autoscaled else None,
        min_count=pool.min if pool.is_autoscaled else None,
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
        tags=pool.tags if pool.tenant is None else merged(pool.tags, tenant=pool.tenant),
        type=containerservice.AgentPoolType.VIRTUAL_MACHINE_SCALE_SETS,
        upgrade_settings=_upgrades(pool),
        vm_size=pool.machines[0],
    )


def _mode(pool: CheckedAzurePool) -> containerservice.AgentPoolMode:
    modes = containerservice.AgentPoolMode
    return modes.SYSTEM if pool.profile is Profile.SYSTEM else modes.USER


# AKS puts its spot label and taint there by itself. Declared too, a refresh finds what was asked for.
def _labels(pool: CheckedAzurePool) -> dict[str, str]:
    spot = {AKS_SPOT_LABEL: "spot"} if pool.is_spot else {}
    return labels(pool.profile, pool.name, pool.capacity, pool.tenant) | pool.shared_labels | spot


def _taints(pool: CheckedAzurePool) -> list[str]:
    spot = (AKS_SPOT_TAINT,) if pool.is_spot else ()
    return [str(taint) for taint in (*taints(pool.profile, pool.gpus), *spot)]


def _upgrades(pool: CheckedAzurePool) -> containerservice.AgentPoolUpgradeSettingsArgs | None:
    """How nodes are replaced: spot pools take no such setting, and GPUs are too scarce for a spare machine."""
    if pool.is_spot:
        return None
    if pool.gpus:
        return containerservice.AgentPoolUpgradeSettingsArgs(max_surge="0", max_unavailable="1")
    return containerservice.AgentPoolUpgradeSettingsArgs(max_surge="10%")
