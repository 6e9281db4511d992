"""Values of exports that look like others, and options that would be ignored in silence.

FOCUS 1.2 (specification, read 2026-11-27): NumericFormat has digits, sign, point and exponent only; ChargeCategory and
ChargeClass have closed lists; a tag without a value is `true`; currencies are codes of ISO 4217.
"""

from datetime import date
from decimal import Decimal
from pathlib import Path

import duckdb
import pytest
from typer.testing import CliRunner

from falaj.cli.app import app
from falaj.cli.common import CommandError
from falaj.finops.errors import BadInput
from falaj.finops.showback.charges import Amount, load
from falaj.finops.showback.exchange import Exchange
from tests.unit.finops.exports import as_csv, charge, export, span

NOVEMBER = date(2026, 11, 1)
MONTH = (NOVEMBER, date(2026, 11, 30))


def amounts(file: Path, *by: str) -> list[Amount]:
    with load([file]) as charges:
        return charges.amounts(by, *MONTH)


@pytest.mark.parametrize(
    ("changed", "sentence"),
    [
        ({"EffectiveCost": "1_000"}, "EffectiveCost: '1_000' is not a number"),
        ({"PricingQuantity": "2_4"}, "PricingQuantity: '2_4' is not a number"),
        ({"Tags": "[]"}, "Tags: '[]' is a list, not an object of keys and values"),
        (
            {"ChargeCategory": "Banana"},
            "ChargeCategory: 'Banana' is not one of Usage, Purchase, Tax, Credit, Adjustment",
        ),
        ({"ChargeCategory": ""}, "ChargeCategory: '' is not one of Usage"),
        ({"BillingPeriodStart": "5"}, "BillingPeriodStart: '5' is not a time such as 2026-11-01T00:00:00Z"),
        (
            {"BillingPeriodStart": "1899-11-01T00:00:00Z"},
            "BillingPeriodStart: '1899-11-01T00:00:00Z' is not in the years",
        ),
        (
            {"CommitmentDiscountStatus": "unused"},
            "CommitmentDiscountStatus: 'unused' is neither Used, Unused nor empty",
        ),
        ({"CapacityReservationStatus": "Idle"}, "CapacityReservationStatus: 'Idle' is neither Used, Unused nor empty"),
        ({"ChargeClass": "corr"}, "ChargeClass: 'corr' is neither Correction nor empty"),
    ],
)
def test_a_value_that_focus_does_not_have_is_refused(tmp_path: Path, changed: dict[str, str], sentence: str) -> None:
    with pytest.raises(BadInput) as refused:
        amounts(export(tmp_path, [charge(NOVEMBER) | {"ChargeClass": ""} | changed]))
    assert f"aws.csv: line 2: {sentence}" in str(refused.value)


def test_tags_in_a_list_of_pairs_are_refused_with_the_reason(tmp_path: Path) -> None:
    source, target = export(tmp_path, [charge(NOVEMBER)]), tmp_path / "pairs.parquet"
    with duckdb.connect() as engine:
        tags = "[{'key': 'site', 'value': 'x'}] AS Tags"
        rows = f"SELECT * REPLACE ({tags}) FROM read_csv('{source}', all_varchar = true)"  # noqa: S608 - of this test
        engine.execute(f"COPY ({rows}) TO '{target}' (FORMAT parquet)")
    with pytest.raises(BadInput, match="is a list, not an object of keys and values"):
        amounts(target)


def test_a_code_in_small_letters_is_no_currency(tmp_path: Path) -> None:
    (amount,) = amounts(export(tmp_path, [charge(NOVEMBER, BillingCurrency="aed", PricingCurrency="")]))
    with pytest.raises(BadInput, match="'aed' is not a code of ISO 4217; correct the bill: AED in capitals"):
        Exchange().in_aed(amount)


def test_a_tag_without_a_value_is_true(tmp_path: Path) -> None:
    (amount,) = amounts(
        export(tmp_path, [charge(NOVEMBER, Tags='{"business-unit": true, "project": 7}')]), "business_unit", "project"
    )
    assert amount.by == ("true", "7")


@pytest.mark.parametrize(
    ("start", "end", "month"),
    [
        ("2026-10-31T20:00:00Z", "2026-11-01T20:00:00Z", 24),  # the first of November in Dubai
        ("2026-11-30T20:00:00Z", "2026-12-01T20:00:00Z", 0),
        ("2026-10-31T20:00:00Z", "2026-11-30T20:00:00Z", 24),  # November in Dubai
        ("2026-11-01T05:00:00Z", "2026-12-01T05:00:00Z", 24),  # November in New York
        ("2026-10-31T00:00:00Z", "2026-11-02T00:00:00Z", 12),
        ("2026-10-31T20:00:00Z", "2026-10-31T21:00:00Z", 0),  # an hour: its UTC day
    ],
)
def test_whole_days_of_another_time_zone_are_those_days(tmp_path: Path, start: str, end: str, month: int) -> None:
    bill = [charge(NOVEMBER, ChargePeriodStart=start, ChargePeriodEnd=end), charge(NOVEMBER, EffectiveCost="0")]
    assert sum(amount.cost for amount in amounts(export(tmp_path, bill))) == month


def test_a_billing_period_of_another_time_zone_is_that_month(tmp_path: Path) -> None:
    row = charge(NOVEMBER) | {"BillingPeriodStart": "2026-10-31T20:00:00Z"}
    (amount,) = amounts(export(tmp_path, [row]), "billing_month")
    assert amount.by == ("2026-11",)
    hour = charge(NOVEMBER, ChargePeriodStart="2026-11-30T20:00:00Z", ChargePeriodEnd="2026-11-30T21:00:00Z")
    (amount,) = amounts(export(tmp_path, [hour]), "billing_month")
    assert amount.by == ("2026-11",)


def test_a_column_without_a_name_is_read(tmp_path: Path) -> None:
    """Spreadsheets end the header with a comma."""
    lines = as_csv(span(NOVEMBER, 2)).splitlines()
    file = tmp_path / "bill.csv"
    file.write_text("".join(f"{line},\n" for line in lines))
    assert sum(amount.cost for amount in amounts(file)) == Decimal(48)


@pytest.mark.parametrize(
    ("options", "sentence"),
    [
        (("--rate", "36.725"), "--rate: '36.725' must have the form rate@date, such as 3.6725@2026-10-31"),
        (("--month", "2026-13"), "--month: '2026-13' is not a month such as 2026-11"),
        (("--common", "nobody"), "--common: unknown business unit 'nobody'; known: retail"),
        (("--weight", "retail=1"), "--weight: is used by --shared weights only"),
        (("--budget", "5", "--budget", "6"), "--budget: 'all' has two budgets, 5 and 6"),
        (("--invoice", "AED=2"), "--invoice: AED needs no rate per USD"),
    ],
)
def test_an_option_without_effect_is_refused(tmp_path: Path, options: tuple[str, ...], sentence: str) -> None:
    file = export(tmp_path, span(NOVEMBER, 5))
    result = CliRunner().invoke(app, ["showback", str(file), "--month", "2026-11", *options])
    assert isinstance(result.exception, CommandError), result.output
    assert sentence in str(result.exception)
