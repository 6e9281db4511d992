"""Good idioms of platform teams on AWS: jobs, streams, backups and warehouses (set 14, blind)."""

import json

from ..blind import KEY, TAGS, aws, document, statement
from ..harness import UNKNOWN
from . import Idiom, unpriced
from .fourth import AWS_DOCS, R
from .fourth_kubernetes import BUDGET
from .ninth_aws import GROUPS, SUBNETS, arn, kept, role_arn
from .thirteenth_aws import DIGEST, ECR, OURS
from .twelfth_aws_platform import logs, rights, trusted

JOB = json.dumps({
    "image": f"{ECR}/embed{DIGEST}", "command": ["python", "-m", "embed"], "user": "10001", "privileged": False,
    "jobRoleArn": role_arn("embed"), "executionRoleArn": role_arn("embed-start"), "readonlyRootFilesystem": True,
    "resourceRequirements": [{"type": "VCPU", "value": "4"}, {"type": "MEMORY", "value": "16384"}],
    "fargatePlatformConfiguration": {"platformVersion": "1.4.0"},
    "networkConfiguration": {"assignPublicIp": "DISABLED"}, "logConfiguration": {
        "logDriver": "awslogs", "options": {"awslogs-group": "/batch/embed", "awslogs-region": R}}})  # fmt: skip

IDIOMS: tuple[Idiom, ...] = (
    Idiom("documents are embedded by jobs of Batch on Fargate, with two tries and an hour at most", (
        BUDGET, logs("/batch/embed"),
        aws("batch/ComputeEnvironment", {
            "name": "embed", "type": "MANAGED", "state": "ENABLED", "serviceRole": role_arn("batch"), "tags": TAGS,
            "computeResources": {"type": "FARGATE", "maxVcpus": 16, "subnets": SUBNETS, "securityGroupIds": GROUPS}},
            "machines"),
        aws("batch/JobQueue", {
            "name": "embed", "priority": 10, "state": "ENABLED", "tags": TAGS, "computeEnvironmentOrders": [
                {"order": 1, "computeEnvironment": UNKNOWN}], "jobStateTimeLimitActions": [{
                    "action": "CANCEL", "state": "RUNNABLE", "maxTimeSeconds": 3600,
                    "reason": "MISCONFIGURATION:JOB_RESOURCE_REQUIREMENT"}]}, "queue",
            links={"computeEnvironmentOrders": ("machines",)}),
        aws("batch/JobDefinition", {
            "name": "embed", "type": "container", "platformCapabilities": ["FARGATE"], "propagateTags": True, "tags":
            TAGS, "retryStrategy": {"attempts": 2}, "timeout": {"attemptDurationSeconds": 3600},
            "containerProperties": JOB}, "embed")),
        f"{AWS_DOCS}/batch/latest/userguide/security-best-practices.html", {**OURS, **unpriced(
            "aws:batch/computeEnvironment:ComputeEnvironment::machines",
                "aws:batch/jobDefinition:JobDefinition::embed")}),
    Idiom("uses of models flow through Kinesis to the bank's bucket, sealed at each step", (
        BUDGET, trusted("firehose.amazonaws.com", "delivery"), logs("/firehose/uses"),
        aws("kinesis/Stream", {
            "name": "uses", "retentionPeriod": 72, "encryptionType": "KMS", "kmsKeyId": KEY, "tags": TAGS,
                "shardCount": 2,
            "streamModeDetails": {"streamMode": "PROVISIONED"}, "enforceConsumerDeletion": False,
            "shardLevelMetrics": ["IncomingBytes", "IteratorAgeMilliseconds"]}, "uses", protect=True),
        aws("kinesis/ResourcePolicy", {"resourceArn": UNKNOWN, "policy": document({
            "Effect": "Allow", "Principal": {"AWS": role_arn("gateway")}, "Resource": arn("kinesis", "stream/uses"),
            "Action": ["kinesis:PutRecord", "kinesis:PutRecords", "kinesis:DescribeStreamSummary"]})}, "writer",
            links={"resourceArn": ("uses",)}),
        rights("delivery",
               statement(["kinesis:DescribeStream", "kinesis:GetShardIterator", "kinesis:GetRecords",
                          "kinesis:ListShards"], arn("kinesis", "stream/uses")),
               statement(["s3:AbortMultipartUpload", "s3:GetBucketLocation", "s3:ListBucket", "s3:PutObject",
                          "s3:ListBucketMultipartUploads"],
                         ["arn:aws:s3:::bank-datasets", "arn:aws:s3:::bank-datasets/uses/*"]),
               statement(["kms:Decrypt", "kms:GenerateDataKey"], KEY, {"StringEquals": {
                   "kms:ViaService": [f"s3.{R}.amazonaws.com", f"kinesis.{R}.amazonaws.com"]}}),
               statement("logs:PutLogEvents", arn("logs", "log-group:/firehose/uses:*"))),
        aws("kinesis/FirehoseDeliveryStream", {
            "name": "uses", "destination": "extended_s3", "tags": TAGS, "kinesisSourceConfiguration": {
                "kinesisStreamArn": UNKNOWN, "roleArn": UNKNOWN},
            "extendedS3Configuration": {
                "bucketArn": "arn:aws:s3:::bank-datasets", "roleArn": UNKNOWN, "kmsKeyArn": KEY, "prefix":
                "uses/!{timestamp:yyyy/MM/dd}/", "errorOutputPrefix": "uses/failed/", "bufferingSize": 64,
                "bufferingInterval": 300, "compressionFormat": "GZIP", "cloudwatchLoggingOptions": {
                    "enabled": True, "logGroupName": "/firehose/uses", "logStreamName": "s3"}}}, "delivery-stream",
            links={"kinesisSourceConfiguration": ("uses", "delivery"), "extendedS3Configuration": ("delivery",)})),
        f"{AWS_DOCS}/streams/latest/dev/security-best-practices.html", {
            **OURS, **kept("uses"), **unpriced(
                "aws:kinesis/firehoseDeliveryStream:FirehoseDeliveryStream::delivery-stream")}),
    Idiom("copies of tagged resources are made each night into a vault that nobody empties for a month", (
        BUDGET, trusted("backup.amazonaws.com", "copier"),
        *(aws("iam/RolePolicyAttachment", {
            "role": UNKNOWN, "policyArn": f"arn:aws:iam::aws:policy/service-role/AWSBackupServiceRolePolicyFor{what}"},
            what.lower(), links={"role": ("copier",)}) for what in ("Backup",)),
        aws("backup/Vault", {"name": "platform", "kmsKeyArn": KEY, "forceDestroy": False, "tags": TAGS}, "vault",
            protect=True),
        aws("backup/VaultLockConfiguration", {"backupVaultName": "platform", "minRetentionDays": 30,
                                              "maxRetentionDays": 400, "changeableForDays": 3}, "lock",
            links={"backupVaultName": ("vault",)}),
        aws("backup/VaultPolicy", {"backupVaultName": "platform", "policy": document({
            "Sid": "Keep", "Effect": "Deny", "Principal": "*", "Resource": "*", "Action": [
                "backup:DeleteRecoveryPoint", "backup:UpdateRecoveryPointLifecycle", "backup:DeleteBackupVault",
                "backup:PutBackupVaultAccessPolicy"], "Condition": {
                    "ArnNotLike": {"aws:PrincipalArn": role_arn("break-glass")}}})}, "policy",
            links={"backupVaultName": ("vault",)}),
        aws("backup/Plan", {
            "name": "nightly", "tags": TAGS, "rules": [{
                "ruleName": "nightly", "targetVaultName": "platform", "schedule": "cron(0 22 * * ? *)",
                    "startWindow": 60,
                "completionWindow": 360, "scheduleExpressionTimezone": "Asia/Dubai", "enableContinuousBackup": False,
                "lifecycle": {"deleteAfter": 35}, "recoveryPointTags": TAGS}]}, "plan",
            links={"rules": ("vault",)}),
        aws("backup/Selection", {
            "name": "tagged", "planId": UNKNOWN, "iamRoleArn": UNKNOWN, "resources": [arn("rds", "db:*"), arn(
                "dynamodb", "table/*")], "conditions": [{"stringEquals": [{
                    "key": "aws:ResourceTag/project", "value": "arabic-llm"}]}]}, "selection",
            links={"planId": ("plan",), "iamRoleArn": ("copier",)}),
        aws("backup/VaultNotifications", {
            "backupVaultName": "platform", "snsTopicArn": arn("sns", "oncall"), "backupVaultEvents": [
                "BACKUP_JOB_COMPLETED", "RESTORE_JOB_COMPLETED"]}, "news", links={"backupVaultName": ("vault",)})),
        f"{AWS_DOCS}/aws-backup/latest/devguide/vault-lock.html"),
    Idiom("analysts ask a warehouse without servers in the network, with TLS, records of use and a bound", (
        BUDGET,
        aws("redshiftserverless/Namespace", {
            "namespaceName": "analytics", "dbName": "analytics", "adminUsername": "analytics_admin", "kmsKeyId": KEY,
            "manageAdminPassword": True, "adminPasswordSecretKmsKeyId": KEY, "iamRoles": [role_arn("warehouse")],
            "defaultIamRoleArn": role_arn("warehouse"), "logExports": ["userlog", "connectionlog", "useractivitylog"],
            "tags": TAGS}, "namespace", protect=True),
        aws("redshiftserverless/Workgroup", {
            "workgroupName": "analytics", "namespaceName": "analytics", "baseCapacity": 8, "maxCapacity": 32,
            "enhancedVpcRouting": True, "publiclyAccessible": False, "subnetIds": SUBNETS, "securityGroupIds": GROUPS,
            "configParameters": [{"parameterKey": key, "parameterValue": value} for key, value in (
                ("require_ssl", "true"), ("enable_user_activity_logging", "true"), ("max_query_execution_time", "3600"),
                ("use_fips_ssl", "true"))], "tags": TAGS}, "workgroup", links={"namespaceName": ("namespace",)}),
        aws("redshiftserverless/UsageLimit", {
            "resourceArn": UNKNOWN, "usageType": "serverless-compute", "amount": 60, "period": "daily", "breachAction":
            "deactivate"}, "bound", links={"resourceArn": ("workgroup",)})),
        f"{AWS_DOCS}/redshift/latest/mgmt/security-network-isolation.html", kept("namespace")),
)  # fmt: skip
