"""How many threads read exports: what a thread hands over to another takes longer than a small file."""

from pathlib import Path

import pytest

from falaj.finops.showback.charges import load
from falaj.finops.showback.engine import SMALL, THREADS, connect
from tests.processor_time import within
from tests.unit.finops.exports import as_csv, charge
from tests.unit.finops.spoiled_exports import ALWAYS


@pytest.mark.parametrize(("sizes", "threads"), [([], 1), ([10], 1), ([SMALL], 1), ([SMALL, 1], THREADS)])
def test_small_exports_are_read_by_one_thread(tmp_path: Path, sizes: list[int], threads: int) -> None:
    files = [tmp_path / f"{number}.csv" for number, _ in enumerate(sizes)]
    for file, size in zip(files, sizes, strict=True):
        with file.open("wb") as opened:
            opened.truncate(size)
    connection = connect(tmp_path, iter(files))
    assert connection.execute("SELECT current_setting('threads')").fetchone() == (threads,)
    connection.close()


def test_a_small_export_is_read_in_little_time(tmp_path: Path) -> None:
    """`test_showback_spoiled` reads 200 of them."""
    path = tmp_path / "bill.csv"
    path.write_text(as_csv([charge(ALWAYS[0])]), encoding="utf-8")
    with within(1.5):
        for _ in range(3):
            with load([path]) as charges:
                charges.every_month()
