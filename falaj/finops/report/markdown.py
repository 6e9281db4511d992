"""The report as a single pull-request comment, which is found again by its first line."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from falaj.facts.markup import in_markdown as escaped
from falaj.facts.markup import visible
from falaj.finops import markdown_table
from falaj.finops.report import compared, judged, savings, tables
from falaj.finops.report.formatting import amount
from falaj.finops.report.model import ChangeReport
from falaj.finops.report.summary_rows import Row, rows, verdict
from falaj.finops.report.tables import Table

MAX_CHARACTERS = 60_000
"""GitHub limits comments to 65,536 characters; folded tables that would exceed this limit are omitted."""


def marker(stack: str) -> str:
    """Returns the first line of a stack's comment, which is invisible when rendered."""
    return f"<!-- falaj verdict: {''.join(char for char in stack if char.isalnum() or char in '-_.')} -->"


@dataclass(frozen=True)
class Placement:
    """Where to post a comment: replace the comment with the ID `update`, or create one if None. `surplus` may be
    deleted.
    """

    update: str | None
    surplus: tuple[str, ...]


def placement(comments: Iterable[Mapping[str, Any]], stack: str, author: str | None = None) -> Placement:
    """Returns which comment to replace, among `{"id", "body", "user": {"login"}}` as code hosts list them, oldest
    first.

    With an `author`, comments of other authors are ignored, even if they begin with the same marker.
    """
    first_line = marker(stack)
    own_ids = [
        str(comment["id"])
        for comment in comments
        if str(comment.get("body") or "").split("\n", 1)[0].strip() == first_line
        and author in (None, (comment.get("user") or {}).get("login"))
    ]
    return Placement(own_ids[0] if own_ids else None, tuple(own_ids[1:]))


def markdown(report: ChangeReport) -> str:
    """Returns the whole comment."""
    top = [
        marker(report.stack),
        _headline(report),
        *(titled(table) for table in [judged.rule_changes(report)] if table),
        summary_list(rows(report.summary)),
        *(escaped(f"Warning: {warning}") for warning in report.warnings),
    ]
    if report.verdicts:
        top.append(titled(judged.gate(report)))
    top += [*_change_tables(report), titled(tables.totals(report))]
    if report.unpriced:
        top.append(titled(tables.missing(report)))
    top.append(titled(savings.savings(report)))
    folded = [
        ("By site, tenant, workload profile and business unit", list(tables.views(report))),
        ("Budgets and compliance", [tables.budgets(report), tables.compliance(report)]),
        ("Highest cost", [tables.dearest(report)]),
        ("Assumptions", [tables.assumptions(report)]),
        ("Guardrails", [table for table in (judged.concerns(report), judged.findings(report)) if table]),
    ]
    text = "\n\n".join(top)
    for title, section_tables in folded:
        shown = [table for table in section_tables if table.rows]
        section = f"\n\n<details><summary>{title}</summary>\n\n" + "\n\n".join(map(titled, shown)) + "\n\n</details>"
        if shown and len(text) + len(section) < MAX_CHARACTERS:
            text += section
    return text + "\n"


def failed(stack: str, reason: str) -> str:
    """Returns the comment if there is no estimate because the preview failed."""
    fence = "~~~~"
    output = reason.replace(fence, "").strip()[-MAX_CHARACTERS // 2 :]
    return f"{marker(stack)}\n## {escaped(stack)}: refused, the preview failed\n\n{fence}text\n{output}\n{fence}\n"


def _headline(report: ChangeReport) -> str:
    total = report.total
    prefix = "at least " if total.open else ""
    return (
        f"## {escaped(report.stack)}: {verdict(report.summary)}, {prefix}AED {amount(total.net_aed.expected)} a month"
    )


def summary_list(summary_rows: Iterable[Row]) -> str:
    """Returns the rows of a summary as a list."""
    lines: list[str] = []
    for row in summary_rows:
        figure = f" {escaped(row.figure)}" if row.figure else ""
        text = f" {escaped(row.text)}" if row.text else ""
        lines.append(f"- **{row.label}**:{figure}{text}")
        lines += [f"  - {escaped(item)}" for item in row.items]
    return "\n".join(lines)


def _change_tables(report: ChangeReport) -> list[str]:
    change_tables = (judged.resource_changes(report), judged.price_changes(report), compared.changed_groups(report))
    return [titled(table) for table in change_tables if table]


def titled(table: Table) -> str:
    """Returns a table under its title."""
    return "\n\n".join(part for part in (f"**{table.title}**", _table(table)) if part)


def _table(table: Table) -> str:
    """Returns a GitHub Markdown table with its note. Names are formatted as code, so that nothing in them is read as
    Markdown.
    """
    if not table.rows:
        return escaped(table.note)
    lines = markdown_table.table(table.columns, (_cells(table, row) for row in table.rows), table.words)
    return "\n".join(lines) + (f"\n\n{escaped(table.note)}" if table.note else "")


def _cells(table: Table, row: tuple[str, ...]) -> list[str]:
    return [
        escaped(cell) if index in table.prose or index >= table.words else _code(cell) for index, cell in enumerate(row)
    ]


def _code(name: str) -> str:
    """Returns text as inline code, also safe within a table cell."""
    text = visible(" ".join(name.replace("`", "'").replace("|", "\\|").split()))
    return f"`{text}`" if text else ""
