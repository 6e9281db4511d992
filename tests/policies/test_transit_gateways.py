"""TLS of Kubernetes gateways and of private API Gateway integrations."""

import pytest

from tests.samples import COST_TAGS as TAGS

from .harness import UNKNOWN, Given, Pack, blocking, rules

PACK = Pack()


def reported_and_blocking(token: str, props: dict[str, object], prefix: str = "FJ-ENC") -> tuple[set[str], set[str]]:
    """Returns (reported rules, blocking rules) of one concern."""
    reports = [
        item for item in PACK.evaluate_resource(Given(token, {"tags": TAGS, **props})) if item.rule.startswith(prefix)
    ]
    return rules(reports), blocking(reports)


GATEWAY = "kubernetes:gateway.networking.k8s.io/v1:Gateway"


ISTIO = "kubernetes:networking.istio.io/v1beta1:Gateway"


PLAIN = {"name": "http", "protocol": "HTTP", "port": 80}


TLS = {"name": "https", "protocol": "HTTPS", "port": 443}


def with_tls(**tls: object) -> dict[str, object]:
    return {**TLS, "tls": tls}


def gateway(*listeners: object, **spec: object) -> dict[str, object]:
    return {"spec": {"gatewayClassName": "inside", "listeners": list(listeners), **spec}}


def server(protocol: str, **tls: object) -> dict[str, object]:
    return {"spec": {"servers": [{"port": {"number": 443, "protocol": protocol}, **({"tls": tls} if tls else {})}]}}


@pytest.mark.parametrize(
    ("token", "props", "reported", "stopped"),
    [
        (GATEWAY, gateway(PLAIN, with_tls(certificateRefs=[{"name": "a"}])), False, False),
        (GATEWAY, gateway(with_tls(mode="Passthrough")), False, False),
        (GATEWAY, gateway(with_tls(options={"networking.gke.io/pre-shared-certs": "a"})), False, False),
        (GATEWAY, gateway(TLS, infrastructure={"parametersRef": {"name": "a"}}), False, False),
        (GATEWAY, gateway(TLS), True, True),
        (GATEWAY, gateway(with_tls(mode="Terminate", certificateRefs=[])), True, True),
        (GATEWAY, gateway(PLAIN), True, True),
        (GATEWAY, gateway(with_tls(certificateRefs=UNKNOWN)), True, False),
        (GATEWAY, gateway({"protocol": "TCP", "port": 5432}), False, False),
        (GATEWAY + "List", {"items": [{"kind": "Gateway", **gateway(PLAIN)}]}, True, True),
        (GATEWAY + "Patch", gateway(PLAIN), False, False),
        (ISTIO, server("HTTPS", mode="SIMPLE", credentialName="a"), False, False),
        (ISTIO, server("TLS", mode="ISTIO_MUTUAL"), False, False),
        (ISTIO, server("HTTPS", mode="SIMPLE"), True, True),
        (ISTIO, server("HTTP"), True, True),
        ("kubernetes:gateway.networking.k8s.io/v1:HTTPRoute", gateway(PLAIN), False, False),
    ],
)
def test_a_gateway_terminates_tls(token: str, props: dict[str, object], reported: bool, stopped: bool) -> None:
    reports, stops = reported_and_blocking(token, props)
    assert (reports, stops) == ({"FJ-ENC-421"} if reported else set(), {"FJ-ENC-421"} if stopped else set())


LINK: dict[str, object] = {"apiId": "a", "integrationType": "HTTP_PROXY", "connectionType": "VPC_LINK"}


def test_a_private_integration_is_called_over_tls() -> None:
    token = "aws:apigatewayv2/integration:Integration"
    assert reported_and_blocking(token, LINK)[1] == {"FJ-ENC-408"}
    assert reported_and_blocking(token, {**LINK, "tlsConfig": {"serverNameToVerify": ""}})[1] == {"FJ-ENC-408"}
    assert reported_and_blocking(token, {**LINK, "tlsConfig": {"serverNameToVerify": "a.example.ae"}})[0] == set()
    assert reported_and_blocking(token, {**LINK, "connectionType": UNKNOWN}) == ({"FJ-ENC-408"}, set())
    assert reported_and_blocking(token, {**LINK, "connectionType": "INTERNET"})[0] == set()
