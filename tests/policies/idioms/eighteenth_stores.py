"""Good idioms of clusters: stores by operators that no other idiom has (set 18, blind)."""

from ..blind import TAGS, k8s, meta
from . import Idiom
from .eleventh_charts import CLOSED, SMALL, inside, stored
from .eleventh_cluster import top
from .sixteenth_stores import APART, LABELS, ZONES, owned, password, reached
from .thirteenth_cluster_access import account
from .twelfth_charts import LARGE, POD, image

AEROSPIKE, TRINO = "asdb.aerospike.com/v1", "trino.stackable.tech/v1alpha1"
TLS_NAME = "limits.limits.svc.cluster.local"
SECRET = "/etc/aerospike/secret"
SERVED = {"tls-name": TLS_NAME, "tls-authenticate-client": "any", "tls-port": 4333}
DEVICE = {
    "type": "device", "files": ["/opt/aerospike/data/limits.dat"], "filesize": 107374182400, "encryption":
    "aes-256", "encryption-key-file": f"{SECRET}/storage.key"}  # fmt: skip
MYSQL = {"require_secure_transport": "ON", "tls_version": "TLSv1.3", "local_infile": "OFF", "long_query_time": "2",
         "binlog_encryption": "ON"}  # fmt: skip
POSTGRES = {
    "password_encryption": "scram-sha-256", "log_connections": "on", "log_disconnections": "on", "log_statement": "ddl",
    "shared_preload_libraries": "pgaudit", "pgaudit.log": "ddl,role,write", "wal_compression": "on"}  # fmt: skip


def kept(name: str, path: str, size: str) -> dict[str, object]:
    """Returns a volume of Aerospike of the encrypted class."""
    return {"name": name, "aerospike": {"path": path}, "source": {"persistentVolume": {
        "storageClass": "encrypted", "volumeMode": "Filesystem", "size": size}}}  # fmt: skip


def nodes(replicas: int, **more: object) -> dict[str, object]:
    """Returns a group of nodes of one kind of RisingWave."""
    return {"nodeGroups": [{"name": "", "replicas": replicas, "template": {
        "metadata": {"labels": LABELS}, "spec": {
            "serviceAccountName": "streams", "securityContext": POD, "topologySpreadConstraints": ZONES, "resources":
            LARGE, **more}}}]}  # fmt: skip


def trino(replicas: int) -> dict[str, object]:
    """Returns one role of Trino, with its limits and the labels of its pods."""
    return {"config": {"resources": {"cpu": {"min": "2", "max": "4"}, "memory": {"limit": "16Gi"}}, "queryMaxMemory":
                       "20GB", "gracefulShutdownTimeout": "30m"},
            "roleConfig": {"podDisruptionBudget": {"enabled": True, "maxUnavailable": 1}}, "podOverrides": {
                "metadata": {"labels": LABELS}, "spec": {"securityContext": POD, "containers": [
                    {"name": "trino", "securityContext": CLOSED}]}},
            "roleGroups": {"default": {"replicas": replicas}}}  # fmt: skip


IDIOMS: tuple[Idiom, ...] = (
    owned("journals of branches lie in PostgreSQL of StackGres, which waits for a second copy and saves every night", (
        password("journals-backups", "journals", "accesskey", "secretkey"),
        inside("stackgres.io/v1:SGInstanceProfile", "journals", {"cpu": "4", "memory": "16Gi"}, "journals"),
        inside("stackgres.io/v1:SGPostgresConfig", "journals", {
            "postgresVersion": "17", "postgresql.conf": POSTGRES}, "journals"),
        inside("stackgres.io/v1beta1:SGObjectStorage", "journals", {"type": "s3Compatible", "s3Compatible": {
            "bucket": "bank-backups", "endpoint": "https://objects.bank.ae", "region": "me-central-1",
            "enablePathStyleAddressing": True, "awsCredentials": {"secretKeySelectors": {
                "accessKeyId": {"name": "journals-backups", "key": "accesskey"},
                "secretAccessKey": {"name": "journals-backups", "key": "secretkey"}}}}}, "journals"),
        inside("stackgres.io/v1:SGCluster", "journals", {
            "profile": "production", "instances": 3, "postgres": {"version": "17.6", "flavor": "vanilla", "ssl": {
                "enabled": True, "certificateSecretKeySelector": {"name": "journals-tls", "key": "tls.crt"},
                "privateKeySecretKeySelector": {"name": "journals-tls", "key": "tls.key"}}},
            "replication": {"mode": "strict-sync", "role": "ha-read", "syncInstances": 1}, "sgInstanceProfile":
            "journals", "pods": {"persistentVolume": {"size": "200Gi", "storageClass": "encrypted"}, "scheduling": {
                "topologySpreadConstraints": ZONES}},
            "configurations": {"sgPostgresConfig": "journals", "backups": [{
                "sgObjectStorage": "journals", "cronSchedule": "0 21 * * *", "retention": 14, "compression": "lz4"}]},
            "postgresServices": {"primary": {"type": "ClusterIP"}, "replicas": {"type": "ClusterIP"}}, "metadata": {
                "labels": {"clusterPods": LABELS, "services": TAGS}}, "prometheusAutobind": True}, "journals"),
        reached("journals", "journals", {"tier": "store"}, 5432, "branches")),
        "ongres/stackgres, doc/content/en/06-crd-reference/01-sgcluster", "stackgres.io"),
    owned("prices of the day lie in MySQL of MOCO with three copies, and each night's backup is in the bank's store", (
        account("prices", "prices"), account("prices-backup", "prices"),
        password("prices-backup", "prices", "AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY"),
        k8s("core/v1:ConfigMap", {"metadata": meta("prices", "prices"), "data": MYSQL}, "mycnf"),
        inside("moco.cybozu.com/v1beta2:BackupPolicy", "nightly", {
            "schedule": "0 21 * * *", "timeZone": "Asia/Dubai", "concurrencyPolicy": "Forbid", "activeDeadlineSeconds":
            14400, "jobConfig": {
                "serviceAccountName": "prices-backup", "envFrom": [{"secretRef": {"name": "prices-backup"}}],
                "cpu": "1", "maxCpu": "2", "memory": "4Gi", "maxMemory": "4Gi", "bucketConfig": {
                    "bucketName": "bank-backups", "endpointURL": "https://objects.bank.ae", "region": "me-central-1",
                    "usePathStyle": True},
                "workVolume": {"ephemeral": {"volumeClaimTemplate": {"metadata": {"labels": TAGS}, **stored(
                    "100Gi")}}}}}, "prices"),
        inside("moco.cybozu.com/v1beta2:MySQLCluster", "prices", {
            "replicas": 3, "mysqlConfigMapName": "prices", "backupPolicyName": "nightly", "collectors": [
                "engine_innodb_status", "info_schema.innodb_metrics"], "maxDelaySeconds": 30, "podTemplate": {
                "metadata": {"labels": LABELS}, "spec": {
                    "serviceAccountName": "prices", "automountServiceAccountToken": False, "securityContext": POD,
                    "affinity": APART, "containers": [{
                        "name": "mysqld", "image": image("cybozu-go/moco/mysql"), "resources": LARGE, "securityContext":
                        CLOSED}]}},
            "volumeClaimTemplates": [{"metadata": {"name": "mysql-data", "labels": TAGS}, **stored("100Gi")}]},
            "prices"),
        reached("prices", "prices", {"tier": "store"}, 3306, "treasury")),
        "cybozu-go/moco, docs/usage.md; docs/crd_mysqlcluster_v1beta2.md", "moco.cybozu.com"),
    owned("limits of cards are answered by Aerospike over TLS alone, from files that its own key seals", (
        account("limits", "limits"), password("limits-admin", "limits", "password"),
        password("limits-app", "limits", "password"),
        inside(f"{AEROSPIKE}:AerospikeCluster", "limits", {
            "size": 3, "image": image("aerospike/aerospike-server-enterprise"), "storage": {
                "filesystemVolumePolicy": {"cascadeDelete": False, "initMethod": "none"}, "volumes": [
                    kept("workdir", "/opt/aerospike", "5Gi"), kept("data", "/opt/aerospike/data", "120Gi"),
                    {"name": "secret", "aerospike": {"path": SECRET}, "source": {"secret": {
                        "secretName": "limits-tls"}}}]},
            "podSpec": {
                "multiPodPerHost": False, "hostNetwork": False, "metadata": {"labels": LABELS}, "securityContext": POD,
                "aerospikeContainer": {"resources": LARGE, "securityContext": CLOSED}, "aerospikeInitContainer": {
                    "imageRegistry": "registry.bank.ae", "resources": SMALL, "securityContext": CLOSED}},
            "rackConfig": {"namespaces": ["limits"], "racks": [
                {"id": number, "zone": f"me-central-1{letter}"} for number, letter in enumerate("abc", 1)]},
            "aerospikeAccessControl": {"users": [
                {"name": "admin", "secretName": "limits-admin", "roles": ["sys-admin", "user-admin"]},
                {"name": "cards", "secretName": "limits-app", "roles": ["read-write"]}]},
            "operatorClientCert": {"secretCertSource": {
                "secretName": "limits-tls", "caCertsFilename": "ca.crt", "clientCertFilename": "tls.crt",
                "clientKeyFilename": "tls.key"}},
            "aerospikeConfig": {
                "service": {"feature-key-file": f"{SECRET}/features.conf"}, "security": {}, "network": {
                    "service": SERVED, "heartbeat": {"tls-name": TLS_NAME, "tls-port": 3012}, "fabric": {
                        "tls-name": TLS_NAME, "tls-port": 3011}, "tls": [{
                            "name": TLS_NAME, "cert-file": f"{SECRET}/tls.crt", "key-file": f"{SECRET}/tls.key",
                            "ca-file": f"{SECRET}/ca.crt"}]},
                "namespaces": [{"name": "limits", "replication-factor": 2, "strong-consistency": True, "storage-engine":
                                DEVICE}]}}, "limits"),
        reached("limits", "limits", {"tier": "store"}, 4333, "cards")),
        "aerospike/aerospike-kubernetes-operator, config/samples/tls_cluster_cr.yaml", "asdb.aerospike.com"),
    owned("sums over streams are kept up by RisingWave, with its state in the bank's bucket and its catalog over TLS", (
        k8s("core/v1:ServiceAccount", {"metadata": meta("streams", "streams", annotations={
            "eks.amazonaws.com/role-arn": "arn:aws:iam::123456789012:role/streams"}), "automountServiceAccountToken":
            False}, "streams"),
        password("streams-meta", "streams", "username", "password"),
        inside("risingwave.risingwavelabs.com/v1alpha1:RisingWave", "streams", {
            "image": image("risingwavelabs/risingwave"), "enableDefaultServiceMonitor": True, "enableOpenKruise": False,
            "frontendServiceType": "ClusterIP", "tls": {"secretName": "streams-tls"}, "metaStore": {"postgresql": {
                "host": "streams-rw.streams.svc.cluster.local", "port": 5432, "database": "risingwave", "options": {
                    "sslmode": "verify-full"}, "credentials": {
                        "secretName": "streams-meta", "usernameKeyRef": "username", "passwordKeyRef": "password"}}},
            "stateStore": {"dataDirectory": "streams", "s3": {
                "bucket": "bank-traces", "region": "me-central-1", "credentials": {"useServiceAccount": True}}},
            "components": {"meta": nodes(3), "frontend": nodes(2), "compute": nodes(3), "compactor": nodes(2)}},
            "streams"),
        reached("streams", "streams", {"risingwave/component": "frontend"}, 4567, "reports")),
        "risingwavelabs/risingwave-operator, docs/manifests/risingwave/risingwave-postgresql-s3.yaml",
        "risingwave.risingwavelabs.com"),
    owned("analysts ask Trino of Stackable after the bank's sign-in, and its nodes speak TLS to each other", (
        top("secrets.stackable.tech/v1alpha1:SecretClass", "lake-tls", {"backend": {"autoTls": {
            "ca": {"secret": {"name": "lake-authority", "namespace": "stackable"}, "autoGenerate": False},
            "maxCertificateLifetime": "7d"}}}),
        top("authentication.stackable.tech/v1alpha1:AuthenticationClass", "staff", {"provider": {"oidc": {
            "hostname": "login.bank.ae", "port": 443, "rootPath": "/realms/staff/", "principalClaim":
            "preferred_username", "scopes": ["openid", "email", "profile"], "tls": {"verification": {"server": {
                "caCert": {"secretClass": "lake-tls"}}}}}}}),
        password("trino-oidc", "lake", "clientId", "clientSecret"),
        inside(f"{TRINO}:TrinoCatalog", "lake", {"connector": {"iceberg": {
            "metastore": {"configMap": "metastore"}, "s3": {"reference": "lake"}}}}, "lake"),
        inside(f"{TRINO}:TrinoCluster", "lake", {
            "image": {"custom": image("stackable/trino"), "productVersion": "476", "pullPolicy": "IfNotPresent"},
            "clusterConfig": {
                "catalogLabelSelector": {"matchLabels": {"project": TAGS["project"]}}, "tls": {
                    "serverSecretClass": "lake-tls", "internalSecretClass": "lake-tls"},
                "authentication": [{"authenticationClass": "staff", "oidc": {"clientCredentialsSecret": "trino-oidc"}}],
                "authorization": {"opa": {"configMapName": "opa", "package": "trino"}}},
            "clusterOperation": {"stopped": False, "reconciliationPaused": False}, "coordinators": {
                **trino(1), "roleConfig": {"listenerClass": "cluster-internal"}}, "workers": trino(3)}, "lake"),
        reached("trino", "lake", {"app.kubernetes.io/name": "trino"}, 8443, "notebooks")),
        "docs.stackable.tech/home/stable/trino/usage-guide/security; stackabletech/trino-operator, examples",
        "secrets.stackable.tech", "authentication.stackable.tech", "trino.stackable.tech"),
    owned("settings of the mesh are kept by etcd of three members, with certificates that the bank's issuer renews", (
        inside("operator.etcd.io/v1alpha1:EtcdCluster", "settings", {
            "size": 3, "version": "v3.6.5", "storageSpec": {
                "accessModes": "ReadWriteOnce", "storageClassName": "encrypted", "volumeSizeRequest": "20Gi",
                "volumeSizeLimit": "40Gi"},
            "tls": {"provider": "cert-manager", "providerCfg": {"certManagerCfg": {
                "commonName": "settings.settings.svc.cluster.local", "dnsNames": [
                    "settings.settings.svc.cluster.local", "*.settings.settings.svc.cluster.local"],
                "duration": "2160h", "issuerKind": "ClusterIssuer", "issuerName": "bank"}}}}, "settings"),
        k8s("policy/v1:PodDisruptionBudget", {"metadata": meta("settings", "settings"), "spec": {
            "maxUnavailable": 1, "selector": {"matchLabels": {"app": "settings"}}}}, "settings-budget"),
        reached("settings", "settings", {"app": "settings"}, 2379, "mesh")),
        "etcd-io/etcd-operator, api/v1alpha1/etcdcluster_types.go", "operator.etcd.io"),
    owned("documents of loans lie in MongoDB of three members that know each other by certificates", (
        k8s("core/v1:ConfigMap", {"metadata": meta("loans-project", "loans"), "data": {
            "baseUrl": "https://opsmanager.bank.ae", "projectName": "loans", "orgId": "5f0c1a2b3c4d5e6f7a8b9c0d",
            "sslMMSCAConfigMap": "bank-authority", "sslRequireValidMMSServerCertificates": "true"}}, "project"),
        password("loans-manager", "loans", "publicKey", "privateKey"), password("loans-app", "loans", "password"),
        inside("mongodb.com/v1:MongoDB", "loans", {
            "type": "ReplicaSet", "members": 3, "version": "8.0.12-ent", "persistent": True, "opsManager": {
                "configMapRef": {"name": "loans-project"}}, "credentials": "loans-manager", "security": {
                    "certsSecretPrefix": "mdb", "tls": {"enabled": True, "ca": "bank-authority"}, "authentication": {
                        "enabled": True, "modes": ["X509", "SCRAM"], "internalCluster": "X509", "ignoreUnknownUsers":
                        False, "agents": {"mode": "X509"}}},
            "agent": {"logLevel": "INFO"}, "additionalMongodConfig": {"net": {"tls": {"mode": "requireTLS"}}},
            "podSpec": {"persistence": {"single": {"storage": "100Gi", "storageClass": "encrypted"}}, "podTemplate": {
                "metadata": {"labels": LABELS}, "spec": {
                    "securityContext": POD, "affinity": APART, "containers": [{
                        "name": "mongodb-enterprise-database", "resources": LARGE, "securityContext": CLOSED}]}}}},
            "loans"),
        inside("mongodb.com/v1:MongoDBUser", "loans-app", {
            "username": "loans-app", "db": "admin", "passwordSecretKeyRef": {"name": "loans-app", "key": "password"},
            "mongodbResourceRef": {"name": "loans"}, "roles": [{"db": "loans", "name": "readWrite"}]}, "loans"),
        reached("loans", "loans", {"tier": "store"}, 27017, "apps")),
        "mongodb/mongodb-kubernetes, config/samples; mongodb.com/docs/kubernetes, secure-tls", "mongodb.com"),
)  # fmt: skip
