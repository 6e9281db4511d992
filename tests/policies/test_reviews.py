"""Reviews of programs are added from evidence, kept, and removed only for stacks that were evaluated."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from guardrails.__main__ import main
from guardrails.engine.reviewed_programs import FILE, load_reviewed_programs
from guardrails.engine.settings_files import SetupError
from guardrails.reviews import Reviews

A, B, C = "a" * 64, "b" * 64, "c" * 64
COMMENTS = "# Ours.\n# Read before you approve.\n"


def row(digest: str, name: str, *, stack: str = "dev", verdict: str = "fail", rule: str = "FJ-ESC-127") -> str:
    says = "data.run is a program that nobody has reviewed" + (f" (sha256:{digest})" if digest else "")
    return json.dumps({
        "rule": rule, "concern": "escape", "urn": f"urn:pulumi:{stack}::p::kubernetes:core/v1:ConfigMap::{name}",
        "path": "data.run", "says": says, "verdict": verdict, "level": "mandatory", "controls": [],
    })  # fmt: skip


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / FILE).write_text(f"{COMMENTS}reviewed_programs: []\n")
    return tmp_path


def reviews(folder: Path, *rows: str, name: str = "guardrails-1.jsonl") -> Reviews:
    (folder / name).write_text("".join(f"{line}\n" for line in rows))
    return Reviews.of([folder / name], folder)


def listed(folder: Path) -> list[str]:
    return list(load_reviewed_programs(folder / FILE))


def test_programs_without_a_review_are_added_by_place_and_once(folder: Path) -> None:
    rows = [row(B, "two"), row(A, "one"), row(C, "other", rule="FJ-ESC-126"), row(A, "zwei"), row(A, "one")]
    assert [place["digest"] for place in reviews(folder, *rows).unreviewed] == [A, B]
    assert reviews(folder, *rows).add("a. reader", "read with the team") == 2
    assert listed(folder) == [A, B]
    before = (folder / FILE).read_text()
    assert before.startswith(COMMENTS + "reviewed_programs:\n- digest: aaaa")
    assert "where: urn:pulumi:dev::p::kubernetes:core/v1:ConfigMap::one#data.run\n" in before
    assert reviews(folder, *rows).unreviewed == []
    assert reviews(folder, *rows).add("another", "read it again") == 0
    assert (folder / FILE).read_text() == before


def test_what_is_reviewed_stays(folder: Path) -> None:
    reviews(folder, row(B, "two")).add("first", "read with the team")
    assert reviews(folder, row(A, "one")).add("second", "read by the owner") == 1
    assert {digest: item.reviewed_by for digest, item in load_reviewed_programs(folder / FILE).items()} == {
        A: "second", B: "first",
    }  # fmt: skip


def test_unused_reviews_are_removed_for_the_stacks_of_the_evidence(folder: Path) -> None:
    reviews(folder, row(A, "one"), row(B, "two"), row(C, "one", stack="prod")).add("a. reader", "read with the team")
    passed = reviews(folder, row(A, "one", verdict="pass"))
    assert [place["digest"] for place in passed.unused] == [B]
    assert passed.prune() == 1
    assert listed(folder) == [A, C]
    assert reviews(folder, row(A, "one", verdict="pass")).prune() == 0
    assert reviews(folder).prune() == 0, "evidence without the rule says nothing of the programs"
    assert listed(folder) == [A, C]


def test_an_exempt_program_is_used(folder: Path) -> None:
    reviews(folder, row(A, "one"), row(B, "two")).add("a. reader", "read with the team")
    assert reviews(folder, row(A, "one", verdict="exempt"), row(B, "two")).unused == []


def test_a_stopped_run_removes_nothing(folder: Path) -> None:
    found = reviews(folder, row(A, "one"), name="guardrails-1.part")
    assert found.add("a. reader", "read with the team") == 1
    with pytest.raises(SetupError, match="name that of a complete one"):
        reviews(folder, name="guardrails-1.part").prune()
    assert listed(folder) == [A]


def test_programs_that_are_not_known_are_named_and_not_added(folder: Path) -> None:
    found = reviews(folder, row("", "one", verdict="undetermined"))
    assert found.found.unknown == ("urn:pulumi:dev::p::kubernetes:core/v1:ConfigMap::one#data.run",)
    assert found.unreviewed == []


@pytest.mark.parametrize(("by", "reason", "message"), [
    ("", "read with the team", "reviewed_by"), ("a. reader", "fine", "at least 10 characters"),
])  # fmt: skip
def test_a_review_without_a_name_or_a_reason_is_not_written(folder: Path, by: str, reason: str, message: str) -> None:
    before = (folder / FILE).read_text()
    with pytest.raises(SetupError, match=message):
        reviews(folder, row(A, "one")).add(by, reason)
    assert (folder / FILE).read_text() == before


def test_a_malformed_file_is_named(folder: Path) -> None:
    (folder / FILE).write_text("reviewed_programs: [{digest: x}]\n")
    with pytest.raises(SetupError, match=r"reviewed_programs\.yaml: reviewed_programs\.0\.digest: 'x' is not allowed"):
        reviews(folder, row(A, "one"))


def test_the_pack_prints_what_it_found_and_did(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    evidence = str(folder / "guardrails-1.jsonl")
    reviews(folder, row(A, "one"))
    command = ["--settings", str(folder), "review", evidence]
    main([*command, "--by", "a. reader", "--reason", "read with the team"])
    first = json.loads(capsys.readouterr().out)
    assert ([item["digest"] for item in first["unreviewed"]], first["added"], first["removed"]) == ([A], 1, 0)
    reviews(folder, row(B, "two"))
    main([*command, "--prune"])
    second = json.loads(capsys.readouterr().out)
    assert ([item["digest"] for item in second["unused"]], second["added"], second["removed"]) == ([A], 0, 1)
    assert listed(folder) == []
