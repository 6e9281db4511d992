"""The report of a month: hand-computed figures, and sums that must agree."""

import json
from datetime import date
from decimal import Decimal
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from falaj.finops.errors import BadInput
from falaj.finops.showback.charges import load
from falaj.finops.showback.document import document
from falaj.finops.showback.exchange import Exchange
from falaj.finops.showback.markdown import markdown
from falaj.finops.showback.report import ShowbackQuery, ShowbackReport, _shown, report
from falaj.finops.showback.tags import UNTAGGED
from falaj.finops.showback.utilisation import Utilisation
from falaj.finops.usage_model import SharedCost
from tests.thorough import many
from tests.unit.finops.exports import charge, estimate, export, span

D = Decimal
PEG = D("3.6725")
OCTOBER, NOVEMBER = date(2026, 10, 1), date(2026, 11, 1)


def of(unit: str, **changed: Any) -> dict[str, Any]:
    return {"Tags": json.dumps({"business-unit": unit, "site": "aws"} if unit else {})} | changed


def made(rows: list[dict[str, Any]], **asked: Any) -> ShowbackReport:
    with TemporaryDirectory() as folder, load([export(Path(folder), rows)]) as charges:
        return report(charges, ShowbackQuery(asked.pop("month", NOVEMBER), **asked))


def whole(unit: str = "retail", month: date = NOVEMBER, number: int = 30, **changed: Any) -> list[dict[str, Any]]:
    return span(month, number, lambda day: charge(day, **of(unit, **changed)))


def test_a_month_by_hand() -> None:
    """Retail: 30 machine days at 24 dollars. Lending: ten at ten. VAT of 41 is listed separately."""
    vat = charge(NOVEMBER, **of("retail"), EffectiveCost="41") | {"ChargeCategory": "Tax"}
    result = made([*whole(), *whole("lending", number=10, EffectiveCost="10"), vat])
    assert result.units["retail"].own.cost == 720 * PEG
    assert result.units["lending"].own.cost == 100 * PEG
    assert (result.total.cost, result.vat) == (820 * PEG, 41 * PEG)
    assert result.units["retail"].vat == 41 * PEG
    assert result.total.unmeasured == result.total.cost
    assert result.views["site"]["aws"].cost == 820 * PEG
    assert result.period.complete


def test_a_shared_cost_is_shared_by_its_key_and_nothing_is_lost() -> None:
    rows = [*whole(), *whole("lending", EffectiveCost="8"), *whole("", EffectiveCost="4"), *whole("platform")]
    for by, lending in (("direct", D(8) / 32), ("even", D("0.5")), ("weights", D("0.75"))):
        weights = {"retail": D(1), "lending": D(3)} if by == "weights" else {}
        key = SharedCost.model_validate({"by": by, "weights": weights})
        result = made(rows, shared=key, common=("platform",))
        assert result.units["lending"].shared == pytest.approx(30 * 28 * PEG * lending)
        assert (result.units["platform"].total, result.units[UNTAGGED].total) == (0, 0)
        assert sum(unit.total for unit in result.units.values()) == pytest.approx(result.total.cost)
        assert sum(result.outlooks[name].spent for name in ("retail", "lending")) == pytest.approx(result.total.cost)
    apart = made(rows)
    assert apart.units["platform"].total == 720 * PEG
    assert any("has no business-unit tag" in note for note in apart.notes)
    with pytest.raises(BadInput, match="must name exactly the business units lending, platform, retail"):
        made(rows, shared=SharedCost(by="weights", weights={"retail": D(1)}))


def test_idle_is_shown_by_the_nearest_measurement_and_never_guessed() -> None:
    rows = [*whole(), *whole("lending", ServiceCategory="Storage"), *whole("labs", ResourceId="i-2")]
    measured = (Utilisation((("business_unit", "retail"),), D("0.25")), Utilisation((), D("0.5")))
    result = made(rows, measured=measured)
    assert result.units["retail"].own.idle == 720 * PEG * D("0.75")
    assert result.units["retail"].own.used == 720 * PEG * D("0.25")
    assert result.units["labs"].own.idle == 720 * PEG / 2
    assert result.units["lending"].own.idle == 0
    assert result.total.unmeasured == 0


def test_an_on_premises_cluster_is_listed_beside_the_cloud_bills(tmp_path: Path) -> None:
    own = charge(NOVEMBER, ProviderName="On-premises", **of("lending", x_IdleUsd="75")) | {
        "ChargePeriodEnd": "2026-12-01T00:00:00Z",
        "EffectiveCost": "300",
        "PricingCurrencyEffectiveCost": "300",
        "Tags": {"business-unit": "lending", "site": "dc"},
    }
    twice = charge(NOVEMBER, EffectiveCost="999")
    with load([export(tmp_path, whole(number=11)), estimate(tmp_path, [own, twice])]) as charges:
        assert charges.notes == ("estimated rows of AWS omitted: there is a bill",)
        result = report(charges, ShowbackQuery(NOVEMBER))
    assert result.period.as_of == date(2026, 11, 10)
    assert result.units["lending"].own.cost == 100 * PEG
    assert result.units["lending"].own.idle == 25 * PEG
    assert result.outlooks["lending"].expected == pytest.approx(300 * PEG)
    assert result.estimated == 100 * PEG
    assert result.outlooks["all"].expected == pytest.approx(1020 * PEG)


def test_usage_price_and_rate_are_told_apart_to_the_fils() -> None:
    """October: 744 hours at 1 dollar at 3.6725. November: 30 x 30 = 900 hours at 1.1 dollars at 3.7."""
    rows = [*whole(month=OCTOBER, number=31), *whole(EffectiveCost="33", PricingQuantity="30")]
    rates = Exchange({date(2026, 10, 15): PEG, date(2026, 11, 15): D("3.7")})
    result = made(rows, exchange=rates).effects
    assert result is not None
    effect = result["retail"]
    assert effect.before == 744 * PEG
    assert effect.usage == pytest.approx((900 - 744) * PEG)
    assert effect.price == pytest.approx(900 * D("0.1") * PEG)
    assert effect.rate == pytest.approx(990 * (D("3.7") - PEG))
    assert effect.after == pytest.approx(990 * D("3.7"))


def test_a_bill_in_dirhams_has_the_providers_rate() -> None:
    aed: dict[str, Any] = {"BillingCurrency": "AED", "PricingCurrencyEffectiveCost": "24"}
    rows = [*whole(month=OCTOBER, number=31, EffectiveCost="88.14", **aed), *whole(EffectiveCost="90", **aed)]
    result = made(rows)
    assert result.units["retail"].own.cost == 2700
    assert result.effects is not None
    assert result.effects["retail"].rate == pytest.approx(30 * (D(90) - D("88.14")))
    assert result.effects["retail"].price == pytest.approx(0)


def test_a_bill_in_euros_needs_a_rate() -> None:
    rows = whole(BillingCurrency="EUR", PricingCurrency="EUR", EffectiveCost="9")
    with pytest.raises(BadInput, match="a bill is in EUR; give its units per USD"):
        made(rows)
    assert made(rows, exchange=Exchange(per_usd={"EUR": D("0.9")})).total.cost == 300 * PEG


amounts = st.decimals(D("0.01"), 5000, places=2)


@settings(max_examples=many(60), deadline=None)
@given(bills=st.lists(st.tuples(st.sampled_from(["a", "b", ""]), st.booleans(), amounts, amounts), min_size=1))
def test_effects_and_portions_add_up(bills: list[tuple[str, bool, Decimal, Decimal]]) -> None:
    rows = [charge(NOVEMBER)]
    for unit, later, cost, quantity in bills:
        figures = {"EffectiveCost": str(cost), "PricingQuantity": str(quantity)}
        rows.append(charge(NOVEMBER if later else OCTOBER, **of(unit, **figures)))
    result = made(rows, as_of=NOVEMBER, shared=SharedCost(by="direct"))
    assert sum(unit.total for unit in result.units.values()) == pytest.approx(result.total.cost)
    for view in result.views.values():
        assert sum(portion.cost for portion in view.values()) == pytest.approx(result.total.cost)
    if result.effects is not None:
        assert sum(effect.after for effect in result.effects.values()) == pytest.approx(result.total.cost)


def test_a_budget_burns_down() -> None:
    rows = whole(number=11)  # 240 dollars are known until the 10th, and 24 are added every day
    result = made(rows, budgets={"all": 600 * PEG, "retail": 1000 * PEG})
    over, within = result.burn_downs
    assert (over.percent, over.over, over.budget_forecast.exceeded_on(over.limit)) == (40, True, date(2026, 11, 26))
    assert over.budget_forecast.spent == 240 * PEG
    assert (within.over, within.budget_forecast.exceeded_on(within.limit)) == (False, None)
    with pytest.raises(BadInput, match="unknown business unit 'shop'; known: all, retail"):
        made(rows, budgets={"shop": D(1)})


def test_the_document_has_these_names() -> None:
    rows = [*whole(month=OCTOBER, number=31), *whole(number=11)]
    shown = document(made(rows, budgets={"all": 600 * PEG, "retail": 1000 * PEG}))
    amounts = {"own", "idle", "used", "unmeasured"}
    assert set(shown["total"]) == {*amounts, "vat", "estimated"}
    assert set(shown["outlooks"]) == {"all", "retail"}
    assert {frozenset(item) for item in shown["outlooks"].values()} == {
        frozenset({"spent", "expected", "low", "high", "days"})
    }
    assert {frozenset(item) for item in shown["budgets"]} == {
        frozenset({"scope", "limit", "spent", "percent", "expected", "over", "gone"})
    }
    assert amounts < set(shown["business_units"]["retail"])
    assert shown["outlooks"]["all"]["spent"] == shown["budgets"][0]["spent"]


def test_of_many_names_five_are_shown_and_the_others_counted() -> None:
    assert _shown(["a", "b", "c", "d", "e"]) == "a, b, c, d, e"
    assert _shown(["a", "b", "c", "d", "e", "f", "g"]) == "a, b, c, d, e and 2 more"


@pytest.mark.parametrize("category", ["Purchase", "Tax", "Credit"])
def test_a_charge_dated_ahead_completes_no_month(category: str) -> None:
    """A purchase or a tax of the last day says nothing about the usage up to it."""
    ahead = charge(date(2026, 11, 30), ChargeCategory=category, EffectiveCost="1")
    assert made([*whole(number=20), ahead]).period.as_of == date(2026, 11, 19)
    assert made([*whole(number=20), ahead | {"ChargeCategory": "Usage", "EffectiveCost": "0"}]).period.as_of.day == 19


def test_the_last_day_of_an_export_is_not_whole() -> None:
    assert made(whole(number=11)).period.as_of == date(2026, 11, 10)
    assert made(whole(number=11), as_of=date(2026, 11, 11)).total.cost == 11 * 24 * PEG
    assert made(whole(number=30)).period.complete
    with pytest.raises(BadInput, match="is not a date of 2026-11"):
        made(whole(), as_of=date(2026, 12, 1))
    with pytest.raises(BadInput, match="the files have no data for 2026-12"):
        made(whole(), month=date(2026, 12, 1))


def test_documents() -> None:
    rows = [*whole(month=date(2026, 9, 1), number=61), *whole(number=20), *whole("pipe|d", number=20)]
    rows.append(charge(date(2026, 11, 5), **of("retail", EffectiveCost="500")))
    result = made(rows, budgets={"all": D(6000)})
    data = json.loads(json.dumps(document(result)))
    assert data["business_units"]["retail"]["own"] == str((D(19 * 24 + 500) * PEG).quantize(D("0.01")))
    assert [item["day"] for item in data["anomalies"]] == ["2026-11-05"]
    assert len(data["outlooks"]["all"]["days"]) == 30
    text = markdown(result)
    for name in (
        "# Cost of November 2026, until 2026-11-19: over budget",
        "`pipe\\|d`",
        "**Anomalies (1)**",
        "**Forecast of the month",
    ):
        assert name in text
    assert all(line.count(" | ") >= 1 for line in text.splitlines() if line.startswith("| "))
