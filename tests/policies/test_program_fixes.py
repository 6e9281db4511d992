"""The fix of a setting is one for its harm: members of a group are no answer where records are lost."""

import csv

import pytest
from guardrails.engine.data_folder import DATA
from guardrails.identity.program_switch_rows import fix_of, program_switches

from tests.processor_time import within

from .blind import k8s, meta
from .harness import Pack

HARMS = sorted({item.harm for item in program_switches()})
HOSTILE, SECOND = 20_000, 1.0


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


def test_each_fix_is_of_some_harm() -> None:
    with (DATA / "program_fixes.csv").open(encoding="utf-8", newline="") as file:
        fixes = [row["fix"] for row in csv.DictReader(file)]
    assert set(fixes) == {fix_of(harm) for harm in HARMS} - {""}


@pytest.mark.parametrize(("harm", "part"), [
    ("what is done is recorded by nobody", "kept until it is read"),
    ("tokens of callers stand in logs", "leave tokens"),
    ("the password of a user stands in the program and in its state", "store of secrets"),
    ("rows cross the network in plain text", "Use TLS"), ("figures on use go to the vendor abroad", "the vendor"),
    ("rows are lost when a node fails", "confirmed and kept"), ("everybody may do everything", ""),
    ("the firewall of the application only records", "the mode"),
    ("policies of the mesh have no effect", "not checked"),
])  # fmt: skip
def test_the_first_fix_of_a_harm_counts(harm: str, part: str) -> None:
    assert harm in HARMS
    assert part in fix_of(harm) if part else fix_of(harm) == ""


@pytest.mark.parametrize("part", ["stand ", "policies of ", "the policies have ", "a", "stands in logs", " "])
def test_long_harms_take_no_time(part: str) -> None:
    with within(SECOND):
        fix_of(part * (HOSTILE // len(part)))
