"""Good idioms that come close to the mends after the nineteenth set on AWS (2026-11-30).

Shapes by the documents named, as known; names and numbers invented.
"""

import json

from ..attacks.nineteenth_aws import SIGN_IN
from ..attacks.nineteenth_aws_b import ONCALL, ROOT
from ..blind import KEY, ME, TAGS, aws, document, policy, statement
from ..harness import UNKNOWN
from . import Idiom
from .fourth_kubernetes import BUDGET

R = "me-central-1"
DOCS = "https://docs.aws.amazon.com"
OWN = "o-a1b2c3d4e5"
NAMES = {"residency": {"known": {"example.ae": "the bank's own domain"}}}


def _ours(service: str, rest: str) -> str:
    return f"arn:aws:{service}:{R}:{ME}:{rest}"


_TASK = {
    "taskDefinitionArn": _ours("ecs", "task-definition/reports:7"), "launchType": "FARGATE", "taskCount": 1,
    "networkConfiguration": {"subnets": [UNKNOWN], "securityGroups": [UNKNOWN], "assignPublicIp": False},
}  # fmt: skip

IDIOMS = (
    Idiom("accounts of the bank's own organisation call a function", (aws("lambda/Permission", {
        "action": "lambda:InvokeFunction", "function": "rates", "principal": "*", "principalOrgId": OWN}),),
        f"{DOCS}/lambda/latest/dg/permissions-function-organization.html",
        {"identity": {"trusted": {OWN: "our own organisation"}}}),
    Idiom("accounts of the bank's own organisation put events on a bus", (aws("cloudwatch/EventPermission", {
        "statementId": "own", "principal": "*", "action": "events:PutEvents", "eventBusName": "news",
        "condition": {"key": "aws:PrincipalOrgID", "type": "StringEquals", "value": OWN}}),),
        f"{DOCS}/eventbridge/latest/userguide/eb-event-bus-perms.html",
        {"identity": {"trusted": {OWN: "our own organisation"}}}),
    Idiom("whoever is in the organisation of the topic publishes to it", (aws("sns/TopicPolicy", {
        "arn": _ours("sns", "news"), "policy": document(
            {"Effect": "Allow", "Principal": "*", "Action": "sns:Publish", "Resource": _ours("sns", "news"),
             "Condition": {"StringEquals": {"aws:PrincipalOrgID": "${aws:ResourceOrgID}"}}},
            {"Effect": "Deny", "Principal": "*", "Action": "sns:Publish", "Resource": _ours("sns", "news"),
             "Condition": {"Bool": {"aws:SecureTransport": "false"}}})}),),
        f"{DOCS}/IAM/latest/UserGuide/reference_policies_condition-keys.html"),
    Idiom("who signed in at the balancer is signed in for a day", (aws("lb/ListenerRule", {
        "listenerArn": UNKNOWN, "priority": 20, "tags": TAGS, "conditions": [{"pathPattern": {"values": ["/desk/*"]}}],
        "actions": [{"type": "authenticate-oidc", "order": 1, "authenticateOidc": {
            **SIGN_IN, "sessionTimeout": 86400}}, {"type": "forward", "order": 2, "targetGroupArn": UNKNOWN}]}),),
        f"{DOCS}/elasticloadbalancing/latest/application/listener-authenticate-users.html", NAMES),
    Idiom("who signed in at the balancer is signed in for a week, as its default says", (aws("lb/ListenerRule", {
        "listenerArn": UNKNOWN, "priority": 21, "tags": TAGS, "conditions": [{"pathPattern": {"values": ["/desk/*"]}}],
        "actions": [{"type": "authenticate-oidc", "order": 1, "authenticateOidc": {
            **SIGN_IN, "sessionTimeout": 604800}}, {"type": "forward", "order": 2, "targetGroupArn": UNKNOWN}]}),),
        f"{DOCS}/elasticloadbalancing/latest/application/listener-authenticate-users.html", NAMES),
    Idiom("a customer joins the readers of reports", (aws("cognito/UserInGroup", {
        "userPoolId": UNKNOWN, "groupName": "report-readers", "username": "k.saeed"}),),
        f"{DOCS}/cognito/latest/developerguide/cognito-user-pools-user-groups.html"),
    Idiom("a job uses one connection of Glue and the tables of one database", (policy(
        statement("glue:GetConnection", [_ours("glue", "catalog"), _ours("glue", "connection/claims")]),
        statement(["glue:GetTable", "glue:GetDatabase"], [
            _ours("glue", "catalog"), _ours("glue", "database/claims"), _ours("glue", "table/claims/*")])),),
        f"{DOCS}/glue/latest/dg/security_iam_id-based-policy-examples.html"),
    Idiom("the controller of load balancers reads clients of pools", (policy(
        statement(["acm:ListCertificates", "cognito-idp:DescribeUserPoolClient"], "*")),),
        "kubernetes-sigs/aws-load-balancer-controller docs/install/iam_policy.json"),
    Idiom("a name asks for certificates, and its API has no other address", (
        aws("apigatewayv2/Api", {
            "name": "partners", "protocolType": "HTTP", "disableExecuteApiEndpoint": True, "tags": TAGS}, "api"),
        aws("apigatewayv2/DomainName", {
            "domainName": "partners.example.ae", "tags": TAGS, "domainNameConfiguration": {
                "certificateArn": UNKNOWN, "endpointType": "REGIONAL", "securityPolicy": "TLS_1_2"},
            "mutualTlsAuthentication": {"truststoreUri": UNKNOWN}}, "domain"),
        aws("apigatewayv2/ApiMapping", {"apiId": UNKNOWN, "domainName": UNKNOWN, "stage": "$default"}, "mapping",
            links={"apiId": ("api",), "domainName": ("domain",)})),
        f"{DOCS}/apigateway/latest/developerguide/http-api-mutual-tls.html", NAMES),
    Idiom("a name without certificates of callers leads to an API with tokens", (
        aws("apigatewayv2/Api", {
            "name": "customers", "protocolType": "HTTP", "disableExecuteApiEndpoint": False, "tags": TAGS}, "api"),
        aws("apigatewayv2/DomainName", {
            "domainName": "customers.example.ae", "tags": TAGS, "domainNameConfiguration": {
                "certificateArn": UNKNOWN, "endpointType": "REGIONAL", "securityPolicy": "TLS_1_2"}}, "domain"),
        aws("apigatewayv2/ApiMapping", {"apiId": UNKNOWN, "domainName": UNKNOWN, "stage": "$default"}, "mapping",
            links={"apiId": ("api",), "domainName": ("domain",)})),
        f"{DOCS}/apigateway/latest/developerguide/http-api-custom-domain-names.html", NAMES),
    Idiom("nodes of a template start from Amazon Linux 2023", (BUDGET,
        aws("ec2/LaunchTemplate", {
            "name": "workers",
            "imageId": "resolve:ssm:/aws/service/ami-amazon-linux-latest/al2023-ami-kernel-6.1-x86_64",
            "metadataOptions": {"httpTokens": "required", "httpEndpoint": "enabled", "httpPutResponseHopLimit": 1},
            "blockDeviceMappings": [{"deviceName": "/dev/xvda", "ebs": {
                "encrypted": "true", "kmsKeyId": KEY, "volumeType": "gp3", "volumeSize": 50}}],
            "instanceInitiatedShutdownBehavior": "terminate", "tags": TAGS,
            "tagSpecifications": [{"resourceType": kind, "tags": TAGS} for kind in ("instance", "volume")]}, "lt"),
        aws("eks/NodeGroup", {
            "clusterName": "platform", "nodeRoleArn": f"arn:aws:iam::{ME}:role/nodes", "subnetIds": ["subnet-1"],
            "amiType": "AL2023_x86_64_STANDARD", "instanceTypes": ["m6i.large"], "tags": TAGS,
            "launchTemplate": {"id": UNKNOWN, "version": UNKNOWN},
            "scalingConfig": {"minSize": 2, "desiredSize": 2, "maxSize": 4}}, "nodes",
            links={"launchTemplate": ("lt",)})),
        f"{DOCS}/eks/latest/userguide/al2023.html"),
    Idiom("an alarm on root reads each account's uses by the dimension of its filter", (
        aws("cloudwatch/LogMetricFilter", {
            "name": "root", "logGroupName": "/audit/trail", "pattern": ROOT, "metricTransformation": {
                "name": "RootUse", "namespace": "Audit", "value": "1", "unit": "Count",
                "dimensions": {"Account": "$.recipientAccountId"}}}, "filter"),
        aws("cloudwatch/MetricAlarm", {
            "name": "root", "comparisonOperator": "GreaterThanOrEqualToThreshold", "threshold": 1, "tags": TAGS,
            "evaluationPeriods": 1, "treatMissingData": "notBreaching", "alarmActions": [ONCALL], "unit": "Count",
            "namespace": "Audit", "metricName": "RootUse", "statistic": "Sum", "period": 300,
            "dimensions": {"Account": ME}}, "alarm")),
        f"{DOCS}/AmazonCloudWatch/latest/logs/FilterAndPatternSyntax.html"),
    Idiom("an alarm reads a metric of programs beside one of a filter", (
        aws("cloudwatch/LogMetricFilter", {
            "name": "errors", "logGroupName": "/app", "pattern": '{ $.level = "error" }', "metricTransformation": {
                "name": "Errors", "namespace": "Bank", "value": "1"}}, "filter"),
        aws("cloudwatch/MetricAlarm", {
            "name": "slow", "comparisonOperator": "GreaterThanThreshold", "threshold": 2, "tags": TAGS,
            "evaluationPeriods": 3, "alarmActions": [ONCALL], "metricQueries": [
                {"id": "errors", "returnData": False, "metric": {
                    "namespace": "Bank", "metricName": "Errors", "period": 300, "stat": "Sum"}},
                {"id": "calls", "returnData": False, "metric": {
                    "namespace": "Bank", "metricName": "Calls", "period": 300, "stat": "Sum",
                    "dimensions": {"Program": "portal"}}},
                {"id": "share", "returnData": True, "expression": "100 * errors / calls",
                 "label": "share"}]}, "alarm")),
        f"{DOCS}/AmazonCloudWatch/latest/monitoring/using-metric-math.html"),
    Idiom("signals of a pool of machines live five minutes, and answers one", (
        aws("sqs/Queue", {"name": "karpenter-platform", "messageRetentionSeconds": 300, "kmsMasterKeyId": KEY,
                          "tags": TAGS}, "signals"),
        aws("sqs/Queue", {"name": "quotes-replies", "messageRetentionSeconds": 60, "kmsMasterKeyId": KEY,
                          "tags": TAGS}, "replies"),
        aws("sqs/Queue", {"name": "claims", "messageRetentionSeconds": 1209600, "visibilityTimeoutSeconds": 900,
                          "kmsMasterKeyId": KEY, "tags": TAGS, "redrivePolicy": json.dumps({
                              "deadLetterTargetArn": _ours("sqs", "claims-dead"), "maxReceiveCount": 5})}, "claims")),
        "aws/karpenter-provider-aws, CloudFormation template (MessageRetentionPeriod 300)"),
    Idiom("a machine that builds once ends when it is done", (BUDGET, aws("ec2/Instance", {
        "ami": UNKNOWN, "instanceType": "m6i.large", "subnetId": "subnet-1", "tags": {**TAGS, "Name": "builder"},
        "instanceInitiatedShutdownBehavior": "terminate", "volumeTags": TAGS, "ebsOptimized": True, "monitoring": True,
        "metadataOptions": {"httpTokens": "required", "httpEndpoint": "enabled", "httpPutResponseHopLimit": 1},
        "iamInstanceProfile": "builder", "rootBlockDevice": {"encrypted": True, "kmsKeyId": KEY, "volumeSize": 50,
                                                             "volumeType": "gp3"}}, "image-builder"),),
        f"{DOCS}/AWSEC2/latest/UserGuide/Using_ChangingInstanceInitiatedShutdownBehavior.html"),
    Idiom("a rule of Config is for buckets alone", (aws("cfg/Rule", {
        "name": "public-buckets", "tags": TAGS, "source": {
            "owner": "AWS", "sourceIdentifier": "S3_BUCKET_PUBLIC_READ_PROHIBITED"}, "scope": {
                "complianceResourceTypes": ["AWS::S3::Bucket"]}}),),
        f"{DOCS}/config/latest/developerguide/s3-bucket-public-read-prohibited.html"),
    Idiom("tasks that a schedule and an event start have tags of their own or of their definition", (
        aws("scheduler/Schedule", {
            "name": "reports", "flexibleTimeWindow": {"mode": "OFF"}, "scheduleExpression": "cron(0 3 * * ? *)",
            "kmsKeyArn": KEY, "target": {
                "arn": _ours("ecs", "cluster/work"), "roleArn": f"arn:aws:iam::{ME}:role/starts-reports",
                "ecsParameters": {**_TASK, "propagateTags": "TASK_DEFINITION"}}}, "nightly"),
        aws("cloudwatch/EventTarget", {
            "rule": "orders", "arn": _ours("ecs", "cluster/work"), "roleArn": f"arn:aws:iam::{ME}:role/starts-reports",
            "ecsTarget": {**_TASK, "tags": TAGS}}, "event")),
        f"{DOCS}/AmazonECS/latest/developerguide/scheduled_tasks.html"),
)  # fmt: skip
