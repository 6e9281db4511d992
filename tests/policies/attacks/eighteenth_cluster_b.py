"""Attacks on clusters by data stores, models, figures, records and charts (2026-11-30, eighteenth set, blind).

Fields as in the sources named; 'read' is the day on which they were looked up.
"""

from ..blind import ME, TAGS, k8s, meta, release
from ..harness import Given
from . import Attack

OPEN = ("FJ-EXP-", "FJ-IDN-", "FJ-ESC-", "FJ-RES-", "FJ-ENC-")
KEPT = (*OPEN, "FJ-RSL-")
MONEY = (*OPEN, "FJ-COST-")
READ = "read 2026-11-30"
CATALOG = "datreeio/CRDs-catalog 7b1e26ef"
RESOURCES = {"requests": {"cpu": "500m", "memory": "2Gi"}, "limits": {"cpu": "1", "memory": "2Gi"}}
CLOSED = {
    "runAsNonRoot": True, "allowPrivilegeEscalation": False, "readOnlyRootFilesystem": True,
    "capabilities": {"drop": ["ALL"]}, "seccompProfile": {"type": "RuntimeDefault"}}  # fmt: skip
POD = {"runAsNonRoot": True, "runAsUser": 10001, "seccompProfile": {"type": "RuntimeDefault"}}
MIRROR = "registry.dc1.example.ae"


def _in(namespace: str, kind: str, name: str, spec: object, **more: object) -> Given:
    return k8s(kind, {"metadata": meta(name, namespace, **more), "spec": spec}, name)


def _image(name: str) -> str:
    """Returns the image of a program in the bank's registry, by its digest."""
    return f"{ME}.dkr.ecr.me-central-1.amazonaws.com/{name}@sha256:" + "e" * 64


DATABASE = {
    "instances": 3, "imageName": _image("postgresql"), "enableSuperuserAccess": False,
    "storage": {"size": "100Gi", "storageClass": "encrypted"}, "inheritedMetadata": {"labels": TAGS},
    "resources": RESOURCES, "managed": {"roles": [{
        "name": "reports", "ensure": "present", "login": True, "replication": True, "inRoles": ["reader"],
        "passwordSecret": {"name": "reports"}}]}}  # fmt: skip
EVERYTHING = {
    "name": "reports", "dbname": "payments", "cluster": {"name": "payments"}, "target": {"allTables": True},
    "publicationReclaimPolicy": "retain"}  # fmt: skip
CONNECT = {
    "version": "4.1.0", "replicas": 2, "image": _image("connect"), "bootstrapServers": "events-kafka-bootstrap:9093",
    "groupId": "connect", "configStorageTopic": "connect-configs", "offsetStorageTopic": "connect-offsets",
    "statusStorageTopic": "connect-status",
    "tls": {"trustedCertificates": [{"secretName": "events-cluster-ca-cert", "pattern": "*.crt"}]},
    "authentication": {"type": "tls", "certificateAndKey": {
        "secretName": "connect", "certificate": "user.crt", "key": "user.key"}}, "resources": RESOURCES,
    "template": {"pod": {"metadata": {"labels": TAGS}}, "connectContainer": {"securityContext": CLOSED}},
    "config": {
        "config.providers": "file",
        "config.providers.file.class": "org.apache.kafka.common.config.provider.FileConfigProvider"}}  # fmt: skip
FIGURES = {
    "replicas": 2, "retention": "15d", "serviceAccountName": "prometheus", "version": "v3.8.0",
    "podMetadata": {"labels": TAGS}, "arbitraryFSAccessThroughSMs": {"deny": True}, "image": _image("prometheus"),
    "enforcedNamespaceLabel": "namespace", "resources": RESOURCES, "securityContext": POD, "storage": {
        "volumeClaimTemplate": {"metadata": {"labels": TAGS}, "spec": {
            "storageClassName": "encrypted", "resources": {"requests": {"storage": "50Gi"}}}}}}  # fmt: skip
AGENT = {
    "replicas": 2, "serviceAccountName": "prometheus", "version": "v3.8.0", "podMetadata": {"labels": TAGS},
    "arbitraryFSAccessThroughSMs": {"deny": True}, "image": _image("prometheus"), "resources": RESOURCES,
    "securityContext": POD, "enforcedNamespaceLabel": "namespace", "hostNetwork": True, "remoteWrite": [{
        "url": "https://figures.monitoring.svc:8443/api/v1/write", "tlsConfig": {
            "ca": {"configMap": {"name": "bank-ca", "key": "ca.crt"}}}}]}  # fmt: skip
TRACES = {
    "storage": {"traces": {"backend": "pv", "size": "50Gi", "storageClassName": "encrypted"}},
    "ingestion": {"otlp": {"grpc": {"enabled": True, "tls": {"enabled": True, "certName": "tempo-tls"}},
                           "http": {"enabled": False}}},
    "jaegerui": {"enabled": True, "ingress": {
        "enabled": True, "host": "traces.example.ae", "ingressClassName": "nginx-internal"}},
    "query": {"mcpServer": {"enabled": True}}, "resources": RESOURCES,
    "multitenancy": {"enabled": False, "mode": "static"}}  # fmt: skip
SOURCE = {
    "instanceSelector": {"matchLabels": {"dashboards": "grafana"}}, "allowCrossNamespaceImport": False, "datasource": {
        "name": "Claims", "type": "prometheus", "access": "proxy", "url": "https://figures.team-b.svc:8443",
        "isDefault": True, "editable": False, "jsonData": {"oauthPassThru": True, "httpMethod": "POST"}}}  # fmt: skip
BOARD = {
    "instanceSelector": {"matchLabels": {"dashboards": "grafana"}}, "folder": "security", "resyncPeriod": "10m",
    "contentCacheDuration": "10m", "url": "https://boards.published-by-somebody.io/intrusions.json"}  # fmt: skip
LINES = {
    "size": "1x.small", "storageClassName": "encrypted", "managementState": "Managed",
    "storage": {"secret": {"name": "loki", "type": "s3"}, "schemas": [
        {"version": "v13", "effectiveDate": "2025-01-01"}], "tls": {"caName": "bank-authority"}},
    "tenants": {"mode": "openshift-logging"}, "limits": {
        "global": {"retention": {"days": 90}}, "tenants": {"audit": {"ingestion": {
            "maxGlobalStreamsPerTenant": 1, "maxLineSize": 64}}}}}  # fmt: skip
NIGHTLY = {
    "type": "Python", "mode": "cluster", "sparkVersion": "4.0.0", "image": _image("spark"),
    "mainApplicationFile": "local:///app/claims.py", "restartPolicy": {"type": "Never"},
    "sparkConf": {
        "spark.authenticate": "true", "spark.network.crypto.enabled": "true", "spark.io.encryption.enabled": "true",
        "spark.metrics.namespace": "claims",
        "spark.metrics.conf.*.sink.graphite.class": "org.apache.spark.metrics.sink.GraphiteSink",
        "spark.metrics.conf.*.sink.graphite.host": "graphite.published-by-somebody.io",
        "spark.metrics.conf.*.sink.graphite.port": "2003"},
    "driver": {"cores": 1, "memory": "2g", "serviceAccount": "claims", "labels": TAGS},
    "executor": {"cores": 2, "memory": "4g", "instances": 2, "labels": TAGS}}  # fmt: skip
TUNED = {
    "runtimeRef": {"name": "torch-distributed", "kind": "ClusterTrainingRuntime"}, "labels": TAGS, "suspend": True,
    "trainer": {"image": _image("torch-tune"), "numNodes": 2, "command": ["torchrun", "tune.py"],
                "resourcesPerNode": RESOURCES},
    "runtimePatches": [{"manager": "bank.ae/tuning", "trainingRuntimeSpec": {"template": {"spec": {"replicatedJobs": [{
        "name": "node", "template": {"spec": {"template": {"spec": {
            "volumes": [{"name": "machine", "hostPath": {"path": "/", "type": "Directory"}}],
            "containers": [{"name": "node", "volumeMounts": [
                {"name": "machine", "mountPath": "/machine"}]}]}}}}}]}}}}]}  # fmt: skip
COPIES = {
    "provider": "aws", "accessMode": "ReadOnly", "default": True, "validationFrequency": "5m",
    "objectStorage": {"bucket": "awsuae-backups", "prefix": "bank"},
    "config": {"region": "me-central-1", "serverSideEncryption": "aws:kms",
               "kmsKeyId": f"arn:aws:kms:me-central-1:{ME}:key/11111111-2222-3333-4444-555555555555"}}  # fmt: skip
SILENT = {
    "alertmanager": {"enabled": False}, "defaultRules": {"create": False}, "grafana": {"enabled": False},
    "commonLabels": TAGS, "prometheus": {"prometheusSpec": {
        "retention": "30d", "retentionSize": "90GB", "replicas": 2, "scrapeInterval": "30s",
        "storageSpec": {"volumeClaimTemplate": {"spec": {
            "storageClassName": "encrypted", "accessModes": ["ReadWriteOnce"],
            "resources": {"requests": {"storage": "100Gi"}}}}}}}}  # fmt: skip
ENTRY = {"controller": {
    "enableAnnotationValidations": False, "replicaCount": 2, "service": {"type": "ClusterIP"}, "labels": TAGS,
    "ingressClassResource": {"name": "nginx", "controllerValue": "k8s.io/ingress-nginx"},
    "image": {"registry": MIRROR, "image": "ingress-nginx/controller", "tag": "v1.14.1", "digest":
              "sha256:" + "a" * 64}, "config": {"ssl-protocols": "TLSv1.3"}}}  # fmt: skip
DEAREST = {
    "awsRegion": "me-central-1", "autoDiscovery": {"clusterName": "bank"}, "additionalLabels": TAGS,
    "image": {"repository": f"{MIRROR}/autoscaling/cluster-autoscaler", "tag": "v1.34.2"},
    "extraArgs": {"expander": "priority", "skip-nodes-with-system-pods": "false"},
    "expanderPriorities": {"100": [".*p5-48xlarge.*"], "10": [".*"]}}  # fmt: skip
WEIGHTS = {
    "servingEngineSpec": {
        "vllmApiKey": {"secretName": "vllm", "secretKey": "key"}, "labels": TAGS, "containerSecurityContext": CLOSED,
        "securityContext": POD, "runtimeClassName": "nvidia", "modelSpec": [{
            "name": "falcon", "repository": f"{MIRROR}/vllm/vllm-openai", "tag": "v0.11.0", "replicaCount": 1,
            "modelURL": "published-by-somebody/falcon-h1-7b-better", "requestCPU": 8, "requestMemory": "48Gi",
            "requestGPU": 1, "limitCPU": "8", "limitMemory": "48Gi", "pvcStorage": "100Gi",
            "storageClass": "encrypted", "vllmConfig": {"maxModelLen": 8192, "extraArgs": ["--disable-log-requests"]},
            "env": [{"name": "DO_NOT_TRACK", "value": "1"}, {"name": "VLLM_NO_USAGE_STATS", "value": "1"}]}]},
    "routerSpec": {"repository": f"{MIRROR}/vllm/router", "tag": "v0.1.8", "replicaCount": 2,
                   "serviceType": "ClusterIP", "resources": RESOURCES, "routingLogic": "session",
                   "sessionKey": "x-user-id", "ingress": {"enabled": False},
                   "vllmApiKey": {"secretName": "vllm", "secretKey": "key"}}}  # fmt: skip
PATCHED = {"config": {"envoyGateway": {
    "provider": {"type": "Kubernetes"}, "extensionApis": {"enableEnvoyPatchPolicy": True}}}}  # fmt: skip

ATTACKS = (
    Attack("a user for reports copies the whole server of databases", OPEN, (
        _in("team-a", "postgresql.cnpg.io/v1:Cluster", "orders", DATABASE),),
        "critical", "who may replicate takes each database with its hashes of passwords (cloudnative-pg a95a534db, "
        f"api/v1/cluster_types.go, RoleConfiguration.Replication, {READ})"),
    Attack("each table of payments is published, those to come too", OPEN, (
        _in("payments", "postgresql.cnpg.io/v1:Publication", "reports", EVERYTHING),),
        "minor", "a subscriber for reports has what nobody chose to show him (cloudnative-pg a95a534db, api/v1/"
        f"publication_types.go, AllTables, {READ})"),
    Attack("who writes a connector reads each file of the workers", OPEN, (
        _in("team-a", "kafka.strimzi.io/v1:KafkaConnect", "connect", CONNECT),),
        "major", "the key of the workers and their token end in a topic, since no path is named (kafka 1eb7644349c, "
        "FileConfigProvider, allowed.paths; strimzi 8541da1e33, documentation, proc-loading-config-from-file.adoc, "
        f"{READ})"),
    Attack("figures of no program are taken in", OPEN, (
        _in("monitoring", "monitoring.coreos.com/v1:Prometheus", "bank", {**FIGURES, "enforcedSampleLimit": 1}),),
        "major", "targets with two figures count as failed, so alarms on what they say stay silent (prometheus-"
        f"operator 6adcebc50, pkg/apis/monitoring/v1/prometheus_types.go, EnforcedSampleLimit, {READ})"),
    Attack("the page of figures is open on each machine", OPEN, (
        _in("monitoring", "monitoring.coreos.com/v1alpha1:PrometheusAgent", "edge", AGENT),),
        "major", "policies of the network do not hold for it, and it reaches what listens on its machine only (CRD of "
        f"PrometheusAgent, hostNetwork, {CATALOG}, {READ})"),
    Attack("whoever opens the page of traces reads those of each team", OPEN, (
        _in("tracing", "tempo.grafana.com/v1alpha1:TempoMonolithic", "spans", TRACES),),
        "major", "page and server for assistants ask nobody who he is (CRD of TempoMonolithic, multitenancy.enabled, "
        f"query.mcpServer, jaegerui.ingress, {CATALOG}, {READ})"),
    Attack("a team gets the token of each reader of boards", OPEN, (
        _in("monitoring", "grafana.integreatly.org/v1beta1:GrafanaDatasource", "claims", SOURCE),),
        "critical", "its server calls others as the reader (CRD of GrafanaDatasource, datasource.jsonData, "
        f"{CATALOG}; Grafana, 'Prometheus data source', oauthPassThru, {READ})"),
    Attack("a stranger writes the board of intrusions", OPEN, (
        _in("monitoring", "grafana.integreatly.org/v1beta1:GrafanaDashboard", "intrusions", BOARD),),
        "major", "it is fetched anew each ten minutes and shows what he wants (CRD of GrafanaDashboard, url, "
        f"{CATALOG}, {READ})"),
    Attack("lines of audit are refused by their store", OPEN, (
        _in("openshift-logging", "loki.grafana.com/v1:LokiStack", "logging", LINES),),
        "critical", "one stream and 64 bytes a line are kept of the audit log (grafana/loki 65e30f8488, operator/api/"
        f"loki/v1/lokistack_types.go, limits.tenants, maxGlobalStreamsPerTenant, maxLineSize, {READ})"),
    Attack("a nightly program tells a stranger of its tables", OPEN, (
        _in("team-a", "sparkoperator.k8s.io/v1beta2:SparkApplication", "claims", NIGHTLY),),
        "major", "names and sizes of jobs and tables leave the country in plaintext (apache/spark, conf/"
        f"metrics.properties.template and docs/monitoring.md, sink.graphite.host, {READ})"),
    Attack("a training has the files of its machine by a patch", OPEN, (
        _in("team-a", "trainer.kubeflow.org/v1alpha1:TrainJob", "tune", TUNED),),
        "critical", "it reads the tokens of each pod there and changes programs of the machine (kubeflow/trainer "
        f"8c0f5059b, pkg/apis/trainer/v1alpha1/trainjob_types.go, runtimePatches, volumes, {READ})"),
    Attack("copies of the cluster are never written", KEPT, (
        _in("velero", "velero.io/v1:BackupStorageLocation", "default", COPIES),),
        "major", "each backup fails on a place that may only be read, and nothing else says so (CRD of "
        f"BackupStorageLocation, accessMode ReadOnly, {CATALOG}, {READ})"),
    Attack("nobody hears the alarms of a cluster", OPEN, release("kube-prometheus-stack", "79.5.0", SILENT),
        "major", "no rule is loaded and no program sends (prometheus-community/helm-charts cf408a290a, charts/kube-"
        f"prometheus-stack/values.yaml, alertmanager.enabled, defaultRules.create, {READ})"),
    Attack("annotations of an entry are not looked at before nginx reads them", OPEN,
        release("ingress-nginx", "4.14.1", ENTRY),
        "critical", "a team writes settings of nginx in a value and has each secret of the controller (ingress-nginx "
        f"dbb11b92d, charts/ingress-nginx/values.yaml, controller.enableAnnotationValidations, {READ})"),
    Attack("the dearest machines are started first", MONEY, release("cluster-autoscaler", "9.52.0", DEAREST),
        "major", "a pod that waits for one processor buys a machine with eight accelerators (kubernetes/autoscaler "
        f"55c37cd5eb, cluster-autoscaler/charts/cluster-autoscaler/README.md, expanderPriorities, {READ})"),
    Attack("the stack of vLLM serves weights of a stranger", OPEN, release("vllm-stack", "0.1.8", WEIGHTS, "models"),
        "critical", "his model answers customers and is changed as he likes, without a revision (production-stack "
        f"a6c01db0, helm/README.md, servingEngineSpec.modelSpec.modelURL, {READ})"),
    Attack("who may write a patch rewrites each proxy of the gateway", OPEN, release("gateway-helm", "1.6.0", PATCHED),
        "major", "objects of a team add listeners and drop sign-in (envoyproxy/gateway d32f282942, site/content/en/"
        f"latest/api/extension_types.md, extensionApis.enableEnvoyPatchPolicy, {READ})"),
)  # fmt: skip
