"""Attacks on AWS from published lists of checks: records that are missing, traffic in plain text, regions and money.

Each is an entry of a list of `tests/policies/outside` that passed on 2026-12-01. Properties by pulumi-aws 7.51.1.
"""

import json

from ..blind import IMAGE, KEY, ME, TAGS, aws
from ..harness import UNKNOWN, Given
from . import Attack
from .twenty_first_aws_b import MACHINE

RSL, ESC, RES, COST, ENC = ("FJ-RSL-118",), ("FJ-ESC-115",), ("FJ-RES-103",), ("FJ-COST-127",), ("FJ-ENC-402",)
R = "me-central-1"
ROLE = f"arn:aws:iam::{ME}:role"
DATABASE = {
    "instanceClass": "db.m7g.large", "allocatedStorage": 100, "storageType": "gp3", "storageEncrypted": True,
    "kmsKeyId": KEY, "username": "ledger", "manageMasterUserPassword": True, "masterUserSecretKmsKeyId": KEY,
    "dbSubnetGroupName": "data", "vpcSecurityGroupIds": ["sg-1"], "publiclyAccessible": False, "multiAz": True,
    "backupRetentionPeriod": 14, "deletionProtection": True, "skipFinalSnapshot": False, "tags": TAGS,
    "finalSnapshotIdentifier": "last", "copyTagsToSnapshot": True, "iamDatabaseAuthenticationEnabled": True,
}  # fmt: skip
STEPS = json.dumps({"StartAt": "a", "States": {"a": {"Type": "Pass", "End": True}}})
BALANCER = {"internal": True, "subnets": ["subnet-1", "subnet-2"], "securityGroups": ["sg-1"], "tags": TAGS,
            "enableDeletionProtection": True, "dropInvalidHeaderFields": True}  # fmt: skip
TRAIL = {"s3BucketName": "bank-trail", "kmsKeyId": KEY, "enableLogFileValidation": True, "tags": TAGS}
WAREHOUSE = {"clusterIdentifier": "dwh", "nodeType": "ra3.xlplus", "numberOfNodes": 2, "encrypted": "true",
             "kmsKeyId": KEY, "publiclyAccessible": False, "enhancedVpcRouting": True, "masterUsername": "dwhowner",
             "manageMasterPassword": True, "automatedSnapshotRetentionPeriod": 14, "skipFinalSnapshot": False,
             "finalSnapshotIdentifier": "last", "clusterSubnetGroupName": "data", "tags": TAGS}  # fmt: skip
FIREWALL = {"firewallPolicyArn": f"arn:aws:network-firewall:{R}:{ME}:firewall-policy/p", "vpcId": "vpc-1",
            "subnetMappings": [{"subnetId": "subnet-1"}, {"subnetId": "subnet-2"}], "deleteProtection": True,
            "firewallPolicyChangeProtection": True, "subnetChangeProtection": True, "tags": TAGS,
            "encryptionConfiguration": {"type": "CUSTOMER_KMS", "keyId": KEY}}  # fmt: skip


def database(engine: str, version: str, **more: object) -> Given:
    """Returns a database of an engine that keeps its records."""
    logs = ["postgresql"] if engine == "postgres" else ["audit", "error"]
    return aws("rds/Instance", {**DATABASE, "engine": engine, "engineVersion": version,
                                "enabledCloudwatchLogsExports": logs, **more})  # fmt: skip


def regions(condition: object, **more: object) -> Given:
    """Returns a policy of the organisation that denies what meets a condition."""
    statement = {"Sid": "Regions", "Effect": "Deny", "NotAction": ["iam:*", "sts:*", "route53:*"], "Resource": "*",
                 "Condition": condition, **more}  # fmt: skip
    return aws(
        "organizations/Policy",
        {
            "name": "regions",
            "type": "SERVICE_CONTROL_POLICY",
            "tags": TAGS,
            "content": json.dumps({"Version": "2012-10-17", "Statement": [statement]}),
        },
    )


def connection(url: str, **more: object) -> Given:
    """Returns a connection of Glue to a database."""
    return aws("glue/Connection", {
        "name": "ledger", "connectionType": "JDBC", "tags": TAGS, "physicalConnectionRequirements": {
            "availabilityZone": f"{R}a", "subnetId": "subnet-1", "securityGroupIdLists": ["sg-1"]},
        "connectionProperties": {"JDBC_CONNECTION_URL": url, "SECRET_ID": "ledger", **more}})  # fmt: skip


RECORDS = (
    Attack("nobody sees what callers of the balancer asked for", RSL, (aws("lb/LoadBalancer", BALANCER),),
           "major", "requests leave no trace (Security Hub ELB.5)"),
    Attack("the records of a classic balancer are switched off", RSL, (aws("elb/LoadBalancer", {
        "internal": True, "subnets": ["subnet-1", "subnet-2"], "securityGroups": ["sg-1"], "tags": TAGS, "listeners": [
            {"instancePort": 443, "instanceProtocol": "https", "lbPort": 443, "lbProtocol": "https",
             "sslCertificateId": f"arn:aws:acm:{R}:{ME}:certificate/1"}],
        "accessLogs": {"bucket": "bank-access-logs", "enabled": False}}),), "major", "ELB.5"),
    Attack("a stage of a REST API records no calls", RSL, (aws("apigateway/Stage", {
        "restApi": "r", "deployment": "d", "stageName": "prod", "tags": TAGS}),), "major", "APIGateway.1"),
    Attack("a stage of an HTTP API records no calls", RSL, (aws("apigatewayv2/Stage", {
        "apiId": "a", "name": "prod", "tags": TAGS}),), "major", "APIGateway.9"),
    Attack("queries of a graph of the bank are not recorded", RSL, (aws("appsync/GraphQLApi", {
        "name": "g", "authenticationType": "AWS_IAM", "visibility": "PRIVATE", "tags": TAGS}),), "major", "AppSync.2"),
    Attack("a short workflow runs without a record", RSL, (aws("sfn/StateMachine", {
        "roleArn": f"{ROLE}/steps", "type": "EXPRESS", "definition": STEPS, "tags": TAGS,
        "encryptionConfiguration": {"type": "CUSTOMER_MANAGED_KMS_KEY", "kmsKeyId": KEY}}),), "major",
        "an express workflow has no history (StepFunctions.1)"),
    Attack("a database exports none of its records", RSL, (database(
        "postgres", "17.5", enabledCloudwatchLogsExports=[]),), "major", "RDS.9"),
    Attack("a cluster of Aurora exports none of its records", RSL, (aws("rds/Cluster", {
        "engine": "aurora-postgresql", "engineVersion": "17.5", "storageEncrypted": True, "kmsKeyId": KEY, "tags": TAGS,
        "masterUsername": "ledger", "manageMasterUserPassword": True, "masterUserSecretKmsKeyId": KEY,
        "backupRetentionPeriod": 14, "deletionProtection": True, "finalSnapshotIdentifier": "last",
        "copyTagsToSnapshot": True, "iamDatabaseAuthenticationEnabled": True}),), "major", "RDS.34"),
    Attack("what a task prints is lost", RSL, (aws("ecs/TaskDefinition", {
        "family": "orders", "networkMode": "awsvpc", "requiresCompatibilities": ["FARGATE"], "cpu": "256",
        "memory": "512",
        "executionRoleArn": f"{ROLE}/x", "taskRoleArn": f"{ROLE}/y", "tags": TAGS, "containerDefinitions": json.dumps([
            {"name": "a", "image": IMAGE, "essential": True, "readonlyRootFilesystem": True, "user": "10001"}])}),),
        "major", "ECS.9"),
    Attack("an alarm rings where nobody hears it", ("FJ-EXP-135",), (aws("cloudwatch/MetricAlarm", {
        "name": "sign-ins", "namespace": "AWS/Cognito", "metricName": "SignInThrottles", "statistic": "Sum",
        "period": 300, "evaluationPeriods": 1, "threshold": 10, "comparisonOperator": "GreaterThanThreshold",
        "actionsEnabled": True, "alarmActions": [], "tags": TAGS}),), "major", "CloudWatch.15"),
    Attack("a firewall of the network writes down nothing", RSL, (aws("networkfirewall/Firewall", FIREWALL),), "major",
           "NetworkFirewall.2"),
    Attack("nobody sees who reads the warehouse", RSL, (aws("redshift/Cluster", WAREHOUSE),), "major", "Redshift.4"),
    Attack("a trail records one region only, unless it says otherwise", ESC, (aws("cloudtrail/Trail", TRAIL),),
           "major", "calls in other regions are not seen (CloudTrail.1)"),
)  # fmt: skip
PLAINTEXT = (
    Attack("Glue reads the ledger without TLS by default", ENC, (connection("jdbc:postgresql://10.0.4.5:5432/ledger"),),
           "major", "JDBC_ENFORCE_SSL is false by default (AWS Glue, 'Glue connection properties')"),
    Attack("Glue reads the ledger without TLS, as its address says", ENC, (connection(
        "jdbc:mysql://10.0.4.5:3306/ledger?useSSL=false"),), "major", "the same"),
)  # fmt: skip
PLACES = (
    Attack("a policy of the organisation opens a region abroad", RES, (regions(
        {"StringNotEquals": {"aws:RequestedRegion": [R, "eu-west-1"]}}),), "critical",
        "accounts may keep data in Ireland (prowler organizations_scp_check_deny_regions)"),
    Attack("a policy of the organisation opens each region of a continent", RES, (regions(
        {"StringNotLike": {"aws:RequestedRegion": [R, "eu-*"]}}),), "critical", "the same"),
)  # fmt: skip
MONEY = (
    Attack("PostgreSQL of the day before yesterday pays for its support", COST, (database("postgres", "12.22"),),
           "major", "a price for each processor and hour (Amazon RDS, 'Using Amazon RDS Extended Support')"),
    Attack("MySQL 5.7 pays for its support", COST, (database("mysql", "5.7.44"),), "major", "the same"),
    Attack("a cluster of Aurora MySQL 2 pays for its support", COST, (aws("rds/Cluster", {
        "engine": "aurora-mysql", "engineVersion": "5.7.mysql_aurora.2.12.4", "storageEncrypted": True,
        "kmsKeyId": KEY, "engineLifecycleSupport": "open-source-rds-extended-support", "tags": TAGS,
        "enabledCloudwatchLogsExports": ["audit"]}),), "major", "the same"),
    Attack("a machine stands alone on its host and pays for it", ESC, (aws("ec2/Instance", {
        **MACHINE, "tenancy": "dedicated"}),), "major", "each hour has a fee (Amazon EC2, 'Dedicated Instances')"),
    Attack("every machine of a network stands alone on its host", ESC, (aws("ec2/Vpc", {
        "cidrBlock": "10.60.0.0/16", "instanceTenancy": "dedicated", "tags": TAGS}),), "major", "the same"),
)  # fmt: skip
OPEN = (
    Attack("nodes reach the API server by its public address only", ESC, (aws("eks/Cluster", {
        "roleArn": f"{ROLE}/eks", "version": "1.34", "deletionProtection": True, "tags": TAGS,
        "enabledClusterLogTypes": ["audit", "authenticator", "api"], "upgradePolicy": {"supportType": "STANDARD"},
        "encryptionConfig": {"provider": {"keyArn": KEY}, "resources": ["secrets"]},
        "accessConfig": {"authenticationMode": "API", "bootstrapClusterCreatorAdminPermissions": False},
        "vpcConfig": {"subnetIds": ["subnet-1", "subnet-2"], "endpointPrivateAccess": False,
                      "endpointPublicAccess": True, "publicAccessCidrs": ["94.200.10.20/32"]}}),), "major",
        "commands to nodes leave the network (prowler eks_cluster_private_nodes_enabled)"),
    Attack("a search domain has users and passwords of its own", ESC, (aws("opensearch/Domain", {
        "engineVersion": "OpenSearch_2.19", "encryptAtRest": {"enabled": True, "kmsKeyId": KEY},
        "nodeToNodeEncryption": {"enabled": True}, "vpcOptions": {"subnetIds": ["subnet-1"]}, "tags": TAGS,
        "domainEndpointOptions": {"enforceHttps": True, "tlsSecurityPolicy": "Policy-Min-TLS-1-2-PFS-2023-10"},
        "advancedSecurityOptions": {"enabled": True, "internalUserDatabaseEnabled": True, "masterUserOptions": {
            "masterUserName": "admin", "masterUserPassword": UNKNOWN}},
        "logPublishingOptions": [{"logType": "AUDIT_LOGS", "cloudwatchLogGroupArn":
                                  f"arn:aws:logs:{R}:{ME}:log-group:/search"}]}),), "minor",
        "a password outlives its owner (prowler opensearch_service_domains_internal_user_database_enabled)"),
    Attack("a database shows a certificate of an authority that has ended", ESC, (database(
        "postgres", "17.5", caCertIdentifier="rds-ca-2019"),), "major", "callers stop to verify it"),
    Attack("credentials of the root user stay in each account", ESC, (aws("iam/OrganizationsFeatures", {
        "enabledFeatures": ["RootSessions"]}),), "major", "prowler iam_root_credentials_management_enabled"),
)  # fmt: skip
ATTACKS = (*RECORDS, *PLAINTEXT, *PLACES, *MONEY, *OPEN)
