"""Local disks and encryption of machine types, as a subscription sees them, against the OS disks of a site's pools."""

from collections.abc import Iterator, Mapping
from typing import Any

from falaj.components.core.node_pools.azure_enums import OsDiskType
from falaj.components.core.node_pools.azure_nodes import LARGEST_EPHEMERAL_GIB, os_disk_type, root_disk_gib
from falaj.components.core.node_pools.spec import NodePoolSpec
from falaj.preflight.azure.context import AzureContext
from falaj.preflight.rows import PreflightRow, Verdict

CAPABILITIES = ("SupportedEphemeralOSDiskPlacements", "CachedDiskBytes", "MaxResourceVolumeMB", "NvmeDiskSizeInMiB")
"""Capabilities of Microsoft.Compute/skus that say where an ephemeral OS disk can be, and its room."""


def os_disks(context: AzureContext) -> Iterator[PreflightRow]:
    """Yields per pool what its machine type offers for an ephemeral OS disk, and whether it encrypts at the host."""
    for name, pool in context.site.pools.items():
        for machine in pool.machines:
            if (sku := context.skus.get(machine)) is not None:
                yield _row(context, name, pool, sku)


def _row(context: AzureContext, name: str, pool: NodePoolSpec, sku: Mapping[str, Any]) -> PreflightRow:
    known = {item["name"]: str(item["value"]) for item in sku.get("capabilities") or ()}
    shown = [f"{capability} {known[capability]}" for capability in CAPABILITIES if capability in known]
    encrypts = known.get("EncryptionAtHostSupported", "not stated")
    gib, disk = root_disk_gib(pool), os_disk_type(context.region, pool)
    room = room_gib(known)
    is_short = disk is OsDiskType.EPHEMERAL and room is not None and gib > room
    fix = "set `azure.os_disk_type` to Managed, or a smaller `disk_gib`" if is_short else ""
    if encrypts == "False":
        fix = "choose a machine type that supports encryption at host"
    return PreflightRow(
        site=context.name,
        subject=f"OS disk of pool {name}",
        found=f"{sku['name']}: {', '.join([*shown, f'EncryptionAtHostSupported {encrypts}'])}",
        needed=f"{disk.value} of {gib} GiB, encryption at host",
        verdict=Verdict.REFUSED if is_short or encrypts == "False" else Verdict.OK,
        fix=fix,
        setting=f"sites.{context.name}.pools.{name}.{'azure.os_disk_type' if is_short else 'machines'}" if fix else "",
    )


def room_gib(known: Mapping[str, str]) -> int | None:
    """Returns the largest ephemeral OS disk of a machine type in GiB, 0 without local disks; None if not stated.

    Azure takes the cache where a machine type has one, otherwise the temporary disk or NVMe disks (azure-compute-docs
    ephemeral-os-disks.md, 2026-09-08).
    """
    if known.get("EphemeralOSDiskSupported") == "False":
        return 0
    placements = known.get("SupportedEphemeralOSDiskPlacements")
    if placements is None:
        return None
    rooms = {
        "CacheDisk": int(known.get("CachedDiskBytes", "0")) // 2**30,
        "ResourceDisk": int(known.get("MaxResourceVolumeMB", "0")) // 1024,
        "NvmeDisk": int(known.get("NvmeDiskSizeInMiB", "0")) // 1024,
    }
    return min(max((rooms.get(place.strip(), 0) for place in placements.split(",")), default=0), LARGEST_EPHEMERAL_GIB)
