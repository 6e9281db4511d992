"""Good programs of platform teams on Azure: hubs, rules of networks and what watches them (set 24, before any rule)."""

from ..blind import SUB, TAGS, az
from ..harness import UNKNOWN, Given
from . import Idiom
from .twenty_third_azure import (
    AT,
    BY_IDENTITY,
    DUTY,
    HUB,
    IDENTITY,
    ITS,
    LAW,
    LEARN,
    OURS,
    RG,
    VNET,
    alert,
    budget,
    granted,
    kept,
    private,
    records,
    with_prices,
)

MANAGER = {**RG, "networkManagerName": "vnm-uaen"}

WATCHER = {"resourceGroupName": "NetworkWatcherRG", "networkWatcherName": "NetworkWatcher_uaenorth", "location":
           "uaenorth", "tags": TAGS}  # fmt: skip


def admin_rule(name: str, priority: int, access: str, direction: str, **more: object) -> Given:
    """Returns a rule that no security group of a spoke can overrule."""
    return az("network:AdminRule", {
        **MANAGER, "configurationName": "baseline", "ruleCollectionName": "all", "ruleName": name, "kind": "Custom",
        "priority": priority, "access": access, "direction": direction, "protocol": "Tcp", "sourcePortRanges":
        ["0-65535"], "description": name, **more}, name, links={"ruleCollectionName": ("collection",)})  # fmt: skip


def prefix(address: str, kind: str = "IPPrefix") -> list[dict[str, str]]:
    """Returns one range of addresses or a service tag."""
    return [{"addressPrefix": address, "addressPrefixType": kind}]


def question(name: str, query: str, threshold: float, of: str, **more: object) -> Given:
    """Returns an alert on what a query of the workspace finds, evaluated under the bank's identity."""
    return az("monitor:ScheduledQueryRule", {
        **AT, "ruleName": name, "displayName": name, "description": f"Asks for {name}", "severity": 2, "enabled": True,
        **BY_IDENTITY, "scopes": [UNKNOWN], "evaluationFrequency": "PT5M", "windowSize": "PT15M", "autoMitigate": True,
        "criteria": {"allOf": [{"query": query, "timeAggregation": "Count", "operator": "GreaterThan", "threshold":
                                threshold, "failingPeriods": {"numberOfEvaluationPeriods": 3,
                                                              "minFailingPeriodsToAlert": 2}, **more}]},
        "actions": {"actionGroups": [DUTY]}}, name, links={"scopes": (of,)})  # fmt: skip


IDIOMS: tuple[Idiom, ...] = (
    Idiom("AVM virtual WAN: a secured hub whose routing intent sends all by its firewall, with a spoke and the line", (
        budget(),
        az("network:VirtualWan", {**AT, "virtualWANName": "vwan-uaen", "type": "Standard",
                                  "allowBranchToBranchTraffic": True, "disableVpnEncryption": False}, "wan"),
        az("network:VirtualHub", {
            **AT, "virtualHubName": "vhub-uaen", "addressPrefix": "10.0.0.0/22", "sku": "Standard",
            "hubRoutingPreference": "ASPath", "allowBranchToBranchTraffic": False,
                "virtualRouterAutoScaleConfiguration":
            {"minCapacity": 2}, "virtualWan": {"id": UNKNOWN}}, "hub", links={"virtualWan": ("wan",)}),
        az("network:FirewallPolicy", {
            **AT, "firewallPolicyName": "afwp-vhub", "sku": {"tier": "Premium"}, "threatIntelMode": "Deny",
            "intrusionDetection": {"mode": "Deny", "profile": "Standard"}, "dnsSettings": {"enableProxy": True},
            "explicitProxy": {"enableExplicitProxy": False}, "snat": {"autoLearnPrivateRanges": "Enabled"}}, "policy"),
        az("network:FirewallPolicyRuleCollectionGroup", {
            **RG, "firewallPolicyName": "afwp-vhub", "ruleCollectionGroupName": "rcg-egress", "priority": 400,
            "ruleCollections": [{
                "ruleCollectionType": "FirewallPolicyFilterRuleCollection", "name": "updates", "priority": 100,
                "action": {"type": "Allow"}, "rules": [
                    {"ruleType": "ApplicationRule", "name": "windows-update", "sourceAddresses": ["10.20.0.0/16"],
                     "protocols": [{"protocolType": "Https", "port": 443}], "fqdnTags": ["WindowsUpdate"]},
                    {"ruleType": "ApplicationRule", "name": "bank", "sourceAddresses": ["10.20.0.0/16"], "protocols": [
                        {"protocolType": "Https", "port": 443}], "targetFqdns": ["*.bank.ae"]},
                    {"ruleType": "NetworkRule", "name": "monitor", "sourceAddresses": ["10.20.0.0/16"], "ipProtocols":
                     ["TCP"], "destinationAddresses": ["AzureMonitor.UAENorth"], "destinationPorts": ["443"]}]}]},
           "rules", links={"firewallPolicyName": ("policy",)}),
        az("network:AzureFirewall", {
            **AT, "azureFirewallName": "afw-vhub", "zones": ["1", "2", "3"], "sku": {"name": "AZFW_Hub", "tier":
                                                                                   "Premium"},
            "hubIPAddresses": {"publicIPs": {"count": 1}}, "firewallPolicy": {"id": UNKNOWN}, "virtualHub": {
                "id": UNKNOWN}}, "firewall", links={"firewallPolicy": ("policy",), "virtualHub": ("hub",)}),
        az("network:RoutingIntent", {**RG, "virtualHubName": UNKNOWN, "routingIntentName": "hub-routing-intent",
                                     "routingPolicies": [
            {"name": "internet", "destinations": ["Internet"], "nextHop": UNKNOWN},
            {"name": "private", "destinations": ["PrivateTraffic"], "nextHop": UNKNOWN}]}, "intent", links={
                "virtualHubName": ("hub",), "routingPolicies": ("firewall",)}),
        az("network:HubVirtualNetworkConnection", {
            **RG, "virtualHubName": UNKNOWN, "connectionName": "spoke-ai", "enableInternetSecurity": True,
            "remoteVirtualNetwork": {"id": VNET}}, "spoke", links={"virtualHubName": ("hub",)}),
        records("firewall"), kept("hub"),
        alert("firewall", "Microsoft.Network/azureFirewalls", "SNATPortUtilization", "GreaterThan", 80)),
        f"Azure/terraform-azurerm-avm-ptn-alz-connectivity-virtual-wan; {LEARN}/virtual-wan/how-to-routing-policies, "
        "as known",
        OURS),
    Idiom("network manager: spokes of production meet directly, and rules of the centre close ways of management", (
        az("network:NetworkManager", {
            **AT, "networkManagerName": "vnm-uaen", "description": "Rules of all spokes", "networkManagerScopes": {
                "subscriptions": [SUB]}, "networkManagerScopeAccesses": ["Connectivity", "SecurityAdmin"]}, "manager"),
        az("network:NetworkGroup", {**MANAGER, "networkGroupName": "ng-prod", "memberType": "VirtualNetwork",
                                    "description": "Spokes of production"}, "prod", links={
            "networkManagerName": ("manager",)}),
        az("network:StaticMember", {**MANAGER, "networkGroupName": "ng-prod", "staticMemberName": "ai", "resourceId":
                                    VNET}, "ai", links={"networkGroupName": ("prod",)}),
        az("network:ConnectivityConfiguration", {
            **MANAGER, "configurationName": "mesh-prod", "connectivityTopology": "HubAndSpoke", "isGlobal": "False",
            "deleteExistingPeering": "True", "hubs": [{"resourceId": f"{HUB}.Network/virtualNetworks/vnet-hub-uaen",
                                                      "resourceType": "Microsoft.Network/virtualNetworks"}],
            "appliesToGroups": [{"networkGroupId": UNKNOWN, "groupConnectivity": "DirectlyConnected", "isGlobal":
                                 "False", "useHubGateway": "True"}]}, "mesh", links={"appliesToGroups": ("prod",)}),
        az("network:SecurityAdminConfiguration", {
            **MANAGER, "configurationName": "baseline", "description": "What no spoke may open",
            "applyOnNetworkIntentPolicyBasedServices": ["None"]}, "baseline", links={"networkManagerName": (
                "manager",)}),
        az("network:AdminRuleCollection", {
            **MANAGER, "configurationName": "baseline", "ruleCollectionName": "all", "appliesToGroups": [
                {"networkGroupId": UNKNOWN}], "description": "All spokes"}, "collection", links={
                "appliesToGroups": ("prod",), "configurationName": ("baseline",)}),
        admin_rule("deny-management", 100, "Deny", "Inbound", sources=prefix("Internet", "ServiceTag"), destinations=
                   prefix("*"), destinationPortRanges=["22", "3389", "5985", "5986"]),
        admin_rule("deny-plain", 110, "Deny", "Outbound", sources=prefix("*"), destinations=prefix(
            "Internet", "ServiceTag"), destinationPortRanges=["21", "23", "25", "445"]),
        admin_rule("always-scan", 120, "AlwaysAllow", "Inbound", sources=prefix("10.0.9.0/28"), destinations=prefix(
            "10.20.0.0/16"), destinationPortRanges=["443"]),
        records("manager")),
        f"Azure/bicep-registry-modules avm/res/network/network-manager; {LEARN}/virtual-network-manager/"
        "concept-security-admins, as known", with_prices("network:NetworkManager::manager")),
    Idiom("Network Watcher: flows of the network are analysed each ten minutes, and the line's ends are tried", (
        az("storage:StorageAccount", {
            **AT, "accountName": "stflowsuaen", "kind": "StorageV2", "sku": {"name": "Standard_ZRS"}, "accessTier":
            "Cool", "allowBlobPublicAccess": False, "allowSharedKeyAccess": False, "enableHttpsTrafficOnly": True,
            "minimumTlsVersion": "TLS1_2", "publicNetworkAccess": "Disabled", "networkRuleSet": {
                "defaultAction": "Deny", "bypass": "AzureServices"}, "encryption": {
                "keySource": "Microsoft.Keyvault", "requireInfrastructureEncryption": True, "encryptionIdentity": {
                    "encryptionUserAssignedIdentity": IDENTITY}, "keyVaultProperties": {
                    "keyName": "cmk-data", "keyVaultUri": "https://kv-cmk-prod.vault.azure.net"}}, **BY_IDENTITY},
           "flows-store"),
        az("storage:ManagementPolicy", {**RG, "accountName": "stflowsuaen", "managementPolicyName": "default", "policy":
            {"rules": [{"name": "age", "type": "Lifecycle", "enabled": True, "definition": {
                "filters": {"blobTypes": ["blockBlob"]}, "actions": {"baseBlob": {"delete": {
                    "daysAfterModificationGreaterThan": 90}}}}}]}}, "flows-age", links={
            "accountName": ("flows-store",)}),
        az("network:FlowLog", {
            **WATCHER, "flowLogName": "fl-vnet-ai-prod", "targetResourceId": VNET, "storageId": UNKNOWN, "enabled":
            True, "format": {"type": "JSON", "version": 2}, "retentionPolicy": {"enabled": True, "days": 90},
            "identity": {"type": "UserAssigned", "userAssignedIdentities": [IDENTITY]}, "flowAnalyticsConfiguration": {
                "networkWatcherFlowAnalyticsConfiguration": {
                    "enabled": True, "trafficAnalyticsInterval": 10, "workspaceResourceId": LAW, "workspaceRegion":
                    "uaenorth"}}}, "flows", links={"storageId": ("flows-store",)}),
        az("network:ConnectionMonitor", {
            **WATCHER, "connectionMonitorName": "cm-dc1", "endpoints": [
                {"name": "jump", "type": "AzureVM", "resourceId": f"{ITS}.Compute/virtualMachines/vm-jump"},
                {"name": "core", "type": "ExternalAddress", "address": "core.bank.ae"}], "testConfigurations": [{
                    "name": "https", "protocol": "Tcp", "testFrequencySec": 60, "tcpConfiguration": {
                        "port": 443, "disableTraceRoute": False}, "successThreshold": {
                        "checksFailedPercent": 10, "roundTripTimeMs": 30}}], "testGroups": [{
                    "name": "dc1", "sources": ["jump"], "destinations": ["core"], "testConfigurations": ["https"],
                    "disable": False}], "outputs": [{"type": "Workspace", "workspaceSettings": {
                        "workspaceResourceId": LAW}}]}, "tried"),
        alert("tried", "Microsoft.Network/networkWatchers/connectionMonitors", "ChecksFailedPercent", "GreaterThan",
              10), records("flows-store"), kept("flows-store")),
        f"{LEARN}/network-watcher/vnet-flow-logs-overview; .../connection-monitor-overview, as known", with_prices()),
    Idiom("Application Insights: what apps tell lies in the workspace, comes by private links and raises alerts", (
        budget(12000),
        az("operationalinsights:Workspace", {
            **AT, "workspaceName": "log-apps-prod", "sku": {"name": "PerGB2018"}, "retentionInDays": 90,
            "workspaceCapping": {"dailyQuotaGb": 20}, "publicNetworkAccessForIngestion": "Disabled",
            "publicNetworkAccessForQuery": "Disabled", "features": {"disableLocalAuth": True,
                "enableLogAccessUsingOnlyResourcePermissions": True}}, "workspace"),
        az("applicationinsights:Component", {
            **AT, "resourceName": "appi-quotes", "kind": "web", "applicationType": "web", "flowType": "Bluefield",
            "requestSource": "rest", "ingestionMode": "LogAnalytics", "workspaceResourceId": UNKNOWN,
            "samplingPercentage": 25, "disableIpMasking": False, "disableLocalAuth": True,
            "publicNetworkAccessForIngestion": "Disabled", "publicNetworkAccessForQuery": "Disabled"}, "insights",
           links={"workspaceResourceId": ("workspace",)}),
        az("monitor:PrivateLinkScope", {**RG, "location": "global", "tags": TAGS, "scopeName": "ampls-apps",
                                        "accessModeSettings": {"ingestionAccessMode": "PrivateOnly", "queryAccessMode":
                                                               "PrivateOnly", "exclusions": []}}, "links"),
        *(az("monitor:PrivateLinkScopedResource", {**RG, "scopeName": "ampls-apps", "name": name, "linkedResourceId":
                                                   UNKNOWN}, f"link-{name}", links={
            "linkedResourceId": (name,), "scopeName": ("links",)}) for name in ("workspace", "insights")),
        *private("links", "azuremonitor", "privatelink.monitor.azure.com"),
        question("failures-of-quotes", "AppRequests | where Success == false | where AppRoleName == 'quotes'", 20,
                 "workspace"),
        question("slow-quotes", "AppRequests | where DurationMs > 2000 | project TimeGenerated, Name, DurationMs", 50,
                 "workspace", dimensions=[{"name": "Name", "operator": "Include", "values": ["*"]}]),
        granted("sends", "insights", "3913510d-42f4-4e42-8a64-420c390055eb"), records("insights")),
        f"{LEARN}/azure-monitor/app/azure-ad-authentication; avm/res/insights/component, as known", with_prices()),
    Idiom("Chaos Studio: pods of the test cluster and a machine fail for ten minutes, by an identity with two rights", (
        *(az("chaos:Target", {**RG, "location": "uaenorth", "parentProviderNamespace": space,
            "parentResourceType": kind,
                              "parentResourceName": of, "targetName": target, "properties": {}}, name)
          for name, space, kind, of, target in (
            ("on-aks", "Microsoft.ContainerService", "managedClusters", "aks-test",
             "Microsoft-AzureKubernetesServiceChaosMesh"),
            ("on-vm", "Microsoft.Compute", "virtualMachines", "vm-test", "Microsoft-VirtualMachine"))),
        *(az("chaos:Capability", {**RG, "parentProviderNamespace": space, "parentResourceType": kind,
                                  "parentResourceName": of, "targetName": target, "capabilityName": capability},
             f"{name}-can", links={"targetName": (name,)}) for name, space, kind, of, target, capability in (
            ("on-aks", "Microsoft.ContainerService", "managedClusters", "aks-test",
             "Microsoft-AzureKubernetesServiceChaosMesh", "PodChaos-2.2"),
            ("on-vm", "Microsoft.Compute", "virtualMachines", "vm-test", "Microsoft-VirtualMachine", "Shutdown-1.0"))),
        az("chaos:Experiment", {
            **AT, "experimentName": "exp-zone", "identity": {"type": "UserAssigned", "userAssignedIdentities": [
                IDENTITY]}, "properties": {
                "selectors": [
                    {"type": "List", "id": "pods", "targets": [{"type": "ChaosTarget", "id": UNKNOWN}]},
                    {"type": "List", "id": "machine", "targets": [{"type": "ChaosTarget", "id": UNKNOWN}]}],
                "steps": [{"name": "one", "branches": [{"name": "pods", "actions": [{
                    "type": "continuous", "name": "urn:csci:microsoft:azureKubernetesServiceChaosMesh:podChaos/2.2",
                    "selectorId": "pods", "duration": "PT10M", "parameters": [{
                        "key": "jsonSpec", "value": '{"action":"pod-failure","mode":"one","selector":{"namespaces":'
                                                    '["quotes"]}}'}]}]},
                    {"name": "machine", "actions": [{"type": "delay", "name": "urn:csci:microsoft:chaosStudio:"
                                                     "timedDelay/1.0", "duration": "PT2M"}, {
                        "type": "continuous", "name": "urn:csci:microsoft:virtualMachine:shutdown/1.0", "selectorId":
                        "machine", "duration": "PT10M", "parameters": [{"key": "abruptShutdown", "value": "true"}]}]}]}]
            }}, "experiment", links={"properties": ("on-aks", "on-vm")}),
        records("experiment")),
        f"{LEARN}/chaos-studio/chaos-studio-tutorial-aks-portal; Azure/azure-quickstart-templates quickstarts/"
        "microsoft.chaos, as known", with_prices("chaos:Experiment::experiment")),
)  # fmt: skip
