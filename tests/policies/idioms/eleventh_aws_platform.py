"""Good idioms of platform teams on AWS: networks, operations and what guards accounts (eleventh set, blind)."""

import json

from ..blind import KEY, ME, TAGS, aws
from ..harness import UNKNOWN
from . import Idiom, unpriced
from .aws_platform import bucket
from .fourth import AWS_DOCS
from .fourth_kubernetes import BUDGET
from .ninth_aws import GROUPS, SUBNETS, arn, kept, role_arn

VPC = "vpc-0123456789abcdef0"
OWN = {"residency": {"known": {"example.ae": "the bank's own domain"}}}
MONTHS = [{"name": "id", "type": "string"}, {"name": "amount", "type": "decimal(18,2)"},
          {"name": "emirates_id", "type": "string"}]  # fmt: skip
CRITICAL = [{"comparison": "EQUALS", "value": "CRITICAL"}]

IDIOMS: tuple[Idiom, ...] = (
    Idiom("a name of the bank for its API asks partners for certificates", (*bucket("bank-authority"),
        aws("apigateway/DomainName", {
            "domainName": "api.example.ae", "regionalCertificateArn": arn("acm", "certificate/1111"),
            "endpointConfiguration": {"types": "REGIONAL"}, "securityPolicy": "TLS_1_2", "tags": TAGS,
            "mutualTlsAuthentication": {"truststoreUri": "s3://bank-authority/partners.pem"}}, "name"),
        aws("apigateway/BasePathMapping", {"domainName": "api.example.ae", "restApi": UNKNOWN, "basePath": "v1",
                                           "stageName": "prod"}, "path", links={"domainName": ("name",)})),
        f"{AWS_DOCS}/apigateway/latest/developerguide/rest-api-mutual-tls.html", {**OWN, **kept("bucket")}),
    Idiom("metrics of three services are kept in the stack's bucket", (BUDGET, *bucket("bank-metrics"),
        aws("kinesis/FirehoseDeliveryStream", {
            "name": "metrics", "destination": "extended_s3", "tags": TAGS, "serverSideEncryption": {
                "enabled": True, "keyType": "CUSTOMER_MANAGED_CMK", "keyArn": KEY},
            "extendedS3Configuration": {
                "bucketArn": UNKNOWN, "roleArn": role_arn("firehose"), "kmsKeyArn": KEY, "bufferingInterval": 300,
                "compressionFormat": "GZIP", "prefix": "metrics/", "cloudwatchLoggingOptions": {
                    "enabled": True, "logGroupName": "/firehose/metrics", "logStreamName": "s3"}}}, "delivery",
            links={"extendedS3Configuration": ("bucket",)}),
        aws("cloudwatch/MetricStream", {
            "name": "platform", "firehoseArn": UNKNOWN, "roleArn": role_arn("metric-stream"), "outputFormat": "json",
            "includeFilters": [{"namespace": space, "metricNames": []} for space in (
                "AWS/ApplicationELB", "AWS/RDS", "AWS/Bedrock")], "tags": TAGS}, "stream",
            links={"firehoseArn": ("delivery",)})),
        f"{AWS_DOCS}/AmazonCloudWatch/latest/monitoring/CloudWatch-Metric-Streams.html",
        {**kept("bucket"), **unpriced("aws:kinesis/firehoseDeliveryStream:FirehoseDeliveryStream::delivery",
                                      "aws:cloudwatch/metricStream:MetricStream::stream")}),
    Idiom("logs of an app lose tokens, are indexed, and errors go to a stream of the account", (
        aws("cloudwatch/LogGroup", {"name": "/apps/pay", "retentionInDays": 365, "kmsKeyId": KEY, "tags": TAGS},
            "logs"),
        aws("cloudwatch/LogIndexPolicy", {"logGroupName": "/apps/pay", "policyDocument": json.dumps(
            {"Fields": ["requestId", "customer"]})}, "index", links={"logGroupName": ("logs",)}),
        aws("cloudwatch/LogAnomalyDetector", {
            "detectorName": "pay", "logGroupArnLists": [UNKNOWN], "evaluationFrequency": "FIFTEEN_MIN", "enabled": True,
            "anomalyVisibilityTime": 30, "kmsKeyId": KEY, "tags": TAGS}, "odd", links={"logGroupArnLists": ("logs",)}),
        aws("cloudwatch/LogSubscriptionFilter", {
            "name": "errors", "logGroup": "/apps/pay", "filterPattern": "{ $.level = \"error\" }",
            "destinationArn": arn("kinesis", "stream/errors"), "roleArn": role_arn("logs-to-kinesis"),
            "distribution": "Random"}, "errors", links={"logGroup": ("logs",)})),
        f"{AWS_DOCS}/AmazonCloudWatch/latest/logs/SubscriptionFilters.html"),
    Idiom("accounts of workloads are in units, and one account watches over them", (
        aws("organizations/OrganizationalUnit", {"name": "Workloads", "parentId": "r-abcd", "tags": TAGS}, "workloads"),
        aws("organizations/OrganizationalUnit", {"name": "Production", "parentId": UNKNOWN, "tags": TAGS}, "production",
            links={"parentId": ("workloads",)}),
        aws("organizations/Account", {
            "name": "claims-prod", "email": "aws-claims-prod@example.ae", "parentId": UNKNOWN, "tags": TAGS,
            "iamUserAccessToBilling": "DENY", "closeOnDeletion": False, "roleName": "OrganizationAccountAccessRole"},
            "claims", protect=True, links={"parentId": ("production",)}),
        *(aws("organizations/DelegatedAdministrator", {
            "accountId": ME, "servicePrincipal": f"{service}.amazonaws.com"}, service)
          for service in ("guardduty", "securityhub", "access-analyzer"))),
        f"{AWS_DOCS}/organizations/latest/userguide/orgs_best-practices.html", {**OWN, "escape": {"allowed_types": {
            "aws:organizations/account:Account": "accounts of teams, whose stacks have the same guardrails"}}}),
    Idiom("the data centre reaches networks by a private line and a shared gateway", (
        BUDGET,
        aws("directconnect/Gateway", {"name": "bank", "amazonSideAsn": "64600", "tags": TAGS}, "gateway"),
        aws("directconnect/GatewayAssociation", {
            "dxGatewayId": UNKNOWN, "associatedGatewayId": "tgw-0123456789abcdef0",
            "allowedPrefixes": ["10.20.0.0/16", "10.21.0.0/16"]}, "association", links={"dxGatewayId": ("gateway",)}),
        aws("directconnect/TransitVirtualInterface", {
            "name": "dc1", "connectionId": "dxcon-fabc1234", "dxGatewayId": UNKNOWN, "vlan": 310, "bgpAsn": 65010,
            "addressFamily": "ipv4", "amazonAddress": "169.254.10.1/30", "customerAddress": "169.254.10.2/30",
            "bgpAuthKey": UNKNOWN, "mtu": 8500, "tags": TAGS}, "dc1", links={"dxGatewayId": ("gateway",)})),
        f"{AWS_DOCS}/directconnect/latest/UserGuide/WorkingWithVirtualInterfaces.html", unpriced(
            "aws:directconnect/transitVirtualInterface:TransitVirtualInterface::dc1",
            "aws:directconnect/gateway:Gateway::gateway")),
    Idiom("the way from the app to its database is proved before a release", (
        aws("ec2/NetworkInsightsPath", {
            "source": "eni-0aaaaaaaaaaaaaaa1", "destination": "eni-0aaaaaaaaaaaaaaa2", "protocol": "tcp",
            "destinationPort": 5432, "tags": TAGS}, "way"),
        aws("ec2/NetworkInsightsAnalysis", {"networkInsightsPathId": UNKNOWN, "waitForCompletion": True, "tags": TAGS},
            "proof", links={"networkInsightsPathId": ("way",)})),
        f"{AWS_DOCS}/vpc/latest/reachability/getting-started.html",
        unpriced("aws:ec2/networkInsightsAnalysis:NetworkInsightsAnalysis::proof")),
    Idiom("a service is offered to another account of the bank, which must be let in", (
        BUDGET,
        aws("lb/LoadBalancer", {
            "name": "offer", "internal": True, "loadBalancerType": "network", "subnets": SUBNETS,
            "securityGroups": GROUPS, "enableDeletionProtection": True, "enableCrossZoneLoadBalancing": True,
            "enforceSecurityGroupInboundRulesOnPrivateLinkTraffic": "on", "tags": TAGS, "accessLogs": {
                "bucket": "awsuae-logs", "enabled": True}}, "balancer", protect=True),
        aws("lb/Listener", {
            "loadBalancerArn": UNKNOWN, "port": 443, "protocol": "TLS", "certificateArn": arn("acm",
            "certificate/1111"),
            "sslPolicy": "ELBSecurityPolicy-TLS13-1-2-2021-06", "alpnPolicy": "HTTP2Preferred", "tags": TAGS,
            "defaultActions": [{"type": "forward", "targetGroupArn": arn("elasticloadbalancing",
                                                                         "targetgroup/offer/1111")}]}, "tls",
            links={"loadBalancerArn": ("balancer",)}),
        aws("ec2/VpcEndpointService", {
            "acceptanceRequired": True, "networkLoadBalancerArns": [UNKNOWN], "privateDnsName": "offer.example.ae",
            "allowedPrincipals": [f"arn:aws:iam::{ME}:root"], "supportedIpAddressTypes": ["ipv4"], "tags": TAGS},
            "offer", links={"networkLoadBalancerArns": ("balancer",)}),
        aws("ec2/VpcEndpointConnectionNotification", {
            "vpcEndpointServiceId": UNKNOWN, "connectionNotificationArn": arn("sns", "endpoints"),
            "connectionEvents": ["Connect", "Reject"]}, "told", links={"vpcEndpointServiceId": ("offer",)})),
        f"{AWS_DOCS}/vpc/latest/privatelink/create-endpoint-service.html", OWN),
    Idiom("a table of Iceberg is kept small, and analysts see no identity cards", (*bucket("bank-lake"),
        aws("glue/DataCatalogEncryptionSettings", {"dataCatalogEncryptionSettings": {
            "connectionPasswordEncryption": {"awsKmsKeyId": KEY, "returnConnectionPasswordEncrypted": True},
            "encryptionAtRest": {"catalogEncryptionMode": "SSE-KMS", "sseAwsKmsKeyId": KEY}}}, "encryption"),
        aws("glue/CatalogDatabase", {"name": "claims", "locationUri": "s3://bank-lake/claims/", "tags": TAGS},
            "claims"),
        aws("glue/CatalogTable", {
            "databaseName": "claims", "name": "months", "tableType": "EXTERNAL_TABLE", "openTableFormatInput": {
                "icebergInput": {"metadataOperation": "CREATE", "version": "2"}},
            "storageDescriptor": {"location": "s3://bank-lake/claims/months/", "columns": MONTHS}}, "months",
            links={"databaseName": ("claims",)}),
        aws("glue/CatalogTableOptimizer", {
            "catalogId": ME, "databaseName": "claims", "tableName": "months", "type": "compaction",
            "configuration": {"enabled": True, "roleArn": role_arn("optimizer")}}, "small",
            links={"tableName": ("months",)}),
        aws("lakeformation/DataCellsFilter", {"tableData": {
            "databaseName": "claims", "name": "without-cards", "tableCatalogId": ME, "tableName": "months",
            "columnWildcard": {"excludedColumnNames": ["emirates_id"]}, "rowFilter": {"allRowsWildcard": {}}}},
            "hidden", links={"tableData": ("months",)}),
        aws("athena/NamedQuery", {"name": "amounts", "database": "claims", "workgroup": "analysts", "query":
                                  "SELECT date_trunc('month', at), sum(amount) FROM months GROUP BY 1"}, "amounts")),
        f"{AWS_DOCS}/lake-formation/latest/dg/data-filters-about.html", kept("bucket")),
    Idiom("uploads are scanned for malware, and findings are kept and sorted", (*bucket("bank-findings"),
        aws("guardduty/MalwareProtectionPlan", {
            "role": role_arn("malware"), "tags": TAGS, "actions": [{"taggings": [{"status": "ENABLED"}]}],
            "protectedResource": {"s3Bucket": {"bucketName": "bank-landing", "objectPrefixes": ["uploads/"]}}},
            "uploads"),
        aws("guardduty/PublishingDestination", {
            "detectorId": "12abc34d567e8fa901bc2d34e56789f0", "destinationArn": UNKNOWN, "kmsKeyArn": KEY,
            "destinationType": "S3", "tags": TAGS}, "findings", links={"destinationArn": ("bucket", "policy")}),
        aws("securityhub/AutomationRule", {
            "ruleName": "critical in production", "ruleOrder": 1, "ruleStatus": "ENABLED", "isTerminal": False,
            "description": "Marks what must be looked at today", "tags": TAGS, "criteria": {
                "severityLabels": CRITICAL, "recordStates": [{"comparison": "EQUALS", "value": "ACTIVE"}]},
            "actions": [{"type": "FINDING_FIELDS_UPDATE", "findingFieldsUpdate": {
                "note": {"text": "Look at it today", "updatedBy": "platform"}, "userDefinedFields": {
                    "queue": "security"}}}]}, "critical"),
        aws("inspector2/OrganizationConfiguration", {"autoEnable": {
            "ec2": True, "ecr": True, "lambda": True, "lambdaCode": False}}, "scanned")),
        f"{AWS_DOCS}/guardduty/latest/ug/gdu-malware-protection-s3.html", {
            **kept("bucket"), "residency": {"known": {"bank-landing": "the bank's own bucket, in me-central-1"}}}),
    Idiom("an automatic cluster has machines of the data centre, and people of the bank's sign-in", (
        BUDGET,
        aws("eks/Cluster", {
            "name": "hybrid", "version": "1.34", "roleArn": role_arn("eks"), "tags": TAGS, "deletionProtection": True,
            "bootstrapSelfManagedAddons": False, "accessConfig": {"authenticationMode": "API"},
            "computeConfig": {"enabled": True, "nodePools": ["general-purpose"], "nodeRoleArn": role_arn("node")},
            "kubernetesNetworkConfig": {"elasticLoadBalancing": {"enabled": True}, "serviceIpv4Cidr": "172.20.0.0/16"},
            "storageConfig": {"blockStorage": {"enabled": True}},
            "enabledClusterLogTypes": ["api", "audit", "authenticator", "controllerManager", "scheduler"],
            "encryptionConfig": {"provider": {"keyArn": KEY}, "resources": ["secrets"]},
            "remoteNetworkConfig": {"remoteNodeNetworks": {"cidrs": ["10.30.0.0/20"]},
                                    "remotePodNetworks": {"cidrs": ["10.31.0.0/16"]}},
            "upgradePolicy": {"supportType": "STANDARD"}, "vpcConfig": {
                "subnetIds": SUBNETS, "endpointPrivateAccess": True, "endpointPublicAccess": False}}, "cluster",
            protect=True),
        aws("eks/IdentityProviderConfig", {"clusterName": UNKNOWN, "tags": TAGS, "oidc": {
            "identityProviderConfigName": "bank", "issuerUrl": "https://login.example.ae/realms/bank",
            "clientId": "kubernetes", "usernameClaim": "email", "usernamePrefix": "bank:", "groupsClaim": "groups",
            "groupsPrefix": "bank:"}},
            "people", links={"clusterName": ("cluster",)}),
        aws("eks/AccessEntry", {"clusterName": UNKNOWN, "principalArn": role_arn("hybrid-nodes"), "tags": TAGS,
                                "type": "HYBRID_LINUX"}, "machines", links={"clusterName": ("cluster",)})),
        f"{AWS_DOCS}/eks/latest/userguide/hybrid-nodes-cluster-create.html",
        {**unpriced("aws:eks/cluster:Cluster::cluster"), "identity": {"trusted": {
            "login.example.ae": "our own sign-in"}}}),
    Idiom("rules of names are one profile for every network, which fails closed", (
        aws("route53/ProfilesProfile", {"name": "bank", "tags": TAGS}, "profile"),
        aws("route53/ProfilesAssociation", {"name": "spoke", "profileId": UNKNOWN, "resourceId": VPC, "tags": TAGS},
            "spoke", links={"profileId": ("profile",)}),
        aws("route53/ProfilesResourceAssociation", {
            "name": "zone", "profileId": UNKNOWN, "resourceArn": "arn:aws:route53:::hostedzone/Z0123456789ABCDEFGHIJ"},
            "zone", links={"profileId": ("profile",)}),
        aws("route53/ResolverFirewallConfig", {"resourceId": VPC, "firewallFailOpen": "DISABLED"}, "closed"),
        aws("route53/ResolverDnsSecConfig", {"resourceId": VPC}, "signed")),
        f"{AWS_DOCS}/Route53/latest/DeveloperGuide/profiles.html",
        unpriced("aws:route53/profilesAssociation:ProfilesAssociation::spoke")),
    Idiom("a warehouse rests at night, is copied every six hours, and has bounds", (
        aws("redshift/SnapshotSchedule", {"identifier": "six-hours", "definitions": ["rate(6 hours)"], "tags": TAGS},
            "copies"),
        aws("redshift/SnapshotScheduleAssociation", {"clusterIdentifier": "warehouse",
                                                     "scheduleIdentifier": "six-hours"}, "attached"),
        *(aws("redshift/ScheduledAction", {
            "name": f"{name}-warehouse", "schedule": f"cron({when})", "iamRole": role_arn("redshift-scheduler"),
            "enable": True, "targetAction": {f"{name}Cluster": {"clusterIdentifier": "warehouse"}}}, name)
          for name, when in (("pause", "0 17 * * ? *"), ("resume", "0 3 * * ? *"))),
        aws("redshift/UsageLimit", {"clusterIdentifier": "warehouse", "featureType": "concurrency-scaling",
                                    "limitType": "time", "amount": 60, "breachAction": "disable", "tags": TAGS},
            "bound")), f"{AWS_DOCS}/redshift/latest/mgmt/rs-mgmt-cluster-operations.html"),
    Idiom("a scientist has a profile, a private space and notebooks that stop", (BUDGET,
        aws("sagemaker/StudioLifecycleConfig", {
            "studioLifecycleConfigName": "ca", "studioLifecycleConfigAppType": "JupyterLab", "tags": TAGS,
            "studioLifecycleConfigContent": "IyEvYmluL2Jhc2gKc2V0IC1ldQpwaXAgY29uZmlnIHNldCBnbG9iYWwuY2VydCAv"
                                            "b3B0L2JhbmsvY2EucGVtCg=="}, "start"),
        aws("sagemaker/UserProfile", {
            "domainId": "d-abcdefghijkl", "userProfileName": "scientist", "tags": TAGS, "userSettings": {
                "executionRole": role_arn("scientist"), "securityGroups": GROUPS, "autoMountHomeEfs": "Disabled",
                "jupyterLabAppSettings": {"appLifecycleManagement": {"idleSettings": {
                    "lifecycleManagement": "ENABLED", "idleTimeoutInMinutes": 60}}, "lifecycleConfigArns": [UNKNOWN]}}},
            "scientist", links={"userSettings": ("start",)}),
        aws("sagemaker/Space", {
            "domainId": "d-abcdefghijkl", "spaceName": "claims", "tags": TAGS, "ownershipSettings": {
                "ownerUserProfileName": "scientist"}, "spaceSharingSettings": {"sharingType": "Private"},
            "spaceSettings": {"appType": "JupyterLab", "spaceStorageSettings": {"ebsStorageSettings": {
                "ebsVolumeSizeInGb": 50}}, "jupyterLabAppSettings": {"defaultResourceSpec": {
                    "instanceType": "ml.m6i.xlarge"}}}}, "space", links={"ownershipSettings": ("scientist",)})),
        f"{AWS_DOCS}/sagemaker/latest/dg/studio-updated-spaces.html",
        unpriced("aws:sagemaker/space:Space::space")),
)  # fmt: skip
