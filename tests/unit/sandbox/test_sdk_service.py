"""SDKs of plug-ins in the sandbox: linked into a project once, and installed with the version that they look up."""

import importlib.metadata
import json
from pathlib import Path
from types import SimpleNamespace
from typing import Any, NoReturn

import grpc
import pytest
from pulumi.runtime.proto import language_pb2

from falaj.sandbox import sdk_generator
from falaj.sandbox.go_build import BuildFailed
from falaj.sandbox.language_host import LanguageHost
from falaj.sandbox.sdk_service import SdkFailed, add_requirement, import_name, install, linked_sdks


class Aborted(Exception):
    """What a call tells the engine."""


def abort(code: grpc.StatusCode, message: str) -> NoReturn:
    raise Aborted(code, message)


CONTEXT: Any = SimpleNamespace(abort=abort)


def sdk(folder: Path, version: str = "1.2.3") -> Path:
    """An SDK as Pulumi generates it; returns its folder."""
    package = folder / "sdks" / "acme-tools" / "acme_tools"
    package.mkdir(parents=True, exist_ok=True)
    (package / "__init__.py").write_text("")
    (package / "pulumi-plugin.json").write_text(json.dumps({"name": "tools", "version": version}))
    return package.parent


def test_a_folder_is_added_to_the_requirements_once(tmp_path: Path) -> None:
    file = tmp_path / "requirements.txt"
    file.write_text("pulumi>=3\nfalaj")
    for _ in range(2):
        add_requirement(file, "sdks/acme-tools")
    assert file.read_text() == "pulumi>=3\nfalaj\nsdks/acme-tools\n"


def test_linked_sdks_are_those_of_the_requirements(tmp_path: Path) -> None:
    folder = sdk(tmp_path)
    assert linked_sdks(tmp_path) == []
    (tmp_path / "requirements.txt").write_text("# SDKs\n\npulumi>=3\n-e ../other\nsdks/acme-tools\nsdks/none\n")
    assert linked_sdks(tmp_path) == [folder / "acme_tools"]


def test_an_installed_sdk_finds_its_newest_version(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for version in ("1.2.3", "1.3.0"):
        install(sdk(tmp_path, version) / "acme_tools", tmp_path / "installed")
    monkeypatch.syspath_prepend(tmp_path / "installed")
    assert importlib.metadata.version("acme_tools") == "1.3.0"
    assert len(list((tmp_path / "installed").iterdir())) == 2


def test_a_folder_without_an_sdk_is_refused(tmp_path: Path) -> None:
    assert import_name(sdk(tmp_path)) == "acme_tools"
    with pytest.raises(SdkFailed, match=r"/none: no SDK for Python here; run `pulumi package add` again"):
        import_name(tmp_path / "none")


def test_linking_says_how_to_import(tmp_path: Path) -> None:
    sdk(tmp_path)
    (tmp_path / "requirements.txt").write_text("")
    package = language_pb2.LinkRequest.LinkDependency(path="sdks/acme-tools")
    package.package.name = "tools"
    info = language_pb2.ProgramInfo(root_directory=str(tmp_path))
    linked = LanguageHost("").Link(language_pb2.LinkRequest(info=info, packages=[package]), CONTEXT)
    assert linked.import_instructions.endswith("\n  import acme_tools as tools\n")


def test_an_sdk_that_cannot_be_generated_is_reported_with_the_reason(monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(_: object) -> None:
        raise BuildFailed("no `go` on PATH")

    monkeypatch.setattr(sdk_generator, "_generator", fail)
    with pytest.raises(Aborted, match="no SDK for python: no `go` on PATH"):
        LanguageHost("").GeneratePackage(language_pb2.GeneratePackageRequest(), CONTEXT)
