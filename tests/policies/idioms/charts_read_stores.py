"""Good releases of Bitnami's charts of stores, whose values were read key by key (bitnami/charts 5165628a)."""

from ..blind import TAGS
from ..harness import Given
from . import Idiom
from .twelfth_charts import LARGE, MIRROR, mirrored, ours

DISK = {"enabled": True, "size": "50Gi", "storageClass": "encrypted"}
SOURCE = "github.com/bitnami/charts, bitnami/%s, README"
_ALL = {"global": {"imageRegistry": MIRROR, "security": {"allowInsecureImages": True}}, "commonLabels": TAGS,
        "networkPolicy": {"enabled": True, "allowExternal": False}}  # fmt: skip
_TLS = {"enabled": True, "certificatesSecret": "store-tls", "certFilename": "tls.crt", "certKeyFilename": "tls.key"}
_KAFKA = {"protocol": "SASL_SSL"}
_HBA = """local all all scram-sha-256
hostssl all all 10.20.0.0/16 scram-sha-256
hostssl replication repl_user 10.20.0.0/16 scram-sha-256
"""


def _store(chart: str, version: str, **values: object) -> Given:
    return mirrored(chart, version, {**_ALL, **values}, "data")


IDIOMS: tuple[Idiom, ...] = (
    Idiom("rows of applications are in PostgreSQL with TLS, and a copy each night", (
        _store("postgresql", "18.1.8", architecture="replication", auth={
            "existingSecret": "pg", "secretKeys": {"adminPasswordKey": "admin", "userPasswordKey": "user"},
            "username": "app", "database": "app"}, tls=_TLS, audit={"logConnections": True, "pgAuditLog": "ddl, role"},
            primary={"persistence": DISK, "resources": LARGE, "pgHbaConfiguration": _HBA,
                     "extendedConfiguration": "password_encryption = scram-sha-256\nmax_connections = 200\n"},
            readReplicas={"replicaCount": 2, "persistence": DISK},
            backup={"enabled": True, "cronjob": {"schedule": "@daily", "storage": {"size": "100Gi"}}}),
        _store("postgresql-ha", "16.3.2", postgresql={"existingSecret": "pgha", "replicaCount": 3, "tls": _TLS,
                                                      "pgHbaTrustAll": False, "resources": LARGE},
               pgpool={"existingSecret": "pgpool", "authenticationMethod": "scram-sha-256", "tls": _TLS},
               persistence=DISK)),
        SOURCE % "postgresql", ours()),
    Idiom("MySQL, MariaDB and MongoDB take TLS only and keep passwords in secrets", (
        _store("mysql", "14.0.3", architecture="replication", auth={
            "existingSecret": "mysql", "authenticationPolicy": "caching_sha2_password,,", "database": "app"},
            tls={"enabled": True, "existingSecret": "mysql-tls"}, primary={
                "persistence": DISK, "resources": LARGE, "extraFlags": "--require-secure-transport=ON"},
            secondary={"replicaCount": 2, "persistence": DISK}),
        _store("mariadb", "24.0.2", auth={"existingSecret": "mariadb", "database": "app"}, tls={
            "enabled": True, "existingSecret": "mariadb-tls"}, primary={"persistence": DISK, "resources": LARGE}),
        _store("mongodb", "18.1.1", architecture="replicaset", replicaCount=3, auth={
            "enabled": True, "existingSecret": "mongodb"}, tls={
                "enabled": True, "mode": "requireTLS", "existingSecret": "mongodb-tls"},
            externalAccess={"enabled": False}, persistence=DISK, resources=LARGE)), SOURCE % "mysql", ours()),
    Idiom("caches are kept by Redis and Valkey with passwords for sentinels too", tuple(
        _store(chart, version, architecture="replication", auth={
            "enabled": True, "sentinel": True, "existingSecret": chart, "existingSecretPasswordKey": "password"},
            tls={"enabled": True, "existingSecret": f"{chart}-tls"}, replica={"replicaCount": 3, "persistence": DISK},
            sentinel={"enabled": True, "quorum": 2},
            commonConfiguration='appendonly yes\nsave ""\nmaxmemory-policy noeviction\n')
        for chart, version in (("redis", "23.2.6"), ("valkey", "5.0.2"))), SOURCE % "redis", ours()),
    Idiom("messages pass by Kafka with passwords inside TLS, and ZooKeeper asks each caller", (
        _store("kafka", "32.4.3", listeners={
            "client": _KAFKA, "controller": _KAFKA, "interbroker": _KAFKA, "external": _KAFKA},
            sasl={"enabledMechanisms": "SCRAM-SHA-512", "existingSecret": "kafka"}, tls={
                "type": "PEM", "existingSecret": "kafka-tls", "endpointIdentificationAlgorithm": "https",
                "sslClientAuth": "none"}, controller={"replicaCount": 3, "persistence": DISK, "resources": LARGE},
            externalAccess={"enabled": False}, metrics={"jmx": {"enabled": True}}),
        _store("zookeeper", "13.8.7", replicaCount=3, persistence=DISK, fourlwCommandsWhitelist="srvr, mntr, ruok",
               auth={"client": {"enabled": True, "existingSecret": "zk"}, "quorum": {
                   "enabled": True, "existingSecret": "zk"}}, tls={"client": {"enabled": True, "auth": "need"}})),
        SOURCE % "kafka", ours()),
    Idiom("wide tables and events are in Cassandra and ClickHouse with TLS", (
        _store("cassandra", "12.3.11", replicaCount=3, dbUser={"user": "admin", "existingSecret": "cassandra"},
               tls={"internodeEncryption": "all", "clientEncryption": True, "existingSecret": "cassandra-tls",
                    "passwordsSecret": "cassandra-tls"}, cluster={"enableUDF": False, "datacenter": "dc1"},
               persistence=DISK, resources=LARGE),
        _store("clickhouse", "9.4.4", auth={"username": "admin", "existingSecret": "clickhouse"}, shards=1,
               tls={"enabled": True, "server": {"existingSecret": "clickhouse-tls"}}, persistence=DISK,
               keeper={"enabled": True, "replicaCount": 3, "persistence": DISK}, resources=LARGE,
               ingress={"enabled": False})), SOURCE % "cassandra", ours()),
    Idiom("staff sign in by Bitnami's Keycloak in production mode", (_store(
        "keycloak", "25.2.0", production=True, hostnameStrict=True, proxyHeaders="xforwarded", replicaCount=2,
        auth={"adminUser": "admin", "existingSecret": "keycloak"}, tls={"enabled": True, "existingSecret": "tls"},
        postgresql={"enabled": False}, externalDatabase={
            "host": "pg-rw.data.svc.cluster.local", "database": "keycloak", "existingSecret": "keycloak-db",
            "extraParams": "sslmode=verify-full"}, resources=LARGE,
        extraEnvVars=[{"name": "KC_HOSTNAME", "value": "https://login.bank.ae"}],
        ingress={"enabled": True, "ingressClassName": "inner", "hostname": "login.bank.ae", "tls": True}),),
        SOURCE % "keycloak", ours()),
    Idiom("documents are searched in Elasticsearch and messages pass by RabbitMQ, both with TLS", (
        _store("elasticsearch", "22.1.6", security={
            "enabled": True, "existingSecret": "es", "tls": {
                "restEncryption": True, "verificationMode": "full", "usePemCerts": True,
                "master": {"existingSecret": "es-tls"}, "data": {"existingSecret": "es-tls"}}},
            sysctlImage={"enabled": False}, master={"replicaCount": 3, "persistence": DISK},
            data={"replicaCount": 3, "persistence": DISK, "resources": LARGE}),
        _store("rabbitmq", "16.0.14", replicaCount=3, auth={
            "username": "admin", "existingPasswordSecret": "rabbitmq", "existingErlangSecret": "rabbitmq",
            "tls": {"enabled": True, "failIfNoPeerCert": True, "sslOptionsVerify": "verify_peer",
                    "existingSecret": "rabbitmq-tls"}}, persistence=DISK, resources=LARGE)),
        SOURCE % "elasticsearch", ours()),
)  # fmt: skip
