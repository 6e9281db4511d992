"""Kubernetes versions, Network Watcher, deleted vaults, and reach of an existing cluster."""

from collections.abc import Iterator
from typing import Any

from falaj.components.core.validation.names import short_name
from falaj.preflight.azure.context import AzureContext
from falaj.preflight.reach import reach_rows
from falaj.preflight.rows import PreflightRow, Verdict


def kubernetes_version(context: AzureContext) -> Iterator[PreflightRow]:
    """Yields whether AKS offers the version here, under which plans, and whether as a preview."""
    path = f"{context.scope}/providers/Microsoft.ContainerService/locations/{context.region}/kubernetesVersions"
    wanted = context.site.kubernetes_version
    listed = context.arm.get(path, "Microsoft.ContainerService").get("values", [])
    found = next((item for item in listed if item.get("version") == wanted), None)
    plans = (found or {}).get("capabilities", {}).get("supportPlan") or []
    verdict, state = _support(found, plans)
    offered = ", ".join(sorted(item["version"] for item in listed if not item.get("isPreview")))
    yield PreflightRow(
        site=context.name,
        subject="Kubernetes version",
        found=f"{wanted}: {state}" + (f"; offered: {offered}" if verdict is Verdict.REFUSED else ""),
        needed="standard support",
        verdict=verdict,
        fix="" if verdict is Verdict.OK else "choose a version in standard support",
        setting="" if verdict is Verdict.OK else f"sites.{context.name}.kubernetes_version",
    )


def _support(found: Any, plans: list[str]) -> tuple[Verdict, str]:
    if found is None:
        return Verdict.REFUSED, "not offered"
    if found.get("isPreview"):
        return Verdict.REFUSED, "preview"
    if "KubernetesOfficial" in plans:
        return Verdict.OK, "standard support"
    return Verdict.COSTS, "long-term support only, which is billed with the Premium tier"


def network_watcher(context: AzureContext) -> Iterator[PreflightRow]:
    """Yields whether the region's Network Watcher exists, to which flow logs belong."""
    path = f"{context.scope}/providers/Microsoft.Network/networkWatchers"
    found = [item for item in context.arm.items(path, "Microsoft.Network") if item.get("location") == context.region]
    name = f"NetworkWatcher_{context.region}"
    right = any(
        item["name"].lower() == name.lower() and "/resourcegroups/networkwatcherrg/" in item["id"].lower()
        for item in found
    )
    yield PreflightRow(
        site=context.name,
        subject="Network Watcher",
        found=", ".join(item["id"] for item in found) or "none",
        needed=f"{name} in NetworkWatcherRG",
        verdict=Verdict.OK if right else Verdict.REFUSED,
        fix="" if right else "enable the region's Network Watcher",
        commands=()
        if right
        else (
            f"az network watcher configure --subscription {context.subscription} --resource-group NetworkWatcherRG "
            f"--locations {context.region} --enabled true",
        ),
    )


def deleted_vaults(context: AzureContext) -> Iterator[PreflightRow]:
    """Yields soft-deleted key vaults whose names begin like the site's: they are billed nothing, and keep their names.

    Names end with a hash of the resource group, so that only a group of the same name meets them again.
    """
    path = f"{context.scope}/providers/Microsoft.KeyVault/deletedVaults"
    beginning = short_name(context.name, limit=12)
    found = [
        item
        for item in context.arm.items(path, "Microsoft.KeyVault")
        if item["name"].lower().startswith(beginning) and item.get("properties", {}).get("location") == context.region
    ]
    yield PreflightRow(
        site=context.name,
        subject="soft-deleted key vaults",
        found=", ".join(item["name"] for item in found) or f"none that begin with {beginning}",
        needed="none with the name of a new one",
        verdict=Verdict.UNKNOWN if found else Verdict.OK,
        fix="recover it if the site is created again in a group of the same name" if found else "",
        commands=[
            f"az keyvault recover --subscription {context.subscription} --location {context.region} "
            f"--name {item['name']}"
            for item in found
        ],
    )


def reach(context: AzureContext) -> Iterator[PreflightRow]:
    """Yields whether this machine reaches the API of the stack's cluster, if it exists."""
    path = f"{context.scope}/providers/Microsoft.ContainerService/managedClusters"
    tags = context.settings.tags
    own = [
        item
        for item in context.arm.items(path, "Microsoft.ContainerService")
        if item.get("location") == context.region
        and all((item.get("tags") or {}).get(key) == tags[key] for key in ("project", "environment"))
        and item["name"].startswith(f"{context.name}-cluster")
    ]
    if not own:
        yield PreflightRow(site=context.name, subject="reach of the API server", found="no cluster of the stack yet")
    for cluster in own:
        properties = cluster.get("properties", {})
        address = properties.get("privateFQDN") or properties.get("fqdn")
        if address:
            yield from reach_rows(context.name, address, context.network)
