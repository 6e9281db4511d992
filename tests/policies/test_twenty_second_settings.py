"""Attacks by settings of the pack itself: entries that look narrow and free everything (2026-12-01)."""

import pytest
from guardrails.engine.enforcement import Enforcement
from guardrails.engine.exemptions import Exemption
from pydantic import ValidationError

REASON = "confirmed by the platform team"
DATES = {"created": "2026-12-01", "expires": "2027-02-01"}


def _enforcement(**sections: object) -> Enforcement:
    return Enforcement.model_validate({"default": {"all": "mandatory"}, **sections})


def _exemption(urn: str) -> Exemption:
    return Exemption.model_validate({
        "rule": "FJ-ENC-101", "urn": urn, "owner": "team-a", "ticket": "A-1", "reason": REASON, "approved_by": "team-b",
        **DATES})  # fmt: skip


@pytest.mark.parametrize("urn", ["*u*", "urn*", "*::aws:*", "*aws*", "*-*", "*:azure-native:*:*::*", "*[a-z]u*"])
def test_an_exemption_for_a_few_letters_is_refused(urn: str) -> None:
    """An exemption for every URN that has an u, which all have, or for a whole package."""
    with pytest.raises(ValidationError, match="matches"):
        _exemption(urn)


@pytest.mark.parametrize("urn", [
    "*::db", "*::a-b", "urn:pulumi:dev::*", "*::aws:ec2/securityGroup:SecurityGroup::partner-*", "*::aws:s3/*::logs*",
    "urn:pulumi:prod-uae::*::scratch", "*::kubernetes:batch/v1:*"])  # fmt: skip
def test_an_exemption_that_names_something_is_kept(urn: str) -> None:
    assert _exemption(urn).urn == urn


@pytest.mark.parametrize("name", ["?*", "[!x]*", "??*", "a*", "*"])
def test_a_waiver_for_every_name_is_refused(name: str) -> None:
    """A waiver of the price of every database, of a fils each."""
    with pytest.raises(ValidationError):
        _enforcement(cost={"unpriced": {f"aws:rds/instance:Instance::{name}": {"aed_per_month": 1, "reason": REASON}}})


@pytest.mark.parametrize("name", ["x", "db", "orders*", "dc1-flavor-?", "it"])
def test_a_waiver_for_a_name_is_kept(name: str) -> None:
    key = f"aws:rds/instance:Instance::{name}"
    assert key in _enforcement(cost={"unpriced": {key: {"aed_per_month": 1, "reason": REASON}}}).cost.unpriced


@pytest.mark.parametrize("labels", [
    {"cost-centre": "app", "owner": "app"}, {"cost-centre": "owner"}, {"owner": "pod-template-hash"},
    {"owner": "kubernetes.io/metadata.name"}, {"cost-centre": "topology.kubernetes.io/zone"}])  # fmt: skip
def test_one_label_for_several_tags_is_refused(labels: dict[str, str]) -> None:
    """One label that every pod has counts as each of the cost tags."""
    with pytest.raises(ValidationError):
        _enforcement(tags={"labels": labels})


def test_labels_of_ones_own_are_kept() -> None:
    labels = {"cost-centre": "finance.bank.ae/cost-centre", "owner": "bank.ae/owner", "project": "app.k8s-bank.ae/x"}
    assert _enforcement(tags={"labels": labels}).tags.labels == labels


@pytest.mark.parametrize("pattern", ["*", "?*", "*a*", "[a-z]*", "?a?"])
def test_a_copy_of_everything_elsewhere_is_refused(pattern: str) -> None:
    """All data of all stacks counts as kept elsewhere, and all pools may be on demand."""
    for section in ({"resilience": {"kept_elsewhere": {pattern: REASON}}}, {"cost": {"on_demand": {pattern: REASON}}}):
        with pytest.raises(ValidationError, match="too many"):
            _enforcement(**section)


@pytest.mark.parametrize("pattern", ["db", "x", "db*", "orders*", "*-pool-notebooks"])
def test_a_copy_of_what_is_named_is_kept(pattern: str) -> None:
    assert pattern in _enforcement(resilience={"kept_elsewhere": {pattern: REASON}}).resilience.kept_elsewhere


@pytest.mark.parametrize(("section", "field", "name"), [
    *(("residency", "known", name) for name in (
        "herokuapp.com", "github.io", "ngrok-free.app", "r2.cloudflarestorage.com", "uaenorth.cloudapp.azure.com",
        "fra1.digitaloceanspaces.com", "Pages.dev", "@gmail.com", "@Outlook.com", "com", "cloud",
        "@yahoo.co.uk", "@outlook.sa", "@mail.ru", "@163.com", "@msn.com", "@zoho.eu", "@icloud.com.cn")),
    *(("identity", "trusted", name) for name in (
        "vercel.app", "login.microsoftonline.com", "login.microsoftonline.com/common", "sts.windows.net",
        "oidc.eks.me-central-1.amazonaws.com/id", "cognito-idp.me-central-1.amazonaws.com")),
    *(("escape", "code_sources", name) for name in (
        "https://github.com", "github.com/", "*", "https://*", "h", "https://gist.github.com", "https://huggingface.co")),
    *(("escape", "helm_sources", name) for name in (
        "oci://ghcr.io", "oci://registry-1.docker.io", "https://raw.githubusercontent.com", "oci://public.ecr.aws/")),
    *(("escape", "image_publishers", name) for name in (
        "hub.docker.com", "us.gcr.io", "europe-docker.pkg.dev", "xpkg.upbound.io")),
    *(("escape", "allowed_types", name) for name in ("a*", "k*", "azure*", "ku*", "aws:*")),
    *(("kubernetes", "privileged_namespaces", name) for name in ("default", "*", "team-*", "")),
])  # fmt: skip
def test_what_belongs_to_everyone_is_not_listed(section: str, field: str, name: str) -> None:
    """An entry for a domain, a forge or a registry that looks like one for a partner, and lets everybody in."""
    with pytest.raises(ValidationError):
        _enforcement(**{section: {field: {name: REASON}}})


@pytest.mark.parametrize(("section", "field", "name"), [
    *(("residency", "known", name) for name in (
        "bank.ae", "pay.herokuapp.com", "team.github.io", "bank-apps.azurewebsites.net", "@bank.ae", "@mail.bank.ae",
        "@me.bank.ae", "models",
        "bank.uaenorth.cloudapp.azure.com")),
    *(("identity", "trusted", name) for name in (
        "accounts.google.com", "oidc.eks.me-central-1.amazonaws.com/id/ABC", "login.bank.ae",
        "login.microsoftonline.com/00000000-1111-2222-3333-444444444444/v2.0")),
    *(("escape", "code_sources", name) for name in (
        "https://github.com/bank", "https://git.bank.ae", "artifacts", "https://huggingface.co/Qwen")),
    *(("escape", "helm_sources", name) for name in ("oci://ghcr.io/actions", "oci://registry.k8s.io")),
    *(("escape", "image_publishers", name) for name in ("ghcr.io/bank", "mcr.microsoft.com", "registry.bank.ae")),
    *(("escape", "allowed_types", name) for name in ("command:*", "acme*", "kubernetes:bank.ae/*", "keycloak*")),
    *(("kubernetes", "privileged_namespaces", name) for name in ("gpu-operator", "kube-system")),
])  # fmt: skip
def test_what_belongs_to_somebody_is_listed(section: str, field: str, name: str) -> None:
    assert _enforcement(**{section: {field: {name: REASON}}})
