"""Values of charts and objects of upstream's documents that rows took for attacks, and attacks beside them that stay
refused (2026-11-29)."""

import pytest

from .blind import Props, crd, k8s, meta
from .harness import UNKNOWN, UNKNOWN_OBJECT, Given, Pack

PACK = Pack()
CHARTS, VALUES, SWITCHES, FIELDS = "FJ-ESC-123", "FJ-ESC-124", "FJ-IDN-313", "FJ-ESC-115"
ACCOUNTS, NAMES = "FJ-EXP-317", "FJ-IDN-314"
SWITCH = {"global": {"security": {"allowInsecureImages": True}}}
OF_DATABASE = {"data": {"metadataConnection": {"host": "pg.example.ae"}}}
EVERY_ADDRESS = "0.0.0.0/0"


def _release(chart: str, values: Props) -> Given:
    return k8s("helm.sh/v3:Release", {"chart": chart, "namespace": chart, "values": values})


def _text(text: str, key: str = "a") -> Given:
    return k8s("core/v1:ConfigMap", {"metadata": meta(), "data": {key: text}})


def _profile(*charts: str) -> Given:
    values = {"values": "global:\n  security:\n    allowInsecureImages: true\n"}
    return crd("config.projectsveltos.io/v1beta1:ClusterProfile", {"helmCharts": [
        {"repositoryURL": f"https://charts.example.ae/{chart}", "chartName": chart,
         **(values if chart.startswith("bitnami/") else {})} for chart in charts]})  # fmt: skip


CROSSPLANE = crd("helm.crossplane.io/v1beta1:Release", {"forProvider": {
    "chart": {"name": "harbor", "url": "oci://registry.example.ae/harbor"}, "values": SWITCH}})  # fmt: skip
"""A chart whose name and address both stand beside its values."""


def _patch(operation: str, path: str, **value: object) -> Props:
    return {"container": {"patch": [{"op": operation, "path": path, **value}]}}


def _kustomization(operation: str, value: str) -> Given:
    text = f"- op: {operation}\n  path: /spec/template/spec/containers/0/securityContext/privileged\n  value: {value}\n"
    return crd("kustomize.toolkit.fluxcd.io/v1:Kustomization", {"patches": [{"patch": text}]})


def _variable(name: str, value: str) -> Given:
    return _release("x", {"env": [{"name": name, "value": value}]})


def _web(**values: object) -> Given:
    role = {"extraEnvVars": [{"name": "DEFAULT_USER_ROLE", "value": "user"}, *(
        {"name": name, "value": value} for name, value in values.items() if name.isupper())]}  # fmt: skip
    return _release("open-webui", {**role, **{key: value for key, value in values.items() if not key.isupper()}})


def _probe(command: str) -> Given:
    container = {"name": "v", "image": "x", "readinessProbe": {"exec": {"command": ["/bin/sh", "-ec", command]}}}
    return k8s("core/v1:Pod", {"metadata": meta(), "spec": {"containers": [container]}})


def _analysis(**metric: int) -> Given:
    return crd("argoproj.io/v1alpha1:AnalysisTemplate", {"metrics": [{
        "name": "x", "interval": "5m", "successCondition": "result[0] >= 0.95",
        "provider": {"prometheus": {"address": "https://prometheus.example.ae"}}, **metric}]})  # fmt: skip


def _store(name: str, **state: bool) -> Given:
    return _release("superset", {name: {**state, "primary": {"persistence": {"enabled": False}}}})


def _zone(**values: object) -> Given:
    text = "\n".join(f"{key}: {value}" for key, value in values.items())
    return _release("external-dns", {"secretConfiguration": {"enabled": True, "data": {"azure.json": text}}})


ZONE = {"tenantId": "a-b", "subscriptionId": "c-d", "resourceGroup": "dns", "useWorkloadIdentityExtension": True}


def _network_policy(chart: str, **block: object) -> Given:
    policy = {"enabled": True, "ingress": [{"from": [{"ipBlock": {"cidr": EVERY_ADDRESS, **block}}]}]}
    return _release(chart, {"server": {"networkPolicy": policy}})


def _role(name: str, right: str, **entry: str) -> Given:
    return _text(f"""jenkins:
  authorizationStrategy:
    roleBased:
      roles:
        global:
        - name: "{name}"
          permissions: ["{right}"]
          entries:
          - {next(iter(entry))}: "{next(iter(entry.values()))}"
""", "jenkins.yaml")  # fmt: skip


def _volumes(parameters: object) -> Given:
    return k8s("storage.k8s.io/v1:StorageClass", {
        "metadata": {"name": "x"}, "provisioner": "file.csi.azure.com", "parameters": parameters})  # fmt: skip


def _listeners(protocol: str) -> Given:
    return crd("gateway.networking.k8s.io/v1:ListenerSet", {
        "parentRef": {"name": "shared", "namespace": "gateways"},
        "listeners": [{"name": "a", "protocol": protocol, "port": 5432}]})  # fmt: skip


SCHEDULER = "apiVersion: kubescheduler.config.k8s.io/v1\nkind: KubeSchedulerConfiguration\nenableProfiling: true\n"
LDAP = "[[servers]]\nhost = 'ldap.example.ae'\nuse_ssl = {}\nstart_tls = true\n"
TAIL = "[{}]\n    Name tail\n    Path /home/x/*.log\n"
VAULT_PROBE = "vault {} -tls-skip-verify"


def _texts(rule: str, *plan: Given) -> list[str]:
    """Returns what a rule says, but for defaults that these values leave in place."""
    texts = (report.text for report in PACK.evaluate_plan(*plan) if f"[{rule}]" in report.text)
    return [text for text in texts if "leave a default in place" not in text]


@pytest.mark.parametrize(("given", "rule"), [
    *((_release(chart, SWITCH), CHARTS) for chart in ("airflow", "superset", "langfuse", "n8n")),
    (_profile("bitnami/redis", "jetstack/cert-manager"), CHARTS),
    (_release("nats", _patch("remove", "/spec/hostNetwork")), SWITCHES),
    (_release("nats", _patch("add", "/securityContext/allowPrivilegeEscalation", value=False)), SWITCHES),
    (_kustomization("replace", "false"), SWITCHES),
    (_text(LDAP.format("true")), SWITCHES),
    (_web(ENABLE_SIGNUP="false"), SWITCHES),
    *((_variable("DJANGO_SECRET_KEY", value), SWITCHES) for value in (
        "@Microsoft.KeyVault(SecretUri=https://kv.vault.azure.net/secrets/x)", "vault:secret/data/app#KEY",
        "file:/run/secrets/x", "/run/secrets/x")),
    (_release("x", {"auth": {"existingSecret": "zot-auth", "sessionSecretKey": "session-key"}}), SWITCHES),
    (_probe(VAULT_PROBE.format("status")), SWITCHES),
    *((_analysis(failureLimit=-1, consecutiveSuccessLimit=4), rule) for rule in (FIELDS, SWITCHES)),
    (_analysis(failureLimit=3), FIELDS),
    (_store("postgresql", enabled=False), SWITCHES), (_store("minio", enabled=False), SWITCHES),
    *((_release("airflow", {"pgbouncer": {"enabled": True, "sslmode": "verify-full"}, **OF_DATABASE}), rule)
      for rule in (VALUES, SWITCHES)),
    (_zone(**ZONE), VALUES),
    (_text(SCHEDULER), SWITCHES),
    *((_network_policy(chart), SWITCHES) for chart in ("keycloakx", "grafana")),
    (_network_policy("vault", **{"except": ["10.0.0.0/8"]}), SWITCHES),
    (_text("@home {\n    path /home*\n}\n", "Caddyfile"), SWITCHES),
    (_role("authenticated", "Overall/Administer", group="platform"), SWITCHES),
    *((_listeners(protocol), NAMES) for protocol in ("TCP", "UDP")),
])  # fmt: skip
def test_what_upstream_writes_is_not_refused(given: Given, rule: str) -> None:
    assert _texts(rule, given) == []


@pytest.mark.parametrize(("given", "rule"), [
    (_release("airflow", {**SWITCH, "config": {"core": {"load_examples": True}}}), VALUES),
    (_release("harbor", SWITCH), CHARTS), (CROSSPLANE, CHARTS),
    (_profile("bitnami/harbor", "jetstack/cert-manager"), CHARTS),
    (_release("nats", _patch("add", "/spec/hostNetwork", value=True)), SWITCHES),
    (_release("nats", _patch("replace", "/spec/hostPID", value="true")), SWITCHES),
    (_release("nats", {"container": {"patch": [{"path": "/spec/hostNetwork"}]}}), SWITCHES),
    (_kustomization("replace", "true"), SWITCHES),
    (_text(LDAP.format("false")), SWITCHES), (_text("use_ssl = false\n"), SWITCHES),
    (_web(sso={"enableSignup": False}), SWITCHES), (_web(), SWITCHES),
    (_variable("DJANGO_SECRET_KEY", "k3y-of-the-sessions-9"), SWITCHES),
    (_release("x", {"auth": {"existingSecret": "zot-auth", "sessionSecretKey": "Hunter2Hunter2"}}), SWITCHES),
    (_release("x", {"auth": {"sessionSecretKey": "session-key"}}), SWITCHES),
    (_probe(VAULT_PROBE.format("login")), SWITCHES),
    (_analysis(failureLimit=1000), FIELDS), (_analysis(failureLimit=-2), FIELDS),
    (_analysis(failureLimit=-1), SWITCHES),
    (_store("postgresql", enabled=True), SWITCHES), (_store("postgresql"), SWITCHES), (_store("kafka"), SWITCHES),
    (_release("superset", {"redis": {"enabled": False}, **{
        "mysql": {"primary": {"persistence": {"enabled": False}}}}}), SWITCHES),
    (_release("airflow", {"pgbouncer": {"enabled": True, "sslmode": "disable"}, **OF_DATABASE}), SWITCHES),
    (_release("airflow", {"pgbouncer": {"sslmode": "verify-full"}, **OF_DATABASE}), VALUES),
    (_release("airflow", OF_DATABASE), VALUES),
    (_zone(**ZONE, aadClientSecret="hunter2hunter2"), VALUES),
    (_release("dex", {"config": {"telemetry": {"enableProfiling": True}}}), SWITCHES),
    (_variable("ENABLE_PROFILING", "true"), SWITCHES),
    (_network_policy("vault"), SWITCHES),
    (_text(TAIL.format("INPUT")), SWITCHES),
    (_role("everybody", "Overall/Administer", either="authenticated"), SWITCHES),
    (_role("everybody", "Overall/Administer", group="authenticated"), SWITCHES),
    (_volumes({"storageAccount": ""}), ACCOUNTS), (_volumes({}), ACCOUNTS),
    *((_listeners(protocol), NAMES) for protocol in ("HTTPS", "TLS")),
])  # fmt: skip
def test_attacks_beside_it_stay_refused(given: Given, rule: str) -> None:
    assert _texts(rule, given)


def test_parameters_that_are_unknown_as_a_whole_are_undetermined() -> None:
    (text,) = _texts(ACCOUNTS, _volumes(UNKNOWN_OBJECT))
    assert "not known before deployment" in text


def _flux(reference: object) -> Given:
    return crd("helm.toolkit.fluxcd.io/v2:HelmRelease", {"chartRef": reference}, "release")


def _source(name: str, namespace: str = "team-a") -> Given:
    return k8s("source.toolkit.fluxcd.io/v1:OCIRepository", {
        "metadata": meta(name, namespace), "spec": {"url": "oci://registry.example.ae/keda"}}, "source")  # fmt: skip


REFERENCE = {"kind": "OCIRepository", "name": "keda"}


@pytest.mark.parametrize("plan", [
    (_flux(REFERENCE), _source(UNKNOWN)), (_flux(REFERENCE), _source("keda", UNKNOWN)), (_flux(UNKNOWN_OBJECT),),
], ids=["name", "namespace", "reference"])  # fmt: skip
def test_a_source_of_a_chart_that_is_unknown_is_undetermined(plan: tuple[Given, ...]) -> None:
    texts = _texts(CHARTS, *plan)
    assert texts
    assert all("not known before deployment" in text for text in texts)


def test_a_source_of_a_chart_that_the_program_lacks_is_refused() -> None:
    (text,) = _texts(CHARTS, _flux(REFERENCE), _source("other"))
    assert "which the program lacks" in text
