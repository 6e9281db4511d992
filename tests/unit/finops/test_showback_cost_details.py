"""Azure's own cost details are read as FOCUS rows."""

from decimal import Decimal
from pathlib import Path

import pytest

from falaj.finops.errors import BadInput
from falaj.finops.showback.rows import BillingRow, read

MCA = (
    "date,costInBillingCurrency,billingCurrency,costInUsd,chargeType,resourceLocation,meterCategory,meterId,quantity,"
    "ResourceId,tags"
)
EA = (
    "Date,CostInBillingCurrency,BillingCurrencyCode,ChargeType,ResourceLocation,MeterCategory,MeterId,Quantity,"
    "ResourceId,Tags"
)
TAGS = '"""business-unit"": ""retail"",""project"": ""ai"""'


def only(path: Path, header: str, line: str) -> BillingRow:
    path.write_text(f"{header}\n{line}\n")
    (result,) = read(path)
    return result


def test_a_customer_agreement(tmp_path: Path) -> None:
    line = f"11/03/2026,36.73,AED,10,Usage,AE North,Virtual Machines,m1,2,/subscriptions/s/vm,{TAGS}"
    row = only(tmp_path / "actual.csv", MCA, line)
    assert (row.provider, row.site, row.business_unit, row.project) == ("Microsoft", "aenorth", "retail", "ai")
    assert (row.cost, row.currency, row.usd, row.quantity) == (Decimal("36.73"), "AED", Decimal(10), 2)
    assert (row.first.isoformat(), row.last.isoformat(), row.days) == ("2026-11-03", "2026-11-03", 1)
    assert (row.compute, row.tax, row.sku, row.service) == (True, False, "m1", "Virtual Machines")


def test_an_enterprise_agreement(tmp_path: Path) -> None:
    row = only(tmp_path / "actual.csv", EA, f"2026-11-03,5,USD,Tax,uaenorth,Bandwidth,m2,1,,{TAGS}")
    assert (row.cost, row.currency, row.usd, row.compute, row.tax) == (5, "USD", 5, False, True)
    assert (row.site, row.business_unit) == ("uaenorth", "retail")


@pytest.mark.parametrize(
    ("line", "message"),
    [("3.11.2026,5,USD,Usage,,,,,,", "Date"), ("11/03/2026,x,USD,Usage,,,,,,", "EffectiveCost")],
)
def test_a_field_that_cannot_be_read(tmp_path: Path, line: str, message: str) -> None:
    with pytest.raises(BadInput, match=message):
        only(tmp_path / "actual.csv", EA, line)
