"""Stores, streams and operations of AWS in the shapes of terraform-aws-modules and of AWS's own guides."""

import json

from ..blind import KEY, ME, TAGS, aws, document
from ..harness import UNKNOWN
from . import Idiom, unpriced
from .aws_platform import BUDGET, GROUPS, LAUNCH, MODULES, REGION, SUBNETS

ELSEWHERE = "copied every night to the account in Azure UAE North"


def kept(*names: str) -> dict[str, object]:
    """Returns the setting that lists data with a copy elsewhere in the country."""
    return {"resilience": {"kept_elsewhere": dict.fromkeys(names, ELSEWHERE)}}


ARN = f"arn:aws:iam::{ME}:role"

IDIOMS: tuple[Idiom, ...] = (
    Idiom("DynamoDB table with an index, recovery and key", (aws("dynamodb/Table", {
        "name": "orders", "billingMode": "PAY_PER_REQUEST", "hashKey": "id", "deletionProtectionEnabled": True,
        "attributes": [{"name": "id", "type": "S"}, {"name": "customer", "type": "S"}], "tags": TAGS,
        "globalSecondaryIndexes": [{"name": "by-customer", "hashKey": "customer", "projectionType": "ALL"}],
        "pointInTimeRecovery": {"enabled": True}, "serverSideEncryption": {"enabled": True, "kmsKeyArn": KEY},
        "ttl": {"attributeName": "expires", "enabled": True}}, "orders", protect=True),),
        f"{MODULES}-dynamodb-table", kept("orders")),
    Idiom("Valkey in two zones with users and TLS", (BUDGET, aws("elasticache/ReplicationGroup", {
        "description": "sessions", "engine": "valkey", "engineVersion": "8.0", "nodeType": "cache.m6g.large",
        "replicationGroupId": "sessions", "numCacheClusters": 2, "automaticFailoverEnabled": True,
        "multiAzEnabled": True, "atRestEncryptionEnabled": True, "kmsKeyId": KEY, "transitEncryptionEnabled": True,
        "transitEncryptionMode": "required", "userGroupIds": ["sessions"], "snapshotRetentionLimit": 7,
        "subnetGroupName": "cache", "securityGroupIds": GROUPS, "autoMinorVersionUpgrade": True, "tags": TAGS},
        "sessions", protect=True)), f"{MODULES}-elasticache", kept("sessions")),
    Idiom("EFS with a mount target in each zone and an access point", (
        aws("efs/FileSystem", {"encrypted": True, "kmsKeyId": KEY, "throughputMode": "elastic", "tags": TAGS,
                               "lifecyclePolicies": [{"transitionToIa": "AFTER_30_DAYS"}]}, "files", protect=True),
        aws("efs/BackupPolicy", {"fileSystemId": UNKNOWN, "backupPolicy": {"status": "ENABLED"}}, "backup",
            links={"fileSystemId": ("files",)}),
        *(aws("efs/MountTarget", {"fileSystemId": UNKNOWN, "subnetId": subnet, "securityGroups": GROUPS}, subnet,
              links={"fileSystemId": ("files",)}) for subnet in SUBNETS),
        aws("efs/FileSystemPolicy", {"fileSystemId": UNKNOWN, "policy": document(
            {"Effect": "Allow", "Principal": {"AWS": f"{ARN}/orders"}, "Resource": "*",
             "Action": ["elasticfilesystem:ClientMount", "elasticfilesystem:ClientWrite"],
             "Condition": {"Bool": {"elasticfilesystem:AccessedViaMountTarget": "true"}}},
            {"Effect": "Deny", "Principal": "*", "Action": "*", "Resource": "*",
             "Condition": {"Bool": {"aws:SecureTransport": "false"}}})}, "policy", links={"fileSystemId": ("files",)}),
        aws("efs/AccessPoint", {"fileSystemId": UNKNOWN, "posixUser": {"uid": 1000, "gid": 1000}, "tags": TAGS,
                                "rootDirectory": {"path": "/orders", "creationInfo": {
                                    "ownerUid": 1000, "ownerGid": 1000, "permissions": "750"}}}, "ap",
            links={"fileSystemId": ("files",)})), f"{MODULES}-efs", kept("files")),
    Idiom("secret that rotates every thirty days", (
        aws("secretsmanager/Secret", {"name": "orders/db", "kmsKeyId": KEY, "recoveryWindowInDays": 30,
                                      "tags": TAGS}, "secret"),
        aws("secretsmanager/SecretRotation", {
            "secretId": UNKNOWN, "rotationLambdaArn": f"arn:aws:lambda:{REGION}:{ME}:function:rotate",
            "rotationRules": {"automaticallyAfterDays": 30}}, "rotation", links={"secretId": ("secret",)})),
        f"{MODULES}-secrets-manager"),
    Idiom("trail of the account in each region, into a listed bucket", (aws("cloudtrail/Trail", {
        "name": "platform", "s3BucketName": "audit-logs", "isMultiRegionTrail": True, "enableLogFileValidation": True,
        "includeGlobalServiceEvents": True, "kmsKeyId": KEY, "enableLogging": True, "tags": TAGS,
        "cloudWatchLogsGroupArn": f"arn:aws:logs:{REGION}:{ME}:log-group:trail:*",
        "cloudWatchLogsRoleArn": f"{ARN}/trail"}, "trail"),),
        "CIS AWS Foundations Benchmark 3.1 and 3.2",
        {"residency": {"known": {"audit-logs": "me-central-1, confirmed by the security team"}}}),
    Idiom("backup vault with a plan and a selection by tag", (
        aws("backup/Vault", {"name": "platform", "kmsKeyArn": KEY, "tags": TAGS}, "vault", protect=True),
        aws("backup/VaultLockConfiguration", {"backupVaultName": UNKNOWN, "minRetentionDays": 7,
                                              "maxRetentionDays": 365}, "lock", links={"backupVaultName": ("vault",)}),
        aws("backup/Plan", {"name": "daily", "tags": TAGS, "rules": [{
            "ruleName": "daily", "targetVaultName": UNKNOWN, "schedule": "cron(0 1 * * ? *)",
            "recoveryPointTags": TAGS, "lifecycle": {"deleteAfter": 35}}]}, "plan", links={"rules": ("vault",)}),
        aws("backup/Selection", {"name": "tagged", "planId": UNKNOWN, "iamRoleArn": f"{ARN}/backup",
                                 "selectionTags": [{"type": "STRINGEQUALS", "key": "backup", "value": "daily"}]},
            "selection", links={"planId": ("plan",)})), "lgallard/terraform-aws-backup, and AWS Backup's guide"),
    Idiom("Kafka with IAM sign-in and TLS", (BUDGET, aws("msk/Cluster", {
        "clusterName": "events", "kafkaVersion": "3.7.x", "numberOfBrokerNodes": 3, "tags": TAGS,
        "clientAuthentication": {"sasl": {"iam": True}}, "enhancedMonitoring": "PER_TOPIC_PER_BROKER",
        "encryptionInfo": {"encryptionAtRestKmsKeyArn": KEY,
                           "encryptionInTransit": {"clientBroker": "TLS", "inCluster": True}},
        "brokerNodeGroupInfo": {"instanceType": "kafka.m5.large", "clientSubnets": SUBNETS, "securityGroups": GROUPS,
                                "storageInfo": {"ebsStorageInfo": {"volumeSize": 200}}},
        "loggingInfo": {"brokerLogs": {"cloudwatchLogs": {"enabled": True, "logGroup": "/msk/events"}}}}, "events",
        protect=True)), f"{MODULES}-msk-kafka-cluster", {
            **kept("events"), **unpriced("aws:msk/cluster:Cluster::events")}),
    Idiom("Auto Scaling group of mixed machines that carry tags", (BUDGET, LAUNCH, aws("autoscaling/Group", {
        "minSize": 2, "maxSize": 4, "desiredCapacity": 2, "vpcZoneIdentifiers": SUBNETS, "healthCheckType": "ELB",
        "mixedInstancesPolicy": {
            "launchTemplate": {"launchTemplateSpecification": {"launchTemplateId": UNKNOWN, "version": "$Latest"},
                               "overrides": [{"instanceType": "m6i.large"}, {"instanceType": "m5.large"}]}},
        "tags": [{"key": key, "value": value, "propagateAtLaunch": True} for key, value in TAGS.items()]}, "asg",
        links={"mixedInstancesPolicy": ("lt",)})), f"{MODULES}-autoscaling"),
    Idiom("rule of EventBridge to a queue with a dead-letter queue", (
        aws("cloudwatch/EventRule", {"name": "orders", "tags": TAGS, "eventPattern": json.dumps({
            "source": ["orders"]})}, "rule"),
        aws("cloudwatch/EventTarget", {"rule": UNKNOWN, "arn": f"arn:aws:sqs:{REGION}:{ME}:orders",
                                       "deadLetterConfig": {"arn": f"arn:aws:sqs:{REGION}:{ME}:orders-dead"}}, "t",
            links={"rule": ("rule",)})), f"{MODULES}-eventbridge"),
    Idiom("peering of two networks of the account", (
        aws("ec2/VpcPeeringConnection", {"vpcId": "vpc-1", "peerVpcId": "vpc-2", "peerOwnerId": ME, "autoAccept": True,
                                         "tags": TAGS}, "peer"),
        aws("ec2/Route", {"routeTableId": "rtb-1", "destinationCidrBlock": "10.30.0.0/16",
                          "vpcPeeringConnectionId": UNKNOWN}, "route", links={"vpcPeeringConnectionId": ("peer",)})),
        "docs.aws.amazon.com/vpc/latest/peering"),
)  # fmt: skip
