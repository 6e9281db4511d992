"""The examples through their whole life, once for all tests: what each planned, and what was left at the end."""

from __future__ import annotations

import fcntl
import json
import os
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from falaj.sandbox.environment import prepare, variables
from falaj.sandbox.paths import Paths
from falaj.sandbox.session import Session
from falaj.sandbox.toolchain import Engine
from tests.engine.harness import ROOT, Project

EXAMPLES = {
    "smb-inference": "smb",
    "enterprise-training": "training",
    "enterprise-inference": "inference",
    "hybrid": "hybrid",
    "onprem": "onprem",
}
"""Folder and stack of each example."""


def shared_folder(factory: pytest.TempPathFactory) -> Path:
    """A folder that all test processes of one run see."""
    base = factory.getbasetemp()
    return base.parent if "PYTEST_XDIST_WORKER" in os.environ else base


def once(kept: Path, make: Callable[[], dict]) -> dict:
    """What `make` gives, from the first process that asks; others wait for it and read it."""
    with kept.with_suffix(".lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not kept.is_file():
            content = json.dumps(make())
            kept.write_text(content)
    return json.loads(kept.read_text())


def life(example: str, engine: Engine, factory: pytest.TempPathFactory) -> dict:
    """Plan an example with the pack, bring it up, bring it up again, destroy it."""
    return once(shared_folder(factory) / f"life-{example}.json", lambda: _lived(example, engine, factory))


def _lived(example: str, engine: Engine, factory: pytest.TempPathFactory) -> dict:
    project, stack = _copied(example, engine, factory), EXAMPLES[example]
    # `up` plans first, with the pack: a plan that the pack refuses creates nothing.
    ran = {"up": project.run("up", stack, pack=True)}
    state = project.state(stack)
    ran["again"] = project.run("up", stack, "--expect-no-changes", pack=True)
    text = project.session.paths.stack_file(stack).read_text()
    project.session.paths.stack_file(stack).write_text(text.replace("protect: true", "protect: false"))
    if "protect: true" in text:
        ran["unprotect"] = project.run("up", stack)
    ran["destroy"] = project.run("destroy", stack)
    return {
        "ran": {
            name: {"status": one.status, "rules": sorted(one.rules), "output": one.output} for name, one in ran.items()
        },
        "state": state,
        "left": [resource.id for resource in project.inventory()],
    }


def _copied(example: str, engine: Engine, factory: pytest.TempPathFactory) -> Project:
    """The example in a folder of its own, with this checkout's components and pack."""
    folder = factory.mktemp("example") / example
    links = shutil.ignore_patterns("components", "policy_pack", ".falaj", "__pycache__")
    shutil.copytree(ROOT / "examples" / example, folder, ignore=links)
    for linked in ("components", "policy_pack"):
        (folder / linked).symlink_to(ROOT / linked)
    paths = Paths(folder)
    prepare(paths, engine)
    return Project(Session(paths, engine, variables(paths, engine)))
