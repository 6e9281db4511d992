"""Directories of the node in settings and texts that become pods (FJ-EXP-304)."""

import json

import pytest
from guardrails.engine.enforcement import Enforcement

from .blind import k8s, meta
from .harness import Given, Pack, rules

RULE = "FJ-EXP-304"
PACK = Pack(Enforcement.model_validate({
    "default": {"all": "disabled", RULE: "mandatory"},
    "kubernetes": {"privileged_namespaces": {"agents": "log agents"}},
}))  # fmt: skip
SPARK = "spark.kubernetes.executor.volumes."
HOST = {"name": "host", "hostPath": {"path": "/"}}
POD = {"containers": [{"name": "a", "image": "a"}]}


def refused(given: Given) -> int:
    """Returns how many findings the rule has."""
    return sum(report.rule == RULE for report in PACK.evaluate_resource(given))


def object_of(kind: str, spec: object, namespace: str = "team-a") -> Given:
    """Returns an object with a spec."""
    return k8s(kind, {"metadata": meta("x", namespace), "spec": spec})


@pytest.mark.parametrize(("kind", "spec", "found"), [
    ("sparkoperator.k8s.io/v1beta2:SparkApplication",
     {"sparkConf": {f"{SPARK}hostPath.root.options.path": "/", f"{SPARK}hostPath.root.mount.path": "/host"}}, True),
    ("sparkoperator.k8s.io/v1beta2:SparkApplication",
     {"sparkConf": {f"{SPARK}persistentVolumeClaim.a.options.claimName": "a"}}, False),
    ("kubeflow.org/v1alpha1:PodDefault", {"selector": {}, "volumes": [HOST]}, True),
    ("kubeflow.org/v1alpha1:PodDefault", {"selector": {}, "volumes": [{"name": "a", "emptyDir": {}}]}, False),
    ("kyverno.io/v1:ClusterPolicy", {"rules": [{"validate": {"pattern": {"hostPath": {"path": "/var/*"}}}}]}, False),
])  # fmt: skip
def test_settings_that_mount_directories(kind: str, spec: object, *, found: bool) -> None:
    assert bool(refused(object_of(kind, spec))) is found
    assert not refused(object_of(kind, spec, "agents"))


def test_a_pod_is_reported_once() -> None:
    pod = {**POD, "volumes": [HOST]}
    assert refused(object_of("apps/v1:Deployment", {"template": {"spec": pod}})) == 1


@pytest.mark.parametrize(("text", "found"), [
    (json.dumps({"kind": "Pod", "spec": {**POD, "volumes": [HOST]}}), True),
    (f"{SPARK}hostPath.root.options.path /\n", True),
    (json.dumps({"kind": "Pod", "spec": POD}), False),
])  # fmt: skip
def test_templates_of_pods_in_texts(text: str, *, found: bool) -> None:
    given = k8s("core/v1:ConfigMap", {"metadata": meta("templates"), "data": {"pod.yaml": text}})
    assert (RULE in rules(PACK.evaluate_resource(given))) is found
