"""Good idioms of clusters: stores, brokers, models, queues and meshes as objects (set 22, blind)."""

from ..blind import TAGS, k8s, meta
from . import Idiom
from .eleventh_charts import SMALL, inside, secret_variable, stored
from .eleventh_cluster import top
from .fifteenth_work import SCRATCH, SCRATCH_MOUNTS, pod
from .sixteenth_stores import owned, password, reached
from .thirteenth_cluster_access import account
from .twelfth_charts import LARGE, POD, image, ours
from .twelfth_cluster import GPU, OFFLINE, TOLERATED
from .twentieth_goodb_charts import approved, certificate, namespace
from .twenty_first_xclusters import app

IDIOMS = (
    *approved(
        owned("PostgreSQL of three copies by its operator fails over by itself, is pooled, and is saved with its log", (
            *namespace("ledger"), password("ledger-s3", "ledger", "ACCESS_KEY_ID", "ACCESS_SECRET_KEY"),
            certificate("ledger", "ledger", "ledger-rw.ledger.svc"),
            inside("postgresql.cnpg.io/v1:Cluster", "ledger", {
                "instances": 3, "imageName": image("cloudnative-pg/postgresql"),
                    "primaryUpdateStrategy": "unsupervised",
                "enableSuperuserAccess": False, "minSyncReplicas": 1, "maxSyncReplicas": 1, "storage": {
                    "size": "100Gi", "storageClass": "encrypted"}, "walStorage": {"size": "20Gi",
                        "storageClass": "encrypted"},
                "resources": LARGE, "affinity": {"enablePodAntiAffinity": True, "topologyKey": "kubernetes.io/hostname",
                    "podAntiAffinityType": "required"}, "inheritedMetadata": {"labels": TAGS}, "certificates": {
                    "serverTLSSecret": "ledger-tls", "serverCASecret": "bank-authority"}, "postgresql": {
                    "parameters": {"log_connections": "on", "log_min_duration_statement": "5s",
                        "ssl_min_protocol_version":
                                   "TLSv1.3", "pgaudit.log": "ddl, role, write"}, "pg_hba": [
                        "hostssl ledger app 10.244.0.0/16 scram-sha-256"]}, "bootstrap": {"initdb": {
                            "database": "ledger", "owner": "app", "dataChecksums": True}}, "backup": {
                    "retentionPolicy": "30d", "barmanObjectStore": {
                        "destinationPath": "s3://bank-backups/ledger", "endpointURL": "https://objects.bank.ae",
                            "s3Credentials": {
                            "accessKeyId": {"name": "ledger-s3", "key": "ACCESS_KEY_ID"}, "secretAccessKey": {
                                "name": "ledger-s3", "key": "ACCESS_SECRET_KEY"}}, "wal": {"compression": "gzip",
                                    "encryption":
                                                                                           "AES256"}, "data": {
                            "compression": "gzip", "encryption": "AES256"}}},
                                "monitoring": {"enablePodMonitor": True}}, "ledger"),
            inside("postgresql.cnpg.io/v1:ScheduledBackup", "ledger-nightly", {
                "schedule": "0 0 22 * * *", "backupOwnerReference": "self", "cluster": {"name": "ledger"},
                    "immediate": True}, "ledger"),
            inside("postgresql.cnpg.io/v1:Pooler", "ledger-pool", {
                "cluster": {"name": "ledger"}, "instances": 2, "type": "rw", "pgbouncer": {"poolMode": "transaction",
                    "parameters": {
                    "max_client_conn": "500", "default_pool_size": "20"}},
                        "template": {"metadata": {"labels": {**TAGS, "app":
                        "ledger-pool"}}, "spec": {"containers": []}}}, "ledger"),
            reached("ledger", "ledger", {"cnpg.io/cluster": "ledger"}, 5432, "payments")),
            "cloudnative-pg.io/documentation/current/backup; .../connection_pooling; .../security, as known",
            "postgresql.cnpg.io"),
        owned("Kafka of three brokers and controllers has users of certificates with rights to their own topics", (
            *namespace("events"), inside("kafka.strimzi.io/v1beta2:KafkaNodePool", "brokers", {
                "replicas": 3, "roles": ["controller", "broker"], "resources": LARGE, "storage": {"type": "jbod",
                    "volumes": [{
                    "id": 0, "type": "persistent-claim", "size": "200Gi", "class": "encrypted", "deleteClaim": False,
                        "kraftMetadata":
                    "shared"}]}, "template": {"pod": {"metadata": {"labels": TAGS}, "securityContext": POD}}}, "events",
                labels={**TAGS, "strimzi.io/cluster": "events"}),
            inside("kafka.strimzi.io/v1beta2:Kafka", "events", {"kafka": {
                "version": "4.1.0", "metadataVersion": "4.1-IV1", "listeners": [
                    {"name": "tls", "port": 9093, "type": "internal", "tls": True, "authentication": {"type": "tls"},
                     "networkPolicyPeers": [
                         {"namespaceSelector": {"matchLabels": {"kubernetes.io/metadata.name": "payments"}}}]}],
                "authorization": {"type": "simple", "superUsers": ["CN=admin"]}, "config": {
                    "default.replication.factor": 3, "min.insync.replicas": 2, "offsets.topic.replication.factor": 3,
                    "transaction.state.log.replication.factor": 3, "transaction.state.log.min.isr": 2,
                    "auto.create.topics.enable": False, "ssl.enabled.protocols": "TLSv1.3"}, "metricsConfig": {
                    "type": "jmxPrometheusExporter", "valueFrom": {"configMapKeyRef": {"name": "figures",
                        "key": "kafka.yaml"}}}},
                "entityOperator": {"topicOperator": {"resources": SMALL}, "userOperator": {"resources": SMALL}},
                "cruiseControl": {"resources": SMALL}, "clusterCa": {"renewalDays": 60, "validityDays": 365}}, "events",
                annotations={"strimzi.io/node-pools": "enabled", "strimzi.io/kraft": "enabled"}),
            inside("kafka.strimzi.io/v1beta2:KafkaTopic", "orders", {"partitions": 12, "replicas": 3, "config": {
                "retention.ms": 604800000, "min.insync.replicas": 2, "cleanup.policy": "delete"}}, "events",
                labels={**TAGS, "strimzi.io/cluster": "events"}),
            inside("kafka.strimzi.io/v1beta2:KafkaUser", "payments", {
                "authentication": {"type": "tls"}, "quotas": {"producerByteRate": 10485760,
                    "consumerByteRate": 20971520},
                "authorization": {"type": "simple", "acls": [
                    {"resource": {"type": "topic", "name": "orders", "patternType": "literal"},
                        "operations": ["Write", "Describe"]},
                    {"resource": {"type": "group", "name": "payments-", "patternType": "prefix"},
                        "operations": ["Read"]}]}}, "events",
                labels={**TAGS, "strimzi.io/cluster": "events"})),
            "strimzi.io/docs/operators/latest/deploying: securing access to Kafka; .../configuring, as known",
                "kafka.strimzi.io"),
        Idiom(
            "a large model answers on two GPUs from its volume, grows with its queue and is asked by the gateway "
            "alone", (
            *namespace("models"), account("llama", "models"), password("llama", "models", "api-key"),
            k8s("core/v1:PersistentVolumeClaim", {"metadata": meta("llama", "models"), "spec": {
                "accessModes": ["ReadOnlyMany"], "storageClassName": "encrypted",
                    "resources": {"requests": {"storage": "200Gi"}}}},
                "weights"),
            k8s("apps/v1:Deployment", {"metadata": meta("llama", "models"), "spec": {
                "replicas": 1, "progressDeadlineSeconds": 1800, "strategy": {"type": "Recreate"},
                    "selector": {"matchLabels": {
                    "app": "llama"}}, "template": {"metadata": {"labels": {**TAGS, "app": "llama"}}, "spec": pod(
                        "llama", {"requests": {"cpu": "8", "memory": "64Gi", "nvidia.com/gpu": "2"}, "limits": {
                            "cpu": "16", "memory": "64Gi", "nvidia.com/gpu": "2"}}, image=image("vllm/vllm-openai"),
                                args=[
                            "--model=/models/llama-3.3-70b", "--served-model-name=chat", "--tensor-parallel-size=2",
                            "--max-model-len=16384", "--gpu-memory-utilization=0.92", "--ssl-keyfile=/tls/tls.key",
                            "--ssl-certfile=/tls/tls.crt", "--port=8443", "--disable-log-requests"], env=[
                            *OFFLINE, secret_variable("VLLM_API_KEY", "llama", "api-key")],
                                ports=[{"containerPort": 8443}],
                        readinessProbe={"httpGet": {"path": "/health", "port": 8443, "scheme": "HTTPS"}}, startupProbe={
                            "httpGet": {"path": "/health", "port": 8443, "scheme": "HTTPS"}, "failureThreshold": 120},
                                volumeMounts=[
                            *SCRATCH_MOUNTS, {"name": "weights", "mountPath": "/models", "readOnly": True},
                            {"name": "tls", "mountPath": "/tls", "readOnly": True}, {"name": "shm",
                                "mountPath": "/dev/shm"}],  # noqa: S108
                        pod={"tolerations": TOLERATED,
                            "nodeSelector": {"nvidia.com/gpu.product": "NVIDIA-H100-80GB-HBM3"}, "volumes": [
                            *SCRATCH, {"name": "weights", "persistentVolumeClaim": {"claimName": "llama",
                                "readOnly": True}},
                            {"name": "tls", "secret": {"secretName": "llama-tls"}}, {"name": "shm", "emptyDir": {
                                "medium": "Memory", "sizeLimit": "16Gi"}}]})}}}, "llama"),
            certificate("llama", "models"), k8s("core/v1:Service", {"metadata": meta("llama", "models"), "spec": {
                "selector": {"app": "llama"}, "ports": [{"port": 443, "targetPort": 8443, "appProtocol": "https"}]}},
                    "service"),
            inside("keda.sh/v1alpha1:ScaledObject", "llama-scale", {
                "scaleTargetRef": {"name": "llama"}, "minReplicaCount": 1, "maxReplicaCount": 4,
                    "cooldownPeriod": 900, "triggers": [{
                    "type": "prometheus", "metricType": "AverageValue", "metadata": {
                        "serverAddress": "https://prometheus.monitoring.svc:9090", "query":
                        "sum(vllm:num_requests_waiting{namespace=\"models\"})", "threshold": "8"}}]}, "models"),
            reached("llama", "models", {"app": "llama"}, 8443, "gateway")),
            "docs.vllm.ai/en/latest/deployment/k8s; keda.sh/docs/latest/scalers/prometheus, as known", ours()),
        owned("teams share GPUs by queues with lent quotas, and a training of four workers waits for its turn", (
            top("kueue.x-k8s.io/v1beta1:ResourceFlavor", "h100", {"nodeLabels": {
                "nvidia.com/gpu.product": "NVIDIA-H100-80GB-HBM3"}, "tolerations": TOLERATED}),
            *(top("kueue.x-k8s.io/v1beta1:ClusterQueue", name, {
                "cohort": "research", "queueingStrategy": "BestEffortFIFO", "namespaceSelector": {"matchLabels": {
                    "kubernetes.io/metadata.name": name}}, "preemption": {
                    "reclaimWithinCohort": "Any", "withinClusterQueue": "LowerPriority"}, "resourceGroups": [{
                        "coveredResources": ["cpu", "memory", "nvidia.com/gpu"], "flavors": [{"name": "h100",
                            "resources": [
                            {"name": "cpu", "nominalQuota": 128}, {"name": "memory", "nominalQuota": "1Ti"},
                            {"name": "nvidia.com/gpu", "nominalQuota": 8, "borrowingLimit": 8}]}]}]}) for name in (
                                "risk", "fraud")),
            *namespace("risk"), inside("kueue.x-k8s.io/v1beta1:LocalQueue", "trainings", {"clusterQueue": "risk"},
                "risk"),
            account("train", "risk"), k8s("batch/v1:Job", {
                "metadata": meta("train", "risk", labels={**TAGS, "kueue.x-k8s.io/queue-name": "trainings"}), "spec": {
                    "suspend": True, "parallelism": 4, "completions": 4, "completionMode": "Indexed", "backoffLimit": 2,
                    "activeDeadlineSeconds": 86400, "ttlSecondsAfterFinished": 86400, "template": {
                        "metadata": {"labels": {**TAGS, "app": "train"}}, "spec": pod(
                            "train", GPU, env=OFFLINE, volumeMounts=[
                                *SCRATCH_MOUNTS, {"name": "checkpoints", "mountPath": "/checkpoints"}], pod={
                                "restartPolicy": "Never", "tolerations": TOLERATED, "volumes": [
                                    *SCRATCH, {"name": "checkpoints", "ephemeral": {"volumeClaimTemplate": {
                                        "metadata": {"labels": TAGS}, **stored("100Gi")}}}]})}}}, "train")),
            "kueue.sigs.k8s.io/docs/concepts/cluster_queue; .../tasks/run/jobs, as known", "kueue.x-k8s.io"),
        Idiom("services of the mesh show certificates, say who may call what, and leave by one listed host", (
            *namespace("accounts", **{"istio.io/dataplane-mode": "ambient"}),
            inside("security.istio.io/v1:PeerAuthentication", "strict", {"mtls": {"mode": "STRICT"}}, "accounts"),
            inside("security.istio.io/v1:AuthorizationPolicy", "nothing", {}, "accounts"),
            inside("security.istio.io/v1:RequestAuthentication", "staff", {
                "selector": {"matchLabels": {"app": "accounts"}}, "jwtRules": [{
                    "issuer": "https://login.bank.ae/realms/staff", "jwksUri":
                    "https://login.bank.ae/realms/staff/protocol/openid-connect/certs", "audiences": ["accounts"],
                    "forwardOriginalToken": False}]}, "accounts"),
            inside("security.istio.io/v1:AuthorizationPolicy", "gateway-calls", {
                "selector": {"matchLabels": {"app": "accounts"}}, "action": "ALLOW", "rules": [{
                    "from": [{"source": {"principals": ["cluster.local/ns/gateway/sa/apps-istio"],
                        "requestPrincipals": [
                        "https://login.bank.ae/realms/staff/*"]}}], "to": [{"operation": {
                            "methods": ["GET", "POST"], "paths": ["/accounts", "/accounts/*"]}}]}]}, "accounts"),
            inside("networking.istio.io/v1:DestinationRule", "accounts", {
                "host": "accounts.accounts.svc.cluster.local", "trafficPolicy": {"tls": {"mode": "ISTIO_MUTUAL"},
                    "outlierDetection": {
                    "consecutive5xxErrors": 5, "interval": "30s", "baseEjectionTime": "1m"},
                        "connectionPool": {"http": {
                        "http2MaxRequests": 200, "maxRequestsPerConnection": 100}}}}, "accounts"),
            inside("networking.istio.io/v1:ServiceEntry", "bureau", {
                "hosts": ["bureau.bank.ae"], "exportTo": ["."], "location": "MESH_EXTERNAL", "resolution": "DNS",
                    "ports": [
                    {"number": 443, "name": "tls", "protocol": "TLS"}]}, "accounts"),
            inside("networking.istio.io/v1:VirtualService", "accounts-routes", {
                "hosts": ["accounts.accounts.svc.cluster.local"], "exportTo": [".", "gateway"],
                    "http": [{"timeout": "5s", "retries": {
                    "attempts": 2, "perTryTimeout": "2s", "retryOn": "5xx,reset"}, "route": [{"destination": {
                        "host": "accounts.accounts.svc.cluster.local"}}]}]}, "accounts"),
            inside("telemetry.istio.io/v1:Telemetry", "records",
                {"accessLogging": [{"providers": [{"name": "envoy"}]}]}, "accounts"),
            *app("accounts", "accounts", 8443)),
            "istio.io/latest/docs/ops/best-practices/security; .../tasks/security/authorization/authz-jwt, as known",
                ours()),
    ),
)  # fmt: skip
