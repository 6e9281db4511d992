"""Charges of an AKS cluster: its control plane, its pools, what leaves the site, and what AKS starts by itself."""

from collections.abc import Iterable
from decimal import Decimal

from falaj.facts.prices import missing
from falaj.facts.regions import REGIONS
from falaj.finops.azure_balancers import way_out
from falaj.finops.azure_disks import PREMIUM, managed_disk
from falaj.finops.lines import ZERO, Charge, Range, fixed
from falaj.finops.meters import USAGE, usage_range
from falaj.finops.plan import Planned
from falaj.finops.pool_hours import hours_note
from falaj.finops.pools import pool_charges
from falaj.finops.pricing_context import PricingContext
from falaj.finops.properties import get_path, get_str
from falaj.finops.vault_copies import traffic

DECIDING = (
    "sku.name", "sku.tier", "networkProfile.outboundType", "nodeProvisioningProfile.mode",
    "nodeProvisioningProfile.defaultNodePools", "securityProfile.defender.securityMonitoring.enabled",
)  # fmt: skip
"""Properties that decide what a cluster costs, and have a default."""

_AUTOMATIC = "Automatic"


def cluster(context: PricingContext, item: Planned) -> Iterable[Charge]:
    """Yields the charges of a cluster."""
    tier = get_str(item.props, "sku", "tier", default="Free").lower()
    if tier != "free":
        yield _control_plane(context, item, tier)
    yield from pool_charges(context, item)
    yield from _unlisted(item)
    yield from traffic(context, item)
    yield from way_out(context, item)
    yield from _claimed(context, item)


def _control_plane(context: PricingContext, item: Planned, tier: str) -> Charge:
    """Returns the charge of the control plane, which is free while the cluster is stopped (Azure, REST API of AKS,
    ManagedClusters Stop; read 2026-11-24).
    """
    hours = context.awake(item)
    if hours is None:
        return Charge("aks", tier, fixed(context.hours))
    return Charge("aks", tier, fixed(hours), note=hours_note(context, (hours, "its schedule")), sleeps=True)


def _unlisted(item: Planned) -> Iterable[Charge]:
    """Yields charges without a price for what a cluster costs beside its pools and is in no price list.

    Node auto-provisioning creates pools of any D-series machine without a limit, unless `defaultNodePools` is None
    (AKS, Node auto-provisioning node pools, REST API NodeProvisioningProfile); AKS Automatic always has it, and charges
    a fee for the cluster and for each vCPU; Defender for Containers charges each vCPU of the nodes. Microsoft's own
    figures for both fees were not found (2026-11-27), so none is stated.
    """
    automatic = get_str(item.props, "sku", "name") == _AUTOMATIC
    if automatic:
        yield _open("aks", "automatic", "the fees of AKS Automatic are not in the price list")
    profile = get_path(item.props, "nodeProvisioningProfile")
    provisions = automatic or get_str(profile, "mode") == "Auto"
    if provisions and get_str(profile, "defaultNodePools", default="Auto") != "None":
        yield _open("machine", "default node pools", "the default node pools of node auto-provisioning have no limit")
    if get_path(item.props, "securityProfile", "defender", "securityMonitoring", "enabled") is True:
        reason = "the price of Microsoft Defender for Containers, by vCPU of the nodes, is not in the price list"
        yield _open("defender", "containers", reason)


def _open(service: str, sku: str, reason: str) -> Charge:
    return Charge(service, sku, Range(ZERO, ZERO, Decimal(1)), price=missing("hour", reason))


def _claimed(context: PricingContext, item: Planned) -> Iterable[Charge]:
    """Yields the volumes that the usage file states."""
    claimed_gb = context.quantity(item, "volumes_gb")
    region = REGIONS.get(context.region(item))
    if region is not None and region.zones:
        yield Charge("disk", "premium-v2", usage_range(claimed_gb), USAGE, note="volumes claimed beside the plan")
    elif claimed_gb:  # Premium SSD v2 requires zones
        note = "volumes claimed beside the plan, as one disk"
        for disk in managed_disk(PREMIUM, claimed_gb):
            yield Charge(disk.service, disk.sku, usage_range(Decimal(1)), USAGE, note=note)
