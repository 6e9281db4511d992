"""Rows of OS disks: room for an ephemeral one, and encryption at host, as Microsoft.Compute/skus states them."""

from typing import Any

import pytest

from falaj.components.core.node_pools.azure_enums import OsDiskType
from falaj.preflight.azure.local_disks import os_disks, room_gib
from falaj.preflight.rows import PreflightRow, Verdict
from tests.unit.preflight.arm_server import served, sku
from tests.unit.preflight.aws_answers import settings

SIZE = "Standard_NC40ads_H100_v5"
NVME = {"SupportedEphemeralOSDiskPlacements": "NvmeDisk", "NvmeDiskSizeInMiB": str(3576 * 1024)}
TEMPORARY = {"SupportedEphemeralOSDiskPlacements": "ResourceDisk", "MaxResourceVolumeMB": str(128 * 1024)}


def row(disk: OsDiskType, **capabilities: str) -> PreflightRow:
    given = settings()
    pools = given.sites["azuae"].pools
    gpu = pools["gpu"].model_copy(update={"azure": pools["gpu"].azure.model_copy(update={"os_disk_type": disk})})
    site = given.sites["azuae"].model_copy(update={"pools": {"gpu": gpu}})
    changed = given.model_copy(update={"sites": {**given.sites, "azuae": site}})
    body: dict[str, Any] = {"value": [sku(SIZE, "StandardNCadsH100v5Family", ["1"], (), **capabilities)]}
    with served({"/skus": body}, changed) as context:
        (found,) = os_disks(context)
    return found


@pytest.mark.parametrize(
    ("capabilities", "room"),
    [
        ({}, None),
        ({"EphemeralOSDiskSupported": "False", **NVME}, 0),
        (NVME, 2040),
        (TEMPORARY, 128),
        ({**TEMPORARY, "NvmeDiskSizeInMiB": str(3576 * 1024)}, 128),
        ({"SupportedEphemeralOSDiskPlacements": "CacheDisk", "CachedDiskBytes": str(256 * 2**30)}, 256),
    ],
)
def test_room_is_that_of_the_places_that_take_an_os_disk(capabilities: dict[str, str], room: int | None) -> None:
    """azure-compute-docs ephemeral-os-disks.md, 2026-09-08."""
    assert room_gib(capabilities) == room


@pytest.mark.parametrize(
    ("disk", "capabilities", "setting"),
    [
        (OsDiskType.EPHEMERAL, NVME, ""),
        (OsDiskType.EPHEMERAL, TEMPORARY, "azure.os_disk_type"),
        (OsDiskType.EPHEMERAL, {}, ""),
        (OsDiskType.MANAGED, TEMPORARY, ""),
        (OsDiskType.MANAGED, {"EncryptionAtHostSupported": "False"}, "machines"),
    ],
)
def test_a_disk_without_room_and_a_host_without_encryption_will_be_refused(
    disk: OsDiskType, capabilities: dict[str, str], setting: str
) -> None:
    found = row(disk, **{"EncryptionAtHostSupported": "True", **capabilities})
    assert found.verdict is (Verdict.REFUSED if setting else Verdict.OK)
    assert found.setting == (f"sites.azuae.pools.gpu.{setting}" if setting else "")
    assert found.needed == f"{disk.value} of 200 GiB, encryption at host"
    assert all(f"{name} {value}" in found.found for name, value in capabilities.items())
