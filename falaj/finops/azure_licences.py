"""Licences that machines on Azure pay by the hour beside their price, by the image and the licence type.

The price list has machines without them. Images of an own subscription (BYOS, BYOL) and machines that bring a licence
cost nothing further; a licence type that names a subscription makes one of an own image paid by the hour
(MicrosoftDocs/azure-compute-docs, "Azure Hybrid Benefit for Red Hat Enterprise Linux (RHEL) and SUSE Linux Enterprise
Server (SLES) virtual machines", read 2026-12-03: `RHEL_BASE`, `SLES_STANDARD` and others).
"""

from collections.abc import Iterator, Mapping
from typing import Any

from falaj.finops.plan import Planned
from falaj.finops.priced_pool import WINDOWS
from falaj.finops.properties import get_dict, get_str, unknown_at

_SQL, _RED_HAT, _SUSE, _UBUNTU = "SQL Server", "Red Hat Enterprise Linux", "SUSE Linux Enterprise Server", "Ubuntu Pro"
_OWN: Mapping[str, tuple[str, ...]] = {
    WINDOWS: ("windows_server", "windows_client"), _RED_HAT: ("rhel_byos",), _SUSE: ("sles_byos",),
}  # fmt: skip
"""System -> licence types of machines that bring a licence of their own (Azure REST API, VirtualMachine,
licenseType)."""
_BY_TYPE = {"rhel_": _RED_HAT, "sles": _SUSE, "ubuntu_pro": _UBUNTU}
"""Start of a licence type -> what it pays for."""
_OWN_IMAGE = ("byos", "byol")
_WITHOUT_FEE = ("sqldev", "express")
"""Editions of SQL Server without a price: Developer and Express (as known)."""

DECIDING = ("licenseType", "storageProfile.imageReference.publisher", "storageProfile.imageReference.offer")
"""Properties of a machine that decide which licence it pays."""


def licence(model: Mapping[str, Any]) -> str:
    """Returns the licences that a machine pays beside its price, empty without any. `model` has the properties of a
    virtual machine, or of those of a scale set or fleet."""
    kind = get_str(model, "licenseType").lower()
    by_type = [name for start, name in _BY_TYPE.items() if kind.startswith(start)]
    paid = [name for name in (*_of_image(model), *by_type) if kind not in _OWN.get(name, ())]
    return " and ".join(dict.fromkeys(paid))


def unknown_licence(item: Planned, above: str = "") -> tuple[str, ...]:
    """Returns the properties that decide the licence and are known only after the update; `above` is the path of the
    machines' model, with a dot at its end."""
    return unknown_at(item.props, *(f"{above}{path}" for path in DECIDING))


def _of_image(model: Mapping[str, Any]) -> Iterator[str]:
    """Yields what the image of a machine has, by its publisher, and Windows also by the system that is stated."""
    storage = get_dict(model, "storageProfile")
    publisher, offer, sku = (get_str(storage, "imageReference", key).lower() for key in ("publisher", "offer", "sku"))
    image = f"{offer} {sku}"
    if (
        "windowsConfiguration" in get_dict(model, "osProfile")
        or get_str(storage, "osDisk", "osType") == WINDOWS
        or publisher.startswith("microsoftwindows")
        or (publisher == "microsoftsqlserver" and "-ws" in offer)
    ):
        yield WINDOWS
    if any(word in image for word in _OWN_IMAGE):
        return
    if publisher == "microsoftsqlserver" and not any(word in sku for word in _WITHOUT_FEE):
        yield _SQL
    if publisher == "redhat":
        yield _RED_HAT
    if publisher == "suse" and "sles" in image:
        yield _SUSE
    if publisher == "canonical" and "pro" in image.replace("-", " ").split():
        yield _UBUNTU
