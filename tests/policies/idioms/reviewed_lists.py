"""Good idioms of custom roles, workflows, APIs and parameters that the review of the lists found refused, or nearly."""

import json

from ..attacks.reviewed_lists import GATEWAY, WORKFLOWS, grouped
from ..blind import ME, TAGS, aws
from . import Idiom

ACCOUNT = json.dumps(
    {
        "StartAt": "A",
        "States": {
            "A": {
                "Type": "Task",
                "Resource": "arn:aws:states:::aws-sdk:sts:getCallerIdentity",
                "Parameters": {},
                "End": True,
            }
        },
    }
)
AUTHORIZER = {"restApi": "a1", "resourceId": "r1", "httpMethod": "POST", "type": "AWS", "credentials":
              f"arn:aws:iam::{ME}:role/api"}  # fmt: skip

IDIOMS = (
    Idiom("a workflow asks in which account it runs", (
        aws("sfn/StateMachine", {**WORKFLOWS, "definition": ACCOUNT}),),
        "AWS Step Functions Developer Guide, SDK integrations (sts:getCallerIdentity), read 2026-11-30"),
    Idiom("an API writes the objects of its callers, with names that they give", (
        aws("apigateway/Integration", {**AUTHORIZER, "integrationHttpMethod": "PUT", "uri":
            f"{GATEWAY}:s3:path/papers/{{key}}", "requestParameters": {
                "integration.request.path.key": "method.request.path.key",
                "integration.request.header.x-amz-acl": "'bucket-owner-full-control'",
                "integration.request.header.Content-Type": "method.request.header.Content-Type"}}),),
        "API Gateway Developer Guide, a REST API as an Amazon S3 proxy, as known"),
    Idiom("an API writes objects of the bucket that the host names", (
        aws("apigateway/Integration", {**AUTHORIZER, "integrationHttpMethod": "PUT", "uri":
            f"{GATEWAY}:papers.s3:path/{{key}}", "requestParameters": {
                "integration.request.path.key": "method.request.path.key"}}),),
        "API Gateway API Reference, uri of an Integration (subdomain.service), as known"),
    Idiom("an API tags the objects of its callers", (
        aws("apigateway/Integration", {**AUTHORIZER, "integrationHttpMethod": "PUT", "uri":
            f"{GATEWAY}:s3:path/papers/one?tagging"}),), "Amazon S3 API Reference, PutObjectTagging, as known"),
    Idiom("the agent of CloudWatch is installed by its package", (
        aws("ssm/Association", {"name": "AWS-ConfigureAWSPackage", "tags": TAGS, "parameters": {
            "action": "Install", "name": "AmazonCloudWatchAgent"}, "targets": [
                {"key": "tag:team", "values": ["a"]}]}),),
        "Amazon CloudWatch User Guide, installing the agent with Systems Manager, as known"),
    Idiom("each machine that starts is made to ask for tokens, by the default version of a document of AWS", (
        aws("ssm/Association", {
            "name": "arn:aws:ssm:me-central-1::automation-definition/AWSSupport-ConfigureEC2Metadata:$DEFAULT", "tags":
            TAGS, "parameters": {"EnforceIMDSv2": "required", "InstanceId": "i-0123456789abcdef0"}}),),
        "aws-samples/serverless-patterns, eventbridge-rule-to-ssm-automation-sam, read 2026-11-30"),
    Idiom("Oracle commits when the log is written, whatever sessions ask for", (
        aws("rds/ParameterGroup", grouped("oracle-ee-19", "commit_wait", "FORCE_WAIT")),),
        "Oracle Database Reference 19c, COMMIT_WAIT, read 2026-11-30"),
    Idiom("Memcached keeps its older algorithms", (
        aws("elasticache/ParameterGroup", grouped("memcached1.6", "no_modern", "1")),),
        "Amazon ElastiCache User Guide, Memcached specific parameters, read 2026-11-30"),
)  # fmt: skip
