"""Flow logs of AWS networks: destination, key, retention and interval."""

import pytest

from falaj.components.core.validation.args import BadArguments
from tests.unit.components.mocks import document
from tests.unit.components.test_aws_network import network


def test_all_flows_are_recorded_under_a_key_of_our_own() -> None:
    recording = network(log_retention_days=365)
    log = recording.one("aws:ec2/flowLog:FlowLog").inputs
    assert (log["vpcId"], log["trafficType"]) == ("uae-vpc-id", "ALL")
    group = recording.one("aws:cloudwatch/logGroup:LogGroup")
    assert log["logDestination"].endswith("/uae-flows")
    assert group.inputs["retentionInDays"] == 365
    assert group.inputs["kmsKeyId"].endswith("/uae-flows-key")
    key = recording.one("aws:kms/key:Key").inputs
    assert key["enableKeyRotation"] is True
    assert [s["Sid"] for s in document(key["policy"])["Statement"]] == ["AccountManages", "LogsEncrypt"]
    assert group.inputs["name"] in key["policy"]


def test_flow_logs_have_one_of_two_intervals() -> None:
    flow_log = "aws:ec2/flowLog:FlowLog"
    assert network().one(flow_log).inputs["maxAggregationInterval"] == 60
    assert network(flow_log_seconds=600).one(flow_log).inputs["maxAggregationInterval"] == 600
    with pytest.raises(BadArguments, match=r"flow_log_seconds: 300 is not allowed; allowed: 60 or 600"):
        network(flow_log_seconds=300)


def test_flow_logs_in_a_bucket_expire_under_a_key_of_our_own() -> None:
    recording = network(flow_log_destination="s3", flow_log_traffic="reject", log_retention_days=365)
    flow_log = recording.one("aws:ec2/flowLog:FlowLog")
    assert any(urn.endswith("uae-flows-tls-only") for urn in flow_log.depends_on)
    log = flow_log.inputs
    assert (log["logDestinationType"], log["trafficType"]) == ("s3", "REJECT")
    assert "iamRoleArn" not in log
    assert log["logDestination"] == "arn:aws:s3:::uae-flows-bucket"
    assert not recording.of("aws:cloudwatch/logGroup:LogGroup")
    (rule,) = recording.one("aws:s3/bucketLifecycleConfiguration:BucketLifecycleConfiguration").inputs["rules"]
    assert rule["expiration"] == {"days": 365}
    policy = document(recording.one("aws:s3/bucketPolicy:BucketPolicy").inputs["policy"])
    sids = [statement["Sid"] for statement in policy["Statement"]]
    assert sids == ["TlsOnly", "Tls12", "AWSLogDeliveryWrite", "AWSLogDeliveryAclCheck"]
    key = recording.one("aws:kms/key:Key").inputs
    assert [s["Sid"] for s in document(key["policy"])["Statement"]] == ["AccountManages", "LogDeliveryEncrypts"]


def test_flow_logs_in_a_bucket_use_an_existing_key() -> None:
    arn = "arn:aws:kms:me-central-1:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab"
    recording = network(flow_log_destination="s3", log_key=arn)
    assert not recording.of("aws:kms/key:Key")
    encryption = "aws:s3/bucketServerSideEncryptionConfiguration:BucketServerSideEncryptionConfiguration"
    assert arn in str(recording.one(encryption).inputs)
