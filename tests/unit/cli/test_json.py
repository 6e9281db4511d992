"""Every command prints JSON, or has a reason not to."""

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner

from falaj.cli import recover as recover_command
from falaj.cli.app import app
from falaj.cli.recover import recover
from falaj.sandbox import recovery
from falaj.sandbox.recovery import Recovery
from tests.unit.cli.command_tree import commands

WITHOUT_JSON = {
    "comment": "prints JSON always",
    "shell": "prints what the program that it runs prints",
    "tour": "a demonstration for people; `up`, `bill` and `inventory` have --json",
    "guardrails document": "prints Markdown, or writes it; `guardrails --json` has the rules",
    "guardrails report": "writes SARIF or JUnit XML",
    "guardrails export": "writes the folder that its argument names",
    "guardrails path": "prints one path",
    "components document": "writes Markdown",
    "lab build": "builds; `lab status --json` has the result",
    "prices sheet": "prints a price book in YAML, or writes it",
}
"""Command -> reason."""


def test_every_command_prints_json_or_has_a_reason_not_to() -> None:
    without = {name for name, command in commands().items() if not any("--json" in p.opts for p in command.params)}
    assert without == WITHOUT_JSON.keys()
    assert len(commands()) >= 40
    page = (Path(__file__).parents[3] / "docs" / "command-line.md").read_text()
    [sentence] = [item for item in page.split("\n- ") if "have no `--json`" in item]
    assert [name for name in WITHOUT_JSON if name.split()[-1] not in sentence] == []


@pytest.fixture
def recovered(monkeypatch: pytest.MonkeyPatch) -> Recovery:
    """The result that a recovery has in these tests."""
    result = Recovery(adopted=["urn:pulumi:dev::falaj::aws:kms/key:Key::key"])
    monkeypatch.setattr(recover_command, "open_session", lambda *_: None)
    monkeypatch.setattr(recovery, "recover", lambda *_: result)
    return result


def test_a_recovery_is_json(recovered: Recovery, capsys: pytest.CaptureFixture[str]) -> None:
    recover("dev", json=True)
    assert json.loads(capsys.readouterr().out) == {
        "adopted": recovered.adopted, "not_created": [], "ambiguous": [], "orphans": [], "missing": [],
    }  # fmt: skip


def test_a_recovery_is_text(recovered: Recovery, capsys: pytest.CaptureFixture[str]) -> None:
    recovered.not_created.append("urn:pulumi:dev::falaj::aws:s3/bucket:Bucket::logs")
    recover("dev")
    assert capsys.readouterr().out.splitlines() == [
        "imported into the state: 1; never created: 1",
        "  imported aws:kms/key:Key::key",
        "  never created, `up` will create it: aws:s3/bucket:Bucket::logs",
        "State and inventory match. Run `up` again to finish the interrupted deployment.",
    ]


def test_documents_for_the_clouds_are_listed_as_json(tmp_path: Path) -> None:
    root = str(Path(__file__).parents[3])
    given = ["guardrails", "cloud-policies", str(tmp_path), "--json", "--project", root]
    written = json.loads(CliRunner().invoke(app, given).stdout)
    assert written["folder"] == str(tmp_path)
    assert {file.name for file in tmp_path.iterdir()} == set(written["documents"])
    (tmp_path / written["documents"][0]).unlink()
    compared = CliRunner().invoke(app, [*given, "--check"])
    assert (compared.exit_code, len(json.loads(compared.stdout)["differences"])) == (1, 1)


def test_the_state_of_the_laboratory_is_json(tmp_path: Path) -> None:
    (tmp_path / "Pulumi.yaml").write_text("name: falaj\nruntime: python\n")
    done = CliRunner().invoke(app, ["lab", "down", "--json", "--project", str(tmp_path)])
    assert json.loads(done.stdout)["phase"] == "down"
