"""Good idioms of platform teams on AWS: clusters, machines, functions, APIs and containers (set 20, blind)."""

import json

from ..blind import KEY, ME, TAGS, aws, document, statement
from ..harness import UNKNOWN
from . import Idiom
from .fourth import AWS_DOCS, R
from .fourth_kubernetes import BUDGET
from .ninth_aws import GROUPS, SUBNETS, arn, kept, role_arn
from .seventeenth_aws import CERTIFICATE
from .thirteenth_aws import DIGEST, ECR, OURS, scaled
from .twelfth_aws_platform import VPC, VPC_ENDPOINT, logs, rights, trusted

NODE_CONFIG = """MIME-Version: 1.0
Content-Type: multipart/mixed; boundary="//"

--//
Content-Type: application/node.eks.aws

---
apiVersion: node.eks.aws/v1alpha1
kind: NodeConfig
spec:
  kubelet:
    config:
      maxPods: 58
      shutdownGracePeriod: 60s
      systemReserved:
        cpu: 150m
        memory: 512Mi
    flags:
      - --node-labels=pool=general

--//--
"""
STS_PODS = document({"Effect": "Allow", "Principal": {"Service": "pods.eks.amazonaws.com"}, "Action": [
    "sts:AssumeRole", "sts:TagSession"], "Condition": {"StringEquals": {"aws:SourceAccount": ME}}})  # fmt: skip
HOOK = {"heartbeatTimeout": 300, "defaultResult": "CONTINUE", "lifecycleTransition":
        "autoscaling:EC2_INSTANCE_TERMINATING", "name": "drain"}  # fmt: skip

IDIOMS: tuple[Idiom, ...] = (
    Idiom("nodes of a group start from a template with sealed disks, and are repaired and renewed a few at a time", (
        BUDGET, trusted("ec2.amazonaws.com", "node"),
        aws("iam/RolePolicyAttachment", {"role": UNKNOWN, "policyArn":
            "arn:aws:iam::aws:policy/AmazonEKSWorkerNodeMinimalPolicy"}, "node-worker", links={"role": ("node",)}),
        aws("iam/RolePolicyAttachment", {"role": UNKNOWN, "policyArn":
            "arn:aws:iam::aws:policy/AmazonEC2ContainerRegistryPullOnly"}, "node-pull", links={"role": ("node",)}),
        aws("ec2/LaunchTemplate", {
            "name": "general", "updateDefaultVersion": True, "vpcSecurityGroupIds": GROUPS, "userData": NODE_CONFIG,
            "metadataOptions": {"httpEndpoint": "enabled", "httpTokens": "required", "httpPutResponseHopLimit": 1,
                                "instanceMetadataTags": "disabled"}, "ebsOptimized": "true",
            "blockDeviceMappings": [{"deviceName": "/dev/xvda", "ebs": {
                "volumeSize": 100, "volumeType": "gp3", "iops": 3000, "throughput": 125, "encrypted": "true",
                "kmsKeyId": KEY, "deleteOnTermination": "true"}}], "monitoring": {"enabled": True},
            "tagSpecifications": [{"resourceType": kind, "tags": TAGS} for kind in (
                "instance", "volume", "network-interface")], "tags": TAGS}, "template"),
        aws("eks/NodeGroup", {
            "clusterName": "apps", "nodeGroupName": "general", "nodeRoleArn": UNKNOWN, "subnetIds": SUBNETS,
            "amiType": "AL2023_x86_64_STANDARD", "capacityType": "ON_DEMAND", "instanceTypes": ["m6i.xlarge"],
            "launchTemplate": {"id": UNKNOWN, "version": "1"}, "scalingConfig": {
                "minSize": 3, "maxSize": 9, "desiredSize": 3}, "updateConfig": {"maxUnavailablePercentage": 33},
            "nodeRepairConfig": {"enabled": True}, "labels": {"pool": "general"}, "tags": TAGS}, "general", links={
                "nodeRoleArn": ("node",), "launchTemplate": ("template",)})),
        f"{AWS_DOCS}/eks/latest/userguide/launch-templates.html; eks/latest/best-practices/data-plane.html", OURS),
    Idiom("pods read a bucket of the bank by an identity of their own, and the driver mounts it for reading", (
        aws("iam/Role", {"name": "reader", "assumeRolePolicy": STS_PODS, "maxSessionDuration": 3600, "tags": TAGS},
            "reader"),
        rights("reader", statement("s3:ListBucket", "arn:aws:s3:::bank-datasets", {"StringLike": {
            "s3:prefix": ["fraud/*"]}}), statement("s3:GetObject", "arn:aws:s3:::bank-datasets/fraud/*"),
            statement("kms:Decrypt", KEY, {"StringEquals": {"kms:ViaService": f"s3.{R}.amazonaws.com"}})),
        aws("eks/PodIdentityAssociation", {
            "clusterName": "apps", "namespace": "fraud", "serviceAccount": "trainer", "roleArn": UNKNOWN,
            "disableSessionTags": False, "tags": TAGS}, "trainer", links={"roleArn": ("reader",)}),
        aws("eks/Addon", {
            "clusterName": "apps", "addonName": "eks-pod-identity-agent", "addonVersion": "v1.3.8-eksbuild.2",
            "resolveConflictsOnUpdate": "PRESERVE", "tags": TAGS}, "agent"),
        aws("eks/Addon", {
            "clusterName": "apps", "addonName": "aws-mountpoint-s3-csi-driver", "addonVersion": "v2.0.0-eksbuild.1",
            "resolveConflictsOnCreate": "OVERWRITE", "podIdentityAssociations": [
                {"roleArn": role_arn("s3-csi"), "serviceAccount": "s3-csi-driver-sa"}], "configurationValues":
            json.dumps({"node": {"tolerateAllTaints": False}}), "tags": TAGS}, "driver")),
        f"{AWS_DOCS}/eks/latest/userguide/pod-identities.html; s3-csi.html", OURS),
    Idiom("a group of machines mixes two sizes, is renewed by part and drains before a machine ends", (
        BUDGET,
        aws("ec2/LaunchTemplate", {
            "name": "workers", "imageId": "ami-0123456789abcdef0", "instanceType": "m6i.large", "updateDefaultVersion":
            True, "vpcSecurityGroupIds": GROUPS, "iamInstanceProfile": {"name": "workers"}, "metadataOptions": {
                "httpEndpoint": "enabled", "httpTokens": "required", "httpPutResponseHopLimit": 1},
            "blockDeviceMappings": [{"deviceName": "/dev/xvda", "ebs": {
                "volumeSize": 40, "volumeType": "gp3", "encrypted": "true", "kmsKeyId": KEY}}],
            "disableApiTermination": False, "maintenanceOptions": {"autoRecovery": "default"}, "tagSpecifications": [
                {"resourceType": kind, "tags": TAGS} for kind in ("instance", "volume")], "tags": TAGS}, "template"),
        aws("autoscaling/Group", {
            "name": "workers", "minSize": 2, "maxSize": 8, "desiredCapacity": 2, "vpcZoneIdentifiers": SUBNETS,
            "healthCheckType": "ELB", "healthCheckGracePeriod": 180, "defaultInstanceWarmup": 120,
            "capacityRebalance": True, "maxInstanceLifetime": 1209600, "targetGroupArns": [
                arn("elasticloadbalancing", "targetgroup/workers/0123456789abcdef")], "terminationPolicies": [
                    "OldestLaunchTemplate", "OldestInstance"], "enabledMetrics": [
                        "GroupInServiceInstances", "GroupDesiredCapacity"], "metricsGranularity": "1Minute",
            "mixedInstancesPolicy": {
                "instancesDistribution": {"onDemandBaseCapacity": 2, "onDemandPercentageAboveBaseCapacity": 100,
                                          "onDemandAllocationStrategy": "prioritized"},
                "launchTemplate": {"launchTemplateSpecification": {"launchTemplateId": UNKNOWN, "version": "$Latest"},
                                   "overrides": [{"instanceType": "m6i.large"}, {"instanceType": "m5.large"}]}},
            "instanceRefresh": {"strategy": "Rolling", "triggers": ["tag"], "preferences": {
                "minHealthyPercentage": 90, "maxHealthyPercentage": 110, "autoRollback": True, "skipMatching": True,
                "checkpointPercentages": [50, 100], "checkpointDelay": "300", "alarmSpecification": {
                    "alarms": ["workers-errors"]}}},
            "initialLifecycleHooks": [HOOK], "tags": [
                {"key": key, "value": value, "propagateAtLaunch": True} for key, value in TAGS.items()]}, "workers",
            links={"mixedInstancesPolicy": ("template",)}),
        aws("autoscaling/Policy", {
            "name": "busy", "autoscalingGroupName": UNKNOWN, "policyType": "TargetTrackingScaling",
            "targetTrackingConfiguration": {"targetValue": 60, "predefinedMetricSpecification": {
                "predefinedMetricType": "ASGAverageCPUUtilization"}}}, "busy", links={
                    "autoscalingGroupName": ("workers",)})),
        f"{AWS_DOCS}/autoscaling/ec2/userguide/asg-instance-refresh.html; mixed-instances-groups-set-up-overview.html",
        OURS),
    Idiom("a signed function in the network answers by an alias that keeps some ready, and shifts traffic by a tenth", (
        logs("/aws/lambda/quotes"), trusted("lambda.amazonaws.com", "quotes"),
        rights("quotes", statement(["logs:CreateLogStream", "logs:PutLogEvents"],
                                   arn("logs", "log-group:/aws/lambda/quotes:*")),
               statement("dynamodb:GetItem", arn("dynamodb", "table/quotes")), statement("kms:Decrypt", KEY),
               statement("sqs:SendMessage", arn("sqs", "quotes-dead"))),
        aws("iam/RolePolicyAttachment", {"role": UNKNOWN, "policyArn":
            "arn:aws:iam::aws:policy/service-role/AWSLambdaVPCAccessExecutionRole"}, "network", links={
                "role": ("quotes",)}),
        aws("lambda/CodeSigningConfig", {
            "description": "The pipeline's signatures", "allowedPublishers": {"signingProfileVersionArns": [
                arn("signer", "/signing-profiles/pipeline/abcdefghij")]}, "policies": {
                    "untrustedArtifactOnDeployment": "Enforce"}, "tags": TAGS}, "signed"),
        aws("lambda/Function", {
            "name": "quotes", "role": UNKNOWN, "runtime": "java21", "handler": "ae.bank.Quotes::handle", "timeout": 10,
            "memorySize": 1024, "architectures": ["arm64"], "kmsKeyArn": KEY, "publish": True, "codeSigningConfigArn":
            UNKNOWN, "s3Bucket": "bank-releases", "s3Key": "quotes/1.9.2.zip", "s3ObjectVersion": "3HL4kqtJvjVBH40N",
            "snapStart": {"applyOn": "None"}, "ephemeralStorage": {"size": 512}, "tracingConfig": {"mode": "Active"},
            "reservedConcurrentExecutions": 100, "deadLetterConfig": {"targetArn": arn("sqs", "quotes-dead")},
            "vpcConfig": {"subnetIds": SUBNETS, "securityGroupIds": GROUPS, "ipv6AllowedForDualStack": False},
            "loggingConfig": {"logFormat": "JSON", "applicationLogLevel": "INFO", "systemLogLevel": "WARN", "logGroup":
                              "/aws/lambda/quotes"}, "environment": {"variables": {
                                  "TABLE": "quotes", "POWERTOOLS_SERVICE_NAME": "quotes"}}, "tags": TAGS}, "function",
            links={"role": ("quotes",), "codeSigningConfigArn": ("signed",)}),
        aws("lambda/Alias", {
            "name": "live", "functionName": UNKNOWN, "functionVersion": "7", "routingConfig": {
                "additionalVersionWeights": {"8": 0.1}}}, "live", links={"functionName": ("function",)}),
        aws("lambda/ProvisionedConcurrencyConfig", {
            "functionName": UNKNOWN, "qualifier": "live", "provisionedConcurrentExecutions": 5}, "ready", links={
                "functionName": ("function",)}),
        aws("lambda/FunctionEventInvokeConfig", {
            "functionName": UNKNOWN, "qualifier": "live", "maximumEventAgeInSeconds": 3600, "maximumRetryAttempts": 2,
            "destinationConfig": {"onFailure": {"destination": arn("sqs", "quotes-dead")}}}, "failed", links={
                "functionName": ("function",)})),
        f"{AWS_DOCS}/lambda/latest/dg/best-practices.html; configuration-codesigning.html",
        {**OURS, "escape": {**OURS["escape"], "code_sources": {"bank-releases": "our own releases, signed"}}}),
    Idiom("an API for the network's endpoint alone has keys for its plans, checked bodies and its own records", (
        logs("/apis/limits"),
        aws("apigateway/RestApi", {
            "name": "limits", "description": "Limits of customers", "endpointConfiguration": {
                "types": "PRIVATE", "vpcEndpointIds": [VPC_ENDPOINT]}, "disableExecuteApiEndpoint": False,
            "minimumCompressionSize": "1024", "apiKeySource": "HEADER", "tags": TAGS, "policy": document({
                "Effect": "Allow", "Principal": "*", "Action": "execute-api:Invoke", "Resource": "execute-api:/*",
                "Condition": {"StringEquals": {"aws:SourceVpce": VPC_ENDPOINT}}})}, "api"),
        aws("apigateway/Resource", {"restApi": UNKNOWN, "parentId": UNKNOWN, "pathPart": "limits"}, "path", links={
            "restApi": ("api",)}),
        aws("apigateway/RequestValidator", {"restApi": UNKNOWN, "name": "all", "validateRequestBody": True,
                                            "validateRequestParameters": True}, "checked", links={"restApi": ("api",)}),
        aws("apigateway/Model", {"restApi": UNKNOWN, "name": "Limit", "contentType": "application/json", "schema":
                                 json.dumps({"type": "object", "required": ["amount"], "properties": {
                                     "amount": {"type": "number", "minimum": 0}}})}, "model", links={
                                         "restApi": ("api",)}),
        aws("apigateway/Method", {
            "restApi": UNKNOWN, "resourceId": UNKNOWN, "httpMethod": "POST", "authorization": "AWS_IAM",
            "apiKeyRequired": True, "requestValidatorId": UNKNOWN, "requestModels": {"application/json": "Limit"}},
            "post", links={"restApi": ("api",), "resourceId": ("path",), "requestValidatorId": ("checked",)}),
        aws("apigateway/Integration", {
            "restApi": UNKNOWN, "resourceId": UNKNOWN, "httpMethod": "POST", "integrationHttpMethod": "POST", "type":
            "AWS_PROXY", "timeoutMilliseconds": 15000, "uri": f"arn:aws:apigateway:{R}:lambda:path/2015-03-31/"
            f"functions/{arn('lambda', 'function:limits:live')}/invocations"}, "call", links={"restApi": ("api",)}),
        aws("apigateway/Stage", {
            "restApi": UNKNOWN, "deployment": UNKNOWN, "stageName": "v1", "xrayTracingEnabled": True,
            "accessLogSettings": {"destinationArn": UNKNOWN, "format": json.dumps({
                "id": "$context.requestId", "status": "$context.status", "caller": "$context.identity.userArn"})},
            "cacheClusterEnabled": False, "tags": TAGS}, "stage", links={
                "restApi": ("api",), "accessLogSettings": ("logs",)}),
        aws("apigateway/MethodSettings", {
            "restApi": UNKNOWN, "stageName": "v1", "methodPath": "*/*", "settings": {
                "metricsEnabled": True, "loggingLevel": "ERROR", "dataTraceEnabled": False, "throttlingBurstLimit": 100,
                "throttlingRateLimit": 50}}, "limits", links={"restApi": ("api",)}),
        aws("apigateway/UsagePlan", {
            "name": "partners", "apiStages": [{"apiId": UNKNOWN, "stage": "v1"}], "quotaSettings": {
                "limit": 100000, "period": "MONTH"}, "throttleSettings": {"burstLimit": 20, "rateLimit": 10},
            "tags": TAGS}, "plan", links={"apiStages": ("api",)})),
        f"{AWS_DOCS}/apigateway/latest/developerguide/apigateway-private-apis.html; security-best-practices.html",
        OURS),
    Idiom("services of ECS call each other by names with certificates of the bank's own authority, on Graviton", (
        BUDGET, logs("/ecs/fraud"),
        aws("servicediscovery/HttpNamespace", {"name": "fraud", "description": "Names of tasks", "tags": TAGS},
            "names"),
        aws("ecs/Cluster", {
            "name": "fraud", "settings": [{"name": "containerInsights", "value": "enhanced"}], "configuration": {
                "executeCommandConfiguration": {"kmsKeyId": KEY, "logging": "OVERRIDE", "logConfiguration": {
                    "cloudWatchEncryptionEnabled": True, "cloudWatchLogGroupName": "/ecs/fraud"}},
                "managedStorageConfiguration": {"kmsKeyId": KEY, "fargateEphemeralStorageKmsKeyId": KEY}},
            "serviceConnectDefaults": {"namespace": UNKNOWN}, "tags": TAGS}, "cluster", links={
                "serviceConnectDefaults": ("names",)}),
        aws("ecs/ClusterCapacityProviders", {
            "clusterName": UNKNOWN, "capacityProviders": ["FARGATE"], "defaultCapacityProviderStrategies": [
                {"capacityProvider": "FARGATE", "base": 1, "weight": 100}]}, "capacity", links={
                    "clusterName": ("cluster",)}),
        aws("ecs/TaskDefinition", {
            "family": "scores", "networkMode": "awsvpc", "requiresCompatibilities": ["FARGATE"], "cpu": "512",
            "memory": "1024", "executionRoleArn": role_arn("scores-start"), "taskRoleArn": role_arn("scores"),
            "runtimePlatform": {"cpuArchitecture": "ARM64", "operatingSystemFamily": "LINUX"}, "volumes": [
                {"name": "tmp"}], "containerDefinitions": json.dumps([{
                    "name": "scores", "image": f"{ECR}/scores{DIGEST}", "essential": True, "user": "10001:10001",
                    "readonlyRootFilesystem": True, "mountPoints": [
                        {"sourceVolume": "tmp", "containerPath": "/scratch"}],
                    "portMappings": [{"name": "grpc", "containerPort": 8443, "protocol": "tcp", "appProtocol":
                                      "grpc"}], "linuxParameters": {"initProcessEnabled": True, "capabilities": {
                                          "drop": ["ALL"]}}, "ulimits": [
                                              {"name": "nofile", "softLimit": 65536, "hardLimit": 65536}],
                    "dependsOn": [], "stopTimeout": 30, "logConfiguration": {"logDriver": "awslogs", "options": {
                        "awslogs-group": "/ecs/fraud", "awslogs-region": R, "awslogs-stream-prefix": "scores"}}}]),
            "tags": TAGS}, "task"),
        aws("ecs/Service", {
            "name": "scores", "cluster": UNKNOWN, "taskDefinition": UNKNOWN, "desiredCount": 3, "launchType": "FARGATE",
            "propagateTags": "SERVICE", "enableEcsManagedTags": True, "enableExecuteCommand": False,
            "availabilityZoneRebalancing": "ENABLED", "deploymentCircuitBreaker": {"enable": True, "rollback": True},
            "networkConfiguration": {"subnets": SUBNETS, "securityGroups": GROUPS, "assignPublicIp": False},
            "serviceConnectConfiguration": {
                "enabled": True, "namespace": UNKNOWN, "services": [{
                    "portName": "grpc", "discoveryName": "scores", "clientAlias": [
                        {"port": 8443, "dnsName": "scores.fraud.internal"}], "timeout": {
                            "idleTimeoutSeconds": 300, "perRequestTimeoutSeconds": 15}, "tls": {
                                "kmsKey": KEY, "roleArn": role_arn("connect-tls"), "issuerCertAuthority": {
                                    "awsPcaAuthorityArn": arn("acm-pca", "certificate-authority/"
                                                              "11111111-2222-3333-4444-555555555555")}}}],
                "logConfiguration": {"logDriver": "awslogs", "options": {
                    "awslogs-group": "/ecs/fraud", "awslogs-region": R, "awslogs-stream-prefix": "proxy"}}},
            "tags": TAGS}, "service", links={"cluster": ("cluster",), "taskDefinition": ("task",),
                                             "serviceConnectConfiguration": ("names",)}),
        *scaled("ecs", "ecs:service:DesiredCount", "service/fraud/scores", 3, 12, "ECSServiceAverageMemoryUtilization",
                65, ("service",))),
        f"{AWS_DOCS}/AmazonECS/latest/developerguide/service-connect-tls.html; task-definition-security.html",
        OURS),
    Idiom("callers of payments reach an inner network balancer over TLS, which keeps their addresses for its target", (
        BUDGET,
        aws("ec2/SecurityGroup", {
            "vpcId": VPC, "name": "payments-nlb", "description": "The balancer of payments", "tags": TAGS, "ingress": [
                {"protocol": "tcp", "fromPort": 443, "toPort": 443, "cidrBlocks": ["10.20.0.0/16", "10.30.0.0/16"],
                 "description": "Branches and the data centre"}], "egress": [
                     {"protocol": "tcp", "fromPort": 8443, "toPort": 8443, "cidrBlocks": ["10.40.0.0/16"],
                      "description": "Tasks"}]}, "group"),
        aws("lb/LoadBalancer", {
            "name": "payments", "internal": True, "loadBalancerType": "network", "subnets": SUBNETS, "securityGroups":
            [UNKNOWN], "enableCrossZoneLoadBalancing": True, "dnsRecordClientRoutingPolicy":
            "availability_zone_affinity", "enableDeletionProtection": True,
            "enforceSecurityGroupInboundRulesOnPrivateLinkTraffic": "on", "accessLogs": {
                "enabled": True, "bucket": "bank-trail", "prefix": "nlb/payments"}, "tags": TAGS}, "balancer",
            protect=True, links={"securityGroups": ("group",)}),
        aws("lb/TargetGroup", {
            "name": "payments", "port": 8443, "protocol": "TLS", "targetType": "ip", "vpcId": VPC, "preserveClientIp":
            "true", "proxyProtocolV2": False, "connectionTermination": True, "deregistrationDelay": 60, "stickiness": {
                "type": "source_ip", "enabled": False}, "targetHealthStates": [{
                    "enableUnhealthyConnectionTermination": False, "unhealthyDrainingInterval": 300}],
            "healthCheck": {"protocol": "HTTPS", "path": "/ready", "port": "8443", "interval": 10,
                            "healthyThreshold": 3, "unhealthyThreshold": 3}, "targetGroupHealth": {
                                "dnsFailover": {"minimumHealthyTargetsCount": "1"}}, "tags": TAGS}, "targets"),
        aws("lb/Listener", {
            "loadBalancerArn": UNKNOWN, "port": 443, "protocol": "TLS", "certificateArn": CERTIFICATE, "sslPolicy":
            "ELBSecurityPolicy-TLS13-1-2-2021-06", "alpnPolicy": "HTTP2Preferred", "tcpIdleTimeoutSeconds": 350,
            "defaultActions": [{"type": "forward", "targetGroupArn": UNKNOWN}], "tags": TAGS}, "listener", links={
                "loadBalancerArn": ("balancer",), "defaultActions": ("targets",)})),
        f"{AWS_DOCS}/elasticloadbalancing/latest/network/network-load-balancers.html", {**OURS, **kept("balancer")}),
)  # fmt: skip
