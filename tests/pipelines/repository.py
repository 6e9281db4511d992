"""A fresh clone of this project on a machine without any credential, as a runner finds it after its checkout."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from falaj.sandbox.paths import cache
from tests.pipelines.steps import Step

ROOT = Path(__file__).parents[2]
WRITER = ("-c", "user.name=somebody", "-c", "user.email=somebody@example.ae")


@dataclass(frozen=True)
class Ran:
    """What a job ended with."""

    status: int
    output: str


@dataclass(frozen=True)
class Repository:
    """The clone, and beside it the runner's own folders."""

    folder: Path
    runner: Path

    @property
    def environment(self) -> dict[str, str]:
        """All that a job sees: an empty home, no credential. The cache is what the cache step gives."""
        return {
            "PATH": os.environ["PATH"],
            "HOME": str(self.runner / "home"),
            "XDG_CACHE_HOME": str(cache().parent),
            "GITHUB_STEP_SUMMARY": str(self.runner / "summary.md"),
        }

    def change(self, file: str, old: str, new: str) -> None:
        """A pull request: one more commit, in which a text of a file is another."""
        path = self.folder / file
        text = path.read_text()
        assert old in text
        path.write_text(text.replace(old, new, 1))
        self.git("commit", "--quiet", "--all", "--message", "a change")

    def git(self, *arguments: str) -> str:
        """What git says."""
        command = ["git", *WRITER, *arguments]
        return subprocess.run(command, cwd=self.folder, capture_output=True, text=True, check=True).stdout.strip()

    def run(self, steps: list[Step], environment: Mapping[str, str] | None = None) -> Ran:
        """The steps of a job as its host runs them: after one that failed, only those that always run."""
        status, said = 0, ""
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
            said += done.stdout + done.stderr
            status = status or done.returncode
        return Ran(status, said)


def fresh(place: Path) -> Repository:
    """The files that git knows or would take, as they lie here, in a repository with one commit."""
    made = Repository(place / "clone", place / "runner")
    (made.runner / "home").mkdir(parents=True)
    listed = ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"]
    names = subprocess.run(listed, cwd=ROOT, capture_output=True, text=True, check=True).stdout.split("\0")
    for name in filter(None, names):
        if os.path.lexists(ROOT / name):
            (made.folder / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy(ROOT / name, made.folder / name, follow_symlinks=False)
    made.git("init", "--quiet", "--initial-branch", "main")
    made.git("add", "--all")
    made.git("commit", "--quiet", "--message", "base")
    _environment_of(made.folder)
    return made


def _environment_of(folder: Path) -> None:
    """A `.venv` that is this one, marked as made: what `falaj/bootstrap.sh` would install from the registry."""
    python = folder / ".venv" / "bin" / "python"
    python.parent.mkdir(parents=True)
    python.write_text(f'#!/bin/sh\nexec {sys.executable} "$@"\n')
    python.chmod(0o755)
    fingerprint = "{ cat requirements.txt pyproject.toml | cksum; .venv/bin/python --version; } >.venv/falaj-made-from"
    subprocess.run(["sh", "-c", fingerprint], cwd=folder, check=True)
