"""Tables of the showback report, shared by the terminal and the comment."""

from collections.abc import Iterable, Iterator
from decimal import Decimal

from falaj.finops.report.formatting import amount, signed
from falaj.finops.report.tables import Table
from falaj.finops.showback.budget import BudgetForecast, BurnDown
from falaj.finops.showback.effects import Effects
from falaj.finops.showback.forecast import CONFIDENCE
from falaj.finops.showback.report import ShowbackReport

MAX_ANOMALIES = 10
"""Maximum anomalous days shown; the JSON has all."""

_NOTE = "AED, without VAT."


def tables(result: ShowbackReport) -> Iterator[Table]:
    """Yields the tables that have rows."""
    yield from (table for table in _all(result) if table.rows)


def _all(result: ShowbackReport) -> Iterator[Table]:
    yield _units(result)
    yield _budgets(result.burn_downs)
    yield _forecasts(result)
    yield from _views(result)
    yield _effects(result)
    yield _anomalies(result)


def _units(result: ShowbackReport) -> Table:
    rows = (
        (name, *map(amount, (unit.own.cost, unit.shared, unit.total, unit.own.idle, unit.own.unmeasured, unit.vat)))
        for name, unit in sorted(result.units.items(), key=lambda item: -item[1].total)
    )
    columns = ("business unit", "own", "shared", "total", "idle", "no utilisation data", "VAT")
    shared = (
        f"Shared cost: {result.query.shared.by}. {_NOTE} VAT is that of the files, whose rows of tax seldom have tags."
    )
    return Table("Cost by business unit", columns, tuple(rows), note=shared)


def _budgets(burn_downs: Iterable[BurnDown]) -> Table:
    rows = []
    for budget in burn_downs:
        forecast = budget.budget_forecast
        exceeded_on = forecast.exceeded_on(budget.limit)
        figures = (amount(budget.limit), amount(forecast.spent), f"{budget.percent:.0f} %", amount(forecast.expected))
        state = "over budget" if budget.over else "within"
        rows.append((budget.scope, state, *figures, exceeded_on.isoformat() if exceeded_on else "-"))
    columns = ("budget", "forecast is", "limit", "spent", "% spent", "forecast", "exceeded on")
    return Table("Budgets", columns, tuple(rows), words=2, note=_NOTE, prose=(1,))


def _forecasts(result: ShowbackReport) -> Table:
    rows = (
        (scope, amount(forecast.spent), amount(forecast.expected), *_bounds(forecast))
        for scope, forecast in result.outlooks.items()
    )
    shown = () if result.period.complete else tuple(rows)
    title = f"Forecast of the month ({CONFIDENCE:.0%} interval)"
    return Table(title, ("business unit", "spent", "expected", "from", "to"), shown, note=_NOTE)


def _bounds(forecast: BudgetForecast) -> tuple[str, str]:
    low, high = ("too few days" if bound is None else amount(bound) for bound in (forecast.low, forecast.high))
    return low, high


def _views(result: ShowbackReport) -> Iterator[Table]:
    for view, names in result.views.items():
        label = view.replace("_", " ")
        rows = (
            (name, *map(amount, (totals.cost, totals.used, totals.idle, totals.unmeasured)))
            for name, totals in sorted(names.items(), key=lambda item: -item[1].cost)
        )
        columns = (label, "allocated", "used", "idle", "no utilisation data")
        yield Table(f"Cost by {label}", columns, tuple(rows), note=_NOTE)


def _effects(result: ShowbackReport) -> Table:
    found = result.effects or {}
    first, last = result.period.before
    rows = (
        (
            name,
            amount(effects.before),
            *(signed(effect) for effect in (effects.usage, effects.price, effects.rate)),
            amount(effects.after),
        )
        for name, effects in [*found.items(), ("all", sum(found.values(), Effects()))]
    )
    columns = ("business unit", "before", "usage", "price", "exchange rate", "after")
    shown = tuple(rows) if found else ()
    return Table(f"Change from {first.isoformat()} to {last.isoformat()}", columns, shown, note=_NOTE)


def _anomalies(result: ShowbackReport) -> Table:
    rows = (
        (
            f"since {anomaly.day.isoformat()}" if anomaly.lasting else anomaly.day.isoformat(),
            anomaly.business_unit,
            anomaly.service,
            amount(Decimal(anomaly.cost)),
            amount(Decimal(anomaly.expected)),
        )
        for anomaly in result.anomalies[:MAX_ANOMALIES]
    )
    columns = ("day", "business unit", "service", "cost a day", "expected")
    title = f"Anomalies ({len(result.anomalies)})"
    return Table(title, columns, tuple(rows), words=3, note=_NOTE, prose=(0,))
