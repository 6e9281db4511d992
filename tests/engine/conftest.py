"""Fixtures of the engine tests: the engine itself, and projects of their own."""

import os
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from falaj.sandbox.environment import prepare, variables
from falaj.sandbox.paths import Paths
from falaj.sandbox.session import Session
from falaj.sandbox.toolchain import Engine, NoEngine, find_engine
from tests.engine.harness import ROOT, Project

MakeProject = Callable[..., Project]


@pytest.fixture(scope="session")
def engine() -> Engine:
    """The real engine; without one the tests are skipped, or fail where they are required (`./test --all`)."""
    try:
        return find_engine(print)
    except NoEngine as missing:
        if os.environ.get("FALAJ_REQUIRE_ENGINE"):
            pytest.fail(f"the engine tests are required: {missing}")
        pytest.skip(str(missing))


@pytest.fixture(scope="session")
def make_project(engine: Engine, tmp_path_factory: pytest.TempPathFactory) -> MakeProject:
    """A maker of projects: a copy of ours, or another program with the same components and pack beside it."""

    def make(program: Path | str = ROOT / "__main__.py", name: str = "project") -> Project:
        folder = tmp_path_factory.mktemp(f"{name} project")  # a space, as in many a home folder
        for linked in ("components", "policy_pack"):
            (folder / linked).symlink_to(ROOT / linked)
        for file in ROOT.glob("Pulumi*.yaml"):
            shutil.copy(file, folder)
        text = program.read_text() if isinstance(program, Path) else program
        (folder / "__main__.py").write_text(text)
        paths = Paths(folder)
        prepare(paths, engine)
        return Project(Session(paths, engine, variables(paths, engine)))

    return make
