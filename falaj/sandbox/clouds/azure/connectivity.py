"""Which networks reach each other, and which private names they resolve, from the inventory.

Networks are compared by their ids in lower case, as Azure compares them.
"""

from __future__ import annotations

from collections.abc import Iterator
from ipaddress import ip_address, ip_network

from falaj.sandbox.clouds.spec import CloudState, InventoryItem
from falaj.sandbox.clouds.values import get_all, get_str

VNET = "azure-native:network:VirtualNetwork"
PEERING = "azure-native:network:VirtualNetworkPeering"
HUB = "azure-native:network:VirtualHub"
HUB_CONNECTION = "azure-native:network:HubVirtualNetworkConnection"
ZONE_LINK = "azure-native:privatedns:VirtualNetworkLink"


def network_of(id_: str) -> str:
    """Returns the id of the network of a subnet or peering, or of the network itself, in lower case."""
    folded = id_.rstrip("/").lower()
    for child in ("/subnets/", "/virtualnetworkpeerings/"):
        folded = folded.partition(child)[0]
    return folded


def network_with(state: CloudState, address: str) -> str | None:
    """Returns the id of the network whose address space contains a private address; None for another address."""
    return next((item.id.lower() for item in _vnets(state) if _contains(item, address)), None)


def connected(state: CloudState, first: str, second: str) -> bool:
    """Returns whether two networks route to each other: the same, peered in both directions, or on one virtual hub."""
    first, second = network_of(first), network_of(second)
    if first == second:
        return True
    peered = _peered(state, first, second) and _peered(state, second, first)
    return peered or bool(_hubs_of(state, first) & _hubs_of(state, second))


def next_hop_reachable(state: CloudState, network: str, address: str) -> bool:
    """Returns whether an appliance's private address is in the network, or in one that it is connected to.

    A connection to a network of another subscription, whose addresses are not in the inventory, counts.
    """
    own = network_of(network)
    if any(_contains(item, address) for item in _vnets(state) if connected(state, own, item.id)):
        return True
    known = {item.id.lower() for item in _vnets(state)}
    if any(network not in known for network in _remote_networks(state, own)):
        return True
    hubs = {item.id.lower(): item for item in state.find_in_any_cloud(HUB)}
    return any(
        hub not in hubs or _in(get_str(hubs[hub].inputs, "addressPrefix"), address) for hub in _hubs_of(state, own)
    )


def resolves(state: CloudState, network: str, linked: set[str]) -> bool:
    """Returns whether machines of a network resolve the names of a private DNS zone that is linked to `linked`.

    Azure's DNS answers for the networks that the zone is linked to. A network with DNS servers of its own asks those,
    and they resolve what the network that they are in resolves (azure-aks-docs private-clusters.md, hub and spoke with
    custom DNS, 2026-08-05).
    """
    return bool(_resolvers(state, network_of(network)) & {network_of(id_) for id_ in linked})


def networks_of_zone(state: CloudState, zone: str) -> set[str]:
    """Returns the networks that a private DNS zone is linked to."""
    links = (item for item in state.find_in_any_cloud(ZONE_LINK) if item.scope.lower() == zone.lower())
    return {network_of(get_str(link.inputs, "virtualNetwork.id")) for link in links}


def dns_servers(state: CloudState, network: str) -> list[str]:
    """Returns the DNS servers that a network is configured with; none for Azure's DNS."""
    vnets = (item for item in _vnets(state) if item.id.lower() == network_of(network))
    return [str(server) for vnet in vnets for server in get_all(vnet.inputs, "dhcpOptions.dnsServers[*]")]


def _resolvers(state: CloudState, network: str) -> set[str]:
    servers = dns_servers(state, network)
    if not servers:
        return {network}
    return {item.id.lower() for item in _vnets(state) for server in servers if _contains(item, server)}


def _vnets(state: CloudState) -> list[InventoryItem]:
    return state.find_in_any_cloud(VNET)


def _contains(vnet: InventoryItem, address: str) -> bool:
    return any(_in(str(prefix), address) for prefix in get_all(vnet.inputs, "addressSpace.addressPrefixes[*]"))


def _in(prefix: str, address: str) -> bool:
    try:
        return ip_address(address) in ip_network(prefix)
    except ValueError:
        return False


def _remote_networks(state: CloudState, network: str) -> Iterator[str]:
    for peering in state.find_in_any_cloud(PEERING):
        if peering.scope.lower() == network:
            yield network_of(get_str(peering.inputs, "remoteVirtualNetwork.id"))


def _peered(state: CloudState, network: str, remote: str) -> bool:
    return remote in _remote_networks(state, network)


def _hubs_of(state: CloudState, network: str) -> set[str]:
    return {
        item.scope.lower()
        for item in state.find_in_any_cloud(HUB_CONNECTION)
        if network_of(get_str(item.inputs, "remoteVirtualNetwork.id")) == network
    }
