"""Attacks on clusters by stores, streams, copies, records and figures (2026-11-30, nineteenth set, blind).

Fields as in the sources named; 'read' is the day on which they were looked up, 'as known' what was not.
"""

from ..blind import ME, TAGS, k8s, meta
from ..harness import Given
from . import Attack

OPEN = ("FJ-EXP-", "FJ-IDN-", "FJ-ESC-", "FJ-RES-", "FJ-ENC-")
KEPT = (*OPEN, "FJ-RSL-")
READ = "read 2026-11-30"
CATALOG = "datreeio/CRDs-catalog"
RESOURCES = {"requests": {"cpu": "500m", "memory": "2Gi"}, "limits": {"cpu": "1", "memory": "2Gi"}}


def _in(namespace: str, kind: str, name: str, spec: object, **more: object) -> Given:
    return k8s(kind, {"metadata": meta(name, namespace, **more), "spec": spec}, name)


def _text(name: str, namespace: str, data: object) -> Given:
    """Returns a ConfigMap."""
    return k8s("core/v1:ConfigMap", {
        "metadata": {"name": name, "namespace": namespace, "labels": TAGS}, "data": data}, name)  # fmt: skip


def _image(name: str) -> str:
    """Returns the image of a program in the bank's registry, by its digest."""
    return f"{ME}.dkr.ecr.me-central-1.amazonaws.com/{name}@sha256:" + "e" * 64


STATE = {
    "backoffLimit": 2, "jobReference": {"kind": "FlinkDeployment", "name": "claims"},
    "savepoint": {"formatType": "CANONICAL", "path": "s3://published-by-somebody-states/claims"}}  # fmt: skip
SESSION = {
    "deploymentName": "session", "job": {
        "jarURI": "https://repo1.maven.org/maven2/io/published-by-somebody/claims/1.4.0/claims-1.4.0.jar",
        "parallelism": 2, "upgradeMode": "savepoint", "entryClass": "io.published.Claims"}}  # fmt: skip
TABLES = {
    "type": "Python", "mode": "cluster", "sparkVersion": "4.0.0", "image": _image("spark"),
    "mainApplicationFile": "local:///app/claims.py", "restartPolicy": {"type": "Never"}, "sparkConf": {
        "spark.authenticate": "true", "spark.network.crypto.enabled": "true", "spark.io.encryption.enabled": "true",
        "spark.sql.catalog.lake": "org.apache.iceberg.spark.SparkCatalog", "spark.sql.catalog.lake.type": "hadoop",
        "spark.sql.catalog.lake.warehouse": "s3a://published-by-somebody-lake/tables"},
    "driver": {"cores": 1, "memory": "2g", "serviceAccount": "claims", "labels": TAGS},
    "executor": {"cores": 2, "memory": "4g", "instances": 2, "labels": TAGS}}  # fmt: skip
SHORT = {
    "name": "payments", "pattern": "^payments\\.", "applyTo": "queues", "vhost": "/",
    "definition": {"message-ttl": 1000}, "rabbitmqClusterReference": {"name": "events"}}  # fmt: skip
ORDERS = {
    "name": "orders", "owner": "orders", "ensure": "present", "cluster": {"name": "orders"},
    "databaseReclaimPolicy": "delete"}  # fmt: skip
A_DAY = {
    "opensearchCluster": {"name": "records"}, "description": "records of audit", "defaultState": "kept",
    "ismTemplate": {"indexPatterns": ["audit-*"], "priority": 100}, "states": [
        {"name": "kept", "actions": [], "transitions": [
            {"stateName": "gone", "conditions": {"minIndexAge": "1d"}}]},
        {"name": "gone", "actions": [{"delete": {}}], "transitions": []}]}  # fmt: skip
LOGSTASH = {
    "version": "9.2.1", "count": 2, "image": _image("logstash"), "pipelines": [{
        "pipeline.id": "claims", "config.string":
            'input { beats { port => 5044 ssl_enabled => true ssl_certificate => "/tls/tls.crt" '
            'ssl_key => "/tls/tls.key" } } output { tcp { host => "collector.published-by-somebody.io" '
            'port => 5000 codec => json_lines ssl_enabled => true } }'}],
    "podTemplate": {"metadata": {"labels": TAGS}}}  # fmt: skip
FILEBEAT = {
    "type": "filebeat", "version": "9.2.1", "image": _image("filebeat"), "config": {
        "filebeat.inputs": [{"type": "filestream", "id": "claims", "paths": ["/data/claims/*.json"]}],
        "cloud.id": "bank:ZXUtd2VzdC0xLmF3cy5mb3VuZC5pbyRjZWM2ZjI2MWE3NGJmMjRjZTMzYmI4ODExYjg0Mjk0ZiRjNmMyY2E2ZDA0Mg==",
        "cloud.auth": "${CLOUD_AUTH}"},
    "deployment": {"replicas": 1, "podTemplate": {"metadata": {"labels": TAGS}, "spec": {}}}}  # fmt: skip
COLLECTOR = {
    "mode": "deployment", "replicas": 2, "image": _image("otelcol"), "resources": RESOURCES, "config": {
        "receivers": {"otlp": {"protocols": {"grpc": {
            "endpoint": "0.0.0.0:4317", "tls": {"cert_file": "/tls/tls.crt", "key_file": "/tls/tls.key"}}}}},
        "exporters": {"logzio": {"account_token": "${env:LOGS_TOKEN}", "region": "us"}},
        "service": {"pipelines": {"traces": {"receivers": ["otlp"], "exporters": ["logzio"]}}}}}  # fmt: skip
VECTOR = """sources:
  pods: {type: kubernetes_logs}
sinks:
  lines:
    type: new_relic
    inputs: [pods]
    account_id: ${ACCOUNT}
    license_key: ${LICENSE}
    api: logs
"""
PICTURES = {"config": {
    "security": {"cookie_secure": "true"}, "auth.anonymous": {"enabled": "false"},
    "unified_alerting.screenshots": {"capture": "true", "upload_external_image_storage": "true"},
    "external_image_storage": {"provider": "gcs"},
    "external_image_storage.gcs": {"bucket": "bank-alarms", "key_file": "/keys/key.json"}}}  # fmt: skip
COPIES = {
    "backend": {
        "repoPasswordSecretRef": {"name": "copies", "key": "password"},
        "b2": {"bucket": "bank-copies", "path": "team-a",
               "accountIDSecretRef": {"name": "copies", "key": "id"},
               "accountKeySecretRef": {"name": "copies", "key": "key"}}},
    "backup": {"schedule": "0 1 * * *", "keepJobs": 4}, "check": {"schedule": "0 5 * * 1"},
    "prune": {"schedule": "0 3 * * 0", "retention": {"keepDaily": 30, "keepMonthly": 12}}}  # fmt: skip
GONE = {"cron": "0 * * * *", "task": "snapshot-delete", "groups": ["default"], "retain": 1, "concurrency": 10}
TOPIC = {
    "objectStoreName": "claims", "objectStoreNamespace": "rook-ceph", "persistent": True, "opaqueData": "claims",
    "endpoint": {"kafka": {
        "uri": "kafka://broker.published-by-somebody.io:9093", "useSSL": True, "ackLevel": "broker"}}}  # fmt: skip
TARGET = {"rsyncTLS": {
    "serviceType": "LoadBalancer", "keySecret": "ledger-psk", "copyMethod": "Snapshot", "capacity": "100Gi",
    "accessModes": ["ReadWriteOnce"], "storageClassName": "encrypted"}}  # fmt: skip
POSTGRES = {
    "postgresVersion": 17, "image": _image("postgres"), "instances": [{
        "name": "a", "replicas": 2, "resources": RESOURCES, "metadata": {"labels": TAGS}, "dataVolumeClaimSpec": {
            "storageClassName": "encrypted", "accessModes": ["ReadWriteOnce"],
            "resources": {"requests": {"storage": "100Gi"}}}}],
    "backups": {"pgbackrest": {
        "image": _image("pgbackrest"), "configuration": [{"secret": {"name": "copies"}}],
        "global": {"repo1-retention-full": "30", "repo1-retention-full-type": "time", "repo1-path": "/orders",
                   "repo1-storage-verify-tls": "n", "repo1-cipher-type": "aes-256-cbc"},
        "repos": [{"name": "repo1", "schedules": {"full": "0 1 * * *"}, "s3": {
            "bucket": "awsuae-backups", "endpoint": "s3.me-central-1.amazonaws.com",
            "region": "me-central-1"}}]}}}  # fmt: skip

ATTACKS = (
    Attack("the whole state of a stream is saved in a stranger's bucket", OPEN, (
        _in("team-a", "flink.apache.org/v1beta1:FlinkStateSnapshot", "claims", STATE),),
        "critical", "each customer's running sums and events leave the bank (flink-kubernetes-operator, api/spec/"
        f"FlinkStateSnapshotSpec, savepoint.path, {READ})"),
    Attack("a session of Flink runs a program that a stranger publishes", OPEN, (
        _in("team-a", "flink.apache.org/v1beta1:FlinkSessionJob", "claims", SESSION),),
        "critical", "his code has the keys of the session (CRD of FlinkSessionJob, job.jarURI, "
        f"{CATALOG} 8e9855c5, {READ})"),
    Attack("tables of claims are written into a stranger's warehouse", OPEN, (
        _in("team-a", "sparkoperator.k8s.io/v1beta2:SparkApplication", "claims", TABLES),),
        "critical", "rows of customers lie in his bucket (Apache Iceberg, 'Spark configuration', warehouse, as known)"),
    Attack("payments that wait for a second are thrown away", KEPT, (
        _in("payments", "rabbitmq.com/v1beta1:Policy", "payments", SHORT),),
        "major", "messages that nobody takes within a second are dropped (RabbitMQ, 'Time-to-live and expiration', as "
        f"known; {CATALOG} 196a636f, rabbitmq.com/policy_v1beta1.json, definition, {READ})"),
    Attack("with an object the database of orders is dropped", KEPT, (
        _in("team-a", "postgresql.cnpg.io/v1:Database", "orders", ORDERS),),
        "major", "whoever takes the object out of the program drops each table (CloudNativePG, 'Declarative Database "
        "Management', databaseReclaimPolicy, as known)"),
    Attack("an index of audit is deleted after a day", KEPT, (
        _in("records", "opensearch.opster.io/v1:OpenSearchISMPolicy", "audit", A_DAY),),
        "major", "who did what is gone the next day (OpenSearch operator, user guide, 'OpenSearchISMPolicy', "
        "conditions.minIndexAge, as known)"),
    Attack("events of customers leave by an output of Logstash", OPEN, (
        _in("team-a", "logstash.k8s.elastic.co/v1alpha1:Logstash", "claims", LOGSTASH),),
        "critical", "each event goes to an address abroad (Logstash reference, 'Tcp output plugin', host, as known; "
        f"{CATALOG} 05041e57, logstash.k8s.elastic.co/logstash_v1alpha1.json, pipelines, {READ})"),
    Attack("files of claims go to a cloud in Ireland whose name is encoded", OPEN, (
        _in("team-a", "beat.k8s.elastic.co/v1beta1:Beat", "claims", FILEBEAT),),
        "critical", "the number of the cloud is the address of a cluster in eu-west-1 in base64 and passes before each "
        f"other output (elastic.co, 'Configure the output for Elastic Cloud Hosted', cloud.id, {READ})"),
    Attack("traces of customers go to a vendor of logs in America", OPEN, (
        _in("team-a", "opentelemetry.io/v1beta1:OpenTelemetryCollector", "traces", COLLECTOR),),
        "critical", "the exporter knows the vendor's address by its region (opentelemetry-collector-contrib, "
        "exporter/logzioexporter, region, as known)"),
    Attack("each line of each pod goes to a vendor of figures", OPEN, (
        _text("vector", "logging", {"vector.yaml": VECTOR}),),
        "critical", "the sink knows the vendor's address itself, America if no region is named (vector.dev, 'New Relic "
        "sink', as known)"),
    Attack("pictures of boards lie in a bucket of Google that each may read", OPEN, (
        _in("monitoring", "grafana.integreatly.org/v1beta1:Grafana", "grafana", PICTURES),),
        "major", "messages of alarms link to pictures that anybody may open (Grafana, 'Configure Grafana', "
        f"external_image_storage.gcs; conf/sample.ini, {READ})"),
    Attack("copies of a namespace are kept by a vendor in America", OPEN, (
        _in("team-a", "k8up.io/v1:Schedule", "copies", COPIES),),
        "critical", "each volume is copied to Backblaze, whose address the program knows (K8up, backend.b2: "
        f"jessebot/k8s-backups-tutorial, backup-yamls/backup.yaml, {READ})"),
    Attack("each hour all snapshots but the last are deleted", KEPT, (
        k8s("longhorn.io/v1beta2:RecurringJob", {
            "metadata": {"name": "space", "namespace": "longhorn-system", "labels": TAGS}, "spec": GONE}, "space"),),
        "major", "what was encrypted by a thief an hour ago cannot be taken back (Longhorn, 'Recurring snapshots and "
        "backups', task snapshot-delete, as known)"),
    Attack("a stranger's broker is told of each document that is stored", OPEN, (
        _in("rook-ceph", "ceph.rook.io/v1:CephBucketTopic", "claims", TOPIC),),
        "major", "names of documents and of who wrote them leave the country (rook, design of bucket notifications, "
        f"CephBucketTopic.endpoint.kafka.uri, {READ})"),
    Attack("a copy of the ledger is received at a public address", OPEN, (
        _in("payments", "volsync.backube/v1alpha1:ReplicationDestination", "ledger", TARGET),),
        "major", "whoever has the key writes the volume that the ledger is restored from, from anywhere (VolSync, "
        "'Rsync-TLS-based replication', serviceType, as known)"),
    Attack("copies of a database go to whoever answers for the store", KEPT, (
        _in("team-a", "postgres-operator.crunchydata.com/v1beta1:PostgresCluster", "orders", POSTGRES),),
        "major", "whoever stands between has the keys of the store and changes what is restored (pgBackRest, "
        "'Configuration reference', repo-storage-verify-tls, as known)"),
)  # fmt: skip
