"""requirements.txt pins what the package and its extras need, requirements-dev.txt what tests and checks add; their
locks are what bootstrap.sh installs."""

import itertools
import os
import re
import shutil
import subprocess
import tomllib
from pathlib import Path

import pytest
from packaging.requirements import Requirement

ROOT = Path(__file__).parents[2]
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]
RUN, DEVELOPMENT = "requirements.txt", "requirements-dev.txt"
RUN_LOCK, DEVELOPMENT_LOCK = "requirements.lock", "requirements-dev.lock"


def pins(name: str) -> list[Requirement]:
    """Returns what a file of requirements pins; a distribution twice if systems need two versions."""
    lines = (ROOT / name).read_text().splitlines()
    return [Requirement(line) for line in lines if "==" in line]


def names(name: str) -> set[str]:
    """Returns the distributions that a file of requirements pins."""
    return {pin.name for pin in pins(name)}


def test_what_runs_stacks_is_what_the_package_and_its_extras_declare() -> None:
    extras = PROJECT["optional-dependencies"].values()
    declared = [*PROJECT["dependencies"], *itertools.chain.from_iterable(extras)]
    allowed = {each.name: each.specifier for each in map(Requirement, declared) if each.name != "falaj"}
    assert names(RUN) == allowed.keys()
    wrong = [str(pin) for pin in pins(RUN) if str(pin.specifier).removeprefix("==") not in allowed[pin.name]]
    assert wrong == []


def test_development_adds_to_it() -> None:
    assert "-r requirements.txt" in (ROOT / DEVELOPMENT).read_text().splitlines()
    assert names(RUN).isdisjoint(names(DEVELOPMENT))
    assert {"pytest", "ruff", "pyright", "hatchling"} <= names(DEVELOPMENT)


@pytest.fixture
def checkout(tmp_path: Path) -> Path:
    """What bootstrap.sh reads, with a `uv` that only notes what it is asked to install."""
    (tmp_path / "falaj").mkdir()
    for name in (RUN, DEVELOPMENT, RUN_LOCK, DEVELOPMENT_LOCK, "pyproject.toml", "falaj/bootstrap.sh"):
        shutil.copy(ROOT / name, tmp_path / name)
    uv = tmp_path / "bin" / "uv"
    uv.parent.mkdir()
    uv.write_text('#!/bin/sh\nif [ "$1" = venv ]; then mkdir -p .venv/bin; ln -sf "$(command -v python3)" '
                  '.venv/bin/python; else echo "$*" >>installed; fi\n')  # fmt: skip
    uv.chmod(0o755)
    return tmp_path


def installed(checkout: Path, *scripts: str) -> list[str]:
    """Runs bootstrap.sh as the scripts do, one after the other; returns the locks that are installed, by digests."""
    variables = os.environ | {"PATH": f"{checkout / 'bin'}:{os.environ['PATH']}"}
    for script in scripts:
        [chosen] = [line for line in (ROOT / script).read_text().splitlines() if "requirements=" in line] or [":"]
        command = ["sh", "-euc", f"{chosen}\n. falaj/bootstrap.sh"]
        subprocess.run(command, cwd=checkout, env=variables, check=True, capture_output=True)
    noted = checkout / "installed"
    return re.findall(r"--require-hashes --only-binary :all: -r (\S+)$", noted.read_text(), re.MULTILINE)


@pytest.mark.parametrize(
    ("scripts", "expected"),
    [
        (("try", "try"), [RUN_LOCK]),
        (("test", "test"), [DEVELOPMENT_LOCK]),
        (("test", "try"), [DEVELOPMENT_LOCK]),
        (("try", "test"), [RUN_LOCK, DEVELOPMENT_LOCK]),
    ],
)
def test_a_script_installs_what_it_needs_once(checkout: Path, scripts: tuple[str, ...], expected: list[str]) -> None:
    assert installed(checkout, *scripts) == expected


@pytest.mark.parametrize("changed", [RUN, DEVELOPMENT, DEVELOPMENT_LOCK, "pyproject.toml"])
def test_changed_requirements_are_installed_again(checkout: Path, changed: str) -> None:
    installed(checkout, "test")
    with (checkout / changed).open("a") as file:
        file.write("# changed\n")
    assert installed(checkout, "test") == [DEVELOPMENT_LOCK, DEVELOPMENT_LOCK]


def test_a_changed_environment_of_tests_stays_one(checkout: Path) -> None:
    installed(checkout, "test")
    with (checkout / RUN).open("a") as file:
        file.write("# changed\n")
    assert installed(checkout, "try", "test") == [DEVELOPMENT_LOCK, DEVELOPMENT_LOCK]


@pytest.mark.parametrize(("script", "file"), [("try", RUN), ("test", RUN), ("test", DEVELOPMENT)])
def test_a_pin_that_the_lock_lacks_is_refused(checkout: Path, script: str, file: str) -> None:
    with (checkout / file).open("a") as requirements:
        requirements.write("new-package[extra]==1.2.3; sys_platform != 'win32'\n")
    with pytest.raises(subprocess.CalledProcessError) as failed:
        installed(checkout, script)
    assert failed.value.returncode == 3
    assert b".lock has no new-package==1.2.3, which the requirements pin. Fix: run .ci/lock" in failed.value.stderr
    assert not (checkout / ".venv").exists()
