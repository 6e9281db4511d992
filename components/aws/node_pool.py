"""A node pool on AWS: an EKS managed node group with a launch template of our own."""

from collections.abc import Mapping, Sequence
from typing import NotRequired, TypedDict

import pulumi
import pulumi_aws as aws

from components.aws.launch_template import launch_template
from components.aws.scale_from_zero import hints
from components.core.places import AwsRegion
from components.core.pools import CheckedPool
from components.core.profiles import Taint, labels, taints
from components.core.tags import named
from components.core.validated import Passed
from components.core.versions import KubernetesVersion
from components.core.words import Capacity, Profile

AMI_TYPES: dict[tuple[str, bool], str] = {
    ("x86_64", False): "AL2023_x86_64_STANDARD",
    ("arm64", False): "AL2023_ARM_64_STANDARD",
    ("x86_64", True): "AL2023_x86_64_NVIDIA",
    ("arm64", True): "AL2023_ARM_64_NVIDIA",
}
"""Architecture and whether there is a GPU -> image that EKS keeps up to date (API_Nodegroup)."""

CAPACITY_TYPES = {Capacity.SPOT: "SPOT", Capacity.ON_DEMAND: "ON_DEMAND"}
EFFECTS = {"NoSchedule": "NO_SCHEDULE", "NoExecute": "NO_EXECUTE", "PreferNoSchedule": "PREFER_NO_SCHEDULE"}
"""Kubernetes' spelling of a taint's effect -> EKS's."""


class NodePoolArgs(TypedDict):
    """Machines of one workload profile."""

    region: str
    """A region of AWS in the UAE."""
    name: str
    """The pool's own name within its site: value of the label `falaj/pool`."""
    cluster_name: pulumi.Input[str]
    """Name of the cluster in EKS."""
    version: str
    """Kubernetes minor version of the nodes, such as `1.34`: an upgrade of the cluster alone leaves nodes be."""
    node_role_arn: pulumi.Input[str]
    """IAM role of the nodes: the cluster's output."""
    node_subnet_ids: pulumi.Input[Sequence[str]]
    """Subnets of the nodes: the network's output."""
    disk_key: pulumi.Input[str]
    """ARN of the KMS key for root disks: the cluster's output."""
    profile: Profile
    """What runs there; decides taints, labels and disk."""
    machines: Sequence[str]
    """EC2 instance types that the region offers, of one architecture; several for spot."""
    capacity: Capacity
    """How the machines are bought."""
    min: int
    """Nodes kept when nothing runs; 0 lets the pool sleep."""
    max: int
    """Nodes at most."""
    disk_gib: NotRequired[int]
    """Root disk in GiB; by the profile if absent."""
    tags: Mapping[str, str]
    """The mandatory cost tags, put on everything that takes tags, machines and their disks too."""


class _Checked(CheckedPool):
    region: AwsRegion
    name: str
    cluster_name: Passed[str]
    version: KubernetesVersion
    node_role_arn: Passed[str]
    node_subnet_ids: Passed[Sequence[str]]
    disk_key: Passed[str]

    @property
    def ami_type(self) -> str:
        """The image that fits the machines."""
        return AMI_TYPES[self.offered[0].arch, self.gpus > 0]

    @property
    def labels(self) -> dict[str, str]:
        """Labels of the nodes."""
        return labels(self.profile, self.name, self.capacity)

    @property
    def taints(self) -> tuple[Taint, ...]:
        """Taints of the nodes."""
        return taints(self.profile, self.gpus)


class NodePool(pulumi.ComponentResource):
    """A managed node group that the cluster autoscaler may take to zero and back."""

    pool_name: pulumi.Output[str]
    """The pool's name within its site."""
    node_group_name: pulumi.Output[str]
    """Name of the node group in EKS."""

    def __init__(self, name: str, args: NodePoolArgs, opts: pulumi.ResourceOptions | None = None) -> None:
        settings = _Checked.of(name, args)
        super().__init__("falaj:aws:NodePool", name, {}, opts)
        template = launch_template(name, settings, settings.disk_key, self)
        group = self._node_group(name, settings, template)
        hints(name, group, settings.labels, settings.taints, min(m.gpus for m in settings.offered), self)
        self.pool_name = pulumi.Output.from_input(settings.name)
        self.node_group_name = group.node_group_name
        self.register_outputs({"pool_name": self.pool_name, "node_group_name": self.node_group_name})

    def _node_group(self, name: str, settings: _Checked, template: aws.ec2.LaunchTemplate) -> aws.eks.NodeGroup:
        return aws.eks.NodeGroup(
            f"{name}-group",
            cluster_name=settings.cluster_name,
            version=settings.version,
            node_role_arn=settings.node_role_arn,
            subnet_ids=settings.node_subnet_ids,
            ami_type=settings.ami_type,
            capacity_type=CAPACITY_TYPES[settings.capacity],
            instance_types=list(settings.machines),
            launch_template=aws.eks.NodeGroupLaunchTemplateArgs(
                id=template.id, version=template.latest_version.apply(str)
            ),
            scaling_config=aws.eks.NodeGroupScalingConfigArgs(
                min_size=settings.min, desired_size=settings.min, max_size=settings.max
            ),
            update_config=aws.eks.NodeGroupUpdateConfigArgs(max_unavailable_percentage=25),
            node_repair_config=aws.eks.NodeGroupNodeRepairConfigArgs(enabled=True),
            labels=settings.labels,
            taints=[
                aws.eks.NodeGroupTaintArgs(key=taint.key, value=taint.value, effect=EFFECTS[taint.effect])
                for taint in settings.taints
            ],
            tags=named(settings.tags, name),
            # How many run now is the autoscaler's business, between min and max.
            opts=pulumi.ResourceOptions(parent=self, ignore_changes=["scalingConfig.desiredSize"]),
        )
