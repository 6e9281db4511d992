"""Good idioms that come close to the rows after the eighteenth set on AWS: rights on all of a kind that programs need,
and filters, checks and expressions as they are meant (2026-11-30).

Shapes by the documents named, as known; names and numbers invented.
"""

import json

from ..attacks.eighteenth_aws_b import POOL, TASK
from ..attacks.fields_awsa_compute import PLATFORM
from ..blind import KEY, ME, TAGS, aws, policy, statement
from ..harness import UNKNOWN
from . import Idiom, unpriced
from .fourth_kubernetes import BUDGET

R = "me-central-1"
DOCS = "https://docs.aws.amazon.com"


def _ours(service: str, rest: str) -> str:
    return f"arn:aws:{service}:{R}:{ME}:{rest}"


_BODY = "{% {'sum': $states.input.pieces * 100000, 'id': $base64decode($states.input.id)} %}"
FLOW = json.dumps({"QueryLanguage": "JSONata", "StartAt": "Tell", "States": {"Tell": {
    "Type": "Task", "Resource": "arn:aws:states:::sqs:sendMessage", "End": True, "Arguments": {
        "QueueUrl": f"https://sqs.{R}.amazonaws.com/{ME}/claims", "MessageBody": _BODY}}}})  # fmt: skip
"""A workflow that computes what it sends, but not where."""

IDIOMS = (
    Idiom("a program empties its own queue of failures", (policy(statement(
        ["sqs:PurgeQueue", "sqs:SendMessage"], _ours("sqs", "claims-failures"))),), f"{DOCS}/AWSSimpleQueueService"),
    Idiom("jobs write tables and partitions of the lake", (policy(statement(
        ["glue:BatchCreatePartition", "glue:CreateTable", "glue:GetTable", "glue:UpdatePartition"],
        [_ours("glue", "catalog"), _ours("glue", "database/claims"), _ours("glue", "table/claims/*")])),),
        f"{DOCS}/glue/latest/dg/using-identity-based-policies.html"),
    Idiom("a driver moves disks between machines", (policy(statement(
        ["ec2:AttachVolume", "ec2:DetachVolume"], [_ours("ec2", "volume/*"), _ours("ec2", "instance/*")])),),
        "kubernetes-sigs/aws-ebs-csi-driver, docs/example-iam-policy.json"),
    Idiom("new devices get their names, their groups and their certificates", (policy(statement(
        ["iot:AttachThingPrincipal", "iot:AddThingToThingGroup", "iot:CreateThing"],
        [_ours("iot", "thing/*"), _ours("iot", "thinggroup/meters"), _ours("iot", "cert/*")])),),
        f"{DOCS}/iot/latest/developerguide/provision-template.html"),
    Idiom("jobs of meters go to one group", (policy(statement(
        "iot:CreateJob", [_ours("iot", "job/*"), _ours("iot", "thinggroup/meters")])),),
        f"{DOCS}/iot/latest/developerguide/iot-jobs.html"),
    Idiom("a scheduler calls one Airflow as its operator", (policy(statement(
        "airflow:InvokeRestApi", _ours("airflow", "role/claims/Op"))),),
        f"{DOCS}/mwaa/latest/userguide/access-mwaa-apache-airflow-rest-api.html"),
    Idiom("jobs run in virtual clusters with one role", (policy(statement(
        "emr-containers:StartJobRun", _ours("emr-containers", "/virtualclusters/*"), {"StringEquals": {
            "emr-containers:ExecutionRoleArn": f"arn:aws:iam::{ME}:role/claims-jobs"}})),),
        f"{DOCS}/emr/latest/EMR-on-EKS-DevelopmentGuide/iam-execution-role.html"),
    Idiom("an instance registers itself with its group of targets", (policy(statement(
        ["elasticloadbalancing:RegisterTargets", "elasticloadbalancing:DeregisterTargets"],
        _ours("elasticloadbalancing", "targetgroup/*/*"))),),
        f"{DOCS}/service-authorization/latest/reference/list_awselasticloadbalancingv2.html"),
    Idiom("a desk makes customers of one pool and resets none", (policy(statement(
        ["cognito-idp:AdminCreateUser", "cognito-idp:AdminGetUser"], _ours("cognito-idp", f"userpool/{R}_AbCdEfGhI"))),
    ), f"{DOCS}/cognito/latest/developerguide/security_iam_id-based-policy-examples.html"),
    Idiom("two ports may be open, and keys are a quarter old at most", (
        aws("cfg/Rule", {"name": "ports", "tags": TAGS, "inputParameters": json.dumps({
            "authorizedTcpPorts": "443,8443"}), "source": {
                "owner": "AWS", "sourceIdentifier": "VPC_SG_OPEN_ONLY_TO_AUTHORIZED_PORTS"}}, "ports"),
        aws("cfg/Rule", {"name": "keys", "tags": TAGS, "inputParameters": json.dumps({"maxAccessKeyAge": "90"}),
                         "source": {"owner": "AWS", "sourceIdentifier": "ACCESS_KEYS_ROTATED"}}, "keys"), BUDGET),
        f"{DOCS}/config/latest/developerguide/vpc-sg-open-only-to-authorized-ports.html",
        unpriced("aws:cfg/rule:Rule::ports", "aws:cfg/rule:Rule::keys")),
    Idiom("backups are of production, without what is made again", (aws("backup/Selection", {
        "name": "production", "planId": UNKNOWN, "iamRoleArn": f"arn:aws:iam::{ME}:role/backup", "resources": ["*"],
        "conditions": [{"stringEquals": [{"key": "aws:ResourceTag/environment", "value": "prod"}],
                       "stringNotEquals": [{"key": "aws:ResourceTag/kind", "value": "cache"}],
                       "stringNotLikes": [{"key": "aws:ResourceTag/environment", "value": "test*"}]}]}),),
        f"{DOCS}/aws-backup/latest/devguide/assigning-resources.html"),
    Idiom("fields of customers are taken out of logs of programs", (aws("cloudwatch/LogTransformer", {
        "logGroupArn": _ours("logs", "log-group:/apps/claims"), "transformerConfigs": [
            {"parseJsons": [{}]}, {"deleteKeys": [{"withKeys": ["customer.name", "customer.iban"]}]}]}),),
        f"{DOCS}/AmazonCloudWatch/latest/logs/CloudWatch-Logs-Transformation.html"),
    Idiom("two colleagues start builds, and a robot does not", (
        *(aws("codebuild/Webhook", {"projectName": name, "filterGroups": [{"filters": [
            {"type": "EVENT", "pattern": "PULL_REQUEST_CREATED"},
            {"type": "ACTOR_ACCOUNT_ID", "pattern": pattern}]}]}, name)
          for name, pattern in (("both", "^755743$|^901234$"), ("group", "^(755743|901234)$"))),
        aws("codebuild/Webhook", {"projectName": "robot", "filterGroups": [{"filters": [
            {"type": "EVENT", "pattern": "PUSH"},
            {"type": "ACTOR_ACCOUNT_ID", "pattern": "49699333", "excludeMatchedPattern": True}]}]}, "robot")),
        f"{DOCS}/codebuild/latest/userguide/webhooks.html"),
    Idiom("a workflow computes what it sends, and its queue stands there", (aws("sfn/StateMachine", {
        "name": "claims", "type": "STANDARD", "roleArn": f"arn:aws:iam::{ME}:role/claims", "definition": FLOW,
        "tags": TAGS, "encryptionConfiguration": {
            "type": "CUSTOMER_MANAGED_KMS_KEY", "kmsKeyId": KEY, "kmsDataKeyReusePeriodSeconds": 300},
        "loggingConfiguration": {"level": "ALL", "includeExecutionData": False, "logDestination":
                                 _ours("logs", "log-group:/aws/vendedlogs/states/claims:*")},
        "tracingConfiguration": {"enabled": True}}), BUDGET), f"{DOCS}/step-functions/latest/dg/transforming-data.html",
        unpriced("aws:sfn/stateMachine:StateMachine::it")),
    Idiom("the proxy hands out pictures and styles", (aws("elasticbeanstalk/Environment", {
        "name": "portal", "application": "portal", "solutionStackName": PLATFORM, "tags": TAGS, "settings": [
            {"namespace": "aws:ec2:vpc", "name": "ELBScheme", "value": "internal"},
            {"namespace": "aws:elasticbeanstalk:environment:proxy:staticfiles", "name": "/assets",
             "value": "public/assets"}]}), BUDGET),
        f"{DOCS}/elasticbeanstalk/latest/dg/environment-cfg-staticfiles.html",
        unpriced("aws:elasticbeanstalk/environment:Environment::it")),
    Idiom("customers sign in with a password or a passkey", (aws("cognito/UserPool", {
        **POOL, "signInPolicy": {"allowedFirstAuthFactors": ["PASSWORD", "WEB_AUTHN"]}}, protect=True), BUDGET),
        f"{DOCS}/cognito/latest/developerguide/amazon-cognito-user-pools-authentication-flow-methods.html",
        unpriced("aws:cognito/userPool:UserPool::it")),
    Idiom("a copy stops at rows that do not fit, and deletes twice without a word", (aws("dms/ReplicationTask", {
        **TASK, "replicationTaskSettings": json.dumps({
            "Logging": {"EnableLogging": True}, "ValidationSettings": {"EnableValidation": True}, "ErrorBehavior": {
                "DataErrorPolicy": "LOG_ERROR", "DataTruncationErrorPolicy": "LOG_ERROR",
                "ApplyErrorDeletePolicy": "IGNORE_RECORD", "ApplyErrorInsertPolicy": "LOG_ERROR"}})}),),
        f"{DOCS}/dms/latest/userguide/CHAP_Tasks.CustomizingTasks.TaskSettings.ErrorHandling.html"),
    Idiom("rows say what a role may do, and where messages of users go", (
        aws("dynamodb/TableItem", {"tableName": "portal-roles", "hashKey": "pk", "item": json.dumps({
            "pk": {"S": "ROLE#reader"}, "permissions": {"SS": ["claims:read"]}, "users": {"N": "0"}})}, "role"),
        aws("dynamodb/TableItem", {"tableName": "portal-settings", "hashKey": "pk", "item": json.dumps({
            "pk": {"S": "users"}, "group": {"S": "customers"}, "enabled": {"BOOL": True}})}, "settings")),
        f"{DOCS}/amazondynamodb/latest/APIReference/API_PutItem.html"),
    Idiom("texts of names are blocked, which carry data away, and all questions for listed names", (
        *(aws("route53/ResolverFirewallRule", {
            "name": name, "firewallRuleGroupId": UNKNOWN, "firewallDomainListId": UNKNOWN, "priority": priority,
            "action": "BLOCK", "blockResponse": "NODATA", **more}, name)
          for name, priority, more in (("malware", 100, {}), ("texts", 200, {"qType": "TXT"}))),),
        f"{DOCS}/Route53/latest/DeveloperGuide/resolver-dns-firewall-rule-settings.html"),
)  # fmt: skip
