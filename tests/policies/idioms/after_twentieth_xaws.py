"""Good idioms of platform teams on AWS that come close to the attacks of the twentieth set (2026-11-30)."""

from ..attacks.after_twentieth_xaws import bucket_policy, key, machine, sessions
from ..attacks.twentieth_xaws import OURS
from ..blind import ME, TAGS, aws, document, policy, statement
from ..harness import UNKNOWN
from . import Idiom
from .fourth import AWS_DOCS, R

ADMINISTER = ["kms:Create*", "kms:Describe*", "kms:Enable*", "kms:List*", "kms:Put*", "kms:Update*", "kms:Revoke*",
              "kms:Disable*", "kms:Get*", "kms:Delete*", "kms:TagResource", "kms:UntagResource",
              "kms:ScheduleKeyDeletion", "kms:CancelKeyDeletion"]  # fmt: skip
USE = ["kms:Encrypt", "kms:Decrypt", "kms:ReEncrypt*", "kms:GenerateDataKey*", "kms:DescribeKey"]
MACHINES = f"arn:aws:ec2:{R}:{ME}:instance/*"
ORDERS = "arn:aws:s3:::bank-orders"


def _to(role: str, actions: object, on: object = "*", condition: object = None) -> dict[str, object]:
    return statement(actions, on, condition, Principal={"AWS": f"{OURS}/{role}"})


def _service(name: str, action: object, on: object, condition: object, effect: str = "Allow") -> dict[str, object]:
    return {"Effect": effect, "Principal": {"Service": name}, "Action": action, "Resource": on, "Condition": condition}


IDIOMS: tuple[Idiom, ...] = (
    Idiom("a key that one role administers, another uses and services hold grants of", (key(
        _to("key-administrators", ADMINISTER), _to("orders", USE),
        _to("nodes", [*USE, "kms:CreateGrant"], "*", {"Bool": {"kms:GrantIsForAWSResource": "true"}})),),
        f"{AWS_DOCS}/kms: key-policy-default, rbac"),
    Idiom("a bucket whose rules one role sets and whose objects another reads and writes", (bucket_policy(
        "bank-orders", _to("storage-admins", ["s3:PutLifecycleConfiguration", "s3:PutBucketVersioning"], ORDERS),
        _to("orders", ["s3:GetObject", "s3:PutObject", "s3:DeleteObject"], f"{ORDERS}/*"),
        _to("orders", "s3:ListBucket", ORDERS)),), f"{AWS_DOCS}/AmazonS3: example-bucket-policies"),
    Idiom("a secret that an app reads and its rotation writes", (aws("secretsmanager/SecretPolicy", {
        "secretArn": UNKNOWN, "policy": document(
            _to("app", ["secretsmanager:GetSecretValue", "secretsmanager:DescribeSecret"]),
            _to("rotation", ["secretsmanager:GetSecretValue", "secretsmanager:PutSecretValue",
                             "secretsmanager:UpdateSecretVersionStage"]))}),), f"{AWS_DOCS}/secretsmanager"),
    Idiom("a vault into which accounts of the organisation copy, and from which nobody deletes", (
        aws("backup/VaultPolicy", {"backupVaultName": "bank", "policy": document(
            {"Effect": "Allow", "Principal": {"AWS": f"arn:aws:iam::{ME}:root"}, "Resource": "*",
             "Action": "backup:CopyIntoBackupVault"},
            {"Effect": "Deny", "Principal": "*", "Resource": "*", "Action": [
                "backup:DeleteRecoveryPoint", "backup:UpdateRecoveryPointLifecycle"]})}),), f"{AWS_DOCS}/aws-backup"),
    Idiom("images that functions of the account pull", (aws("ecr/RepositoryPolicy", {
        "repository": "payments", "policy": document({
            "Effect": "Allow", "Principal": {"Service": "lambda.amazonaws.com"},
            "Action": ["ecr:BatchGetImage", "ecr:GetDownloadUrlForLayer"],
            "Condition": {"StringLike": {"aws:sourceArn": f"arn:aws:lambda:{R}:{ME}:function:*"}}})}),),
        f"{AWS_DOCS}/lambda: images-create"),
    Idiom("a key for log groups of the account and the events of a bucket", (key(
        _service(f"logs.{R}.amazonaws.com", USE, "*", {
            "ArnLike": {"kms:EncryptionContext:aws:logs:arn": f"arn:aws:logs:{R}:{ME}:log-group:*"}}),
        _service("s3.amazonaws.com", ["kms:Decrypt", "kms:GenerateDataKey"], "*", {
            "ArnLike": {"aws:SourceArn": ORDERS}, "StringEquals": {"aws:SourceAccount": ME}})),),
        f"{AWS_DOCS}/AmazonCloudWatch: encrypt-log-data-kms"),
    Idiom("sessions by the tag of a team, which another tag may be written beside", (policy(
        statement("ssm:StartSession", MACHINES, {"StringEquals": {"ssm:resourceTag/team": "data"}}),
        statement("ec2:CreateTags", MACHINES, {"ForAllValues:StringEquals": {"aws:TagKeys": ["last-patched"]}})),),
        f"{AWS_DOCS}/systems-manager: getting-started-restrict-access-examples"),
    Idiom("a workflow that reads in another role of the account", (machine({
        "Resource": "arn:aws:states:::aws-sdk:dynamodb:getItem", "Credentials": {"RoleArn": f"{OURS}/reader"},
        "Parameters": {"TableName": "orders", "Key": {"id": {"S.$": "$.id"}}}}),),
        f"{AWS_DOCS}/step-functions: concepts-access-cross-acct-resources"),
    Idiom("a workflow in JSONata that names its role in quotes", (machine({
        "QueryLanguage": "JSONata", "Resource": "arn:aws:states:::aws-sdk:dynamodb:getItem",
        "Credentials": {"RoleArn": "{% '" + OURS + "/reader' %}"},
        "Arguments": {"TableName": "orders", "Key": {"id": {"S": "{% $states.input.id %}"}}}}),),
        f"{AWS_DOCS}/step-functions: transforming-data"),
    Idiom("sessions that are recorded in a log group", (
        sessions(cloudWatchLogGroupName="/ssm/sessions", cloudWatchStreamingEnabled=True),),
        f"{AWS_DOCS}/systems-manager: session-manager-logging"),
    Idiom("tunnels to a database, which Session Manager does not record", (aws("ssm/Document", {
        "name": "tunnel", "documentType": "Session", "documentFormat": "YAML", "tags": TAGS,
        "content": "schemaVersion: '1.0'\nsessionType: Port\nproperties:\n  portNumber: '5432'\n"}),),
        f"{AWS_DOCS}/systems-manager: session-manager-schema"),
    Idiom("a bucket that services write into, and identities from one network alone", (bucket_policy(
        "bank-records",
        _service("cloudtrail.amazonaws.com", "s3:PutObject", f"arn:aws:s3:::bank-records/AWSLogs/{ME}/*", {
            "StringEquals": {"aws:SourceAccount": ME, "s3:x-amz-acl": "bucket-owner-full-control"}}),
        {"Effect": "Deny", "Principal": "*", "Action": "s3:*", "Resource": "arn:aws:s3:::bank-records/*",
         "Condition": {"StringNotEquals": {"aws:SourceVpce": "vpce-0123456789abcdef0"},
                       "Bool": {"aws:PrincipalIsAWSService": "false"}}}),), f"{AWS_DOCS}/AmazonS3: data perimeters"),
    Idiom("services that act for another organisation are kept from a bucket", (bucket_policy(
        "bank-records", {"Effect": "Deny", "Principal": "*", "Action": "s3:*", "Resource": "arn:aws:s3:::bank-records*",
                         "Condition": {"StringNotEqualsIfExists": {"aws:SourceOrgID": "o-a1b2c3d4e5"},
                                       "Null": {"aws:SourceAccount": "false"},
                                       "Bool": {"aws:PrincipalIsAWSService": "true"}}}),),
        "aws-samples/data-perimeter-policy-examples"),
    Idiom("services that act for others are kept from a bucket", (bucket_policy(
        "bank-records", _service("cloudtrail.amazonaws.com", "s3:*", "arn:aws:s3:::bank-records/*", {
            "StringNotEqualsIfExists": {"aws:SourceAccount": ME}}, "Deny")),),
        "aws-samples/data-perimeter-policy-examples"),
)  # fmt: skip
