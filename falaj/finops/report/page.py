"""The report as one self-contained HTML page with styles and charts, without scripts."""

from dataclasses import dataclass
from functools import cache

from jinja2 import Environment, PackageLoader, StrictUndefined

from falaj.finops.report import compared, judged, savings, tables
from falaj.finops.report.formatting import amount, rise, signed
from falaj.finops.report.model import ChangeReport
from falaj.finops.report.tables import Table


@dataclass(frozen=True)
class Card:
    """One key figure at the top of the page."""

    what: str
    figure: str
    more: str = ""


def page(report: ChangeReport) -> str:
    """Returns the whole page."""
    return (
        _templates()
        .get_template("page.html.j2")
        .render(
            report=report, cards=_cards(report), sections=_sections(report), legend=_LEGEND, assumed=_assumed(report)
        )
    )


_LEGEND = (("main", "expected"), ("idle", "idle"), ("range", "minimum to maximum"), ("over", "above a limit, refused"))
"""Tone of a bar segment -> its meaning."""


@cache
def _templates() -> Environment:
    return Environment(
        loader=PackageLoader("falaj.finops.report"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )


def _cards(report: ChangeReport) -> list[Card]:
    total = report.total
    prefix = "at least " if total.open else ""
    upper_limit = "and more" if total.open else f"to {amount(total.net_aed.max)}"
    cards = [
        Card("expected, a month without VAT", f"{prefix}AED {amount(total.net_aed.expected)}", _dollars(report)),
        Card(
            "minimum to maximum",
            f"AED {amount(total.net_aed.min)} {upper_limit}",
            "all pools at minimum and at maximum",
        ),
        Card("with VAT", f"{prefix}AED {amount(total.gross_aed)}", f"of it VAT AED {amount(total.vat_aed)}"),
    ]
    if report.before is not None:
        old = report.aed(report.before.usd)
        change = total.net_aed.expected - old
        cards.append(
            Card(
                "against the base",
                f"AED {signed(change)}",
                f"{rise(old, total.net_aed.expected)}, before AED {amount(old)}",
            )
        )
    return cards


def _dollars(report: ChangeReport) -> str:
    return f"USD {amount(report.total.net_usd.expected)}"


def _sections(report: ChangeReport) -> list[Table]:
    """Returns all tables with content, in the order of the page."""
    sections = [
        judged.gate(report),
        tables.missing(report),
        compared.compared(report),
        compared.groups(report),
        judged.price_changes(report),
        judged.resource_changes(report),
        tables.totals(report),
        *tables.views(report),
        tables.budgets(report),
        tables.compliance(report),
        tables.dearest(report),
        savings.savings(report),
        judged.concerns(report),
        judged.findings(report),
    ]
    return [table for table in sections if table is not None and (table.rows or (table.note and table.words > 1))]


def _assumed(report: ChangeReport) -> dict[str, list[tuple[str, str]]]:
    """Returns the defaults that were used, by site."""
    by_site: dict[str, list[tuple[str, str]]] = {}
    for name, value in report.assumed.items():
        site, _, setting = name.partition(".")
        by_site.setdefault(site, []).append((setting, value))
    return by_site
