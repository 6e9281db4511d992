"""Every table has one value for each of its columns: a comma without quotes moves what follows into the next column."""

import csv
from pathlib import Path

import pytest

from tests.distribution import ROOT

FOLDERS = ("policy_pack", "falaj", "components", "tests")
TABLES = sorted(path for folder in FOLDERS for path in (ROOT / folder).rglob("*.csv"))


@pytest.mark.parametrize("path", TABLES, ids=lambda path: path.relative_to(ROOT).as_posix())
def test_rows_have_a_value_for_each_column(path: Path) -> None:
    with path.open(encoding="utf-8", newline="") as file:
        reader = csv.reader(line for line in file if not line.startswith("#"))
        width = len(next(reader, []))
        wrong = [reader.line_num for row in reader if row and len(row) != width]
    assert not wrong, f"lines {wrong} have another number of values than the header"
