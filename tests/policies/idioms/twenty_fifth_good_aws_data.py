"""Good programs of platform teams on AWS: watchers, records and lakes (set 25, before any rule ran)."""

import json

from ..blind import KEY, ME, TAGS, aws, document, statement
from ..harness import UNKNOWN, Given
from . import Idiom
from .fourth import AWS_DOCS, R
from .fourth_kubernetes import BUDGET
from .ninth_aws import GROUPS, arn, kept
from .thirteenth_aws import OURS
from .twelfth_aws_platform import rights, trusted
from .twentieth_goodb_charts import merged
from .twenty_first_xaws import ALARMS
from .twenty_fourth_good_aws import APPS_ACCOUNT, ORGANISATION, log
from .twenty_third_aws import store

TUNNEL = {f"tunnel{number}{key}": value for number in (1, 2) for key, value in {
    "IkeVersions": ["ikev2"], "Phase1DhGroupNumbers": [20, 21], "Phase1EncryptionAlgorithms": ["AES256-GCM-16"],
    "Phase1IntegrityAlgorithms": ["SHA2-384"], "Phase2DhGroupNumbers": [20, 21], "Phase2EncryptionAlgorithms": [
        "AES256-GCM-16"], "Phase2IntegrityAlgorithms": ["SHA2-384"], "StartupAction": "start", "DpdTimeoutAction":
    "restart", "LogOptions": {"cloudwatchLogOptions": {
        "logEnabled": True, "logGroupArn": arn("logs", "log-group:/aws/vpn/site"), "logOutputFormat": "json",
        "bgpLogEnabled": True, "bgpLogGroupArn": arn("logs", "log-group:/aws/vpn/site"), "bgpLogOutputFormat": "json"}},
}.items()}  # fmt: skip


def of_word(value: str) -> list[dict[str, str]]:
    """Returns a filter of findings by one word."""
    return [{"comparison": "EQUALS", "value": value}]


def managed(name: str, severity: str) -> Given:
    """Returns a view of the findings of one severity that nobody has worked on."""
    return aws("securityhub/Insight", {"name": name, "groupByAttribute": "AwsAccountId", "filters": {
        "severityLabels": of_word(severity), "workflowStatuses": of_word("NEW"), "recordStates": of_word("ACTIVE")}},
        name)  # fmt: skip


IDIOMS: tuple[Idiom, ...] = (
    Idiom("Security Hub and Detective: views of what is new and severe, an own action, and a graph of all accounts", (
        aws("detective/Graph", {"tags": TAGS}, "graph"),
        aws("detective/OrganizationConfiguration", {"graphArn": UNKNOWN, "autoEnable": True}, "all-accounts", links={
            "graphArn": ("graph",)}),
        managed("new-critical", "CRITICAL"), managed("new-high", "HIGH"),
        aws("securityhub/ActionTarget", {"name": "Ticket", "identifier": "Ticket", "description":
                                         "Opens a ticket of those on duty"}, "ticket"),
        aws("cloudwatch/EventRule", {
            "name": "findings-ticket", "description": "A finding that somebody sent", "eventPattern": json.dumps({
                "source": ["aws.securityhub"], "detail-type": ["Security Hub Findings - Custom Action"], "resources": [
                    arn("securityhub", "action/custom/Ticket")]}), "tags": TAGS}, "rule"),
        aws("cloudwatch/EventTarget", {
            "rule": UNKNOWN, "arn": ALARMS, "targetId": "duty", "inputTransformer": {
                "inputPaths": {"title": "$.detail.findings[0].Title", "account": "$.detail.findings[0].AwsAccountId"},
                "inputTemplate": "\"<title> in <account>\""}, "retryPolicy": {
                "maximumEventAgeInSeconds": 3600, "maximumRetryAttempts": 10}}, "target", links={"rule": ("rule",)})),
        f"{AWS_DOCS}/detective/latest/userguide/accounts-orgs-transition.html; .../securityhub/latest/userguide/"
        "securityhub-cloudwatch-events.html, as known", ORGANISATION),
    Idiom("CloudWatch: logs hide identity numbers, odd lines are found, and accounts of the organisation send theirs", (
        log("/bank/payments", "payments"), *store("bank-log-audit", "audit"),
        aws("cloudwatch/LogDataProtectionPolicy", {"logGroupName": UNKNOWN, "policyDocument": json.dumps({
            "Name": "identity", "Version": "2021-06-01", "Configuration": {"CustomDataIdentifier": [
                {"Name": "EmiratesId", "Regex": "784-[0-9]{4}-[0-9]{7}-[0-9]"}]}, "Statement": [
                {"Sid": "audit", "DataIdentifier": ["EmiratesId",
                                                    "arn:aws:dataprotection::aws:data-identifier/CreditCardNumber"],
                 "Operation": {"Audit": {"FindingsDestination": {"S3": {"Bucket": "bank-log-audit"}}}}},
                {"Sid": "redact", "DataIdentifier": ["EmiratesId",
                                                     "arn:aws:dataprotection::aws:data-identifier/CreditCardNumber"],
                 "Operation": {"Deidentify": {"MaskConfig": {}}}}]})}, "hidden", links={
                     "logGroupName": ("payments",)}),
        aws("cloudwatch/LogAnomalyDetector", {
            "detectorName": "payments", "enabled": True, "logGroupArnLists": [UNKNOWN], "evaluationFrequency":
            "FIFTEEN_MIN", "anomalyVisibilityTime": 21, "kmsKeyId": KEY, "tags": TAGS}, "odd", links={
                "logGroupArnLists": ("payments",)}),
        aws("cloudwatch/ContributorInsightRule", {
            "ruleName": "payments-refused", "ruleState": "ENABLED", "ruleDefinition": json.dumps({
                "Schema": {"Name": "CloudWatchLogRule", "Version": 1}, "AggregateOn": "Count", "LogFormat": "JSON",
                "LogGroupNames": ["/bank/payments"], "Contribution": {"Keys": ["$.branch"], "Filters": [
                    {"Match": "$.result", "In": ["refused"]}]}}), "tags": TAGS}, "refused"),
        aws("kinesis/Stream", {"name": "account-logs", "streamModeDetails": {"streamMode": "ON_DEMAND"},
                               "encryptionType": "KMS", "kmsKeyId": KEY, "retentionPeriod": 48, "tags": TAGS},
                                   "stream"),
        aws("iam/Role", {"name": "account-logs", "tags": TAGS, "assumeRolePolicy": document({
            "Effect": "Allow", "Principal": {"Service": "logs.amazonaws.com"}, "Action": "sts:AssumeRole", "Condition":
            {"StringLike": {"aws:SourceArn": [f"arn:aws:logs:{R}:{APPS_ACCOUNT}:*", f"arn:aws:logs:{R}:{ME}:*"]}}})},
            "logs-role"),
        rights("logs-role", statement("kinesis:PutRecord", arn("kinesis", "stream/account-logs")), statement(
            "kms:GenerateDataKey", KEY)),
        aws("cloudwatch/LogDestination", {"name": "accounts", "roleArn": UNKNOWN, "targetArn": UNKNOWN, "tags": TAGS},
            "destination", links={"roleArn": ("logs-role",), "targetArn": ("stream",)}),
        aws("cloudwatch/LogDestinationPolicy", {"destinationName": UNKNOWN, "accessPolicy": document({
            "Effect": "Allow", "Principal": {"AWS": APPS_ACCOUNT}, "Action": "logs:PutSubscriptionFilter", "Resource":
            arn("logs", "destination:accounts")})}, "senders", links={"destinationName": ("destination",)})),
        f"{AWS_DOCS}/AmazonCloudWatch/latest/logs/mask-sensitive-log-data.html; .../CrossAccountSubscriptions-Kinesis"
        ".html, as known", merged(ORGANISATION, kept("audit"))),
    Idiom("Glue: tables of the old database come by JDBC with TLS and a secret, are checked by rules, and indexed", (
        BUDGET, *store("bank-lake-raw", "raw"), trusted("glue.amazonaws.com", "import-role"),
        rights("import-role", statement(["s3:GetObject", "s3:PutObject"], "arn:aws:s3:::bank-lake-raw/*"), statement(
            "s3:ListBucket", "arn:aws:s3:::bank-lake-raw"), statement(["kms:Decrypt", "kms:GenerateDataKey"], KEY),
            statement("secretsmanager:GetSecretValue", arn("secretsmanager", "secret:core-reader-AbCdEf")), statement(
                ["glue:GetTable", "glue:GetDatabase", "glue:CreateTable", "glue:UpdateTable", "glue:GetConnection"], [
                    arn("glue", "catalog"), arn("glue", "database/core"), arn("glue", "table/core/*"),
                    arn("glue", "connection/core")])),
        aws("glue/SecurityConfiguration", {"name": "sealed", "encryptionConfiguration": {
            "cloudwatchEncryption": {"cloudwatchEncryptionMode": "SSE-KMS", "kmsKeyArn": KEY},
            "jobBookmarksEncryption": {"jobBookmarksEncryptionMode": "CSE-KMS", "kmsKeyArn": KEY},
            "s3Encryption": {"s3EncryptionMode": "SSE-KMS", "kmsKeyArn": KEY}}}, "sealed"),
        aws("glue/Connection", {
            "name": "core", "connectionType": "JDBC", "description": "Old core", "connectionProperties": {
                "JDBC_CONNECTION_URL": "jdbc:postgresql://core.bank.ae:5432/core", "SECRET_ID": "core-reader",
                "JDBC_ENFORCE_SSL": "true"}, "physicalConnectionRequirements": {
                "availabilityZone": f"{R}a", "securityGroupIdLists": GROUPS, "subnetId": "subnet-1"}, "tags": TAGS},
            "connection"),
        aws("glue/CatalogDatabase", {"name": "core", "description": "Tables of the old core", "tags": TAGS},
            "database"),
        aws("glue/Classifier", {"name": "letters", "csvClassifier": {
            "delimiter": "|", "quoteSymbol": "\"", "containsHeader": "PRESENT", "headers": ["id", "at", "kind"],
            "allowSingleColumn": False}}, "letters"),
        aws("glue/Crawler", {
            "name": "core", "databaseName": UNKNOWN, "role": UNKNOWN, "jdbcTargets": [
                {"connectionName": UNKNOWN, "path": "core/public/%", "exclusions": ["core/public/audit%"]}],
            "securityConfiguration": UNKNOWN, "schedule": "cron(0 20 ? * FRI *)", "schemaChangePolicy": {
                "deleteBehavior": "LOG", "updateBehavior": "UPDATE_IN_DATABASE"}, "lineageConfiguration": {
                "crawlerLineageSettings": "ENABLE"}, "tags": TAGS}, "crawler", links={
                    "databaseName": ("database",), "role": ("import-role",), "jdbcTargets": ("connection",),
                    "securityConfiguration": ("sealed",)}),
        aws("glue/DataQualityRuleset", {
            "name": "accounts", "description": "What accounts must be", "ruleset":
            "Rules = [IsComplete \"id\", IsUnique \"id\", ColumnValues \"currency\" in [\"AED\", \"USD\"], RowCount > "
            "1000]", "targetTable": {"databaseName": UNKNOWN, "tableName": "accounts"}, "tags": TAGS}, "rules", links={
                "targetTable": ("database",)}),
        aws("glue/PartitionIndex", {"databaseName": UNKNOWN, "tableName": "postings", "partitionIndex": {
            "indexName": "by-day", "keys": ["year", "month", "day"]}}, "index", links={"databaseName": ("database",)})),
        f"{AWS_DOCS}/glue/latest/dg/connection-properties.html; .../encryption-security-configuration.html; .../dqdl"
        ".html, as known", merged(OURS, kept("raw"))),
    Idiom("S3: lists of what lies in the lake go to a bucket of reports each week, sealed, and figures per prefix", (
        *store("bank-lake-lists", "lists"), *store("bank-lake-curated", "curated"),
        aws("s3/Inventory", {
            "bucket": "bank-lake-curated", "name": "weekly", "enabled": True, "includedObjectVersions": "All",
            "schedule": {"frequency": "Weekly"}, "optionalFields": [
                "Size", "StorageClass", "EncryptionStatus", "BucketKeyStatus", "ObjectLockMode", "ReplicationStatus",
                "IntelligentTieringAccessTier"], "destination": {"bucket": {
                    "bucketArn": "arn:aws:s3:::bank-lake-lists", "format": "Parquet", "accountId": ME, "prefix": "lake",
                    "encryption": {"sseKms": {"keyId": KEY}}}}}, "inventory", links={"bucket": ("curated",)}),
        aws("s3/BucketMetric", {"bucket": "bank-lake-curated", "name": "risk", "filter": {"prefix": "risk/"}},
            "figures",
            links={"bucket": ("curated",)}),
        aws("s3/AnalyticsConfiguration", {
            "bucket": "bank-lake-curated", "name": "ages", "storageClassAnalysis": {"dataExport": {
                "outputSchemaVersion": "V_1", "destination": {"s3BucketDestination": {
                    "bucketArn": "arn:aws:s3:::bank-lake-lists", "bucketAccountId": ME, "format": "CSV", "prefix":
                    "ages"}}}}}, "ages", links={"bucket": ("curated",)}),
        aws("s3/BucketIntelligentTieringConfiguration", {
            "bucket": "bank-lake-curated", "name": "cold", "status": "Enabled", "tierings": [
                {"accessTier": "ARCHIVE_ACCESS", "days": 180}], "filter": {"prefix": "history/"}}, "tiers", links={
                    "bucket": ("curated",)}),
        aws("s3/BucketNotification", {"bucket": "bank-lake-curated", "eventbridge": True}, "events", links={
            "bucket": ("curated",)}),
        aws("s3control/StorageLensConfiguration", {"configId": "lake", "storageLensConfiguration": {
            "enabled": True, "accountLevel": {"activityMetrics": {"enabled": True}, "bucketLevel": {
                "activityMetrics": {"enabled": True}}}, "dataExport": {"cloudWatchMetrics": {"enabled": True},
                "s3BucketDestination": {"accountId": ME, "arn": "arn:aws:s3:::bank-lake-lists", "format": "Parquet",
                                        "outputSchemaVersion": "V_1", "prefix": "lens", "encryption": {"sseKms": {
                                            "keyId": KEY}}}}}, "tags": TAGS}, "lens")),
        f"{AWS_DOCS}/AmazonS3/latest/userguide/configure-inventory.html; .../storage-lens-encrypt-permissions.html, as "
        "known", merged(OURS, kept("lists", "curated"))),
)  # fmt: skip
