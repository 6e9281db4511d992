"""Tables of the comparison with the base: totals, sites, tenants, workload profiles and business units."""

from collections.abc import Iterable, Iterator
from decimal import Decimal
from itertools import groupby

from falaj.finops.figures import GroupChange, GroupTotal
from falaj.finops.money import rounded
from falaj.finops.report.bars import Bar, marked_bar, share_bar
from falaj.finops.report.formatting import amount, counted, rise, signed
from falaj.finops.report.model import ChangeReport
from falaj.finops.report.tables import Table

MAX_GROUPS = 8
"""Maximum rows per grouping in a comment or terminal, which show changed groups only; the JSON has all."""

GROUPS_TITLE = "Before and after by site, tenant, workload profile and business unit"


def compared(report: ChangeReport) -> Table | None:
    """Returns total cost before and after in every currency; None without a base."""
    before = report.before
    if before is None:
        return None
    old, new = before.usd, report.total.net_usd.expected
    rows = (
        ("before", *_amounts(report, old, before.open), ""),
        ("after", *_amounts(report, new, report.total.open), rise(old, new)),
        ("change", *(signed(value) for value in _in_all_currencies(report, new - old)), ""),
    )
    top = max(old, new)
    bar_values = ((old, "range", "expected"), (new, "main", "expected"), (abs(new - old), "range", "change"))
    bars = tuple(share_bar(((usd, tone),), top, label) for usd, tone, label in bar_values)
    note = "Per month; without VAT except in the last column."
    if not before.groups:
        note += " The base is an older report without figures for sites and tenants."
    return Table("Before and after", ("", "AED", "USD", "AED with VAT", "change"), rows, bars=bars, note=note)


def _in_all_currencies(report: ChangeReport, usd: Decimal) -> tuple[Decimal, ...]:
    aed = report.aed(usd)
    return aed, usd, aed * (1 + report.rates.vat)


def _amounts(report: ChangeReport, usd: Decimal, unknown: bool) -> tuple[str, ...]:
    return tuple(_at_least(value, unknown) for value in _in_all_currencies(report, usd))


def groups(report: ChangeReport) -> Table | None:
    """Returns every group before and after; None without a base for comparison."""
    if report.before is None or not report.before.groups:
        return None
    return _table(report, report.before.groups)


def changed_groups(report: ChangeReport) -> Table | None:
    """Returns the groups that changed, the largest changes of each grouping; None if none changed."""
    if report.before is None:
        return None
    shown: list[GroupChange] = []
    omitted = 0
    for _, group_changes in groupby(report.before.groups, key=lambda change: change.by):
        changed = [change for change in group_changes if _has_changed(report, change)]
        shown += changed[:MAX_GROUPS]
        omitted += len(changed[MAX_GROUPS:])
    return _table(report, shown, f" {counted(omitted, 'smaller change')} more in the JSON." if omitted else "")


def _has_changed(report: ChangeReport, change: GroupChange) -> bool:
    comparable = change.before is not None and change.after is not None and change.before.open == change.after.open
    return not comparable or rounded(report.aed(change.usd)) != 0


def _table(report: ChangeReport, changes: Iterable[GroupChange], extra_note: str = "") -> Table | None:
    shown = tuple(changes)
    if not shown:
        return None
    rows = tuple((change.name or "(none)", change.by, *_figures(report, change)) for change in shown)
    unknown = any(group.open for change in shown for group in (change.before, change.after) if group is not None)
    note = "AED a month, without VAT, including allocated shared cost for tenants."
    note += " Changes cover priced resources only." if unknown else ""
    bars = tuple(_bars(report, shown))
    columns = ("name", "grouping", "before", "after", "change")
    return Table(
        GROUPS_TITLE,
        columns,
        rows,
        words=2,
        bars=bars,
        note=note + extra_note,
        bar_note="The mark shows the former value.",
        prose=(1,),
    )


def _figures(report: ChangeReport, change: GroupChange) -> Iterator[str]:
    for group in (change.before, change.after):
        yield "-" if group is None else _at_least(report.aed(group.usd), group.open)
    yield signed(report.aed(change.usd))


def _bars(report: ChangeReport, changes: Iterable[GroupChange]) -> Iterator[Bar]:
    """Yields a bar of the current value with a mark at the former value; each grouping has its own scale."""
    for _, grouped in groupby(changes, key=lambda change: change.by):
        group_changes = tuple(grouped)
        top = max(max(_usd(change.before), _usd(change.after)) for change in group_changes)
        for change in group_changes:
            label = f"before {amount(report.aed(_usd(change.before)))}, after {amount(report.aed(_usd(change.after)))}"
            yield marked_bar(_usd(change.after), change.before.usd if change.before else None, top, label)


def _usd(group: GroupTotal | None) -> Decimal:
    return group.usd if group is not None else Decimal(0)


def _at_least(value: Decimal, unknown: bool) -> str:
    return ("at least " if unknown else "") + amount(value)
