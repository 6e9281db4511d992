"""Good idioms of platform teams on AWS by types that nobody had reviewed (2026-11-28, written before their review)."""

from ..blind import KEY, ME, TAGS, aws
from ..harness import UNKNOWN
from . import Idiom, unpriced
from .aws_platform import bucket
from .fourth import AWS_DOCS, R
from .fourth_kubernetes import BUDGET
from .ninth_aws import GROUPS, SUBNETS, arn, kept, role_arn

POOL, STORE = f"{R}_AbCdEfGhI", "d-9067012345"
CENTRE = "arn:aws:sso:::instance/ssoins-7223abcdef012345"
APPLICATION = f"arn:aws:sso::{ME}:application/ssoins-7223abcdef012345/apl-0123456789abcdef"
OWN_NAMES = {"residency": {"known": {"example.ae": "the bank's own domain"}}}

IDIOMS: tuple[Idiom, ...] = (
    Idiom("metrics of the cluster are collected without agents, and odd ones are found", (
        BUDGET,
        aws("amp/Scraper", {
            "alias": "eks", "tags": TAGS, "scrapeConfiguration": "scrape_configs:\n- job_name: pods\n"
            "  kubernetes_sd_configs:\n  - role: pod\n", "destination": {"amp": {
                "workspaceArn": arn("aps", "workspace/ws-1111")}},
            "source": {"eks": {"clusterArn": arn("eks", "cluster/apps"), "subnetIds": SUBNETS,
                               "securityGroupIds": GROUPS}}}, "scraper"),
        aws("amp/AnomalyDetector", {
            "alias": "latency", "workspaceId": "ws-1111", "tags": TAGS, "evaluationIntervalInSeconds": 60,
            "configuration": {"randomCutForest": {"query": "avg(latency_seconds)", "sampleSize": 256}},
            "missingDataAction": {"skip": True}}, "latency")),
        f"{AWS_DOCS}/prometheus/latest/userguide/AMP-collector-how-to.html",
        unpriced("aws:amp/scraper:Scraper::scraper")),
    Idiom("testers of the portal are users of the pool in their group", (
        aws("cognito/UserGroup", {"name": "testers", "userPoolId": POOL, "precedence": 10}, "group"),
        aws("cognito/User", {
            "userPoolId": POOL, "username": "tester1", "desiredDeliveryMediums": ["EMAIL"], "enabled": True,
            "attributes": {"email": "tester1@example.ae", "email_verified": "true"}}, "tester"),
        aws("cognito/UserInGroup", {"groupName": "testers", "userPoolId": POOL, "username": "tester1"}, "member")),
        f"{AWS_DOCS}/cognito/latest/developerguide/cognito-user-pools-user-groups.html", OWN_NAMES),
    Idiom("engineers open the portal from Identity Center by their group", (
        aws("identitystore/Group", {"identityStoreId": STORE, "displayName": "engineers"}, "group"),
        aws("identitystore/GroupMembership", {"identityStoreId": STORE, "groupId": "g-1", "memberId": "u-1"}, "one"),
        aws("ssoadmin/Application", {
            "name": "portal", "instanceArn": CENTRE, "status": "ENABLED", "tags": TAGS, "applicationProviderArn":
            "arn:aws:sso::aws:applicationProvider/custom", "portalOptions": {
                "visibility": "ENABLED", "signInOptions": {
                    "origin": "APPLICATION", "applicationUrl": "https://portal.example.ae/"}}}, "portal"),
        aws("ssoadmin/ApplicationAssignmentConfiguration", {"applicationArn": APPLICATION, "assignmentRequired": True},
            "assigned"),
        aws("ssoadmin/ApplicationAssignment", {"applicationArn": APPLICATION, "principalId": "g-1",
                                               "principalType": "GROUP"}, "engineers")),
        f"{AWS_DOCS}/singlesignon/latest/userguide/customermanagedapps.html", OWN_NAMES),
    Idiom("a new account has a contact for security, the region in the country, and backups for others", (
        aws("account/AlternativeContact", {
            "alternateContactType": "SECURITY", "name": "Security operations", "title": "On duty",
            "emailAddress": "security@example.ae", "phoneNumber": "+97140000000"}, "security"),
        aws("account/Region", {"regionName": R, "enabled": True}, "region"),
        aws("backup/GlobalSettings", {"globalSettings": {"isCrossAccountBackupEnabled": "true"}}, "backups")),
        f"{AWS_DOCS}/accounts/latest/reference/manage-acct-regions.html", OWN_NAMES),
    Idiom("pipelines read the bank's own GitLab through the network", (
        aws("codeconnections/Host", {
            "tags": TAGS,
            "name": "gitlab", "providerType": "GitLabSelfManaged", "providerEndpoint": "https://gitlab.example.ae",
            "vpcConfiguration": {"vpcId": "vpc-1", "subnetIds": SUBNETS, "securityGroupIds": GROUPS}}, "host"),
        aws("codeconnections/Connection", {
            "name": "gitlab", "hostArn": arn("codeconnections", "host/gitlab-1111"), "tags": TAGS}, "connection")),
        f"{AWS_DOCS}/dtconsole/latest/userguide/connections-host-setup.html", OWN_NAMES),
    Idiom("an agent in the data centre copies files through a private endpoint", (aws("datasync/Agent", {
        "name": "dc1", "activationKey": "AAAAA-BBBBB-CCCCC-DDDDD-EEEEE", "vpcEndpointId": "vpce-0123456789abcdef0",
        "subnetArns": [arn("ec2", "subnet/subnet-1")], "securityGroupArns": [arn("ec2", "security-group/sg-1")],
        "tags": TAGS}),), f"{AWS_DOCS}/datasync/latest/userguide/deploy-agents.html"),
    Idiom("reports read the lake and the warehouse", (
        aws("quicksight/DataSource", {
            "dataSourceId": "lake", "name": "lake", "type": "ATHENA", "parameters": {"athena": {"workGroup": "bi"}},
            "tags": TAGS}, "lake"),
        aws("quicksight/DataSource", {
            "dataSourceId": "warehouse", "name": "warehouse", "type": "POSTGRESQL", "tags": TAGS,
            "parameters": {"postgresql": {"database": "orders", "host": "orders.db.example.ae", "port": 5432}},
            "credentials": {"secretArn": arn("secretsmanager", "secret:reports-AbCdEf")},
            "sslProperties": {"disableSsl": False}, "vpcConnectionProperties": {
                "vpcConnectionArn": arn("quicksight", "vpcConnection/1111")}}, "warehouse")),
        f"{AWS_DOCS}/quicksight/latest/user/working-with-data-sources.html", OWN_NAMES),
    Idiom("flow logs of every network are switched on by a rule", (aws("observabilityadmin/TelemetryRule", {
        "ruleName": "flow-logs", "tags": TAGS, "rule": {
            "telemetryType": "Logs", "resourceType": "AWS::EC2::VPC", "telemetrySourceTypes": ["VPC_FLOW_LOGS"],
            "destinationConfiguration": {
                "destinationType": "cloud-watch-logs", "destinationPattern": "/flows/<resourceId>",
                "retentionInDays": 365, "vpcFlowLogParameters": {"trafficType": "ALL"}}}}),),
        f"{AWS_DOCS}/AmazonCloudWatch/latest/monitoring/telemetry-config-rules.html"),
    Idiom("the firewall reads what leaves by TLS with the bank's own authority", (
        BUDGET, aws("networkfirewall/TlsInspectionConfiguration", {
            "name": "outbound", "tags": TAGS, "encryptionConfigurations": [{"keyId": KEY, "type": "CUSTOMER_KMS"}],
            "tlsInspectionConfiguration": {"serverCertificateConfiguration": {
                "certificateAuthorityArn": arn("acm", "certificate/1111"),
                "checkCertificateRevocationStatus": {"revokedStatusAction": "REJECT", "unknownStatusAction": "REJECT"},
                "scopes": [{
                    "protocols": [6], "sources": [{"addressDefinition": "10.20.0.0/16"}],
                    "sourcePorts": [{"fromPort": 0, "toPort": 65535}],
                    "destinations": [{"addressDefinition": "10.30.0.0/16"}],
                    "destinationPorts": [{"fromPort": 443, "toPort": 443}]}]}}}, "tls")),
        f"{AWS_DOCS}/network-firewall/latest/developerguide/tls-inspection.html",
        unpriced("aws:networkfirewall/tlsInspectionConfiguration:TlsInspectionConfiguration::tls")),
    Idiom("the directory in the cloud trusts the one of the head office", (
        BUDGET, aws("directoryservice/ConditionalForwarder", {
            "directoryId": "d-9067aaaaaa", "dnsIps": ["10.1.0.10", "10.1.0.11"], "remoteDomainName": "corp.example.ae",
            }, "names"),
        aws("directoryservice/Trust", {
            "directoryId": "d-9067aaaaaa", "remoteDomainName": "corp.example.ae", "trustDirection": "One-Way: Outgoing",
            "trustType": "Forest", "selectiveAuth": "Enabled", "trustPassword": "{{resolved-at-deploy}}"}, "trust")),
        f"{AWS_DOCS}/directoryservice/latest/admin-guide/ms_ad_setup_trust.html", OWN_NAMES),
    Idiom("rules of the web firewall are resources of their own", (aws("wafv2/WebAclRule", {
        "name": "rate", "priority": 5, "action": {"block": {}},
        "webAclArn": arn("wafv2", "regional/webacl/portal/1111"),
        "statement": {"rateBasedStatement": {"limit": 1000, "aggregateKeyType": "IP"}}, "visibilityConfig": {
            "cloudwatchMetricsEnabled": True, "metricName": "rate", "sampledRequestsEnabled": True}}, "rate"),),
        f"{AWS_DOCS}/waf/latest/developerguide/waf-rules.html"),
    Idiom("personal data in buckets is looked for every week", (
        aws("macie/CustomDataIdentifier", {
            "name": "emirates-id", "regex": r"784-\d{4}-\d{7}-\d", "keywords": ["emirates id"],
            "maximumMatchDistance": 40, "tags": TAGS}, "number"),
        aws("macie2/ClassificationJob", {
            "name": "weekly", "jobType": "SCHEDULED", "scheduleFrequency": {"weeklySchedule": "SUNDAY"},
            "s3JobDefinition": {"bucketDefinitions": [{"accountId": ME, "buckets": ["bank-orders"]}]},
            "initialRun": True, "samplingPercentage": 100, "tags": TAGS}, "weekly"),
        aws("macie2/OrganizationConfiguration", {"autoEnable": True}, "organisation")),
        f"{AWS_DOCS}/macie/latest/user/discovery-jobs.html"),
    Idiom("domains of data of the lake have catalogues of their own", (aws("glue/Catalog", {
        "name": "payments", "tags": TAGS, "allowFullTableExternalDataAccess": "False", "catalogProperties": {
            "dataLakeAccessProperties": {"dataLakeAccess": True, "kmsKey": KEY,
                                         "dataTransferRole": role_arn("lake-transfer")}},
        "createTableDefaultPermissions": [{"permissions": ["ALL"], "principal": {
            "dataLakePrincipalIdentifier": role_arn("lake-steward")}}]}, "payments"),),
        f"{AWS_DOCS}/lake-formation/latest/dg/managing-catalogs.html"),
    Idiom("partners send orders by AS2 into a folder of the landing bucket", (*bucket("bank-landing"),
        aws("transfer/Agreement", {
            "serverId": "s-0123456789abcdef0", "accessRole": role_arn("as2"), "baseDirectory": "/bank-landing/as2",
            "localProfileId": "p-1", "partnerProfileId": "p-2", "tags": TAGS}, "agreement")),
        f"{AWS_DOCS}/transfer/latest/userguide/as2-agreements.html", kept("bucket")),
    Idiom("networks of another unit reach the warehouse by endpoints", (
        BUDGET, aws("redshiftserverless/EndpointAccess", {
            "endpointName": "reports", "workgroupName": "warehouse", "subnetIds": SUBNETS,
            "vpcSecurityGroupIds": GROUPS}, "reports")),
        f"{AWS_DOCS}/redshift/latest/mgmt/serverless-vpc-endpoint.html",
        unpriced("aws:redshiftserverless/endpointAccess:EndpointAccess::reports")),
    Idiom("who is on duty is called and gets mail", (
        aws("ssmcontacts/ContactChannel", {
            "name": "phone", "contactId": arn("ssm-contacts", "contact/duty"), "type": "VOICE",
            "deliveryAddress": {"simpleAddress": "+97140000000"}}, "phone"),
        aws("ssmcontacts/ContactChannel", {
            "name": "mail", "contactId": arn("ssm-contacts", "contact/duty"), "type": "EMAIL",
            "deliveryAddress": {"simpleAddress": "duty@example.ae"}}, "mail")),
        f"{AWS_DOCS}/incident-manager/latest/userguide/contacts.html",
        OWN_NAMES),
    Idiom("users of the bank's own domain sign in", (aws("directoryservice/Directory", {
        "type": "ADConnector", "name": "corp.example.ae", "password": UNKNOWN, "size": "Small", "tags": TAGS,
        "connectSettings": {"customerDnsIps": ["10.1.0.10", "10.1.0.11"], "customerUsername": "svc-connector",
                            "vpcId": "vpc-0123456789abcdef0", "subnetIds": SUBNETS}}, "corp"),),
        f"{AWS_DOCS}/directoryservice/latest/admin-guide/directory_ad_connector.html",
        {**OWN_NAMES, **unpriced("aws:directoryservice/directory:Directory::corp")}),
    Idiom("a subnet that AWS made gives no public addresses", (aws("ec2/DefaultSubnet", {
        "availabilityZone": "me-central-1a", "mapPublicIpOnLaunch": False, "tags": TAGS}, "zone-a"),),
        f"{AWS_DOCS}/vpc/latest/userguide/default-vpc.html"),
)  # fmt: skip
