"""The distributions as they are built for others: the wheel, the source distribution, an environment with the wheel."""

import os
import subprocess
import sys
import sysconfig
import tarfile
from pathlib import Path

ROOT = Path(__file__).parents[1]


def build(kind: str, source: Path, folder: Path) -> Path:
    """The `wheel` or `sdist` of a source tree, in that folder."""
    ran = subprocess.run(
        [sys.executable, "-m", "hatchling", "build", "--target", kind, "--directory", str(folder)],
        cwd=source,
        check=False,
        capture_output=True,
        text=True,
    )
    assert ran.returncode == 0, f"{ran.stderr}\nhatchling comes with requirements.txt: ./test renews .venv"
    [made] = folder.glob("*.whl" if kind == "wheel" else "*.tar.gz")
    return made


def unpacked(sdist: Path, folder: Path) -> Path:
    """The source tree of a source distribution."""
    with tarfile.open(sdist) as archive:
        archive.extractall(folder, filter="data")
    return folder / sdist.name.removesuffix(".tar.gz")


def installed(wheel: Path, folder: Path) -> Path:
    """A new virtual environment that has the wheel; returns its interpreter.

    What the wheel depends on is taken from the environment of the tests, by its folder alone: a `.pth` file there, such
    as that of the editable `falaj`, has no effect. A real install of `falaj[aws]` is 460 MB; it took five minutes on
    two busy cores.
    """
    subprocess.run([sys.executable, "-m", "venv", "--without-pip", str(folder)], check=True)
    python = folder / "bin" / "python"
    install = ["--python", str(python), "install", "--quiet", "--no-deps", "--no-index", "--no-compile", str(wheel)]
    environment = os.environ | {"PIP_DISABLE_PIP_VERSION_CHECK": "1"}
    subprocess.run([sys.executable, "-m", "pip", *install], check=True, env=environment)
    [own] = folder.glob("lib/python*/site-packages")
    (own / "third_parties.pth").write_text(sysconfig.get_path("purelib") + "\n")
    return python
