"""Mutants as the tools draw them, and the tests that coverage selects for them, from a small project to the outcome."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from tests.mutation.mutant import KILLED, SURVIVED, read_mutants, write_mutants
from tests.mutation.tools import packages, tools
from tests.mutation.trial import Trial
from tests.scan.tools import NoTools

ROOT = Path(__file__).parents[2]
FILE = "policy_pack/guardrails/limits.py"
SOURCE = '''\
"""A limit with a docstring."""

from typing import Annotated, cast

Numbers = list["Numbers"]
LIMIT = 3
WORDS = "a sentence for people"
KIND = "pool"


def is_small(number: Annotated[int, 7]) -> bool:
    return cast("bool", number < LIMIT)


@property
def doubled(self) -> int:
    return self * 2


def read(file) -> str:
    return file.read_text(encoding="utf-8")


def write(file, text) -> None:
    file.write_text(text, encoding="utf-8")


def pairs(numbers, words) -> list:
    return [
        zip(
            numbers,
            words,
            strict=True,
        ),
        zip(numbers, words, strict=False),
    ]
'''
ZIP = 30
"""Line of the first call of `zip`, whose `strict=True` in a line of its own is not changed; in the second it is."""
CHECKS = """\
from policy_pack.guardrails import limits


def test_small():
    assert limits.is_small(2) and not limits.is_small(3)


def test_nothing():
    pass
"""


@pytest.fixture(scope="module")
def environment() -> Path:
    try:
        return tools()
    except NoTools as missing:
        if os.environ.get("FALAJ_REQUIRE_ENGINE"):
            pytest.fail(f"the tools are required: {missing}")
        pytest.skip(str(missing))


@pytest.fixture
def project(tmp_path: Path) -> Path:
    packages_ = ("policy_pack/__init__.py", "policy_pack/guardrails/__init__.py")
    for name, content in ((FILE, SOURCE), ("checks/test_limits.py", CHECKS), *((name, "") for name in packages_)):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text(content)
    return tmp_path


def step(python: Path, name: str, project: Path, *arguments: str) -> str:
    variables = os.environ | {"PYTHONPATH": f"{project}{os.pathsep}{ROOT}"}
    command = [python, "-m", f"tests.mutation.{name}", *arguments]
    done = subprocess.run(command, cwd=project, env=variables, capture_output=True, text=True, timeout=120, check=False)
    assert done.returncode == 0, done.stderr
    return done.stdout


def drawn(environment: Path, project: Path, sample: int, seed: int) -> list[dict[str, Any]]:
    return json.loads(step(environment / "bin" / "python", "draw", project, str(project), str(sample), str(seed), FILE))


def test_every_line_that_runs_has_a_mutant_and_a_seed_draws_the_same(environment: Path, project: Path) -> None:
    mutants = drawn(environment, project, 100, 1)
    assert sorted(mutant["line"] for mutant in mutants) == [6, 7, 8, 12, 17, 25, ZIP, 35]
    for mutant in mutants:
        assert mutant["content"].count('encoding="utf-8"') == 2
        if mutant["line"] != ZIP:  # a call over several lines
            lines = zip(SOURCE.splitlines(), mutant["content"].splitlines(), strict=True)
            assert [number for number, (old, new) in enumerate(lines, 1) if old != new] == [mutant["line"]]
        compile(mutant["content"], FILE, "exec")
    sample = drawn(environment, project, 3, 1)
    assert sample == mutants[:3]  # a seed draws the same lines and changes


def test_the_tests_that_run_a_line_notice_its_change(environment: Path, project: Path) -> None:
    file = project / "mutants.json"
    file.write_text(json.dumps(drawn(environment, project, 100, 1)))
    step(Path(sys.executable), "baseline", project, str(packages(environment)), str(file), "checks")
    mutants = {mutant.line: mutant for mutant in read_mutants(file)}
    assert mutants[12].tests == ("checks/test_limits.py::test_small",)
    mutants[12].content = SOURCE.replace("<", "<=")
    mutants[17].tests = mutants[12].tests
    trial = Trial(project, Path(sys.executable))
    for line in (12, 17):
        trial.try_out(mutants[line])
    write_mutants(file, list(mutants.values()))
    assert (mutants[12].outcome, mutants[17].outcome) == (KILLED, SURVIVED)
