"""Nodes that are there already, told what they are for: labels, taints, what they cost, and nothing else of theirs."""

from collections.abc import Mapping, Sequence

import pulumi
from pulumi_kubernetes.core.v1 import Node, NodePatch, NodeSpecPatchArgs, TaintPatchArgs
from pulumi_kubernetes.meta.v1 import ObjectMetaPatchArgs

from falaj.components.core.node_pools.profiles import Taint


def labelled_node(
    name: str,
    node: str,
    labels: Mapping[str, str],
    taints: Sequence[Taint],
    cost: Mapping[str, str],
    opts: pulumi.ResourceOptions,
) -> NodePatch:
    """A node with these labels, taints and, as annotations, cost; they go with this resource, and the node stays.

    It is read first: a server-side apply to a node that is not there would make one, a name without a machine. Taints
    are one value to the API server: where somebody else set some, the apply is refused and tells who.
    """
    found = Node.get(f"{name}-found", node, opts)
    wanted = [TaintPatchArgs(key=taint.key, value=taint.value, effect=taint.effect) for taint in taints]
    return NodePatch(
        name,
        metadata=ObjectMetaPatchArgs(name=node, labels=labels, annotations=cost),
        # Without taints of ours the list is left to others.
        spec=NodeSpecPatchArgs(taints=wanted) if wanted else None,
        opts=pulumi.ResourceOptions.merge(opts, pulumi.ResourceOptions(depends_on=[found])),
    )
