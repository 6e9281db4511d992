"""Fixtures of the engine tests: the engine itself, and projects of their own."""

import os
import shutil
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest
import yaml

from falaj.sandbox.paths import Paths
from falaj.sandbox.toolchain import Engine, EngineNotFound, find_engine
from tests.engine.harness import ROOT, Project, opened
from tests.engine.lives import standing
from tests.engine.program import STACK, BringUp, Program, brought_up

MakeProject = Callable[..., Project]
Stands = Callable[..., Project]

WHOLE_ONLY = ("cost", "resilience")
"""Concerns that are asked of a platform as a whole: its parts alone have no budget, and no copy elsewhere."""


@pytest.fixture(scope="session")
def engine() -> Engine:
    """The real engine; without one the tests are skipped, or fail where they are required (`./test --all`)."""
    try:
        return find_engine(print)
    except EngineNotFound as missing:
        if os.environ.get("FALAJ_REQUIRE_ENGINE"):
            pytest.fail(f"the engine tests are required: {missing}")
        pytest.skip(str(missing))


@pytest.fixture(scope="session")
def make_project(engine: Engine, tmp_path_factory: pytest.TempPathFactory) -> MakeProject:
    """A maker of projects: a copy of ours, or another program with the same components and pack beside it.

    The other program is a text, a file, or a folder with stack files of its own.
    """

    def make(program: Path | str = ROOT / "__main__.py", name: str = "project", checkpoints: bool = False) -> Project:
        folder = tmp_path_factory.mktemp(f"{name} project")  # a space, as in many a home folder
        for linked in ("components", "policy_pack"):
            (folder / linked).symlink_to(ROOT / linked)
        for file in ROOT.glob("Pulumi*.yaml"):
            shutil.copy(file, folder)
        if isinstance(program, Path) and program.is_dir():
            shutil.copytree(program, folder, dirs_exist_ok=True)
        else:
            text = program.read_text() if isinstance(program, Path) else program
            (folder / "__main__.py").write_text(text)
        return opened(Paths(folder), engine, checkpoints)

    return make


@pytest.fixture(scope="session")
def stands(make_project: MakeProject, engine: Engine, tmp_path_factory: pytest.TempPathFactory) -> Stands:
    """A maker of projects in which a stack of ours is up: each has its own copy of the clouds and the state."""

    def stand(stack: str, name: str, checkpoints: bool = False) -> Project:
        return standing(stack, make_project(name=name, checkpoints=checkpoints), engine, tmp_path_factory)

    return stand


def judge_as_part(program: Program) -> None:
    """Give the program a pack of its own that asks for what a part can have."""
    pack = program.folder / "policy_pack"
    pack.unlink()
    shutil.copytree(ROOT / "policy_pack", pack, ignore=shutil.ignore_patterns("__pycache__"))
    settings = yaml.safe_load((pack / "enforcement.yaml").read_text())
    settings["stacks"] = {STACK: {"all": "mandatory", **dict.fromkeys(WHOLE_ONLY, "disabled")}}
    (pack / "enforcement.yaml").write_text(yaml.safe_dump(settings))


@pytest.fixture(scope="module")
def bring_up(make_project: MakeProject) -> Iterator[BringUp]:
    """Brings up a program that lies here, for the tests of one file; at the end each is destroyed to nothing."""
    with ExitStack() as stack:

        def up(source: str, pack: bool = True, **environment: str) -> Program:
            program = Program(make_project(Path(__file__).with_name(source), source).session)
            judge_as_part(program)
            return stack.enter_context(brought_up(program, pack, **environment))

        yield up
