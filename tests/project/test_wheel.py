"""The contents of the wheel and the source distribution: the whole package `falaj`, and no other files."""

import os
import subprocess
from collections import Counter
from pathlib import Path
from zipfile import ZipFile

import pytest
import yaml

from falaj import __version__
from tests.distribution import ROOT, build, unpacked

LINKED = ("components", "policy_pack")
"""Folders of the checkout that are linked into `falaj`."""

LEFT_OUT = {"falaj/bootstrap.sh", "falaj/components", "falaj/policy_pack"}
"""Files that only the checkout needs, and the links themselves."""


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return build("wheel", ROOT, tmp_path_factory.mktemp("wheel"))


@pytest.fixture(scope="module")
def names(wheel: Path) -> list[str]:
    with ZipFile(wheel) as archive:
        return archive.namelist()


def tracked(*folders: str) -> set[str]:
    """Returns the files of the checkout that git tracks or would add."""
    command = ["git", "ls-files", "--cached", "--others", "--exclude-standard", *folders]
    listed = subprocess.run(command, cwd=ROOT, check=True, capture_output=True, text=True).stdout.splitlines()
    return {name for name in listed if (ROOT / name).exists()}


def test_nothing_but_falaj_is_installed(names: list[str]) -> None:
    assert {name.partition("/")[0] for name in names} == {"falaj", f"falaj-{__version__}.dist-info"}


def test_every_file_is_in_it_once(names: list[str]) -> None:
    assert [name for name, count in Counter(names).items() if count > 1] == []
    expected = (tracked("falaj") - LEFT_OUT) | {f"falaj/{name}" for name in tracked(*LINKED)}
    assert {name for name in names if name.startswith("falaj/")} == expected


@pytest.mark.parametrize("kind", [".csv", ".sh", ".yaml", ".j2", ".txt", ".json", ".css", "py.typed"])
def test_data_files_are_in_it(names: list[str], kind: str) -> None:
    assert any(name.endswith(kind) for name in names)


def test_what_pulumi_installs_for_the_plug_in_is_the_release_of_the_wheel(wheel: Path) -> None:
    with ZipFile(wheel) as archive:
        lines = archive.read("falaj/components/requirements.txt").decode().splitlines()
    assert [line for line in lines if not line.startswith("#")] == [f"falaj[aws,azure,kubernetes]=={__version__}"]


def test_what_the_engine_starts_names_the_environment_of_the_wheel(wheel: Path) -> None:
    site_packages = Path("/environment/lib/python3.11/site-packages")
    for name in ("falaj/components/PulumiPlugin.yaml", "falaj/policy_pack/PulumiPolicy.yaml"):
        with ZipFile(wheel) as archive:
            settings = yaml.safe_load(archive.read(name))
        virtualenv = settings["runtime"]["options"].pop("virtualenv")
        assert os.path.normpath(site_packages / name / ".." / virtualenv) == "/environment"
        ours = yaml.safe_load((ROOT / name).read_text())
        assert ours["runtime"]["options"].pop("virtualenv") == "../.venv"
        assert settings == ours


def test_the_metadata_say_what_it_is(wheel: Path) -> None:
    with ZipFile(wheel) as archive:
        lines = archive.read(f"falaj-{__version__}.dist-info/METADATA").decode().splitlines()
        for name in ("LICENSE", "NOTICE"):
            assert archive.read(f"falaj-{__version__}.dist-info/licenses/{name}") == (ROOT / name).read_bytes()
    assert {"License-Expression: Apache-2.0", "License-File: LICENSE", f"Version: {__version__}"} <= set(lines)
    extras = {line.partition(": ")[2] for line in lines if line.startswith("Provides-Extra: ")}
    assert extras == {"aws", "azure", "kubernetes", "policy", "sandbox", "prices", "analysis", "preflight"}


def test_the_source_distribution_makes_the_same_wheel(wheel: Path, tmp_path: Path) -> None:
    source = unpacked(build("sdist", ROOT, tmp_path / "sdist"), tmp_path / "source")
    again = build("wheel", source, tmp_path / "wheel")
    with ZipFile(wheel) as first, ZipFile(again) as second:
        assert {name: first.read(name) for name in first.namelist()} == {
            name: second.read(name) for name in second.namelist()
        }
