"""Attacks of critical severity on AWS (2026-12-01, twenty-third set, written before any rule ran on it).

Properties by pulumi-aws 7.51.1. What a service does with them by its documentation, as known unless a date stands
beside it.
"""

import json

from ..blind import KEY, ME, TAGS, aws, document, policy, role, statement
from ..harness import UNKNOWN, Given
from . import Attack

R = "me-central-1"
IDN = ("FJ-IDN-",)
RES = ("FJ-RES-", "FJ-ESC-")
ESC = ("FJ-ESC-", "FJ-EXP-", "FJ-IDN-", "FJ-RES-")
RSL = ("FJ-RSL-", "FJ-ESC-")
OWNER = {"Sid": "owner", "Effect": "Allow", "Principal": {"AWS": f"arn:aws:iam::{ME}:root"}, "Action": "kms:*",
         "Resource": "*"}  # fmt: skip
TRAIL_MAY = {
    "Sid": "trail", "Effect": "Allow", "Principal": {"Service": "cloudtrail.amazonaws.com"},
    "Action": ["kms:GenerateDataKey*", "kms:DescribeKey"], "Resource": "*",
    "Condition": {"StringEquals": {"aws:SourceArn": f"arn:aws:cloudtrail:{R}:{ME}:trail/bank"}},
}  # fmt: skip
OPTED_IN = {"services": {"@@operators_allowed_for_child_policies": ["@@none"], "default": {
    "@@operators_allowed_for_child_policies": ["@@none"], "opt_out_policy": {
        "@@operators_allowed_for_child_policies": ["@@none"], "@@assign": "optIn"}}}}  # fmt: skip
UNBLOCKED = {"ec2_attributes": {
    "snapshot_block_public_access": {"state": {"@@assign": "unblocked"}},
    "image_block_public_access": {"state": {"@@assign": "unblocked"}},
    "exception_message": {"@@assign": "Ask the platform team"}}}  # fmt: skip
COPIED = {"plans": {"nightly": {
    "regions": {"@@assign": [R]},
    "rules": {"daily": {
        "schedule_expression": {"@@assign": "cron(0 1 ? * * *)"},
        "target_backup_vault_name": {"@@assign": "bank"},
        "lifecycle": {"delete_after_days": {"@@assign": "365"}},
        "copy_actions": {"arn:aws:backup:eu-west-1:$account:backup-vault:copies": {
            "target_backup_vault_arn": {"@@assign": "arn:aws:backup:eu-west-1:$account:backup-vault:copies"},
            "lifecycle": {"delete_after_days": {"@@assign": "365"}}}}}},
    "selections": {"tags": {"all": {
        "iam_role_arn": {"@@assign": "arn:aws:iam::$account:role/backup"},
        "tag_key": {"@@assign": "environment"}, "tag_value": {"@@assign": ["prod"]}}}}}}}  # fmt: skip
ORGANISATION = "o-a1b2c3d4e5"
PERIMETER = {"Version": "2012-10-17", "Statement": [{
    "Sid": "OnlyOurs", "Effect": "Deny", "Principal": "*",
    "Action": ["s3:PutObject", "s3:GetBucketAcl", "kms:GenerateDataKey*"], "Resource": "*",
    "Condition": {"StringNotEquals": {"aws:PrincipalOrgID": ORGANISATION}}}]}  # fmt: skip


def _organisation(kind: str, name: str, content: object) -> tuple[Given, ...]:
    return (aws("organizations/Policy", {
        "name": name, "type": kind, "content": json.dumps(content), "tags": TAGS}, name),)  # fmt: skip


ATTACKS = (
    Attack("what customers say to each account's services of speech and text is kept to train models abroad", ESC,
           _organisation("AISERVICES_OPT_OUT_POLICY", "ai", OPTED_IN), "critical",
           "AWS stores and uses content of these services, also in other Regions, unless the account opts out (AWS "
           "Organizations, 'AI services opt-out policies')"),
    Attack("snapshots and images of each account may be made public", ESC,
           _organisation("DECLARATIVE_POLICY_EC2", "ec2", UNBLOCKED), "critical",
           "the policy sets the attribute in each account and Region, and an account cannot change it (AWS "
           "Organizations, 'Declarative policies', supported attributes)"),
    Attack("backups of each account are copied to Ireland by the organisation", ESC,
           _organisation("BACKUP_POLICY", "backups", COPIED), "critical",
           "copy_actions name the vault of another Region (AWS Organizations, 'Backup policy syntax and examples')"),
    Attack("no service may write records into a bucket of the organisation", (*RSL, "FJ-EXP-"),
           _organisation("RESOURCE_CONTROL_POLICY", "perimeter", PERIMETER), "critical",
           "requests of services lack the organisation of the principal, so that the condition holds for them unless "
           "aws:PrincipalIsAWSService leaves them out (AWS Organizations, 'Resource control policies', examples)"),
    Attack("each device gets the credentials of every role that devices may have", IDN, (
        aws("iot/RoleAlias", {
            "alias": "settlement", "roleArn": f"arn:aws:iam::{ME}:role/settlement", "credentialDuration": 3600,
            "tags": TAGS}, "alias"),
        aws("iot/Policy", {"name": "terminal", "tags": TAGS, "policy": document(
            statement("iot:Connect", f"arn:aws:iot:{R}:{ME}:client/${{iot:Connection.Thing.ThingName}}"),
            statement("iot:AssumeRoleWithCertificate", f"arn:aws:iot:{R}:{ME}:rolealias/*"))}, "terminal")),
        "critical", "whoever takes one terminal apart has the role of settlement (AWS IoT Core, 'Authorizing direct "
        "calls to AWS services using AWS IoT Core credential provider')"),
    Attack("each terminal reads and writes the messages of all others", IDN, (
        aws("iot/Policy", {"name": "terminal", "tags": TAGS, "policy": document(
            statement("iot:Connect", f"arn:aws:iot:{R}:{ME}:client/${{iot:Connection.Thing.ThingName}}",
                      {"Bool": {"iot:Connection.Thing.IsAttached": "true"}}),
            statement(["iot:Publish", "iot:Receive"], f"arn:aws:iot:{R}:{ME}:topic/*",
                      {"Bool": {"iot:Connection.Thing.IsAttached": "true"}}),
            statement("iot:Subscribe", f"arn:aws:iot:{R}:{ME}:topicfilter/*",
                      {"Bool": {"iot:Connection.Thing.IsAttached": "true"}}))}, "terminal"),),
        "critical", "the condition says that the certificate belongs to the thing, not whose topic it is (AWS IoT "
        "Core, 'Thing policy variables')"),
    Attack("the trail is refused the key of its records", RSL, (
        aws("kms/Key", {
            "description": "records of calls", "enableKeyRotation": True, "deletionWindowInDays": 30, "tags": TAGS,
            "policy": json.dumps({"Version": "2012-10-17", "Statement": [OWNER, TRAIL_MAY, {
                "Sid": "perimeter", "Effect": "Deny", "Principal": "*",
                "Action": ["kms:GenerateDataKey*", "kms:Decrypt", "kms:Encrypt"], "Resource": "*",
                "Condition": {"StringNotEqualsIfExists": {"aws:PrincipalOrgID": ORGANISATION}}}]})}, "key",
            protect=True),
        aws("cloudtrail/Trail", {
            "name": "bank", "s3BucketName": "bank-audit-trail", "kmsKeyId": UNKNOWN,
            "isMultiRegionTrail": True, "enableLogFileValidation": True, "includeGlobalServiceEvents": True,
            "enableLogging": True, "tags": TAGS}, "trail", links={"kmsKeyId": ("key",)})),
        "critical", "CloudTrail has no organisation, the denial holds for it, and no record is written (AWS "
        "CloudTrail, 'Configure AWS KMS key policies for CloudTrail')"),
    Attack("the role that writes down each connection is denied its group of records", RSL, (
        role({"Service": "vpc-flow-logs.amazonaws.com"}, {"StringEquals": {"aws:SourceAccount": ME}}, name="flows"),
        aws("iam/RolePolicy", {"role": "flows", "policy": document(
            statement(["logs:CreateLogStream", "logs:PutLogEvents", "logs:DescribeLogStreams"],
                      f"arn:aws:logs:{R}:{ME}:log-group:flows:*"),
            {"Effect": "Deny", "Action": "logs:*", "Resource": "*",
             "Condition": {"StringNotEquals": {"aws:SourceVpce": "vpce-0123456789abcdef0"}}})}, "write",
            links={"role": ("flows",)}),
        aws("ec2/FlowLog", {
            "vpcId": "vpc-0123456789abcdef0", "trafficType": "ALL", "logDestinationType": "cloud-watch-logs",
            "logDestination": f"arn:aws:logs:{R}:{ME}:log-group:flows",
            "iamRoleArn": f"arn:aws:iam::{ME}:role/flows", "maxAggregationInterval": 60, "tags": TAGS}, "log",
            links={"iamRoleArn": ("flows",)})),
        "critical", "the service writes from its own network, without the endpoint (Amazon VPC, 'IAM role for "
        "publishing flow logs to CloudWatch Logs'; IAM, aws:SourceVpce)"),
    Attack("an app reads the objects of each bucket whose name has a hyphen", IDN, (policy(
        statement("s3:ListBucket", "arn:aws:s3:::*-*"),
        statement("s3:GetObject", "arn:aws:s3:::*-*/*")),),
        "critical", "a wildcard stands for any number of characters (Amazon S3, 'Policy resources'): nearly every "
        "bucket of the bank has one"),
    Attack("an app reads each secret of the environment that its own tag names", IDN, (policy(statement(
        "secretsmanager:GetSecretValue", f"arn:aws:secretsmanager:{R}:{ME}:secret:*",
        {"StringEquals": {"aws:ResourceTag/environment": "${aws:PrincipalTag/environment}"}})),),
        "critical", "the environment is a mandatory tag: the value is prod for each role and each secret there (IAM, "
        "'Define permissions based on attributes with ABAC authorization')"),
    Attack("reports read every bucket by one access grant", IDN, (
        aws("s3control/AccessGrantsLocation", {
            "accountId": ME, "locationScope": "s3://", "iamRoleArn": f"arn:aws:iam::{ME}:role/access-grants",
            "tags": TAGS}, "location"),
        aws("s3control/AccessGrant", {
            "accountId": ME, "accessGrantsLocationId": "default", "permission": "READWRITE", "tags": TAGS,
            "accessGrantsLocationConfiguration": {"s3SubPrefix": "*"},
            "grantee": {"granteeType": "IAM", "granteeIdentifier": f"arn:aws:iam::{ME}:role/reports"}}, "grant",
            links={"accessGrantsLocationId": ("location",)})),
        "critical", "the default location s3:// is every bucket of the Region, and the prefix everything in it (Amazon "
        "S3, 'Working with grants in S3 Access Grants')"),
    Attack("questions of customers are answered in any Region of the world", RES, (aws("lambda/Function", {
        "name": "assistant", "role": f"arn:aws:iam::{ME}:role/assistant", "packageType": "Image",
        "imageUri": f"{ME}.dkr.ecr.{R}.amazonaws.com/assistant@sha256:" + "a" * 64, "architectures": ["arm64"],
        "memorySize": 512, "timeout": 60, "reservedConcurrentExecutions": 20, "kmsKeyArn": KEY,
        "tracingConfig": {"mode": "Active"}, "tags": TAGS,
        "vpcConfig": {"subnetIds": ["subnet-0123456789abcdef0"], "securityGroupIds": ["sg-0123456789abcdef0"]},
        "deadLetterConfig": {"targetArn": f"arn:aws:sqs:{R}:{ME}:assistant-dead"},
        "environment": {"variables": {"MODEL_ID": "global.anthropic.claude-sonnet-4-5-20250929-v1:0"}}}),),
        "critical", "a global inference profile routes each request to any commercial Region (Amazon Bedrock, 'Global "
        "cross-Region inference')"),
)  # fmt: skip
