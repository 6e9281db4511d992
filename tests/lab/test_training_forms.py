"""Runs of form `trainjob` and `rayjob` with the real controllers: the plan is accepted, and pods are those planned."""

from typing import Any

import pytest

from falaj.sandbox.lab.api import wait_for
from tests.lab.objects import LabNamespace, namespace_manifest
from tests.lab.test_training_run import integers
from tests.unit.components.test_training_forms import RAY, RAY_JOB, RUNTIME, TRAIN, TRAIN_JOB
from tests.unit.components.training_sample import run

ARGS: dict[str, Any] = {"service_account": "default", "nodes": 2, "cpu": 3, "memory_gib": 12}
PATIENCE_SECONDS = 120


def manifests(namespace: LabNamespace, kinds: tuple[str, ...], **changed: Any) -> list[dict[str, Any]]:
    made = run(namespace=namespace.name, **ARGS, **changed)
    return [integers(made.one(kind).inputs) for kind in kinds]


def pods(namespace: LabNamespace, count: int) -> list[dict[str, Any]]:
    return wait_for(
        lambda: (found := namespace.pods()) and len(found) == count and found,
        PATIENCE_SECONDS,
        f"{count} pods",
    )


def test_trainer_creates_the_job_set_of_the_run(namespace: LabNamespace) -> None:
    namespace.apply(*manifests(namespace, (RUNTIME, TRAIN_JOB), **TRAIN))
    created = pods(namespace, 2)
    assert {pod["metadata"]["labels"]["jobset.sigs.k8s.io/jobset-name"] for pod in created} == {"uae"}
    for pod in created:
        [container] = pod["spec"]["containers"]
        variables = {item["name"]: item.get("value") for item in container["env"]}
        assert variables["PET_MASTER_ADDR"] == "uae-workers-0-0.uae"
        assert variables["PET_NNODES"] == "2"


def test_kuberay_creates_the_head_of_the_run_under_level_restricted(namespace: LabNamespace) -> None:
    namespace.apply(*manifests(namespace, (RAY_JOB,), **RAY))
    created = pods(namespace, 2)
    assert {pod["metadata"]["labels"]["ray.io/node-type"] for pod in created} == {"head", "worker"}
    for pod in created:
        assert pod["metadata"]["labels"]["falaj/run"] == "uae"
        variables = {item["name"] for item in pod["spec"]["containers"][0]["env"]}
        assert {"RAY_AUTH_MODE", "RAY_AUTH_TOKEN"} <= variables


@pytest.mark.parametrize(("kinds", "changed"), [((RUNTIME, TRAIN_JOB), TRAIN), ((RAY_JOB,), RAY)])
def test_without_room_in_its_queue_a_run_has_no_pod(
    namespace: LabNamespace, kinds: tuple[str, ...], changed: dict[str, Any]
) -> None:
    namespace.apply(namespace_manifest(namespace.name, queued=True))
    namespace.apply(*manifests(namespace, kinds, queue="missing", **changed))
    workloads = wait_for(
        lambda: namespace.api.list("kueue.x-k8s.io/v1beta2", "Workload", namespace.name),
        PATIENCE_SECONDS,
        "the workload of the run",
    )
    assert len(workloads) == 1
    assert namespace.pods() == []
