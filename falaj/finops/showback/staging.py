"""Reads files of cost exports into the table `staged`, or says which row of which file is invalid."""

import csv
import itertools
import json
import re
from collections.abc import Sequence
from typing import TYPE_CHECKING

from falaj.finops.errors import BadInput
from falaj.finops.showback.columns import Check
from falaj.finops.showback.files import Form, SourceFile
from falaj.finops.showback.focus_columns import mapped
from falaj.finops.showback.scans import DAMAGED_GZIP, LONGEST_LINE, Layout, first_line, layout, lines

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

_CSV_LINE = re.compile(r"CSV Error on Line: (\d+)")
_CSV_ERRORS = (
    ("Expected Number of Columns", "has a different number of fields than the header"),
    ("Invalid unicode", "is not UTF-8"),
    ("unterminated quote", "begins a quoted value that does not end"),
    ("reached an invalid state", "is no CSV: it has text after a closing quote"),
    ("GZIP stream", DAMAGED_GZIP),
    ("Maximum line size", f"is longer than {LONGEST_LINE // 2**20} MiB"),
)
"""Part of the engine's message -> sentence."""


def stage(connection: "DuckDBPyConnection", files: Sequence[SourceFile]) -> None:
    """Reads the files into the table `staged`. Raises `BadInput`."""
    by_path = {str(file.path): file for file in files}
    layouts: dict[Layout, list[SourceFile]] = {}
    for file in files:
        layouts.setdefault(layout(connection, file), []).append(file)
    for number, (common, group) in enumerate(layouts.items()):
        into = "INSERT INTO staged BY NAME" if number else "CREATE TABLE staged AS"
        _read(connection, into, common, group)
        found = connection.execute("SELECT min(file) FROM staged WHERE invalid").fetchone()
        if found and found[0] is not None:
            raise _first_invalid(connection, common, by_path[found[0]], mapped(common.columns()).checks)


def _read(connection: "DuckDBPyConnection", into: str, common: Layout, group: Sequence[SourceFile]) -> None:
    """Reads files of one layout. Raises `BadInput` that names the file that cannot be read."""
    import duckdb

    export = mapped(common.columns())
    fields = ", ".join(f"{value} AS {field}" for field, value in export.fields.items())
    invalid = " OR ".join(_refuses(check) for check in export.checks)
    estimated = str(common.form is Form.ESTIMATE).upper()
    scan = common.scan(file.path for file in group)
    try:
        connection.execute(
            f"{into} SELECT CAST(filename AS VARCHAR) AS file, {estimated} AS estimated, {fields}, "
            f"{invalid} AS invalid FROM {scan}"
        )
    except duckdb.Error as error:
        if len(group) > 1:
            for file in group:
                _read(connection, "CREATE OR REPLACE TEMP TABLE tried AS", common, [file])
        raise unreadable(group[0], error) from None


def _refuses(check: Check) -> str:
    return f"coalesce({check.refused_if}, FALSE)"


def unreadable(file: SourceFile, error: Exception) -> BadInput:
    """Returns the error of a file that the engine cannot read, with the line if the engine names one."""
    message = str(error)
    line = _CSV_LINE.search(message)
    sentence = next((words for part, words in _CSV_ERRORS if part in message), f"cannot be read: {first_line(error)}")
    where = f"{file.label}: line {line[1]}" if line else file.label
    return BadInput(where, f"{sentence}; the file mixes CR LF and LF as line ends" if _mixes_ends(file) else sentence)


def _mixes_ends(file: SourceFile) -> bool:
    """Returns whether the beginning of a CSV file mixes line ends, which the engine takes for other errors."""
    if file.form is not Form.CSV:
        return False
    with lines(file) as opened:
        start = opened.read(LONGEST_LINE)
    return 0 < start.count("\r\n") < start.count("\n")


def _first_invalid(
    connection: "DuckDBPyConnection", common: Layout, file: SourceFile, checks: Sequence[Check]
) -> BadInput:
    """Returns the error of the first invalid row of a file, and how many more there are."""
    cases = " ".join(f"WHEN {_refuses(check)} THEN {number}" for number, check in enumerate(checks))
    values = " ".join(f"WHEN {_refuses(check)} THEN {check.value}" for check in checks)
    row, number, value, rows = _first_row(
        connection, common, file, f"CASE {cases} END AS failed, CASE {values} END AS given", "failed IS NOT NULL"
    )
    check = checks[number]
    more = f" ({rows - 1} more rows are invalid)" if rows > 1 else ""
    where = f"{location(file, row)}: {check.column}" if check.column else location(file, row)
    return BadInput(where, check.sentence.format(value=value) + more)


def invalid_tags(connection: "DuckDBPyConnection", file: SourceFile, tags: str) -> BadInput:
    """Returns the error of the first row that has these tags."""
    common = layout(connection, file)
    given = mapped(common.columns()).fields["tags"]
    row, *_ = _first_row(connection, common, file, f"0 AS failed, {given} AS given", "given = $tags", {"tags": tags})
    sentence = "is a list, not an object of keys and values" if _is_list(tags) else "is not JSON"
    return BadInput(f"{location(file, row)}: Tags", f"{tags[:40]!r} {sentence}")


def _is_list(text: str) -> bool:
    try:
        return isinstance(json.loads(text), list)
    except (ValueError, RecursionError):
        return False


def _first_row(
    connection: "DuckDBPyConnection",
    common: Layout,
    file: SourceFile,
    fields: str,
    condition: str,
    parameters: dict[str, str] | None = None,
) -> tuple[int, int, str, int]:
    """Returns number, `failed` and `given` of the first row with a condition, and how many rows have it."""
    connection.execute("SET threads = 1")  # rows are numbered in their order
    found = connection.execute(
        f"SELECT number, failed, given, count(*) OVER () FROM (SELECT row_number() OVER () AS number, {fields} "
        f"FROM {common.scan([file.path])}) WHERE {condition} ORDER BY number LIMIT 1",
        parameters,
    ).fetchone()
    assert found is not None, "the row was found before"  # noqa: S101
    return found


def location(file: SourceFile, row: int) -> str:
    """Returns where a row is: the line of a CSV file, as values may contain line breaks, or the number of the row."""
    if file.rows:
        return f"{file.label}: focus[{file.rows[row - 1]}]"
    if file.form is Form.PARQUET:
        return f"{file.label}: row {row}"
    with lines(file) as opened:
        reader = csv.reader(opened)
        filled = (fields for fields in reader if fields)
        next(itertools.islice(filled, row, None), None)
        return f"{file.label}: line {reader.line_num}"
