"""Training runs of the component: reactions of Kubernetes and JobSet to failures of machines and programs."""

from collections.abc import Callable
from typing import Any

import pytest

from falaj.sandbox.lab.api import wait_for
from tests.lab.objects import LabNamespace, pool
from tests.unit.components.training_sample import started

PATIENCE_SECONDS = 180
JOB_SET = "jobset.x-k8s.io/v1alpha2"


class Run:
    """A training run on a number of machines, with its own node pool, in a test's namespace."""

    def __init__(self, namespace: LabNamespace, nodes: int, **changed: Any) -> None:
        self.namespace, self.nodes = namespace, nodes
        args: dict[str, Any] = {
            "namespace": namespace.name,
            "pool": namespace.name,
            "service_account": "default",
            "nodes": nodes,
            "gpus": 1,
            "cpu": 3,
            "memory_gib": 12,
        }
        self.manifest = integers(started(**args | changed).inputs)
        namespace.apply(self.machines(), self.manifest)
        self.first = namespace.wait_running(nodes, PATIENCE_SECONDS)

    def machines(self) -> dict[str, Any]:
        """Returns a node pool with the labels and taints of a site's training nodes."""
        node_pool = pool(self.namespace.name)
        template = node_pool["spec"]["template"]
        template["metadata"] = {"labels": {"falaj/profile": "training", "falaj/pool": self.namespace.name}}
        template["spec"]["taints"] = [
            {"key": "falaj/profile", "value": "training", "effect": "NoSchedule"},
            {"key": "nvidia.com/gpu", "value": "true", "effect": "NoSchedule"},
        ]
        return node_pool

    def ends(self, pod: dict[str, Any], code: int) -> None:
        """Makes the program of a pod end with an exit code."""
        self.namespace.api.merge(
            pod, {"metadata": {"annotations": {"lab.falaj/runs-for": "1s", "lab.falaj/exits": str(code)}}}
        )

    def back(self) -> list[dict[str, Any]]:
        """Waits until all pods of the run are running again; returns the new pods."""
        first_uids = {pod["metadata"]["uid"] for pod in self.first}
        return wait_for(
            lambda: (
                (pods := self.namespace.running())
                and len(pods) == self.nodes
                and not first_uids & {pod["metadata"]["uid"] for pod in pods}
                and pods
            ),
            PATIENCE_SECONDS,
            "the whole run on new pods",
        )

    @property
    def status(self) -> dict[str, Any]:
        """Status of the run's object."""
        return (self.namespace.api.get(self.manifest) or {}).get("status", {})

    def fails(self) -> None:
        """Waits until the run has failed."""
        wait_for(lambda: "Failed" in self.conditions, 60, "the run to fail")

    @property
    def conditions(self) -> set[str]:
        return {condition["type"] for condition in self.status.get("conditions", ()) if condition["status"] == "True"}


def integers(value: Any) -> Any:
    """Converts whole floats to integers, as the provider does; the engine's numbers are floats."""
    if isinstance(value, dict):
        return {key: integers(item) for key, item in value.items()}
    if isinstance(value, list):
        return [integers(item) for item in value]
    return int(value) if isinstance(value, float) and value.is_integer() else value


@pytest.fixture
def run(namespace: LabNamespace) -> Callable[..., Run]:
    return lambda nodes, **changed: Run(namespace, nodes, **changed)


def test_several_machines_start_again_when_one_vanishes_and_nothing_is_counted(run: Callable[..., Run]) -> None:
    several = run(2)
    several.namespace.lose(several.first[0]["spec"]["nodeName"])
    several.back()
    assert (several.status["restarts"], several.status.get("restartsCountTowardsMax", 0)) == (1, 0)


def test_several_start_again_when_one_lost_the_others_and_nothing_is_counted(run: Callable[..., Run]) -> None:
    several = run(2)
    several.ends(several.first[1], 75)
    several.back()
    assert (several.status["restarts"], several.status.get("restartsCountTowardsMax", 0)) == (1, 0)


def test_several_start_again_when_one_was_killed_and_that_is_counted(run: Callable[..., Run]) -> None:
    several = run(2)
    several.ends(several.first[1], 137)
    several.back()
    assert (several.status["restarts"], several.status["restartsCountTowardsMax"]) == (1, 1)


def test_a_bug_of_one_ends_all(run: Callable[..., Run]) -> None:
    several = run(2)
    several.ends(several.first[1], 1)
    several.fails()
    assert several.status.get("restarts", 0) == 0
    wait_for(lambda: not several.namespace.running(), 60, "the others to go")


def test_one_machine_that_vanishes_is_not_counted(run: Callable[..., Run]) -> None:
    alone = run(1)
    alone.namespace.lose(alone.first[0]["spec"]["nodeName"])
    alone.back()
    assert alone.status.get("failed", 0) == 0


def test_alone_trying_again_is_counted_and_a_bug_is_the_end(run: Callable[..., Run]) -> None:
    alone = run(1)
    alone.ends(alone.first[0], 75)
    [again] = alone.back()
    assert alone.status["failed"] == 1
    alone.ends(again, 3)
    alone.fails()
    assert "Failed" in alone.conditions
