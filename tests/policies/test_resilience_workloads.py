"""Kubernetes workloads: two replicas behind a service, a disruption budget, and readiness probes."""

from typing import Any

import pytest

from tests.samples import COST_TAGS as TAGS

from .harness import UNKNOWN, Given, Pack

DEPLOYMENT = "kubernetes:apps/v1:Deployment"
SERVICE = Given("kubernetes:core/v1:Service", {"spec": {"selector": {"app": "server"}}}, "service")
BUDGET = Given(
    "kubernetes:policy/v1:PodDisruptionBudget", {"spec": {"selector": {"matchLabels": {"app": "server"}}}}, "budget"
)


def _server(replicas: object = None, stack: str = "prod-uae", gpu: bool = False, **container: Any) -> Given:
    limits = {"limits": {"nvidia.com/gpu": "1"}} if gpu else {}
    template = {
        "metadata": {"labels": {"app": "server", "tier": "front"}},
        "spec": {"containers": [{"name": "app", "image": "x:1", "resources": limits, **container}]},
    }
    metadata = {"name": "server", "labels": TAGS}
    spec = {"template": template} if replicas is None else {"template": template, "replicas": replicas}
    return Given(DEPLOYMENT, {"metadata": metadata, "spec": spec}, "server", stack=stack)


def _rules(*plan: Given) -> set[str]:
    return {item.rule for item in Pack().evaluate_stack(*plan) if item.rule.startswith("FJ-RSL")}


@pytest.mark.parametrize(
    ("server", "refused"),
    [
        (_server(1), True),
        (_server(), True),
        (_server(0), False),
        (_server(UNKNOWN), False),
        (_server(1, stack="dev"), False),
        (_server(1, gpu=True), False),
    ],
)
def test_a_workload_behind_a_service_needs_two_replicas(server: Given, refused: bool) -> None:
    assert _rules(server, SERVICE) == ({"FJ-RSL-301"} if refused else set())


def test_a_workload_with_its_own_volume_may_have_one_replica() -> None:
    for volume, expected in (
        ({"persistentVolumeClaim": {"claimName": "d"}}, set[str]()),
        ({"emptyDir": {}}, {"FJ-RSL-301"}),
    ):
        server = _server(1)
        server.props["spec"]["template"]["spec"]["volumes"] = [volume]  # type: ignore[index]
        assert _rules(server, SERVICE) == expected
    database = _server(1)
    database.props["spec"]["volumeClaimTemplates"] = [{"metadata": {"name": "d"}}]  # type: ignore[index]
    assert _rules(Given("kubernetes:apps/v1:StatefulSet", database.props, "server"), SERVICE) == set()


def test_a_workload_without_a_service_may_have_one_replica() -> None:
    other = Given(SERVICE.type, {"spec": {"selector": {"app": "other"}}}, "service")
    other_namespace = Given(
        SERVICE.type, {"metadata": {"namespace": "away"}, "spec": {"selector": {"app": "server"}}}, "service"
    )
    for plan in ((_server(1),), (_server(1), other), (_server(1), other_namespace)):
        assert _rules(*plan) == set()


def test_an_autoscaler_may_set_the_replicas() -> None:
    for kind in ("kubernetes:autoscaling/v2:HorizontalPodAutoscaler", "kubernetes:keda.sh/v1:ScaledObject"):
        for name, expected in (("server", set[str]()), ("other", {"FJ-RSL-301"})):
            scaler = Given(kind, {"spec": {"scaleTargetRef": {"name": name}}}, "scaler")
            assert _rules(_server(1), SERVICE, scaler) == expected


def test_several_replicas_need_a_disruption_budget() -> None:
    assert _rules(_server(2)) == {"FJ-RSL-302"}
    assert _rules(_server(2, stack="staging")) == set()
    assert _rules(_server(2), BUDGET) == set()
    wrong = Given(BUDGET.type, {"spec": {"selector": {"matchLabels": {"app": "other"}}}}, "budget")
    assert _rules(_server(2), wrong) == {"FJ-RSL-302"}


@pytest.mark.parametrize(("limit", "replicas", "refused"), [
    (1, 2, False), (2, 2, True), (5, 3, True), (2, 3, False), ("50%", 2, False), ("51%", 2, True), ("67%", 3, True),
    ("66%", 3, False), ("100%", 4, True), (UNKNOWN, 2, False), (2, UNKNOWN, False),
])  # fmt: skip
def test_a_disruption_budget_keeps_a_replica(limit: object, replicas: object, refused: bool) -> None:
    """Of 3 replicas 67 % are 2.01, which Kubernetes rounds up to all 3."""
    spec = {"selector": {"matchLabels": {"app": "server"}}, "maxUnavailable": limit}
    budget = Given(BUDGET.type, {"spec": spec}, "budget")
    assert _rules(_server(replicas), budget) == ({"FJ-RSL-302"} if refused else set())


@pytest.mark.parametrize(
    ("container", "refused"),
    [
        ({}, False),
        ({"ports": [{"containerPort": 8080}]}, True),
        ({"ports": []}, False),
        ({"ports": [{"containerPort": 8080}], "readinessProbe": {"httpGet": {"path": "/"}}}, False),
        ({"ports": [{"containerPort": 8080}], "readinessProbe": UNKNOWN}, False),
        ({"ports": [{"containerPort": 8080}], "livenessProbe": {"httpGet": {"path": "/"}}}, True),
    ],
)
def test_containers_with_ports_need_a_readiness_probe(container: dict[str, Any], refused: bool) -> None:
    reports = {
        item.rule for item in Pack().evaluate_resource(_server(0, **container)) if item.rule.startswith("FJ-RSL")
    }
    assert reports == ({"FJ-RSL-303"} if refused else set())
