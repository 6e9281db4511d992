"""Key and flag values in every spelling."""

from typing import Any

import pytest

from .harness import Given, Pack, blocking, named, secret

PACK = Pack()


KEY = "arn:aws:kms:me-central-1:123456789012:key/11111111-2222-3333-4444-555555555555"


VOLUME = "aws:ebs/volume:Volume"


ENCRYPTED: dict[str, Any] = {"encrypted": True, "kmsKeyId": KEY}


def refused(token: str, props: dict[str, Any], rule: str, provider: dict[str, Any] | None = None) -> bool:
    blocked_by = blocking(PACK.evaluate_resource(Given(token, props, provider=provider)))
    assert "FJ-PACK-001" not in blocked_by
    return rule in blocked_by


@pytest.mark.parametrize(
    "key",
    [
        "alias/aws/ebs",
        "ALIAS/AWS/EBS",
        " alias/aws/ebs",
        "aws/ebs",
        "arn:aws:kms:me-central-1:123456789012:alias/aws/ebs",
        "",
        "  ",
        "null",
        "default",
        "AWS_OWNED_KMS_KEY",
        "aws-managed",
        "${KEY}",
        None,
        [],
        ["alias/aws/ebs"],
        {},
        True,
        0,
        secret("alias/aws/ebs"),
    ],
    ids=named,
)
def test_a_key_that_is_not_customer_managed_is_refused(key: object) -> None:
    assert refused(VOLUME, {**ENCRYPTED, "kmsKeyId": key}, "FJ-ENC-102")


@pytest.mark.parametrize("value", [False, "false", "False", 0, "0", "yes", None, {}, [False], secret(False)], ids=named)
def test_a_flag_that_is_not_true_is_refused(value: object) -> None:
    assert refused(VOLUME, {**ENCRYPTED, "encrypted": value}, "FJ-ENC-102")


def test_true_may_be_text_as_providers_accept_it() -> None:
    for value in (True, "true", " TRUE "):
        assert not refused(VOLUME, {**ENCRYPTED, "encrypted": value}, "FJ-ENC-102")


@pytest.mark.parametrize(
    ("option", "stopped"), [("SSE_S3", True), (None, True), ("", True), ("SSE_KMS", False), ("CSE_KMS", False)]
)
def test_athena_results_use_the_key_that_the_workgroup_names(option: str | None, stopped: bool) -> None:
    """With SSE_S3, Athena encrypts with a key of S3 whatever kmsKeyArn says (pulumi/compliance-policies, 2025-05)."""
    encryption = {"encryptionOption": option, "kmsKeyArn": KEY}
    configuration = {"resultConfiguration": {"encryptionConfiguration": encryption}}
    props = {"name": "falaj", "configuration": configuration}
    assert refused("aws:athena/workgroup:Workgroup", props, "FJ-ENC-108") is stopped


def test_a_synapse_pool_keeps_transparent_encryption() -> None:
    """After Checkov's CKV_AZURE_241 (2026-08)."""
    token = "azure-native:synapse:SqlPoolTransparentDataEncryption"
    assert refused(token, {"status": "Disabled"}, "FJ-ENC-204")
    assert not refused(token, {"status": "Enabled"}, "FJ-ENC-204")


def test_a_copied_object_does_not_replace_the_key_of_its_bucket() -> None:
    """After Checkov's CKV_AWS_181 (2026-08): AES256 on an object replaces the default encryption of the bucket."""
    copy = {"bucket": "falaj-data", "key": "a", "source": "falaj-old/a"}
    assert refused("aws:s3/objectCopy:ObjectCopy", {**copy, "serverSideEncryption": "AES256"}, "FJ-ENC-101")
    assert not refused("aws:s3/objectCopy:ObjectCopy", copy, "FJ-ENC-101")


@pytest.mark.parametrize(
    ("rule", "stopped"),
    [
        ({"kerberos5pReadWrite": True, "kerberos5ReadWrite": False}, False),
        ({"kerberos5ReadWrite": True}, True),
        ({"kerberos5iReadOnly": True}, True),
    ],
)
def test_only_one_kind_of_kerberos_encrypts(rule: dict[str, bool], stopped: bool) -> None:
    props = {"protocolTypes": ["NFSv4.1"], "kerberosEnabled": True, "exportPolicy": {"rules": [rule]}}
    assert refused("azure-native:netapp:CapacityPoolVolume", props, "FJ-ENC-411") is stopped
