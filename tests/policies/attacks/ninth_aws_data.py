"""Attacks on AWS that take data out, or hand it to strangers (2026-11-28, ninth set).

Properties by pulumi-aws 7.51.1; what a service does with them by its documentation, as known.
"""

from ..blind import KEY, ME, TAGS, THEM, aws
from . import Attack

RES = ("FJ-RES-", "FJ-IDN-", "FJ-ESC-", "FJ-EXP-")
R = "me-central-1"
TAKEN = "a stranger has the data"
SUBNETS, GROUPS = ["subnet-1", "subnet-2"], ["sg-1"]


def _theirs(service: str, rest: str) -> str:
    return f"arn:aws:{service}:{R}:{THEM}:{rest}"


def _ours(service: str, rest: str) -> str:
    return f"arn:aws:{service}:{R}:{ME}:{rest}"


ATTACKS = (
    Attack("new images are copied into the registry of a stranger", RES, (aws("ecr/ReplicationConfiguration", {
        "replicationConfiguration": {"rules": [{"destinations": [{"region": R, "registryId": THEM}]}]}}),),
        "critical", f"{TAKEN}: programs and models in images (Amazon ECR, 'Private image replication')"),
    Attack("a database is integrated with the warehouse of a stranger", RES, (aws("rds/Integration", {
        "integrationName": "orders", "sourceArn": _ours("rds", "cluster:orders"), "kmsKeyId": KEY, "tags": TAGS,
        "targetArn": _theirs("redshift-serverless", "namespace/11111111-2222-3333-4444-555555555555")}),),
        "critical", f"{TAKEN} within seconds (Amazon RDS, 'zero-ETL integrations')"),
    Attack("a report on every object is exported for a stranger", RES, (aws("s3control/StorageLensConfiguration", {
        "configId": "all", "tags": TAGS, "storageLensConfiguration": {
            "enabled": True, "accountLevel": {"bucketLevel": {"activityMetrics": {"enabled": True}}},
            "dataExport": {"s3BucketDestination": {
                "accountId": THEM, "arn": "arn:aws:s3:::collector-lens", "format": "CSV",
                "outputSchemaVersion": "V_1", "encryption": {"sseKms": {"keyId": KEY}}}}}}),),
        "major", "buckets, prefixes and sizes (Amazon S3 Storage Lens, 'metrics export')"),
    Attack("what a function cannot process goes to a stranger's queue", RES, (aws("lambda/EventSourceMapping", {
        "functionName": "orders", "eventSourceArn": _ours("kinesis", "stream/orders"), "startingPosition": "LATEST",
        "maximumRetryAttempts": 0, "destinationConfig": {"onFailure": {"destinationArn": _theirs("sqs", "inbox")}},
        "tags": TAGS}),),
        "critical", f"{TAKEN}: one wrong filter fails every batch (AWS Lambda, 'Capturing discarded batches')"),
    Attack("codes of sign-in are handed to a stranger's function", RES, (aws("cognito/UserPool", {
        "name": "customers", "mfaConfiguration": "ON", "softwareTokenMfaConfiguration": {"enabled": True},
        "deletionProtection": "ACTIVE", "adminCreateUserConfig": {"allowAdminCreateUserOnly": True},
        "passwordPolicy": {"minimumLength": 14, "requireLowercase": True, "requireNumbers": True,
                           "requireSymbols": True, "requireUppercase": True, "temporaryPasswordValidityDays": 1},
        "userPoolAddOns": {"advancedSecurityMode": "ENFORCED"}, "userPoolTier": "PLUS", "lambdaConfig": {
            "kmsKeyId": KEY, "customEmailSender": {"lambdaArn": _theirs("lambda", "function:send"),
                                                   "lambdaVersion": "V1_0"}}, "tags": TAGS}),),
        "critical", "who sends the codes signs in as anybody (Amazon Cognito, 'Custom email sender')"),
    Attack("tokens of callers are checked by a stranger's function", RES, (aws("apigateway/Authorizer", {
        "restApi": "abc123", "name": "tokens", "type": "TOKEN", "identitySource": "method.request.header.Authorization",
        "authorizerUri": f"arn:aws:apigateway:{R}:lambda:path/2015-03-31/functions/"
                         f"{_theirs('lambda', 'function:check')}/invocations"}),),
        "critical", "it reads every token and lets in whom it likes (API Gateway, 'Lambda authorizers')"),
    Attack("a warehouse shares its tables with a stranger's account", RES, (aws("redshift/DataShareAuthorization", {
        "consumerIdentifier": THEM, "dataShareArn": _ours("redshift", "datashare:"
                                                          "11111111-2222-3333-4444-555555555555/orders")}),),
        "critical", f"{TAKEN} (Amazon Redshift, 'Data sharing across accounts')"),
    Attack("inventories of all machines are collected by a stranger", RES, (aws("ssm/ResourceDataSync", {
        "name": "inventory", "s3Destination": {"bucketName": "collector-inventory", "region": R,
                                               "syncFormat": "JsonSerDe"}}),),
        "major", "programs, patches, addresses and files of each machine (Systems Manager, 'resource data sync')"),
    Attack("passwords of a file server are checked by a stranger's API", RES, (aws("transfer/Server", {
        "domain": "S3", "protocols": ["SFTP"], "endpointType": "VPC", "identityProviderType": "API_GATEWAY",
        "url": f"https://a1b2c3d4e5.execute-api.{R}.amazonaws.com/prod", "loggingRole": f"arn:aws:iam::{ME}:role/t",
        "invocationRole": f"arn:aws:iam::{ME}:role/t", "securityPolicyName": "TransferSecurityPolicy-2024-01",
        "endpointDetails": {"vpcId": "vpc-1", "subnetIds": SUBNETS, "securityGroupIds": GROUPS}, "tags": TAGS}),),
        "critical", "it gets each password and answers with a role and a folder (Transfer Family, 'custom identity "
        "providers')"),
    Attack("logs of a service are delivered to a stranger's bucket", RES, (aws("cloudwatch/LogDeliveryDestination", {
        "name": "prompts", "tags": TAGS, "outputFormat": "json", "deliveryDestinationConfiguration": {
            "destinationResourceArn": "arn:aws:s3:::collector-logs"}}),),
        "critical", f"{TAKEN}: prompts of agents and lines of services (CloudWatch Logs, 'PutDeliveryDestination')"),
    Attack("findings of the detector are exported for a stranger", RES, (aws("guardduty/PublishingDestination", {
        "detectorId": "12abc34d567e8fa901bc2d34e56789f0", "destinationArn": "arn:aws:s3:::collector-findings",
        "kmsKeyArn": f"arn:aws:kms:{R}:{THEM}:key/11111111-2222-3333-4444-555555555555", "tags": TAGS}),),
        "major", "the attacker reads what has been noticed (Amazon GuardDuty, 'Exporting findings')"),
    Attack("a stored prompt asks a model wherever it is", RES, (aws("bedrock/AgentPrompt", {
        "name": "claims", "defaultVariant": "v", "customerEncryptionKeyArn": KEY, "tags": TAGS, "variants": [{
            "name": "v", "templateType": "TEXT", "modelId": "global.anthropic.claude-sonnet-4-5-20250929-v1:0",
            "templateConfiguration": {"text": {"text": "Summarise {{claim}}", "inputVariables": [
                {"name": "claim"}]}}}]}),),
        "critical", "claims are processed in any region of the world (Amazon Bedrock, 'global inference profiles')"),
    Attack("a flow of prompts hands each step to a stranger's function", RES, (aws("bedrock/AgentFlow", {
        "name": "claims", "executionRoleArn": f"arn:aws:iam::{ME}:role/flow", "customerEncryptionKeyArn": KEY,
        "tags": TAGS, "definition": {"nodes": [
            {"name": "in", "type": "Input", "configuration": {"input": {}},
             "outputs": [{"name": "document", "type": "String"}]},
            {"name": "check", "type": "LambdaFunction",
             "configuration": {"lambdaFunction": {"lambdaArn": _theirs("lambda", "function:check")}},
             "inputs": [{"name": "codeHookInput", "type": "String", "expression": "$.data"}],
             "outputs": [{"name": "functionResponse", "type": "String"}]}],
            "connections": [{"name": "a", "source": "in", "target": "check", "type": "Data", "configuration": {
                "data": {"sourceOutput": "document", "targetInput": "codeHookInput"}}}]}}),),
        "critical", f"{TAKEN} (Amazon Bedrock, 'Node types in flow')"),
    Attack("the network joins a core network of unknown owner", RES, (aws("networkmanager/VpcAttachment", {
        "coreNetworkId": "core-network-0fab1c2d3e4f50617", "subnetArns": [_ours("ec2", "subnet/subnet-1")],
        "vpcArn": _ours("ec2", "vpc/vpc-1"), "tags": TAGS}),),
        "critical", "its owner routes into the network, from other regions too (AWS Cloud WAN, 'Attachments')"),
    Attack("mail of Airflow and its secrets go to a server on the web", RES, (aws("mwaa/Environment", {
        "name": "flows", "dagS3Path": "dags", "executionRoleArn": f"arn:aws:iam::{ME}:role/flows", "kmsKey": KEY,
        "sourceBucketArn": "arn:aws:s3:::devaws-flows", "webserverAccessMode": "PRIVATE_ONLY", "tags": TAGS,
        "airflowVersion": "2.10.3", "environmentClass": "mw1.small", "maxWorkers": 2,
        "networkConfiguration": {"securityGroupIds": GROUPS, "subnetIds": SUBNETS},
        "loggingConfiguration": {name: {"enabled": True, "logLevel": "INFO"} for name in (
            "dagProcessingLogs", "schedulerLogs", "taskLogs", "webserverLogs", "workerLogs")},
        "airflowConfigurationOptions": {
            "email.email_backend": "airflow.utils.email.send_email_smtp", "smtp.smtp_host": "mail.collector-app.io",
            "smtp.smtp_starttls": "False", "smtp.smtp_mail_from": "flows@example.ae"}}),),
        "critical", "each failed task mails its log in plaintext (Amazon MWAA, 'Airflow configuration options')"),
    Attack("the content of each release is handed to a stranger by an extension", RES, (aws("appconfig/Extension", {
        "name": "release", "tags": TAGS, "actionPoints": [{"point": "PRE_START_DEPLOYMENT", "actions": [{
            "name": "check", "roleArn": f"arn:aws:iam::{ME}:role/release",
            "uri": _theirs("lambda", "function:check")}]}]}),),
        "critical", "the function gets the settings, and what it returns is deployed (AWS AppConfig, 'Extensions')"),
)  # fmt: skip
