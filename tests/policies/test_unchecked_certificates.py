"""Settings that accept old versions of TLS or any certificate, whatever a program calls them (FJ-ENC-425)."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.thorough import many

from .blind import KUBE, crd
from .harness import Given, Pack, rules

PACK = Pack()
NGINX = "nginx.ingress.kubernetes.io/"
HTTPS = {f"{NGINX}backend-protocol": "HTTPS"}


def release(values: object) -> set[str]:
    """Returns the rules that refuse a release of a chart with such values."""
    props = {"chart": "c", "namespace": "c", "values": values}
    return rules(PACK.evaluate_resource(Given("kubernetes:helm.sh/v3:Release", props, "c", provider=KUBE)))


def scaler(spec: dict[str, object]) -> set[str]:
    """Returns the rules that refuse an autoscaler with such a spec."""
    return rules(PACK.evaluate_resource(crd("keda.sh/v1alpha1:ScaledObject", spec)))


@pytest.mark.parametrize(
    ("key", "value", "refused"),
    [
        ("defaultSSLPolicy", "ELBSecurityPolicy-2016-08", True),
        ("sslPolicy", "ELBSecurityPolicy-TLS13-1-2-2021-06", False),
        ("default-ssl-policy", "ELBSecurityPolicy-TLS-1-1-2017-01", True),
        ("ssl.enabled.protocols", "TLSv1.2,TLSv1", True),
        ("ssl.enabled.protocols", "TLSv1.3,TLSv1.2", False),
        ("sslProtocols", "SSLv3 TLSv1.2", True),
    ],
)
def test_versions_before_tls_1_2_in_values(key: str, value: str, *, refused: bool) -> None:
    assert ("FJ-ENC-425" in release({"config": {key: value}})) is refused


@settings(max_examples=many(80), deadline=None)
@given(
    st.sampled_from(
        (
            ("skip", "Tls", "Verify", True),
            ("insecure", "Skip", "Verify", True),
            ("tls", "SkipVerify", "", True),
            ("vaultSkip", "TLS", "Verify", True),
            ("ignore", "Ssl", "Certificate", True),
            ("unsafe", "Ssl", "", True),
            ("disable", "Certificate", "Validation", True),
            ("allowInvalid", "Certificates", "", True),
            ("ssl", "Verify", "", False),
            ("verify", "Certs", "", False),
            ("reject", "Unauthorized", "", False),
            ("tls", "Verification", "", False),
            ("server", "Verify", "", False),
        )
    ),
    st.sampled_from(("", "_", "-")),
    st.lists(st.from_regex(r"[a-z]{2,6}", fullmatch=True), max_size=3),
    st.booleans(),
)
def test_the_check_of_certificates_is_off_under_no_name(
    name: tuple[str, str, str, bool], separator: str, above: list[str], is_text: bool
) -> None:
    *words, dangerous = name
    key = separator.join(filter(None, words))
    for position in (True, False):
        value: object = {key: str(position).lower() if is_text else position}
        for item in above:
            value = {item: value}
        assert ("FJ-ENC-425" in release({"config": value})) is (position is dangerous)
        assert ("FJ-ENC-425" in scaler({"x": value})) is (position is dangerous)


@pytest.mark.parametrize(
    ("annotations", "refused"),
    [
        (HTTPS, True),
        ({**HTTPS, f"{NGINX}ssl-passthrough": "true"}, False),
        ({**HTTPS, f"{NGINX}ssl-passthrough": "false"}, True),
        ({"haproxy.org/server-ssl": "true", f"{NGINX}ssl-passthrough": "true"}, True),
    ],
)
def test_a_proxy_that_passes_tls_on_checks_no_certificate(annotations: dict[str, str], *, refused: bool) -> None:
    assert ("FJ-ENC-425" in release({"ingress": {"annotations": annotations}})) is refused


@pytest.mark.parametrize(
    ("host", "refused"),
    [
        ("alloy.grafana", False),
        ("jaeger-collector.jaeger", False),
        ("opentelemetry-collector.otel", False),
        ("signoz.platform", False),
        ("collector.bank.ae", True),
        ("x.io", True),
    ],
)
def test_services_of_the_cluster_are_inside_of_it(host: str, *, refused: bool) -> None:
    exporter = {"otlp": {"endpoint": f"{host}:4317", "tls": {"insecure": True}}}
    assert ("FJ-ENC-425" in release({"config": {"exporters": exporter}})) is refused
