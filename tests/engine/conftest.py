"""Fixtures of the engine tests: the engine, and projects in temporary folders."""

import os
import shutil
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import Any

import pytest
import yaml

from falaj.sandbox.toolchain import Engine, EngineNotFound, find_engine
from tests.distribution import build, installed
from tests.engine.harness import ROOT, Project, new_project
from tests.engine.lives import copy_of_deployed
from tests.engine.program import STACK, BringUp, Program, deployed_program
from tests.engine.warm import fork_programs_of

MakeProject = Callable[..., Project]
MakeDeployed = Callable[..., Project]

PLATFORM_ONLY = ("cost", "resilience")
"""Concerns that apply to a whole platform only: single components have no budget and no replica."""


@pytest.fixture(scope="session")
def engine() -> Engine:
    """The real Pulumi engine. Without one, tests are skipped; with `./test --all`, which requires them, they fail."""
    try:
        return find_engine(print)
    except EngineNotFound as missing:
        if os.environ.get("FALAJ_REQUIRE_ENGINE"):
            pytest.fail(f"the engine tests are required: {missing}")
        pytest.skip(str(missing))


@pytest.fixture(scope="session")
def python(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The interpreter of an environment with the installed wheel, in which the checkout cannot be imported."""
    folder = tmp_path_factory.mktemp("wheel")
    return installed(build("wheel", ROOT, folder), folder / "environment")


@pytest.fixture(scope="session")
def forked_wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The interpreter of another environment with the installed wheel, whose programs are forked from a process that
    has loaded it and the SDKs. `python` starts each anew, for tests of the wheel itself."""
    folder = tmp_path_factory.mktemp("forked_wheel")
    python = installed(build("wheel", ROOT, folder), folder / "environment")
    fork_programs_of(python)
    return python


@pytest.fixture(scope="session")
def make_project(engine: Engine, tmp_path_factory: pytest.TempPathFactory) -> MakeProject:
    """Factory of projects: a copy of this project, or another program with this project's components and policy pack.

    The other program is source text, a file, or a folder, which may contain stack files.
    """

    def make(program: Path | str = ROOT / "__main__.py", name: str = "project", checkpoints: bool = False) -> Project:
        folder = tmp_path_factory.mktemp(f"{name} project")  # with a space, to test paths that contain one
        return new_project(folder, engine, program, checkpoints)

    return make


@pytest.fixture(scope="session")
def make_deployed(make_project: MakeProject, engine: Engine, tmp_path_factory: pytest.TempPathFactory) -> MakeDeployed:
    """Factory of projects in which a stack is deployed, each with its own copy of the clouds and the state."""

    def make(stack: str, name: str, checkpoints: bool = False) -> Project:
        return copy_of_deployed(stack, make_project(name=name, checkpoints=checkpoints), engine, tmp_path_factory)

    return make


def use_pack(folder: Path, change: Callable[[dict[str, Any]], object]) -> None:
    """Gives a project a copy of the policy pack with changed settings."""
    pack = folder / "policy_pack"
    pack.unlink()
    shutil.copytree(ROOT / "policy_pack", pack, ignore=shutil.ignore_patterns("__pycache__"))
    settings = yaml.safe_load((pack / "enforcement.yaml").read_text())
    change(settings)
    (pack / "enforcement.yaml").write_text(yaml.safe_dump(settings))


def use_component_pack(program: Program) -> None:
    """Gives the program a copy of the policy pack without the concerns that apply to whole platforms only."""
    levels = {"all": "mandatory", **dict.fromkeys(PLATFORM_ONLY, "disabled")}
    use_pack(program.folder, lambda settings: settings.update(stacks={STACK: levels}))


@pytest.fixture(scope="module")
def bring_up(make_project: MakeProject) -> Iterator[BringUp]:
    """Deploys a program of this folder for the tests of one file; destroys it at the end, which must leave nothing."""
    with ExitStack() as stack:

        def up(source: str, pack: bool = True, **environment: str) -> Program:
            program = Program(make_project(Path(__file__).with_name(source), source).session)
            use_component_pack(program)
            return stack.enter_context(deployed_program(program, pack, **environment))

        yield up
