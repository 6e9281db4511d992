"""Creates the Python environment of a Pulumi project, as its Pulumi.yaml names it.

`python -m falaj.pipelines.program PROJECT`. Exit status 2 if there is no readable Pulumi.yaml. An environment that
exists is left as it is, so an earlier step of the job may create it in another way.

| the project has | what happens |
| --- | --- |
| `virtualenv` and requirements.txt | the environment is created, and gets what requirements.txt names |
| `virtualenv` alone | it becomes a link to the environment of Falaj |
| requirements.txt alone | it is installed beside Falaj; versions that Falaj cannot work with are refused |
| another language, or another toolchain than pip | nothing |
"""

import subprocess
import sys
import venv
from pathlib import Path
from typing import Any

import yaml

import falaj

EXIT_INVALID = 2
PIP = ("install", "--quiet", "--no-input", "--no-compile", "--disable-pip-version-check")


def main(project: Path) -> None:
    """Creates the environment of a project's program."""
    runtime = _runtime(project)
    options = runtime.get("options") or {}
    toolchain = options.get("toolchain", "pip")
    if runtime.get("name") != "python" or toolchain != "pip":
        print(f"{project}: its program ({runtime.get('name')}, {toolchain}) needs a step before this one to install it")
        return
    requirements = project / "requirements.txt"
    needed = ["--requirement", str(requirements)] if requirements.is_file() else []
    if not options.get("virtualenv"):
        if needed:
            _pip(sys.executable, *needed, f"falaj[sandbox]=={falaj.__version__}")
        return
    environment = project / options["virtualenv"]
    if environment.exists():
        return
    if needed:
        venv.create(environment, with_pip=True)
        _pip(str(environment / "bin" / "python"), *needed)
    else:
        environment.symlink_to(sys.prefix)


def _runtime(project: Path) -> dict[str, Any]:
    file = project / "Pulumi.yaml"
    try:
        runtime = yaml.safe_load(file.read_text(encoding="utf-8"))["runtime"]
    except (OSError, UnicodeDecodeError, yaml.YAMLError, LookupError, TypeError) as error:
        print(f"{file}: no Pulumi project ({error}). Fix: give the folder with Pulumi.yaml", file=sys.stderr)
        sys.exit(EXIT_INVALID)
    return runtime if isinstance(runtime, dict) else {"name": runtime}


def _pip(python: str, *arguments: str) -> None:
    """Installs packages; pip states the reason if it cannot."""
    done = subprocess.run([python, "-m", "pip", *PIP, *arguments], check=False)
    if done.returncode:
        sys.exit(done.returncode)


if __name__ == "__main__":
    main(Path(sys.argv[1]))
