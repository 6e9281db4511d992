"""Good idioms of on-premises clusters: charts of gateways, caches, records and tools (set 20, third part)."""

from ..blind import TAGS
from . import Idiom
from .eleventh_charts import CLOSED, SMALL
from .sixteenth_stores import password, reached
from .twelfth_charts import LARGE, LOGIN, MIRROR, POD, mirrored, ours
from .twentieth_goodb_charts import apart, certificate, namespace, web
from .twentieth_goodb_data import S3, disk

PLUGINS = """_format_version: "3.0"
_transform: true
services:
  - name: quotes
    url: https://quotes.quotes.svc:8443
    tls_verify: true
    routes:
      - name: quotes
        protocols: [https]
        paths: [/quotes]
    plugins:
      - name: jwt
        config:
          claims_to_verify: [exp]
      - name: rate-limiting
        config:
          minute: 600
          policy: local
"""
CATALOG = {
    "app": {"title": "Bank", "baseUrl": "https://portal.bank.ae"}, "organization": {"name": "Bank"}, "backend": {
        "baseUrl": "https://portal.bank.ae", "listen": ":7007", "csp": {"connect-src": ["'self'"]}, "cors": {
            "origin": "https://portal.bank.ae", "credentials": True}, "reading": {"allow": [{"host": "git.bank.ae"}]},
        "database": {"client": "pg", "connection": {
            "host": "${POSTGRES_HOST}", "port": 5432, "user": "${POSTGRES_USER}", "password": "${POSTGRES_PASSWORD}",
            "ssl": {"rejectUnauthorized": True, "ca": {"$file": "/ca/ca.crt"}}}}},
    "auth": {"environment": "production", "session": {"secret": "${SESSION_SECRET}"}, "providers": {"oidc":
        {"production": {
        "metadataUrl": f"{LOGIN}/.well-known/openid-configuration", "clientId": "portal", "clientSecret":
        "${OIDC_SECRET}", "prompt": "auto", "signIn": {"resolvers": [
            {"resolver": "emailMatchingUserEntityProfileEmail"}]}}}}},
    "integrations": {"gitlab": [{"host": "git.bank.ae", "token": "${GITLAB_TOKEN}"}]}, "permission": {"enabled": True},
    "techdocs": {"builder": "external", "generator": {"runIn": "local"}, "publisher": {"type": "awsS3", "awsS3": {
        "bucketName": "bank-models", "region": "me-central-1", "endpoint": S3, "s3ForcePathStyle": True}}},
    "kubernetes": {"serviceLocatorMethod": {"type": "multiTenant"}, "clusterLocatorMethods": []}}  # fmt: skip

IDIOMS: tuple[Idiom, ...] = (
    Idiom("Kong without a database serves inner APIs by TLS, knows tokens, and shows its administration to nobody", (
        *namespace("kong"), certificate("kong", "kong", "api.bank.ae"),
        mirrored("kong", "2.52.0", {
            "image": {"repository": f"{MIRROR}/kong/kong", "tag": "3.9.1"}, "replicaCount": 3, "podLabels": TAGS,
                "env": {
                "database": "off", "admin_listen": "127.0.0.1:8444 ssl", "anonymous_reports": "off", "headers": "off",
                "ssl_protocols": "TLSv1.2 TLSv1.3", "ssl_cipher_suite": "intermediate", "proxy_access_log":
                    "/dev/stdout",
                "nginx_http_ssl_session_tickets": "off", "trusted_ips": "10.30.0.0/16", "real_ip_header":
                "X-Forwarded-For", "untrusted_lua": "off"}, "dblessConfig": {"config": PLUGINS}, "admin": {
                    "enabled": False, "http": {"enabled": False}, "tls": {"enabled": False}}, "manager": {
                        "enabled": False}, "portal": {"enabled": False}, "portalapi": {"enabled": False}, "cluster": {
                            "enabled": False}, "proxy": {"enabled": True, "type": "LoadBalancer", "annotations": {
                                "metallb.io/address-pool": "inner"}, "loadBalancerSourceRanges": ["10.0.0.0/8"],
                                    "http": {
                                    "enabled": False}, "tls": {"enabled": True, "servicePort": 443, "parameters": [
                                        "http2"]}}, "ingressController": {"enabled": False}, "status": {"enabled":
                                            True},
            "secretVolumes": ["kong-tls"], "podDisruptionBudget": {"enabled": True, "maxUnavailable": 1}, "resources":
            LARGE, "securityContext": POD, "containerSecurityContext": CLOSED, "autoscaling": {
                "enabled": True, "minReplicas": 3, "maxReplicas": 8}, "topologySpreadConstraints": apart("kong"),
            "serviceMonitor": {"enabled": True}})),
        "Kong/charts, charts/kong/README.md; developer.konghq.com/gateway/security, as known", ours()),
    Idiom("sessions are in Valkey of a primary and two copies by TLS and passwords, with rules of who may do what", (
        *namespace("sessions"), password("sessions", "sessions", "valkey-password"),
        mirrored("valkey", "4.0.2", {
            "global": {"imageRegistry": MIRROR, "defaultStorageClass": "encrypted", "security": {"allowInsecureImages":
                                                                                         True}}, "architecture":
                                                                                             "replication", "auth": {
                "enabled": True, "sentinel": True, "existingSecret": "sessions", "existingSecretPasswordKey":
                "valkey-password", "usePasswordFiles": True}, "tls": {
                "enabled": True, "authClients": True, "existingSecret": "sessions-tls", "certFilename": "tls.crt",
                "certKeyFilename": "tls.key", "certCAFilename": "ca.crt"}, "commonLabels": TAGS, "primary": {
                "persistence": disk("10Gi"), "resources": SMALL, "disableCommands": ["FLUSHDB", "FLUSHALL"], "pdb": {
                    "create": True}}, "replica": {"replicaCount": 3, "persistence": disk("10Gi"), "resources": SMALL,
                                                  "disableCommands": ["FLUSHDB", "FLUSHALL"]}, "sentinel": {
                "enabled": True, "quorum": 2, "resources": SMALL}, "networkPolicy": {
                    "enabled": True, "allowExternal": False, "allowExternalEgress": False, "ingressNSMatchLabels": {
                        "apps": "inner"}}, "metrics": {"enabled": True, "serviceMonitor": {"enabled": True},
                            "resources":
                                                       SMALL}}, "sessions")),
        "bitnami/charts, bitnami/valkey/README.md; valkey.io/topics/security, as known",
        ours(), charts=("valkey",)),
    Idiom("records of pods are in one Loki per site, kept for ninety days in the bank's bucket, by tenant", (
        *namespace("loki"), password("loki-s3", "loki", "AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY"),
        mirrored("loki", "6.46.0", {
            "global": {"image": {"registry": MIRROR}}, "deploymentMode": "SingleBinary", "loki": {
                "auth_enabled": True, "commonConfig": {"replication_factor": 3}, "analytics": {
                    "reporting_enabled": False}, "schemaConfig": {"configs": [{
                        "from": "2026-01-01", "store": "tsdb", "object_store": "s3", "schema": "v13", "index": {
                            "prefix": "index_", "period": "24h"}}]}, "storage": {
                    "type": "s3", "bucketNames": {"chunks": "bank-traces", "ruler": "bank-traces", "admin":
                        "bank-traces"},
                    "s3": {"endpoint": S3, "region": "me-central-1", "s3ForcePathStyle": True, "insecure": False,
                           "accessKeyId": "${AWS_ACCESS_KEY_ID}", "secretAccessKey": "${AWS_SECRET_ACCESS_KEY}"}},
                "limits_config": {"retention_period": "2160h", "reject_old_samples": True, "max_query_series": 5000,
                                  "allow_structured_metadata": True, "volume_enabled": True}, "compactor": {
                    "retention_enabled": True, "delete_request_store": "s3"}, "podLabels": TAGS, "podSecurityContext":
                        POD,
                "containerSecurityContext": CLOSED},
            "singleBinary": {"replicas": 3, "resources": LARGE, "persistence": disk("50Gi"), "extraArgs": [
                "-config.expand-env=true"], "extraEnvFrom": [{"secretRef": {"name": "loki-s3"}}]},
            "read": {"replicas": 0}, "write": {"replicas": 0}, "backend": {"replicas": 0}, "gateway": {
                "enabled": True, "replicas": 2, "basicAuth": {"enabled": True, "existingSecret": "loki-callers"},
                "resources": SMALL}, "lokiCanary": {"enabled": False}, "test": {"enabled": False}, "chunksCache": {
                    "enabled": False}, "resultsCache": {"enabled": False}, "monitoring": {"serviceMonitor": {
                        "enabled": True}}, "networkPolicy": {"enabled": True}, "minio": {"enabled": False}}),
        reached("loki", "loki", {"app.kubernetes.io/name": "loki"}, 8080, "logging")),
        "grafana.com/docs/loki/latest/setup/install/helm/install-monolithic; grafana/loki, production/helm, as known",
        ours()),
    Idiom("developers find programs and their owners in Backstage after sign-in, which reads the bank's forge", (
        *namespace("portal"), password("portal", "portal", "POSTGRES_PASSWORD", "SESSION_SECRET", "OIDC_SECRET",
                                       "GITLAB_TOKEN"),
        mirrored("backstage", "2.6.1", {
            "commonLabels": TAGS, "backstage": {
                "replicas": 2, "image": {"registry": MIRROR, "repository": "apps/portal", "tag": "1.44.0"}, "appConfig":
                CATALOG, "extraEnvVarsSecrets": ["portal"], "extraEnvVars": [
                    {"name": "POSTGRES_HOST", "value": "db.bank.ae"}, {"name": "POSTGRES_USER", "value": "portal"},
                    {"name": "NODE_ENV", "value": "production"}], "podSecurityContext": POD, "containerSecurityContext":
                CLOSED, "resources": LARGE, "pdb": {"create": True, "minAvailable": 1}, "extraVolumes": [
                    {"name": "ca", "configMap": {"name": "bank-authority"}}], "extraVolumeMounts": [
                        {"name": "ca", "mountPath": "/ca", "readOnly": True}], "readinessProbe": {"httpGet": {
                            "path": "/.backstage/health/v1/readiness", "port": 7007}}}, "postgresql": {"enabled":
                                False},
            "ingress": {"enabled": False}, "networkPolicy": {"enabled": True}, "service": {"type": "ClusterIP"},
            "serviceAccount": {"create": True, "automountServiceAccountToken": False}, "metrics": {"serviceMonitor": {
                "enabled": True}}}, "portal"),
        web("backstage", "portal", "portal.bank.ae", 7007)),
        "backstage/charts, charts/backstage; backstage.io/docs/auth/oidc; .../deployment/scaling, as known", ours()),
    Idiom("code of the bank is measured by SonarQube with records in PostgreSQL over TLS, and nothing goes outside", (
        *namespace("quality"), password("quality", "quality", "jdbc-password", "monitoring-passcode", "password",
                                        "currentPassword"),
        mirrored("sonarqube", "2025.5.0", {
            "edition": "developer", "image": {"repository": f"{MIRROR}/sonarqube", "tag": "2025.5.0-developer"},
            "monitoringPasscodeSecretName": "quality", "monitoringPasscodeSecretKey": "monitoring-passcode",
            "jdbcOverwrite": {"enabled": True, "jdbcUrl":
                              "jdbc:postgresql://db.bank.ae:5432/quality?sslmode=verify-full&sslrootcert=/ca/ca.crt",
                              "jdbcUsername": "quality", "jdbcSecretName": "quality", "jdbcSecretPasswordKey":
                              "jdbc-password"}, "postgresql": {"enabled": False}, "initSysctl": {"enabled": False},
            "initFs": {"enabled": False}, "setAdminPassword": {"passwordSecretName": "quality"}, "sonarProperties": {
                "sonar.forceAuthentication": True, "sonar.telemetry.enable": False, "sonar.updatecenter.activate":
                    False,
                "sonar.core.serverBaseURL": "https://quality.bank.ae", "sonar.auth.oidc.enabled": True,
                "sonar.auth.oidc.issuerUri": LOGIN, "sonar.auth.oidc.clientId.secured": "quality",
                "sonar.auth.oidc.groupsSync": True, "sonar.plugins.risk.consent": "ACCEPTED"},
            "persistence": disk("50Gi"), "resources": {"requests": {"cpu": "1", "memory": "4Gi"}, "limits": {
                "cpu": "2", "memory": "4Gi"}}, "securityContext": POD, "containerSecurityContext": CLOSED, "podLabels":
            TAGS, "prometheusExporter": {"enabled": False}, "networkPolicy": {"enabled": True}, "ingress": {
                "enabled": False}, "service": {"type": "ClusterIP"}, "tests": {"enabled": False}, "serviceAccount": {
                    "create": True, "automountToken": False}, "extraVolumes": [{"name": "ca", "configMap": {
                        "name": "bank-authority"}}], "extraVolumeMounts": [
                            {"name": "ca", "mountPath": "/ca", "readOnly": True}]}, "quality")),
        "SonarSource/helm-chart-sonarqube, charts/sonarqube/README.md; docs.sonarsource.com, security, as known",
        ours()),
)  # fmt: skip
