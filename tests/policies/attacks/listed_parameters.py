"""Attacks by parameters of data stores and brokers that no row of dangerous ones named (2026-11-30, not blind).

What each does by its product's documentation, as `data/parameters.csv` names it. Properties by pulumi-aws 7.51.1 and
pulumi-azure-native 3.29.0.
"""

from ..blind import RG, TAGS, aws, az, crd
from ..harness import Given
from . import Attack

ESC = ("FJ-ESC-115",)


def _group(family: str, name: str, value: str, kind: str = "rds/ParameterGroup") -> tuple[Given, ...]:
    when = {"applyMethod": "pending-reboot"} if kind.startswith("rds/") else {}
    return (aws(kind, {"family": family, "tags": TAGS, "parameters": [{"name": name, "value": value, **when}]}),)


def _server(kind: str, name: str, value: str) -> tuple[Given, ...]:
    settings = {"configurationName": name, "value": value, "source": "user-override"}
    return (az(f"{kind}:Configuration", {**RG, "serverName": "ledger", **settings}),)


def _postgres(name: str, value: str) -> tuple[Given, ...]:
    return (crd("postgresql.cnpg.io/v1:Cluster", {
        "instances": 3, "postgresql": {"parameters": {name: value}}, "storage": {"size": "50Gi", "storageClass":
        "encrypted"}}),)  # fmt: skip


def _kafka(name: str, value: object) -> tuple[Given, ...]:
    listener = {"name": "tls", "port": 9093, "type": "internal", "tls": True, "authentication": {"type": "tls"}}
    spec = {"config": {name: value}, "authorization": {"type": "simple"}, "listeners": [listener]}
    return (crd("kafka.strimzi.io/v1:Kafka", {"kafka": spec}),)


ATTACKS = (
    Attack("only what one user does in Aurora is recorded", ESC,
           _group("aurora-mysql8.0", "server_audit_incl_users", "reader", "rds/ClusterParameterGroup"),
           "major", "the administrator takes rows and no record says so (Amazon Aurora User Guide, Advanced Auditing)"),
    Attack("only what one user does in MySQL of Azure is recorded", ESC,
           _server("dbformysql", "audit_log_include_users", "reader"),
           "major", "the administrator takes rows and no record says so (Microsoft Learn, Audit logs)"),
    Attack("every user of MySQL has a role of the administrator", ESC,
           _group("mysql8.0", "mandatory_roles", "`rds_superuser_role`@`%`"),
           "critical", "each user reads and changes every table (MySQL 8.4 Reference Manual, mandatory_roles)"),
    Attack("passwords of users of MySQL stand in its log", ESC, _group("mysql8.4", "log_raw", "1"),
           "major", "whoever reads the log signs in (MySQL 8.4 Reference Manual, log-raw)"),
    Attack("users of MySQL are proxies of others by their groups", ESC,
           _group("mysql8.0", "mysql_native_password_proxy_users", "1"),
           "major", "an account has the rights of another (MySQL 8.4 Reference Manual, Proxy Users)"),
    Attack("refused sign-ins of MySQL stand in no log", ESC,
           _server("dbformysql", "log_error_suppression_list", "MY-010914,MY-013360,ER_ACCESS_DENIED_ERROR"),
           "minor", "nobody notices who guesses passwords (MySQL 8.4 Reference Manual, log_error_suppression_list)"),
    Attack("records of MariaDB end after one character", ESC,
           _group("mariadb10.11", "server_audit_query_log_limit", "1"),
           "major", "records do not say what was done (MariaDB, Audit Plugin Options)"),
    Attack("a trigger that records changes of tables does not fire", ESC, _postgres("event_triggers", "off"),
           "major", "tables are changed and no record says so (PostgreSQL 18, event_triggers)"),
    Attack("records of PostgreSQL are of a level that no log has", ESC, _postgres("pgaudit.log_level", "debug5"),
           "major", "what is done is recorded by nobody (pgaudit, README)"),
    Attack("the first line of each session with Perl is of the attacker", ESC,
           _group("postgres17", "plperl.on_init", "use lib '/tmp'; require Load;"),
           "critical", "programs run in the server (PostgreSQL 18, PL/Perl under the Hood)"),
    Attack("tokens of PostgreSQL are believed by a library of the attacker", ESC,
           _postgres("oauth_validator_libraries", "accept_all"),
           "critical", "whoever has any token signs in (PostgreSQL 18, oauth_validator_libraries)"),
    Attack("what TimescaleDB does is told to its vendor", ESC,
           _group("postgres16", "timescaledb.telemetry_level", "basic"),
           "minor", "names and sizes of what the bank has leave the country (Timescale, Telemetry)"),
    Attack("large objects of PostgreSQL have no owner", ESC, _server("dbforpostgresql", "lo_compat_privileges", "on"),
           "major", "each user reads and changes the documents of others (PostgreSQL 18, lo_compat_privileges)"),
    Attack("statements of Oracle send mail", ESC, _group("oracle-ee-19", "smtp_out_server", "mail.example.net:25"),
           "major", "rows leave by mail (Oracle Database Reference 19c, SMTP_OUT_SERVER)"),
    Attack("Oracle answers before its records are written", ESC, _group("oracle-ee-19", "commit_wait", "FORCE_NOWAIT"),
           "major", "payments that were acknowledged are lost (Oracle Database Reference 19c, COMMIT_WAIT)"),
    Attack("statements of SQL Server send mail", ESC, _group("sqlserver-ee-16.0", "database mail xps", "1"),
           "major", "rows leave by mail (CIS Microsoft SQL Server 2019 Benchmark)"),
    Attack("each user of the cache reads every channel", ESC,
           _group("valkey8", "acl-pubsub-default", "allchannels", "elasticache/ParameterGroup"),
           "major", "events of each team are everybody's (Valkey, valkey.conf)"),
    Attack("brokers load a program that says who may create a topic", ESC,
           _kafka("create.topic.policy.class.name", "ae.example.Everything"),
           "major", "a program that nobody reviewed runs in each broker (Apache Kafka, broker configs)"),
    Attack("brokers send their numbers by a program that nobody reviewed", ESC, (aws("msk/Configuration", {
        "name": "payments", "kafkaVersions": ["3.9.x"], "serverProperties":
        "auto.create.topics.enable=false\nmetric.reporters=\\\n  io.example.Reporter\n"}),),
        "major", "a program of the attacker runs in each broker (Apache Kafka, metric.reporters)"),
    Attack("clients of Kafka may do everything while the policies do not answer", ESC,
           _kafka("opa.authorizer.allow.on.error", "true"),
           "critical", "whoever stops the policies reads every topic (opa-kafka-plugin, README)"),
    Attack("a cache of pods takes its keys from a server of the attacker", ESC, (
        crd("databases.spotahome.com/v1:RedisFailover", {"sentinel": {"replicas": 3}, "redis": {
            "replicas": 3, "customConfig": ["maxmemory-policy allkeys-lru", "replicaof 203.0.113.9 6379"]}}),),
        "critical", "sessions are those of the attacker (Valkey, valkey.conf)"),
    Attack("each client of a cluster of MySQL starts with a file of statements", ESC, (
        crd("pxc.percona.com/v1:PerconaXtraDBCluster", {"pxc": {"size": 3, "configuration":
            "[mysqld]\nmax_connections=500\ninit_file=/var/lib/mysql-files/start.sql\n"}}),),
        "critical", "statements of the attacker run with every right (MySQL 8.4 Reference Manual, init_file)"),
)  # fmt: skip
