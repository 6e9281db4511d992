"""The report as a single pull-request comment, found again by its first line."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from falaj.finops import markdown_table
from falaj.finops.report import compared, judged, savings, tables
from falaj.finops.report.formatting import amount, counted, rise, signed
from falaj.finops.report.model import ChangeReport
from falaj.finops.report.tables import Table

MOST_CHARACTERS = 60_000
"""GitHub takes comments of 65,536 characters; the folded tables are left out where they would not fit."""


def marker(stack: str) -> str:
    """The first line of a stack's comment, which is invisible when rendered."""
    return f"<!-- falaj verdict: {''.join(letter for letter in stack if letter.isalnum() or letter in '-_.')} -->"


@dataclass(frozen=True)
class Placement:
    """Where a comment goes: over the one with the id `update`, or new where that is None. `surplus` may be deleted."""

    update: str | None
    surplus: tuple[str, ...]


def placement(comments: Iterable[Mapping[str, Any]], stack: str, author: str | None = None) -> Placement:
    """Which comment to write over, of `{"id", "body", "user": {"login"}}` as code hosts list them, oldest first.

    With an `author`, comments of others are left alone even where they begin like ours.
    """
    first = marker(stack)
    ours = [
        str(one["id"])
        for one in comments
        if str(one.get("body") or "").split("\n", 1)[0].strip() == first
        and author in (None, (one.get("user") or {}).get("login"))
    ]
    return Placement(ours[0] if ours else None, tuple(ours[1:]))


def markdown(report: ChangeReport) -> str:
    """The whole comment."""
    top = [marker(report.stack), _headline(report), *_gate(report), *_changed(report), _titled(tables.totals(report))]
    top += [_text(f"Warning: {warning}") for warning in report.warnings]
    if report.unpriced:
        top.append(_titled(tables.missing(report)))
    top.append(_titled(savings.savings(report)))
    folded = [
        ("By site, tenant, workload profile and business unit", list(tables.views(report))),
        ("Budgets and compliance", [tables.budgets(report), tables.compliance(report)]),
        ("Highest cost", [tables.dearest(report)]),
        ("Guardrails", [one for one in (judged.concerns(report), judged.findings(report)) if one]),
    ]
    text = "\n\n".join(top)
    for title, result in folded:
        shown = [table for table in result if table.rows]
        part = f"\n\n<details><summary>{title}</summary>\n\n" + "\n\n".join(map(_titled, shown)) + "\n\n</details>"
        if shown and len(text) + len(part) < MOST_CHARACTERS:
            text += part
    return text + "\n"


def failed(stack: str, why: str) -> str:
    """The comment where there is no estimate: the stack could not be planned."""
    fence = "~~~~"
    output = why.replace(fence, "").strip()[-MOST_CHARACTERS // 2 :]
    return f"{marker(stack)}\n## {_text(stack)}: refused, the preview failed\n\n{fence}text\n{output}\n{fence}\n"


def _headline(report: ChangeReport) -> str:
    total = report.total
    word = "passed" if report.passed else "refused"
    least = "at least " if total.open else ""
    heading = f"## {_text(report.stack)}: {word}, {least}AED {amount(total.net_aed.expected)} a month"
    if report.before is None:
        return heading
    old = report.aed(report.before.usd)
    change = total.net_aed.expected - old
    return f"{heading}\n\nAED {signed(change)} ({rise(old, total.net_aed.expected)}) against the base's {amount(old)}."


def _gate(report: ChangeReport) -> list[str]:
    table = judged.gate(report)
    bullets = [f"- **{verdict}** {_text(of)}: {_text(why)}" for verdict, of, why in table.rows] or [f"- {table.note}"]
    if (result := report.guardrails) is not None:
        refused = sum(one.refused for one in result.tallies.values())
        advice = sum(one.advice for one in result.tallies.values())
        word = "refused" if result.refused else "passed"
        spoken = sum(one.judgements for one in result.tallies.values())
        bullets.append(f"- **{word}** guardrails: {counted(spoken, 'evaluation')}, {refused} refused, {advice} advice")
        bullets += [
            f"  - {_code(one.rule)} {_code(one.name)}: {_text(one.says)}"
            for one in result.findings[: judged.MOST_CHANGES]
            if one.refuses
        ]
    return ["\n".join(bullets)]


def _changed(report: ChangeReport) -> list[str]:
    result = (judged.resource_changes(report), judged.price_changes(report), compared.changed_groups(report))
    return [_titled(table) for table in result if table]


def _titled(table: Table) -> str:
    return "\n\n".join(part for part in (f"**{table.title}**", _table(table)) if part)


def _table(table: Table) -> str:
    """A table of GitHub's flavour with its note. Words are code: nothing in a name is read as Markdown."""
    if not table.rows:
        return _text(table.note)
    lines = markdown_table.table(table.columns, (_cells(table, row) for row in table.rows), table.words)
    return "\n".join(lines) + (f"\n\n{_text(table.note)}" if table.note else "")


def _cells(table: Table, row: tuple[str, ...]) -> list[str]:
    return [_text(cell) if at in table.prose or at >= table.words else _code(cell) for at, cell in enumerate(row)]


def _code(name: str) -> str:
    """Text that is shown as it is, in a cell too."""
    kept = " ".join(name.replace("`", "'").replace("|", "\\|").split())
    return f"`{kept}`" if kept else ""


_LETTERS = {"&": "&amp;", "<": "&lt;", ">": "&gt;", "|": "\\|", "@": "@<!-- -->"} | {
    letter: "\\" + letter for letter in "\\`*_[]#~"
}


def _text(sentence: str) -> str:
    """A sentence in which nothing is read as Markdown, HTML or the name of a person to be told."""
    return "".join(_LETTERS.get(letter, letter) for letter in " ".join(sentence.split()))
