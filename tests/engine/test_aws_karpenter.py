"""Karpenter and sleeping pools on the real engine: each option, the edits of the sleep schedule, and the teardown."""

import pytest

from falaj.sandbox.clouds.inventory import Inventory
from falaj.sandbox.clouds.values import get_str
from tests.engine.program import BringUp, Program

pytestmark = pytest.mark.engine
POOL = "kubernetes:karpenter.sh/v1:NodePool"


@pytest.fixture(scope="module")
def deployed(bring_up: BringUp) -> Program:
    """The deployed program, which the tests leave unchanged. The final destroy verifies the order: the emulated cluster
    refuses to delete node classes without Karpenter, CRDs before node pools, or any object after the cluster."""
    return bring_up("aws_karpenter_program")


def test_it_stays_as_it_is(deployed: Program) -> None:
    deployed.assert_stable()


@pytest.mark.parametrize(
    ("change", "created", "updated", "deleted"),
    [
        # The pod that keeps a node.
        ("warm", 1, 0, 0),
        # A component, a namespace, the RBAC of the jobs, two jobs; the pool's termination grace period is shorter.
        ("asleep", 8, 1, 0),
        # A pool with its class, and the pods that keep two of its nodes.
        ("one", 0, 0, 6),
        # A price for each machine type; the settings of Karpenter.
        ("prices", 3, 1, 0),
        # Two node classes.
        ("image", 0, 2, 0),
        # The settings and the IAM policy of Karpenter.
        ("isolated", 0, 2, 0),
        # A component with two scheduled actions.
        ("awake", 0, 0, 3),
    ],
)
def test_a_choice_replaces_nothing(deployed: Program, change: str, created: int, updated: int, deleted: int) -> None:
    planned = deployed.succeed_with_pack("preview", CHANGE=change)
    assert not {"replace", "create-replacement"} & set(planned.changes), planned.output
    counts = tuple(planned.changes.get(operation, 0) for operation in ("create", "update", "delete"))
    assert counts == (created, updated, deleted), planned.output


def test_edits_of_the_sleep_schedule_are_left_alone(deployed: Program) -> None:
    deployed.succeed("up", CHANGE="warm-asleep")
    with Inventory(deployed.session.paths.inventory).transaction() as transaction:
        (pool,) = transaction.find(POOL, name="train")
        transaction.tamper(pool, "spec.limits.nodes", "0")
        (placeholder,) = transaction.find("kubernetes:apps/v1:Deployment", name="train")
        transaction.tamper(placeholder, "spec.replicas", 0)
    deployed.succeed("up", "--refresh", CHANGE="warm-asleep")
    with Inventory(deployed.session.paths.inventory).transaction() as transaction:
        (pool,) = transaction.find(POOL, name="train")
        assert get_str(pool.inputs, "spec.limits.nodes") == "0"
    deployed.succeed("up")
