"""Fixtures of the scans: the planned resources of each stack, deployed once for all processes, and the scanners."""

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
    """All resources that stacks and examples plan, from the state after `up`, where all values are known."""
    deployments = all_deployments(engine, tmp_path_factory)
    assert all(record["ran"]["up"]["status"] == 0 and record["state"] for record in deployments.values())
    return [item for name, record in deployments.items() for item in planned(EXAMPLES.get(name, name), record["state"])]


@pytest.fixture(scope="session")
def python_tools() -> Path:
    """The scanners written in Python. Without them the tests are skipped, or fail if they are required."""
    return _required(tools.python_tools)


@pytest.fixture(scope="session")
def trivy_program() -> Path:
    """Trivy's checks. Without them the tests are skipped, or fail if they are required."""
    return _required(tools.trivy)


def _required(get: Callable[[], Path]) -> Path:
    try:
        return get()
    except NoTools as missing:
        if os.environ.get("FALAJ_REQUIRE_ENGINE"):
            pytest.fail(f"the scanners are required: {missing}")
        pytest.skip(str(missing))
