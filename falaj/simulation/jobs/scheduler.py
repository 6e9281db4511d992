"""Which waiting pod Kubernetes' scheduler tries first, and on which ready node it puts it. Draws between equal nodes.

Karpenter starts a machine because of a pod, but keeps no room on it: what the scheduler tries first gets it. A pod that
found no node backs off for 1, 2, 4, 8 and then 10 seconds. What frees room lets all waiting pods be tried: those that
have backed off by their last attempt, then the others by the end of their backoff, in whole seconds (kubernetes 1.36.3,
pkg/scheduler/backend/queue, backoff_queue.go, active_queue.go `unlockedPop`; feature SchedulerPopFromBackoffQ). So
small pods that have just come often take a machine that was started for a large one, which waits for another.

Of the default plugins (pkg/scheduler/apis/config/v1/default_plugins.go), two tell the nodes of a pool apart, with equal
weight and for vCPUs and memory: NodeResourcesFit prefers what is allocated least, and NodeResourcesBalancedAllocation
what the pod makes more even (plugins/noderesources, least_allocated.go and balanced_allocation.go). Both count the pod
itself (resource_allocation.go), so a small pod prefers an empty large node to an empty small one. Equal nodes are drawn
from (schedule_one.go, `selectHost`). Scores are not rounded here.
"""

from collections.abc import Iterable
from math import floor
from random import Random

from falaj.simulation.jobs.node import Node, Pod

EQUAL = 1e-9
"""Difference of scores that counts as none."""

FIRST_BACKOFF_SECONDS, LONGEST_BACKOFF_SECONDS = 1.0, 10.0
"""Defaults of `podInitialBackoffSeconds` and `podMaxBackoffSeconds` (pkg/scheduler/apis/config/v1/defaults.go)."""


def failed(pod: Pod, now: float) -> None:
    """Notes that no node had room for a pod."""
    pod.attempts += 1
    pod.tried_at = now


def in_turn(pods: Iterable[Pod], now: float) -> list[Pod]:
    """Returns waiting pods in the order in which they are tried."""

    def turn(pod: Pod) -> tuple[float, float]:
        backoff = min(FIRST_BACKOFF_SECONDS * 2 ** min(pod.attempts - 1, 10), LONGEST_BACKOFF_SECONDS)
        until = floor(pod.tried_at + backoff)
        return (until if until >= floor(now) else 0.0, pod.tried_at)

    return sorted(pods, key=turn)


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
