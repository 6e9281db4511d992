"""Names and tags of files that are read are plain text in every form of output: tables, Markdown, CSV, JSON, XML."""

import json
from pathlib import Path
from xml.etree import ElementTree

import pytest
from guardrails.reports import junit, rows_of, sarif

from tests.unit.cli.file_inputs import EVIDENCE, INPUTS, write_valid
from tests.unit.cli.injection import ATTACK, answers, attacked, harm

SHOWN = (
    "plan", "refresh", "workloads", "charges", "controlling", "lines of an invoice", "measurements in JSON",
    "inventory", "prometheus", "price sheet",
)  # fmt: skip
"""Inputs whose names are shown, one of each reader."""


@pytest.mark.parametrize("name", SHOWN)
def test_no_output_is_more_than_text(name: str, tmp_path: Path) -> None:
    write_valid(tmp_path)
    found = [
        (where, form, what, answer.sentence or answer.output)
        for where, form, answer in answers(name, tmp_path)
        if (what := harm(form, answer, INPUTS[name].command))
    ]
    assert found == []


@pytest.mark.parametrize("text", [ATTACK, "]]>", "a\x00b\x7f", '"><x'])
def test_reports_of_evidence_are_well_formed(text: str, tmp_path: Path) -> None:
    file = tmp_path / "evidence.jsonl"
    row = EVIDENCE[0] | {"urn": f"urn:pulumi:dev::p::t::{text}", "path": text, "says": text}
    file.write_text(json.dumps(row) + "\n")
    (case,) = ElementTree.fromstring(junit(rows_of([file]))).iter("testcase")  # noqa: S314 - made here
    assert case.attrib["name"].isprintable()
    assert json.loads(sarif(rows_of([file])))["runs"][0]["results"][0]["message"]


def test_an_attack_reaches_keys_values_and_columns() -> None:
    nested = [where for where, _ in attacked("plan", ATTACK)]
    assert any(where.startswith("key") for where in nested)
    assert len(nested) > 30
    assert len(list(attacked("charges", ATTACK))) > 10
