"""How a file of a cost export is read: its columns, and the table function of the engine."""

import csv
import gzip
import zlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import IO, TYPE_CHECKING

from falaj.finops.errors import BadInput
from falaj.finops.showback.columns import Columns
from falaj.finops.showback.engine import name, text, text_list
from falaj.finops.showback.files import Form, SourceFile
from falaj.finops.showback.focus_columns import missing

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

LONGEST_LINE = 4 * 2**20
"""Longest line in bytes: tags and SKU details of some rows are long. The engine's buffers are 16 times as large."""

_NO_NULL = "\x01"
"""A text that stands for no value and never occurs: the engine forgives one value too many in a row if it has none, and
its values would then be in wrong columns. `Columns.text` knows the texts without a value."""

DAMAGED_GZIP = "is a gzip file that is cut off or damaged"

_NESTED = ("MAP", "STRUCT")
"""Types of columns that are turned into JSON, such as the tags of AWS in Parquet."""

csv.field_size_limit(LONGEST_LINE)


@dataclass(frozen=True, slots=True)
class Layout:
    """What files have in common that one statement reads: form, columns with types, columns named by folders."""

    form: Form
    types: tuple[tuple[str, str], ...]
    partitions: tuple[str, ...]

    def columns(self) -> Columns:
        """Returns the columns, with an expression of each as text."""
        types = dict(self.types)

        def as_text(column: str) -> str:
            if self.form is not Form.PARQUET or column not in types:
                return name(column)
            nested = types[column].startswith(_NESTED)
            return f"CAST({f'to_json({name(column)})' if nested else name(column)} AS VARCHAR)"

        return Columns((*types, *self.partitions), as_text)

    def scan(self, paths: Iterable[Path]) -> str:
        """Returns the table function that reads files."""
        files = text_list(str(path) for path in paths)
        partitions = f"hive_partitioning = {str(bool(self.partitions)).lower()}, hive_types_autocast = false"
        if self.form is Form.PARQUET:
            return f"read_parquet({files}, filename = true, {partitions})"
        types = ", ".join(f"{text(column)}: 'VARCHAR'" for column, _ in self.types)
        return (
            f"read_csv({files}, columns = {{{types}}}, auto_detect = false, header = true, delim = ',', quote = '\"', "
            f"escape = '\"', nullstr = {text(_NO_NULL)}, max_line_size = {LONGEST_LINE}, "
            f"compression = '{'gzip' if self.form is Form.GZIP else 'none'}', filename = true, {partitions})"
        )


def layout(connection: "DuckDBPyConnection", file: SourceFile) -> Layout:
    """Returns the layout of a file. Raises `BadInput` if it is no cost export."""
    result = table_layout(connection, file)
    if lacking := missing(result.columns()):
        raise BadInput(file.label, f"is not a FOCUS export: it lacks {', '.join(lacking)}{_hint(result)}")
    return result


def _hint(found: Layout) -> str:
    """Says what a file without the columns probably is: a spreadsheet's copy, or the older format of AWS (Migrating
    from CUR to Data Exports CUR 2.0, AWS Data Exports User Guide, read 2026-12-01).
    """
    names = [name for name, _ in found.types]
    if len(names) == 1 and (separator := next((each for each in ";\t|" if each in names[0]), "")):
        shown = {"\t": "tabs"}.get(separator, f"{separator!r}")
        return f"; its values are separated by {shown} and not by commas: give the file as the cloud wrote it"
    if any(name.lower().startswith(("line_item_", "lineitem/")) for name in names):
        return "; it is a Cost and Usage Report: create an export of the table FOCUS in AWS Data Exports"
    return ""


def table_layout(connection: "DuckDBPyConnection", file: SourceFile) -> Layout:
    """Returns the layout of a file with any columns. Raises `BadInput` if it is no table."""
    types = _parquet_types(connection, file) if file.form is Form.PARQUET else _csv_types(file)
    given = {column.lower() for column, _ in types}
    folders = (folder.partition("=") for folder in file.path.parts[:-1])
    partitions = tuple(key for key, equals, _ in folders if equals and key.lower() not in given)
    return Layout(file.form, tuple(types), partitions)


def lines(file: SourceFile) -> IO[str]:
    """Opens a CSV file as text, compressed or not. What is not UTF-8 is replaced: the engine refuses it."""
    opened = gzip.open if file.form is Form.GZIP else open
    return opened(file.path, "rt", encoding="utf-8-sig", errors="replace", newline="")


def _csv_types(file: SourceFile) -> Sequence[tuple[str, str]]:
    try:
        with lines(file) as opened:
            header = next(csv.reader(opened, strict=True), [])
    except (EOFError, gzip.BadGzipFile, zlib.error):
        raise BadInput(file.label, DAMAGED_GZIP) from None
    except csv.Error as error:
        too_long = "field larger" in str(error)
        sentence = f"has a value of more than {LONGEST_LINE // 2**20} MiB" if too_long else f"cannot be read: {error}"
        raise BadInput(file.label, sentence) from None
    except OSError as error:
        raise BadInput(file.label, f"cannot be read: {error}") from None
    if broken := [column for column in header if "\n" in column or "\r" in column]:
        raise BadInput(file.label, f"has a name of a column over lines: {broken[0][:40]!r}; does a quote not end?")
    # Spreadsheets write a column without a name, which the engine does not accept.
    header = [column or f"(column {number})" for number, column in enumerate(header, start=1)]
    lower = [column.lower() for column in header]
    if repeated := [column for column in header if lower.count(column.lower()) > 1]:
        raise BadInput(file.label, f"has the column {repeated[0]!r} {len(repeated)} times")
    return [(column, "VARCHAR") for column in header]


def _parquet_types(connection: "DuckDBPyConnection", file: SourceFile) -> Sequence[tuple[str, str]]:
    import duckdb

    statement = f"DESCRIBE SELECT * FROM read_parquet({text(str(file.path))}, hive_partitioning = false)"
    try:
        return [(str(row[0]), str(row[1])) for row in connection.execute(statement).fetchall()]
    except duckdb.Error as error:
        raise BadInput(file.label, f"cannot be read: {first_line(error)}") from None


def first_line(error: Exception) -> str:
    """Returns what the engine says, without its advice on options."""
    line = str(error).strip().partition("\n")[0]
    return line.partition("Error: ")[2] or line or "it is damaged"
