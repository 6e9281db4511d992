"""A test that hangs fails once, and the others of its file run."""

import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[2]

FILE = """
import time

import pytest


def test_before():
    pass


@pytest.mark.timeout(2)
def test_hangs():
    time.sleep(600)


def test_after():
    pass
"""


def test_a_test_that_hangs_fails_once(tmp_path: Path) -> None:
    (tmp_path / "test_file.py").write_text(FILE)
    options = ["-q", "-n1", "--noconftest", "-otimeout_method=thread", "-pno:cacheprovider", "-ptests.conftest"]
    ran = subprocess.run(
        [sys.executable, "-m", "pytest", *options, f"--rootdir={tmp_path}", "test_file.py"],
        cwd=tmp_path, env={"PYTHONPATH": str(ROOT)}, check=False, capture_output=True, text=True, timeout=300,
    )  # fmt: skip
    assert "1 failed, 2 passed" in ran.stdout, ran.stdout + ran.stderr
    assert "crashed while running 'test_file.py::test_hangs'" in ran.stdout
