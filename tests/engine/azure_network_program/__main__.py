"""Network of an organisation on Azure with the subnets of a site, and a subnet of runners."""

import pulumi
from pulumi_azure_native import network, resources

GROUP, REGION = "falaj-hub", "uaenorth"
BLOCKS = {
    "nodes": "10.20.0.0/18",
    "api-server": "10.20.64.0/28",
    "endpoints": "10.20.65.0/24",
    "runners": "10.20.66.0/26",
}
FIREWALL = "10.20.128.4"

group = resources.ResourceGroup("group", resource_group_name=GROUP, location=REGION)
vnet = network.VirtualNetwork(
    "network",
    resource_group_name=group.name,
    virtual_network_name="organisation",
    location=REGION,
    address_space=network.AddressSpaceArgs(address_prefixes=["10.20.0.0/16"]),
)
table = network.RouteTable(
    "routes",
    resource_group_name=group.name,
    route_table_name="to-firewall",
    location=REGION,
    routes=[
        network.RouteArgs(
            name="internet",
            address_prefix="0.0.0.0/0",
            next_hop_type=network.RouteNextHopType.VIRTUAL_APPLIANCE,
            next_hop_ip_address=FIREWALL,
        )
    ],
)


def security_group(subnet: str, *rules: network.SecurityRuleArgs) -> network.NetworkSecurityGroupArgs:
    """Creates the network security group of a subnet."""
    made = network.NetworkSecurityGroup(
        f"{subnet}-rules",
        resource_group_name=group.name,
        network_security_group_name=subnet,
        location=REGION,
        security_rules=list(rules),
    )
    return network.NetworkSecurityGroupArgs(id=made.id)


def rule(name: str, priority: int, access: str, source: str, ports: list[str]) -> network.SecurityRuleArgs:
    """Returns a rule of inbound TCP traffic."""
    return network.SecurityRuleArgs(
        name=name,
        priority=priority,
        direction=network.SecurityRuleDirection.INBOUND,
        access=access,
        protocol=network.SecurityRuleProtocol.TCP,
        source_address_prefix=source,
        source_port_range="*",
        destination_address_prefix="*",
        destination_port_ranges=ports,
    )


NO_INTERNET = rule("internet", 4000, "Deny", "Internet", ["0-65535"])
FROM_NODES = rule("nodes", 100, "Allow", BLOCKS["nodes"], ["443", "2049"])
OPTIONS = {
    "nodes": {
        "route_table": network.RouteTableArgs(id=table.id),
        "network_security_group": security_group("nodes", NO_INTERNET),
    },
    "api-server": {
        "delegations": [network.DelegationArgs(name="aks", service_name="Microsoft.ContainerService/managedClusters")]
    },
    "endpoints": {"network_security_group": security_group("endpoints", FROM_NODES, NO_INTERNET)},
    "runners": {},
}
subnets = {
    name: network.Subnet(
        name,
        resource_group_name=group.name,
        virtual_network_name=vnet.name,
        subnet_name=name,
        address_prefix=BLOCKS[name],
        **options,
    )
    for name, options in OPTIONS.items()
}
pulumi.export("runnersSubnetId", subnets["runners"].id)
pulumi.export(
    "network",
    {
        "existing": {
            "vnet_id": vnet.id,
            "node_subnet_id": subnets["nodes"].id,
            "api_server_subnet_id": subnets["api-server"].id,
            "endpoint_subnet_id": subnets["endpoints"].id,
        }
    },
)
