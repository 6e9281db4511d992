"""Environments of the reference programs: made once from their requirements, in the cache, apart from the project's."""

import fcntl
import hashlib
import os
import shutil
import subprocess
import sys
import venv
from pathlib import Path

import pytest

from falaj.sandbox.paths import cache

EXAMPLES = Path(__file__).parents[2] / "examples" / "workloads"


class NoEnvironment(Exception):
    """The libraries cannot be had here; says why in one sentence."""


def python_of(name: str, requirements: Path) -> Path:
    """The interpreter of an environment; made by the first process that asks, anew when a requirements file beside
    changes. Raises `NoEnvironment`."""
    content = b"".join(file.read_bytes() for file in sorted(requirements.parent.glob("requirements*.txt")))
    folder = cache() / f"workload-{name}-{hashlib.sha256(content).hexdigest()[:12]}"
    folder.parent.mkdir(parents=True, exist_ok=True)
    with (folder.parent / f"workload-{name}.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not (folder / "whole").is_file():
            shutil.rmtree(folder, ignore_errors=True)
            _make(folder, requirements)
            (folder / "whole").touch()
    return folder / "bin" / "python"


def required_python(name: str, requirements: Path) -> Path:
    """As `python_of`; without it the test is skipped with the reason, or fails where everything must run."""
    try:
        return python_of(name, requirements)
    except NoEnvironment as reason:
        if os.environ.get("FALAJ_REQUIRE_ENGINE"):
            pytest.fail(str(reason))
        pytest.skip(str(reason))


def _make(folder: Path, requirements: Path) -> None:
    print(f"workloads: installing {requirements.parent.name}/{requirements.name} into the cache, once", file=sys.stderr)
    venv.create(folder, with_pip=True)
    command = [folder / "bin" / "python", "-m", "pip", "install", "--quiet", "-r", requirements]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    if done.returncode:
        last = (done.stderr.strip().splitlines() or ["no reason given"])[-1]
        raise NoEnvironment(f"{requirements.name} of {requirements.parent.name} cannot be installed ({last[:200]})")
