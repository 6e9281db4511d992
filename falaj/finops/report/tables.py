"""Tables of the report, shared by the page, the comment and the terminal."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal

from falaj.finops.allocation import NOBODY, TenantShare
from falaj.finops.bill import Bill
from falaj.finops.lines import Line
from falaj.finops.report.bars import Bar, budget_bar, money_bar, share_bar
from falaj.finops.report.formatting import amount, counted, percent
from falaj.finops.report.model import ChangeReport

MOST_LINES, MOST_MISSING = 12, 30
"""Lines shown of what costs most and of what has no price; the JSON has all."""


@dataclass(frozen=True)
class Table:
    """Rows of text under a title. The first `words` columns are words, the others figures; a bar goes with a row.

    Words are names, but for the columns `prose`, which are our own sentences.
    """

    title: str
    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    words: int = 1
    bars: tuple[Bar, ...] = ()
    note: str = ""
    prose: tuple[int, ...] = ()


def totals(report: ChangeReport) -> Table:
    """The month as a whole, with the base beside it where there is one."""
    total = report.total
    rows = [
        ("expected, without VAT", _least(total.net_aed.expected, total), _least(total.net_usd.expected, total)),
        ("all pools at minimum", amount(total.net_aed.min), amount(total.net_usd.min)),
        ("all pools at maximum", _most(total), "unknown" if total.open else amount(total.net_usd.max)),
        (_vat(report), amount(total.vat_aed), _dollars(report, total.vat_aed)),
        ("with VAT", _least(total.gross_aed, total), _dollars(report, total.gross_aed)),
        ("cost", _least(total.cost_aed, total), _dollars(report, total.cost_aed)),
        (f"cost if the dirham loses {percent(report.rates.stress * 100)}", _least(total.stressed_aed, total), "-"),
    ]
    return Table("The month", ("", "AED", "USD"), tuple(rows), note=rate(report), prose=(0,))


def rate(report: ChangeReport) -> str:
    """The rate in one sentence."""
    rates = report.rates
    spread = f" and the bank's {percent(rates.spread * 100)}" if rates.spread else ""
    return f"1 USD is {rates.aed_per_usd} AED{spread} ({rates.source}, {rates.as_of.isoformat()})."


def views(report: ChangeReport) -> Iterator[Table]:
    """Cost by site, tenant, workload profile and business unit."""
    for name, groups in report.views.items():
        yield _view(report, name, groups)
        if name == "site":
            yield _tenants(report)


def _view(report: ChangeReport, name: str, groups: Mapping[str, Bill]) -> Table:
    ordered = sorted(groups.items(), key=lambda item: (-item[1].net_aed.expected, item[0]))
    top = max((one.net_aed.max for one in groups.values()), default=Decimal(0))
    rows = tuple(
        (
            word or "(none)",
            amount(one.net_aed.min),
            _least(one.net_aed.expected, one),
            _most(one),
            amount(report.aed(one.idle_usd)),
        )
        for word, one in ordered
    )
    bars = tuple(money_bar(one.net_aed, report.aed(one.idle_usd), top, one.open) for _, one in ordered)
    columns = (name, "minimum", "expected", "maximum", "idle")
    return Table(f"Cost by {name}", columns, rows, bars=bars, note="AED a month, without VAT.")


_KEYS = {
    "none": "Shared cost is kept apart.",
    "direct": "Shared cost is split like own cost.",
    "even": "Shared cost is split evenly.",
    "weights": "Shared cost is split by the weights of the usage file.",
}


def _tenants(report: ChangeReport) -> Table:
    ordered = sorted(report.tenants.items(), key=lambda item: (-item[1].total, item[0]))
    top = max((one.total for one in report.tenants.values()), default=Decimal(0))
    rows = tuple(
        (name, *(amount(report.aed(usd)) for usd in (one.own, one.shared, one.total, one.idle)))
        for name, one in ordered
    )
    bars = tuple(_tenant_bar(name, one, top) for name, one in ordered)
    note = f"AED a month, without VAT. {_KEYS[report.shared_by]}"
    return Table("Cost by tenant", ("tenant", "own", "shared", "expected", "idle"), rows, bars=bars, note=note)


def _tenant_bar(name: str, one: TenantShare, top: Decimal) -> Bar:
    label = "shared by all tenants" if name == NOBODY else "own and shared"
    return share_bar(((one.own, "main"), (one.shared, "range")), top, label)


def budgets(report: ChangeReport) -> Table:
    """Use of each budget."""
    rows = tuple(
        (
            one.name,
            amount(report.aed(one.limit_usd)),
            amount(report.aed(one.usd.expected)),
            percent(one.percent) + (" or more" if one.open else ""),
        )
        for one in report.budgets
    )
    bars = tuple(budget_bar(one.usd, one.limit_usd, one.open) for one in report.budgets)
    columns = ("budget", "limit", "expected", "% used")
    return Table("Budgets", columns, rows, bars=bars, note="AED a month, without VAT. The mark is the limit.")


def compliance(report: ChangeReport) -> Table:
    """What keys, endpoints, logs, copies and HSMs add, by site and tenant."""
    result = [
        (site or "(none)", tenant or NOBODY, kind.value, usd)
        for (site, tenant), kinds in report.compliance.items()
        for kind, usd in sorted(kinds.items())
    ]
    top = max((usd for *_, usd in result), default=Decimal(0))
    rows = tuple((*words, amount(report.aed(usd))) for *words, usd in result)
    bars = tuple(share_bar(((usd, "main"),), top, "a month") for *_, usd in result)
    total = report.total
    whole = total.net_usd.expected
    share = percent(total.compliance_usd / whole * 100) if whole else "0 %"
    together = f"{amount(report.aed(total.compliance_usd))}, {share} of the month"
    note = f"AED a month, without VAT; together {together}." if rows else ""
    return Table(
        "Cost of compliance controls", ("site", "tenant", "control", "AED"), rows, words=3, bars=bars, note=note
    )


def dearest(report: ChangeReport) -> Table:
    """Highest cost."""
    chosen = [line for line in report.lines if line.priced][:MOST_LINES]
    spans = [line.usd.times(report.rates.aed) for line in chosen]
    top = max((span.max for span in spans), default=Decimal(0))
    rows = tuple(
        (line.name, line.what, _kind(line), *map(amount, (span.min, span.expected, span.max)))
        for line, span in zip(chosen, spans, strict=True)
    )
    bars = tuple(
        money_bar(span, report.aed(line.idle_usd), top, False) for line, span in zip(chosen, spans, strict=True)
    )
    columns = ("resource", "item", "price", "minimum", "expected", "maximum")
    return Table("Highest cost", columns, rows, words=3, bars=bars, note="AED a month, without VAT.")


def _kind(line: Line) -> str:
    return f"{line.price.kind.value}{f' ({line.price.book})' if line.price.book else ''}"


def missing(report: ChangeReport) -> Table:
    """Lines without a price."""
    result = report.unpriced
    rows = tuple((line.name, line.what, line.price.source) for line in result[:MOST_MISSING])
    rest = len(result) - MOST_MISSING
    note = f"{counted(rest, 'line')} more in the JSON." if rest > 0 else ""
    return Table("Missing prices", ("resource", "item", "reason"), rows, words=3, note=note)


def _least(value: Decimal, one: Bill) -> str:
    return ("at least " if one.open else "") + amount(value)


def _most(one: Bill) -> str:
    return "unknown" if one.open else amount(one.net_aed.max)


def _dollars(report: ChangeReport, aed: Decimal) -> str:
    return amount(aed / report.rates.aed)


def _vat(report: ChangeReport) -> str:
    label = "recoverable" if report.rates.vat_recoverable else "not recovered"
    return f"VAT {percent(report.rates.vat * 100)}, {label}"
