"""Served models under the real engine: deciding an experiment touches its route alone, and nothing else restarts."""

import pytest

from tests.engine.program import BringUp, Program

pytestmark = pytest.mark.engine


@pytest.fixture(scope="module")
def deployed(bring_up: BringUp) -> Program:
    """The program, for tests that leave it as it was."""
    return bring_up("serving_program")


def test_it_stays_as_it_is(deployed: Program) -> None:
    deployed.stays()


@pytest.mark.parametrize(
    ("change", "created", "updated", "deleted"),
    [
        # The route.
        ("half", 0, 1, 0),
        ("winner", 0, 1, 0),
        # How far it may grow.
        ("more", 0, 1, 0),
    ],
)
def test_a_choice_touches_nothing_else_and_the_policies_agree(
    deployed: Program, change: str, created: int, updated: int, deleted: int
) -> None:
    deployed.plans({"create": created, "update": updated, "delete": deleted}, CHANGE=change)


def test_promoting_and_going_back_restart_no_pod(deployed: Program) -> None:
    before = deployed.ids_in_clouds()
    promoted = deployed.succeed("up", CHANGE="winner")
    assert {kind: number for kind, number in promoted.changes.items() if kind != "unchanged"} == {"update": 1}
    assert deployed.ids_in_clouds() == before
    back = deployed.succeed("up")
    assert back.changes["update"] == 1


def test_a_service_that_slept_stays_awake(deployed: Program) -> None:
    # Pods, policy, route and scaling change in place; who held requests, and the right to send there, go.
    deployed.plans({"update": 4, "delete": 2}, CHANGE="awake")
