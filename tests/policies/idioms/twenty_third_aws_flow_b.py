"""Good idioms of platform teams on AWS: a broker and statements of a night (set 23, blind)."""

import json

from ..blind import KEY, TAGS, aws, statement
from ..harness import UNKNOWN
from . import Idiom
from .fourth import AWS_DOCS
from .fourth_kubernetes import BUDGET
from .ninth_aws import SUBNETS, arn, kept
from .thirteenth_aws import OURS
from .twelfth_aws_platform import logs, rights, trusted
from .twentieth_goodb_charts import merged
from .twenty_first_xaws import alarm
from .twenty_second_xaws import group
from .twenty_third_aws import store
from .twenty_third_aws_flow import CODE, NETWORKED, TRACED, function

IDIOMS: tuple[Idiom, ...] = (
    Idiom("orders of the older shop pass RabbitMQ of three nodes, and a function takes them by its own user", (
        BUDGET, group("broker", ("10.64.0.0/16", 5671, "Programs in the network")),
        aws("mq/Configuration", {"name": "orders", "engineType": "RabbitMQ", "engineVersion": "3.13", "data":
            "consumer_timeout = 1800000\n", "description": "Limits of consumers", "tags": TAGS}, "configuration"),
        aws("mq/Broker", {
            "brokerName": "orders", "engineType": "RabbitMQ", "engineVersion": "3.13", "deploymentMode":
            "CLUSTER_MULTI_AZ", "hostInstanceType": "mq.m5.large", "publiclyAccessible": False, "subnetIds": SUBNETS,
            "securityGroups": [UNKNOWN], "autoMinorVersionUpgrade": True, "applyImmediately": False,
            "encryptionOptions": {"kmsKeyId": KEY, "useAwsOwnedKey": False}, "logs": {"general": True}, "users": [
                {"username": "owner", "password": UNKNOWN}], "configuration": {"id": UNKNOWN, "revision": 1},
            "maintenanceWindowStartTime": {"dayOfWeek": "FRIDAY", "timeOfDay": "22:00", "timeZone": "Asia/Dubai"},
            "tags": TAGS}, "broker", protect=True, links={"securityGroups": ("sg-broker",), "configuration": (
                "configuration",)}),
        *function("orders-take", statement("mq:DescribeBroker", arn("mq", "broker:orders:*")), statement(
            "secretsmanager:GetSecretValue", arn("secretsmanager", "secret:orders/broker-AbCdEf")), statement(
                "kms:Decrypt", KEY), NETWORKED),
        aws("lambda/EventSourceMapping", {
            "eventSourceArn": UNKNOWN, "functionName": UNKNOWN, "batchSize": 20, "queues": "orders", "kmsKeyArn": KEY,
            "sourceAccessConfigurations": [{"type": "BASIC_AUTH", "uri": arn(
                "secretsmanager", "secret:orders/broker-AbCdEf")}, {"type": "VIRTUAL_HOST", "uri": "/orders"}],
            "tags": TAGS}, "takes", links={"eventSourceArn": ("broker",), "functionName": ("orders-take-live",)}),
        alarm("orders-depth", "AWS/AmazonMQ", "MessageCount", 10000.0, Broker="orders")),
        f"{AWS_DOCS}/amazon-mq/latest/developer-guide/best-practices-rabbitmq.html; .../lambda/latest/dg/with-mq.html, "
        "as known", merged(OURS, CODE)),
    Idiom("statements are made for a million customers by a flow that counts its parts, and a night's plan starts it", (
        *store("bank-statements", "statements"), logs("/aws/vendedlogs/states/statements"),
        trusted("states.amazonaws.com", "statements-flow"), rights("statements-flow", statement(
            "s3:GetObject", "arn:aws:s3:::bank-statements/list/*"), statement(
                "s3:PutObject", "arn:aws:s3:::bank-statements/results/*"), statement(
                "lambda:InvokeFunction", arn("lambda", "function:statements-make:live")), statement(
                    "states:StartExecution", arn("states", "stateMachine:statements")), statement(
            ["states:DescribeExecution", "states:StopExecution"], arn("states", "execution:statements:*")), statement(
                ["kms:Decrypt", "kms:GenerateDataKey"], KEY), statement("sns:Publish", arn("sns", "platform-alarms")),
            TRACED),
        aws("sfn/StateMachine", {
            "name": "statements", "roleArn": UNKNOWN, "publish": True, "tracingConfiguration": {"enabled": True},
            "encryptionConfiguration": {"type": "CUSTOMER_MANAGED_KMS_KEY", "kmsKeyId": KEY}, "loggingConfiguration": {
                "level": "ALL", "includeExecutionData": False, "logDestination":
                f"{arn('logs', 'log-group:/aws/vendedlogs/states/statements')}:*"}, "definition": json.dumps({
                "StartAt": "Each", "States": {"Each": {
                    "Type": "Map", "MaxConcurrency": 200, "ToleratedFailurePercentage": 1, "ItemReader": {
                        "Resource": "arn:aws:states:::s3:getObject", "ReaderConfig": {
                            "InputType": "CSV", "CSVHeaderLocation": "FIRST_ROW"}, "Parameters": {
                                "Bucket": "bank-statements", "Key": "list/today.csv"}}, "ItemBatcher": {
                        "MaxItemsPerBatch": 100}, "ItemProcessor": {
                        "ProcessorConfig": {"Mode": "DISTRIBUTED", "ExecutionType": "EXPRESS"}, "StartAt": "Make",
                        "States": {"Make": {"Type": "Task", "Resource": "arn:aws:states:::lambda:invoke",
                            "Parameters": {
                            "FunctionName": arn("lambda", "function:statements-make:live"), "Payload.$": "$"},
                                "Retry": [{
                                "ErrorEquals": ["Lambda.TooManyRequestsException"], "IntervalSeconds": 2,
                                "BackoffRate": 2, "MaxAttempts": 5, "JitterStrategy": "FULL"}], "End": True}}},
                    "ResultWriter": {"Resource": "arn:aws:states:::s3:putObject", "Parameters": {
                        "Bucket": "bank-statements", "Prefix": "results"}}, "Catch": [{
                            "ErrorEquals": ["States.ALL"], "Next": "Tell"}], "End": True},
                    "Tell": {"Type": "Task", "Resource": "arn:aws:states:::sns:publish", "Parameters": {
                        "TopicArn": arn("sns", "platform-alarms"), "Message": "Statements failed"}, "Next": "Failed"},
                    "Failed": {"Type": "Fail", "Error": "StatementsFailed"}}}), "tags": TAGS}, "flow", links={
                        "roleArn": ("statements-flow",)}),
        trusted("scheduler.amazonaws.com", "statements-start"), rights("statements-start", statement(
            "states:StartExecution", arn("states", "stateMachine:statements"))),
        aws("scheduler/Schedule", {
            "name": "statements", "scheduleExpression": "cron(30 1 * * ? *)", "scheduleExpressionTimezone":
            "Asia/Dubai", "flexibleTimeWindow": {"mode": "FLEXIBLE", "maximumWindowInMinutes": 15}, "kmsKeyArn": KEY,
            "state": "ENABLED", "target": {"arn": UNKNOWN, "roleArn": UNKNOWN, "input": "{}", "deadLetterConfig": {
                "arn": arn("sqs", "schedules-dead")}}}, "nightly", links={"target": ("flow", "statements-start")}),
        *function("statements-make", statement("s3:PutObject", "arn:aws:s3:::bank-statements/out/*"), statement(
            ["dynamodb:Query", "dynamodb:BatchGetItem"], [arn("dynamodb", "table/accounts"), arn(
                "dynamodb", "table/accounts/index/by-day")]), statement(["kms:Decrypt", "kms:GenerateDataKey"], KEY),
            TRACED), alarm("statements-failed", "AWS/States", "ExecutionsFailed", 0.0, StateMachineArn=arn(
                "states", "stateMachine:statements"))),
        f"{AWS_DOCS}/step-functions/latest/dg/state-map-distributed.html, as known",
        merged(merged(OURS, CODE), kept("statements"))),
)  # fmt: skip
