"""Good programs of platform teams on Azure: landing zones and networks (2026-12-01, written before any rule ran)."""

from ..blind import SUB, TAGS, az
from ..harness import UNKNOWN, Given
from . import Idiom, Settings, unpriced

RG = {"resourceGroupName": "rg-ai-prod-uaen"}
AT = {**RG, "location": "uaenorth", "tags": TAGS}
GROUP = f"{SUB}/resourceGroups/rg-ai-prod-uaen"
ITS = f"{GROUP}/providers/Microsoft"
HUB = "/subscriptions/00000000-0000-0000-0000-0000000000aa/resourceGroups/rg-hub-uaen/providers/Microsoft"
LAW = f"{ITS}.OperationalInsights/workspaces/log-ai-prod"
VNET = f"{ITS}.Network/virtualNetworks/vnet-ai-prod"
IDENTITY = f"{ITS}.ManagedIdentity/userAssignedIdentities/id-ai-prod"
DUTY = f"{ITS}.Insights/actionGroups/ag-platform"
TENANT = "00000000-1111-2222-3333-444444444444"
STAFF = "22222222-3333-4444-5555-666666666666"
CMK = "https://kv-cmk-prod.vault.azure.net/keys/cmk-data"
BY_IDENTITY = {"identity": {"type": "UserAssigned", "userAssignedIdentities": [IDENTITY]}}
LEARN, AVM = "learn.microsoft.com/azure", "Azure/bicep-registry-modules avm/res"
OURS: Settings = {
    "residency": {"known": {
        "bank.ae": "our own domain, in our data centre in Abu Dhabi", "@bank.ae": "our own mail",
        "10.0.0.4": "the firewall of the hub",
        "/subscriptions/00000000-0000-0000-0000-0000000000aa": "the connectivity subscription, in uaenorth"}},
    "identity": {"trusted": {"/subscriptions/00000000-0000-0000-0000-0000000000aa": "the connectivity subscription"},
                 "repositories": {"https://github.com/bank-ae": "our own organisation"}},
    "escape": {"image_publishers": {"crbankprod.azurecr.io": "our own registry"}}}  # fmt: skip


def with_prices(*resources: str) -> dict[str, object]:
    """Returns what the bank lists, and what resources without a price may cost."""
    return {**OURS, **unpriced(*(f"azure-native:{resource}" for resource in resources))}


def role(name: str) -> str:
    """Returns the id of a built-in role."""
    return f"{SUB}/providers/Microsoft.Authorization/roleDefinitions/{name}"


def private(of: str, group: str, zone: str) -> tuple[Given, Given]:
    """Returns a private endpoint of a resource of the plan and its record in the hub's private zone."""
    name = f"pe-{of}-{group}"
    return (
        az("network:PrivateEndpoint", {
            **AT, "privateEndpointName": name, "customNetworkInterfaceName": f"nic-{name}",
            "subnet": {"id": f"{VNET}/subnets/snet-pe"}, "privateLinkServiceConnections": [
                {"name": name, "groupIds": [group], "privateLinkServiceId": UNKNOWN}]}, name,
           links={"privateLinkServiceConnections": (of,)}),
        az("network:PrivateDnsZoneGroup", {
            **RG, "privateEndpointName": name, "privateDnsZoneGroupName": "default", "privateDnsZoneConfigs": [
                {"name": "zone", "privateDnsZoneId": f"{HUB}.Network/privateDnsZones/{zone}"}]}, f"{name}-zone",
           links={"privateEndpointName": (name,)}),
    )  # fmt: skip


def records(of: str) -> Given:
    """Returns the diagnostic setting of a resource of the plan."""
    return az("monitor:DiagnosticSetting", {
        "name": "to-log-analytics", "resourceUri": UNKNOWN, "workspaceId": LAW, "logs": [
            {"categoryGroup": "allLogs", "enabled": True}], "metrics": [{"category": "AllMetrics", "enabled": True}]},
        f"diag-{of}", links={"resourceUri": (of,)})  # fmt: skip


def kept(of: str) -> Given:
    """Returns the lock of a resource of the plan."""
    return az("authorization:ManagementLockByScope", {"scope": UNKNOWN, "lockName": "lock-delete", "level":
        "CanNotDelete", "notes": "Remove it by change request only"}, f"lock-{of}", links={"scope": (of,)})  # fmt: skip


def granted(name: str, of: str, definition: str, kind: str = "ServicePrincipal") -> Given:
    """Returns a role of a principal on a resource of the plan."""
    return az("authorization:RoleAssignment", {
        "scope": UNKNOWN, "principalId": STAFF if kind == "Group" else "11111111-2222-3333-4444-555555555555",
        "principalType": kind, "roleDefinitionId": role(definition)}, name, links={"scope": (of,)})  # fmt: skip


def budget(amount: int = 90000) -> Given:
    """Returns the budget of the resource group."""
    return az("consumption:Budget", {
        "scope": GROUP[1:], "budgetName": "budget-ai-prod", "amount": amount, "category": "Cost", "timeGrain":
        "Monthly", "timePeriod": {"startDate": "2026-12-01T00:00:00Z", "endDate": "2029-12-01T00:00:00Z"},
        "notifications": {
            "forecast-100": {"enabled": True, "operator": "GreaterThan", "threshold": 100, "thresholdType":
                             "Forecasted", "contactEmails": ["finops@bank.ae"], "contactGroups": [DUTY]},
            "actual-80": {"enabled": True, "operator": "GreaterThanOrEqualTo", "threshold": 80, "thresholdType":
                          "Actual", "contactEmails": ["finops@bank.ae"]}}}, "budget")  # fmt: skip


def alert(of: str, namespace: str, metric: str, operator: str, threshold: float) -> Given:
    """Returns a metric alert of a resource of the plan."""
    return az("monitor:MetricAlert", {
        **RG, "location": "global", "tags": TAGS, "ruleName": f"alert-{of}-{metric}", "severity": 2, "enabled": True,
        "scopes": [UNKNOWN], "evaluationFrequency": "PT5M", "windowSize": "PT15M", "autoMitigate": True,
        "description": f"{metric} of {of}", "criteria": {
            "odataType": "Microsoft.Azure.Monitor.SingleResourceMultipleMetricCriteria", "allOf": [{
                "criterionType": "StaticThresholdCriterion", "name": "criterion1", "metricName": metric,
                "metricNamespace": namespace, "operator": operator, "threshold": threshold, "timeAggregation":
                "Average"}]},
        "actions": [{"actionGroupId": DUTY}]}, f"alert-{of}", links={"scopes": (of,)})  # fmt: skip


def nsg(name: str, *rules: tuple[str, int, str, str, str, str]) -> Given:
    """Returns a network security group: name, priority, source, target, ports and direction of what is allowed."""
    deny = {"access": "Deny", "protocol": "*", "sourceAddressPrefix": "*", "sourcePortRange": "*",
            "destinationAddressPrefix": "*", "destinationPortRange": "*"}  # fmt: skip
    return az("network:NetworkSecurityGroup", {**AT, "networkSecurityGroupName": name, "securityRules": [
        *({"name": title, "priority": priority, "direction": direction, "access": "Allow", "protocol": "Tcp",
           "sourceAddressPrefix": source, "sourcePortRange": "*", "destinationAddressPrefix": target,
           "destinationPortRange": port, "description": title} for title, priority, source, target, port, direction
          in rules),
        {"name": "DenyAllInbound", "priority": 4096, "direction": "Inbound", **deny},
        {"name": "DenyAllOutbound", "priority": 4096, "direction": "Outbound", **deny}]}, name)  # fmt: skip


IDIOMS: tuple[Idiom, ...] = (
    Idiom("ALZ management: a workspace, an automation account and data collection rules", (
        az("resources:ResourceGroup", {**AT, "resourceGroupName": "rg-mgmt-uaen"}, "rg"),
        az("operationalinsights:Cluster", {
            **AT, "clusterName": "logc-mgmt", "sku": {"name": "CapacityReservation", "capacity": 100}, **BY_IDENTITY,
            "keyVaultProperties": {"keyVaultUri": "https://kv-cmk-prod.vault.azure.net/", "keyName": "cmk-logs",
                                   "keyVersion": "", "keyRsaSize": 3072}, "isAvailabilityZonesEnabled": True,
            "billingType": "Cluster"}, "cluster"),
        az("operationalinsights:Workspace", {
            **AT, "workspaceName": "log-mgmt-uaen", "sku": {"name": "PerGB2018"}, "retentionInDays": 365,
            "publicNetworkAccessForIngestion": "Disabled", "publicNetworkAccessForQuery": "Disabled", "features": {
                "enableLogAccessUsingOnlyResourcePermissions": True, "disableLocalAuth": True,
                "clusterResourceId": UNKNOWN}}, "workspace", links={"features": ("cluster",)}),
        az("operationalinsights:LinkedService", {
            **RG, "workspaceName": "log-mgmt-uaen", "linkedServiceName": "Cluster", "writeAccessResourceId": UNKNOWN},
           "linked", links={"workspaceName": ("workspace",), "writeAccessResourceId": ("cluster",)}),
        az("automation:AutomationAccount", {
            **AT, "automationAccountName": "aa-mgmt-uaen", "sku": {"name": "Basic"}, "publicNetworkAccess": False,
            "disableLocalAuth": True, **BY_IDENTITY, "encryption": {
                "keySource": "Microsoft.Keyvault", "identity": {"userAssignedIdentity": IDENTITY}, "keyVaultProperties":
                {"keyvaultUri": "https://kv-cmk-prod.vault.azure.net/", "keyName": "cmk-automation", "keyVersion":
                 "0123456789abcdef0123456789abcdef"}}}, "automation"),
        az("monitor:DataCollectionRule", {
            **AT, "dataCollectionRuleName": "dcr-vminsights", "kind": "Linux", "dataSources": {
                "performanceCounters": [{"name": "VMInsightsPerfCounters", "streams": ["Microsoft-InsightsMetrics"],
                                         "samplingFrequencyInSeconds": 60, "counterSpecifiers": [
                                             "\\VmInsights\\DetailedMetrics"]}],
                "syslog": [{"name": "sys", "streams": ["Microsoft-Syslog"], "facilityNames": ["auth", "authpriv"],
                            "logLevels": ["Info", "Notice", "Warning", "Error", "Critical", "Alert", "Emergency"]}]},
            "destinations": {"logAnalytics": [{"name": "central", "workspaceResourceId": UNKNOWN}]}, "dataFlows": [
                {"streams": ["Microsoft-InsightsMetrics", "Microsoft-Syslog"], "destinations": ["central"]}]}, "dcr",
           links={"destinations": ("workspace",)}),
        records("automation"), records("workspace"), kept("workspace")),
        "Azure/ALZ-Bicep infra-as-code/bicep/modules/logging, as known",
        with_prices("operationalinsights:Cluster::cluster", "automation:AutomationAccount::automation")),
    Idiom("ALZ hub: a firewall with its policy, DNS resolver, Bastion and the flow logs of the hub", (
        budget(),
        nsg("nsg-resolver", ("AllowDns", 100, "10.0.0.0/8", "10.0.2.0/28", "53", "Inbound")),
        az("network:VirtualNetwork", {
            **AT, "virtualNetworkName": "vnet-hub-uaen", "addressSpace": {"addressPrefixes": ["10.0.0.0/20"]},
            "subnets": [{"name": "AzureFirewallSubnet", "addressPrefix": "10.0.0.0/26"},
                        {"name": "GatewaySubnet", "addressPrefix": "10.0.1.0/26"},
                        {"name": "snet-dns-in", "addressPrefix": "10.0.2.0/28", "networkSecurityGroup": {
                            "id": UNKNOWN}, "delegations": [{
                                "name": "dns", "serviceName": "Microsoft.Network/dnsResolvers"}]}]}, "hub",
           links={"subnets": ("nsg-resolver",)}),
        az("network:FirewallPolicy", {
            **AT, "firewallPolicyName": "afwp-hub", "sku": {"tier": "Premium"}, "threatIntelMode": "Deny",
            "dnsSettings": {"enableProxy": True, "servers": ["10.0.2.4"]}, "intrusionDetection": {"mode": "Deny"},
            "insights": {"isEnabled": True, "retentionDays": 90, "logAnalyticsResources": {
                "defaultWorkspaceId": {"id": LAW}}}}, "policy"),
        az("network:FirewallPolicyRuleCollectionGroup", {
            **RG, "firewallPolicyName": "afwp-hub", "ruleCollectionGroupName": "DefaultApplicationRuleCollectionGroup",
            "priority": 300, "ruleCollections": [{
                "ruleCollectionType": "FirewallPolicyFilterRuleCollection", "name": "aks", "priority": 200, "action": {
                    "type": "Allow"}, "rules": [{
                        "ruleType": "ApplicationRule", "name": "aks-egress", "sourceAddresses": ["10.20.0.0/16"],
                        "protocols": [{"protocolType": "Https", "port": 443}], "fqdnTags": [
                            "AzureKubernetesService"]}]}]}, "rules", links={"firewallPolicyName": ("policy",)}),
        az("network:PublicIPAddress", {**AT, "publicIpAddressName": "pip-afw-hub", "sku": {
            "name": "Standard", "tier": "Regional"}, "publicIPAllocationMethod": "Static", "zones": ["1", "2", "3"]},
           "pip"),
        az("network:AzureFirewall", {
            **AT, "azureFirewallName": "afw-hub", "zones": ["1", "2", "3"], "sku": {
                "name": "AZFW_VNet", "tier": "Premium"}, "firewallPolicy": {"id": UNKNOWN}, "ipConfigurations": [{
                    "name": "ipconfig1", "subnet": {"id": UNKNOWN}, "publicIPAddress": {"id": UNKNOWN}}]}, "firewall",
           links={"firewallPolicy": ("policy",), "ipConfigurations": ("hub", "pip")}),
        az("dnsresolver:DnsResolver", {**AT, "dnsResolverName": "dnspr-hub", "virtualNetwork": {"id": UNKNOWN}},
           "resolver", links={"virtualNetwork": ("hub",)}),
        az("dnsresolver:InboundEndpoint", {
            **AT, "dnsResolverName": "dnspr-hub", "inboundEndpointName": "in", "ipConfigurations": [{
                "subnet": {"id": UNKNOWN}, "privateIpAllocationMethod": "Static", "privateIpAddress": "10.0.2.4"}]},
           "inbound", links={"dnsResolverName": ("resolver",), "ipConfigurations": ("hub",)}),
        az("network:FlowLog", {
            **AT, "networkWatcherName": "NetworkWatcher_uaenorth", "flowLogName": "fl-hub", "enabled": True,
            "targetResourceId": UNKNOWN, "storageId": f"{ITS}.Storage/storageAccounts/stflowsprod", "format": {
                "type": "JSON", "version": 2}, "retentionPolicy": {"enabled": True, "days": 90}}, "flows",
           links={"targetResourceId": ("hub",)}),
        records("firewall"), records("hub"), kept("firewall")),
        f"Azure/ALZ-Bicep infra-as-code/bicep/modules/hubNetworking; {LEARN}/firewall/protect-azure-kubernetes-service,"
        " as known", OURS),
    Idiom("ALZ vending: a corp spoke with its peering, routes, a group's role and a budget", (
        az("resources:ResourceGroup", {**AT}, "rg"), budget(40000),
        nsg("nsg-app", ("AllowGateway", 100, "10.20.0.0/26", "10.20.1.0/24", "443", "Inbound"),
            ("AllowEndpoints", 110, "10.20.1.0/24", "10.20.2.0/24", "443", "Outbound")),
        nsg("nsg-pe", ("AllowApp", 100, "10.20.1.0/24", "10.20.2.0/24", "443", "Inbound")),
        az("network:RouteTable", {**AT, "routeTableName": "rt-spoke", "disableBgpRoutePropagation": True, "routes": [
            {"name": "to-hub-firewall", "addressPrefix": "0.0.0.0/0", "nextHopType": "VirtualAppliance",
             "nextHopIpAddress": "10.0.0.4"}]}, "routes"),
        az("network:VirtualNetwork", {
            **AT, "virtualNetworkName": "vnet-ai-prod", "addressSpace": {"addressPrefixes": ["10.20.0.0/20"]},
            "dhcpOptions": {"dnsServers": ["10.0.0.4"]}, "subnets": [
                {"name": f"snet-{tier}", "addressPrefix": block, "networkSecurityGroup": {"id": UNKNOWN}, "routeTable":
                 {"id": UNKNOWN}, "privateEndpointNetworkPolicies": "Enabled", "defaultOutboundAccess": False}
                for tier, block in (("app", "10.20.1.0/24"), ("pe", "10.20.2.0/24"))]}, "spoke",
           links={"subnets": ("nsg-app", "nsg-pe", "routes")}),
        az("network:VirtualNetworkPeering", {
            **RG, "virtualNetworkName": "vnet-ai-prod", "virtualNetworkPeeringName": "to-hub", "remoteVirtualNetwork": {
                "id": f"{HUB}.Network/virtualNetworks/vnet-hub-uaen"}, "allowVirtualNetworkAccess": True,
            "allowForwardedTraffic": True, "useRemoteGateways": True, "allowGatewayTransit": False}, "peering",
           links={"virtualNetworkName": ("spoke",)}),
        az("authorization:PimRoleEligibilitySchedule", {
            "scope": UNKNOWN, "principalId": STAFF, "roleDefinitionId": role("b24988ac-6180-42a0-ab88-20f7382dd24c"),
            "justification": "Changes of the team's group", "scheduleInfo": {
                "startDateTime": "2026-12-01T00:00:00Z", "expiration": {"type": "AfterDuration", "duration": "P180D"}}},
           "team", links={"scope": ("rg",)}), records("spoke")),
        "Azure/bicep-lz-vending main.bicep, as known", with_prices("network:VirtualNetworkPeering::peering")),
    Idiom("ALZ policies: allowed locations, no public addresses, tags and the security benchmark", (
        az("authorization:PolicyDefinition", {
            "policyDefinitionName": "require-cost-centre", "displayName": "Require tag cost-centre on resource groups",
            "mode": "All", "policyType": "Custom", "metadata": {"category": "Tags", "version": "1.0.0"}, "parameters": {
                "effect": {"type": "String", "defaultValue": "Deny", "allowedValues": ["Audit", "Deny", "Disabled"]}},
            "policyRule": {"if": {"allOf": [
                {"field": "type", "equals": "Microsoft.Resources/subscriptions/resourceGroups"},
                {"field": "tags['cost-centre']", "exists": "false"}]}, "then": {"effect": "[parameters('effect')]"}}},
           "tag"),
        az("authorization:PolicyAssignment", {
            "scope": SUB, "policyAssignmentName": "require-cost-centre", "displayName": "Require tag cost-centre",
            "policyDefinitionId": UNKNOWN, "enforcementMode": "Default", "parameters": {"effect": {"value": "Deny"}},
            "nonComplianceMessages": [{"message": "Resource groups must have the tag cost-centre."}]}, "assign-tag",
           links={"policyDefinitionId": ("tag",)}),
        az("authorization:PolicyAssignment", {
            "scope": SUB, "policyAssignmentName": "allowed-locations", "displayName": "Allowed locations",
            "policyDefinitionId": "/providers/Microsoft.Authorization/policyDefinitions/"
            "e56962a6-4747-49cd-b67b-bf8b01975c4c", "enforcementMode": "Default", "parameters": {
                "listOfAllowedLocations": {"value": ["uaenorth", "uaecentral"]}}, "nonComplianceMessages": [
                    {"message": "Resources must be in the UAE."}]}, "assign-locations"),
        az("authorization:PolicyAssignment", {
            "scope": SUB, "policyAssignmentName": "deny-nic-pip", "displayName": "No public IPs on interfaces",
            "policyDefinitionId": "/providers/Microsoft.Authorization/policyDefinitions/"
            "83a86a26-fd1f-447c-b59d-e51f44264114", "enforcementMode": "Default"}, "assign-pip"),
        az("authorization:PolicyAssignment", {
            "scope": SUB, "policyAssignmentName": "mcsb", "displayName": "Microsoft cloud security benchmark",
            "policyDefinitionId": "/providers/Microsoft.Authorization/policySetDefinitions/"
            "1f3afdf9-d0c9-4c3d-847f-89da613e70a8", "enforcementMode": "Default", "metadata": {
                "assignedBy": "platform team"}}, "assign-benchmark"),
        az("authorization:PolicyExemption", {
            "scope": GROUP, "policyExemptionName": "appgw-pip", "exemptionCategory": "Mitigated", "policyAssignmentId":
            UNKNOWN, "displayName": "Gateway subnet", "expiresOn": "2027-02-28T00:00:00Z", "description":
            "The gateway of the branch network, change CHG-1021"}, "exempt",
           links={"policyAssignmentId": ("assign-pip",)})),
        "Azure/Enterprise-Scale docs; learn.microsoft.com/azure/governance/policy, as known", OURS),
)  # fmt: skip
