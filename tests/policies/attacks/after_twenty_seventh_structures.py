"""Attacks beside those of the twenty-seventh set on structures of settings: the same causes in other places.

Written on 2026-12-02 with the rules at hand. Properties by pulumi-aws 7.51.1 and pulumi-azure-native 3.29.0.
"""

import json

from ..blind import HERE, KEY, ME, OURS, RG, TAGS, aws, az
from ..harness import Given
from . import Attack
from .twenty_fifth_azure_flow import alarm
from .twenty_seventh_aws import R, calls, metric_alarm, queues
from .twenty_seventh_azure import ANYWHERE, LISTED, changed, collection, entry, group

SWITCH = ("FJ-ESC-115",)
ACL = "acl-0a1b2c3d4e5f60718"
LOCK = {"backupVaultName": "ledger", "minRetentionDays": 7, "maxRetentionDays": 30}
WRITES = "AzureActivity | where OperationNameValue =~ 'Microsoft.KeyVault/vaults/delete'"


def single(name: str, number: int, action: str, network: str) -> Given:
    """Returns a rule of a list of the network as a resource of its own."""
    return aws("ec2/NetworkAclRule", {
        "networkAclId": ACL, "ruleNumber": number, "ruleAction": action, "protocol": "6", "fromPort": 5432,
        "toPort": 5432, "cidrBlock": network}, name)  # fmt: skip


def security_rule(name: str, priority: int, access: str, source: str, **more: object) -> Given:
    """Returns a rule of a security group as a resource of its own."""
    return az("network:SecurityRule", {
        **RG, "networkSecurityGroupName": "nsg-ledger", "securityRuleName": name,
        **entry(name, priority, access, source), **more}, name)  # fmt: skip


def kept(days: int, lock: object, **more: object) -> tuple[Given, ...]:
    """Returns a vault with a lock, and a plan of backups that are kept for some days."""
    return (
        aws("backup/Vault", {"name": "ledger", "kmsKeyArn": KEY, "tags": TAGS}, "vault"),
        aws("backup/VaultLockConfiguration", lock, "lock"),  # type: ignore[arg-type]
        aws("backup/Plan", {"name": "ledger", "tags": TAGS, "rules": [{
            "ruleName": "daily", "targetVaultName": "ledger", "schedule": "cron(0 1 * * ? *)",
            "recoveryPointTags": TAGS, "lifecycle": {"deleteAfter": days}, **more}]}, "plan"))  # fmt: skip


def subscription(kind: str, **more: object) -> tuple[Given, ...]:
    """Returns a subscription of a topic to events of orders."""
    return (az(kind, {
        **RG, "eventSubscriptionName": "orders", "eventDeliverySchema": "CloudEventSchemaV1_0", "destination": {
            "endpointType": "ServiceBusQueue", "resourceId": f"{OURS}.ServiceBus/namespaces/sb-bank/queues/orders"},
        **more}),)  # fmt: skip


def patches(**more: object) -> tuple[Given, ...]:
    """Returns a baseline of patches of Windows."""
    return (aws("ssm/PatchBaseline", {"name": "windows", "operatingSystem": "WINDOWS", "tags": TAGS, **more}),)


def exclusive(**more: object) -> tuple[Given, ...]:
    """Returns an attachment of a policy of AWS."""
    return (aws("iam/PolicyAttachment", {
        "name": "deny", "policyArn": "arn:aws:iam::aws:policy/AWSCompromisedKeyQuarantineV3", **more}),)  # fmt: skip


ATTACKS = (
    Attack("machines of the sandbox reach the database by rules of their own resources", SWITCH, (
        single("bank", 90, "allow", "10.0.0.0/8"), single("sandbox", 95, "deny", "10.66.0.0/16")), "critical"),
    Attack("packets of the sandbox leave, as what lets them out comes first", SWITCH, (aws("ec2/NetworkAcl", {
        "vpcId": "vpc-0a1b2c3d4e5f60718", "tags": TAGS, "ingress": [], "egress": [
            {"ruleNo": 300, "action": "deny", "protocol": "tcp", "fromPort": 22, "toPort": 22,
             "cidrBlock": "10.66.1.0/24"},
            {"ruleNo": 100, "action": "allow", "protocol": "-1", "fromPort": 0, "toPort": 0,
             "cidrBlock": "10.0.0.0/8"}]}),), "critical"),
    Attack("machines of developers reach the database by rules of their own resources", SWITCH, (
        az("network:NetworkSecurityGroup", {**HERE, "networkSecurityGroupName": "nsg-ledger", "securityRules": [
            entry("apps", 100, "Allow", "VirtualNetwork", destinationPortRange="1024-2000")]}, "group"),
        security_rule("developers", 400, "Deny", "VirtualNetwork")), "critical"),
    Attack("the firewall lets developers reach payments before it keeps them out", SWITCH, group(
        collection("apps", 200, {**ANYWHERE, "destinationAddresses": ["10.30.0.0/16"]}),
        {**collection("developers", 300, {
            **ANYWHERE, "sourceAddresses": ["10.20.9.0/24"], "destinationAddresses": ["10.30.4.0/24"]}),
         "action": {"type": "Deny"}}), "critical"),
    Attack("the list of hosts stands in another group than what goes before it", SWITCH, (
        *group(collection("partners", 200, LISTED)),
        az("network:FirewallPolicyRuleCollectionGroup", {
            **RG, "firewallPolicyName": "fwp-bank", "ruleCollectionGroupName": "web", "priority": 900,
            "ruleCollections": [collection("web", 100, {**ANYWHERE, "destinationPorts": ["1-65000"],
                                                        "ipProtocols": ["Any"]})]}, "web")), "critical"),
    Attack("a policy of AWS is taken from everybody but one role", SWITCH, exclusive(roles=["build-cache"]),
           "critical"),
    Attack("a policy of AWS is taken from everybody but one group", SWITCH, exclusive(groups=["old"]), "critical"),
    Attack("tags of releases are left out of what is immutable", SWITCH, (aws("ecr/Repository", {
        "name": "orders", "imageTagMutability": "IMMUTABLE_WITH_EXCLUSION", "tags": TAGS,
        "imageTagMutabilityExclusionFilters": [
            {"filter": "latest", "filterType": "WILDCARD"}, {"filter": "v*", "filterType": "WILDCARD"}],
        "encryptionConfigurations": [{"encryptionType": "KMS", "kmsKey": KEY}]}),), "critical"),
    Attack("repositories that appear by a push have tags that move", SWITCH, (aws("ecr/RepositoryCreationTemplate", {
        "prefix": "apps", "appliedFors": ["CREATE_ON_PUSH"], "imageTagMutability": "IMMUTABLE_WITH_EXCLUSION",
        "imageTagMutabilityExclusionFilters": [{"filter": "pr*", "filterType": "WILDCARD"}], "resourceTags": TAGS,
        "encryptionConfigurations": [{"encryptionType": "KMS", "kmsKey": KEY}]}),), "critical"),
    Attack("nobody hears who reads parameters, by a word in front", SWITCH, (aws("cloudwatch/EventRule", {
        "name": "reads", "tags": TAGS, "state": "ENABLED", "eventPattern": json.dumps({
            "detail-type": ["AWS API Call via CloudTrail"], "detail": {
                "eventSource": ["ssm.amazonaws.com"], "eventName": [{"prefix": "GetParameter"}]}})}),), "critical"),
    Attack("nobody hears who lists the keys, beside who deletes them", SWITCH, calls(
        "aws.kms", "ScheduleKeyDeletion", "ListKeys"), "minor"),
    Attack("orders that failed are deleted before they are tried ten times", SWITCH, queues(
        345600, messageRetentionSeconds=259200), "major"),
    Attack("backups are refused, as they are kept for longer than their vault allows", SWITCH, kept(35, LOCK),
           "critical"),
    Attack("copies of backups are refused by the vault that they go to", SWITCH, kept(
        35, {**LOCK, "backupVaultName": "second"}, copyActions=[{
            "destinationVaultArn": f"arn:aws:backup:{R}:{ME}:backup-vault:second",
            "lifecycle": {"deleteAfter": 90}}]), "critical"),
    Attack("an alarm on root waits for a day of records", SWITCH, metric_alarm(
        period=3600, evaluationPeriods=24, datapointsToAlarm=12), "critical"),
    Attack("machines of Windows get no patches, of which some are refused", SWITCH, patches(
        rejectedPatches=["KB123456"], approvedPatches=[]), "critical"),
    Attack("settings of the portal are listed as none", SWITCH, (az("web:WebAppSlotConfigurationNames", {
        **RG, "name": "app-cards"}),), "critical"),
    Attack("events of a topic of orders are given up after five minutes", SWITCH, subscription(
        "eventgrid:TopicEventSubscription", topicName="orders", retryPolicy={"eventTimeToLiveInMinutes": 5}), "major"),
    Attack("events of a system topic are given up after two minutes", SWITCH, subscription(
        "eventgrid:SystemTopicEventSubscription", systemTopicName="ledger",
        retryPolicy={"eventTimeToLiveInMinutes": 2, "maxDeliveryAttempts": 30}), "major"),
    Attack("an alarm on deleted vaults waits for four hours", SWITCH, changed(
        alarm(WRITES), evaluationFrequency="PT1H", windowSize="PT1H", criteria={"allOf": [{
            "query": WRITES, "timeAggregation": "Count", "operator": "GreaterThan", "threshold": 0,
            "failingPeriods": {"numberOfEvaluationPeriods": 6, "minFailingPeriodsToAlert": 4}}]}), "critical"),
    Attack("orders that are published twice are taken twice", SWITCH, (az("servicebus:Topic", {
        **RG, "namespaceName": "sb-bank", "topicName": "orders", "requiresDuplicateDetection": True,
        "duplicateDetectionHistoryTimeWindow": "PT0H0M30S"}),), "major"),
    Attack("no policy is left of the endpoint, by an empty text", SWITCH, (aws("ec2/VpcEndpointPolicy", {
        "vpcEndpointId": "vpce-0a1b2c3d4e5f60718", "policy": ""}),), "critical"),
    Attack("no stage of the account writes records, by an empty object", SWITCH, (aws("apigateway/Account", {}),),
           "critical"),
)  # fmt: skip
