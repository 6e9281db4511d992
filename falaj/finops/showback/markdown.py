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

MOST_ANOMALIES = 10
"""Odd days that are shown; the JSON has all."""


def markdown(result: ShowbackReport) -> str:
    """The whole report."""
    span, total = result.period, result.total
    until = "the whole month" if span.complete else f"until {span.as_of.isoformat()}"
    lines = [
        f"# Cost of {span.first:%B %Y}, {until}",
        "",
        f"**AED {_aed(total.cost)}** without VAT, AED {_aed(total.cost + result.vat)} with it. "
        f"Idle: AED {_aed(total.idle)}; machines without utilisation data: AED {_aed(total.unmeasured)}.",
        *(f"\n> {note}" for note in result.notes),
        "",
        *_units(result),
        *_budgets(result.burn_downs),
        *_outlooks(result),
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
            (name, *map(_aed, (u.own.cost, u.shared, u.total, u.own.idle, u.own.unmeasured, u.vat)))
            for name, u in sorted(result.units.items(), key=lambda item: -item[1].total)
        ),
    )


def _budgets(burn_downs: Sequence[BurnDown]) -> Iterator[str]:
    rows = []
    for burn in burn_downs:
        month = burn.budget_forecast
        exceeded_on = month.exceeded_on(burn.limit)
        state = "**over budget**" if burn.over else "within"
        shown = (
            _aed(burn.limit),
            _aed(burn.budget_forecast.spent),
            f"{burn.percent:.0f} %",
            _aed(burn.budget_forecast.expected),
        )
        rows.append((burn.scope, *shown, state, exceeded_on.isoformat() if exceeded_on else ""))
    yield from _table("Budgets", ("budget", "limit", "spent", "", "forecast", "", "exceeded on"), rows)


def _outlooks(result: ShowbackReport) -> Iterator[str]:
    if result.period.complete:
        return
    yield from _table(
        f"Forecast of the month ({CONFIDENCE:.0%} interval)",
        ("", "spent", "expected", "from", "to"),
        ((scope, _aed(one.spent), _aed(one.expected), *_bounds(one)) for scope, one in result.outlooks.items()),
    )


def _bounds(one: BudgetForecast) -> tuple[str, str]:
    low, high = ("too few days" if bound is None else _aed(bound) for bound in (one.low, one.high))
    return low, high


def _views(result: ShowbackReport) -> Iterator[str]:
    for view, names in result.views.items():
        yield from _table(
            f"By {view}",
            (view, "allocated", "used", "idle", "no utilisation data"),
            (
                (name, *map(_aed, (one.cost, one.used, one.idle, one.unmeasured)))
                for name, one in sorted(names.items(), key=lambda item: -item[1].cost)
            ),
        )


def _effects(result: ShowbackReport) -> Iterator[str]:
    if result.effects is None:
        return
    first, last = result.period.before
    whole = sum(result.effects.values(), Effects())
    yield from _table(
        f"Change from {first.isoformat()} to {last.isoformat()}",
        ("business unit", "before", "usage", "price", "exchange rate", "after"),
        (
            (
                name,
                _aed(one.before),
                *(f"{rounded(part) + ZERO:+,}" for part in (one.usage, one.price, one.rate)),
                _aed(one.after),
            )
            for name, one in [*result.effects.items(), ("all", whole)]
        ),
    )


def _anomalies(result: ShowbackReport) -> Iterator[str]:
    yield from _table(
        f"Anomalies ({len(result.anomalies)})",
        ("day", "business unit", "service", "cost", "expected"),
        (
            (one.day.isoformat(), one.business_unit, one.service, _aed(Decimal(one.cost)), _aed(Decimal(one.expected)))
            for one in result.anomalies[:MOST_ANOMALIES]
        ),
    )


def _table(title: str, head: Sequence[str], rows: Iterable[Sequence[str]]) -> Iterator[str]:
    """A table under its title; nothing where there are no rows. The first column is text."""
    body = [tuple(field.replace("|", "\\|") for field in row) for row in rows]
    if not body:
        return
    yield from ("", f"## {title}", "", *table(head, body))


def _aed(amount: Decimal) -> str:
    return f"{rounded(amount) + ZERO:,}"
