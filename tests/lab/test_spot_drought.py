"""Thirty minutes without spot machines, sixty times as fast, on the planned node pool and the real Karpenter.

Accelerated are the drought, and the time before Karpenter replaces a node (10 min). It remembers for 15 s instead of
180 s that the cloud had no machines, which is longer than its interval between two attempts. A change of the node pool
takes the place of the five minutes after which Karpenter looks again at a cluster that does not change
(sigs.k8s.io/karpenter v1.15.0, pkg/controllers/state/cluster.go, `ConsolidationState`).
"""

import time
from collections.abc import Callable, Iterator

import pytest

from falaj.components.core.validation.enums import Capacity
from falaj.sandbox.lab import shortage
from falaj.sandbox.lab.api import wait_for
from falaj.sandbox.lab.cluster import Lab
from falaj.sandbox.lab.differences import DIFFERENCES
from tests.lab.objects import LabNamespace
from tests.lab.test_spot_capacity import WITH_SPOT, PlannedRun
from tests.lab.test_training_run import PATIENCE_SECONDS

SPEED = 60
DROUGHT_SECONDS = 30 * 60 / SPEED
IDLE_SECONDS = 10 * 60 // SPEED
[UNAVAILABLE_SECONDS] = [row.laboratory for row in DIFFERENCES if row.setting == "unavailable.seconds"]

NODES = 2
START_SECONDS = 60
"""Longest time until the run is on on-demand machines: the time for which Kueue waits for pods in the laboratory."""

Lack = Callable[..., None]


@pytest.fixture
def lack(lab: Lab) -> Iterator[Lack]:
    """Lets the cloud have no machines of some capacity types."""
    yield lambda *capacities: shortage.lack(lab.folder, *capacities)
    shortage.lack(lab.folder)


def test_a_run_outlasts_a_drought_on_demand_and_returns_to_spot(
    namespace: LabNamespace, lack: Lack, record_property: Callable[[str, object], None]
) -> None:
    run = PlannedRun(namespace, NODES, Capacity.SPOT_FIRST, WITH_SPOT, idle_seconds=IDLE_SECONDS)
    assert run.capacities() == {"spot"}
    lack("spot")
    began = time.monotonic()
    for claim in run.claims():
        namespace.api.delete(claim)  # as Karpenter does at an interruption notice of the cloud
    in_drought = {pod["metadata"]["uid"] for pod in run.back()}
    seconds = time.monotonic() - began
    record_property("seconds until on-demand", round(seconds, 1))
    assert run.capacities() == {"on-demand"}
    assert seconds < START_SECONDS
    _restarted(run, once_for_each_of=NODES)

    end = time.monotonic() + DROUGHT_SECONDS
    while time.monotonic() < end:
        assert _uids(run) == in_drought, "an attempt to return stopped the run"
        time.sleep(0.5)

    lack()
    began = time.monotonic()
    time.sleep(UNAVAILABLE_SECONDS)
    namespace.api.merge(run.machines(), {"spec": {"weight": 2}})
    wait_for(lambda: run.capacities() == {"spot"} and len(_uids(run)) == NODES, PATIENCE_SECONDS, "the run on spot")
    record_property("seconds until spot", round(time.monotonic() - began, 1))
    _restarted(run, once_for_each_of=2 * NODES)


def _restarted(run: PlannedRun, *, once_for_each_of: int) -> None:
    """Checks that the run restarted at most once for each machine that it lost, and that no restart counts as a retry.

    One restart is enough for machines that go at one time: whether the second is drained before or after the run's new
    pods are on it depends on how busy the laboratory is.
    """
    assert 1 <= run.status["restarts"] <= once_for_each_of
    assert run.status.get("restartsCountTowardsMax", 0) == 0


def _uids(run: PlannedRun) -> set[str]:
    return {pod["metadata"]["uid"] for pod in run.namespace.running()}
