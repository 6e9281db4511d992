"""Exchange rate of the UAE dirham to the US dollar, and VAT."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal


@dataclass(frozen=True)
class Rate:
    """An exchange rate with its date and source."""

    aed_per_usd: Decimal
    as_of: date
    source: str


PEG = Rate(Decimal("3.6725"), date(2026, 11, 24), "official peg of the dirham to the US dollar since 1997")
AED_PER_USD: Decimal = PEG.aed_per_usd
"""AED per USD at the official peg; a stack may set another rate."""

VAT_RATE: Decimal = Decimal("0.05")
"""UAE value added tax (Federal Decree-Law 8/2017), charged by AWS's UAE branches since 2024-02-01."""
