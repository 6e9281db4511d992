"""Attempts to evade the IAM policy rules: wildcard actions, resources and principals in other spellings and forms."""

import json
from typing import Any

import pytest

from .harness import Given, Pack, blocking, named

PACK = Pack()
POLICY = "aws:iam/policy:Policy"
BUCKET_POLICY = "aws:s3/bucketPolicy:BucketPolicy"
OPEN: dict[str, Any] = {"Effect": "Allow", "Principal": "*", "Action": "s3:GetObject", "Resource": "arn:aws:s3:::a/*"}


def refused(token: str, props: dict[str, Any], rule: str) -> bool:
    return rule in blocking(PACK.evaluate_resource(Given(token, props)))


@pytest.mark.parametrize("action", ["*", "**", "?*", "*?", "*:*", " * ", "*:?*"])
def test_wildcard_actions_are_refused_in_any_spelling(action: str) -> None:
    statement = {"Effect": "Allow", "Action": action, "Resource": "arn:aws:s3:::falaj-data/*"}
    assert refused(POLICY, {"policy": json.dumps({"Statement": statement})}, "FJ-IDN-101")
    with_principal = {**statement, "Principal": {"AWS": "arn:aws:iam::123456789012:role/a"}}
    assert refused(BUCKET_POLICY, {"policy": json.dumps({"Statement": with_principal})}, "FJ-IDN-111")


@pytest.mark.parametrize("resource", ["*", "**", "?*", "arn:*", "arn:aws:s3:::*", "arn:aws:s3:::?*", "arn:aws:*:*:*:*"])
def test_wildcard_resources_are_refused_in_any_spelling(resource: str) -> None:
    for action in ("s3:GetObject", "s3:*", "s3:**"):
        statement = {"Effect": "Allow", "Action": action, "Resource": resource}
        blocked_by = blocking(PACK.evaluate_resource(Given(POLICY, {"policy": json.dumps({"Statement": statement})})))
        assert blocked_by & {"FJ-IDN-101", "FJ-IDN-104"}, action


@pytest.mark.parametrize(
    ("action", "resource"),
    [
        ("s3:GetObject", "arn:aws:s3:::*/*"),
        ("s3:GetObject", "arn:aws:s3:::?*/private/*"),
        ("s3:GetObject", "arn:*:s3:::*/*"),
        ("s3:GetObject", "arn:aws:s3:::*a*"),
        ("s3:GetObjectVersion", "*"),
        ("dynamodb:Scan", "*"),
        ("dynamodb:Batch*", "*"),
        ("dynamodb:GetItem", "arn:aws:dynamodb:*:*:table/*/*"),
        ("dynamodb:GetItem", "arn:aws:dynamodb:*:*:tab*/*"),
        ("secretsmanager:GetSecretValue", "arn:aws:secretsmanager:*:*:secret:*-??????"),
        ("lambda:GetFunction", "arn:aws:lambda:me-central-1:123456789012:function:*:*"),
    ],
)
def test_a_pattern_that_every_resource_of_a_type_matches_is_a_wildcard(action: str, resource: str) -> None:
    statement = {"Effect": "Allow", "Action": action, "Resource": resource}
    assert refused(POLICY, {"policy": json.dumps({"Statement": statement})}, "FJ-IDN-104")


@pytest.mark.parametrize("action", ["eks:AssociateAccessPolicy", "ecs:Execute*", "iam:UpdateSAMLProvider"])
def test_actions_that_give_somebody_elses_permissions_are_escalation(action: str) -> None:
    statement = {"Effect": "Allow", "Action": action, "Resource": "*"}
    assert refused(POLICY, {"policy": json.dumps({"Statement": statement})}, "FJ-IDN-103")


@pytest.mark.parametrize("principal", ["role/*", "role/team-*", "user/?"])
def test_a_pattern_of_principals_is_a_whole_account(principal: str) -> None:
    trusted = {"AWS": f"arn:aws:iam::123456789012:{principal}"}
    statement = {"Effect": "Allow", "Action": "sts:AssumeRole", "Principal": trusted}
    assert refused("aws:iam/role:Role", {"assumeRolePolicy": {"Statement": statement}}, "FJ-IDN-105")


@pytest.mark.parametrize("kind", ["aws", "AWS", "Aws"])
def test_the_kind_of_a_principal_is_read_in_any_case(kind: str) -> None:
    statement = {"Effect": "Allow", "Action": "sts:AssumeRole", "Principal": {kind: "123456789012"}}
    assert refused("aws:iam/role:Role", {"assumeRolePolicy": {"Statement": statement}}, "FJ-IDN-105")


@pytest.mark.parametrize("principal", ["S3.amazonaws.com", "s3.amazonaws.com.cn"])
def test_a_service_that_invokes_a_function_is_read_in_any_form(principal: str) -> None:
    props = {"action": "lambda:InvokeFunction", "function": "f", "principal": principal}
    assert refused("aws:lambda/permission:Permission", props, "FJ-EXP-113")


@pytest.mark.parametrize(
    "resource",
    ["arn:aws:s3:::falaj-data/*", "arn:aws:s3:::falaj-*", "arn:aws:s3:::falaj?data/a", "arn:aws:s3:::*-data/*"],
)
def test_a_named_resource_is_not_a_wildcard(resource: str) -> None:
    statement = {"Effect": "Allow", "Action": "s3:GetObject", "Resource": resource}
    assert not refused(POLICY, {"policy": json.dumps({"Statement": statement})}, "FJ-IDN-104")


@pytest.mark.parametrize(
    "document",
    [
        '{"Statement": [{"Effect": "Allow", "Action": "*", "Action": "s3:GetObject", "Resource": "arn:aws:s3:::a/*"}]}',
        '{"Statement": [{"Effect": "Allow", "Action": "s3:GetObject", "action": "*", "Resource": "arn:aws:s3:::a/*"}]}',
        {"statement": [{"effect": "ALLOW", "action": ["*"], "resource": "*"}]},
        {"Statement": {"Effect": "Allow", "NotAction": "iam:*", "Resource": "*"}},
        {"Statement": [{"Effect": "Allow", "NotAction": ["s3:DeleteBucket"], "NotResource": "arn:aws:s3:::a"}]},
    ],
    ids=lambda document: str(document)[:60],
)
def test_administrator_permissions_are_refused_in_any_form(document: object) -> None:
    assert refused(POLICY, {"policy": document}, "FJ-IDN-101")


@pytest.mark.parametrize(
    "condition",
    [
        {"StringLike": {"aws:SourceVpc": "vpc-*"}},
        {"StringLike": {"aws:SourceVpce": ["vpce-0abc", "vpce-*"]}},
        {"StringLike": {"aws:PrincipalOrgID": ["o-abc123", "o-*"]}},
        {"StringEqualsIfExists": {"aws:PrincipalOrgID": "o-abc123"}},
        {"ForAllValues:StringEquals": {"aws:PrincipalOrgID": ["o-abc123"]}},
        {"StringNotEquals": {"aws:PrincipalOrgID": "o-abc123"}},
        {"Null": {"aws:PrincipalOrgID": "true"}},
        {"Bool": {"aws:SecureTransport": "true"}},
        {"StringEquals": {"aws:PrincipalOrgID": []}},
    ],
    ids=named,
)
def test_a_condition_that_does_not_restrict_principals_is_refused(condition: dict[str, object]) -> None:
    statement = {**OPEN, "Condition": condition}
    assert refused(BUCKET_POLICY, {"policy": {"Statement": [statement]}}, "FJ-EXP-112")


@pytest.mark.parametrize(
    "condition",
    [
        {"StringLike": {"aws:userid": "AROAEXAMPLEID:*"}},
        {"ForAnyValue:StringLike": {"aws:PrincipalOrgPaths": "o-abc/r-def/ou-1/*"}},
    ],
    ids=named,
)
def test_a_condition_that_restricts_principals_passes(condition: dict[str, object]) -> None:
    statement = {**OPEN, "Condition": condition}
    assert not refused(BUCKET_POLICY, {"policy": {"Statement": [statement]}}, "FJ-EXP-112")
