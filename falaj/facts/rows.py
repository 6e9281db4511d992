"""Files of facts, row by row: each cell is read as what it must be, or refused with where, what, allowed and fix."""

import csv
import difflib
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from importlib import resources
from typing import TypeVar

T = TypeVar("T")

UNKNOWN = "unknown"
"""Written in a cell that must not be empty where no source says the figure yet. It is read as None."""


class BadRow(ValueError):
    """A file of facts that cannot be used; the message is one sentence with file, line, column, given, allowed, fix."""


@dataclass(frozen=True, slots=True)
class Row:
    """One row of a file. `key` names it in errors; `line` counts from 1, the header's."""

    file: str
    line: int
    key: str
    cells: Mapping[str, str]

    def read(self, column: str, convert: Callable[[str], T], allowed: str, fix: str = "correct it") -> T | None:
        """The cell, converted; None where it is empty or says `unknown`.

        Raises `BadRow` where `convert` raises `ValueError` or `ArithmeticError`; `allowed` says what it takes.
        """
        cell = self.cells[column]
        if cell in ("", UNKNOWN):
            return None
        try:
            return convert(cell)
        except (ValueError, ArithmeticError):
            raise self.refused(column, allowed, fix) from None

    def need(self, column: str, convert: Callable[[str], T], allowed: str, fix: str = "correct it") -> T:
        """The cell, converted. Raises `BadRow` also where it is empty or says `unknown`."""
        found = self.read(column, convert, allowed, fix)
        if found is None:
            raise self.refused(column, allowed, fix)
        return found

    def refused(self, column: str, allowed: str, fix: str) -> BadRow:
        """The error of a cell."""
        cell = self.cells[column]
        given = f"{cell!r} is not allowed" if cell else "required value is missing"
        return BadRow(f"{self.file}, line {self.line} ({self.key}), {column}: {given}; allowed: {allowed}. Fix: {fix}")


_DATA = resources.files("falaj.facts") / "data"


def files(folder: str) -> list[str]:
    """The CSV files of a folder of this package's data, in the order of their names; none where there is no folder."""
    inside = _DATA / folder
    names = sorted(one.name for one in inside.iterdir()) if inside.is_dir() else []
    return [f"{folder}/{name}" for name in names if name.endswith(".csv")]


def rows(file: str, keys: Sequence[str], columns: Collection[str]) -> Iterator[Row]:
    """The rows of a file of this package's data. Raises `BadRow`."""
    with (_DATA / file).open(encoding="utf-8") as source:
        yield from parsed(source, file, keys, columns)


def parsed(source: Iterable[str], file: str, keys: Sequence[str], columns: Collection[str]) -> Iterator[Row]:
    """The rows of a text with exactly these columns, in any order, and with distinct `keys`. Raises `BadRow`."""
    reader = csv.DictReader(source, restkey="", restval=None)
    _check_header(file, reader.fieldnames or (), columns)
    seen: dict[tuple[str, ...], int] = {}
    for cells in reader:
        line, key = reader.line_num, tuple(cells[name] or "" for name in keys)
        named = " ".join(key)
        if "" in cells or None in cells.values():
            given = len(columns) + len(cells.get("", ())) - sum(cell is None for cell in cells.values())
            message = f"{file}, line {line} ({named}): {given} cells are not allowed; allowed: {len(columns)}"
            raise BadRow(f"{message}. Fix: write one cell for each column, an empty one included")
        if key in seen:
            message = f"{file}, line {line}, {', '.join(keys)}: {named!r} is not allowed"
            allowed = f"each of them once, and line {seen[key]} has it"
            raise BadRow(f"{message}; allowed: {allowed}. Fix: remove one of the two")
        seen[key] = line
        yield Row(file, line, named, cells)


def _check_header(file: str, given: Sequence[str], columns: Collection[str]) -> None:
    for column in columns:
        if column not in given:
            raise BadRow(
                f"{file}, line 1, {column}: required column is missing; allowed: {', '.join(columns)}. "
                "Fix: add the column, with a cell in every row"
            )
    for column in given:
        if column not in columns:
            meant = difflib.get_close_matches(column, columns, n=1)
            fix = f"did you mean `{meant[0]}`?" if meant else "remove it"
            raise BadRow(f"{file}, line 1: unknown column {column!r}; allowed: {', '.join(columns)}. Fix: {fix}")


def whole(cell: str) -> int:
    """A whole number, zero or more. Raises `ValueError`."""
    if not cell.isdecimal():
        raise ValueError(cell)
    return int(cell)


def amount(cell: str) -> float:
    """A number, zero or more. Raises `ValueError`."""
    if not 0 <= (found := float(cell)) < float("inf"):
        raise ValueError(cell)
    return found


def yes_or_no(cell: str) -> bool:
    """True for `yes`, False for `no`. Raises `ValueError`."""
    return ("no", "yes").index(cell) == 1
