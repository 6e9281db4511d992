"""Attacks on clusters by settings of programs, of the families that the sixteenth set has (2026-11-30).

Names as in the sources named; 'read' is the day on which they were looked up.
"""

from ..blind import ME, crd, k8s, meta, release, workload
from ..harness import Given
from . import Attack

RULES = ("FJ-IDN-",)
CHART = ("FJ-ESC-124", "FJ-IDN-")
OBJECTS = ("FJ-ESC-115",)
READ = "read 2026-11-30"
FOUND = f"found as a string in public repositories, {READ}"
BUDGET = k8s("policy/v1:PodDisruptionBudget", {
    "metadata": meta(), "spec": {"minAvailable": 1, "selector": {"matchLabels": {"app": "x"}}}})  # fmt: skip


def _program(name: str, *args: str, **variables: str) -> tuple[Given, ...]:
    """Returns a Deployment of a program of the bank's registry with arguments and variables, and its budget."""
    image = f"{ME}.dkr.ecr.me-central-1.amazonaws.com/{name}@sha256:" + "d" * 64
    env = [{"name": key, "value": item} for key, item in variables.items()]
    return workload(
        "apps/v1:Deployment", {"image": image, "env": env, **({"args": list(args)} if args else {})}
    ), BUDGET


def _file(name: str, text: str) -> tuple[Given, ...]:
    """Returns a ConfigMap with a file of settings."""
    return (k8s("core/v1:ConfigMap", {"metadata": meta("settings"), "data": {name: text}}, "settings"),)


FLAT = {
    "parentQueue": "bank",
    "resources": {"gpu": {"quota": -1, "limit": -1}, "cpu": {"quota": 8000, "limit": 16000}},
}
HARBOR = '{"oidc_groups_claim": "groups", "ldap_group_admin_dn": "cn=admins", "oidc_admin_group": "all-staff"}'

ATTACKS = (
    Attack("a server of downloads asks nobody who he is", RULES, _program("slskd", SLSKD_NO_AUTH="true"),
        "major", f"each pod uses the server's account and files (SLSKD_NO_AUTH, Haxxnet/Compose-Examples, {READ})"),
    Attack("a page of a program has its sign-in switched off", RULES, _program("qui", QUI__AUTH_DISABLED="true"),
        "major", f"each pod administers what the page does (QUI__AUTH_DISABLED, Haxxnet/Compose-Examples, {READ})"),
    Attack("tools of a model need no rights on records of patients", RULES, _program(
        "fhir-mcp-server", FHIR_SERVER_DISABLE_AUTHORIZATION="True"),
        "critical", f"each caller reads records through the model's tools (wso2/fhir-mcp-server, {FOUND})"),
    Attack("images of patients are shown without a password", RULES, _program(
        "orthanc", ORTHANC__AUTHENTICATION_ENABLED="false"),
        "critical", f"each pod reads and deletes images of patients (Orthanc, AuthenticationEnabled, {FOUND})"),
    Attack("notes of teams are written by whoever finds them", RULES, _program(
        "hedgedoc", CMD_ALLOW_ANONYMOUS_EDITS="true"),
        "major", f"each pod changes the notes of others (HedgeDoc, CMD_ALLOW_ANONYMOUS_EDITS, {FOUND})"),
    Attack("a store of bundles of programs lets callers in without a name", RULES, _program(
        "bindle-server", "--unauthenticated", "--address=0.0.0.0:8080"),
        "critical", f"each pod replaces programs that others start (bindle-server --unauthenticated, {FOUND})"),
    Attack("a server of terminals is told to ask nobody", RULES, _program("codec", "serve", "--insecure-no-auth"),
        "critical", f"each pod reads what the server decodes (--insecure-no-auth, {FOUND})"),
    Attack("an interface of a program needs no token", RULES, _program("relay", API_AUTH_REQUIRED="false"),
        "major", f"each pod calls each function (API_AUTH_REQUIRED=false, {FOUND})"),
    Attack("functions run without a look at tokens", RULES, _program("functions", FUNCTIONS_VERIFY_JWT="false"),
        "major", f"each caller runs each function (Supabase, FUNCTIONS_VERIFY_JWT, coollabsio/coolify, {READ})"),
    Attack("a file of settings switches the sign-in of a database of graphs off", RULES, _file(
        "neo4j.conf", "server.default_listen_address=0.0.0.0\ndbms.security.auth_enabled=false\n"),
        "critical", f"each pod reads and changes the graph (dbms.security.auth_enabled, {FOUND})"),
    Attack("a file of settings lets visitors in", RULES, _file(
        "app.yaml", "server:\n  port: 8080\naccess:\n  allow_anonymous_access: true\n"),
        "major", f"each pod reads what the program has (allow_anonymous_access, {FOUND})"),
    Attack("documents are shared with whoever has a link", RULES, _program("drive", DRIVE_ALLOW_PUBLIC_SHARING="true"),
        "major", f"a link is enough to read a document of the bank (DRIVE_ALLOW_PUBLIC_SHARING, {FOUND})"),
    Attack("whoever reaches a page of notes signs himself up", RULES, _program("wakapi", WAKAPI_ALLOW_SIGNUP="true"),
        "major", f"each pod has an account (WAKAPI_ALLOW_SIGNUP, Dokploy/templates, {READ})"),
    Attack("whoever reaches the store of passwords of teams signs himself up", RULES, _program(
        "vaultwarden", SIGNUPS_ALLOWED="true", SIGNUPS_VERIFY="false"),
        "major", f"strangers have accounts beside those of the bank (SIGNUPS_ALLOWED, Dokploy/templates, {READ})"),
    Attack("sign-up to a tool of models is not switched off", RULES, _program("langfuse", AUTH_DISABLE_SIGNUP="false"),
        "major", f"each pod has an account (AUTH_DISABLE_SIGNUP, langfuse/langfuse, {READ})"),
    Attack("questions to models are published at a page of the vendor", RULES, _program(
        "open-webui", ENABLE_COMMUNITY_SHARING="true", ENABLE_SIGNUP="false"),
        "major", f"whoever has the link reads what an employee asked (docs.openwebui.com, env-configuration, {FOUND})"),
    Attack("a store of vectors reports its use to its vendor", RULES, _program("chroma", ANONYMIZED_TELEMETRY="true"),
        "minor", f"figures on the cluster go abroad (ANONYMIZED_TELEMETRY, {FOUND})"),
    Attack("an address of mail at a provider opens the account of an employee", RULES, _program(
        "karakeep", OAUTH_ALLOW_DANGEROUS_EMAIL_ACCOUNT_LINKING="true", DISABLE_SIGNUPS="true"),
        "major", f"who sets the address of another one at the provider is let in as he (karakeep, {FOUND})"),
    Attack("an editor of programs gives a shell to whoever calls it", RULES, _program(
        "code-server", "--auth", "none", "--bind-addr", "0.0.0.0:8080"),
        "critical", f"each pod runs commands with the account of the workload (code-server --auth none, {FOUND})"),
    Attack("a notebook is edited without a token on each address", RULES, _program(
        "marimo", "marimo", "edit", "--no-token", "--host=0.0.0.0"),
        "critical", f"each pod runs programs in the notebook (marimo edit --no-token, {FOUND})"),
    Attack("the vault of production is one for trials", RULES, _program("openbao", "server", "-dev"),
        "critical", "its token stands in its log, and each secret is lost with the pod (openbao, 'dev' server, as "
        "known)"),
    Attack("whoever reaches the page of tasks stops and starts them", RULES, _program(
        "flower", FLOWER_UNAUTHENTICATED_API="true"),
        "major", f"each pod starts tasks of the queue (Flower, FLOWER_UNAUTHENTICATED_API, {FOUND})"),
    Attack("disks of a store are reached by whoever calls its remote control", RULES, _program(
        "rclone", "rcd", "--rc-no-auth", "--rc-addr=0.0.0.0:5572"),
        "critical", f"each pod copies files with the keys of the program (rclone rcd --rc-no-auth, {FOUND})"),
    Attack("guests use a program of the bank", RULES, _program("rooms", ALLOW_GUEST_ACCESS="true"),
        "major", f"each pod acts as a guest (ALLOW_GUEST_ACCESS, {FOUND})"),
    Attack("an application's errors carry names of customers to a vendor", RULES, _program(
        "portal", SENTRY_SEND_DEFAULT_PII="true"),
        "major", f"each error has addresses and cookies of customers (Sentry, send_default_pii, {FOUND})"),
    Attack("questions to models of an application stand in its traces", RULES, _program(
        "agents", SEMANTICKERNEL_EXPERIMENTAL_GENAI_ENABLE_OTEL_DIAGNOSTICS_SENSITIVE="true"),
        "major", f"whoever looks at traces reads what customers asked (Semantic Kernel, {FOUND})"),
    Attack("prompts of a service stand in its records", RULES, _file(
        "application.properties", "spring.ai.chat.client.observations.log-prompt=true\n"),
        "major", f"whoever reads records reads what customers asked (Spring AI, Observability, {FOUND})"),
    Attack("callers of a graph of tables without a token are its users", RULES, _program(
        "graphql-engine", HASURA_GRAPHQL_UNAUTHORIZED_ROLE="user"),
        "critical", f"a request without a token has the rights of whoever signs in (Hasura, {FOUND})"),
    Attack("whoever signs in with the bank's directory administers its identities", RULES, _program(
        "filex", FILEX_OIDC_ADMIN_GROUP="everyone"),
        "critical", f"each employee administers the store of files (FILEX_OIDC_ADMIN_GROUP, {FOUND})"),
    Attack("staff administers the registry by a secret of settings", RULES, _file("config.json", HARBOR),
        "critical", f"an employee replaces images (goharbor/harbor c50c7ddd6, oidc_admin_group, {READ})"),
    Attack("a store of words takes commands from a shared folder", RULES, _file(
        "postgresql.conf", "archive_mode = on\narchive_command = 'sh /exports/archive.sh %p'\n"),
        "critical", "whoever writes into the folder runs programs as the database (PostgreSQL, 'Write Ahead Log', "
        "archive_command, as known)"),
    Attack("passwords of the database stand in its log by an option of its file", RULES, _file(
        "my.cnf", "[mysqld]\ngeneral_log=ON\nlog-raw\nlog_raw=ON\n"),
        "major", f"whoever reads the log has the passwords (MySQL 8.4, 'Passwords and Logging', {READ})"),
    Attack("a tool of queries runs programs of its users", RULES, _program(
        "redash", REDASH_ADDITIONAL_QUERY_RUNNERS="redash.query_runner.oracle,redash.query_runner.python"),
        "critical", f"who may write a query has the passwords of each source (Redash, {FOUND})"),
    Attack("people who label read each file of their server", RULES, _program(
        "label-studio", LABEL_STUDIO_LOCAL_FILES_SERVING_ENABLED="true", LABEL_STUDIO_LOCAL_FILES_DOCUMENT_ROOT="/"),
        "major", f"a task names a file of the server and shows it (Label Studio, {FOUND})"),
    Attack("a chat takes plug-ins that nobody signed", RULES, _program(
        "mattermost", MM_PLUGINSETTINGS_ENABLEUPLOADS="true", MM_PLUGINSETTINGS_REQUIREPLUGINSIGNATURE="false"),
        "critical", f"an administrator of the page runs programs on the server (Mattermost, {FOUND})"),
    Attack("sources lie where hooks run commands, by a file", RULES, _file(
        "app.ini", "[security]\nINSTALL_LOCK = true\nDISABLE_GIT_HOOKS = false\n"),
        "major", f"a hook reads each repository (Forgejo and Gitea, DISABLE_GIT_HOOKS, {FOUND})"),
    Attack("devices send messages and passwords in plaintext", CHART, release("nats", "2.12.0", {"config": {
        "nats": {"tls": {"enabled": True, "secretName": "nats-tls"}}, "mqtt": {"enabled": True, "port": 1883}}}),
        "major", f"passwords of devices cross the network (nats-io/k8s 957650f, files/config/mqtt.yaml, {READ})"),
    Attack("a team's queue has every accelerator as its own", OBJECTS, (crd("scheduling.run.ai/v2:Queue", FLAT),),
        "major", "work of others waits for what the team does not use (NVIDIA/KAI-Scheduler, docs/queues/README.md, "
        f"quota -1, {READ})"),
    Attack("a graph is administered from each address by a range", RULES, _program(
        "dgraph", "alpha", "--security=whitelist=0.0.0.0:255.255.255.255;", "--my=x:7080"),
        "critical", f"any pod drops and exports the graph (Dgraph, 'Dgraph alpha', {READ})"),
    Attack("drivers come from a server without TLS", OBJECTS, (crd("amd.com/v1alpha1:DeviceConfig", {
        "driver": {"enable": True, "version": "6.4.2", "amdgpuInstallerRepoURL": "http://mirror.example.ae/amdgpu"}}),),
        "critical", f"whoever is in between has the kernel of each machine (ROCm/gpu-operator 6df13c17, {READ})"),
)  # fmt: skip
