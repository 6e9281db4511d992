"""`falaj guardrails review` in a project with settings of its own."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest
import yaml
from typer.testing import CliRunner

from falaj.cli.app import app
from falaj.cli.common import CommandError
from tests.distribution import ROOT
from tests.policies.test_reviews import A, B, row

NAMED = ("--by", "a. reader", "--reason", "read with the team")


@pytest.fixture
def project(tmp_path: Path) -> Path:
    (tmp_path / "Pulumi.yaml").write_text("name: demo\nruntime: python\n")
    shutil.copytree(ROOT / "templates" / "vault" / "policy_pack", tmp_path / "policy_pack")
    (tmp_path / "evidence.jsonl").write_text(f"{row(A, 'one')}\n{row(B, 'two')}\n")
    return tmp_path


def run(project: Path, *arguments: str) -> tuple[int, str]:
    command = ["guardrails", "review", str(project / "evidence.jsonl"), *arguments, "--project", str(project)]
    result = CliRunner().invoke(app, command)
    if isinstance(result.exception, CommandError):
        raise result.exception
    return result.exit_code, result.stdout


def test_a_check_fails_until_the_programs_are_reviewed(project: Path) -> None:
    file = project / "policy_pack" / "reviewed_programs.yaml"
    status, text = run(project, "--check")
    assert status == 1
    assert "unreviewed: one data.run (aaaaaaaaaaaa, urn:pulumi:dev::p::kubernetes:core/v1:ConfigMap::one)" in text
    assert not file.exists()
    status, text = run(project, *NAMED)
    assert status == 0
    assert "2 added, 0 removed" in text
    assert [entry["digest"] for entry in yaml.safe_load(file.read_text())["reviewed_programs"]] == [A, B]
    assert run(project, "--check") == (0, "every program of the evidence has a review\n")


def test_unused_reviews_are_removed_on_request(project: Path) -> None:
    run(project, *NAMED)
    (project / "evidence.jsonl").write_text(f"{row(A, 'one', verdict='pass')}\n")
    status, text = run(project, "--json", "--prune")
    assert (status, json.loads(text)["removed"]) == (0, 1)


@pytest.mark.parametrize(("arguments", "message"), [
    (("--check", "--prune"), "--check writes nothing"),
    (("--by", "a. reader"), "--by and --reason belong together"),
    (("--by", "a. reader", "--reason", "fine"), "at least 10 characters"),
])  # fmt: skip
def test_contradictions_are_refused(project: Path, arguments: tuple[str, ...], message: str) -> None:
    with pytest.raises(CommandError, match=message):
        run(project, *arguments)


def test_the_bundled_pack_is_not_written_to(project: Path) -> None:
    shutil.rmtree(project / "policy_pack")
    with pytest.raises(CommandError, match="no policy pack of its own"):
        run(project, *NAMED)
