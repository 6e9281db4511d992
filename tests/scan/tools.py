"""Installs the scanners once, in the cache: the Python ones in a virtual environment, Trivy from its Go module."""

from __future__ import annotations

import fcntl
import hashlib
import os
import shutil
import subprocess
import sys
import venv
from collections.abc import Callable
from pathlib import Path

from falaj.sandbox.go_build import BuildFailed, build_environment, find_go
from falaj.sandbox.paths import cache

HERE = Path(__file__).parent


class NoTools(Exception):
    """Raised if a scanner cannot be installed; the message names it and the reason."""


def python_tools() -> Path:
    """Returns the folder of the programs `checkov` and `cfn-lint`; takes 30 s the first time. Raises `NoTools`."""
    return cached_tool("scan-python", HERE / "requirements.txt", _install) / "bin"


def trivy() -> Path:
    """Returns the program with Trivy's checks; takes two minutes the first time. Raises `NoTools`."""
    return cached_tool("scan-trivy", HERE / "trivy" / "main.go", _build) / "trivy"


def cached_tool(name: str, recipe: Path, make: Callable[[Path], None]) -> Path:
    """Returns the folder of a tool. The first process that needs it builds it; it is rebuilt if its recipe changes."""
    content = b"".join(file.read_bytes() for file in sorted(recipe.parent.glob("*")) if _is_recipe(file, recipe))
    folder = cache() / f"{name}-{hashlib.sha256(content).hexdigest()[:12]}"
    folder.parent.mkdir(parents=True, exist_ok=True)
    with (folder.parent / f"{name}.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not (folder / "whole").is_file():
            shutil.rmtree(folder, ignore_errors=True)
            make(folder)
            (folder / "whole").touch()
    return folder


def _is_recipe(file: Path, recipe: Path) -> bool:
    return file == recipe or file.name == "go.mod"


def _install(folder: Path) -> None:
    print("scanners: installing tests/scan/requirements.txt into the cache, once", file=sys.stderr)
    install(folder, "-r", HERE / "requirements.txt")


def install(folder: Path, *options: str | Path) -> None:
    """Makes a virtual environment with the packages that pip's options name. Raises `NoTools`.

    Python compiles the modules that are used when it first loads them: to compile the 8,600 of the scanners took 21
    seconds of processor time (measured on 2026-11-30).
    """
    venv.create(folder, with_pip=True)
    run([folder / "bin" / "python", "-m", "pip", "install", "--quiet", "--no-compile", *options], folder, {})


def _build(folder: Path) -> None:
    print("scanners: building Trivy's checks from their Go module, once; about two minutes", file=sys.stderr)
    shutil.copytree(HERE / "trivy", folder)
    try:
        go = find_go(folder, lambda line: print(line, file=sys.stderr))
    except BuildFailed as reason:
        raise NoTools(f"Trivy cannot be built: {reason}") from None
    # Trivy uses a JSON library that Go 1.26 provides only with this experiment.
    environment = {**build_environment(), "GOEXPERIMENT": "jsonv2"}
    run([go, "build", "-ldflags", "-s -w", "-o", "trivy", "."], folder, environment)


def run(command: list[str | Path], folder: Path, environment: dict[str, str]) -> None:
    done = subprocess.run(
        command, cwd=folder, env=os.environ | environment, capture_output=True, text=True, check=False
    )
    if done.returncode != 0:
        last = (done.stderr.strip().splitlines() or ["no reason given"])[-1]
        raise NoTools(f"{Path(command[0]).name} failed while it made {folder.name} ({last[:200]})")
