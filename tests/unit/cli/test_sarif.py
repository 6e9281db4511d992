"""The findings of a verdict are converted by a process that has loaded the rules while the engine previewed."""

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from falaj.cli import sarif
from falaj.cli.common import CommandError
from falaj.cli.pack import start_guardrails
from falaj.cli.sarif import SarifConverter
from tests.distribution import ROOT

FINDING = {
    "rule": "FJ-TAG-001", "concern": "tags", "urn": "urn:pulumi:dev::site::aws:s3/bucket:Bucket::logs", "path": "tags",
    "says": "no owner", "verdict": "fail", "level": "advisory", "controls": [],
}  # fmt: skip


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """A project without a policy pack of its own."""
    (tmp_path / "Pulumi.yaml").write_text("name: site\nruntime: python\n")
    return tmp_path


@pytest.fixture
def evidence(tmp_path: Path) -> Path:
    file = tmp_path / "guardrails-1.jsonl"
    file.write_text(json.dumps(FINDING) + "\n")
    return file


def rules(runs: list[dict[str, Any]]) -> list[str]:
    return [result["ruleId"] for run in runs for result in run["results"]]


def no_other(*_: object) -> None:
    raise AssertionError("a second process was started")


def test_the_process_that_waits_converts_the_evidence(
    project: Path, evidence: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with SarifConverter(project) as converter:
        converter.start()
        monkeypatch.setattr(sarif.guardrails, "report", no_other)
        assert rules(converter.runs(evidence)) == ["FJ-TAG-001"]


def test_a_pack_that_does_not_wait_is_asked_again(
    project: Path, evidence: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def start(*_: object) -> subprocess.Popen[str]:
        pipe = subprocess.PIPE
        command = [sys.executable, "-c", "raise SystemExit('-: no such file')"]
        return subprocess.Popen(command, stdin=pipe, stdout=pipe, stderr=pipe, text=True)

    monkeypatch.setattr(sarif, "start_guardrails", start)
    with SarifConverter(project) as converter:
        converter.start()
        assert rules(converter.runs(evidence)) == ["FJ-TAG-001"]


def test_what_is_wrong_with_the_evidence_is_one_sentence(project: Path, evidence: Path) -> None:
    evidence.write_text("[]\n")
    with SarifConverter(project) as converter:
        converter.start()
        with pytest.raises(CommandError, match="line 1 is no finding of evidence"):
            converter.runs(evidence)


def test_without_evidence_nothing_is_converted_and_the_process_ends(project: Path) -> None:
    with SarifConverter(project) as converter:
        converter.start()
        process = converter._waiting
        assert converter.runs(None) == []
    assert process is not None
    assert process.returncode is not None


def test_a_report_of_nothing_is_refused(tmp_path: Path) -> None:
    output = tmp_path / "guardrails.sarif"
    with start_guardrails(ROOT / "policy_pack", "report", "-", "--format", "sarif", "--output", str(output)) as waiting:
        _, errors = waiting.communicate("\n")
    assert waiting.returncode == 1
    assert errors.splitlines() == [
        "report: standard input names no file. Fix: write the names of evidence files, one a line"
    ]
    assert not output.exists()
