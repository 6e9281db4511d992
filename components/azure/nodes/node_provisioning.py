"""Karpenter node pools of AKS node auto-provisioning."""

from collections.abc import Mapping, Sequence
from typing import Any, Self

import pulumi
from pulumi_kubernetes.apiextensions import CustomResource
from pydantic import Field, model_validator

from falaj.components.azure.nodes.kubelet import node_class_kubelet
from falaj.components.core.node_pools import karpenter
from falaj.components.core.node_pools.azure_nodes import provisioned_zones
from falaj.components.core.node_pools.checks import pool_problems
from falaj.components.core.node_pools.karpenter_checks import aks_problems
from falaj.components.core.node_pools.office_hours import OfficeHours
from falaj.components.core.node_pools.profiles import AKS_SPOT_TAINT
from falaj.components.core.node_pools.regional_pool import RegionalPool
from falaj.components.core.node_pools.spec import NodePoolName, NodePoolSpec
from falaj.components.core.validation.args import Args, Input
from falaj.components.core.validation.enums import Capacity
from falaj.components.core.validation.problems import below, refuse_if
from falaj.components.core.validation.regions import AzureRegion
from falaj.components.core.validation.set_once import set_once
from falaj.components.core.validation.tags import CostTags

CLASS_GROUP = "karpenter.azure.com"
CLASS_VERSION = f"{CLASS_GROUP}/v1beta1"


class NodeProvisioningArgs(OfficeHours, Args):
    """Arguments of `NodeProvisioning`: node pools of a cluster with node auto-provisioning.

    Karpenter does not move running pods to other nodes during office hours, except from on-demand nodes of `spot-first`
    pools for training and batch, which spot nodes replace one at a time.
    """

    region: AzureRegion = set_once("regions.azure")
    """Azure region in the UAE: `uaenorth` or `uaecentral`."""
    node_subnet_id: Input[str]
    """Id of the subnet that the nodes are in."""
    zones: int = Field(ge=1, le=3)
    """Number of availability zones to spread nodes over, 1 to 3; ignored in a region without zones."""
    pools: Mapping[NodePoolName, NodePoolSpec]
    """Node pools by name. Profile `system` is not allowed. `min` must be 0, because node auto-provisioning keeps no
    idle nodes. Capacity `spot-first` is supported."""
    tags: CostTags = set_once("tags")
    """The mandatory cost tags; Azure applies them to the machines and disks."""

    @model_validator(mode="after")
    def _can_be_provisioned(self) -> Self:
        refuse_if(
            problem
            for name, pool in self.pools.items()
            for problem in below(f"pools.{name}", (*pool_problems(self.region, pool), *aks_problems(pool)))
        )
        return self

    @property
    def regional_pools(self) -> list[RegionalPool]:
        """The pools combined with their region and tags."""
        return [RegionalPool(name, self.region, pool, self.tags) for name, pool in self.pools.items()]


class NodeProvisioning(pulumi.ComponentResource):
    """Creates a Karpenter `NodePool` and `AKSNodeClass` for each pool, with the labels, taints, disks and encryption of
    agent pools.

    Requires the Kubernetes provider of a cluster with node auto-provisioning. Azure encrypts the disks with the
    cluster's disk encryption set.
    """

    pool_names: pulumi.Output[Sequence[str]]
    """Names of the node pools."""

    def __init__(self, name: str, args: NodeProvisioningArgs, opts: pulumi.ResourceOptions | None = None) -> None:
        args = NodeProvisioningArgs.of(name, args)
        super().__init__("falaj:azure:NodeProvisioning", name, {}, opts)
        for pool in args.regional_pools:
            _node_pool(f"{name}-{pool.name}", args, pool, self)
        self.pool_names = pulumi.Output.from_input(list(args.pools))
        self.register_outputs({"pool_names": self.pool_names})


def _node_pool(name: str, args: NodeProvisioningArgs, pool: RegionalPool, parent: pulumi.Resource) -> None:
    node_class = CustomResource(
        f"{name}-class",
        api_version=CLASS_VERSION,
        kind="AKSNodeClass",
        metadata={"name": pool.name},
        spec=_class_spec(args, pool),
        opts=pulumi.ResourceOptions(parent=parent),
    )
    is_spot = pool.spec.capacity is Capacity.SPOT
    CustomResource(
        f"{name}-nodes",
        api_version="karpenter.sh/v1",
        kind="NodePool",
        metadata={"name": pool.name},
        spec=karpenter.node_pool(
            pool,
            {"group": CLASS_GROUP, "kind": "AKSNodeClass", "name": pool.name},
            # Azure adds its own spot label to nodes and refuses it in a node pool.
            pool.labels,
            (*pool.taints, *((AKS_SPOT_TAINT,) if is_spot else ())),
            [*karpenter.machine_requirements(pool, "karpenter.azure.com/sku-name"), *_zones(args, pool)],
            args,
        ),
        # Delete the node pool before its class: Karpenter needs the class to remove the pool's nodes.
        opts=pulumi.ResourceOptions(parent=parent, depends_on=[node_class]),
    )


def _class_spec(args: NodeProvisioningArgs, pool: RegionalPool) -> dict[str, Any]:
    options = pool.spec.azure
    return {
        "imageFamily": options.os_sku.value,
        "osDiskSizeGB": pool.root_disk_gib,
        "vnetSubnetID": args.node_subnet_id,
        "security": {"encryptionAtHost": True},
        "tags": pool.tags,
        **({"maxPods": options.max_pods} if options.max_pods is not None else {}),
        **({"kubelet": node_class_kubelet(options.kubelet)} if options.kubelet is not None else {}),
    }


def _zones(args: NodeProvisioningArgs, pool: RegionalPool) -> list[dict[str, Any]]:
    """Returns the zone requirement in the form of Azure's node labels, `uaenorth-1`; none in a region without zones."""
    labels = [f"{args.region}-{zone}" for zone in provisioned_zones(args.region, args.zones, pool.spec)]
    return [karpenter.requirement("topology.kubernetes.io/zone", labels)] if labels else []
