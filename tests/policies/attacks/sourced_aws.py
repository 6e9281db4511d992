"""Attacks on AWS next to what the vendor's documents say of statements in the pack (2026-12-02)."""

import json
from dataclasses import replace

from ..blind import KEY, ME, TAGS, aws
from ..harness import Given
from . import Attack
from .after_twenty_sixth_aws import TO_ROLE, device
from .twenty_fifth_aws_b import network
from .twenty_sixth_aws import R
from .twenty_sixth_aws_b import registered, steps

SWITCH = ("FJ-ESC-115",)
SERVED = f"https://sqs.{R}.amazonaws.com/{ME}"
GROUP = aws("autoscaling/Group", {
    "name": "workers", "minSize": 2, "maxSize": 40, "vpcZoneIdentifiers": ["subnet-1", "subnet-2"],
    "launchTemplate": {"id": "lt-1", "version": "1"}, "tags": [
        {"key": key, "value": value, "propagateAtLaunch": True} for key, value in TAGS.items()]},
    "workers")  # fmt: skip


def policy(name: str, **props: object) -> Given:
    """Returns a policy that changes how many workers there are."""
    return aws("autoscaling/Policy", {"autoscalingGroupName": "workers", "name": name, **props}, name)


DEVICES = (
    device("errors of a device go to whichever bucket it names", errorAction={"s3": {
        **TO_ROLE, "bucketName": "${bucket}", "key": "errors/${newuuid()}"}}),
    device("a device sets the state of whichever alarm it names", cloudwatchAlarms=[{
        **TO_ROLE, "alarmName": "${alarm}", "stateReason": "${reason}", "stateValue": "OK"}]),
    device("a device calls whichever function it names", lambdas=[{
        "functionArn": f"arn:aws:lambda:{R}:{ME}:function:${{program}}"}]),
    device("a device starts whichever machine of states it names", stepFunctions=[{
        **TO_ROLE, "stateMachineName": "${machine}", "executionNamePrefix": "meter-"}]),
    device("a device writes to whichever queue it names", sqs=[{
        **TO_ROLE, "queueUrl": f"{SERVED}/${{queue}}", "useBase64": False}]),
    device("a device tells whichever topic it names", sns=[{
        **TO_ROLE, "targetArn": f"arn:aws:sns:{R}:{ME}:${{topic}}", "messageFormat": "RAW"}]),
    device("a device writes over whichever document it names", elasticsearch=[{
        **TO_ROLE, "endpoint": f"https://search-bank.{R}.es.amazonaws.com", "index": "${index}", "type": "_doc",
        "id": "${id}"}]),
    device("a device deletes what it says is to be deleted", dynamodbs=[{
        **TO_ROLE, "tableName": "meters", "hashKeyField": "meter", "hashKeyValue": "${topic(2)}",
        "hashKeyType": "STRING", "operation": "${operation}"}]),
    device("a device keeps its errors out of the records", errorAction={"cloudwatchLogs": {
        **TO_ROLE, "logGroupName": "${group}"}}),
    device("messages go to whichever host a device names", https=[{
        "url": "https://${host}/messages", "confirmationUrl": "https://${host}/messages"}]),
)  # fmt: skip


def registering(name: str) -> dict[str, object]:
    """Returns a step that registers a version of the model with the status of a parameter."""
    step = registered(name)
    arguments = step["Arguments"]
    assert isinstance(arguments, dict)
    return {**step, "Arguments": {**arguments, "ModelApprovalStatus": {"Get": "Parameters.Status"}}}


def pipeline(*items: object, **parameters: object) -> Given:
    """Returns a pipeline of SageMaker with parameters."""
    given = steps(*items)
    definition = json.loads(str(given.props["pipelineDefinition"]))
    definition["Parameters"] = [{"Name": name, "Type": "String", "DefaultValue": value}
                                for name, value in parameters.items()]  # fmt: skip
    return replace(given, props={**given.props, "pipelineDefinition": json.dumps(definition)})


def run(command: object, **more: object) -> Given:
    """Returns a machine of states that runs a task, after one that may assign something."""
    overrides = {"ContainerOverrides": [{"Name": "import", "Command": command}]}
    return aws("sfn/StateMachine", {
        "name": "imports", "roleArn": f"arn:aws:iam::{ME}:role/imports", "tags": TAGS, "type": "STANDARD",
        "loggingConfiguration": {"level": "ALL", "includeExecutionData": True, "logDestination":
                                 f"arn:aws:logs:{R}:{ME}:log-group:/aws/vendedlogs/states/imports:*"},
        "encryptionConfiguration": {"type": "CUSTOMER_MANAGED_KMS_KEY", "kmsKeyId": KEY}, "definition": json.dumps({
            "QueryLanguage": "JSONata", "StartAt": "Take", "States": {"Take": {
            "Type": "Pass", "Next": "Run", **more}, "Run": {
            "Type": "Task", "Resource": "arn:aws:states:::ecs:runTask.sync", "End": True, "Arguments": {
                "LaunchType": "FARGATE", "Cluster": "imports", "TaskDefinition": "import:3",
                "Overrides": overrides}}}})})  # fmt: skip


ATTACKS = (
    *DEVICES,
    Attack("a model is approved by a parameter whether it passes its evaluation or not", SWITCH, (pipeline({
        "Name": "Check", "Type": "Condition", "Arguments": {
            "Conditions": [{"Type": "GreaterThanOrEqualTo", "RightValue": 0.9, "LeftValue": 0.5}],
            "IfSteps": [registering("Register")], "ElseSteps": [registering("RegisterAnyway")]}},
        Status="Approved"),), "major", "the version of either branch is approved (Amazon SageMaker API, "
        "ModelApprovalStatus, read 2026-12-02)"),
    Attack("whoever starts a machine of states runs commands, which stand in one of three words", SWITCH, (run(
        ["sh", "-c", "{% 'import ' & $states.input.file %}"]),), "critical",
        "a shell reads the third word (AWS Step Functions, 'Transforming data with JSONata', read 2026-12-02)"),
    Attack("whoever starts a machine of states runs commands by what its context has", SWITCH, (run(
        ["/bin/bash", "-ec", "{% 'import ' & $states.context.Execution.Input.file %}"]),), "critical",
        "a shell reads the third word (AWS Step Functions, 'Transforming data with JSONata', read 2026-12-02)"),
    Attack("whoever starts a machine of states runs commands by a variable", SWITCH, (run(
        ["sh", "-c", "{% 'import ' & $file %}"], Assign={"file": "{% $states.input.file %}"}),), "critical",
        "a shell reads the third word (AWS Step Functions, 'Transforming data with JSONata', read 2026-12-02)"),
    Attack("a segment of production is shared with all but one", SWITCH, (network(
        {"action": "share", "mode": "attachment-route", "segment": "production",
         "share-with": {"except": ["quarantine"]}}),), "critical",
        "visitors reach the programs of production (AWS Cloud WAN, 'Core network policy version parameters', "
        "share-with)"),
    Attack("workers are added by steps and by a forecast, and none is removed", SWITCH, (
        GROUP,
        policy("more", policyType="SimpleScaling", adjustmentType="ChangeInCapacity", scalingAdjustment=2),
        policy("forecast", policyType="PredictiveScaling", predictiveScalingConfiguration={
            "mode": "ForecastAndScale", "metricSpecification": {
                "targetValue": 60, "predefinedMetricPairSpecification": {
                    "predefinedMetricType": "ASGCPUUtilization"}}})),
        "major", "predictive scaling does not scale in (AWS, 'How predictive scaling works')"),
)  # fmt: skip
