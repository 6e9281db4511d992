"""AWS services that act for every account (the confused deputy problem: IAM User Guide, read 2026-11-27)."""

from typing import Any

import pytest

from .exposure_cases import ACCOUNT, refused
from .harness import UNKNOWN, named

TYPES = (
    "aws:sns/topicPolicy:TopicPolicy", "aws:sns/topic:Topic", "aws:sqs/queue:Queue", "aws:sqs/queuePolicy:QueuePolicy",
    "aws:s3/bucketPolicy:BucketPolicy",
)  # fmt: skip
RULE = "FJ-EXP-130"
BY_ACCOUNT = {"StringEquals": {"aws:SourceAccount": ACCOUNT}}


def is_refused(token: str, service: object, condition: object = None, resource: object = "*") -> bool:
    statement: dict[str, Any] = {"Effect": "Allow", "Principal": {"Service": service}, "Action": "sns:Publish"}
    if condition is not None:
        statement["Condition"] = condition
    return RULE in refused(token, {"policy": {"Statement": [{**statement, "Resource": resource}]}})


@pytest.mark.parametrize("token", TYPES)
@pytest.mark.parametrize(
    "condition",
    [
        None,
        {"Bool": {"aws:SecureTransport": "true"}},
        {"StringLike": {"aws:SourceAccount": "*"}},
        {"StringEqualsIfExists": {"aws:SourceAccount": ACCOUNT}},
        {"ArnLike": {"aws:SourceArn": "arn:aws:s3:::*"}},
        {"StringEquals": {"aws:PrincipalServiceName": "s3.amazonaws.com"}},
    ],
    ids=named,
)
def test_a_service_needs_a_source(token: str, condition: object) -> None:
    assert is_refused(token, "s3.amazonaws.com", condition)
    assert is_refused(token, ["events.amazonaws.com", "s3.amazonaws.com"], condition)
    assert not is_refused(token, "s3.amazonaws.com", BY_ACCOUNT)


@pytest.mark.parametrize(
    "condition",
    [
        {"ArnLike": {"aws:SourceArn": f"arn:aws:s3:*:{ACCOUNT}:*"}},
        {"ArnEquals": {"aws:SourceArn": "arn:aws:s3:::falaj-data"}},
        {"StringEquals": {"aws:SourceOrgID": "${aws:ResourceOrgID}"}},
        {"StringEquals": {"aws:SourceAccount": UNKNOWN}},
    ],
    ids=named,
)
def test_a_service_with_a_source_passes(condition: object) -> None:
    assert not is_refused("aws:sqs/queuePolicy:QueuePolicy", "s3.amazonaws.com", condition)


def test_documented_policies_without_a_condition_pass() -> None:
    # EventBridge sends no condition key to topics; load balancers write to a folder of the account.
    assert not is_refused("aws:sns/topicPolicy:TopicPolicy", "events.amazonaws.com")
    assert is_refused("aws:sqs/queuePolicy:QueuePolicy", "events.amazonaws.com")
    logs, bucket = "logdelivery.elasticloadbalancing.amazonaws.com", "aws:s3/bucketPolicy:BucketPolicy"
    assert not is_refused(bucket, logs, None, f"arn:aws:s3:::falaj-logs/AWSLogs/{ACCOUNT}/*")
    assert is_refused(bucket, logs, None, [f"arn:aws:s3:::falaj-logs/AWSLogs/{ACCOUNT}/*", "arn:aws:s3:::falaj-logs/*"])
    assert not is_refused("aws:kms/key:Key", "events.amazonaws.com")
