"""Cost monitoring of an account, on the real engine with the policy pack: deployed, reduced and restored."""

import pytest

from tests.engine.program import BringUp, Program

pytestmark = pytest.mark.engine


@pytest.fixture(scope="module")
def project(bring_up: BringUp) -> Program:
    """The deployed program, which the tests leave unchanged."""
    return bring_up("money_program.py")


def test_it_stays_as_it_is(project: Program) -> None:
    project.assert_stable()


def test_optional_parts_come_and_go_and_nothing_else_changes(project: Program) -> None:
    before = project.ids_in_clouds()
    bare = project.succeed_with_pack("up", PART="bare")
    assert set(bare.changes) == {"delete", "unchanged"}, bare.output
    assert project.ids_in_clouds() < before
    restored = project.succeed_with_pack("up")
    assert set(restored.changes) == {"create", "unchanged"}, restored.output
    assert len(project.ids_in_clouds()) == len(before)


def test_activating_a_cost_tag_without_billing_data_is_refused(project: Program) -> None:
    project.assert_refused("TagKeysNotFound: Tag keys not found: tenant", PART="tags")
