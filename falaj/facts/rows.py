"""Readers of fact files by row: each cell is converted, or rejected with its location, value,
allowed values and fix.
"""

import csv
import difflib
import re
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from decimal import Decimal
from importlib import resources
from typing import TypeVar

T = TypeVar("T")

UNKNOWN = "unknown"
"""Content of a required cell if no source states the value yet. It is read as None."""


class BadRow(Exception):
    """A file of facts is invalid; the message is one sentence with file, line, column, value, allowed values and fix.

    It is no `ValueError`: a validator of settings that reads facts must not report it as an invalid setting.
    """


@dataclass(frozen=True, slots=True)
class Row:
    """One row of a file. `key` identifies it in errors; `line` counts from 1, the header."""

    file: str
    line: int
    key: str
    cells: Mapping[str, str]

    def read(self, column: str, convert: Callable[[str], T], allowed: str, fix: str = "correct it") -> T | None:
        """Returns the converted cell; None if it is empty or `unknown`.

        Raises `BadRow` if `convert` raises `ValueError` or `ArithmeticError`; `allowed` describes the allowed values.
        """
        cell = self.cells[column]
        if cell in ("", UNKNOWN):
            return None
        try:
            return convert(cell)
        except (ValueError, ArithmeticError):
            raise self.refused(column, allowed, fix) from None

    def need(self, column: str, convert: Callable[[str], T], allowed: str, fix: str = "correct it") -> T:
        """Returns the converted cell. Raises `BadRow` also if it is empty or `unknown`."""
        value = self.read(column, convert, allowed, fix)
        if value is None:
            raise self.refused(column, allowed, fix)
        return value

    def refused(self, column: str, allowed: str, fix: str) -> BadRow:
        """Returns the error of a cell."""
        cell = self.cells[column]
        problem = f"{cell!r} is not allowed" if cell else "required value is missing"
        return BadRow(
            f"{self.file}, line {self.line} ({self.key}), {column}: {problem}; allowed: {allowed}. Fix: {fix}"
        )


_DATA = resources.files("falaj.facts") / "data"


def files(folder: str) -> list[str]:
    """Returns the CSV files in a folder of this package's data, sorted by name; none if there is no such folder."""
    directory = _DATA / folder
    names = sorted(entry.name for entry in directory.iterdir()) if directory.is_dir() else []
    return [f"{folder}/{name}" for name in names if name.endswith(".csv")]


def rows(file: str, keys: Sequence[str], columns: Collection[str]) -> Iterator[Row]:
    """Yields the rows of a file of this package's data. Raises `BadRow`."""
    with (_DATA / file).open(encoding="utf-8") as source:
        yield from parsed(source, file, keys, columns)


def parsed(source: Iterable[str], file: str, keys: Sequence[str], columns: Collection[str]) -> Iterator[Row]:
    """Yields the rows of a text with exactly these columns, in any order, and with unique `keys`. Raises `BadRow`."""
    reader = csv.DictReader(source, restkey="", restval=None)
    _check_header(file, reader.fieldnames or (), columns)
    lines_by_key: dict[tuple[str, ...], int] = {}
    for cells in reader:
        line, key = reader.line_num, tuple(cells[name] or "" for name in keys)
        key_text = " ".join(key)
        if "" in cells or None in cells.values():
            cell_count = len(columns) + len(cells.get("", ())) - sum(cell is None for cell in cells.values())
            message = f"{file}, line {line} ({key_text}): {cell_count} cells are not allowed; allowed: {len(columns)}"
            raise BadRow(f"{message}. Fix: write one cell for each column, an empty one included")
        if key in lines_by_key:
            message = f"{file}, line {line}, {', '.join(keys)}: {key_text!r} is not allowed"
            allowed = f"each of them once, and line {lines_by_key[key]} has it"
            raise BadRow(f"{message}; allowed: {allowed}. Fix: remove one of the two")
        lines_by_key[key] = line
        yield Row(file, line, key_text, cells)


def _check_header(file: str, given: Sequence[str], columns: Collection[str]) -> None:
    for column in columns:
        if column not in given:
            raise BadRow(
                f"{file}, line 1, {column}: required column is missing; allowed: {', '.join(columns)}. "
                "Fix: add the column, with a cell in every row"
            )
    for column in given:
        if column not in columns:
            matches = difflib.get_close_matches(column, columns, n=1)
            fix = f"did you mean `{matches[0]}`?" if matches else "remove it"
            raise BadRow(f"{file}, line 1: unknown column {column!r}; allowed: {', '.join(columns)}. Fix: {fix}")


def whole(cell: str) -> int:
    """Parses a whole number, zero or more. Raises `ValueError`."""
    if not cell.isdecimal():
        raise ValueError(cell)
    return int(cell)


def amount(cell: str) -> float:
    """Parses a number, zero or more. Raises `ValueError`."""
    if not 0 <= (value := float(cell)) < float("inf"):
        raise ValueError(cell)
    return value


def dollars(cell: str) -> Decimal:
    """Parses a price in USD, zero or more. Raises `ValueError` or `ArithmeticError`."""
    if not ((value := Decimal(cell)).is_finite() and value >= 0):
        raise ValueError(cell)
    return value


def past_date(cell: str) -> str:
    """Returns a date, `YYYY`, `YYYY-MM` or `YYYY-MM-DD`, that is not in the future. Raises `ValueError` otherwise."""
    if not re.fullmatch(r"\d{4}(-\d\d){0,2}", cell) or cell > datetime.now(UTC).date().isoformat()[: len(cell)]:
        raise ValueError(cell)
    return cell


def yes_or_no(cell: str) -> bool:
    """Returns True for `yes` and False for `no`. Raises `ValueError`."""
    return ("no", "yes").index(cell) == 1
