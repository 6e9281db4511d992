"""Price sheets of EA, MCA and CSP become price books."""

from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
import typer
import yaml
from typer.testing import CliRunner, Result

from falaj.cli.common import CommandError
from falaj.cli.prices import sheet as sheet_command
from falaj.facts.prices import catalogue
from falaj.finops.errors import BadInput
from falaj.finops.prices.azure_price_sheet import Agreement, read, unit_of
from falaj.finops.prices.azure_sheet_book import SheetTerms, book_of
from falaj.finops.prices.book import parse
from tests.unit.finops.price_sheets import CSP_COLUMNS, EA_COLUMNS, MCA_COLUMNS, csp, disk, machine, sheet

DAY = date(2026, 11, 27)
H100 = "NC40ads H100 v5"


def book(file: Path, day: date = DAY, **terms: Any) -> dict[tuple[str, str, str], str]:
    """Returns the rates of the price book of a sheet, which must be readable, by service, SKU and capacity."""
    made = book_of(read(file), SheetTerms("EA 1", day, **terms))
    parse(made.text, catalogue(), day)
    rates = yaml.safe_load(made.text)["rates"]
    return {(rate["service"], rate["sku"], rate.get("capacity", "on-demand")): rate["usd"] for rate in rates}


def test_an_enterprise_agreement_prices_in_blocks(tmp_path: Path) -> None:
    rows = [
        machine(H100, "820") | {"UnitOfMeasure": "100 Hours"},
        machine(f"{H100} Spot", "3.1"),
        machine("D2 v3/D2s v3", "0.1", "Dv3/DSv3"),
        machine("D2 v3/D2s v3", "0.2", "Dv3/DSv3") | {"PriceType": "SavingsPlan", "Term": "P1Y"},
        machine("D2 v3/D2s v3", "0.3", "Dv3/DSv3", "US East"),
        machine("D4s v5", "0.5", "Dsv5 Series Windows"),
        machine("D4s v5 Low Priority", "0.05", "Dsv5"),
        disk("20", "1 /Month"),
    ]
    file = sheet(tmp_path, EA_COLUMNS, rows)
    assert book(file) == {
        ("machine", "Standard_NC40ads_H100_v5", "on-demand"): "8.2",
        ("machine", "Standard_NC40ads_H100_v5", "spot"): "3.1",
        ("machine", "Standard_D2_v3", "on-demand"): "0.1",
        ("machine", "Standard_D2s_v3", "on-demand"): "0.1",
        ("disk", "p10", "on-demand"): "20",
    }
    assert (read(file).agreement, read(file).skipped) == (Agreement.EA, {"another price type": 1, "another region": 1})


def test_a_customer_agreement_has_tiers_and_a_margin(tmp_path: Path) -> None:
    hot = {"MeterCategory": "Storage", "MeterName": "Hot LRS Data Stored", "UnitOfMeasure": "1 GB/Month"}
    hot |= {"Product": "General Block Blob v2 - Hot LRS - AE North"}
    reads = hot | {"MeterName": "Hot Read Operations", "UnitOfMeasure": "10K", "UnitPrice": "0.006"}
    rows = [
        machine(H100, "8"),
        disk("0") | hot | {"tierMinimumUnits": "0", "UnitPrice": "0.03"},
        disk("0") | hot | {"tierMinimumUnits": "51200", "UnitPrice": "0.02"},
        disk("0") | reads,
    ]
    file = sheet(tmp_path, MCA_COLUMNS, rows)
    assert read(file).agreement is Agreement.MCA
    assert book(file, margin=Decimal(10)) == {
        ("machine", "Standard_NC40ads_H100_v5", "on-demand"): "8.8",
        ("blob", "hot-lrs", "on-demand"): "0.033",
        ("blob", "reads", "on-demand"): "0.0066",
    }


def test_a_partners_list_in_aed(tmp_path: Path) -> None:
    rows = [
        csp("Virtual Machines NCads H100 v5 Series", H100, "36.725", Currency="AED"),
        csp("Premium SSD Managed Disks", "P10 LRS", "73.45", Currency="AED", UnitOfMeasure="1/Month"),
        csp("Virtual Machines NCads H100 v5 Series", H100, "90000", TermDuration="P1Y"),
        csp("Advanced Data Security - SQL Database", "Standard", "15", UnitOfMeasure="1 Node/Month"),
    ]
    file = sheet(tmp_path, CSP_COLUMNS, rows)
    assert read(file).agreement is Agreement.CSP
    peg = Decimal("3.6725")
    assert book(file, aed_per_usd=peg) == {
        ("machine", "Standard_NC40ads_H100_v5", "on-demand"): "10",
        ("disk", "p10", "on-demand"): "20",
    }
    assert Decimal(book(file, aed_per_usd=peg, margin=Decimal(12))["disk", "p10", "on-demand"]) == Decimal("22.4")
    with pytest.raises(BadInput, match="--rate: is required, because the price sheet is in AED"):
        book(file)


def test_the_book_is_valid_as_long_as_the_sheet(tmp_path: Path) -> None:
    made = book_of(read(sheet(tmp_path, EA_COLUMNS, [machine(H100, "8")])), SheetTerms("EA 1", DAY, Decimal(5)))
    content = yaml.safe_load(made.text)
    assert (content["valid_from"], content["valid_until"]) == (date(2026, 11, 1), date(2026, 11, 30))
    assert content["contract"] == "EA 1, margin 5 %"
    old = sheet(tmp_path, EA_COLUMNS, [machine(H100, "8") | {"EffectiveEndDate": "10/31/2026"}])
    with pytest.raises(BadInput, match="has no price of 2026-11-27 for a machine or service of the catalogue"):
        book(old)
    endless = book_of(
        read(sheet(tmp_path, CSP_COLUMNS, [csp("Virtual Machines X", H100, "8")])), SheetTerms("CSP", DAY)
    )
    assert yaml.safe_load(endless.text)["valid_until"] == date(2026, 11, 30)


def test_several_prices_of_one_meter_are_not_guessed(tmp_path: Path) -> None:
    made = book_of(
        read(sheet(tmp_path, EA_COLUMNS, [machine(H100, "8"), machine(H100, "9"), disk("20")])), SheetTerms("EA 1", DAY)
    )
    assert made.rates == 1
    name = "machine Standard_NC40ads_H100_v5 in uaenorth"
    assert made.unmatched == (f"{name}: the list has several prices (8, 9)",)


@pytest.mark.parametrize(
    ("unit", "expected"),
    [
        # Units and sizes of their blocks: PricingUnits.csv of the FinOps toolkit, commit 00f8024d, read 2026-11-27.
        ("1 Hour", (1, "hour")),
        ("100 Hours", (100, "hour")),
        ("10 Hour", (10, "hour")),
        ("1/Hour", (1, "hour")),
        ("1 /Month", (1, "month")),
        ("1/Month", (1, "month")),
        ("100 GB/Month", (100, "gb/month")),
        ("1 MB", (1, "mb")),
        ("10K", (10_000, "")),
        ("10000 ", (10_000, "")),
        ("10000 Transactions", (10_000, "")),
        ("1M", (1_000_000, "")),
        ("10K/Month", (10_000, "month")),
    ],
)
def test_units_of_measure(unit: str, expected: tuple[int, str]) -> None:
    assert unit_of(unit, "sheet") == expected


@pytest.mark.parametrize(
    ("changed", "sentence"),
    [
        ({"UnitPrice": "free"}, "row 2: UnitPrice: 'free' is not a number"),
        ({"UnitPrice": "-1"}, "row 2: UnitPrice: '-1' is not a number, zero or more"),
        ({"UnitOfMeasure": "hours"}, "row 2: UnitOfMeasure: 'hours' is no unit such as"),
        ({"EffectiveStartDate": "1 Nov"}, "row 2: '1 Nov' is not a date such as"),
        ({"CurrencyCode": "EUR"}, "has prices in EUR; only USD and AED can be read"),
    ],
)
def test_a_row_that_cannot_be_read_is_refused(tmp_path: Path, changed: dict[str, str], sentence: str) -> None:
    with pytest.raises(BadInput) as error:
        book(sheet(tmp_path, EA_COLUMNS, [machine(H100, "8") | changed]))
    assert sentence in str(error.value)


def run(*arguments: object) -> Result:
    app = typer.Typer()
    app.command()(sheet_command)
    return CliRunner().invoke(app, [str(item) for item in arguments])


def test_the_command_writes_a_book_that_the_bill_reads(tmp_path: Path) -> None:
    today = datetime.now(UTC).date()
    row = machine(H100, "8") | {
        "EffectiveStartDate": today.replace(day=1).isoformat(),
        "EffectiveEndDate": "9999-12-31",
    }
    file, written = sheet(tmp_path, EA_COLUMNS, [row]), tmp_path / "book.yaml"
    result = run(file, "--contract", "EA 1", "--margin", "5", "--out", written)
    assert result.exit_code == 0, result.output
    assert "ea price sheet: 1 rates" in result.output
    price = parse(written.read_text(), catalogue(), today).prices.machine(
        "uaenorth", "Standard_NC40ads_H100_v5", "on-demand"
    )
    assert (price.usd, price.book) == (Decimal("8.40"), "EA 1, margin 5 %")


@pytest.mark.parametrize(
    ("options", "sentence"),
    [
        (["--margin", "0.05"], "--margin: 0.05 percent is a factor of 0.0005; did you mean 5?"),
        (["--margin", "150"], "--margin: must be a percentage from 0 to 100"),
        (["--rate", "36.725"], "--rate: 36.725 AED per USD is more than 2 % from the peg; did you mean 3.6725?"),
        (["--day", "soon"], "--day: 'soon' is not a date"),
    ],
)
def test_implausible_options_are_asked_about(tmp_path: Path, options: list[str], sentence: str) -> None:
    file = sheet(tmp_path, EA_COLUMNS, [machine(H100, "8")])
    result = run(file, "--contract", "EA 1", *options)
    assert isinstance(result.exception, CommandError)
    assert sentence in str(result.exception)
    confirmed = run(file, "--contract", "EA 1", "--day", DAY, "--margin", "0.05", "--confirm-percent")
    assert "margin 0.05 %" in confirmed.output


@pytest.mark.parametrize(
    ("header", "agreement"),
    [
        # As the FinOps toolkit reads exports of version 2023-05-01 (finops-hub/schemas, commit 6a2daa1b, 2026-11-27).
        (
            "EnrollmentNumber,MeterID,MeterName,MeterType,MeterCategory,MeterSubCategory,ServiceFamily,Product,SkuID,"
            "ProductID,MeterRegion,UnitOfMeasure,PartNumber,EffectiveStartDate,EffectiveEndDate,UnitPrice,BasePrice,"
            "MarketPrice,CurrencyCode,IncludedQuantity,OfferID,Term,PriceType",
            Agreement.EA,
        ),
        (
            "BillingAccountId,BillingAccountName,BillingProfileId,BillingProfileName,ServiceFamily,Product,ProductId,"
            "SkuId,UnitOfMeasure,MeterId,MeterName,MeterType,MeterCategory,MeterSubCategory,MeterRegion,"
            "TierMinimumUnits,EffectiveStartDate,EffectiveEndDate,UnitPrice,BasePrice,MarketPrice,Currency,"
            "BillingCurrency,Term,PriceType",
            Agreement.MCA,
        ),
        # Response of the price sheet API of Partner Center, as documented there.
        (
            "ProductTitle,ProductId,SkuId,SkuTitle,Publisher,SkuDescription,UnitOfMeasure,TermDuration,Market,Currency,"
            "UnitPrice,PricingTierRangeMin,PricingTierRangeMax,EffectiveStartDate,EffectiveEndDate,MeterIds,MeterType,"
            "Tags",
            Agreement.CSP,
        ),
    ],
)
def test_real_headers_are_recognised(tmp_path: Path, header: str, agreement: Agreement) -> None:
    file = tmp_path / "sheet.csv"
    file.write_bytes(f"\ufeff{header}\r\n".encode())
    assert read(file).agreement is agreement


def test_what_is_no_price_sheet_is_refused(tmp_path: Path) -> None:
    file = tmp_path / "x.csv"
    file.write_text("Date,Cost\n1,2\n")
    with pytest.raises(
        BadInput, match="is no price sheet of EA, MCA or CSP; nearest is csp, which also has producttitle"
    ):
        read(file)
