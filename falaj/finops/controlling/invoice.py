"""A supplier's invoice, as typed from its document or exported by the supplier (YAML), or its lines (CSV)."""

import csv
import datetime
import io
from decimal import Decimal
from pathlib import Path
from typing import Annotated, Any, Self

from pydantic import Field, model_validator

from falaj.facts.invoice_entities import TRN
from falaj.finops.errors import BadInput
from falaj.finops.input_files import read_text, read_yaml
from falaj.finops.plausibility import MAX_AMOUNT, check_peg
from falaj.finops.usage import checked
from falaj.finops.usage_model import InputModel

Money = Annotated[Decimal, Field(ge=-MAX_AMOUNT, le=MAX_AMOUNT, allow_inf_nan=False)]
CENT = Decimal("0.01")


class InvoiceLine(InputModel):
    """The net amount of a billing account and service, in the invoice's currency. An empty field matches all."""

    account: str = ""
    service: str = ""
    net: Money


class SupplierInvoice(InputModel):
    """One invoice of a billing period."""

    version: Annotated[int, Field(ge=1, le=1)] = 1
    provider: str
    """Provider of the export, such as `Microsoft`."""
    issuer: str = ""
    """InvoiceIssuerName of its rows in the export, if the provider has several."""
    number: Annotated[str, Field(min_length=1)]
    date: datetime.date
    month: Annotated[str, Field(pattern=r"^\d{4}-(0[1-9]|1[0-2])$")]
    """Billing period, `2026-11`."""
    currency: Annotated[str, Field(pattern=r"^[A-Z]{3}$")]
    aed_per_usd: Annotated[Decimal, Field(gt=0, le=1000, allow_inf_nan=False)] | None = None
    """Exchange rate that the invoice states."""
    confirm_rate: bool = False
    """Confirms a rate far from the peg."""
    trn: Annotated[str, Field(pattern=f"^{TRN.pattern}$")] | None = None
    """Tax Registration Number of the supplier on the invoice."""
    net: Money
    tax: Money
    total: Money
    lines: list[InvoiceLine] = Field(default_factory=list)
    """Net amounts; without them the invoice is compared as a whole."""

    @model_validator(mode="after")
    def _adds_up(self) -> Self:
        if self.net + self.tax != self.total:
            raise ValueError(f"total: {self.total} is not net plus tax, {self.net + self.tax}")
        if self.lines and (stated := sum((line.net for line in self.lines), Decimal(0))) != self.net:
            raise ValueError(f"net: {self.net} is not the sum of its lines, {stated}")
        if f"{self.date:%Y-%m}" < self.month:
            raise ValueError(f"date: {self.date} is before the billing period {self.month}")
        keys = [(line.account, line.service) for line in self.lines]
        if repeated := [key for key in keys if keys.count(key) > 1]:
            raise ValueError(f"lines: {' '.join(repeated[0])} is there more than once")
        return self


def read(path: Path, lines: Path | None = None) -> SupplierInvoice:
    """Reads an invoice; `lines` is a CSV with the columns `account`, `service` and `net`. Raises `BadInput`."""
    raw = read_yaml(path)
    if lines is not None and isinstance(raw, dict):
        if raw.get("lines"):
            raise BadInput(str(path), "has lines already; leave out either these or the CSV")
        raw = raw | {"lines": _lines(lines)}
    result = checked(SupplierInvoice, raw, str(path))
    if result.aed_per_usd is not None:
        location = f"{path}: aed_per_usd"
        check_peg(location, result.aed_per_usd, result.confirm_rate, "set confirm_rate: true beside it")
    return result


def _lines(path: Path) -> list[dict[str, Any]]:
    try:
        reader = csv.DictReader(io.StringIO(read_text(path), newline=None), restkey="", restval=None)
        rows = list(reader)
    except csv.Error as error:
        raise BadInput(str(path), f"cannot be read: {error}") from None
    if sorted(reader.fieldnames or ()) != sorted(InvoiceLine.model_fields):
        raise BadInput(str(path), f"must have the columns {', '.join(InvoiceLine.model_fields)}")
    if wrong := next((index for index, row in enumerate(rows, 2) if "" in row or None in row.values()), None):
        raise BadInput(f"{path}: line {wrong}", "has a different number of fields than the header")
    return rows
