"""Charges in AED, at the exchange rate of their month and of their invoice currency."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from falaj.facts.currency import PEG
from falaj.finops.errors import BadInput
from falaj.finops.showback.rows import BillingRow


@dataclass(frozen=True)
class Exchange:
    """`aed`: first day of validity -> AED per USD. `per_usd`: units of other currencies per USD."""

    aed: Mapping[date, Decimal] = field(default_factory=lambda: {PEG.as_of: PEG.aed_per_usd})
    per_usd: Mapping[str, Decimal] = field(default_factory=dict)

    def rate(self, day: date) -> Decimal:
        """Returns AED per USD: the last known rate of the month or earlier, otherwise the first one."""
        days = [start for start in self.aed if (start.year, start.month) <= (day.year, day.month)]
        return self.aed[max(days) if days else min(self.aed)]

    def in_usd(self, row: BillingRow) -> Decimal:
        """Returns the charge in USD, from the export or by the rates. Raises `BadInput` for an unknown currency."""
        if row.usd is not None:
            return row.usd
        if row.currency == "USD":
            return row.cost
        if row.currency == "AED":
            return row.cost / self.rate(row.first)
        return row.cost / self._per_usd(row.currency)

    def in_aed(self, row: BillingRow) -> Decimal:
        """Returns the charge in AED. A charge billed in AED is unchanged, as the provider has applied its rate."""
        if row.currency == "AED":
            return row.cost
        if row.currency == "USD":
            return row.cost * self.rate(row.first)
        return row.cost / self._per_usd(row.currency) * self.rate(row.first)

    def _per_usd(self, currency: str) -> Decimal:
        if currency not in self.per_usd:
            raise BadInput(
                "currency",
                f"a bill is in {currency or 'no currency'}; give its units per USD: --invoice {currency}=0.92",
            )
        return self.per_usd[currency]
