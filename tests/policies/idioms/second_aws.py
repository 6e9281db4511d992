"""Networks, services and baselines of AWS in the shapes of terraform-aws-modules and AWS's guides, second blind set."""

import json

from ..blind import KEY, ME, TAGS, aws, document
from ..harness import UNKNOWN, Given
from . import Idiom, unpriced
from .aws_data import kept
from .aws_platform import BUDGET, GROUPS, LAUNCH, MODULES, REGION, SUBNETS, bucket

DOCS = "docs.aws.amazon.com"
ROLE = f"arn:aws:iam::{ME}:role"
CERTIFICATE = f"arn:aws:acm:{REGION}:{ME}:certificate/11111111-2222-3333-4444-555555555555"
TOPIC = f"arn:aws:sns:{REGION}:{ME}:alarms"
ORG = f"arn:aws:organizations::{ME}:organization/o-abcdefghij"
DOMAINS = ["s3.me-central-1.amazonaws.com", ".example.ae"]
SESSION = {"schemaVersion": "1.0", "description": "sessions", "sessionType": "Standard_Stream", "inputs": {
    "s3BucketName": "", "s3EncryptionEnabled": True, "cloudWatchLogGroupName": "/ssm/sessions",
    "cloudWatchEncryptionEnabled": True, "cloudWatchStreamingEnabled": True, "kmsKeyId": KEY,
    "idleSessionTimeout": "20", "runAsEnabled": False}}  # fmt: skip
BUILD = {
    "version": "0.2",
    "phases": {
        "pre_build": {"commands": ["pip install -r requirements.txt", "pytest -q"]},
        "build": {"commands": ["docker build -t $IMAGE .", "docker push $IMAGE"]},
    },
}


def group(name: str, days: int = 365) -> Given:
    """Returns an encrypted log group."""
    return aws("cloudwatch/LogGroup", {"name": name, "retentionInDays": days, "kmsKeyId": KEY, "tags": TAGS}, "lg")


IDIOMS: tuple[Idiom, ...] = (
    Idiom("firewall policy that drops what is not on a list of domains", (
        aws("networkfirewall/RuleGroup", {
            "name": "domains", "capacity": 100, "type": "STATEFUL", "tags": TAGS,
            "encryptionConfiguration": {"type": "CUSTOMER_KMS", "keyId": KEY},
            "ruleGroup": {"statefulRuleOptions": {"ruleOrder": "STRICT_ORDER"}, "rulesSource": {"rulesSourceList": {
                "generatedRulesType": "ALLOWLIST", "targetTypes": ["TLS_SNI"], "targets": DOMAINS}}}}, "rules"),
        aws("networkfirewall/FirewallPolicy", {
            "name": "egress", "tags": TAGS, "encryptionConfiguration": {"type": "CUSTOMER_KMS", "keyId": KEY},
            "firewallPolicy": {
                "statelessDefaultActions": ["aws:forward_to_sfe"], "statefulEngineOptions": {
                    "ruleOrder": "STRICT_ORDER"}, "statefulDefaultActions": ["aws:drop_established"],
                "statelessFragmentDefaultActions": ["aws:forward_to_sfe"],
                "statefulRuleGroupReferences": [{"priority": 1, "resourceArn": UNKNOWN}]}}, "policy",
            links={"firewallPolicy": ("rules",)})), f"{MODULES}-network-firewall"),
    Idiom("preferences of Session Manager", (group("/ssm/sessions"), aws("ssm/Document", {
        "name": "SSM-SessionManagerRunShell", "documentType": "Session", "documentFormat": "JSON", "tags": TAGS,
        "content": json.dumps(SESSION)})), f"{DOCS}/systems-manager/latest/userguide/session-manager-schema.html"),
    Idiom("patches in a maintenance window", (
        aws("ssm/PatchBaseline", {"name": "al2023", "operatingSystem": "AMAZON_LINUX_2023", "tags": TAGS,
                                  "approvalRules": [{"approveAfterDays": 7, "patchFilters": [
                                      {"key": "CLASSIFICATION", "values": ["Security"]}]}]}, "baseline"),
        aws("ssm/MaintenanceWindow", {"name": "night", "schedule": "cron(0 2 ? * SUN *)", "duration": 3, "cutoff": 1,
                                      "scheduleTimezone": "Asia/Dubai", "tags": TAGS}, "window"),
        aws("ssm/MaintenanceWindowTarget", {"windowId": UNKNOWN, "resourceType": "INSTANCE", "targets": [
            {"key": "tag:project", "values": ["arabic-llm"]}]}, "target", links={"windowId": ("window",)}),
        aws("ssm/MaintenanceWindowTask", {
            "windowId": UNKNOWN, "taskType": "RUN_COMMAND", "taskArn": "AWS-RunPatchBaseline", "priority": 1,
            "maxConcurrency": "10%", "maxErrors": "1", "targets": [{"key": "WindowTargetIds", "values": [UNKNOWN]}],
            "taskInvocationParameters": {"runCommandParameters": {"parameters": [
                {"name": "Operation", "values": ["Install"]}, {"name": "RebootOption", "values": ["RebootIfNeeded"]}],
                "timeoutSeconds": 3600}}}, "task", links={"windowId": ("window",), "targets": ("target",)})),
        f"{DOCS}/systems-manager/latest/userguide/patch-manager-patch-now-on-demand.html"),
    Idiom("private zone with a record of an internal load balancer", (
        aws("route53/Zone", {"name": "platform.internal", "vpcs": [{"vpcId": "vpc-1"}], "tags": TAGS}, "zone"),
        aws("route53/Record", {"zoneId": UNKNOWN, "name": "orders.platform.internal", "type": "A", "aliases": [{
            "name": "internal-orders-1.me-central-1.elb.amazonaws.com", "zoneId": "Z08230872XQRWHG2XF6I",
            "evaluateTargetHealth": True}]}, "record", links={"zoneId": ("zone",)})), f"{MODULES}-route53"),
    Idiom("outbound resolver for the names of the data centre", (BUDGET,
        aws("route53/ResolverEndpoint", {"name": "out", "direction": "OUTBOUND", "securityGroupIds": GROUPS,
                                         "ipAddresses": [{"subnetId": s} for s in SUBNETS], "tags": TAGS}, "ep"),
        aws("route53/ResolverRule", {"domainName": "dc1.example.ae", "ruleType": "FORWARD", "name": "dc1",
                                     "resolverEndpointId": UNKNOWN, "tags": TAGS,
                                     "targetIps": [{"ip": "10.10.0.53", "port": 53}]}, "rule",
            links={"resolverEndpointId": ("ep",)}),
        aws("route53/ResolverRuleAssociation", {"resolverRuleId": UNKNOWN, "vpcId": "vpc-1"}, "assoc",
            links={"resolverRuleId": ("rule",)})), f"{DOCS}/Route53/latest/DeveloperGuide/resolver.html",
        unpriced("aws:route53/resolverEndpoint:ResolverEndpoint::ep")),
    Idiom("alarms, one of which is of several others", (
        aws("cloudwatch/MetricAlarm", {"name": "cpu", "comparisonOperator": "GreaterThanThreshold", "threshold": 80,
                                       "evaluationPeriods": 3, "metricName": "CPUUtilization", "namespace": "AWS/RDS",
                                       "period": 300, "statistic": "Average", "alarmActions": [TOPIC],
                                       "dimensions": {"DBInstanceIdentifier": "orders"}, "tags": TAGS}, "cpu"),
        aws("cloudwatch/CompositeAlarm", {"alarmName": "orders", "alarmRule": 'ALARM("cpu")', "tags": TAGS,
                                          "alarmActions": [TOPIC]}, "all")), f"{MODULES}-cloudwatch"),
    Idiom("metric of sign-ins of the root user, and its alarm", (
        aws("cloudwatch/LogMetricFilter", {
            "name": "root", "logGroupName": "/trail", "pattern": '{ $.userIdentity.type = "Root" }',
            "metricTransformation": {"name": "Root", "namespace": "CIS", "value": "1"}}, "filter"),
        aws("cloudwatch/MetricAlarm", {"name": "root", "comparisonOperator": "GreaterThanOrEqualToThreshold",
                                       "threshold": 1, "evaluationPeriods": 1, "metricName": "Root", "namespace": "CIS",
                                       "period": 300, "statistic": "Sum", "alarmActions": [TOPIC], "tags": TAGS})),
        f"{DOCS}/securityhub/latest/userguide/cloudwatch-controls.html"),
    Idiom("certificate that DNS validates", (
        aws("acm/Certificate", {"domainName": "api.example.ae", "validationMethod": "DNS", "tags": TAGS,
                                "keyAlgorithm": "EC_prime256v1"}, "cert"),
        aws("route53/Record", {"zoneId": "Z1", "name": UNKNOWN, "type": "CNAME", "ttl": 60, "records": [UNKNOWN]}, "v",
            links={"name": ("cert",), "records": ("cert",)}),
        aws("acm/CertificateValidation", {"certificateArn": UNKNOWN, "validationRecordFqdns": [UNKNOWN]}, "wait",
            links={"certificateArn": ("cert",), "validationRecordFqdns": ("v",)})), f"{MODULES}-acm"),
    Idiom("user pool of staff, by invitation, with a second factor", (
        aws("cognito/UserPool", {
            "name": "staff", "mfaConfiguration": "ON", "softwareTokenMfaConfiguration": {"enabled": True}, "tags": TAGS,
            "adminCreateUserConfig": {"allowAdminCreateUserOnly": True}, "deletionProtection": "ACTIVE",
            "passwordPolicy": {"minimumLength": 14, "requireLowercase": True, "requireNumbers": True,
                               "requireSymbols": True, "requireUppercase": True, "temporaryPasswordValidityDays": 1},
            "userPoolAddOns": {"advancedSecurityMode": "ENFORCED"}, "userPoolTier": "PLUS"}, "pool", protect=True),
        aws("cognito/UserPoolClient", {
            "name": "app", "userPoolId": UNKNOWN, "generateSecret": True, "allowedOauthFlowsUserPoolClient": True,
            "allowedOauthFlows": ["code"], "allowedOauthScopes": ["openid"], "supportedIdentityProviders": ["COGNITO"],
            "callbackUrls": ["https://app.example.ae/callback"], "preventUserExistenceErrors": "ENABLED",
            "explicitAuthFlows": ["ALLOW_REFRESH_TOKEN_AUTH"], "enableTokenRevocation": True}, "client",
            links={"userPoolId": ("pool",)})), f"{DOCS}/cognito/latest/developerguide/security.html", kept("pool")),
    Idiom("web ACL of an internal load balancer", (
        aws("wafv2/WebAcl", {
            "name": "apps", "scope": "REGIONAL", "defaultAction": {"allow": {}}, "tags": TAGS,
            "visibilityConfig": {"cloudwatchMetricsEnabled": True, "metricName": "apps",
                "sampledRequestsEnabled": True},
            "rules": [{"name": "common", "priority": 1, "overrideAction": {"none": {}}, "statement": {
                "managedRuleGroupStatement": {"vendorName": "AWS", "name": "AWSManagedRulesCommonRuleSet"}},
                "visibilityConfig": {"cloudwatchMetricsEnabled": True, "metricName": "common",
                                     "sampledRequestsEnabled": True}}]}, "acl"),
        group("aws-waf-logs-apps"),
        aws("wafv2/WebAclLoggingConfiguration", {"resourceArn": UNKNOWN, "logDestinationConfigs": [UNKNOWN],
                                                 "redactedFields": [{"singleHeader": {"name": "authorization"}}]}, "l",
            links={"resourceArn": ("acl",), "logDestinationConfigs": ("lg",)})), f"{MODULES}-alb, with a web ACL"),
    Idiom("stream that is delivered to a bucket of the stack", (BUDGET, *bucket("lake"), group("/firehose", 30),
        aws("kinesis/Stream", {"name": "orders", "streamModeDetails": {"streamMode": "ON_DEMAND"}, "tags": TAGS,
                               "encryptionType": "KMS", "kmsKeyId": KEY, "retentionPeriod": 48}, "stream"),
        aws("kinesis/FirehoseDeliveryStream", {
            "name": "orders", "destination": "extended_s3", "tags": TAGS,
            "kinesisSourceConfiguration": {"kinesisStreamArn": UNKNOWN, "roleArn": f"{ROLE}/firehose"},
            "extendedS3Configuration": {
                "bucketArn": UNKNOWN, "roleArn": f"{ROLE}/firehose", "kmsKeyArn": KEY, "compressionFormat": "GZIP",
                "bufferingInterval": 300, "cloudwatchLoggingOptions": {
                    "enabled": True, "logGroupName": "/firehose", "logStreamName": "orders"}}}, "fh",
            links={"kinesisSourceConfiguration": ("stream",), "extendedS3Configuration": ("bucket",)})),
        f"{MODULES}-kinesis-firehose", kept("bucket", "stream")),
    Idiom("catalogue, crawler and security configuration of Glue", (
        aws("glue/SecurityConfiguration", {"name": "cmk", "encryptionConfiguration": {
            "cloudwatchEncryption": {"cloudwatchEncryptionMode": "SSE-KMS", "kmsKeyArn": KEY},
            "jobBookmarksEncryption": {"jobBookmarksEncryptionMode": "CSE-KMS", "kmsKeyArn": KEY},
            "s3Encryption": {"s3EncryptionMode": "SSE-KMS", "kmsKeyArn": KEY}}}, "sec"),
        aws("glue/CatalogDatabase", {"name": "orders", "tags": TAGS}, "db"),
        aws("glue/Crawler", {"name": "orders", "databaseName": UNKNOWN, "role": f"{ROLE}/glue", "tags": TAGS,
                             "securityConfiguration": UNKNOWN, "schedule": "cron(0 3 * * ? *)",
                             "s3Targets": [{"path": "s3://lake/orders/"}]}, "crawler",
            links={"databaseName": ("db",), "securityConfiguration": ("sec",)})),
        f"{DOCS}/glue/latest/dg/console-security-configurations.html",
        {"residency": {"known": {"lake": "bucket of the data platform in me-central-1"}}}),
    Idiom("workgroup of Athena that enforces its settings", (aws("athena/Workgroup", {
        "name": "analysts", "tags": TAGS, "configuration": {
            "enforceWorkgroupConfiguration": True, "publishCloudwatchMetricsEnabled": True,
            "bytesScannedCutoffPerQuery": 1099511627776, "resultConfiguration": {
                "outputLocation": "s3://athena-results/analysts/", "expectedBucketOwner": ME,
                    "encryptionConfiguration": {
                    "encryptionOption": "SSE_KMS", "kmsKeyArn": KEY}}}}),), f"{MODULES}-athena",
        {"residency": {"known": {"athena-results": "bucket of the data platform in me-central-1"}}}),
    Idiom("Redshift Serverless in the network", (BUDGET,
        aws("redshiftserverless/Namespace", {
            "namespaceName": "dwh", "kmsKeyId": KEY, "manageAdminPassword": True, "tags": TAGS,
            "adminPasswordSecretKmsKeyId": KEY, "logExports": ["userlog", "connectionlog", "useractivitylog"]}, "ns",
            protect=True),
        aws("redshiftserverless/Workgroup", {
            "workgroupName": "dwh", "namespaceName": UNKNOWN, "baseCapacity": 8, "maxCapacity": 16, "tags": TAGS,
            "enhancedVpcRouting": True, "publiclyAccessible": False, "subnetIds": SUBNETS, "securityGroupIds": GROUPS,
            "configParameters": [{"parameterKey": "require_ssl", "parameterValue": "true"}]}, "wg",
            links={"namespaceName": ("ns",)})), f"{DOCS}/redshift/latest/mgmt/serverless-workgroup-namespace.html",
        {**kept("ns"), **unpriced("aws:redshiftserverless/workgroup:Workgroup::wg")}),
    Idiom("OpenSearch in the network with fine-grained access", (BUDGET, group("/search"), aws("opensearch/Domain", {
        "domainName": "search", "engineVersion": "OpenSearch_2.19", "tags": TAGS, "clusterConfig": {
            "instanceType": "m6g.large.search", "instanceCount": 3, "zoneAwarenessEnabled": True,
            "zoneAwarenessConfig": {"availabilityZoneCount": 3}, "dedicatedMasterEnabled": True,
            "dedicatedMasterType": "m6g.large.search", "dedicatedMasterCount": 3},
        "ebsOptions": {"ebsEnabled": True, "volumeType": "gp3", "volumeSize": 100},
        "encryptAtRest": {"enabled": True, "kmsKeyId": KEY}, "nodeToNodeEncryption": {"enabled": True},
        "domainEndpointOptions": {"enforceHttps": True, "tlsSecurityPolicy": "Policy-Min-TLS-1-2-PFS-2023-10"},
        "advancedSecurityOptions": {"enabled": True, "internalUserDatabaseEnabled": False,
                                    "masterUserOptions": {"masterUserArn": f"{ROLE}/search-admin"}},
        "vpcOptions": {"subnetIds": SUBNETS, "securityGroupIds": GROUPS}, "accessPolicies": document({
            "Effect": "Allow", "Principal": {"AWS": f"{ROLE}/search-app"}, "Action": ["es:ESHttpGet", "es:ESHttpPost"],
            "Resource": f"arn:aws:es:{REGION}:{ME}:domain/search/*"}),
        "logPublishingOptions": [{"logType": kind, "cloudwatchLogGroupArn": UNKNOWN} for kind in (
            "AUDIT_LOGS", "ES_APPLICATION_LOGS")]}, "search", protect=True,
        links={"logPublishingOptions": ("lg",)})), f"{MODULES}-opensearch",
        kept("search")),
    Idiom("domain of SageMaker in the network, by Identity Center", (BUDGET, aws("sagemaker/Domain", {
        "domainName": "research", "authMode": "SSO", "vpcId": "vpc-1", "subnetIds": SUBNETS, "kmsKeyId": KEY,
        "appNetworkAccessType": "VpcOnly", "tags": TAGS, "retentionPolicy": {"homeEfsFileSystem": "Retain"},
        "defaultUserSettings": {"executionRole": f"{ROLE}/research", "securityGroups": GROUPS,
                                "sharingSettings": {"notebookOutputOption": "Disabled"}}}, "domain", protect=True)),
        f"{DOCS}/sagemaker/latest/dg/onboard-vpc.html", kept("domain")),
    Idiom("guardrail of Bedrock with a key, and its version", (
        aws("bedrock/Guardrail", {
            "name": "chat", "blockedInputMessaging": "No.", "blockedOutputsMessaging": "No.", "kmsKeyArn": KEY,
            "tags": TAGS, "contentPolicyConfig": {"filtersConfigs": [
                {"type": "PROMPT_ATTACK", "inputStrength": "HIGH", "outputStrength": "NONE"}]},
            "sensitiveInformationPolicyConfig": {"piiEntitiesConfigs": [{"type": "EMAIL", "action": "ANONYMIZE"}]}},
            "guardrail"),
        aws("bedrock/GuardrailVersion", {"guardrailArn": UNKNOWN, "description": "first"}, "version",
            links={"guardrailArn": ("guardrail",)})), f"{DOCS}/bedrock/latest/userguide/guardrails-create.html"),
    Idiom("DocumentDB that requires TLS", (BUDGET,
        aws("docdb/ClusterParameterGroup", {"family": "docdb5.0", "tags": TAGS, "parameters": [
            {"name": "tls", "value": "tls1.2+"}, {"name": "audit_logs", "value": "all"}]}, "pg"),
        aws("docdb/Cluster", {
            "clusterIdentifier": "docs", "engine": "docdb", "engineVersion": "5.0.0", "storageEncrypted": True,
            "kmsKeyId": KEY, "masterUsername": "dba", "manageMasterUserPassword": True, "backupRetentionPeriod": 35,
            "deletionProtection": True, "skipFinalSnapshot": False, "finalSnapshotIdentifier": "docs-final",
            "dbSubnetGroupName": "docs", "vpcSecurityGroupIds": GROUPS, "enabledCloudwatchLogsExports": ["audit"],
            "dbClusterParameterGroupName": UNKNOWN, "tags": TAGS}, "docs", protect=True,
            links={"dbClusterParameterGroupName": ("pg",)}),
        aws("docdb/ClusterInstance", {"clusterIdentifier": UNKNOWN, "instanceClass": "db.r6g.large", "tags": TAGS},
            "one", links={"clusterIdentifier": ("docs",)})), f"{DOCS}/documentdb/latest/developerguide/security.html",
        kept("docs"),
        "a machine of a cluster has no snapshots, but the property exists"),
    Idiom("snapshots of volumes by their tag", (aws("dlm/LifecyclePolicy", {
        "description": "daily", "executionRoleArn": f"{ROLE}/dlm", "state": "ENABLED", "tags": TAGS, "policyDetails": {
            "resourceTypes": ["VOLUME"], "targetTags": {"project": "arabic-llm"}, "schedules": [{
                "name": "daily", "copyTags": True, "tagsToAdd": TAGS, "retainRule": {"count": 14},
                "createRule": {"interval": 24, "intervalUnit": "HOURS", "times": "23:45"}}]}}),),
        f"{DOCS}/ebs/latest/userguide/snapshot-lifecycle.html"),
    Idiom("machine for administration without a public address or keys", (BUDGET, aws("ec2/Instance", {
        "ami": "ami-0123456789abcdef0", "instanceType": "t3.micro", "subnetId": "subnet-1", "tags": TAGS,
        "vpcSecurityGroupIds": GROUPS, "iamInstanceProfile": "ssm", "monitoring": True, "ebsOptimized": True,
        "associatePublicIpAddress": False, "disableApiTermination": True, "volumeTags": TAGS,
        "metadataOptions": {"httpTokens": "required", "httpEndpoint": "enabled", "httpPutResponseHopLimit": 1},
        "rootBlockDevice": {"encrypted": True, "kmsKeyId": KEY, "volumeType": "gp3", "volumeSize": 20}}, "admin")),
        f"{MODULES}-ec2-instance"),
    Idiom("baseline of an account", (
        aws("ebs/EncryptionByDefault", {"enabled": True}, "ebs"),
        aws("ebs/DefaultKmsKey", {"keyArn": KEY}, "key"),
        aws("ebs/SnapshotBlockPublicAccess", {"state": "block-all-sharing"}, "snapshots"),
        aws("ec2/ImageBlockPublicAccess", {"state": "block-new-sharing"}, "images"),
        aws("ec2/InstanceMetadataDefaults", {"httpTokens": "required", "httpPutResponseHopLimit": 2}, "imds"),
        aws("s3/AccountPublicAccessBlock", dict.fromkeys((
            "blockPublicAcls", "blockPublicPolicy", "ignorePublicAcls", "restrictPublicBuckets"), True), "s3"),
        aws("iam/AccountPasswordPolicy", {
            "minimumPasswordLength": 14, "requireLowercaseCharacters": True, "requireNumbers": True,
            "requireSymbols": True, "requireUppercaseCharacters": True, "passwordReusePrevention": 24,
            "maxPasswordAge": 90, "allowUsersToChangePassword": True}, "passwords"),
        aws("accessanalyzer/Analyzer", {"analyzerName": "account", "type": "ACCOUNT", "tags": TAGS}, "analyzer"),
        aws("securityhub/Account", {"enableDefaultStandards": True}, "hub")),
        "aws-ia/terraform-aws-control_tower_account_factory, and CIS AWS Foundations"),
    Idiom("transit gateway that the organisation shares", (BUDGET,
        aws("ec2transitgateway/TransitGateway", {
            "description": "hub", "autoAcceptSharedAttachments": "disable", "dnsSupport": "enable", "tags": TAGS,
            "defaultRouteTableAssociation": "disable", "defaultRouteTablePropagation": "disable"}, "tgw"),
        aws("ram/ResourceShare", {"name": "tgw", "allowExternalPrincipals": False, "tags": TAGS}, "share"),
        aws("ram/ResourceAssociation", {"resourceArn": UNKNOWN, "resourceShareArn": UNKNOWN}, "assoc",
            links={"resourceArn": ("tgw",), "resourceShareArn": ("share",)}),
        aws("ram/PrincipalAssociation", {"principal": ORG, "resourceShareArn": UNKNOWN}, "org",
            links={"resourceShareArn": ("share",)})), f"{MODULES}-transit-gateway",
        {"identity": {"trusted": {"o-abcdefghij": "the bank's own organisation"}}}),
    Idiom("association of EKS Pod Identity with one service account", (aws("eks/PodIdentityAssociation", {
        "clusterName": "platform", "namespace": "orders", "serviceAccount": "orders", "tags": TAGS,
        "roleArn": f"{ROLE}/orders"}),), f"{MODULES}-eks-pod-identity"),
    Idiom("build in the network that tests and pushes an image", (group("/codebuild/orders"), aws("codebuild/Project", {
        "name": "orders", "serviceRole": f"{ROLE}/build", "encryptionKey": KEY, "tags": TAGS, "buildTimeout": 30,
        "artifacts": {"type": "NO_ARTIFACTS"}, "source": {"type": "CODECOMMIT", "buildspec": json.dumps(BUILD),
                                                          "location": f"https://git-codecommit.{REGION}.amazonaws.com"
                                                                      "/v1/repos/orders"},
        "environment": {"computeType": "BUILD_GENERAL1_SMALL", "type": "LINUX_CONTAINER", "privilegedMode": False,
                        "image": "aws/codebuild/amazonlinux-x86_64-standard:5.0"},
        "logsConfig": {"cloudwatchLogs": {"groupName": "/codebuild/orders", "status": "ENABLED"}},
        "vpcConfig": {"vpcId": "vpc-1", "subnets": SUBNETS, "securityGroupIds": GROUPS}})),
        f"{DOCS}/codebuild/latest/userguide/vpc-support.html"),
    Idiom("compute environment of Batch on spot machines, and its queue", (BUDGET, LAUNCH,
        aws("batch/ComputeEnvironment", {
            "name": "spot", "type": "MANAGED", "serviceRole": f"{ROLE}/batch", "tags": TAGS, "computeResources": {
                "type": "SPOT", "allocationStrategy": "SPOT_PRICE_CAPACITY_OPTIMIZED", "minVcpus": 0, "maxVcpus": 64,
                "instanceTypes": ["m6i.xlarge"], "instanceRole": f"arn:aws:iam::{ME}:instance-profile/batch",
                "subnets": SUBNETS, "securityGroupIds": GROUPS, "tags": TAGS,
                "launchTemplate": {"launchTemplateId": UNKNOWN, "version": "$Latest"}}}, "ce",
            links={"computeResources": ("lt",)}),
        aws("batch/JobQueue", {"name": "jobs", "priority": 1, "state": "ENABLED", "tags": TAGS,
                               "computeEnvironmentOrders": [{"order": 1, "computeEnvironment": UNKNOWN}]}, "queue",
            links={"computeEnvironmentOrders": ("ce",)})), f"{MODULES}-batch",
        unpriced("aws:batch/computeEnvironment:ComputeEnvironment::ce")),
)  # fmt: skip
