"""Every documented form of a cost export is read: versions of FOCUS, both clouds, CSV, gzip, Parquet, folders.

The rows are our own. The forms are those of AWS Data Exports (User Guide, dataexports-export-delivery), of Azure Cost
Management (Microsoft's FinOps toolkit, data-processing.md), and of the FOCUS project's sample data (FOCUS-Sample-Data,
commit adbdd17); all read 2026-11-27.
"""

import gzip
from collections.abc import Callable
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import duckdb
import pytest

from falaj.finops.errors import BadInput
from falaj.finops.showback.charges import Amount, load
from falaj.finops.showback.engine import connect, name, text
from tests.unit.finops.exports import as_csv, charge, span

NOVEMBER = date(2026, 11, 1)
ROWS = span(NOVEMBER, 3)
ALWAYS = (date(2000, 1, 1), date(2099, 12, 31))
BY = ("provider", "site", "business_unit")


def total(*paths: Path, by: tuple[str, ...] = BY) -> list[Amount]:
    with load(paths) as charges:
        return charges.amounts(by, *ALWAYS)


def written(path: Path, text: str) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, newline="")
    return path


def only(*paths: Path) -> Amount:
    (amount,) = total(*paths)
    return amount


def copied(source: Path, target: Path, options: str, select: str = "*") -> Path:
    with duckdb.connect() as engine:
        rows = f"SELECT {select} FROM read_csv('{source}', all_varchar = true)"  # noqa: S608 - of this test
        engine.execute(f"COPY ({rows}) TO '{target}' ({options})")
    return target


FORMS: dict[str, Callable[[Path, Path], Path]] = {
    "csv": lambda source, _: source,
    "gzip": lambda source, folder: _gzipped(source, folder / "aws-00001.csv.gz"),
    "parquet of texts": lambda source, folder: copied(source, folder / "aws.parquet", "FORMAT parquet"),
    "parquet of types": lambda source, folder: copied(source, folder / "aws.parquet", "FORMAT parquet", TYPED),
    "parquet with doubles": lambda source, folder: copied(source, folder / "aws.parquet", "FORMAT parquet", DOUBLES),
    "folders of columns, CSV": lambda source, folder: copied(
        source, folder / "hive", "FORMAT csv, PARTITION_BY (ProviderName, BillingCurrency)"
    ),
    "folders of columns, Parquet": lambda source, folder: copied(
        source, folder / "hive", "FORMAT parquet, PARTITION_BY (ProviderName, BillingCurrency)"
    ),
}
TYPED = """* REPLACE (CAST(EffectiveCost AS DECIMAL(30, 15)) AS EffectiveCost,
  CAST(ChargePeriodStart AS TIMESTAMPTZ) AS ChargePeriodStart, CAST(ChargePeriodEnd AS TIMESTAMP) AS ChargePeriodEnd,
  map(['business-unit', 'site'], ['retail', 'aws']) AS Tags)"""
DOUBLES = (
    "* REPLACE (CAST(EffectiveCost AS DOUBLE) AS EffectiveCost, CAST(PricingQuantity AS FLOAT) AS PricingQuantity)"
)


def _gzipped(source: Path, target: Path) -> Path:
    target.write_bytes(gzip.compress(source.read_bytes()))
    return target


@pytest.mark.parametrize("form", FORMS)
def test_files_and_folders(tmp_path: Path, form: str) -> None:
    source = written(tmp_path / "source" / "aws.csv", as_csv(ROWS))
    amount = only(FORMS[form](source, tmp_path))
    assert (amount.by, amount.cost, amount.usd, amount.quantity) == (("AWS", "aws", "retail"), 72, 72, 72)


def test_a_folder_of_several_forms_and_other_files(tmp_path: Path) -> None:
    written(tmp_path / "a" / "one.csv", as_csv(ROWS))
    written(tmp_path / "a" / "b" / "manifest.json", "{}")
    _gzipped(written(tmp_path / "two.tmp", as_csv(span(date(2026, 11, 4), 2))), tmp_path / "a" / "b" / "two.csv.gz")
    assert only(tmp_path / "a").cost == 120
    (tmp_path / "empty").mkdir()
    with pytest.raises(BadInput, match=r"empty: is a folder without a file that ends in \.csv, \.csv\.gz, \.parquet"):
        total(tmp_path / "empty")


@pytest.mark.parametrize("damaged", range(3))
def test_of_several_files_the_damaged_one_is_named(tmp_path: Path, damaged: int) -> None:
    """The engine reads files of one layout in one query, whose error names none of them."""
    for number in range(3):
        days = span(date(2026, 11, 1 + 5 * number), 5)
        packed = _gzipped(written(tmp_path / "days.tmp", as_csv(days)), tmp_path / f"{number}.csv.gz")
        if number == damaged:
            packed.write_bytes(packed.read_bytes()[:-12])
    with pytest.raises(BadInput, match=rf"{damaged}\.csv\.gz: is a gzip file that is cut off or damaged"):
        total(tmp_path)


def renamed(row: dict[str, Any], **names: str | None) -> dict[str, Any]:
    return {new: value for key, value in row.items() if (new := names.get(key, key)) is not None}


VERSIONS = {
    "1.0": renamed(charge(NOVEMBER), PricingCurrency=None, PricingCurrencyEffectiveCost=None),
    "1.2": charge(NOVEMBER),
    "1.3": charge(NOVEMBER) | {"ServiceProviderName": "AWS", "HostProviderName": "AWS"},
    "1.4": renamed(charge(NOVEMBER), ProviderName="ServiceProviderName"),
    "1.0-preview": renamed(
        charge(NOVEMBER), RegionId="Region", PricingCurrency=None, PricingCurrencyEffectiveCost=None
    ),
    "lower case, as Athena writes it": {key.lower(): value for key, value in charge(NOVEMBER).items()},
    "the FOCUS project's sample data": charge(
        NOVEMBER, ChargePeriodStart="2026-11-01 22:00:00", ChargePeriodEnd="2026-11-01 23:00:00", SkuId="NULL"
    ),
    "Azure, times without seconds": charge(
        NOVEMBER, ChargePeriodStart="2026-11-01T00:00Z", ChargePeriodEnd="2026-11-02T00:00Z"
    ),
}


@pytest.mark.parametrize("version", VERSIONS)
def test_versions_of_focus(tmp_path: Path, version: str) -> None:
    amount = only(written(tmp_path / "bill.csv", as_csv([VERSIONS[version]])))
    assert (amount.by, amount.cost, amount.usd) == (("AWS", "aws", "retail"), 24, 24)


def test_the_sample_datas_null_is_no_value(tmp_path: Path) -> None:
    row = charge(NOVEMBER, Tags="NULL", RegionId="NULL", ServiceName="NULL", PricingQuantity="NULL")
    (amount,) = total(written(tmp_path / "bill.csv", as_csv([row])), by=("site", "business_unit", "service"))
    assert amount.by == ("(no region)", "(untagged)", "(other)")
    assert amount.quantity is None


def test_azure_in_dirhams_states_its_dollars(tmp_path: Path) -> None:
    """Azure's FOCUS 1.0 has no PricingCurrencyEffectiveCost; tags lack the braces."""
    row = renamed(
        charge(NOVEMBER, BillingCurrency="AED", EffectiveCost="88.14", ProviderName="Microsoft"),
        PricingCurrency=None,
        PricingCurrencyEffectiveCost="x_EffectiveCostInUsd",
    ) | {"x_EffectiveCostInUsd": "24", "Tags": '"business-unit": "retail","site": "azure"'}
    amount = only(written(tmp_path / "part_0_0001.csv", as_csv([row])))
    assert (amount.by, amount.currency) == (("Microsoft", "azure", "retail"), "AED")
    assert (amount.cost, amount.usd) == (Decimal("88.14"), 24)


def test_the_fields_of_a_controller(tmp_path: Path) -> None:
    tags = '{"cost-centre": "cc-7", "environment": "prod"}'
    row = charge(NOVEMBER, Tags=tags, BilledCost="30") | {
        "InvoiceId": "INV-1",
        "InvoiceIssuerName": "Amazon Web Services EMEA SARL",
        "BillingAccountId": "123456789012",
        "SubAccountId": "/subscriptions/ABC",
    }
    by = ("cost_centre", "environment", "issuer", "invoice", "account", "sub_account", "category")
    (amount,) = total(written(tmp_path / "bill.csv", as_csv([row])), by=by)
    assert amount.by == ("cc-7", "prod", "Amazon Web Services EMEA SARL", "INV-1", "123456789012", "abc", "Usage")
    assert (amount.cost, amount.billed) == (24, 30)


def test_amounts_are_exact(tmp_path: Path) -> None:
    costs = ["0.000000000000000001", "99999999999999", "-1E-7", "1e3"]
    rows = [charge(NOVEMBER, EffectiveCost=cost, ResourceId=cost) for cost in costs]
    assert only(written(tmp_path / "bill.csv", as_csv(rows))).cost == sum(map(Decimal, costs))


def test_the_engine_reads_nothing_else(tmp_path: Path) -> None:
    """No other file, no network, no extension, and no way to allow them."""
    given, other = written(tmp_path / "a.csv", "A\n1\n"), written(tmp_path / "b.csv", "A\n2\n")
    folder = tmp_path / "work"
    folder.mkdir()
    with connect(folder, [given]) as connection:
        assert connection.execute(f"FROM read_csv('{given}')").fetchall() == [(1,)]
        for statement in (
            f"FROM read_csv('{other}')",
            "FROM read_csv('https://example.com/a.csv')",
            "INSTALL httpfs",
            "SET enable_external_access = true",
        ):
            with pytest.raises(duckdb.Error):
                connection.execute(statement)
        settings = dict(
            connection.execute("SELECT name, value FROM duckdb_settings() WHERE name LIKE 'auto%extensions'").fetchall()
        )
    assert set(settings.values()) == {"false"}


def test_a_charge_of_several_days_counts_with_its_days_in_the_period(tmp_path: Path) -> None:
    """Four days, of which the period has one."""
    row = charge(NOVEMBER, ChargePeriodEnd="2026-11-05T00:00:00Z", PricingCurrencyEffectiveCost="24")
    with load([written(tmp_path / "bill.csv", as_csv([row]))]) as charges:
        (amount,) = charges.amounts((), NOVEMBER, NOVEMBER)
    assert (amount.cost, amount.billed, amount.usd, amount.quantity) == (6, 6, 6, 6)


@pytest.mark.parametrize("column", ["plain", 'with "quotes"', '"', "it's", "a; DROP TABLE b", "الكلفة"])
def test_a_column_of_any_name_is_one_column(column: str) -> None:
    with duckdb.connect() as engine:
        engine.execute(f"CREATE TABLE rows ({name(column)} VARCHAR)")
        engine.execute(f"INSERT INTO rows VALUES ({text(column)})")  # noqa: S608 - of this test
        found = engine.execute(f"SELECT {name(column)} FROM rows")  # noqa: S608 - of this test
        assert (found.description[0][0], found.fetchall()) == (column, [(column,)])
