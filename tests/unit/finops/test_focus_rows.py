"""Rows of FOCUS 1.2, and the JSON in them."""

import json
from datetime import date
from decimal import Decimal

import pytest

from falaj.finops.bill import bill
from falaj.finops.document import document, read_figures
from falaj.finops.errors import BadInput
from falaj.finops.figures import figures
from falaj.finops.focus_rows import COLUMNS, rows
from falaj.finops.gate import Ceilings, judge
from falaj.finops.money import Invoice, Rates
from tests.unit.finops.plans import TAGS, agent_pool, plan, priced

POOL = plan(agent_pool("gpu", "Standard_NC40ads_H100_v5", 1, 1, tags=TAGS | {"tenant": "bank"}))
USD = 730 * Decimal("9.98")
MONTH = date(2026, 12, 1)


def test_all_columns_of_the_specification_and_ours_beside_them() -> None:
    assert len(COLUMNS) == 57
    for row in rows(priced(POOL), MONTH):
        assert set(COLUMNS) <= set(row)
        others = {name for name in row if name not in COLUMNS and not name.startswith("x_")}
        assert others == {"ServiceProviderName", "HostProviderName"}


def test_a_line_and_its_tax() -> None:
    line, tax = rows(priced(POOL), MONTH)
    assert (line["ChargeCategory"], line["BilledCost"], line["BillingCurrency"]) == ("Usage", USD, "USD")
    assert (line["ListUnitPrice"], line["PricingUnit"], line["PricingQuantity"]) == (Decimal("9.98"), "Hours", 730)
    assert (line["ServiceCategory"], line["RegionId"], line["ProviderName"]) == ("Compute", "uaenorth", "Microsoft")
    assert json.loads(line["Tags"]) == TAGS | {"tenant": "bank"}
    assert (line["ServiceSubcategory"], tax["ServiceSubcategory"]) == ("Virtual Machines", "Other (Other)")
    assert (line["ChargePeriodStart"], line["ChargePeriodEnd"]) == ("2026-12-01T00:00:00Z", "2027-01-01T00:00:00Z")
    assert (line["x_PriceKind"], line["x_PriceSource"], line["x_PriceDate"]) == ("observed", "kpa", "2026-06-18")
    assert (tax["ChargeCategory"], tax["ChargeDescription"], tax["BilledCost"]) == ("Tax", "UAE VAT 5 %", USD / 20)
    assert (tax["Tags"], tax["x_Recoverable"]) == (line["Tags"], True)


def test_an_invoice_in_another_currency_is_priced_in_dollars_still() -> None:
    line, tax = rows(priced(POOL, rates=Rates(invoice=Invoice("EUR", Decimal("0.9")))), MONTH)
    assert (line["BilledCost"], line["BillingCurrency"]) == (USD * Decimal("0.9"), "EUR")
    assert (line["PricingCurrencyEffectiveCost"], line["PricingCurrency"]) == (USD, "USD")
    assert (line["ContractedUnitPrice"], line["ListUnitPrice"]) == (Decimal("8.982"), Decimal("8.982"))
    assert line["PricingCurrencyListUnitPrice"] == Decimal("9.98")
    assert tax["BilledCost"] == USD * Decimal("0.9") / 20


def test_rows_add_up_to_the_bill() -> None:
    estimate = priced(POOL)
    result = rows(estimate, MONTH)
    assert sum(row["x_CostAed"] for row in result) == bill(estimate).gross_aed


def test_a_missing_price_is_unpriced_and_not_zero() -> None:
    estimate = priced(plan(("aws:rds/instance:Instance", "db", {})))
    (tax,) = rows(estimate, MONTH)
    assert (tax["ChargeCategory"], tax["BilledCost"]) == ("Tax", 0)
    assert [line["name"] for line in document(estimate, MONTH)["unpriced"]] == ["db"]


def test_the_document_is_json_and_can_be_a_base() -> None:
    estimate = priced(POOL)
    base = figures(priced(plan()))
    result = document(estimate, MONTH, base, judge(estimate, Ceilings(aed_per_month=Decimal(5)), base))
    text = json.dumps(result)
    assert result["totals"]["net_aed"]["expected"] == "26755.63"
    assert Decimal(result["tenants"]["bank"]["own"]) == USD
    assert set(result["sites"]) == {"uae"}
    assert [verdict["passed"] for verdict in result["verdicts"]] == [False]
    assert [Decimal(change["after"]) for change in result["changes"]] == [USD]
    assert read_figures(text, "base") == figures(estimate)


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("{", "base: not JSON"),
        ('{"format": "falaj-estimate/9"}', "base: is of the format 'falaj-estimate/9'"),
        ('{"format": "falaj-estimate/1"}', "base: is not a complete estimate"),
        ('{"format": "falaj-estimate/1", "lines": [{"urn": 4}], "unpriced": []}', "base: is not a complete estimate"),
    ],
)
def test_a_malformed_base(text: str, sentence: str) -> None:
    with pytest.raises(BadInput, match=sentence):
        read_figures(text, "base")


@pytest.mark.parametrize("amount", ["NaN", "1e30"])
def test_an_amount_that_no_bill_has_is_named(amount: str) -> None:
    base = document(priced(POOL), MONTH)
    base["lines"][0]["usd"] = amount
    with pytest.raises(BadInput, match=f"is not a complete estimate: TypeError '{amount}' is not an amount"):
        read_figures(json.dumps(base), "base")


def test_what_is_no_estimate_is_left_to_the_plan() -> None:
    assert read_figures('{"steps": []}', "base") is None
