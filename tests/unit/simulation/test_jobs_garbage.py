"""A month of jobs leaves no unreachable objects before it ends: none are looked for meanwhile."""

import gc

import pytest

from falaj.simulation.jobs import simulation
from tests.unit.simulation.contested_months import contested_month


@pytest.mark.parametrize("is_enabled", [True, False])
def test_collection_is_as_it_was_before_a_month(is_enabled: bool, monkeypatch: pytest.MonkeyPatch) -> None:
    during: list[bool] = []
    run = simulation._Month.run  # pyright: ignore[reportPrivateUsage]
    monkeypatch.setattr(simulation._Month, "run", lambda month: during.append(gc.isenabled()) or run(month))
    was_enabled = gc.isenabled()
    try:
        gc.enable() if is_enabled else gc.disable()
        contested_month(1)
        assert gc.isenabled() == is_enabled
    finally:
        gc.enable() if was_enabled else gc.disable()
    assert during == [False]


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
