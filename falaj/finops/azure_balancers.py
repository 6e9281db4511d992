"""Charges of load balancers on Azure: rules, processed data, and public addresses.

A Standard Load Balancer is billed by the hour for up to five rules, by the hour for each further one, and by processed
data (Azure Retail Prices, region Global, 2026-10-01). A cluster has one public and one internal load balancer, which
all its Services share, and its way out may be a rule of the public one (AKS, use a public Standard load balancer).
"""

from collections.abc import Iterable

from falaj.finops.balanced import is_internal, rules_of
from falaj.finops.lines import Charge, fixed
from falaj.finops.meters import USAGE, usage_range
from falaj.finops.plan import Planned
from falaj.finops.pricing_context import PricingContext
from falaj.finops.properties import get_list, get_str

_INCLUDED_RULES = 5


def cluster_balancer(context: PricingContext, item: Planned) -> Iterable[Charge]:
    """Yields the rules of a Service or gateway on the load balancer of its cluster, and its public address."""
    is_public = not is_internal(item)
    cluster = context.clusters.get(context.site(item))
    before = context.earlier_rules[item.urn] + (is_public and cluster is not None and leaves_by_balancer(cluster))
    yield from _rules(context, before, before + rules_of(item), "created by the cluster")
    yield Charge("load-balancer", "processed", usage_range(context.balanced_gb(item)), USAGE)
    if is_public:
        yield Charge("public-ip", "standard", fixed(context.hours), note="of a load balancer")


def way_out(context: PricingContext, cluster: Planned) -> Iterable[Charge]:
    """Yields the outbound rule of a cluster whose traffic leaves by its public load balancer."""
    if leaves_by_balancer(cluster):
        yield from _rules(context, 0, 1, "for the way out of the cluster")
        yield Charge("load-balancer", "processed", usage_range(context.quantity(cluster, "nat_gb")), USAGE)


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
