"""Prices of the clouds' support plans, which no price list of a region has.

- AWS: the greater of a minimum and a percentage of the month's charges, by tier (aws.amazon.com/premiumsupport/pricing,
  as public repositories recorded it on 2026-10-04). Developer, Business and Enterprise On-Ramp end on 2027-01-01.
- Azure: a fixed price (azure.microsoft.com/support/plans, from knowledge, not read again). Unified Support is a
  contract without a public price, so it is not listed.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal

from falaj.facts.clouds import Cloud
from falaj.facts.machines import PriceKind

D = Decimal


@dataclass(frozen=True)
class SupportPlan:
    """A plan's monthly price in USD: the greater of `minimum_usd` and the tiers' percentages of the month's charges.

    A tier is (upper limit of the charges in USD, None for no limit; percentage of the charges below it).
    """

    minimum_usd: Decimal
    tiers: tuple[tuple[Decimal | None, Decimal], ...]
    kind: PriceKind
    source: str
    date: str

    def fee(self, charges_usd: Decimal) -> Decimal:
        """Returns the price for a month with these charges, in USD."""
        fee, below = D(0), D(0)
        for limit, percent in self.tiers:
            upper = charges_usd if limit is None else min(charges_usd, limit)
            fee += max(D(0), upper - below) * percent / 100
            below = max(below, upper)
        return max(self.minimum_usd, fee)

    @property
    def terms(self) -> str:
        """The price in words."""
        if not self.tiers:
            return "a fixed price"
        percentages = ", ".join(f"{percent} %" for _, percent in self.tiers)
        return f"{percentages} of the charges by tier, at least {self.minimum_usd} USD"


def _aws(minimum: int, *tiers: tuple[int | None, int]) -> SupportPlan:
    limits = tuple((None if limit is None else D(limit), D(percent)) for limit, percent in tiers)
    return SupportPlan(D(minimum), limits, PriceKind.OBSERVED, "aws-premiumsupport-pricing", "2026-10-04")


def _azure(usd: int) -> SupportPlan:
    return SupportPlan(D(usd), (), PriceKind.ESTIMATED, "azure-support-plans", "2026")


SUPPORT_PLANS: Mapping[Cloud, Mapping[str, SupportPlan]] = {
    Cloud.AWS: {
        "business-plus": _aws(29, (10_000, 9), (80_000, 7), (250_000, 5), (None, 3)),
        "enterprise": _aws(5_000, (150_000, 10), (500_000, 7), (1_000_000, 5), (None, 3)),
        "unified-operations": _aws(50_000, (1_000_000, 10), (5_000_000, 6), (None, 5)),
    },
    Cloud.AZURE: {"developer": _azure(29), "standard": _azure(100), "prodirect": _azure(1_000)},
}
"""Cloud -> plan -> its price. A plan without a price is not listed: Basic is free."""
