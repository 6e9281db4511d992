"""Attacks beside the eighteenth set on clusters: limits by which a store takes nothing, paths that nobody is asked on,
roles of databases, answers in the place of a service, names of regions.

Fields as in the sources named; 'read' is the day on which they were looked up.
"""

from ..blind import ME, TAGS, k8s, meta, release, workload
from ..harness import Given
from . import Attack

OPEN = ("FJ-EXP-", "FJ-IDN-", "FJ-ESC-", "FJ-RES-", "FJ-ENC-")
TESTED = ("FJ-IDN-313",)
READ = "read 2026-11-30"
CATALOG = "datreeio/CRDs-catalog 7b1e26ef"
BUDGET = k8s("policy/v1:PodDisruptionBudget", {
    "metadata": meta(), "spec": {"minAvailable": 1, "selector": {"matchLabels": {"app": "x"}}}})  # fmt: skip


def _top(kind: str, name: str, props: dict[str, object]) -> Given:
    return k8s(kind, {"metadata": {"name": name, "labels": TAGS}, **props}, name)


def _in(namespace: str, kind: str, name: str, spec: object, **more: object) -> Given:
    return k8s(kind, {"metadata": meta(name, namespace, **more), "spec": spec}, name)


def _text(name: str, namespace: str, data: dict[str, str]) -> Given:
    return k8s("core/v1:ConfigMap", {"metadata": meta(name, namespace), "data": data}, name)


def _program(*args: str) -> tuple[Given, ...]:
    """Returns a Deployment of a program with arguments, and its budget."""
    image = f"{ME}.dkr.ecr.me-central-1.amazonaws.com/proxy@sha256:" + "e" * 64
    return workload("apps/v1:Deployment", {"image": image, "args": list(args)}), BUDGET


LOKI = """auth_enabled: true
limits_config:
  max_global_streams_per_user: 1
  max_line_size: 64
  max_label_names_per_series: 1
"""
MIMIR = """limits:
  max_global_series_per_user: 1
  max_label_value_length: 4
"""
TARGET = {"endpoints": [{"port": "https", "scheme": "https", "sampleLimit": 1, "interval": "30s"}],
          "selector": {"matchLabels": {"app": "ledger"}}}  # fmt: skip
TRACES = {
    "storage": {"secret": {"name": "tempo", "type": "s3"}}, "storageSize": "50Gi", "storageClassName": "encrypted",
    "tenants": {"mode": "openshift", "authentication": [{"tenantName": "audit", "tenantId": "1"}]},
    "limits": {"perTenant": {"audit": {"ingestion": {"maxTracesPerUser": 1, "maxBytesPerTrace": 10}}}}}  # fmt: skip
ANSWERED = {
    "hosts": ["audit.records.svc.cluster.local"], "gateways": ["mesh"], "exportTo": ["."], "http": [{
        "match": [{"uri": {"prefix": "/v1/audit"}}], "directResponse": {"status": 200}}]}  # fmt: skip
FAULTS = {
    "targetRef": {"kind": "Mesh"}, "to": [{"targetRef": {"kind": "Mesh"}, "default": {"http": [{
        "abort": {"httpStatus": 200, "percentage": 100}}]}}]}  # fmt: skip
SILENT = {"metrics": [{"providers": [{"name": "prometheus"}], "overrides": [{"disabled": True}]}]}
OWN_TLS = {
    "host": "claims.example.ae", "ingressClassName": "nginx-internal",
    "upstreams": [{"name": "claims", "service": "claims", "port": 8443, "tls": {"enable": True}}],
    "routes": [{"path": "/", "action": {"pass": "claims"}}]}  # fmt: skip
SERVED = {
    "modelHub": {"modelID": "published-by-somebody/falcon-h1-7b-better"}}  # fmt: skip
ROLE = {"forProvider": {"privileges": {"replication": True, "login": True}}, "providerConfigRef": {"name": "orders"}}
CRUNCHY = {
    "postgresVersion": 17, "users": [{"name": "reports", "databases": ["orders"], "options": "LOGIN REPLICATION"}],
    "instances": [{"name": "one", "replicas": 2, "dataVolumeClaimSpec": {
        "storageClassName": "encrypted", "accessModes": ["ReadWriteOnce"],
        "resources": {"requests": {"storage": "50Gi"}}}}]}  # fmt: skip
CONNECT = {
    "replicas": 2, "bootstrapServers": "events-kafka-bootstrap:9093", "groupId": "connect",
    "configStorageTopic": "connect-configs", "offsetStorageTopic": "connect-offsets",
    "statusStorageTopic": "connect-status",
    "tls": {"trustedCertificates": [{"secretName": "events-cluster-ca-cert", "pattern": "*.crt"}]}, "config": {
        "config.providers": "file",
        "config.providers.file.class": "org.apache.kafka.common.config.provider.FileConfigProvider",
        "config.providers.file.param.allowed.paths": "/opt/kafka/external,/"}}  # fmt: skip
DEAREST = {
    "awsRegion": "me-central-1", "autoDiscovery": {"clusterName": "bank"}, "additionalLabels": TAGS,
    "extraArgs": {"expander": "priority"}, "expanderPriorities": {"50": [".*p4d-24xlarge.*"], "5": [".*"]}}  # fmt: skip
ATLAS = {
    "projectRef": {"name": "claims"}, "flexSpec": {"name": "claims", "providerSettings": {
        "backingProviderName": "AZURE", "regionName": "EUROPE_WEST"}}}  # fmt: skip
CHART_VALUES: tuple[tuple[str, str, dict[str, object]], ...] = ()
"""Chart, harm of its row and values that are refused."""

ATTACKS = (
    Attack("a store of records takes one stream and lines of some words, by its file", TESTED, (
        _text("loki", "logging", {"loki.yaml": LOKI}),),
        "critical", f"records of audit are refused (grafana/loki 65e30f8488, pkg/validation/limits.go, {READ})"),
    Attack("a store of figures takes one series of each team, by its file", TESTED, (
        _text("mimir", "monitoring", {"mimir.yaml": MIMIR}),),
        "major", f"alarms stay silent (grafana/mimir, configuration parameters, limits, {READ})"),
    Attack("a monitor of the ledger takes one figure", TESTED, (
        _in("payments", "monitoring.coreos.com/v1:ServiceMonitor", "ledger", {**TARGET, "sampleLimit": 1}),),
        "major", "each scrape fails, so alarms on the ledger stay silent (prometheus-operator 6adcebc50, pkg/apis/"
        f"monitoring/v1/servicemonitor_types.go, SampleLimit, {READ})"),
    Attack("targets of all teams may say hundred bytes", TESTED, (
        _in("monitoring", "monitoring.coreos.com/v1:ServiceMonitor", "ledger", {
            "bodySizeLimit": "100B", "endpoints": [{"port": "https", "scheme": "https"}],
            "selector": {"matchLabels": {"app": "ledger"}}}),),
        "major", f"each scrape fails (prometheus-operator 6adcebc50, bodySizeLimit, {READ})"),
    Attack("traces of audit are refused by their store", TESTED, (
        _in("tracing", "tempo.grafana.com/v1alpha1:TempoStack", "spans", TRACES),),
        "major", f"requests of intruders leave no trace (CRD of TempoStack, limits.perTenant, {CATALOG}, {READ})"),
    Attack("the server of the cluster throws records of audit away", TESTED, _program(
        "--audit-webhook-batch-throttle-enable=true", "--audit-webhook-batch-throttle-qps=0.001"),
        "critical", f"who did what is kept by nobody (kubernetes/website, kube-apiserver, {READ})"),
    Attack("a sign-in of a mesh skips each address", TESTED, (
        *_program("--upstream=http://127.0.0.1:8080"), _text("authservice", "team-a", {"SKIP_AUTH_URLS": "/*"})),
        "critical", f"no caller is asked who he is (arrikto/oidc-authservice, README.md, SKIP_AUTH_URLS, {READ})"),
    Attack("a gatekeeper lists everything as open", TESTED, _program(
        "--discovery-url=https://login.example.ae/realms/bank", "--resources=uri=/*|white-listed=true"),
        "critical", f"no caller is asked who he is (gogatekeeper documentation, resources, {READ})"),
    Attack("records are answered by the mesh in the place of the audit", TESTED, (
        _in("records", "networking.istio.io/v1:VirtualService", "audit", ANSWERED),),
        "critical", "records are thanked for and thrown away (istio/api b8f8791d9, networking/v1alpha3/"
        f"virtual_service.proto, HTTPDirectResponse, {READ})"),
    Attack("each call in a mesh is answered as done by a fault", TESTED, (
        _in("kuma-system", "kuma.io/v1alpha1:MeshFaultInjection", "all", FAULTS),),
        "critical", f"what is sent is thrown away (kumahq/kuma, MeshFaultInjection, abort.httpStatus, {READ})"),
    Attack("the mesh measures nothing, by an override without a name", TESTED, (
        _in("istio-system", "telemetry.istio.io/v1:Telemetry", "mesh-default", SILENT),),
        "major", "an override without a match is of every metric (istio/api b8f8791d9, telemetry/v1alpha1/"
        f"telemetry.proto, MetricsOverrides, {READ})"),
    Attack("a server of NGINX has no certificate", ("FJ-ENC-421",), (
        _in("team-a", "k8s.nginx.org/v1:VirtualServer", "claims", OWN_TLS),),
        "major", f"claims cross the network in plain text (CRD of VirtualServer, tls, {CATALOG}, {READ})"),
    Attack("a pool of models serves weights of a stranger by their name", ("FJ-ESC-",), (
        _in("models", "llmaz.io/v1alpha1:OpenModel", "falcon", {
            "familyName": "falcon", "source": SERVED, "inferenceConfig": {"flavors": [{"name": "a100"}]}}),),
        "critical", f"his model answers customers (InftyAI/llmaz, OpenModel, source.modelHub.modelID, {READ})"),
    Attack("a role of Crossplane for reports copies the server", TESTED, (
        _top("postgresql.sql.crossplane.io/v1alpha1:Role", "reports", {"spec": ROLE}),),
        "critical", "it takes each database with its hashes of passwords (crossplane-contrib/provider-sql, Role, "
        f"privileges.replication, {READ})"),
    Attack("a user for reports of Crunchy copies the server", TESTED, (
        _in("team-a", "postgres-operator.crunchydata.com/v1beta1:PostgresCluster", "orders", CRUNCHY),),
        "critical", "it takes each database with its hashes of passwords (CrunchyData/postgres-operator, users.options"
        f", {READ})"),
    Attack("a role of a database passes policies on rows", ("FJ-ESC-115",), (
        _in("team-a", "postgresql.cnpg.io/v1:DatabaseRole", "reports", {
            "cluster": {"name": "orders"}, "name": "reports", "login": True, "bypassrls": True}),),
        "critical", f"it reads rows of every customer (CRD of DatabaseRole, bypassrls, {CATALOG}, {READ})"),
    Attack("who writes a connector reads each file below the root", TESTED, (
        _in("team-a", "kafka.strimzi.io/v1:KafkaConnect", "connect", CONNECT),),
        "major", "the key of the workers ends in a topic (kafka 1eb7644349c, AllowedPaths, a list of folders between "
        f"commas, {READ})"),
    Attack("machines with four accelerators are started before all others", TESTED, release(
        "cluster-autoscaler", "9.52.0", DEAREST),
        "major", "a pod that waits for a processor buys one (kubernetes/autoscaler 55c37cd5eb, expander/priority/"
        f"readme.md, {READ})"),
    Attack("a database of claims is kept in the Netherlands, by a name with underlines", ("FJ-RES-302",), (
        _in("team-a", "atlas.mongodb.com/v1:AtlasDeployment", "claims", ATLAS),),
        "critical", "documents of customers are stored abroad (MongoDB, 'Atlas Data Federation Regions': EUROPE_WEST; "
        f"{READ})"),
    Attack("a card of the network lets pods take addresses, by its text", TESTED, (
        _in("team-a", "k8s.cni.cncf.io/v1:NetworkAttachmentDefinition", "fast", {
            "config": '{"cniVersion": "1.0.0", "type": "sriov", "name": "fast", "spoofchk": "off", "vlan": 100}'}),),
        "critical", f"a pod answers for the ledger (sriov-cni documentation, spoofchk, {READ})"),
    Attack("people of the bank own a cluster of Rancher", TESTED, (
        k8s("management.cattle.io/v3:ClusterRoleTemplateBinding", {
            "metadata": meta("all", "c-abc"), "clusterName": "c-abc", "roleTemplateName": "cluster-owner",
            "groupPrincipalName": "keycloakoidc_group://staff"}, "all"),),
        "critical", "whoever signs in administers it (rancher 59bd052e44, pkg/apis/management.cattle.io/v3/"
        f"authz_types.go, ClusterRoleTemplateBinding, {READ})"),
    Attack("a label says that a machine of a team has a secure start", ("FJ-ESC-115",), (
        _in("payments", "nfd.k8s-sigs.io/v1alpha1:NodeFeature", "worker-3", {
            "labels": {"vendor.example.ae/secure-boot": "true"}}),),
        "major", "pods with keys start where an administrator reads them (node-feature-discovery 76e6cc8cc, docs/usage/"
        f"custom-resources.md, {READ})"),
)  # fmt: skip
