"""The Python environment of a project, a policy pack or a plug-in, as Pulumi's Python language host chooses it.

`runtime.options` of the project file name it: `toolchain` and `virtualenv`. Without them, `uv.lock` or `poetry.lock`
decide. Source: pulumi sdk/v3 3.259.0, python/toolchain (toolchain.go, pip.go, uv.go, poetry.go), read 2026-11-28.
Unlike that host, this one installs nothing: `uv sync` and the like are left to the user.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

PROGRAM_NEEDS = ("pulumi",)
PACK_NEEDS = ("pulumi", "pulumi_policy")
"""Python packages without which a program or a policy pack cannot start."""

TOOLCHAINS = ("pip", "poetry", "uv")


class EnvironmentMissing(Exception):
    """The environment does not exist or lacks a package. The message is one sentence and says how to mend it."""


def program_interpreter(root: Path, program: Path, options: Mapping[str, Any]) -> Path:
    """Returns the interpreter for the program in a folder, of a project in the folder `root`.

    `options` are those of its runtime. Without a virtual environment it is the one that runs Falaj, as it is the first
    `python3` of the sandbox. Raises `EnvironmentMissing`.
    """
    environment = environment_of(root, program, options)
    if environment is None or environment.exists():
        return _interpreter(root, environment, PROGRAM_NEEDS)
    raise EnvironmentMissing(f"the environment {environment} of {root} does not exist; {_creation(root, environment)}")


def plugin_interpreter(root: Path, options: Mapping[str, Any], needs: Sequence[str] = PROGRAM_NEEDS) -> Path:
    """Returns the interpreter of a policy pack or a plug-in. Raises `EnvironmentMissing`.

    As long as its environment does not exist, it is the one that runs Falaj, which has what a pack needs.
    """
    environment = environment_of(root, root, options)
    return _interpreter(root, environment if environment and environment.exists() else None, needs)


def _interpreter(root: Path, environment: Path | None, needs: Sequence[str]) -> Path:
    if environment is None or is_own(environment):
        return Path(sys.executable)
    python = environment / "bin" / "python"
    if not python.is_file():
        sentence = f"the environment {environment} of {root} is not a virtual environment"
        raise EnvironmentMissing(f"{sentence}; {_creation(root, environment)}")
    if missing := _missing(python, needs):
        names = " and ".join(name.replace("_", "-") for name in missing)
        raise EnvironmentMissing(
            f"the environment {environment} of {root} has no package {names}; {_installation(root, python, missing)}"
        )
    return python


def environment_of(root: Path, program: Path, options: Mapping[str, Any]) -> Path | None:
    """Returns the folder of the virtual environment, which need not exist; None if none is named.

    Raises `EnvironmentMissing` if the options name none that can be found.
    """
    virtualenv, toolchain = options.get("virtualenv") or "", options.get("toolchain") or _detected(program)
    if not isinstance(virtualenv, str):
        raise EnvironmentMissing(f"{root}: runtime.options.virtualenv must be a text, not {virtualenv!r}")
    if toolchain not in TOOLCHAINS:
        allowed = ", ".join(TOOLCHAINS)
        raise EnvironmentMissing(f"{root}: runtime.options.toolchain is {toolchain!r}; allowed: {allowed}")
    if toolchain == "poetry":
        return _of_poetry(program)
    if virtualenv:
        return Path(os.path.normpath(root / virtualenv))
    return _of_uv(program) if toolchain == "uv" else None


def is_own(environment: Path) -> bool:
    """Whether an environment is the one that runs Falaj."""
    own = (Path(sys.prefix), Path(sys.executable).parent.parent)
    return any(environment.exists() and folder.exists() and environment.samefile(folder) for folder in own)


def activated(python: Path, variables: Mapping[str, str]) -> dict[str, str]:
    """Returns environment variables with the environment of an interpreter activated."""
    if python == Path(sys.executable):
        return dict(variables)
    kept = {name: value for name, value in variables.items() if name != "PYTHONHOME"}
    path = os.pathsep.join(filter(None, (str(python.parent), kept.get("PATH", ""))))
    return kept | {"PATH": path, "VIRTUAL_ENV": str(python.parent.parent)}


def _detected(program: Path) -> str:
    """Returns the toolchain whose lock file is in a folder or above it."""
    for toolchain in ("uv", "poetry"):
        if _above(program, f"{toolchain}.lock"):
            return toolchain
    return "pip"


def _of_uv(program: Path) -> Path:
    """Returns the environment that uv uses: beside the lock file, else beside `pyproject.toml`, else in the folder."""
    folder = _above(program, "uv.lock") or _above(program, "pyproject.toml") or program
    return Path(os.path.normpath(folder / os.environ.get("UV_PROJECT_ENVIRONMENT", ".venv")))


def _of_poetry(program: Path) -> Path:
    if not (poetry := shutil.which("poetry")):
        raise EnvironmentMissing(
            f"{program} uses poetry, which is not on PATH; install it, or set runtime.options.toolchain to pip"
        )
    done = subprocess.run([poetry, "env", "info", "--path"], cwd=program, capture_output=True, text=True, check=False)
    if done.returncode or not done.stdout.strip():
        raise EnvironmentMissing(f"poetry has no environment for {program}; run `poetry install` there")
    return Path(done.stdout.strip())


def _above(folder: Path, name: str) -> Path | None:
    return next((each for each in (folder, *folder.parents) if (each / name).exists()), None)


def _missing(python: Path, needs: Sequence[str]) -> list[str]:
    """Returns the packages that an environment lacks. Raises `EnvironmentMissing` if its interpreter does not run."""
    code = "import importlib.util, sys; print(*(name for name in sys.argv[1:] if not importlib.util.find_spec(name)))"
    command = [python, "-c", code, *needs]
    try:
        # `-c` searches the working directory first: not the project, whose folders are no installed packages.
        done = subprocess.run(command, cwd=python.parent, capture_output=True, text=True, check=True)
    except (OSError, subprocess.CalledProcessError) as error:
        raise EnvironmentMissing(f"{python} does not run ({error}); create its environment again") from None
    return done.stdout.split()


def _creation(root: Path, environment: Path) -> str:
    if (root / "uv.lock").is_file():
        return f"create it: `cd '{root}' && uv sync`"
    return f"create it: `python3 -m venv '{environment}'`, then {_installation(root, environment / 'bin' / 'python')}"


def _installation(root: Path, python: Path, packages: Sequence[str] = ("pulumi",)) -> str:
    """Returns the command that installs what is missing."""
    requirements = root / "requirements.txt"
    names = " ".join(name.replace("_", "-") for name in packages)
    what = f"-r '{requirements}'" if requirements.is_file() else names
    return f"install: `'{python}' -m pip install {what}`"
