"""Families of the thirteenth set of attacks on clusters: settings of programs, values, and policies of the network."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.processor_time import within

from .blind import crd, k8s, meta
from .harness import Given, Pack, blocking

PACK = Pack()


def refused(*plan: Given) -> set[str]:
    """Returns the rules that refuse a plan."""
    return blocking(PACK.evaluate_plan(*plan))


def _config(**data: str) -> Given:
    return k8s("core/v1:ConfigMap", {"metadata": meta("x"), "data": data})


@pytest.mark.parametrize("name", ["CA_ADDR", "XDS_ADDRESS", "discoveryAddress", "LINKERD2_PROXY_IDENTITY_SVC_ADDR"])
@pytest.mark.parametrize(("address", "is_refused"), [
    ("ca.team-a.svc:15012", True), ("https://ca.team-a.svc.cluster.local", True), ("ca.team-a:15012", True),
    ("istiod.istio-system.svc:15012", False), ("cert-manager-istio-csr.cert-manager.svc:443", False),
    ("istiod.dc1.example.ae:15012", False), ("linkerd-identity.linkerd.svc.cluster.local:8080", False),
    ("spire-server.spire.svc:8081", False), ("istiod.acme-mesh.svc:15012", False),
])  # fmt: skip
def test_authorities_of_a_mesh(name: str, address: str, *, is_refused: bool) -> None:
    assert ("FJ-IDN-313" in refused(_config(**{name: address}))) is is_refused


@pytest.mark.parametrize(("data", "is_refused"), [
    ({"WEBUI_AUTH_TRUSTED_EMAIL_HEADER": "X-User-Email"}, True),
    ({"WEBUI_AUTH_TRUSTED_EMAIL_HEADER": ""}, False),
    ({"WEBUI_AUTH_TRUSTED_EMAIL_HEADER": "X-User-Email", "HOST": "127.0.0.1"}, False),
    ({"app.yaml": "proxy:\n  endpoints:\n    /a:\n      credentials: dangerously-allow-unauthenticated\n"}, True),
    ({"app.yaml": "proxy:\n  endpoints:\n    /a:\n      credentials: require\n"}, False),
    ({"default-ssl-certificate": "team-a/tls"}, True), ({"default-ssl-certificate": "ingress-nginx/tls"}, False),
])  # fmt: skip
def test_callers_and_certificates(data: dict[str, str], *, is_refused: bool) -> None:
    assert ("FJ-IDN-313" in refused(_config(**data))) is is_refused


@pytest.mark.parametrize(("text", "is_refused"), [
    *((f'{block} "{kind}" {{\n  region = "global"\n}}\n', True) for block, kind in (
        ("seal", "gcpckms"), ("seal", "alicloudkms"), ("seal", "ocikms"), ("storage", "gcs"), ("storage", "spanner"))),
    ('seal "pkcs11" {\n  slot = "0"\n}\n', False), ('storage "raft" {\n  path = "/vault/data"\n}\n', False),
])  # fmt: skip
def test_vaults_in_other_clouds(text: str, *, is_refused: bool) -> None:
    assert ("FJ-RES-120" in refused(_config(**{"vault.hcl": text}))) is is_refused


@pytest.mark.parametrize("kind", ["SyslogNGOutput", "SyslogNGClusterOutput", "Output", "ClusterOutput"])
@pytest.mark.parametrize("driver", ["syslog", "tcp", "udp"])
def test_logs_to_numbers(kind: str, driver: str) -> None:
    for host, is_refused in (("203.0.113.50", True), ("10.20.0.5", False)):
        spec = {driver: {"host": host, "port": 514, "transport": "udp"}}
        found = refused(crd(f"logging.banzaicloud.io/v1beta1:{kind}", spec))
        assert any(rule.startswith("FJ-RES-") for rule in found) is is_refused


@pytest.mark.parametrize(("kind", "spec", "is_refused"), [
    ("velero.io/v1:DownloadRequest", {"target": {"kind": "BackupContents", "name": "x"}}, True),
    ("velero.io/v1:DownloadRequest", {"target": {"kind": "BackupLog", "name": "x"}}, False),
    ("gateway.networking.k8s.io/v1:ListenerSet", {"listeners": [{"port": 80, "protocol": "HTTP"}]}, True),
    ("gateway.networking.k8s.io/v1:ListenerSet", {"listeners": [{"port": 443, "protocol": "HTTPS"}]}, False),
    ("networking.istio.io/v1:Sidecar", {"ingress": [{"defaultEndpoint": "[::1]:15000"}]}, True),
    ("networking.istio.io/v1:Sidecar", {"ingress": [{"defaultEndpoint": "127.0.0.1:8080"}]}, False),
    ("core/v1:Service", {"ports": [{"port": 80, "targetPort": 15000}]}, True),
    ("core/v1:Service", {"ports": [{"port": 80, "targetPort": 8443}]}, False),
    ("autoscaling/v2:HorizontalPodAutoscaler", {"behavior": {"scaleDown": {"selectPolicy": "Disabled"}}}, True),
    ("autoscaling/v2:HorizontalPodAutoscaler", {"behavior": {"scaleDown": {"selectPolicy": "Min"}}}, False),
])  # fmt: skip
def test_positions(kind: str, spec: object, *, is_refused: bool) -> None:
    assert ("FJ-ESC-115" in refused(k8s(kind, {"metadata": meta("x"), "spec": spec}))) is is_refused


@given(prefix=st.integers(12, 32))
def test_the_role_of_a_machine(prefix: int) -> None:
    peers = [{"ipBlock": {"cidr": f"169.254.169.254/{prefix}"}}]
    spec = {"podSelector": {}, "policyTypes": ["Egress"], "egress": [{"to": peers, "ports": [{"port": 80}]}]}
    policy = "networking.k8s.io/v1:NetworkPolicy"
    assert "FJ-EXP-324" in refused(k8s(policy, {"metadata": meta("x"), "spec": spec}))
    assert "FJ-EXP-324" not in refused(k8s(policy, {"metadata": meta("x", "kube-system"), "spec": spec}))
    chosen = spec | {"podSelector": {"matchLabels": {"app": "x"}}}
    assert "FJ-EXP-324" not in refused(k8s(policy, {"metadata": meta("x"), "spec": chosen}))


@pytest.mark.parametrize("text", ["a." * 10_000, "seal " + '"' * 20_000, "*." + "a-" * 10_000, "x/" * 10_000])
def test_long_texts(text: str) -> None:
    with within(2):
        refused(_config(CA_ADDR=text, **{"5432": text, "WEBUI_AUTH_TRUSTED_EMAIL_HEADER": text}))
