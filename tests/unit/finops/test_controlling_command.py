"""`falaj controlling` and `falaj showback --fx`: output in every form, exit statuses, and one sentence for errors."""

import csv
import io
import json
from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path

import pytest
from rich.console import ConsoleDimensions
from typer.testing import CliRunner, Result

from falaj.cli.app import app
from falaj.cli.common import EXIT_FAILED, EXIT_INVALID, EXIT_OK, CommandError
from falaj.cli.console import Output
from tests.unit.finops.controlling_files import controlling, month, tagged, write
from tests.unit.finops.exports import export

MONTH = ("--month", "2026-10")


def run(*arguments: object) -> Result:
    return CliRunner().invoke(app, ["controlling", *(str(item) for item in arguments)])


def wrong(result: Result) -> str:
    assert isinstance(result.exception, CommandError), result.output
    assert result.exception.status == EXIT_INVALID
    assert "\n" not in str(result.exception)
    return str(result.exception)


def table(result: Result) -> list[dict[str, str]]:
    assert result.exit_code == EXIT_OK, result.output
    return list(csv.DictReader(io.StringIO(result.stdout)))


@pytest.fixture
def bills(tmp_path: Path) -> Path:
    return export(tmp_path, [*month(), *month("Microsoft", ("CC-7",), "5")])


@pytest.fixture
def settings(tmp_path: Path) -> Path:
    return write(tmp_path, controlling())


def test_vat_by_supplier(bills: Path, settings: Path) -> None:
    rows = {row["provider"]: row for row in table(run("vat", bills, *MONTH, "--controlling", settings, "--csv"))}
    assert (rows["AWS"]["vat_on_invoice"], rows["AWS"]["output_vat"]) == ("113.85", "0.00")
    assert (rows["Microsoft"]["vat_on_invoice"], rows["Microsoft"]["output_vat"]) == ("0.00", "28.46")
    assert rows["AWS"]["source"] == "aws.amazon.com/tax-help/uae, 2026-11-27"
    assert (rows["AWS"]["fx_policy"], rows["AWS"]["fx_rate"], rows["AWS"]["fx_date"]) == (
        "stated", "3.672500", "2026-11-24",
    )  # fmt: skip
    document = json.loads(run("vat", bills, *MONTH, "--controlling", settings, "--json").stdout)
    assert document["suppliers"] == list(rows.values())
    shown = run("vat", bills, *MONTH, "--controlling", settings).output
    assert "Microsoft Ireland Operations Ltd." in shown
    assert "stated rate, 3.672500 AED per USD" in shown


def test_a_supplier_without_a_charge_is_named(tmp_path: Path, settings: Path) -> None:
    """The export of one cloud is missing: the figures of the other look complete."""
    before = [
        {name: value.replace("2026-10", "2026-09").replace("2026-11-01", "2026-10-01") for name, value in row.items()}
        for row in month("Microsoft", ("CC-7",), "5")[:20]
    ]
    bills = export(tmp_path, [*month(), *before])
    for call in (("vat",), ("journal", "--kind", "accrual")):
        notes = run(*call, bills, *MONTH, "--controlling", settings).stderr
        assert "note: no charge of the supplier Microsoft in 2026-10\n" in notes
        assert "note: no charge of Microsoft 111122223333 from 2026-10-01 to 2026-10-31, after USD 100.00 from" in notes


def test_a_journal_is_balanced_csv_and_the_same_each_time(bills: Path, settings: Path) -> None:
    call = ("journal", bills, *MONTH, "--controlling", settings, "--kind", "invoice")
    rows = table(run(*call))
    assert list(rows[0]) == [
        "date", "journal_id", "line", "account", "cost_centre", "debit", "credit", "currency", "description",
        "tax_code", "fx_policy", "fx_rate", "fx_date",
    ]  # fmt: skip
    for name in {row["journal_id"] for row in rows}:
        lines = [row for row in rows if row["journal_id"] == name]
        assert sum(Decimal(row["debit"]) - Decimal(row["credit"]) for row in lines) == 0
    assert {row["tax_code"] for row in rows if row["journal_id"].endswith("MICROSOFT")} == {"AE"}
    assert run(*call).stdout == run(*call).stdout
    assert json.loads(run(*call, "--json").stdout)["lines"] == rows


def test_budgets_by_cost_centre(bills: Path, tmp_path: Path) -> None:
    budgets = write(tmp_path, {"cost_centre": {"CC-7": 1000, "CC-9": 5}}, "budgets.yaml")
    call = ("budgets", bills, *MONTH, "--budgets", budgets)
    rows = {(row["dimension"], row["name"]): row for row in table(run(*call, "--csv"))}
    seven = rows["cost_centre", "CC-7"]
    assert (seven["actual"], seven["variance"], seven["forecast"]) == ("1707.71", "707.71", "1707.71")
    assert rows["all", "all"]["budget"] == ""
    shown = run(*call)
    assert shown.stdout.startswith("over budget: cost centre CC-7\n")
    running = run(*call, "--as-of", "2026-10-20")
    assert running.stdout.startswith("forecast to exceed the budget: cost centre CC-7\n")
    whole = write(tmp_path, {"all": 1}, "whole.yaml")
    assert run("budgets", bills, *MONTH, "--budgets", whole).stdout.startswith("over budget: all\n")
    assert "no charge has the cost centre CC-9" in shown.stderr
    assert run(*call, "--refuse-over-budget").exit_code == EXIT_FAILED
    assert json.loads(run(*call, "--json").stdout)["lines"] == list(rows.values())


def test_no_figure_is_folded_on_a_narrow_terminal(bills: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    budgets = write(tmp_path, {"cost_centre": {"CC-7": 1000}}, "budgets.yaml")
    monkeypatch.setattr(Output, "size", property(lambda _: ConsoleDimensions(40, 25)))
    shown = run("budgets", bills, *MONTH, "--budgets", budgets).stdout
    [line] = [line.split() for line in shown.splitlines() if "1707.71" in line]
    assert {"CC-7", "1000", "707.71"} <= {word.removesuffix(".00") for word in line}


def test_an_unexplained_difference_fails(bills: Path, tmp_path: Path, settings: Path) -> None:
    net = Decimal(620)
    content = {"provider": "AWS", "number": "I-1", "date": "2026-11-03", "month": "2026-10", "currency": "USD"}
    content |= {"net": str(net), "tax": "31", "total": "651"}
    call = ("reconcile", bills, "--controlling", settings, "--invoice-file")
    result = run(*call, write(tmp_path, content, "invoice.yaml"), "--json")
    assert result.exit_code == EXIT_OK
    document = json.loads(result.stdout)
    assert (document["by_class"], document["unexplained"]) == ({"tax": "31.00"}, "0.00")
    assert document["fx"]["fx_policy"] == "stated"
    higher = write(tmp_path, content | {"net": "640", "tax": "32", "total": "672"}, "invoice.yaml")
    result = run(*call, higher)
    assert result.exit_code == EXIT_FAILED
    assert "unexplained 20.00" in result.output
    assert run(*call, higher, "--tolerance", "20").exit_code == EXIT_OK
    assert "--tolerance: must be from zero" in wrong(run(*call, higher, "--tolerance", "-1"))


def test_the_policy_of_the_exchange_rate_is_named(bills: Path, settings: Path, tmp_path: Path) -> None:
    rates = tmp_path / "rates.csv"
    days = "".join(f"2026-10-{day:02},3.67{day:02}\n" for day in range(1, 32))
    rates.write_text(f"date,aed_per_usd\n{days}")
    call = ("journal", bills, *MONTH, "--controlling", settings, "--kind", "accrual", "--fx-rates", rates, "--fx")
    fx = {policy: table(run(*call, policy))[0] for policy in ("day", "month-average")}
    assert {row["fx_rate"] for row in fx.values()} == {"3.671600"}  # both are the mean of 3.6701 to 3.6731
    assert {row["fx_date"] for row in fx.values()} == {"2026-10-31"}
    hedged = table(run(*call, "hedged", "--hedge", "3.66:100000"))[0]
    assert (hedged["fx_policy"], hedged["fx_rate"]) == ("hedged", "3.660000")
    shown = CliRunner().invoke(app, ["showback", str(bills), *MONTH, "--fx", "day", "--fx-rates", str(rates), "--json"])
    document = json.loads(shown.stdout)
    assert document["fx"] == {
        "fx_policy": "day", "fx_rate": "3.673100", "fx_date": "2026-10-31", "fx_source": str(rates), "hedge": None,
    }  # fmt: skip
    assert set(document["cost_centres"]) == {"CC-7", "CC-8"}
    text = CliRunner().invoke(app, ["showback", str(bills), *MONTH, "--markdown"]).output
    assert "**exchange rate**: stated rate, 3.672500 AED per USD of 2026-11-24 (official peg" in text
    assert "**Cost by cost centre**" in text


def test_every_figure_of_showback_has_the_rate_of_its_day(tmp_path: Path) -> None:
    days = [date(2026, 9, 1) + timedelta(days=step) for step in range(61)]
    bill = export(tmp_path, [tagged(day, "CC-7", "10", BillingPeriodStart="") for day in days])
    rates, published = tmp_path / "rates.csv", {day: Decimal(36700 + step) / 10000 for step, day in enumerate(days)}
    rates.write_text("date,aed_per_usd\n" + "".join(f"{day},{rate}\n" for day, rate in published.items()))
    call = ["showback", str(bill), *MONTH, "--fx", "day", "--fx-rates", str(rates), "--json"]
    document = json.loads(CliRunner().invoke(app, call).output)
    october = str(round(sum(10 * rate for day, rate in published.items() if day.month == 10), 2))
    assert document["business_units"]["retail"]["own"] == october
    assert document["cost_centres"]["CC-7"]["own"] == october
    assert document["effects"]["retail"]["after"] == october


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (
            ("--kind", "accrue"),
            "--kind: 'accrue' is no kind of journal; there are: accrual, invoice,",
        ),
        (
            ("--kind", "accrual", "--rate", "36.725@2026-10-01"),
            "--rate: 36.725 AED per USD is more than 2 %",
        ),
        (("--kind", "accrual", "--fx", "day"), "--fx-rates: is required by --fx day"),
        (("--kind", "invoice", "--as-of", "2026-10-05"), "--as-of: the month is complete up to 2026-10-05 only"),
    ],
)
def test_an_invalid_call_prints_one_sentence(
    bills: Path, settings: Path, arguments: tuple[str, ...], sentence: str
) -> None:
    assert sentence in wrong(run("journal", bills, *MONTH, "--controlling", settings, *arguments))


def test_an_invalid_file_prints_one_sentence(bills: Path, tmp_path: Path) -> None:
    broken = tmp_path / "controlling.yaml"
    for content, sentence in ((b"a: [", "not YAML"), (b"\xff", "cannot be read"), (b"[]", "(root)"), (b"", "ledger")):
        broken.write_bytes(content)
        assert sentence in wrong(run("vat", bills, *MONTH, "--controlling", broken))
