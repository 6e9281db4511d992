"""Upgrade settings of AKS pools, and tier and names of a cluster."""

from __future__ import annotations

import re
from collections.abc import Iterator

from falaj.sandbox.clouds.azure.aks_pool_options import invalid
from falaj.sandbox.clouds.azure.arm import GROUP, ArmPath
from falaj.sandbox.clouds.spec import Operation
from falaj.sandbox.clouds.values import Json, get_path, get_str

_SHARE = re.compile(r"[0-9]+|(100|[0-9]{1,2})%")
_DRAIN_MINUTES, _SOAK_MINUTES = (5, 1440), (0, 30)
"""Limits of a node's drain timeout and soak time (azure-aks-docs fb060ab, upgrade-aks-node-pools-rolling.md)."""


def upgrade_errors(pool: Json, prefix: str) -> Iterator[str | None]:
    """Yields the errors of a pool's upgrade settings (azure-aks-docs fb060ab, upgrade-aks-node-pools-rolling.md)."""
    path = f"{prefix}.upgradeSettings"
    surge, unavailable = (get_str(pool, f"upgradeSettings.{name}") for name in ("maxSurge", "maxUnavailable"))
    for name, value in (("maxSurge", surge), ("maxUnavailable", unavailable)):
        if value and not _SHARE.fullmatch(value):
            yield invalid(f"{path}.{name}", f"'{value}' is neither a number nor a percentage up to 100%.")
    if surge and not _nodes(surge) and not _nodes(unavailable):
        yield invalid(path, "maxSurge must be greater than 0 where maxUnavailable is 0.")
    if _nodes(surge) and _nodes(unavailable):
        yield invalid(path, "maxSurge and maxUnavailable above 0 together are a preview.")
    if _nodes(unavailable) and get_str(pool, "mode") == "System":
        yield invalid(f"{path}.maxUnavailable", "it cannot be set for a pool of mode System.")
    limits = (("drainTimeoutInMinutes", _DRAIN_MINUTES), ("nodeSoakDurationInMinutes", _SOAK_MINUTES))
    for name, (least, most) in limits:
        minutes = get_path(pool, f"upgradeSettings.{name}")
        if isinstance(minutes, int | float) and not least <= minutes <= most:
            yield invalid(f"{path}.{name}", f"{minutes:g} is not from {least} to {most}.")


def _nodes(value: str) -> bool:
    """Returns whether a number or percentage of nodes is above 0."""
    return value.rstrip("%").strip("0") != ""


def cluster_tier(op: Operation) -> str | None:
    """Checks that cost analysis has a paid tier, and long-term support the Premium tier (azure-aks-docs fb060ab,
    cost-analysis.md and long-term-support.md)."""
    tier = get_str(op.inputs, "sku.tier") or "Free"
    if tier == "Free" and get_path(op.inputs, "metricsProfile.costAnalysis.enabled") is True:
        return invalid("metricsProfile.costAnalysis", "it needs tier Standard or Premium.")
    if tier != "Premium" and get_str(op.inputs, "supportPlan") == "AKSLongTermSupport":
        return invalid("supportPlan", "AKSLongTermSupport needs tier Premium.")
    return None


def cluster_names(op: Operation) -> str | None:
    """Checks that the node resource group does not exist yet (azure-aks-docs fb060ab, faq.yml), and that the API
    server has one name: a subdomain of a zone of your own, or a prefix."""
    group = get_str(op.inputs, "nodeResourceGroup")
    path = ArmPath(GROUP).fill({**op.inputs, "resourceGroupName": group}).lower()
    if group and op.existing is None and op.state.by_handle(path) is not None:
        return invalid("nodeResourceGroup", f"resource group '{group}' exists already.")
    subdomain, prefix = get_str(op.inputs, "fqdnSubdomain"), get_str(op.inputs, "dnsPrefix")
    if subdomain and prefix:
        return invalid("fqdnSubdomain", "it cannot be given together with dnsPrefix.")
    if subdomain and not get_str(op.inputs, "apiServerAccessProfile.privateDNSZone").startswith("/"):
        return invalid("fqdnSubdomain", "it needs a private DNS zone of your own.")
    return None
