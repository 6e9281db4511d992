"""Measured utilisation of machines, as the share of their cost that does work."""

import csv
import io
from collections.abc import Sequence
from dataclasses import dataclass, replace
from decimal import Decimal, InvalidOperation
from pathlib import Path

from falaj.finops.errors import BadInput
from falaj.finops.input_files import read_text
from falaj.finops.lines import ZERO
from falaj.finops.showback.charges import Amount, Charges

KEYS = {
    "resource": "resource",
    "site": "site",
    "tenant": "tenant",
    "project": "project",
    "business-unit": "business_unit",
    "service": "service",
}
"""Column of the file -> dimension of a charge."""


_NAMED = 5
"""Entries of one form without a machine that a note names."""


@dataclass(frozen=True)
class Utilisation:
    """The share of paid time in which the machines that match all of `where` do work."""

    where: tuple[tuple[str, str], ...]
    share: Decimal


def load(path: Path | None) -> tuple[Utilisation, ...]:
    """Reads a CSV with the column `busy` (0 to 1) and any of the key columns; an empty key matches all. Raises
    `BadInput`.
    """
    if path is None:
        return ()
    try:
        lines = csv.DictReader(io.StringIO(read_text(path), newline=None))
        rows = [(lines.line_num, line) for line in lines]
    except csv.Error as error:
        raise BadInput(str(path), f"cannot be read: {error}") from None
    names = lines.fieldnames or ()
    if problems := [name for name in names if name not in (*KEYS, "busy")] or ["nothing"] * ("busy" not in names):
        raise BadInput(str(path), f"has the column {problems[0]!r}; there must be busy, and any of {', '.join(KEYS)}")
    if not rows:
        raise BadInput(str(path), "has no row")
    result: list[Utilisation] = []
    for number, line in rows:
        location = f"{path}: line {number}"
        try:
            share = Decimal(line["busy"] or "")
        except InvalidOperation:
            raise BadInput(location, f"{line['busy']!r} is not a number") from None
        if not (share.is_finite() and 0 <= share <= 1):
            raise BadInput(location, f"busy must be a share from 0 to 1, not {share}")
        result.append(Utilisation(tuple((KEYS[name], line[name]) for name in KEYS if line.get(name)), share))
    return tuple(result)


def measured_charges(charges: Charges, measured: Sequence[Utilisation]) -> Charges:
    """Returns the charges with the utilisation of their machines: that of the matching entry with the most keys, and of
    several with as many, the first in the file.
    """
    by_keys: dict[tuple[str, ...], dict[tuple[str, ...], Decimal]] = {}
    for entry in measured:
        keys = tuple(key for key, _ in entry.where)
        by_keys.setdefault(keys, {}).setdefault(tuple(value for _, value in entry.where), entry.share)
    if not by_keys:
        return charges
    joins, values, unused = [], [], list[str]()
    for number, keys in enumerate(sorted(by_keys, key=len, reverse=True)):
        table = f"utilisation_{number}"
        charges.connection.execute(f"CREATE TABLE {table} ({''.join(f'{key} VARCHAR, ' for key in keys)}busy VARCHAR)")
        charges.connection.executemany(
            f"INSERT INTO {table} VALUES ({'?, ' * len(keys)}?)",
            [[*values_of_keys, str(share)] for values_of_keys, share in by_keys[keys].items()],
        )
        condition = " AND ".join(f"{table}.{key} = charges.{key}" for key in keys) or "TRUE"
        unused += _without_machines(charges, table, keys)
        joins.append(f"LEFT JOIN {table} ON {condition}")
        values.append(f"{table}.busy")
    busy = f"CASE WHEN charges.compute THEN coalesce({', '.join(values)}) END"
    relation = f"(SELECT charges.* EXCLUDE (busy), {busy} AS busy FROM charges {' '.join(joins)})"
    notes = [f"no machine of the files has {'; '.join(unused)}: their utilisation is not used"] if unused else []
    return replace(charges, relation=relation, notes=(*charges.notes, *notes))


def _without_machines(charges: Charges, table: str, keys: Sequence[str]) -> list[str]:
    """Returns the entries of a table that no charge of a machine matches, such as misspelt ones."""
    columns = {dimension: column for column, dimension in KEYS.items()}
    same = " AND ".join(f"entry.{key} = charges.{key}" for key in keys) or "TRUE"
    rows = charges.connection.execute(
        f"SELECT {', '.join(keys) or 'busy'} FROM {table} AS entry "
        f"WHERE NOT EXISTS (SELECT 1 FROM charges WHERE charges.compute AND {same}) ORDER BY ALL LIMIT {_NAMED}"
    ).fetchall()
    return [", ".join(f"{columns[key]} {value}" for key, value in zip(keys, row, strict=True)) for row in rows if keys]


def idle_share(amount: Amount) -> Decimal | None:
    """Returns the share of charges (0 to 1) that is paid for idle machines or unused commitments: by measurement,
    otherwise as the charges say. Zero for all else; None for machines without utilisation data.
    """
    if amount.busy is not None and amount.compute:
        return 1 - amount.busy
    if amount.idle is not None:
        return amount.idle / amount.cost if amount.cost else ZERO
    return None if amount.compute else ZERO
