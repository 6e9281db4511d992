"""One day for all tests of FinOps: the age of prices is counted from it."""

import pytest

from falaj.facts.clock import VARIABLE


@pytest.fixture(autouse=True)
def _one_day(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(VARIABLE, "2026-11-27")
