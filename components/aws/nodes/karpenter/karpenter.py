"""Karpenter on AWS: chooses a machine for the pods that wait, node by node, from the pools it is given."""

from collections.abc import Mapping, Sequence
from typing import Annotated, Any, NotRequired, Self, TypedDict

import pulumi
from pydantic import Field, StringConstraints, model_validator

from falaj.components.aws.nodes.karpenter.charts import (
    CHART_VERSION,
    CHARTS,
    IMAGES,
    Installation,
    controller,
    definitions,
)
from falaj.components.aws.nodes.karpenter.identity import Identity, NodeIdentity, controller_identity, node_identity
from falaj.components.aws.nodes.karpenter.interruption_queue import interruptions
from falaj.components.aws.nodes.karpenter.nodes import Nodes, node_pools
from falaj.components.aws.nodes.karpenter.pools import KarpenterPool, NodePlace
from falaj.components.core.charts.images import PinnedImage
from falaj.components.core.node_pools.office_hours import OfficeHours, refuse_production
from falaj.components.core.site.specs import PoolSpec
from falaj.components.core.site.versions import KubernetesVersion
from falaj.components.core.validation.args import Passed
from falaj.components.core.validation.enums import Capacity, Egress
from falaj.components.core.validation.regions import AwsRegion
from falaj.components.core.validation.tags import CostTags
from falaj.components.kubernetes.cluster.keep_warm import PAUSE
from falaj.components.kubernetes.sleep.pool_sleep import PoolSleep, PoolSleepArgs

AMI_ALIAS = "al2023@v20260903"
"""A release of EKS's images for all Kubernetes versions it has (awslabs/amazon-eks-ami, releases). Each alias has the
image with NVIDIA's driver for machines with GPUs, and one for Graviton."""


class KarpenterArgs(TypedDict):
    """Karpenter of one cluster, and the pools it makes nodes for."""

    region: str
    """A region of AWS in the UAE."""
    cluster_name: pulumi.Input[str]
    """Name of the cluster in EKS."""
    version: str
    """Kubernetes minor version, such as `1.34`."""
    node_subnet_ids: pulumi.Input[Sequence[str]]
    """Subnets of the nodes: the network's output."""
    security_group_id: pulumi.Input[str]
    """Security group that all nodes share: the cluster's output."""
    disk_key: pulumi.Input[str]
    """ARN of the KMS key for root disks: the cluster's output."""
    egress: Egress
    """The network's way out. With `none` Karpenter is told that it reaches AWS by private endpoints only: it then ranks
    on-demand machines by the prices of us-east-1, unless `prices` corrects them."""
    pools: Mapping[str, PoolSpec]
    """Pools by name, none of profile `system` and none that was paid in advance."""
    opens: NotRequired[str]
    """When offices open, `HH:MM` in Dubai: until they close no node with pods on it is taken away; 07:00 if absent."""
    closes: NotRequired[str]
    """When they close; 19:00 if absent."""
    ami_alias: NotRequired[str]
    """Release of EKS's images of Amazon Linux 2023, `al2023@v...`. A newer one replaces all nodes, within budgets."""
    chart_version: NotRequired[str]
    """Version of both charts."""
    chart_registry: NotRequired[pulumi.Input[str]]
    """Where the charts lie, `oci://.../karpenter`; AWS's public registry if absent."""
    image_registry: NotRequired[pulumi.Input[str]]
    """Where the image `controller` lies; AWS's public registry if absent."""
    pause_image: NotRequired[str]
    """Image of the pods that keep the nodes of a pool's `min`; from your own registry where there is no way out."""
    kubectl_image: NotRequired[str]
    """Image of kubectl, for pools that sleep; from a registry of your own where there is no way out."""
    replicas: NotRequired[int]
    """Controllers, one of which works; 2 if absent, on two nodes of profile `system`."""
    prices: NotRequired[bool]
    """Whether this region's prices are given to Karpenter (NodeOverlay, an alpha feature of Karpenter)."""
    tags: Mapping[str, str]
    """The mandatory cost tags, put on everything that takes tags, machines and their disks too."""


class _Checked(OfficeHours):
    region: AwsRegion
    cluster_name: Passed[str]
    version: KubernetesVersion
    node_subnet_ids: Passed[Sequence[str]]
    security_group_id: Passed[str]
    disk_key: Passed[str]
    egress: Egress
    pools: Annotated[dict[str, KarpenterPool], Field(min_length=1)]
    ami_alias: Annotated[str, StringConstraints(pattern=r"^al2023@v20[0-9]{6}$")] = AMI_ALIAS
    chart_version: Annotated[str, StringConstraints(pattern=r"^1\.[0-9]+\.[0-9]+$")] = CHART_VERSION
    chart_registry: Passed[str] = CHARTS
    image_registry: Passed[str] = IMAGES
    pause_image: PinnedImage = PAUSE
    kubectl_image: PinnedImage | None = None
    replicas: Annotated[int, Field(ge=1, le=5)] = 2
    prices: bool = False
    tags: CostTags

    @model_validator(mode="before")
    @classmethod
    def _place_pools(cls, given: Any) -> Any:
        """A pool by itself does not say where it is, what it is called and whose it is."""
        if not isinstance(given, dict) or not isinstance(pools := given.get("pools"), Mapping):
            return given
        shared = {key: given[key] for key in ("region", "tags") if key in given}
        return {**given, "pools": {name: {**spec, "name": name, **shared} for name, spec in pools.items()}}

    @model_validator(mode="after")
    def _sleeps_only_where_it_may(self) -> Self:
        if any(pool.sleeps for pool in self.pools.values()):
            refuse_production(self.tags)
        return self

    @property
    def isolated(self) -> bool:
        """Whether there is no way out of the network."""
        return self.egress is Egress.NONE

    @property
    def buys_spot(self) -> bool:
        """Whether some pool takes spot machines."""
        return any(pool.capacity in (Capacity.SPOT, Capacity.SPOT_FIRST) for pool in self.pools.values())

    def installation(self, queue: pulumi.Input[str]) -> Installation:
        """What the charts are installed with."""
        return Installation(
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
        settings = _Checked.of(name, args)
        super().__init__("falaj:aws:Karpenter", name, {}, opts)
        child = pulumi.ResourceOptions(parent=self)
        heard = interruptions(name, settings.tags, self)
        nodes = node_identity(name, settings.cluster_name, settings.tags, self)
        who = Identity(settings.region, settings.cluster_name, not settings.isolated, settings.buys_spot)
        role, rights = controller_identity(name, who, nodes.role, heard, settings.tags, self)
        what = settings.installation(heard.queue.name)
        kinds = definitions(name, what, child)
        release = controller(name, what, self, [kinds, *rights, *heard.fed])
        made = node_pools(self._nodes(name, settings, nodes, release), settings.pools)
        self._sleep(name, settings, made)
        self.pool_names = pulumi.Output.from_input(list(settings.pools))
        self.queue_arn, self.queue_name = heard.queue.arn, heard.queue.name
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

    def _nodes(self, name: str, settings: _Checked, nodes: NodeIdentity, release: pulumi.Resource) -> Nodes:
        place = NodePlace(
            ami_alias=settings.ami_alias,
            instance_profile=nodes.profile.name,
            subnet_ids=settings.node_subnet_ids,
            security_group_id=settings.security_group_id,
            disk_key=settings.disk_key,
        )
        return Nodes(
            name, place, settings, settings.pause_image, settings.prices, settings.tags, self, [release, *nodes.ready]
        )

    def _sleep(self, name: str, settings: _Checked, made: Sequence[pulumi.Resource]) -> None:
        """The jobs that put to sleep what sleeps, if anything does."""
        sleepers = {pool: spec for pool, spec in settings.pools.items() if spec.sleeps}
        if not sleepers:
            return
        args: PoolSleepArgs = {
            "version": settings.version,
            "nodes": {pool: spec.max for pool, spec in sleepers.items()},
            "warm": {pool: spec.min for pool, spec in sleepers.items() if spec.min},
            "opens": settings.opens,
            "closes": settings.closes,
            "tags": settings.tags,
        }
        if settings.kubectl_image is not None:
            args["image"] = settings.kubectl_image
        PoolSleep(f"{name}-sleep", args, pulumi.ResourceOptions(parent=self, depends_on=list(made)))
