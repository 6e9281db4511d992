"""Good idioms of platform teams on AWS: networks, names, secrets and what watches an account (set 20, blind)."""

import json

from ..blind import KEY, ME, TAGS, aws, document, statement
from ..harness import UNKNOWN
from . import Idiom, unpriced
from .fourth import AWS_DOCS, R
from .fourth_kubernetes import BUDGET
from .ninth_aws import GROUPS, SUBNETS, arn, role_arn
from .thirteenth_aws import OURS, ROOT
from .twelfth_aws_platform import VPC, logs, rights, trusted

TUNNEL = {"dhGroupNumbers": [20, 21], "encryptionAlgorithms": ["AES256-GCM-16"], "integrityAlgorithms": [
    "SHA2-384", "SHA2-512"]}  # fmt: skip
KEY_POLICY = document(
    {"Sid": "owner", "Effect": "Allow", "Principal": {"AWS": ROOT}, "Action": "kms:*", "Resource": "*"},
    {"Sid": "use", "Effect": "Allow", "Principal": {"AWS": role_arn("app")}, "Resource": "*", "Action": [
        "kms:Decrypt", "kms:GenerateDataKey", "kms:DescribeKey"], "Condition": {"StringEquals": {
            "kms:ViaService": f"secretsmanager.{R}.amazonaws.com"}}},
    {"Sid": "logs", "Effect": "Allow", "Principal": {"Service": f"logs.{R}.amazonaws.com"}, "Resource": "*", "Action": [
        "kms:Encrypt", "kms:Decrypt", "kms:ReEncryptFrom", "kms:ReEncryptTo", "kms:GenerateDataKey",
        "kms:DescribeKey"], "Condition": {"ArnLike": {
            "kms:EncryptionContext:aws:logs:arn": arn("logs", "log-group:/apps/*")}}})  # fmt: skip
FEATURES = ("S3_DATA_EVENTS", "EKS_AUDIT_LOGS", "EBS_MALWARE_PROTECTION", "RDS_LOGIN_EVENTS",
            "LAMBDA_NETWORK_LOGS")  # fmt: skip
RULES = {"encrypted-volumes": "ENCRYPTED_VOLUMES", "s3-tls": "S3_BUCKET_SSL_REQUESTS_ONLY", "no-public-rds":
         "RDS_INSTANCE_PUBLIC_ACCESS_CHECK", "imdsv2": "EC2_IMDSV2_CHECK", "root-mfa":
         "ROOT_ACCOUNT_MFA_ENABLED"}  # fmt: skip

IDIOMS: tuple[Idiom, ...] = (
    Idiom("spokes meet at a transit gateway that accepts each by hand, keeps two tables of routes and its records", (
        BUDGET, logs("/tgw/hub"), trusted("vpc-flow-logs.amazonaws.com", "flow"),
        rights("flow", statement(["logs:CreateLogStream", "logs:PutLogEvents"], arn("logs", "log-group:/tgw/hub:*"))),
        aws("ec2transitgateway/TransitGateway", {
            "description": "Hub", "amazonSideAsn": 64532, "autoAcceptSharedAttachments": "disable",
            "defaultRouteTableAssociation": "disable", "defaultRouteTablePropagation": "disable", "dnsSupport":
            "enable", "vpnEcmpSupport": "enable", "multicastSupport": "disable", "securityGroupReferencingSupport":
            "enable", "tags": TAGS}, "hub"),
        aws("ec2transitgateway/VpcAttachment", {
            "transitGatewayId": UNKNOWN, "vpcId": VPC, "subnetIds": SUBNETS, "applianceModeSupport": "enable",
            "dnsSupport": "enable", "ipv6Support": "disable", "transitGatewayDefaultRouteTableAssociation": False,
            "transitGatewayDefaultRouteTablePropagation": False, "tags": TAGS}, "spoke", links={
                "transitGatewayId": ("hub",)}),
        *(aws("ec2transitgateway/RouteTable", {"transitGatewayId": UNKNOWN, "tags": TAGS}, name, links={
            "transitGatewayId": ("hub",)}) for name in ("spokes", "inspected")),
        aws("ec2transitgateway/RouteTableAssociation", {
            "transitGatewayAttachmentId": UNKNOWN, "transitGatewayRouteTableId": UNKNOWN}, "associated", links={
                "transitGatewayAttachmentId": ("spoke",), "transitGatewayRouteTableId": ("spokes",)}),
        aws("ec2transitgateway/RouteTablePropagation", {
            "transitGatewayAttachmentId": UNKNOWN, "transitGatewayRouteTableId": UNKNOWN}, "known", links={
                "transitGatewayAttachmentId": ("spoke",), "transitGatewayRouteTableId": ("inspected",)}),
        aws("ec2transitgateway/Route", {
            "destinationCidrBlock": "192.168.0.0/16", "blackhole": True, "transitGatewayRouteTableId": UNKNOWN},
            "nowhere", links={"transitGatewayRouteTableId": ("spokes",)}),
        aws("ec2/FlowLog", {
            "transitGatewayId": UNKNOWN, "logDestinationType": "cloud-watch-logs", "logDestination": UNKNOWN,
            "iamRoleArn": UNKNOWN, "maxAggregationInterval": 60, "tags": TAGS}, "records", links={
                "transitGatewayId": ("hub",), "logDestination": ("logs",), "iamRoleArn": ("flow",)}),
        aws("ram/ResourceShare", {"name": "hub", "allowExternalPrincipals": False, "permissionArns": [
            "arn:aws:ram::aws:permission/AWSRAMDefaultPermissionTransitGateway"], "tags": TAGS}, "share"),
        aws("ram/ResourceAssociation", {"resourceArn": UNKNOWN, "resourceShareArn": UNKNOWN}, "shared", links={
            "resourceArn": ("hub",), "resourceShareArn": ("share",)}),
        aws("ram/PrincipalAssociation", {"principal": "111122223333", "resourceShareArn": UNKNOWN}, "with", links={
            "resourceShareArn": ("share",)})),
        f"{AWS_DOCS}/vpc/latest/tgw/tgw-best-design-practices.html; tgw/tgw-flow-logs.html",
        {**OURS, "identity": {"trusted": {"111122223333": "our own account of payments"}}}),
    Idiom("names of the data centre are asked through endpoints of the resolver, those of malware are not", (
        BUDGET, logs("/route53/queries"),
        aws("ec2/SecurityGroup", {
            "vpcId": VPC, "name": "resolver", "description": "Queries to the data centre", "tags": TAGS, "egress": [
                {"protocol": protocol, "fromPort": 53, "toPort": 53, "cidrBlocks": ["10.10.0.0/24"], "description":
                 "Servers of names"} for protocol in ("tcp", "udp")]}, "group"),
        aws("route53/ResolverEndpoint", {
            "name": "out", "direction": "OUTBOUND", "resolverEndpointType": "IPV4", "protocols": ["Do53"],
            "securityGroupIds": [UNKNOWN], "ipAddresses": [{"subnetId": subnet} for subnet in SUBNETS], "tags": TAGS},
            "out", links={"securityGroupIds": ("group",)}),
        aws("route53/ResolverRule", {
            "name": "corp", "domainName": "corp.bank.ae", "ruleType": "FORWARD", "resolverEndpointId": UNKNOWN,
            "targetIps": [{"ip": "10.10.0.10", "port": 53}, {"ip": "10.10.0.11", "port": 53}], "tags": TAGS}, "corp",
            links={"resolverEndpointId": ("out",)}),
        aws("route53/ResolverRuleAssociation", {"resolverRuleId": UNKNOWN, "vpcId": VPC, "name": "spoke"}, "of-spoke",
            links={"resolverRuleId": ("corp",)}),
        aws("route53/Zone", {"name": "models.bank.internal", "comment": "Names of models", "vpcs": [
            {"vpcId": VPC, "vpcRegion": R}], "forceDestroy": False, "tags": TAGS}, "zone"),
        aws("route53/Record", {
            "zoneId": UNKNOWN, "name": "assist.models.bank.internal", "type": "CNAME", "ttl": 60, "records": [
                f"internal-assist-1234567890.{R}.elb.amazonaws.com"]}, "assist", links={"zoneId": ("zone",)}),
        aws("route53/ResolverQueryLogConfig", {"name": "spoke", "destinationArn": UNKNOWN, "tags": TAGS}, "queries",
            links={"destinationArn": ("logs",)}),
        aws("route53/ResolverQueryLogConfigAssociation", {"resolverQueryLogConfigId": UNKNOWN, "resourceId": VPC},
            "of-queries", links={"resolverQueryLogConfigId": ("queries",)}),
        aws("route53/ResolverFirewallDomainList", {"name": "refused", "domains": ["bad.example.", "*.bad.example."],
                                                   "tags": TAGS}, "refused"),
        aws("route53/ResolverFirewallRuleGroup", {"name": "spoke", "tags": TAGS}, "rules"),
        aws("route53/ResolverFirewallRule", {
            "name": "refused", "action": "BLOCK", "blockResponse": "NXDOMAIN", "priority": 100,
            "firewallDomainListId": UNKNOWN, "firewallRuleGroupId": UNKNOWN, "firewallDomainRedirectionAction":
            "INSPECT_REDIRECTION_DOMAIN"}, "rule", links={
                "firewallDomainListId": ("refused",), "firewallRuleGroupId": ("rules",)}),
        aws("route53/ResolverFirewallRuleGroupAssociation", {
            "name": "spoke", "firewallRuleGroupId": UNKNOWN, "vpcId": VPC, "priority": 101, "mutationProtection":
            "ENABLED", "tags": TAGS}, "of-rules", links={"firewallRuleGroupId": ("rules",)}),
        aws("route53/ResolverFirewallConfig", {"resourceId": VPC, "firewallFailOpen": "DISABLED"}, "closed"),
        aws("route53/ResolverDnsSecConfig", {"resourceId": VPC}, "signed")),
        f"{AWS_DOCS}/Route53/latest/DeveloperGuide/resolver-dns-firewall.html; resolver-query-logs.html", OURS),
    Idiom("an account is watched by detectors, a recorder and rules, and news of what is grave goes to those on duty", (
        aws("guardduty/Detector", {"enable": True, "findingPublishingFrequency": "FIFTEEN_MINUTES", "tags": TAGS},
            "detector"),
        *(aws("guardduty/DetectorFeature", {"detectorId": UNKNOWN, "name": name, "status": "ENABLED"},
              name.lower(), links={"detectorId": ("detector",)}) for name in FEATURES),
        aws("guardduty/DetectorFeature", {
            "detectorId": UNKNOWN, "name": "RUNTIME_MONITORING", "status": "ENABLED", "additionalConfigurations": [
                {"name": name, "status": "ENABLED"} for name in (
                    "EKS_ADDON_MANAGEMENT", "ECS_FARGATE_AGENT_MANAGEMENT", "EC2_AGENT_MANAGEMENT")]}, "runtime",
            links={"detectorId": ("detector",)}),
        aws("securityhub/Account", {"enableDefaultStandards": False, "autoEnableControls": True,
                                    "controlFindingGenerator": "SECURITY_CONTROL"}, "hub"),
        *(aws("securityhub/StandardsSubscription", {"standardsArn": f"arn:aws:securityhub:{R}::standards/{name}"},
              name.split("/")[0]) for name in ("aws-foundational-security-best-practices/v/1.0.0",
                                               "cis-aws-foundations-benchmark/v/3.0.0")),
        aws("accessanalyzer/Analyzer", {"analyzerName": "account", "type": "ACCOUNT", "tags": TAGS}, "analyzer"),
        aws("cfg/Recorder", {"name": "all", "roleArn": f"arn:aws:iam::{ME}:role/aws-service-role/config.amazonaws.com/"
                             "AWSServiceRoleForConfig", "recordingGroup": {
                                 "allSupported": True, "includeGlobalResourceTypes": True}, "recordingMode": {
                                     "recordingFrequency": "CONTINUOUS"}}, "recorder"),
        aws("cfg/DeliveryChannel", {"name": "all", "s3BucketName": "bank-trail", "s3KeyPrefix": "config", "s3KmsKeyArn":
                                    KEY, "snsTopicArn": arn("sns", "duty"), "snapshotDeliveryProperties": {
                                        "deliveryFrequency": "Six_Hours"}}, "channel"),
        aws("cfg/RecorderStatus", {"name": UNKNOWN, "isEnabled": True}, "on", links={"name": ("recorder",)}),
        *(aws("cfg/Rule", {"name": name, "source": {"owner": "AWS", "sourceIdentifier": identifier}, "tags": TAGS},
              name) for name, identifier in RULES.items()),
        aws("ebs/EncryptionByDefault", {"enabled": True}, "volumes"),
        aws("ebs/SnapshotBlockPublicAccess", {"state": "block-all-sharing"}, "snapshots"),
        aws("ec2/ImageBlockPublicAccess", {"state": "block-new-sharing"}, "images"),
        aws("s3/AccountPublicAccessBlock", {"blockPublicAcls": True, "blockPublicPolicy": True, "ignorePublicAcls":
                                            True, "restrictPublicBuckets": True}, "buckets"),
        aws("cloudwatch/EventRule", {"name": "grave", "state": "ENABLED", "tags": TAGS, "eventPattern": json.dumps({
            "source": ["aws.guardduty"], "detail-type": ["GuardDuty Finding"], "detail": {
                "severity": [{"numeric": [">=", 7]}]}})}, "grave"),
        aws("cloudwatch/EventTarget", {"rule": UNKNOWN, "targetId": "duty", "arn": arn("sns", "duty")}, "told", links={
            "rule": ("grave",)})),
        f"{AWS_DOCS}/guardduty/latest/ug/runtime-monitoring.html; securityhub/latest/userguide",
        OURS),
    Idiom("a password of a database is changed every month by a function, under a key that apps use by the vault", (
        logs("/apps/rotation"),
        aws("kms/Key", {
            "description": "Secrets of apps", "enableKeyRotation": True, "rotationPeriodInDays": 365,
            "deletionWindowInDays": 30, "keyUsage": "ENCRYPT_DECRYPT", "customerMasterKeySpec": "SYMMETRIC_DEFAULT",
            "multiRegion": False, "bypassPolicyLockoutSafetyCheck": False, "policy": KEY_POLICY, "tags": TAGS}, "key",
            protect=True),
        aws("kms/Alias", {"name": "alias/secrets-of-apps", "targetKeyId": UNKNOWN}, "alias", links={
            "targetKeyId": ("key",)}),
        aws("secretsmanager/Secret", {
            "name": "apps/claims/database", "description": "Password of claims", "kmsKeyId": UNKNOWN,
            "recoveryWindowInDays": 30, "tags": TAGS}, "secret", links={"kmsKeyId": ("key",)}),
        aws("secretsmanager/SecretPolicy", {
            "secretArn": UNKNOWN, "blockPublicPolicy": True, "policy": document(
                {"Effect": "Allow", "Principal": {"AWS": role_arn("app")}, "Action": "secretsmanager:GetSecretValue",
                 "Resource": "*", "Condition": {"StringEquals": {"secretsmanager:VersionStage": "AWSCURRENT"}}},
                {"Effect": "Deny", "Principal": "*", "Action": "secretsmanager:DeleteSecret", "Resource": "*",
                 "Condition": {"StringNotEquals": {"aws:PrincipalArn": role_arn("platform")}}})}, "who", links={
                     "secretArn": ("secret",)}),
        trusted("lambda.amazonaws.com", "rotation"),
        rights("rotation", statement([
            "secretsmanager:DescribeSecret", "secretsmanager:GetSecretValue", "secretsmanager:PutSecretValue",
            "secretsmanager:UpdateSecretVersionStage"], arn("secretsmanager", "secret:apps/claims/database-*")),
            statement("secretsmanager:GetRandomPassword"), statement(["kms:Decrypt", "kms:GenerateDataKey"], KEY),
            statement(["logs:CreateLogStream", "logs:PutLogEvents"], arn("logs", "log-group:/apps/rotation:*"))),
        aws("lambda/Function", {
            "name": "rotation", "role": UNKNOWN, "runtime": "python3.13", "handler": "rotate.handler", "timeout": 60,
            "kmsKeyArn": KEY, "s3Bucket": "bank-releases", "s3Key": "rotation/1.2.0.zip", "vpcConfig": {
                "subnetIds": SUBNETS, "securityGroupIds": GROUPS}, "environment": {"variables": {
                    "SECRETS_MANAGER_ENDPOINT": f"https://secretsmanager.{R}.amazonaws.com",
                    "EXCLUDE_CHARACTERS": "/@\"'\\"}}, "loggingConfig": {"logFormat": "JSON", "logGroup":
                                                                       "/apps/rotation"}, "tags": TAGS}, "rotate",
            links={"role": ("rotation",)}),
        aws("lambda/Permission", {"action": "lambda:InvokeFunction", "function": UNKNOWN, "principal":
                                  "secretsmanager.amazonaws.com", "sourceArn": UNKNOWN, "sourceAccount": ME}, "called",
            links={"function": ("rotate",), "sourceArn": ("secret",)}),
        aws("secretsmanager/SecretRotation", {
            "secretId": UNKNOWN, "rotationLambdaArn": UNKNOWN, "rotateImmediately": True, "rotationRules": {
                "scheduleExpression": "cron(0 22 ? * SAT#1 *)", "duration": "3h"}}, "monthly", links={
                    "secretId": ("secret",), "rotationLambdaArn": ("rotate",)})),
        f"{AWS_DOCS}/secretsmanager/latest/userguide/rotating-secrets.html; kms/latest/developerguide",
        {**OURS, "escape": {**OURS["escape"], "code_sources": {"bank-releases": "our own releases, signed"}}}),
    Idiom("the data centre is reached by two tunnels with strong ciphers, whose state and routes have records", (
        BUDGET, logs("/vpn/dc1"),
        aws("ec2/CustomerGateway", {"bgpAsn": "65010", "ipAddress": "94.200.10.20", "type": "ipsec.1", "deviceName":
                                    "dc1-edge-1", "tags": TAGS}, "edge"),
        aws("ec2/VpnConnection", {
            "customerGatewayId": UNKNOWN, "transitGatewayId": "tgw-0123456789abcdef0", "type": "ipsec.1",
            "staticRoutesOnly": False, "localIpv4NetworkCidr": "10.10.0.0/16", "remoteIpv4NetworkCidr": "10.40.0.0/16",
            "outsideIpAddressType": "PublicIpv4", "presharedKeyStorage": "SecretsManager", **{
                f"tunnel{number}{name}": value for number in (1, 2) for name, value in {
                    "IkeVersions": ["ikev2"], "StartupAction": "add", "DpdTimeoutAction": "restart",
                    "EnableTunnelLifecycleControl": True, "RekeyMarginTimeSeconds": 540,
                    "Phase1DhGroupNumbers": TUNNEL["dhGroupNumbers"], "Phase2DhGroupNumbers": TUNNEL["dhGroupNumbers"],
                    "Phase1EncryptionAlgorithms": TUNNEL["encryptionAlgorithms"],
                    "Phase2EncryptionAlgorithms": TUNNEL["encryptionAlgorithms"],
                    "Phase1IntegrityAlgorithms": TUNNEL["integrityAlgorithms"],
                    "Phase2IntegrityAlgorithms": TUNNEL["integrityAlgorithms"],
                    "Phase1LifetimeSeconds": 28800, "Phase2LifetimeSeconds": 3600, "LogOptions": {
                        "cloudwatchLogOptions": {"logEnabled": True, "logGroupArn": UNKNOWN, "logOutputFormat":
                                                 "json", "bgpLogEnabled": True, "bgpLogGroupArn": UNKNOWN,
                                                 "bgpLogOutputFormat": "json"}}}.items()},
            "tags": TAGS}, "tunnels", links={"customerGatewayId": ("edge",), "tunnel1LogOptions": ("logs",),
                                             "tunnel2LogOptions": ("logs",)}),
        aws("cloudwatch/MetricAlarm", {
            "name": "vpn-down", "namespace": "AWS/VPN", "metricName": "TunnelState", "dimensions": {"VpnId": UNKNOWN},
            "statistic": "Maximum", "comparisonOperator": "LessThanThreshold", "threshold": 1, "period": 300,
            "evaluationPeriods": 1, "treatMissingData": "breaching", "alarmActions": [arn("sns", "duty")], "tags":
            TAGS}, "down", links={"dimensions": ("tunnels",)})),
        f"{AWS_DOCS}/vpn/latest/s2svpn/VPNTunnels.html; s2svpn/monitoring-logs.html",
        {**OURS, "residency": {"known": {**OURS["residency"]["known"], "94.200.10.20": "our data centre in Dubai"}},
         **unpriced("aws:ec2/vpnConnection:VpnConnection::tunnels")}),
)  # fmt: skip
