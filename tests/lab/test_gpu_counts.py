"""Machines with as many GPUs as a pod asks for: what the label does to Karpenter's choice (`aws.exact_gpus`).

AWS's provider of Karpenter labels its nodes by their number of GPUs (aws/karpenter-provider-aws, pkg/apis/v1/labels.go,
`LabelInstanceGPUCount`, read 2026-11-28). That of the laboratory has no such label for a machine type
(sigs.k8s.io/karpenter, kwok/cloudprovider/helpers.go: labels of its own belong on node pools). So there is a node pool
for each number here, which states the label. Karpenter tries the one with the larger machines first.
"""

from collections import Counter

import pytest

from falaj.components.core.site.rules import node_traits
from falaj.facts.regions import Cloud
from tests.lab.objects import LabNamespace, Object, label, pool
from tests.lab.test_training_run import integers
from tests.unit.components.training_sample import started

MACHINES = {1: ("g5.xlarge", "g6e.xlarge"), 4: ("g5.12xlarge",)}
"""GPUs of a machine -> types."""

RUNS = 4


def _pool(namespace: LabNamespace, gpus: int) -> Object:
    """Returns the node pool of the machines with a number of GPUs, with labels and taints of a training pool."""
    node_pool = pool(f"{namespace.name}-{gpus}", MACHINES[gpus], ["spot"])
    node_pool["spec"]["weight"] = gpus
    key = node_traits(Cloud.AWS).gpu_count_label
    assert key is not None
    template = node_pool["spec"]["template"]
    template["metadata"] = {"labels": {"falaj/profile": "training", "falaj/pool": namespace.name, key: str(gpus)}}
    template["spec"]["taints"] = [
        {"key": "falaj/profile", "value": "training", "effect": "NoSchedule"},
        {"key": "nvidia.com/gpu", "value": "true", "effect": "NoSchedule"},
    ]
    return node_pool


def _runs(namespace: LabNamespace, machine_gpus: int | None) -> list[Object]:
    """Returns runs of the component, each of one pod with one GPU."""
    place = {"namespace": namespace.name, "pool": namespace.name, "service_account": "default"}
    size = {"gpus": 1, "cpu": 3, "memory_gib": 12, "machine_gpus": machine_gpus}
    manifest = integers(started(**place, **size).inputs)
    return [{**manifest, "metadata": {**manifest["metadata"], "name": f"run-{number}"}} for number in range(RUNS)]


@pytest.mark.parametrize(("machine_gpus", "nodes"), [(None, {4: 1}), (1, {1: RUNS})], ids=["any", "exact"])
def test_runs_that_come_together_share_no_large_machine_where_they_ask_for_small_ones(
    namespace: LabNamespace, machine_gpus: int | None, nodes: dict[int, int]
) -> None:
    namespace.apply(*(_pool(namespace, gpus) for gpus in MACHINES), *_runs(namespace, machine_gpus))
    pods = namespace.wait_running(RUNS, 180)
    found = {gpus: namespace.nodes(f"{namespace.name}-{gpus}") for gpus in MACHINES}
    assert {gpus: len(there) for gpus, there in found.items() if there} == nodes
    types = Counter(label(node, "node.kubernetes.io/instance-type") for there in found.values() for node in there)
    assert {*types} <= {name for gpus in nodes for name in MACHINES[gpus]}
    names = {node["metadata"]["name"] for there in found.values() for node in there}
    assert {pod["spec"]["nodeName"] for pod in pods} == names
