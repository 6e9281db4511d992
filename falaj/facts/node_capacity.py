"""What is left of a machine for pods, and how many equal nodes some pods need. CPU is in millicores, memory in MiB."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import pairwise

from falaj.facts.system_pods import SystemPods

EVICTION_MIB = 100
"""Memory that the kubelet keeps free before it evicts pods (amazon-eks-ami, nodeadm/internal/kubelet/config.go,
2026-07-23; azure-aks-docs, node-resource-reservations.md, 2026-06-11)."""

KEPT_STORAGE = Decimal("0.1")
"""Share of a node's disk that the kubelet keeps free before it evicts pods (Kubernetes, Node-pressure eviction, default
of nodefs.available; Karpenter's provider for AWS, instancetype/types.go; 2026-11-27)."""

OVERHEAD = 0.075
"""Share of a machine's memory that its firmware and kernel keep: what Karpenter assumes of a type that it has not yet
launched (karpenter-provider-aws, settings.md, VM_MEMORY_OVERHEAD_PERCENT, 2026-08-21)."""

MAX_NODES = 100
"""More nodes than any system pool has."""


@dataclass(frozen=True, slots=True)
class NodeCapacity:
    """CPU and memory of one node that pods can request."""

    cpu_m: int
    memory_mib: int


EKS_CPU = ((0, 0.06), (1000, 0.01), (2000, 0.005), (4000, 0.0025))
"""Millicores from which a share of the CPU is reserved -> share (amazon-eks-ami, nodeadm/internal/kubelet/config.go,
getCPUMillicoresToReserve, 2026-07-23)."""

AKS_CPU = ((1, 60), (2, 100), (4, 140), (8, 180), (16, 260), (32, 420), (64, 740))
"""vCPUs -> reserved millicores (azure-aks-docs, node-resource-reservations.md, 2026-06-11)."""


def eks_capacity(vcpu: int, memory_gib: float, pods: int) -> NodeCapacity:
    """Returns the allocatable CPU and memory of an EKS node with Amazon Linux 2023 for a maximum number of pods."""
    total = vcpu * 1000
    ranges = pairwise((*EKS_CPU, (max(total, EKS_CPU[-1][0]), 0)))
    reserved = sum(max(0, min(total, end) - start) * share for (start, share), (end, _) in ranges)
    return NodeCapacity(int(total - reserved), int(_usable_mib(memory_gib) - (11 * pods + 255) - EVICTION_MIB))


def aks_capacity(vcpu: int, memory_gib: float, pods: int) -> NodeCapacity:
    """Returns the allocatable CPU and memory of an AKS node of Kubernetes 1.29 or later for a maximum number of
    pods."""
    cores, most = AKS_CPU[-1]
    # Ten more for each core beyond the table, as between its last two rows.
    reserved = next((millicores for count, millicores in AKS_CPU if vcpu <= count), most + 10 * (vcpu - cores))
    reserved_mib = min(20 * pods + 50, 0.25 * memory_gib * 1024)
    return NodeCapacity(vcpu * 1000 - reserved, int(_usable_mib(memory_gib) - reserved_mib - EVICTION_MIB))


OWN_AGENTS = NodeCapacity(500, 2048)
"""What agents of the network, of storage and of GPUs are assumed to request of a machine of one's own: no source."""


def own_capacity(vcpu: int, memory_gib: float) -> NodeCapacity:
    """Returns the CPU and memory that workloads can request of a machine of one's own. The kubelet reserves nothing for
    Kubernetes by default (Kubernetes, Reserve Compute Resources for System Daemons, 2026-11-28)."""
    memory_mib = memory_gib * 1024 - EVICTION_MIB - OWN_AGENTS.memory_mib
    return NodeCapacity(vcpu * 1000 - OWN_AGENTS.cpu_m, int(memory_mib))


def _usable_mib(memory_gib: float) -> float:
    return memory_gib * 1024 * (1 - OVERHEAD)


@dataclass(frozen=True, slots=True)
class Demand:
    """Pods of a cluster with their number of replicas; None for one on each node."""

    pods: SystemPods
    replicas: int | None


@dataclass
class _Node:
    cpu_m: int
    memory_mib: int
    has: set[tuple[str, str]]

    def takes(self, pods: SystemPods) -> bool:
        key = (pods.part, pods.pods)
        if pods.cpu_m > self.cpu_m or pods.memory_mib > self.memory_mib or (pods.apart and key in self.has):
            return False
        self.cpu_m -= pods.cpu_m
        self.memory_mib -= pods.memory_mib
        self.has.add(key)
        return True


def requested(demands: Sequence[Demand], nodes: int) -> NodeCapacity:
    """Returns the sum of the requests on a number of nodes."""
    counts = [(demand.pods, nodes if demand.replicas is None else demand.replicas) for demand in demands]
    return NodeCapacity(
        sum(pods.cpu_m * count for pods, count in counts), sum(pods.memory_mib * count for pods, count in counts)
    )


def nodes_needed(demands: Sequence[Demand], capacity: NodeCapacity) -> int | None:
    """Returns the fewest equal nodes on which all pods run, each on the first node with room, the largest first; None
    if not even `MAX_NODES` are enough."""
    return next((count for count in range(1, MAX_NODES + 1) if _fit(demands, capacity, count)), None)


def _fit(demands: Sequence[Demand], capacity: NodeCapacity, count: int) -> bool:
    agents = requested([demand for demand in demands if demand.replicas is None], 1)
    room = NodeCapacity(capacity.cpu_m - agents.cpu_m, capacity.memory_mib - agents.memory_mib)
    if room.cpu_m < 0 or room.memory_mib < 0:
        return False
    nodes = [_Node(room.cpu_m, room.memory_mib, set()) for _ in range(count)]
    pods = [demand.pods for demand in demands for _ in range(demand.replicas or 0)]
    pods.sort(key=lambda each: max(each.cpu_m / capacity.cpu_m, each.memory_mib / capacity.memory_mib), reverse=True)
    return all(any(node.takes(each) for node in nodes) for each in pods)
