"""Attacks on Azure whose harm is in the structure of settings: orders, defaults, replacements, and protections that
another resource makes void (2026-12-02, twenty-seventh set, written before any rule ran on it).

Properties by pulumi-azure-native 3.29.0. What a service does with them by its documentation, as known unless a date
stands beside it.
"""

from dataclasses import replace

from ..blind import HERE, OURS, RG, az
from ..harness import Given
from . import Attack
from .twenty_fifth_azure_flow import alarm, gateway

NET = ("FJ-EXP-", "FJ-IDN-", "FJ-ESC-")
KEPT = ("FJ-RSL-", "FJ-ESC-")
OPEN = ("FJ-EXP-", "FJ-IDN-", "FJ-ESC-", "FJ-ENC-")
ALARMS = ("FJ-EXP-127", "FJ-EXP-130", "FJ-ESC-115")


def entry(name: str, priority: int, access: str, source: str, **more: object) -> dict[str, object]:
    """Returns a rule for packets that reach the database."""
    return {
        "name": name, "priority": priority, "access": access, "direction": "Inbound", "protocol": "Tcp",
        "sourceAddressPrefix": source, "sourcePortRange": "*", "destinationAddressPrefix": "10.20.5.0/24",
        "destinationPortRange": "1433", **more}  # fmt: skip


def admin(name: str, priority: int, access: str, source: str) -> Given:
    """Returns a rule of the network manager for SSH to machines of payments."""
    return az("network:AdminRule", {
        **RG, "networkManagerName": "nm-bank", "configurationName": "base", "ruleCollectionName": "payments",
        "ruleName": name, "kind": "Custom", "priority": priority, "access": access, "direction": "Inbound",
        "protocol": "Tcp", "sources": [{"addressPrefix": source, "addressPrefixType": "IPPrefix"}],
        "destinations": [{"addressPrefix": "10.20.0.0/16", "addressPrefixType": "IPPrefix"}],
        "sourcePortRanges": ["0-65535"], "destinationPortRanges": ["22"]}, name)  # fmt: skip


def group(*collections: dict[str, object]) -> tuple[Given, ...]:
    """Returns a group of collections of rules of the firewall."""
    return (az("network:FirewallPolicyRuleCollectionGroup", {
        **RG, "firewallPolicyName": "fwp-bank", "ruleCollectionGroupName": "payments", "priority": 200,
        "ruleCollections": list(collections)}),)  # fmt: skip


def collection(name: str, priority: int, *rules: dict[str, object]) -> dict[str, object]:
    """Returns a collection of rules that allow."""
    return {"ruleCollectionType": "FirewallPolicyFilterRuleCollection", "name": name, "priority": priority,
            "action": {"type": "Allow"}, "rules": list(rules)}  # fmt: skip


def blobs(name: str, is_kept: bool) -> Given:
    """Returns the settings of the blobs of an account."""
    life = {"enabled": True, "days": 30} if is_kept else {"enabled": False}
    return az("storage:BlobServiceProperties", {
        **RG, "accountName": "stbankledger", "blobServicesName": "default", "isVersioningEnabled": True,
        "deleteRetentionPolicy": life, "containerDeleteRetentionPolicy": life}, name)  # fmt: skip


LISTED = {"ruleType": "ApplicationRule", "name": "partners", "sourceAddresses": ["10.20.0.0/16"],
          "targetFqdns": ["api.partner.example.ae"], "protocols": [{"protocolType": "Https", "port": 443}]}  # fmt: skip
ANYWHERE = {"ruleType": "NetworkRule", "name": "https", "sourceAddresses": ["10.20.0.0/16"], "ipProtocols": ["TCP"],
            "destinationAddresses": ["*"], "destinationPorts": ["443"]}  # fmt: skip
CLIENTS = {"name": "clients", "clientAuthConfiguration": {"verifyClientCertIssuerDN": True},
           "trustedClientCertificates": [{"id": f"{OURS}.Network/applicationGateways/agw-portal/"
                                                "trustedClientCertificates/partners"}]}  # fmt: skip
WITH_CLIENTS = {"sslProfiles": [CLIENTS], "rewriteRuleSets": [], "trustedClientCertificates": [
    {"name": "partners", "data": "TUlJQ2VydGlmaWNhdGVPZlRoZUJhbms="}]}  # fmt: skip


def changed(plan: tuple[Given, ...], **more: object) -> tuple[Given, ...]:
    """Returns a plan whose first resource has other properties."""
    return (replace(plan[0], props={**plan[0].props, **more}), *plan[1:])


ATTACKS = (
    Attack("machines of developers reach the database, as what lets them in comes first", NET, (
        az("network:NetworkSecurityGroup", {**HERE, "networkSecurityGroupName": "nsg-ledger", "securityRules": [
            entry("apps", 100, "Allow", "10.0.0.0/8"), entry("developers", 200, "Deny", "10.66.0.0/16")]}),),
        "critical", "rules are processed by priority, the lowest number first, and processing stops at the first that "
        "matches (Azure, 'Network security groups')"),
    Attack("a rule of the network manager lets developers in before another keeps them out", NET, (
        admin("bank", 10, "Allow", "10.0.0.0/8"), admin("developers", 20, "Deny", "10.66.0.0/16")),
        "critical", "admin rules have priorities from 1 to 4096, of which the lowest is evaluated first (Azure Virtual "
        "Network Manager, 'Security admin rules')"),
    Attack("the list of partners of the firewall is never read", NET, group(
        collection("partners", 200, LISTED), collection("web", 300, ANYWHERE)),
        "critical", "network rules are applied before application rules whatever their priority, and a match ends it "
        "(learn.microsoft.com/azure/firewall-manager/rule-processing, read 2026-12-02)"),
    Attack("whoever has no certificate of a partner is served as a partner", OPEN, changed(
        gateway(), **WITH_CLIENTS),
        "critical", "certificates of clients are asked for by the listener that refers to the SSL profile (Azure "
        "Application Gateway, 'Overview of mutual authentication')"),
    Attack("the alarm on new owners rings when there are some on six days in a row", ALARMS + NET, changed(
        alarm("AzureActivity | where OperationNameValue =~ 'Microsoft.Authorization/roleAssignments/write'"),
        evaluationFrequency="P1D", windowSize="P1D", criteria={"allOf": [{
            "query": "AzureActivity | where OperationNameValue =~ 'Microsoft.Authorization/roleAssignments/write'",
            "timeAggregation": "Count", "operator": "GreaterThan", "threshold": 0,
            "failingPeriods": {"numberOfEvaluationPeriods": 6, "minFailingPeriodsToAlert": 6}}]}),
        "critical", "so many periods must have failed before the alert fires (pulumi-azure-native 3.29.0, "
        "ConditionFailingPeriods)"),
    Attack("payments that arrive a moment late are never looked at", KEPT, (
        az("streamanalytics:StreamingJob", {
            **HERE, "jobName": "asa-fraud", "sku": {"name": "StandardV2"}, "compatibilityLevel": "1.2",
            "identity": {"type": "SystemAssigned"}, "outputErrorPolicy": "Stop", "eventsOutOfOrderPolicy": "Drop",
            "eventsOutOfOrderMaxDelayInSeconds": 0, "eventsLateArrivalMaxDelayInSeconds": 0,
            "jobStorageAccount": {"accountName": "stbankasa", "authenticationMode": "Msi"},
            "contentStoragePolicy": "JobStorageAccount"}),),
        "major", "events that arrive later than the tolerance, or out of order, are dropped with Drop, and moved with "
        "Adjust, the default (pulumi-azure-native 3.29.0, StreamingJob, eventsOutOfOrderPolicy)"),
    Attack("settings of the blobs that come second end the first ones", KEPT, (
        blobs("first", is_kept=True), blobs("second", is_kept=False)),
        "critical", "an account has one resource of that type, default, which each deployment replaces (Azure Storage, "
        "Blob Services, Set Service Properties)"),
    Attack("passwords of production go to the slot of the pull requests with each swap", OPEN, (
        az("web:WebAppSlotConfigurationNames", {
            **RG, "name": "app-portal", "appSettingNames": [], "connectionStringNames": []}),),
        "critical", "settings that are not listed follow the content of the slot when slots are swapped (Azure App "
        "Service, 'Set up staging environments', which settings are swapped)"),
    Attack("events of payments are given up after a minute", KEPT, (
        az("eventgrid:EventSubscription", {
            "scope": f"{OURS}.Storage/storageAccounts/stbankpayments", "eventSubscriptionName": "payments",
            "eventDeliverySchema": "CloudEventSchemaV1_0",
            "retryPolicy": {"eventTimeToLiveInMinutes": 1, "maxDeliveryAttempts": 30}, "destination": {
                "endpointType": "ServiceBusQueue",
                "resourceId": f"{OURS}.ServiceBus/namespaces/sb-bank/queues/payments"}}),),
        "critical", "an event is dropped once its time to live has passed, and no dead letters are set (Azure Event "
        "Grid, 'Event Grid message delivery and retry')"),
    Attack("nobody is told that backups fail or are deleted", KEPT + ALARMS, (
        az("recoveryservices:Vault", {
            **HERE, "vaultName": "rsv-bank", "sku": {"name": "Standard"}, "identity": {"type": "SystemAssigned"},
            "properties": {
                "publicNetworkAccess": "Disabled", "encryption": {
                    "keyVaultProperties": {"keyUri": "https://kv-bank.vault.azure.net/keys/rsv"},
                    "kekIdentity": {"useSystemAssignedIdentity": True}, "infrastructureEncryption": "Enabled"},
                "securitySettings": {"immutabilitySettings": {"state": "Locked"}, "softDeleteSettings": {
                    "softDeleteState": "AlwaysON", "softDeleteRetentionPeriodInDays": 14}},
                "monitoringSettings": {
                    "azureMonitorAlertSettings": {"alertsForAllJobFailures": "Disabled"},
                    "classicAlertSettings": {"alertsForCriticalOperations": "Disabled"}}}}),),
        "major", "alerts on failed jobs and on critical operations are switched by these settings (Azure Backup, "
        "'Azure Monitor alerts for Azure Backup')"),
    Attack("what goes to any customer of Azure goes past the firewall", NET, (
        az("network:RouteTable", {**HERE, "routeTableName": "rt-payments", "disableBgpRoutePropagation": True,
                                  "routes": [
            {"name": "default", "addressPrefix": "0.0.0.0/0", "nextHopType": "VirtualAppliance",
             "nextHopIpAddress": "10.20.0.4"},
            {"name": "azure", "addressPrefix": "AzureCloud", "nextHopType": "Internet"}]}),),
        "critical", "a route may have a service tag as its prefix, and the most specific one decides (Azure Virtual "
        "Network, 'Virtual network traffic routing', service tags)"),
    Attack("a payment that is sent again after half a minute is made twice", KEPT, (
        az("servicebus:Queue", {
            **RG, "namespaceName": "sb-bank", "queueName": "payments", "requiresDuplicateDetection": True,
            "duplicateDetectionHistoryTimeWindow": "PT20S", "defaultMessageTimeToLive": "P7D",
            "deadLetteringOnMessageExpiration": True, "maxDeliveryCount": 10, "lockDuration": "PT1M"}),),
        "major", "identifiers are remembered for the window only, ten minutes by default, and twenty seconds are the "
        "least (Azure Service Bus, 'Duplicate detection')"),
)  # fmt: skip
