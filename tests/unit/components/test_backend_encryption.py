"""Encryption from the gateway to served pods: certificates, rules of the gateway, the proxy, and that they meet."""

from collections.abc import Mapping
from typing import Any

import pytest

from falaj.components.core.validation.args import BadArguments
from falaj.components.kubernetes.cluster.foundation import Foundation
from falaj.components.kubernetes.cluster.keda import Keda
from falaj.components.kubernetes.cluster.serving_authority import ServingAuthority
from falaj.components.kubernetes.serving.experiment import Experiment
from falaj.components.kubernetes.serving.gateway import Gateway
from tests.samples import COST_TAGS
from tests.unit.components.mocks import Recording
from tests.unit.components.samples import recorded
from tests.unit.components.serving_samples import AWAKE, EXPERIMENT, GATEWAY, LARGE, SERVICE, service
from tests.unit.components.test_gateway_authentication import OPEN, RETAIL

CERTIFICATE = "kubernetes:cert-manager.io/v1:Certificate"
RULE = "kubernetes:networking.istio.io/v1:DestinationRule"
SERVED = "kubernetes:core/v1:Service"
ROUTE = "kubernetes:gateway.networking.k8s.io/v1:HTTPRoute"
POLICY = "kubernetes:networking.k8s.io/v1:NetworkPolicy"
PLAIN = {**SERVICE["gateway"], "encrypted": False}
TENANTS: dict[str, Any] = {
    "tenants": {"retail": {"tier": "smb", "cpu": 8, "memory_gib": 32}},
    "cloud": "aws",
    "network_cidr": "10.20.0.0/16",
    "kubernetes_version": "1.36",
    "tags": COST_TAGS,
}


def gateway(**changed: Any) -> Recording:
    return recorded(Gateway, {**GATEWAY, "tenants": {"retail": RETAIL, "open": OPEN}, **changed})


def rules(of: Recording) -> dict[str, Any]:
    return {item.inputs["spec"]["host"]: item.inputs["spec"] for item in of.of(RULE)}


def pod(of: Recording) -> dict[str, Any]:
    return of.one("kubernetes:apps/v1:Deployment").inputs["spec"]["template"]["spec"]


def proxy(of: Recording) -> dict[str, Any]:
    [container] = [item for item in pod(of)["initContainers"] if item["name"] == "tls"]
    return container


def tls(port: int, name: str) -> Mapping[str, Any]:
    settings = {"mode": "SIMPLE", "credentialName": "falaj-serving-tls", "sni": name, "subjectAltNames": [name]}
    return {"exportTo": ["."], "trafficPolicy": {"portLevelSettings": [{"port": {"number": port}, "tls": settings}]}}


def test_the_gateway_calls_the_tenants_services_and_the_interceptor_by_tls() -> None:
    of = gateway()
    hosts = {
        "*.tenant-retail.svc.cluster.local": tls(443, "serving.tenant-retail.svc"),
        "*.tenant-open.svc.cluster.local": tls(443, "serving.tenant-open.svc"),
        "keda-add-ons-http-interceptor-proxy.keda.svc.cluster.local":
            tls(8443, "keda-add-ons-http-interceptor-proxy.keda.svc"),
    }  # fmt: skip
    assert rules(of) == {host: {"host": host, **spec} for host, spec in hosts.items()}
    assert {item.inputs["metadata"]["namespace"] for item in of.of(RULE)} == {"falaj-gateway"}
    own = of.one(CERTIFICATE).inputs
    assert own["metadata"]["namespace"] == "falaj-gateway", "Istio reads the authority's certificate in it"
    assert own["spec"]["secretName"] == "falaj-serving-tls"
    before = set(of.one("kubernetes:gateway.networking.k8s.io/v1:Gateway").depends_on)
    assert {item.urn for item in (*of.of(RULE), *of.of(CERTIFICATE))} <= before


def test_an_authority_in_the_cluster_issues_certificates() -> None:
    of = recorded(ServingAuthority, {"tags": COST_TAGS})
    authority = of.one(CERTIFICATE).inputs
    assert authority["metadata"]["namespace"] == "cert-manager"
    assert authority["spec"]["isCA"] is True
    assert authority["spec"]["issuerRef"]["kind"] == "Issuer"
    issuer = of.one("kubernetes:cert-manager.io/v1:ClusterIssuer").inputs
    assert issuer["spec"] == {"ca": {"secretName": authority["spec"]["secretName"]}}
    assert not of.of("kubernetes:core/v1:Secret"), "no key passes through the state"


def test_a_tenants_namespace_has_a_certificate_of_its_own() -> None:
    spec = recorded(Foundation, {**TENANTS, "serving_tls": True}).one(CERTIFICATE).inputs
    assert spec["metadata"]["namespace"] == "tenant-retail"
    assert spec["spec"] == {
        "secretName": "falaj-serving-tls",
        # The first is what the gateway expects; by the other KEDA's interceptor calls.
        "dnsNames": ["serving.tenant-retail.svc", "*.tenant-retail"],
        "usages": ["digital signature", "server auth"],
        "privateKey": {"algorithm": "ECDSA", "size": 256, "rotationPolicy": "Always"},
        "duration": "2160h",
        "renewBefore": "720h",
        "issuerRef": {"group": "cert-manager.io", "kind": "ClusterIssuer", "name": "falaj-serving"},
    }
    assert not recorded(Foundation, TENANTS).of(CERTIFICATE)


def test_the_proxy_accepts_tls_before_the_server_and_as_long_as_it() -> None:
    container = proxy(service(LARGE))
    assert container["restartPolicy"] == "Always"
    assert container["args"] == [
        "server",
        "--listen=0.0.0.0:8443",
        "--target=127.0.0.1:8000",
        "--cert=/tls/tls.crt",
        "--key=/tls/tls.key",
        "--disable-authentication",
        "--timed-reload=300s",
        "--shutdown-timeout=5s",
        "--quiet=conns",
    ]
    assert container["ports"] == [{"name": "tls", "containerPort": 8443}]
    assert container["readinessProbe"]["tcpSocket"] == {"port": "tls"}
    assert container["volumeMounts"] == [{"name": "tls", "mountPath": "/tls", "readOnly": True}]
    # A file in a subPath would not be renewed.
    assert pod(service(LARGE))["volumes"][-1]["secret"]["secretName"] == "falaj-serving-tls"
    assert "command" not in container


def test_requests_reach_the_proxy_and_nothing_else() -> None:
    of = service(AWAKE)
    [backend] = of.one(ROUTE).inputs["spec"]["rules"][0]["backendRefs"]
    ports = {item["port"]: item for item in of.one(SERVED).inputs["spec"]["ports"]}
    assert ports[backend["port"]]["targetPort"] == "tls"
    assert ports[backend["port"]]["appProtocol"] == "http", "Istio's rule adds the TLS"
    opened = of.one(POLICY).inputs["spec"]["ingress"]
    callers = [rule["from"][0]["namespaceSelector"]["matchLabels"]["kubernetes.io/metadata.name"] for rule in opened]
    assert callers == ["falaj-gateway", "monitoring"]
    assert [[port["port"] for port in rule["ports"]] for rule in opened] == [[8443], [8080]]
    assert of.one("kubernetes:apps/v1:Deployment").urn in of.one(ROUTE).depends_on, "pods accept TLS first"


def test_both_variants_of_an_experiment_are_called_by_tls() -> None:
    of = recorded(Experiment, EXPERIMENT)
    backends = of.one(ROUTE).inputs["spec"]["rules"][0]["backendRefs"]
    assert [item["port"] for item in backends] == [443, 443]


def test_the_interceptor_accepts_tls_calls_by_tls_and_trusts_the_authority() -> None:
    of = recorded(Keda, {"tags": COST_TAGS, "serving_tls": True})
    add_on = of.one("kubernetes:helm.sh/v3:Release", "uae-http")
    interceptor = add_on.inputs["values"]["interceptor"]
    assert interceptor["tls"] == {
        "enabled": True, "certSecret": "falaj-serving-tls", "port": 8443, "appProtocol": "http", "minVersion": "1.2"
    }  # fmt: skip
    assert interceptor["extraEnvs"] == {"SSL_CERT_FILE": "/certs/ca.crt"}
    certificate = of.one(CERTIFICATE)
    assert certificate.urn in add_on.depends_on
    assert certificate.inputs["metadata"]["namespace"] == "keda"
    assert certificate.inputs["spec"]["dnsNames"] == ["keda-add-ons-http-interceptor-proxy.keda.svc"]
    # It reads the certificate when it starts.
    assert certificate.inputs["spec"]["duration"] == "26280h"
    opened = [port["port"] for rule in of.one(POLICY).inputs["spec"]["ingress"] for port in rule.get("ports", [])]
    assert 8443 in opened
    assert 8080 not in opened


def test_an_argument_turns_it_off() -> None:
    of = gateway(encrypts_pods=False)
    assert not of.of(RULE) + of.of(CERTIFICATE)
    served = service(AWAKE, gateway=PLAIN)
    assert [item["port"] for item in served.one(SERVED).inputs["spec"]["ports"]] == [8080]
    assert pod(served)["initContainers"] == []
    assert [volume["name"] for volume in pod(served)["volumes"]] == ["model", "scratch"]
    assert served.one(ROUTE).inputs["spec"]["rules"][0]["backendRefs"][0]["port"] == 8080
    keda = recorded(Keda, {"tags": COST_TAGS})
    assert not keda.of(CERTIFICATE)
    assert "tls" not in keda.one("kubernetes:helm.sh/v3:Release", "uae-http").inputs["values"]["interceptor"]
    held = service(gateway=PLAIN)
    assert held.one("kubernetes:http.keda.sh/v1beta1:InterceptorRoute").inputs["spec"]["target"]["port"] == 8080
    assert held.one(ROUTE).inputs["spec"]["rules"][0]["backendRefs"][0]["port"] == 8080


def test_a_service_without_a_gateway_has_no_proxy() -> None:
    inside = service(AWAKE, gateway=None, host=None)
    assert pod(inside)["initContainers"] == []


def test_another_controller_encrypts_nothing_and_says_so() -> None:
    other = {"gateway_class": "nginx", "tenants": {}}
    assert not gateway(**other).of(RULE)
    with pytest.raises(BadArguments, match=r"encrypts_pods: .*only gateways of class istio"):
        gateway(**other, encrypts_pods=True)
