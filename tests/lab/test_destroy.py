"""A stack whose work runs and waits: a refresh finds no drift in it, and a destroy ends and leaves nothing."""

import time
from collections import Counter
from collections.abc import Callable, Iterator

import pytest

from falaj.sandbox.lab.api import Api, wait_for
from falaj.sandbox.lab.cluster import Lab
from tests.engine.harness import Project
from tests.lab.engine import lab_project

NAMESPACE = "tenant-ended"
KUEUE = "kueue.x-k8s.io/v1beta2"
KINDS = (
    ("v1", "Namespace"),
    ("v1", "Pod"),
    ("v1", "Node"),
    ("v1", "PersistentVolume"),
    ("batch/v1", "Job"),
    ("jobset.x-k8s.io/v1alpha2", "JobSet"),
    ("apps/v1", "Deployment"),
    ("apps/v1", "ReplicaSet"),
    ("keda.sh/v1alpha1", "ScaledObject"),
    ("autoscaling/v2", "HorizontalPodAutoscaler"),
    (KUEUE, "Workload"),
    (KUEUE, "LocalQueue"),
    (KUEUE, "ClusterQueue"),
    (KUEUE, "ResourceFlavor"),
    ("karpenter.sh/v1", "NodePool"),
    ("karpenter.sh/v1", "NodeClaim"),
)
"""Kinds of objects that the program and its controllers create."""

DESTROY_SECONDS = 120
"""Longest destroy. It took 18 s, of which 5 s wait for the nodes to go."""


def _objects(api: Api) -> set[tuple[str, str, str]]:
    return {
        (kind, item["metadata"].get("namespace", ""), item["metadata"]["name"])
        for version, kind in KINDS
        for item in api.list(version, kind)
    }


def _running(api: Api) -> Counter[str]:
    """Returns the number of running pods of each run and service."""
    pods = [pod for pod in api.list("v1", "Pod", NAMESPACE) if pod["status"].get("phase") == "Running"]
    labels = [pod["metadata"]["labels"] for pod in pods]
    return Counter(label.get("falaj/run") or label["falaj/service"] for label in labels)


def _uids(api: Api) -> set[str]:
    return {pod["metadata"]["uid"] for pod in api.list("v1", "Pod", NAMESPACE)}


@pytest.fixture
def project(
    lab: Lab,
    api: Api,
    tmp_path_factory: pytest.TempPathFactory,
    record_property: Callable[[str, object], None],
) -> Iterator[Project]:
    created = lab_project(lab, "destroy_program.py", tmp_path_factory.mktemp("destroy project"))
    before = _objects(api)
    up = created.run("up", "dev")
    try:
        assert up.status == 0, up.output
        yield created
    finally:
        began = time.monotonic()
        down = created.run("destroy", "dev")
    assert down.status == 0, down.output
    seconds = time.monotonic() - began
    record_property("seconds of the destroy", round(seconds, 1))
    assert seconds < DESTROY_SECONDS
    wait_for(lambda: _objects(api) <= before, 60, f"{_objects(api) - before} to go")


def test_running_and_queued_work_is_no_drift_and_does_not_stop_a_destroy(project: Project, api: Api) -> None:
    wait_for(lambda: _running(api) == {"one": 1, "several": 2, "served": 2}, 90, f"the pods: {_running(api)}")
    [waiting] = [one for one in api.list("batch/v1", "Job", NAMESPACE) if one["metadata"]["name"] == "waiting"]
    assert waiting["spec"]["suspend"] is True
    pods = _uids(api)
    assert project.drift("dev") == []
    # The refresh calls runs unhealthy, which have not ended; the next deployment then sends them again.
    for command in ("refresh", "up"):
        ran = project.run(command, "dev")
        assert ran.status == 0, ran.output
    assert _uids(api) == pods
