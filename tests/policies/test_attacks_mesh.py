"""TLS of entry points and meshes, and the policies of meshes, in the forms that their APIs take.

Each attack of `attacks/kubernetes_networks.py` passed on 92e0a0ba, but one. Fields and modes are those of the CRDs: of
Istio (istio.io/api 1.31), Contour (projectcontour/contour at 31c4bb38), Linkerd (linkerd/linkerd2 at b24cd405) and the
network policy API (kubernetes-sigs/network-policy-api at 0eec1b07), read 2026-11-27.
"""

import json
from typing import Any

import pytest
from guardrails.encryption.transit.ingresses import covers
from hypothesis import given
from hypothesis import strategies as st

from .exposure_cases import PACK
from .harness import UNKNOWN, UNKNOWN_OBJECT, Given, blocking, rules

INGRESS = "kubernetes:networking.k8s.io/v1:Ingress"
PEERS = "kubernetes:security.istio.io/v1:PeerAuthentication"
DESTINATION = "kubernetes:networking.istio.io/v1:DestinationRule"
CALICO = "kubernetes:projectcalico.org/v3:NetworkPolicy"
GLOBAL = "kubernetes:projectcalico.org/v3:GlobalNetworkPolicy"
CILIUM = "kubernetes:cilium.io/v2:CiliumNetworkPolicy"
ISTIO = "kubernetes:security.istio.io/v1:AuthorizationPolicy"
GROUPS = ("route.openshift.io", "serving.knative.dev")
CLUSTER_POLICY = "kubernetes:policy.networking.k8s.io/v1alpha2:ClusterNetworkPolicy"


def judged(rule: str, token: str, spec: object, **metadata: object) -> str:
    """Returns whether a rule refuses an object, only reports it, or passes it."""
    props = {"metadata": {"name": "it", "namespace": "team-a", **metadata}, "spec": spec}
    reports = PACK.evaluate_plan(Given(token, props))
    assert "FJ-PACK-001" not in rules(reports)
    return "refused" if rule in blocking(reports) else "reported" if rule in rules(reports) else "passed"


LABELS = st.sampled_from(["a", "b", "models", "*"])
HOSTS = st.lists(LABELS, min_size=1, max_size=4).map(".".join)


def reference_covers(pattern: str, host: str) -> bool:
    """Compares label by label: only a wildcard in the first place stands for a label that is none itself."""
    wanted, labels = pattern.split("."), host.split(".")
    return len(wanted) == len(labels) and all(
        left == right or (place == 0 and left == "*" and len(wanted) > 1 and right != "*")
        for place, (left, right) in enumerate(zip(wanted, labels, strict=True))
    )


@given(HOSTS, HOSTS)
def test_hosts_of_tls_cover_as_the_reference_says(pattern: str, host: str) -> None:
    assert covers(pattern, host) == reference_covers(pattern, host)
    assert covers(pattern.upper(), host) == reference_covers(pattern, host)


@given(st.lists(HOSTS, min_size=1, max_size=3), st.lists(HOSTS, min_size=1, max_size=3))
def test_every_host_of_an_ingress_needs_an_entry(listed: list[str], hosts: list[str]) -> None:
    spec = {"tls": [{"hosts": listed, "secretName": "s"}], "rules": [{"host": host} for host in hosts]}
    is_covered = all(any(reference_covers(pattern, host) for pattern in listed) for host in hosts)
    assert judged("FJ-ENC-421", INGRESS, spec) == ("passed" if is_covered else "refused")


@pytest.mark.parametrize(
    ("tls", "expected"),
    [
        ([{"hosts": ["a.bank.ae"]}], "passed"),
        ([{"hosts": ["b.bank.ae"]}, {"secretName": "s"}], "passed"),
        ([{"hosts": []}], "passed"),
        ([{"hosts": ["b.bank.ae"]}], "refused"),
        ([{"hosts": ["b.bank.ae", UNKNOWN]}], "reported"),
        ([{"hosts": UNKNOWN}], "reported"),
        (UNKNOWN, "reported"),
    ],
)
def test_lists_of_hosts(tls: object, expected: str) -> None:
    spec = {"tls": tls, "rules": [{"host": "a.bank.ae"}, {"host": UNKNOWN}]}
    assert judged("FJ-ENC-421", INGRESS, spec) == expected


ACTION = "alb.ingress.kubernetes.io/actions.to-https"
TO_HTTPS = {"Type": "redirect", "RedirectConfig": {"Protocol": "HTTPS", "Port": "443", "StatusCode": "HTTP_301"}}


@pytest.mark.parametrize(
    ("action", "expected"),
    [
        (json.dumps(TO_HTTPS), "passed"),
        (json.dumps({"Type": "redirect", "RedirectConfig": {"Protocol": "HTTP"}}), "refused"),
        ("{", "refused"),
    ],
)
def test_an_action_of_an_application_load_balancer_redirects(action: str, expected: str) -> None:
    backend = {"service": {"name": "to-https", "port": {"name": "use-annotation"}}}
    rules_of = [{"host": "a.bank.ae", "http": {"paths": [{"path": "/", "backend": backend}]}}]
    annotations = {PORTS: '[{"HTTP": 80}, {"HTTPS": 443}]', ACTION: action}
    spec = {"ingressClassName": "alb", "rules": rules_of}
    assert judged("FJ-ENC-421", INGRESS, spec, annotations=annotations) == expected


CERTIFICATE = {"alb.ingress.kubernetes.io/certificate-arn": "arn:aws:acm:me-central-1:1:certificate/a"}
PORTS, REDIRECT = "alb.ingress.kubernetes.io/listen-ports", "alb.ingress.kubernetes.io/ssl-redirect"


@pytest.mark.parametrize(
    ("annotations", "expected"),
    [
        (CERTIFICATE, "passed"),
        ({PORTS: '[{"HTTPS": 443}]'}, "passed"),
        ({PORTS: '[{"HTTP": 80}, {"HTTPS": 443}]', REDIRECT: "443"}, "passed"),
        ({**CERTIFICATE, PORTS: '[{"HTTP": 80, "HTTPS": 443}]', REDIRECT: "443"}, "passed"),
        ({PORTS: '[{"HTTP": 80}, {"HTTPS": 443}]'}, "refused"),
        ({**CERTIFICATE, PORTS: '[{"HTTP": 80}]'}, "refused"),
        ({PORTS: "[{"}, "refused"),
        ({}, "refused"),
        ({PORTS: UNKNOWN}, "reported"),
        ({PORTS: '[{"HTTP": 80}, {"HTTPS": 443}]', ACTION: json.dumps(TO_HTTPS)}, "refused"),
    ],
)
def test_an_application_load_balancer_listens_to_https(annotations: dict[str, str], expected: str) -> None:
    spec = {"ingressClassName": "alb", "tls": [{"hosts": ["a.bank.ae"]}], "rules": [{"host": "a.bank.ae"}]}
    assert judged("FJ-ENC-421", INGRESS, spec, annotations=annotations) == expected
    by_annotation = {**annotations, "kubernetes.io/ingress.class": "alb"}
    assert judged("FJ-ENC-421", INGRESS, {"rules": []}, annotations=by_annotation) == expected


@pytest.mark.parametrize(
    ("kind", "spec", "expected"),
    [
        ("projectcontour.io/v1:HTTPProxy", {"virtualhost": {"fqdn": "a", "tls": {"secretName": "s"}}}, "passed"),
        ("projectcontour.io/v1:HTTPProxy", {"routes": [{"permitInsecure": False}]}, "passed"),
        ("projectcontour.io/v1:HTTPProxy", {"virtualhost": {"fqdn": "a", "tls": {}}}, "refused"),
        ("projectcontour.io/v1:HTTPProxy", {"routes": [{"permitInsecure": True}]}, "refused"),
        ("route.openshift.io/v1:Route", {"tls": {"termination": "edge"}}, "passed"),
        ("route.openshift.io/v1:Route", {"tls": {"insecureEdgeTerminationPolicy": "Redirect"}}, "passed"),
        ("route.openshift.io/v1:Route", {"tls": {"insecureEdgeTerminationPolicy": "Allow"}}, "refused"),
        ("route.openshift.io/v1:Route", {}, "refused"),
        ("serving.knative.dev/v1:Route", {}, "passed"),
        ("traefik.io/v1alpha1:IngressRoute", {"entryPoints": ["web"], "routes": []}, "refused"),
        ("traefik.io/v1alpha1:IngressRoute", {"routes": []}, "refused"),
        ("traefik.io/v1alpha1:IngressRoute", {"entryPoints": ["websecure"], "routes": []}, "passed"),
        ("traefik.io/v1alpha1:IngressRoute", {"entryPoints": ["web"], "tls": {"secretName": "s"}}, "passed"),
        (
            "traefik.io/v1alpha1:IngressRoute",
            {
                "entryPoints": ["web"],
                "routes": [{"middlewares": [{"name": "to-https"}], "services": [{"name": "noop@internal"}]}],
            },
            "passed",
        ),
    ],
)
def test_other_entry_points(kind: str, spec: dict[str, Any], expected: str) -> None:
    assert judged("FJ-ENC-421", f"kubernetes:{kind}", spec) == expected


@pytest.mark.parametrize(
    ("namespace", "spec", "expected"),
    [
        ("team-a", {"mtls": {"mode": "STRICT"}}, "passed"),
        ("team-a", {"mtls": {"mode": "UNSET"}}, "passed"),
        ("team-a", {}, "passed"),
        ("team-a", {"mtls": {"mode": "STRICT"}, "portLevelMtls": {"8080": {"mode": "STRICT"}}}, "passed"),
        ("istio-system", {"mtls": {"mode": "STRICT"}}, "passed"),
        ("istio-system", {"selector": {"matchLabels": {"app": "a"}}}, "passed"),
        ("istio-system", {}, "refused"),
        ("istio-system", {"mtls": {"mode": "UNSET"}}, "refused"),
        ("team-a", {"mtls": {"mode": "PERMISSIVE"}}, "refused"),
        ("team-a", {"portLevelMtls": {"8080": {"mode": "DISABLE"}}}, "refused"),
        ("team-a", {"mtls": {"mode": UNKNOWN}}, "reported"),
    ],
)
def test_workloads_accept_mutual_tls(namespace: str, spec: dict[str, Any], expected: str) -> None:
    assert judged("FJ-ENC-422", PEERS, spec, namespace=namespace) == expected


def policy(**tls: object) -> dict[str, Any]:
    return {"host": "a.team-a", "trafficPolicy": {"tls": tls}}


@pytest.mark.parametrize(
    ("spec", "expected"),
    [
        (policy(mode="ISTIO_MUTUAL"), "passed"),
        (policy(mode="SIMPLE", subjectAltNames=["a"]), "passed"),
        ({"host": "a", "trafficPolicy": {"loadBalancer": {"simple": "LEAST_REQUEST"}}}, "passed"),
        ({"host": "a"}, "passed"),
        ({**policy(mode="DISABLE"), "host": "kubernetes.default.svc.cluster.local"}, "passed"),
        ({**policy(mode="DISABLE"), "host": "kubernetes.default.svc.cluster.local.bank.ae"}, "refused"),
        (policy(mode="DISABLE"), "refused"),
        (policy(sni="a"), "refused"),
        (policy(), "refused"),
        (policy(mode="SIMPLE", insecureSkipVerify=True), "refused"),
        (policy(mode="SIMPLE", insecureSkipVerify="true"), "refused"),
        (policy(mode=UNKNOWN), "reported"),
        ({"host": "a", "trafficPolicy": {"portLevelSettings": [{"tls": {"mode": "DISABLE"}}]}}, "refused"),
        ({"host": "a", "subsets": [{"trafficPolicy": {"portLevelSettings": [{"tls": {}}]}}]}, "refused"),
    ],
)
def test_callers_use_tls_and_verify_servers(spec: dict[str, Any], expected: str) -> None:
    assert judged("FJ-ENC-422", DESTINATION, spec) == expected


@pytest.mark.parametrize(
    ("token", "rule", "expected"),
    [
        (CALICO, {"action": "Allow", "source": {"selector": "all()"}}, "passed"),
        (CALICO, {"action": "Allow", "source": {"namespaceSelector": "team == 'a'"}}, "passed"),
        (CALICO, {"action": "Allow", "source": {"serviceAccounts": {"names": ["a"]}}}, "passed"),
        (CALICO, {"action": "Allow", "source": {"selector": "app == 'a'", "namespaceSelector": "all()"}}, "passed"),
        (CALICO, {"action": "Allow", "source": {"selector": "all()", "namespaceSelector": "all()"}}, "refused"),
        (CALICO, {"action": "Allow", "source": {"notSelector": "app == 'a'"}}, "refused"),
        (CALICO, {"action": "Allow", "source": {"ports": [443]}}, "refused"),
        (GLOBAL, {"action": "Allow", "source": {"selector": " all() "}}, "refused"),
        (GLOBAL, {"action": "Pass", "source": {}}, "passed"),
        (CILIUM, {"fromEndpoints": [{}]}, "passed"),
        (CILIUM, {"fromEntities": ["host", "kube-apiserver"]}, "passed"),
        (CILIUM, {"fromEntities": ["cluster"]}, "refused"),
        ("kubernetes:cilium.io/v2:CiliumClusterwideNetworkPolicy", {"fromEndpoints": [{"matchLabels": {"a": "b"}}]},
         "passed"),
        ("kubernetes:cilium.io/v2:CiliumClusterwideNetworkPolicy", {"fromEndpoints": [{}]}, "refused"),
        (CLUSTER_POLICY, {"action": "Accept", "from": [{"namespaces": {"matchLabels": {"a": "b"}}}]}, "passed"),
        (CLUSTER_POLICY, {"action": "Deny", "from": [{"namespaces": {}}]}, "passed"),
        (CLUSTER_POLICY, {"action": "Accept", "from": [{"pods": {"namespaceSelector": {}, "podSelector":
                                                                {"matchLabels": {"a": "b"}}}}]}, "passed"),
        (CLUSTER_POLICY, {"action": "Accept", "from": [{"pods": {"namespaceSelector": {}}}]}, "refused"),
        (CLUSTER_POLICY, {"action": "Accept", "from": [{"namespaces": {}}]}, "refused"),
    ],
)  # fmt: skip
def test_rules_of_network_policies(token: str, rule: dict[str, Any], expected: str) -> None:
    assert judged("FJ-EXP-324", token, {"ingress": [rule]}) == expected


@pytest.mark.parametrize(
    ("spec", "expected"),
    [
        ({}, "passed"),
        ({"rules": [{"from": [{"source": {"namespaces": ["team-a"]}}]}]}, "passed"),
        ({"rules": [{"from": [{"source": {"principals": ["*"]}}]}]}, "refused"),
        ({"rules": [{"from": [{"source": {"principals": ["*"], "namespaces": ["team-a"]}}]}]}, "passed"),
        ({"rules": [{"to": [{"operation": {"methods": ["GET"]}}]}]}, "refused"),
        ({"rules": [{"to": [{"operation": {"methods": ["GET"], "paths": ["/healthz"]}}]}]}, "passed"),
        ({"action": "DENY", "rules": [{}]}, "passed"),
        ({"selector": {"matchLabels": {"app": "a"}}, "rules": [{}]}, "refused"),
        ({"rules": [{}]}, "refused"),
        ({"action": "ALLOW", "rules": [{"from": [{"source": {}}]}]}, "refused"),
        ({"rules": [{"from": [{"source": {"ipBlocks": ["0.0.0.0/1", "128.0.0.0/1"]}}]}]}, "refused"),
        ({"rules": [{"from": [{"source": {"ipBlocks": [UNKNOWN]}}]}]}, "refused"),
    ],
)
def test_policies_of_istio_for_all_workloads(spec: dict[str, Any], expected: str) -> None:
    assert judged("FJ-EXP-324", ISTIO, spec) == expected


def test_objects_that_are_not_known_and_lists() -> None:
    assert judged("FJ-ENC-422", DESTINATION, {"host": "a", "trafficPolicy": UNKNOWN_OBJECT}) == "passed"
    item = {"kind": "PeerAuthentication", "metadata": {"name": "a"}, "spec": {"mtls": {"mode": "DISABLE"}}}
    for token in (f"{PEERS}List", "kubernetes:core/v1:List"):
        assert "FJ-ENC-422" in blocking(PACK.evaluate_resource(Given(token, {"items": [item]})))
    assert judged("FJ-ENC-422", f"{DESTINATION}Patch", policy(sni="a")) == "passed"
    routes = [{"apiVersion": f"{group}/v1", "kind": "Route", "spec": {}} for group in GROUPS]
    for route, is_refused in zip(routes, (True, False), strict=True):
        reports = PACK.evaluate_resource(Given("kubernetes:core/v1:List", {"items": [route]}))
        assert ("FJ-ENC-421" in blocking(reports)) is is_refused
    listed = {"tls": [{"hosts": ["b.bank.ae"]}], "rules": [{"host": "a.bank.ae"}]}
    assert judged("FJ-ENC-421", f"{INGRESS}Patch", listed) == "passed"


@pytest.mark.parametrize(
    ("values", "is_refused"),
    [({"meshConfig": {"enableAutoMtls": False}}, True), ({"meshConfig": {"enableAutoMtls": True}}, False), ({}, False)],
)
def test_the_control_plane_keeps_automatic_mutual_tls(values: dict[str, Any], is_refused: bool) -> None:
    release = Given("kubernetes:helm.sh/v3:Release", {"chart": "istiod", "version": "1.31.0", "values": values})
    assert ("FJ-ENC-422" in blocking(PACK.evaluate_resource(release))) is is_refused


POLICY = "alb.ingress.kubernetes.io/ssl-policy"


@pytest.mark.parametrize(
    ("policy_name", "expected"),
    [
        ("ELBSecurityPolicy-TLS13-1-2-2021-06", "passed"),
        ("ELBSecurityPolicy-TLS13-1-3-2021-06", "passed"),
        ("ELBSecurityPolicy-TLS13-1-0-2021-06", "refused"),
        ("ELBSecurityPolicy-2016-08", "refused"),
        ("", "refused"),
        (UNKNOWN, "reported"),
        (None, "passed"),
    ],
)
def test_policies_of_load_balancers_exclude_old_versions(policy_name: str | None, expected: str) -> None:
    annotations = {} if policy_name is None else {POLICY: policy_name}
    assert judged("FJ-ENC-423", INGRESS, {"rules": []}, annotations=annotations) == expected
