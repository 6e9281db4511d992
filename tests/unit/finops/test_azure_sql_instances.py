"""Managed Instances of Azure SQL and their pools: amounts by hand, and what has no price."""

from decimal import Decimal
from typing import Any

import pytest

from falaj.finops.plan import UNKNOWN

from .azure_lines import HOURS, RATIO, lines, usd, without_price

INSTANCE, POOL = "azure-native:sql:ManagedInstance", "azure-native:sql:InstancePool"
GENERAL, CRITICAL = Decimal("0.152217"), Decimal("0.304435")
LICENSE, DEARER_LICENSE = Decimal("0.099966") / RATIO, Decimal("0.375") / RATIO
"""Licences have one price everywhere."""


def instance(name: object, cores: object, gigabytes: object = 32, **more: Any) -> dict[str, Any]:
    return {"sku": {"name": name}, "vCores": cores, "storageSizeInGB": gigabytes} | more


@pytest.mark.parametrize(
    ("kind", "props", "in_east_us"),
    [
        # Sizes of Infracost's examples: of 64 GB, 32 are included.
        (INSTANCE, instance("GP_Gen5", 4, 64), 4 * (GENERAL + LICENSE) * HOURS + 32 * Decimal("0.115")),
        (INSTANCE, instance("GP_Gen5", 16, 64, licenseType="BasePrice"), 16 * GENERAL * HOURS + 32 * Decimal("0.115")),
        (INSTANCE, instance("BC_Gen5", 40, 64, licenseType="BasePrice"), 40 * CRITICAL * HOURS + 32 * Decimal("0.25")),
        (INSTANCE, instance("BC_Gen5", 24, 1024), 24 * (CRITICAL + DEARER_LICENSE) * HOURS + 992 * Decimal("0.25")),
        (INSTANCE, instance("GP_Gen5", "8"), 8 * (GENERAL + LICENSE) * HOURS),
        # An instance that states no `vCores` has the capacity of its SKU.
        (INSTANCE, {"sku": {"name": "GP_Gen5", "capacity": 8}, "storageSizeInGB": 32}, 8 * (GENERAL + LICENSE) * HOURS),
        # Of 3,972 operations a second, 900 are not included: each costs a third of a GB, so together 300 GB.
        (INSTANCE, instance("GP_Gen5", 8, 1024, isGeneralPurposeV2=True, storageIOps=3972),
         8 * (GENERAL + LICENSE) * HOURS + (992 + 300) * Decimal("0.115")),
        # The vCores of a pool are charged once, however many instances are in it.
        (POOL, {"sku": {"name": "GP_Gen5"}, "vCores": 8, "licenseType": "LicenseIncluded"},
         8 * (GENERAL + LICENSE) * HOURS),
        (POOL, {"sku": {"name": "GP_Gen5"}, "vCores": 8, "licenseType": "BasePrice"}, 8 * GENERAL * HOURS),
        (INSTANCE, instance("GP_Gen5", 2, 64, instancePoolId="/instancePools/pool"), 32 * Decimal("0.115")),
    ],
)  # fmt: skip
def test_amounts(kind: str, props: dict[str, Any], in_east_us: Decimal) -> None:
    assert abs(usd(kind, props) - in_east_us * RATIO) < Decimal("0.000001")


@pytest.mark.parametrize(
    ("kind", "props"),
    [
        (INSTANCE, {}),
        *((INSTANCE, instance(name, 8)) for name in ("GP_G8IM", "BC_G8IH", "HS_Gen5", "", UNKNOWN)),
        (INSTANCE, {"sku": {"name": "GP_Gen5"}, "storageSizeInGB": 32}),
        (INSTANCE, {"sku": {"name": "GP_Gen5"}, "vCores": 8}),
        (INSTANCE, instance("GP_Gen5", UNKNOWN)),
        (INSTANCE, instance("GP_Gen5", 0)),
        (INSTANCE, instance("GP_Gen5", 10**12)),
        (INSTANCE, instance("GP_Gen5", 8, UNKNOWN)),
        (INSTANCE, instance("GP_Gen5", 8, licenseType=UNKNOWN)),
        (INSTANCE, instance("GP_Gen5", 8, zoneRedundant=True)),
        (INSTANCE, instance("GP_Gen5", 8, zoneRedundant=UNKNOWN)),
        (INSTANCE, instance("GP_Gen5", 8, isGeneralPurposeV2=True, storageIOps=UNKNOWN)),
        (POOL, {"sku": {"name": "GP_G8IM"}, "vCores": 8, "licenseType": "BasePrice"}),
        (POOL, {"sku": {"name": "GP_Gen5"}, "vCores": UNKNOWN, "licenseType": "BasePrice"}),
    ],
)
def test_what_has_no_price_exists_all_the_same(kind: str, props: dict[str, Any]) -> None:
    assert without_price(kind, props)


def test_operations_that_are_included_have_no_line() -> None:
    """Each GB of the newer General Purpose includes three operations a second."""
    props = instance("GP_Gen5", 8, 1024, isGeneralPurposeV2=True, storageIOps=3072)
    assert all(line.priced for line in lines(INSTANCE, props))
