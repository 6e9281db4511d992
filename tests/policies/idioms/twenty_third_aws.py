"""Good idioms of platform teams on AWS: trainings, answers of models, notebooks and their flows (set 23, blind)."""

import base64
import json

from ..blind import KEY, ME, TAGS, aws, document, statement
from ..harness import UNKNOWN, Given
from . import Idiom, unpriced
from .fourth import AWS_DOCS, R
from .fourth_kubernetes import BUDGET
from .ninth_aws import GROUPS, SUBNETS, arn, kept, role_arn
from .seventeenth_aws import CERTIFICATE
from .thirteenth_aws import DIGEST, ECR, OURS
from .twelfth_aws_platform import VPC, rights, trusted
from .twentieth_goodb_charts import merged
from .twenty_first_xaws import alarm
from .twenty_second_xaws import attached, group

BY_POD = {"Effect": "Allow", "Principal": {"Service": "pods.eks.amazonaws.com"}, "Action": [
    "sts:AssumeRole", "sts:TagSession"], "Condition": {"StringEquals": {"aws:SourceAccount": ME}}}  # fmt: skip


def store(name: str, key: str = "bucket", **lifecycle: object) -> tuple[Given, ...]:
    """Returns a bucket under the bank's key with versions, rules of age and a policy that asks for TLS."""
    at, links = {"bucket": name}, {"bucket": (key,)}
    flags = ("blockPublicAcls", "blockPublicPolicy", "ignorePublicAcls", "restrictPublicBuckets")
    return (
        aws("s3/Bucket", {**at, "tags": TAGS}, key, protect=True),
        aws("s3/BucketPublicAccessBlock", {**at, **dict.fromkeys(flags, True)}, f"{key}-access", links=links),
        aws("s3/BucketOwnershipControls", {**at, "rule": {"objectOwnership": "BucketOwnerEnforced"}}, f"{key}-owner",
            links=links),
        aws("s3/BucketVersioning", {**at, "versioningConfiguration": {"status": "Enabled"}}, f"{key}-versions",
            links=links),
        aws("s3/BucketServerSideEncryptionConfiguration", {**at, "rules": [{"bucketKeyEnabled": True,
            "applyServerSideEncryptionByDefault": {"sseAlgorithm": "aws:kms", "kmsMasterKeyId": KEY}}]}, f"{key}-key",
            links=links),
        aws("s3/BucketLifecycleConfiguration", {**at, "rules": [{
            "id": "age", "status": "Enabled", "filter": {"prefix": ""}, "noncurrentVersionExpiration": {
                "noncurrentDays": 90}, "abortIncompleteMultipartUpload": {"daysAfterInitiation": 7}, **lifecycle}]},
            f"{key}-age", links=links),
        aws("s3/BucketPolicy", {**at, "policy": document({
            "Sid": "TLS", "Effect": "Deny", "Principal": "*", "Action": "s3:*", "Resource": [
                f"arn:aws:s3:::{name}", f"arn:aws:s3:::{name}/*"], "Condition": {"Bool": {
                    "aws:SecureTransport": "false"}}})}, f"{key}-policy", links=links),
    )  # fmt: skip


def by_pod(name: str, cluster: str, namespace: str, account: str, *statements: dict[str, object]) -> tuple[Given, ...]:
    """Returns a role that the pods of one service account take, with its rights."""
    return (
        aws("iam/Role", {"name": name, "tags": TAGS, "assumeRolePolicy": document(BY_POD)}, name),
        rights(name, *statements),
        aws("eks/PodIdentityAssociation", {"clusterName": cluster, "namespace": namespace, "serviceAccount": account,
                                           "roleArn": UNKNOWN, "tags": TAGS}, f"{name}-pods", links={
                                               "roleArn": (name,)}),
    )  # fmt: skip


IDIOMS: tuple[Idiom, ...] = (
    Idiom("nodes with four GPUs train on spot capacity side by side and read their data from a file system of Lustre", (
        BUDGET, trusted("ec2.amazonaws.com", "training-node"), *attached("training-node", "AmazonEKSWorkerNodePolicy",
            "AmazonEKS_CNI_Policy", "AmazonEC2ContainerRegistryReadOnly"),
        aws("ec2/PlacementGroup", {"name": "training", "strategy": "cluster", "tags": TAGS}, "placement"),
        aws("ec2/SecurityGroup", {"name": "training", "description": "Nodes of trainings", "vpcId": VPC, "tags": TAGS,
            "ingress": [{"protocol": "-1", "fromPort": 0, "toPort": 0, "self": True, "description": "Peers"}],
            "egress": [{"protocol": "-1", "fromPort": 0, "toPort": 0, "self": True, "description": "Peers"},
                       {"protocol": "tcp", "fromPort": 443, "toPort": 443, "cidrBlocks": ["10.64.0.0/16"],
                        "description": "Endpoints of the network"}]}, "group"),
        aws("ec2/LaunchTemplate", {
            "name": "training", "updateDefaultVersion": True, "tags": TAGS, "placement": {"groupName": "training"},
            "metadataOptions": {"httpEndpoint": "enabled", "httpTokens": "required", "httpPutResponseHopLimit": 1},
            "networkInterfaces": [{"deviceIndex": 0, "networkCardIndex": 0, "interfaceType": "efa", "securityGroups": [
                UNKNOWN], "associatePublicIpAddress": "false", "deleteOnTermination": "true"}],
            "blockDeviceMappings": [{"deviceName": "/dev/xvda", "ebs": {
                "encrypted": "true", "kmsKeyId": KEY, "volumeSize": 500, "volumeType": "gp3", "throughput": 500,
                "iops": 6000, "deleteOnTermination": "true"}}], "tagSpecifications": [
                    {"resourceType": kind, "tags": TAGS} for kind in ("instance", "volume", "network-interface")]},
            "template", links={"networkInterfaces": ("group",), "placement": ("placement",)}),
        aws("eks/NodeGroup", {
            "clusterName": "models", "nodeGroupName": "training", "nodeRoleArn": UNKNOWN, "subnetIds": SUBNETS[:1],
            "amiType": "AL2023_x86_64_NVIDIA", "capacityType": "SPOT", "instanceTypes": ["g6e.12xlarge"],
            "scalingConfig": {"minSize": 0, "maxSize": 8, "desiredSize": 0}, "updateConfig": {"maxUnavailable": 1},
            "labels": {**TAGS, "falaj/profile": "training", "vpc.amazonaws.com/efa.present": "true"}, "taints": [
                {"key": "nvidia.com/gpu", "value": "true", "effect": "NO_SCHEDULE"}], "launchTemplate": {
                    "id": UNKNOWN, "version": "1"}, "tags": TAGS}, "nodes", links={
                        "nodeRoleArn": ("training-node",), "launchTemplate": ("template",)}),
        *store("bank-training-data", "data"), *store("bank-training-checkpoints", "checkpoints"),
        aws("fsx/LustreFileSystem", {
            "deploymentType": "PERSISTENT_2", "storageType": "SSD", "storageCapacity": 2400, "perUnitStorageThroughput":
            250, "dataCompressionType": "LZ4", "fileSystemTypeVersion": "2.15", "subnetIds": SUBNETS[0],
            "securityGroupIds": [UNKNOWN], "kmsKeyId": KEY, "automaticBackupRetentionDays": 7, "copyTagsToBackups":
            True, "dailyAutomaticBackupStartTime": "22:00", "weeklyMaintenanceStartTime": "5:22:00",
            "metadataConfiguration": {"mode": "AUTOMATIC"}, "rootSquashConfiguration": {"rootSquash": "365534:65534"},
            "logConfiguration": {"level": "WARN_ERROR", "destination": arn("logs", "log-group:/aws/fsx/training")},
            "tags": TAGS}, "files", protect=True, links={"securityGroupIds": ("group",)}),
        aws("fsx/DataRepositoryAssociation", {
            "fileSystemId": UNKNOWN, "dataRepositoryPath": "s3://bank-training-data/curated", "fileSystemPath": "/data",
            "batchImportMetaDataOnCreate": True, "importedFileChunkSize": 1024, "s3": {
                "autoImportPolicy": {"events": ["NEW", "CHANGED", "DELETED"]}, "autoExportPolicy": {"events": [
                    "NEW", "CHANGED"]}}, "tags": TAGS}, "link", links={"fileSystemId": ("files",)}),
        aws("cloudwatch/LogGroup", {"name": "/aws/fsx/training", "retentionInDays": 90, "kmsKeyId": KEY, "tags": TAGS},
            "logs"),
        alarm("training-files-full", "AWS/FSx", "StorageCapacityUtilization", 85.0, FileSystemId="fs-0123456789")),
        f"{AWS_DOCS}/eks/latest/userguide/node-efa.html; .../fsx/latest/LustreGuide/create-dra-linked-data-repo.html, "
        "as known", merged(merged(OURS, kept("data", "files", "checkpoints")), unpriced(
            "aws:eks/nodeGroup:NodeGroup::nodes"))),
    Idiom("a flow of SageMaker checks data, trains, evaluates and registers a model, which a lead must approve", (
        *store("bank-model-builds", "builds", expiration={"days": 400}), trusted("sagemaker.amazonaws.com", "builds"),
        rights("builds", statement(["s3:GetObject", "s3:PutObject"], "arn:aws:s3:::bank-model-builds/*"),
               statement("s3:ListBucket", "arn:aws:s3:::bank-model-builds"),
               statement(["kms:Decrypt", "kms:GenerateDataKey"], KEY),
               statement("kms:CreateGrant", KEY, {"Bool": {"kms:GrantIsForAWSResource": "true"}}),
               statement(["sagemaker:CreateProcessingJob", "sagemaker:DescribeProcessingJob",
                          "sagemaker:StopProcessingJob"], arn("sagemaker", "processing-job/credit-*"),
                         {"StringEquals": {"sagemaker:VpcSubnets": SUBNETS}}),
               statement(["sagemaker:CreateModelPackage", "sagemaker:DescribeModelPackage"], [
                   arn("sagemaker", "model-package-group/credit"), arn("sagemaker", "model-package/credit/*")]),
               statement(["ecr:BatchGetImage", "ecr:GetDownloadUrlForLayer"], arn("ecr", "repository/models/credit")),
               statement("ecr:GetAuthorizationToken"),
               statement(["logs:CreateLogStream", "logs:PutLogEvents"], arn(
                   "logs", "log-group:/aws/sagemaker/ProcessingJobs:*"))),
        aws("sagemaker/ModelPackageGroup", {"modelPackageGroupName": "credit", "modelPackageGroupDescription":
                                            "Versions of the score of credits", "tags": TAGS}, "versions"),
        aws("sagemaker/Pipeline", {
            "pipelineName": "credit", "pipelineDisplayName": "credit", "pipelineDescription": "Builds the score",
            "roleArn": UNKNOWN, "parallelismConfiguration": {"maxParallelExecutionSteps": 4}, "tags": TAGS,
            "pipelineDefinition": json.dumps({"Version": "2020-12-01", "Parameters": [
                {"Name": "Month", "Type": "String", "DefaultValue": "2026-11"}], "Steps": [{
                    "Name": "Check", "Type": "Processing", "Arguments": {
                        "RoleArn": role_arn("builds"), "AppSpecification": {"ImageUri": f"{ECR}/models/credit{DIGEST}"},
                        "ProcessingResources": {"ClusterConfig": {
                            "InstanceCount": 1, "InstanceType": "ml.m6i.xlarge", "VolumeSizeInGB": 50, "VolumeKmsKeyId":
                            KEY}}, "StoppingCondition": {"MaxRuntimeInSeconds": 3600}, "NetworkConfig": {
                                "EnableNetworkIsolation": True, "EnableInterContainerTrafficEncryption": True,
                                "VpcConfig": {"SecurityGroupIds": GROUPS, "Subnets": SUBNETS}},
                        "ProcessingInputs": [{"InputName": "raw", "S3Input": {
                            "S3Uri": "s3://bank-model-builds/raw", "LocalPath": "/opt/ml/processing/input",
                            "S3DataType": "S3Prefix", "S3InputMode": "File"}}],
                        "ProcessingOutputConfig": {"KmsKeyId": KEY, "Outputs": [{"OutputName": "clean", "S3Output": {
                            "S3Uri": "s3://bank-model-builds/clean", "LocalPath": "/opt/ml/processing/output",
                            "S3UploadMode": "EndOfJob"}}]}}}]})}, "flow", links={"roleArn": ("builds",)}),
        trusted("scheduler.amazonaws.com", "credit-start"), rights("credit-start", statement(
            "sagemaker:StartPipelineExecution", arn("sagemaker", "pipeline/credit"))),
        aws("scheduler/ScheduleGroup", {"name": "models", "tags": TAGS}, "schedules"),
        aws("scheduler/Schedule", {
            "name": "credit", "groupName": "models", "scheduleExpression": "cron(0 2 1 * ? *)",
            "scheduleExpressionTimezone": "Asia/Dubai", "flexibleTimeWindow": {"mode": "OFF"}, "kmsKeyArn": KEY,
            "target": {"arn": arn("sagemaker", "pipeline/credit"), "roleArn": UNKNOWN, "retryPolicy": {
                "maximumRetryAttempts": 2, "maximumEventAgeInSeconds": 3600}, "deadLetterConfig": {"arn": arn(
                    "sqs", "schedules-dead")}}}, "monthly", links={"target": ("credit-start",)})),
        f"{AWS_DOCS}/sagemaker/latest/dg/pipelines-overview.html; .../scheduler/latest/UserGuide/managing-schedule.html"
        ", as known", merged(OURS, kept("builds"))),
    Idiom("documents are read by a model that answers later, tells a topic, and has no machine when nothing waits", (
        BUDGET, aws("sns/Topic", {"name": "letters-read", "kmsMasterKeyId": KEY, "tags": TAGS}, "done"),
        aws("sns/Topic", {"name": "letters-failed", "kmsMasterKeyId": KEY, "tags": TAGS}, "failed"),
        aws("sagemaker/Model", {
            "name": "letters", "executionRoleArn": role_arn("letters"), "enableNetworkIsolation": True, "vpcConfig": {
                "subnets": SUBNETS, "securityGroupIds": GROUPS}, "primaryContainer": {
                    "image": f"{ECR}/models/letters{DIGEST}", "mode": "SingleModel", "modelDataSource": {
                        "s3DataSources": [{"s3Uri": "s3://bank-models/letters/v7/", "s3DataType": "S3Prefix",
                                           "compressionType": "None"}]}, "environment": {"WORKERS": "1"}},
            "tags": TAGS}, "model"),
        aws("sagemaker/EndpointConfiguration", {
            "name": "letters-7", "kmsKeyArn": KEY, "productionVariants": [{
                "variantName": "all", "modelName": UNKNOWN, "instanceType": "ml.g5.2xlarge", "initialInstanceCount": 1,
                "containerStartupHealthCheckTimeoutInSeconds": 600, "modelDataDownloadTimeoutInSeconds": 1200}],
            "asyncInferenceConfig": {"clientConfig": {"maxConcurrentInvocationsPerInstance": 4}, "outputConfig": {
                "s3OutputPath": "s3://bank-models/letters-out/", "s3FailurePath": "s3://bank-models/letters-failed/",
                "kmsKeyId": KEY, "notificationConfig": {"successTopic": UNKNOWN, "errorTopic": UNKNOWN}}},
            "tags": TAGS}, "config", links={"productionVariants": ("model",), "asyncInferenceConfig": (
                "done", "failed")}),
        aws("sagemaker/Endpoint", {"name": "letters", "endpointConfigName": UNKNOWN, "tags": TAGS}, "endpoint", links={
            "endpointConfigName": ("config",)}),
        aws("appautoscaling/Target", {
            "serviceNamespace": "sagemaker", "scalableDimension": "sagemaker:variant:DesiredInstanceCount",
            "resourceId": "endpoint/letters/variant/all", "minCapacity": 0, "maxCapacity": 4, "tags": TAGS}, "range",
            links={"resourceId": ("endpoint",)}),
        aws("appautoscaling/Policy", {
            "name": "backlog", "policyType": "TargetTrackingScaling", "serviceNamespace": "sagemaker",
            "scalableDimension": "sagemaker:variant:DesiredInstanceCount", "resourceId": "endpoint/letters/variant/all",
            "targetTrackingScalingPolicyConfiguration": {"targetValue": 5, "scaleInCooldown": 600, "scaleOutCooldown":
                60, "customizedMetricSpecification": {
                    "metricName": "ApproximateBacklogSizePerInstance", "namespace": "AWS/SageMaker", "statistic":
                    "Average", "dimensions": [{"name": "EndpointName", "value": "letters"}]}}}, "backlog", links={
                        "resourceId": ("range",)}),
        alarm("letters-waiting", "AWS/SageMaker", "ApproximateAgeOfOldestRequest", 1800.0, EndpointName="letters")),
        f"{AWS_DOCS}/sagemaker/latest/dg/async-inference-autoscale.html, as known", OURS),
    Idiom("a model answers from machines with one GPU behind an inner balancer, renewed by part and grown by load", (
        BUDGET, trusted("ec2.amazonaws.com", "answers"), *attached("answers", "AmazonSSMManagedInstanceCore",
                                                                   "CloudWatchAgentServerPolicy"),
        rights("answers", statement("s3:GetObject", "arn:aws:s3:::bank-models/answers/*"), statement(
            "kms:Decrypt", KEY, {"StringEquals": {"kms:ViaService": f"s3.{R}.amazonaws.com"}})),
        aws("iam/InstanceProfile", {"name": "answers", "role": UNKNOWN, "tags": TAGS}, "profile", links={
            "role": ("answers",)}), group("answers", ("10.64.0.0/16", 8443, "Balancer and its checks")),
        aws("lb/LoadBalancer", {
            "name": "answers", "internal": True, "loadBalancerType": "network", "subnets": SUBNETS, "securityGroups": [
                UNKNOWN], "enableDeletionProtection": True, "enableCrossZoneLoadBalancing": True,
            "dnsRecordClientRoutingPolicy": "availability_zone_affinity", "accessLogs": {
                "bucket": "bank-balancers", "prefix": "answers", "enabled": True}, "tags": TAGS}, "balancer", links={
                    "securityGroups": ("sg-answers",)}),
        aws("lb/TargetGroup", {
            "name": "answers", "port": 8443, "protocol": "TLS", "targetType": "instance", "vpcId": VPC,
            "deregistrationDelay": 120, "connectionTermination": False, "healthCheck": {
                "protocol": "HTTPS", "path": "/health", "port": "8443", "interval": 15, "healthyThreshold": 2},
            "tags": TAGS}, "targets"),
        aws("lb/Listener", {"loadBalancerArn": UNKNOWN, "port": 443, "protocol": "TLS", "certificateArn": CERTIFICATE,
                            "sslPolicy": "ELBSecurityPolicy-TLS13-1-2-2021-06", "alpnPolicy": "HTTP2Preferred",
                            "defaultActions": [{"type": "forward", "targetGroupArn": UNKNOWN}], "tags": TAGS},
            "listener", links={"loadBalancerArn": ("balancer",), "defaultActions": ("targets",)}),
        aws("ec2/LaunchTemplate", {
            "name": "answers", "imageId": "ami-0123456789abcdef0", "instanceType": "g6.2xlarge", "updateDefaultVersion":
            True, "iamInstanceProfile": {"arn": UNKNOWN}, "vpcSecurityGroupIds": [UNKNOWN], "monitoring": {
                "enabled": True}, "metadataOptions": {"httpEndpoint": "enabled", "httpTokens": "required",
                                                      "httpPutResponseHopLimit": 2, "instanceMetadataTags": "enabled"},
            "blockDeviceMappings": [{"deviceName": "/dev/xvda", "ebs": {
                "encrypted": "true", "kmsKeyId": KEY, "volumeSize": 200, "volumeType": "gp3"}}], "userData":
            base64.b64encode(b"#!/bin/bash\nset -euo pipefail\naws s3 sync s3://bank-models/answers/v3 /srv/models "
                             b"--only-show-errors\nsystemctl enable --now answers.service\n").decode(),
            "tagSpecifications": [{"resourceType": kind, "tags": {**TAGS, "Name": "answers"}} for kind in (
                "instance", "volume")], "tags": TAGS}, "template", links={
                    "iamInstanceProfile": ("profile",), "vpcSecurityGroupIds": ("sg-answers",)}),
        aws("autoscaling/Group", {
            "name": "answers", "minSize": 2, "maxSize": 6, "vpcZoneIdentifiers": SUBNETS, "targetGroupArns": [UNKNOWN],
            "healthCheckType": "ELB", "healthCheckGracePeriod": 600, "defaultInstanceWarmup": 300, "launchTemplate": {
                "id": UNKNOWN, "version": "$Latest"}, "maxInstanceLifetime": 2592000, "instanceRefresh": {
                    "strategy": "Rolling", "preferences": {"minHealthyPercentage": 100, "maxHealthyPercentage": 150,
                        "autoRollback": True}}, "instanceMaintenancePolicy": {
                            "minHealthyPercentage": 100, "maxHealthyPercentage": 150}, "enabledMetrics": [
                        "GroupInServiceInstances", "GroupDesiredCapacity"], "terminationPolicies": ["OldestInstance"],
            "tags": [{"key": key, "value": value, "propagateAtLaunch": True} for key, value in TAGS.items()]}, "group",
            links={"targetGroupArns": ("targets",), "launchTemplate": ("template",)}),
        aws("autoscaling/Policy", {
            "name": "load", "autoscalingGroupName": UNKNOWN, "policyType": "TargetTrackingScaling",
            "estimatedInstanceWarmup": 300, "targetTrackingConfiguration": {"targetValue": 60.0,
                "predefinedMetricSpecification": {"predefinedMetricType": "ASGAverageCPUUtilization"}}}, "load",
            links={"autoscalingGroupName": ("group",)}),
        alarm("answers-unhealthy", "AWS/NetworkELB", "UnHealthyHostCount", 0.0, LoadBalancer="net/answers/0123")),
        f"{AWS_DOCS}/autoscaling/ec2/userguide/instance-refresh-overview.html; "
        ".../elasticloadbalancing/latest/network, as known", merged(OURS, {"residency": {"known": {
            "bank-balancers": "the bank's bucket of records, in me-central-1"}}})),
)  # fmt: skip
