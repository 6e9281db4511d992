"""Routes that lead round the firewall to which the default route of their table leads.

The longest prefix decides, and IPv6 has routes of its own (Amazon VPC, "Route priority" and "Route tables", as known).
An endpoint of a VPC is the target of a route where AWS Network Firewall or a load balancer of gateways stands behind it
(AWS Network Firewall, "Route tables", as known). A short list of partners may go another way; half of the internet does
not. Properties by pulumi-aws 7.51.1.
"""

import ipaddress
from collections.abc import Iterator, Mapping, Sequence

from ..engine.plan import Plan
from ..engine.reading import Plain, Resource, items_of
from ..engine.rows import aws
from ..engine.verdicts import Outcome, failed

TABLES, ROUTES = aws("ec2/RouteTable", "ec2/DefaultRouteTable"), aws("ec2/Route")
_RANGES = ("cidrBlock", "ipv6CidrBlock", "destinationCidrBlock", "destinationIpv6CidrBlock")
_WAYS_OUT = ("natGatewayId", "egressOnlyGatewayId", "gatewayId")
_FIREWALL = "vpcEndpointId"
_WIDEST = {4: 8, 6: 16}
"""Version of IP -> length of the prefix of the largest range that counts as a part of the internet; decided here."""
_LOCAL = "local"


def check_table(resource: Resource, plan: Plan) -> Iterator[Outcome]:
    """Yields a failure for each route of a table, or each route by itself, that leads round the firewall."""
    if resource.type in TABLES:
        own = [item for item in items_of(resource.get("routes")) if isinstance(item, dict)]
        routes = [*own, *(item.props for item in plan.by_key(_tables_of).get(resource.urn, ()))]
        yield from (
            failed(f"routes[{index}] leads round the firewall of the default route", f"routes[{index}]")
            for index, item in enumerate(own)
            if _leads_round(item, routes)
        )
    elif resource.type in ROUTES:
        routes = [item.props for key in _tables_of(resource) for item in plan.by_key(_tables_of).get(key, ())]
        tables = [plan.resources[key] for key in _tables_of(resource) if key in plan.resources]
        routes += [item for table in tables for item in items_of(table.get("routes")) if isinstance(item, dict)]
        way = next((key for key in _WAYS_OUT if resource.props.get(key)), "")
        if way and _leads_round(resource.props, routes):
            yield failed(f"{way} leads round the firewall to which the default route of the table leads", way)


def _tables_of(resource: Resource) -> tuple[str, ...]:
    """Returns the table of a route: its resource, or else its identifier."""
    if resource.type not in ROUTES:
        return ()
    table = resource.get("routeTableId")
    return resource.dependencies.get("routeTableId", ()) or ((table,) if isinstance(table, str) else ())


def _leads_round(route: Mapping[str, Plain], routes: Sequence[Mapping[str, Plain]]) -> bool:
    """Returns whether a route takes a part of the internet, or all of IPv6, past the firewall."""
    is_way_out = any(route.get(key) not in (None, "", _LOCAL) for key in _WAYS_OUT)
    is_guarded = any(item.get(_FIREWALL) not in (None, "") and _is_default(item) for item in routes)
    return is_way_out and is_guarded and any(map(_is_wide, _networks(route)))


def _networks(route: Mapping[str, Plain]) -> Iterator[ipaddress.IPv4Network | ipaddress.IPv6Network]:
    for value in (route.get(key) for key in _RANGES):
        try:
            yield ipaddress.ip_network(str(value).strip(), strict=False)
        except ValueError:
            continue


def _is_default(route: Mapping[str, Plain]) -> bool:
    return any(network.prefixlen == 0 for network in _networks(route))


def _is_wide(network: ipaddress.IPv4Network | ipaddress.IPv6Network) -> bool:
    return network.prefixlen <= _WIDEST[network.version] and not network.is_private
