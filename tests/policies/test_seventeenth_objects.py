"""Edges of the rules of the seventeenth set on clusters: what is remembered, paused, kept, served and routed."""

import pytest

from .blind import crd, k8s
from .harness import UNKNOWN, Given, Pack, blocking

PACK = Pack()


def _refused(rule: str, *plan: Given) -> bool:
    return rule in blocking(PACK.evaluate_plan(*plan))


def _annotated(name: str, value: object, kind: str = "networking.k8s.io/v1:Ingress") -> Given:
    return k8s(kind, {"metadata": {"name": "x", "namespace": "team-a", "annotations": {name: value}}})


@pytest.mark.parametrize(("key", "is_refused"), [
    ("$host", True), ("$remote_user", True), ("$remote_user$http_authorization", False), ("$http_x_api_key", False),
    ("$ssl_client_fingerprint", False), ("$cookie_session", False), ("", False), (UNKNOWN, False),
])  # fmt: skip
def test_sign_in_is_remembered_by_a_credential(key: object, is_refused: bool) -> None:
    assert _refused("FJ-ESC-115", _annotated("nginx.ingress.kubernetes.io/auth-cache-key", key)) == is_refused


@pytest.mark.parametrize("kind", ["networking.k8s.io/v1:NetworkPolicy", "rbac.authorization.k8s.io/v1:RoleBinding"])
def test_flux_looks_at_who_may_reach_or_do_what(kind: str) -> None:
    key = "helm.toolkit.fluxcd.io/driftDetection"
    assert _refused("FJ-ESC-115", _annotated(key, "disabled", kind))
    assert not _refused("FJ-ESC-115", _annotated(key, "enabled", kind))
    assert not _refused("FJ-ESC-115", _annotated(key, "disabled", "apps/v1:Deployment"))


@pytest.mark.parametrize(("step", "is_refused"), [
    ({"authentication": {"user": {"cache": {"key": {"selector": "context.request.http.path"}}}}}, True),
    ({"authentication": {"user": {"cache": {"key": {"selector": "request.headers.authorization"}}}}}, False),
    ({"authorization": {"rego": {"cache": {"key": {"selector": "context.request.http.path"}}}}}, False),
    ({"metadata": {"user": {"cache": {"key": {"selector": "context.request.http.path"}}}}}, False),
])  # fmt: skip
def test_only_identities_are_remembered_by_credentials(step: dict[str, object], is_refused: bool) -> None:
    assert _refused("FJ-ESC-115", crd("authorino.kuadrant.io/v1beta3:AuthConfig", step)) == is_refused


@pytest.mark.parametrize(("kind", "spec", "is_refused"), [
    ("grafana.integreatly.org/v1beta1:GrafanaAlertRuleGroup", {"rules": [{"isPaused": True}]}, True),
    ("grafana.integreatly.org/v1beta1:GrafanaAlertRuleGroup", {"rules": [{"isPaused": UNKNOWN}]}, False),
    ("coralogix.com/v1beta1:Alert", {"enabled": False}, True),
    ("coralogix.com/v1beta1:Alert", {"incidentsSettings": {"enabled": False}}, False),
    ("alertsmanagement.azure.com/v1api20210401:SmartDetectorAlertRule", {"state": "Disabled"}, True),
    ("monitoring.coreos.com/v1:Alertmanager", {"paused": True}, False),
    ("monitoring.coreos.com/v1:ServiceMonitor", {"enabled": False}, False),
    ("operator.victoriametrics.com/v1beta1:VMAlert", {"paused": True}, False),
])  # fmt: skip
def test_alarms_ring(kind: str, spec: dict[str, object], is_refused: bool) -> None:
    found = [report.text for report in PACK.evaluate_plan(crd(kind, spec)) if "tells nobody" in report.text]
    assert bool(found) == is_refused


@pytest.mark.parametrize(("spec", "annotations", "is_refused"), [
    ({"maxReplicaCount": 6}, {"autoscaling.keda.sh/paused-replicas": "7"}, True),
    ({"maxReplicaCount": 6}, {"autoscaling.keda.sh/paused-replicas": "6"}, False),
    ({"maxReplicaCount": UNKNOWN}, {"autoscaling.keda.sh/paused-replicas": "7"}, False),
    ({}, {"autoscaling.keda.sh/paused-replicas": "101"}, True),
    ({"maxReplicaCount": 6, "fallback": {"replicas": 7}}, {}, True),
    ({"maxReplicaCount": 6, "fallback": "odd"}, {"autoscaling.keda.sh/paused-replicas": "many"}, False),
])  # fmt: skip
def test_a_pause_holds_no_more_pods_than_the_autoscaler(
    spec: dict[str, object], annotations: dict[str, str], is_refused: bool
) -> None:
    metadata = {"name": "x", "namespace": "team-a", "annotations": annotations}
    scaler = k8s("keda.sh/v1alpha1:ScaledObject", {"metadata": metadata, "spec": {"scaleTargetRef": {}, **spec}})
    assert _refused("FJ-COST-126", scaler) == is_refused


@pytest.mark.parametrize(("resources", "is_refused"), [
    ({"nvidia.com/gpu": "32"}, False), ({"nvidia.com/gpu": 33}, True), ({"cpu": "4000"}, False),
    ({"deviceclass/gpu.nvidia.com": "64"}, True), ({"nvidia.com/gpu": UNKNOWN}, False), ({}, False),
])  # fmt: skip
def test_a_queue_keeps_few_accelerators_from_others(resources: dict[str, object], is_refused: bool) -> None:
    queue = crd("scheduling.volcano.sh/v1beta1:Queue", {"guarantee": {"resource": resources}})
    assert _refused("FJ-COST-126", queue) == is_refused


@pytest.mark.parametrize(("address", "more", "is_refused"), [
    ("https://files.team-b.svc:8443/p", {}, True), ("https://files.team-b.svc:8443/p", {"sha256": "a" * 64}, False),
    ("https://files.team-b.svc:8443/p", {"sha256": ""}, True), ("https://files.team-a.svc:8443/p", {}, False),
    ("https://files.platform.svc:8443/p", {}, False), ("file:///plugins/p", {}, False),
])  # fmt: skip
def test_programs_of_other_namespaces_have_a_checksum(address: str, more: dict[str, str], is_refused: bool) -> None:
    lines = "".join(f"\n  {key}: '{value}'" for key, value in {"location": address, **more}.items())
    settings = {"metadata": {"name": "x", "namespace": "team-a"}, "data": {"stepPlugins": f"- name: a{lines}\n"}}
    assert _refused("FJ-ESC-111", k8s("core/v1:ConfigMap", settings)) == is_refused


@pytest.mark.parametrize(("asked", "answering", "namespace", "is_refused"), [
    ("fraud", "team-b-tone", "models", True), ("fraud", "adapters/team-b-tone", "models", True),
    ("team-b-chat", "team-b-tone", "models", False), ("fraud", "team-b-tone", "team-b", False),
    ("fraud", "fraud-v2", "models", False), ("fraud", "platform-team-tone", "models", False),
])  # fmt: skip
def test_models_are_answered_by_their_own(asked: str, answering: str, namespace: str, is_refused: bool) -> None:
    route = k8s("inference.networking.x-k8s.io/v1alpha2:InferenceModelRewrite", {
        "metadata": {"name": "x", "namespace": namespace}, "spec": {"rules": [{
            "matches": [{"model": {"value": asked}}], "targets": [{"modelRewrite": answering}]}]}})  # fmt: skip
    assert _refused("FJ-IDN-314", route) == is_refused
