"""Good idioms of platform teams on AWS: accounts, records, networks, copies and streams (set 21, blind)."""

import json

from ..blind import KEY, ME, TAGS, aws
from ..harness import UNKNOWN, Given
from . import Idiom, unpriced
from .fourth import AWS_DOCS, R
from .fourth_kubernetes import BUDGET
from .ninth_aws import GROUPS, SUBNETS, arn, kept, role_arn
from .thirteenth_aws import OURS
from .twelfth_aws_platform import VPC, logs, trusted
from .twentieth_goodb_charts import merged
from .twenty_first_xaws import ALARMS, alarm

SRA = "docs.aws.amazon.com/prescriptive-guidance/latest/security-reference-architecture, as known on 2026-12-01"
TRAIL_ARN = arn("cloudtrail", "trail/platform")
HIGH_FINDINGS = json.dumps({"source": ["aws.securityhub"], "detail-type": ["Security Hub Findings - Imported"],
                            "detail": {"findings": {"Severity": {"Label": ["CRITICAL", "HIGH"]}}}})  # fmt: skip
EGRESS = """pass tls $HOME_NET any -> $EXTERNAL_NET 443 (tls.sni; content:"registry.bank.ae"; startswith; endswith; nocase; flow:to_server; sid:1; rev:1;)
drop tls $HOME_NET any -> $EXTERNAL_NET any (msg:"no other name"; flow:to_server, established; sid:2; rev:1;)
drop tcp $HOME_NET any -> $EXTERNAL_NET !443 (msg:"no other port"; flow:to_server, established; sid:3; rev:1;)
"""  # noqa: E501


def attached(name: str, vpc: str) -> Given:
    """Returns the attachment of a network to the gateway of the plan, outside its own tables."""
    return aws("ec2transitgateway/VpcAttachment", {
        "transitGatewayId": UNKNOWN, "vpcId": vpc, "subnetIds": SUBNETS, "dnsSupport": "enable", "ipv6Support":
        "disable", "applianceModeSupport": "enable" if name == "inspection" else "disable", "tags": TAGS,
        "transitGatewayDefaultRouteTableAssociation": False, "transitGatewayDefaultRouteTablePropagation": False},
        name, links={"transitGatewayId": ("tgw",)})  # fmt: skip


IDIOMS: tuple[Idiom, ...] = (
    Idiom("an account begins with closed buckets, sealed disks, strong passwords and watchers of findings", (
        aws("s3/AccountPublicAccessBlock", {"accountId": ME, **dict.fromkeys((
            "blockPublicAcls", "blockPublicPolicy", "ignorePublicAcls", "restrictPublicBuckets"), True)}, "closed"),
        aws("ebs/EncryptionByDefault", {"enabled": True}, "sealed"),
        aws("ebs/DefaultKmsKey", {"keyArn": KEY}, "sealed-by"),
        aws("ebs/SnapshotBlockPublicAccess", {"state": "block-all-sharing"}, "snapshots"),
        aws("ec2/ImageBlockPublicAccess", {"state": "block-new-sharing"}, "images"),
        aws("ec2/InstanceMetadataDefaults", {"httpTokens": "required", "httpPutResponseHopLimit": 1}, "metadata"),
        aws("iam/AccountPasswordPolicy", {
            "minimumPasswordLength": 16, "requireLowercaseCharacters": True, "requireUppercaseCharacters": True,
            "requireNumbers": True, "requireSymbols": True, "allowUsersToChangePassword": True,
            "passwordReusePrevention": 24, "maxPasswordAge": 90}, "passwords"),
        aws("accessanalyzer/Analyzer", {"analyzerName": "account", "type": "ACCOUNT", "tags": TAGS}, "analyzer"),
        aws("guardduty/Detector", {"enable": True, "findingPublishingFrequency": "FIFTEEN_MINUTES", "tags": TAGS},
            "detector"),
        *(aws("guardduty/DetectorFeature", {"detectorId": UNKNOWN, "name": name, "status": "ENABLED"}, name.lower(),
              links={"detectorId": ("detector",)}) for name in (
                  "S3_DATA_EVENTS", "EKS_AUDIT_LOGS", "EBS_MALWARE_PROTECTION", "RDS_LOGIN_EVENTS")),
        aws("securityhub/Account", {"autoEnableControls": True, "controlFindingGenerator": "SECURITY_CONTROL",
                                    "enableDefaultStandards": False}, "hub"),
        aws("securityhub/StandardsSubscription", {"standardsArn":
            f"arn:aws:securityhub:{R}::standards/aws-foundational-security-best-practices/v/1.0.0"}, "standard"),
        aws("cloudwatch/EventRule", {"name": "findings", "eventPattern": HIGH_FINDINGS, "tags": TAGS}, "findings"),
        aws("cloudwatch/EventTarget", {"rule": UNKNOWN, "arn": ALARMS}, "duty", links={"rule": ("findings",)})),
        SRA, OURS),
    Idiom("calls of the account are recorded with proof of their order, and settings are compared each day", (
        logs("/aws/cloudtrail/platform"),
        aws("cloudtrail/Trail", {
            "name": "platform", "s3BucketName": "bank-trail", "s3KeyPrefix": "prod", "kmsKeyId": KEY, "enableLogging":
            True, "isMultiRegionTrail": True, "includeGlobalServiceEvents": True, "enableLogFileValidation": True,
            "cloudWatchLogsGroupArn": arn("logs", "log-group:/aws/cloudtrail/platform:*"), "cloudWatchLogsRoleArn":
            role_arn("trail"), "insightSelectors": [{"insightType": "ApiErrorRateInsight"}],
            "advancedEventSelectors": [
                {"name": "Management", "fieldSelectors": [{"field": "eventCategory", "equals": ["Management"]}]},
                {"name": "Objects", "fieldSelectors": [
                    {"field": "eventCategory", "equals": ["Data"]}, {"field": "resources.type", "equals": [
                        "AWS::S3::Object"]}, {"field": "resources.ARN", "startsWiths": ["arn:aws:s3:::bank-"]}]}],
            "tags": TAGS}, "trail", protect=True),
        aws("cfg/Recorder", {"name": "default", "roleArn": role_arn("aws-service-role/config.amazonaws.com/"
                                                                    "AWSServiceRoleForConfig"), "recordingGroup": {
            "allSupported": True, "includeGlobalResourceTypes": True}, "recordingMode": {
                "recordingFrequency": "CONTINUOUS"}}, "recorder"),
        aws("cfg/DeliveryChannel", {"name": "default", "s3BucketName": "bank-trail", "s3KeyPrefix": "config",
                                    "s3KmsKeyArn": KEY, "snapshotDeliveryProperties": {
                                        "deliveryFrequency": "TwentyFour_Hours"}}, "channel", links={
                                            "name": ("recorder",)}),
        aws("cfg/RecorderStatus", {"name": "default", "isEnabled": True}, "recording", links={"name": ("recorder",)}),
        aws("cfg/RetentionConfiguration", {"retentionPeriodInDays": 2557}, "kept"),
        *(aws("cfg/Rule", {"name": name, "source": {"owner": "AWS", "sourceIdentifier": kind}, "tags": TAGS}, name,
              links={"name": ("recorder",)}) for name, kind in (
                  ("root-has-mfa", "ROOT_ACCOUNT_MFA_ENABLED"), ("volumes-sealed", "ENCRYPTED_VOLUMES"),
                  ("ssh-closed", "INCOMING_SSH_DISABLED")))),
        SRA, OURS),
    Idiom("a hub of networks keeps production and development apart and lets both out by the inspection", (
        BUDGET,
        aws("ec2transitgateway/TransitGateway", {
            "description": "Hub", "amazonSideAsn": 64520, "autoAcceptSharedAttachments": "disable", "dnsSupport":
            "enable", "vpnEcmpSupport": "enable", "defaultRouteTableAssociation": "disable",
            "defaultRouteTablePropagation": "disable", "tags": TAGS}, "tgw"),
        *(attached(name, f"vpc-0123456789abcde{i}0") for i, name in enumerate(("prod", "dev", "inspection"))),
        *(aws("ec2transitgateway/RouteTable", {"transitGatewayId": UNKNOWN, "tags": TAGS}, f"{name}-table", links={
            "transitGatewayId": ("tgw",)}) for name in ("prod", "dev", "inspection")),
        *(aws("ec2transitgateway/RouteTableAssociation", {
            "transitGatewayAttachmentId": UNKNOWN, "transitGatewayRouteTableId": UNKNOWN}, f"{name}-in", links={
                "transitGatewayAttachmentId": (name,), "transitGatewayRouteTableId": (f"{name}-table",)})
          for name in ("prod", "dev", "inspection")),
        *(aws("ec2transitgateway/Route", {
            "destinationCidrBlock": "0.0.0.0/0", "transitGatewayAttachmentId": UNKNOWN, "transitGatewayRouteTableId":
            UNKNOWN}, f"{name}-out", links={"transitGatewayAttachmentId": ("inspection",),
                                            "transitGatewayRouteTableId": (f"{name}-table",)})
          for name in ("prod", "dev")),
        aws("ec2transitgateway/Route", {"destinationCidrBlock": "10.70.0.0/16", "blackhole": True,
                                        "transitGatewayRouteTableId": UNKNOWN}, "no-dev", links={
                                            "transitGatewayRouteTableId": ("prod-table",)}),
        *(aws("ec2transitgateway/RouteTablePropagation", {
            "transitGatewayAttachmentId": UNKNOWN, "transitGatewayRouteTableId": UNKNOWN}, f"{name}-back", links={
                "transitGatewayAttachmentId": (name,), "transitGatewayRouteTableId": ("inspection-table",)})
          for name in ("prod", "dev")),
        logs("/tgw/flows"),
        aws("ec2/FlowLog", {"transitGatewayId": UNKNOWN, "maxAggregationInterval": 60, "logDestinationType":
                            "cloud-watch-logs", "logDestination": UNKNOWN, "iamRoleArn": role_arn("flow-logs"), "tags":
                            TAGS}, "flows", links={"transitGatewayId": ("tgw",), "logDestination": ("logs",)})),
        "docs.aws.amazon.com/prescriptive-guidance/latest/transitioning-to-multiple-aws-accounts; whitepapers, "
        "building-scalable-secure-multi-vpc-network-infrastructure, as known on 2026-12-01", OURS),
    Idiom("traffic out of the networks passes a firewall that knows the names allowed and records the rest", (
        BUDGET, logs("/network-firewall/alerts"),
        aws("networkfirewall/RuleGroup", {"name": "egress", "type": "STATEFUL", "capacity": 100,
            "encryptionConfiguration": {
            "type": "CUSTOMER_KMS", "keyId": KEY}, "ruleGroup": {
                "ruleVariables": {"ipSets": [{"key": "HOME_NET", "ipSet": {"definitions": ["10.60.0.0/15"]}}]},
                "statefulRuleOptions": {"ruleOrder": "STRICT_ORDER"}, "rulesSource": {"rulesString": EGRESS}},
            "tags": TAGS}, "egress"),
        aws("networkfirewall/FirewallPolicy", {"name": "egress", "encryptionConfiguration": {
            "type": "CUSTOMER_KMS", "keyId": KEY}, "firewallPolicy": {
                "statelessDefaultActions": ["aws:forward_to_sfe"], "statelessFragmentDefaultActions": [
                    "aws:forward_to_sfe"], "statefulDefaultActions": ["aws:drop_established",
                                                                      "aws:alert_established"],
                "statefulEngineOptions": {"ruleOrder": "STRICT_ORDER", "streamExceptionPolicy": "DROP"},
                "statefulRuleGroupReferences": [{"priority": 1, "resourceArn": UNKNOWN}]}, "tags": TAGS}, "policy",
            links={"firewallPolicy": ("egress",)}),
        aws("networkfirewall/Firewall", {
            "name": "egress", "firewallPolicyArn": UNKNOWN, "vpcId": VPC, "subnetMappings": [
                {"subnetId": subnet} for subnet in SUBNETS], "deleteProtection": True, "subnetChangeProtection": True,
            "firewallPolicyChangeProtection": True, "encryptionConfiguration": {"type": "CUSTOMER_KMS", "keyId": KEY},
            "tags": TAGS}, "firewall", protect=True, links={"firewallPolicyArn": ("policy",)}),
        aws("networkfirewall/LoggingConfiguration", {"firewallArn": UNKNOWN, "loggingConfiguration": {
            "logDestinationConfigs": [{"logType": kind, "logDestinationType": "CloudWatchLogs", "logDestination": {
                "logGroup": "/network-firewall/alerts"}} for kind in ("ALERT", "FLOW")]}}, "records", links={
                    "firewallArn": ("firewall",)})),
        "docs.aws.amazon.com/network-firewall/latest/developerguide/suricata-examples.html; "
        "aws.github.io/aws-security-services-best-practices, as known on 2026-12-01", OURS),
    Idiom("copies of the night are kept a month in a vault that nobody empties, and a test restores them weekly", (
        BUDGET, trusted("backup.amazonaws.com", "backups"),
        aws("iam/RolePolicyAttachment", {"role": UNKNOWN, "policyArn":
            "arn:aws:iam::aws:policy/service-role/AWSBackupServiceRolePolicyForBackup"}, "backup-rights", links={
                "role": ("backups",)}),
        aws("backup/Vault", {"name": "nightly", "kmsKeyArn": KEY, "tags": TAGS}, "vault", protect=True),
        aws("backup/VaultLockConfiguration", {"backupVaultName": UNKNOWN, "minRetentionDays": 30, "maxRetentionDays":
                                              400, "changeableForDays": 7}, "lock", links={
                                                  "backupVaultName": ("vault",)}),
        aws("backup/VaultNotifications", {"backupVaultName": UNKNOWN, "snsTopicArn": ALARMS, "backupVaultEvents": [
            "BACKUP_JOB_FAILED", "RESTORE_JOB_COMPLETED", "RECOVERY_POINT_MODIFIED"]}, "told", links={
                "backupVaultName": ("vault",)}),
        aws("backup/Plan", {"name": "nightly", "tags": TAGS, "rules": [
            {"ruleName": "nightly", "targetVaultName": UNKNOWN, "schedule": "cron(0 21 * * ? *)", "startWindow": 60,
             "scheduleExpressionTimezone": "Asia/Dubai", "completionWindow": 240, "enableContinuousBackup": True,
             "lifecycle": {"deleteAfter": 35}, "recoveryPointTags": TAGS},
            {"ruleName": "monthly", "targetVaultName": UNKNOWN, "schedule": "cron(0 22 1 * ? *)", "lifecycle": {
                "coldStorageAfter": 30, "deleteAfter": 395}, "recoveryPointTags": TAGS}]}, "plan", links={
                    "rules": ("vault",)}),
        aws("backup/Selection", {"name": "production", "planId": UNKNOWN, "iamRoleArn": UNKNOWN, "selectionTags": [{
            "type": "STRINGEQUALS", "key": "environment", "value": "prod"}]}, "selection", links={
                "planId": ("plan",), "iamRoleArn": ("backups",)}),
        aws("backup/RestoreTestingPlan", {
            "name": "weekly", "scheduleExpression": "cron(0 3 ? * SAT *)", "startWindowHours": 8,
                "recoveryPointSelection":
            {"algorithm": "LATEST_WITHIN_WINDOW", "includeVaults": [arn("backup", "backup-vault:nightly")],
             "recoveryPointTypes": ["SNAPSHOT"], "selectionWindowDays": 7}, "tags": TAGS}, "tests")),
        "docs.aws.amazon.com/prescriptive-guidance/latest/backup-recovery; aws-backup/latest/devguide/vault-lock.html, "
        "as known on 2026-12-01", merged(OURS, kept("vault"))),
    Idiom("streams of transactions pass Kafka of three zones by IAM and TLS alone, which grows its own disks", (
        BUDGET, logs("/msk/transactions"),
        aws("msk/Configuration", {"name": "transactions", "kafkaVersions": ["3.8.x"], "serverProperties":
            "auto.create.topics.enable=false\nallow.everyone.if.no.acl.found=false\ndefault.replication.factor=3\n"
            "min.insync.replicas=2\nunclean.leader.election.enable=false\nlog.retention.hours=168\n"}, "settings"),
        aws("msk/Cluster", {
            "clusterName": "transactions", "kafkaVersion": "3.8.x", "numberOfBrokerNodes": 3, "enhancedMonitoring":
            "PER_TOPIC_PER_BROKER", "brokerNodeGroupInfo": {
                "instanceType": "kafka.m7g.large", "clientSubnets": SUBNETS, "securityGroups": GROUPS, "storageInfo": {
                    "ebsStorageInfo": {"volumeSize": 500}}, "connectivityInfo": {"publicAccess": {"type": "DISABLED"}}},
            "clientAuthentication": {"sasl": {"iam": True, "scram": False}, "unauthenticated": False},
            "encryptionInfo": {"encryptionAtRestKmsKeyArn": KEY, "encryptionInTransit": {
                "clientBroker": "TLS", "inCluster": True}}, "configurationInfo": {"arn": UNKNOWN, "revision": 1},
            "loggingInfo": {"brokerLogs": {"cloudwatchLogs": {"enabled": True, "logGroup": "/msk/transactions"}}},
            "openMonitoring": {"prometheus": {"jmxExporter": {"enabledInBroker": True}, "nodeExporter": {
                "enabledInBroker": True}}}, "tags": TAGS}, "kafka", protect=True, links={
                    "configurationInfo": ("settings",)}),
        aws("appautoscaling/Target", {
            "serviceNamespace": "kafka", "scalableDimension": "kafka:broker-storage:VolumeSize", "resourceId": UNKNOWN,
            "minCapacity": 1, "maxCapacity": 1000, "tags": TAGS}, "range", links={"resourceId": ("kafka",)}),
        aws("appautoscaling/Policy", {
            "name": "disks", "serviceNamespace": "kafka", "scalableDimension": "kafka:broker-storage:VolumeSize",
            "resourceId": UNKNOWN, "policyType": "TargetTrackingScaling", "targetTrackingScalingPolicyConfiguration": {
                "disableScaleIn": True, "targetValue": 60, "predefinedMetricSpecification": {
                    "predefinedMetricType": "KafkaBrokerStorageUtilization"}}}, "disks", links={
                        "resourceId": ("range",)}),
        alarm("kafka-disks", "AWS/Kafka", "KafkaDataLogsDiskUsed", 85, **{"Cluster Name": "transactions"})),
        f"{AWS_DOCS}/msk/latest/developerguide/bestpractices.html, as known on 2026-12-01",
        merged(OURS, merged(kept("kafka"), unpriced("aws:msk/cluster:Cluster::kafka")))),
)  # fmt: skip
