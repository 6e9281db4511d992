"""Work of tenants with and without a queue beside Kueue: each starts, and a queue can be given and taken."""

from collections.abc import Mapping

import pytest

from falaj.sandbox.clouds.kubernetes.kueue import QUEUE_LABEL
from falaj.sandbox.clouds.values import Json, Props, get_path, get_str
from tests.engine.program import BringUp, Program

pytestmark = pytest.mark.engine

RUNS = {"kubernetes:batch/v1:Job", "kubernetes:jobset.x-k8s.io/v1alpha2:JobSet"}


@pytest.fixture(scope="module")
def deployed(bring_up: BringUp) -> Program:
    """The deployed program, of whose tenants only `cards` has a queue."""
    return bring_up("queued_work_parts.py", pack=False)


def queues(program: Program) -> dict[str, Json]:
    """Returns the queue of each run."""
    runs = [item.inputs for item in program.inventory() if item.type in RUNS]
    return {get_str(run, "metadata.name"): labels_of(run).get(QUEUE_LABEL) for run in runs}


def labels_of(run: Props) -> Props:
    labels = get_path(run, "metadata.labels")
    assert isinstance(labels, Mapping)
    return labels


def test_runs_of_both_tenants_start_and_stay(deployed: Program) -> None:
    assert queues(deployed) == {"cards-1": "default", "cards-2": "default", "loans-1": None, "loans-2": None}
    deployed.assert_stable()


def test_a_promotion_finds_a_flavor_in_the_queue_of_its_tenant(deployed: Program) -> None:
    deployed.assert_changes({"create": 1}, CHANGE="winner")
    assert deployed.succeed("up", CHANGE="winner").changes["create"] == 1
    deployed.succeed("up")


@pytest.mark.parametrize("change", ["both", "other"])
def test_a_queue_is_given_and_taken_while_runs_run(deployed: Program, change: str) -> None:
    given = {"both": ("cards", "loans"), "other": ("loans",)}[change]
    deployed.succeed("up", CHANGE=change)
    assert queues(deployed) == {
        f"{tenant}-{nodes}": "default" if tenant in given else None for tenant in ("cards", "loans") for nodes in (1, 2)
    }
    deployed.succeed("up")
    assert queues(deployed)["loans-1"] is None
