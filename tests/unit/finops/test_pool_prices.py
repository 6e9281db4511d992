"""Bounds of a pool's cost: no month costs less than the minimum or more than the maximum."""

from decimal import Decimal

import pytest
from hypothesis import given, settings

from falaj.facts.machines import PriceKind, machines
from falaj.facts.prices import Layer, UnitPrice, catalogue
from falaj.finops.bill import bill
from falaj.finops.gate import Ceilings, judge, refused
from falaj.finops.lines import Line
from falaj.finops.pool_prices import pool_prices
from tests.thorough import many
from tests.unit.finops.plans import AWS_NETWORK, Row, agent_pool, karpenter_pool, plan, priced
from tests.unit.finops.pool_months import RandomPool, check_bounds, random_pools

D = Decimal
H200, H100 = "Standard_ND96isr_H200_v5", "Standard_NC40ads_H100_v5"


def machine_lines(*rows: Row) -> list[Line]:
    return [line for line in priced(plan(*rows)).lines if line.charge.service == "machine"]


def hourly(region: str, machine: str, capacity: str) -> Decimal:
    price = catalogue().machine(region, machine, "spot" if capacity == "spot" else "on-demand")
    assert price.usd is not None
    return price.usd


@settings(max_examples=many(60), deadline=None)
@given(random_pools())
def test_no_month_is_outside_the_bounds(pool: RandomPool) -> None:
    check_bounds(pool)


@pytest.mark.parametrize(
    ("limit", "most"),
    [
        ({}, hourly("uaenorth", H200, "on-demand")),
        ({"spotMaxPrice": -1}, hourly("uaenorth", H200, "on-demand")),
        ({"spotMaxPrice": 60.5}, D("60.5")),
    ],
)
def test_spot_on_azure_costs_its_limit_at_most(limit: dict[str, float], most: Decimal) -> None:
    (line,) = machine_lines(agent_pool("gpuspot", H200, 1, 2, scaleSetPriority="Spot", **limit))
    spot = hourly("uaenorth", H200, "spot")
    assert (line.usd.min, line.usd.max) == (730 * spot, 2 * 730 * most)


def test_a_limit_below_the_known_spot_price_bounds_the_expected_price_too() -> None:
    (line,) = machine_lines(agent_pool("gpuspot", H200, 1, 2, scaleSetPriority="Spot", spotMaxPrice=1.5))
    assert line.usd.expected <= line.usd.max == 2 * 730 * D("1.5")
    assert "is not below the pool's limit of 1.5 USD an hour" in line.charge.note


def test_spot_dearer_than_on_demand_costs_on_demand() -> None:
    (line,) = machine_lines(agent_pool("gpuspot", H100, 1, 1, scaleSetPriority="Spot"))
    assert line.usd.max == 730 * hourly("uaenorth", H100, "on-demand")
    assert "spot saves nothing here" in line.charge.note


def test_a_machine_without_a_spot_price_counts_with_its_on_demand_price() -> None:
    """The shipped pool of the findings: at most was g5.12xlarge, although g6e.12xlarge has no spot price."""
    types = ["g5.12xlarge", "g6e.12xlarge"]
    pool = karpenter_pool("gpuspot", types, capacity=["spot"], limits={"nodes": "8"})
    (line,) = machine_lines(AWS_NETWORK, pool)
    assert line.usd.max == 8 * 730 * hourly("me-central-1", "g6e.12xlarge", "on-demand")
    assert "at maximum the most expensive, g6e.12xlarge at its on-demand price" in line.charge.note


def test_a_machine_without_any_price_opens_the_range_and_shuts_the_gate() -> None:
    pool = karpenter_pool("gpu", ["g6.xlarge", "p4d.24xlarge"], limits={"nodes": "2"})
    result = priced(plan(AWS_NETWORK, pool))
    (unknown,) = result.unpriced
    assert unknown.what == "machine p4d.24xlarge at most"
    assert "pool gpu may start it, and its highest price is unknown" in unknown.price.source
    assert refused(judge(result, Ceilings()))
    assert not refused(judge(result, Ceilings(), allow_missing=True))


@pytest.mark.parametrize(
    ("row", "most"),
    [
        (
            (
                "azure-native:compute:VirtualMachine",
                "vm",
                {
                    "location": "uaenorth",
                    "hardwareProfile": {"vmSize": H200},
                    "priority": "Spot",
                    "billingProfile": {"maxPrice": 60.5},
                },
            ),
            D("60.5"),
        ),
        (
            (
                "aws:ec2/instance:Instance",
                "vm",
                {
                    "instanceType": "g5.xlarge",
                    "instanceMarketOptions": {"marketType": "spot", "spotOptions": {"maxPrice": "0.9"}},
                },
            ),
            D("0.9"),
        ),
    ],
    ids=["azure", "aws"],
)
def test_a_machine_on_spot_costs_its_limit_at_most(row: Row, most: Decimal) -> None:
    network = (AWS_NETWORK,) if row[0].startswith("aws") else ()
    (line,) = machine_lines(*network, row)
    assert line.usd.max == 730 * most


def test_a_negotiated_rate_does_not_limit_spot() -> None:
    """The limit of spot is the list price, whatever a contract says of on-demand machines."""
    listed = hourly("me-central-1", "g5.xlarge", "on-demand")
    rate = UnitPrice(D("0.7"), "hour", PriceKind.NEGOTIATED, "a contract", "2026-01-01", "EA", listed)
    prices = Layer(catalogue(), machines={("me-central-1", "g5.xlarge", "on-demand"): rate})
    assert pool_prices(prices, "me-central-1", ["g5.xlarge"], ("spot",), None).most_usd == listed


def test_the_baseline_is_the_expected_price_of_the_minimum() -> None:
    """One machine of a group of two types; the spot price of the second is unknown and may be a tenth of on demand."""
    props = {"instanceTypes": ["g5.12xlarge", "g6.12xlarge"], "capacityType": "SPOT"}
    row = ("aws:eks/nodeGroup:NodeGroup", "group", props | {"scalingConfig": {"minSize": 1, "maxSize": 1}})
    (line,) = machine_lines(AWS_NETWORK, row)
    expected = 730 * hourly("me-central-1", "g5.12xlarge", "spot")
    assert (line.baseline_usd, line.usd.expected) == (expected, expected)
    assert line.usd.min == 730 * hourly("me-central-1", "g6.12xlarge", "on-demand") / 10
    result = bill(priced(plan(AWS_NETWORK, row)))
    assert result.baseline_usd > expected
    assert result.usage_usd == 0


@pytest.mark.parametrize(
    ("row", "what"),
    [
        (agent_pool("spot", H200, 1, 1, scaleSetPriority="Spot"), "lowest observed spot price of 2025-05-28"),
        (
            karpenter_pool("spot", ["g5.xlarge"], capacity=["spot"], limits={"nodes": "1"}),
            "average spot price of 2025-05-28",
        ),
    ],
)
def test_a_spot_price_says_what_it_is_and_of_which_day(row: Row, what: str) -> None:
    (line,) = machine_lines(AWS_NETWORK, row)
    assert what in line.charge.note


def test_a_limit_of_spot_above_the_price_on_demand_is_the_price_on_demand() -> None:
    """Spot costs at most what on demand does, whatever its limit (Azure, Spot VMs: the lower of both is charged; AWS,
    How Spot Instances Work)."""
    name = "Standard_NC40ads_H100_v5"
    on_demand = catalogue().machine("uaenorth", name, "on-demand").usd
    found = pool_prices(catalogue(), "uaenorth", [name], ("spot",), Decimal(1000))
    assert found.most_usd == on_demand
    assert "1000" not in found.note
    below = pool_prices(catalogue(), "uaenorth", [name], ("spot",), Decimal(3))
    assert below.most_usd == 3


def test_a_pool_without_any_price_has_no_highest_price() -> None:
    found = pool_prices(catalogue(), "uaenorth", ["Standard_Unheard_v9"], ("on-demand",), None)
    assert (found.price.usd, found.least_usd, found.most_usd) == (None, 0, 0)


def test_a_pool_of_every_type_does_not_name_them_all() -> None:
    found = pool_prices(catalogue(), "me-central-1", list(machines("me-central-1")), ("spot",), None)
    assert " more" in found.note
    assert len(found.note) < 600
