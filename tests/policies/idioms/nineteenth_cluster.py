"""Good idioms of clusters: operators of stores, training, serving, gateways and builds (set 19, blind)."""

from ..blind import TAGS, k8s, meta
from . import Idiom
from .eleventh_charts import CLOSED, SMALL, inside, role, stored
from .eleventh_cluster import DNS, top
from .fifteenth_work import SCRATCH, SCRATCH_MOUNTS
from .sixteenth_stores import APART, LABELS, ZONES, owned, password, reached
from .thirteenth_cluster_access import account
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
    Idiom("apps are offered inside by Envoy Gateway, which asks for tokens and certificates and limits calls", (
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
        top("gateway.networking.k8s.io/v1:GatewayClass", "envoy", {
            "controllerName": "gateway.envoyproxy.io/gatewayclass-controller"}),
        k8s("gateway.networking.k8s.io/v1:Gateway", {"metadata": meta("apps", "gateway"), "spec": {
            "gatewayClassName": "envoy", "infrastructure": {"annotations": {"metallb.io/address-pool": "inner"},
                "labels":
                                                            TAGS}, "listeners": [{
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
        "gateway.envoyproxy.io/docs/tasks/security; gateway.envoyproxy.io/docs/tasks/traffic", ours(
            "gateway.envoyproxy.io", prices=(
            "gateway.envoyproxy.io/v1alpha1:BackendTrafficPolicy::limits",
            "gateway.envoyproxy.io/v1alpha1:ClientTrafficPolicy::apps", "gateway.networking.k8s.io/v1:Gateway::apps",
            "gateway.envoyproxy.io/v1alpha1:SecurityPolicy::limits"))),
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
