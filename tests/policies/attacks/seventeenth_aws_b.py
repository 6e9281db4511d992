"""Attacks on AWS: data, records and money (2026-11-30, seventeenth set, written blind).

Properties by pulumi-aws 7.51.1. Read on 2026-11-30: AWS Lambda ("Using event filtering with an Amazon SQS event
source": what does not match is deleted from the queue). Everything else as known.
"""

import json

from ..blind import KEY, ME, TAGS, aws, policy, statement
from ..harness import UNKNOWN
from . import Attack
from .seventeenth_aws import EXP, GROUPS, IDN, SUBNETS
from .tenth_aws import RES, R

RSL = ("FJ-RSL-", "FJ-ESC-", "FJ-EXP-")
SURICATA = ('pass tls $HOME_NET any -> $EXTERNAL_NET 443 (tls.sni; pcre:"/^[a-z0-9.-]+$/i"; flow:to_server; '
            'msg:"names of partners"; sid:100; rev:1;)')  # fmt: skip
KAFKA = ("auto.create.topics.enable=false\nallow.everyone.if.no.acl.found=false\nmin.insync.replicas=2\n"
         "default.replication.factor=3\nlog.retention.bytes=1048576\nlog.segment.bytes=1048576\n")  # fmt: skip
CLAIMS = json.dumps({"StartAt": "Claims", "States": {"Claims": {
    "Type": "Map", "End": True, "MaxConcurrency": 10, "ItemsPath": "$.claims",
    "ItemProcessor": {"ProcessorConfig": {"Mode": "DISTRIBUTED", "ExecutionType": "STANDARD"}, "StartAt": "Rate",
                      "States": {"Rate": {"Type": "Pass", "End": True}}},
    "ResultWriter": {"Resource": "arn:aws:states:::s3:putObject", "Parameters": {
        "Bucket": "collector-results", "Prefix": "claims"}}}}})  # fmt: skip

ATTACKS = (
    Attack("rules on rows of customers end by a statement of the deployment", IDN, (aws("redshiftdata/Statement", {
        "workgroupName": "bank", "database": "bank", "statementName": "upgrade",
        "secretArn": f"arn:aws:secretsmanager:{R}:{ME}:secret:redshift-AbCdEf",
        "sql": "ALTER TABLE public.customers ROW LEVEL SECURITY OFF"}),),
        "major", "every reader of the table sees every row (Amazon Redshift, 'ALTER TABLE', ROW LEVEL SECURITY)"),
    Attack("payments are taken from the queue and thrown away", RSL, (aws("lambda/EventSourceMapping", {
        "functionName": "settle", "eventSourceArn": f"arn:aws:sqs:{R}:{ME}:payments", "kmsKeyArn": KEY, "tags": TAGS,
        "batchSize": 10, "functionResponseTypes": ["ReportBatchItemFailures"], "filterCriteria": {"filters": [{
            "pattern": json.dumps({"body": {"amount": [{"numeric": ["<", 0]}]}})}]}}),),
        "major", "what no pattern matches is deleted without a trace (AWS Lambda, 'SQS event filtering')"),
    Attack("partners are told to send their files to an address of a stranger", RES, (aws("transfer/Server", {
        "domain": "S3", "protocols": ["FTPS"], "identityProviderType": "AWS_LAMBDA", "endpointType": "VPC",
        "function": f"arn:aws:lambda:{R}:{ME}:function:partners", "certificate": UNKNOWN, "tags": TAGS,
        "endpointDetails": {"vpcId": "vpc-1", "subnetIds": SUBNETS, "securityGroupIds": GROUPS},
        "securityPolicyName": "TransferSecurityPolicy-2025-03",
        "structuredLogDestinations": [f"arn:aws:logs:{R}:{ME}:log-group:/transfer:*"],
        "protocolDetails": {"passiveIp": "203.0.113.25", "tlsSessionResumptionMode": "ENFORCED"}}),),
        "major", "clients open the channel of data there (AWS Transfer Family, ProtocolDetails, PassiveIp)"),
    Attack("results of each claim are written into a stranger's bucket by a map", RES, (aws("sfn/StateMachine", {
        "name": "claims", "roleArn": f"arn:aws:iam::{ME}:role/sfn", "definition": CLAIMS, "tags": TAGS,
        "encryptionConfiguration": {"type": "CUSTOMER_MANAGED_KMS_KEY", "kmsKeyId": KEY},
        "loggingConfiguration": {"level": "ALL", "logDestination": f"arn:aws:logs:{R}:{ME}:log-group:/sfn:*"}}),),
        "critical", "input and output of every run are his (AWS Step Functions, 'ResultWriter')"),
    Attack("a topic keeps its last megabyte", RSL, (aws("msk/Configuration", {
        "name": "bank", "kafkaVersions": ["3.8.x"], "serverProperties": KAFKA}),),
        "major", "older payments are deleted, read or not (Apache Kafka, log.retention.bytes)"),
    Attack("the firewall passes TLS to every name by an expression", RES, (aws("networkfirewall/RuleGroup", {
        "name": "partners", "capacity": 100, "type": "STATEFUL", "tags": TAGS, "encryptionConfiguration": {
            "type": "CUSTOMER_KMS", "keyId": KEY}, "ruleGroup": {
            "rulesSource": {"rulesString": SURICATA}, "statefulRuleOptions": {"ruleOrder": "STRICT_ORDER"}}}),),
        "critical", "data goes to any host (AWS Network Firewall, Suricata, tls.sni and pcre)"),
    Attack("a permit is withdrawn for amounts below nought only", IDN, (aws("verifiedpermissions/Policy", {
        "policyStoreId": "PSEXAMPLEabcdefg111111", "definition": {"static": {
            "description": "payments", "statement":
                "permit (principal, action, resource) unless { context.amount < 0 };"}}}),),
        "critical", "everybody may do everything (docs.cedarpolicy.com, unless)"),
    Attack("a database of Oracle does not record what its administrators do", RSL, (aws("rds/ParameterGroup", {
        "name": "core", "family": "oracle-ee-19", "tags": TAGS, "parameters": [
            {"name": "audit_trail", "value": "DB,EXTENDED", "applyMethod": "pending-reboot"},
            {"name": "audit_sys_operations", "value": "FALSE", "applyMethod": "pending-reboot"}]}),),
        "major", "statements of SYS leave no record (Oracle Database, AUDIT_SYS_OPERATIONS)"),
    Attack("a role has each log forgotten after a day", IDN, (policy(
        statement(["logs:PutRetentionPolicy", "logs:DescribeLogGroups"])),),
        "major", "records of what it did are deleted (Amazon CloudWatch Logs, PutRetentionPolicy)"),
    Attack("a role says of each alarm that all is well", EXP, (policy(
        statement(["cloudwatch:SetAlarmState", "cloudwatch:PutMetricAlarm", "cloudwatch:PutCompositeAlarm"])),),
        "major", "it overwrites thresholds and actions of others (Amazon CloudWatch, PutMetricAlarm)"),
    Attack("costs of one unit are shown as those of another", ("FJ-TAG-", "FJ-COST-", "FJ-ESC-"), (
        aws("costexplorer/CostCategory", {
            "name": "units", "ruleVersion": "CostCategoryExpression.v1", "defaultValue": "retail", "tags": TAGS,
            "rules": [{"value": "research", "type": "REGULAR", "rule": {"tags": {
                "key": "business-unit", "values": ["research"], "matchOptions": ["EQUALS"]}}}],
            "splitChargeRules": [{"source": "research", "targets": ["retail"], "method": "FIXED", "parameters": [
                {"type": "ALLOCATION_PERCENTAGES", "values": ["100"]}]}]}),),
        "minor", "retail pays for the machines of research (AWS Cost Management, 'Split charges')"),
)  # fmt: skip
