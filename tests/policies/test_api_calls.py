"""Calls of state machines and schedules, by the operations and parameters of botocore 1.44.8."""

import json

import pytest

from .blind import aws
from .harness import Pack, blocking

PACK = Pack()


def refused(service: str, action: str, **parameters: object) -> set[str]:
    state = {"Type": "Task", "Resource": f"arn:aws:states:::aws-sdk:{service}:{action}", "Parameters": parameters}
    text = json.dumps({"StartAt": "a", "States": {"a": {**state, "End": True}}})
    return blocking(PACK.evaluate_resource(aws("sfn/StateMachine", {"definition": text})))


def says(service: str, action: str, **parameters: object) -> bool:
    return bool(refused(service, action, **parameters) - refused("ec2", "describeInstances"))


@pytest.mark.parametrize(("service", "action", "parameters"), [
    ("dynamodb", "updateTable", {"TableName": "t", "DeletionProtectionEnabled": False}),
    ("cognitoidentityprovider", "updateUserPool", {"UserPoolId": "u", "DeletionProtection": "INACTIVE"}),
    ("docdb", "deleteDBCluster", {"DBClusterIdentifier": "c"}),
    ("redshift", "disableLogging", {"ClusterIdentifier": "c"}),
    ("keyspaces", "deleteTable", {"tableName": "t"}), ("s3control", "deletePublicAccessBlock", {"AccountId": "1"}),
    ("ec2", "deleteFlowLogs", {"FlowLogIds": ["fl-1"]}), ("fsx", "deleteBackup", {"BackupId": "b"}),
    ("codebuild", "startBuild", {"ProjectName": "p", "InsecureSslOverride": True}),
    ("codebuild", "startBuild", {"ProjectName": "p", "CertificateOverride": "x"}),
], ids=str)  # fmt: skip
def test_a_call_that_removes_a_protection_is_refused(service: str, action: str, parameters: dict[str, object]) -> None:
    assert says(service, action, **parameters)


@pytest.mark.parametrize(("service", "action", "parameters"), [
    ("dynamodb", "updateTable", {"TableName": "t", "DeletionProtectionEnabled": True}),
    ("codebuild", "startBuild", {"ProjectName": "p", "TimeoutInMinutesOverride": 30}),
    ("redshift", "describeClusters", {}),
], ids=str)  # fmt: skip
def test_other_calls_pass(service: str, action: str, parameters: dict[str, object]) -> None:
    assert not says(service, action, **parameters)


def _told(target: str, **more: object) -> bool:
    given = {"rule": "r", "arn": f"arn:aws:{target}", **more}
    return "FJ-ESC-102" in blocking(PACK.evaluate_resource(aws("cloudwatch/EventTarget", given)))


BUILD, TASKS = "codebuild:me-central-1:1:project/a", "ecs:me-central-1:1:cluster/a"
FUNCTION = "lambda:me-central-1:1:function:a"


@pytest.mark.parametrize(("target", "sent", "is_refused"), [
    (BUILD, {"buildspecOverride": "x"}, True), (BUILD, {"a": {"imageOverride": "x"}}, True),
    (BUILD, {"environmentVariablesOverride": [{"name": "A", "value": "b"}], "timeoutInMinutesOverride": 5}, False),
    (BUILD, {"sourceVersion": "main", "note": "buildspecOverride is not used"}, False),
    (TASKS, {"containerOverrides": [{"name": "a", "command": ["report"]}], "cpu": "512"}, False),
    (TASKS, {"executionRoleArn": "x"}, True), (FUNCTION, {"taskRoleArn": "x"}, False),
], ids=str)  # fmt: skip
def test_what_a_target_is_told_may_not_replace_what_was_reviewed(
    target: str, sent: dict[str, object], is_refused: bool
) -> None:
    assert _told(target, input=json.dumps(sent)) is is_refused
    template = json.dumps(sent).removesuffix("}") + ', "id": <id>}'
    assert _told(target, inputTransformer={"inputPaths": {"id": "$.id"}, "inputTemplate": template}) is is_refused


def test_a_document_is_evaluated_as_well() -> None:
    assert _told("ssm:me-central-1:1:automation-definition/own")
