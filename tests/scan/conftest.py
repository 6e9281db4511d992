"""What the scans look at: each stack brought up once on the real engine, for all test processes together."""

from __future__ import annotations

import fcntl
import json
import os
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.engine.conftest import MakeProject, engine, make_project  # noqa: F401 (fixtures)
from tests.scan import tools
from tests.scan.plan import Planned, planned
from tests.scan.tools import NoTools

STACKS = ("dev", "prod-uae")


@pytest.fixture(scope="session")
def plans(make_project: MakeProject, tmp_path_factory: pytest.TempPathFactory) -> list[Planned]:  # noqa: F811
    """Everything that the stacks plan. The state after `up` is taken: there every value is known."""
    base = tmp_path_factory.getbasetemp()
    shared = base.parent if "PYTEST_XDIST_WORKER" in os.environ else base
    return [item for stack in STACKS for item in planned(stack, _state(stack, shared, make_project))]


def _state(stack: str, shared: Path, make_project: MakeProject) -> list[dict]:  # noqa: F811
    """The state of a stack that is up: from the first process that asks."""
    kept = shared / f"state-{stack}.json"
    with kept.with_suffix(".lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not kept.is_file():
            project = make_project(name=f"scan-{stack}")
            made = project.run("up", stack, pack=True)
            assert made.status == 0, made.output
            kept.write_text(json.dumps(project.state(stack)))
    return json.loads(kept.read_text())


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
