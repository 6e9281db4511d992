"""The summary with which every form of the showback report begins: budgets, money, what changed, and anomalies."""

from collections.abc import Iterator

from falaj.finops.lines import ZERO
from falaj.finops.report.formatting import amount, signed
from falaj.finops.report.summary_rows import Row
from falaj.finops.showback.budget import ALL, BurnDown
from falaj.finops.showback.effects import Effects
from falaj.finops.showback.forecast import CONFIDENCE
from falaj.finops.showback.report import ShowbackReport

MAX_NAMED = 5
"""Business units, services and anomalies that a row names; the tables have more."""


def headline(result: ShowbackReport) -> str:
    """Returns month, last day and verdict: `Cost of November 2026, until 2026-11-19: over budget`."""
    period = result.period
    until = "the whole month" if period.complete else f"until {period.as_of.isoformat()}"
    return f"Cost of {period.first:%B %Y}, {until}: {verdict(result)}"


def verdict(result: ShowbackReport) -> str:
    """Returns `over budget`, `within budget` or `no budget given`."""
    if not result.burn_downs:
        return "no budget given"
    return "over budget" if any(budget.over for budget in result.burn_downs) else "within budget"


def rows(result: ShowbackReport) -> Iterator[Row]:
    """Yields the rows of the summary."""
    total = result.total
    if result.burn_downs:
        over = [budget for budget in result.burn_downs if budget.over]
        state = "exceeded" if result.period.complete else "forecast to be exceeded"
        text = f"{len(over)} of {len(result.burn_downs)} {state}"
        yield Row("budgets", text=text, items=tuple(map(_over, over)))
    yield Row("cost", f"AED {amount(total.cost)}", _vat(result))
    yield from _forecast(result)
    yield from _change(result)
    yield Row("idle", f"AED {amount(total.idle)}", f"and AED {amount(total.unmeasured)} without utilisation data")
    yield _anomalies(result)
    yield Row("exchange rate", text=str(result.query.exchange.figure(result.period.as_of)))


def _vat(result: ShowbackReport) -> str:
    """Says what the cost is with VAT as far as the files state it: those of Azure have no taxes (Understand the terms
    in your Azure usage and charges file, 91bea8e2 of MicrosoftDocs/azure-docs, read 2026-12-01).
    """
    if not result.vat:
        return "without VAT, of which the files state none"
    untaxed = f" as far as the files state it: none of {', '.join(result.untaxed)}" if result.untaxed else ""
    return f"without VAT, AED {amount(result.total.cost + result.vat)} with it{untaxed}"


def _over(budget: BurnDown) -> str:
    forecast, day = budget.budget_forecast, budget.budget_forecast.exceeded_on(budget.limit)
    when = f", exceeded on {day.isoformat()}" if day else ""
    return f"{budget.scope}: forecast AED {amount(forecast.expected)} of AED {amount(budget.limit)}{when}"


def _forecast(result: ShowbackReport) -> Iterator[Row]:
    if result.period.complete:
        return
    outlook = result.outlooks[ALL]
    yield Row("expected", f"AED {amount(outlook.expected)}", "in the whole month, without VAT")
    if outlook.low is None or outlook.high is None:
        yield Row("range", text="too few days for an interval")
    else:
        yield Row("range", f"AED {amount(outlook.low)} to {amount(outlook.high)}", f"({CONFIDENCE:.0%} interval)")


def _change(result: ShowbackReport) -> Iterator[Row]:
    """Yields what changed since the same days of the month before, or what costs most if nothing is known of these."""
    if result.effects is None:
        yield Row("change", text="no data of the month before")
        services = sorted(result.views["service"].items(), key=lambda item: -item[1].cost)[:MAX_NAMED]
        yield Row("driven by", items=tuple(f"AED {amount(totals.cost)} {name}" for name, totals in services))
        return
    total = sum(result.effects.values(), Effects())
    first, last = result.period.before
    share = f"{signed(total.change / total.before * 100)} % " if total.before else ""
    days = f"{share}against AED {amount(total.before)} from {first.isoformat()} to {last.isoformat()}"
    yield Row("change", f"AED {signed(total.change)}", days)
    changed = sorted(result.effects.items(), key=lambda item: -abs(item[1].change))[:MAX_NAMED]
    yield Row("change driven by", items=tuple(_driver(name, effects) for name, effects in changed if effects.change))


def _driver(name: str, effects: Effects) -> str:
    parts = (("usage", effects.usage), ("price", effects.price), ("exchange rate", effects.rate))
    reasons = ", ".join(f"{reason} {signed(effect)}" for reason, effect in parts if abs(effect) > ZERO)
    return f"AED {signed(effects.change)} {name}: {reasons}"


def _anomalies(result: ShowbackReport) -> Row:
    if not result.anomalies:
        return Row("anomalies", text="none")
    items = tuple(
        f"{'since ' if item.lasting else ''}{item.day.isoformat()} {item.business_unit} {item.service}"
        for item in result.anomalies[:MAX_NAMED]
    )
    return Row("anomalies", text=f"{len(result.anomalies)} found", items=items)
