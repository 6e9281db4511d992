"""Checks of the tests of the policy pack."""

from collections.abc import Iterator
from contextlib import nullcontext

import pytest

from tests.checked_calls import check_calls, checking, loaded_modules
from tests.policies.finding_paths import check_paths


def pytest_collection_finish() -> None:
    """Prepares the checks of the arguments of calls, and of the paths of findings."""
    check_calls(loaded_modules())
    check_paths()


@pytest.fixture(autouse=True)
def _checked_calls(request: pytest.FixtureRequest) -> Iterator[None]:
    """Attacks are thousands of cases of the rules that the other files test: to check them too would only take time."""
    with nullcontext() if request.path.name.startswith("test_attack") else checking():
        yield
