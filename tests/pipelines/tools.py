"""Installs the linters of pipelines once: the Python ones in a virtual environment, actionlint from its Go module."""

from __future__ import annotations

import subprocess
import sys
import venv
from pathlib import Path

from falaj.sandbox.go_build import BuildFailed, GoProgram, compile_program, find_go
from tests.scan.tools import NoTools, cached_tool, run

HERE = Path(__file__).parent
ROOT = HERE.parents[1]

ACTIONLINT = GoProgram(
    title="actionlint 1.7.12",
    file="actionlint",
    module="module falaj.local/actionlint\n\ngo 1.25\n\nrequire github.com/rhysd/actionlint v1.7.12\n",
    package="github.com/rhysd/actionlint/cmd/actionlint",
)


def python_linters() -> Path:
    """Returns the folder of `zizmor`, `check-jsonschema` and `yamllint`. Raises `NoTools`."""
    return cached_tool("lint-python", HERE / "requirements.txt", _install) / "bin"


def actionlint() -> Path:
    """Returns the linter of GitHub's workflows; takes 30 s the first time. Raises `NoTools`."""
    return cached_tool("lint-actions", Path(__file__), _build) / ACTIONLINT.file


def complaints(*command: str | Path) -> str:
    """Returns the output of a linter for the project; empty if it reports nothing."""
    done = subprocess.run([*command], cwd=ROOT, capture_output=True, text=True, check=False)
    return done.stdout + done.stderr if done.returncode else ""


def _install(folder: Path) -> None:
    _say("linters: installing tests/pipelines/requirements.txt into the cache, once")
    venv.create(folder, with_pip=True)
    run([folder / "bin" / "python", "-m", "pip", "install", "--quiet", "-r", HERE / "requirements.txt"], folder, {})


def _build(folder: Path) -> None:
    folder.mkdir(parents=True)
    try:
        compile_program(find_go(folder, _say), ACTIONLINT, folder / ACTIONLINT.file, _say)
    except BuildFailed as reason:
        raise NoTools(f"actionlint cannot be built: {reason}") from None


def _say(line: str) -> None:
    print(line, file=sys.stderr)
