"""Permissions of AWS identities, and trust policies of roles."""

import json
from typing import Any

import pytest
from guardrails.engine.enforcement import Enforcement

from .exposure_cases import ACCOUNT, refused, reported
from .harness import UNKNOWN, Pack, named

POLICY = "aws:iam/policy:Policy"
ROLE = "aws:iam/role:Role"
BUCKET = "arn:aws:s3:::falaj-data/*"
INSTANCES = "arn:aws:ec2:me-central-1:123456789012:instance/*"


def allow(action: object, resource: object = "*", **fields: object) -> dict[str, Any]:
    return {"Effect": "Allow", "Action": action, "Resource": resource, **fields}


def refused_policy(*statements: object) -> set[str]:
    return refused(POLICY, {"policy": json.dumps({"Version": "2012-10-17", "Statement": list(statements)})})


TAGGED = {"StringEquals": {"aws:ResourceTag/project": "ai"}}
TO_EC2 = {"StringEquals": {"iam:PassedToService": "ec2.amazonaws.com"}}


@pytest.mark.parametrize(
    ("statement", "expected"),
    [
        (allow("s3:GetObject", BUCKET), set()),
        (allow(["ec2:DescribeInstances", "s3:ListAllMyBuckets"]), set()),
        (allow("cloudwatch:PutMetricData"), set()),
        (allow("ec2:StartInstances", INSTANCES), set()),
        (allow("ec2:StartInstances", Condition=TAGGED), set()),
        (allow("s3:*", BUCKET), set()),
        (allow("iam:PassRole", f"arn:aws:iam::{ACCOUNT}:role/node"), set()),
        (allow("iam:PassRole", Condition=TO_EC2), {"FJ-IDN-102"}),
        ({"Effect": "Deny", "Action": "*", "Resource": "*"}, set()),
        (allow("*"), {"FJ-IDN-101", "FJ-IDN-102", "FJ-IDN-103", "FJ-IDN-104"}),
        (allow("*", BUCKET), {"FJ-IDN-101"}),
        (allow("*:*", BUCKET), {"FJ-IDN-101"}),
        (allow("ec2:*"), {"FJ-IDN-101", "FJ-IDN-103", "FJ-IDN-104"}),
        ({"Effect": "Allow", "NotAction": "iam:*", "Resource": "*"}, {"FJ-IDN-101"}),
        (allow("iam:PassRole"), {"FJ-IDN-102"}),
        (allow("iam:Pass*"), {"FJ-IDN-102"}),
        (allow("iam:PassRole", f"arn:aws:iam::{ACCOUNT}:role/*"), {"FJ-IDN-102"}),
        (allow("sts:AssumeRole", "arn:aws:iam::*:role/*"), {"FJ-IDN-103"}),
        (allow("sts:AssumeRole", "arn:aws:iam::*:role/reader-*"), set()),
        (allow("secretsmanager:GetSecretValue", "arn:aws:secretsmanager:*:*:secret:*"), {"FJ-IDN-104"}),
        (allow("logs:CreateLogStream", "arn:aws:logs:*:*:*"), set()),
        (allow("iam:AttachRolePolicy"), {"FJ-IDN-103", "FJ-IDN-109"}),
        (allow("sts:AssumeRole"), {"FJ-IDN-103"}),
        (allow(["ec2:DescribeInstances", "iam:CreateAccessKey"], ["*"]), {"FJ-IDN-103", "FJ-IDN-109"}),
        (allow("secretsmanager:GetSecretValue"), {"FJ-IDN-104"}),
        (allow("kms:Decrypt", "*"), {"FJ-IDN-104"}),
        (allow("s3:Get*", "arn:aws:s3:::*"), {"FJ-IDN-104"}),
        (allow("ec2:StartInstances"), {"FJ-IDN-109"}),
        ({"Effect": "Allow", "Action": "ec2:TerminateInstances", "NotResource": INSTANCES}, {"FJ-IDN-109"}),
    ],
    ids=named,
)
def test_each_statement_is_blocked_by_its_rules(statement: dict[str, object], expected: set[str]) -> None:
    assert refused_policy(statement) == expected
    assert refused_policy(allow("s3:GetObject", BUCKET), statement) == expected
    assert refused(ROLE, {"inlinePolicies": [{"policy": {"Statement": statement}}]}) == expected


def test_an_unknown_policy_is_not_reported_before_the_plan_is_complete() -> None:
    assert reported(POLICY, {"policy": UNKNOWN}) == set()


OIDC = f"arn:aws:iam::{ACCOUNT}:oidc-provider/token.actions.githubusercontent.com"
SUBJECT = "token.actions.githubusercontent.com:sub"
EKS = f"arn:aws:iam::{ACCOUNT}:oidc-provider/oidc.eks.me-central-1.amazonaws.com/id/A1"
POD = "oidc.eks.me-central-1.amazonaws.com/id/A1:sub"
COGNITO = "cognito-identity.amazonaws.com"
OF_THE_BANK = Pack(
    Enforcement.model_validate(
        {
            "default": {"all": "mandatory"},
            "identity": {"repositories": {"https://github.com/bank": "the organisation of the bank"}},
        }
    )
)


def trust(principal: object, **condition: object) -> dict[str, object]:
    statement = {"Effect": "Allow", "Action": "sts:AssumeRole", "Principal": principal}
    return {"assumeRolePolicy": {"Statement": {**statement, **({"Condition": condition} if condition else {})}}}


@pytest.mark.parametrize(
    ("props", "expected"),
    [
        (trust({"Service": "ec2.amazonaws.com"}), set()),
        (trust({"AWS": f"arn:aws:iam::{ACCOUNT}:role/reader"}), set()),
        (trust({"AWS": f"arn:aws:iam::{ACCOUNT}:root"}), {"FJ-IDN-105"}),
        (trust({"AWS": ACCOUNT}), {"FJ-IDN-105"}),
        (trust({"AWS": [f"arn:aws:iam::{ACCOUNT}:role/reader", ACCOUNT]}), {"FJ-IDN-105"}),
        (trust({"AWS": ACCOUNT}, StringEquals={"sts:ExternalId": "1234"}), set()),
        (trust({"AWS": ACCOUNT}, ArnLike={"aws:PrincipalArn": f"arn:aws:iam::{ACCOUNT}:role/ci"}), set()),
        (trust({"AWS": int(ACCOUNT)}), {"FJ-IDN-105"}),
        (trust({"AWS": [float(ACCOUNT)]}), {"FJ-IDN-105"}),
        (trust({"AWS": "*"}), {"FJ-EXP-112"}),
        (trust({"Federated": OIDC}), {"FJ-IDN-105"}),
        (trust({"Federated": OIDC}, StringLike={SUBJECT: "*"}), {"FJ-IDN-105"}),
        (trust({"Federated": OIDC}, StringLike={SUBJECT: "repo:*"}), {"FJ-IDN-105", "FJ-IDN-119"}),
        (trust({"Federated": EKS}, StringLike={POD: "system:serviceaccount:*:*"}), {"FJ-IDN-105"}),
        (trust({"Federated": EKS}, StringLike={POD: "system:serviceaccount:ns:*"}), set()),
        (trust({"Federated": OIDC}, StringNotEquals={SUBJECT: "repo:a/b"}), {"FJ-IDN-105"}),
        (trust({"Federated": OIDC}, StringLike={SUBJECT: "repo:bank/models:*"}), set()),
        (trust({"Federated": EKS}, StringEquals={POD: "system:serviceaccount:ns:reader"}), set()),
        (trust({"Federated": f"arn:aws:iam::{ACCOUNT}:saml-provider/idp"}), {"FJ-IDN-105"}),
        (trust({"Federated": COGNITO}), {"FJ-IDN-105"}),
        (trust({"Federated": COGNITO}, StringEquals={f"{COGNITO}:aud": "pool", f"{COGNITO}:amr": "authenticated"}),
         set()),
    ],
)  # fmt: skip
def test_trust_policies(props: dict[str, object], expected: set[str]) -> None:
    assert refused(ROLE, props, OF_THE_BANK) == expected


def test_long_lived_credentials_are_refused() -> None:
    assert refused("aws:iam/accessKey:AccessKey", {"user": "ci"}) == {"FJ-IDN-107"}
    assert refused("aws:iam/userPolicyAttachment:UserPolicyAttachment", {"policyArn": "x"}) == {"FJ-IDN-107"}
    assert reported("aws:iam/groupPolicyAttachment:GroupPolicyAttachment", {"policyArn": "x"}) == set()
