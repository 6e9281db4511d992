"""A node pool of an AKS cluster, apart from the one that the cluster is born with."""

from collections.abc import Mapping, Sequence
from typing import NotRequired, TypedDict

import pulumi
from pulumi_azure_native import containerservice

from falaj.components.azure.nodes.agent_pool import CheckedAzurePool, shape
from falaj.components.core.node_pools.gpu_sharing import SharedPoolSpec
from falaj.components.core.validation.args import Passed
from falaj.components.core.validation.enums import Capacity, NodeAutoscaler, Profile

MARKET_PRICE = -1.0
"""A spot machine's ceiling: never above on-demand, and never evicted for its price (AKS, spot node pools)."""


class NodePoolArgs(TypedDict):
    """Arguments of a `NodePool`."""

    region: str
    """A region of Azure in the UAE."""
    resource_group_name: pulumi.Input[str]
    """Resource group of the cluster."""
    cluster_name: pulumi.Input[str]
    """The AKS cluster."""
    node_subnet_id: pulumi.Input[str]
    """Subnet of the nodes."""
    name: str
    """Name of the pool in AKS: at most 12 lower-case letters and digits."""
    version: str
    """Kubernetes minor version, such as `1.34`: the cluster's, or one before it during an upgrade."""
    zones: int
    """Zones that the nodes are spread over, 1 to 3, where the region has zones."""
    profile: Profile
    """What runs here; decides taints, labels and disk."""
    machines: Sequence[str]
    """One VM size that the region offers."""
    capacity: Capacity
    """How the machines are bought."""
    min: int
    """Nodes kept when nothing runs."""
    max: int
    """Nodes at most."""
    disk_gib: NotRequired[int]
    """Root disk in GiB; by the profile if absent."""
    tenant: NotRequired[str]
    """The tenant that the pool is for and whose money it spends; shared by all if absent."""
    zone: NotRequired[str]
    """The only zone of its machines; as many as `zones` says if absent."""
    gpu_partition: NotRequired[str]
    """MIG profile that each GPU is split into, such as `MIG1g`: A100, H100 and H200. The pool keeps it for life."""
    deallocate: NotRequired[bool]
    """Whether machines that are not needed are stopped instead of deleted: they come back sooner, with their images,
    and their disks go on costing money. Not for spot, whose stopped machines may never start again."""
    spot_max_usd: NotRequired[float]
    """Dollars per hour above which a spot machine is given back, with up to 5 decimals; never for its price if
    absent. The pool keeps it for life."""
    sleeps: NotRequired[bool]
    """AWS only: on Azure the whole site sleeps."""
    reservation: NotRequired[str]
    """AWS only."""
    interconnect: NotRequired[bool]
    """AWS only."""
    sharing: NotRequired[SharedPoolSpec]
    """How its GPUs are shared, for a cluster with `GpuOperator`; by nobody if absent."""
    node_autoscaler: NotRequired[NodeAutoscaler]
    """Who scales the cluster's pools: with `karpenter` this one keeps `min` nodes."""
    tags: Mapping[str, str]
    """The mandatory cost tags; Azure passes them on to the machines and disks."""


class _Checked(CheckedAzurePool):
    cluster_name: Passed[str]
    node_subnet_id: Passed[str]


class NodePool(pulumi.ComponentResource):
    """Machines of one workload profile, scaled between `min` and `max` by the cluster's autoscaler."""

    pool_name: pulumi.Output[str]
    """The pool's name in the cluster."""

    def __init__(self, name: str, args: NodePoolArgs, opts: pulumi.ResourceOptions | None = None) -> None:
        settings = _Checked.of(name, args)
        super().__init__("falaj:azure:NodePool", name, {}, opts)
        pool = _agent_pool(f"{name}-agents", settings, self)
        self.pool_name = pool.name
        self.register_outputs({"pool_name": self.pool_name})


def _agent_pool(name: str, settings: _Checked, parent: pulumi.Resource) -> containerservice.AgentPool:
    spot, modes = settings.is_spot, containerservice.ScaleDownMode
    return containerservice.AgentPool(
        name,
        resource_group_name=settings.resource_group_name,
        resource_name_=settings.cluster_name,
        agent_pool_name=settings.name,
        vnet_subnet_id=settings.node_subnet_id,
        gpu_profile=_gpu_profile(settings),
        scale_set_priority=containerservice.ScaleSetPriority.SPOT if spot else None,
        # A deallocated machine keeps its disk, which costs, and its quota.
        scale_set_eviction_policy=containerservice.ScaleSetEvictionPolicy.DELETE if spot else None,
        spot_max_price=settings.spot_max_usd or MARKET_PRICE if spot else None,
        gpu_instance_profile=settings.gpu_partition,
        scale_down_mode=modes.DEALLOCATE if settings.deallocate else modes.DELETE,
        # The autoscaler changes the count all day.
        opts=pulumi.ResourceOptions(parent=parent, ignore_changes=["count"] if settings.is_autoscaled else []),
        **shape(settings),
    )


def _gpu_profile(settings: _Checked) -> containerservice.GPUProfileArgs | None:
    """Azure installs the driver that fits the size: GRID for NV, CUDA for the others."""
    return containerservice.GPUProfileArgs(driver=containerservice.GPUDriver.INSTALL) if settings.gpus else None
