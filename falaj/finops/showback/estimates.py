"""Rows of estimates (`falaj bill --json`), written as a FOCUS export that the engine reads like any other."""

import csv
import json
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

from falaj.finops.document import FORMAT
from falaj.finops.errors import BadInput
from falaj.finops.input_files import parse_json, read_text
from falaj.finops.showback.files import SourceFile
from falaj.finops.showback.focus_columns import PROVIDER_COLUMNS, REQUIRED_COLUMNS

_COLUMNS = (
    *REQUIRED_COLUMNS,
    "ProviderName",
    "BilledCost",
    "BillingAccountId",
    "BillingPeriodStart",
    "InvoiceIssuerName",
    "PricingCurrency",
    "PricingCurrencyEffectiveCost",
    "PricingQuantity",
    "RegionId",
    "ResourceId",
    "ServiceCategory",
    "ServiceName",
    "SkuId",
    "Tags",
    "x_IdleUsd",
)


def as_export(file: SourceFile, target: Path) -> SourceFile:
    """Writes an estimate's rows to a CSV file. Rows without a price are left out. Raises `BadInput`."""
    data = parse_json(read_text(file.path), file.label)
    if not isinstance(data, dict) or data.get("format") != FORMAT or not isinstance(data.get("focus"), list):
        raise BadInput(file.label, f"is not an estimate: `falaj bill --json` writes the format {FORMAT}")
    priced = [
        (number, fields)
        for number, fields in enumerate(data["focus"])
        if _checked(fields, f"{file.label}: focus[{number}]")["EffectiveCost"] is not None
    ]
    with target.open("w", newline="", encoding="utf-8") as opened:
        writer = csv.writer(opened)
        writer.writerow(_COLUMNS)
        writer.writerows([_cell(fields.get(column)) for column in _COLUMNS] for _, fields in priced)
    return replace(file, path=target, rows=tuple(number for number, _ in priced))


def _checked(fields: Any, where: str) -> Mapping[str, Any]:
    if not isinstance(fields, dict) or any(column not in fields for column in (*REQUIRED_COLUMNS, PROVIDER_COLUMNS[1])):
        raise BadInput(where, "is not a FOCUS row")
    return fields


def _cell(value: Any) -> str:
    return "" if value is None else value if isinstance(value, str) else json.dumps(value)
