"""Budget against actual against forecast by cost centre, business unit and project."""

from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from falaj.finops.controlling.budgets import BudgetFile, BudgetLine, BudgetReport, budget_report, read
from falaj.finops.errors import BadInput
from falaj.finops.showback.charges import load
from falaj.finops.showback.exchange import Exchange
from falaj.finops.showback.period import Period
from falaj.finops.showback.report import ShowbackQuery, report
from tests.unit.finops.controlling_files import OCTOBER, as_charge, tagged, write
from tests.unit.finops.exports import export

TO_DATE = Period(OCTOBER, date(2026, 10, 31), date(2026, 10, 20))
DAY = Decimal(20) * Decimal("3.6725")
"""AED a day of a cost centre at USD 20."""


def rows(days: int = 50, last: date = date(2026, 10, 20)) -> list[dict[str, Any]]:
    """Returns daily charges of two cost centres up to a day: USD 20 and USD 10."""
    first = last - timedelta(days=days - 1)
    return [
        tagged(first + timedelta(days=step), centre, cost, BillingPeriodStart="")
        for step in range(days)
        for centre, cost in (("CC-7", "20"), ("CC-8", "10"))
    ]


def result(budgets: dict[str, Any], fields: list[dict[str, Any]] | None = None) -> BudgetReport:
    charges = [as_charge(item) for item in fields or rows()]
    return budget_report(charges, TO_DATE, Exchange(), BudgetFile.model_validate(budgets))


def line(found: BudgetReport, dimension: str, name: str) -> BudgetLine:
    (only,) = (item for item in found.lines if (item.dimension, item.name) == (dimension, name))
    return only


def test_a_cost_centre_has_budget_actual_and_forecast() -> None:
    found = result({"all": 5000, "cost_centre": {"CC-7": 1550, "CC-8": {"2026-10": 2000, "2026-11": 1}}})
    seven = line(found, "cost_centre", "CC-7")
    assert (seven.budget, seven.budget_to_date, seven.actual) == (1550, 1000, 20 * DAY)
    assert seven.variance == 20 * DAY - 1000
    assert round(seven.forecast, 2) == round(31 * DAY, 2)
    assert seven.over
    assert seven.exceeded_on == date(2026, 10, 22)  # 1,550 is exceeded by 22 days of 73.45
    eight = line(found, "cost_centre", "CC-8")
    assert (eight.budget, eight.over, eight.exceeded_on) == (2000, False, None)
    assert line(found, "all", "all").actual == 20 * DAY * Decimal("1.5")


def test_every_dimension_adds_up_to_the_whole() -> None:
    found = result({})
    whole = line(found, "all", "all")
    for dimension in ("cost_centre", "business_unit", "project"):
        items = [item for item in found.lines if item.dimension == dimension]
        assert sum(item.actual for item in items) == whole.actual
        assert all(item.budget is None and item.variance is None and not item.over for item in items)
    assert {item.name for item in found.lines if item.dimension == "project"} == {"llm"}


SPIKE = tagged(date(2026, 10, 12), "CC-7", "900")
"""An anomalous day, which the forecast leaves out."""


@pytest.mark.parametrize("more", [[], [SPIKE]], ids=["usual days", "an anomalous day"])
def test_the_forecast_is_that_of_showback(tmp_path: Path, more: list[dict[str, Any]]) -> None:
    fields = [*rows(), *more, tagged(OCTOBER, "CC-7", "310", ChargePeriodEnd="2026-11-01T00:00:00Z")]
    with load([export(tmp_path, fields)]) as charges:
        shown = report(charges, ShowbackQuery(OCTOBER, as_of=date(2026, 10, 20)))
    whole, unit = line(result({}, fields), "all", "all"), line(result({}, fields), "business_unit", "retail")
    for found, outlook in ((whole, shown.outlooks["all"]), (unit, shown.outlooks["retail"])):
        assert (found.actual, found.forecast) == (outlook.spent, outlook.expected)
        assert (found.low, found.high) == (outlook.low, outlook.high)


def test_untagged_cost_is_shown_and_a_budget_without_charges_is_named() -> None:
    found = result({"cost_centre": {"CC-9": 10}}, [*rows(), tagged(OCTOBER, "", "5")])
    assert line(found, "cost_centre", "(untagged)").actual == 5 * Decimal("3.6725")
    assert (line(found, "cost_centre", "CC-9").actual, found.unused) == (0, ("cost centre CC-9",))


def test_tax_is_not_part_of_a_budget() -> None:
    tax = tagged(date(2026, 10, 5), "CC-7", "50", ChargeCategory="Tax")
    assert line(result({}, [*rows(), tax]), "all", "all").actual == line(result({}), "all", "all").actual


def test_a_budget_of_another_month_does_not_count() -> None:
    assert line(result({"cost_centre": {"CC-7": {"2026-11": 5}}}), "cost_centre", "CC-7").budget is None


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        ({"cost_center": {}}, "cost_center: unknown field; did you mean: cost_centre"),
        ({"project": {"llm": -5}}, "project.llm.every month: input should be greater than 0, not -5"),
        ({"project": {"llm": {"2026-13": 5}}}, "project.llm"),
        ({"project": {"llm": ".inf"}}, "project.llm"),
        ({"project": {"llm": {"2026\n10": 5}}}, "project.llm.2026 10"),
    ],
)
def test_a_wrong_budget_file_is_refused(tmp_path: Path, content: dict[str, Any], sentence: str) -> None:
    with pytest.raises(BadInput) as error:
        read(write(tmp_path, content, "budgets.yaml"))
    assert sentence in str(error.value)
    assert "\n" not in str(error.value)
