"""Karpenter on AWS, which launches single nodes of the given pools for pending pods."""

from collections.abc import Mapping, Sequence
from typing import Annotated, ClassVar, Self

import pulumi
from pydantic import Field, model_validator

from falaj.components.aws.nodes.karpenter.charts import (
    CHARTS,
    IMAGES,
    ChartInstallation,
    controller_release,
    crds_release,
)
from falaj.components.aws.nodes.karpenter.identity import (
    ControllerSettings,
    NodeIdentity,
    controller_identity,
    node_identity,
)
from falaj.components.aws.nodes.karpenter.interruption_queue import create_interruption_queue
from falaj.components.aws.nodes.karpenter.nodes import NodePoolContext, node_pools
from falaj.components.aws.nodes.karpenter.pools import KarpenterPool, NodeTemplate
from falaj.components.aws.nodes.proxy import multipart_user_data, proxy_variables
from falaj.components.aws.regional import RegionalComponent
from falaj.components.core.accounts.aws_accounts import RoleArn
from falaj.components.core.charts.images import PinnedImage
from falaj.components.core.node_pools.checks import pool_problems
from falaj.components.core.node_pools.karpenter_checks import eks_problems
from falaj.components.core.node_pools.office_hours import OfficeHours, refuse_production
from falaj.components.core.node_pools.spec import NodePoolSpec
from falaj.components.core.node_pools.system_capacity import ControllerReplicas
from falaj.components.core.site.aws_proxy import EksProxySpec
from falaj.components.core.site.aws_releases import AMI_ALIAS, KARPENTER_VERSION, AmiAlias, KarpenterVersion
from falaj.components.core.site.versions import KubernetesVersion
from falaj.components.core.validation.args import Args, Choice, Input
from falaj.components.core.validation.enums import Capacity, Egress
from falaj.components.core.validation.problems import below, refuse_if
from falaj.components.core.validation.regions import AwsRegion
from falaj.components.core.validation.set_once import set_once
from falaj.components.core.validation.tags import CostTags
from falaj.components.core.validation.text_forms import TextForm
from falaj.components.kubernetes.cluster.keep_warm import PAUSE
from falaj.components.kubernetes.sleep.pool_sleep import PoolSleep, PoolSleepArgs
from falaj.facts.system_pods import USUAL

KarpenterPoolName = Annotated[
    str,
    TextForm(
        r"^[a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?$",
        "at most 63 lower-case letters, digits and dashes, first and last no dash",
        "gpu-spot",
    ),
]
"""Name of a pool, used as the name of Kubernetes objects and as the value of a label."""


class KarpenterArgs(OfficeHours, Args):
    """Karpenter of one EKS cluster, and its node pools."""

    moved_keys: ClassVar[Mapping[str, str]] = {"version": "kubernetes_version"}

    region: AwsRegion = set_once("regions.aws")
    """AWS region in the UAE, such as `me-central-1`."""
    cluster_name: Input[str]
    """Name of the EKS cluster."""
    kubernetes_version: Input[KubernetesVersion]
    """Kubernetes minor version, such as `1.36`."""
    node_subnet_ids: Input[Sequence[Input[str]]]
    """IDs of the node subnets: output `node_subnet_ids` of `Network`."""
    security_group_id: Input[str]
    """ID of the security group that all nodes share: output `security_group_id` of `Cluster`."""
    disk_key: Input[str]
    """ARN of the KMS key for root disks: output `disk_key` of `Cluster`."""
    egress: Choice[Egress]
    """Egress of the network. With `none`, Karpenter is configured to reach AWS through private endpoints only: it then
    ranks on-demand machines by the prices of us-east-1, unless `prices` is true."""
    pools: Mapping[KarpenterPoolName, NodePoolSpec] = Field(min_length=1)
    """Node pools by name, at least one. Profile `system`, and capacity `reserved` and `capacity-block`, are not
    allowed: they need a managed node group."""
    node_role: Input[RoleArn] | None = None
    """ARN of an existing IAM role of the nodes, whose policies are its owner's. Default: a role is created."""
    ami_alias: Input[AmiAlias] = AMI_ALIAS
    """Release of EKS's Amazon Linux 2023 AMIs, `al2023@v...`. A newer release replaces all nodes, within their
    disruption budgets."""
    chart_version: Input[KarpenterVersion] = KARPENTER_VERSION
    """Version of both Helm charts, `1.x.y`."""
    chart_registry: Input[str] = CHARTS
    """Registry of the charts, `oci://.../karpenter`. Default: AWS's public registry."""
    image_registry: Input[str] = IMAGES
    """Registry of the image `controller`. Default: AWS's public registry."""
    pause_image: Input[PinnedImage] = PAUSE
    """Image of the placeholder pods that keep a pool's `min` nodes running. Without egress, use an image in your own
    registry."""
    kubectl_image: Input[PinnedImage] | None = None
    """Image of kubectl, for the jobs of pools that sleep outside office hours. Without egress, use an image in your own
    registry."""
    replicas: Input[ControllerReplicas] = USUAL
    """Number of controller replicas, 1 to 5, on different nodes of profile `system`. One of them is active. Default:
    2."""
    prices: bool = False
    """Whether this region's prices are given to Karpenter as NodeOverlays, an alpha feature of Karpenter. Default:
    false."""
    proxy: EksProxySpec | None = None
    """Proxy and additional certificates of the nodes, and proxy of the controller. A change replaces the nodes.
    Default: none."""
    tags: CostTags = set_once("tags")
    """Mandatory cost tags, applied to every resource that supports tags, including instances and their disks."""

    @model_validator(mode="after")
    def _check_pools(self) -> Self:
        refuse_if(
            problem
            for name, pool in self.pools.items()
            for problem in below(f"pools.{name}", (*pool_problems(self.region, pool), *eks_problems(pool)))
        )
        if any(pool.aws.sleeps for pool in self.pools.values()):
            refuse_production(self.tags)
        return self

    @property
    def regional_pools(self) -> dict[str, KarpenterPool]:
        """Returns the pools, each with the properties that depend on its region."""
        return {name: KarpenterPool(name, self.region, pool, self.tags) for name, pool in self.pools.items()}

    @property
    def isolated(self) -> bool:
        """Returns whether the network has no egress."""
        return self.egress is Egress.NONE

    @property
    def buys_spot(self) -> bool:
        """Returns whether any pool uses spot machines."""
        return any(pool.capacity in (Capacity.SPOT, Capacity.SPOT_FIRST) for pool in self.pools.values())

    def installation(self, queue: pulumi.Input[str]) -> ChartInstallation:
        """Returns the settings of the chart installation."""
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
            proxy_variables(self.proxy, self.region),
        )


class Karpenter(RegionalComponent):
    """Karpenter on nodes of profile `system`, with permissions on machines of its own cluster only, and its node pools.

    The component uses the `kubernetes` provider of the cluster from its options. Make it depend on the network, the
    pools of profile `system` and the add-ons. A destroy deletes the node pools first, whose nodes are drained and
    terminated while Karpenter still runs, then the node classes, Karpenter, its CRDs, and finally its permissions.
    """

    pool_names: pulumi.Output[Sequence[str]]
    """Names of the Karpenter node pools, which are those of the pools in the arguments."""
    queue_arn: pulumi.Output[str]
    """ARN of the SQS queue of interruption events."""
    queue_name: pulumi.Output[str]
    """Name of the SQS queue of interruption events."""
    node_role_arn: pulumi.Output[str]
    """ARN of the IAM role of the nodes."""
    node_role_name: pulumi.Output[str]
    """Name of the IAM role of the nodes."""
    controller_role_arn: pulumi.Output[str]
    """ARN of the IAM role of the controller, without which no node can be started."""

    def __init__(self, name: str, args: KarpenterArgs, opts: pulumi.ResourceOptions | None = None) -> None:
        args = KarpenterArgs.of(name, args)
        super().__init__("falaj:aws:Karpenter", name, args.region, opts)
        child = pulumi.ResourceOptions(parent=self)
        interruption_queue = create_interruption_queue(name, args.tags, self)
        nodes = node_identity(name, args.cluster_name, args.node_role, args.tags, self)
        controller_settings = ControllerSettings(args.region, args.cluster_name, not args.isolated, args.buys_spot)
        role, identity = controller_identity(
            name, controller_settings, nodes.role_arn, interruption_queue, args.tags, self
        )
        installation = args.installation(interruption_queue.queue.name)
        crds = crds_release(name, installation, child)
        release = controller_release(name, installation, self, [crds, identity, *interruption_queue.targets])
        pool_resources = node_pools(self._context(name, args, nodes, release), args.regional_pools)
        self._sleep(name, args, pool_resources)
        self.pool_names = pulumi.Output.from_input(list(args.pools))
        self.queue_arn, self.queue_name = interruption_queue.queue.arn, interruption_queue.queue.name
        self.node_role_arn, self.node_role_name = nodes.role_arn, nodes.role_name
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

    def _context(
        self, name: str, args: KarpenterArgs, nodes: NodeIdentity, release: pulumi.Resource
    ) -> NodePoolContext:
        template = NodeTemplate(
            ami_alias=args.ami_alias,
            instance_profile=nodes.profile.name,
            subnet_ids=args.node_subnet_ids,
            security_group_id=args.security_group_id,
            disk_key=args.disk_key,
            user_data=multipart_user_data(args.proxy, args.region),
        )
        return NodePoolContext(
            name, template, args, args.pause_image, args.prices, args.tags, self, [release, *nodes.ready]
        )

    def _sleep(self, name: str, args: KarpenterArgs, pool_resources: Sequence[pulumi.Resource]) -> None:
        """Creates the jobs that scale sleeping pools to zero and back, if there are such pools."""
        sleeping_pools = {name: pool for name, pool in args.pools.items() if pool.aws.sleeps}
        if not sleeping_pools:
            return
        PoolSleep(
            f"{name}-sleep",
            PoolSleepArgs(
                kubernetes_version=args.kubernetes_version,
                nodes={pool: spec.max for pool, spec in sleeping_pools.items()},
                warm={pool: spec.min for pool, spec in sleeping_pools.items() if spec.min},
                opens=args.opens,
                closes=args.closes,
                image=args.kubectl_image,
                tags=args.tags,
            ),
            pulumi.ResourceOptions(parent=self, depends_on=list(pool_resources)),
        )
