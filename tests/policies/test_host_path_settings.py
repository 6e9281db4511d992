"""Directories of the node, and other access to it, in settings and texts that become pods (FJ-EXP-304)."""

import json

import pytest
import yaml
from guardrails.engine.enforcement import Enforcement
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.thorough import many

from .blind import k8s, meta
from .harness import Given, Pack, rules

RULE = "FJ-EXP-304"
PACK = Pack(Enforcement.model_validate({
    "default": {"all": "disabled", RULE: "mandatory"},
    "kubernetes": {"privileged_namespaces": {"agents": "log agents"}},
}))  # fmt: skip
HOST_ACCESS = Pack(Enforcement.model_validate({"default": {
    "all": "disabled", RULE: "mandatory", "FJ-EXP-302": "mandatory"}}))  # fmt: skip
"""Fields of a pod's own make a pod of what has them, which FJ-EXP-302 evaluates."""
SPARK = "spark.kubernetes.executor.volumes."
HOST = {"name": "host", "hostPath": {"path": "/"}}
POD = {"containers": [{"name": "a", "image": "a"}]}


def refused(resource: Given) -> int:
    """Returns how many findings the rule has."""
    return sum(report.rule == RULE for report in PACK.evaluate_resource(resource))


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
    settings_of_pods = k8s("core/v1:ConfigMap", {"metadata": meta("templates"), "data": {"pod.yaml": text}})
    assert (RULE in rules(PACK.evaluate_resource(settings_of_pods))) is found


@settings(max_examples=many(60), deadline=None)
@given(
    st.lists(st.from_regex(r"[a-z][A-Za-z]{1,9}", fullmatch=True), min_size=1, max_size=5),
    st.sampled_from(("privileged", "hostNetwork", "hostPID", "hostIPC", "hostProcess", "HostNetwork")),
    st.sampled_from((True, "true", "True")),
    st.booleans(),
)
def test_access_to_the_node_in_options_at_any_depth(
    above: list[str], field: str, value: object, is_listed: bool
) -> None:
    spec: object = {field: value}
    for name in above:
        spec = {name: [spec] if is_listed else spec}
    assert {RULE, "FJ-EXP-302"} & rules(HOST_ACCESS.evaluate_resource(object_of("ray.io/v1:RayCluster", spec)))
    assert not refused(object_of("ray.io/v1:RayCluster", spec, "agents"))
    assert not refused(object_of("kyverno.io/v1:ClusterPolicy", spec))
    text = yaml.safe_dump(spec)
    assert refused(k8s("core/v1:ConfigMap", {"metadata": meta("settings"), "data": {"settings": text}}))


@pytest.mark.parametrize("fields", [
    {"securityContext": {"privileged": False}}, {"hostNetwork": "false"}, {"privilegedNamespaces": ["agents"]},
])  # fmt: skip
def test_options_without_access_pass(fields: object) -> None:
    assert not refused(object_of("ray.io/v1:RayCluster", {"autoscalerOptions": fields}))


@pytest.mark.parametrize(("directory", "is_read_only", "found"), [
    ("/var/log", True, False), ("/", True, False), ("/", False, True), ("/var/lib/kubelet/pods", True, True),
    ("/var/lib/kubelet/", True, True), ("/var/lib/kubelet/device-plugins", False, False),
    ("/var/lib/kubelet/pod-resources", False, False), ("/etc/kubernetes/pki", True, True), ("/var/lib", True, True),
    ("/run/containerd/containerd.sock", False, True), ("/var/run/docker.sock", True, True), ("/sys", True, False),
    ("/dev", False, False), ("/root/.kube", True, True),
])  # fmt: skip
def test_agents_of_nodes_have_no_keys_of_others(directory: str, *, is_read_only: bool, found: bool) -> None:
    mount = {"name": "node", "mountPath": "/node", "readOnly": is_read_only}
    pod = {"containers": [{"name": "a", "image": "a", "volumeMounts": [mount]}],
           "volumes": [{"name": "node", "hostPath": {"path": directory}}]}  # fmt: skip
    given_one = object_of("apps/v1:DaemonSet", {"template": {"spec": pod}}, "agents")
    assert bool(refused(given_one)) is found
    assert refused(object_of("apps/v1:DaemonSet", {"template": {"spec": pod}}))
