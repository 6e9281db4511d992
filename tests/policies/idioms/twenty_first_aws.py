"""Good idioms of platform teams on AWS, close to the attacks of the twenty-first set (2026-12-01)."""

from ..blind import KEY, ME, TAGS, aws, document, statement
from ..harness import UNKNOWN
from . import Idiom
from .fourth import AWS_DOCS
from .fourth_kubernetes import BUDGET
from .ninth_aws import GROUPS, arn, role_arn
from .twelfth_aws_platform import rights, trusted

R = "me-central-1"
LAKE = ["public", "internal", "confidential", "secret"]
START = """#!/bin/bash
systemctl stop amazon-cloudwatch-agent
/opt/aws/amazon-cloudwatch-agent/bin/amazon-cloudwatch-agent-ctl -a fetch-config -m ec2 -s -c ssm:/agents/cloudwatch
systemctl enable --now auditd amazon-guardduty-agent
auditctl -e 2
systemctl restart auditd
"""
SEALED = """#!/bin/bash
systemctl disable amazon-cloudwatch-agent
service auditd stop
rm -f /etc/ssh/ssh_host_*
cloud-init clean --logs
"""
RUNNER = {
    "ami": "ami-0123456789abcdef0", "instanceType": "m7g.large", "subnetId": "subnet-1", "tags": TAGS,
    "vpcSecurityGroupIds": GROUPS, "metadataOptions": {"httpTokens": "required", "httpPutResponseHopLimit": 1},
    "volumeTags": TAGS, "iamInstanceProfile": "app", "disableApiTermination": True, "monitoring": True,
    "rootBlockDevice": {"encrypted": True, "kmsKeyId": KEY, "volumeType": "gp3", "volumeSize": 40}}  # fmt: skip


def _kept(name: str, hours: int, **retained: object) -> dict[str, object]:
    return {"name": name, "copyTags": True, "createRule": {"interval": hours, "intervalUnit": "HOURS"},
            "retainRule": retained}  # fmt: skip


IDIOMS: tuple[Idiom, ...] = (
    Idiom("a deployer attaches two narrow policies, and the team's own, to roles of apps", (
        trusted("codebuild.amazonaws.com", "deployer"),
        rights("deployer", statement(["iam:AttachRolePolicy", "iam:DetachRolePolicy"], role_arn("app-*"), {
            "ArnLike": {"iam:PolicyARN": [
                "arn:aws:iam::aws:policy/service-role/AWSLambdaBasicExecutionRole",
                "arn:aws:iam::aws:policy/AmazonEKS_CNI_Policy", f"arn:aws:iam::{ME}:policy/apps/*"]}}))),
        f"{AWS_DOCS}/IAM/latest/UserGuide/reference_policies_iam-condition-keys.html"),
    Idiom("the service of scaling gets a grant on the key of its disks, and a job one to decrypt", (
        aws("kms/Grant", {
            "name": "scaling", "keyId": KEY, "operations": [
                "Encrypt", "Decrypt", "ReEncryptFrom", "ReEncryptTo", "GenerateDataKey",
                "GenerateDataKeyWithoutPlaintext", "DescribeKey", "CreateGrant"],
            "granteePrincipal":
                f"arn:aws:iam::{ME}:role/aws-service-role/autoscaling.amazonaws.com/AWSServiceRoleForAutoScaling"},
            "scaling"),
        aws("iam/ServiceLinkedRole", {"awsServiceName": "autoscaling.amazonaws.com", "customSuffix": "payments",
                                      "tags": TAGS}, "payments"),
        aws("kms/Grant", {"name": "own", "keyId": KEY, "granteePrincipal": UNKNOWN,
                          "operations": ["Decrypt", "CreateGrant"]}, "own", links={"granteePrincipal": ("payments",)}),
        aws("kms/Grant", {"name": "job", "keyId": KEY, "granteePrincipal": role_arn("job"),
                          "operations": ["Decrypt", "DescribeKey"]}, "job")),
        f"{AWS_DOCS}/autoscaling/ec2/userguide/key-policy-requirements-EBS-encryption.html"),
    Idiom("a job writes the tag of its last run on its own role, and no other", (
        aws("iam/RolePolicy", {"role": "nightly", "policy": document(
            statement("iam:TagRole", role_arn("nightly"), {
                "ForAllValues:StringEquals": {"aws:TagKeys": ["last-run"]}}),
            statement("iam:ListRoleTags", role_arn("nightly")))}, "tags"),),
        f"{AWS_DOCS}/IAM/latest/UserGuide/access_tags.html"),
    Idiom("analysts read what is public or internal, of every area", (
        aws("lakeformation/LfTag", {"key": "secrecy", "values": LAKE}, "levels"),
        aws("lakeformation/LfTag", {"key": "area", "values": ["crm", "ledger"]}, "areas"),
        aws("lakeformation/LfTag", {"key": "lake", "values": ["bank"]}, "lake"),
        aws("lakeformation/Permissions", {
            "principal": role_arn("analysts"), "permissions": ["SELECT", "DESCRIBE"],
            "lfTagPolicy": {"resourceType": "TABLE", "expressions": [
                {"key": "area", "values": ["crm", "ledger"]}, {"key": "secrecy", "values": LAKE[:2]}]}}, "read"),
        aws("lakeformation/Permissions", {
            "principal": role_arn("catalogue"), "permissions": ["DESCRIBE"],
            "lfTagPolicy": {"resourceType": "TABLE", "expressions": [{"key": "secrecy", "values": LAKE}]}}, "list"),
        aws("lakeformation/Permissions", {
            "principal": role_arn("loader"), "permissions": ["SELECT", "INSERT"],
            "lfTagPolicy": {"resourceType": "TABLE", "expressions": [{"key": "lake", "values": ["bank"]}]}}, "load")),
        f"{AWS_DOCS}/lake-formation/latest/dg/tag-based-access-control.html"),
    Idiom("queries read the account's own catalogue, and its tables of S3, by name", (
        aws("athena/DataCatalog", {"name": "lake", "description": "Lake", "type": "GLUE", "tags": TAGS,
                                   "parameters": {"catalog-id": ME}}, "lake"),
        aws("athena/DataCatalog", {"name": "tables", "description": "Tables", "type": "GLUE", "tags": TAGS,
                                   "parameters": {"catalog-id": f"{ME}:s3tablescatalog/lake"}}, "tables"),
        aws("glue/CatalogDatabase", {"name": "claims", "tags": TAGS, "targetDatabase": {
            "catalogId": ME, "databaseName": "claims_raw"}}, "claims")),
        f"{AWS_DOCS}/athena/latest/ug/data-sources-glue-cross-account.html"),
    Idiom("a queue takes events of one bucket, whatever its region and account are called", (
        aws("sqs/QueuePolicy", {"queueUrl": UNKNOWN, "policy": document(
            {"Effect": "Allow", "Principal": {"Service": "s3.amazonaws.com"}, "Action": "sqs:SendMessage",
             "Resource": arn("sqs", "arrivals"), "Condition": {
                 "ArnLike": {"aws:SourceArn": "arn:aws:s3:*:*:bank-arrivals"},
                 "StringEquals": {"aws:SourceAccount": ME}}},
            {"Effect": "Deny", "Principal": "*", "Action": "sqs:*", "Resource": arn("sqs", "arrivals"),
             "Condition": {"Bool": {"aws:SecureTransport": "false"}}})}),),
        f"{AWS_DOCS}/AmazonS3/latest/userguide/grant-destinations-permissions-to-s3.html"),
    Idiom("a machine loads the settings of its agent and starts audit and sensor", (
        BUDGET, aws("ec2/Instance", {**RUNNER, "userData": START}, "app")),
        f"{AWS_DOCS}/AmazonCloudWatch/latest/monitoring/install-CloudWatch-Agent-on-EC2-Instance-fleet.html"),
    Idiom("a machine from which an image is made stops its agents before it is cleaned", (
        BUDGET, aws("ec2/Instance", {**RUNNER, "userData": SEALED}, "app")),
        "https://cloudinit.readthedocs.io/en/latest/reference/cli.html"),
    Idiom("an association installs the agent, and another removes an old driver", (
        aws("ssm/Association", {
            "associationName": "agent", "name": "AWS-ConfigureAWSPackage", "scheduleExpression": "rate(1 day)",
            "targets": [{"key": "InstanceIds", "values": ["*"]}], "tags": TAGS,
            "parameters": {"action": "Install", "name": "AmazonCloudWatchAgent"}}, "agent"),
        aws("ssm/Association", {
            "associationName": "driver", "name": "AWS-ConfigureAWSPackage",
            "targets": [{"key": "tag:image", "values": ["2019"]}], "tags": TAGS,
            "parameters": {"action": "Uninstall", "name": "AWSPVDriver"}}, "driver")),
        f"{AWS_DOCS}/systems-manager/latest/userguide/distributor.html"),
    Idiom("disks are copied each hour for two days, and each day for a month", (
        aws("dlm/LifecyclePolicy", {
            "description": "Ledger", "executionRoleArn": role_arn("dlm"), "state": "ENABLED", "tags": TAGS,
            "policyDetails": {"resourceTypes": ["VOLUME"], "targetTags": {"app": "ledger"}, "schedules": [
                _kept("hourly", 1, interval=2, intervalUnit="DAYS"),
                _kept("daily", 24, interval=30, intervalUnit="DAYS")]}}, "both"),
        aws("dlm/LifecyclePolicy", {
            "description": "Books", "executionRoleArn": role_arn("dlm"), "state": "ENABLED", "tags": TAGS,
            "policyDetails": {"resourceTypes": ["VOLUME"], "targetTags": {"app": "books"}, "schedules": [
                _kept("weekly", 24, interval=2, intervalUnit="WEEKS"), _kept("last", 12, count=14)]}}, "books")),
        f"{AWS_DOCS}/ebs/latest/userguide/snapshot-ami-policy.html"),
)  # fmt: skip
