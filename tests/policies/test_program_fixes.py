"""The fix of a setting is one for its harm: members of a group are no answer where records are lost."""

import csv

import pytest
from guardrails.engine.data_folder import DATA
from guardrails.identity.program_switch_rows import fix_of, program_switches

from .blind import k8s, meta
from .harness import Pack

HARMS = sorted({item.harm for item in program_switches()})
TABLES, FIXES = ("program_switches.csv", "joined_switches.csv"), "program_fixes.csv"


def _rows(table: str) -> list[dict[str, str]]:
    with (DATA / table).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def _fix(name: str, value: str) -> str:
    text = next(
        report.text
        for report in Pack().evaluate_plan(k8s("core/v1:ConfigMap", {"metadata": meta(), "data": {name: value}}))
        if report.rule == "FJ-IDN-313"
    )
    return text.partition(" Fix: ")[2]


@pytest.mark.parametrize(("name", "value", "fix"), [
    ("GF_AUTH_ANONYMOUS_ENABLED", "true", "let in members of a group"),
    ("audit.enabled", "false", "every record is written"),
])  # fmt: skip
def test_the_fix_says_what_to_set(name: str, value: str, fix: str) -> None:
    assert fix in _fix(name, value)


def test_each_fix_is_of_some_harm_and_each_harm_has_one() -> None:
    named = {(row["harm"], row["fix"]) for table in TABLES for row in _rows(table)}
    assert {fix for _, fix in named} == {""} | {row["name"] for row in _rows(FIXES)}
    assert len(named) == len({harm for harm, _ in named})


@pytest.mark.parametrize(("harm", "part"), [
    ("what is done is recorded by nobody", "kept until it is read"),
    ("tokens of callers stand in logs", "leave tokens"),
    ("the password of a user stands in the program and in its state", "store of secrets"),
    ("rows cross the network in plain text", "Use TLS"), ("figures on use go to the vendor abroad", "the vendor"),
    ("rows are lost when a node fails", "confirmed and kept"), ("everybody may do everything", ""),
    ("the firewall of the application only records", "the mode"),
    ("policies of the mesh have no effect", "not checked"),
])  # fmt: skip
def test_a_harm_has_the_fix_of_its_row(harm: str, part: str) -> None:
    assert harm in HARMS
    assert part in fix_of(harm) if part else fix_of(harm) == ""
