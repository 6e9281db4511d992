"""Attacks by values of Bitnami's charts of stores, read key by key, and by what they do by default (2026-11-29).

Source: bitnami/charts 5165628a, bitnami/<chart>/values.yaml of the charts below; read 2026-11-29. Each passed before.
"""

import json

from ..chart_values import release, with_value
from . import Attack

OPEN = ("FJ-EXP-", "FJ-IDN-", "FJ-ESC-", "FJ-RES-", "FJ-ENC-")
SECRET = "Sup3rS3cret" + "Value99"
_AUTH = {"auth": {"existingSecret": "store"}}
_TLS = {"protocol": "SASL_SSL"}
GOOD = {
    "postgresql": _AUTH, "mysql": _AUTH, "mariadb": _AUTH, "mongodb": {"auth": {"enabled": True, **_AUTH["auth"]}},
    "postgresql-ha": {"postgresql": {"existingSecret": "store"}, "pgpool": {"existingSecret": "store"}},
    "redis": {"auth": {"enabled": True, **_AUTH["auth"]}}, "valkey": {"auth": {"enabled": True, **_AUTH["auth"]}},
    "kafka": {"listeners": {"client": _TLS, "controller": _TLS, "interbroker": _TLS, "external": _TLS}},
    "zookeeper": {"auth": {"client": {"enabled": True}, "quorum": {"enabled": True}}}, "cassandra": {},
    "keycloak": {"production": True, "hostnameStrict": True, **_AUTH, "postgresql": {"enabled": False}},
    "elasticsearch": {"security": {"enabled": True}, "sysctlImage": {"enabled": False}}, "rabbitmq": {}}  # fmt: skip


def _attack(name: str, place: str, value: object, harm: str, severity: str = "critical") -> Attack:
    chart, _, path = place.partition("/")
    values = with_value(GOOD[chart], path, value)
    return Attack(name, OPEN, (release(chart, values),), severity, f"{harm} (values.yaml of {chart})")


def _default(name: str, chart: str, harm: str, severity: str = "critical") -> Attack:
    return Attack(name, OPEN, (release(chart, {"commonLabels": {"a": "b"}}),), severity, f"{harm} ({chart})")


def _realm(**realm: object) -> dict[str, object]:
    return {"enabled": True, "configuration": {"staff.json": json.dumps({"realm": "staff", **realm})}}


_LINES = "primary/extendedConfiguration"


ATTACKS = (
    _attack("PostgreSQL asks for passwords in plain text", "postgresql/primary/pgHbaConfiguration",
            "host all all 0.0.0.0/0 password\n", "passwords are read"),
    _attack("PostgreSQL keeps weak hashes", f"postgresql/{_LINES}", "password_encryption = md5\n",
            "whoever reads one signs in", "major"),
    _attack("PostgreSQL loses rows with its node", f"postgresql/{_LINES}", "fsync = off\n", "rows are lost", "major"),
    _attack("PostgreSQL has no TLS by a line", f"postgresql/{_LINES}", "ssl = off\n", "rows are read"),
    _attack("PostgreSQL loads a program of one's own", "postgresql/postgresqlSharedPreloadLibraries", "/opt/own.so",
            "it reads each row"),
    _attack("the password of the directory is in the values of PostgreSQL", "postgresql/ldap", {
        "enabled": True, "uri": "ldaps://ldap.auth.svc", "bindpw": SECRET}, "whoever reads them has the directory"),
    _attack("every caller is each user of a set of PostgreSQL", "postgresql-ha/postgresql/pgHbaTrustAll", True,
            "each pod reads each row"),
    _attack("Pgpool keeps weak hashes", "postgresql-ha/pgpool/authenticationMethod", "md5",
            "whoever reads one signs in", "major"),
    _attack("Pgpool lets in every caller", "postgresql-ha/pgpool/configuration", "enable_pool_hba = off\n",
            "each pod asks as any user"),
    _attack("MySQL asks nobody for a password", "mysql/primary/configuration", "[mysqld]\nskip-grant-tables\n",
            "each pod reads each row"),
    _attack("MySQL takes passwords in plain text", "mysql/primary/configuration",
            "[mysqld]\nrequire_secure_transport=OFF\n", "passwords are read"),
    _attack("MySQL keeps weak hashes", "mysql/auth/authenticationPolicy", "mysql_native_password,,",
            "whoever reads one finds the password", "major"),
    _attack("users of MySQL read files of its server", "mysql/primary/configuration",
            "[mysqld]\nsecure_file_priv=\n", "tokens are in files"),
    _attack("the password of a user of MySQL is in the values", "mysql/initdbScripts", {
        "a.sql": f"CREATE USER 'app'@'%' IDENTIFIED BY '{SECRET}';"}, "whoever reads them has it"),
    _attack("MariaDB asks nobody for a password", "mariadb/primary/configuration", "[mysqld]\nskip-grant-tables\n",
            "each pod reads each row"),
    _attack("the internet reaches MongoDB by default of a switch", "mongodb/externalAccess", {
        "enabled": True, "autoDiscovery": {"enabled": True}}, "its service is a public load balancer"),
    _attack("MongoDB loses rows with its node", "mongodb/enableJournal", False, "rows are lost", "major"),
    _attack("the key of MongoDB's members is in the values", "mongodb/auth/replicaSetKey", SECRET,
            "whoever reads it is a member"),
    _attack("passwords of MongoDB are a list in the values", "mongodb/auth/passwords", [SECRET],
            "whoever reads them has each row"),
    _attack("sentinels of Redis ask nobody for a password", "redis/auth/sentinel", False,
            "each pod says which server has the data"),
    _attack("the internet reaches Redis by default of a switch", "redis/sentinel", {
        "enabled": True, "externalAccess": {"enabled": True}}, "its service is a public load balancer"),
    _attack("users of Redis have no password", "redis/auth/acl", {
        "enabled": True, "users": [{"username": "app", "enabled": "on", "keys": "~*"}]}, "each pod reads each key"),
    _attack("Redis loads a program of one's own", "redis/commonConfiguration", "loadmodule /tmp/own.so\n",
            "it reads each key"),
    _attack("sentinels of Valkey ask nobody for a password", "valkey/auth/sentinel", False,
            "each pod says which server has the data"),
    _default("Kafka takes passwords in plain text by default", "kafka", "passwords are read"),
    _attack("Kafka asks nobody to sign in", "kafka/listeners/client/protocol", "PLAINTEXT", "each pod reads messages"),
    Attack("callers of Kafka need neither a certificate nor a password", OPEN, (release("kafka", {
        "listeners": {"client": {"protocol": "SSL"}}, "tls": {"sslClientAuth": "none"}}),), "critical",
        "each pod reads messages (values.yaml of kafka)"),
    _attack("brokers of Kafka believe each certificate", "kafka/tls/endpointIdentificationAlgorithm", "",
            "whoever is in between is a broker"),
    _attack("each client of Kafka may do what has no list", "kafka/overrideConfiguration", {
        "allow.everyone.if.no.acl.found": "true"}, "each client reads new topics"),
    _attack("callers without a name administer Kafka", "kafka/extraConfig", "super.users=User:ANONYMOUS\n",
            "each pod deletes topics"),
    _attack("Kafka loses acknowledged messages", "kafka/extraConfig", "unclean.leader.election.enable=true\n",
            "messages are lost", "major"),
    _attack("the secret of Kafka's brokers is in the values", "kafka/sasl", {"interbroker": {"clientSecret": SECRET}},
            "whoever reads it is a broker"),
    _default("ZooKeeper asks nobody for a password by default", "zookeeper", "each pod changes who leads"),
    _attack("callers read sessions of ZooKeeper", "zookeeper/fourlwCommandsWhitelist", "*", "paths are read", "major"),
    _attack("lists of rights of ZooKeeper do not count", "zookeeper/jvmFlags", "-Dzookeeper.skipACL=yes",
            "each user writes everything"),
    _attack("one password is every user of ZooKeeper", "zookeeper/jvmFlags",
            "-Dzookeeper.DigestAuthenticationProvider.superDigest=super:hash", "it stands in the values"),
    _attack("users of Cassandra run programs on its servers", "cassandra/cluster/enableUDF", True, "they read tables"),
    _attack("each user of Cassandra writes every table", "cassandra/extraEnvVars", [
        {"name": "CASSANDRA_AUTHORIZER", "value": "AllowAllAuthorizer"}], "rights do not count"),
    _attack("servers of Cassandra talk in plain text", "cassandra/tls", {"internodeEncryption": "none"},
            "rows are read", "major"),
    _attack("every pod administers Cassandra by JMX", "cassandra/extraEnvVars", [
        {"name": "LOCAL_JMX", "value": "no"}], "it runs programs"),
    _default("Keycloak runs as for development by default", "keycloak", "passwords are read"),
    _attack("a realm of Keycloak takes passwords in plain text", "keycloak/keycloakConfigCli", _realm(
        sslRequired="none"), "passwords are read"),
    _attack("whoever reaches a realm of Keycloak signs himself up", "keycloak/keycloakConfigCli", _realm(
        registrationAllowed=True), "strangers are staff"),
    _attack("passwords of a realm of Keycloak are guessed", "keycloak/keycloakConfigCli", _realm(
        bruteForceProtected=False), "nothing stops it", "major"),
    _attack("tokens of a client of Keycloak stand in addresses", "keycloak/keycloakConfigCli", _realm(
        clients=[{"clientId": "a", "implicitFlowEnabled": True}]), "they are in logs", "major"),
    _attack("Bitnami's Keycloak sends links to the host that a caller names", "keycloak/hostnameStrict", False,
            "whoever follows one gives his account away"),
    _default("Elasticsearch asks nobody for a password by default", "elasticsearch", "each pod reads each row"),
    _attack("Elasticsearch takes passwords in plain text", "elasticsearch/security/tls", {"restEncryption": False},
            "passwords are read"),
    _attack("servers of Elasticsearch believe each certificate", "elasticsearch/security/tls", {
        "verificationMode": "none"}, "whoever is in between is a server"),
    _attack("callers of RabbitMQ show any certificate", "rabbitmq/auth/tls", {"sslOptionsVerify": "verify_none"},
            "certificates do not count", "major"),
)  # fmt: skip
