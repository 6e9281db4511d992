"""Installs the linters of pipelines, and the programs by which kubeconfigs sign in, once: those written in Python in a
virtual environment, the others from their Go modules."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

from falaj.sandbox.go_build import BuildFailed, GoProgram, compile_program, find_go
from tests.scan.tools import NoTools, cached_tool, install, run

HERE = Path(__file__).parent
ROOT = HERE.parents[1]
LOCK = ROOT / "falaj" / "pipelines" / "requirements.lock"

ACTIONLINT = GoProgram(
    title="actionlint 1.7.12",
    file="actionlint",
    module="module falaj.local/actionlint\n\ngo 1.25\n\nrequire github.com/rhysd/actionlint v1.7.12\n",
    package="github.com/rhysd/actionlint/cmd/actionlint",
)

KUBELOGIN = GoProgram(
    title="kubelogin 0.2.19",
    file="kubelogin",
    module="module falaj.local/kubelogin\n\ngo 1.25\n\nrequire github.com/Azure/kubelogin v0.2.19\n",
    package="github.com/Azure/kubelogin",
)
"""In the version of `falaj/pipelines/tools.csv`, from its source."""


def python_linters() -> Path:
    """Returns the folder of `zizmor`, `check-jsonschema`, `yamllint` and `aws`. Raises `NoTools`."""
    return cached_tool("lint-python", HERE / "requirements.txt", _install) / "bin"


def actionlint() -> Path:
    """Returns the linter of GitHub's workflows; takes 30 s the first time. Raises `NoTools`."""
    return _program("lint-actions", ACTIONLINT)


def kubelogin() -> Path:
    """Returns Azure's credential plug-in; takes a minute the first time. Raises `NoTools`."""
    return _program("sign-in-kubelogin", KUBELOGIN)


def pinned_wheels() -> Path:
    """Returns a folder with the packages of `requirements.lock`, compared with their digests. Raises `NoTools`."""
    return cached_tool("pipeline-wheels", LOCK, _download)


def complaints(*command: str | Path) -> str:
    """Returns the output of a linter for the project; empty if it reports nothing."""
    done = subprocess.run([*command], cwd=ROOT, capture_output=True, text=True, check=False)
    return done.stdout + done.stderr if done.returncode else ""


def _install(folder: Path) -> None:
    _say("linters: installing tests/pipelines/requirements.txt into the cache, once")
    install(folder, "-r", HERE / "requirements.txt")


def _download(folder: Path) -> None:
    _say("pipelines: downloading falaj/pipelines/requirements.lock into the cache, once")
    folder.mkdir(parents=True)
    download = [sys.executable, "-m", "pip", "download", "--quiet", "--no-deps", "--require-hashes", "--dest", folder]
    run([*download, "--requirement", LOCK], folder, {})


def _program(name: str, program: GoProgram) -> Path:
    def build(folder: Path) -> None:
        folder.mkdir(parents=True)
        try:
            compile_program(find_go(folder, _say), program, folder / program.file, _say)
        except BuildFailed as reason:
            raise NoTools(f"{program.title} cannot be built: {reason}") from None

    return cached_tool(name, Path(__file__), build) / program.file


def _say(line: str) -> None:
    print(line, file=sys.stderr)
