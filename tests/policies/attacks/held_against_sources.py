"""Attacks by spellings and settings that sources have and the rules lacked: packages, databases, registries, tokens of
a scraper and rights over access entries (2026-11-30). Sources are those of the rules.
"""

import json
from collections.abc import Mapping

from ..blind import TAGS, crd, k8s, meta, pod, release
from ..harness import Given
from . import Attack
from .fifteenth_cluster_a import KNOWN
from .fifteenth_cluster_b import _text

SWITCH, UNCHECKED, TOKENS = ("FJ-IDN-313",), ("FJ-ENC-425",), ("FJ-IDN-314",)
OF_ROLE = "/var/run/secrets/eks.amazonaws.com/serviceaccount/token"


def _script(text: str) -> tuple[Given, ...]:
    spec = pod({"command": ["sh", "-c", text]}, restartPolicy="Never")
    return (k8s("batch/v1:Job", {"metadata": meta(), "spec": {"template": {"spec": spec}}}),)


def _policy(action: str, conditions: Mapping[str, object]) -> tuple[Given, ...]:
    statement = {"Effect": "Allow", "Action": action, "Resource": "*", "Condition": conditions}
    document = json.dumps({"Version": "2012-10-17", "Statement": [statement]})
    return (Given("aws:iam/policy:Policy", {"policy": document, "tags": TAGS}),)


def scraper(audience: str | None, target: str) -> tuple[Given, ...]:
    """Returns a release of Prometheus that shows a token, mounted by itself, to a target."""
    token = {"path": "token", "expirationSeconds": 3600} | ({"audience": audience} if audience else {})
    return release("kube-prometheus-stack", "79.5.0", {"prometheus": {"prometheusSpec": {
        "volumes": [{"name": "own", "projected": {"sources": [{"serviceAccountToken": token}]}}],
        "volumeMounts": [{"name": "own", "mountPath": "/var/run/figures", "readOnly": True}],
        "additionalScrapeConfigs": [{
            "job_name": "figures", "scheme": "https", "authorization": {"credentials_file": "/var/run/figures/token"},
            "static_configs": [{"targets": [target]}]}]}}}, "monitoring")  # fmt: skip


ATTACKS: tuple[Attack, ...] = (
    Attack("a job installs what nobody signed by the option before the command", SWITCH,
        _script("zypper --no-gpg-checks install -y tools"), "critical",
        "whoever replaces a package runs programs as root"),
    Attack("a job takes packages of a repository without a signature", SWITCH,
        _script("apt-get update --allow-insecure-repositories && apt-get install -y tools"), "critical",
        "whoever replaces a package runs programs as root"),
    Attack("a job makes a login administrator of SQL Server by the old procedure", SWITCH,
        _script("sqlcmd -Q \"EXEC sp_addsrvrolemember 'app', 'sysadmin'\""), "critical",
        "the application reads every row and runs programs on the server"),
    Attack("a job gives the application the files of the server of MySQL", SWITCH,
        _script("mysql -e \"GRANT SELECT, FILE ON *.* TO 'app'@'%'\""), "critical",
        "the application reads keys and configuration of the server"),
    Attack("a job lets the application read each database", SWITCH,
        _script('psql -c "GRANT pg_read_all_data TO app"'), "critical", "the application reads what other teams have"),
    Attack("a job writes an artefact to a registry in plain text", UNCHECKED,
        _script("oras push --plain-http registry.team-a.svc:5000/model:1 model.bin"), "major",
        "whoever is in between reads the model and writes another one"),
    Attack("a job downloads by a name of the server and asks nobody who it is", UNCHECKED,
        _script("curl -OJk https://files.team-a.svc/weights"), "major", "whoever is in between sends other weights"),
    Attack("a scraper shows its own mounted token to a team", TOKENS, (
        KNOWN, *scraper(None, "figures.payments.svc:8443")), "critical", "the team acts as the account that scrapes"),
    Attack("a scraper shows the token for its role of the cloud to a team", TOKENS, (
        KNOWN, _text("prometheus", "monitoring", {"prometheus.yml": (
            f"scrape_configs:\n- job_name: a\n  scheme: https\n  authorization: {{credentials_file: {OF_ROLE}}}\n"
            "  static_configs: [{targets: ['figures.payments.svc:8443']}]\n")})),
        "critical", "the team takes the role of the scraper in the cloud"),
    Attack("a team asks the vault for an account of the directory of payments", TOKENS, (
        KNOWN, crd("generators.external-secrets.io/v1alpha1:VaultDynamicSecret", {
            "path": "ldap/library/payments/check-out", "method": "POST", "provider": {
                "server": "https://vault.vault.svc:8200", "auth": {"kubernetes": {
                    "mountPath": "kubernetes", "role": "team-a", "serviceAccountRef": {"name": "team-a"}}}}})),
        "critical", "the team signs in as payments (openbao/openbao df6ce2c api/secret/ldap.mdx, read 2026-11-30)"),
    Attack("a policy lets its holder give himself each cluster for a namespace that no condition names",
        ("FJ-IDN-103",), _policy("eks:AssociateAccessPolicy", {"StringEquals": {"eks:accessScope": "namespace"}}),
        "critical", "the holder administers kube-system"),
)  # fmt: skip
