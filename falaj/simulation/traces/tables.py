"""Traces that are tables, in CSV or Parquet: columns as numbers, or the error of the first row that is wrong.

The engine of showback reads them (`falaj.finops.showback.engine`), column by column: a trace of 50 million rows never
exists twice in memory.
"""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from enum import Enum
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Any, NoReturn

import numpy as np

from falaj.finops.errors import BadInput, shown
from falaj.finops.showback.engine import connect, name, text_list
from falaj.finops.showback.files import Form, source_files
from falaj.finops.showback.scans import table_layout
from falaj.finops.showback.staging import location, unreadable
from falaj.simulation.traces.instants import EARLIEST, EXPECTED, LATEST

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

    from falaj.finops.showback.files import SourceFile
    from falaj.simulation.work import Flags, Indices, Numbers

SOURCE = "trace"
"""Name of the view or table of the file in the engine."""
GREATEST = 1e15
"""No number of a trace is greater."""
MOST_NAMES, LONGEST_NAME = 10_000, 253
"""Different tenants or services of a trace at most, and characters of a name: those of a Kubernetes object."""

_DATE = r"\d{4}-\d\d-\d\d[T ]\d\d:\d\d(:\d\d(\.\d{1,9})?)?"
_ZONE = r"(Z|[+-]\d\d(:?\d\d)?)"
_NUMERIC = ("TINYINT", "SMALLINT", "INT", "BIGINT", "HUGEINT", "U", "FLOAT", "DOUBLE", "DECIMAL")
"""Beginnings of the engine's names of numeric types, unsigned ones too."""
_ZONED, _UNZONED = "TIMESTAMP WITH TIME ZONE", "TIMESTAMP"


class Kind(Enum):
    """What a column has."""

    NUMBER = "number"
    FLAG = "flag"
    MOMENT = "moment"
    UTC_MOMENT = "moment in UTC if it has no zone"


@dataclass(frozen=True)
class Column:
    """A column and its values."""

    name: str
    kind: Kind = Kind.NUMBER
    default: float | None = None
    """Value of an empty field or without the column; None if it is required."""
    least: float = 0.0
    is_above: bool = False
    """Whether the least value itself is refused."""

    @property
    def allowed(self) -> str:
        """Values that it accepts, for messages."""
        if self.kind is Kind.FLAG:
            return "true or false"
        bound = f"greater than {self.least:g}" if self.is_above else f"of at least {self.least:g}"
        return f"a number {bound}" + ("" if self.default is None else ", or nothing")


@dataclass(frozen=True)
class Table:
    """An open trace."""

    connection: "DuckDBPyConnection"
    file: "SourceFile"
    types: Mapping[str, str]
    """Column -> its type; `VARCHAR` in CSV."""
    rows: int

    def require(self, names: Sequence[str]) -> None:
        """Raises `BadInput` if a column is missing."""
        if lacking := [column for column in names if column not in self.types]:
            given = ", ".join(self.types)[:200]
            raise BadInput(self.file.label, f"lacks the column {lacking[0]!r}; it has {given}")

    def numbers(self, column: Column) -> "Numbers":
        """Returns the values of a column as numbers. Raises `BadInput`."""
        if column.name not in self.types and column.default is not None:
            return np.full(self.rows, column.default)
        self.require([column.name])
        return self._checked(column, self._expression(column), (column.least, GREATEST), column.allowed)

    def flags(self, column: Column) -> "Flags":
        """Returns the values of a column of truth values. Raises `BadInput`."""
        return self.numbers(column) != 0

    def is_dated(self, column: Column) -> bool:
        """Returns whether a column has dates, as opposed to seconds: its first filled row decides for all."""
        kind = self.types.get(column.name, "")
        if kind != "VARCHAR":
            return kind.startswith(_UNZONED)
        first = self._select(f"{name(column.name)} WHERE trim({name(column.name)}) <> '' LIMIT 1")
        return bool(first) and bool(self._one(f"regexp_matches($value, '^ *{_DATE}')", value=first[0][0]))

    def moments(self, column: Column, dated: bool) -> "Numbers":
        """Returns times in seconds: since 1970 if they are dates, otherwise as they are given. Raises `BadInput`."""
        if column.name not in self.types and column.default is not None:
            return np.full(self.rows, column.default)
        self.require([column.name])
        allowed = EXPECTED if column.kind is Kind.UTC_MOMENT else f"{EXPECTED}, with its zone"
        allowed = allowed if dated else f"a number of seconds from 0 to {LATEST:.0f}, or in all rows {EXPECTED}"
        bounds = (EARLIEST if dated else 0.0, LATEST)
        return self._checked(column, self._instant(column, dated), bounds, allowed)

    def require_ascending(self, column: Column, values: "Numbers") -> None:
        """Raises `BadInput` unless the values ascend."""
        falls = values[1:] < values[:-1]
        if falls.any():
            self.refuse(column.name, int(np.argmax(falls)) + 1, "at or after the time of the row above; sort the rows")

    def texts(self, column: str, default: str) -> "tuple[Indices, tuple[str, ...]]":
        """Returns indices into the names of a column, and the names in their order. Raises `BadInput`."""
        if column not in self.types:
            return np.zeros(self.rows, np.int32), (default,)
        value = f"coalesce(nullif(trim(CAST({name(column)} AS VARCHAR)), ''), {text_list([default])}[1])"
        found = self._select(f"DISTINCT {value} AS v", f" ORDER BY v LIMIT {MOST_NAMES + 1}")
        names = tuple(str(row[0]) for row in found)
        where = f"{self.file.label}: {column}"
        if len(names) > MOST_NAMES:
            raise BadInput(where, f"has more than {MOST_NAMES} different names")
        if long := next((each for each in names if len(each) > LONGEST_NAME), None):
            raise BadInput(where, f"{shown(long)} has {len(long)} characters; at most {LONGEST_NAME} are allowed")
        return self._column(f"CAST(list_position({text_list(names)}, {value}) - 1 AS INTEGER)"), names

    def refuse(self, column: str, row: int, allowed: str) -> NoReturn:
        """Raises `BadInput` for a value of a row, which is counted from 0."""
        self.connection.execute("SET threads = 1")  # rows are counted in their order
        given = self._select(f"CAST({name(column)} AS VARCHAR)", f" LIMIT 1 OFFSET {row}")[0][0]
        where = f"{location(self.file, row + 1)}: {column}"
        raise BadInput(where, f"{shown(given)} is not {allowed}" if given else f"is empty; give {allowed}")

    def _checked(self, column: Column, expression: str, bounds: tuple[float, float], allowed: str) -> "Numbers":
        values = self._column(expression)
        absent = None
        if isinstance(values, np.ma.MaskedArray):
            absent, values = np.ma.getmaskarray(values), values.filled(np.nan)
        wrong = ~((values >= bounds[0]) & (values <= bounds[1]))
        if column.is_above:
            wrong |= values == bounds[0]
        if absent is not None and column.default is not None:
            wrong &= ~absent
            values[absent] = column.default
        if wrong.any():
            self.refuse(column.name, int(np.argmax(wrong)), allowed)
        return values

    def _expression(self, column: Column) -> str:
        quoted, kind = name(column.name), self.types[column.name]
        if kind.startswith(_NUMERIC):
            return f"CAST({quoted} AS DOUBLE)"
        if kind == "BOOLEAN" and column.kind is Kind.FLAG:
            return f"CAST(CAST({quoted} AS INTEGER) AS DOUBLE)"
        if kind != "VARCHAR":
            raise BadInput(f"{self.file.label}: {column.name}", f"has the type {kind}, not {column.allowed}")
        read = f"TRY_CAST({quoted} AS DOUBLE)"
        if column.kind is Kind.FLAG:
            read = f"CAST(TRY_CAST(trim({quoted}) AS BOOLEAN) AS INTEGER)"
        return _or_nothing(quoted, read)

    def _instant(self, column: Column, dated: bool) -> str:
        quoted, kind = name(column.name), self.types[column.name]
        if kind != "VARCHAR" and kind.startswith(_UNZONED) != dated:
            raise BadInput(f"{self.file.label}: {column.name}", f"has the type {kind}, unlike the other times")
        if kind == _ZONED or (kind.startswith(_UNZONED) and column.kind is Kind.UTC_MOMENT):
            return f"epoch({quoted})"
        if kind.startswith(_UNZONED):
            raise BadInput(f"{self.file.label}: {column.name}", f"has times without a zone; add one, as in {EXPECTED}")
        if not dated or kind != "VARCHAR":
            return self._expression(Column(column.name, default=column.default))
        zone = f"{_ZONE}?" if column.kind is Kind.UTC_MOMENT else _ZONE
        read = f"epoch(TRY_CAST(trim({quoted}) AS TIMESTAMPTZ))"
        return _or_nothing(quoted, f"CASE WHEN regexp_full_match(trim({quoted}), '{_DATE}{zone}') THEN {read} END")

    def _column(self, expression: str) -> Any:
        return self.connection.execute(f"SELECT {expression} AS v FROM {SOURCE}").fetchnumpy()["v"]

    def _select(self, what: str, further: str = "") -> list[Any]:
        columns, where, condition = what.partition(" WHERE ")
        return self.connection.execute(f"SELECT {columns} FROM {SOURCE}{where}{condition}{further}").fetchall()

    def _one(self, expression: str, **values: object) -> Any:
        found = self.connection.execute(f"SELECT {expression}", values).fetchone()
        assert found is not None, "one row is selected"  # noqa: S101
        return found[0]


def _or_nothing(quoted: str, read: str) -> str:
    """Returns NULL for an empty text, and NaN for one that cannot be read."""
    return f"CASE WHEN trim({quoted}) <> '' THEN coalesce({read}, 'nan'::DOUBLE) END"


@contextmanager
def open_table(path: Path) -> Iterator[Table]:
    """Opens a trace. Raises `BadInput` if it is no table or has no rows."""
    import duckdb

    if path.is_dir():
        raise BadInput(str(path), "is a folder; name one file of a trace")
    file = source_files([path])[0]
    with TemporaryDirectory() as folder, connect(Path(folder), [path]) as connection:
        try:
            layout = table_layout(connection, file)
            # Parquet is read column by column; of CSV, each column would cost reading the whole file.
            kind = "VIEW" if file.form is Form.PARQUET else "TABLE"
            connection.execute(f"CREATE TEMP {kind} {SOURCE} AS SELECT * EXCLUDE (filename) FROM {layout.scan([path])}")
            found = connection.execute(f"SELECT count(*) FROM {SOURCE}").fetchone()
            rows = int(found[0]) if found else 0
            if not rows:
                raise BadInput(file.label, "has no rows")
            yield Table(connection, file, dict(layout.types), rows)
        except duckdb.Error as error:
            raise unreadable(file, error) from None
