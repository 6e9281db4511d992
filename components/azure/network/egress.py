"""Egress of a network: one NAT gateway, or routes to a firewall."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from ipaddress import IPv4Address, IPv4Network
from typing import Annotated

import pulumi
from pulumi_azure_native import network
from pydantic import AfterValidator

from falaj.components.azure.common.args import ResourceGroupArgs
from falaj.components.core.network.azure_ids import group_of_id, name_of_id
from falaj.components.core.network.azure_specs import NatSpec, RouteSpec
from falaj.components.core.validation.enums import Egress
from falaj.components.core.validation.inputs import map_inputs
from falaj.components.core.validation.problems import refusal


def _supported(egress: Egress) -> Egress:
    if egress is Egress.NAT_PER_ZONE:
        allowed = "none, nat-single or firewall: an Azure subnet takes one NAT gateway"
        raise refusal(allowed, "write nat-single")
    return egress


AzureEgress = Annotated[Egress, AfterValidator(_supported)]
"""An egress type that Azure supports."""


@dataclass(frozen=True)
class Nat:
    """A NAT gateway and its public addresses, the source addresses of the network's outbound traffic."""

    gateway: network.SubResourceArgs
    addresses: pulumi.Output[Sequence[str]]


def nat_gateway(
    name: str, args: ResourceGroupArgs, nat: NatSpec, zones: Sequence[str], opts: pulumi.ResourceOptions
) -> Nat:
    """Creates a NAT gateway with zone-redundant public addresses, or with those of an existing prefix.

    The gateway itself is in one zone, which Azure chooses: outbound traffic stops if that zone fails. The SKU
    StandardV2 is in all zones at the same price (learn.microsoft.com, nat-sku, 2026-11), but the API version of
    azure-native 3.29, Microsoft.Network 2024-05-01, has neither that gateway nor the address that it needs.
    """
    if nat.uses_existing:
        return _existing_addresses(name, args, nat, opts)
    addresses = [_address(name, args, index, zones, opts) for index in range(nat.addresses)]
    known = pulumi.Output.all(*(address.ip_address.apply(lambda ip: ip or "") for address in addresses))
    gateway = _gateway(name, args, nat, [address.id for address in addresses], opts)
    return Nat(network.SubResourceArgs(id=gateway.id), known)


def _existing_addresses(name: str, args: ResourceGroupArgs, nat: NatSpec, opts: pulumi.ResourceOptions) -> Nat:
    gateway = _gateway(name, args, nat, nat.address_ids, opts)
    if nat.prefix_id:
        known = _addresses_of(nat.prefix_id, opts.parent)
    else:
        known = pulumi.Output.all(*(_known_address(address_id, opts.parent) for address_id in nat.address_ids))
    return Nat(network.SubResourceArgs(id=gateway.id), known)


def _gateway(
    name: str,
    args: ResourceGroupArgs,
    nat: NatSpec,
    address_ids: Sequence[pulumi.Input[str]],
    opts: pulumi.ResourceOptions,
) -> network.NatGateway:
    return network.NatGateway(
        f"{name}-nat",
        location=args.region,
        resource_group_name=args.resource_group_name,
        sku=network.NatGatewaySkuArgs(name=network.NatGatewaySkuName.STANDARD),
        public_ip_addresses=[network.SubResourceArgs(id=address_id) for address_id in address_ids] or None,
        public_ip_prefixes=[network.SubResourceArgs(id=nat.prefix_id)] if nat.prefix_id else None,
        idle_timeout_in_minutes=nat.idle_minutes,
        tags=args.tags,
        opts=opts,
    )


def _address(
    name: str, args: ResourceGroupArgs, index: int, zones: Sequence[str], opts: pulumi.ResourceOptions
) -> network.PublicIPAddress:
    return network.PublicIPAddress(
        f"{name}-nat-address" + (f"-{index + 1}" if index else ""),
        location=args.region,
        resource_group_name=args.resource_group_name,
        sku=network.PublicIPAddressSkuArgs(name=network.PublicIPAddressSkuName.STANDARD),
        public_ip_allocation_method=network.IPAllocationMethod.STATIC,
        zones=zones,
        tags=args.tags,
        opts=opts,
    )


def _addresses_of(prefix_id: pulumi.Input[str], parent: pulumi.Resource | None) -> pulumi.Output[Sequence[str]]:
    """Returns the addresses of an existing public IP prefix."""
    prefix = network.get_public_ip_prefix_output(
        resource_group_name=map_inputs(group_of_id, prefix_id),
        public_ip_prefix_name=map_inputs(name_of_id, prefix_id),
        opts=pulumi.InvokeOutputOptions(parent=parent),
    )
    return prefix.ip_prefix.apply(lambda block: [str(address) for address in IPv4Network(block)])


def _known_address(address_id: pulumi.Input[str], parent: pulumi.Resource | None) -> pulumi.Output[str]:
    """Returns the address of an existing public address."""
    address = network.get_public_ip_address_output(
        resource_group_name=map_inputs(group_of_id, address_id),
        public_ip_address_name=map_inputs(name_of_id, address_id),
        opts=pulumi.InvokeOutputOptions(parent=parent),
    )
    return address.ip_address.apply(lambda ip: ip or "")


def node_routes(
    name: str,
    args: ResourceGroupArgs,
    firewall_address: pulumi.Input[IPv4Address] | None,
    routes: Mapping[str, RouteSpec],
    opts: pulumi.ResourceOptions,
) -> network.RouteTableArgs | None:
    """Creates the route table of the nodes: all outbound traffic to the firewall, if any, and further routes. Returns
    None without routes."""
    blocks: list[tuple[str, str, pulumi.Input[IPv4Address]]] = []
    if firewall_address is not None:
        blocks.append(("out-through-firewall", "0.0.0.0/0", firewall_address))
    blocks += [(route_name, str(route.destination), route.next_hop) for route_name, route in routes.items()]
    if not blocks:
        return None
    table = network.RouteTable(
        f"{name}-routes",
        location=args.region,
        resource_group_name=args.resource_group_name,
        # Routes propagated from a gateway would bypass the firewall.
        disable_bgp_route_propagation=firewall_address is not None,
        routes=[
            network.RouteArgs(
                name=route_name,
                address_prefix=block,
                next_hop_type=network.RouteNextHopType.VIRTUAL_APPLIANCE,
                next_hop_ip_address=map_inputs(str, address),
            )
            for route_name, block, address in blocks
        ],
        tags=args.tags,
        opts=opts,
    )
    return network.RouteTableArgs(id=table.id)
