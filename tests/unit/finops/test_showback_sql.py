"""The SQL in docs/showback.md gives the same sums as the command, on the typed table of an export in Parquet.

It uses only functions that DuckDB and Trino have with one meaning (trino.io/docs/current/functions, read 2026-11-27).
"""

import re
from datetime import date
from decimal import Decimal
from pathlib import Path

import duckdb
import pytest

from falaj.finops.showback.charges import DAYS, SUMS, load
from tests.unit.finops.exports import charge, export, span

FIRST, LAST = date(2026, 11, 1), date(2026, 11, 30)
DOCUMENT = Path(__file__).resolve().parents[3] / "docs" / "showback.md"
TYPED = """CREATE TABLE focus_export AS SELECT * REPLACE (
  CAST(EffectiveCost AS DECIMAL(30, 15)) AS EffectiveCost, CAST(ChargePeriodStart AS TIMESTAMP) AS ChargePeriodStart,
  CAST(ChargePeriodEnd AS TIMESTAMP) AS ChargePeriodEnd, map(['business-unit'], [business_unit]) AS Tags)
FROM read_csv('{}', all_varchar = true)"""

PORTABLE = {"cast", "coalesce", "count", "date_diff", "date_trunc", "decimal", "greatest", "least", "max", "min", "sum"}
IN_THE_VIEW = {"element_at"}
"""Trino's `element_at` of a map gives a value; DuckDB's gives a list, and has `map_extract_value`."""


def test_the_documented_statements_give_the_sums_of_the_command(tmp_path: Path) -> None:
    rows = [
        *span(date(2026, 10, 20), 30),
        charge(FIRST, ChargePeriodEnd="2026-12-11T00:00:00Z", EffectiveCost="40", Tags='{"business-unit": "lending"}'),
        charge(LAST, ChargeCategory="Tax", EffectiveCost="7"),
    ]
    named = [row | {"InvoiceIssuerName": "AWS", "BillingAccountId": "1", "business_unit": "retail"} for row in rows]
    named[-2]["business_unit"] = "lending"
    file = export(tmp_path, named)
    view, statement = re.findall(r"```sql\n(.*?)```", DOCUMENT.read_text(), re.DOTALL)
    with duckdb.connect() as engine:
        engine.execute(TYPED.format(file))
        engine.execute(view.replace("element_at(", "map_extract_value("))
        found = {tuple(row[:3]): round(Decimal(row[3]), 9) for row in engine.execute(statement).fetchall()}
    with load([file]) as charges:
        amounts = charges.amounts(("business_unit",), FIRST, LAST)
    assert found == {(amount.by[0], amount.currency, amount.tax): round(amount.cost, 9) for amount in amounts}
    assert found["lending", "USD", False] == 30


@pytest.mark.parametrize("statement", [SUMS, DAYS, *re.findall(r"```sql\n(.*?)```", DOCUMENT.read_text(), re.DOTALL)])
def test_statements_use_portable_functions_only(statement: str) -> None:
    functions = {name.lower() for name in re.findall(r"(\w+)\(", statement)}
    assert functions <= PORTABLE | (IN_THE_VIEW if "VIEW" in statement else set())
    assert " ALL" not in statement
