"""Attacks on AWS whose harm is in the structure of settings: orders, defaults, replacements, and protections that
another resource makes void (2026-12-02, twenty-seventh set, written before any rule ran on it).

Properties by pulumi-aws 7.51.1. What a service does with them by its documentation, as known unless a date stands
beside it.
"""

import json

from ..blind import KEY, ME, TAGS, aws, document
from ..harness import Given
from . import Attack

R = "me-central-1"
OPEN = ("FJ-EXP-", "FJ-IDN-", "FJ-ESC-")
KEPT = ("FJ-RSL-", "FJ-ESC-")
ALARMS = ("FJ-EXP-127", "FJ-ESC-115", "FJ-EXP-130")
BUCKET = "bank-ledger-statements"
TLS_ONLY = {"Effect": "Deny", "Principal": "*", "Action": "s3:*",
            "Condition": {"Bool": {"aws:SecureTransport": "false"}}, "Resource": [
                f"arn:aws:s3:::{BUCKET}", f"arn:aws:s3:::{BUCKET}/*"]}  # fmt: skip
READ = {"Effect": "Allow", "Principal": {"AWS": f"arn:aws:iam::{ME}:role/statements"}, "Action": "s3:GetObject",
        "Resource": f"arn:aws:s3:::{BUCKET}/*"}  # fmt: skip


def acl(*ingress: tuple[int, str, str]) -> tuple[Given, ...]:
    """Returns a list of the network of the ledger, whose rules have a number, an action and a network."""
    entry = {"protocol": "tcp", "fromPort": 5432, "toPort": 5432}
    leaving = {"ruleNo": 100, "action": "allow", "protocol": "tcp", "fromPort": 1024, "toPort": 65535,
               "cidrBlock": "10.0.0.0/8"}  # fmt: skip
    return (aws("ec2/NetworkAcl", {
        "vpcId": "vpc-0a1b2c3d4e5f60718", "subnetIds": ["subnet-0a1b2c3d4e5f60718"], "tags": TAGS, "egress": [leaving],
        "ingress": [{**entry, "ruleNo": number, "action": action, "cidrBlock": network}
                    for number, action, network in ingress]}),)  # fmt: skip


def metric_alarm(**more: object) -> tuple[Given, ...]:
    """Returns an alarm on sign-ins of root, and the filter that counts them."""
    metric = {"name": "RootSignIns", "namespace": "Bank/Security", "value": "1", "defaultValue": "0"}
    return (
        aws("cloudwatch/LogMetricFilter", {
            "name": "root", "logGroupName": "trail", "metricTransformation": metric,
            "pattern": '{ $.userIdentity.type = "Root" && $.eventType != "AwsServiceEvent" }'}, "filter"),
        aws("cloudwatch/MetricAlarm", {
            "name": "root-sign-ins", "namespace": "Bank/Security", "metricName": "RootSignIns", "statistic": "Sum",
            "comparisonOperator": "GreaterThanOrEqualToThreshold", "threshold": 1, "treatMissingData": "notBreaching",
            "alarmActions": [f"arn:aws:sns:{R}:{ME}:security"], "tags": TAGS, "period": 300, "evaluationPeriods": 1,
            **more}, "alarm"))  # fmt: skip


def calls(source: str, *names: str, **more: object) -> tuple[Given, ...]:
    """Returns a rule on calls of a service by its record of calls, and where it tells of them."""
    return (
        aws("cloudwatch/EventRule", {
            "name": "reads", "description": "Who reads secrets", "tags": TAGS, "eventPattern": json.dumps({
                "source": [source], "detail-type": ["AWS API Call via CloudTrail"],
                "detail": {"eventName": list(names)}}), **more}, "rule"),
        aws("cloudwatch/EventTarget", {
            "rule": "reads", "arn": f"arn:aws:sns:{R}:{ME}:security"}, "target"))  # fmt: skip


def queues(life: int, **lost: object) -> tuple[Given, ...]:
    """Returns the queue of payments, and that of payments which failed."""
    key = {"kmsMasterKeyId": KEY, "tags": TAGS}
    return (
        aws("sqs/Queue", {"name": "payments-failed", **key, **lost}, "failed"),
        aws("sqs/Queue", {
            "name": "payments", "messageRetentionSeconds": life, "visibilityTimeoutSeconds": 43200, **key,
            "redrivePolicy": json.dumps({
                "deadLetterTargetArn": f"arn:aws:sqs:{R}:{ME}:payments-failed", "maxReceiveCount": 10})},
            "payments"))  # fmt: skip


ATTACKS = (
    Attack("machines of the sandbox reach the database, as what lets them in comes first", OPEN, acl(
        (100, "allow", "10.0.0.0/8"), (200, "deny", "10.66.0.0/16"), (210, "deny", "10.67.0.0/16")),
        "critical", "rules are evaluated from the lowest number, and the first that matches is applied regardless of "
        "any higher-numbered rule (Amazon VPC, 'Network ACL rules')"),
    Attack("a second policy of the bucket takes its denials away", ("FJ-ENC-", "FJ-ESC-", "FJ-IDN-", "FJ-EXP-"), (
        aws("s3/Bucket", {"bucket": BUCKET, "tags": TAGS}, "ledger"),
        aws("s3/BucketPublicAccessBlock", {
            "bucket": BUCKET, "blockPublicAcls": True, "blockPublicPolicy": True, "ignorePublicAcls": True,
            "restrictPublicBuckets": True}, "block"),
        aws("s3/BucketVersioning", {"bucket": BUCKET, "versioningConfiguration": {"status": "Enabled"}}, "versions"),
        aws("s3/BucketServerSideEncryptionConfiguration", {"bucket": BUCKET, "rules": [{
            "bucketKeyEnabled": True,
            "applyServerSideEncryptionByDefault": {"sseAlgorithm": "aws:kms", "kmsMasterKeyId": KEY}}]}, "key"),
        aws("s3/BucketLifecycleConfiguration", {"bucket": BUCKET, "rules": [{
            "id": "parts", "status": "Enabled", "filter": {}, "noncurrentVersionExpiration": {"noncurrentDays": 90},
            "abortIncompleteMultipartUpload": {"daysAfterInitiation": 7}}]}, "life"),
        aws("s3/BucketPolicy", {"bucket": BUCKET, "policy": document(TLS_ONLY, READ)}, "strict"),
        aws("s3/BucketPolicy", {"bucket": BUCKET, "policy": document(READ)}, "later")),
        "critical", "a bucket has one policy, and who puts another replaces it (Amazon S3, PutBucketPolicy)"),
    Attack("the policy that denies other Regions is taken from each role but one", OPEN, (
        aws("iam/PolicyAttachment", {
            "name": "regions", "policyArn": f"arn:aws:iam::{ME}:policy/deny-outside-the-country",
            "roles": ["build-cache"]}),),
        "critical", "attachments are exclusive: whoever else of the account has the policy loses it (pulumi-aws "
        "7.51.1, PolicyAttachment, WARNING, read 2026-12-02)"),
    Attack("no API of the account and Region writes records any more", ("FJ-RSL-", "FJ-ESC-", "FJ-EXP-"), (
        aws("apigateway/Account", {"cloudwatchRoleArn": ""}),),
        "critical", "stages write into CloudWatch by the one role that the account has for it in the Region (Amazon "
        "API Gateway, 'Set up CloudWatch logging for REST APIs')"),
    Attack("each tag of the image of payments is overwritten although tags are immutable", ("FJ-ESC-",), (
        aws("ecr/Repository", {
            "name": "payments", "imageTagMutability": "IMMUTABLE_WITH_EXCLUSION", "tags": TAGS,
            "imageTagMutabilityExclusionFilters": [{"filter": "*", "filterType": "WILDCARD"}],
            "imageScanningConfiguration": {"scanOnPush": True},
            "encryptionConfigurations": [{"encryptionType": "KMS", "kmsKey": KEY}]}),),
        "critical", "tags that a filter meets are excluded from immutability (Amazon ECR, 'Preventing image tags from "
        "being overwritten')"),
    Attack("nobody hears who reads the secrets of payments", (*ALARMS, "FJ-EXP-", "FJ-ESC-"), calls(
        "aws.secretsmanager", "GetSecretValue", "BatchGetSecretValue"),
        "critical", "a rule that is enabled gets no read-only management events (Amazon EventBridge, 'Receiving read-"
        "only management events from AWS services', read 2026-12-02), and the state is ENABLED by default"),
    Attack("payments that failed are deleted as they reach the queue of failures", KEPT, queues(1209600),
        "major", "the age of a message counts from when it was sent to the first queue: ten trials of twelve hours "
        "are five days, and the second queue keeps four by default (Amazon SQS, 'Setting-up dead-letter queue "
        "retention', read 2026-12-02)"),
    Attack("the lock of the vault refuses each backup of the plan", KEPT, (
        aws("backup/Vault", {"name": "ledger", "kmsKeyArn": KEY, "tags": TAGS}, "vault"),
        aws("backup/VaultLockConfiguration", {
            "backupVaultName": "ledger", "minRetentionDays": 365, "maxRetentionDays": 3650}, "lock"),
        aws("backup/Plan", {"name": "ledger", "tags": TAGS, "rules": [{
            "ruleName": "daily", "targetVaultName": "ledger", "schedule": "cron(0 1 * * ? *)",
            "recoveryPointTags": TAGS, "lifecycle": {"deleteAfter": 35}}]}, "plan")),
        "critical", "a job whose retention is shorter than the minimum of the vault fails (AWS Backup, PutBackupVault"
        "LockConfiguration, MinRetentionDays, read 2026-12-02)"),
    Attack("the alarm on root rings once root has signed in on seven days in a row", ALARMS + OPEN, metric_alarm(
        period=86400, evaluationPeriods=7),
        "critical", "all periods must breach where datapointsToAlarm is missing (Amazon CloudWatch, 'Evaluating an "
        "alarm')"),
    Attack("machines of the account get no patches by default", KEPT + OPEN, (
        aws("ssm/PatchBaseline", {
            "name": "standard", "operatingSystem": "AMAZON_LINUX_2023", "tags": TAGS,
            "description": "The standard of the bank"}, "baseline"),
        aws("ssm/DefaultPatchBaseline", {
            "baselineId": "pb-0a1b2c3d4e5f60718", "operatingSystem": "AMAZON_LINUX_2023"}, "default",
            links={"baselineId": ("baseline",)})),
        "critical", "a baseline installs what its rules and lists approve, and machines without a group have the "
        "default one (AWS Systems Manager, 'Patch baselines')"),
    Attack("machines without a way out copy to each bucket of the world by the endpoint", OPEN, (
        aws("ec2/VpcEndpoint", {
            "vpcId": "vpc-0a1b2c3d4e5f60718", "serviceName": f"com.amazonaws.{R}.s3", "vpcEndpointType": "Gateway",
            "tags": TAGS, "policy": document({
                "Effect": "Allow", "Principal": "*", "Action": ["s3:GetObject", "s3:PutObject"],
                "Resource": f"arn:aws:s3:::{BUCKET}/*", "Condition": {"StringEquals": {
                    "aws:PrincipalAccount": ME, "aws:ResourceAccount": ME}}})}, "s3"),
        aws("ec2/VpcEndpointPolicy", {"vpcEndpointId": "vpce-0a1b2c3d4e5f60718"}, "policy",
            links={"vpcEndpointId": ("s3",)})),
        "critical", "the policy defaults to full access (pulumi-aws 7.51.1, VpcEndpointPolicy, read 2026-12-02)"),
    Attack("files that customers send are scanned in a folder that none of them uses", KEPT + OPEN, (
        aws("guardduty/MalwareProtectionPlan", {
            "role": f"arn:aws:iam::{ME}:role/malware", "tags": TAGS, "actions": [{"taggings": [{"status": "ENABLED"}]}],
            "protectedResource": {"s3Bucket": {"bucketName": "bank-uploads", "objectPrefixes": ["scan-test/"]}}}),),
        "major", "only objects with a listed prefix are scanned (pulumi-aws 7.51.1, MalwareProtectionPlan, object"
        "Prefixes, read 2026-12-02)"),
)  # fmt: skip
