"""A run of all tests tries a third of the cases that are drawn by chance, always the same."""

import re
import subprocess
import sys
from pathlib import Path

import pytest

from tests.thorough import VARIABLE, is_tried, many

ROOT = Path(__file__).parents[2]
NAMES = [f"case {number}" for number in range(900)]


def test_a_third_is_tried(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(VARIABLE, "0")
    tried = [name for name in NAMES if is_tried(name)]
    assert 250 < len(tried) < 350
    assert tried == [name for name in NAMES if is_tried(name)]
    assert (many(1000), many(2), many(1)) == (333, 1, 1)


@pytest.mark.parametrize("value", ["1", None])
def test_all_are_tried_unless_a_run_of_all_tests_says_otherwise(
    monkeypatch: pytest.MonkeyPatch, value: str | None
) -> None:
    monkeypatch.delenv(VARIABLE, raising=False)
    if value:
        monkeypatch.setenv(VARIABLE, value)
    assert all(map(is_tried, NAMES))
    assert many(1000) == 1000


FILE = """
import pytest

from tests.thorough import is_tried, many


@pytest.mark.sampled
@pytest.mark.parametrize("number", range(60))
def test_it(number):
    assert many(3) in (1, 3)
"""


@pytest.mark.parametrize(
    ("arguments", "value", "header"),
    [
        ((), None, "a third of the cases drawn by chance is tried (FALAJ_THOROUGH=0)"),
        ((), "1", "all cases are tried (FALAJ_THOROUGH=1)"),
        (("test_it.py",), None, "all cases are tried (FALAJ_THOROUGH=1)"),
    ],
)
def test_what_is_named_is_tried_wholly(
    tmp_path: Path, arguments: tuple[str, ...], value: str | None, header: str
) -> None:
    (tmp_path / "test_it.py").write_text(FILE)
    (tmp_path / "pytest.ini").write_text("[pytest]\ntestpaths = .\nmarkers =\n  sampled\n")
    ran = subprocess.run(
        [sys.executable, "-m", "pytest", "-n0", "--noconftest", "-pno:cacheprovider", "-ptests.conftest", *arguments],
        cwd=tmp_path, env={"PYTHONPATH": str(ROOT), **({VARIABLE: value} if value else {})}, check=False,
        capture_output=True, text=True, timeout=300,
    )  # fmt: skip
    assert header in ran.stdout, ran.stdout + ran.stderr
    (passed,) = re.findall(r"(\d+) passed", ran.stdout)
    (left_out,) = set(re.findall(r"(\d+) deselected", ran.stdout)) or {"0"}
    assert int(passed) + int(left_out) == 60
    assert 10 < int(passed) < 30 if "third" in header else int(passed) == 60
