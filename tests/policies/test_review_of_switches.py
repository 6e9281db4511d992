"""Objects of upstream's documents that rows of switches and readers of annotations took for attacks, and attacks beside
them that stay refused (2026-11-29)."""

import pytest

from tests.processor_time import within

from .blind import Props, crd, k8s, meta, pod
from .harness import Given, Pack, blocking

PACK = Pack()
KEYS = {f"csi.storage.k8s.io/{use}-secret-{part}": f"rook-csi-rbd-{use}" if part == "name" else "rook-ceph"
        for use in ("provisioner", "node-stage", "controller-expand") for part in ("name", "namespace")}  # fmt: skip
LAST = "csi.storage.k8s.io/node-stage-secret-namespace"
NGINX = "nginx.ingress.kubernetes.io/"
VAULT_ADDRESS = {"externalVaultAddr": "https://vault.example.ae:8200"}
GROUPS = ["system:anonymous", "system:unauthenticated"]
BINDINGS = {"any": [{"resources": {"kinds": ["ClusterRoleBinding"]}}]}
GRAFANA = {"rules": [{"host": "grafana.example.ae"}], "ingressClassName": "alb"}
CERTIFICATE = {"alb.ingress.kubernetes.io/certificate-arn": "arn:aws:acm:me-central-1:111122223333:certificate/a"}
PAGE = '"/; HTTPOnly; Secure; SameSite=strict"'
AGENT = 'api_proxy {{\n  use_auto_auth_token = true\n}}\nlistener "tcp" {{\n  address = "{}"\n}}\n'
VOLUMES, SWITCHES, FIELDS, ENTRIES, MESH = "FJ-IDN-314", "FJ-IDN-313", "FJ-ESC-115", "FJ-EXP-322", "FJ-EXP-324"


def _class(provisioner: str, **parameters: str) -> Given:
    return k8s("storage.k8s.io/v1:StorageClass", {
        "metadata": {"name": "x"}, "provisioner": provisioner, "parameters": parameters})  # fmt: skip


def _release(chart: str, **values: object) -> Given:
    return k8s("helm.sh/v3:Release", {"chart": chart, "namespace": chart, "values": values})


def _text(text: str) -> Given:
    return k8s("core/v1:ConfigMap", {"metadata": meta(), "data": {"a": text}})


def _claim(namespace: str) -> Given:
    return k8s("core/v1:PersistentVolumeClaim", {"metadata": meta("x", "it", annotations={
        "px/secret-namespace": namespace}), "spec": {}})  # fmt: skip


def _hint(name: str, value: str) -> Given:
    return k8s("core/v1:Pod", {"metadata": meta(annotations={f"co.elastic.logs{name}": value}), "spec": pod({})})


def _ingress(name: str, value: str) -> Given:
    metadata = meta(annotations={NGINX + name: value})
    return k8s("networking.k8s.io/v1:Ingress", {"metadata": metadata, "spec": {"rules": [{"host": "a.example.ae"}]}})


def _kyverno(**rule: object) -> Given:
    return crd("kyverno.io/v1:ClusterPolicy", {"rules": [{"name": "x", **rule}]})


def _backups(schedule: str, ttl: str) -> Given:
    return crd("velero.io/v1:Schedule", {"schedule": schedule, "template": {"ttl": ttl}})


def _chart_backups(**times: tuple[str, str]) -> Given:
    return _release("velero", schedules={
        name: {"schedule": schedule, "template": {"ttl": ttl}} for name, (schedule, ttl) in times.items()})  # fmt: skip


def _grafana(**ingress: object) -> Given:
    return crd("grafana.integreatly.org/v1beta1:Grafana", {"ingress": ingress})


def _collector(**ingress: object) -> Given:
    receivers = {"otlp": {"protocols": {"grpc": {"endpoint": "0.0.0.0:4317"}}}}
    return crd("opentelemetry.io/v1beta1:OpenTelemetryCollector", {
        "config": {"receivers": receivers}, "ingress": {"type": "ingress", **ingress}})  # fmt: skip


def _logs(source: str, kind: str = "FluentbitAgent") -> Given:
    mounts = [{"source": source, "destination": "/host", "readOnly": True}]
    spec = {"extraVolumeMounts": mounts}
    return crd(f"logging.banzaicloud.io/v1beta1:{kind}", spec if kind != "Logging" else {"fluentbit": spec})


def _source(**secrets: str) -> Given:
    return crd("grafana.integreatly.org/v1beta1:GrafanaDatasource", {
        "datasource": {"name": "p", "type": "postgres", "secureJsonData": secrets}})  # fmt: skip


def _allowed(operation: Props, **spec: object) -> Given:
    return crd("security.istio.io/v1:AuthorizationPolicy", {
        "action": "ALLOW", "rules": [{"to": [{"operation": operation}]}], **spec})  # fmt: skip


SELECTOR = {"selector": {"matchLabels": {"app": "productpage"}}}


@pytest.mark.parametrize(("given", "rule"), [
    (_class("rook-ceph.rbd.csi.ceph.com", clusterID="rook-ceph", encrypted="true", encryptionKMSID="kms", **KEYS),
     VOLUMES),
    *((_class("x", **{LAST: name}), VOLUMES) for name in ("ceph-csi-rbd", "openebs", "portworx", "juicefs", "storage")),
    (_release("vault", **{"global": VAULT_ADDRESS}, server={"enabled": False}), SWITCHES),
    (_release("vault", **{"global": {"tlsDisable": False}}), SWITCHES),
    (_text("CHART=vault\n"), SWITCHES), (_text("chart: gatekeeper\n"), SWITCHES),
    (_release("gatekeeper", validatingWebhookFailurePolicy="Fail"), SWITCHES),
    (_ingress("whitelist-source-range", "10.0.0.0/8,\n10.1.0.0/16\n"), ENTRIES),
    (_ingress("cors-allow-origin", "https://a.example.ae,\n  https://b.example.ae"), ENTRIES),
    (_ingress("proxy-cookie-path", f"/ {PAGE}"), ENTRIES), (_ingress("proxy-cookie-path", f"/ {PAGE};"), ENTRIES),
    (_ingress("rewrite-target", "/$1;\n"), ENTRIES),
    (_kyverno(match=BINDINGS, validate={"deny": {"conditions": {"any": [{
        "key": "{{ request.object.subjects[].name }}", "operator": "AnyIn", "value": GROUPS}]}}}), SWITCHES),
    (_kyverno(match={"any": [{"resources": {"kinds": ["Pod"]}, "subjects": [
        {"kind": "Group", "name": "system:unauthenticated"}]}]}, validate={"deny": {}}), SWITCHES),
    (_backups("0 * * * *", "24h0m0s"), SWITCHES), (_backups("@hourly", "48h"), FIELDS),
    (_backups("@every 6h", "72h"), SWITCHES), (_backups("0 1 * * *", "720h"), SWITCHES),
    (_chart_backups(hourly=("0 * * * *", "24h"), daily=("0 1 * * *", "720h")), SWITCHES),
    (_release("qdrant", apiKey="$KEY"), SWITCHES),
    (_release("qdrant", apiKey={"valueFrom": {"secretKeyRef": {"name": "x", "key": "k"}}}), SWITCHES),
    *((_grafana(spec=GRAFANA, metadata={"annotations": CERTIFICATE}), rule) for rule in (SWITCHES, FIELDS)),
    *((_grafana(spec={**GRAFANA, "tls": [{"secretName": "x"}]}), rule) for rule in (SWITCHES, FIELDS)),
    (_collector(annotations=CERTIFICATE), SWITCHES), (_collector(tls=[{"secretName": "x"}]), SWITCHES),
    (crd("vault.banzaicloud.com/v1alpha1:Vault", {"externalConfig": {"secrets": [
        {"type": "pki", "path": "pki", "config": {"max_lease_ttl": "87600h"}}]}}), SWITCHES),
    (crd("redhatcop.redhat.io/v1alpha1:SecretEngineMount", {
        "type": "pki", "path": "pki", "config": {"maxLeaseTTL": "87600h"}}), SWITCHES),
    (_text('listener "tcp" {\n  telemetry {\n    unauthenticated_metrics_access = "true"\n  }\n}\n'), SWITCHES),
    *((_text(f"max_lease_ttl = {ttl}\n"), SWITCHES) for ttl in ('"768h"', '"32d"', "2764800", '"768h0m0s"')),
    *((_release("external-dns", provider=provider, cloudflare=cloudflare), SWITCHES) for provider, cloudflare in (
        ("cloudflare", {"secretName": "c", "proxied": False}), ("aws", {"secretName": ""}),
        ({"name": "cloudflare"}, {"dnsRecordsPerPage": 100}))),
    *((_claim(name), VOLUMES) for name in ("portworx", "it", "kube-system")),
    (_class("pxd.portworx.com", **{"openstorage.io/auth-secret-namespace": "portworx"}), VOLUMES),
    *((_text(AGENT.format(address)), SWITCHES) for address in ("127.0.0.1:8100", "localhost:8100", "[::1]:8100")),
    *((_hint(name, value), SWITCHES) for name, value in (
        (".app/exclude_lines", "^DBG"), ("/exclude_lines", "['^DBG', 'trace.*']"), (".envoy/exclude_lines", ".*"),
        ("/raw", '[{"type":"filestream","paths":["/var/log/containers/*${data.kubernetes.container.id}.log"]}]'))),
    *((_logs(source, kind), FIELDS) for source in ("/etc/machine-id", "/run/log/journal", "/run/log/journal/")
      for kind in ("FluentbitAgent", "Logging")),
    (_source(tlsCACert="-----BEGIN CERTIFICATE-----\nMIIB\n-----END CERTIFICATE-----\n"), FIELDS),
    (_allowed({"methods": ["GET"]}, **SELECTOR), MESH), (_allowed({"methods": ["GET", "HEAD"]}, **SELECTOR), MESH),
])  # fmt: skip
def test_what_upstream_writes_is_not_refused(given: Given, rule: str) -> None:
    assert rule not in blocking(PACK.evaluate_resource(given))


@pytest.mark.parametrize(("given", "rule"), [
    *((_class("x", **{LAST: name}), VOLUMES) for name in ("default", "payments")),
    (_release("vault", server={"ha": {"enabled": True}}), SWITCHES), (_release("gatekeeper", replicas=3), SWITCHES),
    (_release("vault", **{"global": {"externalVaultAddr": "http://vault.example.ae:8200"}}), SWITCHES),
    (_ingress("whitelist-source-range", "10.0.0.0/8,\n deny all;"), ENTRIES),
    (_ingress("cors-allow-origin", "https://a.example.ae;\n location /x { }"), ENTRIES),
    (_ingress("proxy-cookie-path", "/ /; proxy_pass http://a"), ENTRIES),
    (_ingress("proxy-cookie-path", '/ /" ; proxy_pass http://a; "'), ENTRIES),
    (_ingress("proxy-cookie-path", '/ "\\" "; proxy_pass http://a; "'), ENTRIES),
    (_ingress("proxy-cookie-path", '/ \\ "; proxy_pass http://a; "'), ENTRIES),
    (_ingress("proxy-cookie-path", '/ \u00a0"; proxy_pass http://a; "'), ENTRIES),
    (_ingress("proxy-body-size", "a b;\nproxy_pass http://x;"), ENTRIES),
    (_ingress("proxy-body-size", PAGE), ENTRIES),
    (_release("sealed-secrets", rbac={"serviceProxier": {"subjects": [
        {"kind": "Group", "name": "system:unauthenticated"}]}}), SWITCHES),
    (_release("x", clusterRoleBinding={"subjects": [{"kind": "Group", "name": "system:masters"}]}), SWITCHES),
    (_backups("0 1 * * *", "24h"), SWITCHES), (_backups("@every 24h", "24h"), SWITCHES),
    (_backups("0 1 * * *", "3600s"), SWITCHES), (_backups("@daily", "90m"), SWITCHES),
    (_chart_backups(hourly=("0 * * * *", "24h")), SWITCHES),
    (_release("velero", configuration={"defaultBackupTTL": "24h"}), SWITCHES),
    (_release("qdrant", apiKey=False), SWITCHES), (_release("qdrant", replicaCount=3), SWITCHES),
    (_release("qdrant", config={"service": {"jwt_rbac": True}}), SWITCHES),
    (_grafana(spec=GRAFANA), SWITCHES), (_collector(hostname="otel.example.ae"), SWITCHES),
    *((_text(f"max_lease_ttl = {ttl}\n"), SWITCHES) for ttl in ('"3650d"', "315360000", '"87600h0m0s"', '"600000m"')),
    *((_hint(name, value), SWITCHES) for name, value in (
        ("/1.exclude_lines", "^.*$"), (".app/exclude_lines", '[".+"]'), (".app/disable", "true"),
        ("/raw", '[{"type":"httpjson","request.url":"http://vault.vault.svc:8200/v1/x"}]'),
        ("/raw", '{"type":"docker","containers":{"ids":["*"]}}'))),
    (_release("external-dns", provider="cloudflare", cloudflare={"email": "a@example.ae"}), SWITCHES),
    *((_text(AGENT.format(address)), SWITCHES) for address in (":8100", "0.0.0.0:8100", "[::]:8100", "10.0.0.5:8100")),
    (_text('max_lease_ttl = "87600h"\n'), SWITCHES), (_text('unauthenticated_pprof_access = "true"\n'), SWITCHES),
    *((_logs(source, kind), FIELDS) for source in ("/etc", "/run/secrets", "/run/log/journal/../../..", "/etc/shadow")
      for kind in ("FluentbitAgent", "Logging")),
    (_source(password="hunter2hunter22"), FIELDS),
    (_allowed({"methods": ["GET"]}), MESH), (_allowed({"methods": ["GET", "POST"]}, **SELECTOR), MESH),
    (_allowed({"notMethods": ["POST"]}, **SELECTOR), MESH), (_allowed({"methods": ["*"]}, **SELECTOR), MESH),
])  # fmt: skip
def test_attacks_beside_it_stay_refused(given: Given, rule: str) -> None:
    assert rule in blocking(PACK.evaluate_resource(given))


@pytest.mark.parametrize("text", [
    "x" + "\n" * 20_000 + "y", "auth" * 5000 + ": x\n", "a" * 20_000 + ": true\n", " " * 20_000 + "proxy",
], ids=["empty lines", "a name of repeated words", "a long name", "a long indent"])  # fmt: skip
def test_blank_lines_and_long_names_take_no_time(text: str) -> None:
    with within(1):
        PACK.evaluate_resource(_text(text))
        hubble = {"ui": {"ingress": {"enabled": True}}}
        PACK.evaluate_resource(_release("qdrant", **{text[:20_000]: "true", "hubble": hubble}))
