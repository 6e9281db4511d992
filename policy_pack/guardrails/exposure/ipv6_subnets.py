"""Subnets whose machines get public IPv6 addresses, and machines that ask for them: every IPv6 address is public as
soon as a route leads to it.

A subnet uses the route table of its association, otherwise the main one of its VPC (VPC User Guide, route tables,
2026-11-27), which may be any table of the plan. An egress-only internet gateway lets nobody in.
"""

from collections.abc import Iterator

from ..engine.conditions import is_true
from ..engine.number_conditions import number_of
from ..engine.plan import Plan, linked_by
from ..engine.reading import MISSING, Plain, Resource, walk
from ..engine.rows import aws
from ..engine.verdicts import Outcome, failed, passed
from ..readers.cidrs import is_open
from ..readers.network_rules import NetworkRule, read_rules

SUBNETS = aws("ec2/Subnet", "ec2/DefaultSubnet")
_TEMPLATES = aws("ec2/LaunchTemplate")
_USERS = aws("ec2/Instance", "autoscaling/Group", "eks/NodeGroup", "ec2/Fleet", "batch/ComputeEnvironment")
"""Types whose machines a template describes."""
IPV6_TYPES = (*SUBNETS, *aws("ec2/Instance", "ec2/NetworkInterface"), *_TEMPLATES)
"""Types that get IPv6 addresses."""
_ASSOCIATIONS = aws("ec2/RouteTableAssociation")
_ROUTES, _TABLES = aws("ec2/Route"), aws("ec2/RouteTable", "ec2/DefaultRouteTable")


def _leads_to_internet(route: NetworkRule) -> bool:
    destination: Plain = route.get("destinationIpv6CidrBlock", route.get("ipv6CidrBlock", MISSING))
    gateway = route.get("gatewayId")
    return bool(gateway) and not str(gateway).startswith("vgw-") and is_open(destination) is True


def _public_tables(plan: Plan, _: str) -> frozenset[str]:
    return frozenset(_found_tables(plan))


def _found_tables(plan: Plan) -> Iterator[str]:
    """Yields the URN of each route table with a route for IPv6 to an internet gateway; empty for one of another
    stack."""
    for table in plan.of_type(*_TABLES):
        if any(_leads_to_internet(route) for route in read_rules(table.props.get("routes"))):
            yield table.urn
    for route in plan.of_type(*_ROUTES):
        if _leads_to_internet(route.props):
            yield from route.dependencies.get("routeTableId", ("",))


def _asks(resource: Resource) -> str:
    """Returns the property by which a resource gets IPv6 addresses; empty if there is none."""
    if resource.type in SUBNETS:
        return "assignIpv6AddressOnCreation" if is_true(resource.get("assignIpv6AddressOnCreation")) else ""
    start = "networkInterfaces[*]." if resource.type in _TEMPLATES else ""
    for key in ("ipv6AddressCount", "ipv6PrefixCount", "ipv6Addresses", "ipv6Prefixes"):
        for path, value in walk(resource.props, f"{start}{key}?"):
            if (number_of(value) or 0) > 0 or (isinstance(value, list) and value):
                return path
    return ""


def _subnets_of(resource: Resource, plan: Plan) -> Iterator[str]:
    """Yields the subnets of a machine, and those of whatever starts machines by a template."""
    for key in ("subnetId", "networkInterfaces"):
        yield from resource.dependencies.get(key, ())
    users = plan.by_key(linked_by(_USERS)).get(resource.urn, ()) if resource.type in _TEMPLATES else ()
    yield from (urn for user in users for urns in user.dependencies.values() for urn in urns)


def check_ipv6_addresses(resource: Resource, plan: Plan) -> Iterator[Outcome]:
    """Checks a subnet that gives each machine an IPv6 address, and a machine that asks for some."""
    path = _asks(resource)
    if not path:
        return
    subnets = {resource.urn} if resource.type in SUBNETS else set(_subnets_of(resource, plan))
    own = [
        table
        for subnet in subnets
        for association in plan.by_key(linked_by(_ASSOCIATIONS, "subnetId")).get(subnet, ())
        for table in association.dependencies.get("routeTableId", ())
    ]
    public = plan.once(_public_tables, "")
    is_public = not public.isdisjoint(own) if own else bool(public)
    text = f"{path} gives machines public addresses, to which a route from an internet gateway leads"
    yield failed(text, path) if is_public else passed()
