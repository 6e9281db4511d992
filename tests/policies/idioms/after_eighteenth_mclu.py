"""Good idioms close to the rules of the eighteenth set on clusters: limits of stores, paths without a question, roles
of databases that copy changes, answers of a proxy, priorities of machines.

Written on 2026-11-30 beside those rules.
"""

from ..blind import ME, TAGS, k8s, meta, release, workload
from ..harness import Given
from . import Idiom
from .eleventh_charts import inside
from .eleventh_cluster import top
from .twelfth_charts import ours

MIRROR = "registry.bank.ae"
BUDGET = k8s("policy/v1:PodDisruptionBudget", {
    "metadata": meta(), "spec": {"minAvailable": 1, "selector": {"matchLabels": {"app": "x"}}}})  # fmt: skip
TLS = ("--tls-cert-file=/tls/tls.crt", "--tls-private-key-file=/tls/tls.key", "--tls-min-version=VersionTLS13")


def _text(name: str, namespace: str, data: dict[str, str]) -> Given:
    return k8s("core/v1:ConfigMap", {"metadata": meta(name, namespace), "data": data}, name)


def _program(*args: str) -> tuple[Given, ...]:
    """Returns a Deployment of a program with arguments, and its budget."""
    image = f"{ME}.dkr.ecr.me-central-1.amazonaws.com/proxy@sha256:" + "e" * 64
    return workload("apps/v1:Deployment", {"image": image, "args": list(args)}), BUDGET


LOKI = """auth_enabled: true
limits_config:
  max_global_streams_per_user: 5000
  max_streams_per_user: 0
  max_line_size: 256KB
  max_label_names_per_series: 15
  max_label_name_length: 1024
  max_label_value_length: 2048
  per_stream_rate_limit: 3MB
  ingestion_rate_mb: 8
  ingestion_burst_size_mb: 16
  reject_old_samples_max_age: 168h
  retention_period: 2160h
"""
MIMIR = """limits:
  max_global_series_per_user: 0
  max_global_series_per_metric: 20000
  max_label_names_per_series: 30
  ingestion_rate: 10000
"""
LINES = {
    "size": "1x.small", "storageClassName": "encrypted", "managementState": "Managed",
    "storage": {"secret": {"name": "loki", "type": "s3"}, "schemas": [
        {"version": "v13", "effectiveDate": "2025-01-01"}], "tls": {"caName": "bank-authority"}},
    "tenants": {"mode": "openshift-logging"}, "limits": {
        "global": {"retention": {"days": 90}, "ingestion": {"ingestionRate": 4, "ingestionBurstSize": 6}},
        "tenants": {"audit": {"ingestion": {
            "maxGlobalStreamsPerTenant": 2000, "maxLineSize": 256000, "perStreamRateLimit": 3}}}}}  # fmt: skip
PROBE = {
    "prober": {"url": "blackbox.monitoring.svc:9115", "scheme": "https"}, "module": "https", "sampleLimit": 60,
    "targetLimit": 4, "bodySizeLimit": "10KB", "labelLimit": 30, "labelNameLengthLimit": 64, "interval": "60s",
    "targets": {"staticConfig": {"static": ["https://claims.bank.ae"]}}}  # fmt: skip
CHANGES = {
    "instances": 3, "enableSuperuserAccess": False, "inheritedMetadata": {"labels": TAGS},
    "imageName": f"{MIRROR}/postgresql@sha256:" + "a" * 64,
    "storage": {"size": "100Gi", "storageClass": "encrypted"},
    "resources": {"requests": {"cpu": "1", "memory": "2Gi"}, "limits": {"cpu": "1", "memory": "2Gi"}},
    "managed": {"roles": [
        {"name": "reports", "ensure": "present", "login": True, "inRoles": ["reader"], "replication": False,
         "passwordSecret": {"name": "reports"}},
        {"name": "debezium", "ensure": "present", "login": True, "replication": True, "inRoles": ["reader"],
         "passwordSecret": {"name": "debezium"}}]}}  # fmt: skip
SERVED = {
    "host": "claims.bank.ae", "ingressClassName": "nginx-internal", "listener": {"http": "plain", "https": "secure"},
    "tls": {"secret": "claims", "redirect": {"enable": True}},
    "upstreams": [{"name": "claims", "service": "claims", "port": 8443, "tls": {"enable": True}}],
    "routes": [{"path": "/", "action": {"pass": "claims"}},
               {"path": "/ping", "action": {"return": {"code": 200, "type": "text/plain", "body": "ok"}}}]}  # fmt: skip
LISTENERS = {"listeners": [
    {"name": "plain", "port": 8080, "protocol": "HTTP"},
    {"name": "secure", "port": 8444, "protocol": "HTTP", "ssl": True}]}  # fmt: skip
MAINTAINED = {
    "hosts": ["claims.team-a.svc.cluster.local"], "gateways": ["mesh"], "exportTo": ["."], "http": [
        {"match": [{"uri": {"exact": "/ready"}}], "directResponse": {"status": 200}},
        {"match": [{"headers": {"x-drill": {"exact": "yes"}}}],
         "fault": {"abort": {"httpStatus": 503, "percentage": {"value": 100}}},
         "route": [{"destination": {"host": "claims.team-a.svc.cluster.local"}}]},
        {"route": [{"destination": {"host": "claims.team-a.svc.cluster.local"}}]}]}  # fmt: skip
FEWER = {"metrics": [{"providers": [{"name": "prometheus"}], "overrides": [
    {"match": {"metric": "REQUEST_SIZE", "mode": "CLIENT_AND_SERVER"}, "disabled": True},
    {"match": {"metric": "ALL_METRICS", "mode": "CLIENT"}, "disabled": True}]}]}  # fmt: skip
SOURCE = {
    "instanceSelector": {"matchLabels": {"dashboards": "grafana"}}, "allowCrossNamespaceImport": False, "datasource": {
        "name": "Records", "type": "loki", "access": "proxy", "url": "https://loki-gateway.logging.svc:8080",
        "isDefault": True, "editable": False, "jsonData": {"oauthPassThru": True}}}  # fmt: skip
CENTRAL = {
    "alertmanager": {"enabled": False}, "grafana": {"enabled": False}, "commonLabels": TAGS, "prometheus": {
        "prometheusSpec": {"retention": "6h", "replicas": 2, "remoteWrite": [{
            "url": "https://mimir.monitoring.svc:8443/api/v1/push"}], "storageSpec": {"volumeClaimTemplate": {"spec": {
                "storageClassName": "encrypted", "accessModes": ["ReadWriteOnce"],
                "resources": {"requests": {"storage": "50Gi"}}}}}}}}  # fmt: skip
SCALED = {
    "awsRegion": "me-central-1", "autoDiscovery": {"clusterName": "bank"}, "additionalLabels": TAGS,
    "image": {"repository": f"{MIRROR}/autoscaling/cluster-autoscaler", "tag": "v1.34.2"},
    "extraArgs": {"expander": "priority"}, "expanderPriorities": {
        "100": [".*p5-48xlarge-reserved.*"], "50": [".*spot.*"], "10": [".*"], "1": [".*p5-48xlarge.*"]}}  # fmt: skip
ATLAS = {
    "projectRef": {"name": "claims", "namespace": "team-a"}, "deploymentSpec": {
        "name": "claims", "clusterType": "REPLICASET", "backupEnabled": True, "encryptionAtRestProvider": "AWS",
        "terminationProtectionEnabled": True, "tags": [{"key": key, "value": value} for key, value in TAGS.items()],
        "replicationSpecs": [{"numShards": 1, "regionConfigs": [{
            "providerName": "AWS", "regionName": "ME_CENTRAL_1", "priority": 7,
            "electableSpecs": {"instanceSize": "M30", "nodeCount": 3}}]}]}}  # fmt: skip
MACHINES = {
    "metadata": {"labels": {**TAGS, "app": "ledger"}},
    "template": {"serviceAccount": "ledger-machines", "network": "machines", "ports": {"https": 8443}},
    "probe": {"periodSeconds": 10, "httpGet": {"path": "/health", "port": 8443, "scheme": "HTTPS"}}}  # fmt: skip
BEHIND = {
    "targetReference": {"group": "", "kind": "Service", "name": "claims"}, "defaultConfiguration": {
        "targetType": "ip", "protocol": "HTTPS", "protocolVersion": "HTTP2", "tags": TAGS,
        "healthCheckConfig": {"healthCheckProtocol": "HTTPS", "healthCheckPath": "/health"}}}  # fmt: skip
MODEL = {"modelURL": "/models/falcon-h1-7b", "modelId": "bank/falcon"}

IDIOMS = (
    Idiom("a store of records has limits that its programs fit in, by its file", (
        _text("loki", "logging", {"loki.yaml": LOKI}), _text("mimir", "monitoring", {"mimir.yaml": MIMIR})),
        "grafana/loki, limits_config; grafana/mimir, limits", ours()),
    Idiom("audit has limits of its own in a LokiStack", (
        inside("loki.grafana.com/v1:LokiStack", "logging", LINES, "openshift-logging"),),
        "grafana/loki operator, limits.tenants", ours("loki.grafana.com", prices=(
            "loki.grafana.com/v1:LokiStack::logging",))),
    Idiom("a probe of one page has limits of its size", (
        inside("monitoring.coreos.com/v1:Probe", "claims", PROBE, "monitoring"),),
        "prometheus-operator, Probe", ours()),
    Idiom("a proxy asks for rights on each path but those of its health", _program(
        "--secure-listen-address=:8443", "--upstream=https://figures.monitoring.svc:9090/",
        "--ignore-paths=/livez,/readyz", *TLS), "brancz/kube-rbac-proxy, README.md", ours()),
    Idiom("a proxy lets on only some paths, and asks on each", _program(
        "--secure-listen-address=:8443", "--upstream=https://figures.monitoring.svc:9090/",
        "--allow-paths=/metrics,/federate/*", *TLS), "brancz/kube-rbac-proxy, README.md", ours()),
    Idiom("Debezium has a role that may copy changes, and reports have none", (
        inside("postgresql.cnpg.io/v1:Cluster", "orders", CHANGES),),
        "debezium.io, PostgreSQL connector, role of replication; CloudNativePG, managed roles", ours(
            "postgresql.cnpg.io", prices=("postgresql.cnpg.io/v1:Cluster::orders",))),
    Idiom("a host of NGINX has a listener that redirects and one with TLS", (
        inside("k8s.nginx.org/v1:GlobalConfiguration", "nginx-configuration", LISTENERS, "nginx-ingress"),
        inside("k8s.nginx.org/v1:VirtualServer", "claims", SERVED)),
        "nginx/kubernetes-ingress, custom listeners", ours("k8s.nginx.org")),
    Idiom("a host of NGINX only sends callers to HTTPS", (
        inside("k8s.nginx.org/v1:VirtualServer", "old", {
            "host": "old.bank.ae", "ingressClassName": "nginx-internal", "routes": [{"path": "/", "action": {
                "redirect": {"url": "https://claims.bank.ae/", "code": 301}}}]}),),
        "nginx/kubernetes-ingress, ActionRedirect", ours("k8s.nginx.org")),
    Idiom("a drill has errors of a service for those who ask for them", (
        inside("networking.istio.io/v1:VirtualService", "claims", MAINTAINED),),
        "istio.io, Fault Injection", ours()),
    Idiom("the mesh measures calls on one side only, and not their sizes", (
        inside("telemetry.istio.io/v1:Telemetry", "mesh-default", FEWER, "istio-system"),),
        "istio.io, Customizing Istio Metrics", ours()),
    Idiom("one noisy program of the mesh has no figures", (
        inside("telemetry.istio.io/v1:Telemetry", "pings", {
            "selector": {"matchLabels": {"app": "pings"}}, "metrics": [{"overrides": [{"disabled": True}]}]}),),
        "istio.io, Telemetry API", ours()),
    Idiom("Grafana asks the store of records in the name of its reader", (
        inside("grafana.integreatly.org/v1beta1:GrafanaDatasource", "records", SOURCE, "monitoring"),),
        "Grafana, Loki data source, Forward OAuth Identity", ours()),
    Idiom("a cluster writes its figures to the store in the middle, which has the alarms", release(
        "kube-prometheus-stack", "79.5.0", CENTRAL), "kube-prometheus-stack, values.yaml", ours()),
    Idiom("machines that are paid for are started first, and dear ones last", release(
        "cluster-autoscaler", "9.52.0", SCALED), "kubernetes/autoscaler, expander/priority/readme.md", ours()),
    Idiom("documents are kept by a vendor in the country", (
        inside("atlas.mongodb.com/v1:AtlasDeployment", "claims", ATLAS),),
        "MongoDB Atlas, regions of AWS", ours("atlas.mongodb.com", prices=(
            "atlas.mongodb.com/v1:AtlasDeployment::claims",))),
    Idiom("machines of a namespace answer for its service", (
        inside("networking.istio.io/v1:WorkloadGroup", "ledger", MACHINES, "payments"),),
        "istio.io, Virtual Machine Installation", ours()),
    Idiom("a balancer speaks TLS to the pods of a service", (
        inside("gateway.k8s.aws/v1beta1:TargetGroupConfiguration", "claims", BEHIND),),
        "AWS Load Balancer Controller, Gateway API customization", ours()),
    Idiom("models are served from a volume", (_text("serving", "models", MODEL),),
        "vllm-project/production-stack, tutorials/03-load-model-from-pv.md", ours()),
    Idiom("the platform's people administer Rancher", (
        k8s("management.cattle.io/v3:GlobalRoleBinding", {
            "metadata": {"name": "platform", "labels": TAGS}, "globalRoleName": "admin",
            "groupPrincipalName": "keycloakoidc_group://platform-admins"}, "platform"),),
        "rancher documentation, Global Permissions", ours("management.cattle.io", prices=(
            "management.cattle.io/v1:GlobalRoleBinding::platform",))),
    Idiom("the password of the mirror is copied into each namespace", (
        k8s("clustersecret.io/v1:ClusterSecret", {
            "metadata": {"name": "mirror", "labels": TAGS}, "matchNamespace": [".*"], "type":
                "kubernetes.io/dockerconfigjson", "data": {"valueFrom": {"secretKeyRef": {
                    "name": "mirror", "namespace": "platform"}}}}, "mirror"),),
        "zakkg3/ClusterSecret, README.md", ours("clustersecret.io", prices=(
            "clustersecret.io/v1:ClusterSecret::mirror",))),
    Idiom("packages of Crossplane come from the mirror", (
        top("pkg.crossplane.io/v1beta1:ImageConfig", "mirror", {
            "matchImages": [{"type": "Prefix", "prefix": "xpkg.crossplane.io/crossplane-contrib"}],
            "rewriteImage": {"prefix": f"{MIRROR}/crossplane"}}),),
        "crossplane documentation, Image Configs", ours("pkg.crossplane.io", prices=(
            "pkg.crossplane.io/v1:ImageConfig::mirror",))),
    Idiom("the detector of features says what a machine has", (
        inside("nfd.k8s-sigs.io/v1alpha1:NodeFeature", "worker-1", {"labels": {
            "feature.node.kubernetes.io/cpu-cpuid.AVX512F": "true"}}, "node-feature-discovery"),),
        "node-feature-discovery, docs/usage/custom-resources.md", ours("nfd.k8s-sigs.io")),
)  # fmt: skip
