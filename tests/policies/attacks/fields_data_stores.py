"""Attacks by fields of databases and brokers, read one by one in upstream's schemas (2026-11-29).

CloudNativePG a95a534d (config/crd/bases), Strimzi 8541da1e (install/cluster-operator); each passed the pack before.
"""

from collections.abc import Mapping

from ..blind import IMAGE, TAGS, crd, k8s, meta
from ..harness import Given
from . import Attack

ROW = ("FJ-ESC-115",)
SWITCH = ("FJ-IDN-313",)
PG = "CloudNativePG a95a534d, api/v1/cluster_types.go"
KAFKA = "Strimzi 8541da1e, install/cluster-operator"


def _cluster(annotations: Mapping[str, str] | None = None, **spec: object) -> tuple[Given, ...]:
    return (k8s("postgresql.cnpg.io/v1:Cluster", {
        "metadata": meta(annotations=dict(annotations or {})),
        "spec": {"instances": 3, "storage": {"size": "10Gi", "storageClass": "encrypted"},
                 "inheritedMetadata": {"labels": TAGS}, **spec}}),)  # fmt: skip


def _server(**postgresql: object) -> tuple[Given, ...]:
    return _cluster(postgresql=postgresql)


def _sql(text: str) -> tuple[Given, ...]:
    return _cluster(bootstrap={"initdb": {"database": "app", "owner": "app", "postInitApplicationSQL": [text]}})


def _pooler(**pgbouncer: object) -> tuple[Given, ...]:
    return (crd("postgresql.cnpg.io/v1:Pooler", {
        "cluster": {"name": "pg"}, "instances": 2, "type": "rw", "pgbouncer": pgbouncer}),)  # fmt: skip


SIGN_IN = {"type": "tls", "certificateAndKey": {"secretName": "x", "certificate": "user.crt", "key": "user.key"}}
TRUST = {"trustedCertificates": [{"secretName": "ca", "pattern": "*.crt"}]}
LISTENER = {"name": "tls", "port": 9093, "type": "internal", "tls": True, "authentication": {"type": "tls"}}
POD = {"pod": {"metadata": {"labels": TAGS}}}


def _kafka(listener: object = None, **kafka: object) -> tuple[Given, ...]:
    spec = {"version": "4.1.0", "authorization": {"type": "simple"}, "listeners": [listener or LISTENER],
            "template": POD, **kafka}  # fmt: skip
    return (crd("kafka.strimzi.io/v1:Kafka", {"kafka": {key: item for key, item in spec.items() if item is not None}}),)


def _connect(**spec: object) -> tuple[Given, ...]:
    whole = {"version": "4.1.0", "replicas": 2, "image": IMAGE, "bootstrapServers": "events-kafka-bootstrap:9093",
             "tls": TRUST, "authentication": SIGN_IN, "template": POD, **spec}  # fmt: skip
    return (crd("kafka.strimzi.io/v1:KafkaConnect", {key: item for key, item in whole.items() if item is not None}),)


def _connector(kind: str, **config: object) -> tuple[Given, ...]:
    return (crd("kafka.strimzi.io/v1:KafkaConnector", {"class": kind, "tasksMax": 1, "config": config}),)


DEBEZIUM = "io.debezium.connector.postgresql.PostgresConnector"
LDAP = {"server": "ldap.identity.svc", "bindAsAuth": {"prefix": "uid=", "suffix": ",dc=x"}}

ATTACKS = (
    Attack("an annotation patches the pods of a database", ROW,
           _cluster({"cnpg.io/podPatch": '[{"op": "add", "path": "/spec/hostPID", "value": true}]'}), "critical",
           f"pods on the node's processes that no rule sees ({PG}, podPatch)"),
    Attack("an annotation switches the checks of a database's operator off", ROW,
           _cluster({"cnpg.io/validation": "disabled"}), "major", f"what its webhook refuses is created ({PG})"),
    Attack("changes of a database are no longer archived", ROW, _cluster({"cnpg.io/skipWalArchiving": "enabled"}),
           "major", f"a day of payments cannot be restored ({PG})"),
    Attack("copies of a database are deleted with it", ROW,
           _cluster(backup={"volumeSnapshot": {"className": "csi", "snapshotOwnerReference": "cluster"}}), "major",
           f"who deletes the database deletes each copy ({PG}, snapshotOwnerReference)"),
    Attack("a backup of a database is kept for three days", ROW, _cluster(backup={"retentionPolicy": "3d"}), "minor",
           f"what was damaged a week ago is gone ({PG}, retentionPolicy)"),
    Attack("nightly copies of a database are suspended", ROW, (crd("postgresql.cnpg.io/v1:ScheduledBackup", {
        "schedule": "0 0 2 * * *", "cluster": {"name": "pg"}, "suspend": True}),), "major",
           "nothing is backed up (CloudNativePG a95a534d, ScheduledBackup)"),
    Attack("a server of PostgreSQL runs as root by a number", ROW, _cluster(postgresUID=0), "major",
           f"whoever gets in is root ({PG}, postgresUID)"),
    Attack("a context of a database beside its pods is root's", ("FJ-EXP-307",),
           _cluster(podSecurityContext={"runAsUser": 0}), "major", f"programs run as root ({PG}, podSecurityContext)"),
    Attack("a context of a database adds a capability", ("FJ-EXP-305",),
           _cluster(securityContext={"capabilities": {"add": ["SYS_ADMIN"]}}), "critical",
           f"the server breaks out of its container ({PG}, securityContext)"),
    Attack("clients with any certificate are the superuser", ROW, _server(pg_ident=["all /^(.*)$ postgres"]),
           "critical", f"each application is the superuser ({PG}, pg_ident)"),
    Attack("clients say themselves who they are", ROW, _server(pg_hba=["host all all 10.0.0.0/8 ident"]), "critical",
           "the client's machine is asked for the user's name (PostgreSQL, 'Ident Authentication')"),
    Attack("passwords go to a directory in plain text by default", SWITCH, _server(ldap=LDAP), "major",
           f"the scheme is ldap unless it is set ({PG}, LDAPConfig)"),
    Attack("a server of PostgreSQL offers broken ciphers", ROW, _server(parameters={"ssl_ciphers": "ALL:!aNULL:RC4"}),
           "major", "connections are read (PostgreSQL, 'ssl_ciphers')"),
    Attack("a server of PostgreSQL ends at outdated TLS", ROW,
           _server(parameters={"ssl_max_protocol_version": "TLSv1.1"}), "major", "(PostgreSQL, 'Connection Settings')"),
    Attack("triggers that record changes do not run", ROW,
           _server(parameters={"session_replication_role": "replica"}), "major",
           "changes are recorded by nobody (PostgreSQL, 'session_replication_role')"),
    Attack("an audit of PostgreSQL records nothing", ROW, _server(parameters={"pgaudit.log": "none"}), "major",
           "reading of accounts leaves no trace (pgAudit, 'pgaudit.log')"),
    Attack("an application gets the role of the superuser by SQL", SWITCH, _sql("GRANT postgres TO app;"), "critical",
           "the application is the superuser (PostgreSQL, 'GRANT')"),
    Attack("every user of a database reads its tables", SWITCH, _sql("GRANT ALL ON ALL TABLES IN SCHEMA public TO "
           "PUBLIC;"), "major", "each account reads and writes (PostgreSQL, 'GRANT')"),
    Attack("policies on rows are switched off by SQL", SWITCH, _sql("ALTER TABLE a DISABLE ROW LEVEL SECURITY;"),
           "major", "customers read rows of others (PostgreSQL, 'Row Security Policies')"),
    Attack("a language without limits is created by SQL", SWITCH, _sql("CREATE EXTENSION plpython3u;"), "major",
           "functions run programs on the server (PostgreSQL, 'PL/Python')"),
    Attack("a language without limits is an extension of a database", ROW, (crd("postgresql.cnpg.io/v1:Database", {
        "name": "a", "owner": "a", "cluster": {"name": "pg"}, "extensions": [{"name": "plpython3u"}]}),), "major",
           "functions run programs on the server (CloudNativePG a95a534d, Database)"),
    Attack("the password of a role stands in SQL", SWITCH, _sql("ALTER ROLE app WITH PASSWORD 'hunter2hunter2';"),
           "major", "whoever reads the object has the password (PostgreSQL, 'ALTER ROLE')"),
    Attack("a password of another server stands in the object", ("FJ-EXP-326",), _cluster(externalClusters=[{
        "name": "o", "connectionParameters": {"host": "pg.dc1.example.ae", "sslmode": "verify-full",
                                              "password": "Sup3rS3cret99"}}]), "major",
           f"whoever reads the object has the password ({PG}, connectionParameters)"),
    Attack("rows come from a server outside by its number", ("FJ-RES-312",), _cluster(externalClusters=[{
        "name": "o", "connectionParameters": {"hostaddr": "8.8.8.8", "sslmode": "verify-full"}}]), "critical",
           f"rows are copied from and to a stranger ({PG}, externalClusters)"),
    Attack("a service of a database has an address of others", ("FJ-EXP-321",), _cluster(managed={"services": {
        "additional": [{"selectorType": "rw", "serviceTemplate": {
            "metadata": {"name": "x"}, "spec": {"type": "ClusterIP", "externalIPs": ["203.0.113.4"]}}}]}}), "critical",
           f"traffic to the address is taken over ({PG}, ManagedService)"),
    Attack("a pooler lets in clients that say themselves who they are", ROW,
           _pooler(pg_hba=["host all all 10.0.0.0/8 ident"]), "critical",
           "CloudNativePG a95a534d, api/v1/pooler_types.go"),
    Attack("a pooler of connections asks nobody for a password", ROW, _pooler(parameters={"auth_type": "any"}),
           "critical", "each client is the user that it names (PgBouncer, 'auth_type')"),
    Attack("a listener of Kafka asks nobody who he is", ROW,
           _kafka({key: item for key, item in LISTENER.items() if key != "authentication"}), "critical",
           f"each pod reads and writes each topic ({KAFKA}/040-Crd-kafka.yaml, listeners)"),
    Attack("brokers of Kafka have no list of permissions", ROW, _kafka(authorization=None), "critical",
           f"each client reads and deletes each topic ({KAFKA}/040-Crd-kafka.yaml, authorization)"),
    Attack("what has no list of permissions is everybody's", ROW,
           _kafka(config={"allow.everyone.if.no.acl.found": "true"}), "critical", f"({KAFKA}/040-Crd-kafka.yaml)"),
    Attack("every certificate is the administrator of Kafka", ROW,
           _kafka(config={"ssl.principal.mapping.rules": "RULE:^.*$/CN=admin/"}), "critical",
           "Apache Kafka, 'Customizing SSL User Name'"),
    Attack("brokers of Kafka believe any name in a certificate", ROW,
           _kafka(config={"ssl.endpoint.identification.algorithm": ""}), "major", f"({KAFKA}/040-Crd-kafka.yaml)"),
    Attack("the record of refused requests is off", ROW, _kafka(logging={
        "type": "inline", "loggers": {"logger.kafka.authorizer.level": "OFF"}}), "major",
           f"attempts leave no trace ({KAFKA}/040-Crd-kafka.yaml, logging)"),
    Attack("messages of Kafka move to a bucket of Google", ("FJ-RES-120",), _kafka(tieredStorage={
        "type": "custom", "remoteStorageManager": {
            "className": "io.aiven.kafka.tieredstorage.RemoteStorageManager", "classPath": "/opt/kafka/plugins/x/*",
            "config": {"storage.backend.class": "io.aiven.kafka.tieredstorage.storage.gcs.GcsStorage"}}}), "critical",
           f"messages leave the country ({KAFKA}/040-Crd-kafka.yaml, tieredStorage)"),
    Attack("JMX of brokers asks for no password by a property", SWITCH, _kafka(jvmOptions={"javaSystemProperties": [
        {"name": "com.sun.management.jmxremote.authenticate", "value": "false"}]}), "critical",
           f"callers run programs ({KAFKA}/040-Crd-kafka.yaml, jvmOptions)"),
    Attack("workers of connectors have no TLS", ROW, _connect(tls=None), "major",
           f"passwords and messages are read ({KAFKA}/041-Crd-kafkaconnect.yaml, tls)"),
    Attack("programs of connectors come from Maven Central", SWITCH, _connect(build={
        "output": {"type": "docker", "image": "registry.dc1.example.ae/connect:1.2.3"},
        "plugins": [{"name": "x", "artifacts": [{"type": "maven", "group": "a", "artifact": "b", "version": "1"}]}]}),
           "major", f"({KAFKA}/041-Crd-kafkaconnect.yaml, build)"),
    Attack("an image of connectors is pushed without TLS", ROW, _connect(build={
        "output": {"type": "docker", "image": "registry.dc1.example.ae/connect:1.2.3",
                   "additionalPushOptions": ["--tls-verify=false"]}, "plugins": []}), "major",
           f"({KAFKA}/041-Crd-kafkaconnect.yaml, build)"),
    Attack("tokens of a worker become messages", ROW,
           _connector("FileStreamSource", file="/var/run/secrets/kubernetes.io/serviceaccount/token", topic="x"),
           "critical", "Apache Kafka, 'File connectors'"),
    Attack("changes of a database are read without TLS", ("FJ-ENC-425",),
           _connector(DEBEZIUM, **{"database.hostname": "pg-rw.team-a.svc", "database.sslmode": "disable"}), "major",
           "Debezium, 'database.sslmode'"),
    Attack("a connector has the password of its database in its settings", ("FJ-EXP-326",),
           _connector(DEBEZIUM, **{"database.hostname": "pg-rw.team-a.svc", "database.sslmode": "verify-full",
                                   "database.password": "Sup3rS3cret99"}), "major", "Debezium, 'database.password'"),
    Attack("a topic is that of the offsets of everybody", ROW, (crd("kafka.strimzi.io/v1:KafkaTopic", {
        "topicName": "__consumer_offsets", "partitions": 50, "replicas": 3}),), "major",
           f"({KAFKA}/043-Crd-kafkatopic.yaml)"),
    Attack("pages of others read messages through the bridge", ROW, (crd("kafka.strimzi.io/v1:KafkaBridge", {
        "replicas": 2, "bootstrapServers": "a-kafka-bootstrap:9093", "tls": TRUST, "authentication": SIGN_IN,
        "http": {"port": 8080, "cors": {"allowedOrigins": [".*"], "allowedMethods": ["GET", "POST"]}},
        "template": POD}),), "major", f"({KAFKA}/046-Crd-kafkabridge.yaml, cors)"),
)  # fmt: skip
