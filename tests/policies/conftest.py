"""Checks of all fast tests."""

import pytest

from tests.checked_calls import check_calls, loaded_modules


def pytest_collection_finish(session: pytest.Session) -> None:
    """Checks the arguments of every call between the modules that the tests have loaded."""
    check_calls(loaded_modules())
