"""Charges in AED, at the exchange rate of their month and of their invoice currency."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from falaj.facts.currency import PEG
from falaj.finops.errors import BadInput
from falaj.finops.showback.charges import Amount


@dataclass(frozen=True)
class Exchange:
    """`aed`: first day of validity -> AED per USD. `per_usd`: units of other currencies per USD."""

    aed: Mapping[date, Decimal] = field(default_factory=lambda: {PEG.as_of: PEG.aed_per_usd})
    per_usd: Mapping[str, Decimal] = field(default_factory=dict)

    def rate(self, day: date) -> Decimal:
        """Returns AED per USD: the last known rate of the month or earlier, otherwise the first one."""
        days = [start for start in self.aed if (start.year, start.month) <= (day.year, day.month)]
        return self.aed[max(days) if days else min(self.aed)]

    def in_usd(self, amount: Amount) -> Decimal:
        """Returns the charge in USD, from the export or by the rates. Raises `BadInput` for an unknown currency."""
        if amount.usd is not None:
            return amount.usd
        if amount.currency == "USD":
            return amount.cost
        if amount.currency == "AED":
            return amount.cost / self.rate(amount.month)
        return amount.cost / self._per_usd(amount.currency)

    def in_aed(self, amount: Amount) -> Decimal:
        """Returns the charge in AED. A charge billed in AED is unchanged, as the provider has applied its rate."""
        if amount.currency == "AED":
            return amount.cost
        if amount.currency == "USD":
            return amount.cost * self.rate(amount.month)
        return amount.cost / self._per_usd(amount.currency) * self.rate(amount.month)

    def _per_usd(self, currency: str) -> Decimal:
        if currency not in self.per_usd:
            raise BadInput(
                "currency",
                f"a bill is in {currency or 'no currency'}; give its units per USD: --invoice {currency}=0.92",
            )
        return self.per_usd[currency]
