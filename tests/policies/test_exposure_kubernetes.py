"""Cluster exposure: services, ingresses, network policies, namespaces, config maps and the default service account."""

import base64
from typing import Any

import pytest
from guardrails.engine.enforcement import Enforcement

from .exposure_cases import ON_AKS, ON_EKS, ON_PREMISES, refused, reported
from .harness import UNKNOWN, Given, Pack

SERVICE = "kubernetes:core/v1:Service"
INGRESS = "kubernetes:networking.k8s.io/v1:Ingress"
POLICY = "kubernetes:networking.k8s.io/v1:NetworkPolicy"
NAMESPACE = "kubernetes:core/v1:Namespace"
LOAD_BALANCER = {"type": "LoadBalancer"}
AWS = "service.beta.kubernetes.io/aws-load-balancer-"
GATEWAY = "kubernetes:gateway.networking.k8s.io/v1:Gateway"


def with_annotations(annotations: object, **spec: object) -> dict[str, Any]:
    return {"metadata": {"name": "it", "annotations": annotations}, "spec": spec}


AZURE = "service.beta.kubernetes.io/azure-load-balancer-internal"
SITES = {"eks": ON_EKS, "aks": ON_AKS, "premises": ON_PREMISES}


@pytest.mark.parametrize(
    ("annotations", "internal_on"),
    [
        ({AZURE: "true"}, {"aks", "premises"}),
        ({AZURE: "True"}, {"premises"}),
        ({AZURE: "false"}, set()),
        ({AWS + "internal": "true"}, {"eks", "premises"}),
        ({AWS + "internal": "0.0.0.0/0"}, {"eks"}),
        ({AWS + "type": "external"}, {"eks"}),
        ({AWS + "internal": "true", AZURE: "true"}, {"eks", "aks", "premises"}),
        ({"metallb.io/address-pool": "inside"}, {"premises"}),
        ({"metallb.io/loadBalancerIPs": "10.1.2.3,10.1.2.4"}, {"premises"}),
        ({"metallb.io/loadBalancerIPs": "10.1.2.3,8.8.8.8", "metallb.io/address-pool": "inside"}, set()),
        ({"lbipam.cilium.io/ips": "2001:4860:4860::8888"}, set()),
        ({"networking.gke.io/load-balancer-type": "Internal"}, set()),
    ],
)
def test_a_load_balancer_is_internal_by_the_annotations_of_its_cloud(
    annotations: dict[str, str], internal_on: set[str]
) -> None:
    service, entry = with_annotations(annotations, **LOAD_BALANCER), gateway(annotations)
    for token, props in ((SERVICE, service), (GATEWAY, entry)):
        passes = {site for site, provider in SITES.items() if not reported(token, props, provider=provider)}
        assert passes == internal_on
        is_safe = {"eks", "aks"} <= internal_on
        refusals = refused(token, props, provider={"kubeconfig": "~/.kube/config"})
        assert ("FJ-EXP-321" in refusals) is not is_safe


@pytest.mark.parametrize(
    "props",
    [
        {"spec": LOAD_BALANCER},
        with_annotations({"service.beta.kubernetes.io/azure-load-balancer-internal": "false"}, **LOAD_BALANCER),
        with_annotations({"service.beta.kubernetes.io/aws-load-balancer-scheme": "internet-facing"}, **LOAD_BALANCER),
        with_annotations({"service.beta.kubernetes.io/aws-load-balancer-scheme": "internet-facing"}, **LOAD_BALANCER,
              loadBalancerClass="service.k8s.aws/nlb"),
        with_annotations({AWS + "scheme": "internal"}, **LOAD_BALANCER),
        with_annotations({AWS + "scheme": "internal", AWS + "type": "nlb"}, **LOAD_BALANCER),
        with_annotations({AWS + "scheme": "internet-facing", AWS + "internal": "true"}, **LOAD_BALANCER),
        with_annotations({AWS + "internal": "false", AWS + "scheme": "internal"}, **LOAD_BALANCER),
        with_annotations({AWS + "type": "external", AWS + "internal": "false"}, **LOAD_BALANCER),
        with_annotations({}, **LOAD_BALANCER, loadBalancerSourceRanges=["203.0.113.0/24"]),
        {"spec": {"type": "NodePort"}},
        {"spec": {"externalIPs": ["10.0.0.1"]}},
        {"spec": {"type": UNKNOWN}},
        with_annotations(UNKNOWN, **LOAD_BALANCER),
    ],
)  # fmt: skip
def test_external_services_are_blocked(props: dict[str, object]) -> None:
    assert refused(SERVICE, props) == {"FJ-EXP-321"}
    assert refused("kubernetes:core/v1:List", {"items": [{"kind": "Service", **props}]}) == {"FJ-EXP-321"}
    assert refused("kubernetes:core/v1:ServiceList", {"items": [props]}) == {"FJ-EXP-321"}


def gateway(annotations: object) -> dict[str, Any]:
    listener = {"name": "https", "port": 443, "protocol": "HTTPS", "tls": {"certificateRefs": [{"name": "tls"}]}}
    infrastructure = {} if annotations is None else {"infrastructure": {"annotations": annotations}}
    return {
        "metadata": {"name": "it"},
        "spec": {"gatewayClassName": "istio", "listeners": [listener], **infrastructure},
    }


@pytest.mark.parametrize(
    "annotations", [None, {}, {AWS + "scheme": "internal"}, {AWS + "scheme": "internet-facing"}, UNKNOWN]
)
def test_a_gateway_whose_service_may_be_public_is_blocked(annotations: object) -> None:
    assert refused(GATEWAY, gateway(annotations)) == {"FJ-EXP-321"}


def test_a_gateway_of_istios_own_api_creates_no_service() -> None:
    spec = {"selector": {"istio": "gateway"}, "servers": []}
    assert reported("kubernetes:networking.istio.io/v1:Gateway", {"metadata": {"name": "it"}, "spec": spec}) == set()


@pytest.mark.parametrize(
    "spec", [{}, {"type": "ClusterIP"}, {**LOAD_BALANCER, "loadBalancerClass": "service.k8s.aws/nlb"}]
)
def test_internal_services_pass(spec: dict[str, object]) -> None:
    assert reported(SERVICE, {"spec": spec}, provider=ON_EKS) == set()


RULES = [{"host": "models.example.ae"}]


@pytest.mark.parametrize(
    ("annotations", "spec", "expected"),
    [
        ({"alb.ingress.kubernetes.io/scheme": "internal"}, {"rules": RULES}, set()),
        ({"alb.ingress.kubernetes.io/scheme": "internet-facing"}, {"rules": RULES}, {"FJ-EXP-322"}),
        ({}, {"rules": RULES, "ingressClassName": "azure-application-gateway"}, {"FJ-EXP-322"}),
        ({"appgw.ingress.kubernetes.io/use-private-ip": "true"},
         {"rules": RULES, "ingressClassName": "azure-application-gateway"}, set()),
        ({"nginx.ingress.kubernetes.io/configuration-snippet": "x"}, {"rules": RULES}, {"FJ-EXP-322"}),
        ({"nginx.ingress.kubernetes.io/auth-url": "http://a/#;\ninjected"}, {"rules": RULES}, {"FJ-EXP-322"}),
        ({"nginx.ingress.kubernetes.io/auth-url": "https://a/b"}, {"rules": RULES}, set()),
        (UNKNOWN, {"rules": RULES}, {"FJ-EXP-322"}),
        ({}, {"rules": [{"host": "*.example.ae"}]}, {"FJ-EXP-323"}),
        ({}, {"rules": [*RULES, {"http": {}}]}, {"FJ-EXP-323"}),
        ({}, {"rules": [{"host": UNKNOWN}]}, set()),
    ],
)  # fmt: skip
def test_ingresses(annotations: object, spec: dict[str, object], expected: set[str]) -> None:
    blocked_by = refused(
        INGRESS, with_annotations(annotations, **spec, tls=[{"hosts": ["models.example.ae"], "secretName": "tls"}])
    )
    assert blocked_by == expected


@pytest.mark.parametrize(
    ("ingress", "expected"),
    [
        ([{"from": [{"ipBlock": {"cidr": "10.0.0.0/8"}}]}], set()),
        ([{"from": [{"podSelector": {}}]}], set()),
        ([{"ports": [{"port": 443}]}], set()),
        ([], set()),
        ([{"from": [{"ipBlock": {"cidr": "0.0.0.0/0"}}]}], {"FJ-EXP-324"}),
        ([{"from": [{"ipBlock": {"cidr": "0.0.0.0/1"}}, {"ipBlock": {"cidr": "128.0.0.0/1"}}]}], {"FJ-EXP-324"}),
        ([{"from": [{"ipBlock": {"cidr": "::/0"}}]}], {"FJ-EXP-324"}),
        ([{}], {"FJ-EXP-324"}),
        ([{"from": [{"ipBlock": {"cidr": UNKNOWN}}]}], {"FJ-EXP-324"}),
    ],
)
def test_network_policies(ingress: object, expected: set[str]) -> None:
    assert refused(POLICY, {"spec": {"podSelector": {}, "ingress": ingress}}) == expected


def test_a_privileged_namespace_must_be_allowed_by_name() -> None:
    def namespace(level: str) -> dict[str, object]:
        return {"metadata": {"name": "drivers", "labels": {"pod-security.kubernetes.io/enforce": level}}}

    allowance = {"kubernetes": {"privileged_namespaces": {"drivers": "loads drivers on the machines"}}}
    allowing = Pack(Enforcement.model_validate({"default": {"all": "mandatory"}, **allowance}))
    assert reported(NAMESPACE, namespace("restricted")) == set()
    assert refused(NAMESPACE, namespace("privileged")) == {"FJ-EXP-325"}
    assert refused(NAMESPACE, namespace("privileged"), allowing) == set()


@pytest.mark.parametrize(
    ("data", "expected"),
    [
        ({"password": "supersecret"}, {"FJ-EXP-326"}),
        ({"config": "REDIS_HOST=a\nREDIS_PASSWORD=abcd1234\n"}, {"FJ-EXP-326"}),
        ({"app.yaml": "database:\n  password: abcd1234\n"}, {"FJ-EXP-326"}),
        ({"key.pem": "-----BEGIN RSA PRIVATE KEY-----"}, {"FJ-EXP-326"}),
        ({"config": "REDIS_PASSWORD=${REDIS_PASSWORD}\nMAX_TOKENS=512\n"}, set()),
        ({"run.py": "token = read_token()\npassword = settings.password\n"}, set()),
        ({"password_file": "/run/secrets/db"}, set()),
    ],
)
def test_config_maps(data: dict[str, str], expected: set[str]) -> None:
    assert refused("kubernetes:core/v1:ConfigMap", {"data": data}) == expected
    binary = {name: base64.b64encode(text.encode()).decode() for name, text in data.items()}
    assert refused("kubernetes:core/v1:ConfigMap", {"binaryData": binary}) == expected


@pytest.mark.parametrize("key", ["data", "binaryData"])
def test_config_maps_with_unknown_values(key: str) -> None:
    assert reported("kubernetes:core/v1:ConfigMap", {key: {"password": UNKNOWN}}) == {"FJ-EXP-326"}
    assert reported("kubernetes:core/v1:ConfigMap", {key: {"image": UNKNOWN}}) == set()


def test_the_default_service_account_mounts_no_token() -> None:
    account = "kubernetes:core/v1:ServiceAccount"
    assert refused(account, {"metadata": {"name": "default"}}) == {"FJ-EXP-327"}
    assert reported(account, {"metadata": {"name": "default"}, "automountServiceAccountToken": False}) == set()
    assert reported(account, {"metadata": {"name": "reader"}}) == set()
    assert reported(f"{account}Patch", {"metadata": {"name": "default"}}) == set()


@pytest.mark.parametrize(
    ("fields", "rule"),
    [
        ({"hostNetwork": True}, "FJ-EXP-302"),
        ({"hostPID": True}, "FJ-EXP-302"),
        ({"containers": [{"name": "a", "image": "a:1", "ports": [{"hostPort": 9100}]}]}, "FJ-EXP-303"),
        ({"volumes": [{"name": "r", "hostPath": {"path": "/"}}]}, "FJ-EXP-304"),
    ],
)
def test_agents_of_nodes_have_host_access_in_listed_namespaces(fields: dict[str, object], rule: str) -> None:
    allowance = {"kubernetes": {"privileged_namespaces": {"agents": "reads figures of the machines"}}}
    allowing = Pack(Enforcement.model_validate({"default": {"all": "mandatory"}, **allowance}))

    def stopped(pack: Pack, namespace: dict[str, str], **more: object) -> set[str]:
        containers = [{"name": "a", "image": "registry.example.ae/a:1"}]
        spec = {"containers": containers, **fields, **more}
        props = {"metadata": {"name": "x", **namespace}, "spec": spec}
        return {report.rule for report in pack.evaluate_resource(Given("kubernetes:core/v1:Pod", props))}

    assert rule in stopped(Pack(), {"namespace": "agents"})
    assert rule not in stopped(allowing, {"namespace": "agents"})
    assert rule in stopped(allowing, {"namespace": "team-a"})
    assert rule in stopped(allowing, {})
    privileged = [{"name": "a", "image": "a:1", "securityContext": {"privileged": True}}]
    assert "FJ-EXP-301" in stopped(allowing, {"namespace": "agents"}, containers=privileged)


def test_a_list_in_a_listed_namespace_may_not_hold_pods_of_others() -> None:
    allowance = {"kubernetes": {"privileged_namespaces": {"agents": "reads figures of the machines"}}}
    allowing = Pack(Enforcement.model_validate({"default": {"all": "mandatory"}, **allowance}))
    spec = {"hostNetwork": True, "containers": [{"name": "a", "image": "registry.example.ae/a:1"}]}
    pod = {"apiVersion": "v1", "kind": "Pod", "metadata": {"name": "x", "namespace": "team-a"}, "spec": spec}
    props = {"metadata": {"namespace": "agents"}, "items": [pod]}
    reports = allowing.evaluate_resource(Given("kubernetes:core/v1:List", props))
    assert "FJ-EXP-302" in {report.rule for report in reports}
