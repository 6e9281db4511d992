"""Each optional part of an AWS site's storage on the real engine: turned on and off, judged, and nothing replaced."""

import json
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from tests.engine.conftest import MakeProject
from tests.engine.harness import Project, Ran

pytestmark = pytest.mark.engine
STACK = "dev"
VAULTS = {f"uae-{purpose}" for purpose in ("datasets", "checkpoints")}
PARTS = {
    "confined": {f"{vault}-tls-only" for vault in VAULTS},
    "scratch": {f"{vault}-key" for vault in VAULTS},
    "files": set[str](),
    "registry": set[str](),
    "backup": {f"{vault}-bucket" for vault in VAULTS},
}
"""Part -> what is changed in place for it, and nothing else."""


def run(project: Project, name: str, *parts: str, extra: tuple[str, ...] = (), change: str = "") -> Ran:
    environment = project.session.environment | {"PARTS": " ".join(parts), "CHANGE": change}
    return Project(replace(project.session, environment=environment)).run(name, STACK, *extra, pack=name != "destroy")


@pytest.fixture(scope="module")
def bare(make_project: MakeProject) -> Iterator[Project]:
    """A site without any optional part, up; torn down to nothing at the end."""
    project = make_project(Path(__file__).with_name("aws_storage_parts.py"), "aws parts")
    made = run(project, "up")
    assert (made.status, made.rules) == (0, set()), made.output
    yield project
    gone = run(project, "destroy")
    assert gone.status == 0, gone.output
    assert project.inventory() == []


def steps(planned: Ran) -> dict[str, set[str]]:
    """Operation -> the logical names that it is planned for."""
    found: dict[str, set[str]] = {}
    plan, _ = json.JSONDecoder().raw_decode(planned.output)  # the engine talks behind it
    for step in plan["steps"]:
        found.setdefault(step["op"], set()).add(step["urn"].rsplit("::", 1)[-1])
    return found


@pytest.mark.parametrize("part", PARTS)
def test_a_part_replaces_and_deletes_nothing(bare: Project, part: str) -> None:
    planned = run(bare, "preview", part, extra=("--json",))
    assert planned.status == 0, planned.output
    done = steps(planned)
    assert set(done) <= {"create", "update", "same", "read"}, done
    assert done.get("update", set()) == PARTS[part]
    assert bool(done.get("create")) == (part != "confined")


def test_all_parts_come_up_stay_grow_and_go_again(bare: Project) -> None:
    before = bare.ids_in_clouds()
    made = run(bare, "up", *PARTS)
    assert (made.status, made.rules) == (0, set()), made.output
    assert "replace" not in made.changes
    again = run(bare, "up", *PARTS, extra=("--expect-no-changes",))
    assert again.status == 0, again.output
    refreshed = bare.run("refresh", STACK, "--expect-no-changes")
    assert refreshed.status == 0, refreshed.output
    assert bare.ids_in_state(STACK) == bare.ids_in_clouds()
    grown = run(bare, "preview", *PARTS, extra=("--json",), change="grown")
    assert steps(grown).get("update") == {"uae-scratch-lustre"}, grown.output
    off = run(bare, "up")
    assert (off.status, "replace" in off.changes) == (0, False), off.output
    assert bare.ids_in_clouds() == before
