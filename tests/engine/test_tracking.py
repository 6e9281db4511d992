"""Who works in vaults, and a tracking server, under the real engine: judged, changed in place, promoted once."""

import pytest

from falaj.sandbox.clouds.values import get_str
from tests.engine.program import BringUp, Program

pytestmark = pytest.mark.engine

JOB = "kubernetes:batch/v1:Job"


@pytest.fixture(scope="module")
def deployed(bring_up: BringUp) -> Program:
    """The program, for tests that leave it as it was."""
    return bring_up("tracking_parts.py")


def test_it_stays_as_it_is(deployed: Program) -> None:
    deployed.assert_stable()


def test_who_only_reads_keeps_its_role_and_identity(deployed: Program) -> None:
    # The policy on AWS changes; on Azure the assignment of the writers' role gives way to the readers', the role goes.
    deployed.assert_changes({"create": 1, "update": 1, "delete": 2}, CHANGE="reads")


def test_a_database_elsewhere_takes_the_place_of_the_disk(deployed: Program) -> None:
    deployed.assert_changes({"create": 1, "update": 1, "delete": 1}, CHANGE="database")


def test_each_decision_is_one_job_and_touches_nothing_else(deployed: Program) -> None:
    before = deployed.ids_in_clouds()
    jobs = []
    for change, counted in {"winner-b": {"create": 1}, "winner-a": {"replace": 1}}.items():
        ran = deployed.succeed_with_pack("up", CHANGE=change)
        assert {kind: number for kind, number in ran.changes.items() if kind != "unchanged"} == counted, ran.output
        jobs += [get_str(made.inputs, "metadata.name") for made in deployed.inventory() if made.type == JOB]
    assert len(set(jobs)) == 2
    deployed.succeed("up")
    assert deployed.ids_in_clouds() == before
