"""Change against the previous month, split into usage, price and exchange rate effects without remainder.

For each price: usage effect = (quantity after - before) x price before x rate before; rate effect = USD after x (rate
after - before); price effect is the rest, which is quantity after x (price after - before) x rate before.
"""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from falaj.finops.lines import ZERO
from falaj.finops.showback.charges import Amount, Charges
from falaj.finops.showback.exchange import Exchange


@dataclass(frozen=True)
class Effects:
    """Effects in AED, which add up to the difference of the two periods."""

    before: Decimal = ZERO
    usage: Decimal = ZERO
    price: Decimal = ZERO
    rate: Decimal = ZERO

    @property
    def after(self) -> Decimal:
        """Cost of the later period."""
        return self.before + self.change

    @property
    def change(self) -> Decimal:
        """Difference of the two periods."""
        return self.usage + self.price + self.rate

    def __add__(self, other: "Effects") -> "Effects":
        return Effects(
            self.before + other.before, self.usage + other.usage, self.price + other.price, self.rate + other.rate
        )


_PRICE = ("business_unit", "provider", "service", "sku")
"""Dimensions whose charges have one price."""


@dataclass
class _PriceTotals:
    aed: Decimal = ZERO
    usd: Decimal = ZERO
    quantity: Decimal = ZERO
    counted: bool = True


def effects(
    charges: Charges, exchange: Exchange, before: tuple[date, date], after: tuple[date, date]
) -> dict[str, Effects]:
    """Returns the effects by business unit. Cost without a quantity counts as a usage effect."""
    sums: dict[tuple[str, ...], tuple[_PriceTotals, _PriceTotals]] = defaultdict(
        lambda: (_PriceTotals(), _PriceTotals())
    )
    for index, span in enumerate((before, after)):
        for amount in charges.amounts(_PRICE, *span, by_day=exchange.by_day):
            if not amount.tax:
                _add(sums[amount.by][index], amount, exchange)
    result: dict[str, Effects] = defaultdict(Effects)
    for (unit, *_), (former, later) in sums.items():
        result[unit] += _split(former, later, exchange.rate(before[0]))
    return dict(sorted(result.items()))


def _add(totals: _PriceTotals, amount: Amount, exchange: Exchange) -> None:
    totals.aed += exchange.in_aed(amount)
    totals.usd += exchange.in_usd(amount)
    totals.quantity += amount.quantity or ZERO
    totals.counted = totals.counted and amount.quantity is not None


def _split(before: _PriceTotals, after: _PriceTotals, default_rate: Decimal) -> Effects:
    rate_before = before.aed / before.usd if before.usd else default_rate
    rate_after = after.aed / after.usd if after.usd else rate_before
    rate_effect = after.usd * (rate_after - rate_before)
    difference = after.aed - before.aed
    if not (before.quantity > 0 and after.quantity > 0 and before.counted and after.counted):
        return Effects(before.aed, difference - rate_effect, ZERO, rate_effect)
    usage_effect = (after.quantity - before.quantity) * before.usd / before.quantity * rate_before
    return Effects(before.aed, usage_effect, difference - rate_effect - usage_effect, rate_effect)
