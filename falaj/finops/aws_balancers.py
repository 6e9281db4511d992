"""Charges of load balancers on AWS: hours, capacity units, and public addresses.

A Network Load Balancer is billed by the hour and by capacity units (NLCU): for TCP a unit is 800 new connections a
second, 100,000 open ones or 1 GB an hour; of an Application Load Balancer (LCU) 25, 3,000 and 1 GB (Elastic Load
Balancing pricing, read 2026-11-27). The bytes are counted: they need the most units unless requests are small.
"""

from collections.abc import Iterable

from falaj.facts.regions import REGIONS
from falaj.finops.balanced import is_internal
from falaj.finops.lines import Charge, fixed
from falaj.finops.meters import USAGE, usage_range
from falaj.finops.plan import Planned
from falaj.finops.pricing_context import PricingContext
from falaj.finops.properties import get_str

_BY_BYTES = "1 GB per unit and hour: connections are assumed to need fewer units"


def cluster_balancer(context: PricingContext, item: Planned) -> Iterable[Charge]:
    """Yields the Network Load Balancer of a Service or gateway, with a public address per zone if it is public."""
    yield Charge("elb", "network", fixed(context.hours), note="created by the cluster")
    yield Charge("elb", "nlcu", usage_range(context.balanced_gb(item)), USAGE, note=_BY_BYTES)
    if not is_internal(item):
        region = REGIONS.get(context.region(item))
        zones = len(region.zones) if region is not None and region.zones else 1
        yield Charge("ec2", "public-ipv4", fixed(context.hours * zones), note=f"of a load balancer in {zones} zones")


def declared_balancer(context: PricingContext, item: Planned) -> Iterable[Charge]:
    """Yields a load balancer that the plan itself creates."""
    kind = get_str(item.props, "loadBalancerType", default="application")
    yield Charge("elb", kind, fixed(context.hours))
    unit = "nlcu" if kind == "network" else "lcu"
    yield Charge("elb", unit, usage_range(context.balanced_gb(item)), USAGE, note=_BY_BYTES)
