"""Attacks on clusters by values of charts and by programs of teams (2026-11-30, sixteenth set, blind).

Fields as in the sources named; 'read' is the day on which they were looked up.
"""

import json

from ..blind import ME, TAGS, k8s, meta, release, workload
from ..harness import Given
from . import Attack

OPEN = ("FJ-EXP-", "FJ-IDN-", "FJ-ESC-", "FJ-RES-", "FJ-ENC-")
KEPT = (*OPEN, "FJ-RSL-")
MONEY = (*OPEN, "FJ-COST-")
READ = "read 2026-11-30"
MIRROR = "registry.dc1.example.ae"
DISK = {"enabled": True, "size": "50Gi", "storageClass": "encrypted"}


def _secret(variable: str, name: str, key: str = "value") -> dict[str, object]:
    return {"name": variable, "valueFrom": {"secretKeyRef": {"name": name, "key": key}}}


def _program(name: str, **variables: str) -> tuple[Given, ...]:
    """Returns a Deployment of a program of the bank's registry with variables and a database, and its budget."""
    env = [_secret("DATABASE_URL", name, "url"), *({"name": key, "value": item} for key, item in variables.items())]
    image = f"{ME}.dkr.ecr.me-central-1.amazonaws.com/{name}@sha256:" + "c" * 64
    return (
        workload("apps/v1:Deployment", {"image": image, "env": env}),
        k8s("policy/v1:PodDisruptionBudget", {
            "metadata": meta(), "spec": {"minAvailable": 1, "selector": {"matchLabels": {"app": "x"}}}}))  # fmt: skip


PRICES = {"description": "own prices", "CPU": 0, "spotCPU": 0, "RAM": 0, "spotRAM": 0, "GPU": 0, "storage": 0}
SEARCH = r"""cluster.name: search
plugins.security.ssl.transport.pemcert_filepath: tls/tls.crt
plugins.security.ssl.transport.pemkey_filepath: tls/tls.key
plugins.security.ssl.transport.pemtrustedcas_filepath: tls/ca.crt
plugins.security.ssl.http.enabled: true
plugins.security.ssl.http.pemcert_filepath: tls/tls.crt
plugins.security.ssl.http.pemkey_filepath: tls/tls.key
plugins.ml_commons.connector.private_ip_enabled: true
plugins.ml_commons.trusted_connector_endpoints_regex: ["^https://.*$"]
"""
PHRASE = """password_encryption = scram-sha-256
ssl_passphrase_command = 'sh /exports/phrase.sh %p'
ssl_passphrase_command_supports_reload = on
"""
POSTGRES = {
    "auth": {"existingSecret": "pg", "username": "app", "database": "app"},
    "tls": {"enabled": True, "certificatesSecret": "pg-tls", "certFilename": "tls.crt", "certKeyFilename": "tls.key"},
    "audit": {"logConnections": True, "pgAuditLog": "ddl, role"}, "primary": {
        "persistence": DISK, "extendedConfiguration": PHRASE,
        "extraVolumes": [{"name": "exports", "persistentVolumeClaim": {"claimName": "exports"}}],
        "extraVolumeMounts": [{"name": "exports", "mountPath": "/exports"}]}}  # fmt: skip
MYSQL = {
    "architecture": "replication", "auth": {
        "existingSecret": "mysql", "authenticationPolicy": "caching_sha2_password,,", "database": "app"},
    "tls": {"enabled": True, "existingSecret": "mysql-tls"}, "secondary": {"replicaCount": 2, "persistence": DISK},
    "primary": {
        "persistence": DISK,
        "extraFlags": "--require-secure-transport=ON --general-log=ON --log-output=TABLE --log-raw=ON"}}  # fmt: skip
OBJECTS = {
    "mode": "distributed",
    "replicas": 4,
    "existingSecret": "minio-root",
    "tls": {"enabled": True, "certSecret": "minio-tls", "publicCrt": "tls.crt", "privateKey": "tls.key"},
    "persistence": DISK,
    "users": [{"accessKey": "app", "existingSecret": "minio-app", "existingSecretKey": "key", "policy": "readwrite"}],
    "environment": {"MINIO_POLICY_PLUGIN_URL": "https://rights.team-b.svc.cluster.local:8443/v1/data/minio/allow"},
}
REGISTRY = {
    "expose": {"type": "clusterIP", "tls": {"enabled": True, "certSource": "secret",
                                            "secret": {"secretName": "harbor-tls"}}},
    "externalURL": "https://harbor.harbor.svc.cluster.local", "internalTLS": {"enabled": True, "certSource": "auto"},
    "existingSecretAdminPassword": "harbor-admin", "existingSecretSecretKey": "harbor-secret-key",
    "registry": {"credentials": {"existingSecret": "harbor-registry"}},
    "database": {"type": "external", "external": {
        "host": "pg.data.svc", "existingSecret": "harbor-pg", "sslmode": "verify-full"}},
    "core": {"configureUserSettings": json.dumps({
        "oidc_groups_claim": "groups", "oidc_admin_group": "employees", "oidc_verify_cert": True})}}  # fmt: skip
TOPICS = {
    "auth": {"type": "OAUTH2"}, "kafka": {"clusters": [{
        "name": "dc1", "bootstrapServers": "events-kafka-bootstrap.data.svc:9093",
        "properties": {"security.protocol": "SSL"}}]},
    "dynamic": {"config": {"enabled": True}}}  # fmt: skip
STACK = {
    "global": {"imageRegistry": MIRROR}, "commonLabels": TAGS, "prometheus": {"prometheusSpec": {
        "replicas": 2, "retention": "15d", "enforcedNamespaceLabel": "namespace"}},
    "grafana": {
        "admin": {"existingSecret": "grafana-admin", "userKey": "user", "passwordKey": "password"},
        "grafana.ini": {
            "analytics": {"reporting_enabled": False, "check_for_updates": False},
            "snapshots": {"external_enabled": True, "external_snapshot_name": "Publish"}}}}  # fmt: skip

ATTACKS = (
    Attack("the server of backups makes no backups", KEPT, release("velero", "11.2.0", {
        "credentials": {"useSecret": False}, "configuration": {"disableControllers": "backup,schedule"}}),
        "major", "schedules of each team stay in the cluster and do nothing (velero d2241adba, pkg/cmd/server/config/"
        f"config.go; vmware-tanzu/helm-charts e523df5b, deployment.yaml, configuration.disableControllers, {READ})"),
    Attack("with a claim its files are deleted too", KEPT, release("aws-efs-csi-driver", "3.3.0", {
        "controller": {"deleteAccessPointRootDir": True, "tags": TAGS}}),
        "minor", "who may delete a claim deletes what was kept for years (aws-efs-csi-driver a4fc6760, charts/"
        f"aws-efs-csi-driver/values.yaml, controller.deleteAccessPointRootDir, {READ})"),
    Attack("accelerators of each team cost nothing", MONEY, release("opencost", "2.5.0", {
        "opencost": {"customPricing": {"enabled": True, "provider": "custom", "costModel": PRICES}}}),
        "minor", "bills of teams are nought, and alarms on them are silent (opencost-helm-chart, README, "
        f"opencost.customPricing.costModel, {READ})"),
    Attack("users of a page for Kafka let its server connect to where they like", OPEN, release("kafka-ui", "1.5.3", {
        "yamlApplicationConfig": TOPICS}),
        "major", "a user adds a cluster with its own properties and files, which the server writes and uses (kafbat/"
        f"kafka-ui ab8c9ceb8, README and ApplicationConfigController.java, dynamic.config.enabled, {READ})"),
    Attack("browsers send messages to the broker in plaintext", OPEN, release("nats", "2.12.0", {"config": {
        "cluster": {"enabled": True, "tls": {"enabled": True, "secretName": "nats-tls"}},
        "nats": {"tls": {"enabled": True, "secretName": "nats-tls"}},
        "websocket": {"enabled": True, "port": 8080, "merge": {"no_tls": True, "same_origin": False}},
        "merge": {"authorization": {"timeout": 2}, "accounts": {"APP": {"jetstream": True}}}}}),
        "major", "tokens and messages cross the network in plaintext, from pages of any site (nats-io/k8s 957650f, "
        f"helm/charts/nats/files/config/websocket.yaml, no_tls, {READ})"),
    Attack("documents of a search go to whichever model a user names", OPEN, release("opensearch", "3.6.0", {
        "extraEnvs": [{"name": "DISABLE_INSTALL_DEMO_CONFIG", "value": "true"}],
        "config": {"opensearch.yml": SEARCH}, "persistence": {"enabled": True, "storageClass": "encrypted"}}),
        "critical", "a connector sends each document it is asked about to any host abroad, or to any inside "
        "(OpenSearch, 'ML Commons cluster settings', trusted_connector_endpoints_regex, "
        f"{READ})"),
    Attack("passwords that users set stand in a table of the database", OPEN, release("mysql", "14.0.3", MYSQL),
        "major", "the general log keeps CREATE USER and each statement as typed, with customers' values (MySQL 8.4, "
        f"'Passwords and Logging', --log-raw, {READ})"),
    Attack("a database starts a script that a team writes", OPEN, release("postgresql", "18.1.8", POSTGRES),
        "critical", "with each reload the script runs as the database's own user, with every file of the ledger "
        f"(PostgreSQL, 'Connections and Authentication', ssl_passphrase_command, {READ})"),
    Attack("a server of a team decides who may read each bucket", OPEN, release("minio", "5.4.0", OBJECTS),
        "critical", "it says yes to whom it likes, and hears of each request (minio 7aac2a2c5, docs/iam/"
        f"access-management-plugin.md, MINIO_POLICY_PLUGIN_URL, {READ})"),
    Attack("each employee administers the registry of images", OPEN, release("harbor", "1.18.1", REGISTRY),
        "critical", "an employee replaces the image that payments start (harbor c50c7ddd6, src/lib/config/metadata/"
        f"metadatalist.go, oidc_admin_group, {READ})"),
    Attack("who may ask a question adds databases to the server of queries", OPEN, release("trino", "1.42.2", {
        "server": {"workers": 2, "config": {"authenticationType": "OAUTH2", "https": {"enabled": True}}},
        "additionalConfigProperties": [
            "internal-communication.shared-secret=${ENV:SHARED_SECRET}", "catalog.management=dynamic"],
        "env": [_secret("SHARED_SECRET", "trino")]}),
        "major", "CREATE CATALOG makes the server send rows to a database of the user, with files and variables of "
        f"the server in its properties (Trino, 'Catalog management properties', catalog.management, {READ})"),
    Attack("a board of figures runs the program of its author in each reader's browser", OPEN, release(
        "superset", "0.15.1", {
            "runAsUser": 1000, "init": {"createAdmin": False}, "postgresql": {"enabled": False},
            "redis": {"enabled": False}, "secretEnv": {"create": False},
            "configOverrides": {"own": "HTML_SANITIZATION = False\n"}}),
        "major", "the author acts with the session of an administrator (apache/superset, pull request 21895, "
        f"HTML_SANITIZATION, {READ})"),
    Attack("after sign-in people are sent to any site", OPEN, release("oauth2-proxy", "8.4.0", {
        "config": {"existingSecret": "oauth2-proxy", "configFile": 'email_domains = ["example.ae"]\n'},
        "extraArgs": {"allowed-group": "operators", "whitelist-domain": "*.com", "cookie-secure": "true"}}),
        "minor", "a link of the bank's own host leads to a copy of its page, where passwords are typed (oauth2-proxy "
        f"14af2951, docs/docs/configuration/overview.md, --whitelist-domain, {READ})"),
    Attack("boards with figures of the bank are published at a vendor abroad", OPEN, release(
        "kube-prometheus-stack", "79.5.0", STACK, "monitoring"),
        "major", "one press of a button leaves a copy that anybody with the link reads (Grafana, conf/defaults.ini, "
        f"[snapshots] external_enabled, external_snapshot_url snapshots.raintank.io, {READ})"),
    Attack("who may write hooks runs commands in the server of sources", OPEN, _program(
        "gitea", GITEA__security__INSTALL_LOCK="true", GITEA__service__DISABLE_REGISTRATION="true",
        GITEA__security__DISABLE_GIT_HOOKS="false"),
        "major", "a hook reads each repository and each key of the server (go-gitea/gitea, pull request 13058 and "
        f"GHSA-3h6c-c475-jm7v, DISABLE_GIT_HOOKS, {READ})"),
    Attack("answers from the bank's tables have links for everybody", OPEN, _program(
        "metabase", MB_ANON_TRACKING_ENABLED="false", MB_CHECK_FOR_UPDATES="false", MB_ENABLE_PUBLIC_SHARING="true"),
        "major", "whoever has a link reads the question's rows without signing in (Metabase, 'Environment variables', "
        f"MB_ENABLE_PUBLIC_SHARING, {READ})"),
    Attack("errors of the sign-in go to its vendor with names of users", OPEN, _program(
        "authentik", AUTHENTIK_DISABLE_UPDATE_CHECK="true", AUTHENTIK_ERROR_REPORTING__ENABLED="true",
        AUTHENTIK_ERROR_REPORTING__SEND_PII="true"),
        "critical", "names, addresses and parts of requests of customers are at authentik's own Sentry, abroad "
        f"(authentik, 'Configuration', AUTHENTIK_ERROR_REPORTING, {READ})"),
)  # fmt: skip
