"""Attacks by values that many charts have in common, and by what a chart does unless a value differs (2026-11-29).

Sources: the values.yaml files that `program_switches.csv`, `joined_switches.csv`, `chart_defaults.csv` and
`vendor_words.csv` name with the rows. Each attack passed before.
"""

from ..chart_values import release, with_value
from . import Attack

OPEN = ("FJ-EXP-", "FJ-IDN-", "FJ-ESC-", "FJ-RES-", "FJ-ENC-")
SECRET = "Sup3rS3cret" + "Value99"
UNSEAL = "dGhpcyBpcyBhIGtleSB0aGF0" + "IHVuc2VhbHMgYQ=="
KEY_IN_BASE64 = "LS0tLS1CRUdJTiBSU0EgUFJJ" + "VkFURSBLRVktLS0tLQo="
SEED = "SUACSSL3UAHUDXKFSNVUZRF5UHPMW" + "Z6BFDTJ7M6USDXIEDNPPQYYYCU3VY"
MLFLOW = {
    "auth": {"enabled": True, "existingAdminSecret": {"name": "mlflow"}},
    "backendStore": {
        "postgres": {"enabled": True, "host": "pg.data.svc"}, "existingDatabaseSecret": {"name": "pg"}}}  # fmt: skip
NATS = {"config": {"merge": {"authorization": {"token": "<< $NATS_TOKEN >>"}}}}
WEBUI = {"pipelines": {"enabled": False}, "enableOpenaiApi": False}
HUB = {"hub": {"config": {"JupyterHub": {"authenticator_class": "generic-oauth"}}},
       "proxy": {"service": {"type": "ClusterIP"}}}  # fmt: skip
N8N = {"main": {"config": {"n8n": {"diagnostics": {"enabled": "false"}}}}}
LITELLM = {
    "masterkeySecretName": "litellm", "db": {"useExisting": True, "deployStandalone": False, "endpoint": "pg.data.svc"},
    "proxy_config": {"model_list": [{"model_name": "f", "litellm_params": {
        "model": "hosted_vllm/f", "api_base": "http://vllm.models.svc:8000/v1"}}]}}  # fmt: skip
STACK = {"grafana": {"admin": {"existingSecret": "grafana"}}}


def _attack(name: str, chart: str, values: dict[str, object], harm: str, severity: str = "critical") -> Attack:
    return Attack(name, OPEN, (release(chart, values),), severity, f"{harm} (values.yaml of the chart)")


def _vault(name: str, path: str, value: object, harm: str, severity: str = "critical") -> Attack:
    return _attack(name, "vault", with_value({"global": {"tlsDisable": False}}, path, value), harm, severity)


def _webui(name: str, path: str, value: object, harm: str, severity: str = "critical") -> Attack:
    return _attack(name, "open-webui", with_value(WEBUI, path, value), harm, severity)


def _n8n(name: str, variable: str, value: str, harm: str) -> Attack:
    return _attack(name, "n8n", with_value(N8N, f"main/extraEnv/{variable}", {"value": value}), harm)


def _fluent(name: str, part: str, lines: str, harm: str) -> Attack:
    return _attack(name, "fluent-bit", {"config": {part: lines}}, harm)


_RAFT = "server/ha/raft/config"
ATTACKS = (
    _vault("a server of Vault joins found members in plain text", _RAFT, 'storage "raft" {\n  retry_join {\n'
           '    auto_join = "provider=k8s"\n    auto_join_scheme = "http"\n  }\n}\n', "secrets are read on the way"),
    _vault("a server of Vault joins in plain text", _RAFT, 'storage "raft" {\n  retry_join {\n    leader_api_addr = '
           '"http://vault-0:8200"\n  }\n}\n', "secrets are read on the way"),
    _vault("the key that opens Vault is in its values", "server/postStart", [
        "/bin/sh", "-c", f"vault operator unseal {UNSEAL}"], "whoever reads the state opens the store"),
    _vault("the provider of volumes believes each server of secrets", "csi", {
        "enabled": True, "extraArgs": ["-vault-tls-skip-verify=true"]}, "tokens are taken", "major"),
    _vault("everybody reaches Vault past the ingress", "server/networkPolicy", {
        "enabled": True, "ingress": [{"from": [{"ipBlock": {"cidr": "0.0.0.0/0"}}]}]}, "strangers try keys", "major"),
    _attack("proxies of the mesh believe each server outside", "istiod", {"env": {
        "VERIFY_CERTIFICATE_AT_CLIENT": "false"}}, "answers are changed", "major"),
    _attack("the hub believes each server of sign-in", "jupyterhub", with_value(
        HUB, "hub/config/OAuthenticator", {"validate_server_cert": False}), "whoever is in between signs in"),
    _attack("the cookie of the hub is sent in plain text", "jupyterhub", with_value(
        HUB, "hub/config/JupyterHub/tornado_settings", {"cookie_options": {"secure": False}}), "sessions are taken",
        "major"),
    _attack("notebooks become root", "jupyterhub", with_value(HUB, "singleuser/extraEnv", {"GRANT_SUDO": "yes"}),
            "they change what others use", "major"),
    _attack("MLflow believes each server of models", "mlflow", with_value(MLFLOW, "extraEnvVars", {
        "MLFLOW_TRACKING_INSECURE_TLS": "true"}), "models are changed", "major"),
    _attack("the database of MLflow is lost with its pod", "mlflow", with_value(MLFLOW, "postgresql", {
        "enabled": True, "primary": {"persistence": {"enabled": False}}}), "runs are lost", "major"),
    _attack("the memory of Karpenter is served", "karpenter", {"controller": {"env": [
        {"name": "ENABLE_PROFILING", "value": "true"}]}}, "tokens are read from memory", "major"),
    _attack("the memory of Dex is served", "dex", {"config": {"telemetry": {"enableProfiling": True}}},
            "keys are read from memory", "major"),
    _attack("Dex keeps keys in a store without TLS", "dex", {"config": {"storage": {"type": "etcd", "config": {
        "endpoints": ["http://etcd.data.svc:2379"]}}}}, "keys are read on the way"),
    _webui("the key of sessions of Open WebUI is in its values", "extraEnvVars", [
        {"name": "WEBUI_SECRET_KEY", "value": "t0p-s3cr3t"}], "sessions are made up"),
    _webui("whoever reaches Open WebUI signs himself up", "extraEnvVars", [
        {"name": "DEFAULT_USER_ROLE", "value": "user"}, {"name": "ENABLE_SIGNUP", "value": "true"}],
        "strangers use models"),
    _webui("everybody with an account of Google signs up", "sso", {
        "enabled": True, "enableSignup": True, "google": {"enabled": True, "clientExistingSecret": "g"}},
        "strangers use models"),
    _webui("everybody with an account of Microsoft signs up", "sso", {
        "enabled": True, "enableSignup": True, "microsoft": {
            "enabled": True, "clientExistingSecret": "g", "tenantId": "common"}}, "strangers use models"),
    _attack("the key of data sources is in the values of Grafana", "kube-prometheus-stack", with_value(
        STACK, "grafana/grafana.ini", {"security": {"secret_key": "x" * 8}}), "passwords are decrypted", "major"),
    _attack("passwords of Grafana cross the network in plain text", "kube-prometheus-stack", with_value(
        STACK, "grafana/ldap", {"enabled": True, "config": '[[servers]]\nhost = "ldap"\nuse_ssl = false\n'}),
        "passwords are read"),
    _attack("metrics are served without sign-in by a route", "kube-prometheus-stack", with_value(
        STACK, "prometheus/route", {"main": {
            "enabled": True, "hostnames": ["p.example.ae"], "parentRefs": [{"name": "gw"}]}}), "strangers read them"),
    _attack("figures of each replica are served without sign-in", "kube-prometheus-stack", with_value(
        STACK, "prometheus/ingressPerReplica", {
            "enabled": True, "hostPrefix": "p", "hostDomain": "example.ae", "tlsSecretName": "tls"}),
        "strangers read them"),
    _attack("the store of figures is served without sign-in", "kube-prometheus-stack", with_value(
        STACK, "prometheus/thanosIngress", {
            "enabled": True, "hosts": ["t.example.ae"], "tls": [{"secretName": "tls"}]}), "strangers read them"),
    _attack("a file of Traefik serves its console", "traefik", {"service": {"type": "ClusterIP"}, "providers": {
        "file": {"enabled": True, "content":
                 "http:\n  routers:\n    d:\n      rule: Host(`t.example.ae`)\n      service: api@internal\n"}}},
        "routes are read", "major"),
    _attack("MinIO keeps its names in a store without TLS", "minio", {
        "existingSecret": "m", "users": [{"accessKey": "a", "existingSecret": "a", "existingSecretKey": "k"}],
        "etcd": {"endpoints": ["http://etcd.data.svc:2379"]}}, "keys are read on the way", "major"),
    _attack("a patch gives NATS the network of its machine", "nats", with_value(NATS, "podTemplate", {
        "patch": [{"op": "add", "path": "/spec/hostNetwork", "value": True}]}), "it reaches the machine"),
    _attack("the seed of a user of NATS is in a text", "nats", with_value(NATS, "container/env", {"SEED": SEED}),
            "messages are read"),
    _attack("an empty key opens Qdrant", "qdrant", {"apiKey": True, "env": [
        {"name": "QDRANT__SERVICE__API_KEY", "value": ""}]}, "each caller reads the store"),
    _attack("an empty key opens LiteLLM", "litellm-helm", {**LITELLM, "envVars": {"LITELLM_MASTER_KEY": ""}},
            "each caller makes keys"),
    _attack("the key of LiteLLM is taken away by null", "litellm-helm", with_value(
        LITELLM, "proxy_config/general_settings", {"master_key": None}), "each caller makes keys"),
    _n8n("code of workflows loads each package", "NODE_FUNCTION_ALLOW_EXTERNAL", "*", "it runs programs"),
    _n8n("code of workflows runs in the server", "N8N_RUNNERS_ENABLED", "false", "it reads the key of credentials"),
    _n8n("workflows read the files of n8n", "N8N_BLOCK_FILE_ACCESS_TO_N8N_FILES", "false", "they read the key"),
    _n8n("the end of a sign-in asks nobody", "N8N_SKIP_AUTH_ON_OAUTH_CALLBACK", "true", "sign-ins are taken over"),
    _attack("workflows come from whoever answers", "airflow", {
        "webserver": {"defaultUser": {"enabled": False}}, "postgresql": {"enabled": False}, "dags": {"gitSync": {
            "enabled": True, "repo": "https://git.data.svc/a.git", "env": [
                {"name": "GITSYNC_SSH_KNOWN_HOSTS", "value": "false"}]}}}, "programs are changed"),
    _fluent("the key of a destination of logs is in a line", "outputs",
            f"[OUTPUT]\n    Name splunk\n    Host s.logging.svc\n    Splunk_Token {SECRET}\n", "logs are made up"),
    _fluent("the collector reads the token of its pod", "inputs",
            "[INPUT]\n    Name tail\n    Path /var/run/secrets/kubernetes.io/serviceaccount/token\n",
            "tokens stand in logs"),
    _attack("metrics-server has the network of its machine", "metrics-server", {"hostNetwork": {"enabled": True}},
            "it reaches the machine", "major"),
    _attack("a private key in base64 is in the values", "cilium", {"tls": {"ca": {"key": KEY_IN_BASE64}}},
            "certificates are made up"),
    _attack("whoever calls a host has the network probed", "prometheus-blackbox-exporter", {"route": {"main": {
        "enabled": True, "hostnames": ["b.example.ae"], "parentRefs": [{"name": "gw"}]}}}, "strangers reach services"),
    _attack("whoever calls a host writes figures", "prometheus-pushgateway", {"ingress": {
        "enabled": True, "hosts": ["p.example.ae"], "tls": [{"secretName": "tls"}]}}, "figures are made up", "major"),
    _attack("whoever calls a host sees the work of Dask", "dask", {"jupyter": {"enabled": False}, "webUI": {"ingress": {
        "enabled": True, "hostname": "d.example.ae", "tls": True}}}, "work is read", "major"),
    _attack("whoever calls a route of the dashboard promotes rollouts", "argo-rollouts", {"dashboard": {
        "enabled": True, "readonly": True, "httproute": {"enabled": True, "hostnames": ["r.example.ae"]}}},
        "rollouts are promoted"),
    _attack("a patch of a tenant's pods gives them the network of machines", "vcluster", {
        "telemetry": {"enabled": False}, "sync": {"toHost": {"pods": {"patches": [
            {"path": "spec.hostNetwork", "expression": "true"}]}}}}, "pods reach the machine"),
    _attack("texts go to a vendor of embeddings by another module", "weaviate", {
        "authentication": {"anonymous_access": {"enabled": False}}, "service": {"type": "ClusterIP"},
        "grpcService": {"type": "ClusterIP"}, "modules": {"multi2multivec-jinaai": {"enabled": True}}},
        "texts leave the country"),
)  # fmt: skip
