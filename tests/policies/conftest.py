"""Checks of the tests of the policy pack."""

from collections.abc import Iterator
from contextlib import nullcontext

import pytest

from tests.checked_calls import check_calls, checking, loaded_modules
from tests.policies.finding_paths import check_paths

CHECKED = tuple(
    f"test_{family}"
    for family in (
        "cluster", "cost", "encryption", "evasion", "exposure", "finding", "good", "identity", "idioms", "images",
        "tags", "tokens", "transit", "unverifiable",
    )
)  # fmt: skip
"""Files whose calls are checked: they have cases of all rules but those of residency and resilience. The attacks are
thousands of cases of the same rules."""


def pytest_collection_finish() -> None:
    """Prepares the checks of the arguments of calls, and of the paths of findings."""
    check_calls(loaded_modules())
    check_paths()


@pytest.fixture(autouse=True)
def _checked_calls(request: pytest.FixtureRequest) -> Iterator[None]:
    with checking() if request.path.name.startswith(CHECKED) else nullcontext():
        yield
