"""Encryption rules that need a predicate: key rotation, secret expiry and JSON security configurations."""

import json

import pytest

from tests.samples import COST_TAGS as TAGS

from .cases import KEY
from .harness import UNKNOWN, UNKNOWN_OBJECT, Given, Pack, blocking, rules

PACK = Pack()
AZURE_KEY = "azure-native:keyvault:Key"
AZURE_SECRET = "azure-native:keyvault:Secret"
ROTATES = {"lifetimeActions": [{"action": {"type": "rotate"}, "trigger": {"timeAfterCreate": "P365D"}}]}


def _report(token: str, **props: object) -> tuple[set[str], set[str]]:
    reports = PACK.evaluate_resource(Given(token, {"tags": TAGS, **props}))
    return rules(reports), blocking(reports)


@pytest.mark.parametrize(
    ("properties", "stopped"),
    [
        ({"rotationPolicy": ROTATES}, False),
        ({"rotationPolicy": UNKNOWN_OBJECT}, False),
        ({"attributes": {"expires": 1798761600}}, False),
        ({"attributes": {"enabled": True}}, True),
        ({"rotationPolicy": {"lifetimeActions": []}}, True),
        ({"rotationPolicy": {"attributes": {"expiryTime": ""}}}, True),
        ({}, True),
    ],
)
def test_an_azure_key_rotates_or_expires(properties: dict[str, object], stopped: bool) -> None:
    expected = {"FJ-ENC-210"} if stopped else set()
    assert _report(AZURE_KEY, properties=properties) == (expected, expected)


@pytest.mark.parametrize(
    ("properties", "stopped"),
    [
        ({"value": "x", "attributes": {"expires": 1798761600}}, False),
        ({"value": "x", "attributes": {"expires": UNKNOWN}}, False),
        ({"value": "x", "attributes": {"expires": 0}}, True),
        ({"value": "x", "attributes": {"expires": 253402300799}}, True),
        ({"value": "x"}, True),
    ],
)
def test_an_azure_secret_expires(properties: dict[str, object], stopped: bool) -> None:
    expected = {"FJ-ENC-211"} if stopped else set()
    assert _report(AZURE_SECRET, properties=properties) == (expected, expected)


@pytest.mark.parametrize(
    ("name", "kind", "expected"),
    [
        ("/app/db/password", "SecureString", (set(), set())),
        ("/app/url", "String", (set(), set())),
        ("/app/db/password", "String", ({"FJ-ENC-114"}, {"FJ-ENC-114"})),
        ("/app/API_KEY", "StringList", ({"FJ-ENC-114"}, {"FJ-ENC-114"})),
        ("/app/private-key", None, ({"FJ-ENC-114"}, {"FJ-ENC-114"})),
    ],
)
def test_a_parameter_with_a_secret_name_is_a_secure_string(
    name: str, kind: str | None, expected: tuple[set[str], set[str]]
) -> None:
    assert _report("aws:ssm/parameter:Parameter", name=name, type=kind, keyId=KEY) == expected


def test_a_parameter_without_a_name_is_evaluated_by_its_resource_name() -> None:
    parameter = Given("aws:ssm/parameter:Parameter", {"tags": TAGS, "type": "String"}, "db-password")
    assert blocking(PACK.evaluate_resource(parameter)) == {"FJ-ENC-114"}
    undetermined = PACK.evaluate_resource(
        Given(parameter.type, {"tags": TAGS, "type": UNKNOWN, "keyId": KEY}, "db-password")
    )
    assert (rules(undetermined), blocking(undetermined)) == ({"FJ-ENC-114"}, set())


_S3 = {"EncryptionMode": "SSE-KMS", "AwsKmsKey": KEY}
_DISK = {"EncryptionKeyProviderType": "AwsKms", "AwsKmsKey": KEY, "EnableEbsEncryption": True}
_PEM = {"CertificateProviderType": "PEM", "S3Object": "s3://falaj-emr/certificates.zip"}


def _emr(
    at_rest: object = True,
    in_transit: object = True,
    s3: object = _S3,
    disk: object = _DISK,
    certificate: object = _PEM,
) -> str:
    return json.dumps(
        {
            "EncryptionConfiguration": {
                "EnableAtRestEncryption": at_rest,
                "EnableInTransitEncryption": in_transit,
                "AtRestEncryptionConfiguration": {
                    "S3EncryptionConfiguration": s3,
                    "LocalDiskEncryptionConfiguration": disk,
                },
                "InTransitEncryptionConfiguration": {"TLSCertificateConfiguration": certificate},
            }
        }
    )


@pytest.mark.parametrize(
    ("configuration", "stopped"),
    [
        (_emr(), False),
        (_emr("true", "true"), False),
        (_emr(s3={"EncryptionMode": "CSE-Custom"}, disk={"EncryptionKeyProviderType": "Custom"}), False),
        (UNKNOWN, False),
        (_emr(at_rest=False), True),
        (_emr(in_transit=False), True),
        (_emr(in_transit=None), True),
        (_emr(s3={"EncryptionMode": "SSE-S3"}), True),
        (_emr(s3={"EncryptionMode": "SSE-KMS", "AwsKmsKey": "alias/aws/s3"}), True),
        (_emr(s3={"EncryptionMode": "SSE-KMS"}), True),
        (_emr(s3=None), True),
        (_emr(disk={"AwsKmsKey": KEY}), True),
        (_emr(disk={"EncryptionKeyProviderType": "AwsKms"}), True),
        (_emr(certificate={"S3Object": "s3://falaj-emr/certificates.zip"}), True),
        (json.dumps({"EncryptionConfiguration": {"AtRestEncryptionConfiguration": "none"}}), True),
        ("{}", True),
        ("not JSON", True),
    ],
)
def test_emr_encrypts_at_rest_and_in_transit(configuration: str, stopped: bool) -> None:
    """After the cases of the AWS Guard rules registry (2024-03) and of Checkov's CKV_AWS_171 and 349 (2026-08)."""
    token = "aws:emr/securityConfiguration:SecurityConfiguration"
    expected = {"FJ-ENC-112"} if stopped else set()
    reports = PACK.evaluate_resource(Given(token, {"configuration": configuration}))
    assert (rules(reports), blocking(reports)) == (expected, expected)


@pytest.mark.parametrize(
    ("kind", "policy", "stopped"),
    [
        ("encryption", json.dumps({"Rules": [], "AWSOwnedKey": False, "KmsARN": KEY}), False),
        ("encryption", json.dumps([{"KmsARN": KEY}]), False),
        ("encryption", UNKNOWN, False),
        ("network", json.dumps([{"AllowFromPublic": False}]), False),
        ("encryption", json.dumps({"AWSOwnedKey": True}), True),
        ("encryption", json.dumps({"AWSOwnedKey": True, "KmsARN": KEY}), False),
        ("encryption", json.dumps({"KmsARN": ""}), True),
        ("encryption", "[[]]", True),
    ],
)
def test_opensearch_serverless_uses_a_customer_managed_key(kind: str, policy: str, stopped: bool) -> None:
    token = "aws:opensearch/serverlessSecurityPolicy:ServerlessSecurityPolicy"
    reports = {
        item.rule
        for item in PACK.evaluate_resource(Given(token, {"type": kind, "policy": policy}))
        if "ENC" in item.rule
    }
    assert reports == ({"FJ-ENC-115"} if stopped else set())
