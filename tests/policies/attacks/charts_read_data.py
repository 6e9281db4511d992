"""Attacks by values of charts of data, read key by key, and by what they do unless a value differs (2026-11-29).

Sources: values.yaml of kafbat/helm-charts 2d4336d5, dask/dask-gateway 99f3ef0b, trinodb/charts c4a100f3,
langfuse/langfuse-k8s f5e4abf3 and apache/superset 002f5bd5; read 2026-11-29. Each passed before.
"""

import json

from ..chart_values import release, with_value, without
from . import Attack

OPEN = ("FJ-EXP-", "FJ-IDN-", "FJ-ESC-", "FJ-RES-", "FJ-ENC-")
SECRET = "Sup3rS3cret" + "Value99"
KAFKA = {
    "yamlApplicationConfig": {
        "auth": {"type": "OAUTH2"},
        "kafka": {"clusters": [{"name": "c", "bootstrapServers": "kafka.data.svc:9093"}]},
    }
}
DASK = {"gateway": {"auth": {"type": "jupyterhub"}}, "traefik": {"service": {"type": "ClusterIP"}}}
TRINO = {
    "server": {"config": {"authenticationType": "OAUTH2", "https": {"enabled": True}}},
    "additionalConfigProperties": ["internal-communication.shared-secret=${ENV:SHARED}"]}  # fmt: skip
LANGFUSE = {
    "langfuse": {"features": {"telemetryEnabled": False, "signUpDisabled": True}},
    "postgresql": {"deploy": False, "host": "pg.data.svc", "auth": {"existingSecret": "pg"}}}  # fmt: skip
SUPERSET = {
    "runAsUser": 1000, "init": {"createAdmin": False}, "postgresql": {"enabled": False}, "redis": {"enabled": False},
    "secretEnv": {"create": False}}  # fmt: skip
_CATALOG = "connector.name=postgresql\nconnection-url=jdbc:postgresql://pg.data.svc/x\nconnection-password="
_ALL = [{"resource": "topic", "value": ".*", "actions": "all"}]


def _attack(name: str, chart: str, values: dict[str, object], harm: str, severity: str = "critical") -> Attack:
    return Attack(name, OPEN, (release(chart, values),), severity, f"{harm} (values.yaml of the chart)")


def _kafka(name: str, path: str, value: object, harm: str, severity: str = "critical") -> Attack:
    return _attack(name, "kafka-ui", with_value(KAFKA, f"yamlApplicationConfig/{path}", value), harm, severity)


def _cluster(**more: object) -> list[object]:
    return [{"name": "c", "bootstrapServers": "kafka.data.svc:9093", **more}]


def _dask(name: str, path: str, value: object, harm: str, severity: str = "critical") -> Attack:
    return _attack(name, "dask-gateway", with_value(DASK, path, value), harm, severity)


def _trino(name: str, path: str, value: object, harm: str, severity: str = "critical") -> Attack:
    return _attack(name, "trino", with_value(TRINO, path, value), harm, severity)


def _langfuse(name: str, path: str, value: object, harm: str, severity: str = "critical") -> Attack:
    return _attack(name, "langfuse", with_value(LANGFUSE, path, value), harm, severity)


def _superset(name: str, lines: str, harm: str, severity: str = "critical") -> Attack:
    return _attack(name, "superset", with_value(SUPERSET, "configOverrides", {"own": lines}), harm, severity)


def _rules(**rules: object) -> dict[str, object]:
    return {"type": "configmap", "rules": {"rules.json": json.dumps(rules)}}


ATTACKS = (
    _attack("the page of Kafka asks nobody who he is by default", "kafka-ui", without(
        KAFKA, "yamlApplicationConfig/auth"), "every pod reads and deletes messages"),
    _kafka("the page of Kafka sends its password in plain text", "kafka/clusters", _cluster(
        properties={"security.protocol": "SASL_PLAINTEXT"}), "the password is read"),
    _kafka("the password of Kafka is in a line of the page's values", "kafka/clusters", _cluster(properties={
        "sasl.jaas.config": f'o.a.k.ScramLoginModule required username="ui" password="{SECRET}";'}),
        "whoever reads the values has it"),
    _kafka("everybody who signs in administers Kafka by its page", "rbac/roles", [
        {"name": "all", "clusters": ["c"], "permissions": _ALL, "subjects": [
            {"provider": "oauth", "type": "user", "value": ".*", "isRegex": True}]}], "each employee deletes messages"),
    _kafka("everybody with an account at Google reads messages", "auth/oauth2", {"client": {"google": {
        "provider": "google", "clientId": "a", "clientSecret": "${SECRET}", "custom-params": {"type": "google"}}}},
        "strangers sign in"),
    _attack("users of Dask Gateway say who they are by default", "dask-gateway", without(DASK, "gateway"),
            "whoever reaches it runs programs"),
    _attack("Dask Gateway has a public load balancer by default", "dask-gateway", without(DASK, "traefik"),
            "everybody reaches it"),
    _dask("the console of Dask Gateway's proxy is open", "traefik/dashboard", True, "every pod reads routes", "major"),
    _dask("workers of Dask have the network of their machine", "gateway/extraConfig", {
        "pods": "c.KubeClusterConfig.worker_extra_pod_config = {'hostNetwork': True}\n"}, "users reach its metadata"),
    _dask("workers of Dask have every right of their machine", "gateway/extraConfig", {
        "pods": "c.KubeClusterConfig.worker_extra_container_config = {'securityContext': {'privileged': True}}\n"},
        "users are root on it"),
    _dask("workers of Dask run the image of a stranger", "gateway/backend/image", {
        "name": "docker.io/someone/dask-gateway", "tag": "1"}, "the stranger has the data of users"),
    _dask("one password is each user of Dask Gateway", "gateway/auth", {"type": "custom", "custom": {
        "class": "dask_gateway_server.auth.SimpleAuthenticator"}}, "users act as others"),
    _attack("callers of Trino say who they are by default", "trino", without(TRINO, "server/config"),
            "every pod reads each catalog"),
    _trino("each user of Trino may do everything", "accessControl", {
        "type": "properties", "properties": "access-control.name=allow-all\n"}, "each employee writes each catalog"),
    _trino("each user of Trino writes each catalog by its first rule", "accessControl", _rules(
        catalogs=[{"allow": "all"}]), "each employee writes each catalog"),
    _trino("each user of Trino acts as every other", "accessControl", _rules(
        impersonation=[{"original_user": ".*", "new_user": ".*"}]), "each employee reads what others may"),
    _trino("nodes of Trino talk in plain text", "additionalConfigProperties", [
        *TRINO["additionalConfigProperties"], "internal-communication.https.required=false"], "rows are read", "major"),
    _trino("the password of a store is in a catalog of Trino", "catalogs", {"db": _CATALOG + SECRET},
           "whoever reads the values has the store"),
    _trino("hashes of passwords are in the values of Trino", "auth", {
        "passwordAuth": "admin:$2y$10$" + "abcdefghijklmnopqrstuvABCDEFGHIJKLMNOPQRSTUVWXYZ01234"},
        "whoever reads them guesses passwords", "major"),
    _trino("every pod runs programs in Trino by JMX", "jmx", {"enabled": True}, "it asks for no password"),
    _trino("Trino believes a header who its user is", "server/config/authenticationType", "HEADER",
           "each pod is any user"),
    _trino("the page of Trino asks nobody who he is", "additionalConfigProperties", [
        "web-ui.authentication.type=fixed", "web-ui.user=admin"], "every pod reads queries", "major"),
    _trino("Trino sends passwords to the directory in plain text", "coordinator", {"additionalConfigFiles": {
        "password-authenticator.properties": "password-authenticator.name=ldap\nldap.allow-insecure=true\n"}},
        "passwords are read"),
    _attack("figures of Langfuse go to its vendor by default", "langfuse", without(
        LANGFUSE, "langfuse/features/telemetryEnabled"), "they leave the country", "major"),
    _attack("whoever reaches Langfuse signs himself up by default", "langfuse", without(
        LANGFUSE, "langfuse/features/signUpDisabled"), "he makes projects and keys"),
    _langfuse("everybody with an account at GitHub uses Langfuse", "langfuse", {
        "features": {"telemetryEnabled": False, "signUpDisabled": False},
        "auth": {"disableUsernamePassword": True, "providers": {"github": {"clientId": "a"}}}}, "strangers sign in"),
    _langfuse("every tenant of Azure signs in to Langfuse", "langfuse/auth", {
        "providers": {"azureAd": {"clientId": "a", "tenantId": "common"}}}, "strangers sign in"),
    _langfuse("whoever writes an address of mail takes over an account of Langfuse", "langfuse/auth", {
        "providers": {"custom": {"clientId": "a", "allowAccountLinking": True}}}, "he reads its traces"),
    _langfuse("the salt of Langfuse's keys is in the values", "langfuse/salt", {"value": SECRET},
              "whoever reads them guesses keys"),
    _langfuse("the password of Langfuse's first user is in the values", "langfuse/additionalEnv", [
        {"name": "LANGFUSE_INIT_USER_PASSWORD", "value": SECRET}], "whoever reads them is the owner"),
    _langfuse("traces of Langfuse go to another cloud", "s3/storageProvider", "gcs", "they leave the country"),
    _langfuse("the store of Langfuse asks nobody for a key", "s3/allInOne", {"s3": {"enableAuth": False}},
              "every pod reads traces"),
    _langfuse("the cache of Langfuse has a user without a password", "redis/auth", {
        "aclUsers": {"default": {"permissions": "~* &* +@all nopass"}}}, "every pod reads traces"),
    _attack("everybody knows the password of Superset by default", "superset", without(SUPERSET, "init"),
            "he reads each database"),
    _attack("everybody knows the password of Superset's database by default", "superset", without(
        SUPERSET, "postgresql"), "every pod reads connections"),
    _attack("every pod starts tasks of Superset by default", "superset", without(SUPERSET, "redis"),
            "they run with the keys of each database"),
    _attack("Superset runs as root by default", "superset", without(SUPERSET, "runAsUser"),
            "a break-out ends at the machine", "major"),
    _superset("visitors of Superset read dashboards", "PUBLIC_ROLE_LIKE = 'Gamma'\n", "nobody signs in"),
    _superset("pages of Superset have no protection", "TALISMAN_ENABLED = False\n", "scripts of others run", "major"),
    _superset("users of Superset read files of its server", "PREVENT_UNSAFE_DB_CONNECTIONS = False\n",
              "a connection to SQLite reads each file"),
    _superset("everybody knows the key of Superset's sessions", "SECRET_KEY = 'CHANGE_ME_TO_A_COMPLEX_RANDOM_SECRET'\n",
              "whoever signs one is the administrator (CVE-2023-27524)"),
    _superset("visitors of a page with a dashboard are administrators", "GUEST_ROLE_NAME = 'Admin'\n",
              "they read each database"),
    _superset("Superset believes a header who its user is", "AUTH_TYPE = AUTH_REMOTE_USER\n", "each pod is any user"),
    _superset("pages of every host use Superset", "ENABLE_CORS = True\nCORS_OPTIONS = {'origins': ['*']}\n",
              "they read rows in the name of the user", "major"),
    _attack("the key of Superset's sessions is in the values", "superset", with_value(SUPERSET, "extraSecretEnv", {
        "SUPERSET_SECRET_KEY": SECRET}), "whoever reads them is the administrator"),
    _attack("everybody knows the key of Superset's messages", "superset", with_value(
        SUPERSET, "supersetWebsockets/enabled", True), "whoever signs one reads the messages of others"),
    _attack("the password of Superset's database is in the values", "superset", with_value(
        SUPERSET, "supersetNode/connections", {"db_pass": SECRET}), "whoever reads them has it"),
    _attack("Superset takes passwords in plain text", "superset", with_value(SUPERSET, "ingress", {
        "enabled": True, "hosts": ["bi.example.ae"]}), "passwords are read"),
)  # fmt: skip
