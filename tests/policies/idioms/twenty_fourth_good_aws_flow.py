"""Good programs of platform teams on AWS: files, calls, models and jobs (set 24, before any rule ran)."""

import json

from ..blind import KEY, ME, TAGS, aws, statement
from ..harness import UNKNOWN
from . import Idiom, unpriced
from .fourth import AWS_DOCS, R
from .fourth_kubernetes import BUDGET
from .ninth_aws import GROUPS, SUBNETS, arn, kept, role_arn
from .thirteenth_aws import DIGEST, ECR, OURS
from .twelfth_aws_platform import VPC, rights, trusted
from .twentieth_goodb_charts import merged
from .twenty_first_xaws import alarm
from .twenty_fourth_good_aws import log
from .twenty_third_aws import store
from .twenty_third_aws_flow import CODE, TRACED, function

SAGEMAKER = f"{AWS_DOCS}/sagemaker/latest/dg"
ENDPOINT = "vpce-0123456789abcdef0"
REQUEST = json.dumps({"stateMachineArn": arn("states", "stateMachine:quote"), "input":
                      "$util.escapeJavaScript($input.json('$'))"})  # fmt: skip
REPLY = "#set($r = $util.parseJson($input.path('$.output')))\n$util.toJson($r)"
QUOTE = {
    "Comment": "A quote of a loan", "StartAt": "Score", "TimeoutSeconds": 60, "States": {
        "Score": {"Type": "Task", "Resource": "arn:aws:states:::lambda:invoke", "Arguments": {
            "FunctionName": arn("lambda", "function:score:live"), "Payload": "{% $states.input %}"}, "Retry": [
                {"ErrorEquals": ["Lambda.TooManyRequestsException"], "IntervalSeconds": 1, "MaxAttempts": 3,
                 "BackoffRate": 2, "JitterStrategy": "FULL"}], "Output": "{% $states.result.Payload %}",
                     "Next": "Good"},
        "Good": {"Type": "Choice", "Choices": [{"Condition": "{% $states.input.score > 600 %}", "Next": "Offer"}],
                 "Default": "Refuse"},
        "Offer": {"Type": "Task", "Resource": "arn:aws:states:::dynamodb:putItem", "Arguments": {
            "TableName": "offers", "Item": {"id": {"S": "{% $states.input.id %}"}}}, "End": True},
        "Refuse": {"Type": "Pass", "End": True}}, "QueryLanguage": "JSONata"}  # fmt: skip
RANKS = {
    "numNodes": 4, "mainNode": 0, "nodeRangeProperties": [{"targetNodes": "0:3", "container": {
        "image": f"{ECR}/weather{DIGEST}", "command": ["/app/run", "--case", "Ref::case"], "jobRoleArn":
        role_arn("weather"), "executionRoleArn": role_arn("weather-start"), "user": "10001",
        "readonlyRootFilesystem": True, "privileged": False, "resourceRequirements": [
            {"type": "VCPU", "value": "190"}, {"type": "MEMORY", "value": "380000"}], "linuxParameters": {
            "sharedMemorySize": 16384, "devices": [{"hostPath": "/dev/infiniband/uverbs0", "containerPath":
                                                   "/dev/infiniband/uverbs0", "permissions": ["READ", "WRITE"]}]},
        "ulimits": [{"name": "memlock", "softLimit": -1, "hardLimit": -1}], "logConfiguration": {
            "logDriver": "awslogs", "options": {"awslogs-group": "/aws/batch/weather", "awslogs-region": R,
                                                "awslogs-stream-prefix": "rank"}}}}]}  # fmt: skip

IDIOMS: tuple[Idiom, ...] = (
    Idiom("SFTP of partners: a server inside the network asks a function who signs in, by keys and passwords at once", (
        BUDGET, *store("bank-partner-files", "files", expiration={"days": 60}),
        *function("partners-sign-in", statement("secretsmanager:GetSecretValue", arn(
            "secretsmanager", "secret:partners/*")), statement("kms:Decrypt", KEY), TRACED),
        log("/aws/transfer/partners", "server-log"),
        trusted("transfer.amazonaws.com", "partners-log"), rights("partners-log", statement(
            ["logs:CreateLogStream", "logs:PutLogEvents", "logs:DescribeLogStreams"],
            arn("logs", "log-group:/aws/transfer/partners:*"))),
        aws("ec2/SecurityGroup", {"name": "partners", "description": "Partners by the line", "vpcId": VPC, "ingress": [
            {"protocol": "tcp", "fromPort": 22, "toPort": 22, "cidrBlocks": ["10.140.8.0/24"], "description":
             "Partners' line"}], "tags": TAGS}, "sg"),
        aws("transfer/Server", {
            "identityProviderType": "AWS_LAMBDA", "function": UNKNOWN, "sftpAuthenticationMethods":
            "PUBLIC_KEY_AND_PASSWORD", "protocols": ["SFTP"], "domain": "S3", "endpointType": "VPC", "endpointDetails":
            {"vpcId": VPC, "subnetIds": SUBNETS, "securityGroupIds": [UNKNOWN]}, "securityPolicyName":
            "TransferSecurityPolicy-2025-03", "structuredLogDestinations": [
                f"{arn('logs', 'log-group:/aws/transfer/partners')}:*"], "loggingRole": UNKNOWN, "s3StorageOptions": {
                "directoryListingOptimization": "ENABLED"}, "protocolDetails": {"setStatOption": "ENABLE_NO_OP"},
            "preAuthenticationLoginBanner": "For partners of the bank alone. Sessions are recorded.", "tags": {
                **TAGS, "transfer:customHostname": "files.bank.ae"}}, "server", links={
                "function": ("partners-sign-in-live",), "loggingRole": ("partners-log",), "endpointDetails": ("sg",)}),
        aws("lambda/Permission", {"action": "lambda:InvokeFunction", "function": UNKNOWN, "qualifier": "live",
                                  "principal": "transfer.amazonaws.com", "sourceArn": UNKNOWN, "sourceAccount": ME},
            "by-server", links={"function": ("partners-sign-in-code",), "sourceArn": ("server",)}),
        aws("route53/Record", {"zoneId": "Z0123456789ABCDEFGHIJ", "name": "files.bank.ae", "type": "CNAME", "ttl": 300,
                               "records": [UNKNOWN]}, "name", links={"records": ("server",)}),
        alarm("partners-errors", "AWS/Lambda", "Errors", 1.0, FunctionName="partners-sign-in")),
        f"{AWS_DOCS}/transfer/latest/userguide/custom-lambda-idp.html; aws-ia/terraform-aws-transfer-family, as known",
        merged(merged(OURS, CODE), kept("files"))),
    Idiom("express flow: a private API starts a short flow and answers with what it says, and nothing between them", (
        BUDGET, log("/aws/vendedlogs/states/quote", "flow-log", 90), log("/aws/apigateway/quotes", "api-log", 90),
        trusted("states.amazonaws.com", "quote-flow"), rights("quote-flow", statement("lambda:InvokeFunction", arn(
            "lambda", "function:score:live")), statement("dynamodb:PutItem", arn("dynamodb", "table/offers")),
                statement(
            ["logs:CreateLogDelivery", "logs:GetLogDelivery", "logs:UpdateLogDelivery", "logs:DeleteLogDelivery",
             "logs:ListLogDeliveries", "logs:PutResourcePolicy", "logs:DescribeResourcePolicies",
             "logs:DescribeLogGroups"]), TRACED, statement(["kms:Decrypt", "kms:GenerateDataKey"], KEY)),
        aws("sfn/StateMachine", {
            "name": "quote", "type": "EXPRESS", "roleArn": UNKNOWN, "definition": json.dumps(QUOTE),
            "loggingConfiguration": {"level": "ERROR", "includeExecutionData": False, "logDestination":
                                     f"{arn('logs', 'log-group:/aws/vendedlogs/states/quote')}:*"},
            "tracingConfiguration": {"enabled": True}, "encryptionConfiguration": {
                "type": "CUSTOMER_MANAGED_KMS_KEY", "kmsKeyId": KEY, "kmsDataKeyReusePeriodSeconds": 300}, "publish":
            True, "tags": TAGS}, "flow", links={"roleArn": ("quote-flow",)}),
        trusted("apigateway.amazonaws.com", "quotes-api"), rights("quotes-api", statement(
            "states:StartSyncExecution", arn("states", "stateMachine:quote"))),
        aws("apigateway/RestApi", {"name": "quotes", "description": "Quotes of loans", "endpointConfiguration": {
            "types": "PRIVATE", "vpcEndpointIds": [ENDPOINT], "ipAddressType": "dualstack"}, "policy": json.dumps({
                "Version": "2012-10-17", "Statement": [{
                    "Effect": "Allow", "Principal": {"AWS": role_arn("portal")}, "Action": "execute-api:Invoke",
                    "Resource": "execute-api:/v1/POST/quotes", "Condition": {"StringEquals": {
                        "aws:SourceVpce": ENDPOINT}}}]}), "tags": TAGS}, "api"),
        aws("apigateway/Resource", {"restApi": UNKNOWN, "parentId": UNKNOWN, "pathPart": "quotes"}, "path", links={
            "restApi": ("api",), "parentId": ("api",)}),
        aws("apigateway/Model", {"restApi": UNKNOWN, "name": "Ask", "contentType": "application/json", "schema":
            json.dumps({"type": "object", "required": ["id", "amount"], "additionalProperties": False, "properties": {
                "id": {"type": "string", "pattern": "^[A-Z0-9]{12}$"}, "amount": {
                    "type": "integer", "minimum": 1000, "maximum": 500000}}})}, "ask", links={"restApi": ("api",)}),
        aws("apigateway/RequestValidator", {"restApi": UNKNOWN, "name": "body", "validateRequestBody": True}, "checked",
            links={"restApi": ("api",)}),
        aws("apigateway/Method", {"restApi": UNKNOWN, "resourceId": UNKNOWN, "httpMethod": "POST", "authorization":
                                  "AWS_IAM", "requestValidatorId": UNKNOWN, "requestModels": {"application/json":
                                                                                             "Ask"}}, "post", links={
            "restApi": ("api",), "resourceId": ("path",), "requestValidatorId": ("checked",)}),
        aws("apigateway/Integration", {
            "restApi": UNKNOWN, "resourceId": UNKNOWN, "httpMethod": "POST", "type": "AWS", "integrationHttpMethod":
            "POST", "uri": f"arn:aws:apigateway:{R}:states:action/StartSyncExecution", "credentials": UNKNOWN,
            "passthroughBehavior": "NEVER", "timeoutMilliseconds": 29000, "requestTemplates": {
                "application/json": REQUEST}}, "starts", links={"restApi": ("api",), "resourceId": ("path",),
                                                               "credentials": ("quotes-api",)}),
        aws("apigateway/IntegrationResponse", {"restApi": UNKNOWN, "resourceId": UNKNOWN, "httpMethod": "POST",
                                               "statusCode": "200", "responseTemplates": {"application/json": REPLY}},
            "answers", links={"restApi": ("api",), "resourceId": ("path",)}),
        aws("apigateway/Deployment", {"restApi": UNKNOWN, "triggers": {"redeployment": "1f3c"}}, "deployment", links={
            "restApi": ("api", "starts")}),
        aws("apigateway/Stage", {
            "restApi": UNKNOWN, "deployment": UNKNOWN, "stageName": "v1", "xrayTracingEnabled": True,
            "accessLogSettings": {"destinationArn": arn("logs", "log-group:/aws/apigateway/quotes"), "format":
                                  json.dumps({"id": "$context.requestId", "status": "$context.status", "caller":
                                              "$context.identity.caller"})}, "tags": TAGS}, "stage", links={
                "restApi": ("api",), "deployment": ("deployment",)})),
        f"{AWS_DOCS}/step-functions/latest/dg/tutorial-api-gateway.html; serverlessland.com/patterns/apigw-sfn-"
        "express, as known", OURS),
    Idiom("shadow: a new version of the scores gets copies of the calls beside the one that answers, and alarms guard",
        (
        BUDGET, *store("bank-score-capture", "capture", expiration={"days": 30}),
        *(aws("sagemaker/Model", {
            "name": f"scores-{version}", "executionRoleArn": role_arn("scores"), "enableNetworkIsolation": True,
            "primaryContainer": {"image": f"{ECR}/scores{DIGEST}", "modelDataSource": {"s3DataSources": [{
                "s3Uri": f"s3://bank-models/scores/{version}/", "s3DataType": "S3Prefix", "compressionType": "None"}]}},
            "vpcConfig": {"subnets": SUBNETS, "securityGroupIds": GROUPS}, "tags": TAGS}, f"model-{version}")
          for version in ("7", "8")),
        aws("sagemaker/EndpointConfiguration", {
            "name": "scores-7-8", "kmsKeyArn": KEY, "productionVariants": [{
                "variantName": "live", "modelName": UNKNOWN, "instanceType": "ml.m6i.xlarge", "initialInstanceCount": 2,
                "initialVariantWeight": 1.0, "containerStartupHealthCheckTimeoutInSeconds": 300, "routingConfigs": [
                    {"routingStrategy": "LEAST_OUTSTANDING_REQUESTS"}]}],
            "shadowProductionVariants": [{"variantName": "next", "modelName": UNKNOWN, "instanceType": "ml.m6i.xlarge",
                                          "initialInstanceCount": 1, "initialVariantWeight": 0.5}],
            "dataCaptureConfig": {"enableCapture": True, "initialSamplingPercentage": 10, "destinationS3Uri":
                                  "s3://bank-score-capture/live/", "kmsKeyId": KEY, "captureOptions": [
                {"captureMode": "Input"}, {"captureMode": "Output"}]}, "tags": TAGS}, "configuration", links={
                "productionVariants": ("model-7",), "shadowProductionVariants": ("model-8",)}),
        aws("sagemaker/Endpoint", {"name": "scores", "endpointConfigName": UNKNOWN, "deploymentConfig": {
            "blueGreenUpdatePolicy": {"terminationWaitInSeconds": 600, "maximumExecutionTimeoutInSeconds": 3600,
                                      "trafficRoutingConfiguration": {
                                          "type": "CANARY", "waitIntervalInSeconds": 600, "canarySize": {
                                              "type": "CAPACITY_PERCENT", "value": 50}}},
            "autoRollbackConfiguration": {"alarms": [{"alarmName": "scores-errors"}, {"alarmName": "scores-slow"}]}},
            "tags": TAGS}, "endpoint", links={"endpointConfigName": ("configuration",)}),
        alarm("scores-errors", "AWS/SageMaker", "Invocation5XXErrors", 1.0, EndpointName="scores", VariantName="live"),
        alarm("scores-slow", "AWS/SageMaker", "ModelLatency", 500000.0, EndpointName="scores", VariantName="live")),
        f"{SAGEMAKER}/model-shadow-deployment.html; {SAGEMAKER}/deployment-guardrails-blue-green-canary.html, as known",
        merged(merged(OURS, kept("capture")), unpriced("aws:sagemaker/endpoint:Endpoint::endpoint"))),
    Idiom("ranks: a weather model runs on four machines side by side with EFA, and its queue gives up in time", (
        BUDGET, log("/aws/batch/weather", "log", 90),
        aws("ec2/PlacementGroup", {"name": "weather", "strategy": "cluster", "tags": TAGS}, "placement"),
        aws("ec2/SecurityGroup", {"name": "ranks", "description": "Ranks among themselves", "vpcId": VPC, "ingress": [
            {"protocol": "-1", "fromPort": 0, "toPort": 0, "self": True, "description": "Ranks"}], "egress": [
            {"protocol": "-1", "fromPort": 0, "toPort": 0, "self": True, "description": "Ranks"},
            {"protocol": "tcp", "fromPort": 443, "toPort": 443, "cidrBlocks": ["10.64.0.0/16"], "description":
             "Endpoints"}], "tags": TAGS}, "sg"),
        aws("ec2/LaunchTemplate", {
            "name": "weather", "tags": TAGS, "metadataOptions": {"httpEndpoint": "enabled", "httpTokens": "required",
                                                                 "httpPutResponseHopLimit": 1},
            "networkInterfaces": [{"deviceIndex": 0, "interfaceType": "efa", "securityGroups": [UNKNOWN],
                                   "associatePublicIpAddress": "false"}], "blockDeviceMappings": [{
                "deviceName": "/dev/xvda", "ebs": {"encrypted": "true", "kmsKeyId": KEY, "volumeSize": 100,
                                                   "volumeType": "gp3"}}], "tagSpecifications": [
                {"resourceType": kind, "tags": TAGS} for kind in ("instance", "volume")]}, "template", links={
                    "networkInterfaces": ("sg",)}),
        aws("batch/ComputeEnvironment", {
            "name": "weather", "type": "MANAGED", "state": "ENABLED", "computeResources": {
                "type": "EC2", "allocationStrategy": "BEST_FIT_PROGRESSIVE", "minVcpus": 0, "maxVcpus": 768,
                "instanceTypes": ["c7i.48xlarge"], "subnets": SUBNETS[:1], "placementGroup": "weather",
                "instanceRole": f"arn:aws:iam::{ME}:instance-profile/batch", "launchTemplate": {
                    "launchTemplateId": UNKNOWN, "version": "$Latest"}, "ec2Configurations": [{
                        "imageType": "ECS_AL2023"}], "tags": TAGS}, "updatePolicy": {
                "jobExecutionTimeoutMinutes": 60, "terminateJobsOnUpdate": False}, "tags": TAGS}, "machines", links={
                    "computeResources": ("template", "placement")}),
        aws("batch/JobQueue", {"name": "weather", "state": "ENABLED", "priority": 10, "computeEnvironmentOrders": [
            {"order": 1, "computeEnvironment": UNKNOWN}], "jobStateTimeLimitActions": [{
                "action": "CANCEL", "maxTimeSeconds": 3600, "reason": "CAPACITY:INSUFFICIENT_INSTANCE_CAPACITY",
                "state": "RUNNABLE"}], "tags": TAGS}, "queue", links={"computeEnvironmentOrders": ("machines",)}),
        aws("batch/JobDefinition", {"name": "weather", "type": "multinode", "nodeProperties": json.dumps(RANKS),
            "parameters": {"case": "gulf-4km"}, "platformCapabilities": ["EC2"], "propagateTags": True,
            "retryStrategy": {"attempts": 2}, "timeout": {"attemptDurationSeconds": 21600}, "tags": TAGS}, "job")),
        f"{AWS_DOCS}/batch/latest/userguide/multi-node-parallel-jobs.html; aws-samples/awsome-distributed-training, "
        "as known", OURS),
    Idiom("AppSync events: the portal hears of payments by channels that Cognito opens, and a function checks each", (
        BUDGET, log("/aws/appsync/apis/abcdefghij", "log", 90),
        trusted("appsync.amazonaws.com", "events-log"), rights("events-log", statement(
            ["logs:CreateLogStream", "logs:PutLogEvents"], arn("logs", "log-group:/aws/appsync/apis/*"))),
        *function("events-check", TRACED),
        trusted("appsync.amazonaws.com", "events-source"), rights("events-source", statement(
            "lambda:InvokeFunction", arn("lambda", "function:events-check:live"))),
        aws("appsync/Api", {"name": "payments", "ownerContact": "platform@bank.ae", "eventConfig": {
            "authProviders": [{"authType": "AMAZON_COGNITO_USER_POOLS", "cognitoConfig": {
                "awsRegion": R, "userPoolId": f"{R}_AbCdEfGhI", "appIdClientRegex": "^portal$"}}, {"authType":
                                                                                                  "AWS_IAM"}],
            "connectionAuthModes": [{"authType": "AMAZON_COGNITO_USER_POOLS"}], "defaultPublishAuthModes": [
                {"authType": "AWS_IAM"}], "defaultSubscribeAuthModes": [{"authType": "AMAZON_COGNITO_USER_POOLS"}],
            "logConfig": {"cloudwatchLogsRoleArn": UNKNOWN, "logLevel": "ERROR"}}, "tags": TAGS}, "api", links={
                "eventConfig": ("events-log",)}),
        aws("appsync/DataSource", {"apiId": UNKNOWN, "name": "check", "type": "AWS_LAMBDA", "serviceRoleArn": UNKNOWN,
                                   "lambdaConfig": {"functionArn": UNKNOWN}}, "source", links={
            "apiId": ("api",), "serviceRoleArn": ("events-source",), "lambdaConfig": ("events-check-live",)}),
        aws("appsync/ChannelNamespace", {
            "apiId": UNKNOWN, "name": "payments", "publishAuthModes": [{"authType": "AWS_IAM"}], "subscribeAuthModes": [
                {"authType": "AMAZON_COGNITO_USER_POOLS"}], "handlerConfigs": {"onPublish": {
                    "behavior": "DIRECT", "integration": {"dataSourceName": "check", "lambdaConfig": {
                        "invokeType": "REQUEST_RESPONSE"}}}}, "codeHandlers":
            "export function onSubscribe(ctx) {\n  const own = `/payments/${ctx.identity.sub}`\n"
            "  if (ctx.info.channel.path !== own) { util.unauthorized() }\n}\n", "tags": TAGS}, "channel", links={
                "apiId": ("api",), "handlerConfigs": ("source",)}),
        aws("wafv2/WebAclAssociation", {"resourceArn": UNKNOWN, "webAclArn": arn(
            "wafv2", "regional/webacl/apis/11111111-2222-3333-4444-555555555555")}, "filter", links={
                "resourceArn": ("api",)})),
        f"{AWS_DOCS}/appsync/latest/eventapi/event-api-concepts.html; .../channel-namespace-handlers.html, as known",
        merged(OURS, CODE)),
)  # fmt: skip
