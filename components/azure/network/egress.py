"""Egress of a network: one NAT gateway, or routes to a firewall."""

from collections.abc import Sequence
from dataclasses import dataclass
from ipaddress import IPv4Address
from typing import Annotated

import pulumi
from pulumi_azure_native import network
from pydantic import AfterValidator

from falaj.components.azure.common.args import ResourceGroupArgs
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
    """A NAT gateway and its public address, the source address of the network's outbound traffic."""

    gateway: network.SubResourceArgs
    address: pulumi.Output[str]


def nat_gateway(name: str, args: ResourceGroupArgs, zones: Sequence[str], opts: pulumi.ResourceOptions) -> Nat:
    """Creates a NAT gateway, whose public address is in all `zones`.

    The gateway itself is in one zone, which Azure chooses: outbound traffic stops if that zone fails. The SKU
    StandardV2 is in all zones at the same price (learn.microsoft.com, nat-sku, 2026-11), but the API version of
    azure-native 3.29, Microsoft.Network 2024-05-01, has neither that gateway nor the address that it needs.
    """
    address = network.PublicIPAddress(
        f"{name}-nat-address",
        location=args.region,
        resource_group_name=args.resource_group_name,
        sku=network.PublicIPAddressSkuArgs(name=network.PublicIPAddressSkuName.STANDARD),
        public_ip_allocation_method=network.IPAllocationMethod.STATIC,
        zones=zones,
        tags=args.tags,
        opts=opts,
    )
    gateway = network.NatGateway(
        f"{name}-nat",
        location=args.region,
        resource_group_name=args.resource_group_name,
        sku=network.NatGatewaySkuArgs(name=network.NatGatewaySkuName.STANDARD),
        public_ip_addresses=[network.SubResourceArgs(id=address.id)],
        tags=args.tags,
        opts=opts,
    )
    return Nat(network.SubResourceArgs(id=gateway.id), address.ip_address.apply(lambda ip: ip or ""))


def firewall_routes(
    name: str, args: ResourceGroupArgs, firewall_address: pulumi.Input[IPv4Address], opts: pulumi.ResourceOptions
) -> network.RouteTableArgs:
    """Creates a route table that sends all outbound traffic to the firewall."""
    table = network.RouteTable(
        f"{name}-routes",
        location=args.region,
        resource_group_name=args.resource_group_name,
        # Routes propagated from a gateway would bypass the firewall.
        disable_bgp_route_propagation=True,
        routes=[
            network.RouteArgs(
                name="out-through-firewall",
                address_prefix="0.0.0.0/0",
                next_hop_type=network.RouteNextHopType.VIRTUAL_APPLIANCE,
                next_hop_ip_address=map_inputs(str, firewall_address),
            )
        ],
        tags=args.tags,
        opts=opts,
    )
    return network.RouteTableArgs(id=table.id)
