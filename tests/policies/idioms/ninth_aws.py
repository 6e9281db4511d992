"""Good idioms of platform teams on AWS, beside what the attacks of the ninth set misuse (2026-11-28)."""

import json

from ..blind import KEY, ME, TAGS, aws, document, policy, statement
from . import Idiom, unpriced
from .aws_platform import bucket
from .fourth import AWS_DOCS, R
from .fourth_kubernetes import BUDGET

SUBNETS, GROUPS = ["subnet-1", "subnet-2", "subnet-3"], ["sg-1"]
SSO = "arn:aws:sso:::instance/ssoins-1234567890abcdef"
SET = "arn:aws:sso:::permissionSet/ssoins-1234567890abcdef/ps-1234567890abcdef"


def arn(service: str, rest: str) -> str:
    return f"arn:aws:{service}:{R}:{ME}:{rest}"


def role_arn(name: str) -> str:
    return f"arn:aws:iam::{ME}:role/{name}"


def kept(*names: str) -> dict[str, object]:
    return {"resilience": {"kept_elsewhere": dict.fromkeys(names, "copied every night to the site in Dubai")}}


def _acl(rule: int, action: str, cidr: str, first: int, last: int) -> dict[str, object]:
    return {"ruleNo": rule, "action": action, "protocol": "tcp", "cidrBlock": cidr, "fromPort": first, "toPort": last}


EC2_DEFAULTS = json.dumps({"ec2_attributes": {
    "snapshot_block_public_access": {"state": {"@@assign": "block_all_sharing"}},
    "image_block_public_access": {"state": {"@@assign": "block_new_sharing"}},
    "serial_console_access": {"status": {"@@assign": "disabled"}},
    "instance_metadata_defaults": {"http_tokens": {"@@assign": "required"}}}})  # fmt: skip
COST_TAGS = json.dumps({"tags": {"cost-centre": {
    "tag_key": {"@@assign": "cost-centre"}, "tag_value": {"@@assign": ["cc-1*"]},
    "enforced_for": {"@@assign": ["ec2:instance", "ec2:volume", "rds:db"]}}}})  # fmt: skip

IDIOMS: tuple[Idiom, ...] = (
    Idiom("analysts have a set of rights for four hours", (
        aws("ssoadmin/PermissionSet", {"instanceArn": SSO, "name": "Analyst", "sessionDuration": "PT4H",
                                       "description": "Queries the lake", "tags": TAGS}, "set"),
        aws("ssoadmin/PermissionSetInlinePolicy", {
            "instanceArn": SSO, "permissionSetArn": SET, "inlinePolicy": document(
            statement(["athena:StartQueryExecution", "athena:GetQueryResults", "athena:GetQueryExecution"],
                      arn("athena", "workgroup/analysts")),
            statement(["glue:GetTable", "glue:GetDatabase", "glue:GetPartitions"], [
                arn("glue", "catalog"), arn("glue", "database/lake"), arn("glue", "table/lake/*")]))}, "rights"),
        aws("ssoadmin/AccountAssignment", {
            "instanceArn": SSO, "permissionSetArn": SET, "principalType": "GROUP", "targetType": "AWS_ACCOUNT",
            "principalId": "11111111-2222-3333-4444-555555555555", "targetId": ME}, "group")),
        f"{AWS_DOCS}/singlesignon/latest/userguide/permissionsets.html"),
    Idiom("a role of builds pushes one image and reads one folder", (policy(
        statement(["logs:CreateLogStream", "logs:PutLogEvents"], arn("logs", "log-group:/aws/codebuild/app:*")),
        statement(["ecr:PutImage", "ecr:InitiateLayerUpload", "ecr:UploadLayerPart", "ecr:CompleteLayerUpload",
                   "ecr:BatchCheckLayerAvailability", "ecr:BatchGetImage"], arn("ecr", "repository/app")),
        statement("ecr:GetAuthorizationToken"),
        statement(["s3:GetObject", "s3:GetObjectVersion"], "arn:aws:s3:::bank-artifacts/app/*"),
        statement("codeconnections:UseConnection", arn("codeconnections", "connection/1111-2222"))),),
        f"{AWS_DOCS}/codebuild/latest/userguide/setting-up-service-role.html"),
    Idiom("an operator stops and starts machines of its project", (policy(
        statement(["ec2:StartInstances", "ec2:StopInstances", "ec2:RebootInstances"], arn("ec2", "instance/*"), {
            "StringEquals": {"aws:ResourceTag/project": "arabic-llm"}}),
        statement(["ec2:DescribeInstances", "ec2:DescribeInstanceStatus", "cloudwatch:GetMetricData"])),),
        f"{AWS_DOCS}/IAM/latest/UserGuide/reference_policies_examples_ec2_tag-owner.html"),
    Idiom("a helpdesk sets passwords in one pool of users", (policy(
        statement(["cognito-idp:AdminResetUserPassword", "cognito-idp:AdminGetUser", "cognito-idp:ListUsers"],
                  arn("cognito-idp", "userpool/me-central-1_AbCdEfGhI"))),),
        f"{AWS_DOCS}/cognito/latest/developerguide/security_iam_id-based-policy-examples.html"),
    Idiom("a backup program reads blocks of labelled snapshots", (policy(
        statement(["ebs:ListSnapshotBlocks", "ebs:GetSnapshotBlock"], f"arn:aws:ec2:{R}::snapshot/*", {
            "StringEquals": {"aws:ResourceTag/backup": "daily"}}), statement("ec2:DescribeSnapshots")),),
        f"{AWS_DOCS}/ebs/latest/userguide/ebsapi-permissions.html"),
    Idiom("the account shares nothing in public and takes known images only", (
        aws("ec2/VpcBlockPublicAccessOptions", {"internetGatewayBlockMode": "block-ingress"}, "gateways"),
        aws("ec2/AllowedImagesSettings", {"state": "enabled", "imageCriterions": [
            {"imageProviders": ["amazon", ME]}]}, "images"),
        aws("ssm/ServiceSetting", {"settingValue": "Disable", "settingId":
            arn("ssm", "servicesetting/ssm/documents/console/public-sharing-permission")}, "documents"),
        aws("ebs/SnapshotBlockPublicAccess", {"state": "block-all-sharing"}, "snapshots"),
        aws("ec2/ImageBlockPublicAccess", {"state": "block-new-sharing"}, "images-public")),
        f"{AWS_DOCS}/prescriptive-guidance/latest/aws-startup-security-baseline"),
    Idiom("the organisation declares what machines may be and how costs are labelled", (
        aws("organizations/Policy", {"name": "ec2-defaults", "type": "DECLARATIVE_POLICY_EC2", "tags": TAGS,
                                     "content": EC2_DEFAULTS}, "ec2"),
        aws("organizations/Policy", {"name": "cost-tags", "type": "TAG_POLICY", "tags": TAGS, "content": COST_TAGS},
            "tags"),
        aws("iam/OrganizationsFeatures", {"enabledFeatures": ["RootCredentialsManagement", "RootSessions"]}, "root")),
        f"{AWS_DOCS}/organizations/latest/userguide/orgs_manage_policies_declarative.html"),
    Idiom("costs are split by the labels of the bank", (
        *(aws("costexplorer/CostAllocationTag", {"tagKey": key, "status": "Active"}, key) for key in sorted(TAGS)),
        aws("costexplorer/CostCategory", {
            "name": "environment", "ruleVersion": "CostCategoryExpression.v1", "defaultValue": "other", "tags": TAGS,
            "rules": [{"value": "production", "rule": {"tags": {
                "key": "environment", "values": ["prod"], "matchOptions": ["EQUALS"]}}}]}, "environment"),
        aws("computeoptimizer/EnrollmentStatus", {"status": "Active", "includeMemberAccounts": True}, "optimizer"),
        aws("costoptimizationhub/EnrollmentStatus", {"includeMemberAccounts": True}, "hub")),
        f"{AWS_DOCS}/cost-management/latest/userguide/cost-optimization-hub.html"),
    Idiom("at nine tenths of the budget a role may start nothing more", (BUDGET, aws("budgets/BudgetAction", {
        "budgetName": "platform", "actionType": "APPLY_IAM_POLICY", "approvalModel": "AUTOMATIC", "tags": TAGS,
        "notificationType": "ACTUAL", "executionRoleArn": role_arn("brake"),
        "actionThreshold": {"actionThresholdType": "PERCENTAGE", "actionThresholdValue": 90},
        "definition": {"iamActionDefinition": {"policyArn": f"arn:aws:iam::{ME}:policy/deny-new-machines",
                                               "roles": ["training"]}},
        "subscribers": [{"subscriptionType": "EMAIL", "address": "finops@example.ae"}]}, "brake"),),
        f"{AWS_DOCS}/cost-management/latest/userguide/budgets-controls.html"),
    Idiom("a database of tests stops every evening", (aws("scheduler/Schedule", {
        "name": "stop-tests", "scheduleExpression": "cron(0 20 ? * MON-FRI *)", "kmsKeyArn": KEY,
        "scheduleExpressionTimezone": "Asia/Dubai", "flexibleTimeWindow": {"mode": "FLEXIBLE",
                                                                           "maximumWindowInMinutes": 15},
        "target": {"arn": "arn:aws:scheduler:::aws-sdk:rds:stopDBInstance", "roleArn": role_arn("stop-tests"),
                   "input": json.dumps({"DbInstanceIdentifier": "tests"})}}, "stop"),),
        f"{AWS_DOCS}/prescriptive-guidance/latest/patterns, automatically stop and start an RDS instance",
        doubt="a schedule that changes a resource by an SDK call goes past the pack, though it only saves"),
    Idiom("what a function cannot process is kept in a queue of the account", (
        aws("lambda/EventSourceMapping", {
            "functionName": "orders", "eventSourceArn": arn("kinesis", "stream/orders"), "startingPosition": "LATEST",
            "bisectBatchOnFunctionError": True, "maximumRetryAttempts": 3, "parallelizationFactor": 2,
            "destinationConfig": {"onFailure": {"destinationArn": arn("sqs", "orders-failed")}}, "tags": TAGS},
            "map"),
        aws("lambda/CodeSigningConfig", {
            "description": "Programs of the bank", "tags": TAGS, "allowedPublishers": {"signingProfileVersionArns": [
                arn("signer", "/signing-profiles/programs/AbCdEfGhIj")]},
            "policies": {"untrustedArtifactOnDeployment": "Enforce"}}, "signed")),
        f"{AWS_DOCS}/lambda/latest/dg/kinesis-on-failure-destination.html"),
    Idiom("an API is checked by a function of the account and reaches a private service", (
        aws("apigateway/Authorizer", {
            "restApi": "abc123", "name": "tokens", "type": "TOKEN", "authorizerResultTtlInSeconds": 300,
            "identitySource": "method.request.header.Authorization",
            "authorizerUri": f"arn:aws:apigateway:{R}:lambda:path/2015-03-31/functions/"
                             f"{arn('lambda', 'function:check')}/invocations"}, "tokens"),
        aws("apigatewayv2/VpcLink", {"name": "services", "securityGroupIds": GROUPS, "subnetIds": SUBNETS,
                                     "tags": TAGS}, "link"),
        aws("apigatewayv2/Integration", {
            "apiId": "def456", "integrationType": "HTTP_PROXY", "connectionType": "VPC_LINK", "connectionId": "link1",
            "integrationMethod": "ANY", "payloadFormatVersion": "1.0", "tlsConfig": {
                "serverNameToVerify": "orders.example.ae"},
            "integrationUri": arn("elasticloadbalancing", "listener/app/orders/50dc6c495c0c9188/f2f7dc8efc522ab2")},
            "orders"),
        aws("apigatewayv2/Route", {"apiId": "def456", "routeKey": "ANY /orders/{proxy+}", "authorizationType": "JWT",
                                   "authorizerId": "jwt123", "target": "integrations/abc"}, "route")),
        f"{AWS_DOCS}/apigateway/latest/developerguide/http-api-develop-integrations-private.html"),
    Idiom("a release is announced to a topic of the account by an extension", (aws("appconfig/Extension", {
        "name": "announce", "tags": TAGS, "actionPoints": [{"point": "ON_DEPLOYMENT_COMPLETE", "actions": [{
            "name": "announce", "roleArn": role_arn("announce"), "uri": arn("sns", "releases")}]}]}, "announce"),),
        f"{AWS_DOCS}/appconfig/latest/userguide/working-with-appconfig-extensions-about-predefined-notification-sns.html"),
    Idiom("people reach one network by a VPN with sign-in of the bank", (BUDGET,
        aws("ec2clientvpn/Endpoint", {
            "description": "Operators", "clientCidrBlock": "10.90.0.0/22", "splitTunnel": True, "vpcId": "vpc-1",
            "serverCertificateArn": arn("acm", "certificate/11111111-2222-3333-4444-555555555555"),
            "securityGroupIds": GROUPS, "sessionTimeoutHours": 8, "transportProtocol": "udp", "tags": TAGS,
            "authenticationOptions": [{"type": "federated-authentication",
                                       "samlProviderArn": f"arn:aws:iam::{ME}:saml-provider/bank"}],
            "connectionLogOptions": {"enabled": True, "cloudwatchLogGroup": "/vpn/operators"},
            "clientLoginBannerOptions": {"enabled": True, "bannerText": "For operators of the bank"}}, "vpn"),
        aws("ec2clientvpn/AuthorizationRule", {
            "clientVpnEndpointId": "cvpn-endpoint-1", "targetNetworkCidr": "10.20.8.0/22", "description": "operators",
            "accessGroupId": "11111111-2222-3333-4444-555555555555"}, "rule")),
        f"{AWS_DOCS}/vpn/latest/clientvpn-admin/what-is.html", unpriced("aws:ec2clientvpn/endpoint:Endpoint::vpn")),
    Idiom("a list of a subnet lets the network in and its answers out", (aws("ec2/NetworkAcl", {
        "vpcId": "vpc-1", "subnetIds": SUBNETS, "tags": TAGS,
        "ingress": [_acl(100, "allow", "10.20.0.0/16", 443, 443), _acl(110, "allow", "10.20.0.0/16", 5432, 5432)],
        "egress": [_acl(100, "allow", "10.20.0.0/16", 1024, 65535)]}, "data"),),
        f"{AWS_DOCS}/vpc/latest/userguide/vpc-network-acls.html"),
    Idiom("evidence is locked in a bucket for seven years", (*bucket("bank-evidence"),
        aws("s3/BucketObjectLockConfiguration", {
            "bucket": "bank-evidence", "objectLockEnabled": "Enabled", "rule": {
                "defaultRetention": {"mode": "COMPLIANCE", "years": 7}}}, "lock", links={"bucket": ("bucket",)})),
        f"{AWS_DOCS}/AmazonS3/latest/userguide/object-lock.html", kept("bucket")),
    Idiom("tables of the lake are kept in buckets for tables, encrypted", (aws("s3tables/TableBucket", {
        "name": "lake", "encryptionConfiguration": {"kmsKeyArn": KEY, "sseAlgorithm": "aws:kms"}, "tags": TAGS,
        "maintenanceConfiguration": {"icebergUnreferencedFileRemoval": {
            "status": "enabled", "settings": {"nonCurrentDays": 10, "unreferencedDays": 3}}}}, "lake", protect=True),),
        f"{AWS_DOCS}/AmazonS3/latest/userguide/s3-tables-encryption.html", kept("lake")),
    Idiom("addresses of branches may pass the web ACL, and others may not", (
        aws("wafv2/IpSet", {"name": "branches", "scope": "REGIONAL", "ipAddressVersion": "IPV4", "tags": TAGS,
                            "addresses": ["198.51.100.0/28", "198.51.100.64/28"]}, "branches"),
        aws("wafv2/WebAcl", {
            "name": "portal", "scope": "REGIONAL", "defaultAction": {"allow": {}}, "tags": TAGS,
            "visibilityConfig": {"cloudwatchMetricsEnabled": True, "metricName": "portal",
                                 "sampledRequestsEnabled": True},
            "rules": [{"name": "others", "priority": 0, "action": {"block": {}}, "statement": {"notStatement": {
                "statement": {"ipSetReferenceStatement": {
                    "arn": arn("wafv2", "regional/ipset/branches/1111")}}}}, "visibilityConfig": {
                "cloudwatchMetricsEnabled": True, "metricName": "others", "sampledRequestsEnabled": True}}]}, "acl")),
        f"{AWS_DOCS}/waf/latest/developerguide/waf-rule-statement-type-ipset-match.html"),
    Idiom("one finding that was looked into is not shown again", (
        aws("accessanalyzer/ArchiveRule", {"analyzerName": "account", "ruleName": "auditor", "filters": [
            {"criteria": "resource", "eqs": [role_arn("auditor")]},
            {"criteria": "principal.AWS", "eqs": [f"arn:aws:iam::{ME}:root"]}]}, "auditor"),
        aws("inspector2/Filter", {
            "name": "no-curl", "action": "SUPPRESS", "description": "The image has no curl", "tags": TAGS,
            "filterCriterias": [{
                "vulnerabilityIds": [{"comparison": "EQUALS", "value": "CVE-2026-0001"}],
                "ecrImageRepositoryNames": [{"comparison": "EQUALS", "value": "portal"}]}]}, "curl")),
        f"{AWS_DOCS}/inspector/latest/user/findings-managing-supression-rules.html"),
    Idiom("models of a team are registered in a group", (aws("sagemaker/ModelPackageGroup", {
        "modelPackageGroupName": "claims", "modelPackageGroupDescription": "Models that read claims",
        "tags": TAGS}, "claims"),), f"{AWS_DOCS}/sagemaker/latest/dg/model-registry.html"),
    Idiom("documents of a bucket are read into a base of knowledge", (aws("bedrock/AgentDataSource", {
        "name": "claims", "knowledgeBaseId": "ABCDEFGHIJ", "dataDeletionPolicy": "RETAIN",
        "serverSideEncryptionConfiguration": {"kmsKeyArn": KEY}, "dataSourceConfiguration": {
            "type": "S3", "s3Configuration": {"bucketArn": "arn:aws:s3:::awsuae-claims", "bucketOwnerAccountId": ME,
                                              "inclusionPrefixes": ["approved/"]}},
        "vectorIngestionConfiguration": {"chunkingConfiguration": {
            "chunkingStrategy": "FIXED_SIZE", "fixedSizeChunkingConfiguration": {
                "maxTokens": 512, "overlapPercentage": 20}}}}, "claims"),),
        f"{AWS_DOCS}/bedrock/latest/userguide/s3-data-source-connector.html"),
    Idiom("jobs of the lake run one after the other and are checked", (
        aws("glue/Trigger", {"name": "nightly", "type": "SCHEDULED", "schedule": "cron(0 22 * * ? *)", "enabled": True,
                             "actions": [{"jobName": "clean", "timeout": 60}], "tags": TAGS}, "nightly"),
        aws("glue/DataQualityRuleset", {
            "name": "orders", "tags": TAGS, "targetTable": {"databaseName": "lake", "tableName": "orders"},
            "ruleset": 'Rules = [IsComplete "id", Uniqueness "id" > 0.99]'}, "checked")),
        f"{AWS_DOCS}/glue/latest/dg/glue-data-quality.html"),
    Idiom("a migration reads the site's database by TLS and writes the cluster", (BUDGET,
        aws("dms/ReplicationInstance", {
            "replicationInstanceId": "moves", "replicationInstanceClass": "dms.t3.medium", "allocatedStorage": 50,
            "kmsKeyArn": KEY, "multiAz": False, "publiclyAccessible": False, "autoMinorVersionUpgrade": True,
            "replicationSubnetGroupId": "data", "vpcSecurityGroupIds": GROUPS, "tags": TAGS}, "moves"),
        aws("dms/Endpoint", {
            "endpointId": "site", "endpointType": "source", "engineName": "postgres", "sslMode": "verify-full",
            "certificateArn": arn("dms", "cert:SITE"), "serverName": "orders.dc1.example.ae", "port": 5432,
            "databaseName": "orders", "kmsKeyArn": KEY, "secretsManagerAccessRoleArn": role_arn("dms-secrets"),
            "secretsManagerArn": arn("secretsmanager", "secret:orders-AbCdEf"), "tags": TAGS}, "site")),
        f"{AWS_DOCS}/dms/latest/userguide/CHAP_Security.SSL.html", {
            **unpriced("aws:dms/replicationInstance:ReplicationInstance::moves"),
            "residency": {"known": {"orders.dc1.example.ae": "the bank's own site in Dubai"}}}),
    Idiom("copies of backups lie in a vault that nobody empties", (aws("backup/LogicallyAirGappedVault", {
        "name": "last-resort", "minRetentionDays": 30, "maxRetentionDays": 365, "encryptionKeyArn": KEY,
        "tags": TAGS}, "vault", protect=True),),
        f"{AWS_DOCS}/aws-backup/latest/devguide/logicallyairgappedvault.html", kept("vault")),
    Idiom("inventories of machines are gathered every day", (aws("ssm/Association", {
        "associationName": "inventory", "name": "AWS-GatherSoftwareInventory", "scheduleExpression": "rate(1 day)",
        "tags": TAGS, "targets": [{"key": "InstanceIds", "values": ["*"]}], "parameters": {
            "applications": "Enabled", "networkConfig": "Enabled", "services": "Enabled"}}, "inventory"),
        aws("cloudwatch/QueryDefinition", {
            "name": "errors/last-hour", "logGroupNames": ["/apps/portal"],
            "queryString": "fields @timestamp, @message | filter level = 'error' | sort @timestamp desc"}, "query")),
        f"{AWS_DOCS}/systems-manager/latest/userguide/inventory-collection.html"),
)  # fmt: skip
