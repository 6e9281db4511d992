"""Good idioms of clusters: charts of sign-in, packages, reports and metrics that no other idiom has (set 17, blind)."""

from ..blind import TAGS
from . import Idiom
from .eleventh_charts import CLOSED, SMALL, secret_variable
from .fifteenth_work import SCRATCH
from .sixteenth_stores import HASH, password, reached
from .twelfth_charts import LARGE, MIRROR, POD, identity, mirrored, ours

PLAIN = {"type": "ClusterIP"}
TMP_MOUNT = [{"name": "tmp", "mountPath": "/tmp"}]  # noqa: S108
TLS_MOUNT = [{"name": "tls", "mountPath": "/tls", "readOnly": True}]
PACKAGES = """storage: /verdaccio/storage/data
web:
  enable: false
auth:
  htpasswd:
    file: /verdaccio/storage/htpasswd
    max_users: -1
security:
  api:
    jwt:
      sign:
        expiresIn: 8h
uplinks: {}
packages:
  '@bank/*':
    access: $authenticated
    publish: publishers
    unpublish: none
  '**':
    access: $authenticated
    publish: none
    unpublish: none
listen: https://0.0.0.0:4873/
https:
  key: /tls/tls.key
  cert: /tls/tls.crt
  ca: /tls/ca.crt
url_prefix: https://packages.bank.ae/
log: {type: stdout, format: json, level: http}
"""
LENGTHS = {"--retention.resolution-raw": "30d", "--retention.resolution-5m": "180d", "--retention.resolution-1h": "2y"}


def part(**more: object) -> dict[str, object]:
    """Returns the values of one part of Thanos: closed, limited, and with the labels of costs."""
    return {"enabled": True, "podLabels": TAGS, "podSecurityContext": POD, "securityContext": CLOSED,
            "resources": LARGE, **more}  # fmt: skip


def kept_on(size: str) -> dict[str, object]:
    """Returns the volume of a part of Thanos."""
    return {"enabled": True, "storageClass": "encrypted", "size": size, "retainDeleted": True, "retainScaled": True}


IDIOMS: tuple[Idiom, ...] = (
    Idiom("metrics of two years are read by Thanos from the bank's bucket, and older ones are thinned", (
        password("thanos-objstore", "monitoring", "config"),
        mirrored("thanos", "1.22.0", {
            "commonLabels": TAGS, "image": {"repository": f"{MIRROR}/thanos/thanos", "digest": HASH}, "logFormat":
            "json", "objstoreConfig": {"create": False, "name": "thanos-objstore", "key": "config"}, "serviceMonitor": {
                "enabled": True}, "additionalEndpoints": [
                    "dnssrv+_grpc._tcp.prometheus-operated.monitoring.svc.cluster.local"],
            "query": part(replicas=2, serviceAccount={"create": True, "automountToken": False}, ingress={
                "enabled": False}, podDisruptionBudget={"enabled": True, "minAvailable": 1}),
            "queryFrontend": part(replicas=2, ingress={"enabled": False}),
            "storeGateway": part(replicas=2, serviceAccount=identity("thanos"), persistence=kept_on("50Gi")),
            "compact": part(serviceAccount=identity("thanos"), persistence=kept_on("100Gi"), extraArgs=[
                f"{flag}={length}" for flag, length in LENGTHS.items()]),
            "rule": {"enabled": False}, "receive": {"enabled": False}}, "monitoring"),
        reached("thanos", "monitoring", {"app.kubernetes.io/name": "thanos"}, 10902, "grafana")),
        "stevehipwell/helm-charts, charts/thanos/values.yaml; thanos.io/tip/components/compact.md", ours(),
        charts=("thanos",)),
    Idiom("figures of a database are taken by a user who may only monitor, over TLS that checks the name", (
        password("orders-monitor", "orders", "password"),
        mirrored("prometheus-postgres-exporter", "7.3.0", {
            "replicaCount": 1, "image": {
                "registry": MIRROR, "repository": "prometheuscommunity/postgres-exporter", "tag": f"v0.18.1@{HASH}"},
            "commonLabels": TAGS, "podLabels": TAGS, "rbac": {"create": False}, "serviceAccount": {"create": True},
            "automountServiceAccountToken": False, "podSecurityContext": POD, "securityContext": CLOSED, "resources":
            SMALL, "service": PLAIN, "networkPolicy": {"enabled": True}, "serviceMonitor": {
                "enabled": True, "interval": "60s"}, "config": {
                    "datasource": {
                        "host": "orders-rw.orders.svc.cluster.local", "user": "monitor", "port": "5432", "database":
                        "orders", "sslmode": "verify-full", "extraParams": "sslrootcert=/authority/ca.crt",
                        "passwordSecret": {"name": "orders-monitor", "key": "password"}},
                    "autoDiscoverDatabases": False, "disableSettingsMetrics": True, "logFormat": "json"},
            "extraVolumes": [{"name": "authority", "secret": {"secretName": "bank-authority"}}],
            "extraVolumeMounts": [{"name": "authority", "mountPath": "/authority", "readOnly": True}]}, "orders")),
        "prometheus-community/helm-charts, charts/prometheus-postgres-exporter/values.yaml", ours(),
        charts=("prometheus-postgres-exporter",)),
    Idiom("results of policies are gathered and shown to Prometheus, and sent to the bank's logs over TLS", (
        password("policy-reporter-loki", "policy-reporter", "host", "username", "password"),
        mirrored("policy-reporter", "3.5.0", {
            "replicaCount": 2, "image": {"registry": MIRROR, "repository": "kyverno/policy-reporter", "tag":
                                         f"3.5.0@{HASH}"},
            "global": {"labels": TAGS}, "podLabels": TAGS, "podSecurityContext": POD, "securityContext": CLOSED,
            "resources": SMALL, "service": PLAIN, "ingress": {"enabled": False}, "logging": {
                "encoding": "json", "logLevel": 0, "development": False}, "api": {"logging": False},
            "rest": {"enabled": False}, "metrics": {"enabled": True, "mode": "simple"}, "profiling": {"enabled": False},
            "networkPolicy": {"enabled": True, "egress": [{"ports": [{"protocol": "TCP", "port": 6443}]},
                                                          {"ports": [{"protocol": "TCP", "port": 443}]}]},
            "ui": {"enabled": False}, "podDisruptionBudget": {"minAvailable": 1}, "target": {"loki": {
                "secretRef": "policy-reporter-loki", "skipTLS": False, "minimumPriority": "warning",
                "skipExistingOnStartup": True}}}, "policy-reporter")),
        "kyverno/policy-reporter, charts/policy-reporter/values.yaml", ours(), charts=("policy-reporter",)),
    Idiom("apps of partners get tokens from Hydra, which says who they are over TLS and keeps no key in values", (
        password("hydra", "sign-in", "dsn", "secretsSystem", "secretsCookie"),
        mirrored("hydra", "0.57.0", {
            "replicaCount": 3, "image": {"repository": f"{MIRROR}/oryd/hydra", "tag": f"v2.3.0@{HASH}", "pullPolicy":
                                         "IfNotPresent"},
            "secret": {"enabled": False, "nameOverride": "hydra"}, "hydra": {
                "dev": False, "automigration": {"enabled": True, "type": "job"}, "config": {
                    "serve": {"public": {"port": 4444, "tls": {
                        "enabled": True, "cert": {"path": "/tls/tls.crt"}, "key": {"path": "/tls/tls.key"}}}, "admin": {
                            "port": 4445}, "cookies": {"same_site_mode": "Strict", "secure": True}},
                    "urls": {"self": {"issuer": "https://sso.bank.ae"}, "login": "https://login.bank.ae/login",
                             "consent": "https://login.bank.ae/consent"},
                    "ttl": {"access_token": "15m", "id_token": "15m", "refresh_token": "8h"},
                    "oauth2": {"pkce": {"enforced": True}, "expose_internal_errors": False}, "strategies": {
                        "access_token": "opaque"}, "log": {"level": "info", "format": "json", "leak_sensitive_values":
                                                           False}}},
            "service": {"public": PLAIN, "admin": PLAIN}, "ingress": {"public": {"enabled": False}, "admin": {
                "enabled": False}}, "maester": {"enabled": False}, "janitor": {"enabled": True}, "pdb": {
                    "enabled": True, "spec": {"minAvailable": 2}}, "deployment": {
                        "labels": TAGS, "podMetadata": {"labels": TAGS}, "resources": SMALL, "podSecurityContext": POD,
                        "securityContext": CLOSED, "automountServiceAccountToken": False, "extraVolumes": [
                            {"name": "tls", "secret": {"secretName": "hydra-tls"}}], "extraVolumeMounts": TLS_MOUNT}},
            "sign-in"),
        reached("hydra", "sign-in", {"app.kubernetes.io/name": "hydra"}, 4444, "gateway")),
        "ory/k8s, helm/charts/hydra/values.yaml; ory.sh/docs/hydra/reference/configuration", ours(), charts=("hydra",)),
    Idiom("staff of partners sign in with Zitadel, of three copies with TLS to callers and to the database", (
        password("zitadel-masterkey", "zitadel", "masterkey"), password("zitadel-config", "zitadel", "config-yaml"),
        mirrored("zitadel", "9.13.0", {
            "replicaCount": 3, "image": {"repository": f"{MIRROR}/zitadel/zitadel", "tag": f"v4.7.0@{HASH}"},
            "podAdditionalLabels": TAGS, "podSecurityContext": POD, "securityContext": CLOSED, "resources": LARGE,
            "zitadel": {
                "masterkeySecretName": "zitadel-masterkey", "configSecretName": "zitadel-config", "configSecretKey":
                "config-yaml", "dbSslCaCrtSecret": "bank-authority", "serverSslCrtSecret": "zitadel-tls",
                "selfSignedCert": {"enabled": False}, "debug": {"enabled": False}, "configmapConfig": {
                    "ExternalDomain": "partners.bank.ae", "ExternalPort": 443, "ExternalSecure": True, "TLS": {
                        "Enabled": True}, "Log": {"Level": "info", "Formatter": {"Format": "json"}}, "Telemetry": {
                            "Enabled": False}, "Machine": {"Identification": {
                                "Hostname": {"Enabled": True}, "Webhook": {"Enabled": False}}},
                    "Database": {"Postgres": {
                        "Host": "zitadel-rw.zitadel.svc.cluster.local", "Port": 5432, "Database": "zitadel",
                        "User": {"Username": "zitadel", "SSL": {"Mode": "verify-full"}}, "Admin": {
                            "Username": "zitadel", "SSL": {"Mode": "verify-full"}}}}}},
            "login": {"enabled": True, "replicaCount": 3, "image": {
                "repository": f"{MIRROR}/zitadel/zitadel-login", "tag": f"v4.7.0@{HASH}"}, "podAdditionalLabels": TAGS,
                "podSecurityContext": POD, "securityContext": CLOSED, "resources": SMALL, "ingress": {
                    "enabled": False}, "service": PLAIN},
            "service": PLAIN, "ingress": {"enabled": False}, "pdb": {"enabled": True, "minAvailable": 2}, "metrics": {
                "enabled": True, "serviceMonitor": {"enabled": True}}}, "zitadel"),
        reached("zitadel", "zitadel", {"app.kubernetes.io/name": "zitadel"}, 8080, "gateway")),
        "zitadel/zitadel-charts, charts/zitadel/values.yaml; zitadel/zitadel, cmd/defaults.yaml", ours(),
        charts=("zitadel",)),
    Idiom("packages of the bank's own are kept by Verdaccio, which asks nobody outside and lets few publish", (
        mirrored("verdaccio", "4.28.0", {
            "replicaCount": 1, "image": {"repository": f"{MIRROR}/verdaccio/verdaccio", "tag": f"6.2.3@{HASH}"},
            "podLabels": TAGS, "serviceAccount": {"create": True, "automountServiceAccountToken": False}, "service":
            {**PLAIN, "port": 4873}, "ingress": {"enabled": False}, "resources": SMALL, "podSecurityContext": POD,
            "securityContext": CLOSED, "configMap": PACKAGES, "persistence": {
                "enabled": True, "storageClass": "encrypted", "size": "50Gi", "volumes": [
                    {"name": "tls", "secret": {"secretName": "verdaccio-tls"}}], "mounts": TLS_MOUNT}}, "packages"),
        reached("verdaccio", "packages", {"app.kubernetes.io/name": "verdaccio"}, 4873, "ci")),
        "verdaccio/charts, charts/verdaccio/values.yaml; verdaccio.org/docs/configuration", ours(),
        charts=("verdaccio",)),
    Idiom("database owners ask in pgAdmin after the bank's sign-in, on a path that only the gateway reaches", (
        password("pgadmin", "dba", "password", "oauth-secret"),
        mirrored("pgadmin4", "1.52.0", {
            "image": {"registry": MIRROR, "repository": "dpage/pgadmin4", "tag": f"9.10@{HASH}"}, "commonLabels": TAGS,
            "podLabels": TAGS, "existingSecret": "pgadmin", "secretKeys": {"pgadminPasswordKey": "password"}, "env": {
                "email": "dba@bank.ae", "enhanced_cookie_protection": "True", "variables": [
                    {"name": "PGADMIN_LISTEN_PORT", "value": "8443"},
                    {"name": "PGADMIN_ENABLE_TLS", "value": "True"},
                    {"name": "PGADMIN_CONFIG_AUTHENTICATION_SOURCES", "value": "['oauth2']"},
                    {"name": "PGADMIN_CONFIG_MASTER_PASSWORD_REQUIRED", "value": "True"},
                    {"name": "PGADMIN_CONFIG_UPGRADE_CHECK_ENABLED", "value": "False"}]},
            "envVarsExtra": [secret_variable("OAUTH2_CLIENT_SECRET", "pgadmin", "oauth-secret")],
            "containerPorts": {"http": 8443}, "service": {**PLAIN, "port": 443, "targetPort": 8443}, "ingress": {
                "enabled": False}, "networkPolicy": {"enabled": True}, "securityContext": POD,
            "containerSecurityContext": {"enabled": True, **CLOSED}, "resources": SMALL, "persistentVolume": {
                "enabled": True, "storageClass": "encrypted", "size": "5Gi"}, "extraSecretMounts": [
                    {"name": "certificate", "secret": "pgadmin-tls", "mountPath": "/certs", "readOnly": True},
                    {"name": "sign-in", "secret": "pgadmin-oauth", "subPath": "config_local.py", "mountPath":
                     "/pgadmin4/config_local.py", "readOnly": True}], "extraVolumes": SCRATCH, "extraVolumeMounts":
            TMP_MOUNT, "test": {"enabled": False}}, "dba"),
        reached("pgadmin", "dba", {"app.kubernetes.io/name": "pgadmin4"}, 8443, "gateway")),
        "rowanruseler/helm-charts, charts/pgadmin4/values.yaml; pgadmin.org/docs, oauth2", ours(),
        charts=("pgadmin4",)),
)  # fmt: skip
