"""Attacks on AWS: records, encryption, money and tags (2026-12-01, twenty-second set, written before any rule ran on
it).

Properties by pulumi-aws 7.51.1. What a service does with them by its documentation, as known unless a date stands
beside it.
"""

import json

from ..blind import IMAGE, KEY, ME, TAGS, aws
from . import Attack
from .blind_money import STACK

R = "me-central-1"
RSL = ("FJ-RSL-", "FJ-ESC-115")
ENC = ("FJ-ENC-", "FJ-ESC-115")
RES = ("FJ-RES-",)
COST = ("FJ-COST-",)
TAG = ("FJ-TAG-",)
LEDGER = {
    "bucket": "bank-ledger", "tags": TAGS, "versioning": {"enabled": True},
    "serverSideEncryptionConfiguration": {"rule": {
        "bucketKeyEnabled": True, "applyServerSideEncryptionByDefault": {
            "sseAlgorithm": "aws:kms", "kmsMasterKeyId": KEY}}},
}  # fmt: skip
TASK = {
    "family": "payments", "cpu": "512", "memory": "1024", "networkMode": "awsvpc", "tags": TAGS,
    "requiresCompatibilities": ["FARGATE"], "runtimePlatform": {"cpuArchitecture": "ARM64",
                                                                "operatingSystemFamily": "LINUX"},
    "executionRoleArn": f"arn:aws:iam::{ME}:role/ecs-execution", "taskRoleArn": f"arn:aws:iam::{ME}:role/payments",
    "containerDefinitions": json.dumps([
        {"name": "router", "image": IMAGE, "essential": True, "user": "10001", "readonlyRootFilesystem": True,
         "memoryReservation": 64, "firelensConfiguration": {"type": "fluentbit"},
         "logConfiguration": {"logDriver": "awslogs", "options": {
             "awslogs-group": "payments", "awslogs-region": R, "awslogs-stream-prefix": "router"}}},
        {"name": "app", "image": IMAGE, "essential": True, "user": "10001", "readonlyRootFilesystem": True,
         "logConfiguration": {"logDriver": "awsfirelens", "options": {
             "Name": "stackdriver", "resource": "global", "severity_key": "level"}}},
    ]),
}  # fmt: skip
DATABASE = {
    "identifier": "orders", "engine": "mysql", "engineVersion": "8.0.40", "instanceClass": "db.m6g.large",
    "allocatedStorage": 100, "storageType": "gp3", "storageEncrypted": True, "kmsKeyId": KEY, "multiAz": True,
    "publiclyAccessible": False, "deletionProtection": True, "backupRetentionPeriod": 14, "copyTagsToSnapshot": True,
    "skipFinalSnapshot": False, "finalSnapshotIdentifier": "orders-final", "iamDatabaseAuthenticationEnabled": True,
    "manageMasterUserPassword": True, "masterUserSecretKmsKeyId": KEY, "username": "owner",
    "autoMinorVersionUpgrade": True, "dbSubnetGroupName": "data", "tags": TAGS,
    "enabledCloudwatchLogsExports": ["audit", "error", "general", "slowquery"],
    "vpcSecurityGroupIds": ["sg-0123456789abcdef0"],
}  # fmt: skip

ATTACKS = (
    Attack("the ledger of yesterday is deleted with all of its versions", RSL, (
        aws("s3/Bucket", LEDGER, "ledger"),
        aws("s3/BucketLifecycleConfiguration", {"bucket": "bank-ledger", "rules": [{
            "id": "tidy", "status": "Enabled", "filter": {"prefix": ""}, "expiration": {"days": 1},
            "noncurrentVersionExpiration": {"noncurrentDays": 1},
            "abortIncompleteMultipartUpload": {"daysAfterInitiation": 1}}]}, "tidy")),
        "major", "nothing is left of an object two days after it was written, in spite of versioning (Amazon S3, "
        "'Examples of S3 Lifecycle configurations')"),
    Attack("payments that fail once are thrown away", RSL, (aws("lambda/EventSourceMapping", {
        "functionName": f"arn:aws:lambda:{R}:{ME}:function:book-payment", "startingPosition": "LATEST",
        "eventSourceArn": f"arn:aws:kinesis:{R}:{ME}:stream/payments", "batchSize": 100, "tags": TAGS,
        "maximumRetryAttempts": 0, "maximumRecordAgeInSeconds": 60, "bisectBatchOnFunctionError": False}),),
        "major", "a batch of a hundred payments is skipped when the function fails once, and kept nowhere (AWS Lambda, "
        "'Retain discarded records for a Kinesis data stream')"),
    Attack("lines of the log of payments go to Google", RES, (aws("ecs/TaskDefinition", TASK),),
        "critical", "the output stackdriver sends to Cloud Logging, which needs no address (fluent/fluent-bit, "
        "plugins/out_stackdriver)"),
    Attack("a warehouse grows to a hundred of the largest nodes each night", COST, (
        STACK,
        aws("redshift/ScheduledAction", {
            "name": "nightly", "schedule": "cron(0 20 * * ? *)", "enable": True,
            "iamRole": f"arn:aws:iam::{ME}:role/redshift-scheduler",
            "targetAction": {"resizeCluster": {"clusterIdentifier": "warehouse", "clusterType": "multi-node",
                                               "nodeType": "ra3.16xlarge", "numberOfNodes": 100}}})),
        "major", "a node costs about 13 dollars an hour, so that a month is about a million dollars (Amazon Redshift "
        "pricing)"),
    Attack("programs talk to the database of orders in plain text", ENC, (aws("rds/Instance", DATABASE),),
        "major", "without a parameter group of its own require_secure_transport is off (Amazon RDS, 'Requiring SSL/TLS "
        "for all connections to a MySQL DB instance')"),
)  # fmt: skip
