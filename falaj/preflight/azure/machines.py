"""Machine types, zones and vCPU quotas of a subscription against the pools of a site."""

import re
from collections.abc import Iterator, Mapping
from shlex import quote
from typing import Any

from falaj.facts.regions import REGIONS
from falaj.preflight.azure.context import AzureContext
from falaj.preflight.needs import ON_DEMAND, SPOT, pool_needs, vcpu_needs
from falaj.preflight.rows import PreflightRow, Verdict

REGIONAL, ALL_SPOT = "cores", "lowprioritycores"
"""Names of the quotas of all on-demand and all spot vCPUs of a region. Spot has no quotas by family."""


def machine_types(context: AzureContext) -> Iterator[PreflightRow]:
    """Yields per pool whether this subscription is offered the machine type, and in which zones."""
    for need in pool_needs(context.site):
        for machine in need.machines:
            yield _machine_type(context, need.pool, need.zone, machine.name)


def _machine_type(context: AzureContext, pool: str, zone: str | None, name: str) -> PreflightRow:
    sku = context.skus.get(name)
    reasons, zones = _offer(sku, context.region) if sku else (["not offered"], [])
    wanted = _wanted_zones(context, pool, zone)
    lacking = [item for item in wanted if item not in zones]
    refused = bool(reasons or lacking)
    found = f"{name}: {', '.join(reasons)}" if reasons else f"{name}: zones {', '.join(zones) or 'none'}"
    return PreflightRow(
        site=context.name,
        subject=f"machine type of pool {pool}",
        found=found,
        needed=f"zones {', '.join(wanted)}" if wanted else "offered",
        verdict=Verdict.REFUSED if refused else Verdict.OK,
        fix="request access to the machine type or zone in a support request, or choose others" if refused else "",
        setting=f"sites.{context.name}.pools.{pool}.{'machines' if reasons else 'zone'}" if refused else "",
    )


def _wanted_zones(context: AzureContext, pool: str, zone: str | None) -> list[str]:
    """Returns the zones of a pool: its own, its list if it has one, or the site's first ones."""
    if zone:
        return [zone]
    listed = getattr(getattr(context.site.pools[pool], "azure", None), "zones", None)
    if listed is not None:
        return [str(item) for item in listed]
    return list(REGIONS[context.region].zones[: context.site.network.zones])


def _offer(sku: Any, region: str) -> tuple[list[str], list[str]]:
    """Returns why a machine type is not offered, and the zones in which it is (Microsoft.Compute/skus)."""
    zones = {zone for info in sku.get("locationInfo") or () if _is(info, region) for zone in info.get("zones") or ()}
    reasons: list[str] = []
    for restriction in sku.get("restrictions") or ():
        if restriction.get("type") == "Location":
            reasons.append(restriction.get("reasonCode", "restricted"))
        elif restriction.get("type") == "Zone":
            zones -= set(restriction.get("restrictionInfo", {}).get("zones") or ())
    return reasons, sorted(zones)


def _is(info: Any, region: str) -> bool:
    return str(info.get("location", "")).lower() == region


def vcpu_quotas(context: AzureContext) -> Iterator[PreflightRow]:
    """Yields the quotas by family, of all on-demand vCPUs, and of all spot vCPUs."""
    usages = _usages(context)
    families = {name: _key(sku["family"]) for name, sku in context.skus.items() if sku.get("family")}
    totals = {ON_DEMAND: 0, SPOT: 0}
    has_gpus = {ON_DEMAND: False, SPOT: False}
    for (family, purchase), need in vcpu_needs(context.site, families).items():
        totals[purchase] += need.vcpus
        has_gpus[purchase] |= need.gpus
        if purchase == ON_DEMAND:
            detail = f" (pools {', '.join(need.pools)})"
            yield _quota(context, family, usages.get(family), need.vcpus, need.gpus, detail)
    for key, purchase in ((REGIONAL, ON_DEMAND), (ALL_SPOT, SPOT)):
        if totals[purchase]:
            gpus = has_gpus[purchase] and purchase == SPOT
            yield _quota(context, key, usages.get(key), totals[purchase], gpus)


def _key(name: str) -> str:
    """Returns a family's name in the form that the two lists share: one has blanks and underscores, and other case."""
    return re.sub(r"[\s_]", "", name).lower()


def _usages(context: AzureContext) -> Mapping[str, Any]:
    found = context.arm.items(
        f"{context.scope}/providers/Microsoft.Compute/locations/{context.region}/usages", "Microsoft.Compute/usages"
    )
    return {_key(usage["name"]["value"]): usage for usage in found}


def _quota(context: AzureContext, family: str, usage: Any, needed: int, gpus: bool, detail: str = "") -> PreflightRow:
    subject = {REGIONAL: "quota all on-demand vCPUs", ALL_SPOT: "quota all spot vCPUs"}.get(
        family, f"quota {family} vCPUs"
    )
    if usage is None:
        return PreflightRow(
            site=context.name,
            subject=subject,
            found="not in the subscription's list",
            needed=f"{needed}{detail}",
            verdict=Verdict.UNKNOWN,
            fix="look it up under Quotas in the portal",
        )
    limit, used, name = int(usage["limit"]), int(usage["currentValue"]), usage["name"]["value"]
    short = used + needed > limit
    return PreflightRow(
        site=context.name,
        subject=subject,
        found=("no GPU quota (0)" if gpus else "0") if limit == 0 else f"{limit}, of which {used} in use",
        needed=f"{needed}{detail}",
        verdict=Verdict.REFUSED if short else Verdict.OK,
        fix="request an increase, or lower the maximum of the pools" if short else "",
        setting=f"sites.{context.name}.pools.*.max" if short else "",
        commands=(_increase(context, name, used + needed),) if short else (),
    )


def _increase(context: AzureContext, name: str, limit: int) -> str:
    scope = f"{context.scope}/providers/Microsoft.Compute/locations/{context.region}"
    return (
        f"az quota update --resource-name {quote(name)} --scope {scope} "
        f"--limit-object value={limit} --resource-type {'lowPriority' if _key(name) == ALL_SPOT else 'dedicated'}"
    )
