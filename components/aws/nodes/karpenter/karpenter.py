"""Karpenter on AWS: chooses a machine for the pods that wait, node by node, from the pools it is given."""

from collections.abc import Mapping, Sequence
from typing import Annotated, Self

import pulumi
from pydantic import Field, model_validator

from falaj.components.aws.nodes.karpenter.charts import (
    CHART_VERSION,
    CHARTS,
    IMAGES,
    ChartInstallation,
    controller,
    definitions,
)
from falaj.components.aws.nodes.karpenter.identity import Identity, NodeIdentity, controller_identity, node_identity
from falaj.components.aws.nodes.karpenter.interruption_queue import interruptions
from falaj.components.aws.nodes.karpenter.nodes import Nodes, node_pools
from falaj.components.aws.nodes.karpenter.pools import KarpenterPool, NodeTemplate, karpenter_problems
from falaj.components.core.charts.images import PinnedImage
from falaj.components.core.node_pools.checks import pool_problems
from falaj.components.core.node_pools.office_hours import OfficeHours, refuse_production
from falaj.components.core.node_pools.spec import NodePoolSpec
from falaj.components.core.site.versions import KubernetesVersion
from falaj.components.core.validation.args import Args, Choice, Input
from falaj.components.core.validation.enums import Capacity, Egress
from falaj.components.core.validation.problems import below, refuse_if
from falaj.components.core.validation.regions import AwsRegion
from falaj.components.core.validation.tags import CostTags
from falaj.components.core.validation.text_forms import TextForm
from falaj.components.kubernetes.cluster.keep_warm import PAUSE
from falaj.components.kubernetes.sleep.pool_sleep import PoolSleep, PoolSleepArgs

KarpenterPoolName = Annotated[
    str,
    TextForm(
        r"^[a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?$",
        "at most 63 lower-case letters, digits and dashes, first and last no dash",
        "gpu-spot",
    ),
]
"""Name of a pool: of an object in Kubernetes, and the value of a label."""

AMI_ALIAS = "al2023@v20260903"
"""A release of EKS's images for all Kubernetes versions it has (awslabs/amazon-eks-ami, releases). Each alias has the
image with NVIDIA's driver for machines with GPUs, and one for Graviton."""

AmiAlias = Annotated[
    str, TextForm(r"^al2023@v20[0-9]{6}$", "a release of EKS's images of Amazon Linux 2023", AMI_ALIAS)
]
ChartVersion = Annotated[str, TextForm(r"^1\.[0-9]+\.[0-9]+$", "a version 1.x of the charts", CHART_VERSION)]


class KarpenterArgs(OfficeHours, Args):
    """Karpenter of one cluster, and the pools that it creates nodes for."""

    region: AwsRegion
    """A region of AWS in the UAE."""
    cluster_name: Input[str]
    """Name of the EKS cluster."""
    version: KubernetesVersion
    """Kubernetes minor version, such as `1.34`."""
    node_subnet_ids: Input[Sequence[Input[str]]]
    """Subnets of the nodes: the network's output."""
    security_group_id: Input[str]
    """Security group that all nodes share: the cluster's output."""
    disk_key: Input[str]
    """ARN of the KMS key for root disks: the cluster's output."""
    egress: Choice[Egress]
    """The network's egress. With `none` Karpenter is told that it reaches AWS by private endpoints only: it then ranks
    on-demand machines by the prices of us-east-1, unless `prices` corrects them."""
    pools: Mapping[KarpenterPoolName, NodePoolSpec] = Field(min_length=1)
    """Pools by name, none of profile `system` and none that was paid in advance."""
    ami_alias: AmiAlias = AMI_ALIAS
    """Release of EKS's images of Amazon Linux 2023, `al2023@v...`. A newer one replaces all nodes, within budgets."""
    chart_version: ChartVersion = CHART_VERSION
    """Version of both charts."""
    chart_registry: Input[str] = CHARTS
    """Registry of the charts, `oci://.../karpenter`; AWS's public registry if absent."""
    image_registry: Input[str] = IMAGES
    """Registry of the image `controller`; AWS's public registry if absent."""
    pause_image: PinnedImage = PAUSE
    """Image of the pods that keep the nodes of a pool's `min`; from your own registry without egress."""
    kubectl_image: PinnedImage | None = None
    """Image of kubectl, for pools that sleep; from your own registry without egress."""
    replicas: int = Field(default=2, ge=1, le=5)
    """Controllers, one of which is active, on different nodes of profile `system`."""
    prices: bool = False
    """Whether this region's prices are given to Karpenter (NodeOverlay, an alpha feature of Karpenter)."""
    tags: CostTags
    """The mandatory cost tags, put on everything that takes tags, instances and their disks included."""

    @model_validator(mode="after")
    def _are_karpenters_pools(self) -> Self:
        refuse_if(
            problem
            for name, pool in self.pools.items()
            for problem in below(f"pools.{name}", (*pool_problems(self.region, pool), *karpenter_problems(pool)))
        )
        if any(pool.aws.sleeps for pool in self.pools.values()):
            refuse_production(self.tags)
        return self

    @property
    def regional_pools(self) -> dict[str, KarpenterPool]:
        """The pools, each with what follows from its region."""
        return {name: KarpenterPool(name, self.region, pool, self.tags) for name, pool in self.pools.items()}

    @property
    def isolated(self) -> bool:
        """Whether there is no way out of the network."""
        return self.egress is Egress.NONE

    @property
    def buys_spot(self) -> bool:
        """Whether some pool takes spot machines."""
        return any(pool.capacity in (Capacity.SPOT, Capacity.SPOT_FIRST) for pool in self.pools.values())

    def installation(self, queue: pulumi.Input[str]) -> ChartInstallation:
        """What the charts are installed with."""
        return ChartInstallation(
            self.region,
            self.cluster_name,
            queue,
            self.isolated,
            self.replicas,
            self.chart_version,
            self.chart_registry,
            self.image_registry,
            self.prices,
        )


class Karpenter(pulumi.ComponentResource):
    """Karpenter on nodes of profile `system`, with rights on machines of its own cluster only, and its node pools.

    Takes the `kubernetes` provider of the cluster from its options. Make it depend on the network, the pools of profile
    `system` and the add-ons: a destroy takes node pools first, whose nodes are drained and ended while Karpenter still
    runs, then node classes, Karpenter, its kinds of objects, and last its rights.
    """

    pool_names: pulumi.Output[Sequence[str]]
    """Names of the node pools, which are those of the pools in the arguments."""
    queue_arn: pulumi.Output[str]
    """ARN of the queue of interruptions."""
    queue_name: pulumi.Output[str]
    """Its name."""
    node_role_arn: pulumi.Output[str]
    """ARN of the IAM role of the nodes."""
    node_role_name: pulumi.Output[str]
    """Its name."""
    controller_role_arn: pulumi.Output[str]
    """ARN of the IAM role of the controller: without it no node is started."""

    def __init__(self, name: str, args: KarpenterArgs, opts: pulumi.ResourceOptions | None = None) -> None:
        args = KarpenterArgs.of(name, args)
        super().__init__("falaj:aws:Karpenter", name, {}, opts)
        child = pulumi.ResourceOptions(parent=self)
        interruption_queue = interruptions(name, args.tags, self)
        nodes = node_identity(name, args.cluster_name, args.tags, self)
        identity = Identity(args.region, args.cluster_name, not args.isolated, args.buys_spot)
        role, rights = controller_identity(name, identity, nodes.role, interruption_queue, args.tags, self)
        installation = args.installation(interruption_queue.queue.name)
        crds = definitions(name, installation, child)
        release = controller(name, installation, self, [crds, *rights, *interruption_queue.fed])
        made = node_pools(self._nodes(name, args, nodes, release), args.regional_pools)
        self._sleep(name, args, made)
        self.pool_names = pulumi.Output.from_input(list(args.pools))
        self.queue_arn, self.queue_name = interruption_queue.queue.arn, interruption_queue.queue.name
        self.node_role_arn, self.node_role_name = nodes.role.arn, nodes.role.name
        self.controller_role_arn = role.arn
        self.register_outputs(
            {
                "pool_names": self.pool_names,
                "queue_arn": self.queue_arn,
                "queue_name": self.queue_name,
                "node_role_arn": self.node_role_arn,
                "node_role_name": self.node_role_name,
                "controller_role_arn": self.controller_role_arn,
            }
        )

    def _nodes(self, name: str, args: KarpenterArgs, nodes: NodeIdentity, release: pulumi.Resource) -> Nodes:
        template = NodeTemplate(
            ami_alias=args.ami_alias,
            instance_profile=nodes.profile.name,
            subnet_ids=args.node_subnet_ids,
            security_group_id=args.security_group_id,
            disk_key=args.disk_key,
        )
        return Nodes(name, template, args, args.pause_image, args.prices, args.tags, self, [release, *nodes.ready])

    def _sleep(self, name: str, args: KarpenterArgs, made: Sequence[pulumi.Resource]) -> None:
        """The jobs that scale sleeping pools to zero and back, if there are any."""
        sleepers = {name: pool for name, pool in args.pools.items() if pool.aws.sleeps}
        if not sleepers:
            return
        PoolSleep(
            f"{name}-sleep",
            PoolSleepArgs(
                version=args.version,
                nodes={pool: spec.max for pool, spec in sleepers.items()},
                warm={pool: spec.min for pool, spec in sleepers.items() if spec.min},
                opens=args.opens,
                closes=args.closes,
                image=args.kubectl_image,
                tags=args.tags,
            ),
            pulumi.ResourceOptions(parent=self, depends_on=list(made)),
        )
