"""Good idioms of platform teams on AWS: monitoring and copies (set 23, blind)."""

import json

from ..blind import KEY, ME, TAGS, aws, document, statement
from ..harness import UNKNOWN
from . import Idiom
from .fourth import AWS_DOCS, R
from .ninth_aws import GROUPS, SUBNETS, arn, kept
from .thirteenth_aws import OURS
from .twelfth_aws_platform import logs, rights, trusted
from .twentieth_goodb_charts import merged
from .twenty_first_xaws import ALARMS
from .twenty_second_xaws import PATTERNS, attached
from .twenty_third_aws import store

IDIOMS: tuple[Idiom, ...] = (
    Idiom("a service has a board, alarms of its percentiles and of its log, a canary and a topic under its own key", (
        aws("kms/Key", {
            "description": "News of the platform", "enableKeyRotation": True, "rotationPeriodInDays": 365,
            "deletionWindowInDays": 30, "policy": document(
                {"Sid": "Account", "Effect": "Allow", "Principal": {"AWS": f"arn:aws:iam::{ME}:root"},
                    "Action": "kms:*",
                 "Resource": "*"},
                {"Sid": "Alarms", "Effect": "Allow", "Principal": {"Service": "cloudwatch.amazonaws.com"}, "Action": [
                    "kms:Decrypt", "kms:GenerateDataKey*"], "Resource": "*", "Condition": {"StringEquals": {
                        "aws:SourceAccount": ME}}}), "tags": TAGS}, "key", protect=True),
        aws("kms/Alias", {"name": "alias/news", "targetKeyId": UNKNOWN}, "key-name", links={"targetKeyId": ("key",)}),
        aws("sns/Topic", {"name": "news", "kmsMasterKeyId": UNKNOWN, "tags": TAGS}, "news", links={
            "kmsMasterKeyId": ("key",)}),
        aws("sns/TopicPolicy", {"arn": UNKNOWN, "policy": document({
            "Sid": "Alarms", "Effect": "Allow", "Principal": {"Service": "cloudwatch.amazonaws.com"}, "Action":
            "sns:Publish", "Resource": arn("sns", "news"), "Condition": {
                "ArnLike": {"aws:SourceArn": arn("cloudwatch", "alarm:*")}, "StringEquals": {
                    "aws:SourceAccount": ME}}}, {
                "Sid": "TLS", "Effect": "Deny", "Principal": "*", "Action": "sns:Publish", "Resource": arn(
                    "sns", "news"), "Condition": {"Bool": {"aws:SecureTransport": "false"}}})},
            "news-policy", links={"arn": ("news",)}),
        aws("sns/TopicSubscription", {"topic": UNKNOWN, "protocol": "https", "endpoint": "https://oncall.bank.ae/aws",
                                      "endpointAutoConfirms": True, "filterPolicyScope": "MessageBody", "filterPolicy":
                                      json.dumps({"NewStateValue": ["ALARM", "OK"]})}, "desk", links={"topic": ("news",
                                          )}),
        logs("/aws/ecs/tariffs"),
        aws("cloudwatch/LogMetricFilter", {
            "name": "refused", "logGroupName": "/aws/ecs/tariffs", "pattern":
            "{ ($.level = \"ERROR\") && ($.status >= 500) }", "metricTransformation": {
                "name": "Refused", "namespace": "Bank/Tariffs", "value": "1", "defaultValue": "0", "unit": "Count"}},
            "refused"),
        aws("cloudwatch/QueryDefinition", {"name": "tariffs/slow", "logGroupNames": ["/aws/ecs/tariffs"], "queryString":
            "fields @timestamp, path, ms | filter ms > 2000 | sort ms desc | limit 50"}, "slow-calls"),
        aws("cloudwatch/MetricAlarm", {
            "name": "tariffs-p99", "namespace": "AWS/ApplicationELB", "metricName": "TargetResponseTime",
            "extendedStatistic": "p99", "period": 60, "evaluationPeriods": 5, "datapointsToAlarm": 3, "threshold": 1.5,
            "comparisonOperator": "GreaterThanThreshold", "treatMissingData": "notBreaching", "dimensions": {
                "LoadBalancer": "app/tariffs/0123"}, "alarmActions": [UNKNOWN], "okActions": [UNKNOWN], "tags": TAGS},
            "p99", links={"alarmActions": ("news",)}),
        aws("cloudwatch/MetricAlarm", {
            "name": "tariffs-unusual", "comparisonOperator": "LessThanLowerOrGreaterThanUpperThreshold",
            "evaluationPeriods": 3, "thresholdMetricId": "band", "treatMissingData": "missing", "metricQueries": [
                {"id": "band", "expression": "ANOMALY_DETECTION_BAND(calls, 3)", "label": "Expected",
                    "returnData": True},
                {"id": "calls", "returnData": True, "metric": {
                    "namespace": "AWS/ApplicationELB", "metricName": "RequestCount", "period": 300, "stat": "Sum",
                    "dimensions": {"LoadBalancer": "app/tariffs/0123"}}}], "alarmActions": [UNKNOWN], "tags": TAGS},
            "unusual", links={"alarmActions": ("news",)}),
        aws("cloudwatch/Dashboard", {"dashboardName": "tariffs", "dashboardBody": json.dumps({"widgets": [
            {"type": "metric", "x": 0, "y": 0, "width": 12, "height": 6, "properties": {
                "title": "Calls", "region": R, "view": "timeSeries", "stat": "Sum", "period": 60, "metrics": [
                    ["AWS/ApplicationELB", "RequestCount", "LoadBalancer", "app/tariffs/0123"]]}},
            {"type": "log", "x": 12, "y": 0, "width": 12, "height": 6, "properties": {
                "region": R, "query": "SOURCE '/aws/ecs/tariffs' | filter level = 'ERROR' | limit 20"}}]})}, "board"),
        *store("bank-canaries", "canaries", expiration={"days": 60}), trusted("lambda.amazonaws.com", "canary"),
        rights("canary", statement("s3:PutObject", "arn:aws:s3:::bank-canaries/*"), statement(
            "s3:GetBucketLocation", "arn:aws:s3:::bank-canaries"), statement("s3:ListAllMyBuckets"), statement(
            ["kms:Decrypt", "kms:GenerateDataKey"], KEY), statement("cloudwatch:PutMetricData", "*", {"StringEquals": {
                "cloudwatch:namespace": "CloudWatchSynthetics"}}), statement(
            ["logs:CreateLogStream", "logs:PutLogEvents"], arn("logs", "log-group:/aws/lambda/cwsyn-*"))),
        *attached("canary", "service-role/AWSLambdaVPCAccessExecutionRole"),
        aws("synthetics/Canary", {
            "name": "tariffs", "artifactS3Location": "s3://bank-canaries/tariffs/", "executionRoleArn": UNKNOWN,
            "handler": "check.handler", "runtimeVersion": "syn-python-selenium-7.0", "s3Bucket": "bank-artifacts",
            "s3Key": "canaries/tariffs.zip", "startCanary": True, "schedule": {"expression": "rate(5 minutes)"},
            "runConfig": {"timeoutInSeconds": 60, "memoryInMb": 960, "activeTracing": False}, "kmsKeyArn": KEY,
                "artifactConfig": {
                "s3Encryption": {"encryptionMode": "SSE_KMS", "kmsKeyArn": KEY}}, "vpcConfig": {
                    "subnetIds": SUBNETS, "securityGroupIds": GROUPS}, "successRetentionPeriod": 31,
            "failureRetentionPeriod": 31, "deleteLambda": True, "tags": TAGS}, "canary-tariffs", links={
                "executionRoleArn": ("canary",)}),
        aws("xray/SamplingRule", {
            "ruleName": "tariffs", "priority": 100, "reservoirSize": 1, "fixedRate": 0.05, "urlPath": "/v1/*", "host":
            "*", "httpMethod": "*", "serviceName": "tariffs", "serviceType": "*", "resourceArn": "*", "version": 1,
            "tags": TAGS}, "sampling"),
        aws("xray/EncryptionConfig", {"type": "KMS", "keyId": KEY}, "traces-key")),
        f"{AWS_DOCS}/AmazonCloudWatch/latest/monitoring/Best_Practice_Recommended_Alarms_AWS_Services.html; .../"
        "CloudWatch_Synthetics_Canaries_VPC.html, as known", merged(merged(OURS, kept("canaries")), {
            "residency": {"known": {"bank-artifacts": "our own bucket, in me-central-1"}},
            "escape": {"code_sources": {"bank-artifacts": "our own builds"}}})),
    Idiom("plans of copies follow tags, one keeps seven years, a report proves it, and restores are tried each month", (
        *(aws("backup/Vault", {"name": name, "kmsKeyArn": KEY, "forceDestroy": False, "tags": TAGS}, name, protect=True)
          for name in ("daily", "legal")),
        *(aws("backup/VaultLockConfiguration", {"backupVaultName": UNKNOWN, "changeableForDays": days,
              "minRetentionDays": least, "maxRetentionDays": most}, f"{name}-lock", links={"backupVaultName": (name,)})
          for name, days, least, most in (("daily", 7, 14, 120), ("legal", 30, 2555, 3650))),
        aws("backup/VaultPolicy", {"backupVaultName": UNKNOWN, "policy": document({
            "Effect": "Deny", "Principal": {"AWS": "*"}, "Action": [
                "backup:DeleteRecoveryPoint", "backup:UpdateRecoveryPointLifecycle",
                    "backup:PutBackupVaultAccessPolicy",
                "backup:DeleteBackupVaultAccessPolicy"], "Resource": "*"})}, "legal-policy", links={
                    "backupVaultName": ("legal",)}),
        aws("backup/VaultNotifications", {"backupVaultName": UNKNOWN, "snsTopicArn": ALARMS, "backupVaultEvents": [
            "BACKUP_JOB_FAILED", "RESTORE_JOB_COMPLETED", "COPY_JOB_FAILED"]}, "daily-news", links={
                "backupVaultName": ("daily",)}),
        trusted("backup.amazonaws.com", "copies"), *attached("copies",
            "service-role/AWSBackupServiceRolePolicyForBackup", "service-role/AWSBackupServiceRolePolicyForRestores"),
        aws("backup/Plan", {"name": "data", "advancedBackupSettings": [{"resourceType": "EC2", "backupOptions": {
            "WindowsVSS": "enabled"}}], "rules": [
                {"ruleName": "daily", "targetVaultName": UNKNOWN, "schedule": "cron(0 21 * * ? *)",
                 "scheduleExpressionTimezone": "Asia/Dubai", "startWindow": 60, "completionWindow": 360,
                 "enableContinuousBackup": True, "lifecycle": {"deleteAfter": 35}, "recoveryPointTags": TAGS},
                {"ruleName": "monthly", "targetVaultName": UNKNOWN, "schedule": "cron(0 22 1 * ? *)",
                    "startWindow": 120,
                 "completionWindow": 720, "lifecycle": {"coldStorageAfter": 30, "deleteAfter": 2600,
                                                        "optInToArchiveForSupportedResources": True},
                 "recoveryPointTags": TAGS}], "tags": TAGS}, "plan", links={"rules": ("daily", "legal")}),
        aws("backup/Selection", {"name": "tagged", "planId": UNKNOWN, "iamRoleArn": UNKNOWN, "resources": ["*"],
                                 "conditions": [{"stringEquals": [{"key": "aws:ResourceTag/data-classification",
                                     "value":
                                                                  "confidential"}]}]}, "tagged", links={
                                     "planId": ("plan",), "iamRoleArn": ("copies",)}),
        aws("backup/RegionSettings", {"resourceTypeOptInPreference": dict.fromkeys((
            "Aurora", "DynamoDB", "EBS", "EC2", "EFS", "FSx", "RDS", "S3"), True), "resourceTypeManagementPreference": {
                "DynamoDB": True, "EFS": True}}, "region"),
        aws("backup/Framework", {"name": "copies", "description": "What every copy must have", "controls": [
            {"name": "BACKUP_RECOVERY_POINT_ENCRYPTED"}, {"name": "BACKUP_RECOVERY_POINT_MANUAL_DELETION_DISABLED"},
            {"name": "BACKUP_RECOVERY_POINT_MINIMUM_RETENTION_CHECK", "inputParameters": [
                {"name": "requiredRetentionDays", "value": "35"}]}], "tags": TAGS}, "framework"),
        aws("backup/ReportPlan", {"name": "monthly", "description": "Proof", "reportDeliveryChannel": {
            "s3BucketName": "bank-audit", "s3KeyPrefix": "copies", "formats": ["CSV", "JSON"]}, "reportSetting": {
                "reportTemplate": "CONTROL_COMPLIANCE_REPORT", "frameworkArns": [UNKNOWN], "numberOfFrameworks": 1},
            "tags": TAGS}, "report", links={"reportSetting": ("framework",)}),
        aws("backup/RestoreTestingPlan", {
            "name": "monthly", "scheduleExpression": "cron(0 6 ? * SAT#1 *)",
                "scheduleExpressionTimezone": "Asia/Dubai",
            "startWindowHours": 8, "recoveryPointSelection": {
                "algorithm": "LATEST_WITHIN_WINDOW", "includeVaults": [arn("backup", "backup-vault:daily")],
                "recoveryPointTypes": ["SNAPSHOT", "CONTINUOUS"], "selectionWindowDays": 14}, "tags": TAGS}, "tries"),
        aws("backup/RestoreTestingSelection", {
            "name": "databases", "restoreTestingPlanName": UNKNOWN, "protectedResourceType": "RDS",
                "iamRoleArn": UNKNOWN,
            "protectedResourceArns": ["*"], "validationWindowHours": 4, "restoreMetadataOverrides": {
                "dbSubnetGroupName": "restores", "publiclyAccessible": "false"}}, "tries-databases", links={
                    "restoreTestingPlanName": ("tries",), "iamRoleArn": ("copies",)}),
        aws("cloudwatch/EventRule", {"name": "copies-failed", "eventPattern": json.dumps({
            "source": ["aws.backup"], "detail-type": ["Backup Job State Change", "Restore Job State Change"],
                "detail": {
                "state": ["FAILED", "ABORTED", "EXPIRED"]}}), "tags": TAGS}, "failed"),
        aws("cloudwatch/EventTarget", {"rule": UNKNOWN, "arn": ALARMS, "inputTransformer": {
            "inputPaths": {"id": "$.detail.backupJobId", "state": "$.detail.state"}, "inputTemplate":
            '"Copy <id> ended with <state>"'}}, "failed-told", links={"rule": ("failed",)})),
        f"{AWS_DOCS}/aws-backup/latest/devguide/restore-testing.html; {PATTERNS}/automate-data-backup, as known",
        merged(OURS, {"residency": {"known": {"bank-audit": "the bank's bucket of records, in me-central-1"}}})),
)  # fmt: skip
