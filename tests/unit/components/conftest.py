"""Checks of the arguments of calls, in all tests of components."""

from collections.abc import Iterator

import pytest

from tests.checked_calls import check_calls, checking, loaded_modules


def pytest_collection_finish() -> None:
    """Prepares the checks."""
    check_calls(loaded_modules())


@pytest.fixture(autouse=True)
def _checked_calls() -> Iterator[None]:
    with checking():
        yield
