"""Stacks and examples brought up once for all tests of a run: what each planned, had and left."""

from __future__ import annotations

import fcntl
import json
import os
import shutil
from collections.abc import Callable, Mapping
from dataclasses import replace
from pathlib import Path

import pytest

from falaj.sandbox.paths import Paths
from falaj.sandbox.toolchain import Engine
from tests.engine.harness import ROOT, Project, Ran, opened

STACKS = ("prod-uae", "dev")

EXAMPLES = {
    "smb-inference": "smb",
    "enterprise-training": "training",
    "enterprise-inference": "inference",
    "hybrid": "hybrid",
    "onprem": "onprem",
}
"""Folder and stack of each example."""

RECORDER = Path(__file__).with_name("recording_pack")


def shared_folder(factory: pytest.TempPathFactory) -> Path:
    """A folder that all test processes of one run see."""
    base = factory.getbasetemp()
    return base.parent if "PYTEST_XDIST_WORKER" in os.environ else base


def life(name: str, engine: Engine, factory: pytest.TempPathFactory) -> dict:
    """A stack that was planned with the pack and brought up, and stands; or the whole life of an example.

    `ran` has what each step ended with, `questions` the file of what the plan asked a pack, `state` what was there when
    it was up, `planned` how much its plan alone made, `left` what an example's end left, `folder` where a stack stands.
    """
    kept, live = _lives(engine, factory)[name]
    return _once({kept: live})[kept]


def all_lives(engine: Engine, factory: pytest.TempPathFactory) -> dict[str, dict]:
    """The lives of both stacks and of every example, by name."""
    wanted = _lives(engine, factory)
    found = _once(dict(wanted.values()))
    return {name: found[kept] for name, (kept, _) in wanted.items()}


def standing(stack: str, project: Project, engine: Engine, factory: pytest.TempPathFactory) -> Project:
    """The project, with that stack as it was brought up."""
    folder = Path(life(stack, engine, factory)["folder"])
    project.take_over(opened(Paths(folder), engine))
    return project


Live = Callable[[], dict]


def _lives(engine: Engine, factory: pytest.TempPathFactory) -> dict[str, tuple[Path, Live]]:
    """Name -> the file that keeps a life, and what lives it."""
    shared = shared_folder(factory)

    def stack_life(stack: str) -> dict:
        return _brought_up(_copied(ROOT, shared / "standing" / stack, engine), stack)[0]

    def example_life(example: str) -> dict:
        folder = factory.mktemp("example") / example
        return _to_its_end(_copied(ROOT / "examples" / example, folder, engine), EXAMPLES[example])

    lives = {stack: lambda stack=stack: stack_life(stack) for stack in STACKS}
    lives |= {example: lambda example=example: example_life(example) for example in EXAMPLES}
    return {name: (shared / f"life-{name}.json", live) for name, live in lives.items()}


def _once(lives: Mapping[Path, Live]) -> dict[Path, dict]:
    """What each gives, from the first process that asks. What another process is at is waited for when nothing else is
    left to do."""
    waiting = list(lives)
    for patient in (fcntl.LOCK_NB, 0):
        for kept in tuple(waiting):
            with kept.with_suffix(".lock").open("w") as lock:
                try:
                    fcntl.flock(lock, fcntl.LOCK_EX | patient)
                except BlockingIOError:
                    continue
                if not kept.is_file():
                    content = json.dumps(lives[kept]())
                    kept.write_text(content)
                waiting.remove(kept)
    return {kept: json.loads(kept.read_text()) for kept in lives}


def _brought_up(project: Project, stack: str) -> tuple[dict, dict[str, Ran]]:
    """Plan with the pack, then bring up; what the engine asks in the plan is recorded by a second pack."""
    questions = project.folder / "questions.txt"
    recording = replace(project.session, environment=project.session.environment | {"FALAJ_RECORD": str(questions)})
    ran = {"plan": Project(recording).run("preview", stack, "--policy-pack", str(RECORDER), pack=True)}
    planned = len(project.inventory())
    ran["up"] = project.run("up", stack, pack=True)
    story = {
        "folder": str(project.folder),
        "questions": str(questions),
        "planned": planned,
        "state": project.state(stack),
        "ran": _told(ran),
    }
    return story, ran


def _to_its_end(project: Project, stack: str) -> dict:
    """Bring an example up, bring it up again, destroy it."""
    story, ran = _brought_up(project, stack)
    ran["again"] = project.run("up", stack, "--expect-no-changes")
    text = project.session.paths.stack_file(stack).read_text()
    project.session.paths.stack_file(stack).write_text(text.replace("protect: true", "protect: false"))
    if "protect: true" in text:
        ran["unprotect"] = project.run("up", stack)
    ran["destroy"] = project.run("destroy", stack)
    return story | {"ran": _told(ran), "left": [resource.id for resource in project.inventory()]}


def _told(ran: Mapping[str, Ran]) -> dict[str, dict]:
    return {name: {"status": one.status, "rules": sorted(one.rules), "output": one.output} for name, one in ran.items()}


def _copied(source: Path, folder: Path, engine: Engine) -> Project:
    """A program in a folder of its own, with this checkout's components and pack."""
    folder.mkdir(parents=True)
    for file in [*source.glob("*.yaml"), source / "__main__.py"]:
        shutil.copy(file, folder)
    for linked in ("components", "policy_pack"):
        (folder / linked).symlink_to(ROOT / linked)
    return opened(Paths(folder), engine)
