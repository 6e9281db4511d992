"""Good idioms of platform teams on AWS: databases, training, jobs, backups, nodes and patches (set 19, blind)."""

import json

from ..blind import KEY, ME, TAGS, aws, document, statement
from ..harness import UNKNOWN
from . import Idiom, unpriced
from .fourth import AWS_DOCS, R
from .fourth_kubernetes import BUDGET
from .nineteenth_aws import parameters
from .ninth_aws import GROUPS, SUBNETS, arn, kept, role_arn
from .thirteenth_aws import DIGEST, ECR, OURS, scaled
from .twelfth_aws_platform import logs, rights, trusted

MYSQL = {"require_secure_transport": "ON", "tls_version": "TLSv1.2,TLSv1.3", "server_audit_logging": "1",
         "server_audit_events": "CONNECT,QUERY_DCL,QUERY_DDL", "slow_query_log": "1", "long_query_time": "1",
         "log_output": "FILE", "innodb_print_all_deadlocks": "1", "time_zone": "Asia/Dubai", "local_infile": "0",
         "max_connect_errors": "100", "aurora_load_from_s3_role": "", "event_scheduler": "OFF"}  # fmt: skip
GLUE = {
    "--job-language": "python", "--enable-metrics": "true", "--enable-observability-metrics": "true",
    "--enable-continuous-cloudwatch-log": "true", "--continuous-log-logGroup": "/aws-glue/features",
    "--enable-glue-datacatalog": "true", "--job-bookmark-option": "job-bookmark-enable",
        "--enable-auto-scaling": "true",
    "--datalake-formats": "iceberg", "--TempDir": "s3://bank-datasets/tmp/", "--enable-job-insights": "true",
    "--spark-event-logs-path": "s3://bank-trail/spark/", "--enable-spark-ui": "true", "--conf":
    "spark.sql.catalog.lake=org.apache.iceberg.spark.SparkCatalog"}  # fmt: skip
FEATURES = json.dumps({"Comment": "Features of every night", "StartAt": "Catalog", "TimeoutSeconds": 14400, "States": {
    "Catalog": {"Type": "Task", "Resource": "arn:aws:states:::aws-sdk:glue:startCrawler", "Parameters": {"Name": "raw"},
                "Next": "Build", "Catch": [{"ErrorEquals": ["Glue.CrawlerRunningException"], "Next": "Build"}]},
    "Build": {"Type": "Task", "Resource": "arn:aws:states:::glue:startJobRun.sync",
        "Parameters": {"JobName": "features"},
              "Next": "Told", "Retry": [{"ErrorEquals": ["States.TaskFailed"], "MaxAttempts": 2, "BackoffRate": 2,
                                         "IntervalSeconds": 60, "JitterStrategy": "FULL"}]},
    "Told": {"Type": "Task", "Resource": "arn:aws:states:::sns:publish", "End": True, "Parameters": {
        "TopicArn": arn("sns", "duty"), "Message.$": "$.JobRunState"}}}})  # fmt: skip
NODE = json.dumps({
    "image": f"{ECR}/trainer{DIGEST}", "jobRoleArn": role_arn("trainer"), "executionRoleArn": role_arn("batch-start"),
    "user": "10001", "readonlyRootFilesystem": True, "privileged": False, "ulimits": [
        {"name": "memlock", "softLimit": -1, "hardLimit": -1}],
    "linuxParameters": {"sharedMemorySize": 65536, "initProcessEnabled": True, "devices": []}, "resourceRequirements": [
        {"type": "GPU", "value": "1"}, {"type": "VCPU", "value": "4"}, {"type": "MEMORY", "value": "14000"}],
    "environment": [{"name": "FI_PROVIDER", "value": "efa"}, {"name": "NCCL_DEBUG", "value": "WARN"},
                    {"name": "HF_HUB_OFFLINE", "value": "1"}, {"name": "NCCL_SOCKET_IFNAME", "value": "^lo,docker"}],
    "logConfiguration": {"logDriver": "awslogs", "options": {"awslogs-group": "/aws/batch/training"}}})  # fmt: skip

IDIOMS: tuple[Idiom, ...] = (
    Idiom("cards are in Aurora MySQL whose settings ask for TLS, behind a proxy that asks for tokens and pools calls", (
        BUDGET,
        aws("rds/ClusterParameterGroup", {
            "name": "cards", "family": "aurora-mysql8.0", "description": "Cards", "tags": TAGS, "parameters":
            parameters(MYSQL, {"binlog_format": "OFF", "performance_schema": "1"})}, "parameters"),
        aws("rds/Cluster", {
            "clusterIdentifier": "cards", "engine": "aurora-mysql", "engineVersion": "8.0.mysql_aurora.3.10.1",
            "engineMode": "provisioned", "databaseName": "cards", "masterUsername": "owner", "manageMasterUserPassword":
            True, "masterUserSecretKmsKeyId": KEY, "storageEncrypted": True, "kmsKeyId": KEY, "storageType":
            "aurora-iopt1", "iamDatabaseAuthenticationEnabled": True, "dbClusterParameterGroupName": "cards",
            "dbSubnetGroupName": "data", "vpcSecurityGroupIds": GROUPS, "backupRetentionPeriod": 35, "backtrackWindow":
            86400, "copyTagsToSnapshot": True, "deletionProtection": True, "skipFinalSnapshot": False,
            "finalSnapshotIdentifier": "cards-final", "enabledCloudwatchLogsExports": ["audit", "error", "slowquery"],
            "enableHttpEndpoint": False, "serverlessv2ScalingConfiguration": {"minCapacity": 1, "maxCapacity": 16},
            "enableLocalWriteForwarding": False, "tags": TAGS}, "cards", protect=True, links={
                "dbClusterParameterGroupName": ("parameters",)}),
        *(aws("rds/ClusterInstance", {
            "identifier": f"cards-{number}", "clusterIdentifier": UNKNOWN, "engine": "aurora-mysql", "instanceClass":
            "db.serverless", "publiclyAccessible": False, "promotionTier": number, "monitoringInterval": 30,
            "monitoringRoleArn": role_arn("rds-monitoring"), "performanceInsightsEnabled": True,
            "performanceInsightsKmsKeyId": KEY, "autoMinorVersionUpgrade": True, "caCertIdentifier":
            "rds-ca-rsa2048-g1", "tags": TAGS}, f"cards-{number}", links={"clusterIdentifier": ("cards",)})
          for number in (0, 1)),
        aws("rds/Proxy", {
            "name": "cards", "engineFamily": "MYSQL", "requireTls": True, "debugLogging": False, "idleClientTimeout":
            1800, "roleArn": role_arn("cards-proxy"), "vpcSubnetIds": SUBNETS, "vpcSecurityGroupIds": GROUPS, "auths": [
                {"authScheme": "SECRETS", "iamAuth": "REQUIRED",
                    "clientPasswordAuthType": "MYSQL_CACHING_SHA2_PASSWORD",
                 "secretArn": arn("secretsmanager", "secret:cards-AbCdEf")}], "tags": TAGS}, "proxy"),
        aws("rds/ProxyDefaultTargetGroup", {"dbProxyName": UNKNOWN, "connectionPoolConfig": {
            "maxConnectionsPercent": 80, "maxIdleConnectionsPercent": 40, "connectionBorrowTimeout": 30,
            "sessionPinningFilters": ["EXCLUDE_VARIABLE_SETS"]}}, "pool", links={"dbProxyName": ("proxy",)}),
        *scaled("rds", "rds:cluster:ReadReplicaCount", "cluster:cards", 1, 3, "RDSReaderAverageCPUUtilization", 60,
                ("cards",))),
        f"{AWS_DOCS}/AmazonRDS/latest/AuroraUserGuide/Aurora.BestPractices.html; rds-proxy-setup.html",
        {**OURS, **kept("cards"), **unpriced("aws:rds/cluster:Cluster::cards", "aws:rds/proxy:Proxy::proxy", *(
            f"aws:rds/clusterInstance:ClusterInstance::cards-{number}" for number in (0, 1)))}),
    Idiom("trainings of two GPUs are jobs of Batch on a fast file system that copies what it holds to the bucket", (
        BUDGET, logs("/aws/batch/training"),
        aws("fsx/LustreFileSystem", {
            "storageCapacity": 4800, "deploymentType": "PERSISTENT_2", "perUnitStorageThroughput": 250, "storageType":
            "SSD", "subnetIds": SUBNETS[0], "securityGroupIds": GROUPS, "kmsKeyId": KEY, "dataCompressionType": "LZ4",
            "automaticBackupRetentionDays": 14, "dailyAutomaticBackupStartTime": "22:00", "copyTagsToBackups": True,
            "weeklyMaintenanceStartTime": "5:23:00", "fileSystemTypeVersion": "2.15", "efaEnabled": True,
            "skipFinalBackup": False, "logConfiguration": {"level": "WARN_ERROR", "destination": arn(
                "logs", "log-group:/aws/fsx/training")}, "rootSquashConfiguration": {"rootSquash": "65534:65534"},
            "tags": TAGS}, "scratch", protect=True),
        aws("fsx/DataRepositoryAssociation", {
            "fileSystemId": UNKNOWN, "fileSystemPath": "/datasets", "dataRepositoryPath": "s3://bank-datasets/corpora",
            "batchImportMetaDataOnCreate": True, "s3": {"autoImportPolicy": {"events": ["NEW", "CHANGED"]},
                                                        "autoExportPolicy": {"events": ["NEW", "CHANGED"]}},
            "tags": TAGS}, "copies", links={"fileSystemId": ("scratch",)}),
        aws("batch/ComputeEnvironment", {
            "name": "gpus", "type": "MANAGED", "state": "ENABLED", "serviceRole": role_arn("batch"), "tags": TAGS,
            "computeResources": {
                "type": "EC2", "allocationStrategy": "BEST_FIT_PROGRESSIVE", "minVcpus": 0, "maxVcpus": 192,
                "instanceTypes": ["g5.xlarge"], "subnets": SUBNETS[:1], "securityGroupIds": GROUPS, "instanceRole":
                f"arn:aws:iam::{ME}:instance-profile/batch", "placementGroup": "training", "ec2Configurations": [
                    {"imageType": "ECS_AL2023_NVIDIA"}], "launchTemplate": {
                        "launchTemplateId": "lt-0123456789abcdef0", "version": "3"}, "tags": TAGS},
            "updatePolicy": {"jobExecutionTimeoutMinutes": 60, "terminateJobsOnUpdate": False}}, "gpus"),
        aws("batch/JobQueue", {
            "name": "training", "state": "ENABLED", "priority": 10, "computeEnvironmentOrders": [
                {"order": 1, "computeEnvironment": UNKNOWN}], "jobStateTimeLimitActions": [
                    {"action": "CANCEL", "maxTimeSeconds": 3600, "reason": "MISCONFIGURATION:JOB_RESOURCE_REQUIREMENT",
                     "state": "RUNNABLE"}], "tags": TAGS}, "queue", links={"computeEnvironmentOrders": ("gpus",)}),
        aws("batch/JobDefinition", {
            "name": "pretrain", "type": "multinode", "propagateTags": True, "retryStrategy": {
                "attempts": 3, "evaluateOnExits": [
                    {"onStatusReason": "Host EC2*", "action": "retry"}, {"onReason": "*", "action": "exit"}]},
            "timeout": {"attemptDurationSeconds": 172800}, "nodeProperties": json.dumps({
                "numNodes": 2, "mainNode": 0, "nodeRangeProperties": [
                    {"targetNodes": "0:1", "container": json.loads(NODE)}]}), "tags": TAGS}, "pretrain")),
        f"{AWS_DOCS}/batch/latest/userguide/multi-node-parallel-jobs.html; fsx/latest/LustreGuide/performance.html",
        {**OURS, **kept("scratch"), **unpriced("aws:batch/computeEnvironment:ComputeEnvironment::gpus")}),
    Idiom("features of models are built every night by a job of Glue in the network, and staff are told how it went", (
        BUDGET, logs("/aws/states/features"), trusted("states.amazonaws.com", "flow"),
        rights("flow", statement(["glue:StartJobRun", "glue:GetJobRun", "glue:BatchStopJobRun"],
                                 arn("glue", "job/features")),
               statement("glue:StartCrawler", arn("glue", "crawler/raw")), statement("sns:Publish", arn("sns",
                   "duty"))),
        aws("glue/SecurityConfiguration", {"name": "bank", "encryptionConfiguration": {
            "cloudwatchEncryption": {"cloudwatchEncryptionMode": "SSE-KMS", "kmsKeyArn": KEY},
            "jobBookmarksEncryption": {"jobBookmarksEncryptionMode": "CSE-KMS", "kmsKeyArn": KEY},
            "s3Encryption": {"s3EncryptionMode": "SSE-KMS", "kmsKeyArn": KEY}}}, "sealed"),
        aws("glue/Connection", {"name": "network", "connectionType": "NETWORK", "tags": TAGS,
                                "physicalConnectionRequirements": {
                                    "availabilityZone": f"{R}a", "securityGroupIdLists": GROUPS, "subnetId":
                                    SUBNETS[0]}}, "network"),
        aws("glue/Job", {
            "name": "features", "roleArn": role_arn("features"), "glueVersion": "5.0", "workerType": "G.1X",
            "numberOfWorkers": 10, "maxRetries": 0, "timeout": 120, "executionClass": "STANDARD", "connections":
            ["network"], "securityConfiguration": "bank", "command": {
                "name": "glueetl", "pythonVersion": "3", "scriptLocation": "s3://bank-models/jobs/features-1.8.0.py"},
            "defaultArguments": GLUE, "executionProperty": {"maxConcurrentRuns": 1}, "notificationProperty": {
                "notifyDelayAfter": 60}, "jobRunQueuingEnabled": True, "tags": TAGS}, "features", links={
                    "connections": ("network",), "securityConfiguration": ("sealed",)}),
        aws("sfn/StateMachine", {
            "name": "features", "roleArn": UNKNOWN, "type": "STANDARD", "definition": FEATURES, "publish": True,
            "tracingConfiguration": {"enabled": True}, "encryptionConfiguration": {
                "type": "CUSTOMER_MANAGED_KMS_KEY", "kmsKeyId": KEY, "kmsDataKeyReusePeriodSeconds": 900},
            "loggingConfiguration": {"level": "ERROR", "includeExecutionData": False, "logDestination": UNKNOWN},
            "tags": TAGS}, "machine", links={"roleArn": ("flow",), "loggingConfiguration": ("logs",)}),
        aws("scheduler/Schedule", {
            "name": "features", "groupName": "nightly", "state": "ENABLED", "kmsKeyArn": KEY, "scheduleExpression":
            "cron(0 1 * * ? *)", "scheduleExpressionTimezone": "Asia/Dubai", "flexibleTimeWindow": {
                "mode": "FLEXIBLE", "maximumWindowInMinutes": 15}, "target": {
                    "arn": UNKNOWN, "roleArn": role_arn("features-start"), "retryPolicy": {
                        "maximumRetryAttempts": 3, "maximumEventAgeInSeconds": 3600}, "deadLetterConfig": {
                            "arn": arn("sqs", "nightly-dead")}}}, "nightly", links={"target": ("machine",)})),
        f"{AWS_DOCS}/glue/latest/dg/aws-glue-programming-etl-glue-arguments.html; step-functions/latest/dg",
        {**OURS, "escape": {**OURS["escape"], "code_sources": {"bank-models":
            "our own jobs, pushed by the pipeline"}}}),
    Idiom("what carries the label of the plan is saved every night to a locked vault, and restores are tried", (
        BUDGET,
        aws("backup/Vault", {"name": "gold", "kmsKeyArn": KEY, "forceDestroy": False, "tags": TAGS}, "vault",
            protect=True),
        aws("backup/VaultLockConfiguration", {"backupVaultName": UNKNOWN, "changeableForDays": 7,
            "minRetentionDays": 30,
                                              "maxRetentionDays": 400}, "lock", links={"backupVaultName": ("vault",)}),
        aws("backup/VaultPolicy", {"backupVaultName": UNKNOWN, "policy": document({
            "Effect": "Deny", "Principal": "*", "Resource": "*", "Action": [
                "backup:DeleteRecoveryPoint", "backup:UpdateRecoveryPointLifecycle",
                    "backup:PutBackupVaultAccessPolicy",
                "backup:DeleteBackupVaultAccessPolicy"], "Condition": {
                    "StringNotEquals": {"aws:PrincipalArn": role_arn("backup-admin")}}})}, "who", links={
                        "backupVaultName": ("vault",)}),
        aws("backup/Plan", {"name": "gold", "tags": TAGS, "advancedBackupSettings": [
            {"resourceType": "EC2", "backupOptions": {"WindowsVSS": "enabled"}}], "rules": [
                {"ruleName": "nightly", "targetVaultName": "gold", "schedule": "cron(0 22 * * ? *)",
                 "scheduleExpressionTimezone": "Asia/Dubai", "startWindow": 60, "completionWindow": 360,
                 "enableContinuousBackup": True, "lifecycle": {"deleteAfter": 35}, "recoveryPointTags": TAGS},
                {"ruleName": "monthly", "targetVaultName": "gold", "schedule": "cron(0 23 1 * ? *)", "lifecycle": {
                    "coldStorageAfter": 30, "deleteAfter": 365, "optInToArchiveForSupportedResources": True},
                 "recoveryPointTags": TAGS}]}, "plan", links={"rules": ("vault",)}),
        aws("backup/Selection", {
            "name": "gold", "planId": UNKNOWN, "iamRoleArn": role_arn("backup"), "resources": ["*"], "conditions": [{
                "stringEquals": [{"key": "aws:ResourceTag/backup", "value": "gold"}]}]}, "labelled", links={
                    "planId": ("plan",)}),
        aws("backup/RestoreTestingPlan", {
            "name": "monthly", "scheduleExpression": "cron(0 4 5 * ? *)", "scheduleExpressionTimezone": "Asia/Dubai",
            "startWindowHours": 4, "recoveryPointSelection": {
                "algorithm": "LATEST_WITHIN_WINDOW", "includeVaults": [arn("backup", "backup-vault:gold")],
                "recoveryPointTypes": ["SNAPSHOT"], "selectionWindowDays": 7}, "tags": TAGS}, "trials")),
        f"{AWS_DOCS}/prescriptive-guidance/latest/backup-recovery; aws-backup/latest/devguide/vault-lock.html", OURS),
)  # fmt: skip
