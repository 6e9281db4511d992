"""Checks of all tests of the policy pack."""

from collections.abc import Iterator

import pytest

from tests.checked_calls import check_calls, checking, loaded_modules
from tests.policies.finding_paths import check_paths


def pytest_collection_finish() -> None:
    """Prepares the checks of the arguments of calls, and of the paths of findings."""
    check_calls(loaded_modules())
    check_paths()


@pytest.fixture(autouse=True)
def _checked_calls() -> Iterator[None]:
    with checking():
        yield
