"""Other spellings of attacks of the twenty-second set on AWS (2026-12-01)."""

import json

from ..blind import ME, TAGS, aws, policy, role, statement
from . import Attack
from .twenty_second_clouds import EXP, IDN, LISTENER, RES, R
from .twenty_second_clouds_b import DATABASE, ENC, RSL, TASK

PLAIN = {key: value for key, value in DATABASE.items() if key != "engineVersion"}
EVERY = "arn:aws:iam::aws:policy"
OIDC = f"oidc.eks.{R}.amazonaws.com/id/0123456789ABCDEF0123456789ABCDEF"


def _options(**options: str) -> str:
    """Returns the containers of the task with an output of the log."""
    router, app = json.loads(str(TASK["containerDefinitions"]))
    return json.dumps([router, {**app, "logConfiguration": {"logDriver": "awsfirelens", "options": options}}])


ATTACKS = (
    Attack("an app encrypts and decrypts under each name of a key", IDN, (policy(statement(
        "kms:Decrypt", "*", {"StringLike": {"kms:RequestAlias": ["alias/payments", "alias/?*"]}})),),
        "critical", "one of the values is every alias (AWS KMS, 'Use aliases to control access to KMS keys')"),
    Attack("an app decrypts each volume", IDN, (policy(statement(
        "kms:Decrypt", "*", {"StringLike": {"kms:EncryptionContext:aws:ebs:id": "vol-*"}})),),
        "critical", "the context of each volume is its identifier (AWS KMS, 'Encryption context')"),
    Attack("an app decrypts each secret of the account", IDN, (policy(statement("kms:Decrypt", "*", {
        "StringLike": {"kms:EncryptionContext:SecretARN": f"arn:aws:secretsmanager:{R}:{ME}:secret:*"}})),),
        "critical", "the context of each secret begins so (AWS Secrets Manager, 'Secret encryption and decryption')"),
    Attack("an app reads all that is confidential", IDN, (policy(statement(
        "secretsmanager:GetSecretValue", "*",
        {"StringEquals": {"secretsmanager:ResourceTag/data-classification": "confidential"}})),),
        "critical", "most data of a bank have the mandatory tag (FJ-TAG-001)"),
    Attack("an app decrypts with each key of its own environment", IDN, (policy(statement(
        "kms:Decrypt", "*", {"StringEquals": {"aws:ResourceTag/Environment": "${aws:PrincipalTag/Environment}"}})),),
        "critical", "identities and keys of an account are of one environment (FJ-TAG-009)"),
    Attack("each role that is called production becomes the role of treasury", IDN, (role(
        {"AWS": f"arn:aws:iam::{ME}:root"}, {"StringLike": {"aws:PrincipalTag/env": "prod*"}}, name="treasury"),),
        "major", "each role of the account that may assume roles has the tag (FJ-TAG-001)"),
    Attack("a pipeline attaches a harmless policy, or one for every bucket", IDN, (policy(statement(
        ["iam:AttachRolePolicy"], f"arn:aws:iam::{ME}:role/app-*", {"ForAnyValue:StringEquals": {"iam:PolicyARN": [
            f"{EVERY}/service-role/AWSLambdaBasicExecutionRole", f"{EVERY}/AmazonS3FullAccess"]}})),),
        "critical", "the second allows s3:* on everything (AWS Managed Policy Reference, 'AmazonS3FullAccess')"),
    Attack("a pipeline makes administrators of systems", IDN, (policy(statement(
        "iam:AttachRolePolicy", f"arn:aws:iam::{ME}:role/app-*",
        {"ArnLike": {"iam:PolicyARN": f"{EVERY}/job-function/SystemAdministrator"}})),),
        "critical", "the policy administers most services (AWS Managed Policy Reference, 'SystemAdministrator')"),
    Attack("pods without an account of their own assume the role of payments", IDN, (role(
        {"Federated": f"arn:aws:iam::{ME}:oidc-provider/{OIDC}"}, {"StringEquals": {
            f"{OIDC}:sub": "system:serviceaccount:payments:default", f"{OIDC}:aud": "sts.amazonaws.com"}},
        "sts:AssumeRoleWithWebIdentity", "payments"),),
        "major", "each pod of the namespace that names no account has this one (Kubernetes, 'Configure Service "
        "Accounts for Pods')"),
    Attack("each caller of an older API is the operator", EXP, (aws("apigateway/Integration", {
        "restApi": "a1b2c3d4e5", "resourceId": "r1", "httpMethod": "GET", "type": "HTTP_PROXY",
        "integrationHttpMethod": "GET", "connectionType": "VPC_LINK", "connectionId": "abc123",
        "uri": "https://ledger.bank.ae/",
        "requestParameters": {"integration.request.header.X-Remote-User": "'operator'"}}),),
        "critical", "the program behind trusts the header (Amazon API Gateway, 'Parameter mapping')"),
    Attack("the caller of an API by its definition writes who he is", EXP, (aws("apigatewayv2/Api", {
        "name": "ledger", "protocolType": "HTTP", "disableExecuteApiEndpoint": True, "tags": TAGS, "body": json.dumps({
            "openapi": "3.0.1", "info": {"title": "ledger", "version": "1"}, "paths": {"/accounts": {"get": {
                "security": [{"staff": []}], "responses": {}, "x-amazon-apigateway-integration": {
                    "type": "http_proxy", "httpMethod": "GET", "connectionType": "VPC_LINK", "connectionId": "abc123",
                    "uri": LISTENER, "payloadFormatVersion": "1.0",
                    "requestParameters": {"append:header.X-User-Roles": "$request.header.x-wanted-roles"}}}}}})}),),
        "critical", "the program behind trusts the header, and each caller chooses it (Amazon API Gateway, 'Transform "
        "API requests and responses')"),
    Attack("tables of the lake are written into sheets", (*RES, "FJ-ESC-115"), (aws("glue/Connection", {
        "name": "sheets", "connectionType": "GOOGLESHEETS", "tags": TAGS, "connectionProperties": {
            "ROLE_ARN": f"arn:aws:iam::{ME}:role/glue"}}),),
        "critical", "the sheets are at Google (AWS Glue, 'Connecting to Google Sheets')"),
    Attack("queries write to a warehouse of Google", (*RES, "FJ-ESC-115"), (aws("athena/DataCatalog", {
        "name": "warehouse", "type": "FEDERATED", "description": "Warehouse", "tags": TAGS, "parameters": {
            "connection-type": "BIGQUERY", "connection-properties": json.dumps({"gcp_project_id": "bank-reports"})}}),),
        "major", "queries and what they compare with are sent there (Amazon Athena, 'BigQuery connector')"),
    Attack("lines of the log of payments go to a vendor by its name", RES, (aws("ecs/TaskDefinition", {
        **TASK, "containerDefinitions": _options(Name="nrlogs", compress="gzip")}),),
        "critical", "the output sends to New Relic without an address (fluent/fluent-bit, plugins/out_nrlogs)"),
    Attack("lines of the log of payments go to Google by a collector in Ruby", RES, (aws("ecs/TaskDefinition", {
        **TASK, "containerDefinitions": _options(**{"@type": "google_cloud", "use_metadata_service": "false"})}),),
        "critical", "the output sends to Cloud Logging (GoogleCloudPlatform/fluent-plugin-google-cloud)"),
    Attack("changes of the ledger are skipped when a function fails twice", RSL, (aws("lambda/EventSourceMapping", {
        "functionName": f"arn:aws:lambda:{R}:{ME}:function:mirror", "startingPosition": "LATEST", "tags": TAGS,
        "eventSourceArn": f"arn:aws:dynamodb:{R}:{ME}:table/ledger/stream/2026-11-01T00:00:00.000",
        "maximumRetryAttempts": 2}),),
        "major", "what is skipped is kept nowhere (AWS Lambda, 'Retain discarded records')"),
    Attack("events of payments are told once", RSL, (aws("cloudwatch/EventTarget", {
        "rule": "payments", "arn": f"arn:aws:lambda:{R}:{ME}:function:book", "targetId": "book",
        "retryPolicy": {"maximumRetryAttempts": 0, "maximumEventAgeInSeconds": 60}}),),
        "major", "an event that is not taken at once is dropped (Amazon EventBridge, 'Retry policy')"),
    Attack("a database of orders has the default group by its name", ENC, (aws("rds/Instance", {
        **PLAIN, "engineVersion": "8.4.7", "parameterGroupName": "default.mysql8.4"}),),
        "major", "the default is off up to version 8.4 (Amazon RDS, 'Requiring SSL/TLS for all connections to a MySQL "
        "DB instance', read 2026-12-01)"),
    Attack("a cluster of Aurora takes plain text", ENC, (aws("rds/Cluster", {
        **{key: value for key, value in PLAIN.items() if key not in (
            "identifier", "instanceClass", "username", "allocatedStorage", "multiAz", "publiclyAccessible",
            "autoMinorVersionUpgrade", "storageType")},
        "clusterIdentifier": "orders", "engine": "aurora-mysql", "engineVersion": "8.0.mysql_aurora.3.10.1",
        "masterUsername": "owner"}),),
        "major", "the default group does not require TLS (Amazon Aurora, 'TLS connections to Aurora MySQL')"),
    Attack("a group of parameters of the newest MySQL leaves TLS to its clients", ENC, (aws("rds/ParameterGroup", {
        "name": "orders", "family": "mysql8.4", "tags": TAGS,
        "parameters": [{"name": "max_connections", "value": "500"}]}),),
        "major", "the default is off up to version 8.4 (Amazon RDS, 'Requiring SSL/TLS for all connections to a MySQL "
        "DB instance', read 2026-12-01)"),
)  # fmt: skip
