"""Good idioms of platform teams on AWS: data, applications and pipelines, from its documentation (2026-11-28)."""

import json

from ..blind import KEY, ME, TAGS, aws, policy, statement
from ..harness import UNKNOWN
from . import Idiom, unpriced
from .aws_platform import bucket
from .fifth_aws import ISSUER, OWN, TENANT
from .fourth import AWS_DOCS, FUNCTION, LOGS, R
from .fourth_kubernetes import BUDGET

SUBNETS, GROUPS = ["subnet-1", "subnet-2", "subnet-3"], ["sg-1"]
POOL = f"arn:aws:cognito-idp:{R}:{ME}:userpool/{R}_abcdefghi"
LB = f"arn:aws:elasticloadbalancing:{R}:{ME}"
CERTIFICATE = f"arn:aws:acm:{R}:{ME}:certificate/11111111-2222-3333-4444-555555555555"
SEEN = {"cloudwatchMetricsEnabled": True, "sampledRequestsEnabled": True}
MODULES = "github.com/terraform-aws-modules"


def _kept(*names: str) -> dict[str, object]:
    return {"resilience": {"kept_elsewhere": dict.fromkeys(names, "copied every night to the site in Dubai")}}


def _role(name: str) -> str:
    return f"arn:aws:iam::{ME}:role/{name}"


def _managed(name: str, priority: int) -> dict[str, object]:
    return {"name": name, "priority": priority, "overrideAction": {"none": {}},
            "visibilityConfig": {**SEEN, "metricName": name},
            "statement": {"managedRuleGroupStatement": {"vendorName": "AWS", "name": name}}}  # fmt: skip


MACHINE = json.dumps({"Comment": "Settles orders", "StartAt": "Load", "States": {
    "Load": {"Type": "Task", "Resource": "arn:aws:states:::dynamodb:getItem", "Parameters": {
        "TableName": "orders", "Key": {"id": {"S.$": "$.id"}}}, "Next": "Settle"},
    "Settle": {"Type": "Task", "Resource": "arn:aws:states:::lambda:invoke", "Parameters": {
        "FunctionName": f"arn:aws:lambda:{R}:{ME}:function:settle", "Payload.$": "$"},
        "Retry": [{"ErrorEquals": ["States.TaskFailed"], "MaxAttempts": 3}], "Next": "Tell"},
    "Tell": {"Type": "Task", "Resource": "arn:aws:states:::sns:publish", "Parameters": {
        "TopicArn": f"arn:aws:sns:{R}:{ME}:orders", "Message.$": "$.id"}, "End": True}}})  # fmt: skip
STEPS = json.dumps({"version": "0.2", "phases": {
    "install": {"commands": ["pip install --require-hashes -r requirements.txt"]},
    "build": {"commands": ["pytest -q", "docker build -t $REPOSITORY:$CODEBUILD_RESOLVED_SOURCE_VERSION ."]},
    "post_build": {"commands": ["docker push $REPOSITORY:$CODEBUILD_RESOLVED_SOURCE_VERSION"]}}})  # fmt: skip

IDIOMS: tuple[Idiom, ...] = (
    Idiom("Aurora PostgreSQL that scales by itself", (
        BUDGET, aws("rds/ClusterParameterGroup", {"family": "aurora-postgresql16", "tags": TAGS, "parameters": [
            {"name": "rds.force_ssl", "value": "1"}, {"name": "shared_preload_libraries", "value": "pgaudit"},
            {"name": "log_min_duration_statement", "value": "1000"}]}, "pg"),
        aws("rds/SubnetGroup", {"subnetIds": SUBNETS, "tags": TAGS}, "subnets"),
        aws("rds/Cluster", {
            "engine": "aurora-postgresql", "engineVersion": "16.8", "engineMode": "provisioned", "databaseName": "app",
            "masterUsername": "dba", "manageMasterUserPassword": True, "masterUserSecretKmsKeyId": KEY,
            "storageEncrypted": True, "kmsKeyId": KEY, "iamDatabaseAuthenticationEnabled": True,
            "deletionProtection": True, "backupRetentionPeriod": 14, "copyTagsToSnapshot": True,
            "skipFinalSnapshot": False, "finalSnapshotIdentifier": "app-final", "dbSubnetGroupName": UNKNOWN,
            "dbClusterParameterGroupName": UNKNOWN, "vpcSecurityGroupIds": GROUPS, "tags": TAGS,
            "enabledCloudwatchLogsExports": ["postgresql"], "engineLifecycleSupport":
                "open-source-rds-extended-support-disabled",
            "serverlessv2ScalingConfiguration": {"minCapacity": 0.5, "maxCapacity": 8}}, "db", protect=True,
            links={"dbSubnetGroupName": ("subnets",), "dbClusterParameterGroupName": ("pg",)}),
        aws("rds/ClusterInstance", {
            "clusterIdentifier": UNKNOWN, "engine": "aurora-postgresql", "instanceClass": "db.serverless", "tags": TAGS,
            "publiclyAccessible": False, "performanceInsightsEnabled": True, "performanceInsightsKmsKeyId": KEY,
            "caCertIdentifier": "rds-ca-rsa2048-g1"}, "writer", links={"clusterIdentifier": ("db",)})),
        f"{MODULES}/terraform-aws-rds-aurora", {**_kept("db"), **unpriced(
            "aws:rds/cluster:Cluster::db", "aws:rds/clusterInstance:ClusterInstance::writer")}),
    Idiom("a proxy in front of the database, with its secret", (
        aws("rds/Proxy", {
            "name": "app", "engineFamily": "POSTGRESQL", "requireTls": True, "roleArn": _role("proxy"),
            "vpcSubnetIds": SUBNETS, "vpcSecurityGroupIds": GROUPS, "tags": TAGS, "debugLogging": False,
            "idleClientTimeout": 1800, "auths": [{"authScheme": "SECRETS", "iamAuth": "REQUIRED", "secretArn":
                f"arn:aws:secretsmanager:{R}:{ME}:secret:app/db-AbCdEf"}]}, "proxy"),
        aws("rds/ProxyDefaultTargetGroup", {"dbProxyName": "app", "connectionPoolConfig": {
            "maxConnectionsPercent": 90}}, "pool"),
        aws("rds/ProxyTarget", {"dbProxyName": "app", "targetGroupName": "default", "dbClusterIdentifier": "app"},
            "target")), f"{MODULES}/terraform-aws-rds-proxy", unpriced("aws:rds/proxy:Proxy::proxy")),
    Idiom("a serverless cache with a group of users", (
        aws("elasticache/User", {
            "userId": "app", "userName": "app", "engine": "valkey", "accessString": "on ~app:* +@read +@write -@admin",
            "authenticationMode": {"type": "iam"}, "tags": TAGS}, "user"),
        aws("elasticache/UserGroup", {"userGroupId": "app", "engine": "valkey", "userIds": ["app"], "tags": TAGS},
            "group"),
        aws("elasticache/ServerlessCache", {
            "engine": "valkey", "name": "app", "majorEngineVersion": "8", "kmsKeyId": KEY, "userGroupId": "app",
            "subnetIds": SUBNETS, "securityGroupIds": GROUPS, "dailySnapshotTime": "22:00",
            "snapshotRetentionLimit": 7, "tags": TAGS, "cacheUsageLimits": {
                "dataStorage": {"maximum": 10, "unit": "GB"}, "ecpuPerSeconds": [{"maximum": 5000}]}}, "cache")),
        f"{MODULES}/terraform-aws-elasticache"),
    Idiom("a pool of customers and its client with sign-in by Entra ID", (
        aws("cognito/IdentityProvider", {
            "userPoolId": f"{R}_abcdefghi", "providerName": "entra", "providerType": "OIDC", "providerDetails": {
                "client_id": "portal", "authorize_scopes": "openid email profile", "oidc_issuer": ISSUER,
                "attributes_request_method": "GET", "client_secret": UNKNOWN},
            "attributeMapping": {"email": "email", "username": "sub"}}, "entra"),
        aws("cognito/ResourceServer", {"userPoolId": f"{R}_abcdefghi", "identifier": "orders", "name": "orders",
                                       "scopes": [{"scopeName": "read", "scopeDescription": "Reads orders"}]}, "rs"),
        aws("cognito/UserPoolClient", {
            "userPoolId": f"{R}_abcdefghi", "name": "portal", "generateSecret": True, "enableTokenRevocation": True,
            "supportedIdentityProviders": ["entra"], "allowedOauthFlows": ["code"],
            "allowedOauthFlowsUserPoolClient": True, "allowedOauthScopes": ["openid", "email", "orders/read"],
            "callbackUrls": ["https://portal.example.ae/callback"], "logoutUrls": ["https://portal.example.ae/"],
            "preventUserExistenceErrors": "ENABLED", "explicitAuthFlows": ["ALLOW_REFRESH_TOKEN_AUTH"],
            "accessTokenValidity": 60, "refreshTokenValidity": 12, "readAttributes": ["email", "name"],
            "writeAttributes": ["name"],
            "tokenValidityUnits": {"accessToken": "minutes", "refreshToken": "hours"}}, "client")),
        f"{AWS_DOCS}/cognito",
        {**OWN, "identity": {"trusted": {f"login.microsoftonline.com/{TENANT}": "our own tenant of Entra ID"}}}),
    Idiom("a listener that asks for sign-in before the portal", (aws("lb/Listener", {
        "loadBalancerArn": f"{LB}:loadbalancer/app/portal/0123456789abcdef", "port": 443, "protocol": "HTTPS",
        "sslPolicy": "ELBSecurityPolicy-TLS13-1-2-2021-06", "certificateArn": CERTIFICATE, "tags": TAGS,
        "defaultActions": [{"type": "authenticate-cognito", "order": 1, "authenticateCognito": {
            "userPoolArn": POOL, "userPoolClientId": "client", "userPoolDomain": "portal", "sessionTimeout": 28800,
            "onUnauthenticatedRequest": "authenticate"}}, {"type": "forward", "order": 2, "targetGroupArn":
                f"{LB}:targetgroup/portal/0123456789abcdef"}]}, "https"),), f"{AWS_DOCS}/elasticloadbalancing"),
    Idiom("an authorizer of an API by its tokens, remembered for five minutes", (aws("apigatewayv2/Authorizer", {
        "apiId": UNKNOWN, "authorizerType": "REQUEST", "name": "tokens", "authorizerPayloadFormatVersion": "2.0",
        "enableSimpleResponses": True, "identitySources": ["$request.header.Authorization"],
        "authorizerResultTtlInSeconds": 300, "authorizerUri":
            f"arn:aws:apigateway:{R}:lambda:path/2015-03-31/functions/arn:aws:lambda:{R}:{ME}:function:auth/"
            "invocations"}, "tokens"),), f"{AWS_DOCS}/apigateway"),
    Idiom("a web ACL of managed rules and a limit, and its log without secrets", (
        aws("wafv2/WebAcl", {
            "name": "portal", "scope": "REGIONAL", "defaultAction": {"allow": {}}, "tags": TAGS,
            "visibilityConfig": {**SEEN, "metricName": "portal"}, "rules": [
                _managed("AWSManagedRulesCommonRuleSet", 1), _managed("AWSManagedRulesKnownBadInputsRuleSet", 2),
                _managed("AWSManagedRulesSQLiRuleSet", 3),
                {"name": "rate", "priority": 4, "action": {"block": {}}, "statement": {"rateBasedStatement": {
                    "limit": 2000, "aggregateKeyType": "IP"}}, "visibilityConfig": {**SEEN, "metricName": "rate"}}]},
            "acl"),
        aws("cloudwatch/LogGroup", {"name": "aws-waf-logs-portal", **LOGS}, "logs"),
        aws("wafv2/WebAclLoggingConfiguration", {
            "resourceArn": UNKNOWN, "logDestinationConfigs": [
                f"arn:aws:logs:{R}:{ME}:log-group:aws-waf-logs-portal"],
            "redactedFields": [{"singleHeader": {"name": "authorization"}}], "loggingFilter": {
                "defaultBehavior": "KEEP", "filters": [{"behavior": "DROP", "requirement": "MEETS_ALL", "conditions": [
                    {"actionCondition": {"action": "ALLOW"}}]}]}}, "logging", links={"resourceArn": ("acl",)})),
        f"{AWS_DOCS}/waf"),
    Idiom("a workflow that reads a table, calls a function and tells a topic", (
        aws("cloudwatch/LogGroup", {"name": "/aws/vendedlogs/states/settle", **LOGS}, "logs"),
        aws("sfn/StateMachine", {
            "name": "settle", "definition": MACHINE, "roleArn": _role("settle"), "tags": TAGS, "type": "STANDARD",
            "encryptionConfiguration": {"type": "CUSTOMER_MANAGED_KMS_KEY", "kmsKeyId": KEY},
            "tracingConfiguration": {"enabled": True}, "loggingConfiguration": {
                "level": "ERROR", "includeExecutionData": False, "logDestination": UNKNOWN}}, "settle",
            links={"loggingConfiguration": ("logs",)})), f"{AWS_DOCS}/step-functions"),
    Idiom("a bus of events with its archive and a rule to a queue", (
        aws("cloudwatch/EventBus", {"name": "orders", "kmsKeyIdentifier": KEY, "tags": TAGS, "deadLetterConfig": {
            "arn": f"arn:aws:sqs:{R}:{ME}:orders-dead"}}, "bus"),
        aws("cloudwatch/EventArchive", {"name": "orders", "eventSourceArn": UNKNOWN, "retentionDays": 30,
                                        "kmsKeyIdentifier": KEY}, "archive", links={"eventSourceArn": ("bus",)}),
        aws("cloudwatch/EventRule", {"name": "paid", "eventBusName": "orders", "tags": TAGS, "eventPattern": json.dumps(
            {"source": ["bank.orders"], "detail-type": ["OrderPaid"]})}, "rule"),
        aws("cloudwatch/EventTarget", {
            "rule": UNKNOWN, "eventBusName": "orders", "arn": f"arn:aws:sqs:{R}:{ME}:settle",
            "deadLetterConfig": {"arn": f"arn:aws:sqs:{R}:{ME}:orders-dead"},
            "retryPolicy": {"maximumRetryAttempts": 10, "maximumEventAgeInSeconds": 3600}}, "target",
            links={"rule": ("rule",)}),
        aws("schemas/Registry", {"name": "orders", "description": "Events of orders", "tags": TAGS}, "registry")),
        f"{AWS_DOCS}/eventbridge"),
    Idiom("a pipeline from a connected repository of the bank", (
        aws("codestarconnections/Connection", {"name": "github", "providerType": "GitHub", "tags": TAGS}, "github"),
        *bucket("bank-pipeline"),
        aws("codebuild/Project", {
            "name": "orders", "serviceRole": _role("build"), "encryptionKey": KEY, "tags": TAGS, "buildTimeout": 30,
            "artifacts": {"type": "CODEPIPELINE"}, "source": {"type": "CODEPIPELINE", "buildspec": STEPS},
            "environment": {"computeType": "BUILD_GENERAL1_SMALL", "type": "ARM_CONTAINER", "image":
                            "aws/codebuild/amazonlinux-aarch64-standard:3.0", "environmentVariables": [
                                {"name": "REPOSITORY", "value": f"{ME}.dkr.ecr.{R}.amazonaws.com/orders"}]},
            "logsConfig": {"cloudwatchLogs": {"status": "ENABLED", "groupName": "/build/orders"}},
            "vpcConfig": {"vpcId": "vpc-1", "subnets": SUBNETS, "securityGroupIds": GROUPS}}, "build"),
        aws("codepipeline/Pipeline", {
            "name": "orders", "pipelineType": "V2", "roleArn": _role("pipeline"), "tags": TAGS,
            "artifactStores": [{"type": "S3", "location": "bank-pipeline", "encryptionKey": {
                "id": KEY, "type": "KMS"}}], "stages": [
                {"name": "Source", "actions": [{
                    "name": "Source", "category": "Source", "owner": "AWS", "provider": "CodeStarSourceConnection",
                    "version": "1", "outputArtifacts": ["source"], "configuration": {
                        "ConnectionArn": UNKNOWN, "FullRepositoryId": "example-bank/orders", "BranchName": "main"}}]},
                {"name": "Build", "actions": [{
                    "name": "Build", "category": "Build", "owner": "AWS", "provider": "CodeBuild", "version": "1",
                    "inputArtifacts": ["source"], "configuration": {"ProjectName": "orders"}}]}]}, "pipeline",
            links={"stages": ("github",)})), f"{AWS_DOCS}/codepipeline", {**_kept("bucket"),
            "escape": {"code_sources": {"https://github.com/example-bank": "the bank's organisation"}}}),
    Idiom("a model of SageMaker behind an endpoint that scales", (
        BUDGET, aws("sagemaker/Model", {
            "name": "scoring", "executionRoleArn": _role("models"), "enableNetworkIsolation": True, "tags": TAGS,
            "vpcConfig": {"subnets": SUBNETS, "securityGroupIds": GROUPS}, "primaryContainer": {
                "image": f"{ME}.dkr.ecr.{R}.amazonaws.com/scoring@sha256:" + "c" * 64,
                "modelDataUrl": "s3://bank-models/scoring/17/model.tar.gz"}}, "model"),
        aws("sagemaker/EndpointConfiguration", {"kmsKeyArn": KEY, "tags": TAGS, "productionVariants": [{
            "variantName": "main", "modelName": UNKNOWN, "instanceType": "ml.m6g.large", "initialInstanceCount": 2}]},
            "config", links={"productionVariants": ("model",)}),
        aws("sagemaker/Endpoint", {"name": "scoring", "endpointConfigName": UNKNOWN, "tags": TAGS}, "endpoint",
            links={"endpointConfigName": ("config",)}),
        aws("appautoscaling/Target", {
            "minCapacity": 2, "maxCapacity": 6, "resourceId": "endpoint/scoring/variant/main", "tags": TAGS,
            "scalableDimension": "sagemaker:variant:DesiredInstanceCount", "serviceNamespace": "sagemaker"}, "scale"),
        aws("appautoscaling/Policy", {
            "policyType": "TargetTrackingScaling", "resourceId": "endpoint/scoring/variant/main",
            "scalableDimension": "sagemaker:variant:DesiredInstanceCount", "serviceNamespace": "sagemaker",
            "targetTrackingScalingPolicyConfiguration": {"targetValue": 70, "scaleInCooldown": 300,
                "predefinedMetricSpecification": {
                    "predefinedMetricType": "SageMakerVariantInvocationsPerInstance"}}}, "policy")),
        f"{AWS_DOCS}/sagemaker", {
            "residency": {"known": {"bank-models": "the bank's own bucket, in me-central-1"}}, **unpriced(
                "aws:sagemaker/endpoint:Endpoint::endpoint",
                "aws:appautoscaling/target:Target::scale")}),
    Idiom("Airflow of AWS, reached from the network only", (aws("mwaa/Environment", {
        "name": "orders", "airflowVersion": "2.10.3", "environmentClass": "mw1.small", "dagS3Path": "dags",
        "sourceBucketArn": "arn:aws:s3:::bank-airflow", "executionRoleArn": _role("airflow"), "kmsKey": KEY,
        "webserverAccessMode": "PRIVATE_ONLY", "maxWorkers": 5, "minWorkers": 1, "tags": TAGS,
        "networkConfiguration": {"subnetIds": SUBNETS[:2], "securityGroupIds": GROUPS}, "airflowConfigurationOptions": {
            "core.default_task_retries": "2", "webserver.expose_config": "False"}, "loggingConfiguration": {
            key: {"enabled": True, "logLevel": "INFO"} for key in (
                "dagProcessingLogs", "schedulerLogs", "taskLogs", "webserverLogs", "workerLogs")}}, "airflow"),),
        f"{AWS_DOCS}/mwaa", {"residency": {"known": {"bank-airflow": "the bank's own bucket, in me-central-1"}},
                             "escape": {"code_sources": {"bank-airflow": "the platform team"}}}),
    Idiom("a stream of deliveries into a bucket of the stack", (
        *bucket("bank-clicks"), aws("kinesis/FirehoseDeliveryStream", {
            "name": "clicks", "destination": "extended_s3", "tags": TAGS, "serverSideEncryption": {
                "enabled": True, "keyType": "CUSTOMER_MANAGED_CMK", "keyArn": KEY}, "extendedS3Configuration": {
                "bucketArn": "arn:aws:s3:::bank-clicks", "roleArn": _role("clicks"), "kmsKeyArn": KEY,
                "compressionFormat": "GZIP", "bufferingInterval": 300, "bufferingSize": 64,
                "prefix": "dt=!{timestamp:yyyy-MM-dd}/", "errorOutputPrefix": "errors/!{firehose:error-output-type}/",
                "cloudwatchLoggingOptions": {"enabled": True, "logGroupName": "/firehose/clicks",
                                             "logStreamName": "s3"}}}, "clicks")), f"{AWS_DOCS}/firehose",
        {**_kept("bucket"), **unpriced("aws:kinesis/firehoseDeliveryStream:FirehoseDeliveryStream::clicks")}),
    Idiom("rights of the lake by tags for one role", (
        aws("lakeformation/LfTag", {"key": "classification", "values": ["internal", "restricted"]}, "tag"),
        aws("lakeformation/ResourceLfTags", {"database": {"name": "core"}, "lfTags": [
            {"key": "classification", "value": "restricted"}]}, "tagged"),
        aws("lakeformation/Permissions", {
            "principal": _role("analysts"), "permissions": ["SELECT", "DESCRIBE"], "lfTagPolicy": {
                "resourceType": "TABLE", "expressions": [{"key": "classification", "values": ["internal"]}]}},
            "grant")), f"{AWS_DOCS}/lake-formation"),
    Idiom("a service signs tokens with one key and issues from one authority", (policy(
        statement(["kms:Sign", "kms:GetPublicKey"], KEY), statement(
            ["acm-pca:IssueCertificate", "acm-pca:GetCertificate"],
            f"arn:aws:acm-pca:{R}:{ME}:certificate-authority/11111111-2222-3333-4444-555555555555"),
        statement(["dynamodb:GetRecords", "dynamodb:GetShardIterator", "dynamodb:DescribeStream"],
                  f"arn:aws:dynamodb:{R}:{ME}:table/orders/stream/*"),
        statement(["execute-api:Invoke"], f"arn:aws:execute-api:{R}:{ME}:abcdef1234/prod/GET/orders/*"),
        statement(["bedrock-agentcore:GetResourceApiKey"],
                  f"arn:aws:bedrock-agentcore:{R}:{ME}:token-vault/default/apikeycredentialprovider/crm")),),
        f"{AWS_DOCS}/service-authorization"),
    Idiom("a file server in the network for one partner", (aws("transfer/Server", {
        "protocols": ["SFTP"], "endpointType": "VPC", "identityProviderType": "SERVICE_MANAGED", "tags": TAGS,
        "securityPolicyName": "TransferSecurityPolicy-2024-01", "loggingRole": _role("transfer"),
        "endpointDetails": {"vpcId": "vpc-1", "subnetIds": SUBNETS[:2], "securityGroupIds": GROUPS},
        "structuredLogDestinations": [f"arn:aws:logs:{R}:{ME}:log-group:/transfer/sftp:*"]}, "sftp"),),
        f"{MODULES}/terraform-aws-transfer", unpriced("aws:transfer/server:Server::sftp")),
    Idiom("switches of a program by AppConfig", (
        aws("appconfig/Application", {"name": "orders", "tags": TAGS}, "app"),
        aws("appconfig/Environment", {"applicationId": UNKNOWN, "name": "prod", "tags": TAGS, "monitors": [{
            "alarmArn": f"arn:aws:cloudwatch:{R}:{ME}:alarm:orders-5xx", "alarmRoleArn": _role("appconfig")}]}, "env",
            links={"applicationId": ("app",)}),
        aws("appconfig/ConfigurationProfile", {
            "applicationId": UNKNOWN, "name": "flags", "locationUri": "hosted", "type": "AWS.AppConfig.FeatureFlags",
            "kmsKeyIdentifier": KEY, "tags": TAGS}, "flags", links={"applicationId": ("app",)}),
        aws("appconfig/HostedConfigurationVersion", {
            "applicationId": UNKNOWN, "configurationProfileId": UNKNOWN, "contentType": "application/json",
            "content": json.dumps({"version": "1", "flags": {"new-checkout": {"name": "New checkout"}},
                                   "values": {"new-checkout": {"enabled": False}}})}, "version",
            links={"applicationId": ("app",), "configurationProfileId": ("flags",)})), f"{AWS_DOCS}/appconfig"),
    Idiom("a canary release of a function by weights", (
        aws("lambda/Function", {**FUNCTION, "name": "orders", "publish": True}, "fn"),
        aws("lambda/Alias", {"name": "live", "functionName": UNKNOWN, "functionVersion": "12", "routingConfig": {
            "additionalVersionWeights": {"13": 0.1}}}, "live", links={"functionName": ("fn",)}),
        aws("codedeploy/Application", {"name": "orders", "computePlatform": "Lambda", "tags": TAGS}, "app"),
        aws("codedeploy/DeploymentGroup", {
            "appName": "orders", "deploymentGroupName": "live", "serviceRoleArn": _role("deploy"), "tags": TAGS,
            "deploymentConfigName": "CodeDeployDefault.LambdaCanary10Percent5Minutes",
            "deploymentStyle": {"deploymentType": "BLUE_GREEN", "deploymentOption": "WITH_TRAFFIC_CONTROL"},
            "autoRollbackConfiguration": {"enabled": True, "events": ["DEPLOYMENT_FAILURE"]},
            "alarmConfiguration": {"enabled": True, "alarms": ["orders-5xx"]}}, "group")), f"{AWS_DOCS}/codedeploy"),
)  # fmt: skip
