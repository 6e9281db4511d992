"""Rows of estimates meet every requirement of FOCUS 1.2, and have the mandatory columns of 1.0 and 1.3."""

import json
from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from falaj.facts.commitments import Commitment
from falaj.facts.prices import catalogue, service_rows
from falaj.finops.commitments import HeldCommitment
from falaj.finops.document import document
from falaj.finops.estimate import Estimate, estimate
from falaj.finops.focus_services import SERVICE_CATEGORIES, focus_unit
from falaj.finops.money import Invoice, Rates
from falaj.finops.prices.book import parse as book
from falaj.finops.usage import parse as usage
from tests.unit.finops import focus_specification as specification
from tests.unit.finops.plans import TAGS, agent_pool, plan, priced
from tests.unit.finops.test_golden_bills import MIXED, MIXED_USAGE, NETWORK
from tests.unit.finops.test_own_machines import node

MONTH = date(2026, 12, 1)
EURO = Rates(invoice=Invoice("EUR", Decimal("0.9")))
GPU = plan(agent_pool("gpu", "Standard_NC40ads_H100_v5", 1, 4, tags=TAGS | {"tenant": "bank"}))
UNPRICED = plan(("aws:neptune/clusterInstance:ClusterInstance", "db", {}), agent_pool("cpu", "Standard_D8s_v5", 1, 1))
CONTRACT = """
contract: EA 2026-114
valid_from: 2026-01-01
valid_until: 2027-12-31
rates: [{region: uaenorth, service: machine, sku: Standard_NC40ads_H100_v5, usd: 8}]
"""


def negotiated() -> Estimate:
    prices = book(CONTRACT, catalogue(), date(2026, 11, 24)).prices
    return estimate(GPU, usage(""), prices, EURO)


def committed(least: int, rates: Rates = Rates(), option: Commitment = Commitment.RESERVED_1Y) -> Estimate:
    """Returns the estimate of machines of which two are committed."""
    held = HeldCommitment("uae", "uaenorth", "Standard_NC40ads_H100_v5", 2, option, date(2999, 12, 31))
    machines = plan(agent_pool("gpu", "Standard_NC40ads_H100_v5", least, 4, tags=TAGS))
    return estimate(machines, usage("profiles: {inference-gpu: {load: 0}}"), catalogue(), rates, commitments=[held])


ESTIMATES = {
    "machines": lambda: priced(GPU),
    "euros": lambda: priced(GPU, rates=EURO),
    "contract": negotiated,
    "network": lambda: priced(NETWORK),
    "mixed": lambda: priced(MIXED, MIXED_USAGE),
    "own": lambda: priced(plan(node("gpu1"))),
    "unpriced": lambda: priced(UNPRICED),
    "committed": lambda: committed(3, EURO),
    "saved": lambda: committed(1, option=Commitment.SAVINGS_1Y),
    "unused": lambda: committed(0),
}


def focus(name: str) -> list[dict[str, Any]]:
    result = json.loads(json.dumps(document(ESTIMATES[name](), MONTH)))["focus"]
    categories = {"Usage", "Tax"} | ({"Purchase"} if name in ("committed", "saved", "unused") else set())
    assert {row["ChargeCategory"] for row in result} == categories
    return result


def different(rows: list[dict[str, Any]]) -> Iterator[tuple[str, str]]:
    for row in rows:
        for violation in specification.violations(row):
            yield row["ServiceName"], violation


@pytest.mark.parametrize("name", ESTIMATES)
def test_rows_meet_every_requirement(name: str) -> None:
    assert sorted(set(different(focus(name)))) == []


@pytest.mark.parametrize("columns", [specification.MANDATORY_1_0, specification.MANDATORY_1_3])
def test_readers_of_other_versions_find_their_mandatory_columns(columns: tuple[str, ...]) -> None:
    for row in focus("machines"):
        assert [column for column in columns if column not in row] == []
    assert all(row["ServiceProviderName"] == row["HostProviderName"] == row["ProviderName"] for row in focus("own"))


@pytest.mark.parametrize(("name", "used"), [("committed", 1460), ("saved", 730), ("unused", 0)])
def test_usage_of_a_commitment_is_worth_what_its_purchase_is_billed(name: str, used: int) -> None:
    rows = [row for row in focus(name) if row["CommitmentDiscountId"]]
    billed = [Decimal(row["BilledCost"]) for row in rows if row["ChargeCategory"] == "Purchase"]
    effective = [Decimal(row["EffectiveCost"]) for row in rows if row["ChargeCategory"] == "Usage"]
    assert sum(billed) == pytest.approx(sum(effective)) != 0
    assert [row["BilledCost"] for row in rows if row["ChargeCategory"] == "Usage"] == ["0"] * len(effective)
    by_status = {row["CommitmentDiscountStatus"]: Decimal(row["PricingQuantity"]) for row in rows}
    assert (by_status.get("Used", 0), by_status.get("Unused", 0), by_status[None]) == (used, 1460 - used, 1460)
    every = focus(name)
    for cost in ("BilledCost", "EffectiveCost"):
        total = sum(Decimal(row[cost]) for row in every if row["ChargeCategory"] != "Tax")
        assert total == pytest.approx(ESTIMATES[name]().usd.expected * (Decimal("0.9") if name == "committed" else 1))


def test_a_sku_price_has_one_sku() -> None:
    skus: dict[str, set[str]] = {}
    for row in focus("mixed"):
        skus.setdefault(row["SkuPriceId"], set()).add(row["SkuId"])
    assert all(len(parents) == 1 for parents in skus.values())


def test_every_service_and_unit_of_the_catalogue_has_its_term() -> None:
    assert sorted({service for _, service, _ in service_rows()} - set(SERVICE_CATEGORIES)) == []
    units = {price.unit for price in service_rows().values()}
    assert {unit: focus_unit(unit) for unit in units if not specification.is_unit(focus_unit(unit))} == {}
    for category, subcategory in SERVICE_CATEGORIES.values():
        assert specification.is_subcategory(category, subcategory), (category, subcategory)


@pytest.mark.parametrize(
    ("unit", "form"),
    [
        ("hour", "Hours"),
        ("GB-month", "GB-Months"),
        ("IOPS-month", "IOPS-Months"),
        ("LCU-hour", "LCU-Hours"),
        ("disk-month", "Disk-Months"),
        ("10000 requests", "10000 Requests"),
        ("GB", "GB"),
    ],
)
def test_units(unit: str, form: str) -> None:
    assert focus_unit(unit) == form
    assert not specification.is_unit(unit) or unit == form


@pytest.mark.parametrize(
    "wrong", ["hour", "hrs", "GB-month", "gigabyte-Hours", "GBs", "requests", "GB per Hour", "1.5 GB"]
)
def test_the_rules_refuse_wrong_units(wrong: str) -> None:
    assert not specification.is_unit(wrong)


@pytest.mark.parametrize(
    ("changed", "violation"),
    [
        ({"BillingAccountId": None}, "BillingAccountId: not null"),
        ({"ServiceSubcategory": "Containers "}, "ServiceSubcategory: one parent"),
        ({"BilledCost": "1E+3"}, "NumericFormat: BilledCost"),
        ({"ContractedCost": "1"}, "ContractedCost: price x quantity"),
        ({"Tags": {"a": "b"}}, "KeyValueFormat: Tags"),
        ({"ChargePeriodEnd": "2026-12-01"}, "DateTimeFormat: ChargePeriodEnd"),
        ({"Custom": 1}, "ColumnHandling: custom columns come last"),
        ({"PricingUnit": "hour"}, "UnitFormat: PricingUnit"),
        ({"RegionName": None}, "RegionName: null with RegionId"),
    ],
)
def test_the_rules_refuse_wrong_rows(changed: dict[str, Any], violation: str) -> None:
    assert violation in specification.violations(focus("machines")[0] | changed)
