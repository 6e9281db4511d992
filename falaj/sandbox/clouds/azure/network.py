"""Virtual networks and what is in them: rows, and Azure's refusals about addresses and use."""

from __future__ import annotations

from collections.abc import Iterator
from ipaddress import IPv4Network, IPv6Network, ip_network

from falaj.sandbox.clouds.azure.arm import GROUP, ArmRow, arm_error, arm_row
from falaj.sandbox.clouds.rows import Call, InUse, Resource
from falaj.sandbox.clouds.values import Json, Props, at, each, text

Network = IPv4Network | IPv6Network
VNET = "azure-native:network:VirtualNetwork"
SUBNET = "azure-native:network:Subnet"
_NET = f"{GROUP}/providers/Microsoft.Network"


def _ranges(value: Json) -> list[str]:
    """The address prefixes of a subnet or of a network's address space."""
    found = [*each(value, "addressPrefixes[*]"), at(value, "addressPrefix")]
    return [item for item in found if isinstance(item, str)]


def _bad_notation(owner: str, prefixes: list[str]) -> str | None:
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


def _overlap(one: list[Network], two: list[Network]) -> bool:
    return any(a.version == b.version and a.overlaps(b) for a in one for b in two)


def _parsed(prefixes: list[str]) -> list[Network]:
    return [ip_network(prefix) for prefix in prefixes]


def _within(prefixes: list[Network], space: list[Network]) -> bool:
    return all(any(_covers(outer, inner) for outer in space) for inner in prefixes)


def _covers(outer: Network, inner: Network) -> bool:
    if isinstance(outer, IPv4Network) and isinstance(inner, IPv4Network):
        return inner.subnet_of(outer)
    return isinstance(outer, IPv6Network) and isinstance(inner, IPv6Network) and inner.subnet_of(outer)


def _subnets_of(call: Call, vnet_id: str, inline: Json) -> Iterator[tuple[str, Props]]:
    """(name, properties) of every subnet of a network: those written inside it and those of their own."""
    for item in each(inline, "subnets[*]"):
        if isinstance(item, dict):
            yield text(item, "name"), item
    for found in call.world.find(SUBNET, scope=vnet_id):
        yield found.name, found.inputs


def vnet_addresses(call: Call) -> str | None:
    """The address space is well formed, and every subnet written inside the network fits it without overlap."""
    space = _ranges(at(call.inputs, "addressSpace"))
    bad = _bad_notation(call.name, space)
    if bad or not space:
        return bad or arm_error(
            400, "NetcfgInvalidVirtualNetwork", f"Virtual network '{call.name}' has no address space."
        )
    taken: list[tuple[str, list[Network]]] = []
    for name, item in _subnets_of(call, call.facts["id"], call.inputs):
        problem = _bad_notation(name, _ranges(item)) or _misplaced(
            call.name, name, _parsed(_ranges(item)), _parsed(space), taken
        )
        if problem:
            return problem
        taken.append((name, _parsed(_ranges(item))))
    return None


def subnet_addresses(call: Call) -> str | None:
    """A subnet lies inside its network and overlaps no other subnet of it."""
    vnet = call.world.by_handle(call.facts["parent"].lower())
    bad = _bad_notation(call.name, _ranges(call.inputs))
    if bad or vnet is None:
        return bad
    others = [
        (name, _parsed(_ranges(item))) for name, item in _subnets_of(call, vnet.id, vnet.inputs) if name != call.name
    ]
    space = _parsed(_ranges(at(vnet.inputs, "addressSpace")))
    return _misplaced(vnet.name, call.name, _parsed(_ranges(call.inputs)), space, others)


def _misplaced(
    vnet: str, name: str, wanted: list[Network], space: list[Network], others: list[tuple[str, list[Network]]]
) -> str | None:
    if not wanted or not _within(wanted, space):
        return arm_error(400, "NetcfgInvalidSubnet", f"Subnet '{name}' is not valid in virtual network '{vnet}'.")
    for _, ranges in others:
        if _overlap(wanted, ranges):
            return arm_error(
                400,
                "NetcfgSubnetRangesOverlap",
                f"Subnet '{name}' is not valid because its IP address range overlaps with that of an existing "
                "subnet in "
                f"virtual network '{vnet}'.",
            )
    return None


_USERS = (
    "azure-native:network:PrivateEndpoint",
    "azure-native:containerservice:ManagedCluster",
    "azure-native:containerservice:AgentPool",
)
"""Types that put network interfaces into a subnet."""


def _used_message(subnet: Resource, user: Resource) -> str:
    return arm_error(
        400,
        "InUseSubnetCannotBeDeleted",
        f"Subnet {subnet.name} is in use by {user.id} and cannot be deleted. In order to delete the subnet, "
        "delete all "
        "the resources within the subnet. See aka.ms/deletesubnet.",
    )


def subnet_unused(call: Call) -> str | None:
    """A subnet with network interfaces in it cannot be deleted."""
    return _first_use(call, [call.existing] if call.existing else [])


def vnet_unused(call: Call) -> str | None:
    """Deleting a network deletes its subnets, so none of them may be in use."""
    return _first_use(call, call.world.find(SUBNET, scope=call.facts["id"]))


def _first_use(call: Call, subnets: list[Resource]) -> str | None:
    for subnet in subnets:
        for user in call.world.referring(subnet):
            if user.type in _USERS:
                return _used_message(subnet, user)
    return None


def endpoint_subnet(call: Call) -> str | None:
    """A private endpoint cannot live in a subnet that is delegated to a service."""
    subnet = call.world.by_handle(text(call.inputs, "subnet.id").lower())
    if subnet is None or not each(subnet.inputs, "delegations[*]"):
        return None
    return arm_error(
        400,
        "PrivateEndpointCannotBeCreatedInSubnetThatHasDelegation",
        f"Private endpoint {call.facts['id']} cannot be created in subnet {subnet.id} because the subnet is delegated.",
    )


def zone_without_links(call: Call) -> str | None:
    """A private DNS zone cannot be deleted while networks are linked to it."""
    if not call.world.find("azure-native:privatedns:VirtualNetworkLink", scope=call.facts["id"]):
        return None
    return arm_error(409, "CannotDeleteResource", "Can not delete resource before nested resources are deleted.")


def _in_use(code: str, sentence: str, *types: str) -> tuple[InUse, ...]:
    return (InUse(types, arm_error(400, code, sentence)),)


ROWS: tuple[ArmRow, ...] = (
    arm_row(
        "network:VirtualNetwork",
        f"{_NET}/virtualNetworks/{{virtualNetworkName}}",
        creating=(vnet_addresses,),
        deleting=(vnet_unused,),
    ),
    arm_row(
        "network:Subnet",
        f"{_NET}/virtualNetworks/{{virtualNetworkName}}/subnets/{{subnetName}}",
        {"privateEndpointNetworkPolicies": "Disabled", "privateLinkServiceNetworkPolicies": "Enabled"},
        creating=(subnet_addresses,),
        deleting=(subnet_unused,),
    ),
    arm_row(
        "network:NetworkSecurityGroup",
        f"{_NET}/networkSecurityGroups/{{networkSecurityGroupName}}",
        in_use=_in_use(
            "InUseNetworkSecurityGroupCannotBeDeleted",
            "Network security group {id} cannot be deleted because it is in use by the following resources: {user}.",
            SUBNET,
            VNET,
        ),
    ),
    arm_row(
        "network:RouteTable",
        f"{_NET}/routeTables/{{routeTableName}}",
        in_use=_in_use(
            "InUseRouteTableCannotBeDeleted",
            "Route table {id} is in use by subnet {user} and cannot be deleted.",
            SUBNET,
            VNET,
        ),
    ),
    arm_row(
        "network:PublicIPAddress",
        f"{_NET}/publicIPAddresses/{{publicIpAddressName}}",
        {"ipAddress": "20.203.{host}.{host}"},
        replace=("publicIPAddressVersion", "publicIPPrefix", "sku", "zones"),
        in_use=_in_use(
            "PublicIPAddressCannotBeDeleted",
            "Public IP address {id} can not be deleted since it is still allocated to resource {user}.",
            "azure-native:network:NatGateway",
        ),
    ),
    arm_row(
        "network:NatGateway",
        f"{_NET}/natGateways/{{natGatewayName}}",
        replace=("zones", "sku"),
        in_use=_in_use(
            "InUseNatGatewayCannotBeDeleted",
            "NAT gateway {id} cannot be deleted because it is in use by subnet {user}.",
            SUBNET,
            VNET,
        ),
    ),
    arm_row(
        "network:PrivateEndpoint",
        f"{_NET}/privateEndpoints/{{privateEndpointName}}",
        replace=("subnet",),
        creating=(endpoint_subnet,),
    ),
    arm_row(
        "network:PrivateDnsZoneGroup",
        f"{_NET}/privateEndpoints/{{privateEndpointName}}/privateDnsZoneGroups/{{privateDnsZoneGroupName}}",
    ),
    arm_row(
        "privatedns:PrivateZone",
        f"{_NET}/privateDnsZones/{{privateZoneName}}",
        {"numberOfRecordSets": 1, "maxNumberOfRecordSets": 25000},
        deleting=(zone_without_links,),
    ),
    arm_row(
        "privatedns:VirtualNetworkLink",
        f"{_NET}/privateDnsZones/{{privateZoneName}}/virtualNetworkLinks/{{virtualNetworkLinkName}}",
        {"virtualNetworkLinkState": "Completed"},
        replace=("virtualNetwork",),
    ),
)
"""Rows of Microsoft.Network."""
