"""Attacks on AWS: records, programs, money and tags (2026-11-30, nineteenth set, written blind).

Properties by pulumi-aws 7.51.1. Read on 2026-11-30: Amazon Bedrock "Supported Regions for cross-Region guardrail
inference" (its first lines), the docstring of the SDK on complianceResourceId, and awslabs/amazon-eks-ami issue 2545
(images of Amazon Linux 2 have no support since 2025-11-26). Everything else as known.
"""

import json

from ..blind import KEY, ME, TAGS, aws
from ..harness import UNKNOWN
from ..idioms.fourth_kubernetes import BUDGET
from . import Attack
from .cost_services import AWS, STACK
from .tenth_aws import ESC, RES, R

RSL = ("FJ-RSL-", "FJ-ESC-", "FJ-EXP-")
ENC = ("FJ-ENC-", "FJ-ESC-", "FJ-EXP-")
ONCALL = f"arn:aws:sns:{R}:{ME}:oncall"
ROOT = '{ $.userIdentity.type = "Root" && $.eventType != "AwsServiceEvent" }'
INSPECTION = {"serverCertificateConfiguration": {
    "certificateAuthorityArn": f"arn:aws:acm:{R}:{ME}:certificate/11111111-2222-3333-4444-555555555555",
    "checkCertificateRevocationStatus": {"revokedStatusAction": "PASS", "unknownStatusAction": "PASS"},
    "scopes": [{"protocols": [6], "destinationPorts": [{"fromPort": 443, "toPort": 443}], "destinations": [
        {"addressDefinition": "0.0.0.0/0"}], "sources": [{"addressDefinition": "10.0.0.0/8"}], "sourcePorts": [
            {"fromPort": 0, "toPort": 65535}]}]}}  # fmt: skip

ATTACKS = (
    Attack("prompts are held against the guardrail in other Regions", RES, (aws("bedrock/Guardrail", {
        "name": "chat", "blockedInputMessaging": "no", "blockedOutputsMessaging": "no", "kmsKeyArn": KEY, "tags": TAGS,
        "crossRegionConfig": {"guardrailProfileIdentifier": "apac.guardrail.v1:0"},
        "contentPolicyConfig": {"tierConfigs": [{"tierName": "STANDARD"}], "filtersConfigs": [
            {"type": kind, "inputStrength": "HIGH", "outputStrength": "NONE" if kind == "PROMPT_ATTACK" else "HIGH"}
            for kind in ("HATE", "INSULTS", "SEXUAL", "VIOLENCE", "MISCONDUCT", "PROMPT_ATTACK")]}}),),
        "critical", "each prompt and answer is evaluated in the Regions of the profile (Amazon Bedrock, 'Supported "
        "Regions for cross-Region guardrail inference')"),
    Attack("servers whose certificates were revoked pass the inspection", ENC, (
        aws("networkfirewall/TlsInspectionConfiguration", {
            "name": "out", "tags": TAGS, "encryptionConfigurations": [{"type": "CUSTOMER_KMS", "keyId": KEY}],
            "tlsInspectionConfiguration": INSPECTION}),),
        "major", "a stolen certificate is signed anew by the bank's authority, and every client believes it (AWS "
        "Network Firewall, CheckCertificateRevocationStatus)"),
    Attack("nodes run Amazon Linux 2, which nobody mends", ESC, (aws("eks/NodeGroup", {
        "clusterName": "platform", "nodeGroupName": "work", "nodeRoleArn": f"arn:aws:iam::{ME}:role/nodes",
        "subnetIds": [UNKNOWN, UNKNOWN], "amiType": "AL2_x86_64", "instanceTypes": ["m6i.large"], "tags": TAGS,
        "launchTemplate": {"id": UNKNOWN, "version": "3"},
        "scalingConfig": {"minSize": 2, "desiredSize": 2, "maxSize": 4}}),),
        "major", "known holes of its kernel stay (awslabs/amazon-eks-ami issue 2545; Amazon Linux 2 ended on "
        "2026-06-30, 'Amazon Linux 2 FAQs')"),
    Attack("the runtime of a function is kept at an old version", ESC, (aws("lambda/RuntimeManagementConfig", {
        "functionName": "payments", "updateRuntimeOn": "Manual", "runtimeVersionArn":
            f"arn:aws:lambda:{R}::runtime:8eeff65f6809a3ce81507fe733fe09b835899b99481ba22fd75b5a7338290ec1"}),),
        "major", "its patches never arrive (AWS Lambda, 'Runtime version updates': Manual)"),
    Attack("the password of payments is a parameter in plain text", ENC, (aws("ssm/Parameter", {
        "name": "/payments/database/password", "type": "String", "value": UNKNOWN, "tags": TAGS}),),
        "critical", "whoever reads parameters has it, and no key is asked (AWS Systems Manager, 'Parameter types')"),
    Attack("an alarm on root asks for a dimension that nothing writes", RSL, (
        aws("cloudwatch/LogMetricFilter", {
            "name": "root", "logGroupName": "/audit/trail", "pattern": ROOT,
            "metricTransformation": {"name": "RootUse", "namespace": "Audit", "value": "1"}}, "filter"),
        aws("cloudwatch/MetricAlarm", {
            "name": "root", "namespace": "Audit", "metricName": "RootUse", "statistic": "Sum", "period": 300,
            "dimensions": {"Account": ME}, "comparisonOperator": "GreaterThanOrEqualToThreshold", "threshold": 1,
            "evaluationPeriods": 1, "treatMissingData": "notBreaching", "alarmActions": [ONCALL], "tags": TAGS},
            "alarm")),
        "major", "a metric with other dimensions is another one, and the alarm has no data (Amazon CloudWatch, "
        "'Metrics concepts', dimensions)"),
    Attack("payments wait for a minute and are gone", RSL, (aws("sqs/Queue", {
        "name": "payments", "messageRetentionSeconds": 60, "visibilityTimeoutSeconds": 30, "kmsMasterKeyId": KEY,
        "kmsDataKeyReusePeriodSeconds": 300, "tags": TAGS, "redrivePolicy": json.dumps({
            "deadLetterTargetArn": f"arn:aws:sqs:{R}:{ME}:payments-dead", "maxReceiveCount": 5})}),),
        "major", "while the consumer restarts each message expires, and none reaches the other queue (Amazon SQS, "
        "MessageRetentionPeriod)"),
    Attack("a machine of the ledger is gone once it is shut down", RSL, (aws("ec2/Instance", {
        "ami": UNKNOWN, "instanceType": "m6i.large", "subnetId": UNKNOWN, "instanceInitiatedShutdownBehavior":
            "terminate", "tags": TAGS, "volumeTags": TAGS, "metadataOptions": {
                "httpTokens": "required", "httpEndpoint": "enabled", "httpPutResponseHopLimit": 1}, "rootBlockDevice": {
                    "encrypted": True, "kmsKeyId": KEY, "deleteOnTermination": True, "volumeSize": 200},
        "disableApiTermination": True, "ebsOptimized": True, "monitoring": True}, protect=True),),
        "major", "one `shutdown -h` deletes the machine and its disk, and protection against termination does not "
        "hold it (Amazon EC2, 'Change instance initiated shutdown behavior')"),
    Attack("the rule on public buckets looks at one bucket", RSL, (aws("cfg/Rule", {
        "name": "public-buckets", "tags": TAGS, "source": {
            "owner": "AWS", "sourceIdentifier": "S3_BUCKET_PUBLIC_READ_PROHIBITED"}, "scope": {
                "complianceResourceId": "awsuae-logs", "complianceResourceTypes": ["AWS::S3::Bucket"]}}),),
        "major", "no other bucket is ever evaluated (pulumi-aws, RuleScope.complianceResourceId: the only resource)"),
    Attack("a database has a quarter of a million operations a second that nobody needs", ("FJ-COST-",), (
        STACK, AWS, BUDGET, aws("rds/Instance", {
            "identifier": "core", "engine": "postgres", "engineVersion": "17.4", "instanceClass": "db.m6g.large",
            "allocatedStorage": 1000, "storageType": "io2", "iops": 256_000, "storageEncrypted": True, "kmsKeyId": KEY,
            "multiAz": True, "manageMasterUserPassword": True, "masterUserSecretKmsKeyId": KEY, "username": "core",
            "backupRetentionPeriod": 14, "deletionProtection": True, "tags": TAGS}, protect=True)),
        "major", "provisioned operations are charged by the month, 0.1 dollars each and more (Amazon RDS, 'Pricing')"),
    Attack("tasks that a schedule starts bear no cost centre", ("FJ-TAG-",), (aws("scheduler/Schedule", {
        "name": "reports", "flexibleTimeWindow": {"mode": "OFF"}, "scheduleExpression": "cron(0 3 * * ? *)",
        "kmsKeyArn": KEY, "target": {
            "arn": f"arn:aws:ecs:{R}:{ME}:cluster/work", "roleArn": f"arn:aws:iam::{ME}:role/starts-reports",
            "ecsParameters": {
                "taskDefinitionArn": f"arn:aws:ecs:{R}:{ME}:task-definition/reports:7", "launchType": "FARGATE",
                "platformVersion": "1.4.0", "taskCount": 4, "networkConfiguration": {
                    "subnets": [UNKNOWN], "securityGroups": [UNKNOWN], "assignPublicIp": False}}}}),),
        "minor", "their costs are nobody's (EventBridge Scheduler, EcsParameters, PropagateTags)"),
)  # fmt: skip
