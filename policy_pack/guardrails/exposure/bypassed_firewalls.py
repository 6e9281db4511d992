"""Routes that lead round the firewall to which the default route of their table leads.

The longest prefix decides, and IPv6 has routes of its own (awsdocs/amazon-vpc-user-guide 06e98d97
doc_source/VPC_Route_Tables.md, read 2026-12-02).
An endpoint of a VPC is the target of a route where AWS Network Firewall or a load balancer of gateways stands behind it
(AWS Network Firewall, "Route tables", as known). A short list of partners may go another way; half of the internet does
not. Properties by pulumi-aws 7.51.1.
"""

import ipaddress
from collections.abc import Iterator, Mapping

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
        found = [f"routes[{index}]" for index, item in enumerate(_own_routes(resource)) if _leads_out(item)]
        text = "leads round the firewall of the default route"
    else:
        is_out = resource.type in ROUTES and _leads_out(resource.props)
        found = [next(key for key in _WAYS_OUT if resource.props.get(key))] if is_out else []
        text = "leads round the firewall to which the default route of the table leads"
    tables = (resource.urn,) if resource.type in TABLES else _tables_of(resource)
    if found and any(plan.once(_has_guard, key) for key in tables):
        yield from (failed(f"{path} {text}", path) for path in found)


def _has_guard(plan: Plan, table: str) -> bool:
    """Returns whether a route of a table leads everything to a firewall."""
    own = _own_routes(plan.resources[table]) if table in plan.resources else []
    return any(map(_is_guarded, (*own, *(item.props for item in plan.by_key(_tables_of).get(table, ())))))


def _own_routes(table: Resource) -> list[Mapping[str, Plain]]:
    return [item for item in items_of(table.get("routes")) if isinstance(item, dict)]


def _tables_of(resource: Resource) -> tuple[str, ...]:
    """Returns the table of a route: its resource, or else its identifier."""
    if resource.type not in ROUTES:
        return ()
    table = resource.get("routeTableId")
    return resource.dependencies.get("routeTableId", ()) or ((table,) if isinstance(table, str) else ())


def _leads_out(route: Mapping[str, Plain]) -> bool:
    """Returns whether a route leads to a part of the internet, or to all of IPv6, by no firewall."""
    is_way_out = any(route.get(key) not in (None, "", _LOCAL) for key in _WAYS_OUT)
    return is_way_out and any(map(_is_wide, _networks(route)))


def _networks(route: Mapping[str, Plain]) -> Iterator[ipaddress.IPv4Network | ipaddress.IPv6Network]:
    for value in (route.get(key) for key in _RANGES):
        try:
            yield ipaddress.ip_network(str(value).strip(), strict=False)
        except ValueError:
            continue


def _is_guarded(route: Mapping[str, Plain]) -> bool:
    """Returns whether a route leads everything to a firewall."""
    return route.get(_FIREWALL) not in (None, "") and any(item.prefixlen == 0 for item in _networks(route))


def _is_wide(network: ipaddress.IPv4Network | ipaddress.IPv6Network) -> bool:
    return network.prefixlen <= _WIDEST[network.version] and not network.is_private
