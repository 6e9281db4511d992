"""The tables of docs/defaults.md, from the rows of docs/defaults.csv."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from falaj.components.reference.markdown import table
from tests.project.default_figures import AS_IS, CASES, Row
from tests.project.default_months import JOB_MONTHS, REQUEST_MONTHS
from tests.project.default_rows import DEFAULTS

OWN = ""
"""The alternative of a row with the default's own value."""


def tables(rows: Sequence[Row]) -> Mapping[str, str]:
    """Returns the tables by the names that the page has for them."""
    found = {row.key: row for row in rows}
    cases = [case for case in CASES if case != AS_IS]
    return {
        "jobs": _table("jobs", [(month, AS_IS) for month in JOB_MONTHS], [*JOB_MONTHS], found),
        "requests": _table("requests", [(month, AS_IS) for month in REQUEST_MONTHS], [*REQUEST_MONTHS], found),
        "job sensitivity": _table("jobs", [("philly", case) for case in cases], cases, found, is_sensitive=True),
        "request sensitivity": _table(
            "requests", [("conversation", case) for case in ("load x2",)], ["load x2"], found, is_sensitive=True
        ),
    }


Found = Mapping[tuple[str, str, str, str], Row]


def _table(
    months: str, columns: Sequence[tuple[str, str]], names: Sequence[str], found: Found, is_sensitive: bool = False
) -> str:
    """Returns a table with a row per alternative, and a column per month or case."""
    head = ["default", "value", "alternative", *names]
    return table(head, _lines(months, columns, found, is_sensitive))


def _lines(
    months: str, columns: Sequence[tuple[str, str]], found: Found, is_sensitive: bool
) -> Iterator[Sequence[str]]:
    for default in DEFAULTS:
        if default.months != months or (is_sensitive and not default.is_sensitive):
            continue
        for alternative in default.alternatives:
            rows = [found[default.name, alternative, *column] for column in columns]
            owns = [found[default.name, OWN, *column] for column in columns]
            cells = [_cell(row, own, months) for row, own in zip(rows, owns, strict=True)]
            yield default.name, f"`{rows[0].value}`", f"`{alternative}`", *cells


def _cell(row: Row, own: Row, months: str) -> str:
    """Returns the cost of an alternative by that of the default, and its waits if they differ, before and after."""
    if months == "requests":
        return f"{row.ratio}, {_both(own.late_percent, row.late_percent)} % late"
    missed = "" if row.missed == own.missed else f", {_both(own.missed, row.missed)} missed"
    unfinished = "" if row.unfinished == own.unfinished else f", {_both(own.unfinished, row.unfinished)} unfinished"
    return f"{row.ratio}, {_both(own.wait_minutes, row.wait_minutes)} min{missed}{unfinished}"


def _both(before: str, after: str) -> str:
    return after if before == after else f"{before} → {after}"


def filled(page: str, rows: Sequence[Row]) -> str:
    """Returns the page with its tables written anew. Raises `ValueError` if it lacks one of them."""
    for name, text in tables(rows).items():
        begin, end = f"<!-- begin {name} -->", f"<!-- end {name} -->"
        before, found, rest = page.partition(begin)
        _, closed, after = rest.partition(end)
        if not (found and closed):
            raise ValueError(f"docs/defaults.md: no {begin} ... {end}")
        page = f"{before}{begin}\n\n{text}\n\n{end}{after}"
    return page
