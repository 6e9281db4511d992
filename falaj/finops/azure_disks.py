"""Prices of disks on Azure: disks of machines and of claims, and shares and containers that claims create."""

from collections.abc import Mapping
from decimal import ROUND_CEILING, Decimal
from typing import Any

from falaj.finops.lines import ZERO, Charge, fixed
from falaj.finops.meters import USAGE, usage_range
from falaj.finops.pricing_context import PricingContext
from falaj.finops.properties import get_list, get_number, get_str
from falaj.finops.volume_classes import VolumeClass, VolumeDriver, counted_elsewhere

PREMIUM = "Premium_LRS"
STANDARD_SSD = "StandardSSD_LRS"

_LETTERS = {"premium": "p", "standardssd": "e", "standard": "s"}
"""Type of disks with fixed sizes -> letter of its sizes."""
_SIZES = {
    **{4: 1, 8: 2, 16: 3, 32: 4, 64: 6, 128: 10, 256: 15, 512: 20, 1024: 30},
    **{2048: 40, 4096: 50, 8192: 60, 16384: 70, 32767: 80},
}
"""GiB -> number of the size (Azure, Managed disk types; read 2026-11-27)."""
_LEAST_HDD_GIB = 32
"""Standard HDD begins with S4."""
_V2_IOPS, _V2_THROUGHPUT = 3000, 125
"""IOPS and MB/s of Premium SSD v2 that are free (Azure, Understand Azure Disk Storage billing; read 2026-11-27)."""
_ULTRA_IOPS, _ULTRA_THROUGHPUT = 500, 100
"""IOPS and MB/s of an Ultra Disk by default (azuredisk-csi-driver, docs/driver-parameters.md; read 2026-11-27)."""
_LEAST_IOPS_GIB, _LEAST_THROUGHPUT_GIB = 2, Decimal("0.032")
"""The fewest IOPS and MB/s of an Ultra Disk per GiB (the same)."""
_ULTRA_STEP_GIB = 1024


def managed_disk(sku: str, size_gib: Decimal, iops: Decimal = ZERO, throughput: Decimal = ZERO) -> tuple[Charge, ...]:
    """Returns the charges of a disk of a SKU such as `Premium_LRS` for a month. `throughput` is in MB/s."""
    kind, _, redundancy = sku.lower().partition("_")
    suffix = "" if redundancy == "lrs" else f"-{redundancy}"
    if kind in _LETTERS:
        return (Charge("disk", _size(kind, size_gib) + suffix, fixed(1)),)
    if kind == "premiumv2":
        above = max(ZERO, iops - _V2_IOPS), max(ZERO, throughput - _V2_THROUGHPUT)
        return _provisioned(f"premium-v2{suffix}", size_gib, *above)
    if kind == "ultrassd":
        iops = max(iops or Decimal(_ULTRA_IOPS), size_gib * _LEAST_IOPS_GIB)
        throughput = max(throughput or Decimal(_ULTRA_THROUGHPUT), size_gib * _LEAST_THROUGHPUT_GIB)
        return _provisioned(f"ultra{suffix}", _ultra_size(size_gib), iops, throughput)
    return (Charge("disk", sku, fixed(1)),)


def _size(kind: str, size_gib: Decimal) -> str:
    """Returns the next larger size, by which a disk is charged."""
    letter, least = _LETTERS[kind], _LEAST_HDD_GIB if kind == "standard" else 0
    number = next((number for limit, number in _SIZES.items() if limit >= max(size_gib, least)), None)
    return f"larger-than-{letter}80" if number is None else f"{letter}{number}"


def _ultra_size(size_gib: Decimal) -> Decimal:
    """Returns the size of an Ultra Disk: one of the small ones, or whole TiB."""
    small = next((Decimal(limit) for limit in _SIZES if size_gib <= limit < _ULTRA_STEP_GIB), None)
    return small or (size_gib / _ULTRA_STEP_GIB).to_integral_value(ROUND_CEILING) * _ULTRA_STEP_GIB


def _provisioned(sku: str, size_gib: Decimal, iops: Decimal, throughput: Decimal) -> tuple[Charge, ...]:
    charges = (
        Charge("disk", sku, fixed(size_gib)),
        Charge("disk", f"{sku}-iops", fixed(iops)),
        Charge("disk", f"{sku}-throughput", fixed(throughput)),
    )
    return tuple(charge for charge in charges if charge.quantity.max > 0)


def _sku(parameters: Mapping[str, Any], default: str) -> str:
    return get_str(parameters, "skuname") or get_str(parameters, "storageaccounttype", default=default)


def _disk_claim(parameters: Mapping[str, Any], size_gib: Decimal) -> tuple[Charge, ...]:
    iops, throughput = (get_number(parameters.get(f"disk{key}readwrite"), 0) for key in ("iops", "mbps"))
    return managed_disk(_sku(parameters, STANDARD_SSD), size_gib, iops, throughput)


_LEAST_PREMIUM_SHARE_GIB = 100
"""The smallest premium share that the driver creates (azurefile-csi-driver, docs/driver-parameters.md; read
2026-11-27)."""


def _share_claim(parameters: Mapping[str, Any], size_gib: Decimal) -> tuple[Charge, ...]:
    """Returns the share that the driver creates for a claim; none for a directory of a share that exists."""
    if "sharename" in parameters:
        return counted_elsewhere(parameters, size_gib)
    sku = _sku(parameters, "Standard_LRS").lower().replace("_", "-")
    if sku.startswith("premium"):
        return (Charge("files", sku, fixed(max(size_gib, Decimal(_LEAST_PREMIUM_SHARE_GIB)))),)
    return (Charge("files", sku, usage_range(size_gib), USAGE, note="charged by used bytes: all of the claim"),)


def _container_claim(parameters: Mapping[str, Any], size_gib: Decimal) -> tuple[Charge, ...]:
    """Returns the container that the driver creates for a claim; none in a storage account that exists."""
    if "storageaccount" in parameters or "containername" in parameters:
        return counted_elsewhere(parameters, size_gib)
    redundancy = _sku(parameters, "Standard_LRS").lower().partition("_")[2]
    note = "charged by used bytes: all of the claim"
    return (Charge("blob", f"hot-{redundancy}", usage_range(size_gib), USAGE, note=note),)


_SKUS = ("skuname", "storageaccounttype")
_DISK = VolumeDriver(_disk_claim, (*_SKUS, "diskiopsreadwrite", "diskmbpsreadwrite"), ("disk", "snapshot"))
_SHARE = VolumeDriver(_share_claim, _SKUS)

DRIVERS: Mapping[str, VolumeDriver] = {
    "disk.csi.azure.com": _DISK,
    "kubernetes.io/azure-disk": _DISK,
    "file.csi.azure.com": _SHARE,
    "kubernetes.io/azure-file": _SHARE,
    "blob.csi.azure.com": VolumeDriver(_container_claim, _SKUS),
}

_DISK_CLASSES = {"default": "StandardSSD", "managed-csi": "StandardSSD", "managed": "StandardSSD"} | dict.fromkeys(
    ("managed-csi-premium", "managed-premium"), "Premium"
)
_SHARE_CLASSES = dict.fromkeys(("azurefile", "azurefile-csi"), "Standard_LRS") | dict.fromkeys(
    ("azurefile-premium", "azurefile-csi-premium"), PREMIUM
)
_ACROSS_ZONES = ("azure-native:containerservice:ManagedCluster", "azure-native:containerservice:AgentPool")


def built_in_classes(context: PricingContext, site: str) -> Mapping[str, VolumeClass]:
    """Returns the classes of a new AKS cluster; their disks are zone-redundant if its nodes are in several zones (AKS,
    Create and manage persistent volumes with Azure Disks; read 2026-11-27).
    """
    redundancy = "ZRS" if _is_across_zones(context, site) else "LRS"
    disks = {
        name: VolumeClass(name, "disk.csi.azure.com", {"skuname": f"{kind}_{redundancy}"}, is_default=name == "default")
        for name, kind in _DISK_CLASSES.items()
    }
    return disks | {
        name: VolumeClass(name, "file.csi.azure.com", {"skuname": sku}) for name, sku in _SHARE_CLASSES.items()
    }


def _is_across_zones(context: PricingContext, site: str) -> bool:
    items = (item for item in context.plan.of_type(*_ACROSS_ZONES) if context.site(item) == site)
    pools = (pool for item in items for pool in (item.props, *get_list(item.props, "agentPoolProfiles")))
    return any(len(get_list(pool, "availabilityZones")) > 1 for pool in pools)
