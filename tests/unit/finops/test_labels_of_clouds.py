"""Pods that select nodes by labels that the cloud, its autoscaler or NVIDIA's operator sets.

Sources (read 2026-11-27): Karpenter, Scheduling, well-known labels; EKS User Guide, Managed node groups; AKS, Use
labels, reserved system labels; NVIDIA GPU feature discovery, generated labels.
"""

from typing import Any

import pytest

from falaj.finops.lines import Line
from tests.unit.finops.plans import AWS_NETWORK, TAGS, Row, agent_pool, karpenter_pool, plan, priced
from tests.unit.finops.work_plans import deployment, pod

H100 = "Standard_NC40ads_H100_v5"
AKS = agent_pool("gpu", H100, 0, 4, agentPoolName="gpupool", mode="User")
KARPENTER = karpenter_pool("gpu", ["g6.xlarge", "g5.xlarge"], limits={"nodes": "4"})
CPU_KARPENTER = karpenter_pool("cpu", ["c5.4xlarge", "m5.4xlarge"], limits={"nodes": "4"})
EKS = (
    "aws:eks/nodeGroup:NodeGroup",
    "uae-group",
    {
        "instanceTypes": ["m5.4xlarge"],
        "nodeGroupName": "uae-work",
        "scalingConfig": {"minSize": 0, "desiredSize": 0, "maxSize": 4},
        "tags": TAGS,
    },
)


def machines(pool: Row, template: dict[str, Any]) -> tuple[list[Line], list[str]]:
    """Returns the lines of machines that run, and the warnings of pods without room."""
    usage = "profiles: {'': {load: 0}, training: {load: 0}, inference-gpu: {load: 0}}"
    estimate = priced(plan(AWS_NETWORK, pool, deployment("work", 1, template)), usage)
    lines = [line for line in estimate.lines if line.charge.service == "machine" and line.charge.quantity.expected]
    return lines, [text for text in estimate.warnings if "find no room" in text]


@pytest.mark.parametrize(
    ("pool", "selector", "gpus"),
    [
        (AKS, {"agentpool": "gpupool"}, 1),
        (AKS, {"kubernetes.azure.com/agentpool": "gpupool"}, 1),
        (AKS, {"kubernetes.azure.com/mode": "user"}, 1),
        (AKS, {"kubernetes.azure.com/accelerator": "nvidia"}, 1),
        (AKS, {"nvidia.com/gpu.product": "NVIDIA-H100-NVL"}, 1),
        (AKS, {"nvidia.com/gpu.present": "true"}, 1),
        (KARPENTER, {"nvidia.com/gpu.memory": "23034"}, 1),
        (KARPENTER, {"karpenter.sh/nodepool": "gpu"}, 1),
        (KARPENTER, {"karpenter.k8s.aws/instance-gpu-name": "l4"}, 1),
        (CPU_KARPENTER, {"karpenter.k8s.aws/instance-family": "m5", "karpenter.k8s.aws/instance-size": "4xlarge"}, 0),
        (EKS, {"eks.amazonaws.com/nodegroup": "uae-work"}, 0),
        (EKS, {"eks.amazonaws.com/capacityType": "ON_DEMAND"}, 0),
    ],
)
def test_pods_find_the_pool(pool: Row, selector: dict[str, str], gpus: int) -> None:
    template = pod("2", "4Gi", gpus, nodeSelector=selector)
    lines, pending = machines(pool, template)
    assert not pending
    assert sum(line.charge.quantity.expected for line in lines) == 730


@pytest.mark.parametrize(
    ("pool", "selector"),
    [
        (AKS, {"agentpool": "other"}),
        (AKS, {"kubernetes.azure.com/mode": "system"}),
        (KARPENTER, {"karpenter.sh/nodepool": "cpu"}),
        (KARPENTER, {"karpenter.k8s.aws/instance-gpu-name": "h100"}),
        (CPU_KARPENTER, {"karpenter.k8s.aws/instance-family": "r5"}),
        (CPU_KARPENTER, {"nvidia.com/gpu.product": "NVIDIA-L4"}),
        (CPU_KARPENTER, {"kubernetes.azure.com/agentpool": "cpu"}),
        (EKS, {"eks.amazonaws.com/nodegroup": "other"}),
        (EKS, {"karpenter.k8s.aws/instance-family": "m5"}),
    ],
)
def test_pods_that_select_others_find_no_room(pool: Row, selector: dict[str, str]) -> None:
    assert machines(pool, pod("2", "4Gi", nodeSelector=selector))[1]


def test_the_type_is_the_selected_one() -> None:
    selector = {"karpenter.k8s.aws/instance-family": "m5"}
    lines, _ = machines(CPU_KARPENTER, pod("2", "4Gi", nodeSelector=selector))
    assert [line.charge.machine for line in lines] == ["m5.4xlarge"]


def affinity(key: str, operator: str, values: list[str]) -> dict[str, Any]:
    terms = [{"matchExpressions": [{"key": key, "operator": operator, "values": values}]}]
    return {"nodeAffinity": {"requiredDuringSchedulingIgnoredDuringExecution": {"nodeSelectorTerms": terms}}}


@pytest.mark.parametrize(("operator", "finds"), [("Exists", True), ("In", True), ("Gt", True), ("DoesNotExist", False)])
def test_labels_of_gpus_are_possible_on_machines_with_gpus(operator: str, finds: bool) -> None:
    template = pod("2", "4Gi", 1, affinity=affinity("nvidia.com/gpu.memory", operator, ["20000"]))
    assert bool(machines(KARPENTER, template)[1]) is not finds
