"""Further attacks of the families of the fifteenth set: records left out, headers that a proxy writes, tokens and roles
of others, copies for a team, and servers of a team that a program for all asks (2026-11-29, written after the rows).
"""

import json

from ..blind import GROUP, IMAGE, ME, TAGS, cluster_role, crd, k8s, meta, release
from ..harness import Given
from . import Attack
from .fifteenth_cluster_a import KNOWN, OPEN, WRITTEN, _annotated, _top
from .fifteenth_cluster_b import TOKEN_FILE, _in, _text

ROLE = f"arn:aws:iam::{ME}:role/payments-ledger"
JOB = """scrape_configs:
- job_name: team-b
  scheme: https
  bearer_token_file: /var/run/secrets/kubernetes.io/serviceaccount/token
  static_configs:
  - targets: ["figures.team-b.svc:8443"]
"""
HOOKS = """kind: EnvoyGateway
extensionManager:
  hooks: {xdsTranslator: {post: [Translation]}}
  service: {host: hooks.team-b.svc, port: 5005}
"""
ALLOY = """prometheus.scrape "figures" {
  targets = [{"__address__" = "figures.team-b.svc:8443"}]
  scheme = "https"
  bearer_token_file = "/var/run/secrets/kubernetes.io/serviceaccount/token"
  forward_to = []
}
"""
LUA = 'kong.service.request.set_header("X-User-Role", "administrator")'
LAST = json.dumps({"items": [{"permission": 2, "role": "Viewer"}]})
EXCLUDED = [{"resource": "prometheusrules", "namespace": "team-b", "name": "alerts"}]


def _entry(annotations: dict[str, str]) -> tuple[Given, ...]:
    """Returns an Ingress of the ledger with annotations."""
    backend = {"service": {"name": "ledger", "port": {"number": 8443}}}
    return (k8s("networking.k8s.io/v1:Ingress", {
        "metadata": meta("ledger", annotations=annotations), "spec": {
            "ingressClassName": "skipper", "tls": [{"hosts": ["ledger.example.ae"], "secretName": "ledger"}],
            "rules": [{"host": "ledger.example.ae", "http": {"paths": [
                {"path": "/", "pathType": "Prefix", "backend": backend}]}}]}}),)  # fmt: skip


ATTACKS = (
    Attack("the errors of the program itself are left out of the logs", OPEN, _annotated(
        {"fluentbit.io/exclude_stderr-app": "true"}), "minor",
        "nobody sees what failed (fluent-bit-docs, filters/kubernetes)"),
    Attack("Datadog collects no line of the program's container", OPEN, _annotated(
        {"ad.datadoghq.com/app.logs_exclude": "true"}), "minor",
        "nobody sees what the program did (Datadog, 'Container Discovery Management', read 2026-11-29)"),
    Attack("Vector skips the container of the program", OPEN, _annotated(
        {"vector.dev/exclude-containers": "istio-proxy, app"}), "minor",
        "nobody sees what the program did (a copy of Vector's kubernetes_logs, read 2026-11-29)"),
    Attack("Splunk gets no record of the namespace of payments", OPEN, (
        k8s("core/v1:Namespace", {"metadata": {
            "name": "payments", "labels": {**TAGS, "pod-security.kubernetes.io/enforce": "restricted"},
            "annotations": {"splunk.com/exclude": "true"}}}),), "major",
        "no program of payments is recorded (splunk-otel-collector-chart, a copy, read 2026-11-29)"),
    Attack("a group of routes of Skipper writes down no request", OPEN, (
        crd("zalando.org/v1:RouteGroup", {
            "hosts": ["ledger.example.ae"], "backends": [
                {"name": "ledger", "type": "service", "serviceName": "ledger", "servicePort": 8443}],
            "defaultBackends": [{"backendName": "ledger"}],
            "routes": [{"pathSubtree": "/", "filters": ["disableAccessLog(2, 3)"]}]}),), "minor",
        "who read the ledger is in no record (zalando/skipper 527238d12, filters.md, read 2026-11-29)"),
    Attack("Skipper says that each caller is the administrator", OPEN, _entry(
        {"zalando.org/skipper-filter": 'setRequestHeader("X-User", "admin") -> compress()'}), "critical",
        "the program trusts the header of the entry (zalando/skipper 527238d12, filters.md, read 2026-11-29)"),
    Attack("a function before Kong's routes makes each caller an administrator", OPEN, (
        k8s("configuration.konghq.com/v1:KongPlugin", {
            "metadata": meta("first"), "plugin": "pre-function", "config": {"access": [LUA]}}),), "critical",
        "the program trusts the header of the entry (Kong, 'Serverless Functions', as known)"),
    Attack("a generator of all namespaces makes tokens for each repository", OPEN, (
        _top("generators.external-secrets.io/v1alpha1:ClusterGenerator", "acr", {
            "kind": "ACRAccessToken", "generator": {"acrAccessTokenSpec": {
                "registry": "bank.azurecr.io", "environmentType": "PublicCloud",
                "auth": {"workloadIdentity": {"serviceAccountRef": {"name": "app"}}}}}}),), "major",
        "each namespace may push what others run (External Secrets cc5bfbc22, types_acr.go, read 2026-11-29)"),
    Attack("a team's store reads as the role of payments", OPEN, (
        KNOWN, crd("external-secrets.io/v1:SecretStore", {"provider": {"aws": {
            "service": "SecretsManager", "region": "me-central-1", "role": ROLE,
            "auth": {"jwt": {"serviceAccountRef": {"name": "app"}}}}}})), "critical",
        "the team reads the secrets of payments (External Secrets cc5bfbc22, CRD of SecretStore, read 2026-11-29)"),
    Attack("a scaler of a team asks as the role of payments", OPEN, (
        KNOWN, crd("keda.sh/v1alpha1:TriggerAuthentication", {"podIdentity": {"provider": "aws", "roleArn": ROLE}})),
        "major", "the scaler reads queues of payments (KEDA 8b4f083c, podIdentity.roleArn, read 2026-11-29)"),
    Attack("constraints of each team read each secret that Gatekeeper keeps", OPEN, (
        _top("syncset.gatekeeper.sh/v1alpha1:SyncSet", "all", {"gvks": [
            {"group": "", "version": "v1", "kind": "Namespace"}, {"group": "", "version": "v1", "kind": "Secret"}]}),),
        "major", "a message of a constraint shows a secret (gatekeeper dd8507eb, syncset_types.go, read 2026-11-29)"),
    Attack("annotations of secrets, with their last text, are figures", OPEN, release(
        "kube-state-metrics", "6.4.1", {"metricAnnotationsAllowList": ["secrets=[*]"], "replicas": 2}, "monitoring"),
        "major", "whoever reads figures has each secret that somebody applied, by last-applied-configuration "
        "(kube-state-metrics, cli-arguments.md, metric-annotations-allowlist, read 2026-11-29)"),
    Attack("a server of a team says which routes Traefik has", OPEN, release(
        "traefik", "37.4.0", {"additionalArguments": [
            "--providers.http.endpoint=https://routes.team-b.svc.cluster.local:8443/all"]}), "critical",
        "the team takes the requests for each host (Traefik, 'HTTP provider', as known)"),
    Attack("a server of a team says which certificates and listeners a proxy has", OPEN, (
        _text("envoy-gateway-config", "envoy-gateway-system", {"envoy-gateway.yaml": HOOKS}),), "critical",
        "the team gets each private key (Envoy Gateway d32f28294, ExtensionManager, read 2026-11-29)"),
    Attack("a role writes the users of Kafka and what they may do", OPEN, (cluster_role(
        {"apiGroups": ["kafka.strimzi.io"], "resources": ["kafkausers"], "verbs": WRITTEN}),), "critical",
        "the holder reads and writes each topic (Strimzi 8541da1e, KafkaUser, read 2026-11-29)"),
    Attack("a role copies each volume to a place of the holder's choice", OPEN, (cluster_role(
        {"apiGroups": ["volsync.backube"], "resources": ["replicationsources"], "verbs": WRITTEN}),), "critical",
        "the copier of each namespace runs with its volumes and the holder's repository (VolSync, as known)"),
    Attack("a role writes databases with statements that run as their owner", OPEN, (cluster_role(
        {"apiGroups": ["postgresql.cnpg.io"], "resources": ["clusters"], "verbs": ["patch"]}),), "critical",
        "the holder changes images and superusers of each (cloudnative-pg a95a534d, Cluster, read 2026-11-29)"),
    Attack("each night payments are saved where a tenant reads", OPEN, (
        _in("velero", "velero.io/v1:Schedule", "nightly", {"schedule": "0 1 * * *", "template": {
            "includedNamespaces": ["payments", "team-b"], "storageLocation": "team-b", "ttl": "720h0m0s"}}),),
        "critical", "the tenant has each key of payments (Velero, 'Backup API type')"),
    Attack("a copy of the disk of the ledger is for a team", OPEN, (
        KNOWN, _top("snapshot.storage.k8s.io/v1:VolumeSnapshotContent", "restored", {
            "driver": "disk.csi.azure.com", "deletionPolicy": "Retain", "sourceVolumeMode": "Filesystem",
            "source": {"snapshotHandle": f"{GROUP}/providers/Microsoft.Compute/snapshots/payments-ledger-1128"},
            "volumeSnapshotRef": {"name": "restored", "namespace": "team-b"}})), "critical",
        "the team restores it into its pods (external-snapshotter afb2f0d8, snapshotHandle, read 2026-11-29)"),
    Attack("Prometheus shows its token to a team by its own file", OPEN, (
        _text("prometheus", "monitoring", {"prometheus.yml": JOB}),), "critical",
        "the team acts as the account that scrapes the cluster (Prometheus, 'Configuration', bearer_token_file)"),
    Attack("VictoriaMetrics shows its token to a team", OPEN, (
        _in("monitoring", "operator.victoriametrics.com/v1beta1:VMStaticScrape", "team-b", {
            "jobName": "team-b", "targetEndpoints": [{
                "targets": ["figures.team-b.svc:8443"], "scheme": "https", "bearerTokenFile": TOKEN_FILE}]}),),
        "critical", "the team acts as the account that scrapes (CRDs-catalog 7b1e26ef, VMStaticScrape)"),
    Attack("jobs of a release of Prometheus show its token to a namespace of a team", OPEN, release(
        "kube-prometheus-stack", "79.5.0", {"prometheus": {"prometheusSpec": {"additionalScrapeConfigs": [{
            "job_name": "team-b", "scheme": "https", "authorization": {"credentials_file": TOKEN_FILE},
            "kubernetes_sd_configs": [{"role": "pod", "namespaces": {"names": ["team-b"]}}]}]}}}, "monitoring"),
        "critical", "the team acts as the account that scrapes (Prometheus, 'Configuration', credentials_file)"),
    Attack("alerts of a team pass for those of payments in the ruler of Thanos", OPEN, (
        _in("monitoring", "monitoring.coreos.com/v1:ThanosRuler", "rules", {
            "replicas": 2, "retention": "24h", "enforcedNamespaceLabel": "namespace", "image": IMAGE,
            "podMetadata": {"labels": TAGS}, "queryEndpoints": ["dnssrv+_http._tcp.query"],
            "excludedFromEnforcement": EXCLUDED}),), "minor",
        "alerts of payments are silenced (prometheus-operator 6adcebc5, excludedFromEnforcement, read 2026-11-29)"),
    Attack("Alloy shows its token to a team", OPEN, (
        _text("alloy", "monitoring", {"config.alloy": ALLOY}),), "critical",
        "the team acts as the account that scrapes (Grafana Alloy, prometheus.scrape, bearer_token_file, as known)"),
    Attack("a team asks the vault for the password of payments", OPEN, (
        KNOWN, crd("generators.external-secrets.io/v1alpha1:VaultDynamicSecret", {
            "path": "database/creds/payments-ledger", "method": "GET", "provider": {
                "server": "https://vault.vault.svc:8200", "auth": {"kubernetes": {
                    "mountPath": "kubernetes", "role": "team-a", "serviceAccountRef": {"name": "app"}}}}})), "major",
        "the team reads the ledger if the vault's policy has a star (External Secrets cc5bfbc22, types_vault.go)"),
    Attack("records of the platform lie in a store of a team", OPEN, release("loki", "6.46.0", {"loki": {"storage": {
        "type": "s3", "bucketNames": {"chunks": "logs"}, "s3": {
            "endpoint": "https://minio.team-b.svc:9000", "region": "me-central-1"}}}}, "observability"), "major",
        "the team reads and deletes the records of all others (grafana/loki, chart, storage.s3.endpoint, as known)"),
    Attack("secrets of all namespaces come from a vault of a team", OPEN, (
        _top("external-secrets.io/v1:ClusterSecretStore", "vault", {
            "conditions": [{"namespaces": ["team-a"]}], "provider": {"vault": {
                "server": "https://vault.team-b.svc:8200", "path": "kv", "version": "v2", "auth": {"kubernetes": {
                    "mountPath": "kubernetes", "role": "eso", "serviceAccountRef": {
                        "name": "eso", "namespace": "external-secrets"}}}}}}),), "critical",
        "the team gets the token of the controller and says what each secret is (External Secrets, 'Vault')"),
    Attack("whoever may look at the boards changes those of a folder", OPEN, (
        crd("grafana.integreatly.org/v1beta1:GrafanaFolder", {
            "title": "Payments", "permissions": LAST,
            "instanceSelector": {"matchLabels": {"dashboards": "grafana"}}}),), "major",
        "alerts of payments fall silent (Grafana, 'Folder permissions HTTP API', 2 is Edit, as known)"),
)  # fmt: skip
