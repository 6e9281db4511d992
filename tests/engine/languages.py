"""The example programs in four languages, with the SDKs that Pulumi's own generators make of the plug-in's schema."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

from falaj.sandbox.go_build import ENVIRONMENT, GARBAGE_COLLECTION
from falaj.sandbox.language_hosts import provide_language_host
from falaj.sandbox.toolchain import Engine
from tests.engine.harness import ROOT, CommandResult
from tests.engine.program import Program
from tests.scan.tools import NoTools, cached_tool, run

PROGRAMS = ROOT / "examples" / "languages"
LOCK = PROGRAMS / "typescript" / "package-lock.json"
SDK = Path("sdks", "falaj-falaj")
"""Where `pulumi package add` writes the SDK, named after namespace and name of the package."""

COMPILED = {**GARBAGE_COLLECTION, **ENVIRONMENT}
"""Environment of all commands that compile Go, that of `falaj.sandbox.go_build`: what one compiles, such as the engine,
the others find in Go's cache. With a C compiler on PATH, Go uses it by default, and compiles everything a second time:
86 seconds of processor time after the 180 of `go vet` instead of 4 (measured on 2026-11-30, with an empty cache)."""


def node_modules() -> Path:
    """Returns the packages of the program in TypeScript; takes half a minute the first time. Raises `NoTools`."""
    return cached_tool("languages-node", LOCK, _install) / "node_modules"


def go() -> str:
    """Returns the `go` on PATH. Raises `NoTools`."""
    found = shutil.which("go")
    if found is None:
        raise NoTools("no `go` on PATH")
    return found


def provide_host(program: Program, engine: Engine) -> None:
    """Gives the program's sandbox the language host of its runtime, as `falaj preview` does."""
    provide_language_host(program.session.paths, engine, print)


def add_package(program: Program) -> None:
    """Generates the SDK in the program's project, and lets the project find it as its package manager would."""
    added = program.pulumi("package", "add", "./components")
    assert added.status == 0, added.output
    if program.session.paths.read_project().runtime == "nodejs":
        _link_node_modules(program.folder)
        compiled = tsc(program, "-p", str(SDK))
        assert compiled.status == 0, compiled.output
        shutil.copy(program.folder / SDK / "package.json", program.folder / SDK / "bin")  # as its install script does
    else:
        vetted = go_command(program, "vet", ".", "git.example.ae/falaj/falaj/sdk/go/falaj/...")
        assert vetted.status == 0, vetted.output


def tsc(program: Program, *arguments: str) -> CommandResult:
    """Runs the compiler of TypeScript in the program's folder."""
    return _command(program, ["node", "node_modules/typescript/bin/tsc", *arguments])


def go_command(program: Program, *arguments: str) -> CommandResult:
    """Runs a command of Go in the program's folder, which may complete `go.mod` and `go.sum`."""
    return _command(program, [go(), *arguments], **COMPILED)


def _command(program: Program, command: list[str], **variables: str) -> CommandResult:
    done = subprocess.run(
        command, cwd=program.folder, env=os.environ | variables, capture_output=True, text=True, check=False
    )
    return CommandResult(done.returncode, done.stdout + done.stderr)


def _link_node_modules(folder: Path) -> None:
    """Links the installed packages one by one, and the SDK beside them."""
    linked = folder / "node_modules"
    (linked / "@falaj").mkdir(parents=True)
    for package in node_modules().iterdir():
        (linked / package.name).symlink_to(package)
    (linked / "@falaj" / "falaj").symlink_to(folder / SDK)


def _install(folder: Path) -> None:
    npm = shutil.which("npm")
    if npm is None:
        raise NoTools("no npm on PATH")
    print("languages: installing the packages of examples/languages/typescript, once", file=sys.stderr)
    folder.mkdir(parents=True)
    for name in ("package.json", "package-lock.json"):
        shutil.copy(LOCK.with_name(name), folder)
    run([npm, "ci", "--ignore-scripts", "--no-audit", "--no-fund"], folder, {})
