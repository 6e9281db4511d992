"""requirements.lock pins what the pipelines install: each package once, by its digests, in the project's versions."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path

import pytest

from tests.pipelines.tools import LOCK, ROOT
from tests.project.test_distribution import distributions

PIN = re.compile(r"^([\w.-]+)==([^\s;]+)(?: ; (.+?))? \\$", re.MULTILINE)
EXTRAS = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]


def pins(text: str) -> dict[str, str]:
    return {name.lower(): version for name, version, _ in PIN.findall(text)}


ANALYSIS = LOCK.with_name("requirements-analysis.lock")
"""What the step `advise` installs besides."""


@pytest.mark.parametrize("lock", [LOCK, ANALYSIS], ids=lambda lock: lock.name)
def test_every_package_has_a_digest(lock: Path) -> None:
    lines = lock.read_text().splitlines()
    starts = [number for number, line in enumerate(lines) if not line.startswith((" ", "#"))]
    for start in starts:
        assert PIN.match(lines[start]), lines[start]
        assert re.fullmatch(r"    --hash=sha256:[0-9a-f]{64}( \\)?", lines[start + 1])


@pytest.mark.parametrize("lock", [LOCK, ANALYSIS], ids=lambda lock: lock.name)
def test_versions_are_those_of_requirements(lock: Path) -> None:
    text = "".join(file.read_text() for file in ROOT.glob("requirements*.txt"))
    required = dict(re.findall(r"^([\w.-]+)(?:\[.*\])?==(\S+)", text, re.MULTILINE))
    assert len(required) > 10
    locked = pins(lock.read_text())
    assert {name: locked[name.lower()] for name in required if name.lower() in locked} == {
        name: version for name, version in required.items() if name.lower() in locked
    }


def test_both_have_the_same_versions_and_the_second_has_the_extra() -> None:
    first, second = pins(LOCK.read_text()), pins(ANALYSIS.read_text())
    assert {name: first[name] for name in first.keys() & second.keys()} == {
        name: second[name] for name in first.keys() & second.keys()
    }
    assert {name.lower() for name in distributions(["falaj[analysis]"])} <= second.keys()


def test_it_has_what_the_check_needs_and_no_tests() -> None:
    needed = {*distributions([*EXTRAS["dependencies"], "falaj[sandbox]"]), "hatchling"}
    locked = pins(LOCK.read_text())
    assert {name.lower() for name in needed} <= locked.keys()
    assert locked.keys() & {"pytest", "ruff", "moto", "pyright"} == set()


@pytest.mark.engine
def test_the_index_has_these_versions_with_these_digests(pinned_wheels: Path) -> None:
    """pip has downloaded them with `--require-hashes`."""
    files = [file.name.lower().replace("_", "-") for file in pinned_wheels.iterdir()]
    locked = PIN.findall(LOCK.read_text())
    here = [(name, version) for name, version, marker in locked if "win32" not in marker]
    assert len(here) > 40
    assert [name for name, version in here if not any(file.startswith(f"{name}-{version}-") for file in files)] == []
