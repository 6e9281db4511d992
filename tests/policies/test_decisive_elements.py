"""Elements by which alone a rule decides: an entry after others that say nothing, a field that only its path shows, and
neighbours that must pass."""

from __future__ import annotations

from typing import Any

import pytest
from guardrails.exposure.runtime_annotations import _judge_placement
from guardrails.readers.kubernetes_objects import ObjectPart
from guardrails.readers.texts import Leaf
from guardrails.residency.bucket_settings import is_bucket_setting
from guardrails.residency.endpoints import _is_program
from guardrails.unverifiable.images import ImageSources

from .blind import KUBE, az, crd, k8s, meta
from .harness import Given, Pack, blocking
from .test_finding_paths import resource

PACK = Pack()
MASTERS = "node-role.kubernetes.io/control-plane"


def refused(given: Given) -> set[str]:
    return blocking(PACK.evaluate_resource(given))


def messages(given: Given, rule: str) -> list[str]:
    return [report.text for report in PACK.evaluate_resource(given) if report.rule == rule]


@pytest.mark.parametrize(("expression", "is_refused"), [
    ({"key": MASTERS, "operator": "Exists"}, True), ({"key": MASTERS, "operator": "In", "values": [""]}, True),
    ({"key": "CriticalAddonsOnly", "operator": "Exists"}, True), ({"key": MASTERS, "operator": "DoesNotExist"}, False),
    ({"key": "team", "operator": "Exists"}, False),
])  # fmt: skip
@pytest.mark.parametrize("place", ["only", "last"])
def test_pods_that_ask_for_machines_of_the_cluster(expression: dict[str, Any], place: str, *, is_refused: bool) -> None:
    terms = [{"matchExpressions": [expression]}]
    if place == "last":
        terms = [{}, {"matchExpressions": [{"key": "team", "operator": "Exists"}, expression]}]
    affinity: Any = {"nodeAffinity": {"requiredDuringSchedulingIgnoredDuringExecution": {"nodeSelectorTerms": terms}}}
    found = [
        outcome.path for outcome in _judge_placement(ObjectPart("spec", {"affinity": affinity})) if outcome.sentence
    ]
    assert [path.rpartition(".")[2] for path in found] == ["matchExpressions[1]" if place == "last" else
                                                           "matchExpressions[0]"] * is_refused  # fmt: skip


READS = {"policy.default": "role:readonly", "policy.csv": "p, role:readonly, applications, get, */*, allow"}
WRITES = {"policy.default": "role:readonly", "policy.csv": "p, role:readonly, applications, *, */*, allow"}


@pytest.mark.parametrize(("values", "is_refused"), [
    ({"configs": {"rbac": WRITES}}, True), ({"argo-cd": {"configs": {"rbac": WRITES}}}, True),
    ({"configs": {"rbac": READS}, "argo-cd": {"configs": {"rbac": WRITES}}}, True),
    ({"argo-cd": {"configs": {"rbac": READS}}}, False),
])  # fmt: skip
def test_rights_of_everybody_in_the_values_of_either_chart(values: dict[str, Any], *, is_refused: bool) -> None:
    """The chart of Argo CD, and one of one's own that has it as a dependency and nothing of its own first."""
    release = Given("kubernetes:helm.sh/v3:Release", {"values": values}, provider=KUBE)
    assert ("FJ-IDN-310" in refused(release)) is is_refused


@pytest.mark.parametrize(("provider", "path"), [
    ({"crd": {"resources": [{"kind": "ConfigMap"}]}}, "spec.provider.crd"),
    ({"kubernetes": {}}, "spec.provider.kubernetes"),
    ({"kubernetes": {"remoteNamespace": "payments"}}, "spec.provider.kubernetes.remoteNamespace"),
])  # fmt: skip
def test_a_store_of_all_namespaces_is_named_by_its_provider(provider: dict[str, Any], path: str) -> None:
    found = messages(crd("external-secrets.io/v1:ClusterSecretStore", {"provider": provider}), "FJ-IDN-314")
    assert [text for text in found if f"{path} hands out" in text] != []


@pytest.mark.parametrize(("image", "is_known"), [
    ("registry.k8s.io/pause", True), ("registry.k8s.io//pause", False), ("registry.k8s.io/./pause", False),
    ("registry.k8s.io/../evil/pause", False), ("registry.k8s.io/pause/", False),
])  # fmt: skip
def test_an_image_with_an_empty_step_in_its_name_is_nobodys(image: str, *, is_known: bool) -> None:
    assert ImageSources().knows(image, resource("kubernetes:core/v1:Pod")) is is_known


@pytest.mark.parametrize(("name", "value", "is_refused"), [
    ("STRIMZI_KAFKA_IMAGES", "4.1.0=docker.io/evil/kafka:1", True),
    ("STRIMZI_KAFKA_IMAGES", "4.0.0=quay.io/strimzi/kafka:1 4.1.0=docker.io/evil/kafka:1", True),
    ("POSTGRES_IMAGE_NAME", "docker.io/evil/postgres:17", True), ("KAFKA_IMAGES", 3, False),
    ("STRIMZI_KAFKA_PLACES", "4.1.0=docker.io/evil/kafka:1", False),
])  # fmt: skip
def test_images_in_variables_of_an_operators_chart(name: str, value: object, *, is_refused: bool) -> None:
    release = Given("kubernetes:helm.sh/v3:Release", {"values": {"extraEnvs": [{"name": name, "value": value}]}},
                    provider=KUBE)  # fmt: skip
    assert any("evil" in report.text for report in PACK.evaluate_resource(release)) is is_refused


def test_a_setting_with_another_path_names_no_bucket() -> None:
    def setting(path: str) -> Leaf:
        return Leaf(path, path.rpartition(".")[2], "chunks", is_in_text=False)

    assert is_bucket_setting(setting("values.loki.storage.s3.bucket"), ())
    assert not is_bucket_setting(setting("values.loki.storage.bucket"), ())


@pytest.mark.parametrize(("path", "value", "is_program"), [
    ("data.trafficRouterPlugins[0].location", "https://github.com/argoproj-labs/x/releases/download/v1/x", True),
    ("data.trafficRouterPlugins[0].location", "https://plugins.example.de/x", False),
    ("data.trafficRouterPlugins[0].name", "https://github.com/argoproj-labs/x", False),
])  # fmt: skip
def test_programs_of_controllers_are_known_by_their_place_and_their_host(
    path: str, value: str, *, is_program: bool
) -> None:
    assert _is_program(Leaf(path, path.rpartition(".")[2], value, is_in_text=True)) is is_program


ABROAD = "https://hooks.example.de/x"


@pytest.mark.parametrize(("kind", "spec"), [
    ("grafana.integreatly.org/v1beta1:GrafanaContactPoint", {"type": "webhook", "settings": {"url": ABROAD}}),
    ("grafana.integreatly.org/v1beta1:GrafanaContactPoint", {"receivers": [{"settings": {"url": ABROAD}}]}),
    ("grafana.integreatly.org/v1beta1:GrafanaDatasource", {"datasource": {"url": ABROAD}}),
    ("sparkoperator.k8s.io/v1beta2:SparkApplication", {"sparkConf": {"spark.eventLog.dir": "hdfs://logs.example.de:8020/x"}}),
    ("sparkoperator.k8s.io/v1beta2:ScheduledSparkApplication",
     {"template": {"sparkConf": {"spark.eventLog.dir": "hdfs://logs.example.de:8020/x"}}}),
])  # fmt: skip
def test_operators_that_send_to_an_address(kind: str, spec: dict[str, Any]) -> None:
    """Fields of grafana/grafana-operator, `GrafanaContactPoint` and `GrafanaDatasource`, and kubeflow/spark-operator,
    `sparkConf` (both as known): the rule on destinations itself, and not only that on texts."""
    assert "FJ-RES-312" in refused(crd(kind, spec))


@pytest.mark.parametrize(("token", "props", "path"), [
    ("hybridcompute:MachineExtension", {"properties": {"type": "CustomScript"}}, "properties.type"),
    ("compute:VirtualMachineExtension", {"type": "CustomScript"}, "type"),
    ("compute:VirtualMachineScaleSet", {"virtualMachineProfile": {"extensionProfile": {"extensions": [
        {"type": "CustomScript"}]}}}, "virtualMachineProfile.extensionProfile.extensions[0].type"),
])  # fmt: skip
def test_extensions_that_run_scripts(token: str, props: dict[str, Any], path: str) -> None:
    """Azure, "Microsoft.HybridCompute machines/extensions" has its type below `properties` (pulumi-azure-native 3.29.0,
    `MachineExtensionPropertiesArgs`)."""
    texts = [report.text for report in PACK.evaluate_resource(az(token, {"location": "uaenorth", **props}))]
    assert any(f"{path} CustomScript runs a script" in text for text in texts)


def test_hosts_that_a_gateway_of_the_mesh_serves_receive_nothing() -> None:
    """istio.io, "Gateway", `servers[].hosts`: names that are served; `addresses` are another thing."""
    served = {"selector": {"istio": "ingress"}, "servers": [{"hosts": ["models.example.de"], "port": {"number": 443}}]}
    gateway = k8s("networking.istio.io/v1:Gateway", {"metadata": meta(), "spec": served})
    assert refused(gateway) & {"FJ-RES-002", "FJ-RES-003", "FJ-RES-312"} == set()
