"""Attacks on AWS: trust, policies of resources and rights (2026-11-30, twentieth set, written blind).

Properties by pulumi-aws 7.51.1. Read on 2026-11-30: AWS CodeBuild ("WebhookFilter": a regular expression that must
match), Amazon Cognito ("MappingRule"), pulumi-aws 7.51.1 (Lake Formation `ALLIAMPrincipals`, Redshift `ADX`), IAM
("Use VPC condition keys to control federated access": `aws:VpcSourceIp` is the private address of the caller). All
else as known.
"""

import json

from ..blind import KEY, ME, TAGS, THEM, aws, document, policy, role, statement
from ..harness import UNKNOWN
from . import Attack
from .tenth_aws import ESC, IDN, RES, R

OURS = f"arn:aws:iam::{ME}:role"
POOL = f"cognito-idp.{R}.amazonaws.com/{R}_AbCdEfGhI:7hq2b0example"


def _ours(service: str, rest: str) -> str:
    return f"arn:aws:{service}:{R}:{ME}:{rest}"


def _anyone(action: object, resource: str, condition: object) -> str:
    return document({"Effect": "Allow", "Principal": "*", "Action": action, "Resource": resource,
                     "Condition": condition})  # fmt: skip


OWN = {"Effect": "Allow", "Principal": {"AWS": f"arn:aws:iam::{ME}:root"}, "Action": "kms:*", "Resource": "*"}
ROTATED = {"enableKeyRotation": True, "deletionWindowInDays": 30, "tags": TAGS}
CHOSEN = json.dumps({"StartAt": "Read", "States": {"Read": {
    "Type": "Task", "Resource": "arn:aws:states:::aws-sdk:dynamodb:getItem", "End": True,
    "Credentials": {"RoleArn.$": "$.role"},
    "Parameters": {"TableName": "orders", "Key": {"id": {"S.$": "$.id"}}}}}})  # fmt: skip

ATTACKS = (
    Attack("a key decrypts for every account that calls through S3", IDN, (aws("kms/Key", {
        **ROTATED, "policy": document(OWN, {
            "Effect": "Allow", "Principal": "*", "Action": ["kms:Decrypt", "kms:GenerateDataKey"], "Resource": "*",
            "Condition": {"StringEquals": {"kms:ViaService": f"s3.{R}.amazonaws.com"}}})}),),
        "critical", "the service is not the caller; AWS's own keys add kms:CallerAccount (AWS KMS, 'kms:ViaService')"),
    Attack("a private API answers every network with a private address", IDN, (aws("apigateway/RestApiPolicy", {
        "restApiId": UNKNOWN, "policy": _anyone("execute-api:Invoke", "execute-api:/*", {
            "IpAddress": {"aws:VpcSourceIp": ["10.0.0.0/8"]}})}),),
        "critical", "every customer of AWS has an endpoint and addresses in 10.0.0.0/8 (IAM, 'aws:VpcSourceIp')"),
    Attack("everybody whose address ends in the bank's domain subscribes to payments", IDN, (aws("sns/TopicPolicy", {
        "arn": _ours("sns", "payments"), "policy": _anyone("sns:Subscribe", _ours("sns", "payments"), {
            "StringLike": {"sns:Endpoint": "*bank.ae"}})}),),
        "critical", "https://collector.example/?bank.ae ends so too (Amazon SNS, 'sns:Endpoint')"),
    Attack("a secret is read by everybody for whom no service calls", IDN, (aws("secretsmanager/SecretPolicy", {
        "secretArn": UNKNOWN, "policy": _anyone("secretsmanager:GetSecretValue", "*", {
            "ForAllValues:StringEquals": {"aws:PrincipalServiceNamesList": ["logging.s3.amazonaws.com"]}})}),),
        "critical", "ForAllValues is true without the key, which users lack (IAM, 'Multivalued context keys')"),
    Attack("a bucket is read by everybody who calls through Athena", IDN, (aws("s3/BucketPolicy", {
        "bucket": "bank-orders", "policy": _anyone(["s3:GetObject", "s3:ListBucket"], "arn:aws:s3:::bank-orders/*", {
            "ForAnyValue:StringEquals": {"aws:CalledVia": ["athena.amazonaws.com"]}})}),),
        "critical", "each account has an Athena of its own (IAM, 'aws:CalledVia')"),
    Attack("images are pulled by functions of every account", IDN, (aws("ecr/RepositoryPolicy", {
        "repository": "payments", "policy": document({
            "Effect": "Allow", "Principal": {"Service": "lambda.amazonaws.com"},
            "Action": ["ecr:BatchGetImage", "ecr:GetDownloadUrlForLayer"],
            "Condition": {"StringLike": {"aws:sourceArn": f"arn:aws:lambda:{R}:*:function:*"}}})}),),
        "major", "the account in the pattern is the only limit (AWS Lambda, 'ECR cross-account permissions')"),
    Attack("the role of trainees writes the program of a function", IDN, (aws("lambda/Permission", {
        "function": "settlement", "action": "lambda:UpdateFunctionCode", "principal": f"{OURS}/trainees"}),),
        "major", "its program runs with the rights of settlement (AWS Lambda, 'Resource-based policies')"),
    Attack("whoever calls itself platform assumes the role", IDN, (
        role({"AWS": f"arn:aws:iam::{ME}:root"}, {"StringEquals": {"sts:SourceIdentity": "platform"}},
             ["sts:AssumeRole", "sts:SetSourceIdentity"]),),
        "major", "the caller writes the source identity (IAM, 'Monitor and control actions taken with assumed roles')"),
    Attack("an address that contains the bank's domain gives the role of administrators", IDN, (
        aws("cognito/IdentityPoolRoleAttachment", {
            "identityPoolId": UNKNOWN, "roles": {"authenticated": f"{OURS}/customers"}, "roleMappings": [{
                "identityProvider": POOL, "ambiguousRoleResolution": "Deny", "type": "Rules", "mappingRules": [
                    {"claim": "email", "matchType": "Contains", "value": "bank.ae", "roleArn": f"{OURS}/office"}]}]}),),
        "critical", "x@bank.ae.collector.example contains it too (Amazon Cognito, 'MappingRule')"),
    Attack("the number of a maintainer need only occur in that of who starts builds", IDN, (aws("codebuild/Webhook", {
        "projectName": "release", "buildType": "BUILD", "filterGroups": [{"filters": [
            {"type": "EVENT", "pattern": "PULL_REQUEST_CREATED, PULL_REQUEST_UPDATED"},
            {"type": "ACTOR_ACCOUNT_ID", "pattern": "755743|234521"}]}]}),),
        "critical", "new accounts with a longer number that contains it run builds (AWS CodeBuild, 'WebhookFilter')"),
    Attack("a program signs in to every database as every user", IDN, (
        policy(statement("rds-db:connect", f"arn:aws:rds-db:{R}:{ME}:dbuser:*/*")),),
        "critical", "also as the administrator of each (Amazon RDS, 'IAM policy for IAM database access')"),
    Attack("every secret of the organisation is read", IDN, (policy(statement(
        ["secretsmanager:GetSecretValue", "kms:Decrypt"], "*", {
            "StringEquals": {"aws:ResourceOrgID": "${aws:PrincipalOrgID}"}})),),
        "critical", "the condition holds for all that the bank has (IAM, 'aws:ResourceOrgID')"),
    Attack("a program opens shells on the machines that it tags itself", IDN, (policy(
        statement(["ssm:StartSession", "ssm:SendCommand"], f"arn:aws:ec2:{R}:{ME}:instance/*",
                  {"StringEquals": {"ssm:resourceTag/team": "data"}}),
        statement("ec2:CreateTags", f"arn:aws:ec2:{R}:{ME}:instance/*",
                  {"ForAllValues:StringEquals": {"aws:TagKeys": ["team"]}})),),
        "major", "the tag is the only limit, and the program writes it (IAM, 'Controlling access with tags')"),
    Attack("whoever starts a workflow chooses the role that it uses", ESC, (aws("sfn/StateMachine", {
        "name": "read-order", "type": "STANDARD", "definition": CHOSEN, "roleArn": f"{OURS}/workflows", "tags": TAGS,
        "encryptionConfiguration": {"type": "CUSTOMER_MANAGED_KMS_KEY", "kmsKeyId": KEY},
        "loggingConfiguration": {"level": "ALL", "includeExecutionData": False, "logDestination": UNKNOWN}}),),
        "major", "every role that trusts the workflow's is the starter's (AWS Step Functions, 'Credentials')"),
    Attack("every identity of the account reads the customers", IDN, (aws("lakeformation/Permissions", {
        "principal": f"{ME}:IAMPrincipals", "permissions": ["SELECT", "DESCRIBE"],
        "table": {"databaseName": "crm", "wildcard": True}}),),
        "critical", "the group has every user and role (AWS Lake Formation, 'ALLIAMPrincipals')"),
    Attack("the warehouse is offered at the data exchange", RES, (aws("redshift/DataShareAuthorization", {
        "dataShareArn": _ours("redshift", "datashare:11111111-2222-3333-4444-555555555555/customers"),
        "consumerIdentifier": "ADX", "allowWrites": False}),),
        "critical", "subscribers of every account and region read it (AWS Data Exchange, 'Amazon Redshift data sets')"),
    Attack("machines of a stranger are let in by their security group", RES, (aws("vpc/SecurityGroupIngressRule", {
        "securityGroupId": "sg-0123456789abcdef0", "ipProtocol": "tcp", "fromPort": 5432, "toPort": 5432, "tags": TAGS,
        "description": "Reports", "referencedSecurityGroupId": f"{THEM}/sg-0fedcba9876543210"}),),
        "major", "over a peering its machines reach the database (Amazon VPC, 'Security groups for peers')"),
    Attack("the role of an app destroys the key of its data", IDN, (aws("kms/Key", {
        **ROTATED, "policy": document(OWN, {
            "Effect": "Allow", "Principal": {"AWS": f"{OURS}/app"}, "Resource": "*",
            "Action": ["kms:Decrypt", "kms:GenerateDataKey", "kms:DisableKey", "kms:ScheduleKeyDeletion"]})}),),
        "critical", "whoever takes the app over makes all data unreadable (AWS KMS, 'Deleting keys')"),
)  # fmt: skip
