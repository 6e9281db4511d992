"""Good programs close to calls of AWS that are not listed: workflows, schedules, APIs and documents."""

import json

from ..attacks.listed_calls import ROLE, R
from ..blind import KEY, ME, TAGS, aws
from ..harness import UNKNOWN, Given
from . import Idiom

PATTERNS = "aws-samples/serverless-patterns"
GUIDE = "AWS Step Functions Developer Guide, Optimized integrations"
BOOKS = "AWS Systems Manager Automation runbook reference"


def _workflow(name: str, *calls: str) -> tuple[Given, ...]:
    states = {f"s{index}": {"Type": "Task", "Resource": f"arn:aws:states:::{call}", "Parameters": {},
                            **({"End": True} if call == calls[-1] else {"Next": f"s{index + 1}"})}
              for index, call in enumerate(calls)}  # fmt: skip
    return (aws("sfn/StateMachine", {
        "roleArn": ROLE, "tags": TAGS, "encryptionConfiguration": {
            "type": "CUSTOMER_MANAGED_KMS_KEY", "kmsKeyId": KEY, "kmsDataKeyReusePeriodSeconds": 300},
        "tracingConfiguration": {"enabled": True}, "loggingConfiguration": {
            "level": "ERROR", "includeExecutionData": False,
            "logDestination": f"arn:aws:logs:{R}:{ME}:log-group:/flows:*"},
        "definition": json.dumps({"StartAt": "s0", "States": states})}, name),)  # fmt: skip


def _schedule(call: str, **text: object) -> tuple[Given, ...]:
    return (aws("scheduler/Schedule", {
        "scheduleExpression": "cron(0 22 * * ? *)", "kmsKeyArn": KEY, "flexibleTimeWindow": {"mode": "OFF"},
        "target": {"arn": f"arn:aws:scheduler:::aws-sdk:{call}", "roleArn": ROLE, "input": json.dumps(text)}}),
    )  # fmt: skip


def _api(way: str, method: str = "POST") -> tuple[Given, ...]:
    return (aws("apigateway/Integration", {
        "restApi": UNKNOWN, "resourceId": UNKNOWN, "httpMethod": method, "integrationHttpMethod": "POST", "type": "AWS",
        "uri": f"arn:aws:apigateway:{R}:{way}", "credentials": ROLE}),)  # fmt: skip


def _association(name: str) -> tuple[Given, ...]:
    return (aws("ssm/Association", {
        "name": name, "targets": [{"key": "tag:patched", "values": ["yes"]}], "tags": TAGS}),)  # fmt: skip


IDIOMS: tuple[Idiom, ...] = (
    Idiom("a workflow of documents reads, asks a model and answers", _workflow(
        "documents", "aws-sdk:textract:analyzeDocument", "bedrock:invokeModel", "dynamodb:putItem",
        "aws-sdk:s3:getObject", "sns:publish", "aws-sdk:sfn:sendTaskSuccess"), PATTERNS),
    Idiom("a workflow of data starts jobs that are defined", _workflow(
        "jobs", "glue:startJobRun.sync", "athena:startQueryExecution.sync", "aws-sdk:glue:startCrawler",
        "emr-serverless:startJobRun.sync", "batch:submitJob.sync", "states:startExecution.sync:2"), GUIDE),
    Idiom("a workflow waits for a person and looks for what is there", _workflow(
        "approval", "lambda:invoke.waitForTaskToken", "sqs:sendMessage.waitForTaskToken",
        "aws-sdk:ec2:describeInstances", "aws-sdk:ssm:getParameter", "aws-sdk:rds:describeDBClusters"), GUIDE),
    Idiom("a schedule stops databases of tests", _schedule("rds:stopDBCluster", DbClusterIdentifier="tests"), PATTERNS),
    Idiom("a schedule takes in documents for a model", _schedule(
        "bedrockagent:startIngestionJob", KnowledgeBaseId="KB", DataSourceId="DS"), PATTERNS),
    Idiom("an API asks what people feel", _api("comprehend:action/DetectSentiment"), PATTERNS),
    Idiom("an API puts records on a stream", _api("kinesis:action/PutRecords"), PATTERNS),
    Idiom("an API submits jobs of a definition", _api("batch:path//v1/submitjob"), PATTERNS),
    Idiom("an API streams what a function answers", (aws("apigateway/Integration", {
        "restApi": UNKNOWN, "resourceId": UNKNOWN, "httpMethod": "POST", "integrationHttpMethod": "POST",
        "type": "AWS_PROXY", "uri": f"arn:aws:apigateway:{R}:lambda:path/2021-11-15/functions/arn:aws:lambda:{R}:{ME}"
                                    ":function:chat:live/response-streaming-invocations"}),), PATTERNS),
    Idiom("machines are patched and their agents renewed", (
        *_association("AWS-RunPatchBaseline"),
        aws("ssm/Association", {"name": "AWS-UpdateSSMAgent", "scheduleExpression": "rate(14 days)", "tags": TAGS,
                                "targets": [{"key": "tag:patched", "values": ["yes"]}]}, "agent")), BOOKS),
    Idiom("groups that are open to the world are closed", (aws("cfg/RemediationConfiguration", {
        "configRuleName": "closed", "targetType": "SSM_DOCUMENT", "automatic": True, "maximumAutomaticAttempts": 3,
        "retryAttemptSeconds": 60, "targetId": "AWSConfigRemediation-RemoveUnrestrictedSourceIngressRules",
        "parameters": [{"name": "AutomationAssumeRole", "staticValue": ROLE},
                       {"name": "SecurityGroupId", "resourceValue": "RESOURCE_ID"}]}),), BOOKS),
)  # fmt: skip
