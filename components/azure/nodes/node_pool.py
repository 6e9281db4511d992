"""A node pool of an AKS cluster, other than the system pool that the cluster is created with."""

from collections.abc import Iterable, Mapping
from typing import ClassVar

import pulumi
from pulumi_azure_native import containerservice
from pydantic import Field

from falaj.components.azure.nodes.agent_pool import AgentPool, agent_pool_problems, shape
from falaj.components.core.node_pools.spec import FLAT_FIELDS, NodePoolName, NodePoolSpec
from falaj.components.core.site.versions import KubernetesVersion
from falaj.components.core.validation.args import Args, Choice, Input, default
from falaj.components.core.validation.enums import NodeAutoscaler
from falaj.components.core.validation.problems import Problem, below
from falaj.components.core.validation.regions import AzureRegion
from falaj.components.core.validation.set_once import set_once
from falaj.components.core.validation.tags import CostTags

NO_SPOT_PRICE_LIMIT = -1.0
"""Maximum spot price of a pool without a limit: up to the on-demand price, and nodes are never evicted because of price
(AKS, spot node pools)."""


class NodePoolArgs(Args):
    """Arguments of `NodePool`, an AKS agent pool."""

    moved_keys: ClassVar[Mapping[str, str]] = {
        **{field: f"pool.{field}" for field in FLAT_FIELDS},
        **{field: f"pool.{path}" for field, path in NodePoolSpec.moved_keys.items()},
        "version": "kubernetes_version",
    }

    region: AzureRegion = set_once("regions.azure")
    """Azure region in the UAE: `uaenorth` or `uaecentral`."""
    resource_group_name: Input[str]
    """Name of the cluster's resource group."""
    cluster_name: Input[str]
    """Name of the AKS cluster."""
    node_subnet_id: Input[str]
    """Id of the subnet that the nodes are in."""
    name: NodePoolName
    """Name of the pool in AKS: 2 to 12 lower-case letters and digits, beginning with a letter."""
    kubernetes_version: Input[KubernetesVersion] | None = None
    """Kubernetes minor version, such as `1.36`: the cluster's version, or an earlier one during an upgrade. Default:
    the version that the cluster has when the pool is created."""
    zones: int = Field(default=3, ge=1, le=3)
    """Number of availability zones to spread nodes over, 1 to 3; ignored in a region without zones. Default: 3."""
    pool: NodePoolSpec
    """Machine type, capacity type and size of the pool."""
    node_autoscaler: Choice[NodeAutoscaler] = default(NodeAutoscaler.CLUSTER_AUTOSCALER)
    """Node autoscaler of the cluster: `cluster-autoscaler` (default) or `karpenter`. With `karpenter` this pool keeps
    `min` nodes."""
    tags: CostTags = set_once("tags")
    """The mandatory cost tags; Azure applies them to the machines and disks too."""

    def _problems(self) -> Iterable[Problem]:
        return below("pool", agent_pool_problems(self.region, self.pool))

    @property
    def agent_pool(self) -> AgentPool:
        """The pool combined with its region, tags and cluster version."""
        return AgentPool(
            self.name, self.region, self.pool, self.tags, self.zones, self.kubernetes_version, self.node_autoscaler
        )


class NodePool(pulumi.ComponentResource):
    """Nodes of one workload profile, scaled between `min` and `max` by the cluster autoscaler."""

    pool_name: pulumi.Output[str]
    """Name of the pool in the cluster."""

    def __init__(self, name: str, args: NodePoolArgs, opts: pulumi.ResourceOptions | None = None) -> None:
        args = NodePoolArgs.of(name, args)
        super().__init__("falaj:azure:NodePool", name, {}, opts)
        agents = _agents(f"{name}-agents", args, self)
        self.pool_name = agents.name
        self.register_outputs({"pool_name": self.pool_name})


def _agents(name: str, args: NodePoolArgs, parent: pulumi.Resource) -> containerservice.AgentPool:
    pool, options, modes = args.agent_pool, args.pool.azure, containerservice.ScaleDownMode
    return containerservice.AgentPool(
        name,
        resource_group_name=args.resource_group_name,
        resource_name_=args.cluster_name,
        agent_pool_name=args.name,
        vnet_subnet_id=args.node_subnet_id,
        gpu_profile=_gpu_profile(pool),
        scale_set_priority=containerservice.ScaleSetPriority.SPOT if pool.is_spot else None,
        # A deallocated machine still pays for its disk and counts against the quota.
        scale_set_eviction_policy=containerservice.ScaleSetEvictionPolicy.DELETE if pool.is_spot else None,
        spot_max_price=options.spot_max_usd or NO_SPOT_PRICE_LIMIT if pool.is_spot else None,
        gpu_instance_profile=options.gpu_partition,
        scale_down_mode=modes.DEALLOCATE if options.deallocate else modes.DELETE,
        # The autoscaler changes the count.
        opts=pulumi.ResourceOptions(parent=parent, ignore_changes=["count"] if pool.is_autoscaled else []),
        **shape(pool),
    )


def _gpu_profile(pool: AgentPool) -> containerservice.GPUProfileArgs | None:
    """Returns a GPU profile that makes Azure install the driver for the VM size: GRID for NV sizes, CUDA for others."""
    return containerservice.GPUProfileArgs(driver=containerservice.GPUDriver.INSTALL) if pool.gpus else None
