"""A program gets the loaded modules of the policy pack only for a pack whose code and tables are this checkout's."""

import shutil
import sys
from pathlib import Path
from types import ModuleType

import pytest

from tests.engine.warm_pack import CODE, PACK, WarmPack


@pytest.fixture
def pack(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A copy of the pack, as the folder of a program."""
    copy = shutil.copytree(PACK, tmp_path / "policy_pack", ignore=shutil.ignore_patterns("__pycache__"))
    monkeypatch.setattr(sys, "path", [str(copy), *sys.path])
    return copy


def loaded(name: str) -> bool:
    return WarmPack({CODE: ModuleType(CODE)}).find_spec(name, None) is not None


def test_a_copy_with_other_settings_has_the_loaded_modules(pack: Path) -> None:
    (pack / "enforcement.yaml").write_text("default: {all: advisory}\n")
    (pack / CODE / "__pycache__").mkdir()
    (pack / CODE / "__pycache__" / "serve.cpython-311.pyc").write_bytes(b"compiled")
    assert loaded(CODE)
    assert not loaded(f"{CODE}.another")
    assert not loaded("yaml")


@pytest.mark.parametrize("file", ["serve.py", "data/default_destinations.csv", "new.py"])
def test_a_copy_with_other_code_or_tables_has_its_own(pack: Path, file: str) -> None:
    path = pack / CODE / file
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text((path.read_text() if path.is_file() else "") + "\n")
    assert not loaded(CODE)


def test_a_link_to_the_pack_has_the_loaded_modules_and_a_folder_without_a_pack_has_not(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "linked").symlink_to(PACK)
    monkeypatch.setattr(sys, "path", [str(tmp_path / "linked"), *sys.path])
    assert loaded(CODE)
    monkeypatch.setattr(sys, "path", [str(tmp_path), *sys.path])
    assert not loaded(CODE)
