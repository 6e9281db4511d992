"""Attacks on AWS by what stands in commands, routes, orders of rules and mapping templates (2026-12-02, twenty-sixth
set, written before any rule ran on it).

Properties by pulumi-aws 7.51.1. What a service does with them by its documentation, as known unless a date stands
beside it.
"""

import json

from ..blind import IMAGE, KEY, ME, TAGS, aws
from ..harness import Given
from . import Attack
from .fields_aws_accounts import BEHAVIOUR, SITE

R = "me-central-1"
OPEN = ("FJ-ESC-", "FJ-EXP-", "FJ-IDN-")
SEEN = {"cloudwatchMetricsEnabled": True, "metricName": "portal", "sampledRequestsEnabled": True}
SIGNED = {"trustedKeyGroups": ["11111111-2222-3333-4444-555555555555"]}
VTL = """#set($origin = $input.params().header.get("origin"))
#set($context.responseOverride.header.Access-Control-Allow-Origin = "$origin")
#set($context.responseOverride.header.Access-Control-Allow-Credentials = "true")
$input.json('$')
"""
PIPELINE = f"""version: '2'
audit:
  source:
    kinesis-data-streams:
      streams: [{{stream_name: audit}}]
      aws: {{region: {R}}}
  processor:
    - drop_events:
        drop_when: '/userIdentity/sessionContext/sessionIssuer/userName == "Administrator"'
  sink:
    - opensearch:
        hosts: ['https://vpc-audit-abcdefghij.{R}.es.amazonaws.com']
        index: audit
        aws: {{region: {R}}}
"""


def registered(name: str) -> dict[str, object]:
    """Returns a step that registers an approved version of the model."""
    return {"Name": name, "Type": "RegisterModel", "Arguments": {
        "ModelPackageGroupName": "credit", "ModelApprovalStatus": "Approved", "InferenceSpecification": {
            "Containers": [{"Image": IMAGE, "ModelDataUrl": {"Get": "Steps.Train.ModelArtifacts.S3ModelArtifacts"}}],
            "SupportedContentTypes": ["text/csv"], "SupportedResponseMIMETypes": ["text/csv"]}}}  # fmt: skip


def steps(*items: object) -> Given:
    """Returns a pipeline of SageMaker."""
    return aws("sagemaker/Pipeline", {
        "pipelineName": "credit", "pipelineDisplayName": "credit", "tags": TAGS,
        "roleArn": f"arn:aws:iam::{ME}:role/models", "parallelismConfiguration": {"maxParallelExecutionSteps": 2},
        "pipelineDefinition": json.dumps({"Version": "2020-12-01", "Steps": list(items)})})  # fmt: skip


ATTACKS = (
    Attack("whoever uploads a file runs commands on the machines of the ledger", OPEN, (
        aws("cloudwatch/EventRule", {"name": "inbox", "tags": TAGS, "eventPattern": json.dumps({
            "source": ["aws.s3"], "detail-type": ["Object Created"], "detail": {"bucket": {"name": ["bank-inbox"]}}})},
            "inbox"),
        aws("cloudwatch/EventTarget", {
            "rule": "inbox", "arn": f"arn:aws:ssm:{R}::document/AWS-RunShellScript",
            "roleArn": f"arn:aws:iam::{ME}:role/events",
            "runCommandTargets": [{"key": "tag:app", "values": ["ledger"]}],
            "inputTransformer": {"inputPaths": {"key": "$.detail.object.key"}, "inputTemplate": json.dumps({
                "commands": ["/opt/ledger/import s3://bank-inbox/<key>"]})}}, links={"rule": ("inbox",)})),
        "critical", "the name of the file is part of the command, and names may have ;, $() and spaces (Amazon "
        "EventBridge, 'Input transformation', read 2026-12-02; Amazon S3, 'Object key naming'): root runs what is "
        "behind them"),
    Attack("passwords of customers are tried without limit", OPEN, (aws("wafv2/WebAcl", {
        "name": "portal", "scope": "REGIONAL", "defaultAction": {"allow": {}}, "tags": TAGS, "visibilityConfig": SEEN,
        "rules": [{"name": "sign-in", "priority": 1, "action": {"block": {}}, "visibilityConfig": SEEN, "statement": {
            "rateBasedStatement": {"limit": 100, "evaluationWindowSec": 300, "aggregateKeyType": "CUSTOM_KEYS",
                                   "customKeys": [{"header": {"name": "x-request-id", "textTransformations": [
                                       {"priority": 0, "type": "NONE"}]}}]}}}]}),),
        "critical", "each value of the header is counted by itself, and requests without it are not counted (AWS WAF, "
        "RateBasedStatementCustomKey, read 2026-12-02): the caller writes it anew each time"),
    Attack("statements of accounts are read at the edge without a signature", OPEN, (aws("cloudfront/Distribution", {
        **SITE, "orderedCacheBehaviors": [
            {**BEHAVIOUR, "pathPattern": "*.pdf"}, {**BEHAVIOUR, **SIGNED, "pathPattern": "/statements/*"}]}),),
        "critical", "the first behaviour whose pattern matches decides (Amazon CloudFront, 'Cache behavior settings', "
        "Path pattern, read 2026-12-02): /statements/1.pdf needs no signature"),
    Attack("pages of each stranger read answers for the customer who is signed in", OPEN, (
        aws("apigateway/IntegrationResponse", {
            "restApi": "a1b2c3d4e5", "resourceId": "abc123", "httpMethod": "GET", "statusCode": "200",
            "responseTemplates": {"application/json": VTL}}),),
        "critical", "the answer allows whichever page asked, with its cookies (Amazon API Gateway, 'Use a mapping "
        "template to override an API's request and response parameters', read 2026-12-02; Fetch standard, 'CORS "
        "protocol and credentials')"),
    Attack("what leaves the network goes round the firewall", OPEN, (aws("ec2/RouteTable", {
        "vpcId": "vpc-0123456789abcdef0", "tags": TAGS, "routes": [
            {"cidrBlock": "0.0.0.0/0", "vpcEndpointId": "vpce-0123456789abcdef0"},
            {"cidrBlock": "0.0.0.0/1", "natGatewayId": "nat-0123456789abcdef0"},
            {"cidrBlock": "128.0.0.0/1", "natGatewayId": "nat-0123456789abcdef0"}]}),),
        "critical", "the longest prefix decides (Amazon VPC, 'Route priority'): no packet meets the endpoint of the "
        "firewall"),
    Attack("the search for attacks has no record of the administrator", ("FJ-RSL-", "FJ-ESC-", "FJ-EXP-"), (
        aws("opensearchingest/Pipeline", {
            "pipelineName": "audit", "minUnits": 1, "maxUnits": 4, "encryptionAtRestOptions": {"kmsKeyArn": KEY},
            "bufferOptions": {"persistentBufferEnabled": False}, "tags": TAGS,
            "logPublishingOptions": {"isLoggingEnabled": True, "cloudwatchLogDestination": {
                "logGroup": "/aws/vendedlogs/OpenSearchIngestion/audit"}},
            "vpcOptions": {"subnetIds": ["subnet-0123456789abcdef0"], "securityGroupIds": ["sg-0123456789abcdef0"],
                           "vpcEndpointManagement": "SERVICE"},
            "pipelineRoleArn": f"arn:aws:iam::{ME}:role/audit-pipeline", "pipelineConfigurationBody": PIPELINE}),),
        "critical", "what meets drop_when reaches no sink (OpenSearch Data Prepper, 'Drop events processor', read "
        "2026-12-02)"),
    Attack("a model is approved whether it passes its evaluation or not", ("FJ-ESC-", "FJ-RSL-"), (steps(
        {"Name": "Check", "Type": "Condition", "Arguments": {
            "Conditions": [{"Type": "GreaterThanOrEqualTo", "RightValue": 0.9, "LeftValue": {"Std:JsonGet": {
                "PropertyFile": {"Get": "Steps.Evaluate.PropertyFiles.Report"}, "Path": "metrics.auc.value"}}}],
            "IfSteps": [registered("Register")], "ElseSteps": [registered("RegisterAnyway")]}}),),
        "major", "the version of either branch is approved, and approved versions are deployed (Amazon SageMaker AI, "
        "'Pipelines steps', Condition; 'Update the approval status of a model')"),
)  # fmt: skip
