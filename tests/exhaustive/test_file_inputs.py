"""Mutants of each file that a command reads: answered in one sentence or with a result, at once, never by a traceback.

`python -m tests.exhaustive.file_inputs 100` tries more.
"""

import os

import pytest

from tests.exhaustive.file_inputs import run
from tests.thorough import many
from tests.unit.cli.file_inputs import INPUTS, answered, write_valid

COUNT = many(6)
"""Mutants of each file; fewer of simulations, which take a third of a second."""


@pytest.mark.parametrize("name", INPUTS)
def test_a_mutant_is_answered(name: str) -> None:
    count = COUNT if INPUTS[name].command[0] != "simulate" else 2
    answers = list(run([name], range(count)))
    assert [(change, what) for _, change, _, what in answers if what] == []


@pytest.mark.parametrize("name", [name for name in INPUTS if INPUTS[name].command[0] == "simulate"])
def test_a_pipe_in_place_of_a_trace_is_refused(name: str, tmp_path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("falaj.facts.strict_text.PIPE_SECONDS", 0.01)
    write_valid(tmp_path)
    os.mkfifo(tmp_path / "pipe")
    answer = answered(name, tmp_path, tmp_path / "pipe")
    assert (answer.status, answer.crash) == (2, None)
