"""Good idioms that rows refused until their sources were read (2026-11-30)."""

from ..blind import aws
from ..harness import Given
from . import Idiom
from .after_sixteenth_programs import _program as program
from .eleventh_charts import inside
from .eleventh_cluster import top
from .sixteenth_stores import owned


def _authority(name: str) -> Given:
    records = [f'0 issue "{name}"']
    props = {"zoneId": "Z1", "name": "bank.ae", "type": "CAA", "ttl": 300, "records": records}
    return aws("route53/Record", props, name)


IDIOMS: tuple[Idiom, ...] = (
    owned("a role of Teleport forbids to ask for any other", (
        top("resources.teleport.dev/v1:TeleportRoleV8", "contractor", {
            "allow": {"node_labels": {"env": "staging"}, "logins": ["ubuntu"]},
            "deny": {"request": {"roles": ["*"]}, "rules": [{"resources": ["*"], "verbs": ["*"]}],
                     "impersonate": {"users": ["*"], "roles": ["*"]}},
            "options": {"max_session_ttl": "8h0m0s", "require_session_mfa": "hardware_key_touch",
                        "record_session": {"default": "strict", "desktop": True}}}),),
        "gravitational/teleport 003143b docs/pages/includes/role-spec.mdx", "resources.teleport.dev"),
    owned("a policy of the vault denies every path, and others open single ones", (
        inside("vault.banzaicloud.com/v1alpha1:Vault", "vault", {
            "size": 3, "serviceAccount": "vault", "unsealConfig": {
                "options": {"storeRootToken": False}, "aws": {"kmsKeyId": "alias/vault", "kmsRegion": "me-central-1"}},
            "externalConfig": {"policies": [
                {"name": "suspended", "rules": 'path "*" {\n  capabilities = ["deny"]\n}'},
                {"name": "app", "rules": 'path "secret/data/app/*" { capabilities = ["read"] }'}]}}, "vault"),),
        "openbao/openbao df6ce2c internal/vault/policy/policy.go", "vault.banzaicloud.com"),
    Idiom("certificates of the bank come from Microsoft and DigiCert", tuple(
        _authority(name) for name in ("microsoft.com", "www.digicert.com", "digitalcertvalidation.com")),
        "CCADB, 'All CAA Identifiers Report', as tables in public repositories have it"),
    Idiom("a dashboard of marimo runs without a token behind the bank's sign-in", program(
        "dashboard", "marimo", "run", "app.py", "--no-token", "--host=0.0.0.0"),
        "marimo, 'Authentication': an app that is run asks for no token by itself"),
)  # fmt: skip
