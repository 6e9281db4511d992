"""Good idioms of platform teams on AWS: databases, stores, streams, lakes and files (set 20, blind)."""

import json

from ..blind import KEY, ME, TAGS, aws, document, statement
from ..harness import UNKNOWN
from . import Idiom, unpriced
from .fourth import AWS_DOCS, R
from .fourth_kubernetes import BUDGET
from .nineteenth_aws import alarm, parameters
from .ninth_aws import GROUPS, SUBNETS, arn, kept, role_arn
from .thirteenth_aws import OURS, scaled
from .twelfth_aws_platform import VPC, logs, rights, trusted

WALLET = {
    "SQLNET.ENCRYPTION_SERVER": "REQUIRED", "SQLNET.ENCRYPTION_TYPES_SERVER": "AES256,AES192",
    "SQLNET.CRYPTO_CHECKSUM_SERVER": "REQUIRED", "SQLNET.CRYPTO_CHECKSUM_TYPES_SERVER": "SHA256,SHA384",
    "SQLNET.ALLOW_WEAK_CRYPTO_CLIENTS": "FALSE", "SQLNET.ALLOW_WEAK_CRYPTO": "FALSE"}  # fmt: skip
PG = {"rds.force_ssl": "1", "log_statement": "ddl", "log_connections": "1", "log_disconnections": "1",
      "log_min_duration_statement": "500", "log_autovacuum_min_duration": "1000", "idle_session_timeout": "3600000",
      "lock_timeout": "30000", "work_mem": "16384", "checkpoint_timeout": "900", "autovacuum_vacuum_cost_limit": "1000",
      "pg_stat_statements.track": "all", "auto_explain.log_min_duration": "2000", "auto_explain.log_analyze":
      "0"}  # fmt: skip
PG_STATIC = {"shared_preload_libraries": "pg_stat_statements,auto_explain,pg_cron", "max_wal_senders": "10",
             "rds.custom_dns_resolution": "0", "cron.database_name": "claims"}  # fmt: skip
ORDERS = {"name": "orders", "hashKey": "customer", "rangeKey": "order", "billingMode": "PROVISIONED"}
SECURE = {"Effect": "Deny", "Principal": "*", "Action": "s3:*", "Condition": {
    "Bool": {"aws:SecureTransport": "false"}}}  # fmt: skip
OLD_TLS = {"Effect": "Deny", "Principal": "*", "Action": "s3:*", "Condition": {
    "NumericLessThan": {"s3:TlsVersion": "1.2"}}}  # fmt: skip
LAKE = ["arn:aws:s3:::bank-lake-raw", "arn:aws:s3:::bank-lake-raw/*"]

IDIOMS: tuple[Idiom, ...] = (
    Idiom("claims are in PostgreSQL with a standby in each of two zones, scheduled jobs and deeper figures", (
        BUDGET,
        aws("rds/SubnetGroup", {"name": "claims", "description": "Data subnets", "subnetIds": SUBNETS, "tags": TAGS},
            "subnets"),
        aws("rds/ClusterParameterGroup", {
            "name": "claims", "family": "postgres17", "description": "Claims", "parameters": parameters(PG, PG_STATIC),
            "tags": TAGS}, "parameters"),
        aws("rds/Cluster", {
            "clusterIdentifier": "claims", "engine": "postgres", "engineVersion": "17.5", "dbClusterInstanceClass":
            "db.m6gd.large", "storageType": "io1", "allocatedStorage": 200, "iops": 3000, "masterUsername": "owner",
            "manageMasterUserPassword": True, "masterUserSecretKmsKeyId": KEY, "storageEncrypted": True, "kmsKeyId":
            KEY, "iamDatabaseAuthenticationEnabled": True, "dbSubnetGroupName": UNKNOWN,
            "dbClusterParameterGroupName": UNKNOWN, "vpcSecurityGroupIds": GROUPS, "port": 5432, "databaseName":
            "claims", "backupRetentionPeriod": 35, "preferredBackupWindow": "22:00-23:00",
            "preferredMaintenanceWindow": "fri:23:30-sat:00:30", "copyTagsToSnapshot": True, "deletionProtection":
            True, "deleteAutomatedBackups": False, "finalSnapshotIdentifier": "claims-final",
            "performanceInsightsEnabled": True, "performanceInsightsKmsKeyId": KEY,
            "performanceInsightsRetentionPeriod": 465, "databaseInsightsMode": "advanced", "monitoringInterval": 15,
            "monitoringRoleArn": role_arn("rds-monitoring"), "enabledCloudwatchLogsExports": ["postgresql", "upgrade"],
            "caCertificateIdentifier": "rds-ca-ecc384-g1", "engineLifecycleSupport":
            "open-source-rds-extended-support-disabled", "tags": TAGS}, "claims", protect=True, links={
                "dbSubnetGroupName": ("subnets",), "dbClusterParameterGroupName": ("parameters",)}),
        aws("rds/EventSubscription", {
            "name": "claims", "snsTopic": arn("sns", "duty"), "sourceType": "db-cluster", "sourceIds": ["claims"],
            "eventCategories": ["failover", "failure", "maintenance", "notification"], "enabled": True, "tags": TAGS},
            "events", links={"sourceIds": ("claims",)}),
        alarm("claims-lag", "AWS/RDS", "ReplicaLag", {"DBClusterIdentifier": "claims"}, 30)),
        f"{AWS_DOCS}/AmazonRDS/latest/UserGuide/multi-az-db-clusters-concepts.html; CHAP_BestPractices.Security.html",
        {**OURS, **kept("claims")}),
    Idiom("the ledger's Oracle asks each caller for encryption, writes its audit to records and has a standby", (
        BUDGET,
        aws("rds/OptionGroup", {
            "name": "ledger", "engineName": "oracle-ee", "majorEngineVersion": "19", "optionGroupDescription":
            "Encryption of callers", "options": [
                {"optionName": "NATIVE_NETWORK_ENCRYPTION", "optionSettings": [
                    {"name": name, "value": value} for name, value in WALLET.items()]},
                {"optionName": "Timezone", "optionSettings": [{"name": "TIME_ZONE", "value": "Asia/Dubai"}]},
                {"optionName": "STATSPACK"}], "tags": TAGS}, "options"),
        aws("rds/ParameterGroup", {
            "name": "ledger", "family": "oracle-ee-19", "description": "Audit", "parameters": parameters(
                {"resource_limit": "TRUE", "open_cursors": "1000"},
                {"audit_trail": "DB,EXTENDED", "audit_sys_operations": "TRUE", "sec_case_sensitive_logon": "TRUE",
                 "sec_max_failed_login_attempts": "5", "processes": "800"}), "tags": TAGS}, "parameters"),
        aws("rds/Instance", {
            "identifier": "ledger", "engine": "oracle-ee", "engineVersion": "19.0.0.0.ru-2026-07.rur-2026-07.r1",
            "instanceClass": "db.r6i.xlarge", "licenseModel": "bring-your-own-license", "allocatedStorage": 500,
            "maxAllocatedStorage": 1000, "storageType": "gp3", "storageEncrypted": True, "kmsKeyId": KEY, "username":
            "owner", "manageMasterUserPassword": True, "masterUserSecretKmsKeyId": KEY, "multiAz": True,
            "dbSubnetGroupName": "data", "vpcSecurityGroupIds": GROUPS, "publiclyAccessible": False, "optionGroupName":
            UNKNOWN, "parameterGroupName": UNKNOWN, "characterSetName": "AL32UTF8", "ncharCharacterSetName":
            "AL16UTF16", "backupRetentionPeriod": 35, "backupWindow": "22:00-23:00", "maintenanceWindow":
            "fri:23:30-sat:01:00", "copyTagsToSnapshot": True, "deletionProtection": True, "deleteAutomatedBackups":
            False, "skipFinalSnapshot": False, "finalSnapshotIdentifier": "ledger-final", "autoMinorVersionUpgrade":
            True, "enabledCloudwatchLogsExports": ["alert", "audit", "listener", "trace"], "monitoringInterval": 60,
            "monitoringRoleArn": role_arn("rds-monitoring"), "performanceInsightsEnabled": True,
            "performanceInsightsKmsKeyId": KEY, "caCertIdentifier": "rds-ca-rsa4096-g1", "tags": TAGS}, "ledger",
            protect=True, links={"optionGroupName": ("options",), "parameterGroupName": ("parameters",)})),
        f"{AWS_DOCS}/AmazonRDS/latest/UserGuide/Appendix.Oracle.Options.NetworkEncryption.html",
        {**OURS, **kept("ledger"), **unpriced("aws:rds/instance:Instance::ledger")}),
    Idiom("orders lie in DynamoDB with capacity that follows load, restores of a month and a stream for one consumer", (
        BUDGET,
        aws("dynamodb/Table", {
            **ORDERS, "readCapacity": 20, "writeCapacity": 20, "tableClass": "STANDARD", "attributes": [
                {"name": name, "type": "S"} for name in ("customer", "order", "state")], "globalSecondaryIndexes": [
                    {"name": "by-state", "hashKey": "state", "rangeKey": "order", "projectionType": "INCLUDE",
                     "nonKeyAttributes": ["amount"], "readCapacity": 10, "writeCapacity": 10}],
            "ttl": {"enabled": True, "attributeName": "ends"}, "streamEnabled": True, "streamViewType":
            "NEW_AND_OLD_IMAGES", "pointInTimeRecovery": {"enabled": True, "recoveryPeriodInDays": 35},
            "serverSideEncryption": {"enabled": True, "kmsKeyArn": KEY}, "deletionProtectionEnabled": True, "tags":
            TAGS}, "orders", protect=True),
        *scaled("dynamodb", "dynamodb:table:ReadCapacityUnits", "table/orders", 20, 200,
                "DynamoDBReadCapacityUtilization", 70, ("orders",)),
        aws("dynamodb/ContributorInsights", {"tableName": UNKNOWN, "indexName": ""}, "hot-keys", links={
            "tableName": ("orders",)}),
        aws("dynamodb/ResourcePolicy", {"resourceArn": UNKNOWN, "policy": document({
            "Effect": "Allow", "Principal": {"AWS": role_arn("orders")}, "Action": [
                "dynamodb:GetItem", "dynamodb:Query", "dynamodb:UpdateItem"], "Resource": [
                    arn("dynamodb", "table/orders"), arn("dynamodb", "table/orders/index/*")]})}, "who", links={
                        "resourceArn": ("orders",)}),
        aws("lambda/EventSourceMapping", {
            "eventSourceArn": UNKNOWN, "functionName": arn("lambda", "function:shipping:live"), "startingPosition":
            "LATEST", "batchSize": 100, "maximumBatchingWindowInSeconds": 5, "bisectBatchOnFunctionError": True,
            "maximumRetryAttempts": 5, "maximumRecordAgeInSeconds": 21600, "parallelizationFactor": 2,
            "functionResponseTypes": ["ReportBatchItemFailures"], "destinationConfig": {"onFailure": {
                "destinationArn": arn("sqs", "shipping-dead")}}, "filterCriteria": {"filters": [
                    {"pattern": json.dumps({"eventName": ["INSERT", "MODIFY"]})}]}, "kmsKeyArn": KEY, "tags": TAGS},
            "consumer", links={"eventSourceArn": ("orders",)}),
        aws("dynamodb/KinesisStreamingDestination", {
            "tableName": UNKNOWN, "streamArn": arn("kinesis", "stream/orders"),
            "approximateCreationDateTimePrecision": "MICROSECOND"}, "copied", links={"tableName": ("orders",)})),
        f"{AWS_DOCS}/amazondynamodb/latest/developerguide/best-practices-security-preventative.html",
        {**OURS, **kept("orders"), **unpriced(
            "aws:dynamodb/contributorInsights:ContributorInsights::hot-keys")}),
    Idiom("raw data of the lake lands in a bucket that nobody overwrites, is listed weekly and gets cheaper with age", (
        aws("s3/Bucket", {"bucket": "bank-lake-raw", "forceDestroy": False, "objectLockEnabled": True, "tags": TAGS},
            "raw", protect=True),
        aws("s3/BucketVersioning", {"bucket": UNKNOWN, "versioningConfiguration": {"status": "Enabled"}}, "versions",
            links={"bucket": ("raw",)}),
        aws("s3/BucketObjectLockConfiguration", {"bucket": UNKNOWN, "rule": {"defaultRetention": {
            "mode": "COMPLIANCE", "days": 30}}}, "lock", links={"bucket": ("raw",)}),
        aws("s3/BucketServerSideEncryptionConfiguration", {"bucket": UNKNOWN, "rules": [{
            "applyServerSideEncryptionByDefault": {"sseAlgorithm": "aws:kms", "kmsMasterKeyId": KEY},
            "bucketKeyEnabled": True}]}, "sealed", links={"bucket": ("raw",)}),
        aws("s3/BucketPublicAccessBlock", {"bucket": UNKNOWN, "blockPublicAcls": True, "blockPublicPolicy": True,
                                           "ignorePublicAcls": True, "restrictPublicBuckets": True}, "closed", links={
                                               "bucket": ("raw",)}),
        aws("s3/BucketOwnershipControls", {"bucket": UNKNOWN, "rule": {"objectOwnership": "BucketOwnerEnforced"}},
            "owner", links={"bucket": ("raw",)}),
        aws("s3/BucketPolicy", {"bucket": UNKNOWN, "policy": document({**SECURE, "Resource": LAKE},
                                                                      {**OLD_TLS, "Resource": LAKE})}, "policy",
            links={"bucket": ("raw",)}),
        aws("s3/BucketLogging", {"bucket": UNKNOWN, "targetBucket": "bank-trail", "targetPrefix": "s3/lake-raw/",
                                 "targetObjectKeyFormat": {"partitionedPrefix": {
                                     "partitionDateSource": "EventTime"}}}, "records", links={"bucket": ("raw",)}),
        aws("s3/BucketLifecycleConfiguration", {
            "bucket": UNKNOWN, "transitionDefaultMinimumObjectSize": "all_storage_classes_128K", "rules": [
                {"id": "cheaper", "status": "Enabled", "filter": {"and": {"prefix": "events/", "objectSizeGreaterThan":
                                                                         131072}},
                 "transitions": [{"days": 30, "storageClass": "STANDARD_IA"}, {"days": 180, "storageClass":
                                                                              "GLACIER_IR"}]},
                {"id": "tidy", "status": "Enabled", "filter": {}, "abortIncompleteMultipartUpload": {
                    "daysAfterInitiation": 3}, "noncurrentVersionExpiration": {
                        "noncurrentDays": 90, "newerNoncurrentVersions": 2}}]}, "ages", links={"bucket": ("raw",)}),
        aws("s3/BucketIntelligentTieringConfiguration", {
            "bucket": UNKNOWN, "name": "archive", "status": "Enabled", "tierings": [
                {"accessTier": "ARCHIVE_ACCESS", "days": 125}], "filter": {"prefix": "reports/"}}, "tiers", links={
                    "bucket": ("raw",)}),
        aws("s3/Inventory", {
            "bucket": UNKNOWN, "name": "weekly", "includedObjectVersions": "Current", "enabled": True, "schedule": {
                "frequency": "Weekly"}, "optionalFields": ["Size", "EncryptionStatus", "ObjectLockMode"],
            "destination": {"bucket": {"format": "Parquet", "bucketArn": "arn:aws:s3:::bank-trail", "accountId": ME,
                                       "encryption": {"sseKms": {"keyId": KEY}}, "prefix": "inventory"}}}, "listed",
            links={"bucket": ("raw",)}),
        aws("s3/BucketNotification", {"bucket": UNKNOWN, "eventbridge": True}, "news", links={"bucket": ("raw",)})),
        f"{AWS_DOCS}/AmazonS3/latest/userguide/security-best-practices.html; object-lock-managing.html",
        {**OURS, **kept("raw")}),
    Idiom("clicks pass a stream of Kinesis with a consumer of its own and land as Parquet in tables of the lake", (
        BUDGET, logs("/aws/kinesisfirehose/clicks"), trusted("firehose.amazonaws.com", "delivery"),
        rights("delivery", statement(["s3:PutObject", "s3:AbortMultipartUpload", "s3:ListMultipartUploadParts"],
                                     "arn:aws:s3:::bank-datasets/clicks/*"),
               statement(["kinesis:GetRecords", "kinesis:GetShardIterator", "kinesis:DescribeStream"],
                         arn("kinesis", "stream/clicks")),
               statement(["glue:GetTable", "glue:GetTableVersions"], [
                   arn("glue", "catalog"), arn("glue", "database/lake"), arn("glue", "table/lake/clicks")]),
               statement(["kms:GenerateDataKey", "kms:Decrypt"], KEY),
               statement("logs:PutLogEvents", arn("logs", "log-group:/aws/kinesisfirehose/clicks:*"))),
        aws("kinesis/Stream", {
            "name": "clicks", "streamModeDetails": {"streamMode": "ON_DEMAND"}, "retentionPeriod": 72, "encryptionType":
            "KMS", "kmsKeyId": KEY, "enforceConsumerDeletion": False, "shardLevelMetrics": [
                "IteratorAgeMilliseconds", "WriteProvisionedThroughputExceeded"], "tags": TAGS}, "clicks"),
        aws("kinesis/StreamConsumer", {"name": "scores", "streamArn": UNKNOWN, "tags": TAGS}, "scores", links={
            "streamArn": ("clicks",)}),
        aws("kinesis/FirehoseDeliveryStream", {
            "name": "clicks", "destination": "extended_s3", "kinesisSourceConfiguration": {
                "kinesisStreamArn": UNKNOWN, "roleArn": UNKNOWN}, "extendedS3Configuration": {
                    "bucketArn": "arn:aws:s3:::bank-datasets", "roleArn": UNKNOWN, "kmsKeyArn": KEY,
                    "bufferingInterval": 300, "bufferingSize": 128, "customTimeZone": "Asia/Dubai",
                    "prefix": "clicks/!{partitionKeyFromQuery:country}/!{timestamp:yyyy/MM/dd}/",
                    "errorOutputPrefix": "clicks-errors/!{firehose:error-output-type}/", "fileExtension": ".parquet",
                    "dynamicPartitioningConfiguration": {"enabled": True, "retryDuration": 300},
                    "processingConfiguration": {"enabled": True, "processors": [
                        {"type": "MetadataExtraction", "parameters": [
                            {"parameterName": "JsonParsingEngine", "parameterValue": "JQ-1.6"},
                            {"parameterName": "MetadataExtractionQuery", "parameterValue": "{country:.country}"}]},
                        {"type": "Lambda", "parameters": [
                            {"parameterName": "LambdaArn", "parameterValue": arn("lambda", "function:mask:live")},
                            {"parameterName": "BufferSizeInMBs", "parameterValue": "1"}]}]},
                    "dataFormatConversionConfiguration": {
                        "enabled": True, "inputFormatConfiguration": {"deserializer": {"openXJsonSerDe": {}}},
                        "outputFormatConfiguration": {"serializer": {"parquetSerDe": {"compression": "SNAPPY"}}},
                        "schemaConfiguration": {"databaseName": "lake", "tableName": "clicks", "roleArn": UNKNOWN,
                                                "region": R, "versionId": "LATEST"}},
                    "cloudwatchLoggingOptions": {"enabled": True, "logGroupName": "/aws/kinesisfirehose/clicks",
                                                 "logStreamName": "delivery"}}, "tags": TAGS}, "delivery-stream",
            links={"kinesisSourceConfiguration": ("clicks", "delivery"), "extendedS3Configuration": ("delivery",)})),
        f"{AWS_DOCS}/streams/latest/dev/enhanced-consumers.html; firehose/latest/dev/dynamic-partitioning.html",
        {**OURS, **unpriced("aws:kinesis/firehoseDeliveryStream:FirehoseDeliveryStream::delivery-stream")}),
    Idiom("files of an application lie in EFS whose ways in are folders with users, under a policy that asks for TLS", (
        BUDGET,
        aws("efs/FileSystem", {
            "creationToken": "letters", "encrypted": True, "kmsKeyId": KEY, "performanceMode": "generalPurpose",
            "throughputMode": "elastic", "lifecyclePolicies": [
                {"transitionToIa": "AFTER_30_DAYS"}, {"transitionToArchive": "AFTER_90_DAYS"},
                {"transitionToPrimaryStorageClass": "AFTER_1_ACCESS"}], "protection": {
                    "replicationOverwrite": "ENABLED"}, "tags": TAGS}, "letters", protect=True),
        *(aws("efs/MountTarget", {"fileSystemId": UNKNOWN, "subnetId": subnet, "securityGroups": GROUPS,
                                  "ipAddressType": "IPV4_ONLY"}, f"target-{subnet}", links={
                                      "fileSystemId": ("letters",)}) for subnet in SUBNETS),
        aws("efs/AccessPoint", {
            "fileSystemId": UNKNOWN, "posixUser": {"uid": 10001, "gid": 10001, "secondaryGids": [10002]},
            "rootDirectory": {"path": "/letters", "creationInfo": {"ownerUid": 10001, "ownerGid": 10001, "permissions":
                                                                  "0750"}}, "tags": TAGS}, "way-in", links={
                                                                      "fileSystemId": ("letters",)}),
        aws("efs/FileSystemPolicy", {"fileSystemId": UNKNOWN, "bypassPolicyLockoutSafetyCheck": False, "policy":
            document({"Effect": "Allow", "Principal": {"AWS": role_arn("letters")}, "Action": [
                "elasticfilesystem:ClientMount", "elasticfilesystem:ClientWrite"], "Resource": arn(
                    "elasticfilesystem", "file-system/fs-0123456789abcdef0"), "Condition": {
                        "Bool": {"elasticfilesystem:AccessedViaMountTarget": "true"}}},
                {"Effect": "Deny", "Principal": {"AWS": "*"}, "Action": "*", "Resource": arn(
                    "elasticfilesystem", "file-system/fs-0123456789abcdef0"), "Condition": {
                        "Bool": {"aws:SecureTransport": "false"}}})}, "policy", links={"fileSystemId": ("letters",)}),
        aws("efs/BackupPolicy", {"fileSystemId": UNKNOWN, "backupPolicy": {"status": "ENABLED"}}, "saved", links={
            "fileSystemId": ("letters",)}),
        aws("ec2/SecurityGroup", {
            "vpcId": VPC, "name": "letters", "description": "Mounts of letters", "revokeRulesOnDelete": True, "ingress":
            [{"protocol": "tcp", "fromPort": 2049, "toPort": 2049, "securityGroups": GROUPS, "description":
              "Tasks of letters"}], "tags": TAGS}, "mounts")),
        f"{AWS_DOCS}/efs/latest/ug/efs-access-points.html; efs/latest/ug/iam-access-control-nfs-efs.html",
        {**OURS, **kept("letters")}),
    Idiom("reports are asked of Redshift in the network, with TLS, records of users and a limit of extra clusters", (
        BUDGET,
        aws("redshift/ParameterGroup", {"name": "reports", "family": "redshift-2.0", "parameters": [
            {"name": name, "value": value} for name, value in {
                "require_ssl": "true", "enable_user_activity_logging": "true", "max_concurrency_scaling_clusters": "1",
                "statement_timeout": "3600000", "use_fips_ssl": "true", "auto_analyze": "true"}.items()], "tags": TAGS},
            "parameters"),
        aws("redshift/Cluster", {
            "clusterIdentifier": "reports", "nodeType": "ra3.xlplus", "clusterType": "multi-node", "numberOfNodes": 2,
            "databaseName": "reports", "masterUsername": "owner", "manageMasterPassword": True,
            "masterPasswordSecretKmsKeyId": KEY, "encrypted": "true", "kmsKeyId": KEY, "enhancedVpcRouting": True,
            "publiclyAccessible": False, "clusterSubnetGroupName": "data", "clusterParameterGroupName": UNKNOWN,
            "vpcSecurityGroupIds": GROUPS, "iamRoles": [role_arn("reports-copy")], "multiAz": False,
            "availabilityZoneRelocationEnabled": True, "automatedSnapshotRetentionPeriod": 35,
            "manualSnapshotRetentionPeriod": 365, "allowVersionUpgrade": True, "maintenanceTrackName": "trailing",
            "skipFinalSnapshot": False, "finalSnapshotIdentifier": "reports-final", "aquaConfigurationStatus": "auto",
            "preferredMaintenanceWindow": "fri:23:30-sat:00:30", "port": 5439, "tags": TAGS}, "reports", protect=True,
            links={"clusterParameterGroupName": ("parameters",)}),
        aws("redshift/Logging", {"clusterIdentifier": UNKNOWN, "logDestinationType": "cloudwatch", "logExports": [
            "connectionlog", "useractivitylog", "userlog"]}, "records", links={"clusterIdentifier": ("reports",)}),
        aws("redshift/UsageLimit", {
            "clusterIdentifier": UNKNOWN, "featureType": "concurrency-scaling", "limitType": "time", "amount": 60,
            "period": "daily", "breachAction": "disable", "tags": TAGS}, "limit", links={
                "clusterIdentifier": ("reports",)}),
        aws("redshift/SnapshotSchedule", {"identifier": "nightly", "definitions": ["rate(12 hours)"], "tags": TAGS},
            "schedule"),
        aws("redshift/SnapshotScheduleAssociation", {"clusterIdentifier": UNKNOWN, "scheduleIdentifier": UNKNOWN},
            "scheduled", links={"clusterIdentifier": ("reports",), "scheduleIdentifier": ("schedule",)})),
        f"{AWS_DOCS}/redshift/latest/mgmt/security-encryption-in-transit.html; mgmt/db-auditing.html",
        {**OURS, **kept("reports")}),
)  # fmt: skip
