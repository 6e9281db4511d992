"""Good idioms of operations on AWS: what watches, guards, saves and pays, from its documentation (2026-11-28)."""

import json

from ..blind import KEY, ME, TAGS, aws, document, policy, statement
from ..harness import UNKNOWN, Given
from . import Idiom, unpriced
from .fifth_aws import OWN
from .fourth import AWS_DOCS, LOGS, R
from .fourth_kubernetes import BUDGET

SUBNETS, GROUPS = ["subnet-1", "subnet-2", "subnet-3"], ["sg-1"]
DETECTOR = "12abc34d567e8fa901bc2d34e56789f0"
MODULES = "github.com/terraform-aws-modules"
AUDIT = {"residency": {"known": {"bank-audit": "the audit account's bucket, in me-central-1"}}}


def _role(name: str) -> str:
    return f"arn:aws:iam::{ME}:role/{name}"


def _add_on(name: str, version: str, **values: object) -> Given:
    return aws("eks/Addon", {
        "clusterName": "bank", "addonName": name, "addonVersion": version, "tags": TAGS,
        "resolveConflictsOnUpdate": "PRESERVE", **({"configurationValues": json.dumps(values)} if values else {})},
        name)  # fmt: skip


def _mirror(prefix: str, upstream: str) -> Given:
    return aws("ecr/PullThroughCacheRule", {
        "ecrRepositoryPrefix": prefix, "upstreamRegistryUrl": upstream,
        "credentialArn": f"arn:aws:secretsmanager:{R}:{ME}:secret:ecr-pullthroughcache/{prefix}-AbCdEf"},
        prefix)  # fmt: skip


REGION_LOCK = document({
    "Effect": "Deny", "NotAction": ["iam:*", "organizations:*", "route53:*", "budgets:*", "ce:*", "support:*"],
    "Resource": "*", "Condition": {"StringNotEquals": {"aws:RequestedRegion": [R]}}}, {
    "Effect": "Deny", "Action": ["cloudtrail:StopLogging", "guardduty:DeleteDetector"], "Resource": "*", "Condition": {
        "ArnNotLike": {"aws:PrincipalArn": "arn:aws:iam::*:role/AWSControlTowerExecution"}}})  # fmt: skip

IDIOMS: tuple[Idiom, ...] = (
    Idiom("GuardDuty with the protection of clusters, buckets and databases", (
        aws("guardduty/Detector", {"enable": True, "findingPublishingFrequency": "FIFTEEN_MINUTES", "tags": TAGS}, "d"),
        *(aws("guardduty/DetectorFeature", {"detectorId": UNKNOWN, "name": name, "status": "ENABLED"}, name,
              links={"detectorId": ("d",)})
          for name in ("S3_DATA_EVENTS", "EKS_AUDIT_LOGS", "RDS_LOGIN_EVENTS", "LAMBDA_NETWORK_LOGS")),
        aws("guardduty/OrganizationConfiguration", {"detectorId": DETECTOR, "autoEnableOrganizationMembers": "ALL"},
            "org")), f"{AWS_DOCS}/guardduty"),
    Idiom("the trail of the organisation without the noise of keys", (aws("cloudtrail/Trail", {
        "name": "organisation", "s3BucketName": "bank-audit", "kmsKeyId": KEY, "tags": TAGS, "isMultiRegionTrail": True,
        "enableLogFileValidation": True, "isOrganizationTrail": True, "includeGlobalServiceEvents": True,
        "enableLogging": True, "advancedEventSelectors": [
            {"name": "management", "fieldSelectors": [
                {"field": "eventCategory", "equals": ["Management"]},
                {"field": "eventSource", "notEquals": ["kms.amazonaws.com", "rdsdata.amazonaws.com"]}]},
            {"name": "the data of customers", "fieldSelectors": [
                {"field": "eventCategory", "equals": ["Data"]},
                {"field": "resources.type", "equals": ["AWS::S3::Object"]},
                {"field": "resources.ARN", "startsWiths": ["arn:aws:s3:::bank-customers/"]}]}]}, "trail"),),
        f"{AWS_DOCS}/awscloudtrail", AUDIT),
    Idiom("the recorder of Config with its channel, running", (
        aws("cfg/Recorder", {"name": "default", "roleArn": _role("config"), "recordingGroup": {
            "allSupported": True, "includeGlobalResourceTypes": True}}, "recorder"),
        aws("cfg/DeliveryChannel", {"name": "default", "s3BucketName": "bank-audit", "s3KmsKeyArn": KEY,
                                    "snapshotDeliveryProperties": {"deliveryFrequency": "TwentyFour_Hours"}}, "ch"),
        aws("cfg/RecorderStatus", {"name": "default", "isEnabled": True}, "on"),
        aws("cfg/RetentionConfiguration", {"retentionPeriodInDays": 2557}, "kept"),
        aws("cfg/Rule", {"name": "encrypted-volumes", "tags": TAGS, "source": {
            "owner": "AWS", "sourceIdentifier": "ENCRYPTED_VOLUMES"}}, "rule")), f"{AWS_DOCS}/config", AUDIT),
    Idiom("policies of the organisation: regions, trails and AI services", (
        aws("organizations/Policy", {"name": "uae", "type": "SERVICE_CONTROL_POLICY", "tags": TAGS,
                                     "content": REGION_LOCK}, "uae"),
        aws("organizations/Policy", {"name": "ai", "type": "AISERVICES_OPT_OUT_POLICY", "tags": TAGS, "content":
            json.dumps({"services": {"@@operators_allowed_for_child_policies": ["@@none"], "default": {
                "opt_out_policy": {"@@assign": "optOut"}}}})}, "ai"),
        aws("organizations/PolicyAttachment", {"policyId": UNKNOWN, "targetId": "r-ab12"}, "attached",
            links={"policyId": ("uae",)})), f"{AWS_DOCS}/organizations"),
    Idiom("backups with a lock, cold storage and a test of restoring", (
        aws("backup/Vault", {"name": "platform", "kmsKeyArn": KEY, "tags": TAGS}, "vault", protect=True),
        aws("backup/VaultLockConfiguration", {"backupVaultName": UNKNOWN, "minRetentionDays": 35,
                                              "maxRetentionDays": 2557, "changeableForDays": 3}, "lock",
            links={"backupVaultName": ("vault",)}),
        aws("backup/RegionSettings", {"resourceTypeOptInPreference": {
            name: True for name in ("Aurora", "DynamoDB", "EBS", "EC2", "EFS", "RDS", "S3")}}, "region"),
        aws("backup/Plan", {"name": "platform", "tags": TAGS, "rules": [
            {"ruleName": "daily", "targetVaultName": UNKNOWN, "schedule": "cron(0 22 * * ? *)",
             "recoveryPointTags": TAGS, "enableContinuousBackup": True, "lifecycle": {"deleteAfter": 35}},
            {"ruleName": "monthly", "targetVaultName": UNKNOWN, "schedule": "cron(0 22 1 * ? *)",
             "recoveryPointTags": TAGS, "lifecycle": {"coldStorageAfter": 30, "deleteAfter": 2555}}]}, "plan",
            links={"rules": ("vault",)}),
        aws("backup/Selection", {"name": "tagged", "planId": UNKNOWN, "iamRoleArn": _role("backup"), "selectionTags": [
            {"type": "STRINGEQUALS", "key": "environment", "value": "prod"}]}, "selection",
            links={"planId": ("plan",)}),
        aws("backup/RestoreTestingPlan", {"name": "monthly", "scheduleExpression": "cron(0 6 5 * ? *)", "tags": TAGS,
            "recoveryPointSelection": {"algorithm": "LATEST_WITHIN_WINDOW", "includeVaults": ["*"],
                                       "recoveryPointTypes": ["SNAPSHOT"]}}, "test")),
        f"{AWS_DOCS}/aws-backup", unpriced("aws:backup/vault:Vault::vault")),
    Idiom("a firewall of the network that lets listed domains out", (
        aws("networkfirewall/RuleGroup", {
            "name": "allowed", "capacity": 100, "type": "STATEFUL", "tags": TAGS, "encryptionConfiguration": {
                "type": "CUSTOMER_KMS", "keyId": KEY}, "ruleGroup": {
                "rulesSource": {"rulesSourceList": {
                    "generatedRulesType": "ALLOWLIST", "targetTypes": ["TLS_SNI", "HTTP_HOST"],
                    "targets": [".example.ae", f".{R}.amazonaws.com"]}},
                "statefulRuleOptions": {"ruleOrder": "STRICT_ORDER"}}}, "allowed"),
        aws("networkfirewall/FirewallPolicy", {
            "name": "egress", "tags": TAGS, "encryptionConfiguration": {"type": "CUSTOMER_KMS", "keyId": KEY},
            "firewallPolicy": {
                "statelessDefaultActions": ["aws:forward_to_sfe"],
                "statelessFragmentDefaultActions": ["aws:forward_to_sfe"],
                "statefulDefaultActions": ["aws:drop_established", "aws:alert_established"],
                "statefulEngineOptions": {"ruleOrder": "STRICT_ORDER", "streamExceptionPolicy": "DROP"},
                "statefulRuleGroupReferences": [{"priority": 1, "resourceArn": UNKNOWN}]}}, "policy",
            links={"firewallPolicy": ("allowed",)}),
        aws("networkfirewall/Firewall", {
            "name": "egress", "firewallPolicyArn": UNKNOWN, "vpcId": "vpc-1", "deleteProtection": True, "tags": TAGS,
            "subnetChangeProtection": True, "encryptionConfiguration": {"type": "CUSTOMER_KMS", "keyId": KEY},
            "subnetMappings": [{"subnetId": subnet} for subnet in SUBNETS]}, "firewall",
            links={"firewallPolicyArn": ("policy",)}),
        aws("networkfirewall/LoggingConfiguration", {"firewallArn": UNKNOWN, "loggingConfiguration": {
            "logDestinationConfigs": [{"logType": kind, "logDestinationType": "CloudWatchLogs", "logDestination": {
                "logGroup": "/network/firewall"}} for kind in ("ALERT", "FLOW")]}}, "logging",
            links={"firewallArn": ("firewall",)})), f"{AWS_DOCS}/network-firewall",
        {**OWN, **unpriced("aws:networkfirewall/firewall:Firewall::firewall")}),
    Idiom("the default route of an inspection network on a transit gateway", (
        aws("ec2transitgateway/RouteTable", {"transitGatewayId": "tgw-1", "tags": TAGS}, "spokes"),
        aws("ec2transitgateway/VpcAttachment", {
            "transitGatewayId": "tgw-1", "vpcId": "vpc-9", "subnetIds": SUBNETS, "applianceModeSupport": "enable",
            "transitGatewayDefaultRouteTableAssociation": False,
            "transitGatewayDefaultRouteTablePropagation": False, "tags": TAGS}, "inspection"),
        aws("ec2transitgateway/Route", {
            "destinationCidrBlock": "0.0.0.0/0", "transitGatewayAttachmentId": UNKNOWN,
            "transitGatewayRouteTableId": UNKNOWN}, "default", links={
                "transitGatewayAttachmentId": ("inspection",), "transitGatewayRouteTableId": ("spokes",)})),
        f"{AWS_DOCS}/prescriptive-guidance",
        unpriced("aws:ec2transitgateway/vpcAttachment:VpcAttachment::inspection")),
    Idiom("add-ons of EKS that enforce policies and tag volumes", (
        _add_on("vpc-cni", "v1.20.4-eksbuild.1", enableNetworkPolicy="true", env={
            "ENABLE_PREFIX_DELEGATION": "true", "WARM_PREFIX_TARGET": "1"}),
        _add_on("kube-proxy", "v1.34.0-eksbuild.4"), _add_on("coredns", "v1.12.4-eksbuild.1", replicaCount=3),
        _add_on("eks-pod-identity-agent", "v1.3.9-eksbuild.3"),
        _add_on("aws-ebs-csi-driver", "v1.51.0-eksbuild.1", controller={"extraVolumeTags": TAGS}),
        _add_on("amazon-cloudwatch-observability", "v4.5.0-eksbuild.1"),
        _add_on("aws-guardduty-agent", "v1.11.0-eksbuild.4")), f"{AWS_DOCS}/eks/latest/userguide/eks-add-ons.html"),
    Idiom("mirrors of public registries, with their credentials", (
        _mirror("docker-hub", "registry-1.docker.io"), _mirror("github", "ghcr.io"),
        aws("ecr/PullThroughCacheRule", {"ecrRepositoryPrefix": "k8s", "upstreamRegistryUrl": "registry.k8s.io"},
            "k8s"),
        aws("ecr/RepositoryCreationTemplate", {
            "prefix": "github", "appliedFors": ["PULL_THROUGH_CACHE"], "imageTagMutability": "IMMUTABLE",
            "encryptionConfigurations": [{"encryptionType": "KMS", "kmsKey": KEY}], "resourceTags": TAGS,
            "customRoleArn": _role("ecr"), "lifecyclePolicy": json.dumps({"rules": [{
                "rulePriority": 1, "action": {"type": "expire"}, "selection": {
                    "tagStatus": "any", "countType": "sinceImagePushed", "countUnit": "days",
                    "countNumber": 180}}]})}, "template")), f"{AWS_DOCS}/ecr",
        doubt="What a cache of Docker Hub serves, its prefix does not limit"),
    Idiom("a role by which GitHub deploys from the environment of production", (
        aws("iam/OpenIdConnectProvider", {"url": "https://token.actions.githubusercontent.com", "tags": TAGS,
                                          "clientIdLists": ["sts.amazonaws.com"]}, "github"),
        aws("iam/Role", {"name": "deploy", "maxSessionDuration": 3600, "tags": TAGS, "assumeRolePolicy": document({
            "Effect": "Allow", "Action": "sts:AssumeRoleWithWebIdentity",
            "Principal": {"Federated": f"arn:aws:iam::{ME}:oidc-provider/token.actions.githubusercontent.com"},
            "Condition": {"StringEquals": {
                "token.actions.githubusercontent.com:aud": "sts.amazonaws.com",
                "token.actions.githubusercontent.com:sub": "repo:example-bank/platform:environment:production"}}})},
            "role"),
        aws("iam/RolePolicy", {"role": UNKNOWN, "policy": document(
            statement("ecr:GetAuthorizationToken"),
            statement(["ecr:BatchCheckLayerAvailability", "ecr:PutImage", "ecr:InitiateLayerUpload",
                       "ecr:UploadLayerPart", "ecr:CompleteLayerUpload"], f"arn:aws:ecr:{R}:{ME}:repository/orders"),
            statement("eks:DescribeCluster", f"arn:aws:eks:{R}:{ME}:cluster/bank"))}, "push",
            links={"role": ("role",)})), "docs.github.com/actions/security-for-github-actions",
        {"identity": {"trusted": {"token.actions.githubusercontent.com": "GitHub; subjects name our organisation"}},
         "escape": {"code_sources": {"https://github.com/example-bank": "the bank's organisation"}}}),
    Idiom("budgets of a team with its anomalies of cost", (
        BUDGET, aws("costexplorer/AnomalyMonitor", {"name": "services", "monitorType": "DIMENSIONAL",
                                                    "monitorDimension": "SERVICE", "tags": TAGS}, "monitor"),
        aws("costexplorer/AnomalySubscription", {
            "name": "finops", "frequency": "DAILY", "monitorArnLists": [UNKNOWN], "tags": TAGS,
            "subscribers": [{"type": "EMAIL", "address": "finops@example.ae"}], "thresholdExpression": {"ands": [
                {"dimension": {"key": "ANOMALY_TOTAL_IMPACT_ABSOLUTE", "matchOptions": ["GREATER_THAN_OR_EQUAL"],
                               "values": ["100"]}},
                {"dimension": {"key": "ANOMALY_TOTAL_IMPACT_PERCENTAGE", "matchOptions": ["GREATER_THAN_OR_EQUAL"],
                               "values": ["20"]}}]}}, "told", links={"monitorArnLists": ("monitor",)}),
        aws("costexplorer/CostCategory", {
            "name": "team", "ruleVersion": "CostCategoryExpression.v1", "defaultValue": "shared", "tags": TAGS,
            "rules": [{"value": "risk", "rule": {"tags": {"key": "business-unit", "values": ["risk"]}}}]}, "teams")),
        f"{AWS_DOCS}/cost-management"),
    Idiom("forecast scaling of a group within its maximum", (aws("autoscaling/Policy", {
        "autoscalingGroupName": "workers", "name": "forecast", "policyType": "PredictiveScaling",
        "predictiveScalingConfiguration": {
            "mode": "ForecastAndScale", "maxCapacityBreachBehavior": "HonorMaxCapacity", "schedulingBufferTime": "300",
            "metricSpecification": {"targetValue": 60, "predefinedMetricPairSpecification": {
                "predefinedMetricType": "ASGCPUUtilization"}}}}, "forecast"),), f"{AWS_DOCS}/autoscaling"),
    Idiom("a people's role of data science, without the data of others", (policy(
        statement(["sagemaker:CreateTrainingJob", "sagemaker:CreateProcessingJob"],
                  f"arn:aws:sagemaker:{R}:{ME}:*/team-a-*",
                  {"StringEquals": {"aws:RequestTag/business-unit": "risk"}}),
        statement(["sagemaker:DescribeTrainingJob", "sagemaker:StopTrainingJob"],
                  f"arn:aws:sagemaker:{R}:{ME}:training-job/team-a-*"),
        statement("iam:PassRole", _role("team-a-training"), {"StringEquals": {
            "iam:PassedToService": "sagemaker.amazonaws.com"}}),
        statement(["s3:GetObject", "s3:PutObject"], "arn:aws:s3:::bank-models/team-a/*"),
        statement(["logs:StartQuery", "logs:GetQueryResults"],
                  f"arn:aws:logs:{R}:{ME}:log-group:/aws/sagemaker/TrainingJobs:*"),
        statement(["cloudwatch:GetMetricData", "cloudwatch:ListMetrics", "ce:GetCostAndUsage"])),),
        f"{AWS_DOCS}/sagemaker", {"residency": {"known": {"bank-models": "the bank's own bucket, in me-central-1"}}}),
    Idiom("queries of names are recorded and malware is blocked", (
        aws("cloudwatch/LogGroup", {"name": "/network/dns", **LOGS}, "logs"),
        aws("route53/ResolverQueryLogConfig", {"name": "dns", "destinationArn": UNKNOWN, "tags": TAGS}, "config",
            links={"destinationArn": ("logs",)}),
        aws("route53/ResolverQueryLogConfigAssociation", {"resolverQueryLogConfigId": UNKNOWN, "resourceId": "vpc-1"},
            "to", links={"resolverQueryLogConfigId": ("config",)}),
        aws("route53/ResolverFirewallRuleGroup", {"name": "threats", "tags": TAGS}, "group"),
        aws("route53/ResolverFirewallRule", {
            "name": "malware", "action": "BLOCK", "blockResponse": "NXDOMAIN", "priority": 100,
            "firewallDomainListId": "rslvr-fdl-0123456789abcdef", "firewallRuleGroupId": UNKNOWN}, "rule",
            links={"firewallRuleGroupId": ("group",)})), f"{AWS_DOCS}/route53"),
)  # fmt: skip
