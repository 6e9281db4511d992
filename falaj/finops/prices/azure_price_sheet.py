"""Azure's price sheets of an agreement, as rows of the UAE's regions in a common form.

Columns, read 2026-11-27: Enterprise Agreement and Microsoft Customer Agreement,
learn.microsoft.com/azure/cost-management-billing/dataset-schema/price-sheet-ea and price-sheet-mca, version 2023-05-01;
Azure plan of Cloud Solution Providers (CSP), learn.microsoft.com/partner-center/azure-plan-price-list and the response
of the price sheet API there. Their spelling differs in case between versions. Units and the sizes of their blocks:
`PricingUnits.csv` of the FinOps toolkit (github.com/microsoft/finops-toolkit).

A row of a CSP list has no meter name, category or region: its SKU title ends with the SKU and the region.
"""

import csv
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal, InvalidOperation
from enum import StrEnum
from io import TextIOWrapper
from pathlib import Path

from falaj.facts.strict_text import open_bytes
from falaj.finops.errors import BadInput

REGIONS = {"ae north": "uaenorth", "ae central": "uaecentral"}
"""Meter region -> region; price sheets name regions by the country's code."""


class Agreement(StrEnum):
    """Kind of agreement with Microsoft."""

    EA = "ea"
    MCA = "mca"
    CSP = "csp"


_COLUMNS: Mapping[Agreement, tuple[str, ...]] = {
    Agreement.CSP: ("producttitle", "skutitle", "unitofmeasure", "currency", "unitprice", "effectivestartdate"),
    Agreement.EA: (
        "metercategory", "metername", "meterregion", "product", "unitofmeasure", "currencycode", "unitprice",
        "effectivestartdate", "effectiveenddate", "pricetype",
    ),
    Agreement.MCA: (
        "metercategory", "metername", "meterregion", "product", "unitofmeasure", "currency", "unitprice",
        "effectivestartdate", "effectiveenddate", "pricetype",
    ),
}  # fmt: skip
"""Required columns in lower case, by which a sheet is recognised."""

_UNIT = re.compile(r"(\d+)\s*([KMB]?)(?![A-Za-z])\s*(.*)")
_FACTORS = {"": 1, "K": 1_000, "M": 1_000_000, "B": 1_000_000_000}
_COUNTED = ("transaction", "operation", "request", "unit", "api call")
"""Words for what is counted singly: `10K` and `10000 Transactions` are the same unit."""

_DATES = ("%Y-%m-%d", "%m/%d/%Y", "%m/%d/%Y %H:%M", "%m/%d/%Y %I:%M:%S %p")
_CONSUMPTION = ("consumption", "payg-1", "")
"""Price type, or term of a CSP row, of pay-as-you-go prices."""


@dataclass(frozen=True)
class SheetPrice:
    """One price of a sheet in `currency` per single `unit`, from the usage tier that begins at `tier`."""

    region: str
    category: str
    product: str
    meter: str
    unit: str
    price: Decimal
    currency: str
    tier: Decimal
    first: date
    last: date


@dataclass(frozen=True)
class PriceSheet:
    """The pay-as-you-go prices of the UAE's regions. `skipped` counts other rows by the reason."""

    agreement: Agreement
    prices: tuple[SheetPrice, ...]
    skipped: Mapping[str, int]


def read(path: Path) -> PriceSheet:
    """Reads a price sheet row by row: one of all regions has some hundred MB. Raises `BadInput`."""
    try:
        with TextIOWrapper(open_bytes(path), encoding="utf-8-sig", newline="") as text:
            return _read(csv.reader(text), path)
    except (OSError, UnicodeDecodeError, csv.Error) as error:
        raise BadInput(str(path), f"cannot be read: {error}") from None


def _read(lines: Iterator[list[str]], path: Path) -> PriceSheet:
    names = [name.strip().lower() for name in next(lines, [])]
    agreement = _agreement(set(names), path)
    prices: list[SheetPrice] = []
    skipped: dict[str, int] = {}
    for number, cells in enumerate(lines, start=2):
        location = f"{path}: row {number}"
        if len(cells) != len(names):
            raise BadInput(location, "has a different number of fields than the header")
        result = _price(dict(zip(names, map(str.strip, cells), strict=True)), agreement, location)
        if isinstance(result, str):
            skipped[result] = skipped.get(result, 0) + 1
        else:
            prices.append(result)
    return PriceSheet(agreement, tuple(prices), skipped)


def _agreement(names: set[str], path: Path) -> Agreement:
    for agreement, columns in _COLUMNS.items():
        if names >= set(columns):
            return agreement
    missing = {agreement: [name for name in columns if name not in names] for agreement, columns in _COLUMNS.items()}
    nearest = min(missing, key=lambda agreement: len(missing[agreement]))
    needs = ", ".join(missing[nearest])
    raise BadInput(
        str(path), f"is no price sheet of EA, MCA or CSP; nearest is {nearest.value}, which also has {needs}"
    )


def _price(given: Mapping[str, str], agreement: Agreement, location: str) -> SheetPrice | str:
    """Returns the price of a row, or why it is not used."""
    csp = agreement is Agreement.CSP
    parts = (given["skutitle"] if csp else given["product"]).split(" - ")
    meter_region = parts[-1] if csp else given["meterregion"]
    if (region := REGIONS.get(meter_region.lower())) is None:
        return "another region"
    if given.get("termduration" if csp else "pricetype", "").lower() not in _CONSUMPTION:
        return "another price type"
    block, unit = unit_of(given["unitofmeasure"], location)
    price = _number(given["unitprice"], f"{location}: UnitPrice")
    return SheetPrice(
        region=region,
        category="" if csp else given["metercategory"],
        product=given["producttitle"] if csp else parts[0],
        meter=parts[-2] if csp and len(parts) > 1 else given.get("metername", ""),
        unit=unit,
        price=price / block,
        currency=given["currencycode" if agreement is Agreement.EA else "currency"].upper(),
        tier=_number(given.get("pricingtierrangemin" if csp else "tierminimumunits") or "0", f"{location}: tier"),
        first=_day(given["effectivestartdate"], location),
        last=_day(given.get("effectiveenddate") or "9999-12-31", location),
    )


def unit_of(text: str, location: str) -> tuple[Decimal, str]:
    """Splits a unit of measure into the size of its block and the single unit: `100 Hours` into 100 and `hour`. Raises
    `BadInput`.
    """
    match = _UNIT.fullmatch(text.strip())
    if match is None or not int(match[1]):
        raise BadInput(f"{location}: UnitOfMeasure", f"{text!r} is no unit such as 1 Hour, 100 Hours or 10K")
    unit = match[3].lower().removeprefix("/").removesuffix("s")
    return Decimal(int(match[1]) * _FACTORS[match[2]]), "" if unit in _COUNTED else unit


def _number(text: str, location: str) -> Decimal:
    try:
        value = Decimal(text)
    except InvalidOperation:
        value = Decimal("nan")
    if not value.is_finite() or not 0 <= value <= 2**63:  # the last tier of a CSP list ends there
        raise BadInput(location, f"{text!r} is not a number, zero or more")
    return value


def _day(text: str, location: str) -> date:
    """Parses a date with or without a time; US notation, as in the sheets."""
    if re.match(r"\d{4}-\d\d-\d\dT", text):
        text = text[:10]
    for form in _DATES:
        try:
            return datetime.strptime(text, form).date()
        except ValueError:
            continue
    raise BadInput(location, f"{text!r} is not a date such as 11/30/2026 or 2026-11-30")


def valid_on(sheet: PriceSheet, day: date) -> Iterator[SheetPrice]:
    """Yields the prices that are valid on a day."""
    return (item for item in sheet.prices if item.first <= day <= item.last)
