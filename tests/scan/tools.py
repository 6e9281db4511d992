"""Gets the scanners: Python ones in an environment of their own, Trivy from its Go module; both once, in the cache."""

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

from falaj.sandbox.go_build import BuildFailed, find_go
from falaj.sandbox.paths import cache

HERE = Path(__file__).parent


class NoTools(Exception):
    """The scanners cannot be had here; says which and why in one sentence."""


def python_tools() -> Path:
    """The folder of the programs `checkov` and `cfn-lint`: half a minute the first time. Raises `NoTools`."""
    return made("scan-python", HERE / "requirements.txt", _install) / "bin"


def trivy() -> Path:
    """Trivy's checks as a program: two minutes the first time. Raises `NoTools`."""
    return made("scan-trivy", HERE / "trivy" / "main.go", _build) / "trivy"


def made(name: str, recipe: Path, make: Callable[[Path], None]) -> Path:
    """The folder of a tool, made from its recipe by the first process that asks, anew when the recipe changes."""
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
    venv.create(folder, with_pip=True)
    run([folder / "bin" / "python", "-m", "pip", "install", "--quiet", "-r", HERE / "requirements.txt"], folder, {})


def _build(folder: Path) -> None:
    print("scanners: building Trivy's checks from their Go module, once; about two minutes", file=sys.stderr)
    shutil.copytree(HERE / "trivy", folder)
    try:
        go = find_go(folder, lambda line: print(line, file=sys.stderr))
    except BuildFailed as closed:
        raise NoTools(f"Trivy cannot be built: {closed}") from None
    # Trivy reads JSON with a library that Go 1.26 still keeps behind this switch.
    environment = {"GOEXPERIMENT": "jsonv2", "GOFLAGS": "", "CGO_ENABLED": "0"}
    run([go, "build", "-mod=mod", "-ldflags", "-s -w", "-o", "trivy", "."], folder, environment)


def run(command: list[str | Path], folder: Path, environment: dict[str, str]) -> None:
    done = subprocess.run(
        command, cwd=folder, env=os.environ | environment, capture_output=True, text=True, check=False
    )
    if done.returncode != 0:
        last = (done.stderr.strip().splitlines() or ["no reason given"])[-1]
        raise NoTools(f"{Path(command[0]).name} failed while it made {folder.name} ({last[:200]})")
