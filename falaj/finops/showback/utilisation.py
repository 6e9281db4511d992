"""Measured utilisation of machines, as the share of their cost that does work."""

import csv
import io
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from pathlib import Path

from falaj.finops.errors import BadInput
from falaj.finops.lines import ZERO
from falaj.finops.showback.rows import BillingRow

KEYS = {
    "resource": "resource",
    "site": "site",
    "tenant": "tenant",
    "project": "project",
    "business-unit": "business_unit",
    "service": "service",
}
"""Column of the file -> field of a row."""


@dataclass(frozen=True)
class Utilisation:
    """The share of paid time in which the machines that match all of `where` do work."""

    where: tuple[tuple[str, str], ...]
    share: Decimal

    def matches(self, row: BillingRow) -> bool:
        """Returns whether a row belongs to these machines."""
        return all(getattr(row, field) == value for field, value in self.where)


def load(path: Path | None) -> tuple[Utilisation, ...]:
    """Reads a CSV with the column `busy` (0 to 1) and any of the key columns; an empty key matches all. Raises
    `BadInput`.
    """
    if path is None:
        return ()
    try:
        lines = csv.DictReader(io.StringIO(path.read_text(encoding="utf-8-sig")))
    except (OSError, UnicodeDecodeError) as error:
        raise BadInput(str(path), f"cannot be read: {error}") from None
    names = lines.fieldnames or ()
    if problems := [name for name in names if name not in (*KEYS, "busy")] or ["nothing"] * ("busy" not in names):
        raise BadInput(str(path), f"has the column {problems[0]!r}; there must be busy, and any of {', '.join(KEYS)}")
    result: list[Utilisation] = []
    for line in lines:
        location = f"{path}: line {lines.line_num}"
        try:
            share = Decimal(line["busy"] or "")
        except InvalidOperation:
            raise BadInput(location, f"{line['busy']!r} is not a number") from None
        if not (share.is_finite() and 0 <= share <= 1):
            raise BadInput(location, f"busy must be a share from 0 to 1, not {share}")
        result.append(Utilisation(tuple((KEYS[name], line[name]) for name in KEYS if line.get(name)), share))
    return tuple(result)


def idle_share(row: BillingRow, measured: Sequence[Utilisation]) -> Decimal | None:
    """Returns the share of a charge (0 to 1) that is paid for idle machines, from the matching entry with the most
    keys, otherwise from the row itself. Zero if the charge is not for a machine; None for machines without utilisation
    data.
    """
    if not row.compute:
        return ZERO
    matching = [entry for entry in measured if entry.matches(row)]
    if matching:
        return 1 - max(matching, key=lambda entry: len(entry.where)).share
    if row.idle is not None:
        return row.idle / row.cost if row.cost else ZERO
    return None
