"""Thirty minutes without spot machines, sixty times as fast, on the planned node pools and the real Karpenter.

Accelerated are the drought, the time for which Karpenter remembers that the cloud had no machines (180 s), and the time
before it replaces a node (10 min). Karpenter's own intervals, of about ten seconds, are not.
"""

import time
from collections.abc import Callable, Iterator

import pytest

from falaj.components.core.validation.enums import Capacity
from falaj.sandbox.lab import shortage
from falaj.sandbox.lab.api import wait_for
from falaj.sandbox.lab.cluster import Lab
from tests.lab.objects import LabNamespace
from tests.lab.test_spot_capacity import WITH_SPOT, PlannedRun
from tests.lab.test_training_run import PATIENCE_SECONDS

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
    for claim in namespace.api.list("karpenter.sh/v1", "NodeClaim", labels=f"karpenter.sh/nodepool={namespace.name}"):
        namespace.api.delete(claim)
    in_drought = run.back()
    moved = time.monotonic()
    print("seconds until on-demand", moved - began, run.status.get("restarts"))
    assert run.capacities() == {"on-demand"}
    while time.monotonic() < moved + DROUGHT_SECONDS:
        assert _uids(run) == {pod["metadata"]["uid"] for pod in in_drought}
        time.sleep(0.5)
    print("drought over", time.monotonic() - began)
    lack()
    over = time.monotonic()
    last=None
    while time.monotonic() < over + 120:
        now = (sorted(run.capacities(), key=str), len(_uids(run)), sorted(_uids(run))[:1], run.status.get("restarts"), run.status.get("restartsCountTowardsMax"), run.status.get("failed"), len(namespace.nodes(namespace.name)))
        if now != last: print(round(time.monotonic()-over,1), now, flush=True); last = now
        time.sleep(0.3)


def _uids(run: PlannedRun) -> set[str]:
    return {pod["metadata"]["uid"] for pod in run.namespace.running()}
