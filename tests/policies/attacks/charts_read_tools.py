"""Attacks by values of charts of tools for teams, read key by key, and by what they do by default (2026-11-29).

Sources: values.yaml of BerriAI/litellm 00eb60c0 (litellm-helm), 8gears/n8n-helm-chart, goharbor/harbor-helm 70564d52,
SonarSource/helm-chart-sonarqube, codecentric/helm-charts (keycloakx), opensearch-project/helm-charts,
otwld/ollama-helm and jaegertracing/helm-charts; commits by `chart_defaults.csv` and `reviewed_charts.csv`. Each passed
before.
"""

import json

from ..chart_values import release, with_value, without
from . import Attack

OPEN = ("FJ-EXP-", "FJ-IDN-", "FJ-ESC-", "FJ-RES-", "FJ-ENC-")
SECRET = "Sup3rS3cret" + "Value99"
LITELLM = {
    "masterkeySecretName": "litellm", "db": {"useExisting": True, "deployStandalone": False, "endpoint": "pg.data.svc"},
    "proxy_config": {"model_list": [{"model_name": "f", "litellm_params": {
        "model": "hosted_vllm/f", "api_base": "http://vllm.models.svc:8000/v1"}}]}}  # fmt: skip
N8N = {"main": {"config": {"n8n": {"diagnostics": {"enabled": "false"}}}}}
HARBOR = {
    "expose": {"type": "clusterIP"}, "existingSecretAdminPassword": "harbor", "existingSecretSecretKey": "harbor",
    "registry": {"credentials": {"existingSecret": "harbor"}}, "database": {"type": "external", "external": {
        "host": "pg.data.svc", "existingSecret": "harbor", "sslmode": "verify-full"}}}  # fmt: skip
SONARQUBE = {
    "initSysctl": {"enabled": False}, "setAdminPassword": {"passwordSecretName": "sonar"},
    "jdbcOverwrite": {"enabled": True, "jdbcUrl": "jdbc:postgresql://pg.data.svc/sonar?sslmode=verify-full"},
    "sonarProperties": {"sonar.telemetry.enable": "false"}}  # fmt: skip
KEYCLOAK = {"database": {"vendor": "postgres", "hostname": "pg.data.svc", "existingSecret": "k"}}
OPENSEARCH = {"extraEnvs": [{"name": "DISABLE_INSTALL_DEMO_CONFIG", "value": "true"}]}
JAEGER = {"storage": {"type": "elasticsearch"}}


def _attack(name: str, chart: str, values: dict[str, object], harm: str, severity: str = "critical") -> Attack:
    return Attack(name, OPEN, (release(chart, values),), severity, f"{harm} (values.yaml of the chart)")


def _litellm(name: str, path: str, value: object, harm: str, severity: str = "critical") -> Attack:
    return _attack(name, "litellm-helm", with_value(LITELLM, path, value), harm, severity)


def _n8n(name: str, path: str, value: object, harm: str, severity: str = "critical") -> Attack:
    return _attack(name, "n8n", with_value(N8N, f"main/{path}", value), harm, severity)


def _harbor(name: str, path: str, value: object, harm: str, severity: str = "critical") -> Attack:
    return _attack(name, "harbor", with_value(HARBOR, path, value), harm, severity)


def _sonar(name: str, path: str, value: object, harm: str, severity: str = "critical") -> Attack:
    return _attack(name, "sonarqube", with_value(SONARQUBE, path, value), harm, severity)


def _keycloak(name: str, path: str, value: object, harm: str, severity: str = "critical") -> Attack:
    return _attack(name, "keycloakx", with_value(KEYCLOAK, path, value), harm, severity)


def _opensearch(name: str, path: str, value: object, harm: str, severity: str = "critical") -> Attack:
    return _attack(name, "opensearch", with_value(OPENSEARCH, path, value), harm, severity)


def _variable(name: str, value: str) -> str:
    return f'- name: {name}\n  value: "{value}"\n'


ATTACKS = (
    _attack("everybody knows the password of LiteLLM's database by default", "litellm-helm", without(LITELLM, "db"),
            "every pod reads keys"),
    _attack("questions to LiteLLM go to OpenAI by default", "litellm-helm", without(LITELLM, "proxy_config"),
            "they leave the country"),
    _litellm("the key of LiteLLM's administrator is in the values", "masterkey", SECRET, "whoever reads them has it"),
    _litellm("a function of one's own decides who uses LiteLLM", "proxy_config/general_settings", {
        "custom_auth": "mine.allow"}, "everybody may be let in"),
    _litellm("callers without a key use all of LiteLLM", "proxy_config/general_settings", {"public_routes": ["/*"]},
             "each pod makes keys"),
    _litellm("everybody who signs in administers LiteLLM", "proxy_config/litellm_settings", {
        "default_internal_user_params": {"user_role": "proxy_admin"}}, "each employee makes keys"),
    _litellm("callers without a key use a route of LiteLLM", "proxy_config/general_settings", {
        "pass_through_endpoints": [{"path": "/tools", "target": "http://tools.data.svc", "auth": False}]},
        "each pod acts with its credential"),
    _litellm("users of LiteLLM send questions where they like", "proxy_config/model_list", [
        {"model_name": "f", "litellm_params": {"model": "hosted_vllm/f", "api_base": "http://vllm.models.svc/v1",
                                               "configurable_clientside_auth_params": ["api_base"]}}],
        "data leaves the country"),
    _litellm("LiteLLM believes a header who its user is", "proxy_config/general_settings", {
        "enable_oauth2_proxy_auth": True, "oauth2_config_mappings": {"user_id": "X-User-Id"}}, "each pod is any user"),
    _litellm("each token of the sign-in administers LiteLLM", "proxy_config/general_settings", {
        "enable_jwt_auth": True, "litellm_jwtauth": {"admin_jwt_scope": "openid"}}, "each employee makes keys"),
    _litellm("pages of every host use LiteLLM", "envVars/CORS_ALLOW_ORIGINS", "*", "they act as the user", "major"),
    _litellm("keys of LiteLLM cross the network in plain text", "ingress", {
        "enabled": True, "hosts": [{"host": "llm.example.ae"}]}, "keys are read"),
    _attack("figures of n8n go to its vendor by default", "n8n", without(N8N, "main/config/n8n"),
            "they leave the country", "major"),
    _n8n("n8n sends the cookie of sessions in plain text", "config/n8n/secure_cookie", "false", "it is read", "major"),
    _n8n("workflows of n8n start programs", "extraEnv", {"NODE_FUNCTION_ALLOW_BUILTIN": {"value": "*"}},
         "whoever writes one has each credential"),
    _n8n("workflows of n8n read the keys of its server", "config/n8n/block_env_access_in_node", "false",
         "whoever writes one has them"),
    _n8n("the key of n8n's credentials is in the values", "secret", {"n8n": {"encryption_key": SECRET}},
         "whoever reads them has each credential"),
    _n8n("programs of workflows have no sandbox in n8n", "extraEnv", {"N8N_RUNNERS_INSECURE_MODE": {"value": "true"}},
         "whoever writes one has each credential"),
    _attack("everybody knows the password of Harbor by default", "harbor", without(
        HARBOR, "existingSecretAdminPassword"), "he replaces each image"),
    _attack("everybody knows the key of Harbor's passwords by default", "harbor", without(
        HARBOR, "existingSecretSecretKey"), "whoever reads the database has registries", "major"),
    _attack("everybody knows the password of Harbor's registry by default", "harbor", without(HARBOR, "registry"),
            "each pod replaces images"),
    _attack("everybody knows the password of Harbor's database by default", "harbor", without(HARBOR, "database"),
            "each pod is the administrator"),
    _harbor("Harbor asks its database in plain text by default", "database/external", {
        "host": "pg.data.svc", "existingSecret": "harbor"}, "hashes and keys are read"),
    _harbor("Harbor serves plain text", "expose/tls", {"enabled": False}, "passwords are read"),
    _harbor("the key of Harbor's passwords is in the values", "secretKey", SECRET[:16], "whoever reads it has them"),
    _harbor("the secret of Harbor's core is in the values", "core", {"secret": SECRET}, "whoever reads it is a part"),
    _harbor("a scanner of Harbor believes whoever answers", "trivy/insecure", True, "results are changed", "major"),
    _harbor("images of Harbor go to another cloud", "persistence/imageChartStorage", {
        "type": "gcs", "gcs": {"bucket": "b"}}, "models leave the country"),
    _harbor("whoever reaches Harbor signs himself up", "core/configureUserSettings", json.dumps({
        "auth_mode": "db_auth", "self_registration": True}), "he makes projects", "major"),
    _attack("everybody knows the password of SonarQube by default", "sonarqube", without(
        SONARQUBE, "setAdminPassword"), "he reads the code"),
    _attack("figures of SonarQube go to its vendor by default", "sonarqube", without(SONARQUBE, "sonarProperties"),
            "they leave the country", "major"),
    _attack("SonarQube changes the kernel of its machine by default", "sonarqube", without(SONARQUBE, "initSysctl"),
            "its image is root on it", "major"),
    _attack("SonarQube records into a store for trials by default", "sonarqube", without(SONARQUBE, "jdbcOverwrite"),
            "records are lost", "major"),
    _sonar("whoever reaches SonarQube reads the code", "sonarProperties/sonar.forceAuthentication", "false",
           "nobody signs in"),
    _sonar("SonarQube believes a header who its user is", "sonarProperties/sonar.web.sso.enable", "true",
           "each pod is any user"),
    _sonar("every pod reads the index of SonarQube", "sonarProperties/sonar.search.host", "0.0.0.0",  # noqa: S104
           "the code is in it"),
    _sonar("the key of SonarQube's administration is in the values", "monitoringPasscode", "define_it",
           "whoever reads it restarts the server", "major"),
    _sonar("SonarQube loads plug-ins from whoever answers", "plugins", {"noCheckCertificate": True},
           "they are programs in the server"),
    _keycloak("Keycloak runs as for development", "command", ["/opt/keycloak/bin/kc.sh", "start-dev"],
              "passwords are read"),
    _keycloak("Keycloak sends links to the host that a caller names", "extraEnv", _variable(
        "KC_HOSTNAME_STRICT", "false"), "whoever follows one gives his account away"),
    _keycloak("the password of Keycloak's administrator is in the values", "extraEnv", _variable(
        "KC_BOOTSTRAP_ADMIN_PASSWORD", "admin"), "whoever reads them is everybody"),
    _keycloak("secrets of Keycloak are in the values", "secrets", {"db": {"stringData": {"pw": SECRET}}},
              "whoever reads them has the database"),
    _keycloak("Keycloak believes each certificate of a server", "extraEnv", _variable(
        "KC_TLS_HOSTNAME_VERIFIER", "ANY"), "whoever is in between says who a user is"),
    _keycloak("administrators of realms run programs in Keycloak", "extraEnv", _variable(
        "KC_FEATURES", "token-exchange,scripts"), "they are everybody"),
    _keycloak("Keycloak starts with the image of a stranger", "extraInitContainers",
              "- name: theme\n  image: docker.io/someone/theme:1\n", "it reads the secrets of the pod"),
    _attack("everybody has the keys of OpenSearch by default", "opensearch", {"replicas": 3}, "they are published"),
    _opensearch("images of OpenSearch come from a stranger", "global", {"dockerRegistry": "docker.io/someone"},
                "the stranger has each row"),
    _opensearch("hashes of passwords are in the values of OpenSearch", "securityConfig/config/data", {
        "internal_users.yml": "admin:\n  hash: $2y$12$abcdefghijklmnopqrstuvABCDEFGHIJKLMNOPQRSTUVWXYZ01234\n"},
        "whoever reads them guesses passwords", "major"),
    _opensearch("users of OpenSearch copy rows from every address", "config", {
        "opensearch.yml": 'repositories.url.allowed_urls: ["*"]\n'}, "they reach the cluster", "major"),
    _opensearch("OpenSearch changes the kernel of its machine", "sysctlInit", {"enabled": True}, "it is root", "major"),
    _attack("the password of OpenSearch is in a text of its page", "opensearch-dashboards", {"config": {
        "opensearch_dashboards.yml": "opensearch:\n  username: kibanaserver\n  password: kibanaserver\n"}},
        "everybody knows it"),
    _attack("Ollama loads models from whoever answers", "ollama", {"ollama": {"insecure": True}}, "models are changed"),
    _attack("pages of every host use Ollama", "ollama", {"extraEnv": [{"name": "OLLAMA_ORIGINS", "value": "*"}]},
            "they act as the user", "major"),
    _attack("Ollama has a host without sign-in", "ollama", {"httpRoute": {
        "enabled": True, "hostnames": ["o.example.ae"], "parentRefs": [{"name": "gw"}]}}, "strangers use GPUs"),
    _attack("questions to Ollama cross the network in plain text", "ollama", {"gateway": {
        "enabled": True, "listener": {"port": 80}}}, "questions are read"),
    _attack("traces are served without sign-in by a route", "jaeger", with_value(JAEGER, "jaeger/httproute", {
        "enabled": True, "hostnames": ["t.example.ae"], "parentRefs": [{"name": "gw"}]}), "strangers read them"),
    _attack("everybody knows the password of the store of traces", "jaeger", {"storage": {
        "type": "cassandra", "cassandra": {"host": "c.data.svc"}}}, "each pod reads traces"),
    _attack("the store of traces asks nobody for a password", "jaeger", {"storage": {
        "type": "cassandra", "cassandra": {"host": "c.data.svc", "usePassword": False, "existingSecret": "c"}}},
        "each pod reads traces"),
    _attack("Jaeger believes each certificate of its store", "jaeger", with_value(JAEGER, "storage/elasticsearch", {
        "url": "https://es.data.svc:9200", "tls": {"enabled": True, "insecure": True}}), "traces are read", "major"),
)  # fmt: skip
