"""Role trust policies whose condition lets strangers in, and their counterparts that do not.

Which claims name the tenant of a shared issuer: IAM User Guide, "Identity-provider controls for shared OIDC providers";
the forms of subjects: the providers' documentation of OIDC, each named in falaj/facts/data/oidc_issuers.csv (read
2026-11-27).
"""

import re
from typing import Any

import pytest

from falaj.facts.oidc_issuers import all_claims, claims_of

from .exposure_cases import ACCOUNT, refused
from .harness import UNKNOWN, named

STRANGER = "999999999999"
GITHUB = "token.actions.githubusercontent.com"
GITLAB = "gitlab.com"
EKS = "oidc.eks.me-central-1.amazonaws.com/id/A1"
TERRAFORM = "app.terraform.io"
COGNITO = "cognito-identity.amazonaws.com"


CENTER = f"arn:aws:iam::{ACCOUNT}:role/aws-reserved/sso.amazonaws.com"
"""Path of the roles of IAM Identity Center (its User Guide, "Referencing permission sets in resource
policies, Amazon EKS, and AWS KMS", read 2026-12-02)."""


def trust(principal: object, condition: object) -> set[str]:
    statement = {"Effect": "Allow", "Principal": principal, "Action": "sts:AssumeRole", "Condition": condition}
    return refused("aws:iam/role:Role", {"assumeRolePolicy": {"Statement": [statement]}})


def oidc(issuer: str, condition: object) -> set[str]:
    """Returns the rules about the subject that refuse a role; FJ-IDN-118 is about the issuer, and 119 about the
    repository's owner."""
    return trust({"Federated": f"arn:aws:iam::{ACCOUNT}:oidc-provider/{issuer}"}, condition) - {
        "FJ-IDN-118",
        "FJ-IDN-119",
    }


@pytest.mark.parametrize(
    "condition",
    [
        {"ArnLike": {"aws:PrincipalArn": "arn:aws:iam::*:role/*"}},
        {"ArnLike": {"aws:PrincipalArn": f"arn:aws:iam::{STRANGER}:role/*"}},
        {"ArnLike": {"aws:PrincipalArn": f"arn:aws:iam::{STRANGER}:role/?*a*"}},
        {"StringLike": {"sts:ExternalId": "?*a*"}},
        {"StringEquals": {"sts:ExternalId": ""}},
        {"StringEquals": {"sts:ExternalId": ["f2a7", "${aws:userid}"]}},
        {"StringEqualsIfExists": {"sts:ExternalId": "f2a7c1"}},
        {"StringEquals": {"sts:RoleSessionName": "x"}},
        {"StringEquals": {"aws:PrincipalTag/team": "x"}},
        {"StringEquals": {"aws:SourceIdentity": "x"}},
        {"StringEquals": {"aws:PrincipalOrgID": "${aws:PrincipalOrgID}"}},
        {"StringLike": {"aws:PrincipalOrgID": "o-*"}},
        {"StringLike": {"aws:userid": "*:x"}},
        {"BoolIfExists": {"aws:MultiFactorAuthPresent": "true"}},
        {"Bool": {"aws:MultiFactorAuthPresent": ["true", "false"]}},
        {"DateGreaterThan": {"aws:CurrentTime": "2020-01-01T00:00:00Z"}},
    ],
    ids=named,
)
@pytest.mark.parametrize("account", [STRANGER, f"arn:aws:iam::{STRANGER}:root", float(STRANGER)])
def test_a_whole_account_needs_a_condition_that_names_identities(account: object, condition: object) -> None:
    assert trust({"AWS": account}, condition) == {"FJ-IDN-105"}


@pytest.mark.parametrize(
    "condition",
    [
        {"StringEquals": {"sts:ExternalId": "f2a7c1d9-5b1e"}},
        {"StringEquals": {"aws:PrincipalOrgID": "o-a1b2c3d4e5"}},
        {"ArnLike": {"aws:PrincipalArn": f"arn:aws:iam::{ACCOUNT}:role/ci-*"}},
        {"ArnLike": {"aws:PrincipalArn": f"{CENTER}/*/AWSReservedSSO_PlatformAdmin_*"}},
        {"ArnLike": {"aws:PrincipalArn": f"{CENTER}*/AWSReservedSSO_PlatformAdmin_*"}},
        {"ArnLike": {"aws:PrincipalArn": f"{CENTER}/AWSReservedSSO_DB_*"}},
        {"ArnEquals": {"aws:PrincipalArn": f"{CENTER}/me-central-1/AWSReservedSSO_Admins_0123456789abcdef"}},
        {"StringLike": {"aws:userid": "AROAEXAMPLEID:*"}},
        {"Bool": {"aws:MultiFactorAuthPresent": "true"}},
        {"StringEquals": {"sts:ExternalId": UNKNOWN}},
    ],
    ids=named,
)
def test_a_whole_account_with_named_identities_passes(condition: object) -> None:
    assert trust({"AWS": f"arn:aws:iam::{ACCOUNT}:root"}, condition) == set()


@pytest.mark.parametrize(
    "principal",
    [
        f"{CENTER}/*/AWSReservedSSO_*",
        f"{CENTER}/*/AWSReserved*",
        f"{CENTER}/AWSReservedSSO_*",
        f"{CENTER}/me-central-1/AWSReservedSSO_*_*",
        f"{CENTER}/*/AWSReservedSSO_?*",
        f"{CENTER}*",
        f"arn:aws:iam::{ACCOUNT}:role/aws-reserved/*",
        f"arn:aws:iam::{ACCOUNT}:role/aws-res*",
        f"arn:aws:iam::{ACCOUNT}:role/aws-*",
        f"arn:aws:sts::{ACCOUNT}:assumed-role/AWSReservedSSO_*/*",
        f"arn:aws:sts::{ACCOUNT}:assumed-role/AWSReserved*",
    ],
)
def test_the_roles_of_every_permission_set_are_not_named(principal: str) -> None:
    condition = {"ArnLike": {"aws:PrincipalArn": principal}}
    assert trust({"AWS": f"arn:aws:iam::{ACCOUNT}:root"}, condition) == {"FJ-IDN-105"}


@pytest.mark.parametrize(
    ("issuer", "operator", "subject"),
    [
        (GITHUB, "StringEquals", "workflow:deploy"),
        (GITHUB, "StringEquals", "actor:octocat"),
        (GITHUB, "StringEquals", "ref:refs/heads/main"),
        (GITHUB, "StringLike", "repo:a*"),
        (GITHUB, "StringLike", "repo:org/*"),
        (GITHUB, "StringLike", "repo:org/rep*"),
        (GITHUB, "StringLike", "repo:org/repo?:*"),
        (GITHUB, "StringLike", "repo:org*/repo:environment:prod"),
        (GITHUB, "StringLike", "repo:org@*/repo@1:environment:prod"),
        (GITHUB, "StringEquals", "repo:org/repo:pull_request"),
        (GITHUB, "StringLike", "repo:org/repo:p*"),
        (GITHUB, "StringLike", ["repo:org/repo:environment:prod", "repo:*"]),
        (GITHUB, "StringLikeIfExists", "repo:org/repo:ref:refs/heads/main"),
        (GITHUB, "ForAllValues:StringLike", "repo:org/repo:ref:refs/heads/main"),
        (GITHUB, "StringNotLike", "repo:org/repo:ref:refs/heads/main"),
        (GITHUB, "StringLike", "repo:${aws:PrincipalTag/org}/repo:*"),
        (GITHUB, "StringEquals", []),
        (GITLAB, "StringLike", "project_path:*"),
        (GITLAB, "StringLike", "project_path:group/*"),
        (GITLAB, "StringLike", "project_path:group/project*:ref_type:branch:ref:main"),
        (EKS, "StringLike", "system:s*"),
        (EKS, "StringLike", "system:serviceaccount:*:reader"),
        (EKS, "StringLike", "system:serviceaccount:team-?:reader"),
        (TERRAFORM, "StringLike", "organization:*:project:p:workspace:w:run_phase:*"),
        (TERRAFORM, "StringLike", "organization:o:project:*:workspace:*:run_phase:*"),
        ("agent.buildkite.com", "StringLike", "organization:o:pipeline:*"),
        ("api.pulumi.com/oidc", "StringLike", "pulumi:deploy:org:*:project:p:*"),
        ("idp.example.com", "StringLike", "team-*"),
        ("vstoken.dev.azure.com/1", "StringLike", "sc://org/*/connection"),
        ("api.bitbucket.org/2.0/workspaces/w/pipelines-config/identity/oidc", "StringLike", "{a*}:*"),
        ("oidc.circleci.com/org/1", "StringLike", "org/1/project/*"),
    ],
    ids=named,
)
def test_a_subject_that_strangers_can_have_is_refused(issuer: str, operator: str, subject: object) -> None:
    assert oidc(issuer, {operator: {f"{issuer}:sub": subject}}) == {"FJ-IDN-105"}


@pytest.mark.parametrize(
    ("issuer", "subject"),
    [
        (GITHUB, "repo:org@123456/repo@456789:environment:prod"),
        (GITHUB, "repo:org/repo:ref:refs/heads/main"),
        (GITHUB, ["repo:org/repo:ref:refs/heads/release-*", "repo:org/repo:ref:refs/tags/v*"]),
        (GITHUB, "repo:org/repo:*"),
        (GITHUB, "repository_id:456789:environment:prod"),
        (GITHUB, UNKNOWN),
        (GITLAB, "project_path:group/sub/project:ref_type:branch:ref:main"),
        ("gitlab.example.ae", "project_path:group/project:ref_type:branch:ref:*"),
        (EKS, "system:serviceaccount:team-a:reader"),
        (EKS, "system:serviceaccount:team-a:*"),
        (TERRAFORM, "organization:o:project:p:workspace:w:run_phase:*"),
        ("api.pulumi.com/oidc", "pulumi:deploy:org:o:project:p:stack:prod:*"),
        ("idp.example.com", "team-a"),
    ],
    ids=named,
)
def test_a_subject_that_names_a_project_passes(issuer: str, subject: object) -> None:
    assert oidc(issuer, {"StringLike": {f"{issuer}:sub": subject}}) == set()
    assert oidc(issuer, {"stringlike": {f"{issuer.upper()}:SUB": subject}}) == set()


def test_a_claim_of_another_issuer_does_not_count() -> None:
    subject = {"StringEquals": {f"{GITLAB}:sub": "project_path:a/b:ref_type:branch:ref:main"}}
    assert oidc(GITLAB, subject) == set()
    assert oidc(GITHUB, subject) == {"FJ-IDN-105"}
    assert oidc(GITHUB, {"StringEquals": {f"x{GITHUB}:sub": "repo:org/repo:environment:prod"}}) == {"FJ-IDN-105"}


def test_claims_of_github_other_than_the_subject_name_a_repository() -> None:
    assert oidc(GITHUB, {"StringEquals": {f"{GITHUB}:repository_id": "456789"}}) == set()
    assert oidc(GITHUB, {"StringLike": {f"{GITHUB}:repository": "org/*"}}) == {"FJ-IDN-105"}
    assert oidc(GITHUB, {"StringEquals": {f"{GITHUB}:actor": "octocat"}}) == {"FJ-IDN-105"}


@pytest.mark.parametrize(
    ("condition", "expected"),
    [
        ({"aud": ["me-central-1:x"], "amr": "authenticated"}, set()),
        ({"aud": ["me-central-1:x"]}, {"FJ-IDN-105"}),
        ({"aud": ["me-central-1:x"], "amr": "unauthenticated"}, {"FJ-IDN-105"}),
        ({"aud": ["me-central-1:x"], "amr": ["authenticated", "unauthenticated"]}, {"FJ-IDN-105"}),
        ({"aud": ["me-central-1:x"], "amr": "*authenticated"}, {"FJ-IDN-105"}),
        ({"aud": "me-central-1:*", "amr": "authenticated"}, {"FJ-IDN-105"}),
    ],
    ids=named,
)
def test_cognito_needs_a_pool_and_identities_that_signed_in(condition: dict[str, Any], expected: set[str]) -> None:
    keys = {f"{COGNITO}:{claim}": value for claim, value in condition.items()}
    assert trust({"Federated": COGNITO}, {"ForAnyValue:StringLike": keys}) == expected


@pytest.mark.parametrize(
    ("operator", "value", "expected"),
    [
        ("StringEquals", "https://signin.aws.amazon.com/saml", set()),
        ("StringLike", "*", {"FJ-IDN-105"}),
        ("StringLike", "https://*/saml", {"FJ-IDN-105"}),
        ("StringEqualsIfExists", "https://signin.aws.amazon.com/saml", {"FJ-IDN-105"}),
        ("StringNotEquals", "https://signin.aws.amazon.com/saml", {"FJ-IDN-105"}),
        ("StringEquals", "${saml:aud}", {"FJ-IDN-105"}),
    ],
)
def test_saml_needs_a_fixed_audience(operator: str, value: str, expected: set[str]) -> None:
    provider = {"Federated": f"arn:aws:iam::{ACCOUNT}:saml-provider/idp"}
    assert trust(provider, {operator: {"SAML:aud": value}}) == expected


@pytest.mark.parametrize("claim", all_claims(), ids=lambda claim: f"{claim.provider} {claim.claim}")
def test_the_example_of_each_issuer_names_its_tenant(claim: Any) -> None:
    example = re.sub(r"REPOSITORY_ID", "1", claim.example)
    assert claim.values.fullmatch(example)
    assert not any(claim.values.fullmatch(wildcard) for wildcard in ("*", "?*", "*:*", "repo:*", "**"))
    assert all(claim in claims_of(pattern.replace("*", "x")) for pattern in claim.issuers)
