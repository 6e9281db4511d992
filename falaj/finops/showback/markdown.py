"""A showback report as Markdown."""

from collections.abc import Iterable, Iterator, Sequence
from decimal import Decimal

from falaj.finops.lines import ZERO
from falaj.finops.markdown_table import table
from falaj.finops.money import rounded
from falaj.finops.showback.budget import BudgetForecast, BurnDown
from falaj.finops.showback.effects import Effects
from falaj.finops.showback.forecast import CONFIDENCE
from falaj.finops.showback.report import ShowbackReport

MAX_ANOMALIES = 10
"""Maximum anomalous days shown; the JSON has all."""


def markdown(result: ShowbackReport) -> str:
    """Returns the whole report."""
    billing_period, total = result.period, result.total
    until = "the whole month" if billing_period.complete else f"until {billing_period.as_of.isoformat()}"
    lines = [
        f"# Cost of {billing_period.first:%B %Y}, {until}",
        "",
        f"**AED {_aed(total.cost)}** without VAT, AED {_aed(total.cost + result.vat)} with it. "
        f"Idle: AED {_aed(total.idle)}; machines without utilisation data: AED {_aed(total.unmeasured)}.",
        "",
        f"Exchange rate: {result.query.exchange.figure(billing_period.as_of)}.",
        *(f"\n> {note}" for note in result.notes),
        "",
        *_units(result),
        *_budgets(result.burn_downs),
        *_forecasts(result),
        *_views(result),
        *_effects(result),
        *_anomalies(result),
    ]
    return "\n".join(lines) + "\n"


def _units(result: ShowbackReport) -> Iterator[str]:
    yield from _table(
        f"By business unit (shared cost: {result.query.shared.by})",
        ("business unit", "own", "shared", "total", "idle", "no utilisation data", "VAT"),
        (
            (name, *map(_aed, (unit.own.cost, unit.shared, unit.total, unit.own.idle, unit.own.unmeasured, unit.vat)))
            for name, unit in sorted(result.units.items(), key=lambda item: -item[1].total)
        ),
    )


def _budgets(burn_downs: Sequence[BurnDown]) -> Iterator[str]:
    rows = []
    for budget in burn_downs:
        forecast = budget.budget_forecast
        exceeded_on = forecast.exceeded_on(budget.limit)
        state = "**over budget**" if budget.over else "within"
        cells = (
            _aed(budget.limit),
            _aed(budget.budget_forecast.spent),
            f"{budget.percent:.0f} %",
            _aed(budget.budget_forecast.expected),
        )
        rows.append((budget.scope, *cells, state, exceeded_on.isoformat() if exceeded_on else ""))
    yield from _table("Budgets", ("budget", "limit", "spent", "", "forecast", "", "exceeded on"), rows)


def _forecasts(result: ShowbackReport) -> Iterator[str]:
    if result.period.complete:
        return
    yield from _table(
        f"Forecast of the month ({CONFIDENCE:.0%} interval)",
        ("", "spent", "expected", "from", "to"),
        (
            (scope, _aed(forecast.spent), _aed(forecast.expected), *_bounds(forecast))
            for scope, forecast in result.outlooks.items()
        ),
    )


def _bounds(forecast: BudgetForecast) -> tuple[str, str]:
    low, high = ("too few days" if bound is None else _aed(bound) for bound in (forecast.low, forecast.high))
    return low, high


def _views(result: ShowbackReport) -> Iterator[str]:
    for view, names in result.views.items():
        label = view.replace("_", " ")
        yield from _table(
            f"By {label}",
            (label, "allocated", "used", "idle", "no utilisation data"),
            (
                (name, *map(_aed, (totals.cost, totals.used, totals.idle, totals.unmeasured)))
                for name, totals in sorted(names.items(), key=lambda item: -item[1].cost)
            ),
        )


def _effects(result: ShowbackReport) -> Iterator[str]:
    if result.effects is None:
        return
    first, last = result.period.before
    total = sum(result.effects.values(), Effects())
    yield from _table(
        f"Change from {first.isoformat()} to {last.isoformat()}",
        ("business unit", "before", "usage", "price", "exchange rate", "after"),
        (
            (
                name,
                _aed(effects.before),
                *(f"{rounded(effect) + ZERO:+,}" for effect in (effects.usage, effects.price, effects.rate)),
                _aed(effects.after),
            )
            for name, effects in [*result.effects.items(), ("all", total)]
        ),
    )


def _anomalies(result: ShowbackReport) -> Iterator[str]:
    yield from _table(
        f"Anomalies ({len(result.anomalies)})",
        ("day", "business unit", "service", "cost a day", "expected"),
        (
            (
                f"since {anomaly.day.isoformat()}" if anomaly.lasting else anomaly.day.isoformat(),
                anomaly.business_unit,
                anomaly.service,
                _aed(Decimal(anomaly.cost)),
                _aed(Decimal(anomaly.expected)),
            )
            for anomaly in result.anomalies[:MAX_ANOMALIES]
        ),
    )


def _table(title: str, header: Sequence[str], rows: Iterable[Sequence[str]]) -> Iterator[str]:
    """Yields a table under its title; nothing without rows. The first column is text."""
    body = [tuple(field.replace("|", "\\|") for field in row) for row in rows]
    if not body:
        return
    yield from ("", f"## {title}", "", *table(header, body))


def _aed(amount: Decimal) -> str:
    return f"{rounded(amount) + ZERO:,}"
