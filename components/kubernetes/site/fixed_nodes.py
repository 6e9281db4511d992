"""Labels, taints and cost annotations of existing nodes. Other fields of the nodes are not managed."""

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
    """Patches labels, taints and cost annotations of an existing node. Deleting the patch keeps the node.

    The node is read first, because a server-side apply to a missing node would create a Node object without a machine.
    The API server treats the list of taints as a single value: if another field manager owns it, the apply fails with a
    conflict that names the manager.
    """
    existing = Node.get(f"{name}-found", node, opts)
    taint_args = [TaintPatchArgs(key=taint.key, value=taint.value, effect=taint.effect) for taint in taints]
    return NodePatch(
        name,
        metadata=ObjectMetaPatchArgs(name=node, labels=labels, annotations=cost),
        # Without taints, the list is not managed.
        spec=NodeSpecPatchArgs(taints=taint_args) if taint_args else None,
        opts=pulumi.ResourceOptions.merge(opts, pulumi.ResourceOptions(depends_on=[existing])),
    )
