"""Node pools of AKS's node auto-provisioning: what its Karpenter may make machines of."""

from collections.abc import Mapping, Sequence
from typing import Annotated, Any, NotRequired, Self, TypedDict

import pulumi
from pulumi_kubernetes.apiextensions import CustomResource
from pydantic import Field, model_validator

from falaj.components.azure.nodes.agent_pool import PoolName
from falaj.components.core.node_pools import karpenter
from falaj.components.core.node_pools.office_hours import OfficeHours
from falaj.components.core.node_pools.pools import CheckedPool
from falaj.components.core.node_pools.profiles import AKS_SPOT_TAINT, labels, taints
from falaj.components.core.site.specs import PoolSpec, is_system
from falaj.components.core.validation.args import Passed
from falaj.components.core.validation.enums import Capacity
from falaj.components.core.validation.problems import refusal
from falaj.components.core.validation.regions import AzureRegion, zones_of
from falaj.components.core.validation.tags import CostTags, merged

CLASS_GROUP = "karpenter.azure.com"
CLASS_VERSION = f"{CLASS_GROUP}/v1beta1"

LARGEST_DISK_GIB = 2048
"""Of an `AKSNodeClass` (Azure/karpenter-provider-azure, its CRD as of 2026-08)."""


class NodeProvisioningArgs(TypedDict):
    """Arguments of a `NodeProvisioning`."""

    region: str
    """A region of Azure in the UAE."""
    node_subnet_id: pulumi.Input[str]
    """Subnet of the nodes."""
    zones: int
    """Zones that nodes are spread over, 1 to 3, where the region has zones."""
    pools: Mapping[str, PoolSpec]
    """Node pools by name: all of the site's but those of profile `system`. Each has `min` 0, because nothing is kept
    that nobody waits for; capacity may be `spot-first`."""
    opens: NotRequired[str]
    """When offices open, `HH:MM` in Dubai; from then on nothing that runs is moved."""
    closes: NotRequired[str]
    """When they close."""
    tags: Mapping[str, str]
    """The mandatory cost tags; Azure puts them on the machines and disks."""


class _Pool(CheckedPool):
    name: PoolName

    @model_validator(mode="after")
    def _can_be_provisioned(self) -> Self:
        if is_system({"profile": self.profile}):
            raise refusal("another profile: system pools are agent pools", "leave it out", "profile", "system")
        if self.min:
            allowed = "0 with node auto-provisioning, which keeps no machine that nobody waits for"
            raise refusal(allowed, "write 0, or set node_autoscaler to cluster-autoscaler", "min", self.min)
        if self.gpu_partition:
            allowed = "nothing with node auto-provisioning: it splits no GPUs"
            raise refusal(allowed, "set node_autoscaler to cluster-autoscaler", "gpu_partition", self.gpu_partition)
        if self.sharing:
            raise refusal(karpenter.NO_SHARING, "set node_autoscaler to cluster-autoscaler", "sharing")
        if self.root_disk_gib > LARGEST_DISK_GIB:
            raise refusal(f"at most {LARGEST_DISK_GIB}", "take a smaller disk", "disk_gib", self.root_disk_gib)
        return self


class _Checked(OfficeHours):
    region: AzureRegion
    node_subnet_id: Passed[str]
    zones: Annotated[int, Field(ge=1, le=3)]
    pools: dict[str, dict[str, Any]]
    tags: CostTags

    def checked_pools(self, name: str) -> list[_Pool]:
        """The pools, validated. Raises `BadArguments`."""
        shared = {"region": self.region, "tags": self.tags}
        return [_Pool.of(f"{name}.pools.{pool}", {**spec, **shared, "name": pool}) for pool, spec in self.pools.items()]


class NodeProvisioning(pulumi.ComponentResource):
    """One `NodePool` and `AKSNodeClass` a pool, with the labels, taints, disks and encryption that agent pools have.

    Needs the provider of a cluster whose node auto-provisioning is on. Azure keeps the disks under the cluster's disk
    encryption set.
    """

    pool_names: pulumi.Output[Sequence[str]]
    """Names of the node pools."""

    def __init__(self, name: str, args: NodeProvisioningArgs, opts: pulumi.ResourceOptions | None = None) -> None:
        settings = _Checked.of(name, args)
        pools = settings.checked_pools(name)
        super().__init__("falaj:azure:NodeProvisioning", name, {}, opts)
        for pool in pools:
            _node_pool(f"{name}-{pool.name}", settings, pool, self)
        self.pool_names = pulumi.Output.from_input([pool.name for pool in pools])
        self.register_outputs({"pool_names": self.pool_names})


def _node_pool(name: str, settings: _Checked, pool: _Pool, parent: pulumi.Resource) -> None:
    node_class = CustomResource(
        f"{name}-class",
        api_version=CLASS_VERSION,
        kind="AKSNodeClass",
        metadata={"name": pool.name},
        spec=_class_spec(settings, pool),
        opts=pulumi.ResourceOptions(parent=parent),
    )
    is_spot = pool.capacity is Capacity.SPOT
    CustomResource(
        f"{name}-nodes",
        api_version="karpenter.sh/v1",
        kind="NodePool",
        metadata={"name": pool.name},
        spec=karpenter.node_pool(
            pool,
            {"group": CLASS_GROUP, "kind": "AKSNodeClass", "name": pool.name},
            # Azure puts its own label of spot on nodes by itself, and refuses it here.
            labels(pool.profile, pool.name, pool.capacity, pool.tenant),
            (*taints(pool.profile, pool.gpus), *((AKS_SPOT_TAINT,) if is_spot else ())),
            [*karpenter.machine_requirements(pool, "karpenter.azure.com/sku-name"), *_zones(settings, pool)],
            settings,
        ),
        # Deleted before its class, without which Karpenter could not take its nodes away.
        opts=pulumi.ResourceOptions(parent=parent, depends_on=[node_class]),
    )


def _class_spec(settings: _Checked, pool: _Pool) -> dict[str, Any]:
    return {
        "imageFamily": "Ubuntu",
        "osDiskSizeGB": pool.root_disk_gib,
        "vnetSubnetID": settings.node_subnet_id,
        "security": {"encryptionAtHost": True},
        "tags": settings.tags if pool.tenant is None else merged(settings.tags, tenant=pool.tenant),
    }


def _zones(settings: _Checked, pool: _Pool) -> list[dict[str, Any]]:
    """Zones as Azure labels its nodes, `uaenorth-1`; nothing where the region has none."""
    zones = (pool.zone,) if pool.zone else zones_of(settings.region, settings.zones)
    named = [f"{settings.region}-{zone}" for zone in zones]
    return [karpenter.requirement("topology.kubernetes.io/zone", named)] if named else []
