"""Good idioms of platform teams on AWS: stores, databases, messages and jobs of data (set 14, blind)."""

import json

from ..blind import KEY, ME, TAGS, aws, document, statement
from ..harness import UNKNOWN
from . import Idiom, unpriced
from .fourth import AWS_DOCS
from .fourth_kubernetes import BUDGET
from .ninth_aws import GROUPS, SUBNETS, arn, kept, role_arn
from .thirteenth_aws import OURS
from .twelfth_aws_platform import logs, rights, trusted

WEIGHTS = "arn:aws:s3:::bank-models"
FLOW = json.dumps({"StartAt": "Score", "TimeoutSeconds": 900, "States": {
    "Score": {"Type": "Task", "Resource": "arn:aws:states:::lambda:invoke", "Next": "Keep", "TimeoutSeconds": 60,
              "Parameters": {"FunctionName": arn("lambda", "function:score:live"), "Payload.$": "$"},
              "ResultPath": "$.score", "Retry": [{
                  "ErrorEquals": ["Lambda.TooManyRequestsException"], "IntervalSeconds": 2, "MaxAttempts": 3}]},
    "Keep": {"Type": "Task", "Resource": "arn:aws:states:::dynamodb:putItem", "End": True, "Parameters": {
        "TableName": "scores", "Item": {"id": {"S.$": "$.id"}}}}}})  # fmt: skip
SSL = [{"name": name, "value": value, "applyMethod": method} for name, value, method in (
    ("rds.force_ssl", "1", "immediate"), ("log_connections", "1", "immediate"),
    ("log_disconnections", "1", "immediate"), ("shared_preload_libraries", "pgaudit", "pending-reboot"),
    ("ssl_min_protocol_version", "TLSv1.2", "immediate"))]  # fmt: skip


IDIOMS: tuple[Idiom, ...] = (
    Idiom("weights lie in a bucket with versions that nobody deletes, and are read over TLS with one key", (
        BUDGET,
        aws("s3/Bucket", {"bucket": "bank-models", "forceDestroy": False, "objectLockEnabled": True, "tags": TAGS},
            "weights", protect=True),
        aws("s3/BucketPublicAccessBlock", {
            "bucket": UNKNOWN, "blockPublicAcls": True, "blockPublicPolicy": True, "ignorePublicAcls": True,
            "restrictPublicBuckets": True}, "private", links={"bucket": ("weights",)}),
        aws("s3/BucketOwnershipControls", {"bucket": UNKNOWN, "rule": {"objectOwnership": "BucketOwnerEnforced"}},
            "owner", links={"bucket": ("weights",)}),
        aws("s3/BucketVersioning", {"bucket": UNKNOWN, "versioningConfiguration": {"status": "Enabled"}}, "versions",
            links={"bucket": ("weights",)}),
        aws("s3/BucketServerSideEncryptionConfiguration", {"bucket": UNKNOWN, "rules": [{
            "bucketKeyEnabled": True, "applyServerSideEncryptionByDefault": {
                "sseAlgorithm": "aws:kms", "kmsMasterKeyId": KEY}}]}, "sealed", links={"bucket": ("weights",)}),
        aws("s3/BucketObjectLockConfiguration", {"bucket": UNKNOWN, "rule": {"defaultRetention": {
            "mode": "GOVERNANCE", "days": 90}}}, "lock", links={"bucket": ("weights",)}),
        aws("s3/BucketLifecycleConfiguration", {"bucket": UNKNOWN, "rules": [
            {"id": "old", "status": "Enabled", "filter": {"prefix": ""}, "noncurrentVersionExpiration": {
                "noncurrentDays": 180}, "abortIncompleteMultipartUpload": {"daysAfterInitiation": 3}}]}, "old",
            links={"bucket": ("weights",)}),
        aws("s3/BucketLogging", {"bucket": UNKNOWN, "targetBucket": "bank-logs", "targetPrefix": "weights/"}, "uses",
            links={"bucket": ("weights",)}),
        aws("s3/BucketPolicy", {"bucket": UNKNOWN, "policy": document(
            {"Sid": "Tls", "Effect": "Deny", "Principal": "*", "Action": "s3:*", "Resource": [WEIGHTS, f"{WEIGHTS}/*"],
             "Condition": {"Bool": {"aws:SecureTransport": "false"}}},
            {"Sid": "Tls12", "Effect": "Deny", "Principal": "*", "Action": "s3:*", "Resource": [
                WEIGHTS, f"{WEIGHTS}/*"], "Condition": {"NumericLessThan": {"s3:TlsVersion": "1.2"}}},
            {"Sid": "Read", "Effect": "Allow", "Principal": {"AWS": role_arn("server")}, "Action": "s3:GetObject",
             "Resource": f"{WEIGHTS}/*", "Condition": {"StringEquals": {
                 "aws:SourceVpce": "vpce-0123456789abcdef0"}}})}, "policy", links={"bucket": ("weights",)})),
        f"{AWS_DOCS}/AmazonS3/latest/userguide/security-best-practices.html", {
            **kept("weights"), "residency": {"known": {"bank-logs": "our own bucket, in me-central-1"}}}),
    Idiom("claims lie in PostgreSQL of two zones that insists on TLS and knows programs by their roles", (
        BUDGET, trusted("monitoring.rds.amazonaws.com", "monitor"),
        aws("iam/RolePolicyAttachment", {
            "role": UNKNOWN, "policyArn": "arn:aws:iam::aws:policy/service-role/AmazonRDSEnhancedMonitoringRole"},
            "monitoring", links={"role": ("monitor",)}),
        aws("rds/ParameterGroup", {"name": "claims", "family": "postgres17", "parameters": SSL, "tags": TAGS}, "tls"),
        aws("rds/SubnetGroup", {"name": "claims", "subnetIds": SUBNETS, "tags": TAGS}, "subnets"),
        aws("rds/Instance", {
            "identifier": "claims", "engine": "postgres", "engineVersion": "17.6", "instanceClass": "db.m6g.large",
            "allocatedStorage": 100, "maxAllocatedStorage": 200, "storageType": "gp3", "storageEncrypted": True,
            "kmsKeyId": KEY, "dbName": "claims", "username": "claims_admin", "manageMasterUserPassword": True,
            "masterUserSecretKmsKeyId": KEY, "iamDatabaseAuthenticationEnabled": True, "multiAz": True,
            "publiclyAccessible": False, "dbSubnetGroupName": "claims", "vpcSecurityGroupIds": GROUPS,
            "parameterGroupName": "claims", "caCertIdentifier": "rds-ca-ecc384-g1", "backupRetentionPeriod": 35,
            "backupWindow": "22:00-23:00", "copyTagsToSnapshot": True, "deletionProtection": True,
            "skipFinalSnapshot": False, "finalSnapshotIdentifier": "claims-final", "autoMinorVersionUpgrade": True,
            "deleteAutomatedBackups": False, "performanceInsightsEnabled": True, "performanceInsightsKmsKeyId": KEY,
            "monitoringInterval": 60, "monitoringRoleArn": UNKNOWN, "enabledCloudwatchLogsExports": [
                "postgresql", "upgrade"], "tags": TAGS}, "claims", protect=True,
            links={"dbSubnetGroupName": ("subnets",), "parameterGroupName": ("tls",),
                   "monitoringRoleArn": ("monitor",)})),
        f"{AWS_DOCS}/AmazonRDS/latest/UserGuide/CHAP_BestPractices.Security.html", {
            **kept("claims"), **unpriced("aws:rds/instance:Instance::claims")}),
    Idiom("sessions are cached by Valkey of two zones, and an app signs in to it by its role", (
        BUDGET,
        aws("elasticache/User", {
            "userId": "chat", "userName": "chat", "engine": "valkey", "authenticationMode": {"type": "iam"}, "tags":
            TAGS, "accessString": "on ~chat:* -@all +@read +@write +@connection"}, "chat"),
        aws("elasticache/UserGroup", {"userGroupId": "chat", "engine": "valkey", "userIds": ["chat"], "tags": TAGS},
            "users", links={"userIds": ("chat",)}),
        aws("elasticache/SubnetGroup", {"name": "sessions", "subnetIds": SUBNETS, "tags": TAGS}, "subnets"),
        aws("elasticache/ReplicationGroup", {
            "replicationGroupId": "sessions", "description": "Sessions of chats", "engine": "valkey", "tags": TAGS,
            "engineVersion": "8.0", "nodeType": "cache.m6g.large", "numCacheClusters": 2, "multiAzEnabled": True,
            "automaticFailoverEnabled": True, "atRestEncryptionEnabled": True, "kmsKeyId": KEY, "port": 6379,
            "transitEncryptionEnabled": True, "transitEncryptionMode": "required", "userGroupIds": ["chat"],
            "subnetGroupName": "sessions", "securityGroupIds": GROUPS, "snapshotRetentionLimit": 7,
            "autoMinorVersionUpgrade": True, "finalSnapshotIdentifier": "sessions-final"}, "sessions",
            links={"userGroupIds": ("users",), "subnetGroupName": ("subnets",)})),
        f"{AWS_DOCS}/AmazonElastiCache/latest/dg/auth-iam.html", {
            **kept("sessions"), **unpriced("aws:elasticache/replicationGroup:ReplicationGroup::sessions")}),
    Idiom("events run through Kafka of AWS with roles only, three copies and records of its brokers", (
        BUDGET, logs("/msk/events"),
        aws("msk/Configuration", {"name": "events", "kafkaVersions": ["3.9.x"], "serverProperties":
                                  "auto.create.topics.enable=false\ndefault.replication.factor=3\n"
                                  "min.insync.replicas=2\nallow.everyone.if.no.acl.found=false\n"}, "settings"),
        aws("msk/Cluster", {
            "clusterName": "events", "kafkaVersion": "3.9.x", "numberOfBrokerNodes": 3, "tags": TAGS,
            "enhancedMonitoring": "PER_TOPIC_PER_BROKER", "brokerNodeGroupInfo": {
                "instanceType": "kafka.m5.large", "clientSubnets": SUBNETS, "securityGroups": GROUPS,
                "storageInfo": {"ebsStorageInfo": {"volumeSize": 100}},
                "connectivityInfo": {"publicAccess": {"type": "DISABLED"}}},
            "clientAuthentication": {"sasl": {"iam": True, "scram": False}, "unauthenticated": False},
            "encryptionInfo": {"encryptionAtRestKmsKeyArn": KEY, "encryptionInTransit": {
                "clientBroker": "TLS", "inCluster": True}},
            "configurationInfo": {"arn": UNKNOWN, "revision": 1}, "loggingInfo": {"brokerLogs": {
                "cloudwatchLogs": {"enabled": True, "logGroup": "/msk/events"}}}}, "events", protect=True,
            links={"configurationInfo": ("settings",), "loggingInfo": ("logs",)}),
        aws("msk/ClusterPolicy", {"clusterArn": UNKNOWN, "policy": document({
            "Effect": "Allow", "Principal": {"AWS": role_arn("triage")}, "Resource":
            arn("kafka", "cluster/events/11111111-2222-3333-4444-555555555555-1"), "Action": [
                "kafka:DescribeCluster", "kafka:GetBootstrapBrokers"]})}, "callers",
            links={"clusterArn": ("events",)})),
        f"{AWS_DOCS}/msk/latest/developerguide/security-best-practices.html", {
            **kept("events"), **unpriced("aws:msk/cluster:Cluster::events")}),
    Idiom("news of claims reach a queue with a second chance, under the bank's key and from one topic", (
        BUDGET,
        aws("sns/Topic", {"name": "claims", "kmsMasterKeyId": KEY, "tracingConfig": "Active", "tags": TAGS,
                          "signatureVersion": 2}, "topic"),
        aws("sns/TopicPolicy", {"arn": UNKNOWN, "policy": document(
            {"Effect": "Allow", "Principal": {"AWS": role_arn("claims")}, "Action": "sns:Publish", "Resource":
             arn("sns", "claims")},
            {"Effect": "Deny", "Principal": "*", "Action": "sns:Publish", "Resource": arn("sns", "claims"),
             "Condition": {"Bool": {"aws:SecureTransport": "false"}}})}, "publishers", links={"arn": ("topic",)}),
        aws("sqs/Queue", {"name": "claims-failed", "kmsMasterKeyId": KEY, "messageRetentionSeconds": 1209600,
                          "tags": TAGS}, "failed"),
        aws("sqs/Queue", {
            "name": "claims", "kmsMasterKeyId": KEY, "kmsDataKeyReusePeriodSeconds": 300, "visibilityTimeoutSeconds":
            120, "receiveWaitTimeSeconds": 20, "tags": TAGS, "redrivePolicy": json.dumps({
                "deadLetterTargetArn": arn("sqs", "claims-failed"), "maxReceiveCount": 5})}, "queue",
            links={"redrivePolicy": ("failed",)}),
        aws("sqs/RedriveAllowPolicy", {"queueUrl": UNKNOWN, "redriveAllowPolicy": json.dumps({
            "redrivePermission": "byQueue", "sourceQueueArns": [arn("sqs", "claims")]})}, "redrive",
            links={"queueUrl": ("failed",)}),
        aws("sqs/QueuePolicy", {"queueUrl": UNKNOWN, "policy": document({
            "Effect": "Allow", "Principal": {"Service": "sns.amazonaws.com"}, "Action": "sqs:SendMessage",
            "Resource": arn("sqs", "claims"), "Condition": {"ArnEquals": {"aws:SourceArn": arn("sns", "claims")},
                                                            "StringEquals": {"aws:SourceAccount": ME}}})}, "sender",
            links={"queueUrl": ("queue",)}),
        aws("sns/TopicSubscription", {
            "topic": UNKNOWN, "protocol": "sqs", "endpoint": arn("sqs", "claims"), "rawMessageDelivery": True,
            "redrivePolicy": json.dumps({"deadLetterTargetArn": arn("sqs", "claims-failed")}), "filterPolicy":
            json.dumps({"kind": ["new", "changed"]})}, "claims", links={"topic": ("topic",)})),
        f"{AWS_DOCS}/sns/latest/dg/sns-security-best-practices.html",
        doubt="its policy of the queue denies no request without TLS, as the rules ask"),
    Idiom("a score is a workflow with its own key that calls one version of a function and writes one table", (
        BUDGET, trusted("states.amazonaws.com", "flow"), logs("/aws/vendedlogs/states/score"),
        rights("flow",
               statement("lambda:InvokeFunction", arn("lambda", "function:score:live")),
               statement("dynamodb:PutItem", arn("dynamodb", "table/scores")),
               statement(["kms:Decrypt", "kms:GenerateDataKey"], KEY),
               statement(["logs:CreateLogDelivery", "logs:GetLogDelivery", "logs:UpdateLogDelivery",
                          "logs:ListLogDeliveries", "logs:DescribeResourcePolicies", "logs:DescribeLogGroups"]),
               statement(["xray:PutTraceSegments", "xray:PutTelemetryRecords", "xray:GetSamplingRules",
                          "xray:GetSamplingTargets"])),
        aws("sfn/StateMachine", {
            "name": "score", "type": "STANDARD", "roleArn": UNKNOWN, "definition": FLOW, "tags": TAGS,
            "tracingConfiguration": {"enabled": True}, "encryptionConfiguration": {
                "type": "CUSTOMER_MANAGED_KMS_KEY", "kmsKeyId": KEY, "kmsDataKeyReusePeriodSeconds": 300},
            "loggingConfiguration": {"level": "ERROR", "includeExecutionData": False, "logDestination": UNKNOWN}},
            "score", links={"roleArn": ("flow",), "loggingConfiguration": ("logs",)}),
        aws("cloudwatch/MetricAlarm", {
            "name": "score-failed", "namespace": "AWS/States", "metricName": "ExecutionsFailed", "statistic": "Sum",
            "comparisonOperator": "GreaterThanThreshold", "threshold": 0, "period": 300, "evaluationPeriods": 1,
            "dimensions": {"StateMachineArn": arn("states", "stateMachine:score")}, "tags": TAGS,
            "treatMissingData": "notBreaching", "alarmActions": [arn("sns", "oncall")]}, "alarm")),
        f"{AWS_DOCS}/step-functions/latest/dg/encryption-at-rest.html", {
            **unpriced("aws:sfn/stateMachine:StateMachine::score"), "identity": {"unrestricted_actions": dict.fromkeys(
                ("logs:CreateLogDelivery", "logs:UpdateLogDelivery"),
                "AWS requires every resource for the delivery of logs")}}),
    Idiom("notebooks share a file system in which each team has its own folder and user", (
        BUDGET,
        aws("efs/FileSystem", {
            "encrypted": True, "kmsKeyId": KEY, "performanceMode": "generalPurpose", "throughputMode": "elastic",
            "lifecyclePolicies": [{"transitionToIa": "AFTER_30_DAYS"}], "protection": {
                "replicationOverwrite": "ENABLED"}, "tags": TAGS}, "files", protect=True),
        aws("efs/BackupPolicy", {"fileSystemId": UNKNOWN, "backupPolicy": {"status": "ENABLED"}}, "backups",
            links={"fileSystemId": ("files",)}),
        aws("efs/FileSystemPolicy", {"fileSystemId": UNKNOWN, "bypassPolicyLockoutSafetyCheck": False,
                                     "policy": document(
            {"Effect": "Deny", "Principal": "*", "Action": "*", "Resource": arn("elasticfilesystem",
                "file-system/fs-1"),
             "Condition": {"Bool": {"aws:SecureTransport": "false"}}},
            {"Effect": "Allow", "Principal": {"AWS": role_arn("research")}, "Action": [
                "elasticfilesystem:ClientMount", "elasticfilesystem:ClientWrite"],
             "Resource": arn("elasticfilesystem", "file-system/fs-1"), "Condition": {
                 "Bool": {"elasticfilesystem:AccessedViaMountTarget": "true"}, "StringEquals": {
                     "elasticfilesystem:AccessPointArn": arn("elasticfilesystem", "access-point/fsap-1")}}})}, "policy",
            links={"fileSystemId": ("files",)}),
        *(aws("efs/MountTarget", {"fileSystemId": UNKNOWN, "subnetId": subnet, "securityGroups": GROUPS}, subnet,
              links={"fileSystemId": ("files",)}) for subnet in SUBNETS),
        aws("efs/AccessPoint", {
            "fileSystemId": UNKNOWN, "tags": TAGS, "posixUser": {"uid": 2001, "gid": 2001}, "rootDirectory": {
                "path": "/research", "creationInfo": {"ownerUid": 2001, "ownerGid": 2001, "permissions": "0750"}}},
            "research", links={"fileSystemId": ("files",)})),
        f"{AWS_DOCS}/efs/latest/ug/security-considerations.html", {
            **kept("files"), **unpriced("aws:efs/fileSystem:FileSystem::files")}),
    Idiom("trainings read the bank's bucket as files of Lustre, and the file system is sealed", (
        BUDGET,
        aws("fsx/LustreFileSystem", {
            "deploymentType": "PERSISTENT_2", "storageCapacity": 1200, "perUnitStorageThroughput": 125, "storageType":
            "SSD", "subnetIds": SUBNETS[0], "securityGroupIds": GROUPS, "kmsKeyId": KEY, "dataCompressionType": "LZ4",
            "automaticBackupRetentionDays": 14, "dailyAutomaticBackupStartTime": "22:00", "copyTagsToBackups": True,
            "rootSquashConfiguration": {"rootSquash": "65534:65534"}, "tags": TAGS}, "lustre", protect=True),
        aws("fsx/DataRepositoryAssociation", {
            "fileSystemId": UNKNOWN, "dataRepositoryPath": "s3://bank-datasets/train", "fileSystemPath": "/train",
            "batchImportMetaDataOnCreate": True, "tags": TAGS, "s3": {"autoImportPolicy": {
                "events": ["NEW", "CHANGED", "DELETED"]}}}, "train", links={"fileSystemId": ("lustre",)})),
        f"{AWS_DOCS}/fsx/latest/LustreGuide/encryption-at-rest.html", {
            **OURS, **kept("lustre")}),
)  # fmt: skip
