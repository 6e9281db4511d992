"""Change against the month before, split into usage, price and exchange rate without remainder.

For each price: usage = (quantity after - before) x price before x rate before; rate = dollars after x (rate after -
before); price is what is left, which is quantity after x (price after - before) x rate before.
"""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from falaj.finops.lines import ZERO
from falaj.finops.showback.exchange import Exchange
from falaj.finops.showback.period import part
from falaj.finops.showback.rows import BillingRow


@dataclass(frozen=True)
class Effects:
    """In AED. They add up to the difference of the two spans."""

    before: Decimal = ZERO
    usage: Decimal = ZERO
    price: Decimal = ZERO
    rate: Decimal = ZERO

    @property
    def after(self) -> Decimal:
        """The later span."""
        return self.before + self.usage + self.price + self.rate

    def __add__(self, other: "Effects") -> "Effects":
        return Effects(
            self.before + other.before, self.usage + other.usage, self.price + other.price, self.rate + other.rate
        )


@dataclass
class _Sum:
    aed: Decimal = ZERO
    usd: Decimal = ZERO
    quantity: Decimal = ZERO
    counted: bool = True


def effects(
    rows: Iterable[BillingRow], exchange: Exchange, before: tuple[date, date], after: tuple[date, date]
) -> dict[str, Effects]:
    """Business unit -> what made the difference. What has no quantity is all usage."""
    sums: dict[tuple[str, ...], tuple[_Sum, _Sum]] = defaultdict(lambda: (_Sum(), _Sum()))
    for row in rows:
        key = (row.business_unit, row.provider, row.service, row.sku)
        for index, span in enumerate((before, after)):
            if share := part(row, *span):
                _add(sums[key][index], row, exchange, share)
    result: dict[str, Effects] = defaultdict(Effects)
    for (unit, *_), (former, later) in sums.items():
        result[unit] += _apart(former, later, exchange.rate(before[0]))
    return dict(sorted(result.items()))


def _add(into: _Sum, row: BillingRow, exchange: Exchange, share: Decimal) -> None:
    into.aed += exchange.in_aed(row) * share
    into.usd += exchange.in_usd(row) * share
    into.quantity += (row.quantity or ZERO) * share
    into.counted = into.counted and row.quantity is not None


def _apart(former: _Sum, later: _Sum, usual_rate: Decimal) -> Effects:
    rate_before = former.aed / former.usd if former.usd else usual_rate
    rate_after = later.aed / later.usd if later.usd else rate_before
    by_rate = later.usd * (rate_after - rate_before)
    difference = later.aed - former.aed
    if not (former.quantity > 0 and later.quantity > 0 and former.counted and later.counted):
        return Effects(former.aed, difference - by_rate, ZERO, by_rate)
    usage = (later.quantity - former.quantity) * former.usd / former.quantity * rate_before
    return Effects(former.aed, usage, difference - by_rate - usage, by_rate)
