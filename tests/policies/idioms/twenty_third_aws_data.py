"""Good idioms of platform teams on AWS: lakes, streams, databases and what moves data (set 23, blind)."""

import json

from ..blind import KEY, ME, TAGS, aws, statement
from ..harness import UNKNOWN
from . import Idiom, unpriced
from .fourth import AWS_DOCS, R
from .fourth_kubernetes import BUDGET
from .ninth_aws import SUBNETS, arn, kept, role_arn
from .thirteenth_aws import OURS
from .twelfth_aws_platform import logs, rights, trusted
from .twentieth_goodb_charts import merged
from .twenty_first_xaws import alarm
from .twenty_second_xaws import PATTERNS, group
from .twenty_third_aws import store

LAKE_KEYS = statement(["kms:Decrypt", "kms:GenerateDataKey"], KEY)
TASK = {"TargetMetadata": {"SupportLobs": True, "LimitedSizeLobMode": True, "LobMaxSize": 64,
    "ParallelApplyThreads": 0},
        "FullLoadSettings": {"TargetTablePrepMode": "DO_NOTHING", "MaxFullLoadSubTasks": 8, "CommitRate": 10000},
        "Logging": {"EnableLogging": True, "LogComponents": [
            {"Id": part, "Severity": "LOGGER_SEVERITY_DEFAULT"} for part in (
                "SOURCE_UNLOAD", "SOURCE_CAPTURE", "TARGET_LOAD", "TARGET_APPLY", "TASK_MANAGER")]},
        "ValidationSettings": {"EnableValidation": True, "ThreadCount": 5}, "ErrorBehavior": {
            "DataErrorPolicy": "LOG_ERROR", "TableErrorPolicy": "SUSPEND_TABLE"}}  # fmt: skip

IDIOMS: tuple[Idiom, ...] = (
    Idiom("a lake of three layers has a catalogue, a crawler, rights by tags and a workgroup with a limit of bytes", (
        BUDGET, *(given for layer, days in (("raw", 365), ("stage", 90), ("curated", 1825)) for given in store(
            f"bank-lake-{layer}", layer, transitions=[{"days": 30, "storageClass": "INTELLIGENT_TIERING"}],
            expiration={"days": days})),
        *(aws("glue/CatalogDatabase", {"name": f"lake_{layer}", "locationUri": f"s3://bank-lake-{layer}/",
                                       "description": f"Tables of the layer {layer}", "tags": TAGS}, f"db-{layer}")
          for layer in ("raw", "curated")),
        aws("glue/SecurityConfiguration", {"name": "lake", "encryptionConfiguration": {
            "cloudwatchEncryption": {"cloudwatchEncryptionMode": "SSE-KMS", "kmsKeyArn": KEY},
            "jobBookmarksEncryption": {"jobBookmarksEncryptionMode": "CSE-KMS", "kmsKeyArn": KEY},
            "s3Encryption": {"s3EncryptionMode": "SSE-KMS", "kmsKeyArn": KEY}}}, "security"),
        aws("glue/DataCatalogEncryptionSettings", {"dataCatalogEncryptionSettings": {
            "connectionPasswordEncryption": {"returnConnectionPasswordEncrypted": True, "awsKmsKeyId": KEY},
            "encryptionAtRest": {"catalogEncryptionMode": "SSE-KMS", "sseAwsKmsKeyId": KEY}}}, "catalogue"),
        trusted("glue.amazonaws.com", "lake-crawler"), rights("lake-crawler", statement(
            "s3:GetObject", "arn:aws:s3:::bank-lake-raw/*"), statement(
                "s3:ListBucket", "arn:aws:s3:::bank-lake-raw"), LAKE_KEYS, statement(
                ["glue:GetDatabase", "glue:GetTable", "glue:CreateTable", "glue:UpdateTable", "glue:GetPartition",
                 "glue:BatchGetPartition", "glue:BatchCreatePartition"], [
                     arn("glue", "catalog"), arn("glue", "database/lake_raw"), arn("glue", "table/lake_raw/*")]),
            statement(["logs:CreateLogStream", "logs:PutLogEvents"], arn(
                "logs", "log-group:/aws-glue/crawlers*")), statement("lakeformation:GetDataAccess")),
        aws("glue/Crawler", {
            "name": "raw", "role": UNKNOWN, "databaseName": "lake_raw", "securityConfiguration": "lake", "schedule":
            "cron(15 20 * * ? *)", "s3Targets": [{"path": "s3://bank-lake-raw/", "exclusions": ["**/_tmp/**"],
                                                   "sampleSize": 5}], "recrawlPolicy": {
                "recrawlBehavior": "CRAWL_NEW_FOLDERS_ONLY"}, "schemaChangePolicy": {
                    "updateBehavior": "LOG", "deleteBehavior": "LOG"}, "lakeFormationConfiguration": {
                        "useLakeFormationCredentials": True}, "tags": TAGS}, "crawler", links={
                            "role": ("lake-crawler",)}),
        trusted("lakeformation.amazonaws.com", "lake-places"), rights("lake-places", statement(
            ["s3:GetObject", "s3:PutObject", "s3:DeleteObject"], "arn:aws:s3:::bank-lake-curated/*"), statement(
                "s3:ListBucket", "arn:aws:s3:::bank-lake-curated"), LAKE_KEYS),
        aws("lakeformation/DataLakeSettings", {
            "admins": [role_arn("lake-admin")], "createDatabaseDefaultPermissions": [], "createTableDefaultPermissions":
            [], "allowExternalDataFiltering": False, "parameters": {"CROSS_ACCOUNT_VERSION": "4"}}, "settings"),
        aws("lakeformation/Resource", {"arn": "arn:aws:s3:::bank-lake-curated", "roleArn": UNKNOWN,
                                       "hybridAccessEnabled": False}, "place", links={"roleArn": ("lake-places",)}),
        aws("lakeformation/LfTag", {"key": "class", "values": ["open", "internal", "secret"]}, "class"),
        aws("lakeformation/Permissions", {
            "principal": role_arn("analysts"), "permissions": ["SELECT", "DESCRIBE"], "lfTagPolicy": {
                "resourceType": "TABLE", "expressions": [{"key": "class", "values": ["open", "internal"]}]}}, "read"),
        *store("bank-lake-results", "results", expiration={"days": 30}),
        aws("athena/Workgroup", {"name": "analysts", "state": "ENABLED", "forceDestroy": False, "configuration": {
            "enforceWorkgroupConfiguration": True, "publishCloudwatchMetricsEnabled": True,
                "bytesScannedCutoffPerQuery":
            1099511627776, "engineVersion": {"selectedEngineVersion": "Athena engine version 3"}, "resultConfiguration":
            {"outputLocation": "s3://bank-lake-results/analysts/", "expectedBucketOwner": ME, "encryptionConfiguration":
             {"encryptionOption": "SSE_KMS", "kmsKeyArn": KEY}}}, "tags": TAGS}, "workgroup"),
        aws("athena/NamedQuery", {"name": "daily", "database": "lake_curated", "workgroup": "analysts", "query":
                                  "SELECT day, count(*) FROM payments GROUP BY day ORDER BY day DESC LIMIT 30"},
            "daily")),
        f"{PATTERNS}/build-an-etl-service-pipeline-to-load-data-incrementally-from-amazon-s3-to-amazon-redshift-using-"
        "aws-glue; .../lake-formation/latest/dg/TBAC-overview.html, as known", merged(OURS, kept(
            "raw", "stage", "curated", "results"))),
    Idiom("the core's tables are copied from Oracle in the data centre to Aurora and follow its changes, checked", (
        BUDGET, group("copies", ("10.10.20.0/24", 1521, "Core database in the data centre")),
        aws("dms/ReplicationSubnetGroup", {"replicationSubnetGroupId": "core", "replicationSubnetGroupDescription":
                                           "Private subnets", "subnetIds": SUBNETS, "tags": TAGS}, "subnets"),
        aws("dms/ReplicationInstance", {
            "replicationInstanceId": "core", "replicationInstanceClass": "dms.r6i.xlarge", "allocatedStorage": 200,
            "engineVersion": "3.5.4", "multiAz": True, "publiclyAccessible": False, "autoMinorVersionUpgrade": True,
            "allowMajorVersionUpgrade": False, "applyImmediately": False, "kmsKeyArn": KEY,
            "replicationSubnetGroupId": UNKNOWN, "vpcSecurityGroupIds": [UNKNOWN], "preferredMaintenanceWindow":
            "fri:22:00-fri:23:00", "tags": TAGS}, "machine", links={
                "replicationSubnetGroupId": ("subnets",), "vpcSecurityGroupIds": ("sg-copies",)}),
        trusted(f"dms.{R}.amazonaws.com", "copies-secrets"), rights("copies-secrets", statement(
            ["secretsmanager:GetSecretValue", "secretsmanager:DescribeSecret"], [
                arn("secretsmanager", "secret:core/oracle-AbCdEf"), arn("secretsmanager",
                    "secret:core/aurora-GhIjKl")]),
            statement("kms:Decrypt", KEY)),
        aws("dms/Certificate", {"certificateId": "core-oracle", "certificatePem":
                                "-----BEGIN CERTIFICATE-----\nMIIB\n-----END CERTIFICATE-----", "tags": TAGS}, "ca"),
        aws("dms/Endpoint", {
            "endpointId": "core-oracle", "endpointType": "source", "engineName": "oracle", "databaseName": "CORE",
            "sslMode": "verify-ca", "certificateArn": UNKNOWN, "kmsKeyArn": KEY, "secretsManagerArn": arn(
                "secretsmanager", "secret:core/oracle-AbCdEf"), "secretsManagerAccessRoleArn": UNKNOWN,
            "extraConnectionAttributes": "useLogMinerReader=N;useBfile=Y;accessAlternateDirectly=false", "tags": TAGS},
            "source", links={"certificateArn": ("ca",), "secretsManagerAccessRoleArn": ("copies-secrets",)}),
        aws("dms/Endpoint", {
            "endpointId": "core-aurora", "endpointType": "target", "engineName": "aurora-postgresql", "databaseName":
            "core", "sslMode": "verify-full", "certificateArn": UNKNOWN, "kmsKeyArn": KEY, "secretsManagerArn": arn(
                "secretsmanager", "secret:core/aurora-GhIjKl"), "secretsManagerAccessRoleArn": UNKNOWN, "tags": TAGS},
            "target", links={"certificateArn": ("ca",), "secretsManagerAccessRoleArn": ("copies-secrets",)}),
        aws("dms/ReplicationTask", {
            "replicationTaskId": "core", "migrationType": "full-load-and-cdc", "replicationInstanceArn": UNKNOWN,
            "sourceEndpointArn": UNKNOWN, "targetEndpointArn": UNKNOWN, "startReplicationTask": False,
            "replicationTaskSettings": json.dumps(TASK), "tableMappings": json.dumps({"rules": [
                {"rule-type": "selection", "rule-id": "1", "rule-name": "ledger", "rule-action": "include",
                 "object-locator": {"schema-name": "LEDGER", "table-name": "%"}},
                {"rule-type": "transformation", "rule-id": "2", "rule-name": "lower", "rule-action":
                 "convert-lowercase", "rule-target": "schema", "object-locator": {"schema-name": "%"}}]}),
            "tags": TAGS}, "task", links={"replicationInstanceArn": ("machine",), "sourceEndpointArn": ("source",),
                                          "targetEndpointArn": ("target",)}),
        aws("dms/EventSubscription", {"name": "core", "enabled": True, "sourceType": "replication-task", "sourceIds": [
            "core"], "eventCategories": ["failure", "state change"], "snsTopicArn": arn("sns", "platform-alarms"),
            "tags": TAGS}, "events"),
        alarm("core-behind", "AWS/DMS", "CDCLatencyTarget", 300.0, ReplicationInstanceIdentifier="core")),
        f"{PATTERNS}/migrate-an-on-premises-oracle-database-to-aurora-postgresql; "
        f"{AWS_DOCS}/dms/latest/userguide/CHAP_BestPractices.html, as known", merged(OURS, unpriced(
            "aws:dms/replicationInstance:ReplicationInstance::machine"))),
    Idiom("events of cards come by a stream, are cleaned by a function and land as columns in hourly folders", (
        BUDGET, *store("bank-card-events", "events", transitions=[{"days": 90, "storageClass": "GLACIER_IR"}]),
        aws("kinesis/Stream", {"name": "cards", "streamModeDetails": {"streamMode": "ON_DEMAND"}, "retentionPeriod":
                               168, "encryptionType": "KMS", "kmsKeyId": KEY, "enforceConsumerDeletion": False,
                               "shardLevelMetrics": ["IteratorAgeMilliseconds", "WriteProvisionedThroughputExceeded"],
                               "tags": TAGS}, "stream", protect=True),
        aws("kinesis/StreamConsumer", {"name": "scores", "streamArn": UNKNOWN, "tags": TAGS}, "consumer", links={
            "streamArn": ("stream",)}),
        logs("/aws/kinesisfirehose/cards"), aws("cloudwatch/LogStream", {
            "name": "delivery", "logGroupName": "/aws/kinesisfirehose/cards"}, "delivery-log"),
        trusted("firehose.amazonaws.com", "cards-delivery"), rights("cards-delivery", statement(
            ["s3:AbortMultipartUpload", "s3:GetBucketLocation", "s3:GetObject", "s3:ListBucket",
             "s3:ListBucketMultipartUploads", "s3:PutObject"], [
                 "arn:aws:s3:::bank-card-events", "arn:aws:s3:::bank-card-events/*"]), LAKE_KEYS, statement(
            ["kinesis:DescribeStream", "kinesis:GetShardIterator", "kinesis:GetRecords", "kinesis:ListShards"],
            arn("kinesis", "stream/cards")), statement(["lambda:InvokeFunction", "lambda:GetFunctionConfiguration"],
                                                       arn("lambda", "function:cards-clean:live")), statement(
            ["glue:GetTable", "glue:GetTableVersion", "glue:GetTableVersions"], [
                arn("glue", "catalog"), arn("glue", "database/cards"), arn("glue", "table/cards/events")]), statement(
                    "logs:PutLogEvents", arn("logs", "log-group:/aws/kinesisfirehose/cards:log-stream:*"))),
        aws("kinesis/FirehoseDeliveryStream", {
            "name": "cards", "destination": "extended_s3", "kinesisSourceConfiguration": {
                "kinesisStreamArn": UNKNOWN, "roleArn": UNKNOWN}, "extendedS3Configuration": {
                "roleArn": UNKNOWN, "bucketArn": "arn:aws:s3:::bank-card-events", "kmsKeyArn": KEY,
                    "bufferingSize": 128,
                "bufferingInterval": 300, "customTimeZone": "Asia/Dubai", "prefix":
                "events/day=!{timestamp:yyyy-MM-dd}/hour=!{timestamp:HH}/", "errorOutputPrefix":
                "failed/!{firehose:error-output-type}/", "cloudwatchLoggingOptions": {
                    "enabled": True, "logGroupName": "/aws/kinesisfirehose/cards", "logStreamName": "delivery"},
                "processingConfiguration": {"enabled": True, "processors": [{"type": "Lambda", "parameters": [
                    {"parameterName": "LambdaArn", "parameterValue": arn("lambda", "function:cards-clean:live")},
                    {"parameterName": "BufferSizeInMBs", "parameterValue": "1"}]}]},
                "dataFormatConversionConfiguration": {"enabled": True, "inputFormatConfiguration": {"deserializer": {
                    "openXJsonSerDe": {}}}, "outputFormatConfiguration": {"serializer": {
                        "parquetSerDe": {"compression": "SNAPPY"}}}, "schemaConfiguration": {
                            "databaseName": "cards", "tableName": "events", "roleArn": UNKNOWN, "region": R}}},
            "tags": TAGS}, "delivery", links={"kinesisSourceConfiguration": ("stream", "cards-delivery"),
                                              "extendedS3Configuration": ("cards-delivery",)}),
        alarm("cards-late", "AWS/Firehose", "DeliveryToS3.DataFreshness", 900.0, DeliveryStreamName="cards"),
        alarm("cards-age", "AWS/Kinesis", "GetRecords.IteratorAgeMilliseconds", 600000.0, StreamName="cards")),
        f"{AWS_DOCS}/firehose/latest/dev/record-format-conversion.html; .../streams/latest/dev/kinesis-best-practices, "
        "as known", merged(OURS, kept("events", "stream"))),
    Idiom("flows of data run in Airflow inside the network, whose pages staff reach there and whose records are kept", (
        BUDGET, *store("bank-airflow", "flows"), trusted("airflow-env.amazonaws.com", "flows-run"),
        rights("flows-run", statement("airflow:PublishMetrics", arn("airflow", "environment/flows")), statement(
            ["s3:GetObject", "s3:GetBucketPublicAccessBlock", "s3:ListBucket", "s3:GetBucketVersioning"], [
                "arn:aws:s3:::bank-airflow", "arn:aws:s3:::bank-airflow/*"]), statement(
            ["logs:CreateLogStream", "logs:CreateLogGroup", "logs:PutLogEvents", "logs:GetLogEvents",
             "logs:GetLogRecord", "logs:GetLogGroupFields", "logs:GetQueryResults"], arn(
                 "logs", "log-group:airflow-flows-*")), statement("logs:DescribeLogGroups"), statement(
            "cloudwatch:PutMetricData", "*", {"StringEquals": {"cloudwatch:namespace": "AmazonMWAA"}}), statement(
            ["sqs:ChangeMessageVisibility", "sqs:DeleteMessage", "sqs:GetQueueAttributes", "sqs:GetQueueUrl",
             "sqs:ReceiveMessage", "sqs:SendMessage"], f"arn:aws:sqs:{R}:*:airflow-celery-*", {
                 "StringEquals": {"aws:ResourceOrgID": "${aws:PrincipalOrgID}"}}), statement(
            ["kms:Decrypt", "kms:DescribeKey", "kms:GenerateDataKey*", "kms:Encrypt"], KEY), statement(
            ["glue:StartJobRun", "glue:GetJobRun"], arn("glue", "job/features"))),
        group("airflow", ("10.64.0.0/16", 443, "Staff in the network")),
        aws("mwaa/Environment", {
            "name": "flows", "airflowVersion": "2.10.3", "environmentClass": "mw1.small", "executionRoleArn": UNKNOWN,
            "sourceBucketArn": "arn:aws:s3:::bank-airflow", "dagS3Path": "dags", "requirementsS3Path":
            "requirements.txt", "requirementsS3ObjectVersion": "abcdefghijklmnop", "kmsKey": KEY, "webserverAccessMode":
            "PRIVATE_ONLY", "endpointManagement": "SERVICE", "minWorkers": 1, "maxWorkers": 4, "minWebservers": 2,
            "maxWebservers": 3, "schedulers": 2, "weeklyMaintenanceWindowStart": "FRI:22:00",
            "workerReplacementStrategy": "GRACEFUL", "networkConfiguration": {
                "subnetIds": SUBNETS[:2], "securityGroupIds": [UNKNOWN]}, "airflowConfigurationOptions": {
                    "core.default_task_retries": "2", "webserver.expose_config": "False", "core.load_examples": "False",
                    "secrets.backend": "airflow.providers.amazon.aws.secrets.secrets_manager.SecretsManagerBackend",
                    "secrets.backend_kwargs": '{"connections_prefix": "airflow/connections"}'},
            "loggingConfiguration": {kind: {"enabled": True, "logLevel": "INFO"} for kind in (
                "dagProcessingLogs", "schedulerLogs", "taskLogs", "webserverLogs", "workerLogs")}, "tags": TAGS},
            "environment", links={"executionRoleArn": ("flows-run",), "networkConfiguration": ("sg-airflow",)}),
        alarm("flows-waiting", "AmazonMWAA", "QueuedTasks", 50.0, Environment="flows")),
        f"{AWS_DOCS}/mwaa/latest/userguide/mwaa-create-role.html; .../best-practices-tuning.html, as known",
        merged(OURS, kept("flows"))),
)  # fmt: skip
