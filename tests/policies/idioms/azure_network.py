"""Networks of Azure landing zones: hub, spokes, firewall, bastion, private endpoints and flow logs."""

from ..blind import GROUP, SUB, TAGS, az
from ..harness import UNKNOWN, Given
from . import Idiom, unpriced

AT = {"resourceGroupName": "rg-platform", "location": "uaenorth", "tags": TAGS}
IN = {"resourceGroupName": "rg-platform"}
NETWORK = f"{GROUP}/providers/Microsoft.Network"
AVM = "Azure Verified Modules"
HUB = f"{SUB}/resourceGroups/rg-hub/providers/Microsoft.Network/virtualNetworks/vnet-hub"


def network(name: str = "vnet-hub", space: str = "10.0.0.0/16") -> Given:
    """Returns a virtual network."""
    return az("network:VirtualNetwork", {**AT, "virtualNetworkName": name,
                                         "addressSpace": {"addressPrefixes": [space]}}, name)  # fmt: skip


def subnet(name: str, prefix: str, **more: object) -> Given:
    """Returns a subnet of the hub."""
    links = {"virtualNetworkName": ("vnet-hub",)} | ({"natGateway": ("nat",)} if "natGateway" in more else {})
    return az("network:Subnet", {**IN, "virtualNetworkName": "vnet-hub", "subnetName": name, "addressPrefix": prefix,
                                 **more}, name, links=links)  # fmt: skip


def address(name: str) -> Given:
    """Returns a public address, for a gateway that needs one."""
    return az("network:PublicIPAddress", {**AT, "publicIpAddressName": name, "publicIPAllocationMethod": "Static",
                                          "sku": {"name": "Standard", "tier": "Regional"},
                                          "zones": ["1", "2", "3"]}, name)  # fmt: skip


def rule(name: str, priority: int, **more: object) -> dict[str, object]:
    """Returns a rule of a security group."""
    return {"name": name, "priority": priority, "direction": "Inbound", "access": "Allow", "protocol": "Tcp",
            "sourcePortRange": "*", "destinationAddressPrefix": "*", **more}  # fmt: skip


DENY = rule("deny-all", 4096, access="Deny", protocol="*", sourceAddressPrefix="*", destinationPortRange="*")
SECURITY = az("network:NetworkSecurityGroup", {**AT, "networkSecurityGroupName": "nsg", "securityRules": [
    rule("https", 100, sourceAddressPrefix="10.0.0.0/8", destinationPortRange="443"), DENY]}, "nsg")  # fmt: skip
GUARDED = {"networkSecurityGroup": {"id": f"{NETWORK}/networkSecurityGroups/nsg"}}


def endpoint(target: str, group: str, zone: str) -> tuple[Given, ...]:
    """Returns a private endpoint with its zone, which is linked to the hub."""
    target_id = f"{GROUP}/providers/{target}"
    return (
        az("privatedns:PrivateZone", {**IN, "location": "global", "tags": TAGS, "privateZoneName": zone}, "zone"),
        az("privatedns:VirtualNetworkLink", {
            **IN, "location": "global", "tags": TAGS, "privateZoneName": zone, "virtualNetworkLinkName": "hub",
            "registrationEnabled": False, "virtualNetwork": {"id": HUB}}, "link",
            links={"privateZoneName": ("zone",)}),
        az("network:PrivateEndpoint", {
            **AT, "privateEndpointName": f"pe-{group}", "subnet": {"id": f"{NETWORK}/virtualNetworks/v/subnets/pe"},
            "privateLinkServiceConnections": [{"name": group, "groupIds": [group],
                                               "privateLinkServiceId": target_id}]}, "pe"),
        az("network:PrivateDnsZoneGroup", {
            **IN, "privateEndpointName": f"pe-{group}", "privateDnsZoneGroupName": "default",
            "privateDnsZoneConfigs": [{"name": group, "privateDnsZoneId": UNKNOWN}]}, "group",
            links={"privateEndpointName": ("pe",), "privateDnsZoneConfigs": ("zone",)}),
    )  # fmt: skip


KNOWN_HUB = {"residency": {"known": {HUB: "UAE North, confirmed by the network team"}}}

IDIOMS: tuple[Idiom, ...] = (
    Idiom("hub with a subnet for a VPN gateway", (
        network(), subnet("GatewaySubnet", "10.0.255.0/27"), address("pip-vpn"),
        az("network:VirtualNetworkGateway", {
            **AT, "virtualNetworkGatewayName": "vgw", "gatewayType": "Vpn", "vpnType": "RouteBased", "activeActive":
            False, "sku": {"name": "VpnGw2AZ", "tier": "VpnGw2AZ"}, "ipConfigurations": [{
                "name": "default", "publicIPAddress": {"id": UNKNOWN}, "subnet": {"id": UNKNOWN}}]}, "vgw",
            links={"ipConfigurations": ("pip-vpn", "GatewaySubnet")})),
        "learn.microsoft.com/azure/architecture, hub-spoke network topology",
        unpriced("azure-native:network:VirtualNetworkGateway::vgw")),
    Idiom("hub with Azure Firewall", (
        network(), subnet("AzureFirewallSubnet", "10.0.1.0/26"), address("pip-fw"),
        az("network:FirewallPolicy", {**AT, "firewallPolicyName": "fwp", "threatIntelMode": "Deny",
                                      "sku": {"tier": "Premium"}, "intrusionDetection": {"mode": "Deny"}}, "fwp"),
        az("network:AzureFirewall", {
            **AT, "azureFirewallName": "fw", "sku": {"name": "AZFW_VNet", "tier": "Premium"},
            "zones": ["1", "2", "3"], "firewallPolicy": {"id": UNKNOWN}, "ipConfigurations": [{
                "name": "default", "publicIPAddress": {"id": UNKNOWN}, "subnet": {"id": UNKNOWN}}]}, "fw",
            links={"firewallPolicy": ("fwp",), "ipConfigurations": ("pip-fw", "AzureFirewallSubnet")})),
        f"{AVM}, avm-res-network-azurefirewall"),
    Idiom("outbound rules of the firewall by name and service tag", (az("network:FirewallPolicyRuleCollectionGroup", {
        **IN, "firewallPolicyName": "fwp", "ruleCollectionGroupName": "aks", "priority": 200, "ruleCollections": [{
            "ruleCollectionType": "FirewallPolicyFilterRuleCollection", "name": "allow", "priority": 100,
            "action": {"type": "Allow"}, "rules": [
                {"ruleType": "ApplicationRule", "name": "aks", "sourceAddresses": ["10.10.0.0/16"],
                 "fqdnTags": ["AzureKubernetesService"], "protocols": [{"protocolType": "Https", "port": 443}]},
                {"ruleType": "NetworkRule", "name": "monitor", "sourceAddresses": ["10.10.0.0/16"],
                 "ipProtocols": ["TCP"], "destinationAddresses": ["AzureMonitor"],
                 "destinationPorts": ["443"]}]}]}),),
        "learn.microsoft.com/azure/aks/limit-egress-traffic"),
    Idiom("Bastion in its subnet", (
        network(), subnet("AzureBastionSubnet", "10.0.2.0/26", networkSecurityGroup={"id": UNKNOWN}),
        address("pip-bastion"),
        az("network:BastionHost", {
            **AT, "bastionHostName": "bas", "sku": {"name": "Standard"}, "enableShareableLink": False,
            "disableCopyPaste": True, "ipConfigurations": [{
                "name": "default", "publicIPAddress": {"id": UNKNOWN}, "subnet": {"id": UNKNOWN}}]}, "bas",
            links={"ipConfigurations": ("pip-bastion", "AzureBastionSubnet")})),
        f"{AVM}, avm-res-network-bastionhost", unpriced("azure-native:network:BastionHost::bas")),
    Idiom("security group of Bastion, as Microsoft requires it", (az("network:NetworkSecurityGroup", {
        **AT, "networkSecurityGroupName": "nsg-bastion", "securityRules": [
            rule("https", 120, sourceAddressPrefix="Internet", destinationPortRange="443"),
            rule("manager", 130, sourceAddressPrefix="GatewayManager", destinationPortRange="443"),
            rule("probes", 140, sourceAddressPrefix="AzureLoadBalancer", destinationPortRange="443"),
            rule("hosts", 150, protocol="*", sourceAddressPrefix="VirtualNetwork",
                 destinationAddressPrefix="VirtualNetwork", destinationPortRanges=["8080", "5701"]),
            rule("ssh", 100, direction="Outbound", sourceAddressPrefix="*",
                 destinationAddressPrefix="VirtualNetwork", destinationPortRanges=["22", "3389"])]}),),
        "learn.microsoft.com/azure/bastion/bastion-nsg",
        doubt="https from Internet is required by Azure for a public Bastion; listing the office's ranges is narrower"),
    Idiom("spoke that is peered with the hub of another stack", (
        network("vnet-spoke", "10.10.0.0/16"), az("network:VirtualNetworkPeering", {
            **IN, "virtualNetworkName": "vnet-spoke", "virtualNetworkPeeringName": "to-hub",
            "remoteVirtualNetwork": {"id": HUB}, "allowVirtualNetworkAccess": True, "allowForwardedTraffic": True,
            "useRemoteGateways": True}, "peering", links={"virtualNetworkName": ("vnet-spoke",)})),
        f"{AVM}, avm-res-network-virtualnetwork", KNOWN_HUB),
    Idiom("default route of a spoke to the firewall", (az("network:RouteTable", {
        **AT, "routeTableName": "rt", "disableBgpRoutePropagation": True, "routes": [{
            "name": "default", "addressPrefix": "0.0.0.0/0", "nextHopType": "VirtualAppliance",
            "nextHopIpAddress": "10.0.1.4"}]}),), "learn.microsoft.com/azure/firewall/tutorial-hybrid-portal"),
    Idiom("subnet of workloads with a group, a route and a NAT gateway", (
        network(), SECURITY, address("pip-nat"),
        az("network:NatGateway", {**AT, "natGatewayName": "nat", "sku": {"name": "Standard"}, "zones": ["1"],
                                  "idleTimeoutInMinutes": 4, "publicIpAddresses": [{"id": UNKNOWN}]}, "nat",
           links={"publicIpAddresses": ("pip-nat",)}),
        subnet("snet-apps", "10.0.10.0/24", **GUARDED, natGateway={"id": UNKNOWN},
               privateEndpointNetworkPolicies="Enabled", defaultOutboundAccess=False)),
        f"{AVM}, avm-res-network-natgateway"),
    Idiom("flow logs of a network into the account of the stack", (
        az("network:FlowLog", {**AT, "resourceGroupName": "NetworkWatcherRG", "networkWatcherName":
                               "NetworkWatcher_uaenorth", "flowLogName": "vnet",
                               "targetResourceId": f"{NETWORK}/virtualNetworks/vnet-hub", "enabled": True,
                               "storageId": f"{GROUP}/providers/Microsoft.Storage/storageAccounts/stlogs",
                               "retentionPolicy": {"days": 90, "enabled": True},
                               "format": {"type": "JSON", "version": 2}}),),
        "learn.microsoft.com/azure/network-watcher/vnet-flow-logs-overview"),
    Idiom("private endpoint of storage with its zone", endpoint(
        "Microsoft.Storage/storageAccounts/stdata", "blob", "privatelink.blob.core.windows.net"),
        f"{AVM}, avm-res-network-privateendpoint"),
    Idiom("private endpoint of a vault with its zone", endpoint(
        "Microsoft.KeyVault/vaults/kv-platform", "vault", "privatelink.vaultcore.azure.net"),
        f"{AVM}, avm-res-keyvault-vault"),
    Idiom("private resolver with rules for the data centre", (
        network(), subnet("snet-dns-out", "10.0.3.0/28", delegations=[{
            "name": "dns", "serviceName": "Microsoft.Network/dnsResolvers"}], **GUARDED),
        az("dnsresolver:DnsResolver", {**AT, "dnsResolverName": "dns", "virtualNetwork": {"id": HUB}}, "dns"),
        az("dnsresolver:ForwardingRule", {
            **IN, "dnsForwardingRulesetName": "rules", "forwardingRuleName": "dc", "domainName": "dc1.example.ae.",
            "targetDnsServers": [{"ipAddress": "10.200.0.10", "port": 53}]}, "rule")),
        f"{AVM}, avm-res-network-dnsresolver", KNOWN_HUB),
)  # fmt: skip
