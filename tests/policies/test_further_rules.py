"""Rules of which corpora of others showed that they were wanted, and ways in which others state what is good."""

import json

import pytest

from .exposure_cases import ACCOUNT, refused, told
from .harness import STRICT, UNKNOWN, Given, Pack, blocking

GROUP = "aws:ec2/defaultSecurityGroup:DefaultSecurityGroup"
WITHIN = {"protocol": "tcp", "fromPort": 443, "toPort": 443, "cidrBlocks": ["10.20.0.0/16"]}


def test_the_default_group_is_empty() -> None:
    assert told(GROUP, {"vpcId": "vpc-1"}) == set()
    assert told(GROUP, {"ingress": [], "egress": []}) == set()
    for key in ("ingress", "egress"):
        assert refused(GROUP, {key: [WITHIN]}) == {"FJ-EXP-117"}
    assert told("aws:ec2/securityGroup:SecurityGroup", {"ingress": [WITHIN]}) == set()


CLUSTER, INSTANCE = "aws:rds/cluster:Cluster", "aws:rds/instance:Instance"


def test_databases_take_iam() -> None:
    for token, engine in ((CLUSTER, "aurora-mysql"), (INSTANCE, "postgres")):
        assert refused(token, {"engine": engine}) == {"FJ-IDN-110"}
        assert refused(token, {"engine": engine, "iamDatabaseAuthenticationEnabled": False}) == {"FJ-IDN-110"}
        assert told(token, {"engine": engine, "iamDatabaseAuthenticationEnabled": True}) == set()
    assert told(INSTANCE, {"engine": "sqlserver-se"}) == set()
    assert refused("aws:neptune/cluster:Cluster", {}) == {"FJ-IDN-110"}


BUCKET_POLICY = "aws:s3/bucketPolicy:BucketPolicy"
KEY = "aws:kms/key:Key"
ENDPOINT = "aws:ec2/vpcEndpoint:VpcEndpoint"


def allow(**parts: object) -> dict[str, object]:
    statement = {
        "Effect": "Allow",
        "Resource": "*",
        "Principal": {"AWS": f"arn:aws:iam::{ACCOUNT}:role/reader"},
        **parts,
    }
    return {"policy": json.dumps({"Version": "2012-10-17", "Statement": statement})}


@pytest.mark.parametrize(
    ("token", "parts", "expected"),
    [
        (BUCKET_POLICY, {"Action": "s3:*"}, set()),
        (BUCKET_POLICY, {"Action": "*"}, {"FJ-IDN-111"}),
        (BUCKET_POLICY, {"Action": ["s3:GetObject", "*:*"]}, {"FJ-IDN-111"}),
        (BUCKET_POLICY, {"NotAction": "s3:DeleteBucket"}, {"FJ-IDN-111"}),
        (BUCKET_POLICY, {"Action": "*", "Effect": "Deny"}, set()),
        (BUCKET_POLICY, {"Action": "*", "Principal": {"Service": "logging.s3.amazonaws.com"}}, {"FJ-IDN-111"}),
        (KEY, {"Action": "*", "Principal": {"AWS": f"arn:aws:iam::{ACCOUNT}:root"}}, set()),
        (KEY, {"Action": "*", "Principal": {"AWS": ACCOUNT}}, set()),
        (ENDPOINT, {"Action": "*", "Resource": "arn:aws:s3:::falaj-data/*"}, set()),
        ("aws:elasticsearch/domainPolicy:DomainPolicy", {}, set()),
    ],
)
def test_policies_on_resources_name_actions(token: str, parts: dict[str, object], expected: set[str]) -> None:
    assert refused(token, allow(**parts)) - {"FJ-EXP-111"} == expected


def test_policies_of_further_services_let_in_nobody_else() -> None:
    open_door = allow(Principal="*", Action="es:ESHttpGet")["policy"]
    for token, key in (
        ("aws:elasticsearch/domainPolicy:DomainPolicy", "accessPolicies"),
        ("aws:ses/identityPolicy:IdentityPolicy", "policy"),
        ("aws:s3tables/tableBucketPolicy:TableBucketPolicy", "resourcePolicy"),
        ("aws:organizations/resourcePolicy:ResourcePolicy", "content"),
    ):
        assert refused(token, {key: open_door}) == {"FJ-EXP-112"}


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
def test_functions_are_called_and_nothing_else(props: dict[str, object], expected: set[str]) -> None:
    assert refused("aws:lambda/permission:Permission", props) == expected


def test_layers_are_given_to_an_organisation() -> None:
    layer = "aws:lambda/layerVersionPermission:LayerVersionPermission"
    assert refused(layer, {"principal": "*"}) == {"FJ-EXP-113"}
    assert told(layer, {"principal": "*", "organizationId": "o-1"}) == set()


ROLE = "aws:iam/role:Role"


@pytest.mark.parametrize(
    ("condition", "is_held"),
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
def test_a_condition_on_strangers_must_say_something(condition: dict[str, object], is_held: bool) -> None:
    statement = {"Effect": "Allow", "Action": "sts:AssumeRole", "Principal": {"AWS": ACCOUNT}, "Condition": condition}
    assert refused(ROLE, {"assumeRolePolicy": {"Statement": [statement]}}) == (set() if is_held else {"FJ-IDN-105"})


STORAGE = "azure-native:storage:StorageAccount"


def test_a_switch_that_shuts_everybody_out_says_enough() -> None:
    closed = {"allowBlobPublicAccess": False, "allowSharedKeyAccess": False}
    off = {**closed, "publicNetworkAccess": "Disabled"}
    assert told(STORAGE, off) == set()
    assert refused(STORAGE, {**off, "networkRuleSet": {"defaultAction": "Allow"}}) == {"FJ-EXP-202"}
    assert refused(STORAGE, closed) == {"FJ-EXP-201", "FJ-EXP-202"}
    assert refused(STORAGE, {**closed, "publicNetworkAccess": UNKNOWN}) == {"FJ-EXP-201", "FJ-EXP-202"}


CLASSIC = "aws:elb/loadBalancerPolicy:LoadBalancerPolicy"


@pytest.mark.parametrize(
    ("name", "value", "is_good"),
    [
        ("Protocol-TLSv1.2", "true", True),
        ("Protocol-TLSv1.1", "true", False),
        ("Protocol-SSLv3", True, False),
        ("Protocol-SSLv3", "false", True),
        ("DES-CBC3-SHA", "true", False),
        ("ECDHE-RSA-AES128-GCM-SHA256", "true", True),
        ("Reference-Security-Policy", "ELBSecurityPolicy-TLS-1-2-2017-01", True),
        ("Reference-Security-Policy", "ELBSecurityPolicy-2016-08", False),
        ("Reference-Security-Policy", UNKNOWN, True),
    ],
)
def test_classic_balancers_negotiate_nothing_old(name: str, value: object, is_good: bool) -> None:
    said = Pack(STRICT).alone(Given(CLASSIC, {"policyAttributes": [{"name": name, "value": value}]}))
    assert blocking(said) == (set() if is_good else {"FJ-ENC-401"})


def test_a_listener_without_protocol_serves_plain_http() -> None:
    listener = "aws:lb/listener:Listener"
    forward = {"defaultActions": [{"type": "forward"}]}
    assert "FJ-ENC-403" in blocking(Pack().alone(Given(listener, {"port": 80, **forward})))
    assert "FJ-ENC-403" not in blocking(Pack().alone(Given(listener, forward)))


def test_sessions_have_a_key() -> None:
    document = "aws:ssm/document:Document"

    def stops(content: object, kind: str = "Session") -> bool:
        given = Given(document, {"documentType": kind, "content": content})
        return "FJ-ENC-116" in blocking(Pack().alone(given))

    assert stops(json.dumps({"inputs": {"s3EncryptionEnabled": True}}))
    assert stops(json.dumps({"schemaVersion": "1.0"}))
    assert not stops(json.dumps({"inputs": {"kmsKeyId": "alias/falaj"}}))
    assert not stops(json.dumps({"schemaVersion": "1.0"}), "Command")
    assert not stops(UNKNOWN)
