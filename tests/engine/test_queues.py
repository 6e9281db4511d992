"""Tenants and their queues on the real engine: the resources that each change affects, and the teardown."""

import pytest

from tests.engine.program import BringUp, Program

pytestmark = pytest.mark.engine


@pytest.fixture(scope="module")
def deployed(bring_up: BringUp) -> Program:
    """The deployed program, which the tests leave unchanged."""
    return bring_up("queues_program")


def test_it_stays_as_it_is(deployed: Program) -> None:
    deployed.assert_stable()


@pytest.mark.parametrize(
    ("change", "created", "updated", "deleted"),
    [
        # A tenant with its namespace and queue: twelve objects and a component. Other tenants are not affected.
        ("one", 0, 0, 13),
        # The tenant's quota; the tenant's queue.
        ("gpus", 0, 1, 0),
        ("money", 0, 1, 0),
        # A flavor, which is first removed from both queues.
        ("pool", 0, 2, 1),
        # JobSet's namespace, its network policy and its chart.
        ("jobset", 0, 0, 3),
    ],
)
def test_a_choice_touches_nothing_else_and_the_policies_agree(
    deployed: Program, change: str, created: int, updated: int, deleted: int
) -> None:
    deployed.assert_changes({"create": created, "update": updated, "delete": deleted}, CHANGE=change)


def test_a_tenant_goes_and_comes_back(deployed: Program) -> None:
    before = deployed.ids_in_clouds()
    deployed.succeed("up", CHANGE="one")
    gone = {kind.rsplit(":", 1)[-1] for kind, _ in before - deployed.ids_in_clouds()}
    assert {"Namespace", "NetworkPolicy", "ResourceQuota", "LimitRange", "ClusterQueue", "LocalQueue"} <= gone
    assert not {"ResourceFlavor", "Release", "PriorityClass"} & gone
    deployed.succeed("up")
