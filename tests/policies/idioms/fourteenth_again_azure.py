"""Good idioms on Azure near what changed on 2026-11-29: networks, records, machines and services (set 14, part 2)."""

from ..blind import TAGS, az
from ..harness import UNKNOWN
from . import Idiom, unpriced
from .azure_platform import lock
from .fourth import AVM, HERE, ID, LEARN, OURS, RG, VNET
from .fourth_kubernetes import AZURE_BUDGET
from .ninth_azure import LOGS
from .sixth_azure import endpoint
from .thirteenth_azure import USER
from .twelfth_azure_platform import CLOSED, audit

FIREWALL, HUB = f"{OURS}.Network/firewallPolicies/fwp-bank", f"{OURS}.EventHub/namespaces/evh-records"
BUS, VM = f"{OURS}.ServiceBus/namespaces/sb-claims", f"{OURS}.Compute/virtualMachines/vm-tool"
ACTIONS = f"{OURS}.Insights/actionGroups/ag-platform"
KEY_URL = "https://kv-bank.vault.azure.net/keys/cmk"

IDIOMS: tuple[Idiom, ...] = (
    Idiom("the firewall's policy looks into traffic with signatures, and lets machines reach named hosts alone", (
        AZURE_BUDGET,
        az("network:FirewallPolicy", {
            **HERE, "firewallPolicyName": "fwp-bank", "sku": {"tier": "Premium"}, "threatIntelMode": "Deny",
            "intrusionDetection": {"mode": "Deny"}, "dnsSettings": {"enableProxy": True, "servers": ["10.0.0.4"]},
            "insights": {"isEnabled": True, "retentionDays": 90, "logAnalyticsResources": {
                "defaultWorkspaceId": {"id": LOGS}}}}, "policy"),
        az("network:FirewallPolicyRuleCollectionGroup", {
            **RG, "firewallPolicyName": "fwp-bank", "ruleCollectionGroupName": "apps", "priority": 200,
            "ruleCollections": [{
                "ruleCollectionType": "FirewallPolicyFilterRuleCollection", "name": "hosts", "priority": 100,
                "action": {"type": "Allow"}, "rules": [{
                    "ruleType": "ApplicationRule", "name": "mirror", "sourceAddresses": ["10.20.0.0/16"],
                    "protocols": [{"protocolType": "Https", "port": 443}], "targetFqdns": ["registry.bank.ae"]}]}]},
            "rules", links={"firewallPolicyName": ("policy",)})),
        f"{AVM}/network/firewall-policy", {
            "residency": {"known": {"bank.ae": "our own domain, in our data centre in Abu Dhabi"}},
            **unpriced("azure-native:network:FirewallPolicy::policy")}),
    Idiom("records of the platform go through Event Hubs without keys to the bank's own reader", (
        AZURE_BUDGET,
        az("eventhub:Namespace", {
            **HERE, "namespaceName": "evh-records", "sku": {"name": "Premium", "tier": "Premium", "capacity": 1},
            **USER, **CLOSED, "disableLocalAuth": True, "minimumTlsVersion": "1.2", "zoneRedundant": True,
            "encryption": {"keySource": "Microsoft.KeyVault", "requireInfrastructureEncryption": True,
                           "keyVaultProperties": [{
                "keyName": "cmk", "keyVaultUri": "https://kv-bank.vault.azure.net", "identity": {
                    "userAssignedIdentity": ID}}]}}, "hub", protect=True),
        az("eventhub:EventHub", {
            **RG, "namespaceName": "evh-records", "eventHubName": "records", "partitionCount": 4,
            "retentionDescription": {"cleanupPolicy": "Delete", "retentionTimeInHours": 72}}, "records",
            links={"namespaceName": ("hub",)}),
        az("eventhub:ConsumerGroup", {
            **RG, "namespaceName": "evh-records", "eventHubName": "records", "consumerGroupName": "siem"}, "siem",
            links={"eventHubName": ("records",)}),
        endpoint("evh", HUB, "namespace"), audit("hub", HUB), lock(HUB, "hub")),
        f"{AVM}/event-hub/namespace"),
    Idiom("work waits in a queue of Service Bus with a second chance and without duplicates", (
        AZURE_BUDGET,
        az("servicebus:Namespace", {
            **HERE, "namespaceName": "sb-claims", "sku": {"name": "Premium", "tier": "Premium", "capacity": 1},
            **USER, **CLOSED, "disableLocalAuth": True, "minimumTlsVersion": "1.2", "premiumMessagingPartitions": 1,
            "encryption": {"keySource": "Microsoft.KeyVault", "requireInfrastructureEncryption": True,
                           "keyVaultProperties": [{
                "keyName": "cmk", "keyVaultUri": "https://kv-bank.vault.azure.net", "identity": {
                    "userAssignedIdentity": ID}}]}}, "bus", protect=True),
        az("servicebus:Queue", {
            **RG, "namespaceName": "sb-claims", "queueName": "claims", "lockDuration": "PT1M", "maxDeliveryCount": 10,
            "requiresDuplicateDetection": True, "duplicateDetectionHistoryTimeWindow": "PT10M",
            "deadLetteringOnMessageExpiration": True, "defaultMessageTimeToLive": "P14D"}, "claims",
            links={"namespaceName": ("bus",)}),
        endpoint("sb", BUS, "namespace"), audit("bus", BUS), lock(BUS, "bus")),
        f"{AVM}/service-bus/namespace"),
    Idiom("people sign in to a machine with Entra, and its records are collected by Microsoft's agent", (
        AZURE_BUDGET,
        *(az("compute:VirtualMachineExtension", {
            **HERE, "vmName": "vm-tool", "vmExtensionName": kind, "publisher": publisher, "type": kind,
            "typeHandlerVersion": version, "autoUpgradeMinorVersion": True, **more}, kind.lower())
          for kind, publisher, version, more in (
              ("AADSSHLoginForLinux", "Microsoft.Azure.ActiveDirectory", "1.0", {}),
              ("AzureMonitorLinuxAgent", "Microsoft.Azure.Monitor", "1.33", {"enableAutomaticUpgrade": True}))),
        az("monitor:DataCollectionRule", {
            **HERE, "dataCollectionRuleName": "dcr-linux", "kind": "Linux", "dataSources": {"syslog": [{
                "name": "auth", "streams": ["Microsoft-Syslog"], "facilityNames": ["auth", "authpriv"],
                "logLevels": ["Info", "Notice", "Warning", "Error", "Critical", "Alert", "Emergency"]}]},
            "destinations": {"logAnalytics": [{"name": "bank", "workspaceResourceId": LOGS}]},
            "dataFlows": [{"streams": ["Microsoft-Syslog"], "destinations": ["bank"]}]}, "rule"),
        az("monitor:DataCollectionRuleAssociation", {
            "associationName": "tool", "resourceUri": VM, "dataCollectionRuleId": UNKNOWN}, "tool",
            links={"dataCollectionRuleId": ("rule",)})),
        f"{LEARN}/azure-monitor/vm/monitor-virtual-machine", unpriced(
            "azure-native:monitor:DataCollectionRule::rule")),
    Idiom("somebody is called when the processor of the cluster is busy for a quarter of an hour", (
        AZURE_BUDGET,
        az("monitor:ActionGroup", {
            **RG, "location": "uaenorth", "tags": TAGS, "actionGroupName": "ag-platform", "groupShortName": "platform",
            "enabled": True, "emailReceivers": [{
                "name": "call", "emailAddress": "platform@bank.ae", "useCommonAlertSchema": True}]}, "people"),
        az("monitor:MetricAlert", {
            **RG, "location": "global", "tags": TAGS, "ruleName": "busy", "severity": 2, "enabled": True, "scopes": [
                f"{OURS}.ContainerService/managedClusters/aks-models"], "evaluationFrequency": "PT5M",
            "windowSize": "PT15M", "autoMitigate": True, "actions": [{"actionGroupId": ACTIONS}], "criteria": {
                "odataType": "Microsoft.Azure.Monitor.SingleResourceMultipleMetricCriteria", "allOf": [{
                    "criterionType": "StaticThresholdCriterion", "name": "cpu", "metricName":
                    "node_cpu_usage_percentage", "operator": "GreaterThan", "threshold": 85,
                    "timeAggregation": "Average"}]}}, "busy", links={"actions": ("people",)})),
        f"{AVM}/insights/metric-alert", {"residency": {"known": {
            "bank.ae": "our own domain, in our data centre in Abu Dhabi", "@bank.ae": "our own mail"}}}),
    Idiom("settings of apps lie in App Configuration without keys, with names that come back within a week", (
        AZURE_BUDGET,
        az("appconfiguration:ConfigurationStore", {
            **HERE, "configStoreName": "appcs-bank", "sku": {"name": "Standard"}, **USER, **CLOSED,
            "disableLocalAuth": True, "enablePurgeProtection": True, "softDeleteRetentionInDays": 7,
            "encryption": {"keyVaultProperties": {"keyIdentifier": KEY_URL, "identityClientId":
                                                  "11111111-2222-3333-4444-555555555555"}},
            "dataPlaneProxy": {"authenticationMode": "Pass-through", "privateLinkDelegation": "Disabled"}}, "store",
            protect=True),
        endpoint("appcs", f"{OURS}.AppConfiguration/configurationStores/appcs-bank", "configurationStores"),
        audit("store", f"{OURS}.AppConfiguration/configurationStores/appcs-bank"),
        lock(f"{OURS}.AppConfiguration/configurationStores/appcs-bank", "store")),
        f"{AVM}/app-configuration/configuration-store", unpriced(
            "azure-native:appconfiguration:ConfigurationStore::store")),
    Idiom("a subnet of endpoints has a group of rules that lets the spoke in and nobody else", (
        AZURE_BUDGET,
        az("network:NetworkSecurityGroup", {
            **HERE, "networkSecurityGroupName": "nsg-endpoints", "securityRules": [
                {"name": "spoke", "priority": 100, "direction": "Inbound", "access": "Allow", "protocol": "Tcp",
                 "sourceAddressPrefix": "10.20.0.0/16", "sourcePortRange": "*", "destinationAddressPrefix":
                 "10.20.9.0/24", "destinationPortRange": "443"},
                {"name": "rest", "priority": 4096, "direction": "Inbound", "access": "Deny", "protocol": "*",
                 "sourceAddressPrefix": "*", "sourcePortRange": "*", "destinationAddressPrefix": "*",
                 "destinationPortRange": "*"}]}, "group"),
        az("network:Subnet", {
            **RG, "virtualNetworkName": "spoke", "subnetName": "endpoints", "addressPrefix": "10.20.9.0/24",
            "defaultOutboundAccess": False, "privateEndpointNetworkPolicies": "Enabled", "networkSecurityGroup": {
                "id": f"{OURS}.Network/networkSecurityGroups/nsg-endpoints"}}, "endpoints",
            links={"networkSecurityGroup": ("group",)}),
        az("network:FlowLog", {
            **HERE, "networkWatcherName": "nw-uaenorth", "flowLogName": "spoke", "enabled": True, "targetResourceId":
            VNET, "storageId": f"{OURS}.Storage/storageAccounts/stbank", "retentionPolicy": {
                "enabled": True, "days": 90}, "format": {"type": "JSON", "version": 2}}, "flows")),
        f"{AVM}/network/network-security-group"),
    Idiom("tools are built by a registry of the bank that keeps images for ninety days and lets nobody in by keys", (
        AZURE_BUDGET,
        az("containerregistry:Registry", {
            **HERE, "registryName": "acrbank", "sku": {"name": "Premium"}, **CLOSED, "adminUserEnabled": False,
            "identity": {"type": "UserAssigned", "userAssignedIdentities": {ID: {}}},
            "anonymousPullEnabled": False, "dataEndpointEnabled": True, "zoneRedundancy": "Enabled",
            "networkRuleBypassOptions": "None", "networkRuleSet": {"defaultAction": "Deny", "ipRules": []},
            "encryption": {"status": "enabled", "keyVaultProperties": {
                "keyIdentifier": KEY_URL, "identity": "11111111-2222-3333-4444-555555555555"}},
            "policies": {"exportPolicy": {"status": "disabled"}, "azureADAuthenticationAsArmPolicy": {
                "status": "enabled"}, "retentionPolicy": {"status": "enabled", "days": 90}}}, "registry",
            protect=True),
        endpoint("acr", f"{OURS}.ContainerRegistry/registries/acrbank", "registry"),
        audit("registry", f"{OURS}.ContainerRegistry/registries/acrbank"),
        lock(f"{OURS}.ContainerRegistry/registries/acrbank", "registry")),
        f"{AVM}/container-registry/registry", unpriced("azure-native:containerregistry:Registry::registry")),
    Idiom("files of teams are shared by NetApp with Kerberos, snapshots each night, and the bank's key", (
        AZURE_BUDGET,
        az("netapp:CapacityPool", {
            **HERE, "accountName": "anf-bank", "poolName": "premium", "serviceLevel": "Premium", "size":
            1099511627776, "qosType": "Auto", "encryptionType": "Double", "coolAccess": False}, "pool"),
        az("netapp:CapacityPoolVolume", {
            **HERE, "accountName": "anf-bank", "poolName": "premium", "volumeName": "research", "creationToken":
            "research", "usageThreshold": 107374182400, "serviceLevel": "Premium", "protocolTypes": ["NFSv4.1"],
            "kerberosEnabled": True, "networkFeatures": "Standard", "subnetId": f"{VNET}/subnets/netapp",
            "snapshotDirectoryVisible": False, "securityStyle": "unix", "unixPermissions": "0750",
            "encryptionKeySource": "Microsoft.KeyVault", "keyVaultPrivateEndpointResourceId":
            f"{OURS}.Network/privateEndpoints/pe-kv", "exportPolicy": {"rules": [{
                "ruleIndex": 1, "allowedClients": "10.20.4.0/24", "nfsv41": True, "nfsv3": False, "cifs": False,
                "unixReadWrite": False, "unixReadOnly": False, "kerberos5pReadWrite": True, "kerberos5pReadOnly": False,
                "hasRootAccess": False}]}}, "research", links={"poolName": ("pool",)}, protect=True)),
        f"{AVM}/net-app/net-app-account", unpriced("azure-native:netapp:CapacityPool::pool")),
    Idiom("dashboards sign in with Entra and read the metrics of the platform by a private way", (
        AZURE_BUDGET,
        az("dashboard:Grafana", {
            **HERE, "workspaceName": "amg-bank", "sku": {"name": "Standard"}, "identity": {"type": "SystemAssigned"},
            "properties": {**CLOSED, "apiKey": "Disabled", "deterministicOutboundIP": "Disabled", "zoneRedundancy":
                           "Enabled", "grafanaMajorVersion": "11", "autoGeneratedDomainNameLabelScope":
                           "TenantReuse"}}, "boards"),
        endpoint("amg", f"{OURS}.Dashboard/grafana/amg-bank", "grafana"),
        audit("boards", f"{OURS}.Dashboard/grafana/amg-bank")),
        f"{AVM}/dashboard/grafana"),
)  # fmt: skip
