"""Good idioms of platforms for AI on AWS, in the shapes of its documentation and of known modules (2026-11-28)."""

import json

from ..blind import KEY, ME, TAGS, aws, document, policy, statement
from ..harness import UNKNOWN, Given
from . import Idiom, unpriced
from .aws_platform import bucket
from .fourth import AWS_DOCS, LOGS, R
from .fourth_kubernetes import BUDGET

SUBNETS, GROUPS = ["subnet-1", "subnet-2"], ["sg-1"]
MODULES = "github.com/terraform-aws-modules"
REGISTRY = f"{ME}.dkr.ecr.{R}.amazonaws.com"
COMPONENT = f"arn:aws:imagebuilder:{R}:aws:component"
ALERTS = "groups:\n- name: gpu\n  rules:\n  - alert: GpuIsIdle\n    expr: avg_over_time(DCGM_FI_DEV_GPU_UTIL[2h]) < 5\n"
ORDER = json.dumps({"type": "record", "name": "Order", "namespace": "bank.orders", "fields": [
    {"name": "id", "type": "string"}, {"name": "amount", "type": "double"}]})  # fmt: skip
MASKED = json.dumps({"Name": "mask", "Version": "2021-06-01", "Statement": [
    {"Sid": "audit", "DataIdentifier": ["arn:aws:dataprotection::aws:data-identifier/EmailAddress"],
     "Operation": {"Audit": {"FindingsDestination": {}}}},
    {"Sid": "mask", "DataIdentifier": ["arn:aws:dataprotection::aws:data-identifier/EmailAddress"],
     "Operation": {"Deidentify": {"MaskConfig": {}}}}]})  # fmt: skip


def _role(name: str) -> str:
    return f"arn:aws:iam::{ME}:role/{name}"


def _kept(*names: str) -> dict[str, object]:
    return {"resilience": {"kept_elsewhere": dict.fromkeys(names, "copied every night to the site in Dubai")}}


def _known(*names: str) -> dict[str, object]:
    return {"residency": {"known": dict.fromkeys(names, "the bank's own bucket, in me-central-1")}}


def _search(kind: str, name: str, body: object) -> Given:
    return aws(f"opensearch/Serverless{kind}", {"name": "kb", "type": name, "policy": json.dumps(body)}, name)


IDIOMS: tuple[Idiom, ...] = (
    Idiom("a vault of models whose tiers follow their use", (*bucket("bank-models"),
        aws("s3/BucketIntelligentTieringConfiguration", {
            "bucket": "bank-models", "name": "all", "status": "Enabled", "tierings": [
                {"accessTier": "ARCHIVE_ACCESS", "days": 180}]}, "tiers", links={"bucket": ("bucket",)})),
        f"{MODULES}/terraform-aws-s3-bucket", _kept("bucket")),
    Idiom("a scratch of Lustre that loads datasets of the stack's bucket", (BUDGET, *bucket("bank-datasets"),
        aws("fsx/LustreFileSystem", {
            "subnetIds": "subnet-1", "storageCapacity": 1200, "deploymentType": "SCRATCH_2", "tags": TAGS,
            "storageType": "SSD", "securityGroupIds": GROUPS, "dataCompressionType": "LZ4", "kmsKeyId": KEY}, "lustre"),
        aws("fsx/DataRepositoryAssociation", {
            "fileSystemId": UNKNOWN, "fileSystemPath": "/datasets", "dataRepositoryPath": "s3://bank-datasets/train",
            "batchImportMetaDataOnCreate": True, "tags": TAGS, "s3": {
                "autoImportPolicy": {"events": ["NEW", "CHANGED", "DELETED"]}}}, "link",
            links={"fileSystemId": ("lustre",), "dataRepositoryPath": ("bucket",)})),
        f"{AWS_DOCS}/fsx/latest/LustreGuide/create-dra-linked-data-repo.html", _kept("bucket", "lustre")),
    Idiom("a notebook machine without internet and without root", (BUDGET, aws("sagemaker/NotebookInstance", {
        "name": "risk", "instanceType": "ml.t3.medium", "roleArn": _role("notebooks"), "subnetId": "subnet-1",
        "securityGroups": GROUPS, "directInternetAccess": "Disabled", "rootAccess": "Disabled", "kmsKeyId": KEY,
        "volumeSize": 50, "platformIdentifier": "notebook-al2-v3", "tags": TAGS,
        "instanceMetadataServiceConfiguration": {"minimumInstanceMetadataServiceVersion": "2"}}, "notebook"),),
        f"{AWS_DOCS}/sagemaker"),
    Idiom("a server of experiments of SageMaker in the bank's bucket", (BUDGET, aws("sagemaker/MlflowTrackingServer", {
        "trackingServerName": "risk", "artifactStoreUri": "s3://bank-models/mlflow", "roleArn": _role("mlflow"),
        "trackingServerSize": "Small", "automaticModelRegistration": True, "tags": TAGS,
        "weeklyMaintenanceWindowStart": "Sat:22:00"}, "mlflow"),
        aws("sagemaker/ModelPackageGroup", {"modelPackageGroupName": "scoring", "modelPackageGroupDescription":
                                            "Scores of retail loans", "tags": TAGS}, "group")),
        f"{AWS_DOCS}/sagemaker/latest/dg/mlflow.html", {
            **_known("bank-models"), **unpriced("aws:sagemaker/mlflowTrackingServer:MlflowTrackingServer::mlflow")}),
    Idiom("vectors of a knowledge base in a private collection", (BUDGET,
        _search("SecurityPolicy", "encryption", {"Rules": [{"ResourceType": "collection", "Resource": [
            "collection/kb"]}], "AWSOwnedKey": False, "KmsARN": KEY}),
        _search("SecurityPolicy", "network", [{"Rules": [{"ResourceType": "collection", "Resource": ["collection/kb"]}],
                                               "AllowFromPublic": False, "SourceVPCEs": ["vpce-0123456789abcdef0"],
                                               "SourceServices": ["bedrock.amazonaws.com"]}]),
        _search("AccessPolicy", "data", [{"Rules": [{
            "ResourceType": "index", "Resource": ["index/kb/*"], "Permission": [
                "aoss:ReadDocument", "aoss:WriteDocument", "aoss:DescribeIndex", "aoss:CreateIndex"]}],
            "Principal": [_role("knowledge")]}]),
        aws("opensearch/ServerlessCollection", {"name": "kb", "type": "VECTORSEARCH", "standbyReplicas": "ENABLED",
                                                "tags": TAGS}, "kb")),
        f"{AWS_DOCS}/opensearch-service/latest/developerguide/serverless-vector-search.html", {
            **_kept("kb"), **unpriced("aws:opensearch/serverlessCollection:ServerlessCollection::kb")}),
    Idiom("prompts and answers of Bedrock are logged in the region", (
        aws("cloudwatch/LogGroup", {"name": "/bedrock/invocations", **LOGS}, "logs"),
        aws("bedrockmodel/InvocationLoggingConfiguration", {"loggingConfig": {
            "textDataDeliveryEnabled": True, "imageDataDeliveryEnabled": False, "embeddingDataDeliveryEnabled": False,
            "cloudwatchConfig": {"logGroupName": "/bedrock/invocations", "roleArn": _role("bedrock-logs")}}},
            "config")),
        f"{AWS_DOCS}/bedrock/latest/userguide/model-invocation-logging.html"),
    Idiom("an application of Spark that stops by itself and has a bound", (BUDGET, aws("emrserverless/Application", {
        "name": "features", "releaseLabel": "emr-7.10.0", "type": "SPARK", "architecture": "ARM64", "tags": TAGS,
        "autoStartConfiguration": {"enabled": True}, "autoStopConfiguration": {"enabled": True,
                                                                               "idleTimeoutMinutes": 15},
        "maximumCapacity": {"cpu": "64 vCPU", "memory": "256 GB", "disk": "1000 GB"},
        "networkConfiguration": {"subnetIds": SUBNETS, "securityGroupIds": GROUPS},
        "monitoringConfiguration": {"managedPersistenceMonitoringConfiguration": {
            "enabled": True, "encryptionKeyArn": KEY}}}, "spark"),),
        f"{AWS_DOCS}/emr/latest/EMR-Serverless-UserGuide"),
    Idiom("a cache of sessions that asks for users and TLS", (BUDGET,
        aws("memorydb/User", {"userName": "app", "accessString": "on ~app:* &* +@read +@write",
                              "authenticationMode": {"type": "iam"}, "tags": TAGS}, "user"),
        aws("memorydb/Acl", {"name": "app", "userNames": ["app"], "tags": TAGS}, "acl"),
        aws("memorydb/SubnetGroup", {"name": "app", "subnetIds": SUBNETS, "tags": TAGS}, "subnets"),
        aws("memorydb/Cluster", {
            "name": "app", "aclName": "app", "nodeType": "db.t4g.small", "engine": "valkey", "engineVersion": "7.3",
            "numShards": 1, "numReplicasPerShard": 1, "tlsEnabled": True, "kmsKeyArn": KEY, "subnetGroupName": "app",
            "securityGroupIds": GROUPS, "snapshotRetentionLimit": 7, "finalSnapshotName": "app-final", "tags": TAGS},
            "cache", protect=True)), f"{MODULES}/terraform-aws-memory-db", _kept("cache")),
    Idiom("every image of the registry is scanned again and again", (aws("ecr/RegistryScanningConfiguration", {
        "scanType": "ENHANCED", "rules": [{"scanFrequency": "CONTINUOUS_SCAN", "repositoryFilters": [
            {"filter": "*", "filterType": "WILDCARD"}]}]}, "scan"),),
        f"{AWS_DOCS}/AmazonECR/latest/userguide/image-scanning-enhanced.html"),
    Idiom("images of machines for GPUs are built every month", (BUDGET,
        aws("imagebuilder/ImageRecipe", {
            "name": "gpu", "version": "1.4.0", "tags": TAGS, "parentImage":
                f"arn:aws:imagebuilder:{R}:aws:image/amazon-linux-2023-x86/x.x.x",
            "components": [{"componentArn": f"{COMPONENT}/update-linux/x.x.x"},
                           {"componentArn": f"{COMPONENT}/amazon-cloudwatch-agent-linux/x.x.x"}],
            "blockDeviceMappings": [{"deviceName": "/dev/xvda", "ebs": {
                "encrypted": "true", "kmsKeyId": KEY, "volumeSize": 60, "volumeType": "gp3",
                "deleteOnTermination": "true"}}]}, "recipe"),
        aws("imagebuilder/InfrastructureConfiguration", {
            "name": "gpu", "instanceProfileName": "image-builder", "instanceTypes": ["m6i.large"], "tags": TAGS,
            "resourceTags": TAGS, "subnetId": "subnet-1", "securityGroupIds": GROUPS, "terminateInstanceOnFailure":
                True, "instanceMetadataOptions": {"httpTokens": "required", "httpPutResponseHopLimit": 1}}, "infra"),
        aws("imagebuilder/DistributionConfiguration", {"name": "gpu", "tags": TAGS, "distributions": [{
            "region": R, "amiDistributionConfiguration": {
                "name": "gpu-{{ imagebuilder:buildDate }}", "kmsKeyId": KEY, "amiTags": TAGS}}]}, "dist"),
        aws("imagebuilder/ImagePipeline", {
            "name": "gpu", "infrastructureConfigurationArn": UNKNOWN, "imageRecipeArn": UNKNOWN, "tags": TAGS,
            "distributionConfigurationArn": UNKNOWN, "status": "ENABLED", "enhancedImageMetadataEnabled": True,
            "schedule": {"scheduleExpression": "cron(0 4 1 * ? *)", "timezone": "Asia/Dubai"}}, "pipeline",
            links={"infrastructureConfigurationArn": ("infra",), "imageRecipeArn": ("recipe",),
                   "distributionConfigurationArn": ("dist",)})),
        f"{AWS_DOCS}/imagebuilder", unpriced("aws:imagebuilder/imagePipeline:ImagePipeline::pipeline")),
    Idiom("a workspace of Prometheus with rules that tell the team's topic", (BUDGET,
        aws("cloudwatch/LogGroup", {"name": "/aws/vendedlogs/prometheus/bank", **LOGS}, "logs"),
        aws("amp/Workspace", {"alias": "bank", "kmsKeyArn": KEY, "tags": TAGS, "loggingConfiguration": {
            "logGroupArn": UNKNOWN}}, "amp", links={"loggingConfiguration": ("logs",)}),
        aws("amp/RuleGroupNamespace", {"name": "gpu", "workspaceId": UNKNOWN, "data": ALERTS, "tags": TAGS}, "rules",
            links={"workspaceId": ("amp",)})), f"{MODULES}/terraform-aws-managed-service-prometheus",
        unpriced("aws:amp/workspace:Workspace::amp")),
    Idiom("dashboards of Grafana by Identity Center, reached from the network", (BUDGET, aws("grafana/Workspace", {
        "name": "bank", "accountAccessType": "CURRENT_ACCOUNT", "authenticationProviders": ["AWS_SSO"],
        "permissionType": "CUSTOMER_MANAGED", "roleArn": _role("grafana"), "dataSources": ["PROMETHEUS", "CLOUDWATCH"],
        "grafanaVersion": "10.4", "tags": TAGS, "kmsKeyId": KEY, "configuration": json.dumps({
            "plugins": {"pluginAdminEnabled": False}, "unifiedAlerting": {"enabled": True}}),
        "vpcConfiguration": {"subnetIds": SUBNETS, "securityGroupIds": GROUPS},
        "networkAccessControl": {"prefixListIds": ["pl-0123456789abcdef0"], "vpceIds": ["vpce-0123456789abcdef0"]}},
        "grafana"),), f"{MODULES}/terraform-aws-managed-service-grafana",
        unpriced("aws:grafana/workspace:Workspace::grafana")),
    Idiom("a job of Batch with one GPU, a bound in time and three attempts", (aws("batch/JobDefinition", {
        "name": "finetune", "type": "container", "platformCapabilities": ["EC2"], "propagateTags": True, "tags": TAGS,
        "timeout": {"attemptDurationSeconds": 14400}, "retryStrategy": {"attempts": 3, "evaluateOnExits": [
            {"action": "RETRY", "onStatusReason": "Host EC2*"}, {"action": "EXIT", "onReason": "*"}]},
        "containerProperties": json.dumps({
            "image": f"{REGISTRY}/finetune@sha256:" + "b" * 64, "command": ["python", "train.py"],
            "jobRoleArn": _role("training"), "executionRoleArn": _role("batch-execution"),
            "readonlyRootFilesystem": True, "privileged": False, "user": "10001",
            "resourceRequirements": [{"type": "VCPU", "value": "8"}, {"type": "MEMORY", "value": "30000"},
                                     {"type": "GPU", "value": "1"}],
            "environment": [{"name": "AWS_REGION", "value": R}],
            "logConfiguration": {"logDriver": "awslogs", "options": {
                "awslogs-group": "/batch/finetune", "awslogs-region": R}}})}, "job"),),
        f"{AWS_DOCS}/batch/latest/userguide/gpu-jobs.html"),
    Idiom("logs of an app mask addresses of mail and count errors", (
        aws("cloudwatch/LogGroup", {"name": "/app/chat", **LOGS}, "logs"),
        aws("cloudwatch/LogDataProtectionPolicy", {"logGroupName": "/app/chat", "policyDocument": MASKED}, "mask"),
        aws("cloudwatch/LogMetricFilter", {
            "logGroupName": "/app/chat", "name": "errors", "pattern": '{ $.level = "error" }', "metricTransformation": {
                "name": "ChatErrors", "namespace": "Bank", "value": "1", "defaultValue": "0"}}, "errors")),
        f"{AWS_DOCS}/AmazonCloudWatch/latest/logs/mask-sensitive-log-data.html"),
    Idiom("one request in a hundred is traced, and slow ones have a group", (
        aws("xray/SamplingRule", {
            "ruleName": "base", "priority": 9000, "version": 1, "reservoirSize": 1, "fixedRate": 0.01, "urlPath": "*",
            "host": "*", "httpMethod": "*", "serviceType": "*", "serviceName": "*", "resourceArn": "*", "tags": TAGS},
            "rule"),
        aws("xray/Group", {
            "groupName": "slow", "filterExpression": "responsetime > 5", "tags": TAGS, "insightsConfiguration": {
                "insightsEnabled": True, "notificationsEnabled": False}}, "slow")), f"{AWS_DOCS}/xray"),
    Idiom("who outside the organisation reaches what is looked for", (aws("accessanalyzer/Analyzer", {
        "analyzerName": "external", "type": "ACCOUNT", "tags": TAGS}, "external"),),
        f"{AWS_DOCS}/IAM/latest/UserGuide/what-is-access-analyzer.html"),
    Idiom("costs are exported every day into the stack's bucket", (*bucket("bank-costs"), aws("bcmdata/Export", {
        "tags": TAGS, "export": {
            "name": "focus", "dataQueries": [{"queryStatement":
                "SELECT BilledCost, ServiceName, Tags FROM FOCUS_1_0_AWS", "tableConfigurations": {
                    "FOCUS_1_0_AWS": {}}}],
            "destinationConfigurations": [{"s3Destinations": [{
                "s3Bucket": "bank-costs", "s3Prefix": "focus", "s3Region": R, "s3OutputConfigurations": [{
                    "overwrite": "OVERWRITE_REPORT", "format": "PARQUET", "compression": "PARQUET",
                    "outputType": "CUSTOM"}]}]}],
            "refreshCadences": [{"frequency": "SYNCHRONOUS"}]}}, "focus", links={"export": ("bucket",)})),
        f"{AWS_DOCS}/cur/latest/userguide/what-is-data-exports.html", _kept("bucket")),
    Idiom("backups are held against controls, and the report is kept", (
        aws("backup/Framework", {"name": "bank", "tags": TAGS, "controls": [
            {"name": "BACKUP_RECOVERY_POINT_ENCRYPTED"},
            {"name": "BACKUP_PLAN_MIN_FREQUENCY_AND_MIN_RETENTION_CHECK", "inputParameters": [
                {"name": "requiredFrequencyUnit", "value": "days"}, {"name": "requiredFrequencyValue", "value": "1"},
                {"name": "requiredRetentionDays", "value": "35"}]}]}, "framework"),
        aws("backup/ReportPlan", {"name": "bank", "tags": TAGS, "reportDeliveryChannel": {
            "s3BucketName": "bank-audit", "formats": ["CSV"]}, "reportSetting": {
                "reportTemplate": "BACKUP_JOB_REPORT"}}, "report")),
        f"{AWS_DOCS}/aws-backup/latest/devguide/aws-backup-audit-manager.html", _known("bank-audit")),
    Idiom("a little more of a quota for GPUs", (aws("servicequotas/ServiceQuota", {
        "serviceCode": "ec2", "quotaCode": "L-3819A6DF", "value": 64}, "spot-g"),),
        f"{AWS_DOCS}/servicequotas/latest/userguide/request-quota-increase.html"),
    Idiom("rules of groups refer to groups, and to a list of the network's endpoints", (
        aws("ec2/SecurityGroup", {"vpcId": "vpc-1", "name": "vllm", "description": "Servers of models", "tags": TAGS},
            "vllm"),
        aws("vpc/SecurityGroupIngressRule", {
            "securityGroupId": UNKNOWN, "referencedSecurityGroupId": "sg-gateway", "ipProtocol": "tcp",
            "fromPort": 8000, "toPort": 8000, "description": "From the gateway", "tags": TAGS}, "in",
            links={"securityGroupId": ("vllm",)}),
        aws("vpc/SecurityGroupEgressRule", {
            "securityGroupId": UNKNOWN, "prefixListId": "pl-0123456789abcdef0", "ipProtocol": "tcp", "fromPort": 443,
            "toPort": 443, "description": "To the gateway endpoint of S3", "tags": TAGS}, "out",
            links={"securityGroupId": ("vllm",)})),
        f"{MODULES}/terraform-aws-security-group"),
    Idiom("a team edits its namespace, and operators view the cluster", (
        aws("eks/AccessEntry", {"clusterName": "bank", "principalArn": _role("team-a"), "type": "STANDARD",
                                "tags": TAGS}, "team"),
        aws("eks/AccessPolicyAssociation", {
            "clusterName": "bank", "principalArn": _role("team-a"), "accessScope": {
                "type": "namespace", "namespaces": ["team-a"]},
            "policyArn": "arn:aws:eks::aws:cluster-access-policy/AmazonEKSEditPolicy"}, "edit"),
        aws("eks/AccessEntry", {"clusterName": "bank", "principalArn": _role("operators"), "type": "STANDARD",
                                "tags": TAGS}, "ops"),
        aws("eks/AccessPolicyAssociation", {
            "clusterName": "bank", "principalArn": _role("operators"), "accessScope": {"type": "cluster"},
            "policyArn": "arn:aws:eks::aws:cluster-access-policy/AmazonEKSViewPolicy"}, "view")),
        f"{MODULES}/terraform-aws-eks"),
    Idiom("pods of one namespace run on Fargate", (BUDGET, aws("eks/FargateProfile", {
        "clusterName": "bank", "fargateProfileName": "batch", "podExecutionRoleArn": _role("fargate"),
        "subnetIds": SUBNETS, "selectors": [{"namespace": "batch", "labels": {"compute": "fargate"}}], "tags": TAGS},
        "fargate"),), f"{MODULES}/terraform-aws-eks", unpriced("aws:eks/fargateProfile:FargateProfile::fargate")),
    Idiom("schemas of events are compatible with the last one", (
        aws("glue/Registry", {"registryName": "orders", "tags": TAGS}, "registry"),
        aws("glue/Schema", {"schemaName": "order", "registryArn": UNKNOWN, "dataFormat": "AVRO", "compatibility":
                            "BACKWARD", "schemaDefinition": ORDER, "tags": TAGS}, "schema",
            links={"registryArn": ("registry",)})), f"{AWS_DOCS}/glue/latest/dg/schema-registry.html"),
    Idiom("sessions of chats in a table that forgets after a day", (aws("dynamodb/Table", {
        "name": "sessions", "billingMode": "PAY_PER_REQUEST", "hashKey": "id", "attributes": [
            {"name": "id", "type": "S"}], "ttl": {"enabled": True, "attributeName": "expires"}, "tags": TAGS,
        "serverSideEncryption": {"enabled": True, "kmsKeyArn": KEY}, "pointInTimeRecovery": {"enabled": True},
        "deletionProtectionEnabled": True, "onDemandThroughput": {"maxReadRequestUnits": 2000,
                                                                  "maxWriteRequestUnits": 1000}}, "sessions",
        protect=True),), f"{MODULES}/terraform-aws-dynamodb-table", _kept("sessions")),
    Idiom("a program of retrieval asks one model, one base and its own logs", (
        policy(
            statement("bedrock:InvokeModel", f"arn:aws:bedrock:{R}::foundation-model/amazon.titan-embed-text-v2:0"),
            statement(["bedrock:Retrieve"], f"arn:aws:bedrock:{R}:{ME}:knowledge-base/ABCDEFGHIJ"),
            statement(["logs:CreateLogStream", "logs:PutLogEvents"], f"arn:aws:logs:{R}:{ME}:log-group:/app/chat:*"),
            statement(["kms:Decrypt", "kms:GenerateDataKey"], KEY),
            statement("cloudwatch:PutMetricData", "*", {"StringEquals": {"cloudwatch:namespace": "Bank"}})),
        aws("iam/Role", {"tags": TAGS, "permissionsBoundary": f"arn:aws:iam::{ME}:policy/boundary",
                         "assumeRolePolicy": document({
                             "Effect": "Allow", "Principal": {"Service": "pods.eks.amazonaws.com"},
                             "Action": ["sts:AssumeRole", "sts:TagSession"], "Condition": {"StringEquals": {
                                 "aws:RequestTag/eks-cluster-name": "bank",
                                 "aws:RequestTag/kubernetes-namespace": "team-a"}}})}, "role")),
        f"{AWS_DOCS}/eks/latest/userguide/pod-id-abac.html"),
)  # fmt: skip
