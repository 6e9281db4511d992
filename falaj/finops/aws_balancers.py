"""Charges of load balancers on AWS: hours, capacity units, and public addresses.

A Network Load Balancer is billed by the hour and by capacity units (NLCU): for TCP a unit is 800 new connections a
second, 100,000 open ones or 1 GB an hour; of an Application Load Balancer (LCU) 25, 3,000 and 1 GB (Elastic Load
Balancing pricing, read 2026-11-27). The bytes are counted: they need the most units unless requests are small.
"""

from collections.abc import Iterable

from falaj.finops.aws_pools import site_zones
from falaj.finops.balanced import is_internal
from falaj.finops.ingress import IngressGroup
from falaj.finops.lines import Charge, fixed
from falaj.finops.meters import USAGE, usage_range
from falaj.finops.plan import Planned
from falaj.finops.pricing_context import PricingContext
from falaj.finops.properties import get_list, get_path, get_str

_BY_BYTES = "1 GB per unit and hour: connections are assumed to need fewer units"


def cluster_balancer(context: PricingContext, item: Planned) -> Iterable[Charge]:
    """Yields the Network Load Balancer of a Service or gateway, with a public address per zone if it is public."""
    yield Charge("elb", "network", fixed(context.hours), note="created by the cluster")
    yield Charge("elb", "nlcu", usage_range(context.balanced_gb(item)), USAGE, note=_BY_BYTES)
    if not is_internal(item):
        yield _addresses(context, item, _SUBNETS)


_SCHEME, _PUBLIC = "alb.ingress.kubernetes.io/scheme", "internet-facing"
"""Annotation of Ingresses, internal by default; `scheme` of the parameters of their class takes precedence (AWS Load
Balancer Controller 3.5.0, Ingress annotations, IngressClass; 2026-11-27)."""


def ingress_balancer(context: PricingContext, item: Planned, group: IngressGroup) -> Iterable[Charge]:
    """Yields the Application Load Balancer of a group of Ingresses, with an address per zone if it is public."""
    scheme = get_str(group.parameters, "scheme")
    yield Charge("elb", "application", fixed(context.hours), note="created by the cluster")
    yield Charge("elb", "lcu", usage_range(context.balanced_gb(item)), USAGE, note=_BY_BYTES)
    if scheme == _PUBLIC or (not scheme and _PUBLIC in group.annotations(_SCHEME)):
        yield _addresses(context, item, _INGRESS_SUBNETS)


_SUBNETS = "service.beta.kubernetes.io/aws-load-balancer-subnets"
_INGRESS_SUBNETS = "alb.ingress.kubernetes.io/subnets"
"""Annotations with the subnets of a load balancer; without one it is in each zone in which the site has subnets (AWS
Load Balancer Controller, subnet discovery; 2026-11-27)."""


def _addresses(context: PricingContext, item: Planned, annotation: str) -> Charge:
    stated = get_str(item.props, "metadata", "annotations", annotation)
    zones = len(stated.split(",")) if stated else len(site_zones(context, item)) or 1
    return Charge("ec2", "public-ipv4", fixed(context.hours * zones), note=f"of a load balancer in {zones} zones")


def declared_balancer(context: PricingContext, item: Planned) -> Iterable[Charge]:
    """Yields a load balancer that the plan itself creates, with an address in each subnet if it is public."""
    kind = get_str(item.props, "loadBalancerType", default="application")
    yield Charge("elb", kind, fixed(context.hours))
    unit = "nlcu" if kind == "network" else "lcu"
    yield Charge("elb", unit, usage_range(context.balanced_gb(item)), USAGE, note=_BY_BYTES)
    if get_path(item.props, "internal") is not True:
        mappings = get_list(item.props, "subnetMappings")
        own = [mapping for mapping in mappings if "allocationId" not in mapping]  # an Elastic IP is another resource
        addresses = len(own) if mappings else len(get_list(item.props, "subnets"))
        yield Charge("ec2", "public-ipv4", fixed(context.hours * addresses), note="of a load balancer")
