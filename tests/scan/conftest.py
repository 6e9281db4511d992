"""What the scans look at: each stack brought up once on the real engine, for all test processes together."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

import pytest

from falaj.sandbox.toolchain import Engine
from tests.engine.conftest import MakeProject, engine, make_project  # noqa: F401 (fixtures)
from tests.engine.lives import EXAMPLES, life, once, shared_folder
from tests.scan import tools
from tests.scan.plan import Planned, planned
from tests.scan.tools import NoTools

STACKS = ("dev", "prod-uae")


@pytest.fixture(scope="session")
def plans(
    engine: Engine,  # noqa: F811
    make_project: MakeProject,  # noqa: F811
    tmp_path_factory: pytest.TempPathFactory,
) -> list[Planned]:
    """Everything that stacks and examples plan. The state after `up` is taken: there every value is known."""
    shared = shared_folder(tmp_path_factory)
    states = {
        stack: once(shared / f"state-{stack}.json", lambda stack=stack: _brought_up(stack, make_project))
        for stack in STACKS
    }
    states |= {stack: life(example, engine, tmp_path_factory) for example, stack in EXAMPLES.items()}
    assert all(kept["state"] for kept in states.values())
    return [item for stack, kept in states.items() for item in planned(stack, kept["state"])]


def _brought_up(stack: str, make_project: MakeProject) -> dict:  # noqa: F811
    project = make_project(name=f"scan-{stack}")
    made = project.run("up", stack, pack=True)
    assert made.status == 0, made.output
    return {"state": project.state(stack)}


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
