"""A hub on Azure for sites without public access: its network, private DNS zones, and a subnet of pipeline runners.

Deploy it once per region, before the first site. A site takes its output `network` as `azure.network`.
"""

from ipaddress import IPv4Network

import pulumi
from pulumi_azure_native import network, privatedns, resources

GROUP = "falaj-hub"
TAGS = {
    "project": "ai-platform",
    "business-unit": "shared-platform",
    "environment": "prod",
    "cost-centre": "cc-2001",
    "owner": "platform-network-team",
    "data-classification": "confidential",
}

config = pulumi.Config()
region = config.require("region")
block = IPv4Network(config.require("cidr"))
(runners_block, *_) = block.subnets(new_prefix=26)

ZONES = {
    "api_server": f"private.{region}.azmk8s.io",
    "key_vault": "privatelink.vaultcore.azure.net",
    "blob": "privatelink.blob.core.windows.net",
    "file": "privatelink.file.core.windows.net",
    "registry": "privatelink.azurecr.io",
}
"""Key of `azure.network.dns_zones` -> zone, for every site of the region: a network has only one zone of a name."""

group = resources.ResourceGroup("hub-group", resource_group_name=GROUP, location=region, tags=TAGS)
hub = network.VirtualNetwork(
    "hub",
    resource_group_name=group.name,
    virtual_network_name="hub",
    location=region,
    address_space=network.AddressSpaceArgs(address_prefixes=[str(block)]),
    tags=TAGS,
)
address = network.PublicIPAddress(
    "runners-address",
    resource_group_name=group.name,
    location=region,
    sku=network.PublicIPAddressSkuArgs(name=network.PublicIPAddressSkuName.STANDARD),
    public_ip_allocation_method=network.IPAllocationMethod.STATIC,
    tags=TAGS,
)
gateway = network.NatGateway(
    "runners-egress",
    resource_group_name=group.name,
    location=region,
    sku=network.NatGatewaySkuArgs(name=network.NatGatewaySkuName.STANDARD),
    public_ip_addresses=[network.SubResourceArgs(id=address.id)],
    tags=TAGS,
)
rules = network.NetworkSecurityGroup(
    "runners-rules",
    resource_group_name=group.name,
    location=region,
    security_rules=[
        network.SecurityRuleArgs(
            name="deny-inbound",
            priority=4096,
            direction=network.SecurityRuleDirection.INBOUND,
            access=network.SecurityRuleAccess.DENY,
            protocol=network.SecurityRuleProtocol.ASTERISK,
            source_address_prefix="*",
            source_port_range="*",
            destination_address_prefix="*",
            destination_port_range="*",
        )
    ],
    tags=TAGS,
)
# Machines of your code host's runners: a VM scale set (Azure DevOps agents, GitLab's fleeting plug-in) or machines that
# run the host's agent. Runners call the host, so nothing has to reach them.
runners = network.Subnet(
    "runners",
    resource_group_name=group.name,
    virtual_network_name=hub.name,
    subnet_name="runners",
    address_prefix=str(runners_block),
    network_security_group=network.NetworkSecurityGroupArgs(id=rules.id),
    nat_gateway=network.SubResourceArgs(id=gateway.id),
    default_outbound_access=False,
)

zone_ids: dict[str, pulumi.Output[str]] = {}
for key, zone_name in ZONES.items():
    zone = privatedns.PrivateZone(
        f"{key}-zone", resource_group_name=group.name, private_zone_name=zone_name, location="global", tags=TAGS
    )
    privatedns.VirtualNetworkLink(
        f"{key}-zone-hub",
        resource_group_name=group.name,
        private_zone_name=zone.name,
        virtual_network_link_name="hub",
        location="global",
        virtual_network=privatedns.SubResourceArgs(id=hub.id),
        registration_enabled=False,
        tags=TAGS,
    )
    zone_ids[key] = zone.id

pulumi.export("network", {"hub": {"vnet_id": hub.id}, "dns_zones": zone_ids})
pulumi.export("runnersSubnetId", runners.id)
pulumi.export("runnersAddress", address.ip_address)
