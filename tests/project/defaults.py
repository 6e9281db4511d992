"""Simulates the defaults and writes docs/defaults.csv and the tables of docs/defaults.md.

`python -m tests.project.defaults` simulates everything: about seven minutes of one core. With `--page` it only writes
the tables from the file."""

from __future__ import annotations

import csv
import sys
from collections.abc import Iterable, Sequence
from concurrent.futures import ProcessPoolExecutor
from datetime import datetime
from functools import partial

from falaj.components.core.tenancy.spend_quota import DUBAI
from tests.project.default_figures import COLUMNS, Row, cells, rows_of
from tests.project.default_rows import DEFAULTS
from tests.project.default_tables import filled
from tests.project.pages import ROOT

FILE, PAGE = ROOT / "docs" / "defaults.csv", ROOT / "docs" / "defaults.md"
PROCESSES = 4


def read() -> list[Row]:
    """Returns the rows of the file."""
    with FILE.open(encoding="utf-8", newline="") as lines:
        return [Row(**line) for line in csv.DictReader(lines)]


def write(rows: Iterable[Row]) -> None:
    """Writes the file."""
    with FILE.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerows([COLUMNS, *map(cells, rows)])


def main(arguments: Sequence[str]) -> None:
    """Writes the file, unless only the page is asked for, and the page."""
    if "--page" not in arguments:
        date = datetime.now(DUBAI).date().isoformat()
        with ProcessPoolExecutor(PROCESSES) as pool:
            found = list(pool.map(partial(rows_of, date=date), DEFAULTS))
        write(row for rows in found for row in rows)
    PAGE.write_text(filled(PAGE.read_text(encoding="utf-8"), read()), encoding="utf-8")


if __name__ == "__main__":
    main(sys.argv[1:])
