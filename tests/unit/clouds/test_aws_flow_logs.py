"""Flow logs that the emulated AWS rejects and accepts."""

import json

import pytest

from falaj.components.aws.identity.iam_policies import key_policy
from falaj.components.aws.network.flow_log_bucket import delivery_bucket_policy, delivery_key_use
from falaj.sandbox.clouds.values import Json
from tests.unit.clouds.aws_site import ASSUME, BUCKET, KEY, ROLE, VPC
from tests.unit.clouds.driver import CreatedResource, Driver, refused

FLOW_LOG, POLICY = "aws:ec2/flowLog:FlowLog", "aws:s3/bucketPolicy:BucketPolicy"
ENCRYPTION = "aws:s3/bucketServerSideEncryptionConfiguration:BucketServerSideEncryptionConfiguration"
ACCOUNT, REGION = "123456789012", "me-central-1"


@pytest.fixture
def bucket(aws: Driver) -> CreatedResource:
    return aws.create(BUCKET, "flows", bucket="flows")


def flow_log(aws: Driver, destination: Json, **changed: Json) -> CreatedResource:
    vpc = aws.create(VPC, "v", cidrBlock="10.0.0.0/16")
    inputs: dict[str, Json] = {
        "vpcId": vpc.id,
        "trafficType": "ALL",
        "logDestinationType": "s3",
        "logDestination": destination,
        "maxAggregationInterval": 600,
    }
    return aws.create(FLOW_LOG, "log", **{**inputs, **changed})


def admit(aws: Driver, bucket: CreatedResource) -> None:
    aws.create(POLICY, "policy", bucket=bucket.id, policy=delivery_bucket_policy(str(bucket["arn"]), ACCOUNT, REGION))


def encrypt(aws: Driver, bucket: CreatedResource, policy: str) -> None:
    key = aws.create(KEY, "key", policy=policy)
    by_default = {"sseAlgorithm": "aws:kms", "kmsMasterKeyId": key["arn"]}
    rules: Json = [{"applyServerSideEncryptionByDefault": by_default}]
    aws.create(ENCRYPTION, "encryption", bucket=bucket.id, rules=rules)


def test_log_delivery_must_be_admitted_to_the_bucket(aws: Driver, bucket: CreatedResource) -> None:
    text = refused(lambda: flow_log(aws, bucket["arn"]))
    assert "Access Denied for LogDestination: flows. Please check LogDestination permission" in text


def test_log_delivery_must_be_admitted_to_the_key(aws: Driver, bucket: CreatedResource) -> None:
    admit(aws, bucket)
    encrypt(aws, bucket, key_policy(ACCOUNT))
    assert "delivery.logs.amazonaws.com may not use the key of flows" in refused(lambda: flow_log(aws, bucket["arn"]))


def test_policies_of_the_component_admit_log_delivery(aws: Driver, bucket: CreatedResource) -> None:
    admit(aws, bucket)
    encrypt(aws, bucket, key_policy(ACCOUNT, delivery_key_use(ACCOUNT, REGION)))
    assert flow_log(aws, bucket["arn"]).id.startswith("fl-")


@pytest.mark.parametrize(
    ("changed", "message"),
    [
        ({"iamRoleArn": "arn:aws:iam::123456789012:role/flows"}, "DeliverLogsPermissionArn is not applicable for s3"),
        ({"maxAggregationInterval": 300}, "only 60 and 600 are supported"),
        ({"logDestination": "arn:aws:s3:::elsewhere"}, "The specified bucket does not exist: arn:aws:s3:::elsewhere"),
        ({"logDestinationType": "cloud-watch-logs"}, "DeliverLogsPermissionArn can't be empty"),
    ],
)
def test_impossible_flow_logs(aws: Driver, bucket: CreatedResource, changed: dict[str, Json], message: str) -> None:
    admit(aws, bucket)
    aws.create(ROLE, "flows", name="flows", assumeRolePolicy=ASSUME)
    assert message in refused(lambda: flow_log(aws, bucket["arn"], **changed))


def test_delivery_is_confined_to_the_account() -> None:
    statements = json.loads(delivery_bucket_policy("arn:aws:s3:::flows", ACCOUNT, REGION))["Statement"]
    for statement in statements[2:]:
        assert statement["Condition"]["StringEquals"]["aws:SourceAccount"] == ACCOUNT
        assert statement["Condition"]["ArnLike"] == {"aws:SourceArn": f"arn:aws:logs:{REGION}:{ACCOUNT}:*"}
    assert statements[2]["Resource"] == [f"arn:aws:s3:::flows/AWSLogs/{ACCOUNT}/*"]
