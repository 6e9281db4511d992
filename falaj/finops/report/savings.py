"""The tables of savings options and of commitments."""

from collections.abc import Iterable

from falaj.facts.price_sources import price_label
from falaj.facts.prices import UnitPrice
from falaj.finops.report.formatting import amount, counted
from falaj.finops.report.model import ChangeReport
from falaj.finops.report.tables import Table

MAX_OFFERS = 5
"""Maximum options shown, the largest savings first; the JSON has all."""


def savings(report: ChangeReport) -> Table:
    """Returns the options with the largest savings; without any, the note says so."""
    offers = report.offers
    rows = tuple(
        (
            option.name,
            option.now,
            option.instead,
            option.in_return,
            basis(option.prices),
            amount(report.aed(option.usd)),
        )
        for option in offers.options[:MAX_OFFERS]
    )
    sentences = []
    if rows:
        sentences.append("Savings in AED a month at expected usage, without VAT, from price lists only.")
        sentences.append("Options are alternatives and do not add up.")
    else:
        sentences.append("No savings options found.")
    if (rest := len(offers.options) - MAX_OFFERS) > 0:
        sentences.append(f"{counted(rest, 'smaller one')} more in the JSON.")
    if offers.avoided:
        sentences.append(f"Other machines, spot and commitments were not considered in {' and '.join(offers.avoided)}.")
    columns = ("resource", "now", "instead", "trade-off", "prices", "saved")
    return Table("Savings options", columns, rows, words=5, note=" ".join(sentences), prose=(3, 4))


def commitments(report: ChangeReport) -> Table:
    """Returns what each commitment costs and saves in the month, and how well it is used."""
    rows = tuple(
        (
            month.name,
            f"{month.utilisation:.0%}",
            f"{month.covered:,.0f}",
            f"{month.break_even_hours:,.0f}",
            amount(report.aed(month.paid)),
            amount(report.aed(month.saved)),
        )
        for month in report.commitments
    )
    note = "AED a month, without VAT. A commitment is paid at all hours; the hours that it covers cost nothing further."
    columns = ("commitment", "used", "hours covered", "hours to pay off", "cost", "saved")
    return Table("Commitments", columns, rows, note=note if rows else "")


def basis(prices: Iterable[UnitPrice]) -> str:
    """Returns kind and date of the current price and of the option's prices: `observed 2026-06-18, estimated 2026`."""
    return ", ".join(dict.fromkeys(map(price_label, prices)))
