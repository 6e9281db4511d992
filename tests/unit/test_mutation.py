"""Mutation testing: which tests are chosen, what counts as noticed, and the rate with its interval."""

from __future__ import annotations

import json
import subprocess
from contextlib import nullcontext
from dataclasses import asdict
from pathlib import Path
from types import SimpleNamespace
from typing import Any, cast

import pytest

from tests.mutation import __main__ as command
from tests.mutation.baseline import CASES, RECORDED_SECONDS, Recorder, spread_cases
from tests.mutation.mutant import (
    CORPORA,
    DECLARATIONS,
    KILLED,
    SURVIVED,
    TESTS,
    TIMED_OUT,
    Mutant,
    read_mutants,
    write_mutants,
)
from tests.mutation.report import Rate, rates, table
from tests.mutation.selection import MAX_SECONDS, Coverage, select
from tests.scan.tools import NoTools

SOURCE = """\
LIMIT = 3


def is_small(number: int) -> bool:
    return number < LIMIT


def unused(number: int) -> int:
    return number + 1
"""
USER = "from falaj.finops.limits import LIMIT\n\n\ndef double() -> int:\n    return 2 * LIMIT\n"
LIMITS, DOUBLES = "falaj/finops/limits.py", "falaj/finops/doubles.py"


def mutant(outcome: str = "", file: str = LIMITS, line: int = 5, **fields: Any) -> Mutant:
    return Mutant(file, line, "a < b", "a <= b", SOURCE, outcome=outcome, **fields)


@pytest.fixture
def project(tmp_path: Path) -> Path:
    for name, content in ((LIMITS, SOURCE), (DOUBLES, USER)):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text(content)
    return tmp_path


def test_the_interval_is_wilsons() -> None:
    """9 of 10: 59.6 % to 98.2 % (R's `prop.test(9, 10, correct = FALSE)`)."""
    assert Rate(10, 8, 1).interval == pytest.approx((0.59585, 0.98212), abs=1e-5)
    assert Rate(0, 0, 0).interval == (0.0, 1.0)
    assert (Rate(3, 0, 0).interval[0], Rate(3, 3, 0).interval[1]) == (0.0, 1.0)


def test_a_mutant_that_times_out_is_noticed_and_survivors_are_listed() -> None:
    mutants = [mutant(KILLED), mutant(TIMED_OUT), mutant(SURVIVED, "components/core/burn.py")]
    found = rates(mutants)
    assert {folder: rate.share for folder, rate in found.items()} == pytest.approx(
        {"falaj/finops": 1.0, "components/core": 0.0, "all": 2 / 3}
    )
    text = table(mutants)
    assert "| falaj/finops | 2 | 1 | 1 | 0 | 100.0% | 34.2% to 100.0% |" in text
    assert "- components/core/burn.py:5 `a < b` -> `a <= b`" in text
    assert text.count("\n- ") == 1


@pytest.mark.parametrize(("survivors", "status"), [(0, 0), (1, 0), (2, 1)])
def test_the_exit_status_tells_whether_the_rate_is_reached(
    survivors: int, status: int, monkeypatch: pytest.MonkeyPatch, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    mutants = [mutant(SURVIVED)] * survivors + [mutant(KILLED)] * (10 - survivors)
    monkeypatch.setattr(command, "measure", lambda *given: mutants)
    written = tmp_path / "rates.json"
    assert command.main(["--wanted", "0.9", "--json", str(written)]) == status
    assert "| all | 10 |" in capsys.readouterr().out
    content = json.loads(written.read_text())
    assert content["rates"]["all"]["rate"] == 1 - survivors / 10
    assert "content" not in content["mutants"][0]


def test_missing_tools_are_a_sentence_and_status_2(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def missing(*given: object) -> list[Mutant]:
        raise NoTools("pip failed while it made mutation (no network)")

    monkeypatch.setattr(command, "measure", missing)
    assert command.main([]) == 2
    assert capsys.readouterr().err == "pip failed while it made mutation (no network)\n"


SECONDS = {"t/test_limits.py::exact": 5.0, "t/test_other.py::near": 1.0, "t/test_doubles.py::reads": 2.0}


def chosen(project: Path, line: int, contexts: dict[str, dict[int, set[str]]], **seconds: float) -> tuple[str, ...]:
    coverage = Coverage(lambda file: contexts.get(str(file.relative_to(project)), {}), SECONDS | seconds)
    return select(project, LIMITS, line, coverage)


def test_tests_of_the_line_come_before_those_of_its_function_and_others_are_not_chosen(project: Path) -> None:
    lines: dict[int, set[str]] = {5: {"t/test_limits.py::exact"}, 9: {"t/test_doubles.py::reads"}}
    assert chosen(project, 5, {LIMITS: lines}) == ("t/test_limits.py::exact",)
    lines[4] = {"t/test_other.py::near"}  # the line of `def` runs when the module is loaded
    assert chosen(project, 5, {LIMITS: lines}) == ("t/test_limits.py::exact",)


def test_what_a_module_defines_is_tested_by_its_functions_and_where_it_is_imported(project: Path) -> None:
    importers = {5: {"t/test_doubles.py::reads"}}
    assert chosen(project, 1, {DOUBLES: importers}) == ("t/test_doubles.py::reads",)
    own = {5: {"t/test_other.py::near"}}
    assert chosen(project, 1, {LIMITS: own, DOUBLES: importers}) == (
        "t/test_other.py::near",
        "t/test_doubles.py::reads",
    )
    assert chosen(project, 1, {}) == ()


def test_a_line_that_a_test_loads_is_read_by_others_too(project: Path) -> None:
    """The first test that imports a module runs the lines outside its functions; it may not read what they define."""
    lines: dict[int, set[str]] = {1: {"t/test_other.py::near"}, 5: {"t/test_limits.py::exact"}}
    assert chosen(project, 1, {LIMITS: lines, DOUBLES: {5: {"t/test_doubles.py::reads"}}}) == (
        "t/test_other.py::near",
        "t/test_limits.py::exact",
        "t/test_doubles.py::reads",
    )


@pytest.mark.parametrize("declarations", DECLARATIONS[""])
def test_tests_of_declarations_are_tried_for_lines_outside_functions(project: Path, declarations: str) -> None:
    name, lines = f"{declarations}test_defaults", {5: {"t/test_limits.py::exact"}}
    own = "t/test_limits.py::exact"
    assert chosen(project, 1, {LIMITS: lines}, **{name: 1.0}) == (name, own)
    assert chosen(project, 4, {LIMITS: lines}, **{name: 1.0}) == (name, own)  # the defaults of parameters
    assert chosen(project, 5, {LIMITS: lines}, **{name: 1.0}) == (own,)


@pytest.mark.parametrize("declarations", DECLARATIONS["policy_pack/"])
def test_tests_of_the_tables_of_guardrails_are_tried_for_guardrails_only(project: Path, declarations: str) -> None:
    rows = "policy_pack/guardrails/rows.py"
    (project / rows).parent.mkdir(parents=True)
    (project / rows).write_text("TABLE = 3\n")
    name = f"{declarations}test_rows"
    coverage = Coverage(lambda file: {}, {name: 1.0})
    assert select(project, rows, 1, coverage) == (name,)
    assert select(project, LIMITS, 1, coverage) == ()


def test_names_that_share_words_come_first_and_the_slowest_are_left_out(project: Path) -> None:
    names = {"t/test_limits.py::exact", "t/test_other.py::near", "t/test_doubles.py::reads"}
    assert chosen(project, 5, {LIMITS: {5: names}}) == (
        "t/test_limits.py::exact",
        "t/test_other.py::near",
        "t/test_doubles.py::reads",
    )
    slow = {"t/test_doubles.py::reads": 14.5}
    assert chosen(project, 5, {LIMITS: {5: names}}, **slow) == ("t/test_limits.py::exact", "t/test_other.py::near")
    coverage = Coverage(lambda file: {5: names} if file == project / LIMITS else {}, SECONDS | slow)
    assert select(project, LIMITS, 5, coverage, 20.5)[-1] == "t/test_doubles.py::reads"


def case(nodeid: str) -> pytest.Item:
    return cast("pytest.Item", SimpleNamespace(nodeid=nodeid))


def recorded(cases: int, *spent: float) -> Recorder:
    """A recorder of a function of which some cases have run."""
    recorder = Recorder(SimpleNamespace())
    recorder.pytest_collection_modifyitems([case(f"t.py::many[{number}]") for number in range(cases)])
    recorder.spent["t.py::many"] = list(spent)
    return recorder


def test_cases_that_are_spread_evenly_come_first() -> None:
    names = [f"t.py::many[{number}]" for number in range(8)] + ["t.py::one"]
    ordered = [item.nodeid for item in spread_cases([case(name) for name in names])]
    assert ordered == [f"t.py::many[{number}]" for number in (0, 2, 4, 6, 1, 3, 5, 7)] + ["t.py::one"]


@pytest.mark.parametrize(
    ("spent", "is_skipped"),
    [
        ((RECORDED_SECONDS, 0.1), False),  # too few cases
        ((RECORDED_SECONDS / CASES,) * CASES, False),
        ((RECORDED_SECONDS, *(0.1,) * (CASES - 1)), True),
        ((0.001,) * 100 * CASES, False),
        ((MAX_SECONDS,), False),
        ((MAX_SECONDS, 0.1), True),
    ],
)
def test_other_cases_are_skipped_once_enough_are_recorded(spent: tuple[float, ...], is_skipped: bool) -> None:
    with pytest.raises(pytest.skip.Exception) if is_skipped else nullcontext():
        recorded(1000, *spent).pytest_runtest_setup(case("t.py::many[1]"))


def test_what_the_first_case_loads_is_not_counted_for_every_case() -> None:
    """A table of properties was left out because its first case loads the SDK."""
    assert recorded(100, 4.0, 0.01, 0.03, 0.02).seconds == {"t.py::many": pytest.approx(4.06 + 96 * 0.02)}
    assert recorded(3, 0.5).seconds == {"t.py::many": 1.5}


def test_mutants_are_read_as_they_were_written(tmp_path: Path) -> None:
    written = [mutant(KILLED, tests=("a", "b"), killer="a")]
    write_mutants(tmp_path / "mutants.json", written)
    assert read_mutants(tmp_path / "mutants.json") == written


def test_the_checkout_is_copied_without_what_git_ignores(tmp_path: Path) -> None:
    root, copy = tmp_path / "root", tmp_path / "copy"
    root.mkdir()
    subprocess.run(["git", "init", "--quiet"], cwd=root, check=True, timeout=60)
    (root / ".gitignore").write_text("*.log\n")
    (root / "a.log").touch()
    (root / "new.py").write_text("1\n")
    (root / "link").symlink_to("new.py")
    assert command.copied(root, copy) == [".gitignore", "link", "new.py"]
    assert (copy / "link").is_symlink()
    assert not (copy / "a.log").exists()


def test_a_checkout_is_copied_over_its_copy(tmp_path: Path) -> None:
    """Where links to one folder are."""
    root, copy = tmp_path / "root", tmp_path / "copy"
    subprocess.run(["git", "init", "--quiet", str(root)], check=True, timeout=60)
    for name in ("pack", "a", "b"):
        (root / name).mkdir()
    (root / "pack" / "rule.py").touch()
    for name in ("a", "b"):
        (root / name / "pack").symlink_to("../pack")
    assert command.copied(root, copy) == command.copied(root, copy) == ["a/pack", "b/pack", "pack/rule.py"]
    assert [path.name for path in (copy / "pack").iterdir()] == ["rule.py"]
    assert (copy / "a" / "pack").is_symlink()


def test_the_tests_of_declarations_and_corpora_exist() -> None:
    """A renamed test would silently be left out."""
    root = Path(command.__file__).parents[2]
    for beginning in (each for some in (*DECLARATIONS.values(), *CORPORA.values()) for each in some):
        file, _, function = beginning.partition("::")
        assert file.startswith(TESTS)
        assert f"def {function or 'test_'}" in (root / file).read_text()


def test_a_kept_folder_goes_on_where_it_was_interrupted(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The interruption left a changed file in a copy, and one of two mutants without an outcome."""
    steps: list[str] = []

    def step(python: Path, name: str, copy: Path, seconds: int, *arguments: str) -> str:
        steps.append(name)
        if name == "trial":
            assert copy.is_absolute()
            assert (copy / LIMITS).read_text() == SOURCE
            mutants = read_mutants(Path(arguments[0]))
            is_interrupted = copy.name == "share-000" and not mutants[0].outcome
            mutants[0].outcome = KILLED
            write_mutants(Path(arguments[0]), mutants)
            (copy / LIMITS).write_text("LIMIT = 4\n")
            if is_interrupted:
                raise subprocess.TimeoutExpired("trial", seconds)
        return json.dumps([asdict(mutant())] * 4) if name == "draw" else ""

    def checkout(root: Path, copy: Path) -> list[str]:
        (copy / LIMITS).parent.mkdir(parents=True, exist_ok=True)
        (copy / LIMITS).write_text(SOURCE)
        return [LIMITS]

    monkeypatch.setattr(command, "tools", lambda: tmp_path)
    monkeypatch.setattr(command, "packages", lambda environment: environment)
    monkeypatch.setattr(command, "copied", checkout)
    monkeypatch.setattr(command, "_step", step)
    monkeypatch.setattr(command, "PROCESSES", 2)
    monkeypatch.chdir(tmp_path)
    given: tuple[Any, ...] = (tmp_path, ("falaj/finops",), ("tests/unit",), 2, 1, Path("kept"))
    (tmp_path / "kept").mkdir()
    with pytest.raises(subprocess.TimeoutExpired):
        command.measure(*given)
    assert [each.outcome for each in command.measure(*given)] == [KILLED, KILLED, "", ""]
    assert (steps[:2], {*steps[2:]}) == (["draw", "baseline"], {"trial"})
    assert {path.stem for path in (tmp_path / "kept" / "shares").iterdir()} == {"share-000", "share-001"}


@pytest.mark.parametrize("number", [1, 2, 3, 7])
def test_shares_are_dealt_and_none_is_empty(tmp_path: Path, number: int) -> None:
    command.write_shares(tmp_path / "shares", [mutant(line=line) for line in range(5)], number)
    dealt = [[each.line for each in read_mutants(file)] for file in sorted((tmp_path / "shares").iterdir())]
    assert dealt == [list(range(5))[share::number] for share in range(min(number, 5))]
