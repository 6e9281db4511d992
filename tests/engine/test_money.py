"""What watches an account's money, under the real engine and the pack: made, taken apart and put together again."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from tests.engine.conftest import MakeProject
from tests.engine.harness import Project, Ran

pytestmark = pytest.mark.engine
STACK = "dev"


def run(project: Project, name: str, part: str = "", *extra: str) -> Ran:
    session = replace(project.session, environment=project.session.environment | {"PART": part})
    return Project(session).run(name, STACK, *extra, pack=name != "destroy")


@pytest.fixture(scope="module")
def project(make_project: MakeProject) -> Iterator[Project]:
    """The program, deployed; destroyed to nothing at the end."""
    made = make_project(Path(__file__).with_name("money_program.py"), "money")
    first = run(made, "up")
    assert (first.status, first.rules) == (0, set()), first.output
    yield made
    gone = run(made, "destroy")
    assert gone.status == 0, gone.output
    assert made.inventory() == []


def test_it_is_what_it_was(project: Project) -> None:
    again = run(project, "up", "", "--expect-no-changes")
    assert again.status == 0, again.output


def test_optional_parts_come_and_go_and_nothing_else_changes(project: Project) -> None:
    before = project.ids_in_clouds()
    bare = run(project, "up", "bare")
    assert bare.status == 0, bare.output
    assert set(bare.changes) == {"delete", "unchanged"}, bare.output
    assert project.ids_in_clouds() < before
    whole = run(project, "up")
    assert (whole.status, whole.rules) == (0, set()), whole.output
    assert set(whole.changes) == {"create", "unchanged"}, whole.output
    assert len(project.ids_in_clouds()) == len(before)


def test_a_tag_that_the_bill_has_not_seen_is_refused(project: Project) -> None:
    refused = run(project, "up", "tags")
    assert refused.status != 0
    assert "TagKeysNotFound: Tag keys not found: tenant" in refused.output
    assert "Traceback" not in refused.output
    assert run(project, "up").status == 0
