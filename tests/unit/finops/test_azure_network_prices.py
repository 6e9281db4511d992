"""Prices of Azure SQL's further tiers, of networks and of dashboards: how they are read from the vendor's list, and
whether they are plausible."""

from decimal import Decimal
from itertools import pairwise

import pytest

from falaj.facts.prices import PriceKind, UnitPrice, service_rows
from falaj.finops.prices.azure_list import units
from falaj.finops.prices.azure_network_meters import NETWORK_METERS
from falaj.finops.prices.azure_sql_meters import SQL_METERS
from tests.unit.finops.price_lists import meter

from .azure_lines import RATIO

SHARED = {"isPrimaryMeterRegion": False}
SQL, INSTANCE, FIREWALL, WAN = "SQL Database", "SQL Managed Instance", "Azure Firewall", "Virtual WAN"
GRAFANA = ("Azure Grafana Service", "Azure Managed Grafana")
HYPERSCALE = f"{SQL} SingleDB/Elastic Pool Hyperscale - Compute Gen5"


def price(service: str, sku: str) -> UnitPrice:
    return service_rows()["uaenorth", service, sku]


def usd(service: str, sku: str) -> Decimal:
    """Returns the price from which that of the UAE is derived."""
    found = price(service, sku)
    assert found.usd
    return found.usd / RATIO if found.source.endswith(f"-x-{RATIO}") else found.usd


def test_tiers_of_sql_and_firewalls_by_the_names_of_the_api() -> None:
    """Rows of East US 2 as recorded on 2026-08-14 (sources in `azure_database_meters.py`). Of Hyperscale's two products
    of storage, and of serverless, the newer one counts."""
    rows = [
        meter(SQL, HYPERSCALE, "vCore", "1 Hour", 0.18266, skuName="1 vCore"),
        meter(SQL, HYPERSCALE, "vCore", "1 Hour", 0.2, skuName="vCore", **SHARED),
        meter(SQL, f"{SQL} Hyperscale - Serverless - Compute Gen5", "1 vCore", "1 Hour", 0.378, skuName="1 vCore"),
        meter(SQL, f"{SQL} SingleDB Hyperscale - Serverless - Compute Gen5", "vCore", "1 Hour", 0.585,
              skuName="1 vCore"),
        meter(SQL, f"{SQL} Hyperscale - Storage", "Hyperscale Data Stored", "1 GB/Month", 0.25, skuName="Hyperscale"),
        meter(SQL, f"{SQL} SingleDB Hyperscale - Storage", "Hyperscale Data Stored", "1 GB/Month", 0.1),
        meter(SQL, f"{SQL} Elastic Pool - Premium", "eDTUs", "1/Day", 0.18, skuName="1 DTU", **SHARED),
        meter(SQL, f"{SQL} Elastic Pool - Premium", "eDTUs", "1/Day", 22.5, skuName="125 DTU Pack", **SHARED),
        meter(SQL, f"{SQL} Elastic Pool - Premium RS", "eDTUs", "1/Day", 0.045, skuName="1 DTU", **SHARED),
        meter(SQL, f"{SQL} Standard - Storage", "Data Stored", "1 GB/Month", 0.204, skuName="Standard"),
        meter(FIREWALL, FIREWALL, "Basic Deployment", "1 Hour", 0.395, skuName="Basic", **SHARED),
        meter(FIREWALL, FIREWALL, "Premium Capacity Unit", "1 Hour", 0.11, skuName="Premium", **SHARED),
        meter(FIREWALL, FIREWALL, "Premium Secured Virtual Hub Capacity Unit", "1 Hour", 9, **SHARED),
    ]  # fmt: skip
    assert units(rows, []) == {
        ("sql-database", "hs_gen5-vcore"): Decimal("0.18266"),
        ("sql-database", "hs_s_gen5-vcore"): Decimal("0.378"),
        ("sql-database", "hs-storage"): Decimal("0.25"),
        ("sql-database", "premium-pool"): Decimal("0.18"),
        ("sql-database", "standard-storage"): Decimal("0.204"),
        ("firewall", "basic"): Decimal("0.395"),
        ("firewall", "premium-units"): Decimal("0.11"),
    }


def test_what_the_recordings_lack_by_the_names_of_public_code() -> None:
    zone_1, zone_3 = {"armRegionName": "Zone 1"}, {"armRegionName": "Zone 3"}
    circuit = "Standard Metered Data 1 Gbps Circuit"
    rows = [
        meter(WAN, WAN, "Standard Hub Unit", "1 Hour", 0.25),
        meter(WAN, WAN, "VPN S2S Connection Unit", "1 Hour", 0.05),
        meter(WAN, WAN, "ExpressRoute Connection Unit", "1 Hour", 0.05),
        meter("Azure DNS", "Azure DNS", "Private Resolver Inbound Endpoint", "1/Month", 180, **zone_1),
        meter("Azure DNS", "Azure DNS", "Private Resolver Outbound Endpoint", "1/Month", 200, **zone_3),
        meter("ExpressRoute", "ExpressRoute", circuit, "1/Month", 436, **zone_3),
        meter("ExpressRoute", "ExpressRoute", circuit, "1/Month", 500, **zone_1),
        meter("ExpressRoute", "ExpressRoute", circuit.replace("Standard", "Premium"), "1/Month", 999, **zone_3),
        meter(INSTANCE, f"{INSTANCE} General Purpose - Compute Gen5", "vCore", "1 Hour", 0.15, skuName="vCore"),
        meter(INSTANCE, f"{INSTANCE} General Purpose - Compute Gen5", "vCore", "1 Hour", 0.6, skuName="4 vCore"),
        meter(INSTANCE, f"{INSTANCE} Business Critical - SQL License", "vCore", "1 Hour", 0.375,
              armRegionName="Global"),
        meter(*GRAFANA, "Standard Node", "1/Hour", 0.0342, skuName="Standard"),
        meter(*GRAFANA, "Standard User", "1/Month", 6, skuName="Standard"),
    ]  # fmt: skip
    assert units(rows, []) == {
        ("virtual-wan", "hub"): Decimal("0.25"),
        ("virtual-wan", "connection"): Decimal("0.05"),
        ("private-resolver", "endpoint"): Decimal(180),
        ("expressroute", "standard-metered-1000"): Decimal(436),
        ("sql-managed-instance", "gp_gen5-vcore"): Decimal("0.15"),
        ("sql-managed-instance", "bc-license"): Decimal("0.375"),
        ("managed-grafana", "standard-node"): Decimal("0.0342"),
    }


def test_each_meter_has_a_row_in_both_regions() -> None:
    for each in (*NETWORK_METERS, *SQL_METERS):
        rows = [service_rows().get((region, each.service, each.sku)) for region in ("uaenorth", "uaecentral")]
        assert all(row and row.usd and row.date for row in rows), each.sku
        kind = PriceKind.OBSERVED if each.service == "expressroute" else PriceKind.ESTIMATED
        assert {row.kind for row in rows if row} == {kind}, each.sku


LADDERS = (
    ("sql-database", "gp_fsv2-vcore gp_gen5-vcore hs_gen5-vcore hs_moprms-vcore gp_dc-vcore hs_dc-vcore", 1.1, 1.5),
    ("sql-database", "hs_prms-vcore hs_gen5-vcore", 1, 1),
    ("sql-database", "gp_dc-vcore bc_dc-vcore", 1.9, 2.1),
    ("sql-database", "hs_s_gen5-vcore gp_s_gen5-vcore", 1.3, 1.5),
    ("sql-database", "basic-pool standard-pool premium-pool", 1.4, 2.6),
    ("sql-database", "gp-storage standard-storage hs-storage premium-storage", 1.2, 1.8),
    ("sql-managed-instance", "gp-license gp_gen5-vcore bc_gen5-vcore bc-license", 1.1, 2.1),
    ("firewall", "standard-units premium-units", 1.4, 1.7),
    ("firewall", "basic standard premium", 1.3, 3.2),
    ("virtual-wan", "connection router-unit hub s2s-unit expressroute-unit", 1.1, 2.6),
    ("expressroute", " ".join(f"standard-metered-{mbps}" for mbps in (50, 100, 200, 500, 1000, 2000, 5000, 10000)),
     1.4, 2.6),
    ("web-pubsub", "standard premium", 1.2, 1.3),
)  # fmt: skip
"""Service, SKUs in ascending order of price, and the range of each price divided by the previous one."""


@pytest.mark.parametrize(("service", "skus", "least", "most"), LADDERS)
def test_prices_are_in_the_usual_order(service: str, skus: str, least: float, most: float) -> None:
    for lower, upper in pairwise(usd(service, sku) for sku in skus.split()):
        assert Decimal(str(least)) <= upper / lower <= Decimal(str(most)), skus


@pytest.mark.parametrize(
    ("service", "sku", "published"),
    [
        # Microsoft's pages (MicrosoftDocs/azure-docs 04fae135 virtual-wan/pricing-concepts.md, 6ff66d94
        # firewall/prescaling.md).
        ("virtual-wan", "hub", "0.25"),
        ("virtual-wan", "s2s-unit", "0.361"),
        ("virtual-wan", "expressroute-unit", "0.42"),
        ("virtual-wan", "expressroute-unit-further", "0.25"),
        ("virtual-wan", "connection", "0.05"),
        ("firewall", "standard-units", "0.07"),
        ("firewall", "premium-units", "0.11"),
        # Public code of 2026-09, in East and Southeast Asia (`code-68367829277`).
        ("firewall", "basic", "0.395"),
        ("firewall", "basic-processed", "0.065"),
        # Rows of East US in tests of public code (`code-61409994774`): 24 cores of Business Critical, and storage.
        ("sql-managed-instance", "bc_gen5-vcore", "0.304435"),
        ("sql-managed-instance", "bc-storage", "0.25"),
        ("sql-managed-instance", "gp-storage", "0.115"),
        # Zone 1 in public code (c3x 5c227c21, azurerm_express_route_circuit.toml).
        ("expressroute", "standard-metered-1000", "436"),
        ("managed-grafana", "standard-node", "0.0342"),
    ],
)
def test_prices_agree_with_those_that_others_published(service: str, sku: str, published: str) -> None:
    assert abs(usd(service, sku) - Decimal(published)) < Decimal("0.0000001")


@pytest.mark.parametrize(
    ("a_month", "units_of", "of_databases"),
    [
        # Infracost's instances in West Europe, and the recorded prices of databases there.
        ("488.92", 4 * 730, "0.167439"),
        ("9778.47", 40 * 730, "0.334879"),
        ("291.90", 4 * 730, "0.099966"),
        ("4.38", 32, "0.137"),
    ],
)
def test_an_instance_costs_what_a_database_does(a_month: str, units_of: int, of_databases: str) -> None:
    assert abs(Decimal(a_month) / units_of - Decimal(of_databases)) < Decimal("0.0005")
    for sku in ("gp_gen5-vcore", "bc_gen5-vcore", "gp-license", "bc-license", "gp-storage", "bc-storage"):
        assert price("sql-managed-instance", sku).usd == price("sql-database", sku).usd
