"""`falaj verdict` with existing plans, and `falaj comment`: written files, output and exit statuses."""

import json
import subprocess
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import typer
from typer.testing import CliRunner, Result

from falaj.cli import report as command
from falaj.cli.common import GOOD, REFUSED, WRONG, Refused
from falaj.finops.report.files import NAMES, write_failed
from falaj.finops.report.markdown import marker
from falaj.sandbox.previews import CommitNotFound, PolicyPreview, commit_of
from tests.unit.finops.plans import preview, step
from tests.unit.finops.reports import GPU, SMALL, UNPRICED, evidence

SETTINGS = {"falaj:platform": json.dumps({"ceilings": {"aed_per_month": 30000, "increase_percent": 10}})}
RunVerdict = Callable[..., Result]


def run(*arguments: str, stdin: str | None = None) -> Result:
    app = typer.Typer()
    app.command()(command.verdict)
    app.command()(command.comment)
    return CliRunner().invoke(app, [*arguments, "--stack", "prod"], input=stdin)


def plan_of(*rows: tuple, config: dict[str, str] = SETTINGS) -> str:
    return preview(*(step(*row) for row in rows), config=config)


@pytest.fixture
def planned(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> RunVerdict:
    """Returns a function that runs the command on given plans instead of creating previews."""

    def run_verdict(*rows: tuple, before: Any = None, findings: tuple[dict, ...] = (), refused: bool = False) -> Result:
        file = tmp_path / "guardrails-1.jsonl"
        file.write_text("".join(json.dumps(row) + "\n" for row in findings))
        head = PolicyPreview(plan_of(*rows), file if findings else None, refused)
        monkeypatch.setattr(command, "_plans", lambda *_: (head, before))
        monkeypatch.setattr(command, "_sarif_runs", lambda *_: [{"tool": {"driver": {"name": "guardrails"}}}])
        return run("verdict", "--out", str(tmp_path / "out"))

    return run_verdict


def written_files(folder: Path) -> dict[str, str]:
    return {file.name: file.read_text() for file in (folder / "out").iterdir()}


def test_a_compliant_change_passes(planned: RunVerdict, tmp_path: Path) -> None:
    result = planned(GPU, before=command._Base("main", plan_of(GPU)), findings=(evidence(),))
    assert result.exit_code == GOOD, result.output
    files = written_files(tmp_path)
    assert set(files) == set(NAMES)
    assert files["report.md"].startswith(marker("prod"))
    assert json.loads(files["report.json"])["resources"] == {"new": [], "gone": [], "changed": [], "same": 1}
    assert [entry["tool"]["driver"]["name"] for entry in json.loads(files["report.sarif"])["runs"]] == [
        "falaj bill",
        "guardrails",
    ]
    assert "passed prod" in result.output


def test_an_exceeded_increase_and_a_missing_price_are_refused(planned: RunVerdict, tmp_path: Path) -> None:
    result = planned(GPU, UNPRICED, before=command._Base("main", plan_of(SMALL)))
    assert result.exit_code == REFUSED
    refused = {
        verdict["scope"]
        for verdict in json.loads(written_files(tmp_path)["report.json"])["verdicts"]
        if not verdict["passed"]
    }
    assert refused == {"prices", "increase"}


def test_mandatory_violations_are_refused_and_advisory_ones_are_not(planned: RunVerdict) -> None:
    assert planned(GPU, findings=(evidence("fail", says="no owner"),), refused=True).exit_code == REFUSED
    assert planned(GPU, findings=(evidence("fail", level="advisory"),)).exit_code == GOOD


def test_a_policy_pack_that_stopped_the_engine_is_refused_whatever_its_evidence(
    planned: RunVerdict, tmp_path: Path
) -> None:
    for findings in ((), (evidence(),)):
        assert planned(GPU, findings=findings, refused=True).exit_code == REFUSED
        assert "policy pack: it failed or stopped the preview" in written_files(tmp_path)["report.md"]


def test_without_the_stack_in_the_base_all_resources_are_new(planned: RunVerdict, tmp_path: Path) -> None:
    assert planned(GPU, before=command._Base("main", None)).exit_code == REFUSED
    text = written_files(tmp_path)["report.md"]
    assert "main has no such stack: all resources are new" in text
    assert "AED +26,755.63 (new)" in text


def test_a_failed_preview_of_the_base_is_refused(planned: RunVerdict, tmp_path: Path) -> None:
    assert planned(GPU, before=command._Base("main", broken="error: boom")).exit_code == REFUSED
    text = written_files(tmp_path)["report.md"]
    assert "increase: cannot be judged: the preview of main failed (error: boom)" in text
    assert "not compared with main" in text


def test_changed_ceilings_are_reported(planned: RunVerdict, tmp_path: Path) -> None:
    lower = {"falaj:platform": json.dumps({"ceilings": {"aed_per_month": 3}})}
    assert planned(GPU, before=command._Base("main", plan_of(GPU, config=lower))).exit_code == GOOD
    assert "this change sets other cost thresholds than the base" in written_files(tmp_path)["report.md"]


def test_an_earlier_report_can_be_the_base(planned: RunVerdict, tmp_path: Path) -> None:
    planned(GPU)
    earlier = written_files(tmp_path)["report.json"]
    assert planned(GPU, before=command._Base("report.json", earlier)).exit_code == GOOD
    assert json.loads(written_files(tmp_path)["report.json"])["changes"] == []


def test_after_a_failed_preview_only_the_comment_is_written(planned: RunVerdict, tmp_path: Path) -> None:
    planned(GPU)
    write_failed(tmp_path / "out", "prod", "error: boom")
    assert set(written_files(tmp_path)) == {"report.md"}


def test_a_missing_commit_is_reported_in_one_sentence(tmp_path: Path) -> None:
    with pytest.raises(CommitNotFound, match="is in no git repository"):
        commit_of(tmp_path, "main")
    subprocess.run(["git", "init", "--quiet"], cwd=tmp_path, check=True)
    for name in ("nowhere", "--upload-pack=touch x", ""):
        with pytest.raises(CommitNotFound, match="no commit"):
            commit_of(tmp_path, name)


def test_the_comment_to_update() -> None:
    comments = [{"id": 7, "body": f"{marker('prod')}\nold", "user": {"login": "bot"}}]
    result = run("comment", "--comments", "-", stdin=json.dumps(comments))
    assert json.loads(result.output) == {"update": "7", "surplus": []}
    result = run("comment", "--comments", "-", "--author", "another", stdin=json.dumps(comments))
    assert json.loads(result.output)["update"] is None
    for text in ("{", '{"a": 1}', "[1]", '[{"body": "<!-- falaj verdict: prod -->"}]'):
        result = run("comment", "--comments", "-", stdin=text).exception
        assert isinstance(result, Refused)
        assert result.status == WRONG
