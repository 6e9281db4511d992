"""The CRDs of new laboratories are installed once for the same programs and files, completely or not at all."""

from pathlib import Path

import pytest

from falaj.sandbox.lab import definitions, installation
from falaj.sandbox.lab.api import ApiError
from falaj.sandbox.lab.programs import ProgramsUnavailable
from falaj.sandbox.lab.supervisor import Supervisor

PROGRAMS = {"etcd": Path("etcd-1/etcd"), "kube": Path("kube-1/kube")}
UPSTREAM = Path("materials-1")


@pytest.fixture
def installed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> list[Path]:
    """Replaces the installation by an empty folder, in an empty cache; returns the upstream files of each call."""
    calls: list[Path] = []

    def install(folder: Path, programs: object, upstream_files: Path, lock: int) -> Path:
        calls.append(upstream_files)
        (folder / "etcd").mkdir()
        if upstream_files.name == "broken":
            raise ProgramsUnavailable("the laboratory's CRDs cannot be installed: apiserver ended with 1")
        return folder / "etcd"

    monkeypatch.setattr(definitions, "_install", install)
    monkeypatch.setattr(definitions, "cache", lambda: tmp_path)
    return calls


def test_they_are_installed_once_for_the_same_programs_and_files(installed: list[Path]) -> None:
    first = definitions.ensure(PROGRAMS, UPSTREAM, print)
    assert definitions.ensure(PROGRAMS, UPSTREAM, print) == first
    assert installed == [UPSTREAM]
    others = [
        definitions.ensure(PROGRAMS | {"kube": Path("kube-2/kube")}, UPSTREAM, print),
        definitions.ensure(PROGRAMS | {"etcd": Path("etcd-2/etcd")}, UPSTREAM, print),
        definitions.ensure(PROGRAMS, Path("materials-2"), print),
    ]
    assert len({first, *others}) == 4
    assert all(folder.is_dir() for folder in (first, *others))


def test_an_installation_that_fails_leaves_nothing(installed: list[Path], tmp_path: Path) -> None:
    with pytest.raises(ProgramsUnavailable, match="apiserver ended with 1"):
        definitions.ensure(PROGRAMS, Path("broken"), print)
    assert not [path for path in (tmp_path / "lab").iterdir() if path.is_dir()]


def test_schemas_lose_their_sentences_and_keep_properties_of_that_name() -> None:
    properties = {"description": {"type": "string", "description": "What it is for."}}
    version = {"name": "v1", "schema": {"description": "A class.", "properties": properties}}
    crd = {"kind": "CustomResourceDefinition", "spec": {"versions": [version]}}
    kept = {"name": "v1", "schema": {"properties": {"description": {"type": "string"}}}}
    assert installation._without_descriptions(crd) == {**crd, "spec": {"versions": [kept]}}


@pytest.mark.parametrize("reason", [ApiError(504, "request did not complete"), TimeoutError("waited 30 s")])
def test_an_api_server_that_does_not_answer_is_one_sentence(
    reason: Exception, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    stopped: list[bool] = []

    def refuse(api: object, context: object) -> None:
        raise reason

    monkeypatch.setattr(installation, "install_definitions", refuse)
    monkeypatch.setattr(Supervisor, "start_api_server", lambda self: None)
    monkeypatch.setattr(Supervisor, "stop", lambda self: stopped.append(True))
    with pytest.raises(ProgramsUnavailable, match=f"CRDs cannot be installed: {reason}"):
        definitions._install(tmp_path, {}, UPSTREAM, 0)
    assert stopped == [True]
