"""Good programs of platform teams on AWS: databases, caches, streams and copies (set 26, before any rule ran)."""

from ..blind import KEY, ME, TAGS, aws, document, statement
from ..harness import UNKNOWN
from . import Idiom, unpriced
from .fourth import AWS_DOCS, R
from .fourth_kubernetes import BUDGET
from .ninth_aws import GROUPS, SUBNETS, arn, kept, role_arn
from .thirteenth_aws import OURS, scaled
from .twelfth_aws_platform import rights, trusted
from .twentieth_goodb_charts import merged
from .twenty_first_xaws import ALARMS, alarm
from .twenty_fourth_good_aws import log
from .twenty_second_xaws import attached
from .twenty_third_aws import store

USES_KEY = statement(["kms:Decrypt", "kms:GenerateDataKey"], KEY)

IDIOMS: tuple[Idiom, ...] = (
    Idiom("SQL Server: two zones with the bank's directory, TLS for all, audits in a bucket and native backups", (
        BUDGET, *store("bank-mssql-backups", "backups"), trusted("rds.amazonaws.com", "mssql-backups"),
        rights("mssql-backups", statement(["s3:ListBucket", "s3:GetBucketLocation", "s3:GetBucketAcl"],
                                          "arn:aws:s3:::bank-mssql-backups"), statement(
            ["s3:GetObject", "s3:PutObject", "s3:GetObjectAttributes", "s3:ListMultipartUploadParts",
             "s3:AbortMultipartUpload"], "arn:aws:s3:::bank-mssql-backups/*"), USES_KEY),
        aws("rds/OptionGroup", {
            "name": "tellers-2022", "engineName": "sqlserver-se", "majorEngineVersion": "16.00",
            "optionGroupDescription": "Backups and audits", "options": [
                {"optionName": "SQLSERVER_BACKUP_RESTORE", "optionSettings": [
                    {"name": "IAM_ROLE_ARN", "value": role_arn("mssql-backups")}]},
                {"optionName": "SQLSERVER_AUDIT", "optionSettings": [
                    {"name": "IAM_ROLE_ARN", "value": role_arn("mssql-backups")},
                    {"name": "S3_BUCKET_ARN", "value": "arn:aws:s3:::bank-mssql-backups/audit"},
                    {"name": "ENABLE_COMPRESSION", "value": "true"}, {"name": "RETENTION_TIME", "value": "48"}]}],
            "tags": TAGS}, "options"),
        aws("rds/ParameterGroup", {"name": "tellers-2022", "family": "sqlserver-se-16.0", "parameters": [
            {"name": "rds.force_ssl", "value": "1", "applyMethod": "pending-reboot"},
            {"name": "rds.tls10", "value": "disabled", "applyMethod": "pending-reboot"},
            {"name": "rds.tls11", "value": "disabled", "applyMethod": "pending-reboot"},
            {"name": "contained database authentication", "value": "0"}], "tags": TAGS}, "parameters"),
        trusted("directoryservice.rds.amazonaws.com", "mssql-directory"),
        *attached("mssql-directory", "service-role/AmazonRDSDirectoryServiceAccess"),
        aws("rds/Instance", {
            "identifier": "tellers", "engine": "sqlserver-se", "engineVersion": "16.00", "licenseModel":
            "license-included", "instanceClass": "db.r6i.xlarge", "allocatedStorage": 200, "maxAllocatedStorage": 500,
            "storageType": "gp3", "storageEncrypted": True, "kmsKeyId": KEY, "multiAz": True, "characterSetName":
            "Arabic_CI_AS", "timezone": "Arabian Standard Time", "username": "owner", "manageMasterUserPassword": True,
            "masterUserSecretKmsKeyId": KEY, "domain": "d-1234567890", "domainIamRoleName": "mssql-directory",
            "publiclyAccessible": False, "dbSubnetGroupName": "private", "vpcSecurityGroupIds": GROUPS,
            "optionGroupName": UNKNOWN, "parameterGroupName": UNKNOWN, "backupRetentionPeriod": 35, "backupWindow":
            "20:00-21:00", "maintenanceWindow": "fri:22:00-fri:23:30", "copyTagsToSnapshot": True,
            "deletionProtection": True, "skipFinalSnapshot": False, "finalSnapshotIdentifier": "tellers-final",
            "autoMinorVersionUpgrade": True, "caCertIdentifier": "rds-ca-rsa2048-g1", "enabledCloudwatchLogsExports":
            ["agent", "error"], "performanceInsightsEnabled": True, "performanceInsightsKmsKeyId": KEY,
            "performanceInsightsRetentionPeriod": 465, "databaseInsightsMode": "advanced", "monitoringInterval": 30,
            "monitoringRoleArn": role_arn("rds-monitoring"), "tags": TAGS}, "tellers", protect=True, links={
                "optionGroupName": ("options",), "parameterGroupName": ("parameters",)}),
        aws("rds/EventSubscription", {"name": "tellers", "snsTopic": ALARMS, "sourceType": "db-instance", "sourceIds": [
            UNKNOWN], "eventCategories": ["failover", "failure", "low storage", "maintenance", "availability"],
            "tags": TAGS}, "events", links={"sourceIds": ("tellers",)}),
        alarm("tellers-cpu", "AWS/RDS", "CPUUtilization", 85.0, DBInstanceIdentifier="tellers")),
        f"{AWS_DOCS}/AmazonRDS/latest/UserGuide/Appendix.SQLServer.Options.Audit.html; "
        ".../SQLServer.Concepts.General.SSL.Using.html, as known", merged(OURS, merged(kept("tellers", "backups"), {
            "residency": {"known": {"bank-mssql-backups": "our own bucket, in me-central-1"}}}))),
    Idiom("Aurora MySQL: a writer, readers that follow the load, an endpoint for reports and each change in the log", (
        BUDGET,
        aws("rds/SubnetGroup", {"name": "orders", "subnetIds": SUBNETS, "tags": TAGS}, "subnets"),
        aws("rds/ClusterParameterGroup", {"name": "orders", "family": "aurora-mysql8.0", "parameters": [
            {"name": "require_secure_transport", "value": "ON"}, {"name": "tls_version", "value": "TLSv1.2,TLSv1.3"},
            {"name": "server_audit_logging", "value": "1"}, {"name": "server_audit_events", "value":
                "CONNECT,QUERY_DCL,QUERY_DDL"}, {"name": "binlog_format", "value": "ROW", "applyMethod":
                    "pending-reboot"},
            {"name": "character_set_server", "value": "utf8mb4"}, {"name": "time_zone", "value": "Asia/Dubai"}],
            "tags": TAGS}, "cluster-parameters"),
        aws("rds/ParameterGroup", {"name": "orders", "family": "aurora-mysql8.0", "parameters": [
            {"name": "slow_query_log", "value": "1"}, {"name": "long_query_time", "value": "2"}, {
                "name": "log_output", "value": "FILE"}], "tags": TAGS}, "parameters"),
        *(log(f"/aws/rds/cluster/orders/{name}", f"log-{name}") for name in ("audit", "error", "slowquery")),
        aws("rds/Cluster", {
            "clusterIdentifier": "orders", "engine": "aurora-mysql", "engineVersion": "8.0.mysql_aurora.3.08.0",
            "storageEncrypted": True, "kmsKeyId": KEY, "storageType": "aurora-iopt1", "databaseName": "orders",
            "masterUsername": "owner", "manageMasterUserPassword": True, "masterUserSecretKmsKeyId": KEY,
            "iamDatabaseAuthenticationEnabled": True, "dbSubnetGroupName": UNKNOWN, "vpcSecurityGroupIds": GROUPS,
            "availabilityZones": [f"{R}a", f"{R}b", f"{R}c"], "dbClusterParameterGroupName": UNKNOWN,
            "backupRetentionPeriod": 35, "preferredBackupWindow": "20:00-21:00", "preferredMaintenanceWindow":
            "fri:22:00-fri:23:00", "copyTagsToSnapshot": True, "deletionProtection": True, "skipFinalSnapshot": False,
            "finalSnapshotIdentifier": "orders-final", "enabledCloudwatchLogsExports": ["audit", "error", "slowquery"],
            "enableLocalWriteForwarding": True, "performanceInsightsEnabled": True, "performanceInsightsKmsKeyId": KEY,
            "tags": TAGS}, "orders", protect=True, links={
                "dbSubnetGroupName": ("subnets",), "dbClusterParameterGroupName": ("cluster-parameters",)}),
        *(aws("rds/ClusterInstance", {
            "identifier": f"orders-{number}", "clusterIdentifier": UNKNOWN, "engine": "aurora-mysql", "instanceClass":
            "db.r7g.large", "dbParameterGroupName": UNKNOWN, "publiclyAccessible": False, "autoMinorVersionUpgrade":
            True, "caCertIdentifier": "rds-ca-rsa2048-g1", "promotionTier": tier, "monitoringInterval": 60,
            "monitoringRoleArn": role_arn("rds-monitoring"), "performanceInsightsEnabled": True,
            "performanceInsightsKmsKeyId": KEY, "copyTagsToSnapshot": True, "tags": TAGS}, f"orders-{number}", links={
                "clusterIdentifier": ("orders",), "dbParameterGroupName": ("parameters",)})
          for number, tier in ((1, 0), (2, 1), (3, 15))),
        aws("rds/ClusterEndpoint", {
            "clusterIdentifier": UNKNOWN, "clusterEndpointIdentifier": "orders-reports", "customEndpointType": "READER",
            "staticMembers": [UNKNOWN], "tags": TAGS}, "reports", links={
                "clusterIdentifier": ("orders",), "staticMembers": ("orders-3",)}),
        *scaled("rds", "rds:cluster:ReadReplicaCount", "cluster:orders", 1, 4,
                "RDSReaderAverageCPUUtilization", 60.0, ("orders",)),
        alarm("orders-lag", "AWS/RDS", "AuroraReplicaLag", 2000.0, DBClusterIdentifier="orders")),
        "terraform-aws-modules/terraform-aws-rds-aurora examples/mysql; "
        f"{AWS_DOCS}/AmazonRDS/latest/AuroraUserGuide/Aurora.Integrating.AutoScaling.html, as known",
        merged(OURS, kept("orders"))),
    Idiom("Valkey: sessions in three shards over three zones, users who sign in by IAM, slow calls in the log", (
        BUDGET,
        aws("elasticache/SubnetGroup", {"name": "sessions", "subnetIds": SUBNETS, "tags": TAGS}, "subnets"),
        aws("elasticache/ParameterGroup", {"name": "sessions", "family": "valkey8", "parameters": [
            {"name": "cluster-enabled", "value": "yes"}, {"name": "maxmemory-policy", "value": "volatile-lru"}],
            "tags": TAGS}, "parameters"),
        aws("elasticache/User", {"userId": "sessions-app", "userName": "sessions-app", "engine": "valkey",
            "accessString": "on ~session:* resetchannels -@all +@read +@write +@connection", "authenticationMode": {
                "type": "iam"}, "tags": TAGS}, "app-user"),
        aws("elasticache/User", {"userId": "sessions-default", "userName": "default", "engine": "valkey",
            "accessString": "off -@all", "authenticationMode": {"type": "no-password-required"}, "tags": TAGS},
            "default-user"),
        aws("elasticache/UserGroup", {"userGroupId": "sessions", "engine": "valkey", "userIds": [
            "sessions-app", "sessions-default"], "tags": TAGS}, "users", links={"userIds": ("app-user",
                                                                                         "default-user")}),
        log("/elasticache/sessions", "slow"),
        aws("elasticache/ReplicationGroup", {
            "replicationGroupId": "sessions", "description": "Sessions of the portal", "engine": "valkey",
            "engineVersion": "8.1", "nodeType": "cache.r7g.large", "numNodeGroups": 3, "replicasPerNodeGroup": 2,
            "automaticFailoverEnabled": True, "multiAzEnabled": True, "atRestEncryptionEnabled": True, "kmsKeyId": KEY,
            "transitEncryptionEnabled": True, "transitEncryptionMode": "required", "userGroupIds": [UNKNOWN],
            "subnetGroupName": UNKNOWN, "parameterGroupName": UNKNOWN, "securityGroupIds": GROUPS,
            "snapshotRetentionLimit": 7, "snapshotWindow": "20:00-21:00", "maintenanceWindow": "fri:22:00-fri:23:00",
            "autoMinorVersionUpgrade": True, "notificationTopicArn": ALARMS, "finalSnapshotIdentifier":
            "sessions-final", "logDeliveryConfigurations": [
                {"destination": "/elasticache/sessions", "destinationType": "cloudwatch-logs", "logFormat": "json",
                 "logType": kind} for kind in ("slow-log", "engine-log")], "tags": TAGS}, "cache", links={
                "userGroupIds": ("users",), "subnetGroupName": ("subnets",), "parameterGroupName": ("parameters",)}),
        *scaled("elasticache", "elasticache:replication-group:NodeGroups", "replication-group/sessions", 3, 6,
                "ElastiCachePrimaryEngineCPUUtilization", 60.0, ("cache",)),
        trusted("ecs-tasks.amazonaws.com", "portal"),
        rights("portal", statement("elasticache:Connect", [
            arn("elasticache", "replicationgroup:sessions"), arn("elasticache", "user:sessions-app")])),
        alarm("sessions-memory", "AWS/ElastiCache", "DatabaseMemoryUsagePercentage", 80.0, ReplicationGroupId="sessions"
              )),
        "terraform-aws-modules/terraform-aws-elasticache examples/valkey-replication-group; "
        f"{AWS_DOCS}/AmazonElastiCache/latest/dg/auth-iam.html, as known", merged(OURS, kept("cache"))),
    Idiom("Flink: transfers of a stream are summed each minute in the network, by a program of ours, and kept on", (
        BUDGET, *store("bank-flink-code", "code"),
        aws("kinesis/Stream", {"name": "transfers", "streamModeDetails": {"streamMode": "ON_DEMAND"}, "retentionPeriod":
            72, "encryptionType": "KMS", "kmsKeyId": KEY, "tags": TAGS}, "transfers"),
        aws("kinesis/Stream", {"name": "sums", "streamModeDetails": {"streamMode": "ON_DEMAND"}, "retentionPeriod": 24,
            "encryptionType": "KMS", "kmsKeyId": KEY, "tags": TAGS}, "sums"),
        aws("kinesis/StreamConsumer", {"name": "flink", "streamArn": UNKNOWN, "tags": TAGS}, "consumer", links={
            "streamArn": ("transfers",)}),
        trusted("kinesisanalytics.amazonaws.com", "flink"),
        rights("flink", statement(["kinesis:DescribeStreamSummary", "kinesis:ListShards", "kinesis:GetShardIterator",
                                   "kinesis:GetRecords"], arn("kinesis", "stream/transfers")), statement(
            ["kinesis:SubscribeToShard", "kinesis:DescribeStreamConsumer"], arn(
                "kinesis", "stream/transfers/consumer/flink:*")), statement(
            ["kinesis:PutRecord", "kinesis:PutRecords", "kinesis:DescribeStreamSummary", "kinesis:ListShards"], arn(
                "kinesis", "stream/sums")), statement(["s3:GetObject", "s3:GetObjectVersion"],
                                                      "arn:aws:s3:::bank-flink-code/sums/*"),
               statement(["logs:PutLogEvents", "logs:DescribeLogStreams"], arn(
                   "logs", "log-group:/aws/flink/sums:*")), statement(
                   "cloudwatch:PutMetricData", "*", {"StringEquals": {"cloudwatch:namespace": "bank/flink"}}),
               statement(["ec2:DescribeVpcs", "ec2:DescribeSubnets", "ec2:DescribeSecurityGroups",
                          "ec2:DescribeDhcpOptions", "ec2:DescribeNetworkInterfaces"]), statement(
            ["ec2:CreateNetworkInterface", "ec2:CreateNetworkInterfacePermission", "ec2:DeleteNetworkInterface"], [
                f"arn:aws:ec2:{R}:{ME}:{kind}/*" for kind in ("network-interface", "subnet", "security-group")]),
            USES_KEY),
        log("/aws/flink/sums", "group"),
        aws("cloudwatch/LogStream", {"name": "app", "logGroupName": UNKNOWN}, "log-stream", links={
            "logGroupName": ("group",)}),
        aws("kinesisanalyticsv2/Application", {
            "name": "sums", "runtimeEnvironment": "FLINK-1_20", "applicationMode": "STREAMING", "serviceExecutionRole":
            UNKNOWN, "startApplication": True, "applicationConfiguration": {
                "applicationCodeConfiguration": {"codeContentType": "ZIPFILE", "codeContent": {"s3ContentLocation": {
                    "bucketArn": "arn:aws:s3:::bank-flink-code", "fileKey": "sums/sums-1.4.2.jar", "objectVersion":
                    "3sL4kqtJlcpXroDTDmJ.rmSpXd3dIbrH"}}},
                "environmentProperties": {"propertyGroups": [{"propertyGroupId": "bank", "propertyMap": {
                    "input": arn("kinesis", "stream/transfers"), "output": arn("kinesis", "stream/sums"), "region": R,
                    "consumer": "EFO"}}]},
                "flinkApplicationConfiguration": {
                    "checkpointConfiguration": {"configurationType": "CUSTOM", "checkpointingEnabled": True,
                                                "checkpointInterval": 60000, "minPauseBetweenCheckpoints": 5000},
                    "monitoringConfiguration": {"configurationType": "CUSTOM", "logLevel": "INFO", "metricsLevel":
                                                "OPERATOR"},
                    "parallelismConfiguration": {"configurationType": "CUSTOM", "autoScalingEnabled": True,
                                                 "parallelism": 4, "parallelismPerKpu": 1}},
                "applicationSnapshotConfiguration": {"snapshotsEnabled": True}, "vpcConfiguration": {
                    "subnetIds": SUBNETS, "securityGroupIds": GROUPS}, "applicationEncryptionConfiguration": {
                        "keyType": "CUSTOMER_MANAGED_KEY", "keyId": KEY}},
            "cloudwatchLoggingOptions": {"logStreamArn": UNKNOWN}, "tags": TAGS}, "app", links={
                "serviceExecutionRole": ("flink",), "cloudwatchLoggingOptions": ("log-stream",)}),
        alarm("flink-downtime", "AWS/KinesisAnalytics", "downtime", 0.0, Application="sums")),
        f"{AWS_DOCS}/managed-flink/latest/java/how-zeppelin-iam.html; .../vpc-permissions.html, as known",
        merged(OURS, merged(kept("code"), merged(unpriced(
            "aws:kinesisanalyticsv2/application:Application::app"), {
            "residency": {"known": {"bank-flink-code": "our own bucket, in me-central-1"}}})))),
    Idiom("AWS Backup: what a tag names is copied hourly and yearly, locked, looked at for malware, and told of", (
        BUDGET,
        *(aws("backup/Vault", {"name": name, "kmsKeyArn": KEY, "forceDestroy": False, "tags": TAGS}, name,
              protect=True) for name in ("production", "production-yearly")),
        *(aws("backup/VaultLockConfiguration", {"backupVaultName": UNKNOWN, "minRetentionDays": least,
                                                "maxRetentionDays": most, "changeableForDays": 14}, f"{name}-lock",
              links={"backupVaultName": (name,)}) for name, least, most in (
                  ("production", 14, 400), ("production-yearly", 365, 3650))),
        *(aws("backup/VaultPolicy", {"backupVaultName": UNKNOWN, "policy": document({
            "Sid": "Nobody", "Effect": "Deny", "Principal": "*", "Action": [
                "backup:DeleteRecoveryPoint", "backup:UpdateRecoveryPointLifecycle", "backup:DeleteBackupVault",
                "backup:PutBackupVaultAccessPolicy"], "Resource": "*", "Condition": {"ArnNotEquals": {
                    "aws:PrincipalArn": role_arn("break-glass")}}})}, f"{name}-policy", links={
                        "backupVaultName": (name,)}) for name in ("production", "production-yearly")),
        trusted("backup.amazonaws.com", "backups"),
        *attached("backups", "service-role/AWSBackupServiceRolePolicyForBackup",
                  "service-role/AWSBackupServiceRolePolicyForRestores"),
        aws("backup/Plan", {
            "name": "production", "rules": [
                {"ruleName": "continuous", "targetVaultName": UNKNOWN, "schedule": "cron(0 * ? * * *)",
                 "scheduleExpressionTimezone": "Asia/Dubai", "enableContinuousBackup": True, "startWindow": 60,
                 "completionWindow": 180, "lifecycle": {"deleteAfter": 35}, "recoveryPointTags": TAGS},
                {"ruleName": "yearly", "targetVaultName": UNKNOWN, "schedule": "cron(0 1 1 1 ? *)",
                 "scheduleExpressionTimezone": "Asia/Dubai", "startWindow": 480, "completionWindow": 2880,
                 "lifecycle": {"coldStorageAfter": 90, "deleteAfter": 2555,
                               "optInToArchiveForSupportedResources": True}, "recoveryPointTags": TAGS}],
            "advancedBackupSettings": [{"resourceType": "EC2", "backupOptions": {"WindowsVSS": "enabled"}}],
            "tags": TAGS}, "plan", links={"rules": ("production", "production-yearly")}),
        aws("backup/Selection", {
            "name": "tagged", "planId": UNKNOWN, "iamRoleArn": UNKNOWN, "resources": ["*"], "notResources": [
                "arn:aws:s3:::*-logs"], "conditions": [{"stringEquals": [{
                "key": "aws:ResourceTag/backup", "value": "production"}], "stringNotEquals": [{
                    "key": "aws:ResourceTag/environment", "value": "sandbox"}]}]}, "selection", links={
                        "planId": ("plan",), "iamRoleArn": ("backups",)}),
        aws("backup/RegionSettings", {"resourceTypeOptInPreference": dict.fromkeys((
            "Aurora", "DynamoDB", "EBS", "EC2", "EFS", "FSx", "RDS", "S3", "DocumentDB", "Redshift", "EKS"), True),
            "resourceTypeManagementPreference": {"DynamoDB": True, "EFS": True}}, "settings"),
        *(aws("backup/VaultNotifications", {"backupVaultName": UNKNOWN, "snsTopicArn": ALARMS, "backupVaultEvents": [
            "BACKUP_JOB_FAILED", "COPY_JOB_FAILED", "RESTORE_JOB_COMPLETED", "S3_BACKUP_OBJECT_FAILED"]},
              f"{name}-events", links={"backupVaultName": (name,)}) for name in ("production", "production-yearly")),
        aws("guardduty/MalwareProtectionPlan", {
            "role": role_arn("malware-protection"), "protectedResource": {"s3Bucket": {
                "bucketName": "bank-uploads", "objectPrefixes": ["incoming/"]}}, "actions": [{"taggings": [{
                    "status": "ENABLED"}]}], "tags": TAGS}, "malware")),
        f"{AWS_DOCS}/aws-backup/latest/devguide/assigning-resources-json.html; .../vault-lock.html, as known",
        merged(OURS, {"residency": {"known": {"bank-uploads": "our own bucket, in me-central-1"}}})),
)  # fmt: skip
