"""What commands say to somebody whose project is not the checkout of Falaj, and who has no stack yet."""

import os
import signal
import sys
from pathlib import Path
from types import ModuleType

import pytest
from typer.testing import CliRunner

from falaj.cli import machines, main, shell
from falaj.cli.app import app
from falaj.cli.common import CommandError, run_operation
from falaj.cli.pack import BUNDLED_PACK, PROJECT_PACK
from falaj.sandbox.engine_process import Interrupted
from falaj.sandbox.paths import Paths
from falaj.sandbox.session import Session
from falaj.sandbox.toolchain import Engine


def test_the_shell_names_a_stack_and_the_pack_of_the_project(tmp_path: Path) -> None:
    hint = f"Try: pulumi preview --stack dev --policy-pack {BUNDLED_PACK}. Leave with `exit`."
    assert shell._hint(tmp_path, ["dev", "prod"]) == hint
    own = tmp_path / PROJECT_PACK / "PulumiPolicy.yaml"
    own.parent.mkdir()
    own.touch()
    assert f"--policy-pack {PROJECT_PACK}. " in shell._hint(tmp_path, ["dev"])
    assert shell._hint(tmp_path, []) == "Leave with `exit`."


def test_a_project_without_stack_files_is_told_to_create_one(tmp_path: Path) -> None:
    (tmp_path / "Pulumi.yaml").write_text("name: models\nruntime: python\n", encoding="utf-8")
    result = CliRunner().invoke(app, ["check", "--project", str(tmp_path)])
    assert result.exit_code != 0
    assert "create Pulumi.<stack>.yaml, empty if the stack has no settings" in str(result.exception)


def test_an_interrupted_command_says_what_to_do_next(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """Typer 0.29.2 ends with status 130 by itself and says nothing (`core._main`)."""

    def interrupted(_region: str) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(machines, "offered", interrupted)
    monkeypatch.setattr(sys, "argv", ["falaj", "machines", "--region", "uaenorth"])
    with pytest.raises(SystemExit) as ended:
        main()
    assert ended.value.code == 130
    assert capsys.readouterr().err.endswith("run `falaj recover` for the stack\n")


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM, signal.SIGHUP])
def test_a_command_whose_engine_was_interrupted_says_what_it_has_done(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], number: int
) -> None:
    def interrupted(_region: str) -> None:
        raise Interrupted("interrupted: the engine has written its state", number)

    monkeypatch.setattr(machines, "offered", interrupted)
    monkeypatch.setattr(sys, "argv", ["falaj", "machines", "--region", "uaenorth"])
    with pytest.raises(SystemExit) as ended:
        main()
    assert ended.value.code == 128 + number
    assert capsys.readouterr().err == "falaj: interrupted: the engine has written its state\n"


def test_a_command_that_is_interrupted_while_it_loads_says_so(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """On a busy machine a command loads for seconds."""

    class Loading(ModuleType):
        def __getattr__(self, name: str) -> object:
            raise KeyboardInterrupt if name == "app" else AttributeError(name)

    monkeypatch.setitem(sys.modules, "falaj.cli.app", Loading("falaj.cli.app"))
    with pytest.raises(SystemExit) as ended:
        main()
    assert ended.value.code == 130
    assert "interrupted" in capsys.readouterr().err


@pytest.mark.parametrize(("operation", "repaired"), [("up", True), ("destroy", True), ("preview", False)])
def test_an_engine_that_was_killed_is_reported(tmp_path: Path, operation: str, repaired: bool) -> None:
    """Also by the system, which is out of memory: the engine says nothing then."""
    killed = tmp_path / "engine"
    killed.write_text("#!/bin/sh\nkill -9 $$\n")
    killed.chmod(0o700)
    session = Session(Paths(tmp_path), Engine(killed, "3.259.0", "a stub"), dict(os.environ))
    with pytest.raises(CommandError, match=r"the engine was killed \(signal 9\)") as raised:
        run_operation(session, operation, "--stack", "dev")
    assert raised.value.status == 1
    assert ("`falaj recover`" in str(raised.value)) is repaired


@pytest.mark.parametrize("command", [("verdict", "--out"), ("rights", "--write")])
def test_a_folder_that_cannot_be_written_is_told_before_the_preview(command: tuple[str, str], tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    (tmp_path / "Pulumi.yaml").write_text("name: models\nruntime: python\n", encoding="utf-8")
    name, option = command
    folder = str(tmp_path / "file" / "report")
    result = CliRunner().invoke(app, [name, "--stack", "dev", "--project", str(tmp_path), option, folder])
    assert str(result.exception).startswith(f"{option}: {folder}: {tmp_path / 'file'} is no folder")
