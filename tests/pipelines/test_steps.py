"""The steps of the package: which exist, and the environment that a Pulumi project gets."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from falaj import __version__
from falaj.pipelines import program
from tests.pipelines.steps import STEPS

OWN = "runtime:\n  name: python\n  options: {virtualenv: venv}\n"


@pytest.fixture
def installed(monkeypatch: pytest.MonkeyPatch) -> list[tuple[str, ...]]:
    """What pip was asked for: the interpreter and the arguments. Environments are created without pip."""
    calls: list[tuple[str, ...]] = []
    monkeypatch.setattr(program, "_pip", lambda *arguments: calls.append(arguments))
    monkeypatch.setattr(program.venv, "create", lambda folder, with_pip: folder.mkdir())
    return calls


def prepare(folder: Path, project: str, requirements: bool = True) -> None:
    (folder / "Pulumi.yaml").write_text(f"name: other\n{project}")
    if requirements:
        (folder / "requirements.txt").write_text("pulumi\n")
    program.main(folder)


def test_a_program_gets_the_environment_that_it_names(installed: list, tmp_path: Path) -> None:
    prepare(tmp_path, OWN)
    (call,) = installed
    assert call == (str(tmp_path / "venv/bin/python"), "--requirement", str(tmp_path / "requirements.txt"))


def test_an_environment_that_exists_stays(installed: list, tmp_path: Path) -> None:
    (tmp_path / "venv").mkdir()
    prepare(tmp_path, OWN)
    assert installed == []


def test_an_environment_without_requirements_is_that_of_falaj(installed: list, tmp_path: Path) -> None:
    prepare(tmp_path, OWN, requirements=False)
    assert (tmp_path / "venv").readlink() == Path(sys.prefix)
    assert installed == []


def test_a_program_without_an_environment_is_installed_beside_falaj(installed: list, tmp_path: Path) -> None:
    prepare(tmp_path, "runtime: python\n")
    requirements = str(tmp_path / "requirements.txt")
    assert installed == [(sys.executable, "--requirement", requirements, f"falaj[sandbox]=={__version__}")]


@pytest.mark.parametrize(
    "runtime", ["runtime: yaml\n", "runtime:\n  name: python\n  options: {toolchain: uv, virtualenv: venv}\n"]
)
def test_another_language_or_toolchain_is_left_to_the_caller(
    installed: list, tmp_path: Path, runtime: str, capsys: pytest.CaptureFixture[str]
) -> None:
    prepare(tmp_path, runtime)
    assert installed == []
    assert not (tmp_path / "venv").exists()
    assert "needs a step before this one" in capsys.readouterr().out


@pytest.mark.parametrize("content", [None, "name: other\n", "a: [", "text"])
def test_a_folder_without_a_project_is_refused(tmp_path: Path, content: str | None) -> None:
    if content:
        (tmp_path / "Pulumi.yaml").write_text(content)
    with pytest.raises(SystemExit) as refused:
        program.main(tmp_path)
    assert refused.value.code == 2


def test_an_unknown_step_is_refused_with_the_steps_that_there_are() -> None:
    command = [sys.executable, "-m", "falaj.pipelines", "chek"]
    done = subprocess.run(command, cwd=STEPS.parents[1], capture_output=True, text=True, check=False)
    assert done.returncode == 2
    assert done.stderr == (
        "falaj.pipelines: no step 'chek'. Fix: give one of advise, check, cost, deploy, drift, engine, install, plan\n"
    )
