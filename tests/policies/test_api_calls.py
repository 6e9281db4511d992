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
