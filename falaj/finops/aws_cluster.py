"""Charges of an EKS cluster: its control plane, what leaves the site, and nodes that EKS starts by itself."""

from collections.abc import Iterable

from falaj.facts.clock import today
from falaj.facts.clouds import Cloud
from falaj.facts.kubernetes_versions import Phase, releases
from falaj.facts.prices import missing
from falaj.finops.lines import ZERO, Charge, Range, fixed
from falaj.finops.meters import USAGE, usage_range
from falaj.finops.plan import Planned
from falaj.finops.pricing_context import PricingContext
from falaj.finops.properties import get_path, get_str
from falaj.finops.vault_copies import traffic

DECIDING = ("computeConfig.enabled", "controlPlaneScalingConfig.tier")
"""Properties that decide what a cluster costs, and have a default."""

_STANDARD_TIER = "standard"


def cluster(context: PricingContext, item: Planned) -> Iterable[Charge]:
    """Yields the charges of a cluster."""
    yield Charge("eks", _control_plane_sku(item), fixed(context.hours))
    yield from _tier(context, item)
    yield from _auto_mode(item)
    yield from traffic(context, item)
    yield Charge(
        "ebs", "gp3", usage_range(context.quantity(item, "volumes_gb")), USAGE, note="volumes claimed beside the plan"
    )


def _control_plane_sku(item: Planned) -> str:
    """Returns the SKU of the control plane: that of extended support once the version is past its standard support."""
    release = releases(Cloud.AWS).get(get_str(item.props, "version"))
    pays = get_str(item.props, "upgradePolicy", "supportType", default="EXTENDED") == "EXTENDED"
    is_past = release is not None and release.phase(today()) in (Phase.EXTENDED, Phase.ENDED)
    return "cluster-extended" if pays and is_past else "cluster"


def _tier(context: PricingContext, item: Planned) -> Iterable[Charge]:
    """Yields the charge of a provisioned control plane, which is charged by the hour of its tier (EKS User Guide,
    Provisioned Control Plane; 2026-11-27)."""
    tier = get_str(item.props, "controlPlaneScalingConfig", "tier", default=_STANDARD_TIER)
    if tier != _STANDARD_TIER:
        reason = f"the price list does not have the provisioned control plane {tier}"
        yield Charge("eks", f"cluster-{tier}", fixed(context.hours), price=missing("hour", reason))


def _auto_mode(item: Planned) -> Iterable[Charge]:
    """Yields a charge without a price for EKS Auto Mode: its built-in node pools are not in the plan and have no limit,
    and all its nodes pay a fee on top of their price (EKS User Guide, Auto Mode, Cost optimization; 2026-11-27)."""
    if get_path(item.props, "computeConfig", "enabled") is True:
        reason = "nodes of EKS Auto Mode have no limit, and its fee for each of them is not in the price list"
        yield Charge("eks", "auto mode", Range(ZERO, ZERO, fixed(1).max), price=missing("hour", reason))
