"""Good idioms of programs whose settings come close to those of the attacks of the sixteenth set (2026-11-30)."""

from ..attacks.after_sixteenth_programs import BUDGET
from ..blind import ME, crd, k8s, meta, workload
from ..harness import Given
from . import Idiom

READ = "read 2026-11-30"


def _secret(variable: str, name: str, key: str = "value") -> dict[str, object]:
    return {"name": variable, "valueFrom": {"secretKeyRef": {"name": name, "key": key}}}


def _program(name: str, *args: str, secrets: tuple[str, ...] = (), **variables: str) -> tuple[Given, ...]:
    """Returns a Deployment of a program of the bank's registry with variables, of which some are secrets."""
    image = f"{ME}.dkr.ecr.me-central-1.amazonaws.com/{name}@sha256:" + "e" * 64
    env = [*(_secret(item, name) for item in secrets), *({"name": k, "value": v} for k, v in variables.items())]
    return workload(
        "apps/v1:Deployment", {"image": image, "env": env, **({"args": list(args)} if args else {})}
    ), BUDGET


def _file(name: str, text: str) -> tuple[Given, ...]:
    return (k8s("core/v1:ConfigMap", {"metadata": meta("settings"), "data": {name: text}}, "settings"),)


SIGNED_IN = """[auth]
disable_login_form = true
[auth.basic]
enabled = false
[auth.anonymous]
enabled = false
[snapshots]
external_enabled = false
"""
DECORATED = """from service import route

@route("GET", "/healthz", require_auth=False)
def healthz(request):
    return "ok"
"""
QUEUE = {
    "parentQueue": "bank",
    "resources": {"gpu": {"quota": 0, "limit": -1}, "cpu": {"quota": 0, "limit": -1}},
}

IDIOMS = (
    Idiom("a page has single sign-on alone, and neither passwords nor visitors", _file("grafana.ini", SIGNED_IN),
        f"grafana/grafana, conf/defaults.ini, {READ}"),
    Idiom("a program switches passwords, mail and visitors off, and signs in by the bank's directory", _program(
        "portal", AUTH_DISABLE_USERNAME_PASSWORD="true", EMAIL_AUTH_DISABLED="true", DISABLE_PASSWORD_AUTH="true",
        DISALLOW_ANONYMOUS_LINKS="true", DISABLE_GUEST_ACCESS="true", DISABLE_PUBLIC_SHARING="true"),
        f"names of coollabsio/coolify and Dokploy/templates, {READ}"),
    Idiom("a program says that its sign-in is on", _program(
        "store", ARANGO_NO_AUTH="0", DISABLE_AUTH="false", ALLOW_ANONYMOUS_LOGIN="no", REQUIRE_AUTH="true",
        AUTHENTICATION_ANONYMOUS_ACCESS_ENABLED="false", ALLOW_UNAUTHENTICATED="false"),
        f"names of docker-library/docs and Dokploy/templates, {READ}"),
    Idiom("a program sends mail through a relay of the network that asks for no password", _program(
        "mailer", SMTP_AUTH_ENABLED="false", SMTP_NO_AUTH="true", SMTP_TLS="true"),
        f"settings of mail in coollabsio/coolify, {READ}"),
    Idiom("calls of the own pod alone pass without a token", _program(
        "translate", TRANSLATE_ALLOW_LOCALHOST_WITHOUT_AUTH="true", BIND_ADDRESS="127.0.0.1"),
        f"found as a string, {READ}"),
    Idiom("a job asks a store for its figures and hides a warning of its client", _program(
        "exporter", "--no-auth-warning", "--tls", secrets=("REDISCLI_AUTH",)),
        f"valkey-cli --no-auth-warning, found as a string, {READ}"),
    Idiom("people of the bank's domain sign themselves up, and others do not", _program(
        "vaultwarden", SIGNUPS_ALLOWED="true", SIGNUPS_VERIFY="true", SIGNUPS_DOMAINS_WHITELIST="example.ae"),
        f"vaultwarden, SIGNUPS_DOMAINS_WHITELIST, as known, and Dokploy/templates, {READ}"),
    Idiom("an account is made by single sign-on alone", _program(
        "open-webui", ENABLE_SIGNUP="false", ENABLE_OAUTH_SIGNUP="true", ENABLE_LOGIN_FORM="false",
        ENABLE_COMMUNITY_SHARING="false", ANONYMIZED_TELEMETRY="false", DISABLE_TELEMETRY="true"),
        f"open-webui/docs, env-configuration, {READ}"),
    Idiom("a remote control of the own pod asks nobody", _program(
        "rclone", "rcd", "--rc-no-auth", "--rc-addr=127.0.0.1:5572"),
        f"rclone rcd, found as a string, {READ}"),
    Idiom("an editor listens to the proxy of its pod, which asks for sign-in", _program(
        "code-server", "--auth", "none", "--bind-addr", "127.0.0.1:8080"),
        f"coder/code-server behind a proxy, found as a string, {READ}"),
    Idiom("a helper of the own pod asks nobody", _program("helper", "serve", "--no-auth", "--listen=127.0.0.1:8900"),
        f"Ghostunnel's and others' flags, found as strings, {READ}"),
    Idiom("a route for probes needs no sign-in", _file("probes.py", DECORATED), f"found as a string, {READ}"),
    Idiom("callers without a token have the role of visitors of a table of rates", _program(
        "postgrest", secrets=("PGRST_DB_URI", "PGRST_JWT_SECRET"), PGRST_DB_ANON_ROLE="web_anon",
        PGRST_DB_SCHEMAS="rates"), f"PostgREST, 'Configuration', db-anon-role, {READ}"),
    Idiom("a search server has its key and is in production", _program(
        "meilisearch", secrets=("MEILI_MASTER_KEY",), MEILI_ENV="production", MEILI_NO_ANALYTICS="true",
        MEILI_SSL_CERT_PATH="/tls/tls.crt", MEILI_SSL_KEY_PATH="/tls/tls.key"),
        f"Meilisearch, 'Configuration reference', {READ}"),
    Idiom("a search server has its key in development too", _program(
        "meilisearch", secrets=("MEILI_MASTER_KEY",), MEILI_ENV="development", MEILI_NO_ANALYTICS="true",
        MEILI_SSL_CERT_PATH="/tls/tls.crt", MEILI_SSL_KEY_PATH="/tls/tls.key"),
        f"Meilisearch, 'Configuration reference', {READ}"),
    Idiom("errors go to the bank's own server, and to no vendor", _program(
        "authentik", secrets=("AUTHENTIK_ERROR_REPORTING__SENTRY_DSN",), AUTHENTIK_ERROR_REPORTING__ENABLED="true",
        AUTHENTIK_ERROR_REPORTING__SEND_PII="false", AUTHENTIK_DISABLE_UPDATE_CHECK="true"),
        f"authentik, 'Configuration', AUTHENTIK_ERROR_REPORTING, {READ}"),
    Idiom("figures of calls to models are traced without what was said", _program(
        "agents", OTEL_INSTRUMENTATION_GENAI_CAPTURE_MESSAGE_CONTENT="false", TRACELOOP_TRACE_CONTENT="false"),
        f"opentelemetry-python-contrib, README of Vertex AI, {READ}"),
    Idiom("a group of its own administers the registry", _file(
        "config.json", '{"oidc_groups_claim": "groups", "oidc_admin_group": "harbor-admins"}'),
        f"goharbor/harbor c50c7ddd6, metadatalist.go, {READ}"),
    Idiom("a database archives by a program of its image", _file(
        "postgresql.conf", "archive_mode = on\narchive_command = 'pgbackrest --stanza=ledger archive-push %p'\n"
        "ssl_passphrase_command = 'cat /run/secrets/phrase'\n"),
        "PostgreSQL, 'Write Ahead Log', archive_command, as known"),
    Idiom("a graph has the library of algorithms that needs the internals", _program(
        "neo4j", secrets=("NEO4J_AUTH",), NEO4J_dbms_security_procedures_unrestricted="gds.*",
        NEO4J_dbms_security_procedures_allowlist="gds.*,apoc.coll.*"),
        f"Neo4j Graph Data Science, installation, found as a string, {READ}"),
    Idiom("after sign-in people go to hosts of the bank alone", _program(
        "oauth2-proxy", "--whitelist-domain=.example.ae", "--whitelist-domain=*.team-a.svc", 
        "--allowed-group=operators",        "--email-domain=example.ae", "--cookie-secure=true"),
        f"oauth2-proxy 14af2951, docs/docs/configuration/overview.md, --whitelist-domain, {READ}"),
    Idiom("labels are drawn on files of one folder", _program(
        "label-studio", LABEL_STUDIO_LOCAL_FILES_SERVING_ENABLED="true",
        LABEL_STUDIO_LOCAL_FILES_DOCUMENT_ROOT="/label-studio/files"),
        f"Label Studio, LOCAL_FILES_DOCUMENT_ROOT, found as a string, {READ}"),
    Idiom("a queue borrows accelerators that nobody uses", (crd("scheduling.run.ai/v2:Queue", QUEUE),),
        f"NVIDIA/KAI-Scheduler 72de64fc, docs/quickstart/default-queues.yaml, {READ}"),
    Idiom("records of tenants are told apart by a header that the gateway sets", _file(
        "loki.yaml", "auth_enabled: false\nserver:\n  http_listen_port: 3100\n"),
        "grafana/loki, docs/sources/operations/multi-tenancy.md, as known"),
)  # fmt: skip
