"""The objects from which Karpenter makes nodes: for each pool a class and a pool, and what keeps its minimum."""

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

DRAINING = pulumi.CustomTimeouts(delete="60m")
"""A pool is gone when its nodes are, and those when their pods have left."""


@dataclass(frozen=True)
class Nodes:
    """What all pools share: `after` is what must stand as long as there are nodes, Karpenter itself among it."""

    name: str
    template: NodeTemplate
    hours: OfficeHours
    pause_image: str
    prices: bool
    tags: Mapping[str, str]
    parent: pulumi.Resource
    after: Sequence[pulumi.Resource]


def node_pools(of: Nodes, pools: Mapping[str, KarpenterPool]) -> list[pulumi.Resource]:
    """All that the pools are made of."""
    priced = overlays(of.name, pools, of.tags, of.parent, of.after) if of.prices else []
    made: dict[str, pulumi.Resource] = {name: _node_pool(of, pool, priced) for name, pool in pools.items()}
    warm = {name: pool for name, pool in pools.items() if pool.spec.min}
    if not warm:
        return list(made.values())
    shared = warm_namespace(f"{of.name}-warm", of.tags, of.parent, list(of.after))
    return [*made.values(), *(_warm(of, pool, [made[name], *shared]) for name, pool in warm.items())]


def _node_pool(of: Nodes, pool: KarpenterPool, priced: Sequence[pulumi.Resource]) -> CustomResource:
    metadata = {"name": pool.name, "labels": pool.tags}
    machines = CustomResource(
        f"{of.name}-class-{pool.name}",
        api_version=NODE_CLASS,
        kind="EC2NodeClass",
        metadata=metadata,
        spec=node_class(pool, of.template),
        opts=pulumi.ResourceOptions(parent=of.parent, depends_on=list(of.after), custom_timeouts=DRAINING),
    )
    return CustomResource(
        f"{of.name}-pool-{pool.name}",
        api_version=NODE_POOL,
        kind="NodePool",
        metadata=metadata,
        spec=node_pool(pool, of.hours),
        opts=pulumi.ResourceOptions(
            parent=of.parent,
            depends_on=[machines, *priced],
            custom_timeouts=DRAINING,
            # What sleeps has its limit written by the clock.
            ignore_changes=["spec.limits.nodes"] if pool.spec.aws.sleeps else None,
        ),
    )


def _warm(of: Nodes, pool: KarpenterPool, after: Sequence[pulumi.Resource]) -> pulumi.Resource:
    return keep_warm(
        f"{of.name}-warm-{pool.name}",
        pool.name,
        pool.spec.min,
        pool.taints,
        pool.tags,
        of.pause_image,
        pulumi.ResourceOptions(
            parent=of.parent, depends_on=list(after), ignore_changes=["spec.replicas"] if pool.spec.aws.sleeps else None
        ),
    )
