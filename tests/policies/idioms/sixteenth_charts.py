"""Good idioms of clusters: charts of the company's mirror that no other idiom has (set 16, blind)."""

from ..blind import KEY, TAGS, k8s, meta
from . import Idiom
from .eleventh_charts import CLOSED, SMALL, secret_variable
from .sixteenth_stores import HASH, password, reached
from .thirteenth_cluster_access import RBAC, account, subject
from .twelfth_charts import LARGE, LOGIN, MIRROR, POD, identity, mirrored, ours

R = "me-central-1"
TMP = [{"name": "tmp", "emptyDir": {"sizeLimit": "1Gi"}}]
TMP_MOUNT = [{"name": "tmp", "mountPath": "/tmp"}]  # noqa: S108
TLS = [{"name": "tls", "secret": {"secretName": "server-tls"}}]
PLAIN = {"type": "ClusterIP"}
LAKE = f"""logging:
  level: INFO
database:
  type: postgres
blockstore:
  type: s3
  s3:
    region: {R}
    server_side_encryption: aws:kms
    server_side_encryption_kms_key_id: {KEY}
stats:
  enabled: false
security:
  check_latest_version: false
auth:
  logout_redirect_url: https://login.bank.ae/
"""


IDIOMS: tuple[Idiom, ...] = (
    Idiom("Cerbos decides by policies of the bank's bucket, over TLS, and writes each decision down", (
        mirrored("cerbos", "0.47.0", {
            "replicaCount": 3, "image": {"repository": f"{MIRROR}/cerbos/cerbos", "digest": HASH}, "podLabels": TAGS,
            "commonLabels": TAGS, "serviceAccount": identity("cerbos"), "podSecurityContext": POD, "securityContext":
            CLOSED, "resources": SMALL, "service": PLAIN, "volumes": TMP, "volumeMounts": [
                {"name": "tmp", "mountPath": "/work"}], "cerbos": {
                "tlsSecretName": "cerbos-tls", "logLevel": "INFO", "config": {
                    "server": {"adminAPI": {"enabled": False}, "playgroundEnabled": False}, "telemetry": {
                        "disabled": True}, "storage": {"driver": "blob", "blob": {
                            "bucket": f"s3://bank-models?region={R}", "prefix": "policies", "workDir": "/work/policies",
                            "updatePollInterval": "60s"}},
                    "audit": {"enabled": True, "accessLogsEnabled": True, "decisionLogsEnabled": True, "backend":
                              "file", "file": {"path": "stdout"}}, "engine": {"defaultPolicyVersion": "default"}}}},
            "access"),
        reached("cerbos", "access", {"app.kubernetes.io/name": "cerbos"}, 3593, "apps")),
        "cerbos/cerbos, deploy/charts/cerbos/values.yaml; docs.cerbos.dev/cerbos/latest/configuration", ours(),
        charts=("cerbos",)),
    Idiom("OpenFGA answers who owns what to callers with tokens of the bank, and has no playground", (
        password("openfga-db", "access", "uri"),
        mirrored("openfga", "0.2.44", {
            "replicaCount": 3, "image": {"repository": f"{MIRROR}/openfga/openfga", "tag": f"v1.11.0@{HASH}",
                                         "pullPolicy": "IfNotPresent"}, "podSecurityContext": POD, "securityContext":
            CLOSED, "resources": SMALL, "service": {**PLAIN, "port": 8080}, "datastore": {
                "engine": "postgres", "uriSecret": "openfga-db", "applyMigrations": True}, "postgresql": {
                    "enabled": False}, "mysql": {"enabled": False}, "playground": {"enabled": False}, "profiler": {
                        "enabled": False}, "authn": {"method": "oidc", "oidc": {"audience": "openfga", "issuer":
                                                                                LOGIN}},
            "grpc": {"addr": "0.0.0.0:8081", "tls": {
                "enabled": True, "cert": "/tls/tls.crt", "key": "/tls/tls.key", "ca": "/tls/ca.crt"}},
            "http": {"enabled": True, "addr": "0.0.0.0:8080", "corsAllowedOrigins": ["https://portal.bank.ae"], "tls": {
                "enabled": True, "cert": "/tls/tls.crt", "key": "/tls/tls.key", "ca": "/tls/ca.crt"}},
            "extraVolumes": TLS, "extraVolumeMounts": [{"name": "tls", "mountPath": "/tls", "readOnly": True}],
            "log": {"level": "info", "format": "json"}, "telemetry": {"trace": {"enabled": False}, "metrics": {
                "enabled": True}}, "commonLabels": TAGS}, "access")),
        "openfga/helm-charts, charts/openfga/values.yaml; openfga.dev/docs/getting-started/setup-openfga", ours(),
        charts=("openfga",)),
    Idiom("versions of data sets are kept by lakeFS in the bank's bucket, with its database elsewhere", (
        password("lakefs", "lake", "auth_encrypt_secret_key", "database_connection_string"),
        mirrored("lakefs", "1.5.14", {
            "replicaCount": 2, "image": {"repository": f"{MIRROR}/treeverse/lakefs", "tag": f"1.70.1@{HASH}"},
            "useDevPostgres": False, "existingSecret": "lakefs", "secretKeys": {
                "authEncryptSecretKey": "auth_encrypt_secret_key", "databaseConnectionString":
                "database_connection_string"}, "lakefsConfig": LAKE, "serviceAccount": {"name": "lakefs"}, "service":
            PLAIN, "resources": LARGE, "podSecurityContext": POD, "securityContext": CLOSED, "podLabels": TAGS,
            "ingress": {"enabled": False}, "fluffy": {"enabled": False}, "extraVolumes": TMP, "extraVolumeMounts":
            TMP_MOUNT}, "lake"),
        reached("lakefs", "lake", {"app.kubernetes.io/name": "lakefs"}, 8000, "spark")),
        "treeverse/charts, charts/lakefs/values.yaml; docs.lakefs.io/latest/reference/configuration", ours(),
        charts=("lakefs",)),
    Idiom("flows of data are planned by Prefect behind a password, with the bank's database and no analytics", (
        password("prefect-auth", "flows", "auth-string"), password("prefect-db", "flows", "connection-string"),
        mirrored("prefect-server", "2025.11.24", {
            "commonLabels": TAGS, "global": {"prefect": {
                "image": {"repository": f"{MIRROR}/prefecthq/prefect", "prefectTag": f"3.6.4-python3.11@{HASH}"},
                "env": [{"name": "PREFECT_SERVER_ANALYTICS_ENABLED", "value": "false"}]}},
            "server": {"replicaCount": 2, "basicAuth": {"enabled": True, "existingSecret": "prefect-auth"}, "debug":
                       False, "loggingLevel": "INFO", "resources": LARGE, "podSecurityContext": POD,
                       "containerSecurityContext": CLOSED, "podLabels": TAGS, "livenessProbe": {"enabled": True},
                       "readinessProbe": {"enabled": True}, "uiConfig": {
                           "prefectUiApiUrl": "https://flows.bank.ae/api"}},
            "backgroundServices": {"runAsSeparateDeployment": True, "resources": SMALL, "podSecurityContext": POD,
                                   "containerSecurityContext": CLOSED, "podLabels": TAGS},
            "service": PLAIN, "ingress": {"enabled": False}, "postgresql": {"enabled": False}, "secret": {
                "create": False, "name": "prefect-db"}}, "flows")),
        "PrefectHQ/prefect-helm, charts/prefect-server/values.yaml", ours(), charts=("prefect-server",)),
    Idiom("Meilisearch finds offers for one app with a master key of the bank's store, without analytics", (
        password("meilisearch", "offers", "MEILI_MASTER_KEY"),
        mirrored("meilisearch", "0.17.1", {
            "image": {"repository": f"{MIRROR}/getmeili/meilisearch", "tag": f"v1.26.0@{HASH}"}, "environment": {
                "MEILI_NO_ANALYTICS": True, "MEILI_ENV": "production"}, "auth": {
                    "existingMasterKeySecret": "meilisearch"}, "service": {**PLAIN, "port": 7700}, "podLabels": TAGS,
            "customLabels": TAGS, "podSecurityContext": POD, "securityContext": CLOSED, "resources": LARGE,
            "persistence": {"enabled": True, "storageClass": "encrypted", "size": "20Gi"}, "ingress": {
                "enabled": False}, "serviceMonitor": {"enabled": True}}, "offers"),
        reached("meilisearch", "offers", {"app.kubernetes.io/name": "meilisearch"}, 7700, "apps")),
        "meilisearch/meilisearch-kubernetes, charts/meilisearch/values.yaml", ours(), charts=("meilisearch",)),
    Idiom("records are searched by Quickwit in the bank's bucket, with three searchers and no telemetry", (
        password("quickwit-metastore", "records", "QW_METASTORE_URI"),
        mirrored("quickwit", "0.7.22", {
            "image": {"repository": f"{MIRROR}/quickwit/quickwit", "tag": f"v0.8.2@{HASH}"}, "additionalLabels": TAGS,
            "serviceAccount": identity("quickwit"), "podSecurityContext": POD, "securityContext": CLOSED,
            "environment": {"QW_DISABLE_TELEMETRY": "1", "AWS_REGION": R}, "config": {
                "version": "0.8", "data_dir": "/quickwit/qwdata", "default_index_root_uri": "s3://bank-traces/quickwit",
                "storage": {"s3": {"region": R}}},
            "searcher": {"replicaCount": 3, "resources": LARGE, "podDisruptionBudget": {"maxUnavailable": 1},
                         "persistentVolume": {"enabled": True, "storage": "20Gi", "storageClass": "encrypted"}},
            "indexer": {"replicaCount": 2, "resources": LARGE, "podDisruptionBudget": {"maxUnavailable": 1},
                        "persistentVolume": {"enabled": True, "storage": "50Gi", "storageClass": "encrypted"}},
            "metastore": {"replicaCount": 2, "resources": SMALL, "extraEnvFrom": [
                {"secretRef": {"name": "quickwit-metastore"}}]},
            "control_plane": {"enabled": True, "resources": SMALL}, "janitor": {"enabled": True, "resources": SMALL},
            "bootstrap": {"enabled": False}, "service": PLAIN, "ingress": {"enabled": False}, "serviceMonitor": {
                "enabled": True}}, "records"),
        reached("quickwit", "records", {"app.kubernetes.io/name": "quickwit"}, 7280, "gateway")),
        "quickwit-oss/helm-charts, charts/quickwit/values.yaml; quickwit.io/docs/telemetry", ours(),
        charts=("quickwit",)),
    Idiom("certificates that end are reported by an exporter that reads the secrets of the gateway's namespace alone", (
        account("x509", "monitoring"),
        k8s(f"{RBAC}/v1:Role", {"metadata": meta("x509", "gateway"), "rules": [
            {"apiGroups": [""], "resources": ["secrets"], "verbs": ["get", "list", "watch"]}]}, "x509-role"),
        k8s(f"{RBAC}/v1:RoleBinding", {
            "metadata": meta("x509", "gateway"), "roleRef": {"apiGroup": RBAC, "kind": "Role", "name": "x509"},
            "subjects": [subject("x509", "monitoring")]}, "x509-binding"),
        mirrored("x509-certificate-exporter", "3.19.1", {
            "image": {"registry": MIRROR, "repository": "enix/x509-certificate-exporter", "tag": f"3.19.1@{HASH}"},
            "extraLabels": TAGS, "podExtraLabels": TAGS, "hostNetwork": False, "rbac": {
                "create": False, "secretsExporter": {"serviceAccountName": "x509"}},
            "secretsExporter": {
                "enabled": True, "replicas": 1, "resources": SMALL, "podSecurityContext": POD, "securityContext":
                CLOSED, "includeNamespaces": ["gateway"], "secretTypes": [
                    {"type": "kubernetes.io/tls", "key": "tls.crt"}]},
            "hostPathsExporter": {"daemonSets": {}}, "service": {"create": True, "port": 9793},
            "webConfigurationExistingSecret": "x509-web", "prometheusServiceMonitor": {"create": True},
            "prometheusRules": {"create": True, "warningDaysLeft": 28, "criticalDaysLeft": 14}}, "monitoring")),
        "enix/x509-certificate-exporter, deploy/charts/x509-certificate-exporter/values.yaml", ours(),
        charts=("x509-certificate-exporter",),
        doubt="the exporter lists and watches, so that it also reads what secrets beside the certificates contain"),
    Idiom("developers work in Coder behind the bank's sign-in, over TLS, and it sends nothing home", (
        password("coder-db", "coder", "url"), password("coder-oidc", "coder", "secret"),
        mirrored("coder", "2.28.3", {"coder": {
            "image": {"repo": f"{MIRROR}/coder/coder", "tag": f"v2.28.3@{HASH}"}, "replicaCount": 2, "labels": TAGS,
            "podLabels": TAGS, "serviceAccount": {"name": "coder", "workspacePerms": True, "enableDeployments": False},
            "securityContext": CLOSED, "podSecurityContext": POD, "resources": LARGE, "volumes": TMP, "volumeMounts":
            TMP_MOUNT, "tls": {"secretNames": ["coder-tls"]}, "service": {"enable": True, **PLAIN}, "ingress": {
                "enable": False}, "env": [
                    {"name": "CODER_ACCESS_URL", "value": "https://coder.bank.ae"},
                    {"name": "CODER_TELEMETRY_ENABLE", "value": "false"},
                    {"name": "CODER_UPDATE_CHECK", "value": "false"},
                    {"name": "CODER_DISABLE_PASSWORD_AUTH", "value": "true"},
                    {"name": "CODER_BLOCK_DIRECT", "value": "true"},
                    {"name": "CODER_DERP_SERVER_STUN_ADDRESSES", "value": "disable"},
                    {"name": "CODER_SECURE_AUTH_COOKIE", "value": "true"},
                    {"name": "CODER_STRICT_TRANSPORT_SECURITY", "value": "31536000"},
                    {"name": "CODER_OIDC_ISSUER_URL", "value": LOGIN},
                    {"name": "CODER_OIDC_CLIENT_ID", "value": "coder"},
                    {"name": "CODER_OIDC_EMAIL_DOMAIN", "value": "bank.ae"},
                    secret_variable("CODER_OIDC_CLIENT_SECRET", "coder-oidc", "secret"),
                    secret_variable("CODER_PG_CONNECTION_URL", "coder-db", "url")]}}, "coder")),
        "coder/coder, helm/coder/values.yaml; coder.com/docs/reference/cli/server", ours(), charts=("coder",)),
    Idiom("texts of papers are read by Tika inside the cluster, which has no way out", (
        mirrored("tika", "3.2.3", {
            "replicaCount": 2, "image": {"repository": f"{MIRROR}/apache/tika", "tag": f"3.2.3.0-full@{HASH}"},
            "serviceAccount": {"create": True, "automount": False}, "podSecurityContext": POD, "securityContext":
            CLOSED, "resources": LARGE, "service": {**PLAIN, "port": 9998}, "ingress": {"enabled": False},
            "podLabels": TAGS, "networkPolicy": {"enabled": True}, "autoscaling": {"enabled": False},
            "extraVolumes": TMP, "extraVolumeMounts": TMP_MOUNT}, "search"),
        reached("tika", "search", {"app.kubernetes.io/name": "tika"}, 9998, "apps")),
        "apache/tika-helm, values.yaml", ours(), charts=("tika",)),
    Idiom("Kiali shows the mesh to staff who sign in with rights of their own, and changes nothing", (
        password("kiali", "istio-system", "oidc-secret"),
        mirrored("kiali-server", "2.18.0", {
            "auth": {"strategy": "openid", "openid": {
                "client_id": "kiali", "issuer_uri": LOGIN, "scopes": ["openid", "email"], "username_claim": "email",
                "disable_rbac": False, "insecure_skip_verify_tls": False, "allowed_domains": ["bank.ae"]}},
            "clustering": {"autodetect_secrets": {"enabled": False}}, "deployment": {
                "image_name": f"{MIRROR}/kiali/kiali", "image_version": "c" * 64, "image_digest": "sha256",
                "image_pull_policy": "IfNotPresent", "replicas": 2, "view_only_mode": True, "pod_labels": TAGS,
                "extra_labels": TAGS, "resources": SMALL, "security_context": CLOSED, "service_type": "ClusterIP",
                "secret_name": "kiali", "ingress": {"enabled": False}, "logger": {"log_level": "info"}},
            "external_services": {
                "prometheus": {"url": "https://prometheus.monitoring.svc.cluster.local:9090", "auth": {
                    "type": "bearer", "token": "secret:kiali-prometheus:token", "ca_file": "/tls/ca.crt"}},
                "grafana": {"enabled": False}, "tracing": {"enabled": False}},
            "identity": {"cert_file": "/kiali-cert/tls.crt", "private_key_file": "/kiali-cert/tls.key"},
            "server": {"port": 20001, "observability": {"metrics": {"enabled": True, "port": 9090}}}}, "istio-system")),
        "kiali/helm-charts, kiali-server/values.yaml; kiali.io/docs/configuration/authentication/openid", ours(),
        charts=("kiali-server",)),
)  # fmt: skip
