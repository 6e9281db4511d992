"""Good idioms of on-premises clusters: objects of operators of stores, brokers and observability (set 20, blind)."""

from ..blind import TAGS, k8s
from .eleventh_charts import CLOSED, inside, stored
from .sixteenth_stores import APART, LABELS, ZONES, owned, password, reached
from .twelfth_charts import LARGE, MIRROR, POD, image
from .twentieth_goodb_charts import certificate, namespace

OPTIONAL = {"requests": {"cpu": "2", "memory": "8Gi"}, "limits": {"cpu": "4", "memory": "8Gi"}}
COLLECTOR = {
    "receivers": {"otlp": {"protocols": {
        kind: {"endpoint": f"${{env:POD_IP}}:{port}", "tls": {
            "cert_file": "/tls/tls.crt", "key_file": "/tls/tls.key", "min_version": "1.2"}}
        for kind, port in (("grpc", 4317), ("http", 4318))}}},
    "processors": {"memory_limiter": {"check_interval": "1s", "limit_percentage": 75, "spike_limit_percentage": 15},
                   "batch": {"send_batch_size": 8192, "timeout": "5s"}, "attributes/personal": {"actions": [
                       {"key": "user.email", "action": "delete"}, {"key": "card.number", "action": "hash"}]},
                   "tail_sampling": {"decision_wait": "10s", "policies": [
                       {"name": "errors", "type": "status_code", "status_code": {"status_codes": ["ERROR"]}},
                       {"name": "share", "type": "probabilistic", "probabilistic": {"sampling_percentage": 10}}]}},
    "exporters": {"otlp": {"endpoint": "tempo-distributor.tempo.svc:4317", "headers": {"X-Scope-OrgID": "payments"},
                           "tls": {"insecure": False, "ca_file": "/tls/ca.crt"}, "sending_queue": {
                               "enabled": True, "queue_size": 5000}, "retry_on_failure": {"enabled": True}}},
    "extensions": {"health_check": {"endpoint": "${env:POD_IP}:13133"}},
    "service": {"extensions": ["health_check"], "telemetry": {"logs": {"encoding": "json"}}, "pipelines": {"traces": {
        "receivers": ["otlp"], "processors": ["memory_limiter", "attributes/personal", "tail_sampling", "batch"],
        "exporters": ["otlp"]}}}}  # fmt: skip


IDIOMS = (
    owned("cards lie in PostgreSQL of CloudNativePG whose copy in the other site follows by certificates", (
        password("cards-s3", "cards", "key", "secret"),
        *namespace("cards"),
        inside("postgresql.cnpg.io/v1:Cluster", "cards", {
            "instances": 3, "imageName": image("cloudnative-pg/postgresql"), "enableSuperuserAccess": False,
            "description": "Cards, site of Abu Dhabi", "primaryUpdateStrategy": "supervised", "postgresql": {
                "parameters": {"max_connections": "200", "shared_buffers": "2GB", "wal_keep_size": "2GB",
                    "log_statement":
                               "ddl", "pgaudit.log": "write,ddl", "pgaudit.log_catalog": "off", "archive_timeout":
                               "5min", "wal_level": "logical", "max_slot_wal_keep_size": "10GB", "ssl_min_protocol_"
                               "version": "TLSv1.2"},
                "synchronous": {"method": "any", "number": 1}, "pg_hba": [
                    "hostssl cards cards 10.0.0.0/8 scram-sha-256"]},
            "bootstrap": {"initdb": {"database": "cards", "owner": "cards", "dataChecksums": True, "walSegmentSize": 32,
                                     "postInitApplicationSQL": ["CREATE EXTENSION pgcrypto"]}},
            "storage": {"storageClass": "encrypted", "size": "100Gi"}, "walStorage": {
                "storageClass": "encrypted", "size": "20Gi"}, "resources": OPTIONAL, "affinity": {
                    "enablePodAntiAffinity": True, "podAntiAffinityType": "required", "topologyKey":
                    "kubernetes.io/hostname", "nodeSelector": {"tier": "store"}},
            "replica": {"primary": "cards", "source": "cards-dubai", "self": "cards"}, "externalClusters": [{
                "name": "cards-dubai", "connectionParameters": {
                    "host": "cards-rw.dubai.bank.ae", "user": "streaming_replica", "sslmode": "verify-full", "dbname":
                    "postgres"}, "sslKey": {"name": "cards-dubai-replication", "key": "tls.key"}, "sslCert": {
                        "name": "cards-dubai-replication", "key": "tls.crt"}, "sslRootCert": {
                            "name": "bank-authority", "key": "ca.crt"}}],
            "backup": {"retentionPolicy": "30d", "target": "prefer-standby", "volumeSnapshot": {
                "className": "encrypted", "online": True, "snapshotOwnerReference": "backup"}},
            "inheritedMetadata": {"labels": LABELS}, "monitoring": {"enablePodMonitor": True},
                "nodeMaintenanceWindow": {
                "inProgress": False, "reusePVC": True}}, "cards"),
        inside("postgresql.cnpg.io/v1:ScheduledBackup", "cards", {
            "schedule": "0 30 20 * * *", "method": "volumeSnapshot", "cluster": {"name": "cards"},
            "backupOwnerReference": "cluster"}, "cards"),
        inside("postgresql.cnpg.io/v1:Database", "limits", {
            "name": "limits", "owner": "cards", "cluster": {"name": "cards"}, "databaseReclaimPolicy": "retain",
            "ensure": "present", "extensions": [{"name": "pg_stat_statements", "ensure": "present"}]}, "cards"),
        reached("cards", "cards", {"cnpg.io/cluster": "cards"}, 5432, "payments")),
        "cloudnative-pg.io/documentation/current/replica_cluster; .../declarative_database_management, as known",
        "postgresql.cnpg.io"),
    owned("orders wait in RabbitMQ of three pods by TLS alone, whose queues and users are objects", (
        *namespace("orders"), certificate("orders", "orders", "*.orders-nodes.orders.svc.cluster.local"),
        inside("rabbitmq.com/v1beta1:RabbitmqCluster", "orders", {
            "replicas": 3, "image": image("rabbitmq/rabbitmq"), "service": {"type": "ClusterIP"}, "resources": LARGE,
            "persistence": {"storageClassName": "encrypted", "storage": "20Gi"}, "affinity": APART, "tls": {
                "secretName": "orders-tls", "caSecretName": "bank-authority", "disableNonTLSListeners": True},
            "rabbitmq": {"additionalPlugins": ["rabbitmq_peer_discovery_k8s", "rabbitmq_prometheus"],
                "additionalConfig":
                "cluster_partition_handling = pause_minority\nvm_memory_high_watermark_paging_ratio = 0.99\n"
                "disk_free_limit.relative = 1.0\ncollect_statistics_interval = 10000\n"
                "ssl_options.verify = verify_peer\n"
                "ssl_options.fail_if_no_peer_cert = true\nssl_options.versions.1 = tlsv1.3\n"
                "ssl_options.versions.2 = tlsv1.2\ndefault_queue_type = quorum\nlog.console.formatter = json\n"},
            "terminationGracePeriodSeconds": 604800, "skipPostDeploySteps": False, "override": {"statefulSet": {
                "spec": {"template": {"metadata": {"labels": LABELS}, "spec": {
                    "topologySpreadConstraints": ZONES, "containers": []}}}}}}, "orders"),
        inside("rabbitmq.com/v1beta1:Vhost", "shop", {
            "name": "shop", "defaultQueueType": "quorum", "deletionPolicy": "retain", "rabbitmqClusterReference": {
                "name": "orders"}}, "orders"),
        inside("rabbitmq.com/v1beta1:Queue", "placed", {
            "name": "placed", "vhost": "shop", "type": "quorum", "durable": True, "autoDelete": False,
            "deletionPolicy": "retain", "arguments": {"x-dead-letter-exchange": "failed", "x-delivery-limit": 10},
            "rabbitmqClusterReference": {"name": "orders"}}, "orders"),
        inside("rabbitmq.com/v1beta1:Policy", "lengths", {
            "name": "lengths", "vhost": "shop", "pattern": "^.*$", "applyTo": "quorum_queues", "priority": 1,
            "definition": {"max-length": 100000, "overflow": "reject-publish"}, "rabbitmqClusterReference": {
                "name": "orders"}}, "orders"),
        inside("rabbitmq.com/v1beta1:User", "shop", {
            "tags": [], "importCredentialsSecret": {"name": "shop-user"}, "rabbitmqClusterReference": {"name":
                "orders"}},
            "orders"),
        inside("rabbitmq.com/v1beta1:Permission", "shop", {
            "vhost": "shop", "userReference": {"name": "shop"}, "permissions": {
                "configure": "", "read": "^placed$", "write": "^(placed|failed)$"}, "rabbitmqClusterReference": {
                    "name": "orders"}}, "orders"),
        reached("orders", "orders", {"app.kubernetes.io/name": "orders"}, 5671, "shop")),
        "rabbitmq/cluster-operator, docs/examples/production-ready; rabbitmq.com/kubernetes/operator, as known",
        "rabbitmq.com"),
    owned("records of apps lie in Elasticsearch of hot and warm nodes, and staff see them in Kibana", (
        *namespace("elastic"),
        inside("elasticsearch.k8s.elastic.co/v1:Elasticsearch", "records", {
            "version": "9.2.0", "image": image("elasticsearch/elasticsearch"), "volumeClaimDeletePolicy":
            "DeleteOnScaledownOnly", "http": {"service": {"spec": {"type": "ClusterIP"}}, "tls": {
                "certificate": {"secretName": "records-tls"}}}, "secureSettings": [{"secretName": "records-s3"}],
            "updateStrategy": {"changeBudget": {"maxSurge": 1, "maxUnavailable": 1}}, "auth": {
                "roles": [{"secretName": "records-roles"}], "disableElasticUser": True}, "nodeSets": [{
                "name": name, "count": count, "config": {
                    "node.roles": roles, "node.store.allow_mmap": False, "xpack.security.audit.enabled": True,
                    "cluster.routing.allocation.awareness."
                    "attributes": "k8s_node_name,zone", "ingest.geoip.downloader.enabled": False},
                "podTemplate": {"metadata": {"labels": LABELS}, "spec": {
                    "automountServiceAccountToken": False, "affinity": APART, "topologySpreadConstraints": ZONES,
                    "securityContext": POD, "containers": [{"name": "elasticsearch", "resources": OPTIONAL,
                                                            "securityContext": {**CLOSED}}]}},
                "volumeClaimTemplates": [{"metadata": {"name": "elasticsearch-data", "labels": TAGS}, **stored(size)}]}
                for name, count, roles, size in (
                    ("hot", 3, ["master", "data_hot", "data_content", "ingest"], "200Gi"),
                    ("warm", 2, ["data_warm"], "500Gi"))]}, "elastic"),
        inside("kibana.k8s.elastic.co/v1:Kibana", "records", {
            "version": "9.2.0", "image": image("kibana/kibana"), "count": 2, "elasticsearchRef": {"name": "records"},
            "http": {"tls": {"certificate": {"secretName": "kibana-tls"}}}, "secureSettings": [
                {"secretName": "kibana-keys"}], "config": {
                "server.publicBaseUrl": "https://records.bank.ae", "telemetry.optIn": False,
                "telemetry.allowChangingOptInStatus": False, "xpack.fleet.enabled": False,
                "xpack.security.session.idleTimeout": "1h", "xpack.security.session.lifespan": "8h",
                "xpack.security.audit.enabled": True, "server.securityResponseHeaders.strictTransportSecurity":
                "max-age=31536000", "newsfeed.enabled": False, "map.includeElasticMapsService": False}, "podTemplate": {
                    "metadata": {"labels": TAGS}, "spec": {"automountServiceAccountToken": False, "securityContext":
                        POD,
                        "containers": [{"name": "kibana", "resources": LARGE, "securityContext": CLOSED}]}}},
                            "elastic"),
        reached("records", "elastic", {"elasticsearch.k8s.elastic.co/cluster-name": "records"}, 9200, "logging")),
        "elastic.co/docs/deploy-manage/deploy/cloud-on-k8s, elasticsearch and kibana configuration, as known on "
        "2026-11-30", "elasticsearch.k8s.elastic.co", "kibana.k8s.elastic.co"),
    owned("disks and buckets of the site come from Ceph of Rook, sealed at rest and on the wire", (
        inside("ceph.rook.io/v1:CephCluster", "site", {
            "cephVersion": {"image": f"{MIRROR}/ceph/ceph:v19.2.3", "allowUnsupported": False}, "dataDirHostPath":
            "/var/lib/rook", "skipUpgradeChecks": False, "continueUpgradeAfterChecksEvenIfNotHealthy": False,
            "upgradeOSDRequiresHealthyPGs": True, "mon": {"count": 3, "allowMultiplePerNode": False}, "mgr": {
                "count": 2, "allowMultiplePerNode": False, "modules": [{"name": "rook", "enabled": True}]},
            "dashboard": {"enabled": True, "ssl": True}, "monitoring": {"enabled": True, "metricsDisabled": False},
            "network": {"connections": {"encryption": {"enabled": True}, "compression": {"enabled": False},
                                        "requireMsgr2": True}}, "crashCollector": {"disable": False},
            "logCollector": {"enabled": True, "periodicity": "daily", "maxLogSize": "500M"}, "cleanupPolicy": {
                "confirmation": "", "allowUninstallWithVolumes": False}, "removeOSDsIfOutAndSafeToRemove": False,
            "priorityClassNames": {"mon": "platform", "osd": "platform", "mgr": "platform"}, "storage": {
                "useAllNodes": False, "useAllDevices": False, "config": {"encryptedDevice": "true"}, "nodes": [
                    {"name": f"store-{index}", "devices": [{"name": "/dev/disk/by-id/nvme-1"}]} for index in (1, 2, 3)],
                "onlyApplyOSDPlacement": False}, "security": {"kms": {
                    "connectionDetails": {"KMS_PROVIDER": "vault", "VAULT_ADDR": "https://vault.bank.ae:8200",
                                          "VAULT_BACKEND_PATH": "rook", "VAULT_SECRET_ENGINE": "kv",
                                          "VAULT_AUTH_METHOD": "kubernetes", "VAULT_AUTH_KUBERNETES_ROLE": "rook",
                                          "VAULT_CACERT": "bank-authority"}}, "keyRotation": {
                        "enabled": True, "schedule": "@monthly"}},
            "resources": {"osd": OPTIONAL, "mon": LARGE, "mgr": LARGE}, "disruptionManagement": {
                "managePodBudgets": True, "osdMaintenanceTimeout": 30}}, "rook-ceph"),
        inside("ceph.rook.io/v1:CephBlockPool", "disks", {
            "failureDomain": "host", "replicated": {"size": 3, "requireSafeReplicaSize": True}, "deviceClass": "nvme",
            "enableRBDStats": True}, "rook-ceph"),
        inside("ceph.rook.io/v1:CephObjectStore", "buckets", {
            "metadataPool": {"failureDomain": "host", "replicated": {"size": 3}}, "dataPool": {
                "failureDomain": "host", "erasureCoded": {"dataChunks": 2, "codingChunks": 1}},
            "preservePoolsOnDelete": True, "gateway": {"securePort": 443, "sslCertificateRef": "objects-tls",
                                                       "instances": 2, "priorityClassName": "platform", "resources":
                                                       LARGE}, "hosting": {"dnsNames": ["objects.bank.ae"]},
            "protocols": {"swift": {"urlPrefix": "swift"}, "enableAPIs": ["s3", "s3website"]}}, "rook-ceph"),
        inside("ceph.rook.io/v1:CephObjectStoreUser", "backups", {
            "store": "buckets", "displayName": "Backups", "quotas": {"maxBuckets": 2, "maxSize": "2Ti"},
                "capabilities": {
                "user": "read"}}, "rook-ceph"),
        k8s("storage.k8s.io/v1:StorageClass", {
            "metadata": {"name": "ceph-encrypted", "labels": TAGS}, "provisioner": "rook-ceph.rbd.csi.ceph.com",
            "reclaimPolicy": "Retain", "allowVolumeExpansion": True, "parameters": {
                "clusterID": "rook-ceph", "pool": "disks", "imageFormat": "2", "imageFeatures": "layering", "encrypted":
                "true", "encryptionKMSID": "vault", "csi.storage.k8s.io/fstype": "ext4",
                **{f"csi.storage.k8s.io/{step}-secret-{part}": value for step, secret in (
                    ("provisioner", "rook-csi-rbd-provisioner"), ("controller-expand", "rook-csi-rbd-provisioner"),
                    ("node-stage", "rook-csi-rbd-node")) for part, value in (
                        ("name", secret), ("namespace", "rook-ceph"))}}}, "class")),
        "rook.io/docs/rook/latest-release/CRDs/Cluster/ceph-cluster-crd; .../Storage-Configuration/Advanced/key-"
        "management-system, as known on 2026-11-30", "ceph.rook.io", kubernetes={"privileged_namespaces": {
            "rook-ceph": "its daemons own the disks of the nodes"}}),
    owned("changes of the ledger reach Kafka by Connect of Strimzi, and the other site by MirrorMaker", (
        inside("kafka.strimzi.io/v1:KafkaConnect", "changes", {
            "version": "4.1.1", "replicas": 3, "image": image("streams/connect-debezium"), "bootstrapServers":
            "trades-kafka-bootstrap.kafka.svc:9093", "groupId": "changes", "configStorageTopic": "changes-configs",
            "offsetStorageTopic": "changes-offsets", "statusStorageTopic": "changes-status", "tls": {
                "trustedCertificates": [{"secretName": "trades-cluster-ca-cert", "pattern": "*.crt"}]},
            "authentication": {"type": "tls", "certificateAndKey": {"secretName": "changes", "certificate": "user.crt",
                                                                    "key": "user.key"}},
            "config": {"config.storage.replication.factor": 3, "offset.storage.replication.factor": 3,
                       "status.storage.replication.factor": 3, "key.converter":
                       "org.apache.kafka.connect.json.JsonConverter", "config.providers": "secrets",
                       "config.providers.secrets.class": "io.strimzi.kafka.KubernetesSecretConfigProvider",
                       "connector.client.config.override.policy": "None"}, "resources": LARGE, "rack": {
                           "topologyKey": "topology.kubernetes.io/zone"}, "logging": {"type": "inline", "loggers": {
                               "rootLogger.level": "INFO"}}, "template": {"pod": {
                                   "metadata": {"labels": LABELS}, "securityContext": POD}, "connectContainer": {
                                       "securityContext": CLOSED}}, "jvmOptions": {"-Xms": "2g", "-Xmx": "2g"}},
            "kafka", annotations={"strimzi.io/use-connector-resources": "true"}),
        inside("kafka.strimzi.io/v1:KafkaConnector", "ledger", {
            "class": "io.debezium.connector.postgresql.PostgresConnector", "tasksMax": 1, "autoRestart": {
                "enabled": True, "maxRestarts": 10}, "state": "running", "config": {
                "database.hostname": "ledger-rw.ledger.svc", "database.port": 5432, "database.user":
                "${secrets:kafka/ledger-reader:user}", "database.password": "${secrets:kafka/ledger-reader:password}",
                "database.dbname": "ledger", "database.sslmode": "verify-full", "database.sslrootcert": "/ca/ca.crt",
                "plugin.name": "pgoutput", "slot.name": "ledger", "publication.name": "ledger",
                "publication.autocreate.mode": "disabled", "topic.prefix": "ledger", "table.include.list":
                "public.entries,public.accounts", "column.mask.hash.SHA-256.with.salt.bank": "public.accounts.iban",
                "snapshot.mode": "initial", "heartbeat.interval.ms": 10000, "tombstones.on.delete": True}}, "kafka",
            labels={**TAGS, "strimzi.io/cluster": "changes"}),
        inside("kafka.strimzi.io/v1:KafkaMirrorMaker2", "dubai", {
            "version": "4.1.1", "replicas": 2, "target": {
                "alias": "dubai", "bootstrapServers": "kafka.dubai.bank.ae:9093", "groupId": "dubai",
                "configStorageTopic": "mm2-configs", "offsetStorageTopic": "mm2-offsets", "statusStorageTopic":
                "mm2-status", "tls": {"trustedCertificates": [{"secretName": "bank-authority", "pattern": "*.crt"}]},
                "authentication": {"type": "tls", "certificateAndKey": {
                    "secretName": "mirror", "certificate": "user.crt", "key": "user.key"}}},
            "mirrors": [{"source": {
                "alias": "dc1", "bootstrapServers": "trades-kafka-bootstrap.kafka.svc:9093", "tls": {
                    "trustedCertificates": [{"secretName": "trades-cluster-ca-cert", "pattern": "*.crt"}]},
                "authentication": {"type": "tls", "certificateAndKey": {
                    "secretName": "mirror", "certificate": "user.crt", "key": "user.key"}}},
                "topicsPattern": "ledger\\..*", "groupsPattern": "reports-.*", "sourceConnector": {
                    "tasksMax": 4, "config": {"replication.factor": 3, "sync.topic.acls.enabled": False,
                                              "offset-syncs.topic.replication.factor": 3}},
                "checkpointConnector": {"config": {"sync.group.offsets.enabled": True, "checkpoints.topic.replication."
                                                   "factor": 3}}}], "resources": LARGE}, "kafka")),
        "strimzi.io/docs/operators/latest/deploying, Kafka Connect and MirrorMaker 2; debezium.io/documentation, "
        "PostgreSQL connector, as known on 2026-11-30", "kafka.strimzi.io"),
)  # fmt: skip
