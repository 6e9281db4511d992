"""The process of a Python program loads what the program needs before it may run, and nothing that reads settings."""

import io
import json
import os
import sys
from pathlib import Path
from typing import Any

import pytest
from pulumi.runtime.proto import language_pb2

from falaj.sandbox import session
from falaj.sandbox.language_host import LanguageHost
from falaj.sandbox.paths import Paths
from falaj.sandbox.program import run
from falaj.sandbox.program_hosts import NodeHost
from falaj.sandbox.program_process import ProgramProcess
from falaj.sandbox.python_environment import RUNS_PROGRAM
from falaj.sandbox.toolchain import Engine

LEAVES_MARK = "from pathlib import Path\nPath(__file__).with_name('imported').touch()\n"

NO_CONTEXT: Any = None
"""Context of a request: the host uses none."""


def package(program: Path, name: str) -> Path:
    """A package in the folder of the program. Returns the file that it writes when it is imported."""
    folder = program / name
    folder.mkdir()
    (folder / "__init__.py").write_text(LEAVES_MARK)
    return folder / "imported"


def loaded_ahead(program: Path) -> None:
    """Starts the process of a program, and ends it before it may run."""
    waiting = ProgramProcess.start(Path(sys.executable), str(program), os.environ).process
    waiting.communicate(timeout=60)
    assert waiting.returncode == 0


def test_it_imports_the_sdk_that_the_program_would_import(tmp_path: Path) -> None:
    (tmp_path / "__main__.py").write_text(
        '"""Program."""\nimport json, pulumi\nimport pulumi_aws as aws\nfrom falaj import deploy\nraise SystemExit(3)\n'
    )
    sdk, components = package(tmp_path, "pulumi_aws"), package(tmp_path, "falaj")
    loaded_ahead(tmp_path)
    assert sdk.exists()
    assert components.exists()


def test_it_imports_nothing_that_may_read_settings_or_is_not_imported_at_first(tmp_path: Path) -> None:
    (tmp_path / "__main__.py").write_text("import mine\n\ndef later():\n    import pulumi_aws\n")
    mine, sdk = package(tmp_path, "mine"), package(tmp_path, "pulumi_aws")
    loaded_ahead(tmp_path)
    assert not mine.exists()
    assert not sdk.exists()


@pytest.mark.parametrize(
    "before", ["import sys\nsys.path.insert(0, 'vendor')", "import mine", "import os; os.environ['AWS_PROFILE'] = 'a'"]
)
def test_it_imports_nothing_after_what_may_change_from_where(tmp_path: Path, before: str) -> None:
    (tmp_path / "__main__.py").write_text(f"{before}\nimport pulumi_aws\n")
    sdk = package(tmp_path, "pulumi_aws")
    loaded_ahead(tmp_path)
    assert not sdk.exists()


def test_a_package_may_change_the_path(tmp_path: Path) -> None:
    (tmp_path / "__main__.py").write_text("import pulumi_aws\n")
    package(tmp_path, "pulumi_aws").with_name("__init__.py").write_text("import sys\nsys.path = sys.path[1:]\n")
    loaded_ahead(tmp_path)


@pytest.mark.parametrize("program", ["import falaj.no_such_module\n", "import falaj\nif\n", None])
def test_what_is_wrong_with_a_program_is_left_to_its_run(tmp_path: Path, program: str | None) -> None:
    if program is not None:
        (tmp_path / "__main__.py").write_text(program)
    loaded_ahead(tmp_path)


def test_it_starts_with_the_settings_and_the_folder_of_the_run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PULUMI_CONFIG", "")
    monkeypatch.chdir(Path(__file__).parent)
    start = {"arguments": ["--preview"], "environment": {"PULUMI_CONFIG": "{}"}, "folder": str(tmp_path)}
    monkeypatch.setattr(sys, "stdin", io.StringIO(json.dumps(start) + "\n"))
    assert run._wait_for_start() == ["--preview"]
    assert os.environ["PULUMI_CONFIG"] == "{}"
    assert Path.cwd() == tmp_path.resolve()


class Waiting:
    """A process of the operating system, which waits until it is killed."""

    status: int | None = None

    def poll(self) -> int | None:
        return self.status


class Started:
    """A process that is not started, and the runs that were asked of it."""

    all: list["Started"]

    def __init__(self, python: Path, program: str, environment: dict[str, str]) -> None:
        self.python, self.program, self.process, self.runs = python, program, Waiting(), 0
        self.all.append(self)

    def waits_for(self, python: Path, program: str) -> bool:
        itself: Any = self
        return ProgramProcess.waits_for(itself, python, program)

    def run(self, arguments: list[str], folder: str, settings: dict[str, str]) -> int:
        self.runs += 1
        return 0


@pytest.fixture
def started(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> list[Started]:
    """The processes that hosts start."""
    Started.all = []
    monkeypatch.setenv(RUNS_PROGRAM, "true")
    monkeypatch.setenv("FALAJ_SANDBOX", str(tmp_path / ".falaj"))
    monkeypatch.setattr(ProgramProcess, "start", Started)
    return Started.all


def request(kind: type[Any], folder: Path) -> Any:
    info = language_pb2.ProgramInfo(root_directory=str(folder), program_directory=str(folder), entry_point=".")
    return kind(info=info)


def test_a_program_runs_in_the_process_that_waits_for_it_once(tmp_path: Path, started: list[Started]) -> None:
    host = LanguageHost("")
    for _ in range(2):
        host.GetRequiredPackages(request(language_pb2.GetRequiredPackagesRequest, tmp_path), NO_CONTEXT)
    assert len(started) == 1
    for _ in range(2):
        assert host.Run(request(language_pb2.RunRequest, tmp_path), NO_CONTEXT) == language_pb2.RunResponse()
    assert [process.runs for process in started] == [1, 1]


def test_another_program_has_a_process_of_its_own(tmp_path: Path, started: list[Started]) -> None:
    host = LanguageHost("")
    (other := tmp_path / "other").mkdir()
    host.GetRequiredPackages(request(language_pb2.GetRequiredPackagesRequest, tmp_path), NO_CONTEXT)
    host.Run(request(language_pb2.RunRequest, other), NO_CONTEXT)
    assert [process.program for process in started] == [str(tmp_path), str(other)]
    assert [process.runs for process in started] == [0, 1]


def test_a_killed_process_is_replaced(tmp_path: Path, started: list[Started]) -> None:
    host = LanguageHost("")
    host.GetRequiredPackages(request(language_pb2.GetRequiredPackagesRequest, tmp_path), NO_CONTEXT)
    started[0].process.status = -9
    host.Run(request(language_pb2.RunRequest, tmp_path), NO_CONTEXT)
    assert [process.runs for process in started] == [0, 1]


def test_programs_in_other_languages_start_when_they_run(tmp_path: Path, started: list[Started]) -> None:
    NodeHost("").GetRequiredPackages(request(language_pb2.GetRequiredPackagesRequest, tmp_path), NO_CONTEXT)
    assert not started


def test_nothing_waits_if_the_operation_runs_no_program(
    tmp_path: Path, started: list[Started], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv(RUNS_PROGRAM)
    LanguageHost("").GetRequiredPackages(request(language_pb2.GetRequiredPackagesRequest, tmp_path), NO_CONTEXT)
    assert not started


@pytest.mark.parametrize(("name", "runs"), [("preview", True), ("up", True), ("refresh", False), ("destroy", False)])
def test_operations_that_run_the_program_say_so(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str, runs: bool
) -> None:
    (tmp_path / "Pulumi.yaml").write_text("name: site\nruntime: python\n")
    paths, environments = Paths(tmp_path), list[dict[str, str]]()
    paths.sandbox.mkdir()
    monkeypatch.setattr(session, "run_engine", lambda _command, _folder, given, *_: environments.append(given))
    session.Session(paths, Engine(tmp_path / "pulumi", "3.259.0", "a test's"), {}).pulumi(name, "--stack", "dev")
    assert [RUNS_PROGRAM in environment for environment in environments] == [runs]
