"""Training runs as the component makes them: what Kubernetes and JobSet do when machines, programs and people fail."""

from collections.abc import Callable
from typing import Any

import pytest

from falaj.sandbox.lab.api import wait_for
from tests.lab.objects import Place, pool
from tests.unit.components.training_sample import started

PATIENCE_SECONDS = 180
JOB_SET = "jobset.x-k8s.io/v1alpha2"


class Run:
    """A run of so many machines in a test's place, with nodes of its own."""

    def __init__(self, place: Place, nodes: int, **changed: Any) -> None:
        self.place, self.nodes = place, nodes
        made = {"namespace": place.name, "pool": place.name, "service_account": "default", "nodes": nodes, "gpus": 1}
        self.manifest = whole(started(**made, cpu=3, memory_gib=12, **changed).inputs)
        place.apply(self.machines(), self.manifest)
        self.first = place.wait_running(nodes, PATIENCE_SECONDS)

    def machines(self) -> dict[str, Any]:
        """Nodes as the site makes them for training."""
        made = pool(self.place.name)
        template = made["spec"]["template"]
        template["metadata"] = {"labels": {"falaj/profile": "training", "falaj/pool": self.place.name}}
        template["spec"]["taints"] = [
            {"key": "falaj/profile", "value": "training", "effect": "NoSchedule"},
            {"key": "nvidia.com/gpu", "value": "true", "effect": "NoSchedule"},
        ]
        return made

    def ends(self, pod: dict[str, Any], code: int) -> None:
        """A program of the run ends with an exit code."""
        self.place.api.merge(
            pod, {"metadata": {"annotations": {"lab.falaj/runs-for": "1s", "lab.falaj/exits": str(code)}}}
        )

    def back(self) -> list[dict[str, Any]]:
        """All its pods, none of them of the first start."""
        old = {one["metadata"]["uid"] for one in self.first}
        return wait_for(
            lambda: (
                (now := self.place.running())
                and len(now) == self.nodes
                and not old & {one["metadata"]["uid"] for one in now}
                and now
            ),
            PATIENCE_SECONDS,
            "the whole run on new pods",
        )

    @property
    def status(self) -> dict[str, Any]:
        """What the cluster says of it."""
        return (self.place.api.get(self.manifest) or {}).get("status", {})

    def fails(self) -> None:
        """It ends badly."""
        wait_for(lambda: "Failed" in self.conditions, 60, "the run to fail")

    @property
    def conditions(self) -> set[str]:
        return {one["type"] for one in self.status.get("conditions", ()) if one["status"] == "True"}


def whole(value: Any) -> Any:
    """Numbers as the provider sends them: the engine has no other than floating ones."""
    if isinstance(value, dict):
        return {key: whole(item) for key, item in value.items()}
    if isinstance(value, list):
        return [whole(item) for item in value]
    return int(value) if isinstance(value, float) and value.is_integer() else value


@pytest.fixture
def run(place: Place) -> Callable[..., Run]:
    return lambda nodes, **changed: Run(place, nodes, **changed)


def test_several_machines_start_again_when_one_vanishes_and_nothing_is_counted(run: Callable[..., Run]) -> None:
    several = run(2)
    several.place.lose(several.first[0]["spec"]["nodeName"])
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
    wait_for(lambda: not several.place.running(), 60, "the others to go")


def test_one_machine_that_vanishes_is_not_counted(run: Callable[..., Run]) -> None:
    alone = run(1)
    alone.place.lose(alone.first[0]["spec"]["nodeName"])
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
