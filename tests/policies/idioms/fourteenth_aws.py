"""Good idioms of platform teams on AWS: clusters, models, networks, images and people (set 14, blind)."""

import json

from ..blind import KEY, ME, TAGS, aws, document, statement
from ..harness import UNKNOWN
from . import Idiom, unpriced
from .fourth import AWS_DOCS, R
from .fourth_kubernetes import BUDGET
from .ninth_aws import GROUPS, SUBNETS, arn, role_arn
from .thirteenth_aws import DIGEST, ECR, NETWORK, OURS, ROOT, scaled
from .twelfth_aws_platform import logs, rights, trusted

TRAINING = json.dumps({
    "Version": "2020-12-01", "Parameters": [{"Name": "Epochs", "Type": "Integer", "DefaultValue": 3}],
    "Steps": [{"Name": "Train", "Type": "Training", "Arguments": {
        "RoleArn": role_arn("training"), "EnableNetworkIsolation": True, "EnableManagedSpotTraining": False,
        "EnableInterContainerTrafficEncryption": True,
        "AlgorithmSpecification": {"TrainingImage": f"{ECR}/train{DIGEST}", "TrainingInputMode": "File"},
        "VpcConfig": {"Subnets": SUBNETS, "SecurityGroupIds": GROUPS},
        "InputDataConfig": [{"ChannelName": "train", "DataSource": {"S3DataSource": {
            "S3DataType": "S3Prefix", "S3Uri": "s3://bank-datasets/train/", "S3DataDistributionType":
            "FullyReplicated"}}}],
        "OutputDataConfig": {"S3OutputPath": "s3://bank-models/train/", "KmsKeyId": KEY},
        "ResourceConfig": {"InstanceType": "ml.g5.2xlarge", "InstanceCount": 1, "VolumeSizeInGB": 100,
                           "VolumeKmsKeyId": KEY},
        "StoppingCondition": {"MaxRuntimeInSeconds": 14400}}}]})  # fmt: skip
KEEP_TEN = json.dumps({"rules": [
    {"rulePriority": 1, "description": "untagged for a week", "action": {"type": "expire"}, "selection": {
        "tagStatus": "untagged", "countType": "sinceImagePushed", "countUnit": "days", "countNumber": 7}},
    {"rulePriority": 2, "description": "thirty releases", "action": {"type": "expire"}, "selection": {
        "tagStatus": "tagged", "tagPrefixList": ["v"], "countType": "imageCountMoreThan",
            "countNumber": 30}}]})  # fmt: skip

IDIOMS: tuple[Idiom, ...] = (
    Idiom("a private cluster of EKS takes people by entries, seals its secrets and keeps all of its logs", (
        BUDGET, logs("/aws/eks/models/cluster"),
        aws("eks/Cluster", {
            "name": "models", "version": "1.34", "roleArn": role_arn("eks-models"), "tags": TAGS,
                "enabledClusterLogTypes":
            ["api", "audit", "authenticator", "controllerManager", "scheduler"], "deletionProtection": True,
            "bootstrapSelfManagedAddons": False, "vpcConfig": {
                "subnetIds": SUBNETS, "securityGroupIds": GROUPS, "endpointPrivateAccess": True,
                "endpointPublicAccess": False},
            "accessConfig": {"authenticationMode": "API", "bootstrapClusterCreatorAdminPermissions": False},
            "encryptionConfig": {"resources": ["secrets"], "provider": {"keyArn": KEY}},
            "kubernetesNetworkConfig": {"ipFamily": "ipv4", "serviceIpv4Cidr": "172.20.0.0/16"},
            "upgradePolicy": {"supportType": "STANDARD"}, "zonalShiftConfig": {"enabled": True}}, "cluster",
            protect=True),
        aws("eks/AccessEntry", {"clusterName": "models", "principalArn": role_arn("scientists"), "type": "STANDARD",
                                "tags": TAGS}, "scientists", links={"clusterName": ("cluster",)}),
        aws("eks/AccessPolicyAssociation", {
            "clusterName": "models", "principalArn": role_arn("scientists"), "accessScope": {
                "type": "namespace", "namespaces": ["research"]},
            "policyArn": "arn:aws:eks::aws:cluster-access-policy/AmazonEKSViewPolicy"}, "view",
            links={"clusterName": ("cluster",)}),
        aws("eks/NodeGroup", {
            "clusterName": "models", "nodeGroupName": "system", "nodeRoleArn": role_arn("eks-nodes"),
                "subnetIds": SUBNETS,
            "amiType": "BOTTLEROCKET_x86_64", "instanceTypes": ["m6i.xlarge"], "capacityType": "ON_DEMAND",
                "tags": TAGS,
            "scalingConfig": {"minSize": 3, "maxSize": 5, "desiredSize": 3}, "updateConfig": {"maxUnavailable": 1},
            "nodeRepairConfig": {"enabled": True}, "launchTemplate": {"id": UNKNOWN, "version": "1"}}, "system",
            links={"clusterName": ("cluster",), "launchTemplate": ("nodes",)}),
        aws("ec2/LaunchTemplate", {
            "name": "eks-system", "tags": TAGS, "updateDefaultVersion": True, "metadataOptions": {
                "httpTokens": "required", "httpEndpoint": "enabled", "httpPutResponseHopLimit": 1},
            "blockDeviceMappings": [{"deviceName": "/dev/xvdb", "ebs": {
                "encrypted": "true", "kmsKeyId": KEY, "volumeType": "gp3", "volumeSize": 100,
                "deleteOnTermination": "true"}}],
            "tagSpecifications": [{"resourceType": kind, "tags": TAGS} for kind in ("instance", "volume")]}, "nodes"),
        aws("eks/PodIdentityAssociation", {
            "clusterName": "models", "namespace": "research", "serviceAccount": "trainer", "tags": TAGS, "roleArn":
            role_arn("trainer")}, "trainer", links={"clusterName": ("cluster",)})),
        f"{AWS_DOCS}/eks/latest/best-practices/cluster-access-management.html", unpriced(
            "aws:eks/cluster:Cluster::cluster", "aws:eks/nodeGroup:NodeGroup::system")),
    Idiom("a training is a pipeline of SageMaker in the network, and its models wait for an approval", (
        BUDGET,
        aws("sagemaker/ModelPackageGroup", {
            "modelPackageGroupName": "claims", "modelPackageGroupDescription": "Models of claims", "tags": TAGS},
                "group"),
        aws("sagemaker/ModelPackageGroupPolicy", {
            "modelPackageGroupName": "claims", "resourcePolicy": document({
                "Sid": "Read", "Effect": "Allow", "Principal": {"AWS": role_arn("deployer")},
                "Action": ["sagemaker:DescribeModelPackageGroup"],
                "Resource": arn("sagemaker", "model-package-group/claims")})}, "readers",
            links={"modelPackageGroupName": ("group",)}),
        aws("sagemaker/Pipeline", {
            "pipelineName": "claims", "pipelineDisplayName": "claims", "pipelineDescription": "Trains claims",
            "roleArn": role_arn("pipelines"), "pipelineDefinition": TRAINING, "tags": TAGS,
            "parallelismConfiguration": {"maxParallelExecutionSteps": 1}}, "pipeline")),
        f"{AWS_DOCS}/sagemaker/latest/dg/train-vpc.html", {**OURS, **unpriced(
            "aws:sagemaker/pipeline:Pipeline::pipeline")}),
    Idiom("a chat is guarded by Bedrock, and its role calls no model without that guard", (
        BUDGET, trusted("lambda.amazonaws.com", "chat"),
        aws("bedrock/Guardrail", {
            "name": "chat", "description": "Chat of customers", "kmsKeyArn": KEY, "tags": TAGS,
            "blockedInputMessaging": "We cannot answer this.", "blockedOutputsMessaging": "We cannot answer this.",
            "contentPolicyConfig": {"filtersConfigs": [
                {"type": kind, "inputStrength": "HIGH", "outputStrength": "HIGH"} for kind in (
                    "HATE", "INSULTS", "SEXUAL", "VIOLENCE", "MISCONDUCT")] + [
                        {"type": "PROMPT_ATTACK", "inputStrength": "HIGH", "outputStrength": "NONE"}]},
            "sensitiveInformationPolicyConfig": {
                "piiEntitiesConfigs": [{"type": kind, "action": "ANONYMIZE"} for kind in (
                    "EMAIL", "PHONE", "NAME", "INTERNATIONAL_BANK_ACCOUNT_NUMBER")],
                "regexesConfigs": [{"name": "emirates-id", "pattern": "784-\\d{4}-\\d{7}-\\d", "action": "BLOCK",
                                    "description": "Emirates ID"}]},
            "contextualGroundingPolicyConfig": {"filtersConfigs": [
                {"type": "GROUNDING", "threshold": 0.8}, {"type": "RELEVANCE", "threshold": 0.7}]},
            "topicPolicyConfig": {"topicsConfigs": [{
                "name": "advice", "type": "DENY", "definition": "Advice on investments", "examples": [
                    "Which shares shall I buy?"]}]}}, "guard"),
        aws("bedrock/GuardrailVersion", {"guardrailArn": UNKNOWN, "description": "First", "skipDestroy": True},
            "version",
            links={"guardrailArn": ("guard",)}),
        rights("chat",
               statement(["bedrock:InvokeModel", "bedrock:InvokeModelWithResponseStream"],
                         f"arn:aws:bedrock:{R}::foundation-model/amazon.nova-lite-v1:0", {"StringEquals": {
                             "bedrock:GuardrailIdentifier": arn("bedrock", "guardrail/abcdef123456:1")}}),
               statement("bedrock:ApplyGuardrail", arn("bedrock", "guardrail/abcdef123456")))),
        f"{AWS_DOCS}/bedrock/latest/userguide/guardrails-permissions-id.html", unpriced(
            "aws:bedrock/guardrail:Guardrail::guard")),
    Idiom("a network of three private zones records its flows and reaches services by endpoints", (
        BUDGET, logs("/vpc/models"), trusted("vpc-flow-logs.amazonaws.com", "flows"),
        rights("flows", statement(["logs:CreateLogStream", "logs:PutLogEvents", "logs:DescribeLogStreams"],
                                  arn("logs", "log-group:/vpc/models:*"))),
        aws("ec2/Vpc", {"cidrBlock": "10.30.0.0/16", "enableDnsHostnames": True, "enableDnsSupport": True,
            "tags": TAGS},
            "vpc"),
        aws("ec2/DefaultSecurityGroup", {"vpcId": UNKNOWN, "tags": TAGS}, "nothing", links={"vpcId": ("vpc",)}),
        *(aws("ec2/Subnet", {
            "vpcId": UNKNOWN, "cidrBlock": f"10.30.{16 * n}.0/20", "availabilityZone": f"{R}{zone}", "tags": TAGS,
            "mapPublicIpOnLaunch": False, "privateDnsHostnameTypeOnLaunch": "ip-name"}, f"private-{zone}",
            links={"vpcId": ("vpc",)}) for n, zone in enumerate("abc")),
        aws("ec2/FlowLog", {
            "vpcId": UNKNOWN, "trafficType": "ALL", "logDestinationType": "cloud-watch-logs", "logDestination": UNKNOWN,
            "iamRoleArn": UNKNOWN, "maxAggregationInterval": 60, "tags": TAGS}, "flow",
            links={"vpcId": ("vpc",), "logDestination": ("logs",), "iamRoleArn": ("flows",)}),
        *(aws("ec2/VpcEndpoint", {
            "vpcId": UNKNOWN, "serviceName": f"com.amazonaws.{R}.{name}", "vpcEndpointType": "Interface", "tags": TAGS,
            "subnetIds": SUBNETS[:2], "securityGroupIds": GROUPS, "privateDnsEnabled": True, "policy": document({
                "Effect": "Allow", "Principal": "*", "Action": f"{rights_of}:*", "Resource": "*",
                "Condition": {"StringEquals": {"aws:PrincipalAccount": ME, "aws:ResourceAccount": ME}}})}, name,
            links={"vpcId": ("vpc",)}) for name, rights_of in (("secretsmanager", "secretsmanager"), ("kms", "kms")))),
        f"{AWS_DOCS}/vpc/latest/userguide/vpc-security-best-practices.html"),
    Idiom("images of models cannot be overwritten, are scanned always, and are pulled by the cluster's account", (
        BUDGET,
        aws("ecr/Repository", {
            "name": "models/serve", "imageTagMutability": "IMMUTABLE", "forceDelete": False, "tags": TAGS,
            "imageScanningConfiguration": {"scanOnPush": True},
            "encryptionConfigurations": [{"encryptionType": "KMS", "kmsKey": KEY}]}, "images", protect=True),
        aws("ecr/LifecyclePolicy", {"repository": "models/serve", "policy": KEEP_TEN}, "keep",
            links={"repository": ("images",)}),
        aws("ecr/RepositoryPolicy", {"repository": "models/serve", "policy": document({
            "Sid": "Pull", "Effect": "Allow", "Principal": {"AWS": role_arn("eks-nodes")}, "Action": [
                "ecr:BatchGetImage", "ecr:GetDownloadUrlForLayer", "ecr:BatchCheckLayerAvailability"]})}, "pull",
            links={"repository": ("images",)}),
        aws("ecr/RegistryScanningConfiguration", {"scanType": "ENHANCED", "rules": [{
            "scanFrequency": "CONTINUOUS_SCAN", "repositoryFilters": [{"filter": "*", "filterType": "WILDCARD"}]}]},
            "scan")),
        f"{AWS_DOCS}/AmazonECR/latest/userguide/security-best-practices.html", unpriced(
            "aws:ecr/registryScanningConfiguration:RegistryScanningConfiguration::scan")),
    Idiom("an app answers on Fargate behind an inner balancer with TLS 1.3, and is seen when it fails", (
        BUDGET, logs("/ecs/triage"),
        aws("ecs/Cluster", {
            "name": "apps", "tags": TAGS, "settings": [{"name": "containerInsights", "value": "enhanced"}],
            "configuration": {"managedStorageConfiguration": {"fargateEphemeralStorageKmsKeyId": KEY},
                              "executeCommandConfiguration": {"logging": "NONE", "kmsKeyId": KEY}}}, "apps"),
        aws("ecs/TaskDefinition", {
            "family": "triage", "requiresCompatibilities": ["FARGATE"], "networkMode": "awsvpc", "cpu": "1024",
                "memory":
            "2048", "executionRoleArn": role_arn("triage-start"), "taskRoleArn": role_arn("triage"), "tags": TAGS,
            "runtimePlatform": {"cpuArchitecture": "X86_64", "operatingSystemFamily": "LINUX"},
            "containerDefinitions": json.dumps([{
                "name": "app", "image": f"{ECR}/triage{DIGEST}", "essential": True, "user": "10001:10001", "privileged":
                False, "readonlyRootFilesystem": True, "portMappings": [{"containerPort": 8443, "protocol": "tcp"}],
                "linuxParameters": {"capabilities": {"drop": ["ALL"]}, "initProcessEnabled": True},
                "secrets": [{"name": "DATABASE_PASSWORD", "valueFrom": arn("secretsmanager",
                    "secret:triage/db-AbCdEf")}],
                "logConfiguration": {"logDriver": "awslogs", "options": {
                    "awslogs-group": "/ecs/triage", "awslogs-region": R, "awslogs-stream-prefix": "app"}}}])}, "task"),
        aws("lb/LoadBalancer", {
            "name": "triage", "internal": True, "loadBalancerType": "application", "subnets": SUBNETS, "tags": TAGS,
            "securityGroups": GROUPS, "dropInvalidHeaderFields": True, "enableDeletionProtection": True,
            "desyncMitigationMode": "strictest", "accessLogs": {"bucket": "bank-logs", "prefix": "triage", "enabled":
                                                                True}}, "balancer"),
        aws("lb/TargetGroup", {
            "name": "triage", **NETWORK, "port": 8443, "protocol": "HTTPS", "targetType": "ip",
                "deregistrationDelay": 30,
            "healthCheck": {"enabled": True, "protocol": "HTTPS", "path": "/healthz", "matcher": "200"}}, "targets"),
        aws("lb/Listener", {
            "loadBalancerArn": UNKNOWN, "port": 443, "protocol": "HTTPS", "certificateArn": arn("acm",
                "certificate/1234"),
            "sslPolicy": "ELBSecurityPolicy-TLS13-1-2-Res-2021-06", "tags": TAGS, "defaultActions": [
                {"type": "forward", "targetGroupArn": UNKNOWN}]}, "https",
            links={"loadBalancerArn": ("balancer",), "defaultActions": ("targets",)}),
        aws("ecs/Service", {
            "name": "triage", "cluster": UNKNOWN, "taskDefinition": UNKNOWN, "launchType": "FARGATE", "desiredCount": 2,
            "platformVersion": "1.4.0", "enableExecuteCommand": False, "propagateTags": "SERVICE", "tags": TAGS,
            "availabilityZoneRebalancing": "ENABLED", "networkConfiguration": {
                "subnets": SUBNETS, "securityGroups": GROUPS, "assignPublicIp": False},
            "deploymentCircuitBreaker": {"enable": True, "rollback": True}, "loadBalancers": [
                {"targetGroupArn": UNKNOWN, "containerName": "app", "containerPort": 8443}]}, "service",
            links={"cluster": ("apps",), "taskDefinition": ("task",), "loadBalancers": ("targets",)}),
        *scaled("ecs", "ecs:service:DesiredCount", "service/apps/triage", 2, 4, "ECSServiceAverageCPUUtilization", 60,
                ("service",))),
        f"{AWS_DOCS}/AmazonECS/latest/developerguide/security-tasks-containers.html", {
            "escape": {**OURS["escape"], "allowed_switches": {
                "aws:ecs/cluster:Cluster:configuration.executeCommandConfiguration.logging":
                    "no service of this cluster allows commands in its containers"}},
            "residency": {"known": {"bank-logs": "our own bucket, in me-central-1",
                "bank.ae": "our own domain"}},
            **unpriced("aws:ecs/service:Service::service", "aws:lb/loadBalancer:LoadBalancer::balancer")}),
    Idiom("programs sign in to the gateway of models with scopes, and people with a second factor", (
        BUDGET,
        aws("cognito/UserPool", {
            "name": "models", "deletionProtection": "ACTIVE", "mfaConfiguration": "ON", "userPoolTier": "PLUS",
            "softwareTokenMfaConfiguration": {"enabled": True}, "tags": TAGS, "usernameAttributes": ["email"],
            "autoVerifiedAttributes": ["email"], "adminCreateUserConfig": {"allowAdminCreateUserOnly": True},
            "passwordPolicy": {"minimumLength": 14, "requireLowercase": True, "requireNumbers": True, "requireSymbols":
                               True, "requireUppercase": True, "temporaryPasswordValidityDays": 1},
            "accountRecoverySetting": {"recoveryMechanisms": [{"name": "admin_only", "priority": 1}]},
            "userPoolAddOns": {"advancedSecurityMode": "ENFORCED"}}, "pool", protect=True),
        aws("cognito/ResourceServer", {
            "userPoolId": UNKNOWN, "identifier": "models", "name": "models", "scopes": [
                {"scopeName": "ask", "scopeDescription": "Ask a model"}]}, "scopes", links={"userPoolId": ("pool",)}),
        aws("cognito/UserPoolClient", {
            "userPoolId": UNKNOWN, "name": "triage", "generateSecret": True, "allowedOauthFlowsUserPoolClient": True,
            "allowedOauthFlows": ["client_credentials"], "allowedOauthScopes": ["models/ask"], "enableTokenRevocation":
            True, "preventUserExistenceErrors": "ENABLED", "accessTokenValidity": 15, "tokenValidityUnits": {
                "accessToken": "minutes"}, "explicitAuthFlows": ["ALLOW_REFRESH_TOKEN_AUTH"]}, "triage",
            links={"userPoolId": ("pool",), "allowedOauthScopes": ("scopes",)})),
        f"{AWS_DOCS}/cognito/latest/developerguide/security-best-practices.html", unpriced(
            "aws:cognito/userPool:UserPool::pool")),
    Idiom("a key of the cluster's volumes is used by machines of the account through EC2 alone", (
        BUDGET,
        aws("kms/Key", {
            "description": "Volumes of machines", "enableKeyRotation": True, "rotationPeriodInDays": 180, "tags": TAGS,
            "deletionWindowInDays": 30, "policy": document(
                {"Sid": "Account", "Effect": "Allow", "Principal": {"AWS": ROOT}, "Action": "kms:*", "Resource": "*"},
                {"Sid": "Scaling", "Effect": "Allow", "Principal": {"AWS": f"arn:aws:iam::{ME}:role/aws-service-role/"
                 "autoscaling.amazonaws.com/AWSServiceRoleForAutoScaling"}, "Resource": "*", "Action": [
                     "kms:Encrypt", "kms:Decrypt", "kms:ReEncrypt*", "kms:GenerateDataKey*", "kms:DescribeKey"]},
                {"Sid": "Grants", "Effect": "Allow", "Principal": {"AWS": f"arn:aws:iam::{ME}:role/aws-service-role/"
                 "autoscaling.amazonaws.com/AWSServiceRoleForAutoScaling"}, "Resource": "*", "Action":
                 "kms:CreateGrant", "Condition": {"Bool": {"kms:GrantIsForAWSResource": "true"}}})}, "volumes",
            protect=True),
        aws("kms/Alias", {"name": "alias/volumes", "targetKeyId": UNKNOWN}, "alias",
            links={"targetKeyId": ("volumes",)}),
        aws("ebs/EncryptionByDefault", {"enabled": True}, "always"),
        aws("ebs/DefaultKmsKey", {"keyArn": UNKNOWN}, "default", links={"keyArn": ("volumes",)}),
        aws("ebs/SnapshotBlockPublicAccess", {"state": "block-all-sharing"}, "unshared")),
        f"{AWS_DOCS}/autoscaling/ec2/userguide/key-policy-requirements-EBS-encryption.html"),
)  # fmt: skip
