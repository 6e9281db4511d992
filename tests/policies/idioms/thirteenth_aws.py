"""Good idioms of platform teams on AWS: models, data, keys, records and machines, as whole plans (set 13, blind)."""

import json

from ..blind import KEY, ME, TAGS, aws, document, statement
from ..harness import UNKNOWN, Given
from . import Idiom, unpriced
from .fourth import AWS_DOCS, R
from .fourth_kubernetes import BUDGET
from .ninth_aws import GROUPS, SUBNETS, arn, kept, role_arn
from .twelfth_aws_platform import NAMES, VPC, VPC_ENDPOINT, logs, rights, trusted

OURS = {"residency": {"known": NAMES | dict.fromkeys(("bank-models", "bank-trail"), "our own, in me-central-1")},
        "escape": {"image_publishers": {"registry.bank.ae": "the company's mirror of reviewed images"}}}  # fmt: skip
ECR = f"{ME}.dkr.ecr.{R}.amazonaws.com"
DIGEST = "@sha256:" + "d" * 64
ROOT = f"arn:aws:iam::{ME}:root"
TRAIL = arn("cloudtrail", "trail/platform")
NETWORK = {"vpcId": VPC, "tags": TAGS}


def scaled(service: str, dimension: str, resource: str, least: int, most: int, metric: str, value: float,
           of: tuple[str, ...]) -> tuple[Given, Given]:  # fmt: skip
    """Returns what follows the load of a resource between two numbers, by a target of a metric of the service."""
    same = {"serviceNamespace": service, "scalableDimension": dimension, "resourceId": resource}
    name = metric.lower()
    return (
        aws("appautoscaling/Target", {**same, "minCapacity": least, "maxCapacity": most, "tags": TAGS}, f"{name}-range",
            links={"resourceId": of}),
        aws("appautoscaling/Policy", {
            **same, "name": name, "policyType": "TargetTrackingScaling", "targetTrackingScalingPolicyConfiguration": {
                "predefinedMetricSpecification": {"predefinedMetricType": metric}, "targetValue": value,
                "scaleInCooldown": 300, "scaleOutCooldown": 60}}, name, links={"resourceId": (f"{name}-range",)}),
    )  # fmt: skip


IDIOMS: tuple[Idiom, ...] = (
    Idiom("a model of scores answers from an endpoint inside the network, and grows with its calls", (
        BUDGET,
        aws("sagemaker/Model", {
            "name": "scores", "executionRoleArn": role_arn("scores"), "enableNetworkIsolation": True, "tags": TAGS,
            "vpcConfig": {"subnets": SUBNETS, "securityGroupIds": GROUPS}, "primaryContainer": {
                "image": f"{ECR}/scores{DIGEST}", "modelDataUrl": "s3://bank-models/scores/model.tar.gz",
                "imageConfig": {"repositoryAccessMode": "Platform"}}}, "model"),
        aws("sagemaker/EndpointConfiguration", {
            "name": "scores", "kmsKeyArn": KEY, "tags": TAGS, "productionVariants": [{
                "variantName": "all", "modelName": "scores", "initialInstanceCount": 2,
                "instanceType": "ml.m6i.xlarge", "initialVariantWeight": 1}],
            "dataCaptureConfig": {"enableCapture": True, "initialSamplingPercentage": 10, "kmsKeyId": KEY,
                                  "destinationS3Uri": "s3://bank-datasets/captured/scores",
                                  "captureOptions": [{"captureMode": "Input"}, {"captureMode": "Output"}]}}, "config",
            links={"productionVariants": ("model",)}),
        aws("sagemaker/Endpoint", {
            "name": "scores", "endpointConfigName": "scores", "tags": TAGS, "deploymentConfig": {
                "blueGreenUpdatePolicy": {"maximumExecutionTimeoutInSeconds": 1800, "trafficRoutingConfiguration": {
                    "type": "CANARY", "waitIntervalInSeconds": 300, "canarySize": {
                        "type": "CAPACITY_PERCENT", "value": 50}}},
                "autoRollbackConfiguration": {"alarms": [{"alarmName": "scores-5xx"}]}}}, "endpoint",
            links={"endpointConfigName": ("config",)}),
        *scaled("sagemaker", "sagemaker:variant:DesiredInstanceCount", "endpoint/scores/variant/all", 2, 4,
                "SageMakerVariantInvocationsPerInstance", 200, ("endpoint",)),
        aws("cloudwatch/MetricAlarm", {
            "name": "scores-5xx", "namespace": "AWS/SageMaker", "metricName": "Invocation5XXErrors", "statistic": "Sum",
            "comparisonOperator": "GreaterThanThreshold", "threshold": 5, "period": 60, "evaluationPeriods": 3,
            "dimensions": {"EndpointName": "scores", "VariantName": "all"}, "treatMissingData": "notBreaching",
            "alarmActions": [arn("sns", "oncall")], "tags": TAGS}, "alarm")),
        f"{AWS_DOCS}/sagemaker/latest/dg/mkt-algo-model-internet-free.html", {**OURS, **unpriced(
            "aws:sagemaker/endpoint:Endpoint::endpoint")}),
    Idiom("records of the platform are searched in a domain of OpenSearch whose users are roles of the account", (
        BUDGET, logs("/opensearch/records"),
        aws("opensearch/Domain", {
            "domainName": "records", "engineVersion": "OpenSearch_2.19", "tags": TAGS, "clusterConfig": {
                "instanceType": "r6g.large.search", "instanceCount": 3, "zoneAwarenessEnabled": True,
                "zoneAwarenessConfig": {"availabilityZoneCount": 3}, "dedicatedMasterEnabled": True,
                "dedicatedMasterType": "m6g.large.search", "dedicatedMasterCount": 3},
            "ebsOptions": {"ebsEnabled": True, "volumeType": "gp3", "volumeSize": 100},
            "encryptAtRest": {"enabled": True, "kmsKeyId": KEY}, "nodeToNodeEncryption": {"enabled": True},
            "domainEndpointOptions": {"enforceHttps": True, "tlsSecurityPolicy": "Policy-Min-TLS-1-2-PFS-2023-10"},
            "advancedSecurityOptions": {"enabled": True, "anonymousAuthEnabled": False,
                                        "internalUserDatabaseEnabled": False,
                                        "masterUserOptions": {"masterUserArn": role_arn("records-admin")}},
            "vpcOptions": {"subnetIds": SUBNETS, "securityGroupIds": GROUPS}, "accessPolicies": document({
                "Effect": "Allow", "Principal": {"AWS": [role_arn("records-admin"), role_arn("records-writer")]},
                "Action": ["es:ESHttpGet", "es:ESHttpPost", "es:ESHttpPut"],
                "Resource": arn("es", "domain/records/*")}),
            "logPublishingOptions": [{"logType": kind, "enabled": True, "cloudwatchLogGroupArn": UNKNOWN}
                                     for kind in ("AUDIT_LOGS", "ES_APPLICATION_LOGS", "SEARCH_SLOW_LOGS",
                                                  "INDEX_SLOW_LOGS")],
            "softwareUpdateOptions": {"autoSoftwareUpdateEnabled": True},
            "offPeakWindowOptions": {"enabled": True, "offPeakWindow": {"windowStartTime": {
                "hours": 22, "minutes": 0}}}}, "records", protect=True, links={"logPublishingOptions": ("logs",)})),
        f"{AWS_DOCS}/opensearch-service/latest/developerguide/fgac.html", {
            **kept("records"), **unpriced("aws:opensearch/domain:Domain::records")}),
    Idiom("a private API of scores is called through one endpoint of the network by signed requests", (
        BUDGET, logs("/apigateway/scores"),
        aws("apigateway/RestApi", {
            "name": "scores", "tags": TAGS, "minimumCompressionSize": "1024", "disableExecuteApiEndpoint": False,
            "endpointConfiguration": {"types": "PRIVATE", "vpcEndpointIds": [VPC_ENDPOINT]}}, "api"),
        aws("apigateway/RestApiPolicy", {"restApiId": UNKNOWN, "policy": document(
            {"Effect": "Deny", "Principal": "*", "Action": "execute-api:Invoke", "Resource": "execute-api:/*",
             "Condition": {"StringNotEquals": {"aws:SourceVpce": VPC_ENDPOINT}}},
            {"Effect": "Allow", "Principal": {"AWS": role_arn("triage")}, "Action": "execute-api:Invoke",
             "Resource": "execute-api:/prod/POST/scores"})}, "policy", links={"restApiId": ("api",)}),
        aws("apigateway/Resource", {"restApi": UNKNOWN, "parentId": UNKNOWN, "pathPart": "scores"}, "path",
            links={"restApi": ("api",), "parentId": ("api",)}),
        aws("apigateway/Method", {"restApi": UNKNOWN, "resourceId": UNKNOWN, "httpMethod": "POST", "authorization":
                                  "AWS_IAM"}, "post", links={"restApi": ("api",), "resourceId": ("path",)}),
        aws("apigateway/Integration", {
            "restApi": UNKNOWN, "resourceId": UNKNOWN, "httpMethod": "POST", "type": "AWS_PROXY", "timeoutMilliseconds":
            10000, "integrationHttpMethod": "POST", "uri": UNKNOWN}, "function",
            links={"restApi": ("api",), "resourceId": ("path",)}),
        aws("apigateway/Deployment", {"restApi": UNKNOWN}, "deployment", links={"restApi": ("api",)}),
        aws("apigateway/Stage", {
            "restApi": UNKNOWN, "deployment": UNKNOWN, "stageName": "prod", "xrayTracingEnabled": True, "tags": TAGS,
            "accessLogSettings": {"destinationArn": UNKNOWN, "format": json.dumps({
                "id": "$context.requestId", "caller": "$context.identity.caller", "status": "$context.status"})}},
            "stage", links={"restApi": ("api",), "deployment": ("deployment",), "accessLogSettings": ("logs",)}),
        aws("apigateway/MethodSettings", {
            "restApi": UNKNOWN, "stageName": "prod", "methodPath": "*/*", "settings": {
                "loggingLevel": "ERROR", "metricsEnabled": True, "dataTraceEnabled": False, "cachingEnabled": False,
                "throttlingBurstLimit": 100, "throttlingRateLimit": 50}}, "settings", links={"restApi": ("api",)}),
        aws("lambda/Permission", {
            "action": "lambda:InvokeFunction", "function": "scores", "principal": "apigateway.amazonaws.com",
            "sourceAccount": ME, "sourceArn": arn("execute-api", "a1b2c3d4e5/prod/POST/scores")}, "call")),
        f"{AWS_DOCS}/apigateway/latest/developerguide/apigateway-private-apis.html", OURS),
    Idiom("a key of models changes each year and is used by one service for one role", (
        BUDGET,
        aws("kms/Key", {
            "description": "Models at rest", "enableKeyRotation": True, "rotationPeriodInDays": 365, "tags": TAGS,
            "deletionWindowInDays": 30, "multiRegion": False, "keyUsage": "ENCRYPT_DECRYPT",
            "customerMasterKeySpec": "SYMMETRIC_DEFAULT", "bypassPolicyLockoutSafetyCheck": False, "policy": document(
                {"Sid": "Account", "Effect": "Allow", "Principal": {"AWS": ROOT}, "Action": "kms:*", "Resource": "*"},
                {"Sid": "Use", "Effect": "Allow", "Principal": {"AWS": role_arn("scores")},
                 "Action": ["kms:Decrypt", "kms:GenerateDataKey"], "Resource": "*", "Condition": {
                     "StringEquals": {"kms:ViaService": f"s3.{R}.amazonaws.com", "kms:CallerAccount": ME}}},
                {"Sid": "Logs", "Effect": "Allow", "Principal": {"Service": f"logs.{R}.amazonaws.com"},
                 "Action": ["kms:Encrypt", "kms:Decrypt", "kms:GenerateDataKey", "kms:DescribeKey"], "Resource": "*",
                 "Condition": {"ArnEquals": {
                     "kms:EncryptionContext:aws:logs:arn": arn("logs", "log-group:/models/scores")}}})}, "key",
            protect=True),
        aws("kms/Alias", {"name": "alias/models", "targetKeyId": UNKNOWN}, "alias", links={"targetKeyId": ("key",)})),
        f"{AWS_DOCS}/kms/latest/developerguide/key-policy-overview.html"),
    Idiom("a password of a database is changed every month by a function in the network", (
        BUDGET, trusted("lambda.amazonaws.com", "rotation"), logs("/aws/lambda/rotation"),
        rights("rotation",
               statement(["secretsmanager:DescribeSecret", "secretsmanager:GetSecretValue",
                          "secretsmanager:PutSecretValue", "secretsmanager:UpdateSecretVersionStage"],
                         arn("secretsmanager", "secret:claims/app-AbCdEf")),
               statement("secretsmanager:GetRandomPassword"),
               statement(["kms:Decrypt", "kms:GenerateDataKey"], KEY),
               statement(["logs:CreateLogStream", "logs:PutLogEvents"],
                         arn("logs", "log-group:/aws/lambda/rotation:*"))),
        aws("lambda/Function", {
            "name": "rotation", "packageType": "Image", "imageUri": f"{ECR}/rotation{DIGEST}", "role": UNKNOWN,
            "timeout": 60, "memorySize": 256, "architectures": ["arm64"], "kmsKeyArn": KEY, "tags": TAGS,
            "reservedConcurrentExecutions": 2, "tracingConfig": {"mode": "Active"}, "environment": {"variables": {
                "SECRETS_MANAGER_ENDPOINT": f"https://secretsmanager.{R}.amazonaws.com"}},
            "vpcConfig": {"subnetIds": SUBNETS, "securityGroupIds": GROUPS}}, "function",
            links={"role": ("rotation",)}),
        aws("lambda/Permission", {
            "action": "lambda:InvokeFunction", "function": "rotation", "principal": "secretsmanager.amazonaws.com",
            "sourceAccount": ME}, "call", links={"function": ("function",)}),
        aws("secretsmanager/Secret", {"name": "claims/app", "kmsKeyId": KEY, "recoveryWindowInDays": 30, "tags": TAGS,
                                      "description": "Password of the app of claims"}, "secret", protect=True),
        aws("secretsmanager/SecretPolicy", {"secretArn": UNKNOWN, "blockPublicPolicy": True, "policy": document({
            "Effect": "Allow", "Principal": {"AWS": role_arn("claims-app")}, "Action": "secretsmanager:GetSecretValue",
            "Resource": "*"})}, "policy", links={"secretArn": ("secret",)}),
        aws("secretsmanager/SecretRotation", {
            "secretId": UNKNOWN, "rotationLambdaArn": UNKNOWN, "rotateImmediately": True, "rotationRules": {
                "scheduleExpression": "rate(30 days)", "duration": "3h"}}, "rotation-plan",
            links={"secretId": ("secret",), "rotationLambdaArn": ("function",)})),
        f"{AWS_DOCS}/secretsmanager/latest/userguide/rotate-secrets_lambda.html", OURS),
    Idiom("what people and programs do in the account is recorded, and the use of the root user is an alarm", (
        BUDGET, logs("/cloudtrail/platform"), trusted("cloudtrail.amazonaws.com", "recorder"),
        rights("recorder", statement(["logs:CreateLogStream", "logs:PutLogEvents"],
                                     arn("logs", f"log-group:/cloudtrail/platform:log-stream:{ME}_CloudTrail_{R}*"))),
        aws("cloudtrail/Trail", {
            "name": "platform", "s3BucketName": "bank-trail", "kmsKeyId": KEY, "isMultiRegionTrail": True, "tags": TAGS,
            "enableLogFileValidation": True, "includeGlobalServiceEvents": True, "enableLogging": True,
            "cloudWatchLogsGroupArn": UNKNOWN, "cloudWatchLogsRoleArn": UNKNOWN, "insightSelectors": [
                {"insightType": "ApiErrorRateInsight"}], "advancedEventSelectors": [
                    {"name": "management", "fieldSelectors": [{"field": "eventCategory", "equals": ["Management"]}]},
                    {"name": "models", "fieldSelectors": [
                        {"field": "eventCategory", "equals": ["Data"]},
                        {"field": "resources.type", "equals": ["AWS::S3::Object"]},
                        {"field": "resources.ARN", "startsWiths": ["arn:aws:s3:::bank-models/"]}]}]}, "trail",
            protect=True, links={"cloudWatchLogsGroupArn": ("logs",), "cloudWatchLogsRoleArn": ("recorder",)}),
        aws("cloudwatch/LogMetricFilter", {
            "name": "root", "logGroupName": "/cloudtrail/platform", "pattern":
            '{ $.userIdentity.type = "Root" && $.userIdentity.invokedBy NOT EXISTS }', "metricTransformation": {
                "name": "RootUse", "namespace": "Platform", "value": "1"}}, "root", links={"logGroupName": ("logs",)}),
        aws("cloudwatch/MetricAlarm", {
            "name": "root-use", "namespace": "Platform", "metricName": "RootUse", "statistic": "Sum", "threshold": 1,
            "comparisonOperator": "GreaterThanOrEqualToThreshold", "period": 60, "evaluationPeriods": 1, "tags": TAGS,
            "treatMissingData": "notBreaching", "alarmActions": [arn("sns", "oncall")]}, "alarm")),
        f"{AWS_DOCS}/awscloudtrail/latest/userguide/best-practices-security.html", {
            **OURS, **unpriced("aws:cloudtrail/trail:Trail::trail")}),
    Idiom("sessions of a chat lie in a table that one role reaches through the network's own way", (
        BUDGET,
        aws("dynamodb/Table", {
            "name": "sessions", "billingMode": "PROVISIONED", "readCapacity": 10, "writeCapacity": 10, "hashKey":
            "user", "rangeKey": "at", "attributes": [{"name": "user", "type": "S"}, {"name": "at", "type": "N"}],
            "serverSideEncryption": {"enabled": True, "kmsKeyArn": KEY}, "deletionProtectionEnabled": True,
            "pointInTimeRecovery": {"enabled": True, "recoveryPeriodInDays": 35}, "tableClass": "STANDARD",
            "ttl": {"enabled": True, "attributeName": "expires"}, "tags": TAGS}, "sessions", protect=True),
        aws("dynamodb/ResourcePolicy", {"resourceArn": UNKNOWN, "policy": document({
            "Effect": "Deny", "Principal": "*", "Action": "dynamodb:*", "Resource": arn("dynamodb", "table/sessions"),
            "Condition": {"StringNotEquals": {"aws:PrincipalAccount": ME}}})}, "policy",
            links={"resourceArn": ("sessions",)}),
        *scaled("dynamodb", "dynamodb:table:ReadCapacityUnits", "table/sessions", 10, 60,
                "DynamoDBReadCapacityUtilization", 70, ("sessions",)),
        aws("ec2/VpcEndpoint", {
            **NETWORK, "serviceName": f"com.amazonaws.{R}.dynamodb", "vpcEndpointType": "Gateway", "routeTableIds":
            ["rtb-0123456789abcdef0"], "policy": document({
                "Effect": "Allow", "Principal": {"AWS": role_arn("chat")},
                "Resource": arn("dynamodb", "table/sessions"), "Action": [
                    "dynamodb:GetItem", "dynamodb:PutItem", "dynamodb:Query", "dynamodb:UpdateItem"]})}, "way")),
        f"{AWS_DOCS}/amazondynamodb/latest/developerguide/best-practices-security-preventative.html", kept("sessions")),
    Idiom("records of a day are cleaned by a job of Glue under the bank's key, from a connection in the network", (
        BUDGET,
        aws("glue/SecurityConfiguration", {"name": "lake", "encryptionConfiguration": {
            "cloudwatchEncryption": {"cloudwatchEncryptionMode": "SSE-KMS", "kmsKeyArn": KEY},
            "jobBookmarksEncryption": {"jobBookmarksEncryptionMode": "CSE-KMS", "kmsKeyArn": KEY},
            "s3Encryption": {"s3EncryptionMode": "SSE-KMS", "kmsKeyArn": KEY}}}, "lake"),
        aws("glue/Connection", {
            "name": "claims", "connectionType": "JDBC", "tags": TAGS, "connectionProperties": {
                "JDBC_CONNECTION_URL": "jdbc:postgresql://claims.db.bank.ae:5432/claims",
                "JDBC_ENFORCE_SSL": "true", "SECRET_ID": "claims/glue"},
            "physicalConnectionRequirements": {"availabilityZone": f"{R}a", "subnetId": SUBNETS[0],
                                               "securityGroupIdLists": GROUPS}}, "claims"),
        aws("glue/Job", {
            "name": "clean", "roleArn": role_arn("glue-clean"), "glueVersion": "5.0", "workerType": "G.1X",
            "numberOfWorkers": 4, "timeout": 120, "maxRetries": 1, "securityConfiguration": "lake", "tags": TAGS,
            "connections": ["claims"], "executionProperty": {"maxConcurrentRuns": 1}, "command": {
                "name": "glueetl", "pythonVersion": "3", "scriptLocation": "s3://bank-artifacts/glue/clean.py"},
            "defaultArguments": {"--enable-metrics": "true", "--enable-continuous-cloudwatch-log": "true",
                                 "--job-bookmark-option": "job-bookmark-enable", "--TempDir":
                                 "s3://bank-datasets/temporary/"}}, "clean",
            links={"securityConfiguration": ("lake",), "connections": ("claims",)}),
        aws("glue/Trigger", {"name": "clean", "type": "SCHEDULED", "schedule": "cron(0 22 * * ? *)", "tags": TAGS,
                             "actions": [{"jobName": "clean"}]}, "nightly", links={"actions": ("clean",)})),
        f"{AWS_DOCS}/glue/latest/dg/set-up-encryption.html", {
            **OURS, "escape": {"code_sources": dict.fromkeys(("bank-artifacts", "bank-datasets"), "the platform team")},
            **unpriced("aws:glue/job:Job::clean")}),
    Idiom("machines of a team are started by a template without keys, passwords and public addresses", (
        BUDGET, trusted("ec2.amazonaws.com", "workers"),
        aws("iam/RolePolicyAttachment", {
            "role": UNKNOWN, "policyArn": "arn:aws:iam::aws:policy/AmazonSSMManagedInstanceCore"}, "sessions",
            links={"role": ("workers",)}),
        aws("iam/InstanceProfile", {"name": "workers", "role": UNKNOWN, "tags": TAGS}, "profile",
            links={"role": ("workers",)}),
        aws("ec2/SecurityGroup", {**NETWORK, "name": "workers", "description": "Workers: calls to endpoints only"},
            "group"),
        aws("vpc/SecurityGroupEgressRule", {
            "securityGroupId": UNKNOWN, "ipProtocol": "tcp", "fromPort": 443, "toPort": 443, "cidrIpv4": "10.20.0.0/16",
            "description": "Endpoints of the network", "tags": TAGS}, "endpoints",
            links={"securityGroupId": ("group",)}),
        aws("ec2/LaunchTemplate", {
            "name": "workers", "imageId": "ami-0123456789abcdef0", "instanceType": "m6i.xlarge", "tags": TAGS,
            "iamInstanceProfile": {"name": "workers"}, "ebsOptimized": "true", "updateDefaultVersion": True,
            "metadataOptions": {"httpTokens": "required", "httpEndpoint": "enabled", "httpPutResponseHopLimit": 1,
                                "instanceMetadataTags": "enabled"},
            "monitoring": {"enabled": True}, "networkInterfaces": [{
                "associatePublicIpAddress": "false", "deleteOnTermination": "true", "securityGroups": [UNKNOWN]}],
            "blockDeviceMappings": [{"deviceName": "/dev/xvda", "ebs": {
                "encrypted": "true", "kmsKeyId": KEY, "volumeType": "gp3", "volumeSize": 60,
                "deleteOnTermination": "true"}}],
            "tagSpecifications": [{"resourceType": kind, "tags": TAGS} for kind in (
                "instance", "volume", "network-interface")]}, "template",
            links={"iamInstanceProfile": ("profile",), "networkInterfaces": ("group",)}),
        aws("autoscaling/Group", {
            "name": "workers", "minSize": 2, "maxSize": 4, "desiredCapacity": 2, "vpcZoneIdentifiers": SUBNETS,
            "launchTemplate": {"id": UNKNOWN, "version": "$Latest"}, "healthCheckType": "EC2",
            "instanceRefresh": {"strategy": "Rolling", "preferences": {"minHealthyPercentage": 50}},
            "maxInstanceLifetime": 2592000, "tags": [
                {"key": key, "value": value, "propagateAtLaunch": True} for key, value in TAGS.items()]}, "workers",
            links={"launchTemplate": ("template",)})),
        f"{AWS_DOCS}/AWSEC2/latest/UserGuide/ec2-best-practices.html"),
)  # fmt: skip
