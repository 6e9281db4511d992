"""Good neighbours of attacks/fields_data_*.py: the same objects and values of databases, brokers, monitoring, logs and
backups, hardened as upstream's documentation says (2026-11-29)."""

from ..blind import IMAGE, KEY, KUBE, TAGS, crd, k8s, meta
from ..harness import Given
from . import Idiom, unpriced

KNOWN = {"residency": {"known": {"bank-backups": "the bank's own bucket, in me-central-1",
                                 "example.ae": "our own domain, in a data centre in Abu Dhabi"}}}  # fmt: skip
CHARTS = {"escape": {"helm_sources": {"oci://registry.dc1.example.ae/charts": "our mirror of charts, reviewed"}}}
TRUST = {"trustedCertificates": [{"secretName": "ca", "pattern": "*.crt"}]}
SIGN_IN = {"type": "tls", "certificateAndKey": {"secretName": "x", "certificate": "user.crt", "key": "user.key"}}
POD = {"pod": {"metadata": {"labels": TAGS}}}
RESOURCES = {"requests": {"cpu": "1", "memory": "2Gi"}, "limits": {"cpu": "1", "memory": "2Gi"}}
AUTH = {"nginx.ingress.kubernetes.io/auth-url": "https://oauth2-proxy.identity.svc/oauth2/auth"}


def _priced(*kinds: str) -> dict[str, object]:
    return {**KNOWN, **unpriced(*(f"kubernetes:{kind}::it" for kind in kinds))}


def _release(chart: str, **values: object) -> tuple[Given, ...]:
    return (Given("kubernetes:helm.sh/v3:Release", {
        "chart": f"oci://registry.dc1.example.ae/charts/{chart}", "version": "1.2.3", "namespace": chart,
        "values": values}, chart, provider=KUBE),)  # fmt: skip


def _chart(name: str, plan: tuple[Given, ...], source: str, charts: tuple[str, ...] = ()) -> Idiom:
    costs = unpriced(*(f"{given.type}::{given.name}" for given in plan))
    return Idiom(name, plan, source, {**KNOWN, **CHARTS, **costs}, charts=charts)


IDIOMS = (
    Idiom("a database of CloudNativePG with every field hardened", (k8s("postgresql.cnpg.io/v1:Cluster", {
        "metadata": meta(annotations={"cnpg.io/hibernation": "off"}), "spec": {
            "instances": 3, "imageName": "registry.dc1.example.ae/cnpg/postgresql:17.5", "inheritedMetadata": {
                "labels": TAGS}, "storage": {"size": "10Gi", "storageClass": "encrypted"}, "resources": RESOURCES,
            "postgresUID": 26, "postgresGID": 26, "backup": {"retentionPolicy": "30d", "barmanObjectStore": {
                "destinationPath": "s3://bank-backups/", "s3Credentials": {"inheritFromIAMRole": True},
                "endpointURL": "https://s3.me-central-1.amazonaws.com"},
                "volumeSnapshot": {"className": "encrypted", "snapshotOwnerReference": "none"}},
            "postgresql": {
                "pg_hba": ["hostssl app app 10.0.0.0/8 scram-sha-256", "hostssl all all all cert map=mail"],
                "pg_ident": [r"mail /^(.*)@example\.ae$ \1"],
                "ldap": {"server": "ldap.dc1.example.ae", "scheme": "ldaps", "bindAsAuth": {"prefix": "uid="}},
                "parameters": {"pgaudit.log": "ddl, role", "ssl_ciphers": "ECDHE-RSA-AES256-GCM-SHA384",
                               "ssl_max_protocol_version": "TLSv1.3", "session_replication_role": "origin"}},
            "bootstrap": {"initdb": {"database": "app", "owner": "app", "options": ["--auth=scram-sha-256"],
                                     "postInitApplicationSQL": [
                "CREATE EXTENSION IF NOT EXISTS vector;", "GRANT CONNECT ON DATABASE app TO report;",
                "ALTER TABLE a ENABLE ROW LEVEL SECURITY;", "GRANT SELECT ON a TO report;"]}},
            "externalClusters": [{"name": "o", "connectionParameters": {
                "host": "pg.dc1.example.ae", "sslmode": "verify-full"}, "password": {"name": "x", "key": "p"}}]}}),),
        "cloudnative-pg/cloudnative-pg a95a534d, docs/src/samples", _priced("postgresql.cnpg.io/v1:Cluster")),
    Idiom("a clone of a database in the cluster, as CloudNativePG's sample has it", (crd(
        "postgresql.cnpg.io/v1:Cluster", {
            "instances": 3, "storage": {"size": "10Gi", "storageClass": "encrypted"}, "bootstrap": {
                "pg_basebackup": {"source": "cluster-example"}}, "inheritedMetadata": {"labels": TAGS},
            "externalClusters": [{"name": "cluster-example", "connectionParameters": {
                "host": "cluster-example-rw.team-a.svc", "user": "postgres"}, "password": {
                    "name": "cluster-example-superuser", "key": "password"}}]}),),
        "cloudnative-pg/cloudnative-pg a95a534d, cluster-clone-basicauth.yaml",
        _priced("postgresql.cnpg.io/v1:Cluster")),
    Idiom("brokers, workers and users of Kafka with TLS and permissions", (
        crd("kafka.strimzi.io/v1:Kafka", {"kafka": {
            "version": "4.1.0", "authorization": {"type": "simple", "superUsers": ["CN=admin"]}, "listeners": [
                {"name": "tls", "port": 9093, "type": "internal", "tls": True, "authentication": {"type": "tls"}}],
            "config": {"ssl.principal.mapping.rules": "RULE:^CN=(.*?),(.*)$/$1/", "min.insync.replicas": 2,
                       "allow.everyone.if.no.acl.found": "false", "unclean.leader.election.enable": "false"},
            "logging": {"type": "inline", "loggers": {"logger.kafka.authorizer.level": "INFO"}}, "template": POD},
            "clusterCa": {"validityDays": 1825}}),
        crd("kafka.strimzi.io/v1:KafkaUser", {"authentication": {"type": "tls", "validityDays": 365},
                                              "authorization": {"type": "simple", "acls": [{"resource": {
                                                  "type": "topic", "name": "orders"}, "operations": ["Read"]}]}}, "u"),
        crd("kafka.strimzi.io/v1:KafkaConnect", {
            "version": "4.1.0", "replicas": 2, "image": IMAGE, "bootstrapServers": "events-kafka-bootstrap:9093",
            "groupId": "connect", "configStorageTopic": "connect-configs", "offsetStorageTopic": "connect-offsets",
            "statusStorageTopic": "connect-status", "tls": TRUST, "authentication": {
                "type": "scram-sha-512", "username": "connect", "passwordSecret": {
                    "secretName": "connect", "password": "password"}}, "template": POD, "resources": RESOURCES}, "c"),
        crd("kafka.strimzi.io/v1:KafkaBridge", {
            "replicas": 2, "bootstrapServers": "events-kafka-bootstrap:9093", "tls": TRUST, "authentication": SIGN_IN,
            "http": {"port": 8080, "cors": {"allowedOrigins": ["https://app.example.ae"], "allowedMethods": ["GET"]}},
            "template": POD}, "b")), "strimzi/strimzi-kafka-operator 8541da1e, examples/security", {
                **KNOWN, **unpriced(*(f"kubernetes:kafka.strimzi.io/v1:{kind}::{name}" for kind, name in (
                    ("Kafka", "x"), ("KafkaConnect", "x"), ("KafkaBridge", "x"), ("Kafka", "it"),
                    ("KafkaConnect", "it"), ("KafkaBridge", "it"))))}),
    Idiom("a patch of brokers names one setting", (k8s("kafka.strimzi.io/v1:KafkaPatch", {
        "metadata": meta(), "spec": {"kafka": {"config": {"log.retention.hours": 168}}}}),),
        "Pulumi, CustomResourcePatch", _priced("kafka.strimzi.io/v1:Kafka", "kafka.strimzi.io/v1:KafkaPatch")),
    Idiom("Grafana and its sources refer to their secrets", (
        crd("grafana.integreatly.org/v1beta1:Grafana", {"version": "12.1.0", "config": {
            "security": {"admin_password": "${ADMIN_PASSWORD}", "cookie_samesite": "lax"},
            "auth.azuread": {"enabled": "true", "allowed_groups": "11111111-2222-3333-4444-555555555555"},
            "users": {"allow_sign_up": "false"}}}),
        crd("grafana.integreatly.org/v1beta1:GrafanaDatasource", {"datasource": {
            "name": "p", "type": "postgres", "access": "proxy", "url": "pg-rw.team-a.svc:5432",
            "secureJsonData": {"password": "${PASSWORD}", "httpHeaderValue1": "Bearer ${API_TOKEN}"},
            "jsonData": {"sslmode": "verify-full"}}, "valuesFrom": [{"targetPath": "secureJsonData.password",
            "valueFrom": {"secretKeyRef": {"name": "x", "key": "PASSWORD"}}}]}, "d"),
        crd("grafana.integreatly.org/v1beta1:GrafanaServiceAccount", {
            "instanceName": "g", "name": "ci", "role": "Viewer", "tokens": [{"name": "t"}]}, "s")),
        "grafana/grafana-operator 60d3ebd2, examples/datasource_variables",
        _priced("grafana.integreatly.org/v1beta1:Grafana", "grafana.integreatly.org/v1:Grafana")),
    Idiom("logs of a namespace go to the bank's Loki and bucket", (
        crd("logging.banzaicloud.io/v1beta1:Flow", {"filters": [{"record_transformer": {
            "records": [{"team": "a"}]}}], "match": [{"select": {}}], "localOutputRefs": ["x"]}),
        crd("logging.banzaicloud.io/v1beta1:Output", {"s3": {
            "s3_bucket": "bank-backups", "s3_region": "me-central-1", "path": "logs/"}}, "o"),
        crd("logging.banzaicloud.io/v1beta1:Output", {"elasticsearch": {
            "host": "es.logging.svc", "scheme": "https", "ssl_version": "TLSv1_2", "user": "x", "password": {
                "valueFrom": {"secretKeyRef": {"name": "x", "key": "y"}}}}}, "e")),
        "kube-logging/logging-operator 51679aa5, config/samples", KNOWN),
    Idiom("a schedule of Velero keeps backups for a month, in the bank's bucket", (
        crd("velero.io/v1:BackupStorageLocation", {"provider": "aws", "objectStorage": {"bucket": "bank-backups"},
                                                   "config": {"region": "me-central-1", "kmsKeyId": KEY}}),
        crd("velero.io/v1:Schedule", {"schedule": "0 1 * * *", "useOwnerReferencesInBackup": False, "template": {
            "ttl": "720h0m0s", "storageLocation": "default"}}, "s")), "velero-io/velero d2241adba", KNOWN),
    _chart("charts of stores with passwords from secrets and TLS", (
        *_release("redis", auth={"enabled": True, "existingSecret": "x"}, tls={"enabled": True}),
        *_release("rabbitmq", auth={"existingPasswordSecret": "x"}, extraConfiguration=(
            "loopback_users.guest = true\nauth_mechanisms.1 = PLAIN\n")),
        *_release("mongodb", auth={"enabled": True, "existingSecret": "x"}, tls={"enabled": True,
                                                                                "mode": "requireTLS"}),
        *_release("nats", config={"merge": {"accounts": {"A": {"users": [{"user": "a", "password": "<< $P >>"}]}}}}),
        *_release("minio", existingSecret="root", buckets=[{"name": "m", "policy": "none", "purge": False}],
                  users=[{"accessKey": "app", "existingSecret": "x", "existingSecretKey": "k", "policy": "models"}])),
        "bitnami/charts and minio/minio, values.yaml", charts=("mongodb", "rabbitmq", "redis")),
    _chart("charts of monitoring ask each caller who he is", (
        *_release("kube-prometheus-stack", grafana={"admin": {"existingSecret": "x"}}, alertmanager={
            "alertmanagerSpec": {"alertmanagerConfigMatcherStrategy": {"type": "OnNamespace"}}}, prometheus={
            "ingress": {"enabled": True, "hosts": ["p.example.ae"], "annotations": AUTH,
                        "tls": [{"secretName": "x", "hosts": ["p.example.ae"]}]}}),
        *_release("loki", loki={"auth_enabled": True, "storage": {
            "type": "s3", "bucketNames": {"chunks": "bank-backups"}, "s3": {"region": "me-central-1"}}}),
        *_release("tempo-distributed", storage={"trace": {"backend": "s3", "s3": {
            "bucket": "tempo", "endpoint": "minio.storage.svc:9000"}}}),
        *_release("velero", configuration={"backupStorageLocation": [{
            "name": "default", "provider": "aws", "bucket": "bank-backups", "config": {"region": "me-central-1"}}]},
            schedules={"daily": {"disabled": False, "schedule": "0 1 * * *", "template": {"ttl": "720h"}}})),
        "prometheus-community/helm-charts and grafana/helm-charts, values.yaml"),
)  # fmt: skip
