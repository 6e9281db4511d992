"""Prices of Azure's platform services: how they are read from the vendor's list, and whether they are plausible."""

from decimal import Decimal
from itertools import pairwise

import pytest

from falaj.facts.prices import PriceKind, service_rows
from falaj.finops.prices.azure_list import units
from falaj.finops.prices.azure_platform_meters import PLATFORM_METERS
from tests.unit.finops.price_lists import meter

from .azure_lines import RATIO

SERVICES = {each.service for each in PLATFORM_METERS}
OWN = {key: price for key, price in service_rows().items() if key[1] in SERVICES}
SHARED = {"isPrimaryMeterRegion": False}
APPS, GATEWAY, VPN, API = "Azure App Service", "Application Gateway", "VPN Gateway", "API Management"


def usd(service: str, sku: str) -> Decimal:
    """Returns a price of East US 2."""
    found = OWN["uaenorth", service, sku].usd
    assert found
    return found / RATIO


LINUX = f"{APPS} Premium v3 Plan - Linux"
CONTAINERS = ("Container Instances", "Container Instances")


def test_apps_by_the_names_of_the_api() -> None:
    """Rows of East US 2 as recorded on 2026-08-14 (sources in `azure_database_meters.py`)."""
    rows = [
        meter(APPS, f"{APPS} Basic Plan", "B1 App", "1 Hour", 0.075, skuName="B1", **SHARED),
        meter(APPS, f"{APPS} Basic Plan - Linux", "B1", "1 Hour", 0.017, skuName="B1"),
        meter(APPS, LINUX, "P1 v3 App", "1 Hour", 0.155, skuName="P1 v3"),
        meter(APPS, f"{APPS} Premium v3 Plan", "P1 v3 App", "1 Hour", 0.315, skuName="P1 v3"),
        meter(APPS, LINUX, "P1mv3 App", "1 Hour", 0.186),
        meter(APPS, f"{APPS} Premium v4 Plan - Linux", "P1v4", "1 Hour", 0.146),
        meter(APPS, f"{APPS} Isolated v2 Plan - Linux", "I1 v2 App", "1 Hour", 0.386),
        meter("Functions", "Premium Functions", "Premium Memory Duration", "1 GiB Hour", 0.0114),
        meter(*CONTAINERS, "Standard vCPU Duration", "1 Hour", 0.0405),
        meter(*CONTAINERS, "Standard Spot Memory Duration", "1 GB Hour", 0.001335),
        meter(*CONTAINERS, "Standard Windows Software Duration", "1 Second", 0.000012, **SHARED),
    ]
    assert units(rows, []) == {
        ("app-service", "b1-windows"): Decimal("0.075"),
        ("app-service", "b1-linux"): Decimal("0.017"),
        ("app-service", "p1v3-linux"): Decimal("0.155"),
        ("app-service", "p1v3-windows"): Decimal("0.315"),
        ("app-service", "p1mv3-linux"): Decimal("0.186"),
        ("app-service", "p1v4-linux"): Decimal("0.146"),
        ("app-service", "i1v2-linux"): Decimal("0.386"),
        ("functions", "premium-memory"): Decimal("0.0114"),
        ("container-instances", "standard-vcpu"): Decimal("0.0405"),
        ("container-instances", "spot-memory"): Decimal("0.001335"),
        ("container-instances", "windows"): Decimal("0.0432"),
    }


def test_gateways_and_interfaces_by_the_names_of_the_api() -> None:
    """Rows as above, and of a Bastion host by the names of public code."""
    rows = [
        meter(GATEWAY, f"{GATEWAY} WAF v2", "Standard Fixed Cost", "1/Hour", 0.36),
        meter(GATEWAY, f"{GATEWAY} WAF v2 - Discounted", "Standard Fixed Cost", "1/Hour", 0.2),
        meter(GATEWAY, f"{GATEWAY} Standard v2", "Standard Capacity Units", "1/Hour", 0.008),
        meter(GATEWAY, f"{GATEWAY} for Containers", "Standard Capacity Units", "1/Hour", 0.009),
        meter(GATEWAY, f"{GATEWAY} for Containers WAF", "Standard Association", "1 Hour", 0.216),
        meter(VPN, VPN, "VpnGw1AZ", "1 Hour", 0.21, skuName="VpnGw1AZ", **SHARED),
        meter(VPN, VPN, "S2S Connection", "1 Hour", 0.015, skuName="VpnGw1", **SHARED),
        meter(VPN, VPN, "S2S Connection", "1 Hour", 9.0, skuName="Basic", **SHARED),
        meter("ExpressRoute", "ExpressRoute Gateway", "ErGw1AZ Gateway", "1 Hour", 0.361, **SHARED),
        meter(API, API, "Premium Unit", "1 Hour", 3.829, skuName="Premium", **SHARED),
        meter(API, API, "Secondary Unit", "1 Hour", 1.9145, skuName="Secondary", **SHARED),
        meter(API, API, "Standard v2 Secondary Unit", "1 Hour", 0.68493, skuName="Standard v2"),
        meter("SignalR", "SignalR", "Standard Unit - Free", "1/Day", 0.0, **SHARED),
        meter("SignalR", "SignalR", "Standard Unit", "1/Day", 1.61, **SHARED),
        meter("Azure Bastion", "Azure Bastion", "Standard Additional Gateway", "1 Hour", 0.14),
    ]
    assert units(rows, []) == {
        ("application-gateway", "waf_v2"): Decimal("0.36"),
        ("application-gateway", "standard_v2-units"): Decimal("0.008"),
        ("gateway-for-containers", "association-waf"): Decimal("0.216"),
        ("vpn-gateway", "vpngw1az"): Decimal("0.21"),
        ("vpn-gateway", "tunnel"): Decimal("0.015"),
        ("expressroute-gateway", "ergw1az"): Decimal("0.361"),
        ("api-management", "premium"): Decimal("3.829"),
        ("api-management", "premium-further"): Decimal("1.9145"),
        ("api-management", "standardv2-further"): Decimal("0.68493"),
        ("signalr", "standard"): Decimal("1.61"),
        ("bastion", "standard-further"): Decimal("0.14"),
    }


def test_each_row_has_a_meter() -> None:
    rows = {(service, sku) for region, service, sku in OWN if region == "uaenorth"}
    assert rows == {(each.service, each.sku) for each in PLATFORM_METERS}


def test_every_price_is_estimated_and_has_a_date_and_holds_in_both_regions() -> None:
    assert len(OWN) > 300
    for (_, service, sku), price in OWN.items():
        assert all((price.source.endswith(f"-x-{RATIO}"), price.date, price.usd)), (service, sku)
        assert price.kind is PriceKind.ESTIMATED
        assert {OWN[other, service, sku].usd for other in ("uaenorth", "uaecentral")} == {price.usd}


@pytest.mark.parametrize("system", ["linux", "windows"])
@pytest.mark.parametrize(
    "sizes",
    ["b1 b2 b3", "s1 s2 s3", "p1v2 p2v2 p3v2", "p0v3 p1v3 p2v3 p3v3", "p1mv3 p2mv3 p3mv3 p4mv3 p5mv3",
     "p0v4 p1v4 p2v4 p3v4", "p1mv4 p2mv4 p3mv4 p4mv4 p5mv4", "i1v2 i2v2 i3v2 i4v2 i5v2 i6v2",
     "i1mv2 i2mv2 i3mv2 i4mv2 i5mv2", "i1v4 i2v4 i3v4 i4v4 i5v4 i6v4", "i1mv4 i2mv4 i3mv4 i4mv4 i5mv4"],
)  # fmt: skip
def test_a_plan_of_the_next_size_costs_twice_as_much(sizes: str, system: str) -> None:
    prices = [usd("app-service", f"{size}-{system}") for size in sizes.split()]
    for lower, upper in pairwise(prices):
        assert abs(upper / lower - 2) < Decimal("0.04"), sizes


def test_windows_and_memory_cost_more() -> None:
    sizes = {sku.removesuffix("-linux") for _, service, sku in OWN if service == "app-service" and "linux" in sku}
    assert len(sizes) == 49
    for size in sizes:
        assert usd("app-service", f"{size}-windows") > usd("app-service", f"{size}-linux")
        plain = size.replace("m", "")
        if plain != size and plain in sizes:
            ratio = usd("app-service", f"{size}-linux") / usd("app-service", f"{plain}-linux")
            assert Decimal("1.15") < ratio < Decimal("1.35"), size


LADDERS = (
    ("application-gateway", "basic standard_v2 waf_v2", 1.5, 10),
    ("application-gateway", "standard_v2-units waf_v2-units", 1.7, 1.9),
    ("gateway-for-containers", "frontend controller association", 1.5, 8),
    ("vpn-gateway", "tunnel basic vpngw1 vpngw2 vpngw3 vpngw4 vpngw5", 1.6, 5.5),
    *(("vpn-gateway", f"vpngw{size} vpngw{size}az", 1.05, 1.15) for size in range(1, 6)),
    ("expressroute-gateway", "standard highperformance ultraperformance", 2, 4),
    ("expressroute-gateway", "ergw1az ergw2az ergw3az", 1.5, 4),
    ("api-management", "developer basic standard premium", 2.5, 5),
    ("api-management", "premium-further premium", 1.99, 2.01),
    ("api-management", "basicv2 standardv2 premiumv2", 3, 5),
    ("api-management", "premiumv2-further premiumv2", 1.99, 2.01),
    ("signalr", "standard premium", 1.1, 1.4),
    ("bastion", "standard-further basic standard premium", 1.3, 1.6),
    ("container-instances", "spot-vcpu standard-vcpu confidential-vcpu", 1.05, 3.5),
    ("container-instances", "spot-memory standard-memory confidential-memory", 1.05, 3.5),
    ("functions", "premium-memory premium-vcpu", 10, 20),
    ("logic-apps", "standard-memory standard-vcpu", 10, 20),
)
"""Service, SKUs in ascending order of price, and the range of each price divided by the previous one."""


@pytest.mark.parametrize(("service", "skus", "least", "most"), LADDERS)
def test_prices_are_in_the_usual_order(service: str, skus: str, least: float, most: float) -> None:
    prices = [usd(service, sku) for sku in skus.split()]
    for lower, upper in pairwise(prices):
        assert Decimal(str(least)) <= upper / lower <= Decimal(str(most)), skus


@pytest.mark.parametrize(
    ("service", "sku", "published"),
    [
        # Microsoft's pages on the prices of gateways: East US 2 (174d63e4, for-containers/understanding-pricing.md) and
        # East US (08de399f, understanding-pricing.md), in MicrosoftDocs/azure-docs.
        ("gateway-for-containers", "controller", "0.017"),
        ("gateway-for-containers", "frontend", "0.01"),
        ("gateway-for-containers", "association", "0.12"),
        ("application-gateway", "standard_v2-units", "0.008"),
        ("application-gateway", "waf_v2-units", "0.0144"),
        # Infracost's recorded tests (95ba4f49, internal/providers/terraform/azure/testdata).
        ("vpn-gateway", "basic", "0.036"),
        ("vpn-gateway", "vpngw1", "0.19"),
        ("vpn-gateway", "vpngw2", "0.49"),
        ("vpn-gateway", "vpngw3", "1.25"),
        ("vpn-gateway", "vpngw4", "2.1"),
        ("vpn-gateway", "vpngw5", "3.65"),
        ("bastion", "basic", "0.19"),
        ("app-service", "p1v2-linux", "0.101"),
        ("app-service", "p3v2-windows", "0.8"),
        ("app-service", "p3v3-windows", "1.26"),
        ("app-service", "p3v3-linux", "0.62"),
        ("app-service", "p5mv3-windows", "5.536"),
        ("api-management", "premium", "3.829"),
        # Other public code: Southeast Asia, 2026-08 (`code-59338343971`).
        ("api-management", "basicv2", "0.20548"),
        ("api-management", "standardv2", "0.9589"),
        ("api-management", "premiumv2", "3.83562"),
    ],
)
def test_prices_agree_with_those_that_others_published(service: str, sku: str, published: str) -> None:
    assert abs(usd(service, sku) - Decimal(published)) < Decimal("0.0000001")
