"""The findings in the SARIF of a verdict."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from falaj.cli.common import CommandError
from falaj.cli.report import _sarif_runs
from falaj.sandbox.previews import PolicyPreview

SAYS = "no owner: مالك"
FINDING = {
    "rule": "FJ-TAG-001", "concern": "tags", "urn": "urn:pulumi:dev::site::aws:s3/bucket:Bucket::logs", "path": "tags",
    "says": SAYS, "verdict": "fail", "level": "advisory", "controls": [],
}  # fmt: skip
PRINT = """
import json, sys
from pathlib import Path
from falaj.cli.report import _sarif_runs
from falaj.sandbox.previews import PolicyPreview
folder = Path(sys.argv[1])
print(json.dumps(_sarif_runs(PolicyPreview("", folder / "guardrails-1.jsonl", False), folder)))
"""


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """A project without a policy pack of its own, and evidence of one finding."""
    (tmp_path / "Pulumi.yaml").write_text("name: site\nruntime: python\n")
    (tmp_path / "guardrails-1.jsonl").write_text(json.dumps(FINDING, ensure_ascii=False) + "\n", encoding="utf-8")
    return tmp_path


def test_findings_are_read_whatever_the_encoding_of_the_terminal(project: Path) -> None:
    ascii_only = {"LC_ALL": "C", "PYTHONCOERCECLOCALE": "0", "PYTHONUTF8": "0"}
    command = [sys.executable, "-c", PRINT, str(project)]
    done = subprocess.run(command, env=os.environ | ascii_only, capture_output=True, text=True, check=True, timeout=120)
    results = [result for run in json.loads(done.stdout) for result in run["results"]]
    assert [result["ruleId"] for result in results] == ["FJ-TAG-001"]
    assert SAYS in results[0]["message"]["text"]


def test_without_evidence_there_are_no_findings(project: Path) -> None:
    assert _sarif_runs(PolicyPreview("", None, False), project) == []


def test_what_is_wrong_with_the_evidence_is_one_sentence(project: Path) -> None:
    evidence = project / "guardrails-1.jsonl"
    evidence.write_text("[]\n")
    with pytest.raises(CommandError, match="line 1 is no finding of evidence: it is no object; name a file"):
        _sarif_runs(PolicyPreview("", evidence, False), project)
