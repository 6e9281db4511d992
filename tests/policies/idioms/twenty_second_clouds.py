"""Good idioms of platform teams on AWS, Azure and clusters, close to the attacks of the twenty-second set
(2026-12-01)."""

import json

from ..attacks.twenty_second_clouds import LISTENER
from ..attacks.twenty_second_clouds_b import DATABASE, TASK
from ..blind import IMAGE, ME, RG, TAGS, aws, az, crd, policy, role, statement
from ..harness import UNKNOWN, Given
from . import Idiom, unpriced
from .fourth import AWS_DOCS
from .fourth_kubernetes import BUDGET
from .ninth_aws import arn

R = "me-central-1"
EVERY = "arn:aws:iam::aws:policy"
OIDC = f"oidc.eks.{R}.amazonaws.com/id/0123456789ABCDEF0123456789ABCDEF"
ROUTER = {
    **TASK, "containerDefinitions": json.dumps([
        {"name": "router", "image": IMAGE, "essential": True, "user": "10001", "readonlyRootFilesystem": True,
         "memoryReservation": 64, "firelensConfiguration": {"type": "fluentbit"},
         "logConfiguration": {"logDriver": "awslogs", "options": {
             "awslogs-group": "payments", "awslogs-region": R, "awslogs-stream-prefix": "router"}}},
        {"name": "app", "image": IMAGE, "essential": True, "user": "10001", "readonlyRootFilesystem": True,
         "logConfiguration": {"logDriver": "awsfirelens", "options": {
             "Name": "cloudwatch_logs", "region": R, "log_group_name": "payments", "log_stream_prefix": "app-",
             "auto_create_group": "false"}}}]),
}  # fmt: skip


def _topic(name: str, **config: object) -> Given:
    settings = {"min.insync.replicas": 2, **config}
    spec = {"topicName": name, "partitions": 12, "replicas": 3, "config": settings}
    return crd("kafka.strimzi.io/v1:KafkaTopic", spec, name)


IDIOMS: tuple[Idiom, ...] = (
    Idiom("an app decrypts with the keys of its own alias, and the objects of its own buckets", (
        policy(
            statement(["kms:Decrypt", "kms:GenerateDataKey"], "*", {
                "ForAnyValue:StringLike": {"kms:ResourceAliases": "alias/payments-*"}}),
            statement("kms:Decrypt", "*", {
                "StringLike": {"kms:EncryptionContext:aws:s3:arn": "arn:aws:s3:::bank-payments-*"}}),
            statement("kms:Decrypt", "*", {"StringEquals": {
                "kms:EncryptionContext:SecretARN": f"arn:aws:secretsmanager:{R}:{ME}:secret:payments-AbCdEf"}})),),
        f"{AWS_DOCS}/kms/latest/developerguide/alias-authorization.html"),
    Idiom("an app reads the secrets of its own project in its own environment", (
        policy(statement("secretsmanager:GetSecretValue", f"arn:aws:secretsmanager:{R}:{ME}:secret:*", {
            "StringEquals": {"aws:ResourceTag/project": "arabic-llm", "aws:ResourceTag/environment": "prod"}})),),
        f"{AWS_DOCS}/secretsmanager/latest/userguide/auth-and-access_tags.html"),
    Idiom("a role is assumed by the roles of one project in production", (
        role({"AWS": f"arn:aws:iam::{ME}:root"}, {"StringEquals": {
            "aws:PrincipalTag/project": "arabic-llm", "aws:PrincipalTag/environment": "prod"}}, name="deployer"),),
        f"{AWS_DOCS}/IAM/latest/UserGuide/access_tags.html"),
    Idiom("pods of the app assume its role by the account of the app", (
        role({"Federated": f"arn:aws:iam::{ME}:oidc-provider/{OIDC}"}, {"StringEquals": {
            f"{OIDC}:sub": "system:serviceaccount:payments:ledger", f"{OIDC}:aud": "sts.amazonaws.com"}},
            "sts:AssumeRoleWithWebIdentity", "ledger"),
        az("managedidentity:FederatedIdentityCredential", {
            **RG, "resourceName": "id-payments", "federatedIdentityCredentialResourceName": "aks",
            "audiences": ["api://AzureADTokenExchange"], "issuer": UNKNOWN,
            "subject": "system:serviceaccount:payments:ledger"}, "aks")),
        f"{AWS_DOCS}/eks/latest/userguide/associate-service-account-role.html"),
    Idiom("a deployer attaches what the bank lists, under the boundary of apps", (
        policy(statement("iam:AttachRolePolicy", f"arn:aws:iam::{ME}:role/app-*", {
            "ArnEquals": {"iam:PolicyARN": [f"{EVERY}/AmazonSSMManagedInstanceCore", f"{EVERY}/ReadOnlyAccess"]},
            "StringEquals": {"iam:PermissionsBoundary": f"arn:aws:iam::{ME}:policy/apps-boundary"}})),),
        f"{AWS_DOCS}/IAM/latest/UserGuide/access_controlling.html"),
    Idiom("an API tells the program who its caller is, as the authorizer found", (aws("apigatewayv2/Integration", {
        "apiId": "a1b2c3d4e5", "integrationType": "HTTP_PROXY", "integrationMethod": "ANY",
        "connectionType": "VPC_LINK", "connectionId": "abc123", "integrationUri": LISTENER,
        "tlsConfig": {"serverNameToVerify": "ledger.bank.ae"}, "payloadFormatVersion": "1.0",
        "requestParameters": {"overwrite:header.x-user-id": "$context.authorizer.claims.sub",
                              "overwrite:header.x-request-id": "$context.requestId",
                              "append:header.x-user-agent": "$request.header.user-agent",
                              "remove:header.x-roles": "", "overwrite:path": "$request.path"}}),),
        f"{AWS_DOCS}/apigateway/latest/developerguide/http-api-parameter-mapping.html"),
    Idiom("lines of the log go to the group of the account by a router", (BUDGET, aws("ecs/TaskDefinition", ROUTER)),
        f"{AWS_DOCS}/AmazonECS/latest/developerguide/firelens-example-taskdefs.html",
        unpriced("aws:ecs/taskDefinition:TaskDefinition::it")),
    Idiom("changes of the ledger that fail are kept in a queue, and prices are tried twice", (
        aws("lambda/EventSourceMapping", {
            "functionName": arn("lambda", "function:mirror"), "startingPosition": "LATEST", "tags": TAGS,
            "eventSourceArn": arn("dynamodb", "table/ledger/stream/2026-11-01T00:00:00.000"),
            "maximumRetryAttempts": 3, "destinationConfig": {"onFailure": {
                "destinationArn": arn("sqs", "ledger-failed")}}}, "ledger"),
        aws("lambda/EventSourceMapping", {
            "functionName": arn("lambda", "function:ticker"), "startingPosition": "LATEST", "tags": TAGS,
            "eventSourceArn": arn("kinesis", "stream/prices"), "maximumRetryAttempts": 1}, "prices"),
        aws("lambda/EventSourceMapping", {
            "functionName": arn("lambda", "function:book"), "startingPosition": "TRIM_HORIZON", "tags": TAGS,
            "eventSourceArn": arn("kinesis", "stream/payments"), "bisectBatchOnFunctionError": True}, "payments")),
        f"{AWS_DOCS}/lambda/latest/dg/kinesis-on-failure-destination.html"),
    Idiom("a database of orders requires TLS by its group", (
        BUDGET,
        aws("rds/ParameterGroup", {"name": "orders", "family": "mysql8.4", "tags": TAGS, "parameters": [
            {"name": "require_secure_transport", "value": "1"}]}, "group"),
        aws("rds/Instance", {**DATABASE, "engineVersion": "8.4.7", "parameterGroupName": "orders"}, "orders",
            protect=True)),
        f"{AWS_DOCS}/AmazonRDS/latest/UserGuide/mysql-ssl-connections.require-ssl.html",
        {**unpriced("aws:rds/instance:Instance::orders"),
         "resilience": {"kept_elsewhere": {"orders": "copied each night to the site in Abu Dhabi"}}}),
    Idiom("sessions live an hour, payments ten years, and replies are short", (
        az("cosmosdb:SqlResourceSqlContainer", {
            **RG, "accountName": "cosmos-bank", "databaseName": "payments", "containerName": "payment-sessions",
            "resource": {"id": "payment-sessions", "partitionKey": {"paths": ["/user"], "kind": "Hash"},
                         "defaultTtl": 3600}}, "sessions"),
        az("cosmosdb:SqlResourceSqlContainer", {
            **RG, "accountName": "cosmos-bank", "databaseName": "payments", "containerName": "payments",
            "resource": {"id": "payments", "partitionKey": {"paths": ["/user"], "kind": "Hash"},
                         "defaultTtl": 315360000}}, "payments"),
        az("servicebus:Queue", {
            **RG, "namespaceName": "sb-bank", "queueName": "payments", "deadLetteringOnMessageExpiration": True,
            "autoDeleteOnIdle": "P10675199DT2H48M5.4775807S", "maxDeliveryCount": 10}, "queue"),
        az("servicebus:Subscription", {
            **RG, "namespaceName": "sb-bank", "topicName": "prices", "subscriptionName": "screen-7",
            "autoDeleteOnIdle": "PT8H", "deadLetteringOnMessageExpiration": True}, "screen")),
        "learn.microsoft.com/azure/cosmos-db/nosql/time-to-live"),
    Idiom("a pipeline deletes records after ten years, and what it staged at once", (az("datafactory:Pipeline", {
        **RG, "factoryName": "adf-bank", "pipelineName": "tidy", "activities": [
            {"name": "expire", "type": "Delete", "enableLogging": False,
             "dataset": {"referenceName": "audit", "type": "DatasetReference"},
             "storeSettings": {"type": "AzureBlobFSReadSettings", "recursive": True, "wildcardFileName": "*",
                               "modifiedDatetimeEnd": {"type": "Expression", "value": "@addDays(utcNow(), -3650)"}}},
            {"name": "unstage", "type": "Delete", "enableLogging": False,
             "dataset": {"referenceName": "payments_staging", "type": "DatasetReference"},
             "storeSettings": {"type": "AzureBlobFSReadSettings", "recursive": True}}]}),),
        "learn.microsoft.com/azure/data-factory/delete-activity"),
    Idiom("topics of payments keep a week, and those of prices a minute", (
        _topic("payments", **{"retention.ms": 604800000, "retention.bytes": -1, "segment.bytes": 1048576}),
        _topic("prices", **{"retention.ms": 60000}),
        _topic("payment-status", **{"cleanup.policy": "compact", "retention.ms": 60000}),
        aws("msk/Topic", {
            "clusterArn": arn("kafka", "cluster/bank/11111111-2222-3333-4444-555555555555-1"), "name": "payments",
            "partitionCount": 12, "replicationFactor": 3,
            "configs": json.dumps({"retention.ms": "604800000", "min.insync.replicas": "2"})}, "managed")),
        "kafka.apache.org/documentation, topic settings"),
    Idiom("jobs reach a database by its address, and queries DynamoDB by a connector", (
        aws("glue/Connection", {
            "name": "orders", "connectionType": "POSTGRESQL", "tags": TAGS, "connectionProperties": {
                "HOST": "orders.bank.ae", "PORT": "5432", "DATABASE": "orders",
                "SECRET_ID": arn("secretsmanager", "secret:orders-AbCdEf")}}, "orders"),
        aws("athena/DataCatalog", {
            "name": "carts", "type": "FEDERATED", "description": "Carts", "tags": TAGS, "parameters": {
                "connection-type": "DYNAMODB", "connection-properties": json.dumps({
                    "spill_bucket": "bank-spill"})}}, "carts")),
        f"{AWS_DOCS}/athena/latest/ug/connectors-dynamodb.html",
        {"residency": {"known": {"bank-spill": "a bucket of the platform in the region",
                                 "bank.ae": "our own domain"}}}),
)  # fmt: skip
