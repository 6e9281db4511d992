"""Resource policies of AWS that deny requests without TLS."""

import json

import pytest

from .harness import UNKNOWN, Given, Pack, rules

PACK = Pack()
DENY_PLAINTEXT = {
    "Effect": "Deny", "Principal": "*", "Action": "*", "Resource": "*",
    "Condition": {"Bool": {"aws:SecureTransport": "false"}},
}  # fmt: skip
ALLOW = {"Effect": "Allow", "Principal": {"AWS": "arn:aws:iam::123456789012:root"}, "Action": "s3:Get*"}
WITHOUT_TLS = [ALLOW, DENY_PLAINTEXT | {"Principal": {"AWS": "*"}}]


@pytest.mark.parametrize(
    ("policy", "stopped"),
    [
        ({"Statement": [ALLOW, DENY_PLAINTEXT]}, False),
        ({"Statement": DENY_PLAINTEXT}, False),
        (json.dumps({"Statement": WITHOUT_TLS}), False),
        ({"Statement": [DENY_PLAINTEXT | {"Condition": {"bool": {"AWS:SecureTransport": [False]}}}]}, False),
        (UNKNOWN, False),
        ({"Statement": [ALLOW]}, True),
        ({"Statement": []}, True),
        ({"Statement": [DENY_PLAINTEXT | {"Effect": "Allow"}]}, True),
        ({"Statement": [DENY_PLAINTEXT | {"Principal": {"AWS": "arn:aws:iam::123456789012:root"}}]}, True),
        ({"Statement": [DENY_PLAINTEXT | {"Condition": {"Bool": {"aws:SecureTransport": "true"}}}]}, True),
        ({"Statement": [DENY_PLAINTEXT | {"Condition": {"BoolIfExists": {"aws:SecureTransport": "false"}}}]}, False),
        (
            {
                "Statement": [
                    DENY_PLAINTEXT
                    | {"Condition": {"Bool": {"aws:SecureTransport": "false", "aws:PrincipalIsAWSService": "false"}}}
                ]
            },
            False,
        ),
        ({"Statement": [DENY_PLAINTEXT | {"Condition": {"StringNotEquals": {"aws:SecureTransport": "false"}}}]}, True),
        (
            {
                "Statement": [
                    DENY_PLAINTEXT
                    | {
                        "Condition": {
                            "Bool": {"aws:SecureTransport": "false"},
                            "StringEquals": {"aws:PrincipalAccount": "123456789012"},
                        }
                    }
                ]
            },
            True,
        ),
        (
            {
                "Statement": [
                    DENY_PLAINTEXT
                    | {
                        "Condition": {
                            "Bool": {"aws:SecureTransport": "false"},
                            "NumericLessThan": {"s3:TlsVersion": "1.2"},
                        }
                    }
                ]
            },
            True,
        ),
        (
            {
                "Statement": [
                    {
                        **{key: value for key, value in DENY_PLAINTEXT.items() if key != "Principal"},
                        "NotPrincipal": {"AWS": "arn:aws:iam::123456789012:role/old"},
                    }
                ]
            },
            True,
        ),
        ({"Statement": [DENY_PLAINTEXT | {"Action": ["s3:PutBucketPolicy", "sns:Subscribe", "sqs:PurgeQueue"]}]}, True),
        (
            {
                "Statement": [
                    DENY_PLAINTEXT | {"Action": ["s3:*", "sns:Publish", "sqs:*Message", "elasticfilesystem:Client*"]}
                ]
            },
            False,
        ),
    ],
)
def test_a_resource_policy_denies_requests_without_tls(policy: object, stopped: bool) -> None:
    for token in ("aws:s3/bucketPolicy:BucketPolicy", "aws:sns/topicPolicy:TopicPolicy",
                  "aws:sqs/queuePolicy:QueuePolicy", "aws:efs/fileSystemPolicy:FileSystemPolicy"):  # fmt: skip
        reports = {item.rule for item in PACK.evaluate_resource(Given(token, {"policy": policy})) if "ENC" in item.rule}
        assert reports == ({"FJ-ENC-406"} if stopped else set())
    assert "FJ-ENC-406" not in rules(PACK.evaluate_resource(Given("aws:s3/bucketPolicy:BucketPolicy", {})))


@pytest.mark.parametrize(
    ("statements", "stopped"),
    [
        ([{"Action": "s3:*", "Resource": ["arn:aws:s3:::b", "arn:aws:s3:::b/*"]}], False),
        ([{"Action": "s3:*", "Resource": "arn:aws:s3:::b*"}], False),
        ([{"Action": ["s3:Get*", "s3:PutObject*"], "Resource": "arn:aws:s3:::b/*"}], False),
        ([{"Action": "s3:GetObject", "Resource": "arn:aws:s3:::b/*"},
          {"Action": "s3:PutObject", "Resource": UNKNOWN}], False),
        ([{"Action": "s3:*", "Resource": "arn:aws:s3:::b"}], True),
        ([{"Action": "s3:*", "Resource": "arn:aws:s3:::b/public/*"}], True),
        ([{"Action": "s3:GetObject", "Resource": "arn:aws:s3:::b/*"}], True),
        ([{"Action": "s3:Put*", "Resource": "arn:aws:s3:::b/*"}], True),
    ],
)  # fmt: skip
def test_plaintext_is_denied_for_every_object(statements: list[dict[str, object]], stopped: bool) -> None:
    given = Given("aws:s3/bucketPolicy:BucketPolicy", {"policy": {
        "Statement": [DENY_PLAINTEXT | item for item in statements]}})  # fmt: skip
    assert ("FJ-ENC-406" in rules(PACK.evaluate_resource(given))) is stopped
