"""Charges that several runs of an export contain are counted once.

An export of the month to date writes all its charges anew with every run, and a corrected month replaces the former.
Runs of the same billing account, sub account and billing period whose days overlap repeat each other if they have a
charge in common; then the newest run counts. Corrections of earlier, closed billing periods are rows of their own
(ChargeClass, FOCUS 1.2) in a later period: they add up. FOCUS defines no key of a row: identical rows of one run are
legitimate, for example two equal purchases on one day, and both count.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import combinations
from typing import TYPE_CHECKING

from falaj.finops.errors import BadInput
from falaj.finops.showback.engine import text, text_list
from falaj.finops.showback.files import Run, SourceFile

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

_SCOPE = ("provider", "account", "sub_account", "billing_period")

_SHOWN = 3
"""Files that a note or an error names."""


@dataclass(frozen=True, slots=True)
class _Extent:
    """A run's part of a scope, and the days on which its charges begin."""

    run: Run
    files: tuple[SourceFile, ...]
    form: str
    first: date
    last: date

    @property
    def dataset(self) -> str:
        return self.run.dataset or self.form

    def overlaps(self, other: "_Extent") -> bool:
        return self.first <= other.last and other.first <= self.last


Scope = tuple[str, str, str, date]


def count_once(connection: "DuckDBPyConnection", files: Sequence[SourceFile]) -> list[str]:
    """Fills the table `superseded` with the days of files that a newer run repeats, and returns notes. Raises
    `BadInput` if runs repeat each other and nothing says which is newer.
    """
    connection.execute(
        "CREATE TABLE superseded (file VARCHAR, provider VARCHAR, account VARCHAR, sub_account VARCHAR, "
        "billing_period DATE, first_day DATE, last_day DATE)"
    )
    notes: dict[str, None] = {}
    rows: list[tuple[str, str, str, str, date, date, date]] = []
    for scope, extents in _scopes(connection, files).items():
        for newer, older in _repeats(connection, scope, extents):
            rows.extend((str(file.path), *scope, newer.first, newer.last) for file in older.files)
            notes[_note(scope, newer, older)] = None
    if rows:
        connection.executemany("INSERT INTO superseded VALUES (?, ?, ?, ?, ?, ?, ?)", rows)
    return list(notes)


def _scopes(connection: "DuckDBPyConnection", files: Sequence[SourceFile]) -> dict[Scope, list[_Extent]]:
    """Returns the runs of each billing account, sub account and billing period that has more than one."""
    by_path = {str(file.path): file for file in files}
    spans: dict[Scope, dict[Run, list[tuple[SourceFile, str, date, date]]]] = {}
    for path, *scope, form, first, last in connection.execute(
        f"SELECT file, {', '.join(_SCOPE)}, form, min(first_day), max(first_day) FROM staged "
        f"GROUP BY file, {', '.join(_SCOPE)}, form ORDER BY ALL"
    ).fetchall():
        file = by_path[path]
        spans.setdefault(tuple(scope), {}).setdefault(file.run, []).append((file, form, first, last))
    return {
        scope: [
            _Extent(
                run,
                tuple(file for file, *_ in parts),
                parts[0][1],
                min(first for *_, first, _ in parts),
                max(last for *_, last in parts),
            )
            for run, parts in runs.items()
        ]
        for scope, runs in spans.items()
        if len(runs) > 1
    }


def _repeats(
    connection: "DuckDBPyConnection", scope: Scope, extents: Sequence[_Extent]
) -> Iterable[tuple[_Extent, _Extent]]:
    """Yields (newer, older) of runs that repeat each other. Raises `BadInput`."""
    for one, other in combinations(extents, 2):
        if not one.overlaps(other):
            continue
        if one.dataset != other.dataset:
            raise BadInput(
                _named((one, other)),
                f"have charges of {_described(scope)} as {one.dataset} and as {other.dataset}; give one of them",
            )
        if not _have_common_charges(connection, scope, one, other):
            continue
        if one.run.written and other.run.written and one.run.written != other.run.written:
            newer, older = sorted((one, other), key=lambda extent: str(extent.run.written), reverse=True)
            yield newer, older
        elif _contents(connection, scope, one) == _contents(connection, scope, other):
            yield one, other
        else:
            raise BadInput(
                _named((one, other)),
                f"both have charges of {_described(scope)}, and neither a manifest nor a date in a name says which is "
                "newer; give one of them",
            )


def _rows_of(scope: Scope, extent: _Extent) -> str:
    provider, account, sub_account, billing_period = scope
    return (
        f"list_contains({text_list(str(file.path) for file in extent.files)}, file) "
        f"AND provider = {text(provider)} AND account = {text(account)} AND sub_account = {text(sub_account)} "
        f"AND billing_period = DATE '{billing_period.isoformat()}'"
    )


_CHARGE = "service, sku, resource, region, category, first_day, last_day"


def _have_common_charges(connection: "DuckDBPyConnection", scope: Scope, one: _Extent, other: _Extent) -> bool:
    """Returns whether two runs have a charge in common: files that divide the services or resources have none."""
    found = connection.execute(
        f"SELECT 1 FROM (SELECT {_CHARGE} FROM staged WHERE {_rows_of(scope, one)} INTERSECT "
        f"SELECT {_CHARGE} FROM staged WHERE {_rows_of(scope, other)}) LIMIT 1"
    ).fetchone()
    return found is not None


def _contents(connection: "DuckDBPyConnection", scope: Scope, extent: _Extent) -> tuple[object, ...] | None:
    """Returns figures that are equal for runs with equal rows, in any order."""
    return connection.execute(
        f"SELECT count(*), sum(cost), sum(CAST(hash({_CHARGE}, cost, usd, quantity, tags, currency) AS HUGEINT)) "
        f"FROM staged WHERE {_rows_of(scope, extent)}"
    ).fetchone()


def _described(scope: Scope) -> str:
    provider, account, sub_account, billing_period = scope
    accounts = " ".join(value for value in (account, sub_account) if value)
    return f"{provider} {accounts + ' ' if accounts else ''}in the billing period {billing_period:%Y-%m}"


def _named(extents: Iterable[_Extent]) -> str:
    return " and ".join(_names(extent) for extent in extents)


def _names(extent: _Extent) -> str:
    labels = [file.label for file in extent.files]
    more = f" and {len(labels) - _SHOWN} more" if len(labels) > _SHOWN else ""
    return ", ".join(labels[:_SHOWN]) + more


def _note(scope: Scope, newer: _Extent, older: _Extent) -> str:
    provider, _, _, billing_period = scope
    return f"{provider} {billing_period:%Y-%m} is counted once: {_names(older)} is repeated by {_names(newer)}"
