"""Attacks on clusters by values of charts (2026-11-29, fifteenth set, blind).

Values by the documentation of their projects; what is not marked as read is as known.
"""

import json

from ..blind import IMAGE, TAGS, release
from ..harness import Given
from . import Attack

OPEN = ("FJ-EXP-", "FJ-IDN-", "FJ-ESC-", "FJ-RES-", "FJ-ENC-")
MONEY = ("FJ-COST-", "FJ-ESC-")
STACK = Given("pulumi:pulumi:Stack", {}, "falaj-prod-uae")


def _secret(name: str, variable: str) -> dict[str, object]:
    return {"name": variable, "valueFrom": {"secretKeyRef": {"name": name, "key": "value"}}}


TLS = {"enabled": True, "existingSecret": "tls"}
TOKEN_FILE = "/var/run/secrets/kubernetes.io/serviceaccount/token"
TRINO = ["internal-communication.shared-secret=${ENV:SHARED_SECRET}", "internal-communication.https.required=true",
         "http-server.http.enabled=false", "retry-policy=TASK"]  # fmt: skip
LAKE = json.dumps({"catalogs": [{"group": "analysts", "catalog": "lake", "allow": "read-only"}]})
SHIPPED = """wal_level = replica
archive_mode = on
archive_command = 'aws s3 cp %p s3://collector-wal/ledger/%f'
archive_timeout = 60
password_encryption = scram-sha-256
"""
PORTAL = {
    "app": {"baseUrl": "https://portal.portal.svc.cluster.local"},
    "auth": {"environment": "production", "providers": {"oidc": {"production": {
        "metadataUrl": "https://login.example.ae/realms/bank/.well-known/openid-configuration",
        "clientId": "portal", "clientSecret": "${OIDC_SECRET}",
        "signIn": {"resolvers": [{"resolver": "emailMatchingUserEntityProfileEmail"}]}}}}},
    "permission": {"enabled": True},
    "catalog": {"rules": [{"allow": ["Component", "API", "Location", "System", "User", "Group"]}]}}  # fmt: skip
PAGES = {
    "auth": {"type": "OAUTH2", "oauth2": {"client": {"bank": {
        "clientId": "kafka-ui", "clientSecret": "${OAUTH_SECRET}", "scope": "openid", "provider": "bank",
        "issuer-uri": "https://login.example.ae/realms/bank"}}}},
    "rbac": {"default-role": {"permissions": [
        {"resource": "topic", "value": ".*", "actions": ["view", "messages_read", "messages_delete"]},
        {"resource": "acl", "actions": ["view", "edit"]}]}},
    "kafka": {"clusters": [{
        "name": "dc1", "bootstrapServers": "events-kafka-bootstrap.data.svc:9093", "properties": {
            "security.protocol": "SSL", "ssl.keystore.location": "/tls/keystore.p12"}}]}}  # fmt: skip
HARBOR = json.dumps({
    "audit_log_forward_endpoint": "records.team-a.svc.cluster.local:514", "skip_audit_log_database": True})  # fmt: skip
RUNNER = {
    "name": "runner", "image": IMAGE, "command": ["/home/runner/run.sh"],
    "securityContext": {"allowPrivilegeEscalation": False, "runAsNonRoot": True, "capabilities": {"drop": ["ALL"]},
                        "readOnlyRootFilesystem": False},
    "resources": {"requests": {"cpu": "8", "memory": "32Gi"}, "limits": {"cpu": "8", "memory": "32Gi"}}}  # fmt: skip
HELPER = {"name": "records", "image": IMAGE, "securityContext": {"privileged": True, "runAsUser": 0}}
PROBED = {"modules": {"inner": {"prober": "http", "timeout": "5s", "http": {
    "method": "GET", "authorization": {"type": "Bearer", "credentials_file": TOKEN_FILE}}}}}  # fmt: skip

ATTACKS = (
    Attack("keys that sign tokens come from whoever answers for the issuer", OPEN, release(
        "istiod", "1.28.0", {
            "pilot": {"env": {"JWKS_RESOLVER_INSECURE_SKIP_VERIFY": "true"}}, "meshConfig": {
                "accessLogFile": "/dev/stdout", "outboundTrafficPolicy": {"mode": "REGISTRY_ONLY"}}}, "istio-system"),
        "critical", "who stands between istiod and the issuer hands over his own keys and signs in as each user "
        "(istio 86c9f01fd, pilot/pkg/features/pilot.go, JWKS_RESOLVER_INSECURE_SKIP_VERIFY, read 2026-11-29)"),
    Attack("what a query has on its way lies in the bucket of a stranger", OPEN, release("trino", "1.42.2", {
        "server": {"workers": 2, "config": {"authenticationType": "PASSWORD"}, "exchangeManager": {
            "name": "filesystem", "baseDir": ["s3://collector-exchange/spool"]}},
        "auth": {"passwordAuthSecret": "trino-passwords"}, "additionalConfigProperties": TRINO,
        "env": [_secret("trino", "SHARED_SECRET")],
        "accessControl": {"type": "configmap", "refreshPeriod": "60s", "rules": {"rules.json": LAKE}}}),
        "critical", "rows of customers are written outside of the bank between the stages of each query "
        "(trinodb/charts c4a100f34, values.yaml, server.exchangeManager, read 2026-11-29)"),
    Attack("copies of each collection lie in the bucket of a stranger", OPEN, release("qdrant", "1.16.0", {
        "replicaCount": 3, "apiKey": {"valueFrom": {"secretKeyRef": {"name": "qdrant", "key": "api-key"}}},
        "persistence": {"size": "50Gi", "storageClassName": "encrypted"},
        "config": {
            "service": {"enable_tls": True}, "telemetry_disabled": True,
            "cluster": {"enabled": True, "p2p": {"enable_tls": True}},
            "tls": {"cert": "/qdrant/tls/tls.crt", "key": "/qdrant/tls/tls.key"},
            "storage": {"snapshots_config": {"snapshots_storage": "s3", "s3_config": {
                "bucket": "collector-snapshots", "region": "me-central-1"}}}}}),
        "critical", "texts and vectors of customers are where the stranger restores them (qdrant 74f3e85b9, "
        "config/config.yaml, storage.snapshots_config, read 2026-11-29)"),
    Attack("a store of columns asks nobody for a password", OPEN, release("cassandra", "12.3.13", {
        "replicaCount": 3, "dbUser": {"user": "admin", "existingSecret": "cassandra"},
        "tls": {"internodeEncryption": "all", "clientEncryption": True, "existingSecret": "cassandra-tls",
                "passwordsSecret": "cassandra-tls"},
        "extraEnvVars": [{"name": "CASSANDRA_AUTHENTICATOR", "value": "AllowAllAuthenticator"},
                         {"name": "CASSANDRA_AUTHORIZER", "value": "AllowAllAuthorizer"}],
        "persistence": {"size": "100Gi", "storageClass": "encrypted"}}),
        "critical", "each pod that reaches the port reads and deletes each table (Apache Cassandra, 'cassandra.yaml', "
        "authenticator; the variable as in images of Bitnami)"),
    Attack("developers write themselves into the groups of a portal", OPEN, release("backstage", "2.6.1", {
        "backstage": {"appConfig": PORTAL, "image": {
            "registry": "registry.dc1.example.ae", "repository": "portal/backstage", "tag": "1.44.0"}}}),
        "critical", "a file in anybody's repository makes its author a member of the administrators "
        "(@backstage/plugin-catalog-backend 3.0.0, config.d.ts, catalog.rules, read 2026-11-29)"),
    Attack("an account of the assistant belongs to whoever states its address of mail", OPEN, release(
        "open-webui", "8.12.0", {
            "ollama": {"enabled": False}, "pipelines": {"enabled": False}, "service": {"type": "ClusterIP"},
            "openaiBaseApiUrl": "https://models.inference.svc.cluster.local:8443/v1", "extraEnvVars": [
                {"name": "ENABLE_SIGNUP", "value": "false"}, {"name": "ENABLE_OAUTH_SIGNUP", "value": "true"},
                {"name": "OPENID_PROVIDER_URL",
                 "value": "https://login.example.ae/realms/bank/.well-known/openid-configuration"},
                {"name": "OAUTH_MERGE_ACCOUNTS_BY_EMAIL", "value": "true"}]}),
        "major", "at an issuer that does not prove addresses a user takes over the administrator's account (Open "
        "WebUI, 'Environment Variable Configuration', OAUTH_MERGE_ACCOUNTS_BY_EMAIL)"),
    Attack("pages of strangers start pipelines as whoever opens them", OPEN, release("jenkins", "5.9.53", {
        "controller": {
            "admin": {"createSecret": False, "existingSecret": "jenkins-admin"}, "javaOpts":
            "-Dhudson.security.csrf.GlobalCrumbIssuerConfiguration.DISABLE_CSRF_PROTECTION=true"}}),
        "major", "a link in a mail runs a script as the administrator (jenkins ff9430ee1, "
        "GlobalCrumbIssuerConfiguration.java, read 2026-11-29)"),
    Attack("two hundred runners wait for work day and night", MONEY, (STACK, *release(
        "gha-runner-scale-set", "0.13.0", {
            "githubConfigUrl": "https://forge.forge.svc.cluster.local/platform", "githubConfigSecret": "runners-app",
            "minRunners": 200, "maxRunners": 400, "runnerGroup": "platform", "labels": TAGS,
            "containerMode": {"type": "kubernetes", "kubernetesModeWorkVolumeClaim": {
                "accessModes": ["ReadWriteOnce"], "storageClassName": "encrypted",
                "resources": {"requests": {"storage": "20Gi"}}}},
            "template": {"metadata": {"labels": TAGS}, "spec": {
                "securityContext": {"runAsNonRoot": True, "seccompProfile": {"type": "RuntimeDefault"}},
                "containers": [RUNNER]}}}, "runners")),
        "major", "1,600 processors run without work: an autoscaler of another stack buys the machines "
        "(actions-runner-controller 2ee6b3b8e, gha-runner-scale-set/values.yaml, minRunners, read 2026-11-29)"),
    Attack("whoever may write to the cache runs programs in its server", OPEN, release("redis", "23.1.1", {
        "architecture": "standalone", "auth": {"enabled": True, "existingSecret": "redis"},
        "tls": {"enabled": True, "existingSecret": "redis-tls", "authClients": True},
        "commonConfiguration": "appendonly yes\nenable-module-command yes\n",
        "networkPolicy": {"enabled": True, "allowExternal": False}}),
        "major", "MODULE LOAD runs a library of the caller in the server, with each key in it (Redis, 'redis.conf', "
        "enable-module-command)"),
    Attack("the log of each change of a database is shipped to a stranger", OPEN, release("postgresql", "18.1.8", {
        "auth": {"existingSecret": "pg", "username": "app", "database": "app"},
        "tls": {"enabled": True, "certificatesSecret": "pg-tls", "certFilename": "tls.crt",
                "certKeyFilename": "tls.key"},
        "audit": {"logConnections": True, "pgAuditLog": "ddl, role"}, "primary": {
            "persistence": {"size": "100Gi", "storageClass": "encrypted"}, "extendedConfiguration": SHIPPED}}),
        "critical", "the stranger replays the ledger, a minute later (PostgreSQL, 'Continuous Archiving', "
        "archive_command)"),
    Attack("names of the bank lead to a vendor who reads each request", OPEN, release("external-dns", "1.19.0", {
        "provider": {"name": "cloudflare"}, "policy": "upsert-only", "registry": "txt", "txtOwnerId": "dc1",
        "sources": ["ingress"], "domainFilters": ["example.ae"], "env": [_secret("zone", "CF_API_TOKEN")],
        "extraArgs": ["--cloudflare-proxied"]}),
        "critical", "the vendor ends TLS abroad: sessions and passwords of customers are in plain text there "
        "(external-dns 2bf1bf8af, docs/flags.md, --cloudflare-proxied, read 2026-11-29)"),
    Attack("each head of Ray has a helper with the rights of its machine", OPEN, release("kuberay-operator", "1.5.0", {
        "replicas": 1, "leaderElectionEnabled": True, "watchNamespace": ["team-a"],
        "configuration": {"enabled": True, "headSidecarContainers": [HELPER]}}),
        "critical", "a privileged container stands in each cluster of Ray that anybody makes (ray-project/kuberay, "
        "Helm chart's 'Add sidecar containers to Ray pods', read 2026-11-29)"),
    Attack("a prober shows its token to whatever address it is told", OPEN, release(
        "prometheus-blackbox-exporter", "11.4.0", {
            "service": {"type": "ClusterIP"}, "automountServiceAccountToken": True, "config": PROBED}, "monitoring"),
        "major", "a pod asks for a probe of its own server and reads the token of the account there "
        "(prometheus/blackbox_exporter, CONFIGURATION.md, http_probe, authorization)"),
    Attack("what happens in the registry is in no database", OPEN, release("harbor", "1.18.1", {
        "expose": {"type": "clusterIP", "tls": {"enabled": True, "certSource": "secret",
                                                "secret": {"secretName": "harbor-tls"}}},
        "externalURL": "https://harbor.harbor.svc.cluster.local",
        "internalTLS": {"enabled": True, "certSource": "auto"},
        "existingSecretAdminPassword": "harbor-admin", "existingSecretSecretKey": "harbor-secret-key",
        "registry": {"credentials": {"existingSecret": "harbor-registry"}},
        "database": {"type": "external", "external": {
            "host": "pg.data.svc", "existingSecret": "harbor-pg", "sslmode": "verify-full"}},
        "core": {"configureUserSettings": HARBOR}}),
        "minor", "who pushed or deleted an image is known only to the team that the records go to, unless it drops "
        "them (Harbor, 'Audit Log', Skip Audit Log Database, read 2026-11-29)"),
    Attack("everybody who signs in reads and deletes messages of each topic", OPEN, release("kafka-ui", "1.5.3", {
        "image": {"registry": "registry.dc1.example.ae", "repository": "kafbat/kafka-ui", "tag": "v1.4.0"},
        "yamlApplicationConfig": PAGES}),
        "critical", "users without any role get that of the default, payments included (kafbat/kafka-ui ab8c9ceb8, "
        "RoleBasedAccessControlProperties, defaultRole, read 2026-11-29)"),
    Attack("makers of workflows run commands in the server of workflows", OPEN, release("n8n", "2.0.1", {
        "image": {"repository": "registry.dc1.example.ae/n8nio/n8n", "tag": "2.1.0"}, "main": {
            "config": {"n8n": {"diagnostics": {"enabled": "false"}, "version_notifications": {"enabled": "false"},
                               "templates": {"enabled": "false"}, "block_env_access_in_node": "true"},
                       "db": {"type": "postgresdb", "postgresdb": {"host": "pg.data.svc"}}},
            "extraEnv": {
                "NODES_EXCLUDE": {"value": "[]"},
                "N8N_ENCRYPTION_KEY": {"valueFrom": {"secretKeyRef": {"name": "n8n", "key": "encryption-key"}}}}}}),
        "critical", "a workflow reads the key with which each password of the other teams is kept (n8n, 'Block access "
        "to nodes': an empty list lets in Execute Command, which 2.0 excludes, read 2026-11-29)"),
)  # fmt: skip
