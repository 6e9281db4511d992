"""Attacks by the switches of the types that were reviewed with the tenth set (2026-11-28; not blind).

Properties by pulumi-aws 7.51.1 and pulumi-azure-native 3.29.0; what a service does with them by its documentation, as
known.
"""

from ..blind import HERE, ME, OURS, RG, SUB, TAGS, THEM, aws, az
from . import Attack

ESC = ("FJ-ESC-115",)
R = "me-central-1"
ADMINISTRATORS = f"{OURS}.ApiManagement/service/apim-bank/groups/administrators"
BUS = f"arn:aws:quicksight:{R}:{ME}"
READ = ["quicksight:DescribeFolder"]
DELETED = {"name": "DeleteBlob", "onSuccess": "continue", "onFailure": "break"}

ATTACKS = (
    Attack("an authority of the bank signs one of a stranger", ESC, (aws("acmpca/Certificate", {
        "certificateAuthorityArn": f"arn:aws:acm-pca:{R}:{ME}:certificate-authority/1111", "signingAlgorithm":
        "SHA256WITHECDSA", "certificateSigningRequest": "-----BEGIN CERTIFICATE REQUEST-----",
        "templateArn": "arn:aws:acm-pca:::template/SubordinateCACertificate_PathLen3/V1",
        "validity": {"type": "YEARS", "value": "5"}}),),
        "critical", "who has its key is every service (AWS Private CA, 'certificate templates')"),
    Attack("a subnet's tag names another cost centre", ESC, (aws("ec2/Tag", {
        "resourceId": "subnet-1", "key": "cost-centre", "value": "cc-999"}),),
        "major", "others pay for what is in it (Amazon EC2, 'CreateTags')"),
    Attack("programs of another authority sign in", ESC, (aws("rolesanywhere/TrustAnchor", {
        "name": "site", "enabled": True, "tags": TAGS, "source": {
            "sourceType": "CERTIFICATE_BUNDLE", "sourceData": {
                "x509CertificateData": "-----BEGIN CERTIFICATE-----"}}}),),
        "major", "whoever has the authority's key signs in (IAM Roles Anywhere, 'trust anchors')"),
    Attack("a control of the hub is switched off", ESC, (aws("securityhub/StandardsControlAssociation", {
        "associationStatus": "DISABLED", "securityControlId": "IAM.1", "updatedReason": "Noise",
        "standardsArn": "arn:aws:securityhub:::ruleset/cis-aws-foundations-benchmark/v/1.2.0"}),),
        "major", "nobody sees rights on everything (AWS Security Hub, 'Disabling controls')"),
    Attack("accounts of the organisation are no more evaluated", ESC, (aws("securityhub/ConfigurationPolicy", {
        "name": "off", "configurationPolicy": {"serviceEnabled": False, "enabledStandardArns": []}}),),
        "major", "the hub is off in each (AWS Security Hub, 'Central configuration')"),
    Attack("a folder of analyses is open to every user", ESC, (aws("quicksight/Folder", {
        "folderId": "claims", "name": "Claims", "tags": TAGS, "permissions": [
            {"principal": f"{BUS}:namespace/default", "actions": READ}]}),),
        "major", "every user of the account sees claims (Amazon QuickSight, 'Sharing')"),
    Attack("traces are encrypted with a key of AWS", ("FJ-ESC-115", "FJ-ENC-"), (aws("xray/EncryptionConfig", {
        "type": "NONE"}),),
        "minor", "the bank cannot withdraw the key (AWS X-Ray, 'PutEncryptionConfig')"),
    Attack("every role may launch the products of a portfolio", ESC, (aws(
        "servicecatalog/PrincipalPortfolioAssociation", {
        "portfolioId": "port-abcdefghijklm", "principalArn": "arn:aws:iam:::role/*", "principalType": "IAM_PATTERN"}),),
        "major", "products are launched with rights of their own (Service Catalog, 'wildcards for principals')"),
    Attack("a template of rules permits everything", ("FJ-IDN-",), (aws("verifiedpermissions/PolicyTemplate", {
        "policyStoreId": "ps-1", "statement": "permit(principal, action, resource);"}),),
        "critical", "each rule made from it opens the application (Amazon Verified Permissions, 'templates')"),
    Attack("withdrawn certificates are what a stranger says", ("FJ-ESC-111",), (aws("lb/TrustStoreRevocation", {
        "trustStoreArn": f"arn:aws:elasticloadbalancing:{R}:{ME}:truststore/partners/1111",
        "revocationsS3Bucket": "collector-authority", "revocationsS3Key": "crl.pem"}),),
        "major", "a withdrawn certificate passes again (Elastic Load Balancing, 'certificate revocation lists')"),
    Attack("the older report of costs goes to a stranger", ("FJ-RES-",), (aws("cur/ReportDefinition", {
        "reportName": "costs", "timeUnit": "HOURLY", "format": "Parquet", "compression": "Parquet", "tags": TAGS,
        "additionalSchemaElements": ["RESOURCES"], "s3Bucket": "collector-costs", "s3Prefix": "in", "s3Region": R}),),
        "major", "each resource with its labels stands there (AWS Cost and Usage Reports)"),
    Attack("a table of the lake is copied into a bucket of a stranger", ("FJ-IDN-116",), (aws(
        "s3tables/TableReplication", {
        "role": f"arn:aws:iam::{ME}:role/copy", "tableArn": f"arn:aws:s3tables:{R}:{ME}:bucket/lake/table/1111",
        "rule": {"destinations": [{"destinationTableBucketArn": f"arn:aws:s3tables:{R}:{THEM}:bucket/in"}]}}),),
        "critical", "a stranger has the table (Amazon S3, 'Replicating S3 tables')"),
    Attack("a task deletes every blob each week", ESC, (az("storageactions:StorageTask", {
        **HERE, "storageTaskName": "tidy", "description": "tidies", "enabled": True, "identity": {
            "type": "SystemAssigned"}, "action": {"if": {"condition": "[[not(equals(Name, ''))]]",
                                                         "operations": [DELETED]}}}),),
        "critical", "the data is gone (Azure Storage Actions, 'operations')"),
    Attack("routes of every spoke lead to the internet past the firewall", ESC, (az("network:RoutingRule", {
        **RG, "networkManagerName": "nm", "configurationName": "routes", "ruleCollectionName": "spokes",
        "ruleName": "out", "destination": {"type": "AddressPrefix", "destinationAddress": "0.0.0.0/0"},
        "nextHop": {"nextHopType": "Internet"}}),),
        "critical", "nothing is filtered (Azure Virtual Network Manager, 'user-defined routes')"),
    Attack("a standard of Defender exempts the subscription", ESC, (az("security:StandardAssignment", {
        "resourceId": SUB, "standardAssignmentName": "cis", "effect": "Exempt"}),),
        "major", "nobody hears of what it finds (Defender for Cloud, 'exemptions')"),
    Attack("a workspace of logs gets the solution of a stranger", ESC, (az("operationsmanagement:Solution", {
        **HERE, "solutionName": "Collector(logs)", "plan": {"name": "Collector(logs)", "product": "Collector",
                                                            "publisher": "collector", "promotionCode": ""},
        "properties": {"workspaceResourceId": f"{OURS}.OperationalInsights/workspaces/logs"}}),),
        "major", "it adds its own queries and views (Azure Monitor, 'Monitoring solutions')"),
    Attack("a user of the portal of APIs becomes its administrator", ESC, (az("apimanagement:GroupUser", {
        **RG, "serviceName": "apim-bank", "groupId": ADMINISTRATORS, "userId": "11111111"}),),
        "critical", "the user changes every API (API Management, 'built-in groups')"),
    Attack("an identity may run every command of the cache", ESC, (az("redis:AccessPolicy", {
        **RG, "cacheName": "redis-bank", "accessPolicyName": "all", "permissions": "+@all allkeys"}),),
        "major", "it reads and flushes everything (Azure Cache for Redis, 'custom access policy')"),
    Attack("a domain of apps is answered without TLS", ESC, (az("app:HttpRouteConfig", {
        **RG, "environmentName": "apps", "httpRouteName": "portal", "properties": {
            "customDomains": [{"name": "portal.example.ae", "bindingType": "Disabled"}],
            "rules": [{"targets": [{"containerApp": "portal"}], "routes": [{"match": {"prefix": "/"}}]}]}}),),
        "major", "whoever is on the way reads it (Azure Container Apps, 'rule-based routing')"),
    Attack("answers of a model pass without a filter", ESC, (az("machinelearningservices:RaiPolicy", {
        **RG, "workspaceName": "ml-bank", "endpointName": "gpt", "raiPolicyName": "none", "properties": {
            "basePolicyName": "Microsoft.Default", "mode": "Default", "contentFilters": [
                {"name": "Jailbreak", "enabled": False, "blocking": False, "source": "Prompt"}]}}),),
        "major", "prompts of attackers reach the model (Azure AI Foundry, 'content filters')"),
    Attack("the guard sees no more what is done at AWS", ESC, (az("securityinsights:AwsCloudTrailDataConnector", {
        **RG, "workspaceName": "logs", "dataConnectorId": "11111111-2222-3333-4444-555555555555",
        "kind": "AmazonWebServicesCloudTrail", "awsRoleArn": f"arn:aws:iam::{ME}:role/sentinel",
        "dataTypes": {"logs": {"state": "Disabled"}}}),),
        "major", "attacks in the account are seen by nobody (Microsoft Sentinel, 'connect AWS')"),
    Attack("pods of a managed namespace may take the machine", ESC, (az("containerservice:ManagedNamespace", {
        **HERE, "resourceName": "aks", "managedNamespaceName": "team", "properties": {
            "adoptionPolicy": "Never", "deletePolicy": "Keep",
            "labels": {**TAGS, "pod-security.kubernetes.io/enforce": "privileged"},
            "defaultNetworkPolicy": {"ingress": "AllowSameNamespace", "egress": "DenyAll"}}}),),
        "critical", "a pod with the host's folders owns the machine (AKS, 'managed namespaces')"),
    Attack("pods of a managed namespace reach every address", ESC, (az("containerservice:ManagedNamespace", {
        **HERE, "resourceName": "aks", "managedNamespaceName": "team", "properties": {
            "labels": TAGS, "defaultNetworkPolicy": {"ingress": "DenyAll", "egress": "AllowAll"}}}),),
        "major", "what is taken leaves (AKS, 'managed namespaces', network policies)"),
    Attack("a product of a team's workspace needs no subscription", ("FJ-EXP-",), (az(
        "apimanagement:WorkspaceProduct", {
        **RG, "serviceName": "apim-bank", "workspaceId": "claims", "productId": "all", "displayName": "All",
        "subscriptionRequired": False, "state": "published"}),),
        "major", "whoever knows the address calls the APIs (API Management, 'products')"),
    Attack("whatever a scan of a database found is accepted", ESC, (
        az("sql:DatabaseSqlVulnerabilityAssessmentRuleBaseline", {
            **RG, "serverName": "sql-bank", "databaseName": "orders", "vulnerabilityAssessmentName": "default",
            "baselineName": "default", "ruleId": "VA2065", "latestScan": True, "results": []}),),
        "major", "open firewalls are no finding any more (Azure SQL, 'vulnerability assessment baselines')"),
)  # fmt: skip
