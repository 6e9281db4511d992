"""Good idioms of clusters: operators of stores, training, serving, gateways and builds (set 19, blind)."""

from ..blind import TAGS, k8s, meta
from . import Idiom
from .eleventh_charts import CLOSED, SMALL, inside, role, secret_variable, stored
from .eleventh_cluster import DNS, top
from .fifteenth_work import SCRATCH, SCRATCH_MOUNTS
from .sixteenth_stores import APART, LABELS, ZONES, owned, password, reached
from .thirteenth_cluster_access import account, within
from .twelfth_charts import LARGE, LOGIN, MIRROR, POD, image, ours

KAFKA = {
    "auto.create.topics.enable": False, "default.replication.factor": 3, "min.insync.replicas": 2,
    "offsets.topic.replication.factor": 3, "transaction.state.log.replication.factor": 3,
    "transaction.state.log.min.isr": 2, "num.partitions": 6, "log.retention.hours": 168,
        "log.segment.bytes": 1073741824,
    "unclean.leader.election.enable": False, "message.max.bytes": 1048588, "replica.selector.class":
    "org.apache.kafka.common.replica.RackAwareReplicaSelector", "ssl.cipher.suites": "TLS_AES_256_GCM_SHA384",
    "ssl.enabled.protocols": "TLSv1.3", "allow.everyone.if.no.acl.found": False, "connections.max.idle.ms":
    600000, "compression.type": "producer"}  # fmt: skip
POSTGRES = {
    "max_connections": "300", "shared_buffers": "4GB", "effective_cache_size": "12GB", "work_mem": "16MB",
    "maintenance_work_mem": "512MB", "wal_compression": "zstd", "max_wal_size": "8GB", "checkpoint_timeout": "15min",
    "random_page_cost": "1.1", "log_min_duration_statement": "1000", "log_checkpoints": "on", "log_lock_waits": "on",
    "log_connections": "on", "log_disconnections": "on", "log_statement": "ddl", "ssl_min_protocol_version": "TLSv1.3",
    "password_encryption": "scram-sha-256", "auto_explain.log_min_duration": "10s", "pgaudit.log": "ddl,role,write",
    "pg_stat_statements.track": "top", "idle_in_transaction_session_timeout": "60s", "jit": "off"}  # fmt: skip
SERVE = """proxy_location: EveryNode
http_options:
  host: 0.0.0.0
  port: 8000
  request_timeout_s: 60
grpc_options:
  port: 0
logging_config:
  encoding: JSON
  log_level: INFO
applications:
  - name: scores
    route_prefix: /scores
    import_path: scores.app:app
    runtime_env:
      working_dir: /srv/scores
    deployments:
      - name: Scores
        num_replicas: auto
        max_ongoing_requests: 20
        graceful_shutdown_timeout_s: 30
        autoscaling_config: {min_replicas: 1, max_replicas: 4, target_ongoing_requests: 10}
        ray_actor_options: {num_cpus: 2, num_gpus: 1}
"""
RAY_TLS = [{"name": "RAY_USE_TLS", "value": "1"}, {"name": "RAY_TLS_SERVER_CERT", "value": "/tls/tls.crt"},
           {"name": "RAY_TLS_SERVER_KEY", "value": "/tls/tls.key"}, {"name": "RAY_TLS_CA_CERT", "value": "/tls/ca.crt"},
           {"name": "RAY_USAGE_STATS_ENABLED", "value": "0"}, {"name": "RAY_AUTH_MODE", "value": "token"}]  # fmt: skip
GPU = {"requests": {"cpu": "8", "memory": "64Gi", "nvidia.com/gpu": "1"},
       "limits": {"cpu": "16", "memory": "64Gi", "nvidia.com/gpu": "1"}}  # fmt: skip
SHARED = [*SCRATCH, {"name": "shm", "emptyDir": {"medium": "Memory", "sizeLimit": "16Gi"}},
          {"name": "tls", "secret": {"secretName": "ray-tls"}}]  # fmt: skip
MOUNTS = [*SCRATCH_MOUNTS, {"name": "shm", "mountPath": "/dev/shm"},  # noqa: S108
          {"name": "tls", "mountPath": "/tls", "readOnly": True}]  # fmt: skip
TAINT = [{"key": "nvidia.com/gpu", "operator": "Exists", "effect": "NoSchedule"}]


def ray(name: str, resources: object, **more: object) -> dict[str, object]:
    """Returns the template of a pod of Ray."""
    return {"metadata": {"labels": TAGS}, "spec": {
        "serviceAccountName": "scores", "automountServiceAccountToken": False, "securityContext": POD, "containers": [{
            "name": name, "image": image("ray/scores"), "resources": resources, "securityContext": CLOSED,
                "env": RAY_TLS,
            "volumeMounts": MOUNTS, "lifecycle": {"preStop": {"exec": {"command": ["ray", "stop"]}}}}],
        "volumes": SHARED, **more}}  # fmt: skip


def step(name: str, tool: str, script: list[str], **more: object) -> dict[str, object]:
    """Returns a step of a task, by a tool of the bank's mirror."""
    return {"name": name, "image": image(tool), "command": script, "securityContext": CLOSED, "computeResources": SMALL,
            "workingDir": "$(workspaces.source.path)", **more}  # fmt: skip


IDIOMS: tuple[Idiom, ...] = (
    owned("trades pass a Kafka of Strimzi in two pools, which asks for certificates and balances itself", (
        inside("kafka.strimzi.io/v1:KafkaNodePool", "controllers", {
            "replicas": 3, "roles": ["controller"], "resources": LARGE, "storage": {"type": "jbod", "volumes": [{
                "id": 0, "type": "persistent-claim", "size": "20Gi", "class": "encrypted", "kraftMetadata": "shared",
                "deleteClaim": False}]}}, "kafka", labels={**TAGS, "strimzi.io/cluster": "trades"}),
        inside("kafka.strimzi.io/v1:KafkaNodePool", "brokers", {
            "replicas": 3, "roles": ["broker"], "resources": LARGE, "jvmOptions": {
                "-Xms": "2048m", "-Xmx": "2048m", "gcLoggingEnabled": False, "-XX": {"UseG1GC": "true"}}, "storage": {
                    "type": "jbod", "volumes": [{"id": 0, "type": "persistent-claim", "size": "200Gi",
                        "class": "encrypted",
                                                 "deleteClaim": False}]},
            "template": {"pod": {"metadata": {"labels": LABELS}, "affinity": APART, "topologySpreadConstraints": ZONES,
                                 "securityContext": POD, "terminationGracePeriodSeconds": 120}, "kafkaContainer": {
                                     "securityContext": CLOSED}}}, "kafka", labels={
                                         **TAGS, "strimzi.io/cluster": "trades"}),
        inside("kafka.strimzi.io/v1:Kafka", "trades", {
            "kafka": {
                "version": "4.1.1", "metadataVersion": "4.1-IV1", "config": KAFKA, "rack": {
                    "topologyKey": "topology.kubernetes.io/zone"}, "authorization": {
                        "type": "simple", "superUsers": ["CN=trades-admin"]}, "listeners": [{
                            "name": "tls", "port": 9093, "type": "internal", "tls": True,
                                "authentication": {"type": "tls"},
                            "networkPolicyPeers": [{"namespaceSelector": {"matchLabels": {"tier": "apps"}}}],
                            "configuration": {"maxConnections": 500, "brokerCertChainAndKey": {
                                "secretName": "trades-tls", "certificate": "tls.crt", "key": "tls.key"}}}],
                "logging": {"type": "inline", "loggers": {"rootLogger.level": "INFO"}}, "metricsConfig": {
                    "type": "jmxPrometheusExporter", "valueFrom": {"configMapKeyRef": {"name": "figures", "key":
                                                                                      "kafka.yml"}}},
                "livenessProbe": {"initialDelaySeconds": 15, "timeoutSeconds": 5}},
            "entityOperator": {"topicOperator": {"resources": SMALL, "reconciliationIntervalMs": 60000},
                "userOperator": {
                "resources": SMALL}, "template": {"pod": {"securityContext": POD}}},
            "clusterCa": {"generateCertificateAuthority": True, "validityDays": 1825, "renewalDays": 60,
                          "certificateExpirationPolicy": "renew-certificate"},
            "clientsCa": {"generateCertificateAuthority": True, "validityDays": 365, "renewalDays": 30},
            "cruiseControl": {"resources": LARGE, "brokerCapacity": {"inboundNetwork": "10000KB/s", "outboundNetwork":
                                                                     "10000KB/s"}},
            "kafkaExporter": {"topicRegex": ".*", "groupRegex": ".*", "resources": SMALL}, "maintenanceTimeWindows": [
                "* * 22-23 ? * SAT"]}, "kafka"),
        inside("kafka.strimzi.io/v1:KafkaTopic", "orders", {"partitions": 12, "replicas": 3, "config": {
            "retention.ms": 604800000, "min.insync.replicas": 2, "cleanup.policy": "delete", "max.message.bytes":
            1048576}}, "kafka", labels={**TAGS, "strimzi.io/cluster": "trades"}),
        inside("kafka.strimzi.io/v1:KafkaUser", "risk", {
            "authentication": {"type": "tls"}, "quotas": {"consumerByteRate": 10485760, "requestPercentage": 55},
            "authorization": {"type": "simple", "acls": [
                {"resource": {"type": "topic", "name": "orders", "patternType": "literal"}, "operations": [
                    "Read", "Describe"], "host": "*"},
                {"resource": {"type": "group", "name": "risk", "patternType": "prefix"}, "operations": ["Read"]}]}},
            "kafka", labels={**TAGS, "strimzi.io/cluster": "trades"})),
        "strimzi.io/docs/operators/latest/deploying; strimzi/strimzi-kafka-operator, examples/kafka",
            "kafka.strimzi.io"),
    owned("contracts are in PostgreSQL of CloudNativePG of three zones, saved every night, with pooled callers", (
        password("contracts-s3", "contracts", "ACCESS_KEY_ID", "SECRET_ACCESS_KEY"),
        inside("barmancloud.cnpg.io/v1:ObjectStore", "contracts", {"retentionPolicy": "35d", "configuration": {
            "destinationPath": "s3://bank-backups/contracts", "endpointURL": "https://objects.bank.ae", "endpointCA": {
                "name": "bank-authority", "key": "ca.crt"}, "s3Credentials": {
                    "accessKeyId": {"name": "contracts-s3", "key": "ACCESS_KEY_ID"},
                    "secretAccessKey": {"name": "contracts-s3", "key": "SECRET_ACCESS_KEY"}},
            "wal": {"compression": "zstd", "encryption": "AES256", "maxParallel": 4}, "data": {
                "compression": "bzip2", "encryption": "AES256", "jobs": 2, "immediateCheckpoint": False}}},
                    "contracts"),
        inside("postgresql.cnpg.io/v1:Cluster", "contracts", {
            "instances": 3, "imageName": image("cloudnative-pg/postgresql"), "primaryUpdateStrategy": "unsupervised",
            "primaryUpdateMethod": "switchover", "enableSuperuserAccess": False, "enablePDB": True, "logLevel": "info",
            "minSyncReplicas": 0, "maxSyncReplicas": 0, "startDelay": 3600, "stopDelay": 1800, "switchoverDelay": 3600,
            "smartShutdownTimeout": 180, "failoverDelay": 0, "postgresUID": 26, "postgresGID": 26, "postgresql": {
                "parameters": POSTGRES, "shared_preload_libraries": ["pgaudit"], "synchronous": {
                    "method": "any", "number": 1, "dataDurability": "required"}, "pg_hba": [
                        "hostssl contracts contracts 10.244.0.0/16 cert",
                            "hostssl all all 10.244.0.0/16 scram-sha-256"]},
            "bootstrap": {"initdb": {"database": "contracts", "owner": "contracts", "dataChecksums": True, "encoding":
                                     "UTF8", "localeProvider": "icu", "icuLocale": "ar-AE"}},
            "storage": {"storageClass": "encrypted", "size": "200Gi", "resizeInUseVolumes": True}, "walStorage": {
                "storageClass": "encrypted", "size": "40Gi"}, "resources": LARGE, "affinity": {
                    "enablePodAntiAffinity": True, "podAntiAffinityType": "required", "topologyKey":
                    "topology.kubernetes.io/zone"}, "certificates": {
                        "serverTLSSecret": "contracts-tls", "serverCASecret": "contracts-tls", "clientCASecret":
                        "contracts-clients", "replicationTLSSecret": "contracts-replication"},
            "inheritedMetadata": {"labels": LABELS}, "seccompProfile": {"type": "RuntimeDefault"}, "monitoring": {
                "enablePodMonitor": True, "tls": {"enabled": True}, "disableDefaultQueries": False},
                    "replicationSlots": {
                    "highAvailability": {"enabled": True}, "updateInterval": 30}, "managed": {"roles": [{
                        "name": "reports", "ensure": "present", "login": True, "superuser": False, "createdb": False,
                        "bypassrls": False, "inRoles": ["pg_read_all_data"], "connectionLimit": 20, "passwordSecret": {
                            "name": "contracts-reports"}}]},
            "plugins": [{"name": "barman-cloud.cloudnative-pg.io", "isWALArchiver": True, "enabled": True,
                "parameters": {
                "barmanObjectName": "contracts"}}]}, "contracts"),
        inside("postgresql.cnpg.io/v1:ScheduledBackup", "contracts", {
            "schedule": "0 0 21 * * *", "cluster": {"name": "contracts"}, "backupOwnerReference": "self",
                "immediate": True,
            "method": "plugin", "target": "prefer-standby", "pluginConfiguration": {
                "name": "barman-cloud.cloudnative-pg.io"}}, "contracts"),
        inside("postgresql.cnpg.io/v1:Pooler", "contracts-rw", {
            "cluster": {"name": "contracts"}, "instances": 2, "type": "rw", "pgbouncer": {
                "poolMode": "transaction", "parameters": {"max_client_conn": "500", "default_pool_size": "20",
                                                          "server_tls_sslmode": "verify-full", "log_connections": "1"}},
            "template": {"metadata": {"labels": LABELS}, "spec": {"securityContext": POD, "containers": [{
                "name": "pgbouncer", "resources": SMALL, "securityContext": CLOSED}]}}}, "contracts"),
        reached("contracts", "contracts", {"tier": "store"}, 5432, "lending")),
        "cloudnative-pg.io/documentation/current/postgresql_conf; plugin-barman-cloud, docs", "postgresql.cnpg.io",
        "barmancloud.cnpg.io"),
    owned("scores of credit are answered by Ray Serve, whose parts speak TLS, scale with calls and start anew", (
        account("scores", "scores"),
        inside("ray.io/v1:RayService", "scores", {
            "serveConfigV2": SERVE, "serviceUnhealthySecondThreshold": 900, "deploymentUnhealthySecondThreshold": 300,
            "upgradeStrategy": {"type": "NewCluster"}, "rayClusterDeletionDelaySeconds": 60,
                "excludeHeadPodFromServeSvc":
            True, "rayClusterConfig": {
                "rayVersion": "2.51.1", "enableInTreeAutoscaling": True, "autoscalerOptions": {
                    "version": "v2", "upscalingMode": "Conservative", "idleTimeoutSeconds": 300, "resources": SMALL,
                    "securityContext": CLOSED, "imagePullPolicy": "IfNotPresent"},
                "gcsFaultToleranceOptions": {"redisAddress": "rediss://scores-cache.scores.svc.cluster.local:6379",
                                             "redisPassword": {"valueFrom": {"secretKeyRef": {
                                                 "name": "scores-cache", "key": "password"}}}},
                "authOptions": {"mode": "token"}, "headGroupSpec": {
                    "serviceType": "ClusterIP", "enableIngress": False, "rayStartParams": {
                        "dashboard-host": "127.0.0.1", "num-cpus": "0", "metrics-export-port": "8080"}, "template": ray(
                            "head", LARGE)},
                "workerGroupSpecs": [{
                    "groupName": "gpu", "replicas": 1, "minReplicas": 1, "maxReplicas": 4, "numOfHosts": 1,
                    "rayStartParams": {}, "template": ray("worker", GPU, tolerations=TAINT)}]}}, "scores"),
        reached("scores", "scores", {"ray.io/node-type": "worker"}, 8000, "gateway")),
        "docs.ray.io/en/latest/cluster/kubernetes/user-guides/rayservice-high-availability; ray-core/configure, TLS",
        "ray.io"),
    Idiom("a model of letters is served by KServe from a volume, on one kind of GPU, and grows with waiting calls", (
        account("letters", "letters"),
        k8s("core/v1:PersistentVolumeClaim", {"metadata": meta("weights", "letters"), **stored("200Gi")}, "weights"),
        inside("serving.kserve.io/v1alpha1:ServingRuntime", "vllm", {
            "supportedModelFormats": [{"name": "huggingface", "version": "1", "autoSelect": False, "priority": 1}],
            "protocolVersions": ["openai-v1"], "multiModel": False, "annotations": {"prometheus.io/port": "8000"},
            "containers": [{
                "name": "kserve-container", "image": image("vllm/vllm-openai"), "args": [
                    "--model=/mnt/models", "--served-model-name={{.Name}}", "--port=8080", "--max-model-len=16384",
                    "--gpu-memory-utilization=0.9", "--enable-prefix-caching", "--disable-log-requests",
                    "--ssl-certfile=/tls/tls.crt", "--ssl-keyfile=/tls/tls.key"], "env": [
                        {"name": "HF_HUB_OFFLINE", "value": "1"}, {"name": "TRANSFORMERS_OFFLINE", "value": "1"},
                        {"name": "VLLM_NO_USAGE_STATS", "value": "1"}, secret_variable("VLLM_API_KEY", "letters",
                            "key")],
                "resources": GPU, "securityContext": CLOSED, "ports": [{"containerPort": 8080, "protocol": "TCP"}],
                "volumeMounts": MOUNTS}],
            "volumes": SHARED}, "letters"),
        inside("serving.kserve.io/v1beta1:InferenceService", "letters", {"predictor": {
            "minReplicas": 1, "maxReplicas": 3, "scaleTarget": 20, "scaleMetric": "concurrency", "timeout": 300,
            "containerConcurrency": 0, "serviceAccountName": "letters", "automountServiceAccountToken": False, "labels":
            TAGS, "securityContext": POD, "tolerations": TAINT, "nodeSelector": {
                "nvidia.com/gpu.product": "NVIDIA-H100-80GB-HBM3"}, "topologySpreadConstraints": ZONES, "model": {
                    "modelFormat": {"name": "huggingface"}, "runtime": "vllm", "protocolVersion": "openai-v1",
                        "storageUri":
                    "pvc://weights/letters-2026-11", "resources": GPU}}}, "letters", annotations={
                        "serving.kserve.io/deploymentMode": "Standard", "serving.kserve.io/autoscalerClass": "hpa"}),
        reached("letters", "letters", {"serving.kserve.io/inferenceservice": "letters"}, 8080, "gateway")),
        "kserve.github.io/website/docs/model-serving/generative-inference; kserve/kserve, config/runtimes",
        ours("serving.kserve.io", prices=(
            "core/v1:PersistentVolumeClaim::weights", "serving.kserve.io/v1alpha1:ServingRuntime::vllm",
            "serving.kserve.io/v1beta1:InferenceService::letters"))),
    owned("trainings wait in queues of teams that lend each other GPUs, and one starts when both its nodes are free", (
        top("kueue.x-k8s.io/v1beta1:ResourceFlavor", "h100", {
            "nodeLabels": {"nvidia.com/gpu.product": "NVIDIA-H100-80GB-HBM3"}, "tolerations": TAINT}),
        top("kueue.x-k8s.io/v1beta1:ClusterQueue", "research", {
            "cohort": "models", "queueingStrategy": "BestEffortFIFO", "namespaceSelector": {"matchLabels": {
                "kubernetes.io/metadata.name": "training"}}, "preemption": {
                    "reclaimWithinCohort": "LowerPriority", "withinClusterQueue": "LowerPriority",
                        "borrowWithinCohort": {
                        "policy": "Never"}}, "flavorFungibility": {"whenCanBorrow": "Borrow", "whenCanPreempt":
                                                                   "TryNextFlavor"},
            "fairSharing": {"weight": "1"}, "stopPolicy": "None", "resourceGroups": [{
                "coveredResources": ["cpu", "memory", "nvidia.com/gpu"], "flavors": [{"name": "h100", "resources": [
                    {"name": "cpu", "nominalQuota": "64"}, {"name": "memory", "nominalQuota": "512Gi"},
                    {"name": "nvidia.com/gpu", "nominalQuota": "8", "borrowingLimit": "8", "lendingLimit": "4"}]}]}]}),
        inside("kueue.x-k8s.io/v1beta1:LocalQueue", "research", {"clusterQueue": "research", "stopPolicy": "None"},
               "training"),
        account("trainer", "training"),
        inside("trainer.kubeflow.org/v1alpha1:TrainJob", "arabic", {
            "runtimeRef": {"apiGroup": "trainer.kubeflow.org", "kind": "ClusterTrainingRuntime",
                "name": "torch-distributed"},
            "suspend": True, "managedBy": "trainer.kubeflow.org/trainjob-controller", "trainer": {
                "image": image("training/arabic"), "numNodes": 2, "numProcPerNode": 1, "command": [
                    "torchrun", "/srv/train.py"], "args": ["--checkpoints=/checkpoints", "--resume=auto"], "env": [
                        {"name": "NCCL_DEBUG", "value": "WARN"}, {"name": "HF_HUB_OFFLINE", "value": "1"},
                        {"name": "WANDB_MODE", "value": "disabled"}], "resourcesPerNode": GPU}}, "training", labels={
                            **TAGS, "kueue.x-k8s.io/queue-name": "research"}),
        within("kueue-batch-user-role", "scientists", "training")),
        "kueue.sigs.k8s.io/docs/concepts/cluster_queue; kubeflow.org/docs/components/trainer/operator-guides",
        "kueue.x-k8s.io", "trainer.kubeflow.org"),
    owned("apps are offered inside by Envoy Gateway, which asks for tokens and certificates and limits calls", (
        inside("gateway.envoyproxy.io/v1alpha1:ClientTrafficPolicy", "apps", {
            "targetRefs": [{"group": "gateway.networking.k8s.io", "kind": "Gateway", "name": "apps"}], "tls": {
                "minVersion": "1.2", "alpnProtocols": ["h2", "http/1.1"], "clientValidation": {
                    "optional": False, "caCertificateRefs": [{"kind": "ConfigMap", "group": "",
                        "name": "bank-authority"}]}},
            "timeout": {"http": {"requestReceivedTimeout": "30s", "idleTimeout": "300s"}}, "http2": {
                "maxConcurrentStreams": 100, "initialStreamWindowSize": "64Ki"}, "headers": {
                    "enableEnvoyHeaders": False, "withUnderscoresAction": "RejectRequest", "xForwardedClientCert": {
                        "mode": "Sanitize"}}, "path": {"escapedSlashesAction": "UnescapeAndRedirect"},
            "connection": {"connectionLimit": {"value": 10000}, "bufferLimit": "32Ki"}}, "gateway"),
        k8s("gateway.networking.k8s.io/v1:Gateway", {"metadata": meta("apps", "gateway"), "spec": {
            "gatewayClassName": "envoy", "listeners": [{
                "name": "https", "port": 443, "protocol": "HTTPS", "hostname": "*.apps.bank.ae", "tls": {
                    "mode": "Terminate", "certificateRefs": [{"kind": "Secret", "name": "apps-tls"}]},
                        "allowedRoutes": {
                        "namespaces": {"from": "Selector", "selector": {"matchLabels": {"tier": "apps"}}}, "kinds": [
                            {"kind": "HTTPRoute"}]}}]}}, "apps"),
        k8s("gateway.networking.k8s.io/v1:HTTPRoute", {"metadata": meta("limits", "limits"), "spec": {
            "parentRefs": [{"name": "apps", "namespace": "gateway", "sectionName": "https"}], "hostnames": [
                "limits.apps.bank.ae"], "rules": [{
                    "matches": [{"path": {"type": "PathPrefix", "value": "/v1"}, "method": "GET"}], "timeouts": {
                        "request": "30s", "backendRequest": "10s"}, "filters": [{
                            "type": "ResponseHeaderModifier", "responseHeaderModifier": {"set": [
                                {"name": "Strict-Transport-Security", "value": "max-age=31536000"}],
                                    "remove": ["server"]}}],
                    "backendRefs": [{"name": "limits", "port": 443, "weight": 95},
                                    {"name": "limits-next", "port": 443, "weight": 5}]}]}}, "limits"),
        inside("gateway.envoyproxy.io/v1alpha1:SecurityPolicy", "limits", {
            "targetRefs": [{"group": "gateway.networking.k8s.io", "kind": "HTTPRoute", "name": "limits"}], "jwt": {
                "optional": False, "providers": [{
                    "name": "staff", "issuer": LOGIN, "audiences": ["limits"], "remoteJWKS": {
                        "uri": f"{LOGIN}/protocol/openid-connect/certs", "cacheDuration": "300s"}, "claimToHeaders": [
                            {"claim": "sub", "header": "x-user"}]}]},
            "authorization": {"defaultAction": "Deny", "rules": [{"name": "readers", "action": "Allow", "principal": {
                "jwt": {"provider": "staff", "claims": [{"name": "groups", "valueType": "StringArray", "values": [
                    "limits-readers"]}]}}}]},
            "cors": {"allowOrigins": ["https://portal.bank.ae"], "allowMethods": ["GET"], "allowHeaders": [
                "authorization"], "maxAge": "600s", "allowCredentials": False}}, "limits"),
        inside("gateway.envoyproxy.io/v1alpha1:BackendTrafficPolicy", "limits", {
            "targetRefs": [{"group": "gateway.networking.k8s.io", "kind": "HTTPRoute", "name": "limits"}], "retry": {
                "numRetries": 2, "perRetry": {"timeout": "5s", "backOff": {"baseInterval": "100ms",
                    "maxInterval": "2s"}},
                "retryOn": {"triggers": ["connect-failure", "retriable-status-codes"], "httpStatusCodes": [503]}},
            "rateLimit": {"type": "Local", "local": {"rules": [{"limit": {"requests": 100, "unit": "Second"}}]}},
            "circuitBreaker": {"maxConnections": 1024, "maxPendingRequests": 256}, "healthCheck": {"passive": {
                "consecutive5XxErrors": 5, "interval": "10s", "baseEjectionTime": "30s", "maxEjectionPercent": 50}},
            "loadBalancer": {"type": "LeastRequest", "slowStart": {"window": "30s"}}}, "limits"),
        k8s("gateway.networking.k8s.io/v1:BackendTLSPolicy", {"metadata": meta("limits", "limits"), "spec": {
            "targetRefs": [{"group": "", "kind": "Service", "name": "limits"}], "validation": {
                "hostname": "limits.limits.svc.cluster.local", "caCertificateRefs": [
                    {"group": "", "kind": "ConfigMap", "name": "bank-authority"}]}}}, "limits-tls")),
        "gateway.envoyproxy.io/docs/tasks/security; gateway.envoyproxy.io/docs/tasks/traffic", "gateway.envoyproxy.io"),
    owned("images are built by Tekton without privileges, tested, listed, signed and pushed to the bank's registry", (
        account("builder", "builds"), *role("builder", "builds", {
            "apiGroups": [""], "resources": ["configmaps"], "resourceNames": ["build-settings"], "verbs": ["get"]}),
        inside("tekton.dev/v1:Task", "image", {
            "description": "Builds, lists and signs an image", "params": [{"name": "name", "type": "string"}],
                "workspaces": [
                {"name": "source"}, {"name": "registry", "mountPath": "/registry", "readOnly": True}], "results": [
                    {"name": "digest", "description": "Digest of the image"}],
            "stepTemplate": {"env": [{"name": "HOME", "value": "/var/cache/app"}, {"name": "DOCKER_CONFIG", "value":
                                                                                  "/registry"}], "volumeMounts":
                             SCRATCH_MOUNTS},
            "steps": [step("test", "python/uv", ["uv", "run", "--offline", "pytest", "-q"]),
                      step("build", "buildkit/rootless", [
                          "buildctl", "--addr=tcp://buildkit.builds.svc.cluster.local:1234", "--tlscacert=/tls/ca.crt",
                          "build", "--frontend=dockerfile.v0", "--local=context=.", "--local=dockerfile=.",
                          f"--output=type=image,name={MIRROR}/apps/$(params.name),push=true"]),
                      step("list", "anchore/syft", ["syft", "scan", f"{MIRROR}/apps/$(params.name)", "-o",
                          "spdx-json"]),
                      step("sign", "sigstore/cosign", ["cosign", "sign", "--key=k8s://builds/signer",
                          "--tlog-upload=false",
                                                       "--yes", f"{MIRROR}/apps/$(params.name)"])],
            "volumes": SCRATCH}, "builds"),
        inside("tekton.dev/v1:Pipeline", "release", {
            "params": [{"name": "name"}, {"name": "revision"}], "workspaces": [{"name": "source"},
                {"name": "registry"}],
            "tasks": [{"name": "image", "taskRef": {"kind": "Task", "name": "image"}, "timeout": "30m", "retries": 1,
                       "params": [{"name": "name", "value": "$(params.name)"}], "workspaces": [
                           {"name": "source", "workspace": "source"}, {"name": "registry", "workspace": "registry"}]}],
            "results": [{"name": "digest", "value": "$(tasks.image.results.digest)"}]}, "builds"),
        inside("tekton.dev/v1:PipelineRun", "scores-1-8-0", {
            "pipelineRef": {"name": "release"}, "timeouts": {"pipeline": "1h", "tasks": "50m"}, "params": [
                {"name": "name", "value": "scores"}, {"name": "revision", "value": "v1.8.0"}], "workspaces": [
                    {"name": "source", "volumeClaimTemplate": {"metadata": {"labels": TAGS}, **stored("10Gi")}},
                    {"name": "registry", "secret": {"secretName": "registry"}}],
            "taskRunTemplate": {"serviceAccountName": "builder", "podTemplate": {
                "securityContext": POD, "automountServiceAccountToken": False, "enableServiceLinks": False}}},
                    "builds"),
        k8s("networking.k8s.io/v1:NetworkPolicy", {"metadata": meta("builds", "builds"), "spec": {
            "podSelector": {}, "policyTypes": ["Ingress", "Egress"], "ingress": [], "egress": [*DNS, {
                "to": [{"ipBlock": {"cidr": "10.30.0.0/16"}}], "ports": [{"port": 443, "protocol": "TCP"}]}]}},
                    "network")),
        "tekton.dev/docs/pipelines/security; docs.sigstore.dev/cosign/signing/signing_with_containers", "tekton.dev"),
)  # fmt: skip
