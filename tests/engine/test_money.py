"""What watches an account's money, under the real engine and the pack: made, taken apart and put together again."""

import pytest

from tests.engine.program import BringUp, Program

pytestmark = pytest.mark.engine


@pytest.fixture(scope="module")
def project(bring_up: BringUp) -> Program:
    """The program, for tests that leave it as it was."""
    return bring_up("money_program.py")


def test_it_stays_as_it_is(project: Program) -> None:
    project.stays()


def test_optional_parts_come_and_go_and_nothing_else_changes(project: Program) -> None:
    before = project.ids_in_clouds()
    bare = project.judged("up", PART="bare")
    assert set(bare.changes) == {"delete", "unchanged"}, bare.output
    assert project.ids_in_clouds() < before
    whole = project.judged("up")
    assert set(whole.changes) == {"create", "unchanged"}, whole.output
    assert len(project.ids_in_clouds()) == len(before)


def test_a_tag_that_the_bill_has_not_seen_is_refused(project: Program) -> None:
    project.refuses("TagKeysNotFound: Tag keys not found: tenant", PART="tags")
