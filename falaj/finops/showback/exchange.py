"""Charges in AED, by the exchange rate of their month and of their invoice currency."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from falaj.facts.currency import PEG
from falaj.finops.errors import BadInput
from falaj.finops.showback.rows import BillingRow


@dataclass(frozen=True)
class Exchange:
    """`aed`: day -> dirhams for one dollar from then on. `per_usd`: units of another currency for one dollar."""

    aed: Mapping[date, Decimal] = field(default_factory=lambda: {PEG.as_of: PEG.aed_per_usd})
    per_usd: Mapping[str, Decimal] = field(default_factory=dict)

    def rate(self, day: date) -> Decimal:
        """Dirhams for one dollar: the last rate that was known in that month, or the first there is."""
        days = [when for when in self.aed if (when.year, when.month) <= (day.year, day.month)]
        return self.aed[max(days) if days else min(self.aed)]

    def in_usd(self, row: BillingRow) -> Decimal:
        """The charge in dollars: what the export says, or by the rates. Raises `BadInput` for an unknown currency."""
        if row.usd is not None:
            return row.usd
        if row.currency == "USD":
            return row.cost
        if row.currency == "AED":
            return row.cost / self.rate(row.first)
        return row.cost / self._per_usd(row.currency)

    def in_aed(self, row: BillingRow) -> Decimal:
        """The charge in dirhams. One that is billed in dirhams is what it is: the provider chose the rate."""
        if row.currency == "AED":
            return row.cost
        if row.currency == "USD":
            return row.cost * self.rate(row.first)
        return row.cost / self._per_usd(row.currency) * self.rate(row.first)

    def _per_usd(self, currency: str) -> Decimal:
        if currency not in self.per_usd:
            raise BadInput(
                "currency",
                f"a bill is in {currency or 'no currency'}; say its units for one USD: --invoice {currency}=0.92",
            )
        return self.per_usd[currency]
