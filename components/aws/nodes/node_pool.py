"""A node pool on AWS: an EKS managed node group with a launch template of our own."""

from collections.abc import Mapping, Sequence
from typing import NotRequired, Self, TypedDict

import pulumi
import pulumi_aws as aws
from pydantic import model_validator

from falaj.components.aws.nodes.efa import RESOURCE as EFA
from falaj.components.aws.nodes.efa import Interconnect, interconnect
from falaj.components.aws.nodes.launch_template import launch_template
from falaj.components.aws.nodes.scale_from_zero import hints
from falaj.components.core.node_pools.gpu_sharing import SharedPoolSpec
from falaj.components.core.node_pools.node_groups import node_group_problems
from falaj.components.core.node_pools.pools import CheckedPool
from falaj.components.core.node_pools.profiles import Taint, labels, taints
from falaj.components.core.site.versions import KubernetesVersion
from falaj.components.core.validation.args import Passed
from falaj.components.core.validation.enums import Capacity, Profile
from falaj.components.core.validation.problems import refusal
from falaj.components.core.validation.regions import AwsRegion
from falaj.components.core.validation.tags import merged, named
from falaj.facts.regions import REGIONS

AMI_TYPES: dict[tuple[str, bool], str] = {
    ("x86_64", False): "AL2023_x86_64_STANDARD",
    ("arm64", False): "AL2023_ARM_64_STANDARD",
    ("x86_64", True): "AL2023_x86_64_NVIDIA",
    ("arm64", True): "AL2023_ARM_64_NVIDIA",
}
"""Architecture and whether there is a GPU -> image that EKS keeps up to date (API_Nodegroup)."""

CAPACITY_TYPES = {
    Capacity.SPOT: "SPOT",
    Capacity.ON_DEMAND: "ON_DEMAND",
    Capacity.RESERVED: "ON_DEMAND",
    Capacity.CAPACITY_BLOCK: "CAPACITY_BLOCK",
}
"""How machines are bought -> in EKS's words: a reservation is taken by machines that are bought on demand."""

GPU = "nvidia.com/gpu"
ACCELERATOR_LABEL = "k8s.amazonaws.com/accelerator"
"""Tells the cluster autoscaler that a new node will have GPUs: until they are announced it waits, instead of starting
another node (cluster autoscaler on AWS, special note on GPU instances)."""

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
    """Subnets of the nodes, in the order of the region's zones: the network's output."""
    network_id: NotRequired[pulumi.Input[str]]
    """Id of the VPC: the network's output. Needed with `interconnect`."""
    cluster_security_group_id: NotRequired[pulumi.Input[str]]
    """Security group that all nodes share: the cluster's output. Needed with `interconnect`."""
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
    tenant: NotRequired[str]
    """The tenant that the pool is for and whose money it spends; shared by all if absent."""
    sleeps: NotRequired[bool]
    """Whether a schedule takes it to zero outside office hours."""
    zone: NotRequired[str]
    """The only zone of its machines; all of the subnets' if absent."""
    reservation: NotRequired[str]
    """Id of the capacity reservation, `cr-...`, where capacity is `reserved` or `capacity-block`."""
    interconnect: NotRequired[bool]
    """Whether machines stand close together and speak through EFA, for training over several nodes."""
    gpu_partition: NotRequired[str]
    """Azure only."""
    deallocate: NotRequired[bool]
    """Azure only."""
    spot_max_usd: NotRequired[float]
    """Azure only."""
    sharing: NotRequired[SharedPoolSpec]
    """How its GPUs are shared, for a cluster with `GpuOperator`; by nobody if absent."""
    tags: Mapping[str, str]
    """The mandatory cost tags, put on everything that takes tags, machines and their disks too."""


class _Checked(CheckedPool):
    region: AwsRegion
    name: str
    cluster_name: Passed[str]
    version: KubernetesVersion
    node_role_arn: Passed[str]
    node_subnet_ids: Passed[Sequence[str]]
    network_id: Passed[str] | None = None
    cluster_security_group_id: Passed[str] | None = None
    disk_key: Passed[str]

    @model_validator(mode="after")
    def _is_a_node_group(self) -> Self:
        for problem in node_group_problems(self):
            raise refusal(problem.allowed, problem.fix, problem.path, problem.given)
        if self.interconnect:
            for needed in ("network_id", "cluster_security_group_id"):
                if getattr(self, needed) is None:
                    raise refusal("where interconnect is true", f"add `{needed}`", needed, None)
        return self

    @property
    def ami_type(self) -> str:
        """The image that fits the machines."""
        return AMI_TYPES[self.offered[0].arch, self.gpus > 0]

    @property
    def labels(self) -> dict[str, str]:
        """Labels of the nodes."""
        own = labels(self.profile, self.name, self.capacity, self.tenant) | self.shared_labels
        model = self.offered[0].gpu_model
        return own if model is None else own | {ACCELERATOR_LABEL: f"nvidia-{model.lower()}"}

    @property
    def taints(self) -> tuple[Taint, ...]:
        """Taints of the nodes."""
        return taints(self.profile, self.gpus)

    @property
    def devices(self) -> dict[str, int]:
        """What a pod can ask a node for beside CPU and memory, as far as every machine of the pool has it."""
        gpus = int(min(machine.gpus for machine in self.offered))
        shared = self.sharing.devices(gpus) if self.sharing else {GPU: gpus}
        return {device: count for device, count in {**shared, EFA: self.efa_interfaces}.items() if count}

    @property
    def efa_interfaces(self) -> int:
        """EFA interfaces of each machine: all that its type takes, none where the pool is not interconnected."""
        return (self.offered[0].efa_interfaces or 0) if self.interconnect else 0

    @property
    def all_tags(self) -> dict[str, str]:
        """Cost tags, and the tenant's where it has one: whose money its machines spend."""
        return dict(self.tags) if self.tenant is None else merged(self.tags, tenant=self.tenant)

    def subnets(self) -> pulumi.Input[Sequence[str]]:
        """The subnets of the pool's machines: all, or the one of its zone."""
        if self.zone is None:
            return self.node_subnet_ids
        index = REGIONS[self.region].zones.index(self.zone)
        # A slice, so that a zone beyond the network's is refused by AWS with a reason instead of failing here.
        return pulumi.Output.from_input(self.node_subnet_ids).apply(lambda ids: list(ids)[index : index + 1])


class NodePool(pulumi.ComponentResource):
    """A managed node group that the cluster autoscaler may take to zero and back."""

    pool_name: pulumi.Output[str]
    """The pool's name within its site."""
    node_group_name: pulumi.Output[str]
    """Name of the node group in EKS."""
    scaling_group_name: pulumi.Output[str]
    """Name of the Auto Scaling group behind it, which schedules and priorities name."""

    def __init__(self, name: str, args: NodePoolArgs, opts: pulumi.ResourceOptions | None = None) -> None:
        settings = _Checked.of(name, args)
        super().__init__("falaj:aws:NodePool", name, {}, opts)
        together = self._interconnect(name, settings)
        template = launch_template(name, settings, settings.disk_key, together, settings.all_tags, self)
        group = self._node_group(name, settings, template)
        self.pool_name = pulumi.Output.from_input(settings.name)
        self.node_group_name = group.node_group_name
        self.scaling_group_name = group.resources.apply(_scaling_group)
        hints(name, self.scaling_group_name, settings.labels, settings.taints, settings.devices, self)
        self.register_outputs(
            {
                "pool_name": self.pool_name,
                "node_group_name": self.node_group_name,
                "scaling_group_name": self.scaling_group_name,
            }
        )

    def _interconnect(self, name: str, settings: _Checked) -> Interconnect | None:
        if settings.network_id is None or settings.cluster_security_group_id is None or not settings.interconnect:
            return None
        network, group = settings.network_id, settings.cluster_security_group_id
        return interconnect(name, settings.efa_interfaces, network, group, settings.all_tags, self)

    def _node_group(self, name: str, settings: _Checked, template: aws.ec2.LaunchTemplate) -> aws.eks.NodeGroup:
        return aws.eks.NodeGroup(
            f"{name}-group",
            cluster_name=settings.cluster_name,
            version=settings.version,
            node_role_arn=settings.node_role_arn,
            subnet_ids=settings.subnets(),
            ami_type=settings.ami_type,
            capacity_type=CAPACITY_TYPES[settings.capacity],
            instance_types=None if settings.capacity is Capacity.CAPACITY_BLOCK else list(settings.machines),
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
            tags=named(settings.all_tags, name),
            # How many run now is the autoscaler's business, between min and max.
            opts=pulumi.ResourceOptions(parent=self, ignore_changes=["scalingConfig.desiredSize"]),
        )


def _scaling_group(resources: Sequence[aws.eks.outputs.NodeGroupResource]) -> str:
    return next(group.name or "" for resource in resources for group in resource.autoscaling_groups or ())
