"""Resources that are charged but not used, as far as the plan shows it.

What only watches, locks or labels a resource is no use of it. Charged by the hour whether traffic passes or not: NAT
gateways, firewalls, virtual network gateways and capacity reservations (flexera-public/policy_templates c4528fa1,
cost/aws/idle_nat_gateways, cost/azure/unused_firewalls and unused_vngs; MicrosoftDocs/azure-docs bda7428c, Advisor cost
recommendations, IdleVNetGateway and ExpressRouteCircuit), DDoS plans, circuits and application gateways
(microsoft/finops-toolkit 04d370f3, docs-mslearn/best-practices/networking.md). All read 2026-12-01.
"""

from collections.abc import Callable, Iterator, Mapping

from ..engine.families import cost_rule
from ..engine.lazy_regex import lazy_regex
from ..engine.plan import Plan, linked_by
from ..engine.reading import MISSING, UNKNOWN, Plain, Resource, leaves, walk
from ..engine.rows import Guardrail, Severity, aws, azure
from ..engine.verdicts import Outcome, failed, passed
from ..readers.environments import is_non_production

_ADDRESSES = (*aws("ec2/Eip"), *azure("network:PublicIPAddress", "network:PublicIPPrefix"))
_DISKS = (*aws("ebs/Volume"), *azure("compute:Disk"))
_FREE_PLANS = lazy_regex(r"(?i)F1|D1|SHARED|Y1|FC1")
"""Sizes of App Service plans that cost nothing while idle (Azure price list, 2026-11)."""
_NAT_GATEWAYS = aws("ec2/NatGateway")
_LOAD_BALANCERS = aws("lb/LoadBalancer", "alb/LoadBalancer")
_CLASSIC_BALANCERS = aws("elb/LoadBalancer")
_AZURE_BALANCERS = azure("network:LoadBalancer")
_LISTENERS = aws("lb/Listener", "alb/Listener")
_OBSERVERS = frozenset((
    *aws("cloudwatch/MetricAlarm", "cloudwatch/CompositeAlarm", "ec2/FlowLog", "ec2/Tag",
         "networkfirewall/LoggingConfiguration"),
    *azure("monitor:DiagnosticSetting", "monitor:MetricAlert", "monitor:ActivityLogAlert", "network:FlowLog",
           "authorization:ManagementLockByScope", "authorization:ManagementLockAtResourceLevel",
           "authorization:ManagementLockAtResourceGroupLevel", "authorization:RoleAssignment"),
))  # fmt: skip
"""Types that watch, lock or label another resource, which they do not use."""
_ROUTES = (*aws("ec2/Route", "ec2/RouteTable"), *azure("network:Route", "network:RouteTable"))
_HELD_MACHINES = azure("compute:CapacityReservation", "compute:DedicatedHost")
"""Machines that are held for what names their group."""


def _has(resource: Resource, *paths: str) -> bool:
    """Returns whether a resource has a value at one of the paths; one that is not known yet counts."""
    return any(value is UNKNOWN or value not in (MISSING, None, "", [], {})
               for path in paths for _, value in walk(resource.props, path))  # fmt: skip


def _is_free_plan(resource: Resource, _: Plan) -> bool:
    sizes: list[Plain] = [size for _, size in walk(resource.props, "sku?.name")]
    return any(isinstance(size, str) and _FREE_PLANS.fullmatch(size) for size in sizes)


def _is_no_inspection_endpoint(resource: Resource, _: Plan) -> bool:
    """Endpoints of other kinds are used by name, which no plan shows."""
    return resource.get("vpcEndpointType") != "GatewayLoadBalancer"


def _serves_other_networks(resource: Resource, plan: Plan) -> bool:
    """Returns whether a firewall may be that of a hub, to which routes of other stacks lead: it is part of a transit
    gateway or a virtual hub, or the stack peers networks, or has no routes at all."""
    is_hub = _has(resource, "virtualHub?", "transitGatewayId?")
    peers = plan.of_type(*azure("network:VirtualNetworkPeering"))
    return is_hub or any(peers) or not any(plan.of_type(*_ROUTES))


def _admits_clients(resource: Resource, _: Plan) -> bool:
    return _has(resource, "vpnClientConfiguration?")


def _has_peerings(resource: Resource, _: Plan) -> bool:
    return _has(resource, "peerings?", "authorizations?")


def _has_backends(resource: Resource, _: Plan) -> bool:
    return _has(resource, "backendAddressPools[*].backendAddresses",
                "backendAddressPools[*].loadBalancerBackendAddresses")  # fmt: skip


def _is_held_elsewhere_or_used(resource: Resource, plan: Plan) -> bool:
    """Returns whether something else than such machines names their group, or the group is one of another stack."""
    groups = [plan.resources[urn] for urns in resource.dependencies.values() for urn in urns if urn in plan.resources]
    groups = [item for item in groups if item.type.endswith("Group") and not item.type.endswith(":ResourceGroup")]
    return not groups or any(_is_used(group, plan, _HELD_MACHINES) for group in groups)


def _never(_: Resource, __: Plan) -> bool:
    return False


_HOURLY: Mapping[str, Callable[[Resource, Plan], bool]] = {
    **dict.fromkeys(azure("web:AppServicePlan"), _is_free_plan),
    **dict.fromkeys((*azure("sql:ElasticPool", "network:NatGateway", "network:DdosProtectionPlan",
                            "operationalinsights:Cluster"), *_NAT_GATEWAYS), _never),
    **dict.fromkeys(aws("ec2/VpcEndpoint"), _is_no_inspection_endpoint),
    **dict.fromkeys((*aws("networkfirewall/Firewall"), *azure("network:AzureFirewall")), _serves_other_networks),
    **dict.fromkeys(azure("network:VirtualNetworkGateway"), _admits_clients),
    **dict.fromkeys(azure("network:ExpressRouteCircuit"), _has_peerings),
    **dict.fromkeys(azure("network:ApplicationGateway"), _has_backends),
    **dict.fromkeys(_HELD_MACHINES, _is_held_elsewhere_or_used),
}  # fmt: skip
"""Type that is charged by the hour, even if nothing uses it -> whether it is free, or used in a way of its own."""


def _is_used(resource: Resource, plan: Plan, apart: tuple[str, ...] = ()) -> bool:
    """Returns whether another resource depends on a resource, or contains one of its identifiers."""
    identifiers = {name for key in ("id", "allocationId", "arn") if isinstance(name := resource.get(key), str)}
    index = plan.by_key(_mentioned)
    return any(
        item.urn != resource.urn and item.type not in _OBSERVERS and item.type not in apart
        for key in (resource.urn, *identifiers)
        for item in index.get(key, ())
    )


def _mentioned(item: Resource) -> Iterator[str]:
    """Yields the URNs that a resource depends on, and every text in its properties."""
    for urns in item.dependencies.values():
        yield from urns
    yield from (value for _, _, value in leaves(item.props) if isinstance(value, str))


def _check_address(resource: Resource, plan: Plan) -> Iterator[Outcome]:
    attached = [resource.get(key) for key in ("instance", "networkInterface")]
    if any(value is UNKNOWN or value not in (MISSING, "") for value in attached) or _is_used(resource, plan):
        yield passed()
    else:
        yield failed("nothing in the stack uses this address")


def _check_disk(resource: Resource, plan: Plan) -> Iterator[Outcome]:
    yield passed() if _is_used(resource, plan) else failed("nothing in the stack attaches this disk")


def _check_hourly_type(resource: Resource, plan: Plan) -> Iterator[Outcome]:
    is_excused = _HOURLY[resource.type](resource, plan)
    yield passed() if is_excused or _is_used(resource, plan) else failed("nothing in the stack uses it")


def _check_load_balancer(resource: Resource, plan: Plan) -> Iterator[Outcome]:
    has_listener = resource.urn in plan.by_key(linked_by(_LISTENERS, "loadBalancerArn"))
    yield (
        passed()
        if has_listener or _is_used(resource, plan)
        else failed("it has no listener, so it receives no traffic")
    )


def _check_servers(resource: Resource, plan: Plan) -> Iterator[Outcome]:
    """Evaluates a balancer that lists its servers, or that they list. One of Azure is charged by its rules, and a Basic
    one not at all (PointFive, "Suboptimal load balancer rule configuration in Azure Standard Load Balancer", read
    2026-12-01; that one without rules costs nothing by the hour: copies of Microsoft's reference architectures, read
    2026-12-01)."""
    is_free = resource.type in _AZURE_BALANCERS and not _has(resource, "loadBalancingRules?", "outboundRules?")
    has_servers = _has(resource, "instances?") or _has_backends(resource, plan)
    yield (
        passed()
        if is_free or has_servers or _is_used(resource, plan)
        else failed("it has no servers, so it serves nothing")
    )


def _check_balancer(resource: Resource, plan: Plan) -> Iterator[Outcome]:
    evaluate = _check_load_balancer if resource.type in _LOAD_BALANCERS else _check_servers
    yield from evaluate(resource, plan)


def _first_of_type(plan: Plan, token: str) -> tuple[str, int]:
    """Returns the first name of the resources of a type outside production, and how many there are."""
    names = [item.name for item in plan.of_type(token) if is_non_production(item)]
    return min(names, default=""), len(names)


def _check_nat_gateway(resource: Resource, plan: Plan) -> Iterator[Outcome]:
    """Reports every NAT gateway of a non-production stack except the first one by name, in each cloud."""
    if not is_non_production(resource):
        return
    first, count = plan.once(_first_of_type, resource.type)
    is_extra = count > 0 and resource.name != first
    yield (
        failed(f"it is one of {count} NAT gateways of a non-production stack in this cloud, where one is enough")
        if is_extra
        else passed()
    )


IDLE: tuple[Guardrail, ...] = (
    cost_rule(121, Severity.LOW, "Every public IP address is in use",
              "a public IP address is charged by the hour, whether it is in use or not",
              "Attach it, or remove it",
              plan_predicate=_check_address, types=_ADDRESSES),
    cost_rule(124, Severity.LOW, "Every disk is attached",
              "a disk is charged by its size, whether it is attached or not",
              "Attach it, or take a snapshot and remove it",
              plan_predicate=_check_disk, types=_DISKS),
    cost_rule(125, Severity.LOW, "Gateways, firewalls, plans and reservations that are charged by the hour are in use",
              "they are charged by the hour, even when nothing uses them", "Use it, or remove it",
              plan_predicate=_check_hourly_type, types=tuple(_HOURLY)),
    cost_rule(122, Severity.LOW, "Every load balancer has a listener, and servers behind it",
              "a load balancer is charged by the hour, whether it receives traffic or not",
              "Add a listener or servers, or remove it",
              plan_predicate=_check_balancer, types=(*_LOAD_BALANCERS, *_CLASSIC_BALANCERS, *_AZURE_BALANCERS)),
    cost_rule(123, Severity.LOW, "Stacks outside production have one NAT gateway",
              "every NAT gateway is charged by the hour and by the gigabyte",
              "Route the subnets of all zones through one gateway (network.egress: nat-single)",
              plan_predicate=_check_nat_gateway, types=_NAT_GATEWAYS),
)  # fmt: skip
