"""`falaj verdict` on given plans, and `falaj comment`: output and exit statuses."""

import json
import subprocess
from collections.abc import Callable
from datetime import UTC, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
import typer
from typer.testing import CliRunner, Result

from falaj.cli import report as command
from falaj.cli.comment import comment
from falaj.cli.common import EXIT_FAILED, EXIT_INVALID, EXIT_OK, CommandError
from falaj.cli.rules import judged_by_both
from falaj.finops.report.files import NAMES, write_failed
from falaj.finops.report.markdown import marker
from falaj.finops.report.rule_changes import RuleSet, rule_changes
from falaj.sandbox.previews import CommitNotFound, Judgement, PolicyPreview, commit_of
from tests.unit.finops.plans import preview, step
from tests.unit.finops.reports import GPU, SMALL, UNPRICED, evidence

SETTINGS = {"falaj:platform": json.dumps({"ceilings": {"aed_per_month": 30000, "increase_percent": 10}})}
Planned = Callable[..., Result]


def run(*arguments: str, stdin: str | None = None) -> Result:
    app = typer.Typer()
    app.command()(command.verdict)
    app.command()(comment)
    return CliRunner().invoke(app, [*arguments, "--stack", "prod"], input=stdin)


def plan_of(*rows: tuple, config: dict[str, str] = SETTINGS) -> str:
    return preview(*(step(*row) for row in rows), config=config)


@pytest.fixture
def planned(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Planned:
    """Returns a function that runs the command on given plans instead of previews."""

    def judged(
        *rows: tuple,
        before: Any = None,
        verdicts: tuple[dict, ...] = (),
        refused: bool = False,
        options: tuple[str, ...] = (),
    ) -> Result:
        file = tmp_path / "guardrails-1.jsonl"
        file.write_text("".join(json.dumps(row) + "\n" for row in verdicts))
        head = PolicyPreview(plan_of(*rows), file if verdicts else None, refused)
        monkeypatch.setattr(command, "_plans", lambda *_: (head, before, None))
        monkeypatch.setattr(command, "_sarif_runs", lambda *_: [{"tool": {"driver": {"name": "guardrails"}}}])
        return run("verdict", "--out", str(tmp_path / "out"), *options)

    return judged


def written(folder: Path) -> dict[str, str]:
    return {file.name: file.read_text() for file in (folder / "out").iterdir()}


def test_a_valid_change_passes(planned: Planned, tmp_path: Path) -> None:
    result = planned(GPU, before=command._Base("main", plan_of(GPU)), verdicts=(evidence(),))
    assert result.exit_code == EXIT_OK, result.output
    files = written(tmp_path)
    assert set(files) == set(NAMES)
    assert files["report.md"].startswith(marker("prod"))
    assert json.loads(files["report.json"])["resources"] == {"new": [], "gone": [], "changed": [], "same": 1}
    assert [item["tool"]["driver"]["name"] for item in json.loads(files["report.sarif"])["runs"]] == [
        "falaj bill",
        "guardrails",
    ]
    assert ": passed" in result.output.splitlines()[0]


def test_a_threshold_an_increase_and_a_missing_price_fail(planned: Planned, tmp_path: Path) -> None:
    result = planned(GPU, UNPRICED, before=command._Base("main", plan_of(SMALL)))
    assert result.exit_code == EXIT_FAILED
    refused = {item["scope"] for item in json.loads(written(tmp_path)["report.json"])["verdicts"] if not item["passed"]}
    assert refused == {"prices", "increase"}


def test_a_guardrail_refuses_and_its_advice_does_not(planned: Planned) -> None:
    assert planned(GPU, verdicts=(evidence("fail", says="no owner"),), refused=True).exit_code == EXIT_FAILED
    assert planned(GPU, verdicts=(evidence("fail", level="advisory"),)).exit_code == EXIT_OK


def test_a_pack_that_stopped_the_engine_refuses_whatever_its_evidence_says(planned: Planned, tmp_path: Path) -> None:
    for verdicts in ((), (evidence(),)):
        assert planned(GPU, verdicts=verdicts, refused=True).exit_code == EXIT_FAILED
        assert "policy pack: it failed or stopped the preview" in written(tmp_path)["report.md"]


def test_a_change_must_also_pass_its_own_rules(
    planned: Planned, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert planned(GPU, verdicts=(evidence(),)).exit_code == EXIT_OK
    for plan, status in ((None, EXIT_FAILED), ("{}", EXIT_OK)):
        head = PolicyPreview(plan_of(GPU), tmp_path / "guardrails-1.jsonl", False, Judgement(plan, None))
        monkeypatch.setattr(command, "_plans", lambda *_, head=head: (head, None, None))
        assert run("verdict", "--out", str(tmp_path / "out")).exit_code == status
        assert ("its own rules refuse this change" in written(tmp_path)["report.md"]) == (status == EXIT_FAILED)


def test_how_the_rules_change_is_the_first_section_and_a_finding(
    planned: Planned, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    planned(GPU, verdicts=(evidence("fail"),), refused=True)
    lenient = tmp_path / "own.jsonl"
    lenient.write_text(json.dumps(evidence()) + "\n")
    strict = tmp_path / "guardrails-1.jsonl"
    head = PolicyPreview(plan_of(GPU), strict, True, Judgement("{}", lenient))
    old, new = RuleSet({"FJ-TAG-001": "mandatory"}), RuleSet({"FJ-TAG-001": "disabled"})
    changes = judged_by_both(rule_changes("main (0123456789)", old, new, ("policy_pack/x.py",)), head, "prod")
    monkeypatch.setattr(command, "_plans", lambda *_: (head, None, changes))
    assert run("verdict", "--out", str(tmp_path / "out")).exit_code == EXIT_FAILED
    text = written(tmp_path)
    markdown = text["report.md"]
    assert markdown.index("Changes of the rules") < markdown.index("cost thresholds")
    assert text["report.html"].index("Changes of the rules") < text["report.html"].index("Cost thresholds")
    assert "The rules of main (0123456789) decide on this change." in markdown.replace("\\", "")
    found = json.loads(text["report.json"])
    assert {(one["effect"], one["kind"]) for one in found["rule_changes"]["changes"]} == {
        ("weaker", "level"),
        ("weaker", "verdict"),
        ("read it", "file"),
    }
    assert ("FJ-PACK-002", "advisory") in {(one["rule"], one["level"]) for one in found["guardrails"]["findings"]}


def test_a_base_without_the_stack_makes_everything_new(planned: Planned, tmp_path: Path) -> None:
    assert planned(GPU, before=command._Base("main", None)).exit_code == EXIT_FAILED
    text = written(tmp_path)["report.md"]
    assert "main has no such stack: all resources are new" in text
    assert "AED +26,755.63 (USD +7,285.40), against a base that costs nothing" in text


def test_a_base_that_cannot_be_planned_does_not_open_the_gate(planned: Planned, tmp_path: Path) -> None:
    assert planned(GPU, before=command._Base("main", broken="error: boom")).exit_code == EXIT_FAILED
    text = written(tmp_path)["report.md"]
    assert "increase: cannot be judged: the preview of main failed (error: boom)" in text
    assert "not compared with main" in text


def test_other_ceilings_than_the_base_has_are_pointed_out(planned: Planned, tmp_path: Path) -> None:
    lower = {"falaj:platform": json.dumps({"ceilings": {"aed_per_month": 3}})}
    assert planned(GPU, before=command._Base("main", plan_of(GPU, config=lower))).exit_code == EXIT_OK
    assert "this change sets other cost thresholds than the base" in written(tmp_path)["report.md"]


def test_the_age_of_prices_is_a_setting_of_the_stack(
    monkeypatch: pytest.MonkeyPatch, planned: Planned, tmp_path: Path
) -> None:
    monkeypatch.setitem(SETTINGS, "falaj:platform", json.dumps({"ceilings": {"price_age": {"list_days": 20}}}))
    planned(GPU)
    assert "are older than 20 days" in written(tmp_path)["report.md"]


def test_the_exchange_rate_policy_is_that_of_the_estimate_and_its_base(planned: Planned, tmp_path: Path) -> None:
    published = tmp_path / "rates.csv"
    published.write_text(f"date,aed_per_usd\n{datetime.now(UTC).date()},3.6730\n")
    options = ("--fx", "day", "--fx-rates", str(published))
    result = planned(GPU, before=command._Base("main", plan_of(GPU)), options=options)
    assert result.exit_code == EXIT_OK, result.output
    report = json.loads(written(tmp_path)["report.json"])
    assert report["rates"]["aed_per_usd"] == "3.6730"
    assert Decimal(report["summary"]["change"]["by"]["aed"]) == 0
    refused = planned(GPU, options=("--fx", "day"))
    assert isinstance(refused.exception, CommandError)
    assert "--fx-rates: is required by --fx day" in str(refused.exception)
    assert refused.exception.status == EXIT_INVALID


def test_an_earlier_report_is_a_base(planned: Planned, tmp_path: Path) -> None:
    planned(GPU)
    earlier = written(tmp_path)["report.json"]
    assert planned(GPU, before=command._Base("report.json", earlier)).exit_code == EXIT_OK
    assert json.loads(written(tmp_path)["report.json"])["changes"] == []


def test_where_there_is_no_plan_only_the_comment_is_left(planned: Planned, tmp_path: Path) -> None:
    planned(GPU)
    write_failed(tmp_path / "out", "prod", "error: boom")
    assert set(written(tmp_path)) == {"report.md"}


def test_a_commit_that_is_not_there_is_one_sentence(tmp_path: Path) -> None:
    with pytest.raises(CommitNotFound, match="is in no git repository"):
        commit_of(tmp_path, "main")
    subprocess.run(["git", "init", "--quiet"], cwd=tmp_path, check=True)
    for name in ("nowhere", "--upload-pack=touch x", ""):
        with pytest.raises(CommitNotFound, match="no commit"):
            commit_of(tmp_path, name)


def test_the_id_of_the_existing_comment() -> None:
    comments = [{"id": 7, "body": f"{marker('prod')}\nold", "user": {"login": "bot"}}]
    result = run("comment", "--comments", "-", stdin=json.dumps(comments))
    assert json.loads(result.output) == {"update": "7", "surplus": []}
    result = run("comment", "--comments", "-", "--author", "another", stdin=json.dumps(comments))
    assert json.loads(result.output)["update"] is None
    for text in ("{", '{"a": 1}', "[1]", '[{"body": "<!-- falaj verdict: prod -->"}]'):
        result = run("comment", "--comments", "-", stdin=text).exception
        assert isinstance(result, CommandError)
        assert result.status == EXIT_INVALID
