"""More good programs on Azure, of services that are less common (2026-12-01, written before any rule ran)."""

from ..blind import SUB, TAGS, az
from ..harness import UNKNOWN
from . import Idiom
from .twentieth_goodb_charts import merged
from .twenty_third_azure import (
    AT,
    CMK,
    ITS,
    LAW,
    LEARN,
    OURS,
    RG,
    VNET,
    budget,
    granted,
    kept,
    nsg,
    private,
    records,
    with_prices,
)

DISKS = f"{ITS}.Compute/diskEncryptionSets/des-prod"
PIP = {**AT, "sku": {"name": "Standard", "tier": "Regional"}, "publicIPAllocationMethod": "Static", "zones": [
    "1", "2", "3"]}  # fmt: skip

IDIOMS: tuple[Idiom, ...] = (
    Idiom("disks: an encryption set with a rotating key, a data disk and incremental snapshots", (
        az("compute:DiskEncryptionSet", {
            **AT, "diskEncryptionSetName": "des-prod", "identity": {"type": "SystemAssigned"}, "encryptionType":
            "EncryptionAtRestWithCustomerKey", "rotationToLatestKeyVersionEnabled": True, "activeKey": {
                "keyUrl": CMK, "sourceVault": {"id": f"{ITS}.KeyVault/vaults/kv-cmk-prod"}}}, "des"),
        az("compute:Disk", {
            **AT, "diskName": "disk-data-01", "sku": {"name": "Premium_ZRS"}, "diskSizeGB": 512, "creationData": {
                "createOption": "Empty"}, "encryption": {"type": "EncryptionAtRestWithCustomerKey",
                                                         "diskEncryptionSetId": UNKNOWN},
            "networkAccessPolicy": "DenyAll", "publicNetworkAccess": "Disabled", "dataAccessAuthMode":
            "AzureActiveDirectory"}, "disk", links={"encryption": ("des",)}),
        az("compute:Snapshot", {
            **AT, "snapshotName": "snap-data-01", "incremental": True, "sku": {"name": "Standard_ZRS"}, "creationData":
            {"createOption": "Copy", "sourceResourceId": UNKNOWN}, "encryption": {
                "type": "EncryptionAtRestWithCustomerKey", "diskEncryptionSetId": UNKNOWN}, "networkAccessPolicy":
            "DenyAll", "publicNetworkAccess": "Disabled"}, "snapshot",
           links={"creationData": ("disk",), "encryption": ("des",)}),
        granted("des-key", "des", "e147488a-f6f5-4113-8e2d-b22465e65bf6"), kept("disk")),
        f"{LEARN}/virtual-machines/disk-encryption, as known", with_prices("compute:Disk::disk",
                                                                           "compute:Snapshot::snapshot")),
    Idiom("images: a private gallery with a definition for trusted launch and a version in two zones' region", (
        az("compute:Gallery", {**AT, "galleryName": "galbank", "description": "Images of the bank",
                               "softDeletePolicy": {"isSoftDeleteEnabled": True}}, "gallery"),
        az("compute:GalleryImage", {
            **AT, "galleryName": "galbank", "galleryImageName": "rhel9", "osType": "Linux", "osState": "Generalized",
            "hyperVGeneration": "V2", "architecture": "x64", "identifier": {
                "publisher": "bank", "offer": "rhel", "sku": "9"}, "features": [
                {"name": "SecurityType", "value": "TrustedLaunchSupported"}, {
                    "name": "IsAcceleratedNetworkSupported", "value": "True"}]}, "definition",
           links={"galleryName": ("gallery",)}),
        az("compute:GalleryImageVersion", {
            **AT, "galleryName": "galbank", "galleryImageName": "rhel9", "galleryImageVersionName": "1.4.2",
            "publishingProfile": {"replicaCount": 2, "storageAccountType": "Standard_ZRS", "excludeFromLatest": False,
                                  "endOfLifeDate": "2027-12-01T00:00:00Z", "targetRegions": [
                                      {"name": "UAE North", "regionalReplicaCount": 2, "storageAccountType":
                                       "Standard_ZRS", "encryption": {"osDiskImage": {"diskEncryptionSetId": DISKS}}}]},
            "safetyProfile": {"allowDeletionOfReplicatedLocations": False}, "storageProfile": {
                "source": {"id": f"{ITS}.Compute/images/rhel9-build-142"}}}, "version",
           links={"galleryImageName": ("definition",)}), kept("gallery")),
        f"{LEARN}/virtual-machines/azure-compute-gallery, as known",
        with_prices("compute:GalleryImageVersion::version")),
    Idiom("patches: a maintenance window on Fridays for machines by a tag", (
        az("maintenance:MaintenanceConfiguration", {
            **AT, "resourceName": "mc-linux-friday", "maintenanceScope": "InGuestPatch", "visibility": "Custom",
            "extensionProperties": {"InGuestPatchMode": "User"}, "startDateTime": "2026-12-04 01:00", "duration":
            "03:00", "timeZone": "Arabian Standard Time", "recurEvery": "1Week Friday", "installPatches": {
                "rebootSetting": "IfRequired", "linuxParameters": {"classificationsToInclude": [
                    "Critical", "Security"]}}}, "window"),
        az("maintenance:ConfigurationAssignmentsForResourceGroup", {
            **RG, "configurationAssignmentName": "linux", "location": "global", "maintenanceConfigurationId": UNKNOWN,
            "filter": {"osTypes": ["Linux"], "resourceTypes": ["Microsoft.Compute/virtualMachines"], "locations": [
                "uaenorth"], "tagSettings": {"filterOperator": "All", "tags": {"environment": ["prod"]}}}}, "linux",
           links={"maintenanceConfigurationId": ("window",)})),
        f"{LEARN}/update-manager/scheduled-patching, as known", OURS),
    Idiom("site connectivity: ExpressRoute gateway of zones with its connection and BFD, and a spoke's NAT gateway", (
        budget(),
        az("network:PublicIPAddress", {**PIP, "publicIpAddressName": "pip-ergw"}, "pip-er"),
        az("network:VirtualNetworkGateway", {
            **AT, "virtualNetworkGatewayName": "ergw-hub", "gatewayType": "ExpressRoute", "sku": {
                "name": "ErGw1AZ", "tier": "ErGw1AZ"}, "ipConfigurations": [{
                    "name": "default", "privateIPAllocationMethod": "Dynamic", "publicIPAddress": {"id": UNKNOWN},
                    "subnet": {"id": f"{ITS}.Network/virtualNetworks/vnet-hub/subnets/GatewaySubnet"}}]}, "gateway",
           links={"ipConfigurations": ("pip-er",)}),
        az("network:VirtualNetworkGatewayConnection", {
            **AT, "virtualNetworkGatewayConnectionName": "cn-dc1", "connectionType": "ExpressRoute",
            "virtualNetworkGateway1": {"id": UNKNOWN}, "peer": {
                "id": f"{ITS}.Network/expressRouteCircuits/erc-dc1"}, "routingWeight": 10, "enableBgp": True},
           "connection", links={"virtualNetworkGateway1": ("gateway",)}),
        az("network:PublicIPAddress", {**PIP, "publicIpAddressName": "pip-nat", "zones": ["1"]}, "pip-nat"),
        az("network:NatGateway", {
            **AT, "natGatewayName": "ng-spoke", "sku": {"name": "Standard"}, "zones": ["1"], "idleTimeoutInMinutes": 4,
            "publicIpAddresses": [{"id": UNKNOWN}]}, "nat", links={"publicIpAddresses": ("pip-nat",)}),
        nsg("nsg-app", ("AllowGateway", 100, "10.20.0.0/26", "10.20.1.0/24", "443", "Inbound")),
        az("network:VirtualNetwork", {
            **AT, "virtualNetworkName": "vnet-spoke", "addressSpace": {"addressPrefixes": ["10.20.0.0/20"]},
            "subnets": [{"name": "snet-app", "addressPrefix": "10.20.1.0/24", "natGateway": {"id": UNKNOWN},
                 "networkSecurityGroup": {"id": UNKNOWN}, "defaultOutboundAccess": False}]}, "spoke",
           links={"subnets": ("nat", "nsg-app")}),
        records("gateway"), kept("gateway")),
        f"{LEARN}/expressroute/designing-for-high-availability-with-expressroute, as known",
        with_prices("network:VirtualNetworkGateway::gateway", "network:VirtualNetworkGatewayConnection::connection",
                    "network:NatGateway::nat")),
    Idiom("DNS: a resolver's outbound endpoint forwards the bank's domain to the data centre", (
        az("dnsresolver:OutboundEndpoint", {
            **AT, "dnsResolverName": "dnspr-hub", "outboundEndpointName": "out", "subnet": {
                "id": f"{ITS}.Network/virtualNetworks/vnet-hub/subnets/snet-dns-out"}}, "out"),
        az("dnsresolver:DnsForwardingRuleset", {
            **AT, "dnsForwardingRulesetName": "dnsfrs-hub", "dnsResolverOutboundEndpoints": [{"id": UNKNOWN}]}, "set",
           links={"dnsResolverOutboundEndpoints": ("out",)}),
        az("dnsresolver:ForwardingRule", {
            **RG, "dnsForwardingRulesetName": "dnsfrs-hub", "forwardingRuleName": "bank", "domainName": "corp.bank.ae.",
            "forwardingRuleState": "Enabled", "targetDnsServers": [
                {"ipAddress": "10.200.0.10", "port": 53}, {"ipAddress": "10.200.0.11", "port": 53}]}, "rule",
           links={"dnsForwardingRulesetName": ("set",)}),
        az("dnsresolver:PrivateResolverVirtualNetworkLink", {
            **RG, "dnsForwardingRulesetName": "dnsfrs-hub", "virtualNetworkLinkName": "spoke", "virtualNetwork": {
                "id": VNET}}, "link", links={"dnsForwardingRulesetName": ("set",)}),
        *(az("privatedns:PrivateZone", {**RG, "location": "global", "tags": TAGS, "privateZoneName": zone}, zone)
          for zone in ("privatelink.blob.core.windows.net", "privatelink.vaultcore.azure.net")),
        *(az("privatedns:VirtualNetworkLink", {
            **RG, "location": "global", "tags": TAGS, "privateZoneName": zone, "virtualNetworkLinkName": "hub",
            "registrationEnabled": False, "resolutionPolicy": "Default", "virtualNetwork": {
                "id": f"{ITS}.Network/virtualNetworks/vnet-hub"}}, f"link-{zone}", links={"privateZoneName": (zone,)})
          for zone in ("privatelink.blob.core.windows.net", "privatelink.vaultcore.azure.net"))),
        f"{LEARN}/dns/private-resolver-hybrid-dns, as known",
        merged(OURS, {
            "residency": {"known": {"10.200.0.10": "our own DNS server", "10.200.0.11": "our own DNS server"}}})),
    Idiom("an internal load balancer publishes a ledger by a private link service to one subscription", (
        az("network:LoadBalancer", {
            **AT, "loadBalancerName": "lbi-ledger", "sku": {"name": "Standard", "tier": "Regional"},
            "frontendIPConfigurations": [{"name": "fe", "zones": ["1", "2", "3"], "privateIPAddressVersion": "IPv4",
                                          "privateIPAllocationMethod": "Dynamic", "subnet": {
                                              "id": f"{VNET}/subnets/snet-app"}}],
            "backendAddressPools": [{"name": "be", "loadBalancerBackendAddresses": [{
                "name": "n1", "ipAddress": "10.20.1.10", "virtualNetwork": {"id": VNET}}]}], "probes": [
                {"name": "tcp", "protocol": "Tcp", "port": 8443, "intervalInSeconds": 5, "probeThreshold": 2}],
            "loadBalancingRules": [{
                "name": "https", "protocol": "Tcp", "frontendPort": 443, "backendPort": 8443, "enableFloatingIP": False,
                "enableTcpReset": True, "idleTimeoutInMinutes": 15, "frontendIPConfiguration": {
                    "id": f"{ITS}.Network/loadBalancers/lbi-ledger/frontendIPConfigurations/fe"}, "backendAddressPool":
                {"id": f"{ITS}.Network/loadBalancers/lbi-ledger/backendAddressPools/be"}, "probe": {
                    "id": f"{ITS}.Network/loadBalancers/lbi-ledger/probes/tcp"}}]}, "lb"),
        az("network:PrivateLinkService", {
            **AT, "serviceName": "pls-ledger", "enableProxyProtocol": False, "fqdns": [],
            "loadBalancerFrontendIpConfigurations": [{"id": UNKNOWN}], "ipConfigurations": [{
                "name": "nat", "primary": True, "privateIPAllocationMethod": "Dynamic", "subnet": {
                    "id": f"{VNET}/subnets/snet-pls"}}], "visibility": {"subscriptions": [SUB.rpartition("/")[2]]},
            "autoApproval": {"subscriptions": [SUB.rpartition("/")[2]]}}, "pls",
           links={"loadBalancerFrontendIpConfigurations": ("lb",)}),
        records("lb"), kept("lb")),
        f"{LEARN}/private-link/private-link-service-overview, as known",
        with_prices("network:LoadBalancer::lb", "network:PrivateLinkService::pls")),
    Idiom("records: a private link scope for Azure Monitor and Sentinel with a rule and a watch of sign-ins", (
        az("monitor:PrivateLinkScope", {
            **RG, "location": "global", "tags": TAGS, "scopeName": "ampls-hub", "accessModeSettings": {
                "ingestionAccessMode": "PrivateOnly", "queryAccessMode": "PrivateOnly"}}, "ampls"),
        az("monitor:PrivateLinkScopedResource", {
            **RG, "scopeName": "ampls-hub", "name": "log-ai-prod", "linkedResourceId": LAW}, "scoped",
           links={"scopeName": ("ampls",)}),
        *private("ampls", "azuremonitor", "privatelink.monitor.azure.com"),
        az("securityinsights:SentinelOnboardingState", {
            **RG, "workspaceName": "log-ai-prod", "sentinelOnboardingStateName": "default",
            "customerManagedKey": True}, "sentinel"),
        az("securityinsights:ScheduledAlertRule", {
            **RG, "workspaceName": "log-ai-prod", "ruleId": "dddddddd-0000-1111-2222-333333333333", "kind": "Scheduled",
            "displayName": "Many failed sign-ins", "enabled": True, "severity": "Medium", "query":
            "SigninLogs | where ResultType != 0 | summarize n = count() by UserPrincipalName | where n > 20",
            "queryFrequency": "PT1H", "queryPeriod": "PT1H", "triggerOperator": "GreaterThan", "triggerThreshold": 0,
            "suppressionEnabled": False, "suppressionDuration": "PT5H", "tactics": ["CredentialAccess"],
            "incidentConfiguration": {"createIncident": True}}, "rule"),
        kept("ampls")),
        f"{LEARN}/azure-monitor/logs/private-link-design; {LEARN}/sentinel/customer-managed-keys, as known", OURS),
)  # fmt: skip
