"""Creates a copy of this project with a third cloud: the stub's files, and its entries in the registry of clouds."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[3]
STUB = Path(__file__).parent
REGISTRY = Path("falaj/facts/clouds.py")
COPIED = ("falaj", "components", "policy_pack", "Pulumi.yaml", "__main__.py")
LINES = {
    '    AZURE = "azure"\n': '    STUB = "stub"\n',
    '        meters="falaj.finops.azure",\n    ),\n': (
        '    Cloud.STUB: CloudEntry("Stub", "falaj.components.stub.rules", "falaj.components.stub.site",\n'
        '        "falaj.components.stub.meters"),\n'
    ),
}
"""Line of the registry -> text that is inserted after it."""


def create_tree(folder: Path) -> Path:
    """Copies the project to a folder, and adds the stub's files and its registry entries; returns the folder."""
    _copy(folder)
    for file in own_files():
        target = folder / file
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(STUB / file, target)
    registry = folder / REGISTRY
    text = registry.read_text(encoding="utf-8")
    for line, added in LINES.items():
        assert text.count(line) == 1, line
        text = text.replace(line, line + added)
    registry.write_text(text, encoding="utf-8")
    (folder / ".venv").symlink_to(sys.prefix)
    return folder


def own_files() -> list[Path]:
    """Returns the stub's files as paths relative to the project."""
    files = (file for file in STUB.rglob("*") if file.suffix in (".py", ".csv", ".yaml") and file.parent != STUB)
    return [Path("Pulumi.stub.yaml"), *sorted(file.relative_to(STUB) for file in files)]


def _copy(folder: Path) -> None:
    ignored = shutil.ignore_patterns("__pycache__", ".falaj")
    for name in COPIED:
        source = ROOT / name
        if source.is_dir():
            shutil.copytree(source, folder / name, symlinks=True, ignore=ignored)
        else:
            shutil.copy(source, folder / name)


def changed_files(folder: Path) -> set[Path]:
    """Returns the files of the tree that this project lacks or that differ from it."""
    changed = set()
    for file in folder.rglob("*"):
        path = file.relative_to(folder)
        if file.is_dir() or file.is_symlink() or {".falaj", ".venv", "__pycache__"} & set(path.parts):
            continue
        original = ROOT / path
        if not original.is_file() or original.read_bytes() != file.read_bytes():
            changed.add(path)
    return changed


def run(folder: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    """Runs Python in the tree, whose packages take precedence over the installed ones."""
    return subprocess.run(
        [sys.executable, *arguments],
        cwd=folder,
        env={**os.environ, "PYTHONPATH": str(folder), "FALAJ_SANDBOX": ""},
        capture_output=True,
        text=True,
        check=False,
    )
