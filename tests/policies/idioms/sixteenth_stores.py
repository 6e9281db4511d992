"""Good idioms of clusters: stores and brokers by operators that no other idiom has (set 16, blind)."""

from ..blind import TAGS, k8s, meta
from ..harness import Given
from . import Idiom
from .eleventh_charts import CLOSED, SMALL, inside, stored
from .twelfth_charts import LARGE, MIRROR, POD, image, ours

HASH = "sha256:" + "c" * 64
APART = {"podAntiAffinity": {"requiredDuringSchedulingIgnoredDuringExecution": [
    {"topologyKey": "kubernetes.io/hostname", "labelSelector": {"matchLabels": {"tier": "store"}}}]}}  # fmt: skip
ZONES = [{"maxSkew": 1, "topologyKey": "topology.kubernetes.io/zone", "whenUnsatisfiable": "DoNotSchedule",
          "labelSelector": {"matchLabels": {"tier": "store"}}}]  # fmt: skip
LABELS = {**TAGS, "tier": "store"}
EMQX = """listeners.tcp.default.enable = false
listeners.ws.default.enable = false
listeners.wss.default.enable = false
listeners.ssl.default {
  bind = 8883
  ssl_options {
    cacertfile = "/mnt/tls/ca.crt"
    certfile = "/mnt/tls/tls.crt"
    keyfile = "/mnt/tls/tls.key"
    verify = verify_peer
    fail_if_no_peer_cert = true
    versions = ["tlsv1.3"]
  }
}
authorization.no_match = deny
authorization.sources = [{ type = file, enable = true, path = "/mnt/acl/acl.conf" }]
telemetry.enable = false
"""
ACL = """{allow, all, publish, ["branches/${clientid}/events"]}.
{allow, all, subscribe, ["branches/${clientid}/orders"]}.
{deny, all}.
"""


def owned(name: str, plan: tuple[Given, ...], source: str, *groups: str, **more: object) -> Idiom:
    """Returns a plan with the API groups of the team's operators, and each of their objects, listed."""
    objects = tuple(f"{given.type.removeprefix('kubernetes:')}::{given.name}" for given in plan
                    if any(given.type.startswith(f"kubernetes:{group}/") for group in groups))  # fmt: skip
    return Idiom(name, plan, source, ours(*groups, prices=objects, **more))


def reached(name: str, namespace: str, labels: dict[str, str], port: int, caller: str) -> Given:
    """Returns the policy that lets one namespace call one port of the pods with some labels."""
    return k8s("networking.k8s.io/v1:NetworkPolicy", {"metadata": meta(name, namespace), "spec": {
        "podSelector": {"matchLabels": labels}, "policyTypes": ["Ingress"], "ingress": [{
            "from": [{"namespaceSelector": {"matchLabels": {"kubernetes.io/metadata.name": caller}}}],
            "ports": [{"port": port, "protocol": "TCP"}]}]}}, f"{name}-network")  # fmt: skip


def password(name: str, namespace: str, *keys: str) -> Given:
    """Returns the copy of a secret of the bank's store."""
    return inside("external-secrets.io/v1:ExternalSecret", name, {
        "refreshInterval": "1h", "secretStoreRef": {"kind": "SecretStore", "name": "bank"}, "target": {
            "name": name, "creationPolicy": "Owner"},
        "data": [{"secretKey": key, "remoteRef": {"key": f"{namespace}/{name}", "property": key}} for key in keys]},
        namespace)  # fmt: skip


IDIOMS: tuple[Idiom, ...] = (
    owned("events are counted in ClickHouse of the official operator, by TLS alone, with a keeper of three", (
        inside("clickhouse.com/v1alpha1:KeeperCluster", "events", {
            "replicas": 3, "labels": LABELS, "dataVolumeClaimSpec": stored("10Gi")["spec"], "containerTemplate": {
                "image": {"repository": f"{MIRROR}/clickhouse/clickhouse-keeper", "hash": HASH}, "resources": SMALL},
            "podTemplate": {"topologyZoneKey": "topology.kubernetes.io/zone"}, "settings": {"tls": {
                "enabled": True, "required": True, "serverCertSecret": {"name": "events-keeper-tls"}}}}, "events"),
        inside("clickhouse.com/v1alpha1:ClickHouseCluster", "events", {
            "replicas": 2, "shards": 2, "labels": LABELS, "keeperClusterRef": {"name": "events"},
            "dataVolumeClaimSpec": stored("200Gi")["spec"], "containerTemplate": {
                "image": {"repository": f"{MIRROR}/clickhouse/clickhouse-server", "hash": HASH}, "resources": LARGE},
            "podTemplate": {"topologyZoneKey": "topology.kubernetes.io/zone", "serviceAccountName": "events"},
            "settings": {"defaultUserPassword": {"passwordType": "password_sha256_hex", "secret": {
                "name": "events-default", "key": "sha256"}}, "logger": {"level": "information", "jsonLogs": True},
                "tls": {"enabled": True, "required": True, "serverCertSecret": {"name": "events-tls"}, "caBundle": {
                    "name": "bank-authority", "key": "ca.crt"}}}}, "events"),
        reached("events", "events", {"tier": "store"}, 9440, "reports")),
        "github.com/ClickHouse/clickhouse-operator, docs/reference/api-reference.mdx", "clickhouse.com"),
    owned("transfers flow through Redpanda by SASL and TLS, with a topic and a user who may read that alone", (
        inside("cluster.redpanda.com/v1alpha2:Redpanda", "transfers", {"clusterSpec": {
            "image": {"repository": f"{MIRROR}/redpandadata/redpanda", "tag": f"v25.2.7@{HASH}"}, "commonLabels": TAGS,
            "statefulset": {"replicas": 3, "budget": {"maxUnavailable": 1}}, "resources": {
                "cpu": {"cores": 2}, "memory": {"container": {"max": "8Gi"}}},
            "storage": {"persistentVolume": {"enabled": True, "size": "200Gi", "storageClass": "encrypted",
                                             "labels": TAGS}},
            "tls": {"enabled": True, "certs": {"default": {"caEnabled": True, "issuerRef": {
                "name": "bank", "kind": "ClusterIssuer"}}}},
            "auth": {"sasl": {"enabled": True, "mechanism": "SCRAM-SHA-512", "secretRef": "transfers-users"}},
            "auditLogging": {"enabled": True, "replicationFactor": 3, "partitions": 12, "enabledEventTypes": [
                "management", "authenticate", "admin"]},
            "external": {"enabled": False}, "console": {"enabled": False}, "logging": {
                "logLevel": "info", "usageStats": {"enabled": False}}, "rackAwareness": {
                    "enabled": True, "nodeAnnotation": "topology.kubernetes.io/zone"},
            "config": {"cluster": {"auto_create_topics_enabled": False}}}}, "transfers"),
        inside("cluster.redpanda.com/v1alpha2:Topic", "booked", {
            "partitions": 12, "replicationFactor": 3, "cluster": {"clusterRef": {"name": "transfers"}},
            "additionalConfig": {"cleanup.policy": "delete", "retention.ms": "604800000"}}, "transfers"),
        inside("cluster.redpanda.com/v1alpha2:User", "ledger", {
            "cluster": {"clusterRef": {"name": "transfers"}}, "authentication": {
                "type": "scram-sha-512", "password": {"valueFrom": {"secretKeyRef": {
                    "name": "ledger-kafka", "key": "password"}}}},
            "authorization": {"type": "simple", "acls": [
                {"type": "allow", "resource": {"type": "topic", "name": "booked"}, "operations": ["Read", "Describe"]},
                {"type": "allow", "resource": {"type": "group", "name": "ledger"}, "operations": ["Read"]}]}},
            "transfers")),
        "docs.redpanda.com/current/reference/k-crd", "cluster.redpanda.com"),
    owned("who may see which account is answered by SpiceDB over TLS, for the apps' namespace alone", (
        password("spicedb", "access", "preshared_key", "datastore_uri"),
        inside("authzed.com/v1alpha1:SpiceDBCluster", "access", {
            "version": "v1.45.4", "channel": "stable", "secretName": "spicedb", "config": {
                "replicas": 3, "datastoreEngine": "postgres", "logLevel": "info", "tlsSecretName": "access-tls",
                "dispatchUpstreamCASecretName": "bank-authority", "telemetryEndpoint": "",
                "image": image("authzed/spicedb"), "extraPodLabels": TAGS}}, "access"),
        reached("access", "access", {"app.kubernetes.io/instance": "access-spicedb"}, 50051, "apps")),
        "authzed.com/docs/spicedb/concepts/operator", "authzed.com"),
    owned("machines of branches report by MQTT to EMQX, each with its own certificate", (
        k8s("core/v1:ConfigMap", {"metadata": meta("branches-acl", "branches"), "data": {"acl.conf": ACL}}, "acl"),
        inside("apps.emqx.io/v2beta1:EMQX", "branches", {
            "image": image("emqx/emqx-enterprise"), "config": {"mode": "Merge", "data": EMQX}, "coreTemplate": {
                "metadata": {"labels": LABELS}, "spec": {
                    "replicas": 3, "resources": LARGE, "podSecurityContext": POD, "containerSecurityContext": CLOSED,
                    "topologySpreadConstraints": ZONES, "minAvailable": 2, "volumeClaimTemplates":
                    stored("20Gi")["spec"], "extraVolumes": [
                        {"name": "tls", "secret": {"secretName": "branches-tls"}},
                        {"name": "acl", "configMap": {"name": "branches-acl"}}],
                    "extraVolumeMounts": [{"name": name, "mountPath": f"/mnt/{name}", "readOnly": True} for name in (
                        "tls", "acl")]}},
            "bootstrapAPIKeys": [{"secretRef": {"key": {"secretName": "branches-api", "secretKey": "key"},
                                                "secret": {"secretName": "branches-api", "secretKey": "secret"}}}],
            "listenersServiceTemplate": {"enabled": True, "spec": {"type": "ClusterIP"}},
            "dashboardServiceTemplate": {"enabled": False}}, "branches"),
        reached("branches", "branches", {"tier": "store"}, 8883, "gateway")),
        "docs.emqx.com/en/emqx-operator/latest/reference/v2beta1-reference.html", "apps.emqx.io"),
    owned("accounts of staff lie in MySQL of Oracle's operator, known by the bank's certificates, copied nightly", (
        password("staff-root", "staff", "rootUser", "rootHost", "rootPassword"),
        inside("mysql.oracle.com/v2:InnoDBCluster", "staff", {
            "secretName": "staff-root", "instances": 3, "version": "9.5.0", "edition": "community", "imageRepository":
            f"{MIRROR}/mysql", "tlsUseSelfSigned": False, "tlsCASecretName": "bank-authority", "tlsSecretName":
            "staff-tls", "serviceAccountName": "staff", "mycnf": "[mysqld]\nrequire_secure_transport=ON\n"
            "tls_version=TLSv1.3\n", "router": {"instances": 2, "tlsSecretName": "staff-router-tls", "podLabels": TAGS},
            "podLabels": LABELS, "podSpec": {"affinity": APART, "containers": [
                {"name": "mysql", "resources": LARGE}]},
            "datadirVolumeClaimTemplate": stored("50Gi")["spec"], "service": {"type": "ClusterIP"},
            "backupProfiles": [{"name": "night", "dumpInstance": {"storage": {"s3": {
                "bucketName": "bank-backups", "prefix": "/staff", "config": "staff-backup", "profile": "staff",
                "endpoint": "https://s3.me-central-1.amazonaws.com"}}}}],
            "backupSchedules": [{"name": "night", "schedule": "0 22 * * *", "backupProfileName": "night", "enabled":
                                 True, "deleteBackupData": False}]}, "staff")),
        "dev.mysql.com/doc/mysql-operator/en/mysql-operator-innodbcluster-common.html", "mysql.oracle.com"),
    owned("orders lie in Percona's MySQL of three pods that replicate by certificates", (
        inside("ps.percona.com/v1alpha1:PerconaServerMySQL", "orders", {
            "crVersion": "0.12.0", "secretsName": "orders-users", "sslSecretName": "orders-tls", "updateStrategy":
            "RollingUpdate", "upgradeOptions": {"apply": "disabled"}, "unsafeFlags": {"mysqlSize": False},
            "mysql": {"clusterType": "group-replication", "image": image("percona/percona-server"), "size": 3,
                      "resources": LARGE, "labels": LABELS, "affinity": {"antiAffinityTopologyKey":
                                                                         "kubernetes.io/hostname"},
                      "podSecurityContext": POD, "containerSecurityContext": CLOSED, "configuration":
                      "[mysqld]\nrequire_secure_transport=ON\n", "expose": {"type": "ClusterIP"}, "volumeSpec": {
                          "persistentVolumeClaim": stored("100Gi")["spec"]}},
            "proxy": {"haproxy": {"enabled": True, "size": 2, "image": image("percona/haproxy"), "resources": SMALL,
                                  "labels": TAGS}, "router": {"enabled": False, "size": 2, "image": image(
                                      "percona/percona-mysql-router")}},
            "orchestrator": {"enabled": False, "image": image("percona/percona-orchestrator")},
            "backup": {"enabled": True, "image": image("percona/percona-xtrabackup"), "storages": {"bank": {
                "type": "s3", "verifyTLS": True, "s3": {
                    "bucket": "bank-backups", "prefix": "orders", "region": "me-central-1", "credentialsSecret":
                    "orders-backup"}}}},
            "toolkit": {"image": image("percona/percona-toolkit")}}, "orders"),
        reached("orders", "orders", {"tier": "store"}, 3306, "shop")),
        "docs.percona.com/percona-operator-for-mysql/ps/operator.html", "ps.percona.com"),
    owned("Kafka of Confluent asks for certificates and rights by roles, and a team owns one prefix", (
        inside("platform.confluent.io/v1beta1:Kafka", "kafka", {
            "replicas": 3, "image": {"application": image("confluentinc/cp-server"), "init": image(
                "confluentinc/confluent-init-container")}, "dataVolumeCapacity": "200Gi", "storageClass": {
                    "name": "encrypted"}, "oneReplicaPerNode": True, "injectLabels": TAGS,
            "tls": {"secretRef": "kafka-tls"}, "authorization": {"type": "rbac", "superUsers": ["User:kafka"]},
            "listeners": {part: {"tls": {"enabled": True}, "authentication": {"type": "mtls", "principalMappingRules": [
                "RULE:.*CN=([a-zA-Z0-9.-]*).*$/$1/"]}} for part in ("internal", "replication")},
            "telemetry": {"global": False}, "podTemplate": {
                "resources": LARGE, "podSecurityContext": POD, "securityContext": CLOSED, "labels": LABELS,
                "serviceAccountName": "kafka", "topologySpreadConstraints": ZONES},
            "dependencies": {"kRaftController": {"clusterRef": {"name": "kraft"}, "controllerListener": {
                "tls": {"enabled": True}, "authentication": {"type": "mtls"}}}},
            "configOverrides": {"server": ["auto.create.topics.enable=false", "min.insync.replicas=2"]}}, "kafka"),
        inside("platform.confluent.io/v1beta1:KafkaTopic", "cards-authorised", {
            "partitionCount": 12, "replicas": 3, "configs": {"retention.ms": "604800000"}, "kafkaRestClassRef": {
                "name": "default"}}, "kafka"),
        inside("platform.confluent.io/v1beta1:ConfluentRolebinding", "cards-owner", {
            "principal": {"type": "user", "name": "cards"}, "role": "ResourceOwner", "kafkaRestClassRef": {
                "name": "default"}, "resourcePatterns": [
                    {"name": "cards-", "patternType": "PREFIXED", "resourceType": "Topic"}]}, "kafka")),
        "docs.confluent.io/operator/current/co-authenticate-kafka.html", "platform.confluent.io"),
    owned("rates are cached in Valkey whose users may touch their own keys alone", (
        inside("valkey.io/v1alpha1:ValkeyCluster", "rates", {
            "shards": 3, "replicas": 1, "image": image("valkey/valkey"), "resources": SMALL, "podSecurityContext": POD,
            "networking": {"tls": {"certificate": {"secretName": "rates-tls"}}}, "persistence": {
                "size": "10Gi", "storageClassName": "encrypted", "reclaimPolicy": "Retain"},
            "podDisruptionBudget": {"mode": "Cluster"}, "exporter": {"enabled": True, "image": image(
                "oliver006/redis_exporter"), "resources": SMALL, "securityContext": CLOSED},
            "scheduling": {"topologySpreadConstraints": ZONES}, "users": [{
                "name": "pricing", "enabled": True, "nopass": False, "passwordSecret": {
                    "name": "rates-users", "keys": ["pricing"]}, "keys": {"readWrite": ["rates:*"]},
                "commands": {"allow": ["@read", "@write"], "deny": ["@admin", "@dangerous"]}}]}, "rates"),
        reached("rates", "rates", {"tier": "store"}, 6379, "pricing")),
        "github.com/valkey-io/valkey-operator, docs and config/samples/v1alpha1_valkeycluster.yaml", "valkey.io"),
    owned("scans of papers lie in SeaweedFS, whose parts speak by mutual TLS, in a bucket that keeps versions", (
        inside("seaweed.seaweedfs.com/v1:Seaweed", "papers", {
            "image": image("chrislusf/seaweedfs"), "hostNetwork": False, "volumeServerDiskCount": 1, "labels": LABELS,
            "tls": {"enabled": True, "issuerRef": {"name": "bank", "kind": "ClusterIssuer"}}, "enablePVReclaim": False,
            "master": {"replicas": 3, **SMALL, "containerSecurityContext": CLOSED, "podSecurityContext": POD,
                       "defaultReplication": "010"},
            "volume": {"replicas": 3, "requests": {"cpu": "500m", "memory": "2Gi", "storage": "500Gi"}, "limits": {
                "cpu": "1", "memory": "2Gi"}, "storageClassName": "encrypted", "containerSecurityContext": CLOSED,
                "podSecurityContext": POD},
            "filer": {"replicas": 2, **SMALL, "iam": True, "containerSecurityContext": CLOSED, "podSecurityContext":
                      POD, "persistence": {"enabled": True, "storageClassName": "encrypted", "accessModes": [
                          "ReadWriteOnce"], "resources": {"requests": {"storage": "20Gi"}}}},
            "s3": {"replicas": 2, **SMALL, "configSecret": {"name": "papers-s3", "key": "config.json"},
                   "containerSecurityContext": CLOSED, "podSecurityContext": POD}}, "papers"),
        inside("seaweed.seaweedfs.com/v1:Bucket", "scans", {
            "clusterRef": {"name": "papers"}, "name": "scans", "versioning": "Enabled", "objectLock": True,
            "anonymousRead": False, "reclaimPolicy": "Retain", "access": [
                {"user": "archive", "actions": ["Read", "Write", "List"]}]}, "papers")),
        "github.com/seaweedfs/seaweedfs-operator, config/samples and README", "seaweed.seaweedfs.com"),
    owned("sessions lie in Redis with sentinels that ask for a password, on sealed disks", (
        password("sessions", "sessions", "password"),
        inside("databases.spotahome.com/v1:RedisFailover", "sessions", {
            "auth": {"secretPath": "sessions"}, "sentinel": {
                "replicas": 3, "image": image("redis"), "resources": SMALL, "securityContext": POD,
                "containerSecurityContext": CLOSED, "topologySpreadConstraints": ZONES},
            "redis": {"replicas": 3, "image": image("redis"), "resources": SMALL, "securityContext": POD,
                      "containerSecurityContext": CLOSED, "topologySpreadConstraints": ZONES, "hostNetwork": False,
                      "customConfig": ["maxmemory-policy allkeys-lru"], "customCommandRenames": [
                          {"from": "FLUSHALL", "to": ""}, {"from": "CONFIG", "to": ""}],
                      "storage": {"keepAfterDeletion": True, "persistentVolumeClaim": {
                          "metadata": {"name": "sessions", "labels": TAGS}, **stored("10Gi")}}}}, "sessions"),
        reached("sessions", "sessions", {"redisfailovers.databases.spotahome.com/name": "sessions"}, 6379, "web")),
        "github.com/spotahome/redis-operator, api/redisfailover/v1 and README", "databases.spotahome.com"),
    owned("teams get accounts of NATS with limits, and a program a user for its own subjects", (
        inside("nauth.io/v1alpha1:Account", "payments", {
            "displayName": "payments", "natsClusterRef": {"name": "nats", "namespace": "nats"}, "jetStreamEnabled":
            True, "jetStreamLimits": {"diskStorage": 10737418240, "streams": 10, "consumer": 50}, "accountLimits": {
                "conn": 200, "leaf": 0, "wildcards": False}, "natsLimits": {"payload": 1048576, "subs": 1000}}, "pay"),
        inside("nauth.io/v1alpha1:User", "ledger", {
            "accountName": "payments", "permissions": {
                "pub": {"allow": ["payments.booked"]}, "sub": {"allow": ["payments.requested.*"]}},
            "natsLimits": {"subs": 20}, "userLimits": {"src": ["10.20.0.0/16"]}}, "pay")),
        "github.com/WirelessCar/nauth, docs and api/v1alpha1", "nauth.io"),
    owned("packages of the bank lie in Pulp, behind its own database and bucket, signed and served inside", (
        inside("repo-manager.pulpproject.org/v1:Pulp", "packages", {
            "image": f"{MIRROR}/pulp/pulp-minimal", "image_version": f"3.90@{HASH}", "inhibit_version_constraint": True,
            "object_storage_s3_secret": "packages-bucket", "db_fields_encryption_secret": "packages-fields",
            "admin_password_secret": "packages-admin", "ingress_type": "none", "enable_debugging": False,
            "signing_secret": "packages-gpg", "signing_scripts": "packages-signing", "sso_secret": "packages-sso",
            "database": {"external_db_secret": "packages-db", "postgres_ssl_mode": "verify-full"},
            "cache": {"enabled": True, "external_cache_secret": "packages-cache"}, "telemetry": {"enabled": False},
            **{part: {"replicas": 2, "resource_requirements": SMALL, "pod_labels": TAGS, "pdb": {"minAvailable": 1}}
               for part in ("api", "content", "worker")}}, "packages"),
        reached("packages", "packages", {"app.kubernetes.io/component": "content"}, 24816, "gateway")),
        "pulpproject.org/pulp-operator/docs/admin/reference/custom_resources/repo_manager", "repo-manager."
        "pulpproject.org"),
)  # fmt: skip
