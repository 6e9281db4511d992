"""Licences that machines on Azure pay beside their price."""

from typing import Any

import pytest

from falaj.finops.azure_licences import licence
from falaj.finops.plan import UNKNOWN

from .plans import plan, priced

SQL, RED_HAT, SUSE, PRO = "SQL Server", "Red Hat Enterprise Linux", "SUSE Linux Enterprise Server", "Ubuntu Pro"


def _image(publisher: str, offer: str, sku: str = "gen2", **more: object) -> dict[str, Any]:
    return {"storageProfile": {"imageReference": {"publisher": publisher, "offer": offer, "sku": sku}}, **more}


@pytest.mark.parametrize(
    ("model", "expected"),
    [
        (_image("MicrosoftWindowsServer", "WindowsServer"), "Windows"),
        (_image("MicrosoftWindowsServer", "WindowsServer", licenseType="Windows_Server"), ""),
        (_image("MicrosoftWindowsDesktop", "windows-11", licenseType="windows_client"), ""),
        ({"storageProfile": {"osDisk": {"osType": "Windows"}}}, "Windows"),
        ({"osProfile": {"windowsConfiguration": {}}}, "Windows"),
        (_image("MicrosoftSQLServer", "sql2022-ws2022", "enterprise-gen2"), f"Windows and {SQL}"),
        (_image("MicrosoftSQLServer", "sql2022-ws2022", "enterprise-gen2", licenseType="Windows_Server"), SQL),
        (_image("MicrosoftSQLServer", "sql2022-ws2022", "sqldev-gen2"), "Windows"),
        (_image("MicrosoftSQLServer", "sql2019-ws2019-byol", "standard"), "Windows"),
        (_image("MicrosoftSQLServer", "sql2022-ubuntu2204", "express"), ""),
        (_image("redhat", "rhel"), RED_HAT),
        (_image("RedHat", "RHEL", licenseType="rhel_byos"), ""),
        (_image("RedHat", "RHEL", licenseType="SLES_BYOS"), RED_HAT),
        (_image("RedHat", "rhel-byos"), ""),
        (_image("SUSE", "sles-15-sp6"), SUSE),
        (_image("SUSE", "sles-15-sp6", licenseType="SLES_BYOS"), ""),
        (_image("SUSE", "opensuse-leap-15-6"), ""),
        (_image("Canonical", "ubuntu-24_04-lts", "ubuntu-pro"), PRO),
        (_image("Canonical", "0001-com-ubuntu-pro-jammy", "pro-22_04-lts"), PRO),
        (_image("Canonical", "ubuntu-24_04-lts", "server"), ""),
        ({"licenseType": "RHEL_EUS"}, RED_HAT),
        ({"licenseType": "SLES"}, SUSE),
        ({"licenseType": "UBUNTU_PRO"}, PRO),
        ({"licenseType": "None"}, ""),
        ({"licenseType": "RHEL_BYOS"}, ""),
    ],
)
def test_the_image_or_the_licence_type_decides(model: dict[str, Any], expected: str) -> None:
    assert licence(model) == expected


@pytest.mark.parametrize(
    ("kind", "above"),
    [
        ("azure-native:compute:VirtualMachine", ()),
        ("azure-native:compute:VirtualMachineScaleSet", ("virtualMachineProfile",)),
        ("azure-native:azurefleet:Fleet", ("computeProfile", "baseVirtualMachineProfile")),
    ],
)
@pytest.mark.parametrize(
    "model", [{"licenseType": UNKNOWN}, {"storageProfile": {"imageReference": {"offer": UNKNOWN}}}]
)
def test_a_licence_that_is_known_only_after_the_update_has_no_price(
    kind: str, above: tuple[str, ...], model: dict[str, Any]
) -> None:
    for key in reversed(above):
        model = {key: model}
    sizes = {"sku": {"name": "Standard_D2s_v5", "capacity": 1}, "hardwareProfile": {"vmSize": "Standard_D2s_v5"},
             "vmSizesProfile": [{"name": "Standard_D2s_v5"}], "regularPriorityProfile": {"capacity": 1}}  # fmt: skip
    unpriced = priced(plan((kind, "it", {"location": "uaenorth", **sizes, **model}))).unpriced
    assert any("known only after the update" in line.price.source for line in unpriced)
