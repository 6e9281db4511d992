"""Good idioms of AWS in everyday shapes, written blind after the mends of the eleventh set (2026-11-29)."""

import json

from ..blind import KEY, ME, TAGS, aws, document, statement
from ..harness import UNKNOWN
from . import Idiom, unpriced
from .aws_platform import bucket, subnet, vpc
from .fourth import AWS_DOCS, R
from .fourth_kubernetes import BUDGET
from .ninth_aws import GROUPS, SUBNETS, arn, kept, role_arn

CLOSED = {"publicNetworkAccess": "Disabled"}
SYSTEM = {"identity": {"type": "SystemAssigned"}}
LOGIN = "https://login.example.ae/realms/bank"
SIGN_IN = {"identity": {"trusted": {"login.example.ae": "our own sign-in"}},
           "residency": {"known": {"example.ae": "the bank's own domain"}}}  # fmt: skip
OWNED = document(
    {"Sid": "Owner", "Effect": "Allow", "Principal": {"AWS": f"arn:aws:iam::{ME}:root"}, "Action": "kms:*",
     "Resource": "*"},
    {"Sid": "Queues", "Effect": "Allow", "Principal": {"Service": "sqs.amazonaws.com"},
     "Action": ["kms:Decrypt", "kms:GenerateDataKey"], "Resource": "*",
     "Condition": {"StringEquals": {"aws:SourceAccount": ME}}})  # fmt: skip
GITHUB = document({
    "Effect": "Allow",
    "Principal": {"Federated": f"arn:aws:iam::{ME}:oidc-provider/token.actions.githubusercontent.com"},
    "Action": "sts:AssumeRoleWithWebIdentity", "Condition": {"StringEquals": {
        "token.actions.githubusercontent.com:aud": "sts.amazonaws.com",
        "token.actions.githubusercontent.com:sub": "repo:example/claims:environment:prod"}}})  # fmt: skip
SENDS = document(statement(["sqs:SendMessage"], arn("sqs", "changes")))

IDIOMS: tuple[Idiom, ...] = (
    Idiom("an API of the second kind asks for tokens of the bank's sign-in", (
        aws("apigatewayv2/Api", {"name": "claims", "protocolType": "HTTP", "tags": TAGS, "corsConfiguration": {
            "allowOrigins": ["https://portal.example.ae"], "allowMethods": ["GET", "POST"], "maxAge": 600}}, "api"),
        aws("apigatewayv2/Authorizer", {
            "apiId": UNKNOWN, "name": "bank", "authorizerType": "JWT", "identitySources": [
                "$request.header.Authorization"], "jwtConfiguration": {"issuer": LOGIN, "audiences": ["claims"]}},
            "bank", links={"apiId": ("api",)}),
        aws("apigatewayv2/Route", {"apiId": UNKNOWN, "routeKey": "GET /claims", "authorizationType": "JWT",
                                   "authorizerId": UNKNOWN, "authorizationScopes": ["claims.read"]}, "read",
            links={"apiId": ("api",), "authorizerId": ("bank",)})),
        f"{AWS_DOCS}/apigateway/latest/developerguide/http-api-jwt-authorizer.html", SIGN_IN),
    Idiom("a cache of Valkey knows two users and keeps to what an app may do", (
        BUDGET,
        aws("elasticache/ParameterGroup", {"name": "sessions", "family": "valkey8", "tags": TAGS, "parameters": [
            {"name": "maxmemory-policy", "value": "volatile-lru"}]}, "rules"),
        aws("elasticache/User", {
            "userId": "app", "userName": "app", "engine": "valkey", "tags": TAGS, "accessString":
            "on ~sessions:* -@all +@read +@write", "authenticationMode": {"type": "iam"}}, "app"),
        aws("elasticache/SubnetGroup", {"name": "sessions", "subnetIds": SUBNETS, "tags": TAGS}, "subnets")),
        f"{AWS_DOCS}/AmazonElastiCache/latest/dg/auth-iam.html"),
    Idiom("a repository's pipeline pushes images of its own prefix by a short token", (
        aws("ecr/Repository", {
            "name": "claims/api", "imageTagMutability": "IMMUTABLE", "imageScanningConfiguration": {"scanOnPush": True},
            "encryptionConfigurations": [{"encryptionType": "KMS", "kmsKey": KEY}], "tags": TAGS}, "api"),
        aws("ecr/LifecyclePolicy", {"repository": "claims/api", "policy": json.dumps({"rules": [{
            "rulePriority": 1, "selection": {"tagStatus": "untagged", "countType": "sinceImagePushed",
                                             "countUnit": "days", "countNumber": 14},
            "action": {"type": "expire"}}]})}, "old", links={"repository": ("api",)}),
        aws("iam/Role", {"name": "claims-push", "assumeRolePolicy": GITHUB, "maxSessionDuration": 3600, "tags": TAGS},
            "push"),
        aws("iam/RolePolicy", {"role": UNKNOWN, "policy": document(
            statement("ecr:GetAuthorizationToken"),
            statement(["ecr:BatchCheckLayerAvailability", "ecr:InitiateLayerUpload", "ecr:UploadLayerPart",
                       "ecr:CompleteLayerUpload", "ecr:PutImage"], arn("ecr", "repository/claims/*")))}, "rights",
            links={"role": ("push",)})),
        "docs.github.com/actions/how-tos/secure-your-work/security-harden-deployments/oidc-in-aws"),
    Idiom("a key of a team turns every year and is used by one service", (
        aws("kms/Key", {"description": "claims", "enableKeyRotation": True, "rotationPeriodInDays": 365,
            "policy": OWNED,
                        "deletionWindowInDays": 30, "tags": TAGS}, "key", protect=True),
        aws("kms/Alias", {"name": "alias/claims", "targetKeyId": UNKNOWN}, "alias", links={"targetKeyId": ("key",)}),
        aws("sqs/Queue", {"name": "claims.fifo", "fifoQueue": True, "contentBasedDeduplication": True, "tags": TAGS,
                          "kmsMasterKeyId": UNKNOWN, "deduplicationScope": "messageGroup",
                          "fifoThroughputLimit": "perMessageGroupId"}, "claims", links={"kmsMasterKeyId": ("key",)}),
        aws("sqs/RedriveAllowPolicy", {"queueUrl": UNKNOWN, "redriveAllowPolicy": json.dumps({
            "redrivePermission": "byQueue", "sourceQueueArns": [arn("sqs", "claims.fifo")]})}, "allowed",
            links={"queueUrl": ("claims",)})),
        f"{AWS_DOCS}/AWSSimpleQueueService/latest/SQSDeveloperGuide/sqs-dead-letter-queues.html"),
    Idiom("reports read a copy of the database in the region", (BUDGET, aws("rds/Instance", {
        "identifier": "claims-copy", "replicateSourceDb": "claims", "instanceClass": "db.m7g.large",
        "storageEncrypted": True, "kmsKeyId": KEY, "publiclyAccessible": False, "multiAz": True,
        "vpcSecurityGroupIds": GROUPS, "deletionProtection": True, "copyTagsToSnapshot": True,
        "backupRetentionPeriod": 7, "iamDatabaseAuthenticationEnabled": True, "performanceInsightsEnabled": True,
        "performanceInsightsKmsKeyId": KEY, "parameterGroupName": "tls", "autoMinorVersionUpgrade": True,
        "enabledCloudwatchLogsExports": ["postgresql"], "skipFinalSnapshot": False,
        "finalSnapshotIdentifier": "claims-copy-last", "tags": TAGS}, "copy", protect=True),),
        f"{AWS_DOCS}/AmazonRDS/latest/UserGuide/USER_ReadRepl.html",
        {**unpriced("aws:rds/instance:Instance::copy"), **kept("copy")}),
    Idiom("people sign in at the balancer with the bank's accounts", (aws("lb/ListenerRule", {
        "listenerArn": arn("elasticloadbalancing", "listener/app/inner/1111/2222"), "priority": 30, "tags": TAGS,
        "conditions": [{"hostHeader": {"values": ["wiki.example.ae"]}}], "actions": [
            {"type": "authenticate-oidc", "order": 1, "authenticateOidc": {
                "issuer": LOGIN, "clientId": "wiki", "clientSecret": UNKNOWN, "scope": "openid email",
                "authorizationEndpoint": f"{LOGIN}/auth", "tokenEndpoint": f"{LOGIN}/token",
                "userInfoEndpoint": f"{LOGIN}/userinfo", "onUnauthenticatedRequest": "authenticate",
                "sessionTimeout": 28800}},
            {"type": "forward", "order": 2, "targetGroupArn": arn("elasticloadbalancing", "targetgroup/wiki/1")}]},
        "wiki"),), f"{AWS_DOCS}/elasticloadbalancing/latest/application/listener-authenticate-users.html", SIGN_IN),
    Idiom("changes of a table become messages of a queue by a pipe", (
        aws("iam/Role", {"name": "changes", "tags": TAGS, "assumeRolePolicy": document({
            "Effect": "Allow", "Principal": {"Service": "pipes.amazonaws.com"}, "Action": "sts:AssumeRole",
            "Condition": {"StringEquals": {"aws:SourceAccount": ME}}})}, "role"),
        aws("iam/RolePolicy", {"role": UNKNOWN, "policy": SENDS}, "rights", links={"role": ("role",)}),
        aws("pipes/Pipe", {
            "name": "changes", "roleArn": UNKNOWN, "desiredState": "RUNNING", "kmsKeyIdentifier": KEY, "tags": TAGS,
            "source": arn("dynamodb", "table/claims/stream/2026-11-01T00:00:00.000"), "target": arn("sqs", "changes"),
            "sourceParameters": {"dynamodbStreamParameters": {
                "startingPosition": "LATEST", "batchSize": 10, "maximumRetryAttempts": 3,
                "deadLetterConfig": {"arn": arn("sqs", "changes-dead")}}, "filterCriteria": {"filters": [
                    {"pattern": json.dumps({"eventName": ["MODIFY"]})}]}}}, "pipe", links={"roleArn": ("role",)})),
        f"{AWS_DOCS}/eventbridge/latest/userguide/eb-pipes-dynamodb.html"),
    Idiom("machines of an app are replaced step by step and follow their load", (
        BUDGET,
        aws("ec2/LaunchTemplate", {
            "name": "app", "imageId": "ami-0123456789abcdef0", "instanceType": "m7g.large",
            "updateDefaultVersion": True,
            "iamInstanceProfile": {"name": "app"}, "vpcSecurityGroupIds": GROUPS, "metadataOptions": {
                "httpTokens": "required", "httpEndpoint": "enabled", "httpPutResponseHopLimit": 1},
            "monitoring": {"enabled": True}, "blockDeviceMappings": [{"deviceName": "/dev/xvda", "ebs": {
                "encrypted": "true", "kmsKeyId": KEY, "volumeType": "gp3", "volumeSize": 30}}], "tags": TAGS,
            "tagSpecifications": [{"resourceType": kind, "tags": TAGS} for kind in (
                "instance", "volume", "network-interface")]}, "template"),
        aws("autoscaling/Group", {
            "name": "app", "minSize": 2, "maxSize": 6, "vpcZoneIdentifiers": SUBNETS, "healthCheckType": "ELB",
            "launchTemplate": {"id": UNKNOWN, "version": "$Default"}, "targetGroupArns": [
                arn("elasticloadbalancing", "targetgroup/app/1111")], "instanceRefresh": {
                    "strategy": "Rolling", "preferences": {"minHealthyPercentage": 90, "autoRollback": True}},
            "instanceMaintenancePolicy": {"minHealthyPercentage": 90, "maxHealthyPercentage": 120},
            "maxInstanceLifetime": 2592000, "tags": [
                {"key": key, "value": value, "propagateAtLaunch": True} for key, value in TAGS.items()]}, "group",
            links={"launchTemplate": ("template",)}),
        aws("autoscaling/Policy", {
            "name": "cpu", "autoscalingGroupName": UNKNOWN, "policyType": "TargetTrackingScaling",
            "targetTrackingConfiguration": {"targetValue": 60, "predefinedMetricSpecification": {
                "predefinedMetricType": "ASGAverageCPUUtilization"}}}, "cpu",
            links={"autoscalingGroupName": ("group",)})),
        f"{AWS_DOCS}/autoscaling/ec2/userguide/asg-instance-refresh.html"),
    Idiom("jobs of the lake run as a workflow that one trigger starts", (*bucket("bank-jobs"),
        aws("glue/Workflow", {"name": "nightly", "maxConcurrentRuns": 1, "tags": TAGS}, "nightly"),
        aws("glue/Job", {
            "name": "clean", "roleArn": role_arn("glue"), "glueVersion": "5.0", "workerType": "G.1X",
            "numberOfWorkers": 4, "timeout": 60, "maxRetries": 1, "securityConfiguration": "lake",
            "executionProperty": {"maxConcurrentRuns": 1}, "command": {
                "scriptLocation": "s3://bank-jobs/clean.py", "pythonVersion": "3"}, "tags": TAGS,
            "defaultArguments": {"--job-bookmark-option": "job-bookmark-enable", "--enable-metrics": "true",
                                 "--TempDir": "s3://bank-jobs/temp/"}}, "clean"),
        aws("glue/Trigger", {"name": "nightly", "type": "SCHEDULED", "schedule": "cron(0 22 * * ? *)", "tags": TAGS,
                             "workflowName": UNKNOWN, "actions": [{"jobName": "clean", "timeout": 60}]}, "start",
            links={"workflowName": ("nightly",), "actions": ("clean",)})),
        f"{AWS_DOCS}/glue/latest/dg/workflows_overview.html", kept("bucket")),
    Idiom("a network has subnets for machines, endpoints of the lake and no way out", (
        vpc(), subnet("a", "10.20.0.0/20", f"{R}a"), subnet("b", "10.20.16.0/20", f"{R}b"),
        aws("ec2/RouteTable", {"vpcId": UNKNOWN, "tags": TAGS}, "routes", links={"vpcId": ("vpc",)}),
        *(aws("ec2/RouteTableAssociation", {"subnetId": UNKNOWN, "routeTableId": UNKNOWN}, f"with-{name}",
              links={"subnetId": (name,), "routeTableId": ("routes",)}) for name in ("a", "b")),
        aws("ec2/VpcEndpoint", {
            "vpcId": UNKNOWN, "serviceName": f"com.amazonaws.{R}.s3", "vpcEndpointType": "Gateway", "tags": TAGS,
            "routeTableIds": [UNKNOWN], "policy": document({
                "Effect": "Allow", "Principal": "*", "Action": ["s3:GetObject", "s3:PutObject", "s3:ListBucket"],
                "Resource": "*", "Condition": {"StringEquals": {"aws:ResourceAccount": ME,
                "aws:PrincipalAccount": ME}}})},
            "s3", links={"vpcId": ("vpc",), "routeTableIds": ("routes",)}),
        aws("ec2/DefaultSecurityGroup", {"vpcId": UNKNOWN, "tags": TAGS}, "closed", links={"vpcId": ("vpc",)}),
        aws("cloudwatch/LogGroup", {"name": "/vpc/isolated", "retentionInDays": 365, "kmsKeyId": KEY, "tags": TAGS},
            "flows"),
        aws("ec2/FlowLog", {"vpcId": UNKNOWN, "trafficType": "ALL", "logDestinationType": "cloud-watch-logs",
                            "logDestination": UNKNOWN, "iamRoleArn": role_arn("flows"), "tags": TAGS}, "flow",
            links={"vpcId": ("vpc",), "logDestination": ("flows",)})),
        f"{AWS_DOCS}/vpc/latest/userguide/vpc-example-private-subnets-nat.html"),
    Idiom("an alarm of an app tells the team's topic, and nobody subscribes from elsewhere", (
        aws("sns/Topic", {"name": "claims-alarms", "kmsMasterKeyId": KEY, "tags": TAGS}, "topic"),
        aws("sns/TopicPolicy", {"arn": UNKNOWN, "policy": document({
            "Effect": "Allow", "Principal": {"Service": "cloudwatch.amazonaws.com"}, "Action": "sns:Publish",
            "Resource": arn("sns", "claims-alarms"), "Condition": {"StringEquals": {"aws:SourceAccount": ME}}}, {
                "Effect": "Deny", "Principal": "*", "Action": "sns:Publish", "Resource": arn("sns", "claims-alarms"),
                "Condition": {"Bool": {"aws:SecureTransport": "false"}}})},
            "policy", links={"arn": ("topic",)}),
        aws("cloudwatch/MetricAlarm", {
            "name": "claims-slow", "namespace": "AWS/ApplicationELB", "metricName": "TargetResponseTime",
            "extendedStatistic": "p95", "comparisonOperator": "GreaterThanThreshold", "threshold": 2, "period": 60,
            "evaluationPeriods": 5, "datapointsToAlarm": 3, "treatMissingData": "notBreaching",
            "alarmActions": [UNKNOWN], "tags": TAGS}, "slow", links={"alarmActions": ("topic",)})),
        f"{AWS_DOCS}/AmazonCloudWatch/latest/monitoring/Notify_Users_Alarm_Changes.html"),
    Idiom("secrets of an app turn by a function, and only its role reads them", (
        aws("secretsmanager/Secret", {"name": "claims", "kmsKeyId": KEY, "recoveryWindowInDays": 30, "tags": TAGS,
                                      "description": "database of claims"}, "secret", protect=True),
        aws("secretsmanager/SecretPolicy", {"secretArn": UNKNOWN, "blockPublicPolicy": True, "policy": document({
            "Effect": "Deny", "Principal": "*", "Action": "secretsmanager:GetSecretValue", "Resource": "*",
            "Condition": {"ArnNotEquals": {"aws:PrincipalArn": [role_arn("claims"), role_arn("rotate")]}}})}, "policy",
            links={"secretArn": ("secret",)}),
        aws("secretsmanager/SecretRotation", {
            "secretId": UNKNOWN, "rotationLambdaArn": arn("lambda", "function:rotate"), "rotateImmediately": False,
            "rotationRules": {"scheduleExpression": "rate(30 days)", "duration": "2h"}}, "rotation",
            links={"secretId": ("secret",)})),
        f"{AWS_DOCS}/secretsmanager/latest/userguide/rotating-secrets.html"),
    Idiom("a machine for tests stops at night by a schedule of the account", (
        aws("scheduler/ScheduleGroup", {"name": "nights", "tags": TAGS}, "nights"),
        aws("scheduler/Schedule", {
            "name": "stop", "groupName": UNKNOWN, "scheduleExpression": "cron(0 20 ? * MON-FRI *)",
            "scheduleExpressionTimezone": "Asia/Dubai", "kmsKeyArn": KEY, "flexibleTimeWindow": {"mode": "OFF"},
            "target": {"arn": "arn:aws:scheduler:::aws-sdk:ec2:stopInstances", "roleArn": role_arn("nights"),
                       "input": json.dumps({"InstanceIds": ["i-0123456789abcdef0"]}),
                       "retryPolicy": {"maximumRetryAttempts": 2}}}, "stop", links={"groupName": ("nights",)})),
        f"{AWS_DOCS}/scheduler/latest/UserGuide/managing-targets-universal.html"),
    Idiom("a bucket tells a function of each upload in one folder", (*bucket("bank-uploads"),
        aws("lambda/Permission", {
            "action": "lambda:InvokeFunction", "function": "scan", "principal": "s3.amazonaws.com",
            "sourceArn": "arn:aws:s3:::bank-uploads", "sourceAccount": ME}, "may"),
        aws("s3/BucketNotification", {"bucket": "bank-uploads", "lambdaFunctions": [{
            "lambdaFunctionArn": arn("lambda", "function:scan"), "events": ["s3:ObjectCreated:*"],
            "filterPrefix": "inbox/"}]}, "told", links={"bucket": ("bucket",)})),
        f"{AWS_DOCS}/AmazonS3/latest/userguide/EventNotifications.html", kept("bucket")),
    Idiom("models of a model registry are served on spot-like bounds with capture", (BUDGET, *bucket("bank-capture"),
        aws("sagemaker/Model", {
            "name": "claims", "executionRoleArn": role_arn("serve"), "enableNetworkIsolation": True, "tags": TAGS,
            "primaryContainer": {"image": f"{ME}.dkr.ecr.{R}.amazonaws.com/serve@sha256:" + "a" * 64,
                                 "modelDataUrl": "s3://bank-capture/models/claims.tar.gz"},
            "vpcConfig": {"subnets": SUBNETS, "securityGroupIds": GROUPS}}, "model"),
        aws("sagemaker/EndpointConfiguration", {
            "name": "claims", "kmsKeyArn": KEY, "tags": TAGS, "productionVariants": [{
                "variantName": "main", "modelName": UNKNOWN, "instanceType": "ml.m7g.large",
                "initialInstanceCount": 2, "initialVariantWeight": 1}], "dataCaptureConfig": {
                    "enableCapture": True, "initialSamplingPercentage": 10, "kmsKeyId": KEY, "captureOptions": [
                        {"captureMode": "Input"}], "destinationS3Uri": "s3://bank-capture/claims"}}, "config",
            links={"productionVariants": ("model",)})),
        f"{AWS_DOCS}/sagemaker/latest/dg/model-monitor-data-capture-endpoint.html",
        kept("bucket")),
)  # fmt: skip
