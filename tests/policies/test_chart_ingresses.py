"""Ingresses in the values of charts: whether their hosts have TLS, however the chart spells it."""

import pytest

from .chart_values import release
from .harness import UNKNOWN, Given, Pack, blocking

HOSTS = {"enabled": True, "hosts": [{"host": "app.example.ae"}]}
ALB = "alb.ingress.kubernetes.io/"
PORTS = f"{ALB}listen-ports"
REDIRECT = '{"Type": "redirect", "RedirectConfig": {"Protocol": "HTTPS", "Port": "443", "StatusCode": "HTTP_301"}}'
RULE = "FJ-ENC-421"
PACK = Pack()


def _is_refused(**values: object) -> bool:
    return RULE in blocking(PACK.evaluate_resource(release("app", values)))


@pytest.mark.parametrize(
    "ingress",
    [
        HOSTS,
        {**HOSTS, "tls": []},
        {**HOSTS, "tls": {"enabled": False, "secretName": "app"}},
        {**HOSTS, "annotations": {"cert-manager.io/cluster-issuer": "bank"}},
        {**HOSTS, "annotations": {"nginx.ingress.kubernetes.io/ssl-redirect": "true"}},
        {"enabled": "true", "hostname": "app.example.ae", "tls": False},
        {**HOSTS, "annotations": {PORTS: '[{"HTTP": 80}, {"HTTPS": 443}]'}},
        {**HOSTS, "tls": [{"secretName": "app"}], "annotations": {"nginx.ingress.kubernetes.io/ssl-redirect": "false"}},
    ],
)
def test_hosts_without_tls_are_refused(ingress: dict[str, object]) -> None:
    assert _is_refused(ingress=ingress)
    assert _is_refused(server={"ingress": ingress})
    assert _is_refused(parts=[{"consoleIngress": ingress}])
    assert _is_refused(ingress={"web": ingress})


@pytest.mark.parametrize(
    "ingress",
    [
        {**HOSTS, "enabled": False},
        {"enabled": True},
        {**HOSTS, "tls": [{"secretName": "app"}]},
        {**HOSTS, "tls": "- secretName: app\n"},
        {**HOSTS, "tls": {"enabled": True}},
        {**HOSTS, "tls": True},
        {**HOSTS, "tlsSecretName": "app"},
        {**HOSTS, "annotations": {"alb.ingress.kubernetes.io/certificate-arn": "arn:aws:acm:me-central-1:1:c/1"}},
        {**HOSTS, "annotations": {"alb.ingress.kubernetes.io/listen-ports": '[{"HTTPS": 443}]'}},
        {**HOSTS, "annotations": {PORTS: '[{"HTTP": 80}, {"HTTPS": 443}]', f"{ALB}ssl-redirect": "443"}},
        {**HOSTS, "annotations": {PORTS: '[{"HTTP": 80}, {"HTTPS": 443}]', f"{ALB}actions.ssl-redirect": REDIRECT}},
        {**HOSTS, "annotations": {"traefik.ingress.kubernetes.io/router.tls": "true"}},
        {**HOSTS, "annotations": {"nginx.ingress.kubernetes.io/ssl-passthrough": "true"}},
    ],
)
def test_hosts_with_tls_pass(ingress: dict[str, object]) -> None:
    assert not _is_refused(ingress=ingress)
    assert not _is_refused(server={"ingress": ingress})


def test_a_provider_of_ingresses_is_no_ingress() -> None:
    provider = {"enabled": True, "ingressEndpoint": {"hostname": "entry.bank.ae"}}
    assert not _is_refused(providers={"kubernetesIngress": provider})
    assert _is_refused(kubernetesIngress=HOSTS)


def test_what_is_unknown_is_said() -> None:
    reports = PACK.evaluate_resource(release("app", {"ingress": {**HOSTS, "tls": UNKNOWN}}))
    texts = [report.text for report in reports if report.rule == RULE]
    assert len(texts) == 1
    assert "whether values.ingress terminates TLS is not known before deployment" in texts[0]


def test_other_types_are_not_read() -> None:
    given = Given("kubernetes:core/v1:ConfigMap", {"values": {"ingress": HOSTS}})
    assert RULE not in blocking(PACK.evaluate_resource(given))
