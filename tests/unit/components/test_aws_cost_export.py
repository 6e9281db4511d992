"""The cost export: columns, destination, and access of writers and readers."""

import re
from typing import Any

import pytest

from falaj.components import aws
from falaj.components.core.validation.args import BadArguments
from tests.unit.components.aws_samples import EXPORT
from tests.unit.components.mocks import Recording, document
from tests.unit.components.samples import recorded

BUCKET = "arn:aws:s3:::uae-bucket"
WRITERS = {"Service": ["bcm-data-exports.amazonaws.com", "billingreports.amazonaws.com"]}


def made(**changed: Any) -> Recording:
    return recorded(aws.CostExport, {**EXPORT, **changed})


def export() -> dict[str, Any]:
    return made().one("aws:bcmdata/export:Export").inputs["export"]


def test_an_export_has_exactly_these_children() -> None:
    assert {name for _, name in made().names()} == {
        "uae-key", "uae-key-alias", "uae-bucket", "uae-encryption", "uae-no-public-access", "uae-ownership",
        "uae-tls-only", "uae-versioning", "uae-lifecycle", "uae-export",
    }  # fmt: skip


def test_every_column_of_focus_is_selected_by_name() -> None:
    [requested] = export()["dataQueries"]
    assert requested["tableConfigurations"] == {"FOCUS_1_2_AWS": {"TIME_GRANULARITY": "DAILY"}}
    query = re.fullmatch(r"SELECT (\w+(?:, \w+)*) FROM FOCUS_1_2_AWS", requested["queryStatement"])
    assert query
    columns = query[1].split(", ")
    assert len(columns) == len(set(columns)) == 60
    assert {"BilledCost", "EffectiveCost", "ChargeCategory", "ResourceId", "Tags", "InvoiceId"} <= set(columns)


def test_it_is_written_to_the_bucket_in_the_uae() -> None:
    [destination] = export()["destinationConfigurations"]
    assert destination["s3Destinations"] == [
        {
            "s3Bucket": "uae-bucket-1a2b3c4",
            "s3Prefix": "focus",
            "s3Region": "me-central-1",
            "s3OutputConfigurations": [
                {
                    "overwrite": "OVERWRITE_REPORT",
                    "format": "TEXT_OR_CSV",
                    "compression": "GZIP",
                    "outputType": "CUSTOM",
                }
            ],
        }
    ]
    assert export()["refreshCadences"] == [{"frequency": "SYNCHRONOUS"}]
    assert export()["name"] == "uae-test"


def test_only_the_billing_services_write_and_only_for_this_account() -> None:
    statements = document(made().one("aws:s3/bucketPolicy:BucketPolicy").inputs["policy"])["Statement"]
    *denials, write = statements
    assert (write["Effect"], write["Principal"]) == ("Allow", WRITERS)
    assert write["Action"] == ["s3:PutObject", "s3:GetBucketPolicy"]
    assert write["Resource"] == [BUCKET, f"{BUCKET}/*"]
    assert write["Condition"] == {
        "StringEquals": {"aws:SourceAccount": "123456789012"},
        "ArnLike": {
            "aws:SourceArn": [
                "arn:aws:bcm-data-exports:us-east-1:123456789012:export/*",
                "arn:aws:cur:us-east-1:123456789012:definition/*",
            ]
        },
    }
    assert [(statement["Sid"], statement["Effect"]) for statement in denials] == [
        ("TlsOnly", "Deny"),
        ("Tls12", "Deny"),
    ]


def test_the_bucket_is_encrypted_closed_and_versioned() -> None:
    recording = made()
    [rule] = recording.one(
        "aws:s3/bucketServerSideEncryptionConfiguration:BucketServerSideEncryptionConfiguration"
    ).inputs["rules"]
    default = rule["applyServerSideEncryptionByDefault"]
    assert default["sseAlgorithm"] == "aws:kms"
    assert default["kmsMasterKeyId"].endswith("key/uae-key")
    block = recording.one("aws:s3/bucketPublicAccessBlock:BucketPublicAccessBlock").inputs
    assert [value for key, value in block.items() if key.startswith(("block", "ignore", "restrict"))] == [True] * 4
    assert recording.one("aws:s3/bucketOwnershipControls:BucketOwnershipControls").inputs["rule"] == {
        "objectOwnership": "BucketOwnerEnforced"
    }
    versioning = recording.one("aws:s3/bucketVersioning:BucketVersioning")
    assert versioning.inputs["versioningConfiguration"] == {"status": "Enabled"}
    assert (
        versioning.urn in recording.one("aws:s3/bucketLifecycleConfiguration:BucketLifecycleConfiguration").depends_on
    )


def test_only_the_writers_may_use_the_key() -> None:
    _, use = document(made().one("aws:kms/key:Key").inputs["policy"])["Statement"]
    assert (use["Principal"], use["Action"]) == (WRITERS, ["kms:GenerateDataKey", "kms:Decrypt"])
    assert use["Condition"] == {"StringEquals": {"aws:SourceAccount": "123456789012"}}


def test_files_are_kept_as_long_as_tax_records() -> None:
    [rule] = made().one("aws:s3/bucketLifecycleConfiguration:BucketLifecycleConfiguration").inputs["rules"]
    assert rule["expiration"]["days"] == 2928
    [shorter] = (
        made(retention_days=400).one("aws:s3/bucketLifecycleConfiguration:BucketLifecycleConfiguration").inputs["rules"]
    )
    assert shorter["expiration"]["days"] == 400


def test_the_export_waits_for_the_bucket_policy() -> None:
    recording = made()
    assert (
        recording.one("aws:s3/bucketPolicy:BucketPolicy").urn in recording.one("aws:bcmdata/export:Export").depends_on
    )


@pytest.mark.parametrize("protect", [True, False])
def test_bucket_and_key_can_be_protected(protect: bool) -> None:
    recording = made(protect=protect)
    assert {child.name for child in recording.custom() if child.protect} == (
        {"uae-bucket", "uae-key"} if protect else set()
    )


def test_too_short_a_retention_is_rejected() -> None:
    with pytest.raises(BadArguments, match=r"retention_days: 30 is not allowed"):
        made(retention_days=30)
