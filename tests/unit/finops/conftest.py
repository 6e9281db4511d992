"""One day for all tests of FinOps, from which the age of prices is counted, and checks of the arguments of calls."""

from collections.abc import Iterator
from contextlib import nullcontext

import pytest

from falaj.facts.clock import VARIABLE
from tests.checked_calls import check_calls, checking, loaded_modules


def pytest_collection_finish() -> None:
    """Prepares the checks of the arguments of calls."""
    check_calls(loaded_modules())


@pytest.fixture(autouse=True)
def _one_day(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(VARIABLE, "2026-11-27")


@pytest.fixture(autouse=True)
def _checked_calls(request: pytest.FixtureRequest) -> Iterator[None]:
    """Exports are read row by row in the engine for tables, and spoiled inputs are thousands: neither is checked."""
    with nullcontext() if request.path.name.startswith(("test_showback", "test_spoiled")) else checking():
        yield
