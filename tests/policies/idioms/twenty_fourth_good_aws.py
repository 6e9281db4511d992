"""Good programs of platform teams on AWS: organisations, networks and their watchers (set 24, before any rule ran)."""

import json

from ..blind import KEY, ME, TAGS, aws, document, statement
from ..harness import UNKNOWN, Given
from . import Idiom, unpriced
from .fourth import AWS_DOCS, R
from .fourth_kubernetes import BUDGET
from .ninth_aws import SUBNETS, arn, kept
from .thirteenth_aws import OURS
from .twelfth_aws_platform import VPC
from .twentieth_goodb_charts import merged
from .twenty_first_xaws import alarm
from .twenty_third_aws import store

ORG, ROOT, WORKLOADS, SANDBOX = "o-a1b2c3d4e5", "r-ab12", "ou-ab12-workload1", "ou-ab12-sandbox01"
LOGS_ACCOUNT, APPS_ACCOUNT = "210987654321", "321098765432"
ORGANISATION = merged(OURS, {
    "identity": {"trusted": {ORG: "our organisation", LOGS_ACCOUNT: "our account of logs",
                             APPS_ACCOUNT: "our account of the apps"}},
    "residency": {"known": {LOGS_ACCOUNT: "our account of logs, in me-central-1",
                            APPS_ACCOUNT: "our account of the apps, in me-central-1"}}})  # fmt: skip


def log(name: str, key: str, days: int = 365) -> Given:
    """Returns a group of logs under the bank's key."""
    return aws("cloudwatch/LogGroup", {"name": name, "retentionInDays": days, "kmsKeyId": KEY, "tags": TAGS}, key)


def guard(name: str, kind: str, content: dict[str, object], *targets: str) -> tuple[Given, ...]:
    """Returns a policy of the organisation and what it is attached to."""
    return (
        aws("organizations/Policy", {"name": name, "type": kind, "description": f"What {name} asks for", "content":
                                     json.dumps(content), "tags": TAGS}, name),
        *(aws("organizations/PolicyAttachment", {"policyId": UNKNOWN, "targetId": target}, f"{name}-{target}", links={
            "policyId": (name,)}) for target in targets),
    )  # fmt: skip


def denial(sid: str, action: object, condition: object, **more: object) -> dict[str, object]:
    """Returns a Deny statement."""
    return {"Sid": sid, "Effect": "Deny", "Action": action, "Resource": "*", "Condition": condition, **more}


INSPECTED = {"vpcId": VPC, "tags": TAGS}
IDIOMS: tuple[Idiom, ...] = (
    Idiom("OAM: the monitoring account takes metrics, logs and traces of the organisation's accounts, and has alarms", (
        aws("oam/Sink", {"name": "monitoring", "tags": TAGS}, "sink"),
        aws("oam/SinkPolicy", {"sinkIdentifier": UNKNOWN, "policy": document({
            "Effect": "Allow", "Principal": "*", "Action": ["oam:CreateLink", "oam:UpdateLink"], "Resource": "*",
            "Condition": {"StringEquals": {"aws:PrincipalOrgID": ORG}, "ForAllValues:StringEquals": {
                "oam:ResourceTypes": ["AWS::CloudWatch::Metric", "AWS::Logs::LogGroup", "AWS::XRay::Trace"]}}})},
            "sink-policy", links={"sinkIdentifier": ("sink",)}),
        aws("sns/Topic", {"name": "duty", "kmsMasterKeyId": KEY, "tags": TAGS}, "duty"),
        aws("sns/TopicPolicy", {"arn": UNKNOWN, "policy": document({
            "Sid": "Alarms", "Effect": "Allow", "Principal": {"Service": "cloudwatch.amazonaws.com"}, "Action":
            "sns:Publish", "Resource": arn("sns", "duty"), "Condition": {"StringEquals": {"aws:SourceAccount": ME}}},
            {"Sid": "TLS", "Effect": "Deny", "Principal": "*", "Action": "sns:Publish", "Resource": arn("sns", "duty"),
             "Condition": {"Bool": {"aws:SecureTransport": "false"}}})},
            "duty-policy", links={"arn": ("duty",)}),
        aws("cloudwatch/MetricAlarm", {
            "name": "apps-errors", "alarmDescription": "Errors of functions of the apps' account", "comparisonOperator":
            "GreaterThanThreshold", "evaluationPeriods": 3, "datapointsToAlarm": 2, "threshold": 5.0,
            "treatMissingData": "notBreaching", "metricQueries": [
                {"id": "errors", "accountId": APPS_ACCOUNT, "returnData": True, "label": "errors", "metric": {
                    "namespace": "AWS/Lambda", "metricName": "Errors", "period": 300, "stat": "Sum"}}],
            "alarmActions": [UNKNOWN], "okActions": [UNKNOWN], "tags": TAGS}, "errors", links={
                "alarmActions": ("duty",), "okActions": ("duty",)}),
        aws("cloudwatch/Dashboard", {"dashboardName": "accounts", "dashboardBody": json.dumps({"widgets": [{
            "type": "metric", "width": 12, "height": 6, "properties": {
                "region": R, "title": "Errors", "stat": "Sum", "period": 300, "view": "timeSeries", "metrics": [[
                    "AWS/Lambda", "Errors", {"accountId": APPS_ACCOUNT}]]}}]})}, "board")),
        f"{AWS_DOCS}/AmazonCloudWatch/latest/monitoring/CloudWatch-Unified-Cross-Account.html, as known", ORGANISATION),
    Idiom("shared VPC: the network account makes subnets of three zones and shares them with the units of workloads", (
        aws("ec2/Vpc", {"cidrBlock": "10.80.0.0/16", "enableDnsHostnames": True, "enableDnsSupport": True, "tags": {
            **TAGS, "Name": "shared"}}, "vpc"),
        aws("ec2/DefaultSecurityGroup", {"vpcId": UNKNOWN, "tags": TAGS}, "closed", links={"vpcId": ("vpc",)}),
        aws("ram/ResourceShare", {"name": "subnets", "allowExternalPrincipals": False, "tags": TAGS}, "share"),
        aws("ram/PrincipalAssociation", {
            "principal": f"arn:aws:organizations::{ME}:ou/{ORG}/{WORKLOADS}", "resourceShareArn": UNKNOWN},
            "share-unit", links={"resourceShareArn": ("share",)}),
        *(given for number, zone in enumerate("abc") for given in (
            aws("ec2/Subnet", {"vpcId": UNKNOWN, "cidrBlock": f"10.80.{number * 32}.0/19", "availabilityZone":
                               f"{R}{zone}", "mapPublicIpOnLaunch": False, "privateDnsHostnameTypeOnLaunch":
                               "resource-name", "enableResourceNameDnsARecordOnLaunch": True, "tags": {
                                   **TAGS, "Name": f"shared-{zone}"}}, f"subnet-{zone}", links={"vpcId": ("vpc",)}),
            aws("ram/ResourceAssociation", {"resourceArn": UNKNOWN, "resourceShareArn": UNKNOWN}, f"share-{zone}",
                links={"resourceArn": (f"subnet-{zone}",), "resourceShareArn": ("share",)}))),
        log("/aws/vpc/shared", "flow-log", 90),
        aws("iam/Role", {"name": "shared-flows", "tags": TAGS, "assumeRolePolicy": document({
            "Effect": "Allow", "Principal": {"Service": "vpc-flow-logs.amazonaws.com"}, "Action": "sts:AssumeRole",
            "Condition": {"StringEquals": {"aws:SourceAccount": ME}, "ArnLike": {
                "aws:SourceArn": arn("ec2", "vpc-flow-log/*")}}})}, "flow-role"),
        aws("iam/RolePolicy", {"role": UNKNOWN, "policy": document(statement(
            ["logs:CreateLogStream", "logs:PutLogEvents", "logs:DescribeLogGroups", "logs:DescribeLogStreams"],
            arn("logs", "log-group:/aws/vpc/shared:*")))}, "flow-rights", links={"role": ("flow-role",)}),
        aws("ec2/FlowLog", {"vpcId": UNKNOWN, "trafficType": "ALL", "logDestinationType": "cloud-watch-logs",
                            "logDestination": UNKNOWN, "iamRoleArn": UNKNOWN, "maxAggregationInterval": 60, "tags":
                            TAGS}, "flows", links={"vpcId": ("vpc",), "logDestination": ("flow-log",), "iamRoleArn": (
                                "flow-role",)})),
        f"{AWS_DOCS}/vpc/latest/userguide/vpc-sharing.html; aws-ia/terraform-aws-vpc, as known", ORGANISATION),
    Idiom("GWLB: a pair of firewalls from the bank's image inspects what leaves, behind a gateway load balancer", (
        BUDGET,
        aws("lb/LoadBalancer", {"name": "inspection", "loadBalancerType": "gateway", "subnets": SUBNETS,
                                "enableCrossZoneLoadBalancing": True, "enableDeletionProtection": True, "tags": TAGS},
            "gateway"),
        aws("lb/TargetGroup", {
            "name": "firewalls", "port": 6081, "protocol": "GENEVE", "targetType": "instance", "vpcId": VPC,
            "deregistrationDelay": 120, "healthCheck": {"enabled": True, "protocol": "HTTPS", "port": "443", "path":
                                                        "/health", "interval": 10, "healthyThreshold": 2},
            "targetFailovers": [{"onDeregistration": "rebalance", "onUnhealthy": "rebalance"}], "stickiness": {
                "enabled": True, "type": "source_ip_dest_ip"}, "tags": TAGS}, "firewalls"),
        aws("lb/Listener", {"loadBalancerArn": UNKNOWN, "defaultActions": [{"type": "forward", "targetGroupArn":
                                                                           UNKNOWN}], "tags": TAGS}, "listener", links={
            "loadBalancerArn": ("gateway",), "defaultActions": ("firewalls",)}),
        aws("ec2/SecurityGroup", {**INSPECTED, "name": "firewalls", "description": "Geneve and health", "ingress": [
            {"protocol": "udp", "fromPort": 6081, "toPort": 6081, "cidrBlocks": ["10.90.0.0/24"], "description":
             "Geneve of the balancer"},
            {"protocol": "tcp", "fromPort": 443, "toPort": 443, "cidrBlocks": ["10.90.0.0/24"], "description":
             "Health"}]}, "sg"),
        aws("ec2/LaunchTemplate", {
            "name": "firewalls", "imageId": "ami-0123456789abcdef0", "instanceType": "m6i.xlarge", "tags": TAGS,
            "ebsOptimized": "true", "metadataOptions": {"httpEndpoint": "enabled", "httpTokens": "required",
                                                        "httpPutResponseHopLimit": 1},
            "blockDeviceMappings": [{"deviceName": "/dev/xvda", "ebs": {
                "encrypted": "true", "kmsKeyId": KEY, "volumeSize": 60, "volumeType": "gp3"}}], "vpcSecurityGroupIds":
            [UNKNOWN], "monitoring": {"enabled": True}, "tagSpecifications": [
                {"resourceType": kind, "tags": TAGS} for kind in ("instance", "volume", "network-interface")]},
            "template", links={"vpcSecurityGroupIds": ("sg",)}),
        aws("autoscaling/Group", {
            "name": "firewalls", "minSize": 2, "maxSize": 4, "desiredCapacity": 2, "vpcZoneIdentifiers": SUBNETS,
            "healthCheckType": "ELB", "healthCheckGracePeriod": 300, "targetGroupArns": [UNKNOWN], "launchTemplate": {
                "id": UNKNOWN, "version": "$Latest"}, "defaultInstanceWarmup": 300, "tags": [
                    {"key": key, "value": value, "propagateAtLaunch": True} for key, value in TAGS.items()]}, "group",
            links={"targetGroupArns": ("firewalls",), "launchTemplate": ("template",)}),
        aws("ec2/VpcEndpointService", {"acceptanceRequired": True, "gatewayLoadBalancerArns": [UNKNOWN],
                                       "allowedPrincipals": [f"arn:aws:iam::{ME}:root"], "tags": TAGS}, "service",
            links={"gatewayLoadBalancerArns": ("gateway",)}),
        aws("ec2/VpcEndpoint", {"vpcId": "vpc-0fedcba9876543210", "vpcEndpointType": "GatewayLoadBalancer",
                                "serviceName": UNKNOWN, "subnetIds": ["subnet-4"], "tags": TAGS}, "spoke", links={
            "serviceName": ("service",)}),
        alarm("firewalls-ill", "AWS/GatewayELB", "UnHealthyHostCount", 0.0, LoadBalancer="gwy/inspection/0123456789")),
        f"{AWS_DOCS}/elasticloadbalancing/latest/gateway/getting-started.html; aws-samples/aws-gateway-load-balancer-"
        "code-samples, as known",
        merged(OURS, unpriced("aws:lb/loadBalancer:LoadBalancer::gateway", "aws:ec2/vpcEndpoint:VpcEndpoint::spoke"))),
    Idiom("organisation: controls of services, resources, EC2's settings and tags for the workloads", (
        *guard("regions", "SERVICE_CONTROL_POLICY", {"Version": "2012-10-17", "Statement": [{
            "Sid": "Region", "Effect": "Deny", "Resource": "*", "NotAction": [
                "iam:*", "organizations:*", "sts:*", "support:*", "budgets:*", "ce:*", "route53:*", "health:*",
                "account:*", "trustedadvisor:*", "cur:*"],
            "Condition": {"StringNotEquals": {"aws:RequestedRegion": [R]}, "ArnNotLike": {
                "aws:PrincipalARN": ["arn:aws:iam::*:role/AWSControlTowerExecution"]}}}]}, ROOT),
        *guard("protect", "SERVICE_CONTROL_POLICY", {"Version": "2012-10-17", "Statement": [
            denial("Trail", ["cloudtrail:StopLogging", "cloudtrail:DeleteTrail", "config:StopConfigurationRecorder",
                             "guardduty:DeleteDetector", "guardduty:DisassociateFromAdministratorAccount"],
                   {"ArnNotLike": {"aws:PrincipalARN": "arn:aws:iam::*:role/OrganizationAccountAccessRole"}}),
            {"Sid": "Root", "Effect": "Deny", "Action": "*", "Resource": "*", "Condition": {
                "ArnLike": {"aws:PrincipalArn": "arn:aws:iam::*:root"}}},
            {"Sid": "Leave", "Effect": "Deny", "Action": "organizations:LeaveOrganization", "Resource": "*"}]},
            WORKLOADS, SANDBOX),
        *guard("perimeter", "RESOURCE_CONTROL_POLICY", {"Version": "2012-10-17", "Statement": [
            {**denial("Identity", ["s3:*", "sqs:*", "kms:*", "secretsmanager:*", "sts:AssumeRole"], {
                "StringNotEqualsIfExists": {"aws:PrincipalOrgID": ORG}, "BoolIfExists": {
                    "aws:PrincipalIsAWSService": "false"}}), "Principal": "*"},
            {**denial("TLS", ["s3:*", "sqs:*"], {"BoolIfExists": {"aws:SecureTransport": "false"}}), "Principal":
             "*"}]}, WORKLOADS),
        *guard("settings", "DECLARATIVE_POLICY_EC2", {"ec2_attributes": {
            "exception_message": {"@@assign": "Ask platform@bank.ae"},
            "image_block_public_access": {"state": {"@@assign": "block_new_sharing"}},
            "snapshot_block_public_access": {"state": {"@@assign": "block_all_sharing"}},
            "serial_console_access": {"status": {"@@assign": "disabled"}},
            "instance_metadata_defaults": {"http_tokens": {"@@assign": "required"}, "http_put_response_hop_limit": {
                "@@assign": "2"}, "http_endpoint": {"@@assign": "enabled"}, "instance_metadata_tags": {
                    "@@assign": "disabled"}},
            "vpc_block_public_access": {"internet_gateway_block": {"mode": {"@@assign": "block_ingress"},
                                                                   "exclusions_allowed": {"@@assign": "enabled"}}}}},
            ROOT),
        *guard("tags", "TAG_POLICY", {"tags": {"environment": {
            "tag_key": {"@@assign": "environment"}, "tag_value": {"@@assign": ["dev", "staging", "prod"]},
            "enforced_for": {"@@assign": ["ec2:instance", "s3:bucket", "rds:db"]}}}}, WORKLOADS),
        *guard("no-training", "AISERVICES_OPT_OUT_POLICY", {"services": {"@@operators_allowed_for_child_policies": [
            "@@none"], "default": {"@@operators_allowed_for_child_policies": ["@@none"], "opt_out_policy": {
                "@@operators_allowed_for_child_policies": ["@@none"], "@@assign": "optOut"}}}}, ROOT)),
        f"{AWS_DOCS}/organizations/latest/userguide/orgs_manage_policies_declarative_syntax.html; aws-samples/"
        "resource-control-policy-examples, as known", ORGANISATION),
    Idiom("security account: Security Hub by central settings, GuardDuty for every member, and findings told to duty", (
        aws("securityhub/Account", {"enableDefaultStandards": False, "autoEnableControls": True,
                                    "controlFindingGenerator": "SECURITY_CONTROL"}, "hub"),
        aws("securityhub/FindingAggregator", {"linkingMode": "NO_REGIONS"}, "aggregator"),
        aws("securityhub/OrganizationConfiguration", {"autoEnable": False, "autoEnableStandards": "NONE",
                                                      "organizationConfiguration": {"configurationType": "CENTRAL"}},
            "central"),
        aws("securityhub/ConfigurationPolicy", {"name": "baseline", "description": "Standards of the bank",
            "configurationPolicy": {"serviceEnabled": True, "enabledStandardArns": [
                f"arn:aws:securityhub:{R}::standards/aws-foundational-security-best-practices/v/1.0.0",
                f"arn:aws:securityhub:{R}::standards/cis-aws-foundations-benchmark/v/3.0.0"],
                "securityControlsConfiguration": {"disabledControlIdentifiers": ["Macie.1"],
                    "securityControlCustomParameters": [{"securityControlId": "ACM.1", "parameters": [
                        {"name": "daysToExpiration", "valueType": "CUSTOM", "int": {"value": 30}}]}]}}}, "baseline"),
        aws("securityhub/ConfigurationPolicyAssociation", {"policyId": UNKNOWN, "targetId": ROOT}, "everywhere", links={
            "policyId": ("baseline",)}),
        aws("guardduty/Detector", {"enable": True, "findingPublishingFrequency": "FIFTEEN_MINUTES", "tags": TAGS},
            "detector"),
        aws("guardduty/OrganizationConfiguration", {"autoEnableOrganizationMembers": "ALL", "detectorId": UNKNOWN},
            "members", links={"detectorId": ("detector",)}),
        *(aws("guardduty/OrganizationConfigurationFeature", {
            "detectorId": UNKNOWN, "name": name, "autoEnable": "ALL", **more}, name.lower(), links={
                "detectorId": ("detector",)}) for name, more in (
            ("S3_DATA_EVENTS", {}), ("EKS_AUDIT_LOGS", {}), ("RDS_LOGIN_EVENTS", {}), ("LAMBDA_NETWORK_LOGS", {}),
            ("EBS_MALWARE_PROTECTION", {}), ("RUNTIME_MONITORING", {"additionalConfigurations": [
                {"name": name, "autoEnable": "ALL"} for name in (
                    "EKS_ADDON_MANAGEMENT", "ECS_FARGATE_AGENT_MANAGEMENT", "EC2_AGENT_MANAGEMENT")]}))),
        aws("sns/Topic", {"name": "findings", "kmsMasterKeyId": KEY, "tags": TAGS}, "findings"),
        aws("sns/TopicPolicy", {"arn": UNKNOWN, "policy": document({
            "Effect": "Allow", "Principal": {"Service": "events.amazonaws.com"}, "Action": "sns:Publish", "Resource":
            arn("sns", "findings"), "Condition": {"ArnEquals": {"aws:SourceArn": arn("events", "rule/findings")}}},
            {"Sid": "TLS", "Effect": "Deny", "Principal": "*", "Action": "sns:Publish", "Resource": arn("sns",
                "findings"),
             "Condition": {"Bool": {"aws:SecureTransport": "false"}}})},
            "findings-policy", links={"arn": ("findings",)}),
        aws("cloudwatch/EventRule", {"name": "findings", "state": "ENABLED", "eventPattern": json.dumps({
            "source": ["aws.securityhub"], "detail-type": ["Security Hub Findings - Imported"], "detail": {"findings": {
                "Severity": {"Label": ["HIGH", "CRITICAL"]}, "Workflow": {"Status": ["NEW"]}}}}), "tags": TAGS},
            "findings-rule"),
        aws("cloudwatch/EventTarget", {"rule": UNKNOWN, "arn": UNKNOWN, "targetId": "duty"}, "findings-target", links={
            "rule": ("findings-rule",), "arn": ("findings",)})),
        f"{AWS_DOCS}/securityhub/latest/userguide/central-configuration-intro.html; cloudposse/terraform-aws-"
        "security-hub, as known", ORGANISATION),
    Idiom("Macie: buckets of customers are looked through each month, and results are kept under the bank's key", (
        BUDGET,
        aws("macie2/Account", {"status": "ENABLED", "findingPublishingFrequency": "SIX_HOURS"}, "macie"),
        *store("bank-macie-results", "results", expiration={"days": 400}),
        aws("macie2/ClassificationExportConfiguration", {"s3Destination": {
            "bucketName": "bank-macie-results", "keyPrefix": "macie/", "kmsKeyArn": KEY}}, "export", links={
                "s3Destination": ("results",)}),
        aws("macie/CustomDataIdentifier", {
            "name": "emirates-id", "description": "Numbers of Emirates ID", "regex": "784-?[0-9]{4}-?[0-9]{7}-?[0-9]",
            "keywords": ["emirates id", "identity number"], "maximumMatchDistance": 50, "tags": TAGS}, "emirates-id"),
        aws("macie2/ClassificationJob", {
            "name": "customers", "jobType": "SCHEDULED", "initialRun": True, "samplingPercentage": 20, "description":
            "Whether identity numbers lie where they should not", "customDataIdentifierIds": [UNKNOWN],
            "scheduleFrequency": {"monthlySchedule": 1}, "s3JobDefinition": {"bucketDefinitions": [
                {"accountId": ME, "buckets": ["bank-letters", "bank-exports"]}]}, "tags": TAGS}, "job", links={
                    "customDataIdentifierIds": ("emirates-id",)})),
        f"{AWS_DOCS}/macie/latest/user/discovery-jobs.html; .../cdis-options.html, as known",
        merged(OURS, merged(kept("results"), unpriced("aws:macie2/classificationJob:ClassificationJob::job")))),
)  # fmt: skip
