"""Bars of the report: their segments and marks in percent of the width, and what they say."""

from __future__ import annotations

import re
from dataclasses import replace
from decimal import Decimal

import pytest

from falaj.finops.lines import Compliance, Range
from falaj.finops.report.bars import budget_bar
from falaj.finops.report.guardrails import Tally
from falaj.finops.report.judged import _result_bar
from falaj.finops.report.sections import tables_of_change, tables_of_month
from falaj.finops.report.tables import compliance
from tests.unit.finops.reports import nothing, rich


def test_a_budget_bar_says_the_expected_and_the_highest_share_of_its_limit() -> None:
    """A quarter of the limit is expected, 150 % at maximum: 300 of the 306 that the bar is wide, 2 % more."""
    bar = budget_bar(Range(Decimal(50), Decimal(50), Decimal(300)), Decimal(200), unknown=False)
    assert bar.says == "25 % of the limit expected, 150 % at maximum"
    assert bar.mark == pytest.approx(100 * 200 / 306, abs=0.01)
    spans = {segment.tone: (segment.start, segment.length) for segment in bar.parts}
    assert spans["main"] == pytest.approx((0, 100 * 50 / 306), abs=0.01)
    assert spans["range"] == pytest.approx((100 * 50 / 306, 100 * 250 / 306), abs=0.01)


def test_a_budget_bar_over_its_limit_says_so() -> None:
    bar = budget_bar(Range(Decimal(250), Decimal(250), Decimal(250)), Decimal(200), unknown=True)
    assert [segment.tone for segment in bar.parts] == ["over"]
    assert bar.says == "125 % of the limit expected, 125 % at maximum or more: a price is missing"


def test_a_budget_bar_at_its_limit_is_not_over() -> None:
    bar = budget_bar(Range(Decimal(0), Decimal(200), Decimal(200)), Decimal(200), unknown=False)
    assert "over" not in {segment.tone for segment in bar.parts}


def test_a_bar_of_evaluations_has_a_part_for_each_result() -> None:
    """Of ten evaluations, four passed, one is later, one exempt, two are advice, and two are refused."""
    bar = _result_bar(Tally(judgements=10, passed=4, later=1, exempt=1, advice=2, refused=2))
    parts = [(segment.tone, segment.start, segment.length) for segment in bar.parts]
    assert parts == [("main", 0, 40), ("range", 40, 20), ("idle", 60, 20), ("over", 80, 20)]
    assert bar.says == "4 of 10 evaluations passed, 2 refused"
    assert [segment.tone for segment in _result_bar(Tally(judgements=3, passed=3)).parts] == ["main"]


def test_columns_have_words_in_small_letters() -> None:
    report = rich()
    found = [*tables_of_change(report), *tables_of_month(report)]
    assert len({table.title for table in found}) > 4
    words = re.compile(r"AED|USD||(?:% )?[a-z]+(?:[ -][a-z]+)*")
    assert [name for table in found for name in table.columns if not words.fullmatch(name)] == []


def test_a_table_of_controls_says_their_sum_and_share() -> None:
    costs = {("uae", "bank"): dict.fromkeys(Compliance, Decimal(10))}
    with_cost, without = compliance(replace(rich(), compliance=costs)), compliance(nothing())
    assert len(with_cost.rows) == len(Compliance)
    assert re.fullmatch(r"AED a month, without VAT; together [\d,.]+, [\d.]+ % of the month\.", with_cost.note)
    assert (without.rows, without.note) == ((), "")
