"""TLS of programs and meshes: variables, connection strings, options and annotations that switch it off."""

from collections.abc import Mapping

import pytest

from .harness import Given, Pack, blocking

PACK = Pack()
FUNCTION, CONFIG = "aws:lambda/function:Function", "kubernetes:core/v1:ConfigMap"
POD = "kubernetes:core/v1:Pod"
TRANSPORT = "kubernetes:traefik.io/v1alpha1:ServersTransport"
ISTIO, LINKERD = "traffic.sidecar.istio.io/", "config.linkerd.io/"


def of(rule: str, token: str, props: Mapping[str, object]) -> bool:
    return rule in blocking(PACK.evaluate_resource(Given(token, props)))


@pytest.mark.parametrize(
    ("name", "value", "is_refused"),
    [
        ("PGSSLMODE", "disable", True),
        ("PGSSLMODE", "verify-full", False),
        ("PGSSLMODE", "prefer", False),
        ("ORDERS_DB_SSLMODE", "disable", True),
        ("NODE_TLS_REJECT_UNAUTHORIZED", "0", True),
        ("NODE_TLS_REJECT_UNAUTHORIZED", "1", False),
        ("NODE_TLS_REJECT_UNAUTHORIZED", "false", False),
        ("PYTHONHTTPSVERIFY", "0", True),
        ("PYTHONHTTPSVERIFY", "no", False),
        ("VAULT_SKIP_VERIFY", "true", True),
        ("VAULT_SKIP_VERIFY", "false", False),
        ("GIT_SSL_NO_VERIFY", "1", True),
        ("KAFKA_SECURITY_PROTOCOL", "SASL_PLAINTEXT", True),
        ("KAFKA_SECURITY_PROTOCOL", "SASL_SSL", False),
        ("DSN", "postgres://db.internal/orders?sslmode=disable", True),
        ("DSN", "postgres://db.internal/orders?sslmode=verify-full", False),
        ("DSN", "host=127.0.0.1 dbname=orders sslmode=disable", False),
        ("DSN", "Server=db;Database=orders;Encrypt=False", True),
        ("DSN", "Server=db;Database=orders;Encrypt=True;TrustServerCertificate=True", True),
        ("DSN", "mongodb://db/orders?tls=true&tlsAllowInvalidCertificates=true", True),
        ("OPTIONS", "--insecure-skip-tls-verify", True),
        ("VERIFY_SSL", "true", False),
    ],
)
def test_variables(name: str, value: str, is_refused: bool) -> None:
    container = {"name": "a", "image": "a:1", "env": [{"name": name, "value": value}]}
    for token, props in (
        (FUNCTION, {"environment": {"variables": {name: value}}}),
        (POD, {"spec": {"containers": [container]}}),
        (CONFIG, {"data": {name: value}}),
    ):
        assert of("FJ-ENC-425", token, props) == is_refused, token


@pytest.mark.parametrize(
    ("name", "value", "expected"),
    [
        ("PGSSLMODE", "disable", "PGSSLMODE disable switches TLS or its check off"),
        ("DSN", "postgres://db.internal/orders?sslmode=disable", "sslmode=disable switches TLS or its check off"),
        ("TLS_MIN_VERSION", "TLSv1.1", "TLS_MIN_VERSION TLSv1.1 accepts versions before TLS 1.2"),
    ],
)
def test_the_message_names_the_setting(name: str, value: str, expected: str) -> None:
    (report,) = PACK.evaluate_resource(Given(CONFIG, {"data": {name: value}}))
    assert expected in report.text


@pytest.mark.parametrize(
    ("annotation", "value", "is_refused"),
    [
        (f"{ISTIO}excludeOutboundPorts", "5432", True),
        (f"{ISTIO}excludeOutboundPorts", "443,6443", False),
        (f"{ISTIO}excludeInboundPorts", "15020, 9443", False),
        (f"{ISTIO}includeInboundPorts", "", True),
        (f"{ISTIO}includeOutboundIPRanges", "*", False),
        (f"{ISTIO}excludeOutboundIPRanges", "10.0.0.0/8", True),
        (f"{LINKERD}skip-outbound-ports", "3306", True),
    ],
)
def test_annotations_that_go_around_the_mesh(annotation: str, value: str, is_refused: bool) -> None:
    props = {"metadata": {"annotations": {annotation: value}}, "spec": {"containers": [{"name": "a", "image": "a:1"}]}}
    assert of("FJ-ENC-422", POD, props) == is_refused


def test_transports_verify_servers() -> None:
    assert of("FJ-ENC-422", TRANSPORT, {"spec": {"insecureSkipVerify": True}})
    assert of("FJ-ENC-422", f"{TRANSPORT}TCP", {"spec": {"tls": {"insecureSkipVerify": True}}})
    assert not of("FJ-ENC-422", TRANSPORT, {"spec": {"rootCAs": [{"secret": "ca"}]}})
