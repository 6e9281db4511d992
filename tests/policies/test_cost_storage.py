"""S3 Bucket Keys, incomplete multipart uploads, and log retention."""

from typing import Any

import pytest

from tests.samples import COST_TAGS as TAGS

from .harness import UNKNOWN, Given, Pack

PACK = Pack()


ENCRYPTION = "aws:s3/bucketServerSideEncryptionConfiguration:BucketServerSideEncryptionConfiguration"


LIFECYCLE = "aws:s3/bucketLifecycleConfiguration:BucketLifecycleConfiguration"


def _resource_rules(token: str, props: dict[str, Any], *rules: str) -> set[str]:
    return {item.rule for item in PACK.evaluate_resource(Given(token, props)) if item.rule in rules}


def _encrypted(algorithm: str, **rule: Any) -> dict[str, Any]:
    default = {"sseAlgorithm": algorithm, "kmsMasterKeyId": "arn:aws:kms:me-central-1:1:key/1"}
    return {"bucket": "data", "rules": [{"applyServerSideEncryptionByDefault": default, **rule}]}


@pytest.mark.parametrize(
    ("props", "expected"),
    [
        (_encrypted("aws:kms"), {"FJ-COST-118"}),
        (_encrypted("aws:kms", bucketKeyEnabled=True), set()),
        (_encrypted("aws:kms", bucketKeyEnabled=False), {"FJ-COST-118"}),
        (_encrypted("aws:kms:dsse"), set()),
        (_encrypted("AES256"), set()),
    ],
)
def test_a_kms_encrypted_bucket_uses_a_bucket_key(props: dict[str, Any], expected: set[str]) -> None:
    assert _resource_rules(ENCRYPTION, props, "FJ-COST-118") == expected


ABORT = {"status": "Enabled", "abortIncompleteMultipartUpload": {"daysAfterInitiation": 7}}


@pytest.mark.parametrize(
    ("rules", "expected"),
    [
        ([{"status": "Enabled", "expiration": {"days": 30}}], {"FJ-COST-119"}),
        ([{"status": "Enabled"}, {"status": "Enabled", "abortIncompleteMultipartUpload": {"daysAfterInitiation": 7}}],
         set()),
        ([{"status": "Disabled", "abortIncompleteMultipartUpload": {"daysAfterInitiation": 7}}], {"FJ-COST-119"}),
        ([UNKNOWN], set()),
        (UNKNOWN, {"FJ-COST-119"}),
        ([ABORT | {"filter": {}}], set()),
        ([ABORT | {"filter": {"prefix": ""}}], set()),
        ([ABORT | {"prefix": ""}], set()),
        ([ABORT | {"filter": {"prefix": UNKNOWN}}], set()),
        ([ABORT | {"filter": UNKNOWN}], set()),
        ([ABORT | {"filter": {"prefix": "only/"}}], {"FJ-COST-119"}),
        ([ABORT | {"prefix": "only/"}], {"FJ-COST-119"}),
        ([ABORT | {"filter": {"tag": {"key": "a", "value": "b"}}}], {"FJ-COST-119"}),
        ([ABORT | {"filter": {"and": {"prefix": "only/"}}}], {"FJ-COST-119"}),
        ([ABORT | {"filter": {"objectSizeGreaterThan": 1}}], {"FJ-COST-119"}),
        ([ABORT | {"filter": {"prefix": "only/"}}, ABORT], set()),
        ([ABORT | {"abortIncompleteMultipartUpload": {"daysAfterInitiation": 3650}}], {"FJ-COST-119"}),
    ],
)  # fmt: skip
def test_incomplete_multipart_uploads_are_aborted(rules: object, expected: set[str]) -> None:
    assert _resource_rules(LIFECYCLE, {"bucket": "data", "rules": rules}, "FJ-COST-119") == expected


def test_azure_log_workspaces_have_a_retention_period() -> None:
    for days, expected in ((30, set[str]()), (-1, {"FJ-COST-113"}), (0, {"FJ-COST-113"}), (UNKNOWN, {"FJ-COST-113"})):
        props = {"tags": TAGS, "location": "uaenorth", "retentionInDays": days}
        assert _resource_rules("azure-native:operationalinsights:Workspace", props, "FJ-COST-113") == expected
    assert _resource_rules("azure-native:operationalinsights:Workspace", {"tags": TAGS}, "FJ-COST-113") == set()
