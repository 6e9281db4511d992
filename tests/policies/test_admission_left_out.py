"""Namespaces outside admission, stopped or replaced policy engines, and backups that leave a service out."""

import pytest

from .blind import Props, aws, k8s
from .harness import UNKNOWN, Given, Pack, blocking

PACK = Pack()
GATEKEEPER = "admission.gatekeeper.sh/ignore"


def _refused(given: Given) -> set[str]:
    return blocking(PACK.evaluate_resource(given))


@pytest.mark.parametrize(("name", "labels", "is_refused"), [
    ("team-a", {GATEKEEPER: "team-a"}, True), ("team-a", {GATEKEEPER: ""}, True),
    ("gatekeeper-system", {GATEKEEPER: "no-self-managing"}, False), ("team-a", {"environment": "prod"}, False),
    ("team-a", {"openpolicyagent.org/webhook": "ignore"}, True),
    ("team-a", {"openpolicyagent.org/webhook": "evaluate"}, False), ("team-a", {}, False),
])  # fmt: skip
@pytest.mark.parametrize("kind", ["Namespace", "NamespacePatch"])
def test_a_namespace_leaves_itself_out_of_no_policy(kind: str, name: str, labels: Props, *, is_refused: bool) -> None:
    namespace = k8s(f"core/v1:{kind}", {"metadata": {"name": name, "labels": labels}})
    assert ("FJ-ESC-119" in _refused(namespace)) is is_refused


def _container(**fields: object) -> Props:
    return {"template": {"spec": {"containers": [{"name": "kyverno", **fields}]}}}


@pytest.mark.parametrize(("kind", "namespace", "spec", "is_refused"), [
    ("DeploymentPatch", "kyverno", {"replicas": 0}, True), ("Deployment", "gatekeeper-system", {"replicas": "0"}, True),
    ("DeploymentPatch", "kyverno", {"replicas": 3}, False), ("Deployment", "team-a", {"replicas": 0}, False),
    ("DeploymentPatch", "kyverno", {"replicas": UNKNOWN}, False), ("Deployment", "kyverno", {}, False),
    ("DeploymentPatch", "kyverno", _container(image="a:1"), True),
    ("Deployment", "kyverno", _container(image="a"), False),
    ("DeploymentPatch", "kyverno", _container(args=["--admission=false"]), True),
    ("DeploymentPatch", "team-a", _container(args=["--a"]), False),
    ("DeploymentPatch", "kyverno", _container(resources={"limits": {"memory": "1Gi"}}), False),
])  # fmt: skip
def test_a_policy_engine_is_neither_stopped_nor_replaced(
    kind: str, namespace: str, spec: Props, *, is_refused: bool
) -> None:
    workload = k8s(f"apps/v1:{kind}", {"metadata": {"name": "controller", "namespace": namespace}, "spec": spec})
    assert ("FJ-ESC-119" in _refused(workload)) is is_refused


@pytest.mark.parametrize(("left_out", "is_refused"), [
    ("arn:aws:rds:*:*:db:*", True), ("arn:aws:dynamodb:*:*:table/*", True), ("arn:aws:s3:::*", True), ("*", True),
    ("arn:aws:rds:me-central-1:123456789012:db:scratch", False), ("arn:aws:dynamodb:*:*:table/cache-*", False),
    ("arn:aws:s3:::awsuae-scratch", False), (UNKNOWN, False),
])  # fmt: skip
def test_a_plan_of_backups_leaves_out_single_resources_only(left_out: str, *, is_refused: bool) -> None:
    selection = {"name": "all", "planId": "p", "iamRoleArn": UNKNOWN, "resources": ["*"], "notResources": [left_out]}
    assert ("FJ-ESC-115" in _refused(aws("backup/Selection", selection))) is is_refused
