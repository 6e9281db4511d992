"""The table of savings options."""

from collections.abc import Iterable

from falaj.facts.prices import UnitPrice
from falaj.finops.report.formatting import amount, counted
from falaj.finops.report.model import ChangeReport
from falaj.finops.report.tables import Table

MOST_OFFERS = 5
"""Offers shown, the greatest savings; the JSON has all."""


def savings(report: ChangeReport) -> Table:
    """The best offers; without any the note says so."""
    offers = report.offers
    rows = tuple(
        (one.name, one.now, one.instead, one.in_return, basis(one.prices), amount(report.aed(one.usd)))
        for one in offers.options[:MOST_OFFERS]
    )
    sentences = []
    if rows:
        sentences.append("Savings in AED a month at expected usage, without VAT, from price lists only.")
        sentences.append("Options are alternatives and do not add up.")
    else:
        sentences.append("Nothing found.")
    if (rest := len(offers.options) - MOST_OFFERS) > 0:
        sentences.append(f"{counted(rest, 'smaller one')} more in the JSON.")
    if offers.avoided:
        sentences.append(f"Other machines, spot and commitments were not considered in {' and '.join(offers.avoided)}.")
    columns = ("resource", "now", "instead", "trade-off", "prices", "saved")
    return Table("Savings options", columns, rows, words=5, note=" ".join(sentences), prose=(3, 4))


def basis(prices: Iterable[UnitPrice]) -> str:
    """How far today's price and that of the offer can be trusted: `observed 2026-06-18, estimated 2026`."""
    labels = [
        " ".join(word for word in (one.kind.value, one.date, f"({one.book})" if one.book else "") if word)
        for one in prices
    ]
    return ", ".join(dict.fromkeys(labels))
