"""FOCUS rows from the exports of AWS and Azure (CSV, also compressed) and from estimates (JSON)."""

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

NEEDED = ("EffectiveCost", "BillingCurrency", "ChargeCategory", "ChargePeriodStart", "ChargePeriodEnd", "ProviderName")
"""Columns without which no cost can be shown. The cost is the effective one: a commitment that was paid ahead counts
where it is used."""

UNTAGGED = "(untagged)"

csv.field_size_limit(min(sys.maxsize, 2**31 - 1))  # tags and SKU details of some rows are long


@dataclass(frozen=True, slots=True)
class BillingRow:
    """One charge. `cost` is in `currency`; `usd` is the same in the pricing currency, where the export says so.

    `idle` is the part of the cost in which machines do nothing, where the row itself knows it.
    """

    provider: str
    site: str
    business_unit: str
    project: str
    tenant: str
    service: str
    sku: str
    resource: str
    compute: bool
    tax: bool
    currency: str
    cost: Decimal
    usd: Decimal | None
    quantity: Decimal | None
    idle: Decimal | None
    estimated: bool
    first: date
    last: date

    @property
    def days(self) -> int:
        """How many days it is spread over."""
        return (self.last - self.first).days + 1


def load(paths: Iterable[Path]) -> tuple[list[BillingRow], tuple[str, ...]]:
    """All rows, and what was left out in words. Raises `BadInput`.

    Of an estimate only those providers count of which there is no export: an estimate of a cluster of one's own stands
    beside the clouds' bills, and one of a cloud does not count twice.
    """
    billed: list[BillingRow] = []
    estimated: list[BillingRow] = []
    for path in paths:
        (estimated if _is_estimate(path) else billed).extend(read(path))
    billed_providers = {row.provider for row in billed}
    left = sorted({row.provider for row in estimated} & billed_providers)
    kept = [row for row in estimated if row.provider not in billed_providers]
    notes = tuple(f"estimated rows of {provider} left out: there is a bill" for provider in left)
    return billed + kept, notes


def read(path: Path) -> Iterator[BillingRow]:
    """The rows of one file."""
    if path.suffix == ".parquet":
        raise BadInput(str(path), "is Parquet; export FOCUS as CSV, which both clouds can")
    text = _text(path)
    if _is_estimate(path):
        yield from _estimate(text, str(path))
        return
    lines = csv.DictReader(io.StringIO(text))
    missing = [column for column in NEEDED if column not in (lines.fieldnames or ())]
    if missing:
        raise BadInput(str(path), f"is not a FOCUS export: missing column {missing[0]}")
    for fields in lines:
        if None in fields or None in fields.values():
            raise BadInput(f"{path}: line {lines.line_num}", "has another number of fields than the first line")
        yield row(fields, f"{path}: line {lines.line_num}")


def row(fields: Mapping[str, Any], location: str, estimated: bool = False) -> BillingRow:
    """One row of any source. Raises `BadInput`."""
    first, end = (_moment(fields[name], f"{location}: {name}") for name in ("ChargePeriodStart", "ChargePeriodEnd"))
    if end <= first:
        raise BadInput(location, f"ends at {fields['ChargePeriodEnd']}, which is not after its start")
    cost = _decimal(fields, "EffectiveCost", location)
    if cost is None:
        raise BadInput(f"{location}: EffectiveCost", "is empty")
    currency = str(fields["BillingCurrency"])
    usd = _decimal(fields, "PricingCurrencyEffectiveCost", location)
    pricing = fields.get("PricingCurrency") or currency
    tags = _tags(fields.get("Tags"), f"{location}: Tags")
    idle, sku = _decimal(fields, "x_IdleUsd", location), str(fields.get("SkuId") or fields.get("SkuPriceId") or "")
    return BillingRow(
        provider=str(fields["ProviderName"]),
        site=tags.get("site") or str(fields.get("RegionId") or "(no region)"),
        business_unit=tags.get("business-unit", UNTAGGED),
        project=tags.get("project", UNTAGGED),
        tenant=tags.get("tenant", UNTAGGED),
        service=str(fields.get("ServiceName") or "(other)"),
        sku=sku,
        resource=str(fields.get("ResourceId") or ""),
        compute=fields.get("ServiceCategory") == "Compute",
        tax=fields["ChargeCategory"] == "Tax",
        currency=currency,
        cost=cost,
        usd=(usd if usd is not None else cost if currency == "USD" else None) if pricing == "USD" else None,
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
    except (OSError, EOFError, UnicodeDecodeError) as unreadable:
        raise BadInput(str(path), f"cannot be read: {unreadable}") from None


def _estimate(text: str, location: str) -> Iterator[BillingRow]:
    """The FOCUS rows of `falaj bill --json`. One without a price has no cost to show."""
    try:
        data = json.loads(text)
    except ValueError as broken:
        raise BadInput(location, f"not JSON: {broken}") from None
    if not isinstance(data, dict) or data.get("format") != FORMAT or not isinstance(data.get("focus"), list):
        raise BadInput(location, f"is not an estimate: `falaj bill --json` writes the format {FORMAT}")
    for index, fields in enumerate(data["focus"]):
        where = f"{location}: focus[{index}]"
        if not isinstance(fields, dict) or any(name not in fields for name in NEEDED):
            raise BadInput(where, "is not a FOCUS row")
        if fields["EffectiveCost"] is not None:
            yield row(fields, where, estimated=True)


def _tags(value: Any, location: str) -> dict[str, str]:
    """Tags as a mapping or as JSON; Azure's older exports leave out the braces. Keys are compared in small letters."""
    if not value:
        return {}
    result = value
    if isinstance(value, str):
        text = value.strip()
        try:
            result = json.loads(text if text.startswith("{") else f"{{{text}}}")
        except ValueError:
            raise BadInput(location, f"{value[:40]!r} is not JSON") from None
    if not isinstance(result, Mapping):
        raise BadInput(location, "must be keys and values")
    return {str(key).lower().removeprefix("user:"): str(tag) for key, tag in result.items() if tag}


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


def _moment(value: Any, location: str) -> datetime:
    try:
        result = datetime.fromisoformat(str(value))
    except ValueError:
        raise BadInput(location, f"{value!r} is not a time such as 2026-11-01T00:00:00Z") from None
    return result.replace(tzinfo=UTC) if result.tzinfo is None else result.astimezone(UTC)
