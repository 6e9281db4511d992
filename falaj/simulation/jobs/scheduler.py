"""On which ready node Kubernetes' scheduler puts a pod. Pure, but for the draw between equal nodes.

Of the default plugins (kubernetes 1.36.3, pkg/scheduler/apis/config/v1/default_plugins.go), two tell the nodes of a pool
apart, with equal weight and for vCPUs and memory: NodeResourcesFit prefers what is allocated least, and
NodeResourcesBalancedAllocation what the pod makes more even (plugins/noderesources, least_allocated.go and
balanced_allocation.go). Both count the pod itself (resource_allocation.go), so a small pod prefers an empty large node
to an empty small one. Equal nodes are drawn from (schedule_one.go, `selectHost`). Scores are not rounded here.
"""

from collections.abc import Iterable
from random import Random

from falaj.simulation.jobs.node import Node, Pod

EQUAL = 1e-9
"""Difference of scores that counts as none."""


def chosen(nodes: Iterable[Node], pod: Pod, random: Random) -> Node | None:
    """Returns a ready node with room for a pod that has the highest score; None if no node has room."""
    best: list[Node] = []
    highest = float("-inf")
    for node in nodes:
        if not node.is_ready or node.gpus < pod.gpus or not node.has_room(pod):
            continue
        own = score(node, pod)
        if own > highest + EQUAL:
            best, highest = [node], own
        elif own > highest - EQUAL:
            best.append(node)
    return random.choice(best) if len(best) > 1 else (best[0] if best else None)


def score(node: Node, pod: Pod) -> float:
    """Returns the sum of the two scores in fiftieths of the scheduler's points, less what all nodes have."""
    cpu, memory = node.cpu / node.machine.cpu, node.memory / node.machine.memory_gib
    cpu_after, memory_after = cpu - pod.cpu / node.machine.cpu, memory - pod.memory / node.machine.memory_gib
    return cpu_after + memory_after + (abs(cpu - memory) - abs(cpu_after - memory_after)) / 2
