"""Charges of load balancers on Azure: rules, processed data, and public addresses.

A Standard Load Balancer is billed by the hour for up to five rules, by the hour for each further one, and by processed
data (Azure Retail Prices, region Global, 2026-10-01). A cluster has one public and one internal load balancer, which
all its Services share, and its way out may be a rule of the public one (AKS, use a public Standard load balancer).
"""

from collections.abc import Iterable

from falaj.facts.prices import missing
from falaj.finops.balanced import is_internal
from falaj.finops.ingress import IngressGroup
from falaj.finops.lines import Charge, fixed
from falaj.finops.meters import USAGE, usage_range
from falaj.finops.plan import Planned
from falaj.finops.pricing_context import PricingContext
from falaj.finops.properties import get_dict, get_list, get_number, get_path, get_str

_INCLUDED_RULES = 5


def cluster_balancer(context: PricingContext, item: Planned) -> Iterable[Charge]:
    """Yields the rules of a Service, gateway or Ingress on the load balancer of its cluster, and a public address."""
    is_public = not is_internal(item)
    cluster = context.clusters.get(context.site(item))
    balancers = context.balancers
    before = balancers.earlier[item.urn] + (is_public and cluster is not None and leaves_by_balancer(cluster))
    yield from _rules(context, before, before + balancers.rules[item.urn], "created by the cluster")
    yield Charge("load-balancer", "processed", usage_range(context.balanced_gb(item)), USAGE)
    if is_public:
        yield Charge("public-ip", "standard", fixed(context.hours), note="of a load balancer")


def ingress_balancer(context: PricingContext, item: Planned, group: IngressGroup) -> Iterable[Charge]:
    """Yields what the traffic of all Ingresses of a controller costs: rules of the cluster's load balancer, or an
    Application Gateway, whose size is not known, unless the plan creates it."""
    if group.controller.rules:
        yield from cluster_balancer(context, item)
    elif not any(context.plan.of_type(*_GATEWAYS)):
        reason = f"of the Ingresses with the controller {group.controller.name}: the plan does not have it"
        yield Charge("application-gateway", "hour", fixed(context.hours), price=missing("hour", reason))


_GATEWAYS = (
    "azure-native:network:ApplicationGateway",
    "azure-native:servicenetworking:TrafficControllerInterface",
)


_MANAGED_GATEWAY = "managedNATGateway"


def way_out(context: PricingContext, cluster: Planned) -> Iterable[Charge]:
    """Yields what AKS creates for the traffic of a cluster to the internet: an outbound rule of its public load
    balancer, or a NAT gateway, and public addresses, one by default (Azure SDK reference, ManagedOutboundIPs.Count:
    1 to 100, default 1; 2026-11-27). Other ways out are resources of the plan.
    """
    kind = get_str(cluster.props, "networkProfile", "outboundType", default="loadBalancer")
    processed = usage_range(context.quantity(cluster, "nat_gb"))
    if leaves_by_balancer(cluster):
        yield from _rules(context, 0, 1, "for the way out of the cluster")
        yield Charge("load-balancer", "processed", processed, USAGE)
        profile = get_dict(cluster.props, "networkProfile", "loadBalancerProfile")
        if not any(profile.get(key) for key in ("outboundIPs", "outboundIPPrefixes")):
            yield _outbound_addresses(context, get_path(profile, "managedOutboundIPs", "count"))
    elif kind == _MANAGED_GATEWAY:
        yield Charge("nat", "gateway", fixed(context.hours), note="created by the cluster")
        yield Charge("nat", "processed", processed, USAGE)
        count = get_path(cluster.props, "networkProfile", "natGatewayProfile", "managedOutboundIPProfile", "count")
        yield _outbound_addresses(context, count)
    elif kind.startswith(_MANAGED_GATEWAY):
        reason = f"the price list does not have the gateway of the outbound type {kind}"
        yield Charge("nat", kind, fixed(context.hours), price=missing("hour", reason))


def _outbound_addresses(context: PricingContext, count: object) -> Charge:
    note = "for the way out of the cluster"
    return Charge("public-ip", "standard", fixed(context.hours * max(1, get_number(count, 1))), note=note)


def leaves_by_balancer(cluster: Planned) -> bool:
    """Returns whether the traffic of a cluster to the internet leaves by its public load balancer, the default."""
    return get_str(cluster.props, "networkProfile", "outboundType", default="loadBalancer") == "loadBalancer"


def declared_balancer(context: PricingContext, item: Planned) -> Iterable[Charge]:
    """Yields a load balancer that the plan itself creates; the tier Basic is free."""
    if get_str(item.props, "sku", "name", default="Basic").lower() == "basic":
        return
    rules = sum(len(get_list(item.props, key)) for key in ("loadBalancingRules", "outboundRules"))
    yield from _rules(context, 0, max(1, rules))
    yield Charge("load-balancer", "processed", usage_range(context.balanced_gb(item)), USAGE)


def _rules(context: PricingContext, before: int, after: int, note: str = "") -> Iterable[Charge]:
    """Yields the hours of the rules that a load balancer with `before` rules gets up to `after`."""
    if before == 0 < after:
        yield Charge("load-balancer", "rules", fixed(context.hours), note=note)
    further = max(0, after - max(before, _INCLUDED_RULES))
    yield Charge("load-balancer", "further-rules", fixed(context.hours * further), note=note)
