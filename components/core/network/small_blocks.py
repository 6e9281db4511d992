"""Networks on AWS smaller than /20, such as a landing zone grants. Pure."""

from collections.abc import Iterator
from ipaddress import IPv4Network

from falaj.components.core.network.cidr import layout, most_zones
from falaj.components.core.validation.enums import Egress
from falaj.components.core.validation.problems import Problem

ENDPOINTS_WITHOUT_EGRESS = 14
"""Private endpoints of a site without egress, each of which takes an address in each zone."""

RESERVED = 5
"""Addresses that AWS reserves in each subnet (VPC User Guide, subnet sizing)."""


def block_problems(block: IPv4Network, zones: int, egress: Egress) -> Iterator[Problem]:
    """Yields the problem of a block without room for the subnets of a created network, with the path `cidr`."""
    if zones > most_zones(block):
        yield Problem("cidr", str(block), f"a /22 or larger for {zones} zones", "use 2 zones, or a larger block")
        return
    plan = layout(block, zones)
    gateways = {Egress.NAT_SINGLE: 1, Egress.NAT_PER_ZONE: zones}.get(egress, 0)
    if gateways > len(plan.public):
        subnets = (
            "the public subnet of a NAT gateway" if gateways == 1 else f"{gateways} public subnets of NAT gateways"
        )
        allowed = f"a /23 or larger: with {zones} zones a /{block.prefixlen} has no room for {subnets}"
        yield Problem("cidr", str(block), allowed, "use a larger block, one zone, or egress firewall")
    addresses = plan.endpoints[0].num_addresses - RESERVED
    if egress is Egress.NONE and addresses < ENDPOINTS_WITHOUT_EGRESS:
        allowed = (
            f"a /23 or larger without egress: {ENDPOINTS_WITHOUT_EGRESS} private endpoints or more need an address in "
            f"each zone, and a {plan.endpoints[0]} has {addresses}"
        )
        yield Problem("cidr", str(block), allowed, "use a larger block, or another egress")
