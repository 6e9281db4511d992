"""Charges of a month aggregated by business unit, site, project, tenant and day."""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from falaj.finops.lines import ZERO
from falaj.finops.showback.charges import FIRST_DAY, Amount, Charges
from falaj.finops.showback.exchange import Exchange
from falaj.finops.showback.period import Period, days
from falaj.finops.showback.utilisation import idle_share

Daily = dict[date, Decimal]

VIEWS = ("site", "project", "cost_centre", "tenant", "service")
"""Dimensions by which the month is grouped in addition to the business unit."""


@dataclass
class CostTotals:
    """Monthly cost in AED without tax, with its idle part and the part without utilisation data."""

    cost: Decimal = ZERO
    idle: Decimal = ZERO
    unmeasured: Decimal = ZERO

    @property
    def used(self) -> Decimal:
        """Cost without known idle cost."""
        return self.cost - self.idle

    def add(self, cost: Decimal, idle_ratio: Decimal | None) -> None:
        """Adds one charge."""
        self.cost += cost
        if idle_ratio is None:
            self.unmeasured += cost
        else:
            self.idle += cost * idle_ratio


def _totals_by_name() -> dict[str, CostTotals]:
    return defaultdict(CostTotals)


def _series() -> dict[str, Daily]:
    return defaultdict(lambda: defaultdict(Decimal))


@dataclass
class Sums:
    """All sums. `metered` is by (business unit, service) over all days in the files; `fixed` is the daily share of
    charges that span several days.
    """

    units: dict[str, CostTotals] = field(default_factory=_totals_by_name)
    views: dict[str, dict[str, CostTotals]] = field(default_factory=lambda: {view: _totals_by_name() for view in VIEWS})
    vat: dict[str, Decimal] = field(default_factory=lambda: defaultdict(Decimal))
    metered: dict[tuple[str, str], Daily] = field(default_factory=lambda: defaultdict(lambda: defaultdict(Decimal)))
    fixed: dict[str, Daily] = field(default_factory=_series)
    estimated: Decimal = ZERO
    """The part that is estimated, not billed."""

    def history(self, unit: str, last: date) -> Daily:
        """Returns the metered cost per day of a unit, starting with the first day of the files."""
        unit_series = [daily for (owner, _), daily in self.metered.items() if owner == unit]
        first_days = [min(daily) for daily in self.metered.values()]
        if not unit_series or min(first_days) > last:
            return {}
        return {day: sum((daily.get(day, ZERO) for daily in unit_series), ZERO) for day in days(min(first_days), last)}


def sums(charges: Charges, period: Period, exchange: Exchange) -> Sums:
    """Aggregates the month up to its last day with complete data, and the days before it for comparison."""
    result = Sums()
    _by_day(result, charges, period, exchange)
    for amount in charges.amounts(("business_unit",), period.first, period.as_of, by_day=exchange.by_day):
        aed = exchange.in_aed(amount)
        if amount.tax:
            result.vat[amount.by[0]] += aed
            continue
        result.units[amount.by[0]].add(aed, idle_share(amount))
        if amount.estimated:
            result.estimated += aed
    for view, names in result.views.items():
        for amount in charges.amounts((view,), period.first, period.as_of, by_day=exchange.by_day):
            if not amount.tax:
                names[amount.by[0]].add(exchange.in_aed(amount), idle_share(amount))
    return result


def _by_day(result: Sums, charges: Charges, period: Period, exchange: Exchange) -> None:
    for amount in charges.amounts(("business_unit", "service"), FIRST_DAY, period.as_of, by_day=True):
        if not amount.tax and amount.first_day == amount.last_day:
            unit, service = amount.by
            result.metered[unit, service][amount.first_day] += exchange.in_aed(amount)
    for amount in charges.amounts(("business_unit",), period.first, period.last, by_day=True):
        if not amount.tax and amount.first_day != amount.last_day:
            _spread(result.fixed[amount.by[0]], amount, exchange.in_aed(amount), period)


def _spread(daily: Daily, amount: Amount, aed: Decimal, period: Period) -> None:
    """Adds the part of charges of several days that falls into the month, evenly."""
    span = days(max(amount.first_day, period.first), min(amount.last_day, period.last))
    for day in span:
        daily[day] += aed / len(span)


def complete(daily: Mapping[date, Decimal], last: date) -> dict[date, float]:
    """Returns the series from its first day without gaps, for statistics."""
    return {day: float(daily.get(day, ZERO)) for day in days(min(daily), last)} if daily else {}
