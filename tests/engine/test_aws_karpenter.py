"""Karpenter and sleeping pools under the real engine: every option alone, the clock's edits, and the way down."""

from collections.abc import Iterator

import pytest

from falaj.sandbox.clouds.inventory import Inventory
from falaj.sandbox.clouds.values import text
from falaj.sandbox.toolchain import Engine
from tests.engine.test_aws_pools import PACK, Pools
from tests.engine.test_clouds import STACK, program_in

pytestmark = pytest.mark.engine
POOL = "kubernetes:karpenter.sh/v1:NodePool"


@pytest.fixture(scope="module")
def deployed(engine: Engine, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Pools]:
    """The program, deployed once for the tests that leave it as it was. At the end the emulated cluster would refuse to
    let classes go without Karpenter, its definitions before its pools, or anything after the cluster."""
    program = Pools(program_in(tmp_path_factory.mktemp("karpenter"), engine, "aws_karpenter_program").session)
    made = program.do("up")
    assert made.status == 0, made.output
    yield program
    gone = program.do("destroy")
    assert gone.status == 0, gone.output
    assert program.inventory() == []


def test_it_stays_as_it_is_and_the_policies_agree(deployed: Pools) -> None:
    for name in ("up", "refresh"):
        again = deployed.do(name, "--expect-no-changes")
        assert again.status == 0, again.output
    assert deployed.ids_in_state(STACK) == deployed.ids_in_clouds()
    planned = deployed.do("preview", *PACK)
    assert (planned.status, planned.rules) == (0, set()), planned.output


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
def test_a_choice_replaces_nothing(deployed: Pools, change: str, created: int, updated: int, deleted: int) -> None:
    planned = deployed.do("preview", *PACK, CHANGE=change)
    assert (planned.status, planned.rules) == (0, set()), planned.output
    assert not {"replace", "create-replacement"} & set(planned.changes), planned.output
    counted = tuple(planned.changes.get(what, 0) for what in ("create", "update", "delete"))
    assert counted == (created, updated, deleted), planned.output


def test_what_the_clock_writes_is_left_alone(deployed: Pools) -> None:
    assert deployed.do("up", CHANGE="warm-asleep").status == 0
    with Inventory(deployed.session.paths.inventory).transaction() as ledger:
        (pool,) = ledger.find(POOL, name="train")
        ledger.tamper(pool, "spec.limits.nodes", "0")
        (kept,) = ledger.find("kubernetes:apps/v1:Deployment", name="train")
        ledger.tamper(kept, "spec.replicas", 0)
    refreshed = deployed.do("up", "--refresh", CHANGE="warm-asleep")
    assert refreshed.status == 0, refreshed.output
    with Inventory(deployed.session.paths.inventory).transaction() as ledger:
        (pool,) = ledger.find(POOL, name="train")
        assert text(pool.inputs, "spec.limits.nodes") == "0"
    assert deployed.do("up").status == 0
