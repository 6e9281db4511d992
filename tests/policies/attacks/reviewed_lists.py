"""Attacks on the lists of harmless operations, calls and parameters: entries that do harm with some parameter or for
some resource, and spellings that pass a reader."""

import json

from ..blind import KEY, ME, TAGS, aws, az, k8s, meta
from . import Attack

REGION = "me-central-1"
SUBSCRIPTION = "/subscriptions/11111111-1111-1111-1111-111111111111"
GATEWAY = f"arn:aws:apigateway:{REGION}"
WORKFLOWS = {"roleArn": f"arn:aws:iam::{ME}:role/worker", "tags": TAGS, "type": "STANDARD", "encryptionConfiguration": {
    "type": "CUSTOMER_MANAGED_KMS_KEY", "kmsKeyId": KEY}}  # fmt: skip


def calling(name: str, call: str, parameters: object, harm: str) -> Attack:
    """Returns a workflow with one call, `service:action` of the SDK or an optimised integration."""
    resource = f"arn:aws:states:::{call}"
    states = {"A": {"Type": "Task", "Resource": resource, "Parameters": parameters, "End": True}}
    text = json.dumps({"StartAt": "A", "States": states})
    return Attack(f"reviewed lists: {name}", ("FJ-ESC-102",), (
        aws("sfn/StateMachine", {**WORKFLOWS, "definition": text}),), "major", harm)  # fmt: skip


def serving(name: str, path: str, method: str, harm: str, **more: object) -> Attack:
    """Returns an integration of API Gateway with a path of a service."""
    return Attack(f"reviewed lists: {name}", ("FJ-ESC-102",), (aws("apigateway/Integration", {
        "restApi": "a1", "resourceId": "r1", "httpMethod": "POST", "type": "AWS", "integrationHttpMethod": method,
        "credentials": f"arn:aws:iam::{ME}:role/api", "uri": f"{GATEWAY}:{path}", **more}),),
        "major", harm)  # fmt: skip


def working(name: str, operation: str, harm: str) -> Attack:
    """Returns a custom role of a subscription with an operation."""
    return Attack(f"reviewed lists: {name}", ("FJ-IDN-214",), (az("authorization:RoleDefinition", {
        "roleName": "cleaner", "permissions": [{"actions": ["*/read", operation]}], "scope": SUBSCRIPTION,
        "assignableScopes": [SUBSCRIPTION]}),), "major", harm)  # fmt: skip


def configured(name: str, kind: str, props: dict[str, object], harm: str) -> Attack:
    """Returns a group of parameters of AWS."""
    return Attack(f"reviewed lists: {name}", ("FJ-ESC-115",), (aws(kind, props),), "major", harm)


def grouped(family: str, name: str, value: str) -> dict[str, object]:
    """Returns the properties of a group with one parameter."""
    return {"family": family, "parameters": [{"name": name, "value": value}], "tags": TAGS}


_SECRETS = "the answer has a secret, and stands in the history of the workflow"
_S3 = "whoever calls the API changes the bucket (Amazon S3 API Reference)"
ATTACKS = (
    calling("a workflow reads the keys of APIs", "aws-sdk:apigateway:getApiKeys", {"IncludeValues": True}, _SECRETS),
    calling("a workflow reads the secret of a client", "aws-sdk:cognitoidentityprovider:describeUserPoolClient",
            {"UserPoolId": "p", "ClientId": "c"}, _SECRETS),
    calling("a workflow takes credentials of S3 Access Grants", "aws-sdk:s3control:getDataAccess",
            {"AccountId": ME, "Target": "s3://b/*", "Permission": "READWRITE"}, _SECRETS),
    calling("a workflow reads the shared keys of tunnels", "aws-sdk:ec2:describeVpnConnections", {}, _SECRETS),
    calling("a workflow reads passwords of connections", "aws-sdk:glue:getConnections", {}, _SECRETS),
    calling("a workflow reads passwords of applications", "aws-sdk:amplify:getApp", {"AppId": "a"}, _SECRETS),
    calling("a workflow opens a domain to everyone", "aws-sdk:opensearch:updateDomainConfig", {
        "DomainName": "d", "AccessPolicies": json.dumps({"Statement": [
            {"Effect": "Allow", "Principal": "*", "Action": "es:*"}]})}, "everyone searches the domain"),
    Attack("reviewed lists: a schedule opens a domain to everyone", ("FJ-ESC-102",), (aws("scheduler/Schedule", {
        "flexibleTimeWindow": {"mode": "OFF"}, "scheduleExpression": "rate(1 day)", "kmsKeyArn": KEY, "target": {
            "arn": "arn:aws:scheduler:::aws-sdk:opensearch:updateDomainConfig", "roleArn":
            f"arn:aws:iam::{ME}:role/worker", "input": json.dumps({"DomainName": "d", "AccessPolicies": json.dumps({
                "Statement": [{"Effect": "Allow", "Principal": "*", "Action": "es:*"}]})})}}),), "major",
        "everyone searches the domain"),
    calling("a workflow lets plain text in", "aws-sdk:opensearch:updateDomainConfig",
            {"DomainName": "d", "DomainEndpointOptions": {"EnforceHTTPS": False}}, "requests cross in plain text"),
    calling("a workflow turns off roles of a domain", "aws-sdk:opensearch:updateDomainConfig",
            {"DomainName": "d", "AdvancedSecurityOptions": {"Enabled": False}}, "every caller does everything"),
    calling("a workflow copies a table to a region that its input names", "aws-sdk:dynamodb:updateTable",
            {"TableName": "t", "ReplicaUpdates": [{"Create": {"RegionName.$": "$.region"}}]}, "rows leave the country"),
    calling("a workflow ends the audit log of a database", "aws-sdk:rds:modifyDBCluster", {
        "DBClusterIdentifier": "d", "CloudwatchLogsExportConfiguration": {"DisableLogTypes": ["audit"]}},
        "nobody sees what was done"),
    calling("a workflow lets people into tasks", "aws-sdk:ecs:updateService",
            {"Service": "s", "EnableExecuteCommand": True}, "commands in containers"),
    calling("a workflow gives a task a public address", "ecs:runTask.sync", {"TaskDefinition": "t", "LaunchType":
            "FARGATE", "NetworkConfiguration": {"AwsvpcConfiguration": {
                "Subnets": ["s"], "AssignPublicIp": "ENABLED"}}}, "the task is on the internet"),
    calling("a workflow runs a task with another role", "ecs:runTask.sync", {
        "TaskDefinition": "t", "Overrides": {"TaskRoleArn": f"arn:aws:iam::{ME}:role/admin"}}, "it has other rights"),
    calling("a workflow ends encryption in transit", "aws-sdk:elasticache:modifyReplicationGroup",
            {"ReplicationGroupId": "r", "TransitEncryptionEnabled": False}, "keys cross in plain text"),
    calling("a workflow publishes an object", "aws-sdk:s3:putObject",
            {"Bucket": "b", "Key": "k", "ACL": "public-read"}, "everyone reads the object"),
    serving("an API replaces the policy of a bucket", "s3:path/b?policy", "PUT", _S3),
    serving("an API replaces a policy by a parameter", "s3:path/b", "PUT", _S3,
            requestParameters={"integration.request.querystring.policy": "''"}),
    serving("an API publishes objects by a header", "s3:path/b/k", "PUT", _S3,
            requestParameters={"integration.request.header.x-amz-acl": "'public-read'"}),
    serving("an API deletes the bucket that the host names", "papers.s3:path/", "DELETE", _S3),
    serving("an API creates a bucket", "s3:path/other", "PUT", _S3),
    serving("an API makes identities of senders", "ses:path/v2/email/identities", "POST", "mail in another's name"),
    serving("an API lets callers name the action", "sns:path//", "POST", "callers manage topics",
            requestTemplates={"application/json": "Action=$input.params('a')&TopicArn=x"}),
    serving("an API passes the form of callers to a queue", "sqs:path/1/q", "POST", "callers name the action"),
    Attack("reviewed lists: an association installs a package of one's own", ("FJ-ESC-102",), (
        aws("ssm/Association", {"name": "AWS-ConfigureAWSPackage", "tags": TAGS, "parameters": {
            "action": "Install", "name": "OurAgent"}, "targets": [{"key": "tag:team", "values": ["a"]}]}),), "major",
        "scripts of the package run as root on every machine (Systems Manager User Guide, Distributor)"),
    Attack("reviewed lists: a document lets machines answer without a token", ("FJ-ESC-102",), (
        aws("ssm/Association", {"name": "AWSSupport-ConfigureEC2Metadata", "tags": TAGS, "parameters": {
            "EnforceIMDSv2": "optional", "InstanceId": "i-1"}}),), "major",
        "credentials of machines are read by requests that a program is made to send"),
    working("a role removes sign-in with Entra only", "Microsoft.Sql/servers/azureADOnlyAuthentications/delete",
            "passwords let clients in again"),
    working("a role removes a subscription from its group",
            "Microsoft.Management/managementGroups/subscriptions/delete", "policies of the group no longer apply"),
    working("a role removes sign-in to apps", "Microsoft.App/containerApps/authConfigs/delete", "everyone is let in"),
    working("a role removes the firewall of caches", "Microsoft.Cache/redis/firewallRules/delete",
            "every address is let in where there is no rule"),
    working("a role removes policies of APIs", "Microsoft.ApiManagement/service/apis/policies/delete",
            "tokens are no longer validated"),
    working("a role removes agents of machines", "Microsoft.Compute/virtualMachines/extensions/delete",
            "nobody sees attacks on machines"),
    working("a role removes rules of network administrators",
            "Microsoft.Network/networkManagers/securityAdminConfigurations/delete", "ports are open again"),
    working("a role removes network rules of brokers", "Microsoft.EventHub/namespaces/networkRuleSets/delete",
            "every address is let in"),
    working("a role removes groups with all that is in them", "Microsoft.Resources/subscriptions/resourceGroups/delete",
            "records, vaults and networks go with their group (Azure Resource Manager, resource group deletion)"),
    working("a role writes scale sets with their extensions", "Microsoft.Compute/virtualMachineScaleSets/write",
            "extensions of the model run programs on every machine, with the identity of the scale set"),
    configured("a comment of a broker hides a line", "msk/Configuration", {
        "name": "c", "kafkaVersions": ["3.6.0"], "serverProperties":
        "# tuned \\\nlistener.name.client.sasl.server.callback.handler.class=org.x.Open\n"},
        "a comment does not go on in the next line (java.util.Properties)"),
    configured("an escaped backslash hides a line", "msk/Configuration", {
        "name": "c", "kafkaVersions": ["3.6.0"], "serverProperties":
        "num.io.threads=8\\\\\ncreate.topic.policy.class.name=org.x.Open\n"},
        "two backslashes are one of the value (java.util.Properties)"),
    configured("strings with escapes", "rds/ParameterGroup",
               grouped("postgres15", "standard_conforming_strings", "off"), "quotes of clients can be left"),
    configured("short keys of connections", "rds/ParameterGroup",
               grouped("sqlserver-ee-15.0", "rds.diffie-hellman-min-key-bit-length", "1024"), "sessions are read"),
    Attack("reviewed lists: everybody on the host reads statements", ("FJ-ESC-115",), (
        k8s("postgresql.cnpg.io/v1:Cluster", {"metadata": meta(), "spec": {
            "instances": 3, "postgresql": {"parameters": {"log_file_mode": "0644"}}}}),), "major",
        "statements have what clients ask for"),
)  # fmt: skip
