"""The planned runs and node pools on the real Karpenter: notice of an interruption, and spot machines that are back."""

import time
from collections.abc import Callable
from typing import Any

import pytest

from falaj.components.core.node_pools import karpenter
from falaj.components.core.node_pools.office_hours import OfficeHours
from falaj.components.core.node_pools.regional_pool import RegionalPool
from falaj.components.core.node_pools.spec import NodePoolSpec
from falaj.components.core.validation.enums import Capacity, Profile
from falaj.sandbox.lab.api import wait_for
from tests.lab.objects import LabNamespace, label
from tests.lab.test_training_run import PATIENCE_SECONDS, Run
from tests.samples import COST_TAGS

WITH_SPOT, WITHOUT_SPOT = "g5.12xlarge", "g6.12xlarge"
"""Machines of me-central-1 with and without a known spot price: the laboratory offers the second on-demand only."""

ASKED_SECONDS = 10
"""Longest time from the notice until a run is asked to stop; Karpenter takes about one second."""

KWOK_CLASS = {"group": "karpenter.kwok.sh", "kind": "KWOKNodeClass", "name": "default"}


class PlannedRun(Run):
    """A training run on the node pool that the component plans for it. Each pod fills a machine."""

    def __init__(
        self, namespace: LabNamespace, nodes: int, capacity: Capacity, *machines: str, idle_seconds: int = 1
    ) -> None:
        self.capacity, self.types, self.idle_seconds = capacity, machines, idle_seconds
        super().__init__(namespace, nodes, gpus=4)

    def machines(self) -> dict[str, Any]:
        """Returns the planned node pool. It differs in the class of its nodes, and waits seconds, not ten minutes,
        before it replaces a node."""
        types, name = [*self.types], self.namespace.name
        spec = NodePoolSpec(profile=Profile.TRAINING, machines=types, capacity=self.capacity, max=8)
        pool = RegionalPool(name, "me-central-1", spec, COST_TAGS)
        requirements = karpenter.machine_requirements(pool, "node.kubernetes.io/instance-type")
        planned = karpenter.node_pool(pool, KWOK_CLASS, pool.labels, pool.taints, requirements, OfficeHours())
        planned["disruption"]["consolidateAfter"] = f"{self.idle_seconds}s"
        return {"apiVersion": "karpenter.sh/v1", "kind": "NodePool", "metadata": {"name": name}, "spec": planned}

    def offer(self, *machines: str) -> None:
        """Lets the pool buy other machines, as if the cloud had capacity for them again."""
        self.types = machines
        self.namespace.api.apply(self.machines())

    def claims(self) -> list[dict[str, Any]]:
        """Returns Karpenter's claims for the nodes of the pool."""
        return self.namespace.api.list(
            "karpenter.sh/v1", "NodeClaim", labels=f"karpenter.sh/nodepool={self.namespace.name}"
        )

    def capacities(self) -> set[str | None]:
        """Returns the capacity types of the nodes that the run is on."""
        nodes = {node["metadata"]["name"]: node for node in self.namespace.nodes(self.namespace.name)}
        used = {pod["spec"]["nodeName"] for pod in self.namespace.running()}
        return {label(nodes[name], "karpenter.sh/capacity-type") for name in used if name in nodes}


@pytest.mark.parametrize("capacity", [Capacity.SPOT, Capacity.SPOT_FIRST])
@pytest.mark.parametrize("nodes", [1, 2])
def test_a_run_is_asked_to_stop_as_soon_as_there_is_notice(
    namespace: LabNamespace, nodes: int, capacity: Capacity
) -> None:
    run = PlannedRun(namespace, nodes, capacity, WITH_SPOT)
    assert run.capacities() == {"spot"}
    first = run.first[0]
    (claim,) = [claim for claim in run.claims() if claim["status"].get("nodeName") == first["spec"]["nodeName"]]
    noticed = time.monotonic()
    namespace.api.delete(claim)  # as Karpenter does at an interruption notice of the cloud
    wait_for(lambda: _is_stopping(namespace, first), ASKED_SECONDS, "the program to be asked to stop")
    assert time.monotonic() - noticed < ASKED_SECONDS
    run.back()
    if nodes == 1:
        assert run.status.get("failed", 0) == 0, "the drained machine was counted as a retry"
    else:
        _restarted_together_once(run)


def test_all_pods_restart_together_once_when_a_machine_vanishes(
    namespace: LabNamespace, record_property: Callable[[str, object], None]
) -> None:
    run = PlannedRun(namespace, 2, Capacity.SPOT, WITH_SPOT)
    assert len({pod["spec"]["nodeName"] for pod in run.first}) == 2
    lost = namespace.lose(run.first[0]["spec"]["nodeName"])
    again = run.back()
    record_property("seconds from loss to running", round(time.monotonic() - lost, 1))
    _restarted_together_once(run)
    for pod in again:
        run.ends(pod, 0)
    wait_for(lambda: "Completed" in run.conditions, 60, "the run to end well")


def _restarted_together_once(run: PlannedRun) -> None:
    """Checks that the pods are those of the first restart, and that it does not count towards the limit."""
    attempts = [label(pod, "jobset.sigs.k8s.io/restart-attempt") for pod in run.namespace.running()]
    assert attempts == ["1"] * run.nodes
    assert (run.status["restarts"], run.status.get("restartsCountTowardsMax", 0)) == (1, 0)


def test_without_spot_machines_a_run_is_on_demand_and_returns(namespace: LabNamespace) -> None:
    run = PlannedRun(namespace, 1, Capacity.SPOT_FIRST, WITHOUT_SPOT)
    assert run.capacities() == {"on-demand"}
    run.offer(WITHOUT_SPOT, WITH_SPOT)
    run.back()
    wait_for(lambda: run.capacities() == {"spot"}, PATIENCE_SECONDS, "the run on a spot machine")
    assert run.status.get("failed", 0) == 0, "the move was counted as a retry"
    wait_for(lambda: len(namespace.nodes(namespace.name)) == 1, PATIENCE_SECONDS, "the on-demand machine to go")


def _is_stopping(namespace: LabNamespace, pod: dict[str, Any]) -> bool:
    left = [item for item in namespace.pods() if item["metadata"]["uid"] == pod["metadata"]["uid"]]
    return not left or "deletionTimestamp" in left[0]["metadata"]
