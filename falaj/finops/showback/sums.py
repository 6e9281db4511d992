"""Charges of a month aggregated by business unit, site, project, tenant and day."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from falaj.finops.lines import ZERO
from falaj.finops.showback.exchange import Exchange
from falaj.finops.showback.period import Period, days, part
from falaj.finops.showback.rows import BillingRow
from falaj.finops.showback.utilisation import Utilisation, idle

Daily = dict[date, Decimal]

VIEWS = ("site", "project", "tenant", "service")
"""Fields of a row by which the month is shown besides the business unit."""


@dataclass
class CostTotals:
    """Of somebody's month in AED without tax: what was allocated, and of that idle and not measured."""

    cost: Decimal = ZERO
    idle: Decimal = ZERO
    unmeasured: Decimal = ZERO

    @property
    def used(self) -> Decimal:
        """The usage basis: without what is known to be idle."""
        return self.cost - self.idle

    def add(self, cost: Decimal, idle_part: Decimal | None) -> None:
        """One charge more."""
        self.cost += cost
        if idle_part is None:
            self.unmeasured += cost
        else:
            self.idle += cost * idle_part


def _portions() -> dict[str, CostTotals]:
    return defaultdict(CostTotals)


def _series() -> dict[str, Daily]:
    return defaultdict(lambda: defaultdict(Decimal))


@dataclass
class Sums:
    """All sums. `metered` is by (business unit, service) over all days that the files have; `fixed` is what charges for
    many days bring on each day of the month.
    """

    units: dict[str, CostTotals] = field(default_factory=_portions)
    views: dict[str, dict[str, CostTotals]] = field(default_factory=lambda: {view: _portions() for view in VIEWS})
    vat: dict[str, Decimal] = field(default_factory=lambda: defaultdict(Decimal))
    metered: dict[tuple[str, str], Daily] = field(default_factory=lambda: defaultdict(lambda: defaultdict(Decimal)))
    fixed: dict[str, Daily] = field(default_factory=_series)
    estimated: Decimal = ZERO
    """The part that is an estimate and no bill."""

    def history(self, unit: str, last: date) -> Daily:
        """The metered days of a unit from the first day that the files have."""
        mine = [daily for (whose, _), daily in self.metered.items() if whose == unit]
        begun = [min(daily) for daily in self.metered.values()]
        if not mine or min(begun) > last:
            return {}
        return {day: sum((one.get(day, ZERO) for one in mine), ZERO) for day in days(min(begun), last)}


def sums(rows: Iterable[BillingRow], period: Period, exchange: Exchange, measured: Sequence[Utilisation] = ()) -> Sums:
    """The month up to the day of which the bill is known, and the days before it for comparison."""
    result = Sums()
    for row in rows:
        if row.first > period.last:
            continue
        aed, share = exchange.in_aed(row), part(row, period.first, period.as_of)
        if row.tax:
            if share:
                result.vat[row.business_unit] += aed * share
            continue
        _by_day(result, row, aed, period)
        if share:
            _by_owner(result, row, aed * share, idle(row, measured))
    return result


def _by_day(result: Sums, row: BillingRow, aed: Decimal, period: Period) -> None:
    if row.days == 1:
        if row.first <= period.as_of:
            result.metered[row.business_unit, row.service][row.first] += aed
        return
    for day in days(max(row.first, period.first), min(row.last, period.last)):
        result.fixed[row.business_unit][day] += aed / row.days


def _by_owner(result: Sums, row: BillingRow, cost: Decimal, idle_part: Decimal | None) -> None:
    result.units[row.business_unit].add(cost, idle_part)
    for view, names in result.views.items():
        names[getattr(row, view)].add(cost, idle_part)
    if row.estimated:
        result.estimated += cost


def complete(daily: Mapping[date, Decimal], last: date) -> dict[date, float]:
    """A series without gaps from its first day on, for statistics."""
    return {day: float(daily.get(day, ZERO)) for day in days(min(daily), last)} if daily else {}
