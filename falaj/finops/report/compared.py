"""Tables of the comparison: totals, sites, tenants, workload profiles and business units."""

from collections.abc import Iterable, Iterator
from decimal import Decimal
from itertools import groupby

from falaj.finops.figures import GroupChange, GroupTotal
from falaj.finops.money import rounded
from falaj.finops.report.bars import Bar, marked_bar, share_bar
from falaj.finops.report.formatting import amount, counted, rise, signed
from falaj.finops.report.model import ChangeReport
from falaj.finops.report.tables import Table

MOST_GROUPS = 8
"""Rows shown of each grouping in a comment and at a terminal, where only what changed is shown; the JSON has all."""

GROUPS_TITLE = "Before and after by site, tenant, workload profile and business unit"


def compared(report: ChangeReport) -> Table | None:
    """The whole before and after in every money; None without a base."""
    before = report.before
    if before is None:
        return None
    old, new = before.usd, report.total.net_usd.expected
    rows = (
        ("before", *_monies(report, old, before.open), ""),
        ("after", *_monies(report, new, report.total.open), rise(old, new)),
        ("change", *(signed(value) for value in _in_every_money(report, new - old)), ""),
    )
    top = max(old, new)
    drawn = ((old, "range", "expected"), (new, "main", "expected"), (abs(new - old), "range", "change"))
    bars = tuple(share_bar(((usd, tone),), top, label) for usd, tone, label in drawn)
    note = "Per month; without VAT except in the last column."
    if not before.groups:
        note += " The base is an older report without figures for sites and tenants."
    return Table("Before and after", ("", "AED", "USD", "AED with VAT", "change"), rows, bars=bars, note=note)


def _in_every_money(report: ChangeReport, usd: Decimal) -> tuple[Decimal, ...]:
    aed = report.aed(usd)
    return aed, usd, aed * (1 + report.rates.vat)


def _monies(report: ChangeReport, usd: Decimal, unknown: bool) -> tuple[str, ...]:
    return tuple(_least(value, unknown) for value in _in_every_money(report, usd))


def groups(report: ChangeReport) -> Table | None:
    """Every group before and after; None where there is nothing to compare with."""
    if report.before is None or not report.before.groups:
        return None
    return _table(report, report.before.groups, " The mark shows the former value.")


def changed_groups(report: ChangeReport) -> Table | None:
    """Only the groups that changed, the greatest changes of each kind; None where none did."""
    if report.before is None:
        return None
    shown: list[GroupChange] = []
    left = 0
    for _, result in groupby(report.before.groups, key=lambda one: one.by):
        some = [one for one in result if _has_changed(report, one)]
        shown += some[:MOST_GROUPS]
        left += len(some[MOST_GROUPS:])
    return _table(report, shown, f" {counted(left, 'smaller change')} more in the JSON." if left else "")


def _has_changed(report: ChangeReport, one: GroupChange) -> bool:
    same = one.before is not None and one.after is not None and one.before.open == one.after.open
    return not same or rounded(report.aed(one.usd)) != 0


def _table(report: ChangeReport, result: Iterable[GroupChange], more: str) -> Table | None:
    chosen = tuple(result)
    if not chosen:
        return None
    rows = tuple((one.name or "(none)", one.by, *_figures(report, one)) for one in chosen)
    unknown = any(group.open for one in chosen for group in (one.before, one.after) if group is not None)
    note = "AED a month, without VAT, including allocated shared cost for tenants."
    note += " Changes cover priced resources only." if unknown else ""
    bars = tuple(_bars(report, chosen))
    columns = ("name", "grouping", "before", "after", "change")
    return Table(GROUPS_TITLE, columns, rows, words=2, bars=bars, note=note + more, prose=(1,))


def _figures(report: ChangeReport, one: GroupChange) -> Iterator[str]:
    for group in (one.before, one.after):
        yield "-" if group is None else _least(report.aed(group.usd), group.open)
    yield signed(report.aed(one.usd))


def _bars(report: ChangeReport, result: Iterable[GroupChange]) -> Iterator[Bar]:
    """A bar of what it is, with a mark at what it was; each grouping has a scale of its own."""
    for _, of_one in groupby(result, key=lambda one: one.by):
        chosen = tuple(of_one)
        top = max(max(_usd(one.before), _usd(one.after)) for one in chosen)
        for one in chosen:
            label = f"before {amount(report.aed(_usd(one.before)))}, after {amount(report.aed(_usd(one.after)))}"
            yield marked_bar(_usd(one.after), one.before.usd if one.before else None, top, label)


def _usd(group: GroupTotal | None) -> Decimal:
    return group.usd if group is not None else Decimal(0)


def _least(value: Decimal, unknown: bool) -> str:
    return ("at least " if unknown else "") + amount(value)
