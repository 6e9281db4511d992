"""The summary and the printed forms of showback: what decides comes first, and names are whole and safe."""

import json
import re
from datetime import date
from decimal import Decimal
from io import StringIO
from pathlib import Path

from falaj.cli.console import Output
from falaj.finops.report.summary_rows import Row
from falaj.finops.showback.summary import headline, rows
from falaj.finops.showback.tables import tables
from tests.unit.finops.exports import charge, export, span
from tests.unit.finops.test_showback_command import run
from tests.unit.finops.test_showback_report import D, made, of, whole

OCTOBER, NOVEMBER = date(2026, 10, 1), date(2026, 11, 1)
LONG = "a-cost-centre-whose-name-is-longer-than-a-terminal-is-wide-" + "x" * 60
MARKUP = "<script>alert(1)</script> [bold]a|b **x**"


def row(found: list[Row], label: str) -> Row:
    (only,) = [item for item in found if item.label == label]
    return only


def test_the_summary_of_a_running_month_by_hand() -> None:
    """Twenty complete days at 24 dollars, 48 the month before: the rest of the month is ten such days."""
    charges = [*whole(month=OCTOBER, number=31, EffectiveCost="48", PricingQuantity="24"), *whole(number=21)]
    result = made(charges, budgets={"all": D(2000), "retail": D(3000)})
    assert headline(result) == "Cost of November 2026, until 2026-11-20: over budget"
    found = list(rows(result))
    assert [item.label for item in found][:4] == ["budgets", "cost", "expected", "range"]
    assert row(found, "budgets").text == "1 of 2 forecast to be exceeded"
    assert row(found, "budgets").items == ("all: forecast AED 2,644.20 of AED 2,000.00, exceeded on 2026-11-23",)
    assert row(found, "cost") == Row("cost", "AED 1,762.80", "without VAT, of which the files state none")
    assert row(found, "expected").figure == "AED 2,644.20"
    assert row(found, "change") == Row(
        "change", "AED -1,762.80", "-50.00 % against AED 3,525.60 from 2026-10-01 to 2026-10-20"
    )
    assert row(found, "change driven by").items == ("AED -1,762.80 retail: price -1,762.80",)
    assert row(found, "anomalies").items == ("since 2026-11-01 retail EC2",)


def test_two_days_are_too_few_for_a_range() -> None:
    found = list(rows(made(whole(number=2))))
    assert row(found, "range") == Row("range", text="too few days for an interval")


def test_the_summary_without_budgets_and_history() -> None:
    result = made([*whole(), *whole("lending", ServiceName="Amazon S3", EffectiveCost="1")])
    found = list(rows(result))
    assert headline(result) == "Cost of November 2026, the whole month: no budget given"
    assert {"budgets", "expected", "range"}.isdisjoint(item.label for item in found)
    assert row(found, "change").text == "no data of the month before"
    assert row(found, "driven by").items[-1] == "AED 110.18 Amazon S3"


def test_a_pipe_has_whole_names_and_no_markup(tmp_path: Path) -> None:
    tags = {"business-unit": MARKUP, "cost-centre": LONG}
    bill = export(tmp_path, span(NOVEMBER, 9, lambda day: charge(day, Tags=json.dumps(tags))))
    printed = run(bill, "--month", "2026-11", "--budget", "100").output
    first, *lines = printed.splitlines()
    assert first == "Cost of November 2026, until 2026-11-08: over budget"
    assert any(line.startswith(MARKUP) and "705.12" in line for line in lines)
    assert any(line.startswith(LONG) and "705.12" in line for line in lines)
    comment = run(bill, "--month", "2026-11", "--markdown").output
    assert "| `" + MARKUP.replace("|", "\\|") + "` |" in comment
    assert "<script>" not in comment.replace(f"`{MARKUP}".replace("|", "\\|"), "")


def test_a_console_folds_lines_in_terminals_only() -> None:
    class Terminal(StringIO):
        def isatty(self) -> bool:
            return True

    for file, lines in ((StringIO(), 1), (Terminal(), 4)):
        console = Output(file=file, width=None, color_system=None)
        console.print("word " * 60)
        assert len(file.getvalue().splitlines()) == lines
    ruled = StringIO()
    Output(file=ruled).rule("title")
    assert len(ruled.getvalue().rstrip("\n")) == 80


def test_amounts_below_half_a_fils_are_nought() -> None:
    result = made([charge(NOVEMBER, **of("retail", EffectiveCost="-0.0001"))], as_of=NOVEMBER)
    assert row(list(rows(result)), "cost").figure == "AED 0.00"
    assert result.total.cost < Decimal(0)


def test_columns_have_words_in_small_letters() -> None:
    charges = [*whole(month=OCTOBER, number=31, EffectiveCost="48"), *whole(number=21)]
    found = list(tables(made(charges, budgets={"all": D(2000)})))
    assert len({table.title for table in found}) > 4
    words = re.compile(r"VAT|(?:% )?[a-z]+(?: [a-z]+)*")
    assert [name for table in found for name in table.columns if not words.fullmatch(name)] == []
