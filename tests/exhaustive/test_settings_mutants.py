"""Mutants of all stack files: none crashes the check, and each that is called good can be built."""

import pytest

from tests.exhaustive.settings_mutants import run

COUNT = 60
"""About a tenth of them is good. `python -m tests.exhaustive.settings_mutants 20000` answers more."""


@pytest.mark.filterwarnings("ignore")
def test_a_mutant_is_refused_or_can_be_built() -> None:
    answers = [(answer, made.base, made.change, why) for made, answer, why in run(COUNT)]
    assert [each for each in answers if each[0] in ("crashed", "slow", "not built")] == []
    assert {each[0] for each in answers} >= {"refused", "built"}
