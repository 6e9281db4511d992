"""Resource policies in every form: which principals they allow, and which conditions restrict access."""

import json
from typing import Any

import pytest

from .exposure_cases import ACCOUNT, refused, reported
from .harness import UNKNOWN, UNKNOWN_OBJECT, Given, Pack, blocking, rules

BUCKET_POLICY = "aws:s3/bucketPolicy:BucketPolicy"
ENDPOINT = "aws:ec2/vpcEndpoint:VpcEndpoint"
RULE = {"FJ-EXP-112"}
KINDS = {
    BUCKET_POLICY: "policy",
    "aws:sns/topicPolicy:TopicPolicy": "policy",
    "aws:sqs/queuePolicy:QueuePolicy": "policy",
    "aws:kms/key:Key": "policy",
    "aws:secretsmanager/secretPolicy:SecretPolicy": "policy",
    "aws:ecr/repositoryPolicy:RepositoryPolicy": "policy",
    "aws:backup/vaultPolicy:VaultPolicy": "policy",
    "aws:efs/fileSystemPolicy:FileSystemPolicy": "policy",
    "aws:kinesis/resourcePolicy:ResourcePolicy": "policy",
    "aws:opensearch/domainPolicy:DomainPolicy": "accessPolicies",
    "aws:iam/role:Role": "assumeRolePolicy",
}


def statement(**changes: object) -> dict[str, Any]:
    fields = {"Effect": "Allow", "Principal": "*", "Action": "sqs:SendMessage", "Resource": "*", **changes}
    return {key: value for key, value in fields.items() if value is not None}


def policy(*statements: object) -> dict[str, object]:
    return {"Version": "2012-10-17", "Statement": list(statements)}


@pytest.mark.parametrize("token", KINDS)
def test_every_type_of_policy_is_evaluated(token: str) -> None:
    assert "FJ-EXP-112" in refused(token, {KINDS[token]: json.dumps(policy(statement()))})
    named = statement(Principal={"AWS": f"arn:aws:iam::{ACCOUNT}:role/reader"})
    assert "FJ-EXP-112" not in reported(token, {KINDS[token]: json.dumps(policy(named))})
    assert "FJ-EXP-112" not in reported(token, {})


@pytest.mark.parametrize(
    "document",
    [
        policy(statement()),
        {"Statement": statement()},
        {"Statement": [statement()]},
        policy(statement(Principal={"AWS": "*"})),
        policy(statement(Principal={"AWS": ["*"]})),
        policy(statement(Principal={"AWS": [f"arn:aws:iam::{ACCOUNT}:root", "*"]})),
        policy(statement(Principal=None, NotPrincipal={"AWS": f"arn:aws:iam::{ACCOUNT}:root"})),
        policy(statement(Effect="allow")),
        policy(statement(Effect="Deny"), statement()),
    ],
)
@pytest.mark.parametrize("write", [json.dumps, lambda document: document])
def test_public_access_is_refused_in_every_form(document: object, write: Any) -> None:
    assert refused(BUCKET_POLICY, {"policy": write(document)}) == RULE


ORG = {"aws:PrincipalOrgID": "o-1234567890"}


@pytest.mark.parametrize(
    "condition",
    [
        {"StringEquals": ORG},
        {"StringEquals": {"aws:principalorgid": ["o-1234567890"]}},
        {"StringEquals": {"aws:SourceAccount": ACCOUNT}},
        {"StringEquals": {"aws:SourceVpce": "vpce-1"}},
        {"ArnLike": {"aws:SourceArn": f"arn:aws:sns:*:{ACCOUNT}:*"}},
        {"ArnEquals": {"aws:SourceArn": "arn:aws:s3:::falaj-data"}},
        {"StringEquals": {"kms:ViaService": "s3.me-central-1.amazonaws.com", "kms:CallerAccount": ACCOUNT}},
        {"IpAddress": {"aws:VpcSourceIp": ["10.20.0.0/16"]}, "StringEquals": {"aws:SourceVpc": "vpc-1"}},
        {"ForAnyValue:StringLike": {"aws:PrincipalOrgPaths": "o-1/*"}},
        {"StringEquals": {"aws:SourceAccount": UNKNOWN}},
    ],
)
def test_a_condition_that_restricts_principals_passes(condition: dict[str, Any]) -> None:
    assert reported(BUCKET_POLICY, {"policy": policy(statement(Condition=condition))}) == set()


@pytest.mark.parametrize(
    "condition",
    [
        {},
        {"Bool": {"aws:SecureTransport": "true"}},
        {"StringEquals": {"kms:ViaService": "s3.me-central-1.amazonaws.com"}},
        {"StringLike": {"aws:PrincipalArn": "*"}},
        {"ArnLike": {"aws:SourceArn": "arn:aws:s3:*:*:*"}},
        {"StringEqualsIfExists": ORG},
        {"ForAllValues:StringEquals": ORG},
        {"StringNotEquals": ORG},
        {"IpAddress": {"aws:SourceIp": ["203.0.113.0/24"]}},
        {"IpAddress": {"aws:VpcSourceIp": "0.0.0.0/0"}},
        {"IpAddress": {"aws:VpcSourceIp": ["0.0.0.0/1", "128.0.0.0/1"]}},
        {"StringEquals": {"aws:SourceAccount": []}},
    ],
)
def test_a_condition_that_does_not_restrict_principals_is_refused(condition: dict[str, Any]) -> None:
    assert refused(BUCKET_POLICY, {"policy": policy(statement(Condition=condition))}) == RULE


def test_a_deny_statement_for_everyone_passes() -> None:
    assert reported(BUCKET_POLICY, {"policy": policy(statement(Effect="Deny", Action="s3:DeleteBucket"))}) == set()
    # A denial of all actions exposes nothing either; that nothing can use the bucket any more is FJ-ESC-115's.
    assert reported(BUCKET_POLICY, {"policy": policy(statement(Effect="Deny", Action="*"))}) == {"FJ-ESC-115"}


@pytest.mark.parametrize(
    ("change", "expected"),
    [
        ({}, RULE),
        ({"Resource": "arn:aws:s3:::falaj-data/*"}, set()),
        ({"Condition": {"StringEquals": {"aws:ResourceAccount": ACCOUNT}}}, set()),
        ({"Condition": {"StringEquals": {"aws:PrincipalAccount": ACCOUNT}}}, set()),
    ],
)
def test_an_endpoint_policy_may_restrict_resources_instead(change: dict[str, object], expected: set[str]) -> None:
    assert refused(ENDPOINT, {"policy": policy(statement(**change))}) == expected


def test_an_unknown_policy_is_evaluated_once_it_is_known() -> None:
    created = Given(BUCKET_POLICY, {"policy": UNKNOWN}, "made", links={"policy": ("key",)})
    key = Given("aws:kms/alias:Alias", {}, "key")
    looked_up = Given(BUCKET_POLICY, {"policy": UNKNOWN}, "read")
    assert rules(Pack().evaluate_resource(created)) == set()
    assert rules(Pack().evaluate_stack(key, created)) == set()
    assert blocking(Pack().evaluate_stack(looked_up)) == RULE
    assert refused(BUCKET_POLICY, {"policy": policy(UNKNOWN_OBJECT, statement())}) in (set(), RULE)


@pytest.mark.parametrize(
    ("props", "expected"),
    [
        ({"principal": "*"}, {"FJ-EXP-113"}),
        ({"principal": "*", "principalOrgId": "o-1"}, set()),
        ({"principal": "s3.amazonaws.com"}, {"FJ-EXP-113"}),
        ({"principal": "s3.amazonaws.com", "sourceArn": UNKNOWN}, set()),
        ({"principal": ACCOUNT}, set()),
    ],
)
def test_lambda_permissions_restrict_the_caller(props: dict[str, object], expected: set[str]) -> None:
    assert refused("aws:lambda/permission:Permission", props) == expected


def test_a_bucket_needs_a_public_access_block() -> None:
    bucket = Given("aws:s3/bucket:Bucket", {"bucket": "falaj-data"}, "data")
    block = "aws:s3/bucketPublicAccessBlock:BucketPublicAccessBlock"
    flags = dict.fromkeys(("blockPublicAcls", "blockPublicPolicy", "ignorePublicAcls", "restrictPublicBuckets"), True)

    def stops(*plan: Given) -> bool:
        return "FJ-EXP-108" in blocking(Pack().evaluate_stack(bucket, *plan))

    assert stops()
    assert stops(Given(block, {"bucket": "another", **flags}, "block"))
    assert not stops(Given(block, {"bucket": "falaj-data", **flags}, "block"))
    assert not stops(Given(block, {"bucket": UNKNOWN, **flags}, "block", links={"bucket": ("data",)}))
