"""Identity policies whose conditions narrow nothing."""

import json

from ...samples import COST_TAGS as TAGS
from ..harness import Given
from . import Attack

FOUR = ["s3:*", "kms:*", "secretsmanager:*", "dynamodb:*"]
PAST = {"DateGreaterThan": {"aws:CurrentTime": "2020-01-01T00:00:00Z"}}


def policy(action: object, condition: object) -> Given:
    """Returns an identity policy with one statement that allows actions on every resource under a condition."""
    statement = {"Effect": "Allow", "Action": action, "Resource": "*", "Condition": condition}
    document = json.dumps({"Version": "2012-10-17", "Statement": [statement]})
    return Given("aws:iam/policy:Policy", {"policy": document, "tags": TAGS})


ATTACKS = (
    Attack(
        "data services on * with a past date",
        ("FJ-IDN-101", "FJ-IDN-104"),
        (policy(FOUR, PAST),),
    ),
    Attack(
        "data services on * with aws:PrincipalArn *",
        ("FJ-IDN-101", "FJ-IDN-104"),
        (policy(FOUR, {"StringLike": {"aws:PrincipalArn": "*"}}),),
    ),
    Attack(
        "data services on * with Null aws:PrincipalArn false",
        ("FJ-IDN-101", "FJ-IDN-104"),
        (policy(FOUR, {"Null": {"aws:PrincipalArn": "false"}}),),
    ),
    Attack(
        "iam:PassRole on * with PassedToService *",
        ("FJ-IDN-102",),
        (policy("iam:PassRole", {"StringLike": {"iam:PassedToService": "*"}}),),
    ),
    Attack(
        "escalation iam:AttachRolePolicy on * with a past date",
        ("FJ-IDN-103", "FJ-IDN-109"),
        (policy("iam:AttachRolePolicy", PAST),),
    ),
    Attack(
        "s3:GetObject + kms:Decrypt on * with a past date",
        ("FJ-IDN-104",),
        (policy(["s3:GetObject", "kms:Decrypt"], PAST),),
    ),
    Attack("ec2:TerminateInstances on * with a past date", ("FJ-IDN-109",), (policy("ec2:TerminateInstances", PAST),)),
    Attack(
        "data on * with StringEqualsIfExists aws:PrincipalOrgID",
        ("FJ-IDN-104",),
        (policy(["s3:GetObject"], {"StringEqualsIfExists": {"aws:PrincipalOrgID": "o-abcdefghij"}}),),
    ),
    Attack(
        "data on * with ForAllValues:StringEquals aws:TagKeys",
        ("FJ-IDN-104",),
        (policy(["s3:GetObject"], {"ForAllValues:StringEquals": {"aws:TagKeys": ["a"]}}),),
    ),
    Attack(
        "data on * with StringNotEquals aws:PrincipalAccount",
        ("FJ-IDN-104",),
        (policy(["s3:GetObject"], {"StringNotEquals": {"aws:PrincipalAccount": "111111111111"}}),),
    ),
    Attack(
        "data on * with Bool aws:SecureTransport true",
        ("FJ-IDN-104",),
        (policy(["s3:GetObject"], {"Bool": {"aws:SecureTransport": "true"}}),),
    ),
    Attack(
        "escalation on * with aws:RequestedRegion me-central-1",
        ("FJ-IDN-103", "FJ-IDN-109"),
        (policy(["iam:PutRolePolicy"], {"StringEquals": {"aws:RequestedRegion": "me-central-1"}}),),
    ),
)
