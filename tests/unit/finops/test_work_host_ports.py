"""Pods that take a port of their node: one of them on a node (scheduler, NodePorts; Karpenter, HostPortUsage)."""

from typing import Any

import pytest

from tests.unit.finops.plans import Row, karpenter_pool
from tests.unit.finops.test_work_nodes import nodes
from tests.unit.finops.work_plans import deployment, pod

POOL = karpenter_pool("cpu", ["m7g.4xlarge"], limits={"nodes": "9"})


def listening(*ports: dict[str, Any], **spec: Any) -> dict[str, Any]:
    template = pod("500m", "1Gi", **spec)
    template["spec"]["containers"][0]["ports"] = list(ports)
    return template


def ingress(name: str, replicas: int, *ports: dict[str, Any], **spec: Any) -> Row:
    return deployment(name, replicas, listening(*ports, **spec))


HTTP = {"containerPort": 8080, "hostPort": 80}


@pytest.mark.parametrize(
    ("rows", "expected"),
    [
        ((ingress("edge", 4, HTTP),), 4),
        ((ingress("edge", 4, {"containerPort": 80}, hostNetwork=True),), 4),
        ((ingress("edge", 4, {"containerPort": 80}),), 1),
        ((ingress("edge", 4, hostNetwork=True),), 1),
        ((ingress("a", 2, HTTP), ingress("b", 1, HTTP)), 3),
        ((ingress("a", 2, HTTP), ingress("b", 2, {"containerPort": 1, "hostPort": 443})), 2),
        ((ingress("a", 1, HTTP), ingress("b", 1, HTTP | {"protocol": "UDP"})), 1),
        ((ingress("a", 1, HTTP | {"hostIP": "10.0.0.1"}), ingress("b", 1, HTTP | {"hostIP": "10.0.0.2"})), 1),
        ((ingress("a", 1, HTTP | {"hostIP": "10.0.0.1"}), ingress("b", 1, HTTP)), 2),
    ],
)
def test_a_node_has_each_of_its_ports_once(rows: tuple[Row, ...], expected: int) -> None:
    assert nodes(POOL, *rows, usage="profiles: {training: {load: 0}}")[:2] == (expected, expected)


def test_a_port_of_a_sidecar_counts_and_bounds_the_minimum() -> None:
    template = pod("500m", "1Gi")
    template["spec"]["initContainers"] = [{"name": "proxy", "restartPolicy": "Always", "ports": [HTTP]}]
    assert nodes(POOL, deployment("edge", 4, template)) == (4, 4, 9)
