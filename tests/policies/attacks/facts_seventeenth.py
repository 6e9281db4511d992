"""Attacks that passed until the sources of the rows beside them were read (2026-11-30).

Each came with a fact that stood "as known": a value, a field or a type of which the document or the source of the
project says the same harm. The rows that refuse them name the source.
"""

from ..blind import RG, SUB, aws, az, crd, release
from ..harness import Given
from . import Attack
from .after_sixteenth_programs import _file as file
from .after_sixteenth_programs import _program as program

SWITCH, PROGRAM, NAMES, CHART = ("FJ-ESC-115",), ("FJ-IDN-313",), ("FJ-RES-003",), ("FJ-ESC-124",)
TELEPORT, CONFLUENT = "resources.teleport.dev/v1", "platform.confluent.io/v1beta1"
LISTENER = {"tls": {"enabled": True}, "authentication": {"type": "mtls"}}
STAR = 'path "+/+/*" { capabilities = ["read", "list"] }'
SLASH = 'path "/*" { capabilities = ["read"] }'
JSON = '{"path": {"*": {"capabilities": ["read"]}}}'
ANSWER = "LPsIwTo7o8BoG0-vjCyGQGBWSVIPxI-i_X336eUOQZo"
TAPPED = """.:53 {
    dnstap listen tcp://0.0.0.0:6000 full
    forward . /etc/resolv.conf
}
"""
SIEM = "siem.security.svc.cluster.local"
LOGGING = "openshift.io/v1:ClusterLogForwarder"
INFISICAL = "http://infisical.secrets.svc.cluster.local:8080/api"
CHANGES = (
    "App/connectedEnvironments/daprComponents", "App/logicApps", "AppPlatform/Spring/apps/deployments",
    "AppPlatform/Spring/jobs", "AppPlatform/Spring/configServers", "App/managedEnvironments/httpRouteConfigs",
    "AppPlatform/Spring/gateways/routeConfigs",
)  # fmt: skip
ANYBODY = {"xpack.security.authc.anonymous.roles": "viewer"}


def _role(**spec: object) -> tuple[Given, ...]:
    return (crd(f"{TELEPORT}:TeleportRoleV8", spec),)


def _kafka(**listeners: object) -> tuple[Given, ...]:
    return (crd(f"{CONFLUENT}:Kafka", {
        "authorization": {"type": "rbac"}, "listeners": {"internal": LISTENER, **listeners}}),)  # fmt: skip


def _vault(**external: object) -> tuple[Given, ...]:
    return (crd("vault.banzaicloud.com/v1alpha1:Vault", {
        "size": 3, "unsealConfig": {"options": {"storeRootToken": False}, "aws": {"kmsKeyId": "alias/vault"}},
        "externalConfig": external}),)  # fmt: skip


def _policy(rules: str) -> tuple[Given, ...]:
    return _vault(policies=[{"name": "app", "rules": rules}])


def _record(kind: str, value: str, name: str) -> tuple[Given, ...]:
    return (aws("route53/Record", {"zoneId": "Z1", "name": name, "type": kind, "ttl": 300, "records": [value]}),)


def _forwarder(group: str, output: dict[str, object]) -> tuple[Given, ...]:
    return (crd(f"{group}.{LOGGING}", {
        "outputs": [{"name": "x", **output}],
        "pipelines": [{"name": "p", "inputRefs": ["application"], "outputRefs": ["x"]}]}),)  # fmt: skip


def _elastic(**parts: object) -> tuple[Given, ...]:
    return (crd("stackconfigpolicy.k8s.elastic.co/v1alpha1:StackConfigPolicy", {"elasticsearch": parts}),)


def _discount(value: str) -> tuple[Given, ...]:
    return release("opencost", "2.0.0", {
        "opencost": {"customPricing": {"enabled": True, "costModel": {"discount": value}}}}, "opencost")  # fmt: skip


def _queries(text: str) -> tuple[Given, ...]:
    return file("queries.yaml", f'statements:\n  query: "{text}"\n')


def _changes(kind: str) -> tuple[Given, ...]:
    return (az("authorization:RoleDefinition", {
        "roleName": "deployer", "scope": SUB, "assignableScopes": [SUB], "permissions": [
            {"actions": [f"Microsoft.{kind}/write"], "notActions": []}]}),)  # fmt: skip


ATTACKS: tuple[Attack, ...] = (
    *(Attack(f"a certificate of Teleport is good for {ttl}", SWITCH, _role(options={"max_session_ttl": ttl}), "major",
             "a stolen certificate is good for days") for ttl in ("30d", "9999m", "720.5h", "1y", "0h0m864000s")),
    *(Attack(f"Teleport is told {word!r} of a second factor", SWITCH, _role(options={"require_session_mfa": word}),
             "major", "a stolen session is enough") for word in ("no", "Nope", "n")),
    Attack("desktops are used by Teleport and nobody records it", SWITCH, _role(options={
        "record_session": {"desktop": False}}), "major", "sessions without a record"),
    Attack("who has a role of Teleport gets certificates of every role", SWITCH, _role(allow={
        "impersonate": {"users": ["*"], "roles": ["*"]}}), "critical", "every right of Teleport"),
    Attack("a role of Teleport changes every setting of its cluster", SWITCH, _role(allow={
        "rules": [{"resources": ["*"], "verbs": ["*"]}]}), "critical", "he makes himself any role"),
    Attack("a bot of Teleport is an editor", SWITCH, (crd(f"{TELEPORT}:TeleportBotV1", {"roles": ["editor"]}),),
        "critical", "a program changes roles and sign-in"),
    Attack("owners of a list of Teleport become editors", SWITCH, (crd(f"{TELEPORT}:TeleportAccessList", {
        "grants": {"roles": ["requester"]}, "owner_grants": {"roles": ["editor"]}}),), "critical",
        "they change roles and sign-in"),
    Attack("people of another cluster are editors of Teleport", SWITCH, (crd(f"{TELEPORT}:TeleportTrustedClusterV2", {
        "enabled": True, "role_map": [{"remote": "access", "local": ["editor"]}]}),), "critical",
        "they change roles and sign-in"),
    Attack("a token of Teleport says no method of joining", SWITCH, (crd(
        "resources.teleport.dev/v2:TeleportProvisionToken", {"roles": ["Node"]}),), "critical",
        "its name, in the program, is the secret"),
    Attack("a listener of a team's own speaks without TLS", SWITCH, _kafka(custom=[
        {"name": "team", "port": 9094, "authentication": {"type": "plain"}}]), "critical", "passwords in plain text"),
    Attack("a listener of a team's own lets everybody in", SWITCH, _kafka(custom=[
        {"name": "team", "port": 9094, "tls": {"enabled": True}}]), "critical", "none is the vendor's default"),
    Attack("brokers copy records without TLS", SWITCH, _kafka(replication={"authentication": {"type": "plain"}}),
        "critical", "records in plain text"),
    Attack("brokers let everybody copy records", SWITCH, _kafka(replication={"tls": {"enabled": True}}), "critical",
        "whoever reaches the listener is a broker"),
    Attack("controllers of Kafka speak without TLS", SWITCH, (crd(f"{CONFLUENT}:KRaftController", {
        "replicas": 3, "listeners": {"controller": {"authentication": {"type": "plain"}}}}),), "critical",
        "passwords of brokers in plain text"),
    Attack("controllers of Kafka let everybody in", SWITCH, (crd(f"{CONFLUENT}:KRaftController", {
        "replicas": 3, "listeners": {"controller": {"tls": {"enabled": True}}}}),), "critical",
        "topics and rights are changed"),
    Attack("an app writes every topic of Confluent's Kafka", SWITCH, (crd(f"{CONFLUENT}:ConfluentRolebinding", {
        "principal": {"type": "user", "name": "reports"}, "role": "DeveloperWrite", "resourcePatterns": [
            {"name": "*", "resourceType": "Topic"}]}),), "critical", "what every team has"),
    Attack("a policy of the vault has a star below two parts", SWITCH, _policy(STAR), "critical", "every secret"),
    Attack("a policy of the vault has a star below the root", SWITCH, _policy(SLASH), "critical", "every secret"),
    Attack("a policy of the vault has a star in JSON", SWITCH, _policy(JSON), "critical", "every secret"),
    Attack("the vault trusts namespaces of two stars", SWITCH, _vault(auth=[{"type": "kubernetes", "roles": [
        {"name": "app", "bound_service_account_names": ["app"], "bound_service_account_namespaces": ["**"],
         "policies": ["app"]}]}]), "critical", "a glob that every namespace matches"),
    Attack("the vault trusts namespaces with any label", SWITCH, _vault(auth=[{"type": "kubernetes", "roles": [
        {"name": "app", "bound_service_account_names": ["app"], "policies": ["app"],
         "bound_service_account_namespace_selector": '{"matchLabels": {}}'}]}]), "critical", "an empty selector"),
    Attack("a telephone is told of a host elsewhere by an expression", NAMES, _record(
        "NAPTR", '100 10 "U" "E2U+sip" "!^.*$!sip:info@collector.com!" .', "4.3.2.1.bank.ae"), "major",
        "calls go to whoever has that domain (RFC 3403)"),
    Attack("an answer to a challenge of one account is fixed", NAMES, _record(
        "TXT", f'"{ANSWER}"', "_ujmmovf2vn55tgye._acme-challenge.bank.ae"), "major",
        "who has its key gets a certificate"),
    Attack("an answer to a challenge of one account is fixed in Azure", NAMES, (az("dns:RecordSet", {
        **RG, "zoneName": "bank.ae", "relativeRecordSetName": "_ujmmovf2vn55tgye._acme-challenge", "recordType": "TXT",
        "ttl": 300, "txtRecords": [{"value": [ANSWER]}]}),), "major", "who has its key gets a certificate"),
    *(Attack(f"records of programs go to {kind} in plain text", SWITCH, _forwarder("observability", {
        "type": kind, kind: {"url": url}}), "major", "whoever is in between reads them") for kind, url in (
            ("syslog", f"tcp://{SIEM}:514"), ("loki", f"http://{SIEM}:3100"), ("otlp", f"http://{SIEM}:4318/v1/logs"),
            ("elasticsearch", f"http://{SIEM}:9200"))),
    *(Attack(f"records of programs go to brokers of {group} in plain text", SWITCH, _forwarder(group, {
        "type": "kafka", "kafka": {"brokers": [f"tcp://{SIEM}:9092"], "topic": "records"}}), "major",
        "whoever is in between reads them") for group in ("observability", "logging")),
    *(Attack(f"{kind} asks for secrets in plain text", SWITCH, (crd(f"secrets.infisical.com/{kind}", {
        field: INFISICAL}),), "critical", "whoever is in between has them") for kind, field in (
            ("v1beta1:InfisicalConnection", "address"), ("v1alpha1:InfisicalPushSecret", "hostAPI"),
            ("v1alpha1:InfisicalDynamicSecret", "hostAPI"))),
    Attack("whoever reaches Elasticsearch has a role by a policy", SWITCH, _elastic(config=ANYBODY), "critical",
        "records are read without signing in"),
    Attack("whoever reaches Elasticsearch has a role", SWITCH, (crd("elasticsearch.k8s.elastic.co/v1:Elasticsearch", {
        "version": "9.1.0", "nodeSets": [{"name": "data", "count": 3, "config": ANYBODY}]}),), "critical",
        "records are read without signing in"),
    Attack("a role of Elasticsearch manages users", SWITCH, _elastic(securityRoles={
        "agent": {"cluster": ["monitor", "manage_security"]}}), "critical", "he gives himself every right"),
    Attack("a role of Elasticsearch acts as anybody", SWITCH, _elastic(securityRoles={"agent": {"run_as": ["*"]}}),
        "critical", "the superuser too"),
    *(Attack(f"a user of Valkey calls {command}", SWITCH, (crd("valkey.io/v1alpha1:ValkeyCluster", {
        "shards": 3, "networking": {"tls": {"certificate": {"secretName": "rates-tls"}}}, "users": [{
            "name": "pricing", "commands": {"allow": ["@read", command]}}]}),), "critical",
        "he changes the server or its users") for command in ("acl", "config|set", "module")),
    *(Attack(f"bills are nought by a discount of {value}", CHART, _discount(value), "major",
        "the sign of a percentage may be missing") for value in ("100", "250%")),
    Attack("a vault for trials is told so by two dashes", PROGRAM, program("vault", "server", "--dev"), "critical",
        "its token stands in its log"),
    Attack("the token of a vault for trials stands in the program", PROGRAM, program(
        "vault", VAULT_DEV_ROOT_TOKEN_ID="root"), "critical", "it may do everything"),
    Attack("a remote control asks nobody on the address of its pod", PROGRAM, program(
        "rclone", "rcd", "--rc-no-auth", "--rc-addr=$(POD_IP):5572"), "critical", "each pod copies files"),
    Attack("whoever connects to the servers of names gets each question", PROGRAM, file("Corefile", TAPPED), "major",
        "who asks for which host"),
    Attack("figures have the statement of each thread", PROGRAM, _queries(
        "SELECT id, info FROM information_schema.processlist"), "major", "values of customers are in it"),
    Attack("figures have the statement of each thread of the schema", PROGRAM, _queries(
        "SELECT THREAD_ID, PROCESSLIST_INFO FROM performance_schema.threads"), "major",
        "values of customers are in it"),
    *(Attack(f"a role of a whole subscription changes {kind}", ("FJ-IDN-214",), _changes(kind), "critical",
             "programs run, or calls go elsewhere, with the identities of others") for kind in CHANGES),
)  # fmt: skip
