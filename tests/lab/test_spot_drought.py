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
    namespace.api.apply(run.machines() | {"spec": run.machines()["spec"] | {"weight": 2}})
    last=None
    while time.monotonic() < over + 120:
        now = (sorted(run.capacities(), key=str), len(_uids(run)), sorted(_uids(run))[:1], run.status.get("restarts"), run.status.get("restartsCountTowardsMax"), run.status.get("failed"), len(namespace.nodes(namespace.name)))
        if now != last: print(round(time.monotonic()-over,1), now, flush=True); last = now
        time.sleep(0.3)


def _uids(run: PlannedRun) -> set[str]:
    return {pod["metadata"]["uid"] for pod in run.namespace.running()}
