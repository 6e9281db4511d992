"""Builds the wheel and the source distribution, and installs the wheel in a virtual environment."""

import os
import subprocess
import sys
import sysconfig
import tarfile
from pathlib import Path

ROOT = Path(__file__).parents[1]


def build(kind: str, source: Path, folder: Path) -> Path:
    """Builds the `wheel` or `sdist` of a source tree in a folder; returns its path."""
    ran = subprocess.run(
        [sys.executable, "-m", "hatchling", "build", "--target", kind, "--directory", str(folder)],
        cwd=source,
        check=False,
        capture_output=True,
        text=True,
    )
    assert ran.returncode == 0, f"{ran.stderr}\nhatchling comes with requirements-dev.txt: ./test renews .venv"
    [distribution] = folder.glob("*.whl" if kind == "wheel" else "*.tar.gz")
    return distribution


def unpacked(sdist: Path, folder: Path) -> Path:
    """Extracts a source distribution; returns its source tree."""
    with tarfile.open(sdist) as archive:
        archive.extractall(folder, filter="data")
    return folder / sdist.name.removesuffix(".tar.gz")


def installed(wheel: Path, folder: Path) -> Path:
    """Creates a virtual environment with the wheel; returns its interpreter.

    The wheel's dependencies come from the site-packages folder of the test environment, whose `.pth` files, such as the
    one of the editable `falaj`, have no effect. A complete install of `falaj[aws]` is 460 MB and took five minutes on
    two busy cores.
    """
    subprocess.run([sys.executable, "-m", "venv", "--without-pip", str(folder)], check=True)
    python = folder / "bin" / "python"
    install = ["--python", str(python), "install", "--quiet", "--no-deps", "--no-index", "--no-compile", str(wheel)]
    environment = os.environ | {"PIP_DISABLE_PIP_VERSION_CHECK": "1"}
    subprocess.run([sys.executable, "-m", "pip", *install], check=True, env=environment)
    [site_packages] = folder.glob("lib/python*/site-packages")
    (site_packages / "third_parties.pth").write_text(sysconfig.get_path("purelib") + "\n")
    return python
