"""Installs mutmut and coverage once, in an environment of their own in the user's cache."""

from __future__ import annotations

import sys
from pathlib import Path

from tests.scan.tools import cached_tool, install

HERE = Path(__file__).parent


def tools() -> Path:
    """Returns the folder of the environment; takes 20 s the first time. Raises `NoTools`."""
    return cached_tool("mutation", HERE / "requirements.txt", _install)


def packages(environment: Path) -> Path:
    """Returns the folder from which the environment imports its packages."""
    return next(environment.glob("lib/python*/site-packages"))


def _install(folder: Path) -> None:
    print("mutation: installing tests/mutation/requirements.txt into the cache, once", file=sys.stderr)
    install(folder, "-r", HERE / "requirements.txt")
