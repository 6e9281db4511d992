"""Attacks that passed until the sources of the rows beside them were read (2026-11-30).

Each came with a fact that stood "as known": a value, a field or a type of which the document or the source of the
project says the same harm. The rows that refuse them name the source.
"""

from ..blind import crd
from ..harness import Given
from . import Attack

SWITCH = ("FJ-ESC-115",)
TELEPORT, CONFLUENT = "resources.teleport.dev/v1", "platform.confluent.io/v1beta1"
LISTENER = {"tls": {"enabled": True}, "authentication": {"type": "mtls"}}
STAR = 'path "+/+/*" { capabilities = ["read", "list"] }'
SLASH = 'path "/*" { capabilities = ["read"] }'
JSON = '{"path": {"*": {"capabilities": ["read"]}}}'


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
)  # fmt: skip
