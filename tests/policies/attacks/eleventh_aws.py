"""Attacks on AWS by types that nobody had reviewed (2026-11-28, written before their review).

Properties by pulumi-aws 7.51.1; what a service does with them by its documentation, as known.
"""

import json

from ..blind import KEY, ME, TAGS, THEM, aws
from . import Attack
from .tenth_aws import TAKEN, _ours

PORTAL = _ours("wafv2", "regional/webacl/portal/1111")
APPLICATION = f"arn:aws:sso::{ME}:application/ssoins-7223abcdef012345/apl-0123456789abcdef"

ATTACKS = (
    Attack("a client of the pool that another service manages gets tokens in the address", ("FJ-EXP-",), (
        aws("cognito/ManagedUserPoolClient", {
            "userPoolId": "me-central-1_AbCdEfGhI", "namePrefix": "AmazonOpenSearch",
            "allowedOauthFlowsUserPoolClient": True, "allowedOauthFlows": ["implicit"],
            "allowedOauthScopes": ["openid"], "callbackUrls": ["https://search.example.ae/"]}),),
        "major", "tokens stand in histories and logs of browsers (Amazon Cognito, 'App client settings')"),
    Attack("a thousand machines may register with one code", ("FJ-ESC-115",), (aws("ssm/Activation", {
        "iamRole": "branches", "registrationLimit": 1000, "tags": TAGS}),),
        "major", "whoever finds the code has the role of the machines (Systems Manager, 'Hybrid activations')"),
    Attack("everybody of the directory opens the portal", ("FJ-ESC-115",), (
        aws("ssoadmin/ApplicationAssignmentConfiguration", {
            "applicationArn": APPLICATION, "assignmentRequired": False}),),
        "major", "no assignment is asked for (IAM Identity Center, PutApplicationAssignmentConfiguration)"),
    Attack("logs of the organisation are copied to a stranger", ("FJ-IDN-116",), (
        aws("observabilityadmin/CentralizationRuleForOrganization", {"ruleName": "logs", "tags": TAGS, "rule": {
            "source": {"regions": ["me-central-1"], "scope": "OrganizationId = 'o-abcde12345'",
                       "sourceLogsConfiguration": {"encryptedLogGroupStrategy": "ALLOW",
                                                   "logGroupSelectionCriteria": "*"}},
            "destination": {"account": THEM, "region": "me-central-1"}}}),),
        "critical", f"{TAKEN} (CloudWatch, 'Cross-account cross-Region log centralization')"),
    Attack("names of the head office are asked of a stranger", ("FJ-RES-112",), (
        aws("directoryservice/ConditionalForwarder", {
            "directoryId": "d-9067aaaaaa", "remoteDomainName": "corp", "dnsIps": ["198.51.100.7"]}),),
        "critical", "the stranger answers where the domain controllers are (Directory Service, 'DNS')"),
    Attack("every user of another forest signs in to the directory", ("FJ-ESC-115",), (aws("directoryservice/Trust", {
        "directoryId": "d-9067aaaaaa", "remoteDomainName": "corp", "trustDirection": "Two-Way",
        "trustPassword": "{{resolved-at-deploy}}", "trustType": "Forest"}),),
        "major", "without selective authentication all servers let them in (Directory Service, 'Trust')"),
    Attack("private names are answered in a stranger's network", ("FJ-RES-113",), (
        aws("route53/VpcAssociationAuthorization", {"zoneId": "Z1", "vpcId": "vpc-0fffffffffffffff0"}),),
        "major", "the names of all inner services are theirs (Route 53, 'Associating VPCs of other accounts')"),
    Attack("files of partners land in a stranger's bucket", ("FJ-RES-106",), (aws("transfer/Agreement", {
        "serverId": "s-0123456789abcdef0", "accessRole": f"arn:aws:iam::{ME}:role/as2", "tags": TAGS,
        "baseDirectory": "/collector-orders/in", "localProfileId": "p-1", "partnerProfileId": "p-2"}),),
        "critical", f"{TAKEN} (AWS Transfer Family, 'AS2 agreements')"),
    Attack("the search engine loads a plug-in of a stranger", ("FJ-ESC-111",), (aws("opensearch/Package", {
        "packageName": "tokens", "packageType": "ZIP-PLUGIN", "engineVersion": "OpenSearch_2.17",
        "packageSource": {"s3BucketName": "collector-plugins", "s3Key": "tokens.zip"}}),),
        "critical", "it runs in the cluster beside the data (OpenSearch Service, 'Custom plugins')"),
    Attack("whoever is on duty is called abroad", ("FJ-RES-112",), (aws("ssmcontacts/ContactChannel", {
        "name": "phone", "contactId": _ours("ssm-contacts", "contact/duty"), "type": "SMS",
        "deliveryAddress": {"simpleAddress": "+442079460000"}}),),
        "minor", "incidents are sent there by text message (Incident Manager, 'Contacts')"),
    Attack("every identity reads what is created in the catalogue", ("FJ-IDN-", "FJ-ESC-115"), (aws("glue/Catalog", {
        "name": "lake", "tags": TAGS, "catalogProperties": {"dataLakeAccessProperties": {"kmsKey": KEY}},
        "createTableDefaultPermissions": [{"permissions": ["ALL"], "principal": {
            "dataLakePrincipalIdentifier": "IAM_ALLOWED_PRINCIPALS"}}]}),),
        "major", "Lake Formation asks nobody's permission (AWS Lake Formation, 'Default permissions')"),
    Attack("devices of everybody with a certificate of the factory join", ("FJ-ESC-115",), (aws("iot/CaCertificate", {
        "active": True, "allowAutoRegistration": True, "caCertificatePem": "-----BEGIN CERTIFICATE-----",
        "certificateMode": "SNI_ONLY", "tags": TAGS}),),
        "major", "no operator sees the device first (AWS IoT, 'Just-in-time registration')"),
    Attack("another account issues certificates of the bank", ("FJ-IDN-116", "FJ-ESC-115"), (aws("acmpca/Permission", {
        "certificateAuthorityArn": _ours("acm-pca", "certificate-authority/1111"), "principal": "acm.amazonaws.com",
        "actions": ["IssueCertificate", "GetCertificate", "ListPermissions"], "sourceAccount": THEM}),),
        "critical", "it is trusted as any server of the bank (AWS Private CA, CreatePermission)"),
    Attack("what a group of rules finds is only counted", ("FJ-ESC-115",), (aws("wafv2/WebAclRuleGroupAssociation", {
        "ruleName": "core", "priority": 1, "webAclArn": PORTAL, "overrideAction": "count", "managedRuleGroup": {
            "name": "AWSManagedRulesCommonRuleSet", "vendorName": "AWS"}}),),
        "major", "attacks pass (AWS WAF, 'Overriding rule group actions')"),
    Attack("a rule of its own lets pass whoever sends a header", ("FJ-EXP-127",), (aws("wafv2/WebAclRule", {
        "name": "debug", "priority": 0, "webAclArn": PORTAL, "action": {"allow": {}}, "statement": {
            "byteMatchStatement": {
                "fieldToMatch": {"singleHeader": {"name": "x-debug"}}, "positionalConstraint": "EXACTLY",
                "searchString": "1", "textTransformations": [{"priority": 0, "type": "NONE"}]}}, "visibilityConfig": {
            "cloudwatchMetricsEnabled": True, "metricName": "debug", "sampledRequestsEnabled": True}}),),
        "major", "managed rules never see the request (AWS WAF, 'Rule action')"),
    Attack("a stranger writes logs into the lake of findings", ("FJ-IDN-116",), (aws("securitylake/CustomLogSource", {
        "sourceName": "partner", "configuration": {
            "crawlerConfiguration": {"roleArn": f"arn:aws:iam::{ME}:role/crawler"},
            "providerIdentity": {"externalId": "x1y2z3", "principal": THEM}}}),),
        "major", "the stranger forges what analysts see (Amazon Security Lake, 'Custom sources')"),
    Attack("uploads travel through edges abroad", ("FJ-RES-",), (aws("s3/BucketAccelerateConfigurationV2", {
        "bucket": "bank-orders", "status": "Enabled"}),),
        "major", "files cross the vendor's edges in other countries (Amazon S3, 'Transfer Acceleration')"),
    Attack("a database is read for reports without TLS", ("FJ-ENC-", "FJ-ESC-115"), (aws("quicksight/DataSource", {
        "dataSourceId": "orders", "name": "orders", "type": "POSTGRESQL", "tags": TAGS, "parameters": {
            "postgresql": {"database": "orders", "host": "10.0.0.5", "port": 5432}},
        "sslProperties": {"disableSsl": True}}),),
        "major", "orders and passwords travel in clear (Amazon QuickSight, SslProperties)"),
    Attack("the firewall of the hub is attached to a stranger's gateway", ("FJ-RES-113",), (
        aws("networkfirewall/FirewallTransitGatewayAttachmentAccepter", {
            "transitGatewayAttachmentId": "tgw-attach-0fffffffffffffff0"}),),
        "major", "their networks are routed to ours (Network Firewall, 'Transit gateway-attached firewalls')"),
    Attack("services join the mesh of a stranger", ("FJ-IDN-116",), (aws("appmesh/VirtualService", {
        "meshName": "apps", "meshOwner": THEM, "name": "orders.local", "tags": TAGS, "spec": {}}),),
        "major", "the stranger routes their requests (AWS App Mesh, 'Shared meshes')"),
    Attack("codes of users are checked by a stranger", ("FJ-RES-112",), (aws("directoryservice/RadiusSettings", {
        "directoryId": "d-9067aaaaaa", "authenticationProtocol": "MS-CHAPv2", "displayLabel": "codes",
        "radiusPort": 1812, "radiusRetries": 4, "radiusServers": ["198.51.100.7"], "radiusTimeout": 30,
        "sharedSecret": "{{resolved-at-deploy}}"}),),
        "critical", "the stranger lets in whom he wants (Directory Service, 'Multi-factor authentication')"),
    Attack("the forest that is trusted is found by a stranger's names", ("FJ-RES-112",), (
        aws("directoryservice/Trust", {
            "directoryId": "d-9067aaaaaa", "remoteDomainName": "corp", "selectiveAuth": "Enabled",
            "trustDirection": "One-Way: Outgoing", "trustPassword": "{{resolved-at-deploy}}",
            "conditionalForwarderIpAddrs": ["198.51.100.7"]}),),
        "critical", "the stranger is the other forest (Directory Service, 'Trust relationships')"),
    Attack("telephone numbers of customers are reported to a stranger", ("FJ-RES-106",), (aws("sns/SmsPreferences", {
        "usageReportS3Bucket": "collector-usage"}),),
        "major", "the report has each number that got a message (Amazon SNS, 'Daily SMS usage reports')"),
    Attack("faults are injected into a stranger's account", ("FJ-IDN-116",), (aws("fis/TargetAccountConfiguration", {
        "accountId": THEM, "experimentTemplateId": "EXT1", "roleArn": f"arn:aws:iam::{ME}:role/faults"}),),
        "minor", "whoever owns the account sees the experiment (AWS FIS, 'Multi-account experiments')"),
    Attack("environments of data are made in a stranger's account", ("FJ-IDN-116",), (
        aws("datazone/EnvironmentProfile", {
            "name": "lake", "domainIdentifier": "dzd_1", "projectIdentifier": "p1", "environmentBlueprintIdentifier":
            "b1", "awsAccountId": THEM, "awsAccountRegion": "me-central-1"}),),
        "major", "subscribed data is queried there (Amazon DataZone, 'Environment profiles')"),
    Attack("the directory of a stranger is joined", ("FJ-RES-113",), (aws("directoryservice/SharedDirectoryAccepter", {
        "sharedDirectoryId": "d-9067ffffff"}),),
        "major", "machines take its users for their own (Directory Service, 'Share your directory')"),
    Attack("a client of the files has the whole file system", ("FJ-EXP-",), (aws("s3/FilesAccessPoint", {
        "fileSystemId": "fs-0123456789abcdef0", "posixUsers": [{"uid": 1000, "gid": 1000}],
        "rootDirectories": [{"path": "/"}], "tags": TAGS}),),
        "major", "one program reads the files of all (as access points of Amazon EFS)"),
    Attack("orders of a product run commands of their own", ("FJ-ESC-115",), (aws("servicecatalog/ServiceAction", {
        "name": "run", "definition": {"name": "AWS-RunShellScript", "version": "1"}}),),
        "major", "users of the product have its machines (Service Catalog, 'Service actions')"),
    Attack("machines that anybody may register are administrators", ("FJ-ESC-115",), (aws("ssm/Activation", {
        "iamRole": "AdministratorAccess", "registrationLimit": 1, "tags": TAGS}),),
        "critical", "each gets credentials of the role (Systems Manager, 'Hybrid activations')"),
    Attack("what the search for personal data finds is hidden", ("FJ-ESC-115",), (aws("macie/FindingsFilter", {
        "name": "quiet", "action": "ARCHIVE", "tags": TAGS, "findingCriteria": {"criterions": [
            {"field": "region", "eqs": ["me-central-1"]}]}}),),
        "major", "nobody sees open buckets (Amazon Macie, 'Suppression rules')"),
    Attack("the core network takes in every account's networks", ("FJ-ESC-115",), (
        aws("networkmanager/CoreNetworkPolicyAttachment", {"coreNetworkId": "core-network-1", "policyDocument":
            json.dumps({"version": "2021.12", "core-network-configuration": {"asn-ranges": ["64512-64555"],
                                                                 "edge-locations": [{"location": "me-central-1"}]},
            "segments": [{"name": "bank", "require-attachment-acceptance": False}]})}),),
        "major", "whoever the core network is offered to joins (AWS Cloud WAN, 'Policy versions')"),
    Attack("clients with certificates of a stranger pass the edge", ("FJ-ESC-111",), (aws("cloudfront/TrustStore", {
        "name": "partners", "caCertificatesBundleSource": {"caCertificatesBundleS3Location": {
            "bucket": "collector-authority", "key": "bundle.pem", "region": "me-central-1"}}, "tags": TAGS}),),
        "critical", "whoever the stranger gives a certificate is a partner (Amazon CloudFront, 'Trust stores')"),
    Attack("a region abroad is switched on", ("FJ-RES-102", "FJ-RES-103"), (
        aws("account/Region", {"regionName": "eu-central-2", "enabled": True}),),
        "major", "resources may be created in Zurich (AWS Account Management, EnableRegion)"),
)  # fmt: skip
