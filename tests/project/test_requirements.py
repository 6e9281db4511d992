"""requirements.txt pins what the package and its extras need, requirements-dev.txt what tests and checks add."""

import itertools
import os
import shutil
import subprocess
import tomllib
from pathlib import Path

import pytest
from packaging.requirements import Requirement

ROOT = Path(__file__).parents[2]
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]
RUN, DEVELOPMENT = "requirements.txt", "requirements-dev.txt"


def pins(name: str) -> dict[str, str]:
    """Returns distribution -> version."""
    lines = (ROOT / name).read_text().splitlines()
    return dict(line.split("==") for line in lines if "==" in line)


def test_what_runs_stacks_is_what_the_package_and_its_extras_declare() -> None:
    extras = PROJECT["optional-dependencies"].values()
    declared = [*PROJECT["dependencies"], *itertools.chain.from_iterable(extras)]
    allowed = {each.name: each.specifier for each in map(Requirement, declared) if each.name != "falaj"}
    assert pins(RUN).keys() == allowed.keys()
    assert [name for name, version in pins(RUN).items() if version not in allowed[name]] == []


def test_development_adds_to_it() -> None:
    assert "-r requirements.txt" in (ROOT / DEVELOPMENT).read_text().splitlines()
    assert pins(RUN).keys().isdisjoint(pins(DEVELOPMENT))
    assert {"pytest", "ruff", "pyright[nodejs]", "hatchling"} <= pins(DEVELOPMENT).keys()


@pytest.fixture
def checkout(tmp_path: Path) -> Path:
    """What bootstrap.sh reads, with a `uv` that only notes what it is asked to install."""
    (tmp_path / "falaj").mkdir()
    for name in (RUN, DEVELOPMENT, "pyproject.toml", "falaj/bootstrap.sh"):
        shutil.copy(ROOT / name, tmp_path / name)
    uv = tmp_path / "bin" / "uv"
    uv.parent.mkdir()
    uv.write_text('#!/bin/sh\nif [ "$1" = venv ]; then mkdir -p .venv/bin; ln -sf "$(command -v python3)" '
                  '.venv/bin/python; else echo "$5" >>installed; fi\n')  # fmt: skip
    uv.chmod(0o755)
    return tmp_path


def installed(checkout: Path, *scripts: str) -> list[str]:
    """Runs bootstrap.sh as the scripts do, one after the other; returns what is installed."""
    variables = os.environ | {"PATH": f"{checkout / 'bin'}:{os.environ['PATH']}"}
    for script in scripts:
        [chosen] = [line for line in (ROOT / script).read_text().splitlines() if "requirements=" in line] or [":"]
        command = ["sh", "-euc", f"{chosen}\n. falaj/bootstrap.sh"]
        subprocess.run(command, cwd=checkout, env=variables, check=True, capture_output=True)
    noted = checkout / "installed"
    return noted.read_text().splitlines() if noted.exists() else []


@pytest.mark.parametrize(
    ("scripts", "expected"),
    [
        (("try", "try"), [RUN]),
        (("test", "test"), [DEVELOPMENT]),
        (("test", "try"), [DEVELOPMENT]),
        (("try", "test"), [RUN, DEVELOPMENT]),
    ],
)
def test_a_script_installs_what_it_needs_once(checkout: Path, scripts: tuple[str, ...], expected: list[str]) -> None:
    assert installed(checkout, *scripts) == expected


@pytest.mark.parametrize("changed", [RUN, DEVELOPMENT, "pyproject.toml"])
def test_changed_requirements_are_installed_again(checkout: Path, changed: str) -> None:
    installed(checkout, "test")
    with (checkout / changed).open("a") as file:
        file.write("# changed\n")
    assert installed(checkout, "test") == [DEVELOPMENT, DEVELOPMENT]
