"""Which Python environment a program, a policy pack or a plug-in runs in.

The rules are those of pulumi sdk/v3 3.259.0, python/toolchain (ResolveToolchain, newPip, newUv, newPoetry), 2026-11-28.
"""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from falaj.sandbox.python_environment import (
    PACK_NEEDS,
    EnvironmentMissing,
    activated,
    environment_of,
    plugin_interpreter,
    program_interpreter,
)


@pytest.fixture
def root(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A project whose program is in the folder `app`, in a repository."""
    monkeypatch.delenv("UV_PROJECT_ENVIRONMENT", raising=False)
    folder = tmp_path / "repository" / "infra"
    (folder / "app").mkdir(parents=True)
    return folder


@pytest.mark.parametrize(
    ("options", "files", "expected"),
    [
        ({}, (), None),
        ({"toolchain": "pip"}, ("uv.lock",), None),
        ({"virtualenv": "venv"}, (), "venv"),
        ({"virtualenv": "../venv"}, ("poetry.toml",), "../venv"),
        ({"virtualenv": "venv"}, ("../uv.lock",), "venv"),
        ({}, ("../uv.lock",), "../.venv"),
        ({}, ("app/uv.lock", "poetry.lock"), "app/.venv"),
        ({"toolchain": "uv"}, ("pyproject.toml",), ".venv"),
        ({"toolchain": "uv"}, (), "app/.venv"),
    ],
)
def test_the_environment_is_the_one_that_pulumi_uses(
    root: Path, options: dict, files: tuple[str, ...], expected: str | None
) -> None:
    for name in files:
        (root / name).touch()
    found = environment_of(root, root / "app", options)
    assert found == (None if expected is None else Path(os.path.normpath(root / expected)))


def test_uv_may_be_told_another_folder(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (root / "uv.lock").touch()
    monkeypatch.setenv("UV_PROJECT_ENVIRONMENT", "elsewhere")
    assert environment_of(root, root / "app", {}) == root / "elsewhere"


def test_poetry_is_asked(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (root / "poetry.lock").touch()
    monkeypatch.setenv("PATH", str(root))
    with pytest.raises(EnvironmentMissing, match="uses poetry, which is not on PATH; install it"):
        environment_of(root, root / "app", {})
    poetry = root / "poetry"
    poetry.write_text('#!/bin/sh\n[ "$*" = "env info --path" ] && echo "$PWD/made"\n')
    poetry.chmod(0o755)
    assert environment_of(root, root / "app", {}) == root / "app" / "made"
    poetry.write_text("#!/bin/sh\nexit 1\n")
    with pytest.raises(EnvironmentMissing, match="run `poetry install` there"):
        environment_of(root, root / "app", {})


@pytest.mark.parametrize(
    ("options", "message"),
    [
        ({"toolchain": "conda"}, "runtime.options.toolchain is 'conda'; allowed: pip, poetry, uv"),
        ({"virtualenv": ["venv"]}, "runtime.options.virtualenv must be a text"),
        ({"virtualenv": "venv"}, r"does not exist; create it: `python3 -m venv .* install: `.* -m pip install pulumi`"),
    ],
)
def test_a_program_without_its_environment_is_refused(root: Path, options: dict, message: str) -> None:
    with pytest.raises(EnvironmentMissing, match=message):
        program_interpreter(root, root / "app", options)


def test_what_an_environment_lacks_is_named_with_the_command_that_installs_it(root: Path) -> None:
    subprocess.run([sys.executable, "-m", "venv", "--without-pip", str(root / "venv")], check=True)
    (root / "pulumi").mkdir()  # a folder of the project is no installed package
    (root / "requirements.txt").touch()
    options = {"virtualenv": "venv"}
    with pytest.raises(EnvironmentMissing, match=r"has no package pulumi; install: .* -r '.*requirements.txt'"):
        program_interpreter(root, root, options)
    with pytest.raises(EnvironmentMissing, match="has no package pulumi and pulumi-policy"):
        plugin_interpreter(root, options, PACK_NEEDS)
    (root / "venv" / "bin" / "python").unlink()
    with pytest.raises(EnvironmentMissing, match="is not a virtual environment"):
        program_interpreter(root, root, options)


def test_a_pack_whose_environment_is_not_made_yet_runs_in_falajs(root: Path) -> None:
    assert plugin_interpreter(root, {"virtualenv": "venv"}, PACK_NEEDS) == Path(sys.executable)


def test_the_own_environment_is_known_by_another_name(root: Path) -> None:
    (root / "venv").symlink_to(sys.prefix)
    assert program_interpreter(root, root, {"virtualenv": "venv"}) == Path(sys.executable)


def test_another_environment_is_activated() -> None:
    variables = activated(Path("/venv/bin/python"), {"PATH": "/bin", "PYTHONHOME": "/usr", "LANG": "ar_AE"})
    assert variables == {"PATH": "/venv/bin:/bin", "VIRTUAL_ENV": "/venv", "LANG": "ar_AE"}
