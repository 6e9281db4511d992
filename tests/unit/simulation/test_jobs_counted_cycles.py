"""Cycles that are counted only: the month is the same as if each head were evaluated in a cycle of its own."""

import pytest

from falaj.simulation.jobs import kind_columns, kinds
from falaj.simulation.jobs.admission import Admission
from falaj.simulation.outcome import Outcome
from tests.unit.simulation.contested_months import contested_month


@pytest.mark.parametrize("seed", [1, 3, 4])
def test_counting_the_cycles_of_heads_that_do_not_fit_changes_nothing(
    seed: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    evaluated: list[int] = []
    choose = Admission._choose  # pyright: ignore[reportPrivateUsage]
    monkeypatch.setattr(Admission, "_choose", lambda *given: evaluated.append(given[2].index) or choose(*given))
    months: list[Outcome] = []
    counts: list[int] = []
    for few in (10**9, 0):
        monkeypatch.setattr(kinds, "FEW_KINDS", few)
        months.append(contested_month(seed))
        counts.append(len(evaluated))
        evaluated.clear()
    assert months[0] == months[1]
    assert counts[1] < 0.5 * counts[0]


def test_listing_few_open_kinds_and_looking_at_the_oldest_one_by_one_change_nothing(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    month = contested_month(1)
    monkeypatch.setattr(kind_columns, "FEW_OPEN", 0)
    monkeypatch.setattr(kinds, "FEW_WITHIN", 0)
    assert contested_month(1) == month
