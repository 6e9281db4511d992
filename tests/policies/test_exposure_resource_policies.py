"""Resource policies: actions, principals and conditions."""

import json

import pytest

from .exposure_cases import ACCOUNT, refused, reported
from .harness import UNKNOWN

BUCKET_POLICY = "aws:s3/bucketPolicy:BucketPolicy"


KEY = "aws:kms/key:Key"


ENDPOINT = "aws:ec2/vpcEndpoint:VpcEndpoint"


def allow(**fields: object) -> dict[str, object]:
    statement = {
        "Effect": "Allow",
        "Resource": "*",
        "Principal": {"AWS": f"arn:aws:iam::{ACCOUNT}:role/reader"},
        **fields,
    }
    return {"policy": json.dumps({"Version": "2012-10-17", "Statement": statement})}


@pytest.mark.parametrize(
    ("token", "fields", "expected"),
    [
        (BUCKET_POLICY, {"Action": "s3:*"}, {"FJ-IDN-111"}),
        (BUCKET_POLICY, {"Action": ["s3:GetObject*", "s3:PutObject*", "s3:List*"]}, set()),
        (BUCKET_POLICY, {"Action": "*"}, {"FJ-IDN-111"}),
        (BUCKET_POLICY, {"Action": ["s3:GetObject", "*:*"]}, {"FJ-IDN-111"}),
        (BUCKET_POLICY, {"NotAction": "s3:DeleteBucket"}, {"FJ-IDN-111"}),
        (BUCKET_POLICY, {"Action": "*", "Effect": "Deny"}, set()),
        (
            BUCKET_POLICY,
            {"Action": "*", "Principal": {"Service": "logging.s3.amazonaws.com"}},
            {"FJ-IDN-111", "FJ-EXP-130"},
        ),
        (KEY, {"Action": "*", "Principal": {"AWS": f"arn:aws:iam::{ACCOUNT}:root"}}, set()),
        (KEY, {"Action": "*", "Principal": {"AWS": ACCOUNT}}, set()),
        (ENDPOINT, {"Action": "*", "Resource": "arn:aws:s3:::falaj-data/*"}, set()),
        ("aws:elasticsearch/domainPolicy:DomainPolicy", {}, set()),
    ],
)
def test_resource_policies_name_actions(token: str, fields: dict[str, object], expected: set[str]) -> None:
    assert refused(token, allow(**fields)) - {"FJ-EXP-111"} == expected


def test_public_policies_of_further_services_are_refused() -> None:
    public = allow(Principal="*", Action="es:ESHttpGet")["policy"]
    for token, key in (
        ("aws:elasticsearch/domainPolicy:DomainPolicy", "accessPolicies"),
        ("aws:ses/identityPolicy:IdentityPolicy", "policy"),
        ("aws:s3tables/tableBucketPolicy:TableBucketPolicy", "resourcePolicy"),
        ("aws:organizations/resourcePolicy:ResourcePolicy", "content"),
    ):
        assert refused(token, {key: public}) == {"FJ-EXP-112"}


@pytest.mark.parametrize(
    ("props", "expected"),
    [
        ({"principal": "*", "sourceArn": "arn:aws:events:me-central-1:1:rule/a"}, {"FJ-EXP-113"}),
        ({"principal": ACCOUNT, "action": "lambda:*"}, {"FJ-EXP-113"}),
        ({"principal": ACCOUNT, "action": "lambda:DeleteFunction"}, {"FJ-EXP-113"}),
        ({"principal": ACCOUNT, "action": "lambda:InvokeFunctionUrl"}, set()),
        ({"principal": ACCOUNT, "action": UNKNOWN}, set()),
    ],
)
def test_lambda_permissions_only_allow_invocation(props: dict[str, object], expected: set[str]) -> None:
    assert refused("aws:lambda/permission:Permission", props) == expected


def test_lambda_layers_are_shared_only_within_an_organisation() -> None:
    layer = "aws:lambda/layerVersionPermission:LayerVersionPermission"
    assert refused(layer, {"principal": "*"}) == {"FJ-EXP-113"}
    assert reported(layer, {"principal": "*", "organizationId": "o-1"}) == set()


ROLE = "aws:iam/role:Role"


@pytest.mark.parametrize(
    ("condition", "is_restricted"),
    [
        ({"StringEquals": {"sts:ExternalId": ""}}, False),
        ({"StringLike": {"sts:ExternalId": "*"}}, False),
        ({"StringNotEquals": {"sts:ExternalId": "1"}}, False),
        ({"StringEqualsIfExists": {"sts:ExternalId": "1"}}, False),
        ({"Bool": {"aws:MultiFactorAuthPresent": "false"}}, False),
        ({"Bool": {"aws:MultiFactorAuthPresent": "true"}}, True),
        ({"StringEquals": {"sts:ExternalId": "a1"}}, True),
        ({"StringEquals": {"sts:ExternalId": UNKNOWN}}, True),
    ],
)
def test_a_trust_policy_for_an_account_needs_an_effective_condition(
    condition: dict[str, object], is_restricted: bool
) -> None:
    statement = {"Effect": "Allow", "Action": "sts:AssumeRole", "Principal": {"AWS": ACCOUNT}, "Condition": condition}
    assert refused(ROLE, {"assumeRolePolicy": {"Statement": [statement]}}) == (
        set() if is_restricted else {"FJ-IDN-105"}
    )
