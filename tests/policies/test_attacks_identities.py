"""Good counterparts of attacks on identities, which must stay silent: certificates, tokens, listed roles and names."""

import json

import pytest

from .exposure_cases import ACCOUNT, ON_PREMISES, refused

ROLE = "aws:iam/role:Role"
ANCHOR = f"arn:aws:rolesanywhere:me-central-1:{ACCOUNT}:trust-anchor/11111111-2222-3333-4444-555555555555"


def trusted(condition: object) -> set[str]:
    statement = {
        "Effect": "Allow",
        "Principal": {"Service": "rolesanywhere.amazonaws.com"},
        "Action": ["sts:AssumeRole", "sts:TagSession", "sts:SetSourceIdentity"],
        "Condition": condition,
    }
    return refused(ROLE, {"assumeRolePolicy": json.dumps({"Statement": [statement]})})


@pytest.mark.parametrize(
    ("condition", "is_refused"),
    [
        ({"ArnEquals": {"aws:SourceArn": ANCHOR}}, False),
        (
            {"StringEquals": {"aws:PrincipalTag/x509Subject/CN": "machine-1"}, "ArnLike": {"aws:SourceArn": ANCHOR}},
            False,
        ),
        ({"StringLike": {"aws:SourceArn": "arn:aws:rolesanywhere:*:*:trust-anchor/*"}}, True),
        ({"Bool": {"aws:SecureTransport": "true"}}, True),
    ],
    ids=["anchor", "subject and anchor", "every anchor", "transport"],
)
def test_a_role_for_certificates_names_the_trust_anchor(condition: object, is_refused: bool) -> None:
    assert ("FJ-IDN-105" in trusted(condition)) is is_refused


@pytest.mark.parametrize(
    ("action", "resource"),
    [
        ("sts:AssumeRole", "arn:aws:iam::*:role/reader-*"),
        ("sts:AssumeRole", f"arn:aws:iam::{ACCOUNT}:role/platform-deployer"),
        ("iam:PassRole", f"arn:aws:iam::{ACCOUNT}:role/app-*"),
        ("dsql:DbConnectAdmin", f"arn:aws:dsql:me-central-1:{ACCOUNT}:cluster/orders"),
        ("sqs:ReceiveMessage", f"arn:aws:sqs:me-central-1:{ACCOUNT}:jobs-*"),
    ],
)
def test_actions_on_listed_names_pass(action: str, resource: str) -> None:
    statement = {"Effect": "Allow", "Action": action, "Resource": resource}
    assert refused("aws:iam/policy:Policy", {"policy": json.dumps({"Statement": [statement]})}) == set()


@pytest.mark.parametrize(
    "resource",
    [
        "arn:aws:iam::*:role/OrganizationAccountAccess*",
        f"arn:aws:iam::{ACCOUNT}:role/AWSControlTowerExecution",
        f"arn:aws:iam::{ACCOUNT}:role/aws-controltower-AdministratorExecutionRole",
        "arn:aws:iam::*:role/stacksets-exec-*",
        "arn:aws:iam::*:role/aws-reserved/sso.amazonaws.com/AWSReservedSSO_AdministratorAccess_*",
        "arn:aws:iam::*:role/aws-reserved/sso.amazonaws.com/eu-west-1/AWSReservedSSO_AdministratorAccess_*",
        "arn:aws:iam::*:role/aws-reserved/sso.amazonaws.com/*/AWSReservedSSO_Admin*",
    ],
)
def test_roles_that_administer_accounts_are_not_assumed(resource: str) -> None:
    statement = {"Effect": "Allow", "Action": "sts:Assume*", "Resource": resource}
    document = json.dumps({"Statement": [statement]})
    assert "FJ-IDN-103" in refused("aws:iam/policy:Policy", {"policy": document})


@pytest.mark.parametrize("key", ["data", "stringData"])
def test_a_bootstrap_token_with_an_expiration_passes(key: str) -> None:
    secret = {
        "metadata": {"name": "bootstrap-token-07401b", "namespace": "kube-system"},
        "type": "bootstrap.kubernetes.io/token",
        key: {"token-id": "07401b", "expiration": "2026-12-01T00:00:00Z"},
    }
    assert "FJ-IDN-306" not in refused("kubernetes:core/v1:Secret", secret, provider=ON_PREMISES)
