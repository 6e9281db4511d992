"""Fixtures of the tests of rules and dashboards."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from tests.monitoring import tools
from tests.scan.tools import NoTools


@pytest.fixture(scope="session")
def promtool() -> Path:
    """Prometheus' checker of rules. Without it the tests are skipped, or fail if it is required."""
    try:
        return tools.promtool()
    except NoTools as missing:
        if os.environ.get("FALAJ_REQUIRE_ENGINE"):
            pytest.fail(f"promtool is required: {missing}")
        pytest.skip(str(missing))
