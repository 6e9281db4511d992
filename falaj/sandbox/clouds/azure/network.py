"""Virtual networks: address spaces, subnets, and resources in use."""

from __future__ import annotations

from collections.abc import Iterator
from ipaddress import IPv4Network, IPv6Network, ip_network

from falaj.sandbox.clouds.azure.arm import GROUP, ArmResourceType, arm_error, arm_type
from falaj.sandbox.clouds.spec import InventoryItem, Operation, UsedBy
from falaj.sandbox.clouds.values import Json, Props, get_all, get_path, get_str

Network = IPv4Network | IPv6Network
VNET = "azure-native:network:VirtualNetwork"
SUBNET = "azure-native:network:Subnet"
_NET = f"{GROUP}/providers/Microsoft.Network"


def _prefixes(value: Json) -> list[str]:
    """Returns the address prefixes of a subnet or of a network's address space."""
    prefixes = [*get_all(value, "addressPrefixes[*]"), get_path(value, "addressPrefix")]
    return [item for item in prefixes if isinstance(item, str)]


def _cidr_error(owner: str, prefixes: list[str]) -> str | None:
    for prefix in prefixes:
        try:
            ip_network(prefix)
        except ValueError:
            return arm_error(
                400,
                "InvalidCIDRNotation",
                f"The address prefix {prefix} in resource {owner} has an invalid CIDR notation.",
            )
    return None


def _overlap(ranges: list[Network], other_ranges: list[Network]) -> bool:
    return any(a.version == b.version and a.overlaps(b) for a in ranges for b in other_ranges)


def _parsed(prefixes: list[str]) -> list[Network]:
    return [ip_network(prefix) for prefix in prefixes]


def _within(prefixes: list[Network], space: list[Network]) -> bool:
    return all(any(_covers(outer, inner) for outer in space) for inner in prefixes)


def _covers(outer: Network, inner: Network) -> bool:
    if isinstance(outer, IPv4Network) and isinstance(inner, IPv4Network):
        return inner.subnet_of(outer)
    return isinstance(outer, IPv6Network) and isinstance(inner, IPv6Network) and inner.subnet_of(outer)


def _subnets_of(op: Operation, vnet_id: str, inline: Json) -> Iterator[tuple[str, Props]]:
    """Yields (name, properties) of all subnets of a network: inline ones and separate ones."""
    for item in get_all(inline, "subnets[*]"):
        if isinstance(item, dict):
            yield get_str(item, "name"), item
    for subnet in op.state.find(SUBNET, scope=vnet_id):
        yield subnet.name, subnet.inputs


def vnet_addresses(op: Operation) -> str | None:
    """Checks that the address space is valid, and the inline subnets lie inside it without overlap."""
    space = _prefixes(get_path(op.inputs, "addressSpace"))
    error = _cidr_error(op.name, space)
    if error or not space:
        return error or arm_error(
            400, "NetcfgInvalidVirtualNetwork", f"Virtual network '{op.name}' has no address space."
        )
    others: list[tuple[str, list[Network]]] = []
    for name, item in _subnets_of(op, op.variables["id"], op.inputs):
        problem = _cidr_error(name, _prefixes(item)) or _subnet_error(
            op.name, name, _parsed(_prefixes(item)), _parsed(space), others
        )
        if problem:
            return problem
        others.append((name, _parsed(_prefixes(item))))
    return None


def subnet_addresses(op: Operation) -> str | None:
    """Checks that a subnet lies inside its network and overlaps no other subnet."""
    vnet = op.state.by_handle(op.variables["parent"].lower())
    error = _cidr_error(op.name, _prefixes(op.inputs))
    if error or vnet is None:
        return error
    others = [
        (name, _parsed(_prefixes(item))) for name, item in _subnets_of(op, vnet.id, vnet.inputs) if name != op.name
    ]
    space = _parsed(_prefixes(get_path(vnet.inputs, "addressSpace")))
    return _subnet_error(vnet.name, op.name, _parsed(_prefixes(op.inputs)), space, others)


def _subnet_error(
    vnet: str, name: str, prefixes: list[Network], space: list[Network], others: list[tuple[str, list[Network]]]
) -> str | None:
    if not prefixes or not _within(prefixes, space):
        return arm_error(400, "NetcfgInvalidSubnet", f"Subnet '{name}' is not valid in virtual network '{vnet}'.")
    for _, ranges in others:
        if _overlap(prefixes, ranges):
            return arm_error(
                400,
                "NetcfgSubnetRangesOverlap",
                f"Subnet '{name}' is not valid "
                "because its IP address range overlaps with that of an existing subnet "
                f"in virtual network '{vnet}'.",
            )
    return None


_USERS = (
    "azure-native:network:PrivateEndpoint",
    "azure-native:containerservice:ManagedCluster",
    "azure-native:containerservice:AgentPool",
)
"""Types with network interfaces in a subnet."""


def _in_use_error(subnet: InventoryItem, user: InventoryItem) -> str:
    return arm_error(
        400,
        "InUseSubnetCannotBeDeleted",
        f"Subnet {subnet.name} is in use by {user.id} and cannot be deleted. "
        "In order to delete the subnet, delete all the resources within the subnet. See aka.ms/deletesubnet.",
    )


def subnet_unused(op: Operation) -> str | None:
    """Rejects the deletion of a subnet with network interfaces in it."""
    return _first_use(op, [op.existing] if op.existing else [])


def vnet_unused(op: Operation) -> str | None:
    """Rejects the deletion of a network while one of its subnets is in use."""
    return _first_use(op, op.state.find(SUBNET, scope=op.variables["id"]))


def _first_use(op: Operation, subnets: list[InventoryItem]) -> str | None:
    for subnet in subnets:
        for user in op.state.referrers(subnet):
            if user.type in _USERS:
                return _in_use_error(subnet, user)
    return None


def endpoint_subnet_not_delegated(op: Operation) -> str | None:
    """Rejects a private endpoint in a delegated subnet."""
    subnet = op.state.by_handle(get_str(op.inputs, "subnet.id").lower())
    if subnet is None or not get_all(subnet.inputs, "delegations[*]"):
        return None
    return arm_error(
        400,
        "PrivateEndpointCannotBeCreatedInSubnetThatHasDelegation",
        f"Private endpoint {op.variables['id']} cannot be created in subnet {subnet.id} "
        "because the subnet is delegated.",
    )


def zone_has_no_links(op: Operation) -> str | None:
    """Rejects the deletion of a private DNS zone while networks are linked to it."""
    if not op.state.find("azure-native:privatedns:VirtualNetworkLink", scope=op.variables["id"]):
        return None
    return arm_error(409, "CannotDeleteResource", "Can not delete resource before nested resources are deleted.")


def network_has_no_such_zone(op: Operation) -> str | None:
    """Rejects a second zone of the same name for a network (MicrosoftDocs/SupportArticles-docs,
    azure-kubernetes/create-upgrade-delete, "Reconcile private dns failed", for the message).
    """
    linked = get_str(op.inputs, "virtualNetwork.id").lower()
    name = op.scope.rpartition("/")[2].lower()
    for link in op.state.find(op.token):
        others = get_str(link.inputs, "virtualNetwork.id").lower() == linked and link.id != op.variables["id"]
        if others and link.scope.rpartition("/")[2].lower() == name:
            return arm_error(
                400,
                "BadRequest",
                "A virtual network cannot be linked to multiple zones with overlapping namespaces. You tried to link "
                f"virtual network with '{name}' and '{name}' zones.",
            )
    return None


def _in_use(code: str, sentence: str, *types: str) -> tuple[UsedBy, ...]:
    return (UsedBy(types, arm_error(400, code, sentence)),)


RESOURCE_TYPES: tuple[ArmResourceType, ...] = (
    arm_type(
        "network:VirtualNetwork",
        f"{_NET}/virtualNetworks/{{virtualNetworkName}}",
        write_rules=(vnet_addresses,),
        delete_rules=(vnet_unused,),
    ),
    arm_type(
        "network:Subnet",
        f"{_NET}/virtualNetworks/{{virtualNetworkName}}/subnets/{{subnetName}}",
        {"privateEndpointNetworkPolicies": "Disabled", "privateLinkServiceNetworkPolicies": "Enabled"},
        write_rules=(subnet_addresses,),
        delete_rules=(subnet_unused,),
    ),
    arm_type(
        "network:NetworkSecurityGroup",
        f"{_NET}/networkSecurityGroups/{{networkSecurityGroupName}}",
        used_by=_in_use(
            "InUseNetworkSecurityGroupCannotBeDeleted",
            "Network security group {id} cannot be deleted because it is in use by the following resources: {user}.",
            SUBNET,
            VNET,
        ),
    ),
    arm_type(
        "network:RouteTable",
        f"{_NET}/routeTables/{{routeTableName}}",
        used_by=_in_use(
            "InUseRouteTableCannotBeDeleted",
            "Route table {id} is in use by subnet {user} and cannot be deleted.",
            SUBNET,
            VNET,
        ),
    ),
    arm_type(
        "network:PublicIPAddress",
        f"{_NET}/publicIPAddresses/{{publicIpAddressName}}",
        {"ipAddress": "20.203.{host}.{host}"},
        replace_on_changes=("publicIPAddressVersion", "publicIPPrefix", "sku", "zones"),
        used_by=_in_use(
            "PublicIPAddressCannotBeDeleted",
            "Public IP address {id} can not be deleted since it is still allocated to resource {user}.",
            "azure-native:network:NatGateway",
        ),
    ),
    arm_type(
        "network:PublicIPPrefix",
        f"{_NET}/publicIPPrefixes/{{publicIpPrefixName}}",
        {"ipPrefix": "20.203.{host}.0/28"},
        replace_on_changes=("prefixLength", "publicIPAddressVersion", "sku", "zones"),
        used_by=_in_use(
            "PublicIPPrefixCannotBeDeleted",
            "Public IP prefix {id} can not be deleted since it is still allocated to resource {user}.",
            "azure-native:network:NatGateway",
        ),
    ),
    arm_type(
        "network:NatGateway",
        f"{_NET}/natGateways/{{natGatewayName}}",
        replace_on_changes=("zones", "sku"),
        used_by=_in_use(
            "InUseNatGatewayCannotBeDeleted",
            "NAT gateway {id} cannot be deleted because it is in use by subnet {user}.",
            SUBNET,
            VNET,
        ),
    ),
    arm_type(
        "network:PrivateEndpoint",
        f"{_NET}/privateEndpoints/{{privateEndpointName}}",
        replace_on_changes=("subnet",),
        write_rules=(endpoint_subnet_not_delegated,),
    ),
    arm_type(
        "network:PrivateDnsZoneGroup",
        f"{_NET}/privateEndpoints/{{privateEndpointName}}/privateDnsZoneGroups/{{privateDnsZoneGroupName}}",
    ),
    arm_type(
        "privatedns:PrivateZone",
        f"{_NET}/privateDnsZones/{{privateZoneName}}",
        {"numberOfRecordSets": 1, "maxNumberOfRecordSets": 25000},
        delete_rules=(zone_has_no_links,),
    ),
    arm_type(
        "privatedns:VirtualNetworkLink",
        f"{_NET}/privateDnsZones/{{privateZoneName}}/virtualNetworkLinks/{{virtualNetworkLinkName}}",
        {"virtualNetworkLinkState": "Completed"},
        replace_on_changes=("virtualNetwork",),
        write_rules=(network_has_no_such_zone,),
    ),
)
"""Resource types of Microsoft.Network."""
