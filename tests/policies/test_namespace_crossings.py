"""Objects of one namespace that take requests, tokens or secrets of others (FJ-IDN-314), and selectors of all."""

import pytest

from .blind import k8s, meta
from .harness import UNKNOWN, Given, Pack, blocking, rules

PACK = Pack()
PAYMENTS = "payments.payments.svc.cluster.local"
TOKEN = "/var/run/secrets/kubernetes.io/serviceaccount/token"
EVERY = {"matchExpressions": [{"key": "kubernetes.io/metadata.name", "operator": "Exists"}]}
ALL_BUT_ONE = {"matchExpressions": [{"key": "kubernetes.io/metadata.name", "operator": "NotIn", "values": ["a"]}]}
LABELLED = {"matchLabels": {"bank.ae/pulls": "true"}}
LISTED = {"matchExpressions": [{"key": "kubernetes.io/metadata.name", "operator": "In", "values": ["a"]}]}


def refuses(kind: str, spec: object, namespace: str = "team-a", rule: str = "FJ-IDN-314") -> bool:
    """Returns whether a rule refuses an object."""
    return rule in rules(PACK.evaluate_resource(k8s(kind, {"metadata": meta("x", namespace), "spec": spec})))


@pytest.mark.parametrize(("spec", "refused"), [
    ({"hosts": [PAYMENTS]}, True),
    ({"hosts": [PAYMENTS], "exportTo": ["*"]}, True),
    ({"hosts": [PAYMENTS], "exportTo": ["."]}, False),
    ({"hosts": [PAYMENTS], "gateways": ["mesh", "edge/models"]}, True),
    ({"hosts": [PAYMENTS], "gateways": ["edge/models"]}, False),
    ({"hosts": ["chat.team-a.svc.cluster.local"]}, False),
    ({"hosts": ["chat.example.ae"]}, False),
    ({"hosts": ["payments.payments.svc"]}, True),
])  # fmt: skip
def test_routes_of_services_of_others(spec: object, *, refused: bool) -> None:
    assert refuses("networking.istio.io/v1:VirtualService", spec) is refused
    assert not refuses("networking.istio.io/v1:VirtualService", spec, "istio-system")


def test_entries_of_the_mesh_for_services_of_others() -> None:
    assert refuses("networking.istio.io/v1:ServiceEntry", {"hosts": [PAYMENTS], "location": "MESH_INTERNAL"})


@pytest.mark.parametrize(("selector", "namespace", "refused"), [
    ({}, "team-a", True), ({"any": True}, "team-a", True), ({"matchNames": ["team-b"]}, "team-a", True),
    ({"matchNames": ["kube-system"]}, "monitoring", False), ({"matchNames": ["default"]}, "monitoring", False),
    ({"matchNames": ["kube-system", "team-b"]}, "monitoring", True), ({}, "kube-system", False),
])  # fmt: skip
@pytest.mark.parametrize(("kind", "key"), [("ServiceMonitor", "endpoints"), ("PodMonitor", "podMetricsEndpoints")])
def test_monitors_that_send_the_token(kind: str, key: str, selector: object, namespace: str, *, refused: bool) -> None:
    spec = {"selector": {}, "namespaceSelector": selector, key: [{"port": "https", "bearerTokenFile": TOKEN}]}
    assert refuses(f"monitoring.coreos.com/v1:{kind}", spec, namespace) is refused
    spec = {"selector": {}, key: [{"port": "https", "bearerTokenFile": "/etc/prometheus/secrets/team/token"}]}
    assert not refuses(f"monitoring.coreos.com/v1:{kind}", spec, namespace)


@pytest.mark.parametrize("namespace", [{}, {"namespace": UNKNOWN}], ids=["absent", "unknown"])
def test_a_monitor_in_a_namespace_that_is_not_known_is_reported_and_not_refused(namespace: dict[str, str]) -> None:
    spec = {"selector": {}, "endpoints": [{"port": "https", "bearerTokenFile": TOKEN}]}
    given = k8s("monitoring.coreos.com/v1:ServiceMonitor", {"metadata": {"name": "x", **namespace}, "spec": spec})
    reports = PACK.evaluate_resource(given)
    assert "FJ-IDN-314" in rules(reports)
    assert "FJ-IDN-314" not in blocking(reports)
    everywhere = {**given.props, "spec": {**spec, "namespaceSelector": {"any": True}}}
    assert "FJ-IDN-314" in blocking(PACK.evaluate_resource(Given(given.type, everywhere, provider=given.provider)))


@pytest.mark.parametrize(("selector", "refused"), [
    (EVERY, True), (ALL_BUT_ONE, True), ({}, True), ({"matchLabels": {}}, True), (LABELLED, False), (LISTED, False),
])  # fmt: skip
def test_selectors_of_every_namespace(selector: object, *, refused: bool) -> None:
    secret = {"externalSecretSpec": {}, "namespaceSelectors": [LABELLED, selector]}
    assert refuses("external-secrets.io/v1:ClusterExternalSecret", secret) is refused
    policy = {"podSelector": {}, "ingress": [{"from": [{"namespaceSelector": selector}], "ports": [{"port": 80}]}]}
    assert refuses("networking.k8s.io/v1:NetworkPolicy", policy, rule="FJ-EXP-324") is refused
    of_pods = {"podSelector": {}, "ingress": [{"from": [{
        "namespaceSelector": selector, "podSelector": {"matchLabels": {"app": "gateway"}}}]}]}  # fmt: skip
    assert not refuses("networking.k8s.io/v1:NetworkPolicy", of_pods, rule="FJ-EXP-324")


@pytest.mark.parametrize(("to", "refused"), [
    ({"group": "", "kind": "Secret"}, True), ({"group": "", "kind": "Secret", "name": "tls"}, False),
    ({"group": "", "kind": "Service"}, False),
])  # fmt: skip
def test_grants_of_every_secret(to: object, *, refused: bool) -> None:
    assert refuses("gateway.networking.k8s.io/v1beta1:ReferenceGrant", {"from": [], "to": [to]}) is refused


@pytest.mark.parametrize(("source", "refused"), [
    ({"notNamespaces": ["nowhere"]}, True), ({"notPrincipals": ["a"], "notIpBlocks": ["10.0.0.0/8"]}, True),
    ({"namespaces": ["team-b"], "notPrincipals": ["a"]}, False), ({"principals": ["a"]}, False),
])  # fmt: skip
def test_sources_that_only_leave_out(source: object, *, refused: bool) -> None:
    spec = {"selector": {"matchLabels": {"app": "x"}}, "rules": [{"from": [{"source": source}]}]}
    kind = "security.istio.io/v1:AuthorizationPolicy"
    assert refuses(kind, spec, rule="FJ-EXP-324") is refused
    assert not refuses(kind, {**spec, "action": "DENY"}, rule="FJ-EXP-324")


@pytest.mark.parametrize(("rule", "refused"), [
    ({"when": [{"key": "source.namespace", "notValues": ["nowhere"]}]}, True),
    ({"when": [{"key": "source.namespace", "notValues": ["a"]}, {"key": "b", "values": ["c"]}]}, False),
    ({"from": [{"source": {"principals": ["a"]}}], "when": [{"key": "b", "notValues": ["c"]}]}, False),
    ({"when": [{"key": "source.namespace", "values": ["edge"]}]}, False),
])  # fmt: skip
def test_conditions_that_only_leave_out(rule: object, *, refused: bool) -> None:
    spec = {"selector": {"matchLabels": {"app": "x"}}, "rules": [rule]}
    assert refuses("security.istio.io/v1:AuthorizationPolicy", spec, rule="FJ-EXP-324") is refused


@pytest.mark.parametrize("kind", ["CiliumNetworkPolicy", "CiliumClusterwideNetworkPolicy"])
@pytest.mark.parametrize(("key", "refused"), [("k8s:io.kubernetes.pod.namespace", True), ("k8s:app", False)])
def test_endpoints_of_every_namespace_in_cilium(kind: str, key: str, *, refused: bool) -> None:
    peers = [{"matchExpressions": [{"key": key, "operator": "Exists"}]}]
    spec = {"endpointSelector": {}, "ingress": [{"fromEndpoints": peers}]}
    assert refuses(f"cilium.io/v2:{kind}", spec, rule="FJ-EXP-324") is refused


@pytest.mark.parametrize(("blocks", "refused"), [
    (["0.0.0.0/1", "128.0.0.0/1"], True), (["10.20.0.0/16"], False), (["0.0.0.0/0"], True),
])  # fmt: skip
@pytest.mark.parametrize(("kind", "key"), [
    ("projectcalico.org/v3:GlobalNetworkSet", "nets"), ("crd.projectcalico.org/v1:NetworkSet", "nets"),
    ("cilium.io/v2:CiliumCIDRGroup", "externalCIDRs"),
])  # fmt: skip
def test_sets_of_every_address(kind: str, key: str, blocks: list[str], *, refused: bool) -> None:
    assert refuses(kind, {key: blocks}, rule="FJ-EXP-324") is refused


@pytest.mark.parametrize(("key", "refused"), [
    ("nginx.org/server-snippets", True), ("nginx.org/location-snippets", True),
    ("haproxy.org/backend-config-snippet", True),
    ("haproxy.com/frontend-config-snippet", True), ("haproxy-ingress.github.io/config-backend", True),
    ("nginx.ingress.kubernetes.io/auth-snippet", True),
    ("nginx.org/proxy-read-timeout", False), ("haproxy-ingress.github.io/timeout-client", False),
])  # fmt: skip
def test_lines_of_configuration_in_annotations(key: str, *, refused: bool) -> None:
    ingress = {"metadata": meta(annotations={key: "x"}), "spec": {"rules": []}}
    given = k8s("networking.k8s.io/v1:Ingress", ingress)
    assert ("FJ-EXP-322" in rules(PACK.evaluate_resource(given))) is refused


@pytest.mark.parametrize("kind", ["VirtualServer", "VirtualServerRoute", "TransportServer"])
def test_lines_of_configuration_in_objects_of_nginx(kind: str) -> None:
    assert refuses(f"k8s.nginx.org/v1:{kind}", {"host": "a", "server-snippets": "alias /;"}, rule="FJ-EXP-322")
    assert not refuses(f"k8s.nginx.org/v1:{kind}", {"host": "a", "server-snippets": ""}, rule="FJ-EXP-322")


def test_given_is_evaluated_in_lists() -> None:
    item = {"kind": "VirtualService", "metadata": meta(), "spec": {"hosts": [PAYMENTS]}}
    listed = Given("kubernetes:networking.istio.io/v1:VirtualServiceList", {"items": [item]})
    assert "FJ-IDN-314" in rules(PACK.evaluate_resource(listed))
