"""Installs the programs by which a kubeconfig signs in: `aws` on EKS, `kubelogin` on AKS.

`python -m falaj.pipelines.tools FOLDER` installs what `tools.csv` beside it pins, once, and prints the folder for PATH.
An archive whose SHA-256 is not the pinned one is not unpacked. Exit status 3 if a program cannot be installed.
Standard library only.
"""

import csv
import hashlib
import os
import platform
import shutil
import sys
import tempfile
import urllib.error
import urllib.request
import zipfile
from pathlib import Path
from typing import NoReturn

TABLE = Path(__file__).with_name("tools.csv")
PLATFORM = "Linux x86_64"
"""The platform of the pinned archives."""

TIMEOUT_SECONDS = 60


def main(folder: Path) -> None:
    """Installs each program of the table, or uses the machine's own on another platform."""
    programs = folder / "bin"
    programs.mkdir(parents=True, exist_ok=True)
    foreign = f"{platform.system()} {platform.machine()}" != PLATFORM
    with TABLE.open(newline="") as table:
        for tool in csv.DictReader(table):
            if foreign:
                _require_on_path(tool["name"])
            else:
                _install(tool, folder, programs / tool["name"])
    print(programs)


def _require_on_path(name: str) -> None:
    if shutil.which(name) is None:
        _stop(name, f"the pinned archive is for {PLATFORM}; install `{name}` in the runner's image")


def _install(tool: dict[str, str], folder: Path, link: Path) -> None:
    """Unpacks a tool beside the others, named by its digest, and links its program."""
    target = folder / f"{tool['name']}-{tool['version']}-{tool['sha256'][:12]}"
    if not target.is_dir():
        with tempfile.TemporaryDirectory(dir=folder) as temporary:
            _unpack(_download(tool), tool, Path(temporary) / "content")
            try:
                os.rename(Path(temporary) / "content", target)
            except OSError:
                # Another job on this runner was faster.
                if not target.is_dir():
                    raise
    new = link.with_suffix(f".{os.getpid()}")
    new.symlink_to(target / tool["program"])
    os.replace(new, link)


def _download(tool: dict[str, str]) -> bytes:
    print(f"{tool['name']} {tool['version']}: downloading it, once", file=sys.stderr)
    try:
        # The address is this repository's, and the content is compared with its digest.
        with urllib.request.urlopen(tool["url"], timeout=TIMEOUT_SECONDS) as response:  # noqa: S310
            return response.read()
    except (urllib.error.URLError, OSError) as error:
        reason = getattr(error, "reason", error)
        _stop(tool["name"], f"{tool['url']} cannot be downloaded ({reason}); name a mirror in {TABLE.name}")


def _unpack(archive: bytes, tool: dict[str, str], target: Path) -> None:
    digest = hashlib.sha256(archive).hexdigest()
    if digest != tool["sha256"]:
        _stop(tool["name"], f"{tool['url']} has SHA-256 {digest}, pinned is {tool['sha256']}")
    with tempfile.TemporaryFile() as file:
        file.write(archive)
        with zipfile.ZipFile(file) as content:
            for member in content.infolist():
                path = content.extract(member, target)
                # `zipfile` does not restore permissions.
                mode = member.external_attr >> 16 & 0o777
                if mode and not member.is_dir():
                    os.chmod(path, mode)


def _stop(name: str, reason: str) -> NoReturn:
    """Prints the reason and exits with status 3, as `falaj` does if something that it needs is missing."""
    print(f"tools.py: {name}: {reason}", file=sys.stderr)
    sys.exit(3)


if __name__ == "__main__":
    main(Path(sys.argv[1]))
