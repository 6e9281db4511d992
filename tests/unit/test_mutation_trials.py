"""Mutation testing: what is tried of each mutant, in which order, and what is left of it."""

from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.mutation import trial as trials
from tests.mutation.mutant import CORPORA, KILLED, SURVIVED, Mutant, read_mutants, write_mutants
from tests.mutation.trial import Trial

LIMITS, DOUBLES, RULES = "falaj/finops/limits.py", "examples/doubles.py", "policy_pack/guardrails/rules.py"
SOURCE = "LIMIT = 3\n\n\ndef is_small(number: int) -> bool:\n    return number < LIMIT\n"


def mutant(outcome: str = "", file: str = LIMITS, tests: tuple[str, ...] = ()) -> Mutant:
    return Mutant(file, 5, "a < b", "a <= b", SOURCE, outcome=outcome, tests=tests)


def test_a_change_is_tried_and_undone(tmp_path: Path) -> None:
    (tmp_path / LIMITS).parent.mkdir(parents=True)
    (tmp_path / LIMITS).write_text(SOURCE)
    (tmp_path / "test_limits.py").write_text(
        "from falaj.finops.limits import is_small\n\n\ndef test_two():\n    assert is_small(2)\n\n\n"
        "def test_three():\n    assert not is_small(3)\n"
    )
    (tmp_path / "falaj" / "__init__.py").touch()
    content = SOURCE.replace("<", "<=")
    trial = Trial(tmp_path, Path(sys.executable))
    tried = Mutant(LIMITS, 5, "<", "<=", content, ("test_limits.py::test_two", "test_limits.py::test_three"))
    before = (tmp_path / LIMITS).stat().st_mtime
    trial.try_out(tried)
    assert (tried.outcome, tried.killer) == (KILLED, "test_limits.py::test_three")
    assert ((tmp_path / LIMITS).read_text(), (tmp_path / LIMITS).stat().st_mtime) == (SOURCE, before)
    trial.try_out(tried, frozenset({"test_limits.py::test_three"}))
    assert (tried.outcome, tried.killer) == (SURVIVED, "")
    assert trial.failures(("test_limits.py::test_two", "test_limits.py::test_three")) == frozenset()
    (tmp_path / "test_limits.py").write_text("def test_bad():\n    assert 0\n\n\ndef test_worse():\n    assert 0\n")
    assert trial.failures(("test_limits.py",)) == {"test_limits.py::test_bad", "test_limits.py::test_worse"}
    with pytest.raises(RuntimeError, match="fail without a change"):
        trial.check(["test_limits.py::test_bad"])


@pytest.fixture
def trials_of(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[..., tuple[list[object], list[Mutant]]]:
    """Tries mutants, which all survive; returns what was tried, and what is left."""

    def run(*mutants: Mutant) -> tuple[list[object], list[Mutant]]:
        tried: list[object] = []

        class Recording(Trial):
            def try_out(self, mutant: Mutant, left_out: frozenset[str] = frozenset()) -> None:
                tried.append((mutant.file, [test for test in mutant.tests if test not in left_out]))
                mutant.outcome = SURVIVED

            def check(self, tests: object) -> None:
                pass

            def failures(self, tests: object) -> frozenset[str]:
                return frozenset()

        monkeypatch.setattr(trials, "Trial", Recording)
        monkeypatch.setattr(trials, "forking_python", lambda *given: Path(sys.executable))
        write_mutants(tmp_path / "mutants.json", list(mutants))
        trials.main(str(tmp_path / "mutants.json"))
        return tried, read_mutants(tmp_path / "mutants.json")

    return run


def test_only_mutants_without_an_outcome_are_tried(trials_of: Callable[..., tuple[list[object], list[Mutant]]]) -> None:
    tried, left = trials_of(mutant(KILLED), mutant("", DOUBLES))
    assert tried == [(DOUBLES, [])]
    assert [each.outcome for each in left] == [KILLED, SURVIVED]


def test_survivors_of_guardrails_meet_the_corpora_once(
    trials_of: Callable[..., tuple[list[object], list[Mutant]]],
) -> None:
    corpora = list(CORPORA["policy_pack/"])
    tried, left = trials_of(mutant("", RULES, ("t.py::near",)), mutant(SURVIVED, DOUBLES), mutant(KILLED, RULES))
    assert tried == [(RULES, ["t.py::near"]), (RULES, corpora)]
    assert list(left[0].tests) == ["t.py::near", *corpora]
    assert trials_of(*left)[0] == []


def test_survivors_meet_the_tests_that_were_left_out(
    trials_of: Callable[..., tuple[list[object], list[Mutant]]],
) -> None:
    given = mutant("", DOUBLES, ("t.py::near",))
    given.later = ("t.py::slow",)
    tried, left = trials_of(given)
    assert tried == [(DOUBLES, ["t.py::near"]), (DOUBLES, ["t.py::slow"])]
    assert list(left[0].tests) == ["t.py::near", "t.py::slow"]
    assert trials_of(*left)[0] == []
