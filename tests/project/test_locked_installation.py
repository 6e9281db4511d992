"""bootstrap.sh with the real pip: a package is installed if the lock has its digest, and only from a wheel."""

from __future__ import annotations

import hashlib
import os
import shutil
import subprocess
import sys
import tarfile
import tempfile
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
BACKEND = """import shutil
def build_editable(folder, config_settings=None, metadata_directory=None):
    return shutil.copy("checkout-1-py3-none-any.whl", folder).rpartition("/")[2]
"""
"""A backend that builds without packages from elsewhere."""
PROJECT = '[build-system]\nrequires = []\nbuild-backend = "backend"\nbackend-path = ["."]\n'


def wheel(folder: Path, name: str) -> Path:
    """Writes a wheel with one module."""
    file = folder / f"{name}-1-py3-none-any.whl"
    with zipfile.ZipFile(file, "w") as archive:
        archive.writestr(f"{name}.py", "")
        archive.writestr(f"{name}-1.dist-info/METADATA", f"Metadata-Version: 2.1\nName: {name}\nVersion: 1\n")
        archive.writestr(f"{name}-1.dist-info/WHEEL", "Wheel-Version: 1.0\nRoot-Is-Purelib: true\nTag: py3-none-any\n")
        archive.writestr(f"{name}-1.dist-info/RECORD", "")
    return file


def source(folder: Path, name: str) -> Path:
    """Writes a source distribution, whose build would run its own code."""
    (folder / "setup.py").write_text(f"from setuptools import setup\nsetup(name='{name}', version='1')\n")
    file = folder / f"{name}-1.tar.gz"
    with tarfile.open(file, "w:gz") as archive:
        archive.add(folder / "setup.py", f"{name}-1/setup.py")
    return file


@pytest.fixture
def checkout(tmp_path: Path) -> Path:
    """A checkout that needs one package, and that pip may find in `index` only."""
    for folder in ("falaj", "index", "bin"):
        (tmp_path / folder).mkdir()
    shutil.copy(ROOT / "falaj" / "bootstrap.sh", tmp_path / "falaj")
    (tmp_path / "bin" / "python3").symlink_to(sys.executable)
    (tmp_path / "requirements.txt").write_text("needed==1\n")
    (tmp_path / "pyproject.toml").write_text(PROJECT)
    (tmp_path / "backend.py").write_text(BACKEND)
    wheel(tmp_path, "checkout")
    return tmp_path


LOCKED = "needed==1 \\\n    --hash=sha256:{digest}\n"


def bootstrap(
    checkout: Path, package: Callable[[Path, str], Path], change: str = "", locked: str = LOCKED
) -> subprocess.CompletedProcess[str]:
    """Publishes the package, locks it, changes its content, and installs."""
    file = package(checkout / "index", "needed")
    digest = hashlib.sha256(file.read_bytes()).hexdigest()
    (checkout / "requirements.lock").write_text(locked.format(digest=digest))
    with file.open("ab") as content:
        content.write(change.encode())
    variables = {name: value for name, value in os.environ.items() if not name.startswith(("PIP_", "PYTHON"))}
    variables |= {"PATH": f"{checkout / 'bin'}:/usr/bin:/bin", "HOME": str(checkout), "PIP_CONFIG_FILE": os.devnull}
    variables |= {"PIP_NO_INDEX": "1", "PIP_FIND_LINKS": str(checkout / "index")}
    command = ["sh", "-euc", '. falaj/bootstrap.sh; "$PYTHON" -c "import needed, checkout"']
    return subprocess.run(command, cwd=checkout, env=variables, capture_output=True, text=True, check=False)


def test_a_package_with_the_digest_of_the_lock_is_installed(checkout: Path) -> None:
    done = bootstrap(checkout, wheel)
    assert done.returncode == 0, done.stderr


@pytest.mark.parametrize(
    ("package", "change", "locked", "reason"),
    [
        (wheel, "another content", LOCKED, "DO NOT MATCH THE HASHES"),
        (wheel, "", "needed==1 \n", "Hashes are required in --require-hashes mode"),
        (source, "", LOCKED, "No matching distribution found for needed==1"),
    ],
    ids=["changed", "no digest", "source"],
)
def test_another_content_no_digest_and_a_source_distribution_are_refused(
    checkout: Path, package: Callable[[Path, str], Path], change: str, locked: str, reason: str
) -> None:
    done = bootstrap(checkout, package, change, locked)
    assert done.returncode == 3
    assert reason in done.stderr
    assert "the packages of requirements.lock could not be installed: see above" in done.stderr
    assert not (checkout / ".venv" / "falaj-made-from").exists()


NEWER = """#!/bin/sh
[ "$1" = -c ] || exit 9
exec {python} -c "import sys; sys.version_info = (3, 15, 0)
$2"
"""
"""Says that it is Python 3.15, and makes no environment."""


@pytest.mark.parametrize(("supported", "status"), [("python", 0), (None, 3)])
def test_a_python_that_the_locks_do_not_know_is_passed_over(checkout: Path, supported: str | None, status: int) -> None:
    for name in ("python3", "python3.14", "python3.13", "python3.12", "python3.11", "python"):
        program = checkout / "bin" / name
        program.unlink(missing_ok=True)
        if name == supported:
            program.symlink_to(sys.executable)
        else:
            program.write_text(NEWER.format(python=sys.executable))
            program.chmod(0o755)
    done = bootstrap(checkout, wheel)
    assert done.returncode == status, done.stderr
    assert ("no Python 3.11, 3.12, 3.13 or 3.14 on PATH" in done.stderr) == (supported is None)


def test_a_folder_that_the_user_may_not_write_to_is_said() -> None:
    """Root may write anywhere, and becomes another user for this; that user has no access to pytest's folder."""
    is_root = os.geteuid() == 0
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        shutil.copy(ROOT / "falaj" / "bootstrap.sh", folder)
        folder.chmod(0o555)
        done = subprocess.run(
            ["sh", "-euc", ". ./bootstrap.sh"],
            cwd=folder,
            env={"PATH": "/usr/bin:/bin"},
            user=65534 if is_root else None,
            capture_output=True,
            text=True,
            check=False,
        )
        folder.chmod(0o755)
    assert done.returncode == 3
    assert f"{folder} is read-only, and .venv is made in it. Fix: run a copy of it" in done.stderr
