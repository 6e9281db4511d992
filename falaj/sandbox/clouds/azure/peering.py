"""Connections between networks: peerings with other networks, and connections to virtual hubs."""

from __future__ import annotations

from dataclasses import replace
from ipaddress import IPv4Network, IPv6Network, ip_network

from falaj.sandbox.clouds.azure.arm import GROUP, ArmResourceType, arm_error, arm_type
from falaj.sandbox.clouds.azure.connectivity import PEERING, network_of
from falaj.sandbox.clouds.spec import InventoryItem, Operation
from falaj.sandbox.clouds.values import Props, get_all, get_path, get_str

GATEWAY = "azure-native:network:VirtualNetworkGateway"
_NET = f"{GROUP}/providers/Microsoft.Network"


def addresses_disjoint(op: Operation) -> str | None:
    """Checks that the address spaces of two peered networks do not overlap."""
    networks = [op.state.by_handle(id_) for id_ in (network_of(op.variables["id"]), _remote(op.inputs))]
    own, remote = (_space(item) for item in networks)
    overlapping = [str(block) for block in own if any(_overlap(block, other) for other in remote)]
    if not overlapping or None in networks:
        return None
    first, second = (item.id for item in networks if item)
    return arm_error(
        400,
        "VnetAddressSpacesOverlap",
        f"Cannot create or update peering {op.variables['id']}. Virtual networks {first} and {second} cannot be peered "
        f"because their address spaces overlap. Overlapping address prefixes: {', '.join(overlapping)}",
    )


def remote_has_gateway(op: Operation) -> str | None:
    """Checks that a network whose gateways are used has one, and that its own peering allows the transit."""
    if get_path(op.inputs, "useRemoteGateways") is not True:
        return None
    remote, own = _remote(op.inputs), network_of(op.variables["id"])
    if op.state.by_handle(remote) is None:
        return None
    gateways = [
        subnet for item in op.state.find(GATEWAY) for subnet in get_all(item.inputs, "ipConfigurations[*].subnet.id")
    ]
    if not any(network_of(str(subnet)) == remote for subnet in gateways):
        return arm_error(
            400,
            "RemoteVnetHasNoGateways",
            f"Peering {op.variables['id']} cannot have UseRemoteGateways flag set to true because remote virtual "
            f"network {remote} referenced by the peering does not have any gateways.",
        )
    if any(get_path(back.inputs, "allowGatewayTransit") is True for back in _peerings(op, remote, own)):
        return None
    return arm_error(
        400,
        "RemotePeeringCannotAllowGatewayTransit",
        f"Peering {op.variables['id']} cannot have UseRemoteGateways flag set to true because the peering of remote "
        f"virtual network {remote} does not have AllowGatewayTransit flag set to true.",
    )


def update_states(op: Operation, item: InventoryItem) -> None:
    """Sets the state of both peerings of two networks: `Initiated` until the second exists, then `Connected`."""
    own, remote = network_of(item.id), _remote(item.inputs)
    backs = _peerings(op, remote, own)
    state = "Connected" if backs or op.state.by_handle(remote) is None else "Initiated"
    op.state.set_outputs(item, {**item.outputs, "peeringState": state})
    for back in backs:
        op.state.set_outputs(back, {**back.outputs, "peeringState": "Connected"})


def _peerings(op: Operation, network: str, remote: str) -> list[InventoryItem]:
    return [
        item for item in op.state.find(PEERING) if network_of(item.id) == network and _remote(item.inputs) == remote
    ]


def _remote(inputs: Props) -> str:
    return network_of(get_str(inputs, "remoteVirtualNetwork.id"))


def _space(vnet: InventoryItem | None) -> list[IPv4Network | IPv6Network]:
    prefixes = get_all(vnet.inputs, "addressSpace.addressPrefixes[*]") if vnet else []
    return [ip_network(str(prefix)) for prefix in prefixes]


def _overlap(first: IPv4Network | IPv6Network, second: IPv4Network | IPv6Network) -> bool:
    return first.version == second.version and first.overlaps(second)


RESOURCE_TYPES: tuple[ArmResourceType, ...] = (
    replace(
        arm_type(
            "network:VirtualNetworkPeering",
            f"{_NET}/virtualNetworks/{{virtualNetworkName}}/virtualNetworkPeerings/{{virtualNetworkPeeringName}}",
            {"peeringState": "Initiated", "peeringSyncLevel": "FullyInSync"},
            replace_on_changes=("remoteVirtualNetwork",),
            write_rules=(addresses_disjoint, remote_has_gateway),
        ),
        after_write=update_states,
    ),
    arm_type("network:VirtualHub", f"{_NET}/virtualHubs/{{virtualHubName}}"),
    arm_type(
        "network:HubVirtualNetworkConnection",
        f"{_NET}/virtualHubs/{{virtualHubName}}/hubVirtualNetworkConnections/{{connectionName}}",
        replace_on_changes=("remoteVirtualNetwork",),
    ),
)
"""Resource types of connections between networks."""
