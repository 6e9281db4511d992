"""Azure's own cost details are read as FOCUS rows."""

from datetime import date
from decimal import Decimal
from pathlib import Path

import duckdb
import pytest

from falaj.finops.errors import BadInput
from falaj.finops.showback.charges import Amount, load
from falaj.finops.showback.columns import Columns
from falaj.finops.showback.cost_details import are_cost_details, cost_details

MCA = (
    "date,costInBillingCurrency,billingCurrency,costInUsd,chargeType,resourceLocation,meterCategory,meterId,quantity,"
    "ResourceId,tags"
)
EA = (
    "Date,CostInBillingCurrency,BillingCurrencyCode,ChargeType,ResourceLocation,MeterCategory,MeterId,Quantity,"
    "ResourceId,Tags"
)
TAGS = '"""business-unit"": ""retail"",""project"": ""ai"""'


DIMENSIONS = ("provider", "site", "business_unit", "project", "service", "sku")


def only(path: Path, header: str, line: str) -> Amount:
    path.write_text(f"{header}\n{line}\n")
    with load([path]) as charges:
        (result,) = charges.amounts(DIMENSIONS, date(2000, 1, 1), date(2099, 12, 31), by_day=True)
    return result


def test_a_customer_agreement(tmp_path: Path) -> None:
    line = f"11/03/2026,36.73,AED,10,Usage,AE North,Virtual Machines,m1,2,/subscriptions/s/vm,{TAGS}"
    row = only(tmp_path / "actual.csv", MCA, line)
    assert row.by == ("Microsoft", "aenorth", "retail", "ai", "Virtual Machines", "m1")
    assert (row.cost, row.currency, row.usd, row.quantity) == (Decimal("36.73"), "AED", Decimal(10), 2)
    assert (row.first_day, row.last_day) == (date(2026, 11, 3), date(2026, 11, 3))
    assert (row.compute, row.tax) == (True, False)


def test_an_enterprise_agreement(tmp_path: Path) -> None:
    row = only(tmp_path / "actual.csv", EA, f"2026-11-03,5,USD,Tax,uaenorth,Bandwidth,m2,1,,{TAGS}")
    assert (row.cost, row.currency, row.usd, row.compute, row.tax) == (5, "USD", 5, False, True)
    assert row.by[1:3] == ("uaenorth", "retail")


@pytest.mark.parametrize(
    ("line", "message"),
    [("3.11.2026,5,USD,Usage,,,,,,", "Date"), ("11/03/2026,x,USD,Usage,,,,,,", "CostInBillingCurrency")],
)
def test_a_field_that_cannot_be_read(tmp_path: Path, line: str, message: str) -> None:
    with pytest.raises(BadInput, match=message):
        only(tmp_path / "actual.csv", EA, line)


def test_a_billing_period_that_cannot_be_read(tmp_path: Path) -> None:
    header, line = (
        "Date,CostInBillingCurrency,ChargeType,BillingCurrency,BillingPeriodStartDate",
        "11/03/2026,5,Usage,USD,",
    )
    for start, sentence in (("3.11.2026", "'3.11.2026' is not a date such as"), ("11/01/1926", "is not in the years")):
        with pytest.raises(BadInput, match=f"BillingPeriodStartDate: .*{sentence}"):
            only(tmp_path / "actual.csv", header, line + start)
    assert only(tmp_path / "actual.csv", header, line).cost == 5


ROW = {
    "Date": "11/03/2026",
    "CostInBillingCurrency": "36.73",
    "CostInUsd": "10",
    "BillingCurrency": "AED",
    "ChargeType": "Purchase",
    "InvoiceId": "I-1",
    "BillingAccountId": "/providers/Microsoft.Billing/billingAccounts/A-1",
    "SubscriptionId": "/subscriptions/S-1",
    "BillingPeriodStartDate": "10/01/2026",
    "ResourceLocation": "AE North",
    "MeterCategory": "Virtual Machines",
    "MeterId": "m1",
    "Quantity": "2.5",
    "ResourceId": "/subscriptions/s-1/vm",
    "Tags": '"project": "ai"',
}
"""Every column that is read, by its name in the documentation."""

FIELDS: dict[str, object] = {
    "provider": "Microsoft",
    "issuer": "",
    "invoice": "I-1",
    "form": "cost details",
    "account": "a-1",
    "sub_account": "s-1",
    "billing_period": date(2026, 10, 1),
    "region": "aenorth",
    "service": "Virtual Machines",
    "sku": "m1",
    "resource": "/subscriptions/s-1/vm",
    "compute": True,
    "category": "Purchase",
    "charge_class": "",
    "currency": "AED",
    "cost": Decimal("36.73"),
    "billed": Decimal("36.73"),
    "usd": Decimal(10),
    "quantity": Decimal("2.5"),
    "idle": None,
    "first_day": date(2026, 11, 3),
    "last_day": date(2026, 11, 3),
    "tags": '"project": "ai"',
}


def fields(row: dict[str, str]) -> dict[str, object]:
    """Returns the fields of a charge as the engine evaluates them."""
    columns = {column: f"'{value}'" for column, value in row.items()}
    mapped = cost_details(Columns(columns, lambda column: columns[column]))
    with duckdb.connect() as connection:
        values = connection.execute(f"SELECT {', '.join(mapped.fields.values())}").fetchone()
    assert values
    assert [check.column for check in mapped.checks if check.sentence == "is empty"] == ["CostInBillingCurrency"]
    return dict(zip(mapped.fields, values, strict=True))


def test_every_column_reaches_its_field() -> None:
    assert are_cost_details(Columns(ROW))
    assert fields(ROW) == FIELDS


@pytest.mark.parametrize(
    ("column", "instead", "changed"),
    [
        ("InvoiceId", {}, {"invoice": ""}),
        ("BillingAccountId", {}, {"account": ""}),
        ("SubscriptionId", {}, {"sub_account": ""}),
        ("SubscriptionId", {"SubscriptionGuid": "G-1"}, {"sub_account": "g-1"}),
        ("BillingPeriodStartDate", {}, {"billing_period": date(2026, 11, 1)}),
        ("BillingCurrency", {"BillingCurrencyCode": "AED"}, {}),
        ("BillingCurrency", {}, {"currency": ""}),
        ("ResourceLocation", {}, {"region": "(no region)"}),
        ("MeterCategory", {}, {"service": "(other)", "compute": False}),
        ("MeterId", {}, {"sku": ""}),
        ("ResourceId", {"InstanceName": "vm-1"}, {"resource": "vm-1"}),
        ("ResourceId", {}, {"resource": ""}),
        ("CostInUsd", {}, {"usd": None}),
        ("CostInUsd", {"BillingCurrency": "USD"}, {"usd": Decimal("36.73"), "currency": "USD"}),
        ("Quantity", {}, {"quantity": None}),
        ("Tags", {}, {"tags": None}),
    ],
)
def test_without_a_column_another_is_read_or_the_field_is_empty(
    column: str, instead: dict[str, str], changed: dict[str, object]
) -> None:
    row = {name: value for name, value in ROW.items() if name != column}
    assert fields(row | instead) == FIELDS | changed


@pytest.mark.parametrize("column", ["Date", "CostInBillingCurrency", "ChargeType"])
def test_three_columns_tell_cost_details_from_other_exports(column: str) -> None:
    assert not are_cost_details(Columns(set(ROW) - {column}))
