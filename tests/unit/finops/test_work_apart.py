"""What keeps pods apart beside plain anti-affinity: host ports, and label keys of anti-affinity terms; and devices that
pods ask for without a request.
"""

from typing import Any

import pytest

from tests.unit.finops.plans import AWS_NETWORK, Row, plan, priced
from tests.unit.finops.test_work_nodes import QUIET, gpu_pool, nodes
from tests.unit.finops.work_plans import deployment, of_kind, pod

LABELS = {"app": "web", "version": "1"}


def with_ports(name: str, replicas: int, *ports: dict[str, Any], **spec: Any) -> Row:
    template = pod("100m", labels={"app": name}, **spec)
    template["spec"]["containers"][0]["ports"] = list(ports)
    return deployment(name, replicas, template)


def needed(*rows: Row) -> tuple[float, float]:
    least, expected, _ = nodes(gpu_pool(most=16), *rows, usage=QUIET)
    return least, expected


PORT = {"containerPort": 8080, "hostPort": 80}


@pytest.mark.parametrize(
    ("rows", "expected"),
    [
        # kubernetes v1.36.3, scheduler plugin NodePorts: a port of a protocol once on each node; with `hostNetwork` the
        # ports of containers are host ports (pkg/apis/core/v1/defaults.go, defaultHostNetworkPorts).
        ([with_ports("a", 4, PORT)], 4),
        ([with_ports("a", 4, {"containerPort": 80}, hostNetwork=True)], 4),
        ([with_ports("a", 4, {"containerPort": 80})], 1),
        ([with_ports("a", 2, PORT), with_ports("b", 2, PORT)], 4),
        ([with_ports("a", 2, PORT), with_ports("b", 2, PORT | {"hostPort": 81})], 2),
        ([with_ports("a", 2, PORT), with_ports("b", 2, PORT | {"protocol": "UDP"})], 2),
        ([with_ports("a", 2, PORT), deployment("c", 3, pod("100m"))], 2),
    ],
)
def test_a_host_port_is_used_once_on_a_node(rows: list[Row], expected: int) -> None:
    assert needed(*rows)[1] == expected


def test_pods_with_a_host_port_are_in_the_minimum() -> None:
    assert needed(with_ports("a", 4, PORT)) == (4, 4)


def anti_affine(replicas: int, **keys: list[str]) -> Row:
    term = {"topologyKey": "kubernetes.io/hostname", "labelSelector": {"matchLabels": {"app": "web"}}, **keys}
    rule = {"podAntiAffinity": {"requiredDuringSchedulingIgnoredDuringExecution": [term]}}
    return deployment("web", replicas, pod("100m", labels=LABELS, affinity=rule))


@pytest.mark.parametrize(
    ("keys", "expected"),
    [
        # The same, pkg/registry/core/pod/strategy.go, applyMatchLabelKeysAndMismatchLabelKeys; a key that the pod does
        # not have is ignored.
        ({}, 6),
        ({"matchLabelKeys": ["version"]}, 6),
        ({"mismatchLabelKeys": ["version"]}, 1),
        ({"mismatchLabelKeys": ["missing"]}, 6),
    ],
)
def test_label_keys_are_part_of_the_selector(keys: dict[str, list[str]], expected: int) -> None:
    assert needed(anti_affine(6, **keys))[1] == expected


def test_devices_of_resource_claims_are_named() -> None:
    """resource.k8s.io: the scheduler gives the devices that a claim describes by their attributes, not by a request."""
    claiming = pod("1", resourceClaims=[{"name": "gpu", "resourceClaimTemplateName": "one-gpu"}])
    (text,) = (text for text in priced(plan(AWS_NETWORK, deployment("chat", 3, claiming))).warnings if "claim" in text)
    assert "Deployment chat" in text
    assert "devices" in text


@pytest.mark.parametrize(
    ("group", "workers"),
    [
        # KubeRay, ray-operator/controllers/ray/utils/util.go, GetWorkerGroupDesiredReplicas (read 2026-11-27).
        ({"replicas": 0, "minReplicas": 3}, 3),
        ({"replicas": 9, "minReplicas": 1, "maxReplicas": 4}, 4),
        ({"replicas": 2, "minReplicas": 1, "maxReplicas": 4, "numOfHosts": 2}, 4),
        ({"replicas": 2, "suspend": True}, 0),
        ({"minReplicas": 2}, 2),
    ],
)
def test_workers_of_ray_are_between_their_bounds(group: dict[str, Any], workers: int) -> None:
    template = pod("8", "64Gi", gpus=1)
    cluster = of_kind("ray.io/v1:RayCluster", "ray", {
        "headGroupSpec": {"template": pod("100m")}, "workerGroupSpecs": [group | {"template": template}],
    })  # fmt: skip
    assert needed(cluster)[1] == max(1, workers)
