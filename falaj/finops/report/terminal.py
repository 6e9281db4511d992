"""The report in the terminal: results first, totals last."""

from rich.console import Console
from rich.markup import escape
from rich.table import Column
from rich.table import Table as Grid

from falaj.finops.report import compared, judged, savings, tables
from falaj.finops.report.formatting import amount, rise, signed
from falaj.finops.report.model import ChangeReport
from falaj.finops.report.tables import Table

_STYLES = {"passed": "green", "refused": "bold red", "advice": "yellow", "exempt": "yellow"}


def show(out: Console, report: ChangeReport) -> None:
    """Prints changes, sites, guardrails, the month and the verdict. The page and the comment have everything."""
    for warning in report.warnings:
        out.print(f"warning: {warning}", style="yellow", highlight=False, markup=False)
    changed = (judged.resource_changes(report), judged.price_changes(report), compared.changed_groups(report))
    for table in (*changed, next(tables.views(report)), judged.concerns(report), judged.findings(report)):
        if table is not None and table.rows:
            out.print(_grid(table), "")
    _show_savings(out, report)
    show_month(out, report)
    verdict = "passed" if report.passed else "refused"
    out.print(f"[{_STYLES[verdict]}]{verdict}[/] {_against_base(report)}", highlight=False)


def _show_savings(out: Console, report: ChangeReport) -> None:
    table = savings.savings(report)
    if table.rows:
        out.print(_grid(table), "")
    else:
        out.print(f"{table.title}: {table.note}", "", highlight=False, markup=False)


def show_month(out: Console, report: ChangeReport) -> None:
    """Prints the totals of the month, the missing prices and the gate."""
    for table in (tables.totals(report), tables.missing(report), judged.gate(report)):
        if table.rows:
            out.print(_grid(table), "")


def _grid(table: Table) -> Grid:
    columns = [
        Column(escape(name), justify="left" if index < table.words else "right", overflow="fold")
        for index, name in enumerate(table.columns)
    ]
    grid = Grid(*columns, title=table.title, title_justify="left", caption=table.note or None, box=None, pad_edge=False)
    grid.caption_justify = "left"
    for row in table.rows:
        grid.add_row(*(escape(cell) for cell in row), style=_STYLES.get(row[0]))
    return grid


def _against_base(report: ChangeReport) -> str:
    total = report.total
    total_line = (
        f"{report.stack}: {'at least ' if total.open else ''}AED {amount(total.net_aed.expected)} a month without VAT"
    )
    if report.before is None:
        return escape(total_line)
    old = report.aed(report.before.usd)
    change = total.net_aed.expected - old
    return escape(f"{total_line}, AED {signed(change)} ({rise(old, total.net_aed.expected)}) against the base")
