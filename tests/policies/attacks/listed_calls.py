"""Attacks with calls of AWS that no list of harmful ones had: by workflows, schedules, APIs and documents.

Operations by botocore 1.44.8 and the service models of pulumi-aws 7.51.1's sources; documents by the Systems Manager
Automation runbook reference (contents read 2026-11-30), and those of fleets and hooks as known.
"""

import json

from ..blind import KEY, ME, TAGS, aws
from ..harness import UNKNOWN, Given
from . import Attack

ESC = ("FJ-ESC-102",)
R = "me-central-1"
ROLE = f"arn:aws:iam::{ME}:role/calls"


def _workflow(*calls: str) -> tuple[Given, ...]:
    states = {f"s{index}": {"Type": "Task", "Resource": f"arn:aws:states:::{call}", "Parameters": {}, "End": True}
              for index, call in enumerate(calls)}  # fmt: skip
    return (aws("sfn/StateMachine", {
        "roleArn": ROLE, "tags": TAGS, "definition": json.dumps({"StartAt": "s0", "States": states})}),)  # fmt: skip


def _schedule(call: str) -> tuple[Given, ...]:
    return (aws("scheduler/Schedule", {
        "scheduleExpression": "cron(0 22 * * ? *)", "kmsKeyArn": KEY, "flexibleTimeWindow": {"mode": "OFF"},
        "target": {"arn": f"arn:aws:scheduler:::aws-sdk:{call}", "roleArn": ROLE, "input": "{}"}}),)  # fmt: skip


def _api(way: str, method: str = "POST") -> tuple[Given, ...]:
    return (aws("apigateway/Integration", {
        "restApi": UNKNOWN, "resourceId": UNKNOWN, "httpMethod": method, "integrationHttpMethod": method, "type": "AWS",
        "uri": f"arn:aws:apigateway:{R}:{way}", "credentials": ROLE}),)  # fmt: skip


def _document(name: str) -> tuple[Given, ...]:
    return (aws("ssm/Association", {
        "name": name, "targets": [{"key": "tag:patched", "values": ["yes"]}], "tags": TAGS}),)  # fmt: skip


ATTACKS: tuple[Attack, ...] = (
    Attack("an API creates functions by the path of their service", ESC, _api("lambda:path/2015-03-31/functions")),
    Attack("an API creates places for jobs by a path", ESC, _api("batch:path/v1/createcomputeenvironment")),
    Attack("an API approves releases", ESC, _api("codepipeline:action/PutApprovalResult")),
    Attack("an API deletes streams of records", ESC, _api("logs:action/DeleteLogStream")),
    Attack("an API changes what a container runs", ESC, _api("ecs:action/UpdateService")),
    Attack("an API reads whatever account data there is", ESC, _api("organizations:action/ListAccounts", "GET")),
    Attack("queries read secrets with the role of the API", ESC, (aws("appsync/DataSource", {
        "apiId": UNKNOWN, "name": "secrets", "type": "HTTP", "serviceRoleArn": ROLE, "httpConfig": {
            "endpoint": f"https://secretsmanager.{R}.amazonaws.com", "authorizationConfig": {
                "authorizationType": "AWS_IAM", "awsIamConfig": {
                    "signingRegion": R, "signingServiceName": "secretsmanager"}}}}),)),
    Attack("queries decrypt with the role of the API", ESC, (aws("appsync/DataSource", {
        "apiId": UNKNOWN, "name": "keys", "type": "HTTP", "serviceRoleArn": ROLE, "httpConfig": {
            "endpoint": f"https://kms.{R}.amazonaws.com", "authorizationConfig": {
                "authorizationType": "AWS_IAM", "awsIamConfig": {
                    "signingRegion": R, "signingServiceName": "kms"}}}}),)),
    Attack("a schedule ends alarms of the night", ESC, _schedule("cloudwatch:disableAlarmActions")),
    Attack("a schedule stops a rule that tells of findings", ESC, _schedule("eventbridge:disableRule")),
    Attack("a schedule makes a copy of a database one that takes writes", ESC, _schedule("rds:promoteReadReplica")),
    Attack("a workflow asks for the administrator's password", ESC, _workflow("aws-sdk:ec2:getPasswordData")),
    Attack("a workflow reads secrets into its history", ESC, _workflow("aws-sdk:secretsmanager:getSecretValue")),
    Attack("a workflow moves names elsewhere", ESC, _workflow("aws-sdk:route53:changeResourceRecordSets")),
    Attack("a workflow gives a task another image", ESC, _workflow(
        "aws-sdk:ecs:registerTaskDefinition", "ecs:runTask.sync")),
    Attack("a workflow replaces an image under its tag", ESC, _workflow("aws-sdk:ecr:putImage")),
    Attack("a workflow lets clusters be ended", ESC, _workflow("elasticmapreduce:setClusterTerminationProtection")),
    Attack("a workflow serves another model", ESC, _workflow("sagemaker:updateEndpoint")),
    Attack("patches run documents before and after", ESC, _document("AWS-RunPatchBaselineWithHooks")),
    Attack("a document makes users administrators of machines", ESC, _document("AWSFleetManager-AddUsersToGroups")),
    Attack("a document copies disks to another place", ESC, _document("AWS-CopySnapshot")),
    Attack("a document deletes what a template made", ESC, _document("AWS-DeleteCloudFormationStack")),
    Attack("an image is built with scripts from an address", ESC, _document("AWS-UpdateLinuxAmi")),
)  # fmt: skip
