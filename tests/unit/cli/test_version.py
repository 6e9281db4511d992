"""`falaj --version`, and `falaj` without a command."""

import json
import platform
from pathlib import Path

import pytest
from typer.testing import CliRunner

from falaj import __version__
from falaj.cli.app import app
from falaj.sandbox import toolchain
from falaj.sandbox.toolchain import Engine


def run(*arguments: str) -> tuple[int, str]:
    done = CliRunner().invoke(app, list(arguments))
    return done.exit_code, done.output


@pytest.fixture
def engine(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(toolchain, "known_engine", lambda: Engine(Path("pulumi"), "3.259.0", "found on PATH"))


@pytest.mark.usefixtures("engine")
def test_the_versions_of_falaj_pulumi_and_python_are_printed() -> None:
    lines = [f"falaj {__version__}", "Pulumi 3.259.0 (found on PATH)", f"Python {platform.python_version()}"]
    assert run("--version") == (0, "\n".join(lines) + "\n")


@pytest.mark.usefixtures("engine")
def test_the_versions_are_json_too() -> None:
    status, text = run("--version", "--json")
    expected = {"falaj": __version__, "pulumi": "3.259.0", "python": platform.python_version()}
    assert (status, json.loads(text)) == (0, expected)


def test_a_missing_engine_is_said_and_not_installed(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    assert "Pulumi none yet: `falaj engine` finds or installs one\n" in run("--version")[1]
    assert json.loads(run("--version", "--json")[1])["pulumi"] is None
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("group", [(), ("lab",), ("rightsize",), ("prices",), ("experiment",), ("controlling",)])
def test_a_missing_command_is_a_usage_error_that_lists_the_commands(group: tuple[str, ...]) -> None:
    """A pipeline whose variable with the command is empty must not pass; click 8.2 has the same convention."""
    status, text = run(*group)
    assert status == 2
    assert "Commands" in text


@pytest.mark.parametrize("arguments", [("--json",), ("--json", "machines", "--region", "uaenorth")])
def test_json_before_a_command_is_a_usage_error(arguments: tuple[str, ...]) -> None:
    status, text = run(*arguments)
    assert status == 2
    assert "belongs to --version" in text
