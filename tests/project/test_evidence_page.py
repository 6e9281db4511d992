"""The page for auditors: it describes every field of a line of evidence, every verdict, and every rule of the pack."""

import json
import re
from pathlib import Path

from guardrails.engine.evidence import EvidenceFile
from guardrails.engine.operations import Operation
from guardrails.engine.verdicts import Verdict

from tests.policies.harness import Given, Pack
from tests.project.pages import ROOT

PAGE = (ROOT / "docs" / "evidence.md").read_text(encoding="utf-8")


def section(title: str) -> str:
    return PAGE.partition(f"\n## {title}\n")[2].partition("\n## ")[0]


def test_every_field_of_a_line_is_described(tmp_path: Path) -> None:
    pack = Pack()
    pack.run.evidence = EvidenceFile(tmp_path, Operation)
    pack.evaluate_resource(Given("aws:sqs/queue:Queue", {"region": "me-central-1"}, "jobs", stack="dev"))
    pack.evaluate_stack()
    (file,) = tmp_path.iterdir()
    fields = {key for line in file.read_text().splitlines() for key in json.loads(line)}
    table = section("What a line says").partition("| --- | --- |")[2].splitlines()
    assert {name for line in table for name in re.findall(r"`([a-z]+)`", line.partition(" | ")[0])} == fields


def test_every_verdict_is_described() -> None:
    assert [each for each in Verdict if f"`{each}`" not in section("What a line says")] == []


def test_every_rule_of_the_pack_itself_is_described() -> None:
    files = [*(ROOT / "policy_pack").rglob("*.py"), *(ROOT / "falaj" / "finops").rglob("*.py")]
    named = {found for file in files for found in re.findall(r'"(FJ-PACK-\d+)"', file.read_text(encoding="utf-8"))}
    assert set(re.findall(r"FJ-PACK-\d+", section("Rules of the pack itself"))) == named
