"""Charges that several runs of an export contain are counted once.

An export of the month to date writes all its charges anew with every run, and a corrected month replaces the former.
Runs of the same billing account, sub account and billing period whose days overlap repeat each other if they have a
charge in common; then the newest run counts. Corrections of earlier, closed billing periods are rows of their own
(ChargeClass, FOCUS 1.2) in a later period: they add up. FOCUS defines no key of a row: identical rows of one run are
legitimate, for example two equal purchases on one day, and both count.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import TYPE_CHECKING

from falaj.finops.errors import BadInput
from falaj.finops.showback.engine import text, text_list
from falaj.finops.showback.files import Run, SourceFile

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

_SCOPE = ("provider", "account", "sub_account", "billing_period")

_UNKNOWN = datetime.min.replace(tzinfo=UTC)

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

    def covers(self, other: "_Extent") -> bool:
        return self.first <= other.first and other.last <= self.last

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
    rows: list[tuple[str, str, str, str, date, date, date]] = []
    repeated: dict[tuple[str, date, str], dict[str, None]] = {}
    for scope, extents in _scopes(connection, files).items():
        for newer, older in _repeats(connection, scope, extents):
            rows.extend((str(file.path), *scope, newer.first, newer.last) for file in older.files)
            older_names = repeated.setdefault((scope[0], scope[-1], _names(_labels(newer))), {})
            older_names.update(dict.fromkeys(_labels(older)))
    if rows:
        connection.executemany("INSERT INTO superseded VALUES (?, ?, ?, ?, ?, ?, ?)", rows)
    return [
        f"{provider} {period:%Y-%m} is counted once: {newer} repeats {_names(list(older))}"
        for (provider, period, newer), older in repeated.items()
    ]


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
) -> Iterator[tuple[_Extent, _Extent]]:
    """Yields (newer, older) of runs that repeat each other. Raises `BadInput`."""
    newest_first = sorted(extents, key=lambda extent: extent.run.written or _UNKNOWN, reverse=True)
    for number, older in enumerate(newest_first):
        for newer in newest_first[:number]:
            if newer.overlaps(older) and _is_repeated(connection, scope, newer, older):
                yield newer, older
                if newer.covers(older):
                    break


def _is_repeated(connection: "DuckDBPyConnection", scope: Scope, newer: _Extent, older: _Extent) -> bool:
    """Returns whether a run repeats another one. Raises `BadInput` if it is not known which of them counts."""
    both = f"{_names(_labels(newer))} and {_names(_labels(older))}"
    if newer.dataset != older.dataset:
        raise BadInput(
            both, f"have charges of {_described(scope)} as {newer.dataset} and as {older.dataset}; give one of them"
        )
    if not _have_common_charges(connection, scope, newer, older):
        return False
    in_order = newer.run.written and older.run.written and newer.run.written > older.run.written
    if not in_order and _contents(connection, scope, newer) != _contents(connection, scope, older):
        raise BadInput(
            both,
            f"both have charges of {_described(scope)}, and neither a manifest nor a date in a name says which is "
            "newer; give one of them",
        )
    return True


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


def _labels(extent: _Extent) -> list[str]:
    return [file.label for file in extent.files]


def _names(labels: Sequence[str]) -> str:
    more = f" and {len(labels) - _SHOWN} more" if len(labels) > _SHOWN else ""
    return ", ".join(labels[:_SHOWN]) + more
