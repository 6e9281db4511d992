"""Virtual environments of the reference programs, created once in the cache from their requirements."""

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
    """Raised if the libraries cannot be installed; the message has the reason."""


def python_of(name: str, requirements: Path) -> Path:
    """Returns the interpreter of an environment. The first process that needs it creates it; it is created again if a
    requirements file in the folder changes. Raises `NoEnvironment`."""
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
    """Returns the interpreter as `python_of` does. Without it the test is skipped, or fails if it is required."""
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
