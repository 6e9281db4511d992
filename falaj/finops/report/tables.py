"""Tables of the report, shared by the page, the comment and the terminal."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal

from falaj.facts.price_sources import price_label
from falaj.finops.allocation import NOBODY, TenantShare
from falaj.finops.bill import Bill
from falaj.finops.price_age import kinds_sentence
from falaj.finops.report.bars import Bar, budget_bar, money_bar, share_bar
from falaj.finops.report.formatting import amount, counted, percent, rate
from falaj.finops.report.model import ChangeReport

MAX_LINES, MAX_MISSING = 12, 30
"""Maximum lines of highest cost, and maximum lines without a price; the JSON has all."""


@dataclass(frozen=True)
class Table:
    """Rows of text under a title. The first `words` columns are text, the others are figures; each row may have a bar.

    Text columns are names, except the columns `prose`, which are sentences of this report. `bar_note` explains the bars
    where they are shown.
    """

    title: str
    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    words: int = 1
    bars: tuple[Bar, ...] = ()
    note: str = ""
    bar_note: str = ""
    prose: tuple[int, ...] = ()


def totals(report: ChangeReport) -> Table:
    """Returns the totals of the month."""
    total = report.total
    rows = [
        ("baseline", *_both(report, total.baseline_usd)),
        ("usage", *_both(report, total.usage_usd)),
        ("expected, without VAT", _at_least(total.net_aed.expected, total), _at_least(total.net_usd.expected, total)),
        ("all pools at minimum", amount(total.net_aed.min), amount(total.net_usd.min)),
        ("all pools at maximum", _maximum(total), "unknown" if total.open else amount(total.net_usd.max)),
        (_vat(report), amount(total.vat_aed), _usd(report, total.vat_aed)),
        *_reverse_charge(report),
        ("with VAT", _at_least(total.gross_aed, total), _usd(report, total.gross_aed)),
        ("cost", _at_least(total.cost_aed, total), _usd(report, total.cost_aed)),
        (f"cost if the dirham loses {percent(report.rates.stress * 100)}", _at_least(total.stressed_aed, total), "-"),
    ]
    if (currency := report.rates.invoice.currency) != "USD":
        rows.append((f"invoice with VAT, {currency} {_at_least(total.invoice, total)}", "-", "-"))
    return Table(
        "The month",
        ("", "AED", "USD"),
        tuple(rows),
        note=f"{rate(report.rates)} {kinds_sentence(report.lines)}",
        prose=(0,),
    )


def views(report: ChangeReport) -> Iterator[Table]:
    """Yields cost by site, tenant, workload profile and business unit."""
    for name, groups in report.views.items():
        yield _view(report, name, groups)
        if name == "site":
            yield _tenants(report)


def _view(report: ChangeReport, name: str, groups: Mapping[str, Bill]) -> Table:
    sorted_groups = sorted(groups.items(), key=lambda item: (-item[1].net_aed.expected, item[0]))
    top = max((group_bill.net_aed.max for group_bill in groups.values()), default=Decimal(0))
    rows = tuple(
        (
            group or "(none)",
            amount(group_bill.net_aed.min),
            _at_least(group_bill.net_aed.expected, group_bill),
            _maximum(group_bill),
            amount(report.aed(group_bill.idle_usd)),
        )
        for group, group_bill in sorted_groups
    )
    bars = tuple(
        money_bar(group_bill.net_aed, report.aed(group_bill.idle_usd), top, group_bill.open)
        for _, group_bill in sorted_groups
    )
    columns = (name, "minimum", "expected", "maximum", "idle")
    return Table(f"Cost by {name}", columns, rows, bars=bars, note="AED a month, without VAT.")


_SHARED_NOTES = {
    "none": "Shared cost is not allocated.",
    "direct": "Shared cost is split in proportion to own cost.",
    "even": "Shared cost is split evenly.",
    "weights": "Shared cost is split by the weights of the usage file.",
}


def _tenants(report: ChangeReport) -> Table:
    sorted_tenants = sorted(report.tenants.items(), key=lambda item: (-item[1].total, item[0]))
    top = max((share.total for share in report.tenants.values()), default=Decimal(0))
    rows = tuple(
        (name, *(amount(report.aed(usd)) for usd in (share.own, share.shared, share.total, share.idle)))
        for name, share in sorted_tenants
    )
    bars = tuple(_tenant_bar(name, share, top) for name, share in sorted_tenants)
    note = f"AED a month, without VAT. {_SHARED_NOTES[report.shared_by]}"
    return Table("Cost by tenant", ("tenant", "own", "shared", "expected", "idle"), rows, bars=bars, note=note)


def _tenant_bar(name: str, share: TenantShare, top: Decimal) -> Bar:
    label = "shared by all tenants" if name == NOBODY else "own and shared"
    return share_bar(((share.own, "main"), (share.shared, "range")), top, label)


def budgets(report: ChangeReport) -> Table:
    """Returns the use of each budget."""
    rows = tuple(
        (
            budget.name,
            amount(report.aed(budget.limit_usd)),
            amount(report.aed(budget.usd.expected)),
            percent(budget.percent) + (" or more" if budget.open else ""),
        )
        for budget in report.budgets
    )
    bars = tuple(budget_bar(budget.usd, budget.limit_usd, budget.open) for budget in report.budgets)
    columns = ("budget", "limit", "expected", "% used")
    return Table(
        "Budgets", columns, rows, bars=bars, note="AED a month, without VAT.", bar_note="The mark is the limit."
    )


def compliance(report: ChangeReport) -> Table:
    """Returns the cost of keys, private endpoints, logs, copies and HSMs by site and tenant."""
    costs = [
        (site or "(none)", tenant or NOBODY, kind.value, usd)
        for (site, tenant), kinds in report.compliance.items()
        for kind, usd in sorted(kinds.items())
    ]
    top = max((usd for *_, usd in costs), default=Decimal(0))
    rows = tuple((*labels, amount(report.aed(usd))) for *labels, usd in costs)
    bars = tuple(share_bar(((usd, "main"),), top, "a month") for *_, usd in costs)
    total = report.total
    total_usd = total.net_usd.expected
    share = percent(total.compliance_usd / total_usd * 100) if total_usd else "0 %"
    summary = f"{amount(report.aed(total.compliance_usd))}, {share} of the month"
    note = f"AED a month, without VAT; together {summary}." if rows else ""
    return Table(
        "Cost of compliance controls", ("site", "tenant", "control", "AED"), rows, words=3, bars=bars, note=note
    )


def dearest(report: ChangeReport) -> Table:
    """Returns the lines with the highest cost."""
    shown = [line for line in report.lines if line.priced][:MAX_LINES]
    spans = [line.usd.times(report.rates.aed) for line in shown]
    top = max((span.max for span in spans), default=Decimal(0))
    rows = tuple(
        (line.name, line.what, price_label(line.price), *map(amount, (span.min, span.expected, span.max)))
        for line, span in zip(shown, spans, strict=True)
    )
    bars = tuple(
        money_bar(span, report.aed(line.idle_usd), top, False) for line, span in zip(shown, spans, strict=True)
    )
    columns = ("resource", "item", "price", "minimum", "expected", "maximum")
    note = "AED a month, without VAT."
    if (rest := len(report.lines) - len(shown)) > 0:
        note += f" {counted(rest, 'other line')} in the JSON."
    return Table("Highest cost", columns, rows, words=3, bars=bars, note=note)


def missing(report: ChangeReport) -> Table:
    """Returns the lines without a price."""
    lines = report.unpriced
    rows = tuple((line.name, line.what, line.price.source) for line in lines[:MAX_MISSING])
    rest = len(lines) - MAX_MISSING
    note = f"{counted(rest, 'line')} more in the JSON." if rest > 0 else ""
    return Table("Missing prices", ("resource", "item", "reason"), rows, words=3, note=note)


def assumptions(report: ChangeReport) -> Table:
    """Returns the defaults that were used, by site."""
    by_site: dict[str, list[str]] = {}
    for name, value in report.assumed.items():
        site, _, setting = name.partition(".")
        by_site.setdefault(site, []).append(f"{setting} {value}")
    rows = tuple((site, ", ".join(settings)) for site, settings in by_site.items())
    note = "Override it with a usage file." if rows else ""
    return Table("Assumptions", ("site", "default usage"), rows, words=2, note=note, prose=(1,))


def _reverse_charge(report: ChangeReport) -> tuple[tuple[str, str, str], ...]:
    vat = report.total.reverse_charge_aed
    if not report.rates.reverse_charged:
        return ()
    return (("of it accounted for by reverse charge", amount(vat), _usd(report, vat)),)


def _both(report: ChangeReport, usd: Decimal) -> tuple[str, str]:
    return amount(report.aed(usd)), amount(usd)


def _at_least(value: Decimal, total: Bill) -> str:
    return ("at least " if total.open else "") + amount(value)


def _maximum(total: Bill) -> str:
    return "unknown" if total.open else amount(total.net_aed.max)


def _usd(report: ChangeReport, aed: Decimal) -> str:
    return amount(aed / report.rates.aed)


def _vat(report: ChangeReport) -> str:
    return report.rates.vat_label
