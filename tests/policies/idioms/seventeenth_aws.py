"""Good idioms of platform teams on AWS: trainings, callers, sign-in, programs, images and things (set 17, blind)."""

from ..blind import KEY, TAGS, aws, document, statement
from ..harness import UNKNOWN
from . import Idiom, unpriced
from .fourteenth_aws import KEEP_TEN
from .fourth import AWS_DOCS
from .fourth_kubernetes import BUDGET
from .ninth_aws import GROUPS, SUBNETS, arn, kept
from .thirteenth_aws import DIGEST, ECR, OURS
from .twelfth_aws_platform import VPC, logs, rights, trusted

CERTIFICATE = arn("acm", "certificate/11111111-2222-3333-4444-555555555555")
DOCKERFILE = """FROM {{{ imagebuilder:parentImage }}}
{{{ imagebuilder:environments }}}
{{{ imagebuilder:components }}}
USER 10001
"""
THING = "${iot:Connection.Thing.ThingName}"

IDIOMS: tuple[Idiom, ...] = (
    Idiom("a model is trained on spot machines without a way out, on sealed volumes and by an image of the bank", (
        BUDGET, trusted("sagemaker.amazonaws.com", "fraud"),
        rights("fraud", statement(["s3:GetObject"], "arn:aws:s3:::bank-datasets/fraud/*"),
               statement(["s3:PutObject"], "arn:aws:s3:::bank-models/fraud/*"),
               statement(["s3:ListBucket"], "arn:aws:s3:::bank-datasets"),
               statement(["kms:Decrypt", "kms:GenerateDataKey"], KEY),
               statement(["ecr:BatchGetImage", "ecr:GetDownloadUrlForLayer", "ecr:BatchCheckLayerAvailability"],
                         arn("ecr", "repository/models/fraud")),
               statement(["logs:CreateLogStream", "logs:PutLogEvents"],
                         arn("logs", "log-group:/aws/sagemaker/TrainingJobs:*"))),
        aws("sagemaker/TrainingJob", {
            "trainingJobName": "fraud-2026-11", "roleArn": UNKNOWN, "algorithmSpecification": {
                "trainingImage": f"{ECR}/models/fraud{DIGEST}", "trainingInputMode": "File",
                "trainingImageConfig": {"trainingRepositoryAccessMode": "Platform"}},
            "inputDataConfigs": [{"channelName": "train", "dataSource": {"s3DataSource": {
                "s3DataType": "S3Prefix", "s3Uri": "s3://bank-datasets/fraud/2026-11", "s3DataDistributionType":
                "FullyReplicated"}}}],
            "outputDataConfig": {"s3OutputPath": "s3://bank-models/fraud", "kmsKeyId": KEY}, "checkpointConfig": {
                "s3Uri": "s3://bank-models/fraud/checkpoints"},
            "resourceConfig": {"instanceCount": 2, "instanceType": "ml.m5.4xlarge", "volumeSizeInGb": 100,
                               "volumeKmsKeyId": KEY},
            "stoppingCondition": {"maxRuntimeInSeconds": 14400, "maxWaitTimeInSeconds": 21600},
            "enableManagedSpotTraining": True, "enableNetworkIsolation": True,
            "enableInterContainerTrafficEncryption": True, "vpcConfig": {"subnets": SUBNETS, "securityGroupIds":
                                                                         GROUPS},
            "remoteDebugConfig": {"enableRemoteDebug": False}, "tags": TAGS}, "fraud", links={"roleArn": ("fraud",)})),
        f"{AWS_DOCS}/sagemaker/latest/dg/train-vpc.html; {AWS_DOCS}/sagemaker/latest/dg/mkt-algo-model-internet-free",
        OURS),
    Idiom("partners call with certificates of the bank's authority, and those that were revoked are turned away", (
        BUDGET,
        aws("lb/LoadBalancer", {
            "name": "partners", "internal": True, "loadBalancerType": "application", "subnets": SUBNETS,
            "securityGroups": GROUPS, "enableDeletionProtection": True, "dropInvalidHeaderFields": True,
            "desyncMitigationMode": "strictest", "accessLogs": {"bucket": "bank-trail", "prefix": "partners", "enabled":
                                                                True},
            "connectionLogs": {"bucket": "bank-trail", "prefix": "partners-connections", "enabled": True}, "tags":
            TAGS}, "partners", protect=True),
        aws("lb/TrustStore", {"name": "partners", "caCertificatesBundleS3Bucket": "bank-trail",
                              "caCertificatesBundleS3Key": "authority/partners.pem", "tags": TAGS}, "authority"),
        aws("lb/TrustStoreRevocation", {
            "trustStoreArn": UNKNOWN, "revocationsS3Bucket": "bank-trail", "revocationsS3Key":
            "authority/partners.crl"}, "revoked", links={"trustStoreArn": ("authority",)}),
        aws("lb/TargetGroup", {
            "name": "partners", "port": 8443, "protocol": "HTTPS", "targetType": "ip", "vpcId": VPC, "healthCheck": {
                "protocol": "HTTPS", "path": "/healthz", "matcher": "200"}, "tags": TAGS}, "pods"),
        aws("lb/Listener", {
            "loadBalancerArn": UNKNOWN, "port": 443, "protocol": "HTTPS", "sslPolicy":
            "ELBSecurityPolicy-TLS13-1-3-2021-06", "certificateArn": CERTIFICATE, "mutualAuthentication": {
                "mode": "verify", "trustStoreArn": UNKNOWN, "ignoreClientCertificateExpiry": False,
                "advertiseTrustStoreCaNames": "on"}, "defaultActions": [{"type": "forward", "targetGroupArn": UNKNOWN}],
            "tags": TAGS}, "https", links={
                "loadBalancerArn": ("partners",), "mutualAuthentication": ("authority",), "defaultActions": ("pods",)}),
        aws("lb/ListenerCertificate", {
            "listenerArn": UNKNOWN, "certificateArn": CERTIFICATE.replace("1111-2222", "1111-6666")}, "second",
            links={"listenerArn": ("https",)})),
        f"{AWS_DOCS}/elasticloadbalancing/latest/application/mutual-authentication.html", {
            **OURS, **unpriced("aws:lb/trustStore:TrustStore::authority"), "escape": {
                **OURS["escape"], "code_sources": {"bank-trail": "our own bucket of authorities and records"}}}),
    Idiom("staff of partners whose password is known elsewhere are turned away, and every sign-in is written down", (
        BUDGET, logs("/aws/vendedlogs/cognito/partners"),
        aws("cognito/UserPool", {
            "name": "partners", "userPoolTier": "PLUS", "deletionProtection": "ACTIVE", "mfaConfiguration": "ON",
            "softwareTokenMfaConfiguration": {"enabled": True}, "usernameAttributes": ["email"],
            "autoVerifiedAttributes": ["email"], "usernameConfiguration": {"caseSensitive": False},
            "adminCreateUserConfig": {"allowAdminCreateUserOnly": True}, "accountRecoverySetting": {
                "recoveryMechanisms": [{"name": "admin_only", "priority": 1}]},
            "passwordPolicy": {"minimumLength": 14, "passwordHistorySize": 12, "requireLowercase": True,
                               "requireNumbers": True, "requireSymbols": True, "requireUppercase": True,
                               "temporaryPasswordValidityDays": 3},
            "userPoolAddOns": {"advancedSecurityMode": "ENFORCED"}, "tags": TAGS}, "partners", protect=True),
        aws("cognito/UserPoolClient", {
            "name": "portal", "userPoolId": UNKNOWN, "generateSecret": True, "explicitAuthFlows": [
                "ALLOW_USER_SRP_AUTH", "ALLOW_REFRESH_TOKEN_AUTH"], "preventUserExistenceErrors": "ENABLED",
            "enableTokenRevocation": True, "accessTokenValidity": 15, "idTokenValidity": 15, "refreshTokenValidity": 8,
            "tokenValidityUnits": {"accessToken": "minutes", "idToken": "minutes", "refreshToken": "hours"}}, "portal",
            links={"userPoolId": ("partners",)}),
        aws("cognito/RiskConfiguration", {
            "userPoolId": UNKNOWN, "compromisedCredentialsRiskConfiguration": {"actions": {"eventAction": "BLOCK"}},
            "accountTakeoverRiskConfiguration": {"actions": {
                "highAction": {"eventAction": "BLOCK", "notify": False},
                "mediumAction": {"eventAction": "MFA_REQUIRED", "notify": False},
                "lowAction": {"eventAction": "MFA_IF_CONFIGURED", "notify": False}}}}, "risks", links={
                    "userPoolId": ("partners",)}),
        aws("cognito/LogDeliveryConfiguration", {
            "userPoolId": UNKNOWN, "logConfigurations": [{
                "eventSource": "userAuthEvents", "logLevel": "INFO", "cloudWatchLogsConfiguration": {
                    "logGroupArn": UNKNOWN}}]}, "events", links={
                        "userPoolId": ("partners",), "logConfigurations": ("logs",)})),
        f"{AWS_DOCS}/cognito/latest/developerguide/cognito-user-pool-settings-threat-protection.html", {
            **kept("partners"), **unpriced("aws:cognito/userPool:UserPool::partners")}),
    Idiom("functions share a layer of the bank's bucket, and one that calls itself without end is stopped", (
        logs("/aws/lambda/enrich"), trusted("lambda.amazonaws.com", "enrich"),
        rights("enrich", statement(["logs:CreateLogStream", "logs:PutLogEvents"],
                                   arn("logs", "log-group:/aws/lambda/enrich:*")),
               statement(["sqs:ReceiveMessage", "sqs:DeleteMessage", "sqs:GetQueueAttributes"], arn("sqs", "enrich")),
               statement(["kms:Decrypt"], KEY)),
        aws("lambda/LayerVersion", {
            "layerName": "models", "s3Bucket": "bank-models", "s3Key": "layers/models-3.zip", "s3ObjectVersion":
            "3sL4kqtJlcpXroDTDmJ", "compatibleRuntimes": ["python3.13"], "compatibleArchitectures": ["arm64"],
            "description": "Libraries of models", "skipDestroy": True}, "models"),
        aws("lambda/Function", {
            "name": "enrich", "runtime": "python3.13", "handler": "app.main", "role": UNKNOWN, "kmsKeyArn": KEY,
            "s3Bucket": "bank-models", "s3Key": "functions/enrich-7.zip", "layers": [UNKNOWN], "architectures": [
                "arm64"], "timeout": 60, "memorySize": 1024, "reservedConcurrentExecutions": 10, "tracingConfig": {
                    "mode": "Active"}, "loggingConfig": {"logFormat": "JSON", "logGroup": "/aws/lambda/enrich"},
            "vpcConfig": {"subnetIds": SUBNETS, "securityGroupIds": GROUPS}, "tags": TAGS}, "enrich", links={
                "role": ("enrich",), "layers": ("models",)}),
        aws("lambda/FunctionRecursionConfig", {"functionName": UNKNOWN, "recursiveLoop": "Terminate"}, "loop", links={
            "functionName": ("enrich",)}),
        aws("lambda/EventSourceMapping", {
            "functionName": UNKNOWN, "eventSourceArn": arn("sqs", "enrich"), "batchSize": 10, "kmsKeyArn": KEY,
            "functionResponseTypes": ["ReportBatchItemFailures"], "scalingConfig": {"maximumConcurrency": 5}, "tags":
            TAGS}, "messages", links={"functionName": ("enrich",)})),
        f"{AWS_DOCS}/lambda/latest/dg/invocation-recursion.html; {AWS_DOCS}/lambda/latest/dg/chapter-layers.html", {
            **OURS, "escape": {**OURS["escape"], "code_sources": {
                "bank-models": "our own bucket of reviewed programs"}}}),
    Idiom("images of containers are built weekly from the bank's own base, scanned, and kept by their digests", (
        BUDGET,
        aws("ecr/Repository", {
            "name": "base/python", "imageTagMutability": "IMMUTABLE", "encryptionConfigurations": [
                {"encryptionType": "KMS", "kmsKey": KEY}], "imageScanningConfiguration": {"scanOnPush": True}, "tags":
            TAGS}, "python", protect=True),
        aws("ecr/LifecyclePolicy", {"repository": UNKNOWN, "policy": KEEP_TEN}, "keep", links={
            "repository": ("python",)}),
        aws("imagebuilder/ContainerRecipe", {
            "name": "python", "version": "1.4.0", "containerType": "DOCKER", "parentImage":
            f"{ECR}/base/al2023{DIGEST}", "dockerfileTemplateData": DOCKERFILE, "workingDirectory": "/work",
            "kmsKeyId": KEY, "platformOverride": "Linux", "components": [
                {"componentArn": arn("imagebuilder", "component/harden/1.2.0/1")}],
            "targetRepository": {"service": "ECR", "repositoryName": "base/python"}, "instanceConfiguration": {
                "blockDeviceMappings": [{"deviceName": "/dev/xvda", "ebs": {
                    "encrypted": "true", "kmsKeyId": KEY, "volumeSize": 30, "volumeType": "gp3", "deleteOnTermination":
                    "true"}}]}, "tags": TAGS}, "recipe", links={"targetRepository": ("python",)}),
        aws("imagebuilder/InfrastructureConfiguration", {
            "name": "builders", "instanceProfileName": "image-builder", "instanceTypes": ["m6i.large"], "subnetId":
            SUBNETS[0], "securityGroupIds": GROUPS, "terminateInstanceOnFailure": True, "instanceMetadataOptions": {
                "httpTokens": "required", "httpPutResponseHopLimit": 1}, "resourceTags": TAGS, "logging": {
                    "s3Logs": {"s3BucketName": "bank-trail", "s3KeyPrefix": "images"}}, "tags": TAGS}, "builders"),
        aws("imagebuilder/ImagePipeline", {
            "name": "python", "containerRecipeArn": UNKNOWN, "infrastructureConfigurationArn": UNKNOWN, "status":
            "ENABLED", "enhancedImageMetadataEnabled": True, "imageScanningConfiguration": {
                "imageScanningEnabled": True, "ecrConfiguration": {"repositoryName": "base/python"}},
            "imageTestsConfiguration": {"imageTestsEnabled": True, "timeoutMinutes": 60}, "schedule": {
                "scheduleExpression": "cron(0 20 ? * fri *)", "timezone": "Asia/Dubai",
                "pipelineExecutionStartCondition": "EXPRESSION_MATCH_AND_DEPENDENCY_UPDATES_AVAILABLE"}, "tags": TAGS},
            "pipeline", links={"containerRecipeArn": ("recipe",), "infrastructureConfigurationArn": ("builders",)})),
        f"{AWS_DOCS}/imagebuilder/latest/userguide/create-container-recipes.html", {
            **OURS, **unpriced("aws:imagebuilder/imagePipeline:ImagePipeline::pipeline")}),
    Idiom("machines of branches report by certificates over TLS 1.3, each to topics of its own name", (
        trusted("iot.amazonaws.com", "iot-logs"),
        rights("iot-logs", statement(["logs:CreateLogStream", "logs:PutLogEvents"],
                                     arn("logs", "log-group:AWSIotLogsV2:*"))),
        aws("iot/LoggingOptions", {"defaultLogLevel": "WARN", "disableAllLogs": False, "roleArn": UNKNOWN}, "logging",
            links={"roleArn": ("iot-logs",)}),
        aws("iot/ThingType", {"name": "atm", "properties": {
            "description": "Machines of branches", "searchableAttributes": ["branch"]}, "tags": TAGS}, "atm"),
        aws("iot/ThingGroup", {"name": "deira", "properties": {
            "description": "Branch of Deira", "attributePayload": {"attributes": {"branch": "deira"}}}, "tags": TAGS},
            "deira"),
        aws("iot/Policy", {"name": "atm", "tags": TAGS, "policy": document(
            statement("iot:Connect", arn("iot", f"client/{THING}"), {
                "Bool": {"iot:Connection.Thing.IsAttached": "true"}}),
            statement("iot:Publish", arn("iot", f"topic/atms/{THING}/events")),
            statement("iot:Subscribe", arn("iot", f"topicfilter/atms/{THING}/orders")),
            statement("iot:Receive", arn("iot", f"topic/atms/{THING}/orders")))}, "atm"),
        aws("iot/DomainConfiguration", {
            "name": "bank", "domainName": "things.bank.ae", "serviceType": "DATA", "serverCertificateArns": [
                CERTIFICATE], "authenticationType": "AWS_X509", "applicationProtocol": "SECURE_MQTT", "status":
            "ENABLED", "tlsConfig": {"securityPolicy": "IotSecurityPolicy_TLS13_1_3_2022_10"}, "tags": TAGS}, "bank")),
        f"{AWS_DOCS}/iot/latest/developerguide/iot-custom-endpoints-configurable.html; iot/thing-policy-variables",
        OURS),
)  # fmt: skip
