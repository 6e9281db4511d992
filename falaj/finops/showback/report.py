"""The showback report: cost by business unit, idle cost, anomalies, forecast and changes."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from falaj.finops.allocation import parts
from falaj.finops.errors import BadInput
from falaj.finops.lines import ZERO
from falaj.finops.showback.anomalies import Anomaly, anomalies
from falaj.finops.showback.budget import ALL, BudgetForecast, BurnDown, budget_forecast
from falaj.finops.showback.effects import Effects, effects
from falaj.finops.showback.exchange import Exchange
from falaj.finops.showback.forecast import forecast
from falaj.finops.showback.period import Period, period
from falaj.finops.showback.rows import UNTAGGED, BillingRow
from falaj.finops.showback.sums import CostTotals, Sums, complete, sums
from falaj.finops.showback.utilisation import Utilisation
from falaj.finops.usage_model import SharedCost


@dataclass(frozen=True)
class ShowbackQuery:
    """Parameters of a report. Cost without a business unit, and of the units in `common`, is shared cost."""

    month: date
    exchange: Exchange = field(default_factory=Exchange)
    shared: SharedCost = field(default_factory=SharedCost)
    common: tuple[str, ...] = ()
    budgets: Mapping[str, Decimal] = field(default_factory=dict)
    measured: tuple[Utilisation, ...] = ()
    as_of: date | None = None


@dataclass(frozen=True)
class BusinessUnit:
    """A business unit's month in AED. VAT is not part of any other figure."""

    own: CostTotals
    shared: Decimal
    vat: Decimal

    @property
    def total(self) -> Decimal:
        """Own and shared cost, without VAT."""
        return self.own.cost + self.shared


@dataclass(frozen=True)
class ShowbackReport:
    """All of it."""

    query: ShowbackQuery
    period: Period
    units: Mapping[str, BusinessUnit]
    views: Mapping[str, Mapping[str, CostTotals]]
    outlooks: Mapping[str, BudgetForecast]
    burn_downs: tuple[BurnDown, ...]
    anomalies: tuple[Anomaly, ...]
    effects: Mapping[str, Effects] | None
    estimated: Decimal
    notes: tuple[str, ...]

    @property
    def total(self) -> CostTotals:
        """Totals of all business units so far."""
        whole = CostTotals()
        for unit in self.units.values():
            whole.cost += unit.own.cost
            whole.idle += unit.own.idle
            whole.unmeasured += unit.own.unmeasured
        return whole

    @property
    def vat(self) -> Decimal:
        """All VAT so far."""
        return sum((unit.vat for unit in self.units.values()), ZERO)


def report(rows: Sequence[BillingRow], query: ShowbackQuery, notes: Sequence[str] = ()) -> ShowbackReport:
    """The month of `query`. Raises `BadInput`."""
    span = period(query.month, rows, query.as_of)
    result = sums(rows, span, query.exchange, query.measured)
    own = {name: portion.cost for name, portion in result.units.items()}
    shares = _shares(query, own)
    anomalous = anomalies({key: complete(daily, span.as_of) for key, daily in result.metered.items()})
    outlooks = _outlooks(result, span, shares, anomalous)
    return ShowbackReport(
        query=query,
        period=span,
        units=_units(result, own, shares, _common(query)),
        views={view: dict(sorted(names.items())) for view, names in result.views.items()},
        outlooks=outlooks,
        burn_downs=_burn_downs(query, outlooks),
        anomalies=tuple(one for one in anomalous if one.day >= span.first),
        effects=_effects(rows, query, span),
        estimated=result.estimated,
        notes=(*notes, *_notes(result)),
    )


def _common(query: ShowbackQuery) -> frozenset[str]:
    return frozenset((UNTAGGED, *query.common))


def _shares(query: ShowbackQuery, own: Mapping[str, Decimal]) -> dict[str, Decimal]:
    """Business unit -> its part of the shared cost; empty if shared cost is kept separate."""
    names = sorted(set(own) - _common(query))
    return parts(query.shared, names, own, "business units") if names and query.shared.by != "none" else {}


def _units(
    sums: Sums, own: Mapping[str, Decimal], shares: Mapping[str, Decimal], common: frozenset[str]
) -> dict[str, BusinessUnit]:
    shared_cost = sum((cost for name, cost in own.items() if name in common), ZERO)
    result: dict[str, BusinessUnit] = {}
    for name in sorted({*sums.units, *sums.vat}):
        given = shared_cost * shares.get(name, ZERO)
        if shares and name in common:
            given = -own.get(name, ZERO)
        result[name] = BusinessUnit(sums.units.get(name, CostTotals()), given, sums.vat.get(name, ZERO))
    return result


def _outlooks(
    result: Sums, span: Period, shares: Mapping[str, Decimal], anomalous: Sequence[Anomaly]
) -> dict[str, BudgetForecast]:
    """Forecast of the total, and of each unit with its part of the shared cost."""
    names = sorted({name for name, _ in result.metered} | set(result.fixed))
    weights: dict[str, dict[str, Decimal]] = {ALL: dict.fromkeys(names, Decimal(1))}
    for unit in shares or names:
        weights[unit] = {name: shares.get(unit, ZERO) for name in names if shares and name not in shares}
        weights[unit][unit] = Decimal(1)
    return {scope: _outlook(result, span, of, anomalous) for scope, of in weights.items()}


def _outlook(result: Sums, span: Period, of: Mapping[str, Decimal], anomalous: Sequence[Anomaly]) -> BudgetForecast:
    history: dict[date, Decimal] = {}
    fixed: dict[date, Decimal] = {}
    for name, weight in of.items():
        for into, daily in ((history, result.history(name, span.as_of)), (fixed, result.fixed.get(name, {}))):
            for day, cost in daily.items():
                into[day] = into.get(day, ZERO) + cost * weight
    unexpected = frozenset(one.day for one in anomalous if one.business_unit in of)
    coming = forecast({day: float(cost) for day, cost in history.items()}, span.remaining_days, unexpected)
    metered = {day: cost for day, cost in history.items() if day >= span.first}
    return budget_forecast(metered, fixed, coming, span.as_of)


def _burn_downs(query: ShowbackQuery, outlooks: Mapping[str, BudgetForecast]) -> tuple[BurnDown, ...]:
    for scope in query.budgets:
        if scope not in outlooks:
            raise BadInput("--budget", f"unknown business unit {scope!r}; known: {', '.join(sorted(outlooks))}")
    return tuple(BurnDown(scope, limit, outlooks[scope]) for scope, limit in query.budgets.items())


def _effects(rows: Sequence[BillingRow], query: ShowbackQuery, span: Period) -> dict[str, Effects] | None:
    """Against the same days of the month before; None where the files have nothing of it."""
    first, last = span.before
    before = [row for row in rows if not row.tax and row.first <= last and row.last >= first]
    if not before:
        return None
    untaxed = [row for row in rows if not row.tax]
    return effects(untaxed, query.exchange, (first, last), (span.first, span.as_of))


def _notes(result: Sums) -> list[str]:
    notes: list[str] = []
    untagged = result.units.get(UNTAGGED)
    if untagged is not None and untagged.cost:
        whole = sum((portion.cost for portion in result.units.values()), ZERO)
        notes.append(f"{untagged.cost / whole * 100:.1f} % of the cost has no business-unit tag" if whole else "")
    if result.estimated:
        notes.append("part of the cost is estimated, not billed")
    return [note for note in notes if note]
