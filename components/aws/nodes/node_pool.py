"""Node pool on AWS: an EKS managed node group with a custom launch template."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import ClassVar

import pulumi
import pulumi_aws as aws

from falaj.components.aws.identity.keys import key_arn
from falaj.components.aws.identity.nodes import disk_key, node_role
from falaj.components.aws.nodes.efa import RESOURCE as EFA
from falaj.components.aws.nodes.efa import Interconnect, interconnect
from falaj.components.aws.nodes.launch_template import launch_template
from falaj.components.aws.nodes.scale_from_zero import node_template_tags
from falaj.components.aws.regional import RegionalComponent
from falaj.components.core.network.zones import site_zones, zone_id
from falaj.components.core.node_pools.checks import pool_problems
from falaj.components.core.node_pools.gpu_resources import GPU
from falaj.components.core.node_pools.node_groups import node_group_problems
from falaj.components.core.node_pools.regional_pool import RegionalPool
from falaj.components.core.node_pools.spec import FLAT_FIELDS, NodePoolName, NodePoolSpec
from falaj.components.core.site.aws_proxy import EksProxySpec
from falaj.components.core.site.versions import KubernetesVersion
from falaj.components.core.validation.args import Args, Input
from falaj.components.core.validation.enums import Capacity
from falaj.components.core.validation.problems import Problem, below
from falaj.components.core.validation.regions import AwsRegion
from falaj.components.core.validation.set_once import set_once
from falaj.components.core.validation.tags import CostTags, with_name_tag
from falaj.facts.regions import REGIONS

AMI_TYPES: dict[tuple[str, bool], str] = {
    ("x86_64", False): "AL2023_x86_64_STANDARD",
    ("arm64", False): "AL2023_ARM_64_STANDARD",
    ("x86_64", True): "AL2023_x86_64_NVIDIA",
    ("arm64", True): "AL2023_ARM_64_NVIDIA",
}
"""CPU architecture and whether there is a GPU -> AMI type, whose image EKS keeps up to date (API_Nodegroup)."""

CAPACITY_TYPES = {
    Capacity.SPOT: "SPOT",
    Capacity.ON_DEMAND: "ON_DEMAND",
    Capacity.RESERVED: "ON_DEMAND",
    Capacity.CAPACITY_BLOCK: "CAPACITY_BLOCK",
}
"""Capacity -> EKS capacity type. Machines in a capacity reservation are launched as on-demand machines."""

ACCELERATOR_LABEL = "k8s.amazonaws.com/accelerator"
"""Label that tells the Cluster Autoscaler that a new node will have GPUs: it waits until the node advertises them
instead of starting another node (Cluster Autoscaler on AWS, special note on GPU instances)."""

EFFECTS = {"NoSchedule": "NO_SCHEDULE", "NoExecute": "NO_EXECUTE", "PreferNoSchedule": "PREFER_NO_SCHEDULE"}
"""Taint effect in Kubernetes -> in EKS."""


class NodePoolArgs(Args):
    """Node pool of an EKS cluster, created as a managed node group."""

    moved_keys: ClassVar[Mapping[str, str]] = {
        **{field: f"pool.{field}" for field in FLAT_FIELDS},
        **{field: f"pool.{path}" for field, path in NodePoolSpec.moved_keys.items()},
        "version": "kubernetes_version",
    }

    region: AwsRegion = set_once("regions.aws")
    """AWS region in the UAE, such as `me-central-1`."""
    name: NodePoolName
    """Name of the pool within its site, 2 to 12 lower-case letters and digits: value of the node label `falaj/pool`."""
    cluster_name: Input[str]
    """Name of the EKS cluster."""
    kubernetes_version: Input[KubernetesVersion] | None = None
    """Kubernetes minor version of the nodes, such as `1.36`. Upgrading the cluster does not upgrade the nodes. Default:
    that of the existing cluster, which nodes then follow with the next `up`."""
    node_role_arn: Input[str] | None = None
    """ARN of the IAM role of the nodes: output `node_role_arn` of `Cluster`. Default: a role is created."""
    node_subnet_ids: Input[Sequence[Input[str]]]
    """IDs of the node subnets, one per zone: output `node_subnet_ids` of `Network`."""
    zone_ids: Sequence[str] = ()
    """IDs of the subnets' zones, as in `Network`. Default: those that `Network` chooses."""
    network_id: Input[str] | None = None
    """ID of the VPC: output `network_id` of `Network`. Required if `pool.aws.interconnect` is true."""
    cluster_security_group_id: Input[str] | None = None
    """ID of the security group that all nodes share: output `security_group_id` of `Cluster`. Required if
    `pool.aws.interconnect` is true."""
    disk_key: Input[str] | None = None
    """ARN of the KMS key for root disks: output `disk_key` of `Cluster`. Default: a key is created."""
    pool: NodePoolSpec
    """Machine types of the pool, how they are bought, and the number of nodes."""
    proxy: EksProxySpec | None = None
    """Proxy and additional certificates of the nodes. A change replaces the nodes. Default: none."""
    tags: CostTags = set_once("tags")
    """Mandatory cost tags, applied to every resource that supports tags, including instances and their disks."""

    def _problems(self) -> Iterable[Problem]:
        return (
            *below("pool", pool_problems(self.region, self.pool)),
            *below("pool", node_group_problems(self.pool)),
            *self._interconnect_problems(),
        )

    def _interconnect_problems(self) -> Iterator[Problem]:
        if self.pool.aws.interconnect:
            for field, value in (
                ("network_id", self.network_id),
                ("cluster_security_group_id", self.cluster_security_group_id),
            ):
                if value is None:
                    yield Problem.missing(field, "pool.aws.interconnect is true", f"add `{field}`")

    @property
    def regional(self) -> RegionalPool:
        """Returns the pool with the properties that depend on its region."""
        return RegionalPool(self.name, self.region, self.pool, self.tags)

    @property
    def ami_type(self) -> str:
        """Returns the AMI type that fits the machines."""
        return AMI_TYPES[self.regional.offered[0].arch, self.regional.gpus > 0]

    @property
    def labels(self) -> dict[str, str]:
        """Returns the labels of the nodes."""
        model = self.regional.offered[0].gpu_model
        accelerator = {} if model is None else {ACCELERATOR_LABEL: f"nvidia-{model.lower()}"}
        return self.regional.labels | accelerator

    @property
    def devices(self) -> dict[str, int]:
        """Returns the extended resources of a node and their number, the least that every machine type of the pool
        has."""
        gpus = int(min(machine.gpus for machine in self.regional.offered))
        shared = self.pool.sharing.devices(gpus) if self.pool.sharing else {GPU: gpus}
        return {device: count for device, count in {**shared, EFA: self.efa_interfaces}.items() if count}

    @property
    def efa_interfaces(self) -> int:
        """Returns the number of EFA interfaces per node: all that the machine type supports, or 0 without
        `interconnect`."""
        return (self.regional.offered[0].efa_interfaces or 0) if self.pool.aws.interconnect else 0

    def subnets(self) -> Input[Sequence[Input[str]]]:
        """Returns the subnets of the nodes: all, or only those in the pool's zones."""
        if self.pool.pinned_zones is None:
            return self.node_subnet_ids
        zones = site_zones(self.region, len(REGIONS[self.region].zones), self.zone_ids)
        pinned = [zone_id(self.region, zone) for zone in self.pool.pinned_zones]
        indices = [zones.index(zone) for zone in pinned if zone in zones]
        # For a zone without a subnet, AWS reports the reason instead of an IndexError here.
        return pulumi.Output.from_input(self.node_subnet_ids).apply(
            lambda ids: [list(ids)[index] for index in indices if index < len(ids)]
        )


class NodePool(RegionalComponent):
    """Managed node group that the Cluster Autoscaler may scale to zero and back."""

    pool_name: pulumi.Output[str]
    """Name of the pool within its site."""
    node_group_name: pulumi.Output[str]
    """Name of the EKS node group."""
    scaling_group_name: pulumi.Output[str]
    """Name of the node group's Auto Scaling group, for schedules and autoscaler priorities."""

    def __init__(self, name: str, args: NodePoolArgs, opts: pulumi.ResourceOptions | None = None) -> None:
        args = NodePoolArgs.of(name, args)
        super().__init__("falaj:aws:NodePool", name, args.region, opts)
        placement = self._interconnect(name, args)
        disks = key_arn(args.disk_key, lambda: disk_key(name, args.region, args.tags, self))
        template = launch_template(name, args.regional, disks, placement, self, args.proxy)
        group = self._node_group(name, args, template)
        self.pool_name = pulumi.Output.from_input(args.name)
        self.node_group_name = group.node_group_name
        self.scaling_group_name = group.resources.apply(_scaling_group)
        node_template_tags(name, self.scaling_group_name, args.labels, args.regional.taints, args.devices, self)
        self.register_outputs(
            {
                "pool_name": self.pool_name,
                "node_group_name": self.node_group_name,
                "scaling_group_name": self.scaling_group_name,
            }
        )

    def _interconnect(self, name: str, args: NodePoolArgs) -> Interconnect | None:
        if args.network_id is None or args.cluster_security_group_id is None or not args.pool.aws.interconnect:
            return None
        network, group = args.network_id, args.cluster_security_group_id
        return interconnect(name, args.efa_interfaces, network, group, args.regional.tags, self)

    def _node_group(self, name: str, args: NodePoolArgs, template: aws.ec2.LaunchTemplate) -> aws.eks.NodeGroup:
        pool = args.pool
        return aws.eks.NodeGroup(
            f"{name}-group",
            cluster_name=args.cluster_name,
            version=_version_of_nodes(args, self),
            node_role_arn=args.node_role_arn or node_role(name, args.tags, self),
            subnet_ids=args.subnets(),
            ami_type=args.ami_type,
            capacity_type=CAPACITY_TYPES[pool.capacity],
            instance_types=None if pool.capacity is Capacity.CAPACITY_BLOCK else list(pool.machines),
            launch_template=aws.eks.NodeGroupLaunchTemplateArgs(
                id=template.id, version=template.latest_version.apply(str)
            ),
            scaling_config=aws.eks.NodeGroupScalingConfigArgs(
                min_size=pool.min, desired_size=pool.min, max_size=pool.max
            ),
            update_config=aws.eks.NodeGroupUpdateConfigArgs(max_unavailable_percentage=25),
            node_repair_config=aws.eks.NodeGroupNodeRepairConfigArgs(enabled=True),
            labels=args.labels,
            taints=[
                aws.eks.NodeGroupTaintArgs(key=taint.key, value=taint.value, effect=EFFECTS[taint.effect])
                for taint in args.regional.taints
            ],
            tags=with_name_tag(args.regional.tags, name),
            # The autoscaler decides the current size, between min and max.
            opts=pulumi.ResourceOptions(parent=self, ignore_changes=["scalingConfig.desiredSize"]),
        )


def _version_of_nodes(args: NodePoolArgs, parent: pulumi.Resource) -> pulumi.Input[str]:
    if args.kubernetes_version is not None:
        return args.kubernetes_version
    lookup = pulumi.InvokeOutputOptions(parent=parent)
    return aws.eks.get_cluster_output(args.cluster_name, region=args.region, opts=lookup).version


def _scaling_group(resources: Sequence[aws.eks.outputs.NodeGroupResource]) -> str:
    return next(group.name or "" for resource in resources for group in resource.autoscaling_groups or ())
