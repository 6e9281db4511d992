"""Builds Prometheus and promtool, its checker of rules, from their Go module, once."""

from __future__ import annotations

import subprocess
import sys
from dataclasses import replace
from pathlib import Path

from falaj.sandbox.go_build import BuildFailed, GoProgram, compile_program, find_go
from tests.scan.tools import NoTools, cached_tool

PROMETHEUS = "3.14.0"
"""Version of Prometheus in kube-prometheus-stack 88.5.3 (its values.yaml, prometheusSpec.image; read 2026-11-27). The
Go module of this version is 0.314.0."""

PROMTOOL = GoProgram(
    title=f"promtool {PROMETHEUS}",
    file="promtool",
    module="module falaj.local/promtool\n\ngo 1.26.0\n\n"
    f"require github.com/prometheus/prometheus v0.3{PROMETHEUS.split('.')[1]}.{PROMETHEUS.split('.')[2]}\n",
    package="github.com/prometheus/prometheus/cmd/promtool",
    # Without service discovery, whose cloud SDKs take minutes and 3 GB of memory to compile.
    tags="remove_all_sd",
)

SERVER = replace(
    PROMTOOL,
    title=f"Prometheus {PROMETHEUS}",
    file="prometheus",
    package="github.com/prometheus/prometheus/cmd/prometheus",
    tags="remove_all_sd,enable_kubernetes_sd",
)


def promtool() -> Path:
    """Returns promtool; its build takes a minute or two the first time. Raises `NoTools`."""
    return _built(PROMTOOL)


def prometheus() -> Path:
    """Returns Prometheus with the discovery of pods only; its build takes a minute or two the first time. Raises
    `NoTools`."""
    return _built(SERVER)


def _built(program: GoProgram) -> Path:
    def build(folder: Path) -> None:
        folder.mkdir(parents=True)
        try:
            compile_program(find_go(folder, _say), program, folder / program.file, _say)
        except BuildFailed as reason:
            raise NoTools(f"{program.title} cannot be built: {reason}") from None

    return cached_tool(program.file, Path(__file__), build) / program.file


def complaints(*command: str | Path) -> str:
    """Returns the output of promtool if it found something; empty if not."""
    done = subprocess.run([*command], capture_output=True, text=True, check=False)
    return done.stdout + done.stderr if done.returncode else ""


def _say(line: str) -> None:
    print(line, file=sys.stderr)
