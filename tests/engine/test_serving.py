"""Served models on the real engine: deciding an experiment changes its route only, and no pod restarts."""

from typing import Any

import pytest

from falaj.sandbox.clouds.values import get_path
from tests.engine.program import BringUp, Program

pytestmark = pytest.mark.engine


@pytest.fixture(scope="module")
def deployed(bring_up: BringUp) -> Program:
    """The deployed program, which the tests leave unchanged."""
    return bring_up("serving_program")


def test_it_stays_as_it_is(deployed: Program) -> None:
    deployed.assert_stable()


@pytest.mark.parametrize(
    ("change", "created", "updated", "deleted"),
    [
        # The route.
        ("half", 0, 1, 0),
        ("winner", 0, 1, 0),
        # The maximum number of replicas.
        ("more", 0, 1, 0),
        # The size of the groups of the LeaderWorkerSet.
        ("wider", 0, 1, 0),
        # The route; the pool, and the picker with its Service and policy.
        ("even", 0, 1, 4),
    ],
)
def test_a_choice_touches_nothing_else_and_the_policies_agree(
    deployed: Program, change: str, created: int, updated: int, deleted: int
) -> None:
    deployed.assert_changes({"create": created, "update": updated, "delete": deleted}, CHANGE=change)


def test_promoting_and_going_back_restart_no_pod(deployed: Program) -> None:
    before = deployed.ids_in_clouds()
    promoted = deployed.succeed("up", CHANGE="winner")
    assert {kind: number for kind, number in promoted.changes.items() if kind != "unchanged"} == {"update": 1}
    assert deployed.ids_in_clouds() == before
    back = deployed.succeed("up")
    assert back.changes["update"] == 1


def test_a_service_with_a_fixed_number_of_replicas_keeps_it_when_it_is_scaled(deployed: Program) -> None:
    assert _replicas(deployed) == 2
    deployed.succeed("up", CHANGE="fixed")
    assert _replicas(deployed) == 3
    deployed.succeed("up")
    assert _replicas(deployed) == 3
    deployed.assert_stable()


def _replicas(deployed: Program) -> Any:
    [found] = (
        item
        for item in deployed.inventory()
        if item.type == "kubernetes:apps/v1:Deployment" and get_path(item.inputs, "metadata.name") == "assistant"
    )
    return get_path(found.inputs, "spec.replicas")


def test_a_service_that_scaled_to_zero_can_be_kept_running(deployed: Program) -> None:
    # Pods, network policy, route and scaling change in place; the InterceptorRoute is deleted.
    deployed.assert_changes({"update": 4, "delete": 1}, CHANGE="awake")
