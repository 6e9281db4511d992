"""Attacks on AWS beside those of the nineteenth set: the same families by other types, spellings and values
(2026-11-30).

Properties by pulumi-aws 7.51.1; what the operations return by botocore 1.44.8, read on that day.
"""

import json

from ..blind import KEY, ME, TAGS, aws, document, policy, statement
from ..harness import UNKNOWN, Given
from . import Attack
from .nineteenth_aws import EXP, SIGN_IN
from .nineteenth_aws_b import ONCALL, ROOT, RSL
from .tenth_aws import ESC, IDN, R

STRANGERS = "o-zz9876543x"
TAG = ("FJ-TAG-",)
UNREAD = "the alarm has no data (Amazon CloudWatch, 'Metrics concepts')"
OLD = "nobody mends Amazon Linux 2 (its support ended on 2026-06-30)"


def _ours(service: str, rest: str) -> str:
    return f"arn:aws:{service}:{R}:{ME}:{rest}"


def _to_strangers(condition: object) -> str:
    return document({"Effect": "Allow", "Principal": "*", "Action": "s3:GetObject",
                     "Resource": "arn:aws:s3:::awsuae-claims/*", "Condition": condition})  # fmt: skip


def _alarm(what: str, metric: str, filter_has: dict[str, object], alarm_has: dict[str, object]) -> Attack:
    # In the engine all attacks are of one plan, so that each has a metric of its own.
    return Attack(f"an alarm on root reads {what}", RSL, (
        aws("cloudwatch/LogMetricFilter", {
            "name": "root", "logGroupName": "/audit/trail", "pattern": ROOT,
            "metricTransformation": {"name": metric, "namespace": "Audit", "value": "1", **filter_has}}, "filter"),
        aws("cloudwatch/MetricAlarm", {
            "name": "root", "comparisonOperator": "GreaterThanOrEqualToThreshold", "threshold": 1, "tags": TAGS,
            "evaluationPeriods": 1, "treatMissingData": "notBreaching", "alarmActions": [ONCALL], **alarm_has},
            "alarm")), "major", UNREAD)  # fmt: skip


def _metric(name: str, **more: object) -> dict[str, object]:
    return {"namespace": "Audit", "metricName": name, "statistic": "Sum", "period": 300, **more}


def _mapped(api: Given, mapping: Given) -> tuple[Given, ...]:
    return (api, aws("apigateway/DomainName", {
        "domainName": "partners.example.ae", "regionalCertificateArn": UNKNOWN, "securityPolicy": "TLS_1_2",
        "endpointConfiguration": {"types": "REGIONAL"}, "tags": TAGS,
        "mutualTlsAuthentication": {"truststoreUri": UNKNOWN}}, "domain"), mapping)  # fmt: skip


def _asg(image: str) -> Given:
    return aws("ec2/LaunchTemplate", {
        "imageId": image, "instanceType": "m6i.large", "metadataOptions": {"httpTokens": "required"}, "tags": TAGS,
        "tagSpecifications": [{"resourceType": kind, "tags": TAGS} for kind in ("instance", "volume")]})  # fmt: skip


ATTACKS = (
    Attack("every account of another organisation reads a bucket", IDN, (aws("s3/BucketPolicy", {
        "bucket": "awsuae-claims", "policy": _to_strangers({"StringEquals": {"aws:PrincipalOrgID": STRANGERS}})}),),
        "critical", "each identity of its accounts reads the objects (IAM, aws:PrincipalOrgID)"),
    Attack("a unit of another organisation reads a bucket", IDN, (aws("s3/BucketPolicy", {
        "bucket": "awsuae-claims", "policy": _to_strangers({
            "ForAnyValue:StringLike": {"aws:PrincipalOrgPaths": f"{STRANGERS}/r-ab12/ou-ab12-1/*"}})}),),
        "critical", "each identity of its accounts reads the objects (IAM, aws:PrincipalOrgPaths)"),
    Attack("programs of a layer are another organisation's to read", IDN, (aws("lambda/LayerVersionPermission", {
        "layerName": "rules", "versionNumber": 1, "statementId": "all", "action": "lambda:GetLayerVersion",
        "principal": "*", "organizationId": STRANGERS}),),
        "major", "each account in it loads the layer (AWS Lambda, AddLayerVersionPermission)"),
    Attack("another organisation puts events on the bus of payments", IDN, (aws("cloudwatch/EventPermission", {
        "statementId": "partners", "principal": "*", "action": "events:PutEvents", "eventBusName": "payments",
        "condition": {"key": "aws:PrincipalOrgID", "type": "StringEquals", "value": STRANGERS}}),),
        "major", "programs believe what comes by the bus (Amazon EventBridge, PutPermission, Condition)"),
    Attack("a sign-in by Cognito at a rule of the balancer lasts a month", IDN, (aws("alb/ListenerRule", {
        "listenerArn": UNKNOWN, "priority": 10, "tags": TAGS, "conditions": [{"pathPattern": {"values": ["/desk/*"]}}],
        "actions": [{"type": "authenticate-cognito", "order": 1, "authenticateCognito": {
            "userPoolArn": UNKNOWN, "userPoolClientId": UNKNOWN, "userPoolDomain": "desk", "sessionTimeout": 2592000}},
            {"type": "forward", "order": 2, "targetGroupArn": UNKNOWN}]}),),
        "major", "a cookie that was stolen opens the portal (Elastic Load Balancing, AuthenticateCognitoActionConfig)"),
    Attack("a sign-in at another port of the balancer lasts ten days", IDN, (aws("lb/Listener", {
        "loadBalancerArn": UNKNOWN, "port": 8443, "protocol": "HTTPS", "certificateArn": UNKNOWN, "tags": TAGS,
        "sslPolicy": "ELBSecurityPolicy-TLS13-1-2-Res-2021-06", "defaultActions": [
            {"type": "authenticate-oidc", "order": 1, "authenticateOidc": {**SIGN_IN, "sessionTimeout": 864000}},
            {"type": "forward", "order": 2, "targetGroupArn": UNKNOWN}]}),),
        "minor", "a cookie that was stolen opens the portal"),
    Attack("a customer joins the superusers of the desk", IDN, (aws("cognito/UserInGroup", {
        "userPoolId": UNKNOWN, "groupName": "Desk-SuperUsers", "username": "k.saeed"}),),
        "critical", "the desk believes the group in his tokens (Amazon Cognito, AdminAddUserToGroup)"),
    *(Attack(f"a role reads {what}", IDN, (policy(statement(action, resource)),), "critical",
             f"they are returned in clear ({action})") for what, action, resource in (
        ("passwords of all connections of Glue at once", "glue:GetConnections", "*"),
        ("the secrets by which pools sign in at other issuers", "cognito-idp:DescribeIdentityProvider",
         _ours("cognito-idp", f"userpool/{R}_*")),
        ("passwords of every connection of the catalogue of data", "datazone:GetConnection",
         _ours("datazone", "domain/*")))),
    Attack("callers without a certificate take the default address of a REST API", EXP, _mapped(
        aws("apigateway/RestApi", {"name": "partners", "tags": TAGS, "endpointConfiguration": {"types": "REGIONAL"}},
            "api"),
        aws("apigateway/BasePathMapping", {
            "restApi": UNKNOWN, "domainName": "partners.example.ae", "stageName": "live"}, "mapping",
            links={"restApi": ("api",)})),
        "major", "execute-api asks for no certificate (Amazon API Gateway, 'How to turn on mutual TLS')"),
    Attack("callers without a certificate take the default address of an API behind a rule of routing", EXP, _mapped(
        aws("apigatewayv2/Api", {"name": "partners", "protocolType": "HTTP", "tags": TAGS}, "api"),
        aws("apigatewayv2/RoutingRule", {
            "domainName": "partners.example.ae", "priority": 10,
            "actions": [{"invokeApi": {"apiId": UNKNOWN, "stage": "live"}}],
            "conditions": [{"matchBasePaths": {"anyOfs": ["v1"]}}]}, "mapping", links={"actions": ("api",)})),
        "major", "execute-api asks for no certificate (Amazon API Gateway, 'How to turn on mutual TLS')"),
    Attack("machines of jobs run Amazon Linux 2", ESC, (aws("batch/ComputeEnvironment", {
        "type": "MANAGED", "serviceRole": UNKNOWN, "tags": TAGS, "computeResources": {
            "type": "EC2", "minVcpus": 0, "maxVcpus": 16, "instanceTypes": ["m6i"], "subnets": [UNKNOWN],
            "securityGroupIds": [UNKNOWN], "instanceRole": UNKNOWN, "tags": TAGS,
            "ec2Configurations": [{"imageType": "ECS_AL2"}]}}),), "major", OLD),
    *(Attack(f"machines start from the newest image of Amazon Linux 2: {image.rpartition('/')[2]}", ESC, (
        _asg(f"resolve:ssm:{image}"),), "major", OLD) for image in (
            "/aws/service/ami-amazon-linux-latest/amzn2-ami-kernel-5.10-hvm-x86_64-gp2",
            "/aws/service/ecs/optimized-ami/amazon-linux-2/recommended/image_id")),
    Attack("a portal runs on Amazon Linux 2", ESC, (aws("elasticbeanstalk/Environment", {
        "name": "portal", "application": "portal", "tags": TAGS, "settings": [
            {"namespace": "aws:ec2:vpc", "name": "ELBScheme", "value": "internal"}],
        "solutionStackName": "64bit Amazon Linux 2 v3.8.2 running Python 3.8"}),), "major", OLD),
    _alarm("a namespace in small letters", "RootSpelled", {}, _metric("RootSpelled", namespace="audit")),
    _alarm("a unit that nothing writes", "RootCount", {}, _metric("RootCount", unit="Count")),
    _alarm("no dimension although its filter writes one", "RootByAccount", {
        "dimensions": {"Account": "$.recipientAccountId"}}, _metric("RootByAccount")),
    _alarm("another dimension in an expression", "RootSum", {}, {"metricQueries": [
        {"id": "uses", "returnData": True, "metric": {
            "namespace": "Audit", "metricName": "RootSum", "period": 300, "stat": "Sum", "dimensions": {"A": "b"}}}]}),
    Attack("orders wait for two minutes and are gone", RSL, (aws("sqs/Queue", {
        "namePrefix": "orders-", "messageRetentionSeconds": 120, "kmsMasterKeyId": KEY, "tags": TAGS}),),
        "major", "a restart of the consumer loses them (Amazon SQS, MessageRetentionPeriod)"),
    Attack("claims end before they reach the queue of failures", RSL, (aws("sqs/Queue", {
        "name": "claims", "messageRetentionSeconds": 3600, "visibilityTimeoutSeconds": 900, "kmsMasterKeyId": KEY,
        "tags": TAGS, "redrivePolicy": json.dumps({
            "deadLetterTargetArn": _ours("sqs", "claims-dead"), "maxReceiveCount": 5})}),),
        "major", "the fifth trial would begin after an hour (Amazon SQS, 'Dead-letter queues')"),
    Attack("machines of a template that are protected from termination end when they are shut down", RSL, (
        aws("ec2/LaunchTemplate", {**_asg(UNKNOWN).props, "disableApiTermination": True,
                                   "instanceInitiatedShutdownBehavior": "terminate"}),),
        "major", "one `shutdown -h` deletes the machine and its disk (Amazon EC2)"),
    Attack("the rule of the organisation on public buckets looks at one bucket", RSL, (
        aws("cfg/OrganizationManagedRule", {
            "name": "public-buckets", "ruleIdentifier": "S3_BUCKET_PUBLIC_READ_PROHIBITED",
            "resourceTypesScopes": ["AWS::S3::Bucket"], "resourceIdScope": "awsuae-logs"}),),
        "major", "no other bucket is ever evaluated (AWS Config, PutOrganizationConfigRule)"),
    Attack("tasks that an event starts bear no cost centre", TAG, (aws("cloudwatch/EventTarget", {
        "rule": "orders", "arn": _ours("ecs", "cluster/work"), "roleArn": f"arn:aws:iam::{ME}:role/starts",
        "ecsTarget": {"taskDefinitionArn": _ours("ecs", "task-definition/orders:7"), "launchType": "FARGATE",
                      "taskCount": 1, "networkConfiguration": {"subnets": [UNKNOWN], "assignPublicIp": False}}}),),
        "minor", "their costs are nobody's (Amazon EventBridge, EcsParameters, PropagateTags)"),
    Attack("tasks that a message starts bear one tag of their own", TAG, (aws("pipes/Pipe", {
        "name": "orders", "roleArn": f"arn:aws:iam::{ME}:role/starts", "source": _ours("sqs", "orders"),
        "target": _ours("ecs", "cluster/work"), "kmsKeyIdentifier": KEY, "tags": TAGS, "targetParameters": {
            "ecsTaskParameters": {"taskDefinitionArn": _ours("ecs", "task-definition/orders:7"), "taskCount": 1,
                                  "launchType": "FARGATE", "tags": {"app": "orders"}}}}),),
        "minor", "their costs are nobody's (Amazon EventBridge Pipes, PipeTargetEcsTaskParameters, PropagateTags)"),
)  # fmt: skip
