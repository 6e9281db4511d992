"""Good idioms of platform teams on AWS: models, tables, networks and machines (set 15, blind)."""

import json

from ..blind import KEY, ME, TAGS, aws, document, statement
from ..harness import UNKNOWN
from . import Idiom, unpriced
from .fourth import AWS_DOCS, R
from .fourth_kubernetes import BUDGET
from .ninth_aws import GROUPS, SUBNETS, arn, role_arn
from .thirteenth_aws import DIGEST, ECR, OURS, ROOT
from .twelfth_aws_platform import VPC, logs, rights, trusted

LOGIN = "https://login.bank.ae/realms/staff"
SIGN_IN = {**OURS, "identity": {"trusted": {"login.bank.ae": "our own sign-in"}}}
MASKED = json.dumps({
    "Name": "identities", "Version": "2021-06-01", "Description": "Numbers of people and cards", "Statement": [
        {"Sid": "audit", "DataIdentifier": [
            f"arn:aws:dataprotection::aws:data-identifier/{name}" for name in ("CreditCardNumber", "EmailAddress")],
         "Operation": {"Audit": {"FindingsDestination": {"CloudWatchLogs": {"LogGroup": "/audit/masked"}}}}},
        {"Sid": "mask", "DataIdentifier": [
            f"arn:aws:dataprotection::aws:data-identifier/{name}" for name in ("CreditCardNumber", "EmailAddress")],
         "Operation": {"Deidentify": {"MaskConfig": {}}}}]})  # fmt: skip
BUSY = json.dumps({
    "Schema": {"Name": "CloudWatchLogRule", "Version": 1}, "LogGroupNames": ["/ecs/*"], "LogFormat": "JSON",
    "Contribution": {"Keys": ["$.caller"], "Filters": [{"Match": "$.status", "GreaterThan": 499}]}, "AggregateOn":
    "Count"})  # fmt: skip
BY_TAG = json.dumps({"ResourceTypeFilters": ["AWS::AllSupported"], "TagFilters": [
    {"Key": "awsApplication", "Values": ["triage"]}]})  # fmt: skip
COLUMNS = [{"name": "account", "type": "string", "required": True}, {"name": "day", "type": "date", "required": True},
           {"name": "balance", "type": "decimal(18,2)", "required": True}]  # fmt: skip


def copied(name: str) -> dict[str, object]:
    """Returns the setting that says where the other copy of a store is."""
    return {"resilience": {"kept_elsewhere": {name: "copied every night to the account in Azure UAE North"}}}


IDIOMS: tuple[Idiom, ...] = (
    Idiom("answers of a model are held every hour against what it learned from, inside the network", (
        BUDGET, trusted("sagemaker.amazonaws.com", "watch"),
        rights("watch", statement(["s3:GetObject", "s3:PutObject"], "arn:aws:s3:::bank-models/watch/*"),
               statement("s3:ListBucket", "arn:aws:s3:::bank-models", {"StringLike": {"s3:prefix": "watch/*"}}),
               statement(["kms:Decrypt", "kms:GenerateDataKey"], KEY)),
        aws("sagemaker/DataQualityJobDefinition", {
            "name": "scores", "roleArn": UNKNOWN, "tags": TAGS, "dataQualityAppSpecification": {
                "imageUri": f"{ECR}/watch{DIGEST}"},
            "dataQualityBaselineConfig": {
                "constraintsResource": {"s3Uri": "s3://bank-models/watch/constraints.json"},
                "statisticsResource": {"s3Uri": "s3://bank-models/watch/statistics.json"}},
            "dataQualityJobInput": {"endpointInput": {
                "endpointName": "scores", "localPath": "/opt/ml/processing/input", "s3InputMode": "File",
                "s3DataDistributionType": "FullyReplicated"}},
            "dataQualityJobOutputConfig": {"kmsKeyId": KEY, "monitoringOutputs": {"s3Output": {
                "s3Uri": "s3://bank-models/watch/reports/", "localPath": "/opt/ml/processing/output", "s3UploadMode":
                "EndOfJob"}}},
            "jobResources": {"clusterConfig": {"instanceCount": 1, "instanceType": "ml.m5.large", "volumeSizeInGb": 20,
                                               "volumeKmsKeyId": KEY}},
            "networkConfig": {"enableInterContainerTrafficEncryption": True, "enableNetworkIsolation": True,
                              "vpcConfig": {"subnets": SUBNETS, "securityGroupIds": GROUPS}},
            "stoppingCondition": {"maxRuntimeInSeconds": 1800}}, "scores", links={"roleArn": ("watch",)}),
        aws("sagemaker/MonitoringSchedule", {
            "name": "scores", "tags": TAGS, "monitoringScheduleConfig": {
                "monitoringType": "DataQuality", "monitoringJobDefinitionName": "scores", "scheduleConfig": {
                    "scheduleExpression": "cron(0 * ? * * *)"}}}, "hourly",
            links={"monitoringScheduleConfig": ("scores",)})),
        f"{AWS_DOCS}/sagemaker/latest/dg/model-monitor-data-quality.html", {**OURS, **unpriced(
            "aws:sagemaker/monitoringSchedule:MonitoringSchedule::hourly",
            "aws:sagemaker/dataQualityJobDefinition:DataQualityJobDefinition::scores")}),
    Idiom("machines of the old site are copied block by block over the bank's line, sealed, for two weeks", (
        BUDGET,
        aws("ec2/SecurityGroup", {"name": "staging", "description": "Machines that take copies", "vpcId": VPC,
                                  "tags": TAGS}, "staging"),
        aws("vpc/SecurityGroupIngressRule", {
            "securityGroupId": UNKNOWN, "cidrIpv4": "10.40.0.0/16", "ipProtocol": "tcp", "fromPort": 1500, "toPort":
            1500, "description": "Agents of the old site", "tags": TAGS}, "agents",
            links={"securityGroupId": ("staging",)}),
        aws("drs/ReplicationConfigurationTemplate", {
            "associateDefaultSecurityGroup": False, "bandwidthThrottling": 100, "createPublicIp": False,
            "dataPlaneRouting": "PRIVATE_IP", "defaultLargeStagingDiskType": "GP3", "ebsEncryption": "CUSTOM",
            "ebsEncryptionKeyArn": KEY, "replicationServerInstanceType": "m6i.large", "stagingAreaSubnetId": SUBNETS[0],
            "replicationServersSecurityGroupsIds": [UNKNOWN], "stagingAreaTags": TAGS, "tags": TAGS,
            "useDedicatedReplicationServer": False, "autoReplicateNewDisks": True, "pitPolicies": [
                {"enabled": True, "interval": 10, "retentionDuration": 60, "units": "MINUTE", "ruleId": 1},
                {"enabled": True, "interval": 1, "retentionDuration": 24, "units": "HOUR", "ruleId": 2},
                {"enabled": True, "interval": 1, "retentionDuration": 14, "units": "DAY", "ruleId": 3}]}, "template",
            links={"replicationServersSecurityGroupsIds": ("staging",)})),
        f"{AWS_DOCS}/drs/latest/userguide/replication-settings-template.html", unpriced(
            "aws:drs/replicationConfigurationTemplate:ReplicationConfigurationTemplate::template")),
    Idiom("balances lie in a table of Iceberg under the bank's key, which one role of the account writes", (
        BUDGET,
        aws("s3tables/TableBucket", {
            "name": "bank-tables", "forceDestroy": False, "tags": TAGS, "encryptionConfiguration": {
                "sseAlgorithm": "aws:kms", "kmsKeyArn": KEY},
            "maintenanceConfiguration": {"icebergUnreferencedFileRemoval": {"status": "enabled", "settings": {
                "nonCurrentDays": 10, "unreferencedDays": 3}}}}, "tables", protect=True),
        aws("s3tables/TableBucketPolicy", {"tableBucketArn": UNKNOWN, "resourcePolicy": document({
            "Effect": "Allow", "Principal": {"AWS": role_arn("balances")}, "Action": [
                "s3tables:GetTableData", "s3tables:PutTableData", "s3tables:GetTableMetadataLocation",
                "s3tables:UpdateTableMetadataLocation"],
            "Resource": arn("s3tables", "bucket/bank-tables/table/*")})}, "policy",
            links={"tableBucketArn": ("tables",)}),
        aws("s3tables/Namespace", {"namespace": "finance", "tableBucketArn": UNKNOWN}, "finance",
            links={"tableBucketArn": ("tables",)}),
        aws("s3tables/Table", {
            "name": "balances", "namespace": "finance", "tableBucketArn": UNKNOWN, "format": "ICEBERG", "tags": TAGS,
            "encryptionConfiguration": {"sseAlgorithm": "aws:kms", "kmsKeyArn": KEY},
            "metadata": {"iceberg": {"schema": {"fields": COLUMNS}}}}, "balances", protect=True,
            links={"tableBucketArn": ("tables",), "namespace": ("finance",)})),
        f"{AWS_DOCS}/AmazonS3/latest/userguide/s3-tables-buckets-security.html", {**copied("tables"), **unpriced(
            "aws:s3tables/tableBucket:TableBucket::tables", "aws:s3tables/table:Table::balances")}),
    Idiom("a network lets no plain text through, has no way out but its line, and keeps what flowed", (
        BUDGET, logs("/vpc/ledger"), trusted("vpc-flow-logs.amazonaws.com", "flows"),
        rights("flows", statement(["logs:CreateLogStream", "logs:PutLogEvents", "logs:DescribeLogStreams"],
                                  arn("logs", "log-group:/vpc/ledger:*"))),
        aws("ec2/Vpc", {"cidrBlock": "10.44.0.0/16", "enableDnsHostnames": True, "enableDnsSupport": True,
                        "tags": TAGS}, "vpc"),
        aws("ec2/VpcEncryptionControl", {
            "vpcId": UNKNOWN, "mode": "enforce", "tags": TAGS, **{f"{name}Exclusion": "disable" for name in (
                "internetGateway", "natGateway", "egressOnlyInternetGateway", "virtualPrivateGateway", "vpcPeering")}},
            "sealed", links={"vpcId": ("vpc",)}),
        aws("ec2/DefaultSecurityGroup", {"vpcId": UNKNOWN, "tags": TAGS}, "nothing", links={"vpcId": ("vpc",)}),
        aws("ec2/FlowLog", {
            "vpcId": UNKNOWN, "trafficType": "ALL", "logDestinationType": "cloud-watch-logs", "logDestination": UNKNOWN,
            "iamRoleArn": UNKNOWN, "maxAggregationInterval": 60, "tags": TAGS, "logFormat":
            "${version} ${srcaddr} ${dstaddr} ${dstport} ${action} ${encryption-status}"}, "flow",
            links={"vpcId": ("vpc",), "logDestination": ("logs",), "iamRoleArn": ("flows",)})),
        f"{AWS_DOCS}/vpc/latest/userguide/vpc-encryption-controls.html", unpriced(
            "aws:ec2/vpcEncryptionControl:VpcEncryptionControl::sealed")),
    Idiom("two machines with GPUs are reserved in one zone until the training ends, and start sealed", (
        BUDGET,
        aws("ec2/CapacityReservation", {
            "availabilityZone": f"{R}a", "instanceCount": 2, "instancePlatform": "Linux/UNIX", "instanceType":
            "g5.2xlarge", "ebsOptimized": True, "endDateType": "limited", "endDate": "2026-12-31T00:00:00Z",
            "instanceMatchCriteria": "targeted", "tenancy": "default", "tags": TAGS}, "reserved"),
        aws("ec2/LaunchTemplate", {
            "name": "trainers", "imageId": "ami-0123456789abcdef0", "instanceType": "g5.2xlarge", "tags": TAGS,
            "updateDefaultVersion": True, "vpcSecurityGroupIds": GROUPS, "iamInstanceProfile": {"name": "trainers"},
            "metadataOptions": {"httpTokens": "required", "httpEndpoint": "enabled", "httpPutResponseHopLimit": 1},
            "capacityReservationSpecification": {"capacityReservationTarget": {"capacityReservationId": UNKNOWN}},
            "monitoring": {"enabled": True}, "blockDeviceMappings": [{"deviceName": "/dev/xvda", "ebs": {
                "encrypted": "true", "kmsKeyId": KEY, "volumeType": "gp3", "volumeSize": 200,
                "deleteOnTermination": "true"}}],
            "tagSpecifications": [{"resourceType": kind, "tags": TAGS} for kind in ("instance", "volume")]}, "trainers",
            links={"capacityReservationSpecification": ("reserved",)}),
        aws("autoscaling/Group", {
            "name": "trainers", "minSize": 0, "maxSize": 2, "desiredCapacity": 2, "vpcZoneIdentifiers": [SUBNETS[0]],
            "launchTemplate": {"id": UNKNOWN, "version": "$Latest"}, "healthCheckType": "EC2", "maxInstanceLifetime":
            604800, "instanceRefresh": {"strategy": "Rolling"}, "tags": [
                {"key": key, "value": value, "propagateAtLaunch": True} for key, value in TAGS.items()]}, "group",
            links={"launchTemplate": ("trainers",)})),
        f"{AWS_DOCS}/AWSEC2/latest/UserGuide/capacity-reservations-using.html", unpriced(
            "aws:ec2/capacityReservation:CapacityReservation::reserved")),
    Idiom("jobs of Spark run in a namespace of EKS by one template, whose records are sealed", (
        BUDGET, logs("/emr/jobs"),
        aws("emrcontainers/VirtualCluster", {"name": "jobs", "tags": TAGS, "containerProvider": {
            "id": "platform", "type": "EKS", "info": {"eksInfo": {"namespace": "spark"}}}}, "jobs"),
        aws("emrcontainers/JobTemplate", {
            "name": "nightly", "kmsKeyArn": KEY, "tags": TAGS, "jobTemplateData": {
                "executionRoleArn": role_arn("spark-jobs"), "releaseLabel": "emr-7.10.0-latest", "jobTags": TAGS,
                "jobDriver": {"sparkSubmitJobDriver": {
                    "entryPoint": "s3://bank-models/jobs/nightly.py", "sparkSubmitParameters":
                    "--conf spark.authenticate=true --conf spark.network.crypto.enabled=true "
                    "--conf spark.io.encryption.enabled=true --conf spark.executor.instances=4"}},
                "configurationOverrides": {"monitoringConfiguration": {
                    "persistentAppUi": "DISABLED", "cloudWatchMonitoringConfiguration": {
                        "logGroupName": "/emr/jobs", "logStreamNamePrefix": "nightly"}}}}}, "nightly",
            links={"jobTemplateData": ("logs",)})),
        f"{AWS_DOCS}/emr/latest/EMR-on-EKS-DevelopmentGuide/job-templates.html", OURS),
    Idiom("an app is registered with its owner and its parts, which its tag finds", (
        aws("servicecatalog/AppregistryApplication", {"name": "triage", "description": "Triage of claims",
                                                      "tags": TAGS}, "triage"),
        aws("servicecatalog/AppregistryAttributeGroup", {
            "name": "triage", "description": "Who owns it, and how secret it is", "tags": TAGS, "attributes":
            json.dumps({"owner": "claims", "class": "secret", "recovery": "4h"})}, "attributes"),
        aws("servicecatalog/AppregistryAttributeGroupAssociation", {
            "applicationId": UNKNOWN, "attributeGroupId": UNKNOWN}, "described", links={
                "applicationId": ("triage",), "attributeGroupId": ("attributes",)}),
        aws("resourcegroups/Group", {"name": "triage", "description": "Parts of triage", "tags": TAGS, "resourceQuery":
                                     {"type": "TAG_FILTERS_1_0", "query": BY_TAG}}, "parts")),
        f"{AWS_DOCS}/servicecatalog/latest/arguide/overview-appreg.html"),
    Idiom("orders reach the warehouse by themselves from Aurora, sealed, within one account", (
        BUDGET,
        aws("redshiftserverless/Namespace", {
            "namespaceName": "warehouse", "kmsKeyId": KEY, "manageAdminPassword": True, "adminPasswordSecretKmsKeyId":
            KEY, "adminUsername": "warehouse_admin", "dbName": "warehouse", "tags": TAGS, "logExports": [
                "userlog", "connectionlog", "useractivitylog"]}, "warehouse", protect=True),
        aws("redshiftserverless/Workgroup", {
            "namespaceName": "warehouse", "workgroupName": "warehouse", "baseCapacity": 8, "maxCapacity": 32,
            "enhancedVpcRouting": True, "publiclyAccessible": False, "subnetIds": SUBNETS, "securityGroupIds": GROUPS,
            "tags": TAGS, "configParameters": [
                {"parameterKey": "require_ssl", "parameterValue": "true"},
                {"parameterKey": "enable_case_sensitive_identifier", "parameterValue": "true"}]}, "workgroup",
            links={"namespaceName": ("warehouse",)}),
        aws("redshiftserverless/UsageLimit", {
            "resourceArn": UNKNOWN, "usageType": "serverless-compute", "amount": 240, "period": "monthly",
            "breachAction": "deactivate"}, "limit", links={"resourceArn": ("workgroup",)}),
        aws("redshift/ResourcePolicy", {"resourceArn": UNKNOWN, "policy": document(
            {"Effect": "Allow", "Principal": {"Service": "redshift.amazonaws.com"}, "Action":
             "redshift:AuthorizeInboundIntegration", "Condition": {"StringEquals": {
                 "aws:SourceArn": arn("rds", "cluster:orders"), "aws:SourceAccount": ME}}},
            {"Effect": "Allow", "Principal": {"AWS": ROOT}, "Action": "redshift:CreateInboundIntegration"})}, "policy",
            links={"resourceArn": ("warehouse",)}),
        aws("rds/Integration", {
            "integrationName": "orders", "sourceArn": arn("rds", "cluster:orders"), "targetArn": UNKNOWN, "kmsKeyId":
            KEY, "dataFilter": "include: orders.public.orders", "tags": TAGS}, "orders",
            links={"targetArn": ("warehouse",)})),
        f"{AWS_DOCS}/AmazonRDS/latest/AuroraUserGuide/zero-etl.setting-up.html", {**copied("warehouse"), **unpriced(
            "aws:redshiftserverless/workgroup:Workgroup::workgroup", "aws:rds/integration:Integration::orders")}),
    Idiom("staff label documents in a portal of the network after they sign in at the bank", (
        BUDGET,
        aws("sagemaker/Workforce", {
            "workforceName": "staff", "sourceIpConfig": {"cidrs": ["10.0.0.0/8"]}, "workforceVpcConfig": {
                "vpcId": VPC, "subnets": SUBNETS, "securityGroupIds": GROUPS},
            "oidcConfig": {
                "clientId": "labels", "clientSecret": UNKNOWN, "issuer": LOGIN, **{
                    f"{name}Endpoint": f"{LOGIN}/protocol/openid-connect/{path}" for name, path in (
                        ("authorization", "auth"), ("token", "token"), ("userInfo", "userinfo"),
                        ("logout", "logout"))}, "jwksUri": f"{LOGIN}/protocol/openid-connect/certs"}}, "staff"),
        aws("sns/Topic", {"name": "labels", "kmsMasterKeyId": KEY, "tags": TAGS}, "news"),
        aws("sagemaker/Workteam", {
            "workteamName": "claims", "workforceName": "staff", "description": "Claims", "tags": TAGS,
            "memberDefinitions": [{"oidcMemberDefinition": {"groups": ["claims-labellers"]}}],
            "notificationConfiguration": {"notificationTopicArn": UNKNOWN}, "workerAccessConfiguration": {
                "s3Presign": {"iamPolicyConstraints": {"sourceIp": "Enabled", "vpcSourceIp": "Enabled"}}}}, "claims",
            links={"workforceName": ("staff",), "notificationConfiguration": ("news",)})),
        f"{AWS_DOCS}/sagemaker/latest/dg/sms-workforce-private-use-oidc.html", SIGN_IN),
    Idiom("records of the whole account lose numbers of cards, and callers with many errors are seen", (
        aws("cloudwatch/LogGroup", {"name": "/audit/masked", "retentionInDays": 365, "kmsKeyId": KEY, "tags": TAGS},
            "found"),
        aws("cloudwatch/LogAccountPolicy", {
            "policyName": "identities", "policyType": "DATA_PROTECTION_POLICY", "scope": "ALL", "policyDocument":
            MASKED}, "masked", links={"policyDocument": ("found",)}),
        aws("cloudwatch/ContributorInsightRule", {
            "ruleName": "errors-by-caller", "ruleDefinition": BUSY, "ruleState": "ENABLED", "tags": TAGS}, "callers"),
        aws("cloudwatch/MetricAlarm", {
            "name": "errors-by-caller", "comparisonOperator": "GreaterThanThreshold", "threshold": 100,
            "evaluationPeriods": 3, "treatMissingData": "notBreaching", "alarmActions": [arn("sns", "oncall")],
            "tags": TAGS, "metricQueries": [{"id": "most", "returnData": True, "period": 300, "expression":
                                             "INSIGHT_RULE_METRIC('errors-by-caller', 'MaxContributorValue')"}]},
            "alarm", links={"metricQueries": ("callers",)})),
        f"{AWS_DOCS}/AmazonCloudWatch/latest/logs/cloudwatch-logs-data-protection-policies.html", unpriced(
            "aws:cloudwatch/contributorInsightRule:ContributorInsightRule::callers")),
)  # fmt: skip
