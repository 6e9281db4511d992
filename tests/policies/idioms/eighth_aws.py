"""Good idioms of platforms for AI on AWS, in the shapes of its documentation and of known modules (2026-11-28)."""

import json

from ..blind import KEY, ME, TAGS, aws, document, policy, statement
from ..harness import UNKNOWN, Given
from . import Idiom, unpriced
from .aws_platform import bucket
from .fourth import AWS_DOCS, R
from .fourth_kubernetes import BUDGET

SUBNETS, GROUPS = ["subnet-1", "subnet-2", "subnet-3"], ["sg-1"]
MODULES = "github.com/terraform-aws-modules"
REGISTRY = f"{ME}.dkr.ecr.{R}.amazonaws.com"
WRITERS = ("cloudwatch.amazonaws.com", "budgets.amazonaws.com")
OURS = {"StringEquals": {"aws:SourceAccount": ME}}


def _role(name: str) -> str:
    return f"arn:aws:iam::{ME}:role/{name}"


def _arn(service: str, rest: str) -> str:
    return f"arn:aws:{service}:{R}:{ME}:{rest}"


def _trust(service: str, name: str) -> Given:
    return aws("iam/Role", {"name": name, "tags": TAGS, "assumeRolePolicy": document({
        "Effect": "Allow", "Principal": {"Service": service}, "Action": "sts:AssumeRole", "Condition": OURS})},
        name)  # fmt: skip


def _kept(*names: str) -> dict[str, object]:
    return {"resilience": {"kept_elsewhere": dict.fromkeys(names, "copied every night to the site in Dubai")}}


def _known(*names: str) -> dict[str, object]:
    return {"residency": {"known": dict.fromkeys(names, "the bank's own bucket, in me-central-1")}}


def _self(kind: str, name: str, group: str) -> Given:
    return aws(f"vpc/SecurityGroup{kind}Rule", {
        "securityGroupId": UNKNOWN, "referencedSecurityGroupId": UNKNOWN, "ipProtocol": "-1", "tags": TAGS,
        "description": "EFA between machines of the group"}, name,
        links={"securityGroupId": (group,), "referencedSecurityGroupId": (group,)})  # fmt: skip


PIPELINE = json.dumps({"Version": "2020-12-01", "Parameters": [{"Name": "Rows", "Type": "Integer", "DefaultValue": 1}],
    "Steps": [{"Name": "Prepare", "Type": "Processing", "Arguments": {
        "RoleArn": _role("pipelines"), "AppSpecification": {"ImageUri": f"{REGISTRY}/prepare@sha256:" + "a" * 64},
        "ProcessingResources": {"ClusterConfig": {"InstanceCount": 1, "InstanceType": "ml.m6i.xlarge",
                                                  "VolumeSizeInGB": 50, "VolumeKmsKeyId": KEY}},
        "NetworkConfig": {"EnableNetworkIsolation": True, "EnableInterContainerTrafficEncryption": True,
                          "VpcConfig": {"Subnets": ["subnet-1"], "SecurityGroupIds": ["sg-1"]}}}}]})  # fmt: skip
LIMITS = json.dumps({"$schema": "http://json-schema.org/draft-04/schema#", "type": "object", "properties": {
    "tokens": {"type": "integer", "maximum": 8192}}, "required": ["tokens"]})  # fmt: skip

IDIOMS: tuple[Idiom, ...] = (
    Idiom("agents remember for ninety days, with the bank's key", (BUDGET, aws("bedrock/AgentcoreMemory", {
        "name": "claims", "eventExpiryDuration": 90, "encryptionKeyArn": KEY, "tags": TAGS,
        "memoryExecutionRoleArn": _role("agent-memory")}, "memory"),),
        f"{AWS_DOCS}/bedrock-agentcore/latest/devguide/memory.html"),
    Idiom("an agent runs in the network and takes tokens of the bank only", (BUDGET, aws(
        "bedrock/AgentcoreAgentRuntime", {
            "agentRuntimeName": "claims", "roleArn": _role("agents"), "tags": TAGS,
            "agentRuntimeArtifact": {"containerConfiguration": {
                "containerUri": f"{REGISTRY}/claims@sha256:" + "b" * 64}},
            "networkConfiguration": {"networkMode": "VPC", "networkModeConfig": {
                "subnets": SUBNETS, "securityGroups": GROUPS}},
            "authorizerConfiguration": {"customJwtAuthorizer": {
                "discoveryUrl": "https://login.example.ae/.well-known/openid-configuration",
                "allowedAudiences": ["agents"], "allowedClients": ["portal"]}},
            "lifecycleConfigurations": [{"idleRuntimeSessionTimeout": 900, "maxLifetime": 28800}],
            "protocolConfiguration": {"serverProtocol": "HTTP"}}, "agent"),),
        f"{AWS_DOCS}/bedrock-agentcore/latest/devguide/agents-tools-runtime.html"),
    Idiom("costs of a model are counted by a profile of each team", (aws("bedrock/InferenceProfile", {
        "name": "retail-chat", "tags": TAGS, "modelSource": {
            "copyFrom": f"arn:aws:bedrock:{R}::foundation-model/amazon.nova-lite-v1:0"}}, "profile"),),
        f"{AWS_DOCS}/bedrock/latest/userguide/inference-profiles-create.html"),
    Idiom("models are asked through an endpoint for one's own organisation", (BUDGET, aws("ec2/VpcEndpoint", {
        "vpcId": "vpc-1", "serviceName": f"com.amazonaws.{R}.bedrock-runtime", "vpcEndpointType": "Interface",
        "subnetIds": SUBNETS, "securityGroupIds": GROUPS, "privateDnsEnabled": True, "tags": TAGS,
        "policy": document(statement(["bedrock:InvokeModel", "bedrock:InvokeModelWithResponseStream"],
                                     f"arn:aws:bedrock:{R}::foundation-model/*", {
            "StringEquals": {"aws:PrincipalAccount": ME}}, Principal={"AWS": "*"}))}, "bedrock"),),
        f"{AWS_DOCS}/bedrock/latest/userguide/vpc-interface-endpoints.html"),
    Idiom("a program may ask two models of the region", (policy(
        statement(["bedrock:InvokeModel", "bedrock:InvokeModelWithResponseStream"], [
            f"arn:aws:bedrock:{R}::foundation-model/amazon.nova-lite-v1:0",
            f"arn:aws:bedrock:{R}::foundation-model/amazon.titan-embed-text-v2:0"]),
        statement("bedrock:ApplyGuardrail", _arn("bedrock", "guardrail/abc123def456"))),),
        f"{AWS_DOCS}/bedrock/latest/userguide/security_iam_id-based-policy-examples.html"),
    Idiom("a pool of connections asks for TLS and tokens", (BUDGET, aws("rds/Proxy", {
        "name": "app", "engineFamily": "POSTGRESQL", "roleArn": _role("rds-proxy"), "vpcSubnetIds": SUBNETS,
        "vpcSecurityGroupIds": GROUPS, "requireTls": True, "idleClientTimeout": 900, "debugLogging": False,
        "auths": [{"authScheme": "SECRETS", "iamAuth": "REQUIRED", "description": "app",
                   "secretArn": _arn("secretsmanager", "secret:app-AbCdEf")}], "tags": TAGS}, "proxy"),),
        f"{MODULES}/terraform-aws-rds-proxy", unpriced("aws:rds/proxy:Proxy::proxy")),
    Idiom("a tenth of the calls goes to the new version of a function", (aws("lambda/Alias", {
        "name": "live", "functionName": "score", "functionVersion": "7",
        "routingConfig": {"additionalVersionWeights": {"8": 0.1}}}, "live"),),
        f"{AWS_DOCS}/lambda/latest/dg/configuring-alias-routing.html"),
    Idiom("events of the bus can be replayed for a month", (
        aws("cloudwatch/EventBus", {"name": "orders", "kmsKeyIdentifier": KEY, "tags": TAGS}, "bus"),
        aws("cloudwatch/EventArchive", {"name": "orders", "eventSourceArn": UNKNOWN, "retentionDays": 30,
                                        "kmsKeyIdentifier": KEY}, "archive", links={"eventSourceArn": ("bus",)})),
        f"{MODULES}/terraform-aws-eventbridge"),
    Idiom("snapshots of labelled volumes are kept for a fortnight", (aws("dlm/LifecyclePolicy", {
        "description": "notebooks", "executionRoleArn": _role("dlm"), "state": "ENABLED", "tags": TAGS,
        "policyDetails": {"resourceTypes": ["VOLUME"], "targetTags": {"snapshot": "daily"}, "schedules": [{
            "name": "daily", "copyTags": True, "createRule": {"interval": 24, "times": "22:00"},
            "retainRule": {"count": 14}, "tagsToAdd": TAGS}]}}, "snapshots"),),
        f"{AWS_DOCS}/ebs/latest/userguide/snapshot-lifecycle.html"),
    Idiom("odd costs are told to the team on the same day", (
        aws("costexplorer/AnomalyMonitor", {"name": "services", "monitorType": "DIMENSIONAL",
                                            "monitorDimension": "SERVICE", "tags": TAGS}, "monitor"),
        aws("costexplorer/AnomalySubscription", {
            "name": "team", "frequency": "DAILY", "monitorArnLists": [UNKNOWN], "tags": TAGS,
            "subscribers": [{"type": "EMAIL", "address": "finops@example.ae"}], "thresholdExpression": {"dimension": {
                "key": "ANOMALY_TOTAL_IMPACT_ABSOLUTE", "matchOptions": ["GREATER_THAN_OR_EQUAL"],
                "values": ["100"]}}}, "team", links={"monitorArnLists": ("monitor",)})),
        f"{AWS_DOCS}/cost-management/latest/userguide/manage-ad.html"),
    Idiom("a bucket of datasets is read through a door for one network", (*bucket("bank-features"),
        aws("s3/AccessPoint", {
            "bucket": UNKNOWN, "name": "training", "vpcConfiguration": {"vpcId": "vpc-0123456789abcdef0"},
            "tags": TAGS, "publicAccessBlockConfiguration": dict.fromkeys((
                "blockPublicAcls", "blockPublicPolicy", "ignorePublicAcls", "restrictPublicBuckets"), True)}, "door",
            links={"bucket": ("bucket",)})),
        f"{AWS_DOCS}/AmazonS3/latest/userguide/access-points-vpc.html", _kept("bucket")),
    Idiom("a list of all objects is written every week", (*bucket("bank-lists"), aws("s3/Inventory", {
        "bucket": "bank-lists", "name": "all", "includedObjectVersions": "Current", "schedule": {"frequency": "Weekly"},
        "destination": {"bucket": {"bucketArn": "arn:aws:s3:::bank-lists", "format": "Parquet", "prefix": "inventory",
                                   "encryption": {"sseKms": {"keyId": KEY}}}},
        "optionalFields": ["Size", "StorageClass", "EncryptionStatus"]}, "inventory", links={"bucket": ("bucket",)})),
        f"{MODULES}/terraform-aws-s3-bucket", _kept("bucket")),
    Idiom("the role of trainings reads one bucket and writes another", (
        _trust("sagemaker.amazonaws.com", "training"), aws("iam/RolePolicy", {"role": UNKNOWN, "policy": document(
            statement(["s3:GetObject", "s3:ListBucket"], ["arn:aws:s3:::bank-data", "arn:aws:s3:::bank-data/*"]),
            statement("s3:PutObject", "arn:aws:s3:::bank-checkpoints/*"),
            statement(["kms:Decrypt", "kms:GenerateDataKey"], KEY),
            statement(["ec2:CreateNetworkInterface", "ec2:DeleteNetworkInterface", "ec2:DescribeNetworkInterfaces",
                       "ec2:DescribeVpcs", "ec2:DescribeSubnets", "ec2:DescribeSecurityGroups",
                       "ec2:DescribeDhcpOptions"]),
            statement(["ecr:BatchGetImage", "ecr:GetDownloadUrlForLayer", "ecr:BatchCheckLayerAvailability"],
                      _arn("ecr", "repository/train")), statement("ecr:GetAuthorizationToken"),
            statement(["logs:CreateLogStream", "logs:PutLogEvents"],
                      _arn("logs", "log-group:/aws/sagemaker/TrainingJobs:*")))}, "policy",
            links={"role": ("training",)})), f"{AWS_DOCS}/sagemaker/latest/dg/sagemaker-roles.html"),
    Idiom("machines of a training reach each other by EFA", (
        aws("ec2/SecurityGroup", {"name": "efa", "description": "Machines of a training", "vpcId": "vpc-1",
                                  "tags": TAGS}, "efa"), _self("Ingress", "in", "efa"), _self("Egress", "out", "efa"),
        aws("ec2/PlacementGroup", {"name": "training", "strategy": "cluster", "tags": TAGS}, "near")),
        f"{AWS_DOCS}/AWSEC2/latest/UserGuide/efa-start.html"),
    Idiom("a key for topics to which alarms and budgets write", (aws("kms/Key", {
        "description": "alarms", "enableKeyRotation": True, "deletionWindowInDays": 30, "tags": TAGS,
        "policy": document(
            statement("kms:*", "*", None, Principal={"AWS": f"arn:aws:iam::{ME}:root"}),
            *(statement(["kms:Decrypt", "kms:GenerateDataKey*"], "*", OURS, Principal={"Service": name})
              for name in WRITERS))}, "key", protect=True),),
        f"{AWS_DOCS}/AmazonCloudWatch/latest/monitoring/Notify_Users_Alarm_Changes.html"),
    Idiom("an alarm when GPUs are less busy than usual", (aws("cloudwatch/MetricAlarm", {
        "name": "gpu-idle", "comparisonOperator": "LessThanLowerThreshold", "evaluationPeriods": 6,
        "thresholdMetricId": "band", "treatMissingData": "ignore", "tags": TAGS, "alarmActions": [
            _arn("sns", "platform-alarms")], "metricQueries": [
            {"id": "band", "expression": "ANOMALY_DETECTION_BAND(busy, 2)", "label": "usual", "returnData": True},
            {"id": "busy", "returnData": True, "metric": {
                "namespace": "ContainerInsights", "metricName": "node_gpu_utilization", "period": 300,
                "stat": "Average", "dimensions": {"ClusterName": "bank"}}}]}, "alarm"),),
        f"{AWS_DOCS}/AmazonCloudWatch/latest/monitoring/Create_Anomaly_Detection_Alarm.html"),
    Idiom("a topic's messages go to a queue of their kind", (
        aws("sns/Topic", {"name": "documents", "kmsMasterKeyId": KEY, "tags": TAGS}, "topic"),
        aws("sqs/Queue", {"name": "invoices", "kmsMasterKeyId": KEY, "tags": TAGS}, "queue"),
        aws("sqs/QueuePolicy", {"queueUrl": UNKNOWN, "policy": document(
            statement("sqs:SendMessage", _arn("sqs", "invoices"), {"ArnEquals": {
                "aws:SourceArn": _arn("sns", "documents")}}, Principal={"Service": "sns.amazonaws.com"}))}, "allow",
            links={"queueUrl": ("queue",)}),
        aws("sns/TopicSubscription", {"topic": _arn("sns", "documents"), "protocol": "sqs",
                                      "endpoint": _arn("sqs", "invoices"), "rawMessageDelivery": True,
                                      "filterPolicy": json.dumps({"kind": ["invoice"]})}, "sub")),
        f"{AWS_DOCS}/sns/latest/dg/sns-subscription-filter-policies.html",
        doubt="its policy of the queue denies no request without TLS, as the rules ask"),
    Idiom("a cache of prompts without servers and with a bound", (BUDGET, aws("elasticache/ServerlessCache", {
        "engine": "valkey", "name": "prompts", "majorEngineVersion": "8", "kmsKeyId": KEY, "subnetIds": SUBNETS,
        "securityGroupIds": GROUPS, "userGroupId": "apps", "tags": TAGS, "dailySnapshotTime": "22:00",
        "snapshotRetentionLimit": 7, "cacheUsageLimits": {
            "dataStorage": {"maximum": 10, "unit": "GB"}, "ecpuPerSeconds": [{"maximum": 5000}]}}, "cache"),),
        f"{AWS_DOCS}/AmazonElastiCache/latest/dg/WhatIs.corecomponents.html", _kept("cache")),
    Idiom("a database of vectors grows with its use, up to a bound", (BUDGET,
        aws("rds/Cluster", {
            "clusterIdentifier": "vectors", "engine": "aurora-postgresql", "engineMode": "provisioned",
            "engineVersion": "17.4", "databaseName": "vectors", "masterUsername": "root",
            "manageMasterUserPassword": True, "masterUserSecretKmsKeyId": KEY, "storageEncrypted": True,
            "kmsKeyId": KEY, "iamDatabaseAuthenticationEnabled": True, "deletionProtection": True,
            "backupRetentionPeriod": 14, "copyTagsToSnapshot": True, "finalSnapshotIdentifier": "vectors-final",
            "enabledCloudwatchLogsExports": ["postgresql"], "dbSubnetGroupName": "data", "vpcSecurityGroupIds": GROUPS,
            "serverlessv2ScalingConfiguration": {"minCapacity": 0.5, "maxCapacity": 8}, "tags": TAGS}, "vectors",
            protect=True),
        *(aws("rds/ClusterInstance", {
            "identifier": f"vectors-{zone}", "clusterIdentifier": UNKNOWN, "engine": "aurora-postgresql",
            "instanceClass": "db.serverless", "publiclyAccessible": False, "performanceInsightsEnabled": True,
            "performanceInsightsKmsKeyId": KEY, "autoMinorVersionUpgrade": True, "tags": TAGS}, f"vectors-{zone}",
            links={"clusterIdentifier": ("vectors",)}) for zone in ("a", "b"))), f"{MODULES}/rds-aurora", {
                **_kept("vectors"), **unpriced("aws:rds/cluster:Cluster::vectors",
                                               "aws:rds/clusterInstance:ClusterInstance::vectors-*")}),
    Idiom("parameters of a database ask for TLS and log slow statements", (aws("rds/ParameterGroup", {
        "name": "bank-16", "family": "postgres16", "tags": TAGS, "parameters": [
            {"name": "rds.force_ssl", "value": "1"}, {"name": "ssl_min_protocol_version", "value": "TLSv1.2"},
            {"name": "log_min_duration_statement", "value": "1000"}, {"name": "log_connections", "value": "1"},
            {"name": "shared_preload_libraries", "value": "pg_stat_statements", "applyMethod": "pending-reboot"}]},
        "parameters"),), f"{MODULES}/terraform-aws-rds"),
    Idiom("new repositories of a cache are encrypted and immutable", (aws("ecr/RepositoryCreationTemplate", {
        "prefix": "mirror", "appliedFors": ["PULL_THROUGH_CACHE"], "imageTagMutability": "IMMUTABLE",
        "customRoleArn": _role("ecr-templates"), "encryptionConfigurations": [{"encryptionType": "KMS", "kmsKey": KEY}],
        "resourceTags": TAGS, "lifecyclePolicy": json.dumps({"rules": [{
            "rulePriority": 1, "selection": {"tagStatus": "untagged", "countType": "sinceImagePushed",
                                             "countUnit": "days", "countNumber": 30}, "action": {"type": "expire"}}]}),
        "repositoryPolicy": document(statement(["ecr:BatchGetImage", "ecr:GetDownloadUrlForLayer"], "*", None,
                                               Principal={"AWS": f"arn:aws:iam::{ME}:root"}))}, "template"),),
        f"{AWS_DOCS}/AmazonECR/latest/userguide/repository-creation-templates.html"),
    Idiom("limits of a program come from AppConfig, and are validated", (
        aws("appconfig/Application", {"name": "chat", "tags": TAGS}, "app"),
        aws("appconfig/ConfigurationProfile", {
            "applicationId": UNKNOWN, "name": "limits", "locationUri": "hosted", "type": "AWS.Freeform",
            "kmsKeyIdentifier": KEY, "tags": TAGS, "validators": [{"type": "JSON_SCHEMA", "content": LIMITS}]},
            "limits", links={"applicationId": ("app",)})), f"{MODULES}/terraform-aws-appconfig"),
    Idiom("a pipeline of SageMaker prepares data in the network", (aws("sagemaker/Pipeline", {
        "pipelineName": "prepare", "pipelineDisplayName": "Prepare", "roleArn": _role("pipelines"), "tags": TAGS,
        "parallelismConfiguration": {"maxParallelExecutionSteps": 2}, "pipelineDefinition": PIPELINE}, "pipeline"),),
        f"{AWS_DOCS}/sagemaker/latest/dg/pipelines-overview.html",
        doubt="its steps start machines in no plan: a team lists the type with its reviewer"),
    Idiom("features are kept for training, encrypted, in the lake", (BUDGET, aws("sagemaker/FeatureGroup", {
        "featureGroupName": "customers", "recordIdentifierFeatureName": "id", "eventTimeFeatureName": "at",
        "roleArn": _role("features"), "tags": TAGS, "featureDefinitions": [
            {"featureName": "id", "featureType": "String"}, {"featureName": "at", "featureType": "String"},
            {"featureName": "balance", "featureType": "Fractional"}],
        "offlineStoreConfig": {"tableFormat": "Iceberg", "s3StorageConfig": {
            "s3Uri": "s3://bank-features/store", "kmsKeyId": KEY}}}, "features"),),
        f"{AWS_DOCS}/sagemaker/latest/dg/feature-store.html", {
            **_known("bank-features"), **unpriced("aws:sagemaker/featureGroup:FeatureGroup::features")}),
    Idiom("analysts read one table of the lake", (aws("lakeformation/Permissions", {
        "principal": _role("analysts"), "permissions": ["SELECT"], "table": {"databaseName": "b", "name": "orders"}},
        "analysts"),), f"{AWS_DOCS}/lake-formation"),
    Idiom("Kafka without servers, by IAM", (BUDGET, aws("msk/ServerlessCluster", {
        "clusterName": "events", "tags": TAGS, "vpcConfigs": [{"subnetIds": SUBNETS, "securityGroupIds": GROUPS}],
        "clientAuthentication": {"sasl": {"iam": {"enabled": True}}}}, "events", protect=True),),
        f"{AWS_DOCS}/msk/latest/developerguide/serverless.html", {
            **_kept("events"), **unpriced("aws:msk/serverlessCluster:ServerlessCluster::events")}),
    Idiom("names of malware are not resolved", (
        aws("route53/ResolverFirewallRuleGroup", {"name": "base", "tags": TAGS}, "base"),
        aws("route53/ResolverFirewallDomainList", {"name": "denied", "domains": ["*.evil-app.io"], "tags": TAGS},
            "denied"),
        aws("route53/ResolverFirewallRule", {
            "name": "denied", "action": "BLOCK", "blockResponse": "NXDOMAIN", "priority": 100,
            "firewallDomainListId": UNKNOWN, "firewallRuleGroupId": UNKNOWN}, "rule",
            links={"firewallDomainListId": ("denied",), "firewallRuleGroupId": ("base",)}),
        aws("route53/ResolverFirewallRuleGroupAssociation", {
            "name": "spoke", "firewallRuleGroupId": UNKNOWN, "priority": 101, "vpcId": "vpc-1", "tags": TAGS,
            "mutationProtection": "ENABLED"}, "spoke", links={"firewallRuleGroupId": ("base",)})),
        f"{AWS_DOCS}/Route53/latest/DeveloperGuide/resolver-dns-firewall.html"),
    Idiom("images, functions and machines are scanned for known holes", (aws("inspector2/Enabler", {
        "accountIds": [ME], "resourceTypes": ["EC2", "ECR", "LAMBDA"]}, "inspector"),), f"{AWS_DOCS}/inspector"),
    Idiom("a backup is restored every week to see that it works", (
        aws("backup/RestoreTestingPlan", {
            "name": "weekly", "scheduleExpression": "cron(0 22 ? * FRI *)", "startWindowHours": 4, "tags": TAGS,
            "recoveryPointSelection": {"algorithm": "LATEST_WITHIN_WINDOW", "includeVaults": [_arn(
                "backup", "backup-vault:bank")], "recoveryPointTypes": ["SNAPSHOT"], "selectionWindowDays": 7}},
            "plan"),
        aws("backup/RestoreTestingSelection", {
            "name": "volumes", "restoreTestingPlanName": "weekly", "protectedResourceType": "EBS",
            "iamRoleArn": _role("restore"), "protectedResourceArns": ["*"], "validationWindowHours": 2}, "volumes")),
        f"{AWS_DOCS}/aws-backup/latest/devguide/restore-testing.html"),
    Idiom("a queue of jobs is shared fairly between teams", (aws("batch/SchedulingPolicy", {
        "name": "teams", "tags": TAGS, "fairSharePolicy": {
            "computeReservation": 10, "shareDecaySeconds": 3600, "shareDistributions": [
                {"shareIdentifier": "risk*", "weightFactor": 0.5}, {"shareIdentifier": "fraud*", "weightFactor": 1}]}},
        "teams"),), f"{AWS_DOCS}/batch/latest/userguide/fair-share-scheduling.html"),
    Idiom("a pipe takes messages of a queue into a state machine", (aws("pipes/Pipe", {
        "name": "documents", "roleArn": _role("pipes"), "source": _arn("sqs", "documents"), "tags": TAGS,
        "target": _arn("states", "stateMachine:index"), "kmsKeyIdentifier": KEY,
        "sourceParameters": {"sqsQueueParameters": {"batchSize": 1}, "filterCriteria": {"filters": [
            {"pattern": json.dumps({"body": {"kind": ["pdf"]}})}]}},
        "targetParameters": {"stepFunctionStateMachineParameters": {"invocationType": "FIRE_AND_FORGET"}}}, "pipe"),),
        f"{MODULES}/terraform-aws-eventbridge"),
    Idiom("a stage of staging is promoted by hand through a pipeline", (*bucket("bank-pipeline"),
        aws("codepipeline/Pipeline", {
            "name": "chat", "roleArn": _role("pipeline"), "pipelineType": "V2", "tags": TAGS,
            "artifactStores": [{"type": "S3", "location": "bank-pipeline", "encryptionKey": {
                "type": "KMS", "id": KEY}}], "stages": [
                {"name": "Source", "actions": [{
                    "name": "Image", "category": "Source", "owner": "AWS", "provider": "ECR", "version": "1",
                    "outputArtifacts": ["image"], "configuration": {"RepositoryName": "chat", "ImageTag": "v1.4.0"}}]},
                {"name": "Approve", "actions": [{
                    "name": "Approve", "category": "Approval", "owner": "AWS", "provider": "Manual", "version": "1",
                    "configuration": {"NotificationArn": _arn("sns", "platform-approvals")}}]}]}, "pipeline")),
        f"{AWS_DOCS}/codepipeline/latest/userguide/approvals.html", _kept("bucket")),
)  # fmt: skip
