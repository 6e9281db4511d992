"""Good idioms of platform teams on Azure: networks, clusters and operations as whole plans (eleventh set, blind)."""

import json

from ..blind import GROUP, SUB, TAGS, az
from ..harness import UNKNOWN, Given
from . import Idiom, unpriced
from .azure_platform import lock
from .fourth import AVM, HERE, ID, KEY_URL, LEARN, OURS, RG, VNET
from .fourth_kubernetes import AZURE_BUDGET, SYSTEM_POOL
from .ninth_azure import ASSIGNED, CLIENT, LOGS, TENANT
from .sixth_azure import endpoint

ROLES = f"{SUB}/providers/Microsoft.Authorization/roleDefinitions"
CLOSED = {"publicNetworkAccess": "Disabled"}
SITE = {"residency": {"known": {"203.0.113.20": "the bank's own site in Dubai"}}}
IPSEC = {"ikeEncryption": "AES256", "ikeIntegrity": "SHA384", "dhGroup": "DHGroup24", "ipsecEncryption": "GCMAES256",
         "ipsecIntegrity": "GCMAES256", "pfsGroup": "PFS24", "saLifeTimeSeconds": 27000,
         "saDataSizeKilobytes": 102400000}  # fmt: skip
BOOK = json.dumps({"version": "Notebook/1.0", "items": [{"type": 3, "name": "slow", "content": {
    "version": "KqlItem/1.0", "query": "requests | summarize percentile(duration, 95) by bin(timestamp, 5m)",
    "size": 0, "queryType": 0, "resourceType": "microsoft.insights/components"}}]})  # fmt: skip


def _grant(name: str, scope: str, role: str, *of: str) -> Given:
    return az("authorization:RoleAssignment", {
        "scope": scope, "principalId": UNKNOWN, "principalType": "ServicePrincipal",
        "roleDefinitionId": f"{ROLES}/{role}"}, name, links={"principalId": of})  # fmt: skip


IDIOMS: tuple[Idiom, ...] = (
    Idiom("the data centre reaches the hub by a private line", (
        AZURE_BUDGET,
        az("network:ExpressRouteCircuit", {
            **HERE, "circuitName": "dc1", "sku": {"name": "Standard_MeteredData", "tier": "Standard",
                                                  "family": "MeteredData"}, "allowClassicOperations": False,
            "serviceProviderProperties": {"serviceProviderName": "Etisalat UAE", "peeringLocation": "Dubai",
                                          "bandwidthInMbps": 1000}}, "circuit", protect=True),
        az("network:ExpressRouteCircuitPeering", {
            **RG, "circuitName": "dc1", "peeringName": "AzurePrivatePeering", "peeringType": "AzurePrivatePeering",
            "peerASN": 65010, "vlanId": 310, "primaryPeerAddressPrefix": "10.99.0.0/30",
            "secondaryPeerAddressPrefix": "10.99.0.4/30", "sharedKey": UNKNOWN}, "peering",
            links={"circuitName": ("circuit",)}),
        az("network:VirtualNetworkGatewayConnection", {
            **HERE, "virtualNetworkGatewayConnectionName": "dc1", "connectionType": "ExpressRoute",
            "virtualNetworkGateway1": {"id": f"{OURS}.Network/virtualNetworkGateways/er"}, "peer": {"id": UNKNOWN},
            "expressRouteGatewayBypass": False, "routingWeight": 0}, "connection", links={"peer": ("circuit",)})),
        f"{LEARN}/expressroute/expressroute-howto-linkvnet-portal-resource-manager", unpriced(
            "azure-native:network:VirtualNetworkGatewayConnection::connection")),
    Idiom("a branch is joined by a tunnel with strong keys only", (
        AZURE_BUDGET,
        az("network:LocalNetworkGateway", {
            **HERE, "localNetworkGatewayName": "site", "gatewayIpAddress": "203.0.113.20",
            "localNetworkAddressSpace": {"addressPrefixes": ["10.10.0.0/16"]}, "bgpSettings": {
                "asn": 65010, "bgpPeeringAddress": "10.10.0.1"}}, "site"),
        az("network:VirtualNetworkGatewayConnection", {
            **HERE, "virtualNetworkGatewayConnectionName": "site", "connectionType": "IPsec",
            "connectionProtocol": "IKEv2", "virtualNetworkGateway1": {
                "id": f"{OURS}.Network/virtualNetworkGateways/vpn"}, "localNetworkGateway2": {"id": UNKNOWN},
            "sharedKey": UNKNOWN, "enableBgp": True, "usePolicyBasedTrafficSelectors": False,
            "ipsecPolicies": [IPSEC], "dpdTimeoutSeconds": 45}, "tunnel", links={"localNetworkGateway2": ("site",)})),
        f"{LEARN}/vpn-gateway/ipsec-ike-policy-howto", {
            **SITE, **unpriced("azure-native:network:VirtualNetworkGatewayConnection::tunnel")}),
    Idiom("names are asked both ways between the site and the hub", (
        AZURE_BUDGET,
        az("dnsresolver:DnsResolver", {**HERE, "dnsResolverName": "hub", "virtualNetwork": {
            "id": f"{OURS}.Network/virtualNetworks/hub"}}, "resolver"),
        az("dnsresolver:InboundEndpoint", {
            **HERE, "dnsResolverName": "hub", "inboundEndpointName": "in", "ipConfigurations": [{
                "privateIpAllocationMethod": "Static", "privateIpAddress": "10.20.1.4", "subnet": {
                    "id": f"{OURS}.Network/virtualNetworks/hub/subnets/dns-in"}}]}, "in",
            links={"dnsResolverName": ("resolver",)}),
        az("dnsresolver:OutboundEndpoint", {
            **HERE, "dnsResolverName": "hub", "outboundEndpointName": "out", "subnet": {
                "id": f"{OURS}.Network/virtualNetworks/hub/subnets/dns-out"}}, "out",
            links={"dnsResolverName": ("resolver",)}),
        az("dnsresolver:DnsForwardingRuleset", {
            **HERE, "dnsForwardingRulesetName": "site", "dnsResolverOutboundEndpoints": [{"id": UNKNOWN}]}, "rules",
            links={"dnsResolverOutboundEndpoints": ("out",)}),
        az("dnsresolver:ForwardingRule", {
            **RG, "dnsForwardingRulesetName": "site", "forwardingRuleName": "corp", "domainName": "corp.example.ae.",
            "forwardingRuleState": "Enabled", "targetDnsServers": [{"ipAddress": "10.10.0.53", "port": 53}]}, "corp",
            links={"dnsForwardingRulesetName": ("rules",)}),
        az("dnsresolver:PrivateResolverVirtualNetworkLink", {
            **RG, "dnsForwardingRulesetName": "site", "virtualNetworkLinkName": "spoke",
            "virtualNetwork": {"id": VNET}},
            "link", links={"dnsForwardingRulesetName": ("rules",)})),
        f"{LEARN}/dns/private-resolver-hybrid-dns", {
            "residency": {"known": {"example.ae": "the bank's own domain"}}}),
    Idiom("a subnet reaches the bank's accounts of storage and no others", (
        az("network:ServiceEndpointPolicy", {
            **HERE, "serviceEndpointPolicyName": "storage", "serviceEndpointPolicyDefinitions": [{
                "name": "bank", "service": "Microsoft.Storage", "description": "The bank's accounts",
                "serviceResources": [f"{OURS}.Storage/storageAccounts/stbank"]}]}, "policy"),
        az("network:Subnet", {
            **RG, "virtualNetworkName": "spoke", "subnetName": "batch", "addressPrefix": "10.20.32.0/24",
            "defaultOutboundAccess": False, "networkSecurityGroup": {
                "id": f"{OURS}.Network/networkSecurityGroups/batch"}, "routeTable": {
                    "id": f"{OURS}.Network/routeTables/spoke"}, "serviceEndpoints": [
                        {"service": "Microsoft.Storage", "locations": ["uaenorth"]}],
            "serviceEndpointPolicies": [{"id": UNKNOWN}], "privateEndpointNetworkPolicies": "Enabled"}, "batch",
            links={"serviceEndpointPolicies": ("policy",)})),
        f"{LEARN}/virtual-network/virtual-network-service-endpoint-policies-overview"),
    Idiom("addresses of networks come from one pool of the manager", (
        az("network:IpamPool", {**HERE, "networkManagerName": "nm", "poolName": "prod", "properties": {
            "addressPrefixes": ["10.20.0.0/14"], "displayName": "Production", "description": "Networks of production"}},
            "pool"),
        az("network:StaticCidr", {**RG, "networkManagerName": "nm", "poolName": "prod", "staticCidrName": "site",
                                  "properties": {"addressPrefixes": ["10.23.0.0/16"],
                                                 "description": "Taken by the site"}}, "site",
            links={"poolName": ("pool",)}),
        az("network:VirtualNetwork", {
            **HERE, "virtualNetworkName": "claims", "addressSpace": {"ipamPoolPrefixAllocations": [
                {"id": UNKNOWN, "numberOfIpAddresses": "256"}]}, "encryption": {
                    "enabled": True, "enforcement": "AllowUnencrypted"}, "privateEndpointVNetPolicies": "Basic"},
            "claims", links={"addressSpace": ("pool",)})),
        f"{LEARN}/virtual-network-manager/concept-ip-address-management",
        unpriced("azure-native:network:IpamPool::pool")),
    Idiom("keys of the bank lie in modules of its own, reached privately", (
        AZURE_BUDGET,
        az("keyvault:ManagedHsm", {
            **HERE, "name": "hsm-bank", "sku": {"name": "Standard_B1", "family": "B"}, "properties": {
                "tenantId": TENANT, "initialAdminObjectIds": [CLIENT], "enablePurgeProtection": True,
                "enableSoftDelete": True, "softDeleteRetentionInDays": 90, **CLOSED,
                "networkAcls": {"bypass": "None", "defaultAction": "Deny"}}}, "hsm", protect=True),
        endpoint("hsm", f"{OURS}.KeyVault/managedHSMs/hsm-bank", "managedhsm"),
        az("monitor:DiagnosticSetting", {
            "name": "audit", "resourceUri": f"{OURS}.KeyVault/managedHSMs/hsm-bank", "workspaceId": LOGS,
            "logs": [{"category": "AuditEvent", "enabled": True}]}, "audit", links={"resourceUri": ("hsm",)}),
        lock(f"{OURS}.KeyVault/managedHSMs/hsm-bank", "hsm")),
        f"{LEARN}/key-vault/managed-hsm/secure-managed-hsm", unpriced("azure-native:keyvault:ManagedHsm::hsm")),
    Idiom("what a policy cannot see is attested by the people who checked it", (
        az("policyinsights:AttestationAtResourceGroup", {
            **RG, "attestationName": "training", "complianceState": "Compliant", "policyAssignmentId":
            f"{SUB}/providers/Microsoft.Authorization/policyAssignments/bank",
            "policyDefinitionReferenceId": "awareness", "expiresOn": "2027-05-01T00:00:00Z", "owner": CLIENT,
            "comments": "Everyone was trained in October", "evidence": [
                {"description": "List of the course", "sourceUri": "https://evidence.example.ae/2026/10"}]},
                "trained"),),
        f"{LEARN}/governance/policy/concepts/attestation-structure", {
            "residency": {"known": {"example.ae": "the bank's own domain"}}}),
    Idiom("files of branches are synchronised through private endpoints", (
        AZURE_BUDGET,
        az("storagesync:StorageSyncService", {
            **HERE, "storageSyncServiceName": "sync-bank", "incomingTrafficPolicy": "AllowVirtualNetworksOnly",
            "useIdentity": True, "identity": {"type": "SystemAssigned"}}, "service"),
        az("storagesync:SyncGroup", {**RG, "storageSyncServiceName": "sync-bank", "syncGroupName": "branches"}, "group",
           links={"storageSyncServiceName": ("service",)}),
        az("storagesync:CloudEndpoint", {
            **RG, "storageSyncServiceName": "sync-bank", "syncGroupName": "branches", "cloudEndpointName": "share",
            "azureFileShareName": "branches", "storageAccountTenantId": TENANT,
            "storageAccountResourceId": f"{OURS}.Storage/storageAccounts/stbank"}, "share",
            links={"syncGroupName": ("group",)}),
        endpoint("sync", f"{OURS}.StorageSync/storageSyncServices/sync-bank", "Afs")),
        f"{LEARN}/storage/file-sync/file-sync-networking-endpoints",
        unpriced("azure-native:storagesync:StorageSyncService::service")),
    Idiom("servers of the site are managed through the network, and send their logs by an agent", (
        az("hybridcompute:PrivateLinkScope", {**HERE, "scopeName": "arc", "properties": CLOSED}, "scope"),
        endpoint("arc", f"{OURS}.HybridCompute/privateLinkScopes/arc", "hybridcompute"),
        az("hybridcompute:MachineExtension", {
            **HERE, "machineName": "core-1", "extensionName": "AzureMonitorLinuxAgent", "properties": {
                "publisher": "Microsoft.Azure.Monitor", "type": "AzureMonitorLinuxAgent", "typeHandlerVersion": "1.33",
                "autoUpgradeMinorVersion": True, "enableAutomaticUpgrade": True}}, "agent"),
        az("monitor:DataCollectionRuleAssociation", {
            "associationName": "logs", "dataCollectionRuleId": f"{OURS}.Insights/dataCollectionRules/linux",
            "resourceUri": f"{OURS}.HybridCompute/machines/core-1"}, "rule")),
        f"{LEARN}/azure-arc/servers/private-link-security",
        unpriced("azure-native:hybridcompute:MachineExtension::agent")),
    Idiom("a book of queries and a board of numbers are shared in the group", (
        az("applicationinsights:Workbook", {
            **HERE, "resourceName": "11111111-2222-3333-4444-555555555555", "displayName": "Speed of the portal",
            "kind": "shared", "category": "workbook", "sourceId": f"{OURS}.Insights/components/portal",
            "serializedData": BOOK}, "book"),
        az("portal:Dashboard", {**HERE, "dashboardName": "platform", "properties": {"lenses": [{"order": 0, "parts": [{
            "position": {"x": 0, "y": 0, "colSpan": 6, "rowSpan": 4}, "metadata": {
                "type": "Extension/HubsExtension/PartType/MarkdownPart", "settings": {"content": {
                    "content": "## Platform", "title": "Platform"}}}}]}]}}, "board")),
        f"{LEARN}/azure-monitor/visualize/workbooks-automate"),
    Idiom("capacity for two GPUs is reserved in one zone", (
        AZURE_BUDGET,
        az("compute:CapacityReservationGroup", {**HERE, "capacityReservationGroupName": "gpu", "zones": ["1"]},
            "group"),
        az("compute:CapacityReservation", {
            **HERE, "capacityReservationGroupName": "gpu", "capacityReservationName": "a10", "zones": ["1"],
            "sku": {"name": "Standard_NV36ads_A10_v5", "capacity": 2}}, "a10",
            links={"capacityReservationGroupName": ("group",)})),
        f"{LEARN}/virtual-machines/capacity-reservation-overview",
        unpriced("azure-native:compute:CapacityReservation::a10")),
    Idiom("a registry has a copy in the second region and tells the cluster's scanner", (
        AZURE_BUDGET,
        az("containerregistry:Registry", {
            **HERE, "registryName": "crbank", "sku": {"name": "Premium"}, "adminUserEnabled": False,
            "anonymousPullEnabled": False, **CLOSED, "networkRuleBypassOptions": "None", "zoneRedundancy": "Enabled",
            "dataEndpointEnabled": True, "identity": {"type": "UserAssigned", "userAssignedIdentities": {ID: {}}},
            "encryption": {"status": "enabled", "keyVaultProperties": {"identity": CLIENT, "keyIdentifier": KEY_URL}},
            "policies": {"exportPolicy": {"status": "disabled"}, "trustPolicy": {"status": "disabled"},
                         "retentionPolicy": {"status": "enabled", "days": 30},
                         "softDeletePolicy": {"status": "disabled"}}}, "registry", protect=True),
        az("containerregistry:Replication", {
            **RG, "location": "uaecentral", "tags": TAGS, "registryName": "crbank", "replicationName": "uaecentral",
            "regionEndpointEnabled": True, "zoneRedundancy": "Disabled"}, "copy",
            links={"registryName": ("registry",)}),
        az("containerregistry:Webhook", {
            **HERE, "registryName": "crbank", "webhookName": "scanner", "actions": ["push"], "status": "enabled",
            "scope": "apps/*", "serviceUri": "https://scanner.example.ae/hooks/acr"}, "scanner",
            links={"registryName": ("registry",)}),
        endpoint("crbank", f"{OURS}.ContainerRegistry/registries/crbank", "registry"),
        lock(f"{OURS}.ContainerRegistry/registries/crbank", "registry")),
        f"{AVM}, container-registry/registry", {
            **unpriced("azure-native:containerregistry:Replication::copy"),
            "residency": {"known": {"scanner.example.ae": "the bank's own scanner in its data centre"}}}),
    Idiom("a whole cluster of AKS: group, identities, rights, pools, windows and alerts", (
        AZURE_BUDGET,
        az("resources:ResourceGroup", {"resourceGroupName": "rg-platform", "location": "uaenorth", "tags": TAGS}, "rg"),
        az("managedidentity:UserAssignedIdentity", {**HERE, "resourceName": "id-aks"}, "control"),
        az("managedidentity:UserAssignedIdentity", {**HERE, "resourceName": "id-kubelet"}, "kubelet"),
        _grant("pull", f"{OURS}.ContainerRegistry/registries/crbank", "7f951dda-4ed3-4680-a7ca-43fe172d538d",
            "kubelet"),
        _grant("join", f"{VNET}/subnets/nodes", "4d97b98b-1d4f-4787-a291-c67834d212e7", "control"),
        az("containerservice:ManagedCluster", {
            **HERE, "resourceName": "aks", "dnsPrefix": "aks", "kubernetesVersion": "1.33", "enableRBAC": True,
            "sku": {"name": "Base", "tier": "Standard"}, "disableLocalAccounts": True,
            "publicNetworkAccess": "Disabled",
            "diskEncryptionSetID": f"{OURS}.Compute/diskEncryptionSets/des", "oidcIssuerProfile": {"enabled": True},
            **ASSIGNED, "aadProfile": {"managed": True, "enableAzureRBAC": True, "tenantID": TENANT},
            "agentPoolProfiles": [SYSTEM_POOL], "apiServerAccessProfile": {
                "enablePrivateCluster": True, "privateDNSZone": "none", "enablePrivateClusterPublicFQDN": False},
            "networkProfile": {"networkPlugin": "azure", "networkPluginMode": "overlay", "networkPolicy": "cilium",
                               "networkDataplane": "cilium", "outboundType": "userDefinedRouting",
                               "serviceCidr": "172.16.0.0/16", "dnsServiceIP": "172.16.0.10",
                               "advancedNetworking": {"enabled": True, "observability": {"enabled": True},
                                                      "security": {"enabled": True}}},
            "securityProfile": {"workloadIdentity": {"enabled": True}, "imageCleaner": {"enabled": True,
                                                                                        "intervalHours": 48},
                                "defender": {"logAnalyticsWorkspaceResourceId": LOGS,
                                             "securityMonitoring": {"enabled": True}},
                                "azureKeyVaultKms": {"enabled": True, "keyId": KEY_URL,
                                                     "keyVaultNetworkAccess": "Private", "keyVaultResourceId":
                                                         f"{OURS}.KeyVault/vaults/kv-bank"}},
            "addonProfiles": {"azurepolicy": {"enabled": True}, "azureKeyvaultSecretsProvider": {
                "enabled": True, "config": {"enableSecretRotation": "true", "rotationPollInterval": "5m"}}},
            "workloadAutoScalerProfile": {"keda": {"enabled": True}}, "nodeResourceGroupProfile": {
                "restrictionLevel": "ReadOnly"}, "upgradeSettings": {"overrideSettings": {"forceUpgrade": False}},
            "autoUpgradeProfile": {"upgradeChannel": "patch", "nodeOSUpgradeChannel": "NodeImage"}}, "aks",
            protect=True),
        az("containerservice:AgentPool", {
            **RG, **{key: value for key, value in SYSTEM_POOL.items() if key != "name"}, "resourceName": "aks",
            "agentPoolName": "apps", "mode": "User",
            "nodeTaints": [], "upgradeSettings": {"maxSurge": "33%", "drainTimeoutInMinutes": 30}}, "apps",
            links={"resourceName": ("aks",)}),
        az("containerservice:MaintenanceConfiguration", {
            **RG, "resourceName": "aks", "configName": "aksManagedNodeOSUpgradeSchedule", "maintenanceWindow": {
                "durationHours": 6, "startTime": "22:00", "utcOffset": "+04:00", "schedule": {
                    "weekly": {"dayOfWeek": "Friday", "intervalWeeks": 1}}}}, "window",
                    links={"resourceName": ("aks",)}),
        az("managedidentity:FederatedIdentityCredential", {
            **RG, "resourceName": "id-claims", "federatedIdentityCredentialResourceName": "claims", "issuer": UNKNOWN,
            "subject": "system:serviceaccount:team-a:claims", "audiences": ["api://AzureADTokenExchange"]}, "claims",
            links={"issuer": ("aks",)}),
        az("monitor:DiagnosticSetting", {
            "name": "audit", "resourceUri": UNKNOWN, "workspaceId": LOGS, "logAnalyticsDestinationType": "Dedicated",
            "logs": [{"category": name, "enabled": True} for name in ("kube-audit-admin", "guard")]}, "audit",
            links={"resourceUri": ("aks",)}),
        az("monitor:MetricAlert", {
            **RG, "location": "global", "tags": TAGS, "ruleName": "aks-cpu", "severity": 2, "enabled": True,
            "scopes": [UNKNOWN], "evaluationFrequency": "PT5M", "windowSize": "PT15M", "criteria": {
                "odataType": "Microsoft.Azure.Monitor.SingleResourceMultipleMetricCriteria", "allOf": [{
                    "name": "cpu", "criterionType": "StaticThresholdCriterion", "operator": "GreaterThan",
                    "metricName": "node_cpu_usage_percentage", "threshold": 85, "timeAggregation": "Average"}]},
            "actions": [{"actionGroupId": f"{OURS}.Insights/actionGroups/platform"}]}, "busy",
            links={"scopes": ("aks",)}),
        lock(f"{GROUP}/providers/Microsoft.ContainerService/managedClusters/aks", "aks")),
        f"{LEARN}/aks/private-clusters", unpriced("azure-native:containerservice:ManagedCluster::aks")),
)  # fmt: skip
