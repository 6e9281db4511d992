"""Good idioms of platform teams on AWS: messages, workflows, models, files of partners and images (set 20, blind)."""

import json

from ..blind import KEY, ME, TAGS, aws, document, statement
from ..harness import UNKNOWN
from . import Idiom, unpriced
from .fourth import AWS_DOCS
from .fourth_kubernetes import BUDGET
from .nineteenth_aws import alarm
from .ninth_aws import GROUPS, SUBNETS, arn, role_arn
from .thirteenth_aws import DIGEST, ECR, OURS
from .twelfth_aws_platform import VPC, logs, rights, trusted

TLS_ONLY = {"Effect": "Deny", "Principal": "*", "Condition": {"Bool": {"aws:SecureTransport": "false"}}}
STATEMENTS = json.dumps({
    "Comment": "Statements of customers, page by page", "QueryLanguage": "JSONata", "StartAt": "Each", "States": {
        "Each": {"Type": "Map", "Label": "Each", "MaxConcurrency": 50, "ToleratedFailurePercentage": 1, "End": True,
                 "ItemReader": {"Resource": "arn:aws:states:::s3:getObject", "ReaderConfig": {
                     "InputType": "CSV", "CSVHeaderLocation": "FIRST_ROW"}, "Arguments": {
                         "Bucket": "bank-datasets", "Key": "statements/customers.csv"}},
                 "ItemBatcher": {"MaxItemsPerBatch": 100},
                 "ItemProcessor": {"ProcessorConfig": {"Mode": "DISTRIBUTED", "ExecutionType": "EXPRESS"}, "StartAt":
                                   "Print", "States": {"Print": {
                                       "Type": "Task", "Resource": "arn:aws:states:::lambda:invoke", "End": True,
                                       "Arguments": {"FunctionName": arn("lambda", "function:print:live"), "Payload":
                                                     "{% $states.input %}"}, "Retry": [{
                                                         "ErrorEquals": ["Lambda.TooManyRequestsException"],
                                                         "MaxAttempts": 4, "BackoffRate": 2}]}}},
                 "ResultWriter": {"Resource": "arn:aws:states:::s3:putObject", "Arguments": {
                     "Bucket": "bank-datasets", "Prefix": "statements/results"}}}}})  # fmt: skip
EXPIRE = json.dumps({"rules": [{"rulePriority": 1, "description": "Builds without a tag", "selection": {
    "tagStatus": "untagged", "countType": "sinceImagePushed", "countUnit": "days", "countNumber": 14}, "action": {
        "type": "expire"}}]})  # fmt: skip

IDIOMS: tuple[Idiom, ...] = (
    Idiom("payments are told in order, once, to a queue that wants some kinds and keeps what fails two weeks", (
        trusted("sns.amazonaws.com", "receipts"),
        rights("receipts", statement(["logs:CreateLogStream", "logs:PutLogEvents"],
                                     arn("logs", "log-group:sns/me-central-1/123456789012/payments.fifo:*"))),
        aws("sns/Topic", {
            "name": "payments.fifo", "fifoTopic": True, "contentBasedDeduplication": True, "fifoThroughputScope":
            "MessageGroup", "kmsMasterKeyId": KEY, "signatureVersion": 2, "tracingConfig": "Active", "archivePolicy":
            json.dumps({"MessageRetentionPeriod": "30"}), "sqsFailureFeedbackRoleArn": UNKNOWN,
            "sqsSuccessFeedbackRoleArn": UNKNOWN, "sqsSuccessFeedbackSampleRate": 10, "tags": TAGS}, "topic", links={
                "sqsFailureFeedbackRoleArn": ("receipts",), "sqsSuccessFeedbackRoleArn": ("receipts",)}),
        aws("sns/TopicPolicy", {"arn": UNKNOWN, "policy": document(
            {"Effect": "Allow", "Principal": {"AWS": role_arn("payments")}, "Action": "sns:Publish", "Resource":
             arn("sns", "payments.fifo")},
            {**TLS_ONLY, "Action": "sns:Publish", "Resource": arn("sns", "payments.fifo")})}, "who", links={
                "arn": ("topic",)}),
        aws("sqs/Queue", {"name": "booking-dead.fifo", "fifoQueue": True, "kmsMasterKeyId": KEY,
                          "messageRetentionSeconds": 1209600, "tags": TAGS}, "dead"),
        aws("sqs/Queue", {
            "name": "booking.fifo", "fifoQueue": True, "deduplicationScope": "messageGroup", "fifoThroughputLimit":
            "perMessageGroupId", "kmsMasterKeyId": KEY, "kmsDataKeyReusePeriodSeconds": 300, "visibilityTimeoutSeconds":
            360, "receiveWaitTimeSeconds": 20, "messageRetentionSeconds": 345600, "redrivePolicy": json.dumps({
                "deadLetterTargetArn": arn("sqs", "booking-dead.fifo"), "maxReceiveCount": 3}), "tags": TAGS},
            "booking"),
        aws("sqs/RedriveAllowPolicy", {"queueUrl": UNKNOWN, "redriveAllowPolicy": json.dumps({
            "redrivePermission": "byQueue", "sourceQueueArns": [arn("sqs", "booking.fifo")]})}, "from", links={
                "queueUrl": ("dead",)}),
        aws("sqs/QueuePolicy", {"queueUrl": UNKNOWN, "policy": document(
            {"Effect": "Allow", "Principal": {"Service": "sns.amazonaws.com"}, "Action": "sqs:SendMessage", "Resource":
             arn("sqs", "booking.fifo"), "Condition": {"ArnEquals": {"aws:SourceArn": arn("sns", "payments.fifo")}}},
            {**TLS_ONLY, "Action": "sqs:*", "Resource": arn("sqs", "booking.fifo")})}, "policy", links={
                "queueUrl": ("booking",)}),
        aws("sns/TopicSubscription", {
            "topic": UNKNOWN, "protocol": "sqs", "endpoint": UNKNOWN, "rawMessageDelivery": True, "filterPolicyScope":
            "MessageBody", "filterPolicy": json.dumps({"kind": ["card", "transfer"], "amount": [
                {"numeric": [">", 0]}]}), "redrivePolicy": json.dumps({"deadLetterTargetArn": arn(
                    "sqs", "booking-dead.fifo")})}, "subscription", links={
                        "topic": ("topic",), "endpoint": ("booking",)}),
        alarm("booking-late", "AWS/SQS", "ApproximateAgeOfOldestMessage", {"QueueName": "booking.fifo"}, 600,
              statistic="Maximum")),
        f"{AWS_DOCS}/sns/latest/dg/fifo-topic-message-delivery.html; sqs-security-best-practices.html", OURS),
    Idiom("events of accounts pass a bus that keeps them for replays, and a pipe enriches what a stream has", (
        logs("/aws/vendedlogs/pipes/enrich"), trusted("pipes.amazonaws.com", "pipe"),
        rights("pipe", statement(["dynamodb:DescribeStream", "dynamodb:GetRecords", "dynamodb:GetShardIterator"],
                                 arn("dynamodb", "table/orders/stream/*")),
               statement("lambda:InvokeFunction", arn("lambda", "function:enrich:live")),
               statement("events:PutEvents", arn("events", "event-bus/orders")),
               statement("sqs:SendMessage", arn("sqs", "enrich-dead")), statement("kms:Decrypt", KEY)),
        aws("cloudwatch/EventBus", {
            "name": "orders", "description": "Events of orders", "kmsKeyIdentifier": KEY, "deadLetterConfig": {
                "arn": arn("sqs", "orders-dead")}, "logConfig": {"includeDetail": "NONE", "level": "ERROR"}, "tags":
            TAGS}, "bus"),
        aws("cloudwatch/EventBusPolicy", {"eventBusName": UNKNOWN, "policy": document({
            "Sid": "shops", "Effect": "Allow", "Principal": {"AWS": role_arn("shops")}, "Action": "events:PutEvents",
            "Resource": arn("events", "event-bus/orders"), "Condition": {"StringEquals": {
                "events:source": ["ae.bank.shops"], "events:detail-type": ["order.placed"]}}})}, "who", links={
                    "eventBusName": ("bus",)}),
        aws("cloudwatch/EventArchive", {
            "name": "orders", "eventSourceArn": UNKNOWN, "retentionDays": 90, "kmsKeyIdentifier": KEY, "eventPattern":
            json.dumps({"source": ["ae.bank.shops"]})}, "archive", links={"eventSourceArn": ("bus",)}),
        aws("cloudwatch/EventRule", {
            "name": "large", "eventBusName": UNKNOWN, "state": "ENABLED", "eventPattern": json.dumps({
                "detail-type": ["order.placed"], "detail": {"amount": [{"numeric": [">=", 50000]}]}}), "tags": TAGS},
            "large", links={"eventBusName": ("bus",)}),
        aws("cloudwatch/EventTarget", {
            "rule": UNKNOWN, "eventBusName": UNKNOWN, "targetId": "review", "arn": arn("sqs", "review"),
            "deadLetterConfig": {"arn": arn("sqs", "orders-dead")}, "retryPolicy": {
                "maximumEventAgeInSeconds": 7200, "maximumRetryAttempts": 10}, "inputTransformer": {
                    "inputPaths": {"order": "$.detail.id", "amount": "$.detail.amount"}, "inputTemplate":
                    '{"order": <order>, "amount": <amount>}'}}, "review", links={
                        "rule": ("large",), "eventBusName": ("bus",)}),
        aws("pipes/Pipe", {
            "name": "enrich", "roleArn": UNKNOWN, "desiredState": "RUNNING", "kmsKeyIdentifier": KEY, "source":
            arn("dynamodb", "table/orders/stream/2026-11-01T00:00:00.000"), "enrichment": arn(
                "lambda", "function:enrich:live"), "target": arn("events", "event-bus/orders"), "sourceParameters": {
                    "dynamodbStreamParameters": {"startingPosition": "LATEST", "batchSize": 10,
                                                 "maximumRetryAttempts": 5, "onPartialBatchItemFailure":
                                                 "AUTOMATIC_BISECT", "deadLetterConfig": {
                                                     "arn": arn("sqs", "enrich-dead")}},
                    "filterCriteria": {"filters": [{"pattern": json.dumps({"eventName": ["INSERT"]})}]}},
            "targetParameters": {"eventbridgeEventBusParameters": {"detailType": "order.enriched", "source":
                                                                   "ae.bank.orders"}},
            "logConfiguration": {"level": "ERROR", "cloudwatchLogsLogDestination": {"logGroupArn": UNKNOWN}},
            "tags": TAGS}, "enrich", links={"roleArn": ("pipe",), "logConfiguration": ("logs",), "target": ("bus",)})),
        f"{AWS_DOCS}/eventbridge/latest/userguide/eb-pipes.html; eb-archive.html; eb-encryption.html", OURS),
    Idiom("statements of all customers are printed each month by a workflow that reads a list and starts many", (
        logs("/aws/vendedlogs/states/statements"), trusted("states.amazonaws.com", "printer"),
        rights("printer", statement("lambda:InvokeFunction", arn("lambda", "function:print:live")),
               statement("states:StartExecution", arn("states", "stateMachine:statements")),
               statement(["states:DescribeExecution", "states:StopExecution"],
                         arn("states", "execution:statements/Each:*")),
               statement("s3:GetObject", "arn:aws:s3:::bank-datasets/statements/customers.csv"),
               statement("s3:PutObject", "arn:aws:s3:::bank-datasets/statements/results/*"),
               statement(["kms:Decrypt", "kms:GenerateDataKey"], KEY)),
        aws("sfn/StateMachine", {
            "name": "statements", "roleArn": UNKNOWN, "type": "STANDARD", "definition": STATEMENTS, "publish": True,
            "encryptionConfiguration": {"type": "CUSTOMER_MANAGED_KMS_KEY", "kmsKeyId": KEY},
            "tracingConfiguration": {"enabled": True}, "loggingConfiguration": {
                "level": "ALL", "includeExecutionData": False, "logDestination": UNKNOWN}, "tags": TAGS}, "machine",
            links={"roleArn": ("printer",), "loggingConfiguration": ("logs",)}),
        aws("sfn/Alias", {"name": "live", "routingConfigurations": [
            {"stateMachineVersionArn": UNKNOWN, "weight": 100}]}, "live", links={
                "routingConfigurations": ("machine",)}),
        aws("scheduler/ScheduleGroup", {"name": "monthly", "tags": TAGS}, "group"),
        aws("scheduler/Schedule", {
            "name": "statements", "groupName": UNKNOWN, "state": "ENABLED", "kmsKeyArn": KEY, "scheduleExpression":
            "cron(0 2 1 * ? *)", "scheduleExpressionTimezone": "Asia/Dubai", "flexibleTimeWindow": {"mode": "OFF"},
            "startDate": "2026-12-01T00:00:00Z", "target": {
                "arn": UNKNOWN, "roleArn": role_arn("statements-start"), "input": json.dumps({"month": "previous"}),
                "retryPolicy": {"maximumRetryAttempts": 2}, "deadLetterConfig": {"arn": arn("sqs", "nightly-dead")}}},
            "monthly", links={"groupName": ("group",), "target": ("live",)})),
        f"{AWS_DOCS}/step-functions/latest/dg/state-map-distributed.html; bp-express.html", OURS),
    Idiom("features and approved versions of models are kept, and documents are read one after another", (
        BUDGET,
        aws("sagemaker/FeatureGroup", {
            "featureGroupName": "customers", "recordIdentifierFeatureName": "id", "eventTimeFeatureName": "at",
            "roleArn": role_arn("features"), "featureDefinitions": [
                {"featureName": name, "featureType": kind} for name, kind in (
                    ("id", "String"), ("at", "String"), ("balance", "Fractional"), ("products", "Integral"))],
            "onlineStoreConfig": {"enableOnlineStore": True, "securityConfig": {"kmsKeyId": KEY}, "storageType":
                                  "Standard", "ttlDuration": {"unit": "Days", "value": 30}},
            "offlineStoreConfig": {"disableGlueTableCreation": False, "tableFormat": "Iceberg", "s3StorageConfig": {
                "s3Uri": "s3://bank-datasets/features", "kmsKeyId": KEY}}, "throughputConfig": {
                    "throughputMode": "OnDemand"}, "tags": TAGS}, "customers"),
        aws("sagemaker/ModelPackageGroup", {"modelPackageGroupName": "documents", "modelPackageGroupDescription":
                                            "Approved versions", "tags": TAGS}, "versions"),
        aws("sagemaker/ModelPackageGroupPolicy", {"modelPackageGroupName": UNKNOWN, "resourcePolicy": document({
            "Effect": "Allow", "Principal": {"AWS": role_arn("deployer")}, "Action": [
                "sagemaker:DescribeModelPackage", "sagemaker:ListModelPackages"], "Resource": arn(
                    "sagemaker", "model-package/documents/*")})}, "who", links={"modelPackageGroupName": (
                        "versions",)}),
        aws("sagemaker/Model", {
            "name": "documents", "executionRoleArn": role_arn("documents"), "enableNetworkIsolation": True,
            "vpcConfig": {"subnets": SUBNETS, "securityGroupIds": GROUPS}, "primaryContainer": {
                "image": f"{ECR}/documents{DIGEST}", "modelDataSource": {"s3DataSources": [{
                    "s3Uri": "s3://bank-models/documents/3.1/", "s3DataType": "S3Prefix", "compressionType": "None"}]},
                "environment": {"SAGEMAKER_MODEL_SERVER_WORKERS": "2", "TS_DEFAULT_RESPONSE_TIMEOUT": "900"}}, "tags":
            TAGS}, "model"),
        aws("sagemaker/EndpointConfiguration", {
            "name": "documents", "kmsKeyArn": KEY, "tags": TAGS, "productionVariants": [{
                "variantName": "all", "modelName": "documents", "initialInstanceCount": 1, "instanceType":
                "ml.g5.xlarge", "containerStartupHealthCheckTimeoutInSeconds": 600, "managedInstanceScaling": {
                    "status": "ENABLED", "minInstanceCount": 1, "maxInstanceCount": 3}, "routingConfigs": [
                        {"routingStrategy": "LEAST_OUTSTANDING_REQUESTS"}]}],
            "asyncInferenceConfig": {"outputConfig": {
                "s3OutputPath": "s3://bank-datasets/documents/out", "s3FailurePath": "s3://bank-datasets/documents/bad",
                "kmsKeyId": KEY, "notificationConfig": {"successTopic": arn("sns", "documents"), "errorTopic":
                                                        arn("sns", "duty")}}, "clientConfig": {
                                                            "maxConcurrentInvocationsPerInstance": 4}}}, "config",
            links={"productionVariants": ("model",)}),
        aws("sagemaker/Endpoint", {
            "name": "documents", "endpointConfigName": UNKNOWN, "tags": TAGS, "deploymentConfig": {
                "rollingUpdatePolicy": {"maximumBatchSize": {"type": "CAPACITY_PERCENT", "value": 50},
                                        "waitIntervalInSeconds": 300}, "autoRollbackConfiguration": {
                                            "alarms": [{"alarmName": "documents-errors"}]}}}, "endpoint", links={
                                                "endpointConfigName": ("config",)})),
        f"{AWS_DOCS}/sagemaker/latest/dg/async-inference-create-endpoint.html; feature-store-security.html",
        {**OURS, **unpriced("aws:sagemaker/featureGroup:FeatureGroup::customers")}),
    Idiom("partners send files by SFTP in the network to folders of their own, checked and moved on by steps", (
        BUDGET, logs("/aws/transfer/partners"), trusted("transfer.amazonaws.com", "partner"),
        rights("partner", statement(["s3:PutObject", "s3:GetObject"], "arn:aws:s3:::bank-datasets/partners/alpha/*"),
               statement("s3:ListBucket", "arn:aws:s3:::bank-datasets", {"StringLike": {
                   "s3:prefix": ["partners/alpha/*"]}}), statement(["kms:GenerateDataKey", "kms:Decrypt"], KEY)),
        aws("transfer/Server", {
            "domain": "S3", "protocols": ["SFTP"], "endpointType": "VPC", "endpointDetails": {
                "vpcId": VPC, "subnetIds": SUBNETS, "securityGroupIds": GROUPS}, "identityProviderType":
            "SERVICE_MANAGED", "securityPolicyName": "TransferSecurityPolicy-2025-03", "forceDestroy": False,
            "structuredLogDestinations": [UNKNOWN], "loggingRole": role_arn("transfer-logs"), "protocolDetails": {
                "setStatOption": "ENABLE_NO_OP"}, "s3StorageOptions": {"directoryListingOptimization": "ENABLED"},
            "preAuthenticationLoginBanner": "Authorised partners of the bank only", "workflowDetails": {
                "onUpload": {"executionRole": role_arn("transfer-steps"), "workflowId": UNKNOWN}}, "tags": TAGS},
            "server", links={"structuredLogDestinations": ("logs",), "workflowDetails": ("steps",)}),
        aws("transfer/Workflow", {
            "description": "Checks and moves on", "steps": [
                {"type": "CUSTOM", "customStepDetails": {"name": "scan", "target": arn("lambda", "function:scan"),
                                                         "timeoutSeconds": 600, "sourceFileLocation":
                                                         "${original.file}"}},
                {"type": "COPY", "copyStepDetails": {
                    "name": "accept", "overwriteExisting": "FALSE", "sourceFileLocation": "${original.file}",
                    "destinationFileLocation": {"s3FileLocation": {"bucket": "bank-datasets", "key":
                                                                  "accepted/${transfer:UserName}/"}}}}],
            "onExceptionSteps": [{"type": "TAG", "tagStepDetails": {
                "name": "refused", "sourceFileLocation": "${original.file}", "tags": [
                    {"key": "state", "value": "refused"}]}}], "tags": TAGS}, "steps"),
        aws("transfer/User", {
            "serverId": UNKNOWN, "userName": "alpha", "role": UNKNOWN, "homeDirectoryType": "LOGICAL",
            "homeDirectoryMappings": [{"entry": "/", "target": "/bank-datasets/partners/alpha"}], "tags": TAGS},
            "alpha", links={"serverId": ("server",), "role": ("partner",)}),
        aws("transfer/SshKey", {"serverId": UNKNOWN, "userName": "alpha", "body":
                                "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIExhbXBsZQ alpha"}, "key", links={
                                    "serverId": ("server",), "userName": ("alpha",)})),
        f"{AWS_DOCS}/transfer/latest/userguide/create-server-in-vpc.html; security-policies.html",
        {**OURS, **unpriced("aws:transfer/server:Server::server")}),
    Idiom("images of teams lie in repositories that are scanned, sealed and never overwritten, by a template", (
        aws("ecr/RegistryScanningConfiguration", {"scanType": "ENHANCED", "rules": [
            {"scanFrequency": "CONTINUOUS_SCAN", "repositoryFilters": [{"filter": "*", "filterType": "WILDCARD"}]}]},
            "scanned"),
        aws("ecr/AccountSetting", {"name": "BLOB_MOUNTING", "value": "ENABLED"}, "mounting"),
        aws("ecr/RepositoryCreationTemplate", {
            "prefix": "teams", "description": "Repositories of teams", "appliedFors": ["PULL_THROUGH_CACHE"],
            "imageTagMutability": "IMMUTABLE", "encryptionConfigurations": [{
                "encryptionType": "KMS", "kmsKey": KEY}], "lifecyclePolicy": EXPIRE, "resourceTags": TAGS,
            "customRoleArn": role_arn("ecr-template")}, "template"),
        aws("ecr/Repository", {
            "name": "teams/fraud", "imageTagMutability": "IMMUTABLE", "imageScanningConfiguration": {
                "scanOnPush": True}, "forceDelete": False, "encryptionConfigurations": [
                    {"encryptionType": "KMS", "kmsKey": KEY}], "tags": TAGS}, "fraud"),
        aws("ecr/LifecyclePolicy", {"repository": UNKNOWN, "policy": EXPIRE}, "ages", links={"repository": ("fraud",)}),
        aws("ecr/RepositoryPolicy", {"repository": UNKNOWN, "policy": document({
            "Sid": "pull", "Effect": "Allow", "Principal": {"AWS": role_arn("nodes")}, "Action": [
                "ecr:BatchGetImage", "ecr:GetDownloadUrlForLayer", "ecr:BatchCheckLayerAvailability"]})}, "who", links={
                    "repository": ("fraud",)}),
        aws("inspector2/Enabler", {"accountIds": [ME], "resourceTypes": ["ECR", "EC2", "LAMBDA"]}, "inspector")),
        f"{AWS_DOCS}/AmazonECR/latest/userguide/repository-creation-templates.html; image-scanning-enhanced.html",
        OURS),
)  # fmt: skip
