"""Good idioms of platform teams on AWS: events, queues, APIs and schedules (set 23, blind)."""

import json

from ..blind import KEY, ME, TAGS, aws, document, statement
from ..harness import UNKNOWN, Given
from . import Idiom
from .fourth import AWS_DOCS, R
from .ninth_aws import GROUPS, SUBNETS, arn, kept, role_arn
from .thirteenth_aws import OURS
from .twelfth_aws_platform import VPC_ENDPOINT, logs, rights, trusted
from .twentieth_goodb_charts import merged
from .twenty_first_xaws import alarm
from .twenty_second_xaws import PATTERNS
from .twenty_third_aws import store

TRACED = statement(["xray:PutTraceSegments", "xray:PutTelemetryRecords"])
NETWORKED = statement(
    [
        "ec2:CreateNetworkInterface",
        "ec2:DescribeNetworkInterfaces",
        "ec2:DeleteNetworkInterface",
        "ec2:DescribeSubnets",
        "ec2:AssignPrivateIpAddresses",
        "ec2:UnassignPrivateIpAddresses",
    ]
)


def function(name: str, *statements: dict[str, object], **more: object) -> tuple[Given, ...]:
    """Returns a function in the network from a package of the bank's bucket, with its log and its role."""
    return (
        aws("cloudwatch/LogGroup", {"name": f"/aws/lambda/{name}", "retentionInDays": 90, "kmsKeyId": KEY,
            "tags": TAGS},
            f"{name}-log"),
        trusted("lambda.amazonaws.com", name),
        aws("iam/RolePolicyAttachment", {"role": UNKNOWN, "policyArn":
            "arn:aws:iam::aws:policy/service-role/AWSLambdaVPCAccessExecutionRole"}, f"{name}-network", links={
                "role": (name,)}),
        rights(name, *statements),
        aws("lambda/Function", {
            "name": name, "runtime": "python3.13", "handler": "app.handler", "role": UNKNOWN, "timeout": 60,
            "memorySize": 512, "architectures": ["arm64"], "s3Bucket": "bank-artifacts", "s3Key": f"{name}/42.zip",
            "kmsKeyArn": KEY, "publish": True, "reservedConcurrentExecutions": 10, "tracingConfig": {"mode": "Active"},
            "codeSigningConfigArn": arn("lambda", "code-signing-config:csc-0123456789abcdef0"), "ephemeralStorage": {
                "size": 1024}, "environment": {"variables": {
                    "POWERTOOLS_SERVICE_NAME": name, "LOG_LEVEL": "INFO", "POWERTOOLS_LOGGER_LOG_EVENT": "false"}},
            "loggingConfig": {"logFormat": "JSON", "logGroup": f"/aws/lambda/{name}"}, "vpcConfig": {
                "subnetIds": SUBNETS, "securityGroupIds": GROUPS}, "tags": TAGS, **more}, f"{name}-code", links={
                    "role": (name,)}),
        aws("lambda/Alias", {"name": "live", "functionName": UNKNOWN, "functionVersion": "7"}, f"{name}-live", links={
            "functionName": (f"{name}-code",)}),
    )  # fmt: skip


CODE = {"escape": {"code_sources": {"bank-artifacts": "our own builds, signed"}},
        "residency": {"known": {"bank-artifacts": "our own bucket, in me-central-1"}}}  # fmt: skip

IDIOMS: tuple[Idiom, ...] = (
    Idiom("loans speak by a bus of their own, which is kept for a month, and a pipe starts a flow for each new one", (
        aws("cloudwatch/EventBus", {"name": "loans", "kmsKeyIdentifier": KEY, "deadLetterConfig": {
            "arn": arn("sqs", "loans-dead")}, "description": "Events of loans", "tags": TAGS}, "bus"),
        aws("cloudwatch/EventBusPolicy", {"eventBusName": "loans", "policy": document({
            "Sid": "Core", "Effect": "Allow", "Principal": {"AWS": role_arn("core")}, "Action": "events:PutEvents",
            "Resource": arn("events", "event-bus/loans"), "Condition": {"StringEquals": {
                "events:source": "core.loans"}}})},
            "bus-policy", links={"eventBusName": ("bus",)}),
        aws("cloudwatch/EventArchive", {"name": "loans", "eventSourceArn": UNKNOWN, "retentionDays": 30,
                                        "kmsKeyIdentifier": KEY, "description": "A month of loans"}, "archive", links={
                                            "eventSourceArn": ("bus",)}),
        aws("schemas/Registry", {"name": "loans", "description": "Forms of events", "tags": TAGS}, "forms"),
        *(aws("sqs/Queue", {"name": name, "kmsMasterKeyId": KEY, "visibilityTimeoutSeconds": 360, "tags": TAGS,
                            "messageRetentionSeconds": 1209600, **more}, name)
          for name, more in (("loans-dead", {}), ("loans-new", {"redrivePolicy": json.dumps({
              "deadLetterTargetArn": arn("sqs", "loans-dead"), "maxReceiveCount": 5})}))),
        aws("sqs/RedriveAllowPolicy", {"queueUrl": UNKNOWN, "redriveAllowPolicy": json.dumps({
            "redrivePermission": "byQueue", "sourceQueueArns": [arn("sqs", "loans-new")]})}, "redrive", links={
                "queueUrl": ("loans-dead",)}),
        aws("sqs/QueuePolicy", {"queueUrl": UNKNOWN, "policy": document(
            {"Sid": "Bus", "Effect": "Allow", "Principal": {"Service": "events.amazonaws.com"}, "Action":
             "sqs:SendMessage", "Resource": arn("sqs", "loans-new"), "Condition": {"ArnEquals": {
                 "aws:SourceArn": arn("events", "rule/loans/new")}}},
            {"Sid": "TLS", "Effect": "Deny", "Principal": "*", "Action": "sqs:*", "Resource": arn("sqs", "loans-new"),
             "Condition": {"Bool": {"aws:SecureTransport": "false"}}})}, "queue-policy", links={
                 "queueUrl": ("loans-new",)}),
        aws("cloudwatch/EventRule", {"name": "new", "eventBusName": "loans", "state": "ENABLED", "eventPattern":
            json.dumps({"source": ["core.loans"], "detail-type": ["LoanAsked"], "detail": {
                "amount": [{"numeric": [">", 0, "<=", 500000]}], "branch": [{"exists": True}]}}), "tags": TAGS}, "new",
            links={"eventBusName": ("bus",)}),
        aws("cloudwatch/EventTarget", {
            "rule": UNKNOWN, "eventBusName": "loans", "targetId": "queue", "arn": UNKNOWN, "retryPolicy": {
                "maximumEventAgeInSeconds": 3600, "maximumRetryAttempts": 10}, "deadLetterConfig": {
                    "arn": arn("sqs", "loans-dead")}}, "to-queue", links={"rule": ("new",), "arn": ("loans-new",)}),
        trusted("pipes.amazonaws.com", "loans-pipe"), rights("loans-pipe", statement(
            ["sqs:ReceiveMessage", "sqs:DeleteMessage", "sqs:GetQueueAttributes"], arn("sqs", "loans-new")), statement(
                "states:StartExecution", arn("states", "stateMachine:loans")), statement("kms:Decrypt", KEY)),
        aws("pipes/Pipe", {
            "name": "loans", "desiredState": "RUNNING", "roleArn": UNKNOWN, "source": UNKNOWN, "target": arn(
                "states", "stateMachine:loans"), "kmsKeyIdentifier": KEY, "sourceParameters": {
                "sqsQueueParameters": {"batchSize": 1}, "filterCriteria": {"filters": [{"pattern": json.dumps(
                    {"body": {"detail-type": ["LoanAsked"]}})}]}}, "targetParameters": {
                "inputTemplate": '{"loan": "<$.body.detail.id>"}', "stepFunctionStateMachineParameters": {
                    "invocationType": "FIRE_AND_FORGET"}}, "logConfiguration": {
                "level": "ERROR", "cloudwatchLogsLogDestination": {"logGroupArn": arn(
                    "logs", "log-group:/aws/vendedlogs/pipes/loans")}}, "tags": TAGS}, "pipe", links={
                        "roleArn": ("loans-pipe",), "source": ("loans-new",)}),
        logs("/aws/vendedlogs/pipes/loans"), alarm("loans-left", "AWS/SQS", "ApproximateNumberOfMessagesVisible", 0.0,
                                                   QueueName="loans-dead")),
        f"{AWS_DOCS}/eventbridge/latest/userguide/eb-event-bus-dlq.html; .../eb-pipes.html, as known", OURS),
    Idiom("pictures of cheques that arrive are told by a topic to a queue, and a function reads ten at a time", (
        *store("bank-cheques", "cheques", transitions=[{"days": 30, "storageClass": "STANDARD_IA"}]),
        aws("sns/Topic", {"name": "cheques", "kmsMasterKeyId": KEY, "signatureVersion": 2, "tracingConfig": "Active",
                          "tags": TAGS}, "topic"),
        aws("sns/TopicPolicy", {"arn": UNKNOWN, "policy": document(
            {"Sid": "Bucket", "Effect": "Allow", "Principal": {"Service": "s3.amazonaws.com"}, "Action": "sns:Publish",
             "Resource": arn("sns", "cheques"), "Condition": {"ArnLike": {"aws:SourceArn": "arn:aws:s3:::bank-cheques"},
                                                              "StringEquals": {"aws:SourceAccount": ME}}},
            {"Sid": "TLS", "Effect": "Deny", "Principal": "*", "Action": "sns:Publish", "Resource": arn(
                "sns", "cheques"), "Condition": {"Bool": {"aws:SecureTransport": "false"}}})}, "topic-policy", links={
                    "arn": ("topic",)}),
        aws("s3/BucketNotification", {"bucket": "bank-cheques", "topics": [{
            "topicArn": UNKNOWN, "events": ["s3:ObjectCreated:*"], "filterPrefix": "in/", "filterSuffix": ".tiff"}]},
            "notice", links={"bucket": ("cheques",), "topics": ("topic",)}),
        *(aws("sqs/Queue", {"name": name, "kmsMasterKeyId": KEY, "kmsDataKeyReusePeriodSeconds": 300,
                            "visibilityTimeoutSeconds": 360, "receiveWaitTimeSeconds": 20, "tags": TAGS, **more}, name)
          for name, more in (("cheques-dead", {"messageRetentionSeconds": 1209600}), ("cheques-in", {
              "redrivePolicy": json.dumps({"deadLetterTargetArn": arn("sqs", "cheques-dead"),
                  "maxReceiveCount": 3})}))),
        aws("sqs/QueuePolicy", {"queueUrl": UNKNOWN, "policy": document(
            {"Effect": "Allow", "Principal": {"Service": "sns.amazonaws.com"}, "Action": "sqs:SendMessage", "Resource":
             arn("sqs", "cheques-in"), "Condition": {"ArnEquals": {"aws:SourceArn": arn("sns", "cheques")}}},
            {"Effect": "Deny", "Principal": "*", "Action": "sqs:*", "Resource": arn("sqs", "cheques-in"),
             "Condition": {"Bool": {"aws:SecureTransport": "false"}}})}, "queue-policy", links={
                 "queueUrl": ("cheques-in",)}),
        aws("sns/TopicSubscription", {"topic": UNKNOWN, "protocol": "sqs", "endpoint": UNKNOWN, "rawMessageDelivery":
            True, "redrivePolicy": json.dumps({"deadLetterTargetArn": arn("sqs", "cheques-dead")})}, "subscription",
            links={"topic": ("topic",), "endpoint": ("cheques-in",)}),
        *function("cheques-read", statement(["sqs:ReceiveMessage", "sqs:DeleteMessage", "sqs:GetQueueAttributes",
                                             "sqs:ChangeMessageVisibility"], arn("sqs", "cheques-in")), statement(
            "s3:GetObject", "arn:aws:s3:::bank-cheques/in/*"), statement(
                "s3:PutObject", "arn:aws:s3:::bank-cheques/out/*"), statement(
                    ["kms:Decrypt", "kms:GenerateDataKey"], KEY), TRACED),
        aws("lambda/EventSourceMapping", {
            "eventSourceArn": UNKNOWN, "functionName": UNKNOWN, "batchSize": 10, "maximumBatchingWindowInSeconds": 5,
            "functionResponseTypes": ["ReportBatchItemFailures"], "scalingConfig": {"maximumConcurrency": 10},
            "kmsKeyArn": KEY, "metricsConfig": {"metrics": ["EventCount"]}, "tags": TAGS}, "reads", links={
                "eventSourceArn": ("cheques-in",), "functionName": ("cheques-read-live",)}),
        alarm("cheques-left", "AWS/SQS", "ApproximateAgeOfOldestMessage", 900.0, QueueName="cheques-in"),
        alarm("cheques-errors", "AWS/Lambda", "Errors", 1.0, FunctionName="cheques-read")),
        f"{AWS_DOCS}/lambda/latest/dg/services-sqs-errorhandling.html; .../AmazonS3/latest/userguide/ways-to-add-"
        "notification-config-to-bucket.html, as known", merged(merged(OURS, CODE), kept("cheques"))),
    Idiom("a private API of limits asks a function who calls, is behind a filter, and lets plans call so many times", (
        logs("/aws/apigateway/limits"),
        aws("apigateway/RestApi", {"name": "limits", "description": "Limits of cards", "disableExecuteApiEndpoint":
            False, "endpointConfiguration": {"types": "PRIVATE", "vpcEndpointIds": [VPC_ENDPOINT]},
            "minimumCompressionSize": "1024", "tags": TAGS}, "api"),
        aws("apigateway/RestApiPolicy", {"restApiId": UNKNOWN, "policy": document(
            {"Effect": "Deny", "Principal": "*", "Action": "execute-api:Invoke", "Resource": "execute-api:/*",
             "Condition": {"StringNotEquals": {"aws:SourceVpce": VPC_ENDPOINT}}},
            {"Effect": "Allow", "Principal": "*", "Action": "execute-api:Invoke", "Resource": "execute-api:/*",
             "Condition": {"StringEquals": {"aws:SourceVpce": VPC_ENDPOINT}}})}, "api-policy", links={
                 "restApiId": ("api",)}),
        aws("apigateway/Authorizer", {
            "restApi": UNKNOWN, "name": "tokens", "type": "REQUEST", "authorizerUri":
            f"arn:aws:apigateway:{R}:lambda:path/2015-03-31/functions/{arn('lambda', 'function:tokens:live')}"
            "/invocations", "authorizerCredentials": role_arn("limits-authorizer"), "identitySource":
            "method.request.header.Authorization", "authorizerResultTtlInSeconds": 300}, "authorizer", links={
                "restApi": ("api",)}),
        aws("apigateway/Resource", {"restApi": UNKNOWN, "parentId": UNKNOWN, "pathPart": "{card}"}, "card", links={
            "restApi": ("api",)}),
        aws("apigateway/RequestValidator", {"restApi": UNKNOWN, "name": "all", "validateRequestBody": True,
                                            "validateRequestParameters": True}, "validator", links={"restApi": ("api",
                                                )}),
        aws("apigateway/Method", {"restApi": UNKNOWN, "resourceId": UNKNOWN, "httpMethod": "GET", "authorization":
            "CUSTOM", "authorizerId": UNKNOWN, "apiKeyRequired": True, "requestValidatorId": UNKNOWN,
            "requestParameters": {"method.request.path.card": True}}, "get", links={
                "restApi": ("api",), "resourceId": ("card",), "authorizerId": ("authorizer",)}),
        aws("apigateway/Integration", {"restApi": UNKNOWN, "resourceId": UNKNOWN, "httpMethod": "GET", "type":
            "AWS_PROXY", "integrationHttpMethod": "POST", "timeoutMilliseconds": 10000, "uri": UNKNOWN}, "get-code",
            links={"restApi": ("api",), "resourceId": ("card",), "uri": ("limits-code",)}),
        aws("apigateway/Deployment", {"restApi": UNKNOWN, "triggers": {"redeployment": "abc"}}, "deployment", links={
            "restApi": ("api",)}),
        aws("apigateway/Stage", {
            "restApi": UNKNOWN, "deployment": UNKNOWN, "stageName": "v1", "xrayTracingEnabled": True,
            "accessLogSettings": {"destinationArn": arn("logs", "log-group:/aws/apigateway/limits"), "format":
                json.dumps({"id": "$context.requestId", "ip": "$context.identity.sourceIp", "status": "$context.status",
                            "who": "$context.authorizer.principalId", "path": "$context.resourcePath"})}, "tags": TAGS},
            "stage", links={"restApi": ("api",), "deployment": ("deployment",)}),
        aws("apigateway/MethodSettings", {"restApi": UNKNOWN, "stageName": "v1", "methodPath": "*/*", "settings": {
            "loggingLevel": "ERROR", "dataTraceEnabled": False, "metricsEnabled": True, "throttlingBurstLimit": 200,
            "throttlingRateLimit": 100, "cachingEnabled": False}}, "settings", links={"restApi": ("api",)}),
        aws("apigateway/UsagePlan", {"name": "channels", "apiStages": [{"apiId": UNKNOWN, "stage": "v1"}],
            "quotaSettings": {"limit": 100000, "period": "DAY"}, "throttleSettings": {"burstLimit": 50,
                "rateLimit": 20},
            "tags": TAGS}, "plan", links={"apiStages": ("api", "stage")}),
        aws("wafv2/WebAcl", {
            "name": "limits", "scope": "REGIONAL", "defaultAction": {"allow": {}}, "visibilityConfig": {
                "cloudwatchMetricsEnabled": True, "sampledRequestsEnabled": True, "metricName": "limits"}, "rules": [
                *({"name": name, "priority": number, "overrideAction": {"none": {}}, "statement": {
                    "managedRuleGroupStatement": {"vendorName": "AWS", "name": name}}, "visibilityConfig": {
                        "cloudwatchMetricsEnabled": True, "sampledRequestsEnabled": True, "metricName": name}}
                  for number, name in enumerate(("AWSManagedRulesCommonRuleSet", "AWSManagedRulesKnownBadInputsRuleSet",
                                                 "AWSManagedRulesSQLiRuleSet"))),
                {"name": "rate", "priority": 9, "action": {"block": {}}, "statement": {"rateBasedStatement": {
                    "limit": 2000, "aggregateKeyType": "IP", "evaluationWindowSec": 300}}, "visibilityConfig": {
                        "cloudwatchMetricsEnabled": True, "sampledRequestsEnabled": True, "metricName": "rate"}}],
            "tags": TAGS}, "filter"),
        aws("wafv2/WebAclAssociation", {"resourceArn": UNKNOWN, "webAclArn": UNKNOWN}, "filtered", links={
            "resourceArn": ("stage",), "webAclArn": ("filter",)}),
        aws("wafv2/WebAclLoggingConfiguration", {"resourceArn": UNKNOWN, "logDestinationConfigs": [arn(
            "logs", "log-group:aws-waf-logs-limits")], "redactedFields": [{"singleHeader": {"name": "authorization"}}]},
            "filter-log", links={"resourceArn": ("filter",)}),
        aws("cloudwatch/LogGroup", {"name": "aws-waf-logs-limits", "retentionInDays": 90, "kmsKeyId": KEY,
            "tags": TAGS},
            "waf-log"),
        *function("limits", statement(["dynamodb:GetItem", "dynamodb:Query"], arn("dynamodb", "table/limits")), TRACED),
        aws("lambda/Permission", {"function": "limits", "qualifier": "live", "action": "lambda:InvokeFunction",
                                  "principal": "apigateway.amazonaws.com", "sourceArn": UNKNOWN}, "may-call", links={
                                      "sourceArn": ("api",)})),
        f"{PATTERNS}/deploy-an-amazon-api-gateway-api-on-an-internal-website-using-private-endpoints-and-an-application"
        "-load-balancer, as known", merged(OURS, CODE)),
)  # fmt: skip
