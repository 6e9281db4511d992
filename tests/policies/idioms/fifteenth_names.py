"""Good idioms that come close to the rows of the fifteenth set: records, headers, tokens, roles, copies and figures of
one's own (2026-11-29)."""

import json

from ..attacks.fifteenth_cluster_a import _annotated, _top
from ..attacks.fifteenth_cluster_b import TOKEN_FILE, _in
from ..blind import GROUP, IMAGE, ME, TAGS, cluster_role, crd, k8s, meta, release
from ..harness import Given
from . import Idiom, unpriced

R = "me-central-1"
ROLES = f"arn:aws:iam::{ME}:role"
READ = ["get", "list", "watch"]
LUA = """function envoy_on_request(handle)
  handle:headers():remove("x-user-role")
  handle:headers():replace("x-request-start", "now")
end
function envoy_on_response(handle)
  handle:headers():add("x-frame-options", "DENY")
end
"""
FOLDER = json.dumps({"items": [{"role": "Viewer", "permission": 1}, {"role": "Editor", "permission": 2}]})
ROUTES = """health: Path("/healthz") && Host("^app[.]example[.]ae$")
  -> disableAccessLog()
  -> status(200) -> <shunt>;
"""
JOBS = [
    {"job_name": "kubernetes-apiservers", "scheme": "https", "authorization": {
        "type": "Bearer", "credentials_file": TOKEN_FILE},
     "static_configs": [{"targets": ["kubernetes.default.svc:443"]}]},
    {"job_name": "team-a", "scheme": "https", "static_configs": [{"targets": ["figures.team-a.svc:8443"]}]},
]  # fmt: skip


def _entry(annotations: dict[str, str]) -> tuple[Given, ...]:
    """Returns an Ingress of a team with annotations of Skipper."""
    backend = {"service": {"name": "app", "port": {"number": 8443}}}
    return (k8s("networking.k8s.io/v1:Ingress", {
        "metadata": meta("app", annotations=annotations), "spec": {
            "ingressClassName": "skipper", "tls": [{"hosts": ["app.example.ae"], "secretName": "app"}],
            "rules": [{"host": "app.example.ae", "http": {"paths": [
                {"path": "/", "pathType": "Prefix", "backend": backend}]}}]}}),)  # fmt: skip


IDIOMS = (
    Idiom("records of the proxy beside a program are left out, and no figures are taken", _annotated({
        "fluentbit.io/parser": "json", "fluentbit.io/exclude-istio-proxy": "true", "co.elastic.logs/enabled": "true",
        "ad.datadoghq.com/metrics_exclude": "true", "vector.dev/exclude-containers": "istio-proxy,linkerd-init"}),
        "fluent-bit-docs, filters/kubernetes; Vector, kubernetes_logs"),
    Idiom("an entry of Skipper breaks off calls that fail and records errors", _entry({
        "zalando.org/skipper-filter": 'consecutiveBreaker(15) -> setRequestHeader("X-Forwarded-Proto", "https") '
        "-> enableAccessLog(4, 5)"}), "zalando/skipper 527238d12, ingress-usage.md"),
    Idiom("only questions after the health of a service go unrecorded", _entry({"zalando.org/skipper-routes": ROUTES}),
          "zalando/skipper 527238d12, ingress-usage.md"),
    Idiom("a token for the registry of Azure is for one repository", (
        crd("generators.external-secrets.io/v1alpha1:ACRAccessToken", {
            "registry": "bank.azurecr.io", "environmentType": "PublicCloud", "scope": "repository:team-a/app:pull",
            "auth": {"workloadIdentity": {"serviceAccountRef": {"name": "app"}}}}),),
        "external-secrets cc5bfbc22, generator-acr.yaml"),
    Idiom("a team pulls and reads its secrets as roles of its own", (
        k8s("generators.external-secrets.io/v1alpha1:ECRAuthorizationToken", {"metadata": meta("ecr"), "spec": {
            "region": R, "role": f"{ROLES}/team-a-pull",
            "auth": {"jwt": {"serviceAccountRef": {"name": "pull"}}}}}, "e"),
        k8s("external-secrets.io/v1:SecretStore", {"metadata": meta("orders"), "spec": {"provider": {"aws": {
            "service": "SecretsManager", "region": R, "role": f"{ROLES}/eks/orders-reader",
            "auth": {"jwt": {"serviceAccountRef": {"name": "orders"}}}}}}}, "s"),
        k8s("external-secrets.io/v1:SecretStore", {"metadata": meta("bank"), "spec": {"provider": {"aws": {
            "service": "SecretsManager", "region": R, "role": f"{ROLES}/bank-external-secrets"}}}}, "b")),
        "external-secrets.io/latest/provider/aws-secrets-manager"),
    Idiom("a team gets a password of its own database from the vault", (
        crd("generators.external-secrets.io/v1alpha1:VaultDynamicSecret", {
            "path": "database/creds/app-readonly", "method": "GET", "provider": {
                "server": "https://vault.vault.svc:8200", "auth": {"kubernetes": {
                    "mountPath": "kubernetes", "role": "team-a", "serviceAccountRef": {"name": "app"}}}}}),),
        "external-secrets.io/latest/api/generator/vault"),
    Idiom("policies compare with the namespaces that Kyverno keeps", (
        _top("kyverno.io/v2:GlobalContextEntry", "namespaces", {
            "kubernetesResource": {"group": "", "version": "v1", "resource": "namespaces"}}),),
        "kyverno 111e07bbe, CRD of GlobalContextEntry",
        unpriced("kubernetes:kyverno.io/v1:GlobalContextEntry::namespaces")),
    Idiom("a script of the entry removes what callers say of themselves", (
        crd("gateway.envoyproxy.io/v1alpha1:EnvoyExtensionPolicy", {
            "targetRefs": [{"group": "gateway.networking.k8s.io", "kind": "HTTPRoute", "name": "app"}],
            "lua": [{"type": "Inline", "inline": LUA}]}),), "gateway.envoyproxy.io/docs/tasks/extensibility/lua"),
    Idiom("the gateway for models adds its own listeners", release(
        "gateway-helm", "1.6.0", {"config": {"envoyGateway": {
            "gateway": {"controllerName": "gateway.envoyproxy.io/gatewayclass-controller"},
            "provider": {"type": "Kubernetes"}, "extensionManager": {
                "hooks": {"xdsTranslator": {"post": ["Translation"]}},
                "service": {"fqdn": {
                    "hostname": "ai-gateway-controller.envoy-ai-gateway-system.svc.cluster.local", "port": 1063}}}}}},
        "envoy-gateway-system"), "aigateway.envoyproxy.io/docs/getting-started/installation"),
    Idiom("people on duty look at what operators run", (cluster_role(
        {"apiGroups": ["opentelemetry.io", "kafka.strimzi.io", "monitoring.coreos.com"], "verbs": READ, "resources": [
            "instrumentations", "opentelemetrycollectors", "kafkausers", "kafkas", "scrapeconfigs", "prometheuses"]},
        {"apiGroups": ["velero.io"], "resources": ["backups", "schedules"], "verbs": READ}),),
        "kubernetes.io/docs/reference/access-authn-authz/rbac"),
    Idiom("a team writes the topics and monitors of its namespace", (
        k8s("rbac.authorization.k8s.io/v1:Role", {"metadata": meta("topics"), "rules": [
            {"apiGroups": ["kafka.strimzi.io"], "resources": ["kafkatopics"], "verbs": ["create", "update"]},
            {"apiGroups": ["monitoring.coreos.com"], "resources": ["servicemonitors", "prometheusrules"],
             "verbs": ["create", "update", "patch"]},
            {"apiGroups": ["opentelemetry.io"], "resources": ["instrumentations"], "verbs": ["update"]}]}),),
        "strimzi.io/docs/operators/latest/deploying"),
    Idiom("the backup of a team lies in its own store", (
        _in("velero", "velero.io/v1:Backup", "team-a-now", {
            "includedNamespaces": ["team-a", "team-a-dev"], "storageLocation": "team-a", "ttl": "720h0m0s"}),
        _in("velero", "velero.io/v1:Schedule", "nightly", {"schedule": "0 1 * * *", "template": {
            "includedNamespaces": ["payments", "team-b"], "storageLocation": "abu-dhabi", "ttl": "720h0m0s"}})),
        "velero.io/docs/main/api-types/schedule"),
    Idiom("copies of disks are imported by their handles", (
        _top("snapshot.storage.k8s.io/v1:VolumeSnapshotContent", "restored", {
            "driver": "ebs.csi.aws.com", "deletionPolicy": "Retain", "sourceVolumeMode": "Filesystem",
            "source": {"snapshotHandle": "snap-0123456789abcdef0"},
            "volumeSnapshotRef": {"name": "restored", "namespace": "orders"}}),
        _top("snapshot.storage.k8s.io/v1:VolumeSnapshotContent", "second", {
            "driver": "disk.csi.azure.com", "deletionPolicy": "Retain", "sourceVolumeMode": "Filesystem",
            "source": {"snapshotHandle": f"{GROUP}/providers/Microsoft.Compute/snapshots/orders-db-20261128"},
            "volumeSnapshotRef": {"name": "db", "namespace": "orders"}})),
        "kubernetes.io/docs/concepts/storage/volume-snapshots"),
    Idiom("the allocator of targets asks the cluster with its token, and a team without", (
        _in("monitoring", "opentelemetry.io/v1alpha1:TargetAllocator", "targets", {
            "replicas": 2, "image": IMAGE, "serviceAccount": "targets", "allocationStrategy": "consistent-hashing",
            "securityContext": {"allowPrivilegeEscalation": False, "readOnlyRootFilesystem": True,
                                "runAsNonRoot": True, "capabilities": {"drop": ["ALL"]}},
            "scrapeConfigs": JOBS}),), "opentelemetry-operator be8944414, TargetAllocator",
        unpriced("kubernetes:opentelemetry.io/v1beta1:TargetAllocator::targets")),
    Idiom("figures of the platform keep the namespaces that they say", (
        _in("monitoring", "monitoring.coreos.com/v1:Prometheus", "figures", {
            "replicas": 2, "retention": "15d", "serviceAccountName": "prometheus", "version": "v3.8.0",
            "podMetadata": {"labels": TAGS}, "arbitraryFSAccessThroughSMs": {"deny": True},
            "enforcedNamespaceLabel": "namespace", "securityContext": {
                "runAsNonRoot": True, "runAsUser": 10001, "seccompProfile": {"type": "RuntimeDefault"}},
            "excludedFromEnforcement": [
                {"resource": "servicemonitors", "namespace": "kube-system", "name": "kubelet"},
                {"resource": "servicemonitors", "namespace": "monitoring"}]}),),
        "prometheus-operator 6adcebc5, excludedFromEnforcement"),
    Idiom("viewers see a folder of boards and editors change it", (
        crd("grafana.integreatly.org/v1beta1:GrafanaFolder", {
            "title": "Payments", "permissions": FOLDER,
            "instanceSelector": {"matchLabels": {"dashboards": "grafana"}}}),),
        "grafana.github.io/grafana-operator/docs/folders"),
)  # fmt: skip
