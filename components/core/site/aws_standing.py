"""What a site on AWS is charged by the hour whatever runs on it. Pure.

SKUs and numbers are those of the estimate of a plan (`falaj.finops.aws`).
"""

from collections.abc import Iterator, Sequence

from falaj.components.core.site.specs import AwsSiteSpec, SiteSpec
from falaj.components.core.site.standing_charges import BALANCER, CONTROL_PLANE, NAT, Gateway, StandingCharge
from falaj.components.core.validation.enums import Egress, SupportType
from falaj.facts.clock import today
from falaj.facts.clouds import Cloud
from falaj.facts.kubernetes_versions import Phase, releases


def standing_charges(site: SiteSpec, gateway: Gateway) -> Sequence[StandingCharge]:
    """Returns the control plane, the NAT gateways and the load balancer of the gateway, with their addresses."""
    return tuple(_charges(site, gateway))


def _charges(site: SiteSpec, gateway: Gateway) -> Iterator[StandingCharge]:
    options = site.aws or AwsSiteSpec()
    release = releases(Cloud.AWS).get(site.kubernetes_version)
    is_past = release is not None and release.phase(today()) in (Phase.EXTENDED, Phase.ENDED)
    is_extended = is_past and options.support_type is SupportType.EXTENDED
    yield StandingCharge(CONTROL_PLANE, "eks", "cluster-extended" if is_extended else "cluster", 1)
    gateways = {Egress.NAT_SINGLE: 1, Egress.NAT_PER_ZONE: site.network.zones}.get(site.network.egress, 0)
    if gateways:
        yield StandingCharge(NAT, "nat", "gateway", gateways)
        yield StandingCharge(NAT, "ec2", "public-ipv4", gateways)
    if gateway is not Gateway.ABSENT:
        yield StandingCharge(BALANCER, "elb", "network", 1)
    if gateway is Gateway.PUBLIC:
        yield StandingCharge(BALANCER, "ec2", "public-ipv4", site.network.zones)
