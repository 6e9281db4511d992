"""The free room of nodes for the pods of another one. It holds for a moment in which no pod comes or goes."""

from collections.abc import Sequence
from dataclasses import dataclass
from math import inf

from falaj.simulation.jobs.node import ROOM, Node, Pod


@dataclass(frozen=True, slots=True)
class _Nodes:
    """The nodes with some free GPUs, and the most vCPUs and GiB that any of them has free."""

    nodes: Sequence[Node]
    cpu: float
    memory: float


class FreeRoom:
    """Nodes that may be filled, by the GPUs for which they have room: most of a busy pool's have none left."""

    def __init__(self, nodes: Sequence[Node]) -> None:
        self.nodes = nodes
        self._with_gpus: dict[int, _Nodes] = {}

    def may_take(self, pod: Pod) -> bool:
        """Returns False only if certainly no node has room for a pod."""
        found = self._for(pod)
        return found.cpu + ROOM >= pod.cpu and found.memory + ROOM >= pod.memory

    def takes_pods_of(self, node: Node) -> bool:
        """Returns whether the other nodes have room for all pods of a node, if each takes the first that has."""
        if not any(other.has_room(node.largest) for other in self._for(node.largest).nodes if other is not node):
            return False
        free: dict[Node, tuple[float, float, float]] = {}
        for pod in sorted(node.pods, key=lambda pod: (-pod.cpu, -pod.memory)):
            for other in self._for(pod).nodes:
                gpus, cpu, memory = free.get(other) or (other.gpus, other.cpu, other.memory)
                has_room = gpus + ROOM >= pod.gpus and cpu + ROOM >= pod.cpu and memory + ROOM >= pod.memory
                if has_room and other is not node and other.has_room(pod):
                    free[other] = (gpus - pod.gpus, cpu - pod.cpu, memory - pod.memory)
                    break
            else:
                return False
        return True

    def _for(self, pod: Pod) -> _Nodes:
        """Returns the nodes with as many free GPUs as a pod asks for."""
        found = self._with_gpus.get(pod.gpus)
        if found is None:
            nodes = [node for node in self.nodes if node.gpus >= pod.gpus]
            cpu = max((node.cpu for node in nodes), default=-inf)
            memory = max((node.memory for node in nodes), default=-inf)
            found = self._with_gpus[pod.gpus] = _Nodes(nodes, cpu, memory)
        return found
