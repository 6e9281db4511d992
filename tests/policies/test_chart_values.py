"""Values that weaken one chart (FJ-ESC-124), weak defaults of charts, and organisations of images in values."""

import csv
import json
from typing import Any

import pytest
from guardrails.engine.data_folder import DATA
from guardrails.engine.enforcement import Enforcement
from guardrails.unverifiable.chart_values import chart_values

from .attacks import (
    after_eighteenth_mclu,
    after_seventeenth_good,
    after_sixteenth_listed,
    after_twenty_first_clusters,
    charts_reviewed,
    values_more_a,
    values_more_k,
)
from .blind import KUBE
from .chart_values import FOURTEENTH, SIXTEENTH, TWENTY_SEVENTH
from .harness import UNKNOWN, UNKNOWN_OBJECT, Given, Pack, blocking

RULE = "FJ-ESC-124"
VALUES = (*charts_reviewed.VALUES, *values_more_a.VALUES, *values_more_k.VALUES, *FOURTEENTH, *SIXTEENTH,
          *TWENTY_SEVENTH, *after_sixteenth_listed.VALUES, *after_seventeenth_good.CHART_VALUES,
          *after_eighteenth_mclu.CHART_VALUES, *after_twenty_first_clusters.CHART_VALUES)  # fmt: skip
REGISTRY = "registry.bank.ae"
MIRROR = {"escape": {"image_publishers": {REGISTRY: "the company's mirror of reviewed images"}}}
PACK = Pack(Enforcement.model_validate({"default": {}, **MIRROR}))


def release(chart: str, values: object, **props: object) -> Given:
    return Given("kubernetes:helm.sh/v3:Release", {
        "chart": f"oci://{REGISTRY}/charts/{chart}", "version": "1.2.3", "values": values, **props})  # fmt: skip


def refused(chart: str, values: object, **props: object) -> set[str]:
    return blocking(PACK.evaluate_resource(release(chart, values, **props)))


@pytest.mark.parametrize(
    ("chart", "values"),
    [
        ("aws-for-fluent-bit", {"s3": {"enabled": True, "region": "me-central-1"}}),
        ("opencost", {"opencost": {"prometheus": {"amp": {"enabled": True}}, "sigV4Proxy": {
            "host": "aps-workspaces.me-central-1.amazonaws.com"}}}),
        ("argo-rollouts", {"dashboard": {"enabled": True, "readonly": True}}),
        ("nats", {"config": {"websocket": {"enabled": True, "tls": {"enabled": True, "secretName": "tls"}}}}),
        ("opencost", {"opencost": {"customPricing": {"enabled": True, "costModel": {"CPU": 0.03, "GPU": 1.2}}}}),
        ("aws-ebs-csi-driver", {"storageClasses": [{
            "name": "gp3", "parameters": {"type": "gp3", "encrypted": "true"}}]}),
        ("capsule", {"webhooks": {"hooks": {"calculations": {"enabled": False}, "nodes": {"enabled": False}}}}),
        ("cilium", {"ingressController": {"enabled": True, "service": {"type": "ClusterIP"}}, "clustermesh": {
            "useAPIServer": True, "apiserver": {"service": {"type": "ClusterIP"}}}}),
        ("cni", {"excludeNamespaces": ["kube-system", "istio-system", "gpu-operator"]}),
        ("gatekeeper", {"controllerManager": {"exemptNamespaces": ["kube-system", "gatekeeper-system"]}}),
        ("gpu-operator", {"ccManager": {"enabled": False, "defaultMode": "off"}}),
        ("jupyterhub", {"hub": {"networkPolicy": {"egressAllowRules": {"cloudMetadataServer": True}}}}),
        ("jupyterhub", {"singleuser": {"networkPolicy": {"egressAllowRules": {"dnsPortsCloudMetadataServer": True}}}}),
        ("istiod", {"sidecarInjectorWebhook": {"templates": {
            "spire": "spec:\n  containers:\n  - name: istio-proxy\n    volumeMounts: [{name: s, mountPath: /s}]\n"}}}),
        ("kong", {"admin": {"enabled": True, "type": "ClusterIP"}, "certificates": {"admin": {"enabled": True}}}),
        ("kueue", {"enableKueueViz": True, "kueueViz": {"backend": {"auth": {"mode": "TokenReview"}}}}),
        ("kyverno-policies", {"validationFailureAction": "Enforce", "policyExclude": {"disallow-host-path": {
            "any": [{"resources": {"kinds": ["Pod"], "namespaces": ["kube-system"]}}]}}}),
        ("linkerd-control-plane", {"proxyInit": {"ignoreInboundPorts": "4567,4568"}}),
        ("loki", {"minio": {"enabled": True, "existingSecret": "store", "users": [{"accessKey": "logs"}]}}),
        ("vcluster", {"controlPlane": {"advanced": {"registry": {"enabled": True, "anonymousPull": False}}}}),
        ("weaviate", {"modules": {"text2vec-transformers": {"enabled": True, "repo": "semitechnologies/other"}}}),
    ],
)  # fmt: skip
def test_what_is_harmless_beside_a_row_is_silent(chart: str, values: dict[str, Any]) -> None:
    assert RULE not in refused(chart, values)


@pytest.mark.parametrize(("chart", "harm", "values"), VALUES, ids=[f"{row[0]}: {row[1]}" for row in VALUES])
def test_a_row_holds_for_its_chart_only(chart: str, harm: str, values: dict[str, Any]) -> None:
    reports = PACK.evaluate_resource(release(chart, values))
    assert any(f"of chart {chart}: {harm}" in report.text and f"[{RULE}]" in report.text for report in reports)
    assert RULE not in refused("metrics-server", values)
    assert RULE not in blocking(PACK.evaluate_resource(Given("kubernetes:core/v1:ConfigMap", {"data": values})))


def test_each_row_has_an_attack() -> None:
    rows = {(chart, row.harm) for chart, known in chart_values().items() for row in known.rows}
    assert rows == {(chart, harm) for chart, harm, _ in VALUES}


def test_absent_and_unknown_values_are_not_refused() -> None:
    assert RULE not in refused("velero", {})
    reports = PACK.evaluate_resource(release("velero", UNKNOWN_OBJECT))
    assert [report.mandatory for report in reports if f"[{RULE}]" in report.text] == [False]


ENCRYPTED = {"name": "a", "parameters": {"type": "gp3", "encrypted": "true"}}
PODS_OF_SYSTEM = {"resources": {"kinds": ["Pod"], "namespaces": ["kube-system"]}}
S3, STORE = {"enabled": True, "bucket": "b"}, {"minio": {"enabled": True}}


@pytest.mark.parametrize(
    ("chart", "values"),
    [
        ("aws-for-fluent-bit", {"s3": {**S3, "region": UNKNOWN}}),
        ("tempo-distributed", {"minio": {"enabled": True, "rootPassword": UNKNOWN}}),
        ("opencost", {"opencost": {"prometheus": {"amp": {"enabled": True}}, "sigV4Proxy": {"host": UNKNOWN}}}),
        ("opencost", {"opencost": {"prometheus": {"amp": {"enabled": True}}, "sigV4Proxy": UNKNOWN_OBJECT}}),
        ("cilium", {"ingressController": {"enabled": True, "service": UNKNOWN_OBJECT}}),
        ("aws-ebs-csi-driver", {"storageClasses": [{"parameters": {"type": "gp3", "encrypted": UNKNOWN}}]}),
    ],
)
def test_what_may_make_a_value_harmless_is_undetermined(chart: str, values: dict[str, Any]) -> None:
    reports = [report for report in PACK.evaluate_resource(release(chart, values)) if f"[{RULE}]" in report.text]
    assert [report.mandatory for report in reports] == [False]
    assert "what limits it is not known before deployment" in reports[0].text


def test_files_of_values_that_are_not_known_may_make_a_value_harmless() -> None:
    assert RULE in refused("aws-for-fluent-bit", {"s3": S3}, valueYamlFiles=[{"text": "a: 1\n"}])
    assert RULE not in refused("aws-for-fluent-bit", {"s3": S3}, valueYamlFiles=[UNKNOWN])


@pytest.mark.parametrize(
    ("chart", "values"),
    [
        ("aws-for-fluent-bit", {"s3": {**S3, "bucket": UNKNOWN}}),
        ("loki", {**STORE, "gateway": {"basicAuth": {"password": UNKNOWN}}}),
        ("aws-ebs-csi-driver", {"storageClasses": [ENCRYPTED, {"name": "b", "parameters": {"type": "gp3"}}]}),
        ("kyverno-policies", {"policyExclude": {"x": {"any": [PODS_OF_SYSTEM, {"resources": {"kinds": ["Job"]}}]}}}),
    ],
)
def test_other_unknown_values_and_other_items_make_nothing_harmless(chart: str, values: dict[str, Any]) -> None:
    assert RULE in refused(chart, values)
    text = json.dumps(values)
    assert RULE in refused(chart, {}, valueYamlFiles=[{"text": text}])


def test_files_of_values_are_read() -> None:
    assert RULE in refused("velero", {}, valueYamlFiles=[{"text": "cleanUpCRDs: true\n"}])


def test_rows_are_sorted_and_name_their_source() -> None:
    rows = list(csv.DictReader((DATA / "chart_values.csv").read_text(encoding="utf-8").splitlines()))
    assert rows == sorted(rows, key=lambda row: (row["chart"], row["values"]))
    assert all("/" in row["source"] and "read 2026-" in row["source"] for row in rows)


@pytest.mark.parametrize(
    ("chart", "strong"),
    [
        ("airflow", {"webserver": {"defaultUser": {"enabled": False}}, "postgresql": {"enabled": False}}),
        ("airflow", {"createUserJob": {"defaultUser": {"enabled": False}}, "data": {"metadataSecretName": "database"}}),
        ("jupyterhub", {"hub": {"config": {"JupyterHub": {"authenticator_class": "generic-oauth"}}}}),
        ("jupyterhub", {"hub": {"extraConfig": {"a": "c.JupyterHub.authenticator_class = 'oauth'"}}}),
        ("kong", {"manager": {"enabled": False}}),
        ("kong", {"manager": {"type": "ClusterIP"}}),
        ("kyverno-policies", {"validationFailureAction": "Enforce"}),
        ("linkerd-control-plane", {"proxy": {"defaultInboundPolicy": "all-authenticated"}}),
        ("capsule", {"webhooks": {"hooks": {"config": {"failurePolicy": "Fail"}}}}),
        ("cassandra", {"tls": {"internodeEncryption": "all"}}),
        ("minio", {"users": []}),
        ("minio", {"users": [{"accessKey": "app", "existingSecret": "x", "policy": "models"}]}),
        ("nats", {"config": {"merge": {"authorization": {"token": "<< $TOKEN >>"}}}}),
        ("nats", {"config": {"resolver": {"enabled": True}}}),
        ("oauth2-proxy", {"config": {"emailDomains": ["bank.ae"]}}),
        ("oauth2-proxy", {"extraArgs": {"allowed-group": "/platform"}}),
        ("open-webui", {"openaiBaseApiUrl": "http://models.models.svc", "pipelines": {"enabled": False}}),
    ],
)
def test_a_release_states_what_its_chart_leaves_open(chart: str, strong: dict[str, Any]) -> None:
    assert "FJ-IDN-313" in refused(chart, {"replicaCount": 2})
    assert "FJ-IDN-313" not in refused(chart, strong)


def deployed(token: str, spec: dict[str, object]) -> set[str]:
    return blocking(PACK.evaluate_resource(Given(f"kubernetes:{token}", {"spec": spec}, provider=KUBE)))


@pytest.mark.parametrize(
    ("token", "spec"),
    [
        ("helm.toolkit.fluxcd.io/v2:HelmRelease", {"chart": {"spec": {"chart": "minio"}}, "values": {"users": []}}),
        ("helm.cattle.io/v1:HelmChart", {"chart": "minio", "valuesContent": "users: []\n"}),
        ("argoproj.io/v1alpha1:Application", {"source": {
            "repoURL": "https://charts.bank.ae", "chart": "minio", "helm": {"valuesObject": {"users": []}}}}),
    ],
)  # fmt: skip
def test_an_object_leaves_a_default_out_by_an_empty_list(token: str, spec: dict[str, object]) -> None:
    assert "FJ-IDN-313" not in deployed(token, spec)


CLEANING = {"cleanUpCRDs": True}


@pytest.mark.parametrize(
    ("token", "spec"),
    [
        ("helm.toolkit.fluxcd.io/v2:HelmRelease", {"chart": {"spec": {"chart": "velero"}}, "values": CLEANING}),
        ("helm.cattle.io/v1:HelmChart", {"chart": "velero", "valuesContent": "cleanUpCRDs: true\n"}),
        ("helm.cattle.io/v1:HelmChart", {"chart": "velero", "set": {"cleanUpCRDs": "true"}}),
        ("argoproj.io/v1alpha1:Application", {"source": {
            "repoURL": "https://charts.bank.ae", "chart": "velero", "helm": {"valuesObject": CLEANING}}}),
        ("argoproj.io/v1alpha1:Application", {"source": {"repoURL": "https://charts.bank.ae", "chart": "velero",
            "helm": {"parameters": [{"name": "cleanUpCRDs", "value": "true"}]}}}),
    ],
)  # fmt: skip
def test_values_of_deployers_are_read(token: str, spec: dict[str, object]) -> None:
    assert RULE in deployed(token, spec)
    group, kind = token.split(":")
    listed = {"items": [{"apiVersion": group, "kind": kind, "spec": spec}]}
    assert RULE in blocking(PACK.evaluate_resource(Given("kubernetes:core/v1:List", listed, provider=KUBE)))


def test_values_of_one_source_are_not_of_another() -> None:
    first, second = ({"chart": "velero", "helm": {"valuesObject": values}} for values in ({}, {"a": 1}))
    other = {"chart": "keda", "helm": {"valuesObject": CLEANING}}
    assert RULE not in deployed("argoproj.io/v1alpha1:Application", {"sources": [first, second, other]})


def test_values_of_deployers_that_are_not_known_are_undetermined() -> None:
    flux, chart = "helm.toolkit.fluxcd.io/v2:HelmRelease", {"spec": {"chart": "aws-for-fluent-bit"}}
    assert RULE in deployed(flux, {"chart": chart, "values": {"s3": S3}})
    assert RULE not in deployed(flux, {"chart": chart, "values": {"s3": S3}, "valuesFrom": [{"name": "v"}]})
    assert RULE not in deployed(flux, {"chart": chart, "values": UNKNOWN_OBJECT})
    assert RULE in refused("velero", {**CLEANING, "x": {"values": UNKNOWN}})


def test_defaults_are_read_in_lists() -> None:
    item = {"apiVersion": "helm.cattle.io/v1", "kind": "HelmChart", "spec": {"chart": "minio"}}
    reports = PACK.evaluate_resource(Given("kubernetes:core/v1:List", {"items": [item]}, provider=KUBE))
    assert "FJ-IDN-313" in blocking(reports)


def test_an_empty_list_of_one_source_is_not_of_another() -> None:
    first, second = ({"chart": "minio", "helm": {"valuesObject": values}} for values in ({"users": []}, {"a": 1}))
    assert "FJ-IDN-313" in deployed("argoproj.io/v1alpha1:Application", {"sources": [first, second]})


@pytest.mark.parametrize(
    ("chart", "stated"),
    [
        ("aws-for-fluent-bit", {"cloudWatchLogs": {"region": "me-central-1"}}),
        ("longhorn", {"defaultSettings": {"allowCollectingLonghornUsageMetrics": False}}),
        ("tailscale-operator", {"loginServer": "https://network.bank.ae"}),
        ("vcluster", {"telemetry": {"enabled": False}}),
    ],
)
def test_a_release_states_where_a_vendor_abroad_is_the_default(chart: str, stated: dict[str, Any]) -> None:
    assert "FJ-RES-120" in refused(chart, {"replicaCount": 2})
    assert "FJ-RES-120" not in refused(chart, stated)


@pytest.mark.parametrize(
    ("chart", "theirs", "ours"),
    [
        ("airflow", {"defaultAirflowRepository": "published-by-somebody/airflow"},
         {"defaultAirflowRepository": f"{REGISTRY}/mirror/airflow"}),
        ("cilium", {"image": {"override": "docker.io/published-by-somebody/x:1"}},
         {"image": {"override": f"{REGISTRY}/mirror/cilium:v1.20.0"}}),
        ("jupyterhub", {"singleuser": {"image": {"name": "published-by-somebody/x"}}},
         {"singleuser": {"image": {"name": f"{REGISTRY}/mirror/notebook"}}}),
        ("cert-manager", {"imageNamespace": "published-by-somebody"}, {"imageNamespace": "jetstack"}),
        ("cert-manager", {"imageRegistry": "docker.io", "imageNamespace": "published-by-somebody"},
         {"imageRegistry": REGISTRY, "imageNamespace": "mirror/jetstack"}),
        ("kyverno", {"config": {"defaultRegistry": "images.stranger.com"}}, {"config": {"defaultRegistry": REGISTRY}}),
        ("opencost", {"plugins": {"install": {"fullImageName": "published-by-somebody/x:1"}}},
         {"plugins": {"install": {"fullImageName": f"{REGISTRY}/mirror/x:1"}}}),
        ("strimzi-kafka-operator", {"defaultImageRepository": "published-by-somebody"},
         {"defaultImageRepository": "strimzi"}),
        ("strimzi-kafka-operator",
         {"kafka": {"image": {"registry": "docker.io", "repository": "published-by-somebody", "name": "kafka"}}},
         {"kafka": {"image": {"registry": "quay.io", "repository": "strimzi", "name": "kafka"}}}),
        ("weaviate", {"modules": {"m": {"registry": "docker.io", "repo": "published-by-somebody/x", "tag": "1"}}},
         {"modules": {"m": {"registry": REGISTRY, "repo": "mirror/x", "tag": "1"}}}),
    ],
)  # fmt: skip
def test_an_organisation_of_images_is_a_publisher(chart: str, theirs: dict[str, Any], ours: dict[str, Any]) -> None:
    assert "FJ-ESC-113" in refused(chart, theirs)
    assert "FJ-ESC-113" not in refused(chart, ours)


@pytest.mark.parametrize("key", ["azureClientSecret", "maxmindLicenseKey", "clientSecret", "pass"])
def test_secrets_of_clients_and_licences_are_secrets(key: str) -> None:
    assert "FJ-ESC-107" in refused("ingress-nginx", {key: "abcdEFGH1234"})
    assert "FJ-ESC-107" not in refused("ingress-nginx", {key: "$CLIENT_SECRET", "controller": {
        "service": {"type": "ClusterIP"}}})  # fmt: skip


@pytest.mark.parametrize("chart", ["sealed-secrets", "rabbitmq"])
def test_ports_of_the_machine_are_access_to_it(chart: str) -> None:
    assert "FJ-ESC-107" in refused(chart, {"hostPorts": {"http": 8080.0}})
    assert "FJ-ESC-107" not in refused(chart, {"hostPorts": {"http": "", "metrics": 0}})


def test_lists_of_passwords_are_secrets() -> None:
    assert "FJ-ESC-107" in refused("mongodb", {"auth": {"usernames": ["app"], "passwords": ["abcd1234"]}})
    assert "FJ-ESC-107" not in refused("mongodb", {"auth": {"existingSecret": "database", "passwords": []}})
