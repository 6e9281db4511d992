"""Kubernetes objects of Karpenter's pools: an EC2NodeClass and a NodePool each, and the pods that keep `min` nodes."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import pulumi
from pulumi_kubernetes.apiextensions import CustomResource

from falaj.components.aws.nodes.karpenter.pools import (
    NODE_CLASS,
    NODE_POOL,
    KarpenterPool,
    NodeTemplate,
    node_class,
    node_pool,
)
from falaj.components.aws.nodes.karpenter.prices import overlays
from falaj.components.core.node_pools.office_hours import OfficeHours
from falaj.components.kubernetes.cluster.keep_warm import keep_warm, warm_namespace

DRAIN_TIMEOUT = pulumi.CustomTimeouts(delete="60m")
"""Timeout for deletion: a pool is deleted once its nodes are, and a node once its pods have left."""


@dataclass(frozen=True)
class NodePoolContext:
    """Settings that all pools share. `after` lists the resources that must exist as long as there are nodes, including
    Karpenter itself."""

    name: str
    template: NodeTemplate
    hours: OfficeHours
    pause_image: pulumi.Input[str]
    prices: bool
    tags: Mapping[str, str]
    parent: pulumi.Resource
    after: Sequence[pulumi.Resource]


def node_pools(context: NodePoolContext, pools: Mapping[str, KarpenterPool]) -> list[pulumi.Resource]:
    """Creates the objects of all pools, and returns them."""
    price_overlays = (
        overlays(context.name, pools, context.tags, context.parent, context.after) if context.prices else []
    )
    created: dict[str, pulumi.Resource] = {
        name: _node_pool(context, pool, price_overlays) for name, pool in pools.items()
    }
    warm_pools = {name: pool for name, pool in pools.items() if pool.spec.min}
    if not warm_pools:
        return list(created.values())
    warm_namespace_objects = warm_namespace(f"{context.name}-warm", context.tags, context.parent, list(context.after))
    return [
        *created.values(),
        *(_keep_warm(context, pool, [created[name], *warm_namespace_objects]) for name, pool in warm_pools.items()),
    ]


def _node_pool(
    context: NodePoolContext, pool: KarpenterPool, price_overlays: Sequence[pulumi.Resource]
) -> CustomResource:
    metadata = {"name": pool.name, "labels": pool.tags}
    node_class_object = CustomResource(
        f"{context.name}-class-{pool.name}",
        api_version=NODE_CLASS,
        kind="EC2NodeClass",
        metadata=metadata,
        spec=node_class(pool, context.template),
        opts=pulumi.ResourceOptions(
            parent=context.parent, depends_on=list(context.after), custom_timeouts=DRAIN_TIMEOUT
        ),
    )
    return CustomResource(
        f"{context.name}-pool-{pool.name}",
        api_version=NODE_POOL,
        kind="NodePool",
        metadata=metadata,
        spec=node_pool(pool, context.hours),
        opts=pulumi.ResourceOptions(
            parent=context.parent,
            depends_on=[node_class_object, *price_overlays],
            custom_timeouts=DRAIN_TIMEOUT,
            # The jobs of the sleep schedule change the limit of a pool that sleeps.
            ignore_changes=["spec.limits.nodes"] if pool.spec.aws.sleeps else None,
        ),
    )


def _keep_warm(context: NodePoolContext, pool: KarpenterPool, after: Sequence[pulumi.Resource]) -> pulumi.Resource:
    return keep_warm(
        f"{context.name}-warm-{pool.name}",
        pool.name,
        pool.spec.min,
        pool.taints,
        pool.tags,
        context.pause_image,
        pulumi.ResourceOptions(
            parent=context.parent,
            depends_on=list(after),
            ignore_changes=["spec.replicas"] if pool.spec.aws.sleeps else None,
        ),
    )
