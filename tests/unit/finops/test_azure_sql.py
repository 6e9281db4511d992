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
        (DATABASE, sku("S3") | {"maxSizeBytes": 1024 * GB},
         Decimal("4.8387") * DAYS + (1024 - 250) * Decimal("0.204")),
        (DATABASE, sku("P2") | {"maxSizeBytes": 1024 * GB}, 30 * DAYS + (1024 - 500) * Decimal("0.408")),
        (DATABASE, sku("P11") | {"maxSizeBytes": 4096 * GB}, Decimal("225.81") * DAYS),
        (DATABASE, sku("GP_Fsv2_8"), 8 * (Decimal("0.13358") + LICENSE) * HOURS + 32 * LOG * Decimal("0.115")),
        (DATABASE, sku("GP_DC_2"), 2 * (Decimal("0.304") + LICENSE) * HOURS + 32 * LOG * Decimal("0.115")),
        (DATABASE, sku("BC_DC", 8), 8 * (Decimal("0.609") + DEARER_LICENSE) * HOURS + 32 * LOG * Decimal("0.25")),
        # Serverless at its maximum: its price includes the licence, which no customer can bring.
        (DATABASE, sku("GP_S_Gen5_2"), 2 * SERVERLESS * HOURS + 32 * LOG * Decimal("0.115")),
        (DATABASE, sku("GP_S_Gen5", 4) | {"zoneRedundant": True, "licenseType": "BasePrice"},
         4 * (SERVERLESS + Decimal("0.313055")) * HOURS + 32 * LOG * Decimal("0.23")),
        (POOL, sku("GP_Gen5", 4) | {"maxSizeBytes": 100 * GB},
         4 * (CORE + LICENSE) * HOURS + 100 * LOG * Decimal("0.115")),
        # Infracost's examples of pools by DTU, at the prices of East US 2.
        (POOL, sku("BasicPool", 100), 100 * Decimal("0.0484") * DAYS),
        (POOL, sku("StandardPool", 200) | {"maxSizeBytes": 300 * GB},
         200 * Decimal("0.0725") * DAYS + 100 * Decimal("0.204")),
        (POOL, sku("PremiumPool", 500) | {"maxSizeBytes": 1024 * GB},
         500 * Decimal("0.18") * DAYS + 274 * Decimal("0.408")),
        (POOL, sku("PremiumPool", 4000), 4000 * Decimal("0.18") * DAYS),
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
        *((DATABASE, sku(name, 2)) for name in ("BC_M_8", "BC_Fsv2_8", "S99", "DW100c", "P2x", UNKNOWN)),
        (DATABASE, sku("GP_DC", 2) | {"zoneRedundant": True}),
        (DATABASE, sku("Basic") | {"maxSizeBytes": 5 * GB}),
        (DATABASE, sku("HS_Gen5", 2) | {"highAvailabilityReplicaCount": UNKNOWN}),
        (DATABASE, sku("HS_Gen5")),
        (DATABASE, sku("GP_Gen5")),
        (DATABASE, sku("GP_Gen5", UNKNOWN)),
        (DATABASE, sku("GP_Gen5", 2) | {"maxSizeBytes": UNKNOWN}),
        (DATABASE, sku("GP_Gen5", 2) | {"zoneRedundant": UNKNOWN}),
        (POOL, sku("StandardPool", 55)),
        (POOL, sku("StandardPool", UNKNOWN)),
        (POOL, sku("StandardPool")),
        (POOL, sku("BasicPool", 50) | {"maxSizeBytes": 100 * GB}),
        (POOL, sku("S3")),
        (POOL, {}),
    ],
)  # fmt: skip
def test_what_has_no_price_exists_all_the_same(kind: str, props: dict[str, Any]) -> None:
    assert [line for line in lines(kind, props) if not line.priced]


HYPERSCALE, HS_SERVERLESS, ALLOCATED = Decimal("0.18266"), Decimal("0.378"), Decimal("0.25")
"""Prices of Hyperscale without a licence, which the list has from 2023-11-01 on."""


@pytest.mark.parametrize(
    ("kind", "props", "hours", "core"),
    [
        # With one replica, unless another number is stated: the price is of each replica.
        (DATABASE, sku("HS_Gen5_2"), 4, HYPERSCALE),
        (DATABASE, sku("HS_Gen5", 4) | {"highAvailabilityReplicaCount": 0}, 4, HYPERSCALE),
        (DATABASE, sku("HS_Gen5", 4) | {"highAvailabilityReplicaCount": 3, "zoneRedundant": True}, 16, HYPERSCALE),
        (DATABASE, sku("HS_PRMS_8") | {"highAvailabilityReplicaCount": 1}, 16, HYPERSCALE),
        (DATABASE, sku("HS_MOPRMS_8") | {"highAvailabilityReplicaCount": 0}, 8, Decimal("0.255724")),
        (DATABASE, sku("HS_DC_2") | {"highAvailabilityReplicaCount": 0}, 2, Decimal("0.365")),
        (DATABASE, sku("HS_S_Gen5_2") | {"highAvailabilityReplicaCount": 1, "licenseType": "BasePrice"}, 4,
         HS_SERVERLESS),
        (POOL, sku("HS_Gen5", 8) | {"highAvailabilityReplicaCount": 1}, 16, HYPERSCALE),
    ],
)  # fmt: skip
def test_hyperscale_has_replicas_and_no_licence(kind: str, props: dict[str, Any], hours: int, core: Decimal) -> None:
    cores, storage = lines(kind, props)
    assert abs(cores.usd.expected - hours * core * HOURS * RATIO) < Decimal("0.000001")
    assert storage.usd.expected == 40 * ALLOCATED * RATIO


def test_a_replica_that_is_not_stated_may_not_exist() -> None:
    cores, storage = lines(DATABASE, sku("HS_Gen5_2"))
    assert (cores.usd.min * 2, storage.usd.min * 4) == (cores.usd.max, storage.usd.max)


def test_a_database_in_a_pool_of_hyperscale_is_paid_for_with_the_pool() -> None:
    assert lines(DATABASE, sku("ElasticPool") | {"elasticPoolId": "/elasticPools/pool"}) == []


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
