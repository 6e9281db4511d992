"""Each optional part of an Azure site on the real engine: turned on and off, judged, and nothing else replaced."""

import json
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from tests.engine.conftest import MakeProject
from tests.engine.harness import Project, Ran

pytestmark = pytest.mark.engine
STACK = "dev"
PARTS = ("geo", "files", "registry", "finops", "bill")


def run(project: Project, name: str, *parts: str, extra: tuple[str, ...] = ()) -> Ran:
    environment = project.session.environment | {"PARTS": " ".join(parts)}
    return Project(replace(project.session, environment=environment)).run(name, STACK, *extra, pack=name != "destroy")


@pytest.fixture(scope="module")
def bare(make_project: MakeProject) -> Iterator[Project]:
    """A site without any optional part, up; torn down to nothing at the end."""
    project = make_project(Path(__file__).with_name("azure_parts.py"), "azure parts")
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
    expected = {"uae-datasets-account"} if part == "geo" else set()
    assert done.get("update", set()) == expected
    assert bool(done.get("create")) == (part != "geo")


def test_all_parts_come_up_stay_and_go_again(bare: Project) -> None:
    before = bare.ids_in_clouds()
    made = run(bare, "up", *PARTS)
    assert (made.status, made.rules) == (0, set()), made.output
    assert "replace" not in made.changes
    again = run(bare, "up", *PARTS, extra=("--expect-no-changes",))
    assert again.status == 0, again.output
    refreshed = bare.run("refresh", STACK, "--expect-no-changes")
    assert refreshed.status == 0, refreshed.output
    assert bare.ids_in_state(STACK) == bare.ids_in_clouds()
    off = run(bare, "up")
    assert (off.status, "replace" in off.changes) == (0, False), off.output
    assert bare.ids_in_clouds() == before
