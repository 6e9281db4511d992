"""Accounts that everybody can open (FJ-IDN-122), and issuers of other tenants and providers (FJ-IDN-118)."""

import json
from collections.abc import Mapping

import pytest
from guardrails.engine.enforcement import Enforcement

from .blind import ME, aws, az, k8s, meta, role
from .harness import UNKNOWN, Given, Pack, blocking

RULE, ISSUERS = "FJ-IDN-122", "FJ-IDN-118"
TENANT, OTHER = "00000000-1111-2222-3333-444444444444", "11111111-1111-1111-1111-111111111111"
STRICT = Pack()


def trusting(*names: str) -> Pack:
    listed = dict.fromkeys(names, "listed by the platform team")
    return Pack(Enforcement.model_validate({"default": {"all": "mandatory"}, "identity": {"trusted": listed}}))


LISTED = trusting("accounts.google.com", TENANT)


def provider(kind: object) -> Given:
    return aws("cognito/IdentityProvider", {"userPoolId": "me-central-1_a", "providerName": "x", "providerType": kind})


def pool(**props: object) -> Given:
    return aws("cognito/IdentityPool", {"identityPoolName": "x", "allowUnauthenticatedIdentities": False, **props})


def web_role(host: str, **conditions: str) -> Given:
    keys = {f"{host}:{key}": value for key, value in conditions.items()}
    return role({"Federated": host}, {"StringEquals": keys}, "sts:AssumeRoleWithWebIdentity")


def dex(kind: str, config: Mapping[str, object]) -> Given:
    text = json.dumps({"connectors": [{"type": kind, "id": "x", "config": config}]})
    return k8s("core/v1:ConfigMap", {"metadata": meta("argocd-cm"), "data": {"dex.config": text}})


def is_refused(given: Given, rule: str = RULE, pack: Pack = STRICT) -> bool:
    return rule in blocking(pack.evaluate_resource(given))


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        (provider("Google"), True),
        (provider("SignInWithApple"), True),
        (provider("OIDC"), False),
        (provider(UNKNOWN), False),
        (pool(supportedLoginProviders={"graph.facebook.com": "1"}), True),
        (pool(supportedLoginProviders={"login.example.ae": "1"}), False),
        (pool(supportedLoginProviders=UNKNOWN), False),
        (pool(), False),
        (web_role("accounts.google.com", aud="1"), True),
        (web_role("accounts.google.com", aud="1", sub="104289213698234567890"), False),
        (web_role("accounts.google.com", aud="1", sub="*"), True),
        (web_role("www.amazon.com", app_id="1"), True),
        (web_role("www.amazon.com", app_id="1", user_id="amzn1.account.A"), False),
        (web_role(f"arn:aws:iam::{ME}:oidc-provider/accounts.google.com", aud="1"), True),
        (web_role("cognito-identity.amazonaws.com", aud="me-central-1:1"), False),
        (dex("github", {"clientID": "1"}), True),
        (dex("github", {"clientID": "1", "orgs": [{"name": "example"}]}), False),
        (dex("github", {"clientID": "1", "hostName": "git.example.ae"}), False),
        (dex("google", {"clientID": "1", "hostedDomains": []}), True),
        (dex("google", {"clientID": "1", "hostedDomains": ["example.ae"]}), False),
        (dex("microsoft", {"tenant": "common"}), True),
        (dex("microsoft", {"tenant": TENANT}), False),
        (dex("linkedin", {"clientID": "1"}), True),
        (dex("ldap", {"host": "ldap.example.ae"}), False),
        (k8s("core/v1:ConfigMap", {"metadata": meta(), "data": {"a.yaml": "type: github\n"}}), False),
    ],
    ids=lambda value: str(getattr(value, "props", value))[:90],
)
def test_accounts_of_everybody(given: Given, expected: bool) -> None:
    assert is_refused(given) is expected


def test_a_provider_is_listed_by_its_host() -> None:
    assert not is_refused(provider("Google"), pack=LISTED)
    assert is_refused(provider("Facebook"), pack=LISTED)


def cluster_file(text: str) -> Given:
    return k8s("core/v1:ConfigMap", {"metadata": meta(), "data": {"authentication.yaml": text}})


def credential(tenant: str) -> Given:
    issuer = f"https://uaenorth.oic.prod-aks.azure.com/{tenant}/22222222-2222-2222-2222-222222222222/"
    return az("managedidentity:FederatedIdentityCredential", {"issuer": issuer, "subject": "system:serviceaccount:a:b"})


def test_clusters_of_other_tenants_are_strangers_if_tenants_are_listed() -> None:
    assert is_refused(credential(OTHER), ISSUERS, LISTED)
    assert not is_refused(credential(TENANT), ISSUERS, LISTED)
    assert not is_refused(credential("tenant"), ISSUERS, LISTED)
    assert not is_refused(credential(OTHER), ISSUERS, trusting("login.example.ae"))


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        (pool(openidConnectProviderArns=[f"arn:aws:iam::{ME}:oidc-provider/login.partner.example"]), True),
        (pool(openidConnectProviderArns=[f"arn:aws:iam::{ME}:oidc-provider/gitlab.com"]), False),
        (cluster_file("jwt:\n- issuer:\n    url: https://login.partner.example\n"), True),
        (cluster_file("jwt:\n- issuer:\n    url: https://10.0.0.1\n"), False),
        (cluster_file("page:\n  url: https://login.partner.example\n"), False),
    ],
    ids=str,
)
def test_issuers_of_pools_and_of_the_api_server(given: Given, expected: bool) -> None:
    assert is_refused(given, ISSUERS, LISTED) is expected
