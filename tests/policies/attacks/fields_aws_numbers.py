"""Attacks on AWS by numbers with a meaning of protection that no rule or row named (2026-11-29).

Found by a list of every number of pulumi-aws 7.51.1; limits and defaults by its documentation and by botocore 1.44.8.
"""

from ..blind import KEY, ME, TAGS, aws
from . import Attack
from .tenth_aws import _ours

SWITCH = ("FJ-ESC-115",)
METRIC = {"cloudwatchMetricsEnabled": True, "metricName": "x", "sampledRequestsEnabled": True}

ATTACKS = (
    Attack("answers without any ground pass the filter of grounding", SWITCH, (aws("bedrock/Guardrail", {
        "name": "x", "blockedInputMessaging": "no", "blockedOutputsMessaging": "no", "kmsKeyArn": KEY, "tags": TAGS,
        "contextualGroundingPolicyConfig": {"filtersConfigs": [{"type": "GROUNDING", "threshold": 0}]}}),),
        "major", "no score is below nought (Amazon Bedrock, GuardrailContextualGroundingFilterConfig)"),
    Attack("copies of backups are deleted the day after", SWITCH, (aws("backup/Plan", {
        "name": "x", "tags": TAGS, "rules": [{
            "ruleName": "daily", "targetVaultName": "v", "schedule": "cron(0 2 * * ? *)",
            "lifecycle": {"deleteAfter": 35}, "copyActions": [{
                "destinationVaultArn": _ours("backup", "backup-vault:copies"), "lifecycle": {"deleteAfter": 1}}]}]}),),
        "major", "what is left after an attack on the account is a day old at most (AWS Backup, Lifecycle)"),
    Attack("events of the account are kept for a week", SWITCH, (aws("cloudtrail/EventDataStore", {
        "name": "x", "kmsKeyId": KEY, "retentionPeriod": 7, "terminationProtectionEnabled": True,
        "multiRegionEnabled": True, "tags": TAGS}),),
        "major", "an intrusion is often found weeks later (AWS CloudTrail, CreateEventDataStore RetentionPeriod)"),
    Attack("logs of the services are kept for a day", SWITCH, (aws("observabilityadmin/TelemetryRule", {
        "ruleName": "flows", "tags": TAGS, "rule": {
            "resourceType": "AWS::EC2::VPC", "telemetryType": "Logs", "destinationConfiguration": {
                "destinationType": "cloud-watch-logs", "retentionInDays": 1}}}),),
        "major", "nobody looks into yesterday (botocore, TelemetryDestinationConfiguration RetentionInDays)"),
    Attack("the table can be restored to points of one day", SWITCH, (aws("dynamodb/Table", {
        "attributes": [{"name": "id", "type": "S"}], "hashKey": "id", "billingMode": "PAY_PER_REQUEST", "tags": TAGS,
        "deletionProtectionEnabled": True, "serverSideEncryption": {"enabled": True, "kmsKeyArn": KEY},
        "pointInTimeRecovery": {"enabled": True, "recoveryPeriodInDays": 1}}, protect=True),),
        "major", "mistakes are often noticed days later (Amazon DynamoDB, PointInTimeRecoverySpecification)"),
    Attack("backups in the other account are kept for a day", SWITCH, (aws("rds/InstanceAutomatedBackupsReplication", {
        "sourceDbInstanceArn": _ours("rds", "db:orders"), "kmsKeyId": KEY, "retentionPeriod": 1}),),
        "major", "mistakes are often noticed days later (Amazon RDS, StartDBInstanceAutomatedBackupsReplication)"),
    Attack("what was deleted by mistake is kept for a day", SWITCH, (aws("rbin/Rule", {
        "resourceType": "EBS_SNAPSHOT", "retentionPeriod": {"retentionPeriodUnit": "DAYS", "retentionPeriodValue": 1},
        "tags": TAGS}),),
        "minor", "mistakes are often noticed days later (Recycle Bin, RetentionPeriod)"),
    Attack("one snapshot of the disks is kept", SWITCH, (aws("dlm/LifecyclePolicy", {
        "description": "x", "executionRoleArn": f"arn:aws:iam::{ME}:role/dlm", "tags": TAGS, "policyDetails": {
            "resourceTypes": ["VOLUME"], "targetTags": {"backup": "daily"}, "schedules": [{
                "name": "daily", "createRule": {"interval": 24}, "retainRule": {"count": 1}, "copyTags": True}]}}),),
        "major", "the next snapshot replaces it, with the damage (Amazon Data Lifecycle Manager, RetainRule)"),
    Attack("snapshots of default policies are kept for two days", SWITCH, (aws("dlm/LifecyclePolicy", {
        "description": "x", "executionRoleArn": f"arn:aws:iam::{ME}:role/dlm", "tags": TAGS,
        "defaultPolicy": "VOLUME", "policyDetails": {
            "policyLanguage": "SIMPLIFIED", "resourceType": "VOLUME", "createInterval": 1, "retainInterval": 2}}),),
        "major", "mistakes are often noticed days later (Amazon Data Lifecycle Manager, RetainInterval)"),
    Attack("passwords that were sent by mail are valid for a year", SWITCH, (aws("cognito/UserPool", {
        "name": "x", "mfaConfiguration": "ON", "softwareTokenMfaConfiguration": {"enabled": True}, "tags": TAGS,
        "deletionProtection": "ACTIVE", "adminCreateUserConfig": {"allowAdminCreateUserOnly": True},
        "passwordPolicy": {"minimumLength": 14, "requireLowercase": True, "requireNumbers": True,
                           "requireSymbols": True, "requireUppercase": True, "temporaryPasswordValidityDays": 365}}),),
        "minor", "whoever finds the mail signs in (Amazon Cognito, PasswordPolicyType)"),
    Attack("a stolen token signs in for ten years", ("FJ-IDN-112",), (aws("cognito/UserPoolClient", {
        "name": "x", "userPoolId": "me-central-1_AbCdEfGhI", "generateSecret": True, "refreshTokenValidity": 3650}),),
        "major", "the refresh token gets new ones all the time (Amazon Cognito, RefreshTokenValidity)"),
    Attack("a stolen token signs in for years, in hours", ("FJ-IDN-112",), (aws("cognito/UserPoolClient", {
        "name": "x", "userPoolId": "me-central-1_AbCdEfGhI", "generateSecret": True, "refreshTokenValidity": 87600,
        "tokenValidityUnits": {"refreshToken": "hours"}}),),
        "major", "the refresh token gets new ones all the time (Amazon Cognito, RefreshTokenValidity)"),
    Attack("clusters of data may be open on every port", SWITCH, (aws("emr/BlockPublicAccessConfiguration", {
        "blockPublicSecurityGroupRules": True, "permittedPublicSecurityGroupRuleRanges": [
            {"minRange": 0, "maxRange": 65535}]}),),
        "critical", "the block exempts the ports (Amazon EMR, BlockPublicAccessConfiguration)"),
    Attack("programs behind any hop of the group's machines get their role", SWITCH, (aws("ec2/LaunchConfiguration", {
        "imageId": "ami-0123456789abcdef0", "instanceType": "m6i.large", "rootBlockDevice": {"encrypted": True},
        "metadataOptions": {"httpTokens": "required", "httpPutResponseHopLimit": 64}}),),
        "major", "as templates and instances, which have a row (Amazon EC2, 'Instance metadata service')"),
    Attack("images are built where any hop gets the role", SWITCH, (aws("imagebuilder/InfrastructureConfiguration", {
        "name": "x", "instanceProfileName": "build", "subnetId": "subnet-1", "securityGroupIds": ["sg-1"],
        "instanceMetadataOptions": {"httpTokens": "required", "httpPutResponseHopLimit": 64}, "tags": TAGS,
        "resourceTags": TAGS}),),
        "major", "as templates and instances (EC2 Image Builder, InstanceMetadataOptions)"),
    Attack("one object in a hundred is searched for personal data", SWITCH, (aws("macie2/ClassificationJob", {
        "jobType": "ONE_TIME", "name": "x", "samplingPercentage": 1, "tags": TAGS, "s3JobDefinition": {
            "bucketDefinitions": [{"accountId": ME, "buckets": ["bank-orders"]}]}}),),
        "minor", "the report calls the bucket searched (Amazon Macie, CreateClassificationJob samplingPercentage)"),
    Attack("two thousand million requests a caller are let in", SWITCH, (aws("wafv2/WebAcl", {
        "name": "x", "scope": "REGIONAL", "defaultAction": {"allow": {}}, "visibilityConfig": METRIC, "tags": TAGS,
        "rules": [{"name": "rate", "priority": 1, "action": {"block": {}}, "visibilityConfig": METRIC, "statement": {
            "rateBasedStatement": {"limit": 2_000_000_000, "aggregateKeyType": "IP"}}}]}),),
        "major", "the limit is never reached (AWS WAF, RateBasedStatement)"),
    Attack("a group of rules limits two thousand million requests", SWITCH, (aws("wafv2/RuleGroup", {
        "name": "x", "scope": "REGIONAL", "capacity": 10, "visibilityConfig": METRIC, "tags": TAGS,
        "rules": [{"name": "rate", "priority": 1, "action": {"block": {}}, "visibilityConfig": METRIC, "statement": {
            "rateBasedStatement": {"limit": 2_000_000_000, "aggregateKeyType": "IP"}}}]}),),
        "major", "the limit is never reached (AWS WAF, RateBasedStatement)"),
    Attack("dashboards stay open for a week after one sign-in", SWITCH, (aws("grafana/WorkspaceSamlConfiguration", {
        "workspaceId": "g-1", "editorRoleValues": ["editors"], "idpMetadataXml": "<EntityDescriptor/>",
        "loginValidityDuration": 10080}),),
        "minor", "whoever finds the browser open works on (Amazon Managed Grafana, loginValidityDuration)"),
    Attack("snapshots in the other region are deleted the day after", SWITCH, (aws("redshift/SnapshotCopy", {
        "clusterIdentifier": "orders", "destinationRegion": "me-central-1", "retentionPeriod": 1}),),
        "minor", "mistakes are often noticed days later (Amazon Redshift, EnableSnapshotCopy RetentionPeriod)"),
    Attack("records of the graph database are switched off", ("FJ-RSL-117",), (aws("neptune/ClusterParameterGroup", {
        "family": "neptune1.3", "tags": TAGS, "parameters": [
            {"name": "neptune_enable_audit_log", "value": "0", "applyMethod": "pending-reboot"}]}),),
        "major", "nobody sees who asked what (Amazon Neptune, 'Using audit logs')"),
)  # fmt: skip
