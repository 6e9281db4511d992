"""What an AKS cluster needs of its network before it is created: outbound traffic, and the zone of its private name."""

from __future__ import annotations

import re

from falaj.sandbox.clouds.azure.arm import arm_error
from falaj.sandbox.clouds.azure.connectivity import dns_servers, network_of, next_hop_reachable
from falaj.sandbox.clouds.azure.identity import ROLE_ASSIGNMENT
from falaj.sandbox.clouds.spec import InventoryItem, Operation
from falaj.sandbox.clouds.values import Json, Props, get_all, get_path, get_str

_SUBSCRIPTION_WIDE = frozenset(
    ["8e3af657-a8ff-443c-a75c-2fe8c4bcb635", "b24988ac-6180-42a0-ab88-20f7382dd24c"],
)
"""Ids of the built-in roles Owner and Contributor."""
NETWORK_CONTRIBUTOR = "4d97b98b-1d4f-4787-a291-c67834d212e7"
DNS_ZONE_CONTRIBUTOR = "b12aa53e-6015-4669-85d0-8515ebb3ae7f"


def outbound_error(op: Operation, cluster: Props, pool: Json) -> str | None:
    """Checks that the subnet of each pool has the route or the NAT gateway that the cluster's outbound type needs."""
    subnet = op.state.by_handle(get_str(pool, "vnetSubnetID").lower())
    outbound_type = get_str(cluster, "networkProfile.outboundType")
    if outbound_type == "userDefinedRouting":
        return _route_error(op, subnet)
    if outbound_type == "userAssignedNATGateway" and (subnet is None or not get_str(subnet.inputs, "natGateway.id")):
        return arm_error(
            400,
            "InvalidParameter",
            "The value of parameter networkProfile.outboundType is invalid. Error details: "
            f"{outbound_type} needs a NAT gateway on the subnet of each agent pool.",
        )
    return None


def _route_error(op: Operation, subnet: InventoryItem | None) -> str | None:
    """Checks the default route of a pool's subnet: it exists, leads to an appliance, and the appliance is reachable.

    AKS validates the first two (azure-aks-docs egress-udr.md, 2023-05-10; hashicorp/terraform-provider-azurerm 8609).
    Nodes whose traffic is lost fail to start, with exit status 50 (AgentBaker cse_helpers.sh: ERR_OUTBOUND_CONN_FAIL;
    learn.microsoft.com/troubleshoot/azure/azure-kubernetes, OutboundConnFailVMExtensionError).
    """
    route = _default_route(op, subnet)
    if subnet is None or route is None:
        path = subnet.id if subnet else "of the cluster"
        return arm_error(
            400,
            "ExistingRouteTableNotAssociatedWithSubnet",
            f"An existing route table with a route for 0.0.0.0/0 has not been associated with subnet {path}. Please "
            "update the route table association.",
        )
    hop = get_str(route, "nextHopType")
    if hop not in ("VirtualAppliance", "VirtualNetworkGateway"):
        return arm_error(
            400,
            "RouteTableInvalidNextHop",
            f"Default route 0.0.0.0/0 has a next hop of {hop} but only next hops of VirtualAppliance or "
            "VirtualNetworkGateway are allowed. Please see http://aka.ms/aks/outboundtype for more details",
        )
    address = get_str(route, "nextHopIpAddress")
    if hop == "VirtualAppliance" and not next_hop_reachable(op.state, subnet.id, address):
        return arm_error(
            400,
            "OutboundConnFailVMExtensionError",
            "Unable to establish outbound connection from agents, please see https://aka.ms/aks-required-ports-and-"
            'addresses for more information. Details: Code="VMExtensionProvisioningError" Message="VM has reported a '
            "failure when processing extension 'vmssCSE'. Error message: Enable failed: failed to execute command: "
            f'command terminated with exit status=50" (nothing routes {subnet.id} to the next hop {address})',
        )
    return None


def _default_route(op: Operation, subnet: InventoryItem | None) -> Json:
    table = op.state.by_handle(get_str(subnet.inputs, "routeTable.id").lower()) if subnet else None
    routes = get_all(table.inputs, "routes[*]") if table else []
    return next((route for route in routes if get_str(route, "addressPrefix") == "0.0.0.0/0"), None)


def private_zone(op: Operation) -> str | None:
    """Checks the private DNS zone of a private API server: its name, and the rights of the cluster's identity.

    The identity needs Private DNS Zone Contributor on a zone that is given, and Network Contributor on the network,
    which AKS links the zone to. It also needs the latter if the network has DNS servers of its own
    (azure-aks-docs private-clusters.md, 2026-08-05; Azure/Azure-Landing-Zones 2892 for the message).
    """
    access = get_path(op.inputs, "apiServerAccessProfile")
    if get_path(access, "enablePrivateCluster") is not True or op.existing is not None:
        return None
    zone, region = get_str(access, "privateDNSZone"), op.variables["region"]
    network = _network(op)
    if zone.startswith("/"):
        if error := _zone_name_error(zone, region, get_path(access, "enableVnetIntegration") is True):
            return error
        if not _has_role(op, DNS_ZONE_CONTRIBUTOR, zone):
            return arm_error(
                400,
                "CustomPrivateDNSZoneMissingPermissionError",
                "Service principal or user-assigned identity must be given permission to read and write to custom "
                f"private dns zone {zone}. Check access result not allowed for action "
                "Microsoft.Network/privateDnsZones/write.",
            )
    elif not network or not dns_servers(op.state, network):
        return None
    if network and not _has_role(op, NETWORK_CONTRIBUTOR, network):
        return arm_error(
            403,
            "LinkedAuthorizationFailed",
            "The identity of the cluster has permission to perform action "
            "'Microsoft.Network/privateDnsZones/virtualNetworkLinks/write'; however, it does not have permission to "
            f"perform action 'Microsoft.Network/virtualNetworks/join/action' on the linked scope {network}.",
        )
    return None


def _zone_name_error(zone: str, region: str, integrated: bool) -> str | None:
    label = "private" if integrated else "privatelink"
    name = zone.rpartition("/")[2]
    if re.fullmatch(rf"([a-z0-9-]{{1,32}}\.)?{label}\.{region}\.azmk8s\.io", name):
        return None
    return arm_error(
        400,
        "InvalidPrivateDNSZone",
        f"The private DNS zone {name} is not valid: expected {label}.{region}.azmk8s.io or "
        f"<subzone>.{label}.{region}.azmk8s.io.",
    )


def _network(op: Operation) -> str:
    subnets = get_all(op.inputs, "agentPoolProfiles[*].vnetSubnetID")
    return network_of(str(subnets[0])) if subnets else ""


def _has_role(op: Operation, role: str, scope: str) -> bool:
    """Returns whether the cluster's identity has a role at a scope or above it. What is outside the sandbox's
    subscription cannot be looked up, and counts as granted."""
    if op.state.by_handle(scope.lower()) is None:
        return True
    identities = (
        op.state.by_handle(str(id_).lower()) for id_ in get_all(op.inputs, "identity.userAssignedIdentities[*]")
    )
    principals = {get_str(item.outputs, "principalId").lower() for item in identities if item}
    return any(
        get_str(item.inputs, "principalId").lower() in principals
        and get_str(item.inputs, "roleDefinitionId").rpartition("/")[2].lower() in (role, *_SUBSCRIPTION_WIDE)
        and f"{scope.lower()}/".startswith(f"/{get_str(item.inputs, 'scope').strip('/').lower()}/")
        for item in op.state.find(ROLE_ASSIGNMENT)
    )
