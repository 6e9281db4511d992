"""Ordinary settings beside those that rules on clusters refuse, and what turns the Service of a chart off."""

from collections.abc import Mapping

import pytest
from guardrails.engine.enforcement import Enforcement

from .blind import TAGS, k8s, meta
from .harness import STRICT, UNKNOWN, Given, Pack, rules

PACK = Pack(STRICT)


def _findings(given: Given) -> set[str]:
    return {report.rule for report in PACK.evaluate_resource(given)}


def _config(data: dict[str, str]) -> Given:
    return k8s("core/v1:ConfigMap", {"metadata": meta("settings", "payments"), "data": data})


def _release(chart: str, values: Mapping[str, object]) -> Given:
    return Given("kubernetes:helm.sh/v3:Release", {"chart": chart, "version": "1.0.0", "values": values})


@pytest.mark.parametrize(("name", "value"), [
    ("no-cross-namespace-refs", "true"), ("DISALLOW_CROSS_NAMESPACE", "true"), ("DISALLOW_PUBLIC_ACCESS", "true"),
    ("DISALLOW_HOST_PATH", "true"), ("DISALLOW_PICKLE", "true"), ("SKIP_JWT_SIGNATURE_VALIDATION", "false"),
    ("DISABLE_TOKEN_SIGNATURE_VERIFICATION", "false"), ("NO_CSRF_CHECK", "false"), ("ALLOW_RETRY_ON_FAILURE", "true"),
    ("ALLOW_HORIZONTAL_SCALE_DOWN", "true"), ("x-original-token", "%REQ(authorization)%"),
    ("xpack.security.audit.enabled", "false"), ("CONTAINER_MODE", "true"), ("POLICY_ON_FAILURE", "continue"),
    ("headers_claim_userid", "sub"), ("ALLOW_PARTIAL_RESULTS_ON_TIMEOUT", "true"), ("MAX_TOKENS_LIFETIME", "unlimited"),
])  # fmt: skip
def test_settings_that_protect(name: str, value: str) -> None:
    assert "FJ-IDN-313" not in _findings(_config({name: value}))


def test_the_setting_of_flux_that_locks_tenants_in() -> None:
    assert "FJ-IDN-313" in _findings(_config({"no-cross-namespace-refs": "false"}))


@pytest.mark.parametrize(("name", "value"), [
    ("DO_NOT_DISABLE_TOKEN_SIGNATURE_CHECK", "false"), ("ALLOW_ACCESS_WHEN_POLICY_SERVICE_DOWN", "true"),
    ("AUTH_ON_FAILURE", "continue"), ("POLICY_ON_FAILURE", "allow"), ("MAX_TOKEN_LIFETIME", "unlimited"),
    ("containerMode.type", "dind"), ("AUDIT_ENABLED", "false"), ("AUDIT_LOGGING_ENABLED", "false"),
    ("envoy.yaml", 'access_log:\n- log_format:\n    json_format:\n      caller: "%REQ(AUTHORIZATION)%"\n'),
])  # fmt: skip
def test_settings_beside_them_that_open(name: str, value: str) -> None:
    assert "FJ-IDN-313" in _findings(_config({name: value}))


def test_audits_of_the_chart_of_redpanda_need_a_licence() -> None:
    assert "FJ-IDN-313" not in _findings(_release("redpanda", {"auditLogging": {"enabled": False}}))


def test_probes_send_headers() -> None:
    probe = {"httpGet": {"path": "/", "port": 80, "httpHeaders": [{"name": "X-User", "value": "probe"}]}}
    container = {"name": "a", "image": "a", "livenessProbe": probe}
    assert "FJ-IDN-313" not in _findings(k8s("core/v1:Pod", {"metadata": meta(), "spec": {"containers": [container]}}))


@pytest.mark.parametrize(("name", "refused"), [("*.consul", False), ("*.com", True)])
def test_a_domain_of_ones_own_network(name: str, *, refused: bool) -> None:
    spec = {"endpointSelector": {}, "egress": [{"toFQDNs": [{"matchPattern": name}]}]}
    policy = k8s("cilium.io/v2:CiliumNetworkPolicy", {"metadata": meta(), "spec": spec})
    assert bool({item for item in PACK.evaluate_resource(policy) if "every host of" in item.text}) is refused


def _work(kind: str, namespace: str, priority: str) -> Given:
    template = {"metadata": {"labels": TAGS}, "spec": {
        "containers": [{"name": "a", "image": "a"}], "priorityClassName": priority}}  # fmt: skip
    return k8s(f"apps/v1:{kind}", {"metadata": meta("x", namespace), "spec": {"template": template}})


@pytest.mark.parametrize(("kind", "priority", "refused"), [
    ("DaemonSet", "system-node-critical", False), ("DaemonSet", "system-cluster-critical", True),
    ("Deployment", "system-node-critical", True), ("Deployment", "system-cluster-critical", True),
])  # fmt: skip
def test_priorities_of_the_system(kind: str, priority: str, *, refused: bool) -> None:
    listed = Enforcement.model_validate({
        "default": {"all": "mandatory"}, "kubernetes": {"privileged_namespaces": {"rook-ceph": "agents of disks"}},
    })  # fmt: skip
    assert ("FJ-COST-126" in _findings(_work(kind, "rook-ceph", priority))) is refused
    assert "FJ-COST-126" not in rules(Pack(listed).evaluate_resource(_work(kind, "rook-ceph", priority)))
    assert ("FJ-COST-126" in rules(Pack(listed).evaluate_resource(_work(kind, "team-a", priority)))) is refused


def test_a_client_names_its_tenant() -> None:
    agent = k8s("monitoring.coreos.com/v1:PrometheusAgent", {"metadata": meta("agent", "monitoring"), "spec": {
        "remoteWrite": [{"url": "https://mimir.monitoring.svc/api/v1/push",
                         "headers": {"X-Scope-OrgID": "payments"}}]}})  # fmt: skip
    assert "FJ-IDN-313" not in _findings(agent)


@pytest.mark.parametrize("more", [
    '  # address = "127.0.0.1:8200"\n  address = "0.0.0.0:8200"', '  proxy_address = "127.0.0.1:1"',
    '  address = "127.0.0.1.example.ae:8200"', '  # address = "127.0.0.1:8200"\n  "address" = "0.0.0.0:8200"',
    '  # address = "127.0.0.1:8200"\n  Address = "0.0.0.0:8200"',
])  # fmt: skip
def test_an_agent_of_vault_that_others_call(more: str) -> None:
    assert "FJ-IDN-313" in _findings(_config({"agent.hcl": f'listener "tcp" {{\n{more}\n  tls_disable = true\n}}\n'}))


def test_what_else_stands_in_the_listener_counts() -> None:
    text = 'listener "tcp" {\n  address = "127.0.0.1:8200"\n  mc anonymous set public store/models\n}\n'
    assert "FJ-IDN-313" in _findings(_config({"agent.hcl": text.replace("\n}", "\n  tls_disable = true\n}")}))


@pytest.mark.parametrize(("address", "refused"), [("127.0.0.1:8200", False), ("0.0.0.0:8200", True)])
def test_an_agent_of_vault_listens_in_its_own_pod(address: str, *, refused: bool) -> None:
    text = f'listener "tcp" {{\n  address = "{address}"\n  tls_disable = true\n}}\n'
    assert ("FJ-IDN-313" in _findings(_config({"agent.hcl": text}))) is refused


@pytest.mark.parametrize(("data", "refused"), [
    ({"EMAIL_USE_TLS": "true", "EMAIL_USE_SSL": "false"}, False), ({"EMAIL_USE_SSL": "false"}, True),
    ({"AIRFLOW__SMTP__SMTP_STARTTLS": "True", "AIRFLOW__SMTP__SMTP_SSL": "False"}, False),
    ({"LDAP_STARTTLS": "true", "LDAP_USE_SSL": "false"}, False), ({"LDAP_USE_SSL": "false"}, True),
    ({"EMAIL_USE_TLS": "true", "REDIS_USE_SSL": "false"}, True),
    ({"EMAIL_USE_TLS": "true", "LDAP_USE_SSL": "false"}, True),
    ({"TRINO_SSL": "true"}, False), ({"TRINO_TLS": "true"}, False), ({"DISABLE_WEAK_TLS": "true"}, False),
    ({"EMAIL_USE_SSL": "false", "EMAIL_SKIP_VERIFY_TLS": "true"}, True),
    ({"LDAP_USE_SSL": "false", "DISABLE_LDAP_TLS": "true"}, True), ({"NO_TLS": "true"}, True),
    ({"DISABLE_TLS": "true"}, True), ({"SMTP_USE_TLS": "false", "SMTP_VERIFY_SSL": "true"}, True),
    ({"smtp.enableTls": "false", "smtp.checkSsl": "true"}, True),
    ({"LDAP_USE_TLS": "false", "LDAP_DEBUG_SSL": "true"}, True),
])  # fmt: skip
def test_ways_to_tls(data: dict[str, str], *, refused: bool) -> None:
    assert ("FJ-ENC-425" in _findings(_config(data))) is refused


@pytest.mark.parametrize(("part", "refused"), [({"enabled": False}, False), ({"enabled": True}, True), ({}, True)])
def test_parts_that_are_off_need_no_tls(part: dict[str, object], *, refused: bool) -> None:
    values = {"cluster": {**part, "tls": {"enabled": False}}}
    assert ("FJ-ENC-425" in _findings(_release("kong", values))) is refused


@pytest.mark.parametrize(("kind", "spec"), [
    ("operators.coreos.com/v1alpha1:Subscription", {"sourceNamespace": "olm"}),
    ("external-secrets.io/v1:SecretStore", {"provider": {"kubernetes": {
        "remoteNamespace": "shared", "server": {"url": "https://kubernetes.dc1.example.ae:6443"}}}}),
])  # fmt: skip
def test_what_is_of_no_other_tenant(kind: str, spec: dict[str, object]) -> None:
    assert "FJ-IDN-314" not in _findings(k8s(kind, {"metadata": meta("x", "payments"), "spec": spec}))


@pytest.mark.parametrize("server", [
    {}, {"url": "https://kubernetes.default.svc"}, {"url": "https://api.payments.svc.cluster.local:443"},
    {"url": "https://api.payments.svc"}, {"url": "https://kubernetes.default"}, {"url": "https://10.96.0.1:443"},
])  # fmt: skip
def test_stores_of_the_same_cluster_are_refused(server: dict[str, str]) -> None:
    spec = {"provider": {"kubernetes": {"remoteNamespace": "shared", "server": server}}}
    store = k8s("external-secrets.io/v1:SecretStore", {"metadata": meta("x", "payments"), "spec": spec})
    assert "FJ-IDN-314" in _findings(store)


@pytest.mark.parametrize(("own", "other"), [("default", None), (None, "default"), (UNKNOWN, "a"), ("a", UNKNOWN)])
def test_slices_of_a_service_without_pods(own: str | None, other: str | None) -> None:
    def metadata(name: str, namespace: str | None, **labels: str) -> dict[str, object]:
        return {"name": name, "labels": {**TAGS, **labels}, **({"namespace": namespace} if namespace else {})}

    label = {"kubernetes.io/service-name": "db"}
    service = k8s("core/v1:Service", {"metadata": metadata("db", other), "spec": {"ports": [{"port": 5432}]}}, "db")
    piece = k8s("discovery.k8s.io/v1:EndpointSlice", {"metadata": metadata("db-1", own, **label)}, "db-1")
    reports = PACK.evaluate_stack(service, piece)
    assert "FJ-IDN-314" not in {report.rule for report in reports}


@pytest.mark.parametrize(("chart", "key", "off", "refused"), [
    ("traefik", "service", {"external": {"enabled": False}}, True), ("traefik", "service", {"create": False}, True),
    ("traefik", "service", {"enabled": False}, False), ("kong", "proxy", {"create": False}, True),
    ("kong", "proxy", {"enabled": False}, False), ("gateway", "service", {"create": False}, True),
    ("gateway", "service", {"enabled": False}, True),
])  # fmt: skip
def test_only_its_own_switch_turns_the_service_of_a_chart_off(
    chart: str, key: str, off: dict[str, object], *, refused: bool
) -> None:
    given = _release(chart, {key: {"type": "LoadBalancer", **off}})
    reports = {report.rule for report in PACK.evaluate_plan(given)}
    assert bool(reports & {"FJ-EXP-332", "FJ-ESC-107"}) is refused


@pytest.mark.parametrize("value", ["", "  ", "harbor-admin"])
def test_names_of_secrets_may_be_empty(value: str) -> None:
    assert "FJ-ESC-107" not in _findings(_release("harbor", {"existingSecretAdminPassword": value}))


def test_cleanup_of_every_kind_below_one_of_pods() -> None:
    match = {"resources": {"kinds": ["Pod"]}, "any": [{"resources": {"kinds": ["*"]}}]}
    ended = {"key": "{{ target.status.phase }}", "operator": "In", "value": ["Failed"]}
    spec = {"schedule": "0 3 * * *", "match": match, "conditions": {"all": [ended]}}
    assert "FJ-ESC-103" in _findings(
        k8s("kyverno.io/v2:ClusterCleanupPolicy", {"metadata": {"name": "c"}, "spec": spec})
    )
