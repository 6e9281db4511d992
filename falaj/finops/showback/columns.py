"""Columns of a cost export as SQL expressions, and checks of their values. Names are compared without case, because
Athena writes them in lower case.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass

from falaj.finops.showback.engine import name

AMOUNT = "DECIMAL(32, 18)"
"""SQL type of amounts: exact, with 18 decimal places, below 10^14. Sums have six digits more."""

QUANTITY = "DECIMAL(38, 12)"
"""SQL type of quantities, which may count single bytes or requests."""

YEARS = "BETWEEN 2000 AND 2099"
YEARS_SENTENCE = "{value!r} is not in the years 2000 to 2099"
"""Years of charges: a year outside is an error of the export."""


@dataclass(frozen=True, slots=True)
class Check:
    """A condition under which a row is refused, and the value to show."""

    column: str
    refused_if: str
    value: str
    sentence: str


@dataclass(frozen=True, slots=True)
class Mapped:
    """An export's columns: expressions of the fields of a charge, and checks."""

    fields: Mapping[str, str]
    checks: tuple[Check, ...]


class Columns:
    """The columns of a file. `as_text` turns the name of a column into an expression of type VARCHAR."""

    def __init__(self, names: Iterable[str], as_text: Callable[[str], str] = name) -> None:
        self._given = {column.lower(): column for column in names}
        self._as_text = as_text

    def __contains__(self, column: str) -> bool:
        return column.lower() in self._given

    def text(self, *names: str) -> str:
        """Returns the first of the columns that has a value, or NULL. The FOCUS project's sample data writes `NULL`."""
        given = (self._as_text(self._given[item.lower()]) for item in names if item in self)
        values = [f"nullif(nullif({value}, ''), 'NULL')" for value in given]
        return f"coalesce({', '.join(values)})" if values else "CAST(NULL AS VARCHAR)"


def amount(value: str, kind: str = AMOUNT) -> str:
    """Returns a text as a number, NULL if it is none."""
    return f"TRY_CAST({value} AS {kind})"


def last_part(value: str) -> str:
    """Returns the last part of an ID: Azure writes the whole ID in FOCUS exports, and the last part in cost details."""
    return f"coalesce(lower(regexp_replace({value}, '^.*/', '')), '')"


def month(time: str) -> str:
    """Returns the first day of the month of a time."""
    return f"CAST(date_trunc('month', CAST({time} AS DATE)) AS DATE)"


def number_check(column: str, value: str) -> Check:
    """Returns the check that a column, of which `value` is the text, has a number."""
    kind, limit = (QUANTITY, "10^26") if column.endswith("Quantity") else (AMOUNT, "10^14")
    # FOCUS 1.2, NumericFormat, has no separators; the engine takes `1_000` as a thousand.
    refused = f"{value} IS NOT NULL AND ({amount(value, kind)} IS NULL OR contains({value}, '_'))"
    return Check(column, refused, value, f"{{value!r}} is not a number below {limit}")
