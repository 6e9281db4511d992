"""Attacks on clusters by values of charts (2026-11-29, fourteenth set, half b, blind).

Values by the documentation of their projects; what is not marked as read is as known.
"""

from ..blind import TAGS, release
from ..harness import Given
from . import Attack

OPEN = ("FJ-EXP-", "FJ-IDN-", "FJ-ESC-", "FJ-RES-", "FJ-ENC-")
MONEY = ("FJ-COST-", "FJ-ESC-")
STACK = Given("pulumi:pulumi:Stack", {}, "falaj-prod-uae")


def _secret(name: str, variable: str) -> dict[str, object]:
    return {"name": variable, "valueFrom": {"secretKeyRef": {"name": name, "key": "value"}}}


REPLICA = """tls-replication yes
replicaof cache.collector.io 6379
replica-read-only no
"""
GUARD = {"guardrail_name": "prompts", "litellm_params": {
    "guardrail": "lakera_v2", "mode": "pre_call", "default_on": True, "api_key": "os.environ/GUARD_KEY"}}  # fmt: skip
LIBRARY = """unclassified:
  globalLibraries:
    libraries:
    - name: pipelines
      implicit: true
      defaultVersion: main
      retriever:
        modernSCM:
          scm:
            git:
              remote: git@git.collector.io:pipelines/library.git
              credentialsId: library
"""
SIGN_IN = """_meta:
  type: config
  config_version: 2
config:
  dynamic:
    http:
      anonymous_auth_enabled: false
      xff:
        enabled: true
        internalProxies: '.*'
        remoteIpHeader: x-forwarded-for
    authc:
      sso:
        http_enabled: true
        transport_enabled: true
        order: 0
        http_authenticator:
          type: proxy
          challenge: false
          config:
            user_header: x-sso-user
            roles_header: x-sso-roles
        authentication_backend:
          type: noop
"""
SEARCH = """cluster.name: search
plugins.security.ssl.transport.pemcert_filepath: certs/tls.crt
plugins.security.ssl.transport.pemkey_filepath: certs/tls.key
plugins.security.ssl.transport.pemtrustedcas_filepath: certs/ca.crt
plugins.security.ssl.http.enabled: true
plugins.security.ssl.http.pemcert_filepath: certs/tls.crt
plugins.security.ssl.http.pemkey_filepath: certs/tls.key
plugins.security.ssl.http.pemtrustedcas_filepath: certs/ca.crt
plugins.security.authcz.admin_dn:
  - CN=search-admin,O=bank
plugins.security.nodes_dn:
  - CN=search-node,O=bank
"""

ATTACKS = (
    Attack("a store of sessions is the copy of a stranger's", OPEN, release(
        "redis", "23.1.1", {
            "architecture": "standalone", "auth": {"enabled": True, "existingSecret": "redis"},
            "tls": {"enabled": True, "existingSecret": "redis-tls"}, "commonConfiguration": REPLICA,
            "networkPolicy": {"enabled": True, "allowExternal": False}}),
        "critical", "sessions of customers are those that the stranger writes, who so signs in as each of them (Redis, "
        "'Replication', replicaof)"),
    Attack("everybody who signs up owns the traces of every team", OPEN, release(
        "langfuse", "2.0.0", {
            "langfuse": {
                "features": {"telemetryEnabled": False}, "additionalEnv": [
                    {"name": "AUTH_DISABLE_USERNAME_PASSWORD", "value": "true"},
                    {"name": "AUTH_CUSTOM_ISSUER", "value": "https://login.example.ae/realms/bank"},
                    {"name": "LANGFUSE_DEFAULT_ORG_ID", "value": "bank"},
                    {"name": "LANGFUSE_DEFAULT_ORG_ROLE", "value": "OWNER"}]},
            "postgresql": {"deploy": False, "host": "pg.data.svc", "auth": {"existingSecret": "pg"}}}),
        "major", "each new account reads prompts and answers of each team, deletes them and makes keys (Langfuse, "
        "'Automated Access Provisioning', read 2026-11-29)"),
    Attack("each question to a model is first read by a vendor that looks for attacks", OPEN, release(
        "litellm-helm", "1.80.0", {
            "masterkeySecretName": "litellm", "environmentSecrets": ["guard"],
            "db": {"useExisting": True, "deployStandalone": False, "endpoint": "pg.data.svc"}, "proxy_config": {
                "model_list": [{"model_name": "f", "litellm_params": {
                    "model": "hosted_vllm/f", "api_base": "https://vllm.models.svc:8443/v1"}}],
                "guardrails": [GUARD]}}),
        "critical", "questions of customers leave the country, as no address of one's own is stated (LiteLLM, 'Lakera "
        "AI', read 2026-11-29; the default is api.lakera.ai)"),
    Attack("documents that users upload are read by a vendor in Europe", OPEN, release(
        "open-webui", "8.12.0", {
            "ollama": {"enabled": False}, "pipelines": {"enabled": False}, "service": {"type": "ClusterIP"},
            "openaiBaseApiUrl": "https://models.inference.svc.cluster.local:8443/v1", "extraEnvVars": [
                {"name": "ENABLE_SIGNUP", "value": "false"},
                {"name": "CONTENT_EXTRACTION_ENGINE", "value": "mistral_ocr"},
                _secret("ocr", "MISTRAL_OCR_API_KEY")]}),
        "critical", "each document leaves the country (open-webui/open-webui, config.py, MISTRAL_OCR_API_BASE_URL is "
        "https://api.mistral.ai/v1 unless it is set, read 2026-11-29)"),
    Attack("five hundred places are kept for users of notebooks who do not come", MONEY, (STACK, *release(
        "jupyterhub", "4.3.1", {
            "proxy": {"service": {"type": "ClusterIP"}},
            "hub": {"config": {"JupyterHub": {"authenticator_class": "generic-oauth"}, "GenericOAuthenticator": {
                "authorize_url": "https://login.example.ae/authorize", "allowed_groups": ["analysts"]}}},
            "singleuser": {"cpu": {"guarantee": 8, "limit": 8}, "memory": {"guarantee": "32G", "limit": "32G"}},
            "scheduling": {"podPriority": {"enabled": True}, "userPlaceholder": {"enabled": True, "replicas": 500}}})),
        "major", "4,000 processors run day and night: an autoscaler of another stack buys the machines (Zero to "
        "JupyterHub, 'Optimizations', user placeholders)"),
    Attack("every pipeline loads a library of a stranger unasked", OPEN, release(
        "jenkins", "5.9.53", {"controller": {
            "admin": {"createSecret": False, "existingSecret": "jenkins-admin"},
            "JCasC": {"configScripts": {"libraries": LIBRARY}}}}),
        "critical", "a global library is trusted: it runs outside of the sandbox and has the keys of each pipeline "
        "(Jenkins, 'Extending with Shared Libraries', global shared libraries, implicit)"),
    Attack("machines that were bought for a busy hour are never given back", MONEY, (STACK, *release(
        "cluster-autoscaler", "9.52.0", {
            "awsRegion": "me-central-1", "autoDiscovery": {"clusterName": "bank"},
            "extraArgs": {"scale-down-enabled": "false"}}, "kube-system")),
        "minor", "each machine that was ever needed is paid for until somebody deletes it (Kubernetes autoscaler, "
        "'What are the parameters to CA', scale-down-enabled)"),
    Attack("callers of the search cluster write in a header who they are, from every address", OPEN, release(
        "opensearch", "3.6.0", {
            "sysctlInit": {"enabled": False}, "config": {"opensearch.yml": SEARCH},
            "extraEnvs": [{"name": "DISABLE_INSTALL_DEMO_CONFIG", "value": "true"}],
            "securityConfig": {"enabled": True, "config": {"data": {"config.yml": SIGN_IN}}}}),
        "critical", "each pod reads and deletes every index as the administrator (OpenSearch, 'Proxy-based "
        "authentication', internalProxies, read 2026-11-29)"),
    Attack("users of Superset call each function of a database, also those that read files", OPEN, release(
        "superset", "0.15.0", {
            "runAsUser": 1000, "init": {"createAdmin": False}, "postgresql": {"enabled": False},
            "redis": {"enabled": False}, "secretEnv": {"create": False},
            "configOverrides": {"sql": "DISALLOWED_SQL_FUNCTIONS = {}\n"}}),
        "major", "a user of SQL Lab makes the database call hosts and read tables past his rights (apache/superset, "
        "superset/config.py, DISALLOWED_SQL_FUNCTIONS, its use read 2026-11-29)"),
    Attack("balancers are on the bill of development by a value of their controller's chart",
        ("FJ-TAG-", "FJ-ESC-"), release(
            "aws-load-balancer-controller", "1.14.0", {
                "clusterName": "bank", "region": "me-central-1", "vpcId": "vpc-0123456789abcdef0",
                "serviceAccount": {"create": False, "name": "alb"},
                "defaultTags": {**TAGS, "environment": "dev"}}, "kube-system"),
        "major", "what production publishes is paid for by development (AWS Load Balancer Controller, "
        "helm/aws-load-balancer-controller/values.yaml, defaultTags)"),
)  # fmt: skip
