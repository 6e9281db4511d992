"""The showback report of a month: hand-computed figures, and totals that must agree."""

import json
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from falaj.finops.errors import BadInput
from falaj.finops.showback.document import document
from falaj.finops.showback.exchange import Exchange
from falaj.finops.showback.markdown import markdown
from falaj.finops.showback.report import ShowbackQuery, ShowbackReport, report
from falaj.finops.showback.rows import UNTAGGED, load, row
from falaj.finops.showback.utilisation import Utilisation
from falaj.finops.usage_model import SharedCost
from tests.unit.finops.exports import charge, estimate, export, span

D = Decimal
PEG = D("3.6725")
OCTOBER, NOVEMBER = date(2026, 10, 1), date(2026, 11, 1)


def fields_of(unit: str, **overrides: Any) -> dict[str, Any]:
    return {"Tags": json.dumps({"business-unit": unit, "site": "aws"} if unit else {})} | overrides


def report_for(rows: list[dict[str, Any]], **query: Any) -> ShowbackReport:
    return report([row(fields, "row") for fields in rows], ShowbackQuery(query.pop("month", NOVEMBER), **query))


def charges(unit: str = "retail", month: date = NOVEMBER, number: int = 30, **overrides: Any) -> list[dict[str, Any]]:
    return span(month, number, lambda day: charge(day, **fields_of(unit, **overrides)))


def test_the_totals_of_a_month() -> None:
    """Retail: 30 machine days at USD 24. Lending: ten at USD 10. VAT of USD 41 is separate."""
    vat = charge(NOVEMBER, **fields_of("retail"), EffectiveCost="41") | {"ChargeCategory": "Tax"}
    result = report_for([*charges(), *charges("lending", number=10, EffectiveCost="10"), vat])
    assert result.units["retail"].own.cost == 720 * PEG
    assert result.units["lending"].own.cost == 100 * PEG
    assert (result.total.cost, result.vat) == (820 * PEG, 41 * PEG)
    assert result.units["retail"].vat == 41 * PEG
    assert result.total.unmeasured == result.total.cost
    assert result.views["site"]["aws"].cost == 820 * PEG
    assert result.period.complete


def test_shared_cost_is_allocated_by_its_key_and_adds_up() -> None:
    rows = [*charges(), *charges("lending", EffectiveCost="8"), *charges("", EffectiveCost="4"), *charges("platform")]
    for by, lending in (("direct", D(8) / 32), ("even", D("0.5")), ("weights", D("0.75"))):
        weights = {"retail": D(1), "lending": D(3)} if by == "weights" else {}
        key = SharedCost.model_validate({"by": by, "weights": weights})
        result = report_for(rows, shared=key, common=("platform",))
        assert result.units["lending"].shared == pytest.approx(30 * 28 * PEG * lending)
        assert (result.units["platform"].total, result.units[UNTAGGED].total) == (0, 0)
        assert sum(unit.total for unit in result.units.values()) == pytest.approx(result.total.cost)
        assert sum(result.outlooks[name].spent for name in ("retail", "lending")) == pytest.approx(result.total.cost)
    unshared = report_for(rows)
    assert unshared.units["platform"].total == 720 * PEG
    assert any("has no business-unit tag" in note for note in unshared.notes)
    with pytest.raises(BadInput, match="must name exactly the business units lending, platform, retail"):
        report_for(rows, shared=SharedCost(by="weights", weights={"retail": D(1)}))


def test_idle_cost_uses_the_most_specific_measurement() -> None:
    rows = [*charges(), *charges("lending", ServiceCategory="Storage"), *charges("labs", ResourceId="i-2")]
    measured = (Utilisation((("business_unit", "retail"),), D("0.25")), Utilisation((), D("0.5")))
    result = report_for(rows, measured=measured)
    assert result.units["retail"].own.idle == 720 * PEG * D("0.75")
    assert result.units["retail"].own.used == 720 * PEG * D("0.25")
    assert result.units["labs"].own.idle == 720 * PEG / 2
    assert result.units["lending"].own.idle == 0
    assert result.total.unmeasured == 0


def test_the_estimate_of_an_on_premises_cluster_is_added_to_the_bills(tmp_path: Path) -> None:
    on_premises = charge(NOVEMBER, ProviderName="On-premises", **fields_of("lending", x_IdleUsd="75")) | {
        "ChargePeriodEnd": "2026-12-01T00:00:00Z",
        "EffectiveCost": "300",
        "PricingCurrencyEffectiveCost": "300",
        "Tags": {"business-unit": "lending", "site": "dc"},
    }
    duplicate = charge(NOVEMBER, EffectiveCost="999")
    rows, notes = load([export(tmp_path, charges(number=11)), estimate(tmp_path, [on_premises, duplicate])])
    assert notes == ("estimated rows of AWS omitted: there is a bill",)
    result = report(rows, ShowbackQuery(NOVEMBER), notes)
    assert result.period.as_of == date(2026, 11, 10)
    assert result.units["lending"].own.cost == 100 * PEG
    assert result.units["lending"].own.idle == 25 * PEG
    assert result.outlooks["lending"].expected == pytest.approx(300 * PEG)
    assert result.estimated == 100 * PEG
    assert result.outlooks["all"].expected == pytest.approx(1020 * PEG)


def test_usage_price_and_rate_effects_are_separated_to_the_fils() -> None:
    """October: 744 hours at USD 1 at 3.6725. November: 30 x 30 = 900 hours at USD 1.1 at 3.7."""
    rows = [*charges(month=OCTOBER, number=31), *charges(EffectiveCost="33", PricingQuantity="30")]
    rates = Exchange({date(2026, 10, 15): PEG, date(2026, 11, 15): D("3.7")})
    result = report_for(rows, exchange=rates).effects
    assert result is not None
    effect = result["retail"]
    assert effect.before == 744 * PEG
    assert effect.usage == pytest.approx((900 - 744) * PEG)
    assert effect.price == pytest.approx(900 * D("0.1") * PEG)
    assert effect.rate == pytest.approx(990 * (D("3.7") - PEG))
    assert effect.after == pytest.approx(990 * D("3.7"))


def test_a_bill_in_dirhams_uses_the_exchange_rate_of_the_provider() -> None:
    aed: dict[str, Any] = {"BillingCurrency": "AED", "PricingCurrencyEffectiveCost": "24"}
    rows = [*charges(month=OCTOBER, number=31, EffectiveCost="88.14", **aed), *charges(EffectiveCost="90", **aed)]
    result = report_for(rows)
    assert result.units["retail"].own.cost == 2700
    assert result.effects is not None
    assert result.effects["retail"].rate == pytest.approx(30 * (D(90) - D("88.14")))
    assert result.effects["retail"].price == pytest.approx(0)


def test_a_bill_in_euros_needs_a_rate() -> None:
    rows = charges(BillingCurrency="EUR", PricingCurrency="EUR", EffectiveCost="9")
    with pytest.raises(BadInput, match="a bill is in EUR; give its units per USD"):
        report_for(rows)
    assert report_for(rows, exchange=Exchange(per_usd={"EUR": D("0.9")})).total.cost == 300 * PEG


amounts = st.decimals(D("0.01"), 5000, places=2)


@settings(max_examples=60, deadline=None)
@given(bills=st.lists(st.tuples(st.sampled_from(["a", "b", ""]), st.booleans(), amounts, amounts), min_size=1))
def test_effects_and_portions_add_up(bills: list[tuple[str, bool, Decimal, Decimal]]) -> None:
    rows = [charge(NOVEMBER)]
    for unit, later, cost, quantity in bills:
        figures = {"EffectiveCost": str(cost), "PricingQuantity": str(quantity)}
        rows.append(charge(NOVEMBER if later else OCTOBER, **fields_of(unit, **figures)))
    result = report_for(rows, as_of=NOVEMBER, shared=SharedCost(by="direct"))
    assert sum(unit.total for unit in result.units.values()) == pytest.approx(result.total.cost)
    for view in result.views.values():
        assert sum(portion.cost for portion in view.values()) == pytest.approx(result.total.cost)
    if result.effects is not None:
        assert sum(effect.after for effect in result.effects.values()) == pytest.approx(result.total.cost)


def test_a_budget_burns_down() -> None:
    rows = charges(number=11)  # USD 240 are spent until the tenth, and USD 24 are added every day
    result = report_for(rows, budgets={"all": 600 * PEG, "retail": 1000 * PEG})
    over, within = result.burn_downs
    assert (over.percent, over.over, over.budget_forecast.exceeded_on(over.limit)) == (40, True, date(2026, 11, 26))
    assert over.budget_forecast.spent == 240 * PEG
    assert (within.over, within.budget_forecast.exceeded_on(within.limit)) == (False, None)
    with pytest.raises(BadInput, match="unknown business unit 'shop'; known: all, retail"):
        report_for(rows, budgets={"shop": D(1)})


def test_the_last_day_of_an_export_is_incomplete() -> None:
    assert report_for(charges(number=11)).period.as_of == date(2026, 11, 10)
    assert report_for(charges(number=11), as_of=date(2026, 11, 11)).total.cost == 11 * 24 * PEG
    assert report_for(charges(number=30)).period.complete
    with pytest.raises(BadInput, match="is not a date of 2026-11"):
        report_for(charges(), as_of=date(2026, 12, 1))
    with pytest.raises(BadInput, match="the files have no data for 2026-12"):
        report_for(charges(), month=date(2026, 12, 1))


def test_documents() -> None:
    rows = [*charges(month=date(2026, 9, 1), number=61), *charges(number=20), *charges("pipe|d", number=20)]
    rows.append(charge(date(2026, 11, 5), **fields_of("retail", EffectiveCost="500")))
    result = report_for(rows, budgets={"all": D(6000)})
    data = json.loads(json.dumps(document(result)))
    assert data["business_units"]["retail"]["own"] == str((D(19 * 24 + 500) * PEG).quantize(D("0.01")))
    assert [anomaly["day"] for anomaly in data["anomalies"]] == ["2026-11-05"]
    assert len(data["outlooks"]["all"]["days"]) == 30
    text = markdown(result)
    for section in (
        "# Cost of November 2026, until 2026-11-19",
        "pipe\\|d",
        "**over budget**",
        "Anomalies (1)",
        "Forecast of the month",
    ):
        assert section in text
    assert all(line.count(" | ") >= 1 for line in text.splitlines() if line.startswith("| "))
