"""Checks of the arguments of calls, in the tests of components and settings."""

from collections.abc import Iterator
from contextlib import nullcontext

import pytest

from tests.checked_calls import check_calls, checking, loaded_modules

CHECKED = ("components", "core", "settings")
"""Folders whose tests run the pure functions of components; `finops` has checks of its own."""


def pytest_collection_finish() -> None:
    """Prepares the checks of the arguments of calls."""
    check_calls(loaded_modules())


@pytest.fixture(autouse=True)
def _checked_arguments(request: pytest.FixtureRequest) -> Iterator[None]:
    with checking() if request.path.parent.name in CHECKED else nullcontext():
        yield
