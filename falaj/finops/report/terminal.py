"""The report in the terminal: the summary, then tables. The console decides whether lines are folded."""

from collections.abc import Iterable

from rich.console import Console
from rich.table import Column
from rich.table import Table as Grid
from rich.text import Text

from falaj.finops.report.model import ChangeReport
from falaj.finops.report.summary_rows import Row, headline, rows, verdict
from falaj.finops.report.tables import Table

_STYLES = {"passed": "green", "refused": "bold red", "advice": "yellow", "exempt": "yellow"}


def show(out: Console, report: ChangeReport, tables: Iterable[Table]) -> None:
    """Prints the summary, the warnings and these tables."""
    out.print(headline(report.summary), style=_STYLES[verdict(report.summary)], highlight=False, markup=False)
    show_rows(out, rows(report.summary))
    for warning in report.warnings:
        out.print(f"warning: {warning}", style="yellow", highlight=False, markup=False)
    for table in tables:
        show_table(out, table)


def show_rows(out: Console, summary_rows: Iterable[Row]) -> None:
    """Prints the rows of a summary."""
    grid = Grid(Column(no_wrap=True), Column(overflow="fold"), show_header=False, box=None, pad_edge=False)
    for row in summary_rows:
        label = row.label
        if line := " ".join(filter(None, (row.figure, row.text))):
            grid.add_row(label, Text(line))
            label = ""
        for item in row.items:
            grid.add_row(label, Text(item))
            label = ""
    out.print(grid, highlight=False)


def show_table(out: Console, table: Table) -> None:
    """Prints a table with its title and note; a table without rows is its note."""
    out.print()
    if not table.rows:
        out.print(f"{table.title}: {table.note}", highlight=False, markup=False)
        return
    out.print(table.title, style="bold", highlight=False, markup=False)
    columns = [
        Column(Text(name), overflow="fold")
        if index < table.words
        else Column(Text(name), justify="right", no_wrap=True)
        for index, name in enumerate(table.columns)
    ]
    grid = Grid(*columns, box=None, pad_edge=False)
    for row in table.rows:
        grid.add_row(*(Text(cell) for cell in row), style=_STYLES.get(row[0]))
    out.print(grid, highlight=False)
    if table.note:
        out.print(table.note, style="dim", highlight=False, markup=False)
