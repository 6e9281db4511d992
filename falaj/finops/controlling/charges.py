"""Charges of billing exports with what the controller needs, and the cost of a month by supplier and cost centre."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Literal

from falaj.finops.errors import BadInput
from falaj.finops.lines import ZERO
from falaj.finops.showback.charges import FIRST_DAY, LAST_DAY, load
from falaj.finops.showback.charges import Amount as Sum
from falaj.finops.showback.exchange import Exchange, FxRate
from falaj.finops.showback.period import Period, ended, period

Basis = Literal["effective", "billed"]
"""`effective`: a prepaid commitment counts when it is used. `billed`: when it is invoiced."""

IN_AED = "billed in AED"
"""Policy of a charge in AED: the provider has applied its own rate."""

_FIELDS = (
    "provider",
    "issuer",
    "invoice",
    "account",
    "service",
    "cost_centre",
    "business_unit",
    "project",
    "category",
    "charge_class",
    "billing_month",
)
"""Dimensions by which charges are read: fields of `Charge`."""


@dataclass(frozen=True, slots=True)
class Charge:
    """Charges of the same days and dimensions. `cost` is the effective cost and `billed` what the invoice charges, both
    in `currency`; `usd` is the effective cost in USD, if the export states it. `issuer` and `invoice` are those of the
    invoice, empty if the export does not state them. `billing_month` is `2026-11`.
    """

    provider: str
    issuer: str
    invoice: str
    account: str
    service: str
    cost_centre: str
    business_unit: str
    project: str
    category: str
    charge_class: str
    billing_month: str
    currency: str
    cost: Decimal
    billed: Decimal
    usd: Decimal | None
    estimated: bool
    starts: date
    ends: date

    @property
    def tax(self) -> bool:
        """Whether it is tax."""
        return self.category == "Tax"

    @property
    def correction(self) -> bool:
        """Whether it corrects what an earlier invoice charged."""
        return self.charge_class == "Correction"

    @property
    def days(self) -> int:
        """Number of days of the charge period."""
        return (self.ends - self.starts).days + 1


@dataclass(frozen=True)
class MonthCharges:
    """All charges of the files, the month that is asked for, and notes on what was left out."""

    charges: Sequence[Charge]
    period: Period
    notes: tuple[str, ...]


def read(files: Iterable[Path], month: date, as_of: date | None = None) -> MonthCharges:
    """Reads the exports. Raises `BadInput`."""
    with load(files) as found:
        asked = period(month, found, as_of)
        charges = [_charge(amount) for amount in found.amounts(_FIELDS, FIRST_DAY, LAST_DAY, by_day=True)]
        return MonthCharges(charges, asked, (*found.notes, *ended(found, asked)))


def _charge(amount: Sum) -> Charge:
    return Charge(
        **dict(zip(_FIELDS, amount.by, strict=True)),
        currency=amount.currency,
        cost=amount.cost,
        billed=amount.billed,
        usd=amount.usd,
        estimated=amount.estimated,
        starts=amount.first_day,
        ends=amount.last_day,
    )


@dataclass(frozen=True)
class Key:
    """What a cost is posted by. `provider` is the supplier's name in the controlling file once charges were assigned
    to suppliers, and `cost_centre` the value of the tag.
    """

    provider: str
    service: str
    cost_centre: str


@dataclass
class Amount:
    """A cost in AED without tax, not rounded; the part of it that was converted from USD, in both currencies."""

    aed: Decimal = ZERO
    converted_aed: Decimal = ZERO
    usd: Decimal = ZERO
    newest: FxRate | None = None
    """The newest exchange rate of the charges."""

    def add(self, other: "Amount") -> None:
        """Adds another amount."""
        self.aed += other.aed
        self.converted_aed += other.converted_aed
        self.usd += other.usd
        if other.newest is not None and (self.newest is None or other.newest.day > self.newest.day):
            self.newest = other.newest

    @property
    def fx(self) -> tuple[str, str, str]:
        """Policy, effective rate (AED per USD, six decimals) and date of the newest rate."""
        if self.newest is None:
            return IN_AED, "", ""
        rate = f"{self.converted_aed / self.usd:.6f}" if self.usd else ""
        return self.newest.policy.value, rate, self.newest.day.isoformat()


def by_key(charges: Iterable[Charge], month: Period, exchange: Exchange, basis: Basis) -> dict[Key, Amount]:
    """Returns the cost of the month up to its last day with complete data, without tax and estimates. The billed cost
    is that of the billing period. Raises `BadInput`.
    """
    result: dict[Key, Amount] = {}
    for charge in charges:
        if charge.tax or charge.estimated:
            continue
        share = share_of_month(charge, month, basis)
        if share:
            key = Key(charge.provider, charge.service, charge.cost_centre)
            cost = charge.cost if basis == "effective" else charge.billed
            result.setdefault(key, Amount()).add(_amount(charge, cost * share, exchange))
    if not result:
        raise BadInput("--month", f"the files have no charges of {month.first:%Y-%m}")
    return result


def share_of_month(charge: Charge, month: Period, basis: Basis) -> Decimal:
    """Returns the share of a charge that belongs to the month: of the effective cost by days, of the billed cost by the
    billing period.
    """
    if basis == "effective":
        overlap = (min(charge.ends, month.as_of) - max(charge.starts, month.first)).days + 1
        return Decimal(max(overlap, 0)) / charge.days
    return Decimal(charge.billing_month == f"{month.first:%Y-%m}")


def _amount(charge: Charge, cost: Decimal, exchange: Exchange) -> Amount:
    aed = exchange.aed_of(cost, charge.currency, charge.starts)
    if charge.currency == "AED":
        return Amount(aed)
    figure = exchange.figure(charge.starts)
    return Amount(aed, aed, aed / figure.rate, figure)


def of_supplier(amounts: Mapping[Key, Amount], provider: str) -> Amount:
    """Returns the sum of a provider's charges."""
    total = Amount()
    for key, amount in amounts.items():
        if key.provider == provider:
            total.add(amount)
    return total


def providers(amounts: Mapping[Key, Amount]) -> list[str]:
    """Returns the providers with charges."""
    return sorted({key.provider for key in amounts})


def require_complete(month: Period) -> None:
    """Raises `BadInput` if the bill of a month is not complete."""
    if not month.complete:
        raise BadInput(
            "--as-of",
            f"the month is complete up to {month.as_of.isoformat()} only, and an invoice is posted for a whole month; "
            f"give --as-of {month.last.isoformat()} if the export has all of it",
        )
