"""Good releases of charts of tools whose values were read key by key, as their documentation has them."""

from ..blind import TAGS
from . import Idiom
from .charts_read_platform import DATABASE, TLS
from .eleventh_charts import CLOSED, SMALL, secret_variable
from .twelfth_charts import LARGE, LOGIN, MIRROR, POD, identity, mirrored, ours

MODEL = {"model_name": "falcon", "litellm_params": {
    "model": "hosted_vllm/falcon", "api_base": "http://vllm-router.models.svc.cluster.local/v1",
    "api_key": "os.environ/VLLM_KEY"}}  # fmt: skip
KEYCLOAK = f"""- name: KC_HOSTNAME
  value: {LOGIN.partition("/realms")[0]}
- name: KC_PROXY_TRUSTED_ADDRESSES
  value: 10.20.0.0/16
- name: KC_DB_URL_PROPERTIES
  value: "?sslmode=verify-full"
- name: KC_BOOTSTRAP_ADMIN_PASSWORD
  valueFrom:
    secretKeyRef:
      name: keycloak-admin
      key: password
"""
SECURITY = """plugins:
  security:
    ssl:
      transport:
        pemcert_filepath: tls/tls.crt
        pemkey_filepath: tls/tls.key
        pemtrustedcas_filepath: tls/ca.crt
        enforce_hostname_verification: true
      http:
        enabled: true
        pemcert_filepath: tls/tls.crt
        pemkey_filepath: tls/tls.key
        pemtrustedcas_filepath: tls/ca.crt
    allow_default_init_securityindex: true
    nodes_dn: ["CN=opensearch.data.svc,O=Bank"]
    authcz:
      admin_dn: ["CN=opensearch-admin,O=Bank"]
    audit.type: internal_opensearch
"""
DASHBOARDS = """opensearch:
  hosts: [https://opensearch-cluster-master.data.svc:9200]
  username: ${OPENSEARCH_USERNAME}
  password: ${OPENSEARCH_PASSWORD}
  ssl:
    verificationMode: full
    certificateAuthorities: [/tls/ca.crt]
opensearch_security:
  auth:
    type: openid
  openid:
    connect_url: ISSUER/.well-known/openid-configuration
    client_id: dashboards
  cookie:
    secure: true
""".replace("ISSUER", LOGIN)

IDIOMS: tuple[Idiom, ...] = (
    Idiom("calls of models pass by LiteLLM with keys of teams", (mirrored("litellm-helm", "1.80.0", {
        "image": {"repository": f"{MIRROR}/berriai/litellm-database", "tag": "v1.80.0-stable"}, "replicaCount": 2,
        "masterkeySecretName": "litellm", "masterkeySecretKey": "masterkey", "podLabels": TAGS,
        "db": {"useExisting": True, "deployStandalone": False, "endpoint": DATABASE, "database": "litellm",
               "url": "postgresql://$(DATABASE_USERNAME):$(DATABASE_PASSWORD)@$(DATABASE_HOST)/$(DATABASE_NAME)"
                      "?sslmode=verify-full",
               "secret": {"name": "litellm-db", "usernameKey": "username", "passwordKey": "password"}},
        "proxy_config": {"model_list": [MODEL], "general_settings": {"master_key": "os.environ/PROXY_MASTER_KEY"},
                         "litellm_settings": {"request_timeout": 600, "turn_off_message_logging": True}},
        "environmentSecrets": ["litellm-env"], "migrationJob": {"hooks": {"argocd": {"enabled": False}}},
        "resources": LARGE, "podSecurityContext": POD, "securityContext": CLOSED}),),
        "docs.litellm.ai/docs/proxy/deploy, Helm", ours()),
    Idiom("teams make workflows in n8n without figures to its vendor", (mirrored("n8n", "2.0.1", {
        "image": {"repository": f"{MIRROR}/n8nio/n8n", "tag": "2.1.0"},
        "ingress": {"enabled": True, "className": "inner", "tls": TLS, "hosts": [
            {"host": "app.apps.bank.ae", "paths": ["/"]}]},
        "main": {
            "config": {"n8n": {"diagnostics": {"enabled": "false"}, "version_notifications": {"enabled": "false"},
                               "templates": {"enabled": "false"}, "block_env_access_in_node": "true",
                               "secure_cookie": "true"}, "generic": {"timezone": "Asia/Dubai"},
                       "db": {"type": "postgresdb", "postgresdb": {"host": DATABASE, "ssl": {"enabled": "true"}}}},
            "extraEnv": {
                "N8N_ENCRYPTION_KEY": {"valueFrom": {"secretKeyRef": {"name": "n8n", "key": "encryption-key"}}},
                "DB_POSTGRESDB_PASSWORD": {"valueFrom": {"secretKeyRef": {"name": "n8n-db", "key": "password"}}}},
            "podLabels": TAGS, "podSecurityContext": POD, "securityContext": CLOSED, "resources": SMALL,
            "persistence": {"enabled": True, "type": "dynamic", "size": "5Gi", "storageClass": "encrypted"}}}),),
        "docs.n8n.io/hosting/securing and github.com/8gears/n8n-helm-chart", ours()),
    Idiom("customers and staff sign in by Keycloak behind the inner gateway", (mirrored("keycloakx", "7.1.5", {
        "image": {"repository": f"{MIRROR}/keycloak/keycloak", "tag": "26.4.2"}, "replicas": 3, "podLabels": TAGS,
        "command": ["/opt/keycloak/bin/kc.sh", "start", "--optimized"], "extraEnv": KEYCLOAK,
        "database": {"vendor": "postgres", "hostname": DATABASE, "port": 5432, "database": "keycloak",
                     "username": "keycloak", "existingSecret": "keycloak-db", "existingSecretKey": "password"},
        "proxy": {"enabled": True, "mode": "xforwarded", "http": {"enabled": True}}, "http": {"relativePath": "/"},
        "ingress": {"enabled": True, "ingressClassName": "inner", "tls": TLS, "rules": [
            {"host": "app.apps.bank.ae", "paths": [{"path": "/", "pathType": "Prefix"}]}]},
        "podSecurityContext": {"fsGroup": 1000}, "securityContext": {**CLOSED, "runAsUser": 1000},
        "resources": LARGE, "networkPolicy": {"enabled": True}, "serviceMonitor": {"enabled": True}}, "auth"),),
        "keycloak.org/server/configuration-production and github.com/codecentric/helm-charts, keycloakx", ours()),
    Idiom("logs are searched in OpenSearch with the bank's own certificates", (
        mirrored("opensearch", "3.3.2", {
            "global": {"dockerRegistry": MIRROR}, "replicas": 3, "labels": TAGS, "config": {"opensearch.yml": SECURITY},
            "extraEnvs": [{"name": "DISABLE_INSTALL_DEMO_CONFIG", "value": "true"}], "resources": LARGE,
            "securityConfig": {"enabled": True, "internalUsersSecret": "opensearch-users",
                               "configSecret": "opensearch-config"}, "sysctlInit": {"enabled": False},
            "persistence": {"enabled": True, "enableInitChown": False, "size": "200Gi", "storageClass": "encrypted"},
            "secretMounts": [{"name": "tls", "secretName": "opensearch-tls",
                              "path": "/usr/share/opensearch/config/tls"}], "networkPolicy": {"create": True}}, "data"),
        mirrored("opensearch-dashboards", "3.3.0", {
            "image": {"repository": f"{MIRROR}/opensearchproject/opensearch-dashboards", "tag": "3.3.0"},
            "config": {"opensearch_dashboards.yml": DASHBOARDS}, "opensearchAccount": {"secret": "dashboards"},
            "ingress": {"enabled": True, "ingressClassName": "inner", "tls": TLS, "hosts": [
                {"host": "app.apps.bank.ae", "paths": [{"path": "/"}]}]}, "labels": TAGS, "resources": SMALL}, "data")),
        "docs.opensearch.org/latest/install-and-configure/install-opensearch/helm", ours()),
    Idiom("a team tries models by Ollama inside the cluster", (mirrored("ollama", "1.33.0", {
        "image": {"repository": f"{MIRROR}/ollama/ollama", "tag": "0.13.0"}, "podLabels": TAGS, "resources": LARGE,
        "ollama": {"gpu": {"enabled": True, "type": "nvidia", "number": 1}, "insecure": False},
        "extraEnv": [{"name": "OLLAMA_ORIGINS", "value": "https://app.apps.bank.ae"}],
        "service": {"type": "ClusterIP"}, "ingress": {"enabled": False}, "securityContext": CLOSED,
        "persistentVolume": {"enabled": True, "size": "100Gi", "storageClass": "encrypted"}}),),
        "github.com/otwld/ollama-helm, README", ours()),
    Idiom("traces are kept by Jaeger in the bank's own store", (mirrored("jaeger", "4.2.0", {
        "jaeger": {"image": {"registry": MIRROR, "repository": "jaegertracing/jaeger", "tag": "2.14.0"},
                   "replicas": 2, "podLabels": TAGS, "resources": SMALL, "securityContext": CLOSED,
                   "serviceAccount": identity("jaeger"), "ingress": {"enabled": False},
                   "extraEnv": [secret_variable("ES_PASSWORD", "jaeger-store", "password")]},
        "storage": {"type": "elasticsearch", "elasticsearch": {
            "url": "https://opensearch-cluster-master.data.svc:9200", "existingSecret": "jaeger-store",
            "tls": {"enabled": True, "insecure": False}}}, "esIndexCleaner": {"enabled": True, "numberOfDays": 14,
            "image": {"registry": MIRROR, "repository": "jaegertracing/jaeger-es-index-cleaner", "tag": "2.14.0"}}}),),
        "jaegertracing.io/docs/latest/deployment and github.com/jaegertracing/helm-charts", ours()),
)  # fmt: skip
