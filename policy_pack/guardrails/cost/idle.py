"""Resources that are charged but not used, as far as the plan shows it."""

import re
from collections.abc import Iterator

from ..engine.families import cost_rule
from ..engine.plan import Plan
from ..engine.reading import MISSING, UNKNOWN, Resource, leaves, walk
from ..engine.rows import Guardrail, Severity, aws, azure
from ..engine.verdicts import Outcome, failed, passed
from ..readers.environments import is_non_production

_ADDRESSES = (*aws("ec2/Eip"), *azure("network:PublicIPAddress", "network:PublicIPPrefix"))
_DISKS = (*aws("ebs/Volume"), *azure("compute:Disk"))
_HOURLY_TYPES = azure("web:AppServicePlan", "sql:ElasticPool", "network:NatGateway")
"""Types that are charged by the hour, even if they contain nothing."""
_FREE_PLANS = re.compile(r"(?i)F1|D1|SHARED|Y1|FC1")
"""Sizes of App Service plans that cost nothing while idle (Azure price list, 2026-11)."""
_NAT_GATEWAYS = aws("ec2/NatGateway")
_LOAD_BALANCERS = aws("lb/LoadBalancer", "alb/LoadBalancer")
_LISTENERS = aws("lb/Listener", "alb/Listener")


def _is_used(resource: Resource, plan: Plan) -> bool:
    """Returns whether another resource depends on a resource, or contains one of its identifiers."""
    identifiers = {name for key in ("id", "allocationId", "arn") if isinstance(name := resource.get(key), str)}
    index = plan.by_key(_mentioned)
    return any(item.urn != resource.urn for key in (resource.urn, *identifiers) for item in index.get(key, ()))


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
    is_free = any(
        isinstance(size, str) and _FREE_PLANS.fullmatch(size) for _, size in walk(resource.props, "sku?.name")
    )
    yield passed() if is_free or _is_used(resource, plan) else failed("nothing in the stack uses it")


def _check_load_balancer(resource: Resource, plan: Plan) -> Iterator[Outcome]:
    has_listener = any(
        resource.urn in item.dependencies.get("loadBalancerArn", ()) for item in plan.of_type(*_LISTENERS)
    )
    yield (
        passed()
        if has_listener or _is_used(resource, plan)
        else failed("it has no listener, so it receives no traffic")
    )


def _check_nat_gateway(resource: Resource, plan: Plan) -> Iterator[Outcome]:
    """Reports every NAT gateway of a non-production stack except the first one by name, in each cloud."""
    if not is_non_production(resource):
        return
    names = sorted(item.name for item in plan.of_type(resource.type) if is_non_production(item))
    is_extra = bool(names) and resource.name != names[0]
    yield (
        failed(f"it is one of {len(names)} NAT gateways of a non-production stack in this cloud, where one is enough")
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
    cost_rule(125, Severity.LOW, "App Service plans, elastic pools and NAT gateways are in use",
              "they are charged by the hour, even when empty", "Use it, or remove it",
              plan_predicate=_check_hourly_type, types=_HOURLY_TYPES),
    cost_rule(122, Severity.LOW, "Every load balancer has a listener",
              "a load balancer is charged by the hour, whether it receives traffic or not",
              "Add a listener, or remove it",
              plan_predicate=_check_load_balancer, types=_LOAD_BALANCERS),
    cost_rule(123, Severity.LOW, "Stacks outside production have one NAT gateway",
              "every NAT gateway is charged by the hour and by the gigabyte",
              "Route the subnets of all zones through one gateway (network.egress: nat-single)",
              plan_predicate=_check_nat_gateway, types=_NAT_GATEWAYS),
)  # fmt: skip
