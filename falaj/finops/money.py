"""Exchange rates and VAT: the price of a US dollar today, with the bank's FX spread, and after a devaluation."""

from dataclasses import dataclass
from datetime import UTC, date, datetime
from decimal import ROUND_HALF_UP, Decimal

from falaj.facts.currency import PEG, VAT_RATE
from falaj.finops.errors import BadInput

FILS = Decimal("0.01")
"""One fils, a hundredth of a dirham: the unit to which invoices in AED are rounded."""

MAX_SPREAD = Decimal("0.2")
"""A higher FX spread than 20 % is rejected as a typing error."""

MAX_RATE = Decimal(10_000_000)
"""No currency has more units per USD; the Iranian rial, at about a million, has the most."""

STRESS = Decimal("0.25")
"""The assumed fall of the dirham against the dollar in the stress test: an assumption, not a forecast."""


@dataclass(frozen=True)
class Invoice:
    """The currency of the provider's invoice: its code, units per USD, and the date of that rate."""

    currency: str = "USD"
    per_usd: Decimal = Decimal(1)
    as_of: date | None = None


@dataclass(frozen=True)
class Rates:
    """Conversion of USD to AED. `spread` is the bank's FX spread on top of the rate, 0.01 for 1 %."""

    aed_per_usd: Decimal = PEG.aed_per_usd
    as_of: date = PEG.as_of
    source: str = PEG.source
    spread: Decimal = Decimal(0)
    vat: Decimal = VAT_RATE
    vat_recoverable: bool = True
    recovered: Decimal = Decimal(1)
    """Share of input VAT that is recovered if VAT is recoverable, 0 to 1."""
    reverse_charged: tuple[str, ...] = ()
    """Clouds whose supplier is abroad and charges no VAT: the customer accounts for it (reverse charge)."""
    stress: Decimal = STRESS
    invoice: Invoice = Invoice()

    def __post_init__(self) -> None:
        _positive("rates.aed_per_usd", self.aed_per_usd)
        _positive("rates.invoice.per_usd", self.invoice.per_usd)
        _between("rates.spread", self.spread, MAX_SPREAD)
        _between("rates.vat", self.vat, Decimal(1))
        _between("rates.recovered", self.recovered, Decimal(1))
        _between("rates.stress", self.stress, Decimal("0.95"))
        _not_in_future("rates.as_of", self.as_of)
        _not_in_future("rates.invoice.as_of", self.invoice.as_of)
        if len(code := self.invoice.currency) != 3 or not (code.isascii() and code.isalpha() and code.isupper()):
            raise BadInput("rates.invoice.currency", f"{code!r} is not a currency code such as USD, AED or EUR")
        if self.invoice.currency == "USD" and self.invoice.per_usd != 1:
            raise BadInput("rates.invoice.per_usd", f"must be 1 for USD, not {self.invoice.per_usd}")

    @property
    def aed(self) -> Decimal:
        """AED paid per USD of list price. An invoice in AED uses the provider's rate, so no bank spread applies."""
        if self.invoice.currency == "AED":
            return self.invoice.per_usd
        return self.aed_per_usd * (1 + self.spread)

    @property
    def unrecovered_vat(self) -> Decimal:
        """The part of VAT that remains as cost, as a share of the net amount."""
        return self.vat * (1 - self.recovered) if self.vat_recoverable else self.vat

    @property
    def vat_label(self) -> str:
        """The VAT rate, whether it is recovered, and by whom it is accounted for."""
        recovered = f"{(self.recovered * 100).normalize():f} % recovered" if self.recovered < 1 else "recoverable"
        reverse = f"; reverse charge: {', '.join(self.reverse_charged)}" if self.reverse_charged else ""
        label = recovered if self.vat_recoverable else "not recovered"
        return f"VAT {(self.vat * 100).normalize():f} %, {label}{reverse}"

    @property
    def aed_stressed(self) -> Decimal:
        """AED paid per USD after the dirham has lost `stress` of its value, including the bank's spread."""
        return self.aed_per_usd / (1 - self.stress) * (1 + self.spread)


def rounded(amount: Decimal) -> Decimal:
    """Rounds an amount to the fils, halves up; done once, at the end."""
    return amount.quantize(FILS, ROUND_HALF_UP)


def _positive(location: str, value: Decimal) -> None:
    if not value.is_finite() or value <= 0:
        raise BadInput(location, f"a rate must be more than zero, not {value}")
    if not 1 / MAX_RATE <= value <= MAX_RATE:
        raise BadInput(location, f"no currency has the rate {value:.3g}: it must be from {1 / MAX_RATE} to {MAX_RATE}")


def _between(location: str, value: Decimal, maximum: Decimal) -> None:
    if not value.is_finite() or not 0 <= value <= maximum:
        raise BadInput(location, f"must be a share from 0 to {maximum}, not {value}")


def _not_in_future(location: str, day: date | None) -> None:
    if day is not None and day > datetime.now(UTC).date():
        raise BadInput(location, f"{day.isoformat()} is in the future")
