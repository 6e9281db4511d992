"""Creates a copy of this project with a third cloud: the stub's files, and its entries in the registry of clouds."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[3]
STUB = Path(__file__).parent
REGISTRY = Path("falaj/facts/clouds.py")
POOL_OPTIONS, SITE_OPTIONS = Path("components/core/node_pools/spec.py"), Path("components/core/site/specs.py")
COPIED = ("falaj", "components", "policy_pack", "Pulumi.yaml", "__main__.py")
ENTRY = """    Cloud.STUB: CloudEntry(
        display_name="Stub",
        provider_name="Stub Ltd",
        package="stub",
        cluster_service="Stub Kubernetes",
        cluster_type="stub:kubernetes:Cluster",
        api_server=r"[a-z0-9-]+[.]{region}[.]stub[.]example[.]ae",
        budget_type="stub:money:Budget",
        internal_load_balancer={"stub.example.ae/internal": "yes"},
        rules="falaj.components.stub.rules",
        pools="falaj.components.stub.options",
        vaults="falaj.components.stub.vaults",
        builder="falaj.components.stub.site",
        meters="falaj.components.stub.meters",
    ),
"""
IMPORT = "from falaj.components.stub.options import"
COMMENT = "    # One field per cloud with options of its own, with the cloud's name.\n"
LINES = {
    REGISTRY: {
        '    AZURE = "azure"\n': '    STUB = "stub"\n',
        '        storage="falaj.finops.rightsize.azure_storage",\n    ),\n': ENTRY,
    },
    POOL_OPTIONS: {
        "from falaj.facts.clouds import CLOUDS, Cloud\n": f"{IMPORT} StubPoolOptions\n",
        COMMENT: '    stub: StubPoolOptions = StubPoolOptions()\n    """Options of pools on the stub."""\n',
    },
    SITE_OPTIONS: {
        "from falaj.facts.clouds import CLOUDS, Cloud\n": f"{IMPORT} StubSiteSpec\n",
        COMMENT: '    stub: StubSiteSpec | None = None\n    """Options of sites on the stub."""\n',
    },
}
"""File -> line -> text that is inserted after it. The registry, and one field each for options of pools and sites."""


def create_tree(folder: Path) -> Path:
    """Copies the project to a folder, and adds the stub's files and its registry entries; returns the folder."""
    _copy(folder)
    for file in own_files():
        target = folder / file
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(STUB / file, target)
    for file, lines in LINES.items():
        text = (folder / file).read_text(encoding="utf-8")
        for line, added in lines.items():
            assert text.count(line) == 1, line
            text = text.replace(line, line + added)
        (folder / file).write_text(text, encoding="utf-8")
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
