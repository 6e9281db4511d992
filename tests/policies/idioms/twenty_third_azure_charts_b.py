"""Good programs of clusters: charts of stores, models and agents (2026-12-01, written before any rule ran)."""

from ..blind import TAGS
from . import Idiom, unpriced
from .twentieth_goodb_charts import merged
from .twenty_third_azure_charts import (
    CLIENT,
    CONTAINER,
    MONITOR,
    POD,
    ZONES,
    chart,
    closed,
    listed,
    made,
    sized,
    space,
)

OTEL = "https://open-telemetry.github.io/opentelemetry-helm-charts"
USER = {**CONTAINER, "runAsNonRoot": True, "runAsUser": 1000}
OPERATORS = {"kubernetes:postgresql.cnpg.io/*": "CloudNativePG makes pods, claims and secrets of its databases",
             "kubernetes:kafka.strimzi.io/*": "Strimzi makes pods, claims and certificates of clusters"}  # fmt: skip

IDIOMS: tuple[Idiom, ...] = (
    Idiom("chart opentelemetry-collector: a gateway of three for traces and figures, with limits of memory", (
        space("telemetry"), closed("telemetry"),
        chart("opentelemetry-collector", OTEL, "0.140.0", "telemetry", {
            "mode": "deployment", "replicaCount": 3, "image": {"repository": "otel/opentelemetry-collector-k8s"},
            "additionalLabels": TAGS, "resources": sized("500m", "2Gi"), "podSecurityContext": POD, "securityContext":
            CONTAINER, "useGOMEMLIMIT": True, "podDisruptionBudget": {"enabled": True, "minAvailable": 2},
            "presets": {"kubernetesAttributes": {"enabled": True}}, "ports": {
                "jaeger-compact": {"enabled": False}, "jaeger-thrift": {"enabled": False}, "jaeger-grpc": {
                    "enabled": False}, "zipkin": {"enabled": False}, "metrics": {"enabled": True}}, "config": {
                "receivers": {"jaeger": None, "zipkin": None, "otlp": {"protocols": {"grpc": {
                    "endpoint": "${env:MY_POD_IP}:4317", "tls": {"cert_file": "/tls/tls.crt", "key_file":
                                                                "/tls/tls.key", "min_version": "1.2"}}}}},
                "processors": {"memory_limiter": {"check_interval": "1s", "limit_percentage": 75,
                                                  "spike_limit_percentage": 15}, "batch": {"send_batch_size": 8192},
                               "attributes/redact": {"actions": [
                                   {"key": "http.request.header.authorization", "action": "delete"}]}},
                "exporters": {"otlp/tempo": {"endpoint": "tempo-distributor.tempo.svc:4317", "tls": {
                    "ca_file": "/tls/ca.crt", "min_version": "1.2"}, "sending_queue": {"enabled": True},
                    "retry_on_failure": {"enabled": True}}},
                "service": {"pipelines": {"traces": {"receivers": ["otlp"], "processors": [
                    "memory_limiter", "attributes/redact", "batch"], "exporters": ["otlp/tempo"]}, "logs": None,
                    "metrics": None}}},
            "extraVolumes": [{"name": "tls", "secret": {"secretName": "otel-tls"}}], "extraVolumeMounts": [
                {"name": "tls", "mountPath": "/tls", "readOnly": True}]})),
        "OpenTelemetry Collector Chart (opentelemetry.io/docs/kubernetes/helm/collector, read 2026-12-01); "
        "opentelemetry.io/docs/collector/scaling, as known", listed(OTEL),
        charts=("opentelemetry-collector",)),
    Idiom("chart fluent-bit: records of pods by TLS to the Loki gateway with a buffer on disk", (
        space("logging", "privileged"),
        chart("fluent-bit", "https://fluent.github.io/helm-charts", "0.54.0", "logging", {
            "labels": TAGS, "podLabels": TAGS, "resources": sized("100m", "256Mi"), "priorityClassName":
            "platform-critical", "securityContext": {"allowPrivilegeEscalation": False, "readOnlyRootFilesystem": True,
                                                     "capabilities": {"drop": ["ALL"]}},
            "tolerations": [{"operator": "Exists"}], "serviceMonitor": {"enabled": True}, "env": [
                {"name": "LOKI_PASSWORD", "valueFrom": {"secretKeyRef": {"name": "loki-client", "key": "password"}}}],
            "config": {
                "service": "[SERVICE]\n    Flush 1\n    Log_Level info\n    Parsers_File /fluent-bit/etc/parsers.conf\n"
                           "    HTTP_Server On\n    HTTP_Listen 0.0.0.0\n    HTTP_Port 2020\n    Health_Check On\n",
                "inputs": "[INPUT]\n    Name tail\n    Path /var/log/containers/*.log\n    multiline.parser cri\n"
                          "    Tag kube.*\n    Mem_Buf_Limit 50MB\n    Skip_Long_Lines On\n",
                "filters": "[FILTER]\n    Name kubernetes\n    Match kube.*\n    Merge_Log On\n    Keep_Log Off\n"
                           "    K8S-Logging.Parser On\n    K8S-Logging.Exclude Off\n",
                "outputs": "[OUTPUT]\n    Name loki\n    Match kube.*\n    Host loki-gateway.loki.svc\n    Port 443\n"
                           "    tls On\n    tls.verify On\n    http_user fluent-bit\n"
                           "    http_passwd ${LOKI_PASSWORD}\n    labels job=fluent-bit\n    Retry_Limit 5\n"}})),
        "docs.fluentbit.io/manual/installation/kubernetes; .../data-pipeline/outputs/loki, as known",
        listed("https://fluent.github.io/helm-charts",
               kubernetes={"privileged_namespaces": {"logging": "agents read the records of pods on each node"}})),
    Idiom("chart cloudnative-pg: the operator and a database of three with backups to Azure Blob", (
        space("cnpg-system"),
        chart("cloudnative-pg", "https://cloudnative-pg.github.io/charts", "0.26.1", "cnpg-system", {
            "replicaCount": 2, "commonAnnotations": {}, "podLabels": TAGS, "resources": sized("100m", "256Mi"),
            "config": {"clusterWide": True, "data": {"INHERITED_LABELS": ", ".join(TAGS)}}, "monitoring": {
                "podMonitorEnabled": True}, "containerSecurityContext": {**CONTAINER, "runAsUser": 10001, "runAsGroup":
                                                                        10001, "seccompProfile": {
                                                                            "type": "RuntimeDefault"}}}),
        space("feast"), closed("feast"),
        made("postgresql.cnpg.io/v1:Cluster", {
            "metadata": {"name": "registry", "namespace": "feast", "labels": TAGS}, "spec": {
                "instances": 3, "imageName": "ghcr.io/cloudnative-pg/postgresql:17.6@sha256:" + "e" * 64,
                "primaryUpdateStrategy": "unsupervised", "enableSuperuserAccess": False, "minSyncReplicas": 1,
                "maxSyncReplicas": 1, "inheritedMetadata": {"labels": TAGS}, "storage": {
                    "size": "50Gi", "storageClass": "managed-csi-cmk"}, "walStorage": {
                    "size": "10Gi", "storageClass": "managed-csi-cmk"}, "resources": {
                    "requests": {"cpu": "1", "memory": "4Gi"}, "limits": {"memory": "4Gi"}}, "affinity": {
                    "enablePodAntiAffinity": True, "topologyKey": "topology.kubernetes.io/zone", "podAntiAffinityType":
                    "required"}, "bootstrap": {"initdb": {"database": "registry", "owner": "feast", "dataChecksums":
                                                          True}},
                "postgresql": {"parameters": {"shared_buffers": "1GB", "max_connections": "200", "log_connections":
                                              "on", "pgaudit.log": "ddl, role", "ssl_min_protocol_version": "TLSv1.2"},
                               "pg_hba": ["hostssl registry feast 10.244.0.0/16 scram-sha-256"]}, "monitoring": {
                    "enablePodMonitor": True}, "serviceAccountTemplate": {"metadata": {
                    "annotations": {"azure.workload.identity/client-id": CLIENT}}}, "backup": {
                    "retentionPolicy": "30d", "barmanObjectStore": {
                        "destinationPath": "https://stbackupprod.blob.core.windows.net/cnpg", "azureCredentials": {
                            "inheritFromAzureAD": True}, "wal": {"compression": "gzip", "encryption": "AES256"}, "data":
                        {"compression": "gzip", "encryption": "AES256"}}}}}, "cluster"),
        made("postgresql.cnpg.io/v1:ScheduledBackup", {
            "metadata": {"name": "daily", "namespace": "feast", "labels": TAGS}, "spec": {
                "schedule": "0 0 22 * * *", "cluster": {"name": "registry"}, "backupOwnerReference": "self"}},
            "nightly")),
        "cloudnative-pg.io/documentation/current/security; .../appendixes/object_stores, as known",
        merged(merged(listed("https://cloudnative-pg.github.io/charts", residency={"known": {
            "stbackupprod.blob.core.windows.net": "our own account, in uaenorth"}}), {
                "escape": {"allowed_types": OPERATORS}}),
            unpriced("kubernetes:postgresql.cnpg.io/v1:Cluster::cluster"))),
    Idiom("chart strimzi-kafka-operator: brokers of three zones by mutual TLS, users with narrow rights", (
        space("kafka"), closed("kafka"),
        chart("strimzi-kafka-operator", "https://strimzi.io/charts", "0.49.0", "kafka", {
            "replicas": 2, "watchNamespaces": [], "watchAnyNamespace": False, "resources": sized("200m", "512Mi"),
            "labels": TAGS, "generateNetworkPolicy": True, "leaderElection": {"enable": True}, "podDisruptionBudget": {
                "enabled": True, "minAvailable": 1}, "podSecurityContext": POD, "securityContext": CONTAINER}),
        made("kafka.strimzi.io/v1beta2:KafkaNodePool", {
            "metadata": {"name": "brokers", "namespace": "kafka", "labels": {**TAGS, "strimzi.io/cluster": "events"}},
            "spec": {"replicas": 3, "roles": ["controller", "broker"], "storage": {"type": "jbod", "volumes": [
                {"id": 0, "type": "persistent-claim", "size": "500Gi", "class": "managed-csi-cmk", "deleteClaim": False,
                 "kraftMetadata": "shared"}]}, "resources": {"requests": {"cpu": "2", "memory": "8Gi"}, "limits": {
                     "memory": "8Gi"}}, "template": {"pod": {"metadata": {"labels": TAGS}}}}}, "pool"),
        made("kafka.strimzi.io/v1beta2:Kafka", {
            "metadata": {"name": "events", "namespace": "kafka", "labels": TAGS}, "spec": {"kafka": {
                "version": "4.1.0", "metadataVersion": "4.1-IV1", "listeners": [
                    {"name": "tls", "port": 9093, "type": "internal", "tls": True, "authentication": {"type": "tls"},
                     "networkPolicyPeers": [{"namespaceSelector": {"matchLabels": {
                         "kubernetes.io/metadata.name": "payments"}}}]}], "authorization": {"type": "simple"},
                "config": {"default.replication.factor": 3, "min.insync.replicas": 2,
                           "offsets.topic.replication.factor": 3, "transaction.state.log.replication.factor": 3,
                           "transaction.state.log.min.isr": 2, "auto.create.topics.enable": False,
                           "ssl.enabled.protocols": "TLSv1.3,TLSv1.2"}, "rack": {
                    "topologyKey": "topology.kubernetes.io/zone"}}, "entityOperator": {
                "topicOperator": {"resources": {"requests": {"cpu": "100m", "memory": "512Mi"}, "limits": {
                    "memory": "512Mi"}}}, "userOperator": {"resources": {"requests": {
                        "cpu": "100m", "memory": "512Mi"}, "limits": {"memory": "512Mi"}}}}}}, "events"),
        made("kafka.strimzi.io/v1beta2:KafkaUser", {
            "metadata": {"name": "ledger", "namespace": "kafka", "labels": {**TAGS, "strimzi.io/cluster": "events"}},
            "spec": {"authentication": {"type": "tls"}, "authorization": {"type": "simple", "acls": [
                {"resource": {"type": "topic", "name": "postings", "patternType": "literal"}, "operations": [
                    "Describe", "Read"]}, {"resource": {"type": "group", "name": "ledger", "patternType": "literal"},
                                           "operations": ["Read"]}]}}}, "ledger")),
        "strimzi.io/docs/operators/latest/deploying; strimzi-kafka-operator examples/kafka, as known",
        merged(merged(listed("https://strimzi.io/charts"), {"escape": {"allowed_types": OPERATORS}}), unpriced(
            "kubernetes:kafka.strimzi.io/v1beta2:Kafka::events",
            "kubernetes:kafka.strimzi.io/v1beta2:KafkaNodePool::pool"))),
    Idiom("chart qdrant: three nodes with TLS between them, keys in a secret and sealed disks", (
        space("qdrant"), closed("qdrant"),
        chart("qdrant", "https://qdrant.github.io/qdrant-helm", "1.16.0", "qdrant", {
            "replicaCount": 3, "additionalLabels": TAGS, "podLabels": TAGS, "image": {"useUnprivilegedImage": True},
            "apiKey": {"valueFrom": {"secretKeyRef": {"name": "qdrant-keys", "key": "api-key"}}}, "readOnlyApiKey": {
                "valueFrom": {"secretKeyRef": {"name": "qdrant-keys", "key": "read-only-api-key"}}}, "config": {
                "cluster": {"enabled": True, "p2p": {"port": 6335, "enable_tls": True}}, "service": {
                    "enable_tls": True}, "tls": {"cert": "/qdrant/tls/tls.crt", "key": "/qdrant/tls/tls.key", "ca_cert":
                                                 "/qdrant/tls/ca.crt"}, "telemetry_disabled": True, "log_level":
                "INFO"}, "persistence": {"size": "200Gi", "storageClassName": "managed-csi-cmk"}, "resources":
            sized("2", "16Gi"), "podDisruptionBudget": {"enabled": True, "maxUnavailable": 1}, "metrics": {
                "serviceMonitor": {"enabled": True, "scheme": "https"}}, "topologySpreadConstraints": [
                {**ZONES, "whenUnsatisfiable": "DoNotSchedule", "labelSelector": {"matchLabels": {
                    "app.kubernetes.io/name": "qdrant"}}}], "additionalVolumes": [
                {"name": "tls", "secret": {"secretName": "qdrant-tls"}}], "additionalVolumeMounts": [
                {"name": "tls", "mountPath": "/qdrant/tls", "readOnly": True}]})),
        "qdrant.tech/documentation/guides/security; qdrant/qdrant-helm charts/qdrant/values.yaml, as known",
        listed("https://qdrant.github.io/qdrant-helm")),
    Idiom("chart mlflow: experiments in PostgreSQL and Azure Blob, users of its own", (
        space("mlflow"), closed("mlflow"),
        chart("mlflow", "https://community-charts.github.io/helm-charts", "1.8.1", "mlflow", {
            "replicaCount": 2, "extraPodLabels": {**TAGS, "azure.workload.identity/use": "true"}, "backendStore": {
                "databaseMigration": True, "databaseConnectionCheck": True, "postgres": {
                    "enabled": True, "host": "psql-ml-prod.postgres.database.azure.com", "port": 5432, "database":
                    "mlflow"}, "existingDatabaseSecret": {"name": "mlflow-db", "usernameKey": "username", "passwordKey":
                                                          "password"}}, "artifactRoot": {
                "proxiedArtifactStorage": True, "azureBlob": {
                    "enabled": True, "storageAccount": "stmlprod", "container": "mlflow", "path": "artifacts"}},
            "extraEnvVars": {"PGSSLMODE": "verify-full", "MLFLOW_DISABLE_TELEMETRY": "true"}, "serviceAccount": {
                "create": True, "name": "mlflow", "annotations": {"azure.workload.identity/client-id": CLIENT}},
            "resources": sized("500m", "2Gi"), "podSecurityContext": POD, "securityContext": CONTAINER,
            "auth": {"enabled": True, "postgres": {"enabled": True, "host": "psql-ml-prod.postgres.database.azure.com",
                                                   "port": 5432, "database": "auth"}},
            "serviceMonitor": {"enabled": True}, "ingress": {"enabled": False}, "service": {"type": "ClusterIP"}})),
        "community-charts/helm-charts charts/mlflow/values.yaml; mlflow.org/docs/latest/self-hosting, as known",
        listed("https://community-charts.github.io/helm-charts", residency={"known": {
            "psql-ml-prod.postgres.database.azure.com": "our own server, in uaenorth",
            "stmlprod": "our own account, in uaenorth"}})),
    Idiom("chart valkey: a replicated cache of Bitnami's chart with a password, TLS and metrics", (
        space("portal"), closed("portal"),
        chart("valkey", "https://charts.bank.ae/mirror", "4.0.2", "portal", {
            "global": {"imageRegistry": "crbankprod.azurecr.io", "security": {"allowInsecureImages": True}},
            "commonLabels": TAGS, "architecture": "replication", "auth": {
                "enabled": True, "sentinel": True, "existingSecret": "valkey", "existingSecretPasswordKey": "password"},
            "tls": {"enabled": True, "authClients": False, "existingSecret": "valkey-tls", "certFilename": "tls.crt",
                    "certKeyFilename": "tls.key", "certCAFilename": "ca.crt"}, "sentinel": {
                "enabled": True, "quorum": 2, "resources": sized("50m", "128Mi")}, "primary": {
                "resources": sized("500m", "2Gi"), "persistence": {"storageClass": "managed-csi-cmk", "size": "8Gi"}},
            "replica": {"replicaCount": 3, "resources": sized("500m", "2Gi"), "persistence": {
                "storageClass": "managed-csi-cmk", "size": "8Gi"}, "pdb": {"create": True, "minAvailable": 2}},
            "networkPolicy": {"enabled": True, "allowExternal": False, "ingressNSMatchLabels": {
                "kubernetes.io/metadata.name": "portal"}}, "metrics": MONITOR,
            "commonConfiguration": "appendonly yes\nmaxmemory 1gb\nmaxmemory-policy allkeys-lru\n"})),
        "bitnami/charts bitnami/valkey/README.md, as known",
        listed("https://charts.bank.ae"), charts=("valkey",)),
)  # fmt: skip
