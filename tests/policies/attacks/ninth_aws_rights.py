"""Attacks on AWS by rights, trust, openings and small settings (2026-11-28, ninth set).

Properties by pulumi-aws 7.51.1; what a service does with them by its documentation, as known.
"""

from ..blind import KEY, ME, TAGS, THEM, aws, policy, role, statement
from . import Attack

IDN = ("FJ-IDN-", "FJ-EXP-", "FJ-ESC-", "FJ-RES-")
ENC = ("FJ-ENC-", "FJ-EXP-", "FJ-ESC-", "FJ-RES-")
ESC = ("FJ-ESC-", "FJ-IDN-", "FJ-EXP-", "FJ-RES-")
COST = ("FJ-COST-", "FJ-ESC-", "FJ-TAG-")
R = "me-central-1"
WORKSPACE = "api.bitbucket.org/2.0/workspaces/collector/pipelines-config/identity/oidc"

ATTACKS = (
    Attack("the directory of the bank trusts the domain of a stranger", IDN, (aws("directoryservice/Trust", {
        "directoryId": "d-9067f1a2b3", "remoteDomainName": "corp.collector-app.io", "trustDirection": "Two-Way",
        "trustType": "External", "selectiveAuth": "Disabled", "trustPassword": "from-the-vault",
        "conditionalForwarderIpAddrs": ["203.0.113.53"]}),),
        "critical", "its users sign in to every machine of the domain (Directory Service, 'CreateTrust')"),
    Attack("a second factor is checked by a server on the web", IDN, (aws("directoryservice/RadiusSettings", {
        "directoryId": "d-9067f1a2b3", "authenticationProtocol": "PAP", "displayLabel": "code", "radiusPort": 1812,
        "radiusRetries": 4, "radiusServers": ["203.0.113.18"], "radiusTimeout": 5, "useSameUsername": True,
        "sharedSecret": "from-the-vault"}),),
        "critical", "it gets codes in plaintext and accepts any (Directory Service, 'EnableRadius')"),
    Attack("a user has a key for models that never expires", IDN, (aws("iam/ServiceSpecificCredential", {
        "serviceName": "bedrock.amazonaws.com", "userName": "portal"}),),
        "major", "whoever finds it asks models for good (Amazon Bedrock, 'long-term API keys')"),
    Attack("a role trusts the pipelines of a stranger's workspace of Bitbucket", IDN, (role(
        {"Federated": f"arn:aws:iam::{ME}:oidc-provider/{WORKSPACE}"}, {"StringEquals": {
            f"{WORKSPACE}:aud": "ari:cloud:bitbucket::workspace/11111111-2222-3333-4444-555555555555"}},
        "sts:AssumeRoleWithWebIdentity"),),
        "critical", "each repository of the stranger acts as the role (Bitbucket, 'OpenID Connect')"),
    Attack("a role puts anybody into the groups of the portal of accounts", IDN, (policy(statement([
        "identitystore:CreateGroupMembership", "identitystore:CreateUser", "sso-directory:UpdatePassword"])),),
        "critical", "the role's user is an administrator of every account (IAM Identity Center, 'Actions')"),
    Attack("a role sets the password of any customer", IDN, (policy(statement([
        "cognito-idp:AdminSetUserPassword", "cognito-idp:AdminAddUserToGroup",
        "cognito-idp:AdminUpdateUserAttributes"])),),
        "critical", "it signs in as anybody in every pool (Amazon Cognito, 'AdminSetUserPassword')"),
    Attack("a role sets the password of the domain's administrator", IDN, (policy(statement([
        "ds:ResetUserPassword", "ds:CreateComputer", "ds:EnableDirectoryDataAccess"])),),
        "critical", "the domain is taken (Directory Service, 'ResetUserPassword')"),
    Attack("a role shares each snapshot and image with any account", IDN, (policy(statement([
        "ec2:ModifySnapshotAttribute", "ec2:ModifyImageAttribute", "rds:ModifyDBSnapshotAttribute",
        "rds:ModifyDBClusterSnapshotAttribute"])),),
        "critical", "disks and databases are everybody's (Amazon EBS, 'Share a snapshot')"),
    Attack("a role reads the blocks of every snapshot", IDN, (policy(statement([
        "ebs:ListSnapshotBlocks", "ebs:GetSnapshotBlock", "ebs:ListChangedBlocks"])),),
        "critical", "disks are read without a volume or a machine (EBS direct APIs)"),
    Attack("a role sends the lines of every log to any account", IDN, (policy(statement([
        "logs:PutSubscriptionFilter", "logs:PutAccountPolicy", "logs:PutDestination"])),),
        "critical", "logs of all programs leave (CloudWatch Logs, 'PutSubscriptionFilter')"),
    Attack("a role changes every name of the bank", IDN, (policy(statement([
        "route53:ChangeResourceRecordSets", "route53:AssociateVPCWithHostedZone"])),),
        "critical", "certificates are issued to it, and customers reach it (Amazon Route 53, 'Actions')"),
    Attack("the block on gateways to the internet is lifted", IDN, (aws("ec2/VpcBlockPublicAccessOptions", {
        "internetGatewayBlockMode": "off"}),),
        "major", "each network of the account may open itself again (Amazon VPC, 'Block Public Access')"),
    Attack("a user of the cache needs no password for everything", IDN, (aws("elasticache/User", {
        "accessString": "on ~* +@all", "engine": "valkey", "userId": "default-open", "userName": "default",
        "authenticationMode": {"type": "no-password-required"}, "tags": TAGS}),),
        "major", "whoever is in the network reads sessions (Amazon ElastiCache, 'Role-Based Access Control')"),
    Attack("a service is published on the internet by its short form", IDN, (aws("ecs/ExpressGatewayService", {
        "executionRoleArn": f"arn:aws:iam::{ME}:role/pull", "infrastructureRoleArn": f"arn:aws:iam::{ME}:role/express",
        "serviceName": "portal", "cpu": "1024", "memory": "2048", "tags": TAGS, "primaryContainer": {
            "image": f"{ME}.dkr.ecr.{R}.amazonaws.com/portal@sha256:" + "a" * 64, "containerPort": 8080}}),),
        "critical", "without subnets it is in public ones behind a public balancer (Amazon ECS, 'Express Mode')"),
    Attack("a stranger signs code as the bank", IDN, (aws("signer/SigningProfilePermission", {
        "action": "signer:StartSigningJob", "principal": THEM, "profileName": "functions"}),),
        "critical", "functions accept the stranger's code as signed (AWS Signer, 'cross-account signing')"),
    Attack("mail to customers may go in plaintext", ENC, (aws("sesv2/ConfigurationSet", {
        "configurationSetName": "statements", "deliveryOptions": {"tlsPolicy": "OPTIONAL"}, "tags": TAGS,
        "sendingOptions": {"sendingEnabled": True}}),),
        "minor", "whoever is on the way reads statements (Amazon SES, 'DeliveryOptions')"),
    Attack("documents of the account may be shared with everybody", ESC, (aws("ssm/ServiceSetting", {
        "settingId": f"arn:aws:ssm:{R}:{ME}:servicesetting/ssm/documents/console/public-sharing-permission",
        "settingValue": "Enable"}),),
        "major", "the block on public runbooks is gone (Systems Manager, 'Block public sharing for documents')"),
    Attack("a cluster runs what a repository says, by a capability of EKS", ESC, (aws("eks/Capability", {
        "capabilityName": "argocd", "clusterName": "bank", "type": "ARGOCD", "deletePropagationPolicy": "RETAIN",
        "roleArn": f"arn:aws:iam::{ME}:role/argocd", "tags": TAGS, "configuration": {"argoCd": {
            "namespace": "argocd", "awsIdc": {"idcInstanceArn": "arn:aws:sso:::instance/ssoins-1234567890abcdef",
                                              "idcRegion": R}}}}),),
        "critical", "objects come into the cluster past the pack (Amazon EKS, 'Capabilities')"),
    Attack("images of any publisher may be launched again", ESC, (aws("ec2/AllowedImagesSettings", {
        "state": "disabled"}),),
        "major", "machines start from images of strangers (Amazon EC2, 'Allowed AMIs')"),
    Attack("a product of the catalogue is launched with rights of an administrator", ESC, (
        aws("servicecatalog/Constraint", {
            "portfolioId": "port-abcdefghijklm", "productId": "prod-abcdefghijklm", "type": "LAUNCH",
            "parameters": f'{{"RoleArn": "arn:aws:iam::{ME}:role/AdministratorAccess"}}'}),),
        "major", "whoever may order it creates what its template says (Service Catalog, 'launch constraints')"),
    Attack("code comes from a forge of a stranger", ESC, (aws("codestarconnections/Host", {
        "name": "forge", "providerType": "GitLabSelfManaged", "providerEndpoint": "https://gitlab.collector-app.io"}),),
        "critical", "pipelines build and deploy what is there (CodeConnections, 'CreateHost')"),
    Attack("a template of jobs runs a program in a stranger's bucket", ESC, (aws("emrcontainers/JobTemplate", {
        "name": "nightly", "kmsKeyArn": KEY, "tags": TAGS, "jobTemplateData": {
            "executionRoleArn": f"arn:aws:iam::{ME}:role/spark", "releaseLabel": "emr-7.9.0-latest", "jobDriver": {
                "sparkSubmitJobDriver": {"entryPoint": "s3://collector-programs/job.py",
                                         "sparkSubmitParameters": "--conf spark.executor.instances=2"}}}}),),
        "critical", "each job runs the stranger's code with the role (Amazon EMR on EKS, 'job templates')"),
    Attack("each access from outside is archived as soon as it is found", ESC, (aws("accessanalyzer/ArchiveRule", {
        "analyzerName": "account", "ruleName": "quiet", "filters": [{"criteria": "isPublic", "eqs": ["true"]}]}),),
        "major", "public buckets and roles of strangers are seen by nobody (IAM Access Analyzer, 'Archive rules')"),
    Attack("known holes of every severity are suppressed", ESC, (aws("inspector2/Filter", {
        "name": "quiet", "action": "SUPPRESS", "tags": TAGS, "filterCriterias": [{
            "severities": [{"comparison": "EQUALS", "value": name} for name in ("CRITICAL", "HIGH")]}]}),),
        "major", "scans go on, and nobody sees what they find (Amazon Inspector, 'suppression rules')"),
    Attack("a budget raises itself to whatever was spent", COST, (aws("budgets/Budget", {
        "name": "platform", "budgetType": "COST", "timeUnit": "MONTHLY", "tags": TAGS,
        "autoAdjustData": {"autoAdjustType": "HISTORICAL", "historicalOptions": {"budgetAdjustmentPeriod": 1}},
        "notifications": [{"comparisonOperator": "GREATER_THAN", "notificationType": "ACTUAL", "threshold": 100,
                           "thresholdType": "PERCENTAGE", "subscriberEmailAddresses": ["finops@example.ae"]}]}),),
        "major", "what doubles each month is never above it (AWS Budgets, 'AutoAdjustData')"),
    Attack("costs are no more counted by their centre", COST, (aws("costexplorer/CostAllocationTag", {
        "tagKey": "cost-centre", "status": "Inactive"}),),
        "major", "no bill, budget or report knows the centre any more (AWS Billing, 'cost allocation tags')"),
)  # fmt: skip
