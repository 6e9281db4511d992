"""Good programs of clusters: databases, queues of messages, caches and stores (2026-12-03, before any rule ran)."""

from ..blind import TAGS
from . import Idiom, unpriced
from .twentieth_goodb_charts import merged
from .twenty_fifth_good_clusters import account
from .twenty_fourth_good_clusters import USER, named, on_eks
from .twenty_third_azure_charts import POD, chart, closed, listed, made, sized, space

STRIMZI, MINIO = "oci://quay.io/strimzi-helm", "https://operator.min.io"
ROOK, REDIS = "https://charts.rook.io/release", "https://ot-container-kit.github.io/helm-charts"


def known(*groups: str) -> dict[str, object]:
    """Returns the API groups whose controllers the platform team has read."""
    return {"allowed_types": {f"kubernetes:{group}/*": "its operator is read at each upgrade" for group in groups}}


IDIOMS: tuple[Idiom, ...] = (
    Idiom("chart strimzi-kafka-operator: three nodes of KRaft by TLS, users of narrow rights, topics that hold a week",
        (
        space("messages"), closed("messages"),
        chart("strimzi-kafka-operator", STRIMZI, "0.49.0", "messages", {
            "replicas": 2, "watchNamespaces": ["messages"], "watchAnyNamespace": False, "resources":
            sized("200m", "512Mi"), "labels": TAGS, "createGlobalResources": True, "podSecurityContext": POD,
            "securityContext": USER, "generateNetworkPolicy": True}),
        named("kafka.strimzi.io/v1:KafkaNodePool", "dual", "messages", {
            "replicas": 3, "roles": ["controller", "broker"], "resources": sized("1", "8Gi"), "storage": {
                "type": "jbod", "volumes": [{"id": 0, "type": "persistent-claim", "size": "200Gi", "deleteClaim": False,
                                             "class": "sealed-zrs", "kraftMetadata": "shared"}]}, "jvmOptions": {
                "-Xms": "3g", "-Xmx": "3g"}}),
        named("kafka.strimzi.io/v1:Kafka", "bank", "messages", {
            "kafka": {
                "version": "4.1.1", "metadataVersion": "4.1-IV1", "listeners": [
                    {"name": "tls", "port": 9093, "type": "internal", "tls": True, "authentication": {"type": "tls"},
                     "networkPolicyPeers": [{"namespaceSelector": {"matchLabels": {
                         "kubernetes.io/metadata.name": "claims"}}}]}],
                "authorization": {"type": "simple"}, "rack": {"topologyKey": "topology.kubernetes.io/zone"},
                "config": {"default.replication.factor": 3, "min.insync.replicas": 2,
                    "offsets.topic.replication.factor":
                           3, "transaction.state.log.replication.factor": 3, "transaction.state.log.min.isr": 2,
                           "auto.create.topics.enable": False, "log.retention.hours": 168},
                "template": {"pod": {"metadata": {"labels": TAGS}, "securityContext": POD}, "podDisruptionBudget": {
                    "maxUnavailable": 1}}, "metricsConfig": {"type": "strimziMetricsReporter", "values": {
                        "allowList": ["kafka_server.*", "kafka_log.*"]}}},
            "entityOperator": {"topicOperator": {"resources": sized("100m", "512Mi")}, "userOperator": {
                "resources": sized("100m", "512Mi")}}, "clusterCa": {"validityDays": 365, "renewalDays": 60},
            "clientsCa": {"validityDays": 365, "renewalDays": 60}, "maintenanceTimeWindows": ["* * 22-23 ? * FRI *"]}),
        named("kafka.strimzi.io/v1:KafkaTopic", "claims", "messages", {
            "partitions": 12, "replicas": 3, "config": {"retention.ms": 604800000, "min.insync.replicas": 2,
                                                        "cleanup.policy": "delete"}},),
        named("kafka.strimzi.io/v1:KafkaUser", "claims", "messages", {
            "authentication": {"type": "tls"}, "quotas": {"producerByteRate": 10485760, "consumerByteRate": 20971520},
            "authorization": {"type": "simple", "acls": [
                {"resource": {"type": "topic", "name": "claims", "patternType": "literal"}, "operations": [
                    "Read", "Describe"], "host": "*"},
                {"resource": {"type": "group", "name": "claims", "patternType": "literal"},
                    "operations": ["Read"]}]}})),
        "strimzi.io/docs/operators/latest/deploying; strimzi/strimzi-kafka-operator examples/security, as known",
        merged(listed(STRIMZI), unpriced("kubernetes:kafka.strimzi.io/v1:KafkaNodePool::dual-KafkaNodePool",
                                         "kubernetes:kafka.strimzi.io/v1:Kafka::bank-Kafka"))),
    Idiom("Kafka Connect and MirrorMaker: changes of tables reach topics, and topics reach the second site by TLS", (
        space("flows"), closed("flows"),
        named("kafka.strimzi.io/v1:KafkaConnect", "changes", "flows", {
            "version": "4.1.1", "replicas": 2, "bootstrapServers": "bank-kafka-bootstrap.messages.svc:9093",
            "groupId": "changes", "offsetStorageTopic": "changes-offsets", "configStorageTopic": "changes-configs",
            "statusStorageTopic": "changes-status", "image":
                "crbankprod.azurecr.io/connect-debezium@sha256:" + "e" * 64,
            "tls": {"trustedCertificates": [{"secretName": "bank-cluster-ca-cert", "pattern": "*.crt"}]},
            "authentication": {"type": "tls", "certificateAndKey": {
                "secretName": "connect", "certificate": "user.crt", "key": "user.key"}}, "resources": sized("1", "2Gi"),
            "config": {"config.storage.replication.factor": 3, "offset.storage.replication.factor": 3,
                       "status.storage.replication.factor": 3, "config.providers": "secrets",
                       "config.providers.secrets.class": "io.strimzi.kafka.KubernetesSecretConfigProvider"},
            "template": {"pod": {"metadata": {"labels": TAGS}, "securityContext": POD}, "connectContainer": {
                "securityContext": USER}}}, annotations={"strimzi.io/use-connector-resources": "true"}),
        made("kafka.strimzi.io/v1:KafkaConnector", {"metadata": {
            "name": "orders", "namespace": "flows", "labels": {**TAGS, "strimzi.io/cluster": "changes"}}, "spec": {
            "class": "io.debezium.connector.postgresql.PostgresConnector", "tasksMax": 1, "autoRestart": {
                "enabled": True, "maxRestarts": 5}, "config": {
                "database.hostname": "orders-rw.shop.svc", "database.port": "5432", "database.dbname": "orders",
                "database.user": "${secrets:flows/orders-db:username}", "database.password":
                "${secrets:flows/orders-db:password}", "database.sslmode": "verify-full", "database.sslrootcert":
                "/mnt/bank-ca/ca.crt", "topic.prefix": "orders", "plugin.name": "pgoutput", "snapshot.mode": "initial",
                "table.include.list": "public.orders,public.lines"}}}, "orders"),
        named("kafka.strimzi.io/v1:KafkaMirrorMaker2", "second-site", "flows", {
            "version": "4.1.1", "replicas": 2, "target": {
                "alias": "auh", "bootstrapServers": "kafka.auh.bank.ae:9093", "groupId": "mirror", "offsetStorageTopic":
                "mirror-offsets", "configStorageTopic": "mirror-configs", "statusStorageTopic": "mirror-status",
                    "tls": {
                    "trustedCertificates": [{"secretName": "auh-ca", "pattern": "*.crt"}]}, "authentication": {
                    "type": "tls", "certificateAndKey": {"secretName": "mirror-auh", "certificate": "user.crt", "key":
                                                         "user.key"}}},
            "mirrors": [{"source": {
                "alias": "dxb", "bootstrapServers": "bank-kafka-bootstrap.messages.svc:9093", "tls": {
                    "trustedCertificates": [{"secretName": "bank-cluster-ca-cert", "pattern": "*.crt"}]},
                "authentication": {"type": "tls", "certificateAndKey": {
                    "secretName": "mirror-dxb", "certificate": "user.crt", "key": "user.key"}}}, "sourceConnector": {
                    "tasksMax": 4, "config": {"replication.factor": 3, "sync.topic.acls.enabled": "false"}},
                "checkpointConnector": {"config": {"sync.group.offsets.enabled": "true"}}, "topicsPattern":
                "claims|orders\\..*", "groupsPattern": "claims"}], "resources": sized("1", "2Gi")})),
        "strimzi.io/docs/operators/latest/deploying (KafkaConnect, MirrorMaker 2); debezium.io/documentation/reference/"
        "stable/operations/kubernetes, as known", merged(listed(escape={
            "allowed_types": {"kubernetes:kafka.strimzi.io/*": "flows of the data team, read by it"}}), unpriced(
            "kubernetes:kafka.strimzi.io/v1:KafkaConnect::changes-KafkaConnect",
            "kubernetes:kafka.strimzi.io/v1:KafkaMirrorMaker2::second-site-KafkaMirrorMaker2"))),
    Idiom("CloudNativePG: three instances, copies by the Barman plugin with the role of the pod, and a copy to read",
        on_eks(
        space("shop"), closed("shop"),
        named("barmancloud.cnpg.io/v1:ObjectStore", "backups", "shop", {
            "retentionPolicy": "35d", "configuration": {
                "destinationPath": "s3://bank-pg-backups/shop", "s3Credentials": {"inheritFromIAMRole": True}, "wal": {
                    "compression": "zstd", "encryption": "aws:kms", "maxParallel": 4}, "data": {
                        "encryption": "aws:kms", "immediateCheckpoint": False}}, "instanceSidecarConfiguration": {
                "retentionPolicyIntervalSeconds": 3600, "resources": sized("100m", "256Mi")}}),
        named("postgresql.cnpg.io/v1:ImageCatalog", "bank", "shop", {"images": [
            {"major": 17, "image": "123456789012.dkr.ecr.me-central-1.amazonaws.com/postgresql@sha256:" + "c" * 64}]}),
        named("postgresql.cnpg.io/v1:Cluster", "shop", "shop", {
            "instances": 3, "imageCatalogRef": {"apiGroup": "postgresql.cnpg.io", "kind": "ImageCatalog",
                "name": "bank",
                                                "major": 17}, "primaryUpdateStrategy": "unsupervised",
            "enableSuperuserAccess": False, "enablePDB": True, "storage": {"size": "100Gi",
                "storageClass": "gp3-sealed"},
            "walStorage": {"size": "20Gi", "storageClass": "gp3-sealed"}, "postgresql": {
                "parameters": {"ssl_min_protocol_version": "TLSv1.3", "log_connections": "on", "pgaudit.log":
                               "ddl, role", "max_connections": "200", "shared_buffers": "2GB"}, "pg_hba": [
                    "hostssl all all 10.0.0.0/8 scram-sha-256"], "synchronous": {
                        "method": "any", "number": 1, "dataDurability": "required"}},
            "bootstrap": {"initdb": {"database": "shop", "owner": "shop", "dataChecksums": True, "encoding": "UTF8"}},
            "plugins": [{"name": "barman-cloud.cloudnative-pg.io", "isWALArchiver": True, "parameters": {
                "barmanObjectName": "backups"}}], "affinity": {
                "enablePodAntiAffinity": True, "podAntiAffinityType": "required", "topologyKey":
                "topology.kubernetes.io/zone"}, "resources": sized("2", "8Gi"), "serviceAccountTemplate": {
                "metadata": {"annotations": {"eks.amazonaws.com/role-arn":
                                             "arn:aws:iam::123456789012:role/pg-backups"}}}, "monitoring": {
                "enablePodMonitor": True, "tls": {"enabled": True}}, "managed": {"roles": [{
                    "name": "reports", "ensure": "present", "login": True, "superuser": False, "inRoles": [
                        "pg_read_all_data"], "connectionLimit": 10, "passwordSecret": {"name": "reports"}}]}}),
        named("postgresql.cnpg.io/v1:Database", "orders", "shop", {
            "name": "orders", "owner": "shop", "cluster": {"name": "shop"}, "databaseReclaimPolicy": "retain",
            "extensions": [{"name": "vector", "ensure": "present"}]}),
        named("postgresql.cnpg.io/v1:ScheduledBackup", "nightly", "shop", {
            "schedule": "0 0 22 * * *", "backupOwnerReference": "self", "method": "plugin", "pluginConfiguration": {
                "name": "barman-cloud.cloudnative-pg.io"}, "cluster": {"name": "shop"}}),
        named("postgresql.cnpg.io/v1:Pooler", "shop-rw", "shop", {
            "cluster": {"name": "shop"}, "instances": 2, "type": "rw", "pgbouncer": {
                "poolMode": "transaction", "parameters": {"max_client_conn": "1000", "default_pool_size": "20"}}})),
        "cloudnative-pg.io/plugin-barman-cloud/docs/usage; cloudnative-pg.io/documentation/current/declarative_role_"
        "management, as known", merged(listed(), merged(unpriced(
            "kubernetes:postgresql.cnpg.io/v1:Cluster::shop-Cluster",
            "kubernetes:postgresql.cnpg.io/v1:Pooler::shop-rw-Pooler"), {
                "residency": {"known": {"bank-pg-backups": "our own bucket, in me-central-1"}}}))),
    Idiom("chart operator of MinIO: a tenant of four servers seals buckets by KES and Vault, and knows pods by OIDC", (
        space("minio-operator"), space("objects"), closed("objects"),
        chart("operator", MINIO, "7.1.1", "minio-operator", {"operator": {
            "replicaCount": 2, "resources": sized("200m", "256Mi"), "env": [
                {"name": "OPERATOR_STS_ENABLED", "value": "on"}, {"name": "MINIO_OPERATOR_TLS_ENABLE",
                    "value": "on"}]}}),
        account("objects", "objects"),
        named("minio.min.io/v2:Tenant", "objects", "objects", {
            "image": "crbankprod.azurecr.io/minio@sha256:" + "b" * 64, "requestAutoCert": False, "externalCertSecret": [
                {"name": "objects-tls", "type": "cert-manager.io/v1"}], "externalCaCertSecret": [
                {"name": "bank-ca", "type": "Opaque"}], "configuration": {"name": "objects-env"}, "serviceAccountName":
            "objects", "podManagementPolicy": "Parallel", "features": {"bucketDNS": False, "enableSFTP": False},
            "exposeServices": {"minio": False, "console": False}, "prometheusOperator": True, "pools": [{
                "name": "pool-0", "servers": 4, "volumesPerServer": 4, "volumeClaimTemplate": {
                    "apiVersion": "v1", "kind": "persistentvolumeclaims", "metadata": {"name": "data", "labels": TAGS},
                    "spec": {"accessModes": ["ReadWriteOnce"], "storageClassName": "sealed-local", "resources": {
                        "requests": {"storage": "500Gi"}}}}, "resources": sized("4", "16Gi"), "securityContext": POD,
                "containerSecurityContext": USER, "labels": TAGS}],
            "kes": {"image": "crbankprod.azurecr.io/kes@sha256:" + "b" * 64, "replicas": 2, "kesSecret": {
                "name": "kes-config"}, "keyName": "objects", "securityContext": POD, "containerSecurityContext": USER,
                "resources": sized("200m", "256Mi")}, "buckets": [{"name": "features", "objectLock": True}]}),
        made("sts.min.io/v1beta1:PolicyBinding", {"metadata": {"name": "features", "namespace": "objects", "labels":
            TAGS}, "spec": {"application": {"namespace": "training", "serviceaccount": "trainer"}, "policies": [
                "features-readonly"]}}, "binding")),
        "minio/operator docs/tenant_crd.adoc; examples/kustomization/tenant-kes-encryption; docs/sts.md, as known",
        merged(listed(MINIO, escape=known("minio.min.io", "sts.min.io")), unpriced(
            "kubernetes:minio.min.io/v2:Tenant::objects-Tenant",
            "kubernetes:sts.min.io/v1beta1:PolicyBinding::binding")), charts=("operator",)),
    Idiom("chart redis-operator: a sentinel of three and a replication by TLS with a password of the vault", (
        space("ot-operators"), space("sessions"), closed("sessions"),
        chart("redis-operator", REDIS, "0.22.2", "ot-operators", {
            "redisOperator": {"watchNamespace": "sessions", "webhook": False, "metrics": {"enabled": True}},
            "resources": sized("100m", "256Mi"), "replicas": 1, "securityContext": USER, "podSecurityContext": POD}),
        named("redis.redis.opstreelabs.in/v1beta2:RedisReplication", "sessions", "sessions", {
            "clusterSize": 3, "kubernetesConfig": {
                "image": "crbankprod.azurecr.io/redis@sha256:" + "b" * 64, "imagePullPolicy": "IfNotPresent",
                "redisSecret": {"name": "sessions", "key": "password"}, "resources": sized("250m", "2Gi")},
            "TLS": {"ca": "ca.crt", "cert": "tls.crt", "key": "tls.key", "secret": {"secretName": "sessions-tls"}},
            "storage": {"keepAfterDelete": False, "volumeClaimTemplate": {"metadata": {"labels": TAGS}, "spec": {
                "accessModes": ["ReadWriteOnce"], "storageClassName": "sealed-zrs", "resources": {"requests": {
                    "storage": "8Gi"}}}}}, "podSecurityContext": POD, "securityContext": USER, "redisExporter": {
                "enabled": True, "image": "crbankprod.azurecr.io/redis-exporter@sha256:" + "b" * 64, "resources":
                sized("20m", "64Mi")}}),
        named("redis.redis.opstreelabs.in/v1beta2:RedisSentinel", "sessions", "sessions", {
            "clusterSize": 3, "kubernetesConfig": {
                "image": "crbankprod.azurecr.io/redis-sentinel@sha256:" + "b" * 64, "resources": sized("50m", "128Mi")},
            "TLS": {"ca": "ca.crt", "cert": "tls.crt", "key": "tls.key", "secret": {"secretName": "sessions-tls"}},
            "redisSentinelConfig": {"redisReplicationName": "sessions", "masterGroupName": "main", "quorum": "2",
                                    "redisReplicationPassword": {"secretKeyRef": {"name": "sessions", "key":
                                                                                  "password"}}},
            "podSecurityContext": POD, "securityContext": USER})),
        "OT-CONTAINER-KIT/redis-operator example/v1beta2/tls_enabled; redis-operator.opstree.dev/docs, as known",
        merged(listed(REDIS, escape=known("redis.redis.opstreelabs.in")), unpriced(
            "kubernetes:redis.redis.opstreelabs.in/v1beta2:RedisReplication::sessions-RedisReplication",
            "kubernetes:redis.redis.opstreelabs.in/v1beta2:RedisSentinel::sessions-RedisSentinel")),
        charts=("redis-operator",)),
    Idiom("chart rook-ceph: nodes of the data centre share sealed disks, traffic is sealed, pools keep three copies", (
        space("rook-ceph", "privileged"),
        chart("rook-ceph", ROOK, "v1.18.7", "rook-ceph", {
            "crds": {"enabled": True}, "resources": sized("200m", "512Mi"), "csi": {
                "enableRbdDriver": True, "enableCephfsDriver": False, "provisionerReplicas": 2}, "monitoring": {
                    "enabled": True}, "enableDiscoveryDaemon": False, "currentNamespaceOnly": True}),
        named("ceph.rook.io/v1:CephCluster", "dc1", "rook-ceph", {
            "cephVersion": {"image": "quay.io/ceph/ceph:v19.2.3@sha256:" + "9" * 64, "allowUnsupported": False},
            "dataDirHostPath": "/var/lib/rook", "mon": {"count": 3, "allowMultiplePerNode": False}, "mgr": {
                "count": 2, "allowMultiplePerNode": False}, "dashboard": {"enabled": True, "ssl": True}, "network": {
                "connections": {"encryption": {"enabled": True}, "requireMsgr2": True}}, "storage": {
                "useAllNodes": False, "useAllDevices": False, "config": {"encryptedDevice": "true"}, "nodes": [
                    {"name": f"store-{n}", "deviceFilter": "^nvme[1-4]n1$"} for n in (1, 2, 3)]},
            "security": {"kms": {"connectionDetails": {
                "KMS_PROVIDER": "vault", "VAULT_ADDR": "https://vault.bank.ae:8200", "VAULT_BACKEND_PATH": "rook",
                "VAULT_SECRET_ENGINE": "kv", "VAULT_AUTH_METHOD": "kubernetes", "VAULT_AUTH_KUBERNETES_ROLE":
                "rook-ceph"}}, "keyRotation": {"enabled": True, "schedule": "@monthly"}},
            "disruptionManagement": {"managePodBudgets": True}, "crashCollector": {"disable": False,
                "daysToRetain": 14},
            "resources": {"mon": sized("500m", "2Gi"), "osd": sized("1", "5Gi"), "mgr": sized("500m", "1Gi")},
            "cleanupPolicy": {"confirmation": "", "sanitizeDisks": {"method": "complete", "dataSource": "zero"}}}),
        named("ceph.rook.io/v1:CephBlockPool", "copies", "rook-ceph", {
            "failureDomain": "host", "replicated": {"size": 3, "requireSafeReplicaSize": True}, "parameters": {
                "compression_mode": "passive"}}),
        made("storage.k8s.io/v1:StorageClass", {
            "metadata": {"name": "ceph-sealed", "labels": TAGS}, "provisioner": "rook-ceph.rbd.csi.ceph.com",
            "reclaimPolicy": "Retain", "allowVolumeExpansion": True, "volumeBindingMode": "WaitForFirstConsumer",
            "parameters": {
                "clusterID": "rook-ceph", "pool": "copies", "imageFormat": "2", "imageFeatures": "layering",
                "encrypted": "true", "encryptionKMSID": "vault", "csi.storage.k8s.io/fstype": "ext4",
                **{f"csi.storage.k8s.io/{step}-secret-{part}": value for step, name in (
                    ("provisioner", "rook-csi-rbd-provisioner"), ("controller-expand", "rook-csi-rbd-provisioner"),
                    ("node-stage", "rook-csi-rbd-node")) for part, value in (("name", name), ("namespace",
                                                                                             "rook-ceph"))}}},
                                        "class")),
        "rook.io/docs/rook/latest-release/CRDs/Cluster/ceph-cluster-crd; .../Storage-Configuration/Advanced/"
        "key-management-system, as known", merged(listed(ROOK, escape=known("ceph.rook.io"),
            kubernetes={"privileged_namespaces": {
            "rook-ceph": "its daemons work on disks of nodes"}}), unpriced(
                "kubernetes:ceph.rook.io/v1:CephCluster::dc1-CephCluster")), charts=("rook-ceph",)),
)  # fmt: skip
