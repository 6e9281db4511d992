"""Network policies of the platform's controllers: each namespace is closed except for the traffic listed here."""

from collections.abc import Callable
from typing import Any

import pytest

from falaj.components.core.network.cluster_addresses import namespace_in
from falaj.components.kubernetes.cluster.controller_policy import PROBING
from falaj.components.kubernetes.cluster.gpu_operator import GpuOperator
from falaj.components.kubernetes.cluster.keda import Keda
from falaj.components.kubernetes.cluster.observability import Observability
from falaj.components.kubernetes.serving.gateway import Gateway
from falaj.facts.regions import Cloud
from tests.samples import COST_TAGS
from tests.unit.components.mocks import Recording
from tests.unit.components.queueing_sample import queueing
from tests.unit.components.samples import recorded
from tests.unit.components.serving_samples import GATEWAY

POLICY = "kubernetes:networking.k8s.io/v1:NetworkPolicy"
RELEASE = "kubernetes:helm.sh/v3:Release"
DNS = "kube-system/k8s-app=kube-dns: UDP 53, TCP 53"
API = "anywhere but 169.254.169.254/32: TCP 443, TCP 4443, TCP 6443"
PRICES = {"prices": {"vcpu": 0.1, "gib": 0.01}, "tags": COST_TAGS}
Made = Callable[..., Recording]

PROBES = f"{' and '.join(PROBING)}: TCP 15021"
"""The status port, which is not for everybody."""


def keda(**changed: Any) -> Recording:
    return recorded(Keda, {"tags": COST_TAGS, **changed})


def gateway(**changed: Any) -> Recording:
    return recorded(Gateway, {**GATEWAY, **changed})


def gpus(**changed: Any) -> Recording:
    return recorded(GpuOperator, {"cloud": Cloud.AWS, "tags": COST_TAGS, **changed})


def watched(prometheus: str) -> Recording:
    return recorded(Observability, {"prometheus": prometheus, **PRICES})


def ways(seen: Recording, name: str = "uae-policy") -> tuple[list[str], list[str]]:
    """Describes a policy in words: allowed sources, and destinations of its pods."""
    spec = seen.one(POLICY, name).inputs["spec"]
    assert (spec["podSelector"], spec["policyTypes"]) == ({}, ["Ingress", "Egress"])
    return (
        [_rule(rule.get("from"), rule) for rule in spec["ingress"]],
        [_rule(rule.get("to"), rule) for rule in spec["egress"]],
    )


def _rule(peers: list[Any] | None, rule: dict[str, Any]) -> str:
    ports = ", ".join(f"{port['protocol']} {port['port']:.0f}" for port in rule.get("ports", []))
    return f"{'everybody' if peers is None else ' and '.join(map(_peer, peers))}: {ports or 'all'}"


def _peer(peer: dict[str, Any]) -> str:
    if "ipBlock" in peer:
        block = peer["ipBlock"]
        if block["cidr"] in PROBING:
            return block["cidr"]
        assert block["cidr"] == "0.0.0.0/0"
        return f"anywhere but {', '.join(block['except'])}"
    if "namespaceSelector" not in peer:
        assert peer == {"podSelector": {}}
        return "themselves"
    of = peer["namespaceSelector"]
    if "matchExpressions" in of:
        assert of == {"matchExpressions": [{"key": "falaj/tenant", "operator": "Exists"}]}
        return "tenants"
    pods = peer.get("podSelector", {}).get("matchLabels", {})
    return "/".join([of["matchLabels"]["kubernetes.io/metadata.name"], *(f"{key}={pods[key]}" for key in pods)])


def test_keda_is_asked_by_the_api_server_and_holds_requests_of_the_gateway() -> None:
    assert ways(keda(prometheus_namespace="monitoring", gateway_namespace="way-in")) == (
        [
            "everybody: TCP 9443, TCP 6443",
            "themselves: all",
            "way-in: TCP 8080",
            "monitoring: TCP 8080, TCP 2223",
        ],
        [DNS, API, "themselves: all", "tenants: all", "monitoring: all"],
    )


def test_without_prometheus_nobody_reads_and_nobody_is_asked() -> None:
    assert ways(keda()) == (
        ["everybody: TCP 9443, TCP 6443", "themselves: all", "falaj-gateway: TCP 8080"],
        [DNS, API, "themselves: all", "tenants: all"],
    )
    assert ways(gpus()) == ([], [DNS, API])


def test_the_gpus_metrics_are_read_and_their_agents_ask_the_api_server_only() -> None:
    assert ways(gpus(prometheus_namespace="monitoring")) == (["monitoring: TCP 9400, TCP 8080"], [DNS, API])


@pytest.mark.parametrize(
    ("changed", "coming", "told_by", "holder"),
    [
        ({}, ["everybody: TCP 443", PROBES], ["istio-system: all"], 8443),
        ({"encrypts_pods": False}, ["everybody: TCP 443", PROBES], ["istio-system: all"], 8080),
        (
            {"prometheus_namespace": "monitoring"},
            ["everybody: TCP 443", PROBES, "monitoring: TCP 15020"],
            ["istio-system: all"],
            8443,
        ),
        ({"controller_namespace": "aks-istio-system"}, ["everybody: TCP 443", PROBES], ["aks-istio-system: all"], 8443),
        ({"gateway_class": "nginx"}, ["everybody: TCP 443"], ["nginx-gateway: all"], 8080),
        ({"gateway_class": "other"}, ["everybody: TCP 443"], [], 8080),
    ],
)
def test_the_gateway_passes_on_to_tenants_and_to_who_holds_requests(
    changed: dict[str, Any], coming: list[str], told_by: list[str], holder: int
) -> None:
    assert ways(gateway(**changed)) == (coming, [DNS, f"keda: TCP {holder}", *told_by, "tenants: all"])


def test_costs_are_counted_from_the_api_server_and_prometheus() -> None:
    assert ways(watched("http://prometheus.monitoring:9090")) == (
        ["monitoring: TCP 9003"],
        [DNS, API, "monitoring: all"],
    )
    # Outside the cluster it is reached like the API server, and reads nothing inside.
    assert ways(watched("https://prometheus.example.ae")) == ([], [DNS, API])
    assert ways(watched("http://prometheus.example.ae:9090")) == ([], [DNS, f"{API}, TCP 9090"])


def test_queues_are_asked_by_the_api_server() -> None:
    read = queueing(prometheus_namespace="monitoring")
    assert ways(read, "uae-kueue-policy") == (["everybody: TCP 9443, TCP 8082", "monitoring: TCP 8443"], [DNS, API])
    assert ways(read, "uae-jobset-policy") == (["everybody: TCP 9443", "monitoring: TCP 8443"], [DNS, API])
    assert ways(queueing(), "uae-jobset-policy") == (["everybody: TCP 9443"], [DNS, API])


@pytest.mark.parametrize(
    "resource", [keda, gateway, gpus, queueing, lambda: watched("http://prometheus.monitoring:9090")]
)
def test_nothing_runs_before_its_namespace_is_closed(resource: Made) -> None:
    recording = resource()
    closed = {policy.urn for policy in recording.of(POLICY)}
    after = {release.urn for release in recording.of(RELEASE)}
    for release in recording.of(RELEASE) or [child for child in recording.custom() if child.typ.endswith(":Gateway")]:
        # Its policy, or a release that depends on one: charts of one namespace are installed one after the other.
        assert set(release.depends_on) & (closed | after), release.name
    assert {policy.inputs["metadata"]["namespace"] for policy in recording.of(POLICY)} == {
        namespace.inputs["metadata"]["name"] for namespace in recording.of("kubernetes:core/v1:Namespace")
    }


@pytest.mark.parametrize(
    ("address", "namespace"),
    [
        ("http://prometheus.monitoring:9090", "monitoring"),
        ("http://prometheus.monitoring.svc:9090/path", "monitoring"),
        ("http://prometheus.monitoring.svc.cluster.local", "monitoring"),
        ("https://aps-workspaces.me-central-1.amazonaws.com/workspaces/ws-1", None),
        ("http://prometheus:9090", None),
    ],
)
def test_an_address_says_where_somebody_is(address: str, namespace: str | None) -> None:
    assert namespace_in(address) == namespace
