"""Connections of AWS networks to other networks: peerings, transit gateways and client VPN.

Property names checked against pulumi-aws 7.51.1 on 2026-11-27 (a test repeats it).
"""

from collections.abc import Iterator

from ..engine.conditions import is_true, none_of, one_of
from ..engine.families import exposure_rule
from ..engine.plan import Plan
from ..engine.reading import MISSING, UNKNOWN, Plain, Resource
from ..engine.rows import Check, Guardrail, Predicate, Severity, aws
from ..engine.verdicts import Outcome, Verdict, failed, passed, undetermined
from ..readers.cidrs import is_open
from ..readers.network_rules import NetworkRule, read_rules

CONNECTION_ROWS = (
    Check(aws("ec2transitgateway/TransitGateway"), "autoAcceptSharedAttachments", none_of("enable")),
    # Block public access of VPCs: an exclusion for both directions lets the internet in (EC2 API,
    # ModifyVpcBlockPublicAccessOptions and CreateVpcBlockPublicAccessExclusion, in botocore 1.44.8, read 2026-11-27).
    Check(aws("ec2/VpcBlockPublicAccessOptions"), "internetGatewayBlockMode",
          one_of("block-bidirectional", "block-ingress")),
    Check(aws("ec2/VpcBlockPublicAccessExclusion"), "internetGatewayExclusionMode", one_of("allow-egress")),
)  # fmt: skip

_DESTINATIONS = ("destinationCidrBlock", "destinationIpv6CidrBlock", "cidrBlock", "ipv6CidrBlock")
"""Properties with the destination of a route: of a resource of its own, and inside a route table."""
_PEERING = "vpcPeeringConnectionId"


def _judge_routes(routes: list[NetworkRule], path: str) -> Iterator[Outcome]:
    """Judges the routes of a table that lead through peerings, which must name the addresses of the peer."""
    destinations: list[Plain] = [
        route.get(key, MISSING) for route in routes if route.get(_PEERING) for key in _DESTINATIONS
    ]
    leads_everywhere = is_open(destinations)
    if leads_everywhere is None:
        yield undetermined(f"{path} leads to addresses that are not known before deployment", path)
    elif leads_everywhere:
        yield failed(f"{path} leads every address through a peering connection", path)
    else:
        yield passed()


def _single_route(resource: Resource) -> Iterator[Outcome]:
    key = next((key for key in _DESTINATIONS if resource.get(key) is not MISSING), _DESTINATIONS[0])
    yield from _judge_routes([resource.props], key)


def _route_table(resource: Resource) -> Iterator[Outcome]:
    if resource.get("routes") is UNKNOWN:
        yield undetermined("routes is not known before deployment", "routes")
    yield from _judge_routes(read_rules(resource.props.get("routes")), "routes")


def _client_vpn(resource: Resource) -> Iterator[Outcome]:
    """Checks a rule of client VPN: every client that connects may reach the network, unless a group is named."""
    everyone, network = resource.get("authorizeAllGroups"), resource.get("targetNetworkCidr")
    leads_everywhere = is_open(network)
    if everyone is not UNKNOWN and not is_true(everyone):
        yield passed()
    elif leads_everywhere is None or (everyone is UNKNOWN and leads_everywhere):
        yield undetermined("what every client may reach is not known before deployment", "targetNetworkCidr")
    elif leads_everywhere:
        yield failed("targetNetworkCidr lets every client reach every address", "targetNetworkCidr")
    else:
        yield passed()


_NETWORKS = frozenset(aws("ec2/Vpc", "ec2/DefaultVpc", "ec2/Subnet", "ec2/VpcIpv4CidrBlockAssociation"))
_CONNECTIONS: dict[str, Predicate] = {
    **dict.fromkeys(aws("ec2/Route"), _single_route),
    **dict.fromkeys(aws("ec2/RouteTable", "ec2/DefaultRouteTable"), _route_table),
    **dict.fromkeys(aws("ec2clientvpn/AuthorizationRule"), _client_vpn),
}


def _check_connection(resource: Resource) -> Iterator[Outcome]:
    outcomes = _CONNECTIONS[resource.type](resource)
    yield from (outcome for outcome in outcomes if outcome.verdict is not Verdict.UNDETERMINED)


def _check_unknown(resource: Resource, plan: Plan) -> Iterator[Outcome]:
    """Checks addresses that are not known yet. Those of a VPC or subnet of the plan are narrow: a VPC has a prefix of
    16 bits at least."""
    keys = (*_DESTINATIONS, "routes", "targetNetworkCidr")
    sources = [item.type for key in keys for item in plan.dependencies_of(resource, key)]
    if _NETWORKS.isdisjoint(sources):
        outcomes = _CONNECTIONS[resource.type](resource)
        yield from (outcome for outcome in outcomes if outcome.verdict is Verdict.UNDETERMINED)


CONNECTION_EXPOSURE: tuple[Guardrail, ...] = (
    exposure_rule(123, Severity.HIGH,
                  "Peerings and client VPN lead to listed networks, and transit gateways accept attachments one by one",
                  "whoever controls the other network reaches everything that the connection carries",
                  "Route the CIDR block of the peer, not 0.0.0.0/0, through a peering; name the VPC's CIDR block or an "
                  "access_group_id in a client VPN rule; set auto_accept_shared_attachments to disable, "
                  "internet_gateway_block_mode to block-ingress and internet_gateway_exclusion_mode to allow-egress",
                  checks=CONNECTION_ROWS, predicate=_check_connection, plan_predicate=_check_unknown,
                  types=tuple(_CONNECTIONS)),
)  # fmt: skip
