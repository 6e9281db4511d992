"""Attacks on AWS: conditions that confine nothing, strangers and identities (2026-12-01, twenty-second set, written
before any rule ran on it).

Properties by pulumi-aws 7.51.1. What a service does with them by its documentation, as known unless a date stands
beside it.
"""

import json

from ..blind import ME, TAGS, THEM, aws, policy, role, statement
from . import Attack

IDN = ("FJ-IDN-",)
ESC = ("FJ-ESC-", "FJ-IDN-", "FJ-EXP-")
EXP = ("FJ-EXP-", "FJ-IDN-", "FJ-ESC-115")
RES = ("FJ-RES-",)
R = "me-central-1"
LISTENER = f"arn:aws:elasticloadbalancing:{R}:{ME}:listener/app/portal/1/2"
NOBODY = {
    "Version": "2012-10-17",
    "Statement": [{
        "Sid": "KeepRecords", "Effect": "Deny", "Resource": "*",
        "Action": ["cloudtrail:StopLogging", "cloudtrail:DeleteTrail", "guardduty:DeleteDetector",
                   "config:StopConfigurationRecorder"],
        "Condition": {"ArnNotLike": {"aws:PrincipalArn": ["arn:aws:iam::*:role/*", "arn:aws:iam::*:user/*"]}},
    }],
}  # fmt: skip

ATTACKS = (
    Attack("an app decrypts with each key that has an alias", IDN, (policy(statement(
        ["kms:Decrypt", "kms:GenerateDataKey"], "*",
        {"ForAnyValue:StringLike": {"kms:ResourceAliases": "alias/*"}})),),
        "critical", "each alias begins with alias/, so that the condition holds for every key that has one (AWS KMS, "
        "'Use aliases to control access to KMS keys', read 2026-12-01)"),
    Attack("an app decrypts the objects of each bucket", IDN, (policy(statement(
        "kms:Decrypt", "*", {"StringLike": {"kms:EncryptionContext:aws:s3:arn": "arn:aws:s3:::*"}})),),
        "critical", "the context of each object of S3 begins so (Amazon S3, 'Using server-side encryption with AWS KMS "
        "keys')"),
    Attack("an app reads each secret of production", IDN, (policy(statement(
        ["secretsmanager:GetSecretValue", "secretsmanager:DescribeSecret"],
        f"arn:aws:secretsmanager:{R}:{ME}:secret:*",
        {"StringEquals": {"aws:ResourceTag/environment": "prod"}})),),
        "critical", "the environment is a mandatory tag: each secret of the account has this one (FJ-TAG-001)"),
    Attack("each role of production becomes the role of settlement", IDN, (role(
        {"AWS": f"arn:aws:iam::{ME}:root"}, {"StringEquals": {"aws:PrincipalTag/environment": "prod"}},
        name="settlement"),),
        "major", "the environment is a mandatory tag: each role of the account that may assume roles has this one "
        "(FJ-TAG-001)"),
    Attack("a pipeline attaches to roles of apps what reads and writes every secret", IDN, (policy(statement(
        "iam:AttachRolePolicy", f"arn:aws:iam::{ME}:role/app-*",
        {"ArnEquals": {"iam:PolicyARN": "arn:aws:iam::aws:policy/SecretsManagerReadWrite"}})),),
        "critical", "the policy allows secretsmanager:* on every secret (AWS Managed Policy Reference, "
        "'SecretsManagerReadWrite')"),
    Attack("machines of a stranger reach the database by their group", EXP, (aws("vpc/SecurityGroupIngressRule", {
        "securityGroupId": "sg-0123456789abcdef0", "ipProtocol": "tcp", "fromPort": 5432, "toPort": 5432,
        "referencedSecurityGroupId": f"{THEM}/sg-0fedcba9876543210", "description": "reports", "tags": TAGS}),),
        "major", "whoever owns that account puts machines into the group (Amazon VPC, 'Update your security groups to "
        "reference peer security groups')"),
    Attack("the denials of the organisation leave every role and user out", ESC, (aws("organizations/Policy", {
        "name": "keep-records", "type": "SERVICE_CONTROL_POLICY", "content": json.dumps(NOBODY), "tags": TAGS}),),
        "major", "the condition never holds, and records can be ended (AWS Organizations, 'Example SCPs')"),
    Attack("whoever opens a pull request runs commands in the build", ESC, (aws("codebuild/Webhook", {
        "projectName": "payments-sdk",
        "pullRequestBuildPolicy": {"requiresCommentApproval": "DISABLED"},
        "filterGroups": [{"filters": [
            {"type": "EVENT", "pattern": "PULL_REQUEST_CREATED, PULL_REQUEST_UPDATED"}]}]}),),
        "critical", "the commands of a fork run with the role of the project (AWS CodeBuild, 'Pull request comment "
        "approval' and 'Best practices for webhooks')"),
    Attack("the caller of an API writes into its address who he is", EXP, (aws("apigatewayv2/Integration", {
        "apiId": "a1b2c3d4e5", "integrationType": "HTTP_PROXY", "integrationMethod": "ANY",
        "connectionType": "VPC_LINK", "connectionId": "abc123", "integrationUri": LISTENER,
        "tlsConfig": {"serverNameToVerify": "ledger.bank.ae"}, "payloadFormatVersion": "1.0",
        "requestParameters": {"overwrite:header.x-authenticated-user": "$request.querystring.user",
                              "overwrite:header.x-roles": "$request.querystring.roles"}}),),
        "critical", "the program behind trusts the header, and each caller chooses it (Amazon API Gateway, 'Transform "
        "API requests and responses')"),
    Attack("tables of the lake are written to a warehouse of Google", (*RES, "FJ-ESC-115"), (aws("glue/Connection", {
        "name": "warehouse", "connectionType": "BIGQUERY", "tags": TAGS,
        "connectionProperties": {"SECRET_ID": f"arn:aws:secretsmanager:{R}:{ME}:secret:warehouse-AbCdEf"},
        "physicalConnectionRequirements": {"subnetId": "subnet-0123456789abcdef0",
                                           "securityGroupIdLists": ["sg-0123456789abcdef0"],
                                           "availabilityZone": "me-central-1a"}}),),
        "critical", "data sets of BigQuery are in Google's regions, of which none is in the Emirates (AWS Glue, "
        "'BigQuery connections')"),
)  # fmt: skip
