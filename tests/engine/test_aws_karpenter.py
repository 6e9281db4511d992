"""Karpenter and sleeping pools under the real engine: every option alone, the clock's edits, and the way down."""

import pytest

from falaj.sandbox.clouds.inventory import Inventory
from falaj.sandbox.clouds.values import get_str
from tests.engine.program import BringUp, Program

pytestmark = pytest.mark.engine
POOL = "kubernetes:karpenter.sh/v1:NodePool"


@pytest.fixture(scope="module")
def deployed(bring_up: BringUp) -> Program:
    """The program, for tests that leave it as it was. At the end the emulated cluster would refuse to let classes go
    without Karpenter, its definitions before its pools, or anything after the cluster."""
    return bring_up("aws_karpenter_program")


def test_it_stays_as_it_is(deployed: Program) -> None:
    deployed.stays()


@pytest.mark.parametrize(
    ("change", "created", "updated", "deleted"),
    [
        # A pod that keeps a node.
        ("warm", 1, 0, 0),
        # A component, a namespace, who acts there and may do what, two jobs; the pool gives pods less time.
        ("asleep", 8, 1, 0),
        # A pool with its class and what keeps two nodes of it.
        ("one", 0, 0, 6),
        # A price for each machine; Karpenter is told to mind them.
        ("prices", 3, 1, 0),
        # Two classes.
        ("image", 0, 2, 0),
        # What Karpenter is told and may do.
        ("isolated", 0, 2, 0),
        # A component with two actions.
        ("awake", 0, 0, 3),
    ],
)
def test_a_choice_replaces_nothing(deployed: Program, change: str, created: int, updated: int, deleted: int) -> None:
    planned = deployed.judged("preview", CHANGE=change)
    assert not {"replace", "create-replacement"} & set(planned.changes), planned.output
    counted = tuple(planned.changes.get(what, 0) for what in ("create", "update", "delete"))
    assert counted == (created, updated, deleted), planned.output


def test_what_the_clock_writes_is_left_alone(deployed: Program) -> None:
    deployed.succeed("up", CHANGE="warm-asleep")
    with Inventory(deployed.session.paths.inventory).transaction() as transaction:
        (pool,) = transaction.find(POOL, name="train")
        transaction.tamper(pool, "spec.limits.nodes", "0")
        (kept,) = transaction.find("kubernetes:apps/v1:Deployment", name="train")
        transaction.tamper(kept, "spec.replicas", 0)
    deployed.succeed("up", "--refresh", CHANGE="warm-asleep")
    with Inventory(deployed.session.paths.inventory).transaction() as transaction:
        (pool,) = transaction.find(POOL, name="train")
        assert get_str(pool.inputs, "spec.limits.nodes") == "0"
    deployed.succeed("up")
