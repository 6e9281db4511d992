"""FOCUS rows from the exports of AWS and Azure (CSV, optionally compressed) and from estimates (JSON).

Azure's own cost details (`ActualCost`, `AmortizedCost`) are converted to FOCUS.
"""

import csv
import gzip
import io
import json
import sys
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal, InvalidOperation
from pathlib import Path
from typing import Any

from falaj.finops.document import FORMAT
from falaj.finops.errors import BadInput
from falaj.finops.lines import ZERO
from falaj.finops.showback.cost_details import focus_fields, is_cost_details

REQUIRED_COLUMNS = (
    "EffectiveCost",
    "BillingCurrency",
    "ChargeCategory",
    "ChargePeriodStart",
    "ChargePeriodEnd",
    "ProviderName",
)
"""Columns that are required to show cost. The effective cost is used: a prepaid commitment counts when it is used."""

UNTAGGED = "(untagged)"

csv.field_size_limit(min(sys.maxsize, 2**31 - 1))  # tags and SKU details of some rows are long


@dataclass(frozen=True, slots=True)
class BillingRow:
    """One charge. `cost` is in `currency`; `usd` is the same in the pricing currency, if the export states it.

    `billed` is what the invoice charges, in `currency`: a prepaid commitment when it is bought. `account` and `month`
    are the billing account and the first day of the billing period; `category` is FOCUS's charge category, and
    `correction` marks a change of what an earlier invoice charged.

    `idle` is the part of the cost that is paid for idle machines, if the row states it.
    """

    provider: str
    site: str
    business_unit: str
    project: str
    cost_centre: str
    tenant: str
    service: str
    sku: str
    resource: str
    compute: bool
    tax: bool
    currency: str
    cost: Decimal
    billed: Decimal
    account: str
    month: date
    category: str
    correction: bool
    usd: Decimal | None
    quantity: Decimal | None
    idle: Decimal | None
    estimated: bool
    first: date
    last: date

    @property
    def days(self) -> int:
        """Number of days of the charge period."""
        return (self.last - self.first).days + 1


def load(paths: Iterable[Path]) -> tuple[list[BillingRow], tuple[str, ...]]:
    """Returns all rows, and notes on omitted rows. Raises `BadInput`.

    Rows of an estimate are used only for providers without an export, so that the estimate of an on-premises cluster
    complements the clouds' bills and no cloud is counted twice.
    """
    billed: list[BillingRow] = []
    estimated: list[BillingRow] = []
    for path in paths:
        (estimated if _is_estimate(path) else billed).extend(read(path))
    billed_providers = {row.provider for row in billed}
    omitted_providers = sorted({row.provider for row in estimated} & billed_providers)
    used_estimates = [row for row in estimated if row.provider not in billed_providers]
    notes = tuple(f"estimated rows of {provider} omitted: there is a bill" for provider in omitted_providers)
    return billed + used_estimates, notes


def read(path: Path) -> Iterator[BillingRow]:
    """Yields the rows of one file. Raises `BadInput`."""
    if path.suffix == ".parquet":
        raise BadInput(str(path), "is Parquet; export FOCUS as CSV, which both clouds can")
    text = _text(path)
    if _is_estimate(path):
        yield from _estimate(text, str(path))
        return
    lines = csv.DictReader(io.StringIO(text))
    converts = is_cost_details(lines.fieldnames or ())
    missing = [column for column in REQUIRED_COLUMNS if column not in (lines.fieldnames or ())]
    if missing and not converts:
        raise BadInput(str(path), f"is not a FOCUS export: missing column {missing[0]}")
    for fields in lines:
        if None in fields or None in fields.values():
            raise BadInput(f"{path}: line {lines.line_num}", "has a different number of fields than the header")
        location = f"{path}: line {lines.line_num}"
        yield row(focus_fields(fields, location) if converts else fields, location)


def row(fields: Mapping[str, Any], location: str, estimated: bool = False) -> BillingRow:
    """Parses one row of any source. Raises `BadInput`."""
    first, end = (_moment(fields[name], f"{location}: {name}") for name in ("ChargePeriodStart", "ChargePeriodEnd"))
    if end <= first:
        raise BadInput(location, f"ends at {fields['ChargePeriodEnd']}, which is not after its start")
    cost = _decimal(fields, "EffectiveCost", location)
    if cost is None:
        raise BadInput(f"{location}: EffectiveCost", "is empty")
    currency = str(fields["BillingCurrency"])
    usd = _decimal(fields, "PricingCurrencyEffectiveCost", location)
    pricing_currency = fields.get("PricingCurrency") or currency
    tags = _tags(fields.get("Tags"), f"{location}: Tags")
    idle, sku = _decimal(fields, "x_IdleUsd", location), str(fields.get("SkuId") or fields.get("SkuPriceId") or "")
    return BillingRow(
        provider=str(fields["ProviderName"]),
        site=tags.get("site") or str(fields.get("RegionId") or "(no region)"),
        business_unit=tags.get("business-unit", UNTAGGED),
        project=tags.get("project", UNTAGGED),
        cost_centre=tags.get("cost-centre", UNTAGGED),
        tenant=tags.get("tenant", UNTAGGED),
        service=str(fields.get("ServiceName") or "(other)"),
        sku=sku,
        resource=str(fields.get("ResourceId") or ""),
        compute=fields.get("ServiceCategory") == "Compute",
        tax=fields["ChargeCategory"] == "Tax",
        currency=currency,
        cost=cost,
        billed=cost if (billed := _decimal(fields, "BilledCost", location)) is None else billed,
        account=str(fields.get("BillingAccountId") or ""),
        month=_month(fields, first, location),
        category=str(fields["ChargeCategory"]),
        correction=fields.get("ChargeClass") == "Correction",
        usd=(usd if usd is not None else cost if currency == "USD" else None) if pricing_currency == "USD" else None,
        quantity=_decimal(fields, "PricingQuantity", location),
        idle=idle / usd * cost if idle is not None and usd else None,
        estimated=estimated,
        first=first.date(),
        last=(end - timedelta(seconds=1)).date(),
    )


def _is_estimate(path: Path) -> bool:
    return path.suffix == ".json"


def _text(path: Path) -> str:
    try:
        raw = path.read_bytes()
        return (gzip.decompress(raw) if path.suffix == ".gz" else raw).decode("utf-8-sig")
    except (OSError, EOFError, UnicodeDecodeError) as error:
        raise BadInput(str(path), f"cannot be read: {error}") from None


def _estimate(text: str, location: str) -> Iterator[BillingRow]:
    """Yields the FOCUS rows of `falaj bill --json`. Rows without a price are skipped."""
    try:
        data = json.loads(text)
    except ValueError as error:
        raise BadInput(location, f"not JSON: {error}") from None
    if not isinstance(data, dict) or data.get("format") != FORMAT or not isinstance(data.get("focus"), list):
        raise BadInput(location, f"is not an estimate: `falaj bill --json` writes the format {FORMAT}")
    for index, fields in enumerate(data["focus"]):
        row_location = f"{location}: focus[{index}]"
        if not isinstance(fields, dict) or any(name not in fields for name in REQUIRED_COLUMNS):
            raise BadInput(row_location, "is not a FOCUS row")
        if fields["EffectiveCost"] is not None:
            yield row(fields, row_location, estimated=True)


def _tags(value: Any, location: str) -> dict[str, str]:
    """Parses tags from a mapping or JSON; Azure's older exports omit the braces. Keys are converted to lower case."""
    if not value:
        return {}
    tags = value
    if isinstance(value, str):
        text = value.strip()
        try:
            tags = json.loads(text if text.startswith("{") else f"{{{text}}}")
        except ValueError:
            raise BadInput(location, f"{value[:40]!r} is not JSON") from None
    if not isinstance(tags, Mapping):
        raise BadInput(location, "must be a mapping of keys to values")
    return {str(key).lower().removeprefix("user:"): str(text_value) for key, text_value in tags.items() if text_value}


def _decimal(fields: Mapping[str, Any], name: str, location: str) -> Decimal | None:
    value = fields.get(name)
    if value is None or value == "":
        return None
    try:
        result = Decimal(str(value))
    except InvalidOperation:
        result = Decimal("nan")
    if not result.is_finite():
        raise BadInput(f"{location}: {name}", f"{value!r} is not a number")
    return result + ZERO


def _month(fields: Mapping[str, Any], first: datetime, location: str) -> date:
    """Returns the first day of the billing period; without one, of the month in which the charge begins."""
    if (start := fields.get("BillingPeriodStart")) in (None, ""):
        return first.date().replace(day=1)
    return _moment(start, f"{location}: BillingPeriodStart").date().replace(day=1)


def _moment(value: Any, location: str) -> datetime:
    try:
        result = datetime.fromisoformat(str(value))
    except ValueError:
        raise BadInput(location, f"{value!r} is not a time such as 2026-11-01T00:00:00Z") from None
    return result.replace(tzinfo=UTC) if result.tzinfo is None else result.astimezone(UTC)
