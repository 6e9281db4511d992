"""Databases and pools of Azure SQL: amounts by hand, and what has no price."""

from decimal import Decimal
from typing import Any

import pytest

from falaj.facts.prices import PriceKind, service_rows
from falaj.finops.lines import Basis
from falaj.finops.plan import UNKNOWN

from .plans import plan, priced

HOURS, DAYS, RATIO = Decimal(730), Decimal(365) / 12, Decimal("1.2326")
DATABASE, POOL = "azure-native:sql:Database", "azure-native:sql:ElasticPool"
LOG = Decimal("1.3")
"""Data and log of a database by vCores, in GB for each GB of data."""
CORE, ZONES, SERVERLESS = Decimal("0.152217"), Decimal("0.09133"), Decimal("0.521758")
LICENSE, DEARER_LICENSE = Decimal("0.099966") / RATIO, Decimal("0.375") / RATIO
"""Licences have one price everywhere: their meter is of the region Global (Infracost 95ba4f49,
internal/resources/azure/sql_database.go; public code asked the API on 2026-08-21 and found 0.099966).
"""
GB = 2**30


def lines(kind: str, props: dict[str, Any]) -> Any:
    found = priced(plan((kind, "it", {"location": "uaenorth", "resourceGroupName": "rg"} | props))).lines
    return [line for line in found if line.charge.basis is Basis.BASELINE]


def sku(name: object, capacity: object = None) -> dict[str, Any]:
    return {"sku": {"name": name} | ({} if capacity is None else {"capacity": capacity})}


@pytest.mark.parametrize(
    ("kind", "props", "in_east_us"),
    [
        (DATABASE, sku("GP_Gen5_2"), 2 * (CORE + LICENSE) * HOURS + 32 * LOG * Decimal("0.115")),
        (DATABASE, sku("GP_Gen5", 4) | {"maxSizeBytes": 100 * GB},
         4 * (CORE + LICENSE) * HOURS + 100 * LOG * Decimal("0.115")),
        (DATABASE, sku("GP_Gen5", 4) | {"maxSizeBytes": 100 * GB, "zoneRedundant": True},
         4 * (CORE + ZONES + LICENSE) * HOURS + 100 * LOG * Decimal("0.23")),
        (DATABASE, sku("GP_Gen5", 4) | {"licenseType": "BasePrice"}, 4 * CORE * HOURS + 32 * LOG * Decimal("0.115")),
        (DATABASE, sku("BC_Gen5_8") | {"zoneRedundant": True, "maxSizeBytes": 64 * GB},
         8 * (Decimal("0.304435") + DEARER_LICENSE) * HOURS + 64 * LOG * Decimal("0.25")),
        (DATABASE, sku("S3") | {"maxSizeBytes": 250 * GB}, Decimal("4.8387") * DAYS),
        (DATABASE, sku("Basic", 5), Decimal("0.161") * DAYS),
        (DATABASE, sku("P6"), 120 * DAYS),
        # Serverless at its maximum: its price includes the licence, which no customer can bring.
        (DATABASE, sku("GP_S_Gen5_2"), 2 * SERVERLESS * HOURS + 32 * LOG * Decimal("0.115")),
        (DATABASE, sku("GP_S_Gen5", 4) | {"zoneRedundant": True, "licenseType": "BasePrice"},
         4 * (SERVERLESS + Decimal("0.313055")) * HOURS + 32 * LOG * Decimal("0.23")),
        (POOL, sku("GP_Gen5", 4) | {"maxSizeBytes": 100 * GB},
         4 * (CORE + LICENSE) * HOURS + 100 * LOG * Decimal("0.115")),
    ],
)  # fmt: skip
def test_amounts(kind: str, props: dict[str, Any], in_east_us: Decimal) -> None:
    found = lines(kind, props)
    assert all(line.priced for line in found), [line.price.source for line in found]
    total = sum((line.usd.expected for line in found), Decimal(0))
    assert abs(total - in_east_us * RATIO) < Decimal("0.000001")


@pytest.mark.parametrize(
    ("kind", "props"),
    [
        (DATABASE, {}),
        *((DATABASE, sku(name, 2))
          for name in ("HS_S_Gen5_2", "HS_Gen5_2", "GP_DC_2", "S99", "DW100c", "P2x", UNKNOWN)),
        (DATABASE, sku("GP_Gen5")),
        (DATABASE, sku("GP_Gen5", UNKNOWN)),
        (DATABASE, sku("GP_Gen5", 2) | {"maxSizeBytes": UNKNOWN}),
        (DATABASE, sku("GP_Gen5", 2) | {"zoneRedundant": UNKNOWN}),
        (DATABASE, sku("S3") | {"maxSizeBytes": 1024 * GB}),
        (POOL, sku("StandardPool", 3000)),
        (POOL, sku("S3")),
        (POOL, {}),
    ],
)  # fmt: skip
def test_what_has_no_price_exists_all_the_same(kind: str, props: dict[str, Any]) -> None:
    assert [line for line in lines(kind, props) if not line.priced]


def test_every_price_is_estimated_and_has_a_date_and_holds_in_both_regions() -> None:
    own = {key: price for key, price in service_rows().items() if key[1] == "sql-database"}
    assert len(own) > 40
    for (_, service, sku_), price in own.items():
        assert all(
            (
                price.source.endswith("-same-everywhere" if sku_.endswith("-license") else f"-x-{RATIO}"),
                price.date,
                price.usd,
            )
        ), sku_
        assert price.kind is PriceKind.ESTIMATED
        assert {own[other, service, sku_].usd for other in ("uaenorth", "uaecentral")} == {price.usd}
