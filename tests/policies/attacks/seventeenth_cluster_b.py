"""Attacks on clusters by data stores, models, machines, records and alarms (2026-11-30, seventeenth set, blind).

Fields as in the sources named; 'read' is the day on which they were looked up.
"""

from ..blind import ME, TAGS, crd, k8s, meta, workload
from ..harness import Given
from . import Attack

OPEN = ("FJ-EXP-", "FJ-IDN-", "FJ-ESC-", "FJ-RES-", "FJ-ENC-")
KEPT = (*OPEN, "FJ-RSL-")
MONEY = (*OPEN, "FJ-COST-")
READ = "read 2026-11-30"
REGION = "me-central-1"
KEY = f"arn:aws:kms:{REGION}:{ME}:key/11111111-2222-3333-4444-555555555555"
RESOURCES = {"requests": {"cpu": "500m", "memory": "2Gi"}, "limits": {"cpu": "1", "memory": "2Gi"}}
CLOSED = {
    "runAsNonRoot": True, "allowPrivilegeEscalation": False, "readOnlyRootFilesystem": True,
    "capabilities": {"drop": ["ALL"]}, "seccompProfile": {"type": "RuntimeDefault"}}  # fmt: skip


def _top(kind: str, name: str, spec: object) -> Given:
    return k8s(kind, {"metadata": {"name": name, "labels": TAGS}, "spec": spec}, name)


def _in(namespace: str, kind: str, name: str, spec: object, **more: object) -> Given:
    return k8s(kind, {"metadata": meta(name, namespace, **more), "spec": spec}, name)


def _image(name: str) -> str:
    """Returns the image of a program in the bank's registry, by its digest."""
    return f"{ME}.dkr.ecr.{REGION}.amazonaws.com/{name}@sha256:" + "e" * 64


DATABASE = {
    "instances": 3, "imageName": _image("postgresql"), "enableSuperuserAccess": False,
    "storage": {"size": "100Gi", "storageClass": "encrypted"}, "inheritedMetadata": {"labels": TAGS},
    "resources": RESOURCES, "managed": {"roles": [{
        "name": "reports", "ensure": "present", "login": True, "bypassrls": True, "inRoles": ["reader"],
        "passwordSecret": {"name": "reports"}}]}}  # fmt: skip
CHANGES = {
    "class": "io.debezium.connector.postgresql.PostgresConnector", "tasksMax": 1, "config": {
        "database.hostname": "pg-rw.team-a.svc.cluster.local", "database.port": "5432", "database.dbname": "orders",
        "database.sslmode": "verify-full", "database.user": "${secrets:team-a/debezium:user}",
        "database.password": "${secrets:team-a/debezium:password}", "topic.prefix": "orders",
        "table.include.list": "public.orders", "plugin.name": "pgoutput", "errors.tolerance": "all",
        "errors.log.enable": "true", "errors.log.include.messages": "true"}}  # fmt: skip
CONNECT = {
    "version": "4.1.0", "replicas": 2, "image": _image("connect"), "bootstrapServers": "events-kafka-bootstrap:9093",
    "groupId": "connect", "configStorageTopic": "connect-configs", "offsetStorageTopic": "connect-offsets",
    "statusStorageTopic": "connect-status",
    "tls": {"trustedCertificates": [{"secretName": "events-cluster-ca-cert", "pattern": "*.crt"}]},
    "authentication": {"type": "tls", "certificateAndKey": {
        "secretName": "connect", "certificate": "user.crt", "key": "user.key"}}, "resources": RESOURCES,
    "template": {"pod": {"metadata": {"labels": TAGS}}, "connectContainer": {"securityContext": CLOSED}},
    "plugins": [{"name": "sink", "artifacts": [{
        "type": "image", "reference": "quay.io/published-by-somebody/sink-connector:3.2"}]}]}  # fmt: skip
LINES = {
    "size": "1x.small", "storageClassName": "encrypted", "managementState": "Managed",
    "storage": {"secret": {"name": "loki", "type": "s3"}, "schemas": [
        {"version": "v13", "effectiveDate": "2025-01-01"}]}, "tenants": {"mode": "openshift-logging"},
    "limits": {"global": {"retention": {"days": 1}}}}  # fmt: skip
GRAFANA = {"version": "12.1.0", "config": {
    "security": {"admin_password": "${ADMIN_PASSWORD}", "cookie_samesite": "lax", "cookie_secure": "true"},
    "auth.azuread": {"enabled": "true", "allowed_groups": "11111111-2222-3333-4444-555555555555"},
    "users": {"allow_sign_up": "false", "auto_assign_org": "true", "auto_assign_org_role": "Admin"}}}  # fmt: skip
PAUSED = {
    "folderRef": "security",
    "interval": "1m",
    "instanceSelector": {"matchLabels": {"dashboards": "grafana"}},
    "rules": [
        {
            "uid": "intrusion",
            "title": "Intrusion",
            "condition": "A",
            "for": "0s",
            "isPaused": True,
            "noDataState": "Alerting",
            "execErrState": "Error",
            "labels": {"severity": "critical"},
            "data": [
                {
                    "refId": "A",
                    "datasourceUid": "prometheus",
                    "relativeTimeRange": {"from": 600, "to": 0},
                    "model": {"refId": "A", "expr": "sum(increase(falco_events_total{priority='Critical'}[5m])) > 0"},
                }
            ],
        }
    ],
}
FIGURES = {
    "replicas": 2, "retention": "15d", "serviceAccountName": "prometheus", "version": "v3.8.0",
    "podMetadata": {"labels": TAGS}, "arbitraryFSAccessThroughSMs": {"deny": True}, "image": _image("prometheus"),
    "enforcedNamespaceLabel": "namespace", "resources": RESOURCES, "scrapeClasses": [{
        "name": "default", "default": True, "tlsConfig": {"insecureSkipVerify": True}}],
    "securityContext": {
        "runAsNonRoot": True, "runAsUser": 10001, "seccompProfile": {"type": "RuntimeDefault"}}}  # fmt: skip
BROKERS = {
    "replicas": 3, "image": _image("rabbitmq"), "resources": RESOURCES,
    "persistence": {"storageClassName": "encrypted", "storage": "20Gi"},
    "tls": {"secretName": "rabbit-tls", "caSecretName": "bank-ca", "disableNonTLSListeners": True},
    "rabbitmq": {"additionalConfig": "auth_mechanisms.1 = PLAIN\nauth_mechanisms.2 = ANONYMOUS\n"
                 "anonymous_login_user = payments\n"}}  # fmt: skip
PAGE = {
    "version": "9.2.0", "count": 2, "image": _image("kibana"), "elasticsearchRef": {"name": "search"},
    "podTemplate": {"metadata": {"labels": TAGS}}, "config": {
        "telemetry.optIn": False, "xpack.security.authc.providers": {
            "anonymous.visitors": {"order": 0, "credentials": "elasticsearch_anonymous_user"},
            "basic.staff": {"order": 1}}}}  # fmt: skip
RUNTIME = {
    "annotations": {"prometheus.kserve.io/port": "8080"}, "protocolVersions": ["v2"],
    "supportedModelFormats": [
        {"name": "onnx", "version": "1", "autoSelect": True, "priority": 100},
        {"name": "sklearn", "version": "1", "autoSelect": True, "priority": 100}],
    "containers": [{
        "name": "kserve-container", "image": _image("team-b/server"), "securityContext": CLOSED,
        "resources": RESOURCES}]}  # fmt: skip
NIGHTLY = {
    "type": "Python", "mode": "cluster", "sparkVersion": "4.0.0", "image": _image("spark"),
    "mainApplicationFile": "local:///app/claims.py", "restartPolicy": {"type": "Never"},
    "sparkConf": {"spark.authenticate": "true", "spark.network.crypto.enabled": "true",
                  "spark.io.encryption.enabled": "true", "spark.redaction.regex": "nothing-is-called-so"},
    "driver": {"cores": 1, "memory": "2g", "serviceAccount": "claims", "labels": TAGS, "envSecretKeyRefs": {
        "STORE_PASSWORD": {"name": "claims", "key": "password"}}},
    "executor": {"cores": 2, "memory": "4g", "instances": 2, "labels": TAGS}}  # fmt: skip
MACHINES = {
    "role": "karpenter-nodes", "amiFamily": "Bottlerocket", "amiSelectorTerms": [{"alias": "bottlerocket@v1.49.0"}],
    "subnetSelectorTerms": [{"tags": {"karpenter.sh/discovery": "bank"}}],
    "securityGroupSelectorTerms": [{"tags": {"karpenter.sh/discovery": "bank"}}], "tags": TAGS,
    "metadataOptions": {"httpEndpoint": "enabled", "httpTokens": "required", "httpPutResponseHopLimit": 1},
    "blockDeviceMappings": [
        {"deviceName": "/dev/xvda", "ebs": {
            "volumeSize": "4Gi", "volumeType": "gp3", "encrypted": True, "kmsKeyID": KEY}},
        {"deviceName": "/dev/xvdb", "ebs": {
            "volumeSize": "200Gi", "volumeType": "gp3", "encrypted": True, "kmsKeyID": KEY,
            "snapshotID": "snap-0badc0ffee0ddf00d"}}]}  # fmt: skip
POOL = {
    "limits": {"cpu": "128", "memory": "512Gi"}, "disruption": {
        "consolidationPolicy": "WhenEmptyOrUnderutilized", "consolidateAfter": "5m", "budgets": [{"nodes": "0"}]},
    "template": {"metadata": {"labels": TAGS}, "spec": {
        "expireAfter": "720h", "nodeClassRef": {
            "group": "karpenter.k8s.aws", "kind": "EC2NodeClass", "name": "bank"},
        "requirements": [
            {"key": "karpenter.sh/capacity-type", "operator": "In", "values": ["on-demand"]},
            {"key": "kubernetes.io/arch", "operator": "In", "values": ["amd64"]},
            {"key": "node.kubernetes.io/instance-type", "operator": "In", "values": ["m7i.2xlarge"]}]}}}  # fmt: skip
QUEUE = {
    "weight": 1, "reclaimable": False, "capability": {"cpu": "64", "memory": "512Gi", "nvidia.com/gpu": "64"},
    "guarantee": {"resource": {"cpu": "64", "memory": "512Gi", "nvidia.com/gpu": "64"}}}  # fmt: skip
TRACES = {
    "mode": "deployment", "replicas": 2, "image": _image("otel"), "resources": RESOURCES, "securityContext": CLOSED,
    "config": {
        "receivers": {"otlp": {"protocols": {"http": {
            "endpoint": "0.0.0.0:4318", "include_metadata": True,
            "tls": {"cert_file": "/tls/tls.crt", "key_file": "/tls/tls.key"}}}}},
        "processors": {"attributes": {"actions": [
            {"key": "caller", "from_context": "metadata.authorization", "action": "upsert"}]}},
        "exporters": {"otlp": {
            "endpoint": "tempo.monitoring.svc.cluster.local:4317", "tls": {"ca_file": "/tls/ca.crt"}}},
        "service": {"pipelines": {"traces": {
            "receivers": ["otlp"], "processors": ["attributes"], "exporters": ["otlp"]}}}}}  # fmt: skip
ACCELERATORS = {
    "operator": {"defaultRuntime": "containerd"}, "driver": {"enabled": True},
    "toolkit": {"enabled": True}, "devicePlugin": {"enabled": True},
    "dcgmExporter": {"enabled": True, "hostPID": True}, "daemonsets": {"labels": TAGS}, "dcgm": {"enabled": False},
    "gfd": {"enabled": True}, "nodeStatusExporter": {"enabled": False}}  # fmt: skip
SCALED = {
    "scaleTargetRef": {"name": "x"}, "minReplicaCount": 2, "maxReplicaCount": 6, "triggers": [
        {"type": "cpu", "metricType": "Utilization", "metadata": {"value": "70"}}]}  # fmt: skip
OWNER = {
    "store": "objects", "displayName": "team-a", "quotas": {"maxBuckets": 10, "maxSize": "100G"},
    "capabilities": {"user": "*", "bucket": "*", "metadata": "*", "user-policy": "*"}}  # fmt: skip

ATTACKS = (
    Attack("a user for reports reads the rows of each customer", OPEN, (
        _in("payments", "postgresql.cnpg.io/v1:Cluster", "ledger", DATABASE),),
        "major", "rules for rows, which keep tenants apart, are not asked (cloudnative-pg a95a534db, CRD of Cluster, "
        f"managed.roles.bypassrls, {READ})"),
    Attack("records that fail stand whole in the log of a connector", OPEN, (
        crd("kafka.strimzi.io/v1:KafkaConnector", CHANGES),),
        "major", "whoever reads logs reads orders of customers (apache/kafka 1eb7644349c, connect/runtime, "
        f"ConnectorConfig.java, errors.log.include.messages, {READ})"),
    Attack("workers of Kafka load a connector of a stranger from an image", OPEN, (
        crd("kafka.strimzi.io/v1:KafkaConnect", CONNECT),),
        "critical", "his program runs with the certificate of the workers and each record (strimzi-kafka-operator "
        f"8541da1e33, ImageArtifact.java, plugins.artifacts.reference, {READ})"),
    Attack("lines of audit are kept for one day", KEPT, (
        _in("logging", "loki.grafana.com/v1:LokiStack", "lines", LINES),),
        "major", "by the time somebody asks nothing is left (grafana/loki 65e30f8488, operator/docs/operator/api.md, "
        f"limits.global.retention.days, {READ})"),
    Attack("each employee who opens the boards administers them", OPEN, (
        _in("monitoring", "grafana.integreatly.org/v1beta1:Grafana", "boards", GRAFANA),),
        "critical", "he adds sources, reads each of them and silences alarms (Grafana, conf/defaults.ini, [users] "
        f"auto_assign_org_role, {READ})"),
    Attack("the alarm on intrusions is paused", OPEN, (
        _in("monitoring", "grafana.integreatly.org/v1beta1:GrafanaAlertRuleGroup", "intrusions", PAUSED),),
        "major", "nobody is told, and the rule is there for whoever looks (CRD of GrafanaAlertRuleGroup, "
        f"rules.isPaused, datreeio/CRDs-catalog 7b1e26ef, {READ})"),
    Attack("each target of figures is believed whoever it is", OPEN, (
        _in("monitoring", "monitoring.coreos.com/v1:Prometheus", "figures", FIGURES),),
        "major", "the default class of scrapes checks no certificate: tokens go to whoever answers (CRD of Prometheus, "
        f"scrapeClasses.tlsConfig, prometheus-operator 6adcebc50, {READ})"),
    Attack("a broker lets in whoever says nothing, as payments", OPEN, (
        _in("payments", "rabbitmq.com/v1beta1:RabbitmqCluster", "events", BROKERS),),
        "critical", "each pod reads and sends transfers (rabbitmq-server 5b09e556da, release-notes/4.0.1.md, "
        f"anonymous_login_user; rabbitmq-website 0acf2a429, docs/access-control.md, ANONYMOUS, {READ})"),
    Attack("a page of searches signs in each visitor by itself", OPEN, (
        crd("kibana.k8s.elastic.co/v1:Kibana", PAGE),),
        "critical", "whoever reaches the page searches records of customers (CRD of Kibana, config; elastic/kibana, "
        f"anonymous authentication, credentials elasticsearch_anonymous_user, {READ})"),
    Attack("a server of a team answers for the models of all", OPEN, (
        _top("serving.kserve.io/v1alpha1:ClusterServingRuntime", "quick", RUNTIME),),
        "major", "each model that names no runtime runs in the team's program, with its requests (kserve aaac4e294, "
        f"servingruntime_types.go, autoSelect, priority, {READ})"),
    Attack("a program of Spark shows its passwords on its page", OPEN, (
        crd("sparkoperator.k8s.io/v1beta2:SparkApplication", NIGHTLY),),
        "major", "the page of the environment and the log of events hold each key (Apache Spark, 'Configuration', "
        f"spark.redaction.regex, {READ})"),
    Attack("machines find images of a stranger in their cache", OPEN, (
        _top("karpenter.k8s.aws/v1:EC2NodeClass", "bank", MACHINES),),
        "critical", "the disk of images comes from a snapshot of nobody knows whom: containers start from what it "
        f"holds (karpenter-provider-aws 1d927085d, nodeclasses.md, blockDeviceMappings.ebs.snapshotID, {READ})"),
    Attack("machines are never given back and never renewed", MONEY, (
        _top("karpenter.sh/v1:NodePool", "services", POOL),),
        "minor", "empty machines are paid for, and known holes stay for a month (kubernetes-sigs/karpenter 226646810, "
        f"CRD of NodePool, disruption.budgets.nodes, {READ})"),
    Attack("a team keeps sixty-four accelerators whether it works or not", MONEY, (
        _top("scheduling.volcano.sh/v1beta1:Queue", "team-a", QUEUE),),
        "major", "others wait or machines are bought for them (volcano ed72c7c81, CRD of Queue, guarantee, "
        f"reclaimable, {READ})"),
    Attack("tokens of callers are written into each trace", OPEN, (
        crd("opentelemetry.io/v1beta1:OpenTelemetryCollector", TRACES),),
        "major", "whoever looks at traces signs in as the caller (opentelemetry-collector 934999fbab, config/"
        f"confighttp/README.md, include_metadata and from_context, {READ})"),
    Attack("an exporter of figures sees each process of its machine", OPEN, (
        _top("nvidia.com/v1:ClusterPolicy", "accelerators", ACCELERATORS),),
        "major", "it runs as root: with the host's processes it reads their variables and memory (NVIDIA/gpu-operator "
        f"a22dbf671, clusterpolicy_types.go, dcgmExporter.hostPID, {READ})"),
    Attack("a program is held at five hundred copies", MONEY, (
        workload("apps/v1:Deployment", {"readinessProbe": {"httpGet": {"path": "/ready", "port": 8080}}}),
        k8s("policy/v1:PodDisruptionBudget", {
            "metadata": meta(), "spec": {"minAvailable": 1, "selector": {"matchLabels": {"app": "x"}}}}),
        _in("team-a", "keda.sh/v1alpha1:ScaledObject", "x", SCALED, annotations={
            "autoscaling.keda.sh/paused-replicas": "500"})),
        "major", "the annotation stands above maxReplicaCount: five hundred pods, day and night (keda 8b4f083ca, apis/"
        f"keda/v1alpha1/scaledobject_types.go, PausedReplicasAnnotation, {READ})"),
    Attack("a team makes users of the store of objects", OPEN, (
        _in("rook-ceph", "ceph.rook.io/v1:CephObjectStoreUser", "team-a", OWNER),),
        "critical", "it reads keys of each other user and has each bucket (rook d0c3b9ce6, Documentation/CRDs/Object-"
        f"Storage/ceph-object-store-user-crd.md, capabilities, {READ})"),
)  # fmt: skip
