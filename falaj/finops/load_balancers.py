"""Charges of load balancers: hours, capacity units or processed data, rules, and public addresses.

- AWS bills a Network Load Balancer by the hour and by capacity units (NLCU). For TCP a unit is 800 new connections a
  second, 100,000 open ones or 1 GB an hour; for an Application Load Balancer 25, 3,000 and 1 GB (Elastic Load Balancing
  pricing, read 2026-11-27). The bytes are counted: at these sizes they are the largest of the three unless requests are
  small.
- Azure bills a Standard Load Balancer by the hour for up to five rules, by the hour for each further one, and by
  processed data. A cluster has one public and one internal load balancer, which all its Services share (AKS, use a
  Standard load balancer; Azure Retail Prices, region Global, 2026-10-01).
"""

from collections.abc import Iterable
from decimal import Decimal

from falaj.facts.regions import REGIONS
from falaj.finops.balanced import is_internal, rules_of
from falaj.finops.lines import Charge, fixed
from falaj.finops.meters import USAGE, usage_range
from falaj.finops.plan import Planned
from falaj.finops.pricing_context import PricingContext
from falaj.finops.properties import get_list, get_str

_INCLUDED_RULES = 5
_BY_BYTES = "1 GB per unit and hour: connections are assumed to need fewer units"


def aws_cluster_balancer(context: PricingContext, item: Planned) -> Iterable[Charge]:
    """Yields the Network Load Balancer of a Service or gateway, with a public address per zone if it is public."""
    yield Charge("elb", "network", fixed(context.hours), note="created by the cluster")
    yield Charge("elb", "nlcu", usage_range(_processed_gb(context, item)), USAGE, note=_BY_BYTES)
    if not is_internal(item):
        region = REGIONS.get(context.region(item))
        zones = len(region.zones) if region is not None and region.zones else 1
        yield Charge("ec2", "public-ipv4", fixed(context.hours * zones), note=f"of a load balancer in {zones} zones")


def aws_balancer(context: PricingContext, item: Planned) -> Iterable[Charge]:
    """Yields a load balancer that the plan itself creates."""
    kind = get_str(item.props, "loadBalancerType", default="application")
    yield Charge("elb", kind, fixed(context.hours))
    unit = "nlcu" if kind == "network" else "lcu"
    yield Charge("elb", unit, usage_range(_processed_gb(context, item)), USAGE, note=_BY_BYTES)


def azure_balancer(context: PricingContext, item: Planned) -> Iterable[Charge]:
    """Yields a load balancer that the plan itself creates; the tier Basic is free."""
    if get_str(item.props, "sku", "name", default="Basic").lower() == "basic":
        return
    rules = sum(len(get_list(item.props, key)) for key in ("loadBalancingRules", "outboundRules"))
    yield from azure_rules(context, 0, max(1, rules))
    yield Charge("load-balancer", "processed", usage_range(_processed_gb(context, item)), USAGE)


def azure_cluster_balancer(context: PricingContext, item: Planned) -> Iterable[Charge]:
    """Yields the rules of a Service or gateway on the load balancer of its cluster, and its public address."""
    before = context.earlier_rules.get(item.urn, 0)
    yield from azure_rules(context, before, before + rules_of(item), "created by the cluster")
    processed = usage_range(_processed_gb(context, item))
    yield Charge("load-balancer", "processed", processed, USAGE)
    if not is_internal(item):
        yield Charge("public-ip", "standard", fixed(context.hours), note="of a load balancer")


def azure_rules(context: PricingContext, before: int, after: int, note: str = "") -> Iterable[Charge]:
    """Yields the hours of the rules that a load balancer with `before` rules gets up to `after`."""
    if before == 0 < after:
        yield Charge("load-balancer", "rules", fixed(context.hours), note=note)
    further = max(0, after - max(before, _INCLUDED_RULES))
    yield Charge("load-balancer", "further-rules", fixed(context.hours * further), note=note)


def _processed_gb(context: PricingContext, item: Planned) -> Decimal:
    """Returns the share of a load balancer in what all of a site process."""
    return context.quantity(item, "load_balancer_gb") / context.balancers[context.site(item)]
