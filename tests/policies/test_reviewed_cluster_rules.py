"""Drivers of volumes, directories of nodes, annotations with secrets, machines of pods, and gateways of which a part is
not known: what a review of the rules found refused or accepted wrongly."""

import json

import pytest

from tests.processor_time import within

from .blind import k8s, meta, pod
from .harness import UNKNOWN, Given, Pack, blocking

PACK = Pack()
STACK = Given("pulumi:pulumi:Stack", {}, "falaj-prod-uae")


def refused(given: Given) -> set[str]:
    """Returns the rules that refuse a resource of a stack."""
    return blocking(PACK.evaluate_plan(STACK, given))


@pytest.mark.parametrize(("driver", "is_known"), [
    ("csi.trident.netapp.io", True), ("csi.trident.netapp.com", False), ("beegfs.csi.netapp.com", True),
    ("localdisk.csi.acstor.io", True), ("csi.vso.hashicorp.com", True), ("csi.san.synology.com", True),
    ("com.hammerspace.csi", True), ("csi.trident.netapp.io.example.com", False),
])  # fmt: skip
def test_drivers_of_volumes_are_known_by_their_own_names(driver: str, *, is_known: bool) -> None:
    given = k8s("storage.k8s.io/v1:StorageClass", {"metadata": meta("fast", ""), "provisioner": driver})
    assert ("FJ-EXP-317" in refused(given)) is not is_known


@pytest.mark.parametrize(("path", "is_refused"), [
    ("/var/lib/rancher/k3s/storage", False), ("/var/lib/rancher/k3s/storage/", False),
    ("/opt/local-path-provisioner", False), ("/var/lib/rancher", True), ("/var/lib/rancher/k3s", True),
    ("/var/lib/rancher/k3s/storage/../server", True), ("/var/lib/rancher/k3s/storage/../storage", True),
    ("/var/lib/rancher/k3s/server/tls", True), ("/var/lib/rancher/k3s/storage2", True),
])  # fmt: skip
def test_the_default_directory_of_volumes_of_k3s_is_theirs(path: str, *, is_refused: bool) -> None:
    settings = json.dumps({"nodePathMap": [{"node": "DEFAULT_PATH_FOR_NON_LISTED_NODES", "paths": [path]}]})
    config = k8s("core/v1:ConfigMap", {"metadata": meta("local-path-config"), "data": {"config.json": settings}})
    named = k8s("storage.k8s.io/v1:StorageClass", {"metadata": meta("local", ""), "parameters": {"nodePath": path}})
    for given in (config, named):
        found = {report.rule for report in PACK.evaluate_resource(given) if "of the node itself" in report.text}
        assert bool(found) is is_refused


def annotated(text: str) -> bool:
    """Returns whether the rule on plaintext secrets refuses an object with this annotation."""
    annotations = {"kubectl.kubernetes.io/last-applied-configuration": text}
    given = k8s("core/v1:ServiceAccount", {"metadata": meta("app", annotations=annotations)})
    return "FJ-EXP-326" in blocking(PACK.evaluate_resource(given))


SECRET = {"apiVersion": "v1", "kind": "Secret", "metadata": {"name": "db"}, "type": "Opaque"}


@pytest.mark.parametrize(("written", "is_refused"), [
    ({**SECRET, "data": {"pin": "aHVudGVyMg=="}}, True), ({**SECRET, "stringData": {"pin": "hunter2"}}, True),
    ({"kind": "List", "items": [{**SECRET, "data": {"pin": "aHVudGVyMg=="}}]}, True),
    ({**SECRET, "data": {}}, False), (SECRET, False), ([], False),
    ({"kind": "HelmRelease", "spec": {"valuesFrom": [{"kind": "Secret", "name": "db"}]}, "data": {"a": "b"}}, False),
])  # fmt: skip
@pytest.mark.parametrize("is_sorted", [True, False])
def test_a_secret_in_an_annotation_is_found_in_any_order(written: object, *, is_sorted: bool, is_refused: bool) -> None:
    assert annotated(json.dumps(written, sort_keys=is_sorted)) is is_refused


def test_a_long_annotation_takes_no_longer_than_its_length() -> None:
    with within(1):
        assert not annotated('"kind":"Secret"' * 9000)


def deployment(replicas: int, **fields: object) -> Given:
    """Returns a deployment of so many pods of the app ledger."""
    template = {"metadata": {"labels": {"app": "ledger", "tier": "back"}}, "spec": {**pod({}), **fields}}
    return k8s("apps/v1:Deployment", {"metadata": meta("ledger"), "spec": {
        "replicas": replicas, "selector": {"matchLabels": {"app": "ledger"}}, "template": template}})  # fmt: skip


def node_affinity(*expressions: object, preferred: bool = False) -> dict[str, object]:
    """Returns the affinity of a pod to machines by terms that it requires or prefers."""
    term = {"matchExpressions": list(expressions)}
    if preferred:
        return {"preferredDuringSchedulingIgnoredDuringExecution": [{"weight": 1, "preference": term}]}
    return {"requiredDuringSchedulingIgnoredDuringExecution": {"nodeSelectorTerms": [term]}}


def apart(selector: object, *, key: str = "podAntiAffinity") -> dict[str, object]:
    """Returns the affinity of a pod that stands on no machine with pods of a selector."""
    term = {"topologyKey": "kubernetes.io/hostname", "labelSelector": selector}
    return {"affinity": {key: {"requiredDuringSchedulingIgnoredDuringExecution": [term]}}}


GPU = "nvidia.com/gpu.present"
NOT_GPUS = (
    {"key": GPU, "operator": "DoesNotExist"}, {"key": GPU, "operator": "NotIn", "values": ["true"]},
    {"key": GPU, "operator": "In", "values": ["false"]},
)  # fmt: skip
OF_GPUS = (
    {"key": GPU, "operator": "Exists"}, {"key": GPU, "operator": "In", "values": ["true"]},
    {"key": "nvidia.com/gpu.count", "operator": "Gt", "values": ["0"]},
    {"key": "node.kubernetes.io/instance-type", "operator": "In", "values": ["p5.48xlarge"]},
)  # fmt: skip
ALONE = {"topologyKey": "kubernetes.io/hostname", "labelSelector": {"matchLabels": {"app": "ledger"}}}


@pytest.mark.parametrize(("fields", "is_refused"), [
    *(({"affinity": {"nodeAffinity": node_affinity(item)}}, False) for item in NOT_GPUS),
    *(({"affinity": {"nodeAffinity": node_affinity(item)}}, True) for item in OF_GPUS),
    *(({"affinity": {"nodeAffinity": node_affinity(item, preferred=True)}}, False) for item in OF_GPUS),
    *(({"nodeSelector": {"gpu": value}}, False) for value in ("false", "0", "no", "none", "False")),
    ({"nodeSelector": {"gpu": "true"}}, True), ({"nodeSelector": {"accelerator": "gpu-h100"}}, True),
])  # fmt: skip
def test_pods_that_stand_apart_need_machines_with_gpus_only_where_they_select_them(
    fields: dict[str, object], *, is_refused: bool
) -> None:
    alone = apart(ALONE["labelSelector"])["affinity"]
    affinity = {**alone, **fields.get("affinity", {})}  # type: ignore[dict-item]
    given = deployment(40, **{**fields, "affinity": affinity})
    assert ("FJ-COST-126" in refused(given)) is is_refused


@pytest.mark.parametrize(("selector", "is_refused"), [
    ({"matchLabels": {"app": "ledger"}}, True), ({"matchLabels": {"app": "ledger", "tier": "back"}}, True),
    ({"matchLabels": {"app": "noisy"}}, False), ({"matchLabels": {"app": "ledger", "tier": "front"}}, False),
    ({}, True), ({"matchExpressions": [{"key": "app", "operator": "In", "values": ["ledger"]}]}, True),
    ({"matchExpressions": [{"key": "app", "operator": "In", "values": ["noisy"]}]}, False),
    ({"matchExpressions": [{"key": "app", "operator": "NotIn", "values": ["ledger"]}]}, False),
    ({"matchExpressions": [{"key": "app", "operator": "NotIn", "values": ["noisy"]}]}, True),
    ({"matchExpressions": [{"key": "app", "operator": "Exists"}]}, True),
    ({"matchExpressions": [{"key": "noisy", "operator": "Exists"}]}, False),
    ({"matchExpressions": [{"key": "noisy", "operator": "DoesNotExist"}]}, True), (UNKNOWN, False),
    ({"matchLabels": UNKNOWN}, False), ({"matchExpressions": UNKNOWN}, False),
    ({"matchExpressions": [{"key": "app", "operator": "NotIn", "values": UNKNOWN}]}, False),
])  # fmt: skip
def test_a_hundred_pods_need_a_hundred_machines_only_apart_from_themselves(
    selector: object, *, is_refused: bool
) -> None:
    assert ("FJ-COST-126" in refused(deployment(100, **apart(selector)))) is is_refused
    assert "FJ-COST-126" not in refused(deployment(100, **apart(selector, key="podAffinity")))


@pytest.mark.parametrize(("namespaces", "is_refused"), [
    ({"from": "Selector", "selector": UNKNOWN}, False), ({"from": UNKNOWN}, False), ({"from": "Same"}, False),
    ({"from": "Selector", "selector": {}}, True), ({"from": "All"}, True),
    ({"from": "Selector", "selector": {"matchLabels": {"team": "a"}}}, False),
])  # fmt: skip
def test_a_gateway_whose_selector_is_not_known_is_evaluated_at_deployment(
    namespaces: dict[str, object], *, is_refused: bool
) -> None:
    listener = {"name": "web", "protocol": "HTTPS", "port": 443, "allowedRoutes": {"namespaces": namespaces}}
    given = k8s("gateway.networking.k8s.io/v1:Gateway", {
        "metadata": meta("web"), "spec": {"gatewayClassName": "istio", "listeners": [listener]}})  # fmt: skip
    reports = [
        report for report in PACK.evaluate_resource(given) if report.mandatory and "attach routes" in report.text
    ]
    assert bool(reports) is is_refused
