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
    assert not any("utilisation" in note for note in result["notes"])
    busy.write_text("business-unit,site,busy\nretail,,0.25\nretial,,0.5\n,nowhere,0.5\n,,0.1\n")
    result = json.loads(run(bill, *MONTH, "--utilisation", busy, "--json").output)
    assert (
        "no machine of the files has business-unit retial; site nowhere: their utilisation is not used"
        in result["notes"]
    )
    for text, sentence in (
        ("retail,0.5\n", "has the column 'retail'"),
        ("site\naws\n", "has the column 'nothing'; there must be busy"),
        ("site,busy\naws,1.5\n", "line 2: busy must be a share"),
        ("site,busy\naws,most\n", "line 2: 'most' is not a number"),
        ("site,busy\n", "has no row"),
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


def test_lines_within_tags_do_not_end_rows(tmp_path: Path) -> None:
    tags = ('{"business-unit": \n"retail"}', '"business-unit": "lending",\r\n"project": "x"')
    rows = [charge(NOVEMBER, EffectiveCost=cost, Tags=tag) for cost, tag in zip(("1", "2"), tags, strict=True)]
    result = json.loads(run(export(tmp_path, rows), *MONTH, "--json").output)
    assert set(result["business_units"]) == {"retail", "lending"}


@pytest.mark.parametrize(
    ("options", "sentence"),
    [
        (["--month", "soon"], "--month: 'soon' is not a month such as 2026-11"),
        (["--month", "2026-01"], "--month: the files have no data for 2026-01"),
        ([*MONTH, "--as-of", "2026-12-01"], "--as-of: 2026-12-01 is not a date of 2026-11"),
        ([*MONTH, "--budget", "0"], "--budget: a budget must be more than zero"),
        ([*MONTH, "--budget", "shop=5"], "--budget: unknown business unit 'shop'; known: all, retail"),
        ([*MONTH, "--shared", "fair"], "--shared: by: input should be 'none', 'direct', 'even' or 'weights'"),
        ([*MONTH, "--shared", "weights", "--weight", "shop=5"], "shared.weights: must name exactly the business units"),
        ([*MONTH, "--weight", "shop"], "--weight: 'shop' must have the form name=amount"),
        ([*MONTH, "--rate", "0@2026-11-01"], "rates.aed_per_usd: a rate must be more than zero"),
        ([*MONTH, "--rate", "3.6725"], "must have the form rate@date, such as 3.6725@2026-10-31"),
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
        ({"Tags": "[" * 100_000}, "is not JSON"),
        ({"Tags": '{"project": "\\ud800"}'}, "is not JSON"),
        ({"EffectiveCost": "1e999999999"}, "EffectiveCost: '1e999999999' is not a number below 10^14"),
        ({"EffectiveCost": "1e308"}, "EffectiveCost: '1e308' is not a number below 10^14"),
        ({"EffectiveCost": "1\x002"}, "is not a number"),
        ({"PricingQuantity": "1e26"}, "PricingQuantity: '1e26' is not a number below 10^26"),
        ({"ChargePeriodStart": "0001-01-01T00:00:00+04:00"}, "is not in the years 2000 to 2099"),
        ({"ChargePeriodEnd": "infinity"}, "is not in the years 2000 to 2099"),
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
    (tmp_path / "bill.json").write_text('{"a":' * 100_000)
    assert "not JSON" in wrong(run(tmp_path / "bill.json", *MONTH))


BILL = as_csv(span(NOVEMBER, 9)).encode()
SHIFTED = as_csv([charge(NOVEMBER, Tags="")]).encode().replace(b"AWS", b",AWS")
LONG = gzip.compress(as_csv(span(date(2020, 1, 1), 2000)).encode())


@pytest.mark.parametrize(
    ("name", "content", "sentence"),
    [
        ("bill.csv.gz", gzip.compress(BILL)[:-12], "is a gzip file that is cut off or damaged"),
        ("bill.csv.gz", gzip.compress(BILL)[:40] + bytes(400), "is a gzip file that is cut off or damaged"),
        ("bill.csv.gz", LONG[:-2000], "is a gzip file that is cut off or damaged"),
        ("bill.parquet", BILL, "is no Parquet file"),
        ("bill.parquet", b"PAR1" + BILL, "cannot be read: No magic bytes found at end of file"),
        ("bill.csv", b"PK\x03\x04", "is a zip archive; unpack it"),
        ("bill.csv", BILL.decode().encode("utf-16"), "is UTF-16; save it as UTF-8"),
        ("bill.csv", BILL.replace(b"retail", b"r\xe9tail", 1), "line 2: is not UTF-8"),
        ("bill.csv", BILL.replace(b"EC2", b'"EC2', 1), "line 2: begins a quoted value that does not end"),
        ("bill.csv", BILL.replace(b"ServiceName", b'"ServiceName', 1), "cannot be read: ',' expected after '\"'"),
        ("bill.csv", BILL.replace(b"ServiceName", b'"Service\nName"', 1), "has a name of a column over lines"),
        ("bill.csv", BILL.replace(b"i-1", b"i-1,", 1), "line 2: has a different number of fields than the header"),
        ("bill.csv", SHIFTED, "line 2: has a different number of fields than the header"),
        ("bill.csv", BILL.replace(b"\r\n", b"\n", 2), "; the file mixes CR LF and LF as line ends"),
        ("bill.csv", BILL.replace(b"BilledCost", b"effectivecost", 1), "has the column 'EffectiveCost' 2 times"),
        ("bill.csv", BILL.replace(b",", b";"), "it lacks EffectiveCost, BillingCurrency"),
        ("bill.csv", BILL.replace(b",", b";"), "; its values are separated by ';' and not by commas: give the file"),
        ("bill.csv", BILL.replace(b",", b"\t"), "; its values are separated by tabs and not by commas"),
        ("bill.csv", b"identity/LineItemId,lineItem/UnblendedCost\n", "; it is a Cost and Usage Report: create"),
        ("bill.csv", b"line_item_unblended_cost,resource_tags\n", "; it is a Cost and Usage Report: create"),
        ("bill.csv", b"", "is not a FOCUS export: it lacks EffectiveCost"),
    ],
)
def test_files_that_are_no_export_are_rejected(tmp_path: Path, name: str, content: bytes, sentence: str) -> None:
    (tmp_path / name).write_bytes(content)
    message = wrong(run(tmp_path / name, *MONTH))
    assert message.startswith(f"{tmp_path / name}: ")
    assert sentence in message


def test_line_ends_do_not_matter(tmp_path: Path) -> None:
    for number, ends in enumerate((b"\r\n", b"\n", b"\r")):
        file = tmp_path / f"{number}.csv"
        file.write_bytes(BILL.replace(b"\r\n", ends))
        assert json.loads(run(file, *MONTH, "--json").output)["total"]["own"] == "705.12"  # 8 x 24 x 3.6725


def test_a_file_of_one_day_shows_it(tmp_path: Path) -> None:
    result = json.loads(run(export(tmp_path, [charge(date(2026, 11, 20))]), *MONTH, "--json").output)
    assert (result["as_of"], result["total"]["own"]) == ("2026-11-20", "88.14")
    assert result["notes"] == ["2026-11-20 is the only day with charges, and may be incomplete"]
