"""Charges that several runs of an export contain are counted once.

An export of the month to date writes all its charges anew with every run, and a corrected month replaces the former.
So the newest run of an export counts as a whole: a charge that it no longer has was withdrawn. Where names do not say
which days a run has, a newer run that begins later or ends earlier than the former is refused: it may be a correction,
or the last days only. Charges in common of different exports are refused, unless the files are equal.

Corrections of earlier, closed billing periods are rows of their own (ChargeClass, FOCUS 1.2) in a later period: they
add up. FOCUS defines no key of a row: identical rows of one run are legitimate, for example two equal purchases on one
day, and both count.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from itertools import combinations
from typing import TYPE_CHECKING

from falaj.finops.errors import BadInput
from falaj.finops.showback.engine import text, text_list
from falaj.finops.showback.files import SourceFile
from falaj.finops.showback.runs import Run

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

_SHOWN = 3
"""Files that a note or an error names."""

_EXPORT_SCOPE = ("CASE WHEN account = '' THEN provider ELSE '' END", "account", "billing_period")
"""Values within which runs of one export repeat each other: accounts below move between runs. An account decides, as
versions of FOCUS spell its provider differently."""

_SCOPE = (*_EXPORT_SCOPE, "sub_account")
"""Values within which different exports may repeat each other: each may have other accounts below."""

_EXPORT_CHARGE = "service, category, first_day"
_CHARGE = "service, lower(sku), lower(resource), region, category, first_day"
"""What charges in common share. The end of a month-to-date charge changes with each run, and the case of Azure's IDs
does; other fields are corrected, too, between the runs of one export."""

_ROW = "service, sku, resource, region, category, first_day, last_day, cost, usd, quantity, tags, currency"

_OLDEST = datetime.min.replace(tzinfo=UTC)


@dataclass
class _Notes:
    """Files that do not count, by period and the files that do."""

    repeated: dict[tuple[str, str], dict[str, None]] = field(default_factory=dict)

    def add(self, period: str, newer: Sequence[SourceFile], older: Sequence[SourceFile]) -> None:
        """Adds files that `newer` repeats."""
        names = self.repeated.setdefault((period, _names(newer)), {})
        names.update(dict.fromkeys(file.label for file in older))

    def sentences(self) -> list[str]:
        """Returns one sentence for each period and newest run."""
        return [
            f"{period} is counted once: {newer} repeats {_shortened(list(older))}"
            for (period, newer), older in self.repeated.items()
        ]


def newest_runs(files: Sequence[SourceFile]) -> tuple[list[SourceFile], list[str]]:
    """Returns the files without those of runs that a newer one replaces as a whole, and notes on these."""
    runs: dict[Run, list[SourceFile]] = {}
    for file in files:
        runs.setdefault(file.run, []).append(file)
    notes, kept = _Notes(), []
    for run, own in runs.items():
        newest = max((other for other in runs if other.replaces(run)), key=_age, default=None)
        if newest is None:
            kept += own
        else:
            notes.add(_period(run), runs[newest], own)
    return kept, notes.sentences()


def _age(run: Run) -> datetime:
    return run.written or _OLDEST


def _period(run: Run) -> str:
    first, last = run.days or (date.min, date.min)
    return f"{first:%Y-%m}" if (first.year, first.month) == (last.year, last.month) else f"{first} to {last}"


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


@dataclass(frozen=True, slots=True)
class _Scope:
    """Values of expressions within which runs may repeat each other."""

    provider: str
    values: dict[str, str | date]

    def rows_of(self, extent: _Extent) -> str:
        """Returns the condition of an extent's rows."""
        own = (
            f"{name} = DATE '{value.isoformat()}'" if isinstance(value, date) else f"{name} = {text(value)}"
            for name, value in self.values.items()
        )
        files = text_list(str(file.path) for file in extent.files)
        return " AND ".join([f"list_contains({files}, file)", *own])

    @property
    def described(self) -> str:
        """Provider, accounts and billing period."""
        accounts = " ".join(str(self.values[name]) for name in ("account", "sub_account") if self.values.get(name))
        return f"{self.provider} {accounts + ' ' if accounts else ''}in the billing period {self.month}"

    @property
    def month(self) -> str:
        """The billing period, `2026-11`."""
        return str(self.values["billing_period"])[:7]


def count_once(connection: "DuckDBPyConnection", files: Sequence[SourceFile]) -> list[str]:
    """Deletes the rows of `staged` that another run repeats, and returns notes. Raises `BadInput` if runs repeat each
    other and nothing says which of them counts.
    """
    if len({file.run for file in files}) < 2:
        return []
    notes = _Notes()
    for scope, extents in _scopes(connection, files, _EXPORT_SCOPE):
        newest_first = sorted(extents, key=lambda extent: _age(extent.run), reverse=True)
        for newer, older in combinations(newest_first, 2):
            if newer.run.is_newer(older.run) and (condition := _replaced(connection, scope, newer, older)):
                _delete(connection, scope, older, condition)
                notes.add(f"{scope.provider} {scope.month}", newer.files, older.files)
    for scope, extents in _scopes(connection, files, _SCOPE):
        for one, other in combinations(extents, 2):
            if one.overlaps(other) and _are_equal(connection, scope, one, other):
                _delete(connection, scope, other, "TRUE")
                notes.add(f"{scope.provider} {scope.month}", one.files, other.files)
    return notes.sentences()


def _scopes(
    connection: "DuckDBPyConnection", files: Sequence[SourceFile], fields: Sequence[str]
) -> Iterator[tuple[_Scope, list[_Extent]]]:
    """Yields the runs of each combination of the fields that has more than one."""
    by_path = {str(file.path): file for file in files}
    spans: dict[tuple, dict[Run, list[tuple[SourceFile, str, date, date]]]] = {}
    providers: dict[tuple, str] = {}
    for path, form, first, last, provider, *scope in connection.execute(
        f"SELECT file, form, min(first_day), max(first_day), min(provider), {', '.join(fields)} FROM staged "
        f"GROUP BY file, form, {', '.join(fields)} ORDER BY ALL"
    ).fetchall():
        file = by_path[path]
        providers[tuple(scope)] = provider
        spans.setdefault(tuple(scope), {}).setdefault(file.run, []).append((file, form, first, last))
    for scope, runs in spans.items():
        if len(runs) > 1:
            values = dict(zip(fields, scope, strict=True))
            yield _Scope(providers[scope], values), [_extent(run, parts) for run, parts in runs.items()]


def _extent(run: Run, parts: Sequence[tuple[SourceFile, str, date, date]]) -> _Extent:
    first, last = min(part[2] for part in parts), max(part[3] for part in parts)
    return _Extent(run, tuple(part[0] for part in parts), parts[0][1], first, last)


def _replaced(connection: "DuckDBPyConnection", scope: _Scope, newer: _Extent, older: _Extent) -> str | None:
    """Returns the condition of the older run's rows that a newer run of the same export replaces; None if it replaces
    none. Raises `BadInput` if it is not known which.
    """
    if newer.run.days:
        first, last = newer.run.days
        overlaps = first <= older.last and older.first <= last
        return f"first_day BETWEEN DATE '{first.isoformat()}' AND DATE '{last.isoformat()}'" if overlaps else None
    if not (newer.overlaps(older) and _have_in_common(connection, scope, newer, older, _EXPORT_CHARGE)):
        return None
    if not newer.covers(older):
        raise BadInput(
            _both(newer, older),
            f"both have charges of {scope.described}, and the newer one only from {newer.first} to {newer.last}: it "
            "may be corrected, or have the last days only; give one of them, or put each into a folder with its days, "
            "such as 20261101-20261107, and the time of the run, such as 202611080410",
        )
    return "TRUE"


def _are_equal(connection: "DuckDBPyConnection", scope: _Scope, one: _Extent, other: _Extent) -> bool:
    """Returns whether two runs of unknown age or of different exports are equal; False if they have nothing in common.
    Raises `BadInput` if they are neither.
    """
    if one.dataset != other.dataset:
        sentence = f"have charges of {scope.described} as {one.dataset} and as {other.dataset}; give one of them"
        raise BadInput(_both(one, other), sentence)
    if not _have_in_common(connection, scope, one, other, _CHARGE):
        return False
    if _contents(connection, scope, one) != _contents(connection, scope, other):
        why = (
            "neither a manifest nor a date in a name says which is newer"
            if one.run.export == other.run.export or not (one.run.written and other.run.written)
            else "their names differ in more than a date, so that neither is known to replace the other"
        )
        raise BadInput(_both(one, other), f"both have charges of {scope.described}, and {why}; give one of them")
    return True


def _have_in_common(connection: "DuckDBPyConnection", scope: _Scope, one: _Extent, other: _Extent, charge: str) -> bool:
    """Returns whether two runs have a charge in common: files that divide the services or resources have none."""
    found = connection.execute(
        f"SELECT 1 FROM (SELECT {charge} FROM staged WHERE {scope.rows_of(one)} INTERSECT "
        f"SELECT {charge} FROM staged WHERE {scope.rows_of(other)}) LIMIT 1"
    ).fetchone()
    return found is not None


def _contents(connection: "DuckDBPyConnection", scope: _Scope, extent: _Extent) -> tuple[object, ...] | None:
    """Returns figures that are equal for runs with equal rows, in any order."""
    return connection.execute(
        f"SELECT count(*), sum(cost), sum(CAST(hash({_ROW}) AS HUGEINT)) FROM staged WHERE {scope.rows_of(extent)}"
    ).fetchone()


def _delete(connection: "DuckDBPyConnection", scope: _Scope, extent: _Extent, condition: str) -> None:
    connection.execute(f"DELETE FROM staged WHERE {scope.rows_of(extent)} AND {condition}")


def _both(one: _Extent, other: _Extent) -> str:
    return f"{_names(one.files)} and {_names(other.files)}"


def _names(files: Sequence[SourceFile]) -> str:
    return _shortened([file.label for file in files])


def _shortened(labels: Sequence[str]) -> str:
    more = f" and {len(labels) - _SHOWN} more" if len(labels) > _SHOWN else ""
    return ", ".join(labels[:_SHOWN]) + more
