"""What a site on Azure is charged by the hour whatever runs on it. Pure.

SKUs and numbers are those of the estimate of a plan (`falaj.finops.azure`).
"""

from collections.abc import Iterator, Mapping, Sequence

from falaj.components.core.site.aks_upgrades import ClusterTier
from falaj.components.core.site.specs import AzureSiteSpec, SiteSpec
from falaj.components.core.site.standing_charges import BALANCER, CONTROL_PLANE, NAT, Gateway, StandingCharge
from falaj.components.core.validation.enums import Egress, SupportPlan

_SKUS: Mapping[ClusterTier, str] = {ClusterTier.STANDARD: "standard"}
"""Tier -> SKU of the control plane; the free tier has none."""


def standing_charges(site: SiteSpec, gateway: Gateway) -> Sequence[StandingCharge]:
    """Returns the control plane, the NAT gateway and the load balancer of the gateway, with their addresses."""
    return tuple(_charges(site, gateway))


def _charges(site: SiteSpec, gateway: Gateway) -> Iterator[StandingCharge]:
    options = site.azure or AzureSiteSpec()
    sku = "premium" if options.support_plan is SupportPlan.LTS else _SKUS.get(options.tier)
    if sku is not None:
        yield StandingCharge(CONTROL_PLANE, "aks", sku, 1)
    nat = options.network.nat
    if site.network.egress is Egress.NAT_SINGLE:
        yield StandingCharge(NAT, "nat", "gateway", 1)
        if not nat.uses_existing:
            yield StandingCharge(NAT, "public-ip", "standard", nat.addresses)
    if gateway is not Gateway.ABSENT:
        yield StandingCharge(BALANCER, "load-balancer", "rules", 1)
    if gateway is Gateway.PUBLIC:
        yield StandingCharge(BALANCER, "public-ip", "standard", 1)
