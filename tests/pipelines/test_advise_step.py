"""The step `advise`: what it finds in exports becomes a stack file that the check accepts."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from datetime import UTC, datetime
from pathlib import Path

import pytest

from falaj.pipelines.last_month import last_month
from falaj.simulation.advice.patch import patch
from tests.pipelines.steps import PIPELINES, STEPS
from tests.unit.simulation.advice_stack import STACK

FILE = "Pulumi.small.yaml"
PYTHON = f"""#!/bin/sh
# Installs nothing, and answers instead of the search: tests/unit/cli/test_simulate_advice.py has the search.
case "$2 $3" in
  "pip install") echo "$@" >>"$FOUND/pip"; exit 0 ;;
  "falaj simulate") echo "$@" >>"$FOUND/simulate"; for last; do true; done
    cp "$FOUND/answer.patch" "$last"; echo '{{"advice": 1}}'; exit "$STATUS" ;;
esac
exec {sys.executable} "$@"
"""


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """A project in a folder of a repository, with exports, and a search that advises a smaller pool."""
    folder = tmp_path / "repository/platform"
    folder.mkdir(parents=True)
    (folder / FILE).write_text(STACK)
    subprocess.run(["git", "init", "-q"], cwd=folder.parent, check=True)
    (tmp_path / "python").write_text(PYTHON)
    (tmp_path / "python").chmod(0o755)
    smaller = {("sites", "main", "pools", "gpuspot", "max"): 4}
    (tmp_path / "answer.patch").write_text(patch(STACK, f"platform/{FILE}", smaller))
    (tmp_path / "exports").mkdir()
    (tmp_path / "exports/jobs.csv").touch()
    return folder


def advise(project: Path, status: int = 0) -> subprocess.CompletedProcess[str]:
    root = project.parents[1]
    environment = os.environ | {"PYTHON": str(root / "python"), "STEPS": str(STEPS), "FOUND": str(root)}
    environment |= {"STATUS": str(status), "FALAJ_MAX_WAIT": "2h", "PYTHONPATH": str(PIPELINES.parent)}
    command = ["sh", str(STEPS / "advise.sh"), "small", str(root / "found"), str(root / "exports")]
    return subprocess.run(command, cwd=project, env=environment, capture_output=True, text=True, check=False)


def test_the_advice_is_a_valid_stack_file_and_the_checkout_stays(project: Path) -> None:
    root = project.parents[1]
    done = advise(project)
    assert done.returncode == 0, done.stderr
    assert "--require-hashes" in (root / "pip").read_text()
    asked = (root / "simulate").read_text()
    for words in (f"--work {root}/exports/jobs.csv", f"--month {last_month(datetime.now(UTC))}", "--max-wait 2h", "1%"):
        assert words in asked
    assert json.loads((root / "found/advice.json").read_text()) == {"advice": 1}
    assert (root / "found/advice.yaml").read_text() == STACK.replace("            max: 8", "            max: 4")
    assert (project / FILE).read_text() == STACK


def test_nothing_better_is_no_stack_file(project: Path) -> None:
    (project.parents[1] / "answer.patch").write_text("")
    assert advise(project).returncode == 0
    assert [file.name for file in (project.parents[1] / "found").iterdir()] == ["advice.json"]


@pytest.mark.parametrize("status", [1, 2, 3])
def test_a_search_that_fails_leaves_nothing_to_propose(project: Path, status: int) -> None:
    assert advise(project, status).returncode == status
    assert [*(project.parents[1] / "found").iterdir()] == []


def test_without_exports_it_says_what_is_missing(project: Path) -> None:
    (project.parents[1] / "exports/jobs.csv").unlink()
    done = advise(project)
    assert done.returncode == 2
    assert "no file in" in done.stderr
    assert not (project.parents[1] / "found").exists()


@pytest.mark.parametrize(
    ("now", "month"),
    [
        (datetime(2026, 12, 5, tzinfo=UTC), "2026-11"),
        (datetime(2026, 12, 31, 21, tzinfo=UTC), "2026-12"),
        (datetime(2027, 1, 31, tzinfo=UTC), "2026-12"),
    ],
)
def test_last_month_is_that_of_dubai(now: datetime, month: str) -> None:
    assert last_month(now) == month
