"""A copy of this project on a runner without credentials, as after a checkout."""

from __future__ import annotations

import atexit
import functools
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from falaj.sandbox.paths import cache
from tests.engine.warm import python_with_sdks
from tests.pipelines.steps import Step

ROOT = Path(__file__).parents[2]
UNREAD = ("docs", "tests")
"""Folders that no job reads. They are more than half of the files, which each check copies twice: once for the base."""
WRITER = ("-c", "user.name=somebody", "-c", "user.email=somebody@example.ae")


@dataclass(frozen=True)
class JobResult:
    """Exit status and output of a job."""

    status: int
    output: str


@dataclass(frozen=True)
class Repository:
    """The checkout, and the runner's folders."""

    folder: Path
    runner: Path

    @property
    def environment(self) -> dict[str, str]:
        """Environment of a job: an empty home and no credential. The cache is that of the pipeline's cache step."""
        return {
            "PATH": os.environ["PATH"],
            "HOME": str(self.runner / "home"),
            "XDG_CACHE_HOME": str(cache().parent),
            "GITHUB_STEP_SUMMARY": str(self.runner / "summary.md"),
            "GITHUB_OUTPUT": str(self.runner / "output"),
            "GITHUB_ACTION_PATH": str(self.folder / "pipelines/github/check"),
        }

    def change(self, *replaced: tuple[str, str, str]) -> None:
        """Commits a change, as a pull request: replaces texts in files, each given as file, old text and new text."""
        for file, old, new in replaced:
            path = self.folder / file
            text = path.read_text()
            assert old in text
            path.write_text(text.replace(old, new, 1))
        self.git("commit", "--quiet", "--all", "--message", "a change")

    def git(self, *arguments: str) -> str:
        """Runs a git command; returns its output."""
        command = ["git", *WRITER, *arguments]
        return subprocess.run(command, cwd=self.folder, capture_output=True, text=True, check=True).stdout.strip()

    def run(self, steps: list[Step], environment: Mapping[str, str] | None = None) -> JobResult:
        """Runs the steps of a job as its host does: after a failed step, only those that always run."""
        status, output = 0, ""
        for step in steps:
            if status and not step.always:
                continue
            done = subprocess.run(
                [step.shell, "-e", "-c", step.run],
                cwd=self.folder,
                env={**(self.environment if environment is None else environment), **step.env},
                capture_output=True,
                text=True,
                check=False,
            )
            output += done.stdout + done.stderr
            status = status or done.returncode
        return JobResult(status, output)


def clone(folder: Path) -> Repository:
    """Copies the checkout to a repository with one commit."""
    repository = Repository(folder / "clone", folder / "runner")
    _copy(_copied_once(), repository.folder)
    repository.git("update-index", "--refresh")  # it knows the files by their inodes
    _create_runner(repository)
    return repository


def renew(repository: Repository) -> None:
    """Undoes what a test did with a clone: its history, files, environment and runner are those of a new one.

    A new clone took six seconds of processor time, with its removal; this takes a half (measured on 2026-12-02).
    Compiled modules stay: Python compares them with their sources.
    """
    for made in (".git", ".venv"):
        shutil.rmtree(repository.folder / made)
        _copy(_copied_once() / made, repository.folder / made)
    repository.git("update-index", "-q", "--refresh")
    repository.git("reset", "--quiet", "--hard")
    repository.git("clean", "-ffdxq", "--exclude=/.venv", "--exclude=__pycache__")
    shutil.rmtree(repository.runner)
    _create_runner(repository)


def _create_runner(repository: Repository) -> None:
    (repository.runner / "home").mkdir(parents=True)
    # As after the login action.
    (repository.runner / "falaj-environment").symlink_to(repository.folder / ".venv")


def _copy(source: Path, target: Path) -> None:
    subprocess.run(["cp", "-Rp", str(source), str(target)], check=True)


@functools.cache
def _copied_once() -> Path:
    """Returns a copy that no test changes, which ends with this process. To collect and commit four thousand files took
    most of the time of a clone."""
    folder = Path(tempfile.mkdtemp(prefix="falaj-repository-"))
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    repository = Repository(folder / "clone", folder / "runner")
    copy_checkout(repository.folder)
    _copy_compiled(repository.folder)
    repository.git("init", "--quiet", "--initial-branch", "main")
    repository.git("add", "--all")
    repository.git("commit", "--quiet", "--message", "base")
    repository.git("repack", "-q", "-a", "-d", "--window=0")  # fewer files to copy
    _create_environment(repository.folder)
    return repository.folder


def copy_checkout(folder: Path) -> None:
    """Copies the tracked files and the untracked files that git does not ignore, without their history, and without
    folders that no job reads: a job that does fails here."""
    unread = [f":(exclude){name}" for name in UNREAD]
    command = ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard", "--", ".", *unread]
    names = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True).stdout.split("\0")
    for name in filter(None, names):
        if os.path.lexists(ROOT / name):
            (folder / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy2(ROOT / name, folder / name, follow_symlinks=False)


def _copy_compiled(folder: Path) -> None:
    """Copies compiled modules too, as compiling them took longer than running them. They are valid for files of the
    same age, and git ignores them."""
    for package in ("components", "falaj", "policy_pack"):
        for compiled in (ROOT / package).rglob("__pycache__"):
            shutil.copytree(compiled, folder / compiled.relative_to(ROOT), dirs_exist_ok=True)


def _create_environment(folder: Path) -> None:
    """Creates an up-to-date `.venv` with this interpreter, so that `falaj/bootstrap.sh` installs nothing. It forks
    modules, which are what takes time, from a process that has loaded the SDKs."""
    python = folder / ".venv" / "bin" / "python"
    python.parent.mkdir(parents=True)
    python.write_text(f"""#!/bin/sh
case $1 in
-m | -u) exec {python_with_sdks()} "$@" ;;
*) exec {sys.executable} "$@" ;;
esac
""")
    python.chmod(0o755)
    made_from = "requirements.txt requirements.txt requirements.lock pyproject.toml"
    fingerprint = (
        f"{{ echo requirements.txt; cat {made_from} | cksum; .venv/bin/python --version; }} >.venv/falaj-made-from"
    )
    subprocess.run(["sh", "-c", fingerprint], cwd=folder, check=True)
