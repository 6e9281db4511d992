"""The estimate as terminal tables."""

from collections.abc import Callable, Iterable, Mapping
from decimal import Decimal

from rich.console import Console
from rich.table import Column, Table

from falaj.facts.price_sources import price_label
from falaj.finops.allocation import allocate, compliance
from falaj.finops.bill import bill
from falaj.finops.estimate import Estimate
from falaj.finops.figures import Figures, differences, figures
from falaj.finops.gate import GateResult
from falaj.finops.lines import Line
from falaj.finops.money import rounded
from falaj.finops.price_age import kinds_sentence

MAX_ROWS = 12
"""Rows of the tables of highest costs and of changes; the JSON output has all."""


def show(out: Console, estimate: Estimate, base: Figures | None, verdicts: Iterable[GateResult]) -> None:
    """Prints all tables, then the totals, then the results of the cost thresholds."""
    for warning in estimate.warnings:
        out.print(f"warning: {warning}", style="yellow", highlight=False)
    _highest_costs(out, estimate)
    _grouped(out, estimate, "site", lambda line: line.owner.site or "(none)")
    _grouped(out, estimate, "profile", lambda line: line.charge.profile or "(all)")
    _tenants(out, estimate)
    _budgets(out, estimate)
    _compliance(out, estimate)
    _assumptions(out, estimate.assumed)
    if base is not None:
        _changes(out, base, figures(estimate))
    _missing(out, estimate)
    _totals(out, estimate)
    for verdict in verdicts:
        mark, style = ("ok", "green") if verdict.passed else ("refused", "bold red")
        out.print(f"[{style}]{mark}[/] {verdict.scope}: {verdict.sentence}", highlight=False)


def _highest_costs(out: Console, estimate: Estimate) -> None:
    table = _table("highest cost", "item", "minimum", "expected", "maximum", "price")
    for line in sorted(estimate.lines, key=lambda item: (-item.usd.expected, item.name))[:MAX_ROWS]:
        aed = line.usd.times(estimate.rates.aed)
        amounts = map(_aed, (aed.min, aed.expected, aed.max))
        table.add_row(line.name, line.what, *amounts, price_label(line.price))
    out.print(table)


def _grouped(out: Console, estimate: Estimate, title: str, key: Callable[[Line], str]) -> None:
    table = _table(title, "minimum", "expected", "maximum", "idle", "VAT")
    for name, lines in estimate.by(key).items():
        money = bill(estimate, lines)
        maximum = _aed(money.net_aed.max) + (" +?" if money.open else "")
        amounts = (_aed(money.net_aed.min), _aed(money.net_aed.expected), maximum)
        table.add_row(name, *amounts, _aed(estimate.aed(money.idle_usd)), _aed(money.vat_aed))
    out.print(table)


def _tenants(out: Console, estimate: Estimate) -> None:
    table = _table("tenant", "own", f"shared ({estimate.usage.shared.by})", "total", "idle")
    for name, portion in allocate(estimate).items():
        amounts = (portion.own, portion.shared, portion.total, portion.idle)
        table.add_row(name, *(_aed(estimate.aed(amount)) for amount in amounts))
    out.print(table)


def _budgets(out: Console, estimate: Estimate) -> None:
    if not estimate.budgets:
        return
    table = _table("budget", "limit", "expected", "% used")
    for budget in estimate.budgets:
        limit, expected = (_aed(estimate.aed(usd)) for usd in (budget.limit_usd, budget.usd.expected))
        table.add_row(budget.name, limit, expected, f"{budget.percent:.0f}{' +?' if budget.open else ''}")
    out.print(table)


def _compliance(out: Console, estimate: Estimate) -> None:
    table = _table("cost of compliance controls", "tenant", "control", "AED a month")
    for (site, tenant), kinds in compliance(estimate).items():
        for kind, usd in sorted(kinds.items()):
            table.add_row(site or "(none)", tenant or "(shared)", kind.value, _aed(estimate.aed(usd)))
    out.print(table)


def _assumptions(out: Console, assumed: Mapping[str, str]) -> None:
    """Prints the default usage that the estimate relies on, by site, so that the reader can correct it."""
    by_site: dict[str, list[str]] = {}
    for name, value in assumed.items():
        site, _, what = name.partition(".")
        by_site.setdefault(site, []).append(f"{what} {value}")
    for site, values in by_site.items():
        out.print(f"assumed for {site}: {', '.join(values)}", style="dim", highlight=False)


def _changes(out: Console, before: Figures, after: Figures) -> None:
    table = _table("changes", "item", "before USD", "after USD", "difference")
    for change in differences(before, after)[:MAX_ROWS]:
        amounts = ("-" if amount is None else _aed(amount) for amount in (change.before, change.after))
        table.add_row(change.name, change.what, *amounts, f"{rounded(change.usd):+,}")
    out.print(table)


def _missing(out: Console, estimate: Estimate) -> None:
    for line in estimate.unpriced:
        out.print(f"[red]no price[/] {line.name}: {line.what} ({line.price.source})", highlight=False)


def _totals(out: Console, estimate: Estimate) -> None:
    money, rates = bill(estimate), estimate.rates
    at_least = "at least " if money.open else ""
    table = Table(Column(f"{estimate.stack}, a month"), Column("", justify="right"), box=None, pad_edge=False)
    net_aed = money.net_aed
    table.add_row("baseline", f"USD {_aed(money.baseline_usd)}")
    table.add_row("usage", f"USD {_aed(money.usage_usd)}")
    table.add_row("expected", f"{at_least}USD {_aed(money.net_usd.expected)}")
    table.add_row(f"at {rates.aed} AED ({rates.as_of}, {rates.source})", f"{at_least}AED {_aed(net_aed.expected)}")
    table.add_row(
        "all pools at minimum and maximum", f"AED {_aed(net_aed.min)} to {_aed(net_aed.max)}{_unpriced(money.open)}"
    )
    table.add_row(rates.vat_label, f"AED {_aed(money.vat_aed)}")
    if rates.reverse_charged:
        table.add_row("of it accounted for by reverse charge", f"AED {_aed(money.reverse_charge_aed)}")
    table.add_row("with VAT", f"{at_least}AED {_aed(money.gross_aed)}")
    table.add_row("cost", f"{at_least}AED {_aed(money.cost_aed)}", style="bold")
    table.add_row(f"cost if the dirham loses {rates.stress:.0%}", f"{at_least}AED {_aed(money.stressed_aed)}")
    if rates.invoice.currency != "USD":
        table.add_row("invoice with VAT", f"{at_least}{rates.invoice.currency} {_aed(money.invoice)}")
    out.print(table)
    out.print(kinds_sentence(estimate.lines), highlight=False)


def _unpriced(unknown: bool) -> str:
    return " and an unknown part" if unknown else ""


def _table(first: str, *others: str) -> Table:
    text_columns = ("item", "control", "tenant", "price")
    columns = [Column(name, justify="left" if name in text_columns else "right", overflow="fold") for name in others]
    return Table(Column(first, overflow="fold"), *columns, box=None, pad_edge=False)


def _aed(amount: Decimal) -> str:
    return f"{rounded(amount):,}"
