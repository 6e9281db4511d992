"""Charges of a month aggregated by business unit, site, project, tenant and day."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from falaj.finops.lines import ZERO
from falaj.finops.showback.exchange import Exchange
from falaj.finops.showback.period import Period, days, share_of_charge
from falaj.finops.showback.rows import BillingRow
from falaj.finops.showback.utilisation import Utilisation, idle_share

Daily = dict[date, Decimal]

VIEWS = ("site", "project", "cost_centre", "tenant", "service")
"""Fields of a row by which the month is grouped in addition to the business unit."""


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


def sums(rows: Iterable[BillingRow], period: Period, exchange: Exchange, measured: Sequence[Utilisation] = ()) -> Sums:
    """Aggregates the month up to its last day with complete data, and the days before it for comparison."""
    result = Sums()
    for row in rows:
        if row.first > period.last:
            continue
        aed, share = exchange.in_aed(row), share_of_charge(row, period.first, period.as_of)
        if row.tax:
            if share:
                result.vat[row.business_unit] += aed * share
            continue
        _by_day(result, row, aed, period)
        if share:
            _by_owner(result, row, aed * share, idle_share(row, measured))
    return result


def _by_day(result: Sums, row: BillingRow, aed: Decimal, period: Period) -> None:
    if row.days == 1:
        if row.first <= period.as_of:
            result.metered[row.business_unit, row.service][row.first] += aed
        return
    for day in days(max(row.first, period.first), min(row.last, period.last)):
        result.fixed[row.business_unit][day] += aed / row.days


def _by_owner(result: Sums, row: BillingRow, cost: Decimal, idle_ratio: Decimal | None) -> None:
    result.units[row.business_unit].add(cost, idle_ratio)
    for view, names in result.views.items():
        names[getattr(row, view)].add(cost, idle_ratio)
    if row.estimated:
        result.estimated += cost


def complete(daily: Mapping[date, Decimal], last: date) -> dict[date, float]:
    """Returns the series from its first day without gaps, for statistics."""
    return {day: float(daily.get(day, ZERO)) for day in days(min(daily), last)} if daily else {}
