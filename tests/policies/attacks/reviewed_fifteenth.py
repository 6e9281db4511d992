"""Attacks that a review found past the rules of the fifteenth set: names of other teams where the plan knows these, and
tokens, addresses and paths in another form (2026-11-29).
"""

from ..blind import ME, crd, k8s, meta, release
from ..harness import Given
from . import Attack
from .fifteenth_cluster_a import KNOWN, _top
from .fifteenth_cluster_b import TOKEN_FILE, _in, _text

IDN = ("FJ-IDN-314",)
ESC = ("FJ-ESC-115",)
DYNAMIC = "generators.external-secrets.io/v1alpha1:VaultDynamicSecret"
STORE = "external-secrets.io/v1:SecretStore"
AGENT = """[log_collection_settings]
  [log_collection_settings.stdout]
    enabled = true
    exclude_namespaces = ["payments-gateway", "core-databases"]
"""
ALLOY = f"""prometheus.scrape "figures" {{
  targets = [{{"__address__" = "figures.team-b.svc:8443"}}]
  bearer_token_file = "{TOKEN_FILE.replace("/token", "/../serviceaccount/token")}"
  forward_to = []
}}
"""


def _reads(role: str, name: str = "x") -> tuple[Given, ...]:
    """Returns a store of secrets of a team that reads as a role, in a cluster with payments."""
    return KNOWN, k8s(STORE, {"metadata": meta(name), "spec": {"provider": {"aws": {
        "service": "SecretsManager", "region": "me-central-1", "role": f"arn:aws:iam::{ME}:role/{role}",
        "auth": {"jwt": {"serviceAccountRef": {"name": name}}}}}}})  # fmt: skip


def _asks(path: str) -> tuple[Given, ...]:
    """Returns a request of a team to the vault, in a cluster with payments."""
    return KNOWN, crd(DYNAMIC, {"path": path, "method": "GET", "provider": {
        "server": "https://vault.vault.svc:8200", "auth": {"kubernetes": {
            "mountPath": "kubernetes", "role": "payments", "serviceAccountRef": {"name": "payments"}}}}})  # fmt: skip


def _job(target: str, token: str = TOKEN_FILE) -> str:
    return (
        f"scrape_configs:\n- job_name: a\n  authorization: {{credentials_file: {token}}}\n"
        f"  static_configs: [{{targets: ['{target}']}}]\n"
    )


def _kept(path: str) -> tuple[Given, ...]:
    return (_top("kyverno.io/v2:GlobalContextEntry", "kept", {"apiCall": {"urlPath": path, "refreshInterval": "1m"}}),)


ATTACKS = (
    Attack("a team's store reads as the role of the accounts of payments", IDN, _reads("payments-irsa"), "critical",
        "the team reads the secrets of payments (External Secrets cc5bfbc22, CRD of SecretStore, read 2026-11-29)"),
    Attack("a team's store reads as what reads the secrets of payments", IDN, _reads("payments-secrets-reader"),
        "critical", "the team reads the secrets of payments (External Secrets cc5bfbc22, CRD of SecretStore)"),
    Attack("a team's store has the name of payments and reads as its role", IDN, _reads("payments-api", "payments"),
        "critical", "the team chooses the names of its store and its account (External Secrets cc5bfbc22)"),
    Attack("a team's store reads as a role in the folder of payments", IDN, _reads("payments/reader"),
        "critical", "the team reads the secrets of payments (AWS, 'IAM identifiers', paths)"),
    Attack("a team has certificates signed in the name of payments", IDN, _asks("pki/sign/payments"), "critical",
        "the team answers as payments (OpenBao, 'PKI secrets engine', sign, as known)"),
    Attack("a team asks the vault for the account of payments in the directory", IDN,
        _asks("ldap/static-cred/payments"), "critical",
        "the team signs in as payments (OpenBao, 'LDAP secrets engine')"),
    Attack("a team asks the vault for the password of payments with a stroke at the end", IDN,
        _asks("database/creds/payments/"), "major",
        "the vault ignores the stroke (OpenBao, 'Database secrets engine')"),
    Attack("Prometheus shows its token to one pod of a team", IDN, (
        _text("prometheus", "monitoring", {"prometheus.yml": _job("pod-0.figures.team-b.svc:8443")}),), "critical",
        "the team acts as the account that scrapes (Kubernetes, 'DNS for Services and Pods')"),
    Attack("Prometheus shows its token to payments, of which the plan knows", IDN, (
        KNOWN, _text("prometheus", "monitoring", {"prometheus.yml": _job("pod-0.figures.payments.svc:8443")})),
        "critical", "the team acts as the account that scrapes (Prometheus, 'Configuration', credentials_file)"),
    Attack("Prometheus shows its token, whose path goes up and down, to a team", IDN, (
        _text("prometheus", "monitoring", {"prometheus.yml": _job(
            "figures.team-b.svc:8443", TOKEN_FILE.replace("/token", "/../serviceaccount/token"))}),), "critical",
        "the team acts as the account that scrapes (Prometheus, 'Configuration', credentials_file)"),
    Attack("Alloy shows its token, whose path goes up and down, to a team", IDN, (
        _text("alloy", "monitoring", {"config.alloy": ALLOY}),), "critical",
        "the team acts as the account that scrapes (Grafana Alloy, prometheus.scrape, bearer_token_file, as known)"),
    Attack("secrets of a team come from one pod of another team's vault", IDN, (
        crd(STORE, {"provider": {"vault": {
            "server": "https://vault-0.vault-internal.team-b.svc:8200", "path": "kv", "auth": {"kubernetes": {
                "mountPath": "kubernetes", "role": "team-a", "serviceAccountRef": {"name": "app"}}}}}}),), "major",
        "the other team says what each secret is (External Secrets, 'Vault')"),
    Attack("Open Policy Agent has its policies from a team", IDN, release(
        "opa", "9.0.0", {"config": {
            "services": {"team-b": {"url": "https://bundles.team-b.svc:8443"}},
            "bundles": {"authz": {"service": "team-b", "resource": "bundle.tar.gz"}}}}), "critical",
        "the team says what everybody may do (Open Policy Agent, 'Bundles', as known)"),
    Attack("each namespace with a label of its own choice is saved where a team reads", IDN, (
        _in("velero", "velero.io/v1:Schedule", "nightly", {"schedule": "0 1 * * *", "template": {
            "includedNamespaces": ["*"], "labelSelector": {"matchLabels": {"tier": "b"}},
            "storageLocation": "team-b", "ttl": "720h0m0s"}}),), "critical",
        "the team has the secrets of others (Velero, 'Schedule API type')"),
    Attack("programs of two teams whose names sound shared leave no records", ESC, (
        _text("container-azm-ms-agentconfig", "kube-system", {"log-data-collection-settings": AGENT}),), "major",
        "nobody sees what the programs did (Microsoft, Container insights, exclude_namespaces)"),
    Attack("policies read the secrets that Kyverno keeps by an escaped path", ESC, _kept("/api/v1/%73ecrets"), "major",
        "the server of the cluster reads the path unescaped (Go, net/url, Parse; kyverno 111e07bbe, apiCall.urlPath)"),
    Attack("policies read the secrets that Kyverno keeps by a path with a mark", ESC, _kept("/api/v1/secrets#x"),
        "major", "what stands behind the mark is not sent (Go, net/url, Parse; kyverno 111e07bbe, apiCall.urlPath)"),
)  # fmt: skip
