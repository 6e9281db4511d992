"""A month of jobs leaves no unreachable objects before it ends: they are seldom looked for meanwhile."""

import gc

import pytest

from falaj.simulation.jobs import simulation
from tests.unit.simulation.contested_months import contested_month


def test_collection_is_as_it_was_before_a_month(monkeypatch: pytest.MonkeyPatch) -> None:
    during: list[int] = []
    run = simulation._Month.run  # pyright: ignore[reportPrivateUsage]
    monkeypatch.setattr(simulation._Month, "run", lambda month: during.append(gc.get_threshold()[2]) or run(month))
    before = gc.get_threshold()
    contested_month(1)
    assert gc.get_threshold() == before
    assert during == [simulation.NEVER]


def test_a_month_makes_no_unreachable_cycles(monkeypatch: pytest.MonkeyPatch) -> None:
    """A month with evictions, of which nothing is left over but the month itself."""
    found: list[int] = []
    run = simulation._Month.run  # pyright: ignore[reportPrivateUsage]
    contested_month(1)
    gc.collect()

    def count(month: simulation._Month) -> object:  # pyright: ignore[reportPrivateUsage]
        outcome = run(month)
        found.append(gc.collect())
        return outcome

    monkeypatch.setattr(simulation._Month, "run", count)
    contested_month(1)
    assert found == [0]
