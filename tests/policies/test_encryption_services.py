"""Encryption of build artifacts, ECS Exec logs and Session Manager sessions."""

import json
from collections.abc import Mapping

import pytest

from tests.samples import COST_TAGS as TAGS

from .harness import UNKNOWN, Given, Pack, blocking, rules

PACK = Pack()


KEY = "arn:aws:kms:me-central-1:123456789012:key/11111111-2222-3333-4444-555555555555"


def reported_and_blocking(token: str, props: Mapping[str, object], prefix: str = "FJ-ENC") -> tuple[set[str], set[str]]:
    """Returns (reported rules, blocking rules) of one concern."""
    reports = [
        item for item in PACK.evaluate_resource(Given(token, {"tags": TAGS, **props})) if item.rule.startswith(prefix)
    ]
    return rules(reports), blocking(reports)


PROJECT = "aws:codebuild/project:Project"


@pytest.mark.parametrize(
    ("artifacts", "reported", "stopped"),
    [
        ({"type": "NO_ARTIFACTS", "encryptionDisabled": True}, False, False),
        ({"type": "CODEPIPELINE", "encryptionDisabled": True}, False, False),
        ({"type": "S3"}, False, False),
        ({"type": "S3", "encryptionDisabled": True}, True, True),
        ({"type": UNKNOWN, "encryptionDisabled": True}, True, False),
    ],
)
def test_only_stored_artifacts_must_be_encrypted(artifacts: dict[str, object], reported: bool, stopped: bool) -> None:
    for props in ({"artifacts": artifacts}, {"secondaryArtifacts": [{"type": "NO_ARTIFACTS"}, artifacts]}):
        reports, stops = reported_and_blocking(PROJECT, {"encryptionKey": KEY, **props})
        assert (bool(reports), bool(stops)) == (reported, stopped)


@pytest.mark.parametrize(
    ("logs", "stopped"),
    [
        ({"cloudWatchLogGroupName": "a", "cloudWatchEncryptionEnabled": True}, False),
        ({"cloudWatchLogGroupName": "a"}, True),
        ({"s3BucketName": "a"}, True),
        ({"s3BucketName": "a", "s3BucketEncryptionEnabled": "true"}, False),
        ({"cloudWatchEncryptionEnabled": False}, True),
        ({}, False),
    ],
)
def test_exec_session_logs_are_encrypted(logs: dict[str, object], stopped: bool) -> None:
    command = {"kmsKeyId": KEY, "logConfiguration": logs}
    blocking_rules = reported_and_blocking(
        "aws:ecs/cluster:Cluster", {"configuration": {"executeCommandConfiguration": command}}
    )[1]
    assert blocking_rules == ({"FJ-ENC-110"} if stopped else set())


def test_session_manager_sessions_have_a_key() -> None:
    document = "aws:ssm/document:Document"

    def stops(content: object, kind: str = "Session") -> bool:
        resource = Given(document, {"documentType": kind, "content": content})
        return "FJ-ENC-116" in blocking(Pack().evaluate_resource(resource))

    assert stops(json.dumps({"inputs": {"s3EncryptionEnabled": True}}))
    assert stops(json.dumps({"schemaVersion": "1.0"}))
    assert not stops(json.dumps({"inputs": {"kmsKeyId": "alias/falaj"}}))
    assert not stops(json.dumps({"schemaVersion": "1.0"}), "Command")
    assert not stops(UNKNOWN)


@pytest.mark.parametrize(
    ("text", "stopped"),
    [
        ("schemaVersion: '1.0'\nsessionType: Standard_Stream\ninputs:\n  kmsKeyId: ''\n", True),
        ("schemaVersion: '1.0'\nsessionType: Standard_Stream\ninputs:\n  s3EncryptionEnabled: true\n", True),
        ("schemaVersion: '1.0'\nsessionType: Standard_Stream\n", True),
        ("inputs: {kmsKeyId: alias/aws/ssm}", True),
        ("inputs: [", True),
        ("- a list", True),
        ("inputs:\n  kmsKeyId: alias/falaj\n", False),
        ("schemaVersion: '1.0'\nsessionType: Port\nproperties:\n  portNumber: '5432'\n", False),
        ("sessionType: Port\ninputs: {kmsKeyId: ''}", True),
        (UNKNOWN, False),
    ],
)
def test_session_manager_documents_may_be_yaml(text: str, stopped: bool) -> None:
    """After the documents of Checkov's check CKV_AWS_113 and the session document schema (2026-11)."""
    props = {"documentType": "Session", "documentFormat": "YAML", "content": text}
    assert ("FJ-ENC-116" in reported_and_blocking("aws:ssm/document:Document", props)[1]) is stopped


def test_a_port_forwarding_document_needs_no_key() -> None:
    content = json.dumps({"schemaVersion": "1.0", "sessionType": "Port", "properties": {"portNumber": "5432"}})
    props = {"documentType": "Session", "content": content}
    assert "FJ-ENC-116" not in reported_and_blocking("aws:ssm/document:Document", props)[0]


@pytest.mark.parametrize(
    ("token", "props", "fix"),
    [
        (
            "aws:emr/securityConfiguration:SecurityConfiguration",
            {"configuration": json.dumps({"EncryptionConfiguration": {"EnableAtRestEncryption": True}})},
            "Set configuration.EncryptionConfiguration.EnableInTransitEncryption to true.",
        ),
        (
            "aws:ssm/document:Document",
            {"documentType": "Session", "content": json.dumps({"inputs": {}})},
            "Set content.inputs.kmsKeyId, with the ARN of a customer-managed aws.kms.Key that rotates.",
        ),
        (
            "azure-native:eventgrid:Topic",
            {"location": "uaenorth"},
            "Set disableLocalAuth to true, which disables the keys, and assign roles to the calling identities.",
        ),
    ],
)
def test_the_fix_names_the_property_and_its_value(token: str, props: dict[str, object], fix: str) -> None:
    texts = [item.text for item in PACK.evaluate_resource(Given(token, props))]
    assert any(text.endswith(f"Fix: {fix}") for text in texts), texts


def test_a_cluster_of_ecs_needs_the_key_of_the_storage_that_it_names() -> None:
    def is_refused(**storage: str) -> bool:
        props = {"configuration": {"managedStorageConfiguration": storage}}
        return "FJ-ENC-107" in reported_and_blocking("aws:ecs/cluster:Cluster", props)[1]

    assert not is_refused(fargateEphemeralStorageKmsKeyId=KEY)
    assert not is_refused(kmsKeyId=KEY, fargateEphemeralStorageKmsKeyId=KEY)
    assert is_refused()
    assert is_refused(kmsKeyId="alias/aws/ebs", fargateEphemeralStorageKmsKeyId=KEY)
    assert is_refused(kmsKeyId=KEY, fargateEphemeralStorageKmsKeyId="alias/aws/ebs")
