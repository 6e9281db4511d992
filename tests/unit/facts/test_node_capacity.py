"""Allocatable CPU and memory of nodes, against figures of the vendors and of real nodes; and the rows of pods."""

import pytest

from falaj.facts.node_capacity import Demand, NodeCapacity, aks_capacity, eks_capacity, nodes_needed, requested
from falaj.facts.system_pods import SystemPods, parts, pods_in, pods_of


@pytest.mark.parametrize(
    ("vcpu", "cpu_m"),
    # Karpenter, EKS User Guide and amazon-eks-ami, nodeadm/internal/kubelet/config_test.go, 2026-07-23.
    [(1, 940), (2, 1930), (4, 3920), (8, 7910), (96, 95690)],
)
def test_cpu_of_an_eks_node(vcpu: int, cpu_m: int) -> None:
    """95,690m are those of a real node with 96 vCPUs (aws-samples/aws-do-eks#48)."""
    assert eks_capacity(vcpu, 64, 110).cpu_m == cpu_m


def test_memory_of_an_eks_node_depends_on_its_pods() -> None:
    assert eks_capacity(2, 8, 110).memory_mib == int(8192 * 0.925) - 1465 - 100
    assert eks_capacity(2, 8, 29).memory_mib - eks_capacity(2, 8, 110).memory_mib == 11 * 81


@pytest.mark.parametrize(("vcpu", "cpu_m"), [(1, 940), (2, 1900), (3, 2860), (4, 3860), (16, 15740), (96, 94940)])
def test_cpu_of_an_aks_node(vcpu: int, cpu_m: int) -> None:
    assert aks_capacity(vcpu, 64, 250).cpu_m == cpu_m


def test_memory_of_an_aks_node_is_that_of_a_real_one_within_the_firmware() -> None:
    """A Standard_D2s_v7 with 250 pods had 5,927,350 KiB, of a capacity of 8,126,902 (Taliko5/travel-agent-platform)."""
    measured_mib = 5_927_350 // 1024
    assert 0.93 * measured_mib < aks_capacity(2, 8, 250).memory_mib <= measured_mib
    few = aks_capacity(2, 8, 30).memory_mib
    assert few == int(8192 * 0.925) - 650 - 100


def _pods(name: str, cpu_m: int, memory_mib: int, apart: bool = False) -> SystemPods:
    return SystemPods("part", name, 1, "", cpu_m, memory_mib, apart, "test", "2026-11-26")


NODE = NodeCapacity(1000, 1000)


@pytest.mark.parametrize(
    ("demands", "nodes"),
    [
        ([Demand(_pods("a", 500, 0), 2)], 1),
        ([Demand(_pods("a", 600, 0), 2)], 2),
        ([Demand(_pods("a", 0, 600), 3)], 3),
        ([Demand(_pods("a", 1, 1, apart=True), 3)], 3),
        ([Demand(_pods("agent", 400, 0), None), Demand(_pods("a", 600, 0), 2)], 2),
        ([Demand(_pods("agent", 400, 0), None), Demand(_pods("a", 601, 0), 1)], None),
        ([Demand(_pods("agent", 1001, 0), None)], None),
    ],
)
def test_nodes_that_pods_need(demands: list[Demand], nodes: int | None) -> None:
    assert nodes_needed(demands, NODE) == nodes


def test_agents_are_requested_on_each_node() -> None:
    demands = [Demand(_pods("agent", 100, 10), None), Demand(_pods("a", 1, 2), 2)]
    assert requested(demands, 3) == NodeCapacity(302, 34)


def test_only_a_chart_without_pods_requests_nothing_of_everything() -> None:
    empty = {part for part in parts() if not any(pods.replicas != 0 for pods in pods_of(part))}
    assert empty == {"base", "gateway-api-crds", "karpenter-crd"}


def test_requests_are_written_as_kubernetes_does() -> None:
    assert pods_in("karpenter", "controller").requests == {"cpu": "500m", "memory": "1Gi"}
    assert pods_in("keda", "operator").requests == {"cpu": "100m", "memory": "500Mi"}
