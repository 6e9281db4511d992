"""Former names of options still work, with a deprecation warning on standard error, and are not in the help."""

from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from falaj.cli.app import app
from falaj.cli.common import EXIT_OK, RENAMED_OPTIONS
from tests.unit.finops.plans import TAGS, preview, step

PLAN = preview(step("aws:kms/key:Key", "uae-key", {"tags": TAGS, "region": "me-central-1"}))
COMMANDS = {
    "--vat-final": (["bill"], ["verdict"]),
    "--own": (["rightsize", "profile"],),
    "--faster": (["experiment", "replay"],),
}


def run(*args: str) -> Result:
    return CliRunner().invoke(app, args)


def bill(folder: Path, *args: str) -> Result:
    file = folder / "plan.json"
    file.write_text(PLAN)
    return run("bill", "--stack", "dev", "--plan", str(file), "--json", *args)


def test_vat_that_is_not_recovered(tmp_path: Path) -> None:
    now, before = bill(tmp_path, "--vat-non-recoverable"), bill(tmp_path, "--vat-final")
    assert (now.exit_code, now.stdout, now.stderr) == (EXIT_OK, before.stdout, "")
    assert before.stderr.split() == ["warning:", "--vat-final", "is", "deprecated:", "use", "--vat-non-recoverable"]
    assert now.stdout != bill(tmp_path).stdout


@pytest.mark.parametrize(("option", "value"), [("--own=nowhere.yaml", "profile"), ("--faster=2", "replay")])
def test_a_value_may_follow_an_equals_sign(option: str, value: str) -> None:
    former, _, _ = option.partition("=")
    (command,) = COMMANDS[former]
    result = run(*command, "nowhere", "--assume=nowhere" if value == "replay" else "--json", option)
    assert f"use {RENAMED_OPTIONS[former]}" in " ".join(result.stderr.split())
    assert "No such option" not in result.stderr


@pytest.mark.parametrize("former", RENAMED_OPTIONS)
def test_the_help_has_the_current_name_only(former: str) -> None:
    for command in COMMANDS[former]:
        output = CliRunner().invoke(app, [*command, "--help"], env={"COLUMNS": "200"}).output
        assert RENAMED_OPTIONS[former] in output
        assert f"{former} " not in output
