"""Thirty minutes without spot machines, forty times as fast, on the planned node pools and the real Karpenter.

Accelerated are the drought, and the time before Karpenter replaces a node (10 min). It remembers for 15 s instead of
180 s that the cloud had no machines, which is longer than its interval between two attempts. A change of the node pool
takes the place of the five minutes after which Karpenter looks at a cluster again that does not change
(sigs.k8s.io/karpenter v1.15.0, pkg/controllers/state/cluster.go, `ConsolidationState`).
"""

import time
from collections.abc import Callable, Iterator

import pytest

from falaj.components.core.validation.enums import Capacity
from falaj.sandbox.lab import shortage
from falaj.sandbox.lab.cluster import Lab
from tests.lab.objects import LabNamespace
from tests.lab.test_spot_capacity import WITH_SPOT, PlannedRun

SPEED = 40
DROUGHT_SECONDS = 30 * 60 / SPEED
IDLE_SECONDS = 10 * 60 // SPEED
UNAVAILABLE_SECONDS = 15

Lack = Callable[..., None]


@pytest.fixture
def lack(lab: Lab) -> Iterator[Lack]:
    """Lets the cloud have no machines of some capacity types."""
    yield lambda *capacities: shortage.lack(lab.folder, *capacities)
    shortage.lack(lab.folder)


@pytest.mark.parametrize("nodes", [1, 2])
def test_a_run_outlasts_a_drought_on_demand_and_returns_to_spot(
    namespace: LabNamespace, lack: Lack, nodes: int, record_property: Callable[[str, object], None]
) -> None:
    run = PlannedRun(namespace, nodes, Capacity.SPOT_FIRST, WITH_SPOT, idle_seconds=IDLE_SECONDS)
    assert run.capacities() == {"spot"}
    lack("spot")
    began = time.monotonic()
    for claim in run.claims():
        namespace.api.delete(claim)  # as Karpenter does at an interruption notice of the cloud
    in_drought = run.back()
    print("seconds until on-demand", time.monotonic() - began, run.status.get("restarts"), flush=True)
    assert run.capacities() == {"on-demand"}
    end = time.monotonic() + DROUGHT_SECONDS
    while time.monotonic() < end:
        assert _uids(run) == {pod["metadata"]["uid"] for pod in in_drought}, "an attempt to return stopped the run"
        time.sleep(0.5)
    lack()
    over = time.monotonic()
    time.sleep(UNAVAILABLE_SECONDS)
    namespace.api.merge(run.machines(), {"spec": {"weight": 2}})
    seen = [_uids(run)]
    while time.monotonic() < over + 120 and run.capacities() != {"spot"} or len(_uids(run)) != nodes:
        now = _uids(run)
        if now != seen[-1]:
            seen.append(now)
            print(round(time.monotonic() - over, 1), sorted(u[:4] for u in now), run.capacities(), run.status.get("restarts"), len(namespace.nodes(namespace.name)), flush=True)
        time.sleep(0.3)
    print("back", time.monotonic() - over, run.status, len(namespace.nodes(namespace.name)), flush=True)


def _uids(run: PlannedRun) -> set[str]:
    return {pod["metadata"]["uid"] for pod in run.namespace.running()}
