"""Vault access and a tracking server on the real engine: changed in place, and each model promoted once."""

import pytest

from falaj.sandbox.clouds.values import get_str
from tests.engine.program import BringUp, Program

pytestmark = pytest.mark.engine

JOB = "kubernetes:batch/v1:Job"


@pytest.fixture(scope="module")
def deployed(bring_up: BringUp) -> Program:
    """The deployed program, which the tests leave unchanged."""
    return bring_up("tracking_parts.py")


def test_it_stays_as_it_is(deployed: Program) -> None:
    deployed.assert_stable()


def test_removing_write_access_keeps_the_role_and_identity(deployed: Program) -> None:
    # The policy on AWS changes. On Azure, the reader role is assigned instead of the custom writer role, which is
    # deleted.
    deployed.assert_changes({"create": 1, "update": 1, "delete": 2}, CHANGE="reads")


def test_an_external_database_replaces_the_disk(deployed: Program) -> None:
    deployed.assert_changes({"create": 1, "update": 1, "delete": 1}, CHANGE="database")


def test_each_decision_is_one_job_and_touches_nothing_else(deployed: Program) -> None:
    before = deployed.ids_in_clouds()
    jobs = []
    for change, expected in {"winner-b": {"create": 1}, "winner-a": {"replace": 1}}.items():
        ran = deployed.succeed_with_pack("up", CHANGE=change)
        assert {kind: number for kind, number in ran.changes.items() if kind != "unchanged"} == expected, ran.output
        jobs += [get_str(item.inputs, "metadata.name") for item in deployed.inventory() if item.type == JOB]
    assert len(set(jobs)) == 2
    deployed.succeed("up")
    assert deployed.ids_in_clouds() == before
