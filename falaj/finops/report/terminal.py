"""The report in the terminal: the summary, then tables. In a pipe or a file no line is folded."""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager

from rich.console import Console
from rich.markup import escape
from rich.table import Column
from rich.table import Table as Grid

from falaj.finops.report.model import ChangeReport
from falaj.finops.report.summary import Summary
from falaj.finops.report.summary_rows import headline, rows, verdict
from falaj.finops.report.tables import Table

_STYLES = {"passed": "green", "refused": "bold red", "advice": "yellow", "exempt": "yellow"}
_UNFOLDED = 1_000_000, 25
"""Columns and lines of a console that folds no line."""


def show(out: Console, report: ChangeReport, tables: Iterable[Table]) -> None:
    """Prints the summary, the warnings and these tables."""
    with _folded_in_terminals_only(out):
        _show_summary(out, report.summary)
        for warning in report.warnings:
            out.print(f"warning: {warning}", style="yellow", highlight=False, markup=False)
        for table in tables:
            _show_table(out, table)


@contextmanager
def _folded_in_terminals_only(out: Console) -> Iterator[None]:
    """Lets lines have any length unless they go to a terminal: who reads a pipe needs whole names and figures."""
    if out.file.isatty():
        yield
        return
    size = out.size
    out.size = _UNFOLDED
    try:
        yield
    finally:
        out.size = size


def _show_summary(out: Console, summary: Summary) -> None:
    out.print(headline(summary), style=_STYLES[verdict(summary)], highlight=False, markup=False)
    grid = Grid(Column(no_wrap=True), Column(overflow="fold"), show_header=False, box=None, pad_edge=False)
    for row in rows(summary):
        label = row.label
        if line := " ".join(filter(None, (row.figure, row.text))):
            grid.add_row(label, escape(line))
            label = ""
        for item in row.items:
            grid.add_row(label, escape(item))
            label = ""
    out.print(grid, highlight=False)


def _show_table(out: Console, table: Table) -> None:
    """Prints a table with its title and note; a table without rows is its note."""
    out.print()
    if not table.rows:
        out.print(f"{table.title}: {table.note}", highlight=False, markup=False)
        return
    out.print(table.title, style="bold", highlight=False, markup=False)
    columns = [
        Column(escape(name), overflow="fold")
        if index < table.words
        else Column(escape(name), justify="right", no_wrap=True)
        for index, name in enumerate(table.columns)
    ]
    grid = Grid(*columns, box=None, pad_edge=False)
    for row in table.rows:
        grid.add_row(*(escape(cell) for cell in row), style=_STYLES.get(row[0]))
    out.print(grid, highlight=False)
    if table.note:
        out.print(table.note, style="dim", highlight=False, markup=False)
