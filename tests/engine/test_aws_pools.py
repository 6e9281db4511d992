"""AWS node pools on the real engine: changes of options, errors of the cloud, and the teardown."""

import pytest

from tests.engine.program import BringUp, Program

pytestmark = pytest.mark.engine


@pytest.fixture(scope="module")
def deployed(bring_up: BringUp) -> Program:
    """The deployed program, which the tests leave unchanged."""
    return bring_up("aws_pools_program", pack=False)


def test_it_stays_as_it_is(deployed: Program) -> None:
    deployed.assert_stable()


@pytest.mark.parametrize(
    ("change", "created", "updated"),
    [
        # A VPC endpoint for EFS; the CSI driver with its role and policy.
        ("files", 4, 0),
        # The tenant tag on all resources of the pool, and node template tags for its label and its taint.
        ("tenant", 2, 6),
        # The launch template, and the node group that uses it.
        ("apart", 0, 2),
    ],
)
def test_a_choice_replaces_nothing_and_the_policies_agree(
    deployed: Program, change: str, created: int, updated: int
) -> None:
    planned = deployed.succeed_with_pack("preview", CHANGE=change)
    assert not {"replace", "create-replacement"} & set(planned.changes), planned.output
    assert (planned.changes.get("create", 0), planned.changes.get("update", 0)) == (created, updated), planned.output


def test_removing_the_interconnect_deletes_the_placement_group_and_its_security_group(deployed: Program) -> None:
    before = deployed.ids_in_clouds()
    deployed.succeed("up", CHANGE="apart")
    gone = {kind.rsplit(":", 1)[-1] for kind, _ in before - deployed.ids_in_clouds()}
    assert {"PlacementGroup", "SecurityGroup", "SecurityGroupIngressRule", "SecurityGroupEgressRule", "Tag"} == gone
    deployed.succeed("up")


def test_an_upgrade_of_kubernetes_takes_the_add_ons_that_go_with_it(deployed: Program) -> None:
    upgraded = deployed.succeed("preview", "--diff", CHANGE="upgrade")
    assert "replace" not in upgraded.changes
    assert '"v1.35.0-eksbuild.2" => "v1.36.0-eksbuild.2"' in upgraded.output


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ("reservation", "InvalidCapacityReservationId.NotFound"),
        ("zone", "cr-0123456789abcdef0 is a reservation in me-central-1a, not in me-central-1c"),
    ],
)
def test_a_refusal_is_one_message_and_leaves_what_was(deployed: Program, change: str, words: str) -> None:
    deployed.assert_refused(words, CHANGE=change)
