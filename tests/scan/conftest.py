"""What the scans look at: each stack brought up once on the real engine, for all test processes together."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

import pytest

from falaj.sandbox.toolchain import Engine
from tests.engine.conftest import engine  # noqa: F401 (fixture)
from tests.engine.lives import EXAMPLES, all_deployments
from tests.scan import tools
from tests.scan.plan import Planned, planned
from tests.scan.tools import NoTools


@pytest.fixture(scope="session")
def plans(
    engine: Engine,  # noqa: F811
    tmp_path_factory: pytest.TempPathFactory,
) -> list[Planned]:
    """Everything that stacks and examples plan. The state after `up` is taken: there every value is known."""
    lived = all_deployments(engine, tmp_path_factory)
    assert all(kept["ran"]["up"]["status"] == 0 and kept["state"] for kept in lived.values())
    return [item for name, kept in lived.items() for item in planned(EXAMPLES.get(name, name), kept["state"])]


@pytest.fixture(scope="session")
def python_tools() -> Path:
    """The scanners written in Python; without them the tests are skipped, or fail where they are required."""
    return _required(tools.python_tools)


@pytest.fixture(scope="session")
def trivy_program() -> Path:
    """Trivy's checks; without them the tests are skipped, or fail where they are required."""
    return _required(tools.trivy)


def _required(get: Callable[[], Path]) -> Path:
    try:
        return get()
    except NoTools as missing:
        if os.environ.get("FALAJ_REQUIRE_ENGINE"):
            pytest.fail(f"the scanners are required: {missing}")
        pytest.skip(str(missing))
