"""Good programs close to the attacks on structures of settings of the twenty-seventh set (2026-12-02)."""

import json

from ..attacks.after_twenty_seventh_structures import kept, patches, security_rule, single, subscription
from ..attacks.twenty_fifth_azure_flow import alarm
from ..attacks.twenty_seventh_aws import acl, calls, metric_alarm, queues
from ..attacks.twenty_seventh_azure import ANYWHERE, LISTED, admin, changed, collection, entry, group
from ..blind import HERE, KEY, ME, RG, TAGS, aws, az, document
from . import Idiom
from .families import AWS_DOCS

LEARN = "https://learn.microsoft.com/azure"
ALL = "ENABLED_WITH_ALL_CLOUDTRAIL_MANAGEMENT_EVENTS"
ENDPOINT = document({
    "Effect": "Allow", "Principal": "*", "Action": "s3:GetObject", "Resource": "arn:aws:s3:::bank-artefacts/*",
    "Condition": {"StringEquals": {"aws:PrincipalAccount": ME, "aws:ResourceAccount": ME}}})  # fmt: skip
MONITOR = {**ANYWHERE, "name": "monitor", "destinationAddresses": ["AzureMonitor"]}
OTHERS = {**ANYWHERE, "name": "others", "sourceAddresses": ["10.40.0.0/16"], "destinationPorts": ["123"]}
WRITES = "AzureActivity | where OperationNameValue =~ 'Microsoft.KeyVault/vaults/delete'"

IDIOMS: tuple[Idiom, ...] = (
    Idiom("a list of the network refuses the sandbox before it lets the bank in, and the rest at its end", acl(
        (100, "deny", "10.66.0.0/16"), (200, "allow", "10.20.0.0/16"), (300, "deny", "10.0.0.0/8"),
        (400, "deny", "0.0.0.0/0")),
        f"{AWS_DOCS}/vpc/latest/userguide/nacl-rules.html"),
    Idiom("a list lets one machine in before it refuses its network", (
        single("jump", 90, "allow", "10.66.4.10/32"), single("sandbox", 95, "deny", "10.66.0.0/16"),
        single("bank", 100, "allow", "10.0.0.0/8")), f"{AWS_DOCS}/vpc/latest/userguide/nacl-rules.html"),
    Idiom("a security group lets apps in and refuses the rest of the network", (
        az("network:NetworkSecurityGroup", {**HERE, "networkSecurityGroupName": "nsg-ledger", "securityRules": [
            entry("apps", 100, "Allow", "10.20.4.0/24"), entry("rest", 4000, "Deny", "VirtualNetwork"),
            entry("all", 4096, "Deny", "*", destinationPortRange="*", protocol="*")]}, "group"),
        security_rule("developers", 200, "Deny", "10.66.0.0/16")),
        f"{LEARN}/virtual-network/network-security-groups-overview"),
    Idiom("a security group lets other ports in than it refuses later", (
        security_rule("web", 100, "Allow", "10.66.0.0/16", destinationPortRange="443"),
        security_rule("out", 110, "Allow", "10.0.0.0/8", direction="Outbound"),
        security_rule("data", 200, "Deny", "10.66.0.0/16")),
        f"{LEARN}/virtual-network/network-security-groups-overview"),
    Idiom("a rule of the network manager refuses developers before another lets the bank in", (
        admin("developers", 10, "Deny", "10.66.0.0/16"), admin("bank", 20, "Allow", "10.20.0.0/16")),
        f"{LEARN}/virtual-network-manager/concept-security-admins"),
    Idiom("a firewall lets machines go to listed hosts, and to a service of Azure by its tag", group(
        collection("partners", 300, LISTED), collection("azure", 200, MONITOR), collection("time", 210, OTHERS)),
        f"{LEARN}/firewall-manager/rule-processing"),
    Idiom("a policy of the stack is attached to its roles by one attachment", (
        aws("iam/Policy", {"name": "reads", "tags": TAGS, "policy": document({
            "Effect": "Allow", "Action": "s3:GetObject", "Resource": "arn:aws:s3:::bank-artefacts/builds/*"})},
            "reads"),
        aws("iam/PolicyAttachment", {
            "name": "reads", "policyArn": f"arn:aws:iam::{ME}:policy/reads", "roles": ["builds", "tests"]},
            "attached", links={"policyArn": ("reads",)})),
        f"{AWS_DOCS}/IAM/latest/UserGuide/access_policies_manage-attach-detach.html"),
    Idiom("APIs of the account write records by a role", (aws("apigateway/Account", {
        "cloudwatchRoleArn": f"arn:aws:iam::{ME}:role/apigateway-logs"}),),
        f"{AWS_DOCS}/apigateway/latest/developerguide/set-up-logging.html"),
    Idiom("tags of images are immutable but for those that move by their nature", (
        aws("ecr/Repository", {
            "name": "portal", "imageTagMutability": "IMMUTABLE_WITH_EXCLUSION", "tags": TAGS,
            "imageTagMutabilityExclusionFilters": [
                {"filter": name, "filterType": "WILDCARD"} for name in ("latest*", "dev-*", "pr-*", "sha256-*")],
            "imageScanningConfiguration": {"scanOnPush": True},
            "encryptionConfigurations": [{"encryptionType": "KMS", "kmsKey": KEY}]}, "portal"),
        aws("ecr/LifecyclePolicy", {"repository": "portal", "policy": json.dumps({"rules": [{
            "rulePriority": 1, "action": {"type": "expire"}, "selection": {
                "tagStatus": "untagged", "countType": "sinceImagePushed", "countUnit": "days", "countNumber": 30}}]})},
            "life", links={"repository": ("portal",)})),
        f"{AWS_DOCS}/AmazonECR/latest/userguide/image-tag-mutability.html"),
    Idiom("the security team hears who reads secrets", calls(
        "aws.secretsmanager", "GetSecretValue", state=ALL),
        f"{AWS_DOCS}/eventbridge/latest/userguide/eb-service-event-cloudtrail-management.html"),
    Idiom("the security team hears who changes keys, and takes a token", calls(
        "aws.sts", "GetFederationToken", "GetSessionToken"),
        f"{AWS_DOCS}/eventbridge/latest/userguide/eb-service-event-cloudtrail-management.html"),
    Idiom("a program hears of objects that are read, which is an event of data", calls("aws.s3", "GetObject"),
        f"{AWS_DOCS}/eventbridge/latest/userguide/eb-ct-api-tutorial.html"),
    Idiom("payments that failed are kept for fourteen days", queues(604800, messageRetentionSeconds=1209600),
        f"{AWS_DOCS}/AWSSimpleQueueService/latest/SQSDeveloperGuide/setting-up-dead-letter-queue-retention.html"),
    Idiom("backups are kept for as long as the lock of their vault allows", kept(35, {
        "backupVaultName": "ledger", "minRetentionDays": 7, "maxRetentionDays": 365}),
        f"{AWS_DOCS}/aws-backup/latest/devguide/vault-lock.html"),
    Idiom("an alarm on root rings once root signs in", metric_alarm(),
        f"{AWS_DOCS}/AmazonCloudWatch/latest/monitoring/alarm-evaluation.html"),
    Idiom("machines get patches that their baseline approves", patches(approvalRules=[{
        "approveAfterDays": 7, "complianceLevel": "HIGH", "patchFilters": [
            {"key": "CLASSIFICATION", "values": ["CriticalUpdates", "SecurityUpdates"]}]}]),
        f"{AWS_DOCS}/systems-manager/latest/userguide/patch-manager-predefined-and-custom-patch-baselines.html"),
    Idiom("the policy of an endpoint is a resource of its own", (aws("ec2/VpcEndpointPolicy", {
        "vpcEndpointId": "vpce-0a1b2c3d4e5f60718", "policy": ENDPOINT}),),
        f"{AWS_DOCS}/vpc/latest/privatelink/vpc-endpoints-access.html"),
    Idiom("settings of production stay with its slot", (az("web:WebAppSlotConfigurationNames", {
        **RG, "name": "app-portal", "appSettingNames": ["ENVIRONMENT"], "connectionStringNames": ["ledger"]}),),
        f"{LEARN}/app-service/deploy-staging-slots"),
    Idiom("events of orders are tried for a day", subscription(
        "eventgrid:TopicEventSubscription", topicName="orders",
        retryPolicy={"eventTimeToLiveInMinutes": 1440, "maxDeliveryAttempts": 30}),
        f"{LEARN}/event-grid/delivery-and-retry"),
    Idiom("an alarm rings once a vault is deleted", changed(
        alarm(WRITES), criteria={"allOf": [{
            "query": WRITES, "timeAggregation": "Count", "operator": "GreaterThan", "threshold": 0,
            "failingPeriods": {"numberOfEvaluationPeriods": 1, "minFailingPeriodsToAlert": 1}}]}),
        f"{LEARN}/azure-monitor/alerts/alerts-create-log-alert-rule"),
    Idiom("a topic remembers messages for ten minutes", (az("servicebus:Topic", {
        **RG, "namespaceName": "sb-bank", "topicName": "orders", "requiresDuplicateDetection": True,
        "duplicateDetectionHistoryTimeWindow": "PT10M"}),), f"{LEARN}/service-bus-messaging/duplicate-detection"),
)  # fmt: skip
