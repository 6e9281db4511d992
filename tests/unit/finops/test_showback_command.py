"""`falaj showback`: its input, rejected input, and exit statuses."""

import gzip
import json
from datetime import date
from pathlib import Path

import pytest
import typer
from typer.testing import CliRunner, Result

from falaj.cli.common import EXIT_FAILED, EXIT_INVALID, EXIT_OK, CommandError
from falaj.cli.showback import showback
from tests.unit.finops.exports import as_csv, charge, estimate, export, span

MONTH = ["--month", "2026-11"]
NOVEMBER = date(2026, 11, 1)


def run(*arguments: object) -> Result:
    app = typer.Typer()
    app.command()(showback)
    return CliRunner().invoke(app, [str(item) for item in arguments])


def wrong(result: Result) -> str:
    assert isinstance(result.exception, CommandError), result.output
    assert result.exception.status == EXIT_INVALID
    assert "\n" not in str(result.exception)
    return str(result.exception)


@pytest.fixture
def bill(tmp_path: Path) -> Path:
    return export(tmp_path, span(date(2026, 9, 1), 80))


def test_output_as_tables_markdown_and_json(bill: Path) -> None:
    shown = run(bill, *MONTH)
    assert shown.exit_code == EXIT_OK, shown.output
    assert "retail" in shown.output
    assert run(bill, *MONTH, "--markdown").output.startswith("# Cost of November 2026, until 2026-11-18")
    assert json.loads(run(bill, *MONTH, "--json").output)["total"]["own"] == "1586.52"  # 18 x 24 x 3.6725


def test_rates_of_months_and_of_currencies(bill: Path, tmp_path: Path) -> None:
    rates = ("--rate", "3.6725@2026-10-01", "--rate", "3.7@2026-11-01")
    result = json.loads(run(bill, *MONTH, *rates, "--json").output)
    assert result["total"]["own"] == "1598.40"
    assert result["effects"]["retail"]["rate"] == "11.88"
    euro = export(tmp_path, [charge(NOVEMBER, BillingCurrency="EUR", PricingCurrency="EUR")], "euro.csv")
    assert "a bill is in EUR" in wrong(run(euro, *MONTH))
    assert json.loads(run(euro, *MONTH, "--invoice", "EUR=0.96", "--json").output)["total"]["own"] == "91.81"


def test_a_budget_or_an_anomaly_fails_only_on_request(bill: Path, tmp_path: Path) -> None:
    assert run(bill, *MONTH, "--budget", "2000").exit_code == EXIT_OK
    assert run(bill, *MONTH, "--budget", "2000", "--refuse-over-budget").exit_code == EXIT_FAILED
    assert run(bill, *MONTH, "--budget", "retail=9000", "--refuse-over-budget").exit_code == EXIT_OK
    assert run(bill, *MONTH, "--refuse-anomalies").exit_code == EXIT_OK
    anomalous = export(tmp_path, [*span(date(2026, 9, 1), 80), charge(NOVEMBER, EffectiveCost="300")], "odd.csv")
    assert run(anomalous, *MONTH).exit_code == EXIT_OK
    assert run(anomalous, *MONTH, "--refuse-anomalies").exit_code == EXIT_FAILED


def test_measured_machines_and_shared_cost(bill: Path, tmp_path: Path) -> None:
    busy = tmp_path / "busy.csv"
    busy.write_text("business-unit,busy\nretail,0.25\n")
    result = json.loads(run(bill, *MONTH, "--utilisation", busy, "--shared", "direct", "--json").output)
    assert result["business_units"]["retail"]["idle"] == "1189.89"
    for text, sentence in (
        ("retail,0.5\n", "has the column 'retail'"),
        ("site\naws\n", "has the column 'nothing'; there must be busy"),
        ("site,busy\naws,1.5\n", "line 2: busy must be a share"),
        ("site,busy\naws,most\n", "line 2: 'most' is not a number"),
    ):
        busy.write_text(text)
        assert sentence in wrong(run(bill, *MONTH, "--utilisation", busy))


def test_compressed_exports_and_the_tags_of_azure(tmp_path: Path) -> None:
    azure = charge(NOVEMBER, ProviderName="Microsoft", Tags='"Business-Unit": "lending","project": "x"')
    packed = tmp_path / "azure.csv.gz"
    packed.write_bytes(gzip.compress(("\ufeff" + as_csv([azure])).encode()))
    result = json.loads(run(packed, *MONTH, "--json").output)
    assert set(result["business_units"]) == {"lending"}
    assert set(result["sites"]) == {"me-central-1"}
    amazon = export(tmp_path, [charge(NOVEMBER, Tags='{"user:business-unit": "a"}')])
    assert set(json.loads(run(amazon, *MONTH, "--json").output)["business_units"]) == {"a"}


@pytest.mark.parametrize(
    ("options", "sentence"),
    [
        (["--month", "soon"], "--month: 'soon-01' is not a date"),
        (["--month", "2026-01"], "--month: the files have no data for 2026-01"),
        ([*MONTH, "--as-of", "2026-12-01"], "--as-of: 2026-12-01 is not a date of 2026-11"),
        ([*MONTH, "--budget", "0"], "--budget: a budget must be more than zero"),
        ([*MONTH, "--budget", "shop=5"], "--budget: unknown business unit 'shop'; known: all, retail"),
        ([*MONTH, "--shared", "fair"], "--shared: by: input should be 'none', 'direct', 'even' or 'weights'"),
        ([*MONTH, "--shared", "weights", "--weight", "shop=5"], "shared.weights: must name exactly the business units"),
        ([*MONTH, "--weight", "shop"], "--weight: 'shop' must have the form name=amount"),
        ([*MONTH, "--rate", "0@2026-11-01"], "rates.aed_per_usd: a rate must be more than zero"),
        ([*MONTH, "--rate", "3.6725"], "--rate: '' is not a date"),
        ([*MONTH, "--invoice", "EUR=0"], "rates.invoice.per_usd"),
    ],
)
def test_an_invalid_call_prints_one_sentence(bill: Path, options: list[str], sentence: str) -> None:
    assert sentence in wrong(run(bill, *options))


@pytest.mark.parametrize(
    ("changed", "sentence"),
    [
        ({"EffectiveCost": "much"}, "line 2: EffectiveCost: 'much' is not a number"),
        ({"EffectiveCost": ""}, "line 2: EffectiveCost: is empty"),
        ({"ChargePeriodEnd": "2026-11-01T00:00:00Z"}, "line 2: ends at 2026-11-01T00:00:00Z, which is not after"),
        ({"ChargePeriodStart": "then"}, "ChargePeriodStart: 'then' is not a time"),
        ({"Tags": "{broken"}, "Tags: '{broken' is not JSON"),
    ],
)
def test_invalid_rows_are_rejected(tmp_path: Path, changed: dict[str, str], sentence: str) -> None:
    assert sentence in wrong(run(export(tmp_path, [charge(NOVEMBER, **changed)]), *MONTH))


def test_invalid_files_are_rejected(tmp_path: Path) -> None:
    assert "cannot be read" in wrong(run(tmp_path / "nowhere.csv", *MONTH))
    short = tmp_path / "short.csv"
    short.write_text("EffectiveCost,BillingCurrency\n1,USD\n")
    assert "is not a FOCUS export: it lacks ChargeCategory, ChargePeriodStart" in wrong(run(short, *MONTH))
    short.write_text(as_csv([charge(NOVEMBER)]) + "1,2\r\n", newline="")
    assert "line 3: has a different number of fields" in wrong(run(short, *MONTH))
    for text, sentence in (("{", "not JSON"), ("{}", "is not an estimate")):
        (tmp_path / "bill.json").write_text(text)
        assert sentence in wrong(run(tmp_path / "bill.json", *MONTH))
    assert "focus[0]: is not a FOCUS row" in wrong(run(estimate(tmp_path, [{}]), *MONTH))
    unpriced = charge(NOVEMBER) | {"EffectiveCost": None}
    assert "no data for 2026-11" in wrong(run(estimate(tmp_path, [unpriced]), *MONTH))
