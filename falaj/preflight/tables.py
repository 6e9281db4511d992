"""Rows as a table of the terminal, as Markdown, and as commands."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from falaj.facts.markup import in_markdown
from falaj.preflight.rows import PreflightRow, Verdict

if TYPE_CHECKING:
    from rich.table import Table

_TITLES = ("site", "what", "found", "needed", "verdict", "what to do")
_STYLES = {Verdict.REFUSED: "red", Verdict.COSTS: "yellow", Verdict.UNKNOWN: "dim", Verdict.OK: ""}


def _merged(rows: Sequence[PreflightRow]) -> list[PreflightRow]:
    """Returns the rows with one row for all checks of a site that had no answer for the same reason."""
    merged: dict[object, PreflightRow] = {}
    for index, row in enumerate(rows):
        key = index if row.answered else (row.site, row.found, row.fix)
        first = merged.get(key)
        merged[key] = replace(first, subject=f"{first.subject}, {row.subject}") if first else row
    return [*merged.values()]


def _cells(row: PreflightRow) -> tuple[str, ...]:
    fix = "; or set ".join(part for part in (row.fix, row.setting) if part)
    return row.site, row.subject, row.found, row.needed, row.verdict.value, fix


def table(rows: Sequence[PreflightRow]) -> "Table":
    """Returns the rows as a table of the terminal."""
    from rich.table import Table
    from rich.text import Text

    made = Table(*_TITLES, box=None, pad_edge=False)
    for row in _merged(rows):
        made.add_row(*(Text(cell, style=_STYLES[row.verdict]) for cell in _cells(row)))
    return made


def markdown(rows: Sequence[PreflightRow]) -> str:
    """Returns the rows as a Markdown table with a summary."""
    lines = [_line(_TITLES), _line(["---"] * len(_TITLES)), *(_line(_cells(row)) for row in _merged(rows))]
    return "\n".join([*lines, "", summary(rows)])


def _line(cells: Sequence[str]) -> str:
    return "| " + " | ".join(map(in_markdown, cells)) + " |"


def summary(rows: Sequence[PreflightRow]) -> str:
    """Returns the number of rows by verdict, such as `3 will be refused, 1 unknown, 20 ok`."""
    order = (Verdict.REFUSED, Verdict.COSTS, Verdict.UNKNOWN, Verdict.OK)
    counts = {verdict: sum(row.verdict is verdict for row in rows) for verdict in order}
    return ", ".join(f"{count} {verdict.value}" for verdict, count in counts.items() if count)


def commands(rows: Sequence[PreflightRow]) -> Iterator[str]:
    """Yields the commands of the rows, each below a comment with its reason, none twice."""
    seen: set[str] = set()
    for row in rows:
        fresh = [command for command in row.commands if command not in seen]
        seen.update(fresh)
        if fresh:
            reason = f"# {row.site}: {row.subject}: {row.found}, needed: {row.needed}"
            yield reason.replace("\n", " ")
            yield from fresh
