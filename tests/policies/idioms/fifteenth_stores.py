"""Good idioms of clusters: stores of data by operators that no other idiom has (set 15, blind)."""

from ..blind import TAGS
from . import Idiom
from .eleventh_charts import CLOSED, SMALL, inside, secret_variable, stored
from .twelfth_charts import LARGE, POD, image, ours

PERCONA, COCKROACH, SCYLLA = "pgv2.percona.com/v2", "crdb.cockroachlabs.com/v1alpha1", "scylla.scylladb.com/v1"
COUCHBASE, SOLR, STARROCKS = "couchbase.com/v2", "solr.apache.org/v1beta1", "starrocks.com/v1"
HAZELCAST, INFINISPAN, REDIS = "hazelcast.com/v1alpha1", "infinispan.org/v1", "app.redislabs.com/v1"
VITESS, APICURIO, DEBEZIUM = "planetscale.com/v2", "registry.apicur.io/v1", "debezium.io/v1alpha1"
R = "me-central-1"
ALONE = {"podAntiAffinity": {"requiredDuringSchedulingIgnoredDuringExecution": [
    {"topologyKey": "kubernetes.io/hostname", "labelSelector": {"matchLabels": {"app": "store"}}}]}}  # fmt: skip
BACKREST = {
    "image": image("percona/percona-pgbackrest"), "global": {
        "repo1-path": "/risk", "repo1-retention-full": "14", "repo1-s3-key-type": "web-id", "repo1-cipher-type":
        "aes-256-cbc"},
    "configuration": [{"secret": {"name": "risk-pgbackrest-cipher"}}],
    "repos": [{"name": "repo1", "schedules": {"full": "0 22 * * 6", "differential": "0 22 * * 1-5"}, "s3": {
        "bucket": "bank-backups", "endpoint": f"s3.{R}.amazonaws.com", "region": R}}]}  # fmt: skip

IDIOMS: tuple[Idiom, ...] = (
    Idiom("limits lie in PostgreSQL of Percona's operator, by TLS alone, pooled and copied", (inside(
        f"{PERCONA}:PerconaPGCluster", "risk", {
            "crVersion": "2.8.0", "image": image("percona/percona-distribution-postgresql"), "postgresVersion": 17,
            "tlsOnly": True, "imagePullPolicy": "IfNotPresent", "secrets": {
                "customTLSSecret": {"name": "risk-tls"}, "customReplicationTLSSecret": {"name": "risk-replication"}},
            "users": [{"name": "limits", "databases": ["limits"]}],
            "metadata": {"labels": TAGS}, "instances": [{
                "name": "data", "replicas": 3, "resources": LARGE, "securityContext": POD, "dataVolumeClaimSpec":
                stored("100Gi")["spec"], "affinity": ALONE, "metadata": {"labels": TAGS}}],
            "patroni": {"dynamicConfiguration": {"synchronous_mode": True, "postgresql": {"parameters": {
                "ssl_min_protocol_version": "TLSv1.2", "log_connections": "on"}}}},
            "proxy": {"pgBouncer": {"replicas": 2, "image": image("percona/percona-pgbouncer"), "resources": SMALL,
                                    "metadata": {"labels": TAGS}, "config": {"global": {"pool_mode": "transaction"}}}},
            "backups": {"pgbackrest": BACKREST}}, "data"),),
        "docs.percona.com/percona-operator-for-postgresql/latest/operator.html", ours(
            "pgv2.percona.com", prices=(f"{PERCONA}:PerconaPGCluster::risk",))),
    Idiom("payments lie in CockroachDB of five pods that know each other by certificates", (inside(
        f"{COCKROACH}:CrdbCluster", "payments", {
            "image": {"name": image("cockroachdb/cockroach")}, "nodes": 5, "tlsEnabled": True, "nodeTLSSecret":
            "payments-node", "clientTLSSecret": "payments-client", "resources": LARGE, "minAvailable": 4,
            "dataStore": {"pvc": stored("200Gi")}, "additionalLabels": TAGS, "affinity": ALONE,
            "logConfigMap": "payments-logging", "terminationGracePeriodSecs": 300}, "data"),),
        "github.com/cockroachdb/cockroach-operator, examples/example.yaml", ours(
            "crdb.cockroachlabs.com", prices=(f"{COCKROACH}:CrdbCluster::payments",))),
    Idiom("clicks lie in ScyllaDB of three racks, repaired weekly and copied daily", (inside(
        f"{SCYLLA}:ScyllaCluster", "clicks", {
            "version": "2025.3.3", "repository": "registry.bank.ae/scylladb/scylla", "agentVersion": "3.6.0",
            "agentRepository": "registry.bank.ae/scylladb/scylla-manager-agent", "developerMode": False,
            "scyllaArgs": "--authenticator PasswordAuthenticator --authorizer CassandraAuthorizer", "podMetadata": {
                "labels": TAGS},
            "datacenter": {"name": "auh", "racks": [{
                "name": f"rack-{n}", "members": 1, "storage": {"capacity": "200Gi", "storageClassName": "encrypted"},
                "resources": LARGE, "agentResources": SMALL, "scyllaConfig": "clicks-config",
                "placement": {"nodeAffinity": {"requiredDuringSchedulingIgnoredDuringExecution": {
                    "nodeSelectorTerms": [{"matchExpressions": [{
                        "key": "topology.kubernetes.io/zone", "operator": "In", "values": [f"zone-{n}"]}]}]}}}}
                for n in (1, 2, 3)]},
            "repairs": [{"name": "weekly", "cron": "0 20 * * 6", "intensity": "1"}],
            "backups": [{"name": "daily", "cron": "0 22 * * *", "location": ["s3:bank-backups"], "retention": 14}]},
            "data"),),
        "operator.docs.scylladb.com/stable/api-reference/groups/scylla.scylladb.com/scyllaclusters.html", ours(
            "scylla.scylladb.com", prices=(f"{SCYLLA}:ScyllaCluster::clicks",))),
    Idiom("sessions lie in Couchbase whose nodes and clients show certificates, with a bucket in three copies", (
        inside(f"{COUCHBASE}:CouchbaseCluster", "sessions", {
            "image": image("couchbase/server"), "antiAffinity": True, "hibernate": False, "security": {
                "adminSecret": "sessions-admin", "podSecurityContext": POD, "rbac": {"managed": True, "selector": {
                    "matchLabels": {"cluster": "sessions"}}}},
            "networking": {"tls": {
                "tlsMinimumVersion": "TLS1.2", "nodeToNodeEncryption": "Strict", "clientCertificatePolicy": "mandatory",
                "clientCertificatePaths": [{"path": "subject.cn"}], "secretSource": {
                    "serverSecretName": "sessions-tls", "clientSecretName": "sessions-operator-tls"}}},
            "buckets": {"managed": True, "selector": {"matchLabels": {"cluster": "sessions"}}},
            "cluster": {"dataServiceMemoryQuota": "2Gi", "indexServiceMemoryQuota": "512Mi", "autoFailoverTimeout":
                        "60s"},
            "servers": [{"name": "data", "size": 3, "services": ["data", "index", "query"], "resources": LARGE,
                         "volumeMounts": {"default": "data", "data": "data"}, "pod": {"metadata": {"labels": TAGS}}}],
            "volumeClaimTemplates": [{"metadata": {"name": "data", "labels": TAGS}, **stored("100Gi")}]}, "data"),
        inside(f"{COUCHBASE}:CouchbaseBucket", "sessions", {
            "memoryQuota": "1Gi", "replicas": 2, "ioPriority": "high", "evictionPolicy": "fullEviction",
            "conflictResolution": "seqno", "enableFlush": False, "minimumDurability": "majority"}, "data")),
        "docs.couchbase.com/operator/current/concept-tls.html", ours("couchbase.com", prices=(
            f"{COUCHBASE}:CouchbaseCluster::sessions", f"{COUCHBASE}:CouchbaseBucket::sessions"))),
    Idiom("papers are searched in Solr of three pods that ask both sides for certificates", (inside(
        f"{SOLR}:SolrCloud", "papers", {
            "replicas": 3, "solrImage": {"repository": "registry.bank.ae/solr", "tag": f"9.9.0@sha256:{'b' * 64}"},
            "solrJavaMem": "-Xms2g -Xmx2g", "solrTLS": {
                "pkcs12Secret": {"name": "papers-tls", "key": "keystore.p12"}, "keyStorePasswordSecret": {
                    "name": "papers-tls-password", "key": "password"}, "clientAuth": "Need", "verifyClientHostname":
                True, "checkPeerName": True, "restartOnTLSSecretUpdate": True},
            "solrClientTLS": {"pkcs12Secret": {"name": "papers-client-tls", "key": "keystore.p12"},
                              "keyStorePasswordSecret": {"name": "papers-tls-password", "key": "password"}},
            "solrSecurity": {"authenticationType": "Basic", "basicAuthSecret": "papers-operator", "probesRequireAuth":
                             True, "bootstrapSecurityJson": {"name": "papers-security", "key": "security.json"}},
            "zookeeperRef": {"provided": {"replicas": 3, "image": {
                "repository": "registry.bank.ae/pravega/zookeeper", "tag": f"0.2.15@sha256:{'b' * 64}"},
                "persistence": {"reclaimPolicy": "Retain", "spec": stored("10Gi")["spec"]},
                "zookeeperPodPolicy": {"resources": SMALL, "labels": TAGS}}},
            "dataStorage": {"persistent": {"reclaimPolicy": "Retain", "pvcTemplate": stored("50Gi")}},
            "backupRepositories": [{"name": "nightly", "s3": {"region": R, "bucket": "bank-backups"}}],
            "customSolrKubeOptions": {"podOptions": {"resources": LARGE, "podSecurityContext": POD, "labels": TAGS,
                                                     "containerSecurityContext": CLOSED}},
            "solrAddressability": {"commonServicePort": 443, "podPort": 8983}}, "search"),),
        "apache.github.io/solr-operator/docs/solr-cloud/solr-cloud-crd", ours(
            "solr.apache.org", prices=(f"{SOLR}:SolrCloud::papers",))),
    Idiom("figures are counted in StarRocks whose passwords lie in a secret, reached inside the cluster", (inside(
        f"{STARROCKS}:StarRocksCluster", "figures", {
            "starRocksFeSpec": {
                "image": image("starrocks/fe-ubuntu"), "replicas": 3, **LARGE, "podLabels": TAGS, "service": {
                    "type": "ClusterIP"}, "runAsNonRoot": True, "feEnvVars": [
                        secret_variable("MYSQL_PWD", "figures-root", "password")],
                "storageVolumes": [{"name": "fe-meta", "mountPath": "/opt/starrocks/fe/meta", "storageSize": "20Gi",
                                    "storageClassName": "encrypted"}],
                "configMapInfo": {"configMapName": "figures-fe", "resolveKey": "fe.conf"}, "secrets": [
                    {"name": "figures-tls", "mountPath": "/etc/starrocks/tls"}]},
            "starRocksBeSpec": {
                "image": image("starrocks/be-ubuntu"), "replicas": 3, **LARGE, "podLabels": TAGS, "runAsNonRoot": True,
                "storageVolumes": [{"name": "be-data", "mountPath": "/opt/starrocks/be/storage", "storageSize":
                                    "200Gi", "storageClassName": "encrypted"}]}}, "data"),),
        "docs.starrocks.io/docs/deployment/sr_operator; StarRocks/starrocks-kubernetes-operator", ours(
            "starrocks.com", prices=(f"{STARROCKS}:StarRocksCluster::figures",))),
    Idiom("rates are cached in Hazelcast over mutual TLS, kept on disk, and no program is loaded from outside", (inside(
        f"{HAZELCAST}:Hazelcast", "rates", {
            "clusterSize": 3, "repository": "registry.bank.ae/hazelcast/hazelcast-enterprise", "version": "5.5.6",
            "licenseKeySecretName": "hazelcast-licence", "resources": LARGE, "labels": TAGS, "tls": {
                "secretName": "rates-tls", "mutualAuthentication": "Required"},
            "persistence": {"baseDir": "/data/hot-restart", "clusterDataRecoveryPolicy": "FullRecoveryOnly", "pvc": {
                "accessModes": ["ReadWriteOnce"], "requestStorage": "20Gi", "storageClassName": "encrypted"}},
            "highAvailabilityMode": "NODE", "userCodeDeployment": {"clientEnabled": False}, "jet": {
                "enabled": False, "resourceUploadEnabled": False}}, "data"),
        inside(f"{HAZELCAST}:Map", "rates", {
            "hazelcastResourceName": "rates", "name": "rates", "backupCount": 1, "timeToLiveSeconds": 300,
            "eviction": {"evictionPolicy": "LRU", "maxSizePolicy": "USED_HEAP_PERCENTAGE", "maxSize": 60}}, "data")),
        "docs.hazelcast.com/operator/latest/tls", ours("hazelcast.com", prices=(
            f"{HAZELCAST}:Hazelcast::rates", f"{HAZELCAST}:Map::rates"))),
    Idiom("tokens of sign-ins are cached in Infinispan for those with roles, whose pods show certificates", (inside(
        f"{INFINISPAN}:Infinispan", "tokens", {
            "replicas": 3, "version": "15.2.5", "image": image("infinispan/server"), "container": {
                "cpu": "1:500m", "memory": "2Gi:2Gi"},
            "service": {"type": "DataGrid", "container": {"storage": "10Gi", "storageClassName": "encrypted"}},
            "security": {"authorization": {"enabled": True, "roles": [
                {"name": "reader", "permissions": ["READ", "BULK_READ"]}]}, "endpointAuthentication": True,
                "endpointSecretName": "tokens-users", "endpointEncryption": {
                    "type": "Secret", "certSecretName": "tokens-tls", "clientCert": "Validate",
                    "clientCertSecretName": "tokens-clients"}},
            "affinity": ALONE, "logging": {"categories": {"org.infinispan": "info"}}}, "sign-in", ),),
        "infinispan.org/docs/infinispan-operator/main/operator.html", ours(
            "infinispan.org", prices=(f"{INFINISPAN}:Infinispan::tokens",))),
    Idiom("limits of calls are counted in Redis Enterprise of three nodes, by TLS and with copies", (
        inside(f"{REDIS}:RedisEnterpriseCluster", "rec", {
            "nodes": 3, "redisEnterpriseNodeResources": LARGE, "persistentSpec": {
                "enabled": True, "storageClassName": "encrypted", "volumeSize": "50Gi"},
            "redisEnterpriseImageSpec": {"repository": "registry.bank.ae/redislabs/redis", "versionTag": "7.22.2-22",
                                         "imagePullPolicy": "IfNotPresent"},
            "uiServiceType": "ClusterIP", "clusterCredentialSecretName": "rec-credentials",
            "clusterCredentialSecretType": "kubernetes", "extraLabels": TAGS, "username": "platform@bank.ae",
            "redisEnterpriseServicesRiggerImageSpec": {"repository": "registry.bank.ae/redislabs/k8s-controller"}},
            "data"),
        inside("app.redislabs.com/v1alpha1:RedisEnterpriseDatabase", "calls", {
            "memorySize": "1GB", "replication": True, "tlsMode": "enabled", "persistence": "aofEverySecond",
            "databaseSecretName": "calls-password", "redisEnterpriseCluster": {"name": "rec"}, "shardCount": 1,
            "defaultUser": False, "evictionPolicy": "volatile-lru"}, "data")),
        "redis.io/docs/latest/operate/kubernetes/reference/api", ours("app.redislabs.com", prices=(
            f"{REDIS}:RedisEnterpriseCluster::rec", "app.redislabs.com/v1alpha1:RedisEnterpriseDatabase::calls"))),
    Idiom("schemas of events are kept in Apicurio whose people sign in at the bank and own what they write", (inside(
        f"{APICURIO}:ApicurioRegistry3", "schemas", {
            "app": {
                "storage": {"type": "postgresql", "sql": {"dataSource": {
                    "url": "jdbc:postgresql://schemas-rw.data.svc.cluster.local:5432/schemas?sslmode=verify-full",
                    "username": "schemas", "password": {"name": "schemas-db", "key": "password"}}}},
                "auth": {"enabled": True, "appClientId": "registry-api", "uiClientId": "registry-ui", "authServerUrl":
                         "https://login.bank.ae/realms/staff", "anonymousReadsEnabled": False, "authz": {
                             "enabled": True, "ownerOnlyEnabled": True, "readAccessEnabled": True, "roles": {
                                 "source": "token", "admin": "schema-admins", "developer": "schema-writers",
                                 "readOnly": "schema-readers"}}},
                "replicas": 2, "ingress": {"enabled": False}, "podTemplateSpec": {
                    "metadata": {"labels": TAGS}, "spec": {"securityContext": POD, "automountServiceAccountToken":
                                                           False, "containers": [{
                        "name": "apicurio-registry-app", "image": image("apicurio/apicurio-registry"), "resources":
                        SMALL, "securityContext": CLOSED}]}}},
            "ui": {"enabled": False}}, "events"),),
        "apicur.io/registry/docs/apicurio-registry/3.1.x, 'Configuring authentication'", ours(
            "registry.apicur.io", prices=(f"{APICURIO}:ApicurioRegistry3::schemas",))),
    Idiom("changes of accounts are read by Debezium as one user, and written to Kafka over TLS", (inside(
        f"{DEBEZIUM}:DebeziumServer", "accounts", {
            "image": image("debezium/server"), "source": {
                "class": "io.debezium.connector.postgresql.PostgresConnector", "offset": {"kafka": {
                    "topic": "accounts-offsets", "partitions": 1, "replicationFactor": 3}},
                "config": {"database.hostname": "accounts-rw.data.svc.cluster.local", "database.port": 5432,
                           "database.user": "${DB_USER}", "database.password": "${DB_PASSWORD}", "database.dbname":
                           "accounts", "database.sslmode": "verify-full", "topic.prefix": "accounts",
                           "table.include.list": "public.balances", "column.mask.with.8.chars": "public.balances.name",
                           "plugin.name": "pgoutput"}},
            "sink": {"type": "kafka", "config": {
                "producer.bootstrap.servers": "events-kafka-bootstrap.data.svc.cluster.local:9093",
                "producer.security.protocol": "SSL", "producer.ssl.truststore.type": "PEM",
                "producer.ssl.endpoint.identification.algorithm": "https",
                "producer.key.serializer": "org.apache.kafka.common.serialization.StringSerializer",
                "producer.value.serializer": "org.apache.kafka.common.serialization.StringSerializer"}},
            "format": {"key": {"type": "json"}, "value": {"type": "json"}}, "runtime": {
                "environment": {"vars": [], "from": [{"secretRef": {"name": "accounts-reader"}}]},
                "templates": {"container": {"resources": SMALL, "securityContext": CLOSED}, "pod": {
                    "metadata": {"labels": TAGS}, "securityContext": POD}},
                "metrics": {"jmxExporter": {"enabled": True}}}}, "data"),),
        "debezium.io/documentation/reference/stable/operations/debezium-operator", ours(
            "debezium.io", prices=(f"{DEBEZIUM}:DebeziumServer::accounts",))),
    Idiom("orders are spread over shards by Vitess, whose copies go to the bank's bucket", (inside(
        f"{VITESS}:VitessCluster", "orders", {
            "images": {part: image(f"vitess/{name}") for part, name in (
                ("vtctld", "lite"), ("vtgate", "lite"), ("vttablet", "lite"), ("vtbackup", "lite"))} | {
                    "mysqld": {"mysql80Compatible": image("mysql/mysql-server")}},
            "backup": {"engine": "xtrabackup", "locations": [{"s3": {
                "bucket": "bank-backups", "region": R, "keyPrefix": "orders"}}]},
            "globalLockserver": {"etcd": {"dataVolumeClaimTemplate": stored("5Gi")["spec"], "resources": SMALL}},
            "cells": [{"name": "auh", "gateway": {
                "replicas": 2, "resources": SMALL, "extraLabels": TAGS, "authentication": {"static": {"secret": {
                    "name": "orders-users", "key": "users.json"}}},
                "secureTransport": {"required": True, "tls": {
                    "certSecret": {"name": "orders-tls", "key": "tls.crt"},
                    "keySecret": {"name": "orders-tls", "key": "tls.key"}}}}}],
            "keyspaces": [{"name": "orders", "turndownPolicy": "RequireIdle", "partitionings": [{"equal": {
                "parts": 2, "shardTemplate": {"databaseInitScriptSecret": {"name": "orders-init", "key": "init.sql"},
                    "tabletPools": [{"cell": "auh", "type": "replica", "replicas": 3, "extraLabels": TAGS, "vttablet": {
                        "resources": SMALL}, "mysqld": {"resources": LARGE}, "dataVolumeClaimTemplate":
                        stored("100Gi")["spec"]}]}}}]}]}, "data"),),
        "github.com/planetscale/vitess-operator, docs/api.md", ours(
            "planetscale.com", prices=(f"{VITESS}:VitessCluster::orders",))),
)  # fmt: skip
