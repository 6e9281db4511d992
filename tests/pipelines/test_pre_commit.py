"""The hooks of `.pre-commit-hooks.yaml` in another repository, run by pre-commit itself."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

import pytest
import yaml

from falaj.sandbox.paths import cache
from falaj.sandbox.toolchain import Engine
from tests.pipelines.repository import ROOT, WRITER, copy_checkout

pytestmark = pytest.mark.engine

OTHER = Path(__file__).with_name("other_repository")


@dataclass(frozen=True)
class Consumer:
    """A repository with hooks of Falaj, and the environment of its user."""

    folder: Path
    environment: dict[str, str]
    pre_commit: Path

    def run(self, hook: str, stage: str = "pre-commit") -> subprocess.CompletedProcess[str]:
        command = [self.pre_commit, "run", hook, "--all-files", "--hook-stage", stage, "--verbose"]
        return subprocess.run(
            command, cwd=self.folder, env=self.environment, capture_output=True, text=True, check=False
        )

    def replace(self, file: str, old: str, new: str) -> None:
        text = (self.folder / file).read_text()
        assert old in text
        (self.folder / file).write_text(text.replace(old, new))


def git(folder: Path, *arguments: str) -> str:
    command = ["git", *WRITER, *arguments]
    return subprocess.run(command, cwd=folder, capture_output=True, text=True, check=True).stdout.strip()


def committed(folder: Path) -> str:
    git(folder, "init", "--quiet", "--initial-branch", "main")
    git(folder, "add", "--all")
    git(folder, "commit", "--quiet", "--message", "all")
    return git(folder, "rev-parse", "HEAD")


@pytest.fixture(scope="module")
def consumer(
    engine: Engine, python_linters: Path, pinned_wheels: Path, tmp_path_factory: pytest.TempPathFactory
) -> Consumer:
    """A repository with the program of another team and a stack file of Falaj. Its user's environment has Falaj."""
    folder = tmp_path_factory.mktemp("hooks")
    copy_checkout(folder / "falaj")
    commit = committed(folder / "falaj")
    shutil.copytree(OTHER, folder / "work", ignore=shutil.ignore_patterns("__pycache__"))
    (folder / "work/platform").mkdir()
    for name in ("Pulumi.yaml", "Pulumi.dev.yaml"):
        shutil.copy(ROOT / name, folder / "work/platform" / name)
    hooks = [
        {"id": "falaj-check", "args": ["--project", "platform"]},
        {"id": "falaj-guardrails", "args": ["--stack", "staging"]},
    ]
    config = {"repos": [{"repo": str(folder / "falaj"), "rev": commit, "hooks": hooks}]}
    (folder / "work/.pre-commit-config.yaml").write_text(yaml.safe_dump(config))
    (folder / "work/.gitignore").write_text("__pycache__\n.falaj\nvenv\n")
    (folder / "work/venv").symlink_to(sys.prefix)
    committed(folder / "work")
    (folder / "bin").mkdir()
    (folder / "bin/falaj").write_text(f'#!/bin/sh\nPYTHONPATH={ROOT} exec {sys.executable} -m falaj "$@"\n')
    (folder / "bin/falaj").chmod(0o755)
    environment = {
        "PATH": f"{folder / 'bin'}{os.pathsep}{os.environ['PATH']}",
        "HOME": str(folder),
        "XDG_CACHE_HOME": str(cache().parent),
        "PRE_COMMIT_HOME": str(folder / "pre-commit"),
        "PIP_NO_INDEX": "1",
        "PIP_FIND_LINKS": str(pinned_wheels),
        "VIRTUALENV_NO_PERIODIC_UPDATE": "1",
    }
    return Consumer(folder / "work", environment, python_linters / "pre-commit")


def test_settings_are_checked_in_an_environment_that_pre_commit_installs(consumer: Consumer) -> None:
    done = consumer.run("falaj-check")
    assert done.returncode == 0, done.stdout + done.stderr
    consumer.replace("platform/Pulumi.dev.yaml", "owner: ml-platform-team", "ownr: ml-platform-team")
    done = consumer.run("falaj-check")
    assert done.returncode == 1
    assert "exit code: 2" in done.stdout
    assert "add `owner`" in done.stdout


def test_guardrails_are_evaluated_before_a_push(consumer: Consumer) -> None:
    assert "No hook" in consumer.run("falaj-guardrails").stdout
    done = consumer.run("falaj-guardrails", "pre-push")
    assert done.returncode == 0, done.stdout + done.stderr
    consumer.replace("__main__.py", 'region="me-central-1"', 'region="eu-west-1"')
    done = consumer.run("falaj-guardrails", "pre-push")
    assert done.returncode == 1
    assert "FJ-RES-101" in done.stdout


def test_a_repository_of_hooks_is_valid(python_linters: Path) -> None:
    command = [python_linters / "pre-commit", "validate-manifest", ROOT / ".pre-commit-hooks.yaml"]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stdout + done.stderr) == (0, "")
