"""The browser, once for all files."""

import os

import pytest

from tests.browser.tools import Browser, browser
from tests.scan.tools import NoTools


@pytest.fixture(scope="session")
def installed() -> Browser:
    """Returns the browser; without one the tests are skipped, or fail if the engine is required (`./test --all`)."""
    try:
        return browser()
    except NoTools as missing:
        if os.environ.get("FALAJ_REQUIRE_ENGINE"):
            pytest.fail(f"a browser is required: {missing}")
        pytest.skip(str(missing))
