"""Our components of AWS under the real engine: what a choice changes, what a cloud would refuse, and the way down."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from falaj.sandbox.toolchain import Engine
from tests.engine.test_clouds import STACK, Program, Ran, program_in

pytestmark = pytest.mark.engine
ROOT = Path(__file__).parents[2]
PACK = ("--policy-pack", str(ROOT / "policy_pack"))


class Pools(Program):
    """The program, which uses the components of this checkout."""

    def do(self, name: str, *extra: str, **environment: str) -> Ran:
        return super().do(name, *extra, PYTHONPATH=str(ROOT), **environment)


@pytest.fixture(scope="module")
def deployed(engine: Engine, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Pools]:
    """The program, deployed once for the tests that leave it as it was; destroyed to nothing at the end."""
    program = Pools(program_in(tmp_path_factory.mktemp("pools"), engine, "aws_pools_program").session)
    made = program.do("up")
    assert made.status == 0, made.output
    yield program
    gone = program.do("destroy")
    assert gone.status == 0, gone.output
    assert program.inventory() == []


def test_it_stays_as_it_is(deployed: Pools) -> None:
    for name in ("up", "refresh"):
        again = deployed.do(name, "--expect-no-changes")
        assert again.status == 0, again.output
    assert deployed.ids_in_state(STACK) == deployed.ids_in_clouds()


@pytest.mark.parametrize(
    ("change", "created", "updated"),
    [
        # An endpoint for the file system's service; the driver with its role and policy.
        ("files", 4, 0),
        # The tag on all that is the pool's, and one hint more for its label.
        ("tenant", 1, 6),
        # The template, and the group that starts from it.
        ("apart", 0, 2),
    ],
)
def test_a_choice_replaces_nothing_and_the_policies_agree(
    deployed: Pools, change: str, created: int, updated: int
) -> None:
    planned = deployed.do("preview", *PACK, CHANGE=change)
    assert (planned.status, planned.rules) == (0, set()), planned.output
    assert not {"replace", "create-replacement"} & set(planned.changes), planned.output
    assert (planned.changes.get("create", 0), planned.changes.get("update", 0)) == (created, updated), planned.output


def test_machines_that_no_longer_stand_together_leave_their_place_behind(deployed: Pools) -> None:
    before = deployed.ids_in_clouds()
    apart = deployed.do("up", CHANGE="apart")
    assert apart.status == 0, apart.output
    gone = {kind.rsplit(":", 1)[-1] for kind, _ in before - deployed.ids_in_clouds()}
    assert {"PlacementGroup", "SecurityGroup", "SecurityGroupIngressRule", "SecurityGroupEgressRule", "Tag"} == gone
    together = deployed.do("up")
    assert together.status == 0, together.output


def test_an_upgrade_of_kubernetes_takes_the_add_ons_that_go_with_it(deployed: Pools) -> None:
    upgraded = deployed.do("preview", "--diff", CHANGE="upgrade")
    assert upgraded.status == 0, upgraded.output
    assert "replace" not in upgraded.changes
    assert '"v1.34.0-eksbuild.2" => "v1.35.0-eksbuild.2"' in upgraded.output


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ("reservation", "InvalidCapacityReservationId.NotFound"),
        ("zone", "cr-0123456789abcdef0 is a reservation in me-central-1a, not in me-central-1b"),
    ],
)
def test_a_refusal_is_one_message_and_leaves_what_was(deployed: Pools, change: str, words: str) -> None:
    before = deployed.ids_in_clouds()
    refused = deployed.do("up", CHANGE=change)
    assert refused.status != 0
    assert words in refused.output
    assert "Traceback" not in refused.output
    assert deployed.do("up").status == 0
    assert deployed.ids_in_clouds() == before
