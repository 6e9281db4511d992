"""Good idioms of clusters: databases, brokers, stores and secrets by operators (thirteenth set, blind)."""

from ..blind import KEY, ME, TAGS
from . import Idiom
from .eleventh_charts import CLOSED, SMALL, inside, stored
from .thirteenth_cluster_access import READ, account, everywhere, wide
from .twelfth_charts import LARGE, LOGIN, MIRROR, POD, image, ours

CNPG, BARMAN = "postgresql.cnpg.io/v1", "barmancloud.cnpg.io/v1"
CRUNCHY = "postgres-operator.crunchydata.com/v1beta1"
PSMDB, TIDB = "psmdb.percona.com/v1", "pingcap.com/v1alpha1"
STRIMZI, REDIS = "kafka.strimzi.io/v1", "redis.redis.opstreelabs.in/v1beta2"
LOKI, TEMPO, OTEL = "loki.grafana.com/v1", "tempo.grafana.com/v1alpha1", "opentelemetry.io/v1beta1"
NODE = {"version": "3.9.2", "replicas": 3, "resources": LARGE}
CLAIM = stored("50Gi")["spec"]
GRAFANA = {
    "metadata": {"labels": TAGS},
    "spec": {
        "securityContext": POD,
        "volumes": [{"name": name, "secret": {"secretName": name}} for name in ("grafana-tls", "grafana-oidc")],
        "containers": [
            {
                "name": "grafana",
                "resources": SMALL,
                "securityContext": CLOSED,
                "volumeMounts": [
                    {"name": name, "mountPath": f"/etc/{name}", "readOnly": True}
                    for name in ("grafana-tls", "grafana-oidc")
                ],
            }
        ],
    },
}


def secret(name: str, key: str) -> dict[str, object]:
    """Returns a reference to a key of a secret."""
    return {"name": name, "key": key}


IDIOMS: tuple[Idiom, ...] = (
    Idiom("claims lie in CloudNativePG with an archive by the plug-in of Barman and a pool of connections", (
        inside(f"{BARMAN}:ObjectStore", "claims", {
            "retentionPolicy": "30d", "configuration": {
                "destinationPath": "s3://bank-backups/claims", "s3Credentials": {"inheritFromIAMRole": True},
                "wal": {"compression": "gzip", "encryption": "aws:kms", "maxParallel": 4},
                "data": {"compression": "gzip", "encryption": "aws:kms", "jobs": 2}},
            "instanceSidecarConfiguration": {"resources": SMALL, "env": [
                {"name": "AWS_REGION", "value": "me-central-1"}]}}, "data"),
        inside(f"{CNPG}:Cluster", "claims", {
            "instances": 3, "imageName": image("cloudnative-pg/postgresql"), "primaryUpdateStrategy": "unsupervised",
            "inheritedMetadata": {"labels": TAGS}, "enableSuperuserAccess": False, "enablePDB": True,
            "storage": {"size": "50Gi", "storageClass": "encrypted"},
            "walStorage": {"size": "10Gi", "storageClass": "encrypted"}, "resources": LARGE,
            "bootstrap": {"initdb": {"database": "claims", "owner": "claims", "dataChecksums": True}},
            "postgresql": {"parameters": {"ssl_min_protocol_version": "TLSv1.2", "log_connections": "on",
                                          "password_encryption": "scram-sha-256"},
                           "pg_hba": ["hostssl claims claims 10.40.0.0/16 scram-sha-256"],
                           "synchronous": {"method": "any", "number": 1}},
            "certificates": {"serverTLSSecret": "claims-tls", "serverCASecret": "claims-ca"},
            "affinity": {"enablePodAntiAffinity": True, "topologyKey": "topology.kubernetes.io/zone",
                         "podAntiAffinityType": "required"},
            "serviceAccountTemplate": {"metadata": {"annotations": {
                "eks.amazonaws.com/role-arn": f"arn:aws:iam::{ME}:role/claims-archive"}}},
            "plugins": [{"name": "barman-cloud.cloudnative-pg.io", "isWALArchiver": True,
                         "parameters": {"barmanObjectName": "claims"}}]}, "data"),
        inside(f"{CNPG}:ScheduledBackup", "claims", {
            "schedule": "0 0 1 * * *", "cluster": {"name": "claims"}, "method": "plugin",
            "backupOwnerReference": "self", "pluginConfiguration": {"name": "barman-cloud.cloudnative-pg.io"}}, "data"),
        inside(f"{CNPG}:Pooler", "claims-rw", {
            "cluster": {"name": "claims"}, "instances": 2, "type": "rw", "pgbouncer": {
                "poolMode": "transaction", "parameters": {"max_client_conn": "400", "default_pool_size": "20"}},
            "template": {"metadata": {"labels": TAGS}, "spec": {"securityContext": POD, "containers": [{
                "name": "pgbouncer", "image": image("cloudnative-pg/pgbouncer"), "resources": SMALL,
                "securityContext": CLOSED}]}}}, "data")),
        "cloudnative-pg.io/plugin-barman-cloud/docs/usage", ours("barmancloud.cnpg.io", prices=(
            f"{CNPG}:Cluster::claims", f"{CNPG}:Pooler::claims-rw"))),
    Idiom("a cluster of Crunchy's PostgreSQL has a repository of encrypted copies in the bucket", (inside(
        f"{CRUNCHY}:PostgresCluster", "scores", {
            "postgresVersion": 17, "image": image("crunchydata/crunchy-postgres"), "metadata": {"labels": TAGS},
            "customTLSSecret": {"name": "scores-tls"}, "customReplicationTLSSecret": {"name": "scores-replication"},
            "instances": [{"name": "pg", "replicas": 2, "resources": LARGE, "dataVolumeClaimSpec": CLAIM}],
            "users": [{"name": "scores", "databases": ["scores"], "options": "NOSUPERUSER"}],
            "patroni": {"dynamicConfiguration": {"synchronous_mode": True, "postgresql": {
                "parameters": {"ssl_min_protocol_version": "TLSv1.2", "log_connections": "on"},
                "pg_hba": ["hostssl all all all scram-sha-256"]}}},
            "backups": {"pgbackrest": {
                "image": image("crunchydata/crunchy-pgbackrest"), "configuration": [
                    {"secret": {"name": "scores-backups"}}],
                "global": {"repo1-path": "/scores", "repo1-retention-full": "14", "repo1-retention-full-type": "time",
                           "repo1-cipher-type": "aes-256-cbc"},
                "repos": [{"name": "repo1", "schedules": {"full": "0 1 * * 0", "incremental": "0 1 * * 1-6"},
                           "s3": {"bucket": "bank-backups", "region": "me-central-1",
                                  "endpoint": "s3.me-central-1.amazonaws.com"}}]}}}, "data"),),
        "access.crunchydata.com/documentation/postgres-operator/latest/tutorials/backups-disaster-recovery", ours(
            "postgres-operator.crunchydata.com", prices=(f"{CRUNCHY}:PostgresCluster::scores",))),
    Idiom("documents lie in MongoDB of Percona's operator with TLS required and its files encrypted", (inside(
        f"{PSMDB}:PerconaServerMongoDB", "documents", {
            "crVersion": "1.21.0", "image": image("percona/mongodb"), "updateStrategy": "SmartUpdate",
            "tls": {"mode": "requireTLS", "allowInvalidCertificates": False},
            "upgradeOptions": {"apply": "disabled", "setFCV": False},
            "secrets": {"users": "documents-users", "encryptionKey": "documents-key", "ssl": "documents-tls",
                        "sslInternal": "documents-tls-internal"},
            "unsafeFlags": {"tls": False, "replsetSize": False, "mongosSize": False},
            "replsets": [{
                "name": "rs0", "size": 3, "labels": TAGS, "resources": LARGE, "expose": {"enabled": False},
                "affinity": {"antiAffinityTopologyKey": "kubernetes.io/hostname"}, "podSecurityContext": POD,
                "containerSecurityContext": CLOSED, "podDisruptionBudget": {"maxUnavailable": 1},
                "configuration": "security:\n  enableEncryption: true\nauditLog:\n  destination: file\n",
                "volumeSpec": {"persistentVolumeClaim": CLAIM}}],
            "sharding": {"enabled": False}, "backup": {
                "enabled": True, "image": image("percona/backup-mongodb"), "resources": SMALL,
                "storages": {"s3": {"type": "s3", "s3": {
                    "bucket": "bank-backups", "prefix": "documents", "region": "me-central-1",
                    "credentialsSecret": "documents-backups", "insecureSkipTLSVerify": False,
                    "serverSideEncryption": {"sseAlgorithm": "aws:kms", "kmsKeyID": KEY}}}},
                "pitr": {"enabled": True, "oplogSpanMin": 10},
                "tasks": [{"name": "nightly", "enabled": True, "schedule": "0 1 * * *", "storageName": "s3",
                           "retention": {"count": 14, "type": "count", "deleteFromStorage": True}}]}}, "data"),),
        "docs.percona.com/percona-operator-for-mongodb/operator", ours(
            "psmdb.percona.com", prices=(f"{PSMDB}:PerconaServerMongoDB::documents",))),
    Idiom("rows of many apps lie in TiDB with TLS between its parts and to its clients", (inside(
        f"{TIDB}:TidbCluster", "ledger", {
            "version": "v8.5.3", "timezone": "Asia/Dubai", "pvReclaimPolicy": "Retain", "labels": TAGS,
            "enableDynamicConfiguration": True, "enablePVReclaim": False, "tlsCluster": {"enabled": True},
            "configUpdateStrategy": "RollingUpdate", "podSecurityContext": POD,
            "pd": {"baseImage": f"{MIRROR}/pingcap/pd", "replicas": 3, "storageClassName": "encrypted",
                   "requests": {"cpu": "1", "memory": "2Gi", "storage": "10Gi"}, "limits": {"memory": "2Gi"}},
            "tikv": {"baseImage": f"{MIRROR}/pingcap/tikv", "replicas": 3, "storageClassName": "encrypted",
                     "requests": {"cpu": "2", "memory": "8Gi", "storage": "100Gi"}, "limits": {"memory": "8Gi"},
                     "config": {"security": {"redact-info-log": True}}},
            "tidb": {"baseImage": f"{MIRROR}/pingcap/tidb", "replicas": 2, "tlsClient": {"enabled": True},
                     "service": {"type": "ClusterIP"}, "requests": {"cpu": "1", "memory": "4Gi"},
                     "limits": {"memory": "4Gi"}, "config":
                     '[security]\nrequire-secure-transport = true\ntls-version = "TLSv1.2"\n'}}, "data"),),
        "docs.pingcap.com/tidb-in-kubernetes/stable/enable-tls-between-components", ours(
            "pingcap.com", prices=(f"{TIDB}:TidbCluster::ledger",))),
    Idiom("events run through Kafka without ZooKeeper, each client by its certificate and its topics", (
        inside(f"{STRIMZI}:KafkaNodePool", "brokers", {
            "replicas": 3, "roles": ["controller", "broker"], "resources": LARGE, "storage": {
                "type": "jbod", "volumes": [{"id": 0, "type": "persistent-claim", "size": "100Gi", "class": "encrypted",
                                             "deleteClaim": False, "kraftMetadata": "shared"}]},
            "template": {"pod": {"metadata": {"labels": TAGS}, "securityContext": POD}}}, "data",
            labels={**TAGS, "strimzi.io/cluster": "events"}),
        inside(f"{STRIMZI}:Kafka", "events", {
            "kafka": {"version": "4.1.0", "metadataVersion": "4.1-IV1", "authorization": {
                "type": "simple", "superUsers": ["CN=platform"]},
                "listeners": [{"name": "tls", "port": 9093, "type": "internal", "tls": True,
                               "authentication": {"type": "tls"}}],
                "config": {"default.replication.factor": 3, "min.insync.replicas": 2,
                           "auto.create.topics.enable": False, "offsets.topic.replication.factor": 3,
                           "ssl.enabled.protocols": "TLSv1.3"},
                "rack": {"topologyKey": "topology.kubernetes.io/zone"}},
            "entityOperator": {"topicOperator": {"resources": SMALL}, "userOperator": {"resources": SMALL}},
            "clusterCa": {"generateCertificateAuthority": True, "validityDays": 365, "renewalDays": 60}}, "data"),
        inside(f"{STRIMZI}:KafkaTopic", "claims", {
            "partitions": 12, "replicas": 3, "config": {"retention.ms": 259200000, "min.insync.replicas": 2}}, "data",
            labels={**TAGS, "strimzi.io/cluster": "events"}),
        inside(f"{STRIMZI}:KafkaUser", "triage", {
            "authentication": {"type": "tls"}, "quotas": {"consumerByteRate": 10485760},
            "authorization": {"type": "simple", "acls": [
                {"resource": {"type": "topic", "name": "claims", "patternType": "literal"}, "host": "*",
                 "operations": ["Read", "Describe"]},
                {"resource": {"type": "group", "name": "triage", "patternType": "literal"}, "operations": ["Read"]}]}},
            "data", labels={**TAGS, "strimzi.io/cluster": "events"})),
        "strimzi.io/docs/operators/latest/deploying", ours(
            prices=(f"{STRIMZI}:KafkaNodePool::brokers", f"{STRIMZI}:Kafka::events"))),
    Idiom("sessions are cached by Redis of its operator with a password, TLS and rules of users", (inside(
        f"{REDIS}:RedisReplication", "sessions", {
            "clusterSize": 3, "kubernetesConfig": {
                "image": image("opstree/redis"), "imagePullPolicy": "IfNotPresent", "resources": SMALL,
                "redisSecret": secret("sessions", "password"), "service": {"serviceType": "ClusterIP"}},
            "TLS": {"ca": "ca.crt", "cert": "tls.crt", "key": "tls.key", "secret": {"secretName": "sessions-tls"}},
            "acl": {"secret": {"secretName": "sessions-acl"}}, "podSecurityContext": POD, "securityContext": CLOSED,
            "redisExporter": {"enabled": True, "image": image("opstree/redis-exporter"), "resources": SMALL},
            "storage": {"volumeClaimTemplate": {"metadata": {"labels": TAGS}, **stored("10Gi")}}}, "data"),),
        "redis-operator.opstree.dev/docs/configuration", ours(
            "redis.redis.opstreelabs.in", prices=(f"{REDIS}:RedisReplication::sessions",))),
    Idiom("buckets of teams are served by Rook's object store over TLS alone", (
        inside("ceph.rook.io/v1:CephObjectStore", "objects", {
            "metadataPool": {"failureDomain": "host", "replicated": {"size": 3, "requireSafeReplicaSize": True}},
            "dataPool": {"failureDomain": "host", "erasureCoded": {"dataChunks": 4, "codingChunks": 2}},
            "preservePoolsOnDelete": True, "gateway": {
                "securePort": 443, "sslCertificateRef": "objects-tls", "instances": 2, "resources": LARGE,
                "labels": TAGS, "priorityClassName": "platform"}}, "rook-ceph"),
        inside("ceph.rook.io/v1:CephObjectStoreUser", "models", {
            "store": "objects", "displayName": "Models", "quotas": {"maxBuckets": 5, "maxSize": "2Ti"},
            "capabilities": {"bucket": "read"}}, "rook-ceph")),
        "rook.io/docs/rook/latest/CRDs/Object-Storage/ceph-object-store-crd", ours(
            "ceph.rook.io", prices=("ceph.rook.io/v1:CephObjectStore::objects",))),
    Idiom("logs of tenants lie in the stack of Loki, each behind the bank's sign-in", (inside(
        f"{LOKI}:LokiStack", "logs", {
            "size": "1x.small", "managementState": "Managed", "storageClassName": "encrypted", "storage": {
                "schemas": [{"version": "v13", "effectiveDate": "2026-01-01"}],
                "secret": {"name": "logs-bucket", "type": "s3", "credentialMode": "token"},
                "tls": {"caName": "bank-authority", "caKey": "ca.crt"}},
            "limits": {"global": {"retention": {"days": 90}, "queries": {"queryTimeout": "3m"},
                                  "ingestion": {"ingestionRate": 8, "ingestionBurstSize": 16}}},
            "replication": {"factor": 2, "zones": [{"maxSkew": 1, "topologyKey": "topology.kubernetes.io/zone"}]},
            "tenants": {"mode": "static", "authentication": [{
                "tenantName": "risk", "tenantId": "risk", "oidc": {
                    "issuerURL": LOGIN, "secret": {"name": "logs-risk"}, "usernameClaim": "preferred_username",
                    "groupClaim": "groups"}}],
                "authorization": {
                    "roles": [{"name": "risk-read", "permissions": ["read"], "resources": ["logs"],
                               "tenants": ["risk"]}],
                    "roleBindings": [{"name": "risk-read", "roles": ["risk-read"], "subjects": [
                        {"kind": "group", "name": "risk-developers"}]}]}}}, "logging"),),
        "loki-operator.dev/docs/api.md", ours(prices=(f"{LOKI}:LokiStack::logs",))),
    Idiom("a collector takes spans over TLS, hides what is personal and passes them to Tempo", (
        account("collector", "tracing"),
        wide("collector", {"apiGroups": [""], "resources": ["pods", "namespaces"], "verbs": READ},
             {"apiGroups": ["apps"], "resources": ["replicasets"], "verbs": READ}),
        everywhere("collector", "tracing"),
        inside(f"{TEMPO}:TempoStack", "spans", {
            "storageSize": "100Gi", "storageClassName": "encrypted", "replicationFactor": 3,
            "retention": {"global": {"traces": "336h"}}, "storage": {
                "secret": {"name": "spans-bucket", "type": "s3", "credentialMode": "token"}},
            "resources": {"total": {"limits": {"cpu": "8", "memory": "16Gi"}}}, "template": {
                "distributor": {"tls": {"enabled": True, "certName": "spans-tls", "caName": "bank-authority",
                                        "minVersion": "1.3"}},
                "queryFrontend": {"jaegerQuery": {"enabled": False}}}}, "tracing"),
        inside(f"{OTEL}:OpenTelemetryCollector", "spans", {
            "mode": "deployment", "replicas": 2, "image": image("otel/collector-contrib"), "serviceAccount":
            "collector", "resources": LARGE, "securityContext": CLOSED, "podSecurityContext": POD,
            "upgradeStrategy": "none", "volumes": [{"name": "tls", "secret": {"secretName": "collector-tls"}}],
            "volumeMounts": [{"name": "tls", "mountPath": "/tls", "readOnly": True}],
            "config": {
                "receivers": {"otlp": {"protocols": {"grpc": {"endpoint": "${env:MY_POD_IP}:4317", "tls": {
                    "cert_file": "/tls/tls.crt", "key_file": "/tls/tls.key", "client_ca_file": "/tls/ca.crt",
                    "min_version": "1.3"}}}}},
                "processors": {
                    "memory_limiter": {"check_interval": "1s", "limit_percentage": 80, "spike_limit_percentage": 20},
                    "k8sattributes": {"auth_type": "serviceAccount"},
                    "attributes": {"actions": [{"key": "enduser.id", "action": "hash"},
                                               {"key": "http.request.header.authorization", "action": "delete"}]},
                    "batch": {"send_batch_size": 1000}},
                "exporters": {"otlp": {"endpoint": "tempo-spans-distributor.tracing.svc.cluster.local:4317", "tls": {
                    "insecure": False, "ca_file": "/tls/ca.crt", "cert_file": "/tls/tls.crt",
                    "key_file": "/tls/tls.key"}}},
                "service": {"pipelines": {"traces": {
                    "receivers": ["otlp"], "exporters": ["otlp"],
                    "processors": ["memory_limiter", "k8sattributes", "attributes", "batch"]}}}}}, "tracing")),
        "opentelemetry.io/docs/security/config-best-practices", ours(
            prices=(f"{OTEL}:OpenTelemetryCollector::spans", f"{TEMPO}:TempoStack::spans"))),
    Idiom("an app has a password of the database for an hour by the operator of Vault's secrets", (
        inside("secrets.hashicorp.com/v1beta1:VaultConnection", "bank", {
            "address": "https://vault.bank.ae:8200", "caCertSecretRef": "bank-authority", "skipTLSVerify": False}),
        inside("secrets.hashicorp.com/v1beta1:VaultAuth", "claims", {
            "vaultConnectionRef": "bank", "method": "kubernetes", "mount": "dc1", "namespace": "platform",
            "kubernetes": {"role": "claims", "serviceAccount": "app", "audiences": ["vault"],
                           "tokenExpirationSeconds": 600}}),
        inside("secrets.hashicorp.com/v1beta1:VaultDynamicSecret", "claims-db", {
            "vaultAuthRef": "claims", "mount": "database", "path": "creds/claims-app", "namespace": "platform",
            "renewalPercent": 67, "revoke": True, "destination": {"name": "claims-db", "create": True},
            "rolloutRestartTargets": [{"kind": "Deployment", "name": "claims"}]})),
        "developer.hashicorp.com/vault/docs/deploy/kubernetes/vso/api-reference", ours("secrets.hashicorp.com")),
    Idiom("dashboards are Grafana's by its operator: sign-in of the bank, roles of groups, sources over TLS", (
        inside("grafana.integreatly.org/v1beta1:Grafana", "platform", {
            "version": image("grafana/grafana"), "disableDefaultAdminSecret": True,
            "deployment": {"spec": {"replicas": 2, "template": GRAFANA}}, "config": {
                "server": {"root_url": "https://dashboards.bank.ae", "protocol": "https",
                           "cert_file": "/etc/grafana-tls/tls.crt", "cert_key": "/etc/grafana-tls/tls.key"},
                "analytics": {"reporting_enabled": "false", "check_for_updates": "false"},
                "auth": {"disable_login_form": "true", "oauth_allow_insecure_email_lookup": "false"},
                "auth.anonymous": {"enabled": "false"}, "users": {"allow_sign_up": "false"},
                "security": {"cookie_secure": "true", "strict_transport_security": "true"},
                "auth.generic_oauth": {
                    "enabled": "true", "client_id": "grafana", "scopes": "openid profile groups", "use_pkce": "true",
                    "client_secret": "$__file{/etc/grafana-oidc/client-secret}",
                    "auth_url": f"{LOGIN}/protocol/openid-connect/auth", "tls_skip_verify_insecure": "false",
                    "token_url": f"{LOGIN}/protocol/openid-connect/token",
                    "role_attribute_path": "contains(groups[*], 'platform') && 'Editor' || 'Viewer'"}}}, "monitoring"),
        inside("grafana.integreatly.org/v1beta1:GrafanaDatasource", "metrics", {
            "instanceSelector": {"matchLabels": {"dashboards": "platform"}}, "datasource": {
                "name": "metrics", "type": "prometheus", "access": "proxy", "isDefault": True,
                "url": "https://prometheus.monitoring.svc.cluster.local:9090", "editable": False,
                "jsonData": {"tlsAuthWithCACert": True, "tlsSkipVerify": False, "httpMethod": "POST"},
                "secureJsonData": {"tlsCACert": "${CA}"}},
            "valuesFrom": [{"targetPath": "secureJsonData.tlsCACert", "valueFrom": {
                "secretKeyRef": secret("bank-authority", "ca.crt")}}]}, "monitoring")),
        "grafana.github.io/grafana-operator/docs/api", ours(
            prices=("grafana.integreatly.org/v1beta1:Grafana::platform",))),
)  # fmt: skip
