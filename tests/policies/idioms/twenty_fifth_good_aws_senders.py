"""Good programs of platform teams on AWS: secrets, sign-in, events and images (set 25, second part)."""

import json

from ..blind import KEY, ME, TAGS, aws, document, statement
from ..harness import UNKNOWN
from . import Idiom, unpriced
from .fourth import AWS_DOCS, R
from .fourth_kubernetes import BUDGET
from .ninth_aws import GROUPS, SUBNETS, arn, role_arn
from .thirteenth_aws import OURS
from .twelfth_aws_platform import rights, trusted
from .twentieth_goodb_charts import merged
from .twenty_first_xaws import ALARMS
from .twenty_fourth_good_aws import ORG, ORGANISATION, log

ROOT = f"arn:aws:iam::{ME}:root"
PERIMETER = "aws-samples/data-perimeter-policy-examples"

IDIOMS: tuple[Idiom, ...] = (
    Idiom("Secrets: the password of a database turns each month by a function in the network, and one role reads it", (
        log("/aws/lambda/turn-db", "turn-log", 90), trusted("lambda.amazonaws.com", "turn-role"),
        rights("turn-role", statement(
            ["secretsmanager:DescribeSecret", "secretsmanager:GetSecretValue", "secretsmanager:PutSecretValue",
             "secretsmanager:UpdateSecretVersionStage"], arn("secretsmanager", "secret:bank/db-*"), {"StringEquals": {
                 "secretsmanager:resource/AllowRotationLambdaArn": arn("lambda", "function:turn-db")}}), statement(
            "secretsmanager:GetRandomPassword"), statement(["kms:Decrypt", "kms:GenerateDataKey"], KEY), statement(
            ["logs:CreateLogStream", "logs:PutLogEvents"], arn("logs", "log-group:/aws/lambda/turn-db:*")), statement(
            ["ec2:CreateNetworkInterface", "ec2:DescribeNetworkInterfaces", "ec2:DeleteNetworkInterface"])),
        aws("lambda/Function", {
            "name": "turn-db", "runtime": "python3.13", "handler": "app.turn", "role": UNKNOWN, "s3Bucket":
            "bank-artifacts", "s3Key": "turn-db/1.4.0.zip", "s3ObjectVersion": "3HL4kqtJlcpXroDTDmJ", "kmsKeyArn": KEY,
            "timeout": 60, "memorySize": 256, "reservedConcurrentExecutions": 2, "architectures": ["arm64"],
            "codeSigningConfigArn": arn("lambda", "code-signing-config:csc-0123456789abcdef0"), "tracingConfig": {
                "mode": "Active"}, "vpcConfig": {"subnetIds": SUBNETS, "securityGroupIds": GROUPS}, "tags": TAGS},
            "turn", links={"role": ("turn-role",)}),
        aws("lambda/Permission", {"function": UNKNOWN, "action": "lambda:InvokeFunction", "principal":
            "secretsmanager.amazonaws.com", "sourceAccount": ME}, "may-turn", links={"function": ("turn",)}),
        aws("secretsmanager/Secret", {"name": "bank/db", "description": "The app's user", "kmsKeyId": KEY,
            "recoveryWindowInDays": 30, "tags": TAGS}, "secret"),
        aws("secretsmanager/SecretRotation", {"secretId": UNKNOWN, "rotationLambdaArn": UNKNOWN, "rotateImmediately":
            True, "rotationRules": {"scheduleExpression": "rate(30 days)", "duration": "2h"}}, "rotation", links={
                "secretId": ("secret",), "rotationLambdaArn": ("turn",)}),
        aws("secretsmanager/SecretPolicy", {"secretArn": UNKNOWN, "blockPublicPolicy": True, "policy": document(
            {"Sid": "Reader", "Effect": "Allow", "Principal": {"AWS": role_arn("quotes")}, "Action": [
                "secretsmanager:GetSecretValue", "secretsmanager:DescribeSecret"], "Resource": "*"},
            {"Sid": "Others", "Effect": "Deny", "Principal": "*", "Action": "secretsmanager:GetSecretValue", "Resource":
             "*", "Condition": {"StringNotEquals": {"aws:PrincipalArn": [
                 role_arn("quotes"), role_arn("turn-role")]}}})},
            "secret-policy", links={"secretArn": ("secret",)})),
        f"{AWS_DOCS}/secretsmanager/latest/userguide/rotating-secrets-required-permissions-function.html, as known",
        merged(OURS, {"escape": {"code_sources": {"bank-artifacts": "the platform team's own builds"}}})),
    Idiom("Cognito: signed-in staff get keys of AWS for their own folder by a role that asks for the pool", (
        aws("cognito/IdentityPool", {
            "identityPoolName": "staff", "allowUnauthenticatedIdentities": False, "allowClassicFlow": False,
            "cognitoIdentityProviders": [{"clientId": "1example23456789", "providerName":
                f"cognito-idp.{R}.amazonaws.com/{R}_AbCdEf123", "serverSideTokenCheck": True}], "tags": TAGS}, "pool"),
        aws("iam/Role", {"name": "staff-files", "maxSessionDuration": 3600, "tags": TAGS, "assumeRolePolicy": document({
            "Effect": "Allow", "Principal": {"Federated": "cognito-identity.amazonaws.com"}, "Action":
            "sts:AssumeRoleWithWebIdentity", "Condition": {
                "StringEquals": {"cognito-identity.amazonaws.com:aud": f"{R}:11111111-2222-3333-4444-555555555555"},
                "ForAnyValue:StringLike": {"cognito-identity.amazonaws.com:amr": "authenticated"}}})}, "files"),
        rights("files", statement(["s3:GetObject", "s3:PutObject"],
            "arn:aws:s3:::bank-staff/${cognito-identity.amazonaws.com:sub}/*"), statement(
            "s3:ListBucket", "arn:aws:s3:::bank-staff", {"StringLike": {
                "s3:prefix": "${cognito-identity.amazonaws.com:sub}/*"}})),
        aws("cognito/IdentityPoolRoleAttachment", {"identityPoolId": UNKNOWN, "roles": {"authenticated": UNKNOWN}},
            "attached", links={"identityPoolId": ("pool",), "roles": ("files",)})),
        f"{AWS_DOCS}/cognito/latest/developerguide/role-trust-and-permissions.html, as known", OURS),
    Idiom("bus: accounts of the organisation send events of one source, which are kept ninety days and replayed", (
        aws("cloudwatch/EventBus", {"name": "platform", "kmsKeyIdentifier": KEY, "description": "Events of teams",
            "deadLetterConfig": {"arn": arn("sqs", "bus-dead")}, "logConfig": {"includeDetail": "NONE",
                "level": "ERROR"},
            "tags": TAGS}, "bus"),
        aws("cloudwatch/EventBusPolicy", {"eventBusName": UNKNOWN, "policy": document({
            "Sid": "Teams", "Effect": "Allow", "Principal": "*", "Action": "events:PutEvents", "Resource":
            arn("events", "event-bus/platform"), "Condition": {"StringEquals": {
                "aws:PrincipalOrgID": ORG, "events:source": "ae.bank.models"}}})}, "bus-policy", links={
                    "eventBusName": ("bus",)}),
        aws("cloudwatch/EventArchive", {"name": "platform", "eventSourceArn": UNKNOWN, "retentionDays": 90,
            "kmsKeyIdentifier": KEY, "description": "For replays"}, "archive", links={"eventSourceArn": ("bus",)}),
        aws("cloudwatch/EventRule", {"name": "released", "eventBusName": UNKNOWN, "eventPattern": json.dumps({
            "source": ["ae.bank.models"], "detail-type": ["Model Released"]}), "tags": TAGS}, "released", links={
                "eventBusName": ("bus",)}),
        aws("cloudwatch/EventTarget", {"rule": UNKNOWN, "eventBusName": UNKNOWN, "targetId": "duty", "arn": ALARMS,
            "deadLetterConfig": {"arn": arn("sqs", "bus-dead")}}, "target", links={
                "rule": ("released",), "eventBusName": ("bus",)})),
        f"{AWS_DOCS}/eventbridge/latest/userguide/eb-event-bus-permissions.html; .../eb-archive.html, as known",
        ORGANISATION),
    Idiom("Step Functions: a person approves a model by an activity, and records are sealed without inputs", (
        BUDGET, log("/aws/vendedlogs/states/approve", "approve-log", 365), trusted("states.amazonaws.com",
            "approve-role"),
        rights("approve-role", statement("sns:Publish", ALARMS), statement(
            ["kms:Decrypt", "kms:GenerateDataKey"], KEY), statement(
            ["logs:CreateLogDelivery", "logs:GetLogDelivery", "logs:UpdateLogDelivery", "logs:DeleteLogDelivery",
             "logs:ListLogDeliveries", "logs:PutResourcePolicy", "logs:DescribeResourcePolicies",
             "logs:DescribeLogGroups"]), statement(["xray:PutTraceSegments", "xray:PutTelemetryRecords",
                "xray:GetSamplingRules", "xray:GetSamplingTargets"])),
        aws("sfn/Activity", {"name": "approve", "encryptionConfiguration": {
            "type": "CUSTOMER_MANAGED_KMS_KEY", "kmsKeyId": KEY, "kmsDataKeyReusePeriodSeconds": 300}, "tags": TAGS},
            "activity"),
        aws("sfn/StateMachine", {
            "name": "approve", "type": "STANDARD", "roleArn": UNKNOWN, "encryptionConfiguration": {
                "type": "CUSTOMER_MANAGED_KMS_KEY", "kmsKeyId": KEY, "kmsDataKeyReusePeriodSeconds": 300},
            "loggingConfiguration": {"level": "ALL", "includeExecutionData": False, "logDestination": UNKNOWN},
            "tracingConfiguration": {"enabled": True}, "definition": json.dumps({
                "StartAt": "Ask", "TimeoutSeconds": 604800, "States": {
                    "Ask": {"Type": "Task", "Resource": arn("states", "activity:approve"), "HeartbeatSeconds": 86400,
                            "TimeoutSeconds": 345600, "ResultPath": "$.answer", "Next": "Write"},
                    "Write": {"Type": "Task", "Resource": "arn:aws:states:::sns:publish", "Parameters": {
                        "TopicArn": ALARMS, "Message.$": "$.answer.status"}, "End": True}}}), "tags": TAGS},
            "machine", links={
                "roleArn": ("approve-role",), "loggingConfiguration": ("approve-log",)})),
        f"{AWS_DOCS}/step-functions/latest/dg/concepts-activities.html; .../encryption-at-rest.html; .../cw-logs.html, "
        "as known", merged(OURS, unpriced("aws:sfn/stateMachine:StateMachine::machine"))),
    Idiom("ECR: images of teams cannot change, are scanned, sealed and cleaned, and our nodes read them", (
        aws("ecr/Repository", {"name": "quotes", "imageTagMutability": "IMMUTABLE", "imageScanningConfiguration": {
            "scanOnPush": True}, "encryptionConfigurations": [{"encryptionType": "KMS", "kmsKey": KEY}], "tags": TAGS},
            "repository", protect=True),
        aws("ecr/LifecyclePolicy", {"repository": UNKNOWN, "policy": json.dumps({"rules": [
            {"rulePriority": 1, "description": "Unnamed", "selection": {"tagStatus": "untagged", "countType":
             "sinceImagePushed", "countUnit": "days", "countNumber": 7}, "action": {"type": "expire"}},
            {"rulePriority": 2, "description": "Old builds", "selection": {"tagStatus": "tagged", "tagPatternList": [
                "dev-*"], "countType": "imageCountMoreThan", "countNumber": 30}, "action": {"type": "expire"}}]})},
            "clean", links={"repository": ("repository",)}),
        aws("ecr/RepositoryPolicy", {"repository": UNKNOWN, "policy": document(
            {"Sid": "Nodes", "Effect": "Allow", "Principal": "*", "Action": [
                "ecr:BatchGetImage", "ecr:GetDownloadUrlForLayer", "ecr:BatchCheckLayerAvailability"], "Condition": {
                    "StringEquals": {"aws:PrincipalOrgID": ORG}}},
            {"Sid": "Lambda", "Effect": "Allow", "Principal": {"Service": "lambda.amazonaws.com"}, "Action": [
                "ecr:BatchGetImage", "ecr:GetDownloadUrlForLayer"], "Condition": {"StringLike": {
                    "aws:sourceArn": arn("lambda", "function:quotes-*")}}})}, "readers", links={
                        "repository": ("repository",)}),
        aws("ecr/RegistryScanningConfiguration", {"scanType": "ENHANCED", "rules": [{
            "scanFrequency": "CONTINUOUS_SCAN", "repositoryFilters": [{"filter": "*", "filterType": "WILDCARD"}]}]},
            "scans")),
        f"{AWS_DOCS}/AmazonECR/latest/userguide/repository-policy-examples.html; .../lambda/latest/dg/images-create, "
        "as known", ORGANISATION),
)  # fmt: skip
