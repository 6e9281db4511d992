"""Good idioms on AWS near what changed on 2026-11-29: records, networks, data and machines (second part of set 14)."""

import json

from ..blind import KEY, TAGS, aws, document, statement
from ..harness import UNKNOWN
from . import Idiom, unpriced
from .fourth import AWS_DOCS
from .fourth_kubernetes import BUDGET
from .ninth_aws import GROUPS, SUBNETS, arn, kept, role_arn
from .thirteenth_aws import NETWORK, OURS
from .twelfth_aws_platform import logs, rights, trusted

MODULES = "registry.terraform.io/modules/terraform-aws-modules"

IDIOMS: tuple[Idiom, ...] = (
    Idiom("a graph of companies lies in Neptune with records of who asked, and signs in by roles", (
        BUDGET,
        aws("neptune/SubnetGroup", {"name": "graph", "subnetIds": SUBNETS, "tags": TAGS}, "subnets"),
        aws("neptune/ClusterParameterGroup", {
            "name": "graph", "family": "neptune1.4", "tags": TAGS, "parameters": [
                {"name": "neptune_enable_audit_log", "value": "1", "applyMethod": "pending-reboot"}]}, "parameters"),
        aws("neptune/Cluster", {
            "clusterIdentifier": "graph", "engine": "neptune", "engineVersion": "1.4.5.1", "storageEncrypted": True,
            "kmsKeyArn": KEY, "iamDatabaseAuthenticationEnabled": True, "enableCloudwatchLogsExports": [
                "audit", "slowquery"], "backupRetentionPeriod": 35, "preferredBackupWindow": "22:00-23:00",
            "deletionProtection": True, "skipFinalSnapshot": False, "finalSnapshotIdentifier": "graph-final",
            "copyTagsToSnapshot": True, "neptuneSubnetGroupName": "graph", "vpcSecurityGroupIds": GROUPS,
            "neptuneClusterParameterGroupName": "graph", "tags": TAGS}, "graph", protect=True,
            links={"neptuneSubnetGroupName": ("subnets",), "neptuneClusterParameterGroupName": ("parameters",)})),
        f"{AWS_DOCS}/neptune/latest/userguide/security.html", kept("graph")),
    Idiom("names that machines ask for are filtered by the lists of AWS, and the filter cannot be taken away", (
        BUDGET,
        aws("route53/ResolverFirewallRuleGroup", {"name": "names", "tags": TAGS}, "group"),
        aws("route53/ResolverFirewallDomainList", {
            "name": "ours", "domains": ["*.bank.ae."], "tags": TAGS}, "ours"),
        aws("route53/ResolverFirewallRule", {
            "name": "ours", "action": "ALLOW", "firewallDomainListId": UNKNOWN, "firewallRuleGroupId": UNKNOWN,
            "priority": 100}, "allow", links={"firewallDomainListId": ("ours",), "firewallRuleGroupId": ("group",)}),
        aws("route53/ResolverFirewallRule", {
            "name": "malware", "action": "BLOCK", "blockResponse": "NXDOMAIN", "firewallDomainListId":
            "rslvr-fdl-0123456789abcdef", "firewallRuleGroupId": UNKNOWN, "priority": 200}, "block",
            links={"firewallRuleGroupId": ("group",)}),
        aws("route53/ResolverFirewallRuleGroupAssociation", {
            "name": "spoke", "firewallRuleGroupId": UNKNOWN, "vpcId": NETWORK["vpcId"], "priority": 101,
            "mutationProtection": "ENABLED", "tags": TAGS}, "spoke", links={"firewallRuleGroupId": ("group",)}),
        aws("route53/ResolverFirewallConfig", {
            "resourceId": NETWORK["vpcId"], "firewallFailOpen": "DISABLED"}, "closed")),
        f"{AWS_DOCS}/Route53/latest/DeveloperGuide/resolver-dns-firewall.html", unpriced(
            "aws:route53/resolverFirewallRuleGroupAssociation:ResolverFirewallRuleGroupAssociation::spoke")),
    Idiom("a partner in the country leaves files in its own folder by SFTP inside the network", (
        BUDGET, logs("/aws/transfer/partners"), trusted("transfer.amazonaws.com", "partner"),
        rights("partner", statement(["s3:PutObject", "s3:GetObject"], "arn:aws:s3:::bank-datasets/partner/*")),
        aws("transfer/Server", {
            "endpointType": "VPC", "endpointDetails": {"vpcId": NETWORK["vpcId"], "subnetIds": SUBNETS,
                                                       "securityGroupIds": GROUPS},
            "identityProviderType": "SERVICE_MANAGED", "protocols": ["SFTP"], "domain": "S3", "tags": TAGS,
            "securityPolicyName": "TransferSecurityPolicy-2024-01", "structuredLogDestinations": [
                arn("logs", "log-group:/aws/transfer/partners:*")]}, "server",
            links={"structuredLogDestinations": ("logs",)}),
        aws("transfer/User", {
            "serverId": UNKNOWN, "userName": "partner", "role": UNKNOWN, "homeDirectoryType": "LOGICAL", "tags": TAGS,
            "homeDirectoryMappings": [{"entry": "/", "target": "/bank-datasets/partner"}]}, "user",
            links={"serverId": ("server",), "role": ("partner",)})),
        f"{AWS_DOCS}/transfer/latest/userguide/logical-dir-mappings.html", {**OURS, **unpriced(
            "aws:transfer/server:Server::server")}),
    Idiom("logs of requests are indexed in OpenSearch of three zones with roles, TLS 1.2 and records of readers", (
        BUDGET, logs("/opensearch/records"),
        aws("opensearch/Domain", {
            "domainName": "records", "engineVersion": "OpenSearch_2.19", "tags": TAGS, "clusterConfig": {
                "instanceType": "m7g.large.search", "instanceCount": 3, "zoneAwarenessEnabled": True,
                "zoneAwarenessConfig": {"availabilityZoneCount": 3}, "dedicatedMasterEnabled": True,
                "dedicatedMasterCount": 3, "dedicatedMasterType": "m7g.large.search"},
            "ebsOptions": {"ebsEnabled": True, "volumeType": "gp3", "volumeSize": 100},
            "encryptAtRest": {"enabled": True, "kmsKeyId": KEY}, "nodeToNodeEncryption": {"enabled": True},
            "domainEndpointOptions": {"enforceHttps": True, "tlsSecurityPolicy": "Policy-Min-TLS-1-2-PFS-2023-10"},
            "vpcOptions": {"subnetIds": SUBNETS, "securityGroupIds": GROUPS},
            "advancedSecurityOptions": {"enabled": True, "internalUserDatabaseEnabled": False,
                                        "masterUserOptions": {"masterUserArn": role_arn("search-admins")}},
            "logPublishingOptions": [{"logType": kind, "enabled": True, "cloudwatchLogGroupArn":
                                      arn("logs", "log-group:/opensearch/records:*")} for kind in (
                "AUDIT_LOGS", "ES_APPLICATION_LOGS", "INDEX_SLOW_LOGS")],
            "offPeakWindowOptions": {"enabled": True}, "autoTuneOptions": {"desiredState": "ENABLED"},
            "softwareUpdateOptions": {"autoSoftwareUpdateEnabled": True},
            "accessPolicies": document({"Effect": "Allow", "Principal": {"AWS": role_arn("triage")}, "Action":
                                        "es:ESHttp*", "Resource": arn("es", "domain/records/*")})}, "records",
            protect=True, links={"logPublishingOptions": ("logs",)})),
        f"{MODULES}/opensearch", {**kept("records"), **unpriced("aws:opensearch/domain:Domain::records")}),
    Idiom("an image of machines is asked for with a token of the machine, one hop, and an encrypted disk", (
        BUDGET,
        aws("ec2/LaunchTemplate", {
            "name": "tools", "imageId": "ami-0123456789abcdef0", "instanceType": "m7i.large", "tags": TAGS,
            "updateDefaultVersion": True, "ebsOptimized": "true", "disableApiTermination": True,
            "metadataOptions": {"httpTokens": "required", "httpEndpoint": "enabled", "httpPutResponseHopLimit": 1,
                                "instanceMetadataTags": "disabled"},
            "monitoring": {"enabled": True}, "networkInterfaces": [{
                "associatePublicIpAddress": "false", "securityGroups": GROUPS, "deleteOnTermination": "true"}],
            "blockDeviceMappings": [{"deviceName": "/dev/xvda", "ebs": {
                "encrypted": "true", "kmsKeyId": KEY, "volumeType": "gp3", "volumeSize": 50,
                "deleteOnTermination": "true"}}],
            "tagSpecifications": [{"resourceType": kind, "tags": TAGS} for kind in ("instance", "volume")]}, "tools"),
        aws("autoscaling/Group", {
            "name": "tools", "minSize": 1, "maxSize": 3, "desiredCapacity": 1, "vpcZoneIdentifiers": SUBNETS,
            "healthCheckType": "EC2", "healthCheckGracePeriod": 300, "launchTemplate": {
                "id": UNKNOWN, "version": "$Latest"}, "maxInstanceLifetime": 2592000, "instanceRefresh": {
                    "strategy": "Rolling", "preferences": {"minHealthyPercentage": 90}},
            "tags": [{"key": key, "value": value, "propagateAtLaunch": True} for key, value in TAGS.items()]}, "group",
            links={"launchTemplate": ("tools",)})),
        f"{MODULES}/autoscaling", unpriced("aws:autoscaling/group:Group::group")),
    Idiom("machines are patched on Sundays by Systems Manager, two at a time, and what was done is kept", (
        BUDGET,
        aws("ssm/PatchBaseline", {
            "name": "linux", "operatingSystem": "AMAZON_LINUX_2023", "tags": TAGS, "approvalRules": [{
                "approveAfterDays": 7, "complianceLevel": "CRITICAL", "patchFilters": [
                    {"key": "CLASSIFICATION", "values": ["Security", "Bugfix"]},
                    {"key": "SEVERITY", "values": ["Critical", "Important"]}]}]}, "baseline"),
        aws("ssm/PatchGroup", {"baselineId": UNKNOWN, "patchGroup": "tools"}, "group",
            links={"baselineId": ("baseline",)}),
        aws("ssm/MaintenanceWindow", {
            "name": "sundays", "schedule": "cron(0 22 ? * SUN *)", "scheduleTimezone": "Asia/Dubai", "duration": 3,
            "cutoff": 1, "enabled": True, "allowUnassociatedTargets": False, "tags": TAGS}, "window"),
        aws("ssm/MaintenanceWindowTarget", {
            "windowId": UNKNOWN, "name": "tools", "resourceType": "INSTANCE", "targets": [
                {"key": "tag:Patch Group", "values": ["tools"]}]}, "targets", links={"windowId": ("window",)}),
        aws("ssm/MaintenanceWindowTask", {
            "windowId": UNKNOWN, "name": "patch", "taskType": "RUN_COMMAND", "taskArn": "AWS-RunPatchBaseline",
            "priority": 1, "maxConcurrency": "2", "maxErrors": "1", "serviceRoleArn": role_arn("patches"),
            "targets": [{"key": "WindowTargetIds", "values": [UNKNOWN]}], "taskInvocationParameters": {
                "runCommandParameters": {"timeoutSeconds": 3600, "parameters": [
                    {"name": "Operation", "values": ["Install"]}, {"name": "RebootOption", "values": [
                        "RebootIfNeeded"]}]}}}, "patch", links={"windowId": ("window",), "targets": ("targets",)})),
        f"{AWS_DOCS}/systems-manager/latest/userguide/patch-manager.html"),
    Idiom("somebody is called when errors stay, but not while the platform itself is known to be down", (
        BUDGET,
        aws("sns/Topic", {"name": "calls", "kmsMasterKeyId": KEY, "tags": TAGS}, "calls"),
        *(aws("cloudwatch/MetricAlarm", {
            "name": name, "namespace": "AWS/ApplicationELB", "metricName": metric, "statistic": "Sum", "period": 60,
            "evaluationPeriods": 5, "datapointsToAlarm": 3, "threshold": 10, "comparisonOperator":
            "GreaterThanThreshold", "treatMissingData": "notBreaching", "dimensions": {"LoadBalancer": "app/x/1"},
            "tags": TAGS}, name) for name, metric in (
                ("errors", "HTTPCode_Target_5XX_Count"), ("platform", "HTTPCode_ELB_5XX_Count"))),
        aws("cloudwatch/CompositeAlarm", {
            "alarmName": "call", "alarmRule": 'ALARM("errors")', "alarmActions": [arn("sns", "calls")],
            "okActions": [arn("sns", "calls")], "actionsEnabled": True, "tags": TAGS, "actionsSuppressor": {
                "alarm": "platform", "extensionPeriod": 120, "waitPeriod": 120}}, "call",
            links={"alarmActions": ("calls",)})),
        f"{AWS_DOCS}/AmazonCloudWatch/latest/monitoring/Create_Composite_Alarm.html"),
    Idiom("an inner API is called by roles of the account, writes what fails, and limits everybody", (
        BUDGET, logs("/apigateway/models"),
        aws("apigateway/RestApi", {
            "name": "models", "disableExecuteApiEndpoint": False, "tags": TAGS, "minimumCompressionSize": "1024",
            "endpointConfiguration": {"types": "PRIVATE", "vpcEndpointIds": ["vpce-0123456789abcdef0"]},
            "policy": document({
                "Effect": "Allow", "Principal": {"AWS": role_arn("triage")}, "Action": "execute-api:Invoke",
                "Resource": arn("execute-api", "*"), "Condition": {
                    "StringEquals": {"aws:SourceVpce": "vpce-0123456789abcdef0"}}})}, "api"),
        aws("apigateway/Stage", {
            "restApi": UNKNOWN, "stageName": "live", "deployment": UNKNOWN, "xrayTracingEnabled": True, "tags": TAGS,
            "cacheClusterEnabled": False, "accessLogSettings": {
                "destinationArn": arn("logs", "log-group:/apigateway/models"), "format": json.dumps({
                    "id": "$context.requestId", "who": "$context.identity.userArn", "status": "$context.status"})}},
            "live", links={"restApi": ("api",), "accessLogSettings": ("logs",)}),
        aws("apigateway/MethodSettings", {
            "restApi": UNKNOWN, "stageName": "live", "methodPath": "*/*", "settings": {
                "metricsEnabled": True, "loggingLevel": "ERROR", "dataTraceEnabled": False, "throttlingBurstLimit": 50,
                "throttlingRateLimit": 20}}, "limits", links={"restApi": ("api",), "stageName": ("live",)})),
        f"{AWS_DOCS}/apigateway/latest/developerguide/rest-api-protect.html", unpriced(
            "aws:apigateway/restApi:RestApi::api")),
    Idiom("documents are read by Kinesis Firehose into the bank's bucket, under its key, with errors in a log", (
        BUDGET, logs("/firehose/claims"), trusted("firehose.amazonaws.com", "delivery"),
        rights("delivery", statement(["s3:PutObject", "s3:AbortMultipartUpload"], "arn:aws:s3:::bank-datasets/in/*"),
               statement(["kms:GenerateDataKey", "kms:Decrypt"], KEY)),
        aws("kinesis/FirehoseDeliveryStream", {
            "name": "claims", "destination": "extended_s3", "tags": TAGS, "serverSideEncryption": {
                "enabled": True, "keyType": "CUSTOMER_MANAGED_CMK", "keyArn": KEY},
            "extendedS3Configuration": {
                "roleArn": UNKNOWN, "bucketArn": "arn:aws:s3:::bank-datasets", "prefix": "in/", "errorOutputPrefix":
                "in/errors/", "bufferingInterval": 300, "bufferingSize": 64, "compressionFormat": "GZIP",
                "kmsKeyArn": KEY, "cloudwatchLoggingOptions": {
                    "enabled": True, "logGroupName": "/firehose/claims", "logStreamName": "errors"}}}, "claims",
            links={"extendedS3Configuration": ("delivery", "logs")})),
        f"{AWS_DOCS}/firehose/latest/dev/security-best-practices.html", {**OURS, **unpriced(
            "aws:kinesis/firehoseDeliveryStream:FirehoseDeliveryStream::claims")}),
    Idiom("batches of documents run without servers in EMR, stop when idle, and never pass a ceiling", (
        BUDGET,
        aws("emrserverless/Application", {
            "name": "documents", "type": "spark", "releaseLabel": "emr-7.9.0", "architecture": "X86_64", "tags": TAGS,
            "maximumCapacity": {"cpu": "16 vCPU", "memory": "64 GB", "disk": "200 GB"},
            "autoStartConfiguration": {"enabled": True}, "autoStopConfiguration": {
                "enabled": True, "idleTimeoutMinutes": 10},
            "networkConfiguration": {"subnetIds": SUBNETS, "securityGroupIds": GROUPS},
            "interactiveConfiguration": {"livyEndpointEnabled": False, "studioEnabled": False}}, "documents")),
        f"{AWS_DOCS}/emr/latest/EMR-Serverless-UserGuide/security-best-practices.html"),
)  # fmt: skip
