"""Azure's own cost details are read as FOCUS rows."""

from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from falaj.finops.errors import BadInput
from falaj.finops.showback.charges import Amount, load

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
