"""The showback report: cost by business unit, idle cost, anomalies, forecast and changes."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from falaj.finops.allocation import sharing_ratios
from falaj.finops.errors import BadInput
from falaj.finops.lines import ZERO
from falaj.finops.showback.anomalies import Anomaly, anomalies
from falaj.finops.showback.budget import ALL, BudgetForecast, BurnDown, budget_forecast
from falaj.finops.showback.charges import Charges
from falaj.finops.showback.effects import Effects, effects
from falaj.finops.showback.exchange import Exchange
from falaj.finops.showback.forecast import forecast
from falaj.finops.showback.levels import missing_days
from falaj.finops.showback.period import Period, ended, period
from falaj.finops.showback.sums import CostTotals, Sums, complete, sums
from falaj.finops.showback.tags import UNTAGGED
from falaj.finops.showback.utilisation import Utilisation, measured_charges
from falaj.finops.usage_model import SharedCost

MAX_NAMES = 5
"""Days and series that one note names."""


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
        """Direct and shared cost without VAT."""
        return self.own.cost + self.shared


@dataclass(frozen=True)
class ShowbackReport:
    """A complete showback report."""

    query: ShowbackQuery
    period: Period
    units: Mapping[str, BusinessUnit]
    views: Mapping[str, Mapping[str, CostTotals]]
    outlooks: Mapping[str, BudgetForecast]
    burn_downs: tuple[BurnDown, ...]
    anomalies: tuple[Anomaly, ...]
    effects: Mapping[str, Effects] | None
    estimated: Decimal
    untaxed: tuple[str, ...]
    """Providers with a cost of which the files have no tax, so that the report's VAT is without theirs."""
    notes: tuple[str, ...]

    @property
    def total(self) -> CostTotals:
        """Totals of all business units to date."""
        totals = CostTotals()
        for unit in self.units.values():
            totals.cost += unit.own.cost
            totals.idle += unit.own.idle
            totals.unmeasured += unit.own.unmeasured
        return totals

    @property
    def vat(self) -> Decimal:
        """Total VAT to date."""
        return sum((unit.vat for unit in self.units.values()), ZERO)


def report(charges: Charges, query: ShowbackQuery) -> ShowbackReport:
    """Builds the showback report of a query. Raises `BadInput`."""
    billing_period = period(query.month, charges, query.as_of)
    with_use = measured_charges(charges, query.measured)
    cost_sums = sums(with_use, billing_period, query.exchange)
    own = {name: totals.cost for name, totals in cost_sums.units.items()}
    if unknown := [name for name in query.common if name not in own]:
        raise BadInput("--common", f"unknown business unit {unknown[0]!r}; known: {', '.join(sorted(own))}")
    shares = _shares(query, own)
    series = {key: complete(daily, billing_period.as_of) for key, daily in cost_sums.metered.items()}
    anomalous = anomalies(series)
    forecasts = _forecasts(cost_sums, billing_period, shares, anomalous)
    return ShowbackReport(
        query=query,
        period=billing_period,
        units=_units(cost_sums, own, shares, _common_units(query)),
        views={view: dict(sorted(names.items())) for view, names in cost_sums.views.items()},
        outlooks=forecasts,
        burn_downs=_burn_downs(query, forecasts),
        anomalies=tuple(anomaly for anomaly in anomalous if anomaly.day >= billing_period.first),
        effects=_effects(charges, query, billing_period),
        estimated=cost_sums.estimated,
        untaxed=_untaxed(charges, billing_period),
        notes=(
            *with_use.notes,
            *ended(charges, billing_period),
            *_notes(cost_sums, billing_period),
            *_missing(series, billing_period),
        ),
    )


def _common_units(query: ShowbackQuery) -> frozenset[str]:
    return frozenset((UNTAGGED, *query.common))


def _shares(query: ShowbackQuery, own: Mapping[str, Decimal]) -> dict[str, Decimal]:
    """Returns each business unit's share of the shared cost; empty if shared cost is not allocated."""
    names = sorted(set(own) - _common_units(query))
    return sharing_ratios(query.shared, names, own, "business units") if names and query.shared.by != "none" else {}


def _units(
    sums: Sums, own: Mapping[str, Decimal], shares: Mapping[str, Decimal], common: frozenset[str]
) -> dict[str, BusinessUnit]:
    shared_cost = sum((cost for name, cost in own.items() if name in common), ZERO)
    units: dict[str, BusinessUnit] = {}
    for name in sorted({*sums.units, *sums.vat}):
        allocated = shared_cost * shares.get(name, ZERO)
        if shares and name in common:
            allocated = -own.get(name, ZERO)
        units[name] = BusinessUnit(sums.units.get(name, CostTotals()), allocated, sums.vat.get(name, ZERO))
    return units


def _forecasts(
    cost_sums: Sums, billing_period: Period, shares: Mapping[str, Decimal], anomalous: Sequence[Anomaly]
) -> dict[str, BudgetForecast]:
    """Returns the forecast of the total, and of each unit including its share of the shared cost."""
    names = sorted({name for name, _ in cost_sums.metered} | set(cost_sums.fixed))
    weights: dict[str, dict[str, Decimal]] = {ALL: dict.fromkeys(names, Decimal(1))}
    for unit in shares or names:
        weights[unit] = {name: shares.get(unit, ZERO) for name in names if shares and name not in shares}
        weights[unit][unit] = Decimal(1)
    return {
        scope: _forecast(cost_sums, billing_period, unit_weights, anomalous) for scope, unit_weights in weights.items()
    }


def _forecast(
    cost_sums: Sums, billing_period: Period, unit_weights: Mapping[str, Decimal], anomalous: Sequence[Anomaly]
) -> BudgetForecast:
    history: dict[date, Decimal] = {}
    fixed: dict[date, Decimal] = {}
    for name, weight in unit_weights.items():
        for target, daily in (
            (history, cost_sums.history(name, billing_period.as_of)),
            (fixed, cost_sums.fixed.get(name, {})),
        ):
            for day, cost in daily.items():
                target[day] = target.get(day, ZERO) + cost * weight
    anomalous_dates = frozenset(
        anomaly.day for anomaly in anomalous if anomaly.business_unit in unit_weights and not anomaly.lasting
    )
    remaining = forecast(
        {day: float(cost) for day, cost in history.items()}, billing_period.remaining_days, anomalous_dates
    )
    metered = {day: cost for day, cost in history.items() if day >= billing_period.first}
    return budget_forecast(metered, fixed, remaining, billing_period.as_of)


def _burn_downs(query: ShowbackQuery, forecasts: Mapping[str, BudgetForecast]) -> tuple[BurnDown, ...]:
    for scope in query.budgets:
        if scope not in forecasts:
            raise BadInput("--budget", f"unknown business unit {scope!r}; known: {', '.join(sorted(forecasts))}")
    return tuple(BurnDown(scope, limit, forecasts[scope]) for scope, limit in query.budgets.items())


def _effects(charges: Charges, query: ShowbackQuery, billing_period: Period) -> dict[str, Effects] | None:
    """Returns the effects against the same days of the previous month; None if the files have no data for them."""
    before = billing_period.before
    if all(amount.tax for amount in charges.amounts((), *before)):
        return None
    return effects(charges, query.exchange, before, (billing_period.first, billing_period.as_of))


def _notes(cost_sums: Sums, billing_period: Period) -> list[str]:
    notes: list[str] = []
    if billing_period.newest_counts:
        notes.append(f"{billing_period.as_of.isoformat()} is the only day with charges, and may be incomplete")
    untagged = cost_sums.units.get(UNTAGGED)
    if untagged is not None and untagged.cost:
        total = sum((totals.cost for totals in cost_sums.units.values()), ZERO)
        notes.append(f"{untagged.cost / total * 100:.1f} % of the cost has no business-unit tag" if total else "")
    if cost_sums.estimated:
        notes.append("part of the cost is estimated, not billed")
    tags = {view: cost_sums.views[view] for view in ("cost_centre", "project", "tenant")}
    for label, names in {"business unit": cost_sums.units, **tags}.items():
        notes += _alike(label.replace("_", " "), names)
    return [note for note in notes if note]


def _alike(label: str, names: Iterable[str]) -> list[str]:
    """Returns a note for names that differ in case and spaces only."""
    spelt: dict[str, list[str]] = {}
    for name in sorted(names):
        spelt.setdefault("".join(name.split()).casefold(), []).append(name)
    return [f"{label} {_shown(same)}: counted apart, though spelt alike" for same in spelt.values() if len(same) > 1]


def _untaxed(charges: Charges, billing_period: Period) -> tuple[str, ...]:
    amounts = charges.amounts(("provider",), billing_period.first, billing_period.as_of)
    taxed = {amount.by[0] for amount in amounts if amount.tax}
    return tuple(sorted({amount.by[0] for amount in amounts if amount.cost and not amount.tax} - taxed))


def _missing(series: Mapping[tuple[str, str], Mapping[date, float]], billing_period: Period) -> list[str]:
    """Returns a note for each set of days of the month on which series that otherwise cost something every day do not:
    it decides neither on an anomaly nor on the forecast whether these were not used or are missing in the export.
    """
    names: dict[tuple[date, ...], list[str]] = {}
    for (unit, service), daily in sorted(series.items()):
        days = tuple(day for day in (missing_days(daily) if daily else ()) if day >= billing_period.first)
        if days:
            names.setdefault(days, []).append(f"{unit} {service}")
    return [
        f"no cost on {_shown([day.isoformat() for day in days])} of {_shown(owners)}: not used, or missing in the files"
        for days, owners in names.items()
    ]


def _shown(names: Sequence[str]) -> str:
    more = len(names) - MAX_NAMES
    return ", ".join(names[:MAX_NAMES]) + (f" and {more} more" if more > 0 else "")
