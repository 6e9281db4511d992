"""Conditions of IAM and resource policies that narrow nothing, and their counterparts that do.

What an operator matches: IAM User Guide, "IAM JSON policy elements: Condition operators" and "Set operators for
multivalued context keys" (read 2026-11-27). Which keys identify a caller, and in which of them no wildcard has a valid
use: the same guide, "AWS global condition context keys" (read 2026-11-27).
"""

import json
from typing import Any

import pytest
from guardrails.readers.iam_conditions import StatementCondition, as_tuple

from falaj.facts.iam_conditions import VALUES, Narrowing, all_condition_keys

from .exposure_cases import ACCOUNT, refused
from .harness import UNKNOWN, named

ORG = "o-a1b2c3d4e5"
PAST = {"DateGreaterThan": {"aws:CurrentTime": "2020-01-01T00:00:00Z"}}
WHOLE_SERVICES = ["s3:*", "kms:*", "secretsmanager:*", "dynamodb:*"]


def identity(action: object, condition: object, resource: object = "*") -> set[str]:
    statement = {"Effect": "Allow", "Action": action, "Resource": resource, "Condition": condition}
    return refused("aws:iam/policy:Policy", {"policy": json.dumps({"Statement": [statement]})})


def bucket(condition: object) -> set[str]:
    statement = {"Effect": "Allow", "Principal": "*", "Action": "s3:GetObject", "Resource": "arn:aws:s3:::falaj-data/*"}
    return refused(
        "aws:s3/bucketPolicy:BucketPolicy", {"policy": {"Statement": [{**statement, "Condition": condition}]}}
    )


@pytest.mark.parametrize(
    ("action", "condition", "rule"),
    [
        (WHOLE_SERVICES, PAST, "FJ-IDN-101"),
        (WHOLE_SERVICES, {"StringLike": {"aws:PrincipalArn": "*"}}, "FJ-IDN-101"),
        (WHOLE_SERVICES, {"ArnEquals": {"aws:PrincipalArn": f"arn:aws:iam::{ACCOUNT}:role/me"}}, "FJ-IDN-101"),
        (WHOLE_SERVICES, {"Null": {"aws:PrincipalArn": "false"}}, "FJ-IDN-101"),
        ("ec2:*", {"StringEquals": {"aws:RequestTag/project": "ai"}}, "FJ-IDN-101"),
        ("iam:PassRole", {"StringLike": {"iam:PassedToService": "*"}}, "FJ-IDN-102"),
        ("iam:PassRole", {"StringEquals": {"iam:PassedToService": "ec2.amazonaws.com"}}, "FJ-IDN-102"),
        ("iam:PassRole", {"StringLike": {"iam:PassedToService": "*.amazonaws.com"}}, "FJ-IDN-102"),
        ("iam:PassRole", {"StringEqualsIfExists": {"iam:PassedToService": "ec2.amazonaws.com"}}, "FJ-IDN-102"),
        ("iam:PassRole", {"StringNotEquals": {"iam:PassedToService": "ec2.amazonaws.com"}}, "FJ-IDN-102"),
        ("iam:PassRole", {"StringEquals": {"iam:ResourceTag/project": "ai"}}, "FJ-IDN-102"),
        ("iam:AttachRolePolicy", PAST, "FJ-IDN-103"),
        ("iam:AttachRolePolicy", {"ArnLike": {"iam:PolicyARN": "arn:aws:iam::aws:policy/*"}}, "FJ-IDN-103"),
        (
            "iam:AttachRolePolicy",
            {"ArnEquals": {"iam:PolicyARN": "arn:aws:iam::aws:policy/AdministratorAccess"}},
            "FJ-IDN-103",
        ),
        (
            "iam:PutRolePolicy",
            {"StringEquals": {"iam:PermissionsBoundary": "arn:aws:iam::aws:policy/PowerUserAccess"}},
            "FJ-IDN-103",
        ),
        ("iam:PutRolePolicy", {"StringEquals": {"aws:RequestedRegion": "me-central-1"}}, "FJ-IDN-103"),
        ("iam:PutRolePolicy", {"Bool": {"aws:MultiFactorAuthPresent": "true"}}, "FJ-IDN-103"),
        (["s3:GetObject", "kms:Decrypt"], PAST, "FJ-IDN-104"),
        ("s3:GetObject", {"StringEqualsIfExists": {"aws:PrincipalOrgID": ORG}}, "FJ-IDN-104"),
        ("s3:GetObject", {"ForAllValues:StringEquals": {"aws:TagKeys": ["a"]}}, "FJ-IDN-104"),
        ("s3:GetObject", {"StringNotEquals": {"aws:PrincipalAccount": "111111111111"}}, "FJ-IDN-104"),
        ("s3:GetObject", {"Bool": {"aws:SecureTransport": "true"}}, "FJ-IDN-104"),
        ("s3:GetObject", {"IpAddress": {"aws:SourceIp": "10.0.0.0/8"}}, "FJ-IDN-104"),
        ("s3:GetObject", {"StringLike": {"aws:ResourceTag/project": "*"}}, "FJ-IDN-104"),
        ("s3:GetObject", {"StringEquals": {"aws:ResourceTag/x": "${aws:ResourceTag/x}"}}, "FJ-IDN-104"),
        ("s3:GetObject", {"StringEquals": {"aws:ResourceTag/x": ["ai", "${aws:ResourceTag/x}"]}}, "FJ-IDN-104"),
        ("s3:GetObject", {"Null": {"aws:ResourceTag/project": "false"}}, "FJ-IDN-104"),
        ("kms:Decrypt", {"StringLike": {"kms:ViaService": "*.amazonaws.com"}}, "FJ-IDN-104"),
        ("iot:Connect", {}, "FJ-IDN-104"),
        ("iot:Publish", PAST, "FJ-IDN-104"),
        ("iot:Connect", {"Bool": {"iot:Connection.Thing.IsAttached": ["true", "false"]}}, "FJ-IDN-104"),
        ("ec2:TerminateInstances", PAST, "FJ-IDN-109"),
        ("ec2:TerminateInstances", {"StringLike": {"aws:UserAgent": "pulumi*"}}, "FJ-IDN-109"),
        ("ec2:CreateTags", {"StringEquals": {"aws:RequestTag/project": "ai"}}, "FJ-IDN-109"),
        ("ec2:Create*", {"StringEquals": {"aws:RequestTag/project": "ai"}}, "FJ-IDN-109"),
    ],
    ids=named,
)
def test_a_condition_that_narrows_nothing_does_not_excuse_an_identity_policy(
    action: object, condition: object, rule: str
) -> None:
    assert rule in identity(action, condition)


@pytest.mark.parametrize(
    ("action", "condition"),
    [
        ("dynamodb:*", {"StringEquals": {"aws:ResourceTag/project": "ai"}}),
        ("ec2:*", {"StringLike": {"ec2:ResourceTag/project": ["ai-*", "mlops-*"]}}),
        ("iam:PassRole", {"ArnLike": {"iam:AssociatedResourceARN": f"arn:aws:lambda:*:{ACCOUNT}:function:ai-*"}}),
        ("iam:PutRolePolicy", {"StringEquals": {"iam:PermissionsBoundary": f"arn:aws:iam::{ACCOUNT}:policy/limit"}}),
        ("iam:AttachRolePolicy", {"ArnEquals": {"iam:PolicyARN": f"arn:aws:iam::{ACCOUNT}:policy/reader"}}),
        ("ssm:SendCommand", {"StringEquals": {"ssm:resourceTag/project": "ai"}}),
        ("secretsmanager:GetSecretValue", {"StringEquals": {"aws:ResourceTag/team": "${aws:PrincipalTag/team}"}}),
        ("kms:Decrypt", {"StringEquals": {"kms:ViaService": "s3.me-central-1.amazonaws.com"}}),
        ("kms:Decrypt", {"StringLike": {"kms:ViaService": "secretsmanager.*.amazonaws.com"}}),
        ("kms:CreateGrant", {"Bool": {"kms:GrantIsForAWSResource": True}}),
        ("iot:Connect", {"Bool": {"iot:Connection.Thing.IsAttached": ["true"]}}),
        ("ec2:TerminateInstances", {"StringEquals": {"aws:ResourceTag/project": UNKNOWN}}),
        ("ec2:RunInstances", {"StringEquals": {"aws:RequestTag/project": "ai"}}),
        ("ec2:CreateTags", {"StringEquals": {"ec2:CreateAction": ["RunInstances", "CreateFleet"]}}),
        ("elasticloadbalancing:CreateLoadBalancer", {"Null": {"aws:RequestTag/elbv2.k8s.aws/cluster": "false"}}),
        ("ec2:DeleteVolume", {"StringLike": {"ec2:ResourceTag/ebs.csi.aws.com/cluster": "true"}}),
        ("iam:CreateServiceLinkedRole", {"StringEquals": {"iam:AWSServiceName": "spot.amazonaws.com"}}),
    ],
    ids=named,
)
def test_a_condition_that_narrows_an_identity_policy_passes(action: object, condition: object) -> None:
    statement = {"Effect": "Allow", "Action": action, "Resource": "*", "Condition": condition}
    assert refused("aws:iam/policy:Policy", {"policy": {"Statement": [statement]}}) == set()


@pytest.mark.parametrize(
    "condition",
    [
        {"StringEquals": {"aws:PrincipalOrgID": "${aws:PrincipalOrgID}"}},
        {"StringEquals": {"aws:PrincipalOrgID": [ORG, "${aws:PrincipalOrgID}"]}},
        {"StringEquals": {"aws:PrincipalAccount": "${aws:PrincipalAccount}"}},
        {"StringEquals": {"aws:PrincipalAccount": "anonymous"}},
        {"StringLike": {"aws:PrincipalOrgID": "o-a*"}},
        {"StringLike": {"aws:PrincipalOrgID": "${*}"}},
        {"ForAnyValue:StringLike": {"aws:PrincipalOrgPaths": "*/r-ab12/*"}},
        {"ForAnyValue:StringLike": {"aws:PrincipalOrgPaths": "o-a*/r-ab12/*"}},
        {"StringLike": {"aws:userid": "*:session"}},
        {"StringLike": {"aws:userid": "AROA*"}},
        {"StringLike": {"aws:SourceVpc": "vpc-0*"}},
        {"StringLike": {"aws:SourceVpce": "vpce-0abc*"}},
        {"ArnLike": {"aws:PrincipalArn": "arn:aws:iam::*:role/admin"}},
        {"ArnLike": {"aws:PrincipalArn": "arn:aws:iam::12345678901?:role/admin"}},
        {"ArnLike": {"aws:SourceArn": "arn:aws:s3:::falaj*"}},
        {"ArnLike": {"aws:SourceArn": ["arn:aws:s3:::falaj-data", "arn:aws:sns:*:*:*"]}},
        {"IpAddress": {"aws:VpcSourceIp": "10.0.0.0/8"}},
        {"StringEquals": {"aws:PrincipalTag/team": "ai"}},
        {"StringEquals": {"aws:PrincipalServiceName": "s3.amazonaws.com"}},
        {"Bool": {"aws:PrincipalIsAWSService": "true"}},
        {"StringLike": {"aws:SourceAccount": "1234*"}},
        {"StringEquals": {"aws:SourceAccount": ""}},
        {"Null": {"aws:SourceAccount": "false"}},
        {"StringEquals": {"aws:ResourceAccount": ACCOUNT}},
        {"StringEquals": {"sts:ExternalId": "a"}},
    ],
    ids=named,
)
def test_a_condition_that_anyone_can_meet_does_not_excuse_a_public_policy(condition: object) -> None:
    assert bucket(condition) == {"FJ-EXP-112"}


@pytest.mark.parametrize(
    "condition",
    [
        {"StringEquals": {"aws:PrincipalOrgID": ORG}},
        {"stringequals": {"AWS:PRINCIPALORGID": [ORG]}},
        {"StringEquals": {"aws:PrincipalOrgID": "${aws:ResourceOrgID}"}},
        {"StringEquals": {"aws:PrincipalAccount": "${aws:ResourceAccount}"}},
        {"StringEquals": {"aws:SourceOrgID": "${aws:ResourceOrgId}"}},
        {"ForAnyValue:StringLike": {"aws:PrincipalOrgPaths": f"{ORG}/r-ab12/ou-1/*"}},
        {"StringEquals": {"aws:PrincipalAccount": int(ACCOUNT)}},
        {"ArnLike": {"aws:PrincipalArn": f"arn:aws:iam::{ACCOUNT}:role/*"}},
        {"ArnLike": {"aws:SourceArn": f"arn:aws:sns:*:{ACCOUNT}:*"}},
        {"ArnLike": {"aws:SourceArn": "arn:aws:s3:*:*:falaj-data"}},
        {"StringEquals": {"aws:SourceVpce": ["vpce-0abc", "vpce-0def"]}},
        {"IpAddress": {"aws:VpcSourceIp": "10.0.0.0/8"}, "StringEquals": {"aws:SourceVpc": "vpc-0abc"}},
        {"StringLike": {"aws:userid": "AROAEXAMPLEID:*"}},
        {"StringEquals": {"aws:PrincipalOrgID": UNKNOWN}},
        {"Bool": {"elasticfilesystem:AccessedViaMountTarget": "true"}},
    ],
    ids=named,
)
def test_a_condition_that_identifies_the_callers_passes(condition: object) -> None:
    assert bucket(condition) == set()


@pytest.mark.parametrize(("account", "expected"), [(ACCOUNT, set()), ("*", {"FJ-IDN-111", "FJ-EXP-112"})])
def test_a_bucket_policy_may_leave_decisions_to_access_points(account: str, expected: set[str]) -> None:
    delegated = {"Effect": "Allow", "Principal": "*", "Action": "*", "Resource": "arn:aws:s3:::falaj-data/*"}
    document = {"Statement": [{**delegated, "Condition": {"StringLike": {"s3:DataAccessPointAccount": account}}}]}
    assert refused("aws:s3/bucketPolicy:BucketPolicy", {"policy": document}) == expected


@pytest.mark.parametrize("source", ["", "*", "arn:aws:s3:::*", "arn:aws:s3:::fal*", "arn:aws:s3:*:*:x*"])
def test_a_lambda_permission_names_its_source(source: str) -> None:
    permission = "aws:lambda/permission:Permission"
    props = {"action": "lambda:InvokeFunction", "function": "f", "principal": "s3.amazonaws.com"}
    assert refused(permission, {**props, "sourceArn": source}) == {"FJ-EXP-113"}
    assert refused(permission, {**props, "sourceArn": source, "sourceAccount": ACCOUNT}) == set()
    assert refused(permission, {**props, "sourceArn": "arn:aws:s3:::falaj-data"}) == set()
    assert refused(permission, {**props, "principal": "*", "principalOrgId": ""}) == {"FJ-EXP-113"}


OPERATORS: tuple[tuple[str, object, bool], ...] = (
    ("StringEquals", ORG, False),
    ("StringEqualsIfExists", ORG, True),
    ("StringEqualsIgnoreCase", ORG, False),
    ("StringNotEquals", ORG, True),
    ("StringNotEqualsIgnoreCase", ORG, True),
    ("StringNotEqualsIfExists", ORG, True),
    ("StringLike", "*", True),
    ("StringLike", "?*", True),
    ("StringLike", "o-*", True),
    ("StringLike", "**", True),
    ("StringLikeIfExists", ORG, True),
    ("StringNotLike", ORG, True),
    ("ForAllValues:StringEquals", [ORG], True),
    ("ForAnyValue:StringEquals", [ORG], False),
    ("ForAnyValue:StringLike", "*", True),
    ("ForAllValues:StringLike", "*", True),
    ("ForAnyValue:StringNotEquals", [ORG], True),
    ("Null", "true", True),
    ("Null", "false", True),
    ("stringequals", ORG, False),
    ("StringEquals", "${aws:PrincipalOrgID}", True),
    ("StringLike", "${aws:PrincipalOrgID}", True),
    ("StringEquals", [ORG, "${aws:PrincipalOrgID}"], True),
)
"""Operator, values of aws:PrincipalOrgID, and whether a request of a stranger matches, who belongs to another
organisation or to none. Source: the condition operators page of the IAM User Guide, 2026-11-27."""


@pytest.mark.parametrize(("operator", "values", "stranger_matches"), OPERATORS, ids=named)
def test_a_condition_that_a_stranger_meets_never_narrows(operator: str, values: Any, stranger_matches: bool) -> None:
    condition = StatementCondition(operator, "aws:PrincipalOrgID", as_tuple(values))
    assert condition.narrows(Narrowing.CALLER) is not stranger_matches


def test_every_narrowing_and_every_kind_of_value_is_used() -> None:
    assert {row.narrows for row in all_condition_keys()} == set(Narrowing)
    assert {row.values for row in all_condition_keys()} == set(VALUES)


SENSITIVE = ("PrincipalAccount", "PrincipalOrgID", "ResourceAccount", "ResourceOrgID", "SourceAccount", "SourceOrgID",
             "SourceVpc", "SourceVpce", "VpceAccount", "VpceOrgID")  # fmt: skip
"""Keys in which no wildcard has a valid use (AWS global condition context keys, "Sensitive condition keys", read
2026-11-27)."""


@pytest.mark.parametrize("key", SENSITIVE)
def test_a_sensitive_key_accepts_no_wildcard(key: str) -> None:
    rows = [row for row in all_condition_keys() if row.key == f"aws:{key}".lower()]
    assert rows
    for row in rows:
        assert not any(row.binds(value, row.key) for value in ("*", "1*", "o-a1b2c3d4e?", "vpc-0abc*", "12345678901?"))
